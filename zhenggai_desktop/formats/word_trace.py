"""Who changed what in a Word file: tracked changes, comments and bookmarks, kept beside the text while it is read.

While a paragraph is read, each of them becomes one sign of a private plane of Unicode in its text; afterwards the signs
are taken out again and say where in the words they stood. So text that joins another paragraph, because the mark
between them was deleted, brings its traces along.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum, auto

_FIRST, _LAST = 0xF0000, 0xFFFFD  # plane 15, private use: no reader gives such a sign
_SIGNS = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")


class TraceKind(Enum):
    """What a trace tells."""

    INSERTED = auto()  # a tracked insertion begins
    INSERTED_END = auto()
    DELETED = auto()  # words that were deleted here
    MARK_INSERTED = auto()  # the paragraph's end was typed by somebody
    MARK_DELETED = auto()
    BOOKMARK = auto()
    COMMENT = auto()  # the words of a comment begin
    COMMENT_END = auto()
    COMMENT_SIGN = auto()  # the comment's sign itself


@dataclass(frozen=True, slots=True)
class Trace:
    """``text`` is what was deleted, a bookmark's name or a comment's id; ``when`` is as the file writes it."""

    kind: TraceKind
    text: str = ""
    author: str = ""
    when: str = ""


@dataclass(slots=True)
class TraceLog:
    """Traces of one document in the order in which they were met."""

    traces: list[Trace] = field(default_factory=list[Trace])

    def sign(self, trace: Trace) -> str:
        """The sign that stands for a trace in the text; "" beyond what one plane can hold: the text still is right."""
        if _FIRST + len(self.traces) > _LAST:
            return ""
        self.traces.append(trace)
        return chr(_FIRST + len(self.traces) - 1)

    def taken_out(self, text: str) -> tuple[str, list[tuple[int, Trace]]]:
        """The words without signs, and each trace with its place in them."""
        pieces: list[str] = []
        found: list[tuple[int, Trace]] = []
        place = length = 0
        for match in _SIGNS.finditer(text):
            pieces.append(text[place : match.start()])
            length += match.start() - place
            place = match.end()
            if ord(match[0]) - _FIRST < len(self.traces):
                found.append((length, self.traces[ord(match[0]) - _FIRST]))
        return "".join([*pieces, text[place:]]), found
