"""A .docx as paragraphs in reading order, with automatic numbers written out as a reader sees them.

What is in: text with insertions accepted and deletions left out, hyperlinks, content controls, field results, text
boxes after the paragraph to which they are tied, cells of tables row by row, formulas as plain characters.
What is out, with a remark where words are lost: deleted and hidden text, tables of contents, comments, and notes,
whose words stand in the remark. Headers, footers and page numbers are out without one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.blocks import SourceCell, SourceDocument, SourceParagraph, SourceRemark, SourceTable
from zhenggai_desktop.domain.cleaning import cleaned, without_invisible
from zhenggai_desktop.errors import SourceLimitError
from zhenggai_desktop.formats.word_numbering import AutoNumber, NumberingCounters, read_definitions
from zhenggai_desktop.formats.word_package import WordPackage, open_word
from zhenggai_desktop.formats.word_runs import Fields, Inline, ParagraphText, RemarkCode, read_inline
from zhenggai_desktop.formats.word_styles import StyleFacts, StyleSheet, outline_of
from zhenggai_desktop.formats.word_tables import PlacedCell, placed, wrapped
from zhenggai_desktop.formats.word_trace import TraceKind, TraceLog
from zhenggai_desktop.formats.word_xml import W, number_of, switched_on, value_of

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

MAX_PARAGRAPHS = 100_000
"""Most paragraphs of one document; the longest real ledger of all has some ten thousand."""
MAX_DEPTH = 60
"""Deepest nesting of tables, content controls and text boxes, counted in elements."""

_SENTENCES = {
    RemarkCode.DELETED: "文中有修订痕迹：已删除的文字没有读入，共{count}处",
    RemarkCode.HIDDEN: "隐藏文字没有读入，共{count}处",
    RemarkCode.CONTENTS: "自动目录没有读入，共{count}行",
    RemarkCode.PLACEHOLDER: "没有填写的内容控件没有读入，共{count}处",
    RemarkCode.EMBEDDED: "嵌入的其他文档没有读入，共{count}处，请另行导入",
    RemarkCode.CHARACTERS: "删去了无法保存的控制字符，共{count}个",
    RemarkCode.COMMENT: "批注没有读入，共{count}条",
}


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a paragraph's properties say."""

    outline: int = 0
    centred: bool = False


@dataclass(frozen=True, slots=True)
class _Carried:
    """Text whose paragraph mark does not show: it stands at the head of the next paragraph.

    A deleted mark gives the text to the next paragraph; a hidden one (Word's style separator) keeps its own number.
    """

    line: int
    text: str
    number: AutoNumber | None = None
    shape: _Shape | None = None


def read_word(path: Path) -> SourceDocument:
    """The paragraphs of the .docx at ``path``; raises the errors of ``open_word``, and SourceLimitError."""
    return read_package(open_word(path), path.name)


def read_package(package: WordPackage, name: str, log: TraceLog | None = None) -> SourceDocument:
    """As ``read_word`` for a package that is already open; with a ``log`` traces stay in the texts as signs."""
    body = package.document.find(f"{W}body")
    reader = _Reader(package, log)
    if body is not None:
        if sum(1 for _ in body.iter(f"{W}p")) > 2 * MAX_PARAGRAPHS:  # a text box stands there twice
            raise _too_many()
        reader.read_story(body)
    return SourceDocument(name, tuple(reader.paragraphs), reader.remarks(), tuple(reader.tables))


def _too_many() -> SourceLimitError:
    return SourceLimitError(f"文件超过{MAX_PARAGRAPHS}段，不像公文", "请核对文件，或只把需要的部分另存后导入")


class _Reader:
    """Walks one document; ``line`` counts every paragraph, also those that show nothing."""

    def __init__(self, package: WordPackage, log: TraceLog | None = None) -> None:
        self._log = log
        self._styles = StyleSheet(package.styles)
        self._definitions = read_definitions(package.numbering, self._styles.numbering_styles())
        self.paragraphs: list[SourceParagraph] = []
        self.tables: list[SourceTable] = []
        self._line = 0
        self._noted: dict[RemarkCode, list[int]] = {}
        self._notes = _notes(package)
        self._note_remarks: list[SourceRemark] = []

    def remarks(self) -> tuple[SourceRemark, ...]:
        """One remark per kind, at the first line it concerns, and one per note with all its words."""
        kinds = (
            SourceRemark(code.value, lines[0], _SENTENCES[code].format(count=len(lines)))
            for code, lines in self._noted.items()
        )
        return (*kinds, *self._note_remarks)

    def read_story(self, container: Element, depth: int = 0) -> None:
        """The body or one text box: Word numbers each by itself; open fields and carried text end with it."""
        story = _Story(NumberingCounters(self._definitions), Fields())
        self._blocks(container, story, depth)
        self._flush(story)

    def _blocks(self, container: Element, story: _Story, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise SourceLimitError("文件里的表格或内容控件嵌套得不像公文", "请用WPS或Word另存为docx后再导入")
        for element in container:
            tag = element.tag
            if tag == f"{W}p":
                self._paragraph(element, story, depth)
            elif tag == f"{W}tbl":
                self._flush(story)
                self._table(element, story, depth)
            elif tag == f"{W}sdt":
                self._content_control(element, story, depth)
            elif tag == f"{W}altChunk":
                self._note(RemarkCode.EMBEDDED)
            elif (inner := wrapped(element)) is not None:
                self._blocks(inner, story, depth + 1)

    def _content_control(self, element: Element, story: _Story, depth: int) -> None:
        content = element.find(f"{W}sdtContent")
        if content is None:
            return
        gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        if gallery is not None and gallery.get(f"{W}val") == "Table of Contents":
            for _ in content.iter(f"{W}p"):
                self._count_line()
                self._note(RemarkCode.CONTENTS)
            return
        self._blocks(content, story, depth + 1)

    def _table(self, table: Element, story: _Story, depth: int) -> None:
        """Reads the cells row by row, and keeps where they stand."""
        rows = placed(table)
        before, place = self._line, len(self.tables)
        story.tables += 1
        cells: list[SourceCell] = []
        for row in rows:
            if row.deleted:
                self._note(RemarkCode.DELETED)
                self._skip(row.element)
            for cell in row.cells:
                if cell.shown:
                    cells.append(self._cell(cell, story, depth))
                else:
                    self._skip(cell.element)  # swallowed by a merged cell: what is in it does not show
        story.tables -= 1
        if cells:
            columns = max(cell.column + cell.column_span for cell in cells)
            count = sum(not row.deleted for row in rows)
            self.tables.insert(
                place, SourceTable(before + 1, self._line, count, columns, tuple(cells), depth=story.tables)
            )

    def _cell(self, cell: PlacedCell, story: _Story, depth: int) -> SourceCell:
        line, outer = self._line + 1, story.in_cell
        story.in_cell = []
        self._blocks(cell.element, story, depth + 1)
        self._flush(story)
        text = "\n".join(story.in_cell)
        story.in_cell = outer
        return SourceCell(cell.row, cell.column, text, line, cell.row_span, cell.column_span)

    def _paragraph(self, element: Element, story: _Story, depth: int) -> None:
        self._count_line()
        properties = element.find(f"{W}pPr")
        style = self._styles.of_paragraph(value_of(properties, "pStyle") if properties is not None else "")
        read = ParagraphText(Inline(story.fields, self._styles, hidden=bool(style.hidden), log=self._log))
        read_inline(element, read)
        for code in read.inline.noted:
            self._note(code)
        mark = properties.find(f"{W}rPr") if properties is not None else None
        _trace_mark(mark, read)
        line, text = self._line, read.text()
        shape = _shape(properties, style)
        if mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None):
            story.carry(_Carried(line, text))
        elif _mark_hidden(mark, style):
            if text:
                story.carry(_Carried(line, text, self._number(properties, style, story), shape))
        else:
            self._finish(line, text, self._number(properties, style, story), shape, story)
        for note in read.notes:
            self._remark_note(note)
        for box in read.boxes:
            self.read_story(box, depth + 1)

    def _remark_note(self, note: tuple[str, str]) -> None:
        """A note stands below the page and not in the sentence: its words go into a remark, none is lost."""
        element = self._notes.get(note)
        words: list[str] = []
        for paragraph in element.iter(f"{W}p") if element is not None else ():
            read = ParagraphText(Inline(Fields(), self._styles))
            read_inline(paragraph, read)
            words.append(cleaned(read.text())[0].strip())
        text = " ".join(word for word in words if word)
        if text:
            self._note_remarks.append(SourceRemark(RemarkCode.NOTE.value, self._line, f"脚注没有读入正文：“{text}”"))

    def _number(self, properties: Element | None, style: StyleFacts, story: _Story) -> AutoNumber | None:
        """The paragraph's number: its own ``numId`` before the style's; ``numId`` 0 takes the number away."""
        own = properties.find(f"{W}numPr") if properties is not None else None
        stated = value_of(own, "numId") if own is not None else ""
        number_id = stated or style.number_id or ""
        instance = self._definitions.get(number_id)
        if instance is None:
            return None
        level = number_of(value_of(own, "ilvl"), None) if own is not None else None
        return story.counters.next(number_id, style.level_in(instance) if level is None else level)

    def _finish(self, line: int, text: str, number: AutoNumber | None, shape: _Shape, story: _Story) -> None:
        carried, story.carried = story.carried, None
        if carried is not None:
            line, text = carried.line, carried.text + text
            number, shape = (carried.number, carried.shape) if carried.shape else (number, shape)
        self._emit(story, line, text, number, shape)

    def _flush(self, story: _Story) -> None:
        """Carried text with no paragraph to follow stands alone."""
        if story.carried is not None:
            carried, story.carried = story.carried, None
            self._emit(story, carried.line, carried.text, carried.number, carried.shape or _Shape())

    def _emit(self, story: _Story, line: int, text: str, number: AutoNumber | None, shape: _Shape) -> None:
        """Soft line breaks (Shift+Enter) make paragraphs of the same line; only the first carries the number."""
        label = cleaned(number.text)[0].replace("\n", "") if number else ""
        body, removed = cleaned(without_invisible(text))
        for _ in range(removed):
            self._note(RemarkCode.CHARACTERS)
        for position, piece in enumerate(body.split("\n")):
            number_here = label if position == 0 else ""
            if not number_here and not piece.strip():
                continue
            gap = _gap(label, piece, number.suffix) if number and number_here and piece.strip() else ""
            shown = number_here + gap + piece
            self.paragraphs.append(SourceParagraph(line, shown, shape.outline, shape.centred, number_here))
            story.in_cell.append(shown)

    def _skip(self, element: Element) -> None:
        for _ in element.iter(f"{W}p"):
            self._count_line()

    def _count_line(self) -> None:
        self._line += 1
        if self._line > MAX_PARAGRAPHS:
            raise _too_many()

    def _note(self, code: RemarkCode) -> None:
        self._noted.setdefault(code, []).append(self._line)


@dataclass(slots=True)
class _Story:
    """What runs on from paragraph to paragraph: counters, open fields, text whose paragraph mark does not show."""

    counters: NumberingCounters
    fields: Fields
    carried: _Carried | None = None
    tables: int = 0
    in_cell: list[str] = field(default_factory=list[str])

    def carry(self, more: _Carried) -> None:
        before = self.carried
        if before is None:
            self.carried = more
        elif before.shape is not None:
            self.carried = _Carried(before.line, before.text + more.text, before.number, before.shape)
        else:
            self.carried = _Carried(before.line, before.text + more.text, more.number, more.shape)


def _gap(label: str, text: str, suffix: str) -> str:
    """What stands between number and text: nothing, as where the number is typed (一、主要成效, 1.学习).

    The tab or space that Word draws becomes a space where the two would otherwise read as one word or figure: “1.”
    and “2021年…”, “1.1” and “ABC”.
    """
    if not suffix:
        return ""
    runs_together = label[-1].isascii() and not label[-1].isspace() and text[0].isascii() and text[0].isalnum()
    return " " if runs_together else ""


def _shape(properties: Element | None, style: StyleFacts) -> _Shape:
    if properties is None:
        return _Shape(style.outline, style.centred)
    outline = outline_of(properties)
    justified = value_of(properties, "jc")
    return _Shape(style.outline if outline is None else outline, justified == "center" if justified else style.centred)


def _trace_mark(mark: Element | None, read: ParagraphText) -> None:
    """Who typed the paragraph's end, or took it away."""
    for name, kind in _MARK_TRACES if mark is not None and read.inline.log is not None else ():
        assert mark is not None
        element = mark.find(f"{W}{name}")
        if element is not None:
            read.trace(kind, element)


_MARK_TRACES = (
    ("ins", TraceKind.MARK_INSERTED),
    ("moveTo", TraceKind.MARK_INSERTED),
    ("del", TraceKind.MARK_DELETED),
    ("moveFrom", TraceKind.MARK_DELETED),
)


def _mark_hidden(mark: Element | None, style: StyleFacts) -> bool:
    found = mark.find(f"{W}vanish") if mark is not None else None
    if mark is not None and switched_on(mark.find(f"{W}specVanish")):
        return True
    return switched_on(found) if found is not None else bool(style.hidden)


def _notes(package: WordPackage) -> dict[tuple[str, str], Element]:
    """Footnotes and endnotes by kind and id."""
    return {
        (kind, element.get(f"{W}id", "")): element
        for kind, part in (("footnote", package.footnotes), ("endnote", package.endnotes))
        for element in (part.findall(f"{W}{kind}") if part is not None else ())
    }
