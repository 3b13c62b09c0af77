"""Where things lie: the bundled resources and the user's own folder."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

_FOLDER_NAME = "zhenggai-desktop"
_OVERRIDE = "ZHENGGAI_HOME"


def resources_folder() -> Path:
    """The folder with icons, templates and the sample ledger.

    Three homes: a packaged program unpacks it below ``sys._MEIPASS``, a wheel carries it inside the package, a
    checkout has it beside the package. The checkout's place is given where none exists.
    """
    package = Path(__file__).resolve().parent
    bundle = getattr(sys, "_MEIPASS", None)
    candidates = [Path(bundle) / "resources", Path(bundle) / package.name / "resources"] if bundle else []
    candidates += [package / "resources", package.parent / "resources"]
    return next((folder for folder in candidates if folder.is_dir()), candidates[-1])


def user_folder(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """The folder for this user's settings and logs; it is not created here.

    ``ZHENGGAI_HOME`` names another one (a program carried on a stick, tests). Without any home folder the
    temporary folder serves: losing a setting is better than not starting.
    """
    if environ.get(_OVERRIDE):
        return Path(environ[_OVERRIDE])
    if platform == "win32":
        roots = [environ.get("APPDATA"), environ.get("LOCALAPPDATA")]
    else:
        roots = [environ.get("XDG_DATA_HOME"), _home("~/.local/share")]
    root = next((root for root in roots if root), None)
    return Path(root or tempfile.gettempdir()) / _FOLDER_NAME


def settings_file(folder: Path) -> Path:
    """The settings inside the user's folder."""
    return folder / "settings.json"


def forms_folder(folder: Path) -> Path:
    """What is remembered of foreign forms, inside the user's folder."""
    return folder / "forms"


def template_file(folder: Path) -> Path:
    """The columns in which the user prints the ledger, inside the user's folder."""
    return folder / "台账表格的列.json"


def log_file(folder: Path) -> Path:
    """The log inside the user's folder."""
    return folder / "logs" / "zhenggai.log"


def _home(path: str) -> str | None:
    """``path`` with the home folder written out; None where the system knows no home."""
    expanded = os.path.expanduser(path)  # noqa: PTH111 - Path.expanduser raises where there is no home
    return None if expanded.startswith("~") else expanded
