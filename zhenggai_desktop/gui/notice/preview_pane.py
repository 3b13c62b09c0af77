"""The preview with what is told below it: how many pages, in which fonts, and that Word has the last word."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from zhenggai_desktop.gui.dialogs.drop_down import DropDown
from zhenggai_desktop.gui.notice.preview import FIT_WIDTH, Preview
from zhenggai_desktop.gui.style import GAP, plain_label
from zhenggai_desktop.paper.pages import LaidOut

WORD_RULES = "以Word排版为准"
_BETWEEN = "　·　"
_ZOOMS = (
    ("适合宽度", FIT_WIDTH),
    ("50%", 0.5),
    ("75%", 0.75),
    ("100%", 1.0),
    ("125%", 1.25),
    ("150%", 1.5),
    ("200%", 2.0),
)


class PreviewPane(QWidget):
    """A ``Preview`` in its frame."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = Preview()
        self.zooms = DropDown()
        self.zooms.setAccessibleName("预览比例")
        for caption, zoom in _ZOOMS:
            self.zooms.addItem(caption, zoom)
        self.zooms.activated.connect(lambda at: self.view.set_zoom(self.zooms.itemData(at)))
        self._state = _Parts()
        self._warning = plain_label()
        self._warning.setProperty("warning", True)
        self._warning.setWordWrap(True)
        foot = QHBoxLayout()
        foot.setContentsMargins(GAP, GAP // 2, GAP, GAP // 2)
        foot.addWidget(self._state, 1)
        foot.addWidget(self.zooms)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._warning)
        layout.addWidget(self.view, 1)
        layout.addLayout(foot)

    def show_waiting(self) -> None:
        """What is shown is about to be replaced."""
        self._state.setMinimumHeight(self._state.height())  # the pages above stay where they are
        self._state.show_parts("正在排版…")
        self._state.setToolTip("")

    def show_failed(self) -> None:
        """What is shown could not be replaced."""
        self._state.show_parts("没有排成新的版面，这里是改动以前的")
        self._state.setToolTip("")

    def show_pages(self, laid_out: LaidOut, warnings: Sequence[str]) -> None:
        """Show another state of the notice."""
        self.view.show_pages(laid_out)
        self._warning.setText("；".join(dict.fromkeys(warnings)))
        self._warning.setVisible(bool(warnings))
        missing = laid_out.faces.substitutions
        lacking = (f"本机缺{len(missing)}种字体",) if missing else ()
        self._state.setMinimumHeight(0)
        self._state.show_parts(f"共 {len(laid_out.pages)} 页", WORD_RULES, *lacking)
        self._state.setToolTip(
            "本机没有以下字体，预览和 PDF 用相近字体代替，Word 文档仍写规定的字体（在“版式”的“自定义版式”中可改用）：\n"
            + "\n".join(f"{a} → {b}" for a, b in missing.items())
            if missing
            else ""
        )

    @property
    def state(self) -> str:
        """The sentence below the pages."""
        return self._state.words


class _Parts(QLabel):
    """Short pieces beside each other; what has no room there stands on the next line, each piece whole."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: tuple[str, ...] = ()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("muted", True)
        self.setWordWrap(True)  # the first of them alone can be wider than a small window with large letters
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @property
    def words(self) -> str:
        return _BETWEEN.join(self._parts)

    def show_parts(self, *parts: str) -> None:
        self._parts = parts
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        room, lines = self.contentsRect().width(), list[str]()
        for part in self._parts:
            together = f"{lines[-1]}{_BETWEEN}{part}" if lines else ""
            if together and self.fontMetrics().horizontalAdvance(together) <= room:
                lines[-1] = together
            else:
                lines.append(part)
        words = "\n".join(lines)
        if words != self.text():
            self.setText(words)
