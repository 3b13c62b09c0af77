"""Family 1: what is done and what is left, rates, differences, conversions (domain.md §9.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from zhenggai_desktop.domain.proofread.findings import Family, Hit, Severity, TextRule
from zhenggai_desktop.domain.proofread.sums import told, unit_of
from zhenggai_desktop.domain.quantities import Quantity, comparable, quantities, shown

# --- done and left

_LEFT = re.compile(
    r"剩下|剩余|其余|余下|尚余|尚有|仍有|还有|正在(?:办理|推进|整改|核查|处理|实施|进行)|在办|推进中|办理中|未(?:完成|办结|整改|启动|销号)|"
    r"尚未|待整改"
)
_DONE = re.compile(
    r"已(?!知|有|经有|明确|制定|列入|落实)|完成|办结|了结|销号|整改到位|整改完毕|解决|化解|落实到位|使用"
)
_NOT_A_PART = re.compile(
    r"其中|同比|增加|新增|减少|下降|较|比|每|另有|另外|此外|涉及|涵盖|包括|制定|制订|形成|拟|计划|将"
)
_NOUNS = re.compile(
    r"(?:方面)?(?:的|具体|整改|反馈|突出)*(问题|措施|任务|事项|线索|项目|隐患|资金|制度|案件|信访|举报|户|村)"
)
_COUNTED = frozenset("个项条件笔处宗户张份起")


@dataclass(frozen=True, slots=True)
class _Told:
    """A count in its clause: is it a whole, what is done of it, or what is left?"""

    quantity: Quantity
    part: str  # "", "done", "left"; "?" = neither a whole nor a part that could be added up
    noun: str


def remainders(text: str) -> Iterator[Hit]:
    """“43项，已使用30项，剩下13项”, “27个问题。已完成25个，正在推进1个”: done and left make the whole."""
    counted = [q for q in quantities(text) if q.unit in _COUNTED]
    if len(counted) < 3:
        return
    read = [_told(text, quantity, counted) for quantity in counted]
    at = 0
    while at < len(read):
        group = _group(text, read, at)
        if group is None:
            at += 1
            continue
        whole, parts = group
        at += len(parts) + 1
        added = sum((part.quantity.value for part in parts), Decimal(0))
        if added != whole.quantity.value:
            yield _remainder_hit(whole, parts, added)


def _remainder_hit(whole: _Told, parts: list[_Told], added: Decimal) -> Hit:
    words = " + ".join(shown(part.quantity.value) for part in parts)
    unit = whole.quantity.unit
    message = f"已完成与未完成相加 {words} = {shown(added)}{unit}，与总数{shown(whole.quantity.value)}{unit}不符"
    return Hit(whole.quantity.start, parts[-1].quantity.end, message)


def _told(text: str, quantity: Quantity, counted: list[Quantity]) -> _Told:
    before_ends = max((q.end for q in counted if q.end <= quantity.start), default=0)
    begin = max(text.rfind(sign, 0, quantity.start) for sign in "。；，、（") + 1
    clause_end = min(at if at >= 0 else len(text) for at in (text.find(sign, quantity.end) for sign in "。；，、）"))
    before, behind = text[max(begin, before_ends) : quantity.start], text[quantity.end : clause_end]
    noun = _NOUNS.match(text, quantity.end)
    named = re.search(r"(问题|措施|任务|事项|线索|项目|隐患|案件|资金)(?:共计?|有|为|达|已)?$", before)
    name = noun[1] if noun else named[1] if named else ""
    if not quantity.exact or _NOT_A_PART.search(before):
        return _Told(quantity, "?", name)
    part = _state(before) or _state(behind)
    return _Told(quantity, part or ("?" if _NOT_A_PART.search(behind) else ""), name)


def _state(words: str) -> str:
    return "left" if _LEFT.search(words) else "done" if _DONE.search(words) else ""


def _group(text: str, read: list[_Told], at: int) -> tuple[_Told, list[_Told]] | None:
    """A whole with all its parts behind it; None where the figures could mean anything else."""
    whole = read[at]
    if whole.part or unit_of(whole.quantity) not in _COUNTED:
        return None
    parts: list[_Told] = []
    for each in read[at + 1 :]:
        if unit_of(each.quantity) != unit_of(whole.quantity) or each.part in ("", "?"):
            break
        if each.noun and whole.noun and each.noun != whole.noun:
            return None
        if text.count("。", whole.quantity.end, each.quantity.start) > 1:
            break
        parts.append(each)
    after = read[at + 1 + len(parts)] if at + 1 + len(parts) < len(read) else None
    if not _complete(text, parts) or (after is not None and after.part == "?" and _same_list(text, parts[-1], after)):
        return None
    return whole, parts


def _complete(text: str, parts: list[_Told]) -> bool:
    """At least one part is done, and what is left is said once for each state."""
    kinds = [part.part for part in parts]
    if kinds.count("left") not in (1, 2) or "done" not in kinds or len(parts) > 4:
        return False
    return "其中" not in text[parts[0].quantity.start : parts[-1].quantity.end]


def _same_list(text: str, last: _Told, after: _Told) -> bool:
    """“…正在推进2个，拟转办1个”: a further part that cannot be read leaves the sum open."""
    gap = text[last.quantity.end : after.quantity.start]
    return unit_of(after.quantity) == unit_of(last.quantity) and "。" not in gap and "；" not in gap


# --- rates

_RATE_WORDS = re.compile(r"(?:率|占比|比例|占)[^，。；\d]{0,8}$")
_OTHER_RATE = re.compile(r"同比|环比|增长|增幅|下降|降低|提高|提升|较|上年|去年|满意|合格|覆盖|参与|到课|出勤|测评")


def rates(text: str) -> Iterator[Hit]:
    """A percentage is the quotient of the two numbers before it, to the places that it shows; no part exceeds 100 %."""
    if "%" not in text and "百分之" not in text:
        return
    numbers = quantities(text)
    for i, rate in enumerate(numbers):
        if rate.unit != "%" or not rate.exact:
            continue
        begin = max(text.rfind("。", 0, rate.start), text.rfind("；", 0, rate.start)) + 1
        clause = re.split("[，。；]", text[begin : rate.start])[-1]
        if not _RATE_WORDS.search(text[begin : rate.start]) or _OTHER_RATE.search(clause):
            continue
        if rate.value > 100 and re.search(r"(?:完成|整改|办结|销号|落实)率", clause):
            yield Hit(rate.start, rate.end, f"{shown(rate.value)}%超过了100%")
            continue
        pair = _pair(text, begin, [q for q in numbers[:i] if q.start >= begin])
        if pair is not None:
            yield from _wrong_rate(text, rate, *pair)


def _pair(text: str, begin: int, numbers: list[Quantity]) -> tuple[Decimal, Decimal] | None:
    """Whole and part that stand directly before a rate: a whole, then 已… of the same unit."""
    if len(numbers) < 2:
        return None
    whole, part = numbers[-2:]
    between = text[whole.end : part.start]
    if unit_of(whole) != unit_of(part) or not (whole.exact and part.exact) or not re.search("已|完成|其中", between):
        return None
    if len(numbers) > 2 and unit_of(numbers[-3]) == unit_of(part):
        return None  # three counts: which is the whole?
    if "元" in unit_of(whole) or not comparable(whole)[0] or part.value > whole.value:
        return None
    del begin
    return comparable(whole)[0], comparable(part)[0]


def _wrong_rate(text: str, rate: Quantity, whole: Decimal, part: Decimal) -> Iterator[Hit]:
    quantum = Decimal(1).scaleb(-max(-int(rate.value.as_tuple().exponent), 0))
    exact = 100 * part / whole
    real = exact.quantize(quantum, ROUND_HALF_UP)
    if real != rate.value and abs(exact - rate.value) >= quantum:
        mend = f"{shown(real)}%" if text[rate.end - 1] == "%" else None
        message = f"{shown(part)} ÷ {shown(whole)} = {shown(real)}%，与所写{shown(rate.value)}%不符"
        yield Hit(rate.start, rate.end, message, mend)


# --- differences and conversions

_CHANGE = re.compile(
    r"(?:由|从)(?P<from>[^，。；、由从]{0,14})(?P<way>减|降|压减|精简|缩减|下降|压缩|增|增加|提高|上升|扩大)(?:少|加|低)?(?:至|到|为)"
)
_BY = re.compile(r"[，、]?(?:共|累计|合计)?(?:减少|压减|精简|下降|降低|缩减|增加|新增|净增|取消)(?:了)?$")


def differences(text: str) -> Iterator[Hit]:
    """“由26项减至9项，减少17项”: the difference is what it says."""
    if not _CHANGE.search(text):
        return
    numbers = quantities(text)
    for change in _CHANGE.finditer(text):
        before = next((q for q in numbers if change.start("from") <= q.start and q.end <= change.end("from")), None)
        after = next((q for q in numbers if change.end() <= q.start <= change.end() + 2), None)
        if before is None or after is None or unit_of(before) != unit_of(after):
            continue
        by = next((q for q in numbers if after.end < q.start <= after.end + 10), None)
        if by is None or unit_of(by) != unit_of(after) or not _BY.fullmatch(text[after.end : by.start]):
            continue
        real = abs(comparable(before)[0] - comparable(after)[0])
        if all(q.exact for q in (before, after, by)) and real != comparable(by)[0]:
            ends = (told(comparable(each)[0], each) for each in (before, after))
            message = f"由{'到'.join(ends)}相差{told(real, by)}，与所写{told(comparable(by)[0], by)}不符"
            yield Hit(by.start, by.end, message, told(real, by))


_SAME_SUM = re.compile(r"(?:（|，)?(?:即|折合|合)(?:人民币)?$|（(?:人民币)?$")


def conversions(text: str) -> Iterator[Hit]:
    """“12600元（1.26万元）”: both say the same."""
    money = [q for q in quantities(text) if unit_of(q) == "元" and q.exact] if "元" in text else []
    for one, other in pairwise(money):
        gap = text[one.end : other.start]
        closed = text[other.end : other.end + 1] in ("）", "，", "。", "；", "")
        if one.unit == other.unit or not _SAME_SUM.fullmatch(gap) or not closed:
            continue
        first, second = comparable(one)[0], comparable(other)[0]
        places = Decimal(1).scaleb(int(other.value.as_tuple().exponent)) * (second / other.value if other.value else 1)
        if abs(first - second) >= places:
            yield Hit(one.start, other.end, f"{told(first, one)}与{told(second, other)}不是同一个数")


RULES: tuple[TextRule, ...] = (
    TextRule("remainder", Family.FIGURES, Severity.ERROR, remainders),
    TextRule("rate", Family.FIGURES, Severity.ERROR, rates),
    TextRule("difference", Family.FIGURES, Severity.ERROR, differences),
    TextRule("conversion", Family.FIGURES, Severity.ERROR, conversions),
)
