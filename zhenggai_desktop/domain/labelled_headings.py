"""The headings of a chapter whose answers bear labels: an answer's label follows them, or other headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from zhenggai_desktop.domain.answer_labels import FOLLOWING, LabelKind, label_of, leading_label
from zhenggai_desktop.domain.heading_forms import sentence_end
from zhenggai_desktop.domain.issue_lines import LONGEST_HEADING, RANKS, inner_label, is_strong, is_worded, rank_of
from zhenggai_desktop.domain.numbering import MarkKind, leading_mark
from zhenggai_desktop.domain.plan import PlanNote
from zhenggai_desktop.domain.source_lines import Line

_INNERMOST_SECTION = RANKS[MarkKind.CHINESE_PAREN]
_MOST_INTRODUCING = 3  # paragraphs


def labelled_headings(lines: Sequence[Line], doubts: list[PlanNote]) -> list[bool]:
    flags = [False] * len(lines)
    opens = _opening_labels(lines)
    worded = _words_head_issues(lines)
    for i in range(len(lines) - 1, -1, -1):
        line, following = lines[i], lines[i + 1] if i + 1 < len(lines) else None
        if not rank_of(line) or label_of(line.text) or (is_worded(line) and not worded):
            continue
        answered = inner_label(line.text) or (following is not None and opens[i + 1])
        described = following is not None and is_worded(following) and not worded
        holds = following is not None and flags[i + 1] and rank_of(following) > rank_of(line)
        holds = holds or _introduces(lines, i, flags)
        if answered or described:
            flags[i] = not _is_item_of_label(lines, i)
        else:
            flags[i] = holds and not _is_item(lines, i)
    _add_unanswered(lines, flags, doubts)
    return flags


def _introduces(lines: Sequence[Line], at: int, flags: Sequence[bool]) -> bool:
    """True for the heading of a section whose issues stand behind a few words of introduction."""
    line = lines[at]
    if line.text[-1] in "。；" or line.mark is None or rank_of(line) > _INNERMOST_SECTION:
        return False
    for i in range(at + 1, min(at + 2 + _MOST_INTRODUCING, len(lines))):
        if flags[i]:
            return rank_of(lines[i]) > rank_of(line)
        if lines[i].mark or label_of(lines[i].text):
            return False
    return False


def _opening_labels(lines: Sequence[Line]) -> list[bool]:
    """For each line whether it opens an answer: 整改成效： or 责任单位： does so only where nothing else does."""
    kinds = [label.kind if (label := leading_label(line.text)) else None for line in lines]
    opening = {kind for kind in kinds if kind} - {LabelKind.WORDING}
    if opening - FOLLOWING:
        opening -= FOLLOWING
    return [kind in opening for kind in kinds]


def _words_head_issues(lines: Sequence[Line]) -> bool:
    """True where 问题表现：… heads issues itself: one stands behind an answer instead of below a numbered heading."""
    return any(
        is_worded(line) and i > 0 and rank_of(lines[i - 1]) == 0 and not lines[i - 1].mark
        for i, line in enumerate(lines)
    )


def _first_of_row(lines: Sequence[Line], at: int) -> int:
    """Where the row of numbered lines begins that goes on unbroken to the line ``at``; -1 where it does not from 1.

    The first of them may stand behind the label itself (整改情况：1.…).
    """
    while (mark := lines[at].mark) is not None and mark.number > 1:
        if not at:
            return -1
        before = lines[at - 1].mark
        if before is None or before.kind is not mark.kind or before.number != mark.number - 1:
            label = label_of(lines[at - 1].text)
            inside = leading_mark(lines[at - 1].text.removeprefix(label)) if label else None
            goes_on = inside is not None and inside.family == mark.family and inside.number == mark.number - 1
            return at if goes_on else -1
        at -= 1
    return at


def _is_item(lines: Sequence[Line], at: int) -> bool:
    """True for the last of numbered sentences that follow one another from an answer's label on.

    A section may bear the next number too: it is no sentence, or the issues below it start anew.
    """
    line, following = lines[at], lines[at + 1]
    if line.text[-1] not in "。；" or (following.mark and following.mark.number == 1):
        return False
    first = _first_of_row(lines, at)
    return first > 0 and label_of(lines[first - 1].text) != ""


def _is_item_of_label(lines: Sequence[Line], at: int) -> bool:
    """True for a numbered line of the row that a label without words of its own opens (整改措施： / （1）…)."""
    if lines[at].mark is None:
        return False
    first = _first_of_row(lines, at)
    if first <= 0:
        return False
    before = lines[first - 1].text
    words = before.removeprefix(label_of(before))
    opened = words != before and (not words or words.endswith("：") or leading_mark(words) is not None)
    return opened and not is_strong(lines[at]) and not inner_label(lines[at].text)


def _add_unanswered(lines: Sequence[Line], flags: list[bool], doubts: list[PlanNote]) -> None:
    """Numbers that go on with a row of headings are headings too, though no answer follows them."""
    kinds = Counter(line.mark.kind for line, flag in zip(lines, flags, strict=True) if flag and line.mark)
    last: dict[int, int] = {}
    for i, line in enumerate(lines):
        rank = rank_of(line)
        if not line.mark or not rank:
            continue
        in_row = line.mark.number == last.get(rank, 0) + 1
        item = i > 0 and not flags[i - 1] and rank_of(lines[i - 1]) == rank
        short = len(line.text) <= LONGEST_HEADING and sentence_end(line.body) in (0, len(line.body))
        if not flags[i] and kinds[line.mark.kind] >= 2 and in_row and short and not item:
            flags[i] = True
            doubts.append(PlanNote("no_answer", line.number, f"“{line.text}”下面没有整改情况"))
        if flags[i]:
            last[rank] = line.mark.number
            for deeper in [r for r in last if r > rank]:
                del last[deeper]
