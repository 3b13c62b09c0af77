"""Headings as offices write them: the words round a title, and the pattern that most headings of a text share.

Accepted forms: domain.md §6 (针对X问题, 针对“X”的问题, 关于X方面的问题, 关于“X”问题的整改情况, 问题一：X, （1）X).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from zhenggai_desktop.domain.numbering import leading_mark
from zhenggai_desktop.domain.schemes import HeadingPattern

_SUFFIXES = (
    "方面存在的问题的整改情况", "方面问题的整改情况", "方面的问题整改情况", "问题的整改落实情况",
    "的问题的整改情况", "问题的整改情况", "的问题整改情况", "问题整改情况",
    "方面存在的问题", "方面的问题", "方面问题", "的问题", "问题",
    "方面的整改情况", "方面整改情况", "的整改情况", "整改情况", "方面",
)  # fmt: skip
_TAIL = r"(?:[，,](?:已)?(?:进行|开展|采取)了?(?:以下|如下)(?:整改|措施)(?:工作|措施)?)?"
_FORM = re.compile(
    rf"^(?P<prefix>关于|针对(?:反馈的|反馈)?|)(?P<title>.+?)(?P<suffix>{'|'.join(_SUFFIXES)}|)"
    rf"(?P<tail>{_TAIL})(?P<stop>[。：；]?)$"
)


@dataclass(frozen=True, slots=True)
class Form:
    """The words round a title."""

    prefix: str = ""
    quoted: bool = False
    suffix: str = ""
    tail: str = ""
    stop: str = ""

    def pattern(self, mark: str) -> str:
        """The pattern of headings of this form behind ``mark``."""
        title = "“{title}”" if self.quoted else "{title}"
        return mark + self.prefix + title + self.suffix + self.tail + self.stop


def form_of(body: str) -> tuple[Form, str]:
    """The form of a heading without its mark, and its title. Without 关于 or 针对 the whole is the title."""
    match = _FORM.match(body)
    if match is None:
        return Form(), body
    prefix, title, suffix = match["prefix"], match["title"], match["suffix"]
    quoted = _wholly_quoted(title)
    if not prefix and not quoted:
        return Form(stop=match["stop"]), title + suffix + match["tail"]
    return Form(prefix, quoted, suffix, match["tail"], match["stop"]), title[1:-1] if quoted else title


def _wholly_quoted(title: str) -> bool:
    """True for “X” as one quotation: what is opened first is closed last."""
    if not (title.startswith("“") and title.endswith("”") and len(title) > 2):
        return False
    depth = 0
    for i, char in enumerate(title):
        depth += {"“": 1, "”": -1}.get(char, 0)
        if depth == 0 and i < len(title) - 1:
            return False
    return True


def infer_pattern(headings: Sequence[str], default: HeadingPattern, *, restarts: bool) -> HeadingPattern:
    """The pattern that most of ``headings`` (with their marks) share; ``default`` where there are none."""
    marks: Counter[tuple[str, object]] = Counter()
    forms: Counter[Form] = Counter()
    for heading in headings:
        mark = leading_mark(heading)
        if mark is None:
            continue
        marks[(mark.pattern, mark.style)] += 1
        forms[form_of(heading.removeprefix(mark.text))[0]] += 1
    if not marks:
        return default
    (shape, style), _ = marks.most_common(1)[0]
    pattern = HeadingPattern(forms.most_common(1)[0][0].pattern(shape), default.style, restarts)
    return replace(pattern, style=style)


def title_in(heading: str, pattern: HeadingPattern) -> str:
    """The title in a heading: by the text's own pattern, else by the heading's own form. Never empty."""
    found = pattern.title_of(heading)
    if found:
        return found
    mark = leading_mark(heading)
    body = heading.removeprefix(mark.text) if mark else heading
    return form_of(body)[1] or body or heading


def runs_through(groups: Sequence[Sequence[int]]) -> bool | None:
    """True when numbers go on from group to group, False when they start anew, None when there is one group only."""
    filled = [group for group in groups if group]
    if len(filled) < 2:
        return None
    going_on = sum(1 for before, group in pairwise(filled) if group[0] == before[-1] + 1 != 1)
    return going_on * 2 >= len(filled) - 1 if going_on else False


_OPEN, _CLOSE = "“‘（《", "”’）》"


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
