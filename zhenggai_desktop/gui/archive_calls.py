"""Calls about the whole ledger as files: an archive made and opened, a copy with its evidence."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from zhenggai_desktop.errors import CancelledError, TargetError
from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.dialogs import files
from zhenggai_desktop.gui.dialogs.agreement import agreed
from zhenggai_desktop.gui.folders import Purpose
from zhenggai_desktop.gui.progress import wait_for
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.names import some_of


class ArchiveCalls(QObject):
    """``open_ledger`` opens a ledger in the window. What goes wrong is raised for the window to tell."""

    told = Signal(str)

    def __init__(self, session: LedgerSession, window: QWidget, open_ledger: Callable[[Path], None]) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._open_ledger = open_ledger
        self.handlers: Mapping[Call, Callable[[], None]] = {
            Call.ARCHIVE: self.make,
            Call.OPEN_ARCHIVE: self.open,
            Call.COPY_LEDGER: self.copy,
        }

    def make(self) -> None:
        """One zip with ledger, evidence, exports, index and checksums, locked by a password where one is wanted."""
        from zhenggai_desktop.gui.dialogs.archive_dialogs import ArchiveDialog  # noqa: PLC0415 - on demand

        self._session.flush()
        dialog = ArchiveDialog(self._window)
        if not agreed(dialog):
            return
        password, purge = dialog.password(), dialog.without_history.isChecked()
        path, today = self._path(), self._session.today()
        suggestion = path.with_name(f"{path.stem}-归档{today:%Y%m%d}.zip")
        target = files.ask_new_archive(self._window, self._session.folders.suggestion(Purpose.EXPORT, suggestion))
        if target is not None:
            self._session.folders.used(Purpose.EXPORT, target)
            self._make(path, target, password, purge=purge)

    def _make(self, path: Path, target: Path, password: str, *, purge: bool) -> None:
        from zhenggai_desktop.services.archiving import Archived, make_archive  # noqa: PLC0415
        from zhenggai_desktop.services.ledger import Ledger  # noqa: PLC0415

        left = threading.Event()

        def going(_bytes: int) -> None:
            if left.is_set():
                raise CancelledError

        def work() -> Archived:
            with Ledger.open(path, read_only=True) as ledger:  # the open one belongs to the window's thread
                return make_archive(ledger, target, password=password, purge_history=purge, going=going)

        try:
            done = wait_for(self._window, "正在归档打包…", work)
        except CancelledError:
            left.set()
            raise
        words = f"{done.evidence}份佐证材料在内，已校验。"
        if done.missing:
            words += f"有{len(done.missing)}份佐证材料的文件没有找到：{'、'.join(done.missing[:3])}。"
            words += "请先在“督办”页的“佐证”用“核对文件”找回，再归档一次。"
        if done.unread:
            words += f"有{len(done.unread)}份读不出来，没有归档：{'、'.join(done.unread[:3])}。"
            words += "请关闭打开着它们的程序，再归档一次。"
        words += _of_papers(done.loose)
        messages.tell_exported(self._window, target, words)

    def open(self) -> None:
        """Ask for an archive, its password and a folder; open the ledger that was in it."""
        from zhenggai_desktop.gui.dialogs.archive_dialogs import ArchivePasswordDialog  # noqa: PLC0415
        from zhenggai_desktop.services.archiving import needs_password, open_archive  # noqa: PLC0415

        source = files.ask_archive(self._window, self._session.folders.start(Purpose.EXPORT, Path.home()))
        if source is None:
            return
        password = ""
        if needs_password(source):
            dialog = ArchivePasswordDialog(source.name, self._window)
            if not agreed(dialog):
                return
            password = dialog.password()
        start = self._session.folders.start(Purpose.LEDGER, source.parent)
        folder = files.ask_folder(self._window, "还原到哪个文件夹", start)
        if folder is not None:
            ledger = wait_for(self._window, "正在校验并还原…", lambda: open_archive(source, folder, password=password))
            self._open_ledger(ledger)
            self.told.emit(f"归档包完整，已还原到“{folder}”。")

    def copy(self) -> None:
        """The ledger with its evidence at another place; the open one stays open."""
        from zhenggai_desktop.services.ledger import Ledger  # noqa: PLC0415
        from zhenggai_desktop.services.process_papers import loose_papers  # noqa: PLC0415

        self._session.flush()
        path = self._path()
        suggestion = self._session.folders.suggestion(Purpose.EXPORT, path.with_name(f"{path.stem}-副本{path.suffix}"))
        target = files.ask_ledger_copy(self._window, suggestion)
        if target is None:
            return
        if target.absolute() == path:
            raise TargetError("副本不能存成正在使用的台账", "请换一个文件名或文件夹")
        self._session.folders.used(Purpose.EXPORT, target)

        def work() -> tuple[int, list[str]]:
            with Ledger.open(path, read_only=True) as ledger:
                evidence, milestones = ledger.snapshot.evidence, ledger.snapshot.milestones
                missing = ledger.evidence_folder.missing(one.file_name for one in evidence)
                ledger.backup(target, with_evidence=True)
            return len(missing), [one.told for one in loose_papers(path, evidence, milestones)]

        missing, loose = wait_for(self._window, "正在复制台账和佐证材料…", work)
        gone = f"有{missing}份佐证材料的文件没有找到，请先在“督办”页的“佐证”用“核对文件”找回，再另存一次。"
        messages.tell_exported(self._window, target, (gone if missing else "佐证材料一并复制。") + _of_papers(loose))

    def _path(self) -> Path:
        path = self._session.path
        assert path is not None, "this needs a ledger"
        return path


def _of_papers(words: Sequence[str]) -> str:
    """A sentence about papers of milestones that did not come along; "" where there are none."""
    if not words:
        return ""
    return f"{some_of(words, '份')}没有收进台账，没有带上；请打开这些节点保存一次（找不到文件的重新添加），再做一次。"
