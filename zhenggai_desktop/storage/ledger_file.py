"""The ledger's file: create, open, close; every way in which a file can turn out not to be an open ledger."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import sqlite3
from collections.abc import Callable, Generator
from pathlib import Path
from urllib.parse import quote

from zhenggai_desktop.domain.file_names import check_file_name, too_long
from zhenggai_desktop.domain.records import LedgerFacts, new_uid
from zhenggai_desktop.durable import clear_abandoned, sync_folder
from zhenggai_desktop.errors import (
    LedgerDamagedError,
    LedgerExistsError,
    LedgerFileError,
    LedgerLockedError,
    LedgerMissingError,
    LedgerReadOnlyError,
    LedgerTooNewError,
    NotALedgerError,
)
from zhenggai_desktop.storage import schema
from zhenggai_desktop.storage.backup import has_unfinished_step
from zhenggai_desktop.storage.backup_store import BackupStore, uid_of
from zhenggai_desktop.storage.codec import codec
from zhenggai_desktop.storage.lock import LedgerLock, LockUnavailableError
from zhenggai_desktop.storage.store import write_first_facts

Clock = Callable[[], dt.datetime]

_MAGIC = b"SQLite format 3\x00"
_OUR_TABLE = b"CREATE TABLE inspected_units"
_BEGINNING = 1 << 16  # bytes in which a ledger whose header was lost still tells of its tables
_HALF = r"\.[0-9a-f]{8}\.tmp(-journal)?"  # the end of the name of a copy that is being made beside a ledger
_LONGEST_NAME = 255 - len("..12345678.tmp-journal")  # bytes; what is made beside a ledger has a longer name
_WAIT = 5.0  # seconds to wait for a reader or a virus scanner before a file counts as held


def utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class LedgerFile:
    """An open ledger: its connection, its lock and whether it may be written.

    ``copied_from`` is the connection to the file where ``connection`` is to a copy of it in memory.
    """

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        lock: LedgerLock | None,
        copied_from: sqlite3.Connection | None = None,
    ) -> None:
        self.path = path
        self.connection = connection
        self.read_only = lock is None
        self.place_refuses = False  # it was to be written, and its place does not let
        self._lock = lock
        self._copied_from = copied_from
        self._seen = self._data_version()

    @classmethod
    def create(cls, path: Path, facts: LedgerFacts, *, who: str, clock: Clock) -> LedgerFile:
        """A new ledger at a free path. LedgerExistsError where something is there.

        The file is made beside its place and moved there whole, so nobody ever meets half a ledger.
        """
        path = path.absolute()
        check_file_name(path.name)
        if len(os.fsencode(path.name)) > _LONGEST_NAME and os.name != "nt":
            raise too_long(path.name)
        if not path.parent.is_dir():
            raise LedgerFileError(f"文件夹“{path.parent}”不存在", "请先建好文件夹，或者换一个位置")
        lock = _lock_new(path, who, clock)
        try:
            if os.path.lexists(path):  # a link that leads nowhere is something too
                raise LedgerExistsError(f"“{path.name}”已经存在", "请换一个文件名，或者直接打开它")
            if has_unfinished_step(path):
                raise LedgerExistsError(f"“{path.name}”的旧台账留下了没有做完的修改", "请换一个文件名")
            with translated(path):
                _build(path, facts)
                return cls(path, _connect(path, read_only=False), lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open(cls, path: Path, *, read_only: bool, who: str, clock: Clock, backups: Path | None = None) -> LedgerFile:
        """An existing ledger. Reading only, it takes no lock and creates nothing; in a read-only place that is the
        only way, and the file comes back with ``read_only`` set.

        An older format is brought up to date in the file, after a backup; reading only, in a copy in memory, which
        follows the file with ``changed_elsewhere``."""
        path = path.absolute()
        _refuse_strangers(path)
        lock = None if read_only else _lock_existing(path, who, clock)
        try:
            with understood(path), contextlib.ExitStack() as undo:
                connection = _connect(path, read_only=lock is None)
                undo.callback(connection.close)
                if lock is not None:
                    _refuse_damage(path, connection)
                    _clear_empty_journal(path)
                    clear_abandoned(path.parent, re.compile(rf"\.{re.escape(path.name)}{_HALF}"))
                found, version = cls(path, connection, lock), _version_of(connection)
                if version < schema.FORMAT_VERSION and lock is None:
                    found = cls(path, _in_memory(), None, connection)
                    undo.callback(found.connection.close)
                    _copy_upgraded(connection, found.connection)
                elif version < schema.FORMAT_VERSION:
                    store = BackupStore.of(backups, path, uid_of(connection))
                    store.take(connection, path, f"格式{version}升级前", clock().astimezone())
                    schema.migrate(connection)
                _refuse_holes(path, found.connection)
                found.place_refuses = lock is None and not read_only
                undo.pop_all()
                return found
        except BaseException:
            if lock is not None:
                lock.release()
            raise

    def changed_elsewhere(self) -> bool:
        """True once after each time another connection wrote the file; a copy in memory is up to date again then."""
        now = self._data_version()
        if now == self._seen:
            return False
        if self._copied_from is not None:
            _copy_upgraded(self._copied_from, self.connection)
        self._seen = now
        return True

    def read_only_error(self) -> LedgerReadOnlyError:
        """Why nothing can be written, and what to do."""
        if self.place_refuses:
            return _read_only(self.path)
        return LedgerReadOnlyError(f"台账“{self.path.name}”是以只读方式打开的", "要修改，请点上方的“改为可以编辑”")

    def close(self) -> None:
        """Close the connection and give the lock back. A second call does nothing."""
        self.connection.close()
        if self._copied_from is not None:
            self._copied_from.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _data_version(self) -> int:
        return (self._copied_from or self.connection).execute("PRAGMA data_version").fetchone()[0]


def settle_journal(path: Path) -> None:
    """Have SQLite take back the step that a copy of a ledger did not finish; where it cannot, nothing changes."""
    damage = sqlite3.Error, UnicodeError  # what SQLite says of damage may be damaged too
    with contextlib.suppress(*damage), contextlib.closing(sqlite3.connect(path, isolation_level=None)) as copy:
        copy.execute("SELECT count(*) FROM sqlite_schema").fetchone()


@contextlib.contextmanager
def translated(path: Path) -> Generator[None]:
    """Say in a clerk's words what SQLite reports about the file. What only a bug can cause passes unchanged."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        make = None if code is None else _BY_CODE.get(code) or _BY_CODE.get(code & 0xFF)  # its detail, or its kind
        if make is None:
            raise
        raise make(path) from error


@contextlib.contextmanager
def understood(path: Path) -> Generator[None]:
    """As ``translated``, for code that only reads what a step wrote: what it cannot make sense of is damage.

    A bit that turned over in the middle of a text or a column's name breaks no rule of SQLite, only ours.
    """
    try:
        with translated(path):
            yield
    except (ValueError, KeyError, TypeError, ArithmeticError, RecursionError) as error:
        raise _damaged(path) from error
    except sqlite3.OperationalError as error:  # a text that is no UTF-8, a column of another name
        raise _damaged(path) from error


def _damaged(path: Path) -> LedgerFileError:
    return LedgerDamagedError(f"台账“{path.name}”已经损坏", "请从备份恢复，或者在窗口里打开它，选“抢救到新台账”")


def _held(path: Path) -> LedgerFileError:
    return LedgerLockedError(f"台账“{path.name}”正被另一个程序占用", "请稍后再试，或者以只读方式打开")


def _read_only(path: Path) -> LedgerReadOnlyError:
    return LedgerReadOnlyError(f"台账“{path.name}”所在的位置不能写入", "请把台账复制到可以写入的文件夹，在那里打开")


def _interrupted(path: Path) -> LedgerFileError:
    return LedgerReadOnlyError(f"台账“{path.name}”上次没有正常关闭，要先整理才能读", "请在可以写入的位置正常打开一次")


def _taken_away(path: Path) -> LedgerFileError:
    what = f"台账“{path.name}”打开以后被改名、移走，或者换成了另一个文件"
    return LedgerFileError(what, "请先把没有存上的文字复制下来，关闭台账，再重新打开")


def _full(path: Path) -> LedgerFileError:
    return LedgerFileError(f"磁盘已满，对台账“{path.name}”的这次修改没有保存", "请腾出空间后再改一次")


def _unreadable(path: Path) -> LedgerFileError:
    return LedgerFileError(f"读写台账“{path.name}”时磁盘出错", "请检查磁盘、优盘或者网络盘是否还连接着")


def _no_access(path: Path) -> LedgerFileError:
    if _is_too_deep(path):
        return LedgerFileError(f"台账“{path.name}”所在的路径太长，打不开", "请把台账放到层次较浅的文件夹里")
    return LedgerFileError(f"无法打开台账“{path.name}”", "请检查是否有权限读取这个文件和它所在的文件夹")


def _is_too_deep(path: Path) -> bool:
    """Whether a path leaves no room for the journal's: SQLite takes 512 bytes, Windows 259 UTF-16 units."""
    journal = f"{path.absolute()}-journal"
    return len(journal.encode("utf-16-le")) // 2 > 259 if os.name == "nt" else len(os.fsencode(journal)) > 512


_BY_CODE: dict[int, Callable[[Path], LedgerFileError]] = {
    sqlite3.SQLITE_CORRUPT: _damaged,
    sqlite3.SQLITE_NOTADB: _damaged,
    sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY: _damaged,  # a new id is greater than all: its tree of pages is out of order
    sqlite3.SQLITE_CONSTRAINT_ROWID: _damaged,
    sqlite3.SQLITE_BUSY: _held,
    sqlite3.SQLITE_LOCKED: _held,
    sqlite3.SQLITE_READONLY: _read_only,
    sqlite3.SQLITE_READONLY_ROLLBACK: _interrupted,
    sqlite3.SQLITE_READONLY_DBMOVED: _taken_away,
    sqlite3.SQLITE_FULL: _full,
    sqlite3.SQLITE_IOERR: _unreadable,
    sqlite3.SQLITE_CANTOPEN: _no_access,
    sqlite3.SQLITE_PERM: _no_access,
    sqlite3.SQLITE_AUTH: _no_access,
}


def _version_of(connection: sqlite3.Connection) -> int:
    """The format version as SQLite sees it. The header of the file may tell of an upgrade that was killed before it
    was whole: SQLite has taken it back by now."""
    return connection.execute("PRAGMA user_version").fetchone()[0]


def _refuse_strangers(path: Path) -> None:
    """Raise for what is no ledger, or none of a format that is known, by its header (sqlite.org/fileformat:
    60 user_version, 68 application_id): a file that is none of ours is refused before a database engine touches it."""
    if not path.exists():
        if os.name == "nt" and _is_too_deep(path):
            raise _no_access(path)
        raise LedgerMissingError(f"找不到台账“{path}”", "请检查文件名和位置，优盘或者网络盘是否还连接着")
    if not path.is_file():
        what = "文件夹" if path.is_dir() else "设备或管道"
        raise NotALedgerError(f"“{path.name}”是{what}，不是台账", "请选择扩展名为 .zgtz 的文件")
    try:
        with path.open("rb") as file:
            beginning = file.read(_BEGINNING)
    except OSError as error:
        raise _no_access(path) from error
    header = beginning[:100]
    ours = _OUR_TABLE in beginning or header[68:72] == schema.APPLICATION_ID.to_bytes(4, "big")
    if not header.startswith(_MAGIC):
        raise _damaged(path) if ours else _not_a_ledger(path)
    if not ours:
        raise _not_a_ledger(path)
    if header[68:72] != schema.APPLICATION_ID.to_bytes(4, "big"):
        raise _damaged(path)
    if int.from_bytes(header[60:64], "big") > schema.FORMAT_VERSION:
        raise LedgerTooNewError(f"台账“{path.name}”是用更新版本的程序保存的", "请升级整改台账后再打开")


def _not_a_ledger(path: Path) -> NotALedgerError:
    return NotALedgerError(f"“{path.name}”不是整改台账文件", "请选择扩展名为 .zgtz 的文件")


def _lock_new(path: Path, who: str, clock: Clock) -> LedgerLock:
    try:
        return LedgerLock.acquire(path, who, clock)
    except LockUnavailableError as error:
        raise LedgerFileError(f"不能在“{path.parent}”里新建台账", "请换一个可以写入的文件夹") from error


def _lock_existing(path: Path, who: str, clock: Clock) -> LedgerLock | None:
    """The lock, or None where the place or the file is read-only."""
    if not os.access(path, os.W_OK):
        return None
    try:
        return LedgerLock.acquire(path.resolve(), who, clock)  # two names of one file share one lock
    except LockUnavailableError:
        return None


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    posix = path.resolve().as_posix()
    rooted = posix if posix.startswith("/") else f"/{posix}"
    uri = f"file://{quote(os.fsencode(rooted))}?mode={'ro' if read_only else 'rw'}"
    # A ledger may be lent to another thread for long work. Where SQLite was built to serve one thread only, Python
    # goes on refusing that.
    connection = sqlite3.connect(
        uri, uri=True, timeout=_WAIT, isolation_level=None, check_same_thread=sqlite3.threadsafety == 0
    )
    try:
        for pragma in ("foreign_keys = ON", "temp_store = MEMORY", "synchronous = EXTRA"):
            connection.execute(f"PRAGMA {pragma}")
        if not read_only:
            connection.execute("PRAGMA journal_mode = DELETE")
    except BaseException:
        connection.close()
        raise
    return connection


def _clear_empty_journal(path: Path) -> None:
    """A journal that a killed process had made and whose head it had not yet written counts for nothing (sqlite.org/
    fileformat2, 3): SQLite leaves it lying, and it would look like an unfinished step for ever. Only while the ledger
    is locked, after SQLite has played what is to play."""
    journal = path.resolve().with_name(f"{path.resolve().name}-journal")
    with contextlib.suppress(OSError):
        with journal.open("rb") as file:
            head = file.read(8)
        if not any(head):
            journal.unlink()


def _refuse_damage(path: Path, connection: sqlite3.Connection) -> None:
    """Writing into a damaged file spreads the damage. Costs one reading of the file."""
    if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise _damaged(path)


def _refuse_holes(path: Path, connection: sqlite3.Connection) -> None:
    """A file with our mark that lacks a table, a column or the row about the ledger was taken apart by something."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    referred = {
        name
        for (name,) in connection.execute(
            "SELECT f.\"table\" FROM sqlite_schema s, pragma_foreign_key_list(s.name) f WHERE s.type = 'table'"
        )
    }
    expected = {*schema.TABLES.values(), "steps", "step_images", *referred}
    if expected - tables or connection.execute("SELECT count(*) FROM facts").fetchone()[0] != 1:
        raise _damaged(path)
    for record_type in schema.TABLES:
        connection.execute(f"{codec(record_type).select} LIMIT 0")
    counts = [f"SELECT max(rowid) FROM {table}" for table in expected]  # noqa: S608 - our own names
    for count in (*counts, "SELECT max(seq) FROM sqlite_sequence"):
        if (connection.execute(count).fetchone()[0] or 0) > schema.MOST_NUMBER:
            raise _damaged(path)


def _in_memory() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None, check_same_thread=sqlite3.threadsafety == 0)


def _copy_upgraded(file: sqlite3.Connection, memory: sqlite3.Connection) -> None:
    """Copy what a ledger of an older format holds at this moment, and bring the copy to today's format; the file stays
    as it is."""
    file.execute("BEGIN")
    try:
        _version_of(file)  # has SQLite wait for who writes just now, and say so; the copying would wait for ever
        file.backup(memory)
    finally:
        file.rollback()
    for pragma in ("query_only = OFF", "foreign_keys = ON"):
        memory.execute(f"PRAGMA {pragma}")
    schema.migrate(memory)
    memory.execute("PRAGMA query_only = ON")


def _build(path: Path, facts: LedgerFacts) -> None:
    unfinished = path.with_name(f".{path.name}.{new_uid()[:8]}.tmp")
    try:
        connection = sqlite3.connect(unfinished, isolation_level=None)
        try:
            schema.migrate(connection)
            write_first_facts(connection, facts)
        finally:
            connection.close()
        unfinished.replace(path)
        sync_folder(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)
