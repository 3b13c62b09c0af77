"""The ledger as both front ends hold it: a snapshot to read, one labelled door to write, undo, observers."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.changes import Changes, HistoryEntry, RecordKey, RowChange, StepKind, difference
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import Evidence, LedgerFacts, Snapshot
from zhenggai_desktop.errors import (
    LedgerChangedError,
    LedgerReadOnlyError,
    NothingToUndoError,
    SourceError,
    TargetError,
)
from zhenggai_desktop.storage.backup import copy_connection
from zhenggai_desktop.storage.backup_store import Backup, BackupStore
from zhenggai_desktop.storage.evidence import EvidenceFolder
from zhenggai_desktop.storage.journal import Done, Journal, OpenStep, refusing_unfit_history
from zhenggai_desktop.storage.ledger_file import Clock, LedgerFile, translated, understood, utc_now
from zhenggai_desktop.storage.schema import RECORD_TYPE_OF, TABLES
from zhenggai_desktop.storage.step_effects import changes_of, touched_rows
from zhenggai_desktop.storage.store import Writer, load_snapshot, refreshed

if TYPE_CHECKING:
    from zhenggai_desktop.storage.check import CheckFinding

Listener = Callable[[Changes], None]


class Ledger:
    """An open ledger. Every edit is saved at once; ``snapshot`` always is what the file holds after the last step.

    Belongs to one thread at a time: whoever gives it to another keeps away from it until it is back. Long work that
    only reads takes a ``snapshot`` along, which never changes.
    """

    def __init__(self, file: LedgerFile, who: str, clock: Clock, backups: Path | None) -> None:
        """For ``create`` and ``open``. Takes the file over and closes it."""
        self._file = file
        self._clock = clock
        self._backups = backups
        self._listeners: list[Listener] = []
        self._in_step = False
        self._interrupt: Callable[[], None] | None = None
        self._last_changes = Changes()
        self.evidence_folder = EvidenceFolder(file.path)
        self._outline: Outline | None = None
        with understood(file.path):
            self._snapshot = load_snapshot(file.connection, checked=not file.read_only)
            self._journal = Journal(file.connection, who, clock)

    @classmethod
    def create(
        cls,
        path: Path,
        facts: LedgerFacts | None = None,
        *,
        who: str = "",
        clock: Clock = utc_now,
        backups: Path | None = None,
    ) -> Ledger:
        """A new ledger at a free path; LedgerExistsError where something is there. Its history is empty."""
        file = LedgerFile.create(path, facts or LedgerFacts(), who=who, clock=clock)
        return cls._around(file, who, clock, backups)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        read_only: bool = False,
        who: str = "",
        clock: Clock = utc_now,
        backups: Path | None = None,
    ) -> Ledger:
        """An existing ledger; in a place that cannot be written it comes back ``read_only``.

        ``backups`` is the folder for the backups of all ledgers; None keeps them in a folder beside the ledger.
        A LedgerFileError says why it cannot be opened; after LedgerLockedError it still can with ``read_only``.
        """
        file = LedgerFile.open(path, read_only=read_only, who=who, clock=clock, backups=backups)
        return cls._around(file, who, clock, backups)

    @classmethod
    def _around(cls, file: LedgerFile, who: str, clock: Clock, backups: Path | None) -> Ledger:
        try:
            ledger = cls(file, who, clock, backups)
            if not file.read_only:
                ledger.evidence_folder.clear_unfinished()
            return ledger
        except BaseException:
            file.close()
            raise

    # --- reading

    @property
    def path(self) -> Path:
        return self._file.path

    @property
    def read_only(self) -> bool:
        return self._file.read_only

    def read_only_error(self) -> LedgerReadOnlyError:
        """What to raise where something would be written though the ledger is ``read_only``."""
        return self._file.read_only_error()

    @property
    def snapshot(self) -> Snapshot:
        """The whole ledger as it was after the last step; a new object after each."""
        return self._snapshot

    @property
    def outline(self) -> Outline:
        """The outline of ``snapshot``; it follows each step instead of being built anew."""
        if self._outline is None or self._outline.snapshot is not self._snapshot:
            self._outline = Outline(self._snapshot)
        return self._outline

    @property
    def last_changes(self) -> Changes:
        """What the last step, undo or redo of this object did; nothing where it changed nothing."""
        return self._last_changes

    def refresh(self) -> Changes:
        """Read again if another process wrote the file, and say what is different."""
        with understood(self.path):
            if not self._file.changed_elsewhere():
                return Changes()
            changes = self._reread()
        self._broadcast(changes)
        return changes

    def history(self) -> tuple[HistoryEntry, ...]:
        """All steps, the newest first."""
        with understood(self.path):
            return self._journal.entries()

    def row_changes(self, step_id: int) -> tuple[RowChange, ...]:
        """What one step of the history did, record by record; empty for a step that does not exist."""
        with understood(self.path):
            return self._journal.row_changes(step_id)

    def touched_by_steps(self) -> Mapping[int, frozenset[RecordKey]]:
        """Which records each step of the history wrote, by the step's id; one pass over the log."""
        with understood(self.path):
            found = self._journal.touched()
        return {step: frozenset((RECORD_TYPE_OF[table], row) for table, row in rows) for step, rows in found.items()}

    def steps_with(self, words: str) -> frozenset[int]:
        """The ids of the steps that wrote or took away a value with these words in it."""
        with understood(self.path):
            return self._journal.steps_with(words)

    def changes_of(self, key: RecordKey) -> Mapping[int, RowChange]:
        """What each step did to one record, by the step's id, the oldest first."""
        with understood(self.path):
            return self._journal.changes_of(TABLES[key[0]], key[1])

    # --- writing

    def sign_as(self, who: str) -> None:
        """Write the steps from now on under this name. It is a record, not a login."""
        self._journal.sign_as(who)

    @contextlib.contextmanager
    def step(self, label: str) -> Generator[Writer]:
        """The one door for writing: one transaction, one undo step, one entry in the history.

        ``label`` says in Chinese what the user did (“修改整改时限”). An exception undoes everything that was
        written; a step that changes nothing leaves no entry and tells nobody. Steps do not nest: RuntimeError.
        """
        with self._transaction(label, StepKind.NORMAL):
            writer = Writer(self._file.connection, self._interrupt)
            try:
                yield writer
            finally:
                writer.end()

    @contextlib.contextmanager
    def interrupted_by(self, interrupt: Callable[[], None]) -> Generator[None]:
        """Have ``interrupt`` called before each write of the steps in the block: what it raises ends the step, and
        everything in it is undone."""
        self._interrupt = self._journal.interrupt = interrupt
        try:
            yield
        finally:
            self._interrupt = self._journal.interrupt = None

    def rows_to_undo(self) -> int:
        """How many writes ``undo`` would make, 0 where there is no step to undo."""
        return self._rows_of(self._journal.next_undo)

    def rows_to_redo(self) -> int:
        """How many writes ``redo`` would make, 0 where there is no step to redo."""
        return self._rows_of(self._journal.next_redo)

    def _rows_of(self, done: Done | None) -> int:
        if done is None:
            return 0
        with understood(self.path):
            return self._journal.row_count(done)

    @property
    def undo_label(self) -> str | None:
        """The label of the step that ``undo`` would take back; None where there is none."""
        done = self._journal.next_undo
        return done and done.label

    @property
    def redo_label(self) -> str | None:
        """The label of the step that ``redo`` would do again; None where there is none."""
        done = self._journal.next_redo
        return done and done.label

    def undo(self) -> Changes:
        """Take back the newest step that is not undone. NothingToUndoError where there is none."""
        done = self._journal.next_undo
        if done is None:
            self._refuse_sealed(0)
            raise NothingToUndoError("没有可以撤销的操作")
        with self._replaying(f"撤销：{done.label}", StepKind.UNDO, done):
            self._journal.replay_back(done)
        return self._last_changes

    def redo(self) -> Changes:
        """Do the step again that was undone last. NothingToUndoError where there is none."""
        done = self._journal.next_redo
        if done is None:
            raise NothingToUndoError("没有可以恢复的操作")
        with self._replaying(f"恢复：{done.label}", StepKind.REDO, done):
            self._journal.replay(done)
        return self._last_changes

    def undo_to(self, step_id: int) -> Changes:
        """Bring everything back to the moment after a step of the history (0: before the first), as one new step.

        The new step is undone like any other. NothingToUndoError where nothing has changed since, and where the
        history in between was rescued with holes in it.
        """
        self._refuse_sealed(step_id)
        entry = next((entry for entry in self.history() if entry.id == step_id), None)
        label = f"回到“{entry.label}”之后" if entry else "回到最初"
        with self._replaying(label, StepKind.NORMAL) as step:
            self._journal.replay_back_to(step, step_id)
        if not self._last_changes:
            raise NothingToUndoError("从那时起没有修改过")
        return self._last_changes

    def reaches_back_to(self, step_id: int) -> bool:
        """Whether ``undo_to`` may bring that moment back: no rescue of a damaged ledger lies between."""
        return step_id >= self._journal.sealed_at

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Tell ``listener`` of every change after it is saved. Gives the way to unsubscribe."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    # --- the file

    def check(self) -> tuple[CheckFinding, ...]:
        """What is wrong with the file; nothing is changed."""
        from zhenggai_desktop.services.checking import check_around, check_rows  # noqa: PLC0415 - not to open a ledger

        with understood(self.path):
            found = check_rows(self._file.connection)
        return (*found, *check_around(self.path, self._snapshot.evidence, self._snapshot.milestones))

    def backup(self, destination: Path, *, with_evidence: bool = False) -> Path:
        """A verified copy; ``destination`` is a file, or a folder in which the ledger's own name is used.

        ``with_evidence`` copies its files into the folder beside the copy, those that are there already by content;
        an error there says that the copy of the ledger stands.
        """
        target = destination / self.path.name if destination.is_dir() else destination
        with translated(self.path):
            copy = copy_connection(self._file.connection, target, self.path)
        try:
            if with_evidence:
                self.evidence_folder.copy_to(EvidenceFolder(copy), self._snapshot.evidence).refuse_unread()
        except (SourceError, TargetError) as error:
            said = f"台账已复制为“{copy.name}”，佐证材料没有复制全：{error.what_happened}"
            raise type(error)(said, error.what_to_do) from error
        return copy

    @property
    def backups(self) -> BackupStore:
        """Where this ledger's backups are kept."""
        return BackupStore.of(self._backups, self.path, self._snapshot.facts.uid)

    def back_up(self, reason: str) -> Backup:
        """Take a backup into ``backups``, before something great is done or because the user wants one: TargetError
        where it cannot be written."""
        with translated(self.path):
            return self.backups.take(self._file.connection, self.path, reason, self._clock().astimezone())

    @contextlib.contextmanager
    def backed_up(self, reason: str) -> Generator[Backup]:
        """Take a backup, then let the block do its work. Where that fails the backup does not stay behind: it tells of
        nothing, and a disk may be full."""
        backup = self.back_up(reason)
        try:
            yield backup
        except BaseException:
            self.backups.drop(backup)
            raise

    def close(self) -> None:
        """Close the file and give the lock back. A second call does nothing."""
        self._listeners.clear()
        self._file.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- inside

    @contextlib.contextmanager
    def _transaction(self, label: str, kind: StepKind, target: Done | None = None) -> Generator[OpenStep]:
        """Everything around a write; ``last_changes`` are its own once the block is left."""
        self._refuse_writing()
        self._in_step = True
        try:
            with translated(self.path), self._journal.step(label, kind, target) as step:
                self._refuse_stale_base()
                yield step
                deltas = self._journal.settle(step)
                changes = changes_of(label, deltas)
                # Read before the commit: if reading fails, nothing has happened yet.
                snapshot = refreshed(self._file.connection, self._snapshot, touched_rows(deltas))
        except LedgerChangedError:
            self._broadcast(self._reread())
            raise
        finally:
            self._in_step = False
        self._last_changes = changes
        before, self._snapshot = self._snapshot, snapshot
        if self._outline is not None and self._outline.snapshot is before:
            self._outline = self._outline.after(snapshot, changes)
        if changes.ids(Evidence):
            self._move_evidence(before)
        self._broadcast(changes)

    @contextlib.contextmanager
    def _replaying(self, label: str, kind: StepKind, target: Done | None = None) -> Generator[OpenStep]:
        """A step that is made of the history; damage of the history is told, and then nothing has changed."""
        with refusing_unfit_history(), self._transaction(label, kind, target) as step, understood(self.path):
            yield step

    def _move_evidence(self, before: Snapshot) -> None:
        """Files follow their records: into the trash with a deletion, out of it with its undoing."""
        old, new = ({record.file_name for record in state.evidence} for state in (before, self._snapshot))
        self.evidence_folder.throw_away(sorted(old - new))
        self.evidence_folder.bring_back(sorted(new - old))

    def _refuse_sealed(self, step_id: int) -> None:
        if not self.reaches_back_to(step_id):
            raise NothingToUndoError(
                "这个台账抢救过，抢救之前的修改历史可能不全，不能撤销到那时", "要回到以前，请从备份恢复"
            )

    def _refuse_writing(self) -> None:
        if self._in_step:
            raise RuntimeError("a step is open already: steps do not nest")
        if self.read_only:
            raise self.read_only_error()

    def _refuse_stale_base(self) -> None:
        """What the user saw when he decided on this step is no longer what the file holds."""
        if self._file.changed_elsewhere():
            raise LedgerChangedError(
                f"台账“{self.path.name}”刚被另一个程序修改过，现已重新读入", "这次修改没有保存，请核对后再改一次"
            )

    def _reread(self) -> Changes:
        before, self._snapshot = self._snapshot, load_snapshot(self._file.connection, checked=not self.read_only)
        self._journal.reload()
        return difference(before, self._snapshot)

    def _broadcast(self, changes: Changes) -> None:
        if changes:
            for listener in tuple(self._listeners):
                listener(changes)
