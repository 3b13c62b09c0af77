"""Two copies of one ledger that went different ways (on a USB stick, by chat) become one again.

The common beginning is found in the histories of both: the last step that both know. What changed since then on each
side is merged field by field.
"""

from __future__ import annotations

import tempfile
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from zhenggai_desktop.domain.merge_orders import ORDER, find_orders, orders_after
from zhenggai_desktop.domain.merge_places import fitting, hoisted, joined, leads_to, taken_apart, top_down
from zhenggai_desktop.domain.merge_twins import FILE_FIELDS, under_our_names
from zhenggai_desktop.domain.merging import Merge, merge
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.portable import Fields, Key, Portable, made, named_by, portable, record_ids
from zhenggai_desktop.domain.records import Evidence, LedgerFacts, Snapshot
from zhenggai_desktop.errors import NothingToUndoError, UsageError
from zhenggai_desktop.services.merge_words import MergeWords
from zhenggai_desktop.services.merge_writing import Decisions, Line, Taken, write_additions, write_changes
from zhenggai_desktop.services.proving import counted
from zhenggai_desktop.services.ticking import Tick, no_tick
from zhenggai_desktop.storage.evidence import EvidenceFolder

if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger


_NOT_KNOWN = "（不知道）"


@dataclass(slots=True)
class LedgerMerge:
    """What the other copy brings. ``common`` is the label of the last step that both know, "" for none.

    ``removed`` are records that the other copy deleted; they stay. ``gone`` is what it did to records that this ledger
    deleted. ``left_out`` says in sentences what both sides did that cannot be together.
    """

    taken: Taken = field(default_factory=Taken)
    removed: list[str] = field(default_factory=list[str])
    gone: list[str] = field(default_factory=list[str])
    left_out: list[str] = field(default_factory=list[str])
    common: str = ""
    merged: Merge = field(default_factory=Merge)
    theirs: Portable = field(default_factory=dict[Key, Fields])
    words: MergeWords = field(default_factory=MergeWords)
    files: EvidenceFolder | None = None  # where the files of their evidence lie

    @property
    def about_base(self) -> str:
        """A sentence where no common beginning is known, else ""."""
        return (
            ""
            if self.common
            else "没有找到两边共同的修改历史，不知道原来是什么：台账里空着的由副本补上，两边不同的都算冲突。"
        )

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


@dataclass(frozen=True, slots=True)
class MergeTaken:
    """What came of a merge: whether anything was ``written``, in sentences what was ``left_out`` in the end, and
    of how many pieces of evidence the file did not come along: it was not found, or could not be read."""

    written: bool = False
    left_out: tuple[str, ...] = ()
    files_missing: int = 0

    @property
    def about_files(self) -> str:
        """A sentence where evidence came without its file, else ""."""
        if not self.files_missing:
            return ""
        return f"有{self.files_missing}份佐证材料只有记录，副本那边的文件找不到或者读不出来，请要来后重新添加。"


def plan_merge(ledger: Ledger, other: Ledger) -> LedgerMerge:
    """What ``other`` brings to ``ledger``. Raises UsageError where they are no copies of one ledger."""
    if ledger.snapshot.facts.uid != other.snapshot.facts.uid:
        raise UsageError(
            f"“{other.path.name}”不是这个台账的副本，不能合并", "几个单位的台账请用“汇总”，别的台账请导出表格后再导入"
        )
    base, common = _common_beginning(ledger, other)
    found = _Comparing(ledger.snapshot, other.snapshot, base).found(common)
    found.files = other.evidence_folder
    found.left_out += _without_file(found, found.files)
    return found


def _without_file(found: LedgerMerge, folder: EvidenceFolder) -> Iterator[str]:
    names = {key: str(found.theirs[key]["file_name"]) for key in found.merged.additions if key[0] is Evidence}
    missing = folder.missing(names.values())
    for key, name in names.items():
        if name in missing:
            yield f"{found.words.place(key)}：“{folder.path.name}”里没有它的文件，只收入记录；请要来文件后重新添加"


class _Comparing:
    """One state of the ledger and one of its copy, since a common beginning (None: none is known)."""

    def __init__(self, ours: Snapshot, theirs: Snapshot, base: Snapshot | None) -> None:
        self._ours = portable(ours)
        self._base = portable(base) if base is not None else {}
        read = under_our_names(portable(theirs), self._ours, self._base)
        self._theirs = hoisted(read, self._ours, self._base)
        self._words = MergeWords(self._theirs | self._ours, _numbers(theirs) | _numbers(ours))

    def found(self, common: str) -> LedgerMerge:
        words = self._words
        found = LedgerMerge(common=common, theirs=self._theirs, words=words)
        base, ours, theirs = joined(self._base), joined(self._ours), self._compared()
        merged = found.merged = merge(base, ours, theirs)
        find_orders(merged, base, ours, theirs)
        found.gone = [*map(words.place, merged.gone)]
        found.removed = [words.place(key) for key in merged.missing if key[0] is not LedgerFacts]
        self._sort_out(found)
        found.left_out += self._files_of_their_own()
        found.taken.changes = [*map(words.line, merged.changes)]
        found.taken.conflicts = [*map(words.line, merged.conflicts)]
        if not common:
            found.taken.conflicts = [replace(line, base=_NOT_KNOWN) for line in found.taken.conflicts]
        found.taken.additions = [Line(words.place(key)) for key in merged.additions]
        return found

    def _sort_out(self, found: LedgerMerge) -> None:
        """Only what can be taken is proposed; the rest is said."""
        merged, words = found.merged, self._words
        fits = fitting(self._ours, merged.changes, {key: self._theirs[key] for key in merged.additions})
        merged.changes, merged.additions = fits.changes, fits.additions
        there = {*self._ours, *fits.additions}
        lost, conflicts = fits.lost, merged.conflicts
        merged.conflicts = []
        for one in conflicts:
            place = leads_to(one)
            (merged.conflicts if place is None or place in there else lost).append(one)
        found.gone += [*map(words.place, fits.orphans), *map(words.move, lost)]
        found.left_out += words.unfit(fits)

    def _compared(self) -> Portable:
        """Theirs without what says which file it is, of evidence that both have: each ledger keeps its own."""
        records = joined(self._theirs)
        for key, values in records.items():
            if key[0] is Evidence and key in self._ours:
                records[key] = {name: value for name, value in values.items() if name not in FILE_FIELDS}
        return records

    def _files_of_their_own(self) -> Iterator[str]:
        for key, values in self._theirs.items():
            if key[0] is Evidence and key in self._ours and key in self._base and "sha256" in values:
                ours, before = (records[key]["sha256"] for records in (self._ours, self._base))
                if values["sha256"] not in (ours, before):
                    yield f"{self._words.place(key)}：副本里的文件改动过，台账保留原来的文件；要用新文件请另行添加"


def apply_merge(
    ledger: Ledger,
    other_name: str,
    found: LedgerMerge,
    decisions: Decisions | None = None,
    tick: Tick = no_tick,
) -> MergeTaken:
    """Take changes, conflicts as decided and additions that are wanted (by itself all of them), as one step, and say
    what could not be taken after all. An addition takes those with it to which it belongs, so that no issue loses its
    section; evidence takes its file along.

    ``tick`` counts the bytes of the files. One that cannot be read is counted among those that did not come;
    TargetError, where none can stand here, leaves everything as it was.
    """
    decisions = decisions or Decisions()
    ours = portable(ledger.snapshot)
    chosen = {at for at in range(len(found.merged.additions)) if decisions.wants(at)}
    chosen |= {needed for at, needs in enumerate(found.needs()) if at in chosen for needed in needs}
    additions = {key: found.theirs[key] for at, key in enumerate(found.merged.additions) if at in chosen}
    fits = fitting(ours, [*found.merged.changes, *decisions.settled(found.merged.conflicts)], additions)
    wanted = {key: additions[key] for key in fits.additions}
    left_out = (*map(found.words.not_there, fits.lost), *found.words.unfit(fits))
    if not (fits.changes or wanted):
        return MergeTaken(left_out=left_out)
    ids = record_ids(ledger.snapshot)
    changes = [change for change in top_down(fits.changes, ours, wanted) if change.name != ORDER]
    orders = [*orders_after(ours, found.theirs, wanted, fits.changes)]
    with (
        ledger.backed_up("合并前"),
        _with_files(ledger.evidence_folder, found.files, wanted, tick) as files_missing,
        ledger.step(f"合并台账《{Path(other_name).stem}》") as writer,
    ):
        write_additions(wanted, writer, ids)
        write_changes((part for change in changes for part in taken_apart(change)), writer, ids)
        for record_type, uids in orders:
            writer.reorder(record_type, [ids[record_type, uid] for uid in uids])
    return MergeTaken(written=True, left_out=left_out, files_missing=files_missing)


@contextmanager
def _with_files(here: EvidenceFolder, there: EvidenceFolder | None, wanted: Portable, tick: Tick) -> Generator[int]:
    """Copy the files of new evidence, then let the block write the records, and give how many files are missing.

    A file that lies here under such a name already stays what it is. After an error none of the new ones stays.
    """
    evidence = [cast("Evidence", made(*key, wanted[key], {})) for key in wanted if key[0] is Evidence]
    evidence = [one for one in evidence if one.file_name]
    before = here.lying_here()
    fresh = [one for one in evidence if one.file_name not in before]
    try:
        if there is not None:
            sources = [place for one in fresh if (place := there.find(one.file_name)) is not None]
            there.copy_to(here, fresh, counted(sources, tick))
        lying = here.lying_here() if evidence else before
        yield sum(one.file_name not in lying for one in evidence)
    except BaseException:
        for one in fresh:
            here.drop(one.file_name)
        raise


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
