"""The chapter of issues as a tree: which lines are headings, how deep, and which words answer them.

A notice gives its headings away by the answer's label below them (“整改进展情况：”) or by their wording (针对…问题);
a feedback document by its numbers alone. Damaged texts (a level missing, a number twice) are read as a person
would read them, and doubted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from zhenggai_desktop.domain.answers import label_of
from zhenggai_desktop.domain.blocks import LineRole
from zhenggai_desktop.domain.heading_forms import PAIR, read_heading, sentence_end
from zhenggai_desktop.domain.numbering import MarkKind
from zhenggai_desktop.domain.plan import PlanNote
from zhenggai_desktop.domain.records import SectionCategory
from zhenggai_desktop.domain.source_lines import Line, make_line

RANKS = {kind: rank for rank, kinds in enumerate(
    ((MarkKind.CHINESE,), (MarkKind.CHINESE_PAREN,), (MarkKind.ISSUE, MarkKind.DECIMAL), (MarkKind.DECIMAL_PAREN,),
     (MarkKind.CIRCLED,)), 1) for kind in kinds}  # fmt: skip
_STRONG = re.compile(r"针对.{2,}?(?:问题|意见)|(?:关于)?“.+”的?问题|关于.+问题的?(?:整改|落实)")
_PAIR = re.compile(PAIR)
_LONGEST_HEADING = 60
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


@dataclass(slots=True)
class IssueTree:
    """``before`` are the lines in front of the first heading, ``roots`` the outermost headings.

    ``section_rank`` is the rank of sections where a person said of a line what it heads, else None.
    """

    before: list[Line] = field(default_factory=list[Line])
    roots: list[Node] = field(default_factory=list[Node])
    doubts: list[PlanNote] = field(default_factory=list[PlanNote])
    lead_ins: frozenset[int] = frozenset()  # lines (by index) that open a list without being its heading
    section_rank: int | None = None

    @property
    def sectioned(self) -> bool:
        """True where the outermost headings are sections: 一、 or （一） with issues below; 1. heads an issue."""
        if self.section_rank is not None:
            return any(root.rank <= self.section_rank for root in self.roots)
        return any(root.children and root.rank <= _INNERMOST_SECTION for root in self.roots)

    def heads_section(self, root: Node) -> bool:
        """True where ``root`` is a section; a person can have made it an issue without one."""
        loose = self.section_rank is not None and root.rank > self.section_rank
        return self.sectioned and not (loose and root.heading)

    @property
    def feedback_roots(self) -> list[Node]:
        """The outermost headings that are no list beyond the feedback."""
        return [root for root in self.roots if category_of(root) is SectionCategory.FEEDBACK]

    def nodes(self) -> Iterator[Node]:
        """All headings in reading order."""
        for root in self.roots:
            yield from root.walk()


def rank_of(line: Line) -> int:
    """The rank of the line's mark, 0 for a line without one. 【反馈问题】 heads an issue without a number."""
    if line.role is LineRole.TEXT:
        return 0
    if line.role is LineRole.CHAPTER:
        return RANKS[MarkKind.CHINESE]
    if line.mark:
        return RANKS.get(line.mark.kind, 0)
    return RANKS[MarkKind.DECIMAL] if _PAIR.match(line.text) else 0


def is_strong(line: Line) -> bool:
    """True for a line that is worded like the heading of an issue, or said to be one."""
    if line.role.heads_record:
        return True
    if line.mark is None:
        return False
    return line.mark.kind is MarkKind.ISSUE or _STRONG.match(line.body) is not None


def issue_score(lines: Sequence[Line]) -> int:
    """How many lines look like headings of issues or like answers' labels; 0 for a chapter of prose."""
    labels = sum(1 for line in lines if label_of(line.text) or inner_label(line.text))
    return labels + sum(1 for line in lines if is_strong(line))


def inner_label(text: str) -> int:
    """Where an answer's label stands inside a heading's paragraph; 0 where none does."""
    end = sentence_end(text)
    return end if end and end < len(text) and label_of(text[end:]) else 0


def notice_tree(lines: Sequence[Line]) -> IssueTree:
    """The issues and answers of a notice's chapter."""
    labelled = sum(1 for line in lines if label_of(line.text) or inner_label(line.text)) >= 2
    tree = IssueTree()
    flags = _labelled_headings(lines, tree) if labelled else _worded_headings(lines)
    tree.lead_ins = _lead_ins(lines, flags)
    return _build(lines, flags, tree, inner_label if labelled else _sentence_split)


def feedback_tree(lines: Sequence[Line]) -> IssueTree:
    """The issues of a feedback document: every numbered line is a heading, what follows is its text."""
    return _build(lines, [rank_of(line) > 0 for line in lines], IssueTree(), _no_split)


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


def _labelled_headings(lines: Sequence[Line], tree: IssueTree) -> list[bool]:
    flags = [False] * len(lines)
    for i in range(len(lines) - 1, -1, -1):
        line, following = lines[i], lines[i + 1] if i + 1 < len(lines) else None
        if not rank_of(line) or label_of(line.text):
            continue
        answered = inner_label(line.text) or (following is not None and label_of(following.text))
        holds = following is not None and flags[i + 1] and rank_of(following) > rank_of(line)
        flags[i] = bool(answered or (holds and not _is_item(lines, i)))
    _add_unanswered(lines, flags, tree)
    return flags


def _is_item(lines: Sequence[Line], at: int) -> bool:
    """True for the last of numbered sentences that follow one another from an answer's label on.

    A section may bear the next number too: it is no sentence, or the issues below it start anew.
    """
    line, following = lines[at], lines[at + 1]
    if line.text[-1] not in "。；" or (following.mark and following.mark.number == 1):
        return False
    while line.mark and line.mark.number > 1 and at > 0:
        before = lines[at - 1]
        if before.mark is None or before.mark.kind is not line.mark.kind or before.mark.number != line.mark.number - 1:
            return False
        line, at = before, at - 1
    return at > 0 and label_of(lines[at - 1].text) != ""


def _add_unanswered(lines: Sequence[Line], flags: list[bool], tree: IssueTree) -> None:
    """Numbers that go on with a row of headings are headings too, though no answer follows them."""
    kinds = Counter(line.mark.kind for line, flag in zip(lines, flags, strict=True) if flag and line.mark)
    last: dict[int, int] = {}
    for i, line in enumerate(lines):
        rank = rank_of(line)
        if not line.mark or not rank:
            continue
        in_row = line.mark.number == last.get(rank, 0) + 1
        item = i > 0 and not flags[i - 1] and rank_of(lines[i - 1]) == rank
        short = len(line.text) <= _LONGEST_HEADING and sentence_end(line.body) in (0, len(line.body))
        if not flags[i] and kinds[line.mark.kind] >= 2 and in_row and short and not item:
            flags[i] = True
            tree.doubts.append(PlanNote("no_answer", line.number, f"“{line.text}”下面没有整改情况"))
        if flags[i]:
            last[rank] = line.mark.number
            for deeper in [r for r in last if r > rank]:
                del last[deeper]


def _worded_headings(lines: Sequence[Line]) -> list[bool]:
    kind = _issue_kind(lines)
    if kind is None:
        return [False] * len(lines)
    rank = RANKS[kind]
    same = [line for line in lines if rank_of(line) == rank]
    mostly_strong = sum(map(is_strong, same)) * 5 >= len(same) * 4
    flags: list[bool] = []
    last = 0
    for i, line in enumerate(lines):
        its_rank = rank_of(line)
        flag = 0 < its_rank < rank
        if its_rank == rank:
            number = line.mark.number if line.mark else last + 1
            opens = number == 1 and i > 0 and (flags[-1] or _opens_list(lines[i - 1]))
            flag = is_strong(line) or not mostly_strong or number == last + 1 or opens
            last = number if flag else last
        flags.append(flag)
    return flags


_LIST = {
    SectionCategory.EXTENSION: re.compile(r"举一反三|自查自纠|延伸整改|拓展整改|自行拓展"),
    SectionCategory.REFORM: re.compile(r"(?:推动|促进|深化).{0,6}(?:改革|发展)|改革(?:举措|事项|措施)"),
}


def category_of(section: Node) -> SectionCategory:
    """Whether a section answers the feedback or is a list beyond it, by its heading or, without one, its lead-in."""
    words = section.heading or "".join(line.text for line in section.texts)
    if _STRONG.match(section.line.body) or re.match(r"关于.+(?:方面|问题)", section.line.body):
        return SectionCategory.FEEDBACK
    if section.heading and len(section.heading) > _LONGEST_HEADING:
        return SectionCategory.FEEDBACK
    return next((kind for kind, pattern in _LIST.items() if pattern.search(words)), SectionCategory.FEEDBACK)


def _opens_list(line: Line) -> bool:
    return line.mark is None and any(pattern.search(line.text) for pattern in _LIST.values())


def _lead_ins(lines: Sequence[Line], flags: Sequence[bool]) -> frozenset[int]:
    """Unnumbered sentences behind an answer that open a list of its own, numbered from 1 again."""
    found: set[int] = set()
    for i in range(1, len(lines) - 1):
        following = lines[i + 1]
        restarts = flags[i + 1] and following.mark is not None and following.mark.number == 1
        if restarts and not flags[i] and not flags[i - 1] and _opens_list(lines[i]):
            found.add(i)
    return frozenset(found)


def _issue_kind(lines: Sequence[Line]) -> MarkKind | None:
    """The kind of mark that numbers the issues: the one most often worded so, else the one with run-in answers."""
    marked = [line for line in lines if line.mark and rank_of(line)]
    for votes in (
        Counter(line.mark.kind for line in marked if line.mark and is_strong(line)),
        Counter(line.mark.kind for line in marked if line.mark and "一是" in line.body[sentence_end(line.body) :][:3]),
        Counter({line.mark.kind: rank_of(line) for line in marked if line.mark}),
    ):
        if votes:
            return max(votes, key=lambda kind: (votes[kind], RANKS[kind]))
    return None


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
        node = _node(line, heading_end(line.text), said.get(line.role, rank_of(line)))
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
    return end if end <= 2 * _LONGEST_HEADING else 0
