"""Use cases of the process: its usual milestones, its dates from the feedback, a milestone done with its papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

from zhenggai_desktop.domain.office_rules import NOTICE, OfficeRules, Period, office_rules, rules_text
from zhenggai_desktop.domain.process import milestones_to_add
from zhenggai_desktop.domain.records import Draft, Milestone, Snapshot
from zhenggai_desktop.errors import EditRefusedError
from zhenggai_desktop.services.milestone_dates import move_milestones
from zhenggai_desktop.services.process_papers import NONE_KEPT, Kept, let_go, named_anew, still_meant

if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger
    from zhenggai_desktop.services.proving import Received
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


def add(
    ledger: Ledger,
    kind: str,
    values: Mapping[str, Any],
    *,
    drafts: Collection[int] = (),
    kept: Kept = NONE_KEPT,
    told: Callable[[Received], object] = lambda _came: None,
) -> int:
    """Add a milestone with these fields, and hang these drafts on it; gives its id. ``kept`` are those of its papers
    that were taken in (``take_papers_in``); ``told`` hears what became of them."""
    before = ledger.snapshot
    with named_anew(ledger, values.get("files", ()), kept) as (came, names), ledger.step(f"新增{kind}") as writer:
        writer.add_many(came.fresh)
        fields: dict[str, Any] = {**values, "title": values.get("title") or kind, "files": names}
        milestone_id = writer.add(Milestone(kind=kind, **fields)).id
        _hang(writer, before, milestone_id, drafts)
    told(came)
    return milestone_id


def change(
    ledger: Ledger,
    milestone_id: int,
    values: Mapping[str, Any],
    *,
    drafts: Collection[int],
    kept: Kept = NONE_KEPT,
    told: Callable[[Received], object] = lambda _came: None,
) -> None:
    """Change a milestone; of the register's drafts these hang on it, and no others. ``kept`` and ``told`` as for
    ``add``.

    A paper that it names no more goes to the trash of the evidence, unless something else holds it.
    """
    before, was = ledger.snapshot, _milestone(ledger, milestone_id)
    label = f"修改流程节点“{was.title or was.kind}”"
    files = [*still_meant(before, was, values.get("files", was.files), kept)]
    with named_anew(ledger, files, kept) as (came, names), ledger.step(label) as writer:
        writer.add_many(came.fresh)
        writer.update(Milestone, milestone_id, **{**values, "files": names})
        let_go(writer, before, milestone_id, (name for name in was.files if name not in names))
        _hang(writer, before, milestone_id, drafts)
    told(came)


def remove(ledger: Ledger, milestone_id: int) -> None:
    """Take a milestone out, with the papers that nothing else holds; drafts that hung on it stay in the register."""
    before, gone = ledger.snapshot, _milestone(ledger, milestone_id)
    with ledger.step(f"删除流程节点“{gone.title or gone.kind}”") as writer:
        _hang(writer, before, milestone_id, ())
        writer.remove(Milestone, milestone_id)
        let_go(writer, before, milestone_id, gone.files)


def _milestone(ledger: Ledger, milestone_id: int) -> Milestone:
    return next(one for one in ledger.snapshot.milestones if one.id == milestone_id)


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
