"""Sums many ledgers into one workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from zhenggai_desktop.domain.figure_tables import FigureTable
from zhenggai_desktop.domain.records import InspectionKind
from zhenggai_desktop.domain.rollup import UnitLedger, rollup_tables
from zhenggai_desktop.errors import UsageError
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.ticking import Tick, no_tick
from zhenggai_desktop.texts import in_terms

TITLE = "巡察整改情况汇总"


def read_units(paths: Sequence[Path], tick: Tick = no_tick) -> list[UnitLedger]:
    """The ledgers at ``paths`` under their units' names; equal names get the file's. Raises LedgerFileError, and
    UsageError where two are copies of one ledger, which would count twice. A copy that another unit filled in bears
    that unit's name."""
    units: list[UnitLedger] = []
    seen: dict[tuple[str, str], Path] = {}
    for at, path in enumerate(paths):
        tick(at, len(paths))
        with Ledger.open(path, read_only=True) as ledger:
            snapshot = ledger.snapshot
        facts = snapshot.facts
        key = facts.uid, facts.organisation or str(path.resolve())
        if key in seen:
            said = f"“{seen[key].name}”和“{path.name}”是同一个台账，汇总会重复计算"
            raise UsageError(said, "请只选其中一个；内容不同的，先用“合并台账副本”合并")
        seen[key] = path
        name = snapshot.facts.organisation_short or snapshot.facts.organisation or path.stem
        taken = {unit.name for unit in units}
        units.append(UnitLedger(f"{name}（{path.stem}）" if name in taken else name, snapshot))
    return units


def roll_up(paths: Sequence[Path], target: Path, *, today: dt.date, tick: Tick = no_tick) -> tuple[FigureTable, ...]:
    """Write the sums of the ledgers at ``paths`` to ``target`` and give the tables back.

    ``tick`` counts the ledgers. Raises UsageError unless ``target`` ends in .xlsx, LedgerFileError, TargetError.
    """
    if target.suffix.lower() != ".xlsx":
        raise UsageError(f"汇总表不能存成“{target.name}”", "请把文件名写成以 .xlsx 结尾")
    from zhenggai_desktop.formats.table_book import write_table_book  # noqa: PLC0415 - openpyxl loads late

    units = read_units(paths, tick)
    tables = rollup_tables(units, today)
    kinds = {unit.snapshot.facts.kind for unit in units}
    write_table_book(target, in_terms(TITLE, kinds.pop() if len(kinds) == 1 else InspectionKind.XUNCHA), tables)
    return tables
