"""The one open ledger of a window, and what the window can have done to it. No widgets here, no questions asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from zhenggai_desktop.errors import CancelledError
from zhenggai_desktop.gui.folders import Folders
from zhenggai_desktop.gui.ledger_memory import LedgerMemory
from zhenggai_desktop.gui.view_memory import ViewMemory
from zhenggai_desktop.paths import forms_folder, template_file

if TYPE_CHECKING:
    from zhenggai_desktop.domain.changes import Changes
    from zhenggai_desktop.domain.ledger_template import Template
    from zhenggai_desktop.domain.outline import Outline
    from zhenggai_desktop.domain.records import Snapshot
    from zhenggai_desktop.services.form_memory import FormMemory
    from zhenggai_desktop.services.ledger import Ledger
    from zhenggai_desktop.services.ticking import Tick

    Load = Callable[[Callable[[Tick], Ledger]], Ledger]


T = TypeVar("T")


def this_day() -> dt.date:
    """Today where the user is."""
    return dt.datetime.now().astimezone().date()


class LedgerSession(QObject):
    """Holds a ``Ledger`` or none. Services load with the first call: a window is on the screen before SQLite is.

    Every method may raise ``ZhenggaiError``; the ledger that was open then stays open. What was typed and not stored
    yet is stored before anything else is done: forms say how by ``add_flusher``.
    """

    leaving = Signal()  # the open ledger is about to be closed; it still can be read
    switched = Signal()  # another ledger is open, or none
    changed = Signal(object)  # Changes of the open ledger, after they are saved
    new_day = Signal()  # midnight has passed since a page last looked: what counts days says something else

    def __init__(self, who: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._who = who
        self._ledger: Ledger | None = None
        self._flushers: list[Callable[[], None]] = []
        self._closers: list[Callable[[], None]] = []
        self._kept: Snapshot | None = None  # while the ledger is lent: what it held before
        self._unheard: list[Changes] = []
        self.today: Callable[[], dt.date] = this_day
        self.memory = LedgerMemory()
        self.folders = Folders()
        self.user_folder: Path | None = None  # where what holds for every ledger is remembered; None forgets it
        self.backups: Path | None = None  # the folder for backups; None is beside each ledger
        self.views = ViewMemory()
        self.may_leave: Callable[[], bool] = lambda: True  # asked before another ledger takes this one's place
        self.held_by = ""  # why the ledger is open to read only, in words; "" where nobody holds it
        self.saved_at: dt.datetime | None = None  # of the last change; None where nothing was changed yet
        self._day: dt.date | None = None  # on which the pages show the open ledger

    # --- reading

    @property
    def is_open(self) -> bool:
        return self._ledger is not None

    @property
    def read_only(self) -> bool:
        """True also where nothing is open, and while the ledger is lent: nothing can be changed here then."""
        return self._ledger is None or self._ledger.read_only or self._kept is not None

    @property
    def path(self) -> Path | None:
        return None if self._ledger is None else self._ledger.path

    @property
    def snapshot(self) -> Snapshot:
        if self._kept is not None:
            return self._kept
        if self._ledger is not None:
            return self._ledger.snapshot
        from zhenggai_desktop.domain.records import Snapshot  # noqa: PLC0415 - see the class

        return Snapshot()

    @property
    def outline(self) -> Outline:
        """The outline of ``snapshot``; it follows each change instead of being built anew."""
        if self._ledger is not None and self._kept is None:
            return self._ledger.outline
        from zhenggai_desktop.domain.outline import Outline  # noqa: PLC0415 - see the class

        return Outline(self.snapshot)

    @property
    def undo_label(self) -> str | None:
        return None if self._ledger is None or self._ledger.read_only else self._ledger.undo_label

    @property
    def redo_label(self) -> str | None:
        return None if self._ledger is None or self._ledger.read_only else self._ledger.redo_label

    @property
    def who(self) -> str:
        """The name under which steps are written; "" for none."""
        return self._who

    # --- editing

    def sign_as(self, who: str) -> None:
        """Write every step from now on under this name, in the open ledger too."""
        self._who = who
        if self._ledger is not None:
            self._ledger.sign_as(who)

    def edit(self, work: Callable[[Ledger], T]) -> T:
        """Have a use case of the services done, after what was typed is stored."""
        self.flush()
        return self.write(work)

    def write(self, work: Callable[[Ledger], T]) -> T:
        """Have a use case done without flushing first: for what is itself the storing of typed text."""
        assert self._ledger is not None, "an edit needs a ledger"
        assert self._kept is None, "one thread at a time"
        return work(self._ledger)

    @contextmanager
    def lent(self) -> Generator[Ledger]:
        """Give the ledger to another thread until the block is left.

        Meanwhile ``snapshot`` stays what it is, nothing is flushed or refreshed, and what changes is told afterwards.
        """
        assert self._ledger is not None, "an edit needs a ledger"
        self._kept = self._ledger.snapshot
        try:
            yield self._ledger
        finally:
            self._kept = None
            unheard, self._unheard = self._unheard, []
            for changes in unheard:
                self._on_changes(changes)

    def add_flusher(self, flush: Callable[[], None]) -> None:
        """Have ``flush`` called whenever typed text must be stored. It raises ``ZhenggaiError`` where it cannot."""
        self._flushers.append(flush)

    def add_closer(self, store: Callable[[], None]) -> None:
        """Have ``store`` called before the ledger is closed, for what may wait until then. It raises likewise."""
        self._closers.append(store)

    def settle(self) -> None:
        """Store everything before this ledger is left."""
        self.flush()
        if self._ledger is not None:
            for store in tuple(self._closers):
                store()

    def flush(self) -> None:
        """Store everything that was typed."""
        if not self.read_only:
            for flush in tuple(self._flushers):
                flush()

    # --- files

    def open(self, path: Path, *, read_only: bool = False, held_by: str = "", load: Load | None = None) -> None:
        """Open a ledger in the place of the one that is open; ``held_by`` says why only to read. Raises
        ``CancelledError`` where ``may_leave`` keeps the user with the one that is open.

        ``load`` has it read elsewhere than at once in this thread, and gives what it is given.
        """
        from zhenggai_desktop.services.ledger import Ledger  # noqa: PLC0415 - see the class

        if self._ledger is not None and self._ledger.path == path.absolute() and self._ledger.read_only == read_only:
            return  # it is held by this very window: opening it twice would find it locked
        self.settle()
        who, backups = self._who, self.backups

        def opened(tick: Tick) -> Ledger:
            ledger = Ledger.open(path, read_only=read_only, who=who, backups=backups)
            try:
                tick(0, 0)
            except BaseException:  # nobody waits for it any more: it must not stay locked
                ledger.close()
                raise
            return ledger

        found = opened(lambda _done, _total: None) if load is None else load(opened)
        try:
            self._refuse_leaving()
        except BaseException:
            found.close()
            raise
        self._switch(found, held_by)

    def create(self, path: Path) -> None:
        """Make a new ledger and open it. Raises ``CancelledError`` as ``open``: then nothing was made."""
        from zhenggai_desktop.services.ledger import Ledger  # noqa: PLC0415

        self.settle()
        self._refuse_leaving()
        self._switch(Ledger.create(path, who=self._who, backups=self.backups))

    def close(self) -> None:
        """Close the ledger; everything in it is saved already."""
        if self._ledger is not None:
            self.settle()
            self._switch(None)

    def abandon(self) -> None:
        """Close the ledger without what was typed and could not be stored."""
        if self._ledger is not None:
            self._switch(None)

    # --- work

    def refresh(self) -> None:
        """Take in what another program wrote into the file."""
        if self._ledger is not None and self._kept is None:
            self.flush()
            self._ledger.refresh()

    def look_at_day(self) -> None:
        """Tell by ``new_day`` where it is another day than before: windows stay open over night."""
        if self._ledger is not None and self._kept is None and self._day != (day := self.today()):
            self._day = day
            self.new_day.emit()

    def undo(self) -> None:
        """Take the last step back."""
        if self._ledger is not None:
            self.flush()
            self._ledger.undo()

    def redo(self) -> None:
        """Do the step again that was taken back."""
        if self._ledger is not None:
            self.flush()
            self._ledger.redo()

    def ledger_writer(
        self, issue_ids: Collection[int] | None = None, measure_ids: Collection[int] | None = None
    ) -> Callable[[Path], None]:
        """What writes the Excel ledger of this moment in the user's columns, in whatever thread.

        With ids it holds only these issues and measures.
        """
        from zhenggai_desktop.services.exporting import export_ledger  # noqa: PLC0415

        self.flush()
        snapshot, template, today = self.snapshot, self.template(), self.today()
        return lambda path: export_ledger(
            snapshot, path, issue_ids=issue_ids, measure_ids=measure_ids, template=template, today=today
        )

    # --- what is remembered of tables

    def form_memory(self) -> FormMemory:
        """What the user said of foreign forms."""
        from zhenggai_desktop.services.form_memory import FormMemory  # noqa: PLC0415

        return FormMemory(forms_folder(self.user_folder) if self.user_folder else None)

    def template(self) -> Template:
        """The columns in which the user prints the ledger."""
        from zhenggai_desktop.services.user_template import load_user_template  # noqa: PLC0415

        return load_user_template(self.user_folder and template_file(self.user_folder))

    def keep_template(self, template: Template) -> None:
        """Print the ledger in these columns from now on. Raises TargetError."""
        from zhenggai_desktop.services.user_template import save_user_template  # noqa: PLC0415

        save_user_template(self.user_folder and template_file(self.user_folder), template)

    # --- inside

    def _refuse_leaving(self) -> None:
        if self._ledger is not None and not self.may_leave():
            raise CancelledError

    def _switch(self, ledger: Ledger | None, held_by: str = "") -> None:
        if self._ledger is not None:
            self.leaving.emit()
            self._ledger.close()
        self._ledger = ledger
        self.saved_at = None
        self.held_by = held_by
        self._day = self.today()
        if ledger is not None:
            ledger.subscribe(self._on_changes)
        self.switched.emit()

    def _on_changes(self, changes: Changes) -> None:
        if self._kept is not None:  # in the borrower's thread
            self._unheard.append(changes)
            return
        self.saved_at = dt.datetime.now().astimezone()
        self.changed.emit(changes)
