"""Long work in a thread: its value, its error, its dialog, and how it is left."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from answers import when_shown
from builders import a_ledger, a_tree
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from thread_notes import threads_of

from zhenggai_desktop.domain.plan import ImportPlan, ProposedIssue, ProposedMeasure, ProposedSection
from zhenggai_desktop.domain.records import DocumentKind, Issue, Measure, Section
from zhenggai_desktop.errors import CancelledError, TargetError
from zhenggai_desktop.gui import file_calls, progress, stepping
from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.dialogs.progress_dialog import ProgressDialog
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.progress import edit_away, wait_counted, wait_for, work_here, write_file
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.services import exporting, importing
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.ticking import Tick


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """Work that waits for it is long."""
    gate = threading.Event()
    yield gate
    gate.set()


def test_work_is_done_off_the_windows_thread(qapp: QApplication) -> None:
    threads: list[int] = []
    assert wait_for(None, "", lambda: (threads.append(threading.get_ident()), "值")[1]) == "值"
    assert threads != [threading.get_ident()]


def test_what_goes_wrong_is_raised_where_it_is_waited_for(qapp: QApplication) -> None:
    def fail() -> None:
        raise TargetError("写不成")

    with pytest.raises(TargetError, match="写不成"):
        wait_for(None, "", fail)
    assert QApplication.overrideCursor() is None


def test_long_work_is_shown_and_ends_by_itself(qapp: QApplication, gate: threading.Event) -> None:
    seen: list[str] = []

    def look(dialog: ProgressDialog) -> None:
        seen.extend((dialog.caption.text(), dialog.time.text()))
        gate.set()

    when_shown(look)
    assert wait_for(None, "正在读取“<b>甲</b>”…", lambda: gate.wait(30)) is True
    assert seen == ["正在读取“<b>甲</b>”…", "已用 0 秒"]


def test_work_that_only_the_window_can_do_is_shown_at_its_ticks(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "SHOWN_AFTER", 0)
    seen: list[tuple[str, bool]] = []

    def work(tick: Tick) -> str:
        assert not progress.is_waiting() or QApplication.overrideCursor() is not None
        tick(1, 4)
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ProgressDialog)
        seen.append((dialog.time.text().partition("，")[0], progress.is_waiting()))
        return "值"

    assert work_here(None, "正在打印…", work) == "值"
    assert seen == [("已完成 25%", True)]
    assert (QApplication.activeModalWidget(), QApplication.overrideCursor()) == (None, None)
    assert not progress.is_waiting()


def test_quick_work_of_the_window_shows_nothing(qapp: QApplication) -> None:
    def work(tick: Tick) -> None:
        tick(1, 2)
        assert QApplication.activeModalWidget() is None

    work_here(None, "", work)
    assert QApplication.overrideCursor() is None


def test_work_of_the_window_is_left_with_its_next_tick(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "SHOWN_AFTER", 0)
    ticks: list[int] = []

    def work(tick: Tick) -> None:
        for at in range(1000):
            ticks.append(at)
            tick(at, 1000)

    when_shown(lambda dialog: QTest.mouseClick(dialog.cancel, Qt.MouseButton.LeftButton))
    with pytest.raises(CancelledError):
        work_here(None, "", work)
    assert len(ticks) < 1000
    assert QApplication.overrideCursor() is None


@pytest.mark.parametrize("leave", ["button", "escape"])
def test_long_work_can_be_left(qapp: QApplication, gate: threading.Event, leave: str) -> None:
    def act(dialog: ProgressDialog) -> None:
        if leave == "button":
            QTest.mouseClick(dialog.cancel, Qt.MouseButton.LeftButton)
        else:
            QTest.keyClick(dialog, Qt.Key.Key_Escape)

    when_shown(act)
    with pytest.raises(CancelledError):
        wait_for(None, "正在读取…", lambda: gate.wait(30))


def test_a_file_takes_its_place_only_when_it_was_waited_for(
    qapp: QApplication, gate: threading.Event, tmp_path: Path
) -> None:
    target, finished = tmp_path / "台账.xlsx", threading.Event()
    target.write_bytes(b"old")

    def write(made: Path) -> None:
        gate.wait(30)
        made.write_bytes(b"new")
        finished.set()

    when_shown(ProgressDialog.reject)
    with pytest.raises(CancelledError):
        write_file(None, "正在导出…", target, write)
    gate.set()
    assert finished.wait(30)
    assert target.read_bytes() == b"old"
    write_file(None, "正在导出…", target, write)
    assert target.read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["台账.xlsx"]


def test_an_export_is_left_in_the_window_without_a_file_and_without_a_box(
    window: MainWindow, dialogs: Any, tmp_path: Path, gate: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_ledger(tmp_path, *a_tree()).close()
    window.take_file(tmp_path / "台账.zgtz")
    real, finished = exporting.export_ledger, threading.Event()

    def slow(*args: Any, **kw: Any) -> None:
        gate.wait(30)
        real(*args, **kw)
        finished.set()

    monkeypatch.setattr(exporting, "export_ledger", slow)
    dialogs.files = [tmp_path / "导出.xlsx"]
    when_shown(ProgressDialog.reject)
    window.perform(Call.EXPORT_LEDGER)
    gate.set()
    assert finished.wait(30)
    assert not (tmp_path / "导出.xlsx").exists()
    assert dialogs.shown == []
    dialogs.files, dialogs.choices = [tmp_path / "导出.xlsx"], ["关闭"]
    window.perform(Call.EXPORT_LEDGER)
    load_workbook(tmp_path / "导出.xlsx").close()


def test_the_share_that_is_done_is_shown(qapp: QApplication, gate: threading.Event) -> None:
    seen: list[object] = []

    def work(tick: Callable[[int, int], None]) -> str:
        tick(85, 200)
        gate.wait(30)
        return "好"

    def look(dialog: ProgressDialog) -> None:
        seen.extend((dialog.time.text().partition("，")[0], dialog.bar.value(), dialog.bar.maximum()))
        gate.set()

    when_shown(look)
    assert wait_counted(None, "正在导出…", work) == "好"
    assert seen == ["已完成 42%", 42, 100]


def a_big_plan() -> ImportPlan:
    issues = [
        ProposedIssue(Issue(title=f"问题{at}"), measures=[ProposedMeasure(Measure(content=f"措施{at}"))])
        for at in range(600)
    ]
    return ImportPlan("大.txt", DocumentKind.NOTICE, sections=[ProposedSection(Section(title="方面"), issues=issues)])


@pytest.fixture
def session(qapp: QApplication, tmp_path: Path) -> Iterator[LedgerSession]:
    session = LedgerSession("测试")
    session.create(tmp_path / "台账.zgtz")
    yield session
    session.close()


def test_an_import_is_written_away_from_the_window_and_heard_of_in_its_thread(session: LedgerSession) -> None:
    heard: list[tuple[int, int]] = []
    done: list[tuple[int, int]] = []
    session.changed.connect(lambda _: heard.append((threading.get_ident(), len(session.snapshot.issues))))

    def work(ledger: Ledger, tick: Callable[[int, int], None]) -> int:
        def count(so_far: int, total: int) -> None:
            done.append((so_far, total))
            tick(so_far, total)

        importing.apply(ledger, a_big_plan(), tick=count)
        assert session.read_only
        assert session.snapshot.issues == ()
        session.refresh()
        return threading.get_ident()

    assert edit_away(session, None, "正在导入…", work) != threading.get_ident()
    assert heard == [(threading.get_ident(), 600)]
    assert done[0][0] == 1
    assert done[-1][0] <= done[-1][1]
    assert not session.read_only
    session.undo()
    assert session.snapshot.issues == ()


@pytest.mark.parametrize("way", ["tick", "write"])
def test_an_import_that_is_left_is_taken_back_whole(
    session: LedgerSession, gate: threading.Event, tmp_path: Path, way: str
) -> None:
    captions: list[str] = []

    def work(ledger: Ledger, tick: Callable[[int, int], None]) -> None:
        def slow(so_far: int, total: int) -> None:
            if so_far == 300:
                gate.wait(30)
            if way == "tick":
                tick(so_far, total)

        importing.apply(ledger, a_big_plan(), tick=slow)

    def leave(dialog: ProgressDialog) -> None:
        dialog.reject()
        captions.append(dialog.caption.text())
        gate.set()

    when_shown(leave)
    with pytest.raises(CancelledError):
        edit_away(session, None, "正在导入…", work)
    assert captions == ["正在取消，已写入的内容会退回…"]
    assert session.snapshot.issues == ()
    assert session.undo_label is None
    session.edit(lambda ledger: importing.apply(ledger, a_big_plan()))
    assert len(session.snapshot.issues) == 600


def test_a_large_import_is_undone_and_redone_in_a_thread(
    session: LedgerSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    away: list[str] = []

    def note(session: LedgerSession, window: Any, caption: str, work: Any) -> object:
        away.append(caption)
        return edit_away(session, window, caption, work)

    monkeypatch.setattr(progress, "edit_away", note)
    session.edit(lambda ledger: importing.apply(ledger, a_big_plan()))
    window = QWidget()
    stepping.undo(session, window)
    assert session.snapshot.issues == ()
    stepping.redo(session, window)
    assert len(session.snapshot.issues) == 600
    assert away == ["正在撤销：导入整改通报《大》…", "正在恢复：导入整改通报《大》…"]


def test_quick_work_shows_no_dialog(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    def show(*_: object) -> None:
        raise AssertionError("shown")

    monkeypatch.setattr(progress, "_wait_in_sight", show)
    assert wait_for(None, "", lambda: 3) == 3


class TestALargeLedger:
    @pytest.fixture(autouse=True)
    def _large(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        a_ledger(tmp_path, *a_tree()).close()
        monkeypatch.setattr(file_calls, "_LARGE", 1)

    def test_it_is_read_off_the_windows_thread(
        self, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        in_the_window = threads_of(monkeypatch, Ledger, "open")
        window.take_file(tmp_path / "台账.zgtz")
        assert in_the_window == [False]
        assert len(window.session.snapshot.issues) == 6
        with window.session.write(lambda ledger: ledger.step("改")) as step:
            step.update(Issue, 1, title="在窗口的线程里改")
        assert window.session.snapshot.issues[0].title == "在窗口的线程里改"

    def test_left_it_stays_closed_and_is_not_locked(
        self, window: MainWindow, tmp_path: Path, gate: threading.Event, monkeypatch: pytest.MonkeyPatch, qtbot: Any
    ) -> None:
        real, closed = Ledger.open, threading.Event()

        def slow(path: Path, **named: Any) -> Ledger:
            gate.wait(30)
            return real(path, **named)

        def noted(ledger: Ledger) -> None:
            real_close(ledger)
            closed.set()

        real_close = Ledger.close
        monkeypatch.setattr(Ledger, "open", slow)
        monkeypatch.setattr(Ledger, "close", noted)
        when_shown(ProgressDialog.reject)
        window.take_file(tmp_path / "台账.zgtz")
        assert not window.session.is_open
        gate.set()
        assert closed.wait(30)
        window.take_file(tmp_path / "台账.zgtz")
        assert not window.session.read_only

    def test_what_is_wrong_with_it_is_said(self, window: MainWindow, tmp_path: Path, dialogs: Any) -> None:
        path = tmp_path / "坏.zgtz"
        path.write_bytes(b"no database" * 1000)
        dialogs.choices = ["关闭"]
        window.take_file(path)
        assert len(dialogs.shown) == 1
        assert not window.session.is_open
