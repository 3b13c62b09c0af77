"""Width, spacing and quotes of Chinese text brought to one form, with a report of what was changed.

Text copied from web pages has half-width punctuation and stray spaces inside dates (domain.md §6). The
normalisation changes no word: only punctuation's width, the width of letters and digits, blanks and straight quotes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum


class Change(StrEnum):
    """Kinds of normalisation, each reported once per paragraph."""

    WIDTH = "width"
    SPACING = "spacing"
    QUOTES = "quotes"


_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_WIDE_LATIN = (0xFF05, *range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
_FULL_ASCII = {chr(code): chr(code - 0xFEE0) for code in _WIDE_LATIN}
_KEEP = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)[!-~]+", re.ASCII)
_LONGEST_LATIN = 300  # characters in brackets that are looked at for being Latin
_BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff]+")


def normalise(text: str) -> tuple[str, frozenset[Change]]:
    """``text`` with full-width punctuation, half-width digits, no stray blanks, and the kinds of changes made.

    Mail and web addresses stay. A comma or colon between digits stays half-width (1:19, 1,000); brackets round
    purely Latin text stay when their neighbours are Latin too.
    """
    parts: list[str] = []
    changes: set[Change] = set()
    position = 0
    for match in _KEEP.finditer(text):
        parts.append(
            _normalised(text[position : match.start()], changes, before="".join(parts)[-1:], after=match[0][0])
        )
        parts.append(match[0])
        position = match.end()
    parts.append(_normalised(text[position:], changes, before="".join(parts)[-1:], after=""))
    return "".join(parts).strip(), frozenset(changes)


def _normalised(text: str, changes: set[Change], *, before: str, after: str) -> str:
    steps = ((Change.WIDTH, _latin_width), (Change.SPACING, _without_blanks), (Change.WIDTH, _punctuation),
             (Change.QUOTES, _curly))  # fmt: skip
    for change, step in steps:
        done = step(text, before, after)
        if done != text:
            changes.add(change)
        text = done
    return text


def _latin_width(text: str, before: str, after: str) -> str:
    del before, after
    if _FULL_ASCII.keys().isdisjoint(text):
        return text
    return "".join(_FULL_ASCII.get(char, char) for char in text)


def _without_blanks(text: str, before: str, after: str) -> str:
    """A blank stays, single, only between two Latin words or between two figures."""

    def blank(match: re.Match[str]) -> str:
        left = text[match.start() - 1 : match.start()] or before
        right = text[match.end() : match.end() + 1] or after
        both_latin = left.isascii() and right.isascii() and left.isalnum() and right.isalnum()
        return " " if both_latin else ""

    return _BLANKS.sub(blank, text)


def _punctuation(text: str, before: str, after: str) -> str:
    chars = list(text)
    for i, char in enumerate(chars):
        if char not in _FULL:
            continue
        left = chars[i - 1] if i else before
        right = chars[i + 1] if i + 1 < len(chars) else after
        between_figures = left.isascii() and left.isdigit() and right.isascii() and right.isdigit()
        between_words = left.isascii() and right.isascii() and left.isalpha() and right.isalpha()
        if not between_figures and not between_words:
            chars[i] = _FULL[char]
    return _full_stops(_parentheses("".join(chars)))


_DOT_BEFORE_ROW = re.compile(r"(?<=[一-龥”》])[.．](?=[一二三四五六七八九十]{1,2}是(?!否))")
_DOT_AT_END = re.compile('(?<=[一-龥”"》）])[.．]$')
_OF_NAMES = (
    "阿艾巴拜比别布达丹迪多尔尓法甫格古哈汗合吉加江卡坎康克库肯孔拉勒里力丽鲁玛迈麦曼买米明莫木穆纳娜妮尼努帕"
    "皮热日茹萨赛沙山斯苏索塔特提图吐外旺维乌吾西希肖逊雅亚叶伊依英尤扎孜祖"
)
_DOT_INSIDE = re.compile(  # 一.学习 is a number; 买买提江.艾山 and 艾尔肯.吐尔逊 are names
    rf"(?:(?<=[一-龥]{{4}})|(?<=[一-龥]{{3}}[”》]))[.．](?!(?<=[{_OF_NAMES}]{{2}}.)[{_OF_NAMES}])(?=[一-龥“《（])"
)
_SHORTEST_SENTENCE = 8


def _full_stops(text: str) -> str:
    """“学习不深.一是次数少.” with full stops. Between other words a dot is one only where the text has no 。 and ends
    in a dot itself: names (买买提.艾山) have them too."""
    if "." not in text and "．" not in text:
        return text
    text = _DOT_BEFORE_ROW.sub("。", text)
    if len(text) < _SHORTEST_SENTENCE or _DOT_AT_END.search(text) is None:
        return text
    ended = _DOT_AT_END.sub("。", text)
    return ended if "。" in text else _DOT_INSIDE.sub("。", ended)


def _parentheses(text: str) -> str:
    """Round brackets made full-width, inner ones first; Latin ones among Latin neighbours stay."""
    opening: list[int] = []
    chars = list(text)
    for i, char in enumerate(chars):
        if char in "(（":
            opening.append(i)
        elif char in ")）":
            start = opening.pop() if opening else None
            if start is None:
                chars[i] = "）"
            elif not _latin(chars, start, i):
                chars[start], chars[i] = "（", "）"
    for start in opening:
        chars[start] = "（"
    return "".join(chars)


def _latin(chars: Sequence[str], start: int, end: int) -> bool:
    left = "".join(chars[start - 1 : start])
    if not (left.isascii() and left.isalpha()) or end - start > _LONGEST_LATIN:
        return False
    inside = "".join(chars[start + 1 : end])
    return bool(inside) and inside.isascii() and not inside.isdecimal()


def _curly(text: str, before: str, after: str) -> str:
    """Straight double quotes in pairs become “ and ”; an odd number of them is left for the proofreader."""
    del before, after
    if text.count('"') % 2 or '"' not in text:
        return text
    pieces = text.split('"')
    return "".join(piece + ("“" if i % 2 == 0 else "”") for i, piece in enumerate(pieces[:-1])) + pieces[-1]


def core(text: str) -> str:
    """Letters and digits alone, for comparing two wordings of one title."""
    return "".join(char for char in normalise(text)[0] if char.isalnum())


def without_stop(title: str) -> str:
    """A title without the stop that was typed or pasted behind it: words of a heading may follow."""
    return title.rstrip("。；：;: \u3000")
