"""What is seen of work that takes long."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from zhenggai_desktop.gui.dialogs.dialog import Dialog
from zhenggai_desktop.gui.messages import CANCEL
from zhenggai_desktop.gui.style import GAP, MARGIN, plain_label

_TICK = 100  # milliseconds between two looks at the clock and at what is done


class ProgressDialog(Dialog):
    """What is being done, for how long, and where it is known what share of it; Esc and “取消” leave it.

    ``share`` gives what is done and the total, (0, 0) as long as that is not known. With ``to_the_end`` the dialog
    stays after “取消” until it is accepted: what was begun is taken back meanwhile.
    """

    left = Signal()

    def __init__(
        self,
        caption: str,
        share: Callable[[], tuple[int, int]] = lambda: (0, 0),
        parent: QWidget | None = None,
        *,
        to_the_end: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(caption.rstrip("…"))
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setMinimumWidth(420)
        self._share, self._to_the_end = share, to_the_end
        self._started = monotonic()
        self.caption = plain_label(caption)
        self.caption.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setProperty("busy", True)
        self.bar.setRange(0, 0)  # until it is known how much there is, it moves as long as there is work
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("进度")
        self.time = plain_label(muted=True)
        self.cancel = QPushButton(CANCEL)
        self.cancel.setAutoDefault(False)  # Enter must not end what was just begun
        self.cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.time, 1)
        foot.addWidget(self.cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(self.caption)
        layout.addWidget(self.bar)
        layout.addLayout(foot)
        timer = QTimer(self, interval=_TICK)
        timer.timeout.connect(self._show)
        timer.start()
        self._show()

    def reject(self) -> None:
        """Leave the work."""
        self.left.emit()
        if self._to_the_end:
            self.cancel.setEnabled(False)
            self.caption.setText("正在取消，已写入的内容会退回…")
        else:
            super().reject()

    def _show(self) -> None:
        done, total = self._share()
        words = f"已用 {round(monotonic() - self._started)} 秒"
        if total > 0:
            per_cent = min(100, done * 100 // total)
            if self.bar.property("busy"):
                self.bar.setProperty("busy", False)
                self.bar.style().polish(self.bar)
            self.bar.setRange(0, 100)
            self.bar.setValue(per_cent)
            words = f"已完成 {per_cent}%，{words}"
        self.time.setText(words)
