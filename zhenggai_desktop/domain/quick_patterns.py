"""Regular expressions that are not tried where they cannot match.

A hundred rules read every paragraph, and nearly all of them see nothing in it. With which signs a pattern can begin,
and which pairs of neighbouring signs a text must hold for it to match at all, stands in the pattern itself: it is read
out of it once, so that no list kept by hand can part from it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, update_wrapper
from itertools import compress, product
from operator import add
from typing import Any, Generic, TypeVar, cast

R = TypeVar("R")
Grams = frozenset[str]
"""Single signs and pairs of neighbouring signs."""

_DIGITS = frozenset("0123456789")
_OTHER_DIGITS = frozenset(char for char in map(chr, range(0x80, 0x20000)) if char.isdecimal())  # \d means them too
_MOST_SIGNS = 100  # with more of them nearly every text holds one
_MOST_PAIRS = 200
_SIGN_WEIGHT = 20  # a sign is found in a text as often as so many pairs are
_MOST_FIRST = 400
_EVERYDAY_WORDS = (
    "整改工作情况进行问题社区管理落实开展加强组织措施严格巡察成效责任制度要求及时规范督促人员建立确保"
    "完成完善明确负责机制强化召开检查监督规定反馈意见学习制定"
)  # each stands in more than a tenth of the paragraphs of published notices
_EVERYDAY = frozenset(_EVERYDAY_WORDS[k : k + 2] for k in range(0, len(_EVERYDAY_WORDS), 2))
_EVERYDAY_WEIGHT = 10


class _Anything(Grams):
    """The grams of a text with digits of other scripts: it may hold whatever is asked for."""

    def isdisjoint(self, _other: Iterable[object], /) -> bool:
        return False


_ANYTHING = _Anything()


@lru_cache(maxsize=16)  # many rules ask for the same paragraph in a row
def grams(text: str) -> Grams:
    """What a text holds, to be held against ``needed_by``."""
    held = frozenset((*text, *map(add, text, text[1:])))
    return held if _OTHER_DIGITS.isdisjoint(held) else _ANYTHING


class Gates:
    """Many gates looked up at once: each is a set of grams of which a text must hold one, None for one always open.

    Grams are looked up as the numbers that UTF-16 makes of them: a text's numbers lie in its bytes as they are, while
    its pairs of signs would have to be made one by one. A number of many bytes, one for each gate, says which are open.
    """

    def __init__(self, gates: Sequence[Grams | None]) -> None:
        self._all = range(len(gates))
        self._always = sum(1 << 8 * at for at, gate in enumerate(gates) if gate is None)
        opened = self._opened = dict.fromkeys(_OTHER_CODES, sum(1 << 8 * at for at in self._all))
        for at, gate in enumerate(gates):
            own = 1 << 8 * at
            for code in _codes_of(gate) if gate else ():
                opened[code] = opened.get(code, 0) | own
        self._known = frozenset(opened)

    def open(self, text: str) -> Iterable[int]:
        """The places of the gates that a text passes, in order."""
        data = memoryview(f"{text}\0\0\0".encode(_UTF16, "surrogatepass"))
        end = len(data)
        known = self._known.intersection
        held = known(data.cast("H")) | known(data[: end & -4].cast("I")) | known(data[2 : 2 + (end - 2 & -4)].cast("I"))
        opened = self._always
        for code in held:
            opened |= self._opened[code]
        return compress(self._all, opened.to_bytes(len(self._all), "little"))


_UTF16 = f"utf-16-{sys.byteorder[0]}e"


@lru_cache(maxsize=4096)
def _codes(gram: str) -> Sequence[int]:
    """The number of a sign, or of a pair; those of both signs for a pair that takes more than four bytes."""
    data = gram.encode(_UTF16, "surrogatepass")
    if len(data) > 4:
        return [code for sign in gram for code in _codes(sign)]
    return [memoryview(data).cast("H" if len(data) == 2 else "I")[0]]


@lru_cache(maxsize=1024)  # the same gates stand before the readings of each role
def _codes_of(gate: Grams) -> Sequence[int]:
    return [code for gram in gate for code in _codes(gram)]


_OTHER_CODES = [code for digit in _OTHER_DIGITS for code in _codes(digit)]


@lru_cache(maxsize=1024)
def needed_by(pattern: str) -> Grams | None:
    """Grams of which a text must hold one for ``pattern`` to match anywhere in it; None where none can be told."""
    read = _read(pattern)
    best = _rarest(read.needs) if read else None
    return best if best and _weight(best) <= _SIGN_WEIGHT * _MOST_SIGNS else None


def needed_by_any(patterns: Iterable[str]) -> Grams | None:
    """Grams of which a text must hold one for any of ``patterns`` to match; None where that cannot be told."""
    found = [needed_by(pattern) for pattern in patterns]
    return frozenset[str]().union(*filter(None, found)) if all(found) else None


def quick(pattern: str) -> re.Pattern[str]:
    """``pattern`` compiled so that it is tried only at the signs with which it can begin; it finds the same.

    Python's own engine looks ahead like that only where a pattern begins with a sign or a set of signs.
    """
    read = _read(pattern)
    if read is None or read.plain or read.nullable or not read.first or len(read.first) > _MOST_FIRST:
        return re.compile(pattern)
    signs = "".join(map(re.escape, sorted(read.first - _DIGITS)))
    digits = r"\d" if read.first & _DIGITS else ""
    return re.compile(f"(?=[{signs}{digits}])(?:{pattern})")


class Gated(Generic[R]):
    """A reader of texts that is asked only where one of its patterns can match; elsewhere it gives ``nothing``."""

    def __init__(self, reader: Callable[[str], R], gate: Grams | None, nothing: R) -> None:
        self.reader = reader
        self.gate = gate
        self.nothing = nothing
        update_wrapper(self, reader)

    def __call__(self, text: str) -> R:
        if self.gate is not None and grams(text).isdisjoint(self.gate):
            return self.nothing
        return self.reader(text)


def ungated(reader: Callable[[str], R]) -> tuple[Callable[[str], R], Grams | None]:
    """A reader without its gate, and the gate; None where it has none."""
    if isinstance(reader, Gated):
        gated = cast("Gated[R]", reader)
        return gated.reader, gated.gate
    return reader, None


def only_with(*patterns: re.Pattern[str] | str, nothing: Any = ()) -> Callable[[Callable[[str], R]], Gated[R]]:
    """For a reader that gives ``nothing`` for a text in which none of ``patterns`` is found."""
    told = [pattern if isinstance(pattern, str) else pattern.pattern for pattern in patterns]
    return lambda reader: Gated(reader, needed_by_any(told), nothing)


# --- what a pattern says


@dataclass(frozen=True, slots=True)
class _Told:
    """What is known of a part of a pattern: ``first`` and ``last`` are the signs at its ends, None = any."""

    needs: tuple[Grams, ...] = ()  # a text must hold one gram of each
    first: Grams | None = None
    last: Grams | None = None
    nullable: bool = False
    width: bool = True  # False: it looks and takes nothing
    behind: bool = False  # it looks at what stands before it
    plain: bool = False  # it begins with a sign or a set of signs
    literal: bool = False  # it begins with a sign


_parser: Any = getattr(re, "_parser", None)  # a part of Python that may go: nothing is known without it


@lru_cache(maxsize=1024)
def _read(pattern: str) -> _Told | None:
    if _parser is None:
        return None
    tree = _parser.parse(pattern)
    return None if tree.state.flags & (re.IGNORECASE | re.VERBOSE) else _sequence(list(tree))


def _sequence(items: Sequence[tuple[Any, Any]]) -> _Told:
    parts = [_part(str(op), value) for op, value in items]
    taking = [part for part in parts if part.width]
    needs = [need for part in parts for need in part.needs]
    before: list[Grams | None] = []  # the signs that stand right before a place, as each part behind it tells them
    for part in parts:
        if not part.behind and not part.nullable:
            needs += filter(None, (_pairs(signs, part.first) for signs in before))
        if part.width:
            before = [_any_of([signs, part.last]) for signs in before] if part.nullable else [part.last]
        elif part.behind and not part.nullable:
            before.append(part.last)
    return _Told(
        tuple(needs),
        _end(part for part in taking),
        _end(reversed(taking), last=True),
        all(part.nullable for part in taking),
        plain=bool(taking) and taking[0].plain,
        literal=bool(parts) and parts[0].literal,
    )


def _pairs(one: Grams | None, other: Grams | None) -> Grams | None:
    if one and other and len(one) * len(other) <= _MOST_PAIRS:
        return frozenset(map("".join, product(one, other)))
    return None


def _end(parts: Iterable[_Told], *, last: bool = False) -> Grams | None:
    """The signs with which a sequence begins, or ends."""
    found = frozenset[str]()
    for part in parts:
        signs = part.last if last else part.first
        if signs is None:
            return None
        found |= signs
        if not part.nullable:
            return found
    return None


def _part(op: str, value: Any) -> _Told:
    read = _PARTS.get(op)
    return _Told(nullable=True) if read is None else read(value)


def _in_set(value: Any) -> _Told:
    signs = _set(value)
    return _of_signs(signs) if signs else _Told(plain=True)


def _looked(value: tuple[int, Any]) -> _Told:
    """(?=…) and (?<=…): what is looked at must be there too."""
    direction, items = value
    return replace(_sequence(list(items)), width=False, behind=direction < 0, plain=False)


def _of_signs(signs: Grams) -> _Told:
    return _Told((signs,), signs, signs, plain=True)


def _set(items: Iterable[tuple[Any, Any]]) -> Grams | None:
    """The signs of a set in brackets, None for one of too many."""
    found: set[str] = set()
    for op, value in items:
        name = str(op)
        if name == "LITERAL":
            found.add(chr(value))
        elif name == "RANGE" and value[1] - value[0] <= _MOST_SIGNS:
            found.update(map(chr, range(value[0], value[1] + 1)))
        elif name == "CATEGORY" and str(value) == "CATEGORY_DIGIT":
            found |= _DIGITS
        else:
            return None
    return frozenset(found)


def _repeated(least: int, part: _Told) -> _Told:
    if not least:
        return _Told((), part.first, part.last, nullable=True)
    pairs = _pairs(part.last, part.first) if least > 1 and not part.nullable else None
    return replace(part, needs=(*part.needs, pairs)) if pairs else part


def _branch(parts: Sequence[_Told]) -> _Told:
    rarest = [_rarest(part.needs) for part in parts]
    needs = (frozenset[str]().union(*filter(None, rarest)),) if all(rarest) else ()
    firsts, lasts = [part.first for part in parts], [part.last for part in parts]
    plain = all(part.literal for part in parts)
    return _Told(needs, _any_of(firsts), _any_of(lasts), any(part.nullable for part in parts), plain=plain)


def _any_of(ends: Sequence[Grams | None]) -> Grams | None:
    return None if None in ends else frozenset[str]().union(*filter(None, ends))


def _rarest(needs: Iterable[Grams]) -> Grams | None:
    """Of several needs the one that the fewest texts fulfil."""
    return min(needs, key=_weight, default=None)


def _weight(need: Grams) -> float:
    return sum(_weight_of(gram) for gram in need)


def _weight_of(gram: str) -> float:
    if len(gram) == 1:
        return 4 if gram.isascii() and not gram.isdecimal() else _SIGN_WEIGHT
    if gram in _EVERYDAY:
        return _EVERYDAY_WEIGHT
    return 0.2 if gram[0] == gram[1] else 1


_PARTS: Mapping[str, Callable[[Any], _Told]] = {
    "LITERAL": lambda value: replace(_of_signs(frozenset(chr(value))), literal=True),
    "IN": _in_set,
    "ANY": lambda _: _Told(),
    "NOT_LITERAL": lambda _: _Told(),
    "SUBPATTERN": lambda value: _Told(nullable=True) if value[1] else _sequence(list(value[3])),  # (?i:…)
    "ATOMIC_GROUP": lambda value: _sequence(list(value)),
    "MAX_REPEAT": lambda value: _repeated(value[0], _sequence(list(value[2]))),
    "MIN_REPEAT": lambda value: _repeated(value[0], _sequence(list(value[2]))),
    "POSSESSIVE_REPEAT": lambda value: _repeated(value[0], _sequence(list(value[2]))),
    "BRANCH": lambda value: _branch([_sequence(list(each)) for each in value[1]]),
    "ASSERT": _looked,
    "ASSERT_NOT": lambda _: _Told(nullable=True, width=False),
    "AT": lambda _: _Told(nullable=True, width=False),
}
