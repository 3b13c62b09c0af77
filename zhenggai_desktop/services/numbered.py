"""Issues and measures by the numbers under which lists name them: “1-2”, “1-2-1”."""

from __future__ import annotations

from collections.abc import Sequence

from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import Issue, Measure, Snapshot
from zhenggai_desktop.errors import UsageError


def records_at(snapshot: Snapshot, numbers: Sequence[str]) -> list[RecordKey]:
    """The records of these numbers, each once, in their order. Where a sub-issue and a measure have the same number, it
    is the sub-issue. UsageError for a number that nothing has."""
    known = _by_number(snapshot)
    wanted = [number.strip() for number in numbers]
    strange = [number for number in wanted if number not in known]
    if strange:
        raise UsageError(f"台账里没有序号为“{'”“'.join(strange)}”的问题或措施", "用 remind 或 close 列出序号")
    return list(dict.fromkeys(known[number] for number in wanted))


def _by_number(snapshot: Snapshot) -> dict[str, RecordKey]:
    outline = Outline(snapshot)
    issues: dict[str, RecordKey] = {}
    measures: dict[str, RecordKey] = {}
    for issue_id, number in outline.numbers().items():
        issues[number] = (Issue, issue_id)
        for at, measure in enumerate(outline.measures_of(outline.issue(issue_id)), 1):
            measures[f"{number}-{at}"] = (Measure, measure.id)
    return measures | issues
