"""Deadlines that wait for the day of the feedback: told while it is not known, dated when it comes."""

from __future__ import annotations

import datetime as dt

import pytest
from builders import a_snapshot

from zhenggai_desktop.domain.plan import ImportPlan, ProposedIssue, ProposedMeasure, ProposedSection
from zhenggai_desktop.domain.records import DocumentKind, Issue, LedgerFacts, Measure
from zhenggai_desktop.domain.waiting_deadlines import (
    following_dates,
    note_waiting,
    settle_waiting,
    waits_for_feedback,
)

FEEDBACK, TODAY = dt.date(2025, 1, 20), dt.date(2025, 3, 1)


@pytest.mark.parametrize("deadline", ["6月底前", "反馈后三个月", "2个月内", "年底前", "立行立改，6月底前见效"])
def test_these_wait(deadline: str) -> None:
    assert waits_for_feedback(deadline)


@pytest.mark.parametrize("deadline", ["", "立行立改，长期坚持", "2025年6月底前", "过几天", "收到通知后10个工作日内"])
def test_these_do_not(deadline: str) -> None:
    assert not waits_for_feedback(deadline)


def a_plan(document: DocumentKind = DocumentKind.WORKBOOK, feedback_date: dt.date | None = None) -> ImportPlan:
    first = ProposedIssue(Issue(title="甲", deadline="6月底前"), 3)
    first.measures = [ProposedMeasure(Measure(content="一", deadline="反馈后三个月"), 4)]
    second = ProposedIssue(Issue(title="乙", deadline="立行立改"), 5)
    return ImportPlan(
        "台账", document, LedgerFacts(feedback_date=feedback_date), sections=[ProposedSection(None, 0, [first, second])]
    )


def test_a_plan_that_does_not_know_the_day_says_so_once() -> None:
    plan = a_plan()
    note_waiting(plan)
    assert [(note.line, note.text) for note in plan.doubts] == [
        (3, "2处整改时限（如“6月底前”）要有反馈日期才能算出到期日，导入后请在“台账信息”里填写")
    ]


def test_a_notice_and_a_source_with_its_day_say_nothing() -> None:
    for plan in (a_plan(DocumentKind.NOTICE), a_plan(feedback_date=FEEDBACK)):
        note_waiting(plan)
        assert plan.doubts == []


def test_the_ledgers_day_settles_what_the_source_leaves_open() -> None:
    plan = a_plan()
    note_waiting(plan)
    settle_waiting(plan, None)
    assert len(plan.doubts) == 1
    settle_waiting(plan, FEEDBACK)
    issue, other = plan.issues()
    assert (issue.record.due_on, other.record.due_on) == (dt.date(2025, 6, 30), None)
    assert issue.measures[0].record.due_on == dt.date(2025, 4, 20)
    assert plan.doubts == []


def test_dates_follow_the_day_and_what_was_set_by_hand_stays() -> None:
    snapshot = a_snapshot(
        Issue(1, title="甲", deadline="6月底前"),
        Issue(2, title="乙", deadline="反馈后三个月", due_on=dt.date(2025, 5, 1)),
        Issue(3, title="丙", deadline="2025年底前", due_on=dt.date(2025, 12, 31)),
        Measure(1, issue_id=3, content="一", deadline="反馈后三个月"),
        Measure(2, issue_id=3, content="二"),
    )
    found = {(type(record), record.id): day for record, day in following_dates(snapshot, FEEDBACK, TODAY)}
    assert found == {(Issue, 1): dt.date(2025, 6, 30), (Measure, 1): dt.date(2025, 4, 20)}


def test_a_day_put_right_moves_what_was_counted_from_it() -> None:
    snapshot = a_snapshot(
        Issue(1, title="甲", deadline="反馈后三个月", due_on=dt.date(2025, 4, 20)), feedback_date=FEEDBACK
    )
    ((_, day),) = following_dates(snapshot, dt.date(2025, 1, 26), TODAY)
    assert day == dt.date(2025, 4, 26)
    assert [day for _, day in following_dates(snapshot, None, TODAY)] == [None]
