"""The log file in the user's folder. It holds where a program failed and never a word of a ledger."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import cast

_LOGGER = "zhenggai_desktop"
_LARGEST = 1_000_000  # bytes; one older file is kept beside


class _WordlessFormatter(logging.Formatter):
    """Writes an exception as types and places: its message may quote a ledger's text."""

    def formatException(self, ei: object) -> str:  # noqa: N802 - logging's own name
        error: object = cast("tuple[object, ...]", ei)[1] if isinstance(ei, tuple) else None
        return describe(error) if isinstance(error, BaseException) else ""


def start_log(path: Path) -> logging.Logger:
    """The program's logger, writing to ``path``. A file above 1 MB becomes ``….1`` first.

    Where the folder cannot be written nothing is logged: a log is never worth a failure.
    """
    logger = logging.getLogger(_LOGGER)
    logger.propagate = False
    stop_log(logger)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _LARGEST:
            path.replace(path.with_name(path.name + ".1"))
        handler: logging.Handler = logging.FileHandler(path, encoding="utf-8", errors="replace")
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(_WordlessFormatter("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    return logger


def stop_log(logger: logging.Logger) -> None:
    """Closes the log file, so that the folder can be moved or removed."""
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()


def describe(error: BaseException) -> str:
    """An exception and its causes: type names and places in the code, no messages."""
    return "\n".join(_parts(error))


def _parts(error: BaseException) -> Iterator[str]:
    cause = error.__cause__ or error.__context__
    if cause is not None:
        yield from _parts(cause)
        yield "which led to"
    yield type(error).__name__
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}"
