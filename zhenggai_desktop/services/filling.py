"""Fills the empty fields of a record from an imported one and says which filled ones differ. Nothing is overwritten."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from typing import cast

from zhenggai_desktop.domain.matching import bare_text
from zhenggai_desktop.domain.records import Issue, LedgerFacts, Measure, Record
from zhenggai_desktop.texts import field_name, in_terms, value_text

Group = tuple[str, ...]  # fields that mean something together only: all are filled or none

SECTION_GROUPS: tuple[Group, ...] = (("printed_heading",), ("source",), ("introduction",))

#: What a measure takes from its issue, and an issue from the one above, where it has none of its own.
DUTY_GROUPS: tuple[Group, ...] = (
    ("deadline", "due_on"),
    ("leaders",),
    ("lead_department", "supporting_departments"),
    ("owner",),
)

ISSUE_GROUPS: tuple[Group, ...] = (
    ("original_text",),
    ("printed_heading", "printed_level"),
    ("recommendations",),
    ("goal",),
    ("track", "standing"),
    *DUTY_GROUPS,
    ("concentrated",),
    ("units",),
    ("answered_by",),
)

ANSWER_TEXTS: Group = ("answer_label", "answer_introduction", "answer_form", "answer_place", "public_text")

ANSWER_GROUP: Group = (*ANSWER_TEXTS, "status", "completed_on")

MEASURE_TEXTS: tuple[Group, ...] = (("content",), ("progress",))

CHAPTER_GROUPS: tuple[Group, ...] = (("printed_heading",), ("blocks",))

_TOGETHER: tuple[Group, ...] = (("scheme", "scheme_changes"), ("signature_organisation", "signature_date"))
_NOT_FACTS = {"id", "uid", "kind", *(name for group in _TOGETHER for name in group)}
FACT_GROUPS: tuple[Group, ...] = (
    *((fact.name,) for fact in fields(LedgerFacts) if fact.name not in _NOT_FACTS),
    *_TOGETHER,
)  # ``kind`` is never empty: whether the ledger has chosen it, only its records can tell

_CAPTION = re.compile(r"([^：，。；、]{1,12})：")
_SHOWN = 40  # characters of a differing value; the rest is seen in the ledger


@dataclass(slots=True)
class Filling:
    """``values`` are to be set; ``differing`` are sentences on what stays as the ledger has it, ``offered`` is what the
    source has there."""

    values: dict[str, object] = field(default_factory=dict[str, object])
    offered: dict[str, object] = field(default_factory=dict[str, object])
    differing: list[str] = field(default_factory=list[str])


def fill(ours: Record, theirs: Record, groups: Iterable[Group]) -> Filling:
    """What ``theirs`` adds to ``ours``, which is of the same type. A field at its default counts as empty."""
    blank = _blank(type(ours))
    filling = Filling()
    for group in groups:
        wanted = {name: theirs_value for name in group if (theirs_value := _of(theirs, name)) != _of(blank, name)}
        if is_empty(ours, group):
            filling.values.update(wanted)
        else:
            different = {name: value for name, value in wanted.items() if not same_value(_of(ours, name), value)}
            filling.differing += [difference(ours, name, value) for name, value in different.items()]
            filling.offered.update(different)
            if "deadline" in different:
                filling.offered["due_on"] = _of(theirs, "due_on")  # the day of the old words says nothing of the new
    return filling


def fill_note(filling: Filling, ours: Issue | Measure, note: str) -> None:
    """Adds to ``filling`` what ``note`` says beyond the note of ``ours``, line by line.

    A line is a gap filled where ours has none of its caption (佐证材料：…, or none at all); else the two differ, and
    what is offered has the source's lines in the place of those.
    """
    if not note:
        return
    kept = _lines(ours.note)
    new = _lines(notes_beyond(note, (ours.note,)))
    captions = {_caption(line) for line in kept}
    added = [line for line in new if _caption(line) not in captions]
    if added:
        filling.values["note"] = "\n".join([*kept, *added])
    other = [line for line in new if _caption(line) in captions]
    if not other:
        return
    theirs = {_caption(line) for line in other}
    same = set(map(_letters, _lines(note)))
    replaced = [line for line in kept if _caption(line) in theirs and _letters(line) not in same]
    filling.offered["note"] = "\n".join([*(line for line in kept if line not in replaced), *added, *other])
    caption = field_name(type(ours), "note")
    sentence = f"{caption}：台账为“{_short('；'.join(replaced))}”，来源为“{_short('；'.join(other))}”"
    filling.differing.append(sentence if replaced else f"{caption}：来源多出“{_short('；'.join(other))}”")


def notes_beyond(note: str, known: Iterable[str]) -> str:
    """The lines of ``note`` that none of the ``known`` notes has."""
    if not note:
        return ""
    there = {_letters(line) for other in known for line in _lines(other)}
    return "\n".join(line for line in _lines(note) if _letters(line) not in there)


def _lines(note: str) -> list[str]:
    return [line for line in note.split("\n") if line.strip()]


def _letters(line: str) -> str:
    return bare_text(line) or line.strip()


def _caption(line: str) -> str:
    match = _CAPTION.match(line)
    return match[1] if match else ""


def difference(ours: Record, name: str, theirs: object) -> str:
    """“整改时限：台账为“…”，来源为“…””"""
    kept, offered = _short(value_text(_of(ours, name))), _short(value_text(theirs))
    here = f"台账为“{kept}”" if kept else "台账未填"
    return f"{_caption_of(ours, name)}：{here}，来源为“{offered}”"


def edit(ours: Record, name: str, theirs: object) -> str:
    """“责任人：“王小明”改为“王晓明””"""
    before, after = _short(value_text(_of(ours, name))), _short(value_text(theirs))
    return f"{_caption_of(ours, name)}：“{before}”改为“{after}”"


def _caption_of(record: Record, name: str) -> str:
    """A field's caption; those of the ledger's facts are in its own term."""
    caption = field_name(type(record), name)
    return in_terms(caption, record.kind) if isinstance(record, LedgerFacts) else caption


def filled_names(record: Record, names: Iterable[str]) -> str:
    """The captions of fields of a record that were filled."""
    return "、".join(dict.fromkeys(_caption_of(record, name) for name in names))


@cache
def _blank(kind: type[Record]) -> Record:
    return kind()


def is_empty(record: Record, group: Group) -> bool:
    """True where all fields of the group are at their defaults."""
    blank = _blank(type(record))
    return all(_of(record, name) == _of(blank, name) for name in group)


def same_value(ours: object, theirs: object) -> bool:
    """Equal, texts compared by their letters and digits only."""
    if ours == theirs:
        return True
    if isinstance(ours, str) and isinstance(theirs, str):
        return bare_text(ours) == bare_text(theirs)
    if isinstance(ours, tuple) and isinstance(theirs, tuple):
        left, right = cast("Sequence[object]", ours), cast("Sequence[object]", theirs)
        return len(left) == len(right) and all(map(same_value, left, right))
    return False


def _of(record: Record, name: str) -> object:
    return cast("object", getattr(record, name))


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
