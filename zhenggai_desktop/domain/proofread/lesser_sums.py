"""Family 1: what is left of two numbers: 收支相抵, 送审与审定, 结余, and means of listed numbers (domain.md §9.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from zhenggai_desktop.domain.proofread.breakdown import told
from zhenggai_desktop.domain.proofread.clauses import clause_before
from zhenggai_desktop.domain.proofread.findings import Family, Hit, Severity, TextRule
from zhenggai_desktop.domain.proofread.slips import is_slip
from zhenggai_desktop.domain.quantities import Quantity, comparable, last_place, quantities, shown, unit_of
from zhenggai_desktop.domain.quick_patterns import only_with

_NET = re.compile(
    r"(?:相抵|抵扣|抵销|抵消|轧差|相减|两项差额|差额)[^，。；、\d]{0,8}$|^(?:净[^，。；、\d]{1,4}|差额)(?:为|是)?$"
)
_LEFT = re.compile(r"^(?:结余|结存|余额|盈余|滚存|节余|剩余资金|账面结余)(?:资金)?(?:为|是)?$")
_CAME = re.compile(r"收到|收入|到账|筹集|下达|拨入|募集|收取|应收|总收入")
_CARRIED = re.compile("结转|上年结余|期初|年初余额|年初结余|上期结余")
_WENT = re.compile(r"支出|使用|列支|发放|拨付|支付|用去|花费|开支")


@only_with("相抵|抵扣|抵销|抵消|轧差|相减|差额|净|结余|结存|余额|盈余|滚存|节余|剩余资金")
def differences_of_two(text: str) -> Iterator[Hit]:
    """“盘亏5.9万元，盘盈3.3万元，相抵净盘亏2.4万元”, “收入312万元，支出254万元，结余58万元”."""
    numbers = _without_both(text)
    for i, (one, other, rest) in enumerate(zip(numbers, numbers[1:], numbers[2:], strict=False)):
        if len({unit_of(one), unit_of(other), unit_of(rest)}) > 1 or not (one.exact and other.exact and rest.exact):
            continue
        if re.search("[。；]|其中", text[one.end : rest.start]):
            continue
        words = clause_before(text, rest.start)
        accounts = _CAME.search(clause_before(text, one.start)) and _WENT.search(clause_before(text, other.start))
        if accounts and i and _CARRIED.search(clause_before(text, numbers[i - 1].start)):
            continue  # “年初结转6.8万元，拨入20万元，支出23.5万元，结余3.3万元”
        if not (_NET.search(words) or (accounts and _LEFT.search(words))):
            continue
        first, second, left = (comparable(q)[0] for q in (one, other, rest))
        real = abs(first - second)
        if real != left and left < max(first, second) and (is_slip(real, [left]) or abs(real - left) * 2 < real):
            message = f"{told(first, rest)}与{told(second, rest)}相差{told(real, rest)}，与所写{told(left, rest)}不符"
            yield Hit(rest.start, rest.end, message)


def _without_both(text: str) -> list[Quantity]:
    """The numbers of a text without the 两项 and 三者 that only point back to them."""
    return [q for q in quantities(text) if not (q.unit in ("项", "个") and not text[q.start].isdecimal())]


_VOTES = re.compile(
    r"实到[^，。；\d]{0,6}(?P<all>\d{1,9})[人名][^。；]{0,12}?赞成(?:票)?(?P<a>\d{1,9})[票人][、，]反对(?:票)?(?P<b>\d{1,9})[票人][、，]弃权(?:票)?(?P<c>\d{1,9})[票人]"
)


@only_with(_VOTES)
def votes(text: str) -> Iterator[Hit]:
    """“实到57人，赞成54票、反对2票、弃权2票”: no more votes than voters."""
    for match in _VOTES.finditer(text):
        cast = int(match["a"]) + int(match["b"]) + int(match["c"])
        if cast != int(match["all"]):
            yield Hit(match.start(), match.end(), f"三项票数相加{cast}票，与实到{match['all']}人不符")


_PRESENT = re.compile(
    r"应(?:到|参会|出席)[^，。；\d]{0,8}(?P<all>\d{1,9})[人名位]，实(?:到|际到会|际参加)[^，。；\d]{0,8}(?P<came>\d{1,9})[人名位]"
    r"(?:，(?:因[病事公]?[^，。；\d]{0,4})?(?:请假|缺席|缺勤|未到会?)(?P<off>\d{1,9})[人名位])?"
)


@only_with(_PRESENT)
def present(text: str) -> Iterator[Hit]:
    """“应到78名，实到71名，请假8名”: those who came and those who did not are those who should."""
    for match in _PRESENT.finditer(text):
        due, came, off = int(match["all"]), int(match["came"]), int(match["off"] or 0)
        if came > due:
            yield Hit(match.start(), match.end(), f"实到{came}人，多于应到{due}人")
        elif off and came + off != due:
            yield Hit(match.start(), match.end(), f"实到与未到相加 {came} + {off} = {came + off}人，与应到{due}人不符")


_TELLING_DIGITS = 3


@only_with("万元")
def other_units(text: str) -> Iterator[Hit]:
    """“欠缴11.27万元，已追缴11.27元”, “5.86万元…58600万元”: the same digits, ten thousand times more or less."""
    seen: dict[tuple[int, ...], Quantity] = {}
    for number in quantities(text):
        digits = number.value.normalize().as_tuple().digits
        if unit_of(number) != "元" or not number.exact or len(digits) < _TELLING_DIGITS:
            continue
        before = seen.setdefault(digits, number)
        one, other = comparable(before)[0], comparable(number)[0]
        if one in (other * 10_000, other / 10_000):
            words = text[before.start : before.end], text[number.start : number.end]
            yield Hit(number.start, number.end, f"“{words[0]}”与“{words[1]}”相差一万倍，请核对单位")


@only_with("结余|结存|余额|盈余|节余")
def carried_on(text: str) -> Iterator[Hit]:
    """“年初结转6.8万元，拨入20万元，支出23.5万元，结余3.1万元”."""
    numbers = quantities(text)
    for carried, came, went, left in zip(numbers, numbers[1:], numbers[2:], numbers[3:], strict=False):
        four = (carried, came, went, left)
        if (
            {unit_of(q) for q in four} != {"元"}
            or not all(q.exact for q in four)
            or "。" in text[carried.end : left.start]
        ):
            continue
        words = [clause_before(text, q.start) for q in four]
        last = words[3].removeprefix("目前").removeprefix("现").removeprefix("年末")
        if _CARRIED.search(words[0]) and _CAME.search(words[1]) and _WENT.search(words[2]) and _LEFT.search(last):
            one, two, three, told_left = (comparable(q)[0] for q in four)
            real = one + two - three
            if real > 0 and real != told_left:
                yield Hit(left.start, left.end, f"结余应为{told(real, left)}，与所写{told(told_left, left)}不符")


_SHORT = re.compile(r"(?:空缺|空编|缺额|缺编|缺口|缺员|短缺)[^，。；、\d]{0,4}$")
_HIRED = re.compile(r"(?:招录|新招|招聘|补充|引进|补录|选调|调入|聘用|配备)(?:了)?[^，。；、\d]{0,6}$")
_STILL_SHORT = re.compile(r"(?:仍|尚|现|还)(?:仍)?(?:缺|空缺|空编|短缺|缺编)[^，。；、\d]{0,4}$")


@only_with("[仍尚现还][缺空短]|仍缺")
def shortages(text: str) -> Iterator[Hit]:
    """“空编87个，招录31名，仍缺58名”: what was short less who came is still short."""
    for short, came, still in zip(numbers := quantities(text), numbers[1:], numbers[2:], strict=False):
        if not (short.exact and came.exact and still.exact) or "。" in text[short.end : still.start]:
            continue
        if not _SHORT.search(clause_before(text, short.start)) or not _HIRED.search(clause_before(text, came.start)):
            continue
        if not _STILL_SHORT.search(clause_before(text, still.start)) or short.value - came.value == still.value:
            continue
        left = shown(short.value - came.value)
        message = f"{shown(short.value)} - {shown(came.value)} = {left}，与所写{shown(still.value)}不符"
        yield Hit(still.start, still.end, message)


_BEFORE = re.compile(
    r"(?:送审|预算|概算|控制价|原价|原合同|合同|申报|报价|评审前|最高限价|招标控制价)(?:价|额|金额|造价|总额|总价)?(?:为|是)?$"
)
_AFTER = re.compile(r"(?:审定|核定|中标|决算|评审|审核|结算|成交)(?:价|额|金额|造价|总额|总价|后)?(?:为|是)?$")
_CUT = re.compile(
    r"[，、（](?:(?:核减|审减|节约|节省|下浮|降低)(?:金额|资金|额)?(?P<sum>[\d.]+[万亿]?元)[，、])?"
    r"(?:核减|审减|节约|节省|资金节约|下浮|降低|降价|压减)(?:率|幅度|比例)(?:为|达)?$"
)


@only_with("[减约省浮低价](?:率|幅度|比例)")
def cut_rates(text: str) -> Iterator[Hit]:
    """“送审4200万元、审定3780万元，审减率9%”: the rate is that of what was cut."""
    numbers = quantities(text)
    for i, rate in enumerate(numbers):
        if rate.unit != "%" or rate.upper is not None or i < 2:
            continue
        pairs = [
            (one, other)
            for one, other in pairwise(numbers[max(i - 4, 0) : i])
            if unit_of(one) == unit_of(other) == "元"
            and _BEFORE.search(clause_before(text, one.start))
            and _AFTER.search(clause_before(text, other.start))
        ]
        if not pairs or not _CUT.fullmatch(text[pairs[-1][1].end : rate.start]):
            continue
        first, second = (comparable(q)[0] for q in pairs[-1])
        exact = 100 * (first - second) / first if first else rate.value
        quantum = last_place(rate.value)
        if abs(exact - rate.value) >= (quantum if rate.exact else 2):
            real = shown(exact.quantize(quantum, ROUND_HALF_UP))
            ends = f"由{told(first, pairs[-1][0])}到{told(second, pairs[-1][1])}"
            message = f"{ends}减少{real}%，与所写{shown(rate.value)}%不符"
            yield Hit(rate.start, rate.end, message)


_LISTED = re.compile("分别(?:为|是|达|用时|耗时)?[^，。；、\\d]{0,4}$")
_MEAN = re.compile(r"[，、；](?:平均|均值|平均每[一-龥]{1,3})[^，。；、\d]{0,8}$")
_MOST = 8


@only_with("分别")
def means(text: str) -> Iterator[Hit]:
    """“滞后分别为47天和62天，平均滞后52天”: the mean of what is listed."""
    numbers = quantities(text)
    for i, mean in enumerate(numbers):
        if i < 2 or mean.upper is not None or not _MEAN.search(text[numbers[i - 1].end : mean.start]):
            continue
        listed: list[Quantity] = [numbers[i - 1]]
        for before in reversed(numbers[max(i - _MOST, 0) : i - 1]):
            if unit_of(before) != unit_of(mean) or not re.fullmatch("[、和及]", text[before.end : listed[0].start]):
                break
            listed.insert(0, before)
        alike = len(listed) > 1 and all(q.exact and unit_of(q) == unit_of(mean) for q in listed)
        if not alike or not _LISTED.search(clause_before(text, listed[0].start)):
            continue
        values = [comparable(q)[0] for q in listed]
        real, value = sum(values, Decimal(0)) / len(values), comparable(mean)[0]
        tolerance = max(real / 20, Decimal(1)) if mean.approximate else Decimal("0.99")
        if abs(real - value) > tolerance and min(values) <= value <= max(values):
            quotient = told(real.quantize(Decimal("0.1")), mean)
            yield Hit(mean.start, mean.end, f"所列各数平均为{quotient}，与所写{told(value, mean)}不符")


_DAILY = re.compile(
    r"日均[^，。；、\d]{0,6}(?P<each>\d{1,9})(?P<unit>[次件人起个])，(?P<month>\d{1,2})月(?:份)?共(?:计)?[^，。；、\d]{0,6}(?P<all>\d{1,9})(?P=unit)"
)
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_WORKING_DAYS = (19, 24)


@only_with("日均")
def daily(text: str) -> Iterator[Hit]:
    """“日均巡查12次，7月共巡查432次”: as many as the days of the month make, or its working days."""
    for match in _DAILY.finditer(text):
        month, each, whole = int(match["month"]), int(match["each"]), int(match["all"])
        days = _DAYS[month - 1] if 1 <= month <= len(_DAYS) else 0
        working = _WORKING_DAYS[0] * each <= whole <= _WORKING_DAYS[1] * each
        if days and not working and abs(whole - each * days) > each:
            message = f"{each} × {days}天 = {each * days}{match['unit']}，与所写{whole}{match['unit']}不符"
            yield Hit(match.start(), match.end(), message)


RULES: tuple[TextRule, ...] = (
    TextRule("balance", Family.FIGURES, Severity.WARNING, differences_of_two),
    TextRule("balance", Family.FIGURES, Severity.WARNING, shortages),
    TextRule("balance", Family.FIGURES, Severity.WARNING, carried_on),
    TextRule("balance", Family.FIGURES, Severity.WARNING, votes),
    TextRule("balance", Family.FIGURES, Severity.WARNING, present),
    TextRule("tiny-money", Family.FIGURES, Severity.WARNING, other_units),
    TextRule("growth", Family.FIGURES, Severity.WARNING, cut_rates),
    TextRule("average", Family.FIGURES, Severity.WARNING, means),
    TextRule("average", Family.FIGURES, Severity.WARNING, daily),
)
