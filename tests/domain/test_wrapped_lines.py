"""Lines of a page are told from paragraphs."""

from __future__ import annotations

from zhenggai_desktop.domain.wrapped_lines import wrapped_lines

LINE = "巡察发现产业项目谋划缺乏长远考虑，部分项目建"


def test_lines_as_wide_as_the_page_go_on() -> None:
    assert wrapped_lines([LINE, "成后闲置。", LINE, "成后闲置。", LINE, "成后闲置。"]) == {1, 3, 5}


def test_a_line_that_ends_with_a_stop_does_not_go_on() -> None:
    assert 2 not in wrapped_lines([LINE, LINE[:-1] + "。", LINE, LINE, LINE, "成。"])


def test_paragraphs_of_many_lengths_are_none() -> None:
    assert wrapped_lines([LINE, "甲乙", LINE * 3, "丙", LINE * 2, "丁"]) == set()


def test_titles_of_one_length_are_no_sentence() -> None:
    titles = [
        "村务公开不及时，去年以来有八个月未公开内容",
        "集体资产管理比较乱，流转的土地未签书面合同",
        "低保评议走了过场，未按规定召开村民代表会议",
    ]
    assert wrapped_lines([*titles, "整改意见建议", *titles]) == set()


def test_short_lines_of_one_length_are_none() -> None:
    assert wrapped_lines(["学习不够深入", "作风不够扎实", "制度不够健全", "监督不够严格"]) == set()
