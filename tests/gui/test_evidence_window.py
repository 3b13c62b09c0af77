"""Evidence in the window: screenshots pasted, thumbnails, duplicates told, files looked over and found again."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from builders import a_ledger, a_tree
from keyboard import CTRL, press
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from zhenggai_desktop.domain.records import Evidence, Issue
from zhenggai_desktop.gui.dialogs.evidence_check import EvidenceCheck
from zhenggai_desktop.gui.forms.evidence_list import CHECK, INDEX, EvidenceList
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.pages.ledger import LedgerPage
from zhenggai_desktop.services import proving


@pytest.fixture
def files(window: MainWindow, tmp_path: Path) -> EvidenceList:
    """The evidence of issue 1."""
    a_ledger(tmp_path, *a_tree(1, 2, 1), feedback_date=dt.date(2025, 3, 1)).close()
    window.take_file(tmp_path / "台账.zgtz")
    page = window.workspace.page("ledger")
    assert isinstance(page, LedgerPage)
    page.show_record((Issue, 1))
    page.pane.show_caption("佐证")
    found = page.pane.tabs.currentWidget().findChild(EvidenceList) or page.pane._page(4)
    assert isinstance(found, EvidenceList)
    return found


@pytest.fixture
def everything(window: MainWindow, files: EvidenceList) -> EvidenceList:
    """All evidence of the ledger."""
    whole = EvidenceList(files._session, window)
    whole.show_owner(None)
    return whole


def titles(files: EvidenceList) -> list[str]:
    return [item.text(2) for item in files._items()]


def a_picture(width: int = 800, height: int = 600) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    return image


def test_a_picture_on_the_clipboard_becomes_a_file_with_a_good_name(files: EvidenceList) -> None:
    data = QMimeData()
    data.setImageData(a_picture())
    QApplication.clipboard().setMimeData(data)
    files.rows.setFocus()
    press(Qt.Key.Key_V, CTRL)
    QApplication.clipboard().clear()
    (record,) = files._session.snapshot.evidence
    assert re.fullmatch(r"截图 \d{4}-\d\d-\d\d \d{6}", record.title)
    assert record.file_name.endswith(".png")
    place = files._find(record)
    assert place is not None
    assert QImage(str(place)).size() == a_picture().size()


def test_a_picture_is_shown_in_small_and_other_files_are_not(files: EvidenceList, tmp_path: Path) -> None:
    files.window().resize(1366, 900)
    a_picture().save(str(tmp_path / "现场.jpg"))
    (tmp_path / "纪要.pdf").write_bytes(b"%PDF")
    (tmp_path / "坏.png").write_bytes(b"no picture")
    files.take([tmp_path / "现场.jpg", tmp_path / "纪要.pdf", tmp_path / "坏.png"])
    shown: list[bool] = []
    for at in range(3):
        files.rows.setCurrentItem(files._items()[at])
        shown.append(not files.thumbnail.isHidden())
    assert shown == [True, False, False]
    files.rows.setCurrentItem(files._items()[0])
    pixmap = files.thumbnail.pixmap()
    assert 0 < pixmap.height() <= files.thumbnail.fontMetrics().height() * 4
    assert round(pixmap.width() / pixmap.height(), 1) == 1.3
    files.window().resize(1366, 500)
    files.rows.setCurrentItem(files._items()[1])
    files.rows.setCurrentItem(files._items()[0])
    assert files.thumbnail.isHidden(), "the fields come first where there is little room"


def test_a_file_that_is_there_already_is_told(files: EvidenceList, tmp_path: Path) -> None:
    (tmp_path / "纪要.pdf").write_bytes(b"%PDF")
    (tmp_path / "副本.pdf").write_bytes(b"%PDF")
    files.take([tmp_path / "纪要.pdf"])
    assert files.said.isHidden()
    files.take([tmp_path / "副本.pdf"])
    words = "有1份材料的内容台账里已经有，没有重复保存，直接引用了原来的那份。"
    assert files.said.text() == words
    assert titles(files) == ["纪要"]
    (kept,) = tmp_path.glob("*_佐证材料/纪要_*.pdf")
    kept.write_bytes(b"changed")
    files.take([tmp_path / "副本.pdf"])
    assert files.said.text() == f"{words}其中1份原来的文件不见了或者被改动过，已经用这次添加的放回原处。"
    assert kept.read_bytes() == b"%PDF"


def test_evidence_before_the_feedback_is_marked(files: EvidenceList, tmp_path: Path) -> None:
    (tmp_path / "旧制度.pdf").write_bytes(b"%PDF")
    files.take([tmp_path / "旧制度.pdf"])
    with files._session.write(lambda ledger: ledger).step("日期") as writer:
        writer.update(Evidence, 1, dated_on=dt.date(2024, 5, 1))
    files.show_owner((Issue, 1))
    assert titles(files) == ["旧制度（早于反馈）"]


def test_the_index_of_an_issue_is_written(files: EvidenceList, tmp_path: Path, dialogs: Any) -> None:
    from docx import Document

    (tmp_path / "纪要.pdf").write_bytes(b"%PDF")
    files.take([tmp_path / "纪要.pdf"])
    dialogs.files, dialogs.choices = [tmp_path / "目录.docx"], ["关闭"]
    files.buttons[INDEX].click()
    document = Document(str(tmp_path / "目录.docx"))
    assert "佐证材料目录" in [paragraph.text for paragraph in document.paragraphs]
    assert any("纪要" in cell.text for table in document.tables for row in table.rows for cell in row.cells)


def test_files_that_are_as_they_were_are_told_in_one_sentence(everything: EvidenceList, tmp_path: Path) -> None:
    (tmp_path / "纪要.pdf").write_bytes(b"%PDF")
    everything._session.edit(lambda ledger: proving.add_files(ledger, (Issue, 1), [tmp_path / "纪要.pdf"]))
    everything.buttons[CHECK].click()
    assert everything.said.text() == "已核对1份材料，文件都在，内容没有变化。"


def test_what_was_moved_and_what_was_changed_is_put_right(
    everything: EvidenceList, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = everything._session
    for name in ("甲.pdf", "乙.pdf"):
        (tmp_path / name).write_bytes(name.encode())
    session.edit(lambda ledger: proving.add_files(ledger, (Issue, 1), [tmp_path / "甲.pdf", tmp_path / "乙.pdf"]))
    folder = tmp_path / "台账_佐证材料"
    one, two = (folder / record.file_name for record in session.snapshot.evidence)
    (tmp_path / "别处" / "里面").mkdir(parents=True)
    one.rename(tmp_path / "别处" / "里面" / "改了名.pdf")
    two.write_bytes(b"signed")
    rows: list[list[str]] = []

    def answer(dialog: EvidenceCheck) -> QDialog.DialogCode:
        for button in (dialog.find_button, dialog.take_button):
            rows.append([dialog.rows.topLevelItem(at).text(1) for at in range(dialog.rows.topLevelItemCount())])
            button.click()
        rows.append([dialog.heading.text(), dialog.said.text()])
        assert not dialog.find_button.isEnabled()
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(EvidenceCheck, "exec", answer)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "别处"))
    everything.buttons[CHECK].click()
    assert rows == [
        ["文件不在了", "添加之后被改动过"],
        ["添加之后被改动过"],
        ["材料的文件都对上了。", "1份材料以现在的内容为准，可以撤销。"],
    ]
    assert one.read_bytes() == "甲.pdf".encode()
    assert everything.said.text() == "已核对2份材料，文件都在，内容没有变化。"
    assert session.undo_label == "确认改动：佐证材料“乙”"
