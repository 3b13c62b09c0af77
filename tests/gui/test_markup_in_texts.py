"""Words of a ledger that look like markup are shown as words, on every page, in every label, list and hint."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from builders import a_ledger, a_tree, one_of_each
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QTextEdit, QWidget

from zhenggai_desktop.domain.records import Issue, Measure, Record
from zhenggai_desktop.gui.main_window import MainWindow

MARK = '<img src="file:///etc/passwd"><b>标记</b>'
_KEPT = {"uid", "scheme", "layout_profile", "kind", "edition", "draft_id", "file_name", "sha256", "closing_chain"}
_ROWS = 60


def marked(record: Record) -> Record:
    """The record with markup in front of every text that a person may write."""
    texts = {
        spec.name: MARK + getattr(record, spec.name)
        for spec in dataclasses.fields(record)
        if spec.type == "str" and spec.name not in _KEPT
    }
    return dataclasses.replace(record, **texts)


@pytest.fixture
def full(window: MainWindow, tmp_path: Path) -> MainWindow:
    records = [marked(record) for record in (*a_tree(2, 2, 2), *one_of_each())]
    facts = {"organisation": MARK + "街道", "notice_title": MARK, "team": MARK, "signature_organisation": MARK}
    a_ledger(tmp_path, *records, **facts).close()
    window.take_file(tmp_path / "台账.zgtz")
    return window


@pytest.mark.parametrize("page", ["overview", "ledger", "notice", "facts"])
def test_no_words_of_a_ledger_become_markup(full: MainWindow, page: str) -> None:
    full.workspace.show_page(page)
    QApplication.processEvents()
    if page == "ledger":
        shown: Any = full.workspace.page("ledger")
        shown.tree.expandAll()
        for key in ((Issue, 1), (Measure, 1)):
            shown.show_record(key)
            QApplication.processEvents()
            assert list(interpreted(full)) == []
    assert list(interpreted(full)) == []


def interpreted(top: QWidget) -> Iterator[str]:
    """Where a text with our markup would be taken for markup."""
    for widget in (top, *top.findChildren(QWidget)):
        name = f"{type(widget).__name__} {widget.objectName()}"
        if is_markup(widget.toolTip()):
            yield f"{name}: hint {widget.toolTip()!r}"
        if isinstance(widget, QLabel) and widget.textFormat() != Qt.TextFormat.PlainText and is_markup(widget.text()):
            yield f"{name}: {widget.text()!r}"
        if isinstance(widget, QTextEdit) and "<img" in widget.toHtml().partition("<body")[2]:
            yield f"{name}: a picture in the text"
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from (f"{name}: hint {hint!r}" for hint in hints(widget.model(), QModelIndex()))


def hints(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    for row in range(min(_ROWS, model.rowCount(parent))):
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)):
            index = model.index(row, column, parent)
            hint = model.data(index, Qt.ItemDataRole.ToolTipRole)
            if isinstance(hint, str) and is_markup(hint):
                yield hint
        yield from hints(model, model.index(row, 0, parent))


def is_markup(text: str) -> bool:
    return "<img" in text and Qt.mightBeRichText(text)


def test_the_search_finds_what_it_looks_for(qapp: QApplication) -> None:
    label = QLabel(f"<b>甲</b>{MARK}")
    label.setToolTip(MARK)
    assert len(list(interpreted(label))) == 2
    label.deleteLater()
