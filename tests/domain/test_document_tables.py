"""The tables of documents: what each register holds, how records stand side by side, how a form is laid out."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
from builders import a_snapshot

from zhenggai_desktop.domain.blocks import Cell, Table
from zhenggai_desktop.domain.document_tables import form_of, submitted_drafts, table_of
from zhenggai_desktop.domain.document_template import BlockSpec, load_document_template
from zhenggai_desktop.domain.document_values import Values
from zhenggai_desktop.domain.records import (
    Draft,
    Issue,
    Measure,
    Milestone,
    Outcome,
    PublicComment,
    Record,
    ReviewOpinion,
    Section,
    Status,
    WithheldGround,
)

TODAY = dt.date(2025, 6, 10)


def spec(kind: str, **more: Any) -> BlockSpec:
    return load_document_template(json.dumps({"blocks": [{"kind": kind, **more}]})).blocks[0]


def table(of: str, keys: str, *records: Record, known: dict[str, str] | None = None, **more: Any) -> Table:
    columns = [{"key": key, "caption": key} for key in keys.split()]
    return table_of(spec("table", of=of, columns=columns, **more), a_snapshot(*records), Values(known or {}), TODAY)


def words(found: Table) -> list[list[str | None]]:
    return [[cell.text if cell else None for cell in row] for row in found.rows[found.head_rows :]]


def form(rows: list[list[Any]], **more: Any) -> list[list[str | None]]:
    return words(form_of(spec("form", rows=rows, **more), Values({"甲": "一"})))


def test_drafts_that_went_out_for_approval_are_numbered_with_what_was_said_of_them() -> None:
    records = (
        Draft(edition="public_review", version="第1稿", file_name="一.docx",
              exported_at=dt.datetime(2025, 3, 1, 4, tzinfo=dt.UTC)),
        Draft(edition="public", version="第2稿"),
        Draft(edition="internal_review", version="第3稿"),
        ReviewOpinion(draft_id=1, adopted=True), ReviewOpinion(draft_id=1, adopted=False), ReviewOpinion(draft_id=1),
        ReviewOpinion(draft_id=2, adopted=True),
    )  # fmt: skip
    found = words(table("versions", "number version exported_on file_name note", *records))
    assert [row[:2] for row in found] == [["1", "第1稿"], ["2", "第3稿"]]
    assert found[0][3:] == ["一.docx", "收到意见3条，采纳1条"]
    assert found[0][2] in ("2025年3月1日", "2025年2月28日")  # of the office's own clock
    assert found[1][2:] == ["", "", ""]
    assert [draft.version for draft in submitted_drafts(a_snapshot(*records))] == ["第1稿", "第3稿"]


def test_opinions_stand_with_their_body_and_the_version_they_are_about() -> None:
    records = (
        Draft(version="第1稿"), Draft(),
        ReviewOpinion(draft_id=1, body="区纪委", text="改数字", adopted=True, given_on=dt.date(2025, 3, 1)),
        ReviewOpinion(draft_id=2, body="区纪委", text="改标题", adopted=False),
        ReviewOpinion(draft_id=9, body="社区", text="太长"),
    )  # fmt: skip
    found = table(
        "opinions", "body text adopted given_on", *records, bodies=["{上级}宣传部", "区纪委"], known={"上级": "区委"}
    )
    assert words(found) == [
        ["区委宣传部", "", "", ""],
        ["区纪委", "改数字（第1稿）", "采纳", "2025年3月1日"],
        ["区纪委", "改标题", "未采纳", ""],
        ["社区", "太长", "", ""],
    ]


def test_comments_and_milestones_are_numbered() -> None:
    comments = (
        PublicComment(
            received_on=dt.date(2025, 2, 1), text="路灯不亮", answer="已修好", answered_on=dt.date(2025, 2, 3)
        ),
        PublicComment(text="路不平"),
    )
    found = table("comments", "number received_on text answered_by answered_on answer", *comments)
    assert words(found) == [
        ["1", "2025年2月1日", "路灯不亮", "", "2025年2月3日", "已修好"],
        ["2", "", "路不平", "", "", "正在办理"],
    ]
    steps = (Milestone(kind="反馈会", title="甲", due_on=dt.date(2025, 1, 1), place="三楼"), Milestone(kind="报告"))
    assert words(table("milestones", "number kind title due_on done_on place", *steps)) == [
        ["1", "反馈会", "甲", "2025年1月1日", "", "三楼"],
        ["2", "报告", "", "", "", ""],
    ]


def test_withheld_issues_with_their_section_and_what_stands_for_them() -> None:
    records = (
        Section(title="作风方面"),
        Issue(section_id=1, title="甲", withheld=WithheldGround.SECRET, withheld_wording="某问题", note="已报"),
        Issue(section_id=1, title="乙"),
        Issue(title="丙", original_text="原话", withheld=WithheldGround.SENSITIVE),
    )
    found = table("withheld", "number section issue wording note", *records)
    assert words(found) == [
        ["1", "", "丙\n原话", "不公开，公开稿中只写明项数", ""],
        ["2", "作风方面", "甲", "某问题", "已报"],
    ]
    marked = [[cell.field if cell else "" for cell in row] for row in found.rows[1:]]
    assert marked == [[""] * 5, ["", "", "title", "withheld_wording", "note"]]


def test_what_lies_below_a_withheld_issue_is_listed_with_it() -> None:
    records = (
        Issue(title="甲", withheld=WithheldGround.SECRET),
        Issue(parent_id=1, title="甲一"),
        Issue(parent_id=1, title="甲二", withheld=WithheldGround.SECRET),
        Issue(parent_id=1, title="甲三"),
    )
    found = table("withheld", "number issue", *records)
    assert words(found) == [["1", "甲\n（1）甲一\n（2）甲三"], ["2", "甲二"]]
    assert [row[1].field for row in found.rows[1:] if row[1]] == ["", "title"]


def test_progress_of_departments_with_sums() -> None:
    records = (
        Issue(title="甲", lead_department="党政办", status=Status.DONE),
        Issue(title="乙", lead_department="党政办", status=Status.IN_PROGRESS, due_on=dt.date(2025, 6, 9)),
        Issue(title="丙", lead_department="财政所", status=Status.MOSTLY_DONE),
        Issue(title="丁"),
    )
    keys = "name total done mostly_done in_progress not_started late rate"
    assert words(table("departments_progress", keys, *records, total=True)) == [
        ["党政办", "2", "1", "0", "1", "0", "1", "50%"],
        ["财政所", "1", "0", "1", "0", "0", "0", "0%"],
        ["未明确", "1", "0", "0", "0", "1", "0", "0%"],
        ["合　计", "4", "1", "1", "1", "1", "1", "25%"],
    ]
    assert words(table("departments_progress", keys, total=True)) == []  # nothing, and no sum of nothing
    assert len(words(table("departments_progress", keys, *records))) == 3


LATE = (
    Issue(title="甲", lead_department="党政办", leaders=("王",), due_on=dt.date(2025, 6, 1)),
    Issue(title="乙", lead_department="财政所", leaders=("李", "王"), deadline="六月上旬", due_on=dt.date(2025, 6, 2)),
)


@pytest.mark.parametrize(
    ("known", "titles"),
    [
        ({}, ["甲", "乙"]),
        ({"对象": "财政所"}, ["乙"]),
        ({"对象": "王"}, ["甲", "乙"]),
        ({"对象": "李"}, ["乙"]),
        ({"对象": "工会"}, []),
        ({"催办类别": "late"}, ["甲", "乙"]),
        ({"催办类别": "pressing"}, []),
        ({"催办编号": "Issue-2"}, ["乙"]),
        ({"催办编号": "Issue-1 Issue-2"}, ["甲", "乙"]),
        ({"催办编号": "Issue-9"}, []),
    ],
)
def test_who_is_chased_for_what(known: dict[str, str], titles: list[str]) -> None:
    given = {"对象": "", "催办类别": "", "催办编号": ""} | known
    assert [row[0] for row in words(table("reminders", "title", *LATE, known=given))] == titles


def test_a_reminder_says_until_when() -> None:
    given = {"对象": "", "催办类别": "", "催办编号": ""}
    found = words(table("reminders", "number department leaders deadline colour", *LATE, known=given))
    assert [row[1:4] for row in found] == [["党政办", "王", "2025年6月1日前"], ["财政所", "李、王", "六月上旬"]]
    assert {row[4] for row in found} <= {"红色", "橙色", "黄色"}


# --- shape


def milestones(count: int) -> list[Milestone]:
    return [Milestone(kind=str(at)) for at in range(count)]


@pytest.mark.parametrize(
    ("count", "across", "least", "rows"),
    [
        (0, 1, 0, []),
        (0, 1, 2, [[""], [""]]),
        (3, 1, 2, [["0"], ["1"], ["2"]]),
        (3, 2, 0, [["0", "1"], ["2", ""]]),
        (4, 2, 0, [["0", "1"], ["2", "3"]]),
        (1, 3, 2, [["0", "", ""], ["", "", ""]]),
    ],
)
def test_records_side_by_side_and_rows_to_be_filled_in(count: int, across: int, least: int, rows: object) -> None:
    found = table("milestones", "kind", *milestones(count), across=across, least=least)
    assert words(found) == rows
    assert [cell.text for cell in found.rows[0] if cell] == ["kind"] * across
    assert all(cell.head for cell in found.rows[0] if cell)
    assert (found.head_rows, len(found.widths)) == (1, across)


@pytest.mark.parametrize(("heights", "all_of_them"), [([], (0,)), ([9], (0, 9, 9, 9)), ([9, 8], (0, 9, 8))])
def test_one_height_is_that_of_every_row_below_the_head(heights: list[int], all_of_them: tuple[int, ...]) -> None:
    assert table("milestones", "kind", *milestones(3), heights=heights).heights == all_of_them


def test_rows_of_the_ledger_are_merged_and_filled_up() -> None:
    records = (
        Section(title="作风方面"),
        Issue(section_id=1, title="甲", leaders=("王", "李")), Issue(section_id=1, title="乙"),
        Measure(issue_id=1, content="一"), Measure(issue_id=1, content="二"), Measure(issue_id=1, content="三"),
    )  # fmt: skip
    found = table("measures", "section issue content leaders", *records, least=6)
    assert words(found) == [
        ["作风方面", "甲", "一", "王\n李"], [None, None, "二", "王\n李"], [None, None, "三", "王\n李"],
        [None, "乙", "", ""], [""] * 4, [""] * 4,
    ]  # fmt: skip
    first = found.rows[1]
    assert [cell.rows for cell in first if cell] == [4, 3, 1, 1]
    assert words(table("issues", "issue", *records)) == [["甲"], ["乙"]]


def test_a_cell_names_the_record_and_field_that_it_is() -> None:
    records = (
        Section(uid="s", title="作风方面"),
        Issue(uid="i", section_id=1, title="甲", goal="目标", lead_department="党政办"),
        Issue(uid="j", parent_id=1, title="乙", note="自己的"),
        Measure(uid="m", issue_id=2, content="一", owner="丙"),
    )
    found = table("measures", "section issue manifestation goal content lead_department owner note number", *records)
    cells = [cell for cell in found.rows[1] if cell]
    assert [(cell.anchor and (cell.anchor.kind, cell.anchor.uid), cell.field) for cell in cells] == [
        (("section", "s"), "title"), (("issue", "i"), "title"), (("issue", "j"), "title"), (("issue", "i"), "goal"),
        (("measure", "m"), "content"), (("issue", "i"), "lead_department"), (("measure", "m"), "owner"),
        (("issue", "j"), "note"), (None, ""),
    ]  # fmt: skip


def test_widths_are_those_of_the_template_or_asked_for_by_the_words() -> None:
    columns = [
        {"key": "kind", "caption": "甲", "width": 3},
        {"key": "title", "caption": "乙"},
        {"key": "place", "caption": "丙"},
    ]
    one = spec("table", of="milestones", columns=columns)
    few = a_snapshot(Milestone(kind="短", title="字" * 10, place="字" * 20))
    fixed, narrow, wide = table_of(one, few, Values({}), TODAY).widths
    assert fixed == 3
    assert 2 < narrow < wide < 26
    long = a_snapshot(Milestone(title="字" * 9000))
    assert table_of(one, long, Values({}), TODAY).widths[1] == 26
    assert table_of(one, a_snapshot(), Values({}), TODAY).widths[1] == pytest.approx(2.2, abs=0.5)


# --- forms


def test_a_form_is_filled_cell_by_cell() -> None:
    assert form([["{甲}", "乙"], ["丙"]]) == [["一", "乙"], ["丙", None]]


def test_cells_over_rows_push_those_beside_them() -> None:
    tall = {"text": "高", "rows": 3}
    assert form([[tall, "一"], ["二"], ["三"], ["四", "五"]]) == [
        ["高", "一"],
        [None, "二"],
        [None, "三"],
        ["四", "五"],
    ]
    assert form([["一", tall, "二"], ["三", "四"]]) == [["一", "高", "二"], ["三", None, "四"]]


def test_cells_over_columns_cover_them() -> None:
    wide = {"text": "宽", "columns": 2}
    assert form([[wide, "一"], ["二", wide], ["三", "四", "五"]]) == [
        ["宽", None, "一"], ["二", "宽", None], ["三", "四", "五"],
    ]  # fmt: skip
    both = {"text": "大", "rows": 2, "columns": 2}
    assert form([[both, "一"], ["二"], ["三", "四", "五"]]) == [
        ["大", None, "一"],
        [None, None, "二"],
        ["三", "四", "五"],
    ]


def test_the_widths_of_a_form_say_how_many_columns_it_has() -> None:
    cells = [["一", {"text": "二", "columns": 9}]]
    found = form_of(spec("form", rows=cells, widths=[1, 2, 3], heights=[8], roomy=True), Values({}))
    assert (found.widths, found.heights, found.head_rows, found.roomy) == ((1, 2, 3), (8,), 0, True)
    assert found.rows == ((Cell("一"), Cell("二", columns=2), None),)
    plain = form_of(spec("form", rows=[["一"], ["二", {"text": "三", "columns": 2, "head": True}]]), Values({}))
    assert plain.widths == (1.0, 1.0, 1.0)
    assert plain.rows[1][1] == Cell("三", columns=2, head=True)


def test_an_outcome_without_a_number_is_not_printed_as_nought() -> None:
    found = table(
        "outcomes", "kind number", Outcome(kind="诫勉", unit="人"), Outcome(kind="约谈", unit="人", number=Decimal(2)),
        Outcome(kind="约谈", unit="人"),
    )  # fmt: skip
    assert words(found) == [["诫勉", "〔待填写〕"], ["约谈", "2人（另有1条未填数量）"]]


def test_an_item_of_two_departments_is_in_the_sum_once() -> None:
    records = (
        Issue(title="甲"), Measure(issue_id=1, content="一", lead_department="党政办"),
        Measure(issue_id=1, content="二", lead_department="财政所"),
    )  # fmt: skip
    assert words(table("departments_progress", "name total not_started", *records, total=True)) == [
        ["党政办", "1", "1"], ["财政所", "1", "1"], ["合　计", "1", "1"],
    ]  # fmt: skip


def test_money_of_one_kind_in_two_units_is_one_sum() -> None:
    found = table(
        "outcomes", "kind number", Outcome(kind="追回资金", number=Decimal("3.5"), unit="万元"),
        Outcome(kind="诫勉", number=Decimal(2), unit="人"), Outcome(kind="追回资金", number=Decimal(12000), unit="元"),
        Outcome(kind="清退资金", number=Decimal(800), unit="元"),
    )  # fmt: skip
    assert words(found) == [["追回资金", "4.7万元"], ["诫勉", "2人"], ["清退资金", "800元"]]


@pytest.mark.parametrize("of", ["issues", "measures", "departments"])
def test_the_lists_of_the_plan_call_an_issue_by_the_number_that_all_other_papers_give_it(of: str) -> None:
    """2-1 is the first issue of the second section in the sheets that departments fill in, and in every letter."""
    records = (
        Section(title="甲"), Section(title="乙"), Issue(section_id=1, title="一", lead_department="办"),
        Issue(section_id=2, title="二", lead_department="办"),
        *(Measure(issue_id=at, content="做", lead_department="办") for at in (1, 2)),
    )  # fmt: skip
    assert [row[0] for row in words(table(of, "number issue", *records))] == ["1-1", "2-1"]
