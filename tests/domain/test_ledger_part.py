"""A ledger with only some of its issues: what stays with them, and nothing that belonged to the others."""

from __future__ import annotations

import datetime as dt

from builders import a_snapshot, a_tree

from zhenggai_desktop.domain.editions import Edition, edited
from zhenggai_desktop.domain.ledger_part import part_of, told_part
from zhenggai_desktop.domain.ledger_table import ledger_table
from zhenggai_desktop.domain.ledger_template import ISSUE_LIST
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.progress import Overview
from zhenggai_desktop.domain.records import (
    Chapter,
    Chase,
    ClosingStep,
    Evidence,
    EvidenceLink,
    Extension,
    HandOver,
    Issue,
    LogEntry,
    Measure,
    MeasureLink,
    Outcome,
    OutcomeLink,
    Section,
    Status,
    WithheldGround,
)
from zhenggai_desktop.domain.workflow import Workflow

#: Section 1: issue 1 with 2 below it; section 2: issue 3. Measures 1 and 2 of issue 2, measure 3 of issue 3.
DAY = dt.date(2025, 1, 1)
LEDGER = a_snapshot(
    Section(title="甲"), Section(title="乙"), Section(title="空"), Chapter(title="章"),
    Issue(section_id=1, title="大"), Issue(parent_id=1, title="小"), Issue(section_id=2, title="另"),
    Measure(issue_id=2, content="一"), Measure(issue_id=2, content="二"), Measure(issue_id=3, content="三"),
    MeasureLink(measure_id=1, issue_id=3), MeasureLink(measure_id=3, issue_id=2), MeasureLink(measure_id=2, issue_id=1),
    LogEntry(issue_id=2), LogEntry(measure_id=2), LogEntry(measure_id=3), LogEntry(issue_id=3),
    Outcome(title="二的"), Outcome(title="三的"), Outcome(title="两家的"), Outcome(title="不属于谁的"),
    OutcomeLink(outcome_id=1, measure_id=1), OutcomeLink(outcome_id=2, issue_id=3),
    OutcomeLink(outcome_id=3, issue_id=2), OutcomeLink(outcome_id=3, measure_id=3),
    Evidence(title="二的"), Evidence(title="三的"), Evidence(title="三的成果的"), Evidence(title="不属于谁的"),
    Evidence(title="两家的"),
    EvidenceLink(evidence_id=1, outcome_id=1), EvidenceLink(evidence_id=2, measure_id=3),
    EvidenceLink(evidence_id=3, outcome_id=2), EvidenceLink(evidence_id=5, issue_id=3),
    EvidenceLink(evidence_id=5, measure_id=2),
    ClosingStep(issue_id=2), ClosingStep(issue_id=3),
    Extension(issue_id=3), Extension(measure_id=1), Chase(measure_id=3), Chase(issue_id=1), HandOver(measure_id=1),
)  # fmt: skip


def test_an_issue_stays_with_those_above_it_and_all_that_belongs_to_it() -> None:
    part = part_of(LEDGER, {2})
    assert [section.title for section in part.sections] == ["甲"]
    assert [issue.title for issue in part.issues] == ["大", "小"]
    assert [measure.content for measure in part.measures] == ["一", "二"]
    assert [(link.measure_id, link.issue_id) for link in part.measure_links] == [(2, 1)]
    assert [entry.id for entry in part.log_entries] == [1, 2]
    assert [outcome.title for outcome in part.outcomes] == ["二的", "两家的", "不属于谁的"]
    assert [link.id for link in part.outcome_links] == [1, 3]
    assert [paper.title for paper in part.evidence] == ["二的", "不属于谁的", "两家的"]
    assert [link.id for link in part.evidence_links] == [1, 5]
    assert [step.id for step in part.closing_steps] == [1]
    assert [found.id for found in part.extensions] == [2]
    assert [found.id for found in part.chases] == [2]
    assert [found.id for found in part.hand_overs] == [1]
    assert part.chapters == LEDGER.chapters


def test_only_the_measures_that_are_asked_for_stay() -> None:
    part = part_of(LEDGER, {2}, {2, 3})
    assert [measure.content for measure in part.measures] == ["二"]
    assert [entry.id for entry in part.log_entries] == [1, 2]
    assert [outcome.title for outcome in part.outcomes] == ["两家的", "不属于谁的"]
    assert [paper.title for paper in part.evidence] == ["不属于谁的", "两家的"]
    assert part.hand_overs == ()
    assert part_of(LEDGER, {2}, set()).measures == ()


def test_of_an_issue_what_is_below_it_does_not_stay_by_itself() -> None:
    assert [issue.title for issue in part_of(LEDGER, {1}).issues] == ["大"]


def test_all_issues_are_the_whole_ledger_without_empty_sections() -> None:
    part = part_of(LEDGER, {1, 2, 3})
    assert (part.issues, part.measures, part.evidence_links) == (LEDGER.issues, LEDGER.measures, LEDGER.evidence_links)
    assert [section.title for section in part.sections] == ["甲", "乙"]


def test_nothing_is_left_of_nothing_but_what_belongs_to_nobody() -> None:
    part = part_of(LEDGER, ())
    assert (part.sections, part.issues, part.measures, part.log_entries, part.closing_steps) == ((), (), (), (), ())
    assert [outcome.title for outcome in part.outcomes] == ["不属于谁的"]
    assert [paper.title for paper in part.evidence] == ["不属于谁的"]


def test_a_part_to_be_printed_is_as_far_as_the_whole() -> None:
    whole = a_snapshot(
        Issue(title="甲"), Measure(issue_id=1, content="一", status=Status.DONE), Measure(issue_id=1, content="二"),
        Issue(title="乙"), Issue(parent_id=2, title="乙一", status=Status.DONE), Issue(parent_id=2, title="乙二"),
    )  # fmt: skip
    for measure_id, status in ((1, Status.DONE), (2, Status.NOT_STARTED)):
        part = told_part(whole, {1, 3}, {measure_id})
        flow = Workflow(Outline(part))
        assert [flow.status(issue) for issue in part.issues] == [Status.IN_PROGRESS, Status.IN_PROGRESS, Status.DONE]
        assert [flow.measure_status(measure) for measure in part.measures] == [status]


def test_what_is_left_keeps_the_numbers_of_the_whole_ledger() -> None:
    part = part_of(a_snapshot(*a_tree(3, 2, 1)), {4})
    outline = Outline(part)
    (section,), (issue,) = part.sections, part.issues
    assert outline.section_number(section) == 2
    assert (outline.number(issue), outline.number(issue, run_through=True)) == ("2-2", "4")
    assert [ledger_table(part, run_through=through).rows[0].cells[0] for through in (False, True)] == ["2-2", 4]
    assert outline.by_number() == {"2-2": [issue]}
    assert Outline(told_part(LEDGER, {3})).numbers() == {3: "2-1"}


def test_in_a_public_list_no_gap_tells_that_something_is_withheld() -> None:
    whole = a_snapshot(Issue(title="甲"), Issue(title="乙", withheld=WithheldGround.OPEN_CASE), Issue(title="丙"))
    for shown in (whole, part_of(whole, {1, 2, 3})):
        assert Outline(edited(shown, Edition.PUBLIC)).numbers() == {1: "1", 3: "2"}


def test_a_part_to_be_printed_names_who_answers_by_a_measure_that_stays_with_another_issue() -> None:
    whole = a_snapshot(
        Issue(title="甲"), Issue(title="乙"), Measure(issue_id=1, lead_department="财政所", leaders=("张",)),
        MeasureLink(measure_id=1, issue_id=2),
    )  # fmt: skip
    table = ledger_table(told_part(whole, {2}), template=ISSUE_LIST)
    assert dict(zip(table.keys, table.rows[0].cells, strict=True))["lead_department"] == "财政所"
    assert part_of(whole, {2}).issues == whole.issues[1:]


def test_who_answers_by_a_measure_left_behind_does_not_answer_for_what_stands_below() -> None:
    whole = a_snapshot(
        Issue(title="甲"), Issue(title="乙"), Issue(title="具体表现", parent_id=2),
        Measure(issue_id=1, lead_department="财政所", leaders=("张",)), Measure(issue_id=3, content="整改"),
        MeasureLink(measure_id=1, issue_id=2),
    )  # fmt: skip
    rows = {row.issue_id: row for row in ledger_table(told_part(whole, {3})).rows}
    assert rows[3] == next(row for row in ledger_table(whole).rows if row.issue_id == 3)


def test_a_list_of_a_part_names_all_who_answer_though_some_of_the_measures_stayed_behind() -> None:
    whole = a_snapshot(
        Issue(title="甲"), Issue(title="乙"),
        Measure(issue_id=1, content="一", lead_department="财政所", leaders=("张",), deadline="7月底前"),
        Measure(issue_id=1, content="二", lead_department="党政办", deadline="6月底前"),
        Measure(issue_id=1, content="三"),
        Measure(issue_id=2, content="四", lead_department="城建办", status=Status.DONE),
        MeasureLink(measure_id=4, issue_id=1),
    )  # fmt: skip
    listed = {row.issue_id: row for row in ledger_table(whole, template=ISSUE_LIST).rows}
    for measures in ({1}, {2, 3}, None):
        part = told_part(whole, {1}, measures)
        assert ledger_table(part, template=ISSUE_LIST).rows == (listed[1],)
        rows = {row.measure_id: row for row in ledger_table(part).rows}
        assert all(row == rows.get(row.measure_id, row) for row in ledger_table(whole).rows if row.issue_id == 1)
        assert {one.caption for one in Overview(part, DAY).by_department} == {"财政所", "党政办", "城建办"}
