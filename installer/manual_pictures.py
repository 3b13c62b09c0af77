"""Take the pictures of the manual from the program itself: the sample's ledger on a real window, without a screen.

    .venv/bin/python installer/manual_pictures.py

Writes every picture that a page of ``resources/manual`` names. A name that no view is known for ends it.
"""

from __future__ import annotations

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
SIZE = (1180, 740)  # pixels; the program's own first size
_NAMED = re.compile(r"!\[[^\]]*\]\(pictures/([^)]+)\.png\)")

sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt  # noqa: E402 - the screen is chosen first
from PySide6.QtGui import QImage  # noqa: E402 - the screen is chosen first
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from zhenggai_desktop.domain.records import Snapshot  # noqa: E402
from zhenggai_desktop.gui import app  # noqa: E402
from zhenggai_desktop.gui.main_window import MainWindow  # noqa: E402
from zhenggai_desktop.gui.page_table import FACTS, HISTORY, LEDGER, NOTICE, OVERVIEW  # noqa: E402
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
