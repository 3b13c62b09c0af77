"""A ledger of each format that was ever released opens for ever, with every value and its whole history.

The files under ``formats`` are never written again once their format is released.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import shutil
import sqlite3
import struct
from pathlib import Path
from typing import Any

import pytest
from builders import filled, one_of_each

from zhenggai_desktop.domain.changes import StepKind
from zhenggai_desktop.domain.records import SNAPSHOT_FIELDS, Department, LedgerFacts
from zhenggai_desktop.errors import LedgerReadOnlyError, LedgerTooNewError, TargetError
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.storage.schema import FORMAT_VERSION

FORMATS = Path(__file__).parent / "formats"
#: What each format added to the facts: empty where a file comes from before it.
ADDED: dict[int, dict[str, object]] = {2: {"rules": ""}}


def write_format(path: Path) -> None:
    """How the file of the newest format is made, once, before that format is released."""
    with Ledger.create(path, filled(LedgerFacts), who="张三") as ledger:
        with ledger.step("建立") as writer:
            writer.add_many(one_of_each())
        with ledger.step("修改") as writer:
            writer.update(Department, 1, name="改过的名称")
        ledger.undo()


@pytest.fixture(params=range(1, FORMAT_VERSION + 1))
def version(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def old_ledger(version: int, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(FORMATS / f"format-{version}.zgtz", tmp_path / "旧台账.zgtz"))


def test_every_value_is_there(old_ledger: Path, version: int) -> None:
    later = {name: value for added, fields in ADDED.items() if added > version for name, value in fields.items()}
    with Ledger.open(old_ledger) as ledger:
        snapshot: Any = ledger.snapshot
        assert {finding.code for finding in ledger.check()} <= {"evidence_missing", "settings"}  # made up
    assert snapshot.facts == dataclasses.replace(filled(LedgerFacts), id=1, **later)
    for expected in one_of_each():
        assert getattr(snapshot, SNAPSHOT_FIELDS[type(expected)]) == (expected,)


def test_the_history_is_there_and_goes_on(old_ledger: Path) -> None:
    with Ledger.open(old_ledger) as ledger:
        assert [(entry.kind, entry.label) for entry in ledger.history()] == [
            (StepKind.UNDO, "撤销：修改"),
            (StepKind.NORMAL, "修改"),
            (StepKind.NORMAL, "建立"),
        ]
        ledger.redo()
        assert ledger.snapshot.departments[0].name == "改过的名称"
        ledger.undo_to(0)
        assert ledger.snapshot.issues == ()


def test_a_ledger_of_today_has_the_tables_of_the_file_that_is_kept(tmp_path: Path) -> None:
    write_format(tmp_path / "今天.zgtz")
    kept = Path(shutil.copyfile(FORMATS / f"format-{FORMAT_VERSION}.zgtz", tmp_path / "保存的.zgtz"))
    assert tables(kept) == tables(tmp_path / "今天.zgtz")


def tables(path: Path) -> list[str]:
    """The text of every table and index, in order of name."""
    with Ledger.open(path) as ledger:
        rows = ledger._file.connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
        return [text for (text,) in rows]


def test_a_ledger_of_an_older_format_is_read_and_left_as_it_is(tmp_path: Path) -> None:
    old = Path(shutil.copyfile(FORMATS / "format-1.zgtz", tmp_path / "旧.zgtz"))
    before = old.read_bytes()
    with Ledger.open(old, read_only=True) as ledger:
        assert ledger.snapshot.facts == dataclasses.replace(filled(LedgerFacts), id=1, rules="")
        assert [entry.label for entry in ledger.history()] == ["撤销：修改", "修改", "建立"]
        assert not ledger.refresh()
        with pytest.raises(LedgerReadOnlyError), ledger.step("改") as writer:
            writer.set_facts(rules="{}")
        with pytest.raises(TargetError, match="自己的位置"):
            ledger.backup(old)
        with Ledger.open(ledger.backup(tmp_path / "副本.zgtz")) as copy:
            assert copy.snapshot == ledger.snapshot
    assert old.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix != ".lock") == ["副本.zgtz", "旧.zgtz"]


def test_what_is_written_into_an_older_format_meanwhile_is_read_too(tmp_path: Path) -> None:
    """A colleague goes on with an older program, then with this one, which brings the file up to date."""
    old = Path(shutil.copyfile(FORMATS / "format-1.zgtz", tmp_path / "旧.zgtz"))
    with Ledger.open(old, read_only=True) as ledger:
        with contextlib.closing(sqlite3.connect(old)) as colleague:
            colleague.execute("UPDATE departments SET name = '财政所'")
            colleague.commit()
        assert ledger.refresh()
        assert [one.name for one in ledger.snapshot.departments] == ["财政所"]
        with Ledger.open(old) as colleague_of_today, colleague_of_today.step("改") as writer:
            writer.update(Department, 1, name="财政分局")
        assert ledger.refresh()
        assert ([one.name for one in ledger.snapshot.departments], len(ledger.history())) == (["财政分局"], 4)
        assert not ledger.refresh()
        with pytest.raises(LedgerReadOnlyError), ledger.step("改") as writer:
            writer.set_facts(rules="{}")


def test_in_a_place_that_cannot_be_written_an_older_format_opens_to_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = Path(shutil.copyfile(FORMATS / "format-1.zgtz", tmp_path / "旧.zgtz"))
    monkeypatch.setattr(os, "access", lambda *_args: False)
    with Ledger.open(old) as ledger:
        assert ledger.read_only
        assert "所在的位置不能写入" in ledger.read_only_error().what_happened
        assert len(ledger.snapshot.departments) == 1


def test_a_newer_format_is_refused_to_readers_too(tmp_path: Path) -> None:
    new = Path(shutil.copyfile(FORMATS / f"format-{FORMAT_VERSION}.zgtz", tmp_path / "新.zgtz"))
    content = bytearray(new.read_bytes())
    content[60:64] = (FORMAT_VERSION + 1).to_bytes(4, "big")
    new.write_bytes(content)
    with pytest.raises(LedgerTooNewError, match="请升级整改台账后再打开"):
        Ledger.open(new, read_only=True)


def test_an_upgrade_that_was_killed_is_taken_back_and_done_again(tmp_path: Path) -> None:
    """SQLite had written the new pages, and with them the new version, but had not yet taken the journal away."""
    old, new = tmp_path / "旧.zgtz", tmp_path / "旧台账.zgtz"
    for path in (old, new):
        shutil.copyfile(FORMATS / "format-1.zgtz", path)
    Ledger.open(new).close()
    new.with_name(f"{new.name}-journal").write_bytes(journal_of(old.read_bytes()))
    with Ledger.open(new) as ledger:
        assert ledger.snapshot.facts == dataclasses.replace(filled(LedgerFacts), id=1, rules="")
    assert int.from_bytes(new.read_bytes()[60:64], "big") == FORMAT_VERSION


def journal_of(before: bytes) -> bytes:
    """The rollback journal that brings a database back to ``before`` (sqlite.org/fileformat2, 3)."""
    size = int.from_bytes(before[16:18], "big")
    count = len(before) // size
    journal = bytes.fromhex("d9d505f920a163d7") + struct.pack(">IIIII", count, 0, count, 512, size)
    journal = journal.ljust(512, b"\0")
    for number in range(count):
        page = before[number * size : (number + 1) * size]
        journal += struct.pack(">I", number + 1) + page + struct.pack(">I", sum(page[size - 200 : 0 : -200]))
    return journal
