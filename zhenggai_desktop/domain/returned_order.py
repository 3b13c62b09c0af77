"""Where issues go that a returned draft has moved."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from zhenggai_desktop.domain.blocks import Anchor
from zhenggai_desktop.domain.change_kinds import ChangeKind
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.portable import Key
from zhenggai_desktop.domain.records import Issue, Section
from zhenggai_desktop.domain.returned_changes import Returned, ReturnedChange
from zhenggai_desktop.domain.takes import Move


def issue_moves(chosen: Iterable[ReturnedChange], returned: Returned, outline: Outline) -> list[Move]:
    """Issues whose heading moved go to their new place, read off the headings in front of it as they came back.

    Nothing for those that stand there already: they moved with all that is in front of them, or were moved before.
    """
    moved = _moved_issues(chosen, returned)
    if not moved:
        return []
    places, order = _Places(outline), _Order(returned)
    uids = {anchor.uid for anchor in moved}
    found = (places.move(anchor, order.before(anchor), uids) for anchor in moved if anchor in order)
    moves = [move for move in found if move is not None]
    return [] if all(places.stands(move) and order.led(move, places) for move in moves) else moves


def _moved_issues(changes: Iterable[ReturnedChange], returned: Returned) -> list[Anchor]:
    return [
        change.anchor
        for change in changes
        if change.kind is ChangeKind.MOVED
        and change.anchor is not None
        and change.anchor.kind == "issue"
        and any(returned.draft.blocks[at].heading for at in change.old)
    ]


class _Order:
    """The headings as they came back."""

    def __init__(self, returned: Returned) -> None:
        self._returned = returned
        self._heads = returned.headings
        self._at = {anchor: at for at, anchor in reversed(list(enumerate(self._heads)))}

    def __contains__(self, anchor: Anchor) -> bool:
        return anchor in self._at

    def before(self, anchor: Anchor) -> Sequence[Anchor]:
        """The headings in front of one."""
        return self._heads[: self._at[anchor]]

    def led(self, move: Move, places: _Places) -> bool:
        """Does what moved in front of the issue, one behind the other, stand there too? Else it is to follow that."""
        moved = {anchor.uid: anchor for anchor in _moved_issues(self._returned.changes, self._returned)}
        at = move.after
        while at in moved and moved[at] in self:
            above = places.move(moved[at], self.before(moved[at]), moved)
            if above is None or not places.stands(above):
                return False
            at = above.after
        return True


class _Places:
    """Looks records up by the anchors of their headings, once for all moves."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        snapshot = outline.snapshot
        self._records: dict[tuple[str, str], Section | Issue] = {
            **{("section", section.uid): section for section in snapshot.sections},
            **{("issue", issue.uid): issue for issue in snapshot.issues},
        }

    def move(self, anchor: Anchor, before: Sequence[Anchor], moving: Collection[str]) -> Move | None:
        """Where an issue goes behind these headings, ``moving`` with others; None where it has no place there."""
        issue = self._records.get(("issue", anchor.uid))
        if not isinstance(issue, Issue):
            return None
        above, siblings = self._in_front(self._outline.depth(issue), before)
        if isinstance(above, Section | Issue):
            parent: Key | None = (type(above), above.uid)
        elif standing := [one for one in siblings if one.uid not in moving]:
            parent = self._parent(standing[0])
        elif self._is_headless(issue):
            parent = self._parent(issue)
        else:
            return None
        there = (one.uid for one in siblings if one.uid in moving or self._parent(one) == parent)
        return Move((Issue, issue.uid), parent, next(there, None))

    def _in_front(self, depth: int, before: Sequence[Anchor]) -> tuple[Section | Issue | None, list[Issue]]:
        """The record above that these headings leave open, and its issues of that depth, the nearest first."""
        siblings: list[Issue] = []
        for anchor in reversed(before):
            record = self._records.get((anchor.kind, anchor.uid))
            level = self._outline.depth(record) if isinstance(record, Issue) else 0
            if isinstance(record, Issue):
                if level < depth:
                    return record, siblings
                siblings += [record] if level == depth else []
            elif isinstance(record, Section) or anchor.kind == "chapter":
                return (record if depth == 1 else None), siblings
        return None, siblings

    def _is_headless(self, issue: Issue) -> bool:
        """Does the issue stand below no heading but the chapter's?"""
        section = self._outline.section_of(issue)
        return self._outline.depth(issue) == 1 and (section is None or not (section.title or section.printed_heading))

    def stands(self, move: Move) -> bool:
        """Is the issue there already?"""
        issue = self._records["issue", move.key[1]]
        assert isinstance(issue, Issue)
        above, section = self._outline.parent(issue), self._outline.section_of(issue)
        row = self._outline.sub_issues(above) if above else self._outline.issues_of(section)
        at = row.index(issue)
        return self._parent(issue) == move.parent and (row[at - 1].uid if at else None) == move.after

    def _parent(self, issue: Issue) -> Key | None:
        above = self._outline.parent(issue)
        if above is not None:
            return Issue, above.uid
        section = self._outline.section_of(issue)
        return None if section is None else (Section, section.uid)
