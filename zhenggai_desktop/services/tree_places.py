"""Where a section, an issue or a measure may stand. Reads an outline, writes nothing.

Sections stand at the root; issues at the root, under a section, or under an issue, three deep at most; measures under
an issue (domain.md §4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import Issue, Measure, Section
from zhenggai_desktop.errors import EditRefusedError

TreeRecord = Section | Issue | Measure
DEEPEST = 3  # levels of issues

_TREE_TYPES: tuple[type[TreeRecord], ...] = (Section, Issue, Measure)


def record_of(outline: Outline, key: RecordKey) -> TreeRecord:
    """The record of a row; KeyError where there is none."""
    kind, record_id = key
    if kind is Section:
        return outline.section(record_id)
    if kind is Issue:
        return outline.issue(record_id)
    if kind is Measure:
        return outline.measure(record_id)
    raise KeyError(key)


def holds(outline: Outline, key: RecordKey) -> bool:
    """True where the ledger has such a row."""
    try:
        record_of(outline, key)
    except KeyError:
        return False
    return True


def key_of(record: TreeRecord) -> RecordKey:
    return type(record), record.id


def parent_of(outline: Outline, key: RecordKey) -> RecordKey | None:
    """The row above; None for a row at the root."""
    record = record_of(outline, key)
    if isinstance(record, Section):
        return None
    if isinstance(record, Measure):
        return Issue, record.issue_id
    if record.parent_id is not None:
        return Issue, record.parent_id
    return None if record.section_id is None else (Section, record.section_id)


def children_of(outline: Outline, parent: RecordKey | None, kind: type[TreeRecord]) -> list[RecordKey]:
    """The rows of one kind directly under ``parent`` (None: at the root), in order."""
    found: Sequence[TreeRecord] = ()
    if parent is None:
        found = outline.snapshot.sections if kind is Section else outline.issues_of(None) if kind is Issue else ()
    elif parent[0] is Section and kind is Issue:
        found = outline.issues_of(outline.section(parent[1]))
    elif parent[0] is Issue and kind is Issue:
        found = outline.sub_issues(outline.issue(parent[1]))
    elif parent[0] is Issue and kind is Measure:
        found = outline.measures_of(outline.issue(parent[1]))
    return [key_of(record) for record in found]


def siblings_of(outline: Outline, key: RecordKey) -> list[RecordKey]:
    """The row itself and those of its kind beside it."""
    return children_of(outline, parent_of(outline, key), tree_type(key))


def tree_type(key: RecordKey) -> type[TreeRecord]:
    """The kind of a row; KeyError for a record that is no row."""
    for kind in _TREE_TYPES:
        if key[0] is kind:
            return kind
    raise KeyError(key)


def line_up(outline: Outline, key: RecordKey) -> Iterator[RecordKey]:
    """The row itself and all rows above it, upwards."""
    at: RecordKey | None = key
    while at is not None:
        yield at
        at = parent_of(outline, at)


def reading_order(outline: Outline) -> Iterator[RecordKey]:
    """Every row from top to bottom."""
    for section in outline.sections():
        if section is not None:
            yield key_of(section)
        for issue in outline.issues_of(section):
            yield from _below(outline, issue)


def _below(outline: Outline, issue: Issue) -> Iterator[RecordKey]:
    yield key_of(issue)
    for child in outline.sub_issues(issue):
        yield from _below(outline, child)
    for measure in outline.measures_of(issue):
        yield key_of(measure)


def top_rows(outline: Outline, keys: Iterable[RecordKey]) -> list[RecordKey]:
    """The chosen rows in reading order, without those that go along with a chosen row above them."""
    chosen = {key for key in keys if holds(outline, key)}
    tops = {key for key in chosen if not any(above in chosen for above in list(line_up(outline, key))[1:])}
    if len(tops) <= 1:
        return list(tops)
    return [key for key in reading_order(outline) if key in tops]


def height(outline: Outline, issue: Issue) -> int:
    """How many levels of issues a branch has; 1 for an issue without sub-issues."""
    return 1 + max((height(outline, child) for child in outline.sub_issues(issue)), default=0)


def refuse_impossible(outline: Outline, keys: Iterable[RecordKey], parent: RecordKey | None) -> None:
    """EditRefusedError, with the reason, where one of the rows cannot stand under ``parent`` (None: at the root)."""
    for key in keys:
        if parent is not None and key in line_up(outline, parent):
            raise EditRefusedError("不能移到自己下面", "请选择别的位置")
        levels = height(outline, outline.issue(key[1])) if key[0] is Issue else 1
        refuse_new(outline, tree_type(key), parent, levels=levels)


def refuse_new(outline: Outline, kind: type[TreeRecord], parent: RecordKey | None, *, levels: int = 1) -> None:
    """EditRefusedError where a branch of ``kind`` with so many levels of issues cannot stand under ``parent``."""
    _refuse_kind(kind, parent)
    if kind is Issue and parent is not None and parent[0] is Issue:
        depth = outline.depth(outline.issue(parent[1]))
        if depth + levels > DEEPEST:
            raise EditRefusedError(f"问题最多分{DEEPEST}级", "可以写成整改措施，或放到上一级")


def _refuse_kind(kind: type[TreeRecord], parent: RecordKey | None) -> None:
    if kind is Section and parent is not None:
        raise EditRefusedError("方面只能在最上一级", "请移到别的方面之前或之后")
    if kind is Measure and (parent is None or parent[0] is not Issue):
        raise EditRefusedError("整改措施要放在问题下面", "请移到一个问题上")
    if kind is Issue and parent is not None and parent[0] is Measure:
        raise EditRefusedError("整改措施下面不能再放问题", "请移到问题或方面上")
