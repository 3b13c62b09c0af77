"""Progress entered for many rows, gathered for the notice, and reported by week and month with what changed."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from docx import Document as WordDocument
from growing import lines_run
from openpyxl import load_workbook

from zhenggai_desktop.domain.period_report import PeriodReport, ReportKind
from zhenggai_desktop.domain.records import ClosingStep, Draft, Extension, Issue, LedgerFacts, Measure, Section, Status
from zhenggai_desktop.errors import UsageError
from zhenggai_desktop.services import past, period_reporting, progress_entry
from zhenggai_desktop.services.drafts import compare_drafts
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.progress_entry import Entry
from zhenggai_desktop.services.returning import open_returned
from zhenggai_desktop.storage.salvage import salvage

MONDAY, SUNDAY = dt.date(2025, 6, 2), dt.date(2025, 6, 8)


class Clock:
    """A clock that is set by hand; noon in Beijing."""

    def __init__(self) -> None:
        self.day = dt.date(2025, 5, 20)

    def __call__(self) -> dt.datetime:
        return dt.datetime.combine(self.day, dt.time(4), dt.UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(tmp_path: Path, clock: Clock) -> Iterator[Ledger]:
    facts = LedgerFacts(organisation="中共云溪街道工作委员会", organisation_short="云溪街道")
    with Ledger.create(tmp_path / "台账.zgtz", facts, clock=clock) as ledger:
        with ledger.step("建立") as writer:
            writer.add_many([
                Section(title="作风方面"),
                Issue(section_id=1, title="台账不全", lead_department="财政所", due_on=dt.date(2025, 6, 1)),
                Issue(section_id=1, title="制度不全", lead_department="党建办"),
                Issue(section_id=1, title="学习不够", lead_department="党建办"),
                Measure(issue_id=1, content="补齐"),
                Measure(issue_id=2, content="修订", status=Status.IN_PROGRESS),
                Measure(issue_id=3, content="学习"),
            ])  # fmt: skip
        yield ledger


def test_lines_are_entered_in_one_step_and_ditto_takes_what_stands_above(ledger: Ledger) -> None:
    entries = [
        Entry((Measure, 1), "同上"),  # nothing stands above
        Entry((Measure, 1), " 已补齐3份台账。", "张三"),
        Entry((Measure, 2), "同上"),
        Entry((Issue, 3), "", "李四"),
        Entry((Issue, 3), "〃", "李四"),
    ]
    assert progress_entry.enter(ledger, entries, on=MONDAY) == 3
    found = [(entry.measure_id, entry.issue_id, entry.text, entry.reporter) for entry in ledger.snapshot.log_entries]
    assert found == [
        (1, None, "已补齐3份台账。", "张三"),
        (2, None, "已补齐3份台账。", "张三"),
        (None, 3, "已补齐3份台账。", "李四"),
    ]
    ledger.undo()
    assert ledger.snapshot.log_entries == ()
    assert progress_entry.enter(ledger, [Entry((Measure, 1), " ")], on=MONDAY) == 0


def test_the_last_entry_of_each_row_is_known(ledger: Ledger) -> None:
    progress_entry.enter(ledger, [Entry((Measure, 1), "后来")], on=SUNDAY)
    progress_entry.enter(ledger, [Entry((Measure, 1), "补记早先")], on=MONDAY)
    assert progress_entry.last_entries(ledger.snapshot)[Measure, 1].text == "后来"


def test_entries_are_gathered_for_the_notice_once(ledger: Ledger) -> None:
    progress_entry.enter(ledger, [Entry((Measure, 2), "已修订制度2项")], on=MONDAY)
    progress_entry.enter(ledger, [Entry((Measure, 2), "已印发执行。")], on=SUNDAY)
    assert progress_entry.gather_into_progress(ledger, [2]) == 1
    assert ledger.snapshot.measures[1].progress == "已修订制度2项。已印发执行。"
    assert progress_entry.gather_into_progress(ledger, [1, 2]) == 0
    ledger.undo()
    progress_entry.gather_into_progress(ledger, [2], since=SUNDAY)
    assert ledger.snapshot.measures[1].progress == "已印发执行。"


def test_the_ledger_of_an_earlier_day_is_rebuilt_from_the_log(ledger: Ledger, clock: Clock) -> None:
    before = ledger.snapshot
    clock.day = MONDAY
    with ledger.step("修改") as writer:
        writer.update(Issue, 1, title="改过的题目", position=3)
        writer.remove(Issue, 2)
        writer.add(Section(title="新方面"))
    changed = ledger.snapshot
    clock.day = SUNDAY
    ledger.undo()
    moment = dt.datetime(2025, 6, 1, tzinfo=dt.UTC)
    assert past.snapshot_at(ledger, moment) == before
    assert past.snapshot_at(ledger, moment + dt.timedelta(days=3)) == changed
    assert past.snapshot_at(ledger, moment + dt.timedelta(days=30)) is ledger.snapshot


@pytest.fixture
def report(ledger: Ledger, clock: Clock) -> PeriodReport:
    clock.day = dt.date(2025, 6, 3)
    progress_entry.enter(ledger, [Entry((Measure, 2), "已修订制度2项。")], on=clock.day)
    with ledger.step("完成") as writer:
        writer.update(Measure, 2, status=Status.DONE)
        writer.add(Issue(section_id=1, title="后来发现的问题"))
    return period_reporting.period_report(ledger, ReportKind.WEEKLY, MONDAY, SUNDAY)


def test_the_report_says_what_was_done_what_changed_and_what_is_late(report: PeriodReport) -> None:
    assert [(row.number, row.progress_words, row.status_words) for row in report.rows()] == [
        ("1-2", "6月3日：已修订制度2项。", "▲正在推进→已完成"),
        ("1-4", "", "▲新增，未启动"),
    ]
    assert [reminder.words for reminder in report.reminders()] == ["已逾期7天"]
    words = "\n".join(block.text for block in report.document().blocks)
    assert "云溪街道巡察整改工作周报" in words
    assert "2025年6月2日至2025年6月8日，整改进展情况如下。" in words
    assert "整改事项共4个，已完成1个，完成率25%（1÷4）；本周新完成1个；已销号0个；逾期1个。" in words


def test_a_report_on_a_past_period_tells_the_statuses_of_its_end(ledger: Ledger, clock: Clock) -> None:
    clock.day = SUNDAY + dt.timedelta(days=3)
    with ledger.step("完成") as writer:
        writer.update(Measure, 1, status=Status.DONE, completed_on=clock.day)
        writer.update(Measure, 2, status=Status.DONE, completed_on=SUNDAY)  # typed late
    progress_entry.enter(ledger, [Entry((Measure, 3), "已学习。")], on=SUNDAY)
    late = period_reporting.period_report(ledger, ReportKind.WEEKLY, MONDAY, SUNDAY)
    assert [(row.number, row.status_words) for row in late.rows()] == [
        ("1-2", "▲正在推进→已完成"),
        ("1-3", "未启动"),
    ]
    now = period_reporting.period_report(ledger, ReportKind.WEEKLY, MONDAY, clock.day)
    assert [row.number for row in now.rows()] == ["1-1", "1-2", "1-3"]


def finished_by(ledger: Ledger, first: dt.date, last: dt.date) -> list[str]:
    report = period_reporting.period_report(ledger, ReportKind.WEEKLY, first, last)
    return [f"{row.number} {row.status_words}" for row in report.rows()]


WEEK = dt.timedelta(days=7)


def test_what_was_completed_last_week_and_typed_this_week_is_new_in_one_report(ledger: Ledger, clock: Clock) -> None:
    clock.day = MONDAY + WEEK
    with ledger.step("完成") as writer:
        writer.update(Measure, 2, status=Status.DONE, completed_on=SUNDAY)
    assert finished_by(ledger, MONDAY, SUNDAY) == ["1-2 ▲正在推进→已完成"]
    assert finished_by(ledger, MONDAY + WEEK, SUNDAY + WEEK) == []


def test_what_the_last_report_could_not_tell_yet_is_new_in_the_next(
    ledger: Ledger, clock: Clock, tmp_path: Path
) -> None:
    clock.day = SUNDAY
    report = period_reporting.period_report(ledger, ReportKind.WEEKLY, MONDAY, SUNDAY)
    (tmp_path / "周报.docx").touch()
    draft = period_reporting.register_report(ledger, report, tmp_path / "周报.docx")
    assert draft is not None
    with ledger.step("按钟表") as writer:
        writer.update(Draft, draft.id, exported_at=clock())
    clock.day = MONDAY + WEEK
    with ledger.step("完成") as writer:
        writer.update(Measure, 2, status=Status.DONE, completed_on=SUNDAY)
    assert finished_by(ledger, MONDAY + WEEK, SUNDAY + WEEK) == ["1-2 ▲正在推进→已完成"]
    assert finished_by(ledger, MONDAY + 2 * WEEK, SUNDAY + 2 * WEEK) == []


def test_what_an_entry_of_the_period_tells_was_begun_in_it(ledger: Ledger, clock: Clock) -> None:
    clock.day = MONDAY + WEEK
    progress_entry.enter(ledger, [Entry((Measure, 3), "已学习。"), Entry((Measure, 1), "已查。")], on=SUNDAY)
    with ledger.step("推进") as writer:
        writer.update(Measure, 3, status=Status.IN_PROGRESS)
        writer.update(Measure, 1, status=Status.DONE, completed_on=clock.day)
    assert finished_by(ledger, MONDAY, SUNDAY) == ["1-1 ▲未启动→正在推进", "1-3 ▲未启动→正在推进"]
    assert finished_by(ledger, MONDAY + WEEK, SUNDAY + WEEK) == ["1-1 ▲正在推进→已完成"]


def test_a_status_set_by_hand_later_takes_nothing_back_that_the_measures_had_said(ledger: Ledger, clock: Clock) -> None:
    clock.day = MONDAY
    progress_entry.enter(ledger, [Entry((Issue, 2), "已修订。")], on=MONDAY)
    with ledger.step("完成") as writer:
        writer.update(Measure, 2, status=Status.DONE, completed_on=MONDAY)
    clock.day = MONDAY + WEEK
    with ledger.step("确认") as writer:
        writer.update(Issue, 2, status=Status.DONE, completed_on=clock.day)
    assert finished_by(ledger, MONDAY, SUNDAY) == ["1-2 ▲正在推进→已完成"]
    assert finished_by(ledger, MONDAY + WEEK, SUNDAY + WEEK) == []


def test_what_was_decided_in_the_period_and_typed_after_it_is_told(ledger: Ledger, clock: Clock) -> None:
    clock.day = MONDAY + WEEK
    with ledger.step("延期") as writer:
        july = dt.date(2025, 7, 1)
        writer.add(Extension(issue_id=1, new_deadline="6月底前", new_due_on=july, decided_on=MONDAY))
        writer.update(Issue, 1, deadline="6月底前", due_on=july)
    with ledger.step("销号") as writer:
        writer.add_many(
            [ClosingStep(issue_id=at, step="销号", taken_on=day) for at, day in ((2, SUNDAY), (3, clock.day))]
        )
        writer.update(Issue, 2, closed=True)
        writer.update(Issue, 3, closed=True)
    late = period_reporting.period_report(ledger, ReportKind.WEEKLY, MONDAY, SUNDAY)
    assert "已销号1个；逾期0个。" in "".join(block.text for block in late.document().blocks)


def test_many_extensions_typed_late_cost_as_many_times_as_much(tmp_path: Path, clock: Clock) -> None:
    def work(count: int) -> int:
        clock.day = MONDAY - WEEK
        with Ledger.create(tmp_path / f"{count}.zgtz", clock=clock) as ledger:
            with ledger.step("建立") as writer:
                writer.add_many([Issue(title=f"问题{at}") for at in range(count)])
            clock.day = MONDAY + WEEK
            with ledger.step("延期") as writer:
                writer.add_many([Extension(issue_id=at, decided_on=SUNDAY) for at in range(1, count + 1)])
            return lines_run(lambda: period_reporting.period_report(ledger, ReportKind.WEEKLY, MONDAY, SUNDAY))

    assert work(400) < 2.3 * work(200)


def test_a_rescued_ledger_is_reported_though_its_history_tells_of_what_is_lost(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.step("修改") as writer:
        writer.update(Measure, 3, progress="学了")
    ledger.close()
    with closing(sqlite3.connect(ledger.path)) as connection, connection:
        connection.execute("DELETE FROM step_images WHERE table_name = 'measures' AND row_id = 3 AND before IS NULL")
        connection.execute("DELETE FROM measures WHERE id = 3")
    salvage(ledger.path, tmp_path / "抢救.zgtz")
    with Ledger.open(tmp_path / "抢救.zgtz") as rescued:
        period_reporting.period_report(rescued, ReportKind.WEEKLY, dt.date(2025, 5, 12), dt.date(2025, 5, 18))


def test_a_ledger_that_was_begun_later_is_reported_as_it_is(ledger: Ledger) -> None:
    report = period_reporting.period_report(ledger, ReportKind.MONTHLY, dt.date(2025, 4, 1), dt.date(2025, 4, 30))
    assert "整改事项共3个" in "\n".join(block.text for block in report.document().blocks)


@pytest.mark.parametrize("sign", ["长", "𠮷"])
def test_a_text_longer_than_a_cell_is_cut_and_says_so(ledger: Ledger, clock: Clock, tmp_path: Path, sign: str) -> None:
    clock.day = MONDAY
    progress_entry.enter(
        ledger, [Entry((Measure, 2), f"甲{sign * 20_000}"), Entry((Issue, 2), "乙" * 20_000)], on=MONDAY
    )
    report = period_reporting.period_report(ledger, ReportKind.WEEKLY, MONDAY, SUNDAY)
    period_reporting.write_period_report(report, tmp_path / "周报.xlsx")
    book = load_workbook(tmp_path / "周报.xlsx")
    (told,) = [
        cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and len(cell.value) > 10_000
    ]
    assert told.endswith("…（内容过长，见台账）")
    assert 32_765 < len(told.encode("utf-16-le")) // 2 <= 32_767
    book.close()


def test_words_gathered_behind_progress_without_a_full_stop_get_one_between(ledger: Ledger) -> None:
    written = {
        "已召开专题会议2次": "已召开专题会议2次。已修订制度3项。",
        "已开会2次（见附件1）\n": "已开会2次（见附件1）。已修订制度3项。",
        "要求“应改尽改。”": "要求“应改尽改。”已修订制度3项。",
        "要求“应改尽改”": "要求“应改尽改”。已修订制度3项。",
        "工作进展：": "工作进展：已修订制度3项。",
        "已整改，": "已整改，已修订制度3项。",
        "已完成；": "已完成；已修订制度3项。",
        "  ": "已修订制度3项。",
    }
    progress_entry.enter(ledger, [Entry((Measure, 2), "已修订制度3项")], on=MONDAY)
    for before, after in written.items():
        with ledger.step("修改") as writer:
            writer.update(Measure, 2, progress=before)
        assert progress_entry.gather_into_progress(ledger, [2]) == 1
        assert ledger.snapshot.measures[1].progress == after


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".txt", ".html"])
def test_the_report_is_written(report: PeriodReport, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"周报{suffix}"
    period_reporting.write_period_report(report, path)
    if suffix == ".docx":
        tables = WordDocument(str(path)).tables
        assert [cell.text for cell in tables[0].rows[1].cells][1] == "制度不全"
    elif suffix == ".xlsx":
        assert load_workbook(path).sheetnames == ["本周进展", "逾期和临期"]
    else:
        assert "▲正在推进→已完成" in path.read_text("utf-8")


def test_a_report_that_ends_before_it_begins_is_refused(ledger: Ledger) -> None:
    with pytest.raises(UsageError, match="结束日期早于开始日期"):
        period_reporting.period_report(ledger, ReportKind.MONTHLY, SUNDAY, MONDAY)


def test_usual_periods_end_today() -> None:
    assert period_reporting.usual_period(ReportKind.WEEKLY, dt.date(2025, 6, 5)) == (MONDAY, dt.date(2025, 6, 5))
    assert period_reporting.usual_period(ReportKind.MONTHLY, SUNDAY) == (dt.date(2025, 6, 1), SUNDAY)


def test_a_report_that_comes_back_or_is_compared_is_a_paper_of_no_edition(ledger: Ledger, tmp_path: Path) -> None:
    report = period_reporting.period_report(ledger, ReportKind.WEEKLY, MONDAY, SUNDAY)
    path = tmp_path / "周报.docx"
    period_reporting.write_period_report(report, path)
    draft = period_reporting.register_report(ledger, report, path)
    assert draft is not None
    assert open_returned(ledger.snapshot, path).draft == draft
    with pytest.raises(UsageError, match="不能与台账现状比较"):
        compare_drafts(ledger.snapshot, draft, None)
