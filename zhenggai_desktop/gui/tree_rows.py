"""Rows of the ledger's tree as plain numbers: which record is meant, what stands above and below it, what can stay.

Nothing of Qt here: ``ledger_model`` keeps these numbers in its indexes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from zhenggai_desktop.domain.changes import Changes
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import Issue, Measure, MeasureLink, Section
from zhenggai_desktop.domain.workflow import Workflow

TreeRecord = Section | Issue | Measure

ROOT = 0  # the number that Qt gives an invalid index; ids of records begin with 1
KINDS: tuple[type[TreeRecord], ...] = (Section, Issue, Measure)


def node_of(kind: type[TreeRecord], record_id: int) -> int:
    """The number by which a row is known: the record's id and its kind in one."""
    return record_id * len(KINDS) + KINDS.index(kind)


def kind_and_id(node: int) -> tuple[type[TreeRecord], int]:
    """What ``node_of`` was given."""
    record_id, kind = divmod(node, len(KINDS))
    return KINDS[kind], record_id


def record_in(outline: Outline, node: int) -> TreeRecord:
    """The record of a row; KeyError where the outline has none."""
    record_id, kind = divmod(node, len(KINDS))
    if kind == 0:
        return outline.section(record_id)
    return outline.issue(record_id) if kind == 1 else outline.measure(record_id)


def knows(outline: Outline, node: int) -> bool:
    """Whether the outline has the record of a row."""
    try:
        record_in(outline, node)
    except KeyError:
        return False
    return True


def parent_in(outline: Outline, node: int) -> int:
    """The row above; ``ROOT`` for a row at the top."""
    return parent_of(record_in(outline, node))


def parent_of(record: TreeRecord) -> int:
    """The row above that of a record."""
    if isinstance(record, Measure):
        return node_of(Issue, record.issue_id)
    if isinstance(record, Section):
        return ROOT
    if record.parent_id is not None:
        return node_of(Issue, record.parent_id)
    return ROOT if record.section_id is None else node_of(Section, record.section_id)


def below_in(outline: Outline, node: int) -> Iterator[TreeRecord]:
    """The records directly below a row, in the order in which a tree shows them."""
    if node == ROOT:
        yield from outline.issues_of(None)
        yield from outline.snapshot.sections
        return
    record = record_in(outline, node)
    if isinstance(record, Section):
        yield from outline.issues_of(record)
    elif isinstance(record, Issue):
        yield from outline.sub_issues(record)
        yield from outline.measures_of(record)


def touched_nodes(changes: Changes) -> set[int]:
    """The rows that a step touched, whatever became of them."""
    return {node_of(kind, at) for kind in KINDS for at in changes.ids(kind)}


def concerned_nodes(old: Outline, new: Outline, changes: Changes) -> set[int]:
    """The rows that a step touched and that are there, the issues that a touched measure serves, or served, too, and
    those whose status follows that of an issue above them."""
    nodes, links, measures = touched_nodes(changes), changes.ids(MeasureLink), changes.ids(Measure)
    for state in (old, new) if links or measures else ():
        nodes.update(
            node_of(Issue, link.issue_id)
            for link in state.snapshot.measure_links
            if link.id in links or link.measure_id in measures
        )
    nodes.update(_following(old, new, nodes))
    return {node for node in nodes if knows(new, node)}


def _following(old: Outline, new: Outline, nodes: set[int]) -> Iterator[int]:
    """Issues below the same top ones as these rows whose status is another now: what one answer covers follows it."""
    tops = {top.id for state in (old, new) for node in nodes if (top := _top(state, node))}
    tops = {at for at in tops if knows(new, node_of(Issue, at)) and not new.is_leaf(new.issue(at))}
    before, now = Workflow(old), Workflow(new)
    for issue in (issue for at in tops for issue in new.walk_below(new.issue(at))):
        node = node_of(Issue, issue.id)
        if knows(old, node) and before.status(old.issue(issue.id)) is not now.status(issue):
            yield node


def _top(outline: Outline, node: int) -> Issue | None:
    """The issue under the section that is the row or stands above it; None for a section or what is not there."""
    with suppress(KeyError):
        record = record_in(outline, node)
        issue = outline.issue(record.issue_id) if isinstance(record, Measure) else record
        return outline.path(issue)[0] if isinstance(issue, Issue) else None
    return None


def touched_records(outline: Outline, changes: Changes) -> dict[int, TreeRecord]:
    """The records that a step touched, by their rows, as far as the outline has them."""
    found: dict[int, TreeRecord] = {}
    for node in touched_nodes(changes):
        with suppress(KeyError):
            found[node] = record_in(outline, node)
    return found


def is_shifted(before: TreeRecord | None, after: TreeRecord) -> bool:
    """True for a record of which nothing changed but its place among its siblings."""
    if before.__class__ is not after.__class__:
        return False
    kind = after.__class__
    was, now, at = kind.values_of(before), kind.values_of(after), kind.field_names.index("position")
    return bool(was[:at] == now[:at] and was[at + 1 :] == now[at + 1 :])


def is_rearranged(old: Outline, new: Outline, changes: Changes) -> bool:
    """True where rows came, went or stand elsewhere: known from what was touched, not from all there is."""
    if any(kind in KINDS for kind, _ in changes.added | changes.removed):
        return True
    return any(_place(record_in(old, node)) != _place(record_in(new, node)) for node in touched_nodes(changes))


def is_whole(outline: Outline) -> bool:
    """Whether an outline that followed the changes holds what its snapshot holds."""
    snapshot = outline.snapshot
    return (outline.count(Issue), outline.count(Measure)) == (len(snapshot.issues), len(snapshot.measures))


def _place(record: TreeRecord) -> tuple[object, ...]:
    """Where a row stands, without what it says."""
    return tuple(getattr(record, name, None) for name in ("position", "section_id", "parent_id", "issue_id"))
