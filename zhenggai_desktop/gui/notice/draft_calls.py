"""What the notice page's menu of drafts calls: the way back, the register, the published text, the scheme's editor."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from zhenggai_desktop.domain.schemes import scheme_for
from zhenggai_desktop.gui.dialogs.agreement import agreed
from zhenggai_desktop.gui.folders import Purpose
from zhenggai_desktop.gui.notice.head import COLLECT, PUBLISHED, REGISTER, SCHEME
from zhenggai_desktop.gui.progress import edit_away, wait_for
from zhenggai_desktop.names import SOURCE_SUFFIXES

if TYPE_CHECKING:
    from zhenggai_desktop.gui.pages.notice import NoticePage
    from zhenggai_desktop.services.returning import ReturnedFile, Taken

_KINDS = f"退回的文稿 ({' '.join(f'*{suffix}' for suffix in SOURCE_SUFFIXES)});;所有文件 (*)"


def collect(page: NoticePage) -> None:
    """Ask for a draft that came back and show its changes. Raises ``ZhenggaiError``."""
    page.session.flush()
    chosen, _ = QFileDialog.getOpenFileName(page, "收回退回稿", str(_folder(page)), _KINDS)
    if chosen:
        page.session.folders.used(Purpose.RETURNED, Path(chosen))
        collect_file(page, Path(chosen))


def collect_file(page: NoticePage, path: Path) -> None:
    """Show the changes of one file; what is ticked there goes into the ledger."""
    from zhenggai_desktop.gui.notice.returned_dialog import ReturnedDialog  # noqa: PLC0415 - on demand
    from zhenggai_desktop.services.returning import open_returned, take_returned  # noqa: PLC0415

    session = page.session
    snapshot = session.snapshot
    file = wait_for(page, f"正在读取“{path.name}”…", lambda: open_returned(snapshot, path))

    def take(numbers: Collection[int], older: bool) -> Taken:
        return edit_away(
            session,
            dialog,
            f"正在收入“{path.name}”的修改…",
            lambda ledger, _tick: take_returned(ledger, open_returned(ledger.snapshot, path), numbers, older=older),
        )

    def again() -> ReturnedFile:
        now = session.snapshot
        return wait_for(dialog, f"正在读取“{path.name}”…", lambda: open_returned(now, path))

    dialog = ReturnedDialog(file, take, again, page)
    agreed(dialog)
    if dialog.taken:
        page.told.emit(f"已收入“{path.name}”的 {dialog.taken} 处修改，可用“撤销”退回。")


def register(page: NoticePage) -> None:
    """Show the register of drafts. Raises ``ZhenggaiError``."""
    from zhenggai_desktop.gui.notice.drafts_dialog import DraftsDialog  # noqa: PLC0415

    page.session.flush()
    agreed(DraftsDialog(page.session.snapshot, page))


def check_published(page: NoticePage) -> None:
    """Compare what was published with what was approved. Raises ``ZhenggaiError``."""
    from zhenggai_desktop.gui.notice.published_dialog import PublishedDialog  # noqa: PLC0415

    page.session.flush()
    agreed(PublishedDialog(page.session.snapshot, _folder(page), page))


def edit_scheme(page: NoticePage) -> None:
    """Change the scheme by which the notice is headed, with the pages beside it. Raises ``ZhenggaiError``."""
    from zhenggai_desktop.gui.notice.scheme_dialog import SchemeDialog  # noqa: PLC0415
    from zhenggai_desktop.services.notice_editing import choose_scheme  # noqa: PLC0415

    page.session.flush()
    snapshot = page.session.snapshot
    editable = not page.session.read_only
    dialog = SchemeDialog(
        snapshot,
        scheme_for(snapshot.facts),
        _folder(page),
        editable=editable,
        parent=page,
        folders=page.session.folders,
    )
    if agreed(dialog):
        page.session.edit(lambda ledger: choose_scheme(ledger, dialog.scheme))


def _folder(page: NoticePage) -> Path:
    path = page.session.path
    return page.session.folders.start(Purpose.RETURNED, path.parent if path else Path.home())


CALLS: Mapping[str, Callable[[NoticePage], None]] = {
    COLLECT: collect,
    REGISTER: register,
    PUBLISHED: check_published,
    SCHEME: edit_scheme,
}
