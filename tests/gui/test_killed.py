"""Nothing typed is lost: the process is killed a second after the last key, without a word of warning."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from answers import Dialogs
from ledger_pages import shown_months
from pytestqt.qtbot import QtBot

from zhenggai_desktop.gui.months.progress_view import ProgressView
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.services.ledger import Ledger

_TYPING = """
import sys
sys.path[:0] = [{root!r}, {tests!r}, {tests!r} + "/gui"]
from pathlib import Path
from builders import a_ledger, a_tree
from keyboard import press, type_text
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from zhenggai_desktop.domain.records import Issue
from zhenggai_desktop.gui import app
from zhenggai_desktop.gui.main_window import MainWindow

folder = Path({folder!r})
a_ledger(folder, *a_tree()).close()
application = app.make_application(["test"])
window = MainWindow(Path({root!r}) / "resources", folder / "settings.json")
window.show()
window.activateWindow()
window.take_file(folder / "台账.zgtz")
application.processEvents()
page = window.workspace.page("ledger")
page.show_record((Issue, 1))
if {where!r} == "field":
    type_text("最后一个字", page.pane.form(Issue).editors["note"])
elif {where!r} == "chapter":
    window.workspace.show_page("notice")
    notice = window.workspace.page("notice")
    notice.editor.text.setFocus()
    notice.editor.text.selectAll()
    type_text("最后一个字", notice.editor.text)
elif {where!r} == "progress":
    window.workspace.show_page("months")
    window.workspace.page("months").show_view("progress")
    table = window.workspace.page("months").view("progress").table
    for at, words in enumerate(("第一行已填完", "最后一个字")):
        table.start_at(at)
        type_text(words)
else:
    page.tree.setFocus()
    press(Qt.Key.Key_F2)
    QApplication.focusWidget().selectAll()
    type_text("最后一个字")
QTimer.singleShot(1000, lambda: print("a second later", flush=True))
application.exec()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system ends processes in other ways")
@pytest.mark.parametrize("where", ["field", "tree", "chapter"])
def test_what_was_typed_a_second_ago_is_in_the_file_after_a_kill(where: str, tmp_path: Path, root: Path) -> None:
    type_and_kill(where, tmp_path, root)
    with Ledger.open(tmp_path / "台账.zgtz") as ledger:
        snapshot = ledger.snapshot
        issue = next(issue for issue in snapshot.issues if issue.id == 1)
        chapters = [block.text for chapter in snapshot.chapters for block in chapter.blocks]
        found = {"field": issue.note, "tree": issue.title, "chapter": "".join(chapters)}
        assert "最后一个字" in found[where]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system ends processes in other ways")
def test_progress_that_was_not_entered_yet_is_there_again_after_a_kill(
    tmp_path: Path, root: Path, dialogs: Dialogs, qtbot: QtBot
) -> None:
    """Many lines are entered as one step: until then they wait, the one that is being typed too."""
    type_and_kill("progress", tmp_path, root)
    session = LedgerSession()
    session.user_folder = tmp_path
    session.open(tmp_path / "台账.zgtz")
    assert session.snapshot.log_entries == ()
    page, told = shown_months(session, qtbot), list[str]()
    page.told.connect(told.append)
    page.show_view("progress")
    view = page.view("progress")
    assert isinstance(view, ProgressView)
    assert [entry.text for entry in view.model.entries] == ["第一行已填完", "最后一个字"]
    assert told == ["上次有2项进展没有登记，已经找回；请核对后点“登记”。"]
    view.store()
    assert [entry.text for entry in session.snapshot.log_entries] == ["第一行已填完", "最后一个字"]
    session.close()
    session.open(tmp_path / "台账.zgtz")
    page.show_view("progress")
    assert view.model.entries == ()
    session.close()
    session.deleteLater()


def type_and_kill(where: str, tmp_path: Path, root: Path) -> None:
    script = _TYPING.format(root=str(root), tests=str(root / "tests"), folder=str(tmp_path), where=where)
    process = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "a second later\n"
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
    assert process.returncode == -signal.SIGKILL
