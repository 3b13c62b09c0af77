"""Rows streamed into a frame, as openpyxl reads them back."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from zhenggai_desktop.formats.excel_rows import (
    LONGEST_TEXT,
    CellRange,
    CellValue,
    SheetRow,
    column_name,
    write_package,
)


def written(path: Path, *rows: SheetRow, merges: tuple[CellRange, ...] = ()) -> openpyxl.Workbook:
    write_package(openpyxl.Workbook(), path, rows, merges, default_font=("宋体", 11))
    return openpyxl.load_workbook(path)


def row(*values: CellValue, height: float | None = None) -> SheetRow:
    return SheetRow(values, (0,) * len(values), height)


@pytest.mark.parametrize(("column", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_columns_are_named_as_excel_names_them(column: int, name: str) -> None:
    assert column_name(column) == name


def test_values_come_back_as_they_were(tmp_path: Path) -> None:
    page = written(tmp_path / "a.xlsx", row("甲\n乙", 7, dt.date(2025, 6, 30), None, " 空 "), row("", 0, "x")).active
    assert page is not None
    assert [cell.value for cell in page[1]][:2] == ["甲\n乙", 7]
    assert page["C1"].value == 45838  # the style of the cell makes it a date
    assert [page["D1"].value, page["E1"].value] == [None, " 空 "]
    assert [cell.value for cell in page[2]][:3] == [None, 0, "x"]


@pytest.mark.parametrize(
    "text", ["=1+1", "+86", "@某", "-5", "'引", "=cmd|' /C calc'!A0", "<b>&amp;</b>", "#N/A", "TRUE"]
)
def test_text_is_text_whatever_it_begins_with(tmp_path: Path, text: str) -> None:
    page = written(tmp_path / "a.xlsx", row(text)).worksheets[0]
    assert (page["A1"].value, page["A1"].data_type) == (text, "s")


def test_control_characters_are_left_out(tmp_path: Path) -> None:
    assert (
        written(tmp_path / "a.xlsx", row("甲\x00\x1b乙\ud800丙\r\n丁\ufffe")).worksheets[0]["A1"].value == "甲乙丙\n丁"
    )


def test_what_looks_like_an_escape_is_escaped(tmp_path: Path) -> None:
    write_package(openpyxl.Workbook(), tmp_path / "a.xlsx", [row("_x0041_")])
    with zipfile.ZipFile(tmp_path / "a.xlsx") as package:
        assert "_x005F_x0041_" in package.read("xl/worksheets/sheet1.xml").decode()


def test_dates_before_excels_calendar_become_text(tmp_path: Path) -> None:
    assert written(tmp_path / "a.xlsx", row(dt.date(1900, 2, 1))).worksheets[0]["A1"].value == "1900-02-01"


def test_merged_ranges_heights_and_the_default_font(tmp_path: Path) -> None:
    book = written(tmp_path / "a.xlsx", row("甲", height=30), row(""), merges=(CellRange(1, 1, 1, 2),))
    page = book.worksheets[0]
    assert [str(merged) for merged in page.merged_cells.ranges] == ["A1:A2"]
    assert page.row_dimensions[1].height == 30
    assert page["A1"].font.name == "宋体"


def test_the_filter_of_the_frame_stands_before_the_merged_cells(tmp_path: Path) -> None:
    frame = openpyxl.Workbook()
    frame.worksheets[0].auto_filter.ref = "A1:B9"
    frame.worksheets[0]["A1"].font = Font(bold=True)
    write_package(frame, tmp_path / "a.xlsx", [row("甲", "乙")], [CellRange(1, 2, 1, 3)])
    with zipfile.ZipFile(tmp_path / "a.xlsx") as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    places = [
        sheet.index(part) for part in ("</sheetData>", "<autoFilter", "<mergeCells", "<pageMargins", "<ignoredErrors")
    ]
    assert places == sorted(places)
    assert sheet.count("<row ") == 1


@pytest.mark.parametrize(
    "bad", [row("字" * (LONGEST_TEXT + 1)), row("😀" * 16_384), row("甲", height=410), row("甲", height=0)]
)
def test_what_excel_would_cut_is_refused(tmp_path: Path, bad: SheetRow) -> None:
    with pytest.raises(ValueError, match=r"longer|points"):
        write_package(openpyxl.Workbook(), tmp_path / "a.xlsx", [bad])


def test_a_text_of_the_greatest_length_is_kept_whole(tmp_path: Path) -> None:
    text = "字" * LONGEST_TEXT
    assert written(tmp_path / "a.xlsx", row(text)).worksheets[0]["A1"].value == text


def test_a_frame_with_merged_cells_is_refused(tmp_path: Path) -> None:
    frame = openpyxl.Workbook()
    frame.worksheets[0].merge_cells("A1:B1")
    with pytest.raises(ValueError, match="merged"):
        write_package(frame, tmp_path / "a.xlsx", [row("甲")])
