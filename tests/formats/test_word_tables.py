"""Tables keep their shape beside the running text: where each cell stands and what it covers."""

from __future__ import annotations

from word_files import abstract, item, lvl, num, p, word_bytes

from zhenggai_desktop.domain.blocks import SourceDocument, SourceTable
from zhenggai_desktop.formats.word_package import package_of
from zhenggai_desktop.formats.word_reader import read_package
from zhenggai_desktop.formats.word_tables import MAX_COLUMNS


def read(body: str, **sides: str) -> SourceDocument:
    return read_package(package_of(word_bytes(body, **sides), "x.docx"), "x.docx")


def cell(content: str, properties: str = "") -> str:
    inner = content if content.startswith("<w:") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(c if c.startswith('<') else cell(c) for c in cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def grid(shown: SourceTable) -> list[str]:
    return ["｜".join(place.text if place else "—" for place in line) for line in shown.grid()]


DOWN = '<w:vMerge w:val="restart"/>'
SWALLOWED = "<w:vMerge/>"


def test_a_plain_table_has_its_cells_in_place() -> None:
    document = read(p("前") + table(row("序号", "问题"), row("1", "甲")) + p("后"))
    (shown,) = document.tables
    assert grid(shown) == ["序号｜问题", "1｜甲"]
    assert (shown.rows, shown.columns, shown.first_line, shown.last_line, shown.depth) == (2, 2, 2, 5, 0)
    assert [place.line for place in shown.cells] == [2, 3, 4, 5]
    assert [paragraph.text for paragraph in document.paragraphs] == ["前", "序号", "问题", "1", "甲", "后"]


def test_a_cell_merged_downwards_stands_in_each_of_its_rows() -> None:
    (shown,) = read(
        table(
            row(cell("方面一", DOWN), "甲"),
            row(cell("", SWALLOWED), "乙"),
            row(cell("方面二", DOWN), "丙"),
            row("丁", "戊"),
        )
    ).tables
    assert grid(shown) == ["方面一｜甲", "方面一｜乙", "方面二｜丙", "丁｜戊"]
    assert [place.row_span for place in shown.cells if place.column == 0] == [2, 1, 1]


def test_a_cell_merged_sideways_stands_in_each_of_its_columns() -> None:
    spanning = cell("整改台账", '<w:gridSpan w:val="3"/>')
    assert grid(read(table(row(spanning), row("1", "甲", "立行立改"))).tables[0]) == [
        "整改台账｜整改台账｜整改台账",
        "1｜甲｜立行立改",
    ]
    old_way = row(cell("题", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), "乙")
    assert grid(read(table(old_way)).tables[0]) == ["题｜题｜乙"]


def test_a_block_merged_both_ways_is_one_cell() -> None:
    wide = '<w:gridSpan w:val="2"/>'
    (shown,) = read(
        table(row(cell("大", wide + DOWN), "甲"), row(cell("", wide + SWALLOWED), "乙"), row("一", "二", "三"))
    ).tables
    assert grid(shown) == ["大｜大｜甲", "大｜大｜乙", "一｜二｜三"]


def test_a_row_can_begin_later_or_end_sooner() -> None:
    later = row("乙", properties='<w:gridBefore w:val="1"/>')
    assert grid(read(table(row("甲", "子"), later, row("丙"))).tables[0]) == ["甲｜子", "—｜乙", "丙｜—"]


def test_a_swallowed_cell_without_one_above_is_shown() -> None:
    assert grid(read(table(row(cell("甲", SWALLOWED), "乙"))).tables[0]) == ["甲｜乙"]


def test_paragraphs_of_a_cell_are_its_lines_with_their_numbers() -> None:
    levels = abstract(0, lvl(0, "%1.")) + num(1, 0)
    (shown,) = read(table(row(cell(item("甲") + item("乙")), "丙")), numbering=levels).tables
    assert grid(shown) == ["1.甲\n2.乙｜丙"]


def test_a_table_inside_a_cell_is_a_table_of_its_own() -> None:
    inner = table(row("内一", "内二"))
    document = read(table(row(cell(p("前") + inner + p("后")), "旁")) + table(row("又")))
    assert [(grid(shown), shown.depth) for shown in document.tables] == [
        (["前\n后｜旁"], 0),
        (["内一｜内二"], 1),
        (["又"], 0),
    ]
    assert [paragraph.text for paragraph in document.paragraphs] == ["前", "内一", "内二", "后", "旁", "又"]


def test_a_row_deleted_with_tracking_has_no_place() -> None:
    document = read(table(row("甲"), row("删", properties="<w:del/>"), row("乙")))
    assert grid(document.tables[0]) == ["甲", "乙"]
    assert [remark.code for remark in document.remarks] == ["tracked-deletions"]


def test_a_table_without_cells_is_no_table() -> None:
    assert read("<w:tbl><w:tr/></w:tbl>").tables == ()


def test_a_span_beyond_all_reason_loses_no_words() -> None:
    (shown,) = read(table(row(cell("甲", '<w:gridSpan w:val="999999999"/>'), "乙", "丙"))).tables
    assert shown.columns == MAX_COLUMNS
    assert [place.text for place in shown.cells] == ["甲", "乙", "丙"]
