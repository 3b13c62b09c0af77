# pyright: basic
"""The window keeps backups by itself, says when it cannot, and leads out of a damaged ledger."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from answers import Dialogs
from builders import a_ledger, a_tree
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from zhenggai_desktop.domain.records import Evidence, Issue, Milestone
from zhenggai_desktop.gui import messages, safety_calls
from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.dialogs.backups_dialog import BackupsDialog, Wish
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.services import backups
from zhenggai_desktop.services.ledger import Ledger

Leave = Callable[[BackupsDialog], None]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with a_ledger(tmp_path, *a_tree()) as ledger:
        return ledger.path


@pytest.fixture
def root(home: Path) -> Path:
    return home / "备份"


@pytest.fixture
def leaving(monkeypatch: pytest.MonkeyPatch) -> list[Leave]:
    """How the user leaves the list of backups, one time after the other."""
    ways: list[Leave] = []
    monkeypatch.setattr(BackupsDialog, "exec", lambda dialog: ways.pop(0)(dialog))  # noqa: PLW0108 - later
    return ways


def reasons(path: Path, root: Path) -> list[str]:
    return [backup.reason for backup in backups.listed(path, root)]


def rename(window: MainWindow, title: str) -> None:
    def work(ledger: Ledger) -> None:
        with ledger.step("改名") as writer:
            writer.update(Issue, 1, title=title)

    window.session.edit(work)


def reason_of(dialog: BackupsDialog) -> str:
    newest = dialog.list.topLevelItem(0)
    return newest.text(1) if newest else ""


def title_of(window: MainWindow) -> str:
    return next(issue.title for issue in window.session.snapshot.issues if issue.id == 1)


def test_a_ledger_is_backed_up_when_opened_and_when_closed_if_it_changed(
    window: MainWindow, path: Path, root: Path
) -> None:
    window.take_file(path)
    assert reasons(path, root) == ["打开时"]
    window.perform(Call.CLOSE)
    assert reasons(path, root) == ["打开时"]
    window.take_file(path)
    rename(window, "改过")
    window.perform(Call.CLOSE)
    assert not window.session.is_open
    assert reasons(path, root) == ["关闭时", "打开时"]


def test_a_failed_backup_is_said_before_closing_with_choices(
    window: MainWindow, path: Path, root: Path, dialogs: Dialogs, tmp_path: Path
) -> None:
    root.write_bytes(b"a file where the folder should be")
    window.take_file(path)
    assert "没有备份成功" in window.statusBar().currentMessage()
    dialogs.choices = [safety_calls.BACK]
    window.perform(Call.CLOSE)
    assert window.session.is_open
    assert "台账本身已经保存" in dialogs.shown[-1]
    dialogs.choices = [safety_calls.AGAIN, safety_calls.ELSEWHERE]
    dialogs.files = [tmp_path / "别处.zgtz"]
    window.perform(Call.CLOSE)
    assert not window.session.is_open
    assert (tmp_path / "别处.zgtz").is_file()
    window.take_file(path)
    dialogs.choices = [safety_calls.WITHOUT]
    assert window.close()


def test_the_list_shows_what_differs_and_restores(
    window: MainWindow, path: Path, root: Path, leaving: list[Leave]
) -> None:
    window.take_file(path)
    old = title_of(window)
    rename(window, "改过的题目")

    def restore(dialog: BackupsDialog) -> None:
        assert dialog.list.topLevelItemCount() == 1
        assert reason_of(dialog) == "打开时"
        assert f"改回“{old}”" in dialog.difference.toPlainText()
        dialog.restore_button.click()

    leaving.append(restore)
    window.perform(Call.BACKUPS)
    assert title_of(window) == old
    assert "恢复前" in reasons(path, root)


def test_a_backup_of_a_copy_says_where_it_is_from_and_is_not_the_one_that_is_selected(
    window: MainWindow, path: Path, root: Path, leaving: list[Leave]
) -> None:
    window.take_file(path)
    old = title_of(window)
    copy = path.with_name("副本.zgtz")
    shutil.copyfile(path, copy)
    with Ledger.open(copy) as other, other.step("改名") as writer:
        writer.update(Issue, 1, title="副本里的")
    backups.back_up(copy, root, backups.ON_DEMAND)
    rename(window, "改过")

    def look(dialog: BackupsDialog) -> None:
        first, second = dialog.list.topLevelItem(0), dialog.list.topLevelItem(1)
        assert first is not None
        assert second is not None
        assert not dialog.list.isColumnHidden(4)
        assert (first.text(4), first.toolTip(4), second.text(4)) == ("副本.zgtz", str(copy), "")
        assert second.isSelected()
        assert dialog.difference.toPlainText().startswith("恢复到这一份将改变")
        dialog.list.setCurrentItem(first)
        assert f"来自 {copy}" in dialog.difference.toPlainText()
        dialog.list.setCurrentItem(second)
        dialog.restore_button.click()

    leaving.append(look)
    window.perform(Call.BACKUPS)
    assert title_of(window) == old

    def look_again(dialog: BackupsDialog) -> None:
        for at in range(dialog.list.topLevelItemCount()):
            item = dialog.list.topLevelItem(at)
            assert item is not None
            assert item.text(1) != "手动"
        assert dialog.list.isColumnHidden(4)

    theirs = next(one for one in backups.listed(path, root) if one.reason == "手动")
    backups.BackupStore(theirs.path.parent).drop(theirs)
    leaving.append(look_again)
    window.perform(Call.BACKUPS)


def test_a_ledger_that_others_write_is_not_replaced_by_its_backup(
    window: MainWindow, path: Path, leaving: list[Leave], dialogs: Dialogs
) -> None:
    window.take_file(path)
    window.perform(Call.CLOSE)

    def look(dialog: BackupsDialog) -> None:
        assert [button.isEnabled() for button in (dialog.now_button, dialog.restore_button, dialog.to_button)] == [
            False, False, True,
        ]  # fmt: skip
        assert dialog.difference.toPlainText().startswith("台账现在以只读方式打开，不能恢复到这一份")

    with Ledger.open(path) as other:
        with other.step("改名") as writer:
            writer.update(Issue, 1, title="别人改的")
        dialogs.choices = ["以只读方式打开"]
        window.take_file(path)
        leaving.append(look)
        window.perform(Call.BACKUPS)
        assert (window.session.is_open, title_of(window)) == (True, "别人改的")


def test_a_ledger_that_is_taken_while_it_is_restored_stays_open_to_read(
    window: MainWindow, path: Path, leaving: list[Leave], dialogs: Dialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.take_file(path)
    others: list[Ledger] = []
    restore_into = backups.restore_into

    def taken(*given: object, **more: object) -> object:
        others.append(Ledger.open(path))
        return restore_into(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(backups, "restore_into", taken)
    leaving.append(lambda dialog: dialog.restore_button.click())
    dialogs.choices = ["关闭"]
    window.perform(Call.BACKUPS)
    assert "上编辑" in dialogs.shown[-1]
    assert (window.session.is_open, window.session.read_only) == (True, True)
    others[0].close()


def test_evidence_that_no_backup_has_is_told_after_restoring(
    window: MainWindow, path: Path, leaving: list[Leave], dialogs: Dialogs
) -> None:
    with Ledger.open(path) as ledger, ledger.step("添加佐证材料") as writer:
        writer.add(Evidence(title="照片", file_name="照片_12345678.jpg", sha256="1" * 64, size=3))
    window.take_file(path)
    rename(window, "改过")
    dialogs.choices = ["关闭"]
    leaving.append(lambda dialog: dialog.restore_button.click())
    window.perform(Call.BACKUPS)
    assert dialogs.shown[-1].startswith("台账已经恢复，但有1份佐证材料的文件没有回来。")


def test_a_missing_file_of_the_evidence_is_no_reason_to_rescue_the_ledger(
    window: MainWindow, path: Path, dialogs: Dialogs
) -> None:
    with Ledger.open(path) as ledger, ledger.step("添加佐证材料") as writer:
        writer.add(Evidence(title="照片", file_name="照片_12345678.jpg", sha256="1" * 64, size=3))
    window.take_file(path)
    dialogs.choices = ["关闭"]
    window.perform(Call.CHECK)
    assert dialogs.shown[-1].startswith("1份佐证材料的文件对不上。台账文件本身完好。")


def test_a_paper_that_no_copy_has_is_told_with_its_milestone(window: MainWindow, path: Path, dialogs: Dialogs) -> None:
    with Ledger.open(path) as ledger, ledger.step("登记") as writer:
        writer.add(Milestone(kind="反馈会", files=("材料/反馈会记录.docx", "签到表")))
    window.take_file(path)
    dialogs.choices = ["关闭"]
    window.perform(Call.CHECK)
    assert dialogs.shown[-1].startswith("1份流程节点的材料台账没有保存。台账文件本身完好。")


def test_a_backup_on_demand_stands_in_the_list_at_once(
    window: MainWindow, path: Path, root: Path, leaving: list[Leave]
) -> None:
    window.take_file(path)

    def look(dialog: BackupsDialog) -> None:
        assert reason_of(dialog) == "手动"
        assert dialog.difference.toPlainText() == "与现在的台账没有不同。"

    leaving += [lambda dialog: dialog.now_button.click(), look]
    window.perform(Call.BACKUPS)
    assert reasons(path, root) == ["手动", "打开时"]


def test_a_damaged_ledger_is_rescued_into_a_new_one_that_is_opened(
    window: MainWindow, path: Path, dialogs: Dialogs
) -> None:
    damaged = bytes(100) + path.read_bytes()[100:]
    path.write_bytes(damaged)
    dialogs.choices = [safety_calls.RESCUE, "关闭"]
    window.take_file(path)
    assert window.session.path == path.with_name("台账-修复.zgtz")
    assert "已经损坏" in dialogs.shown[0]
    assert "没有发现丢失的内容" in dialogs.shown[1]
    assert path.read_bytes() == damaged


def test_a_damaged_ledger_is_restored_from_its_backup(
    window: MainWindow, path: Path, dialogs: Dialogs, leaving: list[Leave]
) -> None:
    window.take_file(path)
    old = title_of(window)
    window.perform(Call.CLOSE)
    path.write_bytes(bytes(100) + path.read_bytes()[100:])
    dialogs.choices = [safety_calls.RESTORE]

    def restore(dialog: BackupsDialog) -> None:
        assert "打不开" in dialog.difference.toPlainText()
        dialog.restore_button.click()

    leaving.append(restore)
    window.take_file(path)
    assert title_of(window) == old
    assert len(list(path.parent.glob("台账.损坏-*.zgtz"))) == 1


def test_the_check_says_that_all_is_well(window: MainWindow, path: Path, dialogs: Dialogs) -> None:
    window.take_file(path)
    dialogs.choices = ["关闭"]
    window.perform(Call.CHECK)
    assert dialogs.shown == ["台账文件完好，没有发现问题。"]


def test_the_list_can_be_left_without_anything(window: MainWindow, path: Path, leaving: list[Leave]) -> None:
    window.take_file(path)

    def leave(dialog: BackupsDialog) -> None:
        assert dialog.wish is Wish.NOTHING
        dialog.reject()

    leaving.append(leave)
    window.perform(Call.BACKUPS)
    assert window.session.is_open


def test_a_ledger_is_backed_up_when_another_takes_its_place(
    window: MainWindow, path: Path, root: Path, dialogs: Dialogs, tmp_path: Path
) -> None:
    (tmp_path / "别处").mkdir()
    with a_ledger(tmp_path / "别处", *a_tree(1, 1, 1)) as other:
        another = other.path
    window.take_file(path)
    rename(window, "改过")
    window.take_file(another)
    assert window.session.path == another
    assert reasons(path, root) == ["关闭时", "打开时"]
    rename(window, "也改过")
    dialogs.files = [tmp_path / "新的.zgtz"]
    window.perform(Call.NEW)
    assert window.session.path == tmp_path / "新的.zgtz"
    assert reasons(another, root) == ["关闭时", "打开时"]


def test_the_user_can_stay_where_the_backup_before_another_ledger_fails(
    window: MainWindow, path: Path, root: Path, dialogs: Dialogs, tmp_path: Path
) -> None:
    with a_ledger(tmp_path, *a_tree(1, 1, 1), name="另一个.zgtz") as other:
        another = other.path
    root.write_bytes(b"a file where the folder should be")
    window.take_file(path)
    rename(window, "改过")
    pointers: list[object] = []
    answer = dialogs.answer_message

    def look(box: QMessageBox, buttons: list[QPushButton]) -> str:
        pointers.append(QApplication.overrideCursor())
        return answer(box, buttons)

    for stays, choice in ((True, safety_calls.BACK), (False, safety_calls.WITHOUT)):
        dialogs.choices = [choice]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(messages, "_answer", look)
            window.take_file(another)
        assert window.session.path == (path if stays else another)
    assert pointers == [None, None]
    Ledger.open(path).close()  # nobody holds it any more


def test_a_failed_backup_before_a_new_ledger_makes_none(
    window: MainWindow, path: Path, root: Path, dialogs: Dialogs, tmp_path: Path
) -> None:
    root.write_bytes(b"a file where the folder should be")
    window.take_file(path)
    dialogs.files, dialogs.choices = [tmp_path / "新的.zgtz"], [safety_calls.BACK]
    window.perform(Call.NEW)
    assert window.session.path == path
    assert not (tmp_path / "新的.zgtz").exists()
