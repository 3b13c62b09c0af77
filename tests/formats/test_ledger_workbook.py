"""The Excel ledger, read back with openpyxl and, in the full suite, laid out by LibreOffice."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders import a_snapshot, a_tree
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.styles import Border, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from zhenggai_desktop import texts
from zhenggai_desktop.domain.cleaning import clean
from zhenggai_desktop.domain.continued_cells import with_whole_cells
from zhenggai_desktop.domain.ledger_table import ledger_table
from zhenggai_desktop.domain.ledger_template import DUTY_LIST, ISSUE_LIST, TASK_LIST, WHOLE, Template
from zhenggai_desktop.domain.records import Issue, Measure, Section, Snapshot, Status
from zhenggai_desktop.domain.sheets import as_table
from zhenggai_desktop.errors import TargetError
from zhenggai_desktop.formats.ledger_workbook import Paper, printed_sheet, write_ledger_workbook
from zhenggai_desktop.formats.sheet_reader import read_workbook

HEADER = 3  # row of the captions where the ledger has facts
FACTS: dict[str, Any] = {
    "organisation": "青石街道党工委",
    "team": "区委第三巡察组",
    "feedback_date": dt.date(2025, 3, 20),
}


def page_of(snapshot: Snapshot, path: Path, **options: Any) -> Worksheet:
    write_ledger_workbook(snapshot, path, **options)
    return openpyxl.load_workbook(path).worksheets[0]


def merged(page: Worksheet) -> set[str]:
    return {str(area) for area in page.merged_cells.ranges}


def one_measure(progress: str, **measure: Any) -> Snapshot:
    return a_snapshot(
        Section(title="基层治理方面"),
        Issue(section_id=1, title="网格管理有漏洞"),
        Measure(issue_id=1, progress=progress, **measure),
        **FACTS,
    )


@pytest.fixture
def tree() -> Snapshot:
    return a_snapshot(*a_tree(), **FACTS)


def test_title_facts_captions_and_rows_stand_in_order(tree: Snapshot, tmp_path: Path) -> None:
    page = page_of(tree, tmp_path / "台账.xlsx")
    assert page["A1"].value == "青石街道党工委巡察反馈问题整改台账"
    assert page["A2"].value == "责任单位：青石街道党工委　　巡察组：区委第三巡察组　　反馈日期：2025年3月20日"
    assert tuple(cell.value for cell in page[HEADER]) == texts.LEDGER_COLUMNS
    assert page.max_row == HEADER + len(tree.measures)
    assert page.cell(HEADER + 1, 1).value == "1-1"


def test_cells_hold_what_the_table_says(tree: Snapshot, tmp_path: Path) -> None:
    page = page_of(tree, tmp_path / "台账.xlsx")
    table = ledger_table(tree)
    covered = {(row, merge.column) for merge in table.merges for row in range(merge.first + 1, merge.last + 1)}
    for at, row in enumerate(table.rows):
        for column, expected in enumerate(row.cells):
            found = page.cell(HEADER + 1 + at, column + 1).value
            found = found.date() if isinstance(found, dt.datetime) else found
            if (at, column) in covered:
                assert found is None
            else:
                assert str(found or "").replace("\n", "") == str(expected or "").replace("\n", "")


def test_sections_and_issues_are_merged(tree: Snapshot, tmp_path: Path) -> None:
    areas = merged(page_of(tree, tmp_path / "台账.xlsx"))
    assert {"A1:T1", "A2:T2", "B4:B9", "B10:B15", "C4:C5", "A4:A5"} <= areas
    assert not any(area.startswith("I") for area in areas), "departments stand in every row"


def test_dates_are_dates(tmp_path: Path) -> None:
    snapshot = one_measure("已完成。", status=Status.DONE, completed_on=dt.date(2025, 6, 30))
    cell = page_of(snapshot, tmp_path / "台账.xlsx")["P4"]
    assert isinstance(cell.value, dt.datetime)
    assert cell.value.date() == dt.date(2025, 6, 30)


def test_the_page_prints_as_a_ledger(tree: Snapshot, tmp_path: Path) -> None:
    page = page_of(tree, tmp_path / "台账.xlsx")
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 8)
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert page.sheet_properties.pageSetUpPr is not None
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows == "$3:$3"
    assert page.oddFooter is not None
    assert page.oddFooter.center.text == "第 &P 页，共 &N 页"
    assert page.freeze_panes == "D4"


def test_a4_is_a_choice(tree: Snapshot, tmp_path: Path) -> None:
    assert page_of(tree, tmp_path / "台账.xlsx", paper=Paper.A4).page_setup.paperSize == 9


def test_fonts_are_those_of_official_tables(tree: Snapshot, tmp_path: Path) -> None:
    page = page_of(tree, tmp_path / "台账.xlsx")
    fonts = [(page[place].font.name, page[place].font.size) for place in ("A1", "A3", "G4")]
    assert fonts == [("方正小标宋简体", 22), ("黑体", 10), ("仿宋", 10)]
    body = page["G4"].alignment
    assert (body.vertical, body.wrap_text) == ("top", True)
    assert page["G4"].border.left.style == "thin"


def test_only_columns_without_merged_cells_have_a_filter_button(tree: Snapshot, tmp_path: Path) -> None:
    page = page_of(tree, tmp_path / "台账.xlsx")
    assert page.auto_filter.ref == "A3:T15"
    hidden = {column.colId for column in page.auto_filter.filterColumn if column.hiddenButton}
    captions = {texts.LEDGER_COLUMNS[column] for column in hidden}
    assert {"反馈方面", "反馈问题", "具体表现"} <= captions
    assert not {"牵头部门", "完成情况", "整改时限"} & captions


def test_a_text_higher_than_a_row_may_be_goes_on_in_further_rows(tmp_path: Path) -> None:
    text = "组织召开专题会议研究部署，逐项对照检查。" * 150
    page = page_of(one_measure(text), tmp_path / "台账.xlsx")
    first, *others = [page.cell(row, 14).value for row in range(4, page.max_row + 1)]
    assert others
    assert first + "".join(piece.removeprefix("（续）") for piece in others) == text
    assert all(piece.startswith("（续）") for piece in others)
    assert [page.cell(row, 1).value for row in range(4, page.max_row + 1)] == ["1-1", *["1-1\n（续）"] * len(others)]
    assert f"B4:B{page.max_row}" in merged(page)
    assert not any(place.startswith(("A4", "N4")) for place in merged(page))
    assert all(page.row_dimensions[row].height <= 409 for row in range(4, page.max_row + 1))
    assert page.auto_filter.ref is None


def test_a_divided_row_keeps_longer_merged_cells_in_one_piece(tmp_path: Path) -> None:
    snapshot = a_snapshot(
        Section(title="基层治理方面"),
        Issue(section_id=1, title="网格管理有漏洞"),
        Measure(issue_id=1, progress="逐项对照检查，" * 600),
        Measure(issue_id=1, progress="已完成。"),
    )
    page = page_of(snapshot, tmp_path / "台账.xlsx")
    assert page["A1"].value == "巡察反馈问题整改台账"
    last = page.max_row
    assert page.cell(last, 14).value == "已完成。"
    assert f"A3:A{last}" in merged(page)
    assert f"B3:B{last}" in merged(page)
    assert not any(place.startswith("N") for place in merged(page))
    assert f"O3:O{last - 1}" in merged(page)


LONG = st.text(st.sampled_from("项目整改到位，。；“”（）ab3 \n"), min_size=1, max_size=60).map(
    lambda text: text.strip()
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(LONG, st.integers(1, 70)), min_size=4, max_size=4), st.integers(1, 3))
def test_what_is_divided_is_read_back_whole(tmp_path: Path, words: list[tuple[str, int]], measures: int) -> None:
    """Texts of the issue's merged cells and of each measure's own, higher than a page."""
    title, original, content, progress = (f"{text}。" * count for text, count in words)
    snapshot = a_snapshot(
        Section(title="基层治理方面"),
        Issue(section_id=1, title=title, original_text=original),
        *(Measure(issue_id=1, content=content, progress=progress + str(at)) for at in range(measures)),
        Issue(section_id=1, title="短"),
    )
    sheet = printed_sheet(snapshot, WHOLE)
    write_ledger_workbook(snapshot, tmp_path / "台账.xlsx")
    (book,) = read_workbook(tmp_path / "台账.xlsx").sheets
    cells = {(cell.row, cell.column): cell for cell in with_whole_cells(as_table(book)).cells}
    for at, row in enumerate(sheet.table.rows):
        covered = {merge.column for merge in sheet.table.merges if merge.first < at <= merge.last}
        for column, value in enumerate(row.cells):
            if isinstance(value, str) and value and column not in covered:
                cell = cells[sheet.starts[at] - 1, column]
                assert cell.text == clean(value)
                assert cell.row + cell.row_span >= sheet.starts[at + 1] - 1
    assert not any("（续）" in cell.text for cell in cells.values())


def test_a_text_that_no_cell_holds_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match=r"序号1-1的“整改进展”有32768字.*请把它分成几条"):
        write_ledger_workbook(one_measure("字" * 32_768), tmp_path / "台账.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_ledger_is_a_sheet_with_captions(tmp_path: Path) -> None:
    page = page_of(Snapshot(), tmp_path / "台账.xlsx")
    assert [cell.value for cell in page[2]][:2] == ["序号", "反馈方面"]
    assert page.max_row == 2


HOSTILE = st.text(
    st.one_of(
        st.sampled_from(list("=+-@'\"<>&_x\t\r\n\x00\x0b\x1b　，。（）％①𠮷😀\u2028\ufffe\ud800")),
        st.characters(min_codepoint=0x4E00, max_codepoint=0x4EFF),
        st.characters(),
    ),
    max_size=40,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=HOSTILE, progress=HOSTILE, owner=HOSTILE)
def test_no_text_is_lost_or_becomes_a_formula(tmp_path: Path, title: str, progress: str, owner: str) -> None:
    snapshot = a_snapshot(
        Section(title=title), Issue(section_id=1, title=title), Measure(issue_id=1, progress=progress, owner=owner)
    )
    page = page_of(snapshot, tmp_path / "台账.xlsx")
    for place, text in (("B3", title), ("C3", title), ("N3", progress)):
        found = page[place].value
        assert _plain(found) == _plain(clean(text))
        assert found is None or page[place].data_type == "s"


def _plain(text: Any) -> str:
    """A text as openpyxl gives it back: it does not resolve the escape that Excel resolves."""
    return str(text or "").replace("_x005F_x", "_x")


# --- printed by another program

needs_printer = pytest.mark.skipif(
    shutil.which("soffice") is None or shutil.which("pdftoppm") is None,
    reason="LibreOffice or poppler is not installed here",
)


@pytest.mark.full
@needs_printer
@pytest.mark.parametrize(
    ("length", "template"),
    [(1, WHOLE), (4, WHOLE), (2, ISSUE_LIST), (2, TASK_LIST), (2, DUTY_LIST)],
    ids=["short", "long", "issues", "tasks", "duties"],
)
def test_nothing_is_cut_off_on_paper(tmp_path: Path, length: int, template: Template) -> None:
    """The same sheet with rows half as high again prints not one drop of ink more."""
    records = [
        replace(record, progress=record.progress * (1 + at % length)) if isinstance(record, Measure) else record
        for at, record in enumerate(a_tree(2, 4, 3))
    ]
    write_ledger_workbook(a_snapshot(*records, **FACTS), tmp_path / "台账.xlsx", template=template)
    ours, roomy = (_ink(tmp_path, factor) for factor in (1.0, 1.5))
    assert ours == roomy
    assert _ink(tmp_path, 0.4) < ours, "the measurement sees a cut"


def _ink(folder: Path, factor: float) -> int:
    """How dark all pages are together: text alone, without lines, shades and what is repeated on each page."""
    book = openpyxl.load_workbook(folder / "台账.xlsx")
    page = book.worksheets[0]
    page._print_rows = None
    page.auto_filter.ref = None
    page.conditional_formatting = ConditionalFormattingList()
    assert page.oddFooter is not None
    page.oddFooter.center.text = ""
    assert page.sheet_properties.pageSetUpPr is not None
    page.sheet_properties.pageSetUpPr.fitToPage = False  # or the scale would depend on the heights
    for row in page.iter_rows():
        for cell in row:
            cell.border, cell.fill = Border(), PatternFill()
    for row in range(1, page.max_row + 1):
        page.row_dimensions[row].height = min(page.row_dimensions[row].height * factor, 409)
    name = f"ink{round(factor * 10)}"
    book.save(folder / f"{name}.xlsx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    commands = (
        ["soffice", profile, "--headless", "--convert-to", "pdf", f"{name}.xlsx"],
        ["pdftoppm", "-r", "60", "-gray", f"{name}.pdf", name],
    )
    for command in commands:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=180)
    pages = [path.read_bytes().split(b"\n255\n", 1)[1] for path in folder.glob(f"{name}-*.pgm")]
    return sum(255 * len(pixels) - sum(pixels) for pixels in pages)


def test_statuses_have_grounds_of_their_own_darkness(tree: Snapshot, tmp_path: Path) -> None:
    write_ledger_workbook(tree, tmp_path / "台账.xlsx")
    page = openpyxl.load_workbook(tmp_path / "台账.xlsx").worksheets[0]
    ((cells, rules),) = [(str(area.sqref), area.rules) for area in page.conditional_formatting]
    assert cells.startswith("O4:O")
    looks = {rule.formula[0]: (rule.dxf.fill.bgColor.rgb, rule.dxf.font.color.rgb) for rule in rules}
    assert set(looks) == {f'"{name}"' for name in texts.STATUS_NAMES.values()}
    grounds = [luminance(ground) for ground, _ in looks.values()]
    assert all(lighter - darker > 0.15 for lighter, darker in pairwise(sorted(grounds, reverse=True)))
    for ground, ink in looks.values():
        bright, dark = sorted((luminance(ground), luminance(ink)), reverse=True)
        assert (bright + 0.05) / (dark + 0.05) >= 4.5


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2) of AARRGGBB."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (2, 4, 6)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
