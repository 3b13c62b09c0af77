"""Totals in prose become outcomes with kind, number, unit and period."""

import pytest

from zhenggai_desktop.domain.outcome_reader import outcomes_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("给予党内严重警告1人，党内警告2人。", [("党内严重警告", "1", "人"), ("党内警告", "2", "人")]),
        (
            "立案7人，党纪政务处分5人，其他方式处理7人。",
            [("立案", "7", "人"), ("党纪政务处分", "5", "人"), ("其他方式处理", "7", "人")],
        ),
        (
            "移交问题线索21件，已办结17件，正在办理4件。",
            [("线索移交", "21", "件"), ("线索办结", "17", "件"), ("线索在办", "4", "件")],
        ),
        ("受理信访举报9件，办结9件。", []),
        ("诫勉谈话5人、批评教育4名。", [("诫勉", "5", "人"), ("批评教育", "4", "人")]),
        ("新建制度4项，修订完善制度3项。", [("制度新建", "4", "项"), ("制度修订", "3", "项")]),
        ("发放橙色监督预警卡14张。", [("橙色预警卡", "14", "张")]),
        ("尚未立案2件。", []),
        ("召开会议11次。", []),
    ],
)
def test_totals_are_read(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(o.kind, str(o.number), o.unit) for o in outcomes_in(text)] == expected


def test_the_period_is_the_one_named_last() -> None:
    text = "巡察中挽回经济损失2.3万元，巡察以来挽回经济损失27.49万元。"
    assert [(str(o.number), o.period.value) for o in outcomes_in(text)] == [("2.3", "during"), ("27.49", "since")]
