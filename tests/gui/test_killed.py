"""Nothing typed is lost: the process is killed a second after the last key, without a word of warning."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from zhenggai_desktop.domain.records import Issue
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
else:
    page.tree.setFocus()
    press(Qt.Key.Key_F2)
    QApplication.focusWidget().selectAll()
    type_text("最后一个字")
QTimer.singleShot(1000, lambda: print("a second later", flush=True))
application.exec()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system ends processes in other ways")
@pytest.mark.parametrize("where", ["field", "tree"])
def test_what_was_typed_a_second_ago_is_in_the_file_after_a_kill(where: str, tmp_path: Path, root: Path) -> None:
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
    with Ledger.open(tmp_path / "台账.zgtz") as ledger:
        issue = next(issue for issue in ledger.snapshot.issues if issue.id == 1)
        assert (issue.note if where == "field" else issue.title) == "最后一个字"
        assert isinstance(issue, Issue)
