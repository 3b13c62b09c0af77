"""Blank forms of any shape, as offices and chance make them: filled or refused in words; what stands below is kept."""

from __future__ import annotations

import contextlib
from pathlib import Path
from random import Random
from typing import Any

import docx
import openpyxl
import pytest
from builders import a_snapshot, a_tree
from docx.exceptions import InvalidSpanError
from openpyxl.worksheet.cell_range import CellRange

from zhenggai_desktop.errors import ZhenggaiError
from zhenggai_desktop.services.form_filling import fill_form

CAPTIONS = (
    "序号", "反馈问题", "具体问题", "具体表现", "整改措施", "整改目标", "责任领导", "牵头单位", "配合单位", "责任人",
    "整改时限", "整改进展", "完成情况", "已完成", "正在推进", "未完成", "完成时间", "佐证材料", "备注", "领导批示", "",
    "类别", "剩余天数",
)  # fmt: skip
FOOT = "填表人："


def an_excel_form(random: Random, path: Path) -> None:
    """One or two sheets; merged areas may overlap, which no office program would write."""
    book = openpyxl.Workbook()
    for at in range(random.choice((1, 1, 2))):
        page: Any = book.create_sheet(f"附件{at}") if at else book.active
        top, columns, blank = random.choice((1, 1, 2, 4)), random.randint(2, 10), random.randint(0, 6)
        page["A1"] = "整改台账" if top > 1 else None
        for row in range(top, top + random.choice((1, 1, 2))):
            for column in range(1, columns + 1):
                page.cell(row, column, random.choice(CAPTIONS) or None)
        for row in range(top + 1, top + 1 + blank):
            page.cell(row, *random.choice(((1, row - top), (1, None), (columns, "例：……"), (columns, f"=C{row}-1"))))
        page.cell(top + 3 + blank, 1, FOOT)
        for _ in range(random.randint(0, 6)):
            row, column = random.randint(1, top + blank + 4), random.randint(1, columns)
            last = row + random.choice((0, 0, 0, 1, 2)), column + random.choice((0, 1, 1, 2, 4))
            if (row, column) != last and not row <= top + 3 + blank <= last[0]:
                page.merge_cells(start_row=row, start_column=column, end_row=last[0], end_column=last[1])
    book.save(path)


def a_word_form(random: Random, path: Path) -> None:
    document: Any = docx.Document()
    for _ in range(random.choice((1, 1, 2))):
        rows, columns = random.randint(1, 7), random.randint(2, 8)
        table = document.add_table(rows, columns)
        for cell in table.rows[0].cells:
            cell.text = random.choice(CAPTIONS)
        for _ in range(random.randint(0, 4)):
            row, column = random.randrange(rows), random.randrange(columns)
            other = table.cell(random.randint(row, rows - 1), random.randint(column, columns - 1))
            with contextlib.suppress(InvalidSpanError, ValueError):  # it would cut a merged cell in two
                table.cell(row, column).merge(other)
        document.add_paragraph(FOOT)
    document.save(path)


def overlap(areas: list[CellRange]) -> bool:
    return any(not one.isdisjoint(other) for at, one in enumerate(areas) for other in areas[:at])


def fill_any(seed: int, folder: Path) -> None:
    random = Random(seed)
    snapshot = a_snapshot(*a_tree(*random.choice(((1, 1, 1), (2, 3, 2), (1, 2, 0), (3, 4, 3)))))
    suffix, make = random.choice(((".xlsx", an_excel_form), (".xlsx", an_excel_form), (".docx", a_word_form)))
    form, target = folder / f"表{suffix}", folder / f"填{suffix}"
    make(random, form)
    try:
        assert fill_form(snapshot, form, target).rows
    except ZhenggaiError:
        assert not target.exists()
        return
    if suffix == ".docx":
        assert FOOT in [paragraph.text for paragraph in docx.Document(str(target)).paragraphs]
        return
    before, after = openpyxl.load_workbook(form), openpyxl.load_workbook(target)
    for page in before:
        filled: Any = after[page.title]
        assert FOOT in [cell.value for (cell,) in filled.iter_rows(max_col=1)]
        if not overlap(list(page.merged_cells.ranges)):
            assert not overlap(list(filled.merged_cells.ranges))


@pytest.mark.parametrize("seed", range(24))
def test_a_form_of_any_shape_is_filled_or_refused(seed: int, tmp_path: Path) -> None:
    fill_any(seed, tmp_path)


@pytest.mark.full
@pytest.mark.parametrize("first", range(100, 2100, 100))
def test_forms_of_any_shape_are_filled_or_refused(first: int, tmp_path: Path) -> None:
    for seed in range(first, first + 100):
        (tmp_path / str(seed)).mkdir()
        fill_any(seed, tmp_path / str(seed))
