"""A document cut into its parts: furniture of a web page, title, opening, chapters, closing, signature, date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from zhenggai_desktop.domain.blocks import LineRole
from zhenggai_desktop.domain.chapter_headings import chapter_headings, is_ahead
from zhenggai_desktop.domain.heading_forms import BULLET, sentence_end
from zhenggai_desktop.domain.numbering import HEADING_LEVELS, leading_mark
from zhenggai_desktop.domain.plan import PlanNote
from zhenggai_desktop.domain.records import BlockKind, ChapterBlock
from zhenggai_desktop.domain.source_lines import TERMINAL, Line, is_date, is_organisation
from zhenggai_desktop.domain.special_inspections import special_inspection
from zhenggai_desktop.domain.web_furniture import looks_like_web

_TITLE_END = re.compile(
    r"(?:通报|公开|公示|公告|公布|报告|情况|意见书?|方案|通知|反馈|清单|[交督]办单|通知单|公开稿|稿)(?:[（(].{1,12}[）)])?$"
)
_CLOSING = re.compile(
    r"现?欢迎|公示期|公开期|公示时间|联系(?:电话|方式|人|地址)|监督电话|举报电话|受理|如有|如对|特此|意见反馈|"
    r"电话[：:]|(?:通讯|邮寄|邮政)地址|邮编|电子邮箱|请于收到"
)
_PROSE_CLOSING = re.compile(r"(?:下一步|下一阶段|今后|接下来|总之|通过(?:本次|此次|以上|这次)?(?:巡察|巡视)?整改)")
_ATTACHED = re.compile(r"附件(?:[：:]|\d|[一二三四五]|$)")
_ANNEX = re.compile(r"附(?:件|表)(?:\d{1,2}|[一二三四五六七八九十])?[：:]?")
_BULLETED = re.compile(BULLET)
_MOST_ATTACHMENTS = 10
_LONGEST_RUN_IN = 50
_LONGEST_CALL = 80


@dataclass(slots=True)
class ChapterLines:
    """A chapter's heading (None for lines without one) and the lines below it; ``special`` is the title of the
    专项检查's own feedback that it is a part of, where that is annexed."""

    heading: Line | None
    lines: list[Line] = field(default_factory=list[Line])
    special: Line | None = None


@dataclass(slots=True)
class Parts:
    title: list[Line] = field(default_factory=list[Line])
    opening: list[Line] = field(default_factory=list[Line])
    chapters: list[ChapterLines] = field(default_factory=list[ChapterLines])
    closing: list[Line] = field(default_factory=list[Line])
    signature: list[Line] = field(default_factory=list[Line])
    date: Line | None = None
    leftovers: list[PlanNote] = field(default_factory=list[PlanNote])


def cut(lines: Sequence[Line]) -> Parts:
    """The parts of a document; every line is in exactly one of them."""
    parts = Parts()
    body = _without_furniture(lines, parts)
    body = _take_title(body, parts)
    body, annexes = _parted_annexes(body)
    body = _take_signature(body, parts)
    body = _take_closing(body, parts)
    _take_chapters(body, parts)
    _take_annexes(annexes, body, parts)
    return parts


def _without_furniture(lines: Sequence[Line], parts: Parts) -> list[Line]:
    body: list[Line] = []
    for line in lines:
        signed = bool(body) and is_date(line.text) and is_organisation(body[-1].text)  # 2025-10-15 below who signs
        if line.role is LineRole.AUTO and looks_like_web(line.raw) and not signed:
            parts.leftovers.append(PlanNote("web", line.number, line.raw))
        else:
            body.append(line)
    return body


def _take_title(lines: list[Line], parts: Parts) -> list[Line]:
    """Up to three opening lines without a stop, of which the last ends as titles end."""
    for count in (1, 2, 3):
        head = lines[:count]
        if len(head) < count or any(_is_headed(line) or "。" in line.text or len(line.text) > 60 for line in head):
            break
        if _TITLE_END.search(head[-1].text) and not _goes_on(lines, count):
            parts.title = head
            return lines[count:]
    if lines and lines[0].centred and not _is_headed(lines[0]) and lines[0].text[-1] not in TERMINAL:
        parts.title = lines[:1]
        return lines[1:]
    return lines


def _is_headed(line: Line) -> bool:
    """True for a line with a number, or with a place that a person gave it: neither title nor signature."""
    return line.mark is not None or line.role is not LineRole.AUTO


def _goes_on(lines: list[Line], count: int) -> bool:
    """True where the next line is the rest of the title (“……集中整改” / “进展情况的通报”)."""
    if count >= len(lines):
        return False
    following = lines[count]
    return not _is_headed(following) and len(following.text) <= 30 and _TITLE_END.search(following.text) is not None


def _parted_annexes(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The text up to its signature's date, and what stands from 附件 on a line below that, alone or with the title of a
    专项检查's feedback."""
    for at in range(2, len(lines) - 1):
        if not _heads_annex(lines[at]) or lines[at].role is not LineRole.AUTO:
            continue
        if all(_ANNEX.fullmatch(line.text) for line in lines[at:]):
            break  # names alone
        dated = next((i for i in range(at - 1, max(at - 4, 0), -1) if is_date(lines[i].text)), None)
        if dated is not None and is_organisation(lines[dated - 1].text):
            return lines[:at], [part for line in lines[at:] for part in _annex_and_title(line)]
    return lines, []


def _heads_annex(line: Line) -> bool:
    return _ANNEX.fullmatch(line.text) is not None or len(_annex_and_title(line)) > 1


def _annex_and_title(line: Line) -> list[Line]:
    """“附件1：关于选人用人专项检查的反馈意见” is two lines; a numbered one of a list of enclosures is none of these."""
    head = _ANNEX.match(line.text)
    title = line.text[head.end() :].strip() if head else ""
    if head is None or not special_inspection(title) or leading_mark(title):
        return [line]
    return [replace(line, text=head[0]), replace(line, text=title)]


def _take_annexes(annexes: Sequence[Line], body: Sequence[Line], parts: Parts) -> None:
    """An annex that lists issues which the text does not name is a chapter, and what a 专项检查 feeds back has chapters
    of its own; any other is left over."""
    named = {_first_sentence(line) for line in body}
    starts = [i for i, line in enumerate(annexes) if _ANNEX.fullmatch(line.text)]
    for start, end in pairwise([*starts, len(annexes)]):
        title, lines = annexes[start + 1 : start + 2], list(annexes[start + 2 : end])
        is_special = bool(title) and bool(special_inspection(title[0].text))
        signed = _signature_of(lines) if is_special else len(lines)
        issues = [_first_sentence(line) for line in lines if line.mark]
        known = sum(words in named for words in issues)
        told = title and ("问题" in title[0].text or is_special)
        if issues and told and known * 2 < len(issues):
            parts.leftovers.append(PlanNote("annex", annexes[start].number, annexes[start].text))
            parts.leftovers += [PlanNote("after_date", line.number, line.raw) for line in lines[signed:]]
            lines = lines[:signed]
            parts.chapters += _special_chapters(title[0], lines) if is_special else [ChapterLines(title[0], lines)]
        else:
            parts.leftovers += [PlanNote("after_date", line.number, line.raw) for line in annexes[start:end]]


def _signature_of(lines: Sequence[Line]) -> int:
    """Where the organisations stand that sign at the end, with a date or behind the last sentence; the number of lines
    where none do."""
    signed = len(lines) > 1 and lines[-2].text[-1] in TERMINAL and "、" not in lines[-1].text
    if not lines or not (is_date(lines[-1].text) or signed):
        return len(lines)
    start = len(lines) - is_date(lines[-1].text)
    while start > 0 and is_organisation(lines[start - 1].text) and not _is_headed(lines[start - 1]):
        start -= 1
    return start


def _special_chapters(title: Line, lines: Sequence[Line]) -> list[ChapterLines]:
    chapters = [ChapterLines(title, special=title)]
    for line, heading in zip(lines, chapter_headings(lines), strict=True):
        if heading:
            chapters.append(ChapterLines(line, special=title))
        else:
            chapters[-1].lines.append(line)
    return chapters


def _first_sentence(line: Line) -> str:
    return line.body[: sentence_end(line.body) or None].rstrip("。；")


def _take_signature(lines: list[Line], parts: Parts) -> list[Line]:
    """The date near the end and the organisations above it; what stands below the date is left over."""
    at = next((i for i in range(len(lines) - 1, max(len(lines) - 8, -1), -1) if is_date(lines[i].text)), None)
    if at is None:
        start = len(lines)
        while (
            start > 0
            and len(lines) - start < 2
            and is_organisation(lines[start - 1].text)
            and not _is_headed(lines[start - 1])
        ):
            start -= 1
        parts.signature = lines[start:]
        return lines[:start]
    parts.date = lines[at]
    parts.leftovers += [PlanNote("after_date", line.number, line.raw) for line in lines[at + 1 :]]
    start = at
    while start > 0 and at - start < 3 and is_organisation(lines[start - 1].text) and not _is_headed(lines[start - 1]):
        start -= 1
    parts.signature = lines[start:at]
    return lines[:start]


def _take_closing(lines: list[Line], parts: Parts) -> list[Line]:
    """The last unnumbered paragraphs, from the one that invites comment or gives the contacts."""
    start = _attachments(lines)
    for i in range(start - 1, max(len(lines) - 10, -1), -1):
        if lines[i].role is not LineRole.AUTO:
            break  # a person gave it another place
        if lines[i].mark and len(lines[i].text) > 0 and not _CLOSING.match(lines[i].body):
            break
        if _CLOSING.match(lines[i].body):
            start = i
    parts.closing = lines[start:]
    return lines[:start]


def _attachments(lines: Sequence[Line]) -> int:
    """Where 附件：1.… begins at the end of the text, its numbered lines with it; the number of lines where it does
    not."""
    end = len(lines)
    for i in range(end - 1, max(end - 1 - _MOST_ATTACHMENTS, -1), -1):
        if _ATTACHED.match(lines[i].text) and lines[i].role is LineRole.AUTO:
            return i
        if not lines[i].mark or lines[i].role is not LineRole.AUTO:
            break
    return end


def _take_chapters(lines: list[Line], parts: Parts) -> None:
    """一、二、三 (or what stands for them) open chapters; everything in front of the first is the opening.

    Without any the first numbered line begins what follows the opening, or the first of several behind ◆.
    """
    heads = chapter_headings(lines)
    numbered = all(map(is_ahead, (line for line, heading in zip(lines, heads, strict=True) if heading)))
    pointed = sum(_BULLETED.match(line.text) is not None for line in lines) > 1
    for line, heading in zip(lines, heads, strict=True):
        begins = line.mark or (pointed and _BULLETED.match(line.text))
        if heading:
            parts.chapters.append(ChapterLines(line))
        elif (line.role.heads_record or (numbered and begins)) and not parts.chapters:
            parts.chapters.append(ChapterLines(None, [line]))
        elif parts.chapters:
            parts.chapters[-1].lines.append(line)
        else:
            parts.opening.append(line)


def is_closing_prose(text: str) -> bool:
    """True for a paragraph that looks ahead after the last answer (“下一步，…”)."""
    return _PROSE_CLOSING.match(text) is not None


def prose_block(line: Line) -> ChapterBlock:
    """A line of a chapter as written: a heading on its own line, a paragraph with a run-in heading, or prose."""
    mark = line.mark or leading_mark(line.text)
    rank = HEADING_LEVELS.get(mark.kind, 0) if mark else 0
    if not rank:
        return ChapterBlock(BlockKind.PARAGRAPH, 0, line.text)
    end = sentence_end(line.text)
    if not end or (end == len(line.text) and len(line.text) <= _LONGEST_RUN_IN):
        return ChapterBlock(BlockKind.HEADING, rank, line.text)
    return ChapterBlock(BlockKind.PARAGRAPH, rank if end <= _LONGEST_RUN_IN else 0, line.text)


_CONTACT = re.compile(r"电话|联系方式|邮编|邮政编码|邮箱|地址")


_CALL = re.compile(r"(?:拨打|致电|来电|反映|咨询)[^。；]{0,12}0\d{2,3}-?\d{7,8}|0\d{2,3}-?\d{7,8}(?:反映|咨询|联系)")


def is_contact_paragraph(text: str) -> bool:
    """True for a paragraph that tells how to reach the office."""
    if len(text) <= _LONGEST_CALL and _CALL.search(text):
        return True
    return len(_CONTACT.findall(text)) >= 2 or (_CLOSING.match(text) is not None and _CONTACT.search(text) is not None)
