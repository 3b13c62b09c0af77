"""A document as a Word file: the kinds of its blocks become the named styles of a template.

python-docx opens the template and keeps everything in it that is not text: styles, page, footers, fonts. The paragraphs
are streamed into the package as XML; through ``add_paragraph`` the time would grow with the square of their number.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError

from zhenggai_desktop.domain.blocks import Document, Kind
from zhenggai_desktop.domain.layout import GUOBIAO, LayoutProfile
from zhenggai_desktop.errors import SourceFormatError, SourceMissingError
from zhenggai_desktop.formats.replacing import replacing
from zhenggai_desktop.formats.word_paragraphs import ends_landscape, paragraphs
from zhenggai_desktop.formats.word_properties import fill_in_properties
from zhenggai_desktop.formats.word_sections import turn_last_section
from zhenggai_desktop.formats.word_template import template_bytes
from zhenggai_desktop.formats.word_template_styles import add_table_styles, read_template_styles

_MARKER = "zhenggai-body"
_MARKER_XML = f"<w:p><w:r><w:t>{_MARKER}</w:t></w:r></w:p>".encode()
_NOT_A_TEMPLATE = (PackageNotFoundError, KeyError, ValueError, AttributeError, zipfile.BadZipFile, SyntaxError)
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
    frame = _open(template) if template else docx.Document(io.BytesIO(template_bytes(profile)))
    if any(block.kind in _TABLED for block in document.blocks):
        add_table_styles(frame, profile)
    styles = read_template_styles(frame, profile, lying=any(block.landscape for block in document.blocks))
    if ends_landscape(document.blocks) and styles.sections[True]:
        turn_last_section(frame, styles.sections[True])
    fill_in_properties(frame, document, now)
    package = _saved_without_text(frame)
    with replacing(path) as temporary, zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as target:
        _copy(package, target, frame.part.partname.membername, paragraphs(document.blocks, styles), now)


def _open(template: Path) -> WordDocument:
    if not template.is_file():
        raise SourceMissingError(f"找不到模板“{template}”", "请另选一个模板，或改用自带的模板")
    try:
        return docx.Document(str(template))
    except _NOT_A_TEMPLATE as error:
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


def _copy(package: IO[bytes], target: zipfile.ZipFile, main_part: str, body: Iterable[str], now: dt.datetime) -> None:
    """Copy every part; in the main one, stream the paragraphs in place of the marker."""
    moment = (max(now.year, 1980), now.month, now.day, now.hour, now.minute, now.second)
    with zipfile.ZipFile(package) as source:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            content = source.read(name)
            if name != main_part:
                target.writestr(entry, content)
                continue
            head, _, tail = content.partition(_MARKER_XML)
            with target.open(entry, "w", force_zip64=True) as stream:
                stream.write(head)
                for chunk in _chunks(body):
                    stream.write(chunk.encode())
                stream.write(tail)


def _chunks(pieces: Iterable[str]) -> Iterator[str]:
    chunk: list[str] = []
    for piece in pieces:
        chunk.append(piece)
        if len(chunk) == _CHUNK:
            yield "".join(chunk)
            chunk.clear()
    yield "".join(chunk)
