"""The properties of a Word file: whose document it is, and the id by which a returned draft is known again."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from zhenggai_desktop.domain.blocks import Document
from zhenggai_desktop.domain.cleaning import clean
from zhenggai_desktop.domain.layout import LayoutProfile

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

DRAFT_ID = "zhenggai_draft_id"
"""The custom property with the draft id; Word, WPS and LibreOffice keep it when they save."""

_CORE = PackURI("/docProps/core.xml")
_CUSTOM = PackURI("/docProps/custom.xml")
_CUSTOM_XML = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{name}">'
    "<vt:lpwstr>{value}</vt:lpwstr></property></Properties>"
)
_A_MOMENT = dt.datetime(1999, 12, 31, 23, 59, 58)  # noqa: DTZ001 - a mark; python-docx writes it as UTC
_LONGEST = 255  # characters python-docx and Word take in a property
_OF_THE_TEMPLATE = (
    RELATIONSHIP_TYPE.CUSTOM_PROPERTIES,
    RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
    RELATIONSHIP_TYPE.THUMBNAIL,
)


def prepare_properties(frame: WordDocument, *, with_id: bool) -> None:
    """Take away the template's own properties, author and preview picture; marks stand where a document's will."""
    package: Any = frame.part.package
    _drop_other_core_properties(package)
    _empty(frame.core_properties)
    for key, relation in list(package.rels.items()):
        if relation.reltype in _OF_THE_TEMPLATE:
            del package.rels[key]
    properties = frame.core_properties
    properties.title, properties.subject, properties.comments = _mark("title"), _mark("subject"), _mark("note")
    properties.author = properties.last_modified_by = _mark("author")
    properties.language = "zh-CN"
    properties.created = properties.modified = _A_MOMENT
    properties.revision = 1
    if with_id:
        blob = _CUSTOM_XML.format(name=DRAFT_ID, value=_mark("id")).encode()
        part = Part(_CUSTOM, CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, blob, package)
        package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def is_properties(name: str) -> bool:
    """True for the name of a part that ``filled_properties`` has to fill."""
    return name in (_CORE.membername, _CUSTOM.membername)


def filled_properties(content: bytes, document: Document, profile: LayoutProfile, now: dt.datetime) -> bytes:
    """A part of prepared properties with those of the document: whose it is, when it was made, by which fonts.

    Fonts that the office put in the place of the layout's are noted in its remarks; a document that is to name nobody,
    as it is published, has no remarks.
    """
    note = f"字体代用：{profile.substituted}" if profile.substituted and document.author else ""
    moment = f"{now.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
    values = {
        _mark("title"): document.title,
        _mark("subject"): document.subject,
        _mark("author"): document.author,
        _mark("note"): note,
        _mark("id"): document.draft_id,
    }
    text = content.decode().replace(f"{_A_MOMENT:%Y-%m-%dT%H:%M:%SZ}", moment)
    for mark, value in values.items():
        text = text.replace(mark, escape(_short(value)))
    return text.encode()


def _mark(name: str) -> str:
    return f"zg:{name}:mark"


def _drop_other_core_properties(package: Any) -> None:
    """LibreOffice 24 relates the core properties by a name of its own, which python-docx does not know.

    It would add a second part under the same name, and the file could not be written.
    """
    for key, relation in list(package.rels.items()):
        known = relation.reltype == RELATIONSHIP_TYPE.CORE_PROPERTIES
        if not known and not relation.is_external and relation.target_part.partname == _CORE:
            del package.rels[key]


def _empty(properties: Any) -> None:
    root = properties._element  # noqa: SLF001 - python-docx can set properties, not take them away
    for element in list(root):
        root.remove(element)


def _short(text: str) -> str:
    return clean(text).replace("\n", "")[:_LONGEST]
