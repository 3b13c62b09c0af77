"""Copies that can be relied on, and that harm nothing that stands in their place."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from builders import a_ledger, a_tree

from zhenggai_desktop.domain.records import Section
from zhenggai_desktop.errors import LedgerFileError, TargetError
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.storage import backup
from zhenggai_desktop.storage.purging import purge_log


def test_a_backup_holds_everything_the_history_included(tmp_path: Path) -> None:
    with a_ledger(tmp_path, *a_tree()) as ledger:
        copy = ledger.backup(tmp_path / "备份.zgtz")
        with Ledger.open(copy) as opened:
            assert opened.snapshot == ledger.snapshot
            assert opened.history() == ledger.history()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["台账.zgtz", "备份.zgtz"]


def test_a_folder_as_destination_means_the_same_name_there(tmp_path: Path) -> None:
    (tmp_path / "优盘").mkdir()
    with a_ledger(tmp_path, Section()) as ledger:
        assert ledger.backup(tmp_path / "优盘") == tmp_path / "优盘" / "台账.zgtz"


def test_an_older_backup_is_replaced(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        ledger.backup(tmp_path / "备份.zgtz")
        with ledger.step("新增") as writer:
            writer.add(Section(title="新"))
        ledger.backup(tmp_path / "备份.zgtz")
    with Ledger.open(tmp_path / "备份.zgtz") as copy:
        assert [section.title for section in copy.snapshot.sections] == ["新"]


def test_a_copy_with_changes_that_are_unknown_here_is_never_replaced(tmp_path: Path) -> None:
    with a_ledger(tmp_path, Section(title="原")) as ledger:
        copy = ledger.backup(tmp_path / "副本.zgtz")
        with Ledger.open(copy) as elsewhere, elsewhere.step("新增") as writer:
            writer.add(Section(title="同事在优盘上加的"))
        before = copy.read_bytes()
        with ledger.step("新增") as writer:
            writer.add(Section(title="这里加的"))
        with pytest.raises(TargetError, match="里有这个台账没有的修改") as refused:
            ledger.backup(copy)
        assert "合并台账副本" in refused.value.what_to_do
        assert copy.read_bytes() == before
        ledger.backup(tmp_path / "另一份.zgtz")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["副本.zgtz", "另一份.zgtz", "台账.zgtz"]


def test_a_copy_without_history_is_replaced_as_long_as_nobody_changed_it(tmp_path: Path) -> None:
    with a_ledger(tmp_path, Section(title="原")) as ledger:
        copy = ledger.backup(tmp_path / "副本.zgtz")
        purge_log(copy)
        ledger.backup(copy)
        purge_log(copy)
        with Ledger.open(copy) as elsewhere, elsewhere.step("新增") as writer:
            writer.add(Section(title="别处加的"))
        with pytest.raises(TargetError, match="这个台账没有的修改"):
            ledger.backup(copy)


def test_a_reader_can_take_a_backup_too(tmp_path: Path) -> None:
    with a_ledger(tmp_path, Section()) as ledger, Ledger.open(ledger.path, read_only=True) as reader:
        reader.backup(tmp_path / "备份.zgtz")
    with Ledger.open(tmp_path / "备份.zgtz") as copy:
        assert len(copy.snapshot.sections) == 1


def test_another_ledger_or_file_is_never_replaced(tmp_path: Path) -> None:
    a_ledger(tmp_path, name="别人的.zgtz").close()
    (tmp_path / "报告.docx").write_bytes(b"PK")
    empty = sqlite3.connect(tmp_path / "空.db")
    empty.execute("CREATE TABLE facts (uid)")
    empty.close()
    with a_ledger(tmp_path) as ledger:
        for name in ("别人的.zgtz", "报告.docx", "空.db"):
            before = (tmp_path / name).read_bytes()
            with pytest.raises(TargetError, match="不是这个台账的备份"):
                ledger.backup(tmp_path / name)
            assert (tmp_path / name).read_bytes() == before


def test_the_ledger_itself_is_no_place_for_its_backup(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        for destination in (ledger.path, tmp_path):
            with pytest.raises(TargetError, match="自己的位置"):
                ledger.backup(destination)


def test_a_backup_that_was_not_closed_is_not_replaced(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        ledger.backup(tmp_path / "备份.zgtz")
        (tmp_path / "备份.zgtz-journal").write_bytes(b"")
        with pytest.raises(TargetError, match="没有正常关闭"):
            ledger.backup(tmp_path / "备份.zgtz")


def test_a_destination_without_folder_is_told(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger, pytest.raises(TargetError, match="文件夹"):
        ledger.backup(tmp_path / "没有" / "备份.zgtz")


def test_a_copy_that_fails_its_check_replaces_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def copy_badly(connection: sqlite3.Connection, target: Path) -> None:
        target.write_bytes(b"half")
        raise LedgerFileError("备份没有通过完整性检查")

    with a_ledger(tmp_path) as ledger:
        copy = ledger.backup(tmp_path / "备份.zgtz")
        before = copy.read_bytes()
        monkeypatch.setattr(backup, "_copy", copy_badly)
        with pytest.raises(LedgerFileError, match="完整性"):
            ledger.backup(copy)
    assert copy.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["台账.zgtz", "备份.zgtz"]


def test_a_free_name_is_found_by_counting(tmp_path: Path) -> None:
    wanted = tmp_path / "台账.zgtz"
    assert backup.free_path(wanted) == wanted
    wanted.touch()
    (tmp_path / "台账 (2).zgtz").touch()
    assert backup.free_path(wanted) == tmp_path / "台账 (3).zgtz"
