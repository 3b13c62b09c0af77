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
_LONGEST = 255  # characters python-docx and Word take in a property
_OF_THE_TEMPLATE = (
    RELATIONSHIP_TYPE.CUSTOM_PROPERTIES,
    RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
    RELATIONSHIP_TYPE.THUMBNAIL,
)


def fill_in_properties(frame: WordDocument, document: Document, now: dt.datetime) -> None:
    """Say whose document it is; nothing of the template's own properties, author and preview picture remains."""
    package: Any = frame.part.package
    _drop_other_core_properties(package)
    _empty(frame.core_properties)
    for key, relation in list(package.rels.items()):
        if relation.reltype in _OF_THE_TEMPLATE:
            del package.rels[key]
    moment = now.astimezone(dt.UTC).replace(tzinfo=None)  # python-docx writes it as UTC
    properties = frame.core_properties
    properties.title = _short(document.title)
    properties.author = _short(document.author)
    properties.last_modified_by = _short(document.author)
    properties.subject = _short(document.subject)
    properties.language = "zh-CN"
    properties.created = moment
    properties.modified = moment
    properties.revision = 1
    if document.draft_id:
        value = escape(_short(document.draft_id))
        blob = _CUSTOM_XML.format(name=DRAFT_ID, value=value).encode()
        part = Part(_CUSTOM, CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, blob, package)
        package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


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
