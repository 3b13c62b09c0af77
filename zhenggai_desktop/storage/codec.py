"""Records ↔ rows, by the types of the record's fields (the storage rule in ``domain.records``).

Reading a whole ledger is the one place where speed counts: columns are converted one at a time through a memo, so a
date or a list that stands in a thousand rows is parsed once.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import sys
import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from functools import cache, cached_property
from itertools import starmap
from operator import attrgetter, itemgetter
from typing import Any, Generic, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from zhenggai_desktop.domain.cleaning import clean
from zhenggai_desktop.domain.exact_numbers import read_exact
from zhenggai_desktop.domain.record_making import Value, frozen
from zhenggai_desktop.domain.records import BlockKind, ChapterBlock, Record
from zhenggai_desktop.storage.schema import TABLES

R = TypeVar("R", bound=Record)
SqlValue = str | int | None
Row = Sequence[SqlValue]
_Placed = list[tuple[int, Callable[[Any], Any]]]  # a function and the column for which it is
_BEYOND = 1 << 63  # the first whole number that SQLite cannot hold; no record has one below 0


@frozen
class Conversion(Value):
    """How values of one type are cleaned, written and read; None stands for "as it is". None values never come here.

    ``stored`` is what the file holds.
    """

    stored: type[str | int] = str
    clean: Callable[[Any], Any] | None = None
    to_sql: Callable[[Any], SqlValue] | None = None
    from_sql: Callable[[Any], Any] | None = None


class _Memo(dict[Any, Any]):
    """Converts each different value once. NULL stays None where it ``may`` stand, else it is damage: ValueError."""

    def __init__(self, convert: Callable[[Any], Any], *, null_may: bool) -> None:
        super().__init__({None: None} if null_may else {})
        self._convert = convert

    def __missing__(self, key: Any) -> Any:
        if key is None:
            raise ValueError("NULL where a value must stand")
        value = self[key] = self._convert(key)
        return value


class Codec(Generic[R]):
    """The storage of one record type: its table, its columns and the way between rows and records."""

    def __init__(self, record_type: type[R]) -> None:
        self.record_type = record_type
        self.table = TABLES[record_type]
        self.columns = tuple(field.name for field in dataclasses.fields(record_type))
        self.ordered = "position" in self.columns
        self._values_of = attrgetter(*self.columns)
        self.select = f"SELECT {', '.join(self.columns)} FROM {self.table}"  # noqa: S608  (our own names)
        self.insert = (
            f"INSERT INTO {self.table} ({', '.join(self.columns)}) "  # noqa: S608
            f"VALUES ({', '.join('?' * len(self.columns))})"
        )

    @cached_property
    def _conversions(self) -> dict[str, Conversion]:
        """By column; asked for by the first row, since most tables of most ledgers are empty."""
        module = self.record_type.__module__
        return {spec.name: _conversion_of(str(spec.type), module) for spec in dataclasses.fields(self.record_type)}

    @cached_property
    def _optional(self) -> set[str]:
        """The columns that may be NULL."""
        return {spec.name for spec in dataclasses.fields(self.record_type) if "None" in str(spec.type)}

    @cached_property
    def _cleaners(self) -> _Placed:
        return self._with_place(lambda conversion: conversion.clean)

    @cached_property
    def _encoders(self) -> _Placed:
        return self._with_place(lambda conversion: conversion.to_sql)

    @cached_property
    def _decoders(self) -> _Placed:
        return self._with_place(lambda conversion: conversion.from_sql)

    @cached_property
    def _twin(self) -> type[Any]:
        """A frozen class sets each field through ``object.__setattr__`` and is built at half the speed. This twin has
        the same slots without being frozen: rows are built as twins and then told their true class."""
        settings = "\n".join(f" self.{name} = {name}" for name in self.columns)
        made: dict[str, Any] = {}
        exec(f"def __init__(self, {', '.join(self.columns)}):\n{settings}", made)  # noqa: S102 - our own names
        changing = {"__slots__": self.columns, "__init__": made["__init__"], "__setattr__": object.__setattr__}
        return type(self.record_type.__name__, (Value,), changing)

    def _with_place(self, choose: Callable[[Conversion], Callable[[Any], Any] | None]) -> _Placed:
        chosen = (choose(self._conversions[name]) for name in self.columns)
        return [(at, function) for at, function in enumerate(chosen) if function is not None]

    def cleaned(self, name: str, value: Any) -> Any:
        """``value`` without the characters that Office cannot hold."""
        conversion = self._conversions[name]
        return value if value is None or conversion.clean is None else conversion.clean(value)

    def cleaned_record(self, record: R, **fields: Any) -> R:
        """A new record with the given fields in place of the record's own, and all texts cleaned."""
        values = list(self._values_of(record))
        for name, value in fields.items():
            values[self.columns.index(name)] = value
        for at, clean_value in self._cleaners:
            if values[at]:
                values[at] = clean_value(values[at])
        return self._built([values])[0]

    def moved(self, places: Iterable[tuple[R, int]]) -> list[R]:
        """Records that are only elsewhere among their siblings, each with its position."""
        rows: list[list[Any]] = []
        at = self.columns.index("position")
        for record, position in places:
            rows.append([*self._values_of(record)])
            rows[-1][at] = position
        return self._built(rows)

    def encode(self, record: R) -> list[SqlValue]:
        """The row of a record, in the order of ``columns``."""
        row = list(self._values_of(record))
        for at, convert in self._encoders:
            if row[at] is not None:
                row[at] = convert(row[at])
        return row

    def encode_value(self, name: str, value: Any) -> SqlValue:
        convert = self._conversions[name].to_sql
        return value if value is None or convert is None else convert(value)

    def decode_value(self, name: str, value: SqlValue) -> Any:
        convert = self._conversions[name].from_sql
        return value if value is None or convert is None else convert(value)

    def decode_foreign(self, values: Mapping[str, object]) -> R:
        """The record of values that did not come from a ledger, by column; what is not there has its default.

        ValueError or TypeError where one is not what its column holds.
        """
        row = self.encode(self.record_type())
        for at, name in enumerate(self.columns):
            value = values.get(name, row[at])
            if type(value) is not self._conversions[name].stored and (value is not None or name not in self._optional):
                raise TypeError(name)
            if isinstance(value, int) and not 0 <= value < _BEYOND:
                raise ValueError(name)
            row[at] = value
        record = self.decode([row])[0]
        if self.encode(record) != row:  # 7 for a yes: read as something else than it says
            raise ValueError(self.table)
        return self.cleaned_record(record)

    def refuse_broken_keys(self, rows: Sequence[Row]) -> None:
        """Refuse rows of a damaged file by what the tree is built on and other ledgers are compared by.

        TypeError for an id or a position that is no number, or a uid that is no text; ValueError for a uid with signs
        that are cleaned away: what is left of it may be nothing, or another's.
        """
        for at, name in enumerate(self.columns):
            if self._conversions[name] is _WHOLE:
                self._refuse_wrong_types(at, rows)
        if not "".join(map(cast("Callable[[Row], str]", itemgetter(self.columns.index("uid"))), rows)).isprintable():
            raise ValueError("uid")

    def refuse_wrong_types(self, rows: Sequence[Row]) -> None:
        """TypeError where a value is not what its column holds: a file that SQLite did not check as a whole may have
        the row of another table in its place."""
        for at in range(len(self.columns)):
            self._refuse_wrong_types(at, rows)

    def _refuse_wrong_types(self, at: int, rows: Sequence[Row]) -> None:
        name = self.columns[at]
        right = {self._conversions[name].stored, *([type(None)] if name in self._optional else [])}
        if not set(map(type, map(itemgetter(at), rows))) <= right:
            raise TypeError(name)

    def decode(self, rows: Sequence[Row]) -> list[R]:
        """The records of rows whose columns stand in the order of ``columns``."""
        if not rows:
            return []
        columns: list[Iterable[Any]] = list(zip(*rows, strict=True))
        memos: dict[tuple[Callable[[Any], Any], bool], _Memo] = {}
        for at, convert in self._decoders:
            known = convert, self.columns[at] in self._optional
            memo = memos.get(known) or memos.setdefault(known, _Memo(convert, null_may=known[1]))
            columns[at] = map(memo.__getitem__, columns[at])
        return self._built(zip(*columns, strict=True))

    def _built(self, rows: Iterable[Sequence[Any]]) -> list[R]:
        records = list(starmap(self._twin, rows))
        for record in records:
            record.__class__ = self.record_type
        return cast("list[R]", records)


def codec(record_type: type[R]) -> Codec[R]:
    """The codec of a record type."""
    return _codec(record_type)


@cache
def _codec(record_type: type[Any]) -> Codec[Any]:
    return Codec(record_type)


def _clean_text(text: str) -> str:
    # Printable text holds nothing to remove, and asking is far cheaper than two substitutions.
    return text if text.isprintable() else clean(text)


def _clean_texts(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(_clean_text, texts))


def _clean_blocks(blocks: Sequence[ChapterBlock]) -> tuple[ChapterBlock, ...]:
    return tuple(dataclasses.replace(block, text=_clean_text(block.text)) for block in blocks)


def _texts_to_sql(texts: Sequence[str]) -> str:
    return json.dumps(texts, ensure_ascii=False) if texts else "[]"


def _texts_from_sql(text: str) -> tuple[str, ...]:
    texts = tuple(json.loads(text))
    if not all(isinstance(each, str) for each in texts):
        raise ValueError("a list of other things than texts")
    return texts


def _blocks_to_sql(blocks: Sequence[ChapterBlock]) -> str:
    return json.dumps([dataclasses.asdict(block) for block in blocks], ensure_ascii=False)


def _blocks_from_sql(text: str) -> tuple[ChapterBlock, ...]:
    blocks = tuple(ChapterBlock(BlockKind(item["kind"]), item["level"], item["text"]) for item in json.loads(text))
    if any(type(block.level) is not int or type(block.text) is not str for block in blocks):
        raise ValueError("a block of other things than a level and a text")
    return blocks


def _decimal_to_sql(number: Decimal) -> str:
    """Plain digits, trailing zeros kept: "1.50". ValueError for infinity and not-a-number."""
    if not number.is_finite():
        raise ValueError(f"{number} is no amount")
    return format(number, "f")


_WHOLE = Conversion(int)
_CONVERSIONS: dict[Any, Conversion] = {
    int: _WHOLE,
    str: Conversion(clean=_clean_text),
    bool: Conversion(int, to_sql=int, from_sql=bool),
    dt.date: Conversion(to_sql=dt.date.isoformat, from_sql=dt.date.fromisoformat),
    dt.datetime: Conversion(to_sql=dt.datetime.isoformat, from_sql=dt.datetime.fromisoformat),
    Decimal: Conversion(to_sql=_decimal_to_sql, from_sql=read_exact),
    tuple[str, ...]: Conversion(str, _clean_texts, _texts_to_sql, _texts_from_sql),
    tuple[ChapterBlock, ...]: Conversion(str, _clean_blocks, _blocks_to_sql, _blocks_from_sql),
}


@cache
def _conversion_of(annotation: str, module: str) -> Conversion:
    """The conversion of a type as a field of a module's records writes it: few, and each stands in many fields."""
    annotated = types.SimpleNamespace(__annotations__={"value": annotation})
    return _conversion(get_type_hints(annotated, vars(sys.modules[module]))["value"])


def _conversion(hint: Any) -> Conversion:
    """The conversion of a field's type; KeyError for a type that has no storage rule."""
    if get_origin(hint) in (Union, types.UnionType):
        (hint,) = (part for part in get_args(hint) if part is not types.NoneType)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Conversion(to_sql=lambda member: cast("StrEnum", member).value, from_sql=hint)
    return _CONVERSIONS[hint]
