"""Words of a table, or of a paragraph that a document's template wrote, that are a record's field: taken into it.

The field must still hold the words as they went out, once; else a person decides, and nothing is taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from zhenggai_desktop.domain.blocks import Kind
from zhenggai_desktop.domain.change_kinds import ChangeKind
from zhenggai_desktop.domain.draft_text import DraftBlock, FieldSpan
from zhenggai_desktop.domain.records import Issue, Measure, PublicComment, Section, Snapshot
from zhenggai_desktop.domain.returned_changes import ReturnedChange
from zhenggai_desktop.domain.takes import SetValue, Take
from zhenggai_desktop.domain.text_diff import Edit, applied, moved_place

IN_TABLE = "表格里的文字，请在台账里修改"
FROM_TEMPLATE = "这里的文字由文书模板写成，不是台账里的原文，请在台账里修改"
CHANGED_SINCE = "台账里这一处导出后已改过，请在台账里核对修改"
FIELD_GONE = "台账里已经没有这一条"

Fielded = Mapping[tuple[str, str], Section | Issue | Measure | PublicComment]


def fielded(snapshot: Snapshot) -> Fielded:
    """Kind and uid → record, of the records whose fields stand in tables."""
    records = (*snapshot.sections, *snapshot.issues, *snapshot.measures, *snapshot.public_comments)
    return {(type(record).__name__.lower(), record.uid): record for record in records}


def reason_of_field(change: ReturnedChange, old: Sequence[DraftBlock], known: Fielded) -> str:
    """Why a change of such words cannot be taken; "" where it lies inside words that are a record's own."""
    elsewhere = IN_TABLE if any(block.kind is Kind.TABLE for block in old) else FROM_TEMPLATE
    if change.kind is not ChangeKind.REWORDED or len(old) != 1 or not change.edits:
        return elsewhere
    for edit in change.edits:
        span = _span_of(old[0], edit)
        if span is None:
            return elsewhere
        if (span.anchor.kind, span.anchor.uid) not in known:
            return FIELD_GONE
    return ""


def field_takes(
    chosen: Sequence[ReturnedChange], blocks: Sequence[DraftBlock], known: Fielded
) -> tuple[list[Take], list[str]]:
    """What the changes set, and why some cannot. A field that stands in several places takes the changes of each."""
    edits_at: dict[int, list[Edit]] = defaultdict(list)
    for change in chosen:
        if change.kind is ChangeKind.REWORDED and blocks[change.old[0]].fields:
            edits_at[change.old[0]] += change.edits
    values: dict[tuple[str, str, str], str] = {}
    reasons: list[str] = []
    for at, own in sorted(edits_at.items()):
        for span, before, after in _changed(blocks[at], sorted(own, key=lambda edit: edit.start)):
            key = span.anchor.kind, span.anchor.uid, span.name
            value = values.get(key, str(getattr(known[key[:2]], span.name)))
            left = value.replace(after, "") if before in after else value
            if value.count(before) == 1 == left.count(before):
                values[key] = value.replace(before, after)
            elif before in left or after not in value:
                reasons.append(CHANGED_SINCE)  # else it is set already, here or where the same words stand too
    return [
        SetValue((type(known[kind, uid]), uid), name, value, getattr(known[kind, uid], name))
        for (kind, uid, name), value in values.items()
        if value != getattr(known[kind, uid], name)
    ], reasons


def _changed(block: DraftBlock, edits: Sequence[Edit]) -> list[tuple[FieldSpan, str, str]]:
    """The fields that the edits alter, with their words before and now."""
    now, placed, shift = applied(block.text, edits), list[Edit](), 0
    for edit in edits:
        placed.append(replace(edit, at=edit.start + shift))  # where it stands in the text that has these alone
        shift += len(edit.text) - (edit.end - edit.start)
    altered = dict.fromkeys(span for edit in edits if (span := _span_of(block, edit)) is not None)
    return [
        (
            span,
            block.text[span.start : span.end],
            now[moved_place(placed, span.start) : moved_place(placed, span.end, after=True)],
        )
        for span in altered
    ]


def _span_of(block: DraftBlock, edit: Edit) -> FieldSpan | None:
    """The field inside which an edit lies; None where it touches other words."""
    return next((span for span in block.fields if span.start <= edit.start and edit.end <= span.end), None)
