"""Which proposals of an import a ledger already has: sections, then their issues, then what stands elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from zhenggai_desktop.domain.matching import Named, named, pair_up, text_core, unique_cores
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.parallel_titles import other_units
from zhenggai_desktop.domain.plan import ImportPlan, ProposedIssue, ProposedSection
from zhenggai_desktop.domain.records import Chapter, ChapterRole, DocumentKind, Issue, Measure, Section, Snapshot

_UNNAMED = "（无标题）"
_REWORDED = 0.65  # likeness from which an issue of a new feedback document is an old one in other words,
_SAME_NUMBER = 0.5  # and where it has the same number too
_MOST_COMPARISONS = 20_000


class PlanPairs:
    """The pairs of one plan and one snapshot.

    Issues are looked for under their own section and parent first: by their words, then by their number where half
    of the words are left. A title that is distinctive and found once, or nearly the same, is then recognised wherever
    it was moved, so that it is not imported a second time.
    """

    def __init__(self, snapshot: Snapshot, plan: ImportPlan) -> None:
        self.outline = Outline(snapshot)
        self._sections: dict[int, Section] = {}
        self._issues: dict[int, Issue] = {}
        self._used: set[int] = set()
        self._rewords = plan.document is DocumentKind.FEEDBACK  # a corrected one; a notice quotes what it answers
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

    def is_paired(self, issue: Issue) -> bool:
        """True for an issue of the ledger that the plan has too."""
        return issue.id in self._used

    def _pair_sections(self, proposals: Sequence[ProposedSection]) -> None:
        sections = self.outline.snapshot.sections
        titled = [(proposed, proposed.record) for proposed in proposals if proposed.record is not None]
        ours = named(_section_name(section) for section in sections)
        pairs = pair_up(ours, named(_section_name(record) for _, record in titled))
        for theirs, at in pairs.items():
            self._sections[id(titled[theirs][0])] = sections[at]
        free = [section for at, section in enumerate(sections) if at not in pairs.values()]
        for proposed, _ in titled:
            if id(proposed) not in self._sections and (same := self._same_issues(free, proposed)) is not None:
                self._sections[id(proposed)] = same
                free.remove(same)

    def _same_issues(self, sections: Sequence[Section], proposed: ProposedSection) -> Section | None:
        """A section under another name that holds most of the issues."""
        theirs = {text_core(issue.record.title) for issue in proposed.issues}
        for section in sections:
            ours = {text_core(issue.title) for issue in self.outline.issues_of(section)}
            if len(ours & theirs) * 2 > max(len(ours), len(theirs)):
                return section
        return None

    def _pair_issues(self, issues: Sequence[Issue], proposals: Sequence[ProposedIssue]) -> None:
        ours = [issue for issue in issues if issue.id not in self._used]
        theirs = [proposed for proposed in proposals if id(proposed) not in self._issues]
        pairs = pair_up(
            named(map(self._name, ours), (issue.original_text for issue in ours), map(self._office, ours)),
            named(
                map(_proposed_name, theirs),
                (proposed.record.original_text for proposed in theirs),
                map(_proposed_office, theirs),
            ),
        )
        for other, at in pairs.items():
            self._pair(ours[at], theirs[other])
        if self._rewords:
            self._pair_reworded(issues, proposals)

    def _pair_reworded(self, issues: Sequence[Issue], proposals: Sequence[ProposedIssue]) -> None:
        """Siblings that are left on both sides: most of the words are the same, or half of them under one number."""
        ours = [(at, issue) for at, issue in enumerate(issues) if issue.id not in self._used]
        theirs = [(at, proposed) for at, proposed in enumerate(proposals) if id(proposed) not in self._issues]
        if len(ours) * len(theirs) > _MOST_COMPARISONS:
            return
        found = [
            (-score, abs(at - other), at, other)
            for at, issue in ours
            for other, proposed in theirs
            if (score := _likeness(issue, proposed)) >= (_SAME_NUMBER if at == other else _REWORDED)
            and not other_units(text_core(issue.title), text_core(proposed.record.title))
        ]
        for _, _, at, other in sorted(found):
            if issues[at].id not in self._used and id(proposals[other]) not in self._issues:
                self._pair(issues[at], proposals[other])

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
        self._pair_moved_and_reworded(theirs)

    def _pair_moved_and_reworded(self, proposals: Sequence[ProposedIssue]) -> None:
        """What is left on both sides and nearly the same; long lists are left alone, for each is held to each."""
        free = list(self._free_issues())
        left = [proposed for proposed in proposals if self.issue(proposed) is None]
        if not self._rewords or len(free) * len(left) > _MOST_COMPARISONS:
            return
        ours = list(unique_cores((text_core(issue.title), at) for at, issue in enumerate(free)))
        theirs = list(unique_cores((text_core(proposed.record.title), at) for at, proposed in enumerate(left)))
        pairs = pair_up([Named(core) for core, _ in ours], [Named(core) for core, _ in theirs])
        for other, at in pairs.items():
            issue, proposed = free[ours[at][1]], left[theirs[other][1]]
            if issue.id not in self._used and self.issue(proposed) is None:
                self._pair(issue, proposed)

    def _name(self, issue: Issue) -> str:
        measures = self.outline.measures_of(issue)
        return _issue_name(issue, measures[0] if measures else None)

    def _office(self, issue: Issue) -> str:
        return _one_office(issue, self.outline.measures_of(issue))

    def _free_issues(self) -> Iterator[Issue]:
        return (issue for issue in self.outline.snapshot.issues if issue.id not in self._used)


def _likeness(ours: Issue, theirs: ProposedIssue) -> float:
    one, other = text_core(ours.title), text_core(theirs.record.title)
    return SequenceMatcher(None, one, other, autojunk=False).ratio() if one and other else 0.0


def _proposed_name(proposed: ProposedIssue) -> str:
    return _issue_name(proposed.record, proposed.measures[0].record if proposed.measures else None)


def _proposed_office(proposed: ProposedIssue) -> str:
    return _one_office(proposed.record, [measure.record for measure in proposed.measures])


def _one_office(issue: Issue, measures: Sequence[Measure]) -> str:
    """The department that answers for the issue, or for all its measures; "" where there are several."""
    offices = {measure.lead_department for measure in measures} or {""}
    return issue.lead_department or (offices.pop() if len(offices) == 1 else "")


def _issue_name(issue: Issue, measure: Measure | None) -> str:
    """The title; where there is none, the first words that there are, so that the same issue is known again."""
    answer = "" if measure is None else measure.progress or measure.content
    return issue.title or issue.original_text or issue.public_text or answer or _UNNAMED


def _section_name(section: Section) -> str:
    return section.title or section.introduction or _UNNAMED


class Stock:
    """What a ledger has of a kind, each used once: two equal totals in a text stay two."""

    def __init__(self, keys: Iterable[Hashable]) -> None:
        self._left = Counter(keys)

    def take(self, key: Hashable) -> bool:
        """True, and one fewer, where the ledger has such a one."""
        if self._left[key] <= 0:
            return False
        self._left[key] -= 1
        return True


def paired_chapters(ours: Sequence[Chapter], theirs: Sequence[Chapter]) -> dict[int, Chapter]:
    """Index of theirs → our chapter: equal titles (or, without one, beginnings) within one document, edition and role.

    Lead, issues and closing are what they are whatever their title says, so what is left of them pairs in order.
    """
    pairs: dict[int, Chapter] = {}
    for place in dict.fromkeys(map(_place, theirs)):
        our_part = [chapter for chapter in ours if _place(chapter) == place]
        their_part = [at for at, chapter in enumerate(theirs) if _place(chapter) == place]
        names = named(_chapter_name(theirs[at]) for at in their_part)
        found = pair_up(named(map(_chapter_name, our_part)), names)
        pairs.update({their_part[other]: our_part[at] for other, at in found.items()})
        if place[2] is not ChapterRole.NARRATIVE:
            free_ours = [chapter for at, chapter in enumerate(our_part) if at not in found.values()]
            free_theirs = [at for other, at in enumerate(their_part) if other not in found]
            pairs.update(zip(free_theirs, free_ours, strict=False))
    return pairs


def _chapter_name(chapter: Chapter) -> str:
    return chapter.title or "".join(block.text for block in chapter.blocks[:1])


def _place(chapter: Chapter) -> tuple[str, str, ChapterRole]:
    return chapter.document, chapter.edition, chapter.role
