"""What an import would do, before it does it: counts, doubts with their lines, what stays outside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialogButtonBox, QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from zhenggai_desktop.domain.plan import ImportPlan
from zhenggai_desktop.domain.records import Chapter, InspectedUnit, Issue, LedgerFacts, Measure, Section
from zhenggai_desktop.gui.dialogs.dialog import Dialog
from zhenggai_desktop.gui.messages import CANCEL
from zhenggai_desktop.gui.style import GAP, MARGIN, TITLE_SCALE, plain_label
from zhenggai_desktop.texts import DOCUMENT_NAMES, RECORD_NAMES, SUB_ISSUE_NAME

if TYPE_CHECKING:
    from zhenggai_desktop.services.import_report import ImportReport

IMPORT = "导入"
_FIRST = (RECORD_NAMES[Section], RECORD_NAMES[Issue], SUB_ISSUE_NAME, RECORD_NAMES[Measure])
_UNITS = {**dict.fromkeys(_FIRST[:3], "个"), RECORD_NAMES[Chapter]: "个", RECORD_NAMES[InspectedUnit]: "个"}


@dataclass(frozen=True, slots=True)
class Remarks:
    """Lines under one heading; ``opened`` where a person should look at them before importing."""

    heading: str
    lines: tuple[tuple[int, str], ...]  # line of the source (0 = none) and words
    opened: bool = False


def summary(plan: ImportPlan, report: ImportReport) -> str:
    """One sentence: what the source is and what is new in it."""
    kind = DOCUMENT_NAMES[plan.document]
    found = report.counts()
    order = sorted(found, key=lambda name: _FIRST.index(name) if name in _FIRST else len(_FIRST))
    counts = "、".join(f"{name}{found[name]}{_UNITS.get(name, '条')}" for name in order)
    touched = [line.record_type for line in report.added if line.detail]
    facts = sum(kind is LedgerFacts for kind in touched)
    parts = [
        f"新增：{counts}" if counts else "",
        f"补充或修改已有的{len(touched) - facts}条" if len(touched) > facts else "",
        f"{'并' if counts or len(touched) > facts else ''}填写台账信息" if facts else "",
    ]
    words = "；".join(filter(None, parts))
    return f"识别为{kind}，{f'将{words}' if words else '没有新的内容'}。"


def remarks(plan: ImportPlan, report: ImportReport) -> tuple[Remarks, ...]:
    """What deserves a look, the most urgent first; headings without lines are left out."""
    return tuple(group for group in _all_remarks(plan, report) if group.lines)


def _all_remarks(plan: ImportPlan, report: ImportReport) -> Iterator[Remarks]:
    yield Remarks("存疑，请核对", tuple((note.line, note.text) for note in plan.doubts), opened=True)
    yield Remarks(
        "与台账不同，保留台账原有内容",
        tuple((line.line, f"{line.kind}：{line.text}　{line.detail}") for line in report.different),
        opened=True,
    )
    yield Remarks(
        "补充或修改已有的内容",
        tuple((line.line, f"{line.kind}：{line.text}　{line.detail}") for line in report.added if line.detail),
        opened=True,
    )
    if report.already_there:  # in a ledger without records everything is new
        new = (line for line in report.added if not line.detail)
        yield Remarks("新增", tuple((line.line, f"{line.kind}：{line.text}") for line in new))
    yield Remarks("未归入，只记录在来源中", tuple((note.line, note.text) for note in plan.leftovers))
    yield Remarks("已规范的写法", tuple((note.line, note.text) for note in plan.normalisations))
    yield Remarks("台账中已有", tuple((line.line, f"{line.kind}：{line.text}") for line in report.already_there))


class ImportPreview(Dialog):
    """Shows a plan; accepted means: import it."""

    help_topic = "收到反馈怎么办"

    def __init__(self, plan: ImportPlan, report: ImportReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("导入预览")
        self.resize(760, 520)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(plain_label(plan.source_name, scale=TITLE_SCALE, bold=True))
        sentence = plain_label(summary(plan, report))
        sentence.setWordWrap(True)
        layout.addWidget(sentence)
        layout.addSpacing(GAP)
        layout.addWidget(_list(remarks(plan, report)), 1)
        layout.addSpacing(GAP)
        layout.addWidget(self._buttons(can_import=report.writes))

    def _buttons(self, *, can_import: bool) -> QDialogButtonBox:
        buttons = QDialogButtonBox()
        accept = buttons.addButton(IMPORT, QDialogButtonBox.ButtonRole.AcceptRole)
        accept.setEnabled(can_import)
        accept.setDefault(True)
        buttons.addButton(CANCEL, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons


def _list(groups: tuple[Remarks, ...]) -> QTreeWidget:
    tree = QTreeWidget()
    tree.setAccessibleName("导入的内容")
    tree.setHeaderLabels(["行", "内容"])
    tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
    tree.setWordWrap(True)
    tree.setAlternatingRowColors(True)
    for group in groups:
        top = QTreeWidgetItem([f"{group.heading}（{len(group.lines)}）"])
        tree.addTopLevelItem(top)
        top.setFirstColumnSpanned(True)
        for line, words in group.lines:
            top.addChild(QTreeWidgetItem([f"第 {line} 行" if line else "", words]))
        top.setExpanded(group.opened)
    if not groups:
        tree.addTopLevelItem(QTreeWidgetItem(["", "没有需要核对的内容"]))
    return tree
