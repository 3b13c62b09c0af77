"""A document cut into title, opening, chapters, closing, signature and date: how far each of them reaches."""

from __future__ import annotations

import pytest

from zhenggai_desktop.domain.blocks import SourceDocument, SourceParagraph
from zhenggai_desktop.domain.document_parts import Parts, cut, is_closing_prose, is_contact_paragraph, prose_block
from zhenggai_desktop.domain.records import BlockKind, ChapterBlock
from zhenggai_desktop.domain.source_lines import lines_of, make_line

TITLE = "关于巡察整改进展情况的通报"
OFFICE = "中共某区某街道工作委员会"
DATE = "2025年3月5日"
PROSE = [f"第{at}段是正文，讲的是整改工作。" for at in range(12)]


def parts(*texts: str) -> Parts:
    paragraphs = tuple(SourceParagraph(at, text) for at, text in enumerate(texts, 1))
    return cut(lines_of(SourceDocument("文稿", paragraphs))[0])


def texts(lines: object) -> list[str]:
    return [line.text for line in lines]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ([TITLE], 1),
        (["某街道党工委", TITLE], 2),
        (["中共某区委", "某街道党工委", TITLE], 3),
        (["某区", "某街", "某道", TITLE], 0),  # four lines are no title
        (["某街道党工委关于集中整改", "进展情况的通报"], 2),
        (["一、" + TITLE], 0),
        ([TITLE + "。"], 0),
        (["字" * 56 + "情况通报"], 1),
        (["字" * 57 + "情况通报"], 0),
    ],
)
def test_up_to_three_lines_without_a_stop_are_the_title(lines: list[str], title: int) -> None:
    found = parts(*lines, *PROSE[:3])
    assert texts(found.title) == lines[:title]


@pytest.mark.parametrize(("behind", "found"), [(0, True), (6, True), (7, False)])
def test_the_date_stands_among_the_last_seven_lines(behind: int, found: bool) -> None:
    after = [f"附件{at}" for at in range(behind)]
    cut_up = parts(TITLE, *PROSE, OFFICE, DATE, *after)
    assert (cut_up.date is not None) is found
    if found:
        assert cut_up.date is not None
        assert cut_up.date.text == DATE
        assert texts(cut_up.signature) == [OFFICE]
        assert [note.text for note in cut_up.leftovers if note.code == "after_date"] == after


@pytest.mark.parametrize(("count", "signing"), [(1, 1), (3, 3), (4, 3)])
def test_up_to_three_offices_sign_above_a_date(count: int, signing: int) -> None:
    offices = [f"中共某区第{word}街道工作委员会" for word in "一二三四"[:count]]
    found = parts(TITLE, *PROSE, *offices, DATE)
    assert texts(found.signature) == offices[-signing:]


@pytest.mark.parametrize(("count", "signing"), [(0, 0), (1, 1), (2, 2), (3, 2)])
def test_up_to_two_offices_sign_without_a_date(count: int, signing: int) -> None:
    offices = [f"中共某区第{word}街道工作委员会" for word in "一二三"[:count]]
    found = parts(TITLE, *PROSE, *offices)
    assert found.date is None
    assert texts(found.signature) == offices[count - signing :]


def test_a_document_of_nothing_but_offices_and_a_date() -> None:
    found = parts(OFFICE, DATE)
    assert (texts(found.signature), found.date and found.date.text) == ([OFFICE], DATE)
    assert parts(OFFICE).chapters == []
    assert parts() == Parts()


def test_the_closing_begins_with_the_first_that_invites_comment() -> None:
    invite, phone = "欢迎干部群众对整改落实情况进行监督。", "联系电话：0311-1234567；邮编：050000。"
    found = parts(TITLE, "根据部署，现予公布。", "一、组织情况", PROSE[0], invite, PROSE[1], phone, OFFICE, DATE)
    assert texts(found.closing) == [invite, PROSE[1], phone]
    assert texts(found.opening) == ["根据部署，现予公布。"]
    numbered = parts(TITLE, "一、组织情况", PROSE[0], invite, "二、整改情况", PROSE[1], OFFICE, DATE)
    assert texts(numbered.closing) == []


@pytest.mark.parametrize(("behind", "closing"), [(8, 9), (9, 0)])
def test_the_closing_is_looked_for_among_the_last_nine_lines(behind: int, closing: int) -> None:
    found = parts(TITLE, "一、组织情况", "欢迎监督。", *PROSE[:behind])
    assert len(found.closing) == closing


def test_chapters_and_what_stands_before_the_first() -> None:
    found = parts(TITLE, "导语一。", "导语二。", "一、组织情况", PROSE[0], PROSE[1], "二、整改情况", PROSE[2])
    assert texts(found.opening) == ["导语一。", "导语二。"]
    assert [(chapter.heading and chapter.heading.text, texts(chapter.lines)) for chapter in found.chapters] == [
        ("一、组织情况", PROSE[:2]), ("二、整改情况", [PROSE[2]]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind", "level"),
    [
        ("正文一段。", BlockKind.PARAGRAPH, 0),
        ("一、组织情况", BlockKind.HEADING, 1),
        ("（一）组织情况", BlockKind.HEADING, 2),
        ("1.组织情况。", BlockKind.HEADING, 3),
        ("（1）组织情况。继续学习。", BlockKind.PARAGRAPH, 4),
        ("一是加强学习。", BlockKind.PARAGRAPH, 0),
        ("（一）" + "字" * 46 + "。", BlockKind.HEADING, 2),
        ("（一）" + "字" * 47 + "。", BlockKind.PARAGRAPH, 0),
        ("（一）" + "字" * 46 + "。后面还有话。", BlockKind.PARAGRAPH, 2),
        ("（一）" + "字" * 47 + "。后面还有话。", BlockKind.PARAGRAPH, 0),
    ],
)
def test_a_line_of_a_chapter_as_written(text: str, kind: BlockKind, level: int) -> None:
    assert prose_block(make_line(0, text)) == ChapterBlock(kind, level, text)


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("联系电话：0311-1234567；邮编：050000。", True),
        ("请拨打0311-1234567反映。", True),
        ("请拨打0311-1234567反映。" + "字" * 80, False),
        ("欢迎来信，地址：柳林路1号。", True),
        ("欢迎来信。", False),
        ("安装电话一部。", False),
        ("更新电话和邮箱名录。", True),
    ],
)
def test_what_tells_how_to_reach_the_office(text: str, contact: bool) -> None:
    assert is_contact_paragraph(text) is contact


@pytest.mark.parametrize(
    ("text", "ahead"),
    [
        ("下一步，继续整改。", True),
        ("今后持续用力。", True),
        ("通过巡察整改，作风好转。", True),
        ("继续下一步。", False),
        ("通过学习，作风好转。", False),
    ],
)
def test_prose_that_looks_ahead(text: str, ahead: bool) -> None:
    assert is_closing_prose(text) is ahead
