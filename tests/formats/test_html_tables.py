"""Tables of a web page keep their grid beside the text."""

from __future__ import annotations

import pytest

from zhenggai_desktop.domain.blocks import SourceTable
from zhenggai_desktop.formats.html_reader import read_html


def tables(body: str) -> tuple[SourceTable, ...]:
    return read_html(f"<html><body>{body}</body></html>".encode(), "网页.html").tables


def shown(table: SourceTable) -> list[list[str]]:
    return [[cell.text if cell else "-" for cell in row] for row in table.grid()]


LIST = """<p>问题清单</p><table><thead><tr><th>序号</th><th>问题</th><th>措施</th></tr></thead><tbody>
<tr><td rowspan=2>1</td><td rowspan="2">学习不深入</td><td><p>开展学习。</p><p>组织测试。</p></td></tr>
<tr><td>修订制度。</td></tr><tr><td colspan=3>合计</td></tr></tbody></table>"""


def test_merged_cells_stand_at_every_place_they_cover() -> None:
    [table] = tables(LIST)
    assert shown(table) == [
        ["序号", "问题", "措施"],
        ["1", "学习不深入", "开展学习。\n组织测试。"],
        ["1", "学习不深入", "修订制度。"],
        ["合计", "合计", "合计"],
    ]
    assert (table.first_line, table.last_line) == (2, 10)


def test_cells_are_paragraphs_too() -> None:
    document = read_html(f"<html><body>{LIST}</body></html>".encode(), "x")
    assert [p.text for p in document.paragraphs][:4] == ["问题清单", "序号", "问题", "措施"]


def test_an_empty_cell_has_its_place() -> None:
    [table] = tables("<table><tr><td>甲<td>乙<tr><td><td>丙</table>")
    assert shown(table) == [["甲", "乙"], ["", "丙"]]


@pytest.mark.parametrize(
    "layout",
    [
        "<table><tr><td>甲</td><td>乙</td></tr></table>",
        "<table><tr><td>甲</td></tr><tr><td>乙</td></tr></table>",
        "<table></table><p>甲</p>",
    ],
)
def test_a_table_of_one_row_or_column_is_layout(layout: str) -> None:
    assert tables(layout) == ()


def test_of_nested_tables_only_the_inner_is_data() -> None:
    [table] = tables(f"<table><tr><td>左</td><td>{LIST}</td></tr><tr><td>下</td><td>右</td></tr></table>")
    assert shown(table)[0] == ["序号", "问题", "措施"]


@pytest.mark.parametrize("span", ["999999", "99999999999", "-1", "0", "x", ""])
def test_a_span_beyond_reason_does_no_harm(span: str) -> None:
    row = f"<tr><td rowspan={span} colspan={span}>甲</td><td>乙</td></tr>"
    assert read_html(f"<html><body><table>{row * 3}</table></body></html>".encode(), "x").paragraphs
