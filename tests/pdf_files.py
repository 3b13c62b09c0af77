"""PDF files for tests, written as plain objects so that a test says exactly what stands where on a page.

The font is not embedded and is named in the way of old Chinese documents: GBK codes, the character set Adobe-GB1.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT = 842.0
EDGE = 90.0
SIZE = 16.0
ACROSS = 26  # characters in a full line, from EDGE to EDGE


@dataclass(frozen=True)
class Words:
    """Words at a place in points from the lower left corner, as PDF counts; ``matrix`` turns or stretches them."""

    text: str
    x: float
    y: float
    size: float = SIZE
    matrix: str = "1 0 0 1"


def at(text: str, line: int, *, indent: float = 0, left: float = EDGE, size: float = SIZE, pitch: float = 28) -> Words:
    """Words on a line of the grid, counted from 0 at the top of the text."""
    return Words(text, left + indent * size, HEIGHT - 120 - pitch * line, size)


def content_of(words: Sequence[Words]) -> bytes:
    return b"\n".join(
        b"BT /F1 %g Tf %s %g %g Tm <%s> Tj ET"
        % (w.size, w.matrix.encode(), w.x, w.y, w.text.encode("gbk").hex().encode())
        for w in words
    )


def pdf_bytes(
    *pages: Sequence[Words] | bytes,
    compressed: bool = False,
    font: bytes = b"/Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/GBK-EUC-H/DescendantFonts[4 0 R]",
    resources: bytes = b"",
    extra: Sequence[bytes] = (),
    page_entries: bytes = b"",
    trailer: bytes = b"",
) -> bytes:
    """A PDF with a page for each list of words (or content stream); ``extra`` are objects 6, 7, …"""
    objects: dict[int, bytes] = {
        3: b"<<%s>>" % font,
        4: b"<</Type/Font/Subtype/CIDFontType0/BaseFont/SimSun/DW 1000/W[814 939 500]/FontDescriptor 5 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>",
        5: b"<</Type/FontDescriptor/FontName/SimSun/Flags 4/FontBBox[0 -200 1000 900]/Ascent 900/Descent -200>>",
    }
    objects |= {6 + i: content for i, content in enumerate(extra)}
    kids: list[int] = []
    for page in pages:
        number = max(objects) + 1
        content = page if isinstance(page, bytes) else content_of(page)
        objects[number] = stream(content, compressed=compressed)
        objects[number + 1] = (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>%s>>/Contents %d 0 R%s>>"
            % (resources, number, page_entries)
        )
        kids.append(number + 1)
    objects[1] = b"<</Type/Catalog/Pages 2 0 R>>"
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[2] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), listed)
    return _written(objects, trailer)


def stream(content: bytes, entries: bytes = b"", *, compressed: bool = False) -> bytes:
    if compressed:
        content, entries = zlib.compress(content), entries + b"/Filter/FlateDecode"
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), entries, content)


def _written(objects: dict[int, bytes], trailer: bytes) -> bytes:
    data = b"%PDF-1.4\n"
    places: dict[int, int] = {}
    for number in sorted(objects):
        places[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (max(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % places.get(number, 0) for number in range(1, max(objects) + 1))
    return data + b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (max(objects) + 1, trailer, start)
