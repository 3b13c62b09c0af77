"""Closing as a clerk does it: one issue or many, each time one step that can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import a_ledger

from zhenggai_desktop.domain.closing import AGREED, SENT_BACK
from zhenggai_desktop.domain.office_rules import USUAL_CHAIN, OfficeRules
from zhenggai_desktop.domain.records import Evidence, EvidenceLink, Issue, Measure, Status
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
