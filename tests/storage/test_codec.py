"""Every record comes back from its row as it was, apart from characters that Office cannot hold."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal
from typing import Any, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai_desktop.domain.records import (
    RECORD_TYPES,
    BlockKind,
    Chapter,
    ChapterBlock,
    Issue,
    Measure,
    Outcome,
    Person,
    Record,
    Section,
    Status,
)
from zhenggai_desktop.storage.codec import codec

DECIMALS = st.integers(0, 20).flatmap(
    lambda places: st.decimals(-(10**40), 10**40, allow_nan=False, allow_infinity=False, places=places)
)


def records(record_type: type[Record]) -> st.SearchStrategy[Record]:
    """Records with any values that their fields' types allow."""
    hints: dict[str, Any] = get_type_hints(record_type)
    text = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"], exclude_characters="\ufffe\uffff"))
    st.register_type_strategy(str, text)
    return st.builds(record_type, **{name: DECIMALS | st.none() if hint == Decimal | None else st.from_type(hint)
                                     for name, hint in hints.items()})  # fmt: skip


@pytest.mark.parametrize("record_type", RECORD_TYPES, ids=lambda found: found.__name__)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_a_record_comes_back_from_its_row(record_type: type[Record], data: st.DataObject) -> None:
    record = data.draw(records(record_type))
    storage: Any = codec(record_type)
    (back,) = storage.decode([storage.encode(record)])
    assert back == record
    assert type(back) is record_type


def test_a_record_from_a_row_is_as_frozen_as_any() -> None:
    (record,) = codec(Section).decode([codec(Section).encode(Section(id=1, title="方面"))])
    with pytest.raises(dataclasses.FrozenInstanceError):
        record.title = "改"  # type: ignore[misc]
    assert hash(record) == hash(Section(id=1, title="方面"))


def test_values_are_written_as_the_file_format_says() -> None:
    issue = Issue(id=3, leaders=("甲", "乙"), due_on=dt.date(2025, 12, 31), standing=True, status=Status.DONE)
    row = dict(zip(codec(Issue).columns, codec(Issue).encode(issue), strict=True))
    assert row["leaders"] == '["甲", "乙"]'
    assert row["due_on"] == "2025-12-31"
    assert row["standing"] == 1
    assert row["concentrated"] is None
    assert row["status"] == "done"
    assert type(row["status"]) is str


@pytest.mark.parametrize(("number", "text"), [("1.50", "1.50"), ("1E+3", "1000"), ("-0.01", "-0.01"), ("0E-2", "0.00")])
def test_amounts_keep_every_digit_and_lose_exponents(number: str, text: str) -> None:
    assert codec(Outcome).encode_value("number", Decimal(number)) == text


@pytest.mark.parametrize("number", ["NaN", "Infinity"])
def test_what_is_no_amount_is_not_stored(number: str) -> None:
    with pytest.raises(ValueError, match="no amount"):
        codec(Outcome).encode_value("number", Decimal(number))


def test_texts_are_cleaned_wherever_they_stand() -> None:
    dirty = "甲\x00乙\r\n丙\ud800"
    assert codec(Measure).cleaned_record(Measure(content=dirty)).content == "甲乙\n丙"
    assert codec(Person).cleaned_record(Person(aliases=(dirty,))).aliases == ("甲乙\n丙",)
    chapter = codec(Chapter).cleaned_record(Chapter(blocks=(ChapterBlock(BlockKind.PARAGRAPH, 0, dirty),)))
    assert chapter.blocks == (ChapterBlock(BlockKind.PARAGRAPH, 0, "甲乙\n丙"),)


def test_no_text_is_no_answer_label_and_an_empty_one_is_an_empty_one() -> None:
    assert codec(Issue).cleaned_record(Issue(answer_label=None)).answer_label is None
    assert codec(Issue).cleaned_record(Issue(answer_label="")).answer_label == ""


def plain(record: Record) -> dict[str, object]:
    storage: Any = codec(type(record))
    return dict(zip(storage.columns, storage.encode(record), strict=True))


def test_a_record_of_another_hand_is_read_where_every_value_is_what_its_column_holds() -> None:
    issue = Issue(id=3, uid="u", title="甲", leaders=("乙",), standing=True, due_on=dt.date(2025, 1, 2))
    assert codec(Issue).decode_foreign(plain(issue)) == issue
    assert codec(Issue).decode_foreign({"title": "甲\x00"}) == Issue(title="甲")  # what is not there has its default
    assert codec(Issue).decode_foreign({"section_id": None, "printed_level": 2}) == Issue(printed_level=2)


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"title": 1}, TypeError),
        ({"title": None}, TypeError),
        ({"section_id": "1"}, TypeError),
        ({"standing": True}, TypeError),  # the file has 1 for it
        ({"standing": None}, TypeError),
        ({"standing": 7}, ValueError),
        ({"position": -1}, ValueError),
        ({"position": 1 << 63}, ValueError),
        ({"status": "gone"}, ValueError),
        ({"due_on": "2025-1-2"}, ValueError),
        ({"due_on": "20250102"}, ValueError),  # read, but not as it is written
        ({"leaders": "[1]"}, ValueError),
        ({"leaders": "甲"}, ValueError),
    ],
)
def test_a_value_that_its_column_cannot_hold_is_refused(values: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        codec(Issue).decode_foreign(values)


@pytest.mark.parametrize("position", [0, (1 << 63) - 1])
def test_whole_numbers_reach_as_far_as_the_file_can_hold(position: int) -> None:
    assert codec(Issue).decode_foreign({"position": position}).position == position


@pytest.mark.parametrize(
    "blocks",
    ['[{"kind": "paragraph", "level": "1", "text": "甲"}]', '[{"kind": "paragraph", "level": true, "text": "甲"}]',
     '[{"kind": "paragraph", "level": 1, "text": 5}]', '[{"kind": "drawing", "level": 1, "text": "甲"}]'],
)  # fmt: skip
def test_a_block_of_other_things_is_damage(blocks: str) -> None:
    with pytest.raises(ValueError, match=r"block|drawing"):
        codec(Chapter).decode_value("blocks", blocks)


def test_nothing_where_a_value_must_stand_is_damage() -> None:
    row = codec(Section).encode(Section(title="甲"))
    row[codec(Section).columns.index("category")] = None
    with pytest.raises(ValueError, match="NULL"):
        codec(Section).decode([row])
    assert codec(Section).decode([]) == []


def test_what_may_be_nothing_stays_nothing_beside_the_same_type_that_must_be_something() -> None:
    """A measure's day may be empty; of many rows each is read with its own column's rule."""
    rows = [
        codec(Issue).encode(issue)
        for issue in (Issue(id=1), Issue(id=2, due_on=dt.date(2025, 1, 2), concentrated=False))
    ]
    assert codec(Issue).decode(rows) == [Issue(id=1), Issue(id=2, due_on=dt.date(2025, 1, 2), concentrated=False)]


def test_a_text_where_an_id_must_stand_is_refused_before_the_tree_is_built() -> None:
    storage = codec(Section)
    rows = [storage.encode(Section(title="甲")), storage.encode(Section(title="乙", chapter_id=3))]
    storage.refuse_broken_keys(rows)
    for name in ("id", "position", "chapter_id"):
        broken = [*rows[1]]
        broken[storage.columns.index(name)] = "3"
        with pytest.raises(TypeError):
            storage.refuse_broken_keys([rows[0], broken])


@pytest.mark.parametrize("uid", ["\x7f\x85", "a\u200bb", None, b"a"])
def test_a_uid_that_is_no_plain_text_is_refused(uid: Any) -> None:
    storage = codec(Section)
    row: list[Any] = storage.encode(Section(uid="a-1"))
    storage.refuse_broken_keys([row])
    row[storage.columns.index("uid")] = uid
    with pytest.raises((TypeError, ValueError)):
        storage.refuse_broken_keys([row])
