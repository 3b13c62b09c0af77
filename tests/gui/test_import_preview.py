"""What the preview says about a plan before it is applied."""

from __future__ import annotations

from pathlib import Path

from builders import a_ledger, a_tree
from openpyxl import load_workbook
from PySide6.QtWidgets import QDialogButtonBox, QTreeWidget
from pytestqt.qtbot import QtBot

from zhenggai_desktop.domain.records import Snapshot
from zhenggai_desktop.gui.dialogs.import_preview import ImportPreview, remarks, summary
from zhenggai_desktop.services.exporting import export_ledger
from zhenggai_desktop.services.importing import apply, plan_source, preview


def test_names_the_kind_of_source_and_what_is_new(notice: Path) -> None:
    plan = plan_source(notice)
    sentence = summary(plan, preview(Snapshot(), plan))
    assert sentence.startswith("识别为整改通报，将新增：")
    assert "方面3个、问题7个、具体表现6个、整改措施20条" in sentence
    assert sentence.endswith("；并填写台账信息。")


def test_says_so_when_everything_is_there_already(notice: Path, tmp_path: Path, qtbot: QtBot) -> None:
    plan = plan_source(notice)
    with a_ledger(tmp_path) as ledger:
        apply(ledger, plan)
        report = preview(ledger.snapshot, plan)
    assert summary(plan, report) == "识别为整改通报，没有新的内容。"
    assert [group.heading for group in remarks(plan, report)][-1] == "台账中已有"
    dialog = ImportPreview(plan, report)
    qtbot.addWidget(dialog)
    buttons = {button.text(): button for button in dialog.findChildren(QDialogButtonBox)[0].buttons()}
    assert not buttons["导入"].isEnabled()
    assert buttons["取消"].isEnabled()


def test_opens_what_needs_a_look_and_gives_its_line(published: Path, qtbot: QtBot) -> None:
    plan = plan_source(published / "notice-scheme-a.txt")
    dialog = ImportPreview(plan, preview(Snapshot(), plan))
    qtbot.addWidget(dialog)
    doubts = dialog.findChildren(QTreeWidget)[0].topLevelItem(0)
    assert doubts.isExpanded()
    assert doubts.text(0) == f"存疑，请核对（{len(plan.doubts)}）"
    assert doubts.child(0).text(0) == f"第 {plan.doubts[0].line} 行"
    assert doubts.child(0).text(1) == plan.doubts[0].text


def test_shows_what_a_returned_workbook_changes(tmp_path: Path) -> None:
    with a_ledger(tmp_path, *a_tree(1, 1, 2), organisation="某街道党工委") as ledger:
        book = tmp_path / "台账.xlsx"
        export_ledger(ledger.snapshot, book)
        loaded = load_workbook(book)
        page = loaded["台账"]
        head = next(row for row in page.iter_rows() if any(cell.value == "责任人" for cell in row))
        column = next(cell.column for cell in head if cell.value == "责任人")
        page.cell(head[0].row + 2, column).value = "王晓明"
        loaded.save(book)
        plan = plan_source(book)
        report = preview(ledger.snapshot, plan)
    assert summary(plan, report) == "识别为台账表格，将补充或修改已有的1条。"
    (group,) = (group for group in remarks(plan, report) if group.heading == "补充或修改已有的内容")
    assert group.opened
    assert group.lines[0][1].endswith("补充：责任人")
