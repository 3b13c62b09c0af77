"""Programs for a process of their own: the main jobs of the command line, and a window at work, on words of ours.

``python tests/home_alone.py jobs FOLDER`` and ``… window FOLDER [fails | dies]``. Every socket that Python is asked
for is noted in ``FOLDER/sockets.txt``.
"""

from __future__ import annotations

import faulthandler
import os
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

PLANTED = "绝不外泄之词"
"""Stands in titles, texts, names and file names, and must not be found in any log."""
AWAY = "http://127.0.0.1:9/"
HTML = f'<img src="{AWAY}a.png"><b>{PLANTED}</b><style>@import "{AWAY}a.css"</style>'
NOTICE = f"""{PLANTED}党委关于巡察反馈意见整改落实情况的公告

根据区委统一部署，2023年9月4日至11月10日，区委第五巡察组对我镇进行了巡察。现将整改落实情况公布如下。

一、反馈意见整改落实情况

（一）落实上级决策部署方面

问题一：{PLANTED}责任落实不严。

整改措施及成效：一是拆除违建7处。二是与14个村签订责任书{PLANTED}。

问题二：{HTML}标准不高。

整改措施及成效：新建垃圾分类点22处，每月组织一次评比。

中共清河区{PLANTED}委员会

2024年11月8日
"""


def sources(folder: Path) -> list[Path]:
    """Documents that ask for things from afar: pictures, templates, linked workbooks, style sheets."""
    from formats.word_files import p, word_bytes, zipped

    far = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = "".join(
        f'<Relationship Id="x{at}" Type="{office}/{kind}" Target="{AWAY}{kind}" TargetMode="External"/>'
        for at, kind in enumerate(("attachedTemplate", "image", "styles", "numbering", "footnotes", "hyperlink"))
    )
    word = word_bytes(
        "".join(p(line) for line in NOTICE.replace("<", "＜").splitlines() if line)
        + '<w:p><w:r><w:fldChar w:fldCharType="begin"/>'
        f'<w:instrText>INCLUDEPICTURE "{AWAY}b.png"</w:instrText></w:r></w:p>',
        extra={"word/_rels/document.xml.rels": f'<Relationships xmlns="{far}">{relations}</Relationships>'},
    )
    page = f'<html><head><link href="{AWAY}c.css" rel="stylesheet"><base href="{AWAY}"></head><body>'
    page += "".join(f"<p>{line}</p>" for line in NOTICE.splitlines()) + "</body></html>"
    book = folder / "远.xlsx"
    _linked_workbook(book, zipped)
    files = {"公告.txt": NOTICE.encode(), "公告.docx": word, "公告.html": page.encode()}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [*(folder / name for name in files), book]


def _linked_workbook(path: Path, zipped: Any) -> None:
    import io
    import zipfile

    import openpyxl

    book, buffer = openpyxl.Workbook(), io.BytesIO()
    page = book.active
    assert page is not None
    page.append(["序号", "反馈问题", "整改措施"])
    page.append([1, f"{PLANTED}不到位", f'=WEBSERVICE("{AWAY}")'])
    page.append([2, "制度不健全", f"='[{AWAY}b.xlsx]Sheet1'!A1"])
    page["B3"].hyperlink = f"{AWAY}d"
    book.save(buffer)
    with zipfile.ZipFile(buffer) as source:
        parts: dict[str, str | bytes] = {name: source.read(name) for name in source.namelist()}
    parts["xl/externalLinks/externalLink1.xml"] = "<externalLink/>"
    path.write_bytes(zipped(parts))


def jobs(folder: Path) -> None:
    from zhenggai_desktop.cli import main

    (folder / "密码.txt").write_text("一二三", encoding="utf-8")
    os.chdir(folder)
    found = sources(folder)
    commands = [
        *(["import", f"{at}.zgtz", str(source)] for at, source in enumerate(found)),
        ["import", "0.zgtz", "公告.docx"],
        ["show", "0.zgtz", "--json"],
        ["export", "0.zgtz", "出.xlsx"],
        ["export", "0.zgtz", "锁.xlsx", "--password-file", "密码.txt"],
        ["notice", "0.zgtz", "出.docx"],
        ["notice", "0.zgtz", "出.html"],
        ["document", "0.zgtz", "方案.docx"],
        ["proofread", "0.zgtz"],
        ["distribute", "0.zgtz", "发"],
        ["calendar", "0.zgtz", "日历.ics"],
        ["archive", "0.zgtz", "归档.zip", "--password-file", "密码.txt"],
        ["unarchive", "归档.zip", "取出", "--password-file", "密码.txt"],
        ["check", "0.zgtz"],
        ["undo", "0.zgtz"],
        ["import", "坏.zgtz", "锁.xlsx"],
        ["import", "坏.zgtz", f"{PLANTED}.docx"],
        ["show", "密码.txt"],
    ]
    Path("取出").mkdir()
    codes = {" ".join(command): main(command) for command in commands}
    failed = [command for command, code in codes.items() if code == 2]
    assert len(failed) == 3, failed  # the last ones


def window(folder: Path, end: str = "") -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from zhenggai_desktop.gui import app, messages
    from zhenggai_desktop.services import importing

    source = folder / "公告.txt"
    source.write_text(NOTICE, encoding="utf-8")
    ledger = folder / f"{PLANTED}.zgtz"
    if not ledger.exists():
        importing.import_into(ledger, importing.plan_source(source))
    shown: list[str] = []

    def box(parent: object, text: str, more: str, choices: Any, **options: Any) -> str:
        shown.append(f"{text}{more}{options.get('details', '')}")
        return choices[-1]

    messages.ask = box

    def work() -> None:
        try:
            look_about()
        finally:
            QTimer.singleShot(0, QApplication.closeAllWindows)

    def look_about() -> None:
        main_window = next(widget for widget in QApplication.topLevelWidgets() if hasattr(widget, "workspace"))
        page: Any = main_window.workspace.page("ledger")
        page.tree.expandAll()
        page.show_record((type(page.session.snapshot.issues[1]), page.session.snapshot.issues[1].id))
        for name in ("overview", "notice", "ledger"):
            main_window.workspace.show_page(name)
            QApplication.processEvents()
        if end == "dies":
            faulthandler._sigsegv()
        if end == "fails":
            raise KeyError(page.session.snapshot.issues[0].title)

    make = app.make_application

    def made(arguments: Any) -> QApplication:
        application = make(arguments)
        QTimer.singleShot(500, work)
        return application

    app.make_application = made
    app.run(ledger, on_fatal=lambda _: 9)
    (folder / "shown.txt").write_text("\n".join(shown), encoding="utf-8")


def main(kind: str, folder: str, *more: str) -> None:
    sockets = Path(folder) / "sockets.txt"

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith("socket."):
            with sockets.open("a", encoding="utf-8") as file:
                file.write(f"{event} {arguments[1:]}\n")

    sys.addaudithook(note)
    {"jobs": jobs, "window": window}[kind](Path(folder), *more)


if __name__ == "__main__":
    main(*sys.argv[1:])
