"""The window: it arranges pages and actions, asks where to, and leaves the rest to the session."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QIcon, QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QStackedWidget, QToolBar, QWidget

from zhenggai_desktop.errors import CancelledError, ZhenggaiError
from zhenggai_desktop.gui import hand_over, messages, stepping, window_place
from zhenggai_desktop.gui.action_making import fill_menus, make_actions, show_icons
from zhenggai_desktop.gui.appearance import Appearance
from zhenggai_desktop.gui.archive_calls import ArchiveCalls
from zhenggai_desktop.gui.calls import NEEDS_LEDGER, NEEDS_WRITING, THEME_CALLS, TREE_CALLS, Call
from zhenggai_desktop.gui.column_menu import ColumnMenu
from zhenggai_desktop.gui.dialogs.agreement import agreed
from zhenggai_desktop.gui.exchange_calls import ExchangeCalls
from zhenggai_desktop.gui.file_calls import FileCalls
from zhenggai_desktop.gui.file_drops import dropped_files
from zhenggai_desktop.gui.folders import Folders
from zhenggai_desktop.gui.hand_over import HandOver
from zhenggai_desktop.gui.help_calls import HelpCalls
from zhenggai_desktop.gui.kept_settings import KeptSettings
from zhenggai_desktop.gui.ledger_memory import LedgerMemory
from zhenggai_desktop.gui.menus import VIEW_MENU
from zhenggai_desktop.gui.months.month_calls import MonthCalls
from zhenggai_desktop.gui.next_round_calls import NextRoundCalls
from zhenggai_desktop.gui.page_table import LEDGER, MONTHS
from zhenggai_desktop.gui.pages.start import RecentLedger, StartPage
from zhenggai_desktop.gui.progress import is_waiting
from zhenggai_desktop.gui.recent_menu import RecentMenu
from zhenggai_desktop.gui.safety_calls import SafetyCalls
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import POINTS
from zhenggai_desktop.gui.view_memory import ViewMemory
from zhenggai_desktop.gui.workspace import Workspace
from zhenggai_desktop.names import APP_NAME
from zhenggai_desktop.paths import backups_folder
from zhenggai_desktop.services.ledger_card import card_from, card_of, card_values
from zhenggai_desktop.settings import user_name

if TYPE_CHECKING:
    from zhenggai_desktop.domain.changes import Changes
    from zhenggai_desktop.gui.months.page import MonthsPage
    from zhenggai_desktop.gui.pages.ledger import LedgerPage

_SPACE = "　"  # as high as words: what stands above would be laid out anew with the first of them
_CLOSE_LATER = 100  # milliseconds
_RECENT_SHOWN = 6
_ICON = 1.9  # pixels of a picture on the toolbar for a point of the letters
_LEAST = (480, 320)  # pixels
_TOOLBAR_LINES = 20  # of the window's height; on less its actions are found in the menus
_SIZE = (1180, 740)  # pixels; fits a 1366 × 768 screen with its taskbar


class MainWindow(QMainWindow):
    """One ledger at a time, or the start page."""

    came_forward = Signal()  # somebody opened this window's ledger a second time

    def __init__(self, resources: Path, settings_file: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = KeptSettings(settings_file)
        known = self._settings.now
        self.appearance = Appearance(known.theme, known.scale, known.usual_scale, self)
        self.session = LedgerSession(user_name(known), self)
        self.session.memory = LedgerMemory(settings_file.with_name("ledgers.json"))
        self.session.views = ViewMemory(settings_file.with_name("views.json"))
        self._layout_restored = False
        self._hindered_by: set[type[ZhenggaiError]] = set()  # what was said since what others wrote was last taken in
        self._hand_over = HandOver(settings_file.with_name(hand_over.FOLDER), self)
        self.session.folders = Folders(known.folders, lambda chosen: self._settings.keep(folders=chosen))
        self.session.user_folder = settings_file.parent
        self.session.backups = Path(known.backups) if known.backups else backups_folder(settings_file.parent)
        self._safety = SafetyCalls(self.session, self)
        self._exchange = ExchangeCalls(self.session, self, lambda: self._ledger_page().shown_ids)
        self._files = FileCalls(self.session, self, self._exchange, self._safety)
        self._archives = ArchiveCalls(self.session, self, lambda path: self._files.open_ledger(path))  # noqa: PLW0108
        self._rounds = NextRoundCalls(self.session, self, self._files.open_ledger)
        self._months = MonthCalls(self.session, self, lambda: self._ledger_page().tree.selected_keys())  # noqa: PLW0108 - made later
        self._months.view_wanted.connect(self._show_month_view)
        self.help = HelpCalls(resources / "manual", self, self._page_shown)
        self._handlers: Mapping[Call, Callable[[], None]] = {
            Call.NEW: self._files.new,
            Call.OPEN: self._files.open,
            Call.IMPORT: self._files.import_any,
            Call.PROOFREAD_FILE: self._files.proofread_file,
            Call.EXPORT_LEDGER: self._files.export_ledger,
            Call.EXPORT_SHOWN: lambda: self._files.export_shown(self._ledger_page().shown_ids),
            Call.EXPORT_NOTICE: self._files.export_notice,
            Call.PRINT: lambda: self.workspace.page(self.workspace.current_page).print_page(),
            Call.BACKUPS: self._safety.show_backups,
            Call.CHECK: self._safety.check,
            Call.CLOSE: self._close_ledger,
            Call.QUIT: self._quit,
            Call.UNDO: lambda: self._tell_step("已撤销", stepping.undo(self.session, self)),
            Call.REDO: lambda: self._tell_step("已恢复", stepping.redo(self.session, self)),
            Call.USER_NAME: self._ask_name,
            Call.SAMPLE: lambda: self._files.open_sample(resources),
            Call.SAVE: self._save,
            Call.LARGER: lambda: self.appearance.rescale(+1),
            Call.SMALLER: lambda: self.appearance.rescale(-1),
            Call.USUAL_SIZE: lambda: self.appearance.rescale(0),
            Call.LARGE_TYPE: self.appearance.toggle_large,
            **{call: partial(self.appearance.choose, choice) for call, choice in THEME_CALLS.items()},
            **self._exchange.handlers,
            **self._months.handlers,
            **self._archives.handlers,
            **self._rounds.handlers,
            **self.help.handlers,
            **{call: partial(self._in_tree, call) for call in TREE_CALLS},
        }
        self._icons = resources / "icons"
        self.actions_by_call = make_actions(self, self._icons, self.perform)
        menus = fill_menus(self, self.actions_by_call)
        self.recent_menu = RecentMenu(lambda: self._settings.recent, self)
        self.recent_menu.chosen.connect(self.take_file)
        menus[0].insertMenu(self.actions_by_call[Call.SAMPLE], self.recent_menu)
        self.column_menu = ColumnMenu(lambda: self._ledger_page().tree, self)
        menus[VIEW_MENU].insertMenu(menus[VIEW_MENU].actions()[1], self.column_menu)
        self.start_page = StartPage(QIcon(str(resources / "icons" / "zhenggai.svg")))
        self.workspace = Workspace(self.session, self.actions_by_call)
        self.workspace.ask_name, self.workspace.sides = not known.who, dict(known.sides)
        self._arrange()
        self._connect()
        self._show_appearance()
        self._on_switched()

    def perform(self, call: Call) -> None:
        """Do what was called. What can go wrong outside the program becomes a sentence."""
        messages.guarded(self, self._handlers[call])

    def take_file(self, path: Path) -> None:
        """Open a ledger or offer a document for import: a file from the command line, dropped, or opened before."""
        messages.guarded(self, lambda: self._files.take(path))

    def tell(self, sentence: str) -> None:
        """Say something in passing, in the status bar."""
        self.statusBar().showMessage(sentence, 10_000)

    def _tell_step(self, verb: str, label: str) -> None:
        if label:
            self.tell(f"{verb}：{label}")

    # --- arranging

    def _arrange(self) -> None:
        self._pages = QStackedWidget()
        self._pages.addWidget(self.start_page)
        self._pages.addWidget(self.workspace)
        self.setCentralWidget(self._pages)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._toolbar = self.findChild(QToolBar, "toolbar") or QToolBar()
        self._saved = QLabel()
        self.statusBar().addPermanentWidget(self._saved)
        self.statusBar().setSizeGripEnabled(False)
        self.setAcceptDrops(True)
        self.setMinimumSize(*_LEAST)  # the pages' own wishes would make it larger than a small screen
        self.resize(*_SIZE)
        if self._settings.now.window:
            window_place.put_back(self, self._settings.now.window)

    def _connect(self) -> None:
        self.session.switched.connect(self._on_switched)
        self.session.changed.connect(self._on_changed)
        self.start_page.called.connect(self.perform)
        self.workspace.called.connect(self.perform)
        self.workspace.told.connect(self.tell)
        self.workspace.named.connect(self._sign_as)
        self.workspace.writing_wanted.connect(lambda: messages.guarded(self, self._files.reopen))
        self._files.told.connect(self.tell)
        self._exchange.told.connect(self.tell)
        self._safety.told.connect(self.tell)
        self._safety.place_chosen.connect(lambda folder: self._settings.keep(backups=folder))
        self._months.told.connect(self.tell)
        self._months.record_wanted.connect(self.workspace.show_record)
        self._archives.told.connect(self.tell)
        self._rounds.told.connect(self.tell)
        self.start_page.chosen.connect(self.take_file)
        self.start_page.forgotten.connect(self._forget)
        self.session.leaving.connect(self._on_leaving)
        self.appearance.changed.connect(self._on_appearance)
        self._hand_over.asked.connect(lambda _path: self._come_forward())

    def _on_switched(self) -> None:
        path = self.session.path
        self._hand_over.announce(path)
        self._hindered_by.clear()
        if path is None:
            self._pages.setCurrentWidget(self.start_page)
            self._show_recent()
        else:
            self._settings.remember(path)
            self._pages.setCurrentWidget(self.workspace)
            page = self._ledger_page()
            if not self._layout_restored:
                self._layout_restored = True
                page.restore_layout(self._settings.now.splitter, self._settings.now.columns)
            page.setFocus()
        self._show_state()

    def _on_leaving(self) -> None:
        """Remember what the start page will say about the ledger."""
        if self.session.path is not None:
            card = card_of(self.session.snapshot, dt.datetime.now(tz=dt.UTC))
            self.session.memory.remember_card(self.session.path, card_values(card))

    def _come_forward(self) -> None:
        """Somebody opened this window's ledger a second time."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()
        self.came_forward.emit()

    def _show_recent(self) -> None:
        memory, paths = self.session.memory, self._settings.recent
        recent = [RecentLedger(path, card_from(memory.card(path)), not path.exists()) for path in paths]
        self.start_page.show_recent(recent[:_RECENT_SHOWN], self.session.today())

    def _forget(self, path: Path) -> None:
        self.session.memory.forget(path)
        self._settings.forget(path)
        self._show_recent()

    def _on_changed(self, _changes: Changes) -> None:
        self._show_state()

    def _show_state(self) -> None:
        """Title, what can be called now, and that everything is saved."""
        path, session = self.session.path, self.session
        name = "" if path is None else path.stem + ("（只读）" if session.read_only else "")
        self.setWindowTitle(name or APP_NAME)
        for call in NEEDS_LEDGER:
            needs_more = call in NEEDS_WRITING and session.read_only
            self.actions_by_call[call].setEnabled(session.is_open and not needs_more)
        self.column_menu.setEnabled(session.is_open)
        self.actions_by_call[Call.IMPORT].setEnabled(not (session.is_open and session.read_only))
        for call, verb, label in ((Call.UNDO, "撤销", session.undo_label), (Call.REDO, "恢复", session.redo_label)):
            action = self.actions_by_call[call]
            action.setText(f"{verb}：{label.replace('&', '&&')}" if label else verb)
            action.setIconText(verb)
            action.setToolTip(action.text())
            action.setEnabled(label is not None)
        self._saved.setText(self._saved_words() or _SPACE)

    def _saved_words(self) -> str:
        session = self.session
        if not session.is_open:
            return ""
        if session.read_only:
            return f"只读：{session.held_by}" if session.held_by else "只读"
        return "已保存" if session.saved_at is None else f"已保存 {session.saved_at:%H:%M}"

    # --- what can be called

    def _save(self) -> None:
        self.session.flush()
        now = self.session.saved_at = dt.datetime.now().astimezone()
        self._show_state()
        self.tell(f"已保存 {now:%H:%M}。每次修改都会自动保存。")

    def _in_tree(self, call: Call) -> None:
        self.workspace.show_page(LEDGER)
        self._ledger_page().perform(call)

    def _show_month_view(self, key: str) -> None:
        self.workspace.show_page(MONTHS)
        cast("MonthsPage", self.workspace.page(MONTHS)).show_view(key)

    def _ledger_page(self) -> LedgerPage:
        return cast("LedgerPage", self.workspace.page(LEDGER))

    def _show_appearance(self) -> None:
        """Ticks in the menu, and pictures that go with the letters."""
        side = round(POINTS * self.appearance.scale / 100 * _ICON)
        self.setIconSize(QSize(side, side))
        self.actions_by_call[Call.LARGE_TYPE].setChecked(self.appearance.is_large)
        for call, choice in THEME_CALLS.items():
            self.actions_by_call[call].setChecked(choice is self.appearance.choice)

    def _on_appearance(self) -> None:
        look, before = self.appearance, self._settings.now.scale
        show_icons(self.actions_by_call, self._icons)
        self._show_appearance()
        self._settings.keep(theme=str(look.choice), scale=look.scale, usual_scale=look.usual)
        if look.scale != before:
            self.tell(f"文字大小 {look.scale}%")

    def _page_shown(self) -> str:
        """The key of the ledger's page in front; "" where none is open."""
        return self.workspace.current_page if self.session.is_open else ""

    def _ask_name(self) -> None:
        """Who works here: from now on the steps bear this name."""
        from zhenggai_desktop.gui.dialogs.name_dialog import NameDialog  # noqa: PLC0415 - on demand

        dialog = NameDialog(self.session.who, self)
        if agreed(dialog):
            self._sign_as(dialog.name())

    def _sign_as(self, name: str) -> None:
        self.workspace.ask_name = False
        self.workspace.name_strip.hide()
        self._settings.keep(who=name)
        self.session.sign_as(user_name(self._settings.now))
        self.tell(f"以后的修改记为“{self.session.who}”。")

    def _quit(self) -> None:
        self.close()

    # --- what Qt reports

    def closeEvent(self, event: QCloseEvent) -> None:
        if is_waiting():  # some work on the ledger is not done: close when it is
            event.ignore()
            QTimer.singleShot(_CLOSE_LATER, self.close)
            return
        if not self._is_closed():
            event.ignore()
            return
        window = window_place.place_of(self)
        sides, columns = self._ledger_page().layout_state() if self._layout_restored else ("", "")
        layout = {"splitter": sides, "columns": columns} if self._layout_restored else {}
        self._settings.keep(window=window, sides=self.workspace.kept_sides(), **layout)
        self.help.close()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._toolbar.setVisible(event.size().height() >= _TOOLBAR_LINES * self.fontMetrics().lineSpacing())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            QTimer.singleShot(0, self, self._take_in)  # a box in here would be in the midst of Qt's own round
        super().changeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = dropped_files(event.mimeData())
        if paths:
            event.acceptProposedAction()
            QTimer.singleShot(0, self, lambda: messages.guarded(self, lambda: self._files.take_all(paths)))

    # --- small things

    def _take_in(self) -> None:
        """What another program wrote, when the window comes forward; behind a dialog it waits for the next time. What
        hinders it is said in a box once: that box is closed in front of this window, which comes forward by that."""
        if QApplication.activeModalWidget() is not None:
            return
        self.session.look_at_day()
        try:
            self.session.refresh()
        except ZhenggaiError as error:
            if type(error) in self._hindered_by:
                self.tell(str(error))
                return
            self._hindered_by.add(type(error))
            messages.show_error(self, error)
        else:
            self._hindered_by.clear()

    def _close_ledger(self) -> None:
        self.session.settle()
        if self._safety.at_closing():
            self.session.close()

    def _is_closed(self) -> bool:
        """Close the ledger with all that was typed; False where that failed and the user stays with it."""
        try:
            self.session.settle()
            if not self._safety.at_closing():
                return False
            self.session.close()
        except CancelledError:  # asked what to do with words that cannot be read
            return False
        except ZhenggaiError as error:
            choices = ["返回", "放弃并关闭"]
            if messages.ask(self, f"{error.what_happened}。", "最后输入的内容还没有保存。", choices) == choices[0]:
                return False
            self.session.abandon()
        return True
