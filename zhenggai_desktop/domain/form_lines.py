"""What the ledger has to say in the columns of somebody else's form."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zhenggai_desktop import texts
from zhenggai_desktop.domain.blocks import SourceTable
from zhenggai_desktop.domain.column_names import COLUMN_NAMES
from zhenggai_desktop.domain.ledger_table import LedgerTable, Merge, ledger_table
from zhenggai_desktop.domain.ledger_template import COLUMN_KEYS, Lines, Template, TemplateColumn
from zhenggai_desktop.domain.records import Snapshot, Status
from zhenggai_desktop.domain.status_cells import choice_words, is_choice, read_status
from zhenggai_desktop.domain.table_columns import Column, ColumnUse, Header

_KEYS: Mapping[Column, str] = {
    Column.NUMBER: "number", Column.SECTION: "section", Column.ISSUE: "issue", Column.DETAIL: "manifestation",
    Column.RECOMMENDATION: "recommendations", Column.GOAL: "goal", Column.MEASURE: "content",
    Column.LEADERS: "leaders", Column.LEAD_DEPARTMENT: "lead_department",
    Column.SUPPORTING: "supporting_departments", Column.OWNER: "owner", Column.TRACK: "track",
    Column.DEADLINE: "deadline", Column.PROGRESS: "progress", Column.STATUS: "status",
    Column.COMPLETED: "completed_on", Column.RESULT: "outcomes", Column.EVIDENCE: "evidence",
    Column.CLOSING: "closing", Column.NOTE: "note",
}  # fmt: skip
FILLING_NAMES: Mapping[Column, str] = {
    **{column: name for column, name in COLUMN_NAMES.items() if column in _KEYS},
    Column.OTHER: "不填",
}
"""What can stand in a column of a form, and ``OTHER`` for nothing: every other meaning leaves a column empty too."""
_BY_MEASURE = (Column.MEASURE, Column.PROGRESS, Column.STATUS, Column.OWNER, Column.COMPLETED)


_EXAMPLE = re.compile("[（(]?(?:填[写报])?[示样范]?例(?:子)?[）)]?[：:]?")


def is_example(words: Sequence[str]) -> bool:
    """True for the words of a form's row that shows how to fill it in (例 in front), or says …… alone."""
    if len(words) == 1:
        return not words[0].strip("….· ")
    return bool(words) and _EXAMPLE.fullmatch(words[0]) is not None


_SUBJECTS = (Column.ISSUE, Column.DETAIL, Column.MEASURE)
_COUNTED = re.compile("[（(](?:个|项|条|件)[）)]$|[总个项条件]数$")


def lists_in(tables: Sequence[tuple[SourceTable, Header] | None]) -> tuple[int, ...]:
    """Which tables of a form are filled without a word, by their places: the first list, and each one behind it that is
    another list (问题清单, 任务清单, 责任清单) in which nothing stands yet. None is no list.

    Captions that stood before are the same list again, for a month or as an example; captions that count
    (反馈问题（个）) are those of no list.
    """
    found: dict[tuple[str, ...], int] = {}
    for at, one in enumerate(tables):
        if one is None:
            continue
        captions = tuple(use.caption for use in one[1].uses)
        if not found or (captions not in found and _is_blank_list(*one)):
            found[captions] = at
    return tuple(found.values())


def _is_blank_list(table: SourceTable, header: Header) -> bool:
    subjects = {at for at, use in enumerate(header.uses) if set(use.columns) & set(_SUBJECTS)}
    if any(_COUNTED.search(header.uses[at].caption) for at in subjects):
        return False
    first = [cell for cell in table.cells if cell.row == header.end_row and cell.text.strip()]
    words = [cell.text.strip() for cell in first]
    return len(words) < 2 or is_example(words) or not any(cell.column in subjects for cell in first)


@dataclass(frozen=True, slots=True)
class FormLines:
    """Texts for each line and column of the form; ``merges`` are runs of lines that share a cell."""

    rows: tuple[tuple[str, ...], ...]
    merges: tuple[Merge, ...]
    empty: tuple[str, ...]  # captions of columns for which the ledger has nothing to say


def form_lines(snapshot: Snapshot, uses: Sequence[ColumnUse]) -> FormLines:
    """The lines of the form whose columns are used so: one for each measure where the form asks for measures."""
    measures = any(column in _BY_MEASURE for use in uses for column in use.columns)
    whole = Template("", "", Lines.MEASURES if measures else Lines.ISSUES,
                     tuple(TemplateColumn(key, key) for key in COLUMN_KEYS), gathered=True)  # fmt: skip
    table = ledger_table(snapshot, template=whole)
    has_details = any(Column.DETAIL in use.columns for use in uses)
    ticked = _ticks(uses)
    rows = tuple(
        tuple(
            _tick(table, row, ticked[at]) if at in ticked else _text(table, row, use, has_details=has_details)
            for at, use in enumerate(uses)
        )
        for row in range(len(table.rows))
    )
    known = [tuple(_KEYS[column] for column in use.columns if column in _KEYS) for use in uses]
    merges = tuple(
        Merge(at, merge.first, merge.last)
        for at, keys in enumerate(known)
        if len(keys) == 1
        for merge in table.merges
        if table.keys[merge.column] == ("number" if keys[0] == "issue" and not has_details else keys[0])
    )
    empty = tuple(use.caption for use, keys in zip(uses, known, strict=True) if use.caption and not keys)
    return FormLines(rows, merges, empty)


_TICK = "√"
_NOT_YET = re.compile("[未否]")
_FITTING: Mapping[Status, Sequence[Status]] = {
    Status.DONE: (Status.DONE,),
    Status.MOSTLY_DONE: (Status.MOSTLY_DONE, Status.IN_PROGRESS),
    Status.IN_PROGRESS: (Status.IN_PROGRESS,),
    Status.NOT_STARTED: (Status.NOT_STARTED,),
}


def _ticks(uses: Sequence[ColumnUse]) -> dict[int, frozenset[str]]:
    """Columns of which the one that fits is ticked, and the statuses for which each is: 已完成, 基本完成, 正在推进; or
    是, 否, where 否 is for everything that is not done. A form has several of them: one alone is written into."""
    captions = {at: choice_words(use.caption) for at, use in enumerate(uses) if use.column is Column.STATUS}
    captions = {at: words for at, words in captions.items() if is_choice(words)}
    if len(captions) < 2:
        return {}
    not_yet = [at for at, words in captions.items() if _NOT_YET.search(words)]
    found: dict[int, set[str]] = {at: set() for at in captions}
    for status, fitting in _FITTING.items():
        said = [
            at
            for one in fitting
            for at, words in captions.items()
            if at not in not_yet and read_status(words)[0] is one
        ]
        exact = [at for at in not_yet if read_status(captions[at])[0] is status is Status.NOT_STARTED]
        for at in [*exact, *said, *(not_yet if status is not Status.DONE else ())][:1]:
            found[at].add(texts.status_text(status))
    return {at: frozenset(names) for at, names in found.items()}


def _tick(table: LedgerTable, row: int, names: frozenset[str]) -> str:
    return _TICK if _value(table, row, "status") in names else ""


def _text(table: LedgerTable, row: int, use: ColumnUse, *, has_details: bool) -> str:
    """A cell's words. A form without a column for details has them below the issue."""
    parts: list[str] = []
    for column in use.columns:
        if column not in _KEYS:
            continue
        text = _value(table, row, _KEYS[column])
        if column is Column.ISSUE and not has_details:
            text = "\n".join(words for words in (text, _value(table, row, "manifestation")) if words)
        parts.append(text)
    return "/".join(filter(None, parts))


def _value(table: LedgerTable, row: int, key: str) -> str:
    value = table.rows[row].cells[table.keys.index(key)]
    if value is None:
        return ""
    return value if isinstance(value, str) else texts.value_text(value)
