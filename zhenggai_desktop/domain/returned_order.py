"""Where issues go that a returned draft has moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from zhenggai_desktop.domain.blocks import Anchor
from zhenggai_desktop.domain.change_kinds import ChangeKind
from zhenggai_desktop.domain.draft_text import DraftBlock
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.portable import Key
from zhenggai_desktop.domain.records import Issue, Section
from zhenggai_desktop.domain.returned_changes import Returned, ReturnedChange
from zhenggai_desktop.domain.returned_target import TargetLine, target_lines
from zhenggai_desktop.domain.takes import Move


def issue_moves(chosen: Iterable[ReturnedChange], returned: Returned, outline: Outline) -> list[Move]:
    """Issues whose heading moved go to their new place, read off the headings in front of it."""
    chosen, blocks = list(chosen), returned.draft.blocks
    moved = [
        change.anchor
        for change in chosen
        if change.kind is ChangeKind.MOVED
        and change.anchor is not None
        and change.anchor.kind == "issue"
        and any(blocks[at].heading for at in change.old)
    ]
    if not moved:
        return []
    heads = [
        line.owner
        for line in target_lines(returned, chosen)
        if line.owner and line.owner.kind in ("section", "issue") and _heads(blocks, line)
    ]
    places = _Places(outline)
    found = (places.move(anchor, heads[: heads.index(anchor)]) for anchor in moved if anchor in heads)
    moves = [move for move in found if move is not None]
    return [] if all(map(places.stands, moves)) else moves


def _heads(blocks: Sequence[DraftBlock], line: TargetLine) -> bool:
    return any(blocks[at].heading for at in line.origin)


class _Places:
    """Looks records up by the anchors of their headings, once for all moves."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        snapshot = outline.snapshot
        self._records: dict[tuple[str, str], Section | Issue] = {
            **{("section", section.uid): section for section in snapshot.sections},
            **{("issue", issue.uid): issue for issue in snapshot.issues},
        }

    def move(self, anchor: Anchor, before: Sequence[Anchor]) -> Move | None:
        """Where an issue goes behind these headings; None where the ledger has no such issue."""
        issue = self._records.get(("issue", anchor.uid))
        if not isinstance(issue, Issue):
            return None
        key, depth = (Issue, issue.uid), self._outline.depth(issue)
        for above in reversed(before):
            record = self._records.get((above.kind, above.uid))
            if isinstance(record, Section) and depth == 1:
                return Move(key, (Section, record.uid), None)
            if isinstance(record, Issue) and self._outline.depth(record) == depth:
                return Move(key, self._parent(record), record.uid)
            if isinstance(record, Issue) and self._outline.depth(record) == depth - 1:
                return Move(key, (Issue, record.uid), None)
        return Move(key, self._parent(issue), None)

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
