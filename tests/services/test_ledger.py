"""The ledger as the window and the command line hold it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from builders import a_ledger, a_tree

from zhenggai_desktop.domain.changes import Changes
from zhenggai_desktop.domain.records import Issue, LedgerFacts, Measure, Section, Snapshot
from zhenggai_desktop.errors import LedgerChangedError, LedgerReadOnlyError, NothingToUndoError
from zhenggai_desktop.services.ledger import Ledger


def write_behind_its_back(ledger: Ledger, title: str) -> None:
    """What a program does that does not know our lock."""
    connection = sqlite3.connect(ledger.path)
    with connection:
        connection.execute("UPDATE sections SET title = ?", (title,))
    connection.close()


def test_a_new_ledger_holds_its_facts_and_has_no_history(tmp_path: Path) -> None:
    with Ledger.create(
        tmp_path / "新.zgtz", LedgerFacts(organisation="某街道办事处", recommendations=("一", "二"))
    ) as ledger:
        facts = ledger.snapshot.facts
        assert (facts.id, facts.organisation, facts.recommendations) == (1, "某街道办事处", ("一", "二"))
        assert len(facts.uid) == 36
        assert ledger.snapshot == Snapshot(facts=facts)
        assert ledger.history() == ()
        assert (ledger.undo_label, ledger.redo_label) == (None, None)
        with pytest.raises(NothingToUndoError):
            ledger.undo()


def test_a_ledger_is_the_same_when_it_is_opened_again(tmp_path: Path) -> None:
    ledger = a_ledger(tmp_path, *a_tree())
    before = ledger.snapshot
    ledger.close()
    with Ledger.open(ledger.path) as again:
        assert again.snapshot == before


def test_observers_hear_what_was_added_updated_and_removed(tmp_path: Path) -> None:
    heard: list[Changes] = []
    with a_ledger(tmp_path, *a_tree(1, 2, 1)) as ledger:
        ledger.subscribe(heard.append)
        with ledger.step("改") as writer:
            writer.update(Issue, 1, title="新")
            added = writer.add(Issue(section_id=1))
            writer.remove(Issue, 2)
            writer.add(Measure(issue_id=added.id))
    expected = Changes(
        "改",
        added=frozenset({(Issue, 3), (Measure, 3)}),
        updated=frozenset({(Issue, 1)}),
        removed=frozenset({(Issue, 2), (Measure, 2)}),
    )
    # issue 3 took the place that issue 2 left, in the same step
    assert heard == [expected]
    assert ledger.last_changes == expected
    assert expected.ids(Issue) == {1, 2, 3}


def test_observers_see_the_new_snapshot_and_hear_of_undo_and_redo(tmp_path: Path) -> None:
    seen: list[tuple[str, int]] = []
    with a_ledger(tmp_path) as ledger:
        ledger.subscribe(lambda changes: seen.append((changes.label, len(ledger.snapshot.sections))))
        with ledger.step("新增") as writer:
            writer.add(Section())
        assert ledger.undo().removed == {(Section, 1)}
        assert ledger.redo().added == {(Section, 1)}
    assert seen == [("新增", 1), ("撤销：新增", 0), ("恢复：新增", 1)]


def test_nobody_hears_of_a_step_that_changed_nothing_or_failed(tmp_path: Path) -> None:
    heard: list[Changes] = []
    with a_ledger(tmp_path, Section()) as ledger:
        ledger.subscribe(heard.append)
        with ledger.step("无"):
            pass
        with pytest.raises(KeyError), ledger.step("错") as writer:
            writer.remove(Section, 9)
    assert heard == []
    assert not ledger.last_changes


def test_an_observer_can_leave(tmp_path: Path) -> None:
    heard: list[Changes] = []
    with a_ledger(tmp_path) as ledger:
        leave = ledger.subscribe(heard.append)
        leave()
        leave()
        with ledger.step("新增") as writer:
            writer.add(Section())
    assert heard == []


def test_steps_do_not_nest(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        with ledger.step("外"), pytest.raises(RuntimeError, match="nest"), ledger.step("内"):
            pass
        with ledger.step("后") as writer:
            writer.add(Section())
        assert len(ledger.snapshot.sections) == 1


def test_a_ledger_opened_to_read_refuses_to_write(tmp_path: Path) -> None:
    a_ledger(tmp_path, Section()).close()
    with Ledger.open(tmp_path / "台账.zgtz", read_only=True) as reader:
        assert reader.read_only
        for write in (lambda: reader.step("改").__enter__(), reader.undo):
            with pytest.raises(LedgerReadOnlyError, match="只读"):
                write()


def test_a_reader_sees_what_the_writer_writes_when_it_looks_again(tmp_path: Path) -> None:
    with a_ledger(tmp_path, Section(title="甲")) as ledger, Ledger.open(ledger.path, read_only=True) as reader:
        heard: list[Changes] = []
        reader.subscribe(heard.append)
        assert not reader.refresh()
        with ledger.step("改") as writer:
            writer.update(Section, 1, title="乙")
            writer.add(Section())
        assert reader.snapshot.sections[0].title == "甲"
        changes = reader.refresh()
        assert (changes.added, changes.updated) == ({(Section, 2)}, {(Section, 1)})
        assert reader.snapshot == ledger.snapshot
        assert reader.undo_label == "改"
        assert heard == [changes]
        assert not reader.refresh()


def test_a_step_on_a_stale_base_is_refused_and_the_ledger_read_again(tmp_path: Path) -> None:
    with a_ledger(tmp_path, Section(title="甲")) as ledger:
        heard: list[Changes] = []
        ledger.subscribe(heard.append)
        write_behind_its_back(ledger, "别人改的")
        with pytest.raises(LedgerChangedError, match="另一个程序"), ledger.step("改") as writer:
            writer.update(Section, 1, title="我改的")
        assert ledger.snapshot.sections[0].title == "别人改的"
        assert [changes.updated for changes in heard] == [{(Section, 1)}]
        with ledger.step("再改") as writer:
            writer.update(Section, 1, title="我改的")
        assert ledger.snapshot.sections[0].title == "我改的"


def test_undo_on_a_stale_base_is_refused_too(tmp_path: Path) -> None:
    with a_ledger(tmp_path, Section(title="甲")) as ledger:
        write_behind_its_back(ledger, "别人改的")
        with pytest.raises(LedgerChangedError):
            ledger.undo()
        assert ledger.undo_label == "建立"


def test_rows_cannot_be_written_past_the_log(tmp_path: Path) -> None:
    with a_ledger(tmp_path, Section()) as ledger, pytest.raises(sqlite3.IntegrityError, match="step_id"):
        ledger._file.connection.execute("UPDATE sections SET title = 'x'")


def test_closing_twice_is_closing_once(tmp_path: Path) -> None:
    ledger = a_ledger(tmp_path)
    ledger.close()
    ledger.close()
    Ledger.open(ledger.path).close()
