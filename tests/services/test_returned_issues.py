"""A reviewer writes an issue into the draft: heading and answer are one change, taken as one issue at its place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from returned_files import TITLES, Office, a_notice_ledger

from zhenggai_desktop.domain.records import Status
from zhenggai_desktop.services.drafts import send_notice
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.returning import open_returned, take_returned

HEADING = "3.针对群众办事不够便利问题。"
ANSWER = ("整改进展情况：一是设置综合窗口，群众只跑一次。", "二是公开办事指南。")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with a_notice_ledger(tmp_path, "a") as ledger:
        send_notice(ledger, tmp_path / "稿.docx")
        yield ledger


@pytest.fixture
def office(ledger: Ledger) -> Office:
    return Office(ledger.path.with_name("稿.docx"))


def write_in(office: Office, behind: str, *lines: str) -> None:
    for line in reversed(lines):
        office.insert(behind, line)
    office.save()


def test_a_new_issue_is_one_change_and_becomes_one_issue(ledger: Ledger, office: Office) -> None:
    answers = {issue.title: issue.public_text for issue in ledger.snapshot.issues}
    write_in(office, "对落实不力的两个科室负责人", HEADING, *ANSWER)
    file = open_returned(ledger.snapshot, office.path)
    (offer,) = file.offers
    assert offer.takable, offer.reason
    assert offer.change.after == "\n".join((HEADING, *ANSWER))
    take_returned(ledger, file)
    new = next(issue for issue in ledger.snapshot.issues if issue.title == "群众办事不够便利")
    before = next(issue for issue in ledger.snapshot.issues if issue.title == TITLES[4])
    assert (new.section_id, new.parent_id, new.position) == (before.section_id, before.parent_id, before.position + 1)
    assert (new.public_text, new.status) == ("\n".join(ANSWER), Status.DONE)
    others = {issue.title: issue.public_text for issue in ledger.snapshot.issues if issue.id != new.id}
    assert others == answers  # nothing of it went into the answer before it
    assert open_returned(ledger.snapshot, office.path).offers[0].already
    ledger.undo()
    assert {issue.title for issue in ledger.snapshot.issues} == set(answers)


def test_inside_another_answer_its_place_is_doubtful_and_it_is_listed(ledger: Ledger, office: Office) -> None:
    write_in(office, f"针对{TITLES[4]}", HEADING, ANSWER[0])
    offers = open_returned(ledger.snapshot, office.path).offers
    (offer,) = [offer for offer in offers if offer.change.after.startswith(HEADING)]
    assert "新增的标题" in offer.reason
