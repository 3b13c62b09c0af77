"""A published or drafted notice becomes an import plan: chapters, sections, issues with answers, and its scheme."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from zhenggai_desktop.domain.answers import label_of, split_answer
from zhenggai_desktop.domain.document_parts import Parts, is_closing_prose, prose_block
from zhenggai_desktop.domain.facts_reader import (
    body_of,
    inspected_phrase,
    parse_date,
    read_contacts,
    read_lead,
    units_of,
)
from zhenggai_desktop.domain.heading_forms import Heading, heading_in
from zhenggai_desktop.domain.issue_tree import IssueTree, Node, category_of, issue_score, notice_tree, number_doubts
from zhenggai_desktop.domain.notice import settled_headings
from zhenggai_desktop.domain.plan import (
    ImportPlan,
    PlanNote,
    ProposedIssue,
    ProposedMeasure,
    ProposedSection,
)
from zhenggai_desktop.domain.plan_snapshot import plan_snapshot
from zhenggai_desktop.domain.records import (
    AnswerPlace,
    Chapter,
    ChapterRole,
    DocumentKind,
    Issue,
    LedgerFacts,
    Measure,
    Section,
    SectionCategory,
    Status,
    new_uid,
)
from zhenggai_desktop.domain.scheme_finding import find_scheme
from zhenggai_desktop.domain.schemes import Scheme, changes
from zhenggai_desktop.domain.source_lines import Line
from zhenggai_desktop.domain.status_words import unfinished_word


def read_notice(parts: Parts, plan: ImportPlan) -> None:
    """Fill ``plan`` with everything that the parts of a notice say."""
    _NoticeReader(parts, plan).read()


class _NoticeReader:
    def __init__(self, parts: Parts, plan: ImportPlan) -> None:
        self._parts = parts
        self._plan = plan
        self._scheme: Scheme
        self._trees: list[tuple[Chapter, IssueTree]] = []
        self._originals: dict[str, str] = {}

    def read(self) -> None:
        self._plan.document = DocumentKind.NOTICE
        self._chapters()
        self._scheme = find_scheme(
            [tree for _, tree in self._trees],
            [
                chapter.heading.text
                for chapter in self._parts.chapters
                if chapter.heading and self._trees_are_chaptered()
            ],
        )
        for chapter, tree in self._trees:
            self._sections(chapter, tree)
        self._facts()
        self._settle()

    # --- chapters

    def _trees_are_chaptered(self) -> bool:
        return any(chapter.printed_heading or chapter.title for chapter, _ in self._trees)

    def _chapters(self) -> None:
        parts = self._parts
        self._prose_chapter(ChapterRole.LEAD, parts.opening)
        scores = [issue_score(chapter.lines) for chapter in parts.chapters]
        if self._issues_are_chapters():
            self._issue_chapter(None, self._numbered_issues())
            self._rest_of_numbered_issues()
        else:
            most = max(scores, default=0)
            for chapter, score in zip(parts.chapters, scores, strict=True):
                if score and score * 8 >= most:
                    self._issue_chapter(chapter.heading, chapter.lines)
                else:
                    self._prose_chapter(ChapterRole.NARRATIVE, chapter.lines, chapter.heading)
        self._prose_chapter(ChapterRole.CLOSING, parts.closing)

    def _issues_are_chapters(self) -> bool:
        """True where 一、二、三 are themselves issues or sections, not chapters that hold the issues."""
        headed = [chapter for chapter in self._parts.chapters if chapter.heading and chapter.heading.mark]
        own = sum(1 for chapter in headed if chapter.heading and issue_score([chapter.heading]))
        return len(headed) >= 3 and own * 2 > len(headed)

    def _numbered_issues(self) -> list[Line]:
        """The lines from the first numbered issue to the last one's answer."""
        lines: list[Line] = []
        for chapter in self._parts.chapters:
            if chapter.heading and chapter.heading.mark:
                lines += [chapter.heading, *chapter.lines]
        cut = _end_of_answers(lines)
        self._after_issues = lines[cut:]
        return lines[:cut]

    def _rest_of_numbered_issues(self) -> None:
        self._prose_chapter(ChapterRole.NARRATIVE, self._after_issues)
        for chapter in self._parts.chapters:
            if chapter.heading and not chapter.heading.mark:
                self._prose_chapter(ChapterRole.NARRATIVE, chapter.lines, chapter.heading)

    def _prose_chapter(self, role: ChapterRole, lines: Sequence[Line], heading: Line | None = None) -> None:
        if lines or heading:
            chapter = self._new_chapter(role, heading)
            self._plan.chapters.append(replace(chapter, blocks=tuple(prose_block(line) for line in lines)))

    def _issue_chapter(self, heading: Line | None, lines: Sequence[Line]) -> None:
        tree = notice_tree(lines)
        chapter = replace(
            self._new_chapter(ChapterRole.ISSUES, heading), blocks=tuple(prose_block(line) for line in tree.before)
        )
        self._plan.chapters.append(chapter)
        self._plan.doubts.extend(tree.doubts)
        self._trees.append((chapter, tree))

    def _new_chapter(self, role: ChapterRole, heading: Line | None) -> Chapter:
        uid = new_uid()
        if heading is None:
            return Chapter(len(self._plan.chapters) + 1, uid, role=role)
        self._originals[uid] = heading.text
        return Chapter(len(self._plan.chapters) + 1, uid, role=role, title=heading.body)

    # --- sections and issues

    def _sections(self, chapter: Chapter, tree: IssueTree) -> None:
        chapter_id = chapter.id if chapter is not self._trees[0][0] else None
        loose = ProposedSection(None)
        self._doubt_numbers(tree)
        for root in tree.roots:
            if not tree.sectioned:
                loose.issues.append(self._issue(root, 1))
                continue
            self._plan.sections.append(self._section(root, chapter_id))
        if loose.issues:
            self._plan.sections.append(loose)

    def _doubt_numbers(self, tree: IssueTree) -> None:
        """Skipped and repeated numbers, list by list; a list of the outermost issues may run through the sections."""
        doubts = self._plan.doubts
        doubts.extend(number_doubts([root for root in tree.roots if root.heading]))
        through = not self._scheme.issue(1).restarts
        last: Node | None = None
        for root in tree.roots:
            runs_on = through and category_of(root) is SectionCategory.FEEDBACK
            doubts.extend(number_doubts(root.children, through=last if runs_on else None))
            last = root.children[-1] if root.children else last
            for node in root.walk():
                if node is not root:
                    doubts.extend(number_doubts(node.children))

    def _section(self, node: Node, chapter_id: int | None) -> ProposedSection:
        uid = new_uid()
        category = category_of(node)
        if node.heading:
            self._originals[uid] = node.heading
        introduction = "\n".join(line.text for line in node.texts)
        if node.run_in or (introduction and not node.children):
            self._doubt("section_without_issues", node.line, f"方面“{node.line.text[:20]}”下面的文字没有对应的问题")
        record = Section(
            uid=uid,
            chapter_id=chapter_id,
            category=category,
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
        level = self._level(node, depth, category)
        heading = heading_in(node.heading, self._scheme.issue(level, category))
        base = Issue(
            uid=uid,
            title=heading.title,
            recommendations=heading.recommendations,
            printed_level=None if level == depth else level,
        )
        place = AnswerPlace.RUN_IN if node.run_in else AnswerPlace.OWN
        split = split_answer(base, [line.text for line in node.texts], self._scheme.answer, place)
        if split.doubt:
            self._doubt("enumeration", node.texts[0], split.doubt)
        number = node.line.mark.text if node.line.mark else ""
        proposed = ProposedIssue(split.issue, node.line.number, number)
        self._measures(proposed, split.items, node)
        proposed.issues.extend(_quoted_issues(heading, node.line))
        proposed.issues.extend(self._issue(child, level + 1) for child in node.children)
        return proposed

    def _level(self, node: Node, depth: int, category: SectionCategory) -> int:
        """The scheme's level whose mark the heading bears; ``depth`` where no level has it."""
        mark = node.line.mark
        if mark is None or self._scheme.issue(depth, category).pattern.startswith(mark.pattern):
            return depth
        fitting = [i for i in (1, 2, 3) if self._scheme.issue(i).pattern.startswith(mark.pattern)]
        return fitting[0] if fitting else depth

    def _measures(self, proposed: ProposedIssue, items: Sequence[str], node: Node) -> None:
        """Everything told is done, unless its words say otherwise, which is a doubt to confirm."""
        for position, item in enumerate(items, 1):
            word = unfinished_word(item)
            status = Status.IN_PROGRESS if word else Status.DONE
            if word:
                self._doubt("status", node.texts[0], f"“{node.line.text[:20]}”中有“{word}”，暂记为正在推进")
            proposed.measures.append(
                ProposedMeasure(
                    Measure(uid=new_uid(), position=position, progress=item, status=status), node.line.number
                )
            )

    # --- facts

    def _facts(self) -> None:
        parts, plan = self._parts, self._plan
        facts = LedgerFacts(notice_title="\n".join(line.text for line in parts.title))
        lead = "".join(line.text for line in parts.opening)
        facts = read_lead(facts, lead)
        facts = read_contacts(facts, [line.text for line in parts.closing])
        if parts.date:
            facts = replace(facts, signature_date=parts.date.text, publication_date=parse_date(parts.date.text))
        facts = replace(facts, signature_organisation="\n".join(line.text for line in parts.signature))
        name = title_organisation(facts.notice_title)
        full = facts.signature_organisation.partition("\n")[0] or name
        facts = replace(
            facts,
            organisation=full,
            organisation_short=name if name != full else "",
            organisation_body=body_of(name or full),
        )
        facts = replace(facts, scheme=self._scheme.name, scheme_changes=_changes(self._scheme))
        plan.facts = facts
        plan.inspected_units = units_of(inspected_phrase(lead)) or [name for name in (name or full,) if name]

    def _settle(self) -> None:
        """Keep as printed whatever the scheme would print otherwise."""
        settled = settled_headings(plan_snapshot(self._plan), self._scheme, self._originals)
        self._plan.chapters = [
            replace(chapter, printed_heading=settled.get(chapter.uid, "")) for chapter in self._plan.chapters
        ]
        for section in self._plan.sections:
            if section.record is not None:
                section.record = replace(section.record, printed_heading=settled.get(section.record.uid, ""))
        for issue in self._plan.issues():
            issue.record = replace(issue.record, printed_heading=settled.get(issue.record.uid, ""))

    def _doubt(self, code: str, line: Line, text: str) -> None:
        self._plan.doubts.append(PlanNote(code, line.number, text))


def _quoted_issues(heading: Heading, line: Line) -> list[ProposedIssue]:
    """The issues that one heading quotes and one answer settles: sub-issues without a heading of their own."""
    if len(heading.titles) < 2:
        return []
    return [ProposedIssue(Issue(uid=new_uid(), title=title, printed_level=0), line.number) for title in heading.titles]


def _changes(scheme: Scheme) -> str:
    parts = changes(scheme)
    return json.dumps(parts, ensure_ascii=False) if parts else ""


def title_organisation(title: str) -> str:
    """The organisation with which a title begins (“某街道党工委关于…的通报”), or ""."""
    words = title.replace("\n", "")
    name, found, _ = words.partition("关于")
    return name if found else ""


def _end_of_answers(lines: Sequence[Line]) -> int:
    """Where the last issue's answer ends: before prose that looks ahead, or before prose behind a numbered answer."""
    last = max(
        (i for i, line in enumerate(lines) if line.mark and issue_score([line]) and not label_of(line.text)), default=0
    )
    numbered = False
    for i in range(last + 1, len(lines)):
        line = lines[i]
        if line.mark is None and (is_closing_prose(line.text) or numbered):
            return i
        numbered = numbered or line.mark is not None
    return len(lines)
