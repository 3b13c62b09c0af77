"""The words round a title are told from the title."""

import pytest

from zhenggai_desktop.domain.heading_forms import heading_in, infer_pattern, read_heading, runs_through, sentence_end
from zhenggai_desktop.domain.numbering import NumberStyle
from zhenggai_desktop.domain.schemes import BUILT_IN, HeadingPattern


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("针对学习不深入问题。", "学习不深入"),
        ("针对“学习不深入”的问题。", "学习不深入"),
        ("针对学习不深入的问题。", "学习不深入"),
        ("关于党的领导方面问题", "党的领导"),
        ("关于党的领导方面的问题", "党的领导"),
        ("关于“学习不深入”问题的整改情况", "学习不深入"),
        ("关于“落实“三会一课”不严”问题的整改情况", "落实“三会一课”不严"),
        ("针对“台账不清”问题，进行了以下整改。", "台账不清"),
        ("关于党的领导方面", "党的领导"),
        ("党的建设方面", "党的建设方面"),
        ("学习不深入。", "学习不深入"),
        ("“三重一大”制度执行不严、“一岗双责”落实不力。", "“三重一大”制度执行不严、“一岗双责”落实不力"),
    ],
)
def test_a_title_is_found_in_its_heading(body: str, title: str) -> None:
    assert read_heading(body).title == title


@pytest.mark.parametrize(
    ("body", "titles", "recommendations"),
    [
        ("针对“甲”“乙”问题和“丙”整改意见，进行了以下整改。", ("甲", "乙"), ("丙",)),
        ("针对“甲”、“乙”的问题，进行了以下整改。", ("甲", "乙"), ()),
        ("针对“‘靠山吃山’屡禁不止”问题和“丙”“丁”整改意见，进行了以下整改。", ("“靠山吃山”屡禁不止",), ("丙", "丁")),
        ("针对“甲”问题，采取了如下措施：", ("甲",), ()),
        ("【反馈问题】台账不清。", ("台账不清",), ()),
        ("【反馈问题】存在台账不清问题。", ("存在台账不清问题",), ()),
        ("针对“一岗双责”落实不力问题。", ("“一岗双责”落实不力",), ()),
    ],
)
def test_one_heading_may_name_several_issues_and_recommendations(
    body: str, titles: tuple[str, ...], recommendations: tuple[str, ...]
) -> None:
    heading = read_heading(body)
    assert (heading.titles, heading.recommendations) == (titles, recommendations)


def test_most_headings_decide_the_pattern() -> None:
    headings = ["1.针对学习不深入问题。", "2.针对会风不实问题。", "3.关于台账不清的问题。"]
    pattern = infer_pattern(headings, BUILT_IN["a"].issues[0], restarts=True)
    assert pattern == HeadingPattern("{n}.针对{title}问题。", NumberStyle.DECIMAL)
    assert [heading_in(heading, pattern).title for heading in headings] == ["学习不深入", "会风不实", "台账不清"]


def test_a_title_about_issues_stays_whole_where_titles_stand_bare() -> None:
    pattern = infer_pattern(["问题一：学习不深入。", "问题二：会风不实。", "问题三：关于选人用人方面的问题。"],
                            BUILT_IN["e"].issues[0], restarts=False)  # fmt: skip
    assert pattern.pattern == "问题{n}：{title}。"
    assert heading_in("问题三：关于选人用人方面的问题。", pattern).title == "关于选人用人方面的问题"


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ([[1, 2], [3, 4], [5]], True),
        ([[1, 2], [1, 2], [1]], False),
        ([[1, 2]], None),
        ([[1], [2], [3]], True),
        ([[1, 2], [3, 4], [1], [1], [1]], False),
        ([[0], [1], [1]], False),
    ],
)
def test_numbers_that_go_on_are_told_from_those_that_restart(groups: list[list[int]], expected: bool | None) -> None:
    assert runs_through(groups) is expected


def test_a_sentence_ends_outside_quotations() -> None:
    assert sentence_end("针对“不严。不实”问题。一是整改。") == len("针对“不严。不实”问题。")
    assert sentence_end("没有句号") == 0
    assert sentence_end("不实”问题。一是整改。") == len("不实”问题。")


@pytest.mark.parametrize("scheme", BUILT_IN.values(), ids=lambda s: s.name)
@pytest.mark.parametrize("title", ["学习不深入", "落实“三会一课”不严", "财务管理混乱、票据不全"])
def test_every_pattern_reads_what_it_writes(scheme: object, title: str) -> None:
    for pattern in (scheme.section, *scheme.issues):  # type: ignore[attr-defined]
        assert pattern.title_of(pattern.heading(12, title)) == title


def test_headings_of_the_scheme_keep_its_form_for_recommendations() -> None:
    default = BUILT_IN["c"].issues[0]
    assert default.with_recommendations
    headings = [default.heading(number, title) for number, title in enumerate(("学习不深入", "台账不清"), 1)]
    assert infer_pattern(headings, default, restarts=False).with_recommendations == default.with_recommendations
