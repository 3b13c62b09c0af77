"""What an import would make: the tree of sections and issues, and lists of what is new, there already or different."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHeaderView, QTabWidget, QTreeWidget, QTreeWidgetItem, QTreeWidgetItemIterator, QWidget

from zhenggai_desktop.domain.plan import ImportPlan, PlanNote, ProposedIssue, ProposedSection
from zhenggai_desktop.services.import_report import ImportReport, ReportLine

_KEY = int(Qt.ItemDataRole.UserRole)
Entry = tuple[int, str]  # line of the source (0 = none) and words


class PlanTree(QTreeWidget):
    """Sections, issues and measures as proposed. Going to one tells its uid."""

    record_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setAccessibleName("将导入的方面和问题")
        self._items: dict[str, QTreeWidgetItem] = {}
        self.currentItemChanged.connect(self._on_item)
        self.itemClicked.connect(self._on_item)

    def show_plan(self, plan: ImportPlan) -> None:
        """Show what ``plan`` proposes, issues unfolded."""
        with QSignalBlocker(self):
            self.clear()
            self._items = {}
            self.addTopLevelItems([item for section in plan.sections for item in self._section(section)])
            self.expandToDepth(1)

    def go_to(self, uid: str) -> None:
        """Select the record with this uid without telling so; without one nothing is selected."""
        with QSignalBlocker(self):
            item = self._items.get(uid)
            if item is None:
                self.clearSelection()
                return
            self.setCurrentItem(item)
            self.scrollToItem(item)

    def titles(self) -> list[str]:
        """The words of all rows in reading order."""
        iterator, found = QTreeWidgetItemIterator(self), list[str]()
        while iterator.value():
            found.append(iterator.value().text(0))
            iterator += 1
        return found

    def _section(self, section: ProposedSection) -> Iterator[QTreeWidgetItem]:
        issues = [self._issue(issue) for issue in section.issues]
        if section.record is None:
            yield from issues
            return
        item = self._item(section.record.title or section.record.introduction or "未命名方面", section.record.uid)
        font = QFont()
        font.setBold(True)
        item.setFont(0, font)
        item.addChildren(issues)
        yield item

    def _issue(self, issue: ProposedIssue) -> QTreeWidgetItem:
        item = self._item(f"{issue.number} {issue.record.title}".strip(), issue.record.uid)
        item.addChildren([self._issue(child) for child in issue.issues])
        for measure in issue.measures:
            words = measure.record.content or measure.record.progress
            item.addChild(self._item(f"措施：{words}", measure.record.uid))
        return item

    def _item(self, words: str, uid: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem([words])
        item.setData(0, _KEY, uid)
        item.setToolTip(0, words.replace("<", "＜"))  # never markup: the words come from files
        self._items[uid] = item
        return item

    def _on_item(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.record_chosen.emit(item.data(0, _KEY))


class EntryList(QTreeWidget):
    """Sentences with the line of the source that each is about; going to one tells that line."""

    line_chosen = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setColumnCount(2)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAccessibleName(name)
        self.header().setStretchLastSection(True)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        self.header().resizeSection(0, self.fontMetrics().horizontalAdvance("第 8888 行") + 16)
        self.currentItemChanged.connect(self._on_item)
        self.itemClicked.connect(self._on_item)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these instead of what was shown."""
        with QSignalBlocker(self):
            self.clear()
            for line, words in entries:
                item = QTreeWidgetItem([f"第 {line} 行" if line else "", words])
                item.setData(0, _KEY, line)
                item.setToolTip(1, words.replace("<", "＜"))  # never markup: the words come from files
                self.addTopLevelItem(item)

    def _on_item(self, item: QTreeWidgetItem | None) -> None:
        if item is not None and item.data(0, _KEY):
            self.line_chosen.emit(item.data(0, _KEY))


class PlanView(QTabWidget):
    """The tree first, then the lists. ``compared``: there is a ledger, so what it has already is told too."""

    line_chosen = Signal(int)

    def __init__(self, *, compared: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree = PlanTree()
        self.addTab(self.tree, "内容")
        self._names = (*(("新增", "已有", "不同", "台账独有") if compared else ()), "未归入", "已规范")
        self._lists = {name: EntryList(name) for name in self._names}
        for name, entries in self._lists.items():
            self.addTab(entries, name)
            entries.line_chosen.connect(self.line_chosen)

    def show_plan(self, plan: ImportPlan, report: ImportReport) -> None:
        """Show what ``plan`` proposes and what that would do."""
        self.tree.show_plan(plan)
        entries = _entries(plan, report)
        for at, name in enumerate(self._names, 1):
            self._lists[name].show_entries(entries[name])
            self.setTabText(at, f"{name} {len(entries[name])}")
            self.setTabVisible(at, bool(entries[name]))


def _entries(plan: ImportPlan, report: ImportReport) -> dict[str, list[Entry]]:
    return {
        "新增": _reported(report.added),
        "已有": _reported(report.already_there),
        "不同": _reported([*report.different, *report.moved]),
        "台账独有": _reported(report.gone),
        "未归入": _noted(plan.leftovers),
        "已规范": _noted(plan.normalisations),
    }


def _reported(lines: Sequence[ReportLine]) -> list[Entry]:
    return [
        (line.line, "　".join(part for part in (f"{line.kind}：{line.text}", line.detail) if part)) for line in lines
    ]


def _noted(notes: Sequence[PlanNote]) -> list[Entry]:
    return [(note.line, note.text) for note in notes]
