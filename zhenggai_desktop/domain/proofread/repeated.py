"""Family 1: the same figure told twice in the prose of one text, in two ways (domain.md §9.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zhenggai_desktop.domain.proofread.clauses import clause_before, sentence_begin
from zhenggai_desktop.domain.proofread.findings import Hit
from zhenggai_desktop.domain.proofread.readings import UNANSWERING, Reading
from zhenggai_desktop.domain.proofread.subject import Subject, is_run_in
from zhenggai_desktop.domain.quantities import quantities, unit_of
from zhenggai_desktop.domain.quick_patterns import only_with, quick

NO_WHOLE = quick(
    r"其中|发现|排查|自查|检查|牵头|认领|领办|重点|难点|突出|线索|群众|信访|新问题|举一反三|剩余|余下|累计|每|第|基本|约谈|督办|涉及|"
    r"正在|尚未|未完成|整改了|新增|同类|类似|[镇村乡]级|\d所|\d个村|下属|所属|子公司|村党支部|上一?轮|上次|前一轮|历次|以往"
)
_NUMBER = r"(?P<{0}>\d{{1,4}}|[二三四五六七八九十]+)"
_PAIR = quick(
    r"(?:\d{1,9}|[二三四五六七八九十]+)个?(?:大?方面|大类)[，、的共计]{0,2}"
    + _NUMBER.format("n")
    + r"个?(?:方面)?(?:的|具体|整改)*(?:问题|事项)"
)
_DIRECT = quick(
    rf"(?:反馈|指出)(?:意见)?(?:的|了)?(?:(?:问题|整改事项)(?:共计?|合计)?{_NUMBER.format('a')}[个项条](?![一-龥]{{0,4}}方面)"
    rf"|{_NUMBER.format('b')}[个项条](?:具体|主要|方面)?(?:的)?(?:问题|整改事项))"
)
_SETTLED = re.compile(
    rf"(?<![一-龥\d]){_NUMBER.format('s')}[个项条](?:具体|反馈|巡[察视](?:反馈)?)?(?:的)?问题(?=(?:中)?(?:，|目前|现|均|已|全部|都))"
)


_YEAR = re.compile(r"(20\d\d)年")


@dataclass(frozen=True, slots=True)
class _Total:
    number: int
    start: int
    end: int
    words: str
    sure: bool  # said of the feedback itself
    year: int  # that its clause tells, 0 for none


@only_with(_PAIR, _DIRECT, _SETTLED)
def _totals(text: str) -> tuple[_Total, ...]:
    found: dict[tuple[int, int], _Total] = {}
    for pattern, sure in ((_PAIR, True), (_DIRECT, True), (_SETTLED, False)):
        for match in pattern.finditer(text):
            clause = re.split("[，。；：]", text[: match.start()])[-1] + match[0]
            group = next(name for name, value in match.groupdict().items() if value)
            value = _value(match[group])
            if value is not None and not NO_WHOLE.search(clause):
                year = _YEAR.search(clause)
                total = _Total(value, *match.span(group), match[0], sure, int(year[1]) if year else 0)
                found.setdefault(match.span(group), total)
    return tuple(found[place] for place in sorted(found))


def _value(words: str) -> int | None:
    found = quantities(f"共{words}个")
    return int(found[0].value) if found and found[0].exact else None


TOTALS = Reading(_totals, UNANSWERING)


def totals_twice(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """“3个方面27个问题” here and “3个方面25个问题” there: of two, the one that the text bears out is right."""
    first = subject.feedback_day.year - 1 if subject.feedback_day else 0  # “2020年巡察反馈的27个问题”: of another one
    every = [(i, total) for i, found in subject.places(TOTALS) for total in found]
    of_another = {(i, total.number) for i, total in every if 0 < total.year < first}
    told = [(i, total) for i, total in every if (i, total.number) not in of_another]
    sure = [total for _, total in told if total.sure]
    if not sure:
        return
    listed = _listed(subject)
    borne_out = (total for total in (*sure, *(total for _, total in told)) if total.number in listed)
    right = next(borne_out, sure[0])
    if len({total.number for total in sure}) >= _A_LIST:
        return  # “第一类…反馈问题9个”, “第二类…反馈问题11个”: one after another
    for i, total in told:
        if total.number != right.number and total.number not in listed:
            message = f"问题总数前后不一致：另一处为“{right.words}”，此处为“{total.words}”"
            yield i, Hit(total.start, total.end, message)


def _listed(subject: Subject) -> frozenset[int]:
    """The numbers of issues that the text itself has: on top, without sub-issues, sections."""
    outline = subject.outline
    issues = subject.snapshot.issues
    tops = sum(issue.parent_id is None for issue in issues)
    return frozenset({tops, sum(map(outline.is_leaf, issues)), len(issues)})


_LEFT_TOLD = quick(
    r"(?P<all>\d{1,3})(?P<unit>[个项条])(?:具体|反馈)?(?:的)?问题[^。\d]{0,20}?(?:完成整改|整改完成|已完成|完成|办结|销号)[^，。；\d]{0,8}(?P<done>\d{1,3})(?P=unit)"
    r"(?:，[^，。；\d]{0,8}率[^，。；\d]{0,4}[\d.]{1,5}%)?[^。\d]{0,12}?(?:正在|剩余|未完成|尚|其余|余|还有|基本完成)[^，。；\d]{0,8}(?P<left>\d{1,3})(?P=unit)"
)
_LEFT_AGAIN = quick(
    r"(?:(?:尚未完成|未完成|基本完成|未办结|未销号|未整改到位|正在整改)的|(?:剩余|余下|其余)的?)(?P<left>\d{1,3})[个项条](?:具体|反馈)?(?:问题|整改任务)"
)


@only_with(_LEFT_TOLD)
def _left_told(text: str) -> tuple[int, ...]:
    return tuple(int(m["left"]) for m in _LEFT_TOLD.finditer(text) if int(m["all"]) == int(m["done"]) + int(m["left"]))


@only_with(_LEFT_AGAIN)
def _left_again(text: str) -> tuple[tuple[int, int, int], ...]:
    return tuple((*m.span(), int(m["left"])) for m in _LEFT_AGAIN.finditer(text))


LEFT, LEFT_AGAIN = Reading(_left_told), Reading(_left_again)


def left_twice(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """“37个问题中已完成34个，正在整改3个” in the summary, “尚未完成的4个问题” at the end."""
    left = {value for _, found in subject.places(LEFT) for value in found}
    for i, found in subject.places(LEFT_AGAIN) if len(left) == 1 else ():
        for start, end, value in found:
            if value not in left:
                yield i, Hit(start, end, f"未完成的问题数前后不一致：前文为{min(left)}个，此处为{value}个")


# --- counts

_LEAD = re.compile(
    r"^(?:[一二三四五六七八九十]+是|[一-龥]{0,6}?(?:党工委|党委|党组|党总支|党支部)(?:班子)?(?!会|书记|成员|理论|中心组|专题|扩大|主持|带头)|已|共|累计|先后|分别|期间|同时|并|还|截至目前|目前|全镇|全街道|全局|全系统|整改期间|集中整改期间)+"
    r"|(?:共计?|累计|合计|了|达|为)+$"
)
_OF_A_PART = quick(
    r"年|月|季|日|周|期间|以来|目前|本次|此次|第|其中|每|分别|又|再|另|最|人均|平均|主持|带头|书记|局长|主任|班子|成员|带队|牵头|亲自|"
    r"领办|上半|下半|前三|计划|拟|将|预计"
)
_PROGRESS = re.compile("进度|完成情况|已完成|其中")
_LEAST_WORDS = 4
_A_LIST = 3  # numbers under the same words
_UNITS = frozenset("次项个条件人期场名份户处家篇张本") | {"人次"}


@dataclass(frozen=True, slots=True)
class _Count:
    words: str
    number: int
    unit: str
    start: int
    end: int


def _counts(text: str) -> tuple[_Count, ...]:
    """Counts with the words of their clause before them, where those tell what is counted."""
    found: list[_Count] = []
    for quantity in quantities(text):
        unit = unit_of(quantity)
        if unit not in _UNITS or not quantity.exact:
            continue
        words = clause_before(text, quantity.start)
        while (bare := _LEAD.sub("", words)) != words:
            words = bare
        noun = re.match(r"[一-龥]{0,4}", text[quantity.end :])
        told = len(words) >= _LEAST_WORDS and not _OF_A_PART.search(words) and not re.search(r"\d", words)
        if (
            told
            and noun is not None
            and not _PROGRESS.search(text, sentence_begin(text, quantity.start), quantity.start)
        ):
            key = f"{words}…{noun[0] if noun[0] in _NOUNS else ''}{unit}"
            found.append(_Count(key, int(quantity.value), unit, quantity.start, quantity.end))
    return tuple(found)


_NOUNS = ("问题", "制度", "措施", "线索", "隐患")
_DATED = re.compile(r"截至[^，。；]{2,16}|\d{4}年\d{1,2}月")


COUNTS = Reading(_counts, UNANSWERING)


def counts_twice(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """“先后召开党组会8次” under one heading of the prose and “共召开党组会9次” under another."""
    known: dict[str, tuple[int, _Count]] = {}
    if not subject.is_published:
        return
    told: dict[str, set[int]] = {}
    for _, found in subject.places(COUNTS):
        for count in found:
            told.setdefault(count.words, set()).add(count.number)
    for i, found in subject.places(COUNTS):
        text = subject.texts[i]
        for count in () if text.is_contact or (is_run_in(text) and not subject.is_notice) else found:
            before = known.get(count.words)
            if len(told[count.words]) >= _A_LIST:
                continue
            if before is None:
                known[count.words] = i, count
            elif before[1].number != count.number and before[0] != i:
                one, other = subject.texts[before[0]].text, text.text
                if _times(one, before[1]) == _times(other, count) or not _times(one, before[1]):
                    words = count.words.partition("…")[0]
                    old, new = one[before[1].start : before[1].end], other[count.start : count.end]
                    message = f"同一数字前后不一致：“{words}”前文为{old}，此处为{new}，请核对"
                    yield i, Hit(count.start, count.end, message)


def _times(text: str, count: _Count) -> frozenset[str]:
    """The moments of which the sentence of a count speaks."""
    begin = sentence_begin(text, count.start)
    return frozenset(_DATED.findall(text[begin : count.start]))
