"""Start what was made, as on a machine that knows nothing of its making, and compare what it does.

    .venv/bin/python installer/trial.py FOLDER

FOLDER is a package's folder. It is copied to a path with Chinese characters, a space and brackets, and started there
with an empty home and without PATH: version, main job with its outputs compared to those of the sources, window
photographed, ledger opened by its path, second start hands over, everything quits by itself. Any output that is not
expected ends in a ``TrialError``.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from version_resource import PRODUCT, product_version

ROOT = Path(__file__).resolve().parent.parent
#: What is new in every ledger: identities, and the moment of its making.
_ITS_OWN = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.+]+")
SAMPLE = "示例整改通报"
GOOD = ROOT / "tests" / "fuzz" / "good"
PLACE = "整改 程序（试用）[1]"
_HARMLESS = re.compile(r"This plugin does not support (propagateSizeHints|raise|grabbing)")  # a screen that is none
_PATIENCE = 120  # seconds until a program that does not leave has failed
_COLOURS = 60  # a window with words has more: their edges are smoothed
_WHOLE = (700, 500)  # pixels: no window of the program is smaller, even on a small screen
_SOME_WORDS = 40  # characters: less is no ledger shown
_OLE = bytes.fromhex("d0cf11e0")  # how an encrypted Office file begins [MS-CFB §2.2]
_KEPT = ("SYSTEMROOT", "SYSTEMDRIVE", "COMSPEC", "TEMP", "TMP", "DISPLAY", "LD_LIBRARY_PATH")


class TrialError(Exception):
    """What was made does not do what it should."""


@dataclass(frozen=True)
class Starter:
    """How to start a package's programs: ``prefix`` comes before (Wine), ``named`` writes a path as they read it."""

    folder: Path
    home: Path
    prefix: tuple[str, ...] = ()
    named: Callable[[Path], str] = str
    suffix: str = ".exe" if sys.platform == "win32" else ""
    environment: Mapping[str, str] = field(default_factory=dict[str, str])

    def command(self, program: str, *arguments: str | Path) -> list[str]:
        words = [self.named(argument) if isinstance(argument, Path) else argument for argument in arguments]
        return [*self.prefix, str(self.folder / (program + self.suffix)), *words]

    def start(self, program: str, *arguments: str | Path) -> subprocess.Popen[str]:
        """The program, started with pipes at its streams."""
        return subprocess.Popen(
            self.command(program, *arguments),
            cwd=self.home,
            env={**self._variables(), **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
        )

    def run(self, program: str, *arguments: str | Path) -> str:
        """What the program said on standard output, once it ended well and without a word of complaint."""
        return finished(self.start(program, *arguments), f"{program} {' '.join(map(str, arguments))}")

    def _variables(self) -> dict[str, str]:
        homes = dict.fromkeys(("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"), str(self.home))
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        screen = {} if sys.platform == "win32" else {"LC_ALL": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}
        return {**homes, **kept, **screen, "PATH": ""}


def finished(process: subprocess.Popen[str], what: str) -> str:
    """The standard output of a program that ends; TrialError where it does not, fails, or complains."""
    try:
        out, err = process.communicate(timeout=_PATIENCE)
    except subprocess.TimeoutExpired as error:
        process.kill()
        process.communicate()
        raise TrialError(f"{what}: did not end within {_PATIENCE} s") from error
    complaints = [line for line in err.splitlines() if line.strip() and not _HARMLESS.match(line)]
    if process.returncode or complaints:
        raise TrialError(f"{what}: exit code {process.returncode}\n{out}\n{err}")
    return out.strip()


@contextmanager
def moved_away(package: Path) -> Generator[Starter]:
    """A copy of the package far from the checkout, with an empty home beside it."""
    with tempfile.TemporaryDirectory(prefix="zhenggai-") as name:
        folder = Path(name).resolve() / PLACE
        shutil.copytree(package, folder, symlinks=True)
        home = folder.parent / "家 目录"
        home.mkdir()
        yield Starter(folder, home)


def try_out(starter: Starter, pictures: Path | None = None) -> dict[str, float]:
    """All of the trial. The seconds that its parts took; ``pictures`` is a folder for what was photographed."""
    steps: dict[str, Callable[[Starter, Path], None]] = {
        "version": _try_version,
        "main job": _try_main_job,
        "other files": _try_other_files,
        "window": _try_window,
        "ledger by its path": _try_ledger,
        "second start": _try_second_start,
    }
    seconds: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="zhenggai-trial-") as name:
        work = Path(name).resolve() / "台账 文件"
        work.mkdir()
        for step, attempt in steps.items():
            begin = time.monotonic()
            attempt(starter, work)
            seconds[step] = round(time.monotonic() - begin, 2)
        if pictures is not None:
            pictures.mkdir(parents=True, exist_ok=True)
            for picture in work.glob("*.png"):
                shutil.copy(picture, pictures)
    return seconds


def _try_version(starter: Starter, _work: Path) -> None:
    said = starter.run("zhenggai", "--version")
    if said.split()[-1:] != [product_version()]:
        raise TrialError(f"zhenggai --version said {said!r}")


def _try_main_job(starter: Starter, work: Path) -> None:
    """The sample in, both documents out: what they say is what the sources make of it."""
    source = starter.folder / "_internal" / "resources" / "samples" / f"{SAMPLE}.txt"
    ledger, workbook, notice = (work / f"{SAMPLE}{suffix}" for suffix in (".zgtz", ".xlsx", ".docx"))
    starter.run("zhenggai", "import", ledger, source)
    starter.run("zhenggai", "export", ledger, workbook)
    starter.run("zhenggai", "notice", ledger, notice)
    reference = work / "reference"
    command = [sys.executable, "-m", "zhenggai_desktop", "--sample", str(reference)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    for made, read in ((workbook, words_of_workbook), (notice, words_of_notice)):
        ours, theirs = read(made), read(reference / made.name)
        if ours != theirs or len(ours) < 10:
            different = [pair for pair in zip(ours, theirs, strict=False) if pair[0] != pair[1]][:3]
            raise TrialError(f"{made.name}: {len(ours)} texts, the sources make {len(theirs)}; {different}")


def _try_other_files(starter: Starter, work: Path) -> None:
    """What other libraries read and write: old workbooks (read by a child), ODS, PDF, locked files."""
    for name in ("ledger.xls", "ledger.ods", "notice.pdf"):
        made, reference = work / f"{name}.zgtz", work / f"{name}-reference.zgtz"
        starter.run("zhenggai", "import", made, GOOD / name)
        command = [sys.executable, "-m", "zhenggai_desktop", "import", str(reference), str(GOOD / name)]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        shown = [starter.run("zhenggai", "show", ledger) for ledger in (made, reference)]
        if shown[0] != shown[1] or len(shown[0]) < _SOME_WORDS:
            raise TrialError(f"{name}: read otherwise than by the sources:\n{shown[0]}\n{shown[1]}")
    password, archive, ledger = work / "密码.txt", work / "归档.zip", work / "ledger.xls.zgtz"
    password.write_text("整改2025", encoding="utf-8")
    starter.run("zhenggai", "archive", "--password-file", password, ledger, archive)
    starter.run("zhenggai", "unarchive", "--password-file", password, archive, work / "取出")
    if starter.run("zhenggai", "show", work / "取出" / ledger.name) != starter.run("zhenggai", "show", ledger):
        raise TrialError("the ledger out of the locked archive is another")
    locked = work / "加密.xlsx"
    starter.run("zhenggai", "export", "--password-file", password, ledger, locked)
    if not locked.read_bytes().startswith(_OLE):
        raise TrialError("the locked workbook is not locked")


def _try_window(starter: Starter, work: Path) -> None:
    _photographed(starter, work / "start.png")


def _try_ledger(starter: Starter, work: Path) -> None:
    """As a double click does it: the window gets the ledger's path as its only argument."""
    _photographed(starter, work / "ledger.png", work / f"{SAMPLE}.zgtz")
    if (work / "start.png").read_bytes() == (work / "ledger.png").read_bytes():
        raise TrialError("the window shows no ledger")


def _photographed(starter: Starter, picture: Path, *arguments: Path) -> None:
    said = starter.run(PRODUCT, *arguments, "--picture", picture, "--quit-after-start")
    if said:
        raise TrialError(f"the window said {said!r}")
    check_picture(picture)


def _try_second_start(starter: Starter, work: Path) -> None:
    """The first window has the ledger; the second start hands it over and ends; the first hears of it and ends."""
    ledger, picture = work / f"{SAMPLE}.zgtz", work / "first.png"
    first = starter.start(PRODUCT, ledger, "--picture", picture, "--quit-when-asked")
    end = time.monotonic() + _PATIENCE
    while not picture.exists() and first.poll() is None and time.monotonic() < end:
        time.sleep(0.05)
    second = starter.start(PRODUCT, ledger, "--quit-after-start")
    said = [finished(second, "second start"), finished(first, "first window")]
    if any(said):
        raise TrialError(f"the windows said {said!r}")


def check_picture(picture: Path) -> None:
    """A window is on the picture: large enough, with the many colours of written words."""
    from PySide6.QtGui import QImage  # noqa: PLC0415 - not where only commands are tried

    image = QImage(str(picture))
    if image.isNull() or image.width() < _WHOLE[0] or image.height() < _WHOLE[1]:
        raise TrialError(f"{picture.name}: no whole window on it")
    seen = {image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}
    if len(seen) < _COLOURS:
        raise TrialError(f"{picture.name}: nothing to read on it")


def words_of_notice(path: Path) -> list[str]:
    """Every paragraph of a notice, those in tables after the others."""
    from docx import Document  # noqa: PLC0415 - as above

    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def words_of_workbook(path: Path) -> list[str]:
    """Every cell that is not empty, sheet by sheet, without what is new in every ledger."""
    from openpyxl import load_workbook  # noqa: PLC0415 - as above

    sheets = load_workbook(path).worksheets
    values = [value for sheet in sheets for row in sheet.iter_rows(values_only=True) for value in row if value]
    return [_ITS_OWN.sub("…", str(value)) for value in values]


def main() -> int:
    """Try the package named on the command line; 0 where it does all it should."""
    parser = argparse.ArgumentParser(description="试用打好的程序文件夹。")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pictures", type=Path, help="把窗口的照片留在这个文件夹里")
    options = parser.parse_args()
    try:
        with moved_away(options.folder) as starter:
            seconds = try_out(starter, options.pictures)
    except TrialError as error:
        print(f"试用没有通过：{error}", file=sys.stderr)
        return 1
    print("试用通过：" + "，".join(f"{step} {value} s" for step, value in seconds.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
