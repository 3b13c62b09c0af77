"""A Word file as the parts that carry its text, found by the relations in the package."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenggai_desktop.errors import SourceFormatError
from zhenggai_desktop.formats.containers import Container, Wording, opened
from zhenggai_desktop.formats.file_kinds import FileKind, kind_of, read_bytes, refusal
from zhenggai_desktop.formats.word_xml import with_transitional_names

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

_DAMAGED = "请用WPS或Word打开后另存为docx，打不开的请发送人重新发送"
_WORDING = Wording("Word", _DAMAGED, "请用WPS或Word打开后另存为docx")


@dataclass(frozen=True, slots=True)
class WordPackage:
    """The parts of a document that carry its text; a part that the file does not have is None."""

    document: Element
    styles: Element | None = None
    numbering: Element | None = None
    footnotes: Element | None = None
    endnotes: Element | None = None


@dataclass(frozen=True, slots=True)
class SideParts:
    """What a file carries beside its text: comments, its own properties, and whether there are macros in it."""

    comments: Element | None = None
    properties: Element | None = None
    macros: bool = False


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
    with opened(data, name, _WORDING) as container:
        return _Parts(container, name).package()


def side_parts_of(data: bytes, name: str) -> SideParts:
    """What the Word file of these bytes carries beside its text. Raises as ``package_of``; macros are never run."""
    with opened(data, name, _WORDING) as container:
        return _Parts(container, name).sides()


class _Parts:
    """The members of one container, and how they refer to each other."""

    def __init__(self, container: Container, name: str) -> None:
        self._container = container
        self._name = name

    def package(self) -> WordPackage:
        main = self._target("", "officeDocument") or "word/document.xml"
        if main not in self._container:
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

    def sides(self) -> SideParts:
        main = self._target("", "officeDocument") or "word/document.xml"
        custom = self._target("", "custom-properties")
        return SideParts(
            comments=self._related(main, "comments"),
            properties=self._parse(custom) if custom and custom in self._container else None,
            macros="word/vbaProject.bin" in self._container or bool(self._target(main, "vbaProject")),
        )

    def _related(self, part: str, relation: str) -> Element | None:
        """The part to which ``part`` refers by ``relation``; None when there is none or it is missing."""
        target = self._target(part, relation)
        return self._parse(target) if target and target in self._container else None

    def _target(self, part: str, relation: str) -> str:
        folder, file_name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{file_name}.rels")
        if relations not in self._container:
            return ""
        for element in self._parse(relations):
            if element.get("Type", "").endswith(f"/{relation}") and element.get("TargetMode") != "External":
                return posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip("/")
        return ""

    def _parse(self, part: str) -> Element:
        return self._container.parse(part, with_transitional_names)
