"""The other half of ``every_dialog``: the working months, archives, names, backups, evidence and documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from zhenggai_desktop.domain.layout_file import ledger_profile
from zhenggai_desktop.domain.records import Issue
from zhenggai_desktop.services.backups import back_up, listed
from zhenggai_desktop.services.documents import chosen_template
from zhenggai_desktop.services.evidence_care import Doubtful, FileState
from zhenggai_desktop.services.next_round import CameBack

RESOURCES = Path(__file__).resolve().parent.parent / "resources"


def more_dialogs(window: QWidget, ledger: Path, folder: Path, today: dt.date) -> dict[str, Callable[[], QDialog]]:
    """What makes each dialog, by the name under which its picture is kept. ``window`` is their parent."""
    return _of_months(window) | _of_files(window, ledger, folder) | _of_documents(window, folder, today)


def _of_months(window: QWidget) -> dict[str, Callable[[], QDialog]]:
    from zhenggai_desktop.gui.months.closing_dialogs import ClosingDialog, sending_back
    from zhenggai_desktop.gui.months.deadline_dialogs import HandOnDialog, extending
    from zhenggai_desktop.gui.months.gather_dialog import GatherDialog
    from zhenggai_desktop.gui.months.milestone_dialog import MilestoneDialog, NewMilestoneDialog
    from zhenggai_desktop.gui.months.report_dialog import ReportDialog

    session = window.session  # type: ignore[attr-defined] - the main window
    ids = [issue.id for issue in session.snapshot.issues[:3]]
    keys = [(Issue, number) for number in ids]
    measures = [measure.id for measure in session.snapshot.measures]
    return {
        "40-延期": lambda: extending(session, keys, window),
        "41-责任交接": lambda: HandOnDialog(session, keys, window),
        "42-办理销号": lambda: ClosingDialog(session, ids, window),
        "43-退回": lambda: sending_back(session, ids, window),
        "44-周报月报": lambda: ReportDialog(session, window),
        "45-流程节点": lambda: MilestoneDialog(session, session.snapshot.milestones[2].id, window),
        "46-新增节点": lambda: NewMilestoneDialog(session, window),
        "47-汇入进展": lambda: GatherDialog(session, measures, window),
    }


def _of_files(window: QWidget, ledger: Path, folder: Path) -> dict[str, Callable[[], QDialog]]:
    from zhenggai_desktop.gui.dialogs.archive_dialogs import ArchiveDialog, ArchivePasswordDialog
    from zhenggai_desktop.gui.dialogs.backups_dialog import BackupsDialog
    from zhenggai_desktop.gui.dialogs.came_back_dialog import CameBackDialog
    from zhenggai_desktop.gui.dialogs.evidence_check import EvidenceCheck
    from zhenggai_desktop.gui.dialogs.name_dialog import NameDialog
    from zhenggai_desktop.gui.dialogs.password_dialog import PasswordDialog

    session = window.session  # type: ignore[attr-defined]
    snapshot = session.snapshot
    first, second, *_ = snapshot.issues

    def backups() -> QDialog:
        back_up(ledger, folder / "备份", "手动备份")
        return BackupsDialog(ledger, listed(ledger, folder / "备份"), snapshot, window)

    return {
        "50-归档打包": lambda: ArchiveDialog(window),
        "51-归档包的密码": lambda: ArchivePasswordDialog("归档.zip", window),
        "52-给文件加密码": lambda: PasswordDialog("整改通报.docx", window),
        "53-操作人姓名": lambda: NameDialog("张三", window),
        "54-备份与恢复": backups,
        "55-比对上轮": lambda: CameBackDialog(
            [CameBack(first, first, 1.0, was_closed=True), CameBack(second, second, 0.9, was_closed=False)], window
        ),
        "56-核对佐证": lambda: EvidenceCheck(session, [Doubtful(snapshot.evidence[0], FileState.MISSING)], window),
    }


def _of_documents(window: QWidget, folder: Path, today: dt.date) -> dict[str, Callable[[], QDialog]]:
    from zhenggai_desktop.gui.notice.documents_dialog import DocumentsDialog
    from zhenggai_desktop.gui.notice.template_dialog import TemplateDialog

    session = window.session  # type: ignore[attr-defined]
    snapshot, built_in = session.snapshot, RESOURCES / "documents"
    profile = ledger_profile(snapshot.facts)

    def template() -> QDialog:
        chosen = chosen_template("plan", built_in)
        return settled(TemplateDialog(chosen, snapshot, today, profile, window))

    def settled(dialog: DocumentsDialog | TemplateDialog) -> QDialog:
        dialog.pages.settle()
        return dialog

    return {
        "60-其他文书": lambda: settled(DocumentsDialog(session, built_in, folder / "自己的模板", window)),
        "61-修改模板": template,
    }


#: The keys of ``more_dialogs``, for tests that are named by them.
MORE_NAMES = (
    "40-延期", "41-责任交接", "42-办理销号", "43-退回", "44-周报月报", "45-流程节点", "46-新增节点", "47-汇入进展",
    "50-归档打包", "51-归档包的密码", "52-给文件加密码", "53-操作人姓名", "54-备份与恢复", "55-比对上轮",
    "56-核对佐证", "60-其他文书", "61-修改模板",
)  # fmt: skip
