"""The Word file is valid to the letter, says what the blocks say, and is laid out by styles alone."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.shared import Mm, Pt
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from zhenggai_desktop.domain.blocks import Anchor, Block, Document, Kind, Run, RunRole, plain
from zhenggai_desktop.domain.cleaning import clean
from zhenggai_desktop.errors import SourceFormatError, SourceMissingError, TargetError
from zhenggai_desktop.formats.gongwen import PROFILES, LayoutProfile
from zhenggai_desktop.formats.word_template import template_bytes
from zhenggai_desktop.formats.word_writer import write_word

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOW = dt.datetime(2025, 1, 8, 9, 30, tzinfo=dt.UTC)
UID = "0f8fad5b-d9cb-469f-a165-70867728950e"

NOTICE = Document(
    "关于巡察整改进展情况的通报",
    (
        plain(Kind.TITLE, "中共清河区柳林街道工作委员会关于区委第三巡察组反馈意见集中整改进展情况的通报"),
        plain(Kind.PARAGRAPH, "根据区委统一部署，区委第三巡察组对柳林街道党工委开展了巡察。"),
        plain(Kind.HEADING, "一、整改工作组织情况", level=1, anchor=Anchor("chapter", UID)),
        plain(Kind.HEADING, "（一）关于学习教育方面问题", level=2, anchor=Anchor("section", UID)),
        Block(
            Kind.PARAGRAPH,
            (
                Run("1. 针对“学用结合不够”的问题。", RunRole.HEADING, Anchor("issue", UID)),
                Run("一是补学——共12次，办结率98.71%。", RunRole.BODY, Anchor("measure", UID)),
            ),
            level=3,
            anchor=Anchor("issue", UID),
        ),
        plain(Kind.PARAGRAPH, "A < B & C\t> D\n第二行"),
        plain(Kind.SIGNATURE, "中共清河区柳林街道工作委员会"),
        plain(Kind.DATE, "2025年1月8日"),
    ),
    author="柳林街道党工委",
    subject="整改情况通报",
    draft_id="draft-7",
)

# ECMA-376 Part 1, 17.3.1.26 and 17.3.2.28: Word refuses a file whose properties stand in another order.
PARAGRAPH_ORDER = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
)
RUN_ORDER = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
    "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang"
)
STYLE_ORDER = (
    "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal "
    "personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr"
)
SECTION_ORDER = (
    "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols "
    "formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid"
)
ORDERS = {
    "pPr": PARAGRAPH_ORDER.split(),
    "rPr": RUN_ORDER.split(),
    "style": STYLE_ORDER.split(),
    "sectPr": SECTION_ORDER.split(),
}


def written(folder: Path, document: Document = NOTICE, **options: object) -> Path:
    path = folder / "通报.docx"
    write_word(document, path, now=NOW, **options)  # type: ignore[arg-type]
    return path


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def body(path: Path) -> etree._Element:
    found = etree.fromstring(parts(path)["word/document.xml"]).find(f"{W}body")
    assert found is not None
    return found


def texts(path: Path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


def document_of(*blocks: Block) -> Document:
    return Document("通报", blocks)


def test_paragraphs_say_what_the_blocks_say(tmp_path: Path) -> None:
    assert texts(written(tmp_path)) == [
        "中共清河区柳林街道工作委员会\n关于区委第三巡察组反馈意见\n集中整改进展情况的通报",
        *(block.text for block in NOTICE.blocks[1:]),
    ]


def test_each_kind_of_block_has_its_style(tmp_path: Path) -> None:
    styles = [paragraph.style.style_id for paragraph in docx.Document(str(written(tmp_path))).paragraphs]
    assert styles == ["Title", "BodyText", "Heading1", "Heading2", "BodyText", "BodyText", "Signature", "Date"]


def test_a_run_in_heading_has_the_character_style_linked_to_the_heading(tmp_path: Path) -> None:
    paragraph = docx.Document(str(written(tmp_path))).paragraphs[4]
    assert [run.style.style_id for run in paragraph.runs] == ["Heading3Char", "DefaultParagraphFont"]


def test_a_heading_run_of_a_paragraph_without_level_is_body_text(tmp_path: Path) -> None:
    path = written(tmp_path, document_of(Block(Kind.PARAGRAPH, (Run("整改进展情况：", RunRole.HEADING),))))
    assert b"rStyle" not in parts(path)["word/document.xml"]


@pytest.mark.parametrize("level", [0, 1, 4, 9])
def test_headings_of_any_level_have_one_of_the_four_styles(tmp_path: Path, level: int) -> None:
    path = written(tmp_path, document_of(plain(Kind.HEADING, "标题", level=level)))
    style = docx.Document(str(path)).paragraphs[0].style
    assert style.style_id == f"Heading{min(max(level, 1), 4)}"


def test_an_empty_document_is_a_word_file(tmp_path: Path) -> None:
    assert texts(written(tmp_path, document_of())) == []


def test_runs_with_chinese_signs_carry_the_east_asian_hint(tmp_path: Path) -> None:
    for run in body(written(tmp_path)).iter(f"{W}r"):
        text = "".join(run.itertext())
        fonts = run.find(f"{W}rPr/{W}rFonts")
        hint = fonts.get(f"{W}hint") if fonts is not None else None
        assert (hint == "eastAsia") == bool(re.search("[“”‘’—…·]", text)), text


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_elements_stand_in_the_order_that_word_insists_on(tmp_path: Path, profile: LayoutProfile) -> None:
    for name, content in parts(written(tmp_path, profile=profile)).items():
        root = etree.fromstring(content)
        for element in root.iter():
            order = ORDERS.get(etree.QName(element).localname)
            if order and etree.QName(element).namespace == W[1:-1]:
                places = [order.index(etree.QName(child).localname) for child in element]
                assert places == sorted(places), f"{name}: {etree.tostring(element)!r}"


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_no_theme_no_preview_picture_no_foreign_name(tmp_path: Path, profile: LayoutProfile) -> None:
    found = parts(written(tmp_path, profile=profile))
    assert sorted(found) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "docProps/custom.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/fontTable.xml",
        "word/footer1.xml",
        "word/footer2.xml",
        "word/settings.xml",
        "word/styles.xml",
    ]
    everything = b"".join(found.values())
    assert not re.search(rb"[tT]heme", everything)
    assert b"python" not in everything.lower()


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_every_style_has_an_east_asian_font_and_the_language_is_chinese(tmp_path: Path, profile: LayoutProfile) -> None:
    root = etree.fromstring(parts(written(tmp_path, profile=profile))["word/styles.xml"])
    fonts = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts")
    language = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert fonts is not None
    assert language is not None
    assert fonts.get(f"{W}eastAsia") == profile.fonts.body
    assert {language.get(f"{W}val"), language.get(f"{W}eastAsia")} == {"zh-CN"}
    for stated in root.iter(f"{W}rFonts"):
        assert stated.get(f"{W}eastAsia"), etree.tostring(stated)
    expected = {
        "Title": profile.fonts.title,
        "Heading1": profile.fonts.heading_1,
        "Heading2": profile.fonts.heading_2,
        "Heading3Char": profile.fonts.body,
        "Footer": profile.fonts.page_number,
    }
    for identifier, font in expected.items():
        style = root.find(f"{W}style[@{W}styleId='{identifier}']/{W}rPr/{W}rFonts")
        assert style is not None
        assert style.get(f"{W}eastAsia") == font


def test_styles_are_words_own_with_outline_levels_and_quick_access(tmp_path: Path) -> None:
    root = etree.fromstring(parts(written(tmp_path))["word/styles.xml"])
    names = {style.get(f"{W}styleId"): style for style in root.iter(f"{W}style")}
    for identifier in ("Normal", "Title", "BodyText", "Heading1", "Heading2", "Heading3", "Heading4", "Signature"):
        assert names[identifier].find(f"{W}qFormat") is not None, identifier
    for level in (1, 2, 3, 4):
        style = names[f"Heading{level}"]
        outline, name, kept = (style.find(path) for path in (f".//{W}outlineLvl", f"{W}name", f"{W}pPr/{W}keepNext"))
        assert outline is not None
        assert name is not None
        assert kept is not None
        assert (outline.get(f"{W}val"), name.get(f"{W}val")) == (str(level - 1), f"heading {level}")


def test_the_page_is_the_standards(tmp_path: Path) -> None:
    section = docx.Document(str(written(tmp_path))).sections[0]
    assert abs(section.page_width - Mm(210)) < Mm(0.02)
    assert abs(section.page_height - Mm(297)) < Mm(0.02)
    for margin, millimetres in (
        (section.top_margin, 37),
        (section.left_margin, 28),
        (section.right_margin, 26),
        (section.bottom_margin, 35),
    ):
        assert abs(margin - Mm(millimetres)) < Mm(0.03)


def test_odd_and_even_pages_have_footers_of_their_own(tmp_path: Path) -> None:
    path = written(tmp_path)
    document = docx.Document(str(path))
    assert document.settings.odd_and_even_pages_header_footer
    odd, even = document.sections[0].footer.paragraphs[0], document.sections[0].even_page_footer.paragraphs[0]
    assert (odd.paragraph_format.alignment.name, even.paragraph_format.alignment.name) == ("RIGHT", "LEFT")
    assert odd.paragraph_format.right_indent == even.paragraph_format.left_indent == Pt(14)
    assert odd.text.startswith("— ")
    assert odd.text.endswith(" —")


def test_the_properties_are_the_documents(tmp_path: Path) -> None:
    properties = docx.Document(str(written(tmp_path))).core_properties
    assert properties.title == "关于巡察整改进展情况的通报"
    assert properties.author == properties.last_modified_by == "柳林街道党工委"
    assert properties.subject == "整改情况通报"
    assert properties.language == "zh-CN"
    assert properties.created == properties.modified == NOW
    assert (properties.revision, properties.comments, properties.keywords) == (1, "", "")


def test_the_draft_id_travels_in_a_custom_property(tmp_path: Path) -> None:
    assert b'name="zhenggai_draft_id"><vt:lpwstr>draft-7</vt:lpwstr>' in parts(written(tmp_path))["docProps/custom.xml"]
    assert "docProps/custom.xml" not in parts(written(tmp_path, document_of(plain(Kind.TITLE, "通报"))))


def test_bookmarks_name_the_records_and_are_unique_and_short(tmp_path: Path) -> None:
    starts = list(body(written(tmp_path)).iter(f"{W}bookmarkStart"))
    names = [start.get(f"{W}name", "") for start in starts]
    digits = UID.replace("-", "")
    assert sorted(names) == [
        f"zg{kind}" for kind in (f"c_{digits}", f"i_{digits}", f"i_{digits}_2", f"m_{digits}", f"s_{digits}")
    ]
    assert len({start.get(f"{W}id") for start in starts}) == len(starts)


def test_a_thousand_paragraphs_of_one_record_keep_their_bookmarks_valid(tmp_path: Path) -> None:
    block = plain(Kind.PARAGRAPH, "一", anchor=Anchor("chapter", UID))
    names = [
        start.get(f"{W}name")
        for start in body(written(tmp_path, document_of(*[block] * 1100))).iter(f"{W}bookmarkStart")
    ]
    assert len(names) == len(set(names)) == 999
    assert all(name and re.fullmatch(r"[A-Za-z]\w{0,39}", name) for name in names)


def test_a_document_without_anchors_has_no_bookmarks(tmp_path: Path) -> None:
    assert b"bookmark" not in parts(written(tmp_path, document_of(plain(Kind.PARAGRAPH, "一"))))["word/document.xml"]


def indents(path: Path) -> list[tuple[str, int | None, int | None]]:
    """(alignment, left, right) in twips as written at the closing paragraphs."""
    found: list[tuple[str, int | None, int | None]] = []
    for paragraph in docx.Document(str(path)).paragraphs:
        form = paragraph.paragraph_format
        lengths = [None if value is None else round(value / 635) for value in (form.left_indent, form.right_indent)]
        found.append((form.alignment.name if form.alignment is not None else "", lengths[0], lengths[1]))
    return found


def test_a_short_date_starts_two_characters_right_of_the_signature(tmp_path: Path) -> None:
    blocks = (plain(Kind.SIGNATURE, "清河区柳林街道党工委"), plain(Kind.DATE, "2025年1月8日"))
    signature, date = indents(written(tmp_path, document_of(*blocks)))
    assert signature == ("", None, None)  # two characters from the right, as its style says
    assert date == ("LEFT", 8844 - 12 * 315 + 2 * 315, 0)


def test_a_long_date_moves_the_signature(tmp_path: Path) -> None:
    blocks = (plain(Kind.SIGNATURE, "清河镇党委"), plain(Kind.DATE, "2025年12月28日"))
    signature, date = indents(written(tmp_path, document_of(*blocks)))
    assert date == ("", None, None)
    assert signature == ("LEFT", 8844 - (2 + 7 + 2) * 315, 0)


def test_a_signature_wider_than_the_page_is_left_to_its_style(tmp_path: Path) -> None:
    blocks = (plain(Kind.SIGNATURE, "长" * 40), plain(Kind.DATE, "2025年12月28日"))
    assert indents(written(tmp_path, document_of(*blocks))) == [("", None, None)] * 2


def test_the_text_above_the_signature_goes_to_the_next_page_with_it(tmp_path: Path) -> None:
    kept = [paragraph.paragraph_format.keep_with_next for paragraph in docx.Document(str(written(tmp_path))).paragraphs]
    assert kept == [None] * 5 + [True, None, None]


def test_only_the_first_of_two_signatures_has_a_blank_line_above(tmp_path: Path) -> None:
    blocks = (
        plain(Kind.PARAGRAPH, "正文"),
        plain(Kind.SIGNATURE, "清河区民政局"),
        plain(Kind.SIGNATURE, "清河区财政局"),
        plain(Kind.DATE, "2025年1月8日"),
    )
    paragraphs = docx.Document(str(written(tmp_path, document_of(*blocks)))).paragraphs
    assert [paragraph.paragraph_format.space_before for paragraph in paragraphs] == [None, None, 0, None]


def test_a_date_alone_has_a_blank_line_above(tmp_path: Path) -> None:
    blocks = (plain(Kind.PARAGRAPH, "正文"), plain(Kind.DATE, "2025年1月8日"))
    date = docx.Document(str(written(tmp_path, document_of(*blocks)))).paragraphs[1]
    assert date.paragraph_format.space_before == Pt(28.95)


def test_the_same_moment_gives_the_same_bytes(tmp_path: Path) -> None:
    first = written(tmp_path).read_bytes()
    assert written(tmp_path).read_bytes() == first


TEXTS = st.text(max_size=40)
BLOCKS = st.builds(
    lambda kind, first, second, level: Block(kind, (Run(first, RunRole.HEADING), Run(second)), level),
    st.sampled_from(Kind),
    TEXTS,
    TEXTS,
    st.integers(0, 5),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(BLOCKS, max_size=8))
def test_any_text_makes_a_file_that_opens_and_says_it(
    tmp_path_factory: pytest.TempPathFactory, blocks: list[Block]
) -> None:
    found = texts(written(tmp_path_factory.mktemp("any"), document_of(*blocks)))
    assert len(found) == len(blocks)
    for text, block in zip(found, blocks, strict=True):
        said = "".join(clean(run.text) for run in block.runs)
        breaks = "\n" if block.kind is Kind.TITLE else ""
        assert text.replace(breaks, "") == said.replace(breaks, "")


# --- templates of an office -----------------------------------------------------------------------------------------


def template(folder: Path, *changes: tuple[str, str, str]) -> Path:
    """The bundled template with texts of its parts replaced: (part, old, new)."""
    path = folder / "模板.docx"
    with zipfile.ZipFile(io.BytesIO(template_bytes(PROFILES[0]))) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            text = source.read(name).decode()
            for part, old, new in changes:
                if part == name:
                    assert old in text
                    text = text.replace(old, new)
            target.writestr(name, text)
    return path


def test_the_bundled_template_is_made_from_the_standard_profile(resources: Path) -> None:
    with zipfile.ZipFile(resources / "templates" / "notice.docx") as bundled:
        made = zipfile.ZipFile(io.BytesIO(template_bytes(PROFILES[0])))
        assert bundled.namelist() == made.namelist()
        for name in made.namelist():
            assert bundled.read(name).decode() == made.read(name).decode(), "run installer/make_template.py"


def test_the_bundled_template_gives_the_same_file_as_no_template(tmp_path: Path, resources: Path) -> None:
    without = parts(written(tmp_path))
    assert parts(written(tmp_path, template=resources / "templates" / "notice.docx")) == without


def test_a_template_that_word_saved_with_other_ids_is_understood(tmp_path: Path) -> None:
    path = template(
        tmp_path,
        ("word/styles.xml", '"Heading1"', '"1"'),
        ("word/styles.xml", '"Heading1Char"', '"10"'),
        ("word/styles.xml", '"Title"/>', '"Title "/>'),
        ("word/styles.xml", '<w:name w:val="Title "/>', '<w:name w:val="Title"/>'),
        ("word/styles.xml", '"BodyText"', '"a5"'),
    )
    blocks = (
        plain(Kind.HEADING, "一、标题", level=1),
        Block(Kind.PARAGRAPH, (Run("一、标题。", RunRole.HEADING), Run("正文")), level=1),
    )
    paragraphs = docx.Document(str(written(tmp_path, document_of(*blocks), template=path))).paragraphs
    assert [paragraph.style.style_id for paragraph in paragraphs] == ["1", "a5"]
    assert paragraphs[1].runs[0].style.style_id == "10"


def test_the_text_and_properties_of_a_template_do_not_get_into_the_document(tmp_path: Path) -> None:
    path = template(tmp_path, ("docProps/core.xml", "<dc:language>", "<dc:creator>张三</dc:creator><dc:language>"))
    everything = b"".join(parts(written(tmp_path, template=path)).values()).decode()
    assert "张三" not in everything
    assert "样式：" not in everything


def test_a_template_with_larger_type_moves_signature_and_title(tmp_path: Path) -> None:
    path = template(tmp_path, ("word/styles.xml", '<w:sz w:val="44"/>', '<w:sz w:val="52"/>'))
    blocks = (plain(Kind.TITLE, "清河市交通运输局党组关于巡视整改情况"),)
    assert texts(written(tmp_path, document_of(*blocks), template=path)) == ["清河市交通运输局党组\n关于巡视整改情况"]


def test_a_template_without_our_styles_still_takes_the_text(tmp_path: Path) -> None:
    path = template(
        tmp_path,
        *(
            ("word/styles.xml", f'<w:name w:val="{name}"/>', f'<w:name w:val="其他{name}"/>')
            for name in ("Title", "heading 1", "Body Text", "Signature", "Date")
        ),
    )
    found = written(tmp_path, template=path)
    assert texts(found)[1:] == [block.text for block in NOTICE.blocks[1:]]


def test_a_missing_template_and_a_file_that_is_none_are_said(tmp_path: Path) -> None:
    with pytest.raises(SourceMissingError, match="找不到模板"):
        written(tmp_path, template=tmp_path / "无.docx")
    for name, content in (("旧.doc", b"\xd0\xcf\x11\xe0"), ("空.docx", b""), ("文.docx", b"PK\x03\x04")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(SourceFormatError, match=r"另存为 \.docx"):
            written(tmp_path, template=tmp_path / name)
    kind = template(tmp_path, ("[Content_Types].xml", "document.main+xml", "template.main+xml"))
    with pytest.raises(SourceFormatError):
        written(tmp_path, template=kind)


def test_a_folder_that_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(TargetError):
        write_word(NOTICE, tmp_path / "无" / "通报.docx")
