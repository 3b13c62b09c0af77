"""Use cases of closing (对账销号): apply, go on, send back, close, reopen. For one issue or many, each is one step.

What closing requires and an issue lacks is a refusal that names it; with a reason the clerk goes on all the same, and
the reason is kept with the step (domain.md §4).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.closing import (
    AGREED,
    REOPENED,
    REOPENING,
    SENT_BACK,
    ClosingConditions,
    ClosingState,
    Lack,
    closing_state,
)
from zhenggai_desktop.domain.office_rules import office_rules
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import ClosingStep, Issue, Snapshot, Status
from zhenggai_desktop.errors import EditRefusedError
from zhenggai_desktop.names import some_of
from zhenggai_desktop.services.step_names import short_title

if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger
    from zhenggai_desktop.storage.store import Writer


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on a step, by whom, when, with which paper. ``taken_on`` None is an unknown day."""

    taken_on: dt.date | None
    opinion: str = ""
    taken_by: str = ""
    document_number: str = ""


class States:
    """Where every issue of one snapshot stands, and what it lacks; both are gathered once.

    ``outline`` is that of the snapshot, where somebody has it.
    """

    def __init__(self, snapshot: Snapshot, outline: Outline | None = None) -> None:
        self.snapshot, self._outline = snapshot, outline
        self._conditions: ClosingConditions | None = None
        self.chain = office_rules(snapshot.facts).closing_chain
        self._steps: dict[int, list[ClosingStep]] = {}
        for step in snapshot.closing_steps:
            self._steps.setdefault(step.issue_id, []).append(step)

    def of(self, issue: Issue) -> ClosingState:
        """Where one issue stands."""
        return closing_state(self._steps.get(issue.id, ()), self.chain, closed=issue.closed)

    def lacks_of(self, issue: Issue) -> tuple[Lack, ...]:
        """What closing requires and the issue does not have."""
        if self._conditions is None:
            self._conditions = ClosingConditions(self.snapshot, self._outline)
        return self._conditions.lacks(issue)


def state_of(snapshot: Snapshot, issue: Issue) -> ClosingState:
    """Where an issue stands in the ledger's chain."""
    return States(snapshot).of(issue)


def advance(ledger: Ledger, issue_ids: Sequence[int], decision: Decision, *, override: str = "") -> None:
    """Take the next step of the chain on each issue; the last one closes it.

    EditRefusedError where an issue is closed already, where the issues stand at different steps, or where something is
    missing and ``override`` (the reason to go on all the same, kept with the step) is empty.
    """
    snapshot = ledger.snapshot
    issues = _issues(snapshot, issue_ids)
    step = _common_step(snapshot, issues)
    exceptions = _exceptions(snapshot, issues, override.strip())
    chain = office_rules(snapshot.facts).closing_chain
    with ledger.step(_label(step, issues)) as writer:
        for issue in issues:
            opinion = "；".join(filter(None, (decision.opinion, exceptions.get(issue.id, ""))))
            _write(writer, issue, step, AGREED, replace(decision, opinion=opinion))
            if step == chain[-1]:
                writer.update(Issue, issue.id, closed=True)


def send_back(ledger: Ledger, issue_ids: Sequence[int], decision: Decision) -> None:
    """Send issues back to the beginning from wherever they are; ``decision.opinion`` is the reason.

    EditRefusedError without a reason, or for an issue that is closed or has not been applied for.
    """
    _refuse_without_reason(decision.opinion, "退回")
    snapshot = ledger.snapshot
    issues = _issues(snapshot, issue_ids)
    known = States(snapshot)
    states = {issue.id: known.of(issue) for issue in issues}
    idle = [issue for issue in issues if not states[issue.id].begun]
    if idle:
        raise EditRefusedError(f"{_named(idle)}没有在办的销号申请，不能退回", "请只选择正在办理销号的问题")
    with ledger.step(_label("退回", issues)) as writer:
        for issue in issues:
            _write(writer, issue, states[issue.id].next_step or "", SENT_BACK, decision)


def reopen(ledger: Ledger, issue_ids: Sequence[int], decision: Decision) -> None:
    """Reopen closed issues (回头看反弹); ``decision.opinion`` is the reason. They are in progress again until somebody
    says otherwise. Closed issues above them are reopened with a step of their own, as what is under a closed issue is
    closed; what else those closed stays so by its own mark.

    EditRefusedError without a reason, or for an issue that is closed neither itself nor by one above it.
    """
    _refuse_without_reason(decision.opinion, "重新整改")
    issues = _issues(ledger.snapshot, issue_ids)
    outline = Outline(ledger.snapshot)
    still_open = [issue for issue in issues if not any(one.closed for one in outline.path(issue))]
    if still_open:
        raise EditRefusedError(f"{_named(still_open)}还没有销号", "请只选择已经销号的问题")
    above = _closed_above(outline, issues)
    opened = {issue.id for issue in issues} | above.keys()
    with ledger.step(_label(REOPENED, issues)) as writer:
        for issue_id, below in above.items():
            issue = outline.issue(issue_id)
            _write(writer, issue, REOPENING, REOPENED, replace(decision, opinion=_because(below, decision.opinion)))
            _open(writer, issue, keep=issue.status is not Status.DONE)
            for one in _closed_with(outline, issue, opened):
                writer.update(Issue, one.id, closed=True)
        for issue in issues:
            _write(writer, issue, REOPENING, REOPENED, decision)
            _open(writer, issue)


def _closed_above(outline: Outline, issues: Sequence[Issue]) -> dict[int, list[Issue]]:
    """The closed issues above these that are not among them, each with those it holds closed."""
    chosen, found = {issue.id for issue in issues}, dict[int, list[Issue]]()
    for issue in issues:
        for one in outline.path(issue)[:-1]:
            if one.closed and one.id not in chosen:
                found.setdefault(one.id, []).append(issue)
    return found


def _closed_with(outline: Outline, closed: Issue, opened: Collection[int]) -> Iterator[Issue]:
    """What was closed by ``closed`` alone and stays so: the branches below it where none of ``opened`` stands."""
    for child in outline.sub_issues(closed):
        if not any(one.id in opened for one in outline.walk_below(child)):
            if not child.closed:
                yield child
        elif not child.closed and child.id not in opened:
            yield from _closed_with(outline, child, opened)


def _because(issues: Sequence[Issue], reason: str) -> str:
    return f"{_named(issues)}重新整改：{reason}"


def _open(writer: Writer, issue: Issue, *, keep: bool = False) -> None:
    """``keep``: its status tells by itself that it is not done."""
    if keep:
        writer.update(Issue, issue.id, closed=False)
    else:
        writer.update(Issue, issue.id, closed=False, status=Status.IN_PROGRESS, completed_on=None)


def _label(step: str, issues: Sequence[Issue]) -> str:
    """“销号·申请“学习不够””; of several “销号·申请（3项）”."""
    what = f"“{short_title(issues[0])}”" if len(issues) == 1 else f"（{len(issues)}项）"
    return f"销号·{step}{what}"


def _write(writer: Writer, issue: Issue, step: str, result: str, decision: Decision) -> None:
    writer.add(
        ClosingStep(
            issue_id=issue.id,
            step=step,
            taken_on=decision.taken_on,
            result=result,
            opinion=decision.opinion,
            taken_by=decision.taken_by,
            document_number=decision.document_number,
        )
    )


def _issues(snapshot: Snapshot, issue_ids: Sequence[int]) -> list[Issue]:
    wanted = set(issue_ids)
    issues = [issue for issue in snapshot.issues if issue.id in wanted]
    if not issues:
        raise EditRefusedError("没有选中任何问题", "请先选择要销号的问题")
    return issues


def _common_step(snapshot: Snapshot, issues: Sequence[Issue]) -> str:
    states = States(snapshot)
    steps = {states.of(issue).next_step for issue in issues}
    if None in steps:
        closed = [issue for issue in issues if issue.closed]
        raise EditRefusedError(f"{_named(closed)}已经销号", "请把已销号的问题从所选中去掉")
    if len(steps) > 1:
        names = "、".join(sorted(filter(None, steps)))
        raise EditRefusedError(f"所选的问题处在不同的环节（{names}）", "请分批办理，每批选择同一环节的问题")
    return steps.pop() or ""


def _exceptions(snapshot: Snapshot, issues: Sequence[Issue], override: str) -> dict[int, str]:
    """For each issue that lacks something, what is kept about going on all the same."""
    conditions = ClosingConditions(snapshot)
    lacking = {issue.id: lacks for issue in issues if (lacks := conditions.lacks(issue))}
    if lacking and not override:
        first = next(issue for issue in issues if issue.id in lacking)
        words = "、".join(lack.text for lack in lacking[first.id])
        more = f"（共{len(lacking)}个问题不具备条件）" if len(lacking) > 1 else ""
        raise EditRefusedError(f"{_named([first])}还不具备销号条件：{words}{more}", "请补齐，或者写明理由后继续")
    return {
        issue_id: f"不具备条件（{'、'.join(lack.text for lack in lacks)}），理由：{override}"
        for issue_id, lacks in lacking.items()
    }


def _refuse_without_reason(reason: str, verb: str) -> None:
    if not reason.strip():
        raise EditRefusedError(f"{verb}要写明理由", "请填写理由后再试")


def _named(issues: Sequence[Issue]) -> str:
    return some_of([f"“{issue.title}”" for issue in issues], "个问题")
