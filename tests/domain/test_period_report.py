"""A weekly or monthly report: what was entered between two days, what changed, what is late, in numbers that agree."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from builders import a_snapshot

from zhenggai_desktop.domain.blocks import Kind
from zhenggai_desktop.domain.office_rules import OfficeRules
from zhenggai_desktop.domain.period_report import PeriodReport, ReportKind
from zhenggai_desktop.domain.records import (
    InspectionKind,
    Issue,
    LogEntry,
    Measure,
    Section,
    SectionCategory,
    Snapshot,
    Status,
)

FIRST, LAST = dt.date(2025, 6, 2), dt.date(2025, 6, 8)


def a_ledger(**facts: object) -> Snapshot:
    return a_snapshot(
        Section(title="作风"),
        Section(title="举一反三", category=SectionCategory.EXTENSION),
        Issue(
            section_id=1, title="甲", lead_department="党政办", status=Status.IN_PROGRESS, due_on=dt.date(2025, 6, 7)
        ),
        Issue(section_id=1, title="乙", owner="张三", status=Status.DONE, closed=True),
        Issue(section_id=1, title="丙", leaders=("李", "王"), due_on=dt.date(2025, 6, 8)),
        Issue(section_id=2, title="丁", status=Status.DONE),
        Measure(issue_id=1, content="做", status=Status.IN_PROGRESS),
        LogEntry(issue_id=1, entered_on=dt.date(2025, 6, 8), text="后来的"),
        LogEntry(measure_id=1, entered_on=FIRST, text="先来的"),
        LogEntry(issue_id=2, entered_on=dt.date(2025, 6, 1), text="前一天"),
        LogEntry(issue_id=2, entered_on=dt.date(2025, 6, 9), text="后一天"),
        LogEntry(issue_id=2, text="没有日期"),
        organisation="某街道党工委",
        **facts,
    )


def report(
    before: Snapshot | None = None, now: Snapshot | None = None, kind: ReportKind = ReportKind.WEEKLY
) -> PeriodReport:
    return PeriodReport(before or a_ledger(), now or a_ledger(), kind, first=FIRST, last=LAST, rules=OfficeRules())


def with_status(snapshot: Snapshot, at: int, status: Status | None) -> Snapshot:
    issues = list(snapshot.issues)
    issues[at] = replace(issues[at], status=status)
    return replace(snapshot, issues=tuple(issues))


def test_entries_of_both_days_count_and_no_others() -> None:
    (row,) = report().rows()
    assert (row.item.issue.title, row.number) == ("甲", "1-1")
    assert row.progress_words == "6月2日：先来的\n6月8日：后来的"
    assert (row.changed, row.status_words) == (False, "正在推进")


def test_what_changed_is_marked_with_where_it_came_from() -> None:
    before = with_status(a_ledger(), 1, Status.MOSTLY_DONE)
    words = {row.item.issue.title: row.status_words for row in report(before).rows()}
    assert words == {"甲": "正在推进", "乙": "▲基本完成→已完成"}
    fewer = replace(a_ledger(), issues=a_ledger().issues[:-1])
    assert {row.item.issue.title: row.status_words for row in report(fewer).rows()}["丁"] == "▲新增，已完成"


def test_what_stands_beyond_the_feedback_is_reported_too() -> None:
    before = with_status(a_ledger(), 3, Status.NOT_STARTED)
    assert [row.item.issue.title for row in report(before).rows()] == ["甲", "丁"]


def words(found: PeriodReport) -> list[str]:
    return [block.text for block in found.document().blocks]


def test_the_summary_counts_what_is_done_and_how_it_was_counted() -> None:
    before = with_status(a_ledger(), 1, Status.IN_PROGRESS)
    assert "整改事项共3个，已完成1个，完成率33.33%（1÷3）；本周新完成1个；已销号1个；逾期1个。" in words(report(before))
    monthly = words(report(kind=ReportKind.MONTHLY))
    assert "整改事项共3个，已完成1个，完成率33.33%（1÷3）；本月新完成0个；已销号1个；逾期1个。" in monthly
    assert "二、本月进展" in monthly
    empty = report(a_snapshot(), a_snapshot())
    assert "台账中还没有整改事项。" in words(empty)
    assert "本周没有登记新的进展。" in words(empty)
    assert "没有逾期和临期事项。" in words(empty)


def test_the_document_has_its_parts_in_order() -> None:
    found = report()
    blocks = found.document().blocks
    assert [block.text for block in blocks if block.kind is Kind.HEADING] == [
        "一、总体进展", "二、本周进展", "三、逾期和临期事项",
    ]  # fmt: skip
    assert [block.level for block in blocks if block.kind is Kind.HEADING] == [1, 1, 1]
    assert blocks[0].text == found.title == "某街道党工委巡察整改工作周报"
    assert blocks[1].text == "2025年6月2日至2025年6月8日，整改进展情况如下。"
    tables = [block.table for block in blocks if block.table]
    assert [len(table.rows) - table.head_rows for table in tables] == [1, 2]


@pytest.mark.parametrize(
    ("facts", "title"),
    [
        ({"organisation_short": "街道"}, "街道巡察整改工作月报"),
        ({"kind": InspectionKind.XUNSHI}, "某街道党工委巡视整改工作月报"),
    ],
)
def test_the_title_names_office_inspection_and_kind(facts: dict[str, object], title: str) -> None:
    assert report(now=a_ledger(**facts), kind=ReportKind.MONTHLY).title == title


def test_the_tables_say_the_same() -> None:
    before = with_status(with_status(a_ledger(), 1, Status.IN_PROGRESS), 2, Status.IN_PROGRESS)
    progress, watched = report(before).tables()
    assert [row[:3] for row in progress.rows] == [
        ("1-1", "甲", "党政办"),
        ("1-2", "乙", "张三"),
        ("1-3", "丙", "李、王"),
    ]
    assert [(row[1], row[4]) for row in watched.rows] == [("甲", "已逾期1天"), ("丙", "今天到期")]
    assert (progress.name, watched.name) == ("本周进展", "逾期和临期")


def with_a_closed_whole() -> Snapshot:
    """The first issue, closed as a whole, has two sub-issues; an entry stands on itself."""
    whole = a_ledger()
    below = [Issue(id=20 + at, uid=f"b{at}", parent_id=1, title=f"子{at}", position=at) for at in (1, 2)]
    issues = (replace(whole.issues[0], closed=True, status=None), *whole.issues[1:], *below)
    return replace(whole, issues=issues, measures=(), log_entries=whole.log_entries[:1])


def test_an_entry_on_an_issue_that_gathers_others_is_reported() -> None:
    now = with_a_closed_whole()
    (row,) = report(now, now).rows()
    assert (row.number, row.item.issue.title, row.progress_words) == ("1-1", "甲", "6月8日：后来的")
    assert row.before is row.item.status


def test_the_summary_counts_items_of_the_feedback_and_closings_above_them() -> None:
    now = with_a_closed_whole()
    before = with_status(now, 3, Status.IN_PROGRESS)
    assert now.issues[3].section_id == 2
    assert "整改事项共4个，已完成1个，完成率25%（1÷4）；本周新完成0个；已销号3个；逾期0个。" in words(
        report(before, now)
    )


def test_an_issue_that_became_an_item_is_not_new() -> None:
    whole = with_a_closed_whole()
    told = replace(whole, measures=(Measure(id=9, uid="m9", issue_id=1, content="统一整改"),))
    apart = replace(told, measures=(*told.measures, Measure(id=10, uid="m10", issue_id=21, content="单独整改")))
    (row,) = report(told, apart).rows()
    assert row.item.issue.title == "甲"


def test_what_has_only_a_date_shows_it() -> None:
    _, watched = report().tables()
    assert [row[3] for row in watched.rows] == ["2025年6月7日前", "2025年6月8日前"]


def test_what_had_no_progress_for_long_is_not_called_late_or_near() -> None:
    quiet = a_snapshot(Issue(title="甲"), feedback_date=FIRST - dt.timedelta(days=200))
    found = report(quiet, quiet)
    assert "三、逾期、临期和久无进展事项" in words(found)
    assert found.tables()[1].name == "逾期、临期和久无进展"


def test_what_was_taken_in_as_done_is_not_finished_in_the_period() -> None:
    now = a_snapshot(
        Issue(title="早已完成", status=Status.DONE, completed_on=FIRST - dt.timedelta(days=90)),
        Issue(title="没有日期", status=Status.DONE), Issue(title="按措施"),
        Measure(issue_id=3, content="做", status=Status.DONE, completed_on=LAST),
    )  # fmt: skip
    found = report(Snapshot(), now)
    assert "整改事项共3个，已完成3个，完成率100%（3÷3）；本周新完成1个；已销号0个；逾期0个。" in words(found)
