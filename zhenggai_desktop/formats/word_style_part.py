"""The named styles of a template, made from a layout profile: Word's own, each with its font, size and grid."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from zhenggai_desktop.domain.layout import LayoutProfile

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_LANGUAGE = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
"""Latin letters and digits are not called Chinese: LibreOffice would break lines within 2024 as within 整改."""


@dataclass(frozen=True, slots=True)
class _Face:
    """The run properties of a style, in the order in which the schema wants them."""

    font: str
    size: float
    digits: str = ""
    bold: bool = False
    tracking: int = 0

    def xml(self) -> str:
        east, west = quoteattr(self.font), quoteattr(self.digits or self.font)
        half_points = round(self.size * 2)
        return (
            f"<w:rPr><w:rFonts w:ascii={west} w:hAnsi={west} w:eastAsia={east} w:cs={west}/>"
            f'{"<w:b/><w:bCs/>" if self.bold else ""}<w:spacing w:val="{self.tracking}"/>'
            f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr>'
        )


def _paragraph(
    *,
    keep: bool = False,
    before: int = 0,
    after: int = 0,
    ind: str = "",
    jc: str = "",
    outline: int = -1,
) -> str:
    """Paragraph properties in the order of the schema; what is not given comes from the style below."""
    spacing = "".join(f' w:{name}="{value}"' for name, value in (("before", before), ("after", after)) if value)
    parts = (
        "<w:keepNext/><w:keepLines/>" if keep else "",
        f"<w:spacing{spacing}/>" if spacing else "",
        f"<w:ind {ind}/>" if ind else "",
        f'<w:jc w:val="{jc}"/>' if jc else "",
        f'<w:outlineLvl w:val="{outline}"/>' if outline >= 0 else "",
    )
    text = "".join(parts)
    return f"<w:pPr>{text}</w:pPr>" if text else ""


def _style(
    identifier: str, name: str, properties: str, *, links: str = "", ui: str = "", kind: str = "paragraph"
) -> str:
    """``links``: basedOn, next, link; ``ui``: uiPriority, qFormat: each in the order of the schema."""
    default = ' w:default="1"' if identifier in _DEFAULTS else ""
    return (
        f'<w:style w:type="{kind}"{default} w:styleId="{identifier}"><w:name w:val="{name}"/>'
        f"{links}{ui}{properties}</w:style>"
    )


_DEFAULTS = frozenset({"Normal", "DefaultParagraphFont", "TableNormal", "NoList"})
_QUICK = "<w:qFormat/>"


def _based(parent: str, following: str = "", linked: str = "") -> str:
    return (
        f'<w:basedOn w:val="{parent}"/>'
        + (f'<w:next w:val="{following}"/>' if following else "")
        + (f'<w:link w:val="{linked}"/>' if linked else "")
    )


def styles_part(profile: LayoutProfile) -> str:
    """The XML of ``word/styles.xml``, without the declaration at its head."""
    fonts, size = profile.fonts, profile.body_size
    body = _Face(fonts.body, size, fonts.digits, tracking=profile.tracking)
    title = _Face(fonts.title, profile.title_size, fonts.digits)
    number = _Face(fonts.page_number, profile.page_number_size)
    gap = 2 * profile.character
    closing = _paragraph(ind=f'w:right="{gap}"', jc="right")
    signature = _paragraph(
        keep=True, before=profile.lines_above_closing * profile.line_pitch, ind=f'w:right="{gap}"', jc="right"
    )
    below_title = profile.lines_below_title * profile.line_pitch
    footer = f'<w:pPr><w:spacing w:line="{round(profile.page_number_size * 20)}" w:lineRule="exact"/></w:pPr>'
    styles = [
        _style("Normal", "Normal", _normal(profile) + body.xml(), ui=_QUICK),
        *_default_styles(),
        _style(
            "Title",
            "Title",
            _paragraph(keep=True, after=below_title, jc="center") + title.xml(),
            links=_based("Normal", "BodyText"),
            ui=_QUICK,
        ),
        *(style for level in (1, 2, 3, 4) for style in _heading(profile, level)),
        _style("BodyText", "Body Text", _paragraph(ind=f'w:firstLine="{gap}"'), links=_based("Normal"), ui=_QUICK),
        _style("Signature", "Signature", signature, links=_based("Normal", "Date"), ui=_QUICK),
        _style("Date", "Date", closing, links=_based("Normal"), ui=_QUICK),
        _style("Salutation", "Salutation", _paragraph(jc="left"), links=_based("Normal", "BodyText"), ui=_QUICK),
        *_table_styles(profile),
        _style("Footer", "footer", footer + number.xml(), links=_based("Normal")),
    ]
    return f"<w:styles {_W}>{_document_defaults(body)}{''.join(styles)}</w:styles>"


def _table_styles(profile: LayoutProfile) -> list[str]:
    """Words in cells, captions of columns, words in forms; and the grid.

    Word's second and third body text serve, since it has no styles of its own for the words in a table.
    """
    fonts = profile.fonts
    cell = _Face(fonts.body, profile.table_size, fonts.digits).xml()
    head = _Face(fonts.heading_1, profile.table_size, fonts.digits).xml()
    form = _Face(fonts.body, profile.form_size, fonts.digits).xml()
    small, large = (
        f'<w:pPr><w:spacing w:line="{pitch}" w:lineRule="exact"/><w:jc w:val="{{}}"/></w:pPr>'
        for pitch in (profile.table_pitch, profile.form_pitch)
    )
    return [
        _style("BodyText2", "Body Text 2", small.format("left") + cell, links=_based("Normal"), ui=_QUICK),
        _style("BodyText3", "Body Text 3", small.format("center") + head, links=_based("Normal"), ui=_QUICK),
        _style("BlockText", "Block Text", large.format("left") + form, links=_based("Normal"), ui=_QUICK),
        _style("TableGrid", "Table Grid", _grid(), links=_based("TableNormal"), kind="table"),
    ]


def _grid() -> str:
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return f"<w:tblPr><w:tblBorders>{lines}</w:tblBorders></w:tblPr>"


def _document_defaults(body: _Face) -> str:
    return (
        "<w:docDefaults><w:rPrDefault>"
        + body.xml().replace("</w:rPr>", f"{_LANGUAGE}</w:rPr>")
        + "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )


def _normal(profile: LayoutProfile) -> str:
    """The grid: exact lines, and no gaps between Chinese and digits.

    ``overflowPunct`` says what Word does anyway, since LibreOffice (7.4, tried) reads it the wrong way round and hangs
    punctuation out of the text area where it is 0 or missing.
    """
    widow = "" if profile.widow_control else ' w:val="0"'
    return (
        f'<w:pPr><w:widowControl{widow}/><w:overflowPunct/><w:autoSpaceDE w:val="0"/>'
        f'<w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{profile.line_pitch}" w:lineRule="exact"/>'
        '<w:jc w:val="both"/></w:pPr>'
    )


def _default_styles() -> list[str]:
    """The three styles that Word expects in every file."""
    cells = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in _CELL_MARGINS)
    table = f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>{cells}</w:tblCellMar></w:tblPr>'
    ui = '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>'
    return [
        _style("DefaultParagraphFont", "Default Paragraph Font", "", ui=ui, kind="character"),
        _style("TableNormal", "Normal Table", table, ui=ui, kind="table"),
        _style("NoList", "No List", "", ui=ui, kind="numbering"),
    ]


_CELL_MARGINS = (("top", 0), ("left", 108), ("bottom", 0), ("right", 108))


def _heading(profile: LayoutProfile, level: int) -> list[str]:
    """A heading that stands alone, and its linked character style for one that runs into its paragraph.

    Word keeps linked styles alike: who changes heading 2 changes both.
    """
    fonts = profile.fonts
    face = _Face(
        {1: fonts.heading_1, 2: fonts.heading_2}.get(level, fonts.body),
        profile.body_size,
        fonts.digits,
        bold=level == 2 and profile.bold_heading_2,
        tracking=profile.tracking,
    ).xml()
    alone = _paragraph(keep=True, ind=f'w:firstLine="{2 * profile.character}"', outline=level - 1)
    own, linked = f"Heading{level}", f"Heading{level}Char"
    return [
        _style(own, f"heading {level}", alone + face, links=_based("Normal", "BodyText", linked), ui=_QUICK),
        _style(
            linked,
            f"heading {level} Char",
            face,
            links=_based("DefaultParagraphFont", linked=own),
            kind="character",
        ),
    ]
