"""Family 1: persons who are counted under two penalties, and how many there are then (domain.md §9.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from zhenggai_desktop.domain.proofread.breakdown_forms import run
from zhenggai_desktop.domain.proofread.findings import Family, Hit, Severity, TextRule
from zhenggai_desktop.domain.quantities import Quantity, quantities, shown, unit_of
from zhenggai_desktop.domain.quick_patterns import only_with

_TWICE = re.compile(
    r"(?:双重|两种|两项|多种|党纪政务|党政纪|党纪和政务|党纪、政务|重复)[^，。；]{0,4}(?:处分|处理|处罚|问责|计算|统计)"
    r"|同时(?:受到?|被|给予)[^，。；]{0,16}(?:处分|处理|诫勉|警告|记过|批评教育)|同时存在|两类问题|两种情形|先[^，。；]{2,12}后[^，。；]{2,10}"
)
_ALL = re.compile(
    r"[，（；、](?:共|实际|合计|共计|总计|实际共)(?:计)?(?:给予)?(?:处分|处理|问责|追责|追责问责|查处|处置|涉及|有)?(?:了)?(?:[一-龥]{0,4})$"
)
_UNITS = ("人", "件", "个", "户", "家", "项", "台", "处", "笔", "份")


@only_with(_TWICE)
def counted_twice(text: str) -> Iterator[Hit]:
    """“党纪处分3人、政务处分2人，其中1人受双重处分，共处分5人”: who is counted twice is one person: four."""
    for sentence in re.finditer("[^。]+", text):
        told = [q.moved(-sentence.start()) for q in quantities(text) if sentence.start() <= q.start < sentence.end()]
        for unit in _UNITS:
            numbers = [q for q in told if unit_of(q) == unit and q.exact]
            for hit in _of_unit(sentence[0], numbers):
                yield replace(hit, start=sentence.start() + hit.start, end=sentence.start() + hit.end)


def _of_unit(words: str, numbers: list[Quantity]) -> Iterator[Hit]:
    for at, twice in enumerate(numbers[:-1]):
        if at < 2 or not _is_twice(words, twice):
            continue
        parts, total = _parts(words, numbers[:at]), numbers[at + 1]
        if len(parts) < 2 or not _ALL.search(words[twice.end : total.start]):
            continue
        added = sum((part.value for part in parts), Decimal(0))
        real = added - twice.value
        near = abs(total.value - real) <= max(2, twice.value) and twice.value < min(added, total.value + 1)
        if total.value != real and near:
            sums = " + ".join(shown(part.value) for part in parts)
            unit = total.unit
            message = (
                f"{sums} - {shown(twice.value)}（重复的）= {shown(real)}{unit}，与所写{shown(total.value)}{unit}不符"
            )
            yield Hit(total.start, total.end, message)


def _is_twice(words: str, number: Quantity) -> bool:
    begin = max(words.rfind(sign, 0, number.start) for sign in "，；（、") + 1
    behind = re.split("[，。；（）]", words[number.end :])[0]
    return words[begin : number.start].startswith(("其中", "有", "另有", "但有", "因")) and bool(_TWICE.search(behind))


def _parts(words: str, numbers: list[Quantity]) -> tuple[Quantity, ...]:
    """The last run of numbers of persons before ``numbers`` end."""
    for begin in range(len(numbers) - 1):
        parts = run(words, numbers[begin:])
        if len(parts) == len(numbers) - begin:
            return parts
    return ()


RULES: tuple[TextRule, ...] = (TextRule("counted-twice", Family.FIGURES, Severity.WARNING, counted_twice),)
