"""What the window promises as a whole: from one page to another, one field after the other, one start to the next."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from builders import a_ledger, a_tree
from keyboard import CTRL, come_back_to, press, type_text
from ledger_pages import shown_page
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from zhenggai_desktop.domain.records import Issue, Measure, Status, Track
from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.dialogs.bulk_edit import BulkEdit
from zhenggai_desktop.gui.forms.editors import ChoiceField
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.pages.notice import NoticePage

LEFT = Qt.MouseButton.LeftButton
TODAY = dt.date(2025, 3, 10)


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("owner", "王科长", "王科长"),
        ("leaders", "张书记、李镇长", ("张书记", "李镇长")),
        ("lead_department", "财政所", "财政所"),
        ("supporting_departments", "综合科，财政所", ("综合科", "财政所")),
        ("deadline", "反馈后三个月", "反馈后三个月"),
        ("track", Track.STAGED, Track.STAGED),
        ("status", Status.DONE, Status.DONE),
        ("note", "每周调度", "每周调度"),
    ],
)
def test_each_field_is_set_for_many_rows_in_one_step_that_is_undone_at_once(
    window: MainWindow,
    tmp_path: Path,
    qtbot: Any,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    typed: Any,
    value: object,
) -> None:
    page = shown_page(window, tmp_path, qtbot)
    before = page.session.snapshot

    def fill(dialog: BulkEdit) -> int:
        editor = dialog.editors[name]
        dialog.show()
        if isinstance(editor, ChoiceField):
            editor.setCurrentIndex(editor._values.index(typed))
            editor.activated.emit(editor.currentIndex())
        else:
            type_text(typed, editor)
        assert dialog._accept.isEnabled()
        dialog.close()
        return BulkEdit.DialogCode.Accepted

    monkeypatch.setattr(BulkEdit, "exec", fill)
    page.tree.select_keys([(Issue, 1), (Issue, 2), (Measure, 5)])
    come_back_to(page.tree)
    page.tree.setFocus()
    press(Qt.Key.Key_B, CTRL)
    now = page.session.snapshot
    chosen = [one for one in now.issues if one.id in (1, 2)] + [one for one in now.measures if one.id == 5]
    assert [getattr(one, name) for one in chosen if hasattr(one, name)] == [value] * (2 if name == "track" else 3)
    others = [one for one in now.issues if one.id not in (1, 2)]
    assert others == [one for one in before.issues if one.id not in (1, 2)]
    window.perform(Call.UNDO)
    assert page.session.snapshot == before


def test_a_deadline_for_many_that_waits_for_the_feedback_says_so(
    window: MainWindow, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = shown_page(window, tmp_path, qtbot)
    monkeypatch.setattr(BulkEdit, "exec", lambda _dialog: BulkEdit.DialogCode.Accepted)
    for words, told in (
        ("反馈后三个月", "已修改2项，可用“撤销”一次退回。没有反馈日期，到期日要在“台账信息”里填写后才能算出。"),
        ("2025年底前", "已修改2项，可用“撤销”一次退回。"),
    ):
        monkeypatch.setattr(BulkEdit, "values", lambda _dialog, words=words: {"deadline": words})
        page.tree.select_keys([(Issue, 1), (Issue, 2)])
        window.perform(Call.BULK_EDIT)
        assert window.statusBar().currentMessage() == told


def test_a_click_on_an_issue_in_the_preview_leads_to_its_row(window: MainWindow, tmp_path: Path, qtbot: Any) -> None:
    page = shown_page(window, tmp_path, qtbot)
    window.workspace.show_page("notice")
    notice = window.workspace.page("notice")
    assert isinstance(notice, NoticePage)
    assert notice.laid_out is not None
    issue = next(one for one in page.session.snapshot.issues if one.id == 5)
    (place, *_) = lines = notice.laid_out.lines_of(issue.uid)
    notice.preview.view.mark(lines[:1])
    QTest.mouseClick(notice.preview.view.viewport(), LEFT, pos=notice.preview.view.point_of(*place) + QPoint(40, 0))
    assert window.workspace.current_page == "ledger"
    assert page.tree.current_key() == (Issue, 5)
    assert page.pane.key == (Issue, 5)


def test_a_card_says_whose_it_is_since_when_how_far_how_late_and_when_it_was_open(
    window: MainWindow, tmp_path: Path
) -> None:
    a_ledger(tmp_path, *a_tree(), organisation="某街道党工委", feedback_date=dt.date(2025, 1, 15)).close()
    window.session.today = lambda: dt.date(2026, 3, 10)
    window.take_file(tmp_path / "台账.zgtz")
    window.perform(Call.CLOSE)
    words = [label.text() for label in window.start_page.findChildren(QLabel)]
    at = words.index("台账")
    now = dt.datetime.now().astimezone()
    assert words[at + 1 : at + 3] == ["某街道党工委　2025年1月15日反馈", "已完成 0/6　逾期 6"]
    assert words[at + 3].startswith(f"{now.month}月{now.day}日 ")
    assert words[at + 3].endswith(" 打开")
