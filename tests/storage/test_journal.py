"""The change log: one entry per step, undo and redo in any order, history that says what changed."""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
from pathlib import Path

import pytest
from builders import NOON, a_ledger, a_tree, clock

from zhenggai_desktop.domain.changes import RowChange, StepKind
from zhenggai_desktop.domain.records import Issue, LedgerFacts, Measure, Section, Status
from zhenggai_desktop.errors import NothingToUndoError
from zhenggai_desktop.services.ledger import Ledger


def rename(ledger: Ledger, title: str) -> None:
    with ledger.step(f"改为{title}") as writer:
        writer.update(Section, 1, title=title)


def title(ledger: Ledger) -> str:
    return ledger.snapshot.sections[0].title


def test_a_step_is_one_entry_with_label_who_and_when(tmp_path: Path) -> None:
    with a_ledger(tmp_path, *a_tree(), who="张三") as ledger:
        (entry,) = ledger.history()
        assert (entry.label, entry.who, entry.at, entry.kind) == ("建立", "张三", NOON, StepKind.NORMAL)
        assert entry.at.tzinfo is dt.UTC
        assert not entry.undone


def test_a_step_without_changes_leaves_nothing(tmp_path: Path) -> None:
    with a_ledger(tmp_path, Section(title="甲")) as ledger:
        with ledger.step("改去又改回") as writer:
            writer.update(Section, 1, title="乙")
            writer.update(Section, 1, title="甲")
            added = writer.add(Section())
            writer.remove(Section, added.id)
        with ledger.step("什么也没做"):
            pass
        assert [entry.label for entry in ledger.history()] == ["建立"]
        assert ledger.undo_label == "建立"


def test_an_exception_takes_the_whole_step_back(tmp_path: Path) -> None:
    with a_ledger(tmp_path, Section(title="甲")) as ledger:
        with pytest.raises(KeyError), ledger.step("改") as writer:
            writer.remove(Section, writer.update(Section, 1, title="乙").id + 1)
        assert title(ledger) == "甲"
        assert len(ledger.history()) == 1
        rename(ledger, "丙")
        assert title(ledger) == "丙"


def test_undo_and_redo_walk_through_the_states(tmp_path: Path) -> None:
    with a_ledger(tmp_path, Section(title="甲")) as ledger:
        rename(ledger, "乙")
        rename(ledger, "丙")
        ledger.undo()
        assert (title(ledger), ledger.undo_label, ledger.redo_label) == ("乙", "改为乙", "改为丙")
        ledger.undo()
        assert (title(ledger), ledger.undo_label, ledger.redo_label) == ("甲", "建立", "改为乙")
        ledger.redo()
        ledger.redo()
        assert (title(ledger), ledger.undo_label, ledger.redo_label) == ("丙", "改为丙", None)
        with pytest.raises(NothingToUndoError):
            ledger.redo()


def test_a_new_step_ends_what_could_be_done_again(tmp_path: Path) -> None:
    with a_ledger(tmp_path, Section(title="甲")) as ledger:
        rename(ledger, "乙")
        ledger.undo()
        rename(ledger, "丙")
        assert ledger.redo_label is None
        ledger.undo()
        assert title(ledger) == "甲"


def test_undo_and_redo_are_entries_themselves(tmp_path: Path) -> None:
    with a_ledger(tmp_path, Section(title="甲")) as ledger:
        rename(ledger, "乙")
        ledger.undo()
        undo, edit, _ = ledger.history()
        assert (undo.kind, undo.label, undo.target_id) == (StepKind.UNDO, "撤销：改为乙", edit.id)
        assert edit.undone
        ledger.redo()
        redo, _, edit, _ = ledger.history()
        assert (redo.kind, redo.label, redo.target_id) == (StepKind.REDO, "恢复：改为乙", edit.id)
        assert not edit.undone


def test_undo_outlives_the_program(tmp_path: Path) -> None:
    ledger = a_ledger(tmp_path, Section(title="甲"))
    rename(ledger, "乙")
    rename(ledger, "丙")
    ledger.undo()
    ledger.close()
    with Ledger.open(ledger.path) as again:
        assert (again.undo_label, again.redo_label) == ("改为乙", "改为丙")
        again.redo()
        again.undo()
        again.undo()
        assert title(again) == "甲"


def test_a_cascade_comes_back_whole(tmp_path: Path) -> None:
    with a_ledger(tmp_path, *a_tree(3, 4, 3)) as ledger:
        before = ledger.snapshot
        with ledger.step("删除方面") as writer:
            writer.remove(Section, 2)
        after = ledger.snapshot
        ledger.undo()
        assert ledger.snapshot == before
        ledger.redo()
        assert ledger.snapshot == after


def test_history_says_what_changed_in_the_records_own_values(tmp_path: Path) -> None:
    with a_ledger(tmp_path, Section(), Issue(section_id=1, leaders=("甲",)), Measure(issue_id=1)) as ledger:
        with ledger.step("改") as writer:
            writer.update(Issue, 1, leaders=("甲", "乙"), due_on=dt.date(2025, 12, 31), status=Status.DONE)
            writer.remove(Measure, 1)
            writer.set_facts(organisation="某局")
        issue, measure, facts = ledger.row_changes(ledger.history()[0].id)
        assert issue == RowChange(
            Issue, 1,
            {"leaders": ("甲",), "due_on": None, "status": None},
            {"leaders": ("甲", "乙"), "due_on": dt.date(2025, 12, 31), "status": Status.DONE},
        )  # fmt: skip
        assert (measure.record_type, measure.after) == (Measure, None)
        assert measure.before is not None
        assert measure.before["issue_id"] == 1
        assert facts == RowChange(LedgerFacts, 1, {"organisation": ""}, {"organisation": "某局"})


def test_several_writes_to_one_record_are_one_change(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        with ledger.step("改") as writer:
            added = writer.add(Section(title="甲"))
            writer.update(Section, added.id, title="乙")
        (change,) = ledger.row_changes(1)
        assert change.before is None
        assert change.after is not None
        assert change.after["title"] == "乙"


def test_everything_can_go_back_to_a_point_and_that_can_be_undone(tmp_path: Path) -> None:
    with a_ledger(tmp_path, Section(title="甲")) as ledger:
        rename(ledger, "乙")
        point, at_point = ledger.history()[0].id, ledger.snapshot
        rename(ledger, "丙")
        ledger.undo()
        ledger.redo()
        with ledger.step("删除") as writer:
            writer.remove(Section, 1)
        ledger.undo_to(point)
        assert ledger.snapshot == at_point
        newest = ledger.history()[0]
        assert (newest.kind, newest.label) == (StepKind.NORMAL, "回到“改为乙”之后")
        ledger.undo()
        assert ledger.snapshot.sections == ()
        ledger.redo()
        assert ledger.snapshot == at_point


def test_going_back_to_the_beginning(tmp_path: Path) -> None:
    with a_ledger(tmp_path, *a_tree()) as ledger:
        ledger.undo_to(0)
        assert ledger.snapshot.sections == ()
        assert ledger.undo_label == "回到最初"
        with pytest.raises(NothingToUndoError):
            ledger.undo_to(ledger.history()[0].id)


def test_what_can_be_undone_is_the_same_for_whoever_opens_the_file(tmp_path: Path) -> None:
    with a_ledger(tmp_path, Section(title="甲")) as ledger:
        rename(ledger, "乙")
        ledger.undo()
        with Ledger.open(ledger.path, read_only=True, clock=clock) as reader:
            assert (reader.undo_label, reader.redo_label) == (ledger.undo_label, ledger.redo_label)
            assert reader.history() == ledger.history()


def test_big_and_awkward_values_survive_the_log(tmp_path: Path) -> None:
    awkward = '引号"反斜杠\\换行\n制表\t𠮷 {"json": [1]} 9007199254740993'
    with a_ledger(tmp_path, Section(title=awkward)) as ledger:
        before = ledger.snapshot
        with ledger.step("删除") as writer:
            writer.remove(Section, 1)
        ledger.undo()
        assert ledger.snapshot == before
        assert before.sections[0].title == awkward


def test_a_step_that_the_rows_of_today_do_not_bear_is_told_and_changes_nothing(tmp_path: Path) -> None:
    with a_ledger(tmp_path, Section(title="甲"), Issue(section_id=1, title="问题")) as ledger:
        with ledger.step("删除问题") as writer:
            writer.remove(Issue, 1)
        with ledger.step("添加") as writer:
            writer.add(Section(title="乙"))
        ledger.undo()
    with contextlib.closing(sqlite3.connect(ledger.path)) as connection, connection:
        connection.execute("DELETE FROM sections")
    with Ledger.open(ledger.path) as ledger:
        before = ledger.snapshot
        for replay in (ledger.undo, lambda: ledger.undo_to(1)):
            with pytest.raises(NothingToUndoError, match="对不上"):
                replay()
        assert ledger.snapshot == before
        assert ledger.check() == ()
        ledger.redo()
        assert title(ledger) == "乙"


@pytest.mark.parametrize(("at", "year"), [("0", 1970), ("2024-05-06", 2024), ("2024-05-06T07:08:09", 2024)])
def test_a_step_whose_time_is_damaged_keeps_its_place_in_the_history(tmp_path: Path, at: str, year: int) -> None:
    with a_ledger(tmp_path, Section(title="甲")) as ledger:
        rename(ledger, "乙")
    with contextlib.closing(sqlite3.connect(ledger.path)) as connection, connection:
        connection.execute("UPDATE steps SET at = ? WHERE id = 1", (at,))
    with Ledger.open(ledger.path) as ledger:
        newest, oldest = ledger.history()
        assert (oldest.at.year, oldest.at.tzinfo) == (year, dt.UTC)
        assert newest.at > oldest.at
