"""Use cases of editing one record or many: each is one labelled step.

A deadline is a text; the date, the track and 长期坚持 are read from it and follow it as long as nobody set them apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, cast

from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.domain.deadlines import read_deadline
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import (
    SNAPSHOT_FIELDS,
    Issue,
    LedgerFacts,
    Measure,
    Outcome,
    Record,
    Section,
    Snapshot,
    Status,
)
from zhenggai_desktop.domain.waiting_deadlines import following_dates
from zhenggai_desktop.services.step_names import bulk_label, change_label, rows_label
from zhenggai_desktop.services.tree_places import (
    TreeRecord,
    children_of,
    parent_of,
    record_of,
    refuse_new,
    top_rows,
    tree_type,
)
from zhenggai_desktop.texts import in_terms

if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger

Fields = Mapping[str, Any]

TITLE_FIELD: Mapping[type[Record], str] = {Section: "title", Issue: "title", Measure: "content"}


# --- one record


def find_record(snapshot: Snapshot, key: RecordKey) -> Record | None:
    """Any record of a ledger by type and id; None where there is none."""
    record_type, record_id = key
    if record_type is LedgerFacts:
        return snapshot.facts
    return next((record for record in getattr(snapshot, SNAPSHOT_FIELDS[record_type]) if record.id == record_id), None)


def set_fields(ledger: Ledger, key: RecordKey, values: Fields, *, today: dt.date) -> None:
    """Change fields of any record; what follows them is changed along: with the day of the feedback the dates of
    deadlines that count from it, with each date of the ledger the milestones that do.

    Values that are there already leave no step. KeyError where the record is gone.
    """
    record = find_record(ledger.snapshot, key)
    if record is None:
        raise KeyError(key)
    completed = with_followers(record, values, ledger.snapshot.facts.feedback_date, today)
    if isinstance(record, Outcome) and "kind" in values and not record.unit:
        completed = {"unit": _unit_of(ledger.snapshot.facts, str(values["kind"])), **completed}
    changed = {name: value for name, value in completed.items() if getattr(record, name) != value}
    if not changed:
        return
    moved: tuple[tuple[Issue | Measure, dt.date | None], ...] = ()
    if key[0] is LedgerFacts and "feedback_date" in changed:
        moved = tuple(following_dates(ledger.snapshot, cast("dt.date | None", changed["feedback_date"]), today))
    before = ledger.snapshot
    with ledger.step(in_terms(change_label(key[0], list(changed)), ledger.snapshot.facts.kind)) as writer:
        writer.update(key[0], key[1], **changed)
        for row, due_on in moved:
            writer.update(type(row), row.id, due_on=due_on)
        if key[0] is LedgerFacts:
            from zhenggai_desktop.services.milestone_dates import move_milestones  # noqa: PLC0415 - rarely needed

            move_milestones(writer, before, changed)


def _unit_of(facts: LedgerFacts, kind: str) -> str:
    from zhenggai_desktop.domain.office_rules import office_rules  # noqa: PLC0415 - with the first outcome
    from zhenggai_desktop.domain.outcome_kinds import usual_unit  # noqa: PLC0415

    return usual_unit(office_rules(facts).outcome_kinds, kind)


def with_followers(record: Record, values: Fields, feedback_date: dt.date | None, today: dt.date) -> dict[str, Any]:
    """``values`` with what follows from them: a deadline's date, track and standing, the day of completion."""
    found = dict(values)
    if isinstance(record, Issue | Measure):
        if "deadline" in found:
            found = {**_deadline_fields(record, str(found["deadline"]), feedback_date, today), **found}
        if "status" in found:
            found = {**_completion(record, found["status"], today), **found}
    return found


def _deadline_fields(
    record: Issue | Measure, text: str, feedback_date: dt.date | None, today: dt.date
) -> dict[str, Any]:
    """A date, track or standing that was set apart from the old text stays; what was read from it is read anew."""
    old = read_deadline(record.deadline, feedback_date=feedback_date, today=today)
    new = read_deadline(text, feedback_date=feedback_date, today=today)
    found: dict[str, Any] = {}
    if new.due_on is not None or record.due_on == old.due_on:
        found["due_on"] = new.due_on
    if isinstance(record, Issue):
        if record.track in (None, old.track):
            found["track"] = new.track
        if record.standing == old.standing:
            found["standing"] = new.standing
    return found


def _completion(record: Issue | Measure, status: Status | None, today: dt.date) -> dict[str, Any]:
    if status is Status.DONE:
        return {"completed_on": today} if record.completed_on is None else {}
    return {"completed_on": None}


def rename(ledger: Ledger, key: RecordKey, text: str, *, today: dt.date) -> None:
    """Change what a row of the tree is called: a measure's content, anything else's title."""
    set_fields(ledger, key, {TITLE_FIELD[key[0]]: " ".join(text.split())}, today=today)


# --- many records


def set_many(ledger: Ledger, keys: Iterable[RecordKey], values: Fields, *, today: dt.date) -> int:
    """Set the same fields on issues and measures, in one step; each takes those it has. Gives how many changed.

    Sections in the choice are left out: they have no duties.
    """
    outline = ledger.outline
    rows = [record_of(outline, key) for key in keys if key[0] in (Issue, Measure)]
    facts = ledger.snapshot.facts
    changes: list[tuple[TreeRecord, dict[str, Any]]] = []
    for record in rows:
        known = {field.name for field in fields(record)}
        own = {name: value for name, value in values.items() if name in known}
        completed = with_followers(record, own, facts.feedback_date, today)
        changed = {name: value for name, value in completed.items() if getattr(record, name) != value}
        if changed:
            changes.append((record, changed))
    if changes:
        with ledger.step(bulk_label(list(values), len(changes))) as writer:
            for record, changed in changes:
                writer.update(type(record), record.id, **changed)
    return len(changes)


# --- adding


def add_after(ledger: Ledger, key: RecordKey) -> RecordKey:
    """A new row of the same kind directly below a row."""
    outline = ledger.outline
    behind = record_of(outline, key).position + 1
    return _add(ledger, _new_under(tree_type(key), parent_of(outline, key), behind))


def add_below(ledger: Ledger, parent: RecordKey | None, kind: type[TreeRecord]) -> RecordKey:
    """A new row at the end of those under ``parent`` (None: at the root).

    EditRefusedError where it cannot stand there.
    """
    outline = ledger.outline
    refuse_new(outline, kind, parent)
    return _add(ledger, _new_under(kind, parent, len(children_of(outline, parent, kind)) + 1))


def _new_under(kind: type[TreeRecord], parent: RecordKey | None, position: int) -> TreeRecord:
    if kind is Section:
        return Section(position=position)
    if kind is Measure:
        assert parent is not None, "a measure stands under an issue"
        return Measure(issue_id=parent[1], position=position)
    return placed_issue(Issue(position=position), parent)


def placed_issue(issue: Issue, parent: RecordKey | None) -> Issue:
    """The issue under a section, under an issue, or at the root."""
    return replace(
        issue,
        section_id=parent[1] if parent is not None and parent[0] is Section else None,
        parent_id=parent[1] if parent is not None and parent[0] is Issue else None,
    )


def _add(ledger: Ledger, record: TreeRecord) -> RecordKey:
    with ledger.step(rows_label("新增", [record])) as writer:
        added = writer.add(record)
    return type(record), added.id


# --- deleting


def delete(ledger: Ledger, keys: Collection[RecordKey]) -> None:
    """Remove rows with all that belongs to them, in one step."""
    outline = ledger.outline
    tops = top_rows(outline, keys)
    if not tops:
        return
    with ledger.step(rows_label("删除", [record_of(outline, key) for key in tops])) as writer:
        for record_type, record_id in tops:
            writer.remove(record_type, record_id)


def what_goes_along(snapshot: Snapshot, keys: Collection[RecordKey]) -> str:
    """“2个问题、5条整改措施、3条进展记录”: what deleting rows would delete besides them; "" for nothing."""
    outline = Outline(snapshot)
    chosen = set(top_rows(outline, keys))
    gone = [key for top in chosen for key in _rows_below(outline, top)]
    everything = {*chosen, *gone}
    issues = sum(1 for key in gone if key[0] is Issue)
    measures = sum(1 for key in gone if key[0] is Measure)
    steps = sum(1 for step in snapshot.closing_steps if (Issue, step.issue_id) in everything)
    groups = (snapshot.log_entries, snapshot.extensions, snapshot.chases, snapshot.hand_overs)
    logs, extensions, chases, hand_overs = (
        sum(1 for one in group if (Issue, one.issue_id) in everything or (Measure, one.measure_id) in everything)
        for group in groups
    )
    counts = (
        (issues, "个问题"),
        (measures, "条整改措施"),
        (logs, "条进展记录"),
        (steps, "条销号记录"),
        (extensions, "条延期记录"),
        (chases, "条催办记录"),
        (hand_overs, "条交接记录"),
    )
    return "、".join(f"{count}{words}" for count, words in counts if count)


def _rows_below(outline: Outline, key: RecordKey) -> Iterator[RecordKey]:
    for kind in (Issue, Measure):
        for child in children_of(outline, key, kind):
            yield child
            yield from _rows_below(outline, child)
