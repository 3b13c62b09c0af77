"""Paragraphs of one field, as they went out, as they came back and as the ledger holds them now, put together.

What only they changed is theirs; what only the ledger changed stays (a placeholder that was printed as a number is
such a change); where both changed the same words, theirs stands and the result says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from zhenggai_desktop.domain.draft_text import comparable
from zhenggai_desktop.domain.paragraph_matching import match_paragraphs
from zhenggai_desktop.domain.text_diff import merged


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph that came back: its words, and the places among the paragraphs that went out of which it was made."""

    text: str
    origin: tuple[int, ...] = ()


@dataclass(slots=True)
class Lines:
    """The result: each paragraph with the place it has in the ledger now (None for a new one)."""

    lines: list[tuple[str, int | None]] = field(default_factory=list[tuple[str, "int | None"]])
    conflict: bool = False

    @property
    def texts(self) -> list[str]:
        return [text for text, _ in self.lines]


def merged_text(base: str, ours: str, theirs: str) -> tuple[str, bool]:
    """The words to keep, and whether both sides changed the same place: then they are ``theirs``."""
    if comparable(ours) == comparable(base) or comparable(ours) == comparable(theirs):
        return theirs, False
    together = merged(base, ours, theirs)
    return (theirs, True) if together is None else (together, False)


def merged_lines(base: Sequence[str], ours: Sequence[str], theirs: Sequence[Line]) -> Lines:
    """``theirs`` with what ``ours`` has besides. Paragraphs that the ledger has added since stay behind those they
    followed."""
    return _Merging(base, ours, theirs).lines()


def _places(base: Sequence[str], ours: Sequence[str]) -> dict[int, int]:
    """Place in ``base`` → place in ``ours``."""
    matches = match_paragraphs(list(map(comparable, base)), list(map(comparable, ours)))
    return {match.old[0]: match.new[0] for match in matches if len(match.old) == len(match.new) == 1}


class _Merging:
    def __init__(self, base: Sequence[str], ours: Sequence[str], theirs: Sequence[Line]) -> None:
        self._base = base
        self._ours = ours
        self._theirs = theirs
        self._place = _places(base, ours)
        self._found = Lines()

    def lines(self) -> Lines:
        parts: dict[tuple[int, ...], list[str]] = {}
        for line in self._theirs:
            parts.setdefault(line.origin, []).append(line.text)
        done: set[tuple[int, ...]] = set()
        for line in self._theirs:
            if not line.origin:
                self._found.lines.append((line.text, self._already(line.text)))
            elif line.origin not in done:
                done.add(line.origin)
                self._put(line.origin, parts[line.origin])
        self._check_deleted()
        self._keep_new()
        return self._found

    def _already(self, text: str) -> int | None:
        """The place of an inserted paragraph that the ledger has got, too, since; None where it has not."""
        taken = {*self._place.values(), *(at for _, at in self._found.lines if at is not None)}
        found = (at for at, mine in enumerate(self._ours) if at not in taken and comparable(mine) == comparable(text))
        return next(found, None)

    def _put(self, origin: tuple[int, ...], texts: Sequence[str]) -> None:
        before, after = "\n".join(self._base[at] for at in origin), "\n".join(texts)
        if any(at not in self._place for at in origin):  # the ledger has deleted it since
            if before != after:
                self._found.conflict = True
                self._found.lines += [(text, None) for text in texts]
            return
        if before == after:
            self._found.lines += [(self._ours[self._place[at]], self._place[at]) for at in origin]
            return
        now = "\n".join(self._ours[self._place[at]] for at in origin)
        together, conflict = merged_text(before, now, after)
        self._found.conflict = self._found.conflict or conflict
        first, *rest = together.split("\n")
        self._found.lines += [(first, self._place[origin[0]]), *((text, None) for text in rest)]

    def _check_deleted(self) -> None:
        """They deleted what the ledger has changed since."""
        kept = {at for line in self._theirs for at in line.origin}
        for at, text in enumerate(self._base):
            if at not in kept and at in self._place and comparable(self._ours[self._place[at]]) != comparable(text):
                self._found.conflict = True

    def _keep_new(self) -> None:
        known = {*self._place.values(), *(at for _, at in self._found.lines if at is not None)}
        for at, text in enumerate(self._ours):
            if at not in known:
                rows = enumerate(self._found.lines)
                behind = [row for row, (_, was) in rows if was is not None and was < at]
                self._found.lines.insert(behind[-1] + 1 if behind else 0, (text, at))
