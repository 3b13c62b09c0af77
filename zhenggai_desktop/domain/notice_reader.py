"""A published or drafted notice becomes an import plan: chapters, sections, issues with answers, and its scheme."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace

from zhenggai_desktop.domain.answer_labels import label_of
from zhenggai_desktop.domain.beyond_lists import list_category
from zhenggai_desktop.domain.contacts_reader import read_contacts
from zhenggai_desktop.domain.document_parts import (
    ChapterLines,
    Parts,
    is_closing_prose,
    is_contact_paragraph,
    prose_block,
)
from zhenggai_desktop.domain.facts_reader import (
    body_of,
    inspected_phrase,
    parse_date,
    read_lead,
    units_of,
)
from zhenggai_desktop.domain.issue_lines import is_strong, issue_score, rank_of, unnumbered_headings
from zhenggai_desktop.domain.issue_tree import IssueTree, notice_tree
from zhenggai_desktop.domain.notice import settled_headings
from zhenggai_desktop.domain.notice_issues import IssueReader
from zhenggai_desktop.domain.plan import (
    ImportPlan,
)
from zhenggai_desktop.domain.plan_snapshot import plan_snapshot
from zhenggai_desktop.domain.records import (
    Chapter,
    ChapterRole,
    DocumentKind,
    LedgerFacts,
    SectionCategory,
    new_uid,
)
from zhenggai_desktop.domain.scheme_finding import find_scheme
from zhenggai_desktop.domain.schemes import Scheme, changes
from zhenggai_desktop.domain.source_lines import Line
from zhenggai_desktop.domain.units import name_units


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
        reader = IssueReader(self._scheme, self._plan, self._originals)
        loose = sum(not tree.sectioned for _, tree in self._trees)
        for i, (chapter, tree) in enumerate(self._trees):
            reader.read(tree, chapter.id if i else None, chapter.title, apart=i > 0 or loose > 1)
        self._facts()
        name_units(self._plan)
        self._settle()

    # --- chapters

    def _trees_are_chaptered(self) -> bool:
        return any(chapter.printed_heading or chapter.title for chapter, _ in self._trees)

    def _chapters(self) -> None:
        self._prose_chapter(ChapterRole.LEAD, self._parts.opening)
        chapters = self._parts.chapters
        own = [i for i, chapter in enumerate(chapters) if _heads_issues_itself(chapter)]
        if len(own) >= _FEWEST_OWN:
            self._numbered_issues(own[0], own[-1] + 1)
        else:
            self._chapters_of_issues(chapters)
        self._prose_chapter(ChapterRole.CLOSING, self._parts.closing)

    def _chapters_of_issues(self, chapters: Sequence[ChapterLines]) -> None:
        """The usual case: one chapter holds the issues, the others are prose."""
        scores = [issue_score(chapter.lines) for chapter in chapters]
        most = max(scores, default=0)
        if not most:
            scores = [_titled_as_issues(chapter) for chapter in chapters]
        for chapter, score in zip(chapters, scores, strict=True):
            if chapter.heading is None and (score or len(chapters) == 1):
                cut = _end_of_answers(chapter.lines)
                self._issue_chapter(None, chapter.lines[:cut])
                self._prose_chapter(ChapterRole.NARRATIVE, chapter.lines[cut:])
            elif (score and score * 8 >= most) or (most and _is_list(chapter)):
                self._issue_chapter(chapter.heading, chapter.lines)
            else:
                self._prose_chapter(ChapterRole.NARRATIVE, chapter.lines, chapter.heading)

    def _numbered_issues(self, start: int, end: int) -> None:
        """一、二、三 are themselves issues or sections: they share one chapter without a heading."""
        chapters = self._parts.chapters
        for chapter in chapters[:start]:
            self._prose_chapter(ChapterRole.NARRATIVE, chapter.lines, chapter.heading)
        lines = [line for c in chapters[start:end] for line in (*([c.heading] if c.heading else []), *c.lines)]
        cut = _end_of_answers(lines)
        self._issue_chapter(None, lines[:cut])
        self._prose_chapter(ChapterRole.NARRATIVE, lines[cut:])
        for chapter in chapters[end:]:
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

    # --- facts

    def _facts(self) -> None:
        parts, plan = self._parts, self._plan
        facts = LedgerFacts(notice_title=_title(parts.title))
        lead = "".join(line.text for line in parts.opening)
        facts = read_lead(facts, lead)
        last = parts.chapters[-1].lines[-4:] if parts.chapters else []
        contacts = [line.text for line in last if is_contact_paragraph(line.text)]
        facts = read_contacts(facts, [*(line.text for line in parts.closing), *contacts])
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


_FEWEST_OWN = 2  # one such heading alone is a chapter
_SECTION = re.compile(r"关于.+(?:方面|问题)|.+方面(?:存在)?(?:的?问题)?(?:的?整改(?:落实)?情况)?$")


def _heads_issues_itself(chapter: ChapterLines) -> bool:
    """True where 一、… is worded as an issue, or as a section above lines that are."""
    heading = chapter.heading
    if heading is None or heading.mark is None:
        return False
    return is_strong(heading) or bool(_SECTION.match(heading.body) and issue_score(chapter.lines))


_TITLED = re.compile(r"问题|反馈.*(?:整改|落实)|整改(?:任务|事项)?(?:落实|完成|进展)情况")
_NOT_TITLED = re.compile(r"组织|领导|工作开展|总体|基本情况|打算|计划|安排|线索")


def _titled_as_issues(chapter: ChapterLines) -> int:
    """1 for a chapter whose title promises issues and that has numbered lines of two ranks, else 0."""
    title = chapter.heading.body if chapter.heading else ""
    ranks = {rank_of(line) for line in chapter.lines if line.mark}
    numbered = len(ranks) > 1 or bool(unnumbered_headings(chapter.lines))
    return int(numbered and bool(_TITLED.search(title)) and not _NOT_TITLED.search(title))


def _is_list(chapter: ChapterLines) -> bool:
    """True for a chapter that is itself a list beyond the feedback (举一反三整改情况) with numbered items."""
    title = chapter.heading.body if chapter.heading else ""
    items = [line for line in chapter.lines if line.mark and rank_of(line) > 1]
    return len(items) > 1 and list_category(title) is not SectionCategory.FEEDBACK and not _NOT_TITLED.search(title)


def _changes(scheme: Scheme) -> str:
    parts = changes(scheme)
    return json.dumps(parts, ensure_ascii=False) if parts else ""


def _title(lines: Sequence[Line]) -> str:
    """The title; a break inside one paragraph or between centred lines is layout, which the writer makes anew."""
    title = ""
    for i, line in enumerate(lines):
        laid_out = i == 0 or lines[i - 1].number == line.number or (lines[i - 1].centred and line.centred)
        title += line.text if laid_out else f"\n{line.text}"
    return title


def title_organisation(title: str) -> str:
    """The organisation with which a title begins (“某街道党工委关于…的通报”), or ""."""
    words = title.replace("\n", "")
    name, found, _ = words.partition("关于")
    return name if found else ""


def _end_of_answers(lines: Sequence[Line]) -> int:
    """Where the last issue's answer ends: before prose that looks ahead, or before prose behind a numbered answer."""
    labels = [i for i, line in enumerate(lines) if label_of(line.text)]
    last = max([*labels, *(i for i, line in enumerate(lines) if is_strong(line))], default=0)
    numbered = False
    for i in range(last + 1, len(lines)):
        line = lines[i]
        if line.mark is None and (is_closing_prose(line.text) or numbered):
            return i
        numbered = numbered or line.mark is not None
    return len(lines)
