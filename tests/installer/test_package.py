"""The package, built as for a user and started without anything of the checkout around it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

ROOT = Path(__file__).resolve().parents[2]
SUFFIX = ".exe" if sys.platform == "win32" else ""

pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the package, moved to where users put programs: a name in Chinese, with a space."""
    pytest.importorskip("PyInstaller")
    work = tmp_path_factory.mktemp("package")
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    command += ["--distpath", str(work / "dist"), "--workpath", str(work / "build")]
    subprocess.run([*command, str(ROOT / "installer" / "zhenggai.spec")], cwd=work, check=True, timeout=900)
    place = work / "整改 程序"
    (work / "dist" / "整改台账").rename(place)
    return place


def start(package: Path, program: str, *arguments: str) -> str:
    """Run a program of the package as on a machine without Python; what it said, once it ended well."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "TMP", "HOME") if name in os.environ}
    kept |= {"ZHENGGAI_HOME": home} if (home := os.environ.get("ZHENGGAI_HOME")) else {}
    environment = {**kept, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}
    command = [str(package / (program + SUFFIX)), *arguments]
    result = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=120)
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_the_command_line_does_the_main_job(package: Path, tmp_path: Path) -> None:
    folder = tmp_path / "街道 台账"
    folder.mkdir()
    ledger, workbook, notice = (str(folder / f"云溪街道{suffix}") for suffix in (".zgtz", ".xlsx", ".docx"))
    source = package / "_internal" / "resources" / "samples" / "示例整改通报.txt"
    start(package, "zhenggai", "import", ledger, str(source))
    start(package, "zhenggai", "export", ledger, workbook)
    start(package, "zhenggai", "notice", ledger, notice)
    texts = [paragraph.text for paragraph in Document(notice).paragraphs]
    assert any(text.startswith("一、") for text in texts)
    assert any("整改进展情况：" in text for text in texts)
    assert load_workbook(workbook).worksheets[0].max_row > 10


def test_the_window_opens_the_ledger_and_goes(package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGGAI_HOME", str(tmp_path / "设置"))
    start(package, "整改台账", "--sample", str(tmp_path))
    start(package, "整改台账", str(tmp_path / "示例整改通报.zgtz"), "--quit-after-start")
    assert "示例整改通报.zgtz" in (tmp_path / "设置" / "settings.json").read_text("utf-8")


def test_nothing_is_packed_that_the_program_never_loads(package: Path) -> None:
    names = [path.name for path in package.rglob("*") if path.is_file() or path.is_symlink()]
    unwanted = ("Qt6Network", "Qt6Qml", "Qt6Quick", "Qt6Pdf", "VirtualKeyboard", "qgtk3", "_tkinter", "numpy")
    assert [name for name in names if any(part in name for part in unwanted)] == []
    assert [path for path in package.rglob("*") if path.is_symlink() and not path.exists()] == []
