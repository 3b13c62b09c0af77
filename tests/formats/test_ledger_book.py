"""The workbook of several sheets: lists, figures with charts, and data that comes back."""

from __future__ import annotations

import datetime as dt
import tempfile
import zipfile
from pathlib import Path

import openpyxl
import pytest
from builders import a_ledger, a_snapshot, a_tree, one_of_each
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhenggai_desktop.domain.data_table import filled, read_data
from zhenggai_desktop.domain.ledger_part import part_of
from zhenggai_desktop.domain.portable import portable
from zhenggai_desktop.domain.records import Issue, LogEntry, Measure, Record, Section, Snapshot, Status
from zhenggai_desktop.formats.ledger_book import BookParts, write_ledger_book
from zhenggai_desktop.formats.sheet_reader import read_workbook
from zhenggai_desktop.services import importing

TODAY = dt.date(2026, 1, 1)
DATA = BookParts((), figures=False)


def write(snapshot: Snapshot, path: Path, parts: BookParts | None = None) -> Path:
    write_ledger_book(snapshot, path, parts or BookParts(), today=TODAY)
    return path


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write(a_snapshot(*a_tree(2, 3, 2), organisation="某街道党工委"), tmp_path / "台账.xlsx")


def test_it_has_every_sheet_in_order(book: Path) -> None:
    assert openpyxl.load_workbook(book).sheetnames == [
        "台账", "问题清单", "任务清单", "责任清单", "统计", "数据", "数据续",
    ]  # fmt: skip


def test_the_figures_have_native_charts_of_their_rows(book: Path) -> None:
    page = openpyxl.load_workbook(book)["统计"]
    assert [cell.value for cell in page["A"]][:3] == ["整改事项完成情况", "完成情况", "已完成"]
    charts = [name for name in zipfile.ZipFile(book).namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 4
    with zipfile.ZipFile(book) as package:
        assert "'统计'!$B$3:$B$6" in package.read("xl/charts/chart1.xml").decode()


def test_rates_are_numbers_with_a_format_and_data_is_flat(book: Path) -> None:
    loaded = openpyxl.load_workbook(book)
    (head,) = [row[0].row for row in loaded["统计"].iter_rows() if row[0].value == "方面"]
    cell = loaded["统计"].cell(head + 1, 8)
    assert (cell.value, cell.number_format) == (0, "0.00%")
    assert loaded["数据"].max_row == 13
    assert not loaded["数据"].merged_cells.ranges


def test_only_what_is_asked_for_is_written(tmp_path: Path) -> None:
    path = write(a_snapshot(*a_tree(1, 1, 1)), tmp_path / "甲.xlsx", DATA)
    assert openpyxl.load_workbook(path).sheetnames == ["数据", "数据续"]


def test_an_empty_ledger_has_its_sheets_too(tmp_path: Path) -> None:
    assert len(openpyxl.load_workbook(write(a_snapshot(), tmp_path / "甲.xlsx")).sheetnames) == 7


def test_export_import_export_gives_the_same_data(tmp_path: Path) -> None:
    snapshot = a_snapshot(*one_of_each(), organisation="某街道")
    first = write(snapshot, tmp_path / "甲.xlsx")
    with a_ledger(tmp_path) as ledger:
        importing.apply(ledger, importing.plan_source(first))
        second = write(ledger.snapshot, tmp_path / "乙.xlsx")
    rows = [[sheet.rows for sheet in read_workbook(path).sheets if "数据" in sheet.name] for path in (first, second)]
    assert rows[0] == rows[1]


HOSTILE = st.sampled_from(
    ["=cmd|' /C calc'!A0", "+86", "@甲", "-5", " 前后空格 ", "换\n行\n", "\t制表", "_x0041_", "_x005F_", "&<>\"'", "𠮷",
     "0012", "是", "[1]", '""', "", "#REF!", "2025-01-02", "1e5", "甲" * 40, "]]>", "\u3000", "é\u0301"]
) | st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cn", "Co")), max_size=6)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(HOSTILE, min_size=8, max_size=8))
def test_hostile_texts_come_back_through_the_file(tmp_path: Path, words: list[str]) -> None:
    snapshot = a_snapshot(
        Section(title=words[0]),
        Issue(section_id=1, title=words[1], leaders=(words[2],), answer_label=words[3]),
        Measure(issue_id=1, content=words[4], progress=words[5]),
        LogEntry(measure_id=1, text=words[6], reporter=words[7], entered_on=dt.date(2025, 1, 2)),
    )
    records, doubts = read_data(read_workbook(write(snapshot, tmp_path / "甲.xlsx", DATA)))
    assert doubts == []
    assert filled(records) == portable(snapshot)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_export_import_export_of_any_ledger_gives_the_same_data(tmp_path: Path, data: st.DataObject) -> None:
    """Through the file, the plan and a new ledger, whatever the texts and however the tree."""
    word = st.one_of(HOSTILE, st.lists(HOSTILE, max_size=3).map("".join))
    sections, issues = data.draw(st.integers(0, 2)), data.draw(st.integers(1, 4))
    records: list[Record] = [Section(title=data.draw(word), introduction=data.draw(word)) for _ in range(sections)]
    for at in range(issues):
        parent = data.draw(st.sampled_from([None, *range(1, min(at, 2) + 1)]))
        section = data.draw(st.sampled_from([None, *range(1, sections + 1)])) if parent is None else None
        records.append(
            Issue(
                section_id=section, parent_id=parent, title=data.draw(word), original_text=data.draw(word),
                recommendations=tuple(data.draw(st.lists(word, max_size=2))), deadline=data.draw(word),
                due_on=data.draw(st.none() | st.dates(dt.date(1990, 1, 1))), note=data.draw(word),
                status=data.draw(st.sampled_from([None, *Status])),
            )
        )  # fmt: skip
    for at in range(data.draw(st.integers(0, 4))):
        records.append(Measure(issue_id=at % issues + 1, content=data.draw(word), progress=data.draw(word)))
        records.append(LogEntry(measure_id=at + 1, text=data.draw(word), entered_on=data.draw(st.dates())))
    folder = Path(tempfile.mkdtemp(dir=tmp_path))
    first = write(a_snapshot(*records, organisation=data.draw(word)), folder / "甲.xlsx", DATA)
    with a_ledger(folder) as ledger:
        importing.apply(ledger, importing.plan_source(first))
        second = write(ledger.snapshot, folder / "乙.xlsx", DATA)
    rows = [[sheet.rows for sheet in read_workbook(path).sheets] for path in (first, second)]
    assert rows[0] == rows[1]


def test_a_part_of_a_ledger_holds_what_belongs_to_its_issues() -> None:
    snapshot = a_snapshot(*a_tree(2, 2, 2))
    part = part_of(snapshot, {3})
    assert ([s.id for s in part.sections], [i.id for i in part.issues]) == ([2], [3])
    assert [measure.issue_id for measure in part.measures] == [3, 3]


def test_a_part_keeps_the_issues_above() -> None:
    part = part_of(a_snapshot(Section(), Issue(section_id=1), Issue(parent_id=1), Issue(parent_id=1)), {2})
    assert [issue.id for issue in part.issues] == [1, 2]
