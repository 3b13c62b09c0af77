"""What the ledger has to say in the columns of somebody else's form."""

from __future__ import annotations

import itertools
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
_PART = re.compile(
    "未完成|未销号|未整改|未到位|尚未|已完成|已销号|线索|制度|案例|经验|立行立改|即知即改|边[巡查]边改|长期|限期|逾期|"
    "超期|延期|选人用人|意识形态|举一反三|自查|典型|难点|遗留|移交|信访|回头看|问责|处分|样[例表]|示例"
)
_OTHER_SUBJECT = re.compile("未.{0,6}(?:原因|理由)|制度|案例|线索|文号|延期")
_COUNTED = re.compile("[（(](?:个|项|条|件)[）)]$|[总个项条件]数$")


@dataclass(frozen=True, slots=True)
class FormList:
    """A table of a form that reads as a list. ``title`` is what names it beside itself: the tab of its sheet, or the
    paragraphs above a table of a document."""

    table: SourceTable
    header: Header
    title: str = ""


def lists_in(tables: Sequence[FormList | None]) -> tuple[int, ...]:
    """Which tables of a form are filled without a word, by their places: the first list, and each one behind it that is
    another list of the whole (问题清单, 任务清单, 责任清单) in which nothing stands yet. None is no list, nor is
    one whose captions count (反馈问题（个）) where there are others.

    Captions that stood before are the same list again, for a month or as an example: of these the first is filled in
    which nothing stands. Titles and captions that the first list has not may tell of a part (未完成问题清单,
    选人用人问题) or of something else (制度清单, 典型案例).
    """
    lists = {at: one for at, one in enumerate(tables) if one is not None}
    named = {at: one for at, one in lists.items() if not _counts(one.header)} or lists
    found: dict[tuple[str, ...], int] = {}
    parts = set[str]()
    for at, one in named.items():
        captions = tuple(use.caption for use in one.header.uses)
        if not found:
            parts = _parts(one)
            found[captions] = at
        elif _is_blank(one):
            same = named[found[captions]] if captions in found else None
            if _parts(one) <= parts if same is None else not _is_blank(same):
                found[captions] = at
    return tuple(sorted(found.values()))


def _counts(header: Header) -> bool:
    return any(_COUNTED.search(header.uses[at].caption) for at in _subjects(header))


def _subjects(header: Header) -> set[int]:
    """The places of the columns that hold issues or measures."""
    return {at for at, use in enumerate(header.uses) if set(use.columns) & set(_SUBJECTS)}


def _parts(one: FormList) -> set[str]:
    """Words by which a list says that not everything belongs into it."""
    above = (cell.text for cell in one.table.cells if cell.row < one.header.first_row)
    other = (use.caption for use in one.header.uses if set(use.columns) <= {Column.OTHER})
    return {*_PART.findall("\n".join((one.title, *above))), *_OTHER_SUBJECT.findall("\n".join(other))}


def _is_blank(one: FormList) -> bool:
    subjects = _subjects(one.header)
    first = [cell for cell in one.table.cells if cell.row == one.header.end_row and cell.text.strip()]
    words = [cell.text.strip() for cell in first]
    return len(words) < 2 or is_example(words) or not any(cell.column in subjects for cell in first)


def rows_standing(one: FormList) -> int:
    """How many rows of a list stand below the header already: somebody filled the form before."""
    if _is_blank(one):
        return 0
    subjects = _subjects(one.header)
    rows = {cell.row for cell in one.table.cells if cell.column in subjects and cell.text.strip()}
    return next(count for count, row in enumerate(itertools.count(one.header.end_row)) if row not in rows)


@dataclass(frozen=True, slots=True)
class FormLines:
    """Texts for each line and column of the form; ``merges`` are runs of lines that share a cell."""

    rows: tuple[tuple[str, ...], ...]
    merges: tuple[Merge, ...]
    empty: tuple[str, ...]  # captions of columns for which the ledger has nothing to say, or not yet


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
    silent = {at for at, keys in enumerate(known) if not keys}
    silent |= {at for at in range(len(uses)) if rows and at not in ticked and not any(row[at] for row in rows)}
    empty = tuple(use.caption for at, use in enumerate(uses) if use.caption and at in silent)
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
