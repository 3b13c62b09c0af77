"""Fills the blank form that somebody sent (.xlsx, .docx) with the ledger, in the form's own columns and looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from zhenggai_desktop.domain.blocks import SourceTable
from zhenggai_desktop.domain.form_lines import FormList, form_lines, lists_in, rows_standing
from zhenggai_desktop.domain.records import Snapshot
from zhenggai_desktop.domain.table_columns import Header
from zhenggai_desktop.domain.workbook_reader import Chosen, chosen_header, ledger_sheets, shape_of
from zhenggai_desktop.errors import SourceFormatError, UsageError

_TITLE_LINES = 3  # 附件2, the title, 填报单位
FORM_SUFFIXES = (".xlsx", ".xlsm", ".docx")


@dataclass(frozen=True, slots=True)
class Form:
    """A list of a form, understood: ``sheet`` names its sheet, or is "" for table number ``table`` of a Word file.

    ``header`` says what the columns mean; another one of the same rows may be put in its place. ``standing`` rows are
    filled already: they stay, behind those that are put in.
    """

    path: Path
    header: Header
    sheet: str = ""
    table: int = 0
    standing: int = 0

    @property
    def shape(self) -> str:
        """By what the form is remembered."""
        return shape_of(self.header)


@dataclass(frozen=True, slots=True)
class FormReport:
    """``rows`` were filled, in all lists together; ``lists`` says in which how many, by the name of the sheet or the
    number of the table. ``empty`` are columns for which the ledger has nothing, ``standing`` rows were there before."""

    rows: int
    lists: tuple[tuple[str, int], ...]
    empty: tuple[str, ...]
    standing: int = 0

    @property
    def twice(self) -> str:
        """What a clerk has to know of a form in which something stood; "" for a blank one."""
        return told_standing(self.standing)


def told_standing(rows: int) -> str:
    """The sentence on so many rows that stand in a form already; "" for none."""
    return f"表里原来已有{rows}行，会留在新填的后面，请核对是不是填过的表" if rows else ""


def read_forms(path: Path, chosen: Chosen | None = None) -> tuple[Form, ...]:
    """The lists of the form in the file at ``path`` that are to be filled, at least one (see ``lists_in``); ``chosen``
    gives captions a meaning of the user's own.

    Raises UsageError (another kind of file), SourceError (no form).
    """
    refuse_other_kinds(path)
    found = _document_forms if path.suffix.lower() == ".docx" else _workbook_forms
    forms = found(path, chosen or {})
    if not forms:
        raise SourceFormatError(f"“{path.name}”里没有找到台账的表头", "请确认表里有“问题”“措施”等列")
    return forms


def refuse_other_kinds(path: Path) -> None:
    """Raises UsageError for a file that cannot be filled in its own looks."""
    if path.suffix.lower() not in FORM_SUFFIXES:
        raise UsageError(f"“{path.name}”不能直接填写", "请先另存为 xlsx 或 docx")


def _workbook_forms(path: Path, chosen: Chosen) -> tuple[Form, ...]:
    from zhenggai_desktop.formats.sheet_reader import read_workbook  # noqa: PLC0415 - calamine loads late

    sheets = ledger_sheets(read_workbook(path), chosen, to_fill=True)
    lists = [FormList(one.table, one.header, one.sheet.name) for one in sheets]
    return tuple(form_of(path, lists[at], sheet=lists[at].title) for at in lists_in(lists))


def _document_forms(path: Path, chosen: Chosen) -> tuple[Form, ...]:
    found = [(table, title, chosen_header(table, chosen)) for table, title in document_tables(path)]
    lists = [FormList(table, header, title) if header else None for table, title, header in found]
    return tuple(form_of(path, one, table=at) for at in lists_in(lists) if (one := lists[at]))


def form_of(path: Path, one: FormList, *, sheet: str = "", table: int = 0) -> Form:
    """A list as the form to be filled, with the rows that stand in it already."""
    return Form(path, one.header, sheet, table, rows_standing(one))


def document_tables(path: Path) -> list[tuple[SourceTable, str]]:
    """The tables of a Word document that stand in its text, each with the words above it. Raises SourceError."""
    from zhenggai_desktop.formats.reading import read_source  # noqa: PLC0415 - docx loads late

    document = read_source(path)
    found: list[tuple[SourceTable, str]] = []
    end = 0  # of the table before
    for table in document.tables:
        if table.depth == 0:
            above = [one.text for one in document.paragraphs if end < one.line < table.first_line and one.text.strip()]
            found.append((table, "\n".join(above[-_TITLE_LINES:])))
            end = table.last_line
    return found


def fill(snapshot: Snapshot, forms: Sequence[Form], target: Path) -> FormReport:
    """Fill lists of one file, at least one, and save it as ``target``, a file of the same kind. Raises UsageError,
    TargetError."""
    path = forms[0].path
    _check_target(path, target)
    filled = [(form, form_lines(snapshot, form.header.uses)) for form in forms]
    if forms[0].sheet:
        from zhenggai_desktop.formats.form_workbook import SheetLines, fill_form_workbook  # noqa: PLC0415

        sheets = [SheetLines(form.sheet, form.header.end_row + 1, lines) for form, lines in filled]
        fill_form_workbook(path, target, sheets)
    else:
        from zhenggai_desktop.formats.form_document import TableLines, fill_form_document  # noqa: PLC0415

        fill_form_document(path, target, [TableLines(form.table, form.header.end_row, lines) for form, lines in filled])
    lists = tuple((form.sheet or f"第{form.table + 1}个表格", len(lines.rows)) for form, lines in filled)
    empty = dict.fromkeys(caption for _, lines in filled for caption in lines.empty)
    standing = sum(form.standing for form in forms)
    return FormReport(sum(rows for _, rows in lists), lists, tuple(empty), standing)


def fill_form(snapshot: Snapshot, form: Path, target: Path, chosen: Chosen | None = None) -> FormReport:
    """Read and fill the form in the file ``form``; see ``read_forms`` and ``fill``."""
    if form.suffix.lower() in FORM_SUFFIXES:
        _check_target(form, target)  # before the form is read
    return fill(snapshot, read_forms(form, chosen), target)


def _check_target(form: Path, target: Path) -> None:
    suffix = form.suffix.lower()
    if target.suffix.lower() != suffix:
        raise UsageError(f"填好的表不能存成“{target.name}”", f"请把文件名写成以 {suffix} 结尾")
