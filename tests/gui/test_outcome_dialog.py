"""Outcomes entered for many issues at once, refused by line, summed by kind and by issue as the notice counts them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from answers import Dialogs
from builders import a_ledger, a_tree
from keyboard import clear, type_text
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QTableWidgetItem, QTreeWidget

from zhenggai_desktop.domain.figures import figures
from zhenggai_desktop.domain.outcome_kinds import CountedKind
from zhenggai_desktop.domain.placeholders import fill, placeholders
from zhenggai_desktop.domain.records import Issue, Section
from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.dialogs.drop_down import DropDown
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.months.outcome_dialog import OutcomeDialog
from zhenggai_desktop.gui.pages.ledger import LedgerPage
from zhenggai_desktop.services.outcome_kinds import add_kind


@pytest.fixture
def dialog(window: MainWindow, tmp_path: Path) -> Iterator[OutcomeDialog]:
    a_ledger(tmp_path, *a_tree(2, 2, 1)).close()
    window.take_file(tmp_path / "台账.zgtz")
    dialog = OutcomeDialog(window.session, window)
    yield dialog
    dialog.table.clearContents()
    dialog.close()
    dialog.deleteLater()


def typed(dialog: OutcomeDialog, *lines: tuple[str, ...]) -> None:
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            dialog.table.setItem(row, column, QTableWidgetItem(text))


def shown(tree: QTreeWidget) -> list[tuple[str, str, list[str]]]:
    tops = [tree.topLevelItem(at) for at in range(tree.topLevelItemCount())]
    return [(top.text(0), top.text(1), [top.child(at).text(0) for at in range(top.childCount())]) for top in tops]


def test_many_lines_are_one_step_and_each_total_opens_its_rows(dialog: OutcomeDialog) -> None:
    typed(
        dialog,
        ("制度新建", "2", "项", "公务用车管理办法等", "1-1、2-1"),
        ("清退资金", "1.25", "万元", "", "1-1"),
        (),
        ("制度新建", "1", "项", "考勤办法"),
    )
    dialog.enter()
    session = dialog._session
    assert dialog.said.text() == "已登记3项，可用“撤销”一次退回。"
    assert session.undo_label == "登记成果（3项）"
    day = f"{session.today().year}年{session.today().month}月{session.today().day}日"
    assert shown(dialog.by_kind) == [
        ("制度新建（2条）", "3项", [f"{day} 公务用车管理办法等　用于问题1-1、2-1", f"{day} 考勤办法"]),
        ("清退资金（1条）", "1.25万元", [f"{day}　用于问题1-1"]),
    ]
    assert [(top.split(" ")[0], kinds) for top, _, kinds in shown(dialog.by_issue)] == [
        ("1-1", ["制度新建（1条）", "清退资金（1条）"]),
        ("2-1", ["制度新建（1条）"]),
    ]
    counted = [figure.caption + figure.text for figure in figures(session.snapshot) if "outcome:" in figure.key]
    assert counted == ["制度新建3项", "清退资金1.25万元"]
    sentence = "新建制度{新建制度数}项，清退资金{清退资金金额}万元。"
    assert fill(sentence, placeholders(session.snapshot))[0] == "新建制度3项，清退资金1.25万元。"
    session.undo()
    assert session.snapshot.outcomes == ()


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (("", "2", "项", "办法"), "第1行没有写种类；请填写种类，例如“制度新建”。"),
        (("制度新建", "两", "项"), "第1行的数量“两”不是数字；请只写数字，单位写在后面一格。"),
        (("制度新建", "NaN", "项"), "第1行的数量“NaN”不是数字；请只写数字，单位写在后面一格。"),
        (("制度新建", "2", "项", "", "9-9"), "第1行的问题序号“9-9”在台账里没有；请写台账里的序号，例如 1-2。"),
    ],
)
def test_what_cannot_be_is_said_by_its_line_and_nothing_is_written(
    dialog: OutcomeDialog, line: tuple[str, ...], sentence: str
) -> None:
    typed(dialog, line, ("会议", "3", "次"))
    dialog.enter()
    assert dialog.said.text() == sentence
    assert dialog._session.snapshot.outcomes == ()
    assert dialog.table.item(1, 0).text() == "会议"


def test_a_number_of_two_issues_links_neither(window: MainWindow, tmp_path: Path) -> None:
    records = (
        Section(title="方面"),
        Issue(title="甲"),
        Issue(title="乙", parent_id=1),
        Issue(title="丙", section_id=1),
    )
    a_ledger(tmp_path, *records).close()
    window.take_file(tmp_path / "台账.zgtz")
    dialog = OutcomeDialog(window.session, window)
    typed(dialog, ("制度新建", "2", "项", "", "1-1"))
    dialog.enter()
    assert dialog.said.text() == (
        "第1行的问题序号“1-1”台账里有2个：“乙”、“丙”；请把这一行空着，在那个问题的“成果”里登记。"
    )
    assert dialog._session.snapshot.outcomes == ()
    dialog.table.clearContents()
    dialog.close()
    dialog.deleteLater()


def test_a_kind_used_before_brings_its_unit(dialog: OutcomeDialog) -> None:
    typed(dialog, ("提醒谈话", "2", "人"))
    dialog.enter()
    typed(dialog, ("提醒谈话",))
    assert dialog.table.item(0, 2).text() == "人"


def test_the_offices_kinds_are_offered_with_their_units(dialog: OutcomeDialog) -> None:
    session = dialog._session
    session.edit(lambda ledger: add_kind(ledger, CountedKind("绿色预警卡", "张")))
    typed(dialog, ("走访慰问", "3", "户"))
    dialog.enter()
    dialog.show()
    dialog.activateWindow()
    dialog.table.setFocus()
    QApplication.processEvents()
    dialog.table.setCurrentCell(0, 0)
    dialog.table.edit(dialog.table.model().index(0, 0))
    box = dialog.table.findChild(DropDown)
    assert isinstance(box, DropDown)
    offered = [box.itemText(at) for at in range(box.count())]
    assert offered[:2] == ["制度新建", "制度修订"]
    assert offered[-2:] == ["绿色预警卡", "走访慰问"]
    box.setCurrentIndex(offered.index("绿色预警卡"))
    box.activated.emit(box.currentIndex())
    assert [dialog.table.item(0, column).text() for column in (0, 2)] == ["绿色预警卡", "张"]
    clear(box.lineEdit())
    type_text("入户走访", box.lineEdit())
    QTest.keyClick(box.lineEdit(), Qt.Key.Key_Tab)
    assert dialog.table.item(0, 0).text() == "入户走访"
    assert dialog.table.currentColumn() == 1


def test_closing_asks_about_what_is_not_registered(dialog: OutcomeDialog, dialogs: Dialogs) -> None:
    dialog.show()
    dialog.activateWindow()
    typed(dialog, ("制度新建", "2", "项", "办法", "1-1"), ("会议", "三", "次"))
    dialogs.choices = ["返回", "登记并关闭"]
    for _ in range(2):  # the second time a line is refused
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.isVisible()
    assert dialogs.shown[0] == "登记表里还有2项没有登记。关闭后就不再保留。"
    assert dialog.said.text().startswith("第2行的数量“三”不是数字")
    assert dialog._session.snapshot.outcomes == ()
    typed(dialog, (), ("会议", "3", "次"))
    dialogs.choices = ["登记并关闭"]
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert len(dialog._session.snapshot.outcomes) == 2


def test_closing_drops_what_is_not_registered_only_where_that_is_wanted(
    dialog: OutcomeDialog, dialogs: Dialogs
) -> None:
    dialog.show()
    dialog.activateWindow()
    dialog.table.setFocus()
    QApplication.processEvents()
    dialog.table.setCurrentCell(0, 3)
    dialog.table.edit(dialog.table.model().index(0, 3))
    editor = dialog.table.findChild(QLineEdit)
    assert editor is not None
    type_text("没写完的一格", editor)
    dialogs.choices = ["不登记，关闭"]
    dialog.close()
    assert dialogs.shown[0].startswith("登记表里还有1项没有登记。")
    assert not dialog.isVisible()
    assert dialog._session.snapshot.outcomes == ()


def test_a_row_leads_to_its_issue(window: MainWindow, dialog: OutcomeDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(dialog, ("制度新建", "2", "项", "办法", "2-1"), ("会议", "3", "次"))
    dialog.enter()
    refused: list[str] = []

    def leave(one: OutcomeDialog) -> int:
        one.show()
        one.tabs.setCurrentWidget(one.by_kind)
        assert one.about.text().startswith("通报和概览里的数字就是这里的合计")
        made, meetings = one.by_kind.topLevelItem(0), one.by_kind.topLevelItem(1)
        for item in (made, meetings.child(0)):  # a total opens its rows; what belongs to no issue leads nowhere
            one.by_kind.itemActivated.emit(item, 0)
            assert one.isVisible()
        typed(one, ("学习", "1", "次"))
        one.by_kind.itemActivated.emit(made.child(0), 0)
        refused.append(one.said.text())
        one.table.clearContents()
        one.by_kind.itemActivated.emit(made.child(0), 0)
        return one.result()

    monkeypatch.setattr(OutcomeDialog, "exec", leave)
    window.perform(Call.OUTCOMES)
    assert refused == ["登记表里还有没登记的内容，请先点“登记”，再转到问题。"]
    page = window.workspace.page("ledger")
    assert isinstance(page, LedgerPage)
    assert window.workspace.current_page == "ledger"
    assert page.tree.selected_keys() == [(Issue, 3)]


def test_the_totals_by_issue_lead_there_too(dialog: OutcomeDialog) -> None:
    typed(dialog, ("制度新建", "2", "项", "办法", "1-1、2-1"))
    dialog.enter()
    second = dialog.by_issue.topLevelItem(1)
    for item in (second, second.child(0).child(0)):
        dialog.show()
        dialog.by_issue.itemActivated.emit(item, 0)
        assert (dialog.result(), dialog.issue_id) == (OutcomeDialog.DialogCode.Accepted, 3)


def test_the_menu_opens_it(window: MainWindow, dialog: OutcomeDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def answer(one: OutcomeDialog) -> QDialog.DialogCode:
        opened.append(one.windowTitle())
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(OutcomeDialog, "exec", answer)
    window.perform(Call.OUTCOMES)
    assert opened == ["成果登记与合计"]
