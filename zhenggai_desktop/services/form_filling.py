"""Fills the blank form that somebody sent (.xlsx, .docx) with the ledger, in the form's own columns and looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from zhenggai_desktop.domain.form_lines import FormLines, form_lines
from zhenggai_desktop.domain.records import Snapshot
from zhenggai_desktop.domain.table_columns import Column, Header, find_header
from zhenggai_desktop.domain.workbook_reader import as_chosen, ledger_sheets, shape_of
from zhenggai_desktop.errors import SourceFormatError, UsageError

Chosen = Mapping[str, Mapping[str, Column]]


@dataclass(frozen=True, slots=True)
class FormReport:
    """``rows`` were filled; ``empty`` are columns for which the ledger has nothing; ``columns`` says how each caption
    was understood, ``shape`` by what the form is remembered."""

    rows: int
    empty: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    shape: str


def fill_form(snapshot: Snapshot, form: Path, target: Path, chosen: Chosen | None = None) -> FormReport:
    """Fill ``form`` and save it as ``target``, of the same kind; ``chosen`` gives captions a meaning of the user's own.

    Raises UsageError (another kind of file), SourceError (no form), TargetError.
    """
    suffix = form.suffix.lower()
    if suffix not in {".xlsx", ".xlsm", ".docx"}:
        raise UsageError(f"“{form.name}”不能直接填写", "请先另存为 xlsx 或 docx")
    if target.suffix.lower() != suffix:
        raise UsageError(f"填好的表不能存成“{target.name}”", f"请把文件名写成以 {suffix} 结尾")
    fill = _fill_document if suffix == ".docx" else _fill_workbook
    header, lines = fill(snapshot, form, target, chosen or {})
    columns = tuple((use.caption, use.column.name.lower()) for use in header.uses)
    return FormReport(len(lines.rows), lines.empty, columns, shape_of(header))


def _fill_workbook(snapshot: Snapshot, form: Path, target: Path, chosen: Chosen) -> tuple[Header, FormLines]:
    from zhenggai_desktop.formats.form_workbook import fill_form_workbook  # noqa: PLC0415
    from zhenggai_desktop.formats.sheet_reader import read_workbook  # noqa: PLC0415

    sheets = ledger_sheets(read_workbook(form), chosen)
    if not sheets:
        raise _no_form(form)
    found = sheets[0]
    lines = form_lines(snapshot, found.header.uses)
    fill_form_workbook(form, target, found.sheet.name, found.header.end_row + 1, lines)
    return found.header, lines


def _fill_document(snapshot: Snapshot, form: Path, target: Path, chosen: Chosen) -> tuple[Header, FormLines]:
    from zhenggai_desktop.formats.form_document import fill_form_document  # noqa: PLC0415
    from zhenggai_desktop.formats.reading import read_source  # noqa: PLC0415

    tables = [table for table in read_source(form).tables if table.depth == 0]
    found = next(((at, header) for at, table in enumerate(tables) if (header := find_header(table))), None)
    if found is None:
        raise _no_form(form)
    at, header = found
    header = as_chosen(header, chosen.get(shape_of(header), {}))
    lines = form_lines(snapshot, header.uses)
    fill_form_document(form, target, at, header.end_row, lines)
    return header, lines


def _no_form(form: Path) -> SourceFormatError:
    return SourceFormatError(f"“{form.name}”里没有找到台账的表头", "请确认表里有“问题”“措施”等列")
