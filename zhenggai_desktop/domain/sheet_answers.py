"""What the rows of a returned sheet say of the ledger's records, ready to be merged.

Nothing that somebody wrote is passed over: what cannot be taken is said, with its place and its words.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from zhenggai_desktop.domain.cell_items import read_day
from zhenggai_desktop.domain.distribution import FILLED, READ, key_of, marks, marks_at_sending
from zhenggai_desktop.domain.matching import bare_text
from zhenggai_desktop.domain.named_rows import RowFinder
from zhenggai_desktop.domain.portable import Fields, Key, Portable, blanks, from_text
from zhenggai_desktop.domain.records import Issue, Measure, Record
from zhenggai_desktop.domain.returned_sheets import Returned, ReturnedRow, shown
from zhenggai_desktop.domain.status_cells import read_status

_CAPTIONS: Mapping[str, str] = dict((*READ, *FILLED))
_NEW = ("content", *(name for name, _ in FILLED))
_NUMBER = re.compile(r"[\d\s一二三四五六七八九十百.．、,，:：()（）第条项‐-―−－-]+")
_NAMING = ("issue", "manifestation", "content")  # columns by whose words a row is known


@dataclass(slots=True)
class Reading:
    """``theirs`` and ``base`` are in the form of ``merging.merge``; ``added`` are measures to be offered.

    ``doubts`` are sentences that begin with the place in the sheet; ``places`` say it for each of ``theirs``.
    """

    theirs: Portable = field(default_factory=dict[Key, Fields])
    base: Portable = field(default_factory=dict[Key, Fields])
    added: list[AddedMeasure] = field(default_factory=list["AddedMeasure"])
    doubts: list[str] = field(default_factory=list[str])
    places: dict[Key, str] = field(default_factory=dict[Key, str])


@dataclass(frozen=True, slots=True)
class AddedMeasure:
    """A measure that the sheet brings: below which issue, and what it says."""

    issue_uid: str
    values: Fields


def interpret(returned: Returned, finder: RowFinder, base: Mapping[str, Mapping[str, str]]) -> Reading:
    """What the returned rows say of the ledger's records. ``base`` are the values at sending, {} where unknown."""
    return _Interpreter(returned, finder, base).read()


class _Interpreter:
    def __init__(self, returned: Returned, finder: RowFinder, base: Mapping[str, Mapping[str, str]]) -> None:
        self._returned, self._finder, self._base = returned, finder, base
        self._sent = {key_of(row_id) for row_id in base}
        self._groups: dict[Key, list[ReturnedRow]] = {}
        self._above: dict[str, set[Key]] = defaultdict(set)  # by sheet
        self._counts = Counter(row.row_id for row in returned.rows)
        self._first_words: dict[tuple[str, str], str] = {}  # by sheet and id
        self._reading = Reading(doubts=list(returned.doubts))
        self._ids_by_words: dict[tuple[str, ...], list[str]] = {}
        for row_id, values in base.items():
            self._ids_by_words.setdefault(_naming(marks_at_sending(values)), []).append(row_id)

    def read(self) -> Reading:
        for row_id, values in self._base.items():
            key = key_of(row_id)
            self._reading.base[key], _ = _typed(key[0], values)
        added: list[ReturnedRow] = []
        for row in self._returned.rows:
            key = self._key(row)
            if key is None:
                added.append(row)
            else:
                self._groups.setdefault(key, []).append(row)
                self._above[row.sheet].add(key)
        for key, rows in self._groups.items():
            self._answer(key, rows)
        for row in added:
            self._added(row)
        return self._reading

    # --- of which record a row speaks

    def _key(self, row: ReturnedRow) -> Key | None:
        """The record of a row, None for a row that brings something new."""
        if sorted_apart := self._sorted_apart(row):
            return key_of(sorted_apart)
        if row.row_id:
            key = key_of(row.row_id)
            if key in self._sent or self._finder.knows(key):
                return None if self._is_copied(key, row) else key
        issue = self._finder.issue(row.texts)
        if issue is None:
            return None
        content = row.texts.get("content", "")
        if content:
            measure = self._finder.measure(issue, content, self._above[row.sheet])
            return (Measure, measure.uid) if measure is not None else None
        key = (Issue, issue.uid)
        alone = self._finder.is_without_measures(issue) and f"I:{issue.uid}" not in self._counts
        return key if alone else None

    def _sorted_apart(self, row: ReturnedRow) -> str:
        """The id of the row that was sent with the words of this one, where its own was sent with other words: who
        sorts only the columns that he sees leaves the hidden ids where they were. "" for any other row."""
        sent = marks_at_sending(self._base.get(row.row_id, {}))
        if not sent or not row.texts.get("issue"):
            return ""
        now = marks(row.texts)
        found = self._ids_by_words.get(_naming(now), [])
        if _naming(sent) == _naming(now) or len(found) != 1:
            return ""
        if not row.texts.get("content") and (found[0][:1] == "M" or _naming(sent)[:2] == _naming(now)[:2]):
            return ""  # words that were emptied are those of no other row
        self._doubt(row, "文字与隐藏的标识对不上（可能只给看得见的列排过序），按文字收入，请核对")
        return found[0]

    def _is_copied(self, key: Key, row: ReturnedRow) -> bool:
        """True for a row that was copied, hidden id and all, to write one more measure into it."""
        words = bare_text(row.texts.get("content", ""))
        if not words or self._counts[row.row_id] == 1:
            return False
        if key[0] is Issue:
            return key in self._above[row.sheet]
        sent = marks_at_sending(self._base.get(row.row_id, {})).get("content")
        if sent is not None:
            return marks(row.texts)["content"] != sent
        return self._first_words.setdefault((row.sheet, row.row_id), words) != words

    # --- what it says of it

    def _answer(self, key: Key, rows: list[ReturnedRow]) -> None:
        """What the rows of one record say: of several each field is taken from the first that says something new."""
        record_type = key[0]
        before = self._reading.base.get(key) or blanks(record_type)
        values: Fields = {}
        for row in rows:
            own, unread = _typed(record_type, row.texts)
            self._doubt_unread(row, unread)
            self._doubt_reworded(key, row)
            for name, value in own.items():
                if name not in values or values[name] == before.get(name):
                    values[name] = value
                elif value not in (values[name], before.get(name)):
                    self._doubt(row, f"与{rows[0].place}是同一条，“{_CAPTIONS[name]}”写的不一样，没有收入："
                                     f"{shown(row.texts[name])}")  # fmt: skip
        self._reading.theirs[key] = values
        self._reading.places[key] = f"{rows[0].place}{_said(rows[0])}"
        if record_type is Issue:
            for row in rows:
                if row.texts.get("progress") or row.texts.get("content"):
                    self._first_measure(row, key)

    def _first_measure(self, row: ReturnedRow, key: Key) -> None:
        """The measure that is written into an issue's own row: one that came before, or one to be offered.

        Its note is the issue's, and so are the values that the row was sent with.
        """
        issue = self._finder.by_uid(key[1])
        if issue is None:
            self._doubt(row, f"这个问题已从台账删除，没有收入：{_said(row)}")
            return
        measure = self._finder.measure(issue, row.texts.get("content", ""), self._reading.theirs)
        if measure is None:
            self._offer(row, issue.uid, besides=("note",))
            return
        values, _ = _typed(Measure, row.texts)
        sent = self._reading.base.get(key)
        own: Key = (Measure, measure.uid)
        self._reading.theirs[own] = {
            name: value
            for name, value in values.items()
            if name != "note" and (sent is None or name not in sent or value != sent[name])
        }
        self._reading.places[own] = f"{row.place}{_said(row)}"
        if sent is not None:
            self._reading.base[own] = blanks(Measure)  # there was none when the sheet was sent

    def _added(self, row: ReturnedRow) -> None:
        """A row that is new: a measure to be offered, or words that have no place."""
        texts = row.texts
        if not any(text for name, text in texts.items() if name != "number" or not text.isdecimal()):
            return
        issue = self._finder.issue(texts)
        if not any(texts.get(name) for name in _NEW):
            self._doubt(row, f"这一行不是填报的内容，没有收入：{_said(row)}")
        elif issue is None:
            self._doubt(row, f"看不出属于台账里的哪个问题，没有收入：{_said(row)}。请核对后在台账里填写")
        elif not (texts.get("content") or texts.get("progress")):
            self._doubt(row, f"没有写整改措施和整改进展，看不出属于哪一条，没有收入：{_said(row)}")
        else:
            self._offer(row, issue.uid)

    def _offer(self, row: ReturnedRow, issue_uid: str, besides: Collection[str] = ()) -> None:
        values, unread = _typed(Measure, row.texts)
        self._doubt_unread(row, unread)
        values = {name: value for name, value in values.items() if name not in besides}
        values["content"] = row.texts.get("content", "")
        self._reading.added.append(AddedMeasure(issue_uid, values))

    def _doubt_reworded(self, key: Key, row: ReturnedRow) -> None:
        """Say what was changed since sending in a column that is only read, unless it was just emptied."""
        row_id = f"{'M' if key[0] is Measure else 'I'}:{key[1]}"
        number = row.texts.get("number", "")
        if number and _NUMBER.fullmatch(number) is None:
            self._doubt(row, f"“{_CAPTIONS['number']}”写的{shown(number)}不是序号，没有收入")
        sent = marks_at_sending(self._base.get(row_id, {}))
        if not sent:
            return
        for name, mark in marks(row.texts).items():
            is_open = key[0] is Issue and name == "content"
            if row.texts.get(name) and sent.get(name, mark) != mark and not is_open:
                what = f"“{_CAPTIONS[name]}”改成了{shown(row.texts[name])}"
                self._doubt(row, f"{what}，这一列只供阅读，没有收入")

    def _doubt_unread(self, row: ReturnedRow, names: list[str]) -> None:
        for name in names:
            self._doubt(row, f"“{_CAPTIONS[name]}”写的{shown(row.texts[name])}看不懂，没有收入")

    def _doubt(self, row: ReturnedRow, text: str) -> None:
        sentence = f"{row.place}：{text}"
        if sentence not in self._reading.doubts:
            self._reading.doubts.append(sentence)


def _naming(found: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(found.get(name, "") for name in _NAMING)


def _said(row: ReturnedRow) -> str:
    """The words of a row, for a sentence."""
    texts = (text for name, text in row.texts.items() if text and (name != "number" or not _NUMBER.fullmatch(text)))
    return "".join(map(shown, texts)) or shown(row.texts.get("number", ""))


def _typed(record_type: type[Record], texts: Mapping[str, str]) -> tuple[Fields, list[str]]:
    """The typed values of the fields that are to be filled, and the names of those that hold no value."""
    values: Fields = {}
    unread: list[str] = []
    for name, _ in FILLED:
        if name not in texts or (record_type is Issue and name == "progress"):
            continue
        try:
            values[name] = _value(record_type, name, texts[name])
        except ValueError:
            unread.append(name)
    return values, unread


def _value(record_type: type[Record], name: str, text: str) -> object:
    """The value of a cell in any office's words; ValueError for words that mean none."""
    if name == "status" and text:
        status, _ = read_status(text)
        if status is None:
            raise ValueError(text)
        return status
    if name == "completed_on" and text:
        day = read_day(text)
        if day is None:
            raise ValueError(text)
        return day
    return from_text(record_type, name, text)
