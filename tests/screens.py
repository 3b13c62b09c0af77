"""``python tests/screens.py FOLDER``: every screen of the window as pictures, to be looked at.

1366 × 768 and 1920 × 1080 pixels, letters at 100, 150 and 200 %, in each theme; with the Chinese fonts of this machine.
Words like ``theme=light scale=150 size=1366x768`` make only some of them.
Not collected by pytest: whether a screen is calm, aligned and legible no assertion can tell.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "installer")]

from drawn_screen import platform_of  # noqa: E402

SIZES = ((1366, 768), (1920, 1080))


def _size(words: list[str]) -> tuple[int, int]:
    """The size of screen that was chosen."""
    return next((size for size in SIZES if f"size={size[0]}x{size[1]}" in words), SIZES[0])


os.environ.setdefault("QT_QPA_PLATFORM", platform_of(*_size(sys.argv)))

from every_dialog import TODAY, a_full_ledger, every_dialog  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from zhenggai_desktop.domain.records import Issue, Measure  # noqa: E402
from zhenggai_desktop.gui import app  # noqa: E402
from zhenggai_desktop.gui.main_window import MainWindow  # noqa: E402
from zhenggai_desktop.settings import load_settings, save_settings  # noqa: E402

SCALES = (100, 150, 200)
THEMES = ("light", "dark", "high-contrast")
_SETTLED = 5  # rounds of events after which fields have their heights and rows their places


def screens(window: MainWindow, ledger: Path) -> Iterator[tuple[str, QWidget]]:
    """Each screen by name, ready to be painted."""
    yield "01-起始页", window
    window.session.today = lambda: TODAY
    window.take_file(ledger)
    window.session.close()
    yield "01-起始页-打开过", window
    window.take_file(ledger)
    page: Any = window.workspace.page("ledger")
    first = window.session.snapshot.issues[0]
    page.show_record((Issue, first.id))
    yield "02-台账-问题", window
    page.pane.show_caption("公开")
    yield "03-台账-公开", window
    for at, caption in enumerate(("进展记录", "成果", "佐证", "历史"), 4):
        page.pane.show_caption(caption)
        yield f"{at:02}-台账-{caption}", window
    page.pane.tabs.setCurrentIndex(0)
    page.show_record((Measure, window.session.snapshot.measures[0].id))
    yield "08-台账-措施", window
    page.bar.search.setText("王主任")
    page.bar.pause.stop()
    page.bar._ask()
    page.bar.more_button.setChecked(True)
    yield "09-台账-筛选", window
    page.bar.more_button.setChecked(False)
    page.bar.clear()
    for at, key in enumerate(("notice", "overview", "facts", "history"), 10):
        window.workspace.show_page(key)
        yield f"{at}-{key}", window
    facts: Any = window.workspace.page("facts")
    window.workspace.show_page("facts")
    for at in range(1, facts.tabs.count()):
        facts.tabs.setCurrentIndex(at)
        yield f"14-台账信息-{facts.tabs.tabText(at)}", window
    window.workspace.show_page("overview")
    overview: Any = window.workspace.page("overview")
    overview.views.setCurrentIndex(1)
    yield "15-挂图作战", window
    overview.views.setCurrentIndex(0)
    window.workspace.show_page("months")
    months: Any = window.workspace.page("months")
    for at in range(months.tabs.count()):
        months.tabs.setCurrentIndex(at)
        yield f"16-督办-{months.tabs.tabText(at)}", window
    window.help.show_manual("")
    yield "17-使用手册", window.help.manual
    window.help.manual.close()
    window.workspace.show_page("ledger")
    yield from dialogs(window, ledger)


def dialogs(window: MainWindow, ledger: Path) -> Iterator[tuple[str, QWidget]]:
    for name, make in every_dialog(window, ledger, ledger.parent).items():
        dialog: Any = make()
        dialog.show()
        yield name, dialog
        if hasattr(dialog, "close_down"):
            dialog.close_down()
        dialog.close()
        dialog.deleteLater()


def main(folder: Path, *words: str) -> int:
    """Paint everything into ``folder``, or what words like ``theme=dark`` choose; gives the number of pictures."""
    chosen: dict[str, list[str]] = {}
    for word in words:
        chosen.setdefault(word.partition("=")[0], []).append(word.partition("=")[2])
    app.make_application(["screens"])
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    with tempfile.TemporaryDirectory() as scratch:
        ledger = a_full_ledger(Path(scratch))
        for theme in chosen.get("theme", THEMES):
            for width, height in SIZES:
                for scale in map(int, chosen.get("scale", SCALES)):
                    if f"{width}x{height}" not in chosen.get("size", (f"{width}x{height}",)):
                        continue
                    settings = Path(scratch) / f"{theme}-{width}-{scale}" / "settings.json"
                    settings.parent.mkdir()
                    save_settings(replace(load_settings(settings), scale=scale, theme=theme, who="张三"), settings)
                    window = MainWindow(ROOT / "resources", settings)
                    window.resize(width, height - 40)  # a taskbar
                    window.show()
                    for name, widget in screens(window, ledger):
                        for _ in range(_SETTLED):
                            QApplication.processEvents()
                        widget.grab().save(str(folder / f"{theme}-{width}x{height}-{scale}-{name}.png"))
                        count += 1
                    window.close()
                    window.deleteLater()
                    QApplication.processEvents()
    return count


if __name__ == "__main__":
    folder, *words = sys.argv[1:]
    if any(word.startswith("size=") for word in words):
        print(main(Path(folder), *words))
    else:  # a screen's size cannot change in one process
        for width, height in SIZES:
            size = f"size={width}x{height}"
            subprocess.run([sys.executable, __file__, folder, *words, size], check=True)
