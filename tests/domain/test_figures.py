"""Counted figures, their formulas, and declared figures compared with them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from zhenggai_desktop.domain.figure_tables import figure_tables
from zhenggai_desktop.domain.figures import Figure, figures, percentage
from zhenggai_desktop.domain.records import (
    DeclaredFigure,
    Issue,
    Measure,
    Outcome,
    OutcomeLink,
    Section,
    SectionCategory,
    Snapshot,
    Status,
    WithheldGround,
)

DONE = Status.DONE


def by_key(snapshot: Snapshot) -> dict[str, Figure]:
    found = figures(snapshot)
    assert len({figure.key for figure in found}) == len(found)
    return {figure.key: figure for figure in found}


def texts(snapshot: Snapshot, *keys: str) -> list[str]:
    found = by_key(snapshot)
    return [found[key].text for key in keys]


TREE = Snapshot(
    sections=(Section(id=1), Section(id=2), Section(id=3, category=SectionCategory.EXTENSION)),
    issues=(
        Issue(id=1, section_id=1, standing=True),
        Issue(id=2, section_id=1, closed=True),
        Issue(id=3, parent_id=2),
        Issue(id=4, parent_id=2, withheld=WithheldGround.SENSITIVE),
        Issue(id=5, section_id=2),
        Issue(id=6, section_id=3),
    ),
    measures=(
        Measure(id=1, issue_id=1, content="补齐记录", status=DONE),
        Measure(id=2, issue_id=3, status=DONE),
        Measure(id=3, issue_id=4, status=Status.MOSTLY_DONE),
        Measure(id=4, issue_id=6, status=Status.IN_PROGRESS),
    ),
)


def test_issues_items_and_measures_are_different_totals() -> None:
    assert texts(TREE, "sections", "issues", "sub_issues", "items", "answered", "unanswered", "measures") == [
        "2个",
        "3个",
        "2个",
        "4个",
        "3个",
        "1个",
        "4条",
    ]
    assert by_key(TREE)["extension_issues"].caption == "举一反三事项"


def test_one_answer_over_several_quoted_issues_is_one_item() -> None:
    snapshot = Snapshot(
        issues=(Issue(id=1), Issue(id=2, parent_id=1), Issue(id=3, parent_id=1)),
        measures=(Measure(id=1, issue_id=1, status=DONE),),
    )
    assert texts(snapshot, "issues", "items", "answered") == ["1个", "1个", "1个"]


def test_an_answer_beside_answered_sub_issues_is_an_item_of_its_own() -> None:
    snapshot = Snapshot(
        issues=(Issue(id=1), Issue(id=2, parent_id=1)),
        measures=(Measure(id=1, issue_id=1), Measure(id=2, issue_id=2)),
    )
    assert texts(snapshot, "items") == ["2个"]


def test_mostly_done_is_not_done() -> None:
    found = by_key(TREE)
    assert texts(TREE, "items_done", "items_mostly_done", "items_in_progress", "items_not_started") == [
        "2个",
        "1个",
        "0个",
        "1个",
    ]
    assert found["items_rate"].text == "50%"
    assert found["items_rate"].formula == "已完成 2 ÷ 4 = 50%"


@pytest.mark.parametrize(
    ("part", "whole", "rate"), [(688, 697, "98.71"), (1, 3, "33.33"), (2, 3, "66.67"), (1, 800, "0.13"), (0, 5, "0")]
)
def test_a_rate_is_rounded_half_up_to_two_places(part: int, whole: int, rate: str) -> None:
    assert percentage(part, whole) == Decimal(rate)


def test_closing_and_withholding_reach_the_items_below() -> None:
    assert texts(TREE, "closed", "not_closed", "withheld", "published", "standing") == [
        "2个",
        "2个",
        "1个",
        "3个",
        "1个",
    ]
    assert by_key(TREE)["not_closed"].formula == "4 − 2 = 2"


def test_an_empty_ledger_has_no_rate() -> None:
    found = by_key(Snapshot())
    assert found["issues"].value == 0
    assert "items_rate" not in found


def test_outcomes_add_up_exactly_and_once() -> None:
    snapshot = Snapshot(
        issues=(Issue(id=1), Issue(id=2)),
        outcomes=(
            Outcome(id=1, kind="制度新建", number=Decimal(2), unit="项"),
            Outcome(id=2, kind="制度新建", number=Decimal(3), unit="项"),
            Outcome(id=3, kind="挽回损失", number=Decimal("0.1"), unit="万元"),
            Outcome(id=4, kind="挽回损失", number=Decimal("0.2"), unit="万元"),
            Outcome(id=5, kind="约谈", unit="人"),
        ),
        outcome_links=(OutcomeLink(id=1, outcome_id=1, issue_id=1), OutcomeLink(id=2, outcome_id=1, issue_id=2)),
    )
    found = by_key(snapshot)
    assert (found["outcome:制度新建/项"].text, found["outcome:制度新建/项"].formula) == ("5项", "2 + 3 = 5")
    assert (found["outcome:挽回损失/万元"].text, found["outcome:挽回损失/万元"].formula) == (
        "0.3万元",
        "0.1 + 0.2 = 0.3",
    )
    assert found["outcome:约谈/人"].formula == "（另有1条未填数量）"


def test_a_long_sum_says_how_many_parts_it_has() -> None:
    outcomes = tuple(Outcome(id=at, kind="学习", number=Decimal(1), unit="次") for at in range(1, 13))
    assert by_key(Snapshot(outcomes=outcomes))["outcome:学习/次"].formula == "12条合计 = 12"


@pytest.mark.parametrize(
    ("text", "number", "formula"),
    [
        ("反馈3个方面27个问题", 27, "称27个，列出4个"),
        ("反馈问题共4个", 4, "与台账一致（整改事项4个）"),
        ("反馈的3个问题全部认领", 3, "与台账一致（问题总数3个）"),
        ("梳理为2个方面", 2, "与台账一致（反馈方面2个）"),
        ("梳理为5个方面", 5, "称5个，列出2个"),
        ("制定整改措施9条", 9, "称9条，列出1条"),
        ("已完成20个问题", 20, ""),
        ("截至目前22个方面问题已整改到位", 22, ""),
        ("给予党纪处分25人", 25, ""),
    ],
)
def test_a_declared_figure_is_compared_with_what_its_words_can_mean(text: str, number: int, formula: str) -> None:
    declared = DeclaredFigure(uid="u", text=text, number=Decimal(number), unit="个")
    snapshot = Snapshot(
        sections=TREE.sections, issues=TREE.issues, measures=TREE.measures, declared_figures=(declared,)
    )
    figure = by_key(snapshot)["declared:u"]
    assert (figure.value, figure.formula) == (number, formula)


def test_a_declared_figure_is_never_added_to_a_count() -> None:
    declared = DeclaredFigure(uid="u", text="反馈27个问题", number=Decimal(27), unit="个")
    assert by_key(Snapshot(declared_figures=(declared,)))["issues"].value == 0


def test_sections_beyond_the_feedback_are_marked_among_the_tables() -> None:
    snapshot = Snapshot(
        sections=(Section(id=1, title="作风"), Section(id=2, title="自查", category=SectionCategory.EXTENSION)),
        issues=(Issue(id=1, section_id=1), Issue(id=2, section_id=2)),
    )
    found = next(table for table in figure_tables(snapshot, dt.date(2025, 6, 1)) if table.name == "按方面")
    assert [row[0] for row in found.rows] == ["作风", "自查（不计入总数）"]
