"""Sheets go out, are filled in by people, and come back: every edit arrives, nothing else changes."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders import a_ledger
from filling_sheets import (
    DAY,
    FIRST,
    ID,
    NOTE,
    PROGRESS,
    STATUS,
    TODAY,
    a_small_office,
    collected,
    copied_by_hand,
    edit,
    measure,
    sheet_of,
)

from zhenggai_desktop.domain.distribution import HIDDEN_SHEET, By
from zhenggai_desktop.domain.portable import portable
from zhenggai_desktop.domain.records import Issue, LogEntry, Measure, Status
from zhenggai_desktop.errors import TargetError, UsageError
from zhenggai_desktop.services.collecting import apply_collection, plan_collection
from zhenggai_desktop.services.distributing import distribute
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.merge_writing import Decisions, Prefer
from zhenggai_desktop.services.progress_entry import gathered_texts


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = a_small_office(tmp_path)
    yield made
    made.close()


@pytest.fixture
def folder(ledger: Ledger, tmp_path: Path) -> Path:
    distribute(ledger, tmp_path / "发", today=TODAY)
    return tmp_path / "发"


def test_everybody_gets_just_his_rows(ledger: Ledger, tmp_path: Path) -> None:
    sent = distribute(ledger, tmp_path / "发", today=TODAY)
    assert [(one.recipient, one.rows) for one in sent] == [("党政办", 1), ("党建办", 1), ("财政所", 3)]
    assert [one.recipient for one in ledger.snapshot.distribution_rounds] == ["党政办", "党建办", "财政所"]
    assert ledger.undo_label == "分发填报表（3份）"


@pytest.mark.parametrize(
    ("by", "recipients"),
    [(By.LEADER, ["甲书记", "乙镇长", "未明确"]), (By.UNIT, ["一社区", "未明确"])],
)
def test_leaders_and_units_get_theirs(ledger: Ledger, tmp_path: Path, by: By, recipients: list[str]) -> None:
    assert [one.recipient for one in distribute(ledger, tmp_path / "发", by, today=TODAY)] == recipients


def test_a_long_text_is_seen_whole_in_a_wider_column(ledger: Ledger, tmp_path: Path) -> None:
    """No row of a sheet is higher than 409 points."""
    with ledger.step("修改") as writer:
        writer.update(Measure, 1, content="开会研究部署。" * 400)  # 2,800 characters
    distribute(ledger, tmp_path / "发", today=TODAY)
    page = openpyxl.load_workbook(sheet_of(tmp_path / "发", "党政办"))["填报"]
    column = next(cell.column_letter for cell in page[FIRST] if str(cell.value).startswith("开会研究"))
    characters = (page.column_dimensions[column].width - 1) / 1.7
    assert page.row_dimensions[FIRST].height < 409
    assert characters * page.row_dimensions[FIRST].height / 15 > 2_800
    assert page.column_dimensions[column].width <= 255


def test_what_to_read_is_locked_and_what_to_fill_is_open_with_choices(folder: Path) -> None:
    book = openpyxl.load_workbook(sheet_of(folder, "党政办"))
    page = book["填报"]
    assert page.protection.sheet
    assert [page[f"{column}{FIRST}"].protection.locked for column in "ABCDEFGHIJK"] == [True] * 6 + [False] * 4 + [True]
    assert page.column_dimensions[ID].hidden
    assert {rule.type for rule in page.data_validations.dataValidation} == {"list", "date", "textLength"}
    assert book[HIDDEN_SHEET].sheet_state == "veryHidden"
    assert page[f"{PROGRESS}{FIRST}"].value == "已开1次"


def test_an_untouched_sheet_brings_nothing_but_its_return(ledger: Ledger, folder: Path) -> None:
    before = portable(ledger.snapshot)
    found = collected(ledger, *sorted(folder.iterdir()))
    assert (found.changes, found.conflicts, found.additions) == ([], [], [])
    after = portable(ledger.snapshot)
    assert {key: v for key, v in before.items() if key[0] is Measure} == {
        k: v for k, v in after.items() if k[0] is Measure
    }
    assert all(one.returned_on == TODAY for one in ledger.snapshot.distribution_rounds)


def fill_progress(page: Any) -> None:
    page[f"{PROGRESS}{FIRST}"] = "已清账\n3笔"


def fill_status(page: Any) -> None:
    page[f"{STATUS}{FIRST}"] = "已整改到位"


def fill_date(page: Any) -> None:
    page[f"{DAY}{FIRST}"] = dt.date(2025, 10, 9)


def fill_date_in_words(page: Any) -> None:
    page[f"{DAY}{FIRST}"] = "2025年10月9日"


def clear_note(page: Any) -> None:
    page[f"{NOTE}{FIRST}"] = None


EDITS: list[tuple[Callable[[Any], None], dict[str, object]]] = [
    (fill_progress, {"progress": "已清账\n3笔"}),
    (fill_status, {"status": Status.DONE}),
    (fill_date, {"completed_on": dt.date(2025, 10, 9)}),
    (fill_date_in_words, {"completed_on": dt.date(2025, 10, 9)}),
    (clear_note, {"note": ""}),
]


@pytest.mark.parametrize(("change", "expected"), EDITS, ids=lambda value: getattr(value, "__name__", ""))
def test_an_edit_arrives_and_nothing_else_changes(
    ledger: Ledger, folder: Path, change: Callable[[Any], None], expected: dict[str, object]
) -> None:
    before = portable(ledger.snapshot)
    collected(ledger, edit(sheet_of(folder, "财政所"), change))
    after = portable(ledger.snapshot)
    key = (Measure, measure(ledger, "清账").uid)
    assert after[key] == {**before[key], **expected}
    assert {k: v for k, v in after.items() if k[0] in (Measure, Issue) and k != key} == {
        k: v for k, v in before.items() if k[0] in (Measure, Issue) and k != key
    }


def test_one_step_takes_everything_and_one_undo_gives_it_back(ledger: Ledger, folder: Path) -> None:
    before = portable(ledger.snapshot)
    for name, change in (("财政所", fill_progress), ("党政办", fill_status), ("党建办", fill_date)):
        edit(sheet_of(folder, name), change)
    found = collected(ledger, *sorted(folder.iterdir()))
    assert len(found.changes) == 3
    ledger.undo()
    assert portable(ledger.snapshot) == before


def test_a_resorted_renamed_sheet_with_moved_columns_is_understood(
    ledger: Ledger, folder: Path, tmp_path: Path
) -> None:
    def resort(page: Any) -> None:
        rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=FIRST, max_row=FIRST + 2)]
        rows[1][6] = "已补票"
        for at, row in enumerate(reversed(rows), FIRST):
            for column, value in enumerate(row, 1):
                page.cell(at, column, value)
        page.insert_cols(1)
        page.insert_rows(1)
        page.title = "改过名"

    collected(ledger, edit(sheet_of(folder, "财政所"), resort, tmp_path / "最终版 (2).xlsx"))
    assert measure(ledger, "补票").progress == "已补票"
    assert measure(ledger, "清账").progress == ""


def test_what_the_office_changed_meanwhile_is_a_conflict_to_choose(ledger: Ledger, folder: Path) -> None:
    with ledger.step("修改") as writer:
        writer.update(Measure, measure(ledger, "清账").id, progress="办公室写的", note="新注")
    path = edit(sheet_of(folder, "财政所"), fill_progress)
    found = collected(ledger, path)
    (line,) = found.files[0].taken.conflicts
    assert (line.field, line.base, line.ours, line.theirs) == ("整改进展", "", "办公室写的", "已清账\n3笔")
    assert measure(ledger, "清账").progress == "办公室写的"
    assert measure(ledger, "清账").note == "新注"
    collected(ledger, path, otherwise=Prefer.THEIRS)
    assert measure(ledger, "清账").progress == "已清账\n3笔"


def test_two_sheets_that_say_different_things_of_one_row_conflict(ledger: Ledger, folder: Path, tmp_path: Path) -> None:
    def other(page: Any) -> None:
        page[f"{PROGRESS}{FIRST}"] = "另一份"

    source = sheet_of(folder, "财政所")
    second = edit(source, other, tmp_path / "二.xlsx")
    found = collected(ledger, edit(source, fill_progress, tmp_path / "一.xlsx"), second)
    assert [len(report.taken.conflicts) for report in found.files] == [0, 1]


def test_an_old_round_is_compared_with_what_it_was_sent_with(ledger: Ledger, folder: Path, tmp_path: Path) -> None:
    old = shutil.copy(sheet_of(folder, "财政所"), tmp_path / "旧.xlsx")
    with ledger.step("修改") as writer:
        writer.update(Measure, measure(ledger, "补票").id, progress="新的进展")
    distribute(ledger, folder, today=TODAY)
    found = collected(ledger, edit(Path(old), fill_progress))
    assert not found.conflicts
    assert (measure(ledger, "清账").progress, measure(ledger, "补票").progress) == ("已清账\n3笔", "新的进展")


def test_a_sheet_that_was_filled_in_is_not_replaced_before_it_is_collected(ledger: Ledger, folder: Path) -> None:
    sheet = edit(sheet_of(folder, "财政所"), fill_progress)
    filled, before = sheet.read_bytes(), ledger.snapshot
    with pytest.raises(TargetError, match="有台账没有收入的内容，没有覆盖它"):
        distribute(ledger, folder, today=TODAY)
    assert (sheet.read_bytes(), ledger.snapshot) == (filled, before)
    collected(ledger, sheet)
    distribute(ledger, folder, today=TODAY)
    assert sheet.read_bytes() != filled
    sheet.write_bytes(b"damaged")
    with pytest.raises(TargetError, match="读不出来"):
        distribute(ledger, folder, today=TODAY)


def test_a_collected_sheet_is_replaced_though_its_words_were_changed_since(ledger: Ledger, folder: Path) -> None:
    def fill(page: Any) -> None:
        fill_progress(page)
        page["A8"], page["E8"], page["G8"] = "1-2", "新增一条措施", "已办"

    sheet = edit(sheet_of(folder, "财政所"), fill)
    filled = sheet.read_bytes()
    collected(ledger, sheet, additions=(0,))
    with ledger.step("修改") as writer:
        writer.update(Measure, measure(ledger, "清账").id, progress="已清理账目3笔。")
        writer.update(Measure, measure(ledger, "新增一条措施").id, progress="已办结。")
    again = edit(sheet, lambda page: page.__setitem__(f"{PROGRESS}{FIRST}", "已清账4笔"), sheet.with_name("再报.xlsx"))
    distribute(ledger, folder, today=TODAY)
    assert sheet.read_bytes() != filled
    again.replace(sheet)
    with pytest.raises(TargetError, match="有台账没有收入的内容"):
        distribute(ledger, folder, today=TODAY)


def test_a_sheet_that_nobody_touched_is_replaced_after_its_round_was_undone(ledger: Ledger, folder: Path) -> None:
    ledger.undo()
    with ledger.step("修改") as writer:
        writer.update(Measure, measure(ledger, "补票").id, progress="新的进展")
    assert distribute(ledger, folder, today=TODAY)


def test_added_rows_are_offered_and_deleted_ones_only_said(ledger: Ledger, folder: Path) -> None:
    def add_and_delete(page: Any) -> None:
        page["A8"], page["E8"], page["G8"] = "1-2", "新增一条措施", "已办"
        page.delete_rows(FIRST)

    path = edit(sheet_of(folder, "财政所"), add_and_delete)
    found = collected(ledger, path)
    assert [line.theirs for line in found.files[0].taken.additions] == ["新增一条措施（整改进展：已办）"]
    assert found.files[0].missing == ["1-2 整改措施 清账"]
    assert len(ledger.snapshot.measures) == 4
    collected(ledger, path, additions=None)
    assert (measure(ledger, "新增一条措施").issue_id, measure(ledger, "新增一条措施").progress) == (2, "已办")
    assert not collected(ledger, path, additions=None).additions


def test_an_issue_without_measures_gets_its_first_one(ledger: Ledger, folder: Path) -> None:
    def answer(page: Any) -> None:
        page["E6"], page["G6"] = "建立台账", "已建立"

    collected(ledger, edit(sheet_of(folder, "财政所"), answer), additions=None)
    assert (measure(ledger, "建立台账").issue_id, measure(ledger, "建立台账").progress) == (3, "已建立")


def test_words_that_are_no_value_are_doubted_and_left_out(ledger: Ledger, folder: Path) -> None:
    def nonsense(page: Any) -> None:
        page[f"{STATUS}{FIRST}"], page[f"{DAY}{FIRST}"] = "看情况吧", "快了"

    found = collected(ledger, edit(sheet_of(folder, "财政所"), nonsense))
    assert found.files[0].doubts == [
        "第4行：“完成情况”写的“看情况吧”看不懂，没有收入", "第4行：“实际完成日期”写的“快了”看不懂，没有收入",
    ]  # fmt: skip
    assert not found.changes


def test_a_sheet_that_lost_ids_and_hidden_sheet_is_matched_by_its_words(
    ledger: Ledger, folder: Path, tmp_path: Path
) -> None:
    def fill(page: Any) -> None:
        page["G2"] = "已清账"

    copied = copied_by_hand(sheet_of(folder, "财政所"), tmp_path / "复制.xlsx", fill)
    found = collected(ledger, copied, otherwise=Prefer.THEIRS)
    assert measure(ledger, "清账").progress == "已清账"
    assert found.files[0].doubts[0].startswith("底稿丢失")


def test_wrong_files_are_named_and_stop_nobody(ledger: Ledger, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"nonsense")
    with a_ledger(tmp_path, Issue(title="别处", lead_department="党政办"), name="别的.zgtz") as other:
        distribute(other, tmp_path / "别", today=TODAY)
    found = collected(
        ledger,
        tmp_path / "坏.xlsx",
        sheet_of(tmp_path / "别", "党政办"),
        edit(sheet_of(folder, "财政所"), fill_progress),
    )
    assert ["另一个台账" in report.error for report in found.files] == [False, True, False]
    assert measure(ledger, "清账").progress == "已清账\n3笔"


def test_who_returned_and_who_did_not_is_a_list_and_a_message(ledger: Ledger, folder: Path) -> None:
    found = collected(ledger, sheet_of(folder, "财政所"))
    assert (found.returned, found.outstanding) == (["财政所"], ["党政办", "党建办"])
    assert found.message() == ("整改填报表收集情况：已返回1个：财政所。尚未返回2个：党政办、党建办，请尽快填报并发回。")


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_a_sheet_saved_again_by_another_program_comes_back(
    ledger: Ledger, folder: Path, tmp_path: Path, kind: str
) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no office program here to save the sheet again")
    source = edit(sheet_of(folder, "财政所"), lambda page: [change(page) for change, _ in EDITS] and None)
    command = [office, f"-env:UserInstallation=file://{tmp_path / 'profile'}", "--headless", "--convert-to", kind]
    subprocess.run([*command, "--outdir", tmp_path / "回", source], check=True, capture_output=True, timeout=120)
    found = collected(ledger, (tmp_path / "回" / source.name).with_suffix(f".{kind}"))
    assert not found.conflicts
    done = measure(ledger, "清账")
    assert (done.progress, done.status, done.completed_on, done.note) == (
        "已清账\n3笔", Status.DONE, dt.date(2025, 10, 9), "",
    )  # fmt: skip
    assert len(found.changes) == 4


def test_an_empty_ledger_has_nothing_to_send(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as empty, pytest.raises(UsageError, match="没有可以分发的内容"):
        distribute(empty, tmp_path / "发", today=TODAY)


def test_names_that_no_file_can_have_and_equal_ones_are_told_apart(tmp_path: Path) -> None:
    issues = [Issue(title=f"甲{at}", lead_department=name) for at, name in enumerate(("a/b", "a:b", "丙"))]
    with a_ledger(tmp_path, *issues) as made:
        sent = distribute(made, tmp_path / "发", today=TODAY)
    assert len({one.path for one in sent}) == 3
    assert all(one.path.exists() for one in sent)


# --- a second round


def returns(ledger: Ledger) -> list[tuple[str, dt.date | None, dt.date | None]]:
    return [(one.recipient, one.sent_on, one.returned_on) for one in ledger.snapshot.distribution_rounds]


DECEMBER = dt.date(2025, 12, 1)


def test_the_file_of_an_old_round_is_no_return_of_the_new_one(ledger: Ledger, folder: Path, tmp_path: Path) -> None:
    old = sheet_of(folder, "财政所")
    collected(ledger, old)
    distribute(ledger, tmp_path / "发二", today=DECEMBER, only=["财政所"])

    def fill(page: Any) -> None:
        page["G4"] = "十二月的进展"

    found = plan_collection(ledger.snapshot, [edit(old, fill)])
    assert (found.returned, found.outstanding) == ([], ["党政办", "党建办", "财政所"])
    assert found.files[0].doubts == [
        "这是2025年11月1日分发的旧表，2025年12月1日又分发过新表：内容照收，但不算这一次已返回，请催收新表"
    ]
    assert apply_collection(ledger, found, Decisions(additions=()), today=dt.date(2025, 12, 5))
    assert measure(ledger, "清账").progress == "十二月的进展"
    assert returns(ledger)[2:] == [("财政所", TODAY, TODAY), ("财政所", DECEMBER, None)]


def test_the_first_return_of_an_old_round_is_kept_and_the_new_one_stays_open(
    ledger: Ledger, folder: Path, tmp_path: Path
) -> None:
    distribute(ledger, tmp_path / "发二", today=DECEMBER, only=["财政所"])
    found = plan_collection(ledger.snapshot, [sheet_of(folder, "财政所")])
    apply_collection(ledger, found, Decisions(additions=()), today=DECEMBER)
    assert returns(ledger)[2:] == [("财政所", TODAY, DECEMBER), ("财政所", DECEMBER, None)]
    assert plan_collection(ledger.snapshot, []).outstanding == ["党政办", "党建办", "财政所"]


def test_the_same_sheet_again_writes_nothing_and_keeps_the_day_of_its_return(ledger: Ledger, folder: Path) -> None:
    collected(ledger, sheet_of(folder, "财政所"))
    label = ledger.undo_label
    found = plan_collection(ledger.snapshot, [sheet_of(folder, "财政所")])
    assert not apply_collection(ledger, found, Decisions(additions=()), today=DECEMBER)
    assert (found.returned, found.files[0].doubts) == (["财政所"], [])
    assert returns(ledger)[2] == ("财政所", TODAY, TODAY)
    assert ledger.undo_label == label


def test_of_two_sheets_sent_on_one_day_either_is_the_return(ledger: Ledger, folder: Path, tmp_path: Path) -> None:
    distribute(ledger, tmp_path / "再发", today=TODAY)
    found = collected(ledger, sheet_of(folder, "财政所"))
    assert (found.returned, found.files[0].doubts) == (["财政所"], [])
    assert plan_collection(ledger.snapshot, []).returned == ["财政所"]


# --- two sheets with different words for one field


def three_voices(ledger: Ledger, folder: Path, tmp_path: Path) -> list[Path]:
    """The office and two returned sheets say something else each of 清账."""
    with ledger.step("修改") as writer:
        writer.update(Measure, measure(ledger, "清账").id, progress="办公室")

    def say(words: str) -> Callable[[Any], None]:
        return lambda page: page.__setitem__(f"{PROGRESS}{FIRST}", words)

    source = sheet_of(folder, "财政所")
    return [edit(source, say(words), tmp_path / f"{words}.xlsx") for words in ("甲", "乙")]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"sides": {0: Prefer.BOTH, 1: Prefer.BOTH}}, "办公室\n甲\n乙"),
        ({"otherwise": Prefer.BOTH}, "办公室\n甲\n乙"),
        ({"sides": {0: Prefer.THEIRS, 1: Prefer.BOTH}}, "甲\n乙"),
        ({"sides": {0: Prefer.BOTH}}, "办公室\n甲"),
        ({"sides": {1: Prefer.BOTH}}, "办公室\n乙"),
        ({"sides": {1: Prefer.THEIRS}}, "乙"),
        ({"otherwise": Prefer.THEIRS}, "甲\n乙"),
        ({}, "办公室"),
    ],
)
def test_what_is_chosen_of_two_sheets_is_there_in_the_end(
    ledger: Ledger, folder: Path, tmp_path: Path, options: dict[str, Any], expected: str
) -> None:
    collected(ledger, *three_voices(ledger, folder, tmp_path), **options)
    assert measure(ledger, "清账").progress == expected


def test_the_same_words_of_two_sheets_are_taken_once(ledger: Ledger, folder: Path, tmp_path: Path) -> None:
    one, _ = three_voices(ledger, folder, tmp_path)
    collected(ledger, one, one, otherwise=Prefer.BOTH)
    assert measure(ledger, "清账").progress == "办公室\n甲"


def test_a_choice_does_not_put_away_what_another_sheet_brought_by_itself(
    ledger: Ledger, folder: Path, tmp_path: Path
) -> None:
    def fill(page: Any) -> None:
        page["G2"] = "无底稿的话"

    copied = copied_by_hand(sheet_of(folder, "财政所"), tmp_path / "复制.xlsx", fill)
    collected(ledger, copied, edit(sheet_of(folder, "财政所"), fill_progress), otherwise=Prefer.THEIRS)
    assert measure(ledger, "清账").progress == "已清账\n3笔\n无底稿的话"


# --- a row of an issue without measures, answered more than once


def answered(folder: Path, target: Path, progress: str, status: str, note: str | None = None) -> Path:
    def answer(page: Any) -> None:
        page["E6"], page["G6"], page["H6"] = "建立台账", progress, status
        if note is not None:
            page["J6"] = note

    return edit(sheet_of(folder, "财政所"), answer, target)


def first_measures(ledger: Ledger) -> list[tuple[str, str, Status | None, str]]:
    return [(one.content, one.progress, one.status, one.note) for one in ledger.snapshot.measures if one.issue_id == 3]


@pytest.fixture
def noted(ledger: Ledger, tmp_path: Path) -> Path:
    with ledger.step("修改") as writer:
        writer.update(Issue, 3, note="问题的旧备注")
    distribute(ledger, tmp_path / "发", today=TODAY)
    return tmp_path / "发"


def test_a_first_measure_that_comes_again_is_the_same_measure(ledger: Ledger, noted: Path, tmp_path: Path) -> None:
    collected(ledger, answered(noted, tmp_path / "一.xlsx", "已着手", "正在推进"), additions=None)
    assert first_measures(ledger) == [("建立台账", "已着手", Status.IN_PROGRESS, "")]
    again = answered(noted, tmp_path / "二.xlsx", "已建成台账并运行", "已完成")
    found = collected(ledger, again, additions=None)
    assert [(one.place, one.field, one.theirs) for one in found.files[0].taken.conflicts] == [
        ("1-3 问题 台账缺", "完成情况", "已完成"),
        ("1-3 整改措施 建立台账", "整改进展", "已建成台账并运行"),
        ("1-3 整改措施 建立台账", "完成情况", "已完成"),
    ]
    assert found.additions == []
    collected(ledger, again, additions=None, otherwise=Prefer.THEIRS)
    assert first_measures(ledger) == [("建立台账", "已建成台账并运行", Status.DONE, "")]
    assert ledger.snapshot.issues[2].note == "问题的旧备注"


def test_a_gap_of_the_first_measure_is_filled_and_the_same_sheet_brings_nothing(
    ledger: Ledger, noted: Path, tmp_path: Path
) -> None:
    collected(ledger, answered(noted, tmp_path / "一.xlsx", "", ""), additions=None)
    again = answered(noted, tmp_path / "二.xlsx", "已着手", "", "新备注")
    found = collected(ledger, again, additions=None)
    assert [(change.name, change.theirs) for change in found.changes] == [("note", "新备注"), ("progress", "已着手")]
    assert first_measures(ledger) == [("建立台账", "已着手", None, "")]
    assert ledger.snapshot.issues[2].note == "新备注"
    found = collected(ledger, again, additions=None)
    assert (found.changes, found.conflicts, found.additions) == ([], [], [])


def test_a_first_progress_without_a_measure_comes_again(ledger: Ledger, folder: Path, tmp_path: Path) -> None:
    def say(words: str) -> Callable[[Any], None]:
        return lambda page: page.__setitem__("G6", words)

    source = sheet_of(folder, "财政所")
    collected(ledger, edit(source, say("已着手"), tmp_path / "一.xlsx"), additions=None)
    found = collected(ledger, edit(source, say("已建成"), tmp_path / "二.xlsx"), additions=None, otherwise=Prefer.BOTH)
    assert (len(found.conflicts), found.additions) == (1, [])
    assert first_measures(ledger) == [("", "已着手\n已建成", None, "")]


def test_an_addition_shows_all_that_it_says(ledger: Ledger, noted: Path, tmp_path: Path) -> None:
    found = collected(ledger, answered(noted, tmp_path / "一.xlsx", "已着手", "正在推进"))
    (line,) = found.files[0].taken.additions
    assert line.theirs == "建立台账（整改进展：已着手；完成情况：正在推进）"


def test_the_same_addition_of_two_sheets_with_other_progress_is_to_be_chosen_once(
    ledger: Ledger, folder: Path, tmp_path: Path
) -> None:
    one = answered(folder, tmp_path / "一.xlsx", "已着手", "")
    other = answered(folder, tmp_path / "二.xlsx", "已建成", "")
    found = collected(ledger, one, other)
    assert found.files[0].doubts == []
    assert found.files[1].doubts == ["前面一份表也新增了措施“建立台账”，进展等不一样，请只选其中一条"]
    assert len(found.additions) == 2


def test_an_answer_to_an_issue_that_was_deleted_is_said_and_not_written(
    ledger: Ledger, folder: Path, tmp_path: Path
) -> None:
    path = answered(folder, tmp_path / "一.xlsx", "已着手", "")
    with ledger.step("删除") as writer:
        writer.remove(Issue, 3)
    found = collected(ledger, path, additions=None)
    assert found.additions == []
    (doubt,) = found.files[0].doubts
    assert all(words in doubt for words in ("第6行", "建立台账", "已着手", "已从台账删除", "没有收入")), doubt


@pytest.mark.parametrize(
    "recipients",
    [
        ["综合/党建", "综合:党建", "综合?党建", "综合*党建"],
        ["甲" * 60 + str(at) for at in range(4)],
        ["a/b", "a:b", "A_b2", "a_B"],
        ["甲/", "甲_2", "甲:", "甲_"],
    ],
)
def test_every_recipient_has_a_file_of_his_own(tmp_path: Path, recipients: list[str]) -> None:
    issues = [Issue(title=f"甲{at}", lead_department=name) for at, name in enumerate(recipients)]
    with a_ledger(tmp_path, *issues) as made:
        sent = distribute(made, tmp_path / "发", today=TODAY)
        assert len({one.path.name.casefold() for one in sent}) == len(recipients)
        found = plan_collection(made.snapshot, [one.path for one in sent])
    assert found.returned == [report.recipient for report in found.files] == [one.recipient for one in sent]


def test_a_file_keeps_its_name_when_others_are_not_sent_theirs(tmp_path: Path) -> None:
    issues = [Issue(title=f"甲{at}", lead_department=name) for at, name in enumerate(("a/b", "a:b"))]
    with a_ledger(tmp_path, *issues) as made:
        both = distribute(made, tmp_path / "发", today=TODAY)
        (alone,) = distribute(made, tmp_path / "发", today=TODAY, only=["a:b"])
    assert alone.path == both[1].path != both[0].path


def test_progress_that_came_back_is_an_entry_of_the_day_by_who_told_it(ledger: Ledger, folder: Path) -> None:
    """Else a department that has just reported is chased for saying nothing, and the week's report says nothing."""

    def fill(page: Any) -> None:
        page[f"{PROGRESS}{FIRST}"] = "已开1次。本周又开2次，形成纪要。"

    edit(sheet_of(folder, "党政办"), fill)
    edit(sheet_of(folder, "财政所"), lambda page: page.__setitem__(f"{STATUS}{FIRST}", "正在推进"))
    collected(ledger, sheet_of(folder, "党政办"), sheet_of(folder, "财政所"))
    told = [(one.measure_id, one.entered_on, one.text, one.reporter) for one in ledger.snapshot.log_entries]
    assert told == [(1, TODAY, "本周又开2次，形成纪要。", "党政办")]
    assert gathered_texts(ledger.snapshot, [1]) == {}  # it stands in the progress already
    collected(ledger, sheet_of(folder, "党政办"))
    assert len(ledger.snapshot.log_entries) == 1
    ledger.undo()
    assert not ledger.snapshot.log_entries


def test_progress_of_a_new_measure_or_of_a_chosen_side_is_an_entry_too(ledger: Ledger, folder: Path) -> None:
    def fill(page: Any) -> None:
        page[f"{PROGRESS}{FIRST}"] = "已开3次。"
        page[f"E{FIRST + 1}"], page[f"{PROGRESS}{FIRST + 1}"] = "建群", "已建。"
        page[f"A{FIRST + 1}"] = "1-1"

    edit(sheet_of(folder, "党政办"), fill)
    with ledger.step("修改") as writer:
        writer.update(Measure, 1, progress="已开2次。")
    collected(ledger, sheet_of(folder, "党政办"))
    assert not ledger.snapshot.log_entries  # the ledger's side was kept, and nothing added
    collected(ledger, sheet_of(folder, "党政办"), otherwise=Prefer.THEIRS, additions=None)
    new = measure(ledger, "建群").id
    assert [(one.measure_id, one.text) for one in ledger.snapshot.log_entries] == [(1, "已开3次。"), (new, "已建。")]


@pytest.mark.parametrize("side", [Prefer.THEIRS, Prefer.BOTH])
def test_a_sheet_that_is_taken_again_after_its_words_were_polished_is_no_new_entry(
    ledger: Ledger, folder: Path, side: Prefer
) -> None:
    sheet = edit(sheet_of(folder, "党政办"), lambda page: page.__setitem__(f"{PROGRESS}{FIRST}", "已开1次。又开2次。"))
    collected(ledger, sheet)
    with ledger.step("修改") as writer:
        writer.update(Measure, 1, progress="共召开会议3次。")
    collected(ledger, sheet, otherwise=side)
    assert [one.text for one in ledger.snapshot.log_entries] == ["又开2次。"]


def test_what_a_department_puts_right_the_same_day_is_told_once(ledger: Ledger, folder: Path) -> None:
    """The report of the week said 又开2次 and 又开3次, and the ledger printed the wrong one behind the right one."""
    with ledger.step("登记") as writer:
        writer.add(LogEntry(measure_id=1, entered_on=TODAY, text="又开2次", reporter="李某"))
    for words in ("又开2次。", "又开3次。"):
        path = edit(sheet_of(folder, "党政办"), lambda page, words=words: page.__setitem__(f"{PROGRESS}{FIRST}", words))
        collected(ledger, path, otherwise=Prefer.THEIRS)
    told = [(one.text, one.reporter) for one in ledger.snapshot.log_entries]
    assert told == [("又开2次", "李某"), ("又开3次。", "党政办")]


@pytest.mark.parametrize("words", ["无", "/", "本月暂无进展。"])
def test_a_word_for_nothing_in_a_sheet_is_no_entry(ledger: Ledger, folder: Path, words: str) -> None:
    path = edit(sheet_of(folder, "财政所"), lambda page: page.__setitem__(f"{PROGRESS}{FIRST}", words))
    collected(ledger, path)
    assert (measure(ledger, "清账").progress, ledger.snapshot.log_entries) == (words, ())


def test_the_words_of_an_earlier_round_are_told_anew(ledger: Ledger, folder: Path) -> None:
    """本月开会1次 in September, and in November again."""
    words, month = "本月开会1次。", dt.timedelta(days=30)
    with ledger.step("登记") as writer:
        writer.add(LogEntry(measure_id=1, entered_on=TODAY - 2 * month, text=words, reporter="党政办"))
    collected(ledger, edit(sheet_of(folder, "党政办"), lambda page: page.__setitem__(f"{PROGRESS}{FIRST}", words)))
    assert [(one.entered_on, one.text) for one in ledger.snapshot.log_entries][1:] == [(TODAY, words)]
