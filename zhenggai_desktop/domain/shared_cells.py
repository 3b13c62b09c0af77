"""One cell for two columns or three: 责任领导/责任人, 责任部门及责任人."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zhenggai_desktop.domain.blocks import SourceCell
from zhenggai_desktop.domain.cell_items import is_post
from zhenggai_desktop.domain.table_columns import DUTIES, Column

_PAIR = re.compile(  # two who answer on one line: 财政所（张三）, 财政所：张三, 财政所 张三
    r"([^（()）：:/／]+?)(?:\s*[：:/／]\s*|\s+|\s*[（(](?!牵头|配合|主办|协办))([^（()）：:/／]+?)[）)]?"
)
_BETWEEN = re.compile(r"[、，,；;\n](?![^（(]*[）)])")  # not inside brackets
_OFFICE = re.compile(".+(?:办|科|所|室|局|部|站|委|中心|会|组|村|社区|支部|公司|处|院|校|队)")
_IN_BRACKETS = re.compile(r"^[（(]([^（()）]+)[）)]$")
_PEOPLE = {Column.LEADERS, Column.OWNER}


def shared(cell: SourceCell, columns: tuple[Column, ...]) -> Iterator[tuple[Column, SourceCell]]:
    """“甲/乙” in a column of two meanings is one of each, as is “财政所 张三” on every line, or a line each, where they
    say who answers; any other text is of the first."""
    parts = re.split(r"[/／]", cell.text)
    if len(parts) != len(columns) and DUTIES.issuperset(columns):
        parts = _duty_parts(cell.text, columns)
    if len(parts) != len(columns):
        yield columns[0], cell
        return
    for at, (column, part) in enumerate(zip(columns, parts, strict=True)):
        yield column, SourceCell(cell.row, cell.column + at, part, cell.line, cell.row_span, 1)


def _duty_parts(text: str, columns: tuple[Column, ...]) -> Sequence[str]:
    """The words for each of the columns; any other number of parts where they cannot be told apart."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    listed = [part.strip() for part in re.split("[、，,]", text)]
    if len(lines) == 1 and _listed(listed, columns):
        return listed
    for several in (lines, [part.strip() for part in _BETWEEN.split(text) if part.strip()]):
        pairs = [pair for one in several if len(columns) == 2 and (pair := _paired(one, columns))]
        if pairs and len(pairs) == len(several):
            return ["\n".join(dict.fromkeys(part)) for part in zip(*pairs, strict=True)]
    lines = [_IN_BRACKETS.sub(r"\1", line) for line in lines]
    return lines if _fit(lines, columns) else [text]


def _paired(line: str, columns: tuple[Column, ...]) -> tuple[str, str] | None:
    """The two parts of a line for two columns; None where it has no two, or an office stands in a person's place."""
    pair = _PAIR.fullmatch(line)
    if pair is None or (is_post(pair[1]) and not _OFFICE.fullmatch(pair[2])):  # 党委书记 张三 is one
        return None
    if columns[0] in _PEOPLE and is_post(pair[2]) and not _OFFICE.fullmatch(pair[2]):  # and so is 张三（局长）
        return None
    return (pair[1], pair[2]) if _fit(pair.groups(), columns) else None


def _fit(parts: Sequence[str], columns: tuple[Column, ...]) -> bool:
    """False where an office stands in a person's place."""
    people = (part for column, part in zip(columns, parts, strict=False) if column in _PEOPLE)
    return not any(_OFFICE.fullmatch(name) for part in people for name in re.split(r"[、，,；;\s]+", part))


def _listed(parts: Sequence[str], columns: tuple[Column, ...]) -> bool:
    """True for names and offices of a list (张三、党政办、李四) that stand as the columns are named."""
    if len(parts) != len(columns) or _PEOPLE.issuperset(columns) or _PEOPLE.isdisjoint(columns):
        return False
    return all((_OFFICE.fullmatch(part) is None) is (column in _PEOPLE)
               for column, part in zip(columns, parts, strict=True))  # fmt: skip
