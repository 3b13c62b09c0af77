"""Word files as LibreOffice lays them out: pages of lines with their places in millimetres."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

MM = 25.4 / 72
TEXT_LEFT, TEXT_RIGHT, TEXT_TOP, TEXT_BOTTOM = 28.0, 184.0, 37.0, 262.0  # mm on the page, GB/T 9704-2012, 5.2
LYING_NUMBER = 34.0  # mm: left of it stands nothing but the number of a page that lies
TOOLS = ("soffice", "pdftotext", "pdftoppm")


def chinese_fonts() -> bool:
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout)


needs_office = pytest.mark.skipif(
    not all(map(shutil.which, TOOLS)) or not chinese_fonts(), reason="needs LibreOffice, poppler and a Chinese font"
)


@dataclass(frozen=True)
class Line:
    """A line of words on a page, in millimetres from the paper's upper left corner."""

    text: str
    left: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Page:
    number: int
    lines: tuple[Line, ...]  # of the text area
    footer: Line  # without a place on a page that lies


def lines_of(words: Iterable[ElementTree.Element]) -> Iterator[Line]:
    rows: dict[int, list[tuple[float, float, str]]] = {}
    for word in words:
        box = float(word.get("xMin", "")), float(word.get("xMax", "")), word.text or ""
        rows.setdefault(round(float(word.get("yMax", "")) / 5), []).append(box)
    for row in sorted(rows):
        words = sorted(rows[row])
        text = "".join(word for _, _, word in words)
        yield Line(text, words[0][0] * MM, words[-1][1] * MM, row * 5 * MM)


def pages_of(pdf: Path) -> list[Page]:
    found = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, check=True).stdout.decode()
    root = ElementTree.fromstring(found.replace('xmlns="http://www.w3.org/1999/xhtml"', ""))
    pages: list[Page] = []
    for number, page in enumerate(root.iter("page"), 1):
        words = list(page.iter("word"))
        if float(page.get("width", "")) > float(page.get("height", "")):
            number_of = [word for word in words if float(word.get("xMax", "")) * MM < LYING_NUMBER]
            lines = list(lines_of(word for word in words if word not in number_of))
            footer = Line("".join(word.text or "" for word in number_of), 0, 0, 0)
        else:
            *lines, footer = lines_of(words)
        pages.append(Page(number, tuple(lines), footer))
    return pages


def convert(folder: Path, kind: str, *files: Path) -> Path:
    """``folder``/kind with what LibreOffice makes of the files."""
    target = folder / kind
    profile = (folder / "office").as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind, "--outdir", str(target)]
        + [str(file) for file in files],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return target
