"""A new password, typed twice; what is wrong with it stands below the fields, and that nobody can find it again."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QWidget

from zhenggai_desktop.gui.style import plain_label

LONGEST = 255  # characters that Word and Excel take
CAPTION, AGAIN = "密码", "再输一次"
DIFFERENT = "两次输入的密码不一样"


class NewPassword(QWidget):
    """Two fields and two sentences; ``lost`` is what happens to whom forgets it, said as soon as one is typed."""

    changed = Signal()

    def __init__(self, lost: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first, self.again = password_field(CAPTION), password_field(AGAIN)
        self.problem, self.warning = plain_label(), plain_label(lost)
        self.problem.setProperty("problem", True)
        self.warning.setProperty("warning", True)
        self.warning.setWordWrap(True)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        for caption, field in ((f"{CAPTION}(&P)", self.first), (f"{AGAIN}(&R)", self.again)):
            form.addRow(caption_of(field, caption), field)
            field.textChanged.connect(self._on_typed)
        form.addRow(self.problem)
        form.addRow(self.warning)
        self._show()

    @property
    def password(self) -> str:
        """As typed, with its blanks."""
        return self.first.text()

    @property
    def agrees(self) -> bool:
        """Whether both fields say the same; both may be empty."""
        return self.first.text() == self.again.text()

    def _on_typed(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        wrong = not self.agrees and bool(self.again.text())
        self.problem.setText(DIFFERENT if wrong else "")
        self.problem.setVisible(wrong)
        self.warning.setVisible(bool(self.first.text()))


def password_field(name: str) -> QLineEdit:
    """A line whose letters are not seen."""
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setMaxLength(LONGEST)
    field.setAccessibleName(name)
    return field


def caption_of(field: QLineEdit, caption: str) -> QLabel:
    """A caption whose key leads to the field."""
    label = QLabel(caption)
    label.setBuddy(field)
    return label
