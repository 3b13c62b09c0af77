"""The packaged program: the window, or the command line where it was called by that name."""

import sys
from pathlib import Path

from zhenggai_desktop.__main__ import main
from zhenggai_desktop.cli import main as command_line

if sys.argv[1:2] == ["--old-workbook"]:  # the program as its own child, see formats/old_sheets.py
    from zhenggai_desktop.formats.old_sheets import main as read_as_child

    sys.exit(read_as_child(sys.argv[2:]))
sys.exit((command_line if Path(sys.argv[0]).stem.lower() == "zhenggai" else main)())
