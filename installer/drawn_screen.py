"""A screen that is none, of a real one's size: windows are drawn and photographed as they would stand on a desk."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path


def platform_of(width: int, height: int) -> str:
    """Qt's name for the platform with one screen of so many pixels; dialogs fit themselves into it.

    Without a size it would be 800 × 800, smaller than any office's.
    """
    screen = {"name": "screen", "x": 0, "y": 0, "width": width, "height": height, "logicalDpi": 96, "dpr": 1}
    config = Path(tempfile.gettempdir()) / f"zhenggai-screen-{width}.json"
    config.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    return f"offscreen:configfile={config}"
