"""The exported ledger comes back from a department that worked in the sheet it sees: what it wrote is not lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders import a_ledger, a_snapshot, a_tree, one_of_each

from zhenggai_desktop.domain.edited_sheets import edited_sheets
from zhenggai_desktop.domain.portable import portable
from zhenggai_desktop.domain.records import Issue, LogEntry, Measure, Section, Snapshot, Status
from zhenggai_desktop.formats.sheet_reader import read_workbook
from zhenggai_desktop.services import importing
from zhenggai_desktop.services.attachments import add_to
from zhenggai_desktop.services.editing import set_fields
from zhenggai_desktop.services.exporting import export_ledger
from zhenggai_desktop.services.form_memory import FormMemory
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.workbook_assistant import assist_workbook

TODAY = dt.date(2025, 6, 9)
Work = Callable[[Any], None]  # in the workbook as openpyxl has it


@pytest.fixture
def snapshot() -> Snapshot:
    return a_snapshot(*a_tree(2, 3, 2), organisation="某街道党工委")


def worked_in(snapshot: Snapshot, path: Path, work: Work) -> Path:
    export_ledger(snapshot, path)
    book = openpyxl.load_workbook(path)
    work(book)
    book.save(path)
    return path


def cell(page: Any, caption: str, row: int) -> Any:
    """A cell of the sheet 台账, in a row below its header."""
    head = next(row for row in page.iter_rows() if any(one.value == "整改措施" for one in row))
    column = next(one.column for one in head if one.value == caption)
    return page.cell(head[0].row + row, column)


def put(book: Any, caption: str, row: int, value: str | None) -> None:
    cell(book["台账"], caption, row).value = value


def fill_in(book: Any) -> None:
    put(book, "整改进展", 1, "已印发学习计划。")
    put(book, "责任人", 2, "王晓明")


def rename_first_owner(book: Any) -> None:
    put(book, "责任人", 1, "王晓明")


def rename_owner(book: Any) -> None:
    put(book, "责任人", 2, "王晓明")


@pytest.mark.parametrize("records", [a_tree(2, 3, 2), one_of_each()], ids=["tree", "one of each"])
def test_a_workbook_that_was_only_saved_again_is_not_edited(records: Any, tmp_path: Path) -> None:
    path = worked_in(a_snapshot(*records), tmp_path / "台账.xlsx", lambda _book: None)
    assert edited_sheets(read_workbook(path)) == []
    assert importing.plan_source(path).edited is None


def test_what_was_written_into_the_sheet_goes_into_the_ledger_it_came_from(tmp_path: Path) -> None:
    bare = Measure(issue_id=1, content="制定计划")
    records = (Section(title="甲"), Issue(section_id=1, title="学习不够"), bare, replace(bare, content="按季通报"))
    with a_ledger(tmp_path, *records, organisation="某街道党工委") as ledger:
        plan = importing.plan_source(worked_in(ledger.snapshot, tmp_path / "台账.xlsx", fill_in))
        report = importing.apply(ledger, plan)
        assert [(one.content, one.progress, one.owner) for one in ledger.snapshot.measures] == [
            ("制定计划", "已印发学习计划。", ""),
            ("按季通报", "", "王晓明"),
        ]
        assert [line.detail for line in report.added] == ["补充：整改进展", "补充：责任人"]
        assert not report.different
        (entry,) = ledger.snapshot.log_entries
        assert (entry.measure_id, entry.text) == (1, "已印发学习计划。")
        assert entry.entered_on == dt.datetime.now().astimezone().date()
        ledger.undo()
        assert not any(one.progress or one.owner for one in ledger.snapshot.measures)


def test_what_was_written_into_a_part_of_the_ledger_is_read_too(tmp_path: Path) -> None:
    with a_ledger(tmp_path, *a_tree(2, 2, 2), organisation="某街道党工委") as ledger:
        issue = ledger.snapshot.issues[3]
        path = tmp_path / "部分.xlsx"
        export_ledger(ledger.snapshot, path, issue_ids={issue.id})
        book = openpyxl.load_workbook(path)
        assert cell(book["台账"], "序号", 1).value == "2-2"
        put(book, "责任人", 2, "王晓明")
        book.save(path)
        plan = importing.plan_source(path)
        assert plan.edited is None
        importing.apply(ledger, plan)
        assert [(one.issue_id, one.owner) for one in ledger.snapshot.measures if one.owner] == [(issue.id, "王晓明")]


LONG = "已召开会议研究部署，逐项落实整改措施。" * 900  # on the sheet it goes on in rows of their own


@pytest.mark.parametrize("name", ["progress", "content", "title"])
def test_a_text_that_goes_on_in_further_rows_leaves_the_sheet_ours(name: str, tmp_path: Path) -> None:
    records = list(a_tree(1, 3, 2))
    at = [at for at, one in enumerate(records) if hasattr(one, name) and not isinstance(one, Section)][1]
    records[at] = replace(records[at], **{name: LONG})
    with a_ledger(tmp_path, *records, organisation="某街道党工委") as ledger:
        before = ledger.snapshot
        plan = importing.plan_source(worked_in(before, tmp_path / "台账.xlsx", rename_first_owner))
        assert plan.edited is None
        report = importing.apply(ledger, plan)
        assert [line.detail for line in report.added] == ["补充：责任人"]
        changed = [one for one, old in zip(ledger.snapshot.measures, before.measures, strict=True) if one != old]
        assert [one.owner for one in changed] == ["王晓明"]
        assert (ledger.snapshot.issues, len(changed)) == (before.issues, 1)


def test_a_long_text_that_was_changed_in_its_further_rows_is_read_whole(tmp_path: Path) -> None:
    measures = (Measure(issue_id=1, content="制定计划", progress=LONG), Measure(issue_id=1, content="按季通报"))

    def go_on(book: Any) -> None:
        column = cell(book["台账"], "整改进展", 1).column
        parts = [row for row in book["台账"].iter_rows() if str(row[column - 1].value or "").startswith("（续）")]
        parts[-1][column - 1].value += "本月又补充了两项。"

    with a_ledger(tmp_path, Section(title="甲"), Issue(section_id=1, title="学习不够"), *measures) as ledger:
        importing.apply(ledger, importing.plan_source(worked_in(ledger.snapshot, tmp_path / "台账.xlsx", go_on)))
        assert [one.progress for one in ledger.snapshot.measures] == [LONG + "本月又补充了两项。", ""]


def test_a_cell_that_the_ledger_left_as_it_was_is_taken_and_nothing_else(snapshot: Snapshot, tmp_path: Path) -> None:
    with a_ledger(tmp_path, *a_tree(2, 3, 2), organisation="某街道党工委") as ledger:
        path = worked_in(ledger.snapshot, tmp_path / "台账.xlsx", rename_owner)
        other = ledger.snapshot.measures[-1]
        set_fields(ledger, (Measure, other.id), {"owner": "李四", "note": "后来改的"}, today=TODAY)
        report = importing.apply(ledger, importing.plan_source(path))
        owners = [one.owner for one in ledger.snapshot.measures]
        assert (owners.count("王晓明"), owners[-1], ledger.snapshot.measures[-1].note) == (1, "李四", "后来改的")
        assert [line.detail for line in report.added] == ["补充：责任人"]


def test_what_both_changed_stays_and_is_told(tmp_path: Path) -> None:
    with a_ledger(tmp_path, *a_tree(1, 1, 2), organisation="某街道党工委") as ledger:
        first = ledger.snapshot.measures[0]
        set_fields(ledger, (Measure, first.id), {"owner": "王小明"}, today=TODAY)
        path = worked_in(ledger.snapshot, tmp_path / "台账.xlsx", lambda book: put(book, "责任人", 1, "王晓明"))
        plan = importing.plan_source(path)
        assert [line.detail for line in importing.preview(ledger.snapshot, plan).added] == [
            "责任人：“王小明”改为“王晓明”"
        ]
        set_fields(ledger, (Measure, first.id), {"owner": "张三"}, today=TODAY)
        report = importing.apply(ledger, plan)
        assert [line.detail for line in report.different] == ["责任人：台账为“张三”，来源为“王晓明”"]
        assert ledger.snapshot.measures[0].owner == "张三"


def test_a_measure_is_added_where_an_issue_had_none(tmp_path: Path) -> None:
    records = (Section(title="甲"), Issue(section_id=1, title="学习不够"), Issue(section_id=1, title="账目乱"))
    with a_ledger(tmp_path, *records, organisation="某街道党工委", feedback_date=dt.date(2025, 4, 18)) as ledger:

        def work(book: Any) -> None:
            put(book, "整改措施", 2, "逐笔清账")
            put(book, "整改时限", 2, "6月底前")
            put(book, "完成情况", 2, "正在推进")
            put(book, "责任人", 1, "王晓明")

        importing.apply(ledger, importing.plan_source(worked_in(ledger.snapshot, tmp_path / "台账.xlsx", work)))
        (measure,) = ledger.snapshot.measures
        issues = {one.title: one for one in ledger.snapshot.issues}
    assert (measure.content, measure.due_on, measure.status) == ("逐笔清账", dt.date(2025, 6, 30), Status.IN_PROGRESS)
    assert (measure.issue_id, issues["学习不够"].owner) == (issues["账目乱"].id, "王晓明")


def test_a_plan_that_was_written_in_the_sheet_is_read_with_its_goals_and_every_numbered_measure(tmp_path: Path) -> None:
    """In the first weeks a clerk writes goals, measures and duties in WPS, all measures of an issue in one cell."""
    records = (
        Section(title="甲"),
        Issue(section_id=1, title="学习不够"),
        Issue(section_id=1, title="大问题", goal="旧目标"),
        Issue(parent_id=2, title="小问题"),
    )
    with a_ledger(tmp_path, *records, organisation="某街道党工委") as ledger:

        def work(book: Any) -> None:
            put(book, "整改目标", 1, "学习到位。")
            put(book, "整改措施", 1, "1.制定学习计划。\n2.每月通报。\n3.年底考核。")
            put(book, "整改进展", 1, "1.已制定。\n2.已通报两次。\n3.尚未开展。")
            put(book, "牵头部门", 1, "党建办")
            put(book, "整改目标", 2, "新目标")
            put(book, "整改措施", 2, "清理台账")

        plan = importing.plan_source(worked_in(ledger.snapshot, tmp_path / "台账.xlsx", work))
        importing.apply(ledger, plan)
        assert plan.doubts == []
        goals = {one.title: one.goal for one in ledger.snapshot.issues}
        assert goals == {"学习不够": "学习到位。", "大问题": "新目标", "小问题": ""}
        told = [(one.content, one.progress, one.lead_department) for one in ledger.snapshot.measures]
        assert sorted(told) == [
            ("制定学习计划。", "已制定。", "党建办"),
            ("年底考核。", "尚未开展。", "党建办"),
            ("每月通报。", "已通报两次。", "党建办"),
            ("清理台账", "", ""),
        ]
        assert [one.content for one in ledger.snapshot.measures if one.issue_id == 1] == [
            "制定学习计划。", "每月通报。", "年底考核。",
        ]  # fmt: skip


def test_what_has_no_field_is_told(tmp_path: Path) -> None:
    with a_ledger(tmp_path, *a_tree(1, 1, 1), organisation="某街道党工委") as ledger:

        def work(book: Any) -> None:
            put(book, "反馈问题", 1, "另一个问题")
            put(book, "整改措施", 1, None)

        plan = importing.plan_source(worked_in(ledger.snapshot, tmp_path / "台账.xlsx", work))
        assert not importing.preview(ledger.snapshot, plan).writes
    assert sorted(note.text for note in plan.doubts) == [
        "“反馈问题”改成了“另一个问题”，没有读入；请在程序里改",
        "“整改措施”清空了，没有读入；请在程序里改",
    ]


def test_rows_that_were_moved_are_read_as_anybodys_sheet(snapshot: Snapshot, tmp_path: Path) -> None:
    def work(book: Any) -> None:
        page = book["台账"]
        for area in list(page.merged_cells.ranges):
            page.unmerge_cells(str(area))
        page.delete_rows(page.max_row)

    path = worked_in(snapshot, tmp_path / "台账.xlsx", work)
    plan = importing.plan_source(path)
    assert plan.edited is not None
    assistant = assist_workbook(path, snapshot, FormMemory())
    assert assistant is not None
    assert [one.sheet.name for one in assistant.sheets] == ["台账"]
    assert assist_workbook(path, a_snapshot(), FormMemory()) is None  # into an empty ledger goes everything


def test_a_new_ledger_gets_the_data_whole(snapshot: Snapshot, tmp_path: Path) -> None:
    path = worked_in(snapshot, tmp_path / "台账.xlsx", fill_in)
    importing.import_into(tmp_path / "新.zgtz", importing.plan_source(path))
    with Ledger.open(tmp_path / "新.zgtz") as ledger:
        assert set(portable(ledger.snapshot)) >= {key for key in portable(snapshot) if key[0].__name__ == "Measure"}


def test_a_list_that_was_edited_is_told_of(snapshot: Snapshot, tmp_path: Path) -> None:
    def work(book: Any) -> None:
        book["责任清单"].cell(5, 2).value = "财政所（改）"

    plan = importing.plan_source(worked_in(snapshot, tmp_path / "台账.xlsx", work))
    assert plan.edited is None
    assert [note.text for note in plan.doubts] == ["工作表“责任清单”导出以后改动过，没有读入；请在工作表“台账”里改"]


def test_one_cell_of_a_ledger_with_everything_in_it_changes_one_record(resources: Path, tmp_path: Path) -> None:
    """Inherited owners, steps of closing, entries of the log and outcomes stand in cells that nobody edited."""
    path = tmp_path / "示例.zgtz"
    importing.import_into(path, importing.plan_source(resources / "samples" / "示例整改通报.txt"))
    with Ledger.open(path) as ledger:
        issue, measure = ledger.snapshot.issues[0], ledger.snapshot.measures[2]
        set_fields(ledger, (Issue, issue.id), {"leaders": ("王主任",), "deadline": "6月底前"}, today=TODAY)
        entry = add_to(ledger, LogEntry, (Measure, measure.id), today=TODAY)
        set_fields(ledger, entry, {"text": "已开会", "reporter": "综合科"}, today=TODAY)
        book = worked_in(ledger.snapshot, tmp_path / "台账.xlsx", lambda book: put(book, "责任人", 4, "王晓明"))
    plan = importing.plan_source(book)
    assert plan.whole is not None
    assert plan.base is not None
    pairs = ((values, plan.base[key]) for key, values in plan.whole.items())
    changed = [[name for name in values if values[name] != before[name]] for values, before in pairs]
    assert [names for names in changed if names] == [["owner"]]
