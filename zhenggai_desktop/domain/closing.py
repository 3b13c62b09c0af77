"""对账销号: how far an issue is on its way to being closed, and what is missing for it (domain.md §4 Closing step).

The chain is data (``office_rules``). An issue goes through it step by step; 退回 from any step takes it back to the
beginning, and a closed issue can be reopened (回头看) with a reason. What was taken is never rewritten: where an issue
stands follows from its steps in order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhenggai_desktop.domain.office_rules import COMMITTEES
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import ClosingStep, Issue, Measure, Snapshot, Status
from zhenggai_desktop.domain.workflow import Workflow
from zhenggai_desktop.texts import STATUS_NAMES

AGREED = "同意"
SENT_BACK = "退回"
REOPENED = "重新整改"
REOPENING = "回头看"  # the step under which an issue is reopened


@dataclass(frozen=True, slots=True)
class ClosingState:
    """``next_step`` is None for a closed issue; ``taken`` are the steps agreed to since the last beginning."""

    taken: tuple[str, ...]
    next_step: str | None
    returns: int  # how often it was sent back
    reopenings: int

    @property
    def begun(self) -> bool:
        """True between the application and the closing."""
        return bool(self.taken) and self.next_step is not None


def closing_state(steps: Sequence[ClosingStep], chain: Sequence[str], *, closed: bool) -> ClosingState:
    """Where the issue of these ``steps`` (in order) stands. ``closed`` is the issue's own mark and has the last word:
    a ledger kept elsewhere may say so without any step."""
    returns = sum(step.result == SENT_BACK for step in steps)
    reopenings = sum(_begins_anew(step) for step in steps) - returns
    named = (named_in(chain, step.step) for step in running_round(steps))
    taken = tuple(name for name in named if name is not None)
    following = next((name for name in chain if name not in taken), None)
    return ClosingState(taken, None if closed else following or chain[-1], returns, reopenings)


def running_round(steps: Sequence[ClosingStep]) -> tuple[ClosingStep, ...]:
    """The steps of one issue (in order) since the last beginning: what stands before a 退回 or a 重新整改, and these
    themselves, belong to an earlier round. Of a closed issue it is the round that closed it."""
    begun = next((at for at in range(len(steps), 0, -1) if _begins_anew(steps[at - 1])), 0)
    return tuple(steps[begun:])


def _begins_anew(step: ClosingStep) -> bool:
    return step.result in (SENT_BACK, REOPENED) or step.step == REOPENING


def named_in(chain: Sequence[str], step: str) -> str | None:
    """What the chain calls a step; None where it is none of the chain's. One that was taken while the ledger was said
    to be about the other kind of inspection (报巡察办, 报巡视办), or of another leading body, is the same step."""
    same = (name for name in chain if _plain(name) == _plain(step))
    return step if step in chain else next(same, None)


def _plain(step: str) -> str:
    return COMMITTEES.get(step, step).replace("巡视", "巡察")


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that closing requires and the issue does not have, as a sentence for the clerk."""

    code: str
    text: str


class ClosingConditions:
    """What every issue of one snapshot lacks for being closed; indexes are built once.

    ``outline`` is that of the snapshot, where somebody has it.
    """

    def __init__(self, snapshot: Snapshot, outline: Outline | None = None) -> None:
        self.outline = outline or Outline(snapshot)
        self.workflow = Workflow(self.outline)
        self._proven_issues = {link.issue_id for link in snapshot.evidence_links}
        self._proven_measures = {link.measure_id for link in snapshot.evidence_links}
        self._proven_outcomes = {link.outcome_id for link in snapshot.evidence_links}
        self._outcomes_of_issue: dict[int | None, list[int]] = {}
        self._outcomes_of_measure: dict[int | None, list[int]] = {}
        for link in snapshot.outcome_links:
            self._outcomes_of_issue.setdefault(link.issue_id, []).append(link.outcome_id)
            self._outcomes_of_measure.setdefault(link.measure_id, []).append(link.outcome_id)
        self._logged = {(entry.issue_id, entry.measure_id) for entry in snapshot.log_entries if entry.text}

    def lacks(self, issue: Issue) -> tuple[Lack, ...]:
        """What is missing, the gravest first; empty where the issue may be closed (domain.md §4)."""
        return tuple(self._lacks(issue))

    def _lacks(self, issue: Issue) -> Iterator[Lack]:
        below = [child for child in self.outline.sub_issues(issue) if not self.workflow.follows(child)]
        open_below = [child for child in below if not self._settled(child)]
        if open_below:
            yield Lack("sub_issues", f"还有{len(open_below)}个具体表现没有整改完成")
        measures = self._measures(issue)
        undone = [measure for measure in measures if not self._finished(measure, issue)]
        if undone:
            yield Lack("measures", f"还有{len(undone)}条措施没有完成")
        if not measures and not self.outline.sub_issues(issue) and self.workflow.status(issue) is not Status.DONE:
            yield Lack("status", "还没有整改措施，完成情况也不是“已完成”")
        elif not open_below and not undone and self._is_held_open(issue):
            yield Lack("status", f"完成情况是“{STATUS_NAMES[self.workflow.status(issue)]}”")
        if not self._has_statement(issue, measures):
            yield Lack("statement", "没有写明取得的成效（整改进展或成果）")
        if not self._has_evidence(issue, measures):
            yield Lack("evidence", "没有佐证材料")

    def _settled(self, issue: Issue) -> bool:
        return issue.closed or self.workflow.status(issue) is Status.DONE

    def _is_held_open(self, issue: Issue) -> bool:
        """True where somebody says that it is not done, whatever its parts say, as after 重新整改. A standing one that
        was begun is in progress for good."""
        lasting = self.workflow.duties(issue).standing and issue.status is not Status.NOT_STARTED
        return issue.status not in (None, Status.DONE) and not lasting

    def _finished(self, measure: Measure, issue: Issue) -> bool:
        """Done, or standing with a first result that somebody wrote down."""
        if self.workflow.measure_status(measure) is Status.DONE:
            return True
        standing = self.workflow.duties(issue).standing
        return standing and bool(measure.progress or (None, measure.id) in self._logged)

    def _has_statement(self, issue: Issue, measures: Sequence[Measure]) -> bool:
        if issue.public_text or issue.id in self._outcomes_of_issue:
            return True
        if any(measure.progress or measure.id in self._outcomes_of_measure for measure in measures):
            return True
        return any(self._has_statement(child, self._measures(child)) for child in self._below(issue))

    def _has_evidence(self, issue: Issue, measures: Sequence[Measure]) -> bool:
        if issue.id in self._proven_issues or any(measure.id in self._proven_measures for measure in measures):
            return True
        outcomes = [*self._outcomes_of_issue.get(issue.id, ())]
        for measure in measures:
            outcomes += self._outcomes_of_measure.get(measure.id, ())
        if any(outcome in self._proven_outcomes for outcome in outcomes):
            return True
        return any(self._has_evidence(child, self._measures(child)) for child in self._below(issue))

    def _measures(self, issue: Issue) -> Sequence[Measure]:
        """Its own, and those of others that serve it too."""
        return [*self.outline.measures_of(issue), *self.outline.linked_measures(issue)]

    def _below(self, issue: Issue) -> Sequence[Issue]:
        return self.outline.sub_issues(issue)
