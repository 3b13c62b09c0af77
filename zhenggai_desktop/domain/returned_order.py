"""Where issues go that a returned draft has moved, and why a heading that was moved cannot be moved in the ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

from zhenggai_desktop.domain.blocks import Anchor
from zhenggai_desktop.domain.change_kinds import ChangeKind
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.portable import Key
from zhenggai_desktop.domain.records import Issue, Section
from zhenggai_desktop.domain.returned_changes import Returned, ReturnedChange
from zhenggai_desktop.domain.returned_places import Headings
from zhenggai_desktop.domain.returned_target import places_by_owner
from zhenggai_desktop.domain.takes import Move

HEADING_MOVED = "移动的是章节或方面的标题，请在台账里调整顺序"
ALONE = "只移动了标题，下面的文字没有一起移动，请在台账里移动"
MOVED_ALONG = "随上一级问题一起移动，不用另外收入"


class IssueOrder:
    """The order in which a draft came back beside the ledger's; worked out once for all changes.

    A section's heading that went past issues, and past no other section, put them into another section: whether the
    heading crossed an issue or the issue crossed the heading, the draft that came back is the same.
    """

    def __init__(self, returned: Returned, outline: Outline) -> None:
        self._returned = returned
        self._outline = outline
        self._headings = Headings(returned, outline)
        self._previous = _previous(outline)

    def moves(self, chosen: Iterable[ReturnedChange]) -> list[Move]:
        """Issues that moved go to their new place, read off the headings in front of them as they came back.

        Nothing for those that stand there already: they moved with all that is in front of them, or were moved before.
        """
        moved = self._moved(chosen)
        found = (self._move(anchor, moved) for anchor in self._headings.sorted(moved.values()))
        moves = [move for move in found if move is not None]
        return [] if all(self._stands(move) and self._standing.get(move.after, True) for move in moves) else moves

    def reason(self, change: ReturnedChange) -> str:
        """Why the ledger cannot hold that a heading was moved; "" where it can, or does already."""
        record = self._headings.record(change.anchor)
        if isinstance(record, Issue):
            return self._moved_along(record, change) if self._moved_whole(record, change) else ALONE
        return "" if isinstance(record, Section) and self._crosses(record, change) else HEADING_MOVED

    def _crosses(self, section: Section, change: ReturnedChange) -> bool:
        """Did the section's heading go past whole issues alone, its own words with it, and have these a place there?"""
        anchor = Anchor("section", section.uid)
        crossed = {issue.uid: issue for issue in self._crossed.get(anchor, ())}
        whole = set(self._places(anchor)) <= set(change.old) and not self._returned.goes_on(change.new[-1] + 1)
        return bool(crossed) and whole and all(self._move(issue, crossed) for issue in crossed.values())

    def _moved_whole(self, issue: Issue, change: ReturnedChange) -> bool:
        """Did a heading go past other headings, its own words with it, and all below it?"""
        mine, *below = (self._places(Anchor("issue", part.uid)) for part in self._outline.walk_below(issue))
        stays = any(at in self._returned.standing for places in below for at in places)
        return set(mine) <= set(change.old) and not stays and self._returned.headings_moved

    def _moved_along(self, issue: Issue, change: ReturnedChange) -> str:
        """Says so where an issue moved only because what it lies below did."""
        above, section = self._outline.parent(issue), self._outline.section_of(issue)
        if self.moves([change]):
            return ""
        if above is not None and self._returned.moved_heading(Anchor("issue", above.uid)):
            return MOVED_ALONG
        along = section is not None and self._returned.moved_heading(Anchor("section", section.uid))
        return HEADING_MOVED if along and not self._headings.in_order else ""

    def _places(self, owner: Anchor) -> Sequence[int]:
        return places_by_owner(self._returned).get(owner, ())

    def _moved(self, changes: Iterable[ReturnedChange]) -> dict[str | None, Anchor]:
        """The anchors of the issues that the changes move, by uid."""
        headings = self._moved_headings(changes)
        issues = (anchor for one in headings for anchor in self._crossed.get(one, (one,)))
        return {anchor.uid: anchor for anchor in issues if anchor.kind == "issue"}

    def _moved_headings(self, changes: Iterable[ReturnedChange]) -> list[Anchor]:
        blocks = self._returned.draft.blocks
        return [
            change.anchor
            for change in changes
            if change.kind is ChangeKind.MOVED
            and change.anchor is not None
            and any(blocks[at].heading for at in change.old)
        ]

    @cached_property
    def _crossed(self) -> Mapping[Anchor, Sequence[Anchor]]:
        """For each section whose heading went past issues these issues, without those that moved themselves."""
        moved = set(self._moved_headings(self._returned.changes))
        found: dict[Anchor, list[Anchor]] = {}
        for issue, sections in self._headings.under_other_sections():
            for section in moved.intersection(sections) if issue not in moved else ():
                found.setdefault(section, []).append(issue)
        return found if self._headings.in_order else {}

    @cached_property
    def _standing(self) -> dict[str | None, bool]:
        """Of each issue that moved: does it stand where it came back to, and what moved in front of it too?

        Else the issue behind it is to follow it, though the ledger has it there already.
        """
        moved = self._moved(self._returned.changes)
        found: dict[str | None, bool] = {}
        for anchor in self._headings.sorted(moved.values()):
            move = self._move(anchor, moved)
            found[anchor.uid] = move is not None and self._stands(move) and found.get(move.after, True)
        return found

    def _move(self, anchor: Anchor, moving: Collection[str | None]) -> Move | None:
        """Where an issue goes, ``moving`` with others; None where it has no place there."""
        issue = self._headings.record(anchor)
        if not isinstance(issue, Issue):
            return None
        above = self._headings.above(anchor)
        if above is not None:
            parent: Key | None = (type(above), above.uid)
        elif standing := next((one for one in self._headings.siblings(anchor) if one.uid not in moving), None):
            parent = self._parent(standing)
        elif self._is_headless(issue):
            parent = self._parent(issue)
        else:
            return None
        siblings = self._headings.siblings(anchor)
        there = (one.uid for one in siblings if one.uid in moving or self._parent(one) == parent)
        return Move((Issue, issue.uid), parent, next(there, None))

    def _is_headless(self, issue: Issue) -> bool:
        """Does the issue stand below no heading but the chapter's?"""
        section = self._outline.section_of(issue)
        return self._outline.depth(issue) == 1 and (section is None or not (section.title or section.printed_heading))

    def _stands(self, move: Move) -> bool:
        """Is the issue there already?"""
        issue = self._headings.record(Anchor("issue", move.key[1]))
        assert isinstance(issue, Issue)
        return (self._parent(issue), self._previous[issue.id]) == (move.parent, move.after)

    def _parent(self, issue: Issue) -> Key | None:
        above = self._outline.parent(issue)
        if above is not None:
            return Issue, above.uid
        section = self._outline.section_of(issue)
        return None if section is None else (Section, section.uid)


def _previous(outline: Outline) -> dict[int, str | None]:
    """For the id of each issue the uid of the one in front of it in the ledger, None for the first below its record."""
    found: dict[int, str | None] = {}
    last: dict[tuple[int | None, int | None], str] = {}
    for issue in outline.snapshot.issues:
        row = (None if issue.parent_id else issue.section_id), issue.parent_id
        found[issue.id] = last.get(row)
        last[row] = issue.uid
    return found
