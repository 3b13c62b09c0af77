"""The chapter of issues as a tree: which lines are headings, how deep, and which words answer them.

A notice gives its headings away by the answer's label below them (“整改进展情况：”) or by their wording (针对…问题);
a feedback document by its numbers alone. Damaged texts (a level missing, a number twice) are read as a person
would read them, and doubted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from zhenggai_desktop.domain.answer_labels import label_of
from zhenggai_desktop.domain.beyond_lists import LISTS, lead_ins
from zhenggai_desktop.domain.blocks import LineRole
from zhenggai_desktop.domain.document_parts import ChapterLines
from zhenggai_desktop.domain.heading_forms import read_heading, sentence_end
from zhenggai_desktop.domain.issue_lines import LONGEST_HEADING, RANKS, STRONG, inner_label, is_worded, rank_of
from zhenggai_desktop.domain.labelled_headings import labelled_headings
from zhenggai_desktop.domain.numbering import MarkKind
from zhenggai_desktop.domain.plan import PlanNote
from zhenggai_desktop.domain.records import SectionCategory
from zhenggai_desktop.domain.source_lines import Line, make_line
from zhenggai_desktop.domain.worded_headings import worded_headings

_AREA = re.compile(r"方面(?:存在)?(?:的)?(?:问题)?[。：]?$")
_INNERMOST_SECTION = RANKS[MarkKind.CHINESE_PAREN]


@dataclass(slots=True)
class Node:
    """A heading with the words below it. ``rank`` is the outer-to-inner order of its mark."""

    line: Line
    heading: str
    rank: int
    run_in: bool = False
    texts: list[Line] = field(default_factory=list[Line])
    children: list[Node] = field(default_factory=list["Node"])

    def walk(self) -> Iterator[Node]:
        """The node and everything below it in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def lines(self) -> Iterator[Line]:
        """The heading's line and all lines below it in reading order."""
        for node in self.walk():
            yield node.line
            yield from node.texts


@dataclass(slots=True)
class IssueTree:
    """``before`` are the lines in front of the first heading, ``roots`` the outermost headings.

    ``beside`` are chapters that stand among the headings of a feedback document and hold no issues; ``numbered`` are
    the outermost headings with these.
    ``section_rank`` is the rank of sections where a person said of a line what it heads, else None.
    """

    before: list[Line] = field(default_factory=list[Line])
    roots: list[Node] = field(default_factory=list[Node])
    doubts: list[PlanNote] = field(default_factory=list[PlanNote])
    lead_ins: frozenset[int] = frozenset()  # lines (by index) that open a list without being its heading
    section_rank: int | None = None
    beside: list[ChapterLines] = field(default_factory=list[ChapterLines])
    numbered: list[Line] = field(default_factory=list[Line])

    @property
    def sectioned(self) -> bool:
        """True where the outermost headings are sections: 一、 or （一） with issues below; 1. heads an issue."""
        if self.section_rank is not None:
            return any(root.rank <= self.section_rank for root in self.roots)
        headed = [root for root in self.roots if root.heading]
        if any(root.children and root.rank <= _INNERMOST_SECTION for root in headed):
            return True
        return bool(headed) and all(root.children and _AREA.search(root.line.body) for root in headed)

    def divided(self) -> tuple[list[Node], list[Node]]:
        """The roots that are sections, and those that are issues without one; a person can have made them so."""
        sectioned, rank = self.sectioned, self.section_rank
        headed: list[Node] = []
        loose: list[Node] = []
        for root in self.roots:
            heads = not root.heading or (sectioned and not (rank is not None and root.rank > rank))
            (headed if heads else loose).append(root)  # without a heading: a list that a sentence opens
        return headed, loose

    @property
    def feedback_roots(self) -> list[Node]:
        """The outermost headings that are no list beyond the feedback."""
        return [root for root in self.roots if category_of(root) is SectionCategory.FEEDBACK]

    def nodes(self) -> Iterator[Node]:
        """All headings in reading order."""
        for root in self.roots:
            yield from root.walk()


def notice_tree(lines: Sequence[Line]) -> IssueTree:
    """The issues and answers of a notice's chapter."""
    labelled = sum(1 for line in lines if label_of(line.text) or inner_label(line.text)) >= 2
    tree = IssueTree()
    flags = labelled_headings(lines, tree.doubts) if labelled else worded_headings(lines)
    tree.lead_ins = lead_ins(lines, flags)
    return _build(lines, flags, tree, inner_label if labelled else _sentence_split)


def feedback_tree(lines: Sequence[Line]) -> IssueTree:
    """The issues of a feedback document: every numbered line is a heading, what follows is its text."""
    flags = [rank_of(line) > 0 and not is_worded(line) for line in lines]
    return _build(lines, flags, IssueTree(), _no_split)


def number_doubts(nodes: Sequence[Node], *, through: Node | None = None) -> list[PlanNote]:
    """Numbers skipped, repeated or out of order among the headings of one list.

    ``through`` is the last heading of the list before, where numbers run through.
    """
    doubts: list[PlanNote] = []
    before = through
    for node in nodes:
        mark, previous = node.line.mark, before.line.mark if before else None
        if mark and previous and before and before.rank == node.rank and mark.number != previous.number + 1:
            doubts.append(PlanNote("number", node.line.number, f"“{mark.text}”接在“{previous.text}”之后，编号不连续"))
        elif mark and before is None and mark.number != 1:
            doubts.append(PlanNote("number", node.line.number, f"“{mark.text}”之前没有编号"))
        before = node
    return doubts


def runs_on(before: Node | None, first: Node) -> bool:
    """True where a list begins with the number that follows on the list before it."""
    last, mark = before.line.mark if before else None, first.line.mark
    return bool(last and mark and mark.kind is last.kind and mark.number == last.number + 1)


def category_of(section: Node) -> SectionCategory:
    """Whether a section answers the feedback or is a list beyond it, by its heading or, without one, its lead-in."""
    words = section.heading or "".join(line.text for line in section.texts)
    if not section.heading and not any(pattern.search(words) for pattern in LISTS.values()):
        return SectionCategory.EXTENSION
    if STRONG.match(section.line.body) or re.match(r"关于.+(?:方面|问题)", section.line.body):
        return SectionCategory.FEEDBACK
    if section.heading and len(section.heading) > LONGEST_HEADING:
        return SectionCategory.FEEDBACK
    return next((kind for kind, pattern in LISTS.items() if pattern.search(words)), SectionCategory.FEEDBACK)


def _build(
    lines: Sequence[Line], flags: Sequence[bool], tree: IssueTree, heading_end: Callable[[str], int]
) -> IssueTree:
    stack: list[Node] = []
    said = _said_ranks(lines, flags)
    tree.section_rank = said.get(LineRole.SECTION)
    for i, (line, flag) in enumerate(zip(lines, flags, strict=True)):
        if i in tree.lead_ins:
            stack = [Node(line, "", _INNERMOST_SECTION, texts=[line])]
            tree.roots.append(stack[0])
            continue
        if not (flag or line.role.heads_record) or line.role is LineRole.TEXT:
            (stack[-1].texts if stack else tree.before).append(line)
            continue
        node = _node(line, heading_end(line.text), said.get(line.role, rank_of(line) or RANKS[MarkKind.DECIMAL]))
        while stack and stack[-1].rank >= node.rank:
            stack.pop()
        (stack[-1].children if stack else tree.roots).append(node)
        stack.append(node)
    return tree


def _said_ranks(lines: Sequence[Line], flags: Sequence[bool]) -> dict[LineRole, int]:
    """The ranks at which lines stand of which a person said what they head; empty where nobody did.

    They join the headings that were found: sections the outermost of these, issues the next.
    """
    if not any(line.role.heads_record for line in lines):
        return {}
    found = zip(lines, flags, strict=True)
    ranks = sorted({rank_of(line) for line, flag in found if flag and not line.role.heads_record})
    if len(ranks) > 1 and ranks[0] <= _INNERMOST_SECTION:
        section, *ranks = ranks
    else:
        section = min(_INNERMOST_SECTION, (ranks[0] if ranks else RANKS[MarkKind.DECIMAL]) - 1)
    issue = ranks[0] if ranks else section + 1
    return {
        LineRole.SECTION: section,
        LineRole.ISSUE: issue,
        LineRole.SUB_ISSUE: ranks[1] if len(ranks) > 1 else issue + 1,
    }


def _node(line: Line, end: int, rank: int) -> Node:
    """A heading that ends at ``end``, its answer behind it; 0 where the whole line is the heading."""
    if not end or end >= len(line.text):
        return Node(line, line.text, rank)
    rest = Line(line.number, line.text[end:], None)
    return Node(line, line.text[:end], rank, run_in=True, texts=[rest])


def _no_split(text: str) -> int:
    del text
    return 0


_CLAUSE = re.compile(r"(?:针对|关于)“.+?”[^“”。：，]{0,6}(?:问题|意见|建议)(?P<stop>[：，])(?P<rest>.+)")


def _sentence_split(text: str) -> int:
    """Where a worded heading that shares its paragraph with its answer ends; 0 for one of unlikely length.

    It may end with a colon or a comma too (“针对“甲”问题，建立台账，…”), unless that leads to the heading's own end
    (“…问题，进行了以下整改。”) or to recommendations.
    """
    end = sentence_end(text)
    line = make_line(0, text)
    clause = _CLAUSE.match(line.body)
    if clause and not read_heading(line.body[: sentence_end(line.body) or None]).form.tail:
        end = len(text) - len(clause["rest"])
    return end if end <= 2 * LONGEST_HEADING else 0
