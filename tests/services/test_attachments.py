"""What hangs on issues and measures, and what was used before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import a_ledger, a_tree

from zhenggai_desktop.domain.records import (
    ClosingStep,
    Department,
    Evidence,
    Issue,
    LogEntry,
    Measure,
    Outcome,
    OutcomeLink,
    Person,
)
from zhenggai_desktop.services import attachments
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.suggestions import suggestions

TODAY = dt.date(2025, 3, 10)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with a_ledger(tmp_path, *a_tree(1, 2, 1)) as ledger:
        yield ledger


@pytest.mark.parametrize("kind", [LogEntry, Outcome, Evidence, ClosingStep])
def test_what_is_added_is_listed_with_its_owner_only_and_can_be_removed(ledger: Ledger, kind: type) -> None:
    before = ledger.snapshot
    key = attachments.add_to(ledger, kind, (Issue, 1), today=TODAY)
    assert [record.id for record in attachments.records_on(ledger.snapshot, kind, (Issue, 1))] == [key[1]]
    assert attachments.records_on(ledger.snapshot, kind, (Issue, 2)) == []
    attachments.remove_from(ledger, key, (Issue, 1))
    assert ledger.snapshot == before


def test_an_outcome_of_two_issues_only_leaves_the_one(ledger: Ledger) -> None:
    key = attachments.add_to(ledger, Outcome, (Issue, 1), today=TODAY)
    with ledger.step("关联") as writer:
        writer.add(OutcomeLink(outcome_id=key[1], issue_id=2))
    attachments.remove_from(ledger, key, (Issue, 1))
    assert attachments.count_on(ledger.snapshot, Outcome, (Issue, 1)) == 0
    assert attachments.count_on(ledger.snapshot, Outcome, (Issue, 2)) == 1


def test_a_new_entry_is_dated_today_and_entries_stand_by_date(ledger: Ledger) -> None:
    attachments.add_to(ledger, LogEntry, (Measure, 1), today=TODAY)
    attachments.add_to(ledger, LogEntry, (Measure, 1), today=dt.date(2025, 2, 1))
    entries = attachments.records_on(ledger.snapshot, LogEntry, (Measure, 1))
    assert [entry.entered_on for entry in entries] == [dt.date(2025, 2, 1), TODAY]
    assert ledger.undo_label == "新增进展记录"


def test_lists_of_the_ledger_can_be_ordered(ledger: Ledger) -> None:
    keys = [attachments.add_to(ledger, Department, None, today=TODAY) for _ in range(2)]
    attachments.move_in_list(ledger, keys[1], -1)
    attachments.move_in_list(ledger, keys[1], -1)
    assert [record.id for record in attachments.records_on(ledger.snapshot, Department, None)] == [2, 1]


def test_suggestions_are_what_was_used_most_and_then_the_directory(ledger: Ledger) -> None:
    with ledger.step("建目录") as writer:
        writer.add_many([Department(name="组织科", short_name="组织"), Person(name="赵主任"), Person(name="责任人")])
    found = suggestions(ledger.snapshot)
    assert found["lead_department"][0] in ("综合科", "财务科")
    assert found["lead_department"][-2:] == ("组织科", "组织")
    assert found["owner"][-1] == "赵主任"
    assert found["owner"].count("责任人") == 1
