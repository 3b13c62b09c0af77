"""未销号: which items are not closed, how far each is, what it lacks, and how many days are left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhenggai_desktop.domain.closing import ClosingConditions, ClosingState, Lack, closing_state
from zhenggai_desktop.domain.office_rules import OfficeRules
from zhenggai_desktop.domain.progress import Item, Overview
from zhenggai_desktop.domain.records import ClosingStep, Issue, Snapshot, Status
from zhenggai_desktop.domain.workflow import Duties


@dataclass(frozen=True, slots=True)
class ClosingRow:
    """One item. ``left`` is in days to its deadline, < 0 past it, None without one; ``chain`` is the office's chain.

    ``duties`` and ``departments`` are those of an issue that is told as a whole (``Workflow.told_duties``).
    """

    item: Item
    duties: Duties
    departments: tuple[str, ...]
    number: str
    state: ClosingState
    lacks: tuple[Lack, ...]
    left: int | None
    chain: tuple[str, ...]
    closed: bool  # itself or by the one above it

    @property
    def issue(self) -> Issue:
        return self.item.issue

    @property
    def countdown(self) -> str:
        """“还有12天”, “今天到期”, “逾期3天”; "" without a date, and for what is done and only waits for its closing."""
        if self.left is None or self.closed or self.item.status is Status.DONE:
            return ""
        if self.left < 0:
            return f"逾期{-self.left}天"
        return "今天到期" if self.left == 0 else f"还有{self.left}天"

    @property
    def late(self) -> bool:
        """True where it is not done and its deadline has passed, as everywhere else."""
        return bool(self.countdown) and self.left is not None and self.left < 0

    @property
    def words(self) -> str:
        """“已销号”, “待申请”, “申请 1/6，下一步：分管领导审核”; what was sent back or reopened is said too."""
        if self.closed:
            return "已销号"
        taken, marks = self.state.taken, ""
        if self.state.reopenings:
            marks += f"，重新整改{self.state.reopenings}次"
        if self.state.returns:
            marks += f"，退回{self.state.returns}次"
        if not taken:
            return f"待{self.chain[0]}{marks}"
        return f"{taken[-1]} {len(taken)}/{len(self.chain)}，下一步：{self.state.next_step}{marks}"


def closing_rows(snapshot: Snapshot, rules: OfficeRules, today: dt.date) -> tuple[ClosingRow, ...]:
    """All items in reading order, those of the other categories last."""
    return tuple(_rows(Overview(snapshot, today), rules, today))


def _rows(overview: Overview, rules: OfficeRules, today: dt.date) -> Iterator[ClosingRow]:
    conditions = ClosingConditions(overview.snapshot, overview.outline)
    numbers = overview.outline.numbers()
    steps: dict[int, list[ClosingStep]] = {}
    for step in overview.snapshot.closing_steps:
        steps.setdefault(step.issue_id, []).append(step)
    for item in (*overview.items, *overview.beyond):
        closed = overview.is_closed(item)
        state = closing_state(steps.get(item.id, ()), rules.closing_chain, closed=item.issue.closed)
        duties = overview.told(item)
        due = duties.due_on
        left = None if due is None else (due - today).days
        lacks = () if closed else conditions.lacks(item.issue)
        departments = overview.workflow.lead_departments(item.issue)
        yield ClosingRow(item, duties, departments, numbers[item.id], state, lacks, left, rules.closing_chain, closed)


def common_step(rows: Sequence[ClosingRow]) -> str | None:
    """The step that all these can take next; None where they differ, where one is closed, or of nothing."""
    steps = {None if row.closed else row.state.next_step for row in rows}
    return steps.pop() if len(steps) == 1 else None
