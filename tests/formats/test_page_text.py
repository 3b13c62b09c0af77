"""Characters at places become the lines and paragraphs that a person sees on the page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai_desktop.formats.page_lines import PageText, Piece, lines_of_page
from zhenggai_desktop.formats.page_text import document_of

WIDTH, HEIGHT, EDGE, SIZE, PITCH, ACROSS = 595.0, 842.0, 90.0, 16.0, 28.0, 26


def line(text: str, row: float, *, indent: float = 0, left: float = EDGE, size: float = SIZE) -> list[Piece]:
    """Characters on a row of the grid; Latin ones take half the width."""
    pieces: list[Piece] = []
    x = left + indent * size
    for char in text:
        width = size / 2 if char.isascii() else size
        pieces.append(Piece(char, x, x + width, 120 + PITCH * row, size))
        x += width
    return pieces


def page(*lines: Sequence[Piece]) -> PageText:
    return PageText(WIDTH, HEIGHT, tuple(piece for pieces in lines for piece in pieces))


def set_out(paragraphs: Sequence[str], *, indent: int = 2, across: int = ACROSS) -> list[list[Piece]]:
    """Paragraphs as an office sets them: the first line set in, every other full."""
    rows: list[list[Piece]] = []
    for text in paragraphs:
        first, rest = text[: across - indent], text[across - indent :]
        rows.append(line(first, len(rows), indent=indent))
        for start in range(0, len(rest), across):
            rows.append(line(rest[start : start + across], len(rows)))
    return rows


def texts(*pages: PageText) -> list[str]:
    return [paragraph.text for paragraph in document_of(pages, "x").paragraphs]


LONG = "我镇党委高度重视巡察反馈意见，逐项研究整改措施，明确责任人和完成时限，确保件件有着落、事事有回音"


def test_lines_that_reach_the_edge_go_on() -> None:
    wanted = [LONG + "。", "一、主要做法", LONG + LONG + "。", "完毕。"]
    assert texts(page(*set_out(wanted))) == wanted


def test_a_paragraph_that_fills_its_last_line_ends_where_the_next_is_set_in() -> None:
    full = "我" * (ACROSS - 3) + "。"
    assert texts(page(*set_out([full, "乙" * 40 + "。", "丙。"]))) == [full, "乙" * 40 + "。", "丙。"]


def test_a_line_that_is_not_stretched_goes_on_in_one_that_is_not_set_in() -> None:
    ragged = [line("（一）" + "甲" * 18, 3, indent=2), line("乙，" + "丙" * 6 + "。", 4)]
    rows = [*set_out([LONG + "。"]), *ragged, line("丁" * 21, 5, indent=2), line("戊" * 20 + "。", 6, indent=2)]
    assert texts(page(*rows))[1:] == ["（一）" + "甲" * 18 + "乙，" + "丙" * 6 + "。", "丁" * 21, "戊" * 20 + "。"]


def test_a_heading_that_fills_its_line_ends_without_a_stop() -> None:
    heading = "三、关于“集体资产出租不规范底数不清”问题的整改情况"[: ACROSS - 2]
    assert texts(page(*set_out([heading, LONG + "。"]))) == [heading, LONG + "。"]


def test_without_indents_a_number_begins_a_paragraph_after_a_full_stop() -> None:
    rows = [("一、" + "甲" * 23 + "。", 0), ("二、" + "乙" * 30, 1)]
    lines = [line(text[:ACROSS], row) for text, row in rows] + [line("乙" * 6 + "。", 2)]
    assert texts(page(*lines)) == ["一、" + "甲" * 23 + "。", "二、" + "乙" * 30 + "。"]


def test_a_number_that_hangs_keeps_the_lines_below_it() -> None:
    lines = [line("1." + "甲" * 25, 0), line("乙" * 24, 1, indent=2), line("丙丙。", 2, indent=2), line("2.丁。", 3)]
    assert texts(page(*lines)) == ["1." + "甲" * 25 + "乙" * 24 + "丙丙。", "2.丁。"]


def test_a_sentence_goes_on_over_the_page() -> None:
    rows = set_out([LONG + LONG + "。"])
    assert texts(page(*rows[:2]), page(*[[shifted(p, -2) for p in row] for row in rows[2:]])) == [LONG + LONG + "。"]


def shifted(piece: Piece, rows: int) -> Piece:
    return Piece(piece.text, piece.left, piece.right, piece.base + rows * PITCH, piece.size)


def test_a_wide_distance_parts_paragraphs() -> None:
    rows = set_out([LONG])[:2]
    full = "".join(piece.text for row in rows for piece in row)
    assert texts(page(*rows, line("中共某镇委员会", 5))) == [full, "中共某镇委员会"]


def test_another_size_parts_paragraphs() -> None:
    title = line("某镇党委关于巡察整改情况的通报之一二", 0, size=22)
    assert texts(page(title, line("甲" * 26, 1), line("乙。", 2)))[0] == "某镇党委关于巡察整改情况的通报之一二"


def test_centred_lines_are_known_and_stay_apart() -> None:
    document = document_of([page(line("某镇党委关于巡察", 0, indent=9), line("整改情况的通报", 1, indent=9.5), *[
        [shifted(piece, 3) for piece in row] for row in set_out([LONG + "。"])
    ])], "x")  # fmt: skip
    assert [(p.text, p.centred) for p in document.paragraphs[:2]] == [
        ("某镇党委关于巡察", True),
        ("整改情况的通报", True),
    ]
    assert not document.paragraphs[2].centred


def test_signature_and_date_at_the_right_stand_alone() -> None:
    lines = [*set_out([LONG + "。"]), line("中共某镇委员会", 4, indent=15), line("2024年11月8日", 5, indent=16)]
    assert texts(page(*lines))[1:] == ["中共某镇委员会", "2024年11月8日"]


@pytest.mark.parametrize("number", ["— 1 —", "-1-", "1", "第1页", "第 1 页 共 3 页", "1/3"])
def test_page_numbers_stand_in_remarks(number: str) -> None:
    document = document_of([page(*set_out([LONG + "。"]), line(number, 24, indent=11))], "x")
    assert [p.text for p in document.paragraphs] == [LONG + "。"]
    assert number in document.remarks[0].text


def test_a_number_in_the_text_is_no_page_number() -> None:
    assert texts(page(line("甲。", 0), line("2024", 8), line("乙。", 9))) == ["甲。", "2024", "乙。"]


def test_running_heads_stand_in_remarks_each_with_its_words() -> None:
    pages = [page(line("柳林镇整改通报", -3, indent=9), *set_out([f"{word}" * 60 + "。"])) for word in "甲乙丙"]
    document = document_of(pages, "x")
    assert len(document.paragraphs) == 3
    assert [remark.text.count("柳林镇整改通报") for remark in document.remarks] == [1, 1, 1]


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [line("左" * 11, row, left=60) for row in range(6)] + [line("左完。", 6, left=60)]
    right = [line("右" * 11, row + 0.3, left=320) for row in range(6)] + [line("右完。", 6.3, left=320)]
    title = line("两栏的通报标题写在两栏之上横跨全页", -2, left=150)
    assert texts(page(*right, *left, title)) == [
        "两栏的通报标题写在两栏之上横跨全页",
        "左" * 66 + "左完。",
        "右" * 66 + "右完。",
    ]


def test_a_table_is_read_by_rows_and_remarked() -> None:
    rows = [
        piece
        for i in range(6)
        for piece in (line(f"{i + 1}", i), line("问题", i, indent=6), line("已完成", i, indent=18))
    ]
    document = document_of([page(*rows)], "x")
    assert document.paragraphs[0].text == "1　问题　已完成"
    assert document.remarks[0].code == "table-on-page"


def test_a_raised_figure_stays_in_its_line() -> None:
    raised = Piece("2", EDGE + 3 * SIZE, EDGE + 3.4 * SIZE, 120 - 5, 8)
    assert texts(page(line("面积米", 0), [raised])) == ["面积米2"]


def test_signs_drawn_twice_to_look_bold_are_read_once() -> None:
    twice = [Piece(p.text, p.left + 0.4, p.right + 0.4, p.base, p.size) for p in line("一、做法", 0)]
    assert texts(page(line("一、做法", 0), twice)) == ["一、做法"]


def test_the_same_sign_twice_in_a_row_is_kept() -> None:
    assert texts(page(line("人人明明白白", 0))) == ["人人明明白白"]


@pytest.mark.parametrize(("gap", "shown"), [(0.0, "甲乙"), (0.5, "甲乙"), (1.2, "甲 乙")])
def test_only_a_wide_gap_is_a_blank(gap: float, shown: str) -> None:
    pieces = [*line("甲", 0), *line("乙", 0, left=EDGE + SIZE * (1 + gap))]
    assert [found.text for found in lines_of_page(page(pieces))] == [shown]


def test_latin_words_over_two_lines_keep_a_blank_and_figures_none() -> None:
    lines = [line("甲" * 23 + "Office", 0), line("Word和", 1)]
    assert texts(page(*lines)) == ["甲" * 23 + "Office Word和"]
    lines = [line("甲" * 23 + "共20240", 0), line("101件", 1)]
    assert texts(page(*lines)) == ["甲" * 23 + "共20240101件"]


def test_invisible_characters_are_taken_out() -> None:
    assert texts(page([Piece("\u200b", 80, 80, 120, SIZE), *line("甲", 0)])) == ["甲"]


WORDS = st.text(alphabet="整改落实情况通报，、一二三", min_size=1, max_size=120)


@settings(max_examples=60)
@given(st.lists(WORDS.map(lambda text: text + "。"), min_size=1, max_size=8))
def test_whatever_is_set_out_is_read_back(paragraphs: list[str]) -> None:
    whole = [LONG + LONG + "。", *paragraphs]  # some lines that show where the edge is
    assert texts(page(*set_out(whole))) == whole


@settings(max_examples=60)
@given(st.lists(st.builds(Piece, st.sampled_from("甲乙a1 —"), *[st.floats(0, 900)] * 3, st.floats(0, 60)), max_size=60))
def test_no_word_is_lost_wherever_it_stands(pieces: list[Piece]) -> None:
    document = document_of([page(pieces)], "x")
    shown = "".join(p.text for p in document.paragraphs) + "".join(
        remark.text for remark in document.remarks if remark.code == "page-furniture"
    )
    drawn_twice = sum(a.text == b.text for a, b in pairwise(sorted(pieces, key=lambda piece: (piece.base, piece.left))))
    for char in "甲乙":
        assert shown.count(char) >= sum(piece.text == char for piece in pieces) - 3 * drawn_twice
