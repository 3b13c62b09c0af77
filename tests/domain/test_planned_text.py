"""A plan of rectification in prose: what is to be done is not done."""

from __future__ import annotations

import datetime as dt

from zhenggai_desktop.domain.blocks import SourceDocument, SourceParagraph
from zhenggai_desktop.domain.feedback import understand
from zhenggai_desktop.domain.plan import ImportPlan
from zhenggai_desktop.domain.records import ChapterRole, DocumentKind, LedgerFacts

TITLE = "县农业农村局党组关于落实县委第一巡察组反馈意见的整改方案\n"
LEAD = "2025年6月6日，县委第一巡察组向我局党组反馈了巡察意见。现制定本方案。\n一、总体要求\n提高站位。\n二、整改任务\n"
ISSUES = (
    "（一）贯彻落实决策部署方面\n1.农田建设管理不到位。3个项目未按期完工。\n整改目标：全部完工。\n"
    "整改措施：（1）倒排工期，8月底前完工。（2）落实管护资金30万元。\n责任领导：张某\n责任科室：农建股\n整改时限：2025年9月底前\n"
    "2.面源污染治理不力。\n整改目标：减量增效。\n整改措施：开展专项整治，全县上下一盘棋。\n特别说明：需要资金支持。\n"
    "责任领导：李某\n整改时限：立行立改，长期坚持\n"
)


def read(text: str) -> ImportPlan:
    lines = [SourceParagraph(i, line) for i, line in enumerate(text.split("\n"), 1) if line]
    return understand(SourceDocument("整改方案", tuple(lines)))


def test_measures_are_planned_and_nothing_is_done() -> None:
    plan = read(TITLE + LEAD + ISSUES)
    assert plan.document is DocumentKind.WORKBOOK
    first, second = plan.issues()
    record = first.record
    assert (record.title, record.original_text, record.status) == ("农田建设管理不到位", "3个项目未按期完工。", None)
    assert (record.goal, record.leaders, record.due_on) == ("全部完工。", ("张某",), dt.date(2025, 9, 30))
    measures = [one.record for one in first.measures]
    assert [one.content for one in measures] == ["倒排工期，8月底前完工。", "落实管护资金30万元。"]
    assert {(one.progress, one.status) for one in measures} == {("", None)}
    assert (record.public_text, record.note) == ("", "")
    assert "特别说明：需要资金支持。" in second.record.note + "".join(one.record.content for one in second.measures)


def test_the_title_of_a_plan_is_none_of_the_notice() -> None:
    plan = read(TITLE + LEAD + ISSUES)
    facts = plan.facts
    assert (facts.notice_title, facts.scheme) == ("", LedgerFacts().scheme)
    assert (facts.organisation, facts.team, facts.feedback_date) == (
        "县农业农村局党组",
        "县委第一巡察组",
        dt.date(2025, 6, 6),
    )
    assert [chapter.role for chapter in plan.chapters].count(ChapterRole.ISSUES) == 1


def test_a_plan_that_tells_what_was_done_is_a_notice() -> None:
    text = TITLE + LEAD + ISSUES + "3.资金监管不严。\n整改措施：修订办法。\n整改情况：已修订。\n"
    assert read(text).document is DocumentKind.NOTICE
