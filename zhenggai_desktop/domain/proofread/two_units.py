"""Family 1: a total in two units with parts in both: “7宗146亩，其中腾退4宗82亩、改造3宗64亩” (domain.md §9.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from zhenggai_desktop.domain.proofread.breakdown import Breakdown, told
from zhenggai_desktop.domain.proofread.findings import Family, Hit, Severity, TextRule
from zhenggai_desktop.domain.proofread.slips import is_slip
from zhenggai_desktop.domain.quantities import Quantity, comparable, quantities, unit_of
from zhenggai_desktop.domain.quick_patterns import only_with

Pair = tuple[Quantity, Quantity]

_TWICE = re.compile(r"[件个项条处宗户起份人张笔套台辆间栋家](?:共|计)?\d")
_LEAST, _MOST = 2, 8  # parts
_ONE_THING = re.compile(r"(?:，?(?:共计?|合计|涉及|总?面积|金额|资金)(?:资金|金额|人员|面积)?(?:共计?)?)?")
_INTO_PARTS = re.compile(r"[^，。；、（）\d]{0,8}[，：（](?P<which>其中[：:，]?)?[^，。；、（）\d]{0,14}")
_NEXT_PART = re.compile(r"[^，。；、（）\d]{0,8}[，、；][^，。；、（）\d]{0,14}")
_NO_PART = re.compile("新增|现有|原有|共|合计|累计|目前|另|较|比|增加|减少|涉及|追回|挽回")


@only_with(_TWICE)
def exceeding_in_two_units(text: str) -> Iterator[Hit]:
    """“7宗146亩，其中腾退5宗82亩、改造3宗64亩”: in one of the units the parts are more than the total."""
    yield from (_more(found) for found in _breakdowns(text) if found.sure and found.added > found.whole)


@only_with(_TWICE)
def perhaps_exceeding_in_two_units(text: str) -> Iterator[Hit]:
    """“立案3件4人，结案2件3人，2件1人正在审理”: the same without 其中."""
    yield from (_more(found) for found in _breakdowns(text) if not found.sure and found.added > found.whole)


@only_with(_TWICE)
def missing_in_two_units(text: str) -> Iterator[Hit]:
    """“立案3件4人，结案1件3人，1件1人正在审理”: in one of the units the parts fall short."""
    for found in _breakdowns(text):
        if found.added < found.whole:
            message = f"{found.told()}，少于总数{told(found.whole, found.total)}，请核对是否列全"
            yield Hit(found.start, found.end, message)


def _more(found: Breakdown) -> Hit:
    return Hit(found.start, found.end, f"{found.told()}，超过总数{told(found.whole, found.total)}")


@lru_cache(maxsize=2)  # three rules ask for the same paragraph in a row
def _breakdowns(text: str) -> tuple[Breakdown, ...]:
    return tuple(_wrong(text))


def _wrong(text: str) -> Iterator[Breakdown]:
    if len(_TWICE.findall(text)) < _LEAST:
        return
    numbers = quantities(text)
    begins = [at for at, pair in enumerate(pairwise(numbers)) if _is_one_thing(text, *pair)]
    for at in range(len(begins) - _LEAST):
        (whole, *parts), of_which = _list(text, numbers, begins[at : at + _MOST + 2])
        if _LEAST <= len(parts) <= _MOST:
            in_each = [_breakdown(text, whole[k], [part[k] for part in parts], of_which=of_which) for k in (0, 1)]
            for found, other in (in_each, in_each[::-1]):
                if found.added != found.whole and not found.overlapping and _is_told(found, other):
                    yield found


def _is_one_thing(text: str, one: Quantity, other: Quantity) -> bool:
    alike = unit_of(one) == unit_of(other) or not (one.exact and other.exact)
    return not alike and _ONE_THING.fullmatch(text, one.end, other.start) is not None


def _is_told(found: Breakdown, other: Breakdown) -> bool:
    """Where they make the total in the other unit they are all of it; else 其中 must say that they are parts."""
    slipped = is_slip(found.whole, [comparable(part)[0] for part in found.parts])
    return other.added == other.whole or (found.sure and (found.exceeding or slipped))


def _list(text: str, numbers: Sequence[Quantity], begins: Sequence[int]) -> tuple[list[Pair], bool]:
    """A total and the pairs behind it that are its parts, and whether 其中 says so; the total alone where the list goes
    on otherwise."""
    whole = numbers[begins[0]], numbers[begins[0] + 1]
    found, of_which, last = [whole], False, begins[0] + 1
    for at in begins[1:]:
        pair = numbers[at], numbers[at + 1]
        gap = (_NEXT_PART if len(found) > 1 else _INTO_PARTS).fullmatch(text, found[-1][1].end, pair[0].start)
        if gap is None or _NO_PART.search(gap[0]) or [*map(unit_of, pair)] != [*map(unit_of, whole)]:
            break
        of_which = of_which or gap.groupdict().get("which") is not None
        found.append(pair)
        last = at + 1
    behind = numbers[last + 1] if last + 1 < len(numbers) else None
    goes_on = behind is not None and unit_of(behind) in map(unit_of, whole)
    if behind is not None and goes_on and _NEXT_PART.fullmatch(text, found[-1][1].end, behind.start):
        return [whole], of_which
    return found, of_which


def _breakdown(text: str, total: Quantity, parts: Sequence[Quantity], *, of_which: bool) -> Breakdown:
    what, words = "“其中”各项之和" if of_which else "各项之和", text[total.start : parts[-1].end]
    return Breakdown(total.start, parts[-1].end, total, tuple(parts), words, "", what, sure=of_which)


RULES: tuple[TextRule, ...] = (
    TextRule("exceeding-parts", Family.FIGURES, Severity.ERROR, exceeding_in_two_units),
    TextRule("exceeding-parts", Family.FIGURES, Severity.WARNING, perhaps_exceeding_in_two_units),
    TextRule("missing-parts", Family.FIGURES, Severity.WARNING, missing_in_two_units),
)
