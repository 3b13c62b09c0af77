"""What the start page says about a ledger without opening it: whose it is and how far it is.

Dates of open items are kept, not a count of late ones: what is late changes with the day on which one looks.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from zhenggai_desktop.domain.lateness import Lateness, lateness

if TYPE_CHECKING:
    from zhenggai_desktop.domain.records import Snapshot


class LedgerCard(NamedTuple):
    """``done`` of ``total`` are items: issues without sub-issues. ``due`` counts by their date the
    open ones that are not closed."""

    unit: str = ""
    feedback_date: dt.date | None = None
    done: int = 0
    total: int = 0
    due: Mapping[dt.date, int] = MappingProxyType({})
    opened_at: dt.datetime | None = None

    def late(self, today: dt.date) -> int:
        """How many items are open past their date on a day."""
        return sum(count for date, count in self.due.items() if lateness(date, today) is Lateness.LATE)


def card_of(snapshot: Snapshot, now: dt.datetime) -> LedgerCard:
    """The card of a ledger as it is now."""
    from zhenggai_desktop.domain.outline import Outline  # noqa: PLC0415 - a start page reads cards without ledgers
    from zhenggai_desktop.domain.records import Status  # noqa: PLC0415
    from zhenggai_desktop.domain.workflow import Workflow  # noqa: PLC0415

    outline = Outline(snapshot)
    workflow = Workflow(outline)
    items = [issue for issue in snapshot.issues if outline.is_leaf(issue)]
    still_open = [issue for issue in items if workflow.status(issue) is not Status.DONE]
    dates = (workflow.duties(issue).due_on for issue in still_open if not outline.is_closed(issue))
    return LedgerCard(
        unit=snapshot.facts.organisation,
        feedback_date=snapshot.facts.feedback_date,
        done=len(items) - len(still_open),
        total=len(items),
        due=Counter(date for date in dates if date is not None),
        opened_at=now,
    )


def card_values(card: LedgerCard) -> dict[str, Any]:
    """The card as plain values for JSON."""
    return {
        "unit": card.unit,
        "feedback_date": card.feedback_date and card.feedback_date.isoformat(),
        "done": card.done,
        "total": card.total,
        "due": {date.isoformat(): count for date, count in card.due.items()},
        "opened_at": card.opened_at and card.opened_at.isoformat(),
    }


def card_from(values: object) -> LedgerCard:
    """What ``card_values`` gave; an empty card for anything else: a card is never worth a failure."""
    try:
        raw = cast("dict[str, Any]", values)
        return LedgerCard(
            unit=str(raw["unit"]),
            feedback_date=dt.date.fromisoformat(raw["feedback_date"]) if raw["feedback_date"] else None,
            done=int(raw["done"]),
            total=int(raw["total"]),
            due={dt.date.fromisoformat(date): int(count) for date, count in raw["due"].items()},
            opened_at=dt.datetime.fromisoformat(raw["opened_at"]) if raw["opened_at"] else None,
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return LedgerCard()
