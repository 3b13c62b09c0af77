"""From the window to the next round: a new ledger with what is left, and what came back, confirmed by hand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from builders import a_ledger
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from zhenggai_desktop.domain.records import Issue, Section, Status
from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.dialogs.came_back_dialog import CameBackDialog
from zhenggai_desktop.gui.main_window import MainWindow


@pytest.fixture
def last(tmp_path: Path) -> Path:
    """The ledger of the last round: one issue closed, one left."""
    records = (
        Section(title="方面"),
        Issue(section_id=1, title="公务用车管理不规范", status=Status.DONE, closed=True),
        Issue(section_id=1, title="学习制度坚持不好", standing=True),
    )
    a_ledger(tmp_path, *records, name="上轮.zgtz", feedback_date=dt.date(2023, 5, 6), organisation="柳林街道").close()
    return tmp_path / "上轮.zgtz"


@pytest.fixture
def this(tmp_path: Path) -> Path:
    """The ledger of this round: one title equal, one near, one new."""
    titles = ("学习制度坚持不好", "公务用车管理不够规范", "营商环境优化不力")
    a_ledger(tmp_path, Section(title="方面"), *(Issue(section_id=1, title=title) for title in titles)).close()
    return tmp_path / "台账.zgtz"


def test_the_next_ledger_is_made_opened_and_told(window: MainWindow, dialogs: Any, last: Path, tmp_path: Path) -> None:
    window.take_file(last)
    dialogs.files = [tmp_path / "2026.zgtz"]
    window.perform(Call.NEXT_ROUND)
    assert window.session.path == tmp_path / "2026.zgtz"
    assert [issue.title for issue in window.session.snapshot.issues] == ["学习制度坚持不好"]
    assert window.session.snapshot.facts.organisation == "柳林街道"
    assert window.statusBar().currentMessage() == (
        "已建立下一轮台账，从上轮延续1项。进展记录、成果和销号过程留在上轮台账，备注里写着出处。接着请导入新的反馈意见。"
    )


def test_thought_better_of_it_nothing_is_made(window: MainWindow, dialogs: Any, last: Path) -> None:
    window.take_file(last)
    dialogs.files = [None]
    window.perform(Call.NEXT_ROUND)
    assert window.session.path == last


def test_only_what_is_ticked_is_marked(
    window: MainWindow, dialogs: Any, last: Path, this: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.take_file(this)
    dialogs.files = [last]
    seen: list[tuple[str, bool]] = []

    def answer(dialog: CameBackDialog) -> QDialog.DialogCode:
        for at in range(dialog.rows.topLevelItemCount()):
            item = dialog.rows.topLevelItem(at)
            seen.append((item.text(0), item.checkState(0) is Qt.CheckState.Checked))
            item.setCheckState(0, Qt.CheckState.Unchecked)
        assert not dialog.accept_button.isEnabled()
        dialog.rows.topLevelItem(1).setCheckState(0, Qt.CheckState.Checked)
        assert dialog.accept_button.text() == "标记反弹（1项）"
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(CameBackDialog, "exec", answer)
    window.perform(Call.CAME_BACK)
    assert seen == [("学习制度坚持不好", True), ("公务用车管理不够规范", False)]
    notes = [issue.note for issue in window.session.snapshot.issues]
    assert notes == ["", "反弹：上轮（2023年5月6日反馈）已指出“公务用车管理不规范”，当时已销号。", ""]
    assert window.session.undo_label == "标记反弹（1项）"


def test_the_open_ledger_itself_is_refused(window: MainWindow, dialogs: Any, this: Path) -> None:
    window.take_file(this)
    dialogs.files, dialogs.choices = [this], ["关闭"]
    window.perform(Call.CAME_BACK)
    assert "请选择上一轮巡察的台账" in dialogs.shown[0]
