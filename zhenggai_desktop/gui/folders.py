"""Where a file dialog starts: for each purpose where the user was last. Exports rarely lie where imports come from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path


class Purpose(StrEnum):
    """What a file is wanted for."""

    LEDGER = "ledger"
    IMPORT = "import"
    EXPORT = "export"
    EVIDENCE = "evidence"
    RETURNED = "returned"  # sheets that departments filled in
    FORM = "form"  # blank forms that somebody sent
    STYLE = "style"  # layouts, schemes and templates: they go from ledger to ledger


class Folders:
    """The folder of each purpose. ``keep`` is told of every change, to be remembered."""

    def __init__(self, known: Mapping[str, str] | None = None, keep: Callable[[dict[str, str]], None] | None = None):
        self._known = dict(known or {})
        self._keep = keep

    def start(self, purpose: Purpose, otherwise: Path) -> Path:
        """The folder used last, as long as it is still there; else ``otherwise``."""
        folder = Path(self._known.get(purpose, ""))
        return folder if purpose in self._known and folder.is_dir() else otherwise

    def suggestion(self, purpose: Purpose, path: Path) -> Path:
        """A name for a new file: the name of ``path``, in the folder used last or else in its own."""
        return self.start(purpose, path.parent) / path.name

    def used(self, purpose: Purpose, path: Path) -> None:
        """A file of this purpose was chosen."""
        folder = str(path.parent.absolute())
        if self._known.get(purpose) != folder:
            self._known[purpose] = folder
            if self._keep is not None:
                self._keep(dict(self._known))
