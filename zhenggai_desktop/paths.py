"""Where things lie: the bundled resources, the user's own folder, and the program itself."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping
from enum import Enum, auto
from pathlib import Path

from zhenggai_desktop.temporary import system_folder

#: A file of this name beside a packaged program makes it portable: what it keeps lies beside it.
PORTABLE_MARK = "便携版说明.txt"
_PORTABLE_FOLDER = "用户数据"
_PORTABLE_LEDGERS = "台账"
_FOLDER_NAME = "zhenggai-desktop"
_OVERRIDE = "ZHENGGAI_HOME"
_NETWORK_FILE_SYSTEMS = {"cifs", "smb3", "smbfs", "nfs", "nfs4", "fuse.gvfsd-fuse", "fuse.sshfs", "davfs"}
_REMOTE_DRIVE = 4  # what Windows calls DRIVE_REMOTE


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


class Place(Enum):
    """Where a packaged program was started from."""

    FIRM = auto()
    TEMPORARY = auto()  # an archive was opened, not unpacked: it is gone when the archive is closed
    NETWORK = auto()  # slow to load, and gone with the connection


def program_folder() -> Path | None:
    """The folder of the packaged program; None where Python runs the sources."""
    return Path(sys.executable).resolve().parent if getattr(sys, "frozen", False) else None


def portable_folder(program: Path | None) -> Path | None:
    """Where a portable program keeps settings and logs: beside itself, if that can be written; else None."""
    if program is None or not (program / PORTABLE_MARK).is_file():
        return None
    folder = program / _PORTABLE_FOLDER
    try:
        folder.mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:  # a stick that is switched to read only, a disc
        return None


def ledgers_folder() -> Path:
    """Where a file dialog starts before the user was anywhere: the home folder, or beside a portable program.

    A portable program's ledgers, and with them their backups, stay on its stick.
    """
    program = program_folder()
    ledgers = program / _PORTABLE_LEDGERS if program and portable_folder(program) else None
    return ledgers if ledgers and ledgers.is_dir() else Path(_home("~") or system_folder())


def place_of(program: Path, platform: str = sys.platform) -> Place:
    """What kind of place ``program`` lies in."""
    if platform == "win32":
        return _windows_place(program)
    if any(part.startswith((".fr-", "ark-", ".engrampa", "peazip-tmp")) for part in program.parts):
        return Place.TEMPORARY
    return Place.NETWORK if _kind_of_mount(program) in _NETWORK_FILE_SYSTEMS else Place.FIRM


def user_folder(
    environ: Mapping[str, str] = os.environ, platform: str = sys.platform, program: Path | None = None
) -> Path:
    """The folder for this user's settings and logs; it is not created here.

    ``ZHENGGAI_HOME`` names another one (tests). Next comes the folder beside a portable ``program`` (the running one
    where None is given). Without any home folder the temporary folder serves: losing a setting is better than not
    starting.
    """
    if environ.get(_OVERRIDE):
        return Path(environ[_OVERRIDE])
    portable = portable_folder(program or program_folder())
    if portable is not None:
        return portable
    if platform == "win32":
        roots = [environ.get("APPDATA"), environ.get("LOCALAPPDATA")]
    else:
        roots = [environ.get("XDG_DATA_HOME"), _home("~/.local/share")]
    root = next((root for root in roots if root), None)
    return Path(root or system_folder()) / _FOLDER_NAME


def settings_file(folder: Path) -> Path:
    """The settings inside the user's folder."""
    return folder / "settings.json"


def forms_folder(folder: Path) -> Path:
    """What is remembered of foreign forms, inside the user's folder."""
    return folder / "forms"


def own_documents_folder(folder: Path) -> Path:
    """The user's own templates of documents, inside the user's folder."""
    return folder / "documents"


def template_file(folder: Path) -> Path:
    """The columns in which the user prints the ledger, inside the user's folder."""
    return folder / "台账表格的列.json"


def backups_folder(folder: Path) -> Path:
    """Where the backups of all ledgers lie unless the user chose another place: inside the user's folder, away from
    the ledgers."""
    return folder / "备份"


def log_file(folder: Path) -> Path:
    """The log inside the user's folder."""
    return folder / "logs" / "zhenggai.log"


def _home(path: str) -> str | None:
    """``path`` with the home folder written out; None where the system knows no home."""
    expanded = os.path.expanduser(path)  # noqa: PTH111 - Path.expanduser raises where there is no home
    return None if expanded.startswith("~") else expanded


def _windows_place(program: Path) -> Place:
    text = str(program)
    # Explorer, 7-Zip, WinRAR and 360压缩 all unpack what is double-clicked below the temporary folder
    if os.path.normcase(text).startswith(os.path.normcase(system_folder())):
        return Place.TEMPORARY
    if text.startswith("\\\\"):
        return Place.NETWORK
    import ctypes  # noqa: PLC0415 - only where there are drives

    kind: int = ctypes.windll.kernel32.GetDriveTypeW(program.anchor)  # type: ignore[attr-defined]
    return Place.NETWORK if kind == _REMOTE_DRIVE else Place.FIRM


def _kind_of_mount(path: Path, table: Path = Path("/proc/self/mounts")) -> str:
    """The file system under ``path`` as the table of mounts names it; "" where there is no table."""
    try:
        lines = table.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    mounts = {fields[1].replace("\\040", " "): fields[2] for line in lines if len(fields := line.split()) > 2}
    return next((mounts[str(parent)] for parent in (path, *path.parents) if str(parent) in mounts), "")
