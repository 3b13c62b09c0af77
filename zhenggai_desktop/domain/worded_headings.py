"""The headings of a chapter whose answers bear no labels: what numbers the issues is told by their wording."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from zhenggai_desktop.domain.beyond_lists import opens_list
from zhenggai_desktop.domain.heading_forms import sentence_end
from zhenggai_desktop.domain.issue_lines import RANKS, is_strong, rank_of, unnumbered_headings
from zhenggai_desktop.domain.issue_words import names_what_is_wrong
from zhenggai_desktop.domain.numbering import MarkKind
from zhenggai_desktop.domain.source_lines import Line


def worded_headings(lines: Sequence[Line]) -> list[bool]:
    unnumbered = set(unnumbered_headings(lines))
    if unnumbered:
        outer = [line.mark is not None and 0 < rank_of(line) <= RANKS[MarkKind.CHINESE_PAREN] for line in lines]
        return [i in unnumbered or flag for i, flag in enumerate(outer)]
    kind = _issue_kind(lines)
    if kind is None:
        return [False] * len(lines)
    rank = RANKS[kind]
    same = [line for line in lines if rank_of(line) == rank]
    mostly_strong = sum(map(is_strong, same)) * 5 >= len(same) * 4
    first = next(i for i, line in enumerate(lines) if rank_of(line) == rank)
    outer = {found for line in lines[:first] if 0 < (found := rank_of(line)) < rank}
    flags: list[bool] = []
    last = 0
    for i, line in enumerate(lines):
        its_rank = rank_of(line)
        flag = its_rank in outer
        if its_rank == rank:
            number = line.mark.number if line.mark else last + 1
            opens = number == 1 and i > 0 and (flags[-1] or opens_list(lines, i - 1, last))
            flag = is_strong(line) or not mostly_strong or number == last + 1 or opens
            last = number if flag else last
        flags.append(flag)
    return flags


def _issue_kind(lines: Sequence[Line]) -> MarkKind | None:
    """The kind of mark that numbers the issues: the one most often worded so, else the one with run-in answers."""
    marked = [line for line in lines if line.mark and rank_of(line)]
    for votes in (
        Counter(line.mark.kind for line in marked if line.mark and is_strong(line)),
        Counter(line.mark.kind for line in marked if line.mark and "一是" in line.body[sentence_end(line.body) :][:3]),
        _kinds_that_name_issues(marked),
        Counter({line.mark.kind: rank_of(line) for line in marked if line.mark}),
    ):
        if votes:
            return max(votes, key=lambda kind: (votes[kind], RANKS[kind]))
    return None


def _kinds_that_name_issues(marked: Sequence[Line]) -> Counter[MarkKind]:
    """The innermost kind of mark most of whose lines begin by naming what is wrong; empty where none does."""
    total: Counter[MarkKind] = Counter(line.mark.kind for line in marked if line.mark)
    wrong: Counter[MarkKind] = Counter(
        line.mark.kind
        for line in marked
        if line.mark and names_what_is_wrong(line.body[: sentence_end(line.body) or None])
    )
    kinds = [kind for kind in total if wrong[kind] * 5 >= total[kind] * 3]
    return Counter([max(kinds, key=RANKS.__getitem__)]) if kinds else Counter()
