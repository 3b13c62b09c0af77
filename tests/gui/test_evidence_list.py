"""Evidence under a clerk's hands: chosen, dropped, pasted, opened, cited again, removed and brought back."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from builders import a_ledger, a_tree
from keyboard import CTRL, come_back_to, press, type_text
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from zhenggai_desktop.domain.records import Evidence, Issue
from zhenggai_desktop.gui.dialogs.choose_evidence import ChooseEvidence
from zhenggai_desktop.gui.dialogs.progress_dialog import ProgressDialog
from zhenggai_desktop.gui.forms.evidence_list import EvidenceList
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.pages.facts import LISTS
from zhenggai_desktop.gui.pages.ledger import LedgerPage
from zhenggai_desktop.services.attachments import count_on
from zhenggai_desktop.storage import evidence


@pytest.fixture
def page(window: MainWindow, tmp_path: Path) -> LedgerPage:
    """Issue 1 is selected with its evidence in front."""
    a_ledger(tmp_path, *a_tree(1, 2, 1)).close()
    window.take_file(tmp_path / "台账.zgtz")
    page = window.workspace.page("ledger")
    assert isinstance(page, LedgerPage)
    page.show_record((Issue, 1))
    page.pane.show_caption("佐证")
    come_back_to(page)
    return page


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What the system was asked to open."""
    found: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: found.append(Path(url.toLocalFile())))
    return found


def shown(page: LedgerPage) -> EvidenceList:
    found = page.pane._page(4)
    assert isinstance(found, EvidenceList)
    return found


def a_file(folder: Path, name: str = "会议纪要.pdf", content: bytes = b"%PDF") -> Path:
    (folder / name).write_bytes(content)
    return folder / name


def rows(files: EvidenceList) -> list[tuple[str, str]]:
    return [(item.text(0), item.text(2)) for item in files._items()]


def mime(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(files: EvidenceList, *paths: Path) -> bool:
    """What the file manager does; whether the list would take it."""
    data, none = mime(*paths), (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, *none)
    enter.ignore()
    QApplication.sendEvent(files, enter)
    if enter.isAccepted():
        QApplication.sendEvent(files, QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, *none))
        QApplication.processEvents()
        come_back_to(files)
    return enter.isAccepted()


def test_chosen_files_are_listed_counted_and_can_be_described(
    page: LedgerPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = [str(a_file(tmp_path)), str(a_file(tmp_path, "照片.jpg", b"x" * 2500))]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (chosen, ""))
    shown(page).buttons["添加文件…"].click()
    come_back_to(page)
    assert rows(shown(page)) == [("PDF 1 KB", "会议纪要"), ("JPG 2 KB", "照片")]
    assert page.pane.tabs.tabText(4) == "佐证 2"
    field = shown(page).form.editors["category"]
    field.setFocus()
    type_text("会议材料")
    page.session.flush()
    assert page.session.snapshot.evidence[0].category == "会议材料"
    assert page.session.undo_label == "修改类别"


def test_files_are_dropped_and_pasted(page: LedgerPage, tmp_path: Path) -> None:
    assert drop(shown(page), a_file(tmp_path), a_file(tmp_path, "二.txt", b"2"))
    QApplication.clipboard().setMimeData(mime(a_file(tmp_path, "三.txt", b"3")))
    shown(page).rows.setFocus()
    press(Qt.Key.Key_V, CTRL)
    QApplication.clipboard().clear()
    assert [title for _, title in rows(shown(page))] == ["会议纪要", "二", "三"]
    assert len(list((tmp_path / "台账_佐证材料").iterdir())) == 3


def test_files_that_were_copied_become_no_row_of_the_tree(page: LedgerPage, window: MainWindow, tmp_path: Path) -> None:
    measures = page.session.snapshot.measures
    QApplication.clipboard().setMimeData(mime(a_file(tmp_path)))
    page.tree.setFocus()  # where the keyboard stays when the tab is clicked
    press(Qt.Key.Key_V, CTRL)
    assert [title for _, title in rows(shown(page))] == ["会议纪要"]
    shown(page).buttons["打开"].setFocus()
    QApplication.clipboard().setMimeData(mime(a_file(tmp_path, "二.txt", b"2")))
    press(Qt.Key.Key_V, CTRL)
    assert [title for _, title in rows(shown(page))] == ["会议纪要", "二"]
    page.pane.show_caption("内容")
    page.tree.setFocus()
    press(Qt.Key.Key_V, CTRL)
    QApplication.clipboard().clear()
    assert page.session.snapshot.measures == measures
    assert (
        window.statusBar().currentMessage().startswith("剪贴板里是文件或图片，不是文字；要作为佐证，请选中问题或措施")
    )


def test_undo_and_redo_take_the_file_along(page: LedgerPage, window: MainWindow, tmp_path: Path) -> None:
    drop(shown(page), a_file(tmp_path))
    shown(page).rows.setFocus()
    press(Qt.Key.Key_Z, CTRL)
    assert rows(shown(page)) == []
    press(Qt.Key.Key_Y, CTRL)
    assert rows(shown(page)) == [("PDF 1 KB", "会议纪要")]
    shown(page).rows.setFocus()
    press(Qt.Key.Key_Delete)
    assert len(list((tmp_path / "台账_佐证材料" / "已删除").iterdir())) == 1


def test_a_file_and_its_folder_are_opened(page: LedgerPage, tmp_path: Path, opened: list[Path]) -> None:
    drop(shown(page), a_file(tmp_path))
    shown(page).rows.setFocus()
    press(Qt.Key.Key_Return)
    shown(page).buttons["打开所在文件夹"].click()
    folder = tmp_path / "台账_佐证材料"
    assert opened == [folder / page.session.snapshot.evidence[0].file_name, folder]


def test_a_program_is_not_run(page: LedgerPage, tmp_path: Path, opened: list[Path], dialogs: Any) -> None:
    drop(shown(page), a_file(tmp_path, "照片.jpg.exe"))
    dialogs.choices = ["关闭"]
    shown(page).buttons["打开"].click()
    assert opened == []
    assert "可以运行的程序" in dialogs.shown[0]


def test_a_file_that_is_gone_is_told_in_its_row_and_when_it_is_opened(
    page: LedgerPage, tmp_path: Path, dialogs: Any, opened: list[Path]
) -> None:
    drop(shown(page), a_file(tmp_path))
    next((tmp_path / "台账_佐证材料").iterdir()).unlink()
    page.show_record((Issue, 2))
    page.show_record((Issue, 1))
    assert rows(shown(page)) == [("PDF 1 KB", "会议纪要（文件不在了）")]
    dialogs.choices = ["关闭"]
    shown(page).buttons["打开"].click()
    assert opened == []
    assert "文件不在了" in dialogs.shown[0]


def test_what_the_ledger_has_can_be_cited_again(
    page: LedgerPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(shown(page), a_file(tmp_path), a_file(tmp_path, "通知.docx", b"2"))
    page.show_record((Issue, 2))

    def choose(dialog: ChooseEvidence) -> int:
        dialog.show()
        assert not dialog.accept_button.isEnabled()
        type_text("通知", dialog.words)
        (item,) = [item for at in range(2) if not (item := dialog.rows.topLevelItem(at)).isHidden()]
        item.setSelected(True)
        dialog.close()
        return dialog.DialogCode.Accepted

    monkeypatch.setattr(ChooseEvidence, "exec", choose)
    shown(page).buttons["引用已有…"].click()
    assert [title for _, title in rows(shown(page))] == ["通知"]
    assert len(list((tmp_path / "台账_佐证材料").iterdir())) == 2


def test_paper_is_noted_without_a_file(page: LedgerPage) -> None:
    shown(page).buttons["登记纸质件"].click()
    shown(page).form.editors["title"].setFocus()
    type_text("签到表原件")
    page.session.flush()
    assert rows(shown(page)) == [("纸质", "签到表原件")]
    assert not shown(page).buttons["打开"].isEnabled()


def test_all_evidence_is_listed_with_the_issues_it_proves(
    page: LedgerPage, window: MainWindow, tmp_path: Path, dialogs: Any
) -> None:
    drop(shown(page), a_file(tmp_path))
    facts: Any = window.workspace.page("facts")
    window.workspace.show_page("facts")
    at = next(at for at in range(facts.tabs.count()) if facts.tabs.tabText(at) == "佐证材料")
    facts.tabs.setCurrentIndex(at)
    every = facts.lists[[kind for _, kind in LISTS].index(Evidence)]
    assert rows(every) == [("1-1", "会议纪要")]
    assert not every.buttons["添加文件…"].isVisible()
    dialogs.choices = ["删除"]
    every.buttons["删除"].click()
    assert "有1处引用它" in dialogs.shown[0]
    assert page.session.snapshot.evidence == ()


def a_slow_disk(monkeypatch: pytest.MonkeyPatch, pieces: int) -> threading.Event:
    """After so many megabytes nothing more comes from the disk until the gate is opened."""
    gate, seen, real = threading.Event(), itertools.count(1), evidence._read

    def read(file: Any, source: Path) -> bytes:
        if next(seen) == pieces:
            gate.wait(30)
        return real(file, source)

    monkeypatch.setattr(evidence, "_read", read)
    return gate


def when_shown(act: Callable[[ProgressDialog], object], per_cent: int = 0) -> None:
    """Do something as soon as it is shown that the copy is so far."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, ProgressDialog) and dialog.bar.maximum() and dialog.bar.value() >= per_cent:
            act(dialog)
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)


def test_two_hundred_megabytes_show_how_far_they_are_and_arrive_whole(
    page: LedgerPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    video = tmp_path / "会议录像.mp4"
    with video.open("wb") as file:
        file.truncate(200 << 20)
    before, gate = page.session.path.stat().st_size, a_slow_disk(monkeypatch, 85)
    seen: list[object] = []

    def look(dialog: ProgressDialog) -> None:
        lying = [path.suffix for path in (tmp_path / "台账_佐证材料").iterdir()]
        seen.extend((dialog.caption.text(), dialog.bar.value(), lying, page.session.snapshot.evidence))
        gate.set()

    when_shown(look, 42)
    drop(shown(page), video)
    assert seen == ["正在复制佐证材料…", 42, [".tmp"], ()]
    (record,) = page.session.snapshot.evidence
    (kept,) = (tmp_path / "台账_佐证材料").iterdir()
    assert (record.size, kept.stat().st_size, kept.name) == (200 << 20, 200 << 20, record.file_name)
    assert rows(shown(page)) == [("MP4 209.7 MB", "会议录像")]
    assert page.session.path.stat().st_size - before < 100_000


@pytest.mark.parametrize("leave", ["button", "escape"])
def test_a_long_copy_that_is_left_leaves_no_half_file(
    page: LedgerPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leave: str
) -> None:
    small, video = a_file(tmp_path), tmp_path / "会议录像.mp4"
    with video.open("wb") as file:
        file.truncate(200 << 20)
    gate = a_slow_disk(monkeypatch, 85)

    def act(dialog: ProgressDialog) -> None:
        if leave == "button":
            QTest.mouseClick(dialog.cancel, Qt.MouseButton.LeftButton)
        else:
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
        gate.set()

    when_shown(act)
    drop(shown(page), small, video)
    assert rows(shown(page)) == []
    assert list((tmp_path / "台账_佐证材料").iterdir()) == []
    assert count_on(page.session.snapshot, Evidence, (Issue, 1)) == 0
    assert page.session.undo_label == "建立"
    assert shown(page).said.text() == "已取消，什么也没有改变。"
    drop(shown(page), small)
    assert rows(shown(page)) == [("PDF 1 KB", "会议纪要")]
