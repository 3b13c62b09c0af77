"""Which lines of a document head its chapters: 一、, and what stands for it in texts that do not have it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from zhenggai_desktop.domain.blocks import LineRole
from zhenggai_desktop.domain.issue_lines import is_strong, issue_score
from zhenggai_desktop.domain.numbering import MarkKind
from zhenggai_desktop.domain.source_lines import TERMINAL, Line

_AHEAD = re.compile(
    r"(?:下一步|下步|今后|下一阶段)(?:的)?(?:工作|整改|努力)*(?:打算|计划|安排|措施|工作|思路|方向)(?:和打算)?$"
)
_LONGEST_AHEAD = 16
_NARRATIVE = re.compile(
    r"组织(?:领导|开展|推进|实施)|工作(?:开展|推进|组织)|主体责任|第一责任|责任落实|履行|履责|提高(?:政治)?站位|思想认识|强化.*(?:领导|担当)|"
    r"总体(?:情况|评价)|基本情况|概况|主要(?:做法|负责人|成效)|长效|巩固|下一?步|今后|打算|计划|安排|线索|信访"
)
_ISSUES = re.compile(r"问题|反馈意见|整改.*(?:落实|完成|进展|情况)")
_BESIDE = re.compile(
    r"(?:几点|有关|相关)?(?:工作|整改)?(?:意见|建议|要求)[和与及、]?(?:工作|整改)?(?:意见|建议|要求)?|总体(?:评价|印象)"
)
_LONGEST = 30


def chapter_headings(lines: Sequence[Line]) -> list[bool]:
    """For each line whether it heads a chapter. What a person said of a line goes before its number and words.

    第一部分 before 一、; without either the unnumbered headings of a web page (整改工作开展情况), or （一）… where some
    of them tell how the work was led and others hold issues.
    """
    kinds = {line.mark.kind for line in lines if line.mark and line.role is LineRole.AUTO}
    if any(line.role is LineRole.CHAPTER for line in lines) or kinds & {MarkKind.PART, MarkKind.CHINESE}:
        kind = MarkKind.PART if MarkKind.PART in kinds else MarkKind.CHINESE
        return [_heads(line, lambda line: line.mark is not None and line.mark.kind is kind) for line in lines]
    plain = [_is_plain(line) for line in lines]
    if sum(plain) > 1 and any(map(_names_issues, lines, plain)):
        return plain
    if _in_brackets(lines):
        return [_heads(line, _is_bracketed) for line in lines]
    return [_heads(line, _no_line) for line in lines]


def _heads(line: Line, by_number: Callable[[Line], bool]) -> bool:
    if line.role is not LineRole.AUTO:
        return line.role is LineRole.CHAPTER
    return by_number(line) or is_ahead(line)


def is_ahead(line: Line) -> bool:
    """True for the unnumbered heading that closes a notice (下一步工作打算)."""
    return line.mark is None and len(line.text) <= _LONGEST_AHEAD and _AHEAD.match(line.text) is not None


def _no_line(_: Line) -> bool:
    return False


def _is_bracketed(line: Line) -> bool:
    return line.mark is not None and line.mark.kind is MarkKind.CHINESE_PAREN


def _is_plain(line: Line) -> bool:
    """A short line without number and stop that names a chapter."""
    if line.role is not LineRole.AUTO or line.mark or not 4 <= len(line.text) <= _LONGEST:
        return False
    if line.text[-1] in TERMINAL or any(char in line.text for char in "。；："):
        return False
    if _BESIDE.fullmatch(line.text):
        return True
    return bool(re.search(r"(?:情况|打算|计划|安排|做法|成效|问题|措施)$", line.text)) and bool(
        _NARRATIVE.search(line.text) or _ISSUES.search(line.text)
    )


def _names_issues(line: Line, plain: bool) -> bool:
    return plain and _ISSUES.search(line.text) is not None


def _in_brackets(lines: Sequence[Line]) -> bool:
    """True where （一）… are chapters: the first or the last is prose, and another holds what answers the feedback."""
    at = [i for i, line in enumerate(lines) if _is_bracketed(line)]
    if len(at) < 2:
        return False
    ends = [*at[1:], len(lines)]
    groups = [lines[start + 1 : end] for start, end in zip(at, ends, strict=True)]
    prose = [
        _NARRATIVE.search(lines[start].body) is not None and not is_strong(lines[start]) and not issue_score(group)
        for start, group in zip(at, groups, strict=True)
    ]
    holds = [issue_score(group) > 0 and any(line.mark for line in group) for group in groups]
    return any(holds) and (prose[0] or prose[-1]) and all(p or h for p, h in zip(prose, holds, strict=True))
