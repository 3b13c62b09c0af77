"""What one line says of itself: the rank of its number, and whether it is worded like the heading of an issue."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhenggai_desktop.domain.answer_labels import label_of
from zhenggai_desktop.domain.blocks import LineRole
from zhenggai_desktop.domain.heading_forms import BULLET, PAIR, WORDED, sentence_end
from zhenggai_desktop.domain.numbering import NUMERAL, MarkKind
from zhenggai_desktop.domain.source_lines import Line

RANKS = {kind: rank for rank, kinds in enumerate(
    ((MarkKind.CHINESE,), (MarkKind.CHINESE_PAREN,), (MarkKind.ISSUE, MarkKind.DECIMAL), (MarkKind.DECIMAL_PAREN,),
     (MarkKind.CIRCLED,)), 1) for kind in kinds}  # fmt: skip
STRONG = re.compile(
    r"针对“[^”]+”(?:[。：，]|$)|针对.{2,}?(?:问题|意见|建议)|(?:关于)?“.+”的?(?:问题|反馈意见|整改(?:落实)?情况)|关于.+(?:问题|意见)的?(?:整改|落实)|【[^】]{0,6}问题[^】]{0,4}】"
)
_PAIR = re.compile(f"{PAIR}|{WORDED}|{BULLET}")
_UNNUMBERED = re.compile(
    rf"(?:{NUMERAL}+是)?(?:针对|关于)(?:“[^”]+”的?(?:问题|反馈意见)|[^“”，。；：]{{2,40}}的问题[。：])"
)
_WORDED = re.compile(WORDED)
LONGEST_HEADING = 60  # characters


def rank_of(line: Line) -> int:
    """The rank of the line's mark, 0 for a line without one. 【反馈问题】 heads an issue without a number."""
    if line.role is LineRole.TEXT:
        return 0
    if line.role is LineRole.CHAPTER:
        return RANKS[MarkKind.CHINESE]
    if line.mark:
        return RANKS.get(line.mark.kind, 0)
    return RANKS[MarkKind.DECIMAL] if _PAIR.match(line.text) else 0


def is_strong(line: Line) -> bool:
    """True for a line that is worded like the heading of an issue, or said to be one."""
    if line.role.heads_record:
        return True
    if line.mark is None:
        return False
    return line.mark.kind is MarkKind.ISSUE or STRONG.match(line.body) is not None


def issue_score(lines: Sequence[Line]) -> int:
    """How many lines look like headings of issues or like answers' labels; 0 for a chapter of prose."""
    labels = sum(1 for line in lines if label_of(line.text) or inner_label(line.text))
    return labels + sum(1 for line in lines if is_strong(line))


def unnumbered_headings(lines: Sequence[Line]) -> list[int]:
    """Where lines without a number are worded like headings of issues; none where numbered ones are too."""
    if any(map(is_strong, lines)):
        return []
    found = [i for i, line in enumerate(lines) if line.mark is None and _UNNUMBERED.match(line.text)]
    return found if len(found) > 1 else []


def inner_label(text: str) -> int:
    """Where an answer's label stands inside a heading's paragraph; 0 where none does."""
    end = sentence_end(text)
    return end if end and end < len(text) and label_of(text[end:]) else 0


def is_worded(line: Line) -> bool:
    """True for 问题表现：…, an issue's words behind a label."""
    return line.mark is None and _WORDED.match(line.text) is not None
