"""The wall chart's ways out: printer, PDF, pictures."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.folders import Folders, Purpose
from zhenggai_desktop.gui.messages import busy
from zhenggai_desktop.paper.wall_chart import WallChart, chart_layout, chart_pdf, chart_png, paint_chart

_KINDS = "PDF 文件 (*.pdf);;PNG 图片 (*.png)"


def save_chart(parent: QWidget, chart: WallChart, ledger: Path, folders: Folders) -> None:
    """Ask where to and write the chart as PDF, or as PNG by the name's ending, a file for each page.

    Raises ``TargetError``.
    """
    name = ledger.with_name(f"{ledger.stem}挂图作战（{chart.paper}）.pdf")
    suggestion = folders.suggestion(Purpose.EXPORT, name)
    chosen, kind = QFileDialog.getSaveFileName(parent, "保存挂图", str(suggestion), _KINDS)
    if not chosen:
        return
    path = Path(chosen)
    if path.suffix.lower() not in (".pdf", ".png"):
        path = path.with_name(path.name + (".png" if "*.png" in kind else ".pdf"))
    folders.used(Purpose.EXPORT, path)
    with busy():
        written = write_chart(chart, path)
    messages.tell_exported(parent, written[0])


def write_chart(chart: WallChart, path: Path) -> list[Path]:
    """Write the chart to ``path``; further pages of a PNG get their number behind the name. Gives what was written."""
    from zhenggai_desktop.services.notice_output import save_bytes  # noqa: PLC0415 - only when something is saved

    if path.suffix.lower() == ".pdf":
        save_bytes(path, chart_pdf(chart))
        return [path]
    targets = [path if not n else path.with_name(f"{path.stem}-{n + 1}{path.suffix}") for n in range(chart.page_count)]
    for number, target in enumerate(targets):
        save_bytes(target, chart_png(chart, number))
    return targets


def print_chart(parent: QWidget, chart: WallChart) -> None:
    """Ask for a printer and print on the chart's paper."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415 - asks the system for its printers

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(chart.schedule.title)
    printer.setFullPage(True)
    printer.setPageLayout(chart_layout(chart))
    dialog = QPrintDialog(printer, parent)
    try:
        if dialog.exec() == QDialog.DialogCode.Accepted:
            with busy():
                paint_chart(printer, chart)
    finally:
        dialog.deleteLater()
