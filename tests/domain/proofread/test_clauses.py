"""Where a clause, a part and a sentence begin, and the words before a place."""

from __future__ import annotations

import pytest

from zhenggai_desktop.domain.proofread.clauses import (
    clause_before,
    clause_begin,
    part_begin,
    sentence_begin,
    words_before,
)

TEXT = "甲。乙；丙，丁：戊"


@pytest.mark.parametrize(
    ("at", "sentence", "part", "clause", "words"),
    [
        (0, 0, 0, 0, ""),
        (1, 0, 0, 0, "甲"),
        (2, 2, 2, 2, ""),
        (3, 2, 2, 2, "乙"),
        (4, 2, 4, 4, ""),
        (5, 2, 4, 4, "丙"),
        (7, 2, 4, 6, "丁"),
        (9, 2, 4, 8, "戊"),
    ],
)
def test_what_stands_around_a_place(at: int, sentence: int, part: int, clause: int, words: str) -> None:
    """A sentence begins behind 。, a part of it behind ； too, a clause behind any sign."""
    assert (sentence_begin(TEXT, at), part_begin(TEXT, at), clause_begin(TEXT, at)) == (sentence, part, clause)
    assert clause_before(TEXT, at) == words


@pytest.mark.parametrize(
    ("at", "most", "words"), [(0, 3, ""), (2, 3, "甲。"), (3, 3, "甲。乙"), (4, 3, "。乙；"), (4, 0, "")]
)
def test_words_before_a_place_are_so_many_at_most(at: int, most: int, words: str) -> None:
    """Fewer at the beginning of the text."""
    assert words_before(TEXT, at, most) == words
