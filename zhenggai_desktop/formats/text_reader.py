"""Text files and pasted text as paragraphs: every line that is not blank, with its real number.

Encodings as offices meet them: UTF-8 with or without a byte order mark, UTF-16 (also without a mark where that is
unmistakable), GB18030 and with it GBK and GB2312. Nothing is guessed beyond that; width and spacing stay as they are.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from zhenggai_desktop.domain.blocks import SourceDocument, SourceParagraph, SourceRemark
from zhenggai_desktop.domain.cleaning import cleaned, without_invisible
from zhenggai_desktop.errors import SourceFormatError, SourceLimitError
from zhenggai_desktop.formats.file_kinds import FileKind, kind_of, read_bytes, refusal, too_large

MAX_TEXT_BYTES = 20 * 1024 * 1024
"""Largest text file that is read: about seven million characters."""
MAX_LINES = 100_000
"""Most lines of a text; as many as a Word file may have paragraphs."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16 LE, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE = re.compile("\r\n|\r|\n")
_ORDINARY = re.compile(
    "[\t\n\r\x0b\x0c -~\u00a0\u00b0\u00b1\u00b7\u00d7\u00f7\u2000-\u206f\u2190-\u21ff\u2460-\u26ff"
    "\u3000-\u303f\u3220-\u33ff\u3400-\u9fff\ue000-\uf8ff\uff00-\uffef\U00020000-\U0003ffff]+"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_CONTROL_SHARE = 0.05
_DAMAGED_SHARE = 0.01
_ORDINARY_SHARE = 0.9


def read_text(path: Path) -> SourceDocument:
    """The lines of the text file at ``path``.

    Raises SourceMissingError, SourceFormatError (empty, not text, no encoding fits) and SourceLimitError (over
    ``MAX_TEXT_BYTES`` or ``MAX_LINES``).
    """
    data = read_bytes(path, MAX_TEXT_BYTES)
    kind = kind_of(data)
    if kind is not FileKind.TEXT:
        raise refusal(kind, path.name)
    return text_document(data, path.name)


def text_document(data: bytes, name: str) -> SourceDocument:
    """As ``read_text`` for bytes that are known to be nothing but text; ``name`` is for sentences and the document."""
    if len(data) > MAX_TEXT_BYTES:
        raise too_large(name, MAX_TEXT_BYTES)
    document = paragraphs_of(decode(data, name), name)
    if not document.paragraphs:
        raise SourceFormatError(f"“{name}”里没有文字", "请核对文件，或请发送人重新发送")
    return document


def paragraphs_of(text: str, name: str) -> SourceDocument:
    """The document of a text that is already decoded or pasted; empty text gives a document without paragraphs.

    Lines count as an editor counts them. A form feed or a Unicode line separator inside a line makes paragraphs of
    the same line number.
    """
    paragraphs: list[SourceParagraph] = []
    damaged: list[int] = []
    dropped: list[int] = []
    lines = _LINE.split(text.removeprefix("\ufeff"), MAX_LINES)
    if len(lines) > MAX_LINES:
        raise SourceLimitError(f"“{name}”超过{MAX_LINES}行，不像公文", "请核对文件，或只把需要的部分另存后导入")
    for number, line in enumerate(lines, start=1):
        kept, removed = cleaned(without_invisible(line))
        dropped += [number] * removed
        damaged += [number] * kept.count("\ufffd")
        paragraphs += [SourceParagraph(number, piece) for piece in kept.split("\n") if piece.strip()]
    return SourceDocument(name, tuple(paragraphs), (*_remark(dropped, _DROPPED), *_remark(damaged, _DAMAGED)))


_DROPPED = ("control-characters", "删去了无法保存的控制字符，共{count}个")
_DAMAGED = ("damaged-characters", "有无法识别的字符，显示为“\ufffd”，共{count}个，请对照原文补上")


def _remark(lines: list[int], kind: tuple[str, str]) -> tuple[SourceRemark, ...]:
    code, sentence = kind
    return (SourceRemark(code, lines[0], sentence.format(count=len(lines))),) if lines else ()


def decode(data: bytes, name: str) -> str:
    """``data`` as text in the encoding that fits it. Raises SourceFormatError when none does.

    A few words can be valid in both encodings (“一” in GB18030 is a Cyrillic letter in UTF-8): the one that gives
    ordinary characters is taken. A UTF-8 text in which few characters are damaged (cut off, copied badly) is read
    with “\ufffd” in their place: as GB18030 all of it would be gibberish.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    if b"\x00" in data:
        return _unmarked_utf16(data, name)
    utf8 = _nearly_utf8(data)
    if utf8 is not None and _mostly_ordinary(utf8):
        return utf8
    chinese = _strictly(data, "gb18030")
    if chinese is not None and _mostly_ordinary(chinese):
        return chinese
    if utf8 is not None and _readable(utf8):
        return utf8
    raise _not_text(name)


def fits(data: bytes, encoding: str) -> str | None:
    """``data`` in an encoding that is declared somewhere; None where that gives gibberish.

    A few damaged characters do not matter, they show as “\ufffd”.
    """
    text = data.decode(encoding, errors="replace")
    beyond_ascii = sum(char > "\x7f" for char in text)
    return text if text.count("\ufffd") <= _DAMAGED_SHARE * beyond_ascii and _mostly_ordinary(text) else None


def _unmarked_utf16(data: bytes, name: str) -> str:
    """Text with NUL bytes is UTF-16 or no text: the order in which nearly all characters are ordinary ones."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = _strictly(data, encoding)
        if text is not None and "\x00" not in text and _mostly_ordinary(text):
            return text
    raise _not_text(name)


def _nearly_utf8(data: bytes) -> str | None:
    text = data.decode("utf-8", errors="replace")
    beyond_ascii = sum(char > "\x7f" for char in text)
    return text if text.count("\ufffd") <= _DAMAGED_SHARE * beyond_ascii else None


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _readable(text: str) -> bool:
    return len(_CONTROL.findall(text)) <= _CONTROL_SHARE * len(text)


def _mostly_ordinary(text: str) -> bool:
    ordinary = sum(match.end() - match.start() for match in _ORDINARY.finditer(text))
    return ordinary >= _ORDINARY_SHARE * len(text)


def _not_text(name: str) -> SourceFormatError:
    return SourceFormatError(
        f"“{name}”不是文本文件，或用了无法识别的编码", "请用记事本打开，另存为UTF-8编码的txt后再导入"
    )
