"""Closing as a clerk does it: one issue or many, each time one step that can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import a_ledger

from zhenggai_desktop.domain.closing import AGREED, SENT_BACK
from zhenggai_desktop.domain.figures import figures
from zhenggai_desktop.domain.office_rules import USUAL_CHAIN, OfficeRules, office_rules
from zhenggai_desktop.domain.records import Evidence, EvidenceLink, Issue, Measure, Status
from zhenggai_desktop.domain.unclosed import closing_rows
from zhenggai_desktop.errors import EditRefusedError
from zhenggai_desktop.services import closing, process
from zhenggai_desktop.services.closing import Decision
from zhenggai_desktop.services.ledger import Ledger

DAY = dt.date(2025, 6, 10)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Two issues with all they need and a third without evidence."""
    measures = [
        Measure(issue_id=number, content="修订制度", progress="已修订。", status=Status.DONE) for number in (1, 2, 3)
    ]
    proofs = [EvidenceLink(evidence_id=1, issue_id=number) for number in (1, 2)]
    issues = [Issue(title=f"问题{number}") for number in (1, 2, 3)]
    with a_ledger(tmp_path, *issues, *measures, Evidence(file_name="制度.pdf"), *proofs) as ledger:
        yield ledger


def issue(ledger: Ledger, number: int) -> Issue:
    return ledger.snapshot.issues[number - 1]


def test_the_whole_chain_closes_the_issues(ledger: Ledger) -> None:
    for name in USUAL_CHAIN:
        assert closing.state_of(ledger.snapshot, issue(ledger, 1)).next_step == name
        closing.advance(ledger, [1, 2], Decision(DAY, taken_by="张三", document_number="会议纪要〔2025〕3号"))
    assert [found.closed for found in ledger.snapshot.issues] == [True, True, False]
    assert closing.state_of(ledger.snapshot, issue(ledger, 2)).next_step is None
    assert ledger.undo_label == "销号·销号（2项）"
    ledger.undo()
    assert not issue(ledger, 1).closed
    assert closing.state_of(ledger.snapshot, issue(ledger, 1)).next_step == "销号"


def test_what_is_missing_is_refused_in_a_sentence_and_nothing_is_written(ledger: Ledger) -> None:
    with pytest.raises(EditRefusedError) as error:
        closing.advance(ledger, [3], Decision(DAY))
    assert str(error.value) == "“问题3”还不具备销号条件：没有佐证材料；请补齐，或者写明理由后继续。"
    assert ledger.snapshot.closing_steps == ()


def test_with_a_reason_it_goes_on_and_the_reason_is_kept(ledger: Ledger) -> None:
    closing.advance(ledger, [3], Decision(DAY, opinion="同意申请"), override="材料在县档案馆")
    (step,) = ledger.snapshot.closing_steps
    assert step.opinion == "同意申请；不具备条件（没有佐证材料），理由：材料在县档案馆"


def test_sent_back_it_begins_anew_and_keeps_what_was(ledger: Ledger) -> None:
    closing.advance(ledger, [1], Decision(DAY))
    closing.advance(ledger, [1], Decision(DAY))
    closing.send_back(ledger, [1], Decision(DAY, opinion="成效不具体"))
    state = closing.state_of(ledger.snapshot, issue(ledger, 1))
    assert (state.next_step, state.returns) == ("申请", 1)
    assert [(step.step, step.result) for step in ledger.snapshot.closing_steps] == [
        ("申请", AGREED), ("分管领导审核", AGREED), ("整改办审核", SENT_BACK),
    ]  # fmt: skip


def test_a_closed_issue_is_reopened_with_a_reason(ledger: Ledger) -> None:
    for _ in USUAL_CHAIN:
        closing.advance(ledger, [1], Decision(DAY))
    with pytest.raises(EditRefusedError, match="要写明理由"):
        closing.reopen(ledger, [1], Decision(DAY, opinion=" "))
    closing.reopen(ledger, [1], Decision(DAY, opinion="回头看发现反弹"))
    reopened = issue(ledger, 1)
    assert (reopened.closed, reopened.status) == (False, Status.IN_PROGRESS)
    assert closing.state_of(ledger.snapshot, reopened).reopenings == 1


def test_what_was_reopened_is_not_ready_until_somebody_says_that_it_is_done(ledger: Ledger) -> None:
    """Its old measure is still done, with its old result and proof."""
    for _ in USUAL_CHAIN:
        closing.advance(ledger, [1], Decision(DAY))
    closing.reopen(ledger, [1], Decision(DAY, opinion="回头看发现反弹"))
    with pytest.raises(EditRefusedError, match="还不具备销号条件：完成情况是“正在推进”"):
        closing.advance(ledger, [1], Decision(DAY))
    with ledger.step("再次完成") as writer:
        writer.update(Issue, 1, status=Status.DONE)
    closing.advance(ledger, [1], Decision(DAY))
    assert closing.state_of(ledger.snapshot, issue(ledger, 1)).taken == ("申请",)


@pytest.mark.parametrize("own", [True, False])
def test_a_reopened_part_opens_what_is_above_it_and_nothing_beside_it(tmp_path: Path, own: bool) -> None:
    """``own``: the parts were closed themselves, else by the issue above them alone."""
    records = (
        Issue(title="上级", closed=True, status=Status.DONE),
        Issue(title="甲", parent_id=1, closed=own, status=Status.DONE),
        Issue(title="乙", parent_id=1, closed=own, status=Status.DONE),
    )
    with a_ledger(tmp_path, *records) as ledger:
        closing.reopen(ledger, [2], Decision(DAY, opinion="反弹"))
        now = ledger.snapshot
        assert [row.closed for row in closing_rows(now, office_rules(now.facts), DAY)] == [False, True]
        assert {figure.key: figure.text for figure in figures(now)}["closed"] == "1个"
        assert [(one.closed, one.status) for one in now.issues[:2]] == [(False, Status.IN_PROGRESS)] * 2
        assert [(step.issue_id, step.step, step.opinion) for step in now.closing_steps] == [
            (1, "回头看", "“甲”重新整改：反弹"), (2, "回头看", "反弹"),
        ]  # fmt: skip
        assert ledger.undo_label == "销号·重新整改“甲”"
        ledger.undo()
        assert [one.closed for one in ledger.snapshot.issues] == [True, own, own]


def test_reopening_many_parts_opens_what_is_above_once_and_leaves_a_status_that_follows(tmp_path: Path) -> None:
    parts = [Issue(title=name, parent_id=1, closed=True, status=Status.DONE) for name in "甲乙"]
    with a_ledger(tmp_path, Issue(title="上级", closed=True), *parts) as ledger:
        closing.reopen(ledger, [2, 3], Decision(DAY, opinion="反弹"))
        assert [one.closed for one in ledger.snapshot.issues] == [False] * 3
        assert ledger.snapshot.issues[0].status is None
        assert [step.opinion for step in ledger.snapshot.closing_steps] == ["“甲”、“乙”重新整改：反弹", "反弹", "反弹"]


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda ledger: closing.advance(ledger, [], Decision(DAY)), "没有选中任何问题"),
        (lambda ledger: closing.send_back(ledger, [1], Decision(DAY, opinion="理由")), "没有在办的销号申请"),
        (lambda ledger: closing.send_back(ledger, [1], Decision(DAY)), "退回要写明理由"),
        (lambda ledger: closing.reopen(ledger, [1], Decision(DAY, opinion="理由")), "还没有销号"),
    ],
)
def test_what_makes_no_sense_is_refused(ledger: Ledger, call: object, sentence: str) -> None:
    assert callable(call)
    with pytest.raises(EditRefusedError, match=sentence):
        call(ledger)
    assert ledger.snapshot.closing_steps == ()


def test_issues_at_different_steps_are_not_taken_together(ledger: Ledger) -> None:
    closing.advance(ledger, [1], Decision(DAY))
    with pytest.raises(EditRefusedError, match="处在不同的环节（分管领导审核、申请）"):
        closing.advance(ledger, [1, 2], Decision(DAY))


def test_the_chain_is_the_offices_own(ledger: Ledger) -> None:
    process.set_rules(ledger, OfficeRules(closing_chain=("申请", "销号")))
    closing.advance(ledger, [1], Decision(DAY))
    closing.advance(ledger, [1], Decision(DAY))
    assert issue(ledger, 1).closed
