"""Chinese and other numerals both ways, and the marks with which headings and items begin.

GB/T 9704-2012 §7.3.3 gives the levels 一、 （一） 1. （1）; real documents add 第一部分, 问题一：, 1、, 2.1, 4-1., ①,
a. and 一是.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from string import ascii_letters

_DIGITS = "零一二三四五六七八九"
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERAL = "[零〇一二三四五六七八九十百千]"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def chinese_numeral(number: int) -> str:
    """一 … 九千九百九十九, as headings write it (十, 十一, 二十, 一百零一). Raises ValueError below 1.

    From 10000 on in digits: no heading of a real document comes so far, one of a broken file may.
    """
    if number > 9999:
        return str(number)
    if number < 1:
        msg = f"no heading numeral for {number}"
        raise ValueError(msg)
    words = ""
    gap = False
    for unit, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + word
            gap = False
        else:
            gap = True
    return words.removeprefix("一") if words.startswith("一十") else words


def parse_chinese_numeral(text: str) -> int | None:
    """The value of 一 … 九千九百九十九, of 二〇二四 digit by digit, or None when it is no numeral."""
    if not text or any(char not in _VALUES and char not in _UNITS for char in text):
        return None
    if not any(char in _UNITS for char in text):
        return int("".join(str(_VALUES[char]) for char in text))
    total, digit = 0, 0
    for char in text:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            digit = _VALUES[char]
    return total + digit


class NumberStyle(StrEnum):
    """How a number is written; ``NONE`` writes none."""

    NONE = "none"
    CHINESE = "chinese"
    DECIMAL = "decimal"
    CIRCLED = "circled"


def write_number(number: int, style: NumberStyle) -> str:
    """The number as the style writes it; beyond ⑳ a circled number falls back to digits."""
    if style is NumberStyle.CHINESE:
        return chinese_numeral(number)
    if style is NumberStyle.CIRCLED and number <= len(CIRCLED):
        return CIRCLED[number - 1]
    return "" if style is NumberStyle.NONE else str(number)


class MarkKind(StrEnum):
    """Families of marks at the head of a paragraph, roughly from outer to inner."""

    PART = "part"  # 第一部分
    CHINESE = "chinese"  # 一、
    CHINESE_PAREN = "chinese_paren"  # （一）
    ISSUE = "issue"  # 问题一：
    DECIMAL = "decimal"  # 1.
    DECIMAL_PAREN = "decimal_paren"  # （1）, 2.1, 4-1.
    CIRCLED = "circled"  # ①, 2.2.1, a.
    SAY = "say"  # 一是


HEADING_LEVELS = {
    MarkKind.PART: 1, MarkKind.CHINESE: 1, MarkKind.CHINESE_PAREN: 2, MarkKind.ISSUE: 3, MarkKind.DECIMAL: 3,
    MarkKind.DECIMAL_PAREN: 4, MarkKind.CIRCLED: 4,
}  # fmt: skip
"""The level that decides a heading's font (GB/T 9704-2012 §7.3.3); 一是 is no heading."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A number at the head of a text: ``pattern`` is its form with ``{n}`` for the number."""

    kind: MarkKind
    number: int
    text: str
    pattern: str
    style: NumberStyle

    @property
    def family(self) -> tuple[MarkKind, str]:
        """Marks of one family number one list."""
        return self.kind, self.pattern


_YEAR_OR_MONTH = r"(?=\D|\d{4}(?:[-—~至]\d{4})?年|\d{1,2}月|$)"
_COUNTED = "[万亿元倍吨米亩个人件千百余年月日天升斤公平立厘毫度折分时点项次户家条名页%％]"  # 3.5万元 is a quantity
_MARKS: tuple[tuple[MarkKind, re.Pattern[str]], ...] = (
    (MarkKind.ISSUE, re.compile(rf"(?:(?:反馈|具体)?问题|反馈意见)[（(]?(?P<n>{NUMERAL}+|\d{{1,3}})[）)]?[：:、.．]")),
    (MarkKind.DECIMAL_PAREN, re.compile(rf"\d{{1,2}}[.．](?P<n>\d{{1,2}})(?:[.．、]|(?!{_COUNTED}))(?=[“《一-龥])")),
    (MarkKind.DECIMAL_PAREN, re.compile(r"\d{1,2}[-—－](?P<n>\d{1,2})[.．、](?=[“《一-龥])")),  # 4-1.
    (
        MarkKind.CIRCLED,
        re.compile(rf"1?\d(?:[.．]\d{{1,2}})[.．](?P<n>\d{{1,2}})(?:[.．、]|(?!{_COUNTED}))(?=[“《一-龥])"),
    ),  # 2.2.1
    (MarkKind.SAY, re.compile(rf"(?P<n>{NUMERAL}+)是(?!否)")),
    (MarkKind.CHINESE, re.compile(rf"(?P<n>{NUMERAL}+)[、.．]")),
    (MarkKind.PART, re.compile(rf"第(?P<n>{NUMERAL}+)(?:部分|章)[：:、，]?")),
    (MarkKind.CHINESE_PAREN, re.compile(rf"[（(](?P<n>{NUMERAL}+)[）)][、.．]?")),
    (MarkKind.DECIMAL_PAREN, re.compile(r"[（(](?P<n>\d{1,3})[）)][、.．]?")),
    (MarkKind.DECIMAL_PAREN, re.compile(r"(?P<n>\d{1,3})[）)]")),
    (MarkKind.DECIMAL, re.compile(r"(?P<n>\d{1,3})[.．]" + _YEAR_OR_MONTH)),
    (MarkKind.DECIMAL, re.compile(r"(?P<n>\d{1,3})、")),
    (MarkKind.CIRCLED, re.compile(rf"(?P<n>[{CIRCLED}])")),
    (MarkKind.CIRCLED, re.compile(r"[（(](?P<n>[A-Za-z])[）)](?=[“《一-龥])")),
    (MarkKind.CIRCLED, re.compile(r"(?P<n>[A-Za-z])[.．、）)](?=[“《一-龥])")),
)


MARK_SIGNS = frozenset("反具问第（(0123456789０１２３４５６７８９" + NUMERAL.strip("[]") + CIRCLED + ascii_letters)
"""The signs with which a mark can begin: most texts begin with none of them."""


def leading_mark(text: str) -> Mark | None:
    """The mark with which ``text`` begins, or None.

    “3.5万元” and “1.5倍” begin with a quantity, not with a mark; “1.2021年…” and “1.9月10日…” do begin with one.
    """
    if text[:1] not in MARK_SIGNS:
        return None
    for kind, pattern in _MARKS:
        match = pattern.match(text)
        if match is None:
            continue
        number, style = _value(match["n"])
        if number is None or number == 0:
            continue
        shape = text[: match.start("n")] + "{n}" + text[match.end("n") : match.end()]
        return Mark(kind, number, match[0], shape, style)
    return None


def without_mark(text: str) -> str:
    """The words behind the mark with which ``text`` begins; all of them where it begins with none."""
    mark = leading_mark(text)
    return text.removeprefix(mark.text) if mark else text


def _value(text: str) -> tuple[int | None, NumberStyle]:
    if text.isdecimal():
        return int(text), NumberStyle.DECIMAL
    if text in ascii_letters:
        return ord(text.lower()) - ord("a") + 1, NumberStyle.DECIMAL
    if text in CIRCLED:
        return CIRCLED.index(text) + 1, NumberStyle.CIRCLED
    return parse_chinese_numeral(text), NumberStyle.CHINESE
