"""Every page and dialog for those who see little or use no mouse: names, order, focus, small screens."""

from __future__ import annotations

import importlib
import operator
import pkgutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from answers import Dialogs
from every_dialog import NAMES, TODAY, a_full_ledger, every_dialog
from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QWidget,
)

from zhenggai_desktop import gui
from zhenggai_desktop.domain.records import Issue, Measure, Section
from zhenggai_desktop.gui import style
from zhenggai_desktop.gui.dialogs.dialog import Dialog
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.page_table import PAGES

FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox, QAbstractItemView, QTabBar)
SMALL = QSize(683, 384)  # a screen of 1366 × 768 at twice the scale, in logical pixels
_BARS = 34  # pixels of a title bar
_FOCUS_PIXELS = 40  # that change at least: more than the line of a cursor


@pytest.fixture(scope="module")
def full_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_full_ledger(tmp_path_factory.mktemp("full"))


@pytest.fixture
def opened(window: MainWindow, dialogs: Dialogs, full_ledger: Path) -> MainWindow:
    window.session.today = lambda: TODAY
    window.take_file(full_ledger)
    return window


@pytest.fixture(params=NAMES)
def dialog(opened: MainWindow, full_ledger: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[QDialog]:
    made = every_dialog(opened, full_ledger, full_ledger.parent)[request.param]()
    made.show()
    QApplication.processEvents()
    yield made
    if hasattr(made, "close_down"):
        made.close_down()
    made.close()
    made.deleteLater()


def test_every_dialog_has_its_name(opened: MainWindow, full_ledger: Path) -> None:
    made = every_dialog(opened, full_ledger, full_ledger.parent)
    assert (len(made), set(made)) == (len(NAMES), set(NAMES))


def test_no_dialog_of_the_program_is_left_out(opened: MainWindow, full_ledger: Path) -> None:
    for module in pkgutil.walk_packages(gui.__path__, "zhenggai_desktop.gui."):
        importlib.import_module(module.name)
    kinds, waiting = set[type[QDialog]](), [Dialog]
    while waiting:
        kind = waiting.pop()
        kinds.add(kind)
        waiting += kind.__subclasses__()
    shown = set[type[QDialog]]()
    for make in every_dialog(opened, full_ledger, full_ledger.parent).values():
        made = make()
        shown.add(type(made))
        if hasattr(made, "close_down"):
            made.close_down()  # type: ignore[attr-defined]
        made.deleteLater()
    bases = {kind for kind in kinds if kind.__name__.startswith("_")} | {Dialog}
    assert kinds - shown == bases


def screens(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """Each page with all that can come to its front."""
    page: Any = window.workspace.page("ledger")
    page.bar.more_button.setChecked(True)
    for kind, records in ((Section, "sections"), (Issue, "issues"), (Measure, "measures")):
        page.show_record((kind, getattr(window.session.snapshot, records)[0].id))
        for at in range(page.pane.tabs.count()):
            if page.pane.tabs.isTabVisible(at):
                page.pane.tabs.setCurrentIndex(at)
                yield f"ledger/{kind.__name__}/{page.pane.tabs.tabText(at)}", page
    for spec in PAGES[1:]:
        window.workspace.show_page(spec.key)
        shown: Any = window.workspace.page(spec.key)
        tabs = getattr(shown, "tabs", None) or getattr(shown, "views", None)
        for at in range(tabs.count() if tabs is not None else 1):
            if tabs is not None:
                tabs.setCurrentIndex(at)
            yield f"{spec.key}/{at}", shown


def unnamed(root: QWidget) -> list[str]:
    """Visible fields and buttons that a screen reader would have no word for."""
    buddies = {label.buddy() for label in root.window().findChildren(QLabel)}
    found: list[str] = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisibleTo(root) or widget.focusPolicy() == Qt.FocusPolicy.NoFocus or is_part(widget):
            continue
        if isinstance(widget, FIELDS) and not (widget.accessibleName() or widget in buddies):
            found.append(f"{type(widget).__name__} {widget.objectName()}")
        if isinstance(widget, QAbstractButton) and not (widget.text() or widget.accessibleName()):
            found.append(f"{type(widget).__name__} {widget.objectName()}")
    return found


def is_part(widget: QWidget) -> bool:
    """The line in a box, the viewport of a list: their owner has the name."""
    above = widget.parentWidget()
    return isinstance(above, QComboBox | QAbstractSpinBox | QTabBar | QAbstractItemView) or (
        widget.objectName().startswith("qt_")
    )


def stops(root: QWidget) -> list[QWidget]:
    """What Tab leads through, in its order."""
    found: list[QWidget] = []
    widget = root.nextInFocusChain()
    while widget is not root and len(found) < 1000:
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        if (
            takes
            and widget.isVisibleTo(root)
            and root.isAncestorOf(widget)
            and widget.isEnabled()
            and not is_part(widget)
        ):
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def place(widget: QWidget, root: QWidget) -> QRect:
    """Where it stands; a cell that is scrolled out of its table counts as at the table's edge."""
    rect = QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())
    table = widget.parentWidget()
    table = table.parentWidget() if table is not None else None
    if isinstance(table, QAbstractItemView):
        around = QRect(table.mapTo(root, QPoint(0, 0)), table.size())
        rect.moveBottom(min(rect.bottom(), around.bottom()))
        rect.moveTop(max(rect.top(), around.top()))
    return rect


def out_of_order(root: QWidget) -> list[str]:
    """Steps of Tab against the way one reads: upwards in the same column, or to the left in the same line.

    From the foot of one column to the head of the next at its right is forward.
    """
    found: list[str] = []
    for one, other in pairwise(stops(root)):
        here, there = place(one, root), place(other, root)
        same_line = (
            min(here.bottom(), there.bottom()) - max(here.top(), there.top()) > min(here.height(), there.height()) / 2
        )
        upwards = there.bottom() <= here.top() and there.left() < here.right()
        if upwards or (same_line and there.right() <= here.left()):
            found.append(f"{name(one)} → {name(other)}")
    return found


def leapt_over(window: QWidget) -> list[str]:
    """Where Tab, pressed, does not lead from a stop to the next one; some keep Tab for themselves."""
    found: list[str] = []
    for one, other in pairwise(stops(window)):
        one.setFocus()
        QTest.keyClick(one, Qt.Key.Key_Tab)
        now = window.focusWidget()
        if is_part(now):  # the tabs of the other
            QTest.keyClick(now, Qt.Key.Key_Tab)
            now = window.focusWidget()
        if now not in (one, other) and not (one.isAncestorOf(now) or other.isAncestorOf(now)):
            found.append(f"{name(one)} → {name(now)} instead of {name(other)}")
    return found


def name(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return f"{type(widget).__name__}({text or widget.accessibleName() or widget.objectName()})"


def hardly_seen(root: QWidget, elsewhere: QWidget) -> list[str]:
    """Stops that look the same with the keyboard as without, or nearly so."""
    found: list[str] = []
    for widget in stops(root):
        reveal(widget)
        elsewhere.setFocus()
        QApplication.processEvents()
        before = picture(widget)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if widget.hasFocus() and difference(before, picture(widget)) < _FOCUS_PIXELS:
            found.append(name(widget))
    return found


def reveal(widget: QWidget) -> None:
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def difference(one: QImage, other: QImage) -> int:
    """Pixels that are not the same."""
    if one.size() != other.size():
        return one.width() * one.height()
    here, there = (memoryview(image.constBits()).cast("B").cast("I") for image in (one, other))
    return sum(map(operator.ne, here, there))


def changed_by_the_wheel(root: QWidget) -> list[str]:
    """Fields with a value that the wheel changes where it is only scrolled past."""
    found: list[str] = []
    for field in root.findChildren(QWidget):
        if not isinstance(field, QComboBox | QAbstractSpinBox | QAbstractSlider) or isinstance(field, QScrollBar):
            continue
        if not field.isVisibleTo(root) or not field.isEnabled():
            continue
        before = value(field)
        for by in (120, -120):
            place, none = QPointF(field.rect().center()), (Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier)
            wheel = QWheelEvent(
                place, field.mapToGlobal(place), QPoint(), QPoint(0, by), *none, Qt.ScrollPhase.NoScrollPhase, False
            )
            QApplication.sendEvent(field, wheel)
            if value(field) != before:
                found.append(name(field))
                break
    return found


def value(field: Any) -> object:
    return field.currentIndex() if isinstance(field, QComboBox) else field.property("value") or field.property("text")


class TestPages:
    def test_every_field_has_a_name(self, opened: MainWindow) -> None:
        assert {where: missing for where, page in screens(opened) if (missing := unnamed(page))} == {}

    def test_the_keyboard_goes_the_way_one_reads(self, opened: MainWindow) -> None:
        assert {where: wrong for where, page in screens(opened) if (wrong := out_of_order(page))} == {}

    def test_tab_leaps_over_nothing(self, opened: MainWindow, qtbot: Any) -> None:
        qtbot.waitActive(opened)
        assert {where: wrong for where, _page in screens(opened) if (wrong := leapt_over(opened))} == {}

    def test_captions_lead_to_their_fields(self, opened: MainWindow) -> None:
        """Every caption of a form is the buddy of its field."""
        for where, page in screens(opened):
            forms = [form for form in page.findChildren(QScrollArea) if hasattr(form, "editors") and form.isVisible()]
            for form in forms:
                buddies = {label.buddy() for label in form.findChildren(QLabel)}
                captioned = [editor for editor in form.editors.values() if not isinstance(editor, QAbstractButton)]
                assert [editor.objectName() for editor in captioned if editor not in buddies] == [], where

    def test_focus_is_seen(self, opened: MainWindow, qtbot: Any) -> None:
        qtbot.waitActive(opened)
        found = {where: hidden for where, page in screens(opened) if (hidden := hardly_seen(page, opened.statusBar()))}
        assert found == {}

    def test_the_wheel_changes_nothing(self, opened: MainWindow) -> None:
        assert {where: wrong for where, page in screens(opened) if (wrong := changed_by_the_wheel(page))} == {}

    @pytest.mark.parametrize("key", [spec.key for spec in PAGES])
    def test_a_small_screen_holds_the_window(self, opened: MainWindow, key: str) -> None:
        opened.workspace.show_page(key)
        opened.resize(SMALL.width(), SMALL.height() - _BARS)
        QApplication.processEvents()
        assert (opened.width(), opened.height()) == (SMALL.width(), SMALL.height() - _BARS)


def test_each_dialog_is_for_everybody(dialog: Any, qtbot: Any) -> None:
    """All at once for each, since a dialog with its window and ledger takes longer to open than to look through."""
    qtbot.waitActive(dialog)
    dialog.resize(1280, 720)
    QApplication.processEvents()
    findings = {
        "not in reading order": out_of_order(dialog),
        "without a name": unnamed(dialog),
        "keyboard not seen": hardly_seen(dialog, dialog),
        "changed by the wheel": changed_by_the_wheel(dialog),
        "captions without field": captions_without_field(dialog),
    }
    room = QSize(SMALL.width(), SMALL.height() - _BARS)
    dialog.fit_into(room)
    QApplication.processEvents()
    findings["out of reach on a small screen"] = out_of_reach(dialog)
    assert {what: found for what, found in findings.items() if found} == {}
    assert (dialog.width() <= room.width(), dialog.height() <= room.height()) == (True, True)


def captions_without_field(dialog: QDialog) -> list[str]:
    """Captions with a key that leads nowhere."""
    labels = [label for label in dialog.findChildren(QLabel) if "&" in label.text().replace("&&", "")]
    return [label.text() for label in labels if label.buddy() is None]


def out_of_reach(dialog: QDialog) -> list[str]:
    """Buttons that no scrolling brings into the dialog."""
    found: list[str] = []
    for button in dialog.findChildren(QAbstractButton):
        if button.isVisibleTo(dialog) and button.text() and not is_part(button):
            reveal(button)
            if not QRect(QPoint(0, 0), dialog.size()).intersects(place(button, dialog)):
                found.append(button.text())
    return found


def test_every_page_is_reached_and_left_without_a_mouse(opened: MainWindow) -> None:
    for at, spec in enumerate(PAGES, 1):
        QTest.keyClick(opened, Qt.Key(int(Qt.Key.Key_0) + at), Qt.KeyboardModifier.ControlModifier)
        QApplication.processEvents()
        assert opened.workspace.current_page == spec.key
        assert opened.workspace.page(spec.key).isAncestorOf(opened.focusWidget())


def test_letters_of_twice_the_size_leave_the_window_on_a_small_screen(opened: MainWindow, qapp: Any) -> None:
    style.dress(qapp, 200)
    opened.resize(1366, 768 - _BARS)
    for where, _page in screens(opened):
        QApplication.processEvents()
        assert opened.width() <= 1366, where
        assert opened.height() <= 768 - _BARS, where
