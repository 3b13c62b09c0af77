"""The answer to an issue: composed from its measures, and taken apart again.

In a notice the answer says what was done; each 一是…二是… part becomes a measure's ``progress`` (domain.md §4, §6).
Taking apart and composing are held against each other: whatever composing would not give back to the letter is kept as
the issue's public text, so that no word of a source is lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from zhenggai_desktop.domain.answer_labels import label_of
from zhenggai_desktop.domain.numbering import Mark, MarkKind, NumberStyle, chinese_numeral, leading_mark
from zhenggai_desktop.domain.records import AnswerForm, AnswerPlace, Issue, Measure
from zhenggai_desktop.domain.schemes import AnswerPattern
from zhenggai_desktop.domain.status_words import opening_status

_CLAUSE_END = "。；：，！？”）、:;,"
_STOPS = "。；！？”）…："
_ENDED = re.compile(r"[。；！？…：][”’）》】]*$|[，、]$")


@dataclass(frozen=True, slots=True)
class SplitAnswer:
    """``issue`` is the issue with its answer fields set, ``items`` the words of its measures in order.

    ``doubt`` is "" or says what is odd about the enumeration.
    """

    issue: Issue
    items: tuple[str, ...]
    doubt: str = ""


def compose_answer(issue: Issue, measures: Sequence[Measure], pattern: AnswerPattern) -> tuple[str, ...]:
    """The answer's paragraphs as the notice prints them; empty where nothing is to be said yet."""
    if issue.public_text:
        return tuple(issue.public_text.split("\n"))
    items = [measure.progress for measure in measures if measure.progress]
    label = pattern.label if issue.answer_label is None else issue.answer_label
    introduction = issue.answer_introduction
    if not items and not introduction:
        return ()
    form = _form(issue, pattern, len(items))
    joined = len(items) if form is AnswerForm.RUN_IN else 0
    marked = [pattern.item_mark(i, form) + ended(item, followed=i < joined) for i, item in enumerate(items, 1)]
    if form is AnswerForm.RUN_IN:
        return (label + introduction + "".join(marked),)
    if form is AnswerForm.NUMBERED:
        head = label + introduction
        return (head, *marked) if head else tuple(marked)
    return (label + introduction + (marked[0] if marked else ""), *marked[1:])


def _form(issue: Issue, pattern: AnswerPattern, count: int) -> AnswerForm:
    if issue.answer_form is not AnswerForm.AUTO:
        return issue.answer_form
    return pattern.form if count > 1 else AnswerForm.PLAIN


def ended(item: str, *, followed: bool = False) -> str:
    """An item that was typed without its full stop gets one; ``followed`` by the next in the same paragraph, behind a
    bracket or a quotation without a stop too, so that the next does not run into it."""
    if followed:
        return item if _ENDED.search(item) else item + "。"
    body = item.rstrip("，、")
    return body if body.endswith(tuple(_STOPS)) else body + "。"


def answer_place(issue: Issue, pattern: AnswerPattern) -> AnswerPlace:
    """Where the answer begins: the issue's own choice before the scheme's."""
    return pattern.place if issue.answer_place is AnswerPlace.AUTO else issue.answer_place


def split_answer(issue: Issue, paragraphs: Sequence[str], pattern: AnswerPattern, place: AnswerPlace) -> SplitAnswer:
    """Take the paragraphs of an answer apart so that composing ``issue`` with the items gives them back."""
    if not paragraphs:
        return SplitAnswer(issue, ())
    issue = replace(issue, answer_place=AnswerPlace.AUTO if place is pattern.place else place)
    label = label_of(paragraphs[0])
    issue = replace(issue, answer_label=None if label == pattern.label else label)
    body = [paragraphs[0].removeprefix(label), *paragraphs[1:]]
    for form, introduction, items in _readings(body):
        candidate = replace(issue, answer_introduction=introduction, answer_form=form)
        candidate = _least(candidate, items, pattern)
        if _same(candidate, items, pattern, paragraphs):
            return SplitAnswer(candidate, items, enumeration_doubt(paragraphs))
    numbered = _numbered(body)
    items = numbered[1] if numbered else tuple(part for text in body if text for part in _parts_of(text))
    literal = replace(issue, public_text="\n".join(paragraphs), answer_label=None)
    return SplitAnswer(literal, items, enumeration_doubt(paragraphs))


def _least(issue: Issue, items: tuple[str, ...], pattern: AnswerPattern) -> Issue:
    """The issue with its form left to the scheme where the scheme would choose the same."""
    automatic = replace(issue, answer_form=AnswerForm.AUTO)
    return automatic if _form(automatic, pattern, len(items)) is issue.answer_form else issue


def _same(issue: Issue, items: tuple[str, ...], pattern: AnswerPattern, paragraphs: Sequence[str]) -> bool:
    measures = [Measure(progress=item) for item in items]
    return all(items) and compose_answer(issue, measures, pattern) == tuple(paragraphs)


def _readings(body: Sequence[str]) -> list[tuple[AnswerForm, str, tuple[str, ...]]]:
    """Every way in which the answer could be built, likeliest first."""
    readings: list[tuple[AnswerForm, str, tuple[str, ...]]] = []
    if len(body) == 1:
        row = enumeration_in(body[0])
        if len(row.items) > 1:
            return [(AnswerForm.RUN_IN, row.introduction, row.items)]
    numbered = _numbered(body)
    if numbered is not None:
        readings.append((AnswerForm.NUMBERED, *numbered))
    opening, _, _ = opening_status(body[0])
    if body == [opening]:
        readings.append((AnswerForm.PLAIN, opening, ()))
    elif opening and len(body[0]) > len(opening):
        readings.append((AnswerForm.PLAIN, opening, (body[0].removeprefix(opening), *body[1:])))
    readings.append((AnswerForm.PLAIN, "", tuple(body)))
    return readings


def _numbered(body: Sequence[str]) -> tuple[str, tuple[str, ...]] | None:
    """Paragraphs that each begin with the next number of one family, after an introduction at the most."""
    start = 1 if leading_mark(body[0]) is None else 0
    marks = [leading_mark(text) for text in body[start:]]
    if not marks or any(mark is None or mark.number != i for i, mark in enumerate(marks, 1)):
        return None
    found: list[Mark] = [mark for mark in marks if mark]
    if len(found) == 1 and (found[0].kind is MarkKind.SAY or len(enumeration_in(body[-1]).items) > 1):
        return None
    if len({mark.family for mark in found}) > 1:
        return None
    items = tuple(text.removeprefix(mark.text) for text, mark in zip(body[start:], found, strict=True))
    return (body[0] if start else ""), items


def _parts_of(text: str) -> tuple[str, ...]:
    row = enumeration_in(text)
    if len(row.items) > 1:
        return (row.introduction, *row.items) if row.introduction else row.items
    return (text,)


@dataclass(frozen=True, slots=True)
class Row:
    """An enumeration inside a paragraph: the words before it, its items without marks, and the form of the marks."""

    introduction: str
    items: tuple[str, ...] = ()
    pattern: str = "{n}是"
    style: NumberStyle = NumberStyle.CHINESE


def enumeration_in(text: str) -> Row:
    """一是…二是…, 1.…2.…, （1）…（2）…, ①…②…, 第一，…第二，… or 首先…其次…; no items without a row of two.

    Of several the one that begins first: “1.甲。一是…。二是…。2.乙。” has two items. A row that only leads in is over
    before the other begins: “查摆问题：1.甲；2.乙。一是…。二是…。” has those of the second.
    """
    introduction, items = split_enumeration(text)
    spoken = Row(introduction, items) if len(items) > 1 else None
    rows = [row for row in (spoken, _numbers_inside(text), _ordinals_inside(text)) if row]
    first = min(rows, key=lambda row: len(row.introduction), default=Row(text))
    return spoken if spoken and _leads_in(first, spoken, text) else first


def _leads_in(first: Row, spoken: Row, text: str) -> bool:
    """True where ``first``, behind words of its own, ends with a sentence in front of ``spoken``."""
    behind = len(spoken.introduction) > len(text) - len(first.items[-1])
    return bool(first.introduction) and behind and spoken.introduction.endswith("。")


_HEAD = re.compile(r"(?:^|(?<=[。；：]))(?=[\d（(①-⑳第首])")


def _numbers_inside(text: str) -> Row | None:
    """A row of numbers of one family, each behind a stop, beginning with 1."""
    found: list[tuple[int, Mark]] = []
    for head in _HEAD.finditer(text):
        mark = leading_mark(text[head.start() : head.start() + 12])
        if mark is None or mark.number != len(found) + 1 or (found and mark.family != found[0][1].family):
            continue
        found.append((head.start(), mark))
    if len(found) < 2:
        return None
    ends = [at for at, _ in found[1:]] + [len(text)]
    items = tuple(text[at + len(mark.text) : end] for (at, mark), end in zip(found, ends, strict=True))
    return Row(text[: found[0][0]], items, found[0][1].pattern, found[0][1].style)


_ORDINAL = re.compile(r"(?:^|(?<=[。；：]))第(?P<n>[一二三四五六七八九十])[，、]")
_SPOKEN = re.compile(r"(?:^|(?<=[。；：]))(?:首先|其次|再次|再者|最后)[，、]")


def _ordinals_inside(text: str) -> Row | None:
    ordinals = [m for i, m in enumerate(_ORDINAL.finditer(text), 1) if m["n"] == chinese_numeral(i)]
    spoken = list(_SPOKEN.finditer(text))
    found = ordinals if len(ordinals) > 1 else spoken if spoken and spoken[0][0].startswith("首先") else []
    if len(found) < 2:
        return None
    ends = [match.start() for match in found[1:]] + [len(text)]
    items = tuple(text[match.end() : end] for match, end in zip(found, ends, strict=True))
    return Row(text[: found[0].start()], items, "第{n}，" if found is ordinals else "", NumberStyle.CHINESE)


def split_enumeration(text: str) -> tuple[str, tuple[str, ...]]:
    """“前言。一是甲。二是乙。” → (“前言。”, (“甲。”, “乙。”)); without 一是 at a clause's head (text, ()).

    Only the next number in turn ends an item, so that an enumeration quoted inside an item stays whole.
    """
    cuts: list[tuple[int, int]] = []
    position, number = 0, 1
    while True:
        marker = f"{chinese_numeral(number)}是"
        at = _clause_head(text, marker, position)
        if at < 0:
            break
        cuts.append((at, at + len(marker)))
        position, number = at + len(marker), number + 1
    if not cuts:
        return text, ()
    ends = [start for start, _ in cuts[1:]] + [len(text)]
    return text[: cuts[0][0]], tuple(text[begin:end] for (_, begin), end in zip(cuts, ends, strict=True))


def _clause_head(text: str, marker: str, position: int) -> int:
    at = text.find(marker, position)
    while at > 0 and text[at - 1] not in _CLAUSE_END:
        at = text.find(marker, at + 1)
    return at


_ANY_ITEM = re.compile(r"(?:(?<=[。；：，！？”）、])|^)([一二三四五六七八九十]{1,3})是")


def enumeration_doubt(paragraphs: Sequence[str]) -> str:
    """Says so where 一是 has no 二是, or where a number of the enumeration is missing or stands twice."""
    words = [match[1] for text in paragraphs for match in _ANY_ITEM.finditer(text.removeprefix(label_of(text)))]
    if not words:
        return ""
    if words == ["一"]:
        return "有“一是”而没有“二是”"
    expected = [chinese_numeral(i) for i in range(1, len(words) + 1)]
    wrong = next((word for word, right in zip(words, expected, strict=True) if word != right), "")
    restarts = words.count("一") > 1
    return f"“{wrong}是”不连续" if wrong and not restarts else ""
