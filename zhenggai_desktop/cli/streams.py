"""Standard output and error as they are found: other encodings, closed, piped into something that stops reading."""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import TextIO, cast

_SAMPLE = "台账（一）①“”"  # what any output needs to be able to say
_READER_GONE = (errno.EPIPE, errno.EINVAL)  # EINVAL: Windows' word for a broken pipe


def prepare() -> None:
    """Let both streams say Chinese, and replace the signs that they cannot say instead of failing.

    A console's own encoding stays where it holds Chinese (GB18030, GBK): what is piped into its tools must fit them.
    """
    for stream in (cast("TextIO | None", sys.stdout), cast("TextIO | None", sys.stderr)):
        if stream is not None:
            _encode(stream, stream.encoding if _holds_chinese(stream.encoding) else "utf-8")


def write_out(text: str, *, for_programs: bool = False) -> None:
    """Write ``text`` and a line feed to standard output, and whatever waits there. JSON is always UTF-8.

    A reader that went away (``| head``) is no failure. Raises OSError for anything else, a full disk among them.
    """
    stream = cast("TextIO | None", sys.stdout)
    if stream is None:  # pythonw, or closed by the caller
        return
    if for_programs:
        _encode(stream, "utf-8")
    try:
        if text:
            stream.write((text if for_programs else _harmless(text)) + "\n")
        stream.flush()
    except OSError as error:
        _mute(stream)
        if error.errno not in _READER_GONE:
            raise


def complain(sentence: str) -> None:
    """Write one sentence on one line to standard error, if there is one that can be written."""
    stream = cast("TextIO | None", sys.stderr)
    if stream is None:
        return
    try:
        stream.write(" ".join(_harmless(sentence).splitlines()) + "\n")
        stream.flush()
    except OSError:
        _mute(stream)


def _harmless(text: str) -> str:
    """``text`` without what a terminal obeys or hides: a file may bear a name that moves the cursor or turns words."""
    from zhenggai_desktop.domain.cleaning import clean, without_invisible  # noqa: PLC0415 - help has nothing to clean

    return without_invisible(clean(text))


def _encode(stream: TextIO, encoding: str) -> None:
    if isinstance(stream, io.TextIOWrapper):  # whatever replaced it, a test's buffer for one, holds text as it is
        stream.reconfigure(encoding=encoding, errors="replace")


def _holds_chinese(encoding: str | None) -> bool:
    try:
        _SAMPLE.encode(encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _mute(stream: TextIO) -> None:
    """Point a broken stream at nothing: the interpreter flushes it once more when it ends."""
    try:
        descriptor = stream.fileno()
    except (OSError, ValueError):  # no file behind it
        return
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, descriptor)
    os.close(nothing)
