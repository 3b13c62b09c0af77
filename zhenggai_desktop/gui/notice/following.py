"""The pages of the notice behind what is typed: at once for a usual ledger, on another thread for a large one.

A version that is under way is not left for the next one: whoever types without a pause sees the pages follow all the
same. As long as what is shown is not the newest, the line below it says so, and whatever leads from words to lines
waits for the newest.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject

from zhenggai_desktop.domain.blocks import Document
from zhenggai_desktop.domain.layout import LayoutProfile
from zhenggai_desktop.domain.records import Snapshot
from zhenggai_desktop.errors import CancelledError, ZhenggaiError
from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.gathering import Gathering, is_small
from zhenggai_desktop.gui.notice.preview_pane import PreviewPane
from zhenggai_desktop.paper.pages import Kept, LaidOut, Page, PageMaker

_FEW = 400  # issues and measures whose notice is composed and laid out between two keys
_Made = tuple[Document, tuple[Page, ...], Kept]


class _Wanted(NamedTuple):
    compose: Callable[[], Document]
    profile: LayoutProfile


class Following(QObject):
    """Shows in a pane what was asked for last. Fonts never leave their thread: the work measures with its own."""

    def __init__(self, pane: PreviewPane) -> None:
        super().__init__(pane)
        self._pane = pane
        self._gathering = Gathering(self)
        self._makers: dict[LayoutProfile, PageMaker] = {}  # with all they have set already
        self._kept: dict[LayoutProfile, Kept] = {}  # what was set elsewhere
        self._next: _Wanted | None = None  # what is to be done when the one under way is there
        self._is_under_way = False
        self._wanted: _Wanted | None = None  # the one under way
        self._waiting: list[Callable[[LaidOut], None]] = []
        self.laid_out: LaidOut | None = None  # as shown

    @property
    def is_fresh(self) -> bool:
        """Whether what is shown is what was asked for last."""
        return not self._is_under_way and self.laid_out is not None

    def show(self, compose: Callable[[], Document], snapshot: Snapshot, profile: LayoutProfile) -> None:
        """Lay out what ``compose`` makes, which is called here or on another thread. What cannot be made is told in
        a message."""
        if is_small(snapshot, _FEW):
            self._leave()
            try:
                document = compose()
            except ZhenggaiError as error:
                self._fail(error)
                return
            self._show(self._maker(profile).lay_out(document))
            return
        self._pane.show_waiting()
        wanted = _Wanted(compose, profile)
        if self._is_under_way:
            self._next = wanted
        else:
            self._begin(wanted)

    def when_fresh(self, work: Callable[[LaidOut], None]) -> None:
        """Do something with the pages: now, or as soon as what was asked for last is shown."""
        if self.is_fresh:
            assert self.laid_out is not None
            work(self.laid_out)
        else:
            self._waiting.append(work)

    def settle(self) -> None:
        """Wait until what was asked for last is shown."""
        while self._is_under_way:
            self._gathering.settle()

    def stop(self) -> None:
        """The ledger is another one: nobody waits for anything, and what is shown is nothing of it."""
        self._leave()
        self.laid_out = None
        self._pane.view.clear()

    def _leave(self) -> None:
        self._gathering.forget()
        self._is_under_way, self._wanted, self._next = False, None, None
        self._waiting.clear()

    def _maker(self, profile: LayoutProfile) -> PageMaker:
        if profile not in self._makers:
            self._makers[profile] = PageMaker(profile)
        return self._makers[profile]

    def _begin(self, wanted: _Wanted) -> None:
        compose, profile = wanted
        kept = self._kept.get(profile)
        self._is_under_way, self._wanted = True, wanted

        def tick(_done: int, _total: int) -> None:
            if self._wanted is not wanted:  # the ledger is another one by now
                raise CancelledError

        def work() -> _Made | ZhenggaiError:
            try:
                document = compose()
            except ZhenggaiError as error:
                return error
            maker = PageMaker(profile, kept)
            return document, maker.lay_out(document, tick).pages, maker.kept

        self._gathering.ask(work, lambda made: self._on_made(profile, made), at_once=False)

    def _on_made(self, profile: LayoutProfile, made: _Made | ZhenggaiError) -> None:
        self._is_under_way = False
        following, self._next = self._next, None
        if following is not None:
            self._begin(following)  # before anything is shown: what is shown is not the newest then
        if isinstance(made, ZhenggaiError):
            self._fail(made)
            return
        document, pages, self._kept[profile] = made
        self._show(LaidOut(document, pages, self._maker(profile).faces))

    def _fail(self, error: ZhenggaiError) -> None:
        self._pane.show_failed()
        messages.show_error(self._pane.window(), error)

    def _show(self, laid_out: LaidOut) -> None:
        self.laid_out = laid_out
        self._pane.show_pages(laid_out, laid_out.document.warnings)
        if self._is_under_way:
            self._pane.show_waiting()
            return
        waiting, self._waiting = self._waiting, []
        for work in waiting:
            work(laid_out)
