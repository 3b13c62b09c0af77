"""Ctrl+P prints what is in front."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from builders import a_ledger, a_tree
from pdfminer.high_level import extract_pages, extract_text
from PySide6.QtCore import Qt
from PySide6.QtGui import QPdfWriter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from zhenggai_desktop.domain.records import Issue, Section
from zhenggai_desktop.errors import CancelledError
from zhenggai_desktop.gui import list_print, printing, progress
from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.dialogs.progress_dialog import ProgressDialog
from zhenggai_desktop.gui.list_print import ListPaper
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.tree_columns import Column
from zhenggai_desktop.services.ticking import Tick


@pytest.fixture
def opened(window: MainWindow, tmp_path: Path) -> MainWindow:
    a_ledger(tmp_path, *a_tree(), organisation="某街道党工委").close()
    window.take_file(tmp_path / "台账.zgtz")
    return window


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the documents for which a printer was asked; nobody prints."""
    asked: list[str] = []

    def reject(dialog: QPrintDialog) -> QDialog.DialogCode:
        asked.append(dialog.printer().docName())
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(QPrintDialog, "exec", reject)
    return asked


def pdf(paper: ListPaper, path: Path) -> Path:
    writer = QPdfWriter(str(path))
    writer.setPageLayout(list_print.paper())
    assert paper.paint(writer)
    del writer
    return path


def test_the_page_in_front_is_printed(opened: MainWindow, asked: list[str]) -> None:
    for key in ("ledger", "notice", "overview", "facts"):
        opened.workspace.show_page(key)
        opened.perform(Call.PRINT)
    assert len(asked) == 3
    assert asked[0] == "某街道党工委整改清单"
    assert "没有可以打印的内容" in opened.statusBar().currentMessage()


def test_the_list_is_printed_as_it_is_filtered(opened: MainWindow, asked: list[str], tmp_path: Path) -> None:
    page = opened.workspace.page("ledger")
    page.bar.search.setText("第5项工作")
    page.bar.pause.timeout.emit()
    page.tree.setColumnHidden(Column.DONE, True)
    columns = [column for column in Column if not page.tree.isColumnHidden(column)]
    document = ListPaper(page.model, columns, "某街道整改清单", page._listed_words())
    text = unicodedata.normalize("NFKC", extract_text(pdf(document, tmp_path / "清单.pdf")))
    assert "第5项工作" in text
    assert "第4项工作" not in text
    assert "问题1/6" in "".join(text.split())
    assert "责任" in text
    assert "序号" in text
    assert "完成" not in text.replace("已完成", "")
    assert "共1" in "".join(text.split())  # the font writes 页 as a radical


def test_the_head_stands_on_every_page(window: MainWindow, tmp_path: Path) -> None:
    a_ledger(tmp_path, *a_tree(4, 10, 3)).close()
    window.take_file(tmp_path / "台账.zgtz")
    page = window.workspace.page("ledger")
    document = ListPaper(page.model, list(Column), "清单", "全部")
    path = pdf(document, tmp_path / "长.pdf")
    pages = list(extract_pages(path))
    assert len(pages) > 2
    assert all(page.width > page.height for page in pages)
    heads = [extract_text(path, page_numbers=[number]).count("序号") for number in range(len(pages))]
    assert heads == [1] * len(pages)


def test_a_title_longer_than_a_page_goes_on_with_the_next(window: MainWindow, tmp_path: Path) -> None:
    words = "".join(f"第{at}句说明情况。" for at in range(600))
    a_ledger(
        tmp_path, Section(title="甲方面"), Issue(section_id=1, title=words), Issue(section_id=1, title="末项")
    ).close()
    window.take_file(tmp_path / "台账.zgtz")
    page = window.workspace.page("ledger")
    path = pdf(ListPaper(page.model, list(Column), "清单", "全部"), tmp_path / "长标题.pdf")
    text = "".join(unicodedata.normalize("NFKC", extract_text(path)).split())
    assert len(list(extract_pages(path))) > 1
    assert text.count("句") == 600
    assert "末项" in text


def test_a_job_that_is_left_is_not_printed(opened: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "SHOWN_AFTER", 0)
    page = opened.workspace.page("ledger")
    paper = ListPaper(page.model, list(Column), "清单", "全部")
    thrown_away: list[bool] = []

    class Printer(QPrinter):
        def abort(self) -> bool:
            thrown_away.append(super().isValid())
            return super().abort()

    printer = Printer(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "打印.pdf"))
    printer.setPageLayout(list_print.paper())
    done: list[int] = []

    def paint(printer: QPrinter, tick: Tick) -> None:
        def tick_and_leave(at: int, total: int) -> None:
            done.append(at)
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, ProgressDialog):
                QTest.mouseClick(dialog.cancel, Qt.MouseButton.LeftButton)
            tick(at, total)

        for _ in range(50):  # so many copies
            paper.paint(printer, tick_and_leave)

    with pytest.raises(CancelledError):
        printing.print_on(opened, printer, paint)
    assert 1 < len(done) < 50
    assert len(thrown_away) == 1


def test_all_pages_are_printed(opened: MainWindow, tmp_path: Path) -> None:
    page = opened.workspace.page("ledger")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "打印.pdf"))
    printer.setPageLayout(list_print.paper())
    printer.setFullPage(True)
    printing.print_on(opened, printer, ListPaper(page.model, list(Column), "某街道整改清单", "全部").paint)
    text = "".join(unicodedata.normalize("NFKC", extract_text(tmp_path / "打印.pdf")).split())
    assert "某街道整改清单" in text
    assert "第6项工作" in text
