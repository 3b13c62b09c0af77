"""Everything that happened to one issue, in the order of its days: entries, chases, extensions, hand-overs, closing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from zhenggai_desktop.domain.deadlines import deadline_words
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import Extension, HandOver, Issue, Measure, Snapshot
from zhenggai_desktop.texts import INSPECTION_NAMES


@dataclass(frozen=True, slots=True)
class Event:
    """``day`` None is an unknown day and comes first. ``what`` is a word (“进展”, “催办”), ``text`` says the rest."""

    day: dt.date | None
    what: str
    text: str
    who: str = ""


def timeline(snapshot: Snapshot, outline: Outline, issue: Issue) -> tuple[Event, ...]:
    """The events of the issue, of its sub-issues and of all their measures; of one day in the order of the ledger."""
    issues = {found.id for found in outline.walk_below(issue)}
    measures = {measure.id: measure for found in outline.walk_below(issue) for measure in outline.measures_of(found)}
    events = [*_events(snapshot, issues, measures)]
    if snapshot.facts.feedback_date is not None:
        words = f"{INSPECTION_NAMES[snapshot.facts.kind]}组反馈意见"
        events.insert(0, Event(snapshot.facts.feedback_date, "反馈", words, snapshot.facts.team))
    return tuple(sorted(events, key=lambda event: event.day or dt.date.min))


def _extension_words(extension: Extension) -> str:
    old = deadline_words(extension.old_deadline, extension.old_due_on)
    new = deadline_words(extension.new_deadline, extension.new_due_on)
    moved = f"时限由“{old}”延至“{new}”" if old else f"时限延至“{new}”"
    told = (
        moved,
        extension.reason and f"理由：{extension.reason}",
        extension.approval and f"审批：{extension.approval}",
    )
    return "，".join(filter(None, told))


def _hand_over_words(change: HandOver) -> str:
    handed = f"责任人由{change.old_owner}变更为{change.new_owner}"
    return f"{handed}（{change.note}）" if change.note else handed


def _events(snapshot: Snapshot, issues: set[int], measures: dict[int, Measure]) -> Iterator[Event]:
    def own(row: object) -> bool:
        return getattr(row, "issue_id", None) in issues or getattr(row, "measure_id", None) in measures

    for entry in filter(own, snapshot.log_entries):
        yield Event(entry.entered_on, "进展", entry.text, entry.reporter)
    for chase in filter(own, snapshot.chases):
        yield Event(chase.chased_on, chase.kind or "催办", chase.text)
    for extension in filter(own, snapshot.extensions):
        yield Event(extension.decided_on, "延期", _extension_words(extension))
    for change in filter(own, snapshot.hand_overs):
        yield Event(change.handed_on, "交接", _hand_over_words(change))
    for measure in measures.values():
        if measure.completed_on is not None:
            yield Event(measure.completed_on, "完成", f"措施完成：{measure.content or measure.progress}")
    proven = {link.evidence_id for link in snapshot.evidence_links if own(link)}
    for evidence in snapshot.evidence:
        if evidence.id in proven and evidence.dated_on is not None:
            yield Event(evidence.dated_on, "佐证", evidence.title or evidence.file_name)
    for step in snapshot.closing_steps:
        if step.issue_id in issues:
            result = "" if step.opinion.startswith(step.result) else step.result  # 同意 is a usual opinion
            text = f"{step.step}：" + "，".join(filter(None, (result, step.opinion, step.document_number)))
            yield Event(step.taken_on, "销号", text, step.taken_by)
