"""What a text about progress says anew: departments write on below, or between, what they wrote the month before."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")
_STOPS = "。；！？"
_NOTHING = re.compile(
    r"[\W_]*|(?:目前|暂时|截至目前)?(?:本[周月季期次])?(?:尚|暂)?"
    r"(?:(?:无|没有)(?:新的?|任何|明显|相关)?(?:进展|变化|情况)?|未(?:启动|开展|开始|着手))[\W_]*"
)
_SHORT = 8  # characters: 已完成 is a part of 已完成制度修订, and says something else


def newly_said(before: str, after: str) -> str:
    """The words of ``after`` from the first sentence that ``before`` has not to the last one, as they stand there;
    "" where it only leaves something out, and where that says nothing."""
    known = {_bare(found[0]) for found in _SENTENCE.finditer(before)}
    new = [found for found in _SENTENCE.finditer(after) if _bare(found[0]) not in known | {""}]
    told = after[new[0].start() : new[-1].end()].strip() if new else ""
    return told if says_something(told) else ""


def says_something(progress: str) -> bool:
    """False for an empty cell, and for what people write into a cell that must not be empty: 无, 暂无进展, /."""
    return _NOTHING.fullmatch("".join(progress.split())) is None


def is_told(words: str, text: str) -> bool:
    """True where ``text`` holds the words, whatever stop they end with: an entry that was gathered into the progress,
    or that came with it. What several sheets told stands line by line."""
    return all(_stands_in(line.strip().rstrip(_STOPS), text) for line in words.splitlines())


def _stands_in(words: str, text: str) -> bool:
    """完成整改 does not stand in 尚未完成整改, nor 已完成 in 已完成制度修订."""
    end = r"(?!\w)" if len(words) < _SHORT else ""
    return not words or re.search(rf"(?<![未没不待]){re.escape(words)}{end}", text) is not None


def _bare(sentence: str) -> str:
    return "".join(sentence.split()).rstrip(_STOPS)
