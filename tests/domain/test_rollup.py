"""Many ledgers in one table: counts of each unit, what is late, what several units have in common."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from builders import a_snapshot

from zhenggai_desktop.domain.figure_tables import FigureTable
from zhenggai_desktop.domain.records import Issue, Measure, Outcome, Section, Status, Track
from zhenggai_desktop.domain.rollup import UnitLedger, rollup_tables

TODAY = dt.date(2025, 7, 1)


def a_town() -> UnitLedger:
    records = (
        Section(title="党的领导方面"),
        Issue(section_id=1, title="学习不深入", status=Status.DONE, track=Track.IMMEDIATE),
        Issue(section_id=1, title="台账不清", track=Track.IMMEDIATE, lead_department="财政所"),
        Measure(issue_id=2, content="清查账目", deadline="2025年6月底前", due_on=dt.date(2025, 6, 30)),
        Issue(section_id=1, title="“三会一课”落实不严格", status=Status.MOSTLY_DONE),
        Outcome(kind="制度", number=Decimal(3), unit="项"),
        Outcome(kind="清退资金", number=Decimal(5600), unit="元"),
        Outcome(kind="挽回损失", number=Decimal("1.2"), unit="万元"),
        Outcome(kind="挽回损失", number=Decimal("0.5"), unit="亿元"),
        Outcome(kind="党纪处分", number=Decimal(2), unit="人"),
        Outcome(kind="约谈", number=Decimal(4), unit="人次"),
        Outcome(kind="会议", number=Decimal(9), unit="次"),
        Outcome(kind="批评教育", unit="人"),
    )
    return UnitLedger("清河镇", a_snapshot(*records))


def a_community() -> UnitLedger:
    records = (
        Section(title="党的建设方面"),
        Issue(section_id=1, title="三会一课落实不严格。", status=Status.IN_PROGRESS),
        Issue(section_id=1, title="阵地建设滞后", due_on=TODAY, deadline="2025年7月1日前"),
        Outcome(kind="修订制度", number=Decimal(1), unit="项"),
    )
    return UnitLedger("柳林社区", a_snapshot(*records))


def tables(*ledgers: UnitLedger) -> dict[str, FigureTable]:
    return {table.name: table for table in rollup_tables(ledgers, TODAY)}


def test_each_unit_has_its_counts_and_the_last_row_their_sums() -> None:
    sums = tables(a_town(), a_community())["汇总"]
    assert [tuple(row) for row in sums.rows] == [
        ("清河镇", 3, 1, 1, 0, 1, 1 / 3, 1, 2, 1, 3, 5001.76, 2),
        ("柳林社区", 2, 0, 0, 1, 1, 0.0, 0, 0, 0, 1, 0, 0),
        ("合计", 5, 1, 1, 1, 2, 0.2, 1, 2, 1, 4, 5001.76, 2),
    ]


def test_what_is_closed_is_on_no_list_of_what_is_late() -> None:
    past = dt.date(2025, 6, 1)
    standing = Issue(title="甲", closed=True, standing=True, status=Status.IN_PROGRESS, due_on=past)
    found = tables(UnitLedger("清河镇", a_snapshot(standing, Issue(title="乙", due_on=past))))
    assert [row[2] for row in found["逾期清单"].rows] == ["乙"]
    assert found["汇总"].rows[0][7] == 1


def test_only_money_is_counted_as_money() -> None:
    outcomes = [
        ("清退", "3", "间"),
        ("清退", "1.5", "万元"),
        ("追回", "800", "千元"),
        ("清退", "2", "辆"),
        ("清退", "7", ""),
    ]
    outcomes += [("上缴", "3", "百万元"), ("上缴", "9", " 百元 "), ("上缴", "1", "十万元"), ("上缴", "1", "千万元")]
    records = (Outcome(kind=kind, number=Decimal(number), unit=unit) for kind, number, unit in outcomes)
    sums = tables(UnitLedger("甲", a_snapshot(*records)))["汇总"]
    assert dict(zip(sums.captions, sums.rows[0], strict=True))["挽回（万元）"] == 1391.59


def test_one_unit_needs_no_sum_and_an_empty_ledger_counts_nothing() -> None:
    (row,) = tables(UnitLedger("空", a_snapshot()))["汇总"].rows
    assert tuple(row) == ("空", *(0,) * 5, 0.0, *(0,) * 6)
    assert tables()["汇总"].rows == ()


def test_what_is_late_is_listed_with_its_days_and_what_is_due_today_is_not() -> None:
    assert [tuple(row) for row in tables(a_town(), a_community())["逾期清单"].rows] == [
        ("清河镇", "1-2", "台账不清", "清查账目", "财政所", "2025年6月30日", 1)
    ]


def test_problems_of_several_units_are_told_by_their_words_without_signs() -> None:
    assert [tuple(row) for row in tables(a_community(), a_town())["共性问题"].rows] == [
        ("三会一课落实不严格。", 2, "柳林社区、清河镇")
    ]


def test_problems_of_most_units_come_first_and_one_unit_alone_shares_none() -> None:
    def unit(name: str, *titles: str) -> UnitLedger:
        return UnitLedger(name, a_snapshot(Section(title="方面"), *(Issue(section_id=1, title=one) for one in titles)))

    found = tables(
        unit("甲", "固定资产管理不规范", "学习教育不够深入"),
        unit("乙", "固定资产管理不够规范", "学习教育不够深入", "学习教育不够深入"),
        unit("丙", "学习教育不够深入", "会风不正"),
    )["共性问题"]
    assert [tuple(row) for row in found.rows] == [
        ("学习教育不够深入", 3, "甲、乙、丙"),
        ("固定资产管理不规范", 2, "甲、乙"),
    ]
