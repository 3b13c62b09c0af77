"""Every cell that is printed holds its whole text: each sheet that goes out, measured on the pages of LibreOffice."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders import a_ledger, a_snapshot, a_tree
from printed_cells import cell_texts, print_to_pdf

from zhenggai_desktop.domain.records import Issue, Measure, Outcome, OutcomeLink, Record, Snapshot
from zhenggai_desktop.services.distributing import distribute
from zhenggai_desktop.services.exporting import export_ledger
from zhenggai_desktop.services.form_filling import fill_form
from zhenggai_desktop.services.rolling_up import roll_up

TODAY = dt.date(2025, 11, 1)
pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")

PIECES = (
    "召开党工委会议专题研究，", "（一）压实责任；", "制定《××街道议事规则》（柳街党〔2025〕12号）。",
    "投入资金1234567.89万元，", "ABC Company 2025-06-30 报告，", "“两张皮”、‘一阵风’问题", "完成率98.71%；",
    "第1项\n第2项\n", "http://example.gov.cn/a/b ",
)  # fmt: skip


def awkward(seed: int) -> Iterator[Record]:
    """A ledger whose texts have everything that breaks lines: brackets, quotes, figures, words, line breaks."""
    dice = random.Random(seed)

    def text(most: int) -> str:
        return "".join(dice.choices(PIECES, k=dice.randint(1, most))).strip()

    for record in a_tree(2, 3, 3):
        if isinstance(record, Issue):
            yield replace(record, title=text(2).replace("\n", ""), original_text=text(5), goal=text(3))
        elif isinstance(record, Measure):
            yield replace(record, content=text(9), progress=text(dice.choice((1, 4, 30))), note=text(2))
        else:
            yield record
    for at in range(1, 7):
        yield Outcome(kind="制度新建", title=text(2))
        yield OutcomeLink(outcome_id=at, issue_id=at)


def cut_texts(workbook: Path, folder: Path) -> tuple[list[str], int]:
    """Texts of bordered cells that stand in no cell on paper as they are, and how many cells were looked at."""
    printed = cell_texts(print_to_pdf(workbook, folder))
    wanted: Counter[str] = Counter()
    for page in openpyxl.load_workbook(workbook).worksheets:
        if page.sheet_state == "visible" and not page.title.startswith("数据"):
            wanted.update(_texts(page))
    parts = (printed - wanted).keys()  # of cells that go on on the next page
    cut = [text for text in (wanted - printed).elements() if not _goes_on(text, parts)]
    return sorted(cut), sum(wanted.values())


def _goes_on(text: str, parts: Collection[str]) -> bool:
    """Does a text begin at the foot of one page and end at the head of the next, with nothing lost between?"""
    heads = [part for part in parts if text.startswith(part)]
    tails = [part for part in parts if text.endswith(part)]
    return any(len(head) + len(tail) >= len(text) for head in heads for tail in tails)


def _texts(page: Any) -> Iterator[str]:
    for row in page.iter_rows():
        for cell in row:
            side = cell.border.left if cell.border else None
            hidden = page.column_dimensions[cell.column_letter].hidden if hasattr(cell, "column_letter") else True
            if isinstance(cell.value, str) and side is not None and side.style and not hidden:
                text = "".join(cell.value.split())
                if text:
                    yield text


def the_ledger(folder: Path, snapshot: Snapshot) -> Path:
    export_ledger(snapshot, folder / "台账.xlsx", today=TODAY)
    return folder / "台账.xlsx"


def a_department(folder: Path, snapshot: Snapshot) -> Path:
    records = (*snapshot.sections, *snapshot.issues, *snapshot.measures)
    with a_ledger(folder, *(replace(record, id=0, uid="") for record in records)) as ledger:
        return distribute(ledger, folder / "发", today=TODAY)[0].path


def a_form(folder: Path, snapshot: Snapshot) -> Path:
    from openpyxl.styles import Alignment, Border, Side

    book = openpyxl.Workbook()
    page: Any = book.active
    page.append(["序号", "反馈问题", "整改措施", "整改进展", "完成情况"])
    page.page_setup.orientation = "landscape"
    side = Side(style="thin")
    for row in (1, 2):
        for column in range(1, 6):
            page.cell(row, column).border = Border(left=side, right=side, top=side, bottom=side)
            page.cell(row, column).alignment = Alignment(wrap_text=True, vertical="top")
    for column, width in zip("ABCDE", (6, 24, 36, 40, 10), strict=True):
        page.column_dimensions[column].width = width
    book.save(folder / "空表.xlsx")
    fill_form(snapshot, folder / "空表.xlsx", folder / "填好.xlsx")
    return folder / "填好.xlsx"


def a_sum(folder: Path, snapshot: Snapshot) -> Path:
    records = (*snapshot.sections, *snapshot.issues, *snapshot.measures)
    paths: list[Path] = []
    for at in range(2):
        ledger = a_ledger(folder, *(replace(record, id=0, uid="") for record in records), name=f"{at}.zgtz")
        paths.append(ledger.path)
        ledger.close()
    roll_up(paths, folder / "汇总.xlsx", today=dt.date(2027, 1, 1))
    return folder / "汇总.xlsx"


@pytest.mark.parametrize("make", [the_ledger, a_department, a_form, a_sum])
def test_no_text_is_cut_off_on_paper(tmp_path: Path, make: Callable[[Path, Snapshot], Path]) -> None:
    cut, cells = cut_texts(make(tmp_path, a_snapshot(*awkward(1), organisation="某镇")), tmp_path)
    assert cut == []
    assert cells > 30


@pytest.mark.full
@pytest.mark.parametrize("seed", range(2, 8))
def test_no_text_of_other_ledgers_is_cut_off_either(tmp_path: Path, seed: int) -> None:
    cut, cells = cut_texts(the_ledger(tmp_path, a_snapshot(*awkward(seed), organisation="某镇")), tmp_path)
    assert (cut, cells > 200) == ([], True)


def test_the_measurement_sees_a_row_that_is_too_low(tmp_path: Path) -> None:
    path = the_ledger(tmp_path, a_snapshot(*awkward(1), organisation="某镇"))
    book = openpyxl.load_workbook(path)
    for row in range(4, 10):
        book["台账"].row_dimensions[row].height = 18
    book.save(path)
    assert len(cut_texts(path, tmp_path)[0]) > 5
