"""What a department is sent to fill in.

A sheet has a row for each measure (or issue without one) for which the recipient answers. What is to be read is the
ledger's; what is to be filled are few fields, whose values at sending travel along as the base of the merge.
"""

from __future__ import annotations

import datetime as dt
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from zhenggai_desktop.domain.ledger_table import LedgerTable, Row, Value, ledger_table
from zhenggai_desktop.domain.ledger_template import Lines, Template, TemplateColumn
from zhenggai_desktop.domain.matching import bare_text
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.portable import Key, Portable, portable, to_text
from zhenggai_desktop.domain.progress import UNASSIGNED
from zhenggai_desktop.domain.records import Issue, Measure, Snapshot
from zhenggai_desktop.domain.sheets import value_text
from zhenggai_desktop.domain.workflow import Workflow

ID_CAPTION = "标识（请勿改动）"
HIDDEN_SHEET = "底稿"
MARK = "zhenggai-distribution-1"
_CHUNK = 30_000  # characters of base values in one cell


class By(StrEnum):
    """To whom the rows are shared out."""

    DEPARTMENT = "department"
    LEADER = "leader"
    UNIT = "unit"


READ: tuple[tuple[str, str], ...] = (
    ("number", "序号"), ("section", "反馈方面"), ("issue", "反馈问题"), ("manifestation", "具体表现"),
    ("content", "整改措施"), ("deadline", "整改时限"),
)  # fmt: skip
FILLED: tuple[tuple[str, str], ...] = (
    ("progress", "整改进展"), ("status", "完成情况"), ("completed_on", "实际完成日期"), ("note", "备注"),
)  # fmt: skip
"""Fields of a measure; for an issue without measures progress becomes its first one, the others are the issue's."""
MARKS = "read"
"""Beside the values at sending: by which a change in what was only to be read is seen when the sheet comes back."""
_MARKED = ("section", "issue", "manifestation", "content", "deadline")
_MARKED_LETTERS = 10_000
_DAY = [name for name, _ in FILLED].index("completed_on")
TEMPLATE = Template("填报", "整改填报表", Lines.MEASURES, tuple(TemplateColumn(*pair) for pair in (*READ, *FILLED)))


@dataclass(frozen=True, slots=True)
class Sending:
    """One recipient's sheet: the table, the record of each row, and the values at sending by the row's id."""

    recipient: str
    table: LedgerTable
    ids: tuple[str, ...]
    base: Mapping[str, Mapping[str, str]]


def sendings(snapshot: Snapshot, by: By) -> Iterator[Sending]:
    """A sheet for everybody who answers for something, in the order of the ledger; rows of nobody come last."""
    outline, records = Outline(snapshot), portable(snapshot)
    workflow = Workflow(outline)
    table = ledger_table(snapshot, template=TEMPLATE)
    rows: dict[str, list[Row]] = {}
    for row in table.rows:
        issue = outline.issue(row.issue_id)
        measure = outline.measure(row.measure_id) if row.measure_id is not None else None
        if measure is not None and measure.issue_id != issue.id:
            continue  # linked: it is filled in where it stands
        duties = workflow.measure_duties(measure) if measure else workflow.duties(issue)
        names = {By.DEPARTMENT: (duties.lead_department,), By.LEADER: duties.leaders, By.UNIT: issue.units}[by]
        for name in dict.fromkeys(name for name in names if name) or ("",):
            rows.setdefault(name, []).append(row)
    for name in sorted(rows, key=lambda name: not name):
        ids = tuple(_row_id(outline, row) for row in rows[name])
        base = {
            row_id: _filled_values(records, row_id) | {MARKS: _marks_of(row)}
            for row, row_id in zip(rows[name], ids, strict=True)
        }
        found = tuple(_with_own_values(row, base[row_id]) for row, row_id in zip(rows[name], ids, strict=True))
        alone = LedgerTable(table.title, table.keys, table.captions, found, ())
        yield Sending(name or UNASSIGNED, alone, ids, base)


def _row_id(outline: Outline, row: Row) -> str:
    if row.measure_id is not None:
        return f"M:{outline.measure(row.measure_id).uid}"
    return f"I:{outline.issue(row.issue_id).uid}"


def _filled_values(records: Portable, row_id: str) -> dict[str, str]:
    record_type, uid = key_of(row_id)
    values = records[record_type, uid]
    return {name: to_text(record_type, name, values[name]) for name, _ in FILLED if name in values}


def _marks_of(row: Row) -> str:
    texts = {name: value_text(value or "") for (name, _), value in zip(READ, row.cells, strict=False)}
    return "".join(marks(texts).values())


def marks(texts: Mapping[str, str]) -> dict[str, str]:
    """A mark of eight signs for each column of a row that is only read: equal for equal words, whatever the spacing."""
    found: dict[str, str] = {}
    for name in _MARKED:
        letters = bare_text(texts.get(name, ""))[:_MARKED_LETTERS]
        found[name] = f"{zlib.crc32(letters.encode()):08x}"
    return found


def marks_at_sending(base: Mapping[str, str]) -> dict[str, str]:
    """The marks of a row as it was sent; {} for a sheet of an older version, which had none."""
    text = base.get(MARKS, "")
    found = [text[at : at + 8] for at in range(0, len(text), 8)]
    return dict(zip(_MARKED, found, strict=True)) if len(found) == len(_MARKED) else {}


def _with_own_values(row: Row, base: Mapping[str, str]) -> Row:
    """The row with the record's own values where it is to be filled in, not with those it inherits."""
    own: list[Value] = [base.get(name, "") for name, _ in FILLED]
    if own[_DAY]:
        own[_DAY] = dt.date.fromisoformat(str(own[_DAY]))
    return Row(row.issue_id, row.measure_id, (*row.cells[: len(READ)], *own))


def key_of(row_id: str) -> Key:
    """The record that a row's id names."""
    kind, _, uid = row_id.partition(":")
    return (Measure if kind == "M" else Issue), uid


# --- what travels hidden


def hidden_rows(ledger_uid: str, round_uid: str, sending: Sending) -> list[tuple[str, ...]]:
    """The rows of the hidden sheet: whose it is, and the base values in cells that Excel can hold."""
    text = json.dumps(sending.base, ensure_ascii=False)
    chunks = [text[at : at + _CHUNK] for at in range(0, len(text), _CHUNK)]
    return [(MARK, ledger_uid, round_uid, sending.recipient), *((chunk,) for chunk in chunks)]


def captions() -> Sequence[str]:
    """The header of the sheet."""
    return (*(caption for _, caption in (*READ, *FILLED)), ID_CAPTION)
