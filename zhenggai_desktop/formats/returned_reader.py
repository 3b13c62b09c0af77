"""A document that came back from review: its words, and who inserted, deleted and said what.

Files that are no .docx come the same ways as for an import: .doc and .wps by an installed office, which keeps tracked
changes and comments; text, web pages and printed forms as words alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.blocks import SourceDocument
from zhenggai_desktop.domain.cleaning import clean
from zhenggai_desktop.domain.returned_text import Comment, Deleted, Inserted, ReturnedParagraph, ReturnedText
from zhenggai_desktop.errors import SourceFormatError
from zhenggai_desktop.formats.file_kinds import FileKind, kind_of, read_bytes
from zhenggai_desktop.formats.reading import OFFICE_SUFFIXES, read_source, refuse_excess
from zhenggai_desktop.formats.word_package import SideParts, package_of, side_parts_of
from zhenggai_desktop.formats.word_properties import DRAFT_ID
from zhenggai_desktop.formats.word_reader import read_package
from zhenggai_desktop.formats.word_trace import Trace, TraceKind, TraceLog
from zhenggai_desktop.formats.word_xml import W

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MACROS = "文件里带有宏，没有运行，只读取了文字"
_VALUE = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}lpwstr"


def read_returned(path: Path) -> ReturnedText:
    """What the file at ``path`` says and tells of its changes. Raises the errors of ``read_source``."""
    data = read_bytes(path)
    kind = kind_of(data)
    if kind is FileKind.WORD:
        return _word(data, path.name)
    if kind in OFFICE_SUFFIXES:
        from zhenggai_desktop.formats.office_converter import to_docx  # noqa: PLC0415

        made, office = to_docx(data, path.name, OFFICE_SUFFIXES[kind])
        return _word(made, path.name, (f"由{office}转换为docx后读入",))
    return _words(read_source(path))


def _words(document: SourceDocument) -> ReturnedText:
    found = tuple(ReturnedParagraph(paragraph.text, paragraph.line) for paragraph in document.paragraphs)
    return ReturnedText(document.name, found)


def _word(data: bytes, name: str, remarks: tuple[str, ...] = ()) -> ReturnedText:
    log, sides = TraceLog(), side_parts_of(data, name)
    document = read_package(package_of(data, name), name, log)
    refuse_excess(document)
    paragraphs = tuple(_Paragraphs(log, _comments(sides.comments)).all(document))
    if not any(paragraph.text for paragraph in paragraphs):
        raise SourceFormatError(f"“{name}”里没有文字，可能是扫描图片", "请先识别出文字，存为docx或文本后再收回")
    return ReturnedText(name, paragraphs, _draft_id(sides), (*remarks, *((_MACROS,) if sides.macros else ())))


class _Paragraphs:
    """Lines of a source put together to paragraphs again, their signs turned into traces."""

    def __init__(self, log: TraceLog, comments: Mapping[str, Trace]) -> None:
        self._log = log
        self._comments = comments
        self._open: dict[str, Trace] = {}  # insertions and comments that go on in the next paragraph
        self._author: Trace | None = None

    def all(self, document: SourceDocument) -> Iterable[ReturnedParagraph]:
        lines: dict[int, list[str]] = {}
        for paragraph in document.paragraphs:
            lines.setdefault(paragraph.line, []).append(paragraph.text)
        for line, pieces in lines.items():
            yield self._paragraph(line, "\n".join(pieces))

    def _paragraph(self, line: int, signed: str) -> ReturnedParagraph:
        text, traces = self._log.taken_out(signed)
        inserted, deleted = self._changes(traces, len(text))
        return ReturnedParagraph(
            text,
            line,
            tuple(inserted),
            tuple(deleted),
            tuple(self._comments_in(traces, len(text))),
            tuple(trace.text for _, trace in traces if trace.kind is TraceKind.BOOKMARK),
            next((trace.author for _, trace in traces if trace.kind is TraceKind.MARK_INSERTED), ""),
        )

    @staticmethod
    def _changes(traces: list[tuple[int, Trace]], end: int) -> tuple[list[Inserted], list[Deleted]]:
        inserted: list[Inserted] = []
        deleted: list[Deleted] = []
        begun: list[tuple[int, Trace]] = []
        for at, trace in traces:
            if trace.kind is TraceKind.INSERTED:
                begun.append((at, trace))
            elif trace.kind is TraceKind.INSERTED_END and begun:
                start, first = begun.pop()
                if at > start:
                    inserted.append(Inserted(start, at, first.author, first.when))
            elif trace.kind is TraceKind.DELETED:
                deleted.append(Deleted(at, trace.text, trace.author, trace.when))
        inserted += [Inserted(start, end, first.author, first.when) for start, first in begun if end > start]
        return inserted, deleted

    def _comments_in(self, traces: list[tuple[int, Trace]], end: int) -> Iterable[Comment]:
        """Each comment at its first paragraph; one whose sign alone is there stands for the whole paragraph."""
        begun = {trace.text: at for at, trace in traces if trace.kind is TraceKind.COMMENT}
        ended = {trace.text: at for at, trace in traces if trace.kind is TraceKind.COMMENT_END}
        signs = {trace.text for _, trace in traces if trace.kind is TraceKind.COMMENT_SIGN}
        for name in (*begun, *(name for name in signs if name not in begun)):
            comment = self._comments.get(name)
            if comment is None or name in self._open:
                continue
            self._open[name] = comment
            start = begun.get(name, 0)
            stop = ended.get(name, end) if name in begun else 0
            yield Comment(comment.text, comment.author, comment.when, start, max(start, stop))


def _comments(part: Element | None) -> dict[str, Trace]:
    """The comments of the file by their ids."""
    found: dict[str, Trace] = {}
    for element in part.findall(f"{W}comment") if part is not None else ():
        paragraphs = ("".join(text.text or "" for text in p.iter(f"{W}t")) for p in element.iter(f"{W}p"))
        words = clean("\n".join(words for words in paragraphs if words.strip()))
        name = element.get(f"{W}id", "")
        found[name] = Trace(TraceKind.COMMENT, words, element.get(f"{W}author", ""), element.get(f"{W}date", ""))
    return found


def _draft_id(sides: SideParts) -> str:
    for element in sides.properties if sides.properties is not None else ():
        if element.get("name") == DRAFT_ID:
            return (element.findtext(_VALUE) or "").strip()
    return ""
