"""Schemes are data: changed in any part, saved, loaded, and refused with a sentence when they are none."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from zhenggai_desktop.domain.numbering import NumberStyle
from zhenggai_desktop.domain.records import AnswerForm, AnswerPlace, ChapterRole, LedgerFacts, SectionCategory
from zhenggai_desktop.domain.schemes import (
    BUILT_IN,
    FrameChapter,
    HeadingPattern,
    Scheme,
    changed,
    changes,
    load_scheme,
    save_scheme,
    scheme_for,
)
from zhenggai_desktop.errors import UsageError


def an_own_scheme() -> Scheme:
    """Scheme a, changed in every kind of part."""
    base = BUILT_IN["a"]
    return replace(
        base,
        caption="本单位",
        section=HeadingPattern("（{n}）{title}方面", NumberStyle.CHINESE),
        issues=(HeadingPattern("{n}、{title}", NumberStyle.DECIMAL, restarts=False), *base.issues[1:]),
        answer=replace(base.answer, label="整改情况：", place=AnswerPlace.RUN_IN, form=AnswerForm.NUMBERED),
        frame=(FrameChapter(ChapterRole.NARRATIVE, "前言", ("一节",)), FrameChapter(ChapterRole.ISSUES, "情况")),
        category_titles={SectionCategory.EXTENSION.value: "举一反三"},
    )


@pytest.mark.parametrize("scheme", [*BUILT_IN.values(), an_own_scheme()], ids=lambda s: s.caption)
def test_a_scheme_saved_and_loaded_is_the_same(scheme: Scheme) -> None:
    assert load_scheme(save_scheme(scheme)) == scheme


def test_a_built_in_scheme_has_no_changes() -> None:
    assert [changes(scheme) for scheme in BUILT_IN.values()] == [{}] * 5


def test_a_ledger_keeps_only_the_parts_that_differ() -> None:
    own = replace(BUILT_IN["e"], answer=replace(BUILT_IN["e"].answer, label="整改情况："))
    assert changes(own) == {"answer": {"label": "整改情况："}}
    facts = LedgerFacts(scheme="e", scheme_changes=json.dumps(changes(own)))
    assert scheme_for(facts) == own
    assert scheme_for(facts, "e") == own
    assert scheme_for(facts, "a") == BUILT_IN["a"]


def test_a_ledger_without_a_choice_has_scheme_a() -> None:
    assert scheme_for(LedgerFacts()).name == "a"


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "3", "{", '{"based_on": "z"}', '{"unknown": 1}', '{"answer": {"label": 3}}', '{"answer": 3}',
        '{"issues": []}', '{"answer": {"form": "falsch"}}', '{"frame": [1]}', '{"section": {"restarts": "ja"}}',
    ],
)  # fmt: skip
def test_a_file_that_is_no_scheme_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(UsageError, match="方案"):
        load_scheme(text)


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(UsageError, match="没有名为“z”的标题方案"):
        scheme_for(LedgerFacts(), "z")


@pytest.mark.parametrize(
    ("pattern", "title", "heading"),
    [
        ("（{n}）关于{title}方面问题", "党的建设不力", "（一）关于党的建设不力方面问题"),
        ("（{n}）关于{title}方面问题", "关于党的建设方面", "（一）关于党的建设方面问题"),
        ("（{n}）关于{title}方面问题", "党的建设方面的问题", "（一）关于党的建设方面的问题"),
        ("{n}、关于“{title}”问题的整改情况", "落实“三会一课”不严", "一、关于“落实‘三会一课’不严”问题的整改情况"),
        ("{n}、{title}。", "关于选人用人方面的问题", "一、关于选人用人方面的问题。"),
        ("{n}、", "没有标题的样式", "一、"),
        ("{n}、针对{title}问题。", "理论学习不深入。", "一、针对理论学习不深入问题。"),
        ("（{n}）{title}。", "学习流于形式；", "（一）学习流于形式。"),
        ("{n}.针对“{title}”的问题。", "理论学习不深入。", "一.针对“理论学习不深入”的问题。"),
        ("（{n}）关于{title}方面问题", "作风不实。", "（一）关于作风不实方面问题"),
        ("{n}、{title}", "立行立改。", "一、立行立改。"),
        ("{n}、针对{title}问题。", "未按要求开展走访慰问", "一、针对未按要求开展走访慰问问题。"),
        ("（{n}）关于{title}方面问题", "服务地方", "（一）关于服务地方方面问题"),
        ("（{n}）关于{title}方面的问题", "服务地方方面", "（一）关于服务地方方面的问题"),
        ("（{n}）{title}存在的问题", "党建工作方面存在", "（一）党建工作方面存在的问题"),
        ("{n}、针对{title}的问题。", "落实不力的", "一、针对落实不力的问题。"),
        ("{n}、针对{title}问题。", "针对性不强", "一、针对针对性不强问题。"),
    ],
)
def test_a_heading_does_not_repeat_words_of_its_title(pattern: str, title: str, heading: str) -> None:
    assert HeadingPattern(pattern, NumberStyle.CHINESE).heading(1, title) == heading


def test_several_issues_and_recommendations_share_a_heading() -> None:
    pattern = BUILT_IN["c"].issues[0]
    assert pattern.heading(3, "甲；乙", parts=("甲", "乙“丙”"), recommendations=("丁",)) == (
        "3.针对“甲”“乙‘丙’”问题和“丁”整改意见，进行了以下整改。"
    )


def test_quoted_issues_and_recommendations_leave_their_stops_behind() -> None:
    heading = BUILT_IN["c"].issues[0].heading(1, "甲。；乙。", parts=("甲。", "乙；"), recommendations=("加强学习。",))
    assert heading == "1.针对“甲”“乙”问题和“加强学习”整改意见，进行了以下整改。"


@pytest.mark.parametrize(
    ("pattern", "style", "level"),
    [
        ("{n}、{title}", NumberStyle.CHINESE, 1),
        ("（{n}）{title}", NumberStyle.CHINESE, 2),
        ("{n}.{title}", NumberStyle.DECIMAL, 3),
        ("问题{n}：{title}", NumberStyle.CHINESE, 3),
        ("（{n}）{title}", NumberStyle.DECIMAL, 4),
        ("{title}", NumberStyle.NONE, 3),
    ],
)  # fmt: skip
def test_the_mark_decides_the_rank(pattern: str, style: NumberStyle, level: int) -> None:
    assert HeadingPattern(pattern, style).level == level


def test_changes_to_a_part_leave_the_others() -> None:
    own = changed(BUILT_IN["a"], {"answer": {"label": "整改："}})
    assert (own.answer.label, own.answer.form, own.section) == ("整改：", AnswerForm.RUN_IN, BUILT_IN["a"].section)
