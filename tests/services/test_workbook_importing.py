"""Workbooks go into a ledger: into a new one whole, into one with records only what it has not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from builders import a_ledger, a_snapshot, a_tree, one_of_each
from openpyxl import Workbook as ExcelWorkbook

from zhenggai_desktop.domain.data_table import MAIN_CAPTIONS, MORE_CAPTIONS, main_rows, more_rows
from zhenggai_desktop.domain.portable import portable
from zhenggai_desktop.domain.records import DocumentKind, Issue, Measure, Snapshot, Status
from zhenggai_desktop.services import importing
from zhenggai_desktop.services.ledger import Ledger

HEAD = ["序号", "反馈方面", "反馈问题", "整改措施", "责任部门", "10月进展", "完成情况"]


def a_workbook(path: Path, *rows: list[object], head: list[str] = HEAD, day: str = "2025.10.31") -> Path:
    book = ExcelWorkbook()
    page = book.active
    assert page is not None
    page.append([f"填报日期：{day}"])
    page.append(head)
    for row in rows:
        page.append(row)
    book.save(path)
    return path


def a_data_workbook(path: Path, snapshot: Snapshot) -> Path:
    book = ExcelWorkbook()
    main = book.active
    assert main is not None
    main.title = "数据"
    more = book.create_sheet("数据续")
    for page, rows in ((main, [MAIN_CAPTIONS, *main_rows(snapshot)]), (more, [MORE_CAPTIONS, *more_rows(snapshot)])):
        for row in rows:
            page.append(row)
    book.save(path)
    return path


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return a_workbook(
        tmp_path / "台账.xlsx",
        [1, "党的领导方面", "学习少", "开会", "党政办", "已开会2次", "是"],
        [2, "党的领导方面", "账目乱", "清账", "财政所", "", "否"],
    )


def test_a_workbook_becomes_a_ledger_with_dated_entries(source: Path, tmp_path: Path) -> None:
    plan = importing.plan_source(source)
    assert plan.document is DocumentKind.WORKBOOK
    importing.import_into(tmp_path / "甲.zgtz", plan)
    with Ledger.open(tmp_path / "甲.zgtz") as ledger:
        snapshot = ledger.snapshot
    assert [issue.status for issue in snapshot.issues] == [Status.DONE, Status.IN_PROGRESS]
    assert [(e.entered_on, e.text, e.issue_id) for e in snapshot.log_entries] == [
        (dt.date(2025, 10, 31), "已开会2次", snapshot.issues[0].id)
    ]


def test_the_same_workbook_again_writes_nothing(source: Path, tmp_path: Path) -> None:
    importing.import_into(tmp_path / "甲.zgtz", importing.plan_source(source))
    report, _ = importing.import_into(tmp_path / "甲.zgtz", importing.plan_source(source))
    assert not report.writes


def test_a_later_workbook_fills_gaps_and_adds_entries_to_the_measures_it_knows(source: Path, tmp_path: Path) -> None:
    importing.import_into(tmp_path / "甲.zgtz", importing.plan_source(source))
    later = a_workbook(
        tmp_path / "后.xlsx",
        [1, "党的领导方面", "学习少", "开会。", "党政办", "已开会2次", "张某", "已开会3次"],
        head=[*HEAD[:6], "责任人", "11月进展"],
        day="2025.11.30",
    )
    report, _ = importing.import_into(tmp_path / "甲.zgtz", importing.plan_source(later))
    with Ledger.open(tmp_path / "甲.zgtz") as ledger:
        snapshot = ledger.snapshot
    assert (len(snapshot.issues), len(snapshot.measures)) == (2, 2)
    assert snapshot.issues[0].owner == "张某"
    assert [entry.text for entry in snapshot.log_entries] == ["已开会2次", "已开会3次"]
    assert report.different == []


def test_data_goes_into_an_empty_ledger_without_loss(tmp_path: Path) -> None:
    snapshot = a_snapshot(*one_of_each(), organisation="某街道")
    plan = importing.plan_source(a_data_workbook(tmp_path / "数据.xlsx", snapshot))
    assert (
        {section.line for section in plan.sections} == {issue.line for issue in plan.issues()} == {0}
    )  # no source line
    importing.import_into(tmp_path / "甲.zgtz", plan)
    with Ledger.open(tmp_path / "甲.zgtz") as ledger:
        assert portable(ledger.snapshot) == portable(snapshot)
        assert len(ledger.history()) == 1


def test_data_fills_gaps_by_uid_and_says_what_differs(tmp_path: Path) -> None:
    with a_ledger(tmp_path, *a_tree(1, 2, 1)) as ledger:
        old = ledger.snapshot
        path = a_data_workbook(tmp_path / "数据.xlsx", old)
        with ledger.step("修改") as writer:
            writer.update(Issue, 1, title="改过的题目", owner="")
            writer.remove(Measure, 2)
        report = importing.apply(ledger, importing.plan_source(path))
        assert ledger.snapshot.issues[0].title == "改过的题目"
        assert ledger.snapshot.issues[0].owner == old.issues[0].owner
        assert portable(ledger.snapshot)[Measure, old.measures[1].uid] == portable(old)[Measure, old.measures[1].uid]
    assert len(report.different) == 1


def test_data_of_another_ledger_is_matched_by_its_words(tmp_path: Path) -> None:
    other = a_snapshot(*a_tree(1, 2, 1))
    with a_ledger(tmp_path, *a_tree(1, 2, 1)) as ledger:
        importing.apply(ledger, importing.plan_source(a_data_workbook(tmp_path / "数据.xlsx", other)))
        assert len(ledger.snapshot.issues) == 2
