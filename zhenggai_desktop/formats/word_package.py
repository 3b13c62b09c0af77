"""A Word file opened with suspicion: the parts that are read, within limits, and nothing else.

Nothing is ever unpacked to disk, so a member with a path outside harms nobody; members that are not read are not
even inflated. Each way in which a file can be wrong has its own sentence.
"""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from zhenggai_desktop.errors import SourceFormatError, SourceLimitError
from zhenggai_desktop.formats.file_kinds import FileKind, kind_of, read_bytes, refusal
from zhenggai_desktop.formats.word_xml import parse_part

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

MAX_MEMBERS = 10_000
"""Most members of the container; a document with hundreds of pictures stays below it."""
MAX_PART_BYTES = 64 * 1024 * 1024
"""Most bytes of one part once inflated: 60,000 ordinary paragraphs are about 40 MB."""
MAX_RATIO = 250
"""Most by which a large part may have been deflated; text in XML reaches 10 to 60."""
_RATIO_COUNTS_FROM = 8 * 1024 * 1024

_ENCRYPTED_FLAG = 0x1
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError)
"""What zipfile raises for containers that are cut off or scrambled (found by scrambling some)."""
_DAMAGED = "请用WPS或Word打开后另存为docx，打不开的请发送人重新发送"


@dataclass(frozen=True, slots=True)
class WordPackage:
    """The parts of a document that carry its text; a part that the file does not have is None."""

    document: Element
    styles: Element | None = None
    numbering: Element | None = None
    footnotes: Element | None = None
    endnotes: Element | None = None


def open_word(path: Path) -> WordPackage:
    """The text-carrying parts of the Word file at ``path``.

    Raises SourceMissingError, SourceFormatError (not a Word file, damaged, encrypted, with entities) and
    SourceLimitError (a part, the file or the number of members beyond the limits above).
    """
    return package_of(read_bytes(path), path.name)


def package_of(data: bytes, name: str) -> WordPackage:
    """As ``open_word`` for bytes; ``name`` is for the sentences."""
    kind = kind_of(data)
    if kind is FileKind.TEXT:
        raise SourceFormatError(f"“{name}”不是Word文件", "如果是文本文件，请把扩展名改为txt后再导入")
    if kind is not FileKind.WORD:
        raise refusal(kind, name)
    try:
        with zipfile.ZipFile(BytesIO(data)) as container:
            return _Parts(container, name).package()
    except _BROKEN as error:
        raise SourceFormatError(f"“{name}”已损坏或没有下载完整", _DAMAGED) from error


class _Parts:
    """The members of one container by name."""

    def __init__(self, container: zipfile.ZipFile, name: str) -> None:
        if len(container.infolist()) > MAX_MEMBERS:
            raise SourceLimitError(f"“{name}”里的部件超过{MAX_MEMBERS}个，不像公文", "请核对文件")
        self._container = container
        self._name = name
        self._members = {info.filename.lstrip("/").lower(): info for info in container.infolist()}

    def package(self) -> WordPackage:
        main = self._target("", "officeDocument") or "word/document.xml"
        if main.lower() not in self._members:
            raise SourceFormatError(f"“{self._name}”里没有Word正文，不是完整的Word文件", _DAMAGED)
        document = self._parse(main)
        if not document.tag.endswith("}document"):
            raise SourceFormatError(f"“{self._name}”里的正文不是Word文档", _DAMAGED)
        return WordPackage(
            document,
            styles=self._related(main, "styles"),
            numbering=self._related(main, "numbering"),
            footnotes=self._related(main, "footnotes"),
            endnotes=self._related(main, "endnotes"),
        )

    def _related(self, part: str, relation: str) -> Element | None:
        """The part to which ``part`` refers by ``relation``; None when there is none or it is missing."""
        target = self._target(part, relation)
        return self._parse(target) if target and target.lower() in self._members else None

    def _target(self, part: str, relation: str) -> str:
        folder, file_name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{file_name}.rels")
        if relations.lower() not in self._members:
            return ""
        for element in self._parse(relations):
            if element.get("Type", "").endswith(f"/{relation}") and element.get("TargetMode") != "External":
                return posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip("/")
        return ""

    def _parse(self, part: str) -> Element:
        return parse_part(self._read(self._members[part.lower()]), posixpath.basename(part))

    def _read(self, info: zipfile.ZipInfo) -> bytes:
        """The bytes of a member, refused by what it declares and, since that may lie, by what really comes out."""
        if info.flag_bits & _ENCRYPTED_FLAG:
            raise refusal(FileKind.ENCRYPTED, self._name)
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise SourceFormatError(f"“{self._name}”用了Word文件里不会有的压缩方式", _DAMAGED)
        self._check_size(info.file_size, info.compress_size)
        try:
            with self._container.open(info) as member:
                data = member.read(MAX_PART_BYTES + 1)
        except _BROKEN as error:
            raise SourceFormatError(f"“{self._name}”已损坏或没有下载完整", _DAMAGED) from error
        self._check_size(len(data), info.compress_size)
        return data

    def _check_size(self, size: int, deflated: int) -> None:
        swollen = size > _RATIO_COUNTS_FROM and size > MAX_RATIO * max(deflated, 1)
        if size > MAX_PART_BYTES or swollen:
            raise SourceLimitError(
                f"“{self._name}”解压后大得不正常，已停止读取", "请核对文件来源，或把需要的部分另存为新文件再导入"
            )
