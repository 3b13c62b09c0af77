"""One door for every file that is to be imported as a document: the content decides how it is read, not the name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from zhenggai_desktop.domain.blocks import SourceDocument, SourceRemark
from zhenggai_desktop.errors import SourceFormatError, SourceLimitError
from zhenggai_desktop.formats.file_kinds import FileKind, kind_of, read_bytes, refusal

MAX_PARAGRAPHS = 100_000
"""Most paragraphs of one document; the longest real ledger of all has some ten thousand."""
MAX_CHARACTERS = 2_000_000
"""Most characters of one document: three hundred of the longest published notices."""
MAX_PARAGRAPH_CHARACTERS = 30_000
"""Most characters of one paragraph: a cell of a workbook could not hold more (32,767)."""

Reader = Callable[[bytes, str], SourceDocument]
"""Reads the bytes of a file of one kind; the name is for sentences and the document."""


def read_source(path: Path) -> SourceDocument:
    """The paragraphs of a document: Word, text, PDF, OFD, web page; .doc, .wps, .rtf and .odt by an installed office.

    Raises SourceMissingError (not there, a folder), SourceFormatError (empty, damaged, encrypted, a kind that cannot
    be read: its sentence says what to do instead), SourceConversionError (no office, or it fails) and
    SourceLimitError (more than any real document has).
    """
    data = read_bytes(path)
    kind = kind_of(data)
    reader = _READERS.get(kind)
    if reader is None:
        raise refusal(kind, path.name)
    document = reader(data, path.name)
    refuse_excess(document)
    return document


def refuse_excess(document: SourceDocument) -> None:
    """Raise SourceLimitError for a document with more, or longer, paragraphs than any real one has.

    Whoever understands a document may rely on these limits; the readers' own only keep them from reading in vain.
    """
    name, paragraphs = document.name, document.paragraphs
    if len(paragraphs) > MAX_PARAGRAPHS:
        raise SourceLimitError(f"“{name}”超过{MAX_PARAGRAPHS}段，不像公文", "请核对文件，或只把需要的部分另存后导入")
    if sum(len(paragraph.text) for paragraph in paragraphs) > MAX_CHARACTERS:
        raise SourceLimitError(f"“{name}”超过{MAX_CHARACTERS}字，不像公文", "请核对文件，或只把需要的部分另存后导入")
    for paragraph in paragraphs:
        if len(paragraph.text) > MAX_PARAGRAPH_CHARACTERS:
            raise SourceLimitError(
                f"“{name}”第{paragraph.line}行一段就超过{MAX_PARAGRAPH_CHARACTERS}字，可能丢失了换行",
                "请打开核对，分好段落后再导入",
            )


def _word(data: bytes, name: str) -> SourceDocument:
    from zhenggai_desktop.formats.word_package import package_of  # noqa: PLC0415 - only who reads Word pays for it
    from zhenggai_desktop.formats.word_reader import read_package  # noqa: PLC0415

    document = read_package(package_of(data, name), name)
    if not document.paragraphs:
        raise SourceFormatError(f"“{name}”里没有文字，可能是扫描图片", "请先识别出文字，存为docx或文本后再导入")
    return document


def _text(data: bytes, name: str) -> SourceDocument:
    from zhenggai_desktop.formats.text_reader import text_document  # noqa: PLC0415

    return text_document(data, name)


def _pdf(data: bytes, name: str) -> SourceDocument:
    from zhenggai_desktop.formats.pdf_reader import read_pdf  # noqa: PLC0415

    return read_pdf(data, name)


def _ofd(data: bytes, name: str) -> SourceDocument:
    from zhenggai_desktop.formats.ofd_reader import read_ofd  # noqa: PLC0415

    return read_ofd(data, name)


def _html(data: bytes, name: str) -> SourceDocument:
    from zhenggai_desktop.formats.html_reader import read_html  # noqa: PLC0415

    return read_html(data, name)


def _by_office(kind: FileKind) -> Reader:
    """A reader that has an installed office turn the file into .docx first."""

    def read(data: bytes, name: str) -> SourceDocument:
        from zhenggai_desktop.formats.office_converter import to_docx  # noqa: PLC0415

        made, office = to_docx(data, name, OFFICE_SUFFIXES[kind])
        document = _word(made, name)
        remark = SourceRemark("converted", 1, f"由{office}转换为docx后读入，请对照原文核对编号")
        return replace(document, remarks=(remark, *document.remarks))

    return read


OFFICE_SUFFIXES: dict[FileKind, str] = {
    FileKind.OLD_WORD: ".doc",
    FileKind.RTF: ".rtf",
    FileKind.OPEN_TEXT: ".odt",
    FileKind.WORD_XML: ".xml",
}

_READERS: dict[FileKind, Reader] = {
    FileKind.WORD: _word,
    FileKind.TEXT: _text,
    FileKind.PDF: _pdf,
    FileKind.OFD: _ofd,
    FileKind.HTML: _html,
    **{kind: _by_office(kind) for kind in OFFICE_SUFFIXES},
}
