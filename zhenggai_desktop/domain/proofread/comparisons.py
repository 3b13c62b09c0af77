"""Family 1: what is said of two numbers: more than a limit, new and old together, half of it done (domain.md §9.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from zhenggai_desktop.domain.proofread.breakdown import told
from zhenggai_desktop.domain.proofread.clauses import clause_before, part_begin
from zhenggai_desktop.domain.proofread.findings import Family, Hit, Severity, TextRule
from zhenggai_desktop.domain.quantities import comparable, quantities, shown, unit_of
from zhenggai_desktop.domain.quick_patterns import only_with

_LIMITED = (
    r"(?:规定|限定|标准|核定|限额|控制|国家|省定|市定|县定|目标|计划|要求|"
    r"合同|约定|上级|考核|下达|任务|警戒|安全|最低|最高|原定|同期)"
)
_MORE = re.compile(
    rf"^[^，。；、\d]{{0,6}}，?(?:已|明显|均|大幅|略)?(?:超出|超过|高于|突破|优于)(?:了)?{_LIMITED}[^，。；、\d]{{0,10}}$"
)
_LESS = re.compile(
    rf"^[^，。；、\d]{{0,6}}，?(?:明显|均|大幅|略)?(?:低于|未达到|未达|达不到|不足|少于)(?:了)?{_LIMITED}[^，。；、\d]{{0,10}}$"
)
_NOT_MORE = re.compile(
    rf"^[^，。；、\d]{{0,6}}，?(?:均)?(?:未超过|未超出|没有超过|不超过|控制在)(?:了)?{_LIMITED}[^，。；、\d]{{0,10}}$"
)


@only_with("超|高于|突破|优于|低于|未达|达不到|不足|少于|控制在")
def against_limits(text: str) -> Iterator[Hit]:
    """“占合同总额的5%，超出规定的5%上限”: what exceeds a limit is more than it."""
    for one, other in pairwise(quantities(text)):
        if unit_of(one) != unit_of(other) or not (one.exact and other.upper is None):
            continue
        gap = text[one.end : other.start]
        if len(gap) > 24 or re.match("[以之][内下上]|内", text[other.end :]):
            continue
        first, second = comparable(one)[0], comparable(other)[0]
        wrong = (
            (first <= second and _MORE.match(gap) and not re.search("低于|不足", gap))
            or (first >= second and _LESS.match(gap))
            or (first > second and _NOT_MORE.match(gap))
        )
        if wrong:
            words = text[one.start : other.end]
            yield Hit(one.start, other.end, f"“{words}”与两个数字的大小不符，请核对")


# --- new ones and old ones

_NEW = re.compile(r"(?:新增|增加|新建|增设|扩建)[^，。；、\d]{0,8}$")
_REACHED = re.compile(r"(?:达到|达|增至|增加到|扩大到|总数为|升至)(?:了)?$")
_OLD = re.compile(r"(?:比|较|由)?(?:原有|原来|原先|之前|此前|年初|上年)的?[^，。；、\d]{0,4}$")


@only_with("原有|原来|原先|之前|此前|年初|上年")
def new_and_old(text: str) -> Iterator[Hit]:
    """“新增120个，达到300个，比原有的200个…”: what is new and what there was make what there is."""
    for new, now, old in zip(numbers := quantities(text), numbers[1:], numbers[2:], strict=False):
        units = {unit_of(new), unit_of(now), unit_of(old)}
        if len(units) > 1 or units & {"%", "‰"} or not (new.exact and now.exact and old.exact):
            continue
        if re.search("[。；]", text[new.end : old.start]):
            continue
        if not (_NEW.search(clause_before(text, new.start)) and _REACHED.search(clause_before(text, now.start))):
            continue
        if not _OLD.search(clause_before(text, old.start)):
            continue
        first, second, third = (comparable(q)[0] for q in (new, now, old))
        if first + third != second and third < second:
            message = (
                f"{told(third, old)} + {told(first, new)} = {told(first + third, now)}，与所写{told(second, now)}不符"
            )
            yield Hit(now.start, old.end, message)


_CHANGED = re.compile(r"(?:同比|较上年|比上年|较去年|比去年|环比)(?P<way>减少|下降|增加|增长|上升)(?:了)?$")
_THEN = re.compile(r"(?:同期|上年|去年|前年|\d{4}年)(?:同期)?(?:为|是|有)?$")


@only_with("同比|上年|去年|环比")
def year_on_year(text: str) -> Iterator[Hit]:
    """“214次，同比减少12次，而2023年同期为202次”: which way, and by how much."""
    for now, by, then in zip(numbers := quantities(text), numbers[1:], numbers[2:], strict=False):
        if len({unit_of(now), unit_of(by), unit_of(then)}) > 1 or not (now.exact and by.exact and then.exact):
            continue
        changed = _CHANGED.search(clause_before(text, by.start))
        if changed is None or "。" in text[now.end : then.start] or not _THEN.search(clause_before(text, then.start)):
            continue
        less = changed["way"] in ("减少", "下降")
        first, change, old = (comparable(q)[0] for q in (now, by, then))
        if old - first != (change if less else -change):
            words = f"比{told(old, then)}{'少' if first < old else '多'}{told(abs(first - old), now)}"
            yield Hit(by.start, by.end, f"{told(first, now)}{words}，与所写“{changed['way']}{told(change, by)}”不符")


# --- half of it

_FRACTION = re.compile(
    r"(?:(?P<whole>[二三四五六七八九十])分之(?P<part>[一二三四五六七八九])|(?P<half>一半|半数|过半)|(?P<tens>[一二三四五六七八九])成(?P<halfmore>半)?)"
)
_NUMERALS = "零一二三四五六七八九十"
_DONE = re.compile(
    r"(?:[，、（]|(?=占))(?:已|仅|只|约|近|刚好|正好|共)?(?:完成|占|占比|占到|达到|达|为)(?:了)?(?:总数|全部|其中|总面积|总量|任务)?的?(?:约|近)?$"
)
_ROUND = Decimal("0.07")


@only_with("分之|半|成")
def part_of_whole(text: str) -> Iterator[Hit]:
    """“面积1860平方米，已拆除1240平方米，完成二分之一”: the fraction is that of the two numbers."""
    numbers = quantities(text)
    for match in _FRACTION.finditer(text):
        before = [q for q in numbers if q.end <= match.start()][-2:]
        if len(before) < 2 or unit_of(before[0]) != unit_of(before[1]) or not all(q.exact for q in before):
            continue
        whole, part = before
        begin = part_begin(text, match.start())
        if whole.start < begin or not _DONE.fullmatch(text[part.end : match.start()]):
            continue
        if re.match("[一-龥]*(?:以上|以下|多|左右)", text[match.end() :][:3]) or "不" in text[part.end : match.start()]:
            continue
        first, second = comparable(whole)[0], comparable(part)[0]
        value = _value(match)
        if not 0 < second < first or value is None:
            continue
        real = second / first
        if abs(real - value) > _ROUND and not (match["half"] == "过半" and real > value):
            message = (
                f"{told(second, part)} ÷ {told(first, whole)}约为{shown(round(100 * real, 1))}%，与“{match[0]}”不符"
            )
            yield Hit(match.start(), match.end(), message)


def _value(match: re.Match[str]) -> Decimal | None:
    if match["half"]:
        return Decimal("0.5")
    if match["tens"]:
        return (Decimal(_NUMERALS.index(match["tens"])) + (Decimal("0.5") if match["halfmore"] else 0)) / 10
    whole = _NUMERALS.index(match["whole"])
    return Decimal(_NUMERALS.index(match["part"])) / whole if whole else None


RULES: tuple[TextRule, ...] = (
    TextRule("comparison", Family.FIGURES, Severity.WARNING, against_limits),
    TextRule("comparison", Family.FIGURES, Severity.WARNING, new_and_old),
    TextRule("comparison", Family.FIGURES, Severity.WARNING, part_of_whole),
    TextRule("comparison", Family.FIGURES, Severity.WARNING, year_on_year),
)
