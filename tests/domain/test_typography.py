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
        ("1.理论学习不深入.研讨次数少,质量差.", "1.理论学习不深入。研讨次数少，质量差。"),
        ("一.党的领导弱化．学习少．", "一.党的领导弱化。学习少。"),
        ("学习不深.一是次数少；二是质量差。", "学习不深。一是次数少；二是质量差。"),
        ("对买买提.艾山进行了约谈。", "对买买提.艾山进行了约谈。"),
        ("支部书记买买提江.艾山履职不力.", "支部书记买买提江.艾山履职不力。"),
        ("副镇长阿迪力.买买提同志学习不深入.研讨少.", "副镇长阿迪力.买买提同志学习不深入。研讨少。"),
        ("学习不深。对买买提.艾山进行了约谈.", "学习不深。对买买提.艾山进行了约谈。"),
        ("党政办.", "党政办."),
        ('1.微信公众号"僵尸化".', "1.微信公众号“僵尸化”。"),
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


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1,2", "1,2"), ("1,甲", "1，甲"), ("甲,1", "甲，1"), ("a,b", "a,b"), ("a,甲", "a，甲"),
        ("甲;乙", "甲；乙"), ("甲?乙!", "甲？乙！"), (",甲", "，甲"), ("甲,", "甲，"), ("1:", "1："), (":1", "：1"),
        ("a b", "a b"), ("a  b", "a b"), ("1 2", "1 2"), ("a 甲", "a甲"), ("甲 a", "甲a"), ("甲\u00a0乙", "甲乙"),
        ("甲\u200b乙", "甲乙"), (" 甲 ", "甲"), ("甲\n乙", "甲\n乙"), ("- a", "-a"),
        ("０", "0"), ("９", "9"), ("Ａ", "A"), ("Ｚ", "Z"), ("ａ", "a"), ("ｚ", "z"), ("：", "："),
        ('"甲""乙"', "“甲”“乙”"), ('"甲', '"甲'), ('甲"乙"丙"丁"', "甲“乙”丙“丁”"),
        ("(甲", "（甲"), ("甲)", "甲）"), ("a(b)", "a(b)"), ("a(甲)", "a（甲）"), ("甲(b)", "甲（b）"),
        ("a(1)", "a（1）"),
        ("a()", "a（）"), ("(b)", "（b）"), ("a(b1)", "a(b1)"), ("a((b))", "a（（b））"), ("1(b)", "1（b）"),
        ("邮箱a@b.cn,电话1", "邮箱a@b.cn，电话1"), ("a.b+c@d-e.f.gov.cn", "a.b+c@d-e.f.gov.cn"),
        ("网址https://a.cn/?x=1,2;3 甲", "网址https://a.cn/?x=1,2;3甲"), ("甲 a@b.cn 乙", "甲a@b.cn乙"),
    ],
)  # fmt: skip
def test_each_sign_beside_each_neighbour(before: str, after: str) -> None:
    assert normalise(before)[0] == after


@pytest.mark.parametrize(("length", "latin"), [(298, True), (299, True), (300, False)])
def test_brackets_are_looked_into_as_far_as_three_hundred_characters(length: int, latin: bool) -> None:
    text = f"a({'b' * length})"
    assert (normalise(text)[0] == text) is latin


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("甲,乙", {Change.WIDTH}), ("Ａ", {Change.WIDTH}), ("甲 乙", {Change.SPACING}), ('"甲"', {Change.QUOTES}),
        ("(甲)", {Change.WIDTH}), (" 甲 ", {Change.SPACING}), ("a@b.cn", set()), ("甲，“乙”", set()),
    ],
)  # fmt: skip
def test_which_kind_of_change_was_made(text: str, changes: set[Change]) -> None:
    assert normalise(text)[1] == changes


def test_a_core_has_letters_and_digits_alone() -> None:
    assert core("（一）Ａ 1，“甲”——乙。") == "一A1甲乙"
