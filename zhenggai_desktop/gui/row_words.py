"""What the rows of the ledger's tree say: number, title, status, deadline, owner, how far. Nothing of Qt here.

A row's words are joined when it is first painted and kept until the row or what it depends on changes: a view asks
for them again with every move of the mouse.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from zhenggai_desktop.domain.lateness import Lateness, lateness
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import Issue, Measure, Section, Status
from zhenggai_desktop.domain.workflow import Duties, Workflow
from zhenggai_desktop.gui.duty_words import deadline_text, owner_text, owners_text
from zhenggai_desktop.gui.tree_columns import CAPTIONS, Column
from zhenggai_desktop.gui.tree_rows import TreeRecord, record_in
from zhenggai_desktop.texts import date_text, status_text

Marks = tuple[Status | None, bool]


class RowWords:
    """The words of one outline's rows, by the numbers of ``tree_rows``; ``today`` decides what is late."""

    def __init__(self, outline: Outline, today: Callable[[], dt.date]) -> None:
        self._today = today
        self._texts: dict[int, tuple[str, ...]] = {}  # the number and the others
        self._others: dict[int, tuple[str, ...]] = {}
        self._marks: dict[int, Marks] = {}
        self._day: dt.date | None = None  # of the marks
        self.follow(outline)

    def follow(self, outline: Outline) -> None:
        """Speak of another state of the ledger. Words that are kept stay true for rows that did not change."""
        self.outline = outline
        self.workflow = Workflow(outline)

    def forget(self, nodes: Iterable[int]) -> None:
        """Join the words of rows anew when they are asked for again."""
        for node in nodes:
            self._texts.pop(node, None)
            self._others.pop(node, None)
            self._marks.pop(node, None)

    def forget_numbers(self, nodes: Iterable[int]) -> None:
        """Rows stand elsewhere and say nothing else than before."""
        for node in nodes:
            self._texts.pop(node, None)

    def forget_all(self) -> None:
        self._texts.clear()
        self._others.clear()
        self._marks.clear()

    def texts(self, node: int) -> tuple[str, ...]:
        """What a row says in each ``Column``."""
        found = self._texts.get(node)
        if found is None:
            record, others = record_in(self.outline, node), self._others.get(node)
            if others is None:
                others = self._others[node] = self._joined(record)
            found = self._texts[node] = self.number(record), *others
        return found

    def marks(self, node: int, day: dt.date) -> Marks:
        """The status of a row, None for a section, and whether it is late on ``day``."""
        if day != self._day:
            self._day = day
            self._marks.clear()
        found = self._marks.get(node)
        if found is None:
            record = record_in(self.outline, node)
            found = self._marks[node] = self.status(record), self._is_late_on(record, day)
        return found

    def _joined(self, record: TreeRecord) -> tuple[str, ...]:
        duties = self.duties(record)
        done, total = self.done(record)
        return (
            title_of(record),
            status_text(self.status(record)),
            deadline_text(duties),
            owner_text(duties),
            f"{done}/{total}" if total else "",
        )

    # --- what a row is

    def status(self, record: TreeRecord) -> Status | None:
        """A section has none of its own."""
        match record:
            case Issue():
                return self.workflow.status(record)
            case Measure():
                return self.workflow.measure_status(record)
            case Section():
                return None

    def duties(self, record: TreeRecord) -> Duties:
        """Owners and deadline as they count for the record."""
        match record:
            case Issue():
                return self.workflow.duties(record)
            case Measure():
                return self.workflow.measure_duties(record)
            case Section():
                return Duties()

    def number(self, record: TreeRecord) -> str:
        """“2”, “2-1”, “2-1-3”; a measure is counted within its issue as “措施1”."""
        match record:
            case Section():
                return str(self.outline.section_number(record))
            case Issue():
                return self.outline.number(record)
            case Measure():
                issue = self.outline.issue(record.issue_id)
                return f"措施{self.outline.measures_of(issue).index(record) + 1}"

    def done(self, record: TreeRecord) -> tuple[int, int]:
        """Done and all: of a section its items (issues without sub-issues), of an issue its sub-issues or measures."""
        statuses = [self.status(part) for part in self._parts(record)]
        return statuses.count(Status.DONE), len(statuses)

    def _parts(self, record: TreeRecord) -> Iterator[Issue | Measure]:
        outline = self.outline
        match record:
            case Section():
                for issue in outline.issues_of(record):
                    yield from (item for item in outline.walk_below(issue) if outline.is_leaf(item))
            case Issue() if outline.is_leaf(record):
                yield from (*outline.measures_of(record), *outline.linked_measures(record))
            case Issue():
                yield from (item for item in outline.walk_below(record) if outline.is_leaf(item))
            case Measure():
                return

    def is_late(self, record: TreeRecord) -> bool:
        """Open, not closed, and past its date."""
        return self._is_late_on(record, self._today())

    def _is_late_on(self, record: TreeRecord, day: dt.date) -> bool:
        if isinstance(record, Section) or self.status(record) is Status.DONE:
            return False
        if lateness(self.duties(record).due_on, day) is not Lateness.LATE:
            return False
        return not self.outline.is_closed(
            self.outline.issue(record.issue_id) if isinstance(record, Measure) else record
        )

    # --- what is said only when it is asked for

    def hint(self, node: int, column: int) -> str:
        """The whole of a title that may be cut off, the date behind a deadline, all who answer; "" for nothing."""
        record = record_in(self.outline, node)
        match column:
            case Column.TITLE:
                return title_of(record)
            case Column.DEADLINE:
                return self._late_words(record)
            case Column.OWNER:
                return owners_text(self.duties(record))
            case _:
                return ""

    def spoken(self, node: int, column: int) -> str:
        """A cell as a screen reader says it."""
        late = column == Column.DEADLINE and self.is_late(record_in(self.outline, node))
        return f"{CAPTIONS[Column(column)]} {self.texts(node)[column]}{'（逾期）' if late else ''}"

    def _late_words(self, record: TreeRecord) -> str:
        due_on = self.duties(record).due_on
        words = date_text(due_on)
        if due_on is not None and self.is_late(record):
            words += f"（已逾期{(self._today() - due_on).days}天）"
        return words


def title_of(record: TreeRecord) -> str:
    """A measure that has no words yet is known by what was done."""
    if isinstance(record, Measure):
        return record.content or record.progress
    return record.title
