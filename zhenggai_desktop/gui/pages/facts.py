"""The page of the ledger's own facts: whose it is, its dates and contacts, its sections, and its directory."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from zhenggai_desktop.domain.changes import Changes, RecordKey
from zhenggai_desktop.domain.milestone_papers import milestones_by_evidence
from zhenggai_desktop.domain.records import (
    Department,
    Evidence,
    InspectedUnit,
    Issue,
    LedgerFacts,
    Measure,
    Person,
    PublicComment,
    Record,
    ReviewOpinion,
    Section,
)
from zhenggai_desktop.errors import ZhenggaiError
from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.focus_entry import lead_focus
from zhenggai_desktop.gui.forms.form_specs import FORMS
from zhenggai_desktop.gui.forms.listing_making import make_list
from zhenggai_desktop.gui.forms.record_form import RecordForm
from zhenggai_desktop.gui.months.rules_form import RulesForm
from zhenggai_desktop.gui.page_table import Page
from zhenggai_desktop.gui.pages.kinds import KindsPage
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import GAP
from zhenggai_desktop.services.editing import what_goes_along
from zhenggai_desktop.services.suggestions import suggestions
from zhenggai_desktop.texts import RECORD_NAMES, in_terms

#: Lists beside the form of the facts, in their order.
LISTS: tuple[tuple[str, type[Record]], ...] = (
    (RECORD_NAMES[InspectedUnit], InspectedUnit),
    ("方面", Section),
    ("部门", Department),
    ("人员", Person),
    ("佐证材料", Evidence),
    ("会审意见", ReviewOpinion),
    ("群众意见", PublicComment),
)
_KINDS_AT = 5  # after the directory
_WIDEST = 70  # characters; longer lines are hard to read


class FactsPage(Page):
    """Follows the session; its lists are filled when they are in front."""

    def __init__(self, session: LedgerSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.form = RecordForm(session, LedgerFacts, FORMS[LedgerFacts])
        self.lists = [make_list(session, kind, confirm=self._is_meant) for _, kind in LISTS]
        for one in (self.form, *self.lists):
            one.told.connect(self.told)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName("台账信息")
        self.tabs.addTab(_narrow(self.form), "基本信息")
        for (caption, _), page in zip(LISTS, self.lists, strict=True):
            self.tabs.addTab(_narrow(page), caption)
        self.kinds = KindsPage(session)
        self.kinds.told.connect(self.told)
        self.tabs.insertTab(_KINDS_AT, _narrow(self.kinds), "成果种类")
        self.rules = RulesForm(session)
        self.tabs.addTab(_narrow(self.rules), "本单位规定")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GAP, 0, 0)
        layout.addWidget(self.tabs)
        lead_focus(self, next(iter(self.form.editors.values())))
        self.tabs.currentChanged.connect(lambda _at: self._show())
        session.switched.connect(self._show)
        session.changed.connect(self._on_changed)
        self._show()

    def _on_changed(self, changes: Changes) -> None:
        """A new day of the feedback moves dates in rows that are not in sight here: that is said."""
        self._show()
        moved = sum(key[0] in (Issue, Measure) for key in changes.updated)
        if moved and any(key[0] is LedgerFacts for key in changes.updated) and self.isVisible():
            self.told.emit(f"{moved}处整改时限的到期日已按反馈日期算出，可用“撤销”退回。")

    def _show(self) -> None:
        """Fill what is in front; what is behind waits until it comes forward."""
        session = self.session
        if not session.is_open:
            self.form.show_record(None)
            return
        self.form.show_record(session.snapshot.facts)
        self.tabs.setTabText(1, in_terms(LISTS[0][0], session.snapshot.facts.kind))
        self.form.set_read_only(session.read_only)
        at = self.tabs.currentIndex()
        if at == self.tabs.count() - 1:
            self.rules.show_rules()
        elif at == _KINDS_AT:
            self.kinds.show_kinds()
        elif at > 0:
            page = self.lists[at - 1 - (at > _KINDS_AT)]
            page.show_owner(None)
            page.form.set_suggestions(suggestions(session.snapshot))

    def _is_meant(self, key: RecordKey) -> bool:
        """A section takes its issues along, a file the proof of them; that is asked, everything else is undoable."""
        try:
            self.session.flush()
        except ZhenggaiError as error:
            messages.show_error(self, error)
            return False
        what, along = "方面", ""
        if key[0] is Section:
            along = what_goes_along(self.session.snapshot, [key])
            along = along and f"其中的{along}会一起删除"
        elif key[0] is Evidence:
            links = sum(link.evidence_id == key[1] for link in self.session.snapshot.evidence_links)
            links += len(milestones_by_evidence(self.session.snapshot).get(key[1], ()))
            what, along = "材料", f"有{links}处引用它，会一起取消；文件移到“已删除”" if links else ""
        more = f"{along}，可以撤销。"
        return not along or messages.ask(self, f"删除这个{what}？", more, ["删除", messages.CANCEL]) == "删除"


def _narrow(page: QWidget) -> QWidget:
    """The page with lines of readable length, at the left; scrolled where large letters leave no room for it."""
    area = QScrollArea()
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setWidget(_Measure(page))
    return area


class _Measure(QWidget):
    """Holds a page to its width in characters, whatever their size."""

    def __init__(self, page: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self._page.setMaximumWidth(self.fontMetrics().horizontalAdvance("字") * _WIDEST)
