"""LibreOffice opens what is locked, as a user who types the password: by a macro, since no option takes one."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from urllib.parse import quote

import pytest

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")

_LONGEST = 120  # seconds
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Opening"/></library:library>
"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Opening" script:language="StarBasic">
Sub Save(source As String, target As String, word As String, filter As String)
  Dim how(1) As New com.sun.star.beans.PropertyValue
  how(0).Name = "Password" : how(0).Value = word
  how(1).Name = "Hidden" : how(1).Value = True
  Dim into(0) As New com.sun.star.beans.PropertyValue
  into(0).Name = "FilterName" : into(0).Value = filter
  On Error GoTo Ended
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, how())
  document.storeToURL(target, into())
  document.close(True)
Ended:
  StarDesktop.terminate()
End Sub
</script:module>
"""
_FILTERS = {".docx": "MS Word 2007 XML", ".xlsx": "Calc MS Excel 2007 XML"}


def an_office(folder: Path) -> Path:
    """A profile of LibreOffice with the macro in it. The first start makes the profile and takes no macro along."""
    _start(folder, "--terminate_after_init")
    basic = folder / "user" / "basic" / "Standard"
    (basic / "script.xlb").write_text(_LIBRARY, "utf-8")
    (basic / "Opening.xba").write_text(_MODULE, "utf-8")
    return folder


def saved_open(office: Path, locked: Path, password: str) -> Path | None:
    """What LibreOffice saves without a password after it opened ``locked`` with one; None where it does not open."""
    target = locked.with_name(f"打开的{locked.name}")
    words = (_url(locked), _url(target), password.replace('"', '""'), _FILTERS[locked.suffix])
    quoted = ",".join(f'"{word}"' for word in words)
    _start(office, f"macro:///Standard.Opening.Save({quoted})")
    return target if target.exists() else None


def _url(path: Path) -> str:
    return f"file://{quote(str(path))}"


def _start(profile: Path, *what: str) -> None:
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck"]
    subprocess.run([*command, *what], check=True, capture_output=True, timeout=_LONGEST)
