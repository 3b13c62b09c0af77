"""What a second source has in another place than the ledger, and what it has no more.

A feedback document in a new form says where each issue stands and which there are. A notice regroups them as it
likes: of it only the section counts, and sub-issues that it answers together are not gone. A workbook may be one
department's share: what it leaves out says nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from zhenggai_desktop.domain.plan import ImportPlan, ProposedIssue
from zhenggai_desktop.domain.records import DocumentKind, Issue, Section, Snapshot
from zhenggai_desktop.errors import UsageError
from zhenggai_desktop.services.plan_pairs import PlanPairs


@dataclass(frozen=True, slots=True)
class Move:
    """An issue of the ledger that stands elsewhere in the source."""

    issue: Issue
    section_id: int | None
    parent_id: int | None
    label: str
    line: int
    detail: str


@dataclass(frozen=True, slots=True)
class Order:
    """Siblings in the source's order, and what is to be said of those that changed places (label, line, detail)."""

    issue_ids: list[int]
    lines: list[tuple[str, int, str]]


class Comparison:
    """A plan against a snapshot, after what is new was added.

    ``section_ids`` and ``issue_ids`` give the ledger's ids by the identity of the proposals.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        plan: ImportPlan,
        pairs: PlanPairs,
        section_ids: Mapping[int, int],
        issue_ids: Mapping[int, int],
    ) -> None:
        self._snapshot = snapshot
        self._plan = plan
        self._pairs = pairs
        self._section_ids = section_ids
        self._issue_ids = issue_ids
        self._outline = pairs.outline
        self._whole = plan.document is DocumentKind.FEEDBACK

    # --- other places

    def moves(self) -> Iterator[Move]:
        """Issues below another section or parent than in the ledger, in the source's order."""
        if self._plan.document is DocumentKind.WORKBOOK or not self._sectioned():
            return
        for section in self._plan.sections:
            section_id = self._section_ids.get(id(section))
            for proposed in section.issues:
                yield from self._moves(proposed, section_id, None)

    def _sectioned(self) -> bool:
        """False for a source without sections where the ledger has some: it says nothing of places."""
        return any(section.record for section in self._plan.sections) or not self._snapshot.sections

    def _moves(self, proposed: ProposedIssue, section_id: int | None, parent_id: int | None) -> Iterator[Move]:
        issue = self._pairs.issue(proposed)
        if issue is not None and self._is_elsewhere(issue, section_id, parent_id):
            place = self._place(section_id, parent_id)
            detail = f"台账在{self._place(issue.section_id, issue.parent_id)}，来源在{place}"
            own_section = section_id if parent_id is None else None
            yield Move(issue, own_section, parent_id, self._label(issue), proposed.line, detail)
        if self._whole:
            below = self._issue_ids.get(id(proposed))
            for child in proposed.issues:
                yield from self._moves(child, section_id, below)

    def _is_elsewhere(self, issue: Issue, section_id: int | None, parent_id: int | None) -> bool:
        if issue.parent_id is not None or parent_id is not None:
            return self._whole and parent_id not in (issue.parent_id, issue.id)
        return issue.section_id != section_id

    def _place(self, section_id: int | None, parent_id: int | None) -> str:
        titles = {issue.id: issue.title for issue in self._snapshot.issues}
        sections = {section.id: section.title for section in self._snapshot.sections}
        sections |= {
            self._section_ids[id(section)]: section.record.title for section in self._plan.sections if section.record
        }
        if parent_id is not None:
            return f"问题“{titles.get(parent_id, '新增的问题')}”下"
        return f"方面“{sections.get(section_id, '')}”" if section_id is not None else "各方面之外"

    # --- another order

    def orders(self) -> Iterator[Order]:
        """Siblings that the source has in another order than the ledger; new ones stand where the source has them."""
        if not self._whole:
            return
        for section in self._plan.sections:
            yield from self._orders(section.issues)

    def _orders(self, siblings: Sequence[ProposedIssue]) -> Iterator[Order]:
        known = [(proposed, issue) for proposed in siblings if (issue := self._pairs.issue(proposed)) is not None]
        ranks = [self._rank(issue) for _, issue in known]
        steady = _longest_rising(ranks)
        lines = [
            (self._label(issue), proposed.line, f"台账排第{issue.position}，来源排第{at}")
            for (proposed, issue), rank in zip(known, ranks, strict=True)
            if rank not in steady and (at := siblings.index(proposed) + 1)
        ]
        ids = [self._issue_ids[id(proposed)] for proposed in siblings if id(proposed) in self._issue_ids]
        if lines or len(known) < len(ids):
            kept = [i.id for i in self._left_beside(known) if i.id not in ids]
            yield Order([*ids, *kept], lines)
        for proposed in siblings:
            yield from self._orders(proposed.issues)

    def _left_beside(self, known: Sequence[tuple[ProposedIssue, Issue]]) -> Sequence[Issue]:
        """Siblings in the ledger that the source has elsewhere or not at all."""
        if not known:
            return ()
        parent = self._outline.parent(known[0][1])
        beside = self._outline.sub_issues(parent) if parent else self._outline.issues_of(self._section(known[0][1]))
        return [issue for issue in beside if not self._pairs.is_paired(issue)]

    def _section(self, issue: Issue) -> Section | None:
        return self._outline.section_of(issue)

    def _rank(self, issue: Issue) -> int:
        return next(at for at, other in enumerate(self._snapshot.issues) if other.id == issue.id)

    # --- what the source has no more

    def gone(self) -> Sequence[tuple[Section | Issue, str, str]]:
        """Issues, each with everything below it, and sections that the source does not have."""
        if self._plan.document is DocumentKind.WORKBOOK:
            return ()
        return [*self._gone_issues(), *self._gone_sections()]

    def _gone_issues(self) -> Iterator[tuple[Issue, str, str]]:
        if not any(map(self._pairs.is_paired, self._snapshot.issues)):
            return  # quite another document
        for issue in self._outline.walk():
            parent = self._outline.parent(issue)
            if self._pairs.is_paired(issue) or (parent and not self._stands(parent)):
                continue
            if any(map(self._pairs.is_paired, self._outline.walk_below(issue))):
                continue  # what stands below it is in the source
            below = list(self._outline.walk_below(issue))
            measures = sum(len(self._outline.measures_of(one)) for one in below)
            counts = [
                f"{number}{what}" for number, what in ((len(below) - 1, "个子问题"), (measures, "条措施")) if number
            ]
            yield issue, self._label(issue), f"连同{'、'.join(counts)}" if counts else ""

    def _stands(self, parent: Issue) -> bool:
        """True where a missing sub-issue says something: its parent is in the source, in all its parts."""
        return self._whole and self._pairs.is_paired(parent)

    def _gone_sections(self) -> Iterator[tuple[Section, str, str]]:
        if not self._whole or not self._sectioned():
            return
        there = set(self._section_ids.values())
        for section in self._snapshot.sections:
            if section.id not in there:
                yield section, section.title, ""

    def refuse_other_documents(self) -> None:
        """UsageError where less than half of the ledger's issues are in the source: no new form of the same."""
        known = sum(map(self._pairs.is_paired, self._snapshot.issues))
        if known * 2 < len(self._snapshot.issues):
            raise UsageError(
                f"来源里只认出台账{len(self._snapshot.issues)}个问题中的{known}个，不像同一份文件，没有删除任何内容",
                "请去掉 --remove-gone 再导入，或者在台账里逐条删除",
            )

    def _label(self, issue: Issue) -> str:
        return f"{self._outline.number(issue)} {issue.title}"


def _longest_rising(ranks: Sequence[int]) -> set[int]:
    """The largest set of ranks that already follow one another: what is left has moved."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for at, rank in enumerate(ranks):
        place = bisect_left(tails, rank)
        before.append(ends[place - 1] if place else None)
        tails[place : place + 1] = [rank]
        ends[place : place + 1] = [at]
    found: set[int] = set()
    at = ends[-1] if ends else None
    while at is not None:
        found.add(ranks[at])
        at = before[at]
    return found
