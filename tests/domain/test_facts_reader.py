"""The ledger's facts as the opening paragraphs state them."""

from __future__ import annotations

import pytest

from zhenggai_desktop.domain.facts_reader import (
    body_of,
    inspected_phrase,
    parse_date,
    read_lead,
    units_of,
)
from zhenggai_desktop.domain.records import LedgerFacts


def lead(text: str) -> tuple[str | None, ...]:
    facts = read_lead(LedgerFacts(), text)
    days = (facts.inspection_start, facts.inspection_end, facts.feedback_date)
    level = facts.level.value if facts.level else None
    return facts.team, level, facts.kind.value, *(day and day.isoformat() for day in days)


def day(text: str) -> str | None:
    found = parse_date(text)
    return found and found.isoformat()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            "根据县委统一部署，2024年3月1日至5月10日，县委第一巡察组对青川镇党委进行了巡察，6月20日反馈了意见。",
            ("县委第一巡察组", "county", "xuncha", "2024-03-01", "2024-05-10", "2024-06-20"),
        ),
        (
            "2024年11月1日至12月10日，区委第三巡察组对A进行了巡察，1月20日反馈了意见。",
            ("区委第三巡察组", "district", "xuncha", "2024-11-01", "2024-12-10", "2025-01-20"),
        ),
        (
            "2024年11月1日至2025年1月10日，市委巡察二组对A进行了巡察，2025年2月20日向A反馈了巡察意见。",
            ("市委巡察二组", "city", "xuncha", "2024-11-01", "2025-01-10", "2025-02-20"),
        ),
        (
            "巡察时间：2024.3.1-2024.4.10。集团党委第二巡察组对第三公司党委进行了巡察。",
            ("集团党委第二巡察组", None, "xuncha", "2024-03-01", "2024-04-10", None),
        ),
        (
            "2024年3月1日至20日，由省委第五巡视组对A开展了巡视。",
            ("省委第五巡视组", "province", "xunshi", "2024-03-01", "2024-03-20", None),
        ),
        (
            "二〇二四年三月一日至五月十日，县委第一巡察组对青川镇党委进行了巡察。",
            ("县委第一巡察组", "county", "xuncha", "2024-03-01", "2024-05-10", None),
        ),
        (
            "3月1日至5月10日，县委第一巡察组对青川镇党委进行了巡察，6月20日反馈了意见。",
            ("县委第一巡察组", "county", "xuncha", None, None, None),
        ),
        (
            "为全面落实区委第二巡察组反馈意见，制定本方案。",
            ("区委第二巡察组", "district", "xuncha", None, None, None),
        ),
        ("县委巡察组进行巡察，县委第二巡察组反馈意见。", ("县委第二巡察组", "county", "xuncha", None, None, None)),
        (
            "县委提级巡察组对A进行巡察，2024年6月20日将情况反馈如下。",
            ("县委提级巡察组", "county", "xuncha", None, None, "2024-06-20"),
        ),
        ("认真整改。", ("", None, "xuncha", None, None, None)),
        (
            "2024年3月1日到5月10日，县委第一巡察组对青川镇党委进行了巡察，3月2日反馈了意见。",
            ("县委第一巡察组", "county", "xuncha", "2024-03-01", "2024-05-10", "2025-03-02"),
        ),
    ],
)
def test_the_lead_names_team_and_days(given: str, expected: tuple[str | None, ...]) -> None:
    """A feedback day without its year is the first such day after the inspection's end."""
    assert lead(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2024年3月1日", "2024-03-01"),
        ("二〇二四年三月一日", "2024-03-01"),
        ("二○二四年十二月三十一日", "2024-12-31"),
        ("2024年2月30日", None),
        ("3月1日", None),
        ("", None),
        ("甲2024年3月1日乙2025年1月1日", "2024-03-01"),
    ],
)
def test_a_full_date_is_read(given: str, expected: str | None) -> None:
    """None where there is none, or no such day."""
    assert day(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("县委第一巡察组对青川镇党委开展了巡察。", "青川镇党委"),
        ("县委第一巡察组对我单位开展了巡察。", ""),
        ("县委第一巡察组对你镇进行了巡察。", ""),
        ("对青川镇党委开展了巡察。", ""),
        ("县委第一巡察组反馈了意见，镇党委高度重视，及时召开会议，对反馈问题进行了逐条研究。", ""),
        ("巡察组对照清单开展了检查。", ""),
        ("巡察组反馈了意见，党组书记主持会议并作了表态发言，对抓好整改工作进行了部署。", ""),
        ("县委巡察组于2024年9月3日至11月1日对县教育局党组进行了常规巡察。", "县教育局党组"),
    ],
)
def test_the_inspected_are_named(given: str, expected: str) -> None:
    """Nothing where the text says 我单位."""
    assert inspected_phrase(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("甲子、乙丑和丙寅3个社区党组织", ["甲子社区", "乙丑社区", "丙寅社区"]),
        ("甲子、乙丑和丙寅4个社区党组织", ["甲子、乙丑和丙寅4个社区党组织"]),
        ("某街道甲子、乙丑2个社区党组织", ["甲子社区", "乙丑社区"]),
        ("甲子社区、乙丑社区2个社区党组织", ["甲子社区", "乙丑社区"]),
        ("甲子、乙丑2个村（社区）党组织", ["甲子", "乙丑"]),
        ("甲子、和津两个社区党组织", ["甲子社区", "和津社区"]),
        ("青川镇党委", ["青川镇党委"]),
        ("青川镇党委、白鹿镇党委", ["青川镇党委", "白鹿镇党委"]),
        ("青川镇党委及白鹿镇党委", ["青川镇党委", "白鹿镇党委"]),
        ("", []),
        ("甲子、乙丑等二个单位", ["甲子", "乙丑"]),
        ("辖区内甲子、乙丑2个村", ["甲子村", "乙丑村"]),
        (f"甲子、乙丑{'2' * 5000}个村", [f"甲子、乙丑{'2' * 5000}个村"]),
    ],
)
def test_units_are_parted(given: str, expected: list[str]) -> None:
    """“甲、乙和丙3个社区党组织” are three; any other phrase is one."""
    assert units_of(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("中共青川镇委员会", "党委"),
        ("中共东港街道工作委员会", "党工委"),
        ("某校支部委员会", "党支部"),
        ("某局总支部委员会", "党总支"),
        ("某局党组", "党组"),
        ("某公司党总支", "党总支"),
        ("青川镇", ""),
    ],
)
def test_a_body_is_read_off_the_name(given: str, expected: str) -> None:
    """Nothing where the name does not say."""
    assert body_of(given) == expected


@pytest.mark.parametrize("words", ["公示时间：", "公示期为", "公开时间自"])
def test_the_days_on_which_a_notice_hangs_out_are_none_of_the_inspection(words: str) -> None:
    assert lead(f"县委第六巡察组反馈了意见。{words}2025年10月13日至2025年10月22日（共10天）。")[3:5] == (None, None)
