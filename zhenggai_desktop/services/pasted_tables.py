"""Copied rows of a ledger table become issues with their measures, as the same table in a file would.

The header says what the columns hold where it was copied along; else what stands in them does.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.blocks import SourceCell, SourceTable
from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.domain.matching import text_core
from zhenggai_desktop.domain.plan import ProposedIssue, ProposedSection
from zhenggai_desktop.domain.records import Issue, Section
from zhenggai_desktop.domain.table_columns import Column, ColumnUse, Header, find_header
from zhenggai_desktop.domain.table_filling import Reading
from zhenggai_desktop.domain.table_reader import read_table
from zhenggai_desktop.errors import EditRefusedError
from zhenggai_desktop.services.cell_columns import are_statuses, is_deadline, is_number
from zhenggai_desktop.services.editing import placed_issue

if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger
    from zhenggai_desktop.storage.store import Writer

_SEARCHED = 20  # rows: a header stands near the top
_WIDEST = 1_000  # cells of a copied row: a ledger has some thirty columns
_SHORT = 12  # characters on average: shorter cells hold names, no sentences
_DEPARTMENT = re.compile(r".*(?:室|科|局|办|所|站|部|委|组|中心|队|会|院|校|社区|村|支部|公司)")
_PERSON = re.compile(r"[一-龥·]{2,4}")
_SEVERAL = re.compile(r"[、，,；;\s]+")


def names_issues(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the cells bring the header of a ledger table along that has a column of issues."""
    header = find_header(_table(rows[:_SEARCHED]))
    return header is not None and header.has(Column.ISSUE)


def paste_table(
    ledger: Ledger, section: RecordKey | None, rows: Sequence[Sequence[str]], *, today: dt.date
) -> list[RecordKey]:
    """The table's issues in ``section`` (None: at the root), in one step; those that it puts into a section of its own
    in that one. Gives the sections that are new and the issues on the highest level; nothing for rows without words.
    EditRefusedError for rows of more than a thousand cells.
    """
    if any(len(row) > _WIDEST for row in rows):
        raise EditRefusedError(f"复制的一行有超过{_WIDEST}个单元格，不像台账", "请只复制台账的那几列再粘贴")
    table = _table(rows)
    header = find_header(table) or _guessed(rows, today)
    content = read_table(table, header, Reading(feedback_date=ledger.snapshot.facts.feedback_date))
    sections = [found for found in content.sections if found.issues]
    if not sections:
        return []
    count = sum(len(found.issues) for found in sections)
    known = {text_core(record.title): (Section, record.id) for record in ledger.snapshot.sections}
    with ledger.step(f"粘贴{count}个问题") as writer:
        return [key for found in sections for key in _write(writer, found, section, known)]


def _write(
    writer: Writer, found: ProposedSection, chosen: RecordKey | None, known: dict[str, tuple[type[Section], int]]
) -> Iterator[RecordKey]:
    place = chosen
    if found.record is not None:
        place = known.get(text_core(found.record.title))
        if place is None:
            place = Section, writer.add(replace(found.record, id=0, position=0)).id
            yield place
    for issue in found.issues:
        yield Issue, _write_issue(writer, issue, place)


def _write_issue(writer: Writer, proposed: ProposedIssue, place: RecordKey | None) -> int:
    stored = writer.add(placed_issue(replace(proposed.record, id=0, position=0), place)).id
    records = writer.add_many(replace(one.record, id=0, position=0, issue_id=stored) for one in proposed.measures)
    told = zip(records, proposed.measures, strict=True)
    entries = [replace(entry, measure_id=record.id) for record, one in told for entry in one.log]
    writer.add_many([*entries, *(replace(entry, issue_id=stored) for entry in proposed.log)])
    for child in proposed.issues:
        _write_issue(writer, child, (Issue, stored))
    return stored


def _table(rows: Sequence[Sequence[str]]) -> SourceTable:
    """Copied cells as a reader of files gives them: a merged cell comes as its words and blank cells."""
    cells = (
        SourceCell(row, column, text, row + 1)
        for row, words in enumerate(rows)
        for column, text in enumerate(words)
        if text
    )
    return SourceTable(1, len(rows), len(rows), max(map(len, rows), default=0), tuple(cells))


def _guessed(rows: Sequence[Sequence[str]], today: dt.date) -> Header:
    """Columns without a header: numbers, deadlines and statuses are known by what they say, who answers by the names.
    The first column of other words is the issue; of the longer ones behind it one is the measure, the next the
    progress. What is left goes to the note."""
    telling = [row for row in rows if sum(map(bool, row)) > 1] or rows  # a name alone in its row is a section's
    width = max(map(len, rows), default=0)
    columns = [[row[at] for row in telling if at < len(row) and row[at]] for at in range(width)]
    found: list[Column] = []
    for cells in columns:
        free = (kind for kind in _kinds(cells, today, found) if kind not in found or kind is Column.NUMBER)
        found.append(next(free, Column.NOTE))
    return Header(0, 0, tuple(ColumnUse((kind,), "") for kind in found))


def _kinds(cells: Sequence[str], today: dt.date, found: Sequence[Column]) -> tuple[Column, ...]:
    """What a column may hold, the likeliest first; ``found`` are those to its left."""
    if not cells or all(map(is_number, cells)):
        return (Column.NUMBER,)
    if are_statuses(cells):
        return (Column.STATUS,)
    if all(is_deadline(cell, today) for cell in cells):
        return Column.DEADLINE, Column.COMPLETED
    if Column.ISSUE not in found:
        return (Column.SECTION if all(cell.endswith("方面") for cell in cells) else Column.ISSUE,)
    return _kinds_behind(cells)


def _kinds_behind(cells: Sequence[str]) -> tuple[Column, ...]:
    """What a column of words behind the issue may hold."""
    if sum(map(len, cells)) > _SHORT * len(cells):
        return Column.MEASURE, Column.PROGRESS
    names = [name for cell in cells for name in _SEVERAL.split(cell) if name]
    if all(map(_DEPARTMENT.fullmatch, names)):
        return Column.LEAD_DEPARTMENT, Column.SUPPORTING
    return (Column.OWNER,) if all(map(_PERSON.fullmatch, names)) else ()
