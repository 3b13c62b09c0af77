"""One door for every file that is to be imported as a document: the content decides how it is read, not the name."""

from __future__ import annotations

from pathlib import Path

from zhenggai_desktop.domain.blocks import SourceDocument
from zhenggai_desktop.errors import SourceFormatError
from zhenggai_desktop.formats.file_kinds import FileKind, kind_of, read_bytes, refusal


def read_source(path: Path) -> SourceDocument:
    """The paragraphs of a Word or text file.

    Raises SourceMissingError (not there, a folder), SourceFormatError (empty, damaged, encrypted, a kind that cannot
    be read: its sentence says what to do instead) and SourceLimitError.
    """
    data = read_bytes(path)
    kind = kind_of(data)
    if kind is FileKind.WORD:
        return _word(data, path.name)
    if kind is FileKind.TEXT:
        return _text(data, path)
    raise refusal(kind, path.name)


def _word(data: bytes, name: str) -> SourceDocument:
    from zhenggai_desktop.formats.word_package import package_of  # noqa: PLC0415 - only who reads Word pays for it
    from zhenggai_desktop.formats.word_reader import read_package  # noqa: PLC0415

    document = read_package(package_of(data, name), name)
    if not document.paragraphs:
        raise SourceFormatError(f"“{name}”里没有文字，可能是扫描图片", "请先识别出文字，存为docx或文本后再导入")
    return document


def _text(data: bytes, path: Path) -> SourceDocument:
    from zhenggai_desktop.formats.text_reader import MAX_TEXT_BYTES, text_document  # noqa: PLC0415

    if len(data) > MAX_TEXT_BYTES:
        read_bytes(path, MAX_TEXT_BYTES)  # refuses with the limit of texts
    return text_document(data, path.name)
