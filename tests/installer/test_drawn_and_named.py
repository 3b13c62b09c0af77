"""Icons in every size, and the version in what Windows shows."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "installer"))

import make_icons
import version_resource

import zhenggai_desktop


@pytest.mark.parametrize("name", make_icons.NAMES)
def test_an_icon_has_a_drawing_for_every_size(resources: Path, name: str) -> None:
    data = (resources / "icons" / f"{name}.ico").read_bytes()
    count = struct.unpack_from("<H", data, 4)[0]
    entries = [struct.unpack_from("<BBBBHHII", data, 6 + 16 * at) for at in range(count)]
    assert tuple(entry[0] or 256 for entry in entries) == make_icons.SIZES
    for width, _, _, _, _, _, size, offset in entries:
        image = QImage.fromData(data[offset : offset + size])
        assert (image.width(), image.height()) == (width or 256, width or 256)
        assert len({image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}) > 8


def test_the_icons_are_those_of_the_drawings(resources: Path, qtbot: QtBot) -> None:
    image = QImage.fromData(make_icons.picture("ledger", 32))
    data = (resources / "icons" / "ledger.ico").read_bytes()
    size, offset = struct.unpack_from("<II", data, 6 + 16 * make_icons.SIZES.index(32) + 8)
    kept = QImage.fromData(data[offset : offset + size])
    assert image.size() == kept.size()
    off = [abs(one - other) for one, other in zip(bytes(image.constBits()), bytes(kept.constBits()), strict=True)]
    assert max(off) <= 2, "processors round a blended pixel differently"


def test_the_version_is_the_one_of_the_product() -> None:
    assert version_resource.product_version() == zhenggai_desktop.__version__
    words = version_resource.version_words("zhenggai", zhenggai_desktop.__version__)
    assert words["ProductVersion"] == words["FileVersion"] == zhenggai_desktop.__version__
    assert words["OriginalFilename"] == "zhenggai.exe"


@pytest.mark.parametrize(
    ("version", "numbers"), [("1.2.3", (1, 2, 3, 0)), ("0.1", (0, 1, 0, 0)), ("2.0rc1.dev4", (2, 0, 0, 0))]
)
def test_windows_counts_in_four_numbers(version: str, numbers: tuple[int, int, int, int]) -> None:
    assert version_resource.four_numbers(version) == numbers


def test_pyinstaller_takes_what_is_written_for_it(tmp_path: Path) -> None:
    versioninfo = pytest.importorskip("PyInstaller.utils.win32.versioninfo")
    path = tmp_path / "version.txt"
    path.write_text(version_resource.version_file("整改台账", "1.2.3"), "utf-8")
    info = versioninfo.load_version_info_from_text_file(str(path))
    assert "整改台账.exe" in str(info)
    assert info.ffi.fileVersionMS == (1 << 16) + 2
