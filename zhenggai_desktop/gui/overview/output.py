"""The wall chart's ways out: printer, PDF, pictures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.dialogs import files
from zhenggai_desktop.gui.folders import Folders
from zhenggai_desktop.gui.progress import work_here
from zhenggai_desktop.paper.wall_chart import WallChart, chart_layout, chart_pdf, chart_png, paint_chart

if TYPE_CHECKING:
    from zhenggai_desktop.services.ticking import Tick

_KINDS = "PDF 文件 (*.pdf);;PNG 图片 (*.png)"


def save_chart(parent: QWidget, chart: WallChart, ledger: Path, folders: Folders) -> None:
    """Ask where to and write the chart as PDF, or as PNG by the name's ending, a file for each page.

    Raises ``TargetError``, ``CancelledError``.
    """
    name = ledger.with_name(f"{ledger.stem}挂图作战（{chart.paper}）.pdf")
    path = files.ask_export(parent, "保存挂图", name, _KINDS, folders)
    if path is None:
        return
    written = work_here(parent, f"正在保存“{path.name}”…", lambda tick: write_chart(chart, path, tick))
    messages.tell_exported(parent, written[0])


def write_chart(chart: WallChart, path: Path, tick: Tick = lambda _done, _total: None) -> list[Path]:
    """Write the chart to ``path``; further pages of a PNG get their number behind the name. Gives what was written.

    What ``tick`` raises before a page leaves no file.
    """
    from zhenggai_desktop.services.notice_output import save_bytes  # noqa: PLC0415 - only when something is saved

    def before(page: int) -> None:
        tick(page, chart.page_count)

    if path.suffix.lower() == ".pdf":
        save_bytes(path, chart_pdf(chart, before))
        return [path]
    pages: list[bytes] = []
    for number in range(chart.page_count):
        before(number)
        pages.append(chart_png(chart, number))
    targets = [path if not n else path.with_name(f"{path.stem}-{n + 1}{path.suffix}") for n in range(len(pages))]
    for target, content in zip(targets, pages, strict=True):
        save_bytes(target, content)
    return targets


def print_chart(parent: QWidget, chart: WallChart) -> None:
    """Ask for a printer and print on the chart's paper. Raises CancelledError."""
    from zhenggai_desktop.gui.printing import ask_and_print  # noqa: PLC0415 - asks the system for its printers

    ask_and_print(
        parent,
        chart.schedule.title,
        chart_layout(chart),
        lambda printer, tick: paint_chart(printer, chart, lambda page: tick(page, chart.page_count)),
    )
