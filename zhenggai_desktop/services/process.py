"""Use cases of the process: its usual milestones, its dates from the feedback, a milestone done with its papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from zhenggai_desktop.domain.office_rules import NOTICE, OfficeRules, Period, office_rules, rules_text
from zhenggai_desktop.domain.process import milestones_to_add
from zhenggai_desktop.domain.records import Draft, Milestone, Snapshot
from zhenggai_desktop.errors import EditRefusedError
from zhenggai_desktop.services.milestone_dates import move_milestones

if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger
    from zhenggai_desktop.storage.store import Writer


def lay_out(ledger: Ledger) -> int:
    """Add the usual milestones that are not there yet, with their dates; gives how many."""
    added = milestones_to_add(ledger.snapshot, office_rules(ledger.snapshot.facts))
    if added:
        with ledger.step("列出流程节点") as writer:
            writer.add_many(added)
    return len(added)


def choose_period(ledger: Ledger, period: Period) -> None:
    """Set the dates that follow from the feedback by a usual length, and the milestones' dates along with them.

    EditRefusedError where the ledger has no day of the feedback.
    """
    feedback = ledger.snapshot.facts.feedback_date
    if feedback is None:
        raise EditRefusedError("还没有填反馈日期，算不出期限", "请先在“台账信息”里填写反馈日期")
    set_dates(ledger, f"按“{period.name}”设置期限", dict(period.dates(feedback)), source=f"{period.name}，{NOTICE}")


def set_dates(ledger: Ledger, label: str, dates: dict[str, Any], *, source: str = "") -> None:
    """Change dates of the ledger and let the milestones follow that nobody set apart, in one step."""
    before = ledger.snapshot
    with ledger.step(label) as writer:
        writer.set_facts(**dates, **({"rule_source": source} if source and not before.facts.rule_source else {}))
        move_milestones(writer, before, dates)


def add_meeting(ledger: Ledger, kind: str, held_on: dt.date, **fields: Any) -> int:
    """Add a milestone that took place (a further 专题会议); gives its id."""
    with ledger.step(f"新增{kind}") as writer:
        return writer.add(Milestone(kind=kind, title=kind, done_on=held_on, **fields)).id


def add(ledger: Ledger, kind: str, values: Mapping[str, Any], *, drafts: Collection[int] = ()) -> int:
    """Add a milestone with these fields, and hang these drafts on it; gives its id."""
    fields: dict[str, Any] = {**values, "title": values.get("title") or kind}
    with ledger.step(f"新增{kind}") as writer:
        milestone_id = writer.add(Milestone(kind=kind, **fields)).id
        _hang(writer, ledger.snapshot, milestone_id, drafts)
    return milestone_id


def change(ledger: Ledger, milestone_id: int, values: Mapping[str, Any], *, drafts: Collection[int]) -> None:
    """Change a milestone; of the register's drafts these hang on it, and no others."""
    with ledger.step(f"修改流程节点“{_title(ledger, milestone_id)}”") as writer:
        writer.update(Milestone, milestone_id, **values)
        _hang(writer, ledger.snapshot, milestone_id, drafts)


def remove(ledger: Ledger, milestone_id: int) -> None:
    """Take a milestone out; drafts that hung on it stay in the register."""
    with ledger.step(f"删除流程节点“{_title(ledger, milestone_id)}”") as writer:
        _hang(writer, ledger.snapshot, milestone_id, ())
        writer.remove(Milestone, milestone_id)


def _title(ledger: Ledger, milestone_id: int) -> str:
    found = next(one for one in ledger.snapshot.milestones if one.id == milestone_id)
    return found.title or found.kind


def _hang(writer: Writer, snapshot: Snapshot, milestone_id: int, drafts: Collection[int]) -> None:
    for draft in snapshot.drafts:
        wanted = draft.id in drafts
        if wanted != (draft.milestone_id == milestone_id):
            writer.update(Draft, draft.id, milestone_id=milestone_id if wanted else None)


def complete(ledger: Ledger, milestone_id: int, done_on: dt.date | None, **fields: Any) -> None:
    """Say when a milestone was done (None: not yet), with place, minutes and files where they are given."""
    with ledger.step("修改流程节点") as writer:
        writer.update(Milestone, milestone_id, done_on=done_on, **fields)


def set_rules(ledger: Ledger, rules: OfficeRules) -> None:
    """Keep the office's own rules with the ledger."""
    with ledger.step("修改本单位规定") as writer:
        writer.set_facts(rules=rules_text(rules))
