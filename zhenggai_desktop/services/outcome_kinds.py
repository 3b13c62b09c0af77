"""Use cases of the office's kinds of outcomes: each is one labelled step on the ledger's rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.office_rules import office_rules, rules_text
from zhenggai_desktop.domain.outcome_kinds import USUAL_KINDS, CountedKind
from zhenggai_desktop.domain.records import Outcome, Snapshot
from zhenggai_desktop.errors import UsageError

if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger
    from zhenggai_desktop.storage.store import Writer

_LONGEST = 60  # characters, as the rules have it


def listed_kinds(snapshot: Snapshot) -> tuple[CountedKind, ...]:
    """The office's kinds in their order. Raises UsageError where the rules cannot be read."""
    return office_rules(snapshot.facts).outcome_kinds


def add_kind(ledger: Ledger, kind: CountedKind) -> None:
    """One more kind at the end. Raises UsageError for a name that is empty, too long or there already."""
    kinds = listed_kinds(ledger.snapshot)
    kind = _checked(kind, kinds)
    with ledger.step(f"新增成果种类“{kind.name}”") as writer:
        _keep(ledger, writer, (*kinds, kind))


def change_kind(ledger: Ledger, name: str, kind: CountedKind) -> int:
    """Give a kind another name or unit; a new name goes to the outcomes that have the old one. Gives how many.

    A kind that was only typed so far is listed by this. Raises UsageError as ``add_kind`` does.
    """
    kinds = listed_kinds(ledger.snapshot)
    kind = _checked(kind, [known for known in kinds if known.name != name])
    listed = any(known.name == name for known in kinds)
    now = tuple(kind if known.name == name else known for known in kinds) if listed else (*kinds, kind)
    named = [outcome.id for outcome in ledger.snapshot.outcomes if outcome.kind == name != kind.name]
    if now == kinds and not named:
        return 0
    with ledger.step(f"修改成果种类“{name}”") as writer:
        _keep(ledger, writer, now)
        for outcome_id in named:
            writer.update(Outcome, outcome_id, kind=kind.name)
    return len(named)


def remove_kind(ledger: Ledger, name: str) -> None:
    """Offer a kind no longer; outcomes that have it keep it."""
    kinds = listed_kinds(ledger.snapshot)
    left = tuple(kind for kind in kinds if kind.name != name)
    if left != kinds:
        with ledger.step(f"删除成果种类“{name}”") as writer:
            _keep(ledger, writer, left)


def usual_kinds(ledger: Ledger) -> None:
    """Back to the usual list."""
    if listed_kinds(ledger.snapshot) != USUAL_KINDS:
        with ledger.step("恢复通常的成果种类") as writer:
            _keep(ledger, writer, USUAL_KINDS)


def _keep(ledger: Ledger, writer: Writer, kinds: tuple[CountedKind, ...]) -> None:
    rules = replace(office_rules(ledger.snapshot.facts), outcome_kinds=kinds)
    writer.set_facts(rules=rules_text(rules))


def _checked(kind: CountedKind, others: Iterable[CountedKind]) -> CountedKind:
    kind = CountedKind(" ".join(kind.name.split()), " ".join(kind.unit.split()))
    if not kind.name or len(kind.name) > _LONGEST or len(kind.unit) > _LONGEST:
        raise UsageError("成果种类要有名称", f"请填写 1 至 {_LONGEST} 个字")
    if any(other.name == kind.name for other in others):
        raise UsageError(f"已经有“{kind.name}”这个种类", "请换一个名称")
    return kind
