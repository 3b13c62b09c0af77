"""The list on paper: the rows that a filter leaves, in the columns that are shown, on lying A4, its head repeated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QMarginsF, QModelIndex, Qt
from PySide6.QtGui import (
    QFont,
    QPageLayout,
    QPageSize,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTableFormat,
)
from PySide6.QtWidgets import QDialog, QWidget

from zhenggai_desktop.gui.ledger_model import LedgerModel
from zhenggai_desktop.gui.messages import busy
from zhenggai_desktop.gui.tree_columns import CAPTIONS, Column

#: Shares of the width; the title takes what the others leave.
_SHARES = {Column.NUMBER: 9, Column.STATUS: 9, Column.DEADLINE: 13, Column.OWNER: 12, Column.DONE: 7}
_FAMILIES = ["FangSong", "仿宋", "STFangsong", "Noto Serif CJK SC", "SimSun"]
_POINTS = 10.5
_STEP = 12  # pixels of a level


def list_document(model: LedgerModel, columns: Sequence[Column], heading: str, below: str) -> QTextDocument:
    """All rows of the model as a table under ``heading``; ``below`` says what is listed."""
    document = QTextDocument()
    font = QFont(_FAMILIES)
    font.setPointSizeF(_POINTS)
    document.setDefaultFont(font)
    cursor = QTextCursor(document)
    _line(cursor, heading, points=16, bold=True)
    _line(cursor, below)
    rows = list(_rows(model, QModelIndex()))
    table = cursor.insertTable(len(rows) + 1, len(columns), _format(columns))
    cursor.beginEditBlock()
    for at, column in enumerate(columns):
        _fill(table.cellAt(0, at).firstCursorPosition(), CAPTIONS[column], bold=True)
        for row, index in enumerate(rows, start=1):
            text = str(index.siblingAtColumn(column).data() or "")
            cell = table.cellAt(row, at).firstCursorPosition()
            if column is Column.TITLE:
                cell.setBlockFormat(_indented(_depth(index)))
            _fill(cell, text, bold=not index.parent().isValid())
    cursor.endEditBlock()
    return document


def print_list(parent: QWidget, document: QTextDocument, name: str) -> None:
    """Ask for a printer and print; pages are numbered."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415 - asks the system for its printers

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setPageLayout(paper())
    dialog = QPrintDialog(printer, parent)
    try:
        if dialog.exec() == QDialog.DialogCode.Accepted:
            with busy():
                document.print_(printer)
    finally:
        dialog.deleteLater()


def paper() -> QPageLayout:
    """A4, lying."""
    size, none = QPageSize(QPageSize.PageSizeId.A4), QMarginsF(0, 0, 0, 0)  # a printed document keeps 2 cm by itself
    return QPageLayout(size, QPageLayout.Orientation.Landscape, none, QPageLayout.Unit.Millimeter)


def _rows(model: LedgerModel, parent: QModelIndex) -> Iterator[QModelIndex]:
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        yield index
        yield from _rows(model, index)


def _depth(index: QModelIndex) -> int:
    depth, above = 0, index.parent()
    while above.isValid():
        depth, above = depth + 1, above.parent()
    return depth


def _format(columns: Sequence[Column]) -> QTextTableFormat:
    table = QTextTableFormat()
    table.setHeaderRowCount(1)
    table.setCellPadding(3)
    table.setCellSpacing(0)
    table.setBorder(1)
    table.setBorderBrush(Qt.GlobalColor.black)
    table.setBorderCollapse(True)
    table.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    table.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    others = sum(_SHARES[column] for column in columns if column is not Column.TITLE)
    shares = [100 - others if column is Column.TITLE else _SHARES[column] for column in columns]
    kind = QTextLength.Type.PercentageLength
    table.setColumnWidthConstraints([QTextLength(kind, share) for share in shares])
    return table


def _indented(depth: int) -> QTextBlockFormat:
    block = QTextBlockFormat()
    block.setLeftMargin(depth * _STEP)
    return block


def _line(cursor: QTextCursor, text: str, *, points: float = _POINTS, bold: bool = False) -> None:
    block = QTextBlockFormat()
    block.setAlignment(Qt.AlignmentFlag.AlignHCenter if bold else Qt.AlignmentFlag.AlignLeft)
    block.setBottomMargin(6)
    cursor.setBlockFormat(block)
    _fill(cursor, text, bold=bold, points=points)
    cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())


def _fill(cursor: QTextCursor, text: str, *, bold: bool = False, points: float = _POINTS) -> None:
    look = QTextCharFormat()
    look.setFontWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    look.setFontPointSize(points)
    cursor.insertText(text, look)
