"""A Word document is read paragraph by paragraph as a reader sees it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from word_files import abstract, item, lvl, num, p, style, styled, t, word_bytes

from zhenggai_desktop.domain.blocks import SourceDocument
from zhenggai_desktop.errors import SourceLimitError
from zhenggai_desktop.formats import word_reader
from zhenggai_desktop.formats.word_package import package_of
from zhenggai_desktop.formats.word_reader import read_package, read_word

NUMBERED = abstract(0, lvl(0, "%1、", "chineseCounting"), lvl(1, "%2.")) + num(1, 0)


def read(body: str, **sides: str) -> SourceDocument:
    return read_package(package_of(word_bytes(body, **sides), "反馈.docx"), "反馈.docx")


def texts(body: str, **sides: str) -> list[str]:
    return [paragraph.text for paragraph in read(body, **sides).paragraphs]


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def tc(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def box(content: str) -> str:
    """A text box as Word writes it: once as drawing, once more for old readers."""
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData>'
        f"<wps:wsp><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"<w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def test_paragraphs_come_in_order_with_their_running_number() -> None:
    document = read(p("甲") + p() + p("　乙") + p("  ") + p("丙"))
    assert [(paragraph.line, paragraph.text) for paragraph in document.paragraphs] == [
        (1, "甲"),
        (3, "　乙"),
        (5, "丙"),
    ]
    assert document.name == "反馈.docx"
    assert document.remarks == ()


def test_width_and_spaces_stay_as_they_are() -> None:
    assert texts(p("根据统一部署,2024 年4月 2日,“甲”(乙)。")) == ["根据统一部署,2024 年4月 2日,“甲”(乙)。"]


def test_the_number_stands_in_the_text_and_by_itself() -> None:
    paragraph = read(item("主要成效"), numbering=NUMBERED).paragraphs[0]
    assert (paragraph.text, paragraph.auto_number) == ("一、主要成效", "一、")


@pytest.mark.parametrize(
    ("suffix", "text", "shown"),
    [
        ("space", "学习不深入", "1.学习不深入"),
        ("space", "3个项目未完成", "1. 3个项目未完成"),
        ("nothing", "学习不深入", "1.学习不深入"),
        ("nothing", "3个项目未完成", "1.3个项目未完成"),
        ("tab", "学习不深入", "1.学习不深入"),
        ("tab", "2021年以来", "1. 2021年以来"),
        ("tab", "“三重一大”", "1.“三重一大”"),
        ("", "ABC", "1. ABC"),
    ],
)
def test_between_number_and_text_stands_what_keeps_them_apart(suffix: str, text: str, shown: str) -> None:
    assert texts(item(text), numbering=abstract(0, lvl(0, "%1.", suff=suffix)) + num(1, 0)) == [shown]


def test_an_empty_numbered_paragraph_shows_its_number() -> None:
    assert texts(item("") + item("乙"), numbering=NUMBERED) == ["一、", "二、乙"]


def test_a_soft_break_makes_paragraphs_of_one_line_and_only_the_first_has_the_number() -> None:
    body = p(t("甲") + "<w:r><w:br/></w:r>" + t("乙") + "<w:r><w:br/><w:br/></w:r>" + t("丙"))
    body = body.replace("<w:p>", '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    document = read(body + p("丁"), numbering=NUMBERED)
    shown = [(paragraph.line, paragraph.text, paragraph.auto_number) for paragraph in document.paragraphs]
    assert shown == [(1, "一、甲", "一、"), (1, "乙", ""), (1, "丙", ""), (2, "丁", "")]


@pytest.mark.parametrize(
    ("style_xml", "properties", "outline"),
    [
        (style("H", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'), "", 2),
        (style("H", name="heading 3"), "", 3),
        (style("H", name="标题 1"), "", 1),
        (style("H", based_on="G") + style("G", name="heading 2"), "", 2),
        (style("H", name="heading 1"), '<w:outlineLvl w:val="9"/>', 0),
        (style("H"), '<w:outlineLvl w:val="0"/>', 1),
        (style("H", name="Title"), "", 0),
    ],
)
def test_the_outline_level_comes_from_the_paragraph_or_its_style(style_xml: str, properties: str, outline: int) -> None:
    assert read(styled("甲", "H", properties), styles=style_xml).paragraphs[0].outline == outline


@pytest.mark.parametrize(
    ("style_xml", "properties", "centred"),
    [
        (style("C", '<w:pPr><w:jc w:val="center"/></w:pPr>'), "", True),
        (style("C", based_on="B") + style("B", '<w:pPr><w:jc w:val="center"/></w:pPr>'), "", True),
        (style("C", '<w:pPr><w:jc w:val="center"/></w:pPr>'), '<w:jc w:val="left"/>', False),
        (style("C"), '<w:jc w:val="center"/>', True),
        (style("C"), '<w:jc w:val="both"/>', False),
    ],
)
def test_centring_comes_from_the_paragraph_or_its_style(style_xml: str, properties: str, centred: bool) -> None:
    assert read(styled("甲", "C", properties), styles=style_xml).paragraphs[0].centred is centred


def test_cells_of_a_table_are_read_row_by_row() -> None:
    nested = f"<w:tbl>{tr(tc(p('内')))}</w:tbl>"
    table = f"<w:tbl>{tr(tc(p('序号')), tc(p('问题')))}{tr(tc(p('1')), tc(p('甲') + nested + p('乙')))}</w:tbl>"
    assert texts(p("前") + table + p("后")) == ["前", "序号", "问题", "1", "甲", "内", "乙", "后"]


def test_a_cell_swallowed_by_a_merged_one_and_a_deleted_row_do_not_show() -> None:
    rows = (
        tr(tc(p("方面一"), '<w:vMerge w:val="restart"/>'), tc(p("甲"))),
        tr(tc(p("不见"), "<w:vMerge/>"), tc(p("乙"))),
        tr(tc(p("删去")), properties="<w:trPr><w:del/></w:trPr>"),
    )
    table = f"<w:tbl>{''.join(rows)}</w:tbl>"
    document = read(table + p("后"))
    assert [paragraph.text for paragraph in document.paragraphs] == ["方面一", "甲", "乙", "后"]
    assert document.paragraphs[-1].line == 6


def test_content_controls_around_rows_cells_and_paragraphs_are_open() -> None:
    def control(content: str) -> str:
        return f"<w:sdt><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    body = f"<w:tbl>{control(tr(control(tc(p('甲')))))}</w:tbl>" + control(p("乙"))
    assert texts(body) == ["甲", "乙"]


def test_a_text_box_follows_its_paragraph_once_and_numbers_by_itself() -> None:
    body = item("甲") + p(t("锚") + box(item("盒内"))) + item("乙")
    assert texts(body, numbering=NUMBERED) == ["一、甲", "锚", "一、盒内", "二、乙"]


def test_only_one_branch_of_an_alternative_is_read() -> None:
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="w14">{p("新")}</mc:Choice>'
        f"<mc:Fallback>{p('旧')}</mc:Fallback></mc:AlternateContent>"
    )
    assert texts(both + f"<mc:AlternateContent><mc:Fallback>{p('只有旧')}</mc:Fallback></mc:AlternateContent>") == [
        "新",
        "只有旧",
    ]


def test_a_deleted_paragraph_mark_joins_two_paragraphs_and_the_second_gives_the_number() -> None:
    deleted = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1"/></w:rPr>'
    assert texts(item("甲") + p("前半", deleted) + item("后半"), numbering=NUMBERED) == ["一、甲", "二、前半后半"]


def test_a_paragraph_deleted_as_a_whole_leaves_no_number_behind() -> None:
    gone = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>'
        "<w:del><w:r><w:delText>删去</w:delText></w:r></w:del></w:p>"
    )
    document = read(item("甲") + gone + item("乙"), numbering=NUMBERED)
    assert [paragraph.text for paragraph in document.paragraphs] == ["一、甲", "二、乙"]
    assert [(remark.code, remark.line) for remark in document.remarks] == [("tracked-deletions", 2)]


def test_a_deleted_mark_at_the_end_of_a_cell_joins_nothing() -> None:
    deleted = "<w:rPr><w:del/></w:rPr>"
    assert texts(f"<w:tbl>{tr(tc(p('甲', deleted)), tc(p('乙')))}</w:tbl>" + p("丙", deleted)) == ["甲", "乙", "丙"]


def test_a_hidden_paragraph_is_not_numbered_and_its_words_are_reported() -> None:
    hidden = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:vanish/></w:rPr></w:pPr>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r></w:p>"
    )
    document = read(item("甲") + hidden + item("乙"), numbering=NUMBERED)
    assert [paragraph.text for paragraph in document.paragraphs] == ["一、甲", "二、乙"]
    assert [remark.code for remark in document.remarks] == ["hidden-text"]


def test_a_style_separator_runs_the_heading_into_the_text_with_the_headings_number() -> None:
    separator = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/>'
    body = p("标题。", separator + "<w:rPr><w:vanish/><w:specVanish/></w:rPr>") + p("正文。") + item("乙")
    document = read(body, numbering=NUMBERED)
    assert [(paragraph.text, paragraph.outline) for paragraph in document.paragraphs] == [
        ("一、标题。正文。", 1),
        ("二、乙", 0),
    ]


def test_a_table_of_contents_is_left_out_with_a_remark() -> None:
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    document = read(f"<w:sdt>{gallery}<w:sdtContent>{p('目录') + p('一、甲1')}</w:sdtContent></w:sdt>" + p("一、甲"))
    assert [(paragraph.line, paragraph.text) for paragraph in document.paragraphs] == [(3, "一、甲")]
    assert [(remark.code, remark.line) for remark in document.remarks] == [("table-of-contents", 1)]


def test_a_field_can_run_over_several_paragraphs() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> TOC \\o </w:instrText></w:r>'
    begin += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    document = read(p(begin + t("一、甲1")) + p("二、乙2") + p(end + t("正文")))
    assert [paragraph.text for paragraph in document.paragraphs] == ["正文"]
    assert [remark.text for remark in document.remarks] == ["自动目录没有读入，共2行"]


def test_control_characters_cannot_get_through() -> None:
    document = read(p("甲\x85\x7f乙"))
    assert [paragraph.text for paragraph in document.paragraphs] == ["甲乙"]
    assert [(remark.code, remark.text) for remark in document.remarks] == [
        ("control-characters", "删去了无法保存的控制字符，共2个")
    ]


def test_a_number_with_a_line_break_in_it_stays_on_its_line() -> None:
    levels = abstract(0, lvl(0, "第%1条&#10;")) + num(1, 0)
    paragraph = read(item("甲"), numbering=levels).paragraphs[0]
    assert paragraph.text.startswith(paragraph.auto_number)
    assert "\n" not in paragraph.text


def test_an_embedded_document_is_reported() -> None:
    assert [remark.code for remark in read('<w:altChunk r:id="rId9"/>' + p("甲")).remarks] == ["embedded-document"]


def test_a_document_without_styles_numbering_or_body_is_read_calmly() -> None:
    assert texts(item("甲", num=5)) == ["甲"]
    assert read("").paragraphs == ()


@pytest.mark.parametrize("wrapper", ["sdt", "customXml"])
def test_nesting_beyond_any_document_is_refused(wrapper: str) -> None:
    inner = "sdtContent" if wrapper == "sdt" else "customXml"
    opening = f"<w:{wrapper}><w:{inner}>" * 200
    with pytest.raises(SourceLimitError, match="嵌套"):
        read(opening + p("甲") + f"</w:{inner}></w:{wrapper}>" * 200)


def test_nesting_inside_a_paragraph_is_refused_too() -> None:
    with pytest.raises(SourceLimitError, match="嵌套"):
        read(p("<w:ins>" * 200 + t("甲") + "</w:ins>" * 200))


def test_more_paragraphs_than_any_document_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_reader, "MAX_PARAGRAPHS", 100)
    with pytest.raises(SourceLimitError, match="超过100段"):
        read("<w:p/>" * 101)


def test_the_published_feedback_document_reads_line_by_line(published: Path) -> None:
    document = read_word(published / "feedback-automatic-numbers.docx")
    assert len(document.paragraphs) == 55
    assert document.paragraphs[0].centred
    assert document.remarks == ()
    assert all(first.line < second.line for first, second in pairwise(document.paragraphs))
    assert all(paragraph.text.startswith(paragraph.auto_number) for paragraph in document.paragraphs)


def test_the_words_of_notes_stand_in_remarks_at_the_line_they_belong_to() -> None:
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = f'<w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>" + t(" 指2024年。"))}{p("另见附件。")}</w:footnote>'
    ends = f'<w:endnote w:id="2">{p("尾注。")}</w:endnote>'
    body = p("前") + p(t("甲") + reference + t("乙") + reference.replace("footnote", "endnote"))
    document = read(body, footnotes=notes, endnotes=ends)
    assert [paragraph.text for paragraph in document.paragraphs] == ["前", "甲乙"]
    assert [(remark.code, remark.line, remark.text) for remark in document.remarks] == [
        ("footnote", 2, "脚注没有读入正文：“指2024年。 另见附件。”"),
        ("footnote", 2, "脚注没有读入正文：“尾注。”"),
    ]


def test_a_note_that_is_missing_is_passed_over() -> None:
    assert read(p(t("甲") + '<w:r><w:footnoteReference w:id="9"/></w:r>')).remarks == ()


def test_comments_are_left_out_with_a_remark() -> None:
    document = read(p(t("甲") + '<w:r><w:commentReference w:id="0"/></w:r>'))
    assert [remark.text for remark in document.remarks] == ["批注没有读入，共1条"]
