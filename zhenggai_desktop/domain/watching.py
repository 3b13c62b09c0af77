"""Ways to look at what has to be reminded of: by the office's own lead times, or by a number of days that is asked for.

What is looked at otherwise is looked at by other rules, so that a list and the letters made from it say the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from zhenggai_desktop.domain.chasing import Reason, Reminder
from zhenggai_desktop.domain.office_rules import LeadTime, OfficeRules, office_rules, rules_text
from zhenggai_desktop.domain.records import Snapshot

NEAREST = 3  # days: what is due within them is pressing, whatever is asked for


class Look(StrEnum):
    """What a clerk wants to see of the reminders."""

    ALL = "all"  # by the office's own rules
    LATE = "late"
    DUE = "due"  # due within so many days, today included
    START = "start"  # not begun though its first lead time has come
    SILENT = "silent"  # without an entry for so many days


def looked_at(snapshot: Snapshot, look: Look, days: int) -> Snapshot:
    """The snapshot under rules by which the reminders of ``look`` come; ``days`` >= 0 counts for DUE and SILENT."""
    rules = office_rules(snapshot.facts)
    if look is Look.DUE:
        lead = LeadTime(days, min(NEAREST, days))
        rules = replace(rules, immediate=lead, dated=lead, staged=lead, untracked=lead)
    elif look is Look.SILENT:
        rules = replace(rules, silent_days=max(days, 1))
    else:
        return snapshot
    return replace(snapshot, facts=replace(snapshot.facts, rules=rules_text(rules)))


def watched(found: Iterable[Reminder], look: Look, days: int, rules: OfficeRules) -> tuple[Reminder, ...]:
    """Of the reminders of ``looked_at`` those that ``look`` asks for, in their order."""
    return tuple(one for one in found if _is_wanted(one, look, days, rules))


def _is_wanted(one: Reminder, look: Look, days: int, rules: OfficeRules) -> bool:
    match look:
        case Look.LATE:
            return one.reason is Reason.LATE
        case Look.DUE:
            return one.left is not None and 0 <= one.left <= days
        case Look.START:
            return _should_have_begun(one, rules)
        case Look.SILENT:
            return one.silent is not None and one.silent >= max(days, 1)
        case Look.ALL:
            return True


def _should_have_begun(one: Reminder, rules: OfficeRules) -> bool:
    """Not begun within the first lead time, pressing or late: the reason names only the gravest of them."""
    return one.unbegun and one.left is not None and one.left <= rules.lead_time(one.duties.track).first
