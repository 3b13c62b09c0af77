"""The elements of a web page as blocks of text in reading order, each with what tells an article from a menu."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from zhenggai_desktop.domain.numbering import chinese_numeral, leading_mark
from zhenggai_desktop.errors import SourceLimitError
from zhenggai_desktop.formats.html_tables import TableBuilder, TableCell

MAX_ELEMENTS = 500_000
"""Most elements of a page; a long article with menus has some thousand."""
MAX_DEPTH = 1000
"""Deepest nesting of elements; beyond it the parser would drop words."""

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "head", "header", "hr", "html", "iframe", "legend", "li", "main", "nav", "noscript", "ol", "option",
    "optgroup", "p", "pre", "section", "select", "summary", "table", "tbody", "td", "textarea", "tfoot", "th",
    "thead", "title", "tr", "ul",
})  # fmt: skip
_SILENT = frozenset({
    "script", "style", "template", "svg", "object", "applet", "audio", "video", "canvas", "math",
})  # fmt: skip
_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
})  # fmt: skip
_FURNITURE_TAGS = frozenset({
    "nav", "footer", "aside", "button", "select", "textarea", "noscript",
})  # fmt: skip
_FURNITURE_ROLES = frozenset({
    "navigation", "banner", "contentinfo", "search", "complementary",
})  # fmt: skip
_FURNITURE_NAMES = frozenset({
    "nav", "navbar", "navigation", "menu", "submenu", "footer", "foot", "bottom", "copyright", "breadcrumb",
    "breadcrumbs", "crumb", "crumbs", "position", "location", "share", "shares", "sharebar", "bdshare",
    "bdsharebuttonbox", "toolbar", "sidebar", "related", "recommend", "comment", "comments", "pagination",
    "pager", "page_nav", "prevnext", "qrcode", "ewm", "friendlink", "friendlinks", "links", "search",
    "searchbar", "login", "topbar", "header", "head", "top", "banner", "ads", "advert", "dqwz", "mbx", "dh",
})  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_SIDE = re.compile(r"text-align\s*:\s*(?!center)\w+", re.IGNORECASE)
_NUMBERING = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_NAME = re.compile(r"[A-Za-z][a-z]*|[A-Z]+(?![a-z])")
_HEADING = re.compile(r"h([1-6])")
_TITLE_NAMES = frozenset({
    "title", "biaoti", "bt", "activity-name", "activity",
})  # fmt: skip


@dataclass(slots=True)
class Element:
    """An open or closed element: its place in the tree and what it says about the text in it."""

    tag: str
    parent: int
    names: frozenset[str] = frozenset()
    named_furniture: bool = False
    hidden: bool = False
    centred: bool = False
    in_link: bool = False
    heading: int = 0
    numbering: str = ""
    count: int = 0


@dataclass(slots=True)
class TextBlock:
    """Text that stands by itself. ``number`` counts from 1; ``node`` is the element that holds it."""

    number: int
    node: int
    text: str
    links: int
    heading: int
    centred: bool
    hidden: bool
    titled: bool
    auto_number: str = ""
    pictures: int = 0

    @property
    def linked(self) -> bool:
        """True where most of it leads somewhere else."""
        return self.links * 5 >= len("".join(self.text.split())) * 3


@dataclass(slots=True)
class BlockBuilder:
    """Takes the events of an HTML parser; what it holds when they end are ``elements`` and ``blocks``."""

    elements: list[Element] = field(default_factory=lambda: [Element("", -1)])
    blocks: list[TextBlock] = field(default_factory=list[TextBlock])
    page_title: str = ""
    tables: list[TableBuilder] = field(default_factory=list[TableBuilder])
    plain_levels: bool = False  # lists inside lists whose numbers all look the same
    _tables: list[tuple[int, TableBuilder]] = field(default_factory=list[tuple[int, TableBuilder]])  # with their nodes
    _cells: list[tuple[int, TableCell]] = field(default_factory=list[tuple[int, TableCell]])
    _open: list[int] = field(default_factory=lambda: [0])
    _words: list[str] = field(default_factory=list[str])
    _links: int = 0
    _silent: int = 0
    _auto_number: str = ""
    _pictures: int = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if tag in _SILENT or self._silent:
            self._silent += tag not in _VOID
            return
        if tag == "img":
            self._pictures += 1
        if tag in _BLOCKS:
            self._flush()
        if tag in _VOID:
            return
        if len(self.elements) > MAX_ELEMENTS or len(self._open) > MAX_DEPTH:
            raise SourceLimitError("这个网页的内容多得或嵌套得不像公文", "请在浏览器里打开，复制正文粘贴到文本后导入")
        self.elements.append(self._element(tag, attributes))
        self._open.append(len(self.elements) - 1)
        self._tabulate(tag, attributes)
        if tag == "li":
            self._auto_number = self._number(attributes)

    def end(self, tag: str) -> None:
        """An element ends; the parser sends an end for every start."""
        if self._silent:
            self._silent -= tag not in _VOID
            return
        if tag in _VOID:
            return
        if tag in _BLOCKS:
            self._flush()
        if len(self._open) > 1 and self.elements[self._open[-1]].tag == tag:
            node = self._open.pop()
            for stack in (self._tables, self._cells):
                if stack and stack[-1][0] == node:
                    stack.pop()

    def data(self, text: str) -> None:
        """Text inside the innermost element."""
        if self._silent:
            return
        element = self.elements[self._open[-1]]
        if element.tag == "pre":
            for i, line in enumerate(text.splitlines()):
                if i:
                    self._flush()
                self._words.append(line)
            return
        self._words.append(text)
        if element.in_link:
            self._links += len("".join(text.split()))

    def comment(self, text: str) -> None:
        """Comments are no text."""

    def pi(self, target: str, data: str | None = None) -> None:
        """Nor are instructions to Word."""

    def close(self) -> None:
        """The page is over."""
        self._flush()

    def _flush(self) -> None:
        text = _SPACE.sub(" ", "".join(self._words)).strip(" ")
        links, pictures = self._links, self._pictures
        self._words.clear()
        self._links = self._pictures = 0
        node = self._open[-1]
        element = self.elements[node]
        if element.tag == "title":
            self.page_title = self.page_title or text
            return
        if not text.strip():
            if pictures and self.blocks:
                self.blocks[-1].pictures += pictures
            return
        number, self._auto_number = self._auto_number, ""
        if number and leading_mark(text) is None:
            text = number + text
        else:
            number = ""
        titled = bool(self._names_above(node) & _TITLE_NAMES)
        at = (len(self.blocks) + 1, node)
        facts = (links, element.heading, element.centred, element.hidden, titled)
        if self._cells:
            self._cells[-1][1].lines.append(at[0])
        self.blocks.append(TextBlock(*at, text, *facts, auto_number=number, pictures=pictures))

    def _tabulate(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Keep the grid of the table in which the element that begins stands, or which it begins."""
        node = self._open[-1]
        if tag == "table":
            for _, outer in self._tables:
                outer.nested = True
            self.tables.append(TableBuilder())
            self._tables.append((node, self.tables[-1]))
        elif tag == "tr" and self._tables:
            self._tables[-1][1].row()
        elif tag in {"td", "th"} and self._tables:
            self._cells.append((node, self._tables[-1][1].cell(attributes)))

    def _names_above(self, node: int) -> frozenset[str]:
        element = self.elements[node]
        above = self.elements[element.parent] if element.parent >= 0 else element
        return element.names | above.names

    def _element(self, tag: str, attributes: Mapping[str, str]) -> Element:
        parent = self._open[-1]
        above = self.elements[parent]
        style = attributes.get("style") or ""
        names = _names(attributes)
        align = (attributes.get("align") or "").lower()
        heading = _HEADING.fullmatch(tag)
        return Element(
            tag,
            parent,
            names,
            named_furniture=tag in _FURNITURE_TAGS
            or attributes.get("role", "") in _FURNITURE_ROLES
            or bool(names & _FURNITURE_NAMES),
            hidden=above.hidden or "hidden" in attributes or _HIDDEN.search(style) is not None,
            centred=_is_centred(tag, align, style, above=above.centred),
            in_link=above.in_link or (tag == "a" and "href" in attributes),
            heading=int(heading[1]) if heading else (0 if tag in _BLOCKS else above.heading),
            numbering=_numbering(tag, attributes, style),
            count=_whole(attributes.get("start"), 1) - 1 if tag == "ol" else 0,
        )

    def _number(self, attributes: Mapping[str, str]) -> str:
        """The number that a browser shows before an item of an ordered list."""
        listing = self.elements[self.elements[self._open[-1]].parent]
        if listing.tag != "ol" or not listing.numbering:
            return ""
        self.plain_levels |= listing.numbering == "1" and self._inside_another_list(listing)
        listing.count = _whole(attributes.get("value"), listing.count + 1)
        return _numbered(listing.count, listing.numbering)

    def _inside_another_list(self, listing: Element) -> bool:
        above = self.elements[listing.parent]
        while above.parent >= 0 and above.tag != "ol":
            above = self.elements[above.parent]
        return above.tag == "ol"


def _names(attributes: Mapping[str, str]) -> frozenset[str]:
    """The words in id and class, small: “BreadCrumb main-nav” gives breadcrumb, bread, crumb, main, nav."""
    found: set[str] = set()
    for value in f"{attributes.get('id') or ''} {attributes.get('class') or ''}".split():
        found.add(value.lower())
        found.update(word.lower() for word in _NAME.findall(value))
    return frozenset(found)


def _is_centred(tag: str, align: str, style: str, *, above: bool) -> bool:
    if align or _SIDE.search(style):
        return align == "center"
    return above or tag == "center" or _CENTRED.search(style) is not None


def _numbering(tag: str, attributes: Mapping[str, str], style: str) -> str:
    if tag != "ol":
        return ""
    stated = _NUMBERING.search(style)
    kind = stated[1].lower() if stated else attributes.get("type") or "1"
    return "" if kind == "none" else kind


def _numbered(number: int, kind: str) -> str:
    """“1.”, “a.”, “一、” by the list's kind of numbers."""
    if kind in {"a", "A", "lower-alpha", "upper-alpha", "lower-latin", "upper-latin"} and 1 <= number <= 26:
        letter = chr(ord("a") + number - 1)
        return f"{letter.upper() if kind[0] in 'Au' else letter}."
    if any(word in kind for word in ("cjk", "chinese", "ideographic")) and number > 0:
        return f"{chinese_numeral(number)}、"
    return f"{number}."


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.strip().isdecimal() and len(text) < 7 else default
