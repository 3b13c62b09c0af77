"""Old formats are read by way of an installed office, which is held on a short lead."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from word_files import p, word_bytes

from zhenggai_desktop.domain.blocks import SourceDocument
from zhenggai_desktop.errors import SourceConversionError, SourceFormatError
from zhenggai_desktop.formats import office_converter
from zhenggai_desktop.formats.office_converter import Office, installed_offices, to_docx
from zhenggai_desktop.formats.reading import read_source

RTF = (
    b"{\\rtf1\\ansi\\ansicpg936\\uc1 {\\fonttbl{\\f0\\fcharset134 SimSun;}}\\f0 "
    + "".join(f"\\u{ord(char)}?" for char in "一、主要做法").encode()
    + b"\\par 2.\\par}"
)
DOCX = word_bytes(p("一、主要做法"))


def fake(script: str, name: str = "某办公软件") -> Office:
    """An office whose program is a Python script that sees ``source`` and ``target``."""
    head = "import sys, pathlib; source, target = map(pathlib.Path, sys.argv[1:])\n"
    return Office(name, lambda source, target: [sys.executable, "-c", head + script, str(source), str(target)])


@pytest.fixture
def offices(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Says which programs are installed."""

    def install(*found: Office) -> None:
        monkeypatch.setattr(office_converter, "installed_offices", lambda: list(found))

    return install


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, to see what is left behind."""
    folder = tmp_path / "临时"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_what_the_office_makes_is_read_and_remarked(
    tmp_path: Path, offices: Callable[..., None], temporary: Path
) -> None:
    (tmp_path / "made.docx").write_bytes(DOCX)
    offices(fake(f"target.write_bytes(pathlib.Path({str(tmp_path / 'made.docx')!r}).read_bytes())"))
    source = tmp_path / "反馈.wps"
    source.write_bytes(RTF)
    document = read_source(source)
    assert [paragraph.text for paragraph in document.paragraphs] == ["一、主要做法"]
    assert "某办公软件" in document.remarks[0].text
    assert source.read_bytes() == RTF
    assert list(temporary.iterdir()) == []


def test_the_office_gets_a_copy_whose_name_tells_the_format(offices: Callable[..., None]) -> None:
    offices(fake("assert source.name == 'source.rtf'; target.write_bytes(source.read_bytes())"))
    assert to_docx(RTF, "原名 （1）.wps", ".rtf") == (RTF, "某办公软件")


def test_without_an_office_a_sentence_says_what_to_do(offices: Callable[..., None]) -> None:
    offices()
    with pytest.raises(SourceConversionError, match=r"没有找到.*另存为docx"):
        to_docx(RTF, "反馈.rtf", ".rtf")


def test_an_office_that_makes_nothing_is_followed_by_the_next(offices: Callable[..., None]) -> None:
    offices(fake("sys.exit(1)", "甲"), fake("target.write_bytes(b'x')", "乙"))
    assert to_docx(RTF, "反馈.rtf", ".rtf") == (b"x", "乙")


def test_when_all_fail_the_sentence_names_them(offices: Callable[..., None], temporary: Path) -> None:
    missing = Office("丙", lambda source, target: ["/没有/这个程序"])
    offices(fake("sys.exit(1)", "甲"), missing)
    with pytest.raises(SourceConversionError, match="甲、丙打不开"):
        to_docx(RTF, "反馈.rtf", ".rtf")
    assert list(temporary.iterdir()) == []


def test_an_office_that_hangs_is_ended_with_its_children(
    offices: Callable[..., None], monkeypatch: pytest.MonkeyPatch, temporary: Path, tmp_path: Path
) -> None:
    monkeypatch.setattr(office_converter, "MAX_SECONDS", 4.0)
    mark = tmp_path / "pid"
    child = f"import os, time, pathlib; pathlib.Path({str(mark)!r}).write_text(str(os.getpid())); time.sleep(60)"
    offices(fake(f"import subprocess; subprocess.run([sys.executable, '-c', {child!r}])"))
    start = time.monotonic()
    with pytest.raises(SourceConversionError, match="还没有把"):
        to_docx(RTF, "反馈.rtf", ".rtf")
    assert time.monotonic() - start < 30
    assert list(temporary.iterdir()) == []
    if sys.platform == "linux":
        assert has_ended(int(mark.read_text()))


def has_ended(process: int) -> bool:
    """True once a process is gone, waited for as long as a busy machine may need."""
    try:
        handle = os.pidfd_open(process)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], 20)[0])
    finally:
        os.close(handle)


def test_something_that_is_no_docx_is_refused(tmp_path: Path, offices: Callable[..., None]) -> None:
    offices(fake("target.write_bytes(b'PK')"))
    (tmp_path / "a.rtf").write_bytes(RTF)
    with pytest.raises(SourceFormatError):
        read_source(tmp_path / "a.rtf")


def test_libreoffice_is_found_on_the_path_before_the_usual_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.platform == "win32":
        pytest.skip("programs have other names here")
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "soffice"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    command = installed_offices()[0].command(tmp_path / "a" / "source.doc", tmp_path / "a" / "made" / "source.docx")
    assert command[0] == str(program)


def test_libreoffice_is_found_in_the_folders_of_other_systems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for version in ("LibreOffice 5", "LibreOffice"):
        (tmp_path / version / "program").mkdir(parents=True)
        (tmp_path / version / "program" / "soffice.exe").touch()
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PROGRAMFILES", str(tmp_path))
    for name in ("PROGRAMW6432", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(office_converter, "_is_registered", lambda program: False)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(sys, "platform", "win32")
    assert [office.name for office in installed_offices()] == ["LibreOffice"]


def test_word_and_wps_are_asked_where_windows_knows_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_converter, "_libreoffices", lambda: iter(()))
    monkeypatch.setattr(office_converter, "_is_registered", lambda program: program == "KWPS.Application")
    [office] = installed_offices()
    command = office.command(tmp_path / "source.wps", tmp_path / "made" / "source.docx")
    assert office.name == "WPS"
    assert command[-3:] == ["KWPS.Application", str(tmp_path / "source.wps"), str(tmp_path / "made" / "source.docx")]
    script = (tmp_path / "convert.ps1").read_text("utf-8-sig")
    assert script.index("AutomationSecurity = 3") < script.index("Documents.Open"), "macros are off before it opens"


@pytest.fixture
def libreoffice() -> Path:
    found = shutil.which("soffice")
    if found is None:
        pytest.skip("no LibreOffice here")
    return Path(found)


def test_an_rtf_is_read_by_libreoffice(tmp_path: Path, libreoffice: Path, temporary: Path) -> None:
    (tmp_path / "反馈.rtf").write_bytes(RTF)
    assert [p.text for p in read_source(tmp_path / "反馈.rtf").paragraphs] == ["一、主要做法", "2."]
    assert list(temporary.iterdir()) == []


def converted(libreoffice: Path, folder: Path, source: Path, suffix: str) -> Path:
    command = [
        libreoffice,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        suffix,
    ]
    subprocess.run([*command, "--outdir", folder, source], capture_output=True, check=True, timeout=120)
    return folder / f"{source.stem}.{suffix}"


def read_converted(libreoffice: Path, folder: Path, suffix: str) -> SourceDocument:
    (folder / "原文.docx").write_bytes(word_bytes(p("一、主要做法") + p("召开会议3次。")))
    return read_source(converted(libreoffice, folder, folder / "原文.docx", suffix))


@pytest.mark.parametrize(
    "suffix",
    ["doc", *(pytest.param(suffix, marks=pytest.mark.full) for suffix in ("odt", "fodt", "rtf", "html", "txt"))],
)
def test_whatever_an_office_writes_is_read_again(tmp_path: Path, libreoffice: Path, suffix: str) -> None:
    assert [p.text for p in read_converted(libreoffice, tmp_path, suffix).paragraphs] == [
        "一、主要做法",
        "召开会议3次。",
    ]


MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="M" script:language="StarBasic">
Sub Main
  Open "{mark}" For Output As #1
  Print #1, "run"
  Close #1
End Sub
</script:module>"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="M"/></library:library>"""
LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
<library:library library:name="Standard" library:link="false"/></library:libraries>"""
EVENT = """<office:scripts><office:event-listeners><script:event-listener script:language="ooo:script"
 script:event-name="dom:load" xlink:href="vnd.sun.star.script:Standard.M.Main?language=Basic&amp;location=document"
 xlink:type="simple"/></office:event-listeners></office:scripts>"""
SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0"'
)
MANIFEST_SPACE = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"


def odt_with_macro(path: Path, mark: Path) -> None:
    members = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES} office:version="1.2">'
        f"{EVENT}<office:body><office:text><text:p>甲</text:p></office:text></office:body></office:document-content>",
        "Basic/script-lc.xml": LIBRARIES,
        "Basic/Standard/script-lb.xml": LIBRARY,
        "Basic/Standard/M.xml": MACRO.format(mark=mark),
    }
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
        for name in members
        if name != "mimetype"
    )
    members["META-INF/manifest.xml"] = (
        f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{MANIFEST_SPACE}"><manifest:file-entry '
        f'manifest:full-path="/" manifest:media-type="{members["mimetype"]}"/>{entries}</manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w") as container:
        for name, content in members.items():
            container.writestr(name, content)


def test_a_macro_that_runs_on_opening_does_not_run(tmp_path: Path, libreoffice: Path) -> None:
    odt_with_macro(tmp_path / "宏.odt", tmp_path / "ran")
    assert [p.text for p in read_source(tmp_path / "宏.odt").paragraphs] == ["甲"]
    assert not (tmp_path / "ran").exists()


def test_the_user_s_own_profile_is_not_touched(
    tmp_path: Path, libreoffice: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "反馈.rtf").write_bytes(RTF)
    read_source(tmp_path / "反馈.rtf")
    assert [path for path in home.rglob("*") if "office" in path.name.lower()] == []
    assert os.environ["HOME"] == str(home)
