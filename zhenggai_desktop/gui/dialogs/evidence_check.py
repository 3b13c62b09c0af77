"""Files of the evidence that were moved or changed: found again in a folder, or taken as they lie there now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.errors import CancelledError, ZhenggaiError
from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.dialogs.dialog import Dialog
from zhenggai_desktop.gui.dialogs.files import ask_folder
from zhenggai_desktop.gui.progress import wait_counted
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import GAP, MARGIN, TITLE_SCALE, plain_label
from zhenggai_desktop.names import some_of
from zhenggai_desktop.services.evidence_care import (
    STATE_WORDS,
    Doubtful,
    FileState,
    Going,
    find_again,
    is_back,
    look_over,
    strangers,
    take_as_they_are,
)
from zhenggai_desktop.services.ticking import Tick

_ABOUT = "材料被移到别处时，指一个文件夹，程序按内容找回，改了名也认得。材料本来就该改动的，可以确认以现在的内容为准。"


def check_evidence(parent: QWidget, session: LedgerSession) -> str:
    """Look all files over and show what is wrong with them. Gives a sentence about how it stands in the end."""
    session.flush()
    folder, records = session.write(lambda ledger: (ledger.evidence_folder, ledger.snapshot.evidence))
    total = sum(record.size for record in records)
    found = wait_counted(parent, "正在核对佐证材料…", lambda tick: look_over(folder, records, _told(tick, total)))
    filed = sum(bool(record.file_name) for record in records)
    if found:
        dialog = EvidenceCheck(session, found, parent)
        try:
            dialog.exec()
            found = dialog.left
        finally:
            dialog.deleteLater()
    words = f"还有{len(found)}份材料的文件对不上。" if found else f"已核对{filed}份材料，文件都在，内容没有变化。"
    return words + _of_strangers(strangers(folder, records), folder.path.name)


def _told(tick: Tick, total: int) -> Going:
    """What tells ``tick`` how many of ``total`` bytes were read; 0 says only that the work goes on."""
    gone = 0

    def going(count: int) -> None:
        nonlocal gone
        gone += count
        tick(min(gone, total), total)

    return going


def _of_strangers(names: Sequence[str], folder: str) -> str:
    if not names:
        return ""
    shown = some_of([f"“{name}”" for name in names], "个")
    return f"“{folder}”里另有台账没有登记的文件：{shown}。要用的请添加到问题里。"


class EvidenceCheck(Dialog):
    """``left`` is what is still wrong."""

    help_topic = "销号"

    def __init__(self, session: LedgerSession, found: Sequence[Doubtful], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.left: tuple[Doubtful, ...] = tuple(found)
        self.setWindowTitle("核对佐证材料")
        self.resize(620, 420)
        self.heading = plain_label("")
        self.about = plain_label(_ABOUT, muted=True)
        self.said = plain_label()
        for label in (self.heading, self.about, self.said):
            label.setWordWrap(True)
        self.rows = QTreeWidget()
        self.rows.setRootIsDecorated(False)
        self.rows.setAccessibleName("对不上的佐证材料")
        self.rows.setHeaderLabels(["名称", "情况"])
        self.rows.header().setStretchLastSection(False)
        self.rows.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.rows.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._buttons = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.find_button = self._buttons.addButton("找回不见的文件…", role)
        self.take_button = self._buttons.addButton("以现在的内容为准", role)
        self._buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        self.find_button.clicked.connect(self._find)
        self.take_button.clicked.connect(self._take)
        self._buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(plain_label("核对佐证材料", scale=TITLE_SCALE, bold=True))
        for widget in (self.heading, self.about, self.rows, self.said, self._buttons):
            layout.addWidget(widget)
        self._show()

    def _find(self) -> None:
        path = self._session.path
        assert path is not None, "the evidence belongs to an open ledger"
        where = ask_folder(self, "到哪个文件夹里找", path.parent)
        if where is None:
            return
        lost = [one.evidence for one in self.left if one.state is FileState.MISSING]
        folder = self._session.write(lambda ledger: ledger.evidence_folder)
        try:
            found = wait_counted(self, "正在按内容查找…", lambda tick: find_again(folder, lost, where, _told(tick, 0)))
            self.said.setText(
                f"找回{len(found)}份，已放回原处。" if found else f"在“{where.name}”里没有找到内容相同的文件。"
            )
        except CancelledError:
            self.said.setText("已停止查找。找回了的已经放回原处，其余的可以再找一次。")
        except ZhenggaiError as error:
            messages.show_error(self, error)
        self.left = tuple(one for one in self.left if not is_back(folder, one))
        self._show()

    def _take(self) -> None:
        try:
            count = self._session.edit(lambda ledger: take_as_they_are(ledger, self.left))
        except ZhenggaiError as error:
            messages.show_error(self, error)
            return
        self.left = tuple(one for one in self.left if one.state is not FileState.CHANGED)
        self.said.setText(f"{count}份材料以现在的内容为准，可以撤销。")
        self._show()

    def _show(self) -> None:
        self.rows.clear()
        for one in self.left:
            record = one.evidence
            self.rows.addTopLevelItem(QTreeWidgetItem([record.title or record.file_name, STATE_WORDS[one.state]]))
        self.heading.setText(f"{len(self.left)}份材料的文件对不上：" if self.left else "材料的文件都对上了。")
        writing = not self._session.read_only
        self.find_button.setEnabled(writing and any(one.state is FileState.MISSING for one in self.left))
        self.take_button.setEnabled(writing and any(one.state is FileState.CHANGED for one in self.left))
