"""Which proposals of an import a ledger already has: sections, then their issues, then what stands elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhenggai_desktop.domain.matching import named, pair_up, text_core, unique_cores
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.plan import ImportPlan, ProposedIssue, ProposedSection
from zhenggai_desktop.domain.records import Issue, Section, Snapshot


class PlanPairs:
    """The pairs of one plan and one snapshot.

    Issues are looked for under their own section and parent first. An unmistakable title (equal, distinctive and
    found once) is then recognised wherever the clerk moved it, so that it is not imported a second time.
    """

    def __init__(self, snapshot: Snapshot, plan: ImportPlan) -> None:
        self.outline = Outline(snapshot)
        self._sections: dict[int, Section] = {}
        self._issues: dict[int, Issue] = {}
        self._used: set[int] = set()
        self._pair_sections(plan.sections)
        for proposed in plan.sections:
            section = self.section(proposed)
            if section is not None or proposed.record is None:
                self._pair_issues(self.outline.issues_of(section), proposed.issues)
        self._pair_moved(plan)

    def section(self, proposed: ProposedSection) -> Section | None:
        """The ledger's section, or None where it has none such."""
        return self._sections.get(id(proposed))

    def issue(self, proposed: ProposedIssue) -> Issue | None:
        """The ledger's issue, or None where it has none such."""
        return self._issues.get(id(proposed))

    def _pair_sections(self, proposals: Sequence[ProposedSection]) -> None:
        sections = self.outline.snapshot.sections
        titled = [(proposed, proposed.record) for proposed in proposals if proposed.record is not None]
        ours = named(section.title for section in sections)
        for theirs, at in pair_up(ours, named(record.title for _, record in titled)).items():
            self._sections[id(titled[theirs][0])] = sections[at]

    def _pair_issues(self, issues: Sequence[Issue], proposals: Sequence[ProposedIssue]) -> None:
        ours = [issue for issue in issues if issue.id not in self._used]
        theirs = [proposed for proposed in proposals if id(proposed) not in self._issues]
        pairs = pair_up(named(issue.title for issue in ours), named(proposed.record.title for proposed in theirs))
        for other, at in pairs.items():
            self._pair(ours[at], theirs[other])

    def _pair(self, issue: Issue, proposed: ProposedIssue) -> None:
        self._issues[id(proposed)] = issue
        self._used.add(issue.id)
        self._pair_issues(self.outline.sub_issues(issue), proposed.issues)

    def _pair_moved(self, plan: ImportPlan) -> None:
        ours = dict(unique_cores((text_core(issue.title), issue.id) for issue in self._free_issues()))
        theirs = list(plan.issues())
        titles = ((text_core(proposed.record.title), at) for at, proposed in enumerate(theirs))
        for core, at in unique_cores(titles):
            found = ours.get(core)
            if found is not None and found not in self._used and self.issue(theirs[at]) is None:
                self._pair(self.outline.issue(found), theirs[at])

    def _free_issues(self) -> Iterator[Issue]:
        return (issue for issue in self.outline.snapshot.issues if issue.id not in self._used)
