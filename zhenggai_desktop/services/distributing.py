"""Sends each department, leader or unit its own sheet, and remembers what was sent to whom."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.distribution import By, Sending, sendings
from zhenggai_desktop.domain.file_names import safe_part
from zhenggai_desktop.domain.records import DistributionRound, Snapshot, new_uid
from zhenggai_desktop.errors import TargetError, UsageError
from zhenggai_desktop.services.notice_output import save_bytes
from zhenggai_desktop.services.ticking import Tick, no_tick

if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger

_LONGEST_NAME = 60  # characters
_ENDING = "-整改填报表.xlsx"


@dataclass(frozen=True, slots=True)
class Sent:
    """One file: for whom, where it lies, how many rows it has."""

    recipient: str
    path: Path
    rows: int


def recipients(snapshot: Snapshot, by: By) -> tuple[tuple[str, int], ...]:
    """Who would be sent something, and how many rows."""
    return tuple((sending.recipient, len(sending.ids)) for sending in sendings(snapshot, by))


def distribute(
    ledger: Ledger,
    folder: Path,
    by: By = By.DEPARTMENT,
    *,
    today: dt.date,
    only: Collection[str] | None = None,
    tick: Tick = no_tick,
) -> tuple[Sent, ...]:
    """Write a workbook for each recipient into ``folder``, which is made where it is missing; one step of the ledger.

    ``only`` are the recipients that are wanted, None for all. Sheets of the same name are replaced unless they say
    something that the ledger has not taken in. Raises UsageError where there is nothing to send, TargetError.
    ``tick`` counts the sheets; they take their places when all are made.
    """
    from zhenggai_desktop.formats.department_workbook import write_department_workbook  # noqa: PLC0415

    snapshot = ledger.snapshot
    every = list(sendings(snapshot, by))
    named = zip(every, _file_names(every), strict=True)  # the same name, whoever else is sent something
    wanted = [(sending, name) for sending, name in named if only is None or sending.recipient in only]
    found, names = [sending for sending, _ in wanted], [name for _, name in wanted]
    if not found:
        raise UsageError("台账里还没有问题，没有可以分发的内容", "请先导入反馈意见或台账")
    _refuse_filled(ledger, [path for name in names if (path := folder / name).is_file()])
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TargetError(f"无法建立文件夹“{folder}”", "请换一个位置") from error
    rounds = [DistributionRound(uid=new_uid(), recipient=sending.recipient, sent_on=today, file_name=name,
                                base_values=json.dumps(sending.base, ensure_ascii=False))
              for sending, name in zip(found, names, strict=True)]  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="zhenggai-") as making:
        for at, (sending, sending_round) in enumerate(zip(found, rounds, strict=True)):
            tick(at, len(found))
            made = Path(making) / sending_round.file_name
            write_department_workbook(made, sending, snapshot.facts, sending_round.uid)
        with ledger.step(f"分发填报表（{len(found)}份）") as writer:
            writer.add_many(rounds)
            for name in names:
                save_bytes(folder / name, (Path(making) / name).read_bytes())
    return tuple(
        Sent(sending.recipient, folder / name, len(sending.ids)) for sending, name in zip(found, names, strict=True)
    )


def _refuse_filled(ledger: Ledger, there: list[Path]) -> None:
    """Raise TargetError where a sheet that would be replaced holds work of a department, or cannot be read."""
    from zhenggai_desktop.services.collected_before import CollectedBefore  # noqa: PLC0415 - for a folder used before

    for report in CollectedBefore(ledger).with_more(there) if there else ():
        said = "读不出来" if report.error else "有台账没有收入的内容"
        place = f"“{report.path.parent.name}”里的“{report.path.name}”"
        raise TargetError(f"{place}{said}，没有覆盖它", "请先收回或者移走它，也可以换一个文件夹")


def _file_names(found: list[Sending]) -> list[str]:
    """A file name for each recipient; those that a system would take for one another are counted up."""
    names: list[str] = []
    taken: set[str] = set()
    for sending in found:
        stem = safe_part(sending.recipient, _LONGEST_NAME)
        counted = (f"{stem}{'' if number == 1 else number}{_ENDING}" for number in count(1))
        name = next(one for one in counted if one.casefold() not in taken)
        taken.add(name.casefold())
        names.append(name)
    return names
