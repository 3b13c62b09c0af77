"""Which fonts a computer lacks, and what stands in for them."""

from __future__ import annotations

import pytest

from zhenggai_desktop.domain.font_choice import check_fonts, same_font
from zhenggai_desktop.domain.layout import GUOBIAO, PROFILES

OFFICE = {"方正小标宋简体", "SimHei", "KaiTi_GB2312", "FangSong_GB2312", "SimSun"}
PLAIN_WINDOWS = {"宋体", "黑体", "楷体", "仿宋", "Times New Roman"}


def test_an_office_computer_lacks_nothing_whatever_language_names_its_fonts() -> None:
    assert check_fonts(GUOBIAO, OFFICE).missing == {}
    assert check_fonts(GUOBIAO, OFFICE).lines() == []


def test_windows_alone_lacks_three_and_has_their_relatives() -> None:
    report = check_fonts(GUOBIAO, PLAIN_WINDOWS)
    assert report.missing == {"方正小标宋简体": "宋体", "楷体_GB2312": "楷体", "仿宋_GB2312": "仿宋"}
    (line,) = report.lines()
    assert "方正小标宋简体（宋体）" in line
    assert "文件仍按规定写明字体" in line


def test_the_substitutes_are_taken_where_the_user_wants_them() -> None:
    report = check_fonts(GUOBIAO, PLAIN_WINDOWS)
    fonts = report.substituted(GUOBIAO).fonts
    assert (fonts.title, fonts.heading_1, fonts.heading_2, fonts.body) == ("宋体", "黑体", "楷体", "仿宋")
    assert "已改用" in report.lines(substituted=True)[0]
    assert "仿宋_GB2312→仿宋" in report.substituted(GUOBIAO).substituted
    assert GUOBIAO.substituted == ""


def test_a_font_without_any_relative_stays_and_is_told() -> None:
    report = check_fonts(GUOBIAO, {"Arial"})
    assert report.substituted(GUOBIAO).fonts == GUOBIAO.fonts
    assert "方正小标宋简体（没有可代替的字体）" in report.lines()[0]


def test_a_computer_that_cannot_be_asked_says_nothing() -> None:
    assert check_fonts(GUOBIAO, None).lines() == []


def test_roman_digits_are_asked_for_too() -> None:
    roman = next(profile for profile in PROFILES if profile.fonts.digits)
    assert check_fonts(roman, OFFICE).missing == {"Times New Roman": ""}
    assert check_fonts(roman, {*OFFICE, "Liberation Serif"}).missing == {}  # it measures the same


@pytest.mark.parametrize(("one", "other", "same"), [("仿宋", "FangSong", True), ("仿宋", "仿宋_GB2312", False)])
def test_names_in_two_languages_are_one_font(one: str, other: str, same: bool) -> None:
    assert same_font(one, other) is same
