"""Takes returned sheets in, any number at once: one preview, one step, one undo."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast

from zhenggai_desktop.domain.frame import printed_date
from zhenggai_desktop.domain.merging import FieldChange, Merge, merge
from zhenggai_desktop.domain.named_rows import RowFinder
from zhenggai_desktop.domain.newly_said import is_told, newly_said
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.portable import Fields, Key, Portable, portable, record_ids, to_text
from zhenggai_desktop.domain.records import DistributionRound, Issue, LogEntry, Measure, Snapshot, new_uid
from zhenggai_desktop.domain.returned_sheets import Returned, read_returned
from zhenggai_desktop.domain.sheet_answers import Reading, interpret
from zhenggai_desktop.errors import SourceError, ZhenggaiError
from zhenggai_desktop.services.importing import WORKBOOK_SUFFIXES
from zhenggai_desktop.services.merge_writing import (
    TAKE_CLEAN,
    Decisions,
    Line,
    Taken,
    change_line,
    place_of,
    taken_into,
    write_addition,
    write_changes,
)
from zhenggai_desktop.services.ticking import Tick, no_tick
from zhenggai_desktop.texts import field_name, list_text

if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger

COLLECTING = "收回填报表"
"""How the step of a collection is called, with the number of its files behind."""
_NOT_COMPARED = frozenset({"issue_id"})


@dataclass(slots=True)
class FileReport:
    """What one returned file brings. ``error`` is the sentence for a file that could not be read."""

    path: Path
    recipient: str = ""
    taken: Taken = field(default_factory=Taken)
    missing: list[str] = field(default_factory=list[str])
    doubts: list[str] = field(default_factory=list[str])
    error: str = ""


@dataclass(slots=True)
class Collection:
    """What all files bring to one state of the ledger, ready to be looked at and applied."""

    files: list[FileReport] = field(default_factory=list[FileReport])
    returned: list[str] = field(default_factory=list[str])
    outstanding: list[str] = field(default_factory=list[str])
    changes: list[FieldChange] = field(default_factory=list[FieldChange])
    conflicts: list[FieldChange] = field(default_factory=list[FieldChange])
    additions: list[tuple[Key, Fields]] = field(default_factory=list[tuple[Key, Fields]])
    rounds: list[str] = field(default_factory=list[str])
    reporters: dict[Key, tuple[str, ...]] = field(default_factory=dict[Key, tuple[str, ...]])
    """Who told the progress of a measure."""

    def message(self) -> str:
        """Who returned and who did not, as a text to paste into a chat."""
        parts = [f"已返回{len(self.returned)}个：{'、'.join(self.returned)}。"] if self.returned else []
        if self.outstanding:
            parts.append(f"尚未返回{len(self.outstanding)}个：{'、'.join(self.outstanding)}，请尽快填报并发回。")
        return "整改填报表收集情况：" + ("".join(parts) or "还没有分发。")


def plan_collection(snapshot: Snapshot, paths: Sequence[Path], tick: Tick = no_tick) -> Collection:
    """What the files at ``paths`` would do. Each file is compared with what the files before it bring.

    A file that cannot be read is said in its report and does not stop the others. ``tick`` counts the files.
    """
    collecting = _Collecting(snapshot)
    for at, path in enumerate(paths):
        tick(at, len(paths))
        collecting.take(path)
    return collecting.finished()


def apply_collection(
    ledger: Ledger, collection: Collection, decisions: Decisions = TAKE_CLEAN, *, today: dt.date
) -> bool:
    """Write the clean changes, the conflicts as decided, and the additions that are wanted, as one step; False where
    nothing was to be written. By itself no addition is taken.

    What is told anew of a measure's progress is an entry of the day too: reports and reminders ask these when it was
    heard of last.
    """
    changes = [*collection.changes, *decisions.settled(collection.conflicts, collection.changes)]
    wanted = [addition for at, addition in enumerate(collection.additions) if decisions.wants(at)]
    open_rounds = {one.uid for one in ledger.snapshot.distribution_rounds if one.returned_on is None}
    if not (changes or wanted or open_rounds.intersection(collection.rounds)):
        return False
    ids = record_ids(ledger.snapshot)
    with (
        ledger.backed_up(f"{COLLECTING}前"),
        ledger.step(f"{COLLECTING}（{len(collection.rounds) or len(collection.files)}份）") as writer,
    ):
        write_changes(changes, writer, ids)
        for key, values in wanted:
            write_addition(key, values, writer, ids)
        reporters = {key: list_text(names) for key, names in collection.reporters.items()}
        known = _Entries(ledger.snapshot, collection, reporters, today)
        for key, text in _told(changes, wanted, known):
            writer.add(LogEntry(measure_id=ids[key], entered_on=today, text=text, reporter=reporters[key]))
        for entry_id in known.corrected:
            writer.remove(LogEntry, entry_id)
        for uid in open_rounds.intersection(collection.rounds):  # the first return counts
            writer.update(DistributionRound, ids[DistributionRound, uid], returned_on=today)
    return True


def is_returned(snapshot: Snapshot, path: Path) -> bool:
    """True for a sheet that this ledger sent to somebody to fill in, whatever it is called now."""
    if path.suffix.lower() not in WORKBOOK_SUFFIXES:
        return False
    try:
        returned = _read(path)
    except ZhenggaiError:
        return False
    return bool(returned.ledger_uid) and returned.ledger_uid == snapshot.facts.uid


class _Collecting:
    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._records: Portable = portable(snapshot)
        outline = Outline(snapshot)
        self._numbers = {outline.issue(at).uid: number for at, number in outline.numbers().items()}
        self._rounds = {sending.uid: sending for sending in snapshot.distribution_rounds}
        self._latest = {sending.recipient: sending for sending in snapshot.distribution_rounds}
        self._finder = RowFinder(snapshot)
        self._found = Collection()

    def take(self, path: Path) -> None:
        report = FileReport(path)
        self._found.files.append(report)
        try:
            returned = _read(path)
        except ZhenggaiError as error:
            report.error = str(error)
            return
        if returned.ledger_uid and returned.ledger_uid != self._snapshot.facts.uid:
            report.error = f"“{path.name}”是另一个台账分发的，没有收入。"
            return
        sending = self._rounds.get(returned.round_uid) or self._round_by_rows(returned)
        report.recipient = returned.recipient or (sending.recipient if sending else "")
        reading = interpret(returned, self._finder, _base(returned, sending))
        report.doubts = reading.doubts
        if not (sending or returned.base):
            report.doubts.insert(0, "底稿丢失，只能与台账现在的内容比较，有出入的都列为冲突")
        self._merge(reading, report)
        if sending is not None:
            if not self._is_current(sending):
                report.doubts.insert(0, _old_sheet(sending, self._latest[sending.recipient]))
            self._found.rounds.append(sending.uid)

    def _round_by_rows(self, returned: Returned) -> DistributionRound | None:
        """The round of a sheet that lost its hidden part, where its rows were sent only once; an old round taken for
        a new one would bring back what the office changed since."""
        rows = {row.row_id for row in returned.rows if row.row_id}
        sent = self._snapshot.distribution_rounds if rows and not returned.base else ()
        found = [one for one in sent if one.base_values and rows & json.loads(one.base_values).keys()]
        return found[0] if len(found) == 1 and rows <= json.loads(found[0].base_values).keys() else None

    def _merge(self, reading: Reading, report: FileReport) -> None:
        merged = merge(reading.base, self._records, reading.theirs, ignored=_NOT_COMPARED)
        _ask_where_nothing_was_sent(merged, reading)
        report.taken.changes = [self._line(change) for change in merged.changes]
        report.taken.conflicts = [self._line(change) for change in merged.conflicts]
        report.missing = [place_of(key, self._records, self._numbers) for key in merged.missing]
        report.doubts += [f"{reading.places[key]}：这一条已从台账删除，没有收入" for key in merged.gone]
        taken_into(self._records, merged.changes)
        self._found.changes += merged.changes
        self._found.conflicts += merged.conflicts
        for change in filter(_is_progress, (*merged.changes, *merged.conflicts)):
            names = dict.fromkeys((*self._found.reporters.get(change.key, ()), report.recipient))
            self._found.reporters[change.key] = tuple(filter(None, names))
        for added in reading.added:
            key: Key = (Measure, new_uid())
            values: Fields = {**added.values, "issue_id": added.issue_uid}
            if self._is_there(values):
                continue
            if self._is_offered(values):
                words = values["content"]
                report.doubts.append(f"前面一份表也新增了措施“{words}”，进展等不一样，请只选其中一条")
            self._records[key] = values
            self._found.reporters[key] = (report.recipient,)
            self._found.additions.append((key, values))
            place = place_of((Issue, added.issue_uid), self._records, self._numbers)
            report.taken.additions.append(Line(place, theirs=_addition_words(values)))

    def _is_offered(self, values: Fields) -> bool:
        """True for a measure that another of these files brings to the same issue in the same words."""
        names = ("issue_id", "content")
        known = (other for _, other in self._found.additions)
        return bool(values["content"]) and any(all(one[name] == values[name] for name in names) for one in known)

    def _is_there(self, values: Fields) -> bool:
        """True for a measure that was taken in before: the same file may come twice."""
        names = ("issue_id", "content", "progress")
        return any(
            key[0] is Measure and all((known.get(name) or "") == (values.get(name) or "") for name in names)
            for key, known in self._records.items()
        )

    def _line(self, change: FieldChange) -> Line:
        return change_line(place_of(change.key, self._records, self._numbers), change)

    def finished(self) -> Collection:
        found = self._found
        found.rounds = list(dict.fromkeys(found.rounds))
        for recipient in self._latest:
            sent = [one for one in self._rounds.values() if one.recipient == recipient and self._is_current(one)]
            done = any(one.returned_on is not None or one.uid in found.rounds for one in sent)
            (found.returned if done else found.outstanding).append(recipient)
        return found

    def _is_current(self, sending: DistributionRound) -> bool:
        """True for the recipient's latest sheet and for others that were sent on the same day."""
        return sending.sent_on == self._latest[sending.recipient].sent_on


def _is_progress(change: FieldChange) -> bool:
    return change.key[0] is Measure and change.name == "progress"


class _Entries:
    """What was told of each measure since the sheets went out: the same words of a round before were of another month.
    ``corrected`` are the ids of entries that who told them the same day takes back."""

    def __init__(
        self, snapshot: Snapshot, collection: Collection, reporters: Mapping[Key, str], today: dt.date
    ) -> None:
        self._reporters, self._today = reporters, today
        self.corrected: set[int] = set()
        uids = {measure.id: measure.uid for measure in snapshot.measures}
        self._of: dict[str, list[LogEntry]] = {}
        sent = [one.sent_on or dt.date.min for one in snapshot.distribution_rounds if one.uid in collection.rounds]
        since = min(sent, default=dt.date.min)
        for entry in snapshot.log_entries:
            if entry.measure_id is not None and (entry.entered_on or dt.date.min) >= since:
                self._of.setdefault(uids[entry.measure_id], []).append(entry)

    def before(self, change: FieldChange) -> str:
        """All that was said of the measure's progress before this change, without what it puts right."""
        ours, entries = str(change.ours or ""), self._of.get(change.key[1], ())
        corrected = {entry.id for entry in entries if self._is_corrected(entry, change)}
        self.corrected |= corrected
        texts = (entry.text for entry in entries if entry.id not in corrected)
        return "\n".join((str(change.base or ""), "" if corrected else ours, *texts))

    def _is_corrected(self, entry: LogEntry, change: FieldChange) -> bool:
        own = (entry.entered_on, entry.reporter) == (self._today, self._reporters[change.key])
        return own and is_told(entry.text, str(change.ours or "")) and not is_told(entry.text, str(change.theirs or ""))


def _told(
    changes: Iterable[FieldChange], additions: Iterable[tuple[Key, Fields]], known: _Entries
) -> Iterator[tuple[Key, str]]:
    """What is told anew of the progress of measures, of one that several sheets speak of in their order."""
    texts: dict[Key, list[str]] = {}
    for change in filter(_is_progress, changes):
        texts.setdefault(change.key, []).append(newly_said(known.before(change), str(change.theirs or "")))
    texts |= {key: [newly_said("", str(values.get("progress") or ""))] for key, values in additions}
    return ((key, text) for key, found in texts.items() if (text := "\n".join(filter(None, found))))


def _old_sheet(sending: DistributionRound, latest: DistributionRound) -> str:
    old, new = (printed_date(one.sent_on) if one.sent_on else "某日" for one in (sending, latest))
    return f"这是{old}分发的旧表，{new}又分发过新表：内容照收，但不算这一次已返回，请催收新表"


def _addition_words(values: Fields) -> str:
    """“建立台账（整改进展：已着手）”: all that a new measure says."""
    said = [
        (field_name(Measure, name), text)
        for name in ("progress", "status", "completed_on", "note")
        if (text := to_text(Measure, name, values.get(name)))
    ]
    more = "；".join(f"{caption}：{text}" for caption, text in said)
    content = str(values["content"])
    return f"{content}（{more}）" if content and more else content or more


def _ask_where_nothing_was_sent(merged: Merge, reading: Reading) -> None:
    """A record whose values at sending nobody knows can have been changed here since: a person decides."""
    unknown = [change for change in merged.changes if change.key not in reading.base]
    merged.conflicts[:0] = unknown
    merged.changes = [change for change in merged.changes if change.key in reading.base]


def _read(path: Path) -> Returned:
    from zhenggai_desktop.formats.sheet_reader import read_workbook  # noqa: PLC0415 - calamine loads late

    returned = read_returned(read_workbook(path))
    if returned is None:
        raise SourceError(f"“{path.name}”里没有填报表", "请核对是不是发错了文件")
    return returned


def _base(returned: Returned, sending: DistributionRound | None) -> Mapping[str, Mapping[str, str]]:
    """The values at sending: as the ledger remembers them, else as they travelled along, in one hidden sheet or in
    those of several departments that somebody put into one workbook."""
    if sending is None or not sending.base_values:
        return returned.base
    return {**returned.base, **cast("Mapping[str, Mapping[str, str]]", json.loads(sending.base_values))}
