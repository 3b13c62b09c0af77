"""Calls about files: each asks where, has it done, and says so. What goes wrong is raised for the window to tell."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from zhenggai_desktop.errors import LedgerDamagedError, LedgerLockedError, LedgerReadOnlyError, UsageError
from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.dialogs import files
from zhenggai_desktop.gui.dialogs.agreement import agreed
from zhenggai_desktop.gui.exchange_calls import ExchangeCalls
from zhenggai_desktop.gui.folders import Purpose
from zhenggai_desktop.gui.messages import busy
from zhenggai_desktop.gui.progress import edit_away, wait_counted, wait_for, write_file
from zhenggai_desktop.gui.safety_calls import SafetyCalls
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.names import LEDGER_SUFFIX
from zhenggai_desktop.paths import ledgers_folder

if TYPE_CHECKING:
    from zhenggai_desktop.domain.plan import ImportPlan

_LARGE = 20_000_000  # bytes of a ledger that takes about half a second to read
_READ_ONLY = "以只读方式打开"
_READING = "正在读取“{}”…"
_SAMPLE = "示例整改通报.txt"


class FileCalls(QObject):
    """Asks by file dialogs that start where the user was last for the same purpose."""

    told = Signal(str)

    def __init__(self, session: LedgerSession, window: QWidget, exchange: ExchangeCalls, safety: SafetyCalls) -> None:
        super().__init__(window)
        self._exchange = exchange
        self._safety = safety
        self._session = session
        self._window = window

    def take(self, path: Path) -> None:
        """Open a ledger, or offer a document for import."""
        if path.suffix.lower() == LEDGER_SUFFIX:
            self.open_ledger(path)
        else:
            self.import_source(path)

    def take_all(self, paths: Sequence[Path]) -> None:
        """What was dropped at once: one file of any kind, or any number of sheets that this ledger sent out.

        UsageError where several other files come together.
        """
        if len(paths) == 1:
            self.take(paths[0])
            return
        self._refuse_read_only()
        if all(map(self._is_returned, paths)):
            self._exchange.collect(paths)
        else:
            raise UsageError(
                f"拖进来的有{len(paths)}个文件，一次只能打开或导入一个",
                "请一个一个拖进来；佐证材料请拖到所选问题的“佐证”标签上",
            )

    # --- ledgers

    def new(self) -> None:
        path = self._asked_new_ledger(self._home() / f"整改台账{LEDGER_SUFFIX}")
        if path is not None:
            self._session.create(path)

    def open(self) -> None:
        path = files.ask_ledger(self._window, self._home())
        if path is not None:
            self.open_ledger(path)

    def open_ledger(self, path: Path) -> None:
        """Open a ledger; where somebody else holds it, offer to read it."""
        try:
            self._open(path)
            self._session.folders.used(Purpose.LEDGER, path)
            self._safety.at_opening()
        except LedgerDamagedError as error:
            self._safety.offer_rescue(path, error)
        except LedgerLockedError as error:
            choices = [_READ_ONLY, messages.CANCEL]
            more = "可以先以只读方式查看。"
            if messages.ask(self._window, f"{error.what_happened}。", more, choices) == _READ_ONLY:
                self._session.open(path, read_only=True, held_by=error.what_happened)

    def _open(self, path: Path) -> None:
        """A large ledger is read in a thread, with a way to leave it."""
        if _size(path) < _LARGE:
            with busy():
                self._session.open(path)
            return
        caption = f"正在打开“{path.name}”…"
        self._session.open(path, load=lambda opened: wait_counted(self._window, caption, opened))

    def reopen(self) -> None:
        """Open the ledger that is open to read so that it can be written. Raises ``LedgerLockedError``: still held."""
        path = self._session.path
        assert path is not None, "only an open ledger is opened again"
        try:
            with busy():
                self._session.open(path)
        except LedgerLockedError as error:
            todo = "仍可以查看、筛选和导出；请等对方关闭台账后，再点一次“改为可以编辑”"
            raise LedgerLockedError(f"还不能编辑：{error.what_happened}", todo) from error
        if self._session.read_only:
            self.told.emit(f"还不能编辑：文件所在的位置不能写入。{messages.COPY_ELSEWHERE}，再打开副本。")
        else:
            self.told.emit("现在可以编辑了。")

    def open_sample(self, resources: Path) -> None:
        """A ledger made from the bundled notice."""
        from zhenggai_desktop.services.importing import plan_source  # noqa: PLC0415 - with the first import

        target = self._asked_new_ledger(self._home() / f"示例台账{LEDGER_SUFFIX}")
        if target is not None:
            with busy():
                plan = plan_source(resources / "samples" / _SAMPLE)
                self._session.create(target)
            self._write(plan)

    # --- import and export

    def import_any(self) -> None:
        path = files.ask_source(self._window, self._session.folders.start(Purpose.IMPORT, self._home()))
        if path is not None:
            self._session.folders.used(Purpose.IMPORT, path)
            self.import_source(path)

    def import_source(self, path: Path) -> None:
        """Plan, show, and only then write: into the open ledger, or into a new one. A sheet that this ledger sent out
        comes back by its own way. Raises ``LedgerReadOnlyError`` before anything is read: it could not be written."""
        self._refuse_read_only()
        if self._is_returned(path):
            self._exchange.collect([path])
            return
        plan = self._agreed_plan(path)
        if plan is None:
            return
        if not self._session.is_open:
            name = plan.facts.organisation or path.stem
            target = self._asked_new_ledger(path.with_name(f"{name}整改台账{LEDGER_SUFFIX}"))
            if target is None:
                return
            self._session.create(target)
        self._write(plan)
        self.told.emit(f"已导入“{path.name}”，可用“撤销”退回。")

    def _refuse_read_only(self) -> None:
        path = self._session.path
        if path is not None and self._session.read_only:
            todo = "请先点“改为可以编辑”；也可以关闭台账，再导入成新的台账"
            raise LedgerReadOnlyError(f"台账“{path.name}”是以只读方式打开的，不能导入", todo)

    def _write(self, plan: ImportPlan) -> None:
        """What is new in the plan into the open ledger. Raises ``CancelledError``: then nothing of it is there."""
        from zhenggai_desktop.services.importing import apply  # noqa: PLC0415 - with the first import

        caption = f"正在导入“{plan.source_name}”…"
        edit_away(self._session, self._window, caption, lambda ledger, tick: apply(ledger, plan, tick=tick))

    def _agreed_plan(self, path: Path) -> ImportPlan | None:
        """What the clerk agrees to import; None where it is nothing. Lines can be corrected, cells only looked at."""
        from zhenggai_desktop.gui.dialogs.import_dialog import ImportDialog  # noqa: PLC0415 - not at start
        from zhenggai_desktop.services.import_assistant import assist, has_lines  # noqa: PLC0415

        snapshot = self._session.snapshot
        if has_lines(path):
            assistant = wait_for(self._window, _READING.format(path.name), lambda: assist(path, snapshot))
            compared = self._session.is_open and bool(snapshot.issues or snapshot.sections)
            dialog = ImportDialog(assistant, compared=compared, parent=self._window)
            return assistant.plan if agreed(dialog) else None
        return self._agreed_workbook(path)

    def _agreed_workbook(self, path: Path) -> ImportPlan | None:
        """A foreign table is shown with what its columns mean; data of this program needs no such question."""
        from zhenggai_desktop.gui.dialogs.import_preview import ImportPreview  # noqa: PLC0415
        from zhenggai_desktop.gui.dialogs.workbook_dialog import WorkbookDialog  # noqa: PLC0415
        from zhenggai_desktop.services.importing import plan_source, preview  # noqa: PLC0415
        from zhenggai_desktop.services.workbook_assistant import assist_workbook  # noqa: PLC0415

        snapshot = self._session.snapshot
        memory, caption = self._session.form_memory(), _READING.format(path.name)
        assistant = wait_for(self._window, caption, lambda: assist_workbook(path, snapshot, memory))
        if assistant is not None:
            compared = self._session.is_open and bool(snapshot.issues or snapshot.sources)
            return assistant.plan if agreed(WorkbookDialog(assistant, compared=compared, parent=self._window)) else None
        plan = wait_for(self._window, caption, lambda: plan_source(path))
        report = wait_for(self._window, caption, lambda: preview(snapshot, plan))
        return plan if agreed(ImportPreview(plan, report, self._window)) else None

    def _is_returned(self, path: Path) -> bool:
        """True for a sheet to fill in that the open ledger sent to somebody."""
        if not self._session.is_open or self._session.read_only:
            return False
        from zhenggai_desktop.services.collecting import is_returned  # noqa: PLC0415

        snapshot = self._session.snapshot
        return wait_for(self._window, _READING.format(path.name), lambda: is_returned(snapshot, path))

    def proofread_file(self) -> None:
        """Proofread a text that has no ledger; nothing of the open one is touched."""
        from zhenggai_desktop.gui.proof.text_dialog import TextProofDialog  # noqa: PLC0415 - not at start

        dialog = TextProofDialog(self._home(), self._window)
        try:
            dialog.exec()
        finally:
            dialog.close_down()
            dialog.deleteLater()

    def export_ledger(self) -> None:
        self._export_ledger(self._beside(".xlsx"), None)

    def export_shown(self, shown: tuple[Collection[int], Collection[int]] | None) -> None:
        """The Excel ledger of the issues and measures that a filter left; None is everything."""
        self._export_ledger(self._beside("筛选结果.xlsx"), shown)

    def _export_ledger(self, suggestion: Path, shown: tuple[Collection[int], Collection[int]] | None) -> None:
        path = files.ask_workbook(self._window, suggestion)
        if path is not None:
            self._session.folders.used(Purpose.EXPORT, path)
            write = self._session.ledger_writer(*(shown or (None, None)))
            write_file(self._window, f"正在导出“{path.name}”…", path, write)
            messages.tell_exported(self._window, path)

    def export_notice(self) -> None:
        """The Word notice in the ledger's own scheme, registered as a draft."""
        from zhenggai_desktop.gui.proof.unresolved import unresolved_words  # noqa: PLC0415 - with the first export
        from zhenggai_desktop.services.drafts import send_notice, sending_words  # noqa: PLC0415

        path = files.ask_notice(self._window, self._beside("整改通报.docx"))
        if path is not None:
            self._session.folders.used(Purpose.EXPORT, path)
            caption = f"正在导出“{path.name}”…"
            draft = edit_away(
                self._session, self._window, caption, lambda ledger, tick: send_notice(ledger, path, tick=tick)
            )
            words = (sending_words(draft), unresolved_words(self._session, self._window))
            messages.tell_exported(self._window, path, "\n\n".join(filter(None, words)))

    def _beside(self, ending: str) -> Path:
        """The ledger's own name with another ending, where the last export went or beside the ledger."""
        path = self._session.path
        assert path is not None, "an export needs a ledger"
        return self._session.folders.suggestion(Purpose.EXPORT, path.with_name(path.stem + ending))

    def _home(self) -> Path:
        """Where ledgers are."""
        return self._session.folders.start(Purpose.LEDGER, ledgers_folder())

    def _asked_new_ledger(self, suggestion: Path) -> Path | None:
        path = files.ask_new_ledger(self._window, suggestion)
        if path is not None:
            self._session.folders.used(Purpose.LEDGER, path)
        return path


def _size(path: Path) -> int:
    """In bytes; 0 where nothing can be read there, which opening it will tell of."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
