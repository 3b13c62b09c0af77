"""Issues and measures by the numbers under which lists name them: “1-2”, “1-2-措1”; or by their uids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.domain.outline import Outline, measure_number
from zhenggai_desktop.domain.records import Issue, Measure, Snapshot
from zhenggai_desktop.errors import UsageError
from zhenggai_desktop.services.step_names import short_title

_Found = Mapping[str, Sequence[Issue | Measure]]


def records_at(snapshot: Snapshot, numbers: Sequence[str]) -> list[RecordKey]:
    """The records of these numbers, each once, in their order. A measure may also be written 1-2-1, where nothing else
    is called so. UsageError for a number that nothing has, or that several have: which is meant must not be guessed."""
    return _keys(_by_number(snapshot), numbers)


def issues_at(snapshot: Snapshot, numbers: Sequence[str]) -> list[int]:
    """The ids of the issues of these numbers, each once, in their order. UsageError as ``records_at``, and for a
    number that only a measure has."""
    known = {
        number: [one for one in found if isinstance(one, Issue)] or found
        for number, found in _by_number(snapshot).items()
    }
    keys = _keys(known, numbers)
    if any(key[0] is not Issue for key in keys):
        raise UsageError("销号只能办理问题，不能办理措施", "请写问题的序号，不带措施的序号")
    return [key[1] for key in keys]


def _keys(known: _Found, numbers: Sequence[str]) -> list[RecordKey]:
    wanted = [number.strip() for number in numbers]
    strange = [number for number in wanted if number not in known]
    if strange:
        raise UsageError(f"台账里没有序号为“{'”“'.join(strange)}”的问题或措施", "用 remind 或 close 列出序号")
    for number in wanted:
        if len(known[number]) > 1:
            names = "、".join(f"{_name(one)}（{_own_number(known, one)}）" for one in known[number])
            raise UsageError(
                f"台账里有{len(known[number])}条的序号都是“{number}”：{names}", "没有做任何改动，请改写括号里的编号"
            )
    return list(dict.fromkeys((type(one), one.id) for number in wanted for one in known[number]))


def _by_number(snapshot: Snapshot) -> dict[str, list[Issue | Measure]]:
    """Issues before measures, each in reading order."""
    outline = Outline(snapshot)
    found: dict[str, list[Issue | Measure]] = {number: [*issues] for number, issues in outline.by_number().items()}
    for issue_id, number in outline.numbers().items():
        for at, measure in enumerate(outline.measures_of(outline.issue(issue_id)), 1):
            found.setdefault(measure_number(number, at), []).append(measure)
            found.setdefault(f"{number}-{at}", []).append(measure)
    for record in (*snapshot.issues, *snapshot.measures):
        found[record.uid] = [record]
    return found


def _own_number(known: _Found, record: Issue | Measure) -> str:
    """The number that it alone has, where there is one; else its uid."""
    return next((number for number, found in known.items() if list(found) == [record]), record.uid)


def _name(record: Issue | Measure) -> str:
    return f"{'问题' if isinstance(record, Issue) else '整改措施'}“{short_title(record)}”"
