"""A place in the normal form of a paragraph leads to the same words as they were written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai_desktop.domain.proofread.raw_places import raw_span
from zhenggai_desktop.domain.typography import normalise

SIGNS = st.text(st.sampled_from('整改完成台帐12,;:()， 。　“”"Ａ１ab'), max_size=30)


@settings(max_examples=400, deadline=None)
@given(SIGNS, st.data())
def test_every_span_leads_to_words_of_the_same_normal_form(raw: str, data: st.DataObject) -> None:
    text = normalise(raw)[0]
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = raw_span(raw, text, start, end)
    assert span is not None
    found = raw[span[0] : span[1]]
    letters = [char for char in normalise(found)[0] if char.isalnum()]
    assert letters == [char for char in text[start:end] if char.isalnum()]


@pytest.mark.parametrize(
    ("raw", "words", "found"),
    [("2024年9 月,整改", "9月，", "9 月,"), ("　　建立台帐", "台帐", "台帐"), ("Ａ级(甲)", "A级（", "Ａ级(")],
)
def test_blanks_and_widths_are_stepped_over(raw: str, words: str, found: str) -> None:
    text = normalise(raw)[0]
    start = text.index(words)
    span = raw_span(raw, text, start, start + len(words))
    assert span is not None
    assert raw[span[0] : span[1]] == found


def test_a_part_of_a_paragraph_is_found_by_its_words() -> None:
    assert raw_span("一、总体情况。建立台帐。", "建立台帐。", 2, 4) == (9, 11)
    assert raw_span("别的话。", "建立台帐。", 2, 4) is None
