"""What the runs of a paragraph show, and nothing they hide."""

from __future__ import annotations

import pytest
from word_files import p, style, t, word_bytes

from zhenggai_desktop.domain.blocks import SourceDocument
from zhenggai_desktop.formats.word_package import package_of
from zhenggai_desktop.formats.word_reader import read_package


def read(content: str, **sides: str) -> SourceDocument:
    return read_package(package_of(word_bytes(p(content), **sides), "x.docx"), "x.docx")


def text(content: str, **sides: str) -> str:
    return "|".join(paragraph.text for paragraph in read(content, **sides).paragraphs)


def r(content: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr>{content}</w:r>"


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (t("甲") + t("乙"), "甲乙"),
        (r("<w:t>甲</w:t><w:tab/><w:t>乙</w:t>"), "甲\t乙"),
        (r("<w:t>甲</w:t><w:cr/><w:t>乙</w:t>"), "甲|乙"),
        (r('<w:t>甲</w:t><w:br w:type="page"/><w:t>乙</w:t>'), "甲|乙"),
        (r("<w:t>一</w:t><w:noBreakHyphen/><w:t>二</w:t><w:softHyphen/>"), "一-二"),
        (r('<w:sym w:font="Wingdings" w:char="F0FC"/><w:t>已办</w:t>'), "✓已办"),
        (r('<w:sym w:font="Wingdings" w:char="zz"/><w:t>已办</w:t>'), "已办"),
        (r("<w:t>\uf0b7要点</w:t>"), "•要点"),
        (f"<w:ins>{t('插入')}</w:ins>", "插入"),
        (f"<w:moveTo>{t('移来')}</w:moveTo>", "移来"),
        (f"<w:hyperlink>{t('链接')}</w:hyperlink>", "链接"),
        (f"<w:smartTag><w:smartTag>{t('标记')}</w:smartTag></w:smartTag>", "标记"),
        (f"<w:customXml>{t('数据')}</w:customXml>", "数据"),
        (f"<w:sdt><w:sdtContent>{t('控件')}</w:sdtContent></w:sdt>", "控件"),
        (f'<w:fldSimple w:instr="REF x">{t("引用")}</w:fldSimple>', "引用"),
        (f'<w:fldSimple w:instr="PAGE">{t("3")}</w:fldSimple>{t("页")}', "页"),
        ("<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>", "a+b"),
        (r(f"<w:ruby><w:rt>{t('zhěng')}</w:rt><w:rubyBase>{t('整')}</w:rubyBase></w:ruby><w:t>改</w:t>"), "整改"),
        ("<w:bookmarkStart/>" + t("甲") + "<w:proofErr/><w:bookmarkEnd/>", "甲"),
        (r('<w:t>甲</w:t><w:footnoteReference w:id="2"/>'), "甲"),
    ],
)
def test_a_run_shows_its_text(content: str, shown: str) -> None:
    assert text(content) == shown


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("<w:del><w:r><w:delText>删去</w:delText></w:r></w:del>", "tracked-deletions"),
        (r("<w:t>隐藏</w:t>", "<w:vanish/>"), "hidden-text"),
        ("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>单击输入</w:t></w:r></w:sdtContent></w:sdt>",
         "placeholder"),
    ],
)  # fmt: skip
def test_what_does_not_show_is_left_out_and_reported(content: str, code: str) -> None:
    document = read(t("甲") + content + t("乙"))
    assert [paragraph.text for paragraph in document.paragraphs] == ["甲乙"]
    assert [remark.code for remark in document.remarks] == [code]


def test_text_that_was_moved_away_is_not_reported_as_lost() -> None:
    document = read(t("甲") + f"<w:moveFrom>{t('移走')}</w:moveFrom>")
    assert ([paragraph.text for paragraph in document.paragraphs], document.remarks) == (["甲"], ())


@pytest.mark.parametrize(
    ("styles", "properties", "shown"),
    [
        (style("S", "<w:rPr><w:vanish/></w:rPr>", kind="character"), '<w:rStyle w:val="S"/>', "甲"),
        (
            style("S", "<w:rPr><w:vanish/></w:rPr>", kind="character"),
            '<w:rStyle w:val="S"/><w:vanish w:val="0"/>',
            "甲乙",
        ),
        (style("S", "<w:rPr><w:vanish w:val='false'/></w:rPr>", kind="character"), '<w:rStyle w:val="S"/>', "甲乙"),
    ],
)
def test_a_character_style_can_hide_text(styles: str, properties: str, shown: str) -> None:
    assert text(t("甲") + r("<w:t>乙</w:t>", properties), styles=styles) == shown


def field(instruction: str, result: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_of_a_field_only_the_result_shows() -> None:
    assert text(t("共") + field(" NUMPAGES ", t("9")) + t("页")) == "共9页"


def test_a_field_inside_the_code_of_another_does_not_show() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    code = begin + "<w:r><w:instrText>IF </w:instrText></w:r>" + field("REF x", t("内")) + "<w:r><w:t>码</w:t></w:r>"
    end = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + t("真") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert text(code + end + t("后")) == "真后"


def test_the_number_of_a_page_does_not_show() -> None:
    assert text(t("第") + field("PAGE", t("3")) + t("页")) == "第页"


def test_a_field_that_ends_in_hidden_text_ends() -> None:
    hidden_end = '<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="end"/></w:r>'
    assert text('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + t("码") + hidden_end + t("正文")) == "正文"


def test_field_marks_without_a_beginning_hide_nothing() -> None:
    stray = (
        '<w:r><w:fldChar w:fldCharType="separate"/><w:instrText>x</w:instrText><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert text(stray + t("正文")) == "正文"
