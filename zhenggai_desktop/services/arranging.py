"""Use cases of arranging the tree: up, down, a level in, a level out, anywhere else. Each is one labelled step."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import Issue, Measure, Section
from zhenggai_desktop.errors import EditRefusedError
from zhenggai_desktop.services.step_names import rows_label
from zhenggai_desktop.services.tree_places import (
    TreeRecord,
    children_of,
    parent_of,
    record_of,
    refuse_impossible,
    siblings_of,
    top_rows,
    tree_type,
)

if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger
    from zhenggai_desktop.storage.store import Writer


def move(ledger: Ledger, keys: Collection[RecordKey], by: int) -> None:
    """Move rows of one kind and one parent up (-1) or down (+1); past the end they go on under the next parent."""
    outline = ledger.outline
    rows = _together(outline, keys)
    parent, kind = parent_of(outline, rows[0]), tree_type(rows[0])
    others = [key for key in children_of(outline, parent, kind) if key not in rows]
    first = siblings_of(outline, rows[0]).index(rows[0])
    at = first + by if by < 0 else siblings_of(outline, rows[-1]).index(rows[-1]) + by - (len(rows) - 1)
    if 0 <= at <= len(others):
        _place(ledger, outline, rows, parent, at, verb="移动")
        return
    beyond = _next_parent(outline, parent, kind, by)
    refuse_impossible(outline, rows, beyond)
    _place(ledger, outline, rows, beyond, 0 if by > 0 else len(children_of(outline, beyond, kind)), verb="移动")


def indent(ledger: Ledger, keys: Collection[RecordKey]) -> None:
    """Put issues a level deeper, at the end of those under the issue before them."""
    outline = ledger.outline
    rows = _together(outline, keys)
    if rows[0][0] is not Issue:
        raise EditRefusedError("只有问题可以降级", "整改措施和方面可以拖到别的位置")
    siblings = siblings_of(outline, rows[0])
    before = siblings.index(rows[0]) - 1
    if before < 0:
        raise EditRefusedError("前面没有同级问题，不能降级", "请先选中要放到其下的问题后面的一行")
    parent = siblings[before]
    refuse_impossible(outline, rows, parent)
    _place(ledger, outline, rows, parent, len(children_of(outline, parent, Issue)), verb="降级")


def outdent(ledger: Ledger, keys: Collection[RecordKey]) -> None:
    """Put issues a level higher, directly after the issue under which they stood."""
    outline = ledger.outline
    rows = _together(outline, keys)
    parent = parent_of(outline, rows[0])
    if rows[0][0] is not Issue or parent is None or parent[0] is not Issue:
        raise EditRefusedError("不能再升级", "已经是这一类的最上一级")
    siblings = siblings_of(outline, parent)
    _place(ledger, outline, rows, parent_of(outline, parent), siblings.index(parent) + 1, verb="升级")


def put(ledger: Ledger, keys: Collection[RecordKey], parent: RecordKey | None, before: RecordKey | None) -> None:
    """Put rows under ``parent`` (None: at the root), in front of ``before`` or at the end. What a drop does.

    ``before`` of another kind than the rows counts as none: issues stand before measures whatever is pointed at.
    """
    outline = ledger.outline
    rows = top_rows(outline, keys)
    if not rows:
        return
    refuse_impossible(outline, rows, parent)
    for kind in (Section, Issue, Measure):
        group = [key for key in rows if key[0] is kind]
        if group and group != rows:
            raise EditRefusedError("不同类的行不能一起移动", "请分别选择问题或整改措施")
    others = [key for key in children_of(outline, parent, tree_type(rows[0])) if key not in rows]
    at = others.index(before) if before in others else _after_moved(outline, rows, parent, before)
    _place(ledger, outline, rows, parent, at, verb="移动")


def _after_moved(
    outline: Outline, rows: Sequence[RecordKey], parent: RecordKey | None, before: RecordKey | None
) -> int:
    """The place in front of ``before`` where that is one of the moved rows itself; else the end."""
    siblings = children_of(outline, parent, tree_type(rows[0]))
    if before not in siblings:
        return sum(1 for key in siblings if key not in rows)
    return sum(1 for key in siblings[: siblings.index(before)] if key not in rows)


def _together(outline: Outline, keys: Collection[RecordKey]) -> list[RecordKey]:
    """The chosen rows in order, which must be of one kind under one parent."""
    rows = top_rows(outline, keys)
    if not rows:
        raise EditRefusedError("没有选中任何一行", "请先在左边选择")
    if len({(key[0], parent_of(outline, key)) for key in rows}) > 1:
        raise EditRefusedError("选中的行不在同一级", "请只选择同一级的行")
    return rows


def _next_parent(outline: Outline, parent: RecordKey | None, kind: type[TreeRecord], by: int) -> RecordKey | None:
    """The row beside the parent, under which rows of ``kind`` can go on."""
    if kind is Section or (parent is None and by < 0):
        raise _no_further()
    if parent is None:
        beside = children_of(outline, None, Section)
        at = 0
    else:
        beside = siblings_of(outline, parent)
        at = beside.index(parent) + by
    if 0 <= at < len(beside):
        return beside[at]
    raise _no_further()


def _no_further() -> EditRefusedError:
    return EditRefusedError("已经到头了", "可以用鼠标拖到别的位置")


def _place(
    ledger: Ledger, outline: Outline, rows: Sequence[RecordKey], parent: RecordKey | None, at: int, *, verb: str
) -> None:
    """Write rows under ``parent`` as its children from ``at`` on, counted without them."""
    kind = tree_type(rows[0])
    others = [key for key in children_of(outline, parent, kind) if key not in rows]
    order = [*others[:at], *rows, *others[at:]]
    with ledger.step(rows_label(verb, [record_of(outline, key) for key in rows])) as writer:
        for key in rows:
            if parent_of(outline, key) != parent:
                _reparent(writer, key, parent)
        writer.reorder(kind, [record_id for _, record_id in order])


def _reparent(writer: Writer, key: RecordKey, parent: RecordKey | None) -> None:
    values: dict[str, Any]
    if key[0] is Measure:
        assert parent is not None, "a measure stands under an issue"
        values = {"issue_id": parent[1]}
    else:
        values = {
            "section_id": parent[1] if parent is not None and parent[0] is Section else None,
            "parent_id": parent[1] if parent is not None and parent[0] is Issue else None,
        }
    writer.update(key[0], key[1], **values)
