"""The text of a saved web page: out of its container (.mht) and out of its character set, without fetching anything.

Character sets are taken from the byte order mark, from a header above the page, from ``<meta>``, in this order; what
is declared as GB2312 or GBK is read as GB18030, which holds both. A declaration that does not fit is not believed.
"""

from __future__ import annotations

import codecs
import re
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from typing import cast

from zhenggai_desktop.errors import SourceFormatError
from zhenggai_desktop.formats.text_reader import decode, fits

_HEADER = re.compile(
    rb"\A(?:HTTP/[\d.]+ \d{3}[^\r\n]*\r?\n)?(?:[A-Za-z][A-Za-z0-9-]*:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n)+\r?\n"
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_DECLARED_WITHIN = 8192
_GB = {"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936", "936", "gb18030", "chinese", "hz-gb-2312"}


def page_text(data: bytes, name: str) -> list[str]:
    """The pages in ``data`` as text, the main one first: one for .html, one for each frame for .mht.

    Raises SourceFormatError where there is none, or no character set fits.
    """
    if data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")[:60].lower().startswith((b"mime-version:", b"from:", b"snapshot-")):
        return _pages_of_archive(data, name)
    return [_decoded(data, name)]


def _decoded(data: bytes, name: str, declared: str = "") -> str:
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(data, name)
    header = _HEADER.match(data)
    head = header[0] if header else b""
    body = data[len(head) :]
    encoding = declared or _declared(head) or _declared(body[:_DECLARED_WITHIN])
    if encoding and not (encoding.startswith("utf-16") and b"\x00" not in body):
        text = fits(body, encoding)
        if text is not None:
            return text
    return decode(body, name)


def _declared(head: bytes) -> str:
    """The name of a character set that Python knows, "" where none is declared."""
    match = _CHARSET.search(head) or _XML_ENCODING.search(head)
    if match is None:
        return ""
    name = match[1].decode("ascii").lower()
    if name in _GB:
        return "gb18030"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""


def _pages_of_archive(data: bytes, name: str) -> list[str]:
    """The HTML parts of a page saved as one file (MHTML, RFC 2557), the root first."""
    try:
        message = BytesParser(EmailMessage, policy=policy.default).parsebytes(data.lstrip())
        parts = [part for part in message.walk() if part.get_content_type() == "text/html"]
        start = str(message.get_param("start", "") or "")
        parts.sort(key=lambda part: not start or str(part.get("Content-ID", "")).strip() != start)
        pages = [_decoded(cast("bytes", part.get_payload(decode=True)), name, _part_charset(part)) for part in parts]
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, IndexError) as error:
        raise _no_page(name) from error
    if not pages:
        raise _no_page(name)
    return pages


def _part_charset(part: EmailMessage) -> str:
    charset = part.get_content_charset("")
    return _declared(f"charset={charset}".encode("ascii", "replace")) if charset else ""


def _no_page(name: str) -> SourceFormatError:
    return SourceFormatError(
        f"“{name}”里没有网页，已损坏或没有保存完整", "请在浏览器里打开原网页，复制正文粘贴到文本后导入"
    )
