"""What Windows shows as properties of the programs, from the one version constant."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PRODUCT, COMMAND = "整改台账", "zhenggai"  # the windowed and the console program
DESCRIPTIONS = {PRODUCT: PRODUCT, COMMAND: f"{PRODUCT}（命令行）"}
_CHINESE, _UNICODE = 0x0804, 1200


def product_version() -> str:
    """The version of the product: read, not imported, so that nothing of the product need be installed."""
    text = (ROOT / "zhenggai_desktop" / "__init__.py").read_text("utf-8")
    found = re.search(r'^__version__ = "([^"]+)"$', text, re.MULTILINE)
    if found is None:
        raise SystemExit("zhenggai_desktop/__init__.py: no __version__")
    return found[1]


def four_numbers(version: str) -> tuple[int, int, int, int]:
    """``1.2.3`` as Windows counts: (1, 2, 3, 0). What is no number (``rc1``) counts as nothing."""
    numbers = [int(found[0]) for part in version.split(".") if (found := re.match(r"\d+", part))]
    first, second, third, fourth = (*numbers, 0, 0, 0, 0)[:4]
    return first, second, third, fourth


def version_words(program: str, version: str) -> dict[str, str]:
    """The lines of the properties' details for the program of that name."""
    return {
        "CompanyName": PRODUCT,
        "FileDescription": DESCRIPTIONS[program],
        "FileVersion": version,
        "InternalName": program,
        "OriginalFilename": f"{program}.exe",
        "ProductName": PRODUCT,
        "ProductVersion": version,
    }


def version_file(program: str, version: str) -> str:
    """The same as a file that PyInstaller takes: it is made without Windows' libraries."""
    numbers = four_numbers(version)
    strings = ", ".join(f"StringStruct({name!r}, {words!r})" for name, words in version_words(program, version).items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0, OS=0x40004,"
        f" fileType=1, subtype=0, date=(0, 0)), kids=[StringFileInfo([StringTable('{_CHINESE:04X}{_UNICODE:04X}',"
        f" [{strings}])]), VarFileInfo([VarStruct('Translation', [{_CHINESE}, {_UNICODE}])])])\n"
    )
