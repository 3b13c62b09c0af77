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
_LEAST = 2  # parts
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
    pairs = [pair for pair in pairwise(quantities(text)) if _is_one_thing(text, *pair)]
    for at, whole in enumerate(pairs[:-2]):
        parts, of_which = _parts(text, whole, pairs[at + 1 :])
        if len(parts) > 1:
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


def _parts(text: str, whole: Pair, pairs: Sequence[Pair]) -> tuple[list[Pair], bool]:
    """The pairs behind a total that are parts of it, and whether 其中 says so; [] where the list goes on otherwise."""
    found: list[Pair] = []
    last, of_which = whole, False
    for pair in pairs:
        gap = (_NEXT_PART if found else _INTO_PARTS).fullmatch(text, last[1].end, pair[0].start)
        if gap is None or _NO_PART.search(gap[0]) or [*map(unit_of, pair)] != [*map(unit_of, whole)]:
            break
        of_which = of_which if found else gap["which"] is not None
        found.append(pair)
        last = pair
    behind = next((q for q in quantities(text) if q.start >= last[1].end), None)
    goes_on = behind is not None and _NEXT_PART.fullmatch(text, last[1].end, behind.start) is not None
    return ([] if goes_on and unit_of(behind or last[0]) in map(unit_of, whole) else found), of_which


def _breakdown(text: str, total: Quantity, parts: Sequence[Quantity], *, of_which: bool) -> Breakdown:
    what, words = "“其中”各项之和" if of_which else "各项之和", text[total.start : parts[-1].end]
    return Breakdown(total.start, parts[-1].end, total, tuple(parts), words, "", what, sure=of_which)


RULES: tuple[TextRule, ...] = (
    TextRule("exceeding-parts", Family.FIGURES, Severity.ERROR, exceeding_in_two_units),
    TextRule("exceeding-parts", Family.FIGURES, Severity.WARNING, perhaps_exceeding_in_two_units),
    TextRule("missing-parts", Family.FIGURES, Severity.WARNING, missing_in_two_units),
)
