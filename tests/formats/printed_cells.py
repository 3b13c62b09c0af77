"""What stands in which cell on paper: a workbook printed by LibreOffice, read back by the places of letters and lines.

A text that is too long for its cell runs over the line below it, so its end is found in the next cell or nowhere.
"""

from __future__ import annotations

import subprocess
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTCurve, LTLine, LTRect

THIN = 1.6  # points: a border, drawn as a line or as a narrow rectangle
REACH = 0.8  # points by which a border may miss the corner that it belongs to

Span = tuple[float, float]


def print_to_pdf(workbook: Path, folder: Path) -> Path:
    """The workbook as LibreOffice prints it."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(workbook)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{workbook.stem}.pdf"


def cell_texts(pdf: Path) -> Counter[str]:
    """The text of every bordered cell of all pages, without blanks."""
    found: Counter[str] = Counter()
    for page in extract_pages(pdf):
        found.update(_texts_of(page))
    return found


def _texts_of(page: Any) -> Iterator[str]:
    across: dict[float, list[Span]] = {}
    down: dict[float, list[Span]] = {}
    chars: list[LTChar] = []
    for item in _items(page):
        if isinstance(item, LTChar):
            chars.append(item)
        elif isinstance(item, LTLine | LTRect | LTCurve):
            if item.height <= THIN < item.width:
                across.setdefault(round((item.y0 + item.y1) / 2, 1), []).append((item.x0, item.x1))
            elif item.width <= THIN < item.height:
                down.setdefault(round((item.x0 + item.x1) / 2, 1), []).append((item.y0, item.y1))
    rows, columns = sorted(across), sorted(down)
    cells: dict[tuple[float | None, ...], list[LTChar]] = {}
    for char in chars:
        x, y = (char.x0 + char.x1) / 2, (char.y0 + char.y1) / 2
        box = (*_around(rows, across, y, x), *_around(columns, down, x, y))
        cells.setdefault(box, []).append(char)
    for (_, _, *sides), inside in cells.items():
        if None not in sides:  # a merged cell that goes on on another page has no line above or below
            inside.sort(key=lambda char: (-round(char.matrix[5]), char.x0))  # by lines: baselines, then places
            text = "".join(char.get_text() for char in inside)
            yield "".join(text.split())


def _items(container: Any) -> Iterator[Any]:
    for item in container:
        if isinstance(item, LTChar) or not isinstance(item, Iterable):
            yield item
        else:
            yield from _items(item)


def _around(places: list[float], spans: dict[float, list[Span]], at: float, beside: float) -> tuple[float | None, ...]:
    """The nearest lines on both sides of a place that pass by it; None where there is none."""
    middle = bisect_left(places, at)
    before = next((p for p in reversed(places[:middle]) if _passes(spans[p], beside)), None)
    behind = next((p for p in places[middle:] if _passes(spans[p], beside)), None)
    return before, behind


def _passes(spans: list[Span], place: float) -> bool:
    return any(first - REACH <= place <= last + REACH for first, last in spans)
