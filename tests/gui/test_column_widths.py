"""Columns that go with letters and room."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QTreeWidget

from zhenggai_desktop.gui.column_widths import set_widths
from zhenggai_desktop.gui.style import dress


def test_a_column_that_takes_what_is_left_stays_legible_with_large_letters(qapp: QApplication) -> None:
    rows = QTreeWidget()
    rows.setHeaderLabels(["序号", "问题", "时限"])
    set_widths(rows, (6, 0, 10))
    rows.resize(600, 300)
    rows.show()
    QApplication.processEvents()
    character = rows.fontMetrics().horizontalAdvance("字")
    assert [rows.columnWidth(at) for at in (0, 2)] == [6 * character, 10 * character]
    assert sum(rows.columnWidth(at) for at in range(3)) == rows.viewport().width()
    dress(qapp, 200)
    QApplication.processEvents()
    larger = rows.fontMetrics().horizontalAdvance("字")
    assert larger > 1.8 * character
    assert [rows.columnWidth(at) for at in range(3)] == [6 * larger, 9 * larger, 10 * larger]
    rows.close()
    rows.deleteLater()
