"""Titles that say how many issues stand below them: “从严治党方面（共5个问题）”. The figure is no word of the title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhenggai_desktop.domain.numbering import NUMERAL, parse_chinese_numeral
from zhenggai_desktop.domain.plan import PlanNote, ProposedIssue

_NUMBER = rf"(?:\d{{1,3}}|{NUMERAL}{{1,3}}|两)"
_COUNT = re.compile(
    rf"[（(](?:存在|发现|涉及|合计|共计|共有|共|计)?(?:{_NUMBER}[个项条类]大?(?:方面|类|类问题)?[、，]?)?"
    rf"(?:(?P<counted>{_NUMBER})[个项条](?:具体|主要|突出)?(?:的?问题)?|问题(?:共|共计)?(?P<behind>{_NUMBER})[个项条])[）)](?=[。：；]?$)"
)


_COUNTABLE = re.compile("(?:方面|问题|领域|类)$")  # what is made of issues; 软弱涣散党组织（5个） counts something else


def counted_title(title: str) -> tuple[str, int]:
    """The title without its figure, and the figure; 0 where it has none. Nothing but a figure stays as it is."""
    found = _COUNT.search(title)
    if found is None or not found.start():
        return title, 0
    if "问题" not in found[0] and _COUNTABLE.search(title[: found.start()]) is None:
        return title, 0
    number = found["counted"] or found["behind"]
    count = int(number) if number.isdecimal() else parse_chinese_numeral(number) or 0
    return (title[: found.start()] + title[found.end() :], count) if count else (title, 0)


def count_note(title: str, line: int) -> PlanNote:
    """Tells that the figure of ``title`` is left out of it."""
    return PlanNote("counted_title", line, f"标题“{title}”里的问题个数不作为标题的文字")


def count_doubts(title: str, said: int, line: int, issues: Sequence[ProposedIssue]) -> list[PlanNote]:
    """That fewer or more issues stand below a title than it says: themselves or with what they are made of."""
    below = sum(not one.issues for issue in issues for one in issue.walk())
    if not said or said in (len(issues), below):
        return []
    return [PlanNote("count", line, f"“{title}”：标题称{said}个问题，读出{len(issues)}个")]
