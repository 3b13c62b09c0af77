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
    paragraphs_of,
    plain,
    read_day,
    read_offices,
    read_people,
    split_items,
)
from zhenggai_desktop.domain.cell_items import read_status as status_of
from zhenggai_desktop.domain.cleaning import clipped
from zhenggai_desktop.domain.deadlines import read_deadline
from zhenggai_desktop.domain.plan import PlanNote, ProposedIssue, ProposedMeasure
from zhenggai_desktop.domain.records import LogEntry, Measure, Status, Track, new_uid
from zhenggai_desktop.domain.status_words import opening_status, unfinished_word
from zhenggai_desktop.domain.table_columns import Column
from zhenggai_desktop.domain.table_rows import DataRow, one_line

_DUTIES = (Column.LEADERS, Column.LEAD_DEPARTMENT, Column.SUPPORTING, Column.OWNER, Column.TRACK, Column.DEADLINE,
           Column.STATUS, Column.COMPLETED)  # fmt: skip
_OF_EACH_ROW = {Column.STATUS, Column.COMPLETED}  # a blank one says nothing, it does not repeat the one above
_NOTED = {Column.RESULT: "取得成效", Column.EVIDENCE: "佐证材料", Column.NOTE: "", Column.CLOSING: "销号情况"}
_CAPTIONS = {Column.STATUS: "完成情况", Column.COMPLETED: "完成时间", Column.TRACK: "整改类型", Column.OWNER: "责任人",
             Column.LEADERS: "责任领导", Column.LEAD_DEPARTMENT: "责任部门", Column.SUPPORTING: "配合部门",
             Column.DEADLINE: "整改时限"}  # fmt: skip
_NAMES: dict[Column, tuple[str, Callable[[str], object]]] = {
    Column.LEADERS: ("leaders", read_people),
    Column.LEAD_DEPARTMENT: ("lead_department", lambda text: "、".join(read_offices(text))),
    Column.SUPPORTING: ("supporting_departments", read_offices),
    Column.OWNER: ("owner", lambda text: "、".join(read_people(text))),
}
_CLOSED = re.compile(r"已?(?:同意)?(?:对账)?销号|是|√|✓|已经?销号")
_PLAIN_STATUS = re.compile(
    r"(?:已?(?:全部)?(?:整改)?完成(?:整改)?|是|否|√|×|基本完成|正在推进|推进中|整改中|进行中|未完成|未启动|持续推进|正在整改)?"
    r"[，、；]?(?:并)?(?:长期坚持|持续坚持)?"
)


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


def entries(rows: Iterable[DataRow], column: Column) -> list[Entry]:
    """The distinct cells of a meaning with their rows; several columns of one meaning are read as one."""
    found: dict[tuple[SourceCell, ...], Entry] = {}
    for row in rows:
        cells = row.cells.get(column, ())
        if cells:
            text = "\n".join(cell.text for cell in cells)
            found.setdefault(cells, Entry(text, cells[0].line)).rows.add(row.index)
    return list(found.values())


class Filler:
    """Fills one issue from its rows; ``doubts`` takes what is not sure."""

    def __init__(self, issue: ProposedIssue, rows: Sequence[DataRow], reading: Reading, doubts: list[PlanNote]) -> None:
        self._issue = issue
        self._rows = rows
        self._reading = reading
        self._doubts = doubts
        self._beside: list[tuple[ProposedMeasure, set[int]]] = []
        self._tracks: set[Track] = set()

    def fill(self) -> None:
        self._texts()
        self._measures()
        for entry in entries(self._rows, Column.PROGRESS):
            self._progress(entry)
        self._months()
        for column in _DUTIES:
            self._duty(column)
        self._settle_track()
        if self._reading.told:
            self._settle_statuses()
        for column, caption in _NOTED.items():
            for entry in entries(self._rows, column):
                self._noted(caption, entry)
        for caption, entry in self._captioned(row.others for row in self._rows):
            self._noted(caption, entry)
        self._issue.measures += [measure for measure, _ in self._beside]

    # --- goal, recommendations, measures

    def _texts(self) -> None:
        goals = [as_one(paragraphs_of(entry.text)) for entry in entries(self._rows, Column.GOAL)]
        asked: list[str] = []
        for entry in entries(self._rows, Column.RECOMMENDATION):
            introduction, items = split_items(paragraphs_of(entry.text))
            asked += [introduction + items[0], *items[1:]] if items else [introduction]
        record = self._issue.record
        self._issue.record = replace(
            record,
            goal="\n".join(dict.fromkeys([record.goal, *goals] if record.goal else goals)),
            recommendations=tuple(dict.fromkeys([*record.recommendations, *asked])),
        )

    def _measures(self) -> None:
        for entry in entries(self._rows, Column.MEASURE):
            introduction, items = split_items(paragraphs_of(entry.text))
            for i, item in enumerate(items):
                words = _unnumbered(item, len(self._beside) + 1)
                self._add(Measure(content=introduction + words if i == 0 else words), entry)

    def _add(self, measure: Measure, entry: Entry) -> None:
        stored = replace(measure, uid=new_uid(), position=len(self._beside) + 1)
        self._beside.append((ProposedMeasure(stored, entry.line), entry.rows))

    # --- what was done

    def _months(self) -> None:
        """The columns of single months are dated entries: of the measure they stand beside, else of the issue."""
        for caption, entry in self._captioned(row.months for row in self._rows):
            beside = [measure for measure, rows in self._beside if rows & entry.rows]
            target = beside[0] if len(beside) == 1 < len(self._beside) else self._issue
            words = as_one(paragraphs_of(entry.text))
            date = self._reading.month_ends.get(caption)
            target.log.append(LogEntry(uid=new_uid(), entered_on=date, text=words if date else f"{caption}：{words}"))

    def _progress(self, entry: Entry) -> None:
        paragraphs = paragraphs_of(entry.text)
        beside = [measure for measure, rows in self._beside if rows & entry.rows]
        if not beside:
            self._told(paragraphs, entry)
            return
        introduction, items = split_items(paragraphs)
        if len(items) == len(beside):
            for i, (measure, item) in enumerate(zip(beside, items, strict=True)):
                _append(measure, introduction + item if i == 0 else item)
        elif len(beside) == 1:
            _append(beside[0], as_one(paragraphs))
        elif len(beside) == len(self._beside) and not self._issue.record.public_text:
            self._issue.record = replace(self._issue.record, public_text="\n".join(paragraphs))
            words = f"“{self._issue.record.title[:20]}”有{len(beside)}条措施，整改情况是{len(items)}段，没有逐条对应"
            self._doubt("progress", entry, words)
        else:
            _append(beside[0], as_one(paragraphs))
            self._doubt("progress", entry, f"“{self._issue.record.title[:20]}”的整改情况记在第一条措施下")

    def _told(self, paragraphs: Sequence[str], entry: Entry) -> None:
        """What was done where no measure was planned: each part becomes a measure's progress."""
        introduction, items = split_items(paragraphs)
        opening, status, standing = opening_status(introduction or (items[0] if items else ""))
        if opening and not introduction:
            introduction = opening
            items = tuple(part for part in (items[0].removeprefix(opening), *items[1:]) if part)
        record = self._issue.record
        self._issue.record = replace(
            record,
            answer_introduction=record.answer_introduction + introduction,
            status=status or record.status,
            standing=record.standing or standing,
        )
        for item in items:
            self._add(Measure(progress=item), entry)

    def _settle_statuses(self) -> None:
        """What a notice tells is done, unless a status or its words say otherwise: a doubt to confirm."""
        overall = self._issue.record.status or Status.DONE
        for measure, _ in self._beside:
            if measure.record.status is not None or not measure.record.progress:
                continue
            word = unfinished_word(measure.record.progress)
            status = Status.IN_PROGRESS if word and overall is Status.DONE else overall
            measure.record = replace(measure.record, status=status)
            if word:
                words = f"“{clipped(self._issue.record.title, 20)}”中有“{word}”，暂记为正在推进"
                self._doubts.append(PlanNote("status", measure.line, words))

    # --- who, until when, how far

    def _duty(self, column: Column) -> None:
        found = entries(self._rows, column)
        covered = {row for entry in found for row in entry.rows}
        repeats = column in self._reading.repeating and column not in _OF_EACH_ROW
        whole = repeats or covered >= {row.index for row in self._rows}
        same = len({plain(entry.text) for entry in found}) == 1 and whole
        if same or len(self._beside) < 2 or column is Column.TRACK:
            for entry in found[:1] if same else found:
                self._set_on_issue(column, entry)
            return
        for entry in found:
            beside = [measure for measure, rows in self._beside if rows & entry.rows]
            for measure in beside:
                self._set_on_measure(column, entry, measure)
            if not beside:
                self._set_on_issue(column, entry)

    def _set_on_issue(self, column: Column, entry: Entry) -> None:
        values = self._values(column, entry)
        record = self._issue.record
        if not values:
            return
        first, value = next(iter(values.items()))
        if getattr(record, first) and getattr(record, first) != value:
            self._note(_CAPTIONS[column], entry)
        wanted = {name: value for name, value in values.items() if not getattr(record, name)}
        if wanted:
            self._issue.record = replace(self._issue.record, **wanted)

    def _set_on_measure(self, column: Column, entry: Entry, measure: ProposedMeasure) -> None:
        values = self._values(column, entry, measure)
        track, standing = values.pop("track", None), values.pop("standing", False)
        if isinstance(track, Track):
            self._tracks.add(track)
        if (track or standing) and not self._issue.record.track:
            self._issue.record = replace(self._issue.record, standing=self._issue.record.standing or bool(standing))
        if any(getattr(measure.record, name) not in (None, "", (), value) for name, value in values.items()):
            self._note(_CAPTIONS[column], entry, measure)  # the cells of two rows beside one measure
            return
        if any(getattr(measure.record, name) != value for name, value in values.items()):
            measure.record = replace(measure.record, **values)

    def _settle_track(self) -> None:
        """A track on which all measures agree that name one is the issue's."""
        if self._issue.record.track is None and len(self._tracks) == 1:
            self._issue.record = replace(self._issue.record, track=next(iter(self._tracks)))

    def _values(self, column: Column, entry: Entry, measure: ProposedMeasure | None = None) -> dict[str, object]:
        """The fields that the cell gives; none where its words became a note."""
        if column in _NAMES:
            name, read = _NAMES[column]
            return {name: read(entry.text)}
        if column is Column.STATUS:
            return self._status(entry, measure)
        values = self._deadline(as_one(paragraphs_of(entry.text)))
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

    def _status(self, entry: Entry, measure: ProposedMeasure | None) -> dict[str, object]:
        status, standing = status_of(entry.text)
        if status is None:
            self._doubt("status", entry, f"完成情况“{one_line(entry.text)[:30]}”不是一种状态，记入备注")
        if status is None or not _PLAIN_STATUS.fullmatch(plain(one_line(entry.text))):
            self._note(_CAPTIONS[Column.STATUS], entry, measure)
        return {"status": status, "standing": standing} if status else {}

    # --- notes

    def _captioned(self, rows: Iterable[tuple[tuple[str, SourceCell], ...]]) -> list[tuple[str, Entry]]:
        """Cells that are known by their captions, each with the rows beside which it stands."""
        found: dict[tuple[str, SourceCell], tuple[str, Entry]] = {}
        for row, pairs in zip(self._rows, rows, strict=True):
            for caption, cell in pairs:
                found.setdefault((caption, cell), (caption, Entry(cell.text, cell.line)))[1].rows.add(row.index)
        return list(found.values())

    def _noted(self, caption: str, entry: Entry) -> None:
        if caption == "销号情况" and _CLOSED.fullmatch(one_line(entry.text)):
            self._issue.record = replace(self._issue.record, closed=True)
            return
        beside = [measure for measure, rows in self._beside if rows & entry.rows]
        self._note(caption, entry, beside[0] if len(self._beside) > len(beside) > 0 else None)

    def _note(self, caption: str, entry: Entry, measure: ProposedMeasure | None = None) -> None:
        words = as_one(paragraphs_of(entry.text))
        target = measure or self._issue
        text = f"{caption}：{words}" if caption else words
        before = target.record.note
        if text in before.split("\n"):
            return
        note = f"{before}\n{text}" if before else text
        if isinstance(target, ProposedMeasure):
            target.record = replace(target.record, note=note)
        else:
            target.record = replace(target.record, note=note)

    def _doubt(self, code: str, entry: Entry, text: str) -> None:
        self._doubts.append(PlanNote(code, entry.line, text))


def _append(measure: ProposedMeasure, text: str) -> None:
    before = measure.record.progress
    measure.record = replace(measure.record, progress=as_one([before, text]) if before else text)


def _unnumbered(text: str, number: int) -> str:
    """Without “2.” before a year: “2.2016年” looks like one number and is measure 2 of a list."""
    return re.sub(rf"^{number}[.．](?=(?:19|20)\d\d\D)", "", text) if number > 1 else text
