"""``python -m zhenggai_desktop.cli``."""

from __future__ import annotations

import sys

from zhenggai_desktop.cli.running import main

sys.exit(main())
