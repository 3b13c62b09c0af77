"""Blocks become paragraphs of named styles; signature and date stand in place; records are bookmarked."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.shared import Pt
from written_word import UID, W, body, document_of, parts, written

from zhenggai_desktop.domain.blocks import Anchor, Block, Kind, Run, RunRole, plain
from zhenggai_desktop.domain.layout import GUOBIAO, twips


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


def test_runs_with_chinese_signs_carry_the_east_asian_hint(tmp_path: Path) -> None:
    for run in body(written(tmp_path)).iter(f"{W}r"):
        text = "".join(run.itertext())
        fonts = run.find(f"{W}rPr/{W}rFonts")
        hint = fonts.get(f"{W}hint") if fonts is not None else None
        assert (hint == "eastAsia") == bool(re.search("[“”‘’—…·]", text)), text


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


SLACK = -4 * 315  # room for the wider digits of a substituted font


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
    assert date == ("LEFT", 8844 - 12 * 315 + 2 * 315, SLACK)


def test_a_long_date_moves_the_signature(tmp_path: Path) -> None:
    blocks = (plain(Kind.SIGNATURE, "清河镇党委"), plain(Kind.DATE, "2025年12月28日"))
    signature, date = indents(written(tmp_path, document_of(*blocks)))
    assert date == ("", None, None)
    assert signature == ("LEFT", 8844 - (2 + 7 + 2) * 315, SLACK)


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


@pytest.mark.parametrize(
    ("signature", "centre"), [("清河镇党委", 4 + 7 / 2), ("中共清河区柳林街道工作委员会清河镇委员会", 10.0)]
)
def test_under_a_seal_both_are_centred_and_the_date_is_four_characters_from_the_right(
    tmp_path: Path, signature: str, centre: float
) -> None:
    blocks = (plain(Kind.SIGNATURE, signature), plain(Kind.DATE, "2025年12月28日"))
    path = written(tmp_path, document_of(*blocks), profile=replace(GUOBIAO, sealed=True))
    for paragraph in body(path).findall(f"{W}p"):
        ind, jc = (paragraph.find(f"{W}pPr/{W}{name}") for name in ("ind", "jc"))
        assert ind is not None
        assert jc is not None
        assert jc.get(f"{W}val") == "center"
        left, right = (int(ind.get(f"{W}{side}", "0")) for side in ("left", "right"))
        width = twips(GUOBIAO.text_width)
        middle = (left + width - right) / 2
        assert abs(width - middle - centre * GUOBIAO.character) <= 1
