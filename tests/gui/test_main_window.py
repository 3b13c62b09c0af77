"""The window as a clerk meets it: start page, import, tree, exports, undo, and sentences where something is wrong."""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from builders import a_ledger, a_tree
from keyboard import CTRL, SHIFT, type_text
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton, QSplitter

from zhenggai_desktop.domain.records import Issue, Measure, Section
from zhenggai_desktop.gui import messages, themes
from zhenggai_desktop.gui.actions import SPECS
from zhenggai_desktop.gui.calls import THEME_CALLS, Call
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.menus import MENUS, TOOLBAR
from zhenggai_desktop.gui.tree_columns import Column
from zhenggai_desktop.services.editing import set_fields
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.settings import load_settings
from zhenggai_desktop.storage import ledger_file

KEYPAD = Qt.KeyboardModifier.KeypadModifier
REAL_ANSWER = messages._answer


@pytest.fixture
def opened(window: MainWindow, tmp_path: Path) -> MainWindow:
    """The window with a ledger of two sections, six issues and twelve measures."""
    a_ledger(tmp_path, *a_tree(), organisation="某街道党工委").close()
    window.take_file(tmp_path / "台账.zgtz")
    return window


def come_forward(window: MainWindow, qtbot: Any) -> None:
    """What Qt reports when the user comes back to the window, and what is done then."""
    window.activateWindow()  # by itself it is not behind a box that is gone, as on a desktop
    qtbot.waitUntil(window.isActiveWindow)
    QApplication.sendEvent(window, QEvent(QEvent.Type.ActivationChange))
    QApplication.processEvents()


def close_boxes(window: MainWindow) -> list[str]:
    """Have the user close every box; what stood in them."""
    closed: list[str] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            closed.append(box.text())
            box.reject()

    timer = QTimer(window, interval=10)  # type: ignore[call-overload] - properties by name
    timer.timeout.connect(look)
    timer.start()
    return closed


def is_enabled(window: MainWindow, call: Call) -> bool:
    return window.actions_by_call[call].isEnabled()


def words(window: MainWindow) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


class TestStart:
    def test_says_what_the_program_is_not_for(self, window: MainWindow) -> None:
        assert "本程序不得录入涉密内容" in words(window)

    def test_offers_what_can_be_done_without_a_ledger_and_nothing_else(self, window: MainWindow) -> None:
        enabled = {call for call in Call if is_enabled(window, call)}
        look = {Call.LARGER, Call.SMALLER, Call.USUAL_SIZE, Call.LARGE_TYPE, *THEME_CALLS}
        help_calls = {Call.MANUAL, Call.SHORTCUTS, Call.ABOUT}
        tables = {Call.ROLL_UP, Call.EDIT_COLUMNS, Call.PROOFREAD_FILE, Call.USER_NAME, Call.OPEN_ARCHIVE}
        assert enabled == {Call.NEW, Call.OPEN, Call.SAMPLE, Call.IMPORT, Call.QUIT, *help_calls, *look, *tables}

    def test_a_button_calls_its_action(self, window: MainWindow, dialogs: Any, tmp_path: Path) -> None:
        dialogs.files = [tmp_path / "新.zgtz"]
        window.findChild(QPushButton, "start-new").click()
        assert window.windowTitle() == "新"
        assert "台账里还没有问题" in words(window)

    def test_the_keyboard_follows_from_the_invitation_to_the_first_row(
        self, window: MainWindow, dialogs: Any, tmp_path: Path
    ) -> None:
        dialogs.files = [tmp_path / "新.zgtz"]
        window.findChild(QPushButton, "start-new").click()
        invitation = QApplication.focusWidget()
        assert isinstance(invitation, QPushButton)
        assert invitation.text() == "导入反馈意见、通报或表格…"

        def add(ledger: Ledger) -> None:
            with ledger.step("新增方面") as writer:
                writer.add(Section(title="党的建设"))

        window.session.edit(add)
        assert QApplication.focusWidget() is window.workspace.page("ledger").tree
        window.perform(Call.UNDO)
        assert isinstance(QApplication.focusWidget(), QPushButton)

    def test_a_step_that_is_taken_back_is_told_wherever_it_was(self, opened: MainWindow) -> None:
        opened.session.edit(
            lambda ledger: set_fields(ledger, (Issue, 1), {"note": "已核对"}, today=dt.date(2025, 6, 8))
        )
        opened.workspace.show_page("overview")
        opened.perform(Call.UNDO)
        assert opened.statusBar().currentMessage() == "已撤销：修改备注"
        opened.perform(Call.REDO)
        assert opened.statusBar().currentMessage() == "已恢复：修改备注"

    def test_what_is_typed_at_this_moment_is_the_step_that_is_taken_back(self, opened: MainWindow, qtbot: Any) -> None:
        qtbot.waitActive(opened)
        session, page = opened.session, opened.workspace.page("ledger")
        session.edit(lambda ledger: set_fields(ledger, (Issue, 1), {"owner": "王"}, today=session.today()))
        page.show_record((Issue, 2))
        page.pane.form(Issue).editors["note"].setFocus()
        type_text("写到一半")
        QTest.keyClick(opened, Qt.Key.Key_Z, CTRL)
        assert opened.statusBar().currentMessage() == "已撤销：修改备注"
        assert (session.redo_label, session.undo_label) == ("修改备注", "修改责任人")
        type_text("又写")
        QTest.keyClick(opened, Qt.Key.Key_Y, CTRL)
        assert opened.statusBar().currentMessage() == "已撤销：修改备注"
        assert (session.redo_label, session.undo_label) == (None, "修改备注")
        assert [issue.note for issue in session.snapshot.issues if issue.id == 2] == ["又写"]

    def test_another_page_keeps_the_keyboard_when_the_first_row_comes(self, window: MainWindow, tmp_path: Path) -> None:
        window.session.create(tmp_path / "新.zgtz")
        window.workspace.show_page("facts")
        before = QApplication.focusWidget()

        def add(ledger: Ledger) -> None:
            with ledger.step("新增方面") as writer:
                writer.add(Section(title="党的建设"))

        window.session.edit(add)
        assert QApplication.focusWidget() is before

    def test_a_ledger_that_is_gone_can_be_taken_off_the_list(self, opened: MainWindow, tmp_path: Path) -> None:
        (tmp_path / "台账.zgtz").rename(tmp_path / "别处.zgtz")
        opened.perform(Call.CLOSE)
        QApplication.processEvents()
        assert "找不到文件" in words(opened)
        next(button for button in opened.findChildren(QPushButton) if button.text() == "从列表移除").click()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert "找不到文件" not in words(opened)

    def test_a_ledger_that_was_open_can_be_opened_again(self, opened: MainWindow, tmp_path: Path) -> None:
        opened.perform(Call.CLOSE)
        QApplication.processEvents()
        assert "已完成 0/6" in words(opened)
        name = next(label for label in opened.start_page.findChildren(QLabel, "card-name") if label.text() == "台账")
        QTest.mouseClick(name, Qt.MouseButton.LeftButton)
        assert opened.session.path == tmp_path / "台账.zgtz"


class TestImport:
    def test_makes_a_ledger_from_a_notice(self, window: MainWindow, dialogs: Any, notice: Path, tmp_path: Path) -> None:
        dialogs.files, dialogs.previews = [notice, tmp_path / "云溪"], [True]
        window.perform(Call.IMPORT)
        assert window.windowTitle() == "云溪"
        model = window.workspace.page("ledger").model
        assert model.rowCount() == 3
        assert model.index(0, Column.TITLE).data().startswith("学习贯彻上级决策部署")
        opened = [window.workspace.page("ledger").tree.isExpanded(model.index_of((Issue, at))) for at in (1, 2, 3)]
        assert opened == [True, False, False]  # sub-issues are seen, measures are not
        assert window.actions_by_call[Call.UNDO].text() == "撤销：导入整改通报《示例整改通报》"

    def test_changes_nothing_where_the_user_thinks_better_of_it(
        self, opened: MainWindow, dialogs: Any, notice: Path
    ) -> None:
        before = opened.session.snapshot
        dialogs.files, dialogs.previews = [notice], [False]
        opened.perform(Call.IMPORT)
        assert opened.session.snapshot == before

    def test_undone_and_redone_shows_the_tree_each_time(
        self, window: MainWindow, dialogs: Any, notice: Path, tmp_path: Path
    ) -> None:
        dialogs.files, dialogs.previews = [notice, tmp_path / "云溪.zgtz"], [True]
        window.perform(Call.IMPORT)
        window.perform(Call.UNDO)
        assert window.workspace.page("ledger").model.rowCount() == 0
        assert window.actions_by_call[Call.REDO].text() == "恢复：导入整改通报《示例整改通报》"
        window.perform(Call.REDO)
        assert window.workspace.page("ledger").model.rowCount() == 3

    def test_a_file_that_cannot_be_read_gives_a_sentence(
        self, window: MainWindow, dialogs: Any, tmp_path: Path
    ) -> None:
        (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04 broken")
        dialogs.choices = ["关闭"]
        window.take_file(tmp_path / "坏.docx")
        assert "坏.docx" in dialogs.shown[0]
        assert not window.session.is_open


class TestTree:
    def test_stands_under_the_figures_of_the_ledger(self, opened: MainWindow, qtbot: Any) -> None:
        qtbot.waitUntil(lambda: "问题总数 6个" in words(opened))  # counted after the first paint
        assert "整改措施 12条" in words(opened)
        assert "已完成 0 ÷ 6 = 0%" in words(opened)

    def test_shows_the_selected_record_in_its_form(self, opened: MainWindow) -> None:
        page = opened.workspace.page("ledger")
        for key, field, shown in (
            ((Issue, 2), "title", "第2项工作抓得不够紧"),
            ((Measure, 5), "content", "制定第5项措施"),
            ((Section, 1), "title", "方面1"),
        ):
            page.tree.setCurrentIndex(page.model.index_of(key))
            assert shown in page.pane.form(key[0]).editors[field].value()

    def test_foreign_words_are_shown_as_they_are(self, opened: MainWindow) -> None:
        labels = opened.workspace.page("ledger").findChildren(QLabel)
        assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}

    def test_keeps_its_place_when_something_changes(self, opened: MainWindow) -> None:
        page = opened.workspace.page("ledger")
        issue = page.model.index_of((Issue, 4))
        page.tree.setCurrentIndex(issue)
        page.tree.expand(issue)
        page.tree.collapse(page.model.index_of((Section, 1)))
        ledger = opened.session._ledger
        assert ledger is not None
        with ledger.step("删除措施，修改标题") as writer:
            writer.remove(Measure, 1)
            writer.update(Issue, 4, title="换了标题")
        assert page.model.key(page.tree.currentIndex()) == (Issue, 4)
        assert page.tree.isExpanded(page.model.index_of((Issue, 4)))
        assert not page.tree.isExpanded(page.model.index_of((Section, 1)))
        assert page.pane.form(Issue).editors["title"].value() == "换了标题"


class TestExport:
    def test_writes_the_workbook_and_says_where(self, opened: MainWindow, dialogs: Any, tmp_path: Path) -> None:
        dialogs.files, dialogs.choices = [tmp_path / "导出"], ["关闭"]
        opened.perform(Call.EXPORT_LEDGER)
        assert (tmp_path / "导出.xlsx").stat().st_size > 0
        assert "已导出“导出.xlsx”" in dialogs.shown[0]

    def test_writes_the_notice(self, opened: MainWindow, dialogs: Any, tmp_path: Path) -> None:
        dialogs.files, dialogs.choices = [tmp_path / "通报.docx"], ["关闭"]
        opened.perform(Call.EXPORT_NOTICE)
        assert (tmp_path / "通报.docx").stat().st_size > 0

    def test_asks_before_it_replaces_a_name_without_its_ending(
        self, opened: MainWindow, dialogs: Any, tmp_path: Path
    ) -> None:
        (tmp_path / "旧.xlsx").write_text("旧", "utf-8")
        dialogs.files, dialogs.choices = [tmp_path / "旧"], ["取消"]
        opened.perform(Call.EXPORT_LEDGER)
        assert (tmp_path / "旧.xlsx").read_text("utf-8") == "旧"

    def test_a_target_that_cannot_be_written_gives_a_sentence(
        self, opened: MainWindow, dialogs: Any, tmp_path: Path
    ) -> None:
        dialogs.files, dialogs.choices = [tmp_path / "没有" / "台账.xlsx"], ["关闭"]
        opened.perform(Call.EXPORT_LEDGER)
        assert "不存在" in dialogs.shown[0]


class TestFile:
    def test_a_ledger_held_elsewhere_opens_to_read(self, window: MainWindow, dialogs: Any, tmp_path: Path) -> None:
        with a_ledger(tmp_path, *a_tree()):
            dialogs.choices = ["以只读方式打开"]
            window.take_file(tmp_path / "台账.zgtz")
            assert window.windowTitle() == "台账（只读）"
            assert "上编辑" in words(window)
            assert not is_enabled(window, Call.UNDO)
            assert not is_enabled(window, Call.IMPORT)
            assert is_enabled(window, Call.EXPORT_LEDGER)

    def test_a_ledger_that_was_given_back_can_be_edited_after_all(
        self, window: MainWindow, dialogs: Any, tmp_path: Path
    ) -> None:
        strip = window.workspace.strip
        with a_ledger(tmp_path, *a_tree()):
            dialogs.choices = ["以只读方式打开", "关闭"]
            window.take_file(tmp_path / "台账.zgtz")
            assert strip.isVisible()
            assert "上编辑" in words(window)
            assert "请等对方关闭台账后，点“改为可以编辑”" in words(window)
            window.workspace.write_button.click()
            assert re.fullmatch(
                "还不能编辑：台账“台账.zgtz”正由.+上编辑（.+起）。"
                "仍可以查看、筛选和导出；请等对方关闭台账后，再点一次“改为可以编辑”。",
                dialogs.shown[-1],
            )
            assert strip.isVisible()
        window.workspace.write_button.click()
        assert not strip.isVisible()
        assert window.windowTitle() == "台账"
        assert is_enabled(window, Call.BULK_EDIT)

    def test_where_nothing_can_be_written_a_copy_is_the_way_on(
        self, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        a_ledger(tmp_path, *a_tree()).close()
        window.session.open(tmp_path / "台账.zgtz", read_only=True)
        assert "请用“文件”菜单的“另存副本”存到能写入的文件夹" in words(window)
        unwritable = Ledger.open
        monkeypatch.setattr(Ledger, "open", lambda path, **more: unwritable(path, **{**more, "read_only": True}))
        window.workspace.write_button.click()
        assert window.statusBar().currentMessage() == (
            "还不能编辑：文件所在的位置不能写入。请用“文件”菜单的“另存副本”存到能写入的文件夹，再打开副本。"
        )

    def test_what_keeps_others_changes_out_is_said_once(
        self, window: MainWindow, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(ledger_file, "_WAIT", 0.02)
        monkeypatch.setattr(messages, "_answer", REAL_ANSWER)
        a_ledger(tmp_path, *a_tree()).close()
        window.take_file(tmp_path / "台账.zgtz")
        other = sqlite3.connect(tmp_path / "台账.zgtz", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        closed = close_boxes(window)
        for _ in range(4):
            come_forward(window, qtbot)
        assert "正被另一个程序占用" in window.statusBar().currentMessage()
        assert closed == ["台账“台账.zgtz”正被另一个程序占用。"]
        other.rollback()
        come_forward(window, qtbot)
        other.execute("BEGIN EXCLUSIVE")
        come_forward(window, qtbot)
        assert len(closed) == 2
        other.close()

    def test_ledgers_opened_before_stand_in_the_menu(self, opened: MainWindow, tmp_path: Path) -> None:
        a_ledger(tmp_path, *a_tree(1, 1, 1), name="另一本.zgtz").close()
        opened.take_file(tmp_path / "另一本.zgtz")
        (tmp_path / "另一本.zgtz").exists()
        opened.recent_menu.fill()
        first, second = opened.recent_menu.actions()
        assert first.text().startswith("&1 另一本　")
        second.trigger()
        assert opened.session.path == tmp_path / "台账.zgtz"
        (tmp_path / "另一本.zgtz").unlink()
        opened.recent_menu.fill()
        assert [action.isEnabled() for action in opened.recent_menu.actions()] == [True, False]

    def test_saving_says_so_with_the_time(self, opened: MainWindow) -> None:
        page = opened.workspace.page("ledger")
        page.show_record((Issue, 2))
        type_text("新的", page.pane.form(Issue).editors["goal"])
        opened.perform(Call.SAVE)
        assert next(issue.goal for issue in opened.session.snapshot.issues if issue.id == 2) == "新的"
        assert re.search(r"^已保存 \d\d:\d\d$", words(opened), re.MULTILINE)
        assert opened.statusBar().currentMessage().startswith("已保存")

    def test_something_that_is_no_ledger_gives_a_sentence_and_leaves_the_open_one(
        self, opened: MainWindow, dialogs: Any, tmp_path: Path
    ) -> None:
        (tmp_path / "假.zgtz").write_bytes(b"nothing")
        dialogs.choices = ["关闭"]
        opened.take_file(tmp_path / "假.zgtz")
        assert "假.zgtz" in dialogs.shown[0]
        assert opened.session.path == tmp_path / "台账.zgtz"

    def test_opening_the_same_ledger_again_changes_nothing(self, opened: MainWindow, tmp_path: Path) -> None:
        opened.take_file(tmp_path / "台账.zgtz")
        assert opened.windowTitle() == "台账"

    def test_closing_the_window_gives_the_ledger_back_and_remembers_it(
        self, opened: MainWindow, tmp_path: Path, home: Path
    ) -> None:
        opened.close()
        Ledger.open(tmp_path / "台账.zgtz").close()
        settings = load_settings(home / "settings.json")
        assert settings.recent == (str(tmp_path / "台账.zgtz"),)
        assert settings.window

    def test_a_ledger_comes_back_as_it_was_left(self, opened: MainWindow, tmp_path: Path) -> None:
        page = opened.workspace.page("ledger")
        page.tree.collapse(page.model.index_of((Section, 2)))
        page.show_record((Measure, 3))
        opened.perform(Call.CLOSE)
        opened.take_file(tmp_path / "台账.zgtz")
        assert page.tree.current_key() == (Measure, 3)
        assert page.tree.isExpanded(page.model.index_of((Issue, 2)))
        assert not page.tree.isExpanded(page.model.index_of((Section, 2)))

    def test_every_page_is_parted_as_it_was_left(
        self, opened: MainWindow, tmp_path: Path, home: Path, resources: Path
    ) -> None:
        parted: dict[str, list[int]] = {}
        for key, name, by in (("notice", "notice-splitter", 60), ("overview", "overview-splitter", -70)):
            opened.workspace.show_page(key)
            QApplication.processEvents()
            splitter = opened.workspace.page(key).findChild(QSplitter, name)
            first, second, *others = splitter.sizes()
            splitter.setSizes([first + by, second - by, *others])
            QApplication.processEvents()
            parted[name] = splitter.sizes()
        size = opened.size()
        opened.close()
        again = MainWindow(resources, home / "settings.json")
        again.show()
        again.resize(size)  # the screen of this test is smaller
        again.take_file(tmp_path / "台账.zgtz")
        for key, name in (("overview", "overview-splitter"), ("notice", "notice-splitter")):
            again.workspace.show_page(key)
            QApplication.processEvents()  # the page gets its size
            assert again.workspace.page(key).findChild(QSplitter, name).sizes() == parted.pop(name)
        again.close()
        again.deleteLater()
        newest = load_settings(home / "settings.json").sides
        assert {"notice-splitter", "overview-splitter"} <= set(newest)

    def test_letters_grow_for_the_whole_window_and_stay_so(self, opened: MainWindow, home: Path) -> None:
        field = opened.workspace.page("ledger").pane.form(Section).editors["source"]
        before = field.height()
        for _ in range(2):
            opened.perform(Call.LARGER)
        QApplication.processEvents()
        assert field.fontMetrics().height() > 16
        assert field.height() > before
        assert load_settings(home / "settings.json").scale == 125
        opened.perform(Call.USUAL_SIZE)
        assert load_settings(home / "settings.json").scale == 100

    def test_a_theme_is_worn_at_once_and_remembered(self, opened: MainWindow, home: Path, resources: Path) -> None:
        assert opened.actions_by_call[Call.THEME_SYSTEM].isChecked()
        opened.actions_by_call[Call.THEME_DARK].trigger()
        assert themes.current() is themes.DARK
        assert opened.palette().window().color().name() == themes.DARK.ground
        again = MainWindow(resources, home / "settings.json")
        assert [call for call in THEME_CALLS if again.actions_by_call[call].isChecked()] == [Call.THEME_DARK]
        again.close()
        again.deleteLater()
        opened.actions_by_call[Call.THEME_SYSTEM].trigger()
        assert themes.current() is themes.LIGHT

    def test_large_type_leads_back_to_the_size_before(self, opened: MainWindow, home: Path) -> None:
        opened.perform(Call.LARGER)
        opened.actions_by_call[Call.LARGE_TYPE].trigger()
        assert load_settings(home / "settings.json").scale == 150
        assert opened.actions_by_call[Call.LARGE_TYPE].isChecked()
        opened.actions_by_call[Call.LARGE_TYPE].trigger()
        assert load_settings(home / "settings.json").scale == 110
        assert not opened.actions_by_call[Call.LARGE_TYPE].isChecked()

    def test_a_file_can_be_dropped_on_a_field(self, opened: MainWindow) -> None:
        form = opened.workspace.page("ledger").pane.form(Section)
        assert [name for name, field in form.editors.items() if field.acceptDrops()] == []


class TestActions:
    def test_each_stands_in_one_menu(self) -> None:
        calls = [call for _, group in MENUS for call in group if call is not None]
        assert sorted(calls) == sorted(SPECS) == sorted(Call)

    def test_no_shortcut_is_given_twice(self, window: MainWindow) -> None:
        keys = [key.toString() for action in window.actions_by_call.values() for key in action.shortcuts()]
        assert sorted(keys) == sorted(set(keys))

    @pytest.mark.parametrize(
        ("key", "held", "call"),
        [
            (Qt.Key.Key_Equal, CTRL, Call.LARGER),
            (Qt.Key.Key_Plus, CTRL | KEYPAD, Call.LARGER),
            (Qt.Key.Key_Minus, CTRL, Call.SMALLER),
            (Qt.Key.Key_Enter, KEYPAD, Call.ADD_SIBLING),
            (Qt.Key.Key_Enter, CTRL | KEYPAD, Call.ADD_MEASURE),
            (Qt.Key.Key_Z, CTRL | SHIFT, Call.REDO),
            (Qt.Key.Key_Insert, CTRL, Call.COPY),
        ],
    )
    def test_the_other_keys_for_the_same_work_too(
        self, opened: MainWindow, qtbot: Any, key: Qt.Key, held: Qt.KeyboardModifier, call: Call
    ) -> None:
        qtbot.waitActive(opened)
        page = opened.workspace.page("ledger")
        opened.session.edit(lambda ledger: set_fields(ledger, (Issue, 1), {"note": "甲"}, today=dt.date(2025, 6, 8)))
        opened.perform(Call.UNDO)
        page.tree.select_keys([(Issue, 2)])
        page.tree.setFocus()
        with qtbot.waitSignal(opened.actions_by_call[call].triggered):
            QTest.keyClick(page.tree, key, held)
        page.tree.commit()

    def test_those_on_the_toolbar_have_a_picture_and_a_short_word(self, window: MainWindow) -> None:
        actions = [window.actions_by_call[call] for call in TOOLBAR if call is not None]
        assert [action.iconText() for action in actions if action.icon().pixmap(24, 24).isNull()] == []
        assert all(len(action.iconText()) <= 4 for action in actions)

    def test_about_names_the_version(self, window: MainWindow, dialogs: Any) -> None:
        dialogs.choices = ["关闭"]
        window.perform(Call.ABOUT)
        assert "0.1" in dialogs.shown[0]
        assert "不联网" in dialogs.shown[0]

    def test_about_gives_what_a_helper_needs_and_nothing_of_the_ledger(self, opened: MainWindow, dialogs: Any) -> None:
        dialogs.choices = ["复制诊断信息"]
        opened.perform(Call.ABOUT)
        copied = QApplication.clipboard().text()
        assert "Python" in copied
        assert "台账.zgtz" not in copied
        assert "某街道" not in copied
        QApplication.clipboard().clear()
