"""A text that is written in several rows of a sheet is read as one."""

from __future__ import annotations

from zhenggai_desktop.domain.continued_cells import with_whole_cells
from zhenggai_desktop.domain.sheets import Area, Sheet, as_table


def texts(rows: list[list[str]], merges: tuple[Area, ...] = ()) -> list[tuple[int, int, str, int]]:
    table = with_whole_cells(as_table(Sheet("台账", rows, merges)))
    return [(cell.row, cell.column, cell.text, cell.row_span) for cell in table.cells]


def test_pieces_join_the_cell_above_and_cover_their_rows() -> None:
    rows = [["1", "甲", "上"], ["1（续）", "", "（续）中"], ["1（续）", "", "（续）\n下"], ["2", "乙", "短"]]
    assert texts(rows, (Area(0, 1, 2, 1),)) == [
        (0, 0, "1", 3),
        (0, 1, "甲", 3),
        (0, 2, "上中\n下", 3),
        (3, 0, "2", 1),
        (3, 1, "乙", 1),
        (3, 2, "短", 1),
    ]


def test_pieces_under_a_merged_number_need_no_number() -> None:
    merges = (Area(0, 0, 3, 0), Area(1, 1, 3, 1))
    rows = [["1", "问题", "措施一"], ["", "（续）续完", ""], ["", "", "措施二"], ["", "", "措施三"]]
    assert [cell for cell in texts(rows, merges) if cell[1] == 1] == [(0, 1, "问题续完", 4)]


def test_words_of_ones_own_stay_where_they_stand() -> None:
    rows = [["1", "甲"], ["2", "（续）整改中"], ["3", "丙"], ["", "（续"]]
    assert [text for _, _, text, _ in texts(rows)] == ["1", "甲", "2", "（续）整改中", "3", "丙", "（续"]


def test_a_piece_below_nothing_stays() -> None:
    assert [text for _, _, text, _ in texts([["", "（续）甲"], ["", ""], ["", "（续）乙"]])] == ["（续）甲", "（续）乙"]
