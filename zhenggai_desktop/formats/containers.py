"""Zipped documents (Word, OFD) opened with suspicion: the parts that are asked for, within limits, and nothing else.

Nothing is ever unpacked to disk, so a member with a path outside harms nobody; members that are not read are not
even inflated. Each way in which a file can be wrong has its own sentence.
"""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from zhenggai_desktop.errors import SourceFormatError, SourceLimitError
from zhenggai_desktop.formats.file_kinds import FileKind, refusal
from zhenggai_desktop.formats.safe_xml import marks_in, parse_xml, refuse_marks

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_MEMBERS = 10_000
"""Most members of the container; a document with hundreds of pictures stays below it."""
MAX_PART_BYTES = 64 * 1024 * 1024
"""Most bytes of one part once inflated: 60,000 ordinary paragraphs are about 40 MB."""
MAX_TOTAL_BYTES = 256 * 1024 * 1024
"""Most bytes of all parts that are read of one document."""
MAX_RATIO = 250
"""Most by which a large part may have been deflated; text in XML reaches 10 to 60."""
_RATIO_COUNTS_FROM = 8 * 1024 * 1024

_ENCRYPTED_FLAG = 0x1
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError)
"""What zipfile raises for containers that are cut off or scrambled (found by scrambling some)."""


@dataclass(frozen=True, slots=True)
class Wording:
    """How sentences name the kind of document and what they advise where one is damaged."""

    kind: str
    damaged: str
    save_again: str


@contextmanager
def opened(data: bytes, name: str, wording: Wording) -> Generator[Container]:
    """The container in ``data``; ``name`` is for the sentences.

    Raises, also while it is read, SourceFormatError (damaged, encrypted) and SourceLimitError (beyond the limits).
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            yield Container(archive, name, wording)
    except _BROKEN as error:
        raise SourceFormatError(f"“{name}”已损坏或没有下载完整", wording.damaged) from error


class Container:
    """The members of one container by name, upper and lower case alike."""

    def __init__(self, archive: zipfile.ZipFile, name: str, wording: Wording) -> None:
        if len(archive.infolist()) > MAX_MEMBERS:
            raise SourceLimitError(f"“{name}”里的部件超过{MAX_MEMBERS}个，不像公文", "请核对文件")
        self._archive = archive
        self._name = name
        self._wording = wording
        self._members = {info.filename.lstrip("/").lower(): info for info in archive.infolist()}
        self._inflated = 0
        self._marks = 0

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._members

    def names(self) -> tuple[str, ...]:
        """The members, in small letters, in the order of the container."""
        return tuple(self._members)

    def refuse_swollen(self) -> None:
        """Raise SourceLimitError where all members together would inflate beyond the limits: for whoever lets a library
        read them all. zipfile inflates no member beyond the size that it declares."""
        infos = self._archive.infolist()
        for info in infos:
            self._check_size(info.file_size, info.compress_size)
        if sum(info.file_size for info in infos) > MAX_TOTAL_BYTES:
            raise self._swollen()

    def parse(self, part: str, prepare: Callable[[bytes], bytes] | None = None) -> Element:
        """The root element of a part that is there; ``prepare`` is applied to its bytes before they are parsed."""
        data = self.read(part)
        self._marks += marks_in(data)
        refuse_marks(self._marks)
        return parse_xml(
            prepare(data) if prepare else data,
            posixpath.basename(part),
            kind=self._wording.kind,
            advice=self._wording.save_again,
        )

    def begins_like_xml(self, part: str) -> bool:
        """True where the first bytes of a member could be those of an XML part, in any encoding."""
        info = self._members[part.lower()]
        if info.flag_bits & _ENCRYPTED_FLAG or info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            return False
        with self._archive.open(info) as member:
            head = member.read(64)
        return head.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")[:1] == b"<"

    def read(self, part: str) -> bytes:
        """The bytes of a member, refused by what it declares and, since that may lie, by what really comes out."""
        info = self._members[part.lower()]
        if info.flag_bits & _ENCRYPTED_FLAG:
            raise refusal(FileKind.ENCRYPTED, self._name)
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise SourceFormatError(
                f"“{self._name}”用了{self._wording.kind}文件里不会有的压缩方式", self._wording.damaged
            )
        self._check_size(info.file_size, info.compress_size)
        try:
            with self._archive.open(info) as member:
                data = member.read(MAX_PART_BYTES + 1)
        except _BROKEN as error:
            raise SourceFormatError(f"“{self._name}”已损坏或没有下载完整", self._wording.damaged) from error
        self._inflated += len(data)
        self._check_size(len(data), info.compress_size)
        return data

    def _check_size(self, size: int, deflated: int) -> None:
        swollen = size > _RATIO_COUNTS_FROM and size > MAX_RATIO * max(deflated, 1)
        if size > MAX_PART_BYTES or swollen or self._inflated > MAX_TOTAL_BYTES:
            raise self._swollen()

    def _swollen(self) -> SourceLimitError:
        return SourceLimitError(
            f"“{self._name}”解压后大得不正常，已停止读取", "请核对文件来源，或把需要的部分另存为新文件再导入"
        )
