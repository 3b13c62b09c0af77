"""Creating and opening: whole files only, and for every other file a sentence that helps."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import a_ledger, a_tree
from damage import write_by_hand

from zhenggai_desktop.domain.records import Issue, Measure, Section
from zhenggai_desktop.errors import (
    LedgerDamagedError,
    LedgerExistsError,
    LedgerFileError,
    LedgerLockedError,
    LedgerMissingError,
    LedgerReadOnlyError,
    LedgerTooNewError,
    NotALedgerError,
    TargetError,
)
from zhenggai_desktop.services.checking import check_file
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.repairing import repair
from zhenggai_desktop.storage import ledger_file, schema

NOBODY = 65534


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """A closed ledger with some rows."""
    ledger = a_ledger(tmp_path, *a_tree(3, 10, 3))
    ledger.close()
    return ledger.path


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder of somebody without rights over files that are not his; root may write everything."""
    folder = Path(tempfile.mkdtemp())
    try:
        if sys.platform != "win32" and os.geteuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, 0)
            try:
                yield folder
            finally:
                os.setresuid(0, 0, 0)
        else:
            yield folder
    finally:
        folder.chmod(0o700)
        shutil.rmtree(folder)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def set_header(path: Path, pragma: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA {pragma}")
    connection.commit()
    connection.close()


def test_a_new_ledger_stands_alone_in_its_folder_when_it_is_closed(tmp_path: Path) -> None:
    a_ledger(tmp_path, Section()).close()
    assert names(tmp_path) == ["台账.zgtz"]


def test_a_new_ledger_never_overwrites_a_file(tmp_path: Path) -> None:
    (tmp_path / "台账.zgtz").write_text("别的内容", encoding="utf-8")
    with pytest.raises(LedgerExistsError, match="已经存在"):
        a_ledger(tmp_path)
    assert (tmp_path / "台账.zgtz").read_text(encoding="utf-8") == "别的内容"
    assert names(tmp_path) == ["台账.zgtz"]


def test_a_new_ledger_never_meets_the_journal_of_an_old_one(tmp_path: Path) -> None:
    (tmp_path / "台账.zgtz-journal").write_bytes(b"half a step")
    with pytest.raises(LedgerExistsError, match="没有做完"):
        a_ledger(tmp_path)
    assert names(tmp_path) == ["台账.zgtz-journal"]


def test_a_new_ledger_needs_its_folder(tmp_path: Path) -> None:
    with pytest.raises(LedgerFileError, match="文件夹"):
        a_ledger(tmp_path / "没有")


def test_a_failure_while_creating_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE half (id)")
        raise MemoryError

    monkeypatch.setattr(schema, "migrate", fail)
    with pytest.raises(MemoryError):
        a_ledger(tmp_path)
    assert names(tmp_path) == []


def test_the_connection_keeps_every_edit_safe(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        pragmas = {
            name: ledger._file.connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "delete", "synchronous": 3, "foreign_keys": 1}


@pytest.mark.parametrize("name", ["有 空格.zgtz", "百分%20号#问?号.zgtz", "台账（三稿）.zgtz"])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    if sys.platform == "win32" and "?" in name:
        pytest.skip("no such name there")
    a_ledger(tmp_path, Section()).close()
    (tmp_path / "台账.zgtz").rename(tmp_path / name)  # somebody else's name: we would give none with a question mark
    with Ledger.open(tmp_path / name) as ledger:
        assert len(ledger.snapshot.sections) == 1
    with Ledger.open(tmp_path / name, read_only=True) as ledger:
        assert len(ledger.snapshot.sections) == 1
    assert names(tmp_path) == [name]


def test_a_relative_path_stays_good_when_the_program_moves(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(closed.parent)
    with Ledger.open(Path(closed.name)) as ledger:
        monkeypatch.chdir("/")
        assert ledger.path == closed
        ledger.backup(closed.parent / "备份.zgtz")


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(LedgerMissingError, match="找不到"):
        Ledger.open(tmp_path / "没有.zgtz")
    assert names(tmp_path) == []


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(NotALedgerError, match="文件夹"):
        Ledger.open(tmp_path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a workbook", "反馈意见".encode(), b"\x00" * 200])
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "文档.zgtz"
    path.write_bytes(content)
    with pytest.raises(NotALedgerError, match="不是整改台账"):
        Ledger.open(path)
    assert path.read_bytes() == content
    assert names(tmp_path) == ["文档.zgtz"]


def test_another_programs_database(tmp_path: Path) -> None:
    path = tmp_path / "别的.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE facts (id)")
    connection.close()
    with pytest.raises(NotALedgerError):
        Ledger.open(path)


def test_a_newer_format(closed: Path) -> None:
    set_header(closed, f"user_version = {schema.FORMAT_VERSION + 1}")
    with pytest.raises(LedgerTooNewError, match="升级"):
        Ledger.open(closed)
    with pytest.raises(LedgerTooNewError):
        Ledger.open(closed, read_only=True)


def test_half_a_file(closed: Path) -> None:
    content = closed.read_bytes()
    closed.write_bytes(content[: len(content) // 2])
    with pytest.raises(LedgerDamagedError, match="损坏"):
        Ledger.open(closed)


def test_a_file_with_a_hole(closed: Path) -> None:
    content = bytearray(closed.read_bytes())
    content[20480:24576] = b"\xff" * 4096
    closed.write_bytes(content)
    with pytest.raises(LedgerDamagedError, match="备份"):
        Ledger.open(closed)


def test_a_ledger_whose_first_line_is_destroyed(closed: Path) -> None:
    content = bytearray(closed.read_bytes())
    content[:16] = b"\x00" * 16
    closed.write_bytes(content)
    with pytest.raises(LedgerDamagedError):
        Ledger.open(closed)


@pytest.mark.parametrize("statement", ["DROP TABLE measures", "DELETE FROM facts", "DROP TABLE step_images"])
def test_a_ledger_that_was_taken_apart(closed: Path, statement: str) -> None:
    connection = sqlite3.connect(closed)
    connection.execute(statement)
    connection.commit()
    connection.close()
    for read_only in (False, True):
        with pytest.raises(LedgerDamagedError):
            Ledger.open(closed, read_only=read_only)
    assert names(closed.parent) == ["台账.zgtz"]


@pytest.mark.parametrize(
    "statements",
    [
        ["UPDATE measures SET issue_id = 99 WHERE id = 2"],
        ["UPDATE issues SET section_id = 99 WHERE id = 1"],
        ["DELETE FROM issues WHERE id = 2"],
        [f"UPDATE issues SET section_id = NULL, parent_id = {5 - at} WHERE id = {at}" for at in (2, 3)],
    ],
    ids=["measure without issue", "issue without section", "issue gone", "circle"],
)
def test_a_ledger_whose_rows_do_not_hang_together_is_refused(tmp_path: Path, statements: list[str]) -> None:
    with a_ledger(tmp_path, *a_tree(2, 3, 2)) as ledger:
        path = ledger.path
    write_by_hand(path, *statements)
    before = path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(LedgerDamagedError, match="抢救"):
            Ledger.open(path, read_only=read_only)
    assert check_file(path)
    assert path.read_bytes() == before
    with Ledger.open(repair(path).path) as rescued:
        assert rescued.outline.count(Measure) == 12  # 2 × 3 × 2
        assert len([*rescued.outline.walk()]) == rescued.outline.count(Issue)
        assert rescued.check() == ()


def test_a_ledger_that_somebody_is_editing(tmp_path: Path) -> None:
    with a_ledger(tmp_path, Section(), who="张三") as ledger:
        with pytest.raises(LedgerLockedError, match=r"张三.*只读"):
            Ledger.open(ledger.path)
        with Ledger.open(ledger.path, read_only=True) as reader:
            assert reader.snapshot == ledger.snapshot
    Ledger.open(ledger.path).close()


def test_a_failed_opening_leaves_no_lock_behind(closed: Path) -> None:
    intact = closed.read_bytes()
    closed.write_bytes(intact[: len(intact) // 2])
    with pytest.raises(LedgerDamagedError):
        Ledger.open(closed)
    closed.write_bytes(intact)
    Ledger.open(closed).close()


def test_reading_creates_nothing_beside_the_file(closed: Path) -> None:
    with Ledger.open(closed, read_only=True) as reader:
        assert reader.read_only
        assert names(closed.parent) == [closed.name]


def test_a_program_that_holds_the_file_without_our_lock(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_file, "_WAIT", 0.01)
    with Ledger.open(closed) as ledger:
        other = sqlite3.connect(closed, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LedgerLockedError, match="占用"), ledger.step("改") as writer:
            writer.add(Section())
        other.close()
        with ledger.step("改") as writer:
            writer.add(Section())


def test_a_full_disk_loses_the_step_and_nothing_else(closed: Path) -> None:
    with Ledger.open(closed) as ledger:
        before = ledger.snapshot
        pages = ledger._file.connection.execute("PRAGMA page_count").fetchone()[0]
        ledger._file.connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(LedgerFileError, match="磁盘已满"), ledger.step("改") as writer:
            writer.add_many(list(a_tree(20, 5, 1)))
        assert ledger.snapshot == before
        assert ledger.undo_label == "建立"


@pytest.mark.skipif(sys.platform == "win32", reason="counts signs, and the path of a test is short")
def test_a_name_or_a_path_that_is_too_long_is_said(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match="太长"):
        a_ledger(tmp_path, name=f"{'长' * 80}.zgtz")
    deep = tmp_path / ("深" * 80) / ("处" * 80)
    deep.mkdir(parents=True)
    with pytest.raises(LedgerFileError, match="所在的路径太长，打不开"):
        a_ledger(deep)


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such rights there")
def test_a_ledger_in_a_folder_that_cannot_be_written_opens_to_read(unprivileged: Path) -> None:
    a_ledger(unprivileged, Section()).close()
    unprivileged.chmod(0o500)
    with Ledger.open(unprivileged / "台账.zgtz") as ledger:
        assert ledger.read_only
        assert len(ledger.snapshot.sections) == 1
        with pytest.raises(LedgerReadOnlyError, match="所在的位置不能写入"):
            ledger.undo()
    with (
        Ledger.open(unprivileged / "台账.zgtz", read_only=True) as ledger,
        pytest.raises(LedgerReadOnlyError, match="是以只读方式打开的"),
    ):
        ledger.undo()
    with pytest.raises(LedgerFileError, match="新建"):
        a_ledger(unprivileged, name="新.zgtz")


@pytest.mark.skipif(sys.platform == "win32", reason="read with other rights there")
def test_a_ledger_that_is_marked_read_only_opens_to_read(unprivileged: Path) -> None:
    a_ledger(unprivileged, Section()).close()
    (unprivileged / "台账.zgtz").chmod(0o400)
    with Ledger.open(unprivileged / "台账.zgtz") as ledger:
        assert ledger.read_only
    assert names(unprivileged) == ["台账.zgtz"]


@pytest.mark.skipif(sys.platform == "win32", reason="read with other rights there")
def test_a_ledger_that_may_not_be_read(unprivileged: Path) -> None:
    a_ledger(unprivileged).close()
    (unprivileged / "台账.zgtz").chmod(0)
    with pytest.raises(LedgerFileError, match="权限"):
        Ledger.open(unprivileged / "台账.zgtz")


def interrupt_a_step(ledger: Ledger, folder: Path) -> None:
    """Write much, copy the files as a crash at this moment would leave them, and break off."""
    with ledger.step("改") as writer:
        writer.add_many(list(a_tree(30, 10, 3)))
        for name in (ledger.path.name, f"{ledger.path.name}-journal"):
            shutil.copyfile(ledger.path.with_name(name), folder / name)
        raise KeyboardInterrupt


def test_a_crash_in_the_middle_of_a_step_is_rolled_back_by_the_next_opening(closed: Path, tmp_path: Path) -> None:
    crashed = tmp_path / "当时"
    crashed.mkdir()
    with Ledger.open(closed) as ledger:
        before = ledger.snapshot
        ledger._file.connection.execute("PRAGMA cache_size = 1")  # so that pages reach the file before the commit
        with pytest.raises(KeyboardInterrupt):
            interrupt_a_step(ledger, crashed)
    assert (crashed / closed.name).read_bytes() != closed.read_bytes()
    with pytest.raises(LedgerReadOnlyError, match="没有正常关闭"):
        Ledger.open(crashed / closed.name, read_only=True)
    with Ledger.open(crashed / closed.name) as again:
        assert again.snapshot == before
        assert again.check() == ()


@pytest.mark.parametrize("content", [b"", bytes(512), bytes(8) + b"pages"])
def test_a_journal_that_was_never_written_is_cleared_away(content: bytes, closed: Path) -> None:
    journal = closed.with_name(f"{closed.name}-journal")
    journal.write_bytes(content)
    Ledger.open(closed, read_only=True).close()
    assert journal.exists()
    Ledger.open(closed).close()
    assert not journal.exists()


def test_an_older_format_is_copied_and_then_brought_up_to_date(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_header(closed, "user_version = 0")
    before = closed.read_bytes()
    monkeypatch.setattr(schema, "migrate", lambda connection: connection.execute("PRAGMA user_version = 1"))
    Ledger.open(closed, read_only=True).close()
    assert (closed.read_bytes(), names(closed.parent)) == (before, [closed.name])
    Ledger.open(closed).close()
    (copy,) = closed.with_name("台账-备份").glob("0001-*-格式0升级前.zgtz")
    assert names(closed.parent) == sorted(["台账-备份", closed.name])
    assert len(copy.read_bytes()) == len(before)
    set_header(copy, "user_version = 1")
    with Ledger.open(copy) as old, Ledger.open(closed) as new:
        assert old.snapshot == new.snapshot


def test_what_a_killed_run_left_beside_the_ledger_goes_after_a_day(closed: Path) -> None:
    left = [closed.with_name(f".{closed.name}.0123abcd.tmp{ending}") for ending in ("", "-journal")]
    kept = [closed.with_name(name) for name in (f".{closed.name}.fedc3210.tmp", ".别的.zgtz.0123abcd.tmp", "我的.tmp")]
    for path in (*left, *kept):
        path.write_bytes(b"half")
        os.utime(path, (1_000_000_000, 1_000_000_000))
    os.utime(kept[0])
    Ledger.open(closed, read_only=True).close()
    assert all(path.exists() for path in left)
    Ledger.open(closed).close()
    assert names(closed.parent) == sorted([closed.name, *(path.name for path in kept)])
