"""The office's own process: its stages changed as rules, and the milestones of the ledger changed along with them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.office_rules import USUAL_PROCESS, Stage, load_rules, office_rules, rules_text
from zhenggai_desktop.domain.process import usual_date
from zhenggai_desktop.domain.records import Milestone, Snapshot
from zhenggai_desktop.errors import UsageError

if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger
    from zhenggai_desktop.storage.store import Writer


@dataclass(frozen=True, slots=True)
class Planned:
    """A stage as it shall be; ``was`` is what it was called, "" for a new one."""

    stage: Stage
    was: str = ""


@dataclass(frozen=True, slots=True)
class ProcessChange:
    """What became of the ledger's milestones, by their titles. ``kept`` belong to no stage any more."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def planned(snapshot: Snapshot) -> tuple[Planned, ...]:
    """The stages as they are now, to be changed."""
    return tuple(Planned(stage, stage.kind) for stage in office_rules(snapshot.facts).process)


def usual_stages() -> tuple[Planned, ...]:
    """The usual process (domain.md §4); a stage that has the name of a usual one is that one."""
    return tuple(Planned(stage, stage.kind) for stage in USUAL_PROCESS)


def problem_of(stages: Sequence[Planned]) -> str:
    """Why these cannot be the stages of a process, in words; "" where they can."""
    names = [one.stage.kind for one in stages]
    if not names:
        return "流程至少要有一个环节"
    if any(not name.strip() for name in names):
        return "有的环节还没有名称"
    double = next((name for name in names if names.count(name) > 1), "")
    return f"有两个环节都叫“{double}”" if double else ""


def set_stages(ledger: Ledger, stages: Sequence[Planned]) -> ProcessChange:
    """Keep these stages as the office's rules, in one step.

    Milestones of a stage that got another name get it too; where its day is counted otherwise now, those follow that
    nobody set apart and that are not done. Where the milestones are laid out, a new stage gets one, and those of a
    stage that was taken out go as long as nothing is written in them. UsageError where they can be no process.
    """
    if problem := problem_of(stages):
        raise UsageError(problem, "请改好后再保存")
    snapshot = ledger.snapshot
    rules = office_rules(snapshot.facts)
    new = load_rules(rules_text(replace(rules, process=tuple(one.stage for one in stages))))
    was = {one.was: one.stage for one in stages if one.was}
    before = {stage.kind: stage for stage in rules.process}
    gone = [one for one in snapshot.milestones if one.kind in before and one.kind not in was]
    empty = [one for one in gone if _is_empty(snapshot, one, before[one.kind])]
    there = {was[one.kind].kind if one.kind in was else one.kind for one in snapshot.milestones if one not in empty}
    added = list(_new_milestones(snapshot, stages, before, there)) if snapshot.milestones else []
    with ledger.step("调整整改流程") as writer:
        writer.set_facts(rules=rules_text(new))
        for milestone in snapshot.milestones:
            if milestone.kind in before and milestone.kind in was:
                _follow(writer, snapshot, milestone, before[milestone.kind], was[milestone.kind])
        for milestone in empty:
            writer.remove(Milestone, milestone.id)
        writer.add_many(added)
    return ProcessChange(
        tuple(one.title for one in added),
        tuple(one.title or one.kind for one in empty),
        tuple(one.title or one.kind for one in gone if one not in empty),
    )


def _follow(writer: Writer, snapshot: Snapshot, milestone: Milestone, old: Stage, new: Stage) -> None:
    values: dict[str, object] = {}
    if new.kind != old.kind:
        values["kind"] = new.kind
        if milestone.title in ("", old.kind):
            values["title"] = new.kind
    was, day = usual_date(old, snapshot.facts), usual_date(new, snapshot.facts)
    if milestone.done_on is None and day != was and milestone.due_on in (was, None):
        values["due_on"] = day
    if values:
        writer.update(Milestone, milestone.id, **values)


def _new_milestones(
    snapshot: Snapshot, stages: Sequence[Planned], before: Collection[str], there: Collection[str]
) -> Iterator[Milestone]:
    """One for each new stage; ``there``: the kinds of those that stay, after the renaming."""
    for one in stages:
        stage = one.stage
        if one.was not in before and not stage.repeats and stage.kind not in there:
            yield Milestone(kind=stage.kind, title=stage.kind, due_on=usual_date(stage, snapshot.facts))


def _is_empty(snapshot: Snapshot, milestone: Milestone, stage: Stage) -> bool:
    """Nothing is written in it but what laying out the process wrote."""
    blank = Milestone(
        id=milestone.id,
        uid=milestone.uid,
        position=milestone.position,
        kind=milestone.kind,
        title=milestone.title if milestone.title == stage.kind else "",
        due_on=milestone.due_on,
    )
    return milestone == blank and all(draft.milestone_id != milestone.id for draft in snapshot.drafts)
