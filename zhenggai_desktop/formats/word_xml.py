"""The XML of a Word package: namespaces and the values of properties.

Transitional and strict documents (ISO/IEC 29500) differ only in the names of their namespaces; the strict names are
rewritten before parsing, so that the rest of the code knows one set.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", M[1:-1].encode()),
)
_OFF = {"0", "false", "off"}


def with_transitional_names(data: bytes) -> bytes:
    """``data`` with the names of a strict document's namespaces rewritten."""
    for strict, transitional in _STRICT:
        data = data.replace(strict, transitional)
    return data


def value_of(parent: Element, name: str) -> str:
    """``w:val`` of the child ``w:name``, "" when either is missing."""
    child = parent.find(f"{W}{name}")
    return child.get(f"{W}val", "") if child is not None else ""


@overload
def number_of(text: str | None, default: int) -> int: ...
@overload
def number_of(text: str | None, default: None) -> int | None: ...
def number_of(text: str | None, default: int | None) -> int | None:
    """``text`` as a whole number (what stands behind a point is cut off), ``default`` when it is none."""
    try:
        return int(float(text)) if text and len(text) < 12 else default
    except (ValueError, OverflowError):
        return default


def switched_on(element: Element | None) -> bool:
    """Is an on/off property there and not switched off (``<w:vanish/>``, ``w:val="1"``)?"""
    return element is not None and element.get(f"{W}val", "1").lower() not in _OFF
