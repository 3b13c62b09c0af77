"""Widths and heights of the printed ledger."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from builders import a_snapshot, a_tree
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai_desktop.domain.continued_cells import CONTINUED
from zhenggai_desktop.domain.ledger_table import LedgerTable, Merge, Row, ledger_table
from zhenggai_desktop.domain.records import Snapshot
from zhenggai_desktop.formats.excel_rows import TALLEST_ROW
from zhenggai_desktop.formats.ledger_layout import (
    column_widths,
    height_of,
    lay_out,
    row_heights,
)
from zhenggai_desktop.formats.text_fit import line_count, pieces


def a_table(*rows: tuple[object, ...], keys: tuple[str, ...], merges: tuple[Merge, ...] = ()) -> LedgerTable:
    made = tuple(Row(at, None, row) for at, row in enumerate(rows))  # type: ignore[arg-type]
    return LedgerTable("台账", keys, tuple("表头" for _ in keys), made, merges)


def test_a_page_is_filled_and_not_exceeded() -> None:
    widths = column_widths(ledger_table(a_snapshot(*a_tree())), 100)
    assert 90 <= sum(widths) <= 100
    assert min(widths) >= 2


def test_the_longest_texts_get_the_widest_columns() -> None:
    table = a_table(("短句", "长" * 300, "中" * 60), keys=("a", "b", "c"))
    short, long, middle = column_widths(table, 60)
    assert short < middle < long


def test_sections_stay_narrow_because_they_are_merged_over_many_rows() -> None:
    table = a_table(("贯彻落实上级决策部署和重点任务情况方面", "短"), keys=("section", "b"))
    assert column_widths(table, 100)[0] == 6


def test_empty_columns_keep_room_to_be_filled_in() -> None:
    widths = dict(zip(ledger_table(Snapshot()).keys, column_widths(ledger_table(Snapshot()), 100), strict=True))
    assert widths["content"] >= 10
    assert widths["progress"] >= 10
    assert widths["status"] == 4


def test_a_date_has_room_on_one_line() -> None:
    assert column_widths(a_table((dt.date(2025, 6, 30),), keys=("a",)), 2) == [6]


def test_a_column_that_waits_for_dates_and_notes_has_room_for_them() -> None:
    """Else a department types 2025-12-31 and sees ####."""
    row = ("长" * 150, "长" * 300, "长" * 200, None, "")
    table = a_table(*[row] * 5, keys=("issue", "content", "progress", "completed_on", "note"))
    assert column_widths(table, 80)[3:] == [6, 4]


@pytest.mark.parametrize(
    ("caption", "text", "width"), [("完成情况", "已完成", 4), ("责任人", "甲乙丙", 3), ("备注", "甲乙丙", 3)]
)
def test_captions_break_between_words(caption: str, text: str, width: int) -> None:
    assert column_widths(replace(a_table((text,), keys=("a",)), captions=(caption,)), 20) == [width]


def test_names_are_not_broken_over_lines() -> None:
    layout = lay_out(a_table(("李明、王小芳", "字" * 400), keys=("leaders", "b")), 30)
    assert layout.table.rows[0].cells[0] == "李明、\n王小芳"
    assert layout.widths[0] == 3


def test_the_first_row_of_a_merged_cell_holds_its_text() -> None:
    table = a_table(("问" * 40, "短"), ("问" * 40, "短"), keys=("a", "b"), merges=(Merge(0, 0, 1),))
    assert row_heights(table, [10, 10]) == [height_of(4), height_of(1)]


def test_what_no_row_can_hold_goes_on_in_further_rows() -> None:
    text = "问" * 400
    table = a_table((text, "短"), (text, "短"), keys=("issue", "b"), merges=(Merge(0, 0, 1),))
    layout = lay_out(table, 12)
    pieces = layout.divided[0].pieces[0]
    assert layout.parts(0) == tuple(height_of(line_count(piece, layout.widths[0])) for piece in pieces)
    assert layout.parts(1) == (height_of(1),)  # covered there: it needs no room
    assert len(pieces) == len(layout.parts(0)) > 1
    assert max(layout.parts(0)) <= TALLEST_ROW


def test_what_is_short_beside_a_divided_text_is_seen_whole_in_its_first_row() -> None:
    layout = lay_out(a_table(("问" * 400, "注" * 60), keys=("issue", "note")), 12)
    assert set(layout.divided[0].pieces) == {0}
    assert layout.parts(0)[0] >= height_of(line_count("注" * 60, layout.widths[1]))


def test_single_cells_between_merged_ones_count_too() -> None:
    table = a_table(("甲", "短"), ("甲", "短"), ("乙" * 50, "短"), keys=("a", "b"), merges=(Merge(0, 0, 1),))
    assert row_heights(table, [10, 10])[2] == height_of(5)


def test_no_row_is_divided_that_a_sheet_can_hold() -> None:
    lines = int((TALLEST_ROW - 5) / 14.5)
    held, higher = (lay_out(a_table(("\n".join("字" * count),), keys=("a",)), 10) for count in (lines, lines + 1))
    assert (len(held.parts(0)), len(higher.parts(0))) == (1, 2)


TEXTS = st.text(st.sampled_from("项目整改，。；（）“”a1 \n续"), min_size=100, max_size=1500)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.integers(2, 12), st.integers(5, 9))
def test_pieces_are_the_text_and_none_is_higher_than_asked(text: str, width: int, lines: int) -> None:
    found = pieces(text, width, lines, CONTINUED)
    assert all(line_count(piece, width) <= lines for piece in found)
    assert all(piece.startswith(CONTINUED) for piece in found[1:])
    assert found[0] + "".join(piece.removeprefix(CONTINUED) for piece in found[1:]) == text
