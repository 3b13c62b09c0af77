"""Two copies of one ledger that went different ways (on a USB stick, by chat) become one again.

The common beginning is found in the histories of both: the last step that both know. What changed since then on each
side is merged field by field.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.merging import Merge, merge
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.portable import Fields, Key, Portable, named_by, portable, record_ids
from zhenggai_desktop.domain.records import LedgerFacts, Snapshot
from zhenggai_desktop.errors import NothingToUndoError, UsageError
from zhenggai_desktop.services.merge_writing import (
    Decisions,
    Line,
    Taken,
    change_line,
    place_of,
    write_additions,
    write_changes,
)

if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger


@dataclass(slots=True)
class LedgerMerge:
    """What the other copy brings. ``common`` is the label of the last step that both know, "" for none.

    ``removed`` are records that the other copy deleted; they stay.
    """

    taken: Taken = field(default_factory=Taken)
    removed: list[str] = field(default_factory=list[str])
    gone: list[str] = field(default_factory=list[str])
    common: str = ""
    merged: Merge = field(default_factory=Merge)
    theirs: Portable = field(default_factory=dict[Key, Fields])

    def needs(self) -> tuple[tuple[int, ...], ...]:
        """For each addition the other additions to which it belongs, directly or through them: an issue needs the new
        section in which it stands."""
        places = {key: at for at, key in enumerate(self.merged.additions)}
        return tuple(tuple(self._needed(key, places)) for key in self.merged.additions)

    def _needed(self, key: Key, places: Mapping[Key, int]) -> list[int]:
        found: list[int] = []
        waiting = [key]
        while waiting:
            one = waiting.pop()
            for target in named_by(one, self.theirs[one]):
                if target in places and places[target] not in found and target != key:
                    found.append(places[target])
                    waiting.append(target)
        return found


def plan_merge(ledger: Ledger, other: Ledger) -> LedgerMerge:
    """What ``other`` brings to ``ledger``. Raises UsageError where they are no copies of one ledger."""
    ours, theirs = portable(ledger.snapshot), portable(other.snapshot)
    if ledger.snapshot.facts.uid != other.snapshot.facts.uid:
        raise UsageError(
            f"“{other.path.name}”不是这个台账的副本，不能合并", "几个单位的台账请用“汇总”，别的台账请导出表格后再导入"
        )
    base, common = _common_beginning(ledger, other)
    found = LedgerMerge(common=common, theirs=theirs)
    found.merged = merge(portable(base) if base is not None else {}, ours, theirs)
    numbers = _numbers(ledger.snapshot) | _numbers(other.snapshot)
    both = theirs | ours
    found.taken.changes = [change_line(place_of(c.key, both, numbers), c) for c in found.merged.changes]
    found.taken.conflicts = [change_line(place_of(c.key, both, numbers), c) for c in found.merged.conflicts]
    found.taken.additions = [Line(place_of(key, both, numbers)) for key in found.merged.additions]
    found.removed = [place_of(key, both, numbers) for key in found.merged.missing if key[0] is not LedgerFacts]
    found.gone = [place_of(key, both, numbers) for key in found.merged.gone]
    return found


def apply_merge(ledger: Ledger, other_name: str, found: LedgerMerge, decisions: Decisions | None = None) -> bool:
    """Take changes, conflicts as decided and additions that are wanted (by itself all of them), as one step; False for
    nothing. An addition takes those with it to which it belongs, so that no issue loses its section."""
    decisions = decisions or Decisions()
    changes = [*found.merged.changes, *decisions.settled(found.merged.conflicts)]
    chosen = {at for at in range(len(found.merged.additions)) if decisions.wants(at)}
    chosen |= {needed for at, needs in enumerate(found.needs()) if at in chosen for needed in needs}
    wanted = {key: found.theirs[key] for at, key in enumerate(found.merged.additions) if at in chosen}
    if not (changes or wanted):
        return False
    ids = record_ids(ledger.snapshot)
    with ledger.backed_up("合并前"), ledger.step(f"合并台账《{Path(other_name).stem}》") as writer:
        write_additions(wanted, writer, ids)
        write_changes(changes, writer, ids)
    return True


def _numbers(snapshot: Snapshot) -> dict[str, str]:
    outline = Outline(snapshot)
    return {outline.issue(issue_id).uid: number for issue_id, number in outline.numbers().items()}


def _common_beginning(ledger: Ledger, other: Ledger) -> tuple[Snapshot | None, str]:
    """The ledger as it was after the last step that both know, and that step's label; None where they know none or
    neither history is whole from there on."""
    ours, theirs = (list(reversed(one.history())) for one in (ledger, other))
    common = 0
    while common < min(len(ours), len(theirs)) and ours[common].uid == theirs[common].uid:
        common += 1
    if common == 0:
        return None, ""
    label = ours[common - 1].label
    if common == len(ours):
        return ledger.snapshot, label
    for one, steps in ((ledger, ours), (other, theirs)):
        step_id = steps[common - 1].id
        if one.reaches_back_to(step_id):
            with tempfile.TemporaryDirectory(prefix="zhenggai-") as folder:
                copy = one.backup(Path(folder) / "base.zgtz")
                return _rolled_back(copy, step_id, type(one)), label
    return None, ""


def _rolled_back(path: Path, step_id: int, kind: type[Ledger]) -> Snapshot:
    with kind.open(path) as copy:
        with suppress(NothingToUndoError):
            copy.undo_to(step_id)
        return copy.snapshot
