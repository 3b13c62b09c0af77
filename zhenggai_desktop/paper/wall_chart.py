"""The wall chart (挂图作战) on paper: issues against months, in A3 or A4 landscape, readable in black and white."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QBuffer, QIODevice, QLineF, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPen,
    QPolygonF,
)

from zhenggai_desktop.domain.records import Status
from zhenggai_desktop.domain.schedule import Schedule, ScheduleRow
from zhenggai_desktop.paper.faces import family_for
from zhenggai_desktop.paper.painting import as_pdf
from zhenggai_desktop.paper.status_fill import LATE, LOOKS, ORDER, fill
from zhenggai_desktop.texts import STATUS_NAMES

A3 = QSizeF(1190.55, 841.89)  # points, landscape; everything is drawn on it and made smaller for A4
_MARGIN, _TITLE, _HEAD, _FOOT = 36.0, 46.0, 40.0, 30.0
_NUMBER, _ISSUE, _OWNER, _DEADLINE = 42.0, 330.0, 92.0, 96.0
_LOWEST, _HIGHEST = 21.0, 34.0  # of a row
_BAR = 0.46  # of a row's height
_SIZE = 11
_INK, _MUTED, _LINE, _BAND = QColor("#1a1a1a"), QColor("#5b6670"), QColor("#b9c1c9"), QColor("#eef1f4")
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_MIDDLE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter


class Paper(StrEnum):
    """On which paper; the scale is that of its A3 drawing."""

    A3 = "A3"
    A4 = "A4"

    @property
    def scale(self) -> float:
        return 1.0 if self is Paper.A3 else 2**-0.5


@dataclass(frozen=True, slots=True)
class _Place:
    row: ScheduleRow
    rect: QRectF


class WallChart:
    """A schedule dealt out to pages. Lengths inside are points of A3; ``size`` is that of the paper."""

    def __init__(self, schedule: Schedule, paper: Paper = Paper.A3) -> None:
        self.schedule = schedule
        self.paper = paper
        room = A3.height() - 2 * _MARGIN - _TITLE - _HEAD - _FOOT
        rows = len(schedule.rows)
        on_page = int(room // _LOWEST)
        self._height = min(max(room / rows, _LOWEST), _HIGHEST) if 0 < rows <= on_page else _LOWEST
        self._pages = list(_dealt(schedule.rows, on_page))
        body, black = family_for("宋体"), family_for("黑体")
        self._fonts = {size: _font(body, size) for size in (8, 9, 10, _SIZE)}
        self._bold = {size: _font(black, size) for size in (9, _SIZE, 22)}
        self._left = _MARGIN + _NUMBER + _ISSUE + _OWNER + _DEADLINE
        self._width = A3.width() - _MARGIN - self._left

    @property
    def size(self) -> QSizeF:
        """Of the paper, in points."""
        return A3 * self.paper.scale

    @property
    def page_count(self) -> int:
        return len(self._pages)

    def paint(self, painter: QPainter, number: int) -> None:
        """Paint page ``number`` (from 0) in a system of points of the paper."""
        painter.save()
        painter.scale(self.paper.scale, self.paper.scale)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places = list(self._places(number))
        bottom = places[-1].rect.bottom() if places else _MARGIN + _TITLE + _HEAD
        self._paint_head(painter, bottom)
        ends = [self._paint_row(painter, place) for place in places]
        self._paint_days(painter, bottom)
        for place, end in zip(places, ends, strict=True):
            if place.row.issue_id is not None:  # over the lines of the days
                self._paint_words(painter, place.row, end, place.rect)
        self._paint_foot(painter, number)
        painter.restore()

    def issue_at(self, number: int, point: QPointF) -> int | None:
        """The issue whose row lies at a point of the paper; None beside the rows and on a section's heading."""
        scale = self.paper.scale
        x, y = point.x() / scale, point.y() / scale
        return next((place.row.issue_id for place in self._places(number) if place.rect.contains(x, y)), None)

    def row_point(self, issue_id: int) -> tuple[int, QPointF] | None:
        """Page and middle of an issue's row on the paper; None where it has none."""
        for number in range(self.page_count):
            for place in self._places(number):
                if place.row.issue_id == issue_id:
                    return number, place.rect.center() * self.paper.scale
        return None

    # --- geometry

    def _places(self, number: int) -> Iterator[_Place]:
        top = _MARGIN + _TITLE + _HEAD
        for row in self._pages[number]:
            yield _Place(row, QRectF(_MARGIN, top, A3.width() - 2 * _MARGIN, self._height))
            top += self._height

    def _x(self, day: dt.date) -> float:
        return self._left + self._width * self.schedule.place(day)

    # --- painting

    def _paint_head(self, painter: QPainter, bottom: float) -> None:
        top = _MARGIN + _TITLE
        painter.setPen(_INK)
        painter.setFont(self._bold[22])
        painter.drawText(QRectF(_MARGIN, _MARGIN - 6, A3.width() - 2 * _MARGIN, _TITLE), _MIDDLE, self.schedule.title)
        painter.fillRect(QRectF(_MARGIN, top, A3.width() - 2 * _MARGIN, _HEAD), _BAND)
        left = _MARGIN
        for caption, width in (("序号", _NUMBER), ("问题", _ISSUE), ("责任部门", _OWNER), ("整改时限", _DEADLINE)):
            self._text(painter, QRectF(left, top, width, _HEAD), caption, (self._bold[_SIZE], _INK), _MIDDLE)
            left += width
            painter.setPen(QPen(_LINE, 0.6))
            painter.drawLine(QLineF(left, top, left, bottom))
        self._paint_months(painter, top, bottom)
        painter.setPen(QPen(_INK, 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(_MARGIN, top, A3.width() - 2 * _MARGIN, bottom - top))
        painter.drawLine(QLineF(_MARGIN, top + _HEAD, A3.width() - _MARGIN, top + _HEAD))

    def _paint_months(self, painter: QPainter, top: float, bottom: float) -> None:
        months = self.schedule.months()
        edges = [self._x(month) for month in months] + [self._left + self._width]
        every = max(1, round(26 / (self._width / len(months))))  # captions that would overlap are left out
        for at, (month, left) in enumerate(zip(months, edges, strict=False)):
            first = at == 0 or month.month == 1
            painter.setPen(QPen(_LINE, 0.9 if month.month == 1 else 0.5))
            if at:
                painter.drawLine(QLineF(left, top + (0 if first else _HEAD / 2), left, bottom))
            if at % every == 0:
                rect = QRectF(left, top + _HEAD / 2, edges[min(at + every, len(months))] - left, _HEAD / 2)
                self._text(painter, rect, f"{month.month}月", (self._fonts[10], _INK), _MIDDLE)
            if first:
                rect = QRectF(left + 4, top, 80, _HEAD / 2)
                self._text(painter, rect, f"{month.year}年", (self._fonts[10], _INK))

    def _paint_row(self, painter: QPainter, place: _Place) -> float:
        """Gives where the bar ends."""
        row, rect = place.row, place.rect
        painter.setPen(QPen(_LINE, 0.5))
        painter.drawLine(QLineF(rect.bottomLeft(), rect.bottomRight()))
        if row.issue_id is None:
            painter.fillRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), _BAND)
            heading = rect.adjusted(8, 0, -8, 0)
            self._text(painter, heading, row.title, (self._bold[_SIZE], _INK))
            return 0.0
        left = rect.left()
        cells = ((row.number, _NUMBER, _MIDDLE), (row.title, _ISSUE, _LEFT), (row.owner, _OWNER, _LEFT),
                 (row.deadline or _written(row.due), _DEADLINE, _LEFT))  # fmt: skip
        for text, width, where in cells:
            cell = QRectF(left + 4, rect.top(), width - 8, rect.height())
            self._wrapped(painter, cell, text, where)
            left += width
        return self._paint_bar(painter, row, rect)

    def _paint_bar(self, painter: QPainter, row: ScheduleRow, rect: QRectF) -> float:
        height = rect.height() * _BAR
        top = rect.center().y() - height / 2
        start = self._x(row.start or self.schedule.first)
        end = self._x(row.due + dt.timedelta(days=1)) if row.due else None
        done = row.status is Status.DONE
        if done and row.completed:
            end_of_bar = max(self._x(row.completed), start + 3)
        else:
            end_of_bar = end or (self._left + self._width if done else max(self._x(self.schedule.today), start + 3))
        bar = QRectF(start, top, max(end_of_bar - start, 3), height)
        fill(painter, bar, LOOKS[row.status])
        if not done and row.measures and row.done:
            fill(painter, QRectF(bar.left(), top + height * 0.6, bar.width() * row.done / row.measures, height * 0.4),
                 LOOKS[Status.DONE])  # fmt: skip
        behind = bar.right()
        if row.late_days and end is not None:
            until = self._x(row.completed if done and row.completed else self.schedule.today)
            fill(painter, QRectF(end, top, max(until - end, 3), height), LATE)
            behind = max(until, end + 3)
        if end is not None:
            self._paint_due(painter, end, rect, late=bool(row.late_days))
        return behind

    def _paint_due(self, painter: QPainter, x: float, rect: QRectF, *, late: bool) -> None:
        """A triangle that stands on the deadline."""
        top = rect.center().y() - rect.height() * _BAR / 2
        painter.setPen(QPen(QColor(LATE.ink) if late else _INK, 0.8))
        painter.setBrush(QColor(LATE.ink) if late else _INK)
        painter.drawPolygon(QPolygonF([QPointF(x - 3.2, top - 4), QPointF(x + 3.2, top - 4), QPointF(x, top + 1)]))
        painter.drawLine(QLineF(x, top, x, rect.center().y() + rect.height() * _BAR / 2))

    def _paint_words(self, painter: QPainter, row: ScheduleRow, behind: float, rect: QRectF) -> None:
        """What is done or late, behind the bar; over its end where the chart is at its edge."""
        words = _state(row)
        font = self._bold[9] if row.late_days and row.status is not Status.DONE else self._fonts[9]
        width = QFontMetricsF(font).horizontalAdvance(words) + 4
        left = behind + 6
        if words and left + width > self._left + self._width:
            left = behind - width - 8
            painter.fillRect(QRectF(left - 2, rect.center().y() - 6, width, 12), QColor(255, 255, 255, 235))
        colour = QColor(LATE.ink) if row.late_days else _MUTED
        self._text(painter, QRectF(left, rect.top(), width, rect.height()), words, (font, colour))

    def _paint_days(self, painter: QPainter, bottom: float) -> None:
        top, taken = _MARGIN + _TITLE + _HEAD, 0.0
        for mark in sorted(self.schedule.marks, key=lambda mark: mark.day):
            x = self._x(mark.day)
            painter.setPen(QPen(_MUTED, 0.8, Qt.PenStyle.DashLine))
            painter.drawLine(QLineF(x, top - _HEAD, x, bottom))
            width = QFontMetricsF(self._fonts[9]).horizontalAdvance(mark.caption)
            above = 24 if x - width / 2 < taken else 13  # captions of near days stand above each other
            self._day_caption(painter, x, _MARGIN + _TITLE - above, mark.caption, _MUTED)
            taken = x + width / 2 + 4 if above == 13 else taken
        x = self._x(self.schedule.today)
        painter.setPen(QPen(_INK, 1.6))
        painter.drawLine(QLineF(x, top, x, bottom))
        self._day_caption(painter, x, bottom + 2, f"今天 {_short(self.schedule.today)}", _INK)

    def _day_caption(self, painter: QPainter, x: float, top: float, words: str, colour: QColor) -> None:
        width = QFontMetricsF(self._fonts[9]).horizontalAdvance(words) + 4
        left = min(max(x - width / 2, self._left), self._left + self._width - width)
        self._text(painter, QRectF(left, top, width, 12), words, (self._fonts[9], colour), _MIDDLE)

    def _paint_foot(self, painter: QPainter, number: int) -> None:
        top = A3.height() - _MARGIN - 14
        left = _MARGIN
        looks = [(LOOKS[status], STATUS_NAMES[status]) for status in ORDER] + [(LATE, "逾期")]
        for look, caption in looks:
            fill(painter, QRectF(left, top + 2, 26, 10), look)
            self._text(painter, QRectF(left + 31, top, 60, 14), caption, (self._fonts[9], _INK))
            left += 92
        words = "▼ 整改时限　深色底条：已完成的措施"
        self._text(painter, QRectF(left, top, 230, 14), words, (self._fonts[9], _INK))
        today = self.schedule.today
        words = f"{today.year}年{today.month}月{today.day}日　第{number + 1}页 共{self.page_count}页"
        rect = QRectF(A3.width() - _MARGIN - 260, top, 260, 14)
        self._text(painter, rect, words, (self._fonts[9], _INK), Qt.AlignmentFlag.AlignRight)

    def _text(
        self, painter: QPainter, rect: QRectF, words: str, look: tuple[QFont, QColor], where: Qt.AlignmentFlag = _LEFT
    ) -> None:
        font, colour = look
        painter.setFont(font)
        painter.setPen(colour)
        shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, rect.width() + 0.5)
        painter.drawText(rect, int(where | Qt.TextFlag.TextSingleLine), shown)

    def _wrapped(self, painter: QPainter, rect: QRectF, words: str, where: Qt.AlignmentFlag) -> None:
        """One line at full size; two smaller ones where that is too narrow; then it is cut."""
        for size in (_SIZE, 10):
            if QFontMetricsF(self._fonts[size]).horizontalAdvance(words) <= rect.width():
                self._text(painter, rect, words, (self._fonts[size], _INK), where)
                return
        font = self._fonts[8 if rect.height() < 26 else 9]
        first, second = _halves(words, QFontMetricsF(font), rect.width())
        half = rect.height() / 2
        self._text(painter, QRectF(rect.left(), rect.top() + 1, rect.width(), half - 1), first, (font, _INK), where)
        self._text(painter, QRectF(rect.left(), rect.top() + half, rect.width(), half - 1), second, (font, _INK), where)


def _state(row: ScheduleRow) -> str:
    """“逾期12天”, “✓ 9月3日”, “1/3 长期坚持”."""
    words = f"逾期{row.late_days}天" if row.late_days else f"{row.done}/{row.measures}" if row.measures else ""
    if row.status is Status.DONE:
        words = f"✓ {_short(row.completed)}" + (f" 晚{row.late_days}天" if row.late_days else "")
    return f"{words} 长期坚持".strip() if row.standing else words.strip()


def _dealt(rows: tuple[ScheduleRow, ...], on_page: int) -> Iterator[tuple[ScheduleRow, ...]]:
    """Rows page by page; a section's heading never ends a page. One empty page for no rows."""
    start = 0
    while start < len(rows):
        end = min(start + on_page, len(rows))
        if end < len(rows) and rows[end - 1].issue_id is None and end - 1 > start:
            end -= 1
        yield rows[start:end]
        start = end
    if not rows:
        yield ()


def _halves(words: str, metrics: QFontMetricsF, width: float) -> tuple[str, str]:
    """What fits on the first of two lines, and the rest."""
    for end in range(len(words), 0, -1):
        if metrics.horizontalAdvance(words[:end]) <= width:
            return words[:end], words[end:]
    return words[:1], words[1:]


def _short(day: dt.date | None) -> str:
    return "" if day is None else f"{day.month}月{day.day}日"


def _written(day: dt.date | None) -> str:
    return "" if day is None else f"{day.year}年{day.month}月{day.day}日"


def _font(family: str, size: int) -> QFont:
    font = QFont(family)
    font.setPixelSize(size)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


# --- onto paper and into files


def chart_layout(chart: WallChart) -> QPageLayout:
    """The chart's paper, landscape, without margins: its own are drawn."""
    paper = QPageSize(QPageSize.PageSizeId.A3 if chart.paper is Paper.A3 else QPageSize.PageSizeId.A4)
    return QPageLayout(paper, QPageLayout.Orientation.Landscape, QMarginsF(0, 0, 0, 0))


def paint_chart(
    device: QPagedPaintDevice, chart: WallChart, tick: Callable[[int], object] = lambda _page: None
) -> bool:
    """All pages onto a printer or PDF that has the chart's paper; false where it cannot be painted on.

    ``tick`` gets the number of each page before it is painted, from 0; what it raises ends the painting.
    """
    painter = QPainter()
    if not painter.begin(device):
        return False
    try:
        scale = device.logicalDpiX() / 72
        for number in range(chart.page_count):
            tick(number)
            if number:
                device.newPage()
            painter.save()
            painter.scale(scale, scale)
            chart.paint(painter, number)
            painter.restore()
    finally:
        painter.end()
    return True


def chart_pdf(chart: WallChart, tick: Callable[[int], object] = lambda _page: None) -> bytes:
    """All pages as a PDF; ``tick`` as for ``paint_chart``."""
    return as_pdf(chart.schedule.title, chart_layout(chart), lambda device: paint_chart(device, chart, tick))


def chart_png(chart: WallChart, number: int, *, dots_per_inch: int = 150) -> bytes:
    """One page (from 0) as a PNG that prints at the paper's size."""
    scale = dots_per_inch / 72
    image = QImage(round(chart.size.width() * scale), round(chart.size.height() * scale), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    image.setDotsPerMeterX(round(dots_per_inch / 0.0254))
    image.setDotsPerMeterY(round(dots_per_inch / 0.0254))
    painter = QPainter(image)
    painter.scale(scale, scale)
    chart.paint(painter, number)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload] - the stubs want bytes, Qt takes text
    return bytes(buffer.data().data())
