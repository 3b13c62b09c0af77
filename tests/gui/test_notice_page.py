"""The notice page: what is typed is seen in the preview at once and stored in steps that can be undone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from answers import Dialogs
from builders import a_ledger
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from zhenggai_desktop.domain.records import (
    BlockKind,
    Chapter,
    ChapterBlock,
    ChapterRole,
    Issue,
    Section,
    WithheldGround,
)
from zhenggai_desktop.gui.notice.preview_pane import WORD_RULES
from zhenggai_desktop.gui.pages.notice import NoticePage
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.services.notice_editing import EDIT_CHAPTER, TAKE_FRAME
from zhenggai_desktop.storage import ledger_file

PROSE = ChapterBlock(BlockKind.PARAGRAPH, 0, "反馈的{问题总数}个问题正在整改。")
HEADED = ChapterBlock(BlockKind.PARAGRAPH, 2, "（一）加强领导。成立领导小组。")
Key = Qt.Key
Hold = Callable[[], Callable[[], None]]


def page_on(session: LedgerSession, qtbot: QtBot, path: Path) -> NoticePage:
    session.open(path)
    page = NoticePage(session)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    return page


@pytest.fixture
def written(session: LedgerSession, qtbot: QtBot, tmp_path: Path) -> NoticePage:
    """A page on a ledger with chapters and two issues."""
    a_ledger(
        tmp_path,
        Chapter(title="组织情况", blocks=(PROSE, HEADED)),
        Chapter(title="整改情况", role=ChapterRole.ISSUES),
        Section(title="学习方面", chapter_id=2),
        Issue(section_id=1, title="学习不够", public_text="已经整改。"),
        Issue(section_id=1, title="制度不全"),
        notice_title="关于整改情况的通报",
        organisation="清河镇党委",
    ).close()
    return page_on(session, qtbot, tmp_path / "台账.zgtz")


@pytest.fixture
def framed(session: LedgerSession, qtbot: QtBot, tmp_path: Path) -> NoticePage:
    """A page on a ledger that nobody has written a notice for."""
    a_ledger(tmp_path, Section(title="学习方面"), Issue(section_id=1, title="甲"), organisation="清河镇党委").close()
    return page_on(session, qtbot, tmp_path / "台账.zgtz")


def captions(page: NoticePage) -> list[str]:
    return [page.chapters.list.item(row).text() for row in range(page.chapters.list.count())]


def printed(page: NoticePage) -> str:
    """The words on the pages as they are shown."""
    assert page.laid_out is not None
    lines = [placed.line for sheet in page.laid_out.pages for placed in sheet.lines]
    return "".join(piece.text for line in lines for piece in line.pieces)


def type_text(widget: QWidget, qtbot: QtBot, text: str) -> None:
    """Latin letters come from keys, Chinese from the input method."""
    for sign in text:
        if sign < "\u0080":
            qtbot.keyClicks(widget, sign)
        else:
            event = QInputMethodEvent()
            event.setCommitString(sign)
            QApplication.sendEvent(widget, event)


def type_at_end(page: NoticePage, qtbot: QtBot, text: str) -> None:
    page.editor.text.setFocus()
    page.editor.text.moveCursor(QTextCursor.MoveOperation.End)
    type_text(page.editor.text, qtbot, text)


def stored(page: NoticePage, chapter: int = 0) -> list[str]:
    return [block.text for block in page.session.snapshot.chapters[chapter].blocks]


def test_chapters_are_listed_by_their_printed_headings(written: NoticePage) -> None:
    assert captions(written) == ["一、组织情况", "二、整改情况"]


def test_placeholders_are_chips_and_are_printed_with_their_value(written: NoticePage) -> None:
    assert "\ufffc" in written.editor.text.toPlainText()
    assert "反馈的2个问题正在整改。" in printed(written)
    assert written.editor.typed[1] == (PROSE, HEADED)


def test_typing_is_seen_in_the_preview_and_stored_as_one_step(written: NoticePage, qtbot: QtBot) -> None:
    type_at_end(written, qtbot, "已经开会。")
    qtbot.waitUntil(lambda: "成立领导小组。已经开会。" in printed(written))
    assert stored(written)[1] == HEADED.text
    qtbot.waitUntil(lambda: stored(written)[1] == HEADED.text + "已经开会。")
    assert written.session.undo_label == EDIT_CHAPTER
    assert stored(written)[0] == PROSE.text


def test_undo_takes_back_what_was_typed_and_the_editor_shows_it(written: NoticePage, qtbot: QtBot) -> None:
    type_at_end(written, qtbot, "已经开会。")
    written.session.undo()
    assert written.editor.typed[1] == (PROSE, HEADED)
    assert "已经开会" not in printed(written)
    written.session.redo()
    assert written.editor.typed[1][1].text.endswith("已经开会。")


def test_leaving_the_chapter_stores_what_was_typed_in_it(written: NoticePage, qtbot: QtBot) -> None:
    type_at_end(written, qtbot, "已经开会。")
    written.chapters.list.setCurrentRow(1)
    assert stored(written)[1].endswith("已经开会。")
    assert written.editor.title.text() == "整改情况"
    assert written.chapters.list.currentRow() == 1


def test_closing_the_ledger_stores_what_was_typed(written: NoticePage, qtbot: QtBot, tmp_path: Path) -> None:
    type_at_end(written, qtbot, "已经开会。")
    written.session.close()
    written.session.open(tmp_path / "台账.zgtz")
    assert stored(written)[1].endswith("已经开会。")


def test_a_click_on_an_issue_asks_for_its_record(written: NoticePage, qtbot: QtBot) -> None:
    assert written.laid_out is not None
    page, placed = written.laid_out.lines_of(written.session.snapshot.issues[0].uid)[0]
    written.preview.view.mark(((page, placed),))
    with qtbot.waitSignal(written.record_chosen) as asked:
        place = written.preview.view.point_of(page, placed)
        qtbot.mouseClick(written.preview.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked.args == [(Issue, 1)]


def test_a_click_on_prose_sets_the_cursor_there(written: NoticePage, qtbot: QtBot) -> None:
    written.chapters.list.setCurrentRow(1)
    assert written.laid_out is not None
    lines = written.laid_out.lines_of(written.session.snapshot.chapters[0].uid)
    page, placed = lines[-1]
    place = written.preview.view.point_of(page, placed)
    qtbot.mouseClick(written.preview.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert written.chapters.list.currentRow() == 0
    assert written.editor.text.textCursor().blockNumber() == 1


def test_a_record_is_brought_into_view(written: NoticePage) -> None:
    written.preview.view.set_zoom(3.0)
    written.show_record((Issue, 2))
    assert written.preview.view.verticalScrollBar().value() > 0


def test_the_first_key_takes_the_frame_into_the_ledger_as_a_step(framed: NoticePage, qtbot: QtBot) -> None:
    before = printed(framed)
    type_at_end(framed, qtbot, "特此通报。")
    framed.session.flush()
    assert [chapter.title for chapter in framed.session.snapshot.chapters][1:4] == [
        "整改工作组织开展情况",
        "反馈问题整改进展情况",
        "下一步工作打算",
    ]
    assert stored(framed)[0].endswith("特此通报。")
    framed.session.undo()
    assert framed.session.undo_label == TAKE_FRAME
    assert printed(framed) == before
    framed.session.undo()
    assert framed.session.snapshot.chapters == ()
    assert printed(framed) == before


def test_chapters_are_added_moved_and_removed_by_keys(written: NoticePage, qtbot: QtBot, dialogs: Dialogs) -> None:
    qtbot.mouseClick(written.chapters.add_button, Qt.MouseButton.LeftButton)
    assert captions(written) == ["一、组织情况", "二、新的章节", "三、整改情况"]
    assert written.editor.title.text() == "新的章节"
    written.chapters.list.setFocus()
    qtbot.keyClick(written.chapters.list, Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert captions(written) == ["一、组织情况", "二、整改情况", "三、新的章节"]
    dialogs.choices = ["删除章节"]
    qtbot.keyClick(written.chapters.list, Key.Key_Delete)
    assert captions(written) == ["一、组织情况", "二、整改情况"]
    written.session.undo()
    assert captions(written)[2] == "三、新的章节"


def test_a_chapter_is_not_removed_where_the_user_thinks_better_of_it(
    written: NoticePage, qtbot: QtBot, dialogs: Dialogs
) -> None:
    dialogs.choices = ["取消"]
    written.chapters.list.setFocus()
    qtbot.keyClick(written.chapters.list, Key.Key_Delete)
    assert captions(written) == ["一、组织情况", "二、整改情况"]


def test_the_title_of_a_chapter_is_numbered_in_the_list(written: NoticePage, qtbot: QtBot) -> None:
    written.editor.title.setFocus()
    written.editor.title.selectAll()
    type_text(written.editor.title, qtbot, "开展情况")
    qtbot.keyClick(written.editor.title, Key.Key_Return)
    assert captions(written)[0] == "一、开展情况"


def test_a_paragraph_becomes_a_heading_and_enter_ends_it(written: NoticePage, qtbot: QtBot) -> None:
    type_at_end(written, qtbot, "")
    qtbot.keyClick(written.editor.text, Key.Key_Return)
    written.editor.kinds.setCurrentIndex(2)
    written.editor.kinds.activated.emit(2)
    type_text(written.editor.text, qtbot, "（二）推进整改")
    qtbot.keyClick(written.editor.text, Key.Key_Return)
    type_text(written.editor.text, qtbot, "逐项推进。")
    assert written.editor.typed[1][2:] == (
        ChapterBlock(BlockKind.HEADING, 2, "（二）推进整改"),
        ChapterBlock(BlockKind.PARAGRAPH, 0, "逐项推进。"),
    )


def test_a_name_in_braces_becomes_a_chip_when_it_is_closed(written: NoticePage, qtbot: QtBot) -> None:
    type_at_end(written, qtbot, "共{措施总数}条，{没有这个}。")
    text = written.editor.text.toPlainText()
    assert text.endswith("共\ufffc条，{没有这个}。")
    assert written.editor.typed[1][1].text.endswith("共{措施总数}条，{没有这个}。")
    qtbot.waitUntil(lambda: "共0条" in printed(written))


def test_a_placeholder_is_put_in_from_the_menu(written: NoticePage, qtbot: QtBot) -> None:
    type_at_end(written, qtbot, "")
    action = next(a for a in written.editor.insert_button.menu().actions() if a.text().startswith("问题总数"))
    assert action.text().endswith("\t2")
    action.trigger()
    assert written.editor.typed[1][1].text.endswith("{问题总数}")


def test_chips_are_copied_as_names_and_pasted_as_chips(written: NoticePage, qtbot: QtBot) -> None:
    editor = written.editor.text
    editor.setFocus()
    editor.selectAll()
    editor.copy()
    assert QGuiApplication.clipboard().text() == f"{PROSE.text}\n{HEADED.text}"
    editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClick(editor, Key.Key_Return)
    editor.paste()
    assert [block.text for block in written.editor.typed[1]] == [PROSE.text, HEADED.text, PROSE.text, HEADED.text]


def test_offered_numbers_are_bound_by_a_click(session: LedgerSession, qtbot: QtBot, tmp_path: Path) -> None:
    block = ChapterBlock(BlockKind.PARAGRAPH, 0, "反馈的1个问题已整改。")
    a_ledger(tmp_path, Chapter(title="情况", blocks=(block,)), Issue(title="甲")).close()
    page = page_on(session, qtbot, tmp_path / "台账.zgtz")
    assert page.editor.bind_button.text() == "绑定数字（1）"
    page.editor.bind_button.menu().actions()[0].trigger()
    assert stored(page) == ["反馈的{问题总数}个问题已整改。"]
    assert "\ufffc" in page.editor.text.toPlainText()
    assert not page.editor.bind_button.isVisible()


def test_another_scheme_heads_the_notice_otherwise(written: NoticePage) -> None:
    at = written.head.schemes.findData("e")
    written.head.schemes.activated.emit(at)
    assert "问题一：学习不够。" in printed(written)
    assert written.session.undo_label == "选择标题方案"


def test_a_scheme_from_a_file_is_kept_with_its_changes(written: NoticePage, tmp_path: Path, dialogs: Dialogs) -> None:
    file = tmp_path / "方案.json"
    file.write_text('{"based_on": "b", "chapter": {"pattern": "第{n}部分 {title}"}}', encoding="utf-8")
    dialogs.files = [file]
    written.head.schemes.activated.emit(written.head.schemes.count() - 1)
    assert written.head.schemes.currentText() == "B　问题与措施同段（已调整）"
    assert "第一部分 组织情况" in printed(written)


def test_a_file_that_is_no_scheme_is_told_in_a_sentence(written: NoticePage, tmp_path: Path, dialogs: Dialogs) -> None:
    file = tmp_path / "方案.json"
    file.write_text("[]", encoding="utf-8")
    dialogs.files, dialogs.choices = [file], ["关闭"]
    written.head.schemes.activated.emit(written.head.schemes.count() - 1)
    assert "不是一个方案" in dialogs.shown[0]
    assert written.head.schemes.currentData() == "a"


def test_what_is_withheld_stays_in_the_internal_edition(session: LedgerSession, qtbot: QtBot, tmp_path: Path) -> None:
    a_ledger(tmp_path, Issue(title="甲"), Issue(title="乙", withheld=WithheldGround.SENSITIVE)).close()
    page = page_on(session, qtbot, tmp_path / "台账.zgtz")
    assert "针对乙问题" not in printed(page)
    page.head.editions.activated.emit(1)
    assert "针对乙问题" in printed(page)


def test_another_layout_changes_the_pages(written: NoticePage) -> None:
    assert written.laid_out is not None
    before = written.laid_out.size.pitch
    written.head.profiles.activated.emit(written.head.profiles.findData("行距 30 磅"))
    assert written.laid_out.size.pitch == 30.0 != before


def test_a_title_is_stored_after_a_pause_and_before_anything_leaves(written: NoticePage, qtbot: QtBot) -> None:
    title = written.head.title
    title.setFocus()
    title.end(False)
    type_text(title, qtbot, "（第二稿）")
    qtbot.waitUntil(lambda: written.session.snapshot.facts.notice_title == "关于整改情况的通报（第二稿）")
    assert (title.text(), title.cursorPosition()) == ("关于整改情况的通报（第二稿）", 14)
    assert "（第二稿）" in printed(written)
    type_text(title, qtbot, "（修改）")
    written.session.flush()
    assert written.session.snapshot.facts.notice_title == "关于整改情况的通报（第二稿）（修改）"
    title.selectAll()
    qtbot.keyClick(title, Key.Key_Delete)
    written.session.flush()
    assert title.text() == ""  # who is about to write another one does not want the usual one in between


def test_the_title_breaks_its_line_where_the_user_wants(written: NoticePage, qtbot: QtBot) -> None:
    written.head.title.setFocus()
    written.head.title.selectAll()
    type_text(written.head.title, qtbot, "清河镇党委↵关于整改情况的通报")
    qtbot.keyClick(written.head.title, Key.Key_Return)
    assert written.session.snapshot.facts.notice_title == "清河镇党委\n关于整改情况的通报"
    assert written.laid_out is not None
    assert "".join(piece.text for piece in written.laid_out.pages[0].lines[0].line.pieces) == "清河镇党委"


@pytest.mark.parametrize(("suffix", "head"), [(".docx", b"PK"), (".pdf", b"%PDF"), (".html", b"<!DOC"), (".txt", b"")])
def test_the_notice_is_exported(
    written: NoticePage, tmp_path: Path, dialogs: Dialogs, suffix: str, head: bytes
) -> None:
    dialogs.files, dialogs.choices = [tmp_path / "通报"], ["关闭"]
    written.head.export_asked.emit(suffix)
    assert (tmp_path / f"通报{suffix}").read_bytes().startswith(head)
    assert f"已导出“通报{suffix}”" in dialogs.shown[0]


def test_an_export_that_cannot_stand_is_told(written: NoticePage, tmp_path: Path, dialogs: Dialogs) -> None:
    dialogs.files, dialogs.choices = [tmp_path / "没有的文件夹" / "通报.pdf"], ["关闭"]
    written.head.export_asked.emit(".pdf")
    assert "文件夹" in dialogs.shown[0]


def test_the_whole_notice_is_copied_as_text_and_html(written: NoticePage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(written.told):
        qtbot.mouseClick(written.head.copy_button, Qt.MouseButton.LeftButton)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text().startswith("关于整改情况的通报\n一、组织情况\n反馈的2个问题")
    assert "<h2>一、组织情况</h2>" in data.html()


def test_a_ledger_open_to_read_can_be_looked_at_and_not_written(
    session: LedgerSession, qtbot: QtBot, tmp_path: Path
) -> None:
    a_ledger(tmp_path, Chapter(title="情况", blocks=(PROSE,))).close()
    session.open(tmp_path / "台账.zgtz", read_only=True)
    page = NoticePage(session)
    qtbot.addWidget(page)
    page.show()
    type_at_end(page, qtbot, "改不了")
    qtbot.keyClick(page.chapters.list, Key.Key_Delete)
    assert (page.editor.text.isReadOnly(), page.chapters.add_button.isEnabled()) == (True, False)
    assert stored(page) == [PROSE.text]


def test_changes_from_elsewhere_are_shown(written: NoticePage) -> None:
    written.session.write(_rename)
    assert "针对学习很不够问题" in printed(written)


def _rename(ledger: object) -> None:
    with ledger.step("改") as writer:  # type: ignore[attr-defined]
        writer.update(Issue, 1, title="学习很不够")


def test_word_has_the_last_word(written: NoticePage) -> None:
    assert WORD_RULES in written.preview.state
    assert "共 1 页" in written.preview.state


def test_the_place_of_the_findings_is_hidden_while_it_is_empty(written: NoticePage) -> None:
    assert not written.findings.isVisible()
    panel = QLabel("两处需要核对")
    written.show_findings(panel)
    assert panel.isVisible()
    written.show_findings(None)
    assert not written.findings.isVisible()
    panel.deleteLater()


def test_the_preview_is_made_larger_and_smaller(written: NoticePage, qtbot: QtBot) -> None:
    view = written.preview.view
    fitting = view.zoom
    written.preview.zooms.activated.emit(written.preview.zooms.findText("200%"))
    assert view.zoom == 2.0
    assert view.horizontalScrollBar().maximum() > 0
    view.setFocus()
    qtbot.keyClick(view, Key.Key_End)
    assert view.verticalScrollBar().value() == view.verticalScrollBar().maximum() > 0
    qtbot.keyClick(view, Key.Key_Home)
    assert view.verticalScrollBar().value() == 0
    written.preview.zooms.activated.emit(0)
    assert view.zoom == pytest.approx(fitting)


def test_a_narrow_window_keeps_every_choice(written: NoticePage) -> None:
    assert written.minimumSizeHint().width() <= 683  # 1366 pixels at twice the scale
    written.resize(683, 500)
    for widget in (written.head.schemes, written.head.export_button):
        right = widget.mapTo(written, widget.rect().topRight()).x()
        assert widget.isVisible()
        assert right <= 683


def test_every_field_has_a_name_for_a_screen_reader(written: NoticePage) -> None:
    fields = [written.head.title, written.head.editions, written.head.schemes, written.head.profiles,
              written.editor.title, written.editor.text, written.editor.kinds, written.chapters.list,
              written.preview.view, written.preview.zooms]  # fmt: skip
    assert all(field.accessibleName() for field in fields)


class TestWhereTheFileIsHeld:
    """Another program holds the file: nothing can be stored for a while, and nothing that is typed is lost."""

    @pytest.fixture
    def held(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hold]:
        """Begins to hold the ledger; gives what ends it."""
        monkeypatch.setattr(ledger_file, "_WAIT", 0.02)
        others: list[sqlite3.Connection] = []

        def hold() -> Callable[[], None]:
            other = sqlite3.connect(tmp_path / "台账.zgtz", isolation_level=None)
            other.execute("BEGIN EXCLUSIVE")
            others.append(other)
            return other.close

        yield hold
        for other in others:
            other.close()

    def test_the_words_stay_and_are_stored_with_the_next_that_is_done(
        self, held: Hold, written: NoticePage, qtbot: QtBot, dialogs: Dialogs
    ) -> None:
        type_at_end(written, qtbot, "写了五分钟的一段话。")
        before, let_go = stored(written), held()
        dialogs.choices = ["关闭"]
        qtbot.waitUntil(lambda: bool(dialogs.shown))
        assert stored(written) == before
        assert written.editor.text.toPlainText().endswith("写了五分钟的一段话。")
        let_go()
        written.session.flush()
        assert stored(written)[-1].endswith("写了五分钟的一段话。")
        assert written.session.undo_label == EDIT_CHAPTER
        written.session.undo()
        assert not written.editor.text.toPlainText().endswith("写了五分钟的一段话。")

    def test_another_chapter_waits_until_this_one_is_stored(
        self, held: Hold, written: NoticePage, qtbot: QtBot, dialogs: Dialogs
    ) -> None:
        type_at_end(written, qtbot, "只属于第一章。")
        let_go = held()
        dialogs.choices = ["关闭"]
        written.chapters.list.setCurrentRow(1)
        assert written.chapters.list.currentRow() == 0
        assert written.editor.title.text() == "组织情况"
        assert written.editor.text.toPlainText().endswith("只属于第一章。")
        let_go()
        written.chapters.list.setCurrentRow(1)
        assert written.editor.title.text() == "整改情况"
        assert stored(written)[-1].endswith("只属于第一章。")
        assert "只属于第一章" not in "".join(stored(written, 1))

    def test_neither_is_a_chapter_added_removed_or_moved(
        self, held: Hold, written: NoticePage, qtbot: QtBot, dialogs: Dialogs
    ) -> None:
        type_at_end(written, qtbot, "还没有存。")
        let_go = held()
        for asked in (written.chapters.add_asked, written.chapters.remove_asked):
            dialogs.choices = ["关闭"]
            asked.emit()
            assert dialogs.choices == []
        assert len(written.session.snapshot.chapters) == 2
        assert written.editor.text.toPlainText().endswith("还没有存。")
        let_go()

    def test_another_page_and_back(self, held: Hold, written: NoticePage, qtbot: QtBot, dialogs: Dialogs) -> None:
        type_at_end(written, qtbot, "还没有存。")
        let_go = held()
        dialogs.choices = ["关闭"] * 2
        written.hide()
        written.show()
        assert written.editor.text.toPlainText().endswith("还没有存。")
        dialogs.choices.clear()
        let_go()
        written.session.flush()
        assert stored(written)[-1].endswith("还没有存。")

    def test_the_title_of_the_notice_stays_too(
        self, held: Hold, written: NoticePage, qtbot: QtBot, dialogs: Dialogs
    ) -> None:
        title = written.head.title
        title.setFocus()
        title.selectAll()
        type_text(title, qtbot, "关于巡察整改的通报")
        let_go = held()
        dialogs.choices = ["关闭"]
        qtbot.waitUntil(lambda: bool(dialogs.shown))
        assert title.text() == "关于巡察整改的通报"
        let_go()
        written.session.flush()
        assert written.session.snapshot.facts.notice_title == "关于巡察整改的通报"

    def test_the_first_words_in_the_frame_stay_and_are_the_ledger_s_own_later(
        self, held: Hold, framed: NoticePage, qtbot: QtBot, dialogs: Dialogs
    ) -> None:
        framed.editor.text.setFocus()
        framed.editor.text.moveCursor(QTextCursor.MoveOperation.End)
        let_go = held()
        dialogs.choices = ["关闭"]
        event = QInputMethodEvent()
        event.setCommitString("第一句话。")
        QApplication.sendEvent(framed.editor.text, event)
        assert dialogs.choices == []
        assert framed.editor.text.toPlainText().endswith("第一句话。")
        let_go()
        framed.session.flush()
        assert stored(framed)[-1].endswith("第一句话。")
        assert framed.editor.text.toPlainText().endswith("第一句话。")
