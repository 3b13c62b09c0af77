"""Calls between two inspections: begin the next ledger from this one, and see what of the last round came back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from zhenggai_desktop.errors import SourceError
from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.dialogs import files
from zhenggai_desktop.gui.dialogs.agreement import agreed
from zhenggai_desktop.gui.folders import Purpose
from zhenggai_desktop.gui.progress import edit_away, wait_for
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.names import some_of

if TYPE_CHECKING:
    from zhenggai_desktop.services.next_round import Begun


class NextRoundCalls(QObject):
    """``open_ledger`` opens a ledger in the window. What goes wrong is raised for the window to tell."""

    told = Signal(str)

    def __init__(self, session: LedgerSession, window: QWidget, open_ledger: Callable[[Path], None]) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._open_ledger = open_ledger
        self.handlers: Mapping[Call, Callable[[], None]] = {
            Call.NEXT_ROUND: self.begin,
            Call.CAME_BACK: self.compare,
        }

    def begin(self) -> None:
        """A new ledger with the office and what is left of this one; it is opened."""
        from zhenggai_desktop.services.next_round import begin_next  # noqa: PLC0415 - on demand

        self._session.flush()
        path = self._path()
        suggestion = path.with_name(f"{path.stem}-下一轮{path.suffix}")
        target = files.ask_new_ledger(self._window, self._session.folders.suggestion(Purpose.LEDGER, suggestion))
        if target is None:
            return
        begun = edit_away(
            self._session,
            self._window,
            "正在建立下一轮台账…",
            lambda ledger, tick: begin_next(ledger, target, who=self._session.who, tick=tick),
        )
        self._session.folders.used(Purpose.LEDGER, target)
        self._open_ledger(target)
        self.told.emit(_words(begun))

    def compare(self) -> None:
        """Ask for the ledger of the last round, propose what came back, mark what is confirmed."""
        from zhenggai_desktop.gui.dialogs.came_back_dialog import CameBackDialog  # noqa: PLC0415
        from zhenggai_desktop.services.ledger import Ledger  # noqa: PLC0415
        from zhenggai_desktop.services.next_round import came_back, mark_came_back  # noqa: PLC0415

        self._session.flush()
        source = files.ask_ledger(self._window, self._session.folders.start(Purpose.LEDGER, self._path().parent))
        if source is None:
            return
        if source.absolute() == self._path().absolute():
            raise SourceError("选中的就是正在使用的台账", "请选择上一轮巡察的台账")
        with Ledger.open(source, read_only=True) as before:
            previous = before.snapshot
        now = self._session.snapshot
        found = wait_for(self._window, "正在比对上轮问题…", lambda: came_back(previous, now))
        if not found:
            self.told.emit(f"没有发现与“{source.stem}”里相同或相近的问题。")
            return
        dialog = CameBackDialog(found, self._window)
        if agreed(dialog):
            chosen = dialog.chosen()
            count = self._session.edit(lambda ledger: mark_came_back(ledger, chosen, previous.facts))
            self.told.emit(f"已把{count}个问题标记为反弹，写进备注并列为重点，可以撤销。")

    def _path(self) -> Path:
        path = self._session.path
        assert path is not None, "this needs a ledger"
        return path


def _words(begun: Begun) -> str:
    evidence = f"，连同佐证材料{begun.evidence}份" if begun.evidence else ""
    missing = f"（{begun.missing}份的文件在上轮也找不到）" if begun.missing else ""
    if begun.unread:
        names = some_of([f"“{name}”" for name in begun.unread], "份")
        missing += f"（{names}的文件读不出来，没有带过来，请关闭打开着它的程序，再添加一次）"
    stays = "进展记录、成果和销号过程留在上轮台账，备注里写着出处。" if begun.issues else ""
    return f"已建立下一轮台账，从上轮延续{begun.issues}项{evidence}{missing}。{stays}接着请导入新的反馈意见。"
