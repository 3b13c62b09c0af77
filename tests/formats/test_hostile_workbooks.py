"""Workbooks that are made to fill the memory or to end the program, by places that no sheet has."""

from __future__ import annotations

import io
import json
import os
import resource
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from zhenggai_desktop.domain.sheets import Area, Sheet, as_table
from zhenggai_desktop.errors import SourceError, SourceFormatError, SourceLimitError
from zhenggai_desktop.formats import old_sheets
from zhenggai_desktop.formats.sheet_reader import read_workbook

OLD = Path(__file__).resolve().parents[1] / "fuzz" / "good" / "ledger.xls"
FAR = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>远</t></is></c></row></sheetData>'
WAYS: dict[str, Callable[[str], str]] = {
    "as programs write it": lambda xml: xml,
    "in single quotes": lambda xml: xml.replace('"', "'"),
    "behind a tab": lambda xml: xml.replace(" r=", "\tr="),
    "behind a line end": lambda xml: xml.replace(" r=", "\nr="),
    "with blanks around the sign": lambda xml: xml.replace("=", " = "),
    "in small letters": lambda xml: xml.replace("XFD", "xfd"),
    "by entities": lambda xml: xml.replace("XFD", "&#88;FD"),
    "with a prefix": lambda xml: xml.replace("<c ", "<x:c ").replace("</c>", "</x:c>"),
}


def workbook(change: Callable[[str, bytes], bytes] = lambda name, part: part, **more: bytes) -> bytes:
    """A small workbook whose parts went through ``change``; ``more`` are further parts, “__” for a slash."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["序号", "反馈问题"])
    buffer, made = io.BytesIO(), io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
        for name, content in more.items():
            target.writestr(name.replace("__", "/"), content)
    return made.getvalue()


def refused(tmp_path: Path, data: bytes, kind: type[SourceError], name: str = "甲.xlsx") -> str:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(kind) as caught:
        read_workbook(tmp_path / name)
    return str(caught.value)


@pytest.mark.parametrize("way", WAYS)
def test_a_cell_at_the_end_of_the_world_is_refused_however_it_is_written(tmp_path: Path, way: str) -> None:
    far = WAYS[way](FAR)

    def change(name: str, part: bytes) -> bytes:
        return part.replace(b"</sheetData>", far.encode()) if name.endswith("sheet1.xml") else part

    assert "单元格" in refused(tmp_path, workbook(change), SourceLimitError)


def test_cells_in_a_part_that_we_take_for_no_sheet_are_looked_at_too(tmp_path: Path) -> None:
    hidden = f"<worksheet><sheetData>{FAR}</worksheet>".encode()
    assert "单元格" in refused(tmp_path, workbook(xl__media__image1_png=hidden), SourceLimitError)


@pytest.mark.parametrize("other", ["xl__workbook.bin", "content.xml"])
def test_a_container_of_two_formats_is_none(tmp_path: Path, other: str) -> None:
    assert "混有" in refused(tmp_path, workbook(**{other: b"<a/>"}), SourceFormatError)


def test_places_with_blanks_are_read_where_they_are_near(tmp_path: Path) -> None:
    def change(name: str, part: bytes) -> bytes:
        return part.replace(b' r="', b'\n r = "') if name.endswith("sheet1.xml") else part

    (tmp_path / "甲.xlsx").write_bytes(workbook(change))
    assert read_workbook(tmp_path / "甲.xlsx").sheets[0].rows == [["序号", "反馈问题"]]


def with_far_cell(data: bytes) -> bytes:
    """The first cell with a shared text (LABELSST, [MS-XLS] 2.4.149) moved to row and column 65,535."""
    mark = struct.pack("<HH", 0x00FD, 10)
    at = data.index(mark) + len(mark)
    return data[:at] + struct.pack("<HH", 0xFFFF, 0xFFFF) + data[at + 4 :]


def test_an_old_workbook_that_would_end_the_program_ends_its_child_alone(tmp_path: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert "损坏" in refused(tmp_path, with_far_cell(OLD.read_bytes()), SourceFormatError, "甲.xls")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024  # KiB


def test_the_packaged_program_reads_as_its_own_child(tmp_path: Path, root: Path) -> None:
    found = tmp_path / "found.json"
    command = [sys.executable, str(root / "installer" / "entry.py"), old_sheets.CHILD, str(OLD), str(found)]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": str(root)})
    outcome, sheets = json.loads(found.read_text(encoding="utf-8"))
    assert (outcome, [sheet[0] for sheet in sheets]) == ("found", ["台账"])


def test_an_old_workbook_that_takes_too_long_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(old_sheets, "MAX_SECONDS", 0.001)
    assert "已停止" in refused(tmp_path, OLD.read_bytes(), SourceLimitError, "甲.xls")


def test_the_private_folder_of_an_old_workbook_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert read_workbook(OLD).name == "ledger.xls"
    assert not list(tmp_path.iterdir())


def test_merged_ranges_upon_each_other_cost_no_more_than_the_sheet() -> None:
    rows = [[""] * 1000 for _ in range(1000)]
    rows[0][0] = "甲"
    nested = [Area(at, at, 999, 999) for at in range(999, -1, -1)]
    table = as_table(Sheet("甲", rows, nested))
    assert len(table.cells) <= 1000


def test_of_ranges_that_overlap_the_first_one_counts() -> None:
    sheet = Sheet("甲", [["a", "b", "c"], ["d", "e", "f"]], [Area(0, 0, 1, 1), Area(0, 1, 0, 2), Area(-1, 0, 5, 0)])
    assert [(cell.text, cell.row_span, cell.column_span) for cell in as_table(sheet).cells] == [
        ("a", 2, 2),
        ("c", 1, 1),
        ("f", 1, 1),
    ]
