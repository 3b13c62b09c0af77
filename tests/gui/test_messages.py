"""Boxes: two sentences, words as they are, buttons that say what they do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox

from zhenggai_desktop.errors import TargetError
from zhenggai_desktop.gui import messages


def answered(act: Callable[[QMessageBox], object], show: Callable[[], object]) -> object:
    """Show a box, do something to it as soon as it is there, give what showing it gave."""

    def on_shown() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        act(box)
        if box.isVisible():
            box.reject()

    QTimer.singleShot(0, on_shown)
    return show()


def press(text: str) -> Callable[[QMessageBox], None]:
    return lambda box: next(button for button in box.buttons() if button.text() == text).click()


def test_the_button_that_is_pressed_is_the_answer(qapp: QApplication) -> None:
    assert answered(press("替换"), lambda: messages.ask(None, "已有", "", ["替换", "取消"])) == "替换"
    assert answered(press("取消"), lambda: messages.ask(None, "已有", "", ["替换", "取消"])) == "取消"


def test_escape_is_the_last_button(qapp: QApplication) -> None:
    assert answered(QMessageBox.reject, lambda: messages.ask(None, "已有", "", ["替换", "取消"])) == "取消"


def test_an_error_says_what_happened_and_what_to_do_as_plain_words(qapp: QApplication) -> None:
    seen: list[str] = []

    def look(box: QMessageBox) -> None:
        seen.extend((box.text(), box.informativeText()))
        assert {label.textFormat() for label in box.findChildren(QLabel)} == {Qt.TextFormat.PlainText}

    answered(look, lambda: messages.show_error(None, TargetError("“<b>台账</b>”写不成", "请换一个位置")))
    assert seen == ["“<b>台账</b>”写不成。", "请换一个位置。"]


@pytest.mark.parametrize(("choice", "name"), [("打开文件", "台账.xlsx"), ("打开所在文件夹", ""), ("关闭", None)])
def test_an_exported_file_can_be_opened_and_found(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, choice: str, name: str | None
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())))
    answered(press(choice), lambda: messages.tell_exported(None, tmp_path / "台账.xlsx"))
    assert opened == ([] if name is None else [tmp_path / name])


def test_a_mistake_of_the_program_shows_places_only_on_demand(qapp: QApplication) -> None:
    seen: list[str] = []
    places = "KeyError\n  store.py:12"
    answered(lambda box: seen.append(box.detailedText()), lambda: messages.show_bug(None, places, saved=True))
    assert seen == [places]


@pytest.mark.parametrize(
    ("saved", "words"), [(True, "刚才输入的内容都已保存"), (False, "最后输入的几个字可能没有存上")]
)
def test_a_mistake_of_the_program_says_what_became_of_the_typing(qapp: QApplication, saved: bool, words: str) -> None:
    seen: list[str] = []
    answered(lambda box: seen.append(box.informativeText()), lambda: messages.show_bug(None, "x", saved=saved))
    assert words in seen[0]


def test_what_a_helper_needs_can_be_copied_with_the_places(qapp: QApplication) -> None:
    answered(press("复制诊断信息"), lambda: messages.show_bug(None, "KeyError\n  store.py:12", saved=True))
    copied = QApplication.clipboard().text()
    assert copied.startswith("整改台账：")
    assert "openpyxl" in copied
    assert copied.endswith("KeyError\n  store.py:12")
    QApplication.clipboard().clear()


def test_a_run_that_was_killed_has_nothing_to_copy(qapp: QApplication) -> None:
    seen: list[str] = []
    answered(lambda box: seen.extend(button.text() for button in box.buttons()), lambda: messages.show_crash(None, ""))
    assert seen == ["关闭"]


def test_the_waiting_pointer_goes_even_when_the_work_fails(qapp: QApplication) -> None:
    shapes: list[Qt.CursorShape] = []

    def fail_while_busy() -> None:
        with messages.busy():
            shapes.append(QApplication.overrideCursor().shape())
            raise TargetError("写不成")

    with pytest.raises(TargetError):
        fail_while_busy()
    assert shapes == [Qt.CursorShape.WaitCursor]
    assert QApplication.overrideCursor() is None
