"""The Word file as LibreOffice lays it out, measured on the page: the grid, the margins, the places of the closing.

LibreOffice is not Word. Two things it does otherwise are tested in the XML instead: it always spaces Chinese from
digits (``autoSpaceDE``), and it reads ``overflowPunct`` the wrong way round. It prints in the fonts at hand; line
pitch, advance and margins do not depend on them, and the fonts here are only asked to be Chinese.
"""

from __future__ import annotations

import datetime as dt
import subprocess
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import mean

import docx
import pytest
from rendered_pages import MM, TEXT_BOTTOM, TEXT_LEFT, TEXT_RIGHT, TEXT_TOP, Page, convert, needs_office, pages_of

from zhenggai_desktop.domain.blocks import Block, Document, Kind, Run, RunRole, plain
from zhenggai_desktop.domain.layout import PROFILES
from zhenggai_desktop.formats.word_writer import write_word

NOW = dt.datetime(2025, 1, 8, tzinfo=dt.UTC)


pytestmark = needs_office

SENTENCE = "街道党工委坚持把巡察整改作为重大政治任务建立台账逐项对账销号定期调度推动整改落实见到实效"
ANSWER = (
    "一是完善学习制度，修订《柳林街道党工委理论学习中心组学习办法》（柳街党〔2024〕12号），明确每季度第一个月集中学习，"
    "全年共开展121416次。二是坚持学以致用，围绕老旧小区改造、物业管理、养老服务等民生事项，建立“周调度、月通报、季评估”机制，"
    "推动解决问题46个，办结率98.71%。三是强化督促检查，对落实不力的3个社区党组织书记进行提醒谈话。"
)


def notice(signature: str, date: str) -> Document:
    issues = [
        Block(Kind.PARAGRAPH, (Run(f"{n}. 针对“学用结合不够紧密”的问题。", RunRole.HEADING), Run(ANSWER)), level=3)
        for n in range(1, 12)
    ]
    return Document(
        "通报",
        (
            plain(Kind.TITLE, "中共清河区柳林街道工作委员会关于区委第三巡察组反馈意见集中整改进展情况的通报"),
            plain(Kind.PARAGRAPH, "根据区委统一部署，2024年3月11日至5月10日，区委第三巡察组开展了巡察。"),
            plain(Kind.HEADING, "一、整改工作组织情况", level=1),
            plain(Kind.HEADING, "（一）关于落实上级决策部署方面问题", level=2),
            *issues,
            plain(Kind.SIGNATURE, signature),
            plain(Kind.DATE, date),
        ),
    )


DOCUMENTS = {
    "solid": Document("正文", tuple(plain(Kind.PARAGRAPH, SENTENCE * 40) for _ in range(2))),
    "notice": notice("中共清河区柳林街道工作委员会", "2025年1月8日"),
    "short": notice("清河镇党委", "2025年12月28日"),
    "equal": notice("清河区教育局党组", "2025年12月28日"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the Word files, their PDFs in ``pdf`` and, in ``docx``, a template saved by LibreOffice."""
    folder = tmp_path_factory.mktemp("rendered")
    for name, document in DOCUMENTS.items():
        write_word(document, folder / f"{name}.docx", now=NOW)
    for number, profile in enumerate(PROFILES):
        write_word(DOCUMENTS["solid"], folder / f"profile{number}.docx", profile=profile, now=NOW)
    convert(folder, "docx", folder / "notice.docx")
    write_word(DOCUMENTS["notice"], folder / "resaved.docx", template=folder / "docx" / "notice.docx", now=NOW)
    convert(folder, "pdf", *sorted(folder.glob("*.docx")))
    return folder


def rendered(folder: Path, name: str) -> list[Page]:
    return pages_of(folder / "pdf" / f"{name}.pdf")


@pytest.mark.parametrize("number", range(len(PROFILES)), ids=[profile.name for profile in PROFILES])
def test_a_full_page_has_as_many_lines_as_the_profile_promises(folder: Path, number: int) -> None:
    pages = rendered(folder, f"profile{number}")
    expected = {579: 22, 560: 22, 600: 21}[PROFILES[number].line_pitch]
    assert {len(page.lines) for page in pages[:-1]} == {expected}


@pytest.mark.parametrize("number", range(len(PROFILES)), ids=[profile.name for profile in PROFILES])
def test_a_line_of_chinese_alone_has_28_characters(folder: Path, number: int) -> None:
    lines = [line for page in rendered(folder, f"profile{number}") for line in page.lines]
    first = [line for line in lines if line.left > TEXT_LEFT + 5]
    last = {lines[-1], *(lines[lines.index(line) - 1] for line in first[1:])}
    full = [line for line in lines if line not in first and line not in last]
    assert {len(line.text) for line in full} == {28}
    assert {len(line.text) for line in first} == {26}  # indented two characters


def test_text_fills_the_text_area_to_half_a_millimetre(folder: Path) -> None:
    for name in ("solid", "notice", "short"):
        lines = [line for page in rendered(folder, name) for line in page.lines]
        assert min(line.left for line in lines) == pytest.approx(TEXT_LEFT, abs=0.5)
        assert max(line.right for line in lines) == pytest.approx(TEXT_RIGHT, abs=0.5)


def test_the_first_line_is_indented_two_characters(folder: Path) -> None:
    first = rendered(folder, "solid")[0].lines[0]
    assert first.left == pytest.approx(TEXT_LEFT + 2 * 15.75 * MM, abs=0.3)


def test_no_number_is_torn_between_two_lines(folder: Path) -> None:
    lines = [line.text for page in rendered(folder, "notice") for line in page.lines]
    assert not [pair for pair in pairwise(lines) if pair[0][-1].isdecimal() and pair[1][0].isdecimal()]


@dataclass(frozen=True)
class Ink:
    """Rows of dark pixels in a part of a page: first, last and the row with the longest stroke, in millimetres."""

    top: float
    bottom: float
    stroke: float


def ink(folder: Path, name: str, page: int, top: float, bottom: float) -> Ink:
    resolution = 300
    picture = folder / f"{name}-{page}"
    pdf = folder / "pdf" / f"{name}.pdf"
    command = ["pdftoppm", "-r", str(resolution), "-gray", "-f", str(page), "-l", str(page), "-singlefile"]
    subprocess.run([*command, str(pdf), str(picture)], check=True)
    _, size, _, pixels = picture.with_suffix(".pgm").read_bytes().split(b"\n", 3)
    width = int(size.split()[0])
    per_mm = resolution / 25.4
    dark = {
        row: count
        for row in range(int(top * per_mm), int(bottom * per_mm))
        if (count := sum(pixel < 128 for pixel in pixels[row * width : (row + 1) * width]))
    }
    longest = [row for row, count in dark.items() if count > 0.8 * max(dark.values())]
    return Ink(min(dark) / per_mm, max(dark) / per_mm, mean(longest) / per_mm)


def test_22_lines_stand_in_the_text_area_with_equal_space_above_and_below(folder: Path) -> None:
    page = ink(folder, "solid", 2, 20, 264)
    assert TEXT_TOP <= page.top <= TEXT_TOP + 28.95 * MM - 16 * MM + 0.5  # the first line's leading is above it
    assert page.bottom <= TEXT_BOTTOM
    assert page.bottom - page.top == pytest.approx(21 * 28.95 * MM + 15.5 * MM, abs=0.8)


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(folder: Path) -> None:
    pages = rendered(folder, "notice")
    assert len(pages) > 3
    for page in pages:
        assert page.footer.text == f"—{page.number}—"
        if page.number % 2:
            assert page.footer.right == pytest.approx(TEXT_RIGHT - 14 * MM, abs=0.5)
        else:
            assert page.footer.left == pytest.approx(TEXT_LEFT + 14 * MM, abs=0.5)


@pytest.mark.parametrize("page", [1, 2])
def test_the_dashes_of_the_page_number_are_7_mm_below_the_text_area(folder: Path, page: int) -> None:
    assert ink(folder, "notice", page, 264, 285).stroke == pytest.approx(TEXT_BOTTOM + 7, abs=0.5)


def test_the_title_is_centred_in_a_diamond_with_a_blank_line_below(folder: Path) -> None:
    lines = rendered(folder, "notice")[0].lines
    title, body = lines[:3], lines[3]
    assert [line.text for line in title] == [
        "中共清河区柳林街道工作委员会",
        "关于区委第三巡察组反馈意见",
        "集中整改进展情况的通报",
    ]
    for line in title:
        assert (line.left + line.right) / 2 == pytest.approx((TEXT_LEFT + TEXT_RIGHT) / 2, abs=0.5)
    assert body.bottom - title[-1].bottom == pytest.approx(2 * 28.95 * MM, abs=2)


def test_signature_and_date_stand_by_the_rule(folder: Path) -> None:
    character = 15.75 * MM
    *_, last, signature, date = rendered(folder, "notice")[-1].lines
    assert signature.bottom - last.bottom == pytest.approx(2 * 28.95 * MM, abs=2)
    assert TEXT_RIGHT - signature.right == pytest.approx(2 * character, abs=0.6)
    assert date.left - signature.left == pytest.approx(2 * character, abs=0.6)


def test_a_date_longer_than_the_signature_stands_two_characters_from_the_right(folder: Path) -> None:
    character = 15.75 * MM
    *_, signature, date = rendered(folder, "short")[-1].lines
    assert (signature.text, date.text) == ("清河镇党委", "2025年12月28日")  # where it begins is tested in the XML
    assert TEXT_RIGHT - date.right == pytest.approx(2 * character, abs=0.6)


def test_a_date_in_a_font_with_wide_digits_does_not_wrap(folder: Path) -> None:
    *_, signature, date = rendered(folder, "equal")[-1].lines
    assert date.text == "2025年12月28日"
    assert date.left - signature.left == pytest.approx(2 * 15.75 * MM, abs=0.6)


def styles_of(path: Path) -> list[str]:
    return [paragraph.style.name for paragraph in docx.Document(str(path)).paragraphs]


def test_a_file_saved_by_libreoffice_serves_as_template(folder: Path) -> None:
    assert styles_of(folder / "resaved.docx") == styles_of(folder / "notice.docx")
    again, first = rendered(folder, "resaved"), rendered(folder, "notice")
    assert [len(page.lines) for page in again] == [len(page.lines) for page in first]
    assert again[0].footer == first[0].footer


def test_libreoffice_reads_every_paragraph_and_keeps_the_styles(folder: Path) -> None:
    ours, theirs = (docx.Document(str(path)) for path in (folder / "notice.docx", folder / "docx" / "notice.docx"))
    assert [paragraph.text for paragraph in theirs.paragraphs] == [paragraph.text for paragraph in ours.paragraphs]
    assert styles_of(folder / "docx" / "notice.docx") == styles_of(folder / "notice.docx")
