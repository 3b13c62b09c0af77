"""Family 1: the parts of a total against the total (domain.md §9.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from zhenggai_desktop.domain.proofread.breakdown import told
from zhenggai_desktop.domain.proofread.breakdown_forms import breakdowns
from zhenggai_desktop.domain.proofread.findings import Family, Hit, Severity, TextRule


def exceeding_parts(text: str) -> Iterator[Hit]:
    """The parts may not exceed the total."""
    for found in breakdowns(text):
        if found.exceeding:
            yield Hit(found.start, found.end, f"{found.told()}，超过总数{told(found.whole, found.total)}")


_SAID_TWICE = re.compile("人次|同时|双重|多种|两种|并处|重复|既|又被|又受|合并|后被|交叉")
_AROUND = 60  # characters in which a text explains that one person counts twice


def perhaps_twice(text: str) -> Iterator[Hit]:
    """“9人，其中警告2人、记过3人、诫勉5人”: more penalties than persons, and no word of persons with two of them."""
    for found in breakdowns(text):
        more = found.overlapping and not found.regrouped and not found.exceeding and found.added > found.whole
        if more and not _SAID_TWICE.search(text[max(found.start - 12, 0) : found.end + _AROUND]):
            message = f"{found.told()}，多于总数{told(found.whole, found.total)}，一人受多种处理的请在文中写明"
            yield Hit(found.start, found.end, message)


def missing_parts(text: str) -> Iterator[Hit]:
    """“处分25人，其中警告10人、严重警告14人”: parts that claim to be all fall short of the total."""
    for found in breakdowns(text):
        if found.short and not found.overlapping:
            message = f"{found.told()}，少于总数{told(found.whole, found.total)}，请核对是否列全"
            yield Hit(found.start, found.end, message)


def mixed_money(text: str) -> Iterable[Hit]:
    """Parts of one total in 万元 and in 元: figures that nobody can add in his head are wrong sooner or later.

    A total in 万元 of parts that are all in 元 is easily read and left alone.
    """
    for found in breakdowns(text):
        units = {quantity.unit for quantity in found.parts} | ({found.total.unit} & {"元"})
        if {"元", "万元"} <= units or {"元", "亿元"} <= units:
            yield Hit(found.start, found.end, "同一组金额中“元”和“万元”混用，建议统一单位")


RULES: tuple[TextRule, ...] = (
    TextRule("exceeding-parts", Family.FIGURES, Severity.ERROR, exceeding_parts),
    TextRule("exceeding-parts", Family.FIGURES, Severity.WARNING, perhaps_twice),
    TextRule("missing-parts", Family.FIGURES, Severity.WARNING, missing_parts),
    TextRule("mixed-money", Family.WORDS, Severity.WARNING, mixed_money),
)
