"""整改事项: which issues are answered one by one, and which stand below one answer that holds for all of them.

Figures, the notice and its proofreading ask the same question here, so that what is counted as an item is headed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import Issue, Measure


def serving_measures(outline: Outline, issue: Issue) -> Sequence[Measure]:
    """The measures that speak for an issue: its own or, where it has none, those of others that serve it too.

    A measure that serves several issues is linked, not copied (domain.md §4), yet each of them is to be answered.
    """
    return outline.measures_of(issue) or outline.linked_measures(issue)


def has_answer(outline: Outline, issue: Issue) -> bool:
    """True where the issue itself has an answer or at least a measure, its own or one that serves it too."""
    return bool(serving_measures(outline, issue) or issue.public_text or issue.answer_introduction)


def answers_all_below(outline: Outline, issue: Issue) -> bool:
    """True where the issue has an answer and nothing below it has one: its answer stands over all (domain.md §4)."""
    return has_answer(outline, issue) and not any(
        has_answer(outline, below) for below in outline.walk_below(issue) if below is not issue
    )


def items_of(outline: Outline, issue: Issue) -> Iterator[Issue]:
    """The items at and below an issue in reading order."""
    below = outline.sub_issues(issue)
    if not below or has_answer(outline, issue):
        yield issue
    if not answers_all_below(outline, issue):
        for child in below:
            yield from items_of(outline, child)
