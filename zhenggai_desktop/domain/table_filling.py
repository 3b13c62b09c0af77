"""What the rows of one issue say of it: measures, what was done, who, until when, how far.

A value that all rows share is the issue's; values that differ are those of the measures beside which they stand. What
fits no field is kept as a note with the words of its header.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from zhenggai_desktop.domain.blocks import SourceCell
from zhenggai_desktop.domain.cell_items import (
    as_one,
    one_for_each,
    paragraphs_of,
    plain,
    read_day,
    read_offices,
    read_people,
    split_items,
    unbroken_day,
)
from zhenggai_desktop.domain.cleaning import clipped
from zhenggai_desktop.domain.deadlines import read_deadline
from zhenggai_desktop.domain.making import Making
from zhenggai_desktop.domain.plan import PlanNote, ProposedIssue, ProposedMeasure
from zhenggai_desktop.domain.records import Issue, LogEntry, Measure, Status, Track, new_uid
from zhenggai_desktop.domain.status_cells import read_status as status_of
from zhenggai_desktop.domain.status_cells import says_no_more, share_shown
from zhenggai_desktop.domain.status_words import opening_status, unfinished_word
from zhenggai_desktop.domain.table_columns import Column
from zhenggai_desktop.domain.table_rows import DataRow, one_line

_DUTIES = (Column.LEADERS, Column.LEAD_DEPARTMENT, Column.SUPPORTING, Column.OWNER, Column.TRACK, Column.DEADLINE,
           Column.STATUS, Column.COMPLETED)  # fmt: skip
_OF_EACH_ROW = {Column.STATUS, Column.COMPLETED}  # a blank one says nothing, it does not repeat the one above
_NOTED = {Column.RESULT: "取得成效", Column.EVIDENCE: "佐证材料", Column.NOTE: ""}
_CAPTIONS = {Column.STATUS: "完成情况", Column.COMPLETED: "完成时间", Column.TRACK: "整改类型", Column.OWNER: "责任人",
             Column.LEADERS: "责任领导", Column.LEAD_DEPARTMENT: "责任部门", Column.SUPPORTING: "配合部门",
             Column.DEADLINE: "整改时限"}  # fmt: skip
_NAMES: dict[Column, tuple[str, Callable[[str], object]]] = {
    Column.LEADERS: ("leaders", read_people),
    Column.LEAD_DEPARTMENT: ("lead_department", lambda text: "、".join(read_offices(text))),
    Column.SUPPORTING: ("supporting_departments", read_offices),
    Column.OWNER: ("owner", lambda text: "、".join(read_people(text))),
}
_NO_ISSUE, _NO_MEASURE = Issue(), Measure()
_CLOSED = re.compile(r"已?(?:同意)?(?:对账)?销号|是|√|✓|已经?销号")
_BEFORE_YEAR = re.compile(r"(\d{1,5})[.．](?=(?:19|20)\d\d\D)")


@dataclass(slots=True)
class Entry:
    """A cell's words and the rows beside which it stands."""

    text: str
    line: int
    rows: set[int] = field(default_factory=set[int])


@dataclass(frozen=True, slots=True)
class Reading:
    """What all tables of one document share. ``told``: the table is part of a notice and says what was done."""

    feedback_date: dt.date | None = None
    told: bool = False
    month_ends: Mapping[str, dt.date | None] = field(default_factory=dict[str, "dt.date | None"])  # by caption
    repeating: frozenset[Column] = frozenset()  # columns in which a blank cell means the one above


@dataclass(slots=True)
class _Measure:
    """A measure in the making."""

    made: Making[Measure]
    line: int
    notes: dict[str, None] = field(default_factory=dict[str, None])
    log: list[LogEntry] = field(default_factory=list[LogEntry])


def entries(rows: Iterable[DataRow]) -> dict[Column, list[Entry]]:
    """By meaning: the distinct cells with their rows; several columns of one meaning are read as one."""
    found: dict[Column, dict[tuple[SourceCell, ...], Entry]] = {}
    for row in rows:
        index = row.index
        for column, cells in row.cells.items():
            known = found.get(column)
            if known is None:
                known = found[column] = {}
            entry = known.get(cells)
            if entry is None:
                text = cells[0].text if len(cells) == 1 else "\n".join(cell.text for cell in cells)
                entry = known[cells] = Entry(text, cells[0].line)
            entry.rows.add(index)
    return {column: list(cells.values()) for column, cells in found.items()}


class Filler:
    """Fills one issue from its rows; ``doubts`` takes what is not sure."""

    def __init__(self, issue: ProposedIssue, rows: Sequence[DataRow], reading: Reading, doubts: list[PlanNote]) -> None:
        self._issue = issue
        self._rows = rows
        self._reading = reading
        self._doubts = doubts
        self._made = Making(_NO_ISSUE, issue.record)
        self._entries = entries(rows)
        self._measures: list[_Measure] = []
        self._notes: dict[str, None] = {}  # of the issue, each once
        self._beside: dict[int, list[int]] = {}  # by row: the places of the measures that stand in it
        self._tracks: set[Track] = set()

    def fill(self) -> None:
        self._texts()
        self._planned()
        for entry in self._of(Column.PROGRESS):
            self._progress(entry)
        self._months()
        for column in _DUTIES:
            self._duty(column)
        self._settle_track()
        if self._reading.told:
            self._settle_statuses()
        for column, caption in _NOTED.items():
            for entry in self._of(column):
                self._noted(caption, entry)
        self._closing()
        for caption, entry in self._captioned(row.others for row in self._rows):
            self._noted(caption, entry)
        self._write_notes(self._made, self._notes)
        for measure in self._measures:
            self._write_notes(measure.made, measure.notes)
        self._issue.record = self._made.made()
        self._issue.measures += [ProposedMeasure(one.made.made(), one.line, one.log) for one in self._measures]

    def _of(self, column: Column) -> list[Entry]:
        return self._entries.get(column, [])

    def _standing_at(self, entry: Entry) -> list[_Measure]:
        """The measures beside which a cell stands."""
        places = {at for row in entry.rows for at in self._beside.get(row, ())}
        return [self._measures[at] for at in sorted(places)]

    # --- goal, recommendations, measures

    def _texts(self) -> None:
        goals = [as_one(paragraphs_of(entry.text)) for entry in self._of(Column.GOAL)]
        asked: list[str] = []
        for entry in self._of(Column.RECOMMENDATION):
            introduction, items = split_items(paragraphs_of(entry.text))
            asked += [introduction + items[0], *items[1:]] if items else [introduction]
        if goals:
            before = self._made.get("goal")
            self._made.set(goal="\n".join(dict.fromkeys([before, *goals] if before else goals)))
        if asked:
            self._made.set(recommendations=tuple(dict.fromkeys([*self._made.get("recommendations"), *asked])))

    def _planned(self) -> None:
        for entry in self._of(Column.MEASURE):
            introduction, items = split_items(paragraphs_of(entry.text))
            for i, item in enumerate(items):
                words = _unnumbered(item, len(self._measures) + 1)
                self._add(entry, content=introduction + words if i == 0 else words)

    def _add(self, entry: Entry, **found: str) -> None:
        made = Making(_NO_MEASURE, None, uid=new_uid(), position=len(self._measures) + 1, **found)
        for row in entry.rows:
            self._beside.setdefault(row, []).append(len(self._measures))
        self._measures.append(_Measure(made, entry.line))

    # --- what was done

    def _months(self) -> None:
        """The columns of single months are dated entries: of the measure they stand beside, else of the issue."""
        for caption, entry in self._captioned(row.months for row in self._rows):
            beside = self._standing_at(entry)
            target = beside[0] if len(beside) == 1 < len(self._measures) else self._issue
            words = as_one(paragraphs_of(entry.text))
            date = self._reading.month_ends.get(caption)
            target.log.append(LogEntry(uid=new_uid(), entered_on=date, text=words if date else f"{caption}：{words}"))

    def _progress(self, entry: Entry) -> None:
        paragraphs = paragraphs_of(entry.text)
        beside = self._standing_at(entry)
        if not beside:
            self._told(paragraphs, entry)
            return
        introduction, items = split_items(paragraphs)
        if len(items) == len(beside):
            for i, (measure, item) in enumerate(zip(beside, items, strict=True)):
                _append(measure, introduction + item if i == 0 else item)
        elif len(beside) == 1:
            _append(beside[0], as_one(paragraphs))
        elif len(beside) == len(self._measures) and not self._made.get("public_text"):
            self._made.set(public_text="\n".join(paragraphs))
            words = f"“{self._made.get('title')[:20]}”有{len(beside)}条措施，整改情况是{len(items)}段，没有逐条对应"
            self._doubt("progress", entry, words)
        else:
            _append(beside[0], as_one(paragraphs))
            self._doubt("progress", entry, f"“{self._made.get('title')[:20]}”的整改情况记在第一条措施下")

    def _told(self, paragraphs: Sequence[str], entry: Entry) -> None:
        """What was done where no measure was planned: each part becomes a measure's progress."""
        introduction, items = split_items(paragraphs)
        opening, status, standing = opening_status(introduction or (items[0] if items else ""))
        if opening and not introduction:
            introduction = opening
            items = tuple(part for part in (items[0].removeprefix(opening), *items[1:]) if part)
        self._made.set(
            answer_introduction=self._made.get("answer_introduction") + introduction,
            status=status or self._made.get("status"),
            standing=self._made.get("standing") or standing,
        )
        for item in items:
            self._add(entry, progress=item)

    def _settle_statuses(self) -> None:
        """What a notice tells is done, unless a status or its words say otherwise: a doubt to confirm."""
        overall = self._made.get("status") or Status.DONE
        for measure in self._measures:
            progress = measure.made.get("progress")
            if measure.made.get("status") is not None or not progress:
                continue
            word = unfinished_word(progress)
            measure.made.set(status=Status.IN_PROGRESS if word and overall is Status.DONE else overall)
            if word:
                words = f"“{clipped(self._made.get('title'), 20)}”中有“{word}”，暂记为正在推进"
                self._doubts.append(PlanNote("status", measure.line, words))

    # --- who, until when, how far

    def _duty(self, column: Column) -> None:
        found = [entry for entry in self._of(column) if column is Column.TRACK or not self._dealt_out(column, entry)]
        if not found:
            return
        repeats = column in self._reading.repeating and column not in _OF_EACH_ROW
        same = len(found) == 1 or len({plain(entry.text) for entry in found}) == 1
        same = same and (repeats or len({row for entry in found for row in entry.rows}) == len(self._rows))
        if same or len(self._measures) < 2 or column is Column.TRACK:
            for entry in found[:1] if same else found:
                self._set_on_issue(column, entry)
            return
        for entry in found:
            beside = self._standing_at(entry)
            for measure in beside:
                self._set_on_measure(column, entry, measure)
            if not beside:
                self._set_on_issue(column, entry)

    def _dealt_out(self, column: Column, entry: Entry) -> bool:
        """True where the cell lists one for each measure beside it, and each has got its own."""
        beside = self._standing_at(entry)
        items = one_for_each(entry.text, dated=column is Column.DEADLINE) if len(beside) > 1 else []
        if len(items) != len(beside) or not items:
            return False
        for measure, item in zip(beside, items, strict=True):
            self._set_on_measure(column, Entry(item, entry.line, entry.rows), measure)
        return True

    def _set_on_issue(self, column: Column, entry: Entry) -> None:
        values = self._values(column, entry)
        if not values:
            return
        first, value = next(iter(values.items()))
        before = self._made.get(first)
        if before and before != value:
            self._note(_CAPTIONS[column], entry)
        self._made.set(**{name: value for name, value in values.items() if not self._made.get(name)})

    def _set_on_measure(self, column: Column, entry: Entry, measure: _Measure) -> None:
        values = self._values(column, entry, measure)
        track, standing = values.pop("track", None), values.pop("standing", False)
        if isinstance(track, Track):
            self._tracks.add(track)
        if (track or standing) and not self._made.get("track"):
            self._made.set(standing=self._made.get("standing") or bool(standing))
        if any(measure.made.get(name) not in (None, "", (), value) for name, value in values.items()):
            self._note(_CAPTIONS[column], entry, measure)  # the cells of two rows beside one measure
            return
        measure.made.set(**values)

    def _settle_track(self) -> None:
        """A track on which all measures agree that name one is the issue's."""
        if self._made.get("track") is None and len(self._tracks) == 1:
            self._made.set(track=next(iter(self._tracks)))

    def _values(self, column: Column, entry: Entry, measure: _Measure | None = None) -> dict[str, object]:
        """The fields that the cell gives; none where its words became a note."""
        if column in _NAMES:
            name, read = _NAMES[column]
            return {name: read(entry.text)}
        if column is Column.STATUS:
            return self._status(entry, measure)
        values = self._deadline(as_one(paragraphs_of(unbroken_day(entry.text))))
        if column is Column.DEADLINE:
            return values
        if column is Column.TRACK:
            values = {name: values[name] for name in ("track", "standing")}
        elif column is Column.COMPLETED:
            values = dict[str, object](completed_on=read_day(entry.text))
        if not any(values.values()):
            self._note(_CAPTIONS[column], entry, measure)
            return {}
        return values

    def _deadline(self, text: str) -> dict[str, object]:
        read = read_deadline(text, feedback_date=self._reading.feedback_date)
        return {"deadline": read.text, "due_on": read.due_on, "track": read.track, "standing": read.standing}

    def _status(self, entry: Entry, measure: _Measure | None) -> dict[str, object]:
        status, standing = status_of(entry.text)
        if status is None:
            self._doubt("status", entry, f"完成情况“{one_line(entry.text)[:30]}”不是一种状态，记入备注")
        if status is None or not says_no_more(entry.text):
            shown = replace(entry, text=share_shown(entry.text)) if status else entry
            self._note(_CAPTIONS[Column.STATUS], shown, measure)
        return {"status": status, "standing": standing} if status else {}

    # --- notes

    def _captioned(self, rows: Iterable[tuple[tuple[str, SourceCell], ...]]) -> list[tuple[str, Entry]]:
        """Cells that are known by their captions, each with the rows beside which it stands."""
        found: dict[tuple[str, SourceCell], tuple[str, Entry]] = {}
        for row, pairs in zip(self._rows, rows, strict=True):
            for caption, cell in pairs:
                found.setdefault((caption, cell), (caption, Entry(cell.text, cell.line)))[1].rows.add(row.index)
        return list(found.values())

    def _closing(self) -> None:
        """An issue is closed where none of its rows says otherwise."""
        found = self._of(Column.CLOSING)
        if found and all(_CLOSED.fullmatch(one_line(entry.text)) for entry in found):
            self._made.set(closed=True)
            return
        for entry in found:
            self._noted("销号情况", entry)

    def _noted(self, caption: str, entry: Entry) -> None:
        beside = self._standing_at(entry)
        self._note(caption, entry, beside[0] if len(self._measures) > len(beside) > 0 else None)

    def _note(self, caption: str, entry: Entry, measure: _Measure | None = None) -> None:
        words = as_one(paragraphs_of(entry.text))
        lines = measure.notes if measure else self._notes
        lines[f"{caption}：{words}" if caption else words] = None

    @staticmethod
    def _write_notes(made: Making[Issue] | Making[Measure], lines: Iterable[str]) -> None:
        """Put new notes behind those that the record has."""
        before: str = made.get("note")
        known = dict.fromkeys(before.split("\n") if before else ())
        made.set(note="\n".join({**known, **dict.fromkeys(lines)}))

    def _doubt(self, code: str, entry: Entry, text: str) -> None:
        self._doubts.append(PlanNote(code, entry.line, text))


def _append(measure: _Measure, text: str) -> None:
    before = measure.made.get("progress")
    measure.made.set(progress=as_one([before, text]) if before else text)


def _unnumbered(text: str, number: int) -> str:
    """Without “2.” before a year: “2.2016年” looks like one number and is measure 2 of a list."""
    match = _BEFORE_YEAR.match(text)
    return text[match.end() :] if match and match[1] == str(number) and number > 1 else text
