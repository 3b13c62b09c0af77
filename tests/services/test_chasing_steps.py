"""Chases, extensions and hand-overs are kept with the ledger, each as one step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import a_ledger

from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import Issue, Measure, Section, Track
from zhenggai_desktop.domain.workflow import Workflow
from zhenggai_desktop.errors import EditRefusedError
from zhenggai_desktop.services import chasing
from zhenggai_desktop.services.ledger import Ledger

TODAY = dt.date(2025, 6, 10)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    late = dt.date(2025, 6, 1)
    records = (
        Section(title="方面"),
        Issue(
            section_id=1, title="台账不全", deadline="2025年6月1日前", due_on=late, leaders=("王主任",), owner="王主任"
        ),
        Issue(section_id=1, title="制度不全", deadline="2025年底前", due_on=dt.date(2025, 12, 31), owner="李干事"),
        Issue(section_id=1, title="会议不规范", deadline="立行立改", track=Track.IMMEDIATE),
        Measure(issue_id=1, content="补齐台账", owner="王主任"),
        Measure(issue_id=3, content="按规定开会"),
    )
    with a_ledger(tmp_path, *records) as ledger:
        yield ledger


def test_a_chase_is_kept_on_each_record(ledger: Ledger) -> None:
    listed = chasing.due_reminders(ledger.snapshot, TODAY)
    assert chasing.record_chase(ledger, listed, "督办通知单", "", on=TODAY) == 1
    (chase,) = ledger.snapshot.chases
    assert (chase.issue_id, chase.kind, chase.text, chase.chased_on) == (1, "督办通知单", "已逾期9天", TODAY)
    assert chasing.record_chase(ledger, (), "督办通知单", "", on=TODAY) == 0


def test_an_extension_keeps_both_deadlines(ledger: Ledger) -> None:
    chasing.extend_deadline(ledger, (Issue, 1), "2025年8月底前", reason="需要财审", approval="党工委会", on=TODAY)
    chasing.extend_deadline(ledger, (Issue, 1), "2025年9月底前", reason="财审未完", on=TODAY)
    issue = ledger.snapshot.issues[0]
    assert (issue.deadline, issue.due_on) == ("2025年9月底前", dt.date(2025, 9, 30))
    assert [found.old_deadline for found in ledger.snapshot.extensions] == ["2025年6月1日前", "2025年8月底前"]
    assert chasing.original_deadline(ledger.snapshot, (Issue, 1)) == "2025年6月1日前"
    assert chasing.original_deadline(ledger.snapshot, (Issue, 2)) == ""
    assert chasing.due_reminders(ledger.snapshot, TODAY) == ()


def test_a_measure_without_a_deadline_is_extended_from_its_issues(ledger: Ledger) -> None:
    chasing.extend_deadline(ledger, (Measure, 1), "2025年7月底前", reason="设备未到", on=TODAY)
    (extension,) = ledger.snapshot.extensions
    assert (extension.measure_id, extension.old_deadline) == (1, "2025年6月1日前")
    assert ledger.snapshot.measures[0].due_on == dt.date(2025, 7, 31)


@pytest.mark.parametrize(
    ("key", "deadline", "reason", "sentence"),
    [
        ((Issue, 1), "2025年8月底前", " ", "延期要写明理由"),
        ((Issue, 1), "2025年5月底前", "理由", "不晚于“台账不全”原来的时限（2025年6月1日前）"),
        ((Issue, 1), "尽快", "理由", "不晚于“台账不全”原来的时限"),
        ((Issue, 1), "2025年6月5日前", "理由", "“2025年6月5日前”早于批准日期（2025年6月10日）"),
        ((Issue, 3), " ", "理由", "没有写新的时限"),
        ((Measure, 2), "", "理由", "没有写新的时限"),
        ((Section, 1), "2025年8月底前", "理由", "方面没有整改时限"),
    ],
)
def test_an_extension_that_is_none_is_refused(
    ledger: Ledger, key: tuple[type[Issue], int], deadline: str, reason: str, sentence: str
) -> None:
    with pytest.raises(EditRefusedError, match=sentence):
        chasing.extend_deadline(ledger, key, deadline, reason=reason, on=TODAY)
    assert ledger.snapshot.extensions == ()
    assert ledger.snapshot.issues[2].deadline == "立行立改"


@pytest.mark.parametrize(
    ("words", "decided", "due"),
    [
        ("6月底前", dt.date(2025, 11, 1), dt.date(2026, 6, 30)),
        ("3月底前", dt.date(2025, 11, 1), dt.date(2026, 3, 31)),
        ("年底前", dt.date(2025, 11, 1), dt.date(2025, 12, 31)),
        ("明年3月底前", dt.date(2025, 11, 1), dt.date(2026, 3, 31)),
        ("12月底前", dt.date(2025, 6, 10), dt.date(2025, 12, 31)),
        ("反馈后八个月内", dt.date(2025, 6, 10), dt.date(2025, 7, 20)),
    ],
)
def test_a_new_deadline_without_a_year_is_meant_after_the_decision(
    tmp_path: Path, words: str, decided: dt.date, due: dt.date
) -> None:
    issue = Issue(title="台账不全", deadline="2025年1月底前", due_on=dt.date(2025, 1, 31))
    with a_ledger(tmp_path, issue, name="跨年.zgtz", feedback_date=dt.date(2024, 11, 20)) as ledger:
        chasing.extend_deadline(ledger, (Issue, 1), words, reason="工程延期", on=decided)
        assert (ledger.snapshot.issues[0].deadline, ledger.snapshot.issues[0].due_on) == (words, due)
        assert ledger.snapshot.extensions[0].new_due_on == due


def test_a_part_keeps_what_else_it_inherited_when_its_deadline_is_put_off(tmp_path: Path) -> None:
    whole = Issue(
        title="整体", deadline="2025年6月底前", due_on=dt.date(2025, 6, 30), track=Track.STAGED, standing=True
    )
    with a_ledger(tmp_path, whole, Issue(title="部分", parent_id=1)) as ledger:
        chasing.extend_deadline(ledger, (Issue, 2), "2025年9月底前", reason="设备未到", on=TODAY)
        duties = Workflow(Outline(ledger.snapshot)).duties(ledger.snapshot.issues[1])
        assert (duties.due_on, duties.track, duties.standing) == (dt.date(2025, 9, 30), Track.STAGED, True)
        ledger.undo()
        assert (ledger.snapshot.issues[1].track, ledger.snapshot.issues[1].standing) == (None, False)


def test_a_new_deadline_that_says_for_good_is_kept_as_standing(ledger: Ledger) -> None:
    chasing.extend_deadline(ledger, (Issue, 1), "2025年9月底前，长期坚持", reason="需要财审", on=TODAY)
    assert ledger.snapshot.issues[0].standing


def test_duties_are_handed_over_with_a_record_and_taken_back_in_one_step(ledger: Ledger) -> None:
    keys = [(Issue, 1), (Issue, 2), (Measure, 1), (Section, 1)]
    assert chasing.hand_over(ledger, keys, "王主任", "赵主任", on=TODAY, note="岗位调整") == 2
    assert (ledger.snapshot.issues[0].owner, ledger.snapshot.issues[0].leaders) == ("赵主任", ("赵主任",))
    assert ledger.snapshot.issues[1].owner == "李干事"
    assert [(found.old_owner, found.new_owner) for found in ledger.snapshot.hand_overs] == [("王主任", "赵主任")] * 2
    ledger.undo()
    assert ledger.snapshot.hand_overs == ()
    assert ledger.snapshot.measures[0].owner == "王主任"


@pytest.mark.parametrize(
    ("owner", "after"),
    [
        ("张三、李四", "王五、李四"),
        ("李四，张三", "李四，王五"),
        ("李四; 张三 ;赵六", "李四; 王五 ;赵六"),
        ("张三、王五、李四", "王五、李四"),
        ("王五、张三", "王五"),
        ("李四和张三丰", ""),
        ("张三丰、李四", ""),
    ],
)
def test_one_of_several_names_is_handed_over(tmp_path: Path, owner: str, after: str) -> None:
    with a_ledger(tmp_path, Issue(title="台账不全", owner=owner)) as ledger:
        assert chasing.hand_over(ledger, [(Issue, 1)], "张三", "王五", on=TODAY) == bool(after)
        assert ledger.snapshot.issues[0].owner == (after or owner)


def test_several_leaders_in_one_field_are_handed_over_one_by_one(tmp_path: Path) -> None:
    with a_ledger(tmp_path, Issue(title="台账不全", leaders=("赵六", "张三、李四"))) as ledger:
        assert chasing.hand_over(ledger, [(Issue, 1)], "张三", "王五", on=TODAY) == 1
        assert ledger.snapshot.issues[0].leaders == ("赵六", "王五、李四")


def test_nobody_takes_over_nothing(ledger: Ledger) -> None:
    assert chasing.hand_over(ledger, [(Issue, 2)], "王主任", "赵主任", on=TODAY) == 0
    with pytest.raises(EditRefusedError, match="没有写由谁接手"):
        chasing.hand_over(ledger, [(Issue, 1)], "王主任", "", on=TODAY)
