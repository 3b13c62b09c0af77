"""What a writer needs to know of a template: the ids of its styles and a few measures.

Styles are found by their built-in names, since Word and WPS in Chinese give them other ids (``1``, ``a3``) when an
office saves the template.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhenggai_desktop.domain.layout import LayoutProfile
from zhenggai_desktop.formats.word_sections import read_page
from zhenggai_desktop.formats.word_style_part import styles_part
from zhenggai_desktop.formats.word_xml import number_of

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_LEVELS = (1, 2, 3, 4)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True, slots=True)
class TemplateStyles:
    """Ids of styles, "" where the template has none and its default serves; lengths in twips.

    ``headings`` and ``run_in_headings`` (character styles) are those of levels 1 to 4. ``character`` is what a Chinese
    character of the signature takes, ``title_characters`` how many of the title fit on a line, ``blank_line`` the space
    that stands above a date without a signature, ``line`` a line of the text. ``sections`` and ``widths`` are those of
    an upright and of a lying page: the ``w:sectPr`` that ends a section, and the width of its text.
    """

    title: str
    headings: tuple[str, ...]
    run_in_headings: tuple[str, ...]
    body: str
    signature: str
    date: str
    text_width: int
    character: int
    title_characters: int
    blank_line: int
    addressee: str
    cell: str
    head_cell: str
    form_cell: str
    table: str
    line: int
    sealed: bool
    sections: tuple[str, str]
    widths: tuple[int, int]
    lying_title_characters: int


def read_template_styles(frame: WordDocument, profile: LayoutProfile, *, lying: bool = False) -> TemplateStyles:
    """Read ids and measures; ``profile`` answers for what the template leaves open. ``lying``: some pages will lie."""
    sheet = _Sheet(frame.styles.element)
    body = sheet.named("body text", "正文文本")
    headings = tuple(sheet.named(f"heading {level}", f"标题 {level}") or body for level in _LEVELS)
    title, signature = sheet.named("title", "标题"), sheet.named("signature", "签名") or body
    page = read_page(frame, profile, lying=lying)
    width = page.width
    size = sheet.number(signature, "sz") or round(profile.body_size * 2)
    title_size = sheet.number(title, "sz") or round(profile.title_size * 2)
    title_advance = title_size * 10 + (sheet.number(title, "spacing") or 0)  # w:sz counts half points
    return TemplateStyles(
        title=title,
        headings=headings,
        run_in_headings=tuple(map(sheet.linked, headings)),
        body=body,
        signature=signature,
        date=sheet.named("date", "日期") or body,
        text_width=width,
        character=size * 10 + (sheet.number(signature, "spacing") or 0),
        title_characters=max(width // max(title_advance, 1), 1),
        blank_line=sheet.space_before(signature),
        addressee=sheet.named("salutation", "称呼") or body,
        cell=sheet.named("body text 2", "正文文本 2"),
        head_cell=sheet.named("body text 3", "正文文本 3"),
        form_cell=sheet.named("block text", "文本块"),
        table=sheet.named("table grid", "网格型", kind="table"),
        line=sheet.line(body) or profile.line_pitch,
        sealed=profile.sealed,
        sections=(page.upright, page.lying),
        widths=(page.width, page.lying_width),
        lying_title_characters=max(page.lying_width // max(title_advance, 1), 1),
    )


_LATER_STYLES = {
    "Salutation": ("salutation", "称呼"),
    "BodyText2": ("body text 2", "正文文本 2"),
    "BodyText3": ("body text 3", "正文文本 3"),
    "BlockText": ("block text", "文本块"),
    "TableGrid": ("table grid", "网格型"),
}


def add_table_styles(frame: WordDocument, profile: LayoutProfile) -> None:
    """Give an office's template the styles of tables and forms that it lacks, as the profile has them."""
    from docx.oxml import parse_xml  # noqa: PLC0415 - loaded with the template

    root: Any = frame.styles.element
    sheet = _Sheet(root)
    ours: Any = parse_xml(styles_part(profile))
    defaults = {
        "Normal": sheet.named("normal", "正文"),
        "TableNormal": sheet.named("normal table", "普通表格", kind="table"),
    }
    styles: list[Any] = list(ours.iterchildren(f"{_W}style"))
    for style in styles:
        names = _LATER_STYLES.get(style.get(f"{_W}styleId", ""))
        kind = style.get(f"{_W}type", "")
        if names is None or sheet.named(*names, kind=kind):
            continue
        links: list[Any] = [*style.iterchildren(f"{_W}next"), *style.iterchildren(f"{_W}basedOn")]
        for link in links:
            other = defaults.get(link.get(f"{_W}val", ""), "")
            if other:
                link.set(f"{_W}val", other)
            else:
                style.remove(link)
        if style.get(f"{_W}styleId") in sheet:
            style.set(f"{_W}styleId", f"zg{style.get(f'{_W}styleId')}")  # another style has taken Word's own id
        root.append(style)


class _Sheet:
    """The styles part, looked through once. ``Any`` because python-docx gives lxml elements."""

    def __init__(self, root: Any) -> None:
        self._by_id: dict[str, Any] = {}
        self._by_name: dict[tuple[str, str], str] = {}
        self._defaults = root.find(f"{_W}docDefaults/{_W}rPrDefault")
        for style in root.iterchildren(f"{_W}style"):
            identifier = style.get(f"{_W}styleId", "")
            self._by_id[identifier] = style
            key = style.get(f"{_W}type", ""), _value(style, "name").lower()
            self._by_name.setdefault(key, identifier)

    def __contains__(self, identifier: str) -> bool:
        return identifier in self._by_id

    def named(self, *names: str, kind: str = "paragraph") -> str:
        """The id of the first style of that kind that has one of the names; "" for none."""
        return next((self._by_name[kind, name] for name in names if (kind, name) in self._by_name), "")

    def linked(self, identifier: str) -> str:
        """The id of the character style that Word keeps like this paragraph style; "" for none."""
        link = _value(self._by_id.get(identifier), "link")
        return link if link in self._by_id else ""

    def number(self, identifier: str, name: str) -> int | None:
        """A number among the run properties, inherited where the style does not state it."""
        for element in (*self._chain(identifier), self._defaults):
            if (stated := number_of(_value(element, "rPr", name), None)) is not None:
                return stated
        return None

    def space_before(self, identifier: str) -> int:
        values = (_value(style, "pPr", "spacing", attribute="before") for style in self._chain(identifier))
        return number_of(next((value for value in values if value), ""), 0)

    def line(self, identifier: str) -> int:
        """The height of a line where it is exact; 0 where it follows the type."""
        for style in self._chain(identifier):
            if stated := _value(style, "pPr", "spacing", attribute="line"):
                exact = _value(style, "pPr", "spacing", attribute="lineRule") == "exact"
                return number_of(stated, 0) if exact else 0
        return 0

    def _chain(self, identifier: str) -> Iterator[Any]:
        """The style and those it is based on; a ring of styles is walked once."""
        seen: set[str] = set()
        while identifier in self._by_id and identifier not in seen:
            seen.add(identifier)
            yield self._by_id[identifier]
            identifier = _value(self._by_id[identifier], "basedOn")


def _value(element: Any, *path: str, attribute: str = "val") -> str:
    """An attribute of the element that ``path`` leads to; "" where there is none."""
    for name in path:
        if element is None:
            return ""
        element = element.find(f"{_W}{name}")
    return "" if element is None else str(element.get(f"{_W}{attribute}", ""))
