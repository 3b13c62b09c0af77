"""Which rows hold words: their own texts, and those of everything that is entered on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from builders import a_snapshot

from zhenggai_desktop.domain.records import (
    Chase,
    ClosingStep,
    Evidence,
    EvidenceLink,
    Extension,
    HandOver,
    Issue,
    LogEntry,
    Measure,
    Outcome,
    OutcomeLink,
    Section,
)
from zhenggai_desktop.domain.row_texts import RowTexts

LEDGER = a_snapshot(
    Section(title="作风方面", source="巡察"), Section(title="学习方面"),
    Issue(title="会风不正", goal="会议减少", leaders=("张三", "李四"), original_text="原话ABC"),
    Issue(title="学习不深", note="备注一"),
    Measure(issue_id=1, content="压减会议", progress="减少五个"),
    Measure(issue_id=2, content="集中学习", supporting_departments=("工会",)),
    LogEntry(issue_id=1, text="已部署", reporter="王五"), LogEntry(measure_id=2, text="已开课"),
    Outcome(kind="制度新建", title="会议办法", document_number="柳办〔2025〕3号", source_text="出处", note="另注"),
    OutcomeLink(outcome_id=1, measure_id=1),
    Evidence(file_name="签到表.pdf", title="签到表"), Evidence(file_name="办法.pdf", title="办法正本"),
    EvidenceLink(evidence_id=1, issue_id=2), EvidenceLink(evidence_id=2, outcome_id=1),
    ClosingStep(issue_id=2, step="申请", opinion="同意销号"),
    Extension(issue_id=1, reason="等待批复"), Chase(measure_id=1, text="请抓紧"),
    HandOver(measure_id=2, old_owner="赵六", new_owner="钱七"),
)  # fmt: skip


def rows(*words: str, texts: RowTexts | None = None) -> tuple[set[int], set[int]]:
    return (texts or RowTexts()).rows_with(LEDGER, words)


@pytest.mark.parametrize(
    ("words", "issues", "measures"),
    [
        (("会风",), {1}, set()),
        (("会议",), {1}, {1}),
        (("会议", "减少"), {1}, {1}),
        (("会议", "学习"), set(), set()),
        (("李四",), {1}, set()),
        (("abc",), {1}, set()),
        (("ABC",), set(), set()),  # words are given in lower case
        (("备注一",), {2}, set()),
        (("工会",), set(), {2}),
        (("已部署",), {1}, set()),
        (("王五",), {1}, set()),
        (("已开课",), set(), {2}),
        (("会议办法",), set(), {1}),
        (("〔2025〕3号",), set(), {1}),
        (("出处",), set(), {1}),
        (("另注",), set(), {1}),
        (("签到表",), {2}, set()),
        (("办法正本",), set(), {1}),  # evidence of an outcome is its measure's
        (("同意销号",), {2}, set()),
        (("等待批复",), {1}, set()),
        (("请抓紧",), set(), {1}),
        (("钱七",), set(), {2}),
        (("issue-1",), set(), set()),  # a uid is no word
        ((), {1, 2}, {1, 2}),
    ],
)
def test_rows_that_hold_every_word(words: tuple[str, ...], issues: set[int], measures: set[int]) -> None:
    assert rows(*words) == (issues, measures)


@pytest.mark.parametrize(
    ("words", "found"),
    [(("作风",), {1}), (("方面",), {1, 2}), (("作风", "巡察"), {1}), (("作风", "学习"), set()), ((), {1, 2})],
)
def test_sections_that_hold_every_word(words: tuple[str, ...], found: set[int]) -> None:
    assert RowTexts().sections_with(LEDGER, words) == found


LETTERS = {"会": "h", "风": "f", "作": "z", "学": "x", "习": "x"}


def initials(text: str) -> str:
    return "".join(LETTERS.get(sign, sign) for sign in text)


def test_a_word_of_letters_is_looked_for_among_the_initials_too() -> None:
    texts = RowTexts(initials)
    assert rows("hf", texts=texts) == ({1}, set())
    assert rows("abc", texts=texts) == ({1}, set())
    assert rows("xx", texts=texts) == ({2}, {2})
    assert rows("xx", "集中", texts=texts) == (set(), {2})
    assert rows("hf") == (set(), set())  # not without initials
    assert texts.sections_with(LEDGER, ("zf",)) == {1}
    assert texts.sections_with(LEDGER, ("zf", "方面")) == {1}
    assert texts.sections_with(LEDGER, ("作f",)) == set()  # a mixed word is no word of letters
    assert RowTexts().sections_with(LEDGER, ("zf",)) == set()


def test_what_was_entered_since_is_found_and_what_is_gone_is_not() -> None:
    texts = RowTexts()
    assert texts.rows_with(LEDGER, ("新的",)) == (set(), set())
    more = replace(LEDGER, log_entries=(*LEDGER.log_entries, LogEntry(id=9, uid="l9", measure_id=2, text="新的进展")))
    assert texts.rows_with(more, ("新的",)) == (set(), {2})
    fewer = replace(more, issues=more.issues[1:])
    assert texts.rows_with(fewer, ("会风",)) == (set(), set())
    assert texts.rows_with(more, ("会风",)) == ({1}, set())


def test_what_was_read_ahead_is_not_read_again() -> None:
    read: list[str] = []

    def counted(text: str) -> str:
        read.append(text)
        return initials(text)

    texts = RowTexts(counted)
    many = a_snapshot(
        *(Issue(title=f"第{at}项") for at in range(45)), *(Measure(issue_id=1, content=f"做{at}") for at in range(5))
    )
    steps: Iterable[None] = texts.read_ahead(many)
    assert sum(1 for _ in steps) == 4  # twenty rows a step: three of issues, one of measures
    assert len(read) == 50
    texts.rows_with(many, ("hf",))
    assert len(read) == 50
