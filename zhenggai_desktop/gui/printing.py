"""Onto a printer, page by page in the window's own thread, which is the only one that a printer is safe in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QPageLayout
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from zhenggai_desktop.errors import CancelledError
from zhenggai_desktop.gui.progress import work_here

if TYPE_CHECKING:
    from zhenggai_desktop.services.ticking import Tick

Paint = Callable[[QPrinter, "Tick"], object]


def ask_and_print(parent: QWidget, title: str, layout: QPageLayout | None, paint: Paint) -> None:
    """Ask for a printer and have ``paint`` paint on it; it ticks before each page.

    ``layout`` is the paper, painted to its edges; None where ``paint`` sets it. Left by the user, the job is thrown
    away and CancelledError is raised.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setFullPage(True)
    if layout is not None:
        printer.setPageLayout(layout)
    dialog = QPrintDialog(printer, parent)
    try:
        if dialog.exec() == QDialog.DialogCode.Accepted:
            print_on(parent, printer, paint)
    finally:
        dialog.deleteLater()


def print_on(parent: QWidget | None, printer: QPrinter, paint: Paint) -> None:
    """Have ``paint`` paint on a printer that was chosen, with its share of the pages and a way to leave it."""

    def work(tick: Tick) -> None:
        def tick_or_abort(done: int, total: int) -> None:
            try:
                tick(done, total)
            except CancelledError:
                printer.abort()
                raise

        paint(printer, tick_or_abort)

    name = printer.docName()
    work_here(parent, f"正在打印“{name}”…" if name else "正在打印…", work)
