"""The blocks of a document as they were exported, each word with the field from which it came.

What is kept of a draft must be enough to understand, months later, what a reviewer changed in it: the paragraphs, the
record of each, where in a paragraph a title or a measure stands, and the scheme that headed and numbered it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from zhenggai_desktop.domain.blocks import TEMPLATE_ITEM, Anchor, Block, Document, Kind, RunRole
from zhenggai_desktop.domain.cleaning import clean, without_invisible
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.paragraph_matching import likeness
from zhenggai_desktop.domain.records import Issue, Snapshot
from zhenggai_desktop.domain.schemes import BUILT_IN, DEFAULT, Scheme, changed, changes
from zhenggai_desktop.domain.typography import without_stop
from zhenggai_desktop.errors import UsageError

_FORMAT = 1
_EDGES = (8, 5, 3, 2)  # characters at both ends by which words with other names in them are found
_STILL_THE_SAME = 0.6


@dataclass(frozen=True, slots=True)
class Span:
    """``text[start:end]`` of a block is word for word a field of a record: a title, or a measure's progress."""

    start: int
    end: int
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class FieldSpan:
    """``text[start:end]`` of a block is the field, or a line of the field, of the record that ``anchor`` names."""

    start: int
    end: int
    anchor: Anchor
    name: str


@dataclass(frozen=True, slots=True)
class DraftBlock:
    """One paragraph as exported. ``heading`` characters at its beginning are a heading, run in or all of it.

    ``fields`` are those of a table's cell and of a paragraph that a template made of an issue.
    """

    kind: Kind
    level: int
    text: str
    heading: int = 0
    anchor: Anchor | None = None
    spans: tuple[Span, ...] = ()
    fields: tuple[FieldSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftText:
    """A draft's paragraphs and the scheme by which it was made."""

    blocks: tuple[DraftBlock, ...]
    scheme: Scheme

    @property
    def texts(self) -> list[str]:
        """The paragraphs in the form in which they are compared."""
        return [comparable(block.text) for block in self.blocks]


def comparable(text: str) -> str:
    """The words without what a word processor may change by itself: line breaks, blanks at the ends."""
    return without_invisible(clean(text)).replace("\n", "").replace("\xa0", " ").strip()


def draft_text(document: Document, snapshot: Snapshot, scheme: Scheme) -> DraftText:
    """What is to be kept of a document that is going out. ``snapshot`` is the ledger as its edition shows it."""
    fields = _Fields(snapshot)
    return DraftText(tuple(kept for block in document.blocks for kept in _blocks(block, fields)), scheme)


def released(document: Document) -> Document:
    """The document as it is published: nothing says which record a word came from, who made it, which draft it is."""
    blocks = tuple(
        replace(block, anchor=None, runs=tuple(replace(run, anchor=None) for run in block.runs))
        for block in document.blocks
    )
    return replace(document, blocks=blocks, author="", draft_id="")


def _blocks(block: Block, fields: _Fields) -> Iterator[DraftBlock]:
    """The paragraphs of a block: a table has one for each line of its cells, a new page and an empty block none."""
    if block.table is not None:
        for cell in (cell for row in block.table.rows for cell in row if cell):
            for line in clean(cell.text).split("\n"):
                if words := comparable(line):
                    field = (FieldSpan(0, len(words), cell.anchor, cell.field),) if cell.anchor and cell.field else ()
                    yield DraftBlock(Kind.TABLE, 0, words, fields=field)
    elif block.kind is not Kind.PAGE and comparable(block.text):
        yield _block(block, fields)


def _block(block: Block, fields: _Fields) -> DraftBlock:
    text = comparable(block.text)
    heading = fields.heading(block, text)
    if block.anchor is not None and block.anchor.kind == TEMPLATE_ITEM:
        found = tuple(fields.of_item(block.anchor.uid, text))
        return DraftBlock(block.kind, block.level, text, anchor=block.anchor, fields=found)
    spans = tuple(fields.spans(block.anchor, text, heading)) if block.anchor else ()
    return DraftBlock(block.kind, block.level, text, heading, block.anchor, spans)


class _Fields:
    """The words of records that can be found again in the paragraphs that were made of them."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._outline = Outline(snapshot)
        self._titles = {record.uid: record.title for record in (*snapshot.chapters, *snapshot.sections)}
        self._headed = {chapter.uid for chapter in snapshot.chapters if chapter.title or chapter.printed_heading}
        self._issues = {issue.uid: issue for issue in snapshot.issues}
        self._met: set[str] = set()
        self._next: dict[str, int] = {}  # how many of an issue's measures have been found

    def heading(self, block: Block, text: str) -> int:
        """How many characters are the record's own heading; a chapter's prose may hold headings that are not."""
        anchor = block.anchor
        if anchor is not None and anchor.kind == "chapter":
            if anchor.uid not in self._headed and not anchor.uid.startswith("frame-"):
                return 0
            own = anchor.uid not in self._met and block.kind is Kind.HEADING
            self._met.add(anchor.uid)
            return len(text) if own else 0
        if block.kind is Kind.PARAGRAPH and block.runs and block.runs[0].role is RunRole.HEADING:
            return min(len(comparable(block.runs[0].text)), len(text))
        return len(text) if block.kind is Kind.HEADING else 0

    def spans(self, anchor: Anchor, text: str, heading: int) -> Iterator[Span]:
        """The titles in the heading, then the measures in the words behind it."""
        if anchor.kind in ("chapter", "section"):
            yield from _found(text[:heading], [(self._titles.get(anchor.uid, ""), anchor)])
        elif anchor.kind == "issue" and anchor.uid in self._issues:
            issue = self._issues[anchor.uid]
            yield from _found(text[:heading], self._titles_in(text[:heading], issue, anchor))
            if not issue.public_text:
                yield from self._measures(anchor.uid, text, heading)

    def _titles_in(self, heading: str, issue: Issue, anchor: Anchor) -> list[tuple[str, Anchor]]:
        """The issue's own title, or those of the issues that its heading quotes one by one."""
        quoted = [part for part in self._outline.sub_issues(issue) if part.printed_level == 0]
        if not all(f"“{without_stop(_inner(part.title))}”" in heading for part in quoted):
            quoted = []
        return [(part.title, Anchor("issue", part.uid)) for part in quoted] or [(issue.title, anchor)]

    def of_item(self, uid: str, text: str) -> Iterator[FieldSpan]:
        """The fields of an issue and of its measures in a paragraph that a template made of them, each found once."""
        issue = self._issues.get(uid)
        if issue is None:
            return
        values = [(issue.title, "title"), (issue.goal, "goal")]
        found = [(value, Anchor("issue", uid), name) for value, name in values]
        found += [(m.content, Anchor("measure", m.uid), "content") for m in self._outline.measures_of(issue)]
        place = 0
        for value, anchor, name in found:
            words = comparable(value).rstrip("。；;")
            at = text.find(words, place) if words else -1
            if at >= 0:
                place = at + len(words)
                yield FieldSpan(at, place, anchor, name)

    def _measures(self, uid: str, text: str, place: int) -> Iterator[Span]:
        """Measures stand in their order, so each is looked for behind the one before it."""
        measures = [m for m in self._outline.measures_of(self._issues[uid]) if m.progress]
        while self._next.get(uid, 0) < len(measures):
            measure = measures[self._next.get(uid, 0)]
            found = _stretch(text, comparable(measure.progress).rstrip("，、"), place)
            if found is None:
                return
            self._next[uid] = self._next.get(uid, 0) + 1
            place = found[1]
            yield Span(*found, Anchor("measure", measure.uid))


def _stretch(text: str, words: str, place: int) -> tuple[int, int] | None:
    """Where ``words`` stand in ``text`` from ``place`` on, word for word or with roles in the place of names."""
    at = text.find(words, place)
    if at >= 0:
        return at, at + len(words)
    for length in _EDGES:
        start = text.find(words[:length], place)
        end = text.find(words[-length:], start) + len(words[-length:]) if start >= 0 else 0
        if start < end and likeness(words, text[start:end]) >= _STILL_THE_SAME:
            return start, end
    return None


def _found(text: str, titles: Iterable[tuple[str, Anchor]]) -> Iterator[Span]:
    place = 0
    for title, anchor in titles:
        whole = comparable(title)
        for words in dict.fromkeys((whole, without_stop(whole))):
            inside = _inner(words)
            at = max(text.find(words, place), text.find(inside, place)) if words else -1
            if at >= 0:
                place = at + len(words)
                yield Span(at, place, anchor)
                break


def _inner(words: str) -> str:
    """The words as they stand inside quotation marks."""
    return comparable(words).replace("“", "‘").replace("”", "’")


# --- as the ledger keeps it


def written(draft: DraftText) -> str:
    """The draft as JSON for the ledger."""
    parts = {
        "format": _FORMAT,
        "scheme": {"based_on": draft.scheme.name, **changes(draft.scheme)},
        "blocks": [_values(block) for block in draft.blocks],
    }
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> DraftText | None:
    """A draft as ``written`` wrote it; None for anything else, which a damaged or foreign register may hold."""
    try:
        parts = json.loads(text)
        scheme = dict(cast("Mapping[str, Any]", parts["scheme"]))
        base = BUILT_IN[scheme.pop("based_on", DEFAULT)]
        blocks = tuple(_read_block(values) for values in parts["blocks"])
        return DraftText(blocks, changed(base, scheme))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, UsageError):
        return None


def _values(block: DraftBlock) -> dict[str, Any]:
    values: dict[str, Any] = {"kind": block.kind.value, "text": block.text}
    if block.level:
        values["level"] = block.level
    if block.heading:
        values["heading"] = block.heading
    if block.anchor:
        values["of"] = [block.anchor.kind, block.anchor.uid]
    if block.fields:
        values["fields"] = [[one.start, one.end, one.anchor.kind, one.anchor.uid, one.name] for one in block.fields]
    if block.spans:
        values["spans"] = [[span.start, span.end, span.anchor.kind, span.anchor.uid] for span in block.spans]
    return values


def _read_block(values: Mapping[str, Any]) -> DraftBlock:
    of: Sequence[str] | None = values.get("of")
    return DraftBlock(
        Kind(values["kind"]),
        int(values.get("level", 0)),
        str(values["text"]),
        int(values.get("heading", 0)),
        Anchor(str(of[0]), str(of[1])) if of else None,
        tuple(
            Span(int(start), int(end), Anchor(str(kind), str(uid))) for start, end, kind, uid in values.get("spans", ())
        ),
        tuple(
            FieldSpan(int(start), int(end), Anchor(str(kind), str(uid)), str(name))
            for start, end, kind, uid, name in values.get("fields", ())
        ),
    )
