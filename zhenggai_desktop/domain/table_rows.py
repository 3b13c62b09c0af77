"""The rows of a ledger table: which hold records, which only a heading, a total or a signature.

A ``SourceTable`` is the grid of cells with merges that readers give, whether it stood in a document or on a sheet.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from zhenggai_desktop.domain.blocks import SourceCell, SourceTable
from zhenggai_desktop.domain.cell_items import plain
from zhenggai_desktop.domain.counted_titles import counted_title
from zhenggai_desktop.domain.numbering import NUMERAL, MarkKind, leading_mark
from zhenggai_desktop.domain.shared_cells import shared
from zhenggai_desktop.domain.status_cells import choice_words, is_choice, is_ticked
from zhenggai_desktop.domain.table_columns import Column, Header, Row, solid

_TOTAL = re.compile(r"(?:合计|总计|小计|共计|总数|合并计|累计)(?:$|[：:\d（(共]|[一二三四五六七八九十]+)")
_SUM = r"共?[\d,.]++[%％]?(?:[个项条件次场人户笔家处元]|万元|亿元)?(?:问题|措施|任务|事项)?"
_SUMS_ONLY = re.compile(  # what stands in a line of totals: 27, 27个问题, 已完成25项, —
    rf"[^一-龥\d]*|(?:(?:已|未|正在|基本|其中)?(?:完成|整改|推进|办结|销号|落实)?[：:（(]?{_SUM}[）)]?[，、；。]?)+"
)
_TOTAL_WORD = re.compile(r"(?:合计|总计|小计|共计|总数|合并计|累计)[：:]?")
_TOLD = {Column.ISSUE, Column.DETAIL, Column.RECOMMENDATION, Column.GOAL, Column.MEASURE, Column.PROGRESS}
_FOOTER = re.compile(
    r"(?:填表|制表|审核|审签|审批|填报|报送|复核|经办|签字|签名|盖章|制单|联系)(?:人|单位|部门|日期|时间|电话|意见|领导)?"
    r"(?:签字|签名|（盖章）)?[：:]|(?:单位|党委|党组|主要|分管|部门)?(?:主要)?(?:负责人|领导|书记)(?:签字|签名|（签字）)?[：:]|"
    r"(?:备注|注|说明|备 注|注释|填表说明)\s*[：:]|\d{4}年\d{1,2}月\d{1,2}日$"
)
_SIGNED = re.compile(r"[一-龥]{0,8}(?:签字|签名|签章|盖章)(?:（[^）]*）)?[：:]")
_AS_ABOVE = re.compile("同上|〃|″|同前")
_HEADING_MARKS = {MarkKind.CHINESE, MarkKind.CHINESE_PAREN}
_LONGEST_HEADING = 80
_NO_NUMBER = re.compile("[一-龥]{4}")
_ASPECT = re.compile(r"[^。；;]{2,50}方面(?:(?:存在)?的?问题)?(?:[（(]\d+[个项条][)）])?[：:]?")
_TEAM_GROUP = re.compile(r"(?!以上|本表|本次|注)[^。；;：:]{0,40}(?:组|巡[察视]|检查|审计)[^。；;：:]{0,12}问题")
_OTHER_NUMBER = re.compile(rf"\d{{1,3}}[、.．]?|[（(](?:\d{{1,3}}|{NUMERAL}{{1,3}})[）)]")
_GROUP_NUMBER = re.compile("[一二三四五六七八九十]{1,3}、?")
_NAMED = {Column.SECTION, Column.ISSUE, Column.DETAIL}


@dataclass(frozen=True, slots=True)
class DataRow:
    """A row of records. ``cells`` holds the cells of a meaning, merged ones of rows above included, blank ones not."""

    index: int
    line: int
    cells: dict[Column, tuple[SourceCell, ...]]
    others: tuple[tuple[str, SourceCell], ...]
    months: tuple[tuple[str, SourceCell], ...] = ()  # the columns of single months with their captions

    def cell(self, column: Column) -> SourceCell | None:
        """The first cell of a meaning, None where the row has none with words."""
        return next(iter(self.cells.get(column, ())), None)


@dataclass(slots=True)
class TableRows:
    """A table taken apart. ``before`` stands above the header; ``headings`` are section rows by the row below them."""

    before: list[SourceCell] = field(default_factory=list[SourceCell])
    rows: list[DataRow | SourceCell] = field(default_factory=list["DataRow | SourceCell"])
    left_over: list[tuple[str, int, str]] = field(default_factory=list[tuple[str, int, str]])


def rows_of(table: SourceTable, header: Header) -> TableRows:
    """Every cell with words is in a row, a heading (a lone cell among the rows), ``before`` or ``left_over``."""
    grid = table.grid()
    found = TableRows()
    for row in range(header.first_row):
        found.before += _own(grid[row], row)
    captions = {use.caption for use in header.uses}
    captions |= {solid(cell.text) for cell in table.cells if header.first_row <= cell.row < header.end_row}
    computed: dict[str, list[SourceCell]] = {}
    repeated = _Repeated()
    grouped = _numbers_groups(grid, header)
    for row in range(header.end_row, len(grid)):
        own = _own(grid[row], row)
        if not own:
            continue
        kind = _furniture(own, captions, grid[row], header)
        if kind:
            found.left_over.append((kind, own[0].line, "｜".join(one_line(cell.text) for cell in own)))
        elif (heading := _heading(own, grid[row], header)) is not None:
            found.rows.append(heading)
        elif _is_beside_numbers(own, grid[row], header):
            words = plain(one_line(own[0].text))
            if _ASPECT.fullmatch(words) or _TEAM_GROUP.fullmatch(counted_title(words)[0]):
                found.rows.append(own[0])
            else:
                found.left_over.append(("remark", own[0].line, words))
        elif grouped and _is_numbered_heading(own, grid[row], header):
            found.rows.append(own[-1])
        else:
            found.rows.append(_data_row(row, repeated.written_out(grid[row]), own, header, computed))
    for caption, cells in computed.items():
        words = "，".join(one_line(cell.text) for cell in cells)
        found.left_over.append(("computed", cells[0].line, f"{caption}：{words}"))
    return found


def one_line(text: str) -> str:
    """A cell's words in one line."""
    return " ".join(text.split())


def _own(row: Row, index: int) -> list[SourceCell]:
    cells = dict.fromkeys([cell for cell in row if cell is not None and cell.row == index])
    return [cell for cell in cells if cell.text and not cell.text.isspace()]


def _furniture(own: Sequence[SourceCell], captions: Collection[str], row: Row, header: Header) -> str:
    """Why a row holds no records: "total", "signature", "header", or "" where it does."""
    first = own[0].text.strip()
    if _is_total(own, row, header):
        return "total"
    if len(own) > 1 and all(solid(cell.text) in captions for cell in own):
        return "header"
    wide = own[0].column_span >= max(2, len(row) // 2)
    return "signature" if (_FOOTER.match(first) or _SIGNED.match(first)) and (wide or len(own) * 2 <= len(row)) else ""


def _is_total(own: Sequence[SourceCell], row: Row, header: Header) -> bool:
    """True for a line of sums; a measure or a problem may begin with one too (累计12场次以上宣讲，…)."""
    first, *others = own
    words = solid(first.text)
    if _TOTAL.match(words) is None:
        return False
    if _TOTAL_WORD.fullmatch(words):
        return True
    if not all(_SUMS_ONLY.fullmatch(solid(cell.text)) for cell in others):
        return False
    if _SUMS_ONLY.fullmatch(_TOTAL_WORD.sub("", words, count=1)):
        return True
    below = any(cell is not None and cell.row < first.row and cell.text.strip() for cell in row)
    alone_among_text = first.column > 0 and first.column_span == 1 and header.uses[first.column].column in _TOLD
    return not below and not alone_among_text


def _heading(own: Sequence[SourceCell], row: Row, header: Header) -> SourceCell | None:
    """The cell that names a section, be it alone or behind 一 in the number column; None in a row of records."""
    if _is_heading(own, row, header):
        return own[0]
    if len(own) != 2 or header.uses[own[0].column].column is not Column.NUMBER:
        return None
    counted = re.fullmatch(rf"[（(]?{NUMERAL}+[）)]?[、.]?", solid(own[0].text))
    wide = own[1].column_span >= max(2, (len(row) - 1) * 2 // 3)
    return own[1] if counted and wide and _is_heading(own[1:], row[own[1].column :], header) else None


def _is_heading(own: Sequence[SourceCell], row: Row, header: Header) -> bool:
    """True for a section's name that stands alone across the table, or in the number column with nothing beside it."""
    if len(own) > 1 or any(cell is not None and cell.row < own[0].row and cell.text.strip() for cell in row):
        return False
    text = plain(one_line(own[0].text))
    if len(text) > _LONGEST_HEADING:
        return False
    mark = leading_mark(text)
    wide = own[0].column_span >= max(2, len(row) * 2 // 3)
    numbered = mark is not None and mark.kind in _HEADING_MARKS
    return wide or (numbered and header.uses[own[0].column].column in (Column.NUMBER, Column.OTHER))


def _numbers_groups(grid: Sequence[Row], header: Header) -> bool:
    """True where the number column counts 一 and 二 and, between them, issues otherwise (1, （一）)."""
    place = next((at for at, use in enumerate(header.uses) if use.column is Column.NUMBER), None)
    named = [at for at, use in enumerate(header.uses) if use.column in _NAMED]
    groups = counts = False
    for row in range(header.end_row, len(grid)) if place is not None else ():
        cell = grid[row][place or 0]
        number = solid(cell.text) if cell is not None and cell.row == row else ""
        groups = groups or _GROUP_NUMBER.fullmatch(number) is not None
        if _OTHER_NUMBER.fullmatch(number):
            own = (grid[row][at] for at in named)
            counts = counts or any(name is not None and name.row == row and name.text.strip() for name in own)
    return groups and counts


def _is_numbered_heading(own: Sequence[SourceCell], row: Row, header: Header) -> bool:
    """True for a row that holds 一 as its number and a name, and nothing else, whatever width the name has."""
    if len(own) != 2 or any(cell is not None and cell.row < own[0].row and cell.text.strip() for cell in row):
        return False
    number, name = own
    is_number = header.uses[number.column].column is Column.NUMBER and _GROUP_NUMBER.fullmatch(solid(number.text))
    is_name = header.uses[name.column].column in _NAMED and len(solid(name.text)) <= _LONGEST_HEADING
    return bool(is_number) and is_name


def _is_beside_numbers(own: Sequence[SourceCell], row: Row, header: Header) -> bool:
    """True for words alone in the number column: the name of a section or a remark that was not merged across."""
    if len(own) > 1 or header.uses[own[0].column].column is not Column.NUMBER:
        return False
    below = any(cell is not None and cell.row < own[0].row and cell.text.strip() for cell in row)
    return not below and _NO_NUMBER.search(solid(own[0].text)) is not None


def _data_row(
    index: int, row: Row, own: Sequence[SourceCell], header: Header, computed: dict[str, list[SourceCell]]
) -> DataRow:
    cells: dict[Column, tuple[SourceCell, ...]] = {}
    others: list[tuple[str, SourceCell]] = []
    months: list[tuple[str, SourceCell]] = []
    before = -1  # the column of a cell that covers several, which stands in neighbouring places
    for cell, use in zip(row, header.uses, strict=True):
        if cell is None:
            before = -1
            continue
        repeated, before = cell.column == before, cell.column
        if repeated or not cell.text or cell.text.isspace():
            continue
        column = use.columns[0]
        if column is Column.STATUS and is_choice(use.caption):
            ticked = is_ticked(cell.text)
            if ticked is False:
                continue
            column = Column.STATUS if ticked else Column.OTHER
            cell = cell._replace(text=choice_words(use.caption)) if ticked else cell  # noqa: PLW2901 - a tick means these words
        if column is Column.COMPUTED:
            if cell in own:
                computed.setdefault(use.caption, []).append(cell)
        elif column is Column.OTHER:
            others.append((use.caption, cell))
        elif column is Column.MONTH:
            months.append((use.caption, cell))
        elif len(use.columns) == 1:
            place = Column.DETAIL if column is Column.ISSUE and column in cells else column  # 个性问题 beside 共性问题
            cells[place] = (*cells[place], cell) if place in cells else (cell,)
        else:
            for each, part in shared(cell, use.columns):
                cells[each] = (*cells.get(each, ()), part)
    return DataRow(index, own[0].line, cells, tuple(others), tuple(months))


class _Repeated:
    """Writes out 同上: the words of the cell above in the same column."""

    def __init__(self) -> None:
        self._above: dict[int, str] = {}

    def written_out(self, row: Row) -> Row:
        """The row with its own words and those it repeats; cells must be asked for from the top down."""
        above = self._above
        repeated: list[tuple[int, SourceCell]] = []
        for at, cell in enumerate(row):
            if cell is None or not cell.text:
                continue
            if len(cell.text) < 6 and at in above and _AS_ABOVE.fullmatch(cell.text.strip(" 。.\n")):
                repeated.append((at, cell))
            else:
                above[at] = cell.text
        if not repeated:
            return row
        cells = list(row)
        for at, cell in repeated:
            cells[at] = cell._replace(text=above[at])
        return tuple(cells)
