"""Sums in phrases of one form: four forms, a team, an average with its total, ranks, what is included."""

from __future__ import annotations

import pytest
from told_of import told_of


@pytest.mark.parametrize(
    ("code", "text", "words"),
    [
        ("stated-sum", "处理12人次：第一种形态9人次，第二种形态4人次。", ["12人次：第一种形态9人次，第二种形态4人次"]),
        ("stated-sum", "处理12人次：第一种形态9人次，第二种形态3人次。", []),
        ("stated-sum", "处理12人：第一种形态处理9人、第二种形态处理1人、第三种形态处理1人、第四种形态处理1人。", []),
        ("stated-sum", "处理12人：第一种形态处理6人、第二种形态处理1人。", []),
        ("stated-sum", "处理12人次：第一种形态9人。", []),
        (
            "stated-sum",
            "由6名公益性岗位人员、3名党员志愿者组成的10人保洁队。",
            ["由6名公益性岗位人员、3名党员志愿者组成的10人"],
        ),
        ("stated-sum", "由6名公益性岗位人员、3名党员志愿者组成的9人保洁队。", []),
        ("stated-sum", "由2名党员、3名群众和4名代表组成的9人监督组。", []),
        ("stated-sum", "机关5个党支部、局属6个党支部，共12个党支部换届。", ["12个"]),
        ("stated-sum", "机关5个党支部、局属6个党支部，共11个党支部换届。", []),
        ("stated-sum", "机关5个党支部、局属6个党支部，共40个问题。", []),
        ("average", "班子成员9人撰写材料，人均查摆问题4条，合计45条。", ["4条，合计45条"]),
        ("average", "班子成员9人撰写材料，人均查摆问题5条，合计45条。", []),
        ("average", "班子成员9人撰写材料，人均查摆问题5条，合计47条。", []),
        ("difference", "评比由全镇第14名上升到第5名，前进8位。", ["8位"]),
        ("difference", "评比由全镇第14名上升到第5名，前进9位。", []),
        ("difference", "排名由第5名上升到第14名。", ["由第5名上升到第14"]),
        ("difference", "排名由第5名下降到第14名，连续第3名。", []),
        ("exceeding-parts", "召开党委会9次（含扩大会议12次）。", ["9次（含扩大会议12次）"]),
        ("exceeding-parts", "召开党委会9次（含扩大会议2次）。", []),
        ("exceeding-parts", "培训9人（含12个村的代表）。", []),
    ],
)
def test_sums_of_one_form(code: str, text: str, words: list[str]) -> None:
    assert [found for found, _ in told_of(code, text)] == words
