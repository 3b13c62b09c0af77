"""What is asked about a saved view: its name, and whether it may go."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from zhenggai_desktop.domain.filters import VIEWS
from zhenggai_desktop.domain.saved_views import LONGEST_NAME
from zhenggai_desktop.gui import messages


def ask_view_name(parent: QWidget, title: str, suggestion: str) -> str:
    """A name for a view, cut to what the drop-down can show; "" where the user thought better of it."""
    from PySide6.QtWidgets import QInputDialog  # noqa: PLC0415 - not for the page on which it is asked

    label = "名称（与已有的相同，就替换它）："
    while True:
        text, agreed = QInputDialog.getText(parent, title, label, text=suggestion[:LONGEST_NAME])
        name = " ".join(text.split())[:LONGEST_NAME]
        if not agreed or name not in VIEWS:
            return name if agreed else ""
        label = f"“{name}”是固定的视图，请换一个名称："
        suggestion = name


def may_remove(parent: QWidget, name: str) -> bool:
    """True where the user wants to be rid of the view."""
    more = "只删除这个视图，问题和措施都不受影响。"
    return messages.ask(parent, f"要删除视图“{name}”吗？", more, ["删除视图", messages.CANCEL]) != messages.CANCEL
