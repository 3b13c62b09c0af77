"""Random edits of a ledger's tree: everything that can come, go, move or be undone."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from zhenggai_desktop.domain.records import Issue, Measure, MeasureLink, Section
from zhenggai_desktop.errors import NothingToUndoError
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.storage.store import Writer


def random_step(chance: random.Random, ledger: Ledger) -> bool:
    """One edit, undo or redo; False where it could not be done."""
    steps: list[Callable[[], object]] = [ledger.undo, ledger.redo]
    try:
        if chance.random() < 0.7:
            with ledger.step("改") as writer:
                _edit(chance, ledger, writer)
        else:
            chance.choice(steps)()
    except (ValueError, NothingToUndoError):  # an issue below itself; nothing to undo
        return False
    return True


def _edit(chance: random.Random, ledger: Ledger, writer: Writer) -> None:
    snapshot = ledger.snapshot
    section, issue, other, measure = (
        chance.choice(rows).id if rows else None
        for rows in (snapshot.sections, snapshot.issues, snapshot.issues, snapshot.measures)
    )
    place = chance.randrange(4)
    added: Any = None
    kind = chance.randrange(9)
    if kind == 0:
        added = [Section(title="新", position=place)]
    elif kind == 1:
        added = [Issue(section_id=section, position=place)]
    elif kind == 2 and issue:
        added = [Issue(parent_id=issue)]
    elif kind == 3 and issue:
        added = [Measure(issue_id=issue, position=1), Measure(issue_id=issue)]
    elif kind == 4 and issue:
        writer.update(Issue, issue, section_id=section, parent_id=None, position=place)
    elif kind == 5 and issue and other:
        writer.update(Issue, issue, section_id=None, parent_id=other)
    elif kind == 6 and measure and issue:
        known = {(link.measure_id, link.issue_id) for link in snapshot.measure_links}
        added = [] if (measure, issue) in known else [MeasureLink(measure_id=measure, issue_id=issue)]
    elif kind == 7 and measure and issue:
        writer.update(Measure, measure, issue_id=issue, content=str(chance.random()))
    elif kind == 8 and chance.random() < 0.5:
        doomed: Any = chance.choice([(Section, section), (Issue, issue), (Measure, measure)])
        if doomed[1] is not None:
            writer.remove(*doomed)
    if added:
        writer.add_many(added)
