"""周报、月报: what happened between two days, what changed, what is late and what comes next, as blocks and as tables.

Compared are two snapshots, the ledger at the beginning of the period and at its end; what changed is marked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from zhenggai_desktop import texts
from zhenggai_desktop.domain.blocks import Block, Document, Kind, list_block, plain
from zhenggai_desktop.domain.chasing import Reason, Reminder, reminders
from zhenggai_desktop.domain.exact_numbers import exact
from zhenggai_desktop.domain.figure_tables import FigureTable
from zhenggai_desktop.domain.figures import percentage
from zhenggai_desktop.domain.office_rules import OfficeRules
from zhenggai_desktop.domain.progress import Item, Overview
from zhenggai_desktop.domain.records import LogEntry, Snapshot, Status

CHANGED = "▲"  # stands before what is different from the beginning of the period


class ReportKind(StrEnum):
    WEEKLY = "weekly"
    MONTHLY = "monthly"


KIND_NAMES = {ReportKind.WEEKLY: "周报", ReportKind.MONTHLY: "月报"}
_PERIOD_WORDS = {ReportKind.WEEKLY: "本周", ReportKind.MONTHLY: "本月"}


@dataclass(frozen=True, slots=True)
class ReportRow:
    """An item, or an issue above items, with what was entered on it in the period.

    ``before`` is its status at the beginning, None where it is new.
    """

    item: Item
    number: str
    entries: tuple[LogEntry, ...]
    before: Status | None

    @property
    def changed(self) -> bool:
        return self.before is not self.item.status

    @property
    def status_words(self) -> str:
        """“正在推进→已完成”; the status alone where it did not change."""
        now = texts.STATUS_NAMES[self.item.status]
        if not self.changed:
            return now
        return f"{CHANGED}新增，{now}" if self.before is None else f"{CHANGED}{texts.STATUS_NAMES[self.before]}→{now}"

    @property
    def progress_words(self) -> str:
        """“6月3日：已修订制度。”, a line an entry."""
        return "\n".join(f"{_day(entry.entered_on)}{entry.text}" for entry in self.entries)


class PeriodReport:
    """Everything a report on the days from ``first`` to ``last`` says; both days count."""

    def __init__(
        self, before: Snapshot, now: Snapshot, kind: ReportKind, *, first: dt.date, last: dt.date, rules: OfficeRules
    ) -> None:
        self.kind, self.first, self.last = kind, first, last
        self.overview = Overview(now, last)
        self._past = Overview(before, first)
        self._rules = rules

    def rows(self) -> tuple[ReportRow, ...]:
        """The issues on which something was entered and the items whose status changed, in reading order."""
        return tuple(row for row in self._all_rows() if row.entries or row.changed)

    def reminders(self) -> tuple[Reminder, ...]:
        """What is late or coming at the end of the period."""
        return reminders(self.overview, self._rules)

    @property
    def watched_name(self) -> str:
        """What ``reminders`` are called together: “逾期和临期”, with those that are silent “逾期、临期和久无进展”."""
        silent = any(one.reason is Reason.SILENT for one in self.reminders())
        return "逾期、临期和久无进展" if silent else "逾期和临期"

    def document(self) -> Document:
        """The report as a finished document."""
        return Document(self.title, tuple(self._blocks()), author=self.overview.snapshot.facts.organisation)

    def tables(self) -> tuple[FigureTable, ...]:
        """The same as tables of a workbook."""
        return (
            FigureTable(f"{self._word}进展", _PROGRESS_CAPTIONS, self._progress_lines()),
            FigureTable(self.watched_name, _WATCHED_CAPTIONS, self._watched_lines()),
        )

    @property
    def title(self) -> str:
        facts = self.overview.snapshot.facts
        term = texts.INSPECTION_NAMES[facts.kind]
        return f"{facts.organisation_short or facts.organisation}{term}整改工作{KIND_NAMES[self.kind]}"

    @property
    def _word(self) -> str:
        return _PERIOD_WORDS[self.kind]

    def _all_rows(self) -> Iterator[ReportRow]:
        outline, past = self.overview.outline, self._past
        numbers = outline.numbers()
        before = {issue.uid: past.workflow.status(issue) for issue in past.snapshot.issues}
        entries = self._entries()
        items = {item.id: item for item in (*self.overview.items, *self.overview.beyond)}
        for issue in outline.walk():
            if issue.id in items or issue.id in entries:
                item = items.get(issue.id) or self.overview.item(issue)
                yield ReportRow(item, numbers[issue.id], tuple(entries.get(issue.id, ())), before.get(issue.uid))

    def _entries(self) -> dict[int, list[LogEntry]]:
        issue_of = {measure.id: measure.issue_id for measure in self.overview.snapshot.measures}
        found: dict[int, list[LogEntry]] = {}
        for entry in self.overview.snapshot.log_entries:
            if entry.entered_on is not None and self.first <= entry.entered_on <= self.last:
                issue_id = entry.issue_id if entry.issue_id is not None else issue_of[entry.measure_id or 0]
                found.setdefault(issue_id, []).append(entry)
        for group in found.values():
            group.sort(key=lambda entry: (entry.entered_on or dt.date.min, entry.id))
        return found

    def _blocks(self) -> Iterator[Block]:
        yield plain(Kind.TITLE, self.title)
        yield plain(Kind.PARAGRAPH, f"{_whole_day(self.first)}至{_whole_day(self.last)}，整改进展情况如下。")
        yield plain(Kind.HEADING, "一、总体进展", level=1)
        yield plain(Kind.PARAGRAPH, self._summary())
        yield plain(Kind.HEADING, f"二、{self._word}进展", level=1)
        if lines := self._progress_lines():
            yield list_block(_PROGRESS_CAPTIONS, lines, (1.3, 3, 2, 5, 2.4))
        else:
            yield plain(Kind.PARAGRAPH, f"{self._word}没有登记新的进展。")
        yield plain(Kind.HEADING, f"三、{self.watched_name}事项", level=1)
        if lines := self._watched_lines():
            yield list_block(_WATCHED_CAPTIONS, lines, (1.3, 4, 2, 2.4, 2.4))
        else:
            yield plain(Kind.PARAGRAPH, f"没有{self.watched_name}事项。")

    def _in_period(self, row: ReportRow) -> bool:
        """False for an item that came done into the ledger and was not finished on a day of the period."""
        if row.before is not None:
            return True
        issue = row.item.issue
        days = [issue.completed_on] if issue.completed_on else []
        days = days or [m.completed_on for m in self.overview.outline.measures_of(issue) if m.completed_on]
        return bool(days) and self.first <= max(days) <= self.last

    def _progress_lines(self) -> tuple[tuple[str, ...], ...]:
        return tuple(
            (row.number, row.item.issue.title, self._owner(row.item), row.progress_words, row.status_words)
            for row in self.rows()
        )

    def _owner(self, item: Item) -> str:
        duties = self.overview.told(item)
        return duties.lead_department or duties.owner or "、".join(duties.leaders)

    def _watched_lines(self) -> tuple[tuple[str, ...], ...]:
        return tuple(
            (one.number, one.title, one.duties.lead_department, one.duties.deadline_words, one.words)
            for one in self.reminders()
        )

    def _summary(self) -> str:
        items = self.overview.items
        counted = {item.id for item in items}
        done = sum(item.status is Status.DONE for item in items)
        rows = [row for row in self._all_rows() if row.item.id in counted]
        finished = sum(row.changed and row.item.status is Status.DONE and self._in_period(row) for row in rows)
        closed = sum(map(self.overview.is_closed, items))
        late = sum(item.late for item in items)
        if not items:
            return "台账中还没有整改事项。"
        rate = exact(percentage(done, len(items)))
        return (
            f"整改事项共{len(items)}个，已完成{done}个，完成率{rate}%（{done}÷{len(items)}）；"
            f"{self._word}新完成{finished}个；已销号{closed}个；逾期{late}个。"
        )


_PROGRESS_CAPTIONS = ("序号", "问题", "责任部门", "进展", "完成情况")
_WATCHED_CAPTIONS = ("序号", "事项", "责任部门", "整改时限", "情况")


def _day(day: dt.date | None) -> str:
    return "" if day is None else f"{day.month}月{day.day}日："


def _whole_day(day: dt.date) -> str:
    return texts.date_text(day)
