"""Blocks become paragraphs of WordprocessingML, one string each, ready to be streamed into the body.

A paragraph names its style and little else. What is written at the paragraph itself: the indents that put signature
and date in place, for they depend on the words, and bookmarks that say which record a block came from.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from zhenggai_desktop.domain.blocks import Anchor, Block, Kind, Run, RunRole
from zhenggai_desktop.domain.cleaning import clean
from zhenggai_desktop.domain.layout import CHINESE_SIGNS, closing_place, text_width
from zhenggai_desktop.domain.title_lines import title_lines
from zhenggai_desktop.formats.word_template_styles import TemplateStyles

_CLOSING = (Kind.SIGNATURE, Kind.DATE)
_BREAKS = re.compile("([\n\t])")
_BREAK_XML = {"\n": "<w:br/>", "\t": "<w:tab/>"}
_HINT = '<w:rFonts w:hint="eastAsia"/>'
_NOT_IN_A_NAME = re.compile("[^0-9A-Za-z]")
_SLACK = 4  # characters into the margin: digits of a substituted font may be wider, and a date must not wrap
_SHORT = 4 * 28  # characters, four lines
_LONGEST_NAME = 40  # what Word accepts for a bookmark


def paragraphs(blocks: Sequence[Block], styles: TemplateStyles) -> Iterator[str]:
    """The paragraphs of the blocks in order."""
    writer = _Writer(styles)
    closings = _closing_properties(blocks, styles)
    last = len(blocks) - 1
    for place, block in enumerate(blocks):
        properties = closings.get(place, "")
        if place < last and blocks[place + 1].kind in _CLOSING and _goes_with_closing(block):
            properties = "<w:keepNext/>"
        yield writer.paragraph(block, properties)


def _goes_with_closing(block: Block) -> bool:
    """A signature must not stand alone on a page; a long text is not carried over for it, that would leave a hole."""
    return block.kind is Kind.PARAGRAPH and text_width(block.text) <= _SHORT


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
            Kind.PARAGRAPH: styles.body,
            Kind.SIGNATURE: styles.signature,
            Kind.DATE: styles.date,
        }

    def paragraph(self, block: Block, properties: str) -> str:
        heading = block.kind is Kind.HEADING
        style = _of_level(self._styles.headings, block.level) if heading else self._ids[block.kind]
        own = (f"<w:pStyle w:val={quoteattr(style)}/>" if style else "") + properties
        content = self._bookmarks.around(block.anchor, self._content(block))
        return f"<w:p>{f'<w:pPr>{own}</w:pPr>' if own else ''}{content}</w:p>"

    def _content(self, block: Block) -> str:
        if block.kind is Kind.TITLE:
            return _run("\n".join(title_lines(clean(block.text), self._styles.title_characters)), "")
        return "".join(self._run(run, block) for run in block.runs)

    def _run(self, run: Run, block: Block) -> str:
        run_in = run.role is RunRole.HEADING and block.kind is Kind.PARAGRAPH and block.level
        style = _of_level(self._styles.run_in_headings, block.level) if run_in else ""
        return self._bookmarks.around(run.anchor, _run(clean(run.text), style))


def _of_level(styles: tuple[str, ...], level: int) -> str:
    """Levels below the fourth look like the fourth."""
    return styles[min(max(level, 1), len(styles)) - 1]


def _run(text: str, style: str) -> str:
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


def _closing_properties(blocks: Sequence[Block], styles: TemplateStyles) -> dict[int, str]:
    """Place of each signature and date among ``blocks`` → the paragraph properties that put it in place."""
    places = [place for place, block in enumerate(blocks) if block.kind in _CLOSING]
    properties: dict[int, str] = {}
    group: list[int] = []
    for place in places:
        if group and place != group[-1] + 1:
            properties |= _closing_group(blocks, group, styles)
            group = []
        group.append(place)
    return properties | _closing_group(blocks, group, styles)


def _closing_group(blocks: Sequence[Block], group: list[int], styles: TemplateStyles) -> dict[int, str]:
    """Signatures and dates that follow one another.

    What the styles say already, two characters from the right, is not repeated. The other of the two is placed from the
    left, so that its first character keeps its distance whatever the digits of the font are wide.
    """
    widths = {kind: _widest(blocks, group, kind) for kind in _CLOSING}
    signature, date = widths[Kind.SIGNATURE], widths[Kind.DATE]
    place = closing_place(signature, date)
    lefts = {
        Kind.SIGNATURE: styles.text_width - round((place.signature + signature) * styles.character),
        Kind.DATE: styles.text_width - round((place.date + date) * styles.character),
    }
    moved = Kind.SIGNATURE if date > signature else Kind.DATE
    found: dict[int, str] = {}
    for order, index in enumerate(group):
        kind = blocks[index].kind
        spacing = ""
        if kind is Kind.SIGNATURE and order:
            spacing = '<w:spacing w:before="0"/>'
        elif kind is Kind.DATE and not order:
            spacing = f'<w:spacing w:before="{styles.blank_line}"/>'
        indent = ""
        if signature and date and kind is moved and lefts[kind] >= 0:
            slack = -_SLACK * styles.character
            indent = f'<w:ind w:left="{lefts[kind]}" w:right="{slack}"/><w:jc w:val="left"/>'
        found[index] = spacing + indent
    return found


def _widest(blocks: Sequence[Block], group: list[int], kind: Kind) -> float:
    return max((text_width(clean(blocks[index].text)) for index in group if blocks[index].kind is kind), default=0.0)
