"""The process as a line of milestones: shape and words say how each stands, colour only helps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from zhenggai_desktop.domain.process import MilestoneState, Step
from zhenggai_desktop.gui import themes
from zhenggai_desktop.gui.drawn_items import DrawnItems
from zhenggai_desktop.texts import date_text

_NARROWEST = 7.2  # characters of a node
_RADIUS = 8.0  # pixels


class ProcessLine(DrawnItems):
    """Shows steps in their order. A click or Enter asks for one; arrows go along the line."""

    chosen = Signal(int)  # id of a milestone
    menu_wanted = Signal(int, QPoint)  # of a milestone, where on the screen
    moved = Signal(QRect)  # where the node with the keyboard is
    keys: ClassVar = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
    nothing: ClassVar = "还没有列出流程节点"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[Step, ...] = ()
        self._next: int | None = None  # id of what is due next
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("流程节点")

    def show_steps(self, steps: Sequence[Step], following: Step | None) -> None:
        """Show these milestones; ``following`` is the one that is due next, where the line begins to be read."""
        known = self._steps[self.current].milestone.id if self.current < len(self._steps) else None
        self._steps = tuple(steps)
        self._next = None if following is None else following.milestone.id
        ids = [step.milestone.id for step in self._steps]
        wanted = known if known in ids else self._next
        self.current = ids.index(wanted) if wanted in ids else 0
        self.describe()
        self.updateGeometry()
        self.update()

    def node_rect(self, at: int) -> QRectF:
        """The room of a milestone."""
        width = self._node_width()
        return QRectF(at * width, 0, width, self.height())

    def current_rect(self) -> QRect:
        """The room of the milestone that has the keyboard."""
        return self.node_rect(self.current).toAlignedRect()

    def sizeHint(self) -> QSize:
        return QSize(round(self._least_width() * max(len(self._steps), 1)), self._wanted_height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    # --- geometry

    def _least_width(self) -> float:
        return QFontMetricsF(self.font()).horizontalAdvance("字") * _NARROWEST

    def _node_width(self) -> float:
        return max(self._least_width(), self.width() / max(len(self._steps), 1))

    def _wanted_height(self) -> int:
        return round(2 * _RADIUS + 14 + 3.2 * self.fontMetrics().lineSpacing())

    def item_at(self, point: QPointF) -> int:
        at = int(point.x() // self._node_width())
        return at if 0 <= at < len(self._steps) else -1

    # --- painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, step in enumerate(self._steps):
            self._paint_node(painter, at, step)

    def _paint_node(self, painter: QPainter, at: int, step: Step) -> None:
        theme, rect = themes.current(), self.node_rect(at)
        middle = QPointF(rect.center().x(), _RADIUS + 7)
        if at == self.current and self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 1.5))
            painter.setBrush(QColor(theme.selected))
            painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), 4, 4)
        elif at == self.hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.stripe))
            painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), 4, 4)
        painter.setPen(QPen(QColor(theme.edge), 2))
        gap = _RADIUS + 4
        if at:
            painter.drawLine(QPointF(rect.left(), middle.y()), QPointF(middle.x() - gap, middle.y()))
        if at < len(self._steps) - 1:
            painter.drawLine(QPointF(middle.x() + gap, middle.y()), QPointF(rect.right(), middle.y()))
        draw_mark(painter, middle, step.state)
        self._paint_words(painter, rect, step)

    def _paint_words(self, painter: QPainter, rect: QRectF, step: Step) -> None:
        theme, line = themes.current(), self.fontMetrics().lineSpacing()
        top = 2 * _RADIUS + 12
        font = QFont(self.font())
        font.setBold(step.milestone.id == self._next)
        painter.setFont(font)
        painter.setPen(QColor(theme.ink))
        metrics = QFontMetricsF(font)
        room = QRectF(rect.left() + 4, top, rect.width() - 8, 2 * line)
        for row, words in enumerate(two_lines(step.milestone.title or step.milestone.kind, metrics, room.width())):
            box = QRectF(room.left(), top + row * line, room.width(), line)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextSingleLine, words)
        painter.setFont(self.font())
        painter.setPen(QColor(colour_of(step.state)))
        words = QFontMetricsF(self.font()).elidedText(state_words(step), Qt.TextElideMode.ElideRight, room.width())
        box = QRectF(room.left(), top + 2 * line, room.width(), line * 1.2)
        painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextSingleLine, words)

    # --- what Qt reports

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = self.item_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and at >= 0 and at == self.current:
            self.choose(at)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
        at = self.current if keyboard else self.item_at(QPointF(event.pos()))
        if 0 <= at < len(self._steps):
            self.set_current(at)
            place = self.mapToGlobal(self.current_rect().center()) if keyboard else event.globalPos()
            self.menu_wanted.emit(self._steps[at].milestone.id, place)

    # --- what is said and done

    def count(self) -> int:
        return len(self._steps)

    def sentence(self, at: int) -> str:
        return sentence(self._steps[at])

    def tip(self, at: int) -> str:
        return f"{self.sentence(at)}；右键打开材料".replace("<", "＜")

    def choose(self, at: int) -> None:
        self.chosen.emit(self._steps[at].milestone.id)

    def on_moved(self) -> None:
        self.moved.emit(self.current_rect())


def draw_mark(painter: QPainter, middle: QPointF, state: MilestoneState) -> None:
    """Disc with a tick, disc with a point of exclamation, triangle, diamond, ring: told apart without colour."""
    colour, ground, r = QColor(colour_of(state)), QColor(themes.current().surface), _RADIUS
    x, y = middle.x(), middle.y()
    painter.setPen(QPen(colour, 2))
    painter.setBrush(colour if state is not MilestoneState.OPEN else Qt.BrushStyle.NoBrush)
    if state is MilestoneState.LATE:
        painter.drawPolygon([QPointF(x, y - r), QPointF(x + r, y + r - 2), QPointF(x - r, y + r - 2)])
    elif state is MilestoneState.SOON:
        painter.drawPolygon([QPointF(x, y - r), QPointF(x + r, y), QPointF(x, y + r), QPointF(x - r, y)])
    else:
        painter.drawEllipse(middle, r - 1, r - 1)
    painter.setPen(QPen(ground, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    if state is MilestoneState.DONE:
        painter.drawPolyline([QPointF(x - 3.5, y), QPointF(x - 1, y + 2.8), QPointF(x + 3.8, y - 2.8)])
    elif state in (MilestoneState.UNPROVEN, MilestoneState.LATE):
        lift = 1.0 if state is MilestoneState.LATE else -0.5
        painter.drawLine(QPointF(x, y - 3.5 + lift), QPointF(x, y + 0.5 + lift))
        painter.drawPoint(QPointF(x, y + 3.8 + lift))


def colour_of(state: MilestoneState) -> str:
    """The ink of a state in the theme that is worn."""
    theme = themes.current()
    return {
        MilestoneState.DONE: theme.statuses["done"],
        MilestoneState.UNPROVEN: theme.warning,
        MilestoneState.LATE: theme.late,
        MilestoneState.SOON: theme.accent,
        MilestoneState.OPEN: theme.muted,
    }[state]


def state_words(step: Step) -> str:
    """“3月5日完成”, “缺会议纪要”, “逾期5天”, “还有3天”, “4月14日”, “未定日期”."""
    milestone = step.milestone
    if step.state is MilestoneState.UNPROVEN:
        return f"缺{'、'.join(step.missing)}"
    if milestone.done_on is not None:
        return f"{milestone.done_on.month}月{milestone.done_on.day}日完成"
    if step.left is None or milestone.due_on is None:
        return "未定日期"
    if step.left < 0:
        return f"逾期{-step.left}天"
    if step.state is MilestoneState.SOON:
        return "今天" if step.left == 0 else f"还有{step.left}天"
    return f"{milestone.due_on.month}月{milestone.due_on.day}日"


def sentence(step: Step) -> str:
    """A milestone with everything about it, for a tip and for a screen reader."""
    milestone = step.milestone
    parts = [f"{milestone.title or milestone.kind}：{state_words(step)}"]
    if milestone.due_on is not None:
        parts.append(f"应于{date_text(milestone.due_on)}")
    if milestone.done_on is not None:
        parts.append(f"完成于{date_text(milestone.done_on)}")
    if step.papers or milestone.minutes_number:
        parts.append(f"材料：{'、'.join(filter(None, (milestone.minutes_number, *step.papers)))}")
    if step.missing and milestone.done_on is None:
        parts.append(f"需要：{'、'.join(step.missing)}")
    return "，".join(parts)


def two_lines(words: str, metrics: QFontMetricsF, width: float) -> list[str]:
    """The words on at most two lines of this width, broken in the middle where they need two; the rest is cut."""
    if metrics.horizontalAdvance(words) <= width:
        return [words]
    half = (len(words) + 1) // 2
    while half < len(words) and metrics.horizontalAdvance(words[: half + 1]) <= width and half < len(words) * 0.7:
        half += 1
    return [metrics.elidedText(part, Qt.TextElideMode.ElideRight, width) for part in (words[:half], words[half:])]
