"""The other documents of the ledger and the drafts for approval, from the notice page."""

from __future__ import annotations

import json
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from answers import Dialogs
from builders import a_ledger, a_tree
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from zhenggai_desktop.domain.blocks import Kind
from zhenggai_desktop.domain.editions import Edition
from zhenggai_desktop.domain.layout import GUOBIAO
from zhenggai_desktop.domain.layout_file import ledger_profile
from zhenggai_desktop.gui.dialogs.layout_dialog import LayoutDialog
from zhenggai_desktop.gui.pages.notice import NoticePage
from zhenggai_desktop.gui.session import LedgerSession


@pytest.fixture
def page(dialogs: Dialogs, qtbot: QtBot, tmp_path: Path) -> Iterator[NoticePage]:
    a_ledger(tmp_path, *a_tree(), organisation="中共清河区柳林街道工作委员会").close()
    session = LedgerSession()
    session.open(tmp_path / "台账.zgtz")
    page = NoticePage(session)
    qtbot.addWidget(page)
    page.show()
    yield page
    session.close()
    session.deleteLater()


def test_a_document_is_exported_and_registered(page: NoticePage, dialogs: Dialogs, tmp_path: Path) -> None:
    dialogs.files, dialogs.choices = [tmp_path / "方案"], ["关闭"]
    page.head.document_asked.emit("plan")
    assert docx.Document(str(tmp_path / "方案.docx")).tables
    assert "〔待填写〕" in dialogs.shown[0]
    assert [draft.version for draft in page.session.snapshot.drafts] == ["第1稿"]


def test_a_template_is_saved_changed_and_used(page: NoticePage, dialogs: Dialogs, tmp_path: Path) -> None:
    own = tmp_path / "表.json"
    dialogs.files = [own]
    page.head.template_asked.emit("statistics")
    values = json.loads(own.read_text("utf-8"))
    values["blocks"].insert(1, {"kind": "title", "text": "自拟"})
    own.write_text(json.dumps(values), "utf-8")
    dialogs.files, dialogs.choices = [own, tmp_path / "表.docx"], ["关闭"]
    page.head.document_asked.emit("")
    assert docx.Document(str(tmp_path / "表.docx")).paragraphs[0].text == "自拟"


def test_a_broken_template_is_told(page: NoticePage, dialogs: Dialogs, tmp_path: Path) -> None:
    (tmp_path / "坏.json").write_text("{", "utf-8")
    dialogs.files, dialogs.choices = [tmp_path / "坏.json"], ["关闭"]
    page.head.document_asked.emit("")
    assert "不是有效的 JSON" in dialogs.shown[0]


def test_nothing_happens_where_the_user_thinks_better_of_it(page: NoticePage, dialogs: Dialogs) -> None:
    dialogs.files = [None, None, None]
    page.head.document_asked.emit("plan")
    page.head.document_asked.emit("")
    page.head.template_asked.emit("plan")
    assert page.session.snapshot.drafts == ()


def test_a_draft_for_approval_takes_the_sheet_along(page: NoticePage, dialogs: Dialogs, tmp_path: Path) -> None:
    page.head.editions.activated.emit(page.head.editions.findData(Edition.PUBLIC_REVIEW))
    dialogs.files, dialogs.choices = [tmp_path / "送审.docx"], ["关闭"]
    page.head.export_asked.emit(".docx")
    assert "送审单" in docx.Document(str(tmp_path / "送审.docx")).paragraphs[0].text.replace("\n", "")


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler")
def test_preview_and_pdf_of_a_draft_for_approval_begin_with_the_sheet(
    page: NoticePage, dialogs: Dialogs, tmp_path: Path
) -> None:
    page.head.editions.activated.emit(page.head.editions.findData(Edition.PUBLIC_REVIEW))
    assert page.laid_out is not None
    blocks = page.laid_out.document.blocks
    assert blocks[page.notice_start - 1].kind is Kind.PAGE
    assert page.laid_out.pages[0].rules
    assert page.laid_out.lines_of_block(page.notice_start)[0][0] == 1  # the notice begins on the second page
    dialogs.files, dialogs.choices = [tmp_path / "送审.pdf"], ["关闭"]
    page.head.export_asked.emit(".pdf")
    command = ["pdftotext", "-f", "1", "-l", "1", str(tmp_path / "送审.pdf"), "-"]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    assert "社会公开稿送审单" in unicodedata.normalize("NFKC", text)


def test_an_own_layout_becomes_the_ledgers(page: NoticePage, monkeypatch: pytest.MonkeyPatch) -> None:
    def choose(dialog: LayoutDialog) -> QDialog.DialogCode:
        dialog.name.setText("本街道")
        dialog.line.setValue(28)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(LayoutDialog, "exec", choose)
    page.head.profiles.activated.emit(page.head.profiles.count() - 1)
    own = replace(GUOBIAO, name="本街道", line_pitch=560)
    assert ledger_profile(page.session.snapshot.facts) == own
    assert page.head.profiles.currentText() == "本街道"
    assert page.laid_out is not None
    assert page.laid_out.size.pitch == 28
    page.head.profiles.activated.emit(page.head.profiles.findText("国标"))
    assert page.session.snapshot.facts.layout_profile == ""
    monkeypatch.setattr(LayoutDialog, "exec", lambda _dialog: QDialog.DialogCode.Rejected)
    page.head.profiles.activated.emit(page.head.profiles.count() - 1)
    assert page.head.profiles.currentText() == "国标"
