"""Normalising changes width, blanks and straight quotes, and no word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai_desktop.domain.typography import Change, core, normalise


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("根据区委部署,2024年4月2日", "根据区委部署，2024年4月2日"),
        ("(一)关于制度方面问题", "（一）关于制度方面问题"),
        ("2024年9 月 3日", "2024年9月3日"),
        ("2024 年 9 月", "2024年9月"),
        ("小学按1:19,中学按1:13", "小学按1:19，中学按1:13"),
        ("共1,200元", "共1,200元"),
        ("电子邮箱:abc@163.com。", "电子邮箱：abc@163.com。"),
        ("电话:0530-1234567;邮编:256800", "电话：0530-1234567；邮编：256800"),
        ("２０２４年Ａ类", "2024年A类"),
        ("New Energy 项目", "New Energy项目"),
        ("A B 两区", "A B两区"),
        ('建立"一户一档"制度', "建立“一户一档”制度"),
        ('只有一个"引号', '只有一个"引号'),
        ("\u3000\u3000一是加强领导", "一是加强领导"),
        ("河(湖)长(含村(社区)级)", "河（湖）长（含村（社区）级）"),
        ("函数f(x)不变", "函数f(x)不变"),
        ("见http://www.a.gov.cn/b,c(1)", "见http://www.a.gov.cn/b,c(1)"),
    ],
)
def test_text_takes_its_normal_form(before: str, after: str) -> None:
    assert normalise(before)[0] == after


def test_the_kinds_of_changes_are_reported() -> None:
    assert normalise("干净的文字，没有变化。")[1] == frozenset()
    assert normalise('2024年9 月,"甲"')[1] == {Change.SPACING, Change.WIDTH, Change.QUOTES}


@given(st.text(alphabet="一二问题整改是，。,.:;()（）“”\"'12aB \u3000、@"))
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = normalise(text)[0]
    assert normalise(once)[0] == once


@given(st.text(alphabet="一二问题整改是，。,.:;()（）12aB \u3000、@"))
def test_no_word_is_changed(text: str) -> None:
    assert [c for c in normalise(text)[0] if c.isalnum()] == [c for c in text if c.isalnum()]


def test_the_core_of_a_title_ignores_punctuation() -> None:
    assert core("“公务用车(管理)”不 规范。") == core("公务用车（管理）不规范")
