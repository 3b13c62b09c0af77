"""Figures stand in the clerk's sentences where the clerk binds them."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from builders import a_snapshot

from zhenggai_desktop.domain.blocks import SourceDocument, SourceParagraph
from zhenggai_desktop.domain.feedback import understand
from zhenggai_desktop.domain.notice import compose
from zhenggai_desktop.domain.placeholders import fill, offers, outcome_name, placeholders
from zhenggai_desktop.domain.plan_snapshot import plan_snapshot
from zhenggai_desktop.domain.records import BlockKind, ChapterBlock, Outcome, Snapshot
from zhenggai_desktop.domain.schemes import scheme_for

SAMPLE = Path(__file__).parents[2] / "resources" / "samples" / "示例整改通报.txt"


@pytest.fixture
def ledger() -> Snapshot:
    lines = SAMPLE.read_text("utf-8").split("\n")
    paragraphs = tuple(SourceParagraph(i, line) for i, line in enumerate(lines, 1) if line)
    return plan_snapshot(understand(SourceDocument("示例", paragraphs)))


@pytest.mark.parametrize(
    ("name", "value"),
    [("问题总数", "7"), ("方面总数", "3"), ("整改事项总数", "10"),
     ("新建制度数", "4"), ("修订制度数", "3"), ("批评教育人数", "3"),
     ("提醒谈话人数", "2"), ("诫勉人数", "0"), ("问题完成率", "100%"), ("追回资金金额", "1.26")],
)  # fmt: skip
def test_a_placeholder_has_the_present_value(ledger: Snapshot, name: str, value: str) -> None:
    assert placeholders(ledger)[name].value == value


def test_placeholders_are_filled_when_the_notice_is_composed(ledger: Snapshot) -> None:
    lead = ledger.chapters[0]
    bound = replace(lead, blocks=(ChapterBlock(BlockKind.PARAGRAPH, 0, "反馈{问题总数}个问题，{没有这个}不变。"),))
    document = compose(replace(ledger, chapters=(bound, *ledger.chapters[1:])), scheme_for(ledger.facts))
    assert document.blocks[1].text == "反馈7个问题，{没有这个}不变。"
    assert document.warnings == ("通报中的“{没有这个}”不是台账能统计的数字，请用“插入数字”选择",)


def test_text_in_braces_that_is_no_name_is_left_alone(ledger: Snapshot) -> None:
    assert fill("集合{1, 2}与{}", placeholders(ledger)) == ("集合{1, 2}与{}", ())


def test_numbers_that_equal_a_figure_are_offered_for_binding(ledger: Snapshot) -> None:
    offered = [(offer.placeholder.name, offer.chapter.blocks[offer.block].text[offer.start : offer.end])
               for offer in offers(ledger)]  # fmt: skip
    assert ("问题总数", "7") in offered
    assert ("新建制度数", "4") in offered
    assert all(offer.placeholder.value == offer.chapter.blocks[offer.block].text[offer.start : offer.end]
               for offer in offers(ledger))  # fmt: skip


def test_an_outcome_is_named_by_kind_and_unit() -> None:
    assert [outcome_name("立案", "件"), outcome_name("立案", "人"), outcome_name("制度新建", "项")] == [
        "立案件数", "立案人数", "新建制度数"]  # fmt: skip


def counted(*outcomes: tuple[str, str, str]) -> Snapshot:
    return a_snapshot(*(Outcome(kind=kind, number=Decimal(number), unit=unit) for kind, number, unit in outcomes))


MONEY = (("清退资金", "12.5", "万元"), ("清退资金", "3000", "元"), ("清退资金", "0.001", "亿元"))


@pytest.mark.parametrize(
    ("text", "filled", "outcomes"),
    [
        ("清退资金{清退资金金额}万元", "清退资金22.8万元", MONEY),
        ("清退资金{清退资金金额}元", "清退资金228000元", MONEY),
        ("清退资金{清退资金金额}。", "清退资金22.8。", MONEY),
        ("清退资金{清退资金金额}元", "清退资金3000元", MONEY[1:2]),
        ("清退资金{清退资金金额}万元", "清退资金0.3万元", MONEY[1:2]),
        ("清退资金{清退资金金额}", "清退资金3000", MONEY[1:2]),
        ("新建{新建制度数}项", "新建7项", (("制度新建", "5", "项"), ("制度新建", "2", "个"))),
        ("新建{新建制度数}项、{制度新建次数}次", "新建5项、2次", (("制度新建", "5", "项"), ("制度新建", "2", "次"))),
        ("{清退公房数}套", "3套", (("清退公房", "3", "套"),)),
        (
            "{清退公房套数}套{清退公房平方米数}平方米",
            "3套200平方米",
            (("清退公房", "3", "套"), ("清退公房", "200", "平方米")),
        ),
        ("诫勉{诫勉人数}人{诫勉人次}人次", "诫勉3人5人次", (("诫勉", "3", "人"), ("诫勉", "5", "人次"))),
        ("警告{党纪处分（警告）人数}人", "警告1人", (("党纪处分（警告）", "1", "人"),)),
        ("处分{党纪处分人数}人", "处分3人", (("党纪处分（警告）", "1", "人"), ("党纪处分（严重警告）", "2", "人"))),
        ("处分{党纪处分人数}人", "处分3人", (("党纪处分·警告", "1", "人"), ("开除党籍", "2", "人"))),
        ("处分{党纪处分人数}人", "处分5人", (("党纪处分", "5", "人"), ("党纪处分（警告）", "1", "人"))),
        ("处分{政务处分人数}人", "处分0人", (("党纪处分（警告）", "1", "人"),)),
        (
            "清退{清退资金金额}万元",
            "清退3.5万元",
            (("清退资金（补贴）", "3", "万元"), ("清退资金（津贴）", "5000", "元")),
        ),
        ("{会议数}", "{会议数}", (("会议（党委会）", "3", "场"), ("会议（专题会）", "2", "个"))),
        ("{清退“吃空饷” {人员}人数}", "{清退“吃空饷” {人员}人数}", ()),
        ("{清退“吃空饷”人员人数}人", "2人", (("清退“吃空饷” {人员}", "2", "人"),)),
    ],
)
def test_outcomes_of_one_kind_in_several_units(
    text: str, filled: str, outcomes: tuple[tuple[str, str, str], ...]
) -> None:
    assert fill(text, placeholders(counted(*outcomes)))[0] == filled


def test_every_name_that_is_offered_can_be_filled() -> None:
    kinds = ("党纪处分（警告）", "清退 “吃空饷”", "甲/乙·丙", "很" * 200, "制度新建", "清退资金")
    outcomes = [(kind, "1", unit) for kind in kinds for unit in ("人", "万元", "元", "套", "", "个")]
    known = placeholders(counted(*outcomes))
    for name in known:
        assert fill(f"{{{name}}}", known) == (known[name].value, ())


def test_a_name_that_no_longer_says_which_unit_is_told() -> None:
    known = placeholders(counted(("清退公房", "3", "套"), ("清退公房", "200", "平方米")))
    assert fill("{清退公房数}套", known) == ("{清退公房数}套", ("清退公房数",))


def test_a_sum_of_several_units_says_what_was_added() -> None:
    assert placeholders(counted(*MONEY[:2]))["清退资金金额"].figure.formula == "12.5万元 + 3000元 = 12.8万元"
