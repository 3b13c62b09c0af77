"""The trees of a notice become sections, issues with their answers, and measures with what was done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from zhenggai_desktop.domain.answer_blocks import split_blocks
from zhenggai_desktop.domain.answer_labels import label_of
from zhenggai_desktop.domain.answers import SplitAnswer, split_answer
from zhenggai_desktop.domain.beyond_lists import list_category
from zhenggai_desktop.domain.cleaning import clipped
from zhenggai_desktop.domain.heading_forms import Heading, heading_in
from zhenggai_desktop.domain.issue_tree import IssueTree, Node, category_of, number_doubts, runs_on
from zhenggai_desktop.domain.plan import ImportPlan, PlanNote, ProposedIssue, ProposedMeasure, ProposedSection
from zhenggai_desktop.domain.records import AnswerPlace, Issue, Measure, Section, SectionCategory, Status, new_uid
from zhenggai_desktop.domain.schemes import Scheme
from zhenggai_desktop.domain.source_lines import Line
from zhenggai_desktop.domain.status_words import group_status, opening_status, unfinished_word, without_status

_LONGEST_NAMED = 20  # characters of a title in a doubt
_ANSWERED_BY = re.compile(r"^((?:派驻|驻)[一-龥]{0,16}纪检监察组|[区市省县]纪委监委)[，：]")


_SPECIAL = re.compile(
    r"[一-龥]*?((?:选人用人|意识形态|巡[察视]整改|机构编制|群众身边)[一-龥]{0,14}?(?:专项)?(?:检查|巡[察视]|督查))"
)


def source_of(heading: str) -> str:
    """The special inspection (选人用人专项检查) whose findings a chapter or section holds, "" for the main one."""
    match = _SPECIAL.search(heading)
    return match[1] if match else ""


class IssueReader:
    """Reads trees into a plan; ``originals`` takes each heading as the source prints it, by uid."""

    def __init__(self, scheme: Scheme, plan: ImportPlan, originals: dict[str, str]) -> None:
        self._scheme = scheme
        self._plan = plan
        self._originals = originals
        self._group: tuple[Status | None, bool] = (None, False)

    def read(self, tree: IssueTree, chapter_id: int | None, title: str = "", *, apart: bool = False) -> None:
        """Add the tree's sections and issues. ``chapter_id`` None means the first chapter of issues, ``title`` is the
        chapter's; ``apart`` keeps issues without sections in a nameless one, since other chapters hold issues too."""
        self._group = group_status(title)
        category = list_category(title)
        source = source_of(title)
        loose = ProposedSection(
            Section(uid=new_uid(), chapter_id=chapter_id, category=category, source=source) if apart else None
        )
        self._doubt_numbers(tree)
        without = {id(root) for root in tree.divided()[1]}
        for root in tree.roots:
            if id(root) in without:
                loose.issues.append(self._issue(root, 1, category))
                continue
            self._plan.sections.append(self._section(root, chapter_id, source))
        if loose.issues:
            self._plan.sections.append(loose)

    def _doubt_numbers(self, tree: IssueTree) -> None:
        """Skipped and repeated numbers, list by list; a list of the outermost issues may run through the sections."""
        doubts = self._plan.doubts
        headed = [root for root in tree.roots if root.heading]
        shared = headed[0] if headed and headed[0].rank == 1 else None  # 一、 goes on from the chapters of prose
        doubts.extend(number_doubts(headed[1:], through=shared) if shared else number_doubts(headed))
        through = not self._scheme.issue(1).restarts
        last: Node | None = None
        for root in tree.roots:
            goes_on = through and category_of(root) is SectionCategory.FEEDBACK
            doubts.extend(number_doubts(root.children, through=last if goes_on else None))
            last = root.children[-1] if root.children else last
            below: Node | None = None
            for node in root.walk():
                if node is root or not node.children:
                    continue
                doubts.extend(number_doubts(node.children, through=below if runs_on(below, node.children[0]) else None))
                below = node.children[-1]

    def _section(self, node: Node, chapter_id: int | None, source: str) -> ProposedSection:
        uid = new_uid()
        category = category_of(node)
        if node.heading:
            self._originals[uid] = node.heading
            self._group = group_status(node.line.body)
        introduction = "\n".join(line.text for line in node.texts)
        if node.run_in or (introduction and not node.children):
            self._doubt("section_without_issues", node.line, f"方面“{node.line.text[:20]}”下面的文字没有对应的问题")
        record = Section(
            uid=uid,
            chapter_id=chapter_id,
            category=category,
            source=source_of(node.heading) or source,
            title=heading_in(node.heading, self._scheme.section_of(category)).title if node.heading else "",
            introduction=introduction,
        )
        section = ProposedSection(record, node.line.number)
        section.issues.extend(self._issue(child, 1, category) for child in node.children)
        self._doubt_levels(node, section.issues)
        return section

    def _doubt_levels(self, node: Node, issues: Sequence[ProposedIssue]) -> None:
        """Said once per parent: the third section goes straight on to （1）."""
        deeper = next((issue for issue in issues if issue.record.printed_level not in (None, 0)), None)
        if deeper is not None:
            mark = node.line.mark.text if node.line.mark else node.heading[:12]
            self._plan.doubts.append(
                PlanNote("level_missing", deeper.line, f"“{mark}”直接跟“{deeper.number}”，中间缺一级")
            )

    def _issue(self, node: Node, depth: int, category: SectionCategory = SectionCategory.FEEDBACK) -> ProposedIssue:
        uid = new_uid()
        self._originals[uid] = node.heading
        silent = depth > 1 and not texts_below(node)  # printed all the same: the source does
        level = self._level(node, depth, category)
        heading = heading_in(node.heading, self._scheme.issue(level, category))
        title, status, standing = without_status(heading.title)
        base = Issue(
            uid=uid,
            title=title,
            status=status,
            standing=standing,
            recommendations=heading.recommendations,
            printed_level=level if level != depth or silent else None,
        )
        split = self._answer(base, node)
        number = node.line.mark.text if node.line.mark else ""
        proposed = ProposedIssue(split.issue, node.line.number, number)
        if category is not SectionCategory.FEEDBACK and not texts_below(node) and not unfinished_word(node.heading):
            proposed.record = replace(proposed.record, status=Status.DONE)  # the sentence itself tells what was done
        self._measures(proposed, split.items, node)
        proposed.issues.extend(_quoted_issues(heading, node.line))
        proposed.issues.extend(self._issue(child, level + 1) for child in node.children)
        return proposed

    def _answer(self, issue: Issue, node: Node) -> SplitAnswer:
        texts = [line.text for line in node.texts]
        place = AnswerPlace.RUN_IN if node.run_in else AnswerPlace.OWN
        split = split_blocks(issue, texts, self._place(place)) or split_answer(issue, texts, self._scheme.answer, place)
        if split.doubt:
            self._doubt("enumeration", node.texts[0], split.doubt)
        _, status, standing = opening_status(split.issue.answer_introduction)
        body = _ANSWERED_BY.match(texts[0].removeprefix(label_of(texts[0]))) if texts else None
        of_all, standing_of_all = self._group
        told = replace(
            split.issue,
            status=status or split.issue.status or (of_all if of_all is not Status.DONE else None),
            standing=standing or split.issue.standing or standing_of_all,
            answered_by=body[1] if body else "",
        )
        return replace(split, issue=told)

    def _place(self, place: AnswerPlace) -> AnswerPlace:
        return AnswerPlace.AUTO if place is self._scheme.answer.place else place

    def _level(self, node: Node, depth: int, category: SectionCategory) -> int:
        """The scheme's level whose mark the heading bears; ``depth`` where no level has it."""
        mark = node.line.mark
        if mark is None or self._scheme.issue(depth, category).pattern.startswith(mark.pattern):
            return depth
        fitting = [i for i in (1, 2, 3) if self._scheme.issue(i).pattern.startswith(mark.pattern)]
        return fitting[0] if fitting else depth

    def _measures(self, proposed: ProposedIssue, items: Sequence[str], node: Node) -> None:
        """Everything told is done, unless the answer's opening or its words say otherwise: a doubt to confirm."""
        overall = proposed.record.status or Status.DONE
        title = clipped(proposed.record.title, _LONGEST_NAMED)
        for position, item in enumerate(items, 1):
            word = unfinished_word(item)
            status = Status.IN_PROGRESS if word and overall is Status.DONE else overall
            if word and overall is Status.DONE:
                self._doubt("status", node.texts[0], f"“{title}”中有“{word}”，暂记为正在推进")
            measure = Measure(uid=new_uid(), position=position, progress=item, status=status)
            proposed.measures.append(ProposedMeasure(measure, node.line.number))

    def _doubt(self, code: str, line: Line, text: str) -> None:
        self._plan.doubts.append(PlanNote(code, line.number, text))


def texts_below(node: Node) -> bool:
    """True where anything stands below the node's heading."""
    return any(below.texts for below in node.walk())


def _quoted_issues(heading: Heading, line: Line) -> list[ProposedIssue]:
    """The issues that one heading quotes and one answer settles: sub-issues without a heading of their own."""
    if len(heading.titles) < 2:
        return []
    return [ProposedIssue(Issue(uid=new_uid(), title=title, printed_level=0), line.number) for title in heading.titles]
