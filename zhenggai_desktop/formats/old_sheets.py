"""Workbooks of the old binary format (.xls, .et), read in a process of their own with little memory and little time.

The format says by itself how large everything is, and a few wrong bytes in it make the reader ask for more memory than
there is: that ends the process, and no sentence can be said in it any more. Here it is the child that ends.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from zhenggai_desktop.domain.sheets import Area, Sheet, Workbook
from zhenggai_desktop.errors import SourceFormatError, SourceLimitError, ZhenggaiError
from zhenggai_desktop.formats.sheet_limits import too_many_cells

MAX_SECONDS = 20.0
"""Longest time for one file; fifty thousand rows take two seconds."""
MAX_BYTES = 1 << 30
"""Most memory of the child, its code counted (where the system can be told: not on Windows)."""
CHILD = "--old-workbook"
"""The argument by which the packaged program knows that it is the child."""

_DAMAGED = "请用WPS或Excel打开后另存为xlsx，打不开的请发送人重新发送"
_NO_WINDOW = 0x08000000  # CREATE_NO_WINDOW
_FOUND, _REFUSED, _TOO_MANY = "found", "refused", "too many"


def read_old_workbook(data: bytes, name: str) -> Workbook:
    """The sheets of the workbook in ``data``. Raises SourceFormatError and SourceLimitError."""
    with tempfile.TemporaryDirectory(prefix="zhenggai-", ignore_cleanup_errors=True) as folder:
        source, target = Path(folder) / "source.xls", Path(folder) / "found.json"
        source.write_bytes(data)
        try:
            subprocess.run(  # noqa: S603 - ourselves, with file names of ours; no shell
                [*_child(), str(source), str(target)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=MAX_SECONDS,
                check=False,
                creationflags=_NO_WINDOW if sys.platform == "win32" else 0,
            )
        except subprocess.TimeoutExpired as error:
            raise SourceLimitError(
                f"“{name}”读了{MAX_SECONDS:.0f}秒还没有读完，已停止", "请用WPS或Excel打开，另存为xlsx后再导入"
            ) from error
        if not target.is_file():
            raise SourceFormatError(f"“{name}”已损坏，无法读取", _DAMAGED)
        return _workbook(json.loads(target.read_text(encoding="utf-8"), object_hook=_value), name)


def main(arguments: Sequence[str]) -> int:
    """The child: reads the first path and writes what it found to the second. A file that ends it leaves nothing."""
    source, target = map(Path, arguments)
    _limit_memory()
    from zhenggai_desktop.formats.sheet_reader import read_by_calamine  # noqa: PLC0415 - it asks for this module too

    try:
        book = read_by_calamine(source.read_bytes(), source.name, {})
        found: Any = [_FOUND, [[s.name, s.rows, s.merges, s.hidden] for s in book.sheets]]
    except SourceLimitError:
        found = [_TOO_MANY, ""]
    except ZhenggaiError as error:
        found = [_REFUSED, [error.what_happened.replace(source.name, "{}"), error.what_to_do]]
    made = target.with_suffix(".part")
    made.write_text(json.dumps(found, default=_written), encoding="utf-8")
    made.replace(target)
    return 0


def _child() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD]
    root = str(Path(__file__).resolve().parents[2])
    start = f"import sys; sys.path.insert(0, {root!r}); from {__name__} import main; sys.exit(main(sys.argv[1:]))"
    return [sys.executable, "-c", start]


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - there is none on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MAX_BYTES, MAX_BYTES))


def _workbook(found: Any, name: str) -> Workbook:
    outcome, values = found
    if outcome == _TOO_MANY:
        raise too_many_cells(name)
    if outcome == _REFUSED:
        raise SourceFormatError(values[0].replace("{}", name), values[1])
    return Workbook(
        name,
        tuple(Sheet(title, rows, [Area(*area) for area in merges], hidden) for title, rows, merges, hidden in values),
    )


def _written(value: object) -> dict[str, Any]:
    """A date or a time as JSON holds it."""
    if isinstance(value, dt.timedelta):
        return {"timedelta": value.total_seconds()}
    return {type(value).__name__: cast("dt.date", value).isoformat()}


def _value(values: dict[str, Any]) -> object:
    ((kind, text),) = values.items()
    if kind == "timedelta":
        return dt.timedelta(seconds=text)
    return {"date": dt.date, "datetime": dt.datetime, "time": dt.time}[kind].fromisoformat(text)
