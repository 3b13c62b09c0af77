"""The application: Chinese dialogs, a window that opens and goes, a sentence where there is no display."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication


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
