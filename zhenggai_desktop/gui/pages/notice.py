"""The notice: its chapters, an editor, and beside them the pages as they will be printed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QSplitter, QVBoxLayout, QWidget

from zhenggai_desktop.domain.blocks import Document, Kind
from zhenggai_desktop.domain.changes import Changes, RecordKey
from zhenggai_desktop.domain.editions import Edition
from zhenggai_desktop.domain.frame import notice_title
from zhenggai_desktop.domain.layout_file import ledger_profile
from zhenggai_desktop.domain.notice import Composition
from zhenggai_desktop.domain.placeholders import Offer
from zhenggai_desktop.domain.records import Chapter, Snapshot
from zhenggai_desktop.domain.schemes import scheme_for
from zhenggai_desktop.errors import ZhenggaiError
from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.focus_entry import lead_focus
from zhenggai_desktop.gui.notice import chapter_calls, document_output, head_calls, output, spots
from zhenggai_desktop.gui.notice.chapter_editor import ChapterEditor
from zhenggai_desktop.gui.notice.chapter_list import ChapterList
from zhenggai_desktop.gui.notice.drafting import Reading, with_typed
from zhenggai_desktop.gui.notice.following import Following
from zhenggai_desktop.gui.notice.head import NoticeHead
from zhenggai_desktop.gui.notice.preview_pane import PreviewPane
from zhenggai_desktop.gui.page_table import Page
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import plain_label
from zhenggai_desktop.paper.pages import LaidOut

SAVED_AFTER = 700  # milliseconds without a key
_LEAST_WAIT = 15  # milliseconds before the preview follows
_FRAME_NOTE = "还没有写过通报，这里是按标题方案搭好的框架；一动笔就存入台账。"


class NoticePage(Page):
    """Follows the session; what is typed is stored as “修改通报章节” after a pause or when something else is done.

    Where it cannot be stored that is said once, and the words stay in their fields: they are tried again with the next
    key and before anything else is done.
    """

    def __init__(self, session: LedgerSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.head = NoticeHead()
        self.chapters = ChapterList()
        self.editor = ChapterEditor()
        self.preview = PreviewPane()
        self.findings = QFrame()
        self._findings = QVBoxLayout(self.findings)
        self._findings.setContentsMargins(0, 0, 0, 0)
        self.findings.setVisible(False)
        self._frame_note = plain_label(_FRAME_NOTE)
        self._frame_note.setProperty("warning", True)
        self._frame_note.setWordWrap(True)
        self._current = ""  # uid of the chapter in the editor
        self.edition = Edition.PUBLIC
        self._typed = ""  # uid of the chapter that holds what is not stored yet
        self.title_waits = False  # the title holds what is not stored yet
        self._storing = False
        self._refused = False  # what is typed could not be stored, and nothing was typed since
        self._stale = True  # something changed while the page was hidden
        self._read: Reading | None = None
        self.pages = Following(self.preview)
        self._last = Composition()
        self._saving = _timer(self, SAVED_AFTER, self._store_by_itself)
        self._showing = _timer(self, _LEAST_WAIT, self._show_preview)
        self._arrange()
        self._connect()
        self._show_all()

    # --- for others

    def flush(self) -> None:
        """Store what is typed, as one step. Raises ``ZhenggaiError``; the words then stay in their fields."""
        self._saving.stop()
        if self._storing or self.session.read_only:
            return
        before, self._storing = self.session.snapshot, True
        try:
            head_calls.store_title(self)
            self._store_chapter()
        except ZhenggaiError:
            self._refused = True
            raise
        finally:
            self._storing = False
            if self.session.snapshot is not before:
                self._show_changed()
        self._refused = False

    def _store_chapter(self) -> None:
        from zhenggai_desktop.services.notice_editing import save_chapter  # noqa: PLC0415 - with the first edit

        if not self._typed:
            return
        self._own_current()
        title, blocks = self.editor.typed
        chapter = self.chapter_shown
        if chapter is None:  # it is refused in words, and not for ever
            self._typed = ""
        chapter_id = 0 if chapter is None else chapter.id
        self.session.write(lambda ledger: save_chapter(ledger, chapter_id, title=title, blocks=blocks))
        self._typed = ""

    def _store_by_itself(self) -> None:
        """After a pause, and where the field or the page is left: what was refused is not told over and over."""
        if not self._refused:
            self.guarded(self.flush)

    def print_page(self) -> None:
        """Print the notice."""
        self.guarded(lambda: output.print_notice(self))

    def show_record(self, key: RecordKey) -> None:
        """Bring the lines of a section, issue or measure into view in the preview."""
        self._show_preview()
        record_type, record_id = key
        snapshot = self.session.snapshot
        records = [*snapshot.sections, *snapshot.issues, *snapshot.measures]
        uid = next((r.uid for r in records if type(r) is record_type and r.id == record_id), "")
        if uid:
            self.pages.when_fresh(lambda laid_out: self.preview.view.mark(laid_out.lines_of(uid)))

    @property
    def chapter_shown(self) -> Chapter | None:
        """The chapter in the editor as it is stored; None where there is none."""
        return self._reading.chapter(self._current)

    @property
    def laid_out(self) -> LaidOut | None:
        """The pages as last shown."""
        return self.pages.laid_out

    def composing(self, last: Composition | None = None) -> Callable[[], Document]:
        """What composes the notice with all that is typed at this moment, on any thread.

        One for approval has its sheet in front. ``last`` as for ``compose``.
        """
        from zhenggai_desktop.services.documents import notice_document  # noqa: PLC0415 - the templates come late

        snapshot = self._typed_snapshot()
        scheme, today = scheme_for(snapshot.facts), self.session.today()
        folder = document_output.documents_folder()
        return partial(notice_document, snapshot, scheme, self.edition, folder=folder, today=today, last=last)

    @property
    def notice_start(self) -> int:
        """Where the notice begins among the blocks shown: behind the sheet that goes with it for approval."""
        if self.laid_out is None or not self.edition.for_review:
            return 0
        return next((at for at, block in enumerate(self.laid_out.document.blocks, 1) if block.kind is Kind.PAGE), 0)

    def show_findings(self, panel: QWidget | None) -> None:
        """Give the proofreader's findings their place at the side; None takes it away again."""
        while self._findings.count():
            self._findings.takeAt(0).widget().setParent(None)
        if panel is not None:
            self._findings.addWidget(panel)
        self.findings.setVisible(panel is not None)

    def fresh_pages(self) -> LaidOut:
        """The pages of this moment, for what leaves the window."""
        self._show_preview()
        self.pages.settle()
        assert self.laid_out is not None
        return self.laid_out

    def guarded(self, work: Callable[[], object]) -> None:
        """Do something; what can go wrong outside the program becomes a sentence."""
        try:
            work()
        except ZhenggaiError as error:
            messages.show_error(self, error)
            self._show_all()

    # --- arranging

    def _arrange(self) -> None:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._frame_note)
        column.addWidget(self.editor, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setObjectName("notice-splitter")
        splitter.setHandleWidth(1)
        for widget, stretch in ((self.chapters, 0), (middle, 3), (self.preview, 4), (self.findings, 1)):
            splitter.addWidget(widget)
            splitter.setStretchFactor(splitter.count() - 1, stretch)
        splitter.setSizes([215, 450, 615, 0])
        splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(splitter, 1)
        lead_focus(self, self.editor.text)

    def _connect(self) -> None:
        self.session.add_flusher(self.flush)
        self.session.switched.connect(self._on_switched)
        self.session.changed.connect(self._on_changed)
        self.chapters.chosen.connect(self._on_chapter_chosen)
        self.chapters.add_asked.connect(lambda: self.guarded(lambda: chapter_calls.add(self)))
        self.chapters.remove_asked.connect(lambda: self.guarded(lambda: chapter_calls.remove(self)))
        self.chapters.move_asked.connect(lambda by: self.guarded(lambda: chapter_calls.move(self, by)))
        self.editor.edited.connect(self._on_edited)
        self.editor.leaving.connect(self._store_by_itself)
        self.editor.place_changed.connect(lambda number: spots.show_place(self, number))
        self.editor.scheme_heading_asked.connect(lambda: self.guarded(lambda: chapter_calls.use_scheme_heading(self)))
        self.editor.bind_asked.connect(self._on_bind)
        self.preview.view.chosen.connect(lambda spot: spots.go_to(self, spot))
        self.head.title.textEdited.connect(lambda _text: self._on_title_edited())
        self.head.edition_chosen.connect(self._on_edition)
        head_calls.connect(self)

    # --- showing

    def _show_all(self) -> None:
        """Show the ledger as it is; fields whose words are the same already, or are not stored yet, are left alone."""
        reading = self._reading
        if self.chapter_shown is None:
            self._typed = ""
            self._current = reading.chapters[0].uid if reading.chapters else ""
        self._show_list()
        self.show_head()
        if not self._typed:
            self._show_chapter()
        self._show_preview()
        self._stale = False

    def show_head(self) -> None:
        """Show what stands above; a title that is not stored yet stays."""
        snapshot = self.session.snapshot
        title = self.head.typed_title if self.title_waits else notice_title(snapshot)
        self.head.show_notice(title, snapshot.facts, editable=not self.session.read_only)

    def _show_list(self) -> None:
        """The chapters, and the note above the editor where they are the frame's."""
        reading, editable = self._reading, not self.session.read_only
        own = any(chapter.id for chapter in reading.chapters)
        self._frame_note.setVisible(not own and editable)
        self.chapters.show_chapters(reading.chapters, reading.headings, self._current, editable=editable)

    def _show_chapter(self) -> None:
        reading = self._reading
        chapter = self.chapter_shown
        self.editor.show_chapter(
            chapter,
            reading.headings.get(self._current, ""),
            reading.placeholders,
            [offer for offer in reading.offers if offer.chapter.uid == self._current],
            editable=not self.session.read_only and chapter is not None,
            issues=len(reading.snapshot.issues),
        )

    @property
    def _reading(self) -> Reading:
        """What the ledger says at this moment."""
        snapshot = self.session.snapshot
        if self._read is None or self._read.snapshot is not snapshot:
            self._read = Reading(snapshot, self._read)
        return self._read

    def _show_preview(self) -> None:
        self._showing.stop()
        snapshot = self.session.snapshot
        self.pages.show(self.composing(self._last), snapshot, ledger_profile(snapshot.facts))

    def _typed_snapshot(self) -> Snapshot:
        snapshot = self.session.snapshot
        return with_typed(snapshot, self._typed, *self.editor.typed) if self._typed else snapshot

    # --- what happens in the fields

    def _on_edited(self) -> None:
        self.guarded(self._note_typing)

    def _note_typing(self) -> None:
        """The first key makes the frame the ledger's own; what was typed stays in the editor."""
        self._typed = self._current
        was_refused, self._refused = self._refused, False
        self._showing.start()
        if not was_refused:  # else the next pause tries it again, not every key
            self._own_current()
        self._saving.start()

    def _on_title_edited(self) -> None:
        self.title_waits, self._refused = True, False
        self._saving.start()

    def _own_current(self) -> None:
        """Take the frame in where the ledger has no chapters, and stay in the same chapter."""
        from zhenggai_desktop.services.notice_editing import own_chapters, take_frame  # noqa: PLC0415

        if own_chapters(self.session.snapshot):
            return
        try:
            taken = self.session.write(take_frame)
        except ZhenggaiError:
            self._refused = True
            raise
        uids = {chapter.id: chapter.uid for chapter in self.session.snapshot.chapters}
        self._current = uids[taken[self._current]]
        self._typed = self._typed and self._current
        self._show_list()

    def _on_chapter_chosen(self, uid: str) -> None:
        """What was typed is stored before another chapter takes its place; where that fails, the old one stays."""
        place = [chapter.uid for chapter in self._reading.chapters].index(uid)
        if not self.is_stored():
            QTimer.singleShot(0, self, self._show_list)  # the list is just marking the other
            return
        self._current = chosen = self._reading.chapters[place].uid  # the frame's have become the ledger's own
        self._show_list()
        self._show_chapter()
        self.pages.when_fresh(lambda laid_out: self.preview.view.mark(laid_out.lines_of(chosen)[:1]))

    def is_stored(self) -> bool:
        """Store what is typed; False where that was refused, which was said."""
        self.guarded(self.flush)
        return not self._refused

    # --- what is asked for

    def edit(self, work: Callable[..., object], *arguments: object) -> None:
        """Have ``work`` write into the ledger, with these arguments behind it, as a step of its own."""
        self.guarded(lambda: self.session.edit(lambda ledger: work(ledger, *arguments)))

    def own_chapter(self) -> Chapter | None:
        """The chapter in the editor, stored and the ledger's own; None where there is none. Raises
        ``ZhenggaiError``."""
        if self.session.read_only:
            return None
        self.flush()
        self._own_current()
        chapter = self.chapter_shown
        return chapter if chapter is not None and chapter.id else None

    def _on_bind(self, chosen: list[Offer]) -> None:
        from zhenggai_desktop.services.notice_editing import bind  # noqa: PLC0415

        self.edit(bind, chosen)

    def _on_edition(self, edition: Edition) -> None:
        self.edition = edition
        self._show_preview()

    # --- what the session reports

    def _on_switched(self) -> None:
        self._typed = self._current = ""
        self.title_waits = self._refused = False
        self._saving.stop()
        self.pages.stop()
        if self.isVisible() and self.session.is_open:
            self._show_all()
        else:
            self._stale = True

    def _on_changed(self, _changes: Changes) -> None:
        if self._storing:  # shown when all of it is stored
            return
        if self._typed and self.isVisible():
            self._showing.start()
        else:
            self._show_changed()

    def _show_changed(self) -> None:
        if self.isVisible():
            self._show_all()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale and self.session.is_open:
            self._show_all()

    def hideEvent(self, event: QHideEvent) -> None:
        if self.session.is_open:
            self._store_by_itself()
        super().hideEvent(event)


def _timer(page: QWidget, wait: int, call: Callable[[], None]) -> QTimer:
    timer = QTimer(page)
    timer.setSingleShot(True)
    timer.setInterval(wait)
    timer.timeout.connect(call)
    return timer
