"""The history of one record: its own steps only, with what was and what became."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import a_ledger, a_tree

from zhenggai_desktop.domain.records import Issue, Status
from zhenggai_desktop.services import arranging, editing
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.record_history import FieldChange, history_of

TODAY = dt.date(2025, 3, 10)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with a_ledger(tmp_path, *a_tree(2, 2, 1), who="张三") as ledger:
        yield ledger


def labels(ledger: Ledger, issue_id: int) -> list[str]:
    return [step.entry.label for step in history_of(ledger, (Issue, issue_id))]


def test_names_the_steps_that_touched_a_record_and_who_did_them(ledger: Ledger) -> None:
    editing.set_fields(ledger, (Issue, 1), {"owner": "甲"}, today=TODAY)
    editing.set_fields(ledger, (Issue, 2), {"owner": "乙"}, today=TODAY)
    assert labels(ledger, 1) == ["修改责任人", "建立"]
    assert history_of(ledger, (Issue, 1))[0].entry.who == "张三"


def test_tells_what_a_field_was_and_what_it_became(ledger: Ledger) -> None:
    editing.set_fields(ledger, (Issue, 1), {"owner": "", "status": Status.DONE}, today=TODAY)
    (newest, made) = history_of(ledger, (Issue, 1))
    assert newest.fields == (
        FieldChange("责任人", "责任人", "空"),
        FieldChange("完成情况", "空", "已完成"),
        FieldChange("实际完成日期", "空", "2025年3月10日"),
    )
    assert made.fields == ()


def test_an_undone_step_is_told_with_its_undoing(ledger: Ledger) -> None:
    editing.set_fields(ledger, (Issue, 1), {"owner": "甲"}, today=TODAY)
    ledger.undo()
    undoing, undone, _ = history_of(ledger, (Issue, 1))
    assert undoing.fields == (FieldChange("责任人", "甲", "责任人"),)
    assert undone.entry.undone


def test_making_room_for_another_row_is_nobodys_history_but_a_move_is(ledger: Ledger) -> None:
    editing.add_after(ledger, (Issue, 1))
    assert labels(ledger, 2) == ["建立"]
    arranging.indent(ledger, [(Issue, 2)])
    (step, _) = history_of(ledger, (Issue, 2))
    assert step.fields == (FieldChange("位置", "贯彻落实决策部署方面1", "未命名的一项"),)
