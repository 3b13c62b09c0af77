"""Family 1: a percentage against the numbers of which it is the quotient (domain.md §9.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from zhenggai_desktop.domain.proofread.clauses import clause_before, part_begin, sentence_begin
from zhenggai_desktop.domain.proofread.findings import Family, Hit, Severity, TextRule
from zhenggai_desktop.domain.quantities import Quantity, comparable, last_place, quantities, shown, unit_of
from zhenggai_desktop.domain.quick_patterns import only_with

_RATE_WORDS = re.compile(r"(?:率|占比|比例|占)[^，。；\d]{0,8}$")
_OTHER_RATE = re.compile(r"同比|环比|增长|增幅|下降|降低|提高|提升|较|上年|去年|测评")
_MEASURED_RATE = re.compile(r"满意|合格|覆盖|参与|到课|出勤")  # often measured otherwise: only a slip is told
_SLIP_OF_RATE = 6  # per cent


_CUT = re.compile("(核减|审减|节约|节省|下浮|降低|压减|压缩|精简|精减|缩减|裁减|减少)(?:率|幅度|比例)")
_CUT_DOWN = re.compile("(?:[减简缩]|减少)[一-龥]{0,2}[至到为]$")
_CHANGE = re.compile("^(?:同?比|较|环比)[^，。；]{0,8}(?:多|少|增加|减少|增长|下降|上升)(?:了)?$")
_CUT_TO = re.compile("审定|核定|中标|决算|成交|结算|评审")
_NEVER_MORE = re.compile(
    r"占比|占[^，。；\d]{0,10}比[例重]|(?:整改|办结|销号|合格|覆盖|满意|参与|化解|到位|公开|回访|签约|入户|普及|达标|出勤|到课|知晓|清收|收缴|养护|列养)率"
)


@only_with("%|百分之")
def rates(text: str) -> Iterator[Hit]:
    """A percentage is the quotient of the two numbers before it, to the places that it shows; no part exceeds 100 %."""
    numbers = quantities(text)
    for i, rate in enumerate(numbers):
        if rate.unit != "%" or not _claims(text, rate):
            continue
        begin = part_begin(text, rate.start)
        clause = re.split("[，。；]", text[begin : rate.start])[-1]
        if rate.value > 100 and _NEVER_MORE.search(clause) and not _OTHER_RATE.search(clause):
            yield Hit(rate.start, rate.end, f"{shown(rate.value)}%超过了100%")
            continue
        if (
            text[begin - 1 : begin] == "。"
            and not re.search("分别|由|从", clause)
            and not any(begin <= q.start for q in numbers[:i])
        ):  # “14个…，13个完成。完成率100%”
            begin = sentence_begin(text, begin - 1)
        if (
            not _RATE_WORDS.search(text[begin : rate.start])
            or _OTHER_RATE.search(clause)
            or "计划" in clause
            or "平均" in clause
        ):
            continue
        if rate.value > 100 and re.search(r"(?:整改|办结|销号|落实|合格|覆盖|满意|占比?|比例)[率为达的]?", clause):
            yield Hit(rate.start, rate.end, f"{shown(rate.value)}%超过了100%")
            continue
        cut = _CUT.search(clause)
        if cut and _CUT_TO.search(clause_before(text, numbers[i - 1].start)):
            continue  # “预算500万元，中标价450万元，节约率10%”: the part is not told
        counted = [q for q in numbers[:i] if q.start >= begin and q.unit != "%"]
        pair = _pair(text, rate, [q for q in counted if not _CHANGE.search(clause_before(text, q.start))])
        if pair is not None and cut and _CUT_DOWN.search(clause_before(text, counted[-1].start)):
            pair = pair[0], pair[0] - pair[1]  # “50次精简为40次，精简率20%”: what is left stands there
        if pair is not None:
            measured = _MEASURED_RATE.search(clause)
            if measured and not re.search(f"{measured[0]}[^率，。；]", text[begin : rate.start]):
                continue  # asked, not counted: “按期办结308件，群众满意率98.4%”
            far = abs(100 * pair[1] / pair[0] - rate.value) > _SLIP_OF_RATE
            if not (measured and far):
                yield from _wrong_rate(text, rate, *pair)
        else:
            yield from _typed_wrong(text, rate, counted[-2:])


def _claims(text: str, rate: Quantity) -> bool:
    """True for a rate that is told exactly, or with 约; 近 and 超过 leave more open."""
    return rate.exact or (rate.upper is None and text.startswith(("约", "大约"), rate.start))


_SURE_DIGITS = 3


def _typed_wrong(text: str, rate: Quantity, numbers: list[Quantity]) -> Iterator[Hit]:
    """A rate of three digits or more that is the quotient of the two numbers before it but for one of its digits."""
    if len(numbers) != 2 or unit_of(numbers[0]) != unit_of(numbers[1]) or not all(q.exact for q in numbers):
        return
    whole, part = (comparable(q)[0] for q in numbers)
    if not 0 < part < whole or _is_rate(rate, whole, part) or text.startswith("、", numbers[0].end):
        return  # “企业2.1万元、居民1.5万元”: two parts of something else
    real = (100 * part / whole).quantize(_quantum(rate), ROUND_HALF_UP)
    here, there = f"{rate.value:f}", f"{real:f}"
    if len(here) == len(there) and sum(map(str.isdecimal, here)) >= _SURE_DIGITS:
        wrong = [k for k, (a, b) in enumerate(zip(here, there, strict=True)) if a != b]
        if len(wrong) == 1 or (len(wrong) == 2 and sorted(here) == sorted(there)):
            yield from _wrong_rate(text, rate, whole, part)


_WHOLE_TO_PART = re.compile(
    "已|完成|学历|职称|岁以|其中|中|完工|达标|规范|采纳|拆除|整治|盘活|处置|合格|到位|签|收回|办结|有|占|为"
)


def _pair(text: str, rate: Quantity, numbers: list[Quantity]) -> tuple[Decimal, Decimal] | None:
    """Whole and part that stand before a rate in its sentence; None where another pair would make the rate true."""
    same = [q for q in numbers if unit_of(q) == unit_of(numbers[-1])]
    if not 2 <= len(same) <= 3 or not all(q.exact for q in same):
        return None
    values = [comparable(q)[0] for q in same]
    whole = max(same, key=lambda q: comparable(q)[0])
    behind = [q for q in same if q.start > whole.start]
    money = "元" in unit_of(whole) and len(same) > 2
    if not min(values) or not behind or money or _made_by(rate, values):
        return None
    left_over = any(_LEFT_OVER.search(_around(text, q)) for q in behind)
    if len(values) == 3 and 2 * max(values) == sum(values, Decimal(0)) and not left_over:
        return None  # two parts make the whole: the rate is of something else
    failed = _RATE_OF_FAILED.search(clause_before(text, rate.start))  # “不合格18批次，不合格率1.8%”
    done = behind if failed else [q for q in behind if not _LEFT_OVER.search(text[whole.end : q.start][-12:])]
    if done:
        part = done[-1] if len(same) == 2 else done[0]
        told_of = _WHOLE_TO_PART.search(text[whole.end : part.start])
        return (comparable(whole)[0], comparable(part)[0]) if told_of else None
    rest = comparable(whole)[0] - comparable(behind[0])[0]  # “抽检1860批次，不合格41批次，合格率97.8%”
    return None if len(behind) > 1 or _is_rate(rate, max(values), rest) else (max(values), rest)


def _around(text: str, number: Quantity) -> str:
    """The few words before a number and those behind it in its clause."""
    return text[number.start - 6 : number.start] + re.split("[，。；]", text[number.end : number.end + 8])[0]


def _made_by(rate: Quantity, values: list[Decimal]) -> bool:
    wholes = (*values, sum(values, Decimal(0)))  # “办结30件，在办4件，办结率88.2%”
    return any(_is_rate(rate, whole, part) for whole in wholes for part in values if part is not whole)


_RATE_OF_FAILED = re.compile("[不未][一-龥]{1,4}率[^，。；]{0,3}$")
_LEFT_OVER = re.compile(r"剩|其余|余|尚|未|正在|在办|待|不|转为|长期|暂缓|持续|推进")


_PERHAPS_ROUNDED = 10_000


def _is_rate(rate: Quantity, whole: Decimal, part: Decimal) -> bool:
    """Rounded as usual, or cut off behind the last place that it shows: 97.04% is 97%, never 98%.

    Large numbers were perhaps rounded themselves, sums of money in 万元 nearly always.
    """
    more, quantum = rate.value - 100 * part / whole, _quantum(rate)
    rounded = rate.approximate or whole >= _PERHAPS_ROUNDED
    return more < quantum if rounded and more > 0 else -quantum < more <= quantum / 2


def _quantum(rate: Quantity) -> Decimal:
    """The last place that a percentage shows; of one with 约 twice that."""
    last = last_place(rate.value)
    return 2 * last if rate.approximate else last


def _wrong_rate(text: str, rate: Quantity, whole: Decimal, part: Decimal) -> Iterator[Hit]:
    quantum = _quantum(rate)
    exact = 100 * part / whole
    real = exact.quantize(quantum / 2 if rate.approximate else quantum, ROUND_HALF_UP)
    if real != rate.value and not _is_rate(rate, whole, part):
        mend = f"{shown(real)}%" if text[rate.end - 1] == "%" else None
        message = f"{shown(part)} ÷ {shown(whole)} = {shown(real)}%，与所写{shown(rate.value)}%不符"
        yield Hit(rate.start, rate.end, message, mend)


_SHARE = re.compile(r"(?:占|完成|达到)[^，。；（）\d]{0,10}（?$")


@only_with("占|完成|达到")
def shares(text: str) -> Iterator[Hit]:
    """“完成投资1200万元，占总投资2400万元的60%”: the rate is the quotient of the two sums."""
    if "%" not in text:
        return
    numbers = quantities(text)
    for part, whole, rate in zip(numbers, numbers[1:], numbers[2:], strict=False):
        if rate.unit != "%" or unit_of(part) != unit_of(whole) or not _SHARE.search(text[part.end : whole.start]):
            continue
        clause = text[part.end : whole.start]
        close = (
            len(clause) <= 40
            and not re.search("[。；]", clause)
            and text[whole.end : rate.start].removeprefix("）") in ("的", "的比例为", "的比重为")
        )
        if close and all(q.exact for q in (part, whole, rate)) and comparable(whole)[0]:
            yield from _wrong_rate(text, rate, comparable(whole)[0], comparable(part)[0])


_RATE_OF_DEED = re.compile(
    r"^[，、（]?(?:[一-龥]{0,6})(?:办结|完成|整改|销号|化解|核减|审减|收回|追回|清收|回收|签约|合格|到位|问题|差错|采纳|收缴|回访)率"
    r"(?:达到?|为|约为?)?$"
)
_TENS = (Decimal(10), Decimal("0.1"))


@only_with("%")
def rates_of_earlier(text: str) -> Iterator[Hit]:
    """“问题26个。…累计办结22个，办结率80.8%”: the rate is that of a number near the one that stands before it.

    The whole stands sentences before. Told is only a slip: no number of the paragraph makes the rate true, and one
    would if the part were one or two more or less, or if the point stood at another place.
    """
    numbers = quantities(text)
    for i, rate in enumerate(numbers):
        if i < 2 or rate.unit != "%" or not rate.exact or not 0 < rate.value < 100:
            continue
        part = numbers[i - 1]
        if not part.exact or part.unit == "%" or not _RATE_OF_DEED.match(text[part.end : rate.start]):
            continue
        wholes = [q for q in numbers[: i - 1] if unit_of(q) == unit_of(part) and q.exact]
        value = comparable(part)[0]
        values = list(dict.fromkeys(comparable(q)[0] for q in wholes if comparable(q)[0] > value))
        if not values or any(_is_rate(rate, whole, value) for whole in values):
            continue
        if len({comparable(q)[0] for q in numbers if q.unit != "%" and unit_of(q) == unit_of(part)}) > 8:
            continue
        near = next((whole for whole in values if _near_rate(rate, whole, value)), None)
        if near is not None and not _in_sentence(text, wholes, rate):
            quotient = shown((100 * value / near).quantize(_quantum(rate) / 10, ROUND_HALF_UP))
            message = f"{shown(value)} ÷ {shown(near)} = {quotient}%，与所写{shown(rate.value)}%不符"
            yield Hit(rate.start, rate.end, message)


def _near_rate(rate: Quantity, whole: Decimal, part: Decimal) -> bool:
    """Would the rate be right with the part one or two off, or with its point one place further?"""
    if any(abs(100 * part * ten / whole - rate.value) < _quantum(rate) for ten in _TENS):
        return True
    precise = _quantum(rate) < 1 or whole < 100
    return (
        precise
        and whole >= 10
        and any(
            0 < part + off <= whole and abs(100 * (part + off) / whole - rate.value) * 2 <= _quantum(rate)
            for off in (Decimal(1), Decimal(-1), Decimal(2), Decimal(-2))
        )
    )


def _in_sentence(text: str, wholes: list[Quantity], rate: Quantity) -> bool:
    """Two numbers of the rate's own sentence are the business of the other rule."""
    begin = part_begin(text, rate.start)
    return any(q.start >= begin for q in wholes)


def _names(words: str, share: re.Match[str]) -> bool:
    """Does a clause before a number tell of that of which the share is?"""
    return words.endswith((share["noun"], share["noun"] + "数")) or bool(share["all"] and share["noun"] in words)


_SHARE_OF = re.compile(r"占(?P<noun>[一-龥]{2,6}?)(?P<all>总[数量额])?(?:的|的比例为|的比重为)?$")


@only_with("占")
def shares_of_named(text: str) -> Iterator[Hit]:
    """“招生计划800人，实录824人，超计划24人，占计划的3.5%”: the noun tells of which number it is a share."""
    numbers = quantities(text)
    for i, rate in enumerate(numbers):
        part = numbers[i - 1] if i > 1 else rate
        if rate.unit != "%" or rate.upper is not None or part.unit == "%" or not part.exact:
            continue
        begin = sentence_begin(text, rate.start)
        share = _SHARE_OF.search(text[part.end : rate.start]) if part.start >= begin else None
        if share is None or not re.fullmatch("[^，。；、]{0,12}，", text[part.end : part.end + share.start()] or "，"):
            continue
        wholes = [
            q
            for q in numbers[: i - 1]
            if q.start >= begin
            and q.exact
            and unit_of(q) == unit_of(part)
            and _names(clause_before(text, q.start), share)
        ]
        if len(wholes) != 1 or comparable(wholes[0])[0] <= comparable(part)[0]:
            continue
        real = 100 * comparable(part)[0] / comparable(wholes[0])[0]
        if rate.exact or abs(real - rate.value) > max(real / 20, 2 * _quantum(rate) if _quantum(rate) < 1 else 2):
            yield from _wrong_rate(text, rate, comparable(wholes[0])[0], comparable(part)[0])


RULES: tuple[TextRule, ...] = (
    TextRule("rate", Family.FIGURES, Severity.ERROR, rates),
    TextRule("rate", Family.FIGURES, Severity.ERROR, shares),
    TextRule("rate", Family.FIGURES, Severity.ERROR, shares_of_named),
    TextRule("rate", Family.FIGURES, Severity.ERROR, rates_of_earlier),
)
