"""Upright and lying pages of one document: the template's section, and the same section turned.

A page is turned as a sheet is: the head of what lies on it is at the upright sheet's left (GB/T 9704-2012 §7.6: at the
binding edge of odd pages, at the outer edge of even ones), so the sheet's foot, and the page number with it, is the
lying page's left.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhenggai_desktop.domain.layout import LayoutProfile, twips
from zhenggai_desktop.formats.word_lying_number import number_lying_pages
from zhenggai_desktop.formats.word_xml import number_of

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True, slots=True)
class PageSections:
    """``w:sectPr`` of an upright and of a lying page as XML, and how wide their text is in twips."""

    upright: str
    lying: str
    width: int
    lying_width: int


def read_page(frame: WordDocument, profile: LayoutProfile, *, lying: bool = False) -> PageSections:
    """Both sections from the template's last one; ``profile`` answers for measures it leaves open.

    Where pages will be ``lying``, their footers are added to the document.
    """
    section = _last_section(frame)
    if section is None:
        return PageSections("", "", twips(profile.text_width), twips(profile.text_height))
    lying_section = copy.deepcopy(section)
    if _turn(lying_section) and lying:
        number_lying_pages(frame, lying_section, profile)
    return PageSections(
        _text_of(section),
        _text_of(lying_section),
        _text_width(section) or twips(profile.text_width),
        _text_width(lying_section) or twips(profile.text_height),
    )


def turn_last_section(frame: WordDocument, lying: str) -> None:
    """Lay the document's last page: ``lying`` is the section of such pages as XML."""
    from docx.oxml import parse_xml  # noqa: PLC0415 - loaded with the template

    section = _last_section(frame)
    if section is not None:
        section.getparent().replace(section, parse_xml(lying))


def _last_section(frame: WordDocument) -> Any:
    element: Any = frame.element  # python-docx leaves the types of its elements open
    return element.body.find(f"{_W}sectPr")


def _text_of(section: Any) -> str:
    """The element as XML on one line, with the names of its namespaces."""
    return "".join(line.strip() for line in section.xml.split("\n"))


def _turn(section: Any) -> bool:
    """Lay an upright page; false where it lies already or does not say how large it is."""
    size, margins = section.find(f"{_W}pgSz"), section.find(f"{_W}pgMar")
    if size is None or margins is None:
        return False
    width, height = size.get(f"{_W}w", "0"), size.get(f"{_W}h", "0")
    if number_of(width, 0) > number_of(height, 0):
        return False
    size.set(f"{_W}w", height)
    size.set(f"{_W}h", width)
    size.set(f"{_W}orient", "landscape")
    old = {name: _number(margins, name) for name in ("top", "right", "bottom", "left", "footer")}
    new = {"left": old["bottom"], "top": old["left"], "right": old["top"], "bottom": old["right"]}
    new["footer"] = max(old["footer"] - old["bottom"] + new["bottom"], 0)
    for name, value in new.items():
        margins.set(f"{_W}{name}", str(value))
    return True


def _text_width(section: Any) -> int:
    """Paper less margins, 0 where the section does not say."""
    size, margins = section.find(f"{_W}pgSz"), section.find(f"{_W}pgMar")
    if size is None or margins is None:
        return 0
    return max(number_of(size.get(f"{_W}w"), 0) - _number(margins, "left") - _number(margins, "right"), 0)


def _number(element: Any, name: str) -> int:
    return number_of(element.get(f"{_W}{name}"), 0)
