"""A ledger with a value that no version of the program writes is refused, or shown on every page without a mistake."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from random import Random
from typing import Any

import pytest
from every_dialog import TODAY, a_full_ledger
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from zhenggai_desktop.domain.records import Issue, Measure
from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.page_table import PAGES
from zhenggai_desktop.storage.schema import TABLES

TEXTS = (
    "", "x", "<b>粗</b><img src='http://example.com/a.png'>", "9" * 60, "9" * 300, "一" * 3000, "\n\t\n", "[]", '["a"]',
    "{}", '{"a": 1}', "{", "2024-02-30", "0001-01-01", "9999-12-31", "2024-01-01T00:00:00", "0", "-1", "a", "\u202e倒",
)  # fmt: skip
NUMBERS = (0, 1, 2, 7, -1, 2**31, 2**62)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A ledger with everything that the window can show."""
    return a_full_ledger(tmp_path_factory.mktemp("full")).read_bytes()


@pytest.fixture
def strange(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """A window in which whoever is asked says no."""
    monkeypatch.setattr(messages, "_answer", lambda *_: messages.CANCEL)
    window.session.today = lambda: TODAY
    return window


def with_value(path: Path, full: bytes, table: str, column: str, value: object) -> Path:
    path.write_bytes(full)
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = (SELECT min(rowid) FROM {table})", (value,))
    return path


def walk(window: MainWindow, qtbot: QtBot) -> None:
    """Every page, every tab of it, and the forms of some records."""
    window.workspace.show_page("ledger")
    page: Any = window.workspace.page("ledger")
    found = window.session.snapshot
    for record in (*found.issues[:2], *found.measures[:1]):
        page.show_record((Issue if isinstance(record, Issue) else Measure, record.id))
        turn_all(page.pane.tabs)
        page.pane.tabs.setCurrentIndex(0)
    for spec in PAGES:
        window.workspace.show_page(spec.key)
        shown: Any = window.workspace.page(spec.key)
        for tabs in (getattr(shown, "tabs", None), getattr(shown, "views", None)):
            if tabs is not None:
                turn_all(tabs)
    notice: Any = window.workspace.page("notice")
    qtbot.waitUntil(lambda: notice.pages.is_fresh)


def turn_all(tabs: Any) -> None:
    for at in range(tabs.count()):
        if not hasattr(tabs, "isTabVisible") or tabs.isTabVisible(at):
            tabs.setCurrentIndex(at)
            QApplication.processEvents()


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("facts", "rules", "[1]"),
        ("facts", "scheme", "zz"),
        ("facts", "scheme_changes", "{"),
        ("facts", "layout_profile", "{"),
        ("issues", "printed_level", 2**62),
        ("issues", "title", "一" * 3000),
        ("steps", "at", "0"),
        ("outcomes", "number", "9" * 60),
        ("evidence", "file_name", "../../x.docx"),
    ],
)
def test_a_strange_value_ends_on_no_page(
    strange: MainWindow, qtbot: QtBot, full: bytes, tmp_path: Path, table: str, column: str, value: object
) -> None:
    path = with_value(tmp_path / "台账.zgtz", full, table, column, value)
    strange.take_file(path)
    assert strange.session.path == path
    walk(strange, qtbot)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(300))
def test_any_strange_value_ends_on_no_page(
    strange: MainWindow, qtbot: QtBot, full: bytes, tmp_path: Path, seed: int
) -> None:
    random = Random(seed)
    path = tmp_path / "台账.zgtz"
    path.write_bytes(full)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        columns = [
            (table, name, kind)
            for table in (*TABLES.values(), "steps", "step_images")
            for name, kind in connection.execute("SELECT name, type FROM pragma_table_info(?)", (table,))
        ]
    table, column, kind = random.choice(columns)
    with contextlib.suppress(sqlite3.Error):
        with_value(path, full, table, column, random.choice(TEXTS if kind == "TEXT" else NUMBERS))
    strange.take_file(path)
    if strange.session.path == path:
        walk(strange, qtbot)
