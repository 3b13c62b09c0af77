"""Which issues lack evidence: listed, files added and dropped, a folder moved by hand found again, with real files."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from answers import Dialogs
from builders import a_ledger
from keyboard import CTRL, come_back_to, focused, press
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from zhenggai_desktop.domain.records import Evidence, Issue, Measure, Section, Status
from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.dialogs.evidence_check import EvidenceCheck
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.months.evidence_view import EvidenceView
from zhenggai_desktop.gui.months.page import MonthsPage
from zhenggai_desktop.services import proving


@pytest.fixture
def view(window: MainWindow, tmp_path: Path) -> EvidenceView:
    """Three issues; the second is done, the third has two papers by way of its measure."""
    for name in ("纪要.pdf", "旧制度.pdf"):
        (tmp_path / name).write_bytes(name.encode())
    with a_ledger(
        tmp_path,
        Section(title="财务管理方面"),
        Issue(section_id=1, title="台账不全", lead_department="财政所", status=Status.IN_PROGRESS),
        Issue(section_id=1, title="公示不及时", lead_department="党建办", status=Status.DONE),
        Issue(section_id=1, title="制度<b>不全", lead_department="财政所"),
        Measure(issue_id=3, content="修订制度", status=Status.DONE),
        feedback_date=dt.date(2025, 3, 1),
    ) as ledger:
        proving.add_files(ledger, (Measure, 1), [tmp_path / "纪要.pdf", tmp_path / "旧制度.pdf"])
        with ledger.step("日期") as writer:
            writer.update(Evidence, 2, dated_on=dt.date(2024, 5, 1))
    window.take_file(tmp_path / "台账.zgtz")
    window.perform(Call.UNPROVEN)
    page = window.workspace.page("months")
    assert isinstance(page, MonthsPage)
    found = page.view("evidence")
    assert isinstance(found, EvidenceView)
    come_back_to(found)
    return found


def rows(view: EvidenceView) -> list[tuple[str, str]]:
    items = [view.list.topLevelItem(at) for at in range(view.list.topLevelItemCount())]
    return [(item.text(1), item.text(4)) for item in items]


def test_what_lacks_evidence_comes_first_and_what_is_done_without_it_is_told(view: EvidenceView) -> None:
    assert view.isVisible()
    assert rows(view) == [("台账不全", "没有佐证材料"), ("公示不及时", "已完成，没有佐证材料")]
    assert view._words.text() == "有佐证材料 1/3，缺 2，其中已完成 1"
    view.shown.setCurrentIndex(1)
    assert rows(view) == [("公示不及时", "已完成，没有佐证材料")]
    view.shown.setCurrentIndex(2)
    assert rows(view) == [("制度<b>不全", "2份，其中1份早于反馈")]
    assert view.list.topLevelItem(0).toolTip(4) == "纪要\n旧制度"
    view.shown.setCurrentIndex(4)
    view.departments.setCurrentText("财政所")
    assert [title for title, _ in rows(view)] == ["台账不全", "制度<b>不全"]


def test_files_are_added_to_the_row_and_it_leaves_the_list(
    view: EvidenceView, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "台账.xlsx").write_bytes(b"1")
    chosen = [str(tmp_path / "台账.xlsx"), str(tmp_path / "纪要.pdf")]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (chosen, ""))
    view.add_button.click()
    come_back_to(view)
    assert rows(view) == [("公示不及时", "已完成，没有佐证材料")]
    assert view.said.text() == (
        "已给问题1-1添加2份，可用“撤销”退回。有1份材料的内容台账里已经有，没有重复保存，直接引用了原来的那份。"
    )
    view.setFocus()
    press(Qt.Key.Key_Z, CTRL)
    assert [title for title, _ in rows(view)] == ["台账不全", "公示不及时"]
    assert window.session.redo_label is not None


def test_files_dropped_on_a_row_go_to_its_issue(view: EvidenceView, window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "照片").mkdir()
    for name in ("1.jpg", "2.jpg"):
        (tmp_path / "照片" / name).write_bytes(name.encode())
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "照片"))])
    place = QPointF(view.list.visualItemRect(view.list.topLevelItem(1)).center())
    none = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(place.toPoint(), Qt.DropAction.CopyAction, data, *none)
    QApplication.sendEvent(view.list.viewport(), enter)
    assert enter.isAccepted()
    QApplication.sendEvent(view.list.viewport(), QDropEvent(place, Qt.DropAction.CopyAction, data, *none))
    QApplication.processEvents()
    snapshot = window.session.snapshot
    assert [link.issue_id for link in snapshot.evidence_links if link.issue_id] == [2, 2]
    assert rows(view) == [("台账不全", "没有佐证材料")]


def test_a_row_leads_to_its_issue(view: EvidenceView, window: MainWindow) -> None:
    view.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert window.workspace.current_page == "ledger"
    assert window._ledger_page().tree.selected_keys() == [(Issue, 2)]


def test_the_index_says_what_is_proven_by_what_and_what_is_bare(
    view: EvidenceView, dialogs: Dialogs, tmp_path: Path
) -> None:
    from docx import Document

    dialogs.files, dialogs.choices = [tmp_path / "目录.docx"], ["关闭"]
    view.index_button.click()
    document = Document(str(tmp_path / "目录.docx"))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "没有佐证材料的问题（2个）" in texts
    assert any("早于反馈" in cell.text for table in document.tables for row in table.rows for cell in row.cells)


def test_a_folder_renamed_by_hand_is_still_found_and_one_carried_away_is_fetched_back(
    view: EvidenceView, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "台账_佐证材料"
    names = [record.file_name for record in window.session.snapshot.evidence]
    renamed = folder.rename(tmp_path / "佐证（已整理）")
    view.refresh()
    view.shown.setCurrentIndex(3)
    assert rows(view) == [], "renamed beside the ledger nothing is lost"
    (tmp_path / "移动硬盘").mkdir()
    away = renamed.rename(tmp_path / "移动硬盘" / "佐证（已整理）")
    (away / names[0]).rename(away / "01 会议纪要（盖章）.pdf")
    (away / names[1]).write_bytes("又改了".encode())
    view.refresh()
    assert rows(view) == [("制度<b>不全", "2份，其中1份早于反馈、2份文件不在了")]
    seen: list[str] = []

    def answer(dialog: EvidenceCheck) -> QDialog.DialogCode:
        seen.append(dialog.heading.text())
        dialog.find_button.click()
        seen.extend((dialog.said.text(), dialog.heading.text()))
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(EvidenceCheck, "exec", answer)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "移动硬盘"))
    view.check_button.click()
    assert seen == ["2份材料的文件对不上：", "找回1份，已放回原处。", "1份材料的文件对不上："]
    assert view.said.text() == "还有1份材料的文件对不上。"
    assert (folder / names[0]).read_bytes() == "纪要.pdf".encode()
    assert rows(view) == [("制度<b>不全", "2份，其中1份早于反馈、1份文件不在了")]
    assert (away / "01 会议纪要（盖章）.pdf").is_file(), "what was found stays where it was found"


def test_a_file_that_nobody_registered_is_named(view: EvidenceView, tmp_path: Path) -> None:
    (tmp_path / "台账_佐证材料" / "顺手放的.docx").write_bytes(b"1")
    view.check_button.click()
    assert view.said.text() == (
        "已核对2份材料，文件都在，内容没有变化。"
        "“台账_佐证材料”里另有台账没有登记的文件：“顺手放的.docx”。要用的请添加到问题里。"
    )


def test_the_keyboard_is_in_the_list(view: EvidenceView) -> None:
    view.setFocus()
    assert focused() is view.list
