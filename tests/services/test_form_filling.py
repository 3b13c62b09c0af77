"""A form that somebody sent is filled in below its header, and stays the form that it was."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from builders import a_snapshot
from docx.shared import Pt
from growing import lines_run
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.datavalidation import DataValidation

from zhenggai_desktop.domain.records import Issue, Measure, Section, Snapshot, Status
from zhenggai_desktop.domain.table_columns import Column
from zhenggai_desktop.errors import SourceFormatError, UsageError
from zhenggai_desktop.services.form_assistant import FormAssistant
from zhenggai_desktop.services.form_filling import fill_form, read_forms
from zhenggai_desktop.services.form_memory import FormMemory


@pytest.fixture
def snapshot() -> Snapshot:
    return a_snapshot(
        Section(title="党的领导方面"),
        Issue(section_id=1, title="学习少", lead_department="党政办", deadline="2025年底前"),
        Issue(section_id=1, title="=账目乱", lead_department="财政所"),
        Measure(issue_id=1, content="开会", status=Status.DONE),
        Measure(issue_id=1, content="考勤", status=Status.IN_PROGRESS),
        Measure(issue_id=2, content="清账" * 60),
    )


def an_excel_form(path: Path, blank: int = 2) -> Path:
    book = openpyxl.Workbook()
    page: Any = book.active
    page.title = "附件1"
    page["A1"] = "某区委巡察整改台账"
    page.merge_cells("A1:G1")
    for column, caption in enumerate(["序号", "反馈问题", "整改措施", "", "责任单位", "整改时限", "领导批示"], 1):
        page.cell(2, column, caption or None)
    page.merge_cells("C2:D2")
    line = Side(style="medium")
    for row in range(3, 3 + blank):
        page.merge_cells(start_row=row, end_row=row, start_column=3, end_column=4)
        for column in range(1, 8):
            cell = page.cell(row, column)
            cell.font, cell.border = Font(name="楷体", size=14), Border(left=line, bottom=line)
            cell.alignment = Alignment(wrap_text=True)
        page.row_dimensions[row].height = 30
    foot = 3 + blank
    page.cell(foot, 1, "填表人：")
    page.merge_cells(start_row=foot, end_row=foot, start_column=1, end_column=7)
    page.row_dimensions[foot].height = 55
    book.create_sheet("说明")["A1"] = "请按要求填写"
    book.save(path)
    return path


@pytest.mark.parametrize("blank", [1, 2, 6])
def test_an_excel_form_is_filled_in_its_own_looks(snapshot: Snapshot, tmp_path: Path, blank: int) -> None:
    report = fill_form(snapshot, an_excel_form(tmp_path / "表.xlsx", blank), tmp_path / "填.xlsx")
    assert (report.rows, report.empty) == (3, ("领导批示",))
    book = openpyxl.load_workbook(tmp_path / "填.xlsx")
    page: Any = book["附件1"]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=3, max_row=5, max_col=6)]
    assert rows[0] == ["1-1", "学习少", "开会", None, "党政办", "2025年底前"]
    assert rows[1] == [None, None, "考勤", None, "党政办", "2025年底前"]
    assert rows[2][1] == "=账目乱"
    assert page["B5"].data_type == "s"
    merged = {str(area) for area in page.merged_cells.ranges}
    assert {"A3:A4", "B3:B4", "C3:D3", "C4:D4", "C5:D5", "A1:G1", "C2:D2"} <= merged
    assert all(page[f"{column}5"].font.name == "楷体" for column in "ABCEFG")
    assert page["G5"].border.left.style == "medium"
    foot = max(6, 3 + blank)
    assert page[f"A{foot}"].value == "填表人："
    assert f"A{foot}:G{foot}" in merged
    assert page.row_dimensions[foot].height == 55
    assert book["说明"]["A1"].value == "请按要求填写"


def test_rows_are_as_high_as_their_texts_and_never_lower_than_the_forms(snapshot: Snapshot, tmp_path: Path) -> None:
    fill_form(snapshot, an_excel_form(tmp_path / "表.xlsx"), tmp_path / "填.xlsx")
    page: Any = openpyxl.load_workbook(tmp_path / "填.xlsx")["附件1"]
    assert page.row_dimensions[3].height >= 30
    assert page.row_dimensions[5].height > 150


def change_rows(path: Path, **cells: object) -> Path:
    """The form with something printed in its cells."""
    book: Any = openpyxl.load_workbook(path)
    for place, value in cells.items():
        book["附件1"][place] = value
    book.save(path)
    return path


def column_of(path: Path, column: str = "A") -> list[object]:
    page: Any = openpyxl.load_workbook(path)["附件1"]
    return [cell.value for cell in page[column]]


def test_printed_numbers_are_blank_rows(snapshot: Snapshot, tmp_path: Path) -> None:
    form = change_rows(an_excel_form(tmp_path / "表.xlsx", 5), A3=1, A4="2", A5="3.", A6=4, A7=5)
    fill_form(snapshot, form, tmp_path / "填.xlsx")
    assert column_of(tmp_path / "填.xlsx")[2:] == ["1-1", None, "1-2", 4, 5, "填表人："]
    form = change_rows(an_excel_form(tmp_path / "少.xlsx", 2), A3=1, A4=2)
    fill_form(snapshot, form, tmp_path / "少填.xlsx")
    assert column_of(tmp_path / "少填.xlsx")[2:] == ["1-1", None, "1-2", "填表人："]


def test_a_number_that_does_not_run_on_is_no_blank_row(snapshot: Snapshot, tmp_path: Path) -> None:
    form = change_rows(an_excel_form(tmp_path / "表.xlsx", 2), A3=1, A4=7)
    fill_form(snapshot, form, tmp_path / "填.xlsx")
    assert column_of(tmp_path / "填.xlsx")[2:] == ["1-1", None, "1-2", 7, "填表人："]


def test_a_note_directly_below_the_header_stays_and_moves_down(snapshot: Snapshot, tmp_path: Path) -> None:
    form = an_excel_form(tmp_path / "表.xlsx", 0)
    book = openpyxl.load_workbook(form)
    header = book["附件1"]["B2"]
    header.font, header.border = Font(name="黑体", size=12, bold=True), Border(left=Side(style="thin"))
    book.save(form)
    fill_form(snapshot, form, tmp_path / "填.xlsx")
    page: Any = openpyxl.load_workbook(tmp_path / "填.xlsx")["附件1"]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=3, max_row=6, max_col=5)]
    assert rows[0] == ["1-1", "学习少", "开会", None, "党政办"]
    assert rows[3] == ["填表人：", None, None, None, None]
    merged = {str(area) for area in page.merged_cells.ranges}
    assert {"A6:G6", "C2:D2", "C3:D3", "C5:D5", "B3:B4"} <= merged
    assert page.row_dimensions[6].height == 55
    look = page["B3"]
    assert (look.font.name, look.font.bold, look.border.left.style, look.alignment.wrap_text) == (
        "黑体", False, "thin", True,
    )  # fmt: skip
    assert page["B2"].font.bold


def a_word_form(path: Path) -> Path:
    document: Any = docx.Document()
    document.add_paragraph("附件：整改情况表")
    table = document.add_table(4, 4)
    table.style = "Table Grid"
    for column, caption in enumerate(["序号", "存在问题", "整改措施", "完成情况"]):
        table.cell(0, column).text = caption
    for column in range(4):
        run = table.cell(1, column).paragraphs[0].add_run(" ")
        run.font.size = Pt(9)
    table.cell(3, 0).text = "审核人："
    document.add_paragraph("表后的话")
    document.save(str(path))
    return path


def test_a_word_form_is_filled_likewise(snapshot: Snapshot, tmp_path: Path) -> None:
    fill_form(snapshot, a_word_form(tmp_path / "表.docx"), tmp_path / "填.docx")
    document: Any = docx.Document(str(tmp_path / "填.docx"))
    table = document.tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows][1:4] == [
        ["1-1", "学习少", "开会", "已完成"],
        ["1-1", "学习少", "考勤", "正在推进"],
        ["1-2", "=账目乱", "清账" * 60, "未启动"],
    ]
    assert table.cell(1, 0)._tc is table.cell(2, 0)._tc
    assert table.cell(4, 0).text == "审核人："
    assert table.cell(3, 2).paragraphs[0].runs[0].font.size == Pt(9)
    assert [p.text for p in document.paragraphs] == ["附件：整改情况表", "表后的话"]


def test_a_word_form_with_printed_numbers_or_a_note_below_its_header(snapshot: Snapshot, tmp_path: Path) -> None:
    form = docx.Document(str(a_word_form(tmp_path / "表.docx")))
    for row, number in ((1, "1"), (2, "2")):
        form.tables[0].cell(row, 0).text = number
    form.save(str(tmp_path / "号.docx"))
    fill_form(snapshot, tmp_path / "号.docx", tmp_path / "填.docx")
    table = docx.Document(str(tmp_path / "填.docx")).tables[0]
    assert [row.cells[0].text for row in table.rows] == ["序号", "1-1", "1-1", "1-2", "审核人："]
    table = form.tables[0]
    table.cell(1, 0).merge(table.cell(1, 3)).text = "填表说明：每项一行"
    form.save(str(tmp_path / "注.docx"))
    fill_form(snapshot, tmp_path / "注.docx", tmp_path / "注填.docx")
    table = docx.Document(str(tmp_path / "注填.docx")).tables[0]
    assert [[cell.text for cell in row.cells][:3] for row in table.rows][1:4] == [
        ["1-1", "学习少", "开会"], ["1-1", "学习少", "考勤"], ["1-2", "=账目乱", "清账" * 60],
    ]  # fmt: skip
    assert table.rows[4].cells[0].text == "填表说明：每项一行"


def test_a_form_of_issues_alone_has_a_line_for_each(snapshot: Snapshot, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page: Any = book.active
    page.append(["序号", "反馈问题", "责任单位"])
    book.save(tmp_path / "表.xlsx")
    assert fill_form(snapshot, tmp_path / "表.xlsx", tmp_path / "填.xlsx").rows == 2


def test_a_column_can_be_given_another_meaning(snapshot: Snapshot, tmp_path: Path) -> None:
    form = an_excel_form(tmp_path / "表.xlsx")
    (read,) = read_forms(form)
    again = fill_form(snapshot, form, tmp_path / "二.xlsx", {read.shape: {"领导批示": Column.STATUS}})
    assert again.empty == ()
    assert openpyxl.load_workbook(tmp_path / "二.xlsx")["附件1"]["G3"].value == "已完成"


def test_what_is_no_form_is_refused(snapshot: Snapshot, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page: Any = book.active
    page.append(["姓名", "职务"])
    book.save(tmp_path / "表.xlsx")
    with pytest.raises(SourceFormatError, match="没有找到台账的表头"):
        fill_form(snapshot, tmp_path / "表.xlsx", tmp_path / "填.xlsx")
    with pytest.raises(UsageError, match="文件名写成以"):
        fill_form(snapshot, tmp_path / "表.xlsx", tmp_path / "填.docx")
    with pytest.raises(UsageError, match="不能直接填写"):
        fill_form(snapshot, tmp_path / "表.pdf", tmp_path / "填.pdf")


def test_a_form_of_which_the_library_warns_is_filled_without_a_word(snapshot: Snapshot, tmp_path: Path) -> None:
    """Other programs write no default style."""
    made = an_excel_form(tmp_path / "原表.xlsx")
    with zipfile.ZipFile(made) as whole, zipfile.ZipFile(tmp_path / "空表.xlsx", "w") as bare:
        for name in whole.namelist():
            data = whole.read(name)
            if name == "xl/styles.xml":
                data = re.sub(rb"<cellStyles.*?</cellStyles>", b"", data, flags=re.DOTALL)
            bare.writestr(name, data)
    fill_form(snapshot, tmp_path / "空表.xlsx", tmp_path / "已填.xlsx")  # a warning would be an error here
    assert openpyxl.load_workbook(tmp_path / "已填.xlsx")["附件1"]["B3"].value == "学习少"


def test_sums_and_the_print_area_of_an_excel_form_reach_over_the_rows_put_in(
    snapshot: Snapshot, tmp_path: Path
) -> None:
    path = an_excel_form(tmp_path / "表.xlsx", 2)
    book: Any = openpyxl.load_workbook(path)
    page = book["附件1"]
    page.unmerge_cells("A5:G5")
    page["A5"], page["B5"], page["C5"] = "合计", "=COUNTA(B3:B4)", "=B5+$J$1"
    page["J1"] = "=COUNTA(B3:B4)"
    book["说明"]["A2"] = "=附件1!B5+A1"
    page.print_area = "A1:G5"
    choice = DataValidation(type="list", formula1='"已完成,正在推进"')
    choice.add("G3:G4")
    page.add_data_validation(choice)
    book.save(path)
    fill_form(snapshot, path, tmp_path / "填.xlsx")
    book = openpyxl.load_workbook(tmp_path / "填.xlsx")
    page = book["附件1"]
    assert (page["A6"].value, page["B6"].value, page["C6"].value) == ("合计", "=COUNTA(B3:B5)", "=B6+$J$1")
    assert (page["J1"].value, book["说明"]["A2"].value) == ("=COUNTA(B3:B5)", "=附件1!B6+A1")
    assert page.print_area == "'附件1'!$A$1:$G$6"
    assert [str(one.sqref) for one in page.data_validations.dataValidation] == ["G3:G5"]


def test_an_example_gives_way_and_a_row_of_formulas_counts_on(snapshot: Snapshot, tmp_path: Path) -> None:
    form = change_rows(
        an_excel_form(tmp_path / "表.xlsx", 3), A3="例", B3="××问题", F3="2025年×月", G4="=F4-TODAY()", G5="=F5-TODAY()"
    )
    book: Any = openpyxl.load_workbook(form)
    book["附件1"]["B3"].font = Font(name="楷体", color="FFFF0000")
    book.save(form)
    fill_form(snapshot, form, tmp_path / "填.xlsx")
    assert column_of(tmp_path / "填.xlsx", "B")[2:] == ["学习少", None, "=账目乱", None]
    assert column_of(tmp_path / "填.xlsx", "G")[2:] == ["=F3-TODAY()", "=F4-TODAY()", "=F5-TODAY()", None]
    page: Any = openpyxl.load_workbook(tmp_path / "填.xlsx")["附件1"]
    assert page["B3"].font.color is None or page["B3"].font.color.rgb != "FFFF0000"


def test_an_example_in_a_word_form_gives_way(snapshot: Snapshot, tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=4, cols=3)
    for row, words in enumerate(
        (("序号", "反馈问题", "整改措施"), ("示例", "××", "××"), ("1", "", ""), ("……", "", ""))
    ):
        for cell, text in zip(table.rows[row].cells, words, strict=True):
            cell.text = text
    document.save(str(tmp_path / "表.docx"))
    fill_form(snapshot, tmp_path / "表.docx", tmp_path / "填.docx")
    rows = [[cell.text for cell in row.cells] for row in docx.Document(str(tmp_path / "填.docx")).tables[0].rows]
    assert [row[2] for row in rows] == ["整改措施", "开会", "考勤", "清账" * 60]


def test_two_meanings_in_one_column_leave_no_stroke_for_what_is_missing(snapshot: Snapshot, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page: Any = book.active
    page.append(["序号", "问题", "整改措施", "责任单位及责任人"])
    book.save(tmp_path / "表.xlsx")
    fill_form(snapshot, tmp_path / "表.xlsx", tmp_path / "填.xlsx")
    page = openpyxl.load_workbook(tmp_path / "填.xlsx").active
    assert [cell.value for cell in page["D"]][1:] == ["党政办", "党政办", "财政所"]


def test_a_stray_cell_far_below_takes_no_longer(snapshot: Snapshot, tmp_path: Path) -> None:
    """WPS leaves one where somebody had formatted a whole column."""

    def work(row: int) -> int:
        form, target = an_excel_form(tmp_path / f"表{row}.xlsx", blank=1), tmp_path / f"填{row}.xlsx"
        book = openpyxl.load_workbook(form)
        for page in book.worksheets:
            page.cell(row, 7).font = Font(size=9)
        book.save(form)
        return lines_run(lambda: fill_form(snapshot, form, target))

    work(20)  # what is loaded once
    assert work(2_000) < 1.2 * work(20)
    pages: Any = openpyxl.load_workbook(tmp_path / "填2000.xlsx")
    assert (pages["附件1"]["A6"].value, pages["附件1"]["G2002"].font.size) == ("填表人：", 9)


LISTS = {
    "问题清单": ["序号", "反馈问题", "责任单位"],
    "任务清单": ["序号", "反馈问题", "整改措施", "整改时限"],
    "责任清单": ["序号", "整改措施", "责任单位"],
}


def test_each_list_of_a_workbook_is_filled(snapshot: Snapshot, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["填表说明"])
    more = {**LISTS, "统计": ["类别", "反馈问题（个）", "完成率（%）"], "任务清单（2月）": LISTS["任务清单"]}
    for name, captions in {**more, "示例": ["序号", "反馈问题", "整改措施"]}.items():
        book.create_sheet(name).append(captions)
    book["示例"].append([1, "学习不经常", "制定计划"])
    book.save(tmp_path / "三个清单.xlsx")
    report = fill_form(snapshot, tmp_path / "三个清单.xlsx", tmp_path / "填.xlsx")
    assert (report.rows, report.lists) == (8, (("问题清单", 2), ("任务清单", 3), ("责任清单", 3)))
    filled = openpyxl.load_workbook(tmp_path / "填.xlsx")
    assert [cell.value for cell in filled["问题清单"][2]] == ["1-1", "学习少", "党政办"]
    assert [cell.value for cell in filled["任务清单"][2]] == ["1-1", "学习少", "开会", "2025年底前"]
    assert [cell.value for cell in filled["责任清单"][3]] == [None, "考勤", "党政办"]
    assert {filled[name].max_row for name in ("统计", "任务清单（2月）")} == {1}
    assert filled["示例"].max_row == 2


def test_each_list_of_a_word_form_is_filled(snapshot: Snapshot, tmp_path: Path) -> None:
    document = docx.Document()
    for captions in LISTS.values():
        table = document.add_table(rows=2, cols=len(captions))
        for cell, caption in zip(table.rows[0].cells, captions, strict=True):
            cell.text = caption
        document.add_paragraph()
    document.save(str(tmp_path / "三个清单.docx"))
    report = fill_form(snapshot, tmp_path / "三个清单.docx", tmp_path / "填.docx")
    assert report.lists == (("第1个表格", 2), ("第2个表格", 3), ("第3个表格", 3))
    tables = docx.Document(str(tmp_path / "填.docx")).tables
    assert [cell.text for cell in tables[2].rows[2].cells][1:] == ["考勤", "党政办"]


@pytest.mark.parametrize(
    ("captions", "ticks"),
    [
        ("已完成 基本完成 正在推进", ["√  ", " √ ", "  √", "  "]),
        ("已完成 正在推进", ["√ ", " √", " √", " "]),
        ("是 否", ["√ ", " √", " √", " √"]),
        ("完成（√） 未完成（√）", ["√ ", " √", " √", " √"]),
        ("已完成 整改中 未启动", ["√  ", " √ ", " √ ", "  √"]),
    ],
)
def test_the_column_that_fits_is_ticked(captions: str, ticks: list[str], tmp_path: Path) -> None:
    """A cell over several columns asks for a tick below one of them, not for the same words below each."""
    book = openpyxl.Workbook()
    page: Any = book.active
    names = captions.split()
    page.append(["序号", "反馈问题", "整改措施", "整改完成情况", *[None] * (len(names) - 1), "备注"])
    page.append([None, None, None, *names])
    page.merge_cells(start_row=1, end_row=1, start_column=4, end_column=3 + len(names))
    book.save(tmp_path / "空表.xlsx")
    statuses = (Status.DONE, Status.MOSTLY_DONE, Status.IN_PROGRESS, Status.NOT_STARTED)
    records = (
        record
        for at, status in enumerate(statuses, 1)
        for record in (Issue(title=f"问题{at}"), Measure(issue_id=at, content="做", status=status))
    )
    fill_form(a_snapshot(*records), tmp_path / "空表.xlsx", tmp_path / "已填.xlsx")
    filled: Any = openpyxl.load_workbook(tmp_path / "已填.xlsx").active
    rows = filled.iter_rows(min_row=3, max_row=6, min_col=4, max_col=3 + len(names), values_only=True)
    assert [" ".join(cell or "" for cell in row) for row in rows] == ticks


def test_a_list_of_a_part_or_of_something_else_stays_blank(snapshot: Snapshot, tmp_path: Path) -> None:
    parts: dict[str, tuple[list[str], list[str]]] = {
        "附件2": (["未完成整改问题清单"], ["序号", "问题", "下一步措施", "完成时限"]),
        "选人用人": ([], ["序号", "反馈问题", "整改措施", "责任单位"]),
        "附件4": ([], ["序号", "制度名称", "文号", "对应问题"]),
        "典型案例": ([], ["序号", "案例名称", "问题表现", "整改措施"]),
        "原因": ([], ["序号", "问题", "整改措施", "未完成原因"]),
    }
    book = openpyxl.Workbook()
    del book["Sheet"]
    for name, (title, captions) in {**{name: ([], words) for name, words in LISTS.items()}, **parts}.items():
        page = book.create_sheet(name)
        page.append(title)
        page.append(captions)
    book.save(tmp_path / "附件.xlsx")
    report = fill_form(snapshot, tmp_path / "附件.xlsx", tmp_path / "填.xlsx")
    assert [name for name, _ in report.lists] == ["问题清单", "任务清单", "责任清单"]
    for page in book.worksheets:
        page["A1"] = "选人用人专项检查反馈问题整改清单"
    book.save(tmp_path / "附件.xlsx")
    report = fill_form(snapshot, tmp_path / "附件.xlsx", tmp_path / "填.xlsx")
    assert [name for name, _ in report.lists] == ["问题清单", "任务清单", "责任清单", "附件2", "选人用人"]


def test_the_words_above_a_table_of_a_word_form_name_it(snapshot: Snapshot, tmp_path: Path) -> None:
    document = docx.Document()
    for title, captions in (("台账", LISTS["任务清单"]), ("附件2\n长期坚持问题清单", LISTS["问题清单"])):
        document.add_paragraph(title)
        table = document.add_table(rows=2, cols=len(captions))
        for cell, caption in zip(table.rows[0].cells, captions, strict=True):
            cell.text = caption
    document.save(str(tmp_path / "附件.docx"))
    assert fill_form(snapshot, tmp_path / "附件.docx", tmp_path / "填.docx").lists == (("第1个表格", 3),)


def test_the_blank_list_is_filled_and_not_the_one_of_last_month_or_the_example(
    snapshot: Snapshot, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    for name, rows in {"填写样例": [[1, "学习不经常", "制定计划", "6月底"]], "台账": [], "7月": []}.items():
        page = book.create_sheet(name)
        for row in (LISTS["任务清单"], *rows):
            page.append(row)
    del book["Sheet"]
    book.save(tmp_path / "月报.xlsx")
    assert fill_form(snapshot, tmp_path / "月报.xlsx", tmp_path / "填.xlsx").lists == (("台账", 3),)


def test_a_sheet_that_counts_in_front_of_the_list_keeps_its_rows(snapshot: Snapshot, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "统计表"
    for row in (["类别", "反馈问题（个）", "整改措施（条）"], ["党的建设"], ["合计"]):
        page.append(row)
    book.create_sheet("台账").append(LISTS["任务清单"])
    book.save(tmp_path / "月报.xlsx")
    assert fill_form(snapshot, tmp_path / "月报.xlsx", tmp_path / "填.xlsx").lists == (("台账", 3),)


def test_a_column_that_nobody_has_filled_in_yet_is_told_as_well(snapshot: Snapshot, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page: Any = book.active
    page.append(["序号", "反馈问题", "整改措施", "办结时间", "领导批示"])
    book.save(tmp_path / "表.xlsx")
    assert fill_form(snapshot, tmp_path / "表.xlsx", tmp_path / "填.xlsx").empty == ("办结时间", "领导批示")


def test_two_columns_of_the_issue_that_the_form_merges_are_one_cell(snapshot: Snapshot, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page: Any = book.active
    page.append(["序号", "反馈问题", None, "整改措施"])
    for row in (1, 2, 3):
        page.merge_cells(start_row=row, end_row=row, start_column=2, end_column=3)
    page["A4"] = "填表人："
    book.save(tmp_path / "表.xlsx")
    fill_form(snapshot, tmp_path / "表.xlsx", tmp_path / "填.xlsx")
    filled: Any = openpyxl.load_workbook(tmp_path / "填.xlsx").active
    assert sorted(map(str, filled.merged_cells.ranges)) == ["A2:A3", "B1:C1", "B2:C3", "B4:C4"]
    assert [filled.cell(row, 2).value for row in (2, 4)] == ["学习少", "=账目乱"]
    assert [filled.cell(row, 4).value for row in (2, 3)] == ["开会", "考勤"]
    assert filled["A5"].value == "填表人："


def test_rows_that_share_a_long_cell_are_as_high_as_it_together(snapshot: Snapshot, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page: Any = book.active
    page.append(["序号", "反馈问题", "整改措施"])
    book.save(tmp_path / "表.xlsx")

    def height(measures: int) -> float:
        measures_of_one = [Measure(issue_id=1, content="开会") for _ in range(measures)]
        issue = Issue(section_id=1, title="学习少" * 60)
        target = tmp_path / f"{measures}.xlsx"
        fill_form(a_snapshot(Section(title="党的领导"), issue, *measures_of_one), tmp_path / "表.xlsx", target)
        filled: Any = openpyxl.load_workbook(target).active
        return sum(filled.row_dimensions[row].height for row in range(2, 2 + measures))

    assert height(1) <= height(4) < height(1) * 1.2


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_rows_that_stood_in_a_form_are_told(snapshot: Snapshot, tmp_path: Path, kind: str) -> None:
    """Last month's filled form, taken for the blank one, was filled a second time above its rows without a word."""
    form = tmp_path / f"表.{kind}"
    if kind == "xlsx":
        an_excel_form(form)
    else:
        document = docx.Document()
        table = document.add_table(rows=2, cols=3)
        for cell, caption in zip(table.rows[0].cells, ("序号", "反馈问题", "整改措施"), strict=True):
            cell.text = caption
        document.save(str(form))
    assert fill_form(snapshot, form, tmp_path / f"填.{kind}").twice == ""
    again = fill_form(snapshot, tmp_path / f"填.{kind}", tmp_path / f"再填.{kind}")
    assert again.twice == "表里原来已有3行，会留在新填的后面，请核对是不是填过的表"
    assert FormAssistant(tmp_path / f"填.{kind}", FormMemory(tmp_path / "记")).forms[0].standing == 3
