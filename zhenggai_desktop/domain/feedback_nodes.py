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
from zhenggai_desktop.domain.heading_forms import sentence_end
from zhenggai_desktop.domain.issue_lines import RANKS
from zhenggai_desktop.domain.issue_tree import IssueTree, Node, feedback_tree
from zhenggai_desktop.domain.numbering import Mark, MarkKind, NumberStyle, leading_mark, write_number
from zhenggai_desktop.domain.source_lines import Line

_SAID = max(RANKS.values()) + 1
_AREA = re.compile(r"方面(?:存在)?(?:的)?(?:主要)?(?:问题|不足)?[。：]?$")
_NO_SECTIONS = 0


def issues_of(lines: Sequence[Line]) -> IssueTree:
    """The tree of ``lines``. Outer headings are sections where issues stand numbered below them, or where they are
    called 方面; an issue whose manifestations alone are numbered stays an issue."""
    tree = feedback_tree(lines)
    for root in tree.roots:
        _unfold(root)
    if tree.section_rank is None and not any(map(_heads_section, tree.roots)):
        tree.section_rank = _NO_SECTIONS
    if tree.sectioned:
        for root in tree.divided()[0]:
            _as_issue(root)
    return tree


_NAMES_THEM = re.compile(r"(?:问题|不足)[^。；]{0,14}[：，]?$|(?:主要|表现)[^。；]{0,6}[：，]$")


def issues_in(line: Line) -> tuple[str, list[Node]]:
    """The issues that one paragraph enumerates (“主要问题有：一是…；二是…”), and the words before them."""
    row = enumeration_in(line.text)
    if len(row.items) < 2 or not _NAMES_THEM.search(row.introduction):
        return line.text, []
    above = Node(line, line.text, _NO_SECTIONS)
    return row.introduction, [_node(above, i, item, row.pattern, row.style) for i, item in enumerate(row.items, 1)]


def _heads_section(root: Node) -> bool:
    if root.rank > RANKS[MarkKind.CHINESE_PAREN] or not root.children:
        return False
    numbered = any(child.line.mark and child.line.mark.kind is not MarkKind.SAY for child in root.children)
    end = sentence_end(root.line.body)
    return numbered or _AREA.search(root.line.body[: end or None]) is not None


def _unfold(node: Node) -> None:
    """Move what is numbered inside the node's own paragraphs to nodes below it."""
    for child in node.children:
        _unfold(child)
    found = _behind_heading(node)
    texts: list[Line] = []
    for line in node.texts:
        kept, below = _numbered_in(line.text, node, found[-1] if found else None)
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
    """The line's first sentence with its number, and the words behind it; no such words where it ends nowhere."""
    end = sentence_end(line.body)
    at = len(line.text) - len(line.body) + end if end else len(line.text)
    return line.text[:at], line.text[at:]


def _numbered_in(text: str, node: Node, before: Node | None = None) -> tuple[str, list[Node]]:
    """The words before what is numbered in a paragraph, without a bare label, and a node for each number."""
    label = leading_label(text)
    wording = label.text if label and label.kind is LabelKind.WORDING else ""
    own = leading_mark(text)
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


def _as_issue(root: Node) -> None:
    """A section whose words are all there is: they are its only issue."""
    heading, rest = _parted(root.line)
    words = [*([Line(root.line.number, rest, None)] if rest else []), *root.texts]
    if root.children or not words:
        return
    first, *more = words
    root.line = replace(root.line, text=heading)
    root.heading = heading
    root.texts = []
    root.children = [Node(first, first.text, _SAID, texts=more)]
