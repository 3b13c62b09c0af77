"""Where issues go that a returned draft has moved."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property

from zhenggai_desktop.domain.blocks import Anchor
from zhenggai_desktop.domain.change_kinds import ChangeKind
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.portable import Key
from zhenggai_desktop.domain.records import Issue, Section
from zhenggai_desktop.domain.returned_changes import Returned, ReturnedChange
from zhenggai_desktop.domain.takes import Move


class IssueOrder:
    """The headings as they came back beside the ledger's order; worked out once for all changes of a draft."""

    def __init__(self, returned: Returned, outline: Outline) -> None:
        self._returned = returned
        self._outline = outline
        self._headings = _Headings(returned, outline)
        self._previous = _previous(outline)

    def moves(self, chosen: Iterable[ReturnedChange]) -> list[Move]:
        """Issues whose heading moved go to their new place, read off the headings in front of it as they came back.

        Nothing for those that stand there already: they moved with all that is in front of them, or were moved before.
        """
        moved = self._moved(chosen)
        found = (self._move(anchor, moved) for anchor in moved.values())
        moves = [move for move in found if move is not None]
        return [] if all(self._stands(move) and self._standing.get(move.after, True) for move in moves) else moves

    def _moved(self, changes: Iterable[ReturnedChange]) -> dict[str | None, Anchor]:
        """The anchors of the issues whose headings the changes move, by uid."""
        blocks = self._returned.draft.blocks
        return {
            change.anchor.uid: change.anchor
            for change in changes
            if change.kind is ChangeKind.MOVED
            and change.anchor is not None
            and change.anchor.kind == "issue"
            and any(blocks[at].heading for at in change.old)
        }

    @cached_property
    def _standing(self) -> dict[str | None, bool]:
        """Of each issue that moved: does it stand where it came back to, and what moved in front of it too?

        Else the issue behind it is to follow it, though the ledger has it there already.
        """
        moved = self._moved(self._returned.changes)
        found: dict[str | None, bool] = {}
        for anchor in sorted((one for one in moved.values() if one in self._headings), key=self._headings.place):
            move = self._move(anchor, moved)
            found[anchor.uid] = move is not None and self._stands(move) and found.get(move.after, True)
        return found

    def _move(self, anchor: Anchor, moving: Collection[str | None]) -> Move | None:
        """Where an issue goes, ``moving`` with others; None where it has no place there."""
        issue = self._headings.issue(anchor)
        if issue is None:
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
        issue = self._headings.issue(Anchor("issue", move.key[1]))
        assert issue is not None
        return (self._parent(issue), self._previous[issue.id]) == (move.parent, move.after)

    def _parent(self, issue: Issue) -> Key | None:
        above = self._outline.parent(issue)
        if above is not None:
            return Issue, above.uid
        section = self._outline.section_of(issue)
        return None if section is None else (Section, section.uid)


class _Headings:
    """The headings in the order in which they came back, each with what it stands below and behind."""

    def __init__(self, returned: Returned, outline: Outline) -> None:
        self._records: dict[tuple[str, str], Section | Issue] = {
            **{("section", section.uid): section for section in outline.snapshot.sections},
            **{("issue", issue.uid): issue for issue in outline.snapshot.issues},
        }
        self._place: dict[Anchor, int] = {}
        self._above: dict[int, Section | Issue | None] = {}
        self._before: dict[int, tuple[int, Issue]] = {}  # the next sibling in front, its place before it
        section: Section | None = None
        last: dict[int, tuple[int, Issue]] = {}  # the last issue of each depth that is open
        for at, anchor in enumerate(returned.headings):
            record = self._records.get((anchor.kind, anchor.uid))
            self._place.setdefault(anchor, at)
            if isinstance(record, Issue):
                depth = outline.depth(record)
                if depth in last:
                    self._before[at] = last[depth]
                last = {level: one for level, one in last.items() if level < depth}
                self._above[at] = last[max(last)][1] if last else section if depth == 1 else None
                last[depth] = at, record
            elif isinstance(record, Section) or anchor.kind == "chapter":
                section, last = record, {}

    def __contains__(self, anchor: Anchor) -> bool:
        return anchor in self._place

    def place(self, anchor: Anchor) -> int:
        return self._place[anchor]

    def issue(self, anchor: Anchor) -> Issue | None:
        """The issue whose heading came back; None for one that did not, and for one that the ledger no longer has."""
        record = self._records.get(("issue", anchor.uid))
        return record if isinstance(record, Issue) and anchor in self._place else None

    def above(self, anchor: Anchor) -> Section | Issue | None:
        """The record under which the headings in front put the issue."""
        return self._above[self._place[anchor]]

    def siblings(self, anchor: Anchor) -> Iterator[Issue]:
        """The issues in front of it below the same record, the nearest first."""
        at = self._place[anchor]
        while at in self._before:
            at, issue = self._before[at]
            yield issue


def _previous(outline: Outline) -> dict[int, str | None]:
    """For the id of each issue the uid of the one in front of it in the ledger, None for the first below its record."""
    found: dict[int, str | None] = {}
    last: dict[tuple[int | None, int | None], str] = {}
    for issue in outline.snapshot.issues:
        row = (None if issue.parent_id else issue.section_id), issue.parent_id
        found[issue.id] = last.get(row)
        last[row] = issue.uid
    return found
