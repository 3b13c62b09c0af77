"""Fields in which one value is typed or chosen. All work alike: ``value``, ``set_value``, ``edited``, ``problem``.

None of them changes by the mouse wheel, has an undo of its own (there is one undo, the ledger's), or touches its text
while an input method composes.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeySequence, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from zhenggai_desktop.domain.exact_numbers import read_exact
from zhenggai_desktop.gui.dialogs.drop_down import DropDown
from zhenggai_desktop.texts import LIST_SEPARATOR

if TYPE_CHECKING:
    from PySide6.QtCore import QStringListModel
    from PySide6.QtWidgets import QCompleter

_SEPARATORS = str.maketrans(dict.fromkeys("，,;；\n", LIST_SEPARATOR))
_NO_DEPARTMENT = "未填"
_UNDO_KEYS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


def names_in(text: str) -> list[str]:
    """The names on a line, with the spaces around them."""
    return text.translate(_SEPARATORS).split(LIST_SEPARATOR)


def is_undo(event: QEvent) -> bool:
    """True where a field asks to keep an undo key for itself; it must not, there is one undo for all."""
    if event.type() != QEvent.Type.ShortcutOverride:
        return False
    return any(event.matches(key) for key in _UNDO_KEYS)  # type: ignore[attr-defined] - it is a key event


class LineField(QLineEdit):
    """One line of text, with values that were used before offered while typing."""

    edited = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: QStringListModel | None = None
        self.setAcceptDrops(False)  # a file that is dropped here is for the window
        self.textChanged.connect(lambda _text: self.edited.emit())

    def value(self) -> Any:
        return self.text()

    def set_value(self, value: Any) -> None:
        with QSignalBlocker(self):
            self.setText(self._shown(value))
            self.setCursorPosition(0)

    def problem(self) -> str:
        """What is wrong with the text, "" for nothing."""
        return ""

    def set_read_only(self, read_only: bool) -> None:
        self.setReadOnly(read_only)

    def set_suggestions(self, values: Sequence[str]) -> None:
        """Offer values; any part of one may be typed."""
        if self._offered is None:
            from PySide6.QtCore import QStringListModel  # noqa: PLC0415 - a form is painted before anything is offered

            self._offered = QStringListModel(self)
            self.setCompleter(self._completer(self._offered))
            self.textEdited.connect(lambda _text: QTimer.singleShot(0, self, self._close_known))
        if self._offered.stringList() != list(values):
            self._offered.setStringList(list(values))

    def _close_known(self) -> None:
        """A value that is typed whole needs no list, which would take the next Enter for itself."""
        completer = self.completer()
        if completer.completionCount() == 1 and completer.pathFromIndex(completer.currentIndex()) == self.text():
            completer.popup().hide()

    def event(self, event: QEvent) -> bool:
        if is_undo(event):
            event.ignore()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def _shown(self, value: Any) -> str:
        return str(value or "")

    def _completer(self, offered: QStringListModel) -> QCompleter:
        from zhenggai_desktop.gui.forms.completers import whole_value_completer  # noqa: PLC0415

        return whole_value_completer(offered, self)


class NamesField(LineField):
    """Several names on one line, separated by “、” (any comma will do); the one being typed is completed."""

    def value(self) -> tuple[str, ...]:
        return tuple(filter(None, map(str.strip, names_in(self.text()))))

    def _shown(self, value: Any) -> str:
        return LIST_SEPARATOR.join(value)

    def _completer(self, offered: QStringListModel) -> QCompleter:
        from zhenggai_desktop.gui.forms.completers import NameCompleter  # noqa: PLC0415

        return NameCompleter(offered, self)


class NumberField(LineField):
    """An exact amount; empty is none."""

    def value(self) -> Decimal | None:
        try:
            number = read_exact(self.text().replace(",", "").replace("，", ""))
        except ValueError:
            return None
        return number if number >= 0 else None

    def problem(self) -> str:
        return "请填写数字，例如 12 或 3.5" if self.text().strip() and self.value() is None else ""

    def _shown(self, value: Any) -> str:
        return "" if value is None else format(value, "f")


class TextField(QPlainTextEdit):
    """Text of any length; the field grows with it. Tab goes on to the next field."""

    edited = Signal()
    left = Signal()

    def __init__(self, lines: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self._known = ""
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAcceptDrops(False)  # a file that is dropped here is for the window
        self.document().setDocumentMargin(3)
        self.textChanged.connect(self._on_text_changed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())

    def value(self) -> Any:
        return self.toPlainText()

    def set_value(self, value: Any) -> None:
        with QSignalBlocker(self):
            self.setPlainText(self._shown(value))
        self._known = self.toPlainText()
        self._fit()

    def problem(self) -> str:
        return ""

    def set_read_only(self, read_only: bool) -> None:
        self.setReadOnly(read_only)

    def event(self, event: QEvent) -> bool:
        if is_undo(event):
            event.ignore()
            return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the sheet scrolls, the field is never scrolled in itself

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height())

    def _shown(self, value: Any) -> str:
        return str(value or "")

    def _on_text_changed(self) -> None:
        text = self.toPlainText()
        if text != self._known:  # a composing input method announces changes of the layout too
            self._known = text
            self.edited.emit()

    def _height(self) -> int:
        lines = max(self._lines, int(self.document().size().height()))  # a plain document is measured in lines
        around = self.frameWidth() + int(self.document().documentMargin())
        return lines * self.fontMetrics().lineSpacing() + 2 * around + 1

    def _fit(self) -> None:
        if self.height() != self._height():
            self.setFixedHeight(self._height())


class LinesField(TextField):
    """Several texts, one to a line."""

    def value(self) -> tuple[str, ...]:
        return tuple(filter(None, (line.strip() for line in self.toPlainText().splitlines())))

    def _shown(self, value: Any) -> str:
        return "\n".join(value)


class ChoiceField(DropDown):
    """One of a few values. A click or the keyboard changes it, the wheel never does."""

    edited = Signal()
    left = Signal()

    def __init__(self, choices: Sequence[tuple[str, Any]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values = [value for _, value in choices]
        self.addItems([caption for caption, _ in choices])
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(4)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.activated.connect(lambda _at: self.edited.emit())

    def value(self) -> Any:
        return self._values[max(self.currentIndex(), 0)]

    def set_value(self, value: Any) -> None:
        with QSignalBlocker(self):
            self.setCurrentIndex(self._values.index(value))

    def problem(self) -> str:
        return ""

    def set_read_only(self, read_only: bool) -> None:
        self.setEnabled(not read_only)

    def set_caption(self, value: Any, caption: str) -> None:
        """Word one of the choices anew: “自动（正在推进）”."""
        self.setItemText(self._values.index(value), caption)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class DepartmentField(ChoiceField):
    """One of the directory's departments, or none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(((_NO_DEPARTMENT, None),), parent)

    def set_departments(self, departments: Sequence[tuple[str, int]]) -> None:
        """Names and ids in their order; what is chosen stays chosen where it is still there."""
        values = [None, *(department_id for _, department_id in departments)]
        captions = [_NO_DEPARTMENT, *(name or "（未命名）" for name, _ in departments)]
        if values == self._values and captions == [self.itemText(at) for at in range(self.count())]:
            return
        chosen = self.value()
        with QSignalBlocker(self):
            self._values = values
            self.clear()
            self.addItems(captions)
            self.setCurrentIndex(values.index(chosen) if chosen in values else 0)


class CheckField(QCheckBox):
    """Yes or no."""

    edited = Signal()
    left = Signal()

    def __init__(self, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(caption, parent)
        self.clicked.connect(lambda _checked: self.edited.emit())

    def value(self) -> Any:
        return self.isChecked()

    def set_value(self, value: Any) -> None:
        with QSignalBlocker(self):
            self.setChecked(bool(value))

    def problem(self) -> str:
        return ""

    def set_read_only(self, read_only: bool) -> None:
        self.setEnabled(not read_only)


Editor = LineField | TextField | ChoiceField | CheckField
