"""Old document formats turned into .docx by an office program that is installed here; nothing is bundled or fetched.

The program works on a copy in a private folder and with a profile of its own: the original, the user's settings and
open windows stay untouched. Macros never run, links are not followed, and a program that hangs is ended.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from zhenggai_desktop.errors import SourceConversionError

MAX_SECONDS = 90.0
"""Longest time one program may take; the first start after installing takes some ten seconds."""

_LIBREOFFICE_FOLDERS = {
    "linux": (
        "/usr/lib/libreoffice/program",
        "/usr/lib64/libreoffice/program",
        "/opt/libreoffice*/program",
        "/opt/apps/*libreoffice*/files/program",
        "/opt/apps/*libreoffice*/files/libreoffice*/program",
        "/usr/local/lib/libreoffice/program",
        "/snap/bin",
    ),
    "win32": ("LibreOffice*/program", "LibreOffice*/App/libreoffice/program"),
    "darwin": ("/Applications/LibreOffice.app/Contents/MacOS",),
}
_LIBREOFFICE_NAMES = {"win32": ("soffice.com", "soffice.exe")}
_COM_PROGRAMS = (("Word", "Word.Application"), ("WPS", "KWPS.Application"), ("WPS", "WPS.Application"))

_NO_WINDOW = 0x08000000  # CREATE_NO_WINDOW

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""
"""LibreOffice's own switches: no macros of any origin, no objects that act, no links followed or updated."""

_SCRIPT = """param([string]$program, [string]$source, [string]$target)
$ErrorActionPreference = 'Stop'
$app = New-Object -ComObject $program
try {
  $app.Visible = $false
  $app.DisplayAlerts = 0
  $app.AutomationSecurity = 3
  $document = $app.Documents.Open($source, $false, $true, $false, '?')
  try { $document.SaveAs([ref]$target, [ref]12) } finally { $document.Close([ref]0) }
} finally { $app.Quit([ref]0) }
"""
"""3 switches macros off (msoAutomationSecurityForceDisable); “?” answers the question for a password, so that a
protected file fails and no hidden window waits; 12 is .docx (wdFormatXMLDocument)."""


@dataclass(frozen=True, slots=True)
class Office:
    """An installed program: its name in sentences and the command that turns a file into ``target``."""

    name: str
    command: Callable[[Path, Path], list[str]]


def to_docx(data: bytes, name: str, suffix: str) -> tuple[bytes, str]:
    """``data`` as a .docx and the name of the program that made it; ``suffix`` tells the program the format.

    Raises SourceConversionError: no program is installed, none can open the file, or one takes too long.
    """
    offices = installed_offices()
    if not offices:
        raise SourceConversionError(
            f"“{name}”不是docx，本机没有找到能转换它的LibreOffice、Word或WPS", "请用WPS或Word打开，另存为docx后再导入"
        )
    slow = ""
    for office in offices:
        with tempfile.TemporaryDirectory(prefix="zhenggai-", ignore_cleanup_errors=True) as folder:
            try:
                made = _converted(office, data, Path(folder), suffix)
            except subprocess.TimeoutExpired:
                slow = office.name
                continue
            except OSError:
                continue  # it was there a moment ago, or may not be run here: the next one may
            if made:
                return made, office.name
    if slow:
        raise SourceConversionError(
            f"{slow}用了{MAX_SECONDS:.0f}秒还没有把“{name}”转换成docx，已停止", "请用WPS或Word打开，另存为docx后再导入"
        )
    names = "、".join(dict.fromkeys(office.name for office in offices))
    raise SourceConversionError(
        f"{names}打不开“{name}”，文件可能已损坏或加密",
        "请用WPS或Word打开核对，另存为docx后再导入，打不开的请发送人重新发送",
    )


def installed_offices() -> list[Office]:
    """The programs that can convert, those first that leave the user's own windows alone."""
    found = next(_libreoffices(), None)
    offices = [Office("LibreOffice", _libreoffice_command(found))] if found else []
    return offices + [Office(name, _com_command(program)) for name, program in _COM_PROGRAMS if _is_registered(program)]


def _converted(office: Office, data: bytes, folder: Path, suffix: str) -> bytes:
    """The .docx, b"" where the program makes none. Raises OSError and TimeoutExpired."""
    source, target = folder / f"source{suffix}", folder / "made" / "source.docx"
    target.parent.mkdir()
    source.write_bytes(data)
    _run(office.command(source, target), folder)
    return target.read_bytes() if target.is_file() else b""


def _run(command: list[str], folder: Path) -> None:
    """Run to the end, with all that it starts ended after ``MAX_SECONDS``."""
    with subprocess.Popen(  # noqa: S603 - found by us, with a file name of ours; no shell
        command,
        cwd=folder,
        env={**os.environ, "TMPDIR": str(folder), "TEMP": str(folder), "TMP": str(folder)},  # its own files go with it
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        creationflags=_NO_WINDOW if sys.platform == "win32" else 0,
        start_new_session=sys.platform != "win32",
    ) as process:
        try:
            process.wait(MAX_SECONDS)
        except BaseException:
            _end(process)
            raise


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process with its children: LibreOffice's starter would leave the office itself behind."""
    if sys.platform == "win32":
        system = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32" / "taskkill.exe"
        subprocess.run([system, "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)  # noqa: S603
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _libreoffices() -> Iterator[Path]:
    for name in ("soffice", "libreoffice"):
        found = shutil.which(name)
        if found:
            yield Path(found)
    names = _LIBREOFFICE_NAMES.get(sys.platform, ("soffice", "libreoffice"))
    for folder in _folders():
        yield from (folder / name for name in names if (folder / name).is_file())


def _folders() -> Iterator[Path]:
    roots = [Path("/")]
    if sys.platform == "win32":
        variables = ("PROGRAMFILES", "PROGRAMW6432", "PROGRAMFILES(X86)", "LOCALAPPDATA")
        roots = [Path(os.environ[variable]) for variable in variables if os.environ.get(variable)]
    for root in roots:
        for pattern in _LIBREOFFICE_FOLDERS.get(sys.platform, ()):
            yield from sorted(root.glob(pattern.lstrip("/")), reverse=True)  # the newest version first


def _libreoffice_command(program: Path) -> Callable[[Path, Path], list[str]]:
    def command(source: Path, target: Path) -> list[str]:
        profile = source.parent / "profile"
        settings = profile / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
        return [
            str(program), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck",
            "--nofirststartwizard", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(target.parent),
            str(source),
        ]  # fmt: skip

    return command


def _com_command(program: str) -> Callable[[Path, Path], list[str]]:
    def command(source: Path, target: Path) -> list[str]:
        script = source.with_name("convert.ps1")
        script.write_text(_SCRIPT, encoding="utf-8-sig")
        system = Path(os.environ.get("SYSTEMROOT", r"C:\Windows"))
        shell = system / "System32" / "WindowsPowerShell" / "v1.0" / "powershell.exe"
        return [
            str(shell), "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-File", str(script), program,
            str(source), str(target),
        ]  # fmt: skip

    return command


def _is_registered(program: str) -> bool:
    """True where Windows knows a program that can be driven by this name."""
    if sys.platform != "win32":
        return False
    import winreg  # noqa: PLC0415 - there is none elsewhere

    try:
        with winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, rf"{program}\CLSID"):
            return True
    except OSError:
        return False
