"""Documents laid out beside the window: a large ledger's plan has thousands of pages, and takes its time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from zhenggai_desktop.domain.blocks import Document
from zhenggai_desktop.domain.layout import LayoutProfile
from zhenggai_desktop.domain.records import Snapshot
from zhenggai_desktop.errors import CancelledError, ZhenggaiError
from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.gathering import Gathering, is_small
from zhenggai_desktop.gui.notice.preview_pane import PreviewPane
from zhenggai_desktop.paper.faces import Faces
from zhenggai_desktop.paper.pages import Kept, LaidOut, Page, PageMaker

_FEW = 50  # issues and measures of which a document is laid out at once
_Made = tuple[Document, tuple[Page, ...], Kept]


class LayingOut(QObject):
    """Shows in a pane what was asked for last; what is under way for something else ends at its next block.

    Fonts never leave their thread: the work measures with its own, the pane draws with those that are here.
    """

    shown = Signal()

    def __init__(self, pane: PreviewPane, profile: LayoutProfile) -> None:
        super().__init__(pane)
        self._pane, self._profile = pane, profile
        self._faces = Faces(profile)
        self._gathering = Gathering(self)
        self._kept: Kept | None = None
        self._wanted: object | None = None
        self.laid_out: LaidOut | None = None  # what is shown; None until it is there

    def show(self, compose: Callable[[], Document], snapshot: Snapshot, *, from_the_top: bool = False) -> None:
        """Lay out what ``compose`` makes of the snapshot. What cannot be made is told in a message."""
        wanted = self._wanted = object()
        profile, kept = self._profile, self._kept

        def tick(_done: int, _total: int) -> None:
            if self._wanted is not wanted:
                raise CancelledError

        def work() -> _Made | ZhenggaiError:
            try:
                document = compose()
                maker = PageMaker(profile, kept)
                return document, maker.lay_out(document, tick).pages, maker.kept
            except ZhenggaiError as error:
                return error

        def tell(made: _Made | ZhenggaiError) -> None:
            if isinstance(made, ZhenggaiError):
                messages.show_error(self._pane.window(), made)
                return
            document, pages, self._kept = made
            self._tell(LaidOut(document, pages, self._faces), document.warnings, from_the_top=from_the_top)

        self.laid_out = None
        self._pane.show_waiting()
        self._gathering.ask(work, tell, at_once=is_small(snapshot, _FEW))

    def stop(self) -> None:
        """Nobody looks any more."""
        self._wanted = None
        self._gathering.forget()

    def settle(self) -> None:
        """Wait until what was asked for is shown."""
        self._gathering.settle()

    def _tell(self, laid_out: LaidOut, warnings: Sequence[str], *, from_the_top: bool) -> None:
        self.laid_out = laid_out
        self._pane.show_pages(laid_out, warnings)
        if from_the_top:
            self._pane.view.verticalScrollBar().setValue(0)
        self.shown.emit()
