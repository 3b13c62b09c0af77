"""F1 in a dialog: the manual beside it. The window's own F1 does not reach what stands before the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

from zhenggai_desktop.paths import resources_folder

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog  # a window that is starting names pages and shows no dialog

TOPIC = "manual-topic"  # property of a widget: the page about it and what is in it


def add_help_key(dialog: QDialog, topic: str) -> None:
    """F1 opens the manual at ``topic``; the dialog owns the window, so that it can be read while the dialog waits."""

    def show() -> None:
        from zhenggai_desktop.gui.manual.window import ManualWindow  # noqa: PLC0415 - on demand

        known = dialog.findChild(ManualWindow)
        manual = known if known is not None else ManualWindow(resources_folder() / "manual", dialog)
        manual.open_at(topic)

    QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), dialog, show)
