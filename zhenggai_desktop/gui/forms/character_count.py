"""How many characters a field has, below its caption, where the notice has a limit for them."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from zhenggai_desktop.domain.lengths import longest_paragraph
from zhenggai_desktop.gui.forms.editors import TextField


class CharacterCount:
    """Beside the field, where it moves nothing: the label is as high as the field's first lines."""

    def __init__(self, label: QLabel, field: TextField, limit: int) -> None:
        self._label, self._field, self._limit = label, field, limit
        self._caption = label.text()

    def show(self) -> str:
        """Show the count of what is typed now; gives a sentence where a paragraph is too long, "" where none is."""
        text = self._field.toPlainText()
        words = f"{self._caption}\n{len(text.strip())} 字" if text.strip() else self._caption
        if self._label.text() != words:
            self._label.setText(words)
        longest = longest_paragraph(text)
        return f"一段有 {longest} 字，超过 {self._limit} 字，建议分段" if longest > self._limit else ""
