"""Every dialog of the program on a ledger that has something for it: for tests that walk them all, and for pictures."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

from docx import Document as WordDocument
from more_dialogs import MORE_NAMES, more_dialogs
from openpyxl import Workbook
from PySide6.QtWidgets import QDialog, QWidget

from zhenggai_desktop.domain.layout_file import ledger_profile
from zhenggai_desktop.domain.records import Evidence, Issue, LogEntry, Measure, Status
from zhenggai_desktop.domain.schemes import scheme_for
from zhenggai_desktop.services import importing, proving
from zhenggai_desktop.services.attachments import add_to
from zhenggai_desktop.services.drafts import send_notice
from zhenggai_desktop.services.editing import set_fields, set_many
from zhenggai_desktop.services.form_memory import FormMemory
from zhenggai_desktop.services.import_assistant import assist
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.ledger_merging import plan_merge
from zhenggai_desktop.services.process import lay_out
from zhenggai_desktop.services.returning import open_returned
from zhenggai_desktop.services.reviewing import Review, review_of_copy
from zhenggai_desktop.services.workbook_assistant import assist_workbook

TODAY = dt.date(2025, 9, 15)
SAMPLES = Path(__file__).resolve().parent.parent / "resources" / "samples"


def a_full_ledger(folder: Path) -> Path:
    """The bundled notice with something in every tab: open and late issues, a log, evidence, a draft."""
    path = folder / "示例整改台账.zgtz"
    importing.import_into(path, importing.plan_source(SAMPLES / "示例整改通报.txt"))
    proof = folder / "党工委会议纪要.pdf"
    proof.write_bytes(b"%PDF-1.4")
    with Ledger.open(path, who="张三") as ledger:
        first, _second, *others = [(Issue, issue.id) for issue in ledger.snapshot.issues]
        duties = {"leaders": ("王主任", "李主任"), "lead_department": "党政综合办公室", "deadline": "8月底前"}
        set_many(ledger, others[:4], duties, today=TODAY)
        set_many(
            ledger,
            others[4:],
            {"leaders": ("陈书记",), "lead_department": "党建办公室", "deadline": "2025年12月底前"},
            today=TODAY,
        )
        set_fields(ledger, first, {"deadline": "6月底前", "owner": "赵科长", "leaders": ("王主任",)}, today=TODAY)
        set_fields(ledger, first, {"deadline": "9月底前", "lead_department": "社区建设办公室"}, today=TODAY)
        _open_again(ledger)
        entry = add_to(ledger, LogEntry, first, today=TODAY)
        set_fields(ledger, entry, {"text": "召开专题会议，研究整改措施。", "reporter": "综合科"}, today=TODAY)
        proving.add_files(ledger, first, [proof])
        evidence = ledger.snapshot.evidence[0].id
        set_fields(ledger, (Evidence, evidence), {"category": "会议材料", "dated_on": TODAY}, today=TODAY)
        send_notice(ledger, folder / "整改通报.docx")
        lay_out(ledger)
    return path


def _open_again(ledger: Ledger) -> None:
    """Some measures are under way or not begun, one is all but done."""
    wanted = (Status.IN_PROGRESS, Status.NOT_STARTED, Status.MOSTLY_DONE, Status.IN_PROGRESS)
    for measure, status in zip(ledger.snapshot.measures[3::4], wanted, strict=False):
        set_fields(ledger, (Measure, measure.id), {"status": status}, today=TODAY)


def a_foreign_table(folder: Path) -> Path:
    """An office's own table with captions of its own."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["巡察反馈意见整改任务分解表"])
    sheet.append(["序号", "存在的主要问题", "整改措施", "牵头领导", "责任科室", "办结时间", "备注"])
    sheet.append([1, "理论学习联系实际不够紧密", "每月集中学习一次", "王主任", "综合科", "2025年6月底前", ""])
    sheet.append([2, "老旧小区改造推进迟缓", "倒排工期，挂图作战", "李主任", "建设科", "2025年9月底前", ""])
    path = folder / "任务分解表.xlsx"
    book.save(path)
    return path


def a_review(ledger_path: Path, folder: Path) -> Review:
    """A copy that went another way: something new, something changed on both sides."""
    copy = folder / "副本.zgtz"
    shutil.copy(ledger_path, copy)
    with Ledger.open(copy) as theirs, Ledger.open(ledger_path, read_only=True) as known:
        issues = [(Issue, issue.id) for issue in known.snapshot.issues]
        set_fields(theirs, issues[0], {"owner": "钱科长", "note": "另一处写的备注"}, today=TODAY)
        set_fields(theirs, issues[2], {"owner": "孙科长"}, today=TODAY)
    ours = folder / "本机.zgtz"
    shutil.copy(ledger_path, ours)
    with Ledger.open(ours) as mine, Ledger.open(copy, read_only=True) as theirs:
        set_fields(mine, (Issue, mine.snapshot.issues[0].id), {"owner": "周科长"}, today=TODAY)
        return review_of_copy(plan_merge(mine, theirs))


def a_returned_draft(folder: Path) -> Path:
    """The exported notice with two sentences changed by hand."""
    document = WordDocument(str(folder / "整改通报.docx"))
    long = [paragraph for paragraph in document.paragraphs if len(paragraph.text) > 40]
    for paragraph in long[1:3]:
        paragraph.runs[-1].text = paragraph.runs[-1].text + "请补充数据。"
    path = folder / "整改通报（退回）.docx"
    document.save(str(path))
    return path


def every_dialog(window: QWidget, ledger: Path, folder: Path) -> dict[str, Callable[[], QDialog]]:
    """What makes each dialog, by the name under which its picture is kept. ``window`` is their parent."""
    from zhenggai_desktop.domain.ledger_template import WHOLE
    from zhenggai_desktop.gui.dialogs.bulk_edit import BulkEdit
    from zhenggai_desktop.gui.dialogs.choose_evidence import ChooseEvidence
    from zhenggai_desktop.gui.dialogs.columns_dialog import ColumnsDialog
    from zhenggai_desktop.gui.dialogs.distribute_dialog import DistributeDialog
    from zhenggai_desktop.gui.dialogs.form_dialog import FormDialog
    from zhenggai_desktop.gui.dialogs.import_dialog import ImportDialog
    from zhenggai_desktop.gui.dialogs.import_preview import ImportPreview
    from zhenggai_desktop.gui.dialogs.layout_dialog import LayoutDialog
    from zhenggai_desktop.gui.dialogs.progress_dialog import ProgressDialog
    from zhenggai_desktop.gui.dialogs.review_dialog import ReviewDialog
    from zhenggai_desktop.gui.dialogs.rollup_dialog import RollupDialog
    from zhenggai_desktop.gui.dialogs.workbook_dialog import WorkbookDialog
    from zhenggai_desktop.gui.months.outcome_dialog import OutcomeDialog
    from zhenggai_desktop.gui.months.stages_dialog import StagesDialog
    from zhenggai_desktop.gui.notice.drafts_dialog import DraftsDialog
    from zhenggai_desktop.gui.notice.published_dialog import PublishedDialog
    from zhenggai_desktop.gui.notice.returned_dialog import ReturnedDialog
    from zhenggai_desktop.gui.notice.scheme_dialog import SchemeDialog
    from zhenggai_desktop.gui.proof.text_dialog import TextProofDialog
    from zhenggai_desktop.services.importing import plan_source, preview

    session = window.session  # type: ignore[attr-defined] - the main window
    snapshot = session.snapshot
    table = a_foreign_table(folder)

    def form() -> QDialog:
        dialog = FormDialog(snapshot, None, FormMemory(None), folder, window)
        dialog.choose(table)
        return dialog

    def import_preview() -> QDialog:
        plan = plan_source(SAMPLES / "示例整改通报.txt")
        return ImportPreview(plan, preview(snapshot, plan), window)

    def workbook() -> QDialog:
        assistant = assist_workbook(table, snapshot, FormMemory(None))
        assert assistant is not None
        return WorkbookDialog(assistant, compared=True, parent=window)

    def returned() -> QDialog:
        path = a_returned_draft(folder)

        def again() -> object:
            return open_returned(snapshot, path)

        return ReturnedDialog(open_returned(snapshot, path), lambda *_: None, again, window)  # type: ignore[arg-type]

    def proofread() -> QDialog:
        dialog = TextProofDialog(folder, window)
        dialog.take_file(SAMPLES / "示例整改通报.txt")
        return dialog

    feedback = SAMPLES / "示例反馈意见.txt"
    return {
        "20-批量修改": lambda: BulkEdit(session, 10, window),
        "21-导入助手": lambda: ImportDialog(assist(feedback, snapshot), compared=True, parent=window),
        "22-引用佐证": lambda: ChooseEvidence(list(snapshot.evidence), window),
        "23-导入表格": workbook,
        "24-导入预览": import_preview,
        "25-按表填写": form,
        "26-台账的列": lambda: ColumnsDialog(WHOLE, window),
        "27-分发填报表": lambda: DistributeDialog(snapshot, folder / "填报表", window),
        "28-收回合并": lambda: ReviewDialog(a_review(ledger, folder), "合并台账副本：副本", "副本", window),
        "29-汇总": lambda: RollupDialog([ledger], folder, window),
        "30-自定义版式": lambda: LayoutDialog(ledger_profile(snapshot.facts), window),
        "31-文稿登记": lambda: DraftsDialog(snapshot, window),
        "32-核对已发布": lambda: PublishedDialog(snapshot, folder, window),
        "33-调整方案": lambda: SchemeDialog(snapshot, scheme_for(snapshot.facts), folder, editable=True, parent=window),
        "34-收回退回稿": returned,
        "35-校对文件": proofread,
        "38-成果登记": lambda: OutcomeDialog(session, window),
        "37-调整流程": lambda: StagesDialog(session, window),
        "36-进度": lambda: ProgressDialog("正在导入“整改台账.xlsx”…", lambda: (42, 100), window),
        **more_dialogs(window, ledger, folder, TODAY),
    }


#: The keys of ``every_dialog``, for tests that are named by them.
NAMES = (
    "20-批量修改", "21-导入助手", "22-引用佐证", "23-导入表格", "24-导入预览", "25-按表填写", "26-台账的列",
    "27-分发填报表", "28-收回合并", "29-汇总", "30-自定义版式", "31-文稿登记", "32-核对已发布", "33-调整方案",
    "34-收回退回稿", "35-校对文件", "36-进度", "37-调整流程", "38-成果登记", *MORE_NAMES,
)  # fmt: skip
