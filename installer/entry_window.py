"""The packaged window: 整改台账. Called zhenggai (by a link, where consoles make no difference), the command line."""

import sys
from pathlib import Path

from zhenggai_desktop.__main__ import main
from zhenggai_desktop.cli import main as command_line

sys.exit((command_line if Path(sys.argv[0]).name == "zhenggai" else main)())
