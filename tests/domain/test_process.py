"""The line of milestones: on which day each is due, how it stands, which papers it lacks, what belongs to it."""

from __future__ import annotations

import datetime as dt

import pytest
from builders import a_snapshot

from zhenggai_desktop.domain.office_rules import Anchor, OfficeRules, Stage
from zhenggai_desktop.domain.process import (
    MilestoneState,
    dates_to_change,
    meetings,
    milestone_of,
    milestones_to_add,
    missing_papers,
    next_step,
    process_line,
    usual_date,
)
from zhenggai_desktop.domain.records import Draft, LedgerFacts, Milestone
from zhenggai_desktop.texts import DRAFT_NOTICE

RULES = OfficeRules()
TODAY = dt.date(2025, 6, 10)
FEEDBACK = dt.date(2025, 3, 1)


def day(month: int, number: int) -> dt.date:
    return dt.date(2025, month, number)


@pytest.mark.parametrize(
    ("stage", "due"),
    [
        (Stage("甲", Anchor.FEEDBACK, 0), FEEDBACK),
        (Stage("甲", Anchor.FEEDBACK, 10), day(3, 11)),
        (Stage("甲", Anchor.PLAN, -7), day(3, 25)),
        (Stage("甲", Anchor.REPORT, 5), None),
        (Stage("甲", Anchor.NONE, 5), None),
    ],
)
def test_the_day_of_a_stage_is_counted_from_the_ledgers_dates(stage: Stage, due: dt.date | None) -> None:
    assert usual_date(stage, LedgerFacts(feedback_date=FEEDBACK, plan_due=day(4, 1))) == due


def test_what_the_ledger_has_not_yet_is_laid_out() -> None:
    snapshot = a_snapshot(Milestone(kind="公开反馈意见"), feedback_date=FEEDBACK)
    found = milestones_to_add(snapshot, RULES)
    assert [one.kind for one in found] == [
        stage.kind for stage in RULES.process if not stage.repeats and stage.kind != "公开反馈意见"
    ]
    assert [one.kind for one in found if one.done_on] == ["反馈会"]
    assert found[0].done_on == found[0].due_on == FEEDBACK
    assert found[1].due_on == day(3, 4)
    assert all(one.title == one.kind for one in found)


def test_dates_follow_the_ledger_unless_done_or_set_otherwise() -> None:
    before = LedgerFacts(feedback_date=FEEDBACK)
    snapshot = a_snapshot(
        Milestone(kind="公开反馈意见", due_on=day(3, 11)),
        Milestone(kind="成立领导小组", due_on=day(3, 9)),  # set by hand
        Milestone(kind="反馈问题清单签收"),  # had none
        Milestone(kind="反馈会", due_on=FEEDBACK, done_on=FEEDBACK),
        Milestone(kind="自己的会", due_on=FEEDBACK),
        Milestone(kind="整改方案报备"),  # still without a date to count from
        feedback_date=day(3, 2),
    )
    assert dates_to_change(snapshot, before, RULES) == ((1, day(3, 12)), (3, day(3, 5)))
    same = a_snapshot(Milestone(kind="公开反馈意见", due_on=day(3, 11)), feedback_date=FEEDBACK)
    assert dates_to_change(same, before, RULES) == ()


@pytest.mark.parametrize(
    ("milestone", "state", "left"),
    [
        (Milestone(kind="集中整改", due_on=day(6, 9)), MilestoneState.LATE, -1),
        (Milestone(kind="集中整改", due_on=day(6, 10)), MilestoneState.SOON, 0),
        (Milestone(kind="集中整改", due_on=day(6, 17)), MilestoneState.SOON, 7),
        (Milestone(kind="集中整改", due_on=day(6, 18)), MilestoneState.OPEN, 8),
        (Milestone(kind="集中整改"), MilestoneState.OPEN, None),
        (Milestone(kind="集中整改", due_on=day(6, 1), done_on=day(6, 5)), MilestoneState.DONE, -9),
        (Milestone(kind="党内通报", done_on=day(6, 5)), MilestoneState.UNPROVEN, None),
        (Milestone(kind="党内通报", done_on=day(6, 5), files=("党内通报.docx",)), MilestoneState.DONE, None),
    ],
)
def test_how_a_milestone_stands(milestone: Milestone, state: MilestoneState, left: int | None) -> None:
    (step,) = process_line(a_snapshot(milestone), RULES, TODAY)
    assert (step.state, step.left) == (state, left)


def test_milestones_come_by_their_days_and_one_without_stays_behind_the_one_before_it() -> None:
    snapshot = a_snapshot(
        Milestone(kind="甲", due_on=day(5, 1)), Milestone(kind="乙"), Milestone(kind="丙", due_on=day(4, 1)),
        Milestone(kind="丁", due_on=day(1, 1), done_on=day(6, 1)), Milestone(kind="戊", due_on=day(5, 1)),
    )  # fmt: skip
    line = process_line(snapshot, RULES, TODAY)
    assert [step.milestone.kind for step in line] == ["丙", "甲", "乙", "戊", "丁"]
    following = next_step(line)
    assert following is not None
    assert following.milestone.kind == "丙"
    assert next_step(process_line(a_snapshot(Milestone(kind="乙"), Milestone(done_on=TODAY)), RULES, TODAY)) is None


@pytest.mark.parametrize(
    ("files", "number", "drafts", "missing"),
    [
        ((), "", (), ("整改方案", "会议纪要")),
        (("整改方案（送审）.docx",), "", (), ("会议纪要",)),
        ((), "〔2025〕3号", (), ("整改方案",)),
        (("第3次纪要.pdf",), "", (), ("整改方案",)),
        ((), "", (Draft(kind="整改方案", file_name="a.docx"),), ("会议纪要",)),
        ((), "", (Draft(kind="a", file_name="会议纪要.docx"),), ("整改方案",)),
    ],
)
def test_papers_are_there_that_files_or_drafts_are_called_by(
    files: tuple[str, ...], number: str, drafts: tuple[Draft, ...], missing: tuple[str, ...]
) -> None:
    assert missing_papers(("整改方案", "会议纪要"), files, number, drafts) == missing


def test_a_draft_proves_the_milestone_on_which_it_hangs() -> None:
    snapshot = a_snapshot(
        Milestone(kind="党内通报", done_on=TODAY), Milestone(kind="整改方案报备", done_on=TODAY),
        Draft(milestone_id=1, kind="党内通报"), Draft(kind="报备件"),
    )  # fmt: skip
    assert [step.missing for step in process_line(snapshot, RULES, TODAY)] == [(), ("报备件",)]


def test_meetings_that_were_held_are_counted_by_kind_in_the_order_of_the_process() -> None:
    snapshot = a_snapshot(
        Milestone(kind="整改专题会议", done_on=TODAY), Milestone(kind="整改专题会议", done_on=TODAY),
        Milestone(kind="整改专题会议", due_on=TODAY), Milestone(kind="反馈会", done_on=FEEDBACK),
        Milestone(kind="党内通报", done_on=TODAY),
    )  # fmt: skip
    assert meetings(snapshot, RULES) == (("反馈会", 1), ("整改专题会议", 2))


@pytest.mark.parametrize(
    ("kind", "edition", "milestone"),
    [
        (DRAFT_NOTICE, "internal", "党内通报"),
        (DRAFT_NOTICE, "internal_review", "党内通报"),
        (DRAFT_NOTICE, "public", "向社会公开"),
        ("整改方案报备", "", "整改方案报备"),
        ("整改进展情况报告（第2稿）", "", "整改进展情况报告"),
        ("拟不公开事项表", "", "拟不公开事项报告"),
        ("整改方案", "", "整改方案审定"),
        ("报告", "", None),
        ("别的", "", None),
    ],
)
def test_a_document_belongs_to_the_stage_that_is_called_in_its_name_or_asks_for_it(
    kind: str, edition: str, milestone: str | None
) -> None:
    snapshot = a_snapshot(*milestones_to_add(a_snapshot(), RULES))
    names = {one.id: one.kind for one in snapshot.milestones}
    found = milestone_of(snapshot, RULES, kind, edition)
    assert (names[found] if found is not None else None) == milestone


def test_of_several_milestones_of_a_kind_the_first_that_is_not_done_takes_the_document() -> None:
    done, still_open = Milestone(kind="党内通报", done_on=TODAY), Milestone(kind="党内通报")
    assert milestone_of(a_snapshot(done, still_open, still_open), RULES, DRAFT_NOTICE, "internal") == 2
    assert milestone_of(a_snapshot(done, done), RULES, DRAFT_NOTICE, "internal") == 2
    assert milestone_of(a_snapshot(still_open), RULES, DRAFT_NOTICE, "public") is None
