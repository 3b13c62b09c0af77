"""What each line of a source became in an import plan, for a person who compares the two side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from zhenggai_desktop.domain.blocks import LineRole, SourceDocument
from zhenggai_desktop.domain.corrections import Corrections, Piece, Place, corrected, pieces
from zhenggai_desktop.domain.document_parts import Parts, cut
from zhenggai_desktop.domain.numbering import leading_mark
from zhenggai_desktop.domain.plan import ImportPlan, ProposedIssue
from zhenggai_desktop.domain.records import DocumentKind
from zhenggai_desktop.domain.source_lines import Line
from zhenggai_desktop.domain.tabled import text_and_tables
from zhenggai_desktop.domain.typography import core, normalise


class LineUse(StrEnum):
    """What a line became."""

    TITLE = "title"
    LEAD = "lead"
    CHAPTER = "chapter"
    PROSE = "prose"  # words of a chapter
    SECTION = "section"
    ISSUE = "issue"
    SUB_ISSUE = "sub_issue"
    WORDING = "wording"  # words below an issue of a feedback document
    ANSWER = "answer"  # words below an issue of a notice
    RECOMMENDATION = "recommendation"
    CLOSING = "closing"
    SIGNATURE = "signature"  # with the date
    TABLE = "table"  # in a table of issues, which is read cell by cell
    JOINED = "joined"  # goes on with the line before
    LEFT_OVER = "left_over"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class UsedLine:
    """A piece of the source to the letter and what it became.

    ``number`` is the number of the record it heads as the source prints it, ``uid`` the record's.
    Words below a heading bear the uid of the record they went to; "" where there is none.
    """

    place: Place
    text: str
    use: LineUse
    number: str = ""
    uid: str = ""
    said: LineRole = LineRole.AUTO


@dataclass(frozen=True, slots=True)
class _Heading:
    use: LineUse
    title: str  # its core, to tell apart what shares a line
    number: str
    uid: str


def used_lines(document: SourceDocument, plan: ImportPlan, corrections: Corrections) -> tuple[UsedLine, ...]:
    """Every line of ``document``, and what it became in ``plan``, which was understood with ``corrections``."""
    finder = _Finder(corrected(document, corrections), plan, corrections)
    return tuple(map(finder.find, pieces(document, corrections)))


class _Finder:
    """Goes through the pieces in order: words belong to the heading above them."""

    def __init__(self, source: SourceDocument, plan: ImportPlan, corrections: Corrections) -> None:
        text = text_and_tables(source)
        self._corrections = corrections
        self._below = LineUse.ANSWER if plan.document is DocumentKind.NOTICE else LineUse.WORDING
        self._tables = [(ledger.table.first_line, ledger.table.last_line) for ledger in text.tables]
        self._parts = _uses_of_parts(cut(text.lines))
        self._headings = _headings(plan)
        self._prose = {core(block.text) for chapter in plan.chapters for block in chapter.blocks}
        self._chapters = {core(chapter.printed_heading) for chapter in plan.chapters if chapter.printed_heading}
        self._recommended = {core(words) for words in plan.facts.recommendations}
        self._last = UsedLine(Place(0), "", LineUse.LEAD)

    def find(self, piece: Piece) -> UsedLine:
        use, number, uid = self._use(piece)
        said = self._corrections.roles.get(piece.place, LineRole.AUTO)
        used = UsedLine(piece.place, piece.text, use, number, uid, said)
        if use not in (LineUse.LEFT_OUT, LineUse.JOINED, LineUse.LEFT_OVER):
            self._last = used
        return used

    def _use(self, piece: Piece) -> tuple[LineUse, str, str]:
        place, words = piece.place, core(piece.text)
        if place in self._corrections.left_out:
            return LineUse.LEFT_OUT, "", ""
        if place in self._corrections.joined:
            return LineUse.JOINED, "", self._last.uid
        if any(first <= place.line <= last for first, last in self._tables):
            return LineUse.TABLE, "", ""
        bare = core(_without_mark(piece.text))
        heading = next((at for at in self._headings[place.line] if _heads(at, words) or _heads(at, bare)), None)
        if heading is not None:
            return heading.use, heading.number, heading.uid
        if words in self._chapters:
            return LineUse.CHAPTER, "", ""
        return self._words(place.line, words)

    def _words(self, line: int, words: str) -> tuple[LineUse, str, str]:
        part = next((use for text, use in self._parts[line] if words.startswith(text) or text.startswith(words)), None)
        if any(words.endswith(text) for text in self._recommended):
            return LineUse.RECOMMENDATION, "", ""
        if part is None:
            return LineUse.JOINED, "", self._last.uid  # a sentence that the source had broken
        if part is not LineUse.PROSE:
            return part, "", ""
        if words in self._prose or not self._last.uid:
            return LineUse.PROSE, "", ""
        return self._below, "", self._last.uid


def _without_mark(text: str) -> str:
    """The words of a line behind its number: of a title that goes on in the next line they are the beginning."""
    words = normalise(text)[0]
    mark = leading_mark(words)
    return words.removeprefix(mark.text) if mark else words


def _heads(heading: _Heading, words: str) -> bool:
    return bool(words) and (heading.title in words or words in heading.title)


def _uses_of_parts(parts: Parts) -> defaultdict[int, list[tuple[str, LineUse]]]:
    """Line → the words that stand on it and their part of the document; words of chapters as prose."""
    found: defaultdict[int, list[tuple[str, LineUse]]] = defaultdict(list)
    for lines, use in _parts_with_uses(parts):
        for line in lines:
            found[line.number].append((core(line.text), use))
    for note in parts.leftovers:
        found[note.line].append((core(note.text), LineUse.LEFT_OVER))
    return found


def _parts_with_uses(parts: Parts) -> Iterator[tuple[list[Line], LineUse]]:
    yield parts.title, LineUse.TITLE
    yield parts.opening, LineUse.LEAD
    for chapter in parts.chapters:
        yield [chapter.heading] if chapter.heading else [], LineUse.CHAPTER
        yield chapter.lines, LineUse.PROSE
    yield parts.closing, LineUse.CLOSING
    yield parts.signature, LineUse.SIGNATURE
    yield [parts.date] if parts.date else [], LineUse.SIGNATURE


def _headings(plan: ImportPlan) -> defaultdict[int, list[_Heading]]:
    found: defaultdict[int, list[_Heading]] = defaultdict(list)
    for section in plan.sections:
        if section.record is not None and section.line:
            title = section.record.title or section.record.introduction
            found[section.line].append(_Heading(LineUse.SECTION, core(title), "", section.record.uid))
        for issue in section.issues:
            _add_issue(found, issue, LineUse.ISSUE)
    return found


def _add_issue(found: defaultdict[int, list[_Heading]], issue: ProposedIssue, use: LineUse) -> None:
    found[issue.line].append(_Heading(use, core(issue.record.title), issue.number, issue.record.uid))
    for child in issue.issues:
        _add_issue(found, child, LineUse.SUB_ISSUE)
