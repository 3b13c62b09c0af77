"""The manual on paper: its pages, with their pictures, as one PDF in A4.

.venv/bin/python installer/manual_pdf.py TARGET.pdf
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MANUAL = ROOT / "resources" / "manual"

sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt, QUrl  # noqa: E402 - the screen is chosen first
from PySide6.QtGui import (  # noqa: E402
    QFont,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextImageFormat,
)
from PySide6.QtWidgets import QApplication  # noqa: E402

from zhenggai_desktop.gui import app  # noqa: E402
from zhenggai_desktop.gui.manual.pages import LICENCES, load_pages  # noqa: E402
from zhenggai_desktop.names import APP_NAME  # noqa: E402

_DOTS = 96  # per inch: pixels of the document's own layout
_MARGIN = 20.0  # millimetres
_FOOT = 28.0  # pixels kept for the page's number
#: Noto comes late: it draws radicals and characters with the same signs, and whoever searches the PDF finds neither.
_FAMILIES = ["Microsoft YaHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "SimSun", "Noto Sans CJK SC"]
_LINK = re.compile(r"(?<!!)\[([^\]]*)\]\([^)]*\)")  # on paper only its words


def main() -> int:
    """Write the PDF to the path that is given."""
    write(Path(sys.argv[1]))
    return 0


def write(target: Path) -> int:
    """Write the manual to ``target``; gives the number of its pages. The licences' page is left to the program."""
    application = QApplication.instance() or app.make_application(["manual"])
    writer = QPdfWriter(str(target))
    writer.setTitle(f"{APP_NAME}使用手册")
    writer.setResolution(_DOTS)
    margins = QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter
        )
    )
    page = QSizeF(writer.width(), writer.height() - _FOOT)
    document = _document(page)
    painter = QPainter(writer)
    for number in range(document.pageCount()):
        if number:
            writer.newPage()
        painter.save()
        painter.translate(0, -number * page.height())
        document.drawContents(painter, QRectF(0, number * page.height(), page.width(), page.height()))
        painter.restore()
        foot = QRectF(0, page.height(), page.width(), _FOOT)
        painter.setFont(QFont(_FAMILIES, 9))
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, f"{APP_NAME}使用手册　{number + 1}")
    painter.end()
    del application
    return document.pageCount()


def _document(page: QSizeF) -> QTextDocument:
    """All pages of the manual one after the other, each beginning on a new sheet."""
    whole = QTextDocument()
    whole.setDocumentMargin(0)
    whole.setDefaultFont(QFont(_FAMILIES, 10))
    whole.setPageSize(page)
    cursor = QTextCursor(whole)
    for at, chapter in enumerate(page for page in load_pages(MANUAL) if page.name != LICENCES):
        part = QTextDocument()
        part.setDefaultFont(whole.defaultFont())
        part.setMarkdown(_LINK.sub(r"\1", chapter.markdown))
        start = cursor.position()
        cursor.insertFragment(part_fragment(part))
        if at:
            first = QTextCursor(whole)
            first.setPosition(start)
            layout = QTextBlockFormat(first.blockFormat())
            layout.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            first.setBlockFormat(layout)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertBlock(QTextBlockFormat())
    _space_out(whole)
    _fit_pictures(whole, page.width())
    return whole


def part_fragment(part: QTextDocument):
    """All of a document, to be put into another."""
    cursor = QTextCursor(part)
    cursor.select(QTextCursor.SelectionType.Document)
    return cursor.selection()


def _space_out(document: QTextDocument) -> None:
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        cursor.setPosition(block.position())
        layout = cursor.blockFormat()
        heading = layout.headingLevel()
        layout.setTopMargin(14 if heading > 1 else 0 if heading else 3)
        layout.setBottomMargin(8 if heading else 4)
        if not _holds_picture(block.text()):
            layout.setLineHeight(130, 1)  # per cent, proportional
        cursor.setBlockFormat(layout)
        block = block.next()


def _holds_picture(text: str) -> bool:
    return "\ufffc" in text


def _fit_pictures(document: QTextDocument, width: float) -> None:
    """Each picture as wide as the column, from its file."""
    block = document.begin()
    while block.isValid():
        pieces = block.begin()
        while not pieces.atEnd():
            fragment = pieces.fragment()
            picture = fragment.charFormat().toImageFormat()
            if picture.isValid():
                image = QImage(str(MANUAL / picture.name()))
                document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(picture.name()), image)
                fitted = QTextImageFormat(picture)
                fitted.setWidth(width)
                fitted.setHeight(width * image.height() / max(1, image.width()))
                cursor = QTextCursor(document)
                cursor.setPosition(fragment.position())
                cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
                cursor.setCharFormat(fitted)
                break
            pieces += 1
        block = block.next()


if __name__ == "__main__":
    sys.exit(main())
