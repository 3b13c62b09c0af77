"""What the columns of a ledger table mean, read off its header words (domain.md §5).

Every office has its own form: two-row headers (责任分工 over 牵头领导｜责任单位), title rows above the header, one
column for two things (责任领导/责任人). A table is a ledger table where its header names issues and something on them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, auto

from zhenggai_desktop.domain.blocks import SourceCell, SourceTable
from zhenggai_desktop.domain.status_cells import is_choice

Row = tuple[SourceCell | None, ...]
_SEARCHED = 12  # rows from the top in which a header is looked for
_HIGHEST = 3  # rows of a header
_LONGEST_REMARK = 500  # characters of a caption with what it says in brackets
_LONGEST = 24  # characters of a header's words


class Column(IntEnum):
    """What a column holds; ``OTHER`` is kept as a note, ``COMPUTED`` (剩余天数) follows from the rest.

    Numbers, since these are looked up for every cell of a table.
    """

    NUMBER = auto()
    SECTION = auto()
    ISSUE = auto()
    DETAIL = auto()
    RECOMMENDATION = auto()
    GOAL = auto()
    MEASURE = auto()
    LEADERS = auto()
    LEAD_DEPARTMENT = auto()
    SUPPORTING = auto()
    OWNER = auto()
    TRACK = auto()
    DEADLINE = auto()
    PROGRESS = auto()
    MONTH = auto()
    STATUS = auto()
    COMPLETED = auto()
    RESULT = auto()
    EVIDENCE = auto()
    CLOSING = auto()
    NOTE = auto()
    COMPUTED = auto()
    OTHER = auto()


MEASURE_FIELDS: Mapping[Column, str] = {
    Column.PROGRESS: "progress",
    Column.LEADERS: "leaders",
    Column.LEAD_DEPARTMENT: "lead_department",
    Column.SUPPORTING: "supporting_departments",
    Column.OWNER: "owner",
    Column.DEADLINE: "deadline",
    Column.STATUS: "status",
}
"""The field of a measure that a column of a table fills, where it fills just one."""


_WORDS: tuple[tuple[Column, str], ...] = (
    (Column.OTHER, r".*(?:配合|协助|协办|协同|参与)(?:责任|牵头|分管)?(?:领导|人|人员)"),
    (Column.MONTH, r"(?:(?:\d\d)?\d\d年)?\d{1,2}月(?:份|底)?"),
    (Column.MONTH, r"(?:(?:\d\d)?\d\d年)?\d{1,2}月(?:份)?(?:进展|进度|情况|整改|落实).*|截[至止].*(?:进展|情况)"),
    (Column.COMPUTED, r"剩余天数|.*(?:措施|问题)(?:数量|个数|数|条数)|倒计时.*|是否超期|预警"),
    (Column.NUMBER, r"(?:问题|反馈问题|任务|措施|整改)?(?:序号|编号)|No|序"),
    (Column.CLOSING, r"(?:是否)?(?:同意)?(?:对账)?(?:申请)?销号(?:情况|意见|状态)?|.*是否销号"),
    (Column.TRACK, r"整改(?:类型|类别|分类)|(?:整改)?时限类型|分类施策"),
    (Column.SECTION, r"一级(?:问题|分类|类别|指标)"),
    (Column.ISSUE, r"二级(?:问题|分类|类别|指标)"),
    (Column.SECTION, r".*方面|(?:反馈|整改)?(?:问题|所属)?(?:类别|类型|分类|大类|板块|领域)"),
    (Column.DETAIL, r".*(?:具体|主要|问题)(?:表现|表述)(?:形式)?|.*具体(?:问题|情况|情形|内容)"),
    (Column.DETAIL, r"(?:突出|典型|主要)?表现(?:形式)?|.*问题描述|隐患描述|三级(?:问题|分类|指标)"),
    (Column.RECOMMENDATION, r".*(?:整改|反馈|巡察|巡视|对策)(?:意见|建议|要求)(?:建议)?|意见建议|.*意见和建议"),
    (Column.ISSUE, r"(?:移交)?(?:立行立改|边巡边改|突出|共性|个性|交办)问题(?:清单|内容|事项)?"),
    (Column.ISSUE, r".*(?:反馈|存在|发现|主要|整改|巡察|巡视|移交|交办)的?(?:主要|突出)?问题(?:清单|内容|事项)?"),
    (Column.ISSUE, r"对应的?(?:反馈)?问题(?:序号|编号|名称)?"),
    (Column.ISSUE, r".*问题(?:名称|简述|概述|摘要|条目|要点)"),
    (Column.ISSUE, r"问题(?:清单|内容|事项|隐患)?|反馈(?:意见)?内容|重点(?:内容|问题)|整改事项|隐患"),
    (Column.ISSUE, r".*(?:意见|问题)内容"),
    (Column.GOAL, r".*目标(?:要求|任务)?"),
    (Column.RESULT, r"(?:取得|整改|主要|阶段)?(?:的)?(?:成效|效果)"),
    (Column.COMPLETED, r"(?:实际|销号)(?:完成)?(?:时间|日期)|整改完成(?:时间|日期)|完成日期|办结(?:时间|日期)"),
    (Column.DEADLINE, r".*(?:时限|期限)(?:要求)?(?:(?:及|和)(?:整改)?(?:进展|进度|完成)(?:情况)?)?|.*时间节点"),
    (Column.DEADLINE,
     r"(?:计划|预计|拟|应|规定|限定|起止|整改|要求|截[止至])?(?:整改)?(?:完成)?(?:时间|日期)(?:节点|要求)?"),
    (Column.STATUS, r".*(?:是否|有无)(?:整改)?(?:完成|到位|整改|落实|办结).*|(?:整改|任务)?完成(?:情况|程度)"),
    (Column.STATUS, r"(?:整改|任务|工作)?完成(?:率|比例|进度|百分比)"),
    (Column.STATUS, r"(?:整改|完成|落实|办理|当前|目前|问题|任务)?(?:状态|进度状态)|整改结果|进度条?"),
    (Column.STATUS, r"(?:是否)?(?:完成|整改|落实|办结)与否|办结情况"),
    (Column.PROGRESS, r".*(?:进展|落实|整改|推进|办理|执行|工作)(?:完成)?(?:情况|描述)(?:及成效|和成效|说明)?|.*进展"),
    (Column.PROGRESS, r"(?:完成|进展|整改)情况(?:说明|描述)|(?:整改)?(?:措施|举措)完成情况"),
    (Column.PROGRESS, r"(?:整改)?措施(?:及|和)(?:整改)?(?:完成|进展|落实|推进)(?:情况)?"),
    (Column.PROGRESS, r"整改进度|整改成效情况|(?:整改)?措施(?:及|和)(?:整改)?成效"),
    (Column.PROGRESS, r"已采取.*措施|.*(?:进展|落实|整改)(?:及|和)成效"),
    (Column.MEASURE, r".*(?:措施|举措|计划|任务|做法)(?:内容|清单)?|整改方案|整改内容"),
    (Column.MEASURE, r"(?:整改)?(?:措施|举措)(?:[一二三四五六七八九十]|\d{1,2})"),
    (Column.LEADERS,
     r".*(?:责任|牵头|分管|包保|包抓|包案|联系|挂点|挂牌|督办|督导|包联|整改|主管|主抓)(?:责任)?[省市区县镇乡校院局处所]?级?领导(?:人|及职务)?"),
    (Column.LEADERS, r"(?:包|驻|挂|联|挂联|挂包|联系|分包|蹲点)(?:村|片|居|社区|点|组|企)(?:的)?领导"),
    (Column.LEADERS, r"领导|.*(?:包案|牵头)人"),
    (Column.SUPPORTING, r".*(?:配合|协同|协办|协助|参与|责任配合)(?:责任)?(?:部门|单位|科室|处室)?"),
    (Column.LEAD_DEPARTMENT,
     r".*(?:责任|牵头|主责|主办|承办|整改|落实|负责|主要)(?:责任|整改)?(?:部门|单位|科室|处室|股室|站所|主体|党组织|党?支部)"),
    (Column.LEAD_DEPARTMENT, r"部门|单位|科室"),
    (Column.OWNER, r".*(?:责任|经办|负责|联系|具体|承办|落实)(?:人|个人)(?:员)?|个人|负责同志"),
    (Column.EVIDENCE, r".*(?:佐证|印证|支撑|证明|附件|档案)(?:材料|资料|清单)?"),
    (Column.NOTE, r"备注|说明|其[他它](?:说明)?"),
)  # fmt: skip
"""More particular words first. The words are matched whole, without blanks and brackets."""

DUTIES = frozenset({Column.LEADERS, Column.LEAD_DEPARTMENT, Column.SUPPORTING, Column.OWNER})
"""Who answers: two of these in one column share a cell in several ways."""
_PATTERNS = tuple((column, re.compile(words)) for column, words in _WORDS)
_PART_OF_HEADER = re.compile("姓名|职务|领导|个人|(?:配合|协助|协办)(?:责任)?(?:领导|人)")
_WHOEVER = {"领导", "责任领导", "部门", "责任部门", "单位", "责任单位", "科室", "责任人", "个人"}
_SUPPORTING = re.compile("(?:配合|协助|协办|协同)(?:单位|部门|责任|方)?")
_OF_THE_TABLE = re.compile(
    r"(?:填报|填表|制表|报送|上报|单位|部门|编号|密级|联系|日期|时间|截[至止]).*[：:]|填[报表](?:单位|时间|日期)|20\d\d年"
)
_NEXT = re.compile("下一?(?:步|阶段|个?月|周|季度|期)")
_SPAN, _LIMIT = re.compile("起止"), re.compile("时限|期限")
_TASK = re.compile("(?:整改|工作|重点|主要)?任务")
_MEASURES = re.compile("措施|举措")
_WITH_PERSON = re.compile(r"([^（(]+)[（(]([^（()）]+)[）)]")  # 责任单位（责任人）
_SUBJECTS = {Column.ISSUE, Column.DETAIL, Column.MEASURE}
_TELLING = set(Column) - {Column.OTHER, Column.COMPUTED, Column.NOTE, Column.NUMBER}


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """What one column of a table holds. Two ``columns`` share a cell as “甲/乙”; ``caption`` is the header's own."""

    columns: tuple[Column, ...]
    caption: str

    @property
    def column(self) -> Column:
        """The first, and mostly only, meaning."""
        return self.columns[0]


@dataclass(frozen=True, slots=True)
class Header:
    """The header's first row, the first row below it, and the use of every column."""

    first_row: int
    end_row: int
    uses: tuple[ColumnUse, ...]

    def has(self, *columns: Column) -> bool:
        """True where one of ``columns`` stands in the table."""
        return any(column in use.columns for use in self.uses for column in columns)


def find_header(table: SourceTable) -> Header | None:
    """The header of a ledger table; None where the table is none."""
    grid = table.grid(_SEARCHED + _HIGHEST)
    for row in range(min(len(grid), _SEARCHED)):
        if len(_own_cells(grid, row)) < 2:
            continue
        for end in range(min(row + _HIGHEST, len(grid)), row, -1):
            if all(_is_header_row(grid, other) for other in range(row + 1, end)):
                below = _reaching(grid, row, end)
                header = Header(row, below, _uses(grid, row, below))
                if _is_ledger(header) and not _begins_below(grid, header):
                    return header
    return None


def header_at(table: SourceTable, first_row: int, end_row: int) -> Header:
    """The rows from ``first_row`` up to, not including, ``end_row`` read as a header, whatever they say."""
    return Header(first_row, end_row, _uses(table.grid(end_row), first_row, end_row))


def headers_near_top(table: SourceTable) -> Iterator[Header]:
    """Whatever could be a header: all runs of at most three rows near the top, higher ones first in each place."""
    grid = table.grid(_SEARCHED + _HIGHEST)
    for row in range(min(len(grid), _SEARCHED)):
        for end in range(min(row + _HIGHEST, len(grid)), row, -1):
            yield Header(row, end, _uses(grid, row, end))


def solid(text: str) -> str:
    """A text without its blanks and line breaks."""
    return "".join(text.split())


def column_of(words: str) -> Column:
    """What a column with these header words holds; ``OTHER`` for words that say nothing."""
    if len(words) > _LONGEST_REMARK:
        return Column.OTHER
    words = re.sub(r"[（(【\[].*?[）)】\]]|[\s：:*※]", "", words)
    words = words.partition("，")[0] or words  # 立行立改，10个工作日内反馈整改情况 is no caption
    if len(words) > _LONGEST:
        return Column.OTHER
    return next((column for column, pattern in _PATTERNS if pattern.fullmatch(words)), Column.OTHER)


def _own_cells(grid: Sequence[Row], row: int) -> list[SourceCell]:
    """The cells with words that begin in the row."""
    cells = dict.fromkeys(cell for cell in grid[row] if cell is not None and cell.row == row)
    return [cell for cell in cells if cell.text.strip()]


def _is_header_row(grid: Sequence[Row], row: int) -> bool:
    """True for a row that only goes on with the header above: known words alone, below merged cells or several."""
    own = _own_cells(grid, row)
    merged = any(cell is not None and cell.row < row for cell in grid[row])
    merged = merged or any(cell is not None and cell.column_span > 1 for cell in grid[row - 1])
    several = 1 < len(own) < len(grid[row])
    choices = {cell.text for cell in own if is_choice(solid(cell.text))}
    others = [cell for cell in own if len(choices) < 2 or cell.text not in choices]  # one 已完成 may be a record's
    return bool(own) and (merged or several) and all(_header_words(cell.text) for cell in others)


def _reaching(grid: Sequence[Row], row: int, end: int) -> int:
    """The first row below a header's merged cells, where most of its cells are merged down to one."""
    own = _own_cells(grid, row)
    lowest = max(cell.row + cell.row_span for cell in own)
    reaching = sum(cell.row + cell.row_span == lowest for cell in own)
    return lowest if end < lowest <= min(row + _HIGHEST, len(grid)) and reaching * 2 > len(own) else end


def _begins_below(grid: Sequence[Row], header: Header) -> bool:
    """True where the first row only tells of the table (填报单位：…, 填报时间：…) and the header stands below it."""
    own = _own_cells(grid, header.first_row)
    if header.end_row - header.first_row < 2 or any(cell.row_span > 1 for cell in own):
        return False
    if not any(_OF_THE_TABLE.match(solid(cell.text)) for cell in own):
        return False
    below = _uses(grid, header.first_row + 1, header.end_row)
    return [use.columns for use in below] == [use.columns for use in header.uses]


def _header_words(text: str) -> bool:
    words = solid(text)
    known = (column_of(words) is not Column.OTHER and "，" not in words) or _PART_OF_HEADER.fullmatch(words) is not None
    return known and len(text) <= _LONGEST


def _is_ledger(header: Header) -> bool:
    known = [use.column for use in header.uses if use.column in _TELLING]
    numbered = known == [Column.ISSUE] and header.has(Column.NUMBER)
    return numbered or (bool(_SUBJECTS & set(known)) and len(set(known)) >= 2)


def _uses(grid: Sequence[Row], first: int, end: int) -> tuple[ColumnUse, ...]:
    uses = [_use([cell for row in grid[first:end] if (cell := row[at]) is not None]) for at in range(len(grid[first]))]
    return tuple(_settled(uses))


def _use(cells: Sequence[SourceCell]) -> ColumnUse:
    """The lowest words that say something, else those of all header rows together (责任 over 领导)."""
    texts = [re.sub(r"\s", "", cell.text) for cell in dict.fromkeys(cells) if cell.text.strip()]
    if not texts:
        return ColumnUse((Column.OTHER,), "")
    if len(texts) > 1 and texts[-1] in _WHOEVER and _SUPPORTING.fullmatch(texts[-2]):
        words = f"配合{texts[-1]}"
        return ColumnUse((column_of(words),), words)
    for words in (texts[-1], "".join(texts), texts[0]):
        parts = tuple(column_of(part) for part in re.split(r"[/／]", words))
        if len(parts) > 1 and Column.OTHER not in parts and len(set(parts)) == len(parts):
            return ColumnUse(parts, words)
        inside = _WITH_PERSON.fullmatch(words)
        duties = tuple(column_of(part) for part in (inside.groups() if inside else re.split("[、及和与]", words)))
        if len(set(duties)) == len(duties) > 1 and set(duties) <= DUTIES:
            return ColumnUse(duties, words)
        column = column_of(words)
        if column is not Column.OTHER:
            return ColumnUse((column,), texts[-1])
    return ColumnUse((Column.OTHER,), "".join(texts))


def _settled(uses: list[ColumnUse]) -> list[ColumnUse]:
    """Words that mean one thing beside another column and another thing without it."""
    choices = [use.column is Column.OTHER and is_choice(use.caption) for use in uses]
    if sum(choices) > 1:
        uses = [_instead(u, Column.OTHER, Column.STATUS) if c else u for u, c in zip(uses, choices, strict=True)]
    columns = [use.column for use in uses]
    if Column.ISSUE not in columns:
        subject = Column.DETAIL if Column.DETAIL in columns else Column.RECOMMENDATION
        if subject in columns:  # 问题表现 beside 具体问题 stays what it is
            places = [at for at, column in enumerate(columns) if column is subject]
            first = next((at for at in places if uses[at].caption.endswith("问题")), places[0])
            uses = [*uses[:first], _instead(uses[first], subject, Column.ISSUE), *uses[first + 1 :]]
    elif columns.count(Column.ISSUE) > 1:
        uses = _one_issue(uses)
    for column in (Column.SECTION, Column.DETAIL):  # one of each is read, a further one is noted
        uses = _second_as(uses, column, Column.OTHER)
    if columns.count(Column.MEASURE) > 1 and any(_MEASURES.search(use.caption) for use in uses):
        asked = Column.OTHER if Column.GOAL in columns else Column.GOAL  # 整改任务 beside its 具体举措
        uses = [_instead(u, Column.MEASURE, asked) if _TASK.fullmatch(u.caption) else u for u in uses]
    if columns.count(Column.MEASURE) > 1:  # 下步措施 beside what was planned
        uses = [_instead(u, Column.MEASURE, Column.OTHER) if _NEXT.match(u.caption) else u for u in uses]
    if any(u.column is Column.DEADLINE and _LIMIT.search(u.caption) for u in uses):  # 起止时间 is told beside 整改期限
        uses = [_instead(u, Column.DEADLINE, Column.OTHER) if _SPAN.match(u.caption) else u for u in uses]
    if [use.column for use in uses].count(Column.DEADLINE) > 1:
        uses = _second_as(uses, Column.DEADLINE, Column.COMPLETED)
    if columns.count(Column.PROGRESS) > 1 and Column.STATUS not in columns:
        uses = _second_as(uses, Column.PROGRESS, Column.STATUS)
    return uses


_EITHER = re.compile("[共个]性问题")  # a row has one of them


def _one_issue(uses: list[ColumnUse]) -> list[ColumnUse]:
    """The issue is the first of several columns that seem to be: a further one holds its details, or refers to it."""
    issues = [use for use in uses if use.column is Column.ISSUE]
    refers = [use.column is Column.ISSUE and use.caption.startswith("对应") for use in uses]
    if sum(refers) < len(issues):  # 对应问题序号 beside the issue itself
        uses = [_instead(u, Column.ISSUE, Column.OTHER) if r else u for u, r in zip(uses, refers, strict=True)]
    if all(_EITHER.fullmatch(use.caption) for use in issues):
        return uses
    return _second_as(uses, Column.ISSUE, Column.DETAIL)


def _instead(use: ColumnUse, old: Column, new: Column) -> ColumnUse:
    return ColumnUse(tuple(new if column is old else column for column in use.columns), use.caption)


def _second_as(uses: list[ColumnUse], column: Column, other: Column) -> list[ColumnUse]:
    seen = False
    settled: list[ColumnUse] = []
    for use in uses:
        settled.append(_instead(use, column, other) if seen and use.column is column else use)
        seen = seen or use.column is column
    return settled
