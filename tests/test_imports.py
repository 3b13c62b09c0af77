"""What starts loads only what it needs: seen from a fresh interpreter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

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

LOADED = "import sys; print(' '.join(sorted({name.split('.')[0] for name in sys.modules})))"


def loaded_after(statement: str, root: Path) -> set[str]:
    """The top-level modules a fresh interpreter holds after ``statement``."""
    command = [sys.executable, "-c", f"{statement}\n{LOADED}"]
    result = subprocess.run(command, cwd=root, capture_output=True, check=True, encoding="utf-8")
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
