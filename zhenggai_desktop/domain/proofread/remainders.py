"""Family 1: what is done and what is left make the whole, in one sentence or across two (domain.md §9.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from zhenggai_desktop.domain.proofread.clauses import clause_begin, part_begin, sentence_begin, words_before
from zhenggai_desktop.domain.proofread.findings import Hit
from zhenggai_desktop.domain.proofread.slips import is_slip
from zhenggai_desktop.domain.quantities import Quantity, comparable, quantities, shown, unit_of
from zhenggai_desktop.domain.quick_patterns import quick

_LEFT = quick(
    r"剩下|剩余|[还尚仅]剩|其余|余下|尚余|尚有|尚需|尚在|尚欠|仍有|仍需|仍在|仍欠|还有|还需|还在|还欠|正(?:在|持续)?(?:有序|加快|抓紧|积极|持续|稳步|按[时序计划节点期]{1,4})?(?:办理|推进|整改|核查|处理|实施|进行|建设|施工|改造|协调|清收|收回|追缴|追回|清退|拆除|修订|化解|报批)|"
    r"在办|在建|推进中|办理中|整改中|建设中|施工中|处理中|(?<!而)未(?!来|婚|成年)|尚未|待(?!遇|业)|持续(?:推进|整改)|长期(?:坚持|整改|推进)|"
    r"(?:基本|阶段性?|部分)完成|取得(?:明显|阶段性|积极)*(?:成效|进展)|不(?:合格|符合|达标|予|满意|称职|属实)|拒|欠(?!款)|限期|分(?:阶段|期|批)|"
    r"暂缓|留存|转入下|延期|最后(?=\d)"
)
_DONE = quick(
    r"已(?!知|有|经有|明确|制定|列入|落实)|(?<!基本)(?<!阶段性)(?<!部分)完(?:成|工|结)|办结|了结|销号|整改到位|整改完毕|解决|化解|落实到位|使用|"
    r"立行立改|即知即改|立查立改|投产|竣工|收回|已收|追回|退回|到位|采纳|合格|达标|满意|拆除|清退|配租|分配|安置|入住|兑付|支付|拨付|发放|"
    r"协商一致|达成一致|同意|调剂|出租|转让|盘活|核销|治理|修复"
)
_NOT_A_PART = quick(r"其中|同比|增加|新增|减少|下降|较|比|每|另有|另外|此外|涉及|涵盖|包括|制定|制订|形成|拟|计划|将")
_NOUNS = re.compile(
    r"(?:方面)?(?:的|具体|整改|反馈|突出)*(问题|措施|任务|事项|线索|项目|隐患|资金|制度|案件|信访|举报|户|村|小区|合同)"
)
_SURE_UNITS = frozenset("个项条件笔处宗户张份起套台辆栋间座部")
_NO_PARTS = frozenset("次年月天日岁期轮场遍%‰") | {
    "人次",
    "家次",
    "户次",
    "篇次",
    "课时",
    "小时",
    "个月",
    "个百分点",
    "方面",
    "大类",
}
_MOST_PARTS = 4
_INSIDE = re.compile("（(?:已)?(?:包?含|计入|算|列|统计)在?[^（）]{0,8}[内中里]")  # “投产1个（含在开工项目内）”
_FOR_EACH = re.compile("各[^，。；]{0,6}$")
_AVERAGE = re.compile("(?:平均|人均|户均|次均|每[一-龥]{1,3})[^，。；]{0,4}$")
_KINDS = ("方面", "大方面", "大类", "类")


@dataclass(frozen=True, slots=True)
class _Told:
    """A count in its clause: is it a whole, what is done of it, or what is left?"""

    quantity: Quantity
    part: str  # "", "done", "left"; "?" = neither a whole nor a part that could be added up
    noun: str

    @property
    def value(self) -> Decimal:
        return comparable(self.quantity)[0]

    @property
    def shown(self) -> str:
        return shown(self.quantity.value)


def remainders(text: str) -> Iterator[Hit]:
    """“43项，已使用30项，剩下13项”, “27个问题。已完成25个，正在推进1个”: done and left make the whole.

    Where the words leave no doubt any difference is told; where they do, only one that is a slip.
    """
    told = quantities(text)
    if len(told) < 3:
        return
    by_unit: dict[str, list[Quantity]] = {}
    for quantity in told:
        unit = unit_of(quantity)
        average = _AVERAGE.search(words_before(text, quantity.start, 8))
        if unit not in _NO_PARTS and not average and not text.startswith(_KINDS, quantity.end):
            by_unit.setdefault(unit, []).append(quantity)
    several = {unit: counted for unit, counted in by_unit.items() if len(counted) > 2}
    if several and _LEFT.search(text):
        for unit, counted in several.items():
            clauses = [_around(text, counted, at) for at in range(len(counted))]
            left = any(_LEFT.search(before) or _LEFT.search(behind) for before, behind in clauses[1:])
            if left or any(_NEGATED.search(words_before(text, each.start, 8)) for each in counted[2:]):
                read = _without_repeats(text, [_told(text, *each) for each in zip(counted, clauses, strict=True)])
                yield from _of_unit(text, read, sure_unit=unit in _SURE_UNITS)


def _of_unit(text: str, read: list[_Told], *, sure_unit: bool) -> Iterator[Hit]:
    at = 0
    while at < len(read):
        group = _group(text, read, at, sure_unit=sure_unit)
        if group is None:
            at += 1
            continue
        parts, sure = group
        whole = read[at]
        added = sum((part.value for part in parts), Decimal(0))
        listed = added + _listed_on(text, parts[-1], read[at + len(parts) + 1 :])
        if [part.part for part in parts] == ["left", "done", "left"]:  # “72份，未研究的13份、已补充5份，尚余8份”
            inner, rest = parts[0], parts[1:]
            made = rest[0].value + rest[1].value
            if is_slip(inner.value, [part.value for part in rest]):
                yield _hit(inner, rest, made)
            if inner.value == made or is_slip(inner.value, [part.value for part in rest]):
                at += 1 + len(parts)
                continue
        earlier = any(each.value == added for each in read[:at] if each.quantity.exact)
        with_it = (whole.value + parts[0].value, whole.value + parts[-1].value, whole.value + added)
        divided = any(each.value in with_it for each in read[:at])  # “45处，立即整改38处，限期整改7处”
        if _some_make(whole, parts) or listed == whole.value != added or earlier or divided:
            at += 1  # “完工30座、在建9座、前期3座”: more kinds than two; “36座，其中…小型32座。完成30座，剩余6座”
            continue
        if added == whole.value or sure or is_slip(whole.value, [part.value for part in parts]):
            at += len(parts)  # the last part may be a whole again
        if added != whole.value and (sure or is_slip(whole.value, [part.value for part in parts])):
            yield _hit(whole, parts, added)
        at += 1
    yield from _far_whole(text, read)
    yield from _behind_breakdown(text, read)
    yield from _negated(text, read)


def _without_repeats(text: str, read: list[_Told]) -> list[_Told]:
    """“完成3个，完成的3个投入…”: the number with 的 before it only says the other once more."""
    kept: list[_Told] = []
    for each in read:
        again = (
            each.part
            and text[: each.quantity.start].endswith("的")
            and any((one.value, one.part) == (each.value, each.part) for one in kept[-2:])
        )
        if not again:
            kept.append(each)
    return kept


def _far_whole(text: str, read: list[_Told]) -> Iterator[Hit]:
    """“34件中，属实19件、…；已办结32件，剩余3件”: other parts stand between the whole and what is done of it."""
    for at, (done, left) in enumerate(pairwise(read)):
        begin = sentence_begin(text, done.quantity.start)
        before = [each for each in read[:at] if each.quantity.start >= begin]
        if (done.part, left.part) != ("done", "left") or len(before) < 3 or before[0].part:
            continue
        parts = [done, left]
        added = done.value + left.value
        close = not re.search("[。；]", text[done.quantity.end : left.quantity.start])
        if close and all(each.value != added for each in before) and before[0].quantity.exact:
            off = abs(added - before[0].value)
            if off <= max(before[0].value / 20, 1) and _plainly_left(text, parts):
                yield _hit(before[0], parts, added)


_DIVIDED = re.compile("其中|：|（|分为|包括")
_MOST_KINDS = 8


def _behind_breakdown(text: str, read: list[_Told]) -> Iterator[Hit]:
    """“37座，其中小（1）型9座、小（2）型28座。…完成31座，剩余5座”: what divides the whole otherwise is stepped over."""
    for at, whole in enumerate(read[:-4]):
        first = read[at + 1]
        if not whole.quantity.exact or whole.part not in ("", "?") or not _divides(text, whole, first):
            continue
        added, behind = Decimal(0), at + 1
        while behind < len(read) and behind - at <= _MOST_KINDS and added < whole.value:
            added += read[behind].value
            behind += 1
        rest = read[behind : behind + 2]
        if added != whole.value or [each.part for each in rest] != ["done", "left"]:
            continue
        near = text.count("。", read[behind - 1].quantity.end, rest[0].quantity.start) <= 1
        together = "。" not in text[rest[0].quantity.end : rest[1].quantity.start]
        made = rest[0].value + rest[1].value
        if near and together and is_slip(whole.value, [each.value for each in rest]) and _plainly_left(text, rest):
            yield _hit(whole, rest, made)


def _divides(text: str, whole: _Told, first: _Told) -> bool:
    gap = text[whole.quantity.end : first.quantity.start]
    return _DIVIDED.search(gap) is not None and not re.search("[。；](?!其中)", gap)


_NEGATED = re.compile(r"(?:未|尚未|没有|不)(?P<deed>[一-龥]{2,4})$")


def _negated(text: str, read: list[_Told]) -> Iterator[Hit]:
    """“86个，开工61个、投产43个，未开工26个”: what was done and what was not done make the whole."""
    for at, left in enumerate(read):
        begin = part_begin(text, left.quantity.start)
        before = [each for each in read[:at] if each.quantity.start >= begin]
        negated = _NEGATED.search(text[max(left.quantity.start - 8, begin) : left.quantity.start])
        if negated is None or len(before) < 2 or not all(each.quantity.exact for each in (before[0], left)):
            continue
        deed = negated["deed"]
        done = next((each for each in before[1:] if text[: each.quantity.start].endswith(deed)), None)
        if done is not None and "其中" in text[before[0].quantity.end : done.quantity.start]:
            continue
        if done is None or text[: done.quantity.start].endswith((f"未{deed}", f"不{deed}")):
            continue
        listed = done.value + left.value + _listed_on(text, left, read[at + 1 :])
        borne_out = any(each.value in (done.value + left.value, listed) for each in before)
        if not borne_out and is_slip(before[0].value, [done.value, left.value]) and before[0].value > done.value:
            yield _hit(before[0], [done, left], done.value + left.value)


def _some_make(whole: _Told, parts: Sequence[_Told]) -> bool:
    """“领导包案9件，化解8件；其余3件…，已化解1件”: two of more parts make the whole, the others divide them anew."""
    pairs = [(one, other) for i, one in enumerate(parts) for other in parts[i + 1 :]]
    kinds = [part.part for part in parts]
    if kinds == sorted(kinds) and "" not in kinds:  # done, then left: the first of both may be all there is
        pairs = pairs[:1]
    return len(parts) > 2 and any(one.value + other.value == whole.value for one, other in pairs)


def _listed_on(text: str, last: _Told, behind: Sequence[_Told]) -> Decimal:
    """What is listed right behind the last part that tells how far it is, 0 for nothing."""
    gap = text[last.quantity.end : behind[0].quantity.start] if behind else ""
    return behind[0].value if re.fullmatch("[、，][^，、。；]{1,8}", gap) else Decimal(0)


def _hit(whole: _Told, parts: list[_Told], added: Decimal) -> Hit:
    words = " + ".join(part.shown for part in parts)
    unit, total = whole.quantity.unit, added
    if len({part.quantity.unit for part in (whole, *parts)}) > 1 and "元" in unit:
        words = " + ".join(f"{part.shown}{part.quantity.unit}" for part in parts)
    if whole.value:
        total = added * whole.quantity.value / whole.value  # in the unit of the whole
    message = f"已完成与未完成相加 {words} = {shown(total)}{unit}，与总数{whole.shown}{unit}不符"
    return Hit(whole.quantity.start, parts[-1].quantity.end, message)


_ENDS = re.compile("[。；，、）]")
_NAMED = quick(r"(问题|措施|任务|事项|线索|项目|隐患|案件|资金)(?:共计?|有|为|达|已)?$")


def _around(text: str, counted: Sequence[Quantity], at: int) -> tuple[str, str]:
    """The words of its clause before and behind the quantity at ``at`` of those of one unit, which stand in order."""
    quantity = counted[at]
    before_ends = counted[at - 1].end if at else 0
    next_starts = counted[at + 1].start if at + 1 < len(counted) else len(text)
    before = text[max(clause_begin(text, quantity.start), before_ends) : quantity.start]
    ends = _ENDS.search(text, quantity.end)
    clause_end = ends.start() if ends else len(text)
    return before, text[quantity.end : clause_end] if clause_end <= next_starts else ""


def _told(text: str, quantity: Quantity, clause: tuple[str, str]) -> _Told:
    before, behind = clause
    noun = _NOUNS.match(text, quantity.end)
    named = _NAMED.search(before)
    name = noun[1] if noun else named[1] if named else ""
    if before.endswith("另有") and re.match("(?:正在|待|尚|未|仍)", behind):
        return _Told(quantity, "left", name)
    if not quantity.exact or _NOT_A_PART.search(before) or _FOR_EACH.search(before) or _INSIDE.match(behind):
        return _Told(quantity, "?", name)
    if before.endswith("的") and text[quantity.start - len(before) - 1 : quantity.start - len(before)] == "；":
        return _Told(quantity, "?", name)  # “限期整改的9条完成8条；长期坚持的2条按节点推进”: of another kind
    if before.endswith("的") and text.startswith("中", quantity.end):
        return _Told(quantity, "", name)  # “限期整改的7处中，已完成5处…”: a whole of its own
    part = _state(before) or _state(behind)
    return _Told(quantity, part or ("?" if _NOT_A_PART.search(behind) else ""), name)


def _state(words: str) -> str:
    return "left" if _LEFT.search(words) else "done" if _DONE.search(words) else ""


def _one_noun(whole: _Told, parts: Sequence[_Told]) -> bool:
    return not any(part.noun and whole.noun and part.noun != whole.noun for part in parts)


_OWED = re.compile(r"(?<![尚仍还])(?:拖欠|欠缴|欠交|欠)[^，。；、]{0,12}$")  # “欠缴8.6万元，已收回5.1万元”: a whole


def _group(text: str, read: list[_Told], at: int, *, sure_unit: bool) -> tuple[list[_Told], bool] | None:
    """The parts behind a whole, and whether they surely are all of it; None where there are none."""
    whole = read[at]
    parts = list(_parts_behind(text, read, at))
    added = sum((part.value for part in parts), Decimal(0))
    more = any(part.value > whole.value for part in parts)
    if (more and added > whole.value * Decimal("1.2")) or not _one_noun(whole, parts):
        return None  # of another whole
    owed = words_before(text, whole.quantity.start, 16)
    if not whole.quantity.exact or (whole.part == "left" and not _OWED.search(owed)):
        return None
    kinds = [part.part for part in parts]
    if kinds.count("left") not in (1, 2) or not 2 <= len(parts) <= _MOST_PARTS or _is_told_again(whole, parts):
        return None
    if "其中" in text[whole.quantity.end : parts[-1].quantity.end]:
        return None
    after = read[at + 1 + len(parts)] if at + 1 + len(parts) < len(read) else None
    if after is not None and after.part == "?" and _same_list(text, parts[-1], after):
        return None
    sure = sure_unit and whole.part == "" and "?" not in kinds and "" not in kinds and _plainly_left(text, parts)
    return parts, sure


def _is_told_again(whole: _Told, parts: Sequence[_Told]) -> bool:
    """“18个问题中，原有2个未整改到位…18个问题全部整改到位”: the whole once more, done by now."""
    behind = (other for one, other in pairwise(parts) if one.part == "left")
    return any(each.part == "done" and each.value == whole.value for each in behind)


_PLAINLY = re.compile(
    r"剩|其余|余下|尚余|尚有|仍有|还有|正在|正按|在办|推进中|办理中|未(?:完成|办结|整改|启动|销号)|尚未|待整改"
)


def _plainly_left(text: str, parts: list[_Told]) -> bool:
    first, last = parts[0].quantity, parts[-1].quantity
    return _PLAINLY.search(text[first.start : last.end + 8]) is not None


def _parts_behind(text: str, read: list[_Told], at: int) -> Iterator[_Told]:
    """What follows a whole within two sentences; at most the first of it may leave open what it is."""
    whole = read[at]
    kinds = {""}
    for found, each in enumerate(read[at + 1 :]):
        closed = text.count("。", whole.quantity.end, each.quantity.start) > 1
        if each.part == "done" and {"done", "left"} <= kinds:  # “…剩余2个。立行立改的8个已完成”: told of anew
            closed = closed or "。" in text[read[at + found].quantity.end : each.quantity.start]
        kinds.add(each.part)
        unclear = each.part == "?" or (each.part == "" and (found or not each.quantity.exact))
        if closed or unclear or found > _MOST_PARTS:
            return
        yield each


def _same_list(text: str, last: _Told, after: _Told) -> bool:
    """“…正在推进2个，拟转办1个”: a further part that cannot be read leaves the sum open."""
    gap = text[last.quantity.end : after.quantity.start]
    return "。" not in gap and "；" not in gap
