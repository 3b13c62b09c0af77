"""The proofreader in the window: it runs by itself, a click leads to the words, mends and waivers are steps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from answers import Dialogs
from builders import a_ledger
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from zhenggai_desktop.domain.proofread.findings import Severity
from zhenggai_desktop.domain.records import BlockKind, Chapter, ChapterBlock, ChapterRole, Issue, Section, Status
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.notice.preview_pane import WORD_RULES
from zhenggai_desktop.gui.page_table import NOTICE
from zhenggai_desktop.gui.pages.ledger import LedgerPage
from zhenggai_desktop.gui.pages.notice import NoticePage
from zhenggai_desktop.gui.proof.desk import ProofDesk
from zhenggai_desktop.gui.proof.findings_list import Entry
from zhenggai_desktop.gui.proof.notice_side import NoticeSide
from zhenggai_desktop.gui.proof.tree_marks import TreeMarks
from zhenggai_desktop.gui.proof.unresolved import unresolved_words
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.tree_columns import Column
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.proofreading import own_words_file

PROSE = ChapterBlock(BlockKind.PARAGRAPH, 0, "反馈的{问题总数}个问题逐项建立台帐，截止目前均已建立台帐。")


@pytest.fixture
def session(dialogs: Dialogs, tmp_path: Path) -> Iterator[LedgerSession]:
    a_ledger(
        tmp_path,
        Chapter(title="组织情况", blocks=(PROSE,)),
        Chapter(title="整改情况", role=ChapterRole.ISSUES),
        Section(title="学习方面", chapter_id=2),
        Issue(section_id=1, title="学习不够", public_text="走访群众12户，联系人手机13812345678。", status=Status.DONE),
        Issue(section_id=1, title="制度不全", public_text="核对台帐3本。", status=Status.DONE),
        notice_title="关于整改情况的通报",
        organisation="清河镇党委",
    ).close()
    session = LedgerSession()
    session.open(tmp_path / "台账.zgtz")
    yield session
    session.close()
    session.deleteLater()


@pytest.fixture
def side(session: LedgerSession, qtbot: QtBot) -> NoticeSide:
    page = NoticePage(session)
    side = NoticeSide(page)
    qtbot.addWidget(page)
    page.resize(1366, 700)
    page.show()
    qtbot.waitUntil(lambda: side.desk.is_current)
    side.button.click()
    return side


def entries(side: NoticeSide) -> list[Entry]:
    return side.panel.list.entries()


def choose(side: NoticeSide, words: str) -> Entry:
    """Click on a finding with these words."""
    panel = side.panel.list
    heads = [panel.topLevelItem(at) for at in range(panel.topLevelItemCount())]
    rows = [head.child(at) for head in heads for at in range(head.childCount())]
    row = next(row for row, entry in zip(rows, entries(side), strict=True) if entry.finding.words == words)
    panel.setFocus()
    panel.setCurrentItem(row)
    entry = panel.current
    assert entry is not None
    return entry


def page_of(side: NoticeSide) -> NoticePage:
    page = side.parent()
    assert isinstance(page, NoticePage)
    return page


def prose(side: NoticeSide) -> str:
    return page_of(side).session.snapshot.chapters[0].blocks[0].text


def test_it_runs_by_itself_and_the_gravest_stand_first(side: NoticeSide) -> None:
    found = [entry.finding for entry in entries(side)]
    assert found[0].severity is Severity.ERROR
    assert "13812345678" in [finding.words for finding in found]
    order = [list(Severity).index(finding.severity) for finding in found]
    assert order == sorted(order)
    assert side.button.text() == f"校对 {len(found)}"


def test_a_change_is_read_after_a_pause(side: NoticeSide, qtbot: QtBot) -> None:
    session = page_of(side).session
    issue = session.snapshot.issues[1]
    with qtbot.waitSignal(side.desk.proofread):
        session.edit(lambda ledger: _set(ledger, issue.id, "走访12户，布署工作3次。"))
    assert "布署" in [entry.finding.words for entry in entries(side)]


def _set(ledger: object, issue_id: int, text: str) -> None:
    with ledger.step("改") as writer:  # type: ignore[attr-defined]
        writer.update(Issue, issue_id, public_text=text)


def test_a_change_while_it_reads_is_read_afterwards(side: NoticeSide, qtbot: QtBot) -> None:
    session = page_of(side).session
    issue = session.snapshot.issues[1]
    for number in range(5):
        session.edit(lambda ledger, number=number: _set(ledger, issue.id, f"走访{number + 2}户，布署工作。"))
        side.desk.wait_and_read(0)
        qtbot.wait(1)
    qtbot.waitUntil(lambda: side.desk.is_current)
    assert side.desk.proof is not None
    assert any("走访6户" in text.text for text in side.desk.proof.subject.texts)


def test_a_click_selects_the_words_in_the_chapter(side: NoticeSide) -> None:
    choose(side, "截止目前")
    assert page_of(side).editor.text.textCursor().selectedText() == "截止目前"


def test_of_two_same_words_the_right_one_is_selected(side: NoticeSide) -> None:
    panel = side.panel.list
    second = [entry for entry in entries(side) if entry.finding.words == "台帐"][1]
    side.show_words(second.finding)
    cursor = page_of(side).editor.text.textCursor()
    assert cursor.selectedText() == "台帐"
    assert cursor.position() > page_of(side).editor.text.toPlainText().index("截止")
    assert panel is side.panel.list


def test_a_click_on_an_issues_words_marks_their_line(side: NoticeSide) -> None:
    choose(side, "13812345678")
    assert page_of(side).preview.view._marked


def test_opening_an_issues_finding_leads_to_its_record(side: NoticeSide, qtbot: QtBot) -> None:
    choose(side, "13812345678")
    with qtbot.waitSignal(page_of(side).record_chosen) as asked:
        side.panel.open_button.click()
    assert asked.args == [(Issue, 1)]


def test_mending_one_is_a_step_that_can_be_undone(side: NoticeSide) -> None:
    choose(side, "截止目前")
    side.panel.mend_button.click()
    assert "截至目前" in prose(side)
    assert prose(side).count("台帐") == 1 + 1
    assert "截止目前" not in [entry.finding.words for entry in entries(side)]
    page_of(side).session.undo()
    assert "截止目前" in prose(side)


def test_mending_all_of_a_kind_is_one_step(side: NoticeSide) -> None:
    session = page_of(side).session
    choose(side, "台帐")
    assert side.panel.mend_all_button.text() == "同类4处全部改正"
    side.panel.mend_all_button.click()
    assert "台帐" not in prose(side)
    assert "截至目前" in prose(side)
    assert session.snapshot.issues[1].public_text == "核对台账3本。"
    session.undo()
    assert prose(side) == PROSE.text
    assert session.snapshot.issues[1].public_text == "核对台帐3本。"


def test_waiving_needs_a_reason_and_holds_until_the_words_change(side: NoticeSide, qtbot: QtBot) -> None:
    session = page_of(side).session
    choose(side, "13812345678")
    assert not side.panel.waive_button.isEnabled()
    qtbot.keyClicks(side.panel.reason, "ok")
    qtbot.keyClick(side.panel.reason, Qt.Key.Key_Return)
    waived = [entry for entry in entries(side) if entry.waiver is not None]
    assert [(entry.finding.words, entry.waiver.reason) for entry in waived if entry.waiver] == [("13812345678", "ok")]
    with qtbot.waitSignal(side.desk.proofread):
        session.edit(lambda ledger: _set(ledger, 1, "走访群众12户，联系人手机13912345678。"))
    assert [entry.finding.words for entry in entries(side) if entry.waiver is None and "手机" in entry.finding.message]


def test_a_reason_stays_while_the_text_is_read_again(side: NoticeSide, qtbot: QtBot) -> None:
    session = page_of(side).session
    choose(side, "13812345678")
    side.panel.reason.setFocus()
    qtbot.keyClicks(side.panel.reason, "ok")
    with qtbot.waitSignal(side.desk.proofread):
        session.edit(lambda ledger: _set(ledger, 2, "核对台帐5本。"))
    assert (side.panel.reason.text(), side.panel.waive_button.isEnabled()) == ("ok", True)
    choose(side, "台帐")
    assert (side.panel.reason.text(), side.panel.waive_button.isEnabled()) == ("", False)


def test_a_waiver_can_be_withdrawn(side: NoticeSide) -> None:
    entry = choose(side, "13812345678")
    side.panel.waive_asked.emit(entry.finding, "公开电话")
    assert choose(side, "13812345678").waiver is not None
    side.panel.unwaive_button.click()
    assert choose(side, "13812345678").waiver is None


def test_errors_are_named_beside_an_export(side: NoticeSide) -> None:
    session = page_of(side).session
    errors = [entry for entry in entries(side) if entry.finding.severity is Severity.ERROR]
    assert errors
    assert unresolved_words(session, page_of(side)).startswith(f"校对发现{len(errors)}处错误还没有处理")
    for entry in errors:
        side.panel.waive_asked.emit(entry.finding, "已核")
    assert unresolved_words(session, page_of(side)) == ""


def test_own_words_that_are_wrong_are_told_in_the_panel(side: NoticeSide, home: Path, qtbot: QtBot) -> None:
    path = own_words_file(home / ".local" / "share" / "zhenggai-desktop")
    path.write_text("没有等号的一行", "utf-8")
    with qtbot.waitSignal(side.desk.proofread):
        side.desk.forget_words()
    assert "第1行" in side.desk.trouble
    path.write_text("走访群众=走访居民\n", "utf-8")
    side.desk.forget_words()
    qtbot.waitUntil(lambda: side.desk.is_current)
    assert "走访群众" in [entry.finding.words for entry in entries(side)]


def test_the_tree_shows_marks(session: LedgerSession, qtbot: QtBot) -> None:
    page = LedgerPage(session)
    qtbot.addWidget(page)
    page.show()
    desk = ProofDesk.of(session)
    marks = TreeMarks(page.tree, page.model, desk)
    qtbot.waitUntil(lambda: desk.is_current)
    index: QModelIndex = page.model.index_of((Issue, 1), Column.NUMBER)
    assert "13812345678" in [finding.words for finding in marks.findings_at(index)]
    assert page.tree.itemDelegateForColumn(Column.NUMBER) is marks
    section = index.parent()
    page.tree.setExpanded(section, False)
    assert set(marks.findings_at(index)) <= set(marks.findings_within(section))
    page.grab()
    page.tree.setExpanded(section, True)
    assert marks.findings_within(section) == ()
    page.grab()


def test_an_issue_that_is_worked_on_is_not_marked_for_what_is_to_come(session: LedgerSession, qtbot: QtBot) -> None:
    def add(ledger: Ledger) -> Issue:
        with ledger.step("新增问题") as writer:
            return writer.add(Issue(section_id=1, position=99, title="还没有措施的问题"))

    page = LedgerPage(session)
    qtbot.addWidget(page)
    desk = ProofDesk.of(session)
    marks = TreeMarks(page.tree, page.model, desk)
    issue = session.edit(add)
    qtbot.waitUntil(lambda: desk.is_current)
    assert desk.proof is not None
    assert "unanswered" in [finding.code for finding in desk.proof.by_record()[issue.uid]]
    assert marks.findings_at(page.model.index_of((Issue, issue.id), Column.NUMBER)) == ()


def test_the_window_has_the_button_and_one_desk(window: MainWindow, tmp_path: Path) -> None:
    window.session.create(tmp_path / "新.zgtz")
    window.workspace.show_page(NOTICE)
    side = window.workspace.page(NOTICE).findChild(NoticeSide)
    assert side is not None
    assert side.desk is ProofDesk.of(window.session)


def test_beside_the_panel_the_line_below_the_pages_is_whole(window: MainWindow, tmp_path: Path) -> None:
    window.session.create(tmp_path / "新.zgtz")
    window.workspace.show_page(NOTICE)
    window.resize(1366, 728)
    side = window.workspace.page(NOTICE).findChild(NoticeSide)
    assert side is not None
    for is_open in (False, True):
        side.button.setChecked(is_open)
        for _ in range(3):
            QApplication.processEvents()
        line = window.workspace.page(NOTICE).preview._state
        assert WORD_RULES in line.text()
        assert line.heightForWidth(line.width()) <= line.height(), is_open
        assert max(map(line.fontMetrics().horizontalAdvance, line.text().split("\n"))) <= line.width(), is_open
        assert "\n　" not in line.text()
    side.button.setChecked(False)
