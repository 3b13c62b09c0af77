"""What was done to a record: when, by whom, what it was before and after."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtGui import QBrush, QPalette
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.gui.focus_entry import lead_focus
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.services.ledger_history import moment_words, step_words

if TYPE_CHECKING:
    from zhenggai_desktop.services.record_history import FieldChange, RecordStep

_WIDTHS = (11, 6)  # characters of time and name; the step takes what is left
_LONGEST = 400  # characters of a value in a hint


class HistoryList(QWidget):
    """Read only: the steps that touched one record, the newest first, each with its fields below it."""

    def __init__(self, session: LedgerSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.rows = QTreeWidget()
        self.rows.setUniformRowHeights(True)
        self.rows.setHeaderLabels(["时间", "操作人", "操作"])
        self.rows.setAccessibleName("历史")
        self.rows.setIndentation(12)
        self.rows.setRootIsDecorated(False)  # steps stand open, below their heads
        character = self.rows.fontMetrics().horizontalAdvance("字")
        for column, width in enumerate(_WIDTHS):
            self.rows.header().resizeSection(column, character * width)
        self.rows.header().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        lead_focus(self, self.rows)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.rows)

    def show_key(self, key: RecordKey) -> None:
        """List the steps that touched a record."""
        from zhenggai_desktop.services.record_history import history_of  # noqa: PLC0415 - see the session

        steps = self._session.write(lambda ledger: history_of(ledger, key)) if self._session.is_open else []
        self.rows.clear()
        for step in steps:
            self._add(step)
        if (first := self.rows.topLevelItem(0)) is not None:
            self.rows.setCurrentItem(first)

    def _add(self, step: RecordStep) -> None:
        words = step_words(step.entry)
        item = QTreeWidgetItem([moment_words(step.entry), step.entry.who, words])
        item.setToolTip(2, f"<qt>{escape(words)}</qt>")
        self.rows.addTopLevelItem(item)
        muted = QBrush(self.palette().color(QPalette.ColorRole.PlaceholderText))
        for field in step.fields:
            line = QTreeWidgetItem([_line(field)])
            line.setForeground(0, muted)
            line.setToolTip(0, _hint(field))
            item.addChild(line)
            line.setFirstColumnSpanned(True)
        item.setExpanded(True)


def _line(field: FieldChange) -> str:
    before, after = (" ".join(text.split()) for text in (field.before, field.after))
    return f"{field.caption}：{before} → {after}"


def _hint(field: FieldChange) -> str:
    parts = (f"<p>{escape(text[:_LONGEST])}</p>" for text in (f"原：{field.before}", f"现：{field.after}"))
    return f"<qt>{escape(field.caption)}{''.join(parts)}</qt>"
