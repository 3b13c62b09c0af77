"""The preview with what is told below it: how many pages, in which fonts, and that Word has the last word."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from zhenggai_desktop.gui.dialogs.drop_down import DropDown
from zhenggai_desktop.gui.notice.preview import FIT_WIDTH, Preview
from zhenggai_desktop.gui.style import GAP, plain_label
from zhenggai_desktop.paper.pages import LaidOut

WORD_RULES = "以Word排版为准"
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
        self._state = plain_label(muted=True)
        self._state.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)  # beside an open panel it takes a second line
        self._state.setSizePolicy(policy)
        self._warning = plain_label()
        self._warning.setProperty("warning", True)
        self._warning.setWordWrap(True)
        foot = QHBoxLayout()
        foot.setContentsMargins(GAP * 2, GAP // 2, GAP * 2, GAP // 2)
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
        self._state.setText("正在排版…")
        self._state.setToolTip("")

    def show_failed(self) -> None:
        """What is shown could not be replaced."""
        self._state.setText("没有排成新的版面，这里是改动以前的")
        self._state.setToolTip("")

    def show_pages(self, laid_out: LaidOut, warnings: Sequence[str]) -> None:
        """Show another state of the notice."""
        self.view.show_pages(laid_out)
        self._warning.setText("；".join(dict.fromkeys(warnings)))
        self._warning.setVisible(bool(warnings))
        missing = laid_out.faces.substitutions
        lacking = f"　·　本机缺{len(missing)}种字体" if missing else ""
        self._state.setMinimumHeight(0)
        self._state.setText(f"共 {len(laid_out.pages)} 页　·　{WORD_RULES}{lacking}")
        self._state.setToolTip(
            "本机没有以下字体，预览和 PDF 用相近字体代替，Word 文档仍写规定的字体（在“版式”的“自定义版式”中可改用）：\n"
            + "\n".join(f"{a} → {b}" for a, b in missing.items())
            if missing
            else ""
        )

    @property
    def state(self) -> str:
        """The sentence below the pages."""
        return self._state.text()
