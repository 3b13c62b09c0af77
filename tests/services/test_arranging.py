"""Arranging the tree: rows go where they were sent, or are refused with a reason and nothing moves."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import a_ledger

from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import Issue, Measure, Section
from zhenggai_desktop.errors import EditRefusedError
from zhenggai_desktop.services import arranging
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.tree_places import reading_order


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A: 1 (with measures 1, 2), 2, 3; B: 4 (with measure 3)."""
    records = (
        Section(title="A"),
        Section(title="B"),
        *(Issue(section_id=1, title=name) for name in ("一", "二", "三")),
        Issue(section_id=2, title="四"),
        *(Measure(issue_id=at, content=str(at)) for at in (1, 1, 4)),
    )
    with a_ledger(tmp_path, *records) as ledger:
        yield ledger


def tree(ledger: Ledger) -> str:
    """“A(1(m1 m2) 2 3) B(4(m3))”"""
    outline = Outline(ledger.snapshot)

    def issue(one: Issue) -> str:
        below = [issue(child) for child in outline.sub_issues(one)] + [f"m{m.id}" for m in outline.measures_of(one)]
        return f"{one.id}({' '.join(below)})" if below else str(one.id)

    words = []
    for section in outline.sections():
        issues = [issue(one) for one in outline.issues_of(section)]
        words += issues if section is None else [f"{section.title}({' '.join(issues)})"]
    return " ".join(words)


def test_up_and_down_among_siblings(ledger: Ledger) -> None:
    arranging.move(ledger, [(Issue, 1)], 1)
    assert tree(ledger) == "A(2 1(m1 m2) 3) B(4(m3))"
    assert ledger.undo_label == "移动问题“一”"
    arranging.move(ledger, [(Issue, 3)], -1)
    assert tree(ledger) == "A(2 3 1(m1 m2)) B(4(m3))"


def test_several_rows_move_as_one(ledger: Ledger) -> None:
    arranging.move(ledger, [(Issue, 1), (Issue, 2)], 1)
    assert tree(ledger) == "A(3 1(m1 m2) 2) B(4(m3))"
    assert ledger.undo_label == "移动2项"


def test_past_the_end_a_row_goes_on_under_the_next_parent(ledger: Ledger) -> None:
    arranging.move(ledger, [(Issue, 3)], 1)
    assert tree(ledger) == "A(1(m1 m2) 2) B(3 4(m3))"
    arranging.move(ledger, [(Issue, 3)], -1)
    assert tree(ledger) == "A(1(m1 m2) 2 3) B(4(m3))"
    arranging.move(ledger, [(Measure, 2)], 1)
    assert tree(ledger) == "A(1(m1) 2(m2) 3) B(4(m3))"


def test_at_the_very_end_a_move_is_refused(ledger: Ledger) -> None:
    for keys, by in (([(Section, 1)], -1), ([(Section, 2)], 1), ([(Issue, 4)], 1)):
        with pytest.raises(EditRefusedError, match="到头"):
            arranging.move(ledger, keys, by)


def test_a_level_in_and_out(ledger: Ledger) -> None:
    arranging.indent(ledger, [(Issue, 2), (Issue, 3)])
    assert tree(ledger) == "A(1(2 3 m1 m2)) B(4(m3))"
    assert ledger.undo_label == "降级2项"
    arranging.indent(ledger, [(Issue, 3)])
    assert tree(ledger) == "A(1(2(3) m1 m2)) B(4(m3))"
    arranging.outdent(ledger, [(Issue, 3)])
    arranging.outdent(ledger, [(Issue, 2)])
    assert tree(ledger) == "A(1(3 m1 m2) 2) B(4(m3))"


def test_levels_that_do_not_exist_are_refused(ledger: Ledger) -> None:
    for keys in ([(Issue, 1)], [(Measure, 2)], [(Section, 2)]):
        with pytest.raises(EditRefusedError):
            arranging.indent(ledger, keys)
        with pytest.raises(EditRefusedError):
            arranging.outdent(ledger, keys)


def test_rows_on_different_levels_do_not_move_together(ledger: Ledger) -> None:
    with pytest.raises(EditRefusedError, match="同一级"):
        arranging.move(ledger, [(Issue, 2), (Measure, 3)], 1)


def test_a_drop_puts_rows_in_front_of_one_or_at_the_end(ledger: Ledger) -> None:
    arranging.put(ledger, [(Issue, 3), (Issue, 1)], (Section, 2), (Issue, 4))
    assert tree(ledger) == "A(2) B(1(m1 m2) 3 4(m3))"
    arranging.put(ledger, [(Measure, 1)], (Issue, 4), None)
    assert tree(ledger) == "A(2) B(1(m2) 3 4(m3 m1))"
    arranging.put(ledger, [(Issue, 4)], (Issue, 2), None)
    arranging.put(ledger, [(Issue, 3)], None, None)
    assert tree(ledger) == "3 A(2(4(m3 m1))) B(1(m2))"
    arranging.put(ledger, [(Section, 2)], None, (Section, 1))
    assert tree(ledger) == "3 B(1(m2)) A(2(4(m3 m1)))"


@pytest.mark.parametrize(
    ("key", "parent"),
    [((Issue, 1), (Issue, 1)), ((Section, 1), (Section, 2)), ((Measure, 1), (Section, 1)), ((Issue, 2), (Measure, 1))],
)
def test_an_impossible_drop_is_refused_and_moves_nothing(ledger: Ledger, key: RecordKey, parent: RecordKey) -> None:
    before = ledger.snapshot
    with pytest.raises(EditRefusedError):
        arranging.put(ledger, [key], parent, None)
    assert ledger.snapshot == before


def one_move(ledger: Ledger, keys: list[RecordKey], chance: random.Random) -> None:
    act, key = chance.choice(("move", "indent", "outdent", "put")), chance.choice(keys)
    if act == "move":
        arranging.move(ledger, [key], chance.choice((-1, 1)))
    elif act == "put":
        arranging.put(ledger, [key], chance.choice(keys), chance.choice(keys))
    else:
        getattr(arranging, act)(ledger, [key])


def test_any_run_of_moves_keeps_every_row_and_can_be_undone(ledger: Ledger) -> None:
    chance = random.Random(7)
    before, rows = ledger.snapshot, sorted(str(key) for key in reading_order(Outline(ledger.snapshot)))
    done = 0
    for _ in range(120):
        keys = list(reading_order(Outline(ledger.snapshot)))
        label = ledger.snapshot
        try:
            one_move(ledger, keys, chance)
        except EditRefusedError:
            assert ledger.snapshot is label
        done += ledger.snapshot is not label
        assert sorted(str(key) for key in reading_order(Outline(ledger.snapshot))) == rows
        for kind in ("issues", "measures", "sections"):
            positions: dict[object, list[int]] = {}
            for record in getattr(ledger.snapshot, kind):
                place = (
                    getattr(record, "section_id", 0),
                    getattr(record, "parent_id", 0),
                    getattr(record, "issue_id", 0),
                )
                positions.setdefault(place, []).append(record.position)
            assert all(sorted(found) == list(range(1, len(found) + 1)) for found in positions.values())
    assert done > 20
    while ledger.undo_label != "建立":
        ledger.undo()
    assert ledger.snapshot == before
