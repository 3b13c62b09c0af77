"""Documents that number everything 1, 1.1, 1.1.1: what these levels stand for where 一、 and （一） are not used."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from zhenggai_desktop.domain.blocks import LineRole
from zhenggai_desktop.domain.document_parts import ChapterLines
from zhenggai_desktop.domain.feedback_chapters import is_prose, names_issues, title_of
from zhenggai_desktop.domain.numbering import MarkKind
from zhenggai_desktop.domain.source_lines import Line

_LEVELS = (MarkKind.CHINESE, MarkKind.CHINESE_PAREN, MarkKind.DECIMAL, MarkKind.DECIMAL_PAREN)
_DECIMAL = re.compile(r"(\d{1,2}(?:[.．]\d{1,2}){0,2})[.．、]?")
_OTHERS = {MarkKind.PART, MarkKind.CHINESE, MarkKind.CHINESE_PAREN, MarkKind.ISSUE}
_LONGEST_TITLE = 40


def with_decimal_levels(lines: Sequence[Line]) -> list[Line]:
    """The lines, 1. as chapters, 1.1 as sections and 1.1.1 as issues where the chapters are called so; else as they
    are."""
    if any(line.mark is not None and line.mark.kind in _OTHERS for line in lines):
        return list(lines)
    depths = [_depth(line) for line in lines]
    heads = [line for line, depth in zip(lines, depths, strict=True) if depth == 1]
    if depths.count(2) < 2 or len(heads) < 2 or not _are_chapters(heads):
        return list(lines)
    return [_leveled(line, depth) for line, depth in zip(lines, depths, strict=True)]


def _depth(line: Line) -> int:
    """How many numbers stand in the line's mark; 0 for another mark or none."""
    found = _DECIMAL.fullmatch(line.mark.text) if line.mark is not None and line.role is LineRole.AUTO else None
    return 1 + found[1].count(".") + found[1].count("．") if found else 0


def _are_chapters(heads: Sequence[Line]) -> bool:
    titles = [title_of(ChapterLines(head)) for head in heads]
    return (
        max(map(len, titles)) <= _LONGEST_TITLE
        and any(map(names_issues, titles))
        and any(map(is_prose, map(ChapterLines, heads)))
    )


def _leveled(line: Line, depth: int) -> Line:
    if not depth or line.mark is None:
        return line
    return replace(line, mark=replace(line.mark, kind=_LEVELS[depth - 1]))
