"""The working months on the command line: remind, report, issue files, calendar, archive."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from builders import a_ledger
from docx import Document as WordDocument

from zhenggai_desktop.domain.records import Issue, LogEntry, Measure, Section, Status

Run = Any  # the fixture of conftest


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    records = (
        Section(title="财务管理方面"),
        Issue(
            section_id=1, title="台账不全", lead_department="财政所", leaders=("王主任",), due_on=dt.date(2025, 6, 1)
        ),
        Issue(section_id=1, title="制度/流程不全", lead_department="党建办", due_on=dt.date(2025, 6, 12)),
        Measure(issue_id=1, content="补齐台账", status=Status.IN_PROGRESS),
        LogEntry(measure_id=1, entered_on=dt.date(2025, 6, 3), text="已补齐3份", reporter="李四"),
    )
    with a_ledger(tmp_path, *records, organisation="中共云溪街道工作委员会") as made:
        return made.path


def test_reminders_are_grouped_and_coloured_in_words(zhenggai: Run, ledger: Path) -> None:
    done = zhenggai("remind", ledger, "--on", "2025-06-10")
    assert done.out == (
        "要催办的事项 2 项：\n\n财政所（1项）\n  〔红色〕1-1 台账不全：已逾期9天\n\n"
        "党建办（1项）\n  〔橙色〕1-2 制度/流程不全：2天后到期\n"
    )
    assert zhenggai("remind", ledger, "--on", "2025-06-10", "--by", "leader").out.count("王主任（1项）") == 1
    values = zhenggai("remind", ledger, "--on", "2025-06-10", "--json").json
    assert [(value["number"], value["reason"], value["left"]) for value in values] == [
        ("1-1", "late", -9), ("1-2", "pressing", 2),
    ]  # fmt: skip


def test_a_day_without_reminders_says_so(zhenggai: Run, ledger: Path) -> None:
    assert zhenggai("remind", ledger, "--on", "2025-01-10").out == "1月10日没有要催办的事项。\n"
    assert zhenggai("remind", ledger, "--on", "昨天").code == 2


def test_a_report_is_written_for_the_days_that_are_asked_for(zhenggai: Run, ledger: Path, tmp_path: Path) -> None:
    done = zhenggai("report", ledger, "周报.docx", "--from", "2025-06-02", "--to", "2025-06-08")
    assert done.code == 0
    assert "（2025-06-02至2025-06-08，1项有进展或变化）" in done.out
    texts = [paragraph.text for paragraph in WordDocument(str(tmp_path / "周报.docx")).paragraphs]
    assert "中共云溪街道工作委员会巡察整改工作周报" in "".join(texts)
    assert zhenggai("report", ledger, "周报.pptx").code == 2


def test_issue_files_go_into_an_empty_folder(zhenggai: Run, ledger: Path, tmp_path: Path) -> None:
    assert zhenggai("files", ledger, "一题一档").code == 0
    assert sorted(path.name for path in (tmp_path / "一题一档").iterdir()) == [
        "01 台账不全.docx", "02 制度_流程不全.docx", "佐证材料目录.docx", "销号台账.docx",
    ]  # fmt: skip
    again = zhenggai("files", ledger, "一题一档")
    assert (again.code, again.err) == (2, "文件夹“一题一档”里已经有文件；请选择一个空文件夹。\n")


def test_deadlines_become_a_calendar(zhenggai: Run, ledger: Path, tmp_path: Path) -> None:
    assert zhenggai("calendar", ledger, "时限.ics").out == "已写出日历 时限.ics，共2项\n"
    text = (tmp_path / "时限.ics").read_text("utf-8").replace("\n ", "")
    assert "SUMMARY:整改到期：1-1 台账不全" in text
    assert text.count("BEGIN:VALARM") == 6
    assert zhenggai("calendar", ledger, "时限.txt").code == 2


def test_an_archive_goes_to_another_pc_with_a_password(zhenggai: Run, ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "密码.txt").write_text("密码123\n", "utf-8")
    (tmp_path / "新电脑").mkdir()
    done = zhenggai("archive", ledger, "归档.zip", "--password-file", "密码.txt", "--without-history")
    assert done.out.startswith("已归档到 归档.zip，共5个文件，其中佐证材料0个，核对无误")
    assert zhenggai("unarchive", "归档.zip", "新电脑").code == 2
    assert zhenggai("unarchive", "归档.zip", "新电脑", "--password-file", "密码.txt").code == 0
    assert zhenggai("show", "新电脑/台账.zgtz").code == 0
    assert zhenggai("history", "新电脑/台账.zgtz", "--json").json == []


@pytest.mark.parametrize("content", [None, "", "\n第二行"])
def test_a_password_file_that_holds_none_is_told(
    zhenggai: Run, ledger: Path, tmp_path: Path, content: str | None
) -> None:
    if content is not None:
        (tmp_path / "密码.txt").write_text(content, "utf-8")
    done = zhenggai("archive", ledger, "归档.zip", "--password-file", "密码.txt")
    assert done.code == 2
    assert done.err.startswith("密码文件")
    assert not (tmp_path / "归档.zip").exists()
