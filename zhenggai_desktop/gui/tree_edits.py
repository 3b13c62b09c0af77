"""What the keys and menus of the tree do: each call becomes one use case, on the rows that are selected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtWidgets import QApplication

from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.domain.records import Issue, Measure, Section
from zhenggai_desktop.errors import EditRefusedError, ZhenggaiError
from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.file_drops import is_for_evidence
from zhenggai_desktop.gui.ledger_tree import LedgerTree
from zhenggai_desktop.gui.session import LedgerSession

if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger

BRANCH_MIME = "application/x-zhenggai-branches"


class TreeEdits(QObject):
    """Between the tree and the use cases. What is refused is told in the status bar by ``told``."""

    told = Signal(str)

    def __init__(self, session: LedgerSession, tree: LedgerTree) -> None:
        super().__init__(tree)
        self._session = session
        self._tree = tree
        self.take_evidence: Callable[[], bool] = lambda: False  # what was copied and is no text; False takes nothing
        self._calls: Mapping[Call, Callable[[], None]] = {
            Call.COPY: self._copy,
            Call.PASTE: self._paste,
            Call.BULK_EDIT: self._bulk_edit,
            Call.RENAME: self._rename,
            Call.DELETE: self._delete,
            Call.ADD_SIBLING: self._add_sibling,
            Call.ADD_ISSUE: self._add_issue,
            Call.ADD_MEASURE: self._add_measure,
            Call.ADD_SECTION: self._add_section,
            Call.INDENT: lambda: self._arrange("indent"),
            Call.OUTDENT: lambda: self._arrange("outdent"),
            Call.MOVE_UP: lambda: self._arrange("move", -1),
            Call.MOVE_DOWN: lambda: self._arrange("move", 1),
        }
        tree.renamed.connect(self._on_renamed)
        tree.stored.connect(self._on_stored)

    def perform(self, call: Call) -> None:
        """Do what was called; a refusal becomes a sentence below, a failure a message."""
        self.guarded(self._calls[call])

    def guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except EditRefusedError as error:
            self.told.emit(str(error))
        except ZhenggaiError as error:
            messages.show_error(self._tree, error)

    def put(self, keys: list[RecordKey], parent: RecordKey | None, before: RecordKey | None) -> None:
        """What a drop asks for."""
        from zhenggai_desktop.services import arranging  # noqa: PLC0415 - see the session

        self.guarded(lambda: self._change(lambda ledger: arranging.put(ledger, keys, parent, before), keys))

    # --- adding

    def _add_sibling(self) -> None:
        from zhenggai_desktop.services import editing  # noqa: PLC0415

        key = self._tree.current_key()
        if key is not None:
            self._add(lambda ledger: editing.add_after(ledger, key))
        elif self._session.snapshot.sections:
            self._add_section()
        else:
            self._add(lambda ledger: editing.add_below(ledger, None, Issue))

    def _add_section(self) -> None:
        from zhenggai_desktop.services import editing  # noqa: PLC0415

        self._add(lambda ledger: editing.add_below(ledger, None, Section))

    def _add_issue(self) -> None:
        from zhenggai_desktop.services import editing  # noqa: PLC0415

        parent = self._above_measure()
        self._add(lambda ledger: editing.add_below(ledger, parent, Issue))

    def _add_measure(self) -> None:
        from zhenggai_desktop.services import editing  # noqa: PLC0415

        parent = self._above_measure()
        self._add(lambda ledger: editing.add_below(ledger, parent, Measure))

    def _above_measure(self) -> RecordKey | None:
        """The current row; of a measure its issue."""
        key = self._tree.current_key()
        if key is None or key[0] is not Measure:
            return key
        measures = self._session.snapshot.measures
        return Issue, next(measure.issue_id for measure in measures if measure.id == key[1])

    def _add(self, work: Callable[[Ledger], RecordKey]) -> None:
        key = self._session.edit(work)
        self._tree.select_keys([key])
        self._tree.rename(key)

    # --- changing

    def _rename(self) -> None:
        key = self._tree.current_key()
        if key is not None:
            self._session.flush()
            self._tree.rename(key)

    def _on_renamed(self, key: RecordKey, text: str) -> None:
        from zhenggai_desktop.services import editing  # noqa: PLC0415

        today = self._session.today()
        self.guarded(lambda: self._session.edit(lambda ledger: editing.rename(ledger, key, text, today=today)))

    def _on_stored(self, key: RecordKey, text: str) -> None:
        """Without storing everything else that was typed: that would end the typing here."""
        from zhenggai_desktop.services import editing  # noqa: PLC0415

        today = self._session.today()
        self.guarded(lambda: self._session.write(lambda ledger: editing.rename(ledger, key, text, today=today)))

    def _arrange(self, act: str, *by: int) -> None:
        from zhenggai_desktop.services import arranging  # noqa: PLC0415

        keys = self._tree.selected_keys()
        self._change(lambda ledger: getattr(arranging, act)(ledger, keys, *by), keys)

    def _delete(self) -> None:
        from zhenggai_desktop.services import editing  # noqa: PLC0415

        keys = self._tree.selected_keys()
        if not keys:
            return
        self._session.flush()
        along = editing.what_goes_along(self._session.snapshot, keys)
        more = f"其中的{along}会一起删除，可以撤销。"
        if along and messages.ask(self._tree, f"删除选中的{len(keys)}行？", more, ["删除", messages.CANCEL]) != "删除":
            return
        self._session.edit(lambda ledger: editing.delete(ledger, keys))

    def _bulk_edit(self) -> None:
        from zhenggai_desktop.gui.dialogs.bulk_edit import BulkEdit  # noqa: PLC0415
        from zhenggai_desktop.services import editing  # noqa: PLC0415

        keys = [key for key in self._tree.selected_keys() if key[0] in (Issue, Measure)]
        if not keys:
            raise EditRefusedError("没有选中问题或整改措施", "请先在清单里选择要修改的行")
        self._session.flush()
        dialog = BulkEdit(self._session, len(keys), self._tree.window())
        try:
            values = dialog.values() if dialog.exec() == dialog.DialogCode.Accepted else {}
        finally:
            dialog.deleteLater()
        if values:
            today = self._session.today()
            count = self._session.edit(lambda ledger: editing.set_many(ledger, keys, values, today=today))
            self._tree.select_keys(keys)
            self.told.emit(f"已修改{count}项，可用“撤销”一次退回。{self._waiting_words(values.get('deadline'))}")

    def _waiting_words(self, deadline: str | None) -> str:
        """What to know about a deadline that gives no date yet; "" for any other."""
        if not deadline or self._session.snapshot.facts.feedback_date is not None:
            return ""
        from zhenggai_desktop.domain.waiting_deadlines import waits_for_feedback  # noqa: PLC0415 - many patterns

        waits = waits_for_feedback(deadline, self._session.today())
        return "没有反馈日期，到期日要在“台账信息”里填写后才能算出。" if waits else ""

    def _change(self, work: Callable[[Ledger], None], keys: list[RecordKey]) -> None:
        """Do something that moves rows, and keep them selected."""
        self._session.edit(work)
        self._tree.select_keys(keys)

    # --- the clipboard

    def _copy(self) -> None:
        from zhenggai_desktop.services import branches  # noqa: PLC0415

        keys = self._tree.selected_keys()
        if not keys:
            return
        self._session.flush()
        data = QMimeData()
        data.setText(branches.as_text(self._session.snapshot, keys))
        data.setData(BRANCH_MIME, branches.copy_branches(self._session.snapshot, keys).encode("utf-8"))
        QApplication.clipboard().setMimeData(data)
        self.told.emit(f"已复制{len(keys)}行，连同下级。")

    def _paste(self) -> None:
        from zhenggai_desktop.services import branches, pasting  # noqa: PLC0415

        data, target, today = QApplication.clipboard().mimeData(), self._tree.current_key(), self._session.today()
        if is_for_evidence(data):
            if not self.take_evidence():
                todo = "要作为佐证，请选中问题或措施，打开右边的“佐证”标签再粘贴"
                raise EditRefusedError("剪贴板里是文件或图片，不是文字", todo)
            return
        if data.hasFormat(BRANCH_MIME):
            text = bytes(data.data(BRANCH_MIME).data()).decode("utf-8", "replace")
            keys = self._session.edit(lambda ledger: branches.paste_branches(ledger, target, text))
        elif pasting.is_cells(data.text()):
            keys = self._session.edit(lambda ledger: pasting.paste_cells(ledger, target, data.text(), today=today))
        else:
            keys = self._session.edit(lambda ledger: pasting.paste_lines(ledger, target, data.text()))
        if not keys:
            raise EditRefusedError("剪贴板里没有可以粘贴的文字", "请先在 Word、WPS 或 Excel 里复制")
        self._tree.select_keys(keys)
        self.told.emit(f"已{self._session.undo_label}，可用“撤销”退回。")
