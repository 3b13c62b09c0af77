"""What is kept in pieces is what it would be in one: rows are a tuple, values by id a dict."""

from __future__ import annotations

from bisect import bisect_left

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai_desktop.domain.sharing import ById, Rows, new_since

LENGTHS = st.sampled_from([0, 1, 2, 255, 256, 257, 511, 512, 700])
PLACES = st.integers(-800, 800)
IDS = st.sampled_from([1, 2, 255, 256, 257, 1023, 60_000])


@given(LENGTHS, st.none() | PLACES, st.none() | PLACES, st.sampled_from([None, 1, 2, 300, -1, -7]), PLACES)
def test_rows_read_like_a_tuple(length: int, start: int | None, stop: int | None, step: int | None, at: int) -> None:
    whole, rows = tuple(range(length)), Rows(range(length))
    assert (len(rows), tuple(rows), [*reversed(rows)]) == (length, whole, [*reversed(whole)])
    assert rows[start:stop:step] == whole[start:stop:step]
    assert (at in rows) == (at in whole)
    if -length <= at < length:
        assert rows[at] == whole[at]
    else:
        with pytest.raises(IndexError):
            rows[at]
    assert rows == whole
    assert whole == rows
    assert hash(rows) == hash(whole)
    assert rows != (*whole, None)
    assert rows != Rows([*whole, None])


def edited(whole: list[int], gone: set[int], come: list[tuple[int, int]]) -> list[int]:
    """What ``Rows.edited`` promises, of a plain list."""
    coming: dict[int, list[int]] = {}
    for at, item in come:
        coming.setdefault(at, []).append(item)
    found: list[int] = []
    for at in range(len(whole) + 1):
        found += coming.get(at, [])
        found += [] if at in gone else whole[at : at + 1]
    return found


@settings(max_examples=60)
@given(LENGTHS, st.data())
def test_rows_are_edited_like_a_list_again_and_again(length: int, data: st.DataObject) -> None:
    whole = [*range(length)]
    rows = Rows(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        places = st.sets(st.integers(0, len(whole) - 1), max_size=5) if whole else st.just(set[int]())
        begin = data.draw(st.integers(0, len(whole)))
        stretch = range(begin, min(len(whole), begin + data.draw(st.sampled_from([0, 0, 1, 256, 600]))))
        gone = data.draw(places) | {*stretch}
        come = data.draw(st.lists(st.tuples(st.integers(0, len(whole)), st.integers(-9, -1)), max_size=6))
        come += [(data.draw(st.integers(0, len(whole))), -10)] * data.draw(st.sampled_from([0, 0, 0, 300, 900]))
        before, whole_before, whole = rows, whole, edited(whole, gone, come)
        rows = rows.edited(gone, iter(come))
        assert [*rows] == whole
        assert rows == Rows(whole)
        assert [rows[at] for at in range(-len(whole), len(whole))] == whole * 2
        assert len(rows) == len(whole)
        assert [*before] == whole_before
        assert all(0 < len(piece) <= 512 for piece in rows._pieces)


@given(LENGTHS, st.sets(PLACES, max_size=2), st.lists(st.tuples(PLACES, st.just(0)), max_size=2))
def test_a_place_that_is_none_cannot_be_edited(length: int, gone: set[int], come: list[tuple[int, int]]) -> None:
    places = [*((at, length) for at in gone), *((at, length + 1) for at, _ in come)]
    rows = Rows(range(length))
    if all(0 <= at < end for at, end in places):
        assert len(rows.edited(gone, come)) == length - len(gone) + len(come)
    else:
        with pytest.raises(IndexError):
            rows.edited(gone, come)


@given(st.lists(st.integers(0, 400), max_size=700).map(sorted), st.integers(-1, 401))
def test_the_place_of_a_value_is_that_in_a_sorted_list(items: list[int], value: int) -> None:
    rows = Rows(items).edited(range(0, len(items), 3), ())
    assert rows.place_of(value, key=lambda item: item) == bisect_left([*rows], value)


def test_pieces_in_which_nothing_happens_are_shared() -> None:
    old = Rows(range(1000))
    new = old.edited([300], [(300, -1), (310, -2)])
    assert [one is other for one, other in zip(old._pieces, new._pieces, strict=True)] == [True, False, True, True]
    assert [*new_since(old, new)] == [*new[256:513]]
    assert [*new_since(old, old)] == []
    assert [*new_since((), old)] == [*new_since(Rows(), old)] == [*range(1000)]
    assert [*new_since(old, (1, 2))] == [1, 2]


def test_what_is_left_of_a_piece_joins_the_one_before() -> None:
    rows = Rows(range(1000)).edited(range(260, 510), ())
    assert [len(piece) for piece in rows._pieces] == [262, 256, 232]


@given(st.dictionaries(IDS, st.integers()), st.dictionaries(IDS, st.none() | st.integers()), IDS)
def test_values_by_id_change_like_a_dict(start: dict[int, int], changes: dict[int, int | None], key: int) -> None:
    old = ById(start)
    new = old.changed(changes)
    expected = {at: value for at, value in {**start, **changes}.items() if value is not None}
    assert dict(new) == expected
    assert new == ById(expected)
    assert dict(old) == start
    assert (len(new), new.get(key), new.get(key, "no"), key in new) == (
        len(expected),
        expected.get(key),
        expected.get(key, "no"),
        key in expected,
    )
    if key in expected:
        assert new[key] == expected[key]
    else:
        with pytest.raises(KeyError):
            new[key]


def test_pieces_without_changes_are_shared() -> None:
    old = ById(dict.fromkeys(range(600), 0))
    new = old.changed({300: 1, 301: None})
    assert [old._pieces[at] is new._pieces[at] for at in range(3)] == [True, False, True]
