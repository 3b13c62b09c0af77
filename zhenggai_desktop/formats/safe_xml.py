"""XML from outside read into elements without any trust in it: no document type, no entities, within limits."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree
from xml.parsers import expat

from zhenggai_desktop.errors import SourceFormatError, SourceLimitError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_MARKS = 2_000_000
"""Most tags and attributes in all parts that are read of one document, closing tags counted.

A notice has some ten thousand, 60,000 paragraphs of ours 1.7 million. Each costs up to 160 bytes of memory: this,
not the size of a part, bounds what a document can take."""


class _RootReachedError(Exception):
    """The prolog is over: a document type could only have come before."""


def parse_xml(data: bytes, part: str, *, kind: str, advice: str) -> Element:
    """The root element of a part. Refuses a document type, and with it every entity, in any encoding.

    ``kind`` names the kind of document in sentences, ``advice`` tells how to save it anew. Raises SourceFormatError
    when it is no XML or has a document type, SourceLimitError over ``MAX_MARKS``.
    """
    refuse_marks(marks_in(data))
    try:
        _refuse_document_type(data, kind, advice)
        return ElementTree.fromstring(data)  # noqa: S314 - the document type, the only source of entities, is refused
    except (expat.ExpatError, ElementTree.ParseError, ValueError, LookupError) as error:
        raise SourceFormatError(f"文件已损坏，其中的“{part}”无法读取", f"{advice}，再导入另存的文件") from error


def marks_in(data: bytes) -> int:
    """How many tags and attributes a part has, or a few more."""
    return data.count(b"<") + data.count(b"=")


def refuse_marks(count: int) -> None:
    """Raise SourceLimitError where ``count`` is more than any real document has."""
    if count > MAX_MARKS:
        raise SourceLimitError("这个文件的内容多得不像公文", "请核对文件，或把需要的部分另存为新文件再导入")


def _refuse_document_type(data: bytes, kind: str, advice: str) -> None:
    parser = expat.ParserCreate()

    def doctype(*_: object) -> None:
        raise SourceFormatError(
            f"文件里带有外部引用或实体定义，正常的{kind}文件没有这些", f"为安全起见不予读取，{advice}"
        )

    def root(*_: object) -> None:
        raise _RootReachedError

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = root
    try:
        parser.Parse(data, True)
    except _RootReachedError:
        return
