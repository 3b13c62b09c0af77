"""A newer table for a ledger that has its issues: gaps are filled, all else is told, and taken where that is wanted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import a_ledger
from openpyxl import Workbook

from zhenggai_desktop.domain.records import ClosingStep, Issue, Measure, Status
from zhenggai_desktop.services.import_report import ImportReport, Taking
from zhenggai_desktop.services.importing import apply, plan_source, preview
from zhenggai_desktop.services.ledger import Ledger

HEAD = (
    "序号",
    "反馈问题",
    "整改措施",
    "责任部门",
    "整改时限",
    "整改进展",
    "完成情况",
    "实际完成日期",
    "销号情况",
    "备注",
)
END = "2025年底前"


def row(number: int | None, issue: str, measure: str, progress: str = "", status: str = "", day: str = "",
        closed: str = "", note: str = "", office: str = "党政办") -> list[object]:  # fmt: skip
    return [number, issue or None, measure, office, END, progress or None, status, day, closed, note]


FIRST = (
    row(1, "学习少", "开会", "已开1次", "正在推进", note="待补"),
    row(2, "账目乱", "清账", "清账中", "正在推进", office="财政所"),
    row(None, "", "补票", "补票中", "正在推进", office="财政所"),
)
LATER = (
    row(1, "学习少", "开会", "已开1次", "已完成", "2025-11-01", "已销号", "已补"),
    row(2, "账目乱", "清账", "清账中", "已完成", office="财政所"),
    row(None, "", "补票", "补票中", "已完成", office="财政所"),
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with a_ledger(tmp_path) as ledger:
        yield ledger


def take(ledger: Ledger, *rows: list[object], head: tuple[str, ...] = HEAD, **taking: bool) -> ImportReport:
    """Imports a table of these rows, and sees that the preview told the same and a second time does nothing."""
    path = ledger.path.parent / "台账表.xlsx"
    book = Workbook()
    page = book.active
    assert page is not None
    for each in (list(head), *rows):
        page.append(each)
    book.save(path)
    plan = plan_source(path)
    seen = preview(ledger.snapshot, plan, Taking(**taking))
    report = apply(ledger, plan, Taking(**taking))
    assert (seen.added, seen.different) == (report.added, report.different)
    rested = ledger.snapshot
    assert apply(ledger, plan_source(path), Taking(**taking)).added == []
    assert ledger.snapshot == rested
    assert ledger.check() == ()
    return report


def told(report: ImportReport) -> list[str]:
    return [line.detail for line in report.different]


def filled(report: ImportReport) -> list[tuple[str, str]]:
    return [(line.text, line.detail) for line in report.added if line.detail]


def test_what_differs_is_told_and_nothing_is_overwritten(ledger: Ledger) -> None:
    take(ledger, *FIRST)
    before = ledger.snapshot.issues, ledger.snapshot.measures
    report = take(ledger, *LATER)
    assert told(report) == [
        "完成情况：台账为“正在推进”，来源为“已完成”",
        "实际完成日期：台账未填，来源为“2025年11月1日”",
        "销号：台账为“否”，来源为“是”",
        "备注：台账为“待补”，来源为“已补”",
        "完成情况：台账为“正在推进”，来源为“已完成”",
    ]
    assert (ledger.snapshot.issues, ledger.snapshot.measures) == before


def test_what_differs_is_taken_where_that_is_wanted(ledger: Ledger) -> None:
    take(ledger, *FIRST)
    take(ledger, *LATER, changes=True)
    one, other = ledger.snapshot.issues
    assert (one.status, one.completed_on, one.closed, one.note) == (Status.DONE, dt.date(2025, 11, 1), True, "已补")
    assert other.status is Status.DONE
    assert told(take(ledger, *LATER)) == []


def test_gaps_of_an_issue_with_a_measure_are_filled(ledger: Ledger) -> None:
    take(ledger, row(1, "学习少", "开会"))
    report = take(ledger, row(1, "学习少", "开会", "", "已完成", "2025-11-01", "已销号", "已补"))
    assert filled(report) == [("1 学习少", "补充：实际完成日期、销号、备注"), ("开会", "补充：完成情况")]
    (issue,), (measure,) = ledger.snapshot.issues, ledger.snapshot.measures
    assert (issue.status, measure.status) == (None, Status.DONE)  # derived, so that it goes on with its measures
    assert (issue.completed_on, issue.closed, issue.note) == (dt.date(2025, 11, 1), True, "已补")


def test_a_status_that_all_rows_share_is_held_against_that_of_each_measure(ledger: Ledger) -> None:
    take(ledger, row(1, "账目乱", "清账", "", "已完成"), row(None, "", "补票", "", "正在推进"))
    rows = (row(1, "账目乱", "清账", "", "已完成"), row(None, "", "补票", "", "已完成"))
    report = take(ledger, *rows)
    assert [(line.text, line.detail) for line in report.different] == [
        ("补票", "完成情况：台账为“正在推进”，来源为“已完成”")
    ]
    take(ledger, *rows, changes=True)
    assert [measure.status for measure in ledger.snapshot.measures] == [Status.DONE, Status.DONE]


def test_statuses_of_the_rows_are_held_against_the_one_that_the_issue_has(ledger: Ledger) -> None:
    take(ledger, *FIRST[1:])
    rows = (row(1, "账目乱", "清账", "清账中", "已完成"), row(None, "", "补票", "补票中", "已完成", "2025-11-01"))
    take(ledger, *rows[:1], row(None, "", "补票", "补票中", "正在推进", office="财政所"), changes=True)
    assert [measure.status for measure in ledger.snapshot.measures] == [Status.DONE, None]
    assert ledger.snapshot.issues[0].status is Status.IN_PROGRESS
    take(ledger, *rows, changes=True)
    assert ledger.snapshot.issues[0].status is Status.DONE


def test_a_table_that_says_not_started_pins_nothing(ledger: Ledger) -> None:
    take(ledger, row(1, "学习少", "开会"))
    report = take(ledger, row(1, "学习少", "开会", "", "未启动"))
    assert (filled(report), told(report)) == ([], [])
    assert (ledger.snapshot.issues[0].status, ledger.snapshot.measures[0].status) == (None, None)


def test_one_text_for_two_measures_without_progress_is_the_answer_of_the_issue(ledger: Ledger) -> None:
    take(ledger, row(1, "学习少", "1.开会\n2.严格考勤"))
    take(ledger, row(1, "学习少", "1.开会\n2.严格考勤", "镇党委集中学习12次，全体干部参加。"))
    assert ledger.snapshot.issues[0].public_text == "镇党委集中学习12次，全体干部参加。"


def test_one_text_does_not_take_the_place_of_what_the_measures_tell(ledger: Ledger) -> None:
    take(ledger, row(1, "学习少", "1.开会\n2.严格考勤", "1.已开会。\n2.已考勤。"))
    rows = (row(1, "学习少", "1.开会\n2.严格考勤", "镇党委集中学习12次。"),)
    report = take(ledger, *rows)
    assert told(report) == ["公开文字：台账为“已开会。已考勤。”，来源为“镇党委集中学习12次。”"]
    assert ledger.snapshot.issues[0].public_text == ""
    take(ledger, *rows, changes=True)
    assert ledger.snapshot.issues[0].public_text == "镇党委集中学习12次。"


def test_an_unknown_column_is_noted_with_an_issue_that_is_there(ledger: Ledger) -> None:
    take(ledger, *FIRST)
    head = (*HEAD, "督办单位", "佐证材料")
    take(ledger, [*FIRST[0], "纪委", "签到表"], head=head)
    assert ledger.snapshot.issues[0].note == "待补\n佐证材料：签到表\n督办单位：纪委"
    report = take(ledger, [*FIRST[0], "纪委", "签到表、照片"], head=head)
    assert told(report) == ["备注：台账为“佐证材料：签到表”，来源为“佐证材料：签到表、照片”"]
    take(ledger, [*FIRST[0], "纪委", "签到表、照片"], head=head, changes=True)
    assert ledger.snapshot.issues[0].note == "待补\n督办单位：纪委\n佐证材料：签到表、照片"


def test_a_note_that_a_measure_has_is_not_given_to_the_issue_too(ledger: Ledger) -> None:
    take(ledger, row(1, "学习少", "开会"))
    with ledger.step("备注") as writer:
        writer.update(Measure, 1, note="待补")
    assert filled(take(ledger, row(1, "学习少", "开会", note="待补"))) == []


def test_an_issue_that_is_being_closed_here_is_not_closed_by_a_table(ledger: Ledger) -> None:
    take(ledger, row(1, "学习少", "开会", "", "已完成"))
    with ledger.step("申请销号") as writer:
        writer.add(ClosingStep(issue_id=1, step="申请"))
    rows = (row(1, "学习少", "开会", "", "已完成", closed="已销号"),)
    assert told(take(ledger, *rows, changes=True)) == ["销号：台账为“否”，来源为“是”；台账里有销号记录，请在程序里办理"]
    assert not ledger.snapshot.issues[0].closed


def test_a_measures_office_is_held_against_the_one_that_it_takes_from_its_issue(ledger: Ledger) -> None:
    take(ledger, row(1, "账目乱", "清账"), row(None, "", "补票"))
    rows = (row(1, "账目乱", "清账"), row(None, "", "补票", office="财政所"))
    assert told(take(ledger, *rows)) == ["牵头部门：台账为“党政办”，来源为“财政所”"]
    assert [measure.lead_department for measure in ledger.snapshot.measures] == ["", ""]
    take(ledger, *rows, changes=True)
    assert ledger.snapshot.measures[1].lead_department == "财政所"


def test_a_new_measure_comes_with_the_status_that_all_rows_share(ledger: Ledger) -> None:
    take(ledger, row(1, "账目乱", "清账"))
    with ledger.step("清空") as writer:
        writer.update(Issue, 1, status=None)
    take(ledger, row(1, "账目乱", "清账", "", "已完成"), row(None, "", "补发票据", "", "已完成"), changes=True)
    assert [measure.status for measure in ledger.snapshot.measures] == [Status.DONE, Status.DONE]


def test_the_problem_of_another_community_is_another_issue(ledger: Ledger) -> None:
    titles = "{}社区党支部组织生活不规范，三会一课记录缺失"
    take(ledger, row(1, titles.format("东风"), "补齐记录", office="东风社区"))
    theirs = row(1, titles.format("东岭"), "补齐记录", "东岭社区已补齐记录12份", "已完成", office="东岭社区")
    take(ledger, theirs)
    assert [issue.title for issue in ledger.snapshot.issues] == [titles.format("东风"), titles.format("东岭")]
    assert [measure.progress for measure in ledger.snapshot.measures] == ["", "东岭社区已补齐记录12份"]
    assert [issue.status for issue in ledger.snapshot.issues] == [None, Status.DONE]


def test_the_measure_of_another_office_is_told_and_fills_nothing(ledger: Ledger) -> None:
    take(ledger, row(1, "督查不力", "党政办每季度对各社区台账开展督查"))
    before = ledger.snapshot.issues, ledger.snapshot.measures
    theirs = row(
        1, "督查不力", "纪检办每季度对各社区台账开展督查", "已督查3次", "已完成", "2025-11-01", "是", office="纪检办"
    )
    report = take(ledger, theirs)
    assert told(report) == [
        "实际完成日期：台账未填，来源为“2025年11月1日”",
        "销号：台账为“否”，来源为“是”",
        "问题“督查不力”在台账中已有措施，来源多出这一条",
    ]
    assert (ledger.snapshot.issues, ledger.snapshot.measures) == before
    take(ledger, theirs, changes=True)
    assert [(one.progress, one.status, one.lead_department) for one in ledger.snapshot.measures] == [
        ("", None, ""),
        ("已督查3次", Status.DONE, "纪检办"),
    ]
    assert ledger.snapshot.issues[0].lead_department == "党政办"


def test_a_row_whose_title_was_reworded_goes_on_with_its_issue(ledger: Ledger) -> None:
    take(ledger, row(1, "往来款项长期不清理", "清账", office="财政所"))
    take(ledger, row(1, "往来款项长期未清理", "清账。", "已清30笔", office="财政和经济发展所"))
    assert [measure.progress for measure in ledger.snapshot.measures] == ["已清30笔"]
    assert len(ledger.snapshot.issues) == 1


def test_rows_of_some_measures_do_not_speak_for_the_whole_issue(ledger: Ledger) -> None:
    take(ledger, *FIRST[1:])
    rows = row(1, "账目乱", "清账", "清账中", "已完成"), row(None, "", "查账", "", "基本完成")
    assert [line.text for line in take(ledger, *([*one[:3], "财政所", *one[4:]] for one in rows)).different] == [
        "清账",
        "查账",
    ]
    assert ledger.snapshot.issues[0].status is Status.IN_PROGRESS


def test_a_day_beside_one_measure_alone_is_not_given_to_the_others_again(ledger: Ledger) -> None:
    """A row without a measure gives its day to the issue, which is not what all rows share."""
    rows = (
        row(1, "账目乱", "清账", "", "已完成", "2025-11-01"),
        row(None, "", "补票", "", "已完成"),
        row(None, "", "", "", "已完成", "2025-10-01"),
    )
    take(ledger, *rows)
    assert [measure.completed_on for measure in ledger.snapshot.measures] == [dt.date(2025, 11, 1), None]


def test_a_measure_that_is_new_is_named_by_what_is_planned(ledger: Ledger) -> None:
    take(ledger, *FIRST)
    report = take(ledger, *FIRST, row(None, "", "盘点", "盘点中", "正在推进"), row(3, "会多", "减会", "已减", "已完成"))
    assert [line.text for line in report.different] == ["盘点"]
    assert [line.text for line in report.added if line.record_type is Measure] == ["减会"]
