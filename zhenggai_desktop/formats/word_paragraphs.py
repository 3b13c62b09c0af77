"""Blocks become paragraphs of WordprocessingML, one string each, ready to be streamed into the body.

A paragraph names its style and little else. What is written at the paragraph itself: the indents that put signature
and date in place, for they depend on the words, and bookmarks that say which record a block came from.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from zhenggai_desktop.domain.blocks import ENCLOSURES, Anchor, Block, Kind, Run, RunRole
from zhenggai_desktop.domain.cleaning import clean
from zhenggai_desktop.domain.layout import closing_place, seal_centre, text_width
from zhenggai_desktop.domain.title_lines import title_lines
from zhenggai_desktop.formats.word_order import paragraph_properties
from zhenggai_desktop.formats.word_runs_writer import run_xml
from zhenggai_desktop.formats.word_table_writer import AFTER_TABLE, table_xml
from zhenggai_desktop.formats.word_template_styles import TemplateStyles

_CLOSING = (Kind.SIGNATURE, Kind.DATE)
_WITH_CLOSING = (*_CLOSING, Kind.ENCLOSURE)
_NOT_IN_A_NAME = re.compile("[^0-9A-Za-z]")
_SLACK = 4  # characters into the margin: digits of a substituted font may be wider, and a date must not wrap
_SHORT = 4 * 28  # characters, four lines
_LONGEST_NAME = 40  # what Word accepts for a bookmark


def paragraphs(blocks: Sequence[Block], styles: TemplateStyles) -> Iterator[str]:
    """The paragraphs and tables of the blocks in order, with the section that ends before each page that lies
    otherwise than the one before; the last section's properties are left to the body."""
    writer = _Writer(styles)
    closings = _closing_properties(blocks, styles)
    breaks = _breaks(blocks)
    landscape = _first_landscape(blocks)
    last = len(blocks) - 1
    new_page = False
    for place, block in enumerate(blocks):
        if block.kind is Kind.PAGE:
            new_page = place > 0 and breaks.get(place - 1) is None and place < last
            landscape = block.landscape
            continue
        ending = styles.sections[landscape] if breaks.get(place) is not None else ""
        if block.kind is Kind.TABLE and block.table is not None:
            yield table_xml(block.table, styles, styles.widths[landscape])
            if ending or place == last or blocks[place + 1].kind in (Kind.TABLE, Kind.PAGE):
                yield AFTER_TABLE.format(ending)
            continue
        properties = dict(closings.get(place, {}))
        if place < last and blocks[place + 1].kind in _WITH_CLOSING and _goes_with_closing(block):
            properties["keepNext"] = "<w:keepNext/>"
        if block.kind is Kind.TITLE and place and blocks[place - 1].kind is Kind.LABEL:
            properties["spacing"] = f'<w:spacing w:before="{styles.line}"/>'  # the third line, §7.3.4
        if new_page:
            properties["pageBreakBefore"] = "<w:pageBreakBefore/>"
            new_page = False
        if ending:
            properties["sectPr"] = ending
        yield writer.paragraph(block, properties, landscape=landscape)


def ends_landscape(blocks: Sequence[Block]) -> bool:
    """True where the last page lies."""
    pages = [block.landscape for block in blocks if block.kind is Kind.PAGE]
    return bool(pages) and pages[-1]


def _first_landscape(blocks: Sequence[Block]) -> bool:
    return bool(blocks) and blocks[0].kind is Kind.PAGE and blocks[0].landscape


def _breaks(blocks: Sequence[Block]) -> dict[int, int]:
    """Place of each block that ends a section → place of the page behind it.

    A page that lies as the one before is no section, unless a table opens it: a table cannot ask for a new page.
    """
    found: dict[int, int] = {}
    landscape = _first_landscape(blocks)
    for place, block in enumerate(blocks):
        if block.kind is not Kind.PAGE:
            continue
        before_table = place + 1 < len(blocks) and blocks[place + 1].kind is Kind.TABLE
        if place and blocks[place - 1].kind is not Kind.PAGE and (block.landscape is not landscape or before_table):
            found[place - 1] = place
        landscape = block.landscape
    return found


def _goes_with_closing(block: Block) -> bool:
    """A signature must not stand alone on a page; a long text is not carried over for it, that would leave a hole."""
    return block.kind is Kind.ENCLOSURE or (block.kind is Kind.PARAGRAPH and text_width(block.text) <= _SHORT)


@dataclass(slots=True)
class _Bookmarks:
    """Names that Word accepts, unique in the document."""

    count: int = 0
    used: Counter[str] = field(default_factory=Counter[str])

    def around(self, anchor: Anchor | None, content: str) -> str:
        """``content`` inside the bookmark of its record; as it is without an anchor."""
        if anchor is None:
            return content
        name = bookmark_name(anchor)
        self.used[name] += 1
        if self.used[name] > 1:
            name = f"{name}_{self.used[name]}"
        if len(name) > _LONGEST_NAME:  # the 1000th paragraph of one record; a bookmark is a hint only
            return content
        number = self.count
        self.count += 1
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'


def bookmark_name(anchor: Anchor) -> str:
    """``zg`` + first letter of the kind + ``_`` + the uid's 32 hexadecimal digits: 36 characters of the 40 allowed.

    A second paragraph of the same record gets ``_2`` at the end, and so on.
    """
    return f"zg{anchor.kind[:1]}_{_NOT_IN_A_NAME.sub('', anchor.uid)[:32]}"


class _Writer:
    def __init__(self, styles: TemplateStyles) -> None:
        self._styles = styles
        self._bookmarks = _Bookmarks()
        self._ids = {
            Kind.TITLE: styles.title,
            Kind.SIGNATURE: styles.signature,
            Kind.DATE: styles.date,
            Kind.ADDRESSEE: styles.addressee,
            Kind.LABEL: styles.headings[0],
            Kind.NOTE: styles.cell,
        }

    def paragraph(self, block: Block, properties: dict[str, str], *, landscape: bool) -> str:
        heading = block.kind is Kind.HEADING
        style = (
            _of_level(self._styles.headings, block.level) if heading else self._ids.get(block.kind, self._styles.body)
        )
        if style:
            properties["pStyle"] = f"<w:pStyle w:val={quoteattr(style)}/>"
        self._place(block, properties, self._styles.widths[landscape])
        content = self._bookmarks.around(block.anchor, self._content(block, landscape=landscape))
        return f"<w:p>{paragraph_properties(properties)}{content}</w:p>"

    def _place(self, block: Block, properties: dict[str, str], width: int) -> None:
        """What a paragraph has beyond its style: the label's and the list's indents, the note's tab to the right."""
        styles = self._styles
        if block.kind is Kind.LABEL:
            properties["ind"] = '<w:ind w:firstLine="0"/>'
            properties["jc"] = '<w:jc w:val="left"/>'
        elif block.kind is Kind.ENCLOSURE:
            first = block.text.startswith(ENCLOSURES)
            hanging = round((4.0 if first else 1.0) * styles.character)
            properties["ind"] = f'<w:ind w:left="{6 * styles.character}" w:hanging="{hanging}"/>'
            if first:
                properties["spacing"] = f'<w:spacing w:before="{styles.line}"/>'
        elif block.kind is Kind.NOTE:
            properties["keepNext"] = "<w:keepNext/>"
            if "\t" in block.text:
                properties["tabs"] = f'<w:tabs><w:tab w:val="right" w:pos="{width}"/></w:tabs>'

    def _content(self, block: Block, *, landscape: bool) -> str:
        if block.kind is Kind.TITLE:
            characters = self._styles.lying_title_characters if landscape else self._styles.title_characters
            return run_xml("\n".join(title_lines(clean(block.text), characters)))
        return "".join(self._run(run, block) for run in block.runs)

    def _run(self, run: Run, block: Block) -> str:
        run_in = run.role is RunRole.HEADING and block.kind is Kind.PARAGRAPH and block.level
        style = _of_level(self._styles.run_in_headings, block.level) if run_in else ""
        return self._bookmarks.around(run.anchor, run_xml(clean(run.text), style))


def _of_level(styles: tuple[str, ...], level: int) -> str:
    """Levels below the fourth look like the fourth."""
    return styles[min(max(level, 1), len(styles)) - 1]


def _closing_properties(blocks: Sequence[Block], styles: TemplateStyles) -> dict[int, dict[str, str]]:
    """Place of each signature and date among ``blocks`` → the paragraph properties that put it in place."""
    places = [place for place, block in enumerate(blocks) if block.kind in _CLOSING]
    properties: dict[int, dict[str, str]] = {}
    group: list[int] = []
    for place in places:
        if group and place != group[-1] + 1:
            properties |= _closing_group(blocks, group, styles)
            group = []
        group.append(place)
    return properties | _closing_group(blocks, group, styles)


def _closing_group(blocks: Sequence[Block], group: list[int], styles: TemplateStyles) -> dict[int, dict[str, str]]:
    """Signatures and dates that follow one another, each with the blank lines above it and its place."""
    widths = {kind: _widest(blocks, group, kind) for kind in _CLOSING}
    place = _under_a_seal if styles.sealed else _at_the_right
    found: dict[int, dict[str, str]] = {}
    for order, index in enumerate(group):
        kind = blocks[index].kind
        found[index] = place(kind, widths, styles)
        if kind is Kind.SIGNATURE and order:
            found[index]["spacing"] = '<w:spacing w:before="0"/>'
        elif kind is Kind.DATE and not order:
            found[index]["spacing"] = f'<w:spacing w:before="{styles.blank_line}"/>'
    return found


def _at_the_right(kind: Kind, widths: dict[Kind, float], styles: TemplateStyles) -> dict[str, str]:
    """Without a seal.

    What the styles say already, two characters from the right, is not repeated. The other of the two is placed from the
    left, so that its first character keeps its distance whatever the digits of the font are wide.
    """
    signature, date = widths[Kind.SIGNATURE], widths[Kind.DATE]
    place = closing_place(signature, date)
    away = place.signature + signature if kind is Kind.SIGNATURE else place.date + date
    left = styles.text_width - round(away * styles.character)
    moved = Kind.SIGNATURE if date > signature else Kind.DATE
    if not (signature and date and kind is moved and left >= 0):
        return {}
    slack = -_SLACK * styles.character
    return {"ind": f'<w:ind w:left="{left}" w:right="{slack}"/>', "jc": '<w:jc w:val="left"/>'}


def _under_a_seal(_kind: Kind, widths: dict[Kind, float], styles: TemplateStyles) -> dict[str, str]:
    """Both centred about one middle, in a box with room for a font whose characters are wider."""
    centre = seal_centre(widths[Kind.SIGNATURE], widths[Kind.DATE])
    left = max(styles.text_width - round((2 * centre + _SLACK) * styles.character), 0)
    right = styles.text_width - left - round(2 * centre * styles.character)
    return {"ind": f'<w:ind w:left="{left}" w:right="{-right}"/>', "jc": '<w:jc w:val="center"/>'}


def _widest(blocks: Sequence[Block], group: list[int], kind: Kind) -> float:
    return max((text_width(clean(blocks[index].text)) for index in group if blocks[index].kind is kind), default=0.0)
