"""Titles break at sense, into trapezoids and diamonds."""

from __future__ import annotations

import pytest
from growing import lines_run
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai_desktop.domain.layout import text_width
from zhenggai_desktop.domain.title_lines import title_lines


@pytest.mark.parametrize(
    "lines",
    [
        "关于巡察整改进展情况的通报",
        "清河市交通运输局党组关于巡视整改情况",
        "中共清河镇委员会/关于巡察整改进展情况的通报",
        "中共清河区教育局党组/关于巡察整改落实情况的通报",
        "中共清河区柳林街道工作委员会/关于区委第三巡察组反馈意见/集中整改进展情况的通报",
        "中共清河市卫生健康委员会党组/关于十三届市委第六轮巡察/集中整改进展情况的通报",
        "清河市自来水有限责任公司党委/关于市委第一巡察组反馈意见/集中整改进展情况的通报",
        "中共国家税务总局清河区税务局委员会/关于巡察整改进展情况的通报",
        "中共石鼓镇党委关于石鼓镇乡村振兴领域/专项巡察集中整改进展情况的通报",
        "中共石鼓县委/关于惠农资金管理使用/问题整改情况的报告",
        "中共清河区柳林街道工作委员会/关于落实区委第二巡察组巡察“回头看”/反馈意见整改情况的通报",
        "柳林街道2024年巡察整改情况通报表彰大会/暨2025年第一季度工作部署会情况报告",
    ],
)
def test_titles_of_real_shapes(lines: str) -> None:
    expected = tuple(lines.split("/"))
    assert title_lines("".join(expected)) == expected


@pytest.mark.parametrize("word", ["关于", "整改", "通报", "巡察组", "反馈意见", "进展情况"])
def test_words_of_the_trade_are_never_torn(word: str) -> None:
    title = "中共清河区柳林街道工作委员会关于区委第三巡察组反馈意见集中整改进展情况的通报"
    for width in range(12, 24):
        assert any(word in line for line in title_lines(title, width)), width


def test_chosen_line_breaks_are_kept_as_chosen() -> None:
    assert title_lines("清河镇\n关于整改\n情况的通报") == ("清河镇", "关于整改", "情况的通报")


def test_no_title_has_no_lines() -> None:
    assert title_lines("") == ()
    assert title_lines("\n") == ()


def test_a_title_of_one_endless_word_is_broken_all_the_same() -> None:
    lines = title_lines("A" * 90)
    assert "".join(lines) == "A" * 90
    assert len(lines) > 1


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet="中共清河区关于整改的通报情况《》（）“”、2024第三巡察组柳林街道工作委员会张王", max_size=130),
    st.integers(2, 24),
)
def test_lines_joined_again_are_the_title_and_fit(title: str, width: int) -> None:
    lines = title_lines(title, width)
    assert "".join(lines) == title
    assert all(line and text_width(line) <= width for line in lines)


@pytest.mark.parametrize(
    ("lines", "width"),
    [
        ("清河镇党委/关于巡察整改/情况的通报", 10),
        ("清河镇党委/关于巡察整改/情况的通报", 8),
        ("中共清河区教育局党组/关于巡察整改落实情况的通报", 16),
        ("清河镇二〇二四年度/巡察整改情况的通报", 12),
        ("关于印发《清河镇巡察整改/工作方案》的通知", 14),
        ("清河镇关于对区委第二巡察组/反馈问题整改情况的公告", 14),
        ("关于巡察整改进展情况的/通报和下一步工作打算", 13),
        ("中共清河区云溪街道工作委员会/关于区委第三轮巡察第二巡察组/反馈意见整改进展情况的通报", 20),
        ("清河区住房和城乡建设局党组/关于区委巡察反馈意见集中整改/进展情况的公示", 18),
    ],
)
def test_narrower_lines_break_at_sense_too(lines: str, width: int) -> None:
    expected = tuple(lines.split("/"))
    assert title_lines("".join(expected), width) == expected


def test_a_title_of_more_than_six_lines_has_them_as_full_as_they_get() -> None:
    title = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥" * 6
    assert [len(line) for line in title_lines(title, 20)] == [20] * 6 + [12]


def test_a_title_of_signs_without_sense_takes_no_long_time() -> None:
    """Two million lines of Python, 0.6 s; thirty times as many where lines were tried that leave too much behind."""
    assert lines_run(lambda: title_lines("\\" * 239)) < 4_000_000
