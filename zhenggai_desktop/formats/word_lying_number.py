"""The page number of a page that lies, at the place where it stands on all others when the sheet is held upright.

GB/T 9704-2012 §7.6: a table that lies on A4 keeps its page number where the document has it. The lying page's left edge
is the foot of the upright sheet, so the number stands there, turned by a quarter: at the lower end on odd pages and
at the upper end on even ones. It is the cell of a floating table in the footer with vertical words, which Word, WPS and
LibreOffice all put where it says (LibreOffice 7.4, tried, moves a text box with turned words to the paper's corner).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhenggai_desktop.domain.layout import LayoutProfile, twips
from zhenggai_desktop.formats.word_xml import number_of

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_NAMESPACE = f'xmlns:w="{_W[1:-1]}"'
_MIDDLE = 0.5  # em from the edge of an exact line: vertical words, and so the dashes, stand about its middle
_LINES_WIDE = 2.0  # how wide the cell is
_NO_MARGINS = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))


def number_lying_pages(frame: WordDocument, section: Any, profile: LayoutProfile) -> None:
    """Give a lying section (``w:sectPr``, turned already) footers of its own, where it has a page number at all."""
    old: list[Any] = list(section.iterchildren(f"{_W}footerReference"))
    margins, size = section.find(f"{_W}pgMar"), section.find(f"{_W}pgSz")
    if not old or margins is None or size is None:
        return
    for reference in old:
        part, relation = frame.part.add_footer_part()
        element: Any = part.element
        paragraph = element[0]  # the library's, empty and in the style of footers; a table needs one behind it
        paragraph.addprevious(_table(margins, size, profile, odd=reference.get(f"{_W}type") != "even"))
        reference.set(f"{_R}id", relation)


def _table(margins: Any, size: Any, profile: LayoutProfile, *, odd: bool) -> Any:
    from docx.oxml import parse_xml  # noqa: PLC0415 - loaded with the template

    line = round(profile.page_number_size * 20)
    width = round(line * _LINES_WIDE)
    left, top, bottom = (number_of(margins.get(f"{_W}{side}"), 0) for side in ("left", "top", "bottom"))
    height = max(number_of(size.get(f"{_W}h"), 0) - top - bottom, line)
    dashes = left - twips(profile.page_number_below)
    place = max(dashes + round(_MIDDLE * line) - width, 0)  # the line stands at the right edge of its cell
    return parse_xml(
        f'<w:tbl {_NAMESPACE}><w:tblPr><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="page" '
        f'w:horzAnchor="page" w:tblpX="{place}" w:tblpY="{top}"/><w:tblW w:w="{width}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{_NO_MARGINS}</w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid>'
        f'<w:tr><w:trPr><w:trHeight w:val="{height}" w:hRule="exact"/></w:trPr>'
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:textDirection w:val="tbRl"/></w:tcPr>'
        f"{_words(line, odd=odd)}</w:tc></w:tr></w:tbl>"
    )


def _words(line: int, *, odd: bool) -> str:
    """“— 1 —”, one character from the upright sheet's outer edge."""
    side = "right" if odd else "left"
    run = '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>{}</w:r>'
    text, field = '<w:t xml:space="preserve">{}</w:t>', '<w:fldChar w:fldCharType="{}"/>'
    pieces = (
        text.format("— "),
        field.format("begin"),
        '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
        field.format("separate"),
        text.format("1" if odd else "2"),
        field.format("end"),
        text.format(" —"),
    )
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Footer"/><w:spacing w:before="0" w:after="0" w:line="{line}" '
        f'w:lineRule="exact"/><w:ind w:{side}="{line}"/><w:jc w:val="{side}"/></w:pPr>'
        f"{''.join(map(run.format, pieces))}</w:p>"
    )
