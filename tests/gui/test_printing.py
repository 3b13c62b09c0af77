"""Ctrl+P prints what is in front."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from builders import a_ledger, a_tree
from pdfminer.high_level import extract_pages, extract_text
from PySide6.QtGui import QPdfWriter, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QDialog

from zhenggai_desktop.gui import list_print
from zhenggai_desktop.gui.actions import Call
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.tree_columns import Column


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


def pdf(document: QTextDocument, path: Path) -> Path:
    writer = QPdfWriter(str(path))
    writer.setPageLayout(list_print.paper())
    document.print_(writer)
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
    document = list_print.list_document(page.model, columns, "某街道整改清单", page._listed_words())
    text = unicodedata.normalize("NFKC", extract_text(pdf(document, tmp_path / "清单.pdf")))
    assert "第5项工作" in text
    assert "第4项工作" not in text
    assert "问题1/6" in "".join(text.split())
    assert "责任" in text
    assert "编号" in text
    words = document.toPlainText()
    assert "完成\n" not in words


def test_the_head_stands_on_every_page(window: MainWindow, tmp_path: Path) -> None:
    a_ledger(tmp_path, *a_tree(4, 10, 3)).close()
    window.take_file(tmp_path / "台账.zgtz")
    page = window.workspace.page("ledger")
    document = list_print.list_document(page.model, list(Column), "清单", "全部")
    path = pdf(document, tmp_path / "长.pdf")
    pages = list(extract_pages(path))
    assert len(pages) > 2
    assert all(page.width > page.height for page in pages)
    heads = [extract_text(path, page_numbers=[number]).count("编号") for number in range(len(pages))]
    assert heads == [1] * len(pages)
