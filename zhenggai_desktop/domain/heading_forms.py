"""Headings as offices write them: the words round a title, and the pattern that most headings of a text share.

Accepted forms: domain.md §6 (针对X问题, 针对“X”“Y”问题和“Z”整改意见, 关于X方面的问题, 关于“X”问题的整改情况, 问题一：X,
（1）X, 【反馈问题】X).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from zhenggai_desktop.domain.numbering import NumberStyle, leading_mark, without_mark
from zhenggai_desktop.domain.schemes import HeadingPattern

_SUFFIXES = (
    "方面存在的问题的整改情况", "方面问题的整改情况", "方面的问题整改情况", "方面存在问题整改情况", "方面问题整改情况",
    "问题的整改落实情况", "的问题的整改落实情况", "问题整改落实情况", "的问题整改落实情况",
    "问题的整改进展情况", "问题整改进展情况",
    "的问题的整改情况", "问题的整改情况", "的问题整改情况", "问题整改情况",
    "的问题的整改", "问题的整改", "的问题整改", "问题整改", "的反馈意见", "反馈意见", "的意见",
    "的整改意见", "整改意见", "的整改建议", "整改建议", "的建议",
    "存在的问题", "存在问题", "方面存在的问题", "方面存在问题", "方面的问题", "方面问题", "的问题", "等问题", "问题",
    "方面的整改情况", "方面整改情况", "的整改落实情况", "整改落实情况", "的整改情况", "整改情况", "方面",
)  # fmt: skip
PAIR = r"【[^】]{0,6}问题[^】]{0,4}】"
WORDED = (
    r"(?:反馈|具体|存在|主要|发现|巡察反馈|巡视反馈)的?问题[：:]|"
    r"(?:反馈)?问题(?:具体)?(?:表现|描述|表述)[：:]|(?:具体|主要)表现[：:]"
)
"""An issue's own words behind a label instead of a number; they may also stand below its heading."""
BULLET = "[◆●■▲★◇▪►▶]"
_PREFIX = rf"{BULLET}?(?:关于|针对(?:反馈的|反馈|巡察反馈的|巡视反馈的)?)|{BULLET}|{PAIR}|{WORDED}|在(?=.+方面)"
_SUFFIX = f"(?P<suffix>{'|'.join(sorted(_SUFFIXES, key=len, reverse=True))}|)"
_DONE = (
    r"(?:[，,](?:已|共)?(?:进行|开展|采取|制定|完成)了?(?:以下|如下|\d+[项条个])(?:具体)?(?:整改|措施)(?:工作|措施)?)+|"
    r"[，,](?:主要)?(?:采取|落实)(?:了)?(?:以下|如下)措施"
)
_TAIL = rf"(?P<tail>(?:{_DONE})?)(?P<stop>[。：；，]?)"
_FORM = re.compile(rf"^(?P<prefix>{_PREFIX}|)(?P<title>.+?){_SUFFIX}{_TAIL}$")
_AFTER_QUOTES = re.compile(rf"^{_SUFFIX}(?P<joint>(?:和|及|以及|、)?)")
_AFTER_RECOMMENDATIONS = re.compile(rf"^(?P<suffix>(?:的)?(?:整改)?(?:意见建议|意见|建议|要求)){_TAIL}$")
_AFTER_ISSUES = re.compile(rf"^{_TAIL}$")
_OPEN, _CLOSE = "“‘（《", "”’）》"


@dataclass(frozen=True, slots=True)
class Form:
    """The words round a title. ``joint`` and ``recommending`` stand before and after quoted recommendations."""

    prefix: str = ""
    quoted: bool = False
    suffix: str = ""
    tail: str = ""
    stop: str = ""
    joint: str = ""
    recommending: str = ""
    separator: str = ""

    def pattern(self, mark: str) -> str:
        """The pattern of headings of this form behind ``mark``, recommendations included where it has them."""
        title = "“{title}”" if self.quoted else "{title}"
        recommended = f"{self.joint}“{{recommendations}}”{self.recommending}" if self.recommending else ""
        return mark + self.prefix + title + self.suffix + recommended + self.tail + self.stop

    @property
    def bare(self) -> Form:
        """The form without recommendations and without a choice of separator."""
        return replace(self, joint="", recommending="", separator="")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading taken apart: its form, the issues that it names and the recommendations that it answers."""

    form: Form
    titles: tuple[str, ...]
    recommendations: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The titles as one."""
        return "；".join(self.titles)


def read_heading(body: str) -> Heading:
    """Take a heading without its mark apart. Without 关于, 针对 or quotation marks the whole is the title."""
    match = _FORM.match(body)
    if match is None:
        return Heading(Form(), (body,))
    quoted = _quoted_heading(body)
    if quoted is not None:
        return quoted
    if not match["prefix"]:
        return Heading(Form(stop=match["stop"]), (match["title"] + match["suffix"] + match["tail"],))
    suffix = (
        ""
        if match["prefix"].startswith("【")
        or re.fullmatch(BULLET, match["prefix"])
        or re.fullmatch(WORDED, match["prefix"])
        else match["suffix"]
    )
    title = match["title"] + ("" if suffix else match["suffix"])
    return Heading(Form(match["prefix"], False, suffix, match["tail"], match["stop"]), (title,))


def _quoted_heading(body: str) -> Heading | None:
    """针对“甲”“乙”问题和“丙”整改意见，进行了以下整改。 None where the quotations are no list in such a frame."""
    prefix = re.match(rf"(?:{_PREFIX})?", body)
    assert prefix is not None  # the pattern matches the empty text too
    titles, separator, end = _quotations(body, prefix.end())
    after = _AFTER_QUOTES.match(body[end:]) if titles else None
    if after is None:
        return None
    if after["joint"]:
        start = end + after.end()
        recommendations, _, end_of_list = _quotations(body, start)
        rest = _AFTER_RECOMMENDATIONS.match(body[end_of_list:]) if recommendations else None
        if rest is not None:
            form = Form(prefix[0], True, after["suffix"], rest["tail"], rest["stop"], after["joint"], rest["suffix"],
                        separator)  # fmt: skip
            return Heading(form, tuple(titles), tuple(recommendations))
    rest = _AFTER_ISSUES.match(body[end + after.end("suffix") :])
    if rest is None:
        return None
    form = Form(prefix[0], True, after["suffix"], rest["tail"], rest["stop"], separator=separator)
    return Heading(form, tuple(titles))


def _quotations(text: str, start: int) -> tuple[list[str], str, int]:
    """The quotations that follow one another from ``start``, what parts them, and where they end."""
    found: list[str] = []
    separator = ""
    position = start
    while position < len(text) and text[position] == "“":
        end = _closing_quote(text, position)
        if end < 0:
            break
        found.append(text[position + 1 : end].replace("‘", "“").replace("’", "”"))
        position = end + 1
        if text[position : position + 2] == "、“":
            separator = "、"
            position += 1
    return found, separator, position


def _closing_quote(text: str, start: int) -> int:
    """The quote that closes the one at ``start``, nested ones passed over; -1 where none does."""
    depth = 0
    for i in range(start, len(text)):
        depth += {"“": 1, "”": -1}.get(text[i], 0)
        if depth == 0:
            return i
    return -1


def infer_pattern(headings: Sequence[str], default: HeadingPattern, *, restarts: bool) -> HeadingPattern:
    """The pattern that most of ``headings`` (with their marks) share; ``default`` where there are none."""
    marks: Counter[tuple[str, NumberStyle]] = Counter()
    forms: Counter[Form] = Counter()
    recommending: Counter[Form] = Counter()
    separators: Counter[str] = Counter()
    for heading in headings:
        mark = leading_mark(heading)
        marks[(mark.pattern, mark.style) if mark else ("", NumberStyle.NONE)] += 1
        parts = read_heading(heading.removeprefix(mark.text) if mark else heading)
        forms[parts.form.bare] += 1
        if parts.recommendations:
            recommending[replace(parts.form, separator="")] += 1
        if len(parts.titles) > 1:
            separators[parts.form.separator] += 1
    if not headings:
        return default
    (shape, style), _ = marks.most_common(1)[0]
    with_recommendations = recommending.most_common(1)[0][0].pattern(shape) if recommending else ""
    separator = separators.most_common(1)[0][0] if separators else default.separator
    form = forms.most_common(1)[0][0]
    if not with_recommendations and form.pattern(shape) == default.pattern:
        with_recommendations = default.with_recommendations
    return HeadingPattern(form.pattern(shape), style, restarts, with_recommendations, separator)


def heading_in(text: str, pattern: HeadingPattern) -> Heading:
    """A heading taken apart: by the text's own pattern where that is plain, else by its own form."""
    parts = read_heading(without_mark(text))
    framed = parts.form.tail or (parts.form.prefix.startswith("针对") and parts.form.suffix)
    if pattern.quoted or parts.recommendations or len(parts.titles) > 1 or (framed and _plain(pattern)):
        return parts
    found = pattern.title_of(text)
    return replace(parts, titles=(found,)) if found else parts


def _plain(pattern: HeadingPattern) -> bool:
    """True for a pattern without words of its own, which any heading fits."""
    return not re.search("[一-龥]", pattern.pattern.replace("{title}", "").replace("问题{n}", ""))


def runs_through(groups: Sequence[Sequence[int]]) -> bool | None:
    """True when numbers go on from group to group, False when they start anew, None when there is one group only."""
    filled = [group for group in groups if group]
    if len(filled) < 2:
        return None
    going_on = sum(1 for before, group in pairwise(filled) if group[0] == before[-1] + 1 != 1)
    return going_on * 2 >= len(filled) - 1 if going_on else False


def sentence_end(text: str) -> int:
    """Where the first sentence of ``text`` ends (behind its stop), quotations and brackets passed over; 0 = nowhere."""
    depth = 0
    for i, char in enumerate(text):
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(depth - 1, 0)
        elif char in "。！？" and depth == 0:
            return i + 1
    return 0
