"""Which issues are proven by which evidence, and which are not proven at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.progress import Item, Overview
from zhenggai_desktop.domain.records import Evidence, EvidenceLink, Issue, OutcomeLink, Snapshot, Status


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One item with what proves it; ``early`` of it is dated before the feedback (domain.md §1)."""

    item: Item
    number: str
    evidence: tuple[Evidence, ...]
    early: int

    @property
    def issue(self) -> Issue:
        return self.item.issue

    @property
    def is_bare(self) -> bool:
        """True where nothing proves it."""
        return not self.evidence

    @property
    def is_pressing(self) -> bool:
        """True where nothing proves what is said to be done."""
        return self.is_bare and self.item.status is Status.DONE

    def words(self, gone: int = 0) -> str:
        """“没有佐证材料”, “3份，其中1份早于反馈、1份文件不在了”."""
        if self.is_bare:
            return "已完成，没有佐证材料" if self.is_pressing else "没有佐证材料"
        doubts = [f"{self.early}份早于反馈"] * bool(self.early) + [f"{gone}份文件不在了"] * bool(gone)
        return f"{len(self.evidence)}份" + (f"，其中{'、'.join(doubts)}" if doubts else "")


def evidence_rows(snapshot: Snapshot, today: dt.date) -> tuple[EvidenceRow, ...]:
    """All items in reading order, those of the other categories last."""
    overview = Overview(snapshot, today)
    numbers, proven = overview.outline.numbers(), evidence_by_issue(overview.outline)
    by_id = {evidence.id: evidence for evidence in snapshot.evidence}
    return tuple(
        _row(item, numbers[item.id], [by_id[at] for at in proven.get(item.id, ())], snapshot.facts.feedback_date)
        for item in (*overview.items, *overview.beyond)
    )


def _row(item: Item, number: str, evidence: list[Evidence], feedback: dt.date | None) -> EvidenceRow:
    early = sum(feedback is not None and one.dated_on is not None and one.dated_on < feedback for one in evidence)
    return EvidenceRow(item, number, tuple(evidence), early)


def evidence_by_issue(outline: Outline) -> Mapping[int, tuple[int, ...]]:
    """The ids of the evidence of each issue that has some: its own, of its measures and of those that serve it too, of
    what these produced, and of the issues below it. One pass over the links."""
    snapshot = outline.snapshot
    found: dict[int, dict[int, None]] = {}
    of_outcome: dict[int, list[OutcomeLink]] = {}
    serving: dict[int, list[int]] = {}
    for outcome_link in snapshot.outcome_links:
        of_outcome.setdefault(outcome_link.outcome_id, []).append(outcome_link)
    for issue in snapshot.issues:
        for measure in outline.linked_measures(issue):
            serving.setdefault(measure.id, []).append(issue.id)

    def issues_of(link: EvidenceLink | OutcomeLink) -> Iterator[int]:
        if link.issue_id is not None:
            yield link.issue_id
        if link.measure_id is not None:
            yield outline.measure(link.measure_id).issue_id
            yield from serving.get(link.measure_id, ())

    for link in snapshot.evidence_links:
        produced = of_outcome.get(link.outcome_id, ()) if link.outcome_id is not None else ()
        for at in (at for one in (link, *produced) for at in issues_of(one)):
            for step in outline.path(outline.issue(at)):
                found.setdefault(step.id, {})[link.evidence_id] = None
    return {issue_id: tuple(evidence) for issue_id, evidence in found.items()}
