"""Marks of the findings in the tree: a dot beside the number, in the colour of the gravest one."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QToolTip

from zhenggai_desktop.domain.proofread.findings import Finding, Severity
from zhenggai_desktop.gui.ledger_model import Column, LedgerModel
from zhenggai_desktop.gui.ledger_tree import LedgerTree
from zhenggai_desktop.gui.proof.desk import ProofDesk
from zhenggai_desktop.gui.proof.findings_list import severity_colour

_RADIUS = 3.5  # pixels
_TOLD = 5  # messages in the hint
_GRAVEST = tuple(Severity)


class TreeMarks(QStyledItemDelegate):
    """Draws the numbers of the tree as always, and the marks beside them."""

    def __init__(self, tree: LedgerTree, model: LedgerModel, desk: ProofDesk) -> None:
        super().__init__(tree)
        self._tree, self._model, self._desk = tree, model, desk
        self._found: Mapping[str, tuple[Finding, ...]] = {}
        tree.setItemDelegateForColumn(Column.NUMBER, self)
        desk.proofread.connect(self._on_proofread)
        self._on_proofread()

    def findings_at(self, index: QModelIndex | QPersistentModelIndex) -> tuple[Finding, ...]:
        """What was found in the words of a row."""
        record = self._model.record(index)
        return () if record is None else self._found.get(record.uid, ())

    def paint(self, painter: QPainter, option: Any, index: QModelIndex | QPersistentModelIndex) -> None:
        super().paint(painter, option, index)
        found = self.findings_at(index)
        if not found:
            return
        gravest = min((finding.severity for finding in found), key=_GRAVEST.index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(severity_colour(gravest))
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
        self._found = self._desk.proof.by_record() if self._desk.proof is not None else {}
        self._tree.viewport().update()
