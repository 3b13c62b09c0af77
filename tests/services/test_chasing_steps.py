"""Chases, extensions and hand-overs are kept with the ledger, each as one step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import a_ledger

from zhenggai_desktop.domain.records import Issue, Measure, Section
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
        Measure(issue_id=1, content="补齐台账", owner="王主任"),
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
        ((Section, 1), "2025年8月底前", "理由", "方面没有整改时限"),
    ],
)
def test_an_extension_that_is_none_is_refused(
    ledger: Ledger, key: tuple[type[Issue], int], deadline: str, reason: str, sentence: str
) -> None:
    with pytest.raises(EditRefusedError, match=sentence):
        chasing.extend_deadline(ledger, key, deadline, reason=reason, on=TODAY)
    assert ledger.snapshot.extensions == ()


def test_duties_are_handed_over_with_a_record_and_taken_back_in_one_step(ledger: Ledger) -> None:
    keys = [(Issue, 1), (Issue, 2), (Measure, 1), (Section, 1)]
    assert chasing.hand_over(ledger, keys, "王主任", "赵主任", on=TODAY, note="岗位调整") == 2
    assert (ledger.snapshot.issues[0].owner, ledger.snapshot.issues[0].leaders) == ("赵主任", ("赵主任",))
    assert ledger.snapshot.issues[1].owner == "李干事"
    assert [(found.old_owner, found.new_owner) for found in ledger.snapshot.hand_overs] == [("王主任", "赵主任")] * 2
    ledger.undo()
    assert ledger.snapshot.hand_overs == ()
    assert ledger.snapshot.measures[0].owner == "王主任"


def test_nobody_takes_over_nothing(ledger: Ledger) -> None:
    assert chasing.hand_over(ledger, [(Issue, 2)], "王主任", "赵主任", on=TODAY) == 0
    with pytest.raises(EditRefusedError, match="没有写由谁接手"):
        chasing.hand_over(ledger, [(Issue, 1)], "王主任", "", on=TODAY)
