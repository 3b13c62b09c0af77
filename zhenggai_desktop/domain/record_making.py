"""How the classes of records are made: frozen values, as ``dataclass(frozen=True, slots=True)`` makes them.

``dataclass`` compiles six methods for each class, and some fifty classes are needed before the first ledger is on the
screen. Here ``__init__`` alone is compiled, the rest is inherited: the same classes in a third of the time. They are
dataclasses all the same: ``fields`` and ``replace`` know them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from os import urandom
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, Self, TypeVar, dataclass_transform

T = TypeVar("T")


def new_uid() -> str:
    """A fresh world-wide identity for a record."""
    number = bytearray(urandom(16))  # as ``uuid.uuid4`` does, which takes three times as long
    number[6] = number[6] & 0x0F | 0x40
    number[8] = number[8] & 0x3F | 0x80
    words = number.hex()
    return f"{words[:8]}-{words[8:12]}-{words[12:16]}-{words[16:20]}-{words[20:]}"


class Value:
    """What all records can do: they are equal where their fields are, and never change."""

    __slots__ = ()
    if TYPE_CHECKING:
        values_of: ClassVar[Callable[[Any], Any]]  # of all fields, in their order
        field_names: ClassVar[tuple[str, ...]]

    def changed(self, found: Mapping[str, Any]) -> Self:
        """The value with other fields: as ``dataclasses.replace``, in a fourth of the time."""
        kind = self.__class__
        return kind(**{**dict(zip(kind.field_names, kind.values_of(self), strict=True)), **found})

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        read = self.__class__.values_of
        return bool(read(self) == read(other))

    def __hash__(self) -> int:
        return hash(self.__class__.values_of(self))

    def __repr__(self) -> str:
        values = (f"{spec.name}={getattr(self, spec.name)!r}" for spec in fields(self))  # type: ignore[arg-type]
        return f"{self.__class__.__name__}({', '.join(values)})"

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __reduce__(self) -> tuple[Any, ...]:
        return self.__class__, tuple(getattr(self, spec.name) for spec in fields(self))  # type: ignore[arg-type]


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(kind: type[T]) -> type[T]:
    """Make a class of two fields or more, derived from ``Value``, a frozen dataclass with slots. A field may have a
    default, or one that is made anew for each record."""
    made: Any = dataclass(init=False, repr=False, eq=False, match_args=False, slots=True)(kind)
    specs = fields(made)
    if taken := {spec.name for spec in specs} & {*vars(Value), "field_names", "values_of"}:
        raise TypeError(f"{kind.__name__} cannot have a field named {', '.join(taken)}: every value has that already")
    made.field_names = tuple(spec.name for spec in specs)
    made.values_of = attrgetter(*made.field_names)
    made.__init__ = _initialiser(specs)
    return made


def _initialiser(specs: tuple[Field[Any], ...]) -> Callable[..., None]:
    known: dict[str, Any] = {"_set": object.__setattr__, "_anew": MISSING}
    parameters: list[str] = []
    lines: list[str] = []
    for spec in specs:
        given = spec.name
        if spec.default is not MISSING:
            known[f"_{spec.name}"] = spec.default
            given = f"{spec.name}=_{spec.name}"
        elif spec.default_factory is not MISSING:
            known[f"_make_{spec.name}"] = spec.default_factory
            given = f"{spec.name}=_anew"
            lines.append(f" if {spec.name} is _anew: {spec.name} = _make_{spec.name}()")
        parameters.append(given)
        lines.append(f" _set(self, '{spec.name}', {spec.name})")
    lines.insert(0, f"def __init__(self, {', '.join(parameters)}):")
    exec("\n".join(lines), known)  # noqa: S102 - as ``dataclass`` does, for our own names
    return known["__init__"]
