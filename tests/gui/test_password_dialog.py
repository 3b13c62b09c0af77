"""A password for an exported file, asked for where the export is told of."""

from __future__ import annotations

from pathlib import Path

import msoffcrypto
import pytest
from answers import Dialogs
from builders import a_snapshot, a_tree
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.dialogs.password_dialog import PasswordDialog
from zhenggai_desktop.services.exporting import export_ledger


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    path = tmp_path / "台账.xlsx"
    export_ledger(a_snapshot(*a_tree()), path)
    return path


def test_both_fields_must_say_the_same(qapp: QApplication) -> None:
    dialog = PasswordDialog("<b>台账</b>.xlsx")
    assert {field.echoMode() for field in (dialog.fields.first, dialog.fields.again)} == {QLineEdit.EchoMode.Password}
    assert not dialog.lock.isEnabled()
    QTest.keyClicks(dialog.fields.first, "abc")
    assert "无法打开" in dialog.fields.warning.text()
    assert dialog.fields.warning.isVisibleTo(dialog)
    QTest.keyClicks(dialog.fields.again, "ab")
    assert not dialog.lock.isEnabled()
    assert "不一样" in dialog.fields.problem.text()
    QTest.keyClicks(dialog.fields.again, "c")
    assert dialog.lock.isEnabled()
    assert dialog.password == "abc"
    dialog.deleteLater()


@pytest.mark.parametrize("agreed", [True, False])
def test_an_exported_file_is_locked_from_the_box_that_tells_of_it(
    qapp: QApplication, dialogs: Dialogs, exported: Path, agreed: bool
) -> None:
    def type_it() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PasswordDialog)
        QTest.keyClicks(dialog.fields.first, "abc")
        QTest.keyClicks(dialog.fields.again, "abc")
        (dialog.accept if agreed else dialog.reject)()

    plain = exported.read_bytes()
    dialogs.choices += [messages.LOCK, *([messages.CLOSE] if agreed else [])]
    QTimer.singleShot(0, type_it)
    messages.tell_exported(None, exported)
    if not agreed:
        assert exported.read_bytes() == plain
        return
    assert "已加上密码" in dialogs.shown[-1]
    with exported.open("rb") as file:
        office = msoffcrypto.OfficeFile(file)
        office.load_key(password="abc", verify_password=True)


def test_other_files_are_offered_no_password(qapp: QApplication, dialogs: Dialogs, tmp_path: Path) -> None:
    dialogs.choices.append(messages.CLOSE)
    messages.tell_exported(None, tmp_path / "挂图.pdf")
    dialogs.choices.append(messages.LOCK)
    with pytest.raises(AssertionError):
        messages.tell_exported(None, tmp_path / "挂图.pdf")
