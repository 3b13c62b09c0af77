"""Calls about tables that go to others and come back: distribute, collect, merge, sum, fill a form, choose columns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.dialogs import files
from zhenggai_desktop.gui.dialogs.agreement import agreed
from zhenggai_desktop.gui.folders import Purpose
from zhenggai_desktop.gui.progress import edit_away, wait_counted, write_counted, write_file
from zhenggai_desktop.gui.session import LedgerSession

Shown = tuple[Collection[int], Collection[int]]  # ids of issues, ids of measures


class ExchangeCalls(QObject):
    """``shown`` says which issues and measures a filter left, None for all of them."""

    told = Signal(str)

    def __init__(self, session: LedgerSession, window: QWidget, shown: Callable[[], Shown | None]) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._shown = shown
        self.handlers: Mapping[Call, Callable[[], None]] = {
            Call.DISTRIBUTE: self.distribute,
            Call.COLLECT: self.ask_collect,
            Call.FILL_FORM: self.fill_form,
            Call.EDIT_COLUMNS: self.edit_columns,
            Call.MERGE: self.merge,
            Call.ROLL_UP: self.roll_up,
        }

    # --- departments

    def distribute(self) -> None:
        """A sheet for each department into a folder."""
        from zhenggai_desktop.gui.dialogs.distribute_dialog import DistributeDialog  # noqa: PLC0415 - not at start
        from zhenggai_desktop.services.distributing import distribute  # noqa: PLC0415

        self._session.flush()
        path, today = self._path(), self._session.today()
        folder = path.with_name(f"{path.stem}-填报表{today:%m%d}")
        dialog = DistributeDialog(self._session.snapshot, folder, self._window)
        if not agreed(dialog):
            return
        folder, by, only = dialog.folder, dialog.by, dialog.chosen
        sent = edit_away(
            self._session,
            self._window,
            "正在生成填报表…",
            lambda ledger, tick: distribute(ledger, folder, by, today=today, only=only, tick=tick),
        )
        messages.tell_written(self._window, f"已生成{len(sent)}份填报表。", folder)

    def ask_collect(self) -> None:
        """Choose returned sheets, any number at once."""
        start = self._session.folders.start(Purpose.RETURNED, self._path().parent)
        paths = files.ask_returned(self._window, start)
        if paths:
            self._session.folders.used(Purpose.RETURNED, paths[0])
            self.collect(paths)

    def collect(self, paths: Sequence[Path]) -> None:
        """Show what returned sheets bring, and take in what is agreed to."""
        from zhenggai_desktop.gui.dialogs.review_dialog import ReviewDialog  # noqa: PLC0415
        from zhenggai_desktop.services.collecting import apply_collection, plan_collection  # noqa: PLC0415
        from zhenggai_desktop.services.reviewing import review_of_sheets  # noqa: PLC0415

        self._session.flush()
        snapshot = self._session.snapshot
        caption = f"正在读取{len(paths)}份填报表…"
        found = wait_counted(self._window, caption, lambda tick: plan_collection(snapshot, paths, tick))
        dialog = ReviewDialog(review_of_sheets(found), "收回填报表", "填报表", self._window)
        if agreed(dialog):
            today, decisions = self._session.today(), dialog.decisions()
            written = edit_away(
                self._session,
                self._window,
                "正在写入填报内容…",
                lambda ledger, _tick: apply_collection(ledger, found, decisions, today=today),
            )
            taken = f"已收回{len(paths)}份填报表，可用“撤销”退回。"
            self.told.emit(taken if written else "填报表里没有要写入的内容，台账没有改动。")

    # --- other ledgers

    def merge(self) -> None:
        """Take in what another copy of this ledger has."""
        from zhenggai_desktop.gui.dialogs.review_dialog import ReviewDialog  # noqa: PLC0415
        from zhenggai_desktop.services.ledger import Ledger  # noqa: PLC0415
        from zhenggai_desktop.services.ledger_merging import LedgerMerge, apply_merge, plan_merge  # noqa: PLC0415
        from zhenggai_desktop.services.reviewing import review_of_copy  # noqa: PLC0415

        path = files.ask_ledger(self._window, self._home())
        if path is None:
            return

        def compare(ledger: Ledger, _tick: object) -> LedgerMerge:
            with Ledger.open(path, read_only=True) as other:
                return plan_merge(ledger, other)

        found = edit_away(self._session, self._window, f"正在比较“{path.name}”…", compare)
        dialog = ReviewDialog(review_of_copy(found), f"合并台账副本：{path.stem}", "副本", self._window)
        if agreed(dialog):
            decisions = dialog.decisions()
            result = edit_away(
                self._session,
                self._window,
                f"正在合并“{path.name}”…",
                lambda ledger, tick: apply_merge(ledger, path.name, found, decisions, tick),
            )
            merged = f"已与“{path.name}”合并，可用“撤销”退回。{result.about_files}"
            self.told.emit(merged if result.written else f"“{path.name}”里没有要收入的内容，台账没有改动。")
            if result.left_out:
                rest = "其余的都已收入。" if result.written else "台账没有改动。"
                messages.tell(
                    self._window,
                    f"有{len(result.left_out)}处没有收入。",
                    f"{rest}详情里逐条说明了原因和办法。",
                    details="\n".join(result.left_out),
                )

    def roll_up(self) -> None:
        """Sum many ledgers into one workbook; the open one is among them."""
        from zhenggai_desktop.gui.dialogs.rollup_dialog import RollupDialog  # noqa: PLC0415
        from zhenggai_desktop.services.rolling_up import TITLE, roll_up  # noqa: PLC0415
        from zhenggai_desktop.texts import in_terms  # noqa: PLC0415

        self._session.flush()
        opened = self._session.path
        dialog = RollupDialog([opened] if opened else [], self._home(), self._window)
        if agreed(dialog):
            name = f"{in_terms(TITLE, self._session.snapshot.facts.kind)}.xlsx"
            target = files.ask_workbook(self._window, dialog.paths[0].with_name(name))
            if target is not None:
                paths, today = tuple(dialog.paths), self._session.today()
                caption = f"正在汇总{len(paths)}个台账…"
                write_counted(
                    self._window, caption, target, lambda made, tick: roll_up(paths, made, today=today, tick=tick)
                )
                messages.tell_exported(self._window, target)

    # --- forms and columns

    def fill_form(self) -> None:
        """Fill the blank form that somebody sent."""
        from zhenggai_desktop.domain.ledger_part import told_part  # noqa: PLC0415
        from zhenggai_desktop.gui.dialogs.form_dialog import FormDialog  # noqa: PLC0415
        from zhenggai_desktop.services.form_filling import fill  # noqa: PLC0415

        self._session.flush()
        snapshot, shown = self._session.snapshot, self._shown()
        part = None if shown is None else told_part(snapshot, *shown)
        folders = self._session.folders
        folder = folders.start(Purpose.FORM, self._path().parent)
        dialog = FormDialog(snapshot, part, self._session.form_memory(), folder, self._window)
        if not agreed(dialog) or not dialog.lists:
            return
        lists = dialog.lists
        form = lists[0]
        if form.path not in self._session.form_memory().forms():
            folders.used(Purpose.FORM, form.path)
        name = f"{form.path.stem}（已填）{form.path.suffix}"
        suggestion = folders.suggestion(Purpose.EXPORT, self._path().with_name(name))
        target = files.ask_filled_form(self._window, suggestion)
        if target is not None:
            filled = dialog.snapshot
            write_file(self._window, f"正在填写“{form.path.name}”…", target, lambda made: fill(filled, lists, made))
            messages.tell_exported(self._window, target)

    def edit_columns(self) -> None:
        """Choose the columns of the exported ledger."""
        from zhenggai_desktop.gui.dialogs.columns_dialog import ColumnsDialog  # noqa: PLC0415

        dialog = ColumnsDialog(self._session.template(), self._window)
        if agreed(dialog):
            self._session.keep_template(dialog.template)
            self.told.emit("以后导出的台账按这些列。")

    def _home(self) -> Path:
        """Where ledgers are."""
        return self._session.folders.start(Purpose.LEDGER, Path.home())

    def _path(self) -> Path:
        path = self._session.path
        assert path is not None, "this needs a ledger"
        return path
