"""An issue's answer that came back changed: which measures were reworded, added, emptied or put in another order.

Where the changes lie inside measures they are theirs. Otherwise the answer is taken apart as an import would do it, and
what is found must compose to the very words that came back; else these words become the issue's public text, so that
none is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from zhenggai_desktop.domain.answers import (
    answer_place,
    compose_answer,
    ended,
    split_answer,
    split_enumeration,
)
from zhenggai_desktop.domain.draft_text import Span, comparable
from zhenggai_desktop.domain.items import serving_measures
from zhenggai_desktop.domain.line_merging import Line, merged_lines, merged_text
from zhenggai_desktop.domain.numbering import leading_mark, write_number
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.paragraph_matching import match_paragraphs
from zhenggai_desktop.domain.records import AnswerPlace, Issue, Measure
from zhenggai_desktop.domain.schemes import Scheme
from zhenggai_desktop.domain.takes import NewMeasure, Order, SetValue, Take
from zhenggai_desktop.domain.text_diff import edits, moved_place

_ANSWER_FIELDS = ("answer_label", "answer_introduction", "answer_form", "answer_place")


@dataclass(frozen=True, slots=True)
class AnswerLines:
    """The paragraphs of an answer: as exported with the measures in them, as they came back, and as the ledger would
    print them now (``printed``)."""

    base: Sequence[str]
    spans: Sequence[Sequence[Span]]
    target: Sequence[Line]
    printed: Sequence[str]
    was_run_in: bool = False
    is_run_in: bool = False

    @property
    def texts(self) -> list[str]:
        """The paragraphs as they came back."""
        return [line.text for line in self.target]


def printed_answer(issue: Issue, shown: Outline, scheme: Scheme) -> tuple[str, ...]:
    """The answer as the notice would print it now; ``shown`` is the ledger as the draft's edition shows it."""
    printed = next((one for one in shown.snapshot.issues if one.uid == issue.uid), None)
    return () if printed is None else compose_answer(printed, serving_measures(shown, printed), scheme.answer)


def answer_takes(issue: Issue, measures: Mapping[str, Measure], lines: AnswerLines, scheme: Scheme) -> list[Take]:
    """What the answer that came back does to the issue and to its measures (by uid, in their order)."""
    if list(lines.base) == lines.texts and lines.was_run_in == lines.is_run_in:
        return []
    spans = [span for row in lines.spans for span in row]
    if issue.public_text or not spans:
        return list(_public(issue, lines, scheme))
    inside = _inside(lines)
    if inside is not None:
        return list(_reworded(measures, inside))
    apart = _taken_apart(issue, measures, replace(lines, target=_renumbered(lines)), scheme)
    return list(_public(issue, lines, scheme)) if apart is None else apart


def _renumbered(lines: AnswerLines) -> list[Line]:
    """The paragraphs numbered one after the other, where all that went out were: numbers are the scheme's to set."""
    start = 0 if leading_mark(lines.texts[0] if lines.target else "") else 1
    marks = [leading_mark(line.text) for line in lines.target[start:]]
    families = {mark.family if mark else None for mark in marks}
    went_out = {mark.family for mark in map(leading_mark, lines.base) if mark}
    if len(families) != 1 or None in families or len(marks) < 2 or families != went_out:
        return list(lines.target)
    found = list(lines.target[:start])
    for number, (line, mark) in enumerate(zip(lines.target[start:], marks, strict=True), 1):
        assert mark is not None
        text = mark.pattern.replace("{n}", write_number(number, mark.style)) + line.text.removeprefix(mark.text)
        found.append(replace(line, text=text))
    return found


def _public(issue: Issue, lines: AnswerLines, scheme: Scheme) -> Iterator[Take]:
    found = merged_lines(lines.base, lines.printed, lines.target)
    text = "\n".join(found.texts)
    if text != issue.public_text:
        yield SetValue((Issue, issue.uid), "public_text", text, issue.public_text, found.conflict)
    if lines.was_run_in != lines.is_run_in:
        place = AnswerPlace.RUN_IN if lines.is_run_in else AnswerPlace.OWN
        if answer_place(issue, scheme.answer) is not place:
            yield SetValue((Issue, issue.uid), "answer_place", place, issue.answer_place)


def _inside(lines: AnswerLines) -> list[tuple[Span, str, str]] | None:
    """The measures that changed, with their words before and now; None where something between them changed too."""
    same = [line.origin for line in lines.target] == [(at,) for at in range(len(lines.base))]
    if not same or lines.was_run_in != lines.is_run_in:
        return None
    found: list[tuple[Span, str, str]] = []
    for base, spans, line in zip(lines.base, lines.spans, lines.target, strict=True):
        changes = edits(base, line.text, readable=False)
        if len(split_enumeration(base)[1]) != len(split_enumeration(line.text)[1]):
            return None  # 二是 was typed into a measure
        if not all(any(span.start <= one.start and one.end <= span.end for span in spans) for one in changes):
            return None
        for span in spans:
            now = line.text[moved_place(changes, span.start) : moved_place(changes, span.end, after=True)]
            if now != base[span.start : span.end]:
                found.append((span, base[span.start : span.end], now))
    return found if all(now for _, _, now in found) else None


def _reworded(measures: Mapping[str, Measure], found: Sequence[tuple[Span, str, str]]) -> Iterator[Take]:
    for span, before, now in found:
        measure = measures.get(span.anchor.uid)
        if measure is None:
            continue
        value, conflict = merged_text(before, measure.progress, now)
        if comparable(value) != comparable(measure.progress):
            yield SetValue((Measure, measure.uid), "progress", value, measure.progress, conflict)


def _taken_apart(
    issue: Issue, measures: Mapping[str, Measure], lines: AnswerLines, scheme: Scheme
) -> list[Take] | None:
    places = [AnswerPlace.RUN_IN if run_in else AnswerPlace.OWN for run_in in (lines.was_run_in, lines.is_run_in)]
    blank = replace(issue, public_text="", answer_label=None, answer_introduction="")
    before = split_answer(blank, list(lines.base), scheme.answer, places[0])
    now = split_answer(blank, lines.texts, scheme.answer, places[1])
    printed = [span.anchor.uid for row in lines.spans for span in row]
    if not lines.texts:
        items = before.items if len(before.items) == len(printed) else ("",) * len(printed)
        return [
            *_emptied(measures, printed, items),
            *_fields(issue, before.issue, replace(blank, answer_introduction="")),
        ]
    if now.issue.public_text or before.issue.public_text or len(before.items) != len(printed):
        return None
    if any(len(split_enumeration(item)[1]) > 1 for item in now.items if item not in before.items):
        return None  # several measures in one: they would be lost as measures
    takes = [*_measures(issue, measures, printed, before.items, now.items), *_fields(issue, before.issue, now.issue)]
    return takes if _gives(issue, measures, takes, lines, scheme) else None


def _emptied(measures: Mapping[str, Measure], uids: Sequence[str], texts: Sequence[str]) -> Iterator[Take]:
    """The measures lose their words; that is a decision where the ledger has other words than the ``texts`` that went
    out ("" = unknown)."""
    for uid, text in zip(uids, texts, strict=True):
        if uid in measures and (ours := measures[uid].progress):
            yield SetValue((Measure, uid), "progress", "", ours, bool(text) and not _is_printed(ours, text))


def _is_printed(progress: str, text: str) -> bool:
    """Is the text what the notice prints of that progress, with the full stop that it sets?"""
    return comparable(text) in (
        comparable(progress),
        *(comparable(ended(progress, followed=followed)) for followed in (False, True)),
    )


def _fields(issue: Issue, before: Issue, now: Issue) -> Iterator[Take]:
    """Label, introduction, form and place, where they are not as they were."""
    for name in _ANSWER_FIELDS:
        if getattr(before, name) != getattr(now, name) and getattr(issue, name) != getattr(now, name):
            changed_since = getattr(issue, name) != getattr(before, name)
            yield SetValue((Issue, issue.uid), name, getattr(now, name), getattr(issue, name), changed_since)


def _measures(
    issue: Issue, measures: Mapping[str, Measure], printed: Sequence[str], before: Sequence[str], now: Sequence[str]
) -> Iterator[Take]:
    there = {comparable(measure.progress) for measure in measures.values() if measure.uid not in printed}
    order: list[str] = []
    last = ""
    moved = False
    for match in match_paragraphs([comparable(text) for text in before], [comparable(text) for text in now]):
        olds, news = [printed[at] for at in match.old], [now[at] for at in match.new]
        moved = moved or match.moved
        if olds and olds[0] in measures:
            yield from _one(measures[olds[0]], before[match.old[0]], "".join(before[at] for at in match.old), news)
            yield from _emptied(measures, olds[1:], [before[at] for at in match.old[1:]])
        for text in news[1:] if olds else news:
            if comparable(text) not in there:
                yield NewMeasure(issue.uid, olds[0] if olds else last, text)
        if match.new and olds:
            last = olds[0]
            order.append(last)
    wanted = (*order, *(uid for uid in measures if uid not in order))
    if moved and wanted != tuple(measures):
        yield Order(issue.uid, wanted)


def _one(measure: Measure, before: str, joined: str, news: Sequence[str]) -> Iterator[Take]:
    now = news[0] if news else ""
    if now == joined == before or comparable(now) == comparable(measure.progress):
        return
    if _is_printed(measure.progress, before):
        before = measure.progress  # the full stop was set when it was printed
    value, conflict = merged_text(before, measure.progress, now)
    if value != measure.progress:
        yield SetValue((Measure, measure.uid), "progress", value, measure.progress, conflict)


def _gives(
    issue: Issue, measures: Mapping[str, Measure], takes: Sequence[Take], lines: AnswerLines, scheme: Scheme
) -> bool:
    """Does the ledger then print the very words that came back? Where it has moved on since, nobody can say."""
    if any(take.conflict for take in takes):
        return True
    composed = compose_answer(issue, list(measures.values()), scheme.answer)
    if [comparable(text) for text in composed] != [comparable(text) for text in lines.base]:
        return True
    trial, rows = _tried(issue, measures, takes)
    return [comparable(text) for text in compose_answer(trial, rows, scheme.answer)] == [
        comparable(text) for text in lines.texts
    ]


def _tried(issue: Issue, measures: Mapping[str, Measure], takes: Sequence[Take]) -> tuple[Issue, list[Measure]]:
    rows = dict(measures)
    order = list(rows)
    behind: dict[str, str] = {}
    for number, take in enumerate(takes):
        if isinstance(take, SetValue) and take.key[0] is Measure:
            rows[take.key[1]] = replace(rows[take.key[1]], progress=str(take.value))
        elif isinstance(take, SetValue):
            issue = replace(issue, **{take.name: take.value})
        elif isinstance(take, NewMeasure):
            uid = f"new-{number}"
            rows[uid] = Measure(uid=uid, progress=take.progress)
            after = behind.get(take.after, take.after)
            order.insert(order.index(after) + 1 if after in order else 0, uid)
            behind[take.after] = uid
        elif isinstance(take, Order):
            known = [uid for uid in take.measures if uid in order]
            new = [uid for uid in order if uid not in known]
            order = _reordered(order, known, new)
    return issue, [rows[uid] for uid in order]


def _reordered(order: Sequence[str], known: Sequence[str], new: Sequence[str]) -> list[str]:
    """``known`` in their new order, each of ``new`` still behind the one that it followed."""
    found = list(known)
    for uid in new:
        at = order.index(uid)
        before = order[at - 1] if at else ""
        found.insert(found.index(before) + 1 if before in found else 0, uid)
    return found
