"""The XML of every notice and document is what Word insists on, and leaves no font to chance.

What LibreOffice cannot prove is proved here: Word and WPS refuse or repair a file whose elements stand in another
order, and take “ ” — … · from the Latin font unless the run says eastAsia.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from full_ledger import TODAY, full_ledger
from lxml import etree
from written_word import NOW, W, parts

from zhenggai_desktop.domain.blocks import Document
from zhenggai_desktop.domain.editions import Edition
from zhenggai_desktop.domain.layout import GUOBIAO, PROFILES, LayoutProfile
from zhenggai_desktop.domain.schemes import BUILT_IN
from zhenggai_desktop.formats.word_writer import write_word
from zhenggai_desktop.services.documents import KINDS, chosen_template, ledger_document, notice_document

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "documents"
NOTICES = [
    f"notice-{name}-{edition.value}" for name in BUILT_IN for edition in (Edition.PUBLIC, Edition.INTERNAL_REVIEW)
]

# ECMA-376 Part 1: 17.3.1.26, 17.3.2.28, 17.6.17, 17.4.59, 17.4.69; w:trPr is a choice without an order.
ORDERS = {
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
        "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
        "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
        "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ),
    "rPr": (
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
        "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs "
        "em lang"
    ),
    "sectPr": (
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType "
        "cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid"
    ),
    "tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
        "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription"
    ),
    "tblBorders": "top left start bottom right end insideH insideV",
    "tblCellMar": "top left start bottom right end",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "tbl": "tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "tc": "tcPr p",
    "style": (
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
        "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr"
    ),
}  # fmt: skip
BUILT_IN_STYLES = {
    "Normal", "Title", "Heading1", "Heading2", "Heading3", "Heading4", "Heading1Char", "Heading2Char", "Heading3Char",
    "Heading4Char", "BodyText", "BodyText2", "BodyText3", "BlockText", "Salutation", "Signature", "Date", "Footer",
    "TableGrid", "TableNormal", "NoList", "DefaultParagraphFont",
}  # fmt: skip


def composed(name: str) -> Document:
    snapshot = full_ledger()
    if not name.startswith("notice-"):
        return ledger_document(snapshot, chosen_template(name, FOLDER), today=TODAY)
    _, scheme, edition = name.split("-")
    shown = replace(snapshot, facts=replace(snapshot.facts, scheme=scheme))
    return notice_document(shown, BUILT_IN[scheme], Edition(edition), folder=FOLDER, today=TODAY, draft_id="稿1")


@pytest.fixture(scope="module", params=[*NOTICES, *KINDS])
def package(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return package_of(composed(request.param), tmp_path_factory.mktemp("文书"), GUOBIAO)


def package_of(document: Document, folder: Path, profile: LayoutProfile) -> dict[str, bytes]:
    write_word(document, folder / "文书.docx", profile=profile, now=NOW)
    return parts(folder / "文书.docx")


def roots(package: dict[str, bytes]) -> Iterator[etree._Element]:
    return (
        etree.fromstring(content)
        for name, content in package.items()
        if name.startswith("word/") and name.endswith(".xml")
    )


def test_elements_stand_in_the_order_of_the_schema(package: dict[str, bytes]) -> None:
    for root in roots(package):
        for element in root.iter(*(f"{W}{name}" for name in ORDERS)):
            order = ORDERS[etree.QName(element).localname].split()
            places = [order.index(etree.QName(child).localname) for child in element]
            assert places == sorted(places), etree.tostring(element, encoding="unicode")[:500]


def test_no_property_stands_twice(package: dict[str, bytes]) -> None:
    for root in roots(package):
        for element in root.iter(f"{W}pPr", f"{W}rPr", f"{W}tblPr", f"{W}tcPr", f"{W}trPr"):
            tags = [child.tag for child in element]
            assert len(tags) == len(set(tags)), etree.tostring(element, encoding="unicode")


def test_no_theme_is_left(package: dict[str, bytes]) -> None:
    assert not re.search(rb"[tT]heme", b"".join(package.values()))


def test_every_style_that_is_named_is_words_own_and_there(package: dict[str, bytes]) -> None:
    defined = {style.get(f"{W}styleId") for style in etree.fromstring(package["word/styles.xml"]).iter(f"{W}style")}
    assert defined <= BUILT_IN_STYLES
    for root in roots(package):
        for element in root.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle"):
            assert element.get(f"{W}val") in defined


def test_every_run_has_an_east_asian_font_by_its_style(package: dict[str, bytes]) -> None:
    styles = {
        style.get(f"{W}styleId", ""): style for style in etree.fromstring(package["word/styles.xml"]).iter(f"{W}style")
    }
    for paragraph in etree.fromstring(package["word/document.xml"]).iter(f"{W}p"):
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        for run in paragraph.iter(f"{W}r"):
            own = run.find(f"{W}rPr/{W}rStyle")
            chosen = own if own is not None else named
            assert chosen is not None, etree.tostring(paragraph, encoding="unicode")
            assert font_of(styles, chosen.get(f"{W}val", "")), chosen.get(f"{W}val")


def font_of(styles: dict[str, etree._Element], identifier: str) -> str:
    while identifier in styles:
        fonts = styles[identifier].find(f"{W}rPr/{W}rFonts")
        if fonts is not None and fonts.get(f"{W}eastAsia"):
            return fonts.get(f"{W}eastAsia", "")
        based = styles[identifier].find(f"{W}basedOn")
        identifier = "" if based is None else based.get(f"{W}val", "")
    return ""


def test_shared_signs_are_printed_in_the_chinese_font(package: dict[str, bytes]) -> None:
    for run in etree.fromstring(package["word/document.xml"]).iter(f"{W}r"):
        if re.search("[“”‘’—…·]", "".join(run.itertext())):
            fonts = run.find(f"{W}rPr/{W}rFonts")
            assert fonts is not None
            assert fonts.get(f"{W}hint") == "eastAsia"


def test_bookmarks_are_unique_short_and_closed(package: dict[str, bytes]) -> None:
    root = etree.fromstring(package["word/document.xml"])
    names = Counter(start.get(f"{W}name", "") for start in root.iter(f"{W}bookmarkStart"))
    assert all(count == 1 and 0 < len(name) <= 40 for name, count in names.items())
    starts, ends = (
        sorted(int(mark.get(f"{W}id", "")) for mark in root.iter(f"{W}bookmark{side}")) for side in ("Start", "End")
    )
    assert starts == ends


def test_rows_of_a_table_add_up_to_its_grid(package: dict[str, bytes]) -> None:
    for table in etree.fromstring(package["word/document.xml"]).iter(f"{W}tbl"):
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        for row in table.iter(f"{W}tr"):
            spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.iter(f"{W}tc")]
            assert sum(1 if span is None else int(span.get(f"{W}val", "")) for span in spans) == columns


def test_nothing_is_left_of_the_makers_of_the_library(package: dict[str, bytes]) -> None:
    core = package["docProps/core.xml"].decode()
    assert "python" not in core.lower()
    assert "<dc:creator>中共清河区柳林街道工作委员会</dc:creator>" in core
    assert "<dc:language>zh-CN</dc:language>" in core


@pytest.mark.parametrize("sealed", [False, True], ids=["plain", "sealed"])
@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_the_order_holds_in_every_layout(tmp_path: Path, profile: LayoutProfile, sealed: bool) -> None:
    document = composed("notice-a-public")
    package = package_of(document, tmp_path, replace(profile, sealed=sealed))
    test_elements_stand_in_the_order_of_the_schema(package)
    test_every_run_has_an_east_asian_font_by_its_style(package)
