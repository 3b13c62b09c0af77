"""What is proofread: a document's paragraphs, with the ledger behind them where there is one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from zhenggai_desktop.domain.blocks import Document, Kind, SourceDocument
from zhenggai_desktop.domain.notice import compose
from zhenggai_desktop.domain.numbering import leading_mark
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.plan import ImportPlan
from zhenggai_desktop.domain.plan_snapshot import plan_snapshot
from zhenggai_desktop.domain.proofread.readings import BlockTexts, Memory, Places, Reading, Text
from zhenggai_desktop.domain.proofread.stopping import never
from zhenggai_desktop.domain.records import DocumentKind, Issue, LedgerFacts, Snapshot
from zhenggai_desktop.domain.schemes import scheme_for
from zhenggai_desktop.domain.typography import normalise
from zhenggai_desktop.domain.workflow import Workflow

T = TypeVar("T")
_CLOSING = 3  # lines among which the date stands
_DATE_LINE = re.compile(r"（?(?P<year>20\d\d)年(?P<month>\d{1,2})月(?P<day>\d{1,2})日）?")
_OPENING = 5  # paragraphs in which the feedback is told
_FEEDBACK_DAY = re.compile(
    r"(?P<year>20\d\d)年(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?:（[^（）]{1,6}）)?[^。；\d]{0,14}反馈"
)


def _first_day(matches: Iterable[re.Match[str] | None]) -> dt.date | None:
    """The day that the first match tells; None where none tells one, and where the calendar has no such day."""
    match = next(filter(None, matches), None)
    if match is None:
        return None
    try:
        return dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


@dataclass(frozen=True)
class Subject:
    """Paragraphs to be proofread. ``snapshot`` is the ledger, or what the reading core made of a file.

    ``reference`` is the ledger with which a file is compared (a draft that came back), None where there is none.
    """

    texts: tuple[Text, ...]
    snapshot: Snapshot
    plan: ImportPlan | None = None  # set where there is no ledger but a file
    today: dt.date | None = None
    reference: Snapshot | None = None
    is_public: bool = True  # False for a ledger's notice in the edition that stays inside
    memory: Memory = field(default_factory=Memory, compare=False, repr=False)

    @property
    def facts(self) -> LedgerFacts:
        return self.snapshot.facts

    @property
    def published(self) -> dt.date | None:
        """The day that the notice bears, else today."""
        return self.dated or self.today

    @cached_property
    def dated(self) -> dt.date | None:
        """The day that the notice bears; of another file, the date alone on one of its last lines."""
        if self.facts.publication_date is not None or self.plan is None:
            return self.facts.publication_date
        return _first_day(map(_DATE_LINE.fullmatch, (text.text for text in reversed(self.texts[-_CLOSING:]))))

    @cached_property
    def feedback_day(self) -> dt.date | None:
        """The day of the feedback; where it was not read as a fact, that beside 反馈 in the opening."""
        if self.facts.feedback_date is not None or self.plan is None:
            return self.facts.feedback_date
        return _first_day(map(_FEEDBACK_DAY.search, (text.text for text in self.texts[:_OPENING])))

    @property
    def is_notice(self) -> bool:
        """True for a ledger's notice and for a file that was read as one and answers something."""
        return self.plan is None or (self.plan.document is DocumentKind.NOTICE and bool(self.snapshot.issues))

    @property
    def is_published(self) -> bool:
        """True for a notice, also for one of which no issue was read."""
        return self.plan is None or self.plan.document is DocumentKind.NOTICE

    @cached_property
    def lines(self) -> dict[int, int]:
        """Line of the source → index of the first paragraph from it."""
        found: dict[int, int] = {}
        for i, text in enumerate(self.texts):
            found.setdefault(text.line, i)
        return found

    @cached_property
    def outline(self) -> Outline:
        """Where the ledger's records stand."""
        return Outline(self.snapshot)

    @cached_property
    def workflow(self) -> Workflow:
        """What counts for the ledger's records."""
        return Workflow(self.outline)

    @cached_property
    def issues_by_uid(self) -> dict[str, Issue]:
        return {issue.uid: issue for issue in self.snapshot.issues}

    def places(self, reading: Reading[T]) -> Places[T]:
        """The paragraphs in which ``reading`` finds something, in order, with what; remembered from check to check."""
        self.memory.show(self.texts, never)
        return self.memory.places(reading)

    def read(self, reader: Callable[[str], T], words: str) -> T:
        """What ``reader`` gives for any words, remembered from check to check."""
        return self.memory.read(reader, words)


_HEADING = 40  # characters: what is longer says more than a heading


def is_run_in(text: Text) -> bool:
    """True for a paragraph that begins with a number and goes on behind its heading."""
    return len(text.text) > _HEADING and leading_mark(text.text) is not None


def subject_of_ledger(
    document: Document,
    snapshot: Snapshot,
    today: dt.date | None = None,
    last: BlockTexts | None = None,
    *,
    is_public: bool = True,
) -> Subject:
    """The notice composed from a ledger. ``last`` has the texts of the last time, which are used again."""
    return Subject((last or BlockTexts()).of(document.blocks), snapshot, None, today, is_public=is_public)


def subject_of_source(
    source: SourceDocument, plan: ImportPlan, today: dt.date | None = None, reference: Snapshot | None = None
) -> Subject:
    """A file without a ledger. A notice is seen as its own composition, so that headings and answers are known."""
    snapshot = plan_snapshot(plan)
    places = _Places((normalise(p.text)[0], p.line, p.text) for p in source.paragraphs)
    if plan.document is DocumentKind.NOTICE:
        blocks = compose(snapshot, scheme_for(plan.facts)).blocks
        found = [(block.text, block.kind, block.level, block.anchor) for block in blocks]
    else:
        found = [(text, Kind.PARAGRAPH, 0, None) for text in places.texts if text]
    texts: list[Text] = []
    for text, kind, level, anchor in found:
        line, raw = places.of(text)
        texts.append(Text(text, kind, level, line, anchor, raw))
    strays = tuple(
        Text(note.text, line=note.line, raw=note.text)
        for note in plan.leftovers
        if not any(char.isalnum() for char in note.text)
    )
    return Subject((*texts, *strays), snapshot, plan, today, reference)


_HEAD = 8  # characters by which a paragraph that was joined or split is found


class _Places:
    """Where a paragraph stands in the source: line and raw words. The same words twice are found in turn."""

    def __init__(self, lines: Iterable[tuple[str, int, str]]) -> None:
        self.texts: list[str] = []
        self._whole: dict[str, list[tuple[int, str]]] = {}
        self._heads: dict[str, list[tuple[str, int, str]]] = {}
        for text, line, raw in lines:
            self.texts.append(text)
            self._whole.setdefault(text, []).append((line, raw))
            self._heads.setdefault(text[:_HEAD], []).append((text, line, raw))

    def of(self, text: str) -> tuple[int, str]:
        """The next place of these words; one that was joined or split is found by its beginning, else by its words."""
        places = self._whole.get(text)
        if places:
            return places.pop(0) if len(places) > 1 else places[0]
        for known, line, raw in self._heads.get(text[:_HEAD], ()):
            if known.startswith(text) or text.startswith(known):
                return line, raw
        inside = next((key for key in self._whole if len(text) >= _HEAD and text in key), None)
        return self._whole[inside][0] if inside else (0, text)
