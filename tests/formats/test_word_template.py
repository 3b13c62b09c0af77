"""The template is valid to the letter, carries nothing foreign, and is the standard's page."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.shared import Mm, Pt
from lxml import etree
from written_word import W, parts, written

from zhenggai_desktop.domain.layout import PROFILES, LayoutProfile
from zhenggai_desktop.formats.word_template import template_bytes

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
    assert language.get(f"{W}eastAsia") == "zh-CN"
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


def test_the_bundled_template_is_made_from_the_standard_profile(resources: Path) -> None:
    with zipfile.ZipFile(resources / "templates" / "notice.docx") as bundled:
        made = zipfile.ZipFile(io.BytesIO(template_bytes(PROFILES[0])))
        assert bundled.namelist() == made.namelist()
        for name in made.namelist():
            assert bundled.read(name).decode() == made.read(name).decode(), "run installer/make_template.py"
