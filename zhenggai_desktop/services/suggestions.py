"""Values already used in a ledger, to be offered while typing: from the directory and from what was entered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.records import Snapshot
from zhenggai_desktop.errors import UsageError

if TYPE_CHECKING:
    from zhenggai_desktop.domain.outcome_kinds import CountedKind

Suggestions = Mapping[str, tuple[str, ...]]  # by field


def suggestions(snapshot: Snapshot) -> Suggestions:
    """For each field that repeats itself its values, the most used first; the directory's come last if never used."""
    rows = (*snapshot.issues, *snapshot.measures)
    departments = [name for row in rows for name in (row.lead_department, *row.supporting_departments)]
    people = [name for row in rows for name in (*row.leaders, row.owner)]
    listed = [name for department in snapshot.departments for name in (department.name, department.short_name)]
    known_people = [person.name for person in snapshot.persons]
    units = [name for issue in snapshot.issues for name in issue.units]
    inspected = [name for unit in snapshot.inspected_units for name in (unit.name, unit.short_name)]
    kinds = [outcome.kind for outcome in snapshot.outcomes]
    known_kinds = _known_kinds(snapshot)
    found = {
        "lead_department": _ranked(departments, listed),
        "leaders": _ranked([name for row in rows for name in row.leaders], known_people),
        "owner": _ranked(people, known_people),
        "units": _ranked(units, inspected),
        "answered_by": _ranked([issue.answered_by for issue in snapshot.issues], listed),
        "deadline": _ranked([row.deadline for row in rows], ()),
        "reporter": _ranked([entry.reporter for entry in snapshot.log_entries], known_people),
        "kind": _ranked(kinds, [kind.name for kind in known_kinds]),
        "unit": _ranked([outcome.unit for outcome in snapshot.outcomes], [kind.unit for kind in known_kinds]),
        "category": _ranked([evidence.category for evidence in snapshot.evidence], ()),
        "source": _ranked([section.source for section in snapshot.sections], ()),
    }
    return {**found, "supporting_departments": found["lead_department"]}


def _known_kinds(snapshot: Snapshot) -> tuple[CountedKind, ...]:
    """The office's kinds of outcomes; the usual ones where its rules cannot be read."""
    from zhenggai_desktop.domain.outcome_kinds import USUAL_KINDS  # noqa: PLC0415 - not to open a ledger

    if not snapshot.facts.rules:
        return USUAL_KINDS
    from zhenggai_desktop.domain.office_rules import office_rules  # noqa: PLC0415 - not for an office without its own

    try:
        return office_rules(snapshot.facts).outcome_kinds
    except UsageError:
        return USUAL_KINDS


def _ranked(used: Iterable[str], listed: Iterable[str]) -> tuple[str, ...]:
    counts = Counter(name for name in used if name)
    ranked = [name for name, _ in counts.most_common()]
    return tuple(dict.fromkeys([*ranked, *(name for name in listed if name)]))
