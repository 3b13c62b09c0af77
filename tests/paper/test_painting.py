"""What is painted: ink where the lines are, a PDF that can be searched."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from PySide6.QtGui import QImage, QPainter

from zhenggai_desktop.domain.blocks import Document, Kind, plain
from zhenggai_desktop.paper.pages import PageMaker
from zhenggai_desktop.paper.painting import PagePainter, pdf_bytes, spacing_stretch

TEXT = "坚持把巡察整改作为重大政治任务，建立台账、逐项对账销号。"


def notice(maker: PageMaker, paragraphs: int = 12) -> Document:
    return Document("关于整改情况的通报", tuple(plain(Kind.PARAGRAPH, TEXT * 4) for _ in range(paragraphs)))


def ink(maker: PageMaker, document: Document, page: int) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is painted, in points."""
    laid_out = maker.lay_out(document)
    image = QImage(596, 842, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    PagePainter(laid_out).paint(painter, page)
    painter.end()
    width, height = image.width(), image.height()
    dark = [(x, y) for y in range(height) for x in range(width) if image.pixelColor(x, y).lightness() < 128]
    assert dark, "nothing was painted"
    columns, rows = [x for x, _ in dark], [y for _, y in dark]
    return min(columns), min(rows), max(columns), max(rows)


def test_the_ink_keeps_the_margins(maker: PageMaker) -> None:
    left, top, right, bottom = ink(maker, notice(maker), 0)
    assert left >= 78  # 28 mm
    assert top >= 104  # 37 mm
    assert right <= 523 + 16  # 26 mm, and a stop may hang out
    assert 755 < bottom < 775  # the page number, 7 mm below the text


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler")
def test_the_pdf_can_be_read_and_names_nobody(maker: PageMaker, tmp_path: Path) -> None:
    target = tmp_path / "notice.pdf"
    target.write_bytes(pdf_bytes(maker.lay_out(notice(maker))))
    info = subprocess.run(["pdfinfo", str(target)], capture_output=True, check=True).stdout.decode()
    assert "关于整改情况的通报" in info
    told = dict(line.split(":", 1) for line in info.splitlines())
    assert told.get("Author", "").strip() == ""
    assert told["Page size"].split()[:3] == ["595", "x", "842"]
    text = subprocess.run(["pdftotext", str(target), "-"], capture_output=True, check=True).stdout.decode()
    assert "巡察整改" in text
    assert "—2—" in text.replace(" ", "")


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler")
def test_characters_stand_in_the_pdf_where_they_were_set(maker: PageMaker, tmp_path: Path) -> None:
    """Qt multiplies the spacing of letters by the dots of a printer or PDF; lines came out a fifth too short."""
    laid_out = maker.lay_out(notice(maker))
    target = tmp_path / "notice.pdf"
    target.write_bytes(pdf_bytes(laid_out))
    found = subprocess.run(["pdftotext", "-bbox", "-l", "1", str(target), "-"], capture_output=True, check=True)
    rights = [float(value) for value in re.findall(r'xMax="([\d.]+)"', found.stdout.decode())]
    edge = laid_out.size.left + laid_out.size.text_width
    assert edge - 1 <= max(rights) <= edge + 16  # a stop may hang out
    assert spacing_stretch(QImage(10, 10, QImage.Format.Format_Grayscale8)) == pytest.approx(1.0)
