"""The process: usual milestones, dates that follow the feedback, meetings counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from builders import a_ledger, a_snapshot

from zhenggai_desktop.domain.editions import Edition
from zhenggai_desktop.domain.office_rules import (
    PERIODS,
    Anchor,
    LeadTime,
    OfficeRules,
    Stage,
    load_rules,
    office_rules,
    rules_text,
)
from zhenggai_desktop.domain.process import MilestoneState, meetings, milestone_of, next_step, process_line
from zhenggai_desktop.domain.records import Draft, LedgerFacts, Milestone, Track
from zhenggai_desktop.errors import EditRefusedError, UsageError
from zhenggai_desktop.services import editing, process
from zhenggai_desktop.services.drafts import send_notice
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.process_papers import papers_of
from zhenggai_desktop.services.process_rules import Planned, planned, problem_of, set_stages, usual_stages

FEEDBACK = dt.date(2025, 1, 14)
TODAY = dt.date(2025, 2, 20)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with a_ledger(tmp_path, feedback_date=FEEDBACK) as ledger:
        yield ledger


def due(ledger: Ledger, kind: str) -> dt.date | None:
    return next(milestone.due_on for milestone in ledger.snapshot.milestones if milestone.kind == kind)


def test_the_usual_milestones_are_laid_out_once(ledger: Ledger) -> None:
    assert process.lay_out(ledger) == 15
    assert process.lay_out(ledger) == 0
    assert due(ledger, "反馈会") == FEEDBACK
    assert due(ledger, "整改方案报备") is None  # the ledger does not know yet when the plan is due


def test_a_period_sets_the_dates_and_the_milestones_follow(ledger: Ledger) -> None:
    process.lay_out(ledger)
    process.choose_period(ledger, PERIODS[1])
    facts = ledger.snapshot.facts
    assert (facts.plan_due, facts.concentrated_end, facts.report_due) == (
        dt.date(2025, 2, 14), dt.date(2025, 4, 14), dt.date(2025, 4, 14),
    )  # fmt: skip
    assert facts.rule_source == "集中整改3个月，以本级文件为准"
    assert due(ledger, "整改方案报备") == dt.date(2025, 2, 14)
    ledger.undo()
    assert (ledger.snapshot.facts.plan_due, due(ledger, "整改方案报备")) == (None, None)


def test_a_date_that_somebody_set_and_what_is_done_are_left_alone(ledger: Ledger) -> None:
    process.lay_out(ledger)
    process.choose_period(ledger, PERIODS[0])
    own = next(milestone for milestone in ledger.snapshot.milestones if milestone.kind == "整改方案报备")
    done = next(milestone for milestone in ledger.snapshot.milestones if milestone.kind == "整改方案审定")
    with ledger.step("修改") as writer:
        writer.update(Milestone, own.id, due_on=dt.date(2025, 2, 10))
    process.complete(ledger, done.id, dt.date(2025, 2, 5), minutes_number="纪要1号")
    process.choose_period(ledger, PERIODS[2])
    assert due(ledger, "整改方案报备") == dt.date(2025, 2, 10)
    assert due(ledger, "整改方案审定") == done.due_on
    assert due(ledger, "集中整改") == dt.date(2025, 7, 14)


def test_milestones_follow_a_date_that_is_typed(ledger: Ledger) -> None:
    process.lay_out(ledger)
    key = (LedgerFacts, ledger.snapshot.facts.id)
    editing.set_fields(ledger, key, {"plan_due": dt.date(2025, 3, 3)}, today=FEEDBACK)
    assert (due(ledger, "整改方案报备"), due(ledger, "整改方案审定")) == (dt.date(2025, 3, 3), dt.date(2025, 2, 24))
    later = FEEDBACK + dt.timedelta(days=2)
    editing.set_fields(ledger, key, {"feedback_date": later}, today=later)
    meeting = next(one for one in ledger.snapshot.milestones if one.kind == "反馈会")
    assert (meeting.due_on, meeting.done_on) == (later, later)
    ledger.undo()
    assert due(ledger, "反馈会") == FEEDBACK


def test_without_a_feedback_date_there_is_no_period(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger, pytest.raises(EditRefusedError, match="还没有填反馈日期"):
        process.choose_period(ledger, PERIODS[0])


def test_the_line_says_what_is_late_next_and_unproven() -> None:
    snapshot = a_snapshot(
        Milestone(kind="反馈会", done_on=FEEDBACK, minutes_number="会议记录1号"),
        Milestone(kind="成立领导小组", done_on=FEEDBACK),
        Milestone(kind="整改方案报备", due_on=dt.date(2025, 2, 14)),
        Milestone(kind="集中整改", due_on=dt.date(2025, 2, 25)),
        Milestone(kind="向社会公开", due_on=dt.date(2025, 6, 1)),
        Milestone(kind="成效评估、回头看"),
    )
    line = process_line(snapshot, OfficeRules(), TODAY)
    assert [step.state for step in line] == [
        MilestoneState.DONE, MilestoneState.UNPROVEN, MilestoneState.LATE, MilestoneState.SOON, MilestoneState.OPEN,
        MilestoneState.OPEN,
    ]  # fmt: skip
    assert line[1].missing == ("成立文件",)
    following = next_step(line)
    assert following is not None
    assert (following.milestone.kind, following.left) == ("整改方案报备", -6)


def test_meetings_that_took_place_are_counted(ledger: Ledger) -> None:
    for day in (3, 10, 17):
        process.add_meeting(ledger, "整改专题会议", dt.date(2025, 2, day), place="三楼会议室")
    with ledger.step("新增") as writer:
        writer.add(Milestone(kind="整改专题会议", due_on=TODAY))  # not held yet
    assert meetings(ledger.snapshot, OfficeRules()) == (("整改专题会议", 3),)


def test_rules_go_through_their_text_and_the_usual_ones_need_none() -> None:
    assert rules_text(OfficeRules()) == ""
    own = OfficeRules(
        closing_chain=("申请", "销号"),
        process=(Stage("反馈会", Anchor.FEEDBACK, 1, ("记录",), meeting=True),),
        dated=LeadTime(20, 10),
        silent_days=30,
    )
    assert load_rules(rules_text(own)) == own
    assert office_rules(LedgerFacts(rules=rules_text(own))).lead_time(Track.DATED) == LeadTime(20, 10)
    assert own.lead_time(None) == OfficeRules().untracked


@pytest.mark.parametrize(
    "text",
    [
        "不是JSON", "[]", '{"chain": []}', '{"closing_chain": []}', '{"closing_chain": ["甲", "甲"]}',
        '{"silent_days": -1}', '{"dated": {"first": 3, "second": 7}}', '{"dated": 5}', '{"process": [{}]}',
        '{"process": [{"kind": "会", "anchor": "昨天"}]}', '{"closing_chain": [" "]}',
    ],
)  # fmt: skip
def test_what_is_no_rules_is_told_in_a_sentence(text: str) -> None:
    with pytest.raises(UsageError, match="本单位规定的内容无法识别"):
        load_rules(text)


@pytest.mark.parametrize(
    ("files", "missing"),
    [
        (("反馈会记录.docx",), ()),
        (("会议记录（定稿）.pdf",), ()),
        (("会议照片.jpg",), ("会议记录",)),
    ],
)
def test_minutes_are_known_by_their_short_names(files: tuple[str, ...], missing: tuple[str, ...]) -> None:
    snapshot = a_snapshot(Milestone(kind="反馈会", done_on=FEEDBACK, files=files))
    assert process_line(snapshot, OfficeRules(), TODAY)[0].missing == missing


@pytest.mark.parametrize(
    ("kind", "edition", "stage"),
    [
        ("整改方案（附三个清单）", "", "整改方案审定"),
        ("集中整改进展情况报告", "", "整改进展情况报告"),
        ("主要负责人组织落实情况报告", "", "主要负责人组织落实情况报告"),
        ("拟不公开事项表", "", "拟不公开事项报告"),
        ("整改通报", "internal", "党内通报"),
        ("整改通报", "internal_review", "党内通报"),
        ("整改通报", "public", "向社会公开"),
        ("送审单", "", None),
        ("整改落实情况统计表", "", None),
        ("巡察整改工作周报", "", None),
    ],
)
def test_a_document_belongs_to_the_milestone_that_asks_for_it(
    ledger: Ledger, kind: str, edition: str, stage: str | None
) -> None:
    rules = OfficeRules()
    assert milestone_of(ledger.snapshot, rules, kind, edition) is None, "nothing is laid out"
    process.lay_out(ledger)
    found = milestone_of(ledger.snapshot, rules, kind, edition)
    assert [one.kind for one in ledger.snapshot.milestones if one.id == found] == ([] if stage is None else [stage])


def test_the_notice_that_goes_out_hangs_on_its_milestone_by_itself(ledger: Ledger, tmp_path: Path) -> None:
    process.lay_out(ledger)
    draft = send_notice(ledger, tmp_path / "党内通报.docx", edition=Edition.INTERNAL)
    assert draft is not None
    line = process_line(ledger.snapshot, OfficeRules(), TODAY)
    step = next(step for step in line if step.milestone.kind == "党内通报")
    assert (draft.milestone_id, step.missing) == (step.milestone.id, ())
    ledger.undo()
    assert ledger.snapshot.drafts == ()


def test_rules_that_cannot_be_read_keep_no_notice_back(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.step("写坏") as writer:
        writer.set_facts(rules="{")
    draft = send_notice(ledger, tmp_path / "通报.docx")
    assert draft is not None
    assert draft.milestone_id is None


class TestStages:
    @pytest.fixture
    def laid_out(self, ledger: Ledger) -> Ledger:
        process.choose_period(ledger, PERIODS[1])
        process.lay_out(ledger)
        return ledger

    def changed(self, ledger: Ledger, **renamed: str) -> list[Planned]:
        return [
            Planned(replace(one.stage, kind=renamed.get(one.was, one.was)), one.was) for one in planned(ledger.snapshot)
        ]

    def test_a_new_name_goes_to_the_milestones_and_what_is_written_in_them_stays(self, laid_out: Ledger) -> None:
        first = laid_out.snapshot.milestones[0]
        process.complete(laid_out, first.id, FEEDBACK, minutes_number="会议记录1号")
        set_stages(laid_out, self.changed(laid_out, 反馈会="反馈意见会议"))
        after = laid_out.snapshot.milestones[0]
        assert (after.kind, after.title, after.minutes_number) == ("反馈意见会议", "反馈意见会议", "会议记录1号")
        assert office_rules(laid_out.snapshot.facts).process[0].kind == "反馈意见会议"
        assert laid_out.undo_label == "调整整改流程"
        laid_out.undo()
        assert laid_out.snapshot.milestones[0].kind == "反馈会"
        assert laid_out.snapshot.facts.rules == ""

    def test_a_new_stage_gets_its_milestone_on_its_day_and_in_its_place(self, laid_out: Ledger) -> None:
        stages = self.changed(laid_out)
        stages.insert(1, Planned(Stage("动员部署会", Anchor.FEEDBACK, 5, ("签到表",), meeting=True)))
        assert set_stages(laid_out, stages).added == ("动员部署会",)
        assert due(laid_out, "动员部署会") == dt.date(2025, 1, 19)
        line = process_line(laid_out.snapshot, office_rules(laid_out.snapshot.facts), TODAY)
        assert [step.milestone.kind for step in line][:4] == [
            "反馈会", "反馈问题清单签收", "动员部署会", "成立领导小组",
        ]  # fmt: skip
        assert next(step for step in line if step.milestone.kind == "动员部署会").missing == ("签到表",)

    def test_a_new_stage_may_take_the_name_that_another_one_gave_up(self, laid_out: Ledger) -> None:
        stages = self.changed(laid_out, 公开反馈意见="公开巡察反馈")
        stages.insert(1, Planned(Stage("公开反馈意见", Anchor.FEEDBACK, 5)))
        assert set_stages(laid_out, stages).added == ("公开反馈意见",)
        assert due(laid_out, "公开反馈意见") == dt.date(2025, 1, 19)
        assert due(laid_out, "公开巡察反馈") == dt.date(2025, 1, 24)
        assert len(laid_out.snapshot.milestones) == 16

    def test_a_new_stage_of_the_name_of_one_taken_out_gets_a_milestone_of_its_own(self, laid_out: Ledger) -> None:
        stages = [one for one in self.changed(laid_out) if one.was != "公开反馈意见"]
        stages.append(Planned(Stage("公开反馈意见", Anchor.FEEDBACK, 5)))
        change = set_stages(laid_out, stages)
        assert (change.added, change.removed, change.kept) == (("公开反馈意见",), ("公开反馈意见",), ())
        assert due(laid_out, "公开反馈意见") == dt.date(2025, 1, 19)

    def test_what_is_written_in_a_stage_taken_out_stays_for_the_new_one_of_its_name(self, laid_out: Ledger) -> None:
        written = next(one for one in laid_out.snapshot.milestones if one.kind == "公开反馈意见")
        process.complete(laid_out, written.id, FEEDBACK, files=("公开稿.pdf",))
        stages = [one for one in self.changed(laid_out) if one.was != "公开反馈意见"]
        set_stages(laid_out, [*stages, Planned(Stage("公开反馈意见", Anchor.FEEDBACK, 5))])
        assert [one.uid for one in laid_out.snapshot.milestones if one.kind == "公开反馈意见"] == [written.uid]

    def test_a_stage_taken_out_leaves_only_what_somebody_wrote(self, laid_out: Ledger) -> None:
        written = next(one for one in laid_out.snapshot.milestones if one.kind == "成立领导小组")
        process.complete(laid_out, written.id, FEEDBACK, files=("成立文件.pdf",))
        left = [one for one in self.changed(laid_out) if one.was not in ("成立领导小组", "公开反馈意见")]
        change = set_stages(laid_out, left)
        assert (change.removed, change.kept) == (("公开反馈意见",), ("成立领导小组",))
        kinds = [one.kind for one in laid_out.snapshot.milestones]
        assert ("成立领导小组" in kinds, "公开反馈意见" in kinds) == (True, False)

    def test_a_day_counted_otherwise_moves_what_followed_it(self, laid_out: Ledger) -> None:
        own = next(one for one in laid_out.snapshot.milestones if one.kind == "公开反馈意见")
        with laid_out.step("改") as writer:
            writer.update(Milestone, own.id, due_on=dt.date(2025, 1, 31))
        stages = [
            Planned(replace(one.stage, days=one.stage.days + 5), one.was)
            if one.was in ("公开反馈意见", "反馈问题清单签收")
            else one
            for one in planned(laid_out.snapshot)
        ]
        set_stages(laid_out, stages)
        assert due(laid_out, "反馈问题清单签收") == dt.date(2025, 1, 22)
        assert due(laid_out, "公开反馈意见") == dt.date(2025, 1, 31)

    def test_the_usual_process_comes_back_with_the_milestones_that_were_taken_out(self, laid_out: Ledger) -> None:
        set_stages(laid_out, planned(laid_out.snapshot)[:3])
        assert len(laid_out.snapshot.milestones) == 3
        set_stages(laid_out, usual_stages())
        assert len(laid_out.snapshot.milestones) == 15
        assert laid_out.snapshot.facts.rules == ""

    @pytest.mark.parametrize(
        ("stages", "problem"),
        [
            ([], "流程至少要有一个环节"),
            ([Planned(Stage("反馈会")), Planned(Stage(""))], "有的环节还没有名称"),
            ([Planned(Stage("反馈会")), Planned(Stage("反馈会"))], "有两个环节都叫“反馈会”"),
        ],
    )
    def test_what_is_no_process_is_refused(self, laid_out: Ledger, stages: list[Planned], problem: str) -> None:
        assert problem_of(stages) == problem
        with pytest.raises(UsageError, match=problem):
            set_stages(laid_out, stages)
        assert laid_out.snapshot.facts.rules == ""


def test_the_papers_of_a_milestone_are_found_where_they_lie(tmp_path: Path) -> None:
    exports, elsewhere = tmp_path / "导出", tmp_path / "别处"
    for folder, name in ((tmp_path / "材料", "纪要.docx"), (exports, "整改方案.docx"), (elsewhere, "照片.jpg")):
        folder.mkdir()
        (folder / name).write_bytes(b"1")
    moved = str(tmp_path / "旧电脑" / "材料" / "纪要.docx")
    snapshot = a_snapshot(
        Milestone(
            kind="反馈会",
            files=("材料/纪要.docx", "材料\\纪要.docx", str(elsewhere / "照片.jpg"), "签到表（纸质）", moved, "../x"),
        ),
        Draft(kind="整改方案", version="第1稿", file_name="整改方案.docx", milestone_id=1),
    )
    found = papers_of(snapshot, 1, (tmp_path, exports))
    assert [(paper.caption, paper.path) for paper in found] == [
        ("纪要.docx", tmp_path / "材料" / "纪要.docx"),
        ("纪要.docx", tmp_path / "材料" / "纪要.docx"),
        ("照片.jpg", elsewhere / "照片.jpg"),
        ("签到表（纸质）", None),
        ("纪要.docx", None),
        ("x", None),
        ("整改方案第1稿　整改方案.docx", exports / "整改方案.docx"),
    ]
    assert papers_of(snapshot, 99, (tmp_path,)) == ()
