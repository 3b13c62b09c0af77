"""Family 1: averages, differences, conversions (domain.md §9.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from zhenggai_desktop.domain.proofread.breakdown import told
from zhenggai_desktop.domain.proofread.clauses import clause_before, part_begin, sentence_begin, words_before
from zhenggai_desktop.domain.proofread.findings import Family, Hit, Severity, TextRule
from zhenggai_desktop.domain.proofread.remainders import remainders
from zhenggai_desktop.domain.quantities import Quantity, comparable, quantities, shown, unit_of
from zhenggai_desktop.domain.quick_patterns import only_with, quick

# --- differences and conversions

_CHANGE = quick(
    r"(?:由|从|将|把)(?P<from>[^，。；、由从将把]{0,14}?)(?P<way>优化|整合|合并|归并|压减|精简|缩减|缩短|下降|压缩|减|降|增加|增长|提高|提升|上升|扩大|调整|增|升)(?:少|加|低|长|高)?(?:至|到|为)"
)
_BY = re.compile(
    r"[，、]?(?:共|累计|合计)?(?:人均|每[人户年月]|净|同比|比?上年|较上年)?(?:减少|压减|精简|下降|降低|缩减|缩短|压缩|增加|增长|新增|提升|上升|扩大|增|取消|减|降|节约|提高)(?:了)?$"
)


_RATE_BETWEEN = re.compile(r"，(?:减幅|降幅|增幅|压减率|精简率|压缩率|下降|增长|减少|压减)(?:了|达|为)?[\d.]+%")
_YEAR_BEHIND = re.compile(
    r"(?:(?:\d{4}年|今年|本年|去年|目前|现在|当前|整改后)(?:\d{1,2}月(?:份|底|末)?|底|末|上半年|下半年|第?[一二三四]季度|前[一二三]季度|同期)?的?)"
)


@only_with(_CHANGE)
def differences(text: str) -> Iterator[Hit]:
    """“由26项减至9项，减少17项”: the difference is what it says."""
    numbers = quantities(text)
    for change in _CHANGE.finditer(text):
        before = next((q for q in numbers if change.start("from") <= q.start and q.end <= change.end("from")), None)
        behind = _YEAR_BEHIND.match(text, change.end())
        begin = behind.end() if behind else change.end()
        after = next((q for q in numbers if begin <= q.start <= begin + 2), None)
        if before is None or after is None or unit_of(before) != unit_of(after):
            continue
        yield from _wrong_way(text, change, before, after)
        told_rate = _RATE_BETWEEN.match(text, after.end)
        end = told_rate.end() if told_rate and after.unit != "%" else after.end
        by = next((q for q in numbers if end < q.start <= end + 10), None)
        points = by is not None and by.unit == "个百分点" and after.unit == "%"
        if by is not None and by.approximate and text[by.end : by.end + 1] == "（":
            by = next((q for q in numbers if q.start == by.end + 1), by)  # “提高近20个百分点（19个百分点）”
            end = by.start if by.exact else end
        if (
            by is None
            or not (unit_of(by) == unit_of(after) or points)
            or (end != by.start and not _BY.fullmatch(text[end : by.start]))
        ):
            continue
        real = abs(comparable(before)[0] - comparable(after)[0])
        ends = "到".join(told(comparable(each)[0], each) for each in (before, after))
        if all(q.exact for q in (before, after, by)) and real != comparable(by)[0]:
            message = f"由{ends}相差{told(real, by)}，与所写{told(comparable(by)[0], by)}不符"
            yield Hit(by.start, by.end, message, told(real, by))
        elif _other_way(text[end : by.start], comparable(before)[0], comparable(after)[0]):
            yield Hit(end, by.end, f"由{ends}，与所写“{text[end : by.end].lstrip('，、')}”的增减方向不符")


_TOLD_FIRST = re.compile(r"(?:减少|下降|降低|压减|增加|上涨|提高|提升|上升|缩短|增长)(?:了)?(?:每[一-龥]{1,3})?$")
_THEN_FROM = re.compile(r"[，、（](?:即)?(?:由|从)[^，。；、\d]{0,8}$")


@only_with("由|从")
def differences_told_first(text: str) -> Iterator[Hit]:
    """“下降每吨140元，由每吨2680元降至2520元”: the same where the difference stands before the two numbers."""
    for by, one, other in zip(numbers := quantities(text), numbers[1:], numbers[2:], strict=False):
        alike = unit_of(by).replace("个百分点", "%") == unit_of(one) == unit_of(other)
        if not alike or not (by.exact and one.exact and other.exact):
            continue
        if not _TOLD_FIRST.search(clause_before(text, by.start)) or not _THEN_FROM.fullmatch(text[by.end : one.start]):
            continue
        if not _CHANGE.search(text, by.end, other.start + 1):
            continue
        first, second, change = (comparable(q)[0] for q in (one, other, by))
        if abs(first - second) != change:
            ends = f"由{told(first, one)}到{told(second, other)}"
            yield Hit(by.start, by.end, f"{ends}相差{told(abs(first - second), by)}，与所写{told(change, by)}不符")


_LESS = re.compile("压减|精简|缩减|缩短|下降|压缩|减|降")
_MORE = re.compile("增加|增长|提高|提升|上升|扩大|增|升")


def _wrong_way(text: str, change: re.Match[str], before: Quantity, after: Quantity) -> Iterator[Hit]:
    """“由26项减至29项”: what becomes less is more afterwards."""
    if not (before.exact and after.exact):
        return
    one, other = comparable(before)[0], comparable(after)[0]
    less, more = _LESS.search(change["way"]), _MORE.search(change["way"])
    if (less and other > one) or (more and other < one):
        words = text[change.start() : after.end]
        yield Hit(change.start(), after.end, f"“{words}”的增减方向与数字不符")


def _other_way(by: str, before: Decimal, after: Decimal) -> bool:
    """“由58个调整为64个，减少6个”. What is saved may be told of what grew otherwise, and is left alone."""
    less, more = re.search("减|降|缩|精简", by), re.search("增|提高|提升|上升|扩大", by)
    return bool((less and not more and after > before) or (more and not less and after < before))


_SAME_SUM = re.compile(r"(?:（|，)?(?:即|折合|合)(?:人民币)?$|（(?:人民币)?$")


@only_with("万元|亿元")
def conversions(text: str) -> Iterator[Hit]:
    """“12600元（1.26万元）”: both say the same."""
    money = [q for q in quantities(text) if unit_of(q) == "元" and q.exact]
    for one, other in pairwise(money):
        gap = text[one.end : other.start]
        closed = text[other.end : other.end + 1] in ("）", "，", "。", "；", "")
        if one.unit == other.unit or not _SAME_SUM.fullmatch(gap) or not closed:
            continue
        first, second = comparable(one)[0], comparable(other)[0]
        places = Decimal(1).scaleb(int(other.value.as_tuple().exponent)) * (second / other.value if other.value else 1)
        if abs(first - second) >= places:
            yield Hit(one.start, other.end, f"{told(first, one)}与{told(second, other)}不是同一个数")


# --- averages

_AVERAGE = re.compile(
    r"(?P<word>人均|户均|平均每[人户]|每[人户])(?:退款|退还|清退|发放|补贴|补助|领取|增收|奖励|报酬|多领|追缴|缴纳|退费|补偿|分红|收入)?(?:约|为|仅|达)?$"
)

_AVERAGES = re.compile("人均|户均|每人|每户")


@only_with(_AVERAGES)
def averages(text: str) -> Iterator[Hit]:
    """“3.84万元，涉及24人，人均1600元”: the average is the quotient, where all three stand side by side."""
    numbers = quantities(text)
    for i, each in enumerate(numbers):
        if i < 2 or unit_of(each) != "元" or each.upper is not None:
            continue
        word = _AVERAGE.search(words_before(text, each.start, 10))
        begin = sentence_begin(text, each.start)
        near = [q for q in reversed(numbers[max(i - 4, 0) : i]) if q.start >= begin]
        counted = "户" if word and "户" in word["word"] else "人"
        heads = [q for q in near if unit_of(q) == counted and q.exact and q.value]
        monies = [q for q in near if unit_of(q) == "元" and q.exact]
        if word is None or not heads or not monies or _is_made(each, monies, heads):
            continue
        money = monies[0]
        real = comparable(money)[0] / heads[0].value
        told_value = comparable(each)[0]
        if _is_off(real, told_value, about=each.approximate):
            whole, shown_real = told(comparable(money)[0], money), told(real.quantize(Decimal("0.01")), each)
            message = f"{whole} ÷ {shown(heads[0].value)} = {shown_real}，与所写{told(told_value, each)}不符"
            yield Hit(each.start, each.end, message)


def _is_made(each: Quantity, monies: list[Quantity], heads: list[Quantity]) -> bool:
    """Some sum and some number of heads give the average."""
    value = comparable(each)[0]
    return any(
        not _is_off(comparable(m)[0] / h.value, value) and abs(comparable(m)[0] / h.value - value) <= value / 50
        for m in monies
        for h in heads
    )


_ABOUT = Decimal("0.06")  # what 约 may be off


def _is_off(real: Decimal, told_value: Decimal, *, about: bool = False) -> bool:
    """Off by more than rounding, and by less than would mean another sum; or with its point at another place."""
    if about and abs(real - told_value) <= real * _ABOUT:
        return False
    if any(
        abs(real * factor - told_value) <= real * factor / 100
        for factor in (10, Decimal("0.1"), 10_000, Decimal("0.0001"))
    ):
        return True
    return abs(real - told_value) > max(real / 100, Decimal("0.5")) and abs(real - told_value) < real / 2


_PER = re.compile(
    r"(?:(?P<all>[场班亩村校台店例件次家人])均|平均每(?P<of>[一-龥]{1,3}?)|(?<=，)每(?P<by>平方米|亩|吨|公里|立方米)(?:平均)?|每(?P<each>[名个家户台辆处次])[一-龥]{0,4}?平均[一-龥]{0,4}?)(?:发放|补贴|约|为|仅)?$"
)


@only_with("平均|[场班亩村校台店例件次家人]均|每平方米|每亩|每吨|每公里|每立方米")
def averages_of_events(text: str) -> Iterator[Hit]:
    """“培训12期、1200人次，平均每期110人次”: the same for what is held or visited."""
    numbers = quantities(text)
    for i, each in enumerate(numbers):
        word = _PER.search(words_before(text, each.start, 12)) if i > 1 else None
        if word is None or each.upper is not None or (word["all"] == "人" and unit_of(each) == "元"):
            continue
        heads = word["all"] == "人"  # “结对教师196名；党员教师承担公开课612节，人均2.1节”: of others
        begin = (part_begin if heads else sentence_begin)(text, each.start)
        near = [
            q
            for q in numbers[max(i - 6, 0) : i]
            if q.start >= begin and not _EXTREME.search(clause_before(text, q.start))
        ]
        near = near[:-4:-1]
        of = word["of"] or word["by"] or word["all"] or word["each"]
        count = next((q for q in near if _counts_of(text, q, of)), None)
        whole = next((q for q in near if unit_of(q) == unit_of(each)), None)
        if count is None or whole is None or count is whole or not (count.exact and whole.exact and count.value):
            continue
        real = comparable(whole)[0] / count.value
        if _is_off(real, comparable(each)[0], about=each.approximate):
            quotient = told(real.quantize(Decimal("0.01")), each)
            message = f"{told(comparable(whole)[0], whole)} ÷ {shown(count.value)} = {quotient}，请核对"
            yield Hit(each.start, each.end, message)


def _last_place(number: Quantity) -> Decimal:
    """What one more in the last digit of a sum is, in 元."""
    factor = comparable(number)[0] / number.value if number.value else Decimal(1)
    return Decimal(1).scaleb(int(number.value.as_tuple().exponent)) * factor


_EXTREME = re.compile("最|单笔|单件")


def _counts_of(text: str, number: Quantity, of: str) -> bool:
    """Is ``number`` one of the things for each of which an average is told: 8台 for 每台, 14个社区 for 每个社区?"""
    noun = of.removeprefix("个")
    same = number.unit == of or number.unit.startswith(of[0]) or (of == "人" and unit_of(number) == "人")
    return same or (bool(noun) and text.startswith(noun, number.end))


_EACH = re.compile(
    r"(?:每(?=[^均])|(?=[户人]均))(?P<of>[栋台间亩户人家个辆块套张份条处名村])(?:均(?:投入|补助|补贴|发放|增收)?)?(?:每?(?P<time>年|月))?[^，。；、\d]{0,6}$"
)
_IN_ALL = re.compile(r"[，、]?(?P<year>全年|每?年)?(?:合计|共计|总计|共|总额)?(?:[^，。；、\d]{0,6})$")
_MONTHS = 12


@only_with("每|[户人]均")
def products(text: str) -> Iterator[Hit]:
    """“羊舍3栋…每栋5000元、共1.6万元”: the number of things times what each costs."""
    numbers = quantities(text)
    for i, (each, whole) in enumerate(pairwise(numbers)):
        word = _EACH.search(words_before(text, each.start, 10))
        if word is None or unit_of(each) != "元" or unit_of(whole) != "元" or not (each.exact and whole.exact):
            continue
        gap = _IN_ALL.fullmatch(text[each.end : whole.start])
        if gap is None or not (gap["year"] or re.search("计|共|总额", gap[0])):
            continue
        times = _MONTHS if word["time"] == "月" and gap["year"] else 1
        if word["time"] == "月" and not gap["year"]:
            continue  # of how many months nobody knows
        begin = sentence_begin(text, each.start)
        counts = [q for q in numbers[:i] if q.start >= begin and _counts_of(text, q, word["of"]) and q.exact]
        one, other = comparable(each)[0], comparable(whole)[0]
        real = counts[0].value * one * times if len(counts) == 1 else other
        if abs(real - other) >= _last_place(whole) and (_is_off(real, other) or abs(real - other) < real / 2):
            product = told(real, whole)
            months = f" × {times}" if times > 1 else ""
            message = (
                f"{shown(counts[0].value)} × {told(one, each)}{months} = {product}，与所写{told(other, whole)}不符"
            )
            yield Hit(whole.start, whole.end, message)


_TINY = re.compile(
    r"(?:资金|经费|补贴|补助|款项|税款|租金|承包费|罚款|欠款|费用|金额|收入|补偿款|工程款|利息|货款|奖金|工资|投资)"
    r"(?:共计?|合计|累计|达|为|约)?(?P<sum>(?<![\d.])\d{1,4}\.\d{1,2}元)(?![/／每])"
)
_SMALL = re.compile("每|人均|户均|单价|标准|平均|物业费|水费|电费|分成|租金标准")


@only_with(_TINY)
def tiny_money(text: str) -> Iterator[Hit]:
    """“挪用资金3.2元” in a text of 万元: the unit has lost its 万."""
    for match in _TINY.finditer(text):
        clause = re.split("[，。；]", text[: match.start()])[-1]
        digits = match["sum"].partition(".")[2]
        likely = len(digits) == 2  # with 元
        if not _SMALL.search(clause + match[0]) and (likely or ("万元" in text and float(match["sum"][:-1]) < 100)):
            yield Hit(*match.span("sum"), f"金额“{match['sum']}”疑漏“万”字，请核对单位")


# --- what cannot be

_TIMES = re.compile(r"(?:减少|下降|降低|缩短|缩减|压减|压缩|精简)(?:了)?(?:[二两三四五六七八九]|\d{1,9}(?:\.\d+)?)倍")


@only_with("倍")
def impossible_changes(text: str) -> Iterator[Hit]:
    """“减少了2倍”: nothing becomes less by more than all of it."""
    for match in _TIMES.finditer(text):
        yield Hit(match.start(), match.end(), f"“{match[0]}”不成立，减少不能用“倍”")


_SIZES = {
    "亩": Decimal(2000) / 3, "公顷": Decimal(10_000), "平方米": Decimal(1), "平方公里": Decimal(1_000_000),
    "米": Decimal(1), "公里": Decimal(1000), "斤": Decimal("0.5"), "公斤": Decimal(1), "吨": Decimal(1000),
}  # fmt: skip
_DIMENSIONS = ({"亩", "公顷", "平方米", "平方公里"}, {"米", "公里"}, {"斤", "公斤", "吨"})
_SAME_SIZE = re.compile(r"(?:[，（])?(?:折合|约合|合计折合|合|即|相当于)(?:为)?$|^（(?:折合|约合|合|即)?$")
_NEAR_SIZE = Decimal("0.03")


@only_with("折合|约合|相当于|即|合|（|总[长面量]")
def sizes(text: str) -> Iterator[Hit]:
    """“34.5亩，折合3.45公顷”: 15亩 are a 公顷."""
    for one, other in pairwise(quantities(text)):
        if one.unit == other.unit or not any({one.unit, other.unit} <= kind for kind in _DIMENSIONS):
            continue
        first = clause_before(text, one.start)
        again = len(first) > 3 and re.fullmatch(
            rf"，{re.escape(first)}(?:总长|总面积|共|合计|总量)?", text[one.end : other.start]
        )
        if not (again or _SAME_SIZE.fullmatch(text[one.end : other.start])) or one.upper or other.upper:
            continue
        real = one.value * _SIZES[one.unit] / _SIZES[other.unit]
        if real and abs(real - other.value) > real * _NEAR_SIZE:
            right = shown(real.quantize(Decimal("0.01")))
            message = f"{text[one.start : one.end]}合{right}{other.unit}，与所写{shown(other.value)}{other.unit}不符"
            yield Hit(one.start, other.end, message)


RULES: tuple[TextRule, ...] = (
    TextRule("remainder", Family.FIGURES, Severity.ERROR, remainders),
    TextRule("difference", Family.FIGURES, Severity.ERROR, differences),
    TextRule("difference", Family.FIGURES, Severity.ERROR, differences_told_first),
    TextRule("average", Family.FIGURES, Severity.WARNING, averages),
    TextRule("average", Family.FIGURES, Severity.WARNING, averages_of_events),
    TextRule("average", Family.FIGURES, Severity.WARNING, products),
    TextRule("tiny-money", Family.FIGURES, Severity.WARNING, tiny_money),
    TextRule("less-by-times", Family.FIGURES, Severity.WARNING, impossible_changes),
    TextRule("conversion", Family.FIGURES, Severity.ERROR, conversions),
    TextRule("conversion", Family.FIGURES, Severity.ERROR, sizes),
)
