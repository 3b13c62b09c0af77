"""The whole ledger as files from the window: archive and back, a copy with evidence, files about issues, a timeline."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import unicodedata
import zipfile
from pathlib import Path

import pytest
from answers import Dialogs
from builders import a_ledger
from docx import Document as WordDocument
from PySide6.QtWidgets import QApplication, QFileDialog

from zhenggai_desktop.domain.records import Chase, Issue, LogEntry, Section
from zhenggai_desktop.formats.archive_zip import verify_archive
from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.dialogs.archive_dialogs import ArchiveDialog, ArchivePasswordDialog
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.pages.ledger import LedgerPage
from zhenggai_desktop.services import proving
from zhenggai_desktop.services.ledger import Ledger


@pytest.fixture
def opened(window: MainWindow, tmp_path: Path) -> MainWindow:
    """A ledger with a file of evidence on its only issue."""
    with a_ledger(
        tmp_path,
        Section(title="作风"),
        Issue(section_id=1, title="用车不规范"),
        LogEntry(issue_id=1, entered_on=dt.date(2025, 3, 3), text="清理台账", reporter="张三"),
        Chase(issue_id=1, chased_on=dt.date(2025, 4, 1), kind="督办通知单", text="已超期2天"),
        feedback_date=dt.date(2025, 1, 10),
    ) as ledger:
        proof = tmp_path / "用车台账.pdf"
        proof.write_bytes(b"%PDF-1.4")
        proving.add_files(ledger, (Issue, 1), [proof])
    window.take_file(tmp_path / "台账.zgtz")
    page = window.workspace.page("ledger")
    assert isinstance(page, LedgerPage)
    page.show_record((Issue, 1))
    return window


def with_passwords(monkeypatch: pytest.MonkeyPatch, first: str, again: str, *, purge: bool = False) -> list[str]:
    """Answers the question about the archive; gives what was said beside the fields."""
    said: list[str] = []

    def answer(dialog: ArchiveDialog) -> int:
        dialog.show()
        dialog.fields.first.setText(first)
        dialog.fields.again.setText("别的")
        QApplication.processEvents()
        said.append(dialog.fields.problem.text())
        assert not dialog.accept_button.isEnabled()
        dialog.fields.again.setText(again)
        dialog.without_history.setChecked(purge)
        said.append(dialog.fields.warning.text() if dialog.fields.warning.isVisible() else "")
        dialog.accept_button.click()
        return dialog.result()

    monkeypatch.setattr(ArchiveDialog, "exec", answer)
    return said


@pytest.mark.parametrize("password", ["", "云溪2025"])
def test_an_archive_is_made_and_opened_again(
    opened: MainWindow, dialogs: Dialogs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    target, other = tmp_path / "归档.zip", tmp_path / "另一台"
    other.mkdir()
    said = with_passwords(monkeypatch, password, password)
    dialogs.files.append(target)
    dialogs.choices.append("关闭")
    opened.perform(Call.ARCHIVE)
    assert said[0] == "两次输入的密码不一样"
    assert ("再也打不开" in said[1]) == bool(password)
    assert "1份佐证材料在内" in dialogs.shown[-1]
    assert verify_archive(target, password=password) == ()

    asked: list[str] = []

    def type_password(dialog: ArchivePasswordDialog) -> int:
        dialog.show()
        asked.append(dialog.windowTitle())
        dialog.field.setText(password)
        dialog.accept_button.click()
        return dialog.result()

    monkeypatch.setattr(ArchivePasswordDialog, "exec", type_password)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(other))
    dialogs.files.append(target)
    opened.perform(Call.OPEN_ARCHIVE)
    assert len(asked) == bool(password)
    assert opened.session.path == other / "台账.zgtz"
    assert opened.session.snapshot.evidence[0].file_name
    assert [path.read_bytes() for path in other.rglob("*用车台账*.pdf")] == [b"%PDF-1.4"]


def test_a_copy_takes_the_evidence_along_and_is_not_opened(
    opened: MainWindow, dialogs: Dialogs, tmp_path: Path
) -> None:
    target = tmp_path / "U盘" / "台账.zgtz"
    target.parent.mkdir()
    dialogs.files.append(target)
    dialogs.choices.append("关闭")
    opened.perform(Call.COPY_LEDGER)
    assert opened.session.path == tmp_path / "台账.zgtz"
    with Ledger.open(target, read_only=True) as copy:
        assert copy.check() == ()


def test_a_copy_says_which_evidence_it_could_not_take(opened: MainWindow, dialogs: Dialogs, tmp_path: Path) -> None:
    target = tmp_path / "副本.zgtz"
    for file in (tmp_path / "台账_佐证材料").iterdir():
        file.unlink()
    dialogs.files.append(target)
    dialogs.choices.append("关闭")
    opened.perform(Call.COPY_LEDGER)
    assert "有1份佐证材料的文件没有找到" in dialogs.shown[-1]


def test_a_copy_never_replaces_the_ledger_itself(opened: MainWindow, dialogs: Dialogs, tmp_path: Path) -> None:
    dialogs.files.append(tmp_path / "台账.zgtz")
    dialogs.choices.append("关闭")
    opened.perform(Call.COPY_LEDGER)
    assert dialogs.shown == ["副本不能存成正在使用的台账。请换一个文件名或文件夹。"]


def test_files_about_issues_are_written(
    opened: MainWindow, dialogs: Dialogs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for call, name in ((Call.ISSUE_FILE, "一题一档.docx"), (Call.EVIDENCE_LIST, "目录.docx")):
        dialogs.files.append(tmp_path / name)
        dialogs.choices.append("关闭")
        opened.perform(call)
        assert "用车" in "".join(
            [paragraph.text for paragraph in WordDocument(str(tmp_path / name)).paragraphs]
            + [
                cell.text
                for table in WordDocument(str(tmp_path / name)).tables
                for row in table.rows
                for cell in row.cells
            ]
        )
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    dialogs.choices += ["Word 文档", "关闭"]
    opened.perform(Call.ISSUE_FILES)
    folder = next(tmp_path.glob("台账-一题一档*"))
    assert sorted(path.name for path in folder.iterdir()) == [
        "01 用车不规范.docx",
        "佐证材料目录.docx",
        "销号台账.docx",
    ]


def test_an_issue_file_has_every_selected_issue_on_pages_of_its_own(
    window: MainWindow, dialogs: Dialogs, tmp_path: Path
) -> None:
    a_ledger(
        tmp_path,
        Section(title="作风"),
        Issue(section_id=1, title="用车不规范"),
        Issue(section_id=1, title="公示不及时"),
        Issue(section_id=1, title="没有选它"),
        Issue(parent_id=1, title="没有派车单"),
    ).close()
    window.take_file(tmp_path / "台账.zgtz")
    page = window.workspace.page("ledger")
    assert isinstance(page, LedgerPage)
    page.tree.select_keys([(Issue, 1), (Issue, 4), (Issue, 2)])
    dialogs.files.append(tmp_path / "一题一档.docx")
    dialogs.choices.append("关闭")
    window.perform(Call.ISSUE_FILE)
    document = WordDocument(str(tmp_path / "一题一档.docx"))
    titles = [paragraph.text for paragraph in document.paragraphs if paragraph.text.endswith("一题一档")]
    assert len(titles) == 2  # a sub-issue stands in the file of its issue
    told = {row.cells[0].text: row.cells[1].text for table in document.tables for row in table.rows}
    assert told["反馈问题"] == "公示不及时"
    words = "".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "用车不规范" in words
    assert "没有选它" not in words
    assert document.element.xml.count('w:br w:type="page"') + document.element.xml.count("w:pageBreakBefore") == 1


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler")
def test_an_issue_file_and_all_of_them_are_made_as_pdf_too(
    opened: MainWindow, dialogs: Dialogs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, kind, made in (
        ("一题一档.pdf", "PDF 文件 (*.pdf)", "一题一档.pdf"),
        ("档案", "PDF 文件 (*.pdf)", "档案.pdf"),
        ("档案2.docx", "PDF 文件 (*.pdf)", "档案2.pdf"),
        ("档案3.pdf", "Word 文档 (*.docx)", "档案3.docx"),
    ):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, it=(str(tmp_path / name), kind): it)
        dialogs.choices.append("关闭")
        opened.perform(Call.ISSUE_FILE)
        assert (tmp_path / made).is_file(), made
    text = pdf_text(tmp_path / "一题一档.pdf")
    for words in ("不规范", "清理台账", "督办通知单", "佐证材料"):
        assert words in text
    assert zipfile.is_zipfile(tmp_path / "档案3.docx")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    dialogs.choices += ["PDF 文件", "关闭"]
    opened.perform(Call.ISSUE_FILES)
    folder = next(tmp_path.glob("台账-一题一档*"))
    assert {path.name: path.read_bytes()[:5] for path in folder.iterdir()} == dict.fromkeys(
        ("01 用车不规范.pdf", "佐证材料目录.pdf", "销号台账.pdf"), b"%PDF-"
    )
    assert "清理台账" in pdf_text(folder / "01 用车不规范.pdf")


def pdf_text(path: Path) -> str:
    text = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True).stdout.decode()
    return unicodedata.normalize("NFKC", text)  # a font may say a radical where it draws a character


def test_the_timeline_tells_an_issue_day_by_day(opened: MainWindow) -> None:
    page = opened.workspace.page("ledger")
    assert isinstance(page, LedgerPage)
    page.pane.show_caption("经过")
    rows = page.pane._page(page.pane.tabs.currentIndex()).rows
    items = [rows.topLevelItem(at) for at in range(rows.topLevelItemCount())]
    assert [[item.text(column) for column in range(3)] for item in items] == [
        ["2025年1月10日", "反馈", "巡察组反馈意见"],
        ["2025年3月3日", "进展", "清理台账"],
        ["2025年4月1日", "督办通知单", "已超期2天"],
    ]
