"""Whatever two people did to two copies of a ledger: they become one ledger, and what was taken is taken."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import pytest
from builders import a_ledger
from random_edits import random_step

from zhenggai_desktop.domain.merge_orders import ORDER
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import (
    Department,
    Evidence,
    EvidenceLink,
    Issue,
    LogEntry,
    Measure,
    Outcome,
    OutcomeLink,
    Person,
    Section,
)
from zhenggai_desktop.errors import EditRefusedError
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.ledger_merging import LedgerMerge, apply_merge, plan_merge
from zhenggai_desktop.services.merge_writing import Decisions, Prefer
from zhenggai_desktop.services.tree_places import refuse_impossible

DEEPEST = 3
EDITS = 6


def depth(ledger: Ledger) -> int:
    outline = Outline(ledger.snapshot)
    return max((outline.depth(issue) for issue in ledger.snapshot.issues), default=0)


def edit(chance: random.Random, ledger: Ledger) -> None:
    """One thing that a person may do."""
    kind = chance.random()
    if kind < 0.25:
        with ledger.step("填写") as writer:
            fill_in(chance, ledger, writer)
    elif kind < 0.5 and len(ledger.snapshot.issues) > 1:
        move_below(chance, ledger)
    elif random_step(chance, ledger) and depth(ledger) > DEEPEST:
        ledger.undo()


def move_below(chance: random.Random, ledger: Ledger) -> None:
    """Put one issue below another where that is allowed."""
    moved, other = ((Issue, issue.id) for issue in chance.sample(ledger.snapshot.issues, 2))
    try:
        refuse_impossible(ledger.outline, [moved], other)
    except EditRefusedError:
        return
    with ledger.step("移动") as writer:
        writer.update(Issue, moved[1], section_id=None, parent_id=other[1])


def fill_in(chance: random.Random, ledger: Ledger, writer: Any) -> None:
    snapshot = ledger.snapshot
    issue, measure, evidence = (
        chance.choice(rows).id if rows else None for rows in (snapshot.issues, snapshot.measures, snapshot.evidence)
    )
    kind = chance.randrange(9)
    if kind == 0:
        department = writer.add(Department(name=chance.choice("甲乙")))
        writer.add(Person(name=chance.choice("丙丁"), department_id=department.id))
    elif kind == 1:
        outcome = writer.add(Outcome(kind="会议"))
        writer.add_many(OutcomeLink(outcome_id=outcome.id, issue_id=at) for at in [issue] if at)
    elif kind == 2 and issue:
        held = evidence or writer.add(Evidence(sha256=chance.choice(("ab", "cd", "")))).id
        if (held, issue) not in {(link.evidence_id, link.issue_id) for link in snapshot.evidence_links}:
            writer.add(EvidenceLink(evidence_id=held, issue_id=issue))
    elif kind == 3 and measure:
        writer.add(LogEntry(measure_id=measure, text="进展"))
    elif kind == 4 and measure:
        writer.update(Measure, measure, progress=chance.choice("春夏秋"))
    elif kind == 5 and snapshot.sections:
        order = [section.id for section in snapshot.sections]
        chance.shuffle(order)
        writer.reorder(Section, order)
    elif kind == 6 and issue:
        writer.update(Issue, issue, section_id=None, parent_id=None, position=1)
    elif kind > 6 and issue:
        place = ledger.outline.issue(issue)
        kind_of: Any = Issue if kind == 7 else Measure
        beside = [
            one.id for one in snapshot.issues if (one.section_id, one.parent_id) == (place.section_id, place.parent_id)
        ]
        below = [one.id for one in ledger.outline.measures_of(place)]
        order = beside if kind == 7 else below
        chance.shuffle(order)
        writer.reorder(kind_of, order)


def decided(chance: random.Random, found: LedgerMerge) -> Decisions:
    additions = range(len(found.merged.additions))
    return Decisions(
        {at: chance.choice([*Prefer]) for at in range(len(found.merged.conflicts))},
        chance.choice([*Prefer]),
        chance.choice([None, [at for at in additions if chance.random() < 0.7]]),
    )


@pytest.mark.parametrize("seed", [*range(12), *(pytest.param(seed, marks=pytest.mark.full) for seed in range(12, 120))])
def test_two_copies_become_one_whatever_was_done_to_them(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    with a_ledger(tmp_path, Section(title="甲"), *(Issue(section_id=1, title=title) for title in "子丑寅卯")) as ours:
        for _ in range(3):
            edit(chance, ours)
        path = Path(shutil.copy(ours.path, tmp_path / "副本.zgtz"))
        with Ledger.open(path) as theirs:
            for ledger in (ours, theirs) * EDITS:
                edit(chance, ledger)
            found = plan_merge(ours, theirs)
            decisions = decided(chance, found)
            result = apply_merge(ours, "副本", found, decisions)
            assert not ours.check()
            assert depth(ours) <= DEEPEST
            again = plan_merge(ours, theirs).merged
    if result.left_out:
        return  # what could not be taken after all may be offered again
    settled = [*found.merged.changes, *decisions.settled(found.merged.conflicts)]
    assert not {(one.key, one.name) for one in settled} & {
        (one.key, one.name) for one in (*again.changes, *again.conflicts)
    }
    taken = {one.theirs for one in settled if one.name == ORDER}
    assert not taken & {one.theirs for one in (*again.changes, *again.conflicts) if one.name == ORDER}
    wanted = {key for at, key in enumerate(found.merged.additions) if decisions.wants(at)}
    assert not wanted & {*again.additions}
