"""A ledger in one line: ``a_ledger(tmp_path, *a_tree())``, ``a_snapshot(Section(), Issue(section_id=1))``.

Ids count from 1 for each type in the order of the records, in memory and in a file alike, so that a record can
name its parent before either is stored.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from types import UnionType
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_type_hints

from zhenggai_desktop.domain.records import (
    RECORD_TYPES,
    SNAPSHOT_FIELDS,
    BlockKind,
    ChapterBlock,
    Issue,
    LedgerFacts,
    Measure,
    Record,
    Section,
    Snapshot,
    Status,
)
from zhenggai_desktop.services.ledger import Ledger

if TYPE_CHECKING:
    import pytest

R = TypeVar("R", bound=Record)

NOON = dt.datetime(2025, 6, 1, 4, tzinfo=dt.UTC)  # 12 o'clock in Beijing


def clock() -> dt.datetime:
    """A clock that stands still."""
    return NOON


def a_ledger(folder: Path, *records: Record, name: str = "台账.zgtz", who: str = "", **facts: Any) -> Ledger:
    """A new open ledger with these records, in one step where there are any."""
    ledger = Ledger.create(folder / name, LedgerFacts(**facts), who=who, clock=clock)
    if records:
        with ledger.step("建立") as writer:
            writer.add_many(records)
    return ledger


def held_open(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    """Let a file be one that another program holds: it is there, and nobody can read it."""
    opened: Any = Path.open

    def held(path: Path, *given: Any, **more: Any) -> Any:
        if path == place:
            raise PermissionError(13, "held")
        return opened(path, *given, **more)

    monkeypatch.setattr(Path, "open", held)


def a_snapshot(*records: Record, **facts: Any) -> Snapshot:
    """A snapshot with these records; ids, uids and positions are counted up where they are not given."""
    counts: Counter[type[Record]] = Counter()
    rows: dict[str, list[Any]] = {}
    for record in records:
        record_type = type(record)
        counts[record_type] += 1
        ordinal = counts[record_type]
        given: dict[str, Any] = {
            "id": record.id or ordinal,
            "uid": record.uid or f"{record_type.__name__}-{ordinal}",
        }
        if hasattr(record, "position"):
            given["position"] = record.position or ordinal
        rows.setdefault(SNAPSHOT_FIELDS[record_type], []).append(replace(record, **given))
    fields = {name: tuple(sorted(found, key=_reading_order)) for name, found in rows.items()}
    return Snapshot(facts=LedgerFacts(**{"id": 1, "uid": "LedgerFacts-1", **facts}), **fields)


def a_tree(sections: int = 2, issues: int = 3, measures: int = 2) -> Iterator[Record]:
    """Sections, each with so many issues, each with so many measures, in texts of the usual length."""
    for section in range(1, sections + 1):
        yield Section(title=f"贯彻落实决策部署方面{section}", introduction="主要表现在以下几个方面。")
    for issue in range(sections * issues):
        yield Issue(
            section_id=issue // issues + 1,
            title=f"第{issue + 1}项工作抓得不够紧，责任没有压实到人",
            original_text="有的工作停留在会议和文件上，跟踪问效不及时，整改成效不明显。" * 2,
            recommendations=("压实责任", "健全机制"),
            deadline="2025年12月底前，长期坚持",
            due_on=dt.date(2025, 12, 31) - dt.timedelta(days=issue % 90),
            leaders=("分管领导甲", "分管领导乙"),
            lead_department=f"业务科室{issue % 7}",
            supporting_departments=("综合科", "财务科"),
            owner="责任人",
        )
    for measure in range(sections * issues * measures):
        yield Measure(
            issue_id=measure // measures + 1,
            content=f"制定第{measure + 1}项措施，明确时间表、路线图，每月调度一次",
            progress="已召开专题会议两次，修订制度一项，完成阶段任务。" * 2,
            status=list(Status)[measure % 4],
            completed_on=dt.date(2025, 9, 1) + dt.timedelta(days=measure % 60) if measure % 4 == 3 else None,
        )


def one_of_each() -> list[Record]:
    """A record of every type but the facts, every field set, belonging to each other as ids 1."""
    return [filled(record_type) for record_type in RECORD_TYPES if record_type is not LedgerFacts]


def filled(record_type: type[R]) -> R:
    """A record whose every field has a value of its own; of several possible owners it has the first."""
    hints = get_type_hints(record_type)
    values = {name: _example(record_type, name, hint) for name, hint in hints.items()}
    owners = [name for name, hint in hints.items() if name.endswith("_id") and hint == int | None]
    return record_type(**(values | dict.fromkeys(owners[1:])))


def _example(record_type: type[Record], name: str, hint: Any) -> Any:
    if isinstance(hint, UnionType):
        hint = next(part for part in get_args(hint) if part is not type(None))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return list(hint)[-1]
    examples: dict[Any, Any] = {
        str: f"{record_type.__name__}：{name}",
        int: 1,
        bool: True,
        dt.date: dt.date(2025, 2, 28),
        dt.datetime: dt.datetime(2025, 2, 28, 9, 30, tzinfo=dt.UTC),
        Decimal: Decimal("12.50"),
        tuple[str, ...]: ("甲", "乙“丙”"),
        tuple[ChapterBlock, ...]: (ChapterBlock(BlockKind.HEADING, 1, "一、总体情况"),),
    }
    return examples[hint]


def _reading_order(record: Any) -> tuple[int, ...]:
    return (getattr(record, "position", 0), record.id)
