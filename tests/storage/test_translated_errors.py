"""What SQLite reports of a ledger's file, in a clerk's words; what only a bug can cause passes as it is."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from builders import a_ledger, a_tree

from zhenggai_desktop.domain.records import Section
from zhenggai_desktop.errors import (
    LedgerDamagedError,
    LedgerFileError,
    LedgerLockedError,
    LedgerReadOnlyError,
)
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.storage.ledger_file import translated, understood

PATH = Path("台账.zgtz")


def reported(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError("x")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "error", "said"),
    [
        (sqlite3.SQLITE_CORRUPT, LedgerDamagedError, "台账“台账.zgtz”已经损坏"),
        (sqlite3.SQLITE_CORRUPT_INDEX, LedgerDamagedError, "已经损坏"),
        (sqlite3.SQLITE_NOTADB, LedgerDamagedError, "已经损坏"),
        (sqlite3.SQLITE_BUSY, LedgerLockedError, "正被另一个程序占用"),
        (sqlite3.SQLITE_LOCKED, LedgerLockedError, "正被另一个程序占用"),
        (sqlite3.SQLITE_READONLY, LedgerReadOnlyError, "所在的位置不能写入"),
        (sqlite3.SQLITE_READONLY_DIRECTORY, LedgerReadOnlyError, "所在的位置不能写入"),
        (sqlite3.SQLITE_READONLY_DBMOVED, LedgerFileError, "被改名、移走，或者换成了另一个文件"),
        (sqlite3.SQLITE_READONLY_ROLLBACK, LedgerReadOnlyError, "上次没有正常关闭"),
        (sqlite3.SQLITE_FULL, LedgerFileError, "磁盘已满"),
        (sqlite3.SQLITE_IOERR, LedgerFileError, "磁盘出错"),
        (sqlite3.SQLITE_IOERR_WRITE, LedgerFileError, "磁盘出错"),
        (sqlite3.SQLITE_CANTOPEN, LedgerFileError, "无法打开台账"),
        (sqlite3.SQLITE_PERM, LedgerFileError, "无法打开台账"),
    ],
)
def test_each_report_has_its_sentence(code: int, error: type[LedgerFileError], said: str) -> None:
    for guard in (translated, understood):
        with pytest.raises(error, match=said) as caught, guard(PATH):
            raise reported(code)
        assert type(caught.value) is error
        assert caught.value.what_to_do


@pytest.mark.parametrize("error", [reported(sqlite3.SQLITE_ERROR), sqlite3.ProgrammingError("closed")])
def test_what_only_a_bug_can_cause_passes_unchanged(error: sqlite3.Error) -> None:
    with pytest.raises(sqlite3.Error) as caught, translated(PATH):
        raise error
    assert caught.value is error


@pytest.mark.parametrize(
    "error", [ValueError("NULL"), KeyError("gone"), TypeError("x"), reported(sqlite3.SQLITE_ERROR)]
)
def test_what_reading_cannot_make_sense_of_is_damage(error: Exception) -> None:
    with pytest.raises(LedgerDamagedError, match="已经损坏"), understood(PATH):
        raise error


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM facts",
        "a second row about the ledger",
        "DROP TABLE waivers",
        "ALTER TABLE sections RENAME COLUMN title TO name",
    ],
)
def test_a_file_with_our_mark_that_was_taken_apart_is_damaged(tmp_path: Path, statement: str) -> None:
    with a_ledger(tmp_path, *a_tree(1, 1, 1)) as ledger:
        path = ledger.path
    connection = sqlite3.connect(path)
    with connection:
        if statement.startswith("a second row"):
            connection.execute("PRAGMA ignore_check_constraints = ON")
            columns = [name for (name,) in connection.execute("SELECT name FROM pragma_table_info('facts')")]
            rest = ", ".join(columns[2:])
            connection.execute(f"INSERT INTO facts (id, uid, {rest}) SELECT 2, 'x', {rest} FROM facts")
        else:
            connection.execute(statement)
    connection.close()
    with pytest.raises(LedgerDamagedError, match="已经损坏"):
        Ledger.open(path)
    with pytest.raises(LedgerDamagedError, match="已经损坏"):
        Ledger.open(path, read_only=True)


def test_a_ledger_that_another_program_writes_is_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhenggai_desktop.storage.ledger_file._WAIT", 0.05)
    with a_ledger(tmp_path) as made:
        path = made.path
    other = sqlite3.connect(path, isolation_level=None)
    with Ledger.open(path) as ledger:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerLockedError, match="正被另一个程序占用"), ledger.step("改") as writer:
            writer.add(Section(title="甲"))
        other.execute("ROLLBACK")
        with ledger.step("改") as writer:
            writer.add(Section(title="甲"))
        assert [section.title for section in ledger.snapshot.sections] == ["甲"]
    other.close()


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be renamed there")
def test_a_ledger_that_was_renamed_while_it_was_open_says_so(tmp_path: Path) -> None:
    with a_ledger(tmp_path, *a_tree(1, 1, 0)) as ledger:
        ledger.path.rename(tmp_path / "旧台账.zgtz")
        with pytest.raises(LedgerFileError, match="被改名、移走，或者换成了另一个文件"), ledger.step("改") as writer:
            writer.update(Section, 1, title="改过")
