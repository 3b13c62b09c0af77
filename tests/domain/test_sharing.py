"""What is kept in pieces is what it would be in one: rows are a tuple, values by id a dict."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai_desktop.domain.sharing import ById, Rows

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


@given(LENGTHS.filter(bool), st.data())
def test_replaced_rows_leave_the_old_ones_as_they_were(length: int, data: st.DataObject) -> None:
    old = Rows(range(length))
    changes = data.draw(st.dictionaries(st.integers(0, length - 1), st.text(max_size=1), max_size=5))
    new = Rows[object](old).replaced(changes.items())
    assert tuple(new) == tuple(changes.get(at, at) for at in range(length))
    assert tuple(old) == tuple(range(length))


def test_what_was_not_replaced_is_shared() -> None:
    old = Rows(range(1000))
    new = old.replaced([(300, -1)])
    assert [one is other for one, other in zip(old._pieces, new._pieces, strict=True)] == [True, False, True, True]


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
