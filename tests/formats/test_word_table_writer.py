"""Tables of blocks in the Word file: what they say, how they are merged, on which pages they lie."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT
from lxml import etree
from written_word import W, body, document_of, template, written

from zhenggai_desktop.domain.blocks import Block, Cell, Kind, Table, page_break, plain, table_block
from zhenggai_desktop.domain.layout import GUOBIAO, twips

HEAD = tuple(Cell(text, head=True) for text in ("序号", "问题", "措施"))
LIST = Table(
    (1, 3, 4),
    (HEAD, (Cell("1", rows=2, centred=True), Cell("学用脱节", rows=2), Cell("补学\n交流")), (None, None, Cell("督促"))),
)
FORM = Table(
    (1, 2, 1, 2), ((Cell("单位", head=True), Cell("柳林街道", columns=3), None, None),), 0, (12.0,), roomy=True
)


def read(folder: Path, *blocks: Block) -> docx.document.Document:
    return docx.Document(str(written(folder, document_of(*blocks))))


def test_a_table_says_what_its_cells_say_and_merged_cells_are_one(tmp_path: Path) -> None:
    table = read(tmp_path, table_block(LIST)).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["序号", "问题", "措施"],
        ["1", "学用脱节", "补学\n交流"],
        ["1", "学用脱节", "督促"],
    ]
    assert table.cell(1, 0)._tc is table.cell(2, 0)._tc


def test_a_cell_covers_several_columns_and_a_row_keeps_its_height(tmp_path: Path) -> None:
    row = read(tmp_path, table_block(FORM)).tables[0].rows[0]
    assert [cell.text for cell in row.cells] == ["单位", "柳林街道", "柳林街道", "柳林街道"]
    assert abs(row.height.mm - 12) < 0.1


def test_columns_fill_the_width_of_the_text(tmp_path: Path) -> None:
    grid = [
        int(column.get(f"{W}w", "0"))
        for column in body(written(tmp_path, document_of(table_block(LIST)))).iter(f"{W}gridCol")
    ]
    assert sum(grid) == twips(GUOBIAO.text_width)
    assert abs(grid[2] - 4 * grid[0]) <= 4


def test_the_head_is_repeated_and_styles_are_words_own(tmp_path: Path) -> None:
    document = read(tmp_path, table_block(LIST), table_block(FORM))
    heads = [row._tr.find(f"{W}trPr/{W}tblHeader") is not None for row in document.tables[0].rows]
    assert heads == [True, False, False]
    assert document.tables[0].style.style_id == "TableGrid"
    cells = [document.tables[0].cell(0, 0), document.tables[0].cell(1, 1), document.tables[1].cell(0, 0)]
    assert [cell.paragraphs[0].style.style_id for cell in cells] == ["BodyText3", "BodyText2", "BlockText"]


def test_two_tables_do_not_grow_together_and_a_paragraph_ends_the_body(tmp_path: Path) -> None:
    found = [
        etree.QName(child).localname
        for child in body(written(tmp_path, document_of(table_block(LIST), table_block(FORM))))
    ]
    assert found == ["tbl", "p", "tbl", "p", "sectPr"]


def test_a_lying_page_is_the_sheet_turned_and_the_next_stands_again(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        plain(Kind.PARAGRAPH, "方案正文。"),
        page_break(landscape=True),
        plain(Kind.LABEL, "附件1"),
        table_block(LIST),
        page_break(),
        plain(Kind.PARAGRAPH, "另附说明。"),
    )
    sections = document.sections
    assert [section.orientation for section in sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    lying = sections[1]
    margins = [lying.top_margin, lying.bottom_margin, lying.left_margin, lying.right_margin]
    assert [round(margin.mm) for margin in margins] == [28, 26, 35, 37]
    assert (round(lying.page_width.mm), round(lying.page_height.mm)) == (297, 210)
    widths = [int(column.get(f"{W}w", "0")) for column in document.tables[0]._tbl.iter(f"{W}gridCol")]
    assert sum(widths) == twips(GUOBIAO.text_height)


def test_the_number_of_a_lying_page_stands_where_the_upright_sheet_has_it(tmp_path: Path) -> None:
    document = read(tmp_path, page_break(landscape=True), table_block(LIST))
    (section,) = document.sections
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        table = footer._element.find(f"{W}tbl")
        place = table.find(f"{W}tblPr/{W}tblpPr")
        assert (place.get(f"{W}vertAnchor"), place.get(f"{W}horzAnchor")) == ("page", "page")
        width = int(table.find(f"{W}tblGrid/{W}gridCol").get(f"{W}w"))
        middle = int(place.get(f"{W}tblpX")) + width - round(GUOBIAO.page_number_size * 20) / 2
        assert middle == pytest.approx(twips(GUOBIAO.margin_bottom - GUOBIAO.page_number_below), abs=2)
        assert table.find(f".//{W}textDirection").get(f"{W}val") == "tbRl"
        assert table.find(f".//{W}jc").get(f"{W}val") == side
        assert " PAGE " in "".join(text.text for text in table.iter(f"{W}instrText"))


def test_upright_documents_get_no_footers_of_lying_pages(tmp_path: Path) -> None:
    with zipfile.ZipFile(written(tmp_path, document_of(table_block(LIST)))) as package:
        assert "word/footer3.xml" not in package.namelist()


def test_a_document_may_lie_from_its_first_page_to_its_last(tmp_path: Path) -> None:
    sections = read(tmp_path, page_break(landscape=True), plain(Kind.TITLE, "统计表"), table_block(LIST)).sections
    assert [section.orientation for section in sections] == [WD_ORIENT.LANDSCAPE]


def test_a_new_page_of_the_same_shape_is_no_section(tmp_path: Path) -> None:
    document = read(tmp_path, plain(Kind.PARAGRAPH, "甲"), page_break(), plain(Kind.TITLE, "乙"))
    assert len(document.sections) == 1
    assert document.paragraphs[1].paragraph_format.page_break_before


def test_an_office_template_without_table_styles_gets_them(tmp_path: Path) -> None:
    old = template(tmp_path, ("word/styles.xml", 'w:val="Body Text 2"', 'w:val="Body Text 9"'))
    document = docx.Document(str(written(tmp_path, document_of(table_block(LIST)), template=old)))
    style = document.tables[0].cell(1, 1).paragraphs[0].style
    assert style.name == "Body Text 2"
    assert style.base_style.name == "Normal"
