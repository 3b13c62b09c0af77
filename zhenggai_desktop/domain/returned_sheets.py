"""The filled-in sheets of a workbook that came back from a department, as texts; nothing is understood yet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from zhenggai_desktop.domain.distribution import FILLED, ID_CAPTION, MARK, READ
from zhenggai_desktop.domain.sheets import Sheet, Workbook, value_text


@dataclass(slots=True)
class ReturnedRow:
    """A row as it came back. ``row_id`` is "" for a row that was added; ``texts`` hold the columns that are there."""

    line: int
    row_id: str
    texts: dict[str, str]


@dataclass(slots=True)
class Returned:
    """A sheet that came back. ``base`` is empty where the hidden sheet was lost."""

    name: str
    ledger_uid: str = ""
    round_uid: str = ""
    recipient: str = ""
    base: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])
    rows: list[ReturnedRow] = field(default_factory=list[ReturnedRow])


def read_returned(workbook: Workbook) -> Returned | None:
    """The filled-in sheet in a workbook, wherever it stands; None where there is none."""
    returned = Returned(workbook.name)
    for sheet in workbook.sheets:
        if sheet.rows and sheet.rows[0] and sheet.rows[0][0] == MARK:
            _read_hidden(sheet, returned)
    for sheet in workbook.sheets:
        places = _header(sheet)
        if places is not None:
            returned.rows = list(_rows(sheet, *places))
            return returned
    return None


def _read_hidden(sheet: Sheet, returned: Returned) -> None:
    head = [value_text(value) for value in sheet.rows[0][:4]]
    _, returned.ledger_uid, returned.round_uid, returned.recipient = (*head, "", "", "")[:4]
    try:
        base: object = json.loads("".join(value_text(row[0]) for row in sheet.rows[1:]))
    except (ValueError, RecursionError):
        return
    if isinstance(base, dict):
        returned.base = cast("dict[str, dict[str, str]]", base)


def _header(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The header's row and the column of each field that is there, "id" among them."""
    fields = {caption: name for name, caption in (*READ, *FILLED)} | {ID_CAPTION: "id"}
    for at, row in enumerate(sheet.rows[:20]):
        places = {fields[words]: column for column, value in enumerate(row)
                  if (words := "".join(value_text(value).split())) in fields}  # fmt: skip
        if "id" in places or len(places) >= len(READ):
            return at, places
    return None


def _rows(sheet: Sheet, header: int, places: Mapping[str, int]) -> Iterator[ReturnedRow]:
    for at, row in enumerate(sheet.rows[header + 1 :], header + 2):
        texts = {name: value_text(row[column]).strip() for name, column in places.items()}
        row_id = texts.pop("id", "")
        if row_id or any(texts.values()):
            yield ReturnedRow(at, row_id if row_id[:2] in ("M:", "I:") else "", texts)
