"""Fills the blank form that somebody sent (.xlsx, .docx) with the ledger, in the form's own columns and looks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from zhenggai_desktop.domain.form_lines import form_lines
from zhenggai_desktop.domain.records import Snapshot
from zhenggai_desktop.domain.table_columns import Header
from zhenggai_desktop.domain.workbook_reader import Chosen, chosen_header, ledger_sheets, shape_of
from zhenggai_desktop.errors import SourceFormatError, UsageError

FORM_SUFFIXES = (".xlsx", ".xlsm", ".docx")


@dataclass(frozen=True, slots=True)
class Form:
    """A form understood: ``sheet`` names the sheet with its table, or is "" for table number ``table`` of a Word file.

    ``header`` says what the columns mean; another one of the same rows may be put in its place.
    """

    path: Path
    header: Header
    sheet: str = ""
    table: int = 0

    @property
    def shape(self) -> str:
        """By what the form is remembered."""
        return shape_of(self.header)


@dataclass(frozen=True, slots=True)
class FormReport:
    """``rows`` were filled; ``empty`` are columns for which the ledger has nothing; ``columns`` says how each caption
    was understood, ``shape`` by what the form is remembered."""

    rows: int
    empty: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    shape: str


def read_form(path: Path, chosen: Chosen | None = None) -> Form:
    """The form in the file at ``path``; ``chosen`` gives captions a meaning of the user's own.

    Raises UsageError (another kind of file), SourceError (no form).
    """
    refuse_other_kinds(path)
    form = _document_form(path, chosen or {}) if path.suffix.lower() == ".docx" else _workbook_form(path, chosen or {})
    if form is None:
        raise SourceFormatError(f"“{path.name}”里没有找到台账的表头", "请确认表里有“问题”“措施”等列")
    return form


def refuse_other_kinds(path: Path) -> None:
    """Raises UsageError for a file that cannot be filled in its own looks."""
    if path.suffix.lower() not in FORM_SUFFIXES:
        raise UsageError(f"“{path.name}”不能直接填写", "请先另存为 xlsx 或 docx")


def _workbook_form(path: Path, chosen: Chosen) -> Form | None:
    from zhenggai_desktop.formats.sheet_reader import read_workbook  # noqa: PLC0415 - calamine loads late

    sheets = ledger_sheets(read_workbook(path), chosen, to_fill=True)
    return Form(path, sheets[0].header, sheets[0].sheet.name) if sheets else None


def _document_form(path: Path, chosen: Chosen) -> Form | None:
    from zhenggai_desktop.formats.reading import read_source  # noqa: PLC0415

    tables = [table for table in read_source(path).tables if table.depth == 0]
    headers = ((at, chosen_header(table, chosen)) for at, table in enumerate(tables))
    return next((Form(path, header, table=at) for at, header in headers if header), None)


def fill(snapshot: Snapshot, form: Form, target: Path) -> FormReport:
    """Fill the form and save it as ``target``, a file of the same kind. Raises UsageError, TargetError."""
    _check_target(form.path, target)
    lines = form_lines(snapshot, form.header.uses)
    if form.sheet:
        from zhenggai_desktop.formats.form_workbook import fill_form_workbook  # noqa: PLC0415

        fill_form_workbook(form.path, target, form.sheet, form.header.end_row + 1, lines)
    else:
        from zhenggai_desktop.formats.form_document import fill_form_document  # noqa: PLC0415

        fill_form_document(form.path, target, form.table, form.header.end_row, lines)
    columns = tuple((use.caption, use.column.name.lower()) for use in form.header.uses)
    return FormReport(len(lines.rows), lines.empty, columns, form.shape)


def fill_form(snapshot: Snapshot, form: Path, target: Path, chosen: Chosen | None = None) -> FormReport:
    """Read and fill the form in the file ``form``; see ``read_form`` and ``fill``."""
    if form.suffix.lower() in FORM_SUFFIXES:
        _check_target(form, target)  # before the form is read
    return fill(snapshot, read_form(form, chosen), target)


def _check_target(form: Path, target: Path) -> None:
    suffix = form.suffix.lower()
    if target.suffix.lower() != suffix:
        raise UsageError(f"填好的表不能存成“{target.name}”", f"请把文件名写成以 {suffix} 结尾")
