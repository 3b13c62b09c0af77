"""Marks of the findings in the tree: a dot beside the number, in the colour of the gravest one.

A branch that is closed over findings has a ring, so that nothing is out of sight that is not told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QToolTip

from zhenggai_desktop.gui.ledger_model import LedgerModel
from zhenggai_desktop.gui.ledger_tree import LedgerTree
from zhenggai_desktop.gui.proof.desk import ProofDesk
from zhenggai_desktop.gui.tree_columns import Column

if TYPE_CHECKING:
    from zhenggai_desktop.domain.proofread.findings import Finding

_RADIUS = 3.5  # pixels
_TOLD = 5  # messages in the hint
#: What is missing in the notice as long as an issue is worked on: the columns beside say so, a mark says nothing more.
#: So does a heading that stands alone as long as nothing answers it.
_TO_BE_DONE = frozenset({"unanswered", "standing-result", "overdue", "stopped-heading"})


class TreeMarks(QStyledItemDelegate):
    """Draws the marks beside the numbers of the tree, and tells what they mean."""

    def __init__(self, tree: LedgerTree, model: LedgerModel, desk: ProofDesk) -> None:
        super().__init__(tree)
        self._tree, self._model, self._desk = tree, model, desk
        self._found: Mapping[str, tuple[Finding, ...]] = {}
        self._within: dict[str, tuple[Finding, ...]] = {}  # by the branch's record, as far as it was asked for
        desk.proofread.connect(self._on_proofread)
        self._show()

    def findings_at(self, index: QModelIndex | QPersistentModelIndex) -> tuple[Finding, ...]:
        """What was found in the words of a row."""
        record = self._model.record(index)
        return () if record is None else self._found.get(record.uid, ())

    def findings_within(self, index: QModelIndex | QPersistentModelIndex) -> tuple[Finding, ...]:
        """What was found below a row that is closed over it; () for an open one."""
        record, head = self._model.record(index), self._model.index(index.row(), 0, index.parent())
        if record is None or self._tree.isExpanded(head):
            return ()
        if record.uid not in self._within:
            self._within[record.uid] = tuple(self._below(head))
        return self._within[record.uid]

    def _below(self, head: QModelIndex) -> Iterator[Finding]:
        for row in range(self._model.rowCount(head)):
            child = self._model.index(row, 0, head)
            yield from self.findings_at(child)
            yield from self._below(child)

    def draw(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        """Draw the mark of a row into the cell of its number."""
        found, within = self.findings_at(index), self.findings_within(index)
        if not (found or within):
            return
        from zhenggai_desktop.gui.proof.severities import gravest, severity_colour  # noqa: PLC0415 - not at start

        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = severity_colour(gravest((*found, *within)))
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(colour if found else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(rect.right() - 3 * _RADIUS, rect.center().y() + 0.5), _RADIUS, _RADIUS)
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: Any,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        found, within = self.findings_at(index), self.findings_within(index)
        from html import escape  # noqa: PLC0415 - see the model

        if event.type() != QEvent.Type.ToolTip or not (found or within):
            return super().helpEvent(event, view, option, index)
        lines = [escape(finding.message) for finding in found[:_TOLD]]
        more = [f"另有{len(found) - _TOLD}处"] if len(found) > _TOLD else []
        more += [f"收起的下级中有{len(within)}处"] if within else []
        QToolTip.showText(event.globalPos(), f"<qt>校对：{'<br>'.join([*lines, *more])}</qt>", view)
        return True

    def _on_proofread(self) -> None:
        if self._show():
            self._tree.viewport().update()

    def _show(self) -> bool:
        """What is found now; False where it is as it was."""
        before, proof = self._found, self._desk.proof
        self._within = {}
        self._found = {} if proof is None else _marked(proof.by_record())
        if bool(before) != bool(self._found):
            marks: Any = self if self._found else None  # Qt takes none, its stubs do not know
            self._tree.setItemDelegateForColumn(Column.NUMBER, marks)
            self._tree.painting.number_mark = self.draw if self._found else None
        return before != self._found


def _marked(found: Mapping[str, tuple[Finding, ...]]) -> dict[str, tuple[Finding, ...]]:
    left = {uid: tuple(one for one in findings if one.code not in _TO_BE_DONE) for uid, findings in found.items()}
    return {uid: findings for uid, findings in left.items() if findings}
