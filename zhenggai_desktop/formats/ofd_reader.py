"""An OFD document (GB/T 33190-2016) as paragraphs: the characters of its pages with their places, joined as for PDF.

The text of template pages (letterheads, lines round the page) stands in a remark, once for each template. Stamps,
signatures and annotations are not looked at.
"""

from __future__ import annotations

import posixpath
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.blocks import SourceDocument, SourceRemark
from zhenggai_desktop.errors import SourceFormatError, SourceLimitError
from zhenggai_desktop.formats.containers import Container, Wording, opened
from zhenggai_desktop.formats.file_kinds import FileKind, refusal
from zhenggai_desktop.formats.ofd_text import Matrix, numbers, pieces_of
from zhenggai_desktop.formats.page_lines import PageText, Piece, lines_of_page
from zhenggai_desktop.formats.page_text import document_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_PAGES = 1000
"""Most pages of one document."""
MAX_CHARACTERS = 2_000_000
"""Most characters of one document."""
MAX_SECONDS = 60.0
"""Longest time that reading may take; a page takes some milliseconds."""
MAX_DEPTH = 60
"""Deepest nesting of blocks on a page."""

POINTS = 72 / 25.4
"""Points in a millimetre, the unit of OFD (GB/T 33190-2016 6.3)."""
_A4 = (0.0, 0.0, 210.0, 297.0)
_LONGEST_EDGE = 10_000  # millimetres

_DAMAGED = "请用OFD阅读器打开核对，打不开的请发送人重新发送"
_WORDING = Wording("OFD", _DAMAGED, "请用OFD阅读器打开，转换为PDF或复制全文粘贴到文本")


def read_ofd(data: bytes, name: str) -> SourceDocument:
    """The paragraphs of the OFD in ``data``; ``name`` is for the sentences and the document.

    Raises SourceFormatError (damaged, encrypted, without text) and SourceLimitError.
    """
    with opened(data, name, _WORDING) as container:
        reader = _Reader(container, name)
        pages = reader.pages()
    if not any(page.pieces for page in pages):
        raise SourceFormatError(
            f"OFD文件“{name}”里没有文字，是扫描件或图片", "请先用文字识别（OCR）软件转换为docx，核对后再导入"
        )
    document = document_of(pages, name)
    return replace(document, remarks=(*document.remarks, *reader.remarks()))


@dataclass(slots=True)
class _Reader:
    """Walks from OFD.xml over the documents to their pages."""

    container: Container
    name: str
    deadline: float = field(default_factory=lambda: time.monotonic() + MAX_SECONDS)
    characters: int = 0
    templates: dict[str, str] = field(default_factory=dict[str, str])  # place of a template → its words
    objects: int = 0

    def pages(self) -> list[PageText]:
        """All pages of all documents in the package, in order."""
        main = self._parse("OFD.xml")
        if _first(main, "Encryptions") is not None or "Encryptions.xml" in self.container:
            raise refusal(FileKind.ENCRYPTED, self.name)
        done: list[PageText] = []
        for body in _children(main, "DocBody"):
            root = _text(body, "DocRoot")
            if not root:
                continue
            place = _resolved("OFD.xml", root)
            done += self._document(place, self._parse(place), len(done))
        return done

    def remarks(self) -> tuple[SourceRemark, ...]:
        """What was left out: the words of templates, objects that are drawn from elsewhere."""
        words = [text for text in self.templates.values() if text]
        found = [SourceRemark("template", 1, f"模板页（页眉页脚等）的文字没有读入正文：“{text}”") for text in words]
        if self.objects:
            found.append(SourceRemark("composite", 1, f"有{self.objects}处复合图元没有读入，请对照原文核对"))
        return tuple(found)

    def _document(self, place: str, document: Element, before: int) -> list[PageText]:
        common = _first(document, "CommonData")
        box = _box(_first(common, "PageArea") if common is not None else None, _A4)
        templates = {
            template.get("ID", ""): _resolved(place, template.get("BaseLoc", ""))
            for template in (_children(common, "TemplatePage") if common is not None else ())
        }
        listed = _first(document, "Pages")
        pages = _children(listed, "Page") if listed is not None else []
        if before + len(pages) > MAX_PAGES:
            raise SourceLimitError(f"“{self.name}”超过{MAX_PAGES}页，不像公文", "请只把需要的页另存后导入")
        return [self._page(_resolved(place, page.get("BaseLoc", "")), box, templates) for page in pages]

    def _page(self, place: str, box: tuple[float, float, float, float], templates: dict[str, str]) -> PageText:
        if time.monotonic() > self.deadline:
            raise SourceLimitError(
                f"“{self.name}”读了{MAX_SECONDS:.0f}秒还没有读完，已停止", "请用OFD阅读器转换为PDF或docx后再导入"
            )
        page = self._parse(place)
        for used in _children(page, "Template"):
            template = templates.get(used.get("TemplateID", ""))
            if template and template not in self.templates and template in self.container:
                self.templates[template] = self._words_of(self._parse(template), box)
        return self._placed(page, box)

    def _words_of(self, template: Element, box: tuple[float, float, float, float]) -> str:
        shown = self._placed(template, box)
        return " ".join((*(line.text for line in lines_of_page(shown)), *shown.aside))

    def _placed(self, page: Element, box: tuple[float, float, float, float]) -> PageText:
        """The characters of a page or template with their places in points."""
        left, top, width, height = _box(_first(page, "Area"), box)
        pieces: list[Piece] = []
        aside: list[str] = []
        content = _first(page, "Content")
        to_page = Matrix(POINTS, 0, 0, POINTS, -left * POINTS, -top * POINTS)
        for element in self._objects(content, 0) if content is not None else ():
            for piece in pieces_of(element, to_page):
                if isinstance(piece, str):
                    aside.append(piece)
                else:
                    pieces.append(piece)
        self.characters += sum(len(piece.text) for piece in pieces)
        if self.characters > MAX_CHARACTERS:
            raise SourceLimitError(f"“{self.name}”超过{MAX_CHARACTERS}字，不像公文", "请只把需要的页另存后导入")
        return PageText(width * POINTS, height * POINTS, tuple(pieces), (" ".join(aside),) if aside else ())

    def _objects(self, block: Element, depth: int) -> Iterator[Element]:
        """The text objects of a block and of the blocks inside it."""
        if depth > MAX_DEPTH:
            raise SourceLimitError(f"“{self.name}”里的内容嵌套得不像公文", "请用OFD阅读器转换为PDF或docx后再导入")
        for element in block:
            kind = local_name(element)
            if kind == "TextObject":
                yield element
            elif kind in {"Layer", "PageBlock"}:
                yield from self._objects(element, depth + 1)
            elif kind == "CompositeObject":
                self.objects += 1

    def _parse(self, place: str) -> Element:
        if place not in self.container:
            raise SourceFormatError(f"OFD文件“{self.name}”不完整，缺少其中的“{posixpath.basename(place)}”", _DAMAGED)
        return self.container.parse(place)


def local_name(element: Element) -> str:
    """The element's name without its namespace, of which more than one spelling is met."""
    return element.tag.rpartition("}")[2]


def _children(parent: Element, name: str) -> list[Element]:
    return [element for element in parent if local_name(element) == name]


def _first(parent: Element, name: str) -> Element | None:
    return next((element for element in parent if local_name(element) == name), None)


def _text(parent: Element, name: str) -> str:
    found = _first(parent, name)
    return (found.text or "").strip() if found is not None else ""


def _resolved(base: str, location: str) -> str:
    """Where ``location`` points, read from the part ``base``: from the root of the package, or from its folder."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(base), location.strip())).lstrip("/")


def _box(area: Element | None, otherwise: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """The physical box of a page: left, top, width and height in millimetres; ``otherwise`` where it cannot be one."""
    found = numbers(_text(area, "PhysicalBox")) if area is not None else []
    if len(found) != 4 or not (0 < found[2] < _LONGEST_EDGE and 0 < found[3] < _LONGEST_EDGE):
        return otherwise
    return (found[0], found[1], found[2], found[3])
