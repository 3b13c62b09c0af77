"""The application: Chinese dialogs, a window that opens and goes, a sentence where there is no display."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from builders import a_ledger, a_tree
from keyboard import type_text
from PySide6.QtCore import QCoreApplication, QLocale, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from zhenggai_desktop import logs
from zhenggai_desktop.domain.records import Issue
from zhenggai_desktop.gui import app, run_marker
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.progress import wait_for
from zhenggai_desktop.gui.run_marker import RunMarker


def start(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own."""
    command = [sys.executable, "-m", "zhenggai_desktop", *arguments]
    whole = {**os.environ, "PYTHONUTF8": "1", **environment}
    return subprocess.run(command, cwd=root, env=whole, capture_output=True, check=False, encoding="utf-8", timeout=60)


def test_standard_buttons_are_chinese(qapp: QApplication) -> None:
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    assert QLocale().language() == QLocale.Language.Chinese


def test_the_window_opens_with_a_ledger_and_goes(root: Path, resources: Path, tmp_path: Path) -> None:
    assert start(root, "--sample", str(tmp_path)).returncode == 0
    result = start(root, str(tmp_path / "示例整改通报.zgtz"), "--quit-after-start", QT_QPA_PLATFORM="offscreen")
    assert result.returncode == 0, result.stderr


class TestEndsThatAreNone:
    def run(self, root: Path, home: Path, *lines: str) -> int:
        """A run that holds its mark and then does ``lines``."""
        folder = home / "running"
        head = (
            "import os, signal, faulthandler, pathlib",
            "from zhenggai_desktop.gui.run_marker import RunMarker",
            f"marker = RunMarker(pathlib.Path({str(folder)!r}))",
        )
        command = [sys.executable, "-c", "\n".join((*head, *lines))]
        return subprocess.run(command, cwd=root, capture_output=True, timeout=60, check=False).returncode

    def test_a_run_that_ends_leaves_nothing(self, root: Path, home: Path) -> None:
        assert self.run(root, home, "marker.end()") == 0
        assert list((home / "running").iterdir()) == []
        assert run_marker.crashes(home / "running") == []

    def test_a_crash_is_reported_once_with_its_places(self, root: Path, home: Path) -> None:
        assert self.run(root, home, "def store(): os.abort()", "store()") != 0
        [report] = run_marker.crashes(home / "running")
        assert "Fatal Python error: Aborted" in report
        assert "in store" in report
        assert run_marker.crashes(home / "running") == []

    def test_a_killed_run_is_reported_without_places(self, root: Path, home: Path) -> None:
        self.run(root, home, "os._exit(9)")
        assert run_marker.crashes(home / "running") == [""]

    def test_a_run_that_lives_is_no_crash(self, home: Path) -> None:
        marker = RunMarker(home / "running")
        assert run_marker.crashes(home / "running") == []
        marker.end()

    def test_a_folder_that_cannot_be_written_is_no_failure(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("", "utf-8")
        marker = RunMarker(tmp_path / "file")
        assert run_marker.crashes(tmp_path / "file") == []
        marker.end()

    def test_the_next_start_says_so(
        self, root: Path, home: Path, resources: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("ZHENGGAI_HOME", str(home))
        self.run(root, home, "os.abort()")
        seen: list[str] = []

        def show(window: MainWindow, report: str) -> None:
            seen.append(report)
            window.close()
            window.deleteLater()

        monkeypatch.setattr(app, "_start", lambda _on_fatal: qapp)
        monkeypatch.setattr(app.messages, "show_crash", show)
        assert app.run(None, on_fatal=lambda _: 2) == 0
        assert "Aborted" in seen[0]
        assert "Aborted" in (home / "logs" / "zhenggai.log").read_text("utf-8")
        assert list((home / "running").iterdir()) == []


def test_a_mistake_of_the_program_stores_what_was_typed_and_says_so(
    window: MainWindow, dialogs: Any, tmp_path: Path
) -> None:
    a_ledger(tmp_path, *a_tree()).close()
    window.take_file(tmp_path / "台账.zgtz")
    page = window.workspace.page("ledger")
    page.show_record((Issue, 2))
    type_text("新的", page.pane.form(Issue).editors["goal"])
    hook = app._last_resort(window, logs.start_log(tmp_path / "log.txt"))
    dialogs.choices = ["关闭"]
    error = KeyError("台账里的字")
    hook(KeyError, error, None)
    assert "刚才输入的内容都已保存" in dialogs.shown[0]
    assert next(issue.goal for issue in window.session.snapshot.issues if issue.id == 2) == "新的"
    logs.stop_log(logs.start_log(tmp_path / "other.txt"))
    assert "台账里的字" not in (tmp_path / "log.txt").read_text("utf-8")


def test_mistakes_that_come_while_one_is_told_are_only_logged(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    logger = logs.start_log(tmp_path / "log.txt")
    hook = app._last_resort(window, logger)
    shown: list[bool] = []

    def show(*_: object, saved: bool) -> None:
        shown.append(saved)
        hook(ValueError, ValueError(), None)

    monkeypatch.setattr(app.messages, "show_bug", show)
    hook(KeyError, KeyError(), None)
    hook(KeyError, KeyError(), None)
    logs.stop_log(logger)
    assert shown == [True, True]
    assert (tmp_path / "log.txt").read_text("utf-8").count("window failed") == 4


def test_a_program_that_copied_something_ends_in_peace(root: Path) -> None:
    """A screen that is none holds what was copied in a static of its own and frees it when Python is gone."""
    lines = (
        "from PySide6.QtCore import QMimeData",
        "from zhenggai_desktop.gui import app",
        "application = app.make_application(['zhenggai-desktop'])",
        "application.clipboard().setMimeData(QMimeData())",
        "import gc; gc.collect()",
    )
    command = [sys.executable, "-c", "\n".join(lines)]
    result = subprocess.run(
        command,
        cwd=root,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (result.returncode, result.stderr) == (0, b"")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a display")
@pytest.mark.parametrize("display", ["", ":4711"])
def test_without_a_display_there_is_one_sentence(root: Path, display: str) -> None:
    result = start(root, QT_QPA_PLATFORM="xcb", DISPLAY=display, WAYLAND_DISPLAY="")
    assert result.returncode == 2
    assert result.stderr == "窗口打不开：没有可用的图形界面；请在桌面环境中运行，或改用命令行（zhenggai --help）。\n"


def test_without_qt_there_is_one_sentence(root: Path, tmp_path: Path) -> None:
    (tmp_path / "PySide6").mkdir()
    (tmp_path / "PySide6" / "__init__.py").write_text("raise ImportError('libEGL.so.1: cannot open')", "utf-8")
    result = start(root, PYTHONPATH=str(tmp_path))
    assert result.returncode == 2
    assert result.stderr.startswith("窗口打不开：缺少系统库（libEGL.so.1）")
    assert result.stderr.count("\n") == 1


def test_a_window_that_waits_for_work_closes_when_it_is_done(window: MainWindow, qtbot: QtBot) -> None:
    go_on, seen = threading.Event(), list[bool]()

    def close_meanwhile() -> None:
        window.close()
        seen.append(window.isVisible())
        go_on.set()

    QTimer.singleShot(0, close_meanwhile)
    assert wait_for(window, "正在等…", lambda: go_on.wait(30))
    assert seen == [True], "it stays as long as there is work"
    qtbot.waitUntil(lambda: not window.isVisible())
