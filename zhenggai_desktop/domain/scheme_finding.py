"""The heading scheme that a notice follows: the nearest built-in one, changed in the parts where the text departs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from zhenggai_desktop.domain.answer_labels import label_of
from zhenggai_desktop.domain.answers import enumeration_in
from zhenggai_desktop.domain.heading_forms import infer_pattern, runs_through
from zhenggai_desktop.domain.issue_tree import IssueTree, Node
from zhenggai_desktop.domain.numbering import MarkKind, leading_mark
from zhenggai_desktop.domain.records import AnswerForm, AnswerPlace
from zhenggai_desktop.domain.schemes import BUILT_IN, AnswerPattern, HeadingPattern, Scheme


def find_scheme(trees: Sequence[IssueTree], chapter_headings: Sequence[str]) -> Scheme:
    """The scheme of a notice with these trees of issues and these chapter headings; scheme a for an empty one."""
    roots = [root for tree in trees for root in tree.feedback_roots]
    known = {id(root) for root in roots}
    beyond = [root for tree in trees for root in tree.roots if id(root) not in known]
    sectioned = any(tree.sectioned for tree in trees)
    sections = roots if sectioned else []
    groups = [root.children for root in roots] if sectioned else [roots]
    levels = _levels([node for group in groups for node in group])
    if not levels:
        return BUILT_IN["a"]
    through = runs_through([_numbers([n for n in group if n.rank == levels[0][0].rank]) for group in groups])
    answers = [node for level in levels for node in level if node.texts]
    scheme = BUILT_IN[_letter(levels[0], answers, sectioned=sectioned, through=bool(through))]
    return replace(
        scheme,
        chapter=_chapter_pattern(chapter_headings, scheme),
        section=infer_pattern([n.heading for n in sections], scheme.section, restarts=scheme.section.restarts),
        issues=_issue_patterns(levels, scheme, through),
        answer=_answer_pattern(answers, scheme),
        list_section=infer_pattern([n.heading for n in beyond if n.heading], scheme.list_section, restarts=True),
        list_issue=infer_pattern(
            [n.heading for root in beyond for n in root.children], scheme.list_issue, restarts=True
        ),
    )


def _levels(top: Sequence[Node]) -> list[list[Node]]:
    """Issue headings by the rank of their marks, outermost first, whatever stands above them."""
    by_rank: dict[int, list[Node]] = {}
    for root in top:
        for node in root.walk():
            by_rank.setdefault(node.rank, []).append(node)
    return [by_rank[rank] for rank in sorted(by_rank)]


def _numbers(nodes: Sequence[Node]) -> list[int]:
    return [node.line.mark.number for node in nodes if node.line.mark]


def _letter(issues: Sequence[Node], answers: Sequence[Node], *, sectioned: bool, through: bool) -> str:
    kind = Counter(node.line.mark.kind for node in issues if node.line.mark).most_common(1)
    run_in = sum(node.run_in for node in answers) * 2 > len(answers)
    labelled = sum(1 for node in answers if label_of(node.texts[0].text)) * 2 > len(answers)
    if kind and kind[0][0] is MarkKind.ISSUE:
        return "e"
    if kind and kind[0][0] is MarkKind.CHINESE and not sectioned:
        return "d"
    if run_in:
        return "b"
    if labelled:
        return "a"
    return "c" if through or any("进行了" in node.heading for node in issues) else "a"


def _chapter_pattern(headings: Sequence[str], scheme: Scheme) -> HeadingPattern:
    marked = [mark for mark in map(leading_mark, headings) if mark]
    if not marked:
        return scheme.chapter
    mark = Counter((m.pattern, m.style) for m in marked).most_common(1)[0][0]
    return HeadingPattern(mark[0] + "{title}", mark[1])


def _issue_patterns(
    levels: Sequence[Sequence[Node]], scheme: Scheme, through: bool | None
) -> tuple[HeadingPattern, HeadingPattern, HeadingPattern]:
    patterns = list(scheme.issues)
    for i, nodes in enumerate(levels[:3]):
        restarts = not through if i == 0 and through is not None else patterns[i].restarts
        patterns[i] = infer_pattern([node.heading for node in nodes], patterns[i], restarts=restarts)
    return patterns[0], patterns[1], patterns[2]


def _answer_pattern(answers: Sequence[Node], scheme: Scheme) -> AnswerPattern:
    if not answers:
        return scheme.answer
    label = Counter(label_of(node.texts[0].text) for node in answers).most_common(1)[0][0]
    run_in = sum(node.run_in for node in answers) * 2 > len(answers)
    pattern = replace(
        scheme.answer, label=label, place=AnswerPlace.RUN_IN if run_in else AnswerPlace.OWN, form=_form(answers, scheme)
    )
    rows = Counter((row.pattern, row.style) for node in answers if len(node.texts) == 1
                   and len((row := enumeration_in(node.texts[0].text.removeprefix(label))).items) > 1)  # fmt: skip
    if rows and (common := rows.most_common(1)[0][0])[0]:
        pattern = replace(pattern, run_in_item=common[0], run_in_style=common[1])
    items = Counter(
        (mark.pattern, mark.style)
        for node in answers
        for line in node.texts
        if (mark := leading_mark(line.text)) is not None and (mark.kind is not MarkKind.SAY or len(node.texts) > 2)
    )
    if items:
        shape, style = items.most_common(1)[0][0]
        pattern = replace(pattern, paragraph_item=shape, item_style=style)
    return pattern


def _form(answers: Sequence[Node], scheme: Scheme) -> AnswerForm:
    """How answers of several parts are mostly built."""
    votes: Counter[AnswerForm] = Counter()
    for node in answers:
        texts = [line.text for line in node.texts]
        if len(texts) == 1 and len(enumeration_in(texts[0].removeprefix(label_of(texts[0]))).items) > 1:
            votes[AnswerForm.RUN_IN] += 1
        elif len(texts) > 1:
            votes[AnswerForm.NUMBERED if leading_mark(texts[-1]) else AnswerForm.PLAIN] += 1
    return votes.most_common(1)[0][0] if votes else scheme.answer.form
