"""A document as a Word file: the kinds of its blocks become the named styles of a template.

python-docx opens the template and keeps everything in it that is not text: styles, page, footers, fonts. The paragraphs
are streamed into the package as XML; through ``add_paragraph`` the time would grow with the square of their number.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import docx
from docx.document import Document as WordDocument

from zhenggai_desktop.domain.blocks import Document, Kind
from zhenggai_desktop.domain.layout import GUOBIAO, LayoutProfile
from zhenggai_desktop.errors import SourceFormatError, SourceMissingError
from zhenggai_desktop.formats.office_files import opened_document
from zhenggai_desktop.formats.replacing import replacing
from zhenggai_desktop.formats.word_paragraphs import ends_landscape, paragraphs
from zhenggai_desktop.formats.word_properties import filled_properties, is_properties, prepare_properties
from zhenggai_desktop.formats.word_sections import turn_last_section
from zhenggai_desktop.formats.word_template import template_bytes
from zhenggai_desktop.formats.word_template_styles import TemplateStyles, add_table_styles, read_template_styles

_MARKER = "zhenggai-body"
_MARKER_XML = f"<w:p><w:r><w:t>{_MARKER}</w:t></w:r></w:p>".encode()
_TABLED = (Kind.TABLE, Kind.NOTE, Kind.ADDRESSEE)
_CHUNK = 1000  # paragraphs per write: fewer calls, little memory


def write_word(
    document: Document,
    path: Path,
    *,
    template: Path | None = None,
    profile: LayoutProfile = GUOBIAO,
    now: dt.datetime | None = None,
) -> None:
    """Write the document to ``path``, laid out by ``template`` or, without one, by ``profile``.

    ``now`` stands in the file's properties as the time of its making; the same ``now`` gives the same bytes. Raises
    ``TargetError``, and ``SourceError`` for a template that is missing or no Word document.
    """
    now = now or dt.datetime.now().astimezone()
    frame = _frame_of(document, template, profile)
    with replacing(path) as temporary, zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as target:
        _copy(frame, target, document, profile, now)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What of a document changes the frame around its text."""

    tabled: bool  # has tables, or paragraphs in the styles of tables
    lying: bool  # has a page that lies
    ends_lying: bool
    with_id: bool


@dataclass(frozen=True, slots=True)
class _Frame:
    """Everything of the file but the document's own: the parts in order, the main one cut where the text goes in."""

    parts: tuple[tuple[str, bytes], ...]
    main: str
    head: bytes
    tail: bytes
    styles: TemplateStyles


def _frame_of(document: Document, template: Path | None, profile: LayoutProfile) -> _Frame:
    blocks = document.blocks
    shape = _Shape(
        tabled=any(block.kind in _TABLED for block in blocks),
        lying=any(block.landscape for block in blocks),
        ends_lying=ends_landscape(blocks),
        with_id=bool(document.draft_id),
    )
    return _prepared(_open(template), profile, shape) if template else _built_in(profile, shape)


@lru_cache(maxsize=8)
def _built_in(profile: LayoutProfile, shape: _Shape) -> _Frame:
    """The frame of a built-in layout. Making it takes as long as writing a whole notice; it is made once."""
    return _prepared(docx.Document(io.BytesIO(template_bytes(profile))), profile, shape)


def _prepared(frame: WordDocument, profile: LayoutProfile, shape: _Shape) -> _Frame:
    if shape.tabled:
        add_table_styles(frame, profile)
    styles = read_template_styles(frame, profile, lying=shape.lying)
    if shape.ends_lying and styles.sections[True]:
        turn_last_section(frame, styles.sections[True])
    prepare_properties(frame, with_id=shape.with_id)
    main = frame.part.partname.membername
    with zipfile.ZipFile(_saved_without_text(frame)) as source:
        parts = tuple((name, source.read(name)) for name in source.namelist())
    head, _, tail = dict(parts)[main].partition(_MARKER_XML)
    return _Frame(parts, main, head, tail, styles)


def _open(template: Path) -> WordDocument:
    if not template.is_file():
        raise SourceMissingError(f"找不到模板“{template}”", "请另选一个模板，或改用自带的模板")
    try:
        return opened_document(template)
    except SourceFormatError as error:
        raise SourceFormatError(
            f"模板“{template.name}”不是可用的 Word 文档", "请在 Word 或 WPS 中另存为 .docx 后再选，或改用自带的模板"
        ) from error


def _saved_without_text(frame: WordDocument) -> io.BytesIO:
    """The package with one paragraph in place of the template's own text."""
    element: Any = frame.element  # python-docx leaves the types of its elements open
    element.body.clear_content()
    frame.add_paragraph(_MARKER)
    stream = io.BytesIO()
    frame.save(stream)
    return stream


def _copy(frame: _Frame, target: zipfile.ZipFile, document: Document, profile: LayoutProfile, now: dt.datetime) -> None:
    """Write every part; the properties filled, the paragraphs streamed into the main one."""
    moment = (max(now.year, 1980), now.month, now.day, now.hour, now.minute, now.second)
    for name, content in frame.parts:
        entry = zipfile.ZipInfo(name, moment)
        entry.compress_type = zipfile.ZIP_DEFLATED
        if name != frame.main:
            filled = filled_properties(content, document, profile, now) if is_properties(name) else content
            target.writestr(entry, filled)
            continue
        with target.open(entry, "w", force_zip64=True) as stream:
            stream.write(frame.head)
            for chunk in _chunks(paragraphs(document.blocks, frame.styles)):
                stream.write(chunk.encode())
            stream.write(frame.tail)


def _chunks(pieces: Iterable[str]) -> Iterator[str]:
    chunk: list[str] = []
    for piece in pieces:
        chunk.append(piece)
        if len(chunk) == _CHUNK:
            yield "".join(chunk)
            chunk.clear()
    yield "".join(chunk)
