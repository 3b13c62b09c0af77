"""A snapshot and a scheme become the blocks of the public notice (domain.md §6).

Sentences stay literal: what the clerk wrote or what was imported is printed as it is; only numbers of headings and
marks of measures are made here. The same walk gives every heading as printed, for the tree and for ``show``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from zhenggai_desktop.domain.answers import answer_place, compose_answer
from zhenggai_desktop.domain.blocks import Anchor, Block, Document, Kind, Run, RunRole, plain
from zhenggai_desktop.domain.editions import Edition, count_withheld, edited, withheld_sentence
from zhenggai_desktop.domain.frame import notice_chapters, notice_title
from zhenggai_desktop.domain.heading_forms import sentence_end
from zhenggai_desktop.domain.items import answers_all_below, serving_measures
from zhenggai_desktop.domain.numbering import leading_mark
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.placeholders import Placeholder, fill, has_placeholder, placeholders
from zhenggai_desktop.domain.public_names import with_roles
from zhenggai_desktop.domain.records import (
    AnswerPlace,
    BlockKind,
    Chapter,
    ChapterBlock,
    ChapterRole,
    DocumentKind,
    Issue,
    Measure,
    Section,
    SectionCategory,
    Snapshot,
)
from zhenggai_desktop.domain.schemes import HeadingPattern, Scheme


@dataclass(frozen=True, slots=True)
class _Printed:
    """What an issue gave that has none below it, and all that this depended on besides the scheme."""

    issue: Issue
    measures: Sequence[Measure]
    place: tuple[int, int, SectionCategory]  # depth, number, category
    heading: str
    blocks: tuple[Block, ...]


class Composition:
    """What was composed last: whoever composes a ledger again and again lets only that be made which has changed."""

    def __init__(self) -> None:
        self._scheme: Scheme | None = None
        self._printed: dict[int, _Printed] = {}

    def of(self, scheme: Scheme) -> dict[int, _Printed]:
        """By id what issues gave under this scheme."""
        if scheme != self._scheme:
            self._scheme, self._printed = scheme, {}
        return self._printed


def compose(
    snapshot: Snapshot,
    scheme: Scheme,
    *,
    edition: Edition = Edition.PUBLIC,
    draft_id: str = "",
    last: Composition | None = None,
) -> Document:
    """The notice in one edition. Issues without an answer stand with their heading alone; nothing is invented.

    Names stay as the ledger has them, so that a proofreader finds them there; see ``going_out``. With ``last`` blocks
    of issues that have not changed are those of the last time.
    """
    left_out = count_withheld(snapshot) if edition.approved is Edition.PUBLIC else 0
    whole, snapshot = snapshot, edited(snapshot, edition)
    walk = _Walk(snapshot, scheme, printed=last.of(scheme) if last else None, whole=whole)
    walk.notice(left_out)
    facts = snapshot.facts
    return Document(
        title=notice_title(snapshot),
        blocks=tuple(walk.blocks),
        author=facts.signature_organisation or facts.organisation,
        subject="整改情况通报",
        draft_id=draft_id,
        warnings=tuple(walk.warnings),
    )


def going_out(
    snapshot: Snapshot, scheme: Scheme, edition: Edition, draft_id: str = "", *, last: Composition | None = None
) -> Document:
    """The notice as it leaves the office: in the public edition roles stand for persons where the directory has one.

    ``last`` as for ``compose``.
    """
    document = compose(snapshot, scheme, edition=edition, draft_id=draft_id, last=last)
    return with_roles(document, snapshot) if edition.approved is Edition.PUBLIC else document


def printed_headings(snapshot: Snapshot, scheme: Scheme) -> Mapping[str, str]:
    """uid of every chapter, section and issue → its heading as the notice prints it, "" where it prints none."""
    walk = _Walk(snapshot, scheme)
    walk.notice()
    return walk.headings


def chapter_headings(snapshot: Snapshot, scheme: Scheme) -> Mapping[str, str]:
    """The ``printed_headings`` of the chapters alone, which nothing below them changes."""
    walk = _Walk(snapshot, scheme)
    walk.chapters()
    return walk.headings


def answer_text(outline: Outline, issue: Issue, scheme: Scheme) -> str:
    """The issue's answer as the notice prints it, paragraphs parted by line feeds; "" when there is none."""
    return "\n".join(compose_answer(issue, serving_measures(outline, issue), scheme.answer))


def settled_headings(snapshot: Snapshot, scheme: Scheme, originals: Mapping[str, str]) -> Mapping[str, str]:
    """uid → the heading to keep as printed, for those of ``originals`` that the scheme would print otherwise."""
    walk = _Walk(snapshot, scheme, originals)
    walk.notice()
    return walk.settled


@dataclass(slots=True)
class _Counters:
    """Running numbers by level; a heading of an outer level starts the inner ones anew where they restart."""

    values: dict[int, int] = field(default_factory=dict[int, int])

    def next(self, level: int) -> int:
        """The next number of a level, which stays the next until it is taken."""
        return self.values.get(level, 0) + 1

    def take(self, level: int, printed: str = "") -> None:
        """Count a heading; a printed one sets the number that it shows, and counts nothing where it shows none."""
        if not printed:
            self.values[level] = self.next(level)
        elif (mark := leading_mark(printed)) is not None:
            self.values[level] = mark.number

    def restart(self, levels: Mapping[int, HeadingPattern]) -> None:
        """Start those of ``levels`` anew whose pattern says so."""
        for level, pattern in levels.items():
            if pattern.restarts:
                self.values.pop(level, None)


_CHAPTER, _SECTION, _ISSUE = 0, 1, 1  # issues count from level 2: _ISSUE + depth
_DEEPEST = 9  # level of an issue; those below it count as one more of the same


class _Walk:
    def __init__(
        self,
        snapshot: Snapshot,
        scheme: Scheme,
        originals: Mapping[str, str] | None = None,
        printed: dict[int, _Printed] | None = None,
        whole: Snapshot | None = None,
    ) -> None:
        """``whole`` is the ledger of which the figures tell, where ``snapshot`` is what an edition shows of it."""
        self._snapshot = snapshot
        self._whole = whole or snapshot
        self._printed = printed
        self._originals = originals or {}
        self._scheme = scheme
        self._outline = Outline(snapshot)
        self._counters = _Counters()
        self._category = SectionCategory.FEEDBACK
        self._others = {chapter.id for chapter in snapshot.chapters if chapter.document is not DocumentKind.NOTICE}
        self._issue_levels = {_ISSUE + depth: scheme.issue(depth) for depth in (1, 2, 3)}
        self._levels_below = {
            level: {k: v for k, v in self._issue_levels.items() if k > level}
            for level in range(_ISSUE, _ISSUE + _DEEPEST + 1)
        }
        self.blocks: list[Block] = []
        self.headings: dict[str, str] = {}
        self.settled: dict[str, str] = {}
        self.warnings: list[str] = []

    @cached_property
    def _placeholders(self) -> Mapping[str, Placeholder]:
        return placeholders(self._whole)

    def notice(self, left_out: int = 0) -> None:
        """Walk the whole notice; behind its issues it says how many of them are left out."""
        title = notice_title(self._snapshot)
        if title:
            self.blocks.append(plain(Kind.TITLE, title))
        chapters = notice_chapters(self._snapshot, self._scheme)
        holding = [chapter for chapter in chapters if chapter.role is ChapterRole.ISSUES]
        for chapter in chapters:
            self._chapter(chapter)
            if chapter.role is ChapterRole.ISSUES:
                self._sections_of(chapter, first=chapter is holding[0])
            if left_out and holding and chapter is holding[-1]:
                self.blocks.append(plain(Kind.PARAGRAPH, withheld_sentence(left_out)))
        self._signature()

    def chapters(self) -> None:
        """Walk the chapters without what the ledger puts below them."""
        for chapter in notice_chapters(self._snapshot, self._scheme):
            self._chapter(replace(chapter, blocks=()))

    def _chapter(self, chapter: Chapter) -> None:
        heading = ""
        if chapter.title or chapter.printed_heading:
            heading = self._next(_CHAPTER, self._scheme.chapter, chapter)
            self._counters.restart({_SECTION: self._scheme.section, **self._issue_levels})
            self._heading(
                heading, self._scheme.chapter.level if leading_mark(heading) else 1, _anchor("chapter", chapter)
            )
        self.headings[chapter.uid] = heading
        for block in chapter.blocks:
            self.blocks.append(prose_block(self._filled(block), _anchor("chapter", chapter)))

    def _filled(self, block: ChapterBlock) -> ChapterBlock:
        """The block with the ledger's figures in place of the placeholders; unknown names stay and are told."""
        if not has_placeholder(block.text):
            return block
        text, unknown = fill(block.text, self._placeholders)
        self.warnings += [f"通报中的“{{{name}}}”不是台账能统计的数字，请用“插入数字”选择" for name in unknown]
        return replace(block, text=text)

    def _sections_of(self, chapter: Chapter, *, first: bool) -> None:
        for section in self._outline.sections():
            if section is None:
                if first:
                    self._issues(self._outline.issues_of(None), 1)
            elif section.chapter_id == chapter.id or (first and self._has_no_chapter(section)):
                self._section(section)

    def _has_no_chapter(self, section: Section) -> bool:
        """True also where its chapter is one of the feedback, which is not printed."""
        return section.chapter_id is None or section.chapter_id in self._others

    def _section(self, section: Section) -> None:
        if self._category is not section.category:
            for level in self._issue_levels:
                self._counters.values.pop(level, None)
        self._category = section.category
        heading = ""
        anchor = _anchor("section", section)
        if section.title or section.printed_heading:
            pattern = self._scheme.section_of(section.category)
            heading = self._next(_SECTION, pattern, section)
            self._counters.restart(self._issue_levels)
            self._heading(heading, pattern.level, anchor)
        self.headings[section.uid] = heading
        for text in section.introduction.split("\n") if section.introduction else ():
            self.blocks.append(plain(Kind.PARAGRAPH, text, anchor=anchor))
        self._issues(self._outline.issues_of(section), 1)

    def _issues(self, issues: Sequence[Issue], depth: int, *, covered: bool = False) -> None:
        """``covered`` says that the answer of the issue above holds for these too: they need no headings."""
        for issue in issues:
            if covered and issue.printed_level is None and not issue.printed_heading:
                self.headings.update((step.uid, "") for step in self._outline.walk_below(issue))
                continue
            level = issue.printed_level if issue.printed_level is not None else depth
            self._issue(issue, min(level, _DEEPEST))

    def _answer(self, issue: Issue) -> tuple[str, ...]:
        return compose_answer(issue, serving_measures(self._outline, issue), self._scheme.answer)

    def _issue(self, issue: Issue, depth: int) -> None:
        """``depth`` 0 is an issue that is quoted in its parent's heading and has none of its own."""
        if self._printed is None or self._outline.sub_issues(issue) or self._originals:
            self._print(issue, depth)
            return
        level = _ISSUE + depth
        place = depth, self._counters.next(level), self._category
        measures = serving_measures(self._outline, issue)
        known = self._printed.get(issue.id)
        if known is None or known.issue is not issue or known.place != place or known.measures != measures:
            start = len(self.blocks)
            self._print(issue, depth)
            made = tuple(self.blocks[start:])
            self._printed[issue.id] = _Printed(issue, measures, place, self.headings[issue.uid], made)
            return
        if depth:
            self._counters.take(level, issue.printed_heading)
            self._counters.restart(self._levels_below[level])
        self.headings[issue.uid] = known.heading
        self.blocks += known.blocks

    def _print(self, issue: Issue, depth: int) -> None:
        pattern = self._scheme.issue(depth, self._category)
        answer = self._answer(issue)
        covers = bool(answer) and answers_all_below(self._outline, issue)
        anchor = _anchor("issue", issue)
        heading = ""
        if depth:
            heading = self._next(_ISSUE + depth, pattern, issue)
            self._counters.restart(self._levels_below[_ISSUE + depth])
            mark = leading_mark(heading)
            level = pattern.level if mark is not None else 0
            if answer and answer_place(issue, self._scheme.answer) is AnswerPlace.RUN_IN:
                self._run_in(heading, answer[0], level, anchor)
                answer = answer[1:]
            else:
                self._heading(heading, level or pattern.level, anchor)
        self.headings[issue.uid] = heading
        for text in answer:
            self.blocks.append(plain(Kind.PARAGRAPH, text, anchor=anchor))
        self._issues(self._outline.sub_issues(issue), depth + 1, covered=covers)

    def _next(self, level: int, pattern: HeadingPattern, record: Chapter | Section | Issue) -> str:
        """The record's heading, counted: as printed where it is kept so, else by the pattern."""
        printed = record.printed_heading
        heading = self._by_pattern(pattern, self._counters.next(level), record)
        original = self._originals.get(record.uid, "")
        if original and heading != original:
            self.settled[record.uid] = printed = original
        self._counters.take(level, printed)
        return printed or heading

    def _by_pattern(self, pattern: HeadingPattern, number: int, record: Chapter | Section | Issue) -> str:
        if not isinstance(record, Issue):
            return pattern.heading(number, record.title)
        quoted = [issue.title for issue in self._outline.sub_issues(record) if issue.printed_level == 0]
        return pattern.heading(number, record.title, parts=quoted, recommendations=record.recommendations)

    def _heading(self, text: str, level: int, anchor: Anchor) -> None:
        self.blocks.append(Block(Kind.HEADING, (Run(text, RunRole.HEADING),), level, anchor))

    def _run_in(self, heading: str, answer: str, level: int, anchor: Anchor) -> None:
        runs = (Run(heading, RunRole.HEADING), Run(answer))
        self.blocks.append(Block(Kind.PARAGRAPH, runs, level, anchor))

    def _signature(self) -> None:
        facts = self._snapshot.facts
        organisation = facts.signature_organisation or ("" if self._imported() else facts.organisation)
        for name in organisation.split("\n") if organisation else ():
            self.blocks.append(plain(Kind.SIGNATURE, name))
        date = facts.signature_date
        if not date and facts.publication_date and not self._imported():
            date = f"{facts.publication_date.year}年{facts.publication_date.month}月{facts.publication_date.day}日"
        if date:
            self.blocks.append(plain(Kind.DATE, date))

    def _imported(self) -> bool:
        return any(chapter.document == "notice" for chapter in self._snapshot.chapters)


def _anchor(kind: str, record: Chapter | Section | Issue) -> Anchor:
    return Anchor(kind, record.uid)


def prose_block(block: ChapterBlock, anchor: Anchor | None) -> Block:
    """A paragraph of prose as a block; of one with a level the head, up to its first stop, is a run-in heading."""
    if block.kind is BlockKind.HEADING:
        return Block(Kind.HEADING, (Run(block.text, RunRole.HEADING),), block.level, anchor)
    if block.kind is BlockKind.TITLE:
        return plain(Kind.TITLE, block.text, anchor=anchor)
    if not block.level:
        return plain(Kind.PARAGRAPH, block.text, anchor=anchor)
    end = sentence_end(block.text)
    runs = tuple(run for run in (Run(block.text[:end], RunRole.HEADING), Run(block.text[end:])) if run.text)
    return Block(Kind.PARAGRAPH, runs, block.level, anchor)
