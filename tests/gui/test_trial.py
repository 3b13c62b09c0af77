"""A start without anybody at the keyboard: pictures, leaving, and the second start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from zhenggai_desktop import paths
from zhenggai_desktop.gui import app, messages
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.trial import Trial, taken_out
from zhenggai_desktop.paths import Place


def test_the_options_of_a_trial_are_taken_out() -> None:
    arguments = ["甲.zgtz", "--picture", "照片.png", "--quit-after-start"]
    assert taken_out(arguments) == (Trial(Path("照片.png"), quit_after_start=True), ["甲.zgtz"])


@pytest.mark.parametrize("arguments", [[], ["甲.zgtz"], ["show", "甲.zgtz", "--picture"]])
def test_a_users_start_is_no_trial(arguments: list[str]) -> None:
    trial, rest = taken_out(arguments)
    assert not trial.is_one
    assert rest == arguments


def start(root: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "zhenggai_desktop", *arguments]
    return subprocess.Popen(
        command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )


def ended(process: subprocess.Popen[str]) -> tuple[str, str]:
    """What a start said until it ended well, without what a screen that is none says for each window."""
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    return out, "".join(line for line in err.splitlines() if not line.startswith("This plugin does not support"))


def test_the_first_window_is_photographed_and_leaves_when_a_second_start_asks(
    root: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    assert "示例整改通报.zgtz" in ended(start(root, "--sample", str(tmp_path)))[0]
    ledger, picture = tmp_path / "示例整改通报.zgtz", tmp_path / "照片.png"
    first = start(root, str(ledger), "--picture", str(picture), "--quit-when-asked")
    qtbot.waitUntil(lambda: picture.exists() or first.poll() is not None, timeout=60_000)
    second = start(root, str(ledger), "--quit-after-start")
    assert [ended(second), ended(first)] == [("", ""), ("", "")]
    assert QImage(str(picture)).width() > 800


@pytest.mark.parametrize("place", [Place.TEMPORARY, Place.NETWORK])
def test_a_place_that_will_not_last_is_told(
    place: Place, resources: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = MainWindow(resources, tmp_path / "settings.json")
    qtbot.addWidget(window)
    told: list[tuple[str, str]] = []
    monkeypatch.setattr(messages, "tell", lambda _parent, text, more: told.append((text, more)))
    app.warn_of_place(window, None)
    monkeypatch.setattr(paths, "place_of", lambda _program: Place.FIRM)
    app.warn_of_place(window, tmp_path)
    assert told == []
    monkeypatch.setattr(paths, "place_of", lambda _program: place)
    app.warn_of_place(window, tmp_path)
    assert [more.endswith(("再从那里打开程序。", "再从那里打开。")) for _, more in told] == [True]
