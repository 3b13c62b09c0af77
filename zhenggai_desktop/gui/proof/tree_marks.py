"""Marks of the findings in the tree: a dot beside the number, in the colour of the gravest one."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QToolTip

from zhenggai_desktop.gui.ledger_model import LedgerModel
from zhenggai_desktop.gui.ledger_tree import LedgerTree
from zhenggai_desktop.gui.proof.desk import ProofDesk
from zhenggai_desktop.gui.tree_columns import Column

if TYPE_CHECKING:
    from zhenggai_desktop.domain.proofread.findings import Finding

_RADIUS = 3.5  # pixels
_TOLD = 5  # messages in the hint


class TreeMarks(QStyledItemDelegate):
    """Draws the numbers of the tree as always, and the marks beside them."""

    def __init__(self, tree: LedgerTree, model: LedgerModel, desk: ProofDesk) -> None:
        super().__init__(tree)
        self._tree, self._model, self._desk = tree, model, desk
        self._found: Mapping[str, tuple[Finding, ...]] = {}
        desk.proofread.connect(self._on_proofread)
        self._show()

    def findings_at(self, index: QModelIndex | QPersistentModelIndex) -> tuple[Finding, ...]:
        """What was found in the words of a row."""
        record = self._model.record(index)
        return () if record is None else self._found.get(record.uid, ())

    def paint(self, painter: QPainter, option: Any, index: QModelIndex | QPersistentModelIndex) -> None:
        super().paint(painter, option, index)
        found = self.findings_at(index)
        if not found:
            return
        from zhenggai_desktop.gui.proof.severities import gravest, severity_colour  # noqa: PLC0415 - not at start

        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(severity_colour(gravest(found)))
        rect = option.rect
        painter.drawEllipse(QPointF(rect.right() - 3 * _RADIUS, rect.center().y() + 0.5), _RADIUS, _RADIUS)
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: Any,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        found = self.findings_at(index)
        if event.type() != QEvent.Type.ToolTip or not found:
            return super().helpEvent(event, view, option, index)
        lines = [escape(finding.message) for finding in found[:_TOLD]]
        more = [f"另有{len(found) - _TOLD}处"] if len(found) > _TOLD else []
        QToolTip.showText(event.globalPos(), f"<qt>校对：{'<br>'.join([*lines, *more])}</qt>", view)
        return True

    def _on_proofread(self) -> None:
        if self._show():
            self._tree.viewport().update()

    def _show(self) -> bool:
        """What is found now; False where it is as it was. A tree without findings is painted without Python."""
        before, proof = self._found, self._desk.proof
        self._found = {} if proof is None else proof.by_record()
        if bool(before) != bool(self._found):
            marks: Any = self if self._found else None  # Qt takes none, its stubs do not know
            self._tree.setItemDelegateForColumn(Column.NUMBER, marks)
        return before != self._found
