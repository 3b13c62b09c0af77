"""What starts loads only what it needs: seen from a fresh interpreter."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from builders import a_ledger, a_tree

HEAVY = {
    "PySide6",
    "docx",
    "openpyxl",
    "lxml",
    "sqlite_utils",
    "defusedxml",
    "pdfminer",
    "python_calamine",
    "click",
    "numpy",
    "hypothesis",
}

#: What a window does without until somebody opens a ledger.
NOT_AT_START = {
    "zhenggai_desktop.domain.records",
    "zhenggai_desktop.domain.filters",
    "zhenggai_desktop.services.ledger",
    "zhenggai_desktop.texts",
    "zhenggai_desktop.gui.dialogs.dialog",
    "platform",
}

#: What a ledger's page does without until it is painted: documents, rules and patterns, dialogs, pinyin.
NOT_ON_THE_PAGE = {
    "zhenggai_desktop.domain.blocks",
    "zhenggai_desktop.domain.deadlines",
    "zhenggai_desktop.domain.figures",
    "zhenggai_desktop.domain.numbering",
    "zhenggai_desktop.domain.proofread.findings",
    "zhenggai_desktop.domain.schemes",
    "zhenggai_desktop.domain.outcome_kinds",
    "zhenggai_desktop.gui.dialogs.bulk_edit",
    "zhenggai_desktop.gui.dialogs.dialog",
    "zhenggai_desktop.gui.dialogs.number_boxes",
    "zhenggai_desktop.gui.dialogs.progress_dialog",
    "zhenggai_desktop.gui.filter_conditions",
    "zhenggai_desktop.gui.forms.calendar_popup",
    "zhenggai_desktop.gui.forms.completers",
    "zhenggai_desktop.gui.forms.record_list",
    "zhenggai_desktop.gui.notice",
    "zhenggai_desktop.gui.overview",
    "platform",
    "pypinyin",
}

#: Classes of Qt that a ledger's page does without until it is painted: Qt makes a class in Python, with its lists of
#: names, when it is first touched, and those of gradients or of accessibility alone take as long as ten rows.
NO_CLASS_ON_THE_PAGE = {
    "QAccessible",
    "QCalendarWidget",
    "QCompleter",
    "QDesktopServices",
    "QDialog",
    "QDoubleSpinBox",
    "QGradient",
    "QInputDialog",
    "QMessageBox",
    "QProgressBar",
    "QSpinBox",
    "QStringListModel",
    "QTextOption",
    "QUrl",
}

LOADED = "import sys; print(' '.join(sorted(sys.modules)))"
CLASSES = (
    "from PySide6 import QtCore, QtGui, QtWidgets; print(*vars(QtCore), *vars(QtGui), *vars(QtWidgets), end=' '); "
)


def loaded_after(statement: str, root: Path) -> set[str]:
    """The top-level modules a fresh interpreter holds after ``statement``."""
    return {name.split(".")[0] for name in modules_after(statement, root)}


def modules_after(statement: str, root: Path, told: str = LOADED) -> set[str]:
    """All modules a fresh interpreter holds after ``statement``, by their full names."""
    command = [sys.executable, "-c", f"{statement}\n{told}"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    result = subprocess.run(command, cwd=root, env=environment, capture_output=True, check=True, encoding="utf-8")
    return set(result.stdout.splitlines()[-1].split())


HELP = """
from zhenggai_desktop.cli import main
try:
    main(["--help"])
except SystemExit:
    pass
"""


def test_the_help_of_the_command_line_loads_nothing_heavy(root: Path) -> None:
    assert loaded_after(HELP, root) & HEAVY == set()


def test_the_program_itself_loads_nothing_heavy_before_it_knows_what_to_do(root: Path) -> None:
    assert loaded_after("import zhenggai_desktop.__main__", root) & HEAVY == set()


def test_the_window_loads_neither_word_nor_excel_nor_the_ledger_before_it_is_shown(root: Path) -> None:
    pytest.importorskip("PySide6.QtWidgets")
    loaded = loaded_after("import zhenggai_desktop.gui.app, zhenggai_desktop.gui.main_window", root)
    assert loaded & (HEAVY - {"PySide6"}) == set()


WINDOW = """
from pathlib import Path
from zhenggai_desktop.gui import app
from zhenggai_desktop.gui.main_window import MainWindow
application = app.make_application(["test"])
window = MainWindow(Path("resources"), Path({folder!r}) / "settings.json")
window.show()
application.processEvents()
"""


def test_the_start_page_is_shown_without_records_and_their_captions(root: Path, tmp_path: Path) -> None:
    pytest.importorskip("PySide6.QtWidgets")
    assert modules_after(WINDOW.format(folder=str(tmp_path)), root) & NOT_AT_START == set()


@pytest.fixture(scope="module")
def painted(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What is there once a ledger's page is painted: modules by their full names, classes of Qt by their own."""
    pytest.importorskip("PySide6.QtWidgets")
    folder = tmp_path_factory.mktemp("painted")
    path = folder / "台账.zgtz"
    a_ledger(folder, *a_tree()).close()
    # what is counted a moment after the first paint may come within it on a machine that is busy with other things
    later = (
        "import zhenggai_desktop.gui.pages.ledger as page\npage._FIGURES_WAIT = 3_600_000\n"
        "import zhenggai_desktop.gui.forms.record_pane as pane\npane._OFFER_WAIT = 3_600_000\n"
        "import zhenggai_desktop.gui.progress as progress\nprogress.SHOWN_AFTER = 3_600_000\n"
    )
    opened = f"window.take_file(Path({str(path)!r}))\napplication.processEvents()\n"
    program = later + WINDOW.format(folder=str(folder)) + opened
    return modules_after(program, Path(__file__).parents[1], told=CLASSES + LOADED)


def test_a_ledger_is_painted_without_what_only_other_pages_need(painted: set[str]) -> None:
    assert "zhenggai_desktop.gui.ledger_model" in painted
    assert painted & NOT_ON_THE_PAGE == set()
    assert {name.split(".")[0] for name in painted} & (HEAVY - {"PySide6"}) == set()


def test_a_ledger_is_painted_without_classes_that_it_does_not_show(painted: set[str]) -> None:
    assert {"QTreeView", "QPainter", "QPlainTextEdit"} < painted
    assert painted & NO_CLASS_ON_THE_PAGE == set()
