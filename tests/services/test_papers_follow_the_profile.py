"""Every paper about the working months is laid out as the ledger's notice is: by the layout kept in the ledger."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import a_ledger
from docx import Document as WordDocument
from docx.shared import Pt

from zhenggai_desktop.domain.blocks import Document
from zhenggai_desktop.domain.period_report import ReportKind
from zhenggai_desktop.domain.records import Issue, LogEntry, Section
from zhenggai_desktop.errors import CancelledError, TargetError
from zhenggai_desktop.services import archiving, chase_letters, paperwork, period_reporting
from zhenggai_desktop.services.chase_letters import Letter
from zhenggai_desktop.services.drafts import send_notice
from zhenggai_desktop.services.ledger import Ledger

TODAY = dt.date(2025, 6, 10)
WIDE = Pt(30)  # the line pitch of the layout “行距 30 磅”


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Two issues, one of them late, in a ledger whose lines stand 30 points apart."""
    with a_ledger(
        tmp_path,
        Section(title="财务管理方面"),
        Issue(section_id=1, title="台账不全", lead_department="财政所", due_on=dt.date(2025, 6, 1)),
        Issue(section_id=1, title="制度不全", lead_department="党建办"),
        LogEntry(issue_id=2, entered_on=dt.date(2025, 6, 3), text="已修订。"),
        organisation="中共云溪街道工作委员会",
        layout_profile="行距 30 磅",
    ) as ledger:
        yield ledger


def pitch(path: Path) -> object:
    """How far the lines of the body stand apart."""
    return WordDocument(str(path)).styles["Normal"].paragraph_format.line_spacing


def test_letters_reports_and_files_have_the_lines_of_the_notice(
    ledger: Ledger, resources: Path, tmp_path: Path
) -> None:
    out = tmp_path / "文书"
    out.mkdir()
    send_notice(ledger, out / "通报.docx")
    for kind in (Letter.CHASE, Letter.OVERDUE):
        found = chase_letters.letters(ledger.snapshot, kind, folder=resources / "documents", today=TODAY)
        chase_letters.send_letters(ledger, found, kind, out / f"{kind}.docx", on=TODAY)
        (tmp_path / kind).mkdir()
        chase_letters.send_letters(ledger, found, kind, tmp_path / kind, on=TODAY)
    report = period_reporting.period_report(ledger, ReportKind.WEEKLY, dt.date(2025, 6, 1), dt.date(2025, 6, 8))
    period_reporting.write_period_report(report, out / "周报.docx")
    files = paperwork.write_issue_files(ledger.snapshot, tmp_path / "一题一档", today=TODAY)
    archiving.make_archive(ledger, tmp_path / "归档.zip")
    with zipfile.ZipFile(tmp_path / "归档.zip") as archive:
        name = next(name for name in archive.namelist() if name.endswith("佐证材料目录.docx"))
        (out / "目录.docx").write_bytes(archive.read(name))
    letters = [path for kind in (Letter.CHASE, Letter.OVERDUE) for path in (tmp_path / kind).iterdir()]
    papers = [*out.iterdir(), *letters, *files]
    assert len(papers) == 11
    assert {path.name: pitch(path) for path in papers} == {path.name: WIDE for path in papers}


def test_files_are_written_by_whoever_writes_that_kind(ledger: Ledger, tmp_path: Path) -> None:
    done: list[tuple[int, int]] = []

    def write(document: Document, path: Path) -> None:
        path.write_text(document.title)

    written = paperwork.write_issue_files(
        ledger.snapshot,
        tmp_path / "档",
        today=TODAY,
        suffix=".pdf",
        write=write,
        tick=lambda *share: done.append(share),
    )
    assert [path.name for path in written] == [
        "01 台账不全.pdf", "02 制度不全.pdf", "佐证材料目录.pdf", "销号台账.pdf",
    ]  # fmt: skip
    assert done == [(0, 4), (1, 4), (2, 4), (3, 4)]


def test_left_half_way_nothing_of_the_folder_stays(ledger: Ledger, tmp_path: Path) -> None:
    def leave(done: int, _total: int) -> None:
        if done == 2:
            raise CancelledError

    (tmp_path / "已有").mkdir()
    for folder in (tmp_path / "档", tmp_path / "已有"):
        with pytest.raises(CancelledError):
            paperwork.write_issue_files(ledger.snapshot, folder, today=TODAY, tick=leave)
    assert not (tmp_path / "档").exists()
    assert list((tmp_path / "已有").iterdir()) == []


def test_where_one_file_cannot_stand_none_does(ledger: Ledger, tmp_path: Path) -> None:
    def full(_document: Document, path: Path) -> None:
        if path.name.startswith("02"):
            raise TargetError(f"磁盘空间不足，“{path.name}”没有写成", "请清理磁盘，或换一个位置保存")
        path.write_bytes(b"1")

    with pytest.raises(TargetError, match="磁盘空间不足"):
        paperwork.write_issue_files(ledger.snapshot, tmp_path / "档", today=TODAY, write=full)
    assert not (tmp_path / "档").exists()
