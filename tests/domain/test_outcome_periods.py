"""Countable results of prose with their period."""

from __future__ import annotations

import pytest

from zhenggai_desktop.domain.outcome_reader import outcomes_in


def stated(text: str) -> list[tuple[str, str, str, str]]:
    return [(each.kind, str(each.number), each.unit, each.period.value) for each in outcomes_in(text)]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            "巡察期间立案3件，整改以来追回资金2万元。",
            [("立案", "3", "件", "during"), ("追回资金", "2", "万元", "since")],
        ),
        (
            "整改以来追回资金2万元，巡察期间立案3件。",
            [("追回资金", "2", "万元", "since"), ("立案", "3", "件", "during")],
        ),
        ("立案3起。", [("立案", "3", "件", "unknown")]),
        ("立案3条、诫勉2名。", [("诫勉", "2", "人", "unknown")]),
        ("立案0件。", []),
        ("移交线索5件，目前已全部办结。", [("线索移交", "5", "件", "unknown"), ("线索办结", "5", "件", "unknown")]),
        ("移交线索5条，均已按程序办结。", [("线索移交", "5", "件", "unknown"), ("线索办结", "5", "件", "unknown")]),
        ("移交线索5件，部分办结。", [("线索移交", "5", "件", "unknown")]),
        (
            "受理信访5件，移交线索3件，办结3件。",
            [("线索移交", "3", "件", "unknown"), ("线索办结", "3", "件", "unknown")],
        ),
        ("移交线索3件，受理信访5件，办结5件。", [("线索移交", "3", "件", "unknown")]),
        ("发放红色预警卡3份。", [("红色预警卡", "3", "张", "unknown")]),
        ("巡视中约谈3人，巡视以来约谈2人次。", [("约谈", "3", "人", "during"), ("约谈", "2", "人次", "since")]),
        (
            "巡察中立案3件。整改以来立案2件。约谈1人。",
            [("立案", "3", "件", "during"), ("立案", "2", "件", "since"), ("约谈", "1", "人", "unknown")],
        ),
    ],
)
def test_results_are_read_with_their_period(given: str, expected: list[tuple[str, str, str, str]]) -> None:
    """Clues that are settled count, letters do not."""
    assert stated(given) == expected
