"""Calls about the ledger's safety: backups at opening and closing, the list of backups, check, rescue."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from zhenggai_desktop.errors import (
    CancelledError,
    LedgerDamagedError,
    LedgerLockedError,
    LedgerMissingError,
    ZhenggaiError,
)
from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.dialogs import files
from zhenggai_desktop.gui.messages import busy
from zhenggai_desktop.gui.progress import edit_away, wait_for
from zhenggai_desktop.gui.session import LedgerSession

if TYPE_CHECKING:
    from zhenggai_desktop.services.backups import Backup, Restored
    from zhenggai_desktop.services.repairing import Repaired

AGAIN, ELSEWHERE, WITHOUT, BACK = "重试", "备份到别处…", "不备份，直接关闭", "返回"
RESTORE, RESCUE = "从备份恢复…", "抢救到新台账"
_BACKING_UP = "正在备份“{}”…"


class SafetyCalls(QObject):
    """Asks, has it done in a thread, and says so. What goes wrong is raised for the window to tell."""

    told = Signal(str)
    place_chosen = Signal(str)  # the folder for backups from now on

    def __init__(self, session: LedgerSession, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        session.may_leave = self.at_closing

    # --- by themselves

    def at_opening(self) -> None:
        """Back the ledger up as it was opened, where it changed since the last backup. A failure is said in passing:
        it must not keep anybody from working."""
        from zhenggai_desktop.services.backups import AT_OPENING  # noqa: PLC0415 - after the first paint

        try:
            self._back_up(AT_OPENING, only_if_changed=True)
        except CancelledError:
            return
        except ZhenggaiError as error:
            self.told.emit(f"没有备份成功：{error}")

    def at_closing(self) -> bool:
        """Back the ledger up where it changed, before it is closed or another takes its place; False where that
        failed and the user stays with it."""
        from zhenggai_desktop.services.backups import AT_CLOSING  # noqa: PLC0415

        while True:
            try:
                self._back_up(AT_CLOSING, only_if_changed=True)
            except (CancelledError, LedgerMissingError):  # a file that was moved away meanwhile is saved elsewhere
                return True
            except ZhenggaiError as error:
                choices = [AGAIN, ELSEWHERE, WITHOUT, BACK]
                more = f"{error.what_to_do}。台账本身已经保存。"
                answer = messages.ask(self._window, f"关闭前的备份没有成功：{error.what_happened}。", more, choices)
                if answer == BACK:
                    return False
                if answer == WITHOUT or (answer == ELSEWHERE and self._backed_up_elsewhere()):
                    return True
            else:
                return True

    # --- called

    def show_backups(self) -> None:
        """The list of backups of the open ledger."""
        path = self._session.path
        assert path is not None, "backups belong to a ledger"
        self._session.flush()
        self._show_backups_of(path)

    def check(self) -> None:
        """Check the file of the open ledger and offer to put right what can be."""
        findings = edit_away(self._session, self._window, "正在检查台账文件…", lambda ledger, _tick: ledger.check())
        if not findings:
            messages.tell(self._window, "台账文件完好，没有发现问题。")
            return
        from zhenggai_desktop.services.checking import is_about_evidence, is_about_papers  # noqa: PLC0415 - not at start

        sentences = "\n".join(finding.text for finding in findings)
        papers = sum(map(is_about_papers, findings))
        if papers == len(findings):
            more = "台账文件本身完好。请照详细内容打开这些节点，保存一次收进来；文件找不到的，重新添加。"
            messages.tell(self._window, f"{papers}份流程节点的材料台账没有保存。", more, details=sentences)
            return
        if all(map(is_about_evidence, findings)):
            more = "台账文件本身完好。请在“督办”页的“佐证”里点“核对文件…”，按内容找回或者确认改动。"
            also = f"另有{papers}份流程节点的材料台账没有保存，请打开那些节点收进来。" if papers else ""
            text = f"{len(findings) - papers}份佐证材料的文件对不上。"
            messages.tell(self._window, text, more + also, details=sentences)
            return
        more = "可以把内容抢救到一个新台账，顺序号等问题在那里一并修好；现在的文件不会改动。"
        text = f"发现{len(findings)}处问题：{findings[0].text}"
        choices = [RESCUE, messages.CLOSE]
        if messages.ask(self._window, text, more, choices, details=sentences, default=messages.CLOSE) == RESCUE:
            path = self._session.path
            assert path is not None, "only an open ledger is checked"
            self.rescue(path)

    def offer_rescue(self, path: Path, error: LedgerDamagedError) -> None:
        """A ledger that does not open any more: a backup, or what can be read of it."""
        choices = [RESTORE, RESCUE, messages.CANCEL]
        more = "从备份恢复最稳妥；没有备份，可以把还能读出的内容抢救到一个新台账。损坏的文件会保留。"
        answer = messages.ask(self._window, f"{error.what_happened}。", more, choices)
        if answer == RESTORE:
            self._show_backups_of(path)
        elif answer == RESCUE:
            self.rescue(path)

    def rescue(self, path: Path) -> None:
        """What can be read into a new ledger beside, which is opened; and what could not."""
        from zhenggai_desktop.services.repairing import repair  # noqa: PLC0415

        root = self._session.backups

        def work() -> Repaired:
            return repair(path, backups=root)

        done = wait_for(self._window, f"正在抢救“{path.name}”…", work)
        self._session.open(done.path)
        text = f"已抢救到新台账“{done.path.name}”，现已打开；原文件没有改动。"
        messages.tell(self._window, text, "\n".join(done.lines[:3]), details="\n".join(done.lines))

    # --- inside

    def _back_up(self, reason: str, *, only_if_changed: bool = False) -> Backup | None:
        from zhenggai_desktop.services.backups import back_up  # noqa: PLC0415

        path, root = self._session.path, self._session.backups
        if path is None or self._session.read_only:
            return None
        work = lambda: back_up(path, root, reason, only_if_changed=only_if_changed)  # noqa: E731 - see wait_for
        return wait_for(self._window, _BACKING_UP.format(path.name), work)

    def _backed_up_elsewhere(self) -> bool:
        path = self._session.path
        assert path is not None, "only an open ledger is backed up"
        target = files.ask_new_ledger(self._window, path.with_name(f"{path.stem}-备份{path.suffix}"))
        if target is None:
            return False
        try:
            with busy():
                self._session.write(lambda ledger: ledger.backup(target, with_evidence=True))
        except ZhenggaiError as error:
            messages.show_error(self._window, error)
            return False
        return True

    def _show_backups_of(self, path: Path) -> None:
        from zhenggai_desktop.gui.dialogs.backups_dialog import BackupsDialog, Wish  # noqa: PLC0415
        from zhenggai_desktop.services.backups import ON_DEMAND, listed  # noqa: PLC0415

        is_open = self._session.path == path
        now = self._session.snapshot if is_open else None
        while True:
            writable = is_open and not self._session.read_only
            found = listed(path, self._session.backups)
            dialog = BackupsDialog(path, found, now, self._window, replaceable=writable or not is_open)
            dialog.now_button.setEnabled(writable)
            try:
                dialog.exec()
                wish, backup = dialog.wish, dialog.chosen
            finally:
                dialog.deleteLater()
            if wish is Wish.BACK_UP:
                self._back_up(ON_DEMAND)
            elif wish is Wish.FOLDER and backup is not None:
                messages.open_outside(backup.path.parent)
            elif wish is Wish.PLACE:
                self._choose_place()
            else:
                break
        if wish is Wish.RESTORE and backup is not None:
            self._restore(path, backup)
        elif wish is Wish.RESTORE_TO and backup is not None:
            self._restore_to(path, backup)

    def _choose_place(self) -> None:
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - not at start

        start = str(self._session.backups or "")
        folder = QFileDialog.getExistingDirectory(self._window, "放备份的文件夹", start)
        if folder:
            self._session.backups = Path(folder)
            self.place_chosen.emit(folder)
            self.told.emit(f"今后的备份放在“{folder}”；以前的备份仍在原处。")

    def _restore(self, path: Path, backup: Backup) -> None:
        """The ledger is closed, replaced and opened again; where that fails the old one is opened again."""
        from zhenggai_desktop.services.backups import moment_words, restore_into  # noqa: PLC0415

        root, was_open = self._session.backups, self._session.path == path
        if was_open:
            self._session.close()
        try:
            done = wait_for(self._window, "正在恢复…", lambda: restore_into(path, backup, root, who=""))
        except ZhenggaiError:
            if was_open:
                self._come_back(path)
            raise
        self._session.open(path)
        self.told.emit(f"已恢复到{moment_words(backup.taken_at)}的备份；恢复前的台账也留了一份备份。")
        self._tell_of_evidence(done)

    def _come_back(self, path: Path) -> None:
        """Open the ledger that was closed; to read where somebody took it meanwhile."""
        try:
            self._session.open(path)
        except LedgerLockedError as error:
            self._session.open(path, read_only=True, held_by=error.what_happened)

    def _restore_to(self, path: Path, backup: Backup) -> None:
        from zhenggai_desktop.services.backups import restore_to  # noqa: PLC0415

        day = f"{backup.taken_at:%Y%m%d}"
        target = files.ask_new_ledger(self._window, path.with_name(f"{path.stem}-{day}{path.suffix}"))
        if target is not None:
            done = wait_for(self._window, "正在恢复…", lambda: restore_to(target, backup))
            self.told.emit(f"已把备份恢复为“{target.name}”。")
            self._tell_of_evidence(done)

    def _tell_of_evidence(self, done: Restored) -> None:
        """Say which files of the evidence did not come back; nothing where all did."""
        from zhenggai_desktop.services.backups import about_evidence  # noqa: PLC0415

        found = about_evidence(done)
        if found:
            count = sum(len(names) for _, names in found)
            more = "".join(f"{words}。" for words, _ in found)
            details = "\n".join(line for words, names in found for line in (f"{words}：", *names))
            messages.tell(self._window, f"台账已经恢复，但有{count}份佐证材料的文件没有回来。", more, details=details)
