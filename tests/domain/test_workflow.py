"""Derived statuses and inherited duties."""

from __future__ import annotations

import datetime as dt

import pytest
from builders import a_snapshot

from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import Issue, Measure, MeasureLink, Snapshot, Status, Track
from zhenggai_desktop.domain.workflow import Duties, Workflow, combined_status

NOT, ING, MOSTLY, DONE = Status.NOT_STARTED, Status.IN_PROGRESS, Status.MOSTLY_DONE, Status.DONE


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ([], NOT),
        ([NOT, NOT], NOT),
        ([DONE], DONE),
        ([DONE, DONE], DONE),
        ([DONE, MOSTLY], MOSTLY),
        ([MOSTLY], MOSTLY),
        ([DONE, NOT], ING),
        ([MOSTLY, NOT], ING),
        ([ING], ING),
        ([DONE, ING, MOSTLY], ING),
    ],
)
def test_a_whole_is_only_as_far_as_its_parts(parts: list[Status], whole: Status) -> None:
    assert combined_status(parts) == whole


def workflow(*records: Issue | Measure) -> Workflow:
    issues = tuple(record for record in records if isinstance(record, Issue))
    measures = tuple(record for record in records if isinstance(record, Measure))
    return Workflow(Outline(Snapshot(issues=issues, measures=measures)))


def test_an_issue_is_done_when_its_measures_and_sub_issues_are() -> None:
    flow = workflow(
        Issue(id=1, section_id=1),
        Issue(id=2, parent_id=1),
        Measure(id=1, issue_id=1, status=DONE),
        Measure(id=2, issue_id=2, status=DONE),
    )
    assert flow.status(flow.outline.issue(1)) is DONE


def test_one_open_sub_issue_keeps_the_issue_open() -> None:
    done = Measure(id=1, issue_id=1, status=DONE)
    for own in (Issue(id=2, parent_id=1, status=NOT), Measure(id=2, issue_id=2)):
        below = (own,) if isinstance(own, Issue) else (Issue(id=2, parent_id=1), own)
        flow = workflow(Issue(id=1, section_id=1), *below, done)
        assert flow.status(flow.outline.issue(1)) is ING


def test_what_one_answer_covers_follows_it_and_keeps_nothing_open() -> None:
    """One answer over several issues is one item (domain.md §4 Issue): the figures count it by its measures."""
    tree = (Issue(id=1), Issue(id=2, parent_id=1), Issue(id=3, parent_id=2), Issue(id=4, parent_id=1))
    flow = workflow(*tree, Measure(id=1, issue_id=1, status=DONE))
    assert [flow.status(issue) for issue in tree] == [DONE] * 4
    flow = workflow(*tree, Measure(id=1, issue_id=1, status=DONE), Measure(id=2, issue_id=4, status=DONE))
    assert [flow.status(issue) for issue in tree] == [ING, NOT, NOT, DONE]  # each is answered by itself then


def test_a_status_set_by_hand_counts_and_its_contradiction_shows() -> None:
    flow = workflow(Issue(id=1, section_id=1, status=DONE), Measure(id=1, issue_id=1, status=ING))
    issue = flow.outline.issue(1)
    assert flow.status(issue) is DONE
    assert flow.derived_status(issue) is ING
    assert flow.contradicts(issue)


def test_a_status_set_by_hand_reaches_measures_without_one() -> None:
    flow = workflow(Issue(id=1, section_id=1, status=DONE), Measure(id=1, issue_id=1))
    assert flow.measure_status(flow.outline.measure(1)) is DONE
    assert not flow.contradicts(flow.outline.issue(1))


def test_an_issue_without_parts_is_not_started_and_contradicts_nothing() -> None:
    flow = workflow(Issue(id=1, section_id=1), Issue(id=2, section_id=1, status=DONE))
    assert flow.status(flow.outline.issue(1)) is NOT
    assert not flow.contradicts(flow.outline.issue(2))


def test_empty_fields_are_filled_from_above() -> None:
    due = dt.date(2025, 12, 31)
    flow = workflow(
        Issue(
            id=1,
            section_id=1,
            leaders=("李明",),
            lead_department="党建办",
            supporting_departments=("财政所",),
            owner="王芳",
            deadline="2025年底前",
            due_on=due,
            track=Track.DATED,
        ),
        Issue(id=2, parent_id=1, owner="赵强"),
        Measure(id=1, issue_id=2, lead_department="纪工委"),
        Measure(id=2, issue_id=2, deadline="长期坚持"),
    )
    first, second = (flow.measure_duties(flow.outline.measure(at)) for at in (1, 2))
    assert first == Duties(("李明",), "纪工委", (), "赵强", "2025年底前", due, Track.DATED, standing=False)
    assert second.lead_department == "党建办"
    assert (second.deadline, second.due_on) == ("长期坚持", None)


def test_a_sub_issue_with_its_own_deadline_does_not_inherit_the_track() -> None:
    flow = workflow(
        Issue(id=1, section_id=1, track=Track.IMMEDIATE, standing=True),
        Issue(id=2, parent_id=1, deadline="2025年6月", track=Track.DATED),
    )
    assert flow.duties(flow.outline.issue(2)).track is Track.DATED
    assert not flow.duties(flow.outline.issue(2)).standing


def test_a_linked_measure_counts_for_both_issues() -> None:
    snapshot = Snapshot(
        issues=(Issue(id=1, section_id=1), Issue(id=2, section_id=1)),
        measures=(Measure(id=1, issue_id=1, status=DONE),),
        measure_links=(MeasureLink(id=1, measure_id=1, issue_id=2),),
    )
    flow = Workflow(Outline(snapshot))
    assert [flow.status(issue) for issue in snapshot.issues] == [DONE, DONE]


def told_by(*records: Issue | Measure | MeasureLink, open_only: bool = False) -> Duties:
    """The first issue's duties as a list of issues prints them."""
    outline = Outline(a_snapshot(*records))
    return Workflow(outline).told_duties(outline.issue(1), open_only=open_only)


def test_an_issue_told_as_a_whole_has_the_duties_that_only_its_measures_name() -> None:
    own = Measure(issue_id=1, lead_department="党建办", supporting_departments=("财政所",), leaders=("张",), owner="甲")
    link = MeasureLink(measure_id=2, issue_id=1)
    other = Measure(issue_id=2, lead_department="财政所", leaders=("张", "王"), deadline="6月底前")
    assert told_by(Issue(), Issue(), own, other, link) == Duties(
        leaders=("张", "王"), lead_department="党建办、财政所", owner="甲", deadline="6月底前"
    )
    assert told_by(Issue(lead_department="综合科"), own).lead_department == "综合科"
    assert told_by(Issue(), Issue(parent_id=1, lead_department="综合科")).lead_department == "综合科"
    assert told_by(Issue()) == Duties()


def test_a_deadline_that_all_measures_have_is_that_of_the_whole() -> None:
    may, june = dt.date(2025, 5, 31), dt.date(2025, 6, 30)
    same = [Measure(issue_id=1, deadline="6月底前", due_on=june)] * 2
    assert (told_by(Issue(), *same).deadline, told_by(Issue(), *same).due_on) == ("6月底前", june)
    several = told_by(Issue(), Measure(issue_id=1, due_on=may), same[0])
    assert (several.deadline, several.due_on) == ("2025年5月底前；6月底前", None)
    assert told_by(Issue(due_on=may), *same).deadline_words == "2025年5月底前"


def test_whoever_is_done_is_not_among_those_who_have_something_left() -> None:
    measures = (
        Measure(issue_id=1, lead_department="党建办", status=DONE),
        Measure(issue_id=1, lead_department="财政所"),
    )
    assert told_by(Issue(), *measures, open_only=True).lead_department == "财政所"
    assert told_by(Issue(), measures[0], open_only=True).lead_department == "党建办"
