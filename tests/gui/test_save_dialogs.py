"""Saving under a name: it starts where the last file of its purpose went, and nothing is replaced unasked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from answers import Dialogs
from builders import a_ledger, a_tree
from PySide6.QtWidgets import QFileDialog

from zhenggai_desktop import gui
from zhenggai_desktop.domain.layout import GUOBIAO
from zhenggai_desktop.gui.dialogs.layout_dialog import LayoutDialog
from zhenggai_desktop.gui.folders import Folders, Purpose
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.notice import document_output, output
from zhenggai_desktop.gui.notice.documents_dialog import DocumentsDialog
from zhenggai_desktop.gui.pages.notice import NoticePage
from zhenggai_desktop.gui.proof.notice_side import NoticeSide

WORDS = "别人的文件，不能丢"


@pytest.fixture
def page(window: MainWindow, tmp_path: Path) -> NoticePage:
    a_ledger(tmp_path, *a_tree(1, 2, 1), organisation="某街道党工委").close()
    window.take_file(tmp_path / "台账.zgtz")
    window.workspace.show_page("notice")
    page = window.workspace.page("notice")
    assert isinstance(page, NoticePage)
    return page


def side(page: NoticePage) -> NoticeSide:
    found = page.findChild(NoticeSide)
    assert found is not None
    return found


def save_documents(page: NoticePage) -> None:
    folder = document_output.own_folder()
    dialog = DocumentsDialog(page.session, document_output.documents_folder(), folder, page)
    try:
        dialog.pages.settle()
        dialog.save_button.click()
    finally:
        dialog.close()
        dialog.deleteLater()


SAVING: dict[str, tuple[str, Callable[[NoticePage], object]]] = {
    "notice": (".docx", lambda page: output.export(page, ".docx")),
    "notice as pdf": (".pdf", lambda page: output.export(page, ".pdf")),
    "notice as web page": (".html", lambda page: output.export(page, ".html")),
    "notice as text": (".txt", lambda page: output.export(page, ".txt")),
    "document": (".docx", lambda page: document_output.export(page, "plan")),
    "document in its dialog": (".docx", save_documents),
    "findings": (".docx", lambda page: side(page)._export_list()),
    "comments": (".docx", lambda page: side(page)._export_comments()),
    "template": (".json", lambda page: document_output.save_template(page, "plan")),
}


@pytest.mark.parametrize("what", SAVING)
def test_a_name_without_its_ending_never_replaces_a_file_unasked(
    page: NoticePage, dialogs: Dialogs, tmp_path: Path, what: str
) -> None:
    ending, save = SAVING[what]
    there = tmp_path / f"第2.5稿{ending}"
    there.write_text(WORDS, encoding="utf-8")
    dialogs.files, dialogs.choices = [tmp_path / "第2.5稿"], ["取消"]
    save(page)
    assert there.read_text(encoding="utf-8") == WORDS
    assert "已经存在" in dialogs.shown[-1]


@pytest.mark.parametrize("what", [what for what in SAVING if what != "template"])
def test_it_begins_where_the_last_export_went(
    page: NoticePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    begun: list[Path] = []

    def leave(_parent: object, _title: str, start: str, *_: object) -> tuple[str, str]:
        begun.append(Path(start))
        return "", ""

    (tmp_path / "报送").mkdir()
    page.session.folders.used(Purpose.EXPORT, tmp_path / "报送" / "上次.xlsx")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", leave)
    SAVING[what][1](page)
    assert [path.parent for path in begun] == [tmp_path / "报送"]


def test_the_next_export_begins_where_the_notice_went(page: NoticePage, dialogs: Dialogs, tmp_path: Path) -> None:
    (tmp_path / "报送").mkdir()
    dialogs.files, dialogs.choices = [tmp_path / "报送" / "通报.txt"], ["关闭"]
    output.export(page, ".txt")
    assert page.session.folders.start(Purpose.EXPORT, tmp_path) == tmp_path / "报送"


def test_layouts_are_kept_together_wherever_the_program_was_started(
    qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[Path] = []

    def answer(_parent: object, _title: str, start: str, *_: object) -> tuple[str, str]:
        begun.append(Path(start))
        return str(tmp_path / "本单位.json"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    dialog = LayoutDialog(GUOBIAO, folders=Folders())
    qtbot.addWidget(dialog)
    for _ in range(2):
        dialog._save("版式文件 (*.json)", ".json")
        (tmp_path / "本单位.json").unlink()
    assert begun[0].is_absolute()
    assert begun[1].parent == tmp_path


def test_every_file_is_saved_by_the_one_question_that_asks_before_it_replaces() -> None:
    (root,) = gui.__path__
    asking = {path.name for path in Path(root).rglob("*.py") if "getSaveFileName(" in path.read_text(encoding="utf-8")}
    assert asking == {"files.py"}
