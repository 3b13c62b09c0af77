"""The real window at work: its own calls, with a user who agrees to everything and is told nothing twice.

What the window would say in a box that something failed is raised: the scene ends there, as one of the command line.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QPushButton, QWidget

from zhenggai_desktop.domain.records import Issue, Section
from zhenggai_desktop.errors import ZhenggaiError
from zhenggai_desktop.gui import app, messages
from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.dialogs import files
from zhenggai_desktop.gui.dialogs.import_dialog import ImportDialog
from zhenggai_desktop.gui.dialogs.review_dialog import ReviewDialog
from zhenggai_desktop.gui.evidence_copying import copy_evidence
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.merge_writing import Decisions, Prefer

Say = Callable[[str], None]


def _window(folder: Path) -> MainWindow:
    """On the ledger of the folder. Boxes are closed; those that tell of a failure, or ask about one, are raised."""

    def fail(_parent: QWidget | None, error: ZhenggaiError) -> None:
        raise error

    def answer(box: QMessageBox, buttons: list[QPushButton]) -> str:
        if messages.CLOSE in [button.text() for button in buttons]:
            return messages.CLOSE
        raise ZhenggaiError(box.text())

    patched: Any = messages
    patched.show_error, patched._answer = fail, answer
    agreeing: tuple[Any, ...] = (ImportDialog, ReviewDialog)
    for dialog in agreeing:
        dialog.exec = lambda _dialog: QDialog.DialogCode.Accepted
    agreeing[1].decisions = lambda _dialog: Decisions(otherwise=Prefer.THEIRS)
    _kept.append(app.make_application(["test"]))
    shown = MainWindow(Path(__file__).parents[2] / "resources", folder / "settings.json")
    shown.show()
    shown.take_file(folder / "台账.zgtz")
    return shown


_kept: list[QApplication] = []


def _chosen(question: str, path: Path) -> None:
    """What the user chooses from now on where a file is asked for."""
    asking: Any = files
    setattr(asking, question, lambda *_: path)


def edits(folder: Path, say: Say) -> None:
    """With the forms and the tree looking on."""
    shown = _window(folder)
    say("ready")
    for number in itertools.count(1):
        label = f"第{number}步"

        def work(ledger: Ledger, label: str = label) -> None:
            with ledger.step(label) as writer:
                writer.update(Issue, 1, title=label)
                writer.update(Section, 1, note=label)

        shown.session.edit(work)
        say(f"step {number}")
        QApplication.processEvents()


def evidence(folder: Path, say: Say) -> None:
    shown = _window(folder)
    source = folder / "来源.txt"
    words = source.read_text("utf-8")
    say("ready")
    for number in itertools.count(1):
        try:
            source.write_text(f"{number}{words}", "utf-8")
        except OSError as error:  # the scene's own preparing, not the program's work
            raise ZhenggaiError("nothing to add") from error
        copy_evidence(shown.session, shown, (Issue, 1), [source])
        say(f"evidence {number}")


def imports(folder: Path, say: Say) -> None:
    """A new ledger takes the open one's place, with its backup; the notice goes into it and comes out twice."""
    shown = _window(folder)
    _chosen("ask_source", folder / "通报.txt")
    _chosen("ask_workbook", folder / "表.xlsx")
    _chosen("ask_notice", folder / "通报.docx")
    say("ready")
    for number in itertools.count(1):
        _chosen("ask_new_ledger", folder / f"新{number}.zgtz")
        shown.perform(Call.NEW)
        shown.perform(Call.IMPORT)
        say(f"import {number}")
        shown.perform(Call.EXPORT_LEDGER)
        shown.perform(Call.EXPORT_NOTICE)


def merges(folder: Path, say: Say) -> None:
    shown = _window(folder)
    _chosen("ask_ledger", folder / "副本.zgtz")
    say("ready")
    for number in itertools.count(1):
        with Ledger.open(folder / "副本.zgtz") as other, other.step("改") as writer:
            writer.update(Issue, 1, title=f"第{number}次")
            writer.update(Section, 1, note=f"第{number}次")
        shown.perform(Call.MERGE)
        say(f"merge {number}")


def backups(folder: Path, say: Say) -> None:
    """Closed and opened again after each edit: a backup each time."""
    shown = _window(folder)
    say("ready")
    for number in itertools.count(1):

        def work(ledger: Ledger, note: str = str(number)) -> None:
            with ledger.step("改") as writer:
                writer.update(Issue, 1, note=note)

        shown.session.edit(work)
        shown.perform(Call.CLOSE)
        say(f"backup {number}")
        shown.take_file(folder / "台账.zgtz")
