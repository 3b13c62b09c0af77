"""Documents in which issues stand in tables: the text round the tables, and what the tables add to a plan.

A table without a ledger's header (a page laid out in a table, figures, a list of names) stays text: its paragraphs are
read in their order. Three lists of one document (问题清单, 任务清单, 责任清单) are three views of the same issues.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from zhenggai_desktop.domain.blocks import SourceDocument, SourceParagraph, SourceTable
from zhenggai_desktop.domain.continued_tables import ledger_tables
from zhenggai_desktop.domain.decimal_levels import with_decimal_levels
from zhenggai_desktop.domain.document_parts import ChapterLines, Parts
from zhenggai_desktop.domain.feedback_chapters import title_of
from zhenggai_desktop.domain.matching import text_core
from zhenggai_desktop.domain.plan import ImportPlan, PlanNote, ProposedIssue, ProposedSection
from zhenggai_desktop.domain.records import Chapter, ChapterRole, DocumentKind, new_uid
from zhenggai_desktop.domain.source_lines import REPORTS, Line, lines_of
from zhenggai_desktop.domain.table_columns import Column, Header
from zhenggai_desktop.domain.table_filling import Reading
from zhenggai_desktop.domain.table_merging import merge_issue
from zhenggai_desktop.domain.table_reader import TableContent, read_table
from zhenggai_desktop.domain.table_rows import rows_of
from zhenggai_desktop.domain.typography import core, normalise

_SECTION_NAME = re.compile(r"方面|问题|不(?:够|到位|力|严|强|足|实|高|深)|差距|薄弱|短板|弱化|缺失")


@dataclass(slots=True)
class LedgerTable:
    """A ledger table of a document; ``section`` is the heading above it where that names its section."""

    table: SourceTable
    header: Header
    section: str = ""
    chapter: Line | None = None


@dataclass(slots=True)
class TabledText:
    """A document's text without its ledger tables."""

    lines: list[Line]
    normalisations: list[PlanNote]
    leftovers: list[PlanNote] = field(default_factory=list[PlanNote])
    tables: list[LedgerTable] = field(default_factory=list[LedgerTable])


def text_and_tables(document: SourceDocument) -> TabledText:
    """The lines outside ledger tables, with the rows above a table's header (its title) among them."""
    tables = [LedgerTable(table, header) for table, header in ledger_tables(document)]
    if not tables:
        lines, notes = lines_of(document)
        return TabledText(with_decimal_levels(lines), notes)
    text = TabledText([], [], tables=tables)
    first = 0
    for ledger in [*tables, None]:
        last = ledger.table.first_line if ledger else None
        segment = [p for p in document.paragraphs if p.line >= first and (last is None or p.line < last)]
        segment += _above(ledger) if ledger else []
        remarks = document.remarks if ledger is None else ()
        lines, notes = lines_of(SourceDocument(document.name, tuple(segment), remarks))
        text.lines += lines
        text.normalisations += notes
        if ledger:
            first = ledger.table.last_line + 1
            text.leftovers += _outside_cells(document, ledger.table)
            text.normalisations += _cell_changes(ledger)
    return text


def _above(ledger: LedgerTable) -> list[SourceParagraph]:
    """The cells above a header as paragraphs: a title row is a title."""
    cells = sorted({cell for cell in ledger.table.cells if cell.row < ledger.header.first_row},
                   key=lambda cell: (cell.row, cell.column))  # fmt: skip
    wide = max(2, ledger.table.columns // 2)
    return [
        SourceParagraph(cell.line, text, centred=cell.column_span >= wide)
        for cell in cells
        for text in cell.text.split("\n")
        if text.strip()
    ]


def _outside_cells(document: SourceDocument, table: SourceTable) -> list[PlanNote]:
    """Paragraphs inside the table that are in none of its cells' words: text boxes, tables within cells."""
    words = "".join(core(cell.text) for cell in table.cells)
    return [
        PlanNote("in_table", paragraph.line, paragraph.text.strip())
        for paragraph in document.paragraphs
        if table.first_line <= paragraph.line <= table.last_line and core(paragraph.text) not in words
    ]


def _cell_changes(ledger: LedgerTable) -> list[PlanNote]:
    notes: dict[PlanNote, None] = {}
    for cell in ledger.table.cells:
        if cell.row >= ledger.header.end_row:
            for line in cell.text.split("\n"):
                notes |= {PlanNote(change.value, cell.line, REPORTS[change]): None for change in normalise(line)[1]}
    return list(notes)


# --- which document it is, and where the tables stand in it


def tabled_kind(tables: Sequence[LedgerTable], told: DocumentKind) -> DocumentKind:
    """A ledger where the tables plan measures and the text is no notice; else what the text says."""
    planned = any(t.header.has(Column.MEASURE, Column.OWNER, Column.DEADLINE, Column.LEADERS) for t in tables)
    progressed = any(map(_tells_progress, tables))
    if told is DocumentKind.NOTICE and progressed:
        return DocumentKind.NOTICE
    if planned:
        return DocumentKind.WORKBOOK
    return DocumentKind.NOTICE if progressed else DocumentKind.FEEDBACK


def _tells_progress(ledger: LedgerTable) -> bool:
    """True for a table with words in a column of progress; one that waits to be filled says nothing."""
    told = (Column.PROGRESS, Column.STATUS, Column.MONTH)
    places = {at for at, use in enumerate(ledger.header.uses) if any(column in told for column in use.columns)}
    cells = (cell for cell in ledger.table.cells if cell.row >= ledger.header.end_row)
    return any(cell.column in places and cell.text.strip() for cell in cells)


def place_tables(parts: Parts, tables: Sequence[LedgerTable]) -> None:
    """Give each table its chapter and section, and part what stands below a table from the chapter above it."""
    for ledger in tables:
        at = _chapter_of(parts, ledger.table.first_line)
        if at is None:
            continue
        if not _names_its_sections(ledger) and _take_section(parts.chapters[at], ledger, several=len(tables) > 1):
            del parts.chapters[at]
            continue
        chapter = parts.chapters[at]
        ledger.chapter = chapter.heading
        below = [line for line in chapter.lines if line.number > ledger.table.last_line]
        if below:
            chapter.lines = [line for line in chapter.lines if line.number <= ledger.table.last_line]
            parts.chapters.insert(at + 1, ChapterLines(None, below))


def _chapter_of(parts: Parts, line: int) -> int | None:
    """The chapter in which a table stands; one below the date is enclosed for the last chapter that speaks of 问题."""
    if parts.date is None or line < parts.date.number:
        return _chapter_before(parts, line)
    speaking = (i for i, chapter in enumerate(parts.chapters) if "问题" in title_of(chapter))
    return max(speaking, default=_chapter_before(parts, line))


def _chapter_before(parts: Parts, line: int) -> int | None:
    return max((i for i, chapter in enumerate(parts.chapters) if _first_line(chapter) < line), default=None)


def _first_line(chapter: ChapterLines) -> int:
    return chapter.heading.number if chapter.heading else chapter.lines[0].number


def _names_its_sections(ledger: LedgerTable) -> bool:
    found = rows_of(ledger.table, ledger.header)
    return ledger.header.has(Column.SECTION) or any(not hasattr(row, "cells") for row in found.rows)


def _take_section(chapter: ChapterLines, ledger: LedgerTable, *, several: bool) -> bool:
    """The numbered line right above a table names its section: （一）…方面, or 一、…方面 where several tables stand so.

    True where the chapter was nothing but such a heading.
    """
    last = next((line for line in reversed(chapter.lines) if line.number < ledger.table.first_line), None)
    if last is not None:
        if last.mark and "。" not in last.text:
            ledger.section = last.text
            chapter.lines = [line for line in chapter.lines if line is not last]
        return False
    heading = chapter.heading
    if several and heading and heading.mark and _SECTION_NAME.search(heading.body):
        ledger.section = heading.text
        return not chapter.lines
    return False


# --- what the tables say, added to the plan


def add_tables(plan: ImportPlan, tables: Sequence[LedgerTable]) -> None:
    """Read the tables and add what they say; the chapters in which they stand become chapters of issues."""
    reading = Reading(plan.facts.feedback_date, told=plan.document is DocumentKind.NOTICE)
    texts_have_issues = any(True for _ in plan.issues())
    for ledger in tables:
        chapter_id = _issue_chapter(plan, ledger)
        content = read_table(ledger.table, ledger.header, reading, ledger.section)
        if texts_have_issues:
            line = ledger.table.first_line
            plan.doubts.append(PlanNote("table_and_text", line, "正文和表格都列有问题，题目相同的已合并，请核对"))
        for section in content.sections:
            if section.record is not None and chapter_id is not None:
                section.record = replace(section.record, chapter_id=chapter_id)
        plan.doubts += add_content(plan, content)


def _issue_chapter(plan: ImportPlan, ledger: LedgerTable) -> int | None:
    """Make the table's chapter one of issues; its id where it is not the first such chapter."""
    first = next((chapter for chapter in plan.chapters if chapter.role is ChapterRole.ISSUES), None)
    title = ledger.chapter.body if ledger.chapter else None
    at = next((i for i, chapter in enumerate(plan.chapters) if title is not None and chapter.title == title), None)
    if at is None:
        if first is None:
            lead = sum(chapter.role is ChapterRole.LEAD for chapter in plan.chapters)
            number = 1 + max((chapter.id for chapter in plan.chapters), default=0)
            plan.chapters.insert(lead, Chapter(number, new_uid(), document=plan.document, role=ChapterRole.ISSUES))
        return None
    plan.chapters[at] = replace(plan.chapters[at], role=ChapterRole.ISSUES)
    return plan.chapters[at].id if first is not None and first.id != plan.chapters[at].id else None


def add_content(
    plan: ImportPlan, content: TableContent, earlier: str = "", *, among: Iterable[ProposedIssue] | None = None
) -> list[PlanNote]:
    """Add what a table says to the plan; issues that are in it already are filled, not repeated. ``among`` are those
    that the table's may be, all of the plan without it. ``earlier`` names an older state of the same ledger. Gives the
    doubts on what is said in two ways."""
    doubts: list[PlanNote] = []
    plan.doubts += content.doubts
    plan.leftovers += content.leftovers
    plan.normalisations += content.normalisations
    known: dict[str, list[ProposedIssue]] = {}
    for issue in plan.issues() if among is None else among:
        known.setdefault(text_core(issue.record.title), []).append(issue)
    numbered = _by_number(plan)
    before = list(plan.sections)
    for section in content.sections:
        target = _same_section(before, section)
        for issue in section.issues:
            existing = _the_same(issue, known) or _referred(issue, numbered, bare=content.refers)
            if existing is not None:
                merge_issue(existing, issue, doubts, earlier)
            else:
                target.issues.append(issue)
        if target.issues and not any(target is other for other in before):
            plan.sections.append(target)
    return doubts


_REFERENCE = re.compile(r"(?:反馈)?(?:问题)?第?(\d{1,3}(?:[-—.]\d{1,2})?)[项条号]?")  # 1, 问题3, 第2项, 1-2


def _by_number(plan: ImportPlan) -> dict[str, ProposedIssue]:
    """The issues with a title by numbers that only one of them has."""
    issues = [issue for section in plan.sections for issue in section.issues if issue.record.title]
    numbers = Counter(number for issue in issues if (number := _bare(issue)))
    return {number: issue for issue in issues if numbers[number := _bare(issue)] == 1}


def _bare(issue: ProposedIssue) -> str:
    return issue.number.strip("、.．（）()：: ").removeprefix("问题")


def _the_same(issue: ProposedIssue, known: Mapping[str, Sequence[ProposedIssue]]) -> ProposedIssue | None:
    """The issue of that title; of several that of the same office, else the last."""
    titled = known.get(text_core(issue.record.title), ()) if issue.record.title else ()
    office = issue.record.lead_department
    alike = (one for one in titled if office and office in one.record.lead_department)
    return next(alike, titled[-1] if titled else None)


def _referred(issue: ProposedIssue, numbered: dict[str, ProposedIssue], *, bare: bool) -> ProposedIssue | None:
    """The issue to which a row refers that names only its number: 问题3, or 3 (``bare``) where a caption says that it
    does (对应问题序号)."""
    title = issue.record.title.strip()
    reference = _REFERENCE.fullmatch(title) if bare or not title.isdecimal() else None
    existing = numbered.get(reference[1]) if reference else None
    if existing is not None:
        issue.record = replace(issue.record, title=existing.record.title)
    return existing


def _same_section(sections: Sequence[ProposedSection], section: ProposedSection) -> ProposedSection:
    """The section of that name among those of the plan, else a new one of the same record without its issues."""
    record = section.record
    for other in sections:
        if record is None or other.record is None:
            if record is other.record:
                return other
        elif text_core(other.record.title) == text_core(record.title):
            return other
    return ProposedSection(record, section.line)
