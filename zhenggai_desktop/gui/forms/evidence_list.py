"""The files that prove an issue or a measure: chosen, dropped or pasted, opened, and what is known of each."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.domain.milestone_papers import milestones_by_evidence
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import Evidence, Issue, Milestone
from zhenggai_desktop.errors import CancelledError, SourceMissingError, ZhenggaiError
from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.dialogs.choose_evidence import ChooseEvidence
from zhenggai_desktop.gui.dialogs.files import ask_evidence
from zhenggai_desktop.gui.evidence_copying import copy_evidence, known_words
from zhenggai_desktop.gui.file_drops import accept_copy, dropped_files
from zhenggai_desktop.gui.forms.record_list import RecordList
from zhenggai_desktop.gui.forms.thumbnail import Thumbnail
from zhenggai_desktop.gui.opening import open_file
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import MARGIN, plain_label

ADD, REUSE, PAPER, OPEN, OPEN_FOLDER, REMOVE = "添加文件…", "引用已有…", "登记纸质件", "打开", "打开所在文件夹", "删除"
INDEX, CHECK = "材料目录…", "核对文件…"


class EvidenceList(RecordList):
    """Of an issue or a measure; without an owner all evidence of the ledger, to be looked at and put in order."""

    def __init__(
        self,
        session: LedgerSession,
        parent: QWidget | None = None,
        *,
        confirm: Callable[[RecordKey], bool] | None = None,
    ) -> None:
        self._outline: Outline | None = None
        self._lying: frozenset[str] = frozenset()
        self._early: frozenset[int] = frozenset()
        self._papers: Mapping[int, tuple[Milestone, ...]] = {}
        self.said = plain_label("", muted=True)
        super().__init__(session, Evidence, parent, confirm=confirm)
        self.thumbnail = Thumbnail()
        self._arrange_more()
        self.setAcceptDrops(True)
        self.rows.itemActivated.connect(lambda _item, _column: self.open_file())
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self, self.paste)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)  # its fields take their text themselves

    # --- what the buttons do

    def choose_files(self) -> None:
        """Ask for files and take them in."""
        folder = self._session.path.parent if self._session.path is not None else Path.home()
        self.take(ask_evidence(self, folder))

    def take(self, paths: Sequence[Path]) -> None:
        """Copy files into the ledger's folder and hang them on the record that is shown."""
        owner = self._owner
        if owner is None or not paths or self._session.read_only:
            return
        try:
            added = copy_evidence(self._session, self.window(), owner, paths)
        except CancelledError as error:
            self._say(str(error))
            return
        except ZhenggaiError as error:
            messages.show_error(self, error)
            return
        if added.keys:
            self._choose(added.keys[0])
            self.rows.setFocus()
        if added.known:
            self._say(known_words(added.known, added.restored))

    def choose_known(self) -> None:
        """Let evidence that the ledger has prove this record too."""
        from zhenggai_desktop.services import attachments, proving  # noqa: PLC0415

        owner, snapshot = self._owner, self._session.snapshot
        if owner is None:
            return
        own = {record.id for record in attachments.records_on(snapshot, Evidence, owner)}
        dialog = ChooseEvidence([record for record in snapshot.evidence if record.id not in own], self.window())
        try:
            chosen = dialog.chosen() if dialog.exec() == ChooseEvidence.DialogCode.Accepted else []
        finally:
            dialog.deleteLater()
        if chosen:
            self._done(lambda: self._session.edit(lambda ledger: proving.link_to(ledger, owner, chosen)))
            self._choose((Evidence, chosen[0]))

    def open_file(self) -> None:
        """Open the chosen file in the program of the system; a program is only shown in its folder."""
        place = self._done(self._place)
        if place is not None:
            open_file(self, place)

    def open_folder(self) -> None:
        """Open the folder in which the chosen file lies."""
        place = self._done(self._place)
        if place is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(place.parent)))

    def paste(self) -> None:
        """Take in the files that were copied in the file manager, or the picture that was copied on the screen."""
        data = QApplication.clipboard().mimeData()
        if files := dropped_files(data):
            self.take(files)
        elif data.hasImage() and self._owner is not None and not self._session.read_only:
            with tempfile.TemporaryDirectory(prefix="zhenggai-") as folder:
                made = Path(folder) / f"截图 {dt.datetime.now().astimezone():%Y-%m-%d %H%M%S}.png"
                if QImage(data.imageData()).save(str(made)):
                    self.take([made])
                else:
                    self._say("剪贴板里的图片存不下来，请先把它存成文件再添加。")

    def write_index(self) -> None:
        """佐证材料目录 as a Word paper: of the issue that is shown, or of all."""
        from zhenggai_desktop.gui.months.papers import write_paper  # noqa: PLC0415
        from zhenggai_desktop.services.paperwork import evidence_list  # noqa: PLC0415

        issue_id = None if self._owner is None else self._owner[1]
        self._done(
            lambda: write_paper(
                self.window(), self._session, "佐证材料目录", lambda snapshot: evidence_list(snapshot, issue_id)
            )
        )

    def check_files(self) -> None:
        """Are all files there, and as they were added? What is not is shown, to be found again or taken as it is."""
        from zhenggai_desktop.gui.dialogs.evidence_check import check_evidence  # noqa: PLC0415

        words = self._done(lambda: check_evidence(self.window(), self._session))
        if words:
            self._say(words)
        self.show_owner(self._owner)

    # --- what Qt reports

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._owner is not None and not self._session.read_only and dropped_files(event.mimeData()):
            accept_copy(event, there=True)

    def dropEvent(self, event: QDropEvent) -> None:
        accept_copy(event, there=True)
        paths = dropped_files(event.mimeData())
        QTimer.singleShot(0, lambda: self.take(paths))  # the file manager waits until the drop is over

    # --- inside

    def show_owner(self, owner: RecordKey | None) -> None:
        from zhenggai_desktop.domain.evidence_use import too_early  # noqa: PLC0415

        self._outline = Outline(self._session.snapshot) if owner is None else None
        if self._session.is_open:
            self._lying = self._session.write(lambda ledger: ledger.evidence_folder.lying_here())
            self._early = too_early(self._session.outline)
            self._papers = milestones_by_evidence(self._session.snapshot) if owner is None else {}
        if owner != self._owner:
            self._say("")
        self.rows.headerItem().setText(0, "文件" if owner is not None else "用于问题")
        super().show_owner(owner)

    def _calls(self) -> list[dict[str, Callable[[], None]]]:
        return [
            {ADD: self.choose_files, REUSE: self.choose_known, PAPER: self.add},
            {
                OPEN: self.open_file,
                OPEN_FOLDER: self.open_folder,
                REMOVE: self.remove,
                INDEX: self.write_index,
                CHECK: self.check_files,
            },
        ]

    def _arrange_more(self) -> None:
        """A sentence below the buttons, and the picture of a picture beside its fields."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        self.said.setWordWrap(True)
        self.said.setContentsMargins(MARGIN, 0, MARGIN, 0)
        self.said.hide()
        layout.insertWidget(len(self._calls()), self.said)
        layout.insertWidget(layout.indexOf(self.form), self.thumbnail)

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self.said.setVisible(bool(words))

    def _show_buttons(self) -> None:
        super()._show_buttons()
        for caption in (ADD, REUSE, PAPER):
            self.buttons[caption].setVisible(self._owner is not None)
        self.buttons[INDEX].setVisible(self._owner is None or self._owner[0] is Issue)
        self.buttons[CHECK].setVisible(self._owner is None)
        self.buttons[INDEX].setEnabled(self._session.is_open)
        record = self._record()
        for caption in (OPEN, OPEN_FOLDER):
            self.buttons[caption].setEnabled(record is not None and bool(record.file_name))

    def _fill(self, records: list[Any], chosen: RecordKey | None) -> None:
        super()._fill(records, chosen)
        self._show_buttons()
        self._show_thumbnail()

    def _show_thumbnail(self) -> None:
        record = self._record()
        place = None if record is None or not Thumbnail.can_show(record.file_name) else self._find(record)
        self.thumbnail.show_file(place)

    def _cell(self, record: Any, name: str) -> str:
        if name == "title":
            gone = record.file_name and record.file_name not in self._lying and self._find(record) is None
            marks = ("文件不在了",) * bool(gone) + ("早于反馈",) * (record.id in self._early)
            return super()._cell(record, name) + (f"（{'，'.join(marks)}）" if marks else "")
        if name == "file_name":
            return self._kind(record) if self._outline is None else self._used_by(record)
        return super()._cell(record, name)

    @staticmethod
    def _kind(record: Evidence) -> str:
        return (
            f"{Path(record.file_name).suffix.lstrip('.').upper()} {_size(record.size)}" if record.file_name else "纸质"
        )

    def _used_by(self, record: Evidence) -> str:
        """The issues that the evidence proves, by number, and the milestones whose paper it is."""
        outline = self._outline
        assert outline is not None
        links = [link for link in outline.snapshot.evidence_links if link.evidence_id == record.id]
        issues = [link.issue_id for link in links if link.issue_id is not None]
        issues += [outline.measure(link.measure_id).issue_id for link in links if link.measure_id is not None]
        names = [outline.number(outline.issue(at)) for at in issues]
        names += [one.title or one.kind for one in self._papers.get(record.id, ())]
        return "、".join(dict.fromkeys(names)) or "未引用"

    def _record(self) -> Evidence | None:
        key = self.current_key()
        return next((one for one in self._session.snapshot.evidence if key is not None and one.id == key[1]), None)

    def _find(self, record: Evidence) -> Path | None:
        from zhenggai_desktop.services.proving import place_of  # noqa: PLC0415

        return self._session.write(lambda ledger: place_of(ledger, record))

    def _place(self) -> Path | None:
        record = self._record()
        if record is None or not record.file_name:
            return None
        place = self._find(record)
        if place is None:
            raise SourceMissingError(
                f"“{record.title}”的文件不在了", "请到“督办”页的“佐证”点“核对文件”，指一个文件夹找回；找不回再重新添加"
            )
        return place


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(1, round(count / 1000))} KB"
