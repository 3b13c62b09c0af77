"""A PDF with text as paragraphs. Nothing in it is run or fetched; pictures are not looked at.

Refused, each with its sentence: encryption with a password, scans (no text at all), fonts that do not say which
characters they show, damage, and what is larger or takes longer than any document.
"""

from __future__ import annotations

import logging
import re
import struct
import time
import zlib
from dataclasses import replace
from io import BytesIO
from typing import Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.psexceptions import PSException

from zhenggai_desktop.domain.blocks import SourceDocument, SourceRemark
from zhenggai_desktop.errors import SourceFormatError, SourceLimitError
from zhenggai_desktop.formats.file_kinds import FileKind, refusal
from zhenggai_desktop.formats.page_lines import PageText, Piece
from zhenggai_desktop.formats.page_text import document_of
from zhenggai_desktop.formats.pdf_maps import accept_vertical_writing

MAX_PAGES = 1000
"""Most pages of one document."""
MAX_CHARACTERS = 2_000_000
"""Most characters of one document: 1,000 pages of 22 lines by 28 characters are some 600,000."""
MAX_SECONDS = 60.0
"""Longest time that reading may take; a page takes some 30 milliseconds."""
MAX_STREAM_BYTES = 64 * 1024 * 1024
"""Most bytes of one stream that is no picture, once inflated: the largest whole Chinese font stays below it."""
_MAX_UNKNOWN = 0.05
_DEPTH_OF_FORMS = 20

_DAMAGED = "请用WPS或PDF阅读器打开核对，打不开的请发送人重新发送"
_TAIL = 64 * 1024
_PICTURE = re.compile(rb"/Subtype\s*/Image")
_FLATE = re.compile(rb"/Fl(?:ateDecode)?\b")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_BROKEN = (
    PDFException, PSException, struct.error, ValueError, TypeError, KeyError, IndexError, AttributeError,
    AssertionError, ArithmeticError, RecursionError, EOFError, OSError, zlib.error, NotImplementedError,
)  # fmt: skip
"""What pdfminer lets through for files that are cut off or scrambled (found by scrambling some)."""


accept_vertical_writing()


def read_pdf(data: bytes, name: str) -> SourceDocument:
    """The paragraphs of the PDF in ``data``; ``name`` is for the sentences and the document.

    Raises SourceFormatError and SourceLimitError.
    """
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every oddity, and the clerk cannot mend any
    if b"%%EOF" not in data[-_TAIL:]:
        raise SourceFormatError(f"PDF文件“{name}”没有下载完整，缺少结尾", _DAMAGED)
    damaged = _damaged_streams(data, name)
    device = _Collector(PDFResourceManager(), name, time.monotonic() + MAX_SECONDS)
    try:
        pages = device.read(data)
    except PDFPasswordIncorrect as error:
        raise refusal(FileKind.ENCRYPTED, name) from error
    except PDFEncryptionError as error:
        raise refusal(FileKind.ENCRYPTED, name) from error
    except MemoryError as error:
        raise SourceLimitError(f"“{name}”大得内存放不下", "请核对文件，或只把需要的页另存后导入") from error
    except _BROKEN as error:
        raise SourceFormatError(f"PDF文件“{name}”已损坏或没有下载完整", _DAMAGED) from error
    _refuse_unreadable(device, pages, name)
    document = document_of(pages, name)
    if damaged:
        remark = SourceRemark("damaged-part", 1, f"文件里有{damaged}处数据已损坏，可能缺少文字，请对照原文核对")
        document = replace(document, remarks=(remark, *document.remarks))
    return document


def _damaged_streams(data: bytes, name: str) -> int:
    """How many streams do not inflate; refuses those that swell beyond reason, before anything inflates them whole.

    Pictures are never inflated, here or later. In an encrypted file nothing inflates before it is decrypted.
    """
    damaged = 0
    for match in _STREAM.finditer(data):
        head = data[max(match.start() - 1024, 0) : match.start()]
        head = head[head.rfind(b"obj") + 3 :]
        if _PICTURE.search(head) or b"Flate" not in head:
            continue
        size, sound = _inflated(data, match.end(), len(_FLATE.findall(head)))
        damaged += not sound
        if size > MAX_STREAM_BYTES:
            raise SourceLimitError(
                f"“{name}”解压后大得不正常，已停止读取", "请核对文件来源，或把需要的页另存为新文件再导入"
            )
    return 0 if b"/Encrypt" in data else damaged


def _inflated(data: bytes, start: int, times: int) -> tuple[int, bool]:
    """How many bytes come out of the stream at ``start``, counted to just beyond the limit, and whether all do."""
    content = data[start : start + MAX_STREAM_BYTES]
    size = 0
    for _ in range(max(times, 1)):
        try:
            content = zlib.decompressobj().decompress(content, MAX_STREAM_BYTES + 1)
        except zlib.error:
            return size, False
        size = max(size, len(content))
    return size, True


def _refuse_unreadable(device: _Collector, pages: list[PageText], name: str) -> None:
    if not device.characters:
        if any(page.aside for page in pages):
            return
        raise SourceFormatError(
            f"PDF文件“{name}”里没有文字，是扫描件或图片", "请先用WPS的文字识别（OCR）转换为docx，核对后再导入"
        )
    if device.unknown > _MAX_UNKNOWN * device.characters:
        raise SourceFormatError(
            f"PDF文件“{name}”的字体没有标明文字，读出来是乱码", "请用WPS的文字识别（OCR）转换为docx，核对后再导入"
        )


class _Collector(PDFTextDevice):
    """Takes the characters of one page after another from the interpreter."""

    def __init__(self, resources: PDFResourceManager, name: str, deadline: float) -> None:
        super().__init__(resources)
        self._resources = resources
        self._name = name
        self._deadline = deadline
        self._pieces: list[Piece] = []
        self._aside: list[str] = []
        self._height = 0.0
        self._depth = 0
        self.characters = 0
        self.unknown = 0

    def read(self, data: bytes) -> list[PageText]:
        """All pages of the document."""
        interpreter = PDFPageInterpreter(self._resources, self)
        pages: list[PageText] = []
        for page in PDFPage.create_pages(PDFDocument(PDFParser(BytesIO(data)))):
            if len(pages) >= MAX_PAGES:
                raise SourceLimitError(f"“{self._name}”超过{MAX_PAGES}页，不像公文", "请只把需要的页另存后导入")
            self._check_time()
            interpreter.process_page(page)
            left, top, right, bottom = page.mediabox
            width, height = abs(right - left), abs(bottom - top)
            if page.rotate in (90, 270):
                width, height = height, width
            pages.append(self._taken(width, height))
        return pages

    def _taken(self, width: float, height: float) -> PageText:
        pieces = tuple(
            Piece(piece.text, piece.left, piece.right, height - piece.base, piece.size) for piece in self._pieces
        )
        aside = "".join(self._aside).strip()
        self._pieces, self._aside = [], []
        return PageText(width, height, pieces, (aside,) if aside else ())

    def _check_time(self) -> None:
        if time.monotonic() > self._deadline:
            raise SourceLimitError(
                f"“{self._name}”读了{MAX_SECONDS:.0f}秒还没有读完，已停止", "请用WPS打开，另存为docx后再导入"
            )

    def begin_figure(self, *_: Any, **__: Any) -> None:
        """A form inside a page: forms may hold forms, which a hostile file multiplies without end."""
        self._depth += 1
        self._check_time()
        if self._depth > _DEPTH_OF_FORMS:
            raise SourceLimitError(f"“{self._name}”里的内容嵌套得不像公文", "请用WPS打开，另存为docx后再导入")

    def end_figure(self, *_: Any, **__: Any) -> None:
        self._depth -= 1

    def paint_path(self, *_: Any, **__: Any) -> None:
        self._check_time()

    def render_char(  # noqa: PLR0917 - the interpreter's own signature
        self,
        matrix: tuple[float, float, float, float, float, float],
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        *_: Any,
        **__: Any,
    ) -> float:
        """Keep one character with its place; gives how far the next one stands from it."""
        advance = font.char_width(cid) * fontsize * scaling
        text = self._text(font, cid)
        self.characters += 1
        if self.characters > MAX_CHARACTERS:
            raise SourceLimitError(f"“{self._name}”超过{MAX_CHARACTERS}字，不像公文", "请只把需要的页另存后导入")
        if self.characters % 500 == 0:
            self._check_time()
        a, b, c, d, x, y = matrix
        if abs(b) > 0.2 * abs(a) or font.is_vertical():
            self._aside.append(text)
        else:
            shift_x, shift_y = c * rise + x, d * rise + y
            ends = sorted((shift_x, shift_x + a * advance))
            self._pieces.append(Piece(text, ends[0], ends[1], shift_y, abs(d * fontsize)))
        return advance

    def _text(self, font: PDFFont, cid: int) -> str:
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = ""
        if not text or text == "\x00" or "\ufffd" in text:
            self.unknown += 1
            return "\ufffd"
        return text
