"""One issue that two tables of a source tell of: 三个清单, the sheets of several departments, those of several months.

What the first left empty is filled. What the second says of its own measures stays with these; what it says otherwise
of the same thing is kept as a doubt, so that no word is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

from zhenggai_desktop.domain.cleaning import clipped
from zhenggai_desktop.domain.matching import bare_text, text_core
from zhenggai_desktop.domain.plan import PlanNote, ProposedIssue, ProposedMeasure
from zhenggai_desktop.domain.records import Issue, LogEntry, Measure, new_uid
from zhenggai_desktop.texts import field_name, value_text

R = TypeVar("R", Issue, Measure)
_Group = tuple[str, ...]

_OF_MEASURES: tuple[_Group, ...] = (  # what a measure may say otherwise than its issue
    ("deadline", "due_on"),
    ("leaders",),
    ("lead_department", "supporting_departments"),
    ("owner",),
    ("status",),
    ("completed_on",),
)
_LISTS = ("recommendations", "units")
_TEXTS: tuple[str, ...] = ("original_text", "goal", "public_text", "answer_introduction")
_TREATED = {"id", "uid", "position", "note", "closed", "standing", "track", *_LISTS, *_TEXTS,
            *(name for group in _OF_MEASURES for name in group)}  # fmt: skip


def merge_issue(ours: ProposedIssue, theirs: ProposedIssue, doubts: list[PlanNote], earlier: str = "") -> None:
    """Put ``theirs`` into ``ours``. ``earlier`` names an older state of the same ledger (7月): what it tells of the
    progress becomes entries, and where it differs otherwise nothing is said."""
    pairs = _pairs(ours, theirs)
    added = [measure for measure in theirs.measures if id(measure) not in pairs]
    told = added if earlier else [pairs.get(id(measure), measure) for measure in theirs.measures]
    rest = [measure for measure in ours.measures if not any(measure is other for other in told)]
    own = bool(ours.measures and told and (added or rest))  # it speaks of other measures: what it says is theirs
    if own:
        _part(ours, theirs, told, rest)
    for measure in theirs.measures:
        if (same := pairs.get(id(measure))) is not None:
            _merge_measure(same, measure, doubts, earlier)
    ours.measures += added
    _merge_record(ours, theirs, doubts, earlier, own=own)
    _add_entries(ours.log, theirs.log)
    for child in theirs.issues:
        words = text_core(child.record.title)
        known = next((issue for issue in ours.issues if text_core(issue.record.title) == words), None)
        if known is None:
            ours.issues.append(child)
        else:
            merge_issue(known, child, doubts, earlier)


def _pairs(ours: ProposedIssue, theirs: ProposedIssue) -> dict[int, ProposedMeasure]:
    """The measure of ours with the same words, by the identity of theirs."""
    known = {words: measure for measure in reversed(ours.measures) if (words := text_core(measure.record.content))}
    found = ((id(measure), known.get(text_core(measure.record.content))) for measure in theirs.measures)
    return {identity: measure for identity, measure in found if measure is not None}


def _part(
    ours: ProposedIssue, theirs: ProposedIssue, told: Sequence[ProposedMeasure], rest: Sequence[ProposedMeasure]
) -> None:
    """What the second table says otherwise of the whole issue goes to the measures that it tells of."""
    for group in _OF_MEASURES:
        mine, other = _values(ours.record, group), _values(theirs.record, group)
        if mine == other or not any(other.values()):
            continue
        _give(told, group, other)
        theirs.record = replace(theirs.record, **_blank(group))
        if group == ("status",):  # that of the issue follows from all its measures
            _give(rest, group, mine)
            ours.record = replace(ours.record, **_blank(group))


def _give(measures: Iterable[ProposedMeasure], group: _Group, values: dict[str, Any]) -> None:
    for measure in measures:
        if not any(_values(measure.record, group).values()):
            measure.record = replace(measure.record, **values)


def _merge_measure(ours: ProposedMeasure, theirs: ProposedMeasure, doubts: list[PlanNote], earlier: str) -> None:
    before, later = ours.record.progress, theirs.record.progress
    if later and earlier and bare_text(before) != bare_text(later):
        ours.log.insert(0, LogEntry(uid=new_uid(), text=f"{earlier}：{later}"))  # months come the newest first
        theirs.record = replace(theirs.record, progress="")
    filled = _filled(ours.record, theirs.record, (*_OF_MEASURES, ("progress",)))
    if not earlier:
        name = f"措施“{clipped(ours.record.content, 20)}”"
        doubts += _differing(ours.record, theirs.record, (*_OF_MEASURES, ("progress",)), name, theirs.line)
    ours.record = replace(filled, note=_lines(ours.record.note, theirs.record.note))
    _add_entries(ours.log, theirs.log)


def _merge_record(
    ours: ProposedIssue, theirs: ProposedIssue, doubts: list[PlanNote], earlier: str, *, own: bool
) -> None:
    texts: tuple[_Group, ...] = tuple((name,) for name in _TEXTS)
    mine, other = ours.record, theirs.record
    if not earlier:
        name = f"问题“{clipped(mine.title, 20)}”"
        doubts += _differing(mine, other, (*_OF_MEASURES, *texts), name, theirs.line)
    closed = mine.closed and other.closed if own else mine.closed or other.closed
    filled = _filled(mine, other, (*_OF_MEASURES, *texts, ("track",)))
    others = {field.name: getattr(other, field.name) for field in fields(other) if field.name not in _TREATED
              and not getattr(filled, field.name)}  # fmt: skip
    lists = {name: tuple(dict.fromkeys((*getattr(mine, name), *getattr(other, name)))) for name in _LISTS}
    standing = mine.standing or other.standing
    ours.record = replace(
        filled, note=_lines(mine.note, other.note), closed=closed, standing=standing, **lists, **others
    )


def _differing(ours: R, theirs: R, groups: Iterable[_Group], name: str, line: int) -> list[PlanNote]:
    """What the second table says otherwise, a sentence each."""
    found: list[PlanNote] = []
    for field in (group[0] for group in groups):
        mine, other = getattr(ours, field), getattr(theirs, field)
        if mine and other and bare_text(str(mine)) != bare_text(str(other)):
            said, kept = value_text(other), value_text(mine)
            text = f"{name}的{field_name(type(ours), field)}两处不同：记为“{kept}”，另一处为“{said}”"
            found.append(PlanNote("differs", line, text))
    return found


def _filled(ours: R, theirs: R, groups: Iterable[_Group]) -> R:
    empty = [group for group in groups if not any(_values(ours, group).values())]
    return replace(ours, **{name: getattr(theirs, name) for group in empty for name in group})


def _values(record: Issue | Measure, group: _Group) -> dict[str, Any]:
    return {name: getattr(record, name) for name in group}


def _blank(group: _Group) -> dict[str, Any]:
    return _values(Measure(), group)


def _lines(ours: str, theirs: str) -> str:
    return "\n".join(dict.fromkeys(line for text in (ours, theirs) for line in text.split("\n") if line))


def _add_entries(ours: list[LogEntry], theirs: Iterable[LogEntry]) -> None:
    known = {(entry.entered_on, bare_text(entry.text)) for entry in ours}
    ours += [entry for entry in theirs if (entry.entered_on, bare_text(entry.text)) not in known]
