"""The numbered lines of a feedback document as a tree, with what stands numbered inside their paragraphs.

“1.治理不精细。一是…。二是…。” is an issue with two concrete manifestations (具体表现); so are 一是 and ① that stand on
lines of their own, and a row of 1.…2.… behind a section's statement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from zhenggai_desktop.domain.answer_labels import LabelKind, leading_label
from zhenggai_desktop.domain.answers import enumeration_in
from zhenggai_desktop.domain.blocks import LineRole
from zhenggai_desktop.domain.document_parts import ChapterLines
from zhenggai_desktop.domain.feedback_chapters import is_beside, names_nothing, parted_heading
from zhenggai_desktop.domain.heading_forms import sentence_end
from zhenggai_desktop.domain.issue_lines import RANKS, rank_of
from zhenggai_desktop.domain.issue_tree import IssueTree, Node, feedback_tree
from zhenggai_desktop.domain.numbering import (
    Mark,
    MarkKind,
    NumberStyle,
    leading_mark,
    parse_chinese_numeral,
    write_number,
)
from zhenggai_desktop.domain.source_lines import TERMINAL, Line, make_line

_SAID = max(RANKS.values()) + 1
_AREA = re.compile(r"方面(?:存在)?(?:的)?(?:主要)?(?:问题|不足)?[。：]?$")
_NO_SECTIONS = 0
_MOST_LEVELS = 9


def issues_of(lines: Sequence[Line], *, sections: bool = True) -> IssueTree:
    """The tree of ``lines``. Outer headings are sections where issues stand numbered below them, or where they are
    called 方面; an issue whose manifestations alone are numbered stays an issue. Lines without any number are issues
    too, see ``unnumbered_issues``. Without ``sections`` outer headings are such only where they are called 方面."""
    tree = feedback_tree(_with_areas([part for line in lines for part in _parts_of_row(line)]))
    if not tree.roots:
        return unnumbered_issues(lines)
    tree.numbered = [root.line for root in tree.roots]
    tree.roots = _without_collective(_take_beside(tree.roots, tree.beside), tree.beside)
    for root in tree.roots:
        _unfold(root)
    heads = _heads_section if sections else _heads_area
    if tree.section_rank is None and not any(map(heads, tree.roots)):
        tree.section_rank = _NO_SECTIONS
    if tree.sectioned:
        for root in tree.divided()[0]:
            _as_issue(root)
    return tree


_NEXT = re.compile(r"(?<=[。；])(?=[\da-zA-Z（(①-⑳一二三四五六七八九十])|(?=[②-⑳])")


def _parts_of_row(line: Line) -> list[Line]:
    """“1.甲。2.乙。” in one paragraph is two lines: its own numbers go on behind a stop."""
    mark = line.mark
    if mark is None or line.role is not LineRole.AUTO:
        return [line]
    cuts = [0]
    for head in _NEXT.finditer(line.text):
        found = leading_mark(line.text[head.start() : head.start() + 12])
        if found and found.family == mark.family and found.number == mark.number + len(cuts):
            cuts.append(head.start())
    parts = [line.text[start:end] for start, end in zip(cuts, [*cuts[1:], len(line.text)], strict=True)]
    return [line] if len(parts) == 1 else [make_line(line.number, part, line) for part in parts]


def _with_areas(lines: Sequence[Line]) -> list[Line]:
    """Where nothing outer is numbered, 党的建设方面 alone above the number 1 heads a section; where nothing at all is
    numbered, headings of two levels are what their styles say."""
    if not any(line.mark or line.role is not LineRole.AUTO for line in lines):
        return _by_styles(lines)
    if any(0 < rank_of(line) <= RANKS[MarkKind.CHINESE_PAREN] for line in lines):
        return list(lines)
    ahead = [*lines[1:], None]
    heads = [
        line.mark is None
        and line.role is LineRole.AUTO
        and _is_title(line)
        and (_AREA.search(line.text) is not None or line.outline > 0)
        and following is not None
        and following.mark is not None
        for line, following in zip(lines, ahead, strict=False)
    ]
    return [replace(line, role=LineRole.SECTION) if head else line for line, head in zip(lines, heads, strict=True)]


def _by_styles(lines: Sequence[Line]) -> list[Line]:
    """Sections and issues by the levels of their heading styles; as they are where these have fewer than two."""
    levels = sorted({line.outline for line in lines if line.outline})
    if len(levels) < len(_STYLED) - 1:
        return list(lines)
    roles = dict(zip(levels, _STYLED, strict=False))
    return [replace(line, role=roles.get(line.outline, LineRole.AUTO)) for line in lines]


_STYLED = (LineRole.SECTION, LineRole.ISSUE, LineRole.SUB_ISSUE)


def _take_beside(nodes: Sequence[Node], beside: list[ChapterLines]) -> list[Node]:
    """The nodes without those that head praise, clues or recommendations among the issues."""
    found: list[Node] = []
    for node in nodes:
        head = ChapterLines(node.line, [*node.texts, *(line for below in node.children for line in below.lines())])
        if is_beside(parted_heading(head)):
            beside.append(head)
        else:
            node.children = _take_beside(node.children, beside)
            found.append(node)
    return found


def _without_collective(nodes: Sequence[Node], beside: list[ChapterLines]) -> list[Node]:
    """（一）存在的主要问题 gives way to what stands below it, where no other heading of issues stands beside it."""
    for node in nodes:
        node.children = _without_collective(node.children, beside)
    if len(nodes) != 1 or not _is_collective(nodes[0]):
        return list(nodes)
    beside.append(ChapterLines(nodes[0].line))
    return nodes[0].children


def _is_collective(node: Node) -> bool:
    deep = node.rank > RANKS[MarkKind.CHINESE] and node.children and not node.texts
    return bool(deep) and names_nothing(node.line.body.rstrip("。："))


_NAMES_THEM = re.compile(r"(?:问题|不足)[^。；]{0,14}[：，]?$|(?:主要|表现)[^。；]{0,6}[：，]$")


def _row_of(line: Line) -> list[Node]:
    row = enumeration_in(line.text)
    above = Node(line, line.text, _NO_SECTIONS)
    return [_node(above, i, item, row.pattern, row.style) for i, item in enumerate(row.items, 1)]


_LISTED = re.compile(r"(?:问题|不足)(?:有|是|如下)?：(?P<items>[^。]+；[^。]+)。?(?P<rest>.*)$")


def issues_in(line: Line) -> tuple[str, list[Node]]:
    """The issues that one paragraph enumerates (“主要问题有：一是…；二是…”, “存在以下问题：…；…。”).

    The words before them come first.
    """
    row = enumeration_in(line.text)
    if len(row.items) > 1:
        if not _NAMES_THEM.search(row.introduction):
            return line.text, []
        return row.introduction, _row_of(line)
    listed = _LISTED.search(line.text)
    if listed is None:
        return line.text, []
    nodes = [_plain_node(Line(line.number, words, None)) for words in listed["items"].split("；") if words]
    if listed["rest"]:
        nodes[-1].texts.append(Line(line.number, listed["rest"], None))
    return line.text[: listed.start("items")], nodes


def _heads_section(root: Node) -> bool:
    numbered = any(child.line.mark and child.line.mark.kind is not MarkKind.SAY for child in root.children)
    return (numbered and root.rank <= RANKS[MarkKind.CHINESE_PAREN]) or _heads_area(root)


def _heads_area(root: Node) -> bool:
    if root.rank > RANKS[MarkKind.CHINESE_PAREN] or not root.children:
        return False
    end = sentence_end(root.line.body)
    return _AREA.search(root.line.body[: end or None]) is not None


def _unfold(node: Node, level: int = 0) -> None:
    """Move what is numbered inside the node's own paragraphs to nodes below it, some levels deep."""
    if level > _MOST_LEVELS:
        return
    for child in node.children:
        _unfold(child, level + 1)
    found = _behind_heading(node)
    for below in found:
        _unfold(below, level + 1)
    texts: list[Line] = []
    for line in node.texts:
        kept, below = _numbered_in(line.text, node, found[-1] if found else None)
        for part in below:
            _unfold(part, level + 1)
        found += below
        if kept and found and not below and found[-1].rank == _SAID:
            found[-1].texts.append(line)
        elif kept:
            texts.append(replace(line, text=kept) if below else line)
    node.texts = texts
    node.children = [*found, *node.children]


def _behind_heading(node: Node) -> list[Node]:
    """What is numbered behind the node's first sentence, taken out of its line."""
    heading, rest = _parted(node.line)
    kept, below = _numbered_in(rest, node) if rest else ("", [])
    if below:
        node.line = replace(node.line, text=heading + kept)
        node.heading = node.line.text
    return below


def _parted(line: Line) -> tuple[str, str]:
    """The line's first sentence with its number, and the words behind it; no such words where it ends nowhere.

    A row of numbers may stand behind a colon or a comma instead (“学习不深入：一是…；二是…。”).
    """
    end = sentence_end(line.body)
    row = enumeration_in(line.body)
    if len(row.items) > 1 and row.introduction.endswith(("：", "，")) and (not end or len(row.introduction) < end):
        end = len(row.introduction)
    at = len(line.text) - len(line.body) + end if end else len(line.text)
    return line.text[:at], line.text[at:]


def _numbered_in(text: str, node: Node, before: Node | None = None) -> tuple[str, list[Node]]:
    """The words before what is numbered in a paragraph, without a bare label, and a node for each number."""
    label = leading_label(text)
    wording = label.text if label and label.kind is LabelKind.WORDING else ""
    own = _ordinal_mark(text) or leading_mark(text)
    last = before.line.mark if before else None
    goes_on = own is not None and own.kind is MarkKind.SAY and own.number == (last.number + 1 if last else 1)
    row = enumeration_in(text.removeprefix(wording))
    if len(row.items) > 1 and _is_deeper(row.pattern, node):
        kept = wording + row.introduction if row.introduction else ""
        return kept, [_node(node, i, item, row.pattern, row.style) for i, item in enumerate(row.items, 1)]
    if goes_on and own:
        return "", [Node(Line(node.line.number, text, own), text, _SAID)]
    return text, []


def _is_deeper(pattern: str, node: Node) -> bool:
    mark = leading_mark(pattern.replace("{n}", "1")) or leading_mark(pattern.replace("{n}", "一"))
    return mark is None or mark.kind is MarkKind.SAY or RANKS.get(mark.kind, _SAID) > node.rank


def _node(above: Node, number: int, words: str, pattern: str, style: NumberStyle) -> Node:
    printed = pattern.replace("{n}", write_number(number, style))
    mark = leading_mark(printed + words) or Mark(MarkKind.SAY, number, printed, pattern, style)
    text = mark.text + words
    return Node(Line(above.line.number, text, mark), text, RANKS.get(mark.kind, _SAID))


_ASIDE = re.compile("（[^（）]*）。?")


def _as_issue(root: Node) -> None:
    """A section whose words are all there is: they are its only issue."""
    heading, rest = _parted(root.line)
    words = [*([Line(root.line.number, rest, None)] if rest else []), *root.texts]
    if len(words) > 1 and _ASIDE.fullmatch(words[0].text):  # （责任单位：应急办） is no issue
        words = [words[1], words[0], *words[2:]]
    if root.children or not words:
        return
    first, *more = words
    root.line = replace(root.line, text=heading)
    root.heading = heading
    root.texts = []
    root.children = [Node(first, first.text, _SAID, texts=more)]


_ORDINAL = re.compile(r"第(?P<n>[一二三四五六七八九十])[，、：]")
_LONGEST_TITLE = 40


def unnumbered_issues(lines: Sequence[Line]) -> IssueTree:
    """The issues of a chapter without numbered lines: 一是 and 第一， head them, in lines or inside a paragraph, or
    short lines without a stop, else each paragraph is one. What ends in a colon leads them in."""
    tree = IssueTree(section_rank=_NO_SECTIONS)
    heads = any(map(_is_title, lines))
    spoken = False
    for line in lines:
        mark = _spoken_mark(line.text)
        words, listed = issues_in(line)
        if not listed and not mark and enumeration_in(line.text).items and not enumeration_in(line.text).introduction:
            words, listed = "", _row_of(line)
        spoken = spoken or any(node.line.mark for node in tree.roots[-1:])
        if mark:
            tree.roots.append(_plain_node(replace(line, mark=mark)))
        elif listed:
            tree.before += [replace(line, text=words)] if words else []
            tree.roots += listed
        elif not tree.roots and line.text.endswith("："):
            tree.before.append(line)
        elif tree.roots and (spoken or (heads and not _is_title(line))):
            tree.roots[-1].texts.append(line)
        else:
            tree.roots.append(_plain_node(line))
    for root in tree.roots:
        _unfold(root)
    return tree


def begins_row(line: Line) -> bool:
    """True for a line with the first number of 一是…, 二是… or 第一，…, 第二，…"""
    mark = _spoken_mark(line.text)
    return mark is not None and mark.number == 1


def _plain_node(line: Line) -> Node:
    return Node(line, line.text, RANKS[MarkKind.CHINESE])


def _is_title(line: Line) -> bool:
    return len(line.text) <= _LONGEST_TITLE and line.text[-1] not in TERMINAL


def _spoken_mark(text: str) -> Mark | None:
    """一是 or 第一， at the head of a paragraph that holds no more of its row."""
    if len(enumeration_in(text).items) > 1 and not enumeration_in(text).introduction:
        return None
    ordinal = _ordinal_mark(text)
    if ordinal:
        return ordinal
    mark = leading_mark(text)
    return mark if mark and mark.kind is MarkKind.SAY else None


def _ordinal_mark(text: str) -> Mark | None:
    ordinal = _ORDINAL.match(text)
    if ordinal is None:
        return None
    number = parse_chinese_numeral(ordinal["n"]) or 0
    return Mark(MarkKind.SAY, number, ordinal[0], "第{n}" + ordinal[0][-1], NumberStyle.CHINESE)
