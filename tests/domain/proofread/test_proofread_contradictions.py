"""Everything done, and something left."""

from __future__ import annotations

import pytest
from told_of import told_in, told_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("全部问题已整改完成，还有2个问题正在推进。", "全部问题已整改完成，还有2个问题正在推进"),
        ("15项任务全部完成，其中13项已完成，2项正在推进。", "15项任务全部完成，其中13项已完成，2项正在推进"),
        ("已全部完成整改，其中2项尚未完成。", "已全部完成整改，其中2项尚未完成"),
        ("问题全部销号，未销号1个。", "问题全部销号，未销号1个"),
        ("资金已全部收回，尚余3万元。", "资金已全部收回，尚余3万元"),
        ("30个问题已全部完成整改，完成率96%。", "已全部完成整改，完成率96%"),
        ("做到走访全覆盖，覆盖率98.5%。", "全覆盖，覆盖率98.5%"),
        ("党员全部参加学习，参学率97%。", "全部参加学习，参学率97%"),
        ("参训率100%，缺席3人。", "参训率100%，缺席3人"),
        ("整改率达100%，尚有2个问题未整改。", "整改率达100%，尚有2个问题未整改"),
    ],
)
def test_what_is_left_contradicts_that_all_is_done(text: str, words: str) -> None:
    assert [found for found, _ in told_of("status-words", text)] == [words]


@pytest.mark.parametrize(
    "text",
    [
        "已全部整改到位，剩余2个长期坚持。",
        "均已完成整改，尚有1项需长期推进。",
        "资金类问题已全部整改到位，还有2个其他问题正在推进。",
        "20个问题中，立行立改的12个已全部完成，还有8个正在推进。",
        "问题已全部整改完成，群众满意率96%。",
        "已全部办结，全镇办结率95%。",
        "30个问题已全部完成整改，完成率100%。",
        "整改率100%，建立制度3项。",
    ],
)
def test_a_part_of_the_whole_and_other_rates_are_no_contradiction(text: str) -> None:
    assert told_in("status-words", text) == []
