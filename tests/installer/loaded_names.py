"""Run by the sources' Python: what the program loads when it does all it can. Prints names of modules and libraries."""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import pkgutil
import re
import sys
import tempfile
from pathlib import Path
from types import ModuleType

import zhenggai_desktop

GOOD = Path(__file__).resolve().parents[1] / "fuzz" / "good"


def main() -> None:
    """Import every module of the product, do the main job and open the window, then tell."""
    for module in pkgutil.walk_packages(zhenggai_desktop.__path__, "zhenggai_desktop."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    from zhenggai_desktop.__main__ import main as start
    from zhenggai_desktop.formats import old_sheets
    from zhenggai_desktop.services.pinyin import Initials

    with tempfile.TemporaryDirectory() as folder:
        start(["--sample", folder])
        use_other_libraries(Path(folder))
        start([str(Path(folder) / "示例整改通报.zgtz"), "--quit-after-start"])
        old_sheets.main([str(GOOD / "ledger.xls"), str(Path(folder) / "found.json")])  # last: it limits its memory
    Initials()("台账")
    modules = {name for name, module in sys.modules.items() if _has_file(module)}
    maps = Path("/proc/self/maps")
    lines = maps.read_text("utf-8").splitlines() if maps.exists() else []
    files = {Path(line.split(maxsplit=5)[5]) for line in lines if ".so" in line}
    libraries = {_soname(file) for file in files}
    print(json.dumps({"modules": sorted(modules), "libraries": sorted(libraries)}))


def use_other_libraries(folder: Path) -> None:
    """Those that are imported only when a file asks for them: locked files and archives, PDF, old workbooks."""
    from zhenggai_desktop.cli import main as run

    ledger, password = folder / "示例整改通报.zgtz", folder / "密码.txt"
    password.write_text("整改2025", encoding="utf-8")
    locking = ("--password-file", str(password))
    commands = [
        ("export", *locking, str(ledger), str(folder / "加密.xlsx")),
        ("archive", *locking, str(ledger), str(folder / "归档.zip")),
        ("unarchive", *locking, str(folder / "归档.zip"), str(folder / "取出")),
        ("import", str(folder / "pdf.zgtz"), str(GOOD / "notice.pdf")),
        ("import", str(folder / "ods.zgtz"), str(GOOD / "ledger.ods")),
    ]
    with contextlib.redirect_stdout(io.StringIO()):
        codes = [run(command) for command in commands]
    assert set(codes) == {0}, codes


def _has_file(module: ModuleType) -> bool:
    """What stands in no file of its own (built in, or carried inside a library) cannot be left out either."""
    spec = getattr(module, "__spec__", None)
    return spec is not None and spec.origin is not None and Path(spec.origin).is_file()


def _soname(file: Path) -> str:
    """The name by which a library is asked for: ``libffi.so.8`` of ``libffi.so.8.1.2``."""
    found = re.match(r"(.+\.so\.\d+)[.\d]*$", file.name)
    return found[1] if found else file.name


if __name__ == "__main__":
    main()
