"""Documents of the ledger besides the notice as data: a template is blocks, placeholders and tables in a JSON file.

The built-in templates lie in ``resources/documents``; a user's own is a changed copy of one of them. The order of a
template's entries is that of the document. An entry has a ``kind`` (see ``BLOCK_KINDS``) and what belongs to it:

- ``text`` with ``{placeholders}``, ``level`` for headings; ``{name?}`` prints nothing where ``{name}`` prints a gap;
- ``when`` and ``unless``: names of values; an empty value or 0 counts as no;
- ``each``: repeats ``blocks`` for every section, issue, part (item below an issue) …; see ``REPEATED``;
- ``table``: ``of`` says which rows, ``columns`` which cells; ``form`` has ``rows`` of cells written out;
- ``chapters``: the body of the notice; ``prose``: what the notice says below a heading that holds ``about``, or
  ``blocks`` where it says nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from zhenggai_desktop.domain.ledger_template import COLUMN_KEYS
from zhenggai_desktop.errors import UsageError

TEXT_KINDS = (
    "title", "heading", "paragraph", "addressee", "enclosure", "label", "note", "signature", "date",
)  # fmt: skip
BLOCK_KINDS = (*TEXT_KINDS, "page", "each", "table", "form", "chapters", "prose")
REPEATED = ("section", "issue", "part", "emphasised", "unfinished")
TABLE_KEYS: Mapping[str, tuple[str, ...]] = {
    "issues": COLUMN_KEYS,
    "measures": COLUMN_KEYS,
    "departments": COLUMN_KEYS,
    "sections_progress": ("name", "total", "done", "mostly_done", "in_progress", "not_started", "late", "rate", "note"),
    "departments_progress": (
        "name", "total", "done", "mostly_done", "in_progress", "not_started", "late", "rate", "note",
    ),
    "outcomes": ("kind", "number"),
    "withheld": ("number", "section", "issue", "wording", "ground", "approval", "note"),
    "versions": ("number", "version", "exported_on", "file_name", "note"),
    "opinions": ("body", "text", "adopted", "given_on", "sign"),
    "comments": ("number", "received_on", "text", "answered_by", "answered_on", "answer"),
    "reminders": ("number", "title", "department", "leaders", "owner", "deadline", "words", "colour"),
    "milestones": ("number", "kind", "title", "due_on", "done_on", "place", "minutes_number"),
}  # fmt: skip
_START_FROM = "请从导出的文书模板改起"
_MOST = 2000  # entries, rows and columns: far more than a document needs
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """``width`` is a share of the table's; 0 by content."""

    key: str
    caption: str
    width: float = 0.0
    centred: bool = False


@dataclass(frozen=True, slots=True)
class CellSpec:
    text: str = ""
    rows: int = 1
    columns: int = 1
    head: bool = False
    centred: bool = False


@dataclass(frozen=True, slots=True)
class BlockSpec:
    """One entry of a template; what does not belong to its kind is empty."""

    kind: str
    text: str = ""
    level: int = 0
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    landscape: bool = False
    of: str = ""
    about: str = ""
    columns: tuple[ColumnSpec, ...] = ()
    rows: tuple[tuple[CellSpec, ...], ...] = ()
    widths: tuple[float, ...] = ()
    heights: tuple[float, ...] = ()  # millimetres; of a table one for every row below the head
    bodies: tuple[str, ...] = ()  # of the table of opinions: who is asked
    least: int = 0  # rows that a table has at least, empty ones to be filled in by hand
    across: int = 1  # how many of its records stand side by side in a row
    roomy: bool = False
    total: bool = False  # a last row with the sums
    blocks: tuple[BlockSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentTemplate:
    """``name`` is the file's, ``caption`` what a list of choices shows, ``edition`` whose words it may hold."""

    name: str
    caption: str
    blocks: tuple[BlockSpec, ...]
    edition: str = "internal"


def load_document_template(text: str, name: str = "") -> DocumentTemplate:
    """The template in a JSON text. Raises UsageError with a sentence that says what is wrong in it."""
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError("文书模板不是有效的 JSON", _START_FROM) from error
    values = _mapping(found, "文书模板")
    blocks = _blocks(values.get("blocks"), 0)
    if not blocks:
        raise UsageError("文书模板里没有内容", _START_FROM)
    edition = _text(values, "edition") or "internal"
    if edition not in ("internal", "public"):
        raise UsageError(f"文书模板里的 edition 不能是“{edition}”", "请写 internal 或 public")
    caption = _text(values, "caption") or name or "文书"
    return DocumentTemplate(name or caption, caption, blocks, edition)


def document_template_text(template: DocumentTemplate) -> str:
    """The template as JSON that ``load_document_template`` reads back equal, one entry a line."""
    lines = ",\n".join(f"    {json.dumps(_entry(block), ensure_ascii=False)}" for block in template.blocks)
    head = {"caption": template.caption, "edition": template.edition}
    names = "".join(f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)},\n" for key, value in head.items())
    return f'{{\n{names}  "blocks": [\n{lines}\n  ]\n}}\n'


def _entry(spec: BlockSpec) -> dict[str, Any]:
    """A block with what it says otherwise than an empty one; ``each`` stands for kind and of."""
    empty = BlockSpec(spec.kind)
    values: dict[str, Any] = {"each": spec.of} if spec.kind == "each" else {"kind": spec.kind}
    for name in BlockSpec.__dataclass_fields__:
        value = getattr(spec, name)
        if name == "kind" or value == getattr(empty, name) or (name == "of" and spec.kind == "each"):
            continue
        values[name] = _plain(name, value)
    return values


def _plain(name: str, value: Any) -> Any:
    if name == "blocks":
        return [_entry(block) for block in value]
    if name == "columns":
        return [_without_empty(column, ColumnSpec(column.key, "")) for column in value]
    if name == "rows":
        return [[_without_empty(cell, CellSpec()) for cell in row] for row in value]
    return list(cast("tuple[object, ...]", value)) if isinstance(value, tuple) else value


def _without_empty(spec: ColumnSpec | CellSpec, empty: ColumnSpec | CellSpec) -> dict[str, Any]:
    found = {name: getattr(spec, name) for name in spec.__dataclass_fields__}
    return {name: value for name, value in found.items() if name == "key" or value != getattr(empty, name)}


def _blocks(value: object, depth: int) -> tuple[BlockSpec, ...]:
    if value is None:
        return ()
    if depth > _DEEPEST:
        raise UsageError(f"文书模板的嵌套超过{_DEEPEST}层", _START_FROM)
    return tuple(_block(_mapping(item, "文书模板的一段"), depth) for item in _list(value, "blocks"))


def _block(values: Mapping[str, Any], depth: int) -> BlockSpec:
    unknown = sorted(set(values) - _FIELDS)
    if unknown:
        raise UsageError(f"文书模板里没有“{unknown[0]}”这一项", f"可用的有 {'、'.join(sorted(_FIELDS))}")
    kind = "each" if "each" in values else _text(values, "kind")
    if kind not in BLOCK_KINDS:
        raise UsageError(f"文书模板里没有“{kind}”这种段落", f"可用的有 {'、'.join(BLOCK_KINDS)}")
    of = _text(values, "each") if kind == "each" else _text(values, "of")
    if kind == "each" and of not in REPEATED:
        raise UsageError(f"文书模板不能按“{of}”重复", f"可用的有 {'、'.join(REPEATED)}")
    if kind == "table" and of not in TABLE_KEYS:
        raise UsageError(f"文书模板里没有“{of}”这种表", f"可用的有 {'、'.join(TABLE_KEYS)}")
    columns = tuple(_column(item, of) for item in _list(values.get("columns", []), "columns"))
    rows = tuple(
        tuple(_cell(cell) for cell in _list(row, "rows 的一行")) for row in _list(values.get("rows", []), "rows")
    )
    if (kind == "table" and not columns) or (kind == "form" and not rows):
        raise UsageError("文书模板里有一个表没有列或行", "请至少写一列（columns）或一行（rows）")
    return BlockSpec(
        kind=kind,
        text=_text(values, "text"),
        level=int(_number(values, "level")),
        when=_names(values, "when"),
        unless=_names(values, "unless"),
        landscape=values.get("landscape") is True,
        of=of,
        about=_text(values, "about"),
        columns=columns,
        rows=rows,
        widths=_numbers(values, "widths"),
        heights=_numbers(values, "heights"),
        bodies=_names(values, "bodies"),
        least=int(_number(values, "least")),
        across=max(int(_number(values, "across")), 1),
        roomy=values.get("roomy") is True,
        total=values.get("total") is True,
        blocks=_blocks(values.get("blocks"), depth + 1),
    )


_FIELDS = frozenset(BlockSpec.__dataclass_fields__) | {"each"}


def _column(value: object, of: str) -> ColumnSpec:
    values = _mapping(value, "表的一列")
    key = _text(values, "key")
    if key not in TABLE_KEYS.get(of, ()):
        raise UsageError(f"文书模板的“{of}”表里没有“{key}”这种列", f"可用的有 {'、'.join(TABLE_KEYS.get(of, ()))}")
    caption = _text(values, "caption") or key
    return ColumnSpec(key, caption, _number(values, "width"), values.get("centred") is True)


def _cell(value: object) -> CellSpec:
    if isinstance(value, str):
        return CellSpec(value)
    values = _mapping(value, "表的一格")
    return CellSpec(
        _text(values, "text"),
        max(int(_number(values, "rows")), 1),
        max(int(_number(values, "columns")), 1),
        values.get("head") is True,
        values.get("centred") is True,
    )


def _mapping(value: object, what: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise UsageError(f"{what}的写法不对", _START_FROM)
    return cast("dict[str, Any]", value)


def _list(value: object, what: str) -> list[object]:
    if not isinstance(value, list) or len(cast("list[object]", value)) > _MOST:
        raise UsageError(f"文书模板的 {what} 写法不对", _START_FROM)
    return cast("list[object]", value)


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name, "")
    if not isinstance(value, str):
        raise UsageError(f"文书模板的 {name} 应当是文字", _START_FROM)
    return value


def _number(values: Mapping[str, Any], name: str) -> float:
    value = values.get(name, 0)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= _MOST:
        raise UsageError(f"文书模板的 {name} 应当是0到{_MOST}之间的数", _START_FROM)
    return float(value)


def _numbers(values: Mapping[str, Any], name: str) -> tuple[float, ...]:
    return tuple(_number({name: item}, name) for item in _list(values.get(name, []), name))


def _names(values: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = values.get(name, [])
    names = [value] if isinstance(value, str) else _list(value, name)
    return tuple(_text({name: item}, name) for item in names)
