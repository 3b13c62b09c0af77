"""Calls of the working months: chase, put off, hand on, close, and the papers about it. Dialogs load when called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from zhenggai_desktop.errors import EditRefusedError
from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.months.view_names import CHASE, CLOSING, EVIDENCE, PROGRESS
from zhenggai_desktop.gui.session import LedgerSession

if TYPE_CHECKING:
    from zhenggai_desktop.domain.changes import RecordKey


class MonthCalls(QObject):
    """``selected`` gives the rows that are selected on the ledger page."""

    told = Signal(str)
    record_wanted = Signal(object)  # RecordKey
    view_wanted = Signal(str)  # a view of the page of the working months

    def __init__(self, session: LedgerSession, window: QWidget, selected: Callable[[], Sequence[RecordKey]]) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._selected = selected
        calls: Mapping[Call, Callable[[], None]] = {
            Call.CHASE: lambda: self.view_wanted.emit(CHASE),
            Call.PROGRESS_ENTRY: lambda: self.view_wanted.emit(PROGRESS),
            Call.UNCLOSED: lambda: self.view_wanted.emit(CLOSING),
            Call.UNPROVEN: lambda: self.view_wanted.emit(EVIDENCE),
            Call.PERIOD_REPORT: self.report,
            Call.EXTEND: self.extend,
            Call.HAND_ON: self.hand_on,
            Call.CLOSING: self.close_issues,
            Call.CLOSING_FORMS: self.closing_forms,
            Call.CLOSING_LEDGER: self.closing_ledger,
            Call.CALENDAR: self.calendar,
            Call.OUTCOMES: self.outcomes,
            Call.ISSUE_FILE: self.issue_file,
            Call.ISSUE_FILES: self.issue_files,
            Call.EVIDENCE_LIST: self.evidence_list,
        }
        self.handlers: Mapping[Call, Callable[[], None]] = {
            call: partial(self._told_refusals, work) for call, work in calls.items()
        }

    # --- chasing and reports

    def report(self) -> None:
        """The weekly or monthly report since the last one."""
        from zhenggai_desktop.gui.dialogs.agreement import agreed  # noqa: PLC0415 - on demand
        from zhenggai_desktop.gui.months.report_dialog import ReportDialog  # noqa: PLC0415

        self._session.flush()
        agreed(ReportDialog(self._session, self._window))

    def extend(self) -> None:
        """Put the deadline of the selected row off."""
        from zhenggai_desktop.gui.dialogs.agreement import agreed  # noqa: PLC0415
        from zhenggai_desktop.gui.months.deadline_dialogs import extending  # noqa: PLC0415

        self._session.flush()
        dialog = extending(self._session, self._rows("延期"), self._window)
        if agreed(dialog):
            self.told.emit("已延期，原时限和理由都留在记录里。")

    def hand_on(self) -> None:
        """Give what somebody answers for to somebody else."""
        from zhenggai_desktop.gui.dialogs.agreement import agreed  # noqa: PLC0415
        from zhenggai_desktop.gui.months.deadline_dialogs import HandOnDialog  # noqa: PLC0415

        self._session.flush()
        dialog = HandOnDialog(self._session, self._selected(), self._window)
        if agreed(dialog):
            self.told.emit(f"已交接{dialog.count}项，可用“撤销”一次退回。")

    # --- closing

    def close_issues(self) -> None:
        """The next step of closing for the selected issues."""
        from zhenggai_desktop.gui.dialogs.agreement import agreed  # noqa: PLC0415
        from zhenggai_desktop.gui.months.closing_dialogs import ClosingDialog  # noqa: PLC0415

        dialog = ClosingDialog(self._session, self._issues("办理销号"), self._window)
        if dialog.is_empty:
            dialog.deleteLater()
            raise EditRefusedError("所选的问题都已销号", "要重新打开，请在问题的“销号”页选择“重新整改”")
        agreed(dialog)

    def closing_forms(self) -> None:
        """销号申请审批表 of the selected issues."""
        from zhenggai_desktop.gui.months.closing_list import write_applications  # noqa: PLC0415

        write_applications(self._window, self._session, self._issues("打印审批表"))

    def closing_ledger(self) -> None:
        """销号台账 of all issues."""
        from zhenggai_desktop.gui.months.papers import write_paper  # noqa: PLC0415
        from zhenggai_desktop.services.paperwork import closing_list  # noqa: PLC0415

        today = self._session.today()
        write_paper(self._window, self._session, "销号台账", lambda snapshot: closing_list(snapshot, today))

    # --- files about issues

    def issue_file(self) -> None:
        """一题一档 of the selected issues."""
        from zhenggai_desktop.gui.months.papers import write_paper  # noqa: PLC0415
        from zhenggai_desktop.services.paperwork import issue_file  # noqa: PLC0415

        issues = self._issues("存档")
        write_paper(self._window, self._session, "一题一档", lambda snapshot: issue_file(snapshot, *issues))

    def issue_files(self) -> None:
        """一题一档 of every issue, with the lists, into a folder."""
        from zhenggai_desktop.gui import messages  # noqa: PLC0415
        from zhenggai_desktop.gui.dialogs import files  # noqa: PLC0415
        from zhenggai_desktop.gui.folders import Purpose  # noqa: PLC0415
        from zhenggai_desktop.gui.months.papers import write_all_files  # noqa: PLC0415

        self._session.flush()
        path, today = self._path(), self._session.today()
        ways = {"Word 文档": ".docx", "PDF 文件": ".pdf"}
        more = "Word 还可以修改，PDF 适合存档和打印。"
        way = messages.ask(self._window, "一题一档存成哪一种文件？", more, [*ways, messages.CANCEL])
        if way not in ways:
            return
        start = self._session.folders.start(Purpose.EXPORT, path.parent)
        chosen = files.ask_folder(self._window, "一题一档存到哪个文件夹", start)
        if chosen is not None:
            folder = chosen / f"{path.stem}-一题一档{today:%m%d}"
            count = write_all_files(self._window, self._session, folder, ways[way])
            messages.tell_written(self._window, f"已生成{count}份文件。", folder)

    def evidence_list(self) -> None:
        """佐证材料目录 of all issues."""
        from zhenggai_desktop.gui.months.papers import write_paper  # noqa: PLC0415
        from zhenggai_desktop.services.paperwork import evidence_list  # noqa: PLC0415

        write_paper(self._window, self._session, "佐证材料目录", evidence_list)

    def outcomes(self) -> None:
        """Outcomes of many issues in one table, and what they come to."""
        from zhenggai_desktop.domain.records import Issue  # noqa: PLC0415
        from zhenggai_desktop.gui.dialogs.agreement import agreed  # noqa: PLC0415
        from zhenggai_desktop.gui.months.outcome_dialog import OutcomeDialog  # noqa: PLC0415

        self._session.flush()
        dialog = OutcomeDialog(self._session, self._window)
        if agreed(dialog):
            self.record_wanted.emit((Issue, dialog.issue_id))

    # --- calendar

    def calendar(self) -> None:
        """Open deadlines as a calendar file."""
        from zhenggai_desktop.gui import messages  # noqa: PLC0415
        from zhenggai_desktop.gui.dialogs import files  # noqa: PLC0415
        from zhenggai_desktop.gui.folders import Purpose  # noqa: PLC0415
        from zhenggai_desktop.gui.progress import write_file  # noqa: PLC0415
        from zhenggai_desktop.services.calendars import SUFFIX, export_calendar  # noqa: PLC0415

        self._session.flush()
        path, snapshot, now = self._path(), self._session.snapshot, dt.datetime.now().astimezone()
        folders = self._session.folders
        suggestion = folders.suggestion(Purpose.EXPORT, path.with_name(f"{path.stem}-整改时限{SUFFIX}"))
        target = files.ask_calendar(self._window, suggestion)
        if target is not None:
            folders.used(Purpose.EXPORT, target)
            write_file(self._window, "正在生成日历…", target, lambda made: export_calendar(snapshot, made, now=now))
            messages.tell_exported(self._window, target)

    # --- what is selected

    def _told_refusals(self, work: Callable[[], None]) -> None:
        """Do something; what is refused before any dialog is said in the status bar."""
        try:
            work()
        except EditRefusedError as error:
            self.told.emit(str(error))

    def _rows(self, verb: str) -> list[RecordKey]:
        """The selected issues and measures. EditRefusedError where there are none."""
        from zhenggai_desktop.domain.records import Issue, Measure  # noqa: PLC0415

        keys = [key for key in self._selected() if key[0] in (Issue, Measure)]
        if not keys:
            raise EditRefusedError("没有选中问题或整改措施", f"请先在台账里选择要{verb}的行")
        return keys

    def _issues(self, verb: str) -> list[int]:
        """The selected issues, a measure standing for its issue."""
        from zhenggai_desktop.gui.months.closing_dialogs import issues_of  # noqa: PLC0415

        self._session.flush()
        return issues_of(self._session.snapshot, self._rows(verb))

    def _path(self) -> Path:
        path = self._session.path
        assert path is not None, "this needs a ledger"
        return path
