"""From the options of an export to the rows that it holds: the same as the window exports for the same filter."""

from __future__ import annotations

import argparse
import datetime as dt
from dataclasses import dataclass, replace

from zhenggai_desktop.cli.dates import read_date
from zhenggai_desktop.domain.filters import VIEWS, Filter, exported_ids, exported_measure_ids, matching
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import Snapshot
from zhenggai_desktop.errors import UsageError
from zhenggai_desktop.texts import STATUS_NAMES, TRACK_NAMES

_NAMES = ("department", "leader", "owner", "unit")


@dataclass(frozen=True, slots=True)
class WantedRows:
    """Ids; both None where everything is wanted."""

    issues: frozenset[int] | None = None
    measures: frozenset[int] | None = None


def wanted_rows(arguments: argparse.Namespace, snapshot: Snapshot, today: dt.date) -> WantedRows:
    """The issues and measures that answer.

    Raises UsageError for an unknown section, a date that is none, and where no issue answers.
    """
    wanted = _filter(arguments, snapshot, today)
    if wanted.is_empty:
        return WantedRows()
    found, outline = matching(snapshot, wanted, today), Outline(snapshot)
    issues = exported_ids(found, outline)
    if not issues:
        raise UsageError("没有符合条件的问题，没有导出", "请放宽条件，用 show 可以看到台账的全部内容")
    return WantedRows(issues, exported_measure_ids(found, outline))


def _filter(arguments: argparse.Namespace, snapshot: Snapshot, today: dt.date) -> Filter:
    wanted = VIEWS[arguments.view](today) if arguments.view else Filter()
    statuses = frozenset(status for status, name in STATUS_NAMES.items() if name in arguments.status)
    dates = {name: read_date(text) for name in ("due_from", "due_to") if (text := getattr(arguments, name))}
    return replace(
        wanted,
        words=arguments.words,
        statuses=(wanted.statuses & statuses or statuses) if statuses else wanted.statuses,
        section_id=_section(arguments.section, snapshot) if arguments.section else None,
        track=next((track for track, name in TRACK_NAMES.items() if name == arguments.track), None),
        **{name: getattr(arguments, name).strip() for name in _NAMES},
        **dates,
    )


def _section(words: str, snapshot: Snapshot) -> int:
    exact = [section for section in snapshot.sections if section.title == words.strip()]
    found = exact or [section for section in snapshot.sections if words.strip() in section.title]
    if len(found) == 1:
        return found[0].id
    titles = "、".join(section.title for section in (found or snapshot.sections))
    what = f"“{words}”可以是几个方面" if found else f"台账里没有“{words}”这个方面"
    raise UsageError(what, f"请写明是 {titles} 中的哪一个" if titles else "")
