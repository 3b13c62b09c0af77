"""Figures stand in the clerk's sentences where the clerk binds them."""

from dataclasses import replace
from pathlib import Path

import pytest

from zhenggai_desktop.domain.blocks import SourceDocument, SourceParagraph
from zhenggai_desktop.domain.feedback import understand
from zhenggai_desktop.domain.notice import compose
from zhenggai_desktop.domain.placeholders import fill, offers, outcome_name, placeholders
from zhenggai_desktop.domain.plan_snapshot import plan_snapshot
from zhenggai_desktop.domain.records import BlockKind, ChapterBlock, Snapshot
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
