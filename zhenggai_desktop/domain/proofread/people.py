"""Family 1: persons who are counted under two penalties, and how many there are then (domain.md §9.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from zhenggai_desktop.domain.proofread.breakdown_forms import run
from zhenggai_desktop.domain.proofread.findings import Family, Hit, Severity, TextRule
from zhenggai_desktop.domain.quantities import Quantity, quantities, shown, unit_of
from zhenggai_desktop.domain.quick_patterns import only_with

_TWICE = re.compile(
    r"(?:双重|两种|两项|多种|党纪政务|党政纪|党纪和政务|党纪、政务|重复)[^，。；]{0,4}(?:处分|处理|处罚|问责|计算|统计)"
    r"|同时(?:受到?|被|给予)[^，。；]{0,16}(?:处分|处理|诫勉|警告|记过|批评教育)|先[^，。；]{2,12}后[^，。；]{2,10}"
)
_ALL = re.compile(
    r"[，（；、](?:共|实际|合计|共计|总计|实际共)(?:计)?(?:给予)?(?:处分|处理|问责|追责|追责问责|查处|处置|涉及|有)?(?:了)?$"
)
_SAID_AGAIN = "次"


@only_with(_TWICE)
def counted_twice(text: str) -> Iterator[Hit]:
    """“党纪处分3人、政务处分2人，其中1人受双重处分，共处分5人”: who is counted twice is one person: four."""
    for sentence in re.finditer("[^。]+", text):
        offset = sentence.start()
        numbers = [q for q in quantities(sentence[0]) if unit_of(q) == "人" and q.exact]
        for at, twice in enumerate(numbers):
            if at < 2 or not _is_twice(sentence[0], twice) or at + 1 >= len(numbers):
                continue
            parts = _parts(sentence[0], numbers[:at])
            total = numbers[at + 1]
            if len(parts) < 2 or not _ALL.search(sentence[0][twice.end : total.start]):
                continue
            added = sum((part.value for part in parts), Decimal(0))
            real = added - twice.value
            if (
                total.value != real
                and twice.value < min(added, total.value + 1)
                and abs(total.value - real) <= max(2, twice.value)
            ):
                words = " + ".join(shown(part.value) for part in parts)
                message = f"{words} - {shown(twice.value)}（重复的）= {shown(real)}人，与所写{shown(total.value)}人不符"
                yield Hit(offset + total.start, offset + total.end, message)


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
