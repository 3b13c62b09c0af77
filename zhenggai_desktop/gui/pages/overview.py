"""The overview: figures with their formulas, progress, deadlines; behind every number its rows. And the wall chart."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.domain.changes import Changes, RecordKey
from zhenggai_desktop.domain.figures import figures
from zhenggai_desktop.domain.progress import Overview, Progress, issues_behind
from zhenggai_desktop.domain.records import Issue
from zhenggai_desktop.domain.schedule import schedule
from zhenggai_desktop.gui import messages, themes
from zhenggai_desktop.gui.dialogs.drop_down import DropDown
from zhenggai_desktop.gui.focus_entry import lead_focus
from zhenggai_desktop.gui.months.process_panel import ProcessPanel
from zhenggai_desktop.gui.overview.bars import ProgressBars
from zhenggai_desktop.gui.overview.chart_view import ChartView
from zhenggai_desktop.gui.overview.output import print_chart, save_chart
from zhenggai_desktop.gui.overview.row_list import RowList
from zhenggai_desktop.gui.overview.tiles import FigureTable, FigureTiles
from zhenggai_desktop.gui.page_table import Page
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import GAP, MARGIN, TITLE_SCALE, plain_label
from zhenggai_desktop.paper.wall_chart import Paper, WallChart

#: Tabs above the bars: caption and what they are grouped by.
_GROUPS: tuple[tuple[str, Callable[[Overview], Sequence[Progress]]], ...] = (
    ("按方面", lambda overview: overview.by_section),
    ("按牵头部门", lambda overview: overview.by_department),
    ("按责任领导", lambda overview: overview.by_leader),
)
_NEXT = 30  # deadlines in the list; what is late is always there


class _Area(QScrollArea):
    """Tells the table how much room there is: what it asks for would make the page scroll sideways."""

    def __init__(self, table: FigureTable) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what stands in it has the keyboard
        self._table = table

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._table.fit(self.viewport().width() - 2 * MARGIN)


class OverviewPage(Page):
    """Follows the session. Counts when it is seen, not with every step in other pages."""

    def __init__(self, session: LedgerSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.tiles = FigureTiles()
        self.table = FigureTable()
        self.groups = QTabBar()
        self.bars = ProgressBars()
        self.rows = RowList()
        self.process = ProcessPanel(session)
        self.chart = ChartView()
        self.views = QTabBar()
        self.papers = DropDown()
        self.save_button = QPushButton("保存挂图…")
        self.print_button = QPushButton("打印挂图…")
        self.back_button = QPushButton("返回近期时限")
        self._rows_title = plain_label(bold=True)
        self._stack = QStackedWidget()
        self._overview: Overview | None = None
        self._chart: WallChart | None = None
        self._shown: tuple[str, Callable[[Overview], Sequence[int]]] | None = None  # rows behind a number
        self._stale = True
        self._theme = themes.current()
        self._arrange()
        self._connect()

    @property
    def tells_what_is_due(self) -> bool:
        return True

    @property
    def rows_title(self) -> str:
        """What the list at the side shows."""
        return self._rows_title.text()

    # --- arranging

    def _arrange(self) -> None:
        for caption, _ in _GROUPS:
            self.groups.addTab(caption)
        for caption in ("概览", "挂图作战"):
            self.views.addTab(caption)
        for bar, name in ((self.groups, "进度分组"), (self.views, "概览或挂图")):
            bar.setDrawBase(False)
            bar.setExpanding(False)
            bar.setAccessibleName(name)
        for paper in Paper:
            self.papers.addItem(f"{paper} 横向", paper.value)
        self.papers.setAccessibleName("挂图纸张")
        self.back_button.setProperty("link", True)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setObjectName("overview-splitter")
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._counted())
        splitter.addWidget(self._side())
        splitter.setSizes([820, 480])
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        counted = QWidget()
        column = QVBoxLayout(counted)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.process)
        column.addWidget(splitter, 1)
        self._stack.addWidget(counted)
        self._stack.addWidget(self.chart)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._head())
        layout.addWidget(self._stack, 1)
        lead_focus(self, self.bars)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(MARGIN - 6, GAP // 2, MARGIN, GAP // 2)
        head.setSpacing(GAP)
        head.addWidget(self.views)
        head.addStretch(1)
        self._paper_label = QLabel("纸张(&P)")
        self._paper_label.setBuddy(self.papers)
        for widget in (self._paper_label, self.papers, self.print_button, self.save_button):
            head.addWidget(widget)
        return head

    def _counted(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(MARGIN, GAP, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(self.tiles)
        column.addSpacing(GAP)
        column.addWidget(plain_label("整改进度", scale=TITLE_SCALE, bold=True))
        column.addWidget(self.groups)
        column.addWidget(self.bars)
        column.addSpacing(GAP)
        column.addWidget(plain_label("全部数字", scale=TITLE_SCALE, bold=True))
        column.addWidget(self.table)
        column.addStretch(1)
        area = _Area(self.table)
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setAccessibleName("数字和进度")
        return area

    def _side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(GAP * 2, GAP, GAP * 2, GAP)
        head.addWidget(self._rows_title, 1)
        head.addWidget(self.back_button)
        column.addLayout(head)
        column.addWidget(self.rows, 1)
        return side

    def _connect(self) -> None:
        self.session.switched.connect(self._on_switched)
        self.session.changed.connect(self._on_changed)
        self.session.new_day.connect(self._refresh)
        self.process.called.connect(self.called)
        self.process.told.connect(self.told)
        self.tiles.chosen.connect(self._on_figure)
        self.table.chosen.connect(self._on_figure)
        self.groups.currentChanged.connect(lambda _at: self._show_bars())
        self.bars.chosen.connect(self._on_part)
        self.back_button.clicked.connect(self._on_back)
        self.rows.record_chosen.connect(self.record_chosen)
        self.chart.issue_chosen.connect(lambda issue_id: self.record_chosen.emit((Issue, issue_id)))
        self.views.currentChanged.connect(self._on_view)
        self.papers.activated.connect(lambda _at: self._show_chart())
        self.save_button.clicked.connect(lambda: messages.guarded(self, self._save))
        self.print_button.clicked.connect(lambda: messages.guarded(self, self._print))
        self._on_view(0)

    # --- showing

    def _show_all(self) -> None:
        self._stale = False
        self._theme = themes.current()
        self._overview = Overview(self.session.snapshot, self.session.today())
        self.process.show_overview(self._overview)
        found = figures(self.session.snapshot)
        self.tiles.show_figures(found, len(self._late_ids(self._overview)))
        self.table.show_figures(found)
        self._show_bars()
        self._show_rows()
        self._chart = None
        if self.views.currentIndex():
            self._show_chart()

    def _show_bars(self) -> None:
        if self._overview is not None:
            self.bars.show_progress(_GROUPS[self.groups.currentIndex()][1](self._overview))

    def _show_rows(self) -> None:
        """The rows behind the number that was chosen last, counted anew; without one the next deadlines."""
        overview = self._overview
        if overview is None:
            return
        self.back_button.setVisible(self._shown is not None)
        if self._shown is None:
            late = overview.late
            self._rows_title.setText(f"逾期 {len(late)} 项，近期时限" if late else "近期时限")
            self.rows.show_dues(overview, (*late, *overview.coming[:_NEXT]))
            return
        caption, find = self._shown
        ids = find(overview)
        self._rows_title.setText(f"{caption}（{len(ids)}）")
        self.rows.show_issues(overview, ids)

    def _show_chart(self) -> None:
        if self._overview is not None:
            self._chart = WallChart(schedule(self._overview), Paper(self.papers.currentData()))
            self.chart.show_chart(self._chart)

    @staticmethod
    def _late_ids(overview: Overview) -> tuple[int, ...]:
        return tuple(item.id for item in (*overview.items, *overview.beyond) if item.late)

    # --- what is chosen

    def _on_figure(self, key: str, caption: str) -> None:
        if key == "late":
            self._open(caption, self._late_ids)
        else:
            self._open(caption, lambda overview: issues_behind(overview, key))

    def _on_part(self, caption: str, ids: Sequence[int]) -> None:
        self._open(caption, lambda _overview: ids)

    def _open(self, caption: str, find: Callable[[Overview], Sequence[int]]) -> None:
        if self._overview is None:
            return
        self._shown = (caption, find)
        self._show_rows()
        self.issues_chosen.emit(caption, tuple(find(self._overview)))

    def _on_back(self) -> None:
        self._shown = None
        self._show_rows()

    def _on_view(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
        for widget in (self._paper_label, self.papers, self.print_button, self.save_button):
            widget.setVisible(at == 1)
        if at == 1 and self._chart is None:
            self._show_chart()

    def _save(self) -> None:
        path = self.session.path
        if self._chart is not None and path is not None:
            save_chart(self, self._chart, path, self.session.folders)

    def _print(self) -> None:
        if self._chart is not None:
            print_chart(self, self._chart)

    def print_page(self) -> None:
        """Print the wall chart, which comes to the front."""
        self.views.setCurrentIndex(1)
        messages.guarded(self, self._print)

    # --- what the session reports

    def show_record(self, key: RecordKey) -> None:
        """The overview shows no single record."""

    def _on_switched(self) -> None:
        self._shown = None
        self._refresh()

    def _on_changed(self, _changes: Changes) -> None:
        self._refresh()

    def _refresh(self) -> None:
        if self.isVisible() and self.session.is_open:
            self._show_all()
        else:
            self._stale = True

    def changeEvent(self, event: QEvent) -> None:
        """Marks and words in the lists carry the colours of the theme in which they were made."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._theme is not themes.current():
            self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale and self.session.is_open:
            self._show_all()
