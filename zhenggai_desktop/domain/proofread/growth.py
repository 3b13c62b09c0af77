"""Family 1: how much something grew or shrank, and what is there after some went and some came (domain.md §9.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from zhenggai_desktop.domain.proofread.breakdown import told
from zhenggai_desktop.domain.proofread.clauses import clause_before, part_begin, sentence_begin, words_before
from zhenggai_desktop.domain.proofread.findings import Family, Hit, Severity, TextRule
from zhenggai_desktop.domain.proofread.slips import is_slip
from zhenggai_desktop.domain.quantities import Quantity, comparable, last_place, quantities, shown, unit_of
from zhenggai_desktop.domain.quick_patterns import only_with

_UP = "增长|增幅|增加|上升|提高|提升|新增|扩大|增收|增"
_DOWN = "下降|降低|减少|压减|压缩|缩减|精简|缩短|降幅|减幅|节约|减"
_RATE_OF_CHANGE = re.compile(rf"(?:{_UP}|{_DOWN})(?:率|幅度|比例|幅|了)?(?:达到|达|为)?$")
_YEAR = r"(?:(?:\d{4}|去|上|今)年(?:\d{1,2}月(?:底|末)?|底|末|初)?的?)?"
_FROM = re.compile(rf"(?:由|从|将|把)[^，。；、\d]{{0,16}}{_YEAR}[^，。；、\d]{{0,4}}$")
_FROM_TO = re.compile(rf"(?:{_UP}|{_DOWN}|整合|优化|调整|变更|扩|升|降)(?:加|少|长|低|高|大)?(?:至|到|为){_YEAR}$")
_REACHED = re.compile(r"^，?(?:[一-龥]{0,6}?)(?:达到|达|增至|增加到|增加至|总数达|现有|升至|减至|减少到|降至)(?:了)?$")
_MORE_OR_LESS = re.compile(
    r"(?P<down>减少|下降|压减|降低|精简|压缩|缩减)(?:了)?$|(?P<up>增加|增长|新增|提高|多|增收)(?:了)?$"
)
_COMPARED = re.compile(r"(?:比|较)(?:\d{4}年)?[^，。；\d]{0,8}$")
_OTHER_BASE = re.compile(r"同比|环比|年均|平均|累计|人均|户均|同期|上年|去年|计划|其中")
_PERCENTS = ("%", "‰")


@only_with("%")
def growth_rates(text: str) -> Iterator[Hit]:
    """“由8200人增加到12300人，增长40%”, “增加12个，达到36个，增长60%”: the rate is that of the two numbers."""
    numbers = quantities(text)
    for i, rate in enumerate(numbers):
        if rate.unit != "%" or rate.upper is not None or i < 2 or numbers[i - 1].unit in _PERCENTS:
            continue
        begin = part_begin(text, rate.start)
        word = text[max(numbers[i - 1].end, begin) : rate.start]
        if not _RATE_OF_CHANGE.search(word) or _OTHER_BASE.search(word):
            continue
        near = [q for q in numbers[max(i - 4, 0) : i] if q.start >= begin]
        bases = (*_against(text, near, word), *_bases(text, near), *_change_before(text, numbers[:i], begin))
        for base, change in bases:
            yield from _checked(rate, base, change)
            break


def _against(text: str, numbers: list[Quantity], word: str) -> Iterator[tuple[Decimal, Decimal]]:
    """“86.4亿元，比2023年的72亿元增长20%”: the number right before the rate is what there was."""
    if len(numbers) < 2 or unit_of(numbers[-1]) != unit_of(numbers[-2]) or len(word) > 6:
        return
    end, base = numbers[-2:]
    right_behind = text[end.end : base.start].startswith("，") or text[end.end : base.start].startswith("（")
    compared = _COMPARED.search(_clause(text, base)) and right_behind and end.exact and base.exact
    if compared and re.fullmatch(rf"(?:{_UP}|{_DOWN})(?:了)?", word):
        yield comparable(base)[0], abs(comparable(end)[0] - comparable(base)[0])


def _bases(text: str, numbers: list[Quantity]) -> Iterator[tuple[Decimal, Decimal]]:
    """What there was before, and by how much it changed, as the numbers before a rate tell it."""
    for first, second in reversed(list(pairwise(numbers))):
        if unit_of(first) != unit_of(second) or first.unit in _PERCENTS or not (first.exact and second.exact):
            continue
        one, other = comparable(first)[0], comparable(second)[0]
        before, gap = _clause(text, first), text[first.end : second.start]
        compared = _MORE_OR_LESS.search(gap) if len(gap) <= 4 and _COMPARED.search(before) else None
        if _FROM.search(before) and _FROM_TO.search(gap) and len(gap) <= 14:
            yield one, abs(other - one)
        elif compared:
            yield one, other
        elif (way := _MORE_OR_LESS.search(before)) and _REACHED.match(gap):
            yield (other + one if way["down"] else other - one), one


def _change_before(text: str, numbers: list[Quantity], begin: int) -> Iterator[tuple[Decimal, Decimal]]:
    """“由每月23次压至14次，…；减少会议9次，下降31%”: the two numbers stand farther before their difference."""
    change = numbers[-1]
    if (
        change.start < begin
        or not change.exact
        or not re.search(f"(?:{_UP}|{_DOWN})[^，。；\\d]{{0,6}}$", _clause(text, change))
    ):
        return
    start = sentence_begin(text, change.start)
    for one, other in pairwise([q for q in numbers[:-1] if q.start >= start and unit_of(q) == unit_of(change)]):
        first, second = comparable(one)[0], comparable(other)[0]
        if abs(first - second) == comparable(change)[0] and _FROM.search(_clause(text, one)):
            yield first, abs(first - second)
            return


def _clause(text: str, number: Quantity) -> str:
    return clause_before(text, number.start)


_ABOUT = Decimal(6)  # per cent, what 近 and 约 may be off


def _checked(rate: Quantity, base: Decimal, change: Decimal) -> Iterator[Hit]:
    if base <= 0:
        return
    quantum = last_place(rate.value)
    exact = 100 * change / base
    real = exact.quantize(quantum, ROUND_HALF_UP)
    if abs(exact - rate.value) >= (quantum if rate.exact else max(_ABOUT, rate.value * _ABOUT / 100)):
        message = f"{shown(change)} ÷ {shown(base)} = {shown(real)}%，与所写{shown(rate.value)}%不符"
        yield Hit(rate.start, rate.end, message)


@only_with("比|较")
def compared_with(text: str) -> Iterator[Hit]:
    """“28项，较原来的19项增加9项”: the difference is what it says."""
    for end, base, by in zip(numbers := quantities(text), numbers[1:], numbers[2:], strict=False):
        if {unit_of(base), unit_of(by)} != {unit_of(end)} or not (end.exact and base.exact and by.exact):
            continue
        gap, way = text[end.end : base.start], _MORE_OR_LESS.fullmatch(text[base.end : by.start])
        if way is None or not re.fullmatch(r"[^，。；\d]{0,10}[，、]?(?:比|较)(?:\d{4}年)?[^，。；\d]{0,8}", gap):
            continue
        one, other, change = (comparable(q)[0] for q in (end, base, by))
        real = other - one if way["down"] else one - other
        if real > 0 and real != change:
            message = f"{told(one, end)}与{told(other, base)}相差{told(real, by)}，与所写{told(change, by)}不符"
            yield Hit(by.start, by.end, message)


_POINTS = re.compile(rf"^[，、]?(?:(?:较|比)[^，。；\d]{{1,8}})?(?:{_UP}|{_DOWN})(?:了)?$")


@only_with("%")
def points(text: str) -> Iterator[Hit]:
    """“由71.3%提升到88.6%，提升17.3%”: the difference of two percentages is in 百分点."""
    if text.count("%") < 3:
        return
    numbers = quantities(text)
    for one, other, by in zip(numbers, numbers[1:], numbers[2:], strict=False):
        if {one.unit, other.unit, by.unit} != {"%"} or not (one.exact and other.exact and by.exact):
            continue
        from_to = _FROM.search(_clause(text, one)) and _FROM_TO.search(text[one.end : other.start])
        if not from_to or not _POINTS.match(text[other.end : by.start]) or not one.value:
            continue
        difference = abs(other.value - one.value)
        if difference == by.value and 2 * abs(100 * difference / one.value - by.value) >= 1:
            words = f"{shown(by.value)}个百分点"
            yield Hit(by.start, by.end, f"两个百分比相差{words}，不能写为“{text[by.start : by.end]}”", words)


_TIMES = re.compile(
    rf"[，、]?(?:共|累计)?(?:(?:{_UP})(?:了)?(?P<about>近|约|超)?(?P<times>[一二两三四五六七八九]|\d(?:\.\d)?)倍|(?P<doubled>翻(?:了)?(?:一)?番))(?P<more>以上|多|左右)?"
)


def _changes(text: str, told: re.Pattern[str]) -> Iterator[tuple[Quantity, Quantity, re.Match[str]]]:
    """“由37%提升至61%” and how much that is, as ``told`` reads it right behind."""
    for one, other in pairwise(quantities(text)):
        match = told.match(text, other.end)
        alike = unit_of(one) == unit_of(other) and one.exact and other.exact and one.value
        if match and alike and _FROM_TO.search(text[one.end : other.start]) and _FROM.search(_clause(text, one)):
            yield one, other, match


@only_with("倍|番")
def multiples(text: str) -> Iterator[Hit]:
    """“由37%提升至61%，提高一倍以上”: by so many times it grew, or nearly."""
    for one, other, match in _changes(text, _TIMES):
        first, second = comparable(one)[0], comparable(other)[0]
        sign = match["times"]
        times = Decimal(
            1
            if match["doubled"]
            else Decimal(sign)
            if sign[0].isdecimal()
            else _NUMERALS.find(sign.replace("两", "二"))
        )
        real = (second - first) / first
        about = Decimal("0.3") if match["about"] == "近" else Decimal("0.1")
        if real < times * (1 - about) or (
            real > times * Decimal("1.2") and not match["more"] and match["about"] != "超"
        ):
            ends = f"由{told(first, one)}到{told(second, other)}"
            message = f"{ends}增长{shown(round(100 * real, 0))}%，与“{match[0].lstrip('，、')}”不符"
            yield Hit(match.start(), match.end(), message)


_FRACTION = re.compile(
    rf"[，、]?(?:共|累计)?(?:{_UP}|{_DOWN})(?:了)?(?P<whole>[二三四五六七八九十])分之(?P<part>[一二三四五六七八九])"
)
_NUMERALS = "零一二三四五六七八九十"
_ROUND = Decimal("0.04")


@only_with("分之")
def fractions(text: str) -> Iterator[Hit]:
    """“由87张压减为29张，压减三分之一”: the fraction is that of the two numbers."""
    for one, other, match in _changes(text, _FRACTION):
        first, second = comparable(one)[0], comparable(other)[0]
        real = abs(second - first) / first
        told_value = Decimal(_NUMERALS.index(match["part"])) / _NUMERALS.index(match["whole"])
        if abs(real - told_value) > _ROUND:
            message = (
                f"由{told(first, one)}到{told(second, other)}变化了{shown(round(100 * real, 1))}%，与“{match[0]}”不符"
            )
            yield Hit(match.start(), match.end(), message)


# --- some went, some came

_NOW = re.compile(
    r"(?:现有|现共有?|现存|现为|(?:现|仅|继续|最终)?保留|目前有|目前共有?|目前保有|实有|调整后(?:为|共有?|有)?|总数(?:达到?|为)|实际保留)[^，。；、\d]{0,10}$"
)
_OUT = re.compile(
    r"取消|退出|注销|清退|核减|减少|清理|剔除|调出|迁出|撤销|裁撤|停发|报废|退回|劝退|辞退|核销|关停|减|死亡|退休|停用|废止|下架|关闭|停办|淘汰|销毁|终止|解除|解聘|转出|移出|摘除|拆除|拍卖|变卖|出售|划出|辞职|离职|调离"
)
_IN = re.compile(
    r"新纳入|新增|纳入|增加|增补|补录|新招|招聘|招录|调入|迁入|新聘|新建|新识别|补充|新购|购置|转入|划入|引进|聘用|新设|增设|增"
)
_KEPT = re.compile("保留|留用|续聘|续签")
_ELSEWHERE = re.compile(r"其中|涉及|每|第|占|计划|拟|共有?$")


@only_with("现有|现共|现存|现为|保留|目前有|目前共|目前保有|实有|调整后|总数|实际保留")
def stocks(text: str) -> Iterator[Hit]:
    """“427户…取消31户，新纳入18户，现有424户”: what is left and what came make what there is now."""
    numbers = quantities(text)
    for i, now in enumerate(numbers):
        if i < 2 or not now.exact or not _NOW.search(words_before(text, now.start, 18)):
            continue
        begin = sentence_begin(text, now.start)
        group = [q for q in numbers[:i] if q.start >= begin and unit_of(q) == unit_of(now)]
        moves = [_move(text, q) for q in group[1:]]
        if kept := next((k for k, q in enumerate(group) if _KEPT.search(_clause(text, q))), 0):
            group = group[kept:]  # “从3家中保留1家、新引进2家，现有4家”
            moves = moves[kept:]
        if len(group) not in (2, 3, 4) or not all(moves) or not all(q.exact for q in group) or _move(text, group[0]):
            continue
        first = comparable(group[0])[0]
        real = first + sum((move * comparable(q)[0] for move, q in zip(moves, group[1:], strict=True)), Decimal(0))
        value = comparable(now)[0]
        if real > 0 and real != value and (len(group) > 2 or is_slip(real, [value])):
            sums = _signed(moves, group[1:], now)
            message = f"{told(first, now, unit=False)}{sums} = {told(real, now)}，与所写{told(value, now)}不符"
            yield Hit(now.start, now.end, message)


@only_with(_FROM_TO)
def changed_stocks(text: str) -> Iterator[Hit]:
    """“辞退6名，新招录20名，总数由212名增至226名”: what went and came makes the change."""
    numbers = quantities(text)
    for i, (one, other) in enumerate(pairwise(numbers)):
        if unit_of(one) != unit_of(other) or not _FROM_TO.search(text[one.end : other.start]):
            continue
        if not (one.exact and other.exact and _FROM.search(_clause(text, one))):
            continue
        begin = part_begin(text, one.start)
        moved = [q for q in numbers[max(i - 2, 0) : i] if q.start >= begin and unit_of(q) == unit_of(one)]
        moves = [_move(text, q) for q in moved]
        if len(moved) < 2 or not all(moves) or not all(q.exact for q in moved) or sum(moves) != 0:
            continue
        before, after = comparable(one)[0], comparable(other)[0]
        real = before + sum((move * comparable(q)[0] for move, q in zip(moves, moved, strict=True)), Decimal(0))
        if real != after and is_slip(real, [after]):
            sums = _signed(moves, moved, other)
            message = f"{told(before, other, unit=False)}{sums} = {told(real, other)}，与所写{told(after, other)}不符"
            yield Hit(other.start, other.end, message)


def _signed(moves: list[int], numbers: list[Quantity], like: Quantity) -> str:
    """“ - 31 + 18”, all in the unit of ``like``."""
    return "".join(
        f" {'+' if move > 0 else '-'} {told(comparable(q)[0], like, unit=False)}"
        for move, q in zip(moves, numbers, strict=True)
    )


# --- more done than there was

_CAME_IN = re.compile(
    r"(?:受理|收到|接到|接收|排查|发现|反馈|梳理|移交|交办|摸排|列出|登记|应[^，。；\d]{1,6})[^，。；、\d]{0,12}$"
)
_SETTLED = re.compile(
    r"^[^，。；\d]{0,8}，(?:按期|按时|及时|目前|现|均)?(?:已|已经)?(?:办结|整改|完成|化解|销号|解决|了结|处置|答复)(?:到位|完成|率)?$"
)


@only_with(_SETTLED)
def more_than_all(text: str) -> Iterator[Hit]:
    """“受理312件，按期办结318件”: no more is settled than came in."""
    for one, other in pairwise(quantities(text)):
        alike = unit_of(one) == unit_of(other) and one.exact and other.exact
        if not alike or not _SETTLED.match(text[one.end : other.start]) or not _CAME_IN.search(_clause(text, one)):
            continue
        if comparable(other)[0] > comparable(one)[0]:
            yield _more(text, one, other)


_IN_THE_END = re.compile(r"^(?:现|目前|均)?(?:已|已经)?(?:验收合格|通过验收|办结|销号|完成整改|整改到位|完成|验收)$")
_END_WORDS = ("合格", "验收", "办结", "销号", "整改", "到位", "完成")  # with which it ends


@only_with("合格|验收|办结|销号|完成|整改")
def more_in_the_end(text: str) -> Iterator[Hit]:
    """“改建户厕317座，其中…，验收合格319座”: not more than the sentence began with."""
    numbers = quantities(text)
    for i, last in enumerate(numbers):
        if i < 2 or not text.endswith(_END_WORDS, 0, last.start) or not last.exact:
            continue
        if not _IN_THE_END.match(_clause(text, last)):
            continue
        begin = part_begin(text, last.start)
        before = [q for q in numbers[:i] if q.start >= begin and unit_of(q) == unit_of(last)]
        if len(before) < 2:
            continue
        biggest = max(before, key=lambda q: comparable(q)[0])
        if before[0] is biggest and biggest.exact and comparable(last)[0] > comparable(biggest)[0]:
            yield _more(text, biggest, last)


def _more(text: str, one: Quantity, other: Quantity) -> Hit:
    message = f"“{text[other.start : other.end]}”多于前面的{text[one.start : one.end]}，请核对"
    return Hit(other.start, other.end, message)


_INVOLVED = re.compile(
    r"涉及(?:问题|违规|违纪)?(?:金额|资金|款项)(?:共计?|合计)?$|收受?[^，。；、\d]{0,6}(?:礼金|礼品|红包|现金|好处费|礼品礼金)(?:共|合计)?$"
    r"|(?:套取|挪用|侵占|多领|冒领|违规领取|骗取|多收)[^，。；、\d]{0,10}$"
)
_BACK = re.compile(
    r"已[^，。；\d]{0,4}(?:退还|退回|追回|收回|清退|上缴|追缴|退缴)[^，。；\d]{0,6}$|(?:责令)?退(?:还|回|缴|赔)[^，。；\d]{0,6}$"
)
_FOR_EACH = re.compile("每|均|标准|另")


@only_with(_INVOLVED)
def more_back_than_taken(text: str) -> Iterator[Hit]:
    """“涉及金额1.89万元，…已退还患者1.98万元”: no more comes back than was taken."""
    numbers = [q for q in quantities(text) if unit_of(q) == "元" and q.exact]
    for i, taken in enumerate(numbers):
        words = _clause(text, taken)
        if not _INVOLVED.search(words) or _FOR_EACH.search(words):
            continue
        for back in numbers[i + 1 : i + 3]:
            within = not re.search("[。；]", text[taken.end : back.start])
            clause = _clause(text, back)
            if within and _BACK.search(clause) and not _FOR_EACH.search(clause):
                if comparable(back)[0] > comparable(taken)[0]:
                    yield _more(text, taken, back)
                break


_ALREADY = re.compile(r"^，(?:目前|现)?已[^，。；、\d]{1,6}$")


@only_with(_ALREADY)
def more_of_two(text: str) -> Iterator[Hit]:
    """“需恢复167个、面积1020亩，已恢复152个、1090亩”: of neither unit more than there was."""
    numbers = quantities(text)
    for one, two, three, four in zip(numbers, numbers[1:], numbers[2:], numbers[3:], strict=False):
        if not _ALREADY.match(text[two.end : three.start]):
            continue
        units = [unit_of(q) for q in (one, two, three, four)]
        paired = units[:2] == units[2:] and units[0] != units[1]
        if not paired or not all(q.exact for q in (one, two, three, four)):
            continue
        if len(text[one.end : two.start]) > 5 or len(text[three.end : four.start]) > 5:
            continue
        for whole, part in ((one, three), (two, four)):
            if comparable(part)[0] > comparable(whole)[0]:
                yield _more(text, whole, part)


def _move(text: str, number: Quantity) -> int:
    """-1 for what went, 1 for what came, 0 for what does not say."""
    before = _clause(text, number)
    if _ELSEWHERE.search(before):
        return 0
    came = list(_IN.finditer(before))
    went = list(_OUT.finditer(before))
    if not came and not went:
        return 0
    return 1 if came and (not went or came[-1].start() > went[-1].start()) else -1


RULES: tuple[TextRule, ...] = (
    TextRule("growth", Family.FIGURES, Severity.ERROR, growth_rates),
    TextRule("difference", Family.FIGURES, Severity.ERROR, compared_with),
    TextRule("growth", Family.FIGURES, Severity.WARNING, fractions),
    TextRule("growth", Family.FIGURES, Severity.WARNING, multiples),
    TextRule("points", Family.FIGURES, Severity.WARNING, points),
    TextRule("stock", Family.FIGURES, Severity.WARNING, stocks),
    TextRule("stock", Family.FIGURES, Severity.WARNING, changed_stocks),
    TextRule("more-than-all", Family.FIGURES, Severity.ERROR, more_than_all),
    TextRule("more-than-all", Family.FIGURES, Severity.WARNING, more_back_than_taken),
    TextRule("more-than-all", Family.FIGURES, Severity.WARNING, more_of_two),
    TextRule("more-than-all", Family.FIGURES, Severity.WARNING, more_in_the_end),
)
