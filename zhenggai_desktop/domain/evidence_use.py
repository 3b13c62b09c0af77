"""Which issues are proven by which evidence, and which are not proven at all."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.progress import Item, Overview
from zhenggai_desktop.domain.records import (
    Evidence,
    EvidenceLink,
    InspectionKind,
    Issue,
    OutcomeLink,
    Section,
    Snapshot,
    Status,
)
from zhenggai_desktop.texts import in_terms

_TAKEN_OVER: Mapping[InspectionKind, str] = {kind: in_terms("上轮巡察整改延续事项", kind) for kind in InspectionKind}


def taken_over_title(kind: InspectionKind) -> str:
    """What the section is called of what stays to be done from the last inspection."""
    return _TAKEN_OVER[kind]


def is_taken_over(section: Section | None) -> bool:
    """True for that section, in whatever term: its evidence is older than this feedback by nature."""
    return section is not None and section.title in _TAKEN_OVER.values()


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One item with what proves it; ``early`` of it is dated before the feedback (domain.md §1).

    ``above`` counts what hangs on the issues above it, which does not prove this one by itself; ``departments`` lead it
    or its measures.
    """

    item: Item
    departments: tuple[str, ...]
    number: str
    evidence: tuple[Evidence, ...]
    early: int
    above: int = 0

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
        return self.is_bare and not self.above and self.item.status is Status.DONE

    def words(self, gone: int = 0) -> str:
        """“没有佐证材料”, “3份，其中1份早于反馈、1份文件不在了”."""
        if self.is_bare and self.above:
            return f"没有自己的材料（上级问题有{self.above}份）"
        if self.is_bare:
            return "已完成，没有佐证材料" if self.is_pressing else "没有佐证材料"
        doubts = [f"{self.early}份早于反馈"] * bool(self.early) + [f"{gone}份文件不在了"] * bool(gone)
        return f"{len(self.evidence)}份" + (f"，其中{'、'.join(doubts)}" if doubts else "")


def evidence_rows(snapshot: Snapshot, today: dt.date) -> tuple[EvidenceRow, ...]:
    """All items in reading order, those of the other categories last."""
    overview = Overview(snapshot, today)
    outline, numbers, proven = overview.outline, overview.outline.numbers(), evidence_by_issue(overview.outline)
    by_id, early = {evidence.id: evidence for evidence in snapshot.evidence}, too_early(outline)
    own = Counter(link.issue_id for link in snapshot.evidence_links)
    rows: list[EvidenceRow] = []
    for item in (*overview.items, *overview.beyond):
        ids = proven.get(item.id, ())
        above = sum(own[step.id] for step in outline.path(item.issue) if step.id != item.id)
        evidence = tuple(by_id[at] for at in ids)
        departments = overview.workflow.lead_departments(item.issue)
        rows.append(EvidenceRow(item, departments, numbers[item.id], evidence, len(early.intersection(ids)), above))
    return tuple(rows)


def too_early(outline: Outline) -> frozenset[int]:
    """Ids of evidence dated before the feedback that it is said to answer (domain.md §1).

    What proves only items taken over from the last inspection answers an earlier feedback, and is not meant.
    """
    snapshot = outline.snapshot
    feedback = snapshot.facts.feedback_date
    if feedback is None:
        return frozenset()
    before = {one.id for one in snapshot.evidence if one.dated_on is not None and one.dated_on < feedback}
    if not before or not any(map(is_taken_over, snapshot.sections)):
        return frozenset(before)
    answering, used = set[int](), set[int]()
    for issue_id, evidence in evidence_by_issue(outline).items():
        used.update(evidence)
        if not is_taken_over(outline.section_of(outline.issue(issue_id))):
            answering.update(evidence)
    return frozenset(at for at in before if at in answering or at not in used)


def evidence_by_issue(outline: Outline) -> Mapping[int, tuple[int, ...]]:
    """The ids of the evidence of each issue that has some: its own, of its measures and of those that serve it too, of
    what these produced, and of the issues below it. One pass over the links."""
    found: dict[int, dict[int, None]] = {}
    for at, evidence_id in _on_issues(outline):
        for step in outline.path(outline.issue(at)):
            found.setdefault(step.id, {})[evidence_id] = None
    return {issue_id: tuple(evidence) for issue_id, evidence in found.items()}


def evidence_on_issue(outline: Outline) -> Mapping[int, tuple[int, ...]]:
    """As ``evidence_by_issue``, without that of the issues below."""
    found: dict[int, dict[int, None]] = {}
    for at, evidence_id in _on_issues(outline):
        found.setdefault(at, {})[evidence_id] = None
    return {issue_id: tuple(evidence) for issue_id, evidence in found.items()}


def _on_issues(outline: Outline) -> Iterator[tuple[int, int]]:
    """Each issue that is proven with the id of what proves it, in the order of the links."""
    snapshot = outline.snapshot
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
        for one in (link, *produced):
            for at in issues_of(one):
                yield at, link.evidence_id
