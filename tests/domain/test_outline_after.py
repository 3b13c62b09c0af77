"""An outline that followed a ledger step by step is the one that is built anew."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
from builders import a_ledger, a_tree
from random_edits import random_step

from zhenggai_desktop.domain.changes import Changes
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import Measure

PARTS = ("snapshot", "_sections", "_issues", "_measures", "_top", "_below", "_measures_of", "_linked_to")


def same(followed: Outline, snapshot_outline: Outline) -> None:
    for part in PARTS:
        assert getattr(followed, part) == getattr(snapshot_outline, part), part
    for issue in snapshot_outline.snapshot.issues:
        assert followed.number(issue) == snapshot_outline.numbers()[issue.id]
        assert followed.number(issue, run_through=True) == snapshot_outline.number(issue, run_through=True)


@pytest.mark.parametrize("seed", range(3))
def test_it_follows_every_step_undo_and_redo(seed: int) -> None:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder, a_ledger(Path(folder), *a_tree(2, 3, 2)) as ledger:
        outline = Outline(ledger.snapshot)
        seen: list[Changes] = []
        ledger.subscribe(seen.append)
        for _ in range(60):
            seen.clear()
            random_step(chance, ledger)
            for changes in seen:
                followed = outline.after(ledger.snapshot, changes)
                same(followed, Outline(ledger.snapshot))
                outline = followed


def test_what_did_not_change_is_shared() -> None:
    with tempfile.TemporaryDirectory() as folder, a_ledger(Path(folder), *a_tree(2, 3, 2)) as ledger:
        outline = Outline(ledger.snapshot)
        with ledger.step("改") as writer:
            writer.update(Measure, 3, content="改")
        followed = outline.after(ledger.snapshot, ledger.last_changes)
        assert followed._issues is outline._issues
        assert followed.measure(3).content == "改"
        assert outline.measure(3).content != "改"
        assert followed.measures_of(followed.issue(1)) is outline.measures_of(outline.issue(1))
