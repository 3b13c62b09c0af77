"""Rows without an id, or with one that nobody knows: they reach the record that they name, or a person is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders import a_ledger
from filling_sheets import (
    ID,
    PROGRESS,
    TODAY,
    a_small_office,
    collected,
    copied_by_hand,
    edit,
    edit_book,
    measure,
    sheet_of,
)

from zhenggai_desktop.domain.records import Issue, Measure, Section, Status
from zhenggai_desktop.services.collecting import Collection
from zhenggai_desktop.services.distributing import distribute
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.merge_writing import Prefer


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = a_small_office(tmp_path)
    distribute(made, tmp_path / "发", today=TODAY)
    yield made
    made.close()


@pytest.fixture
def two_offices(tmp_path: Path) -> Iterator[Ledger]:
    """Two departments with the same measure on different issues."""
    made = a_ledger(
        tmp_path,
        Issue(title="学习制度执行不到位", lead_department="党政办"),
        Issue(title="财务报销把关不严", lead_department="财政所"),
        Measure(issue_id=1, content="建立健全制度"),
        Measure(issue_id=2, content="建立健全制度"),
    )
    distribute(made, tmp_path / "发", today=TODAY)
    yield made
    made.close()


def answers(ledger: Ledger) -> list[tuple[str, Status | None]]:
    return [(measure.progress, measure.status) for measure in ledger.snapshot.measures]


def conflicts(found: Collection) -> list[tuple[str, str, str]]:
    return [(line.place, line.field, line.theirs) for report in found.files for line in report.taken.conflicts]


def brought(found: Collection) -> tuple[int, int, int]:
    return len(found.changes), len(found.conflicts), len(found.additions)


def test_a_copy_numbered_anew_does_not_reach_another_departments_record(two_offices: Ledger, tmp_path: Path) -> None:
    def renumber(page: Any) -> None:
        page["A2"], page["C2"] = 1, "财务报销审核把关还不够严格"
        page["G2"], page["H2"] = "已出台财务报销办法", "已完成"

    sheet = copied_by_hand(sheet_of(tmp_path / "发", "财政所"), tmp_path / "复制.xlsx", renumber)
    found = collected(two_offices, sheet, otherwise=Prefer.THEIRS, additions=None)
    assert answers(two_offices) == [("", None), ("", None)]
    assert brought(found) == (0, 0, 0)
    assert any(
        "第2行" in doubt
        and "财务报销审核把关还不够严格" in doubt
        and "已出台财务报销办法" in doubt
        and "没有收入" in doubt
        for doubt in found.files[0].doubts
    ), found.files[0].doubts


def test_a_slightly_reworded_title_with_its_own_number_is_offered(two_offices: Ledger, tmp_path: Path) -> None:
    def reword(page: Any) -> None:
        page["C2"], page["G2"] = "财务报销把关不严格", "已出台财务报销办法"

    sheet = copied_by_hand(sheet_of(tmp_path / "发", "财政所"), tmp_path / "复制.xlsx", reword)
    found = collected(two_offices, sheet)
    assert conflicts(found) == [("2 整改措施 建立健全制度", "整改进展", "已出台财务报销办法")]


def test_without_what_was_sent_every_difference_is_to_be_decided(ledger: Ledger, tmp_path: Path) -> None:
    def fill(page: Any) -> None:
        page["G2"] = "已清账"

    sheet = copied_by_hand(sheet_of(tmp_path / "发", "财政所"), tmp_path / "复制.xlsx", fill)
    found = collected(ledger, sheet)
    assert found.files[0].doubts == ["底稿丢失，只能与台账现在的内容比较，有出入的都列为冲突"]
    assert (found.changes, conflicts(found)) == ([], [("1-2 整改措施 清账", "整改进展", "已清账")])
    assert measure(ledger, "清账").progress == ""
    collected(ledger, sheet, otherwise=Prefer.THEIRS)
    assert measure(ledger, "清账").progress == "已清账"


def test_an_untouched_copy_brings_nothing(ledger: Ledger, tmp_path: Path) -> None:
    found = collected(ledger, copied_by_hand(sheet_of(tmp_path / "发", "财政所"), tmp_path / "复制.xlsx"))
    assert brought(found) == (0, 0, 0)
    assert len(found.files[0].doubts) == 1


def test_an_added_row_under_a_foreign_number_is_not_offered_there(ledger: Ledger, tmp_path: Path) -> None:
    def add(page: Any) -> None:
        page["A7"], page["C7"], page["E7"], page["G7"] = "1-1", "新发现：公务接待超标", "整改接待", "已整改"

    found = collected(ledger, edit(sheet_of(tmp_path / "发", "财政所"), add))
    assert not found.additions
    (doubt,) = found.files[0].doubts
    assert all(words in doubt for words in ("第7行", "新发现：公务接待超标", "整改接待", "已整改", "没有收入")), doubt


def test_an_added_row_may_name_its_issue_by_the_number_alone_or_by_its_words(ledger: Ledger, tmp_path: Path) -> None:
    def add(page: Any) -> None:
        page["A7"], page["E7"] = "1-2", "甲措施"
        page["C8"], page["E8"] = "账目乱", "乙措施"

    found = collected(ledger, edit(sheet_of(tmp_path / "发", "财政所"), add))
    assert [line.place for line in found.files[0].taken.additions] == ["1-2 问题 账目乱", "1-2 问题 账目乱"]


def test_words_of_a_sub_issue_that_is_not_there_do_not_fall_to_the_issue_above(tmp_path: Path) -> None:
    with a_ledger(
        tmp_path,
        Section(title="方面"),
        Issue(section_id=1, title="账目管理混乱", lead_department="财政所"),
        Issue(parent_id=1, title="白条入账"),
        Measure(issue_id=2, content="清退白条"),
    ) as made:
        distribute(made, tmp_path / "发", today=TODAY)

        def add(page: Any) -> None:
            page["C5"], page["D5"], page["E5"] = "账目管理混乱", "现金没有入库", "每日入库"

        found = collected(made, edit(sheet_of(tmp_path / "发", "财政所"), add))
    assert not found.additions
    assert "现金没有入库" in found.files[0].doubts[0]


def test_the_status_and_note_of_an_issue_without_measures_survive_the_loss_of_ids(
    ledger: Ledger, tmp_path: Path
) -> None:
    def fill(page: Any) -> None:
        page["H4"], page["J4"] = "已完成", "已建立台账"

    sheet = copied_by_hand(sheet_of(tmp_path / "发", "财政所"), tmp_path / "复制.xlsx", fill)
    found = collected(ledger, sheet, otherwise=Prefer.THEIRS)
    assert conflicts(found) == [("1-3 问题 台账缺", "完成情况", "已完成"), ("1-3 问题 台账缺", "备注", "已建立台账")]
    assert (ledger.snapshot.issues[2].status, ledger.snapshot.issues[2].note) == (Status.DONE, "已建立台账")


def test_an_added_row_with_nothing_but_a_status_is_said(ledger: Ledger, tmp_path: Path) -> None:
    def add(page: Any) -> None:
        page["A7"], page["H7"], page["J7"] = "1-2", "已完成", "另见附件"

    found = collected(ledger, edit(sheet_of(tmp_path / "发", "财政所"), add))
    (doubt,) = found.files[0].doubts
    assert all(words in doubt for words in ("第7行", "已完成", "另见附件", "没有收入")), doubt


def test_words_in_any_other_cell_below_are_said_and_a_bare_number_is_not(ledger: Ledger, tmp_path: Path) -> None:
    def add(page: Any) -> None:
        page["A7"], page["A8"], page["B9"] = 4, "填表人：张三", "联系电话"
        page["A9"] = "审核人：李四"

    found = collected(ledger, edit(sheet_of(tmp_path / "发", "财政所"), add))
    assert ["第8行" in found.files[0].doubts[0], "第9行" in found.files[0].doubts[1]] == [True, True]
    assert ["张三" in found.files[0].doubts[0], "李四" in found.files[0].doubts[1]] == [True, True]
    assert len(found.files[0].doubts) == 2


def test_ids_of_a_ledger_that_nobody_knows_are_not_passed_over_in_silence(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "别").mkdir()
    with a_small_office(tmp_path / "别") as other:
        distribute(other, tmp_path / "别", today=TODAY)

    def fill(book: Any) -> None:
        book["填报"][f"{PROGRESS}4"] = "别家进展"
        book["填报"]["E5"] = "别家的措施"
        book["填报"][f"{PROGRESS}5"] = "别家又一进展"
        book["填报"]["C6"] = "别家的问题"
        book["填报"]["G6"] = "别家的第三个进展"
        del book["底稿"]

    found = collected(ledger, edit_book(sheet_of(tmp_path / "别", "财政所"), fill))
    assert conflicts(found) == [("1-2 整改措施 清账", "整改进展", "别家进展")]
    assert [line.place for line in found.files[0].taken.additions] == ["1-2 问题 账目乱"]
    assert any("别家的第三个进展" in doubt for doubt in found.files[0].doubts)


def test_a_measure_that_was_deleted_meanwhile_is_named_by_its_words(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.step("删除") as writer:
        writer.remove(Measure, measure(ledger, "清账").id)

    def fill(page: Any) -> None:
        page["G4"] = "已清账"

    found = collected(ledger, edit(sheet_of(tmp_path / "发", "财政所"), fill))
    (doubt,) = found.files[0].doubts
    assert all(words in doubt for words in ("第4行", "清账", "已清账", "已从台账删除", "没有收入")), doubt


def test_a_row_copied_to_write_another_measure_is_an_addition(ledger: Ledger, tmp_path: Path) -> None:
    def copy(page: Any) -> None:
        page["A7"], page["C7"], page["E7"], page["G7"] = "1-2", "账目乱", "另一条措施", "已着手"
        page[f"{ID}7"] = page[f"{ID}5"].value
        page["A8"], page["C8"], page["E8"], page["G8"] = "1-3", "台账缺", "第二条", "已办二"
        page[f"{ID}8"] = page[f"{ID}6"].value
        page["E6"], page["G6"] = "第一条", "已办一"

    found = collected(ledger, edit(sheet_of(tmp_path / "发", "财政所"), copy), additions=None)
    assert (brought(found), found.files[0].doubts) == ((0, 0, 3), [])
    old = {"开会", "考勤", "清账", "补票"}
    contents = [(one.issue_id, one.content, one.progress) for one in ledger.snapshot.measures if one.content not in old]
    assert sorted(contents) == [(2, "另一条措施", "已着手"), (3, "第一条", "已办一"), (3, "第二条", "已办二")]


def test_a_row_copied_above_its_original_is_an_addition_too(ledger: Ledger, tmp_path: Path) -> None:
    def copy(page: Any) -> None:
        page.insert_rows(4)
        for at, cell in enumerate(page[5], 1):
            page.cell(4, at, cell.value)
        page["E4"], page["G4"], page["G5"] = "另一条措施", "已着手", "已清账"

    found = collected(ledger, edit(sheet_of(tmp_path / "发", "财政所"), copy), additions=None)
    assert (brought(found), found.files[0].doubts) == ((1, 0, 1), [])
    assert (measure(ledger, "清账").progress, measure(ledger, "另一条措施").progress) == ("已清账", "已着手")


def test_two_rows_of_one_record_that_differ_are_said(ledger: Ledger, tmp_path: Path) -> None:
    def twice(page: Any) -> None:
        for at, value in enumerate([cell.value for cell in page[5]], 1):
            page.cell(7, at, value)
        page["G7"], page["H7"] = "写在第二行", "已完成"
        page["H5"] = "正在推进"

    found = collected(ledger, edit(sheet_of(tmp_path / "发", "财政所"), twice))
    assert [(change.name, change.theirs) for change in found.changes] == [
        ("progress", "写在第二行"), ("status", Status.IN_PROGRESS),
    ]  # fmt: skip
    (doubt,) = found.files[0].doubts
    assert all(words in doubt for words in ("第7行", "完成情况", "已完成", "没有收入")), doubt


@pytest.mark.parametrize("number", ["1—2", "１－２", "1 - 2", dt.date(2025, 1, 2)])
def test_a_number_is_known_in_whatever_a_cell_made_of_it(ledger: Ledger, tmp_path: Path, number: object) -> None:
    def add(page: Any) -> None:
        page["A7"], page["E7"] = number, "又一条措施"

    found = collected(ledger, edit(sheet_of(tmp_path / "发", "财政所"), add))
    assert [line.place for line in found.files[0].taken.additions] == ["1-2 问题 账目乱"]


def test_a_number_typed_below_the_rows_stays_what_was_typed(ledger: Ledger, tmp_path: Path) -> None:
    assert ledger
    page = openpyxl.load_workbook(sheet_of(tmp_path / "发", "财政所"))["填报"]
    assert {page.cell(7, column).number_format for column in range(1, 7)} == {"@"}
    assert page["E6"].number_format == "@"


def test_two_departments_in_one_workbook_are_both_compared_with_what_they_were_sent(
    ledger: Ledger, tmp_path: Path
) -> None:
    other = openpyxl.load_workbook(sheet_of(tmp_path / "发", "党政办"))

    def put_together(book: Any) -> None:
        for name in ("填报", "底稿"):
            page = book.create_sheet(f"党政办{name}")
            for row in other[name].iter_rows():
                for cell in row:
                    page.cell(cell.row, cell.column, cell.value)
        book["党政办底稿"].sheet_state = "hidden"
        book["党政办填报"]["G4"] = "已开2次"
        book["填报"]["G4"] = "已清账"

    found = collected(ledger, edit_book(sheet_of(tmp_path / "发", "财政所"), put_together))
    assert sorted(str(change.theirs) for change in found.changes) == ["已开2次", "已清账"]
    assert (brought(found), found.files[0].doubts) == ((2, 0, 0), [])


def test_a_hidden_sheet_of_nonsense_is_a_lost_one(ledger: Ledger, tmp_path: Path) -> None:
    def spoil(book: Any) -> None:
        hidden = book["底稿"]
        hidden["C1"], hidden["A2"] = None, '{"M:x": 5, "I:y": {"note": 7}, "z": null}'
        book["填报"]["G4"] = "已清账"

    found = collected(ledger, edit_book(sheet_of(tmp_path / "发", "财政所"), spoil))
    assert brought(found)[2] == 0
    assert not found.files[0].error
