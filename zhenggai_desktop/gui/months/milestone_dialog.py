"""A milestone to edit: its day by the rules and otherwise, when it was done, where, with which minutes and papers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from zhenggai_desktop.domain.milestone_papers import kept_papers, paper_names
from zhenggai_desktop.domain.office_rules import NOTICE, Stage, office_rules
from zhenggai_desktop.domain.process import missing_papers, usual_date
from zhenggai_desktop.domain.records import Milestone
from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.dialogs.drop_down import DropDown
from zhenggai_desktop.gui.evidence_copying import known_words
from zhenggai_desktop.gui.forms.form_specs import FieldSpec, Kind
from zhenggai_desktop.gui.months.fields_dialog import FieldsDialog
from zhenggai_desktop.gui.months.papers_menu import paper_folders, papers_here, papers_menu
from zhenggai_desktop.gui.progress import edit_away
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import GAP, plain_label
from zhenggai_desktop.services import process
from zhenggai_desktop.services.drafts import draft_name
from zhenggai_desktop.services.process_papers import NONE_KEPT, Kept, take_papers_in, to_take_in
from zhenggai_desktop.texts import date_text

if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger
    from zhenggai_desktop.services.proving import Received
    from zhenggai_desktop.services.ticking import Tick

    Told = Callable[[Received], object]

_ID = int(Qt.ItemDataRole.UserRole)
_ROWS = 3  # of the list of drafts
_FIELDS = (
    FieldSpec("title", caption="名称"),
    FieldSpec("due_on", Kind.DATE, half=True, caption="应完成"),
    FieldSpec("done_on", Kind.DATE, half=True, caption="完成于", hint="不填就是还没有完成"),
    FieldSpec("place", half=True, caption="地点"),
    FieldSpec("minutes_number", half=True, caption="纪要文号"),
    FieldSpec("attendees", caption="参加人员"),
    FieldSpec("summary", Kind.TEXT, lines=2, caption="内容摘要"),
    FieldSpec("files", Kind.LINES, lines=2, caption="材料", hint="一行一份，如 专题会议纪要.docx"),
)


class _MilestoneForm(FieldsDialog):
    """What both dialogs show: the fields, what papers belong here, and the drafts that may hang on it."""

    def __init__(self, session: LedgerSession, title: str, verb: str, parent: QWidget | None) -> None:
        super().__init__(session, Milestone, _FIELDS, title=title, verb=verb, topic="概览与挂图", parent=parent)
        self.setWindowTitle("流程节点")
        self._rules = office_rules(session.snapshot.facts)
        self._looked_for: dict[str, bool] = {}
        self.needs, self.taking = plain_label(), plain_label(muted=True)
        self.needs.setWordWrap(True)
        self.taking.setWordWrap(True)
        self.usual_button, self.today_button = QPushButton(), QPushButton("今天完成")
        self.file_button = QPushButton("添加材料…")
        row = QHBoxLayout()
        row.setSpacing(GAP * 2)
        for button in (self.usual_button, self.today_button, self.file_button):
            button.setProperty("link", True)
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        self.links = row
        self.middle.addWidget(self.needs)
        self.middle.addLayout(row)
        self.below.addWidget(self.taking)
        self.drafts = self._draft_list()
        self.usual_button.clicked.connect(self._on_usual)
        self.today_button.clicked.connect(self._on_today)
        self.file_button.clicked.connect(self._on_file)
        for name in ("due_on", "done_on", "minutes_number", "files"):
            self.editors[name].edited.connect(self._show_needs)

    def stage(self) -> Stage | None:
        """What the office's rules say about this kind of milestone."""
        raise NotImplementedError

    def draft_ids(self) -> frozenset[int]:
        """The drafts that are ticked."""
        items = (self.drafts.item(at) for at in range(self.drafts.count()))
        return frozenset(item.data(_ID) for item in items if item.checkState() is Qt.CheckState.Checked)

    # --- inside

    def _draft_list(self) -> QListWidget:
        found = QListWidget()
        found.setAccessibleName("登记的文稿")
        found.setFixedHeight(self.fontMetrics().lineSpacing() * 2 * _ROWS)
        for draft in reversed(self._session.snapshot.drafts):
            item = QListWidgetItem(f"{draft_name(draft)}　{draft.file_name}")
            item.setData(_ID, draft.id)
            item.setCheckState(Qt.CheckState.Unchecked)
            found.addItem(item)
        if found.count():
            label = QLabel("登记的文稿，打勾的挂在这个节点上(&R)")
            label.setBuddy(found)
            self.middle.addWidget(label)
            self.middle.addWidget(found)
        found.setVisible(bool(found.count()))
        found.itemChanged.connect(lambda _item: self._show_needs())
        return found

    def _show_needs(self) -> None:
        stage, values = self.stage(), self.values()
        day = None if stage is None else usual_date(stage, self._session.snapshot.facts)
        self.usual_button.setVisible(day is not None and day != values["due_on"])
        self.usual_button.setText(f"按规定：{date_text(day)}")
        self.usual_button.setToolTip(f"按台账信息里的日期计算；{NOTICE}")
        self.today_button.setVisible(values["done_on"] is None)
        papers = () if stage is None else stage.papers
        chosen = [draft for draft in self._session.snapshot.drafts if draft.id in self.draft_ids()]
        kept = kept_papers(self._session.snapshot.evidence)
        named = (*values["files"], *paper_names(kept, values["files"]))
        missing = missing_papers(papers, named, values["minutes_number"], chosen)
        if missing:
            self.needs.setText(f"还缺材料：{'、'.join(missing)}")
        else:
            self.needs.setText(f"材料齐全：{'、'.join(papers)}" if papers else "")
        self.needs.setVisible(bool(papers))
        self.needs.setProperty("problem", bool(missing) and values["done_on"] is not None)
        self.needs.style().polish(self.needs)
        self._show_taking(values["files"])

    def _show_taking(self, names: tuple[str, ...]) -> None:
        """Say what saving copies; the milestones of before name files by their place. Each is looked for once: a share
        that is not there any more takes its time to say so."""
        fresh = [name for name in names if name not in self._looked_for]
        found = self._to_take_in(fresh)
        self._looked_for |= {name: name in found for name in fresh}
        count = 0 if self._session.read_only else sum(self._looked_for[name] for name in names)
        self.taking.setText(f"{count}份材料会复制到佐证材料文件夹里，副本、备份和归档都带着；原来的文件不动。")
        self.taking.setVisible(bool(count))

    def _to_take_in(self, names: Iterable[str]) -> Mapping[str, Path]:
        return to_take_in(self._session.snapshot, names, paper_folders(self._session))

    def _write(self, names: tuple[str, ...], write: Callable[[Ledger, Kept, Told], object]) -> None:
        """Have a step written with the files that come along with it, copied away from the window's thread, and tell of
        those that the ledger had already."""
        came: list[Received] = []
        found = self._to_take_in(name for name in names if self._looked_for.get(name, True))

        def copy(ledger: Ledger, tick: Tick) -> None:
            write(ledger, take_papers_in(ledger, found, tick), came.append)

        if found:
            edit_away(self._session, self, "正在复制材料…", copy)
        else:
            self._session.edit(lambda ledger: write(ledger, NONE_KEPT, came.append))
        if words := "".join(known_words(len(one.known), one.restored) for one in came):
            messages.tell(self, words)

    def _on_usual(self) -> None:
        stage = self.stage()
        if stage is not None:
            self.set_values({"due_on": usual_date(stage, self._session.snapshot.facts)})
            self._show_needs()

    def _on_today(self) -> None:
        self.set_values({"done_on": self._session.today()})
        self._show_needs()

    def _on_file(self) -> None:
        ledger = self._session.path
        start = str(ledger.parent) if ledger is not None else ""
        names, _ = QFileDialog.getOpenFileNames(self, "添加材料", start, "所有文件 (*)")
        known = list(self.values()["files"])
        added = [paper for name in names if (paper := _beside(Path(name), ledger)) not in known]
        if added:
            self.set_values({"files": (*known, *added)})
            self._show_needs()


class MilestoneDialog(_MilestoneForm):
    """Accepted means: the milestone is changed, as one step."""

    def __init__(self, session: LedgerSession, milestone_id: int, parent: QWidget | None = None) -> None:
        self._milestone = next(one for one in session.snapshot.milestones if one.id == milestone_id)
        super().__init__(session, self._milestone.title or self._milestone.kind, "保存", parent)
        self.open_button = QPushButton("打开材料\u2002")  # room for the arrow of its menu
        self.open_button.setProperty("link", True)
        self.open_button.setAutoDefault(False)
        self.open_button.setAccessibleName("打开材料")
        papers = papers_here(session, milestone_id)
        self._looked_for |= {
            name: False for name, paper in zip(self._milestone.files, papers, strict=False) if paper.path is None
        }
        self.open_button.setMenu(papers_menu(papers, self))
        self.links.insertWidget(self.links.indexOf(self.file_button) + 1, self.open_button)
        self.open_button.setVisible(bool(self._milestone.files) or self._has_drafts())
        self.remove_button = QPushButton("删除这个节点")
        self.remove_button.setProperty("link", True)
        self.remove_button.setAutoDefault(False)
        self.remove_button.clicked.connect(self._on_remove)
        self.links.addWidget(self.remove_button)
        self.set_values({spec.name: getattr(self._milestone, spec.name) for spec in _FIELDS})
        linked = {draft.id for draft in session.snapshot.drafts if draft.milestone_id == milestone_id}
        for at in range(self.drafts.count()):
            item = self.drafts.item(at)
            item.setCheckState(Qt.CheckState.Checked if item.data(_ID) in linked else Qt.CheckState.Unchecked)
        writable = not session.read_only
        for editor in self.editors.values():
            editor.set_read_only(not writable)
        self.accept_button.setVisible(writable)
        for button in (self.usual_button, self.today_button, self.file_button, self.remove_button, self.drafts):
            button.setEnabled(writable)
        self.work = self._change
        self._show_needs()
        self.editors["done_on"].setFocus()

    def stage(self) -> Stage | None:
        return next((stage for stage in self._rules.process if stage.kind == self._milestone.kind), None)

    def _has_drafts(self) -> bool:
        return any(draft.milestone_id == self._milestone.id for draft in self._session.snapshot.drafts)

    def _change(self, values: Mapping[str, Any]) -> None:
        milestone_id, drafts = self._milestone.id, self.draft_ids()
        self._write(
            values["files"],
            lambda ledger, kept, told: process.change(
                ledger, milestone_id, values, drafts=drafts, kept=kept, told=told
            ),
        )

    def _on_remove(self) -> None:
        milestone_id = self._milestone.id
        self.work = lambda _values: self._session.edit(lambda ledger: process.remove(ledger, milestone_id))
        self.accept()


class NewMilestoneDialog(_MilestoneForm):
    """Accepted means: a further meeting, report or other milestone is there, as one step."""

    def __init__(self, session: LedgerSession, parent: QWidget | None = None) -> None:
        self.kinds = DropDown()
        super().__init__(session, "新增会议、报告", "新增", parent)
        stages = sorted(self._rules.process, key=lambda stage: not stage.repeats)
        for stage in stages:
            self.kinds.addItem(stage.kind)
        label = QLabel("种类(&K)")
        label.setBuddy(self.kinds)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self.kinds)
        row.addStretch(1)
        self.middle.insertLayout(0, row)
        self.kinds.currentIndexChanged.connect(lambda _at: self._on_kind())
        self.set_values({"done_on": session.today()})
        self.work = self._add
        self._on_kind()

    def _on_kind(self) -> None:
        """Without a name of its own a milestone is called by its kind."""
        title = self.editors["title"]
        assert isinstance(title, QLineEdit)
        title.setPlaceholderText(self.kinds.currentText())
        self._show_needs()

    def stage(self) -> Stage | None:
        return next((stage for stage in self._rules.process if stage.kind == self.kinds.currentText()), None)

    def _add(self, values: Mapping[str, Any]) -> None:
        kind, drafts = self.kinds.currentText(), self.draft_ids()
        self._write(
            values["files"],
            lambda ledger, kept, told: process.add(ledger, kind, values, drafts=drafts, kept=kept, told=told),
        )


def _beside(path: Path, ledger: Path | None) -> str:
    """The file's place as it is kept: from the ledger's folder where it lies in it, so that both may move together."""
    if ledger is not None and path.is_relative_to(ledger.parent):
        return path.relative_to(ledger.parent).as_posix()
    return str(path)
