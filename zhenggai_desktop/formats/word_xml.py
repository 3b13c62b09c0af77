"""The XML of a Word package: namespaces, and reading bytes into elements without any trust in them.

Transitional and strict documents (ISO/IEC 29500) differ only in the names of their namespaces; the strict names are
rewritten before parsing, so that the rest of the code knows one set.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, overload
from xml.etree import ElementTree
from xml.parsers import expat

from zhenggai_desktop.errors import SourceFormatError, SourceLimitError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

MAX_TAGS = 4_000_000
"""Most tags in one part. A notice has some thousand; 60,000 paragraphs have about a million."""

_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", M[1:-1].encode()),
)
_OFF = {"0", "false", "off"}


class _RootReachedError(Exception):
    """The prolog is over: a document type could only have come before."""


def parse_part(data: bytes, part: str) -> Element:
    """The root element of a part. Refuses a document type, and with it every entity, in any encoding.

    Raises SourceFormatError when it is no XML or has a document type, SourceLimitError over ``MAX_TAGS``.
    """
    if data.count(b"<") > MAX_TAGS:
        raise SourceLimitError("这个文件的内容多得不像公文", "请核对文件，或把需要的部分另存为新文件再导入")
    _refuse_document_type(data, part)
    for strict, transitional in _STRICT:
        data = data.replace(strict, transitional)
    try:
        return ElementTree.fromstring(data)  # noqa: S314 - the document type, the only source of entities, is refused
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise _damaged(part) from error


def _refuse_document_type(data: bytes, part: str) -> None:
    parser = expat.ParserCreate()

    def doctype(*_: object) -> None:
        raise SourceFormatError(
            "文件里带有外部引用或实体定义，正常的Word文件没有这些", "为安全起见不予读取，请用WPS或Word重新另存为docx"
        )

    def root(*_: object) -> None:
        raise _RootReachedError

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = root
    try:
        parser.Parse(data, True)
    except _RootReachedError:
        return
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise _damaged(part) from error


def _damaged(part: str) -> SourceFormatError:
    return SourceFormatError(f"文件已损坏，其中的“{part}”无法读取", "请用WPS或Word打开后另存为docx，再导入另存的文件")


def value_of(parent: Element, name: str) -> str:
    """``w:val`` of the child ``w:name``, "" when either is missing."""
    child = parent.find(f"{W}{name}")
    return child.get(f"{W}val", "") if child is not None else ""


@overload
def number_of(text: str | None, default: int) -> int: ...
@overload
def number_of(text: str | None, default: None) -> int | None: ...
def number_of(text: str | None, default: int | None) -> int | None:
    """``text`` as a whole number, ``default`` when it is none."""
    try:
        return int(text) if text and len(text) < 12 else default
    except ValueError:
        return default


def switched_on(element: Element | None) -> bool:
    """Is an on/off property there and not switched off (``<w:vanish/>``, ``w:val="1"``)?"""
    return element is not None and element.get(f"{W}val", "1").lower() not in _OFF
