"""A foreign sheet as it is, under what its columns are understood to mean."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from zhenggai_desktop.domain.column_names import use_name
from zhenggai_desktop.domain.sheets import Sheet, value_text
from zhenggai_desktop.domain.table_columns import Column, ColumnUse, Header
from zhenggai_desktop.gui.themes import current

_WIDTHS = (64, 210, 130)  # pixels: the least, the most, the usual
_SAMPLE, _PIXELS_PER_CHARACTER = 40, 14  # rows looked at for the widths
_SPANS_SHOWN = 600  # merged ranges; a view with more would be slow
_UNSURE = int(Qt.ItemDataRole.UserRole)  # role: True for a meaning that nobody knows
_Index = QModelIndex | QPersistentModelIndex


class SheetModel(QAbstractTableModel):
    """The cells as a person reads them; the horizontal header tells the meanings."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet: Sheet | None = None
        self._header: Header | None = None
        self._is_read = False

    def show_sheet(self, sheet: Sheet, header: Header, *, is_read: bool) -> None:
        """Show this sheet under this header; ``is_read`` is False for one that will not be imported."""
        self.beginResetModel()
        self._sheet, self._header, self._is_read = sheet, header, is_read
        self.endResetModel()

    def show_header(self, header: Header, *, is_read: bool) -> None:
        """The same sheet under another header."""
        self._header, self._is_read = header, is_read
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() or self._sheet is None else len(self._sheet.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self._sheet is None else self._sheet.columns

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self._sheet is None or self._header is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            text = value_text(self._sheet.rows[index.row()][index.column()])
            return " ".join(text.split()) if role == Qt.ItemDataRole.DisplayRole else text.replace("<", "＜")
        return self._look(index.row(), index.column(), role)

    def _look(self, row: int, column: int, role: int) -> object:
        assert self._header is not None
        in_header = self._header.first_row <= row < self._header.end_row
        if role == Qt.ItemDataRole.ForegroundRole:
            return QBrush(QColor(self._ink(row, column)))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        if role == Qt.ItemDataRole.BackgroundRole and in_header:
            return QBrush(QColor(current().ground))
        if role == Qt.ItemDataRole.FontRole and in_header:
            font = QFont()
            font.setBold(True)
            return font
        return None

    def _ink(self, row: int, column: int) -> str:
        assert self._header is not None
        theme = current()
        if not self._is_read or row < self._header.first_row:
            return theme.muted
        return theme.muted if self._header.uses[column].column is Column.COMPUTED else theme.ink

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self._sheet is None or self._header is None:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return "点这里改变这一列的含义"
        use = self._header.uses[section]
        if role == _UNSURE:
            return self._is_read and use.column is Column.OTHER and bool(use.caption)
        return self._head(use) if role == Qt.ItemDataRole.DisplayRole else None

    def _head(self, use: ColumnUse) -> str:
        if not self._is_read:
            return "不读入"
        return use_name(use.columns) if use.caption or use.column is not Column.OTHER else ""


class _MeaningHeader(QHeaderView):
    """Meanings as what can be clicked; those that nobody knows stand on the colour of warnings."""

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme = current()
        words = self.model().headerData(section, Qt.Orientation.Horizontal)
        unsure = bool(self.model().headerData(section, Qt.Orientation.Horizontal, _UNSURE))
        painter.save()
        is_current = self.parent_view().currentIndex().column() == section
        ground = theme.warning_ground if unsure else theme.selected if is_current else theme.surface
        painter.fillRect(rect, QColor(ground))
        painter.setPen(QColor(theme.line))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(QColor(theme.warning if unsure else theme.accent))
        inner = rect.adjusted(6, 0, -18, 0)
        shown = self.fontMetrics().elidedText(str(words or ""), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.muted), 1.5))
        right, middle = rect.right() - 10.0, rect.center().y() + 0.5
        painter.drawPolyline(
            [QPointF(right - 3.5, middle - 2), QPointF(right, middle + 2), QPointF(right + 3.5, middle - 2)]
        )
        painter.restore()

    def parent_view(self) -> QTableView:
        view = self.parent()
        assert isinstance(view, QTableView)
        return view


class SheetGrid(QTableView):
    """The sheet, to look at. ``column_chosen`` tells the column of the current cell, ``meaning_asked`` the one whose
    head was clicked."""

    column_chosen = Signal(int)
    meaning_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("表格内容")
        self.cells = SheetModel(self)
        self.setModel(self.cells)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setStyleSheet("QTableView::item { padding-top: 5px; }")
        header = _MeaningHeader(Qt.Orientation.Horizontal, self)
        self.setHorizontalHeader(header)
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._on_head)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)
        self.selectionModel().currentChanged.connect(self._on_current)

    def show_sheet(self, sheet: Sheet, header: Header, *, is_read: bool) -> None:
        """Show this sheet from its top."""
        self.clearSpans()
        self.cells.show_sheet(sheet, header, is_read=is_read)
        for area in sheet.merges[:_SPANS_SHOWN]:
            height = min(area.last_row, len(sheet.rows) - 1) - area.first_row + 1
            width = min(area.last_column, sheet.columns - 1) - area.first_column + 1
            if height > 0 and width > 0 and height * width > 1:
                self.setSpan(area.first_row, area.first_column, height, width)
        for column in range(sheet.columns):
            self.setColumnWidth(column, self._width(sheet, header, column))
        self.go_to(min(header.end_row, len(sheet.rows) - 1), 0)
        self.scrollToTop()

    def go_to(self, row: int, column: int | None = None) -> None:
        """Make a cell the current one."""
        at = self.cells.index(row, max(0, self.currentIndex().column() if column is None else column))
        if at.isValid():
            self.setCurrentIndex(at)
            self.scrollTo(at, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _width(self, sheet: Sheet, header: Header, column: int) -> int:
        least, most, usual = _WIDTHS
        rows = sheet.rows[header.first_row : header.first_row + _SAMPLE]
        longest = max((len(value_text(row[column])) for row in rows), default=0)
        head = self.fontMetrics().horizontalAdvance(use_name(header.uses[column].columns)) + 28
        return max(least, head, min(most if longest > 30 else usual, longest * _PIXELS_PER_CHARACTER + 16))

    def _on_current(self, now: QModelIndex) -> None:
        self.horizontalHeader().viewport().update()
        self.column_chosen.emit(now.column())

    def _on_head(self, column: int) -> None:
        self.go_to(max(0, self.currentIndex().row()), column)
        self.meaning_asked.emit(column)
