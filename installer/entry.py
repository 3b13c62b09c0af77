"""The packaged program: the window, or the command line where it was called by that name."""

import sys
from pathlib import Path

from zhenggai_desktop.__main__ import main
from zhenggai_desktop.cli import main as command_line

sys.exit((command_line if Path(sys.argv[0]).stem.lower() == "zhenggai" else main)())
