"""A feedback document becomes an import plan: sections, issues with their details, recommendations and periods."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from zhenggai_desktop.domain.counted_titles import count_doubts, count_note, counted_title
from zhenggai_desktop.domain.document_parts import ChapterLines, Parts, prose_block
from zhenggai_desktop.domain.due_periods import read_due_periods
from zhenggai_desktop.domain.facts_reader import (
    body_of,
    inspected_phrase,
    inspection_before,
    parse_date,
    read_lead,
    units_of,
)
from zhenggai_desktop.domain.feedback_chapters import (
    are_sections,
    holds_issues,
    is_prose,
    labelled_chapters,
    names_issues,
    parted_heading,
    recommends,
    said_to_hold,
    title_of,
)
from zhenggai_desktop.domain.feedback_nodes import begins_row, issues_in, issues_of, unnumbered_issues
from zhenggai_desktop.domain.feedback_requests import asked_in, end_of_issues, requests_in, requests_of_chapter
from zhenggai_desktop.domain.heading_forms import BULLET, sentence_end
from zhenggai_desktop.domain.issue_lines import rank_of
from zhenggai_desktop.domain.issue_tree import IssueTree, Node, number_doubts, runs_on
from zhenggai_desktop.domain.plan import ImportPlan, ProposedIssue, ProposedSection
from zhenggai_desktop.domain.records import (
    BlockKind,
    Chapter,
    ChapterBlock,
    ChapterRole,
    Issue,
    LedgerFacts,
    Section,
    new_uid,
)
from zhenggai_desktop.domain.source_lines import Line
from zhenggai_desktop.domain.special_inspections import special_inspection, subject_of
from zhenggai_desktop.domain.units import name_units

_BODIES = "(?:党组|党委|党工委|党总支|党支部)"
_TITLE_UNITS = tuple(
    re.compile(pattern)
    for pattern in (
        r"对(.{2,40}?)(?:开展|进行)?(?:常规|专项|提级|政治)?(?:巡察|巡视)",
        r"(?:向|给)(.{2,40}?)(?:党组织)?反馈",
        r"(?:巡察|巡视)(?!“回头看”|[一二三四五六七八九十\d]*组|办|工作|反馈|整改|发现)(.{2,40}?)(?:的)?(?:反馈意见|反馈问题|情况|意见)",
        r"对(.{2,40}?)的?反馈意见",
        rf"(?:^|关于)((?:(?!关于|巡[察视])[一-龥]){{2,30}}{_BODIES})的?巡[察视]",
    )
)
_LEAD_UNITS = (
    re.compile(rf"向([^，。；\n]{{2,40}}?{_BODIES})(?:领导班子)?反馈"),
    re.compile(r"被巡[察视](?:单位|党组织|对象)[：\n](.+)"),
)
_FED_BACK = (re.compile(r"反馈(?:时间|日期)[：\n](.+)"), re.compile(r"(?m)^(?:时间|日期)[：\n]((?!.*[至到—-]).+)"))
_ADDRESSED = re.compile(r"[一-龥]{2,24}(?:党组|党委|党工委|党总支|党支部|委员会|局|办公室|中心|街道|镇|乡)：")
_DATED = re.compile(r"（?\d{4}年\d{1,2}月\d{1,2}日）?")
_BULLET = re.compile(rf"{BULLET}\s*")
_DEEPEST = 3


def read_feedback(
    parts: Parts, plan: ImportPlan, *, tabled: bool = False, cells: Collection[int] = frozenset()
) -> None:
    """Fill ``plan`` with everything that the parts of a feedback document, or of a ledger's text, say.

    ``tabled``: the issues stand in tables, so that chapters which hold none are prose. ``cells`` are the lines of
    other tables: without a number none of them is an issue.
    """
    _FeedbackReader(parts, plan, tabled=tabled, cells=cells).read()


class _FeedbackReader:
    def __init__(self, parts: Parts, plan: ImportPlan, *, tabled: bool, cells: Collection[int]) -> None:
        self._parts = parts
        self._plan = plan
        self._tabled = tabled
        self._cells = cells
        self._tails_read: list[Line] = []
        self._recommendations: list[str] = []
        self._ends: dict[int, Node] = {}  # the last heading of the list before, by rank
        self._special = special_inspection("".join(line.text for line in parts.title))

    def read(self) -> None:
        parts = self._parts
        annexed = [parted_heading(chapter) for chapter in parts.chapters if chapter.special]
        parts.chapters = [parted_heading(chapter) for chapter in parts.chapters if not chapter.special]
        tail = self._opening()
        tails = self._tails_read = self._tails()
        holding = [chapter for chapter in parts.chapters if self._holds(chapter)]
        if holding and not are_sections(holding, parts.chapters):
            self._chapters_around([*holding, *filter(said_to_hold, parts.chapters)])
        elif self._tabled:
            for chapter in parts.chapters:
                self._prose_or_recommendations(chapter)
        else:
            self._chapters_as_sections()
        for chapter in annexed:
            self._annexed(chapter)
        self._requests([*tail, *tails])
        closing = [*parts.closing, *parts.signature, *([parts.date] if parts.date else [])]
        self._chapter(ChapterRole.CLOSING, closing)
        self._facts()

    # --- chapters

    def _holds(self, chapter: ChapterLines) -> bool:
        """In a document of tables only numbered lines are issues beside these, and so in a table of something else."""
        if not holds_issues(chapter) or any(line.mark or line.role.heads_record for line in chapter.lines):
            return holds_issues(chapter)
        return not self._tabled and not any(line.number in self._cells for line in chapter.lines)

    def _opening(self) -> list[Line]:
        """Keep the opening and the issues that a paragraph of it enumerates where there are no others.

        What follows those is given back.
        """
        parts = self._parts
        opening, nodes, tail = parts.opening, list[Node](), list[Line]()
        if not parts.chapters and not self._tabled:
            opening, parts.chapters = labelled_chapters(opening)
            parts.opening = opening
        if not parts.chapters and not self._tabled:
            for i, line in enumerate(opening):
                if line.text.endswith("：") and i + 1 < len(opening) and begins_row(opening[i + 1]):
                    led = opening[i + 1 : i + 1 + end_of_issues(opening[i + 1 :])]
                    nodes = unnumbered_issues(led).roots
                    opening, tail = opening[: i + 1], opening[i + 1 + len(led) :]
                    break
                words, nodes = issues_in(line)
                if nodes:
                    opening, tail = [*opening[:i], replace(line, text=words)], parts.opening[i + 1 :]
                    break
        self._chapter(ChapterRole.LEAD, [*parts.title, *opening], titles=len(parts.title))
        if nodes:
            self._issues(IssueTree(roots=nodes, section_rank=0))
        return tail

    def _tails(self) -> list[Line]:
        """Take from the chapters without headings for it what stands behind their issues."""
        tails: list[Line] = []
        for chapter in self._parts.chapters:
            title = title_of(chapter)
            if not recommends(title) and (names_issues(title) or any(line.mark for line in chapter.lines)):
                end = end_of_issues(chapter.lines)
                tails += chapter.lines[end:]
                chapter.lines = chapter.lines[:end]
        return tails

    def _requests(self, lines: Sequence[Line]) -> None:
        found = requests_in(lines)
        self._recommendations += found.recommendations
        self._chapter(ChapterRole.NARRATIVE, found.prose)

    def _chapters_around(self, holding: Sequence[ChapterLines]) -> None:
        held = {id(chapter) for chapter in holding}  # asking for equal ones costs the square of their number
        several = any(known.role is ChapterRole.ISSUES for known in self._plan.chapters)
        for chapter in self._parts.chapters:
            if id(chapter) in held:
                tree = issues_of(chapter.lines, sections=not self._special)
                before = len(self._plan.chapters)
                self._chapter(ChapterRole.ISSUES, tree.before, chapter.heading)
                self._issues(tree, self._plan.chapters[-1].id if several else None)
                several = several or len(self._plan.chapters) > before
            else:
                self._prose_or_recommendations(chapter)

    def _chapters_as_sections(self) -> None:
        """一、二、三 are themselves the sections, apart from chapters of praise and of recommendations."""
        lines: list[Line] = []
        for chapter in self._parts.chapters:
            if not is_prose(chapter) or said_to_hold(chapter):
                lines += [*([chapter.heading] if chapter.heading else []), *chapter.lines]
                continue
            self._prose_or_recommendations(chapter)
        heads = [chapter.heading for chapter in self._parts.chapters if chapter.heading]
        self._issues(issues_of(lines), among=heads)

    def _annexed(self, chapter: ChapterLines) -> None:
        """A chapter of what a 专项检查 feeds back by itself: its issues are one section with a source of its own."""
        if is_prose(chapter) or not (self._holds(chapter) or any(line.mark for line in chapter.lines)):
            self._prose_or_recommendations(chapter)
            return
        self._ends, title = {}, chapter.special
        tree = issues_of(chapter.lines, sections=False)
        self._chapter(ChapterRole.ISSUES, tree.before, chapter.heading)
        self._issues(tree, self._plan.chapters[-1].id, special=title)

    def _prose_or_recommendations(self, chapter: ChapterLines) -> None:
        if not recommends(title_of(chapter)):
            self._chapter(ChapterRole.NARRATIVE, chapter.lines, chapter.heading)
            return
        found = requests_of_chapter(chapter.lines)
        self._recommendations += found.recommendations
        self._chapter(ChapterRole.NARRATIVE, found.prose, chapter.heading)

    def _chapter(self, role: ChapterRole, lines: Sequence[Line], heading: Line | None = None, titles: int = 0) -> None:
        if not lines and heading is None:
            return
        title_blocks = [ChapterBlock(BlockKind.TITLE, 0, line.text) for line in lines[:titles]]
        self._plan.chapters.append(
            Chapter(
                id=len(self._plan.chapters) + 1,
                uid=new_uid(),
                document=self._plan.document,
                role=role,
                title=heading.body if heading else "",
                printed_heading=heading.text if heading else "",
                blocks=(*title_blocks, *map(prose_block, lines[titles:])),
            )
        )

    # --- sections and issues

    def _issues(
        self,
        tree: IssueTree,
        chapter_id: int | None = None,
        among: Sequence[Line] = (),
        *,
        special: Line | None = None,
    ) -> None:
        """``among`` are the headings that number one list with the outermost ones, be they of issues or not.

        ``special`` is the title of the 专项检查 that found them; without it that of the document counts.
        """
        source = special_inspection(special.text) if special else self._special
        for chapter in tree.beside:
            self._prose_or_recommendations(parted_heading(chapter))
        roots = tree.roots
        self._check_numbers([Node(line, line.text, rank_of(line)) for line in among or tree.numbered] or roots)
        headed, loose = tree.divided()
        self._asked_of_sections(headed)
        if loose:
            around = Section(uid=new_uid(), title=subject_of(source), source=source, chapter_id=chapter_id)
            issues = [self._issue(root, 1) for root in loose]
            line = special.number if special else 0
            self._plan.sections.append(ProposedSection(around if source or chapter_id else None, line, issues))
        for root in headed:
            printed, rest = _title(root)
            title = self._uncounted(printed, root.line.number)
            introduction = "\n".join(text for text in (rest, *(line.text for line in root.texts)) if text)
            record = Section(
                uid=new_uid(), title=title, introduction=introduction, chapter_id=chapter_id, source=source
            )
            section = ProposedSection(record, root.line.number)
            section.issues.extend(self._issue(child, 1) for child in root.children)
            self._check_numbers([child for child in root.children if child.line.mark])
            self._plan.doubts += count_doubts(title, counted_title(printed)[1], section.line, section.issues)
            self._plan.sections.append(section)

    def _uncounted(self, printed: str, line: int) -> str:
        """A title without the figure of what stands below it."""
        title, count = counted_title(printed)
        if count:
            self._plan.normalisations.append(count_note(printed, line))
        return title

    def _asked_of_sections(self, sections: Sequence[Node]) -> None:
        """整改意见：… closes sections of several issues, where no other issue has its own: it is asked of the whole."""
        several = [section.children for section in sections if len(section.children) > 1]
        if any(_asks_itself(issue) for issues in several for issue in issues[:-1]):
            return
        for *_, last in several:
            asked = _asked_below(last)
            self._recommendations += [asked_in(line.text)[1] for line in asked]
            last.texts = [line for line in last.texts if line not in asked]

    def _issue(self, node: Node, depth: int) -> ProposedIssue:
        title, rest = _title(node)
        if node.children:
            title = self._uncounted(title, node.line.number)
        said = [asked_in(text) for text in (rest, *(line.text for line in node.texts))]
        texts = [text for text, _ in said if text]
        asked = tuple(text for _, text in said if text)
        if depth == _DEEPEST:
            texts += [text for child in node.children for below in child.walk() for text in _all_words(below)]
        record = Issue(uid=new_uid(), title=title, original_text="\n".join(texts), recommendations=asked)
        proposed = ProposedIssue(record, node.line.number, node.line.mark.text if node.line.mark else "")
        if depth < _DEEPEST:
            self._check_numbers(node.children)
            proposed.issues.extend(self._issue(child, depth + 1) for child in node.children)
        return proposed

    def _check_numbers(self, nodes: Sequence[Node]) -> None:
        """Doubt numbers of one list; it may go on from the one before, where numbers run through the sections."""
        if not nodes:
            return
        before = self._ends.get(nodes[0].rank)
        self._plan.doubts.extend(number_doubts(nodes, through=before if runs_on(before, nodes[0]) else None))
        self._ends[nodes[-1].rank] = nodes[-1]

    # --- facts

    def _facts(self) -> None:
        parts = self._parts
        lead = "".join(line.text for line in parts.opening)
        title = "".join(line.text for line in parts.title)
        facts = read_lead(LedgerFacts(), lead or title)
        if not facts.inspection_start:
            facts = replace(read_lead(facts, self._beside_issues()), feedback_date=facts.feedback_date)
        if facts.feedback_date is None and parts.date:
            facts = replace(facts, feedback_date=parse_date(parts.date.text))
        if not facts.team:
            named = read_lead(LedgerFacts(), title)
            facts = replace(facts, team=named.team, level=named.level)
        if facts.team in ("", "巡察组", "巡视组") and parts.signature:
            facts = replace(facts, team=parts.signature[-1].text)
        if facts.feedback_date is None:
            opening = "\n".join(line.text for line in parts.opening)
            noted = next((match[1] for like in _FED_BACK if (match := like.search(opening))), "")
            facts = replace(facts, feedback_date=parse_date(noted))
        if facts.feedback_date is None:
            dated = next((line for line in parts.opening if _DATED.fullmatch(line.text)), None)
            facts = replace(facts, feedback_date=parse_date(dated.text) if dated else None)
        if facts.feedback_date and not facts.inspection_start and not facts.inspection_end:
            start, end = inspection_before(lead, facts.feedback_date)
            facts = replace(facts, inspection_start=start, inspection_end=end)
        unit = inspected_phrase(lead) or self._unit_named(title) or inspected_phrase(self._beside_issues())
        everything = "\n".join(line.text for line in self._all_lines())
        facts = read_due_periods(facts, everything)
        self._plan.facts = replace(
            facts, organisation=unit, organisation_body=body_of(unit), recommendations=tuple(self._recommendations)
        )
        self._plan.inspected_units = units_of(unit)
        name_units(self._plan)

    def _beside_issues(self) -> str:
        """The words of 总体情况, where some documents tell of the inspection first."""
        prose = (chapter for chapter in self._parts.chapters if is_prose(chapter))
        return "".join(line.text for chapter in prose for line in chapter.lines)

    def _unit_named(self, title: str) -> str:
        """The inspected body as the title names it, as the document addresses it, or as its opening says."""
        named = next((match[1] for pattern in _TITLE_UNITS if (match := pattern.search(title))), "")
        addressed = self._parts.opening[0].text if self._parts.opening else ""
        if named or _ADDRESSED.fullmatch(addressed):
            return named or addressed.rstrip("：")
        opening = "\n".join(line.text for line in self._parts.opening)
        return next((match[1] for like in _LEAD_UNITS if (match := like.search(opening))), "")

    def _all_lines(self) -> list[Line]:
        parts = self._parts
        below = [line for chapter in parts.chapters for line in chapter.lines]
        return [*parts.opening, *below, *self._tails_read, *parts.closing]


def _asked_below(node: Node) -> list[Line]:
    """The paragraphs of an issue that only say what is asked for."""
    return [line for line in node.texts if asked_in(line.text)[0] == "" and asked_in(line.text)[1]]


def _asks_itself(node: Node) -> bool:
    return any(asked_in(line.text)[1] for line in (node.line, *node.texts))


def _title(node: Node) -> tuple[str, str]:
    """The first sentence of a numbered line without its stop, and the words after it."""
    body = _BULLET.sub("", node.line.body, count=1) if _BULLET.match(node.line.body) else node.line.body
    end = sentence_end(body)
    if not end:
        return body.rstrip("：；，"), ""
    return body[: end - 1] or body, body[end:]


def _all_words(node: Node) -> list[str]:
    return [node.line.text, *(line.text for line in node.texts)]
