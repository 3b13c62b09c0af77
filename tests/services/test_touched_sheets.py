"""Sheets whose heading, columns, cells or sheets somebody changed: understood, or said; never lost without a word."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from filling_sheets import (
    TODAY,
    a_small_office,
    collected,
    edit,
    edit_book,
    measure,
    sheet_of,
)

from zhenggai_desktop.domain.records import Measure, Status
from zhenggai_desktop.services.collecting import Collection, FileReport
from zhenggai_desktop.services.distributing import distribute
from zhenggai_desktop.services.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = a_small_office(tmp_path)
    distribute(made, tmp_path / "发", today=TODAY)
    yield made
    made.close()


@pytest.fixture
def sheet(ledger: Ledger, tmp_path: Path) -> Path:
    assert ledger
    return sheet_of(tmp_path / "发", "财政所")


def taken(found: Collection) -> list[tuple[str, object]]:
    return [(change.name, change.theirs) for change in found.changes]


def report_of(found: Collection) -> FileReport:
    assert (found.conflicts, found.additions) == ([], [])
    return found.files[0]


def says(report: FileReport, *words: str) -> bool:
    return any(all(word in doubt for word in words) for doubt in report.doubts)


# --- headings


@pytest.mark.parametrize("caption", ["整改进展情况", "整改 进展\n（截至11月底）", "11月整改进展", "落实情况"])
def test_a_reworded_heading_is_understood(ledger: Ledger, sheet: Path, caption: str) -> None:
    def reword(page: Any) -> None:
        page["G3"], page["G4"], page["H4"] = caption, "已清账30笔", "已完成"

    found = collected(ledger, edit(sheet, reword))
    assert taken(found) == [("progress", "已清账30笔"), ("status", Status.DONE)]
    assert report_of(found).doubts == []


def test_every_heading_may_be_reworded(ledger: Ledger, sheet: Path) -> None:
    def reword(page: Any) -> None:
        captions = (
            "问题编号",
            "方面",
            "问题",
            "主要表现",
            "措施",
            "完成时限",
            "进展",
            "是否完成",
            "完成时间",
            "说明",
            "标识",
        )
        for at, caption in enumerate(captions, 1):
            page.cell(3, at, caption)
        page["G4"], page["H4"], page["I4"], page["J4"] = "已清账30笔", "已完成", "2025-10-09", "新注"

    found = collected(ledger, edit(sheet, reword))
    assert [name for name, _ in taken(found)] == ["progress", "status", "completed_on", "note"]
    assert report_of(found).doubts == []


def test_a_heading_that_says_nothing_is_said_with_what_stands_below(ledger: Ledger, sheet: Path) -> None:
    def rename(page: Any) -> None:
        page["G3"], page["G4"], page["H4"] = "请在此填写", "已清账30笔", "已完成"

    report = report_of(collected(ledger, edit(sheet, rename)))
    assert says(report, "没有“整改进展”一列")
    assert says(report, "“请在此填写”", "第4行“已清账30笔”", "没有收入")


def test_a_deleted_column_is_said_and_touches_nothing(ledger: Ledger, sheet: Path) -> None:
    found = collected(ledger, edit(sheet, lambda page: page.delete_cols(10)))
    assert taken(found) == []
    assert report_of(found).doubts == [
        "没有“备注”一列，这一列没有收入。如果填报过，请恢复第3行的表头后再收一次"
    ]  # fmt: skip
    assert measure(ledger, "清账").note == "旧注"


def test_a_sheet_without_its_heading_is_said(ledger: Ledger, sheet: Path) -> None:
    def behead(page: Any) -> None:
        page["G4"] = "已清账30笔"
        page.delete_rows(3)

    report = report_of(collected(ledger, edit(sheet, behead)))
    assert report.doubts == ["没有表头，看不出哪一列是什么，没有收入。请恢复表头（整改进展、完成情况等）后再收一次"]


def test_a_second_column_of_the_same_name_does_not_clear_the_first(ledger: Ledger, sheet: Path) -> None:
    def add(page: Any) -> None:
        page["L3"], page["L5"] = "备注", "见附件"

    found = collected(ledger, edit(sheet, add))
    assert taken(found) == []
    assert report_of(found).doubts == ["第二个“备注”列不在填报表之内，没有收入：第5行“见附件”。请核对后手工填写"]


def test_columns_that_were_added_are_said_with_their_words(ledger: Ledger, sheet: Path) -> None:
    def add(page: Any) -> None:
        page["L3"] = "经办人电话"
        for row in range(4, 10):
            page[f"L{row}"] = f"电话{row}"
        page["N5"] = "没有列名的话"

    report = report_of(collected(ledger, edit(sheet, add)))
    assert says(report, "“经办人电话”", "第4行“电话4”", "第5行“电话5”", "第6行“电话6”", "等6处", "没有收入")
    assert says(report, "N列", "第5行“没有列名的话”", "没有收入")
    assert len(report.doubts) == 2


def test_a_swapped_header_with_another_progress_column_takes_the_sheets_own(ledger: Ledger, sheet: Path) -> None:
    def add(page: Any) -> None:
        page.insert_cols(7)
        page["G3"], page["G4"], page["H4"] = "落实情况", "旁边的话", "自己的话"

    found = collected(ledger, edit(sheet, add))
    assert taken(found) == [("progress", "自己的话")]
    assert says(report_of(found), "“落实情况”", "旁边的话", "没有收入")


# --- sheets


def copied_sheet(change: Callable[[Any, Any], None], first: int = 0) -> Callable[[Any], None]:
    def copy(book: Any) -> None:
        page = book["填报"]
        second = book.copy_worksheet(page)
        second.title = "填报 (2)"
        change(page, second)
        book.move_sheet(second, first)

    return copy


@pytest.mark.parametrize("first", [0, -2])
def test_a_copied_sheet_that_was_filled_in_is_read(ledger: Ledger, sheet: Path, first: int) -> None:
    def fill(_page: Any, second: Any) -> None:
        second["G4"], second["G6"], second["E6"] = "已清账30笔", "已建立", "建立台账"

    found = collected(ledger, edit_book(sheet, copied_sheet(fill, first)))
    assert taken(found) == [("progress", "已清账30笔")]
    assert [line.place for line in found.files[0].taken.additions] == ["1-3 问题 台账缺"]
    assert found.files[0].doubts == []


def test_an_untouched_copied_sheet_brings_nothing(ledger: Ledger, sheet: Path) -> None:
    found = collected(ledger, edit_book(sheet, copied_sheet(lambda _page, _second: None)))
    assert (taken(found), report_of(found).doubts) == ([], [])


def test_two_sheets_filled_in_differently_are_said(ledger: Ledger, sheet: Path) -> None:
    def fill(page: Any, second: Any) -> None:
        page["G4"], second["G4"], second["G5"] = "甲的话", "乙的话", "已补票"

    found = collected(ledger, edit_book(sheet, copied_sheet(fill, -1)))
    assert taken(found) == [("progress", "甲的话"), ("progress", "已补票")]
    assert says(report_of(found), "“填报 (2)”第4行", "“填报”第4行", "整改进展", "乙的话", "没有收入")


def test_a_sheet_of_their_own_is_named(ledger: Ledger, sheet: Path) -> None:
    def add(book: Any) -> None:
        page = book.create_sheet("补充说明")
        page["B2"] = "另有情况说明"
        book.create_sheet("Sheet3")
        hidden = book.create_sheet("WpsReserved_CellImgList")
        hidden["A1"], hidden.sheet_state = "x", "veryHidden"

    assert report_of(collected(ledger, edit_book(sheet, add))).doubts == [
        "工作表“补充说明”不是填报表，没有收入，请核对里面有没有填报的内容"
    ]


# --- cells


def test_one_answer_for_two_rows_is_taken_for_both_and_said(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.step("修改") as writer:
        writer.update(Measure, measure(ledger, "清账").id, progress="一月进展")
        writer.update(Measure, measure(ledger, "补票").id, progress="二月进展")
    distribute(ledger, tmp_path / "发", today=TODAY)

    def merge(page: Any) -> None:
        page["G4"] = "两条合并说明"
        page.merge_cells("G4:G5")
        page.merge_cells("C4:C5")

    found = collected(ledger, edit(sheet_of(tmp_path / "发", "财政所"), merge))
    assert taken(found) == [("progress", "两条合并说明"), ("progress", "两条合并说明")]
    assert report_of(found).doubts == ["第4—5行的“整改进展”合并成了一格，各行都按“两条合并说明”收入，请核对"]


def test_an_empty_merged_cell_and_one_across_columns_clear_nothing(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.step("修改") as writer:
        writer.update(Measure, measure(ledger, "补票").id, progress="二月进展", status=Status.IN_PROGRESS)
    distribute(ledger, tmp_path / "发", today=TODAY)

    def merge(page: Any) -> None:
        page.merge_cells("G4:G5")
        page["G6"] = "跨列的话"
        page.merge_cells("H5:J5")
        page.merge_cells("H6:J6")

    found = collected(ledger, edit(sheet_of(tmp_path / "发", "财政所"), merge))
    assert taken(found) == []
    assert measure(ledger, "补票").progress == "二月进展"
    assert measure(ledger, "补票").status is Status.IN_PROGRESS


def test_an_answer_merged_over_the_empty_rows_below_adds_nothing(ledger: Ledger, sheet: Path) -> None:
    def merge(page: Any) -> None:
        page["G6"], page["E6"] = "已建立", "建立台账"
        page.merge_cells("G6:G20")

    found = collected(ledger, edit(sheet, merge))
    assert [line.place for line in found.files[0].taken.additions] == ["1-3 问题 台账缺"]


def test_what_was_changed_in_a_column_to_read_is_said(ledger: Ledger, sheet: Path) -> None:
    def reword(page: Any) -> None:
        page["E4"], page["F5"], page["G4"] = "清账并追缴欠款", "2026年3月底前", "已清账"
        page["E6"] = "建立台账"  # open: the issue has no measure
        page["A4"] = 1  # numbered anew: says nothing
        page["B5"] = None  # nothing written
        page["C5"] = " 账目乱。"  # the same words

    found = collected(ledger, edit(sheet, reword))
    assert taken(found) == [("progress", "已清账")]
    assert found.files[0].doubts == [
        "第4行：“整改措施”改成了“清账并追缴欠款”，这一列只供阅读，没有收入",
        "第5行：“整改时限”改成了“2026年3月底前”，这一列只供阅读，没有收入",
    ]


def test_words_written_into_the_number_are_said_and_any_number_is_not(ledger: Ledger, sheet: Path) -> None:
    def number(page: Any) -> None:
        page["A4"], page["A5"], page["A6"] = "此条已移交纪委", "（二）", "第3项"

    found = collected(ledger, edit(sheet, number))
    assert report_of(found).doubts == ["第4行：“序号”写的“此条已移交纪委”不是序号，没有收入"]


def test_what_the_office_reworded_since_is_no_change_of_theirs(ledger: Ledger, sheet: Path) -> None:
    with ledger.step("修改") as writer:
        writer.update(Measure, measure(ledger, "清账").id, content="清账并追缴欠款")
    found = collected(ledger, sheet)
    assert (taken(found), report_of(found).doubts) == ([], [])


def test_rows_sorted_without_their_hidden_ids_reach_the_record_of_their_words(ledger: Ledger, sheet: Path) -> None:
    def sort(page: Any) -> None:
        page["G5"] = "已补票"
        for column in range(1, 11):
            one, other = page.cell(4, column), page.cell(5, column)
            one.value, other.value = other.value, one.value

    found = collected(ledger, edit(sheet, sort))
    assert [(change.key[1], change.theirs) for change in found.changes] == [(measure(ledger, "补票").uid, "已补票")]
    assert measure(ledger, "清账").note == "旧注"
    assert says(report_of(found), "第4行", "隐藏的标识", "按文字")


@pytest.mark.parametrize("emptied", ["cells", "column"])
def test_emptied_words_are_not_those_of_a_row_without_words(ledger: Ledger, tmp_path: Path, emptied: str) -> None:
    with ledger.step("新增") as writer:
        writer.add(Measure(issue_id=2, progress="只有进展的一条"))
    distribute(ledger, tmp_path / "发", today=TODAY)

    def empty(page: Any) -> None:
        page["G4"] = "已清账"
        if emptied == "column":
            page.delete_cols(5)
        else:
            page["E4"] = None

    found = collected(ledger, edit(sheet_of(tmp_path / "发", "财政所"), empty))
    assert [(change.key[1], change.theirs) for change in found.changes] == [(measure(ledger, "清账").uid, "已清账")]
    assert report_of(found).doubts == []


def test_a_formula_that_came_to_nothing_is_no_answer(ledger: Ledger, sheet: Path) -> None:
    def fill(page: Any) -> None:
        page["G4"] = "=1/0"

    found = collected(ledger, edit(sheet, fill))
    assert taken(found) == []
    assert says(report_of(found), "第4行", "整改进展", "公式", "没有收入")


def test_a_repeated_heading_is_no_answer(ledger: Ledger, sheet: Path) -> None:
    def repeat(page: Any) -> None:
        for column in range(1, 12):
            page.cell(7, column, page.cell(3, column).value)

    assert report_of(collected(ledger, edit(sheet, repeat))).doubts == []


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_an_untouched_sheet_saved_by_another_program_gives_no_doubt(
    ledger: Ledger, sheet: Path, tmp_path: Path, kind: str
) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no office program here to save the sheet again")
    source = edit(sheet, lambda page: page.merge_cells("G4:G5"))
    command = [office, f"-env:UserInstallation=file://{tmp_path / 'profile'}", "--headless", "--convert-to", kind]
    subprocess.run([*command, "--outdir", tmp_path / "回", source], check=True, capture_output=True, timeout=120)
    found = collected(ledger, (tmp_path / "回" / source.name).with_suffix(f".{kind}"))
    assert (taken(found), report_of(found).doubts) == ([], [])
