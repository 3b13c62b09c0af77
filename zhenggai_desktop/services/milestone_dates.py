"""Milestones follow the ledger's dates, in whatever way those change: typed, chosen or read from a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from zhenggai_desktop.domain.office_rules import Anchor, office_rules
from zhenggai_desktop.domain.process import dates_to_change, told_of_feedback
from zhenggai_desktop.domain.records import Milestone, Snapshot
from zhenggai_desktop.services.record_writer import Writer

_DATES = frozenset(anchor.value for anchor in Anchor)


def move_milestones(writer: Writer, snapshot: Snapshot, changed: Mapping[str, Any]) -> None:
    """Move the milestones that count from the dates among ``changed``, the fields of the ledger as they will be.

    Left alone are those that are done and those whose date somebody set otherwise; the meeting at which the feedback
    was given moves with the day of the feedback. ``snapshot`` is the ledger before.
    """
    dates = {name: value for name, value in changed.items() if name in _DATES}
    if not dates or not snapshot.milestones:
        return
    rules = office_rules(snapshot.facts)
    after = replace(snapshot, facts=replace(snapshot.facts, **dates))
    for milestone_id, due_on in dates_to_change(after, snapshot.facts, rules):
        writer.update(Milestone, milestone_id, due_on=due_on)
    if (feedback := after.facts.feedback_date) is not None:
        for milestone_id in told_of_feedback(after, snapshot.facts, rules):
            writer.update(Milestone, milestone_id, due_on=feedback, done_on=feedback)
