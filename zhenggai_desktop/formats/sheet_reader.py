"""One door for every workbook that is to be imported: .xlsx, .xlsm, .xls, .et, .ods and .csv as sheets of typed cells.

The content decides how a file is read, not its name. Formulas give the value that was saved with them; macros and links
to other files are never looked at. A file is refused before it can fill the memory: by what its container declares and
inflates to, and by the rectangle that its cells with content span.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.blocks import SourceRemark
from zhenggai_desktop.domain.sheets import Area, CellError, CellValue, Sheet, Workbook
from zhenggai_desktop.errors import SourceFormatError
from zhenggai_desktop.formats.file_kinds import FileKind, kind_of, read_bytes
from zhenggai_desktop.formats.sheet_limits import MOST_CELLS, refuse_wide_rows, too_many_cells

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

    from zhenggai_desktop.formats.sheet_parts import SheetFacts

WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv"})
_NOT_A_WORKBOOK = "请选择xlsx、xls、et、ods或csv格式的台账"
_SAVE_AS_XLSX = "请用WPS或Excel打开，另存为xlsx后再导入"
_REFUSALS: dict[FileKind, tuple[str, str]] = {
    FileKind.ENCRYPTED: ("表格已加密，没有密码无法读取", "请用WPS或Excel输入密码打开，去掉密码后另存为xlsx再导入"),
    FileKind.WORD: ("这是Word文件，不是表格", "Word里的台账请作为文稿导入，或把表格复制到Excel后再导入"),
    FileKind.HTML: ("这是网页格式的表格，不能直接读取", _SAVE_AS_XLSX),
    FileKind.WORD_XML: ("这是XML文件，不能直接读取", _SAVE_AS_XLSX),
    FileKind.DATABASE: (
        "这是数据库或台账文件，不是表格",
        "同一台账的副本请用“合并台账副本”，几个单位的台账请用“汇总多个台账”",
    ),
    FileKind.ARCHIVE: ("这是压缩包，或是已损坏的表格", "请先解压，再导入里面的文件"),
    FileKind.PDF: ("这是PDF文件，不是表格", "请用WPS转换为xlsx后再导入"),
    FileKind.PICTURE: ("这是一张图片，不是表格", "请用WPS等软件识别成表格，存为xlsx后再导入"),
}
_MOST_COMMENTS = 50  # of a sheet, that are told one by one
_ZIPPED = frozenset({".xlsx", ".xlsm", ".ods"})  # such a name promises a table
_DAMAGED = "请用WPS或Excel打开后另存为xlsx，打不开的请发送人重新发送"


def read_workbook(path: Path) -> Workbook:
    """All sheets of the workbook at ``path``, hidden ones included; of a .csv the only one.

    Raises SourceMissingError (not there), SourceFormatError (empty, damaged, encrypted, no workbook, no cell with
    content: each its own sentence) and SourceLimitError (larger than any real ledger).
    """
    data = read_bytes(path)
    kind = kind_of(data)
    if kind is FileKind.WORKBOOK:
        book = _modern(data, path.name)
    elif kind in {FileKind.OLD_WORKBOOK, FileKind.OLD_OFFICE}:
        from zhenggai_desktop.formats.old_sheets import read_old_workbook  # noqa: PLC0415 - fewer and fewer bring one

        book = read_old_workbook(data, path.name)
    elif kind is FileKind.OPEN_DOCUMENT:
        from zhenggai_desktop.formats.open_sheets import read_open_sheets  # noqa: PLC0415 - few bring such a file

        book = read_open_sheets(data, path.name)
    elif kind is FileKind.TEXT and path.suffix.lower() not in {".xlsx", ".xls", ".et", ".xlsm", ".ods"}:
        from zhenggai_desktop.formats.csv_reader import read_csv  # noqa: PLC0415

        book = read_csv(data, path.name)
    elif kind is FileKind.ARCHIVE and path.suffix.lower() in _ZIPPED:
        raise SourceFormatError(f"无法读取“{path.name}”：表格已损坏，或没有下载完整", _DAMAGED)
    else:
        what, todo = _REFUSALS.get(kind, ("这不是表格文件", _NOT_A_WORKBOOK))
        raise SourceFormatError(f"无法读取“{path.name}”：{what}", todo)
    if not any(sheet.rows for sheet in book.sheets):
        raise SourceFormatError(f"“{path.name}”里没有内容", "请核对文件，或请发送人重新发送")
    refuse_wide_rows(path.name, book.sheets)
    return book


def _modern(data: bytes, name: str) -> Workbook:
    """A zipped workbook, once its parts are known to be harmless."""
    from zhenggai_desktop.formats.sheet_parts import has_external_links, sheet_facts  # noqa: PLC0415 - loads XML and zip

    book = read_by_calamine(data, name, sheet_facts(data, name))
    if not has_external_links(data, name):
        return book
    linked = SourceRemark("external-link", 1, "有公式链接到别的文件，按保存时的数值读入，请核对是不是最新的")
    return replace(book, remarks=(linked, *book.remarks))


def read_by_calamine(data: bytes, name: str, facts: dict[str, SheetFacts]) -> Workbook:
    """The sheets of a workbook of whose size nothing has to be feared any more. Raises SourceFormatError, and
    SourceLimitError for more cells than any real ledger has."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError  # noqa: PLC0415 - Excel's readers pay

    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            return _workbook(book, name, facts)
    except PasswordError as error:
        what, todo = _REFUSALS[FileKind.ENCRYPTED]
        raise SourceFormatError(f"无法读取“{name}”：{what}", todo) from error
    except (CalamineError, OSError, ValueError) as error:
        raise SourceFormatError(f"“{name}”不是完好的表格文件，可能已损坏或没有下载完整", _DAMAGED) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a reader written in Rust says so when it meets nonsense
            raise
        raise SourceFormatError(f"“{name}”已损坏，无法读取", _DAMAGED) from error


def _workbook(book: CalamineWorkbook, name: str, facts: dict[str, SheetFacts]) -> Workbook:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415

    sheets: list[Sheet] = []
    remarks: list[SourceRemark] = []
    cells = 0
    for about in book.sheets_metadata:
        if about.typ is not SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(about.name)
        cells += _area(sheet)
        if cells > MOST_CELLS:
            raise too_many_cells(name)
        known = facts.get(about.name)
        hidden = about.visible is not SheetVisibleEnum.Visible
        sheets.append(_sheet(sheet, known, hidden=hidden))
        if known is not None:
            remarks += _remarks(known, about.name)
    return Workbook(name, tuple(sheets), tuple(remarks))


def _area(sheet: CalamineSheet) -> int:
    """The rectangle from A1 to the last cell with content."""
    if sheet.end is None:
        return 0
    return (sheet.end[0] + 1) * (sheet.end[1] + 1)


def _sheet(sheet: CalamineSheet, facts: SheetFacts | None, *, hidden: bool) -> Sheet:
    rows: Sequence[Sequence[CellValue]] = sheet.to_python(skip_empty_area=False)
    # from joined corners by ``map``: half of what naming the four numbers takes, and a ledger has thousands of merges
    merges = list(map(Area._make, (first + last for first, last in sheet.merged_cell_ranges or ())))
    if facts is None:
        return Sheet(sheet.name, rows, merges, hidden)
    return Sheet(sheet.name, _with_errors(rows, facts), merges, hidden, facts.hidden_rows)


def _with_errors(rows: Sequence[Sequence[CellValue]], facts: SheetFacts) -> Sequence[Sequence[CellValue]]:
    """The rows with the errors in their places, which the reader leaves empty."""
    if not facts.errors:
        return rows
    marked = [list(row) for row in rows]
    for (row, column), text in facts.errors.items():
        if row < len(marked) and column < len(marked[row]) and marked[row][column] == "":
            marked[row][column] = CellError(text)
    return marked


def _remarks(facts: SheetFacts, sheet: str) -> list[SourceRemark]:
    found = [
        SourceRemark("comment", row, f"工作表“{sheet}”第{row}行有批注，没有记入台账：{text}")
        for row, text in facts.comments[:_MOST_COMMENTS]
    ]
    if more := facts.comments[_MOST_COMMENTS:]:
        text = f"工作表“{sheet}”另有{len(more)}条批注，没有记入台账，请在表里查看"
        found.append(SourceRemark("comment", more[0][0], text))
    if not facts.errors:
        return found
    first, text = next(iter(facts.errors.items()))
    shown = f"出错（{text}）" if text else "没有算出结果"
    count = len(facts.errors)
    formulas = f"工作表“{sheet}”有{count}个公式{shown}，这些单元格当作空白，请在Excel里改正后重新导入或手工补上"
    return [SourceRemark("formula-error", first[0] + 1, formulas), *found]
