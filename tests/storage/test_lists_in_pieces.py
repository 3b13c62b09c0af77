"""A large ledger's lists follow each step piece by piece; they stay what the file holds."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from builders import a_ledger, a_tree
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai_desktop.domain.changes import RowChange
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import Issue, Measure, Section
from zhenggai_desktop.errors import NothingToUndoError
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.storage.store import Writer, load_snapshot

SECTIONS, ISSUES = 30, 12
PLACES = st.integers(0, ISSUES + 1)

Draw = Callable[[st.SearchStrategy[int]], int]


def any_issue(ledger: Ledger, draw: Draw) -> Issue:
    return ledger.snapshot.issues[draw(st.integers(0, len(ledger.snapshot.issues) - 1))]


def any_measure(ledger: Ledger, draw: Draw) -> Measure:
    return ledger.snapshot.measures[draw(st.integers(0, len(ledger.snapshot.measures) - 1))]


def add(ledger: Ledger, writer: Writer, draw: Draw) -> None:
    writer.add(Issue(section_id=draw(st.integers(1, SECTIONS)), position=draw(PLACES), title="新"))
    writer.add(Measure(issue_id=any_issue(ledger, draw).id, position=draw(PLACES)))


def move(ledger: Ledger, writer: Writer, draw: Draw) -> None:
    writer.update(Issue, any_issue(ledger, draw).id, position=draw(PLACES))
    writer.update(Measure, any_measure(ledger, draw).id, position=draw(PLACES))


def put_elsewhere(ledger: Ledger, writer: Writer, draw: Draw) -> None:
    section = draw(st.integers(1, SECTIONS))
    writer.update(Issue, any_issue(ledger, draw).id, section_id=section, parent_id=None, title="别处")
    writer.update(Measure, any_measure(ledger, draw).id, issue_id=any_issue(ledger, draw).id)


def remove(ledger: Ledger, writer: Writer, draw: Draw) -> None:
    measure, issue = any_measure(ledger, draw), any_issue(ledger, draw)
    writer.remove(Measure, measure.id)
    writer.remove(Issue, issue.id)  # with the measures that are left to it


def rewrite(ledger: Ledger, writer: Writer, draw: Draw) -> None:
    writer.update(Issue, any_issue(ledger, draw).id, note="注")
    writer.update(Section, draw(st.integers(1, SECTIONS)), position=draw(PLACES))


EDITS = [add, move, put_elsewhere, remove, rewrite]
RETURNS = [Ledger.undo, Ledger.redo]
STEPS = st.integers(0, len(EDITS) + len(RETURNS) - 1)


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_whatever_is_done_memory_is_what_the_file_holds(data: st.DataObject) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        a_ledger(Path(folder), *a_tree(SECTIONS, ISSUES, 2)) as ledger,
    ):
        assert ledger.outline.count(Issue) == SECTIONS * ISSUES  # and is followed from here
        for step in data.draw(st.lists(STEPS, min_size=1, max_size=6)):
            before = ledger.outline
            if step < len(EDITS):
                with ledger.step("改") as writer:
                    EDITS[step](ledger, writer, data.draw)
            else:
                try:
                    RETURNS[step - len(EDITS)](ledger)
                except NothingToUndoError:
                    continue
            if not ledger.snapshot.issues:  # the building itself was undone
                break
            assert ledger.snapshot == load_snapshot(ledger._file.connection)
            assert_follows(ledger.outline, Outline(ledger.snapshot))
            assert_follows(before, Outline(before.snapshot))


def assert_follows(outline: Outline, anew: Outline) -> None:
    assert [*outline.walk()] == [*anew.walk()]
    assert outline.numbers() == anew.numbers()
    assert all([*outline.measures_of(issue)] == [*anew.measures_of(issue)] for issue in anew.walk())
    assert all(outline.count(kind) == anew.count(kind) for kind in (Section, Issue, Measure))
    assert all(outline.issue(issue.id) is issue for issue in anew.snapshot.issues)
    assert all(outline.measure(measure.id) is measure for measure in anew.snapshot.measures)


def test_a_new_row_leaves_the_pieces_alone_in_which_nothing_moves(tmp_path: Path) -> None:
    with a_ledger(tmp_path, *a_tree(100, 10, 1)) as ledger:
        before = ledger.snapshot
        with ledger.step("新增") as writer:
            writer.add(Issue(section_id=3, position=9))
        old, new = before.issues, ledger.snapshot.issues
        shared = [any(piece is other for other in old._pieces) for piece in new._pieces]  # type: ignore[attr-defined]
        assert shared == [True, True, True, False]
        assert [issue.id for issue in new if issue.section_id == 3][8:] == [1001, 29, 30]


def test_what_only_moved_is_noted_by_its_place_alone(tmp_path: Path) -> None:
    with a_ledger(tmp_path, *a_tree(2, 3, 1)) as ledger:
        with ledger.step("移动") as writer:
            writer.update(Issue, 1, position=2)
            writer.update(Issue, 3, section_id=2, position=1, note="换了地方")
        changes = {(change.record_type, change.id): change for change in ledger.row_changes(ledger.history()[0].id)}
        assert changes[Issue, 2] == RowChange(Issue, 2, {"position": 2}, {"position": 1})
        assert changes[Issue, 3] == RowChange(
            Issue,
            3,
            {"section_id": 1, "position": 3, "note": ""},
            {"section_id": 2, "position": 1, "note": "换了地方"},
        )
        assert changes[Issue, 6] == RowChange(Issue, 6, {"position": 3}, {"position": 4})
        ledger.undo()
        assert [issue.id for issue in ledger.snapshot.issues if issue.section_id == 1] == [1, 2, 3]
