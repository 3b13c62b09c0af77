"""A stretch of text as a run of WordprocessingML, with what makes Word print Chinese signs in the Chinese font."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from zhenggai_desktop.domain.layout import CHINESE_SIGNS

_BREAKS = re.compile("([\n\t])")
_BREAK_XML = {"\n": "<w:br/>", "\t": "<w:tab/>"}
_HINT = '<w:rFonts w:hint="eastAsia"/>'


def run_xml(text: str, style: str = "") -> str:
    """A run of cleaned text; "" for none. Without the hint Word prints “ ” — … · in the Latin font."""
    if not text:
        return ""
    properties = (f"<w:rStyle w:val={quoteattr(style)}/>" if style else "") + (
        _HINT if CHINESE_SIGNS.search(text) else ""
    )
    pieces = (
        _BREAK_XML.get(piece) or f'<w:t xml:space="preserve">{escape(piece)}</w:t>'
        for piece in (_BREAKS.split(text) if "\n" in text or "\t" in text else (text,))
        if piece
    )
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{''.join(pieces)}</w:r>"
