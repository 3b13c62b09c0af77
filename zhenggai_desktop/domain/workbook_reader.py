"""Any office's workbook understood: which sheets hold the ledger, what its columns mean, what it says (domain.md §5).

A workbook that this program wrote with its data is read back record by record; any other one by the words of its header
and its cells. What is not sure is a doubt with the row of the sheet.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import pairwise

from zhenggai_desktop.domain.blocks import SourceTable
from zhenggai_desktop.domain.collector import no_garbage_collection
from zhenggai_desktop.domain.continued_cells import with_whole_cells
from zhenggai_desktop.domain.data_table import filled, is_data, numbers_in, read_data
from zhenggai_desktop.domain.edited_cells import with_edits
from zhenggai_desktop.domain.edited_sheets import edited_ledger, edited_lists
from zhenggai_desktop.domain.facts_reader import parse_date
from zhenggai_desktop.domain.issue_forms import form_as_list
from zhenggai_desktop.domain.ledger_template import WHOLE
from zhenggai_desktop.domain.matching import text_core
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.plan import ImportPlan, PlanNote, ProposedIssue, ProposedMeasure, ProposedSection
from zhenggai_desktop.domain.portable import whole_snapshot
from zhenggai_desktop.domain.records import DocumentKind, InspectionKind, Issue, LedgerFacts, Snapshot
from zhenggai_desktop.domain.sheets import Sheet, Workbook, as_table
from zhenggai_desktop.domain.table_columns import Column, ColumnUse, Header, find_header, headers_near_top
from zhenggai_desktop.domain.table_filling import Reading
from zhenggai_desktop.domain.table_reader import TableContent, read_table
from zhenggai_desktop.domain.tabled import add_content
from zhenggai_desktop.domain.waiting_deadlines import note_waiting
from zhenggai_desktop.errors import SourceFormatError

Chosen = Mapping[str, Mapping[str, Column]]
"""By the shape of a form (``shape_of``): what its captions (``caption_keys``) mean by the user's own word.

What stands under ``ANY_SHAPE`` holds for every form, before what is said of its shape.
"""
ANY_SHAPE = ""

_TEAM = re.compile(r"(?:[省市区县州盟旗]委|党组)?第?[一二三四五六七八九十\d]{1,3}(?:专项|提级|交叉)?(巡察|巡视)组")
_UNIT = re.compile(r"(?:填报|责任|被巡察|整改|单位)(?:单位|党组织|名称)[（(]?(?:盖章)?[）)]?(?:[：:]\s*(.*)|$)")
_FEEDBACK = re.compile(r"反馈(?:时间|日期)[：:]\s*(.*)")
_MONTH_SHEET = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])月(?!\d)")
_OFFICE_SHEET = re.compile(
    "(?!.*(?:[全干内]部|农村|[省市区县州]委)$)[一-龥]{1,12}(?:办|办公室|科|所|室|局|部|站|委|中心|服务队|大队|社区|村|支部|公司|处)"
)
_BODY_SHEET = re.compile(
    ".{2,20}(?:村|社区|居委会|党?支部|党总支|党委|学校|小学|中学|幼儿园|医院|卫生院|公司|厂|镇|乡|街道)"
)
_SECTION_SHEET = re.compile(r"方面|领导|建设|监督|责任|队伍|部署")


@dataclass(frozen=True, slots=True)
class LedgerSheet:
    """A sheet that holds a ledger. ``shape`` is the same for all files of one form: what the user says of its columns
    is remembered by it."""

    sheet: Sheet
    table: SourceTable
    header: Header

    @property
    def shape(self) -> str:
        return shape_of(self.header)


def shape_of(header: Header) -> str:
    """What all files of one form have in common: the words of their header."""
    return "｜".join(use.caption for use in header.uses)


def sheet_table(sheet: Sheet) -> SourceTable:
    """The cells of a sheet as a ledger's table: texts that go on in further rows whole, forms of one issue as a row."""
    return form_as_list(with_whole_cells(as_table(sheet)))


def ledger_sheets(workbook: Workbook, chosen: Chosen | None = None, *, to_fill: bool = False) -> list[LedgerSheet]:
    """The sheets with a ledger's header, hidden ones only where no other has one; see ``chosen_header``. ``to_fill``
    takes their cells as they stand."""
    found: list[LedgerSheet] = []
    for sheet in workbook.sheets:
        table = as_table(sheet) if to_fill else sheet_table(sheet)
        header = chosen_header(table, chosen or {}) if sheet.rows else None
        if header is not None:
            found.append(LedgerSheet(sheet, table, header))
    return [ledger for ledger in found if not ledger.sheet.hidden] or found


def chosen_header(table: SourceTable, chosen: Chosen) -> Header | None:
    """The header of a table; None where it is no ledger.

    ``chosen`` says by the shape of a form which of its captions means what; the rest is read from the words. A form
    that is known so is a ledger even where its words alone say nothing.
    """
    header = find_header(table)
    if chosen and (header is None or not _is_chosen(header, chosen)):
        header = next((found for found in headers_near_top(table) if _is_chosen(found, chosen)), header)
    return header and as_chosen(header, {**chosen.get(shape_of(header), {}), **chosen.get(ANY_SHAPE, {})})


def _is_chosen(header: Header, chosen: Chosen) -> bool:
    anywhere = chosen.get(ANY_SHAPE, {})
    return shape_of(header) in chosen or (bool(anywhere) and set(anywhere) <= set(caption_keys(header)))


def caption_keys(header: Header) -> tuple[str, ...]:
    """By what each column is remembered: its caption; with “#2” and so on where the caption stands again."""
    seen: Counter[str] = Counter()
    keys: list[str] = []
    for use in header.uses:
        seen[use.caption] += 1
        keys.append(use.caption if seen[use.caption] == 1 else f"{use.caption}#{seen[use.caption]}")
    return tuple(keys)


def as_chosen(header: Header, chosen: Mapping[str, Column]) -> Header:
    """The header with the user's meaning for the captions (see ``caption_keys``) that he gave one."""
    pairs = zip(header.uses, caption_keys(header), strict=True)
    return replace(header, uses=tuple(ColumnUse((chosen[key],), u.caption) if key in chosen else u for u, key in pairs))


def understand_workbook(workbook: Workbook, chosen: Chosen | None = None) -> ImportPlan:
    """What a workbook proposes. Raises SourceFormatError where no sheet is a ledger."""
    with no_garbage_collection():  # it would look through all cells again and again
        return _whole_plan(workbook) if is_data(workbook) else _ledger_plan(workbook, ledger_sheets(workbook, chosen))


def understand_sheets(workbook: Workbook, ledgers: list[LedgerSheet]) -> ImportPlan:
    """What these sheets of a workbook propose. Raises SourceFormatError where there are none or they hold no issue."""
    with no_garbage_collection():
        return _ledger_plan(workbook, ledgers)


def _ledger_plan(workbook: Workbook, ledgers: list[LedgerSheet]) -> ImportPlan:
    if not ledgers:
        raise SourceFormatError(
            f"“{workbook.name}”里没有找到台账的表头", "请确认表里有“问题”“措施”等列，或把反馈意见、通报作为文稿导入"
        )
    plan = ImportPlan(workbook.name, DocumentKind.WORKBOOK)
    plan.facts = _facts(ledgers)
    several = len(ledgers) > 1
    latest, older = by_month(ledgers)
    of_bodies: list[TableContent] = []
    others: list[ProposedIssue] = []
    for ledger in latest:
        if several and _is_of_one_body(ledger):
            of_bodies.append(_add_sheet(plan, ledger, several=several, among=_told_before(ledger, others)))
            continue
        _add_sheet(plan, ledger, several=several)
        own = {id(issue) for content in of_bodies for section in content.sections for issue in section.issues}
        others = [issue for issue in plan.issues() if id(issue) not in own] if several else others
    for ledger in older:
        _add_sheet(plan, ledger, several=several, earlier=ledger.sheet.name)
    if older:
        names, last = "、".join(f"“{ledger.sheet.name}”" for ledger in older), latest[-1].sheet.name
        text = f"工作表{names}是以前月份的，以“{last}”为准；以前的整改进展记为进展记录，请核对"
        plan.doubts.append(PlanNote("months", 1, text))
    plan.leftovers += _other_sheets(workbook, ledgers)
    plan.doubts += [PlanNote(remark.code, remark.line, remark.text) for remark in workbook.remarks]
    note_waiting(plan)
    if not any(True for _ in plan.issues()):
        raise SourceFormatError(f"“{workbook.name}”的表头下面没有问题", "请核对文件，空白表请用“按表填写”")
    return plan


def by_month(ledgers: Sequence[LedgerSheet]) -> tuple[Sequence[LedgerSheet], Sequence[LedgerSheet]]:
    """The sheets to be read first, and older states of the same ledger (7月, 6月), the newest of them first.

    Months go on from sheet to sheet or, where the newest stands in front, back.
    """
    months = [(ledger, int(match[1])) for ledger in ledgers if (match := _MONTH_SHEET.search(ledger.sheet.name))]
    if len(months) < 2 or len({month for _, month in months}) < len(months):
        return ledgers, ()
    steps = [(later - before) % 12 <= 6 for (_, before), (_, later) in pairwise(months)]
    ordered = [ledger for ledger, _ in months]
    if sum(steps) * 2 >= len(steps):
        ordered.reverse()
    said = [_issue_words(ledger) for ledger in ordered]
    if any(len(words & said[0]) * 2 < min(len(words), len(said[0])) for words in said[1:]):
        return ledgers, ()  # each month has its own issues
    others = [ledger for ledger in ledgers if not any(ledger is month for month in ordered)]
    return [*others, ordered[0]], ordered[1:]


def _issue_words(ledger: LedgerSheet) -> set[str]:
    places = {at for at, use in enumerate(ledger.header.uses) if use.column in (Column.ISSUE, Column.DETAIL)}
    cells = (cell for cell in ledger.table.cells if cell.column in places and cell.row >= ledger.header.end_row)
    return {words for cell in cells if (words := text_core(cell.text))}


def _add_sheet(
    plan: ImportPlan,
    ledger: LedgerSheet,
    *,
    several: bool,
    earlier: str = "",
    among: Sequence[ProposedIssue] | None = None,
) -> TableContent:
    names_sections = ledger.header.has(Column.SECTION)
    section = ledger.sheet.name if several and not names_sections and _SECTION_SHEET.search(ledger.sheet.name) else ""
    content = read_table(ledger.table, ledger.header, Reading(plan.facts.feedback_date), section)
    if several:
        content.doubts = [_of_sheet(note, ledger.sheet.name) for note in content.doubts]
        content.leftovers = [_of_sheet(note, ledger.sheet.name) for note in content.leftovers]
    content.leftovers += [PlanNote("title", cell.line, cell.text) for cell in content.before if cell.text.strip()]
    if several and not ledger.header.has(Column.LEAD_DEPARTMENT) and _OFFICE_SHEET.fullmatch(ledger.sheet.name):
        _of_office(content, ledger.sheet.name)
        text = f"表里没有责任部门，按工作表名称记为“{ledger.sheet.name}”，请核对"
        content.doubts.append(PlanNote("office", ledger.header.end_row, text))
    plan.doubts += [_of_sheet(note, ledger.sheet.name) for note in add_content(plan, content, earlier, among=among)]
    plan.doubts += list(_column_doubts(ledger))
    return content


def _is_of_one_body(ledger: LedgerSheet) -> bool:
    """True for the sheet of a village or school that numbers its own issues from 1: what it calls as another does is
    its own."""
    if not _BODY_SHEET.fullmatch(ledger.sheet.name):
        return False
    place = next((at for at, use in enumerate(ledger.header.uses) if use.column is Column.NUMBER), None)
    numbers = (c.text for c in ledger.table.cells if c.column == place and c.row >= ledger.header.end_row and c.text)
    return next(numbers, "") == "1"


def _told_before(ledger: LedgerSheet, issues: Sequence[ProposedIssue]) -> list[ProposedIssue]:
    """Those of ``issues`` that may be the body's own: no other body answers for them, and most of its issues are told
    there (on a sheet of all villages). The town's own 公开不及时 is not the village's."""

    def may_be(issue: ProposedIssue) -> bool:
        office = issue.record.lead_department
        return ledger.sheet.name in office or _BODY_SHEET.fullmatch(office) is None

    possible = [issue for issue in issues if may_be(issue)]
    if not possible:
        return []
    words = _issue_words(ledger)
    told = words & {text_core(issue.record.title) for issue in possible}
    return possible if len(told) * 2 > len(words) else []


def _of_office(content: TableContent, name: str) -> None:
    for issue in (issue for section in content.sections for issue in section.issues):
        issue.record = replace(issue.record, lead_department=name)


def _of_sheet(note: PlanNote, name: str) -> PlanNote:
    return replace(note, text=f"工作表“{name}”：{note.text}")


def _column_doubts(ledger: LedgerSheet) -> Iterator[PlanNote]:
    """Columns that mean nothing known, and rows that nobody sees in Excel."""
    line = ledger.header.end_row
    unknown = dict.fromkeys(use.caption for use in ledger.header.uses if use.column is Column.OTHER and use.caption)
    if unknown:
        yield PlanNote("column", line, f"不认识这些列，内容记入备注：{'、'.join(unknown)}")
    if not any(use.column in (Column.ISSUE, Column.DETAIL) for use in ledger.header.uses):
        yield PlanNote("column", line, f"工作表“{ledger.sheet.name}”没有“问题”一列，请核对各列的含义")
    rows, first = ledger.sheet.rows, ledger.header.end_row
    hidden = [row for row in ledger.sheet.hidden_rows if first <= row < len(rows) and any(v != "" for v in rows[row])]
    if hidden:
        yield PlanNote(
            "hidden_rows", min(hidden) + 1, f"工作表“{ledger.sheet.name}”有{len(hidden)}行是隐藏的，也已读入"
        )


def _other_sheets(workbook: Workbook, ledgers: list[LedgerSheet]) -> list[PlanNote]:
    """The words of sheets that are no ledger, so that nothing is lost unseen."""
    read = {ledger.sheet.name for ledger in ledgers}
    notes: list[PlanNote] = []
    for sheet in workbook.sheets:
        if sheet.name not in read and sheet.rows:
            words = " ".join(cell.text for cell in as_table(sheet).cells if cell.text.strip())
            if words:
                notes.append(PlanNote("sheet", 1, f"工作表“{sheet.name}”不是台账，没有读入：{words[:200]}"))
    return notes


def _facts(ledgers: list[LedgerSheet]) -> LedgerFacts:
    """What the rows above the headers say: the inspecting team, the unit, the day of the feedback."""
    facts = LedgerFacts()
    for ledger in ledgers:
        cells = [cell for cell in ledger.table.cells if cell.row < ledger.header.first_row]
        for at, cell in enumerate(cells):
            text = " ".join(cell.text.split())
            behind = cells[at + 1].text.strip() if at + 1 < len(cells) and cells[at + 1].row == cell.row else ""
            team, unit, day = _TEAM.search(text), _UNIT.match(text), _FEEDBACK.search(text)
            if team and not facts.team:
                kind = InspectionKind.XUNSHI if team[1] == "巡视" else facts.kind
                facts = replace(facts, team=team[0], kind=kind)
            name = ((unit[1] or "").strip() or behind) if unit else ""
            if name and not facts.organisation and "：" not in name:
                facts = replace(facts, organisation=name)
            date = parse_date(day[1] or behind) if day else None
            if date and not facts.feedback_date:
                facts = replace(facts, feedback_date=date)
    return facts


# --- a workbook with this program's data


def _whole_plan(workbook: Workbook) -> ImportPlan:
    records, doubts = read_data(workbook)
    plan = ImportPlan(workbook.name, DocumentKind.WORKBOOK, whole=filled(records))
    plan.doubts = [PlanNote("value", row, text) for row, text in doubts]
    _see_edits(plan, workbook)
    snapshot = whole_snapshot(plan.whole or {})
    plan.facts = replace(snapshot.facts, id=0, uid="")
    plan.sections = list(_proposed_sections(snapshot))
    return plan


def _see_edits(plan: ImportPlan, workbook: Workbook) -> None:
    """What was written into the sheet 台账; of the lists it is said that they were not read."""
    if (alone := edited_ledger(workbook)) is not None and plan.whole is not None:
        found = with_edits(plan.whole, alone.sheets[0], numbers_in(workbook))
        if found is not None:
            plan.base, plan.whole = plan.whole, found.records
            plan.doubts += found.notes
        else:
            with suppress(SourceFormatError):  # what is no ledger any more says nothing
                plan.edited = _ledger_plan(alone, ledger_sheets(alone))
    for name in edited_lists(workbook):
        text = f"工作表“{name}”导出以后改动过，没有读入；请在工作表“{WHOLE.name}”里改"
        plan.doubts.append(PlanNote("edited", 1, text))


def _proposed_sections(snapshot: Snapshot) -> Iterator[ProposedSection]:
    outline = Outline(snapshot)
    numbers = outline.numbers()

    def proposed(issue: Issue) -> ProposedIssue:
        measures = [ProposedMeasure(replace(measure, id=0)) for measure in outline.measures_of(issue)]
        below = [proposed(child) for child in outline.sub_issues(issue)]
        return ProposedIssue(replace(issue, id=0), 0, numbers[issue.id], below, measures)

    for section in outline.sections():
        record = replace(section, id=0, chapter_id=None) if section else None
        yield ProposedSection(record, 0, [proposed(issue) for issue in outline.issues_of(section)])
