"""The card of a ledger: counted once, right on any day, and never a reason to fail."""

from __future__ import annotations

import datetime as dt

import pytest
from builders import NOON, a_snapshot

from zhenggai_desktop.domain.records import Issue, Measure, Status
from zhenggai_desktop.services.ledger_card import LedgerCard, card_from, card_of, card_values

SNAPSHOT = a_snapshot(
    Issue(title="甲", due_on=dt.date(2025, 5, 31)),
    Issue(parent_id=1),
    Issue(title="乙", due_on=dt.date(2025, 7, 1)),
    Issue(title="丙", due_on=dt.date(2025, 1, 1)),
    Measure(issue_id=4, status=Status.DONE),
    organisation="某街道",
    feedback_date=dt.date(2025, 1, 15),
)


def test_what_is_closed_is_not_late() -> None:
    day = dt.date(2025, 5, 1)
    snapshot = a_snapshot(
        Issue(title="甲", closed=True), Issue(parent_id=1, title="甲一", due_on=day), Issue(title="乙", due_on=day)
    )
    card = card_of(snapshot, dt.datetime(2025, 6, 1, tzinfo=dt.UTC))
    assert (card.late(dt.date(2025, 6, 1)), card.done, card.total) == (1, 0, 2)


def test_counts_items_and_what_is_late_on_any_day() -> None:
    card = card_of(SNAPSHOT, NOON)
    assert (card.unit, card.done, card.total) == ("某街道", 1, 3)
    assert [card.late(dt.date(2025, month, 2)) for month in (5, 6, 7)] == [0, 1, 2]


def test_survives_being_written_down() -> None:
    card = card_of(SNAPSHOT, NOON)
    assert card_from(card_values(card)) == card


@pytest.mark.parametrize("values", [None, [], {"unit": "甲"}, {**card_values(LedgerCard()), "due": {"x": 1}}])
def test_what_cannot_be_read_is_an_empty_card(values: object) -> None:
    assert card_from(values) == LedgerCard()
