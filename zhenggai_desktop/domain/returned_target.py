"""The draft with some of the changes that came back: for each record its paragraphs before and after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from zhenggai_desktop.domain.blocks import Anchor, Kind
from zhenggai_desktop.domain.change_kinds import ChangeKind
from zhenggai_desktop.domain.draft_text import DraftBlock
from zhenggai_desktop.domain.returned_changes import Returned, ReturnedChange
from zhenggai_desktop.domain.text_diff import applied

FACTS = {Kind.TITLE: "title", Kind.SIGNATURE: "signature", Kind.DATE: "date"}


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A paragraph with the changes in it; ``origin`` are the places of the draft of which it was made."""

    text: str
    origin: tuple[int, ...]
    owner: Anchor | None


@dataclass(slots=True)
class Owned:
    """The paragraphs of one record: as exported, and with the changes."""

    owner: Anchor
    base: list[int] = field(default_factory=list[int])  # places in the draft
    target: list[TargetLine] = field(default_factory=list[TargetLine])


def owner_of(block: DraftBlock) -> Anchor | None:
    """The record that prints a block; title, signature and date are the ledger's own facts."""
    if block.anchor is None and block.kind in FACTS:
        return Anchor("facts", FACTS[block.kind])
    return block.anchor


def owned(returned: Returned, chosen: Iterable[ReturnedChange]) -> dict[Anchor, Owned]:
    """The records whose paragraphs the chosen changes alter. Only their own paragraphs are looked at."""
    blocks, changes = returned.draft.blocks, list(chosen)
    by_owner = places_by_owner(returned)
    touched = {owner_of(blocks[at]) for change in changes for at in change.old}
    touched |= {returned.owners[at] for change in changes for at in change.new}
    found = {owner: Owned(owner, list(by_owner.get(owner, ()))) for owner in touched if owner is not None}
    places = sorted({at for one in found.values() for at in one.base})
    for line in _Target(returned, changes).lines(places):
        if line.owner is not None and line.owner in found:
            found[line.owner].target.append(line)
    return {owner: one for owner, one in found.items() if _altered(one, blocks)}


def places_by_owner(returned: Returned) -> Mapping[Anchor, Sequence[int]]:
    """For each record the places of its paragraphs in the draft, worked out once for a document that came back."""
    if returned.by_owner is None:
        found: dict[Anchor, list[int]] = {}
        for at, block in enumerate(returned.draft.blocks):
            if (owner := owner_of(block)) is not None:
                found.setdefault(owner, []).append(at)
        returned.by_owner = found
    return returned.by_owner


def _altered(one: Owned, blocks: Sequence[DraftBlock]) -> bool:
    return [(blocks[at].text, (at,)) for at in one.base] != [(line.text, line.origin) for line in one.target]


class _Target:
    def __init__(self, returned: Returned, chosen: list[ReturnedChange]) -> None:
        self._returned = returned
        self._blocks = returned.draft.blocks
        self._at: dict[int, list[ReturnedChange]] = defaultdict(list)
        self._floating: dict[int, list[int]] = defaultdict(list)  # behind a place of the draft: places that came back
        self._moved: dict[int, ReturnedChange] = {}
        for change in chosen:
            if change.kind is ChangeKind.COMMENTED:
                continue
            for place in change.old:
                self._at[place].append(change)
            if change.kind in (ChangeKind.INSERTED, ChangeKind.MOVED):
                for place in change.new:
                    self._floating[returned.after_old(place)].append(place)
                    if change.kind is ChangeKind.MOVED:
                        self._moved[place] = change

    def lines(self, places: Iterable[int]) -> Iterator[TargetLine]:
        """The paragraphs at these places of the draft, and all that was put in anywhere, in order."""
        wanted = set(places)
        for at in sorted(wanted | self._floating.keys()):
            if at in wanted:
                yield from self._of(at)
            yield from self._behind(at)

    def _of(self, at: int) -> Iterator[TargetLine]:
        block, changes = self._blocks[at], self._at.get(at, [])
        owner = owner_of(block)
        kinds = {change.kind for change in changes}
        if not kinds:
            yield TargetLine(block.text, (at,), owner)
        elif ChangeKind.REWORDED in kinds:
            own = sorted((edit for change in changes for edit in change.edits), key=lambda edit: edit.start)
            yield TargetLine(applied(block.text, own), (at,), owner)
        elif kinds & {ChangeKind.SPLIT, ChangeKind.JOINED} and at == changes[0].old[0]:
            for place in changes[0].new:
                yield TargetLine(self._returned.paragraphs[place].text, changes[0].old, owner)

    def _behind(self, at: int) -> Iterator[TargetLine]:
        for place in sorted(self._floating.get(at, ())):
            paragraph = self._returned.paragraphs[place]
            owner = self._returned.owners[place]
            change = self._moved.get(place)
            if change is None:
                yield TargetLine(paragraph.text, (), owner)
            else:
                was = change.old[change.new.index(place)]
                block = self._blocks[was]
                yield TargetLine(paragraph.text, (was,), owner_of(block) if block.heading else owner)
