"""``python tests/screens.py FOLDER``: every screen of the window as pictures, to be looked at.

1366 × 768 and 1920 × 1080 pixels, letters at 100 % and 150 %, in each theme; with the Chinese fonts of this machine.
Not collected by pytest: whether a screen is calm, aligned and legible no assertion can tell.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from zhenggai_desktop.domain.records import Evidence, Issue, LogEntry, Measure  # noqa: E402
from zhenggai_desktop.gui import app  # noqa: E402
from zhenggai_desktop.gui.main_window import MainWindow  # noqa: E402
from zhenggai_desktop.services import importing, proving  # noqa: E402
from zhenggai_desktop.services.attachments import add_to  # noqa: E402
from zhenggai_desktop.services.editing import set_fields, set_many  # noqa: E402
from zhenggai_desktop.services.import_assistant import assist  # noqa: E402
from zhenggai_desktop.services.ledger import Ledger  # noqa: E402
from zhenggai_desktop.settings import load_settings, save_settings  # noqa: E402

SIZES = ((1366, 768), (1920, 1080))
SCALES = (100, 150)
THEMES = ("light", "dark")
_SETTLED = 5  # rounds of events after which fields have their heights and rows their places
TODAY = dt.date(2025, 4, 1)
SAMPLES = ROOT / "resources" / "samples"


def a_ledger(folder: Path) -> Path:
    """The bundled notice with something in every tab."""
    path = folder / "示例整改台账.zgtz"
    importing.import_into(path, importing.plan_source(SAMPLES / "示例整改通报.txt"))
    proof = folder / "党工委会议纪要.pdf"
    proof.write_bytes(b"%PDF-1.4")
    with Ledger.open(path, who="张三") as ledger:
        first, *others = [(Issue, issue.id) for issue in ledger.snapshot.issues]
        set_many(ledger, others[:6], {"leaders": ("王主任", "李主任"), "deadline": "3月底前"}, today=TODAY)
        set_fields(ledger, first, {"deadline": "6月底前", "owner": "赵科长", "leaders": ("王主任",)}, today=TODAY)
        set_fields(ledger, first, {"deadline": "9月底前"}, today=TODAY)
        entry = add_to(ledger, LogEntry, first, today=TODAY)
        set_fields(ledger, entry, {"text": "召开专题会议，研究整改措施。", "reporter": "综合科"}, today=TODAY)
        proving.add_files(ledger, first, [proof])
        evidence = ledger.snapshot.evidence[0].id
        set_fields(ledger, (Evidence, evidence), {"category": "会议材料", "dated_on": TODAY}, today=TODAY)
    return path


def screens(window: MainWindow, ledger: Path) -> Iterator[tuple[str, QWidget]]:
    """Each screen by name, ready to be painted."""
    yield "01-起始页", window
    window.session.today = lambda: TODAY
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
    for at in range(1, facts.tabs.count()):
        facts.tabs.setCurrentIndex(at)
        yield f"14-台账信息-{facts.tabs.tabText(at)}", window
    window.workspace.show_page("ledger")
    yield from dialogs(window)


def dialogs(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    from zhenggai_desktop.gui.dialogs.bulk_edit import BulkEdit
    from zhenggai_desktop.gui.dialogs.choose_evidence import ChooseEvidence
    from zhenggai_desktop.gui.dialogs.import_dialog import ImportDialog

    makers: dict[str, Callable[[], Any]] = {
        "20-批量修改": lambda: BulkEdit(window.session, 10, window),
        "21-导入助手": lambda: ImportDialog(
            assist(SAMPLES / "示例反馈意见.txt", window.session.snapshot), compared=True, parent=window
        ),
        "22-引用佐证": lambda: ChooseEvidence(list(window.session.snapshot.evidence), window),
    }
    for name, make in makers.items():
        dialog = make()
        dialog.show()
        yield name, dialog
        dialog.close()
        dialog.deleteLater()


def main(folder: Path) -> int:
    """Paint everything into ``folder``; gives the number of pictures."""
    app.make_application(["screens"])
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    with tempfile.TemporaryDirectory() as scratch:
        ledger = a_ledger(Path(scratch))
        for theme in THEMES:
            for width, height in SIZES:
                for scale in SCALES:
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
    print(main(Path(sys.argv[1])))
