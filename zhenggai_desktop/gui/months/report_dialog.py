"""周报、月报: a period, usually since the last one, as Word or Excel; what went out is registered with its period."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from zhenggai_desktop.domain.period_report import KIND_NAMES, PeriodReport, ReportKind
from zhenggai_desktop.domain.records import LedgerFacts
from zhenggai_desktop.errors import CancelledError, UsageError
from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.dialogs import files
from zhenggai_desktop.gui.dialogs.drop_down import DropDown
from zhenggai_desktop.gui.folders import Purpose
from zhenggai_desktop.gui.forms.form_specs import FieldSpec, Kind
from zhenggai_desktop.gui.months.fields_dialog import FieldsDialog
from zhenggai_desktop.gui.progress import write_file
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import GAP, plain_label
from zhenggai_desktop.services.drafts import sending_words
from zhenggai_desktop.services.period_reporting import (
    last_report,
    next_period,
    period_report,
    register_report,
    write_period_report,
)
from zhenggai_desktop.texts import date_text

_FORMATS = (("Word 文档", ".docx"), ("Excel 表格", ".xlsx"))
_WIDTH = 42  # characters
_FIRST, _LAST = "inspection_start", "inspection_end"
_FIELDS = (
    FieldSpec(_FIRST, Kind.FIRST_DAY, half=True, caption="从"),
    FieldSpec(_LAST, Kind.DATE, half=True, caption="到"),
)


class ReportDialog(FieldsDialog):
    """Accepted means: the report is written and registered."""

    def __init__(self, session: LedgerSession, parent: QWidget | None = None) -> None:
        super().__init__(
            session, LedgerFacts, _FIELDS, title="周报、月报", verb="导出…", topic="催办", parent=parent,
            about="起止日期之间登记的进展、状态变化（标▲）、逾期、临期和久无进展的事项。",
        )  # fmt: skip
        self.kinds, self.formats = DropDown(), DropDown()
        for kind, name in KIND_NAMES.items():
            self.kinds.addItem(name, kind.value)
        for name, suffix in _FORMATS:
            self.formats.addItem(name, suffix)
        self.last_words, self.counts = plain_label(muted=True), plain_label()
        self.counts.setWordWrap(True)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("字") * _WIDTH)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for caption, box in (("报告(&K)", self.kinds), ("存成(&F)", self.formats)):
            label = QLabel(caption)
            label.setBuddy(box)
            row.addWidget(label)
            row.addWidget(box)
            row.addSpacing(GAP)
        row.addStretch(1)
        self.middle.addLayout(row)
        self.middle.addWidget(self.last_words)
        self.below.addWidget(self.counts)
        self.kinds.currentIndexChanged.connect(lambda _at: self._show_period())
        for editor in self.editors.values():
            editor.edited.connect(self._show_counts)
        self.work = self._export
        self._show_period()

    @property
    def kind(self) -> ReportKind:
        return ReportKind(self.kinds.currentData())

    def _export(self, values: Mapping[str, Any]) -> None:
        report = self._report(values)
        suffix, name, ledger = self.formats.currentData(), KIND_NAMES[self.kind], self._session.path
        assert ledger is not None, "a report needs a ledger"
        suggestion = ledger.with_name(f"{ledger.stem}{name}{report.last:%m%d}{suffix}")
        suggestion = self._session.folders.suggestion(Purpose.EXPORT, suggestion)
        target = files.ask_workbook(self, suggestion) if suffix == ".xlsx" else files.ask_paper(self, name, suggestion)
        if target is None:
            raise CancelledError
        self._session.folders.used(Purpose.EXPORT, target)
        write_file(self, f"正在写{name}…", target, lambda path: write_period_report(report, path))
        draft = self._session.edit(lambda ledger: register_report(ledger, report, target))
        messages.tell_exported(self, target, sending_words(draft))

    def _show_period(self) -> None:
        snapshot, today = self._session.snapshot, self._session.today()
        last = last_report(snapshot, self.kind)
        if last is None:
            self.last_words.setText(f"还没有登记过{KIND_NAMES[self.kind]}。")
        else:
            days = f"{date_text(last.first)}至{date_text(last.last)}"
            self.last_words.setText(f"上一次{KIND_NAMES[self.kind]}：{days}（{last.file_name}）")
        first, until = next_period(snapshot, self.kind, today)
        self.set_values({_FIRST: first, _LAST: until})
        self._show_counts()

    def _show_counts(self) -> None:
        try:
            report = self._report(self.values())
        except UsageError as error:
            self.counts.setText(f"{error.what_happened}。")
            return
        rows = report.rows()
        changed, entries = sum(row.changed for row in rows), sum(len(row.entries) for row in rows)
        self.counts.setText(
            f"{len(rows)}个问题有进展或变化：进展记录{entries}条，状态变化{changed}个；"
            f"另列{report.watched_name}{len(report.reminders())}项。"
        )

    def _report(self, values: Mapping[str, Any]) -> PeriodReport:
        first, last = values[_FIRST], values[_LAST]
        if first is None or last is None:
            raise UsageError("起止日期没有写全", "例如 2025.6.2")
        return self._session.write(lambda ledger: period_report(ledger, self.kind, first, last))
