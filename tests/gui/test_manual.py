"""The manual: every page is there, every link leads somewhere, words are found, F1 opens what it is about."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from builders import a_ledger, a_tree
from keyboard import NONE, press, type_text
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import zhenggai_desktop.gui
from zhenggai_desktop.domain.records import Snapshot
from zhenggai_desktop.gui.actions import SPECS
from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.dialogs.dialog import Dialog
from zhenggai_desktop.gui.dialogs.distribute_dialog import DistributeDialog
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.manual import pages
from zhenggai_desktop.gui.manual.pages import LICENCES, ManualPage, find, licence_pages, load_pages
from zhenggai_desktop.gui.manual.window import TOPICS, ManualWindow
from zhenggai_desktop.gui.months.fields_dialog import FieldsDialog
from zhenggai_desktop.gui.months.page import MonthsPage
from zhenggai_desktop.gui.months.view_table import VIEWS
from zhenggai_desktop.gui.page_table import MONTHS, PAGES

TASKS = ["收到反馈怎么办", "分给部门", "收回合并", "催办", "销号", "出通报", "送审改稿", "换电脑", "快捷键"]


@pytest.fixture
def known(resources: Path) -> dict[str, ManualPage]:
    return {page.name: page for page in load_pages(resources / "manual")}


@pytest.fixture
def manual(qapp: QApplication, resources: Path) -> Iterator[ManualWindow]:
    window = ManualWindow(resources / "manual")
    window.open_at("")
    yield window
    window.close()
    window.deleteLater()


class TestPages:
    def test_there_is_one_for_each_task(self, known: dict[str, ManualPage]) -> None:
        assert set(TASKS) <= set(known)
        assert set(TOPICS) == {spec.key for spec in PAGES}
        assert set(TOPICS.values()) <= set(known)

    def test_each_begins_with_its_title(self, known: dict[str, ManualPage]) -> None:
        assert [name for name, page in known.items() if not page.markdown.startswith(f"# {name}\n")] == []

    def test_every_link_leads_to_a_page(self, known: dict[str, ManualPage], resources: Path) -> None:
        links = [link for page in known.values() for link in re.findall(r"\]\(([^)]+)\)", page.markdown)]
        all_pages = known | licence_pages(resources)
        assert links
        assert [
            link for link in links if link.removesuffix(".md") not in all_pages and not link.startswith("pictures/")
        ] == []

    def test_every_key_they_name_is_a_key_of_the_program(self, known: dict[str, ManualPage]) -> None:
        listed = known["快捷键"].plain + "Ctrl+Y Ctrl++ Ctrl+- Ctrl+回车 Ctrl Shift Esc Tab"
        named = {
            key
            for page in known.values()
            for key in re.findall(r"\*\*((?:Ctrl|Alt|F\d|Shift)[^*]*)\*\*", page.markdown)
        }
        assert len(named) > 10
        assert [key for key in named if key not in listed and key != "Alt+↑↓"] == []

    def test_every_command_they_name_is_a_command(self, known: dict[str, ManualPage]) -> None:
        from zhenggai_desktop.cli.arguments import _parser

        commands = re.findall(r"`zhenggai (\S+)", " ".join(page.markdown for page in known.values()))
        assert {"distribute", "collect", "proofread"} <= set(commands)
        help_text = _parser().format_help()
        assert [command for command in commands if command not in help_text] == []

    def test_keys_come_from_the_table_of_actions(self, known: dict[str, ManualPage]) -> None:
        text = known["快捷键"].plain
        assert all(re.sub(r"\(&.\)|…", "", spec.text) in text for spec in SPECS.values() if spec.shortcut)

    def test_a_picture_is_shown_only_where_it_is(self, tmp_path: Path) -> None:
        (tmp_path / "pictures").mkdir()
        (tmp_path / "pictures" / "有.png").write_bytes(b"")
        (tmp_path / "01-页.md").write_text("# 页\n\n![甲](pictures/有.png)\n\n![乙](pictures/没有.png)\n", "utf-8")
        [page, _keys] = load_pages(tmp_path)
        assert "有.png" in page.markdown
        assert "没有" not in page.markdown

    def test_a_missing_manual_still_has_the_keys(self, tmp_path: Path) -> None:
        assert [page.name for page in load_pages(tmp_path / "没有")] == ["快捷键"]


class TestFinding:
    def test_all_words_must_be_there_and_titles_go_first(self, known: dict[str, ManualPage]) -> None:
        hits = find(known.values(), "销号")
        assert hits[0].page.name == "销号"
        assert len(hits) > 1
        assert [hit.page.name for hit in find(known.values(), "销号 佐证 纪要")] == ["销号"]
        assert find(known.values(), "不存在的词") == []

    def test_a_snippet_holds_the_word(self, known: dict[str, ManualPage]) -> None:
        for hit in find(known.values(), "dry-run"):
            assert "dry-run" in hit.snippet
            assert "`" not in hit.snippet

    def test_letters_are_found_in_any_case(self, known: dict[str, ManualPage]) -> None:
        assert {hit.page.name for hit in find(known.values(), "CTRL+B")} >= {"填台账", "快捷键"}


class TestWindow:
    def test_typing_lists_the_hits_and_marks_them(self, manual: ManualWindow) -> None:
        assert manual.shown == pages.FIRST
        whole = manual.list.count()
        type_text("纪要", manual.search)
        assert manual.list.count() < whole
        assert manual.shown == "销号"
        assert [mark.cursor.selectedText() for mark in manual.text.extraSelections()] == ["纪要"]
        QTest.keyClick(manual.search, Qt.Key.Key_Escape)
        assert manual.list.count() == whole
        assert manual.shown == "销号"
        QTest.keyClick(manual.search, Qt.Key.Key_Escape)
        assert not manual.isVisible()

    def test_hits_are_wrapped_within_the_list(self, manual: ManualWindow) -> None:
        manual.search.setText("台账")
        QApplication.processEvents()
        assert manual.list.count() > 3
        assert manual.list.horizontalScrollBar().maximum() == 0

    def test_below_a_picture_the_page_goes_on(self, manual: ManualWindow) -> None:
        manual.show_page("填台账")
        document = manual.text.document()
        block = document.begin()
        while block.text().strip() != "\ufffc":
            block = block.next()
        layout = document.documentLayout()
        picture, below = layout.blockBoundingRect(block), layout.blockBoundingRect(block.next())
        width = block.begin().fragment().charFormat().toImageFormat()
        image = document.resource(QTextDocument.ResourceType.ImageResource.value, QUrl(width.name()))
        assert below.top() - picture.top() < image.height() / image.devicePixelRatio() + 40

    def test_what_is_not_found_is_said(self, manual: ManualWindow) -> None:
        type_text("不存在的词", manual.search)
        assert manual.list.count() == 0
        assert manual._nothing.isVisible()

    def test_a_link_leads_to_its_page(self, manual: ManualWindow) -> None:
        manual.text.anchorClicked.emit(QUrl("收回合并.md"))
        assert manual.shown == "收回合并"
        assert manual.list.currentItem().text() == "收回合并"

    def test_the_list_is_worked_by_keyboard(self, manual: ManualWindow) -> None:
        manual.list.setFocus()
        QTest.keyClick(manual.list, Qt.Key.Key_Down)
        assert manual.shown == "填台账"


class TestPictures:
    def test_are_as_wide_as_there_is_room(self, manual: ManualWindow, qtbot: Any) -> None:
        for width in (900, 700):
            with qtbot.waitSignal(manual.text.refit):
                manual.resize(width, 600)
            manual.show_page("填台账")
            QApplication.processEvents()
            assert manual.text.horizontalScrollBar().maximum() == 0
            pictures = [
                manual.text.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl(f"pictures/{name}.png"))
                for name in ("ledger", "overview")
            ]
            assert [round(image.width() / image.devicePixelRatio()) for image in pictures] == [manual.text.room] * 2


class TestF1:
    def test_opens_at_the_page_in_front(self, window: MainWindow, tmp_path: Path, qtbot: object) -> None:
        window.actions_by_call[Call.MANUAL].trigger()
        assert window.help.manual is not None
        assert window.help.manual.shown == "收到反馈怎么办"
        a_ledger(tmp_path, *a_tree()).close()
        window.take_file(tmp_path / "台账.zgtz")
        for key, topic in TOPICS.items():
            window.workspace.show_page(key)
            window.actions_by_call[Call.MANUAL].trigger()
            assert window.help.manual.shown == topic

    def test_opens_at_what_has_the_keyboard(self, window: MainWindow, tmp_path: Path, qtbot: object) -> None:
        a_ledger(tmp_path, *a_tree()).close()
        window.take_file(tmp_path / "台账.zgtz")
        window.activateWindow()
        QApplication.processEvents()
        window.perform(Call.FIND)
        press(Qt.Key.Key_F1, NONE)
        assert window.help.manual is not None
        assert window.help.manual.isVisible()
        assert window.help.manual.shown == "查找与筛选"

    def test_opens_at_the_view_of_the_working_months_that_is_in_front(self, window: MainWindow, tmp_path: Path) -> None:
        a_ledger(tmp_path, *a_tree()).close()
        window.take_file(tmp_path / "台账.zgtz")
        window.workspace.show_page(MONTHS)
        page = window.workspace.page(MONTHS)
        assert isinstance(page, MonthsPage)
        shown: dict[str, str] = {}
        for spec in VIEWS:
            page.show_view(spec.key)
            window.actions_by_call[Call.MANUAL].trigger()
            assert window.help.manual is not None
            shown[spec.caption] = window.help.manual.shown
        assert shown == {"催办": "催办", "本周进展": "催办", "销号": "销号", "佐证": "销号"}

    def test_opens_in_a_dialog_at_the_page_about_it(self, window: MainWindow) -> None:
        dialog = DistributeDialog(Snapshot(), Path(), window)
        dialog.show()
        dialog.activateWindow()
        QApplication.processEvents()
        press(Qt.Key.Key_F1, NONE)
        manual = dialog.findChild(ManualWindow)
        assert manual is not None
        assert manual.shown == "分给部门"
        dialog.close()
        dialog.deleteLater()

    def test_every_dialog_names_a_page_that_there_is(self, known: dict[str, ManualPage]) -> None:
        for module in pkgutil.walk_packages(zhenggai_desktop.gui.__path__, "zhenggai_desktop.gui."):
            importlib.import_module(module.name)
        topics = {kind.__name__: kind.help_topic for kind in Dialog.__subclasses__() if kind is not FieldsDialog}
        assert len(topics) > 20
        assert {name for name, topic in topics.items() if topic not in known} == {"ProgressDialog"}  # no time to read

    def test_goes_with_the_window(self, window: MainWindow) -> None:
        window.perform(Call.SHORTCUTS)
        assert window.help.manual is not None
        assert window.help.manual.shown == "快捷键"
        window.close()
        assert not window.help.manual.isVisible()


def test_the_licences_stand_with_their_texts(manual: ManualWindow) -> None:
    manual.open_at(LICENCES)
    assert "sqlite-utils" in manual.text.toPlainText()
    manual.text.anchorClicked.emit(QUrl("qt.md"))
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in manual.text.toPlainText()
    manual.text.anchorClicked.emit(QUrl(f"{LICENCES}.md"))
    assert manual.shown == LICENCES


def test_without_the_texts_the_page_of_the_licences_stays(tmp_path: Path) -> None:
    (tmp_path / "manual").mkdir()
    (tmp_path / "manual" / f"14-{LICENCES}.md").write_text(f"# {LICENCES}\n\n感谢。", "utf-8")
    assert licence_pages(tmp_path) == {}
    assert "感谢" in load_pages(tmp_path / "manual")[-1].plain
