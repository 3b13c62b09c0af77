"""One window per ledger: a second start gives way to the window that has the ledger open."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from builders import a_ledger, a_tree

from zhenggai_desktop.gui import hand_over
from zhenggai_desktop.gui.hand_over import HandOver
from zhenggai_desktop.gui.main_window import MainWindow


def second_start(folder: Path, ledger: Path) -> list[bool]:
    """Another process's side, in a thread: it only touches files."""
    answers: list[bool] = []
    thread = threading.Thread(target=lambda: answers.append(hand_over.hand_over(folder, ledger)), daemon=True)
    thread.start()
    return answers


def test_a_second_start_brings_the_window_forward(window: MainWindow, home: Path, tmp_path: Path, qtbot: Any) -> None:
    a_ledger(tmp_path, *a_tree()).close()
    window.take_file(tmp_path / "台账.zgtz")
    window.showMinimized()
    answers = second_start(home / "windows", tmp_path / "." / "台账.zgtz")
    qtbot.waitUntil(lambda: answers == [True])
    assert not window.isMinimized()


def test_another_ledger_is_no_concern_of_this_window(window: MainWindow, home: Path, tmp_path: Path) -> None:
    a_ledger(tmp_path, *a_tree()).close()
    window.take_file(tmp_path / "台账.zgtz")
    assert not hand_over.hand_over(home / "windows", tmp_path / "别的.zgtz")


def test_a_window_that_died_is_not_waited_for_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hand_over, "_WAITED", 0.1)
    dead = HandOver(tmp_path / "windows")
    dead.announce(tmp_path / "台账.zgtz")
    assert not hand_over.hand_over(tmp_path / "windows", tmp_path / "台账.zgtz")
    assert list((tmp_path / "windows").iterdir()) == []


def test_a_closed_window_leaves_no_note(window: MainWindow, home: Path, tmp_path: Path) -> None:
    a_ledger(tmp_path, *a_tree()).close()
    window.take_file(tmp_path / "台账.zgtz")
    assert list((home / "windows").iterdir()) != []
    window.close()
    assert list((home / "windows").iterdir()) == []


def test_a_damaged_note_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "1.json").write_text("[", "utf-8")
    (tmp_path / "2.json").write_text("[]", "utf-8")
    assert not hand_over.hand_over(tmp_path, tmp_path / "台账.zgtz")
