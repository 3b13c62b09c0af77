"""Pages painted. The paper and the scale are the caller's; units are points from the paper's corner."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, QSizeF
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPaintDevice,
    QPainter,
    QPdfWriter,
    QPen,
    QTransform,
)

from zhenggai_desktop.paper.faces import Faces, Role
from zhenggai_desktop.paper.pages import LaidOut, Page, base_line, page_size
from zhenggai_desktop.paper.setting import POINTS_PER_MM, Piece

INK = QColor("black")
_DASH = 0.36  # em above the base line at which the dashes beside a page number lie
_POINTS_PER_INCH = 72
_PDF_RESOLUTION = 1200
_MEASURED, _SIGN = 100, "国"  # pixels


class PagePainter:
    """Paints the pages of one layout; keeps its spaced fonts, which are costly to make."""

    def __init__(self, laid_out: LaidOut) -> None:
        self._laid_out = laid_out
        self._fonts: dict[tuple[Role, bool, float, float], QFont] = {}
        self._stretch = 1.0

    def paint(self, painter: QPainter, number: int) -> None:
        """Paint page ``number`` (from 0) in a system of points."""
        page, size = self._laid_out.pages[number], self._laid_out.size_of(number)
        self._stretch = spacing_stretch(painter.device())
        for rule in page.rules:
            painter.setPen(QPen(INK, rule.width))
            painter.drawLine(
                QPointF(size.left + rule.left, size.top + rule.top),
                QPointF(size.left + rule.right, size.top + rule.bottom),
            )
        painter.setPen(QPen(INK))
        for placed in page.lines:
            down = size.top + placed.top + base_line(self._laid_out.height_of(placed.line))
            for piece in placed.line.pieces:
                self._paint_piece(painter, piece, QPointF(size.left + piece.x, down))
        if page.landscape:
            painter.save()
            painter.setTransform(QTransform(0, 1, -1, 0, size.width, 0), combine=True)  # as the upright sheet lies
            self._paint_number(painter, page)
            painter.restore()
        else:
            self._paint_number(painter, page)

    def _paint_piece(self, painter: QPainter, piece: Piece, at: QPointF) -> None:
        painter.setFont(self._font(piece))
        scale = self._faces.face(piece.role, latin=piece.latin).scale
        if scale == 1.0:
            painter.drawText(at, piece.text)
            return
        painter.save()
        painter.translate(at)
        painter.scale(scale, scale)
        painter.drawText(QPointF(0, 0), piece.text)
        painter.restore()

    def _font(self, piece: Piece) -> QFont:
        key = (piece.role, piece.latin, round(piece.spacing, 3), self._stretch)
        font = self._fonts.get(key)
        if font is None:
            spacing = piece.spacing / self._stretch
            font = self._fonts[key] = self._faces.face(piece.role, latin=piece.latin).spaced(spacing)
        return font

    def _paint_number(self, painter: QPainter, page: Page) -> None:
        """“— 1 —”, its dashes 7 mm below the text area, one character from the outer edge (GB/T 9704-2012, 7.5)."""
        profile, size, face = self._faces.profile, self._laid_out.size, self._faces.face(Role.NUMBER)
        text = f"— {page.number} —"
        width = sum(map(face.natural, text))
        left = size.left + (size.text_width - face.size - width if page.number % 2 else face.size)
        down = size.top + size.text_height + profile.page_number_below * POINTS_PER_MM + _DASH * face.size
        painter.setFont(face.font)
        painter.drawText(QPointF(left, down), text)

    @property
    def _faces(self) -> Faces:
        return self._laid_out.faces


def spacing_stretch(device: QPaintDevice) -> float:
    """By what Qt multiplies the spacing of letters on this device: on a printer or PDF of 1200 dots an inch by 12.5.

    It counts absolute spacing in dots of the screen, though the size of the letters in those of the painter.
    """
    font = QFont()
    font.setPixelSize(_MEASURED)
    plain = QFontMetricsF(font, device).horizontalAdvance(_SIGN)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, _MEASURED)
    return max((QFontMetricsF(font, device).horizontalAdvance(_SIGN) - plain) / _MEASURED, 0.01)


def paint_all(
    device: QPagedPaintDevice, laid_out: LaidOut, *, stopped: Callable[[int], bool] = lambda _page: False
) -> bool:
    """All pages onto a printer or PDF, which has the paper's size; false where it cannot be painted on.

    ``stopped`` is asked before each page (from 0) and ends the painting by true.
    """
    painter = QPainter()
    device.setPageOrientation(_orientation(laid_out.pages[0]))
    if not painter.begin(device):
        return False
    try:
        scale = device.logicalDpiX() / _POINTS_PER_INCH
        pages = PagePainter(laid_out)
        for number in range(len(laid_out.pages)):
            if stopped(number):
                break
            if number:
                device.setPageOrientation(_orientation(laid_out.pages[number]))
                device.newPage()
            painter.save()
            painter.scale(scale, scale)
            pages.paint(painter, number)
            painter.restore()
    finally:
        painter.end()
    return True


def _orientation(page: Page) -> QPageLayout.Orientation:
    return QPageLayout.Orientation.Landscape if page.landscape else QPageLayout.Orientation.Portrait


def paper_layout(laid_out: LaidOut) -> QPageLayout:
    """The paper of the layout without margins: the profile's own are painted."""
    size = page_size(laid_out.faces.profile)
    paper = QPageSize(QSizeF(size.width, size.height), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    return QPageLayout(paper, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))


def pdf_bytes(laid_out: LaidOut, tick: Callable[[int], object] = lambda _page: None) -> bytes:
    """The pages as a PDF with the fonts they are painted in; where it goes is the caller's to say.

    ``tick`` gets the number of each page before it is painted, from 0; what it raises ends the painting.
    """

    def stopped(page: int) -> bool:
        tick(page)
        return False

    layout = paper_layout(laid_out)
    return as_pdf(laid_out.document.title, layout, lambda device: paint_all(device, laid_out, stopped=stopped))


def as_pdf(title: str, layout: QPageLayout, paint: Callable[[QPagedPaintDevice], object]) -> bytes:
    """What ``paint`` puts on a PDF of the given paper. It names no author and no machine."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("")
    writer.setResolution(_PDF_RESOLUTION)
    writer.setPageLayout(layout)
    paint(writer)
    buffer.close()
    return bytes(buffer.data().data())


def text_rectangle(laid_out: LaidOut) -> QRectF:
    """The text area on the paper, in points."""
    size = laid_out.size
    return QRectF(size.left, size.top, size.text_width, size.text_height)
