"""An answer under several labels (整改措施：… 整改成效：… 责任单位：… 整改时限：…) becomes the fields of its issue.

The notice prints the paragraphs as they stand; what stands behind each label goes to the field that it names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from zhenggai_desktop.domain.answer_labels import LabelKind, Segment, segments
from zhenggai_desktop.domain.answers import SplitAnswer, enumeration_doubt
from zhenggai_desktop.domain.cell_items import as_one, read_offices, read_people, split_items
from zhenggai_desktop.domain.deadlines import read_deadline
from zhenggai_desktop.domain.records import AnswerPlace, Issue
from zhenggai_desktop.domain.status_cells import read_status


def split_blocks(issue: Issue, paragraphs: Sequence[str], place: AnswerPlace) -> SplitAnswer | None:
    """The answer taken apart at its labels; None where it has but one, or none, of them."""
    found = segments(tuple(paragraphs))
    labelled = [segment for segment in found if segment.kind is not None]
    if len(labelled) < 2 and not (labelled and labelled[0].kind in _TELLING):
        return None
    for segment in labelled:
        issue = _told(issue, segment)
    answered = [s for s in found if s.kind in (LabelKind.ANSWER, None) and s.texts]
    if not answered:  # only what came of it is told
        answered = [s for s in labelled if s.kind is LabelKind.RESULT and s.texts]
    items = tuple(item for segment in answered for item in _items(segment))
    issue = replace(issue, public_text="\n".join(paragraphs), answer_place=place)
    return SplitAnswer(issue, items, enumeration_doubt(paragraphs))


_TELLING = (LabelKind.WORDING, LabelKind.GOAL)


def _items(segment: Segment) -> tuple[str, ...]:
    introduction, items = split_items(segment.texts)
    return (introduction, *items) if introduction and not introduction.endswith("：") else items


def _told(issue: Issue, segment: Segment) -> Issue:
    """The issue with the fields filled that the segment's label names; filled fields stay."""
    text = as_one(segment.texts) if segment.texts else ""
    read = _READERS.get(segment.kind) if segment.kind and text else None
    values = read(text) if read else {}
    return replace(issue, **{name: value for name, value in values.items() if not getattr(issue, name)})


def _words(text: str) -> str:
    return text.rstrip("。；")


def _status(text: str) -> dict[str, Any]:
    status, standing = read_status(_words(text))
    return {"status": status, "standing": standing}


def _lead(text: str) -> dict[str, Any]:
    first, *others = read_offices(_words(text)) or ("",)
    return {"lead_department": first, "supporting_departments": tuple(others)}


def _deadline(text: str) -> dict[str, Any]:
    read = read_deadline(_words(text))
    return {"deadline": read.text, "due_on": read.due_on, "track": read.track, "standing": read.standing}


_READERS: Mapping[LabelKind, Callable[[str], dict[str, Any]]] = {
    LabelKind.WORDING: lambda text: {"original_text": text},
    LabelKind.GOAL: lambda text: {"goal": text},
    LabelKind.RESULT: lambda text: {"note": f"取得成效：{text}"},
    LabelKind.STATUS: _status,
    LabelKind.LEADERS: lambda text: {"leaders": read_people(_words(text))},
    LabelKind.LEAD: _lead,
    LabelKind.SUPPORT: lambda text: {"supporting_departments": read_offices(_words(text))},
    LabelKind.OWNER: lambda text: {"owner": _words(text)},
    LabelKind.DEADLINE: _deadline,
}
"""What the text behind a label gives to the issue."""
