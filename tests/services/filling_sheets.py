"""Sheets that went out to departments, and what people do to them before they send them back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
from builders import a_ledger

from zhenggai_desktop.domain.records import Issue, Measure, Section, Status
from zhenggai_desktop.services.collecting import Collection, apply_collection, plan_collection
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.merge_writing import Decisions

TODAY = dt.date(2025, 11, 1)
PROGRESS, STATUS, DAY, NOTE, ID = "G", "H", "I", "J", "K"
FIRST = 4  # the sheet's first row of records


def a_small_office(folder: Path) -> Ledger:
    """党政办 has 开会 on 1-1 (and 党建办 考勤), 财政所 清账 and 补票 on 1-2 and, without a measure, 1-3."""
    return a_ledger(
        folder,
        Section(title="党的领导方面"),
        Issue(section_id=1, title="学习少", lead_department="党政办", leaders=("甲书记",), units=("一社区",)),
        Issue(section_id=1, title="账目乱", lead_department="财政所", leaders=("乙镇长", "甲书记")),
        Issue(section_id=1, title="台账缺", lead_department="财政所"),
        Measure(issue_id=1, content="开会", progress="已开1次", status=Status.IN_PROGRESS),
        Measure(issue_id=1, content="考勤", lead_department="党建办"),
        Measure(issue_id=2, content="清账", note="旧注"),
        Measure(issue_id=2, content="补票"),
        organisation="某镇",
    )


def sheet_of(folder: Path, recipient: str) -> Path:
    return folder / f"{recipient}-整改填报表.xlsx"


def edit(path: Path, change: Callable[[Any], None], target: Path | None = None) -> Path:
    """Change the sheet 填报, in place or as another file."""
    return edit_book(path, lambda book: change(book["填报"]), target)


def edit_book(path: Path, change: Callable[[Any], None], target: Path | None = None) -> Path:
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(target or path)
    return target or path


def copied_by_hand(source: Path, target: Path, change: Callable[[Any], None] = lambda _page: None) -> Path:
    """What somebody makes who copies the columns that he sees into a workbook of his own; the header is row 1."""
    page = openpyxl.load_workbook(source)["填报"]
    book = openpyxl.Workbook()
    own: Any = book.active
    for row in page.iter_rows(min_row=FIRST - 1, max_col=10, values_only=True):
        own.append(row)
    change(own)
    book.save(target)
    return target


def collected(ledger: Ledger, *paths: Path, **options: Any) -> Collection:
    found = plan_collection(ledger.snapshot, paths)
    wanted: dict[str, Any] = {"additions": (), **options}
    apply_collection(ledger, found, Decisions(**wanted), today=TODAY)
    return found


def measure(ledger: Ledger, content: str) -> Measure:
    return next(measure for measure in ledger.snapshot.measures if measure.content == content)
