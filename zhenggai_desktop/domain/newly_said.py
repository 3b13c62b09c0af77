"""What a text about progress says anew: departments write on below, or between, what they wrote the month before."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")
_STOPS = "。；！？"


def newly_said(before: str, after: str) -> str:
    """The words of ``after`` from the first sentence that ``before`` has not to the last one, as they stand there;
    "" where it only leaves something out."""
    known = {_bare(found[0]) for found in _SENTENCE.finditer(before)}
    new = [found for found in _SENTENCE.finditer(after) if _bare(found[0]) not in known | {""}]
    return after[new[0].start() : new[-1].end()].strip() if new else ""


def is_told(words: str, text: str) -> bool:
    """True where ``text`` holds the words, whatever stop they end with: an entry that was gathered into the progress,
    or that came with it."""
    return words.strip().rstrip(_STOPS) in text


def _bare(sentence: str) -> str:
    return "".join(sentence.split()).rstrip(_STOPS)
