"""Comments in the margin of a copy of a .docx, each at the words that it is about; the original is not touched.

Runs are split at the right characters, their formatting kept. Automatic numbers are no characters of the file: a
remark on one stands at the paragraph's first words. Words in text boxes cannot carry comments; theirs stands at the
paragraph to which the box is tied.
"""

from __future__ import annotations

import copy
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from zhenggai_desktop.formats.office_files import opened_document
from zhenggai_desktop.formats.replacing import replacing

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_FOLDED = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "。": ".", "、": ","})


@dataclass(frozen=True, slots=True)
class WordComment:
    """A remark on characters ``start``–``end`` of ``paragraph``, the words of a paragraph in their normal form.

    ``line`` counts the paragraphs of the file from 1 as the reader does, 0 = unknown: then the words are looked for.
    """

    paragraph: str
    start: int
    end: int
    text: str
    line: int = 0


def comment_word(source: Path, target: Path, comments: Sequence[WordComment], author: str) -> int:
    """Write ``source`` with ``comments`` to ``target``; gives how many stand at their very words.

    Raises the errors of ``open_word`` for a file that is no Word file, and TargetError.
    """
    document = opened_document(source)
    exact = _Margin(document, author).write(comments)
    with replacing(target) as temporary:
        document.save(str(temporary))
    return exact


@dataclass(slots=True)
class _Char:
    """One visible character: the run and the text element that hold it."""

    run: Any
    text: Any
    index: int


class _Margin:
    def __init__(self, document: WordDocument, author: str) -> None:
        self._document = document
        self._author = author
        self._paragraphs = list(_paragraphs(cast("Any", document.element).body))
        self._words = [_fold("".join(char.text.text[char.index] for char in _chars(p)))[0] for p in self._paragraphs]
        self._places: dict[str, int] = {}
        for i, words in enumerate(self._words):
            self._places.setdefault(words, i)

    def write(self, comments: Sequence[WordComment]) -> int:
        """Put all comments in, the last first, so that runs that are split do not move those before them."""
        placed = [(self._place(comment), comment) for comment in comments]
        exact = 0
        for (paragraph, start, end), comment in sorted(placed, key=lambda each: each[0], reverse=True):
            if paragraph >= 0:
                exact += end > start
                self._add(self._paragraphs[paragraph], start, end, comment.text)
        return exact

    def _place(self, comment: WordComment) -> tuple[int, int, int]:
        """Index of the paragraph with the characters there; start = end for the paragraph as a whole."""
        whole, _ = _fold(comment.paragraph)
        begin = len(_fold(comment.paragraph[: comment.start])[0])
        end = len(_fold(comment.paragraph[: comment.end])[0])
        at = self._paragraph(comment.line, whole, begin)
        if at < 0:
            return self._first(), 0, 0
        words = self._words[at]
        offset = whole.find(words) if words in whole else -max(words.find(whole), 0)
        if words not in whole and whole not in words:
            found = words.find(whole[begin:end]) if end > begin else -1
            return (at, found, found + end - begin) if found >= 0 else (at, 0, 0)
        first, last = max(begin - offset, 0), min(end - offset, len(words))
        return (at, first, last) if last > first else (at, 0, 0)

    def _paragraph(self, line: int, whole: str, begin: int) -> int:
        """The paragraph on the line, or its neighbour that has the words, or any that has them."""
        if not whole:
            return -1
        for i in (line - 1, *range(max(line - 4, 0), line + 3)) if line else ():
            if 0 <= i < len(self._words) and self._words[i] and _same(self._words[i], whole, begin):
                return i
        exact = self._places.get(whole, -1)
        if exact >= 0:
            return exact
        return next((i for i, words in enumerate(self._words) if words and _same(words, whole, begin)), -1)

    def _first(self) -> int:
        return next((i for i, words in enumerate(self._words) if words), -1)

    def _add(self, paragraph: Any, start: int, end: int, text: str) -> None:
        from docx.text.run import Run  # noqa: PLC0415

        runs = _runs_of(paragraph, start, end)
        if runs:
            ends = [Run(runs[0], self._document), Run(runs[-1], self._document)]  # type: ignore[arg-type]
            self._document.add_comment(ends, text=text, author=self._author, initials="校")


def _same(words: str, whole: str, begin: int) -> bool:
    """Is the file's paragraph the one that was read? It lacks the automatic number; it may be a part, or joined."""
    if words == whole or whole in words:
        return True
    at = whole.find(words)
    return at >= 0 and at <= begin < at + len(words)


def _paragraphs(body: Any) -> Iterator[Any]:
    """Paragraphs in the order in which the reader counts them; a fallback of what is shown otherwise is left out."""
    for element in body.iter(f"{_W}p"):
        ancestors = [ancestor.tag for ancestor in element.iterancestors()]
        if f"{_MC}Fallback" not in ancestors:
            yield element


def _chars(paragraph: Any) -> list[_Char]:
    """The visible characters of a paragraph's own runs; deleted words and field codes are in other elements."""
    found: list[_Char] = []
    for text in paragraph.iter(f"{_W}t"):
        run = text.getparent()
        if run.tag == f"{_W}r" and _own(run, paragraph):
            found += [_Char(run, text, i) for i in range(len(text.text or ""))]
    return found


def _own(run: Any, paragraph: Any) -> bool:
    """True for a run of the paragraph itself: not of a text box in it, and not deleted."""
    for ancestor in run.iterancestors():
        if ancestor is paragraph:
            return True
        if ancestor.tag in (f"{_W}p", f"{_W}del", f"{_W}moveFrom"):
            return False
    return False


def _fold(text: str) -> tuple[str, list[int]]:
    """``text`` without blanks and differences of width or quotes, with the index of each sign that is left."""
    signs: list[str] = []
    places: list[int] = []
    for i, char in enumerate(text):
        for sign in unicodedata.normalize("NFKC", char).translate(_FOLDED):
            if not sign.isspace() and unicodedata.category(sign) != "Cf":
                signs.append(sign)
                places.append(i)
    return "".join(signs), places


def _runs_of(paragraph: Any, start: int, end: int) -> list[Any]:
    """The runs that hold the folded characters ``start``–``end``, split there; all of them where the two are equal."""
    chars = _chars(paragraph)
    places = _fold("".join(char.text.text[char.index] for char in chars))[1]
    if not places:
        return []
    if start >= end:
        return [chars[0].run, chars[-1].run]
    first, last = places[start], places[end - 1]
    if last + 1 < len(chars) and chars[last + 1].run is chars[last].run:
        _split(chars[last + 1])
    if first and chars[first - 1].run is chars[first].run:
        _split(chars[first])
    chars = _chars(paragraph)
    return [chars[first].run, chars[last].run]


def _split(char: _Char) -> None:
    """Cut a run before a character: what follows goes into a run of the same formatting behind it."""
    run, text = char.run, char.text
    behind = copy.deepcopy(run)
    for child in list(behind):
        if child.tag != f"{_W}rPr":
            behind.remove(child)
    following = list(text.itersiblings())
    if char.index:
        rest = copy.deepcopy(text)
        rest.text, text.text = text.text[char.index :], text.text[: char.index]
        for part in (rest, text):
            part.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        behind.append(rest)
    else:
        behind.append(text)
    for child in following:
        behind.append(child)
    run.addnext(behind)
