"""Workbooks of every kind give the same typed cells, and each bad file its own sentence."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import subprocess
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from openpyxl import Workbook as ExcelWorkbook
from openpyxl.comments import Comment

from zhenggai_desktop.domain.sheets import Area, CellError, Sheet, as_table, value_text
from zhenggai_desktop.errors import SourceError, SourceFormatError, SourceLimitError
from zhenggai_desktop.formats.sheet_reader import read_workbook

MOMENT = dt.datetime(2024, 1, 2, 3, 4, 5)  # noqa: DTZ001 - a cell knows no time zone
HOSTILE = [
    "=1+1",
    "+86",
    "@甲",
    "-5",
    " 前后空格 ",
    "换\n行",
    "\t制表",
    "_x0041_",
    "&<>\"'",
    "𠮷林",
    "0012",
    "#REF!",
    "是",
]
SHEET = "xl/worksheets/sheet1.xml"


def a_workbook(path: Path) -> Path:
    book = ExcelWorkbook()
    page = book.active
    assert page is not None
    page.title = "整改台账"
    values = ["甲", 3, 3.5, True, dt.date(2024, 1, 2), MOMENT]
    for at, value in enumerate(values, 1):
        page.cell(at, 2, value)
    page.merge_cells("A1:A3")
    page["A1"] = "合并"
    page.row_dimensions[5].hidden = True
    other = book.create_sheet("隐藏")
    other.sheet_state = "hidden"
    other["B3"] = "乙"
    book.save(path)
    return path


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    return a_workbook(tmp_path / "台账.xlsx")


def with_sheet(source: Path, target: Path, xml: str) -> Path:
    """``source`` with other XML as its first sheet."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, xml if name == SHEET else old.read(name))
    return target


def sheet_xml(rows: str) -> str:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'


def test_values_keep_their_types_and_places(plain: Path) -> None:
    first, hidden = read_workbook(plain).sheets
    assert [row[1] for row in first.rows] == ["甲", 3, 3.5, True, dt.date(2024, 1, 2), MOMENT]
    assert (first.name, first.hidden, list(first.merges)) == ("整改台账", False, [Area(0, 0, 2, 0)])
    assert first.hidden_rows == {4}
    assert (hidden.name, hidden.hidden, hidden.rows[2][1]) == ("隐藏", True, "乙")


def test_a_suffix_is_not_believed(plain: Path) -> None:
    renamed = plain.rename(plain.with_suffix(".xls"))
    assert read_workbook(renamed).sheets[0].rows[0][0] == "合并"


def test_text_stays_text_whatever_it_begins_with(tmp_path: Path) -> None:
    cells = "".join(
        f'<row r="{at}"><c r="A{at}" t="inlineStr"><is><t xml:space="preserve">{escaped(text)}</t></is></c></row>'
        for at, text in enumerate(HOSTILE, 1)
    )
    made = with_sheet(a_workbook(tmp_path / "甲.xlsx"), tmp_path / "乙.xlsx", sheet_xml(cells))
    assert [row[0] for row in read_workbook(made).sheets[0].rows] == HOSTILE


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("_x0041_", "_x005F_x0041_")


@pytest.mark.parametrize("suffix", ["xls", "ods", "et"])
def test_other_programs_formats_say_the_same(plain: Path, suffix: str) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no office program here to write the format")
    profile = plain.parent / "profile"
    kind = "xls" if suffix == "et" else suffix
    command = [office, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", kind]
    subprocess.run([*command, "--outdir", plain.parent, plain], check=True, capture_output=True, timeout=120)
    made = plain.with_suffix(f".{kind}").rename(plain.with_name(f"旧.{suffix}"))
    first = read_workbook(made).sheets[0]
    assert [value_text(row[1]) for row in first.rows][:3] == ["甲", "3", "3.5"]
    assert first.rows[4][1] == dt.date(2024, 1, 2)
    assert list(first.merges) == [Area(0, 0, 2, 0)]
    if suffix == "ods":
        assert first.hidden_rows == {4}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_separated_texts_in_every_encoding(tmp_path: Path, encoding: str, sign: str) -> None:
    path = tmp_path / "台账.csv"
    lines = [sign.join(("序号", "存在问题", "措施")), sign.join(("1", '"有引号""的\n两行"', "甲"))]
    path.write_bytes("\r\n".join(lines).encode(encoding))
    (sheet,) = read_workbook(path).sheets
    assert [list(row) for row in sheet.rows] == [["序号", "存在问题", "措施"], ["1", '有引号"的\n两行', "甲"]]


def test_a_short_row_is_filled_up(tmp_path: Path) -> None:
    (tmp_path / "甲.csv").write_text("序号,存在问题,措施\n1,甲\n", encoding="utf-8")
    assert list(read_workbook(tmp_path / "甲.csv").sheets[0].rows[1]) == ["1", "甲", ""]


def test_formulas_give_their_saved_value_and_errors_are_named(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><f>1+2</f><v>3</v></c><c r="B1" t="e"><f>X1/0</f><v>#DIV/0!</v></c>'
        '<c r="C1"><f>SUM(A1)</f></c></row>'
    )
    book = read_workbook(with_sheet(a_workbook(tmp_path / "甲.xlsx"), tmp_path / "乙.xlsx", sheet_xml(rows)))
    assert list(book.sheets[0].rows[0])[:2] == [3, CellError("#DIV/0!")]
    assert "2个公式出错（#DIV/0!）" in book.remarks[0].text


def test_links_to_other_files_are_told_and_not_followed(plain: Path, tmp_path: Path) -> None:
    path = tmp_path / "链接.xlsx"
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
        target.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    book = read_workbook(path)
    assert [(remark.code, remark.line) for remark in book.remarks] == [("external-link", 1)]
    assert "按保存时的数值读入" in book.remarks[0].text
    assert book.sheets == read_workbook(plain).sheets
    assert read_workbook(plain).remarks == ()


def test_a_wide_declared_range_with_few_cells_is_read(tmp_path: Path) -> None:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = (
        f'<worksheet xmlns="{space}"><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData></worksheet>'
    )
    book = read_workbook(with_sheet(a_workbook(tmp_path / "甲.xlsx"), tmp_path / "乙.xlsx", xml))
    assert book.sheets[0].rows == [[1]]


def test_cells_too_far_apart_are_refused_before_they_fill_the_memory(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    made = with_sheet(a_workbook(tmp_path / "甲.xlsx"), tmp_path / "乙.xlsx", sheet_xml(rows))
    with pytest.raises(SourceLimitError, match="表格范围大得不正常"):
        read_workbook(made)


def test_a_container_that_swells_is_refused(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>' + "零" * 30_000_000 + "</t></is></c></row>"
    made = with_sheet(a_workbook(tmp_path / "甲.xlsx"), tmp_path / "乙.xlsx", sheet_xml(rows))
    with pytest.raises(SourceLimitError, match="解压后大得不正常"):
        read_workbook(made)


def test_open_sheets_that_repeat_without_end_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "甲.ods"
    path.write_bytes(open_sheet('table:number-rows-repeated="1048576"', 'table:number-columns-repeated="16384"'))
    with pytest.raises(SourceLimitError, match="表格范围大得不正常"):
        read_workbook(path)


def test_a_row_of_more_cells_than_any_ledger_has_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "甲.csv"
    path.write_text(f"问题,措施\n{','.join('甲' * 1000)}{',' * 15_000}", encoding="utf-8")
    assert len(read_workbook(path).sheets[0].rows[1]) == 16_000
    path.write_text(f"问题,措施\n{','.join('甲' * 1001)}", encoding="utf-8")
    with pytest.raises(SourceLimitError, match="超过1000个有内容的单元格"):
        read_workbook(path)


@pytest.mark.parametrize("depth", [3, 50, 5000])
def test_open_sheets_with_spans_in_spans_are_read_or_refused(tmp_path: Path, depth: int) -> None:
    path = tmp_path / "甲.ods"
    path.write_bytes(open_sheet("", "", f"{'<text:span>' * depth}甲{'</text:span>' * depth}"))
    if depth < 60:
        assert read_workbook(path).sheets[0].rows == [["甲"]]
    else:
        with pytest.raises(SourceLimitError, match="嵌套得不像台账"):
            read_workbook(path)


@pytest.mark.parametrize("depth", [3, 5000])
def test_open_sheets_with_groups_in_groups_are_read_or_refused(tmp_path: Path, depth: int) -> None:
    path = tmp_path / "甲.ods"
    groups = "<table:table-row-group>" * depth, "</table:table-row-group>" * depth
    path.write_bytes(open_sheet("", "", around=groups))
    if depth < 60:
        assert read_workbook(path).sheets[0].rows == [["甲"]]
    else:
        with pytest.raises(SourceLimitError, match="嵌套得不像台账"):
            read_workbook(path)


def open_sheet(row: str, cell: str, words: str = "甲", around: tuple[str, str] = ("", "")) -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    xml = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name='甲'>"
        f"{around[0]}<table:table-row {row}><table:table-cell {cell} office:value-type='string'>"
        f"<text:p>{words}</text:p></table:table-cell></table:table-row>{around[1]}</table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr("content.xml", xml)
    return stream.getvalue()


def an_old_file(stream: str) -> bytes:
    """The beginning of an OLE file with a stream of this name."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + f"{stream}\0".encode("utf-16-le")


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "甲.xlsx", "是空文件"),
        (an_old_file("EncryptedPackage"), "甲.xlsx", "表格已加密"),
        (an_old_file("Workbook"), "甲.xls", "不是完好的表格"),
        (b"%PDF-1.7", "甲.xlsx", "这是PDF文件"),
        (b"PK\x03\x04garbage", "甲.xlsx", "已损坏，或没有下载完整"),
        (b"<html><table></table></html>", "甲.xls", "网页格式的表格"),
        ("序号".encode(), "甲.xlsx", "不是表格文件"),
        (bytes(range(256)) * 4, "甲.csv", "不是文本文件"),
    ],
)  # fmt: skip
def test_each_bad_file_has_its_own_sentence(tmp_path: Path, data: bytes, name: str, sentence: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(SourceError, match=sentence):
        read_workbook(path)


def test_a_folder_and_a_missing_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="找不到文件"):
        read_workbook(tmp_path / "无.xlsx")
    with pytest.raises(SourceError, match="是文件夹"):
        read_workbook(tmp_path)


def test_a_cut_workbook_is_damaged(plain: Path) -> None:
    plain.write_bytes(plain.read_bytes()[:-200])
    with pytest.raises(SourceFormatError):
        read_workbook(plain)


def test_scrambled_workbooks_never_fail_in_another_way(plain: Path, tmp_path: Path) -> None:
    data = plain.read_bytes()
    for at in range(60, len(data), len(data) // 40):
        scrambled = tmp_path / "乱.xlsx"
        scrambled.write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
        with suppress(SourceError):
            read_workbook(scrambled)


def test_a_table_of_the_sheet_has_merged_cells_once_and_leaves_empty_ones_out() -> None:
    sheet = Sheet("甲", [["合并", "", 1.0], ["", "", ""]], [Area(0, 0, 1, 1), Area(1, 1, 5, 5)])
    table = as_table(sheet)
    assert [(cell.row, cell.column, cell.text, cell.row_span, cell.column_span) for cell in table.cells] == [
        (0, 0, "合并", 2, 2),
        (0, 2, "1", 1, 1),
    ]
    assert len(table.grid()) == 2


def test_comments_are_told_with_their_rows(tmp_path: Path) -> None:
    book = ExcelWorkbook()
    sheet = book.worksheets[0]
    sheet.title = "台账"
    for row in (["问题", "措施"], ["学习少", "开会"]):
        sheet.append(row)
    sheet["B2"].comment = Comment("书记：\n要逐项核对", "书记")
    path = tmp_path / "批注.xlsx"
    book.save(path)
    remarks = [(remark.line, remark.text) for remark in read_workbook(path).remarks]
    assert remarks == [(2, "工作表“台账”第2行有批注，没有记入台账：书记： 要逐项核对")]
