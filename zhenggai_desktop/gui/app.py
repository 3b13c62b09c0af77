"""The application around the window: Chinese dialogs, look, last resort for errors, start and end."""

from __future__ import annotations

import atexit
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QLibraryInfo,
    QLocale,
    QMessageLogContext,
    QTimer,
    QtMsgType,
    QTranslator,
    qInstallMessageHandler,
)
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from zhenggai_desktop import __version__, logs, paths, temporary
from zhenggai_desktop.domain.collector import no_garbage_collection
from zhenggai_desktop.gui import messages, run_marker, style
from zhenggai_desktop.gui.hand_over import FOLDER, hand_over
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.run_marker import RunMarker
from zhenggai_desktop.gui.trial import Trial
from zhenggai_desktop.names import APP_NAME
from zhenggai_desktop.paths import Place

#: By its full name: with the system's locale Qt would look for “zh” first and find nothing.
_TRANSLATION = "qtbase_zh_CN"
_TIDY_AFTER = 2_000  # milliseconds: nobody waits for it
_NO_SCREEN = ("offscreen", "minimal")
_NO_DISPLAY = "窗口打不开：没有可用的图形界面；请在桌面环境中运行，或改用命令行（zhenggai --help）。"


#: What is said at the start from a place where the program should not stay.
_PLACE_WORDS = {
    Place.TEMPORARY: (
        "程序是在压缩包里直接打开的。",
        "关闭压缩包后，程序和它的设置会一起消失。请先把压缩包全部解压到一个文件夹，再从那里打开程序。",
    ),
    Place.NETWORK: (
        "程序是从网络共享文件夹打开的。",
        "网络中断时程序会出错，打开也慢。请把整个程序文件夹复制到本机或 U 盘，再从那里打开。",
    ),
}


def run(path: Path | None, *, on_fatal: Callable[[str], int], trial: Trial = Trial()) -> int:  # noqa: B008 - frozen
    """Show the window, with the file at ``path`` if one is given, until the user leaves. Gives the exit code.

    ``on_fatal`` says why there can be no window and gives the exit code for that.
    """
    user_folder = paths.user_folder()
    if path is not None and hand_over(user_folder / FOLDER, path):
        return 0
    application = _start(on_fatal)
    left = run_marker.crashes(user_folder / run_marker.FOLDER)
    marker = RunMarker(user_folder / run_marker.FOLDER)
    logger = logs.start_log(paths.log_file(user_folder))
    for report in left:
        logger.error("the last run did not end by itself\n%s", report)
    window = make_window(paths.resources_folder(), paths.settings_file(user_folder))
    before = sys.excepthook
    sys.excepthook = _last_resort(window, logger)
    window.show()
    if not trial.is_one:
        QTimer.singleShot(0, lambda: warn_of_place(window, paths.program_folder()))

    def begin() -> None:  # one after the other: opening waits for its backup in a loop of its own
        if path is not None:
            window.take_file(path)
        if trial.is_one:
            _try(window, trial)
        elif left:
            messages.show_crash(window, left[-1])

    QTimer.singleShot(0, begin)
    QTimer.singleShot(_TIDY_AFTER, temporary.clear_leftovers)
    try:
        with temporary.private_folder():
            return application.exec()
    finally:
        sys.excepthook = before
        logs.stop_log(logger)
        marker.end()


def warn_of_place(window: MainWindow, program: Path | None) -> None:
    """Say so where a packaged ``program`` was started from a place that will not last."""
    words = _PLACE_WORDS.get(paths.place_of(program)) if program is not None else None
    if words is not None:
        messages.tell(window, *words)


def _try(window: MainWindow, trial: Trial) -> None:
    """What a trial asks of a window that shows its file."""
    window.repaint()
    if trial.picture is not None:
        window.grab().save(str(trial.picture))
    if trial.quit_when_asked:
        window.came_forward.connect(window.close)
    if trial.quit_after_start:
        window.close()


def make_window(resources: Path, settings: Path) -> MainWindow:
    """The window with what was chosen in the ``settings`` file, not yet on the screen."""
    with no_garbage_collection():
        return MainWindow(resources, settings)


def make_application(arguments: Sequence[str]) -> QApplication:
    """The application in Chinese and in its own look."""
    application = QApplication([*arguments, *style.ARGUMENTS])
    application.setApplicationName("zhenggai-desktop")
    application.setApplicationDisplayName(APP_NAME)
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("zhenggai-desktop")
    application.setWindowIcon(QIcon(str(paths.resources_folder() / "icons" / "zhenggai.svg")))
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(application)
    if translator.load(_TRANSLATION, QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)
    style.dress(application)
    atexit.register(_let_go_of_what_was_copied)
    return application


def _let_go_of_what_was_copied() -> None:
    """A screen that is none keeps what was copied until the process has no Python left to free it with, and dies of it.

    Real systems take the clipboard over when the application goes: what was copied stays there for the next program.
    """
    if QApplication.instance() is not None and QApplication.platformName() in _NO_SCREEN:
        QApplication.clipboard().clear()


def _start(on_fatal: Callable[[str], int]) -> QApplication:
    """Qt ends the process where it finds no display. It is met on the way out, to say so in a sentence."""

    def on_message(kind: QtMsgType, _context: QMessageLogContext, _text: str) -> None:
        if kind == QtMsgType.QtFatalMsg:
            os._exit(on_fatal(_NO_DISPLAY))

    qInstallMessageHandler(on_message)
    try:
        return make_application(sys.argv[:1])
    finally:
        qInstallMessageHandler(None)


def _last_resort(
    window: MainWindow, logger: logging.Logger
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """What happens to a bug: places into the log, what was typed into the ledger, a sentence to the user.

    The window lives on. A mistake that comes while its box is open, with every repainting perhaps, is only logged.
    """
    told: list[bool] = []

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        logger.error("window failed", exc_info=(kind, error, trace))
        if isinstance(error, Exception) and not told:
            told.append(True)
            try:
                messages.show_bug(window, logs.describe(error), saved=_is_saved(window, logger))
            finally:
                told.clear()

    return hook


def _is_saved(window: MainWindow, logger: logging.Logger) -> bool:
    """Store what was typed, as far as that still goes."""
    try:
        window.session.flush()
    except Exception:  # whatever is broken: the user must hear of the first mistake
        logger.exception("what was typed could not be stored")
        return False
    return True
