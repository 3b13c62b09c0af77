"""Family 7: numbers of headings and items that are skipped, repeated or missing (domain.md §9.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from zhenggai_desktop.domain.answer_labels import label_of
from zhenggai_desktop.domain.blocks import Kind
from zhenggai_desktop.domain.numbering import Mark, MarkKind, chinese_numeral, leading_mark
from zhenggai_desktop.domain.proofread.findings import DocumentRule, Family, Hit, Severity
from zhenggai_desktop.domain.proofread.readings import Reading
from zhenggai_desktop.domain.proofread.subject import Subject
from zhenggai_desktop.domain.quick_patterns import only_with

_SAID = re.compile(r"(?:(?<=[。；：，！？”）、])|^)(?P<number>[一二三四五六七八九十]{1,3})是(?!否)")
_MUST = re.compile(r"(?:(?<=[。；：，])|^)(?P<number>[一二三四五六七八九十]{1,3})要(?![求务素点件害闻])")
_ORDINAL = re.compile(r"(?:(?<=[。；：])|^)第(?P<number>[一二三四五六七八九十]{1,3})，")
_CIRCLED = re.compile(r"(?P<number>[①-⑳])")
_DECIMALS = re.compile(r"(?<=[：；])(?P<number>\d{1,2})[.．](?=[一-龥《“])")
_BRACKETED = re.compile(r"(?<=[。；：])（(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})）(?=[一-龥《“])")


@only_with(_SAID, _MUST, _ORDINAL, _CIRCLED, _BRACKETED, _DECIMALS, nothing=(0, 0, ""))
def _enumeration(text: str) -> tuple[int, int, str]:
    """The place of an item whose number does not follow, with a sentence; ("") where all do."""
    body = text.removeprefix(label_of(text))
    offset = len(text) - len(body)
    for pattern, form in (
        (_SAID, "{}是"),
        (_MUST, "{}要"),
        (_ORDINAL, "第{}"),
        (_CIRCLED, "{}"),
        (_BRACKETED, "（{}）"),
        (_DECIMALS, "{}."),
    ):
        found = [(match.start(), match.end(), match["number"]) for match in pattern.finditer(body)]
        if pattern is _MUST and (len(found) < 2 or _value(found[0][2]) != 1):
            continue  # “一要…” alone, or paragraph by paragraph
        if pattern is _BRACKETED and (mark := leading_mark(body)) is not None:
            paren = mark.kind in (MarkKind.CHINESE_PAREN, MarkKind.DECIMAL_PAREN)
            inline = paren and len(found) > 1 and body[found[0][0] - 1] == "；"
            first = (0, body.index("）") + 1, body[1 : body.index("）")]) if inline else None
            found = [first, *found] if first else [] if paren else found
        wrong = _wrong(found, form)
        if wrong is not None:
            start, end, message = wrong
            return offset + start, offset + end, message
    return 0, 0, ""


def _wrong(found: list[tuple[int, int, str]], form: str) -> tuple[int, int, str] | None:
    numbers = [_value(number) for _, _, number in found]
    if not numbers:
        return None
    if numbers == [1]:
        start, end, number = found[0]
        name = form.format(number)
        after = form.format("②" if form == "{}" else chinese_numeral(2) if not number.isdecimal() else "2")
        return start, end, f"有“{name}”而没有“{after}”"
    last = 0
    for (start, end, number), value in zip(found, numbers, strict=True):
        if value != last + 1 and not (value == 1 and last > 1):
            return start, end, f"“{form.format(number)}”不连续"
        last = value
    return None


@lru_cache(maxsize=256)
def _value(number: str) -> int:
    if "①" <= number <= "⑳":
        return ord(number) - ord("①") + 1
    if number.isdecimal():
        return int(number)
    mark = leading_mark(f"{number}、")
    return mark.number if mark else 0


_LEADING_SAID = re.compile(r"(?:([一二三四五六七八九十]{1,3})是(?!否)|第([一二三四五六七八九十]{1,3})，)")


@only_with(_LEADING_SAID, nothing=0)
def _leading_said(text: str) -> int:
    """The number of a paragraph that begins with 一是, 二是 …; 0 for another."""
    match = _LEADING_SAID.match(text)
    return _value(match[1] or match[2]) if match else 0


def _leading_end(text: str) -> int:
    match = _LEADING_SAID.match(text)
    return match.end() if match else 0


_LEADING, _ENUMERATIONS, _MARKS = Reading(_leading_said), Reading(_enumeration), Reading(leading_mark, nothing=None)


def enumerations(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """一是 without 二是, a number of an enumeration missing or twice, in one paragraph or with a paragraph for each."""
    leading = dict(subject.places(_LEADING))
    wrong = dict(subject.places(_ENUMERATIONS))
    for i in sorted({*leading, *wrong}):
        text = subject.texts[i]
        if text.kind is not Kind.PARAGRAPH and "；（" not in text.text:
            continue
        number, before, after = leading.get(i, 0), leading.get(i - 1, 0), leading.get(i + 1, 0)
        if number and (before or after) and not _also_inside(text.text):
            if number != before + 1 and not (number == 1 and after):
                end = _leading_end(text.text)
                yield i, Hit(0, end, f"“{text.text[:end]}”不连续")
            continue
        start, end, message = wrong.get(i, (0, 0, ""))
        if message:
            yield i, Hit(start, end, message)


def _also_inside(text: str) -> bool:
    """Does a paragraph that begins with 一是 go on with 二是 by itself?"""
    return len(_SAID.findall(text)) > 1 or len(_ORDINAL.findall(text)) > 1


def heading_numbers(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """Numbers of headings skipped or repeated, a level missing: what the reading core doubts already."""
    for note in subject.plan.doubts if subject.plan else ():
        if note.code in ("number", "level_missing") and subject.is_notice:
            at = subject.lines.get(note.line, -1)
            if note.code == "number" and at >= 0 and _counts_on(subject, at):
                continue
            yield at, Hit(0, 0 if at < 0 else len(subject.texts[at].text), f"标题编号：{note.text}")


def _counts_on(subject: Subject, at: int) -> bool:
    """（三） behind “二、…” goes on from （二） under “一、…”: the sections are numbered through all chapters."""
    mark = leading_mark(subject.texts[at].text)
    kinds = (leading_mark(text.text) for text in reversed(subject.texts[:at]))
    before = next((each for each in kinds if each is not None and mark is not None and each.kind is mark.kind), None)
    return mark is not None and before is not None and mark.number == before.number + 1


_RANKS = {MarkKind.CHINESE: 1, MarkKind.CHINESE_PAREN: 2, MarkKind.DECIMAL: 3, MarkKind.DECIMAL_PAREN: 4}


def paragraph_numbers(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """The same for a composed notice and for files that are no notice: each level counts on, or begins with 1.

    A level may go on across the headings above it: some schemes number their issues through all sections.
    """
    read_already = subject.plan is not None and subject.is_notice
    doubted = {note.line for note in subject.plan.doubts if note.code == "number"} if subject.plan else set[int]()
    last: dict[int, Mark] = {}
    for i, mark in subject.places(_MARKS):
        text = subject.texts[i]
        rank = _RANKS.get(mark.kind, 0) if mark and text.kind in (Kind.HEADING, Kind.PARAGRAPH) else 0
        if mark is None or not rank:
            continue
        if read_already and rank > 1 and not (text.anchor and text.anchor.kind == "chapter"):
            last[rank] = mark  # told by the reading core
            continue
        if rank == 1 and text.kind is not Kind.HEADING and subject.is_notice:
            continue
        if read_already and text.line in doubted:
            last[rank] = mark
            continue
        before = last.get(rank)
        if mark.number != 1 and (before is None or mark.number != before.number + 1):
            told = f"“{mark.text}”接在“{before.text}”之后，编号不连续" if before else f"“{mark.text}”之前没有编号"
            yield i, Hit(0, len(mark.text), f"标题编号：{told}")
        elif mark.number == 1 and before is not None and rank == 1:
            yield i, Hit(0, len(mark.text), f"标题编号：“{mark.text}”重复")
        last[rank] = mark


_ITEM_KINDS = (MarkKind.DECIMAL, MarkKind.DECIMAL_PAREN, MarkKind.CHINESE_PAREN, MarkKind.CIRCLED)


def answer_numbers(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """“1.…”, “2.…”, “4.…” as paragraphs of one answer: a number is left out, or stands twice."""
    if not subject.is_notice:
        return  # all its paragraphs are told by the rule above
    before: Mark | None = None
    under = ""
    for i, mark in subject.places(_MARKS):
        text = subject.texts[i]
        uid = text.anchor.uid if text.anchor and text.is_answer else ""
        if not uid or mark is None or mark.kind not in _ITEM_KINDS:
            continue
        counts_on = before is None or uid != under or mark.kind is not before.kind
        if before is not None and not counts_on and mark.number not in (before.number + 1, 1):
            yield i, Hit(0, len(mark.text), f"编号：“{mark.text}”接在“{before.text}”之后，编号不连续")
        under, before = uid, mark


_NUMBERED = re.compile(r"(?:序号|问题|事项|案例|任务)(?P<number>\d{1,3})(?=[\s：、.．]|问题)")


@only_with(_NUMBERED, nothing=0)
def _numbered(text: str) -> int:
    """The number of a paragraph that begins with 序号7 or 问题7; 0 for another."""
    match = _NUMBERED.match(text)
    return int(match["number"]) if match else 0


_NUMBERED_ONES = Reading(_numbered, nothing=0)


def numbered_rows(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """“序号7”, “序号9”: one row is left out; with more gaps than one the text is an extract."""
    found = subject.places(_NUMBERED_ONES)
    gaps = [i for (_, before), (i, value) in pairwise(found) if value != before + 1]
    if len(found) > 2 and len(gaps) == 1:
        (i,) = gaps
        match = _NUMBERED.match(subject.texts[i].text)
        if match is not None:
            yield i, Hit(0, match.end(), f"“{match[0]}”与前面的编号不连续")


RULES: tuple[DocumentRule, ...] = (
    DocumentRule("enumeration", Family.NUMBERING, Severity.WARNING, enumerations, (_LEADING, _ENUMERATIONS)),
    DocumentRule("heading-number", Family.NUMBERING, Severity.WARNING, heading_numbers),
    DocumentRule("paragraph-number", Family.NUMBERING, Severity.WARNING, paragraph_numbers, (_MARKS,)),
    DocumentRule("paragraph-number", Family.NUMBERING, Severity.WARNING, answer_numbers, (_MARKS,)),
    DocumentRule("paragraph-number", Family.NUMBERING, Severity.WARNING, numbered_rows, (_NUMBERED_ONES,)),
)
