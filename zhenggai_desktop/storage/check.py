"""The check of the file: is it whole, do its rows hold together. What it finds are sentences for a clerk."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from zhenggai_desktop.domain.layout_file import read_profile
from zhenggai_desktop.domain.office_rules import load_rules
from zhenggai_desktop.domain.records import RECORD_TYPES, Issue, LedgerFacts
from zhenggai_desktop.domain.schemes import own_scheme
from zhenggai_desktop.errors import UsageError
from zhenggai_desktop.storage.codec import Codec, codec
from zhenggai_desktop.storage.schema import RECORD_TYPE_OF
from zhenggai_desktop.storage.store import SIBLINGS
from zhenggai_desktop.texts import RECORD_NAMES

_DEEPEST = 3  # issues nest up to three deep under a section


_SETTINGS: tuple[tuple[tuple[str, ...], Callable[[LedgerFacts], object], str], ...] = (
    (
        ("rules",),
        lambda facts: load_rules(facts.rules),
        "本单位规定无法识别，现按通常做法办。请在“台账信息”里重新设置。",
    ),
    (
        ("scheme", "scheme_changes"),
        own_scheme,
        "标题方案无法识别，通报现按没有改动的方案排。请在“通报”里重新选择。",
    ),
    (
        ("layout_profile",),
        lambda facts: read_profile(facts.layout_profile),
        "版式无法识别，文稿现按国标排。请在“通报”里重新选择。",
    ),
)


class CheckCode(StrEnum):
    DAMAGE = "damage"
    ORPHAN = "orphan"
    POSITION_GAP = "position_gap"
    POSITION_DOUBLE = "position_double"
    CIRCLE = "circle"
    TOO_DEEP = "too_deep"
    SETTINGS = "settings"
    EVIDENCE_MISSING = "evidence_missing"
    EVIDENCE_CHANGED = "evidence_changed"
    EVIDENCE_UNREADABLE = "evidence_unreadable"
    PAPER_OUTSIDE = "paper_outside"
    PAPER_MISSING = "paper_missing"


@dataclass(frozen=True, slots=True)
class CheckFinding:
    """One thing that is wrong with the file. ``text`` is a sentence; ``record_id`` is 0 where no record is meant."""

    code: CheckCode
    text: str
    table: str = ""
    record_id: int = 0


def check(connection: sqlite3.Connection) -> tuple[CheckFinding, ...]:
    """Everything that is wrong; nothing is changed. Where the file itself is damaged, only that is told: every
    other finding would be its echo."""
    damage = tuple(_damage(connection))
    return damage or (
        *_orphans(connection), *_positions(connection), *_nesting(connection), *_settings(connection),
    )  # fmt: skip


def _damage(connection: sqlite3.Connection) -> Iterator[CheckFinding]:
    try:
        found = [text for (text,) in connection.execute("PRAGMA integrity_check") if text != "ok"]
    except sqlite3.DatabaseError as error:  # damage so bad that even the check cannot walk over it
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT:
            raise
        found = [str(error)]
    for text in found:
        yield CheckFinding(CheckCode.DAMAGE, f"文件内部已经损坏（{text}），请从备份恢复，或者抢救到新台账。")


def _orphans(connection: sqlite3.Connection) -> Iterator[CheckFinding]:
    for table, row_id, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        text = f"{caption(table)}（编号{row_id}）所属的{caption(parent)}已经不存在。"
        yield CheckFinding(CheckCode.ORPHAN, text, table, row_id)


def _positions(connection: sqlite3.Connection) -> Iterator[CheckFinding]:
    for record_type in RECORD_TYPES:
        storage: Codec[Any] = codec(record_type)
        if storage.ordered:
            yield from _positions_of(connection, storage)


def _positions_of(connection: sqlite3.Connection, storage: Codec[Any]) -> Iterator[CheckFinding]:
    siblings = ", ".join(SIBLINGS.get(storage.record_type, ()))
    before = f"row_number() OVER ({f'PARTITION BY {siblings}' if siblings else ''} ORDER BY position, id)"
    expected = 0
    caption = RECORD_NAMES[storage.record_type]
    for row_id, position, place in connection.execute(
        f"SELECT id, position, {before} AS place FROM {storage.table} ORDER BY {siblings or 'TRUE'}, place"  # noqa: S608
    ):
        expected = 1 if place == 1 else expected
        if position < expected:
            text = f"{caption}（编号{row_id}）的顺序号{position}与同级的另一项重复。"
            yield CheckFinding(CheckCode.POSITION_DOUBLE, text, storage.table, row_id)
        elif position > expected:
            text = f"{caption}（编号{row_id}）的顺序号{position}之前有空缺，应为{expected}。"
            yield CheckFinding(CheckCode.POSITION_GAP, text, storage.table, row_id)
        expected = max(expected, position) + 1


def _nesting(connection: sqlite3.Connection) -> Iterator[CheckFinding]:
    parents: dict[int, int | None] = dict(connection.execute("SELECT id, parent_id FROM issues"))
    titles: dict[int, str] = dict(connection.execute("SELECT id, title FROM issues"))
    for issue_id in parents:
        depth = _depth(issue_id, parents)
        if depth is None:
            text = f"问题“{_short(titles[issue_id])}”成了自己的下级问题，请把它移到别处。"
            yield CheckFinding(CheckCode.CIRCLE, text, codec(Issue).table, issue_id)
        elif depth > _DEEPEST:
            text = f"问题“{_short(titles[issue_id])}”在第{depth}层，问题最多分{_DEEPEST}层。"
            yield CheckFinding(CheckCode.TOO_DEEP, text, codec(Issue).table, issue_id)


def _settings(connection: sqlite3.Connection) -> Iterator[CheckFinding]:
    for _, text in unreadable_settings(connection):
        yield CheckFinding(CheckCode.SETTINGS, text, codec(LedgerFacts).table, 1)


def unreadable_settings(connection: sqlite3.Connection) -> Iterator[tuple[tuple[str, ...], str]]:
    """What the office chose and nobody can read, by its columns, with a sentence: the usual holds instead, and nobody
    would miss it before it matters."""
    names = [name for columns, _, _ in _SETTINGS for name in columns]
    row = connection.execute(f"SELECT {', '.join(names)} FROM facts").fetchone()  # noqa: S608 - our own names
    facts = LedgerFacts(**dict(zip(names, row, strict=True)))
    for columns, read, text in _SETTINGS:
        try:
            read(facts)
        except UsageError:
            yield columns, text


def _depth(issue_id: int, parents: dict[int, int | None]) -> int | None:
    """1 for an issue without parent; None for one that never comes to an end."""
    depth = 1
    above = parents[issue_id]
    while above is not None:
        if depth > len(parents):
            return None
        depth += 1
        above = parents.get(above)
    return depth


def caption(table: str) -> str:
    """A table in a clerk's words; what is no record belongs to the history."""
    return RECORD_NAMES[RECORD_TYPE_OF[table]] if table in RECORD_TYPE_OF else "修改历史"


def _short(title: str) -> str:
    return title if len(title) <= 20 else f"{title[:20]}…"
