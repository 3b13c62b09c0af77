"""What offers values that were used before, while one is typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

from zhenggai_desktop.gui.forms.editors import names_in
from zhenggai_desktop.texts import LIST_SEPARATOR


def whole_value_completer(offered: QStringListModel, field: QLineEdit) -> QCompleter:
    """Completes what the field says; any part of a value may be typed."""
    completer = QCompleter(offered, field)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    return completer


class NameCompleter(QCompleter):
    """Completes the name in which the cursor stood when it was typed; the others stay."""

    _before: Sequence[str] = ()
    _behind: Sequence[str] = ()

    def __init__(self, offered: QStringListModel, field: QLineEdit) -> None:
        super().__init__(offered, field)
        self.setFilterMode(Qt.MatchFlag.MatchContains)

    def splitPath(self, path: str) -> list[str]:
        field = self.parent()
        assert isinstance(field, QLineEdit)
        names = names_in(path)
        at = len(names_in(path[: field.cursorPosition()])) - 1
        self._before, self._behind = names[:at], names[at + 1 :]
        return [names[at].strip()]

    def pathFromIndex(self, index: Any) -> str:
        return LIST_SEPARATOR.join([*self._before, super().pathFromIndex(index), *self._behind])
