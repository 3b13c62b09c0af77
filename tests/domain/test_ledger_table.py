"""The ledger as rows and merged cells."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from builders import a_snapshot
from growing import lines_run

from zhenggai_desktop import texts
from zhenggai_desktop.domain.exact_numbers import exact
from zhenggai_desktop.domain.ledger_table import LedgerTable, ledger_table
from zhenggai_desktop.domain.ledger_template import ISSUE_LIST, TASK_LIST
from zhenggai_desktop.domain.records import (
    ClosingStep,
    Evidence,
    EvidenceLink,
    Issue,
    LedgerFacts,
    LogEntry,
    Measure,
    MeasureLink,
    Outcome,
    OutcomeLink,
    Section,
    Snapshot,
    Status,
    Track,
    WithheldGround,
)

SNAPSHOT = Snapshot(
    facts=LedgerFacts(organisation="青石街道党工委"),
    sections=(Section(id=1, title="基层治理方面"), Section(id=2, title="作风建设方面")),
    issues=(
        Issue(id=1, section_id=1, title="网格管理有漏洞", original_text="部分网格员巡查记录缺失。", goal="网格全覆盖"),
        Issue(
            id=2,
            section_id=1,
            title="民生实事推进不快",
            recommendations=("加快项目进度。", "公开项目清单。"),
            deadline="2025年底前",
            leaders=("李明", "王芳"),
            lead_department="民政办",
            track=Track.DATED,
            standing=True,
        ),
        Issue(id=3, parent_id=2, title="老旧小区改造滞后", withheld=WithheldGround.SENSITIVE, note="与区住建局会商"),
        Issue(id=4, parent_id=2, title="食堂补贴未公示", lead_department="财政所"),
        Issue(id=5, section_id=2, title="公务接待审批不严", closed=True, completed_on=dt.date(2025, 5, 6)),
    ),
    measures=(
        Measure(id=1, issue_id=1, content="补齐记录", status=Status.DONE, completed_on=dt.date(2025, 4, 30)),
        Measure(id=2, issue_id=1, content="每周抽查", progress="已抽查12次。"),
        Measure(id=3, issue_id=3, content="倒排工期", owner="赵强"),
    ),
    measure_links=(MeasureLink(id=1, measure_id=2, issue_id=5),),
    log_entries=(
        LogEntry(id=1, measure_id=2, entered_on=dt.date(2025, 5, 1), text="第三周抽查完成", reporter="综合办"),
    ),
    outcomes=(Outcome(id=1, kind="制度新建", number=Decimal("2.0"), unit="项", title="《网格巡查办法》"),),
    outcome_links=(OutcomeLink(id=1, outcome_id=1, measure_id=1),),
    evidence=(Evidence(id=1, title="巡查记录汇总", file_name="a.pdf"), Evidence(id=2, file_name="办法.pdf")),
    evidence_links=(EvidenceLink(id=1, evidence_id=1, issue_id=1), EvidenceLink(id=2, evidence_id=2, outcome_id=1)),
    closing_steps=(ClosingStep(id=1, issue_id=5, step="销号", result="同意", taken_on=dt.date(2025, 5, 8)),),
)


def column(table: LedgerTable, key: str) -> list[object]:
    return [row.cells[table.keys.index(key)] for row in table.rows]


def test_a_row_for_every_measure_and_for_every_issue_without_one() -> None:
    table = ledger_table(SNAPSHOT)
    assert [(row.issue_id, row.measure_id) for row in table.rows] == [(1, 1), (1, 2), (3, 3), (4, None), (5, 2)]
    assert column(table, "number") == ["1-1", "1-1", "1-2-1", "1-2-2", "2-1"]
    assert table.title == "青石街道党工委巡察反馈问题整改台账"


def test_columns_are_those_of_the_shared_vocabulary() -> None:
    table = ledger_table(SNAPSHOT)
    assert table.captions == texts.LEDGER_COLUMNS
    assert len(table.keys) == len(table.captions) == 20
    assert dict(zip(table.keys, table.captions, strict=True))["evidence"] == "佐证材料"


def test_words_of_the_feedback_stand_beside_their_issue() -> None:
    table = ledger_table(SNAPSHOT)
    assert column(table, "issue")[0] == "网格管理有漏洞"
    assert column(table, "manifestation") == [
        "部分网格员巡查记录缺失。",
        "部分网格员巡查记录缺失。",
        "老旧小区改造滞后",
        "食堂补贴未公示",
        "",
    ]
    assert column(table, "recommendations")[2] == "1.加快项目进度。\n2.公开项目清单。"


def test_sections_issues_and_what_belongs_to_them_are_merged() -> None:
    table = ledger_table(SNAPSHOT)
    at = {key: place for place, key in enumerate(table.keys)}
    assert {(merge.column, merge.first, merge.last) for merge in table.merges} == {
        (at["number"], 0, 1),
        (at["section"], 0, 3),
        (at["issue"], 0, 1),
        (at["issue"], 2, 3),
        (at["manifestation"], 0, 1),
        (at["recommendations"], 0, 1),
        (at["recommendations"], 2, 3),
        (at["goal"], 0, 1),
        (at["outcomes"], 0, 1),
        (at["evidence"], 0, 1),
        (at["closing"], 0, 1),
    }


def test_owners_and_deadlines_are_written_in_every_row() -> None:
    table = ledger_table(SNAPSHOT)
    assert column(table, "lead_department")[2:4] == ["民政办", "财政所"]
    assert column(table, "leaders")[2:4] == ["李明、王芳", "李明、王芳"]
    assert column(table, "owner")[2:4] == ["赵强", ""]
    assert column(table, "deadline")[2:4] == ["2025年底前", "2025年底前"]
    assert column(table, "track")[2] == "限期整改，长期坚持"


def test_progress_holds_the_text_and_the_dated_entries() -> None:
    assert column(ledger_table(SNAPSHOT), "progress")[1] == "已抽查12次。\n2025年5月1日：第三周抽查完成（综合办）"


def test_a_linked_measure_points_to_its_place() -> None:
    table = ledger_table(SNAPSHOT)
    assert column(table, "content")[4] == "同1-1：每周抽查"
    assert column(table, "progress")[4] == ""


def test_outcomes_evidence_and_closing_belong_to_the_issue() -> None:
    table = ledger_table(SNAPSHOT)
    assert column(table, "outcomes")[0] == "制度新建2项：《网格巡查办法》"
    assert column(table, "evidence")[0] == "巡查记录汇总\n办法.pdf"
    assert column(table, "closing")[4] == "已销号\n2025年5月8日"


def test_notes_say_what_has_no_column_of_its_own() -> None:
    assert column(ledger_table(SNAPSHOT), "note")[2] == "拟不公开（重大敏感）\n与区住建局会商"


def test_dates_stay_dates_and_plain_numbers_numbers() -> None:
    table = ledger_table(SNAPSHOT, run_through=True)
    assert column(table, "completed_on")[0] == dt.date(2025, 4, 30)
    assert column(table, "number") == [1, 1, "2-1", "2-2", 3]


def test_an_answer_without_measures_is_not_lost() -> None:
    snapshot = Snapshot(
        issues=(
            Issue(id=1, title="甲", public_text="已整改到位。", answer_introduction="高度重视。"),
            Issue(id=2, parent_id=1, title="乙"),
        )
    )
    table = ledger_table(snapshot)
    assert column(table, "progress") == ["已整改到位。\n高度重视。", ""]


def test_an_empty_ledger_is_a_table_without_rows() -> None:
    table = ledger_table(Snapshot())
    assert table.rows == table.merges == ()
    assert table.title == "巡察反馈问题整改台账"


def test_neighbouring_sections_with_the_same_title_are_not_merged() -> None:
    snapshot = Snapshot(
        sections=(Section(id=1, title="其他"), Section(id=2, title="其他")),
        issues=(Issue(id=1, section_id=1), Issue(id=2, section_id=2)),
    )
    assert ledger_table(snapshot).merges == ()


def test_exact_numbers_have_no_exponent() -> None:
    assert [exact(Decimal(text)) for text in ("1E+3", "12.50", "0.00", "100")] == ["1000", "12.5", "0", "100"]


def test_lists_name_what_one_answer_covers_beside_it_and_have_no_empty_rows_for_it() -> None:
    """One answer over several quoted issues is one item (domain.md §4 Issue)."""
    snapshot = Snapshot(
        issues=(
            Issue(id=1, title="补贴发放不规范", lead_department="农业办"),
            Issue(id=2, parent_id=1, title="死亡人员仍领取补贴", original_text="涉及3户。"),
            Issue(id=3, parent_id=1, title="公示不及时"),
            Issue(id=4, parent_id=1, title="另有部门", lead_department="财政所"),
        ),
        measures=(Measure(id=1, issue_id=1, content="逐户核查"), Measure(id=2, issue_id=1, content="追回资金")),
    )
    for template, rows in ((ISSUE_LIST, ["1", "1-3"]), (TASK_LIST, ["1", "1", "1-3"])):
        table = ledger_table(snapshot, template=template)
        assert [str(number) for number in column(table, "number")] == rows
        assert column(table, "manifestation")[0] == "1.死亡人员仍领取补贴\n涉及3户。\n2.公示不及时"
        assert column(table, "manifestation")[-1] == "另有部门"
    assert column(ledger_table(snapshot), "number") == [1, 1, "1-1", "1-2", "1-3"]  # may be read back


def test_an_answer_to_many_is_listed_in_work_that_grows_with_them() -> None:
    def work(count: int) -> int:
        snapshot = Snapshot(
            issues=(Issue(id=1, title="甲"), *(Issue(id=at + 2, parent_id=1, title="乙") for at in range(count))),
            measures=(Measure(id=1, issue_id=1, content="丙"),),
        )
        return lines_run(lambda: ledger_table(snapshot, template=ISSUE_LIST))

    assert work(80) < 3 * work(40)


def test_the_list_of_issues_names_those_who_answer_for_the_measures() -> None:
    snapshot = a_snapshot(
        Issue(title="甲"), Issue(title="乙"),
        Measure(issue_id=1, content="一", lead_department="党建办", leaders=("张",)),
        Measure(issue_id=1, content="二", lead_department="财政所"), MeasureLink(measure_id=2, issue_id=2),
    )  # fmt: skip
    table = ledger_table(snapshot, template=ISSUE_LIST)
    assert column(table, "lead_department") == ["党建办、财政所", "财政所"]
    assert column(table, "leaders") == ["张", ""]


def test_an_entry_that_the_progress_tells_is_not_printed_again() -> None:
    """What was gathered into the progress, or came back with a sheet, stands in both."""
    snapshot = a_snapshot(
        Issue(title="甲"),
        Measure(issue_id=1, content="做", progress="已开会3次。已发文。"),
        LogEntry(measure_id=1, entered_on=dt.date(2025, 5, 1), text="已开会3次"),
        LogEntry(measure_id=1, entered_on=dt.date(2025, 6, 1), text="已检查。", reporter="办公室"),
    )
    (row,) = ledger_table(snapshot).rows
    assert "已开会3次。已发文。\n2025年6月1日：已检查。（办公室）" in row.cells
