"""Due dates that come with the day of the feedback, from the form and from another source; and go with an undo."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from builders import a_ledger
from openpyxl import Workbook

from zhenggai_desktop.domain.records import Issue, LedgerFacts
from zhenggai_desktop.domain.waiting_deadlines import WAITING
from zhenggai_desktop.services.editing import set_fields
from zhenggai_desktop.services.import_assistant import ImportAssistant, assist
from zhenggai_desktop.services.importing import apply, plan_source
from zhenggai_desktop.services.ledger import Ledger

FEEDBACK, TODAY = dt.date(2025, 1, 20), dt.date(2025, 3, 1)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A foreign ledger whose deadlines count from the feedback, of which it says nothing."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        ("序号", "反馈问题", "整改措施", "整改时限"),
        (1, "学习抓得不紧，记录不全", "补学并补齐记录", "6月底前"),
        (2, "走访群众少，台账不实", "每月走访两次", "反馈后三个月"),
    ):
        sheet.append(row)
    book.save(tmp_path / "外来台账.xlsx")
    return tmp_path / "外来台账.xlsx"


def days(ledger: Ledger) -> set[dt.date | None]:
    records = (*ledger.snapshot.issues, *ledger.snapshot.measures)
    return {record.due_on for record in records if record.deadline}


def test_they_come_with_the_day_in_one_step_and_go_with_it(tmp_path: Path, table: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        plan = plan_source(table)
        assert [note.code for note in plan.doubts] == [WAITING]
        apply(ledger, plan)
        assert days(ledger) == {None}
        set_fields(ledger, (LedgerFacts, ledger.snapshot.facts.id), {"feedback_date": FEEDBACK}, today=TODAY)
        assert days(ledger) == {dt.date(2025, 6, 30), dt.date(2025, 4, 20)}
        assert ledger.undo_label == "修改反馈日期"
        ledger.undo()
        assert (days(ledger), ledger.snapshot.facts.feedback_date) == ({None}, None)


def test_a_ledger_that_knows_the_day_has_no_doubt(tmp_path: Path, table: Path) -> None:
    with a_ledger(tmp_path, feedback_date=FEEDBACK) as ledger:
        plan = plan_source(table)
        apply(ledger, plan)
        assert plan.doubts == []
        assert days(ledger) == {dt.date(2025, 6, 30), dt.date(2025, 4, 20)}


def test_a_feedback_imported_later_brings_them(tmp_path: Path, table: Path) -> None:
    source = tmp_path / "反馈意见.txt"
    source.write_text(
        "关于云溪街道党工委巡察情况的反馈意见\n"
        "2024年10月8日至12月20日，区委第二巡察组对云溪街道党工委开展了巡察。现将情况反馈如下。\n"
        "一、存在的主要问题\n（一）学习抓得不紧，记录不全\n（二）走访群众少，台账不实\n"
        "中共云溪区委第二巡察组\n2025年1月20日\n",
        encoding="utf-8",
    )
    with a_ledger(tmp_path) as ledger:
        apply(ledger, plan_source(table))
        apply(ledger, plan_source(source))
        assert ledger.snapshot.facts.feedback_date == FEEDBACK
        assert days(ledger) == {dt.date(2025, 6, 30), dt.date(2025, 4, 20)}


def test_another_field_of_the_facts_moves_nothing(tmp_path: Path) -> None:
    with a_ledger(tmp_path, Issue(title="甲", deadline="6月底前")) as ledger:
        set_fields(ledger, (LedgerFacts, ledger.snapshot.facts.id), {"team": "区委第二巡察组"}, today=TODAY)
        assert days(ledger) == {None}


def test_the_assistant_says_it_before_anything_enters(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_paragraph("整改台账")
    cells = document.add_table(rows=2, cols=4)
    for row, words in enumerate((("序号", "反馈问题", "整改措施", "整改时限"), ("1", "学习不够", "补学", "6月底前"))):
        for column, word in enumerate(words):
            cells.cell(row, column).text = word
    path = tmp_path / "台账.docx"
    document.save(str(path))
    with a_ledger(tmp_path, name="空.zgtz") as ledger:
        assistant: ImportAssistant = assist(path, ledger.snapshot)
        assert [note.code for note in assistant.plan.doubts] == [WAITING]
    with a_ledger(tmp_path, name="有日期.zgtz", feedback_date=FEEDBACK) as ledger:
        assert assist(path, ledger.snapshot).plan.doubts == []
