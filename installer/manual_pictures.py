"""Take the pictures of the manual from the program itself: the sample's ledger on a real window, without a screen.

    .venv/bin/python installer/manual_pictures.py

Writes every picture that a page of ``resources/manual`` names. A name that no view is known for ends it.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MANUAL = ROOT / "resources" / "manual"
SOURCE = ROOT / "resources" / "samples" / "示例整改通报.txt"
DAY = dt.date(2025, 6, 10)  # on which the working months are shown
SIZE = (1180, 740)  # pixels; the program's own first size
SCREEN = (1366, 768)  # pixels
_NAMED = re.compile(r"!\[[^\]]*\]\(pictures/([^)]+)\.png\)")

sys.path[:0] = [str(ROOT), str(ROOT / "installer")]
from drawn_screen import platform_of  # noqa: E402

os.environ.setdefault("QT_QPA_PLATFORM", platform_of(*SCREEN))

from PySide6.QtCore import Qt  # noqa: E402 - the screen is chosen first
from PySide6.QtGui import QImage  # noqa: E402 - the screen is chosen first
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from zhenggai_desktop.domain.office_rules import PERIODS  # noqa: E402
from zhenggai_desktop.domain.records import Issue, LogEntry, Measure, Snapshot, Status  # noqa: E402
from zhenggai_desktop.gui import app  # noqa: E402
from zhenggai_desktop.gui.main_window import MainWindow  # noqa: E402
from zhenggai_desktop.gui.months.page import MonthsPage  # noqa: E402
from zhenggai_desktop.gui.page_table import FACTS, HISTORY, LEDGER, MONTHS, NOTICE, OVERVIEW  # noqa: E402
from zhenggai_desktop.services import process  # noqa: E402
from zhenggai_desktop.services.ledger import Ledger  # noqa: E402
from zhenggai_desktop.services.sample import make_sample  # noqa: E402
from zhenggai_desktop.settings import Settings, save_settings  # noqa: E402


def main() -> None:
    """Write all pictures that the pages name."""
    application = QApplication.instance() or app.make_application(["manual"])
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory() as name:
        for picture, image in pictures(named(), Path(name)).items():
            target = MANUAL / "pictures" / f"{picture}.png"
            target.parent.mkdir(exist_ok=True)
            _flat(image).save(str(target))


def _flat(image: QImage) -> QImage:
    """The picture with its 256 most frequent colours, without a grain: a third of the size."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    words = memoryview(image.constBits()).cast("I")
    colours = [colour for colour, _ in Counter(words).most_common(256)]
    return image.convertToFormat(QImage.Format.Format_Indexed8, colours, Qt.ImageConversionFlag.AvoidDither)


def named() -> list[str]:
    """The pictures that the pages want, each once."""
    texts = [page.read_text("utf-8") for page in sorted(MANUAL.glob("*.md"))]
    return list(dict.fromkeys(name for text in texts for name in _NAMED.findall(text)))


def pictures(names: list[str], folder: Path) -> dict[str, QImage]:
    """The pictures of these names. ``folder`` takes the ledger that is shown; KeyError for a name without a view."""
    files = make_sample(SOURCE, folder)
    save_settings(Settings(who="张三"), folder / "settings.json")
    window = MainWindow(ROOT / "resources", folder / "settings.json")
    window.resize(*SIZE)
    views: dict[str, Callable[[], QImage]] = {
        "start": lambda: _grabbed(window),
        "import": lambda: _import(window),
        **{key: lambda key=key: _months(window, files.ledger, key) for key in ("chase", "progress", "closing")},
        **{key: lambda key=key: _page(window, files.ledger, key) for key in (LEDGER, NOTICE, OVERVIEW, FACTS, HISTORY)},
    }
    try:
        window.show()
        return {name: views[name]() for name in names}
    finally:
        window.session.close()
        window.close()
        window.deleteLater()


def _page(window: MainWindow, ledger: Path, key: str) -> QImage:
    if not window.session.is_open:
        window.take_file(ledger)
    window.workspace.show_page(key)
    if key == LEDGER:
        measure = window.session.snapshot.measures[0]
        window.workspace.show_record((type(measure), measure.id))
    return _grabbed(window)


def _months(window: MainWindow, ledger: Path, view: str) -> QImage:
    """A view of the working months on a day on which something is due."""
    if not window.session.is_open:
        window.take_file(ledger)
    if window.session.today() != DAY:
        window.session.today = lambda: DAY
        window.session.write(_busy_months)
    window.workspace.show_page(MONTHS)
    page = window.workspace.page(MONTHS)
    assert isinstance(page, MonthsPage)
    page.show_view(view)
    return _grabbed(window)


def _busy_months(ledger: Ledger) -> None:
    """Deadlines, departments and entries, so that there is something to chase and to close."""
    departments, owners = ("党建办", "财政所", "综合办"), ("张三", "李四", "王五")
    dues = [DAY + dt.timedelta(days=days) for days in (-6, 3, 12, 45)]
    with ledger.step("准备图片") as writer:
        for at, issue in enumerate(ledger.snapshot.issues):
            due = dues[at % len(dues)]
            values = {"deadline": f"{due.month}月{due.day}日前", "due_on": due, "owner": owners[at % 3]}
            writer.update(Issue, issue.id, lead_department=departments[at % 3], status=None, **values)
        for at, measure in enumerate(ledger.snapshot.measures):
            status = (Status.IN_PROGRESS, Status.DONE, Status.NOT_STARTED)[at % 3]
            writer.update(Measure, measure.id, status=status)
            if at % 2 == 0:
                told = DAY - dt.timedelta(days=5 + at)
                writer.add(LogEntry(measure_id=measure.id, entered_on=told, text="已召开专题会议，正在修订制度。"))
        writer.set_facts(feedback_date=DAY - dt.timedelta(days=24))
    process.choose_period(ledger, PERIODS[1])
    process.lay_out(ledger)
    for milestone in ledger.snapshot.milestones[:4]:
        papers = ("会议记录.docx", "签收单.pdf", "公开截图.png", "成立文件.docx")
        process.complete(ledger, milestone.id, milestone.due_on, files=papers)


def _import(window: MainWindow) -> QImage:
    from zhenggai_desktop.gui.dialogs.import_dialog import ImportDialog  # noqa: PLC0415 - as the program does
    from zhenggai_desktop.services.import_assistant import assist  # noqa: PLC0415

    dialog = ImportDialog(
        assist(ROOT / "resources" / "samples" / "示例反馈意见.txt", Snapshot()), compared=False, parent=window
    )
    dialog.resize(*SIZE)
    dialog.show()
    image = _grabbed(dialog)
    dialog.close()
    dialog.deleteLater()
    return image


def _grabbed(widget: QWidget) -> QImage:
    """What a widget shows once everything that waits has been done."""
    for _ in range(5):
        QApplication.processEvents()
    return widget.grab().toImage()


if __name__ == "__main__":
    main()
