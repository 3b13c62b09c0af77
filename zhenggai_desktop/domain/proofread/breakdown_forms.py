"""How a sentence divides a total: with 其中, in brackets, right behind it, or added up by 共 (domain.md §9.1)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from zhenggai_desktop.domain.proofread.breakdown import PARTIAL, Breakdown
from zhenggai_desktop.domain.proofread.clauses import clause_before, clause_begin
from zhenggai_desktop.domain.proofread.slips import is_slip
from zhenggai_desktop.domain.quantities import Quantity, comparable, office_units, quantities, unit_of
from zhenggai_desktop.domain.quick_patterns import quick

_COUNTED = "个项件条宗家处户座名份笔起"
_OF_WHICH = quick(r"(?:其中|分别(?:是|为|有[一-龥]{0,4}(?=\d)|参加(?=\d)))[：:，]?(?:包括|有)?")
_AMONG = quick(
    r"(?<=[一-龥])(?:当)?[中里](?:，)?(?:有)?(?=[一-龥]{2,8}\d)|(?<=[个家户项件条处])中，(?=\d)|(?<=[个项件条人名处户家笔份起元宗])[：:]"
    r"|(?<=[个项条件])[一-龥]{0,6}由(?=[一-龥]{2,10}\d)"
    r"|分(?:类|级|批|期|层)(?:处置|管理|施策|推进|整改|处理|实施)?，"
)
_DEALT = r"[一-龥]{2,12}(?:开展|进行|实施|实行|予以|逐一|逐项|分类)[一-龥]{2,10}，(?=[一-龥]{2,8}\d)"
_DEALT_WITH = re.compile(rf"(?<=[{_COUNTED}]){_DEALT}")
_LISTED = re.compile(r"(?:，|、)?(?:主要)?(?:包括|包含|涵盖|细分为|分为|区分为)[：:]?")
_PARTED, _CLAUSE_END = re.compile("[，、；。：（]"), re.compile("[，。；]")
_BRACKETS = re.compile("^（[^（）]*）")
_PEAK = re.compile("最(?:多|高|大)|单[日次]|峰值")
_WIDEST_GAP = 18  # characters between two parts of one list
_SENTENCE = re.compile(r"[^。]+")


def breakdowns(text: str) -> tuple[Breakdown, ...]:
    """All totals with parts of a paragraph."""
    return _remembered(text, office_units())


@lru_cache(maxsize=4)  # three rules ask for the same paragraph in a row
def _remembered(text: str, _units: tuple[str, ...]) -> tuple[Breakdown, ...]:
    return tuple(_breakdowns(text))


def _breakdowns(text: str) -> Iterator[Breakdown]:
    told = [q for q in _each_times(text, quantities(text)) if not _once_more(text, q)]
    starts = [each.start for each in told]
    for sentence in _SENTENCE.finditer(text) if len(told) > 1 else ():
        words, start = _with_sentence_before(text, sentence)
        end = start + len(words)
        within = told[bisect_left(starts, start) : bisect_left(starts, end)]
        units = [unit_of(each) for each in within] if len(within) > 1 else []
        of_one = max(map(units.count, units), default=0)
        if of_one > 1 and (ways := _ways(words, of_one)):
            numbers = [each.moved(-start) for each in within] if start else within
            for way in ways:
                yield from (found for found in way(words, start, numbers) if _adds_up(text, found.total))


_OF_EACH = re.compile(
    r"[平人户村亩件家单社]均|均价|每[^月年季周日天次半，]|最[高低多少长短大小快慢早晚]|单价|"
    r"(?:标准|[时期上下]限|用时|耗时)(?:均?[为是]|[由从压缩延长调整]{0,3}[至到])?$"
)
_SHARE = re.compile("占|比[例重]|份额|股")


def _adds_up(text: str, total: Quantity) -> bool:
    """“满意率95%，其中…90%、…96%”, “户均增收3000元，其中…”: rates, means and bounds are no sums of their parts."""
    before = clause_before(text, total.start)
    if total.unit == "%":
        return _SHARE.search(before) is not None
    return _OF_EACH.search(before) is None


def _ways(words: str, of_one: int) -> list[Callable[[str, int, list[Quantity]], Iterator[Breakdown]]]:
    """The ways in which a sentence may divide a total: by how many numbers of one unit and which words each needs."""
    return [way for way, least, needed in _NEEDED if of_one >= least and needed.search(words)]


def _with_sentence_before(text: str, sentence: re.Match[str]) -> tuple[str, int]:
    """“处分25人。其中，警告10人…”: the total stands in the sentence before."""
    if not sentence[0].startswith("其中") or sentence.start() == 0:
        return sentence[0], sentence.start()
    begin = text.rfind("。", 0, sentence.start() - 1) + 1
    return text[begin : sentence.end()], begin


def _of_which(words: str, start: int, numbers: list[Quantity]) -> Iterator[Breakdown]:
    for marker in _OF_WHICH.finditer(words):
        before, behind, skipped, mixed = _sides(words, numbers, marker)
        parts = run(words, behind)
        told_behind = bool(parts) and parts[0].start == marker.end()
        if told_behind and len(parts) == 1:
            parts = _told_behind(words, behind)
        if not before or not parts or not before[-1].exact or unit_of(before[-1]) != unit_of(parts[0]):
            continue
        if _another_clause(words, before[-1], marker.start(), skipped=skipped):
            continue  # the parts may belong to something else
        if len(parts) == 1 and _PEAK.search(words, marker.end(), parts[0].start):
            continue  # “410人次，其中最多的一天有560人次”
        total = _earlier_total(words, before, parts) or before[-1]
        if len(parts) == 1 and comparable(parts[0])[0] > 2 * comparable(total)[0]:
            continue  # “29项问题均完成三个清单，其中措施87项”: of another thing
        plain = not mixed and not skipped and not _two_lists(words, parts)
        sure = plain and (not told_behind or len(parts) == 1) and not _is_change(words, before[-1])
        yield _breakdown(words, start, total, parts, sure=sure)


def _sides(
    words: str, numbers: list[Quantity], marker: re.Match[str]
) -> tuple[list[Quantity], list[Quantity], bool, bool]:
    """The numbers before and behind 其中, and whether others were passed over before it, or among the parts."""
    before = _out_of_closed(words, [q for q in numbers if q.end <= marker.start()], marker.start())
    before = _without_conversions(words, before)
    behind = _outside_brackets(words, marker.end(), [q for q in numbers if q.start >= marker.end()])
    if behind and not words.startswith(_KINDS, behind[0].end):
        before = [q for q in before if not words.startswith(_KINDS, q.end)]
    skipped = _without_another(before, run(words, behind))
    before = skipped or before
    if before and behind and _counts_alike(before[-1], behind[0]):  # “线索4条…，其中立案2件、了结3件”
        behind = [q._replace(unit=before[-1].unit) if _counts_alike(q, before[-1]) else q for q in behind]
        skipped = before
    mixed = bool(before and behind) and unit_of(behind[0]) != unit_of(before[-1])
    if mixed:  # “其中已补办手续164张8.12万元，剩余22张1.25万元”: each part in two units
        behind = [q for q in behind if unit_of(q) == unit_of(before[-1])]
    return before, behind, bool(skipped), mixed


def _another_clause(words: str, total: Quantity, end: int, *, skipped: bool) -> bool:
    """Does another clause stand between the total and 其中?"""
    between = _BRACKETS.sub("", words[total.end : end]).strip("，、（：。")
    if between == "；":
        return _CHANGED.search(clause_before(words, total.start)) is not None
    return ("，" in between and not skipped) or "；" in between or between.count("，") > 1


def _is_change(words: str, number: Quantity) -> bool:
    """“党组会19次，比上年多5次，其中…9次”: what is divided is the 19."""
    return _MORE_OF.search(clause_before(words, number.start)) is not None


def _out_of_closed(words: str, numbers: list[Quantity], end: int) -> list[Quantity]:
    """Numbers that do not stand in brackets which are closed before ``end``: “33个（甲类23个、乙类10个），其中…”."""
    closed = [match.span() for match in re.finditer("（[^（）]*）", words[:end])]
    return [q for q in numbers if not any(start < q.start < stop for start, stop in closed)]


def _earlier_total(words: str, before: list[Quantity], parts: tuple[Quantity, ...]) -> Quantity | None:
    """“支出254.2万元，结余58.4万元，其中…”: the parts divide an earlier number where they make it, or nearly."""
    values = [comparable(part)[0] for part in parts]
    added, last = sum(values, Decimal(0)), comparable(before[-1])[0]
    if len(before) > 1 and _is_change(words, before[-1]) and unit_of(before[-2]) == unit_of(before[-1]):
        return before[-2]
    if len(parts) < 2 or added <= last:
        return None
    alike = [q for q in before[:-1] if unit_of(q) == unit_of(before[-1]) and q.exact]
    exact = next((q for q in alike if comparable(q)[0] == added), None)
    near = next((q for q in reversed(alike) if is_slip(comparable(q)[0], values)), None)
    return exact or (near if not is_slip(last, values) else None)


_MORE_OF = re.compile("^(?:同?比|较|环比)[^，。；]{0,8}(?:多|少|增加|减少|增长|下降|上升)(?:了)?$")
_CHANGED = re.compile("比|较|增|减|降|升")
_KINDS = ("方面", "大方面", "大类", "类")  # “35个，涉及四个方面。其中，…13个”: what is divided is the 35
_PIECES = frozenset(("条", "件", "个", "项"))


def _counts_alike(one: Quantity, other: Quantity) -> bool:
    """条 and 件 of the same things: matters are counted by either."""
    return unit_of(one) != unit_of(other) and {unit_of(one), unit_of(other)} <= _PIECES


_ONCE_MORE = re.compile(r"[，、](?:该|这|上述)?$")


def _once_more(text: str, number: Quantity) -> bool:
    """“立案5人，5人均受到处分”: the same persons again."""
    if not text.startswith("均", number.end) or not _ONCE_MORE.search(text[: number.start]):
        return False
    return text[: number.start].rstrip("，、该这上述").endswith(text[number.start : number.end])


_EACH_OF = re.compile(r"(?<=.)各[一-龥]{0,6}$")


def _each_times(text: str, numbers: list[Quantity]) -> list[Quantity]:
    """“三名委员各认领2条” are six; with “甲村、乙村各2条” nobody knows without counting names: not exact."""
    if "各" not in text:
        return numbers
    kept: list[Quantity] = []
    for number in numbers:
        begin = max(clause_begin(text, number.start), text.rfind("）", 0, number.start) + 1)
        if text.find("各", begin, number.start) >= 0 and _EACH_OF.search(text[begin : number.start]):
            holders = kept[-1] if kept and kept[-1].start >= begin and kept[-1].exact else None
            if holders is not None and unit_of(holders) != unit_of(number):
                kept[-1] = number._replace(start=holders.start, value=number.value * holders.value)
                continue
            kept.append(number._replace(approximate=True))
        else:
            kept.append(number)
    return kept


def _without_another(before: list[Quantity], parts: tuple[Quantity, ...]) -> list[Quantity]:
    """“项目64个，总投资187亿元，其中产业类29个、…”: the total is the number before the last, [] where it is not."""
    if len(before) < 2 or len(parts) < 2 or unit_of(before[-1]) in map(unit_of, parts):
        return []
    return before[:-1] if unit_of(before[-2]) == unit_of(parts[0]) else []


def _two_lists(words: str, parts: tuple[Quantity, ...]) -> bool:
    """“其中专任教师138人，高级职称31人、中级职称67人”: ， parts what divides the whole anew."""
    signs = [words[one.end : one.end + 1] for one in parts[:-1]]
    return len(signs) > 1 and signs[0] == "，" and "、" in signs[1:]


def _without_conversions(words: str, numbers: list[Quantity]) -> list[Quantity]:
    """4.32万元（43200元）: what stands in brackets behind a sum says it once more."""
    kept: list[Quantity] = []
    for number in numbers:
        opened = words[number.start - 1 : number.start] in ("（", "即") and words[number.end : number.end + 1] in "），"
        if not (opened and kept and kept[-1].end >= number.start - 2 and unit_of(kept[-1]) == unit_of(number)):
            kept.append(number)
    return kept


def _told_behind(words: str, numbers: list[Quantity]) -> tuple[Quantity, ...]:
    """“其中3.1万元用于伙食，1.2万元用于炊具”: what each part is stands behind it."""
    parts = list(numbers[:1])
    for before, number in pairwise(numbers):
        gap = words[before.end : number.start]
        if unit_of(number) != unit_of(before) or gap[-1:] not in ("，", "、", "；") or len(gap) > _WIDEST_GAP:
            break
        if not number.exact or "。" in gap or re.search("[，、；]", gap[:-1]):
            break
        parts.append(number)
    return tuple(parts) if parts[0].exact else ()


def _among(words: str, start: int, numbers: list[Quantity]) -> Iterator[Breakdown]:
    """“132名教师中优秀26人、合格106人”, “隐患12处：用电5处、消防7处”, “合同46份，包括土地31份、门面15份”."""
    if "其中" in words:
        return
    for marker in (*_AMONG.finditer(words), *_DEALT_WITH.finditer(words), *_LISTED.finditer(words)):
        before = [q for q in numbers if q.end <= marker.start()]
        if not before or not before[-1].exact or _PARTED.search(words, before[-1].end, marker.start()):
            continue
        behind = _outside_brackets(words, marker.end(), [q for q in numbers if q.start >= marker.end()])
        parts = run(words, behind)
        if behind and behind[0].start == marker.end():  # “9家中，6家已注销，3家正在公告，1家涉诉”
            parts = _told_behind(words, behind)
        if len(parts) < 2 or unit_of(before[-1]) != unit_of(parts[0]):
            continue
        if _CLAUSE_END.search(words, marker.end(), parts[0].start):
            continue
        found = _breakdown(words, start, before[-1], parts, "各项之和", sure=False)
        yield replace(found, gaps="、") if behind[0].start == marker.end() else found


def _breakdown(
    words: str,
    start: int,
    total: Quantity,
    parts: tuple[Quantity, ...],
    what: str = "“其中”各项之和",
    *,
    sure: bool = True,
    additive: bool = False,
) -> Breakdown:
    first, last = min(total.start, parts[0].start), max(total.end, parts[-1].end)
    tail = re.split("[。；]", words[last:])[0]
    gaps = "".join(words[one.end : one.end + 1] for one in parts[:-1])
    return Breakdown(start + first, start + last, total, parts, words[first:last], tail, what, sure, gaps, additive)


def _outside_brackets(words: str, begin: int, numbers: list[Quantity]) -> list[Quantity]:
    """Numbers in brackets divide the part before them, not the whole."""
    depth, at, kept = 0, begin, list[Quantity]()
    for number in numbers:
        depth = max(depth + words.count("（", at, number.start) - words.count("）", at, number.start), 0)
        at = number.start
        if not depth:
            kept.append(number)
    return kept


def _in_brackets(words: str, start: int, numbers: list[Quantity]) -> Iterator[Breakdown]:
    """“25人（警告10人、严重警告15人）”: two parts at least, all of the total's unit."""
    for match in re.finditer(r"（([^（）]*)）", words):
        inside = [q for q in numbers if match.start() < q.start and q.end <= match.end()]
        total = next((q for q in numbers if match.start() - 6 <= q.end <= match.start() and q.exact), None)
        if total is None or len(inside) < 2 or "其中" in match[0]:
            continue
        gap = words[total.end : match.start()]
        parts = run(words, inside)
        if len(parts) == len(inside) and unit_of(parts[0]) == unit_of(total) and not re.search("[，、；]", gap):
            yield _breakdown(words, start, total, parts, "括号内各项之和")


_DONE_WITH = re.compile("[一-龥“”]{0,16}，[一-龥“”]{1,12}")
_NO_WHOLE = re.compile(r"其中|第|每|约|近|至|比|较|达|超")
_SUREST = Decimal("0.02")


def _right_behind(words: str, start: int, numbers: list[Quantity]) -> Iterator[Breakdown]:
    """“清理车辆86辆，返还31辆、拍卖42辆、报废13辆”: what was done with them, without 其中; only a slip is told."""
    for i, total in enumerate(numbers[:-2]):
        gap = words[total.end : numbers[i + 1].start]
        if not total.exact or unit_of(total) != unit_of(numbers[i + 1]) or not _DONE_WITH.fullmatch(gap):
            continue
        parts = run(words, numbers[i + 1 :])
        signs = {words[one.end : one.end + 1] for one in parts[:-1]}
        if len(parts) < 2 or signs not in ({"、"}, {"、", "，"}):
            continue
        if _NO_WHOLE.search(re.split("[，。；、]", words[: total.start])[-1] + gap):
            continue
        values, whole = [comparable(part)[0] for part in parts], comparable(total)[0]
        off = abs(sum(values, Decimal(0)) - whole)
        one_digit = off in (10, 100, 1000) and off * 5 <= whole
        near = off <= max(whole * _SUREST, 1) if len(parts) == 2 else one_digit or off <= max(whole * _SUREST * 3, 2)
        if near and max(values) < whole and not PARTIAL.search(words[total.end : parts[-1].end]):
            both = "党内" in words and "政务" in words  # one person may bear both
            yield _breakdown(words, start, total, parts, "各项之和", sure=False, additive=not both)


_TOTALLED = re.compile("[共计]")
_ALTOGETHER = re.compile(
    r"[，、；（]?(?P<who>[一-龥]{2,5})?(?:合计|共计|总计|一共|累计|共)(?:(?:给予)?(?:处理|处分|问责|处置|追责问责|查处|追究)|(?:收回|追回|追缴|清退|涉及|投入|拨付|节约)(?:资金|金额)?|(?P<verb>[一-龥]{2,8}))?$"
)


def _added_up(words: str, start: int, numbers: list[Quantity]) -> Iterator[Breakdown]:
    """“警告10人、严重警告5人，共15人”: the parts stand before their sum, and nothing else of the unit."""
    for i, total in enumerate(numbers):
        if i < 2 or not total.exact or not _TOTALLED.search(words, max(total.start - 10, 0), total.start):
            continue
        clause = words[: total.start]
        sign = _ALTOGETHER.search(clause)
        if sign is None or "其中" in clause or "（" in clause[numbers[0].start : sign.start()]:
            continue
        before = numbers[:i]
        if total.unit == "人次" and all(unit_of(q) == "人" for q in before):  # who has two penalties counts twice
            before = [q._replace(unit="人次") for q in before]
        parts = run(words, before)
        if len(parts) == i and unit_of(parts[0]) == unit_of(total):
            sure = words[: parts[0].start].count("，") <= 1 and sign["verb"] is None and sign["who"] is None
            yield _breakdown(words, start, total, parts, "各项之和", sure=sure, additive=True)
        elif len(parts) < i:
            yield from _end_added_up(words, start, numbers[:i], total)


def _end_added_up(words: str, start: int, numbers: list[Quantity], total: Quantity) -> Iterator[Breakdown]:
    """The same behind other figures of the sentence: of the last run any end may be meant; only a slip is told."""
    first = next((k for k in range(len(numbers)) if len(run(words, numbers[k:])) == len(numbers) - k), len(numbers))
    values = [comparable(part)[0] for part in numbers[first:]]
    whole = comparable(total)[0]
    if len(values) < 2 or unit_of(numbers[-1]) != unit_of(total):
        return
    if any(sum(values[k:], Decimal(0)) == whole for k in range(len(values) - 1)):
        return
    if len(values) > 2 and first and unit_of(numbers[first - 1]) != unit_of(total):
        yield _breakdown(words, start, total, tuple(numbers[first:]), "各项之和", sure=False, additive=True)
    elif sum(values[-2:], Decimal(0)) in (whole * 10_000, whole / 10_000) or len(values) == 2:
        yield _breakdown(words, start, total, tuple(numbers[-2:]), "各项之和", sure=False)


_NEEDED = (  # a total and its parts are of one unit
    (_of_which, 2, _OF_WHICH),
    (_among, 3, quick(f"(?:{_AMONG.pattern})|[{_COUNTED}]{_DEALT}|{_LISTED.pattern}")),
    (_in_brackets, 3, re.compile("（")),
    (_right_behind, 3, re.compile("、")),
    (_added_up, 3, re.compile("共|计")),
)


_NO_MORE = re.compile(r"其中|另有$|另外|此外|共(?![享建治用同性])|合计|涉及|[，、；](?:[人户村组]均|平均)")
_BEHIND = re.compile("[一-龥]{1,6}、")  # “5名党员、4名居民代表”: what is counted stands behind


def run(text: str, numbers: list[Quantity]) -> tuple[Quantity, ...]:
    """The leading numbers of one unit that nothing but a listing comma and a few words part; () if one is not exact."""
    parts = list(numbers[:1])
    for before, number in pairwise(numbers):
        gap = text[before.end : number.start]
        if "（" in gap:
            gap = re.sub(r"（[^（）]*）", "", gap)
        listed = (
            gap[:1] in ("、", "，")
            or gap in ("和", "及", "与")
            or _BEHIND.fullmatch(gap)
            or (gap[:1] == "；" and (len(parts) == 1 or _semicolons(text, parts)))
        )
        if unit_of(number) != unit_of(before) or not listed or len(gap) > _WIDEST_GAP or _NO_MORE.search(gap):
            break
        parts.append(number)
    return tuple(parts) if all(part.exact for part in parts) else ()


def _semicolons(text: str, parts: list[Quantity]) -> bool:
    return text[parts[0].end : parts[0].end + 1] == "；"
