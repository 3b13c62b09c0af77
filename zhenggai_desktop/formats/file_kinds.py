"""What a file really is, by its first bytes and, for containers, by what lies inside; the name is not believed.

Offices rename files (a photo called .docx, a .doc called .docx), and the sentence for each says what to do about it.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from enum import StrEnum
from io import BytesIO
from pathlib import Path

from zhenggai_desktop.errors import SourceError, SourceFormatError, SourceLimitError, SourceMissingError

MAX_FILE_BYTES = 100 * 1024 * 1024
"""Largest file that is read at all: a document with dozens of photos stays below it."""

_HEAD = 4096


class FileKind(StrEnum):
    """Kinds of files that can turn up where a feedback document is expected."""

    WORD = "word"
    TEXT = "text"
    WORKBOOK = "workbook"
    SLIDES = "slides"
    OPEN_TEXT = "open_text"
    OPEN_DOCUMENT = "open_document"
    OFD = "ofd"
    ENCRYPTED = "encrypted"
    OLD_WORD = "old_word"
    OLD_WORKBOOK = "old_workbook"
    OLD_OFFICE = "old_office"
    PDF = "pdf"
    RTF = "rtf"
    HTML = "html"
    WORD_XML = "word_xml"
    XML = "xml"
    PICTURE = "picture"
    ARCHIVE = "archive"
    DATABASE = "database"
    PROGRAM = "program"


_SIGNATURES: tuple[tuple[bytes, FileKind], ...] = (
    (b"%PDF-", FileKind.PDF),
    (b"{\\rtf", FileKind.RTF),
    (b"\x89PNG\r\n\x1a\n", FileKind.PICTURE),
    (b"\xff\xd8\xff", FileKind.PICTURE),
    (b"GIF8", FileKind.PICTURE),
    (b"BM", FileKind.PICTURE),
    (b"II*\x00", FileKind.PICTURE),
    (b"MM\x00*", FileKind.PICTURE),
    (b"RIFF", FileKind.PICTURE),
    (b"II+\x00", FileKind.PICTURE),
    (b"MM\x00+", FileKind.PICTURE),
    (b"\x00\x00\x00\x0cjP  ", FileKind.PICTURE),
    (b"\x97JB2\r\n\x1a\n", FileKind.PICTURE),
    (b"AT&TFORM", FileKind.PICTURE),
    (b"SQLite format 3\x00", FileKind.DATABASE),
    (b"Rar!\x1a\x07", FileKind.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", FileKind.ARCHIVE),
    (b"\x1f\x8b", FileKind.ARCHIVE),
    (b"MZ", FileKind.PROGRAM),
    (b"\x7fELF", FileKind.PROGRAM),
)
_TEXT_COULD_BEGIN_SO = {b"BM", b"MZ", b"RIFF", b"GIF8"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("EncryptedPackage", FileKind.ENCRYPTED),
    ("WordDocument", FileKind.OLD_WORD),
    ("Workbook", FileKind.OLD_WORKBOOK),
    ("Book", FileKind.OLD_WORKBOOK),
)
_ZIP_MEMBERS = (
    ("word/", FileKind.WORD),
    ("xl/", FileKind.WORKBOOK),
    ("ppt/", FileKind.SLIDES),
    ("OFD.xml", FileKind.OFD),
    ("content.xml", FileKind.OPEN_DOCUMENT),
)
_OPEN_TEXT = b"application/vnd.oasis.opendocument.text"
_WORD_XML = (b"wordDocument", b"Word.Document", b"schemas.microsoft.com/office/2006/xmlPackage", b"opendocument.text")
_WORD_STREAM = b"\xec\xa5"
_WORD_ENCRYPTED = 0x01

_SAVE_AS_DOCX = "请用WPS或Word打开，另存为docx后再导入"
_REFUSALS: dict[FileKind, tuple[str, str]] = {
    FileKind.ENCRYPTED: ("文件已加密，没有密码无法读取", "请用WPS或Word输入密码打开，去掉密码后另存为docx再导入"),
    FileKind.OLD_WORKBOOK: ("这是旧格式的Excel工作簿（.xls或.et）", "请用WPS或Excel打开，另存为xlsx"),
    FileKind.OLD_OFFICE: ("这是旧格式的Office文件，不能直接读取", _SAVE_AS_DOCX),
    FileKind.WORKBOOK: ("这是Excel工作簿，不是反馈意见或整改通报的文稿", "请选择Word文件，或把文字粘贴成文本后导入"),
    FileKind.SLIDES: ("这是演示文稿，不是反馈意见或整改通报的文稿", "请把文字粘贴到Word里，存为docx后再导入"),
    FileKind.OLD_WORD: ("这是旧格式（.doc或.wps）的文件，不是docx", _SAVE_AS_DOCX),
    FileKind.RTF: ("这是RTF文件，不是docx", _SAVE_AS_DOCX),
    FileKind.OPEN_TEXT: ("这是OpenDocument文件，不是docx", _SAVE_AS_DOCX),
    FileKind.WORD_XML: ("这是Word的XML文件，不是docx", _SAVE_AS_DOCX),
    FileKind.PDF: ("这是PDF文件，不是Word文件", "请用WPS转换为docx后再导入"),
    FileKind.OFD: ("这是OFD版式文件，不是Word文件", "请用OFD阅读器转换为docx后再导入"),
    FileKind.HTML: ("这是网页文件，不是Word文件", "请在浏览器里打开，复制正文粘贴到Word后再导入"),
    FileKind.OPEN_DOCUMENT: ("这是OpenDocument的表格或演示文稿，不是反馈意见或整改通报的文稿", _SAVE_AS_DOCX),
    FileKind.XML: ("这是XML文件，不是文稿", "请用生成它的软件打开，把文字另存为docx或文本后再导入"),
    FileKind.PICTURE: ("这是一张图片，里面没有可以读取的文字", "请用WPS等软件识别出文字，存为docx或文本后再导入"),
    FileKind.ARCHIVE: ("这是压缩包，不是文稿", "请先解压，再导入里面的文件"),
    FileKind.DATABASE: ("这是数据库或台账文件，不是文稿", "台账请用“打开”，要导入的请选择反馈意见或通报的文件"),
    FileKind.PROGRAM: ("这是程序文件，不是文稿", "请核对文件后重新选择"),
}


def read_bytes(path: Path, limit: int = MAX_FILE_BYTES) -> bytes:
    """All bytes of a file, as long as it has between 1 and ``limit``.

    Raises SourceMissingError, SourceFormatError (empty), SourceLimitError and, where the system refuses, SourceError.
    """
    name = path.name or str(path)
    try:
        if path.is_dir():
            raise SourceMissingError(f"“{name}”是文件夹，不是文件", "请选择其中要导入的文件")
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError as error:
        raise SourceMissingError(f"找不到文件“{name}”", "请核对位置和文件名，U盘或共享文件夹请确认已连接") from error
    except PermissionError as error:
        raise SourceError(
            f"没有权限读取“{name}”，或它正被别的程序占用", "请关闭打开它的程序，或复制一份后再导入"
        ) from error
    except (OSError, ValueError) as error:
        raise SourceError(f"无法读取“{name}”", "请核对文件名和磁盘，或复制到本机硬盘后再试") from error
    if not data:
        raise SourceFormatError(f"“{name}”是空文件", "请核对文件，或请发送人重新发送")
    if len(data) > limit:
        raise too_large(name, limit)
    return data


def too_large(name: str, limit: int) -> SourceLimitError:
    """The error for a file of more than ``limit`` bytes."""
    return SourceLimitError(
        f"“{name}”超过{limit // 1024 // 1024}MB，不像反馈意见或通报", "请核对文件，或只把文字部分另存后导入"
    )


def kind_of(data: bytes) -> FileKind:
    """The kind of a file by its bytes; what is nothing else is TEXT, which the text reader may still refuse."""
    if data.startswith(_OLE):
        return _ole_kind(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    for signature, kind in _SIGNATURES:
        if data.startswith(signature) and (signature not in _TEXT_COULD_BEGIN_SO or b"\x00" in data[:_HEAD]):
            return kind
    return _markup_kind(data[:_HEAD])


def refusal(kind: FileKind, name: str) -> SourceFormatError:
    """The error that tells why a file of ``kind`` cannot be read and what to do."""
    what, todo = _REFUSALS[kind]
    return SourceFormatError(f"无法读取“{name}”：{what}", todo)


def _ole_kind(data: bytes) -> FileKind:
    for stream, kind in _OLE_STREAMS:
        if (stream + "\0").encode("utf-16-le") in data:
            return FileKind.ENCRYPTED if kind is FileKind.OLD_WORD and _is_encrypted_word(data) else kind
    return FileKind.OLD_OFFICE


def _is_encrypted_word(data: bytes) -> bool:
    """By the flag at the head of the Word stream ([MS-DOC] 2.5.2 FibBase.fEncrypted), which begins with a sector."""
    return any(
        data[start : start + 2] == _WORD_STREAM and data[start + 11 : start + 12] and data[start + 11] & _WORD_ENCRYPTED
        for start in range(512, len(data), 512)
    )


def _zip_kind(data: bytes) -> FileKind:
    """By the names in the container; one that is cut off counts as Word by the names that are still there."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as container:
            names = container.namelist()
            open_text = "mimetype" in names and container.open("mimetype").read(100).startswith(_OPEN_TEXT)
            encrypted = open_text and b"encryption-data" in _start_of(container, "META-INF/manifest.xml")
    except (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, OSError, EOFError, struct.error):
        return FileKind.WORD if b"word/" in data or b"[Content_Types].xml" in data else FileKind.ARCHIVE
    if open_text:
        return FileKind.ENCRYPTED if encrypted else FileKind.OPEN_TEXT
    if "[Content_Types].xml" not in names and "word/document.xml" not in names:
        return next((kind for name, kind in _ZIP_MEMBERS[3:] if name in names), FileKind.ARCHIVE)
    return next((kind for prefix, kind in _ZIP_MEMBERS[:3] if _any_below(names, prefix)), FileKind.WORD)


def _start_of(container: zipfile.ZipFile, name: str) -> bytes:
    if name not in container.namelist():
        return b""
    with container.open(name) as member:
        return member.read(1 << 20)


def _any_below(names: list[str], prefix: str) -> bool:
    return any(name.startswith(prefix) for name in names)


def _markup_kind(head: bytes) -> FileKind:
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\x00", b"").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or b"<html" in start[:1024]:
        return FileKind.HTML
    if start.startswith(b"mime-version:"):
        return FileKind.HTML
    if start.startswith(b"<?xml"):
        return FileKind.WORD_XML if any(mark.lower() in start for mark in _WORD_XML) else FileKind.XML
    return FileKind.TEXT
