"""A ledger table becomes sections and issues: the core for tables in documents and for sheets alike.

Merged and blank cells of 方面 and 问题 mean the row above; rows that stand alone across the table name a section. An
issue's details (具体表现) are sub-issues where there are several, else its own words below the title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from zhenggai_desktop.domain.blocks import SourceCell, SourceTable
from zhenggai_desktop.domain.cell_items import as_one, paragraphs_of, plain, split_items
from zhenggai_desktop.domain.counted_titles import count_doubts, count_note, counted_title
from zhenggai_desktop.domain.heading_forms import sentence_end
from zhenggai_desktop.domain.matching import text_core
from zhenggai_desktop.domain.month_columns import month_ends
from zhenggai_desktop.domain.numbering import MarkKind, leading_mark
from zhenggai_desktop.domain.plan import PlanNote, ProposedIssue, ProposedSection
from zhenggai_desktop.domain.records import Issue, Section, new_uid
from zhenggai_desktop.domain.same_titles import Titles
from zhenggai_desktop.domain.shown_columns import shown_header
from zhenggai_desktop.domain.stacked_tables import stacked, words_of
from zhenggai_desktop.domain.status_cells import read_status, says_no_more
from zhenggai_desktop.domain.table_columns import Column, Header
from zhenggai_desktop.domain.table_filling import Filler, Reading
from zhenggai_desktop.domain.table_rows import DataRow, TableRows, one_line, rows_of

_REFERS = re.compile("对应|序号|编号")
_LONGEST_NUMBER = 8  # digits of an issue's number
_ALIKE = 4  # characters in which the names of sections end alike


@dataclass(slots=True)
class TableContent:
    """What one table says; ``before`` are the cells above its header, title rows and the like."""

    sections: list[ProposedSection] = field(default_factory=list[ProposedSection])
    before: list[SourceCell] = field(default_factory=list[SourceCell])
    doubts: list[PlanNote] = field(default_factory=list[PlanNote])
    leftovers: list[PlanNote] = field(default_factory=list[PlanNote])
    normalisations: list[PlanNote] = field(default_factory=list[PlanNote])
    refers: bool = False  # its issues are numbers of those of another table (对应问题序号)


@dataclass(slots=True)
class _Group:
    """The rows of one issue and the section in which they stand."""

    section: ProposedSection
    cell: SourceCell | None
    rows: list[DataRow] = field(default_factory=list[DataRow])


def read_table(table: SourceTable, header: Header, reading: Reading, section: str = "") -> TableContent:
    """Everything that the table says. ``section`` names the section of rows that name none, "" for none."""
    whole = TableContent(refers=any(use.column is Column.ISSUE and _REFERS.search(use.caption) for use in header.uses))
    for part in stacked(table, header):
        if part.header is None:
            whole.leftovers += [PlanNote("other_table", line, words) for line, words in words_of(part.table)]
            continue
        going_on = _last_title(whole) if part.header.first_row == 0 and part.header.has(Column.SECTION) else ""
        found = _TableReader(part.table, part.header, reading, part.section or going_on or section).read()
        if part.header is header:
            whole.before = found.before
        else:
            whole.leftovers += [PlanNote("title", cell.line, cell.text) for cell in found.before]
        if going_on and found.sections:
            whole.sections[-1].issues += found.sections.pop(0).issues
        whole.sections += found.sections
        whole.doubts += found.doubts
        whole.leftovers += found.leftovers
        whole.normalisations += found.normalisations
    return whole


def _last_title(content: TableContent) -> str:
    """The name of the section with which a table ends: below the same columns it goes on."""
    record = content.sections[-1].record if content.sections else None
    return record.title if record else ""


class _TableReader:
    def __init__(self, table: SourceTable, header: Header, reading: Reading, section: str) -> None:
        self._table = table
        self._rows = rows_of(table, header)
        self._header = shown_header(header, self._rows)
        if self._header is not header:
            self._rows = rows_of(table, self._header)
        dates, said = month_ends(table, self._header)
        self._reading = replace(reading, month_ends=dates)
        self._content = TableContent()
        if said:
            self._content.doubts.append(PlanNote("month", table.first_line + header.first_row, said))
        self._by_core: dict[str, ProposedSection] = {}
        self._said: list[tuple[ProposedSection, int]] = []  # how many issues a section's title speaks of
        self._section = self._named(section, 0) if section else self._section_above()
        self._section_cell: SourceCell | None = None
        self._merged = {column for column in (Column.SECTION, Column.ISSUE, Column.DETAIL) if self._has_merges(column)}

    def read(self) -> TableContent:
        found = self._rows
        self._content.before = found.before
        self._content.leftovers = [PlanNote(code, line, text) for code, line, text in found.left_over]
        if not self._header.has(Column.STATUS) and not self._reading.told:
            _see_statuses(found)
        self._titles = Titles(self._header, found.rows)
        groups = list(self._groups(found))
        self._reading = replace(self._reading, repeating=_repeating(groups))
        for group in groups:
            self._issue(group)
        self._doubt_numbers()
        empty = (s for s in self._content.sections if s.record and s.line and not s.issues)
        self._content.leftovers += [PlanNote("remark", s.line, s.record.title) for s in empty if s.record]
        for section, count in self._said:
            title = section.record.title if section.record else ""
            self._content.doubts += count_doubts(title, count, section.line, section.issues)
        return self._content

    def _section_above(self) -> ProposedSection | None:
        """The section that a heading names above the header, where headings among the rows go on from it."""
        heading = self._rows.before[-1] if self._rows.before else None
        below = next((row for row in self._rows.rows if isinstance(row, SourceCell)), None)
        if heading is None or below is None:
            return None
        mark, second = leading_mark(plain(one_line(heading.text))), leading_mark(plain(one_line(below.text)))
        if mark is None or second is None:
            if mark or second or self._rows.rows[0] is below or not _called_alike(heading, below):
                return None
        elif mark.family != second.family or (mark.number, second.number) != (1, 2):
            return None
        self._rows.before.pop()
        return self._named(one_line(heading.text), heading.line)

    def _has_merges(self, column: Column) -> bool:
        places = {at for at, use in enumerate(self._header.uses) if use.column is column}
        return any(cell.column in places and cell.row_span > 1 for cell in self._table.cells
                   if cell.row >= self._header.end_row)  # fmt: skip

    # --- rows to issues

    def _groups(self, found: TableRows) -> Iterator[_Group]:
        group: _Group | None = None
        for row in found.rows:
            if isinstance(row, SourceCell):
                if group:
                    yield group
                group = None
                self._section = self._named(one_line(row.text), row.line)
                continue
            begins = self._new_section(row)
            cell = row.cell(Column.ISSUE)
            if group is None or begins or self._begins(Column.ISSUE, group.cell, cell) or self._alike(group, row):
                if group:
                    yield group
                group = _Group(self._current(), cell)
            elif group.cell is None:
                group.cell = cell
            group.rows.append(row)
        if group:
            yield group

    def _new_section(self, row: DataRow) -> bool:
        cell = row.cell(Column.SECTION)
        if not self._begins(Column.SECTION, self._section_cell, cell):
            return False
        assert cell is not None  # a section begins with its words
        self._section_cell = cell
        self._section = self._named(as_one(paragraphs_of(cell.text)), cell.line, apart=Column.SECTION in self._merged)
        return True

    def _begins(self, column: Column, before: SourceCell | None, cell: SourceCell | None) -> bool:
        """True where ``cell`` begins a new thing: another cell in a merged column, else other words."""
        if cell is None or before is None:
            return cell is not None
        if cell == before:
            return False
        return column in self._merged or plain(cell.text) != plain(before.text)

    def _alike(self, group: _Group, row: DataRow) -> bool:
        """True for a row of the same title that is an issue of its own."""
        same = row.cell(Column.ISSUE) not in (None, group.cell)
        return same and self._titles.apart(group.rows[0], row)

    def _named(self, text: str, line: int, *, apart: bool = False) -> ProposedSection:
        """The section with this name, which may be named again further below; ``apart`` makes each a section."""
        words = plain(text)
        mark = leading_mark(words)
        printed = (words.removeprefix(mark.text) if mark else words).rstrip("。：；")
        title, count = counted_title(printed)
        core = text_core(title)
        if apart or core not in self._by_core:
            self._by_core[core] = ProposedSection(Section(uid=new_uid(), title=title), line)
            self._content.sections.append(self._by_core[core])
            if count:
                self._said.append((self._by_core[core], count))
                self._content.normalisations.append(count_note(printed, line))
        return self._by_core[core]

    def _current(self) -> ProposedSection:
        """The section named last; one without a name in front of the first."""
        if self._section is None:
            self._section = ProposedSection(None)
            self._content.sections.append(self._section)
        return self._section

    # --- one issue

    def _issue(self, group: _Group) -> None:
        proposed = self._titled(group)
        group.section.issues.append(proposed)
        details = self._details(group)
        if len(details) > 1 or (details and leading_mark(plain(one_line(details[0][0].text)))):
            self._sub_issues(proposed, group, details)
            return
        for cell, _ in details:
            self._add_words(proposed, paragraphs_of(cell.text))
        self._fill(proposed, group.rows)

    def _titled(self, group: _Group) -> ProposedIssue:
        number = group.rows[0].cell(Column.NUMBER)
        printed = plain(one_line(number.text)) if number else ""
        if group.cell is None:
            line = group.rows[0].line
            self._content.doubts.append(PlanNote("row_without_issue", line, "这一行没有写问题，请核对归属"))
            return ProposedIssue(Issue(uid=new_uid()), line, printed)
        return _from_words(paragraphs_of(group.cell.text), group.cell.line, printed)

    def _details(self, group: _Group) -> list[tuple[SourceCell, list[DataRow]]]:
        """The cells of 具体表现 with their rows; rows in front of the first belong to none."""
        details: list[tuple[SourceCell, list[DataRow]]] = []
        for row in group.rows:
            cell = row.cell(Column.DETAIL)
            if self._begins(Column.DETAIL, details[-1][0] if details else None, cell) and cell is not None:
                details.append((cell, []))
            if details:
                details[-1][1].append(row)
        return details

    def _sub_issues(
        self, proposed: ProposedIssue, group: _Group, details: Sequence[tuple[SourceCell, list[DataRow]]]
    ) -> None:
        """Each detail takes what stands beside it alone; what stands beside several belongs to the issue."""
        own = {row.index: at for at, (_, rows) in enumerate(details) for row in rows}
        spread = _spread(group.rows, own)
        if len(details) == 1:  # one cell that lists several: what stands beside it cannot be told apart
            cell, rows = details[0]
            introduction, items = split_items(paragraphs_of(cell.text))
            if len(items) > 1:
                if introduction:
                    self._add_words(proposed, [introduction])
                proposed.issues += [_from_words([item], cell.line, "") for item in items]
                self._fill(proposed, group.rows)
                return
        self._fill(proposed, [_only(row, spread, shared=True) for row in group.rows])
        for cell, rows in details:
            child = _from_words(paragraphs_of(cell.text), cell.line, "")
            proposed.issues.append(child)
            self._fill(child, [_only(row, spread, shared=False) for row in rows])

    def _fill(self, proposed: ProposedIssue, rows: Sequence[DataRow]) -> None:
        Filler(proposed, rows, self._reading, self._content.doubts).fill()

    def _add_words(self, proposed: ProposedIssue, paragraphs: Sequence[str]) -> None:
        words = [text for text in (proposed.record.original_text, *paragraphs) if text]
        proposed.record = proposed.record.changed({"original_text": "\n".join(words)})

    # --- doubts

    def _doubt_numbers(self) -> None:
        """Numbers of issues that skip or repeat; a list may begin anew in each section."""
        before, numbers_rows = 0, self._numbers_rows()
        for section in self._content.sections:
            for issue in section.issues:
                number = int(issue.number) if issue.number.isdecimal() and len(issue.number) <= _LONGEST_NUMBER else 0
                follows = number > before if numbers_rows else number == before + 1
                if number and before and number != 1 and not follows:
                    text = f"序号“{number}”接在“{before}”之后，编号不连续"
                    self._content.doubts.append(PlanNote("number", issue.line, text))
                before = max(number, before) if numbers_rows else number

    def _numbers_rows(self) -> bool:
        """True where the number column counts rows, not issues."""
        return Column.ISSUE in self._merged and not any(
            self._header.uses[cell.column].column is Column.NUMBER and cell.row_span > 1 for cell in self._table.cells
        )


def _from_words(paragraphs: Sequence[str], line: int, number: str) -> ProposedIssue:
    """An issue from a cell's words: the first sentence is the title, numbered lines below it are sub-issues."""
    marks = [mark for text in paragraphs if (mark := leading_mark(text)) and mark.kind is not MarkKind.SAY]
    if len(marks) > 1 or (marks and leading_mark(paragraphs[0]) is None):
        introduction, items = split_items(paragraphs)
        if not introduction:
            titles = [_sentence(item)[0] for item in items]
            whole = ProposedIssue(Issue(uid=new_uid(), title="；".join(titles)), line, number)
            whole.issues = [_from_words([item], line, "") for item in items]
            for child in whole.issues:
                child.record = replace(child.record, printed_level=0)
            return whole
        whole = _from_words([introduction], line, number)
        whole.issues = [_from_words([item], line, "") for item in items]
        return whole
    first, *rest = paragraphs or [""]
    mark = leading_mark(first)
    body = first.removeprefix(mark.text) if mark else first
    title, behind = _sentence(body)
    record = Issue(uid=new_uid(), title=title, original_text="\n".join(text for text in (behind, *rest) if text))
    return ProposedIssue(record, line, number or (mark.text if mark else ""))


def _sentence(text: str) -> tuple[str, str]:
    end = sentence_end(text)
    if not end:
        return text.rstrip("：；"), ""
    return text[: end - 1] or text, text[end:]


def _spread(rows: Sequence[DataRow], own: dict[int, int]) -> dict[SourceCell, set[int]]:
    """For every cell the details beside which it stands; -1 for rows that belong to none."""
    spread: dict[SourceCell, set[int]] = {}
    for row in rows:
        beside = own.get(row.index, -1)
        for cell in (*(cell for cells in row.cells.values() for cell in cells), *(cell for _, cell in row.others)):
            spread.setdefault(cell, set()).add(beside)
    return spread


def _only(row: DataRow, spread: dict[SourceCell, set[int]], *, shared: bool) -> DataRow:
    """The row with the cells that stand beside several details (or none), or with the others."""

    def wanted(cell: SourceCell) -> bool:
        return (len(spread[cell]) > 1 or -1 in spread[cell]) is shared

    cells = {column: kept for column, found in row.cells.items() if (kept := tuple(filter(wanted, found)))}
    return replace(row, cells=cells, others=tuple(pair for pair in row.others if wanted(pair[1])))


def _repeating(groups: Sequence[_Group]) -> frozenset[Column]:
    """The columns that say something in the first row of an issue alone, wherever an issue has several rows."""
    said: set[Column] = set()
    repeated: set[Column] = set()
    for group in groups:
        for at, row in enumerate(group.rows):
            own = {column for column, cells in row.cells.items() if cells[0].row == row.index}
            (repeated if at else said).update(own)
    return frozenset(said - repeated)


def _called_alike(one: SourceCell, other: SourceCell) -> bool:
    """True for names of sections that end alike: 第四巡察组反馈问题（共2个） and 第六巡察组反馈问题（共1个）."""
    first, second = (counted_title(plain(one_line(cell.text)))[0] for cell in (one, other))
    return first != second and first[-_ALIKE:] == second[-_ALIKE:]


def _see_statuses(found: TableRows) -> None:
    """A cell of progress that says 已完成 and no more is the row's status too, where no column tells it."""
    for row in found.rows:
        if isinstance(row, DataRow):
            told = row.cells.get(Column.PROGRESS, ())
            if len(told) == 1 and says_no_more(told[0].text) and read_status(told[0].text)[0] is not None:
                row.cells[Column.STATUS] = told
