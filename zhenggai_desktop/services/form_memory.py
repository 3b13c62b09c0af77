"""What this user said of foreign forms: which column means what, and the blank forms that he filled.

Both are remembered for the next file of the same shape. They lie in the user's folder: a form is the office's, not one
ledger's.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import cast

from zhenggai_desktop.domain.table_columns import Column
from zhenggai_desktop.domain.workbook_reader import Chosen

_SHAPES_KEPT, _FORMS_KEPT = 200, 30  # those used longest ago are forgotten
_COLUMNS, _FORMS = "columns.json", "空表"


class FormMemory:
    """A JSON file and copies of forms, read at each question so that window and command line share them.

    Damaged or missing it is empty; what cannot be written is not remembered, and never a failure.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Without a folder nothing is remembered."""
        self._folder = folder

    @property
    def chosen(self) -> Chosen:
        """What was said of the columns, by the shape of a form."""
        found: dict[str, dict[str, Column]] = {}
        for shape, columns in self._shapes().items():
            known = {caption: Column[name] for caption, name in columns.items() if name in Column.__members__}
            if known:
                found[shape] = known
        return found

    def remember_columns(self, shape: str, columns: Mapping[str, Column]) -> None:
        """Remember what the captions of forms of this shape mean; nothing said forgets the shape."""
        shapes = self._shapes()
        shapes.pop(shape, None)
        if columns:
            shapes[shape] = {caption: column.name for caption, column in columns.items()}
        self._write(dict(list(shapes.items())[-_SHAPES_KEPT:]))

    def forms(self) -> tuple[Path, ...]:
        """The blank forms, the one used last first."""
        if self._folder is None:
            return ()
        with suppress(OSError):
            files = [path for path in (self._folder / _FORMS).iterdir() if path.is_file()]
            return tuple(sorted(files, key=lambda path: (-path.stat().st_mtime_ns, path.name)))
        return ()

    def remember_form(self, form: Path) -> None:
        """Keep a copy of a blank form under its name; a form of the same name is replaced, as a new edition of it."""
        if self._folder is None:
            return
        target = self._folder / _FORMS / form.name
        with suppress(OSError):
            target.parent.mkdir(parents=True, exist_ok=True)
            if form.resolve() != target.resolve():
                shutil.copyfile(form, target)
            target.touch()
        for old in self.forms()[_FORMS_KEPT:]:
            self.forget_form(old)

    def forget_form(self, form: Path) -> None:
        """Drop the copy of a form."""
        with suppress(OSError):
            if self._folder is not None and form.parent == self._folder / _FORMS:
                form.unlink()

    def _shapes(self) -> dict[str, dict[str, str]]:
        if self._folder is None:
            return {}
        try:
            raw: object = json.loads((self._folder / _COLUMNS).read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(raw, dict):
            return {}
        shapes = cast("dict[str, object]", raw)
        return {
            shape: {caption: str(name) for caption, name in cast("dict[str, object]", columns).items()}
            for shape, columns in shapes.items()
            if isinstance(columns, dict)
        }

    def _write(self, shapes: Mapping[str, Mapping[str, str]]) -> None:
        if self._folder is None:
            return
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            temporary = self._folder / f"{_COLUMNS}.new"
            temporary.write_text(json.dumps(shapes, ensure_ascii=False, indent=1), encoding="utf-8")
            temporary.replace(self._folder / _COLUMNS)
