"""Outcomes of many issues entered in one table as one step, and what they come to by kind and by issue.

The sums are those of ``domain.figures``, from which the notice takes its numbers.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.exact_numbers import exact, read_exact
from zhenggai_desktop.domain.office_rules import office_rules
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import Issue, Outcome, OutcomeLink, Snapshot
from zhenggai_desktop.errors import EditRefusedError
from zhenggai_desktop.services.step_names import short_title

if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger

_PARTING = re.compile(r"[、，,;；\s]+")


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """One line as it was typed. ``issues`` are numbers of issues, parted by “、”; "" belongs to none."""

    kind: str
    number: str
    unit: str
    title: str = ""
    issues: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(text.strip() for text in (self.kind, self.number, self.title, self.issues))


@dataclass(frozen=True, slots=True)
class Total:
    """What the outcomes of one kind and unit, or of one issue and kind, come to, with the rows behind it."""

    caption: str
    text: str
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class IssueTotals:
    """What one issue and its measures came to."""

    issue_id: int
    caption: str
    totals: tuple[Total, ...]


def enter_outcomes(ledger: Ledger, lines: Sequence[OutcomeLine], *, on: dt.date) -> int:
    """Add what the lines say in one step, dated ``on``; gives how many. Empty lines are left out.

    EditRefusedError names the first line that has no kind, no plain number, an unknown issue, or a number that several
    issues have; nothing is written.
    """
    numbers = Outline(ledger.snapshot).by_number()
    read = [_read(at, line, numbers, on) for at, line in enumerate(lines, 1) if not line.is_empty]
    if read:
        with ledger.step(f"登记成果（{len(read)}项）") as writer:
            for outcome, issue_ids in read:
                added = writer.add(outcome)
                writer.add_many(OutcomeLink(outcome_id=added.id, issue_id=issue_id) for issue_id in issue_ids)
    return len(read)


def totals_by_kind(snapshot: Snapshot) -> tuple[Total, ...]:
    """One total for each kind and unit, in the order of their first use; an outcome counts once."""
    groups: dict[tuple[str, str], list[Outcome]] = {}
    for outcome in snapshot.outcomes:
        groups.setdefault((outcome.kind, outcome.unit), []).append(outcome)
    return tuple(Total(kind, _sum(group, unit), tuple(group)) for (kind, unit), group in groups.items())


def totals_by_issue(snapshot: Snapshot) -> tuple[IssueTotals, ...]:
    """For each issue that has some, in reading order, its outcomes and those of its measures by kind."""
    outline = Outline(snapshot)
    numbers = outline.numbers()
    linked: dict[int, set[int]] = {}
    for outcome_id, issue_ids in issues_of_outcomes(snapshot).items():
        for issue_id in issue_ids:
            linked.setdefault(issue_id, set()).add(outcome_id)
    return tuple(
        IssueTotals(issue.id, f"{numbers[issue.id]} {issue.title}", totals_by_kind(_only(snapshot, linked[issue.id])))
        for issue in outline.walk()
        if issue.id in linked
    )


def issues_of_outcomes(snapshot: Snapshot) -> Mapping[int, tuple[int, ...]]:
    """The issues that each outcome is cited under, itself or by way of a measure; an outcome of none is not in it."""
    issue_of = {measure.id: measure.issue_id for measure in snapshot.measures}
    found: dict[int, dict[int, None]] = {}
    for link in snapshot.outcome_links:
        issue_id = link.issue_id if link.issue_id is not None else issue_of.get(link.measure_id or 0)
        if issue_id is not None:
            found.setdefault(link.outcome_id, {})[issue_id] = None
    return {outcome_id: tuple(issue_ids) for outcome_id, issue_ids in found.items()}


def units_in_use(snapshot: Snapshot) -> Mapping[str, str]:
    """Each kind with its unit: the one in which it was counted last, or else the office's."""
    listed = {kind.name: kind.unit for kind in office_rules(snapshot.facts).outcome_kinds}
    return listed | {outcome.kind: outcome.unit for outcome in snapshot.outcomes if outcome.kind and outcome.unit}


def kinds_to_offer(snapshot: Snapshot) -> tuple[str, ...]:
    """The office's kinds in their order, then those that were only typed so far."""
    return tuple(dict.fromkeys(units_in_use(snapshot)))


def _read(
    at: int, line: OutcomeLine, numbers: Mapping[str, Sequence[Issue]], on: dt.date
) -> tuple[Outcome, tuple[int, ...]]:
    if not line.kind.strip():
        raise EditRefusedError(f"第{at}行没有写种类", "请填写种类，例如“制度新建”")
    try:
        number = read_exact(line.number.replace("，", "").replace(",", ""))
    except ValueError:
        number = Decimal(-1)
    if number < 0:
        raise EditRefusedError(f"第{at}行的数量“{line.number.strip()}”不是数字", "请只写数字，单位写在后面一格")
    wanted = [name for name in _PARTING.split(line.issues.strip()) if name]
    unknown = [name for name in wanted if name not in numbers]
    if unknown:
        raise EditRefusedError(f"第{at}行的问题序号“{unknown[0]}”在台账里没有", "请写台账里的序号，例如 1-2")
    doubled = [name for name in wanted if len(numbers[name]) > 1]
    if doubled:
        issues = numbers[doubled[0]]
        names = "、".join(f"“{short_title(issue)}”" for issue in issues)
        raise EditRefusedError(
            f"第{at}行的问题序号“{doubled[0]}”台账里有{len(issues)}个：{names}",
            "请把这一行空着，在那个问题的“成果”里登记",
        )
    outcome = Outcome(
        kind=line.kind.strip(), number=number, unit=line.unit.strip(), title=line.title.strip(), produced_on=on
    )
    return outcome, tuple(dict.fromkeys(numbers[name][0].id for name in wanted))


def _only(snapshot: Snapshot, ids: set[int]) -> Snapshot:
    return Snapshot(outcomes=tuple(outcome for outcome in snapshot.outcomes if outcome.id in ids))


def _sum(outcomes: Sequence[Outcome], unit: str) -> str:
    return f"{exact(sum(_numbers(outcomes), Decimal(0)))}{unit}"


def _numbers(outcomes: Sequence[Outcome]) -> Iterator[Decimal]:
    return (outcome.number for outcome in outcomes if outcome.number is not None)
