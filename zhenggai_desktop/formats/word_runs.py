"""The text of one Word paragraph: what its runs show, without what they hide.

Complex fields can begin in one paragraph and end in another, so ``Fields`` outlives the paragraph.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from zhenggai_desktop.errors import SourceLimitError
from zhenggai_desktop.formats.word_symbols import symbol, without_private_use
from zhenggai_desktop.formats.word_trace import Trace, TraceKind, TraceLog
from zhenggai_desktop.formats.word_xml import MC, M, W, switched_on, value_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from zhenggai_desktop.formats.word_styles import StyleSheet

MAX_INLINE_DEPTH = 60
"""Deepest nesting inside a paragraph, counted in elements."""


class RemarkCode(StrEnum):
    """What the reader left out or changed; the value is the code of the remark."""

    DELETED = "tracked-deletions"
    HIDDEN = "hidden-text"
    CONTENTS = "table-of-contents"
    PLACEHOLDER = "placeholder"
    EMBEDDED = "embedded-document"
    CHARACTERS = "control-characters"
    COMMENT = "comment"
    NOTE = "footnote"


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    showing: bool = False

    @property
    def name(self) -> str:
        words = self.instruction.split()
        return words[0].upper() if words else ""


class Fields:
    """The complex fields that are open (``w:fldChar``): only their results show."""

    def __init__(self) -> None:
        self._open: list[_Field] = []

    def mark(self, kind: str) -> None:
        """Takes note of a field character: begin, separate or end."""
        if kind == "begin":
            self._open.append(_Field())
        elif kind == "separate" and self._open:
            self._open[-1].showing = True
        elif kind == "end" and self._open:
            self._open.pop()

    def instruct(self, text: str) -> None:
        """Adds to the instruction of the innermost field."""
        if self._open:
            self._open[-1].instruction += text

    @property
    def showing(self) -> bool:
        """Does text at this place show?"""
        return all(field.showing and field.name != "PAGE" for field in self._open) and not self.in_contents

    @property
    def in_contents(self) -> bool:
        """Is this place inside an automatic table of contents?"""
        return any(field.name == "TOC" for field in self._open)


@dataclass(slots=True)
class Inline:
    """What a paragraph needs to know while it is read: open fields, styles, and whether its style hides text.

    With a ``log`` the traces of those who changed it stay in the text as signs.
    """

    fields: Fields
    styles: StyleSheet
    hidden: bool = False
    log: TraceLog | None = None
    noted: list[RemarkCode] = field(default_factory=list[RemarkCode])


@dataclass(slots=True)
class ParagraphText:
    """What has been read of a paragraph so far: pieces of text, and the text boxes and notes that are tied to it."""

    inline: Inline
    pieces: list[str] = field(default_factory=list[str])
    boxes: list[Element] = field(default_factory=list["Element"])
    notes: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])  # ("footnote", id)
    contents: bool = False

    def text(self) -> str:
        """The paragraph's text; soft breaks are ``\\n``."""
        return "".join(self.pieces)

    def add(self, text: str) -> None:
        """Adds text, unless it stands where only a field's code stands or in a table of contents."""
        fields = self.inline.fields
        if fields.showing:
            self.pieces.append(text)
        elif fields.in_contents and not self.contents:
            self.contents = True
            self.note(RemarkCode.CONTENTS)

    def note(self, code: RemarkCode) -> None:
        self.inline.noted.append(code)

    def trace(self, kind: TraceKind, element: Element, text: str = "") -> None:
        """Keeps a trace at this place, where traces are kept."""
        if self.inline.log is not None:
            self.pieces.append(self.inline.log.sign(trace_of(kind, element, text)))


def trace_of(kind: TraceKind, element: Element, text: str = "") -> Trace:
    """A trace with the author and the time that ``element`` names."""
    return Trace(kind, text, element.get(f"{W}author", ""), element.get(f"{W}date", ""))


def chosen(element: Element) -> Element | None:
    """The one branch of ``mc:AlternateContent`` that is read: the first choice, else the fallback."""
    if element.tag != f"{MC}AlternateContent":
        return None
    choice = element.find(f"{MC}Choice")
    return choice if choice is not None else element.find(f"{MC}Fallback")


def read_inline(parent: Element, out: ParagraphText, depth: int = 0) -> None:
    """Reads what a paragraph, or a wrapper inside one, holds."""
    if depth > MAX_INLINE_DEPTH:
        raise SourceLimitError("文件里的段落嵌套得不像公文", "请用WPS或Word另存为docx后再导入")
    for element in parent:
        reader = _INLINE.get(element.tag)
        if reader is not None:
            reader(element, out, depth + 1)


def _run(element: Element, out: ParagraphText, depth: int) -> None:
    if _hidden(element, out):
        return
    for child in element:
        reader = _RUN.get(child.tag)
        if reader is not None:
            reader(child, out, depth)


def _hidden(run: Element, out: ParagraphText) -> bool:
    """Is the run hidden text, by itself, by its character style or by the paragraph's style? Fields still end in it."""
    properties = run.find(f"{W}rPr")
    stated = properties.find(f"{W}vanish") if properties is not None else None
    style = value_of(properties, "rStyle") if properties is not None else ""
    by_style = out.inline.styles.facts(style).hidden if style else None
    hidden = switched_on(stated) if stated is not None else (out.inline.hidden if by_style is None else by_style)
    if not hidden:
        return False
    for mark in run.iter(f"{W}fldChar"):
        _field_character(mark, out, 0)
    if any(text.text for text in run.iter(f"{W}t")):
        out.note(RemarkCode.HIDDEN)
    return True


def _text(element: Element, out: ParagraphText, _depth: int) -> None:
    out.add(without_private_use(element.text or ""))


def _constant(text: str) -> Callable[[Element, ParagraphText, int], None]:
    return lambda _element, out, _depth: out.add(text)


def _symbol(element: Element, out: ParagraphText, _depth: int) -> None:
    try:
        code = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return
    out.add(symbol(code, element.get(f"{W}font", "")))


def _field_character(element: Element, out: ParagraphText, _depth: int) -> None:
    out.inline.fields.mark(element.get(f"{W}fldCharType", ""))


def _instruction(element: Element, out: ParagraphText, _depth: int) -> None:
    out.inline.fields.instruct(element.text or "")


def _simple_field(element: Element, out: ParagraphText, depth: int) -> None:
    fields = out.inline.fields
    fields.mark("begin")
    fields.instruct(element.get(f"{W}instr", ""))
    fields.mark("separate")
    read_inline(element, out, depth)
    fields.mark("end")


def _inserted(element: Element, out: ParagraphText, depth: int) -> None:
    out.trace(TraceKind.INSERTED, element)
    read_inline(element, out, depth)
    out.trace(TraceKind.INSERTED_END, element)


def _deleted(element: Element, out: ParagraphText, _depth: int) -> None:
    words = "".join(text.text or "" for text in element.iter() if text.tag in (f"{W}delText", f"{W}t"))
    if words:
        out.note(RemarkCode.DELETED)
        out.trace(TraceKind.DELETED, element, words)


def _moved_away(element: Element, out: ParagraphText, _depth: int) -> None:
    """Text that was moved is read at its new place."""
    words = "".join(text.text or "" for text in element.iter() if text.tag in (f"{W}delText", f"{W}t"))
    if words:
        out.trace(TraceKind.DELETED, element, words)


def _bookmark(element: Element, out: ParagraphText, _depth: int) -> None:
    out.trace(TraceKind.BOOKMARK, element, element.get(f"{W}name", ""))


def _comment_range(kind: TraceKind) -> Callable[[Element, ParagraphText, int], None]:
    return lambda element, out, _depth: out.trace(kind, element, element.get(f"{W}id", ""))


def _content_control(element: Element, out: ParagraphText, depth: int) -> None:
    content = element.find(f"{W}sdtContent")
    if content is None:
        return
    if switched_on(element.find(f"{W}sdtPr/{W}showingPlcHdr")):
        out.note(RemarkCode.PLACEHOLDER)
        return
    read_inline(content, out, depth)


def _alternatives(element: Element, out: ParagraphText, depth: int) -> None:
    branch = chosen(element)
    if branch is not None:
        read_inline(branch, out, depth)


def _run_alternatives(element: Element, out: ParagraphText, depth: int) -> None:
    if depth > MAX_INLINE_DEPTH:
        raise SourceLimitError("文件里的段落嵌套得不像公文", "请用WPS或Word另存为docx后再导入")
    branch = chosen(element)
    for child in branch if branch is not None else ():
        reader = _RUN.get(child.tag)
        if reader is not None:
            reader(child, out, depth + 1)


def _note_of(kind: str) -> Callable[[Element, ParagraphText, int], None]:
    return lambda element, out, _depth: out.notes.append((kind, element.get(f"{W}id", "")))


def _comment(element: Element, out: ParagraphText, _depth: int) -> None:
    out.note(RemarkCode.COMMENT)
    out.trace(TraceKind.COMMENT_SIGN, element, element.get(f"{W}id", ""))


def _ruby(element: Element, out: ParagraphText, depth: int) -> None:
    """The characters without the pronunciation above them."""
    base = element.find(f"{W}rubyBase")
    if base is not None:
        read_inline(base, out, depth)


def _formula(element: Element, out: ParagraphText, _depth: int) -> None:
    out.add("".join(text.text or "" for text in element.iter(f"{M}t")))


def _drawing(element: Element, out: ParagraphText, depth: int) -> None:
    """Text boxes of a drawing, in order; one inside another is found when the outer is read."""
    if depth > MAX_INLINE_DEPTH:
        raise SourceLimitError("文件里的图形嵌套得不像公文", "请用WPS或Word另存为docx后再导入")
    branch = chosen(element)
    for child in element if branch is None else branch:
        if child.tag == f"{W}txbxContent":
            out.boxes.append(child)
        else:
            _drawing(child, out, depth + 1)


_Reader = Callable[["Element", ParagraphText, int], None]

_INLINE: dict[str, _Reader] = {
    f"{W}r": _run,
    f"{W}fldSimple": _simple_field,
    f"{W}sdt": _content_control,
    f"{W}ins": _inserted,
    f"{W}moveTo": _inserted,
    f"{W}del": _deleted,
    f"{W}moveFrom": _moved_away,
    f"{W}bookmarkStart": _bookmark,
    f"{W}commentRangeStart": _comment_range(TraceKind.COMMENT),
    f"{W}commentRangeEnd": _comment_range(TraceKind.COMMENT_END),
    f"{MC}AlternateContent": _alternatives,
    f"{M}oMath": _formula,
    f"{M}oMathPara": _formula,
} | {
    f"{W}{name}": read_inline
    for name in ("hyperlink", "smartTag", "customXml", "dir", "bdo", "sdtContent")
}  # fmt: skip
_RUN: dict[str, _Reader] = {
    f"{W}t": _text,
    f"{W}tab": _constant("\t"),
    f"{W}ptab": _constant("\t"),
    f"{W}br": _constant("\n"),
    f"{W}cr": _constant("\n"),
    f"{W}noBreakHyphen": _constant("-"),
    f"{W}sym": _symbol,
    f"{W}fldChar": _field_character,
    f"{W}instrText": _instruction,
    f"{W}ruby": _ruby,
    f"{W}footnoteReference": _note_of("footnote"),
    f"{W}endnoteReference": _note_of("endnote"),
    f"{W}commentReference": _comment,
    f"{W}drawing": _drawing,
    f"{W}pict": _drawing,
    f"{W}object": _drawing,
    f"{MC}AlternateContent": _run_alternatives,
}
