"""What can go wrong outside our control, each with what happened and what to do next.

A bug stays an ordinary exception. Everything a clerk, a disk or a foreign file can cause is a
``ZhenggaiError`` whose text is one Chinese sentence that can be shown as it is.
"""

from __future__ import annotations

import re

_LONGEST_QUOTE = 200  # characters between “ and ”: a path has fewer
_LONG_QUOTE = re.compile(rf"“([^“”]{{{_LONGEST_QUOTE + 1},}})”")
_BLANKS = " \u3000\u00a0"


class ZhenggaiError(Exception):
    """Base of all expected failures. ``str(error)`` is a sentence for a clerk."""

    def __init__(self, what_happened: str, what_to_do: str = "") -> None:
        self.what_happened = _sayable(what_happened).rstrip("。；，")
        self.what_to_do = _sayable(what_to_do).rstrip("。")
        parts = [part for part in (self.what_happened, self.what_to_do) if part]
        super().__init__("；".join(parts) + "。")


def _sayable(text: str) -> str:
    """A sentence may quote what stands in a foreign file: what would turn a line round, colour a console or fill a
    screen is not quoted with it."""
    if not text.isprintable():
        text = "".join(char if char.isprintable() or char in _BLANKS else "\ufffd" for char in text)
    return _LONG_QUOTE.sub(lambda found: f"“{found[1][:100]}…{found[1][-40:]}”", text)


class UsageError(ZhenggaiError):
    """A command or a value that cannot be understood."""


class SourceError(ZhenggaiError):
    """A feedback document, notice or workbook that cannot be read."""


class SourceMissingError(SourceError):
    """The file to be read is not there or is no file."""


class SourceFormatError(SourceError):
    """The file is not what its name says, is damaged, encrypted or of an unknown kind."""


class SourceConversionError(SourceError):
    """The file can only be read by way of an office program, and there is none or it fails."""


class SourceLimitError(SourceError):
    """The file is larger or deeper than any real document."""


class ReturnedFileError(SourceError):
    """A file that came back is no draft of this ledger."""


class LedgerFileError(ZhenggaiError):
    """The ledger file cannot be opened or written."""


class LedgerMissingError(LedgerFileError):
    """There is no ledger at the path."""


class LedgerExistsError(LedgerFileError):
    """A new ledger would overwrite an existing file."""


class NotALedgerError(LedgerFileError):
    """The file is another program's or no database at all."""


class LedgerDamagedError(LedgerFileError):
    """The file was a ledger and can no longer be read as one."""


class LedgerTooNewError(LedgerFileError):
    """A newer version of the program wrote this ledger."""


class LedgerLockedError(LedgerFileError):
    """Someone else is writing this ledger; it can be opened to read."""


class LedgerReadOnlyError(LedgerFileError):
    """A change was asked of a ledger that is open to read only."""


class LedgerChangedError(LedgerFileError):
    """The file was changed by another process since it was read."""


class NothingToUndoError(ZhenggaiError):
    """Undo or redo was asked with no step left."""


class TargetError(ZhenggaiError):
    """An output cannot be written: open elsewhere, read-only, disk full, impossible name."""


class CancelledError(ZhenggaiError):
    """The user no longer waits for something; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("已取消，什么也没有改变")


class EditRefusedError(ZhenggaiError):
    """An edit that the order of a ledger does not allow: a section below an issue, a fourth level of issues."""
