"""Records survive the way into words and back, whatever their fields hold."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from builders import a_snapshot, one_of_each
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai_desktop.domain.portable import blanks, from_text, portable, to_text, travelling, whole_snapshot
from zhenggai_desktop.domain.records import (
    RECORD_TYPES,
    BlockKind,
    Chapter,
    ChapterBlock,
    Issue,
    LedgerFacts,
    Measure,
    Outcome,
    Section,
)
from zhenggai_desktop.texts import field_name

TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc")) | st.just("\n"), max_size=12)


def test_a_whole_ledger_is_put_together_again() -> None:
    records = portable(a_snapshot(*one_of_each(), organisation="某街道"))
    again = whole_snapshot(records)
    assert portable(again) == records
    assert again.facts.organisation == "某街道"


def test_references_are_uids() -> None:
    records = portable(a_snapshot(Section(uid="s"), Issue(uid="i", section_id=1), Measure(uid="m", issue_id=1)))
    assert records[Issue, "i"]["section_id"] == "s"
    assert records[Measure, "m"]["issue_id"] == "i"


def test_a_reference_to_nothing_is_empty() -> None:
    again = whole_snapshot({(Issue, "i"): {"title": "甲", "section_id": "gone", "parent_id": None}})
    assert again.issues[0].section_id is None


@pytest.mark.parametrize("record_type", RECORD_TYPES)
def test_blanks_are_no_words_and_captions_tell_fields_apart(record_type: Any) -> None:
    for name, value in blanks(record_type).items():
        assert from_text(record_type, name, to_text(record_type, name, value)) == value
    captions = [field_name(record_type, name) for name in travelling(record_type)]
    assert len(captions) == len(set(captions))


@settings(max_examples=60)
@given(st.lists(TEXTS, max_size=3).map(tuple))
def test_lists_keep_their_items(items: tuple[str, ...]) -> None:
    assert from_text(Issue, "leaders", to_text(Issue, "leaders", items)) == items


@settings(max_examples=60)
@given(st.none() | TEXTS | st.just('""') | st.just('"'))
def test_nothing_and_an_empty_text_are_told_apart(text: str | None) -> None:
    assert from_text(Issue, "answer_label", to_text(Issue, "answer_label", text)) == text


@pytest.mark.parametrize(
    ("record_type", "name", "value"),
    [
        (Outcome, "number", Decimal("1.50")),
        (Issue, "due_on", dt.date(2025, 2, 28)),
        (Issue, "concentrated", False),
        (Chapter, "blocks", (ChapterBlock(BlockKind.HEADING, 1, "一、“甲”"),)),
    ],
)
def test_values_keep_their_exactness(record_type: Any, name: str, value: object) -> None:
    assert from_text(record_type, name, to_text(record_type, name, value)) == value


@pytest.mark.parametrize(
    ("record_type", "name", "words"),
    [(Issue, "due_on", "明年"), (Issue, "status", "很好"), (Issue, "standing", "也许"), (Outcome, "number", "三"),
     (Chapter, "blocks", "[1]"), (LedgerFacts, "kind", "检查")],
)  # fmt: skip
def test_words_that_are_no_value_are_refused(record_type: Any, name: str, words: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        from_text(record_type, name, words)
