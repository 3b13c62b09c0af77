"""Tables go out and come back in a real window: every dialog answered as a clerk would, on its own widgets."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders import a_ledger
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QPushButton

from zhenggai_desktop.domain.distribution import By
from zhenggai_desktop.domain.progress import UNASSIGNED
from zhenggai_desktop.domain.records import Issue, Measure, Section
from zhenggai_desktop.domain.table_columns import Column
from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.dialogs.columns_dialog import ColumnsDialog
from zhenggai_desktop.gui.dialogs.distribute_dialog import DistributeDialog
from zhenggai_desktop.gui.dialogs.form_dialog import FormDialog
from zhenggai_desktop.gui.dialogs.review_dialog import ReviewDialog
from zhenggai_desktop.gui.dialogs.rollup_dialog import RollupDialog
from zhenggai_desktop.gui.dialogs.workbook_dialog import WorkbookDialog
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.merge_writing import Prefer

Answer = Callable[[Any], bool]


class Clerk:
    """What is done in each dialog, in turn: True agrees to it, False cancels it. A dialog without an answer fails."""

    def __init__(self) -> None:
        self.answers: list[tuple[type[QDialog], Answer]] = []
        self.many: list[list[Path]] = []

    def will(self, dialog: type[QDialog], answer: Answer) -> None:
        self.answers.append((dialog, answer))

    def answer(self, dialog: QDialog) -> QDialog.DialogCode:
        kind, answer = self.answers.pop(0)
        assert type(dialog) is kind
        dialog.show()
        agreed = answer(dialog)
        dialog.hide()
        if agreed:
            button: Any = getattr(dialog, "accept_button", None) or getattr(dialog, "import_button", None)
            assert button.isEnabled()
            button.click()
        return QDialog.DialogCode(dialog.result())


@pytest.fixture
def clerk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clerk]:
    clerk = Clerk()

    def answered(dialog: QDialog) -> QDialog.DialogCode:  # a plain function, which becomes a method of each
        return clerk.answer(dialog)

    for dialog in (DistributeDialog, ReviewDialog, RollupDialog, FormDialog, ColumnsDialog, WorkbookDialog):
        monkeypatch.setattr(dialog, "exec", answered)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path) for path in clerk.many.pop(0)], ""))
    yield clerk
    assert not clerk.answers
    assert not clerk.many


@pytest.fixture
def opened(window: MainWindow, tmp_path: Path) -> MainWindow:
    a_ledger(
        tmp_path,
        Section(title="党的领导方面"),
        Issue(section_id=1, title="学习少", lead_department="党政办", leaders=("甲书记",)),
        Issue(section_id=1, title="账目乱", lead_department="财政所", leaders=("乙镇长",)),
        Measure(issue_id=1, content="开会", progress="已开1次"),
        Measure(issue_id=2, content="清账"),
        organisation="某镇",
    ).close()
    window.take_file(tmp_path / "台账.zgtz")
    return window


def texts(window: MainWindow) -> dict[str, str]:
    return {measure.content: measure.progress for measure in window.session.snapshot.measures}


def distribute(window: MainWindow, clerk: Clerk, dialogs: Any, folder: Path) -> None:
    def answer(dialog: DistributeDialog) -> bool:
        dialog.folder_line.setText(str(folder))
        return True

    clerk.will(DistributeDialog, answer)
    dialogs.choices.append("关闭")
    window.perform(Call.DISTRIBUTE)


def edit(path: Path, **cells: str) -> Path:
    book = openpyxl.load_workbook(path)
    for cell, value in cells.items():
        book["填报"][cell] = value
    book.save(path)
    return path


def test_only_the_ticked_are_sent_theirs(opened: MainWindow, clerk: Clerk, dialogs: Any, tmp_path: Path) -> None:
    def answer(dialog: DistributeDialog) -> bool:
        assert dialog.folder.parent == tmp_path
        dialog.kinds.setCurrentIndex(1)
        assert (dialog.by, dialog.chosen) == (By.LEADER, {"甲书记", "乙镇长"})
        for item in dialog._items():
            item.setCheckState(0, Qt.CheckState.Unchecked)
        assert not dialog.accept_button.isEnabled()
        dialog._items()[1].setCheckState(0, Qt.CheckState.Checked)
        dialog.folder_line.setText(str(tmp_path / "发"))
        assert dialog.accept_button.text() == "生成1份填报表"
        return True

    clerk.will(DistributeDialog, answer)
    dialogs.choices.append("关闭")
    opened.perform(Call.DISTRIBUTE)
    assert [path.name for path in (tmp_path / "发").iterdir()] == ["乙镇长-整改填报表.xlsx"]
    assert opened.session.undo_label == "分发填报表（1份）"
    assert dialogs.shown == [f"已生成1份填报表。{tmp_path / '发'}"]


def test_rows_of_no_known_department_are_told_and_not_ticked(opened: MainWindow, clerk: Clerk) -> None:
    with opened.session._ledger.step("修改") as writer:  # type: ignore[union-attr]
        writer.update(Issue, 1, lead_department="")

    def answer(dialog: DistributeDialog) -> bool:
        items = {item.text(0): item for item in dialog._items()}
        assert items[UNASSIGNED].checkState(0) is Qt.CheckState.Unchecked
        assert UNASSIGNED not in dialog.chosen
        assert {name for name in items if name != UNASSIGNED} == dialog.chosen
        assert (
            dialog.note.text()
            == f"{items[UNASSIGNED].text(1)}行还没有填牵头部门，没有勾选；填好后再分发，就会发给它们的部门。"
        )
        assert dialog.note.isVisibleTo(dialog)
        dialog.kinds.setCurrentIndex(1)
        assert not dialog.note.isVisibleTo(dialog)
        return False

    clerk.will(DistributeDialog, answer)
    opened.perform(Call.DISTRIBUTE)


def test_returned_sheets_are_reviewed_and_taken_in_one_step(
    opened: MainWindow, clerk: Clerk, dialogs: Any, tmp_path: Path
) -> None:
    distribute(opened, clerk, dialogs, tmp_path / "发")
    with opened.session._ledger.step("修改") as writer:  # type: ignore[union-attr]
        writer.update(Measure, 1, progress="办公室写的2次")
    edit(tmp_path / "发" / "党政办-整改填报表.xlsx", G4="部门写的3次", J4="部门备注", A6="1-1", E6="新措施")
    before = texts(opened)

    def answer(dialog: ReviewDialog) -> bool:
        assert [dialog.tabs.tabText(at) for at in range(dialog.tabs.count())] == [
            "冲突 1", "修改 1", "新增 1", "返回情况 1/2",
        ]  # fmt: skip
        view = dialog.conflicts
        assert view is not None
        assert (view.ours_text.toPlainText(), view.theirs_text.toPlainText()) == ("办公室写的2次", "部门写的3次")
        assert view.base.text() == "原来：已开1次"
        assert len(view.theirs_text.extraSelections()) == 2
        assert dialog.state.text() == (
            "还有1处冲突没有选择，将保留台账的内容。将收入1处修改，可以一次撤销。1条新增没有勾选，不收入。"
        )
        dialog.additions.tick(0, wanted=True)
        assert dialog.state.text().startswith("还有1处冲突没有选择，将保留台账的内容。将收入1处修改、1条新增")
        view.buttons[Prefer.BOTH].click()
        assert dialog.state.text().startswith("将收入1处修改、1处冲突按选择、1条新增")
        copy = next(button for button in dialog.findChildren(QPushButton) if button.text().startswith("复制"))
        copy.click()
        assert QGuiApplication.clipboard().text().endswith("尚未返回1个：财政所，请尽快填报并发回。")
        QGuiApplication.clipboard().clear()
        return True

    clerk.will(ReviewDialog, answer)
    clerk.many.append([tmp_path / "发" / "党政办-整改填报表.xlsx"])
    opened.perform(Call.COLLECT)
    assert texts(opened) == {"开会": "办公室写的2次\n部门写的3次", "清账": "", "新措施": ""}
    opened.perform(Call.UNDO)
    assert texts(opened) == before


@pytest.mark.parametrize(
    ("choose", "expected"),
    [(None, "办公室写的"), (Prefer.OURS, "办公室写的"), (Prefer.THEIRS, "部门写的"), ("all", "部门写的")],
)
def test_a_conflict_takes_the_side_that_is_chosen_and_ours_without_a_choice(
    opened: MainWindow, clerk: Clerk, dialogs: Any, tmp_path: Path, choose: Any, expected: str
) -> None:
    distribute(opened, clerk, dialogs, tmp_path / "发")
    with opened.session._ledger.step("修改") as writer:  # type: ignore[union-attr]
        writer.update(Measure, 1, progress="办公室写的")
    edit(tmp_path / "发" / "党政办-整改填报表.xlsx", G4="部门写的")

    def answer(dialog: ReviewDialog) -> bool:
        assert dialog.conflicts is not None
        if choose == "all":
            dialog.conflicts.decide_all(Prefer.THEIRS)
        elif choose is not None:
            dialog.conflicts.buttons[choose].click()
        return True

    clerk.will(ReviewDialog, answer)
    clerk.many.append([tmp_path / "发" / "党政办-整改填报表.xlsx"])
    opened.perform(Call.COLLECT)
    assert texts(opened)["开会"] == expected


def test_an_addition_without_its_tick_and_a_cancelled_review_stay_out(
    opened: MainWindow, clerk: Clerk, dialogs: Any, tmp_path: Path
) -> None:
    distribute(opened, clerk, dialogs, tmp_path / "发")
    path = edit(tmp_path / "发" / "党政办-整改填报表.xlsx", G4="部门写的", A6="1-1", E6="新措施")
    before = texts(opened)
    clerk.many += [[path], [path]]
    clerk.will(ReviewDialog, lambda _dialog: False)
    opened.perform(Call.COLLECT)
    assert texts(opened) == before

    clerk.will(ReviewDialog, lambda dialog: not dialog.additions.ticked)
    opened.perform(Call.COLLECT)
    assert texts(opened) == {"开会": "部门写的", "清账": ""}


def test_a_sheet_that_is_dropped_on_the_window_is_collected_not_imported(
    opened: MainWindow, clerk: Clerk, dialogs: Any, tmp_path: Path
) -> None:
    distribute(opened, clerk, dialogs, tmp_path / "发")
    path = edit(tmp_path / "发" / "财政所-整改填报表.xlsx", G4="已清账")
    clerk.will(ReviewDialog, lambda _dialog: True)
    opened.take_file(path.rename(tmp_path / "最终版(2).xlsx"))
    assert texts(opened)["清账"] == "已清账"


def test_a_sheet_that_is_collected_again_is_not_said_to_be_taken(
    opened: MainWindow, clerk: Clerk, dialogs: Any, tmp_path: Path
) -> None:
    distribute(opened, clerk, dialogs, tmp_path / "发")
    path = edit(tmp_path / "发" / "党政办-整改填报表.xlsx", G4="部门写的")
    said: list[str] = []
    for _ in range(2):
        clerk.will(ReviewDialog, lambda _dialog: True)
        clerk.many.append([path])
        opened.perform(Call.COLLECT)
        said.append(opened.statusBar().currentMessage())
    assert said == ["已收回1份填报表，可用“撤销”退回。", "填报表里没有要写入的内容，台账没有改动。"]


def test_a_copy_is_merged(opened: MainWindow, clerk: Clerk, dialogs: Any, tmp_path: Path) -> None:
    copy = Path(shutil.copy(tmp_path / "台账.zgtz", tmp_path / "副本.zgtz"))
    with Ledger.open(copy) as other, other.step("在家里改") as writer:
        writer.update(Measure, 2, progress="在家写的")
        writer.add(Measure(issue_id=2, content="在家加的"))
        writer.remove(Measure, 1)

    def answer(dialog: ReviewDialog) -> bool:
        assert [dialog.tabs.tabText(at) for at in range(dialog.tabs.count())] == ["修改 1", "新增 1", "未采用 1"]
        return True

    dialogs.files.append(copy)
    clerk.will(ReviewDialog, answer)
    opened.perform(Call.MERGE)
    assert texts(opened) == {"开会": "已开1次", "清账": "在家写的", "在家加的": ""}


def test_a_move_to_what_was_left_out_is_told(opened: MainWindow, clerk: Clerk, dialogs: Any, tmp_path: Path) -> None:
    copy = Path(shutil.copy(tmp_path / "台账.zgtz", tmp_path / "副本.zgtz"))
    with Ledger.open(copy) as other, other.step("在家里改") as writer:
        section = writer.add(Section(title="新方面"))
        writer.update(Issue, 1, section_id=section.id)
        writer.update(Measure, 2, progress="在家写的")

    def answer(dialog: ReviewDialog) -> bool:
        dialog.additions.tick(0, wanted=False)
        return True

    dialogs.files.append(copy)
    dialogs.choices.append("关闭")
    clerk.will(ReviewDialog, answer)
    opened.perform(Call.MERGE)
    assert dialogs.shown == ["有1处没有收入。其余的都已收入。详情里逐条说明了原因和办法。"]
    assert texts(opened)["清账"] == "在家写的"
    assert opened.session.snapshot.issues[0].section_id == 1


@pytest.mark.parametrize(
    ("clicks", "sections", "issues"),
    [
        ([], 2, 3),  # what a copy brings is taken unless it is left out
        ([(0, False)], 1, 2),  # without the new section its issue stays out
        ([(0, False), (1, True)], 2, 3),  # the issue takes its section along
        ([(1, False)], 2, 2),
    ],
)
def test_a_new_issue_of_a_copy_comes_with_its_section(
    opened: MainWindow, clerk: Clerk, dialogs: Any, tmp_path: Path, clicks: Any, sections: int, issues: int
) -> None:
    copy = Path(shutil.copy(tmp_path / "台账.zgtz", tmp_path / "副本.zgtz"))
    with Ledger.open(copy) as other, other.step("在家里改") as writer:
        section = writer.add(Section(title="新方面"))
        writer.add(Issue(section_id=section.id, title="新问题"))

    def answer(dialog: ReviewDialog) -> bool:
        for at, wanted in clicks:
            dialog.additions.tick(at, wanted=wanted)
        assert dialog.additions.ticked == ([0] if sections > 1 else []) + ([1] if issues > 2 else [])
        return bool(dialog.additions.ticked)

    before = opened.session.snapshot
    dialogs.files.append(copy)
    clerk.will(ReviewDialog, answer)
    opened.perform(Call.MERGE)
    snapshot = opened.session.snapshot
    assert (len(snapshot.sections) - len(before.sections), len(snapshot.issues) - len(before.issues)) == (
        sections - 1, issues - 2,
    )  # fmt: skip
    new = [issue for issue in snapshot.issues if issue.title == "新问题"]
    assert [issue.section_id for issue in new] == [snapshot.sections[-1].id] * len(new)


def test_another_ledger_is_no_copy(opened: MainWindow, dialogs: Any, tmp_path: Path) -> None:
    a_ledger(tmp_path, Issue(title="别处"), name="别的.zgtz").close()
    dialogs.files.append(tmp_path / "别的.zgtz")
    dialogs.choices.append("关闭")
    opened.perform(Call.MERGE)
    assert "不是这个台账的副本" in dialogs.shown[0]


def test_ledgers_are_summed(opened: MainWindow, clerk: Clerk, dialogs: Any, tmp_path: Path) -> None:
    a_ledger(tmp_path, Issue(title="别处"), name="别的.zgtz", organisation="乙社区").close()

    def answer(dialog: RollupDialog) -> bool:
        assert dialog.paths == [tmp_path / "台账.zgtz"]
        dialog.add_button.click()
        assert dialog.accept_button.text() == "汇总3个台账"
        dialog.list.item(2).setSelected(True)
        dialog.remove_button.click()
        return True

    clerk.many.append([tmp_path / "别的.zgtz", tmp_path / "没有了.zgtz"])
    clerk.will(RollupDialog, answer)
    dialogs.files.append(tmp_path / "汇总.xlsx")
    dialogs.choices.append("关闭")
    opened.perform(Call.ROLL_UP)
    page = openpyxl.load_workbook(tmp_path / "汇总.xlsx")["汇总"]
    assert {"某镇", "乙社区", "合计"} <= {cell.value for cell in page["A"]}


def test_a_form_is_mapped_by_hand_filled_and_remembered(
    opened: MainWindow, clerk: Clerk, dialogs: Any, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    page: Any = book.active
    page.append(["序号", "问题", "怎么办"])
    book.save(tmp_path / "上报表.xlsx")

    def first(dialog: FormDialog) -> bool:
        assert not dialog.accept_button.isEnabled()
        dialog.choose_button.click()
        box: Any = dialog.table.cellWidget(2, 1)
        assert box.currentText() == "自动识别：不填"  # a form is written, not read
        offered = [box.itemText(at) for at in range(box.count())]
        assert [words for words in offered if "读入" in words or "记入" in words] == []
        box.setCurrentText("整改措施")
        box.activated.emit(box.currentIndex())
        assert dialog.table.item(2, 2).text() == "开会"
        assert dialog.state.text() == "将填写2行。"
        return True

    def second(dialog: FormDialog) -> bool:
        assert dialog.forms.currentText() == "上报表.xlsx"
        assert dialog.table.item(2, 2).text() == "开会"
        return True

    for answer, target in ((first, "填.xlsx"), (second, "再填.xlsx")):
        clerk.will(FormDialog, answer)
        dialogs.files += [tmp_path / "上报表.xlsx", tmp_path / target] if answer is first else [tmp_path / target]
        dialogs.choices.append("关闭")
        opened.perform(Call.FILL_FORM)
        filled: Any = openpyxl.load_workbook(tmp_path / target).active
        assert [cell.value for cell in filled["C"]] == ["怎么办", "开会", "清账"]


def test_a_form_whose_header_nobody_knows_is_taught_once(
    opened: MainWindow, clerk: Clerk, dialogs: Any, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    book.active.append(["填表须知：逐项填写，不得空缺。"])  # type: ignore[union-attr]
    page: Any = book.create_sheet("样表")
    for row in (["某区上报样式", "", ""], ["单位：", "日期：", ""], ["项", "毛病", "怎么办"]):
        page.append(row)
    book.save(tmp_path / "怪表.xlsx")

    def mean(dialog: FormDialog, at: int, words: str) -> None:
        box: Any = dialog.table.cellWidget(at, 1)
        box.setCurrentText(words)
        box.activated.emit(box.currentIndex())

    def taught(dialog: FormDialog) -> bool:
        dialog.choose_button.click()
        assert dialog.state.text().startswith("没有认出问题或措施在哪一列。请指出表头在第几行")
        assert (dialog.tables.currentText(), dialog.accept_button.isEnabled()) == ("样表", False)
        dialog.rows.first.setValue(3)
        assert [dialog.table.item(at, 0).text() for at in range(3)] == ["项", "毛病", "怎么办"]
        for at, words in enumerate(("序号", "反馈问题", "整改措施")):
            mean(dialog, at, words)
        assert dialog.state.text() == "将填写2行。"
        return True

    def known(dialog: FormDialog) -> bool:
        assert (dialog.tables.currentText(), dialog.rows.last.value()) == ("样表", 3)
        return True

    for answer, target in ((taught, "填.xlsx"), (known, "再填.xlsx")):
        clerk.will(FormDialog, answer)
        dialogs.files += [tmp_path / "怪表.xlsx", tmp_path / target] if answer is taught else [tmp_path / target]
        dialogs.choices.append("关闭")
        opened.perform(Call.FILL_FORM)
        filled: Any = openpyxl.load_workbook(tmp_path / target)["样表"]
        assert [cell.value for cell in filled["B"]] == ["日期：" if at == 1 else words for at, words in enumerate(
            [None, None, "毛病", "学习少", "账目乱"])]  # fmt: skip
        assert [cell.value for cell in filled["C"]][2:] == ["怎么办", "开会", "清账"]


def test_all_lists_of_a_form_are_filled_but_those_that_are_not_ticked(
    opened: MainWindow, clerk: Clerk, dialogs: Any, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    for name in ("问题清单", "任务清单", "责任清单"):
        book.create_sheet(name).append(["序号", "问题", *(["整改措施"] if name == "任务清单" else []), name])
    del book["Sheet"]
    book.save(tmp_path / "三个清单.xlsx")

    def answer(dialog: FormDialog) -> bool:
        dialog.choose_button.click()
        assert dialog.is_filled.isVisibleTo(dialog)
        assert dialog.state.text().startswith("将填写“问题清单”、“任务清单”、“责任清单”，这张表2行")
        dialog.tables.setCurrentIndex(1)
        dialog.tables.activated.emit(1)
        assert dialog.table.item(2, 2).text() == "开会"
        dialog.is_filled.click()
        assert dialog.state.text() == "将填写“问题清单”、“责任清单”；这张表不填。"
        for at in (0, 2):
            dialog.tables.setCurrentIndex(at)
            dialog.tables.activated.emit(at)
            dialog.is_filled.click()
        assert dialog.state.text() == "没有要填的表，请在要填的表上打勾。"
        assert not dialog.accept_button.isEnabled()
        dialog.is_filled.click()
        return True

    clerk.will(FormDialog, answer)
    dialogs.files += [tmp_path / "三个清单.xlsx", tmp_path / "填.xlsx"]
    dialogs.choices.append("关闭")
    opened.perform(Call.FILL_FORM)
    filled = openpyxl.load_workbook(tmp_path / "填.xlsx")
    assert [filled[name].max_row for name in filled.sheetnames] == [1, 1, 3]


def test_what_is_no_form_is_said_in_the_dialog(opened: MainWindow, clerk: Clerk, dialogs: Any, tmp_path: Path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"x")

    def answer(dialog: FormDialog) -> bool:
        dialog.choose_button.click()
        assert "坏.xlsx" in dialog.state.text()
        assert not dialog.accept_button.isEnabled()
        return False

    dialogs.files.append(tmp_path / "坏.xlsx")
    clerk.will(FormDialog, answer)
    opened.perform(Call.FILL_FORM)


def test_columns_are_chosen_ordered_named_and_kept(
    opened: MainWindow, clerk: Clerk, dialogs: Any, tmp_path: Path
) -> None:
    def answer(dialog: ColumnsDialog) -> bool:
        for at in range(3, dialog.table.rowCount()):
            dialog.table.item(at, 0).setCheckState(Qt.CheckState.Unchecked)
        dialog.table.setCurrentCell(2, 0)
        dialog.up_button.click()
        dialog.table.item(1, 1).setText("问题是什么")
        width: Any = dialog.table.cellWidget(1, 2)
        width.setValue(30)
        return True

    clerk.will(ColumnsDialog, answer)
    opened.perform(Call.EDIT_COLUMNS)
    dialogs.files.append(tmp_path / "表.xlsx")
    dialogs.choices.append("关闭")
    opened.perform(Call.EXPORT_LEDGER)
    page = openpyxl.load_workbook(tmp_path / "表.xlsx")["台账"]
    assert [page.cell(3, at).value for at in range(1, 5)] == ["序号", "问题是什么", "反馈方面", None]

    def reset(dialog: ColumnsDialog) -> bool:
        assert [column.caption for column in dialog.template.columns] == ["序号", "问题是什么", "反馈方面"]
        dialog.reset_button.click()
        return True

    clerk.will(ColumnsDialog, reset)
    opened.perform(Call.EDIT_COLUMNS)
    assert len(opened.session.template().columns) == 20


def a_foreign_table(path: Path) -> Path:
    book = openpyxl.Workbook()
    page: Any = book.active
    for row in (["某镇事项表"], ["事项", "怎么办", "主抓"], ["学习少", "开会", "党政办"], ["账目乱", "清账", "财政所"]):
        page.append(row)
    book.create_sheet("说明").append(["填表说明", "请认真填写"])
    book.save(path)
    return path


def test_a_table_that_nobody_knows_is_explained_once_and_then_known(
    window: MainWindow, clerk: Clerk, dialogs: Any, tmp_path: Path
) -> None:
    path = a_foreign_table(tmp_path / "事项表.xlsx")

    def explain(dialog: WorkbookDialog) -> bool:
        assert "没有认出台账的表头" in dialog.summary.text()
        assert not dialog.import_button.isEnabled()
        dialog.is_read.click()
        dialog.rows.first.setValue(2)
        assert "还不知道哪一列是问题" in dialog.summary.text()
        for column, name in enumerate(("反馈问题", "整改措施", "牵头部门")):
            dialog.grid.go_to(2, column)
            assert dialog.column_caption.text().startswith(f"第{column + 1}列“")
            dialog.meaning.setCurrentText(name)
            dialog.meaning.activated.emit(dialog.meaning.currentIndex())
        assert dialog.summary.text() == "识别为台账表格，将新增：问题2个、整改措施2条。"
        assert dialog.result_view.tree.titles() == ["学习少", "措施：开会", "账目乱", "措施：清账"]
        return True

    def known(dialog: WorkbookDialog) -> bool:
        assert dialog.import_button.isEnabled()
        assert dialog.plan.doubts == []
        return True

    for answer, target in ((explain, "甲.zgtz"), (known, "乙.zgtz")):
        clerk.will(WorkbookDialog, answer)
        dialogs.files.append(tmp_path / target)
        window.take_file(path)
        assert [issue.lead_department for issue in window.session.snapshot.issues] == ["党政办", "财政所"]
        window.perform(Call.CLOSE)


def test_doubts_lead_to_their_row_and_unsure_columns_are_marked(
    window: MainWindow, clerk: Clerk, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    page: Any = book.active
    for row in (["序号", "问题", "措施", "颜色"], ["1", "学习少", "开会", "红"], ["3", "账目乱", "清账", "蓝"]):
        page.append(row)
    book.save(tmp_path / "表.xlsx")

    def answer(dialog: WorkbookDialog) -> bool:
        head = dialog.grid.cells.headerData
        unsure = [head(at, Qt.Orientation.Horizontal, Qt.ItemDataRole.UserRole) for at in range(4)]
        assert unsure == [False, False, False, True]
        assert head(3, Qt.Orientation.Horizontal) == "其他（记入备注）"
        dialog.doubts.setCurrentItem(dialog.doubts.topLevelItem(0))
        assert dialog.grid.currentIndex().row() == 2
        dialog.grid.horizontalHeader().sectionClicked.emit(3)
        assert dialog.grid.currentIndex().column() == 3
        menu: Any = dialog.meaning.children()[-1]
        next(action for action in menu.actions() if action.text() == "不读入").trigger()
        menu.close()
        assert head(3, Qt.Orientation.Horizontal) == "不读入"
        assert [note.code for note in dialog.plan.doubts] == ["number"]
        return False

    clerk.will(WorkbookDialog, answer)
    window.take_file(tmp_path / "表.xlsx")
    memory = json.loads((window.session.user_folder / "forms" / "columns.json").read_text("utf-8")) if (
        window.session.user_folder and (window.session.user_folder / "forms").exists()) else {}  # fmt: skip
    assert memory == {}  # a cancelled import remembers nothing


def test_what_was_said_can_be_taken_back(window: MainWindow, clerk: Clerk, dialogs: Any, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page: Any = book.active
    for row in (["问题", "措施", "颜色"], ["学习少", "开会", "红"]):
        page.append(row)
    book.save(tmp_path / "表.xlsx")

    def choose(place: int) -> Answer:
        def answer(dialog: WorkbookDialog) -> bool:
            dialog.grid.go_to(1, 2)
            dialog.meaning.setCurrentIndex(place)
            dialog.meaning.activated.emit(place)
            return True

        return answer

    memory = window.session.form_memory()
    for place, expected in ((list(Column).index(Column.OWNER) + 1, {"颜色": Column.OWNER}), (0, None)):
        clerk.will(WorkbookDialog, choose(place))
        dialogs.files.append(tmp_path / f"{place}.zgtz")
        window.take_file(tmp_path / "表.xlsx")
        assert memory.chosen.get("问题｜措施｜颜色") == expected
        window.perform(Call.CLOSE)
