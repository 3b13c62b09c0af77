"""How far an issue is on its way to being closed, and what is missing for it."""

from __future__ import annotations

import pytest
from builders import a_snapshot

from zhenggai_desktop.domain.closing import AGREED, REOPENED, REOPENING, SENT_BACK, ClosingConditions, closing_state
from zhenggai_desktop.domain.issue_file import IssueFiles, closing_application
from zhenggai_desktop.domain.office_rules import USUAL_CHAIN, OfficeRules, office_rules, rules_text
from zhenggai_desktop.domain.records import (
    ClosingStep,
    Evidence,
    EvidenceLink,
    InspectionKind,
    Issue,
    LedgerFacts,
    LogEntry,
    Measure,
    MeasureLink,
    Outcome,
    OutcomeLink,
    Record,
    Section,
    Status,
)


def steps(*taken: tuple[str, str]) -> list[ClosingStep]:
    return [ClosingStep(issue_id=1, step=name, result=result) for name, result in taken]


def agreed(count: int) -> list[tuple[str, str]]:
    return [(name, AGREED) for name in USUAL_CHAIN[:count]]


@pytest.mark.parametrize(
    ("taken", "next_step", "returns", "reopenings"),
    [
        ([], "申请", 0, 0),
        (agreed(1), "分管领导审核", 0, 0),
        (agreed(5), "销号", 0, 0),
        ([*agreed(2), ("整改办审核", SENT_BACK)], "申请", 1, 0),
        ([*agreed(2), ("整改办审核", SENT_BACK), *agreed(3)], "党（工）委会研究", 1, 0),
        ([*agreed(6), (REOPENING, REOPENED)], "申请", 0, 1),
        ([("现场核查", AGREED), *agreed(1)], "分管领导审核", 0, 0),  # a step of another chain counts for nothing
    ],
)
def test_where_an_issue_stands(taken: list[tuple[str, str]], next_step: str, returns: int, reopenings: int) -> None:
    state = closing_state(steps(*taken), USUAL_CHAIN, closed=False)
    assert (state.next_step, state.returns, state.reopenings) == (next_step, returns, reopenings)


def test_a_closed_issue_has_nothing_next_whatever_its_steps_say() -> None:
    assert closing_state([], USUAL_CHAIN, closed=True).next_step is None
    assert not closing_state(steps(*agreed(6)), USUAL_CHAIN, closed=True).begun


def lacks(*records: Record, of: int = 1) -> list[str]:
    snapshot = a_snapshot(*records)
    issue = next(issue for issue in snapshot.issues if issue.id == of)
    return [lack.code for lack in ClosingConditions(snapshot).lacks(issue)]


DONE = Measure(issue_id=1, content="修订制度", progress="已修订制度1项。", status=Status.DONE)
PROOF = (Evidence(file_name="制度.pdf"), EvidenceLink(evidence_id=1, measure_id=1))


def test_an_issue_with_all_it_needs_lacks_nothing() -> None:
    assert lacks(Section(), Issue(section_id=1, title="制度不全"), DONE, *PROOF) == []


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ((Issue(title="空"),), ["status", "statement", "evidence"]),
        ((Issue(title="手工完成", status=Status.DONE, public_text="已完成整改。"),), ["evidence"]),
        (
            (Issue(), Measure(issue_id=1, content="甲", status=Status.MOSTLY_DONE, progress="快了"), *PROOF),
            ["measures"],
        ),
        ((Issue(), Measure(issue_id=1, content="甲", status=Status.DONE), *PROOF), ["statement"]),
        ((Issue(), DONE), ["evidence"]),
        ((Issue(status=Status.NOT_STARTED), DONE, *PROOF), ["status"]),  # whatever its measures say
        ((Issue(status=Status.MOSTLY_DONE), DONE, *PROOF), ["status"]),
        ((Issue(status=Status.DONE), DONE, *PROOF), []),
        ((Issue(status=Status.IN_PROGRESS, standing=True), DONE, *PROOF), []),  # with a first result
        ((Issue(status=Status.NOT_STARTED, standing=True), DONE, *PROOF), ["status"]),
    ],
)
def test_what_is_missing_is_named(records: tuple[Record, ...], expected: list[str]) -> None:
    assert lacks(*records) == expected


def test_a_standing_measure_counts_as_finished_once_it_has_a_first_result() -> None:
    issue = Issue(standing=True, deadline="长期坚持")
    waiting = Measure(issue_id=1, content="长期坚持学习", status=Status.IN_PROGRESS)
    assert "measures" in lacks(issue, waiting, *PROOF)
    logged = LogEntry(measure_id=1, text="已集中学习3次")
    assert lacks(issue, waiting, logged, Outcome(kind="学习"), OutcomeLink(outcome_id=1, issue_id=1), *PROOF) == []


def test_linked_measures_count_too() -> None:
    other = Measure(issue_id=2, content="另一个问题的措施", status=Status.IN_PROGRESS)
    found = lacks(Issue(), Issue(), other, MeasureLink(measure_id=1, issue_id=1), of=1)
    assert "measures" in found


def test_linked_measures_speak_for_the_part_they_serve_and_for_what_stands_above_it() -> None:
    other = Measure(issue_id=3, content="修订制度", progress="已修订制度1项。", status=Status.DONE)
    records = (Issue(title="上级"), Issue(parent_id=1, title="下级"), Issue(title="另一个"), other)
    assert lacks(*records, *PROOF, of=1) == ["sub_issues", "statement", "evidence"]
    linked = (*records, MeasureLink(measure_id=1, issue_id=2), *PROOF)
    assert (lacks(*linked, of=2), lacks(*linked, of=1)) == ([], [])


def test_sub_issues_come_first_and_their_proofs_count() -> None:
    parent, child = Issue(title="上级"), Issue(parent_id=1, title="下级")
    measure = Measure(issue_id=2, content="甲", status=Status.IN_PROGRESS, progress="在办")
    assert lacks(parent, child, measure, *PROOF) == ["sub_issues"]
    finished = Measure(issue_id=2, content="甲", status=Status.DONE, progress="已办")
    assert lacks(parent, child, finished, *PROOF) == []


def test_the_usual_chain_is_told_in_the_term_of_the_ledger_and_what_was_taken_under_the_other_counts() -> None:
    xunshi = office_rules(LedgerFacts(kind=InspectionKind.XUNSHI))
    assert xunshi.closing_chain == ("申请", "分管领导审核", "整改办审核", "党（工）委会研究", "报巡视办", "销号")
    assert rules_text(xunshi) == ""  # nothing that would be kept as the office's own
    state = closing_state(steps(*agreed(5)), xunshi.closing_chain, closed=False)
    assert (state.taken[-1], state.next_step) == ("报巡视办", "销号")
    own = OfficeRules(closing_chain=("申请", "报巡察办", "销号"))
    assert office_rules(LedgerFacts(kind=InspectionKind.XUNSHI, rules=rules_text(own))) == own


@pytest.mark.parametrize("facts", [{"organisation_body": "党组"}, {"organisation": "中共某省住房和城乡建设厅党组"}])
def test_a_party_group_is_no_committee_in_the_usual_chain(facts: dict[str, str]) -> None:
    rules = office_rules(LedgerFacts(kind=InspectionKind.XUNSHI, **facts))
    assert rules.closing_chain == ("申请", "分管领导审核", "整改办审核", "党组会研究", "报巡视办", "销号")
    assert rules_text(rules) == ""
    state = closing_state(steps(*agreed(4)), rules.closing_chain, closed=False)  # taken before the body was filled in
    assert (state.taken[-1], state.next_step) == ("党组会研究", "报巡视办")
    own = OfficeRules(closing_chain=("申请", "党（工）委会研究", "销号"))
    assert office_rules(LedgerFacts(rules=rules_text(own), **facts)) == own


def test_the_form_of_an_application_has_a_step_that_was_taken_under_the_other_term() -> None:
    step = ClosingStep(issue_id=1, step="报巡察办", result=AGREED, opinion="已收悉", taken_by="赵六")
    snapshot = a_snapshot(Issue(title="台账不全"), step, kind=InspectionKind.XUNSHI)
    files, chain = IssueFiles(snapshot), office_rules(snapshot.facts).closing_chain
    paper = closing_application(files, files.outline.issue(1), chain)
    table = next(block.table for block in paper.blocks if block.table is not None)
    said = {row[0].text: row[1].text for row in table.rows if row[0] is not None and row[1] is not None}
    assert said["报巡视办"].startswith("已收悉")


def test_what_one_answer_covers_is_closed_with_it() -> None:
    """A standing issue is closed with a first result; its 具体表现 have no measures and no status of their own."""
    tree = (
        Issue(title="大", standing=True), Issue(parent_id=1, title="小一"), Issue(parent_id=1, title="小二"),
        Measure(issue_id=1, content="做", progress="已做。", status=Status.IN_PROGRESS),
        Evidence(file_name="一.pdf"), EvidenceLink(evidence_id=1, issue_id=1),
    )  # fmt: skip
    assert lacks(*tree) == []
    assert lacks(*tree, Measure(issue_id=2, content="另做")) != []
