"""A document's template changed: its entries in their order, the words and columns of one, the pages beside them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.domain.document_names import ENTRY_NAMES, entry_caption, placeholders_within
from zhenggai_desktop.domain.document_template import TEXT_KINDS, BlockSpec, DocumentTemplate
from zhenggai_desktop.domain.layout import LayoutProfile
from zhenggai_desktop.domain.records import Snapshot
from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.dialogs import files
from zhenggai_desktop.gui.dialogs.dialog import Dialog
from zhenggai_desktop.gui.dialogs.foot import foot
from zhenggai_desktop.gui.folders import Folders, Purpose
from zhenggai_desktop.gui.notice.laying_out import LayingOut
from zhenggai_desktop.gui.notice.preview_pane import PreviewPane
from zhenggai_desktop.gui.notice.template_entry import EntryEditor
from zhenggai_desktop.gui.style import GAP, MARGIN, TITLE_SCALE, plain_label
from zhenggai_desktop.services.documents import ledger_document, save_template_file

_SIZE = (1320, 680)  # pixels; fits a 1366 × 768 screen with its taskbar
_SPEC = int(Qt.ItemDataRole.UserRole)
_WAIT = 350  # milliseconds from a key to the pages
_NEW = (*TEXT_KINDS, "page")


class TemplateDialog(Dialog):
    """``template`` is what the entries make at this moment; the caller keeps it where the dialog is accepted."""

    help_topic = "出通报"

    def __init__(
        self,
        template: DocumentTemplate,
        snapshot: Snapshot,
        today: dt.date,
        profile: LayoutProfile,
        parent: QWidget | None = None,
        *,
        folders: Folders | None = None,
    ) -> None:
        super().__init__(parent)
        self._base, self._snapshot, self._today = template, snapshot, today
        self._folders = folders or Folders()
        self.setWindowTitle("修改模板")
        self.resize(*_SIZE)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName("模板的各段")
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.entry = EntryEditor()
        self.preview = PreviewPane()
        self.pages = LayingOut(self.preview, profile)
        self.up_button, self.down_button = QPushButton("上移(&U)"), QPushButton("下移(&W)")
        self.add_button, self.remove_button = QPushButton("添加(&A)"), QPushButton("删除(&D)")
        self.file_button, self.keep_button = QPushButton("另存为文件(&F)…"), QPushButton("保存模板(&S)")
        self.keep_button.setProperty("primary", True)
        menu = QMenu(self.add_button)
        for kind in _NEW:
            menu.addAction(ENTRY_NAMES[kind]).triggered.connect(lambda _=False, kind=kind: self.add(kind))
        self.add_button.setMenu(menu)
        self._showing = QTimer(self, interval=_WAIT, singleShot=True)
        self._showing.timeout.connect(self._show_pages)
        self._fill(self.tree.invisibleRootItem(), template.blocks)
        self.tree.expandAll()
        self._arrange()
        self._connect()
        if (first := self.tree.topLevelItem(0)) is not None:
            self.tree.setCurrentItem(first)
        self._show_pages()

    @property
    def template(self) -> DocumentTemplate:
        """The template as it stands."""
        return replace(self._base, blocks=self._blocks(self.tree.invisibleRootItem()))

    # --- entries

    def _fill(self, above: QTreeWidgetItem, blocks: tuple[BlockSpec, ...]) -> None:
        for spec in blocks:
            item = self._item(replace(spec, blocks=()))
            above.addChild(item)
            self._fill(item, spec.blocks)

    def _item(self, spec: BlockSpec) -> QTreeWidgetItem:
        item = QTreeWidgetItem([entry_caption(spec)])
        item.setToolTip(0, spec.text)
        item.setData(0, _SPEC, spec)
        return item

    def _blocks(self, above: QTreeWidgetItem) -> tuple[BlockSpec, ...]:
        items = (above.child(at) for at in range(above.childCount()))
        return tuple(replace(item.data(0, _SPEC), blocks=self._blocks(item)) for item in items)

    def _around(self, item: QTreeWidgetItem) -> tuple[str, ...]:
        """What the entries around one repeat."""
        found: list[str] = []
        above = item.parent()
        while above is not None:  # pyright: ignore[reportUnnecessaryComparison] - the stubs forget the root
            found.append(above.data(0, _SPEC).of)
            above = above.parent()
        return tuple(found)

    def _current(self) -> QTreeWidgetItem | None:
        chosen = self.tree.selectedItems()
        return chosen[0] if chosen else None

    def _above(self, item: QTreeWidgetItem) -> QTreeWidgetItem:
        return item.parent() or self.tree.invisibleRootItem()

    # --- what the clerk does

    def add(self, kind: str) -> None:
        """A new entry behind the one that is chosen, and the cursor in its words."""
        item = self._item(BlockSpec(kind, level=1 if kind == "heading" else 0, landscape=False))
        current = self._current()
        above = self._above(current) if current is not None else self.tree.invisibleRootItem()
        above.insertChild(above.indexOfChild(current) + 1 if current is not None else 0, item)
        self.tree.setCurrentItem(item)
        self.entry.text.setFocus()
        self._on_changed()

    def remove(self) -> None:
        """Take the chosen entry out, with what is inside it."""
        if (item := self._current()) is not None:
            above = self._above(item)
            above.takeChild(above.indexOfChild(item))
            self._on_changed()

    def move(self, by: int) -> None:
        """The chosen entry past its neighbour."""
        item = self._current()
        if item is None:
            return
        above = self._above(item)
        at = above.indexOfChild(item)
        if 0 <= at + by < above.childCount():
            with QSignalBlocker(self.tree):
                expanded = item.isExpanded()
                above.takeChild(at)
                above.insertChild(at + by, item)
                item.setExpanded(expanded)
                self.tree.setCurrentItem(item)
            self._on_changed()

    def _on_entry(self, spec: BlockSpec) -> None:
        if (item := self._current()) is not None:
            item.setData(0, _SPEC, spec)
            item.setText(0, entry_caption(spec))
            self._on_changed()

    def _on_changed(self) -> None:
        self._show_state()
        self._showing.start()

    def _on_file(self) -> None:
        name = self._base.caption.partition("（")[0]
        suggestion = self._folders.start(Purpose.STYLE, Path.home()) / f"{name}模板.json"
        path = files.ask_target(self, "另存模板", suggestion, "文书模板 (*.json)")
        if path is not None:
            self._folders.used(Purpose.STYLE, path)
            save_template_file(self.template, path)
            messages.tell(self, f"已保存“{path.name}”。", "其他电脑可在“其他文书”的“用自己的模板”中选用。")

    # --- showing

    def _show_entry(self) -> None:
        item = self._current()
        if item is None:
            self.entry.show_entry(None, {})
        else:
            offered = placeholders_within(self._snapshot, self._today, self._around(item))
            self.entry.show_entry(item.data(0, _SPEC), offered)
        self._show_state()

    def _show_state(self) -> None:
        item = self._current()
        above = self._above(item) if item is not None else None
        at, count = (above.indexOfChild(item), above.childCount()) if above is not None and item is not None else (0, 0)
        self.up_button.setEnabled(at > 0)
        self.down_button.setEnabled(at < count - 1)
        self.remove_button.setEnabled(item is not None)
        self.keep_button.setEnabled(self.tree.topLevelItemCount() > 0)

    def _show_pages(self) -> None:
        self._showing.stop()
        snapshot, template, today = self._snapshot, self.template, self._today
        self.pages.show(lambda: ledger_document(snapshot, template, today=today), snapshot)

    def done(self, result: int) -> None:
        self._showing.stop()
        self.pages.stop()
        super().done(result)

    # --- arranging

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(plain_label(f"修改模板：{self._base.caption}", scale=TITLE_SCALE, bold=True))
        layout.addWidget(
            plain_label("花括号里的名称由台账填写；只改模板，不改台账。保存后本机各台账的这种文书都用它。", muted=True)
        )
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, GAP, 0)
        column.setSpacing(GAP)
        column.addWidget(self.tree, 1)
        row = QHBoxLayout()
        row.setSpacing(GAP // 2)
        for button in (self.add_button, self.remove_button, self.up_button, self.down_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        column.addLayout(row)
        panes = QSplitter(Qt.Orientation.Horizontal)
        for pane in (left, self.entry, self.preview):
            panes.addWidget(pane)
        panes.setHandleWidth(1)
        panes.setSizes([360, 400, 520])
        panes.setStretchFactor(2, 1)
        panes.setChildrenCollapsible(False)
        layout.addWidget(panes, 1)
        layout.addLayout(foot(self, self.file_button, None, self.keep_button))

    def _connect(self) -> None:
        self.tree.itemSelectionChanged.connect(self._show_entry)
        self.entry.edited.connect(self._on_entry)
        self.remove_button.clicked.connect(self.remove)
        self.up_button.clicked.connect(lambda: self.move(-1))
        self.down_button.clicked.connect(lambda: self.move(+1))
        self.file_button.clicked.connect(lambda: messages.guarded(self, self._on_file))
        self.keep_button.clicked.connect(self.accept)
        for keys, by in (("Alt+Up", -1), ("Alt+Down", +1)):
            QShortcut(QKeySequence(keys), self, lambda by=by: self.move(by))
