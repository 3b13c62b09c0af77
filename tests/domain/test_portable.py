"""Records survive the way into words and back, whatever their fields hold."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from builders import a_snapshot, one_of_each
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai_desktop.domain.portable import (
    Key,
    blanks,
    from_text,
    has_owner,
    is_reference,
    made,
    named_by,
    parents_first,
    portable,
    record_ids,
    records_of,
    required_references,
    title_of,
    to_text,
    travelling,
    whole_snapshot,
)
from zhenggai_desktop.domain.records import (
    RECORD_TYPES,
    BlockKind,
    Chapter,
    ChapterBlock,
    Draft,
    Evidence,
    EvidenceLink,
    Issue,
    LedgerFacts,
    LogEntry,
    Measure,
    MeasureLink,
    Outcome,
    Person,
    ReviewOpinion,
    Section,
    SectionCategory,
    Status,
    Track,
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


@pytest.mark.parametrize(
    ("record_type", "name", "value", "words"),
    [
        (Issue, "title", "学习不深", "学习不深"),
        (Issue, "title", '"', '"'),  # only where nothing and "" are two things are texts quoted
        (Issue, "standing", True, "是"),
        (Issue, "standing", False, "否"),
        (Issue, "concentrated", None, ""),
        (Issue, "concentrated", True, "是"),
        (Issue, "due_on", dt.date(2025, 2, 3), "2025-02-03"),
        (Issue, "printed_level", 2, "2"),
        (Issue, "status", Status.DONE, "已完成"),
        (Issue, "status", None, ""),
        (Issue, "track", Track.STAGED, "分阶段整改"),
        (Issue, "answer_label", None, ""),
        (Issue, "answer_label", "", '""'),
        (Issue, "answer_label", "整改情况：", "整改情况："),
        (Issue, "answer_label", '"甲"', '""甲""'),
        (Issue, "answer_label", '"甲', '"甲'),
        (Issue, "leaders", (), ""),
        (Issue, "leaders", ("甲", "乙"), "甲\n乙"),
        (Issue, "leaders", ("甲", "[乙"), "甲\n[乙"),
        (Issue, "leaders", ("[甲", "乙"), '["[甲", "乙"]'),
        (Issue, "leaders", ("甲\n乙",), '["甲\\n乙"]'),
        (Issue, "leaders", ("甲", ""), '["甲", ""]'),
        (Issue, "section_id", "s", "s"),
        (Issue, "section_id", None, ""),
        (Outcome, "number", Decimal("1E+3"), "1000"),
        (Outcome, "number", Decimal("0.10"), "0.10"),
        (Draft, "draft_id", "稿", "稿"),
        (Chapter, "blocks", (), ""),
        (Chapter, "blocks", (ChapterBlock(BlockKind.PARAGRAPH, 0, "甲"),), '[["paragraph", 0, "甲"]]'),
    ],
)
def test_values_in_words(record_type: Any, name: str, value: object, words: str) -> None:
    assert to_text(record_type, name, value) == words
    assert from_text(record_type, name, words) == value


@pytest.mark.parametrize(
    ("record_type", "name", "words", "value"),
    [
        (Issue, "due_on", "2025-02-03 00:00:00", dt.date(2025, 2, 3)),  # as a spreadsheet writes a day
        (Issue, "status", "done", Status.DONE),
        (Issue, "leaders", '["甲", 1]', ('["甲", 1]',)),
        (Issue, "leaders", '{"甲": 1}', ('{"甲": 1}',)),
        (Issue, "leaders", "[甲\n乙", ("[甲", "乙")),
        (Issue, "leaders", "[" * 100_000, ("[" * 100_000,)),
        (Issue, "answer_label", '"', '"'),
        (Issue, "section_id", "", None),
        (Section, "category", "", SectionCategory.FEEDBACK),
        (Section, "title", "", ""),
        (Outcome, "number", "", None),
    ],
)
def test_words_of_other_hands_are_read(record_type: Any, name: str, words: str, value: object) -> None:
    assert from_text(record_type, name, words) == value


def test_what_travels_and_what_names_another_record() -> None:
    for record_type in RECORD_TYPES:
        assert not {"id", "uid", "position"} & set(travelling(record_type))
    assert travelling(MeasureLink) == ("measure_id", "issue_id")
    assert [name for name in travelling(Issue) if is_reference(Issue, name)] == ["section_id", "parent_id"]
    assert not is_reference(Draft, "draft_id")  # its own number, which travels inside the file
    assert is_reference(ReviewOpinion, "draft_id")
    assert (blanks(ReviewOpinion)["draft_id"], blanks(Person)["department_id"]) == (None, None)
    assert (blanks(Section)["category"], blanks(Issue)["leaders"]) == (SectionCategory.FEEDBACK, ())


@pytest.mark.parametrize(
    ("record_type", "needed"),
    [
        (Measure, (("issue_id", Issue),)),
        (MeasureLink, (("measure_id", Measure), ("issue_id", Issue))),
        (EvidenceLink, (("evidence_id", Evidence),)),
        (Issue, ()),
        (LogEntry, ()),
        (Person, ()),
    ],
)
def test_references_without_which_a_record_cannot_be(record_type: Any, needed: tuple[object, ...]) -> None:
    assert required_references(record_type) == needed


@pytest.mark.parametrize(
    ("record_type", "values", "owned"),
    [
        (Measure, {"issue_id": "i"}, True),
        (Measure, {"issue_id": "gone"}, False),
        (Measure, {"issue_id": None}, False),
        (Issue, {"section_id": "gone", "parent_id": None}, True),  # it can stand alone
        (LogEntry, {"issue_id": "i", "measure_id": None}, True),
        (LogEntry, {"issue_id": "gone", "measure_id": "m"}, True),
        (LogEntry, {"issue_id": None, "measure_id": None}, False),
        (LogEntry, {"issue_id": "m", "measure_id": "i"}, False),
        (EvidenceLink, {"evidence_id": "e", "issue_id": "i"}, True),
        (EvidenceLink, {"evidence_id": "gone", "issue_id": "i"}, False),
        (Person, {"department_id": None}, True),
        (Person, {"department_id": "gone"}, True),
    ],
)
def test_a_record_that_would_belong_to_nothing_has_no_owner(
    record_type: Any, values: dict[str, object], owned: bool
) -> None:
    ids: dict[Key, int] = {(Issue, "i"): 1, (Measure, "m"): 1, (Evidence, "e"): 1}
    assert has_owner((record_type, "x"), values, ids) is owned


def test_what_a_record_names() -> None:
    values = {"section_id": "s", "parent_id": None, "title": "甲"}
    assert list(named_by((Issue, "i"), values)) == [(Section, "s")]
    assert list(named_by((Draft, "d"), {"draft_id": "稿", "milestone_id": None})) == []


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ({"content": "内容", "title": "题目"}, "题目"),
        ({"title": "", "content": "内容"}, "内容"),
        ({"progress": "进展", "content": ""}, "进展"),
        ({"note": "备注"}, ""),
    ],
)
def test_the_words_by_which_a_person_knows_a_record(values: dict[str, object], title: str) -> None:
    assert title_of(values) == title


def test_an_issue_never_stands_before_the_one_above_it() -> None:
    above = {"c": "b", "b": "a", "a": "", "d": "gone"}
    records = {(Issue, uid): {"parent_id": parent or None} for uid, parent in above.items()}
    records[Measure, "c"] = {"issue_id": "c"}
    assert [uid for _, uid in parents_first(records)] == ["a", "b", "c", "d", "c"]


def test_issues_in_a_circle_come_once_each() -> None:
    records = {(Issue, "a"): {"parent_id": "b"}, (Issue, "b"): {"parent_id": "a"}, (Issue, "c"): {"parent_id": "c"}}
    assert sorted(uid for _, uid in parents_first(records)) == ["a", "b", "c"]


def test_a_record_made_of_its_values() -> None:
    ids: dict[Key, int] = {(Section, "s"): 4, (Issue, "i"): 7}
    issue = made(Issue, "i", {"title": "甲", "section_id": "s", "parent_id": "gone"}, ids)
    assert issue == Issue(id=7, uid="i", position=7, title="甲", section_id=4, parent_id=None)
    assert made(Issue, "new", {"title": "乙"}, ids) == Issue(id=0, uid="new", position=0, title="乙")
    assert made(Measure, "m", {"issue_id": "gone"}, ids) == Measure(uid="m", issue_id=0)
    assert made(LogEntry, "l", {"issue_id": "i"}, {**ids, (LogEntry, "l"): 2}) == LogEntry(id=2, uid="l", issue_id=7)


def test_ids_in_one_file() -> None:
    snapshot = a_snapshot(Section(uid="s"), Issue(uid="i"), Issue(uid="j"))
    ids = record_ids(snapshot)
    assert (ids[LedgerFacts, snapshot.facts.uid], ids[Section, "s"], ids[Issue, "j"]) == (1, 1, 2)
    assert len(ids) == 4
    assert records_of(snapshot, LedgerFacts) == (snapshot.facts,)
    assert [record.uid for record in records_of(snapshot, Issue)] == ["i", "j"]
    again = whole_snapshot(portable(snapshot))
    assert [(issue.id, issue.position, issue.uid) for issue in again.issues] == [(1, 1, "i"), (2, 2, "j")]
