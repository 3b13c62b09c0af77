"""Family 6: dates that cannot be, that are incomplete, or that stand on the wrong side of another (domain.md §9.6)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from zhenggai_desktop.domain.proofread.clauses import part_begin
from zhenggai_desktop.domain.proofread.dates import DATE, PLAUSIBLY_AHEAD, DateTold, dates_in, spans_in
from zhenggai_desktop.domain.proofread.findings import DocumentRule, Family, Hit, Severity, TextRule
from zhenggai_desktop.domain.proofread.readings import Reading, Role
from zhenggai_desktop.domain.proofread.subject import Subject
from zhenggai_desktop.domain.quantities import UNITS
from zhenggai_desktop.domain.quick_patterns import only_with, quick

_WEEKDAY = re.compile(
    r"(?:(?:凌晨|[上中下]午|晚上?)?(?:\d{1,2}[时点:：](?:\d{1,2}分?|半)?)?[（(，]?"
    r"|(?:召开|举行|举办|反馈|印发|参加|出席)[^，。；（）月日号每逢例]{1,14}（(?=.{2,3}）))"  # 16日召开党委会（星期一）
    r"(?:农历[一-龥]{2,6}[，、])?(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])"
)
_COUNTED = "|".join((*UNITS, *"万亿百千余多几至到月号日时与和及、"))
_NO_DAY = re.compile(
    r"(?<![\d年/.-])(?P<date>(?:\d{4}年)?(?:1[0-2]|[1-9])月(?:3[01]|[12]\d|[1-9]))(?=[一-龥，])"
    rf"(?!{_COUNTED})"
)
_NO_MONTH = re.compile(r"(?<!\d)\d{4}年\d{1,2}日")
_NO_MONTH_SIGN = re.compile(
    r"(?<!\d)(?P<date>\d{4}年(?:1[0-2]|[1-9]))(?=(?:召开|印发|开展|制定|组织|出台|修订|成立|完成|启动|下发|举办|[底初末](?![\d月])|[上中下]旬|以来|份(?![\d]))(?!\d))"
)
_NO_YEAR_SIGN = re.compile(r"(?<![\d第])(?P<year>20[0-3]\d)(?=以来|起(?!草|点|步|诉)|至今)")
_BAD_MONTH = re.compile(r"(?<!\d)(?:\d{4}年)(?:1[3-9]|[2-9]\d|0)月")
_SPACED = re.compile(r"\d[ \u3000]+(?=[年月日])|(?<=[年月])[ \u3000]+(?=\d)")
_DOING = (
    r"(?:制定|制订|印发|出台|修订|下发|建立|召开|组织|开展|委托|成立|完成|公布|发布|"
    r"签订|举办|更新|清退|追回|整改|(?:全部|全面)?纠正)"
)
_RULE = r"(?:制定|制订|印发|出台|修订|下发|发布)"
_HISTORY = quick(
    r"(?:根据|按照|依据|依照|遵照|参照|执行|落实|贯彻|针对|原|以前|此前|早在|历史|期间|问题|反馈|指出|规定|自查|经查|核实|核查|查明|当时|曾|发现|反映|对|将)[^，。；]*$"
)
_HISTORY_SENTENCE = quick(
    r"经查|经核实|经核查|经调查|查明|当时|早在|曾于|曾经|历史遗留|历史原因|经审计|建成于|始建|原[一-龥]{0,6}于"
)
_AFTER_DATE = re.compile(r"(?:至|到|以来|起|之前|以前|前|年度|的|签订的|期间|—|-|~|～)")
_LONG_AGO = dt.timedelta(days=540)  # before the inspection: history, whatever the verb


@only_with(DATE, _BAD_MONTH)
def impossible(text: str) -> Iterator[Hit]:
    """2月30日, 13月."""
    for date in dates_in(text):
        if not date.exists and not (date.day is None and _BAD_MONTH.search(date.words)):
            yield Hit(date.start, date.end, f"“{date.words}”这一天不存在")
    for match in _BAD_MONTH.finditer(text):
        if not re.match(r"\d{1,2}日", text[match.end() :]):
            yield Hit(match.start(), match.end(), f"“{match[0]}”不存在")


def weekdays(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """A date beside the wrong day of the week; one without a year is of the year told last, or of the next."""
    year = subject.published.year if subject.published else None
    for i, found in subject.places(_WITH_WEEKDAY):
        for date, at, sign in found:
            if not sign:
                year = date.year or year
                continue
            if year and subject.published:
                year = min(year, subject.published.year)  # told last may be a year to come
            years = [date.year] if date.year else [year, year + 1] if year else []
            days = [day for each in years if (day := replace(date, year=each).first) is not None]
            past = [day for day in days if subject.published is None or day <= subject.published]
            names = ["一二三四五六日"[day.weekday()] for day in past or days]
            if names and sign.replace("天", "日") not in names:
                yield i, Hit(at, at + 1, f"{date.words}是星期{names[0]}", names[0])


_SAME_DAYS = re.compile(
    r"(?:周|星期)(?P<weekday>[一二三四五六日])（(?P<days>\d{1,2}月\d{1,2}日(?:、\d{1,2}月\d{1,2}日)+)）"
)


@only_with(_SAME_DAYS)
def _days_of_a_week(text: str) -> tuple[tuple[int, str, tuple[tuple[int, int], ...]], ...]:
    return tuple(
        (
            m.start("days"),
            m["weekday"],
            tuple((int(a), int(b)) for a, b in re.findall(r"(\d{1,2})月(\d{1,2})日", m["days"])),
        )
        for m in _SAME_DAYS.finditer(text)
    )


_SAME_WEEKDAYS = Reading(_days_of_a_week)


def same_weekdays(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """“每月第一周的周三（8月6日、9月3日、10月2日）”: all of them are that day of the week."""
    year = subject.dated.year if subject.dated else None
    for i, found in subject.places(_SAME_WEEKDAYS) if year else ():
        for at, sign, days in found:
            words = subject.texts[i].text
            dates = [DateTold(0, 0, year, month, day, f"{month}月{day}日").first for month, day in days]
            names = ["一二三四五六日"[date.weekday()] if date else "" for date in dates]
            if names.count(sign) * 2 <= len(names):
                continue  # of another year
            for (month, day), name in zip(days, names, strict=True):
                if name and name != sign:
                    told = f"{month}月{day}日"
                    start = words.find(told, at)
                    yield i, Hit(start, start + len(told), f"{told}是星期{name}，不是星期{sign}")


@only_with(DATE)
def _with_weekday(text: str) -> tuple[tuple[DateTold, int, str], ...]:
    """Dates with the place and sign of the weekday beside them; those with a year also where there is none."""
    found: list[tuple[DateTold, int, str]] = []
    has_weekdays = "周" in text or "星期" in text or "礼拜" in text
    for date in dates_in(text):
        match = _WEEKDAY.match(text, date.end) if has_weekdays and date.day else None
        if match is not None:
            found.append((date, match.start("weekday"), match["weekday"]))
        if date.year:
            found.append((date, 0, ""))
    return tuple(found)


@only_with(_NO_DAY, _NO_YEAR_SIGN, _NO_MONTH)
def incomplete(text: str) -> Iterator[Hit]:
    """9月10召开, 自2016以来, 2024年9日."""
    for match in _NO_DAY.finditer(text):
        yield Hit(match.start(), match.end(), f"“{match['date']}”后缺“日”", f"{match['date']}日")
    for match in _NO_MONTH_SIGN.finditer(text):
        yield Hit(match.start(), match.end(), f"“{match['date']}”后缺“月”", f"{match['date']}月")
    for match in _NO_YEAR_SIGN.finditer(text):
        yield Hit(match.start(), match.end(), f"“{match['year']}”后缺“年”", f"{match['year']}年")
    for match in _NO_MONTH.finditer(text):
        yield Hit(match.start(), match.end(), f"“{match[0]}”缺月份")


_MONTHS_OF_YEAR = re.compile(
    r"(?<!\d)\d{4}年(?P<first>\d{1,2})月(?:份)?起?(?:至|到|—{1,2}|-|–|~|～)(?P<last>\d{1,2})月(?!\d)"
)


@only_with(DATE)
def reversed_spans(text: str) -> Iterator[Hit]:
    """“2024年7月10日至2024年4月2日”: the end stands before the beginning."""
    for one, other in spans_in(text):
        dated = re.match(r"\d{4}|[一二]\w{3}年", other.words)
        if dated and one.first and other.last and other.last < one.first:
            yield Hit(one.start, other.end, f"结束日期“{other.words}”早于开始日期“{one.words}”")
        elif _reversed_in_a_year(one, other) and not re.match(r"次年|翌年", text[one.end + 1 :]):
            yield Hit(one.start, other.end, f"“{text[one.start : other.end]}”结束早于开始，跨年的请写明年份")
    for match in _MONTHS_OF_YEAR.finditer(text):
        if 0 < int(match["first"]) - int(match["last"]) < PLAUSIBLY_AHEAD:
            yield Hit(match.start(), match.end(), f"“{match[0]}”结束早于开始，跨年的请写明年份")


def _reversed_in_a_year(one: DateTold, other: DateTold) -> bool:
    """From July back to June; from December to January goes over the new year."""
    yearless = not re.match(r"\d{4}", other.words) and one.day is not None and other.day is not None
    back = (other.month, other.day or 0) < (one.month, one.day or 0)
    return yearless and back and one.exists and other.exists and one.month - other.month < PLAUSIBLY_AHEAD


_PART_OF_YEAR = quick(
    r"(?P<part>第?[一二三四]季度|[上下]半年)（(?:\d{4}年)?(?P<first>\d{1,2})月?(?:—|-|–|至|到|~|～)(?P<last>\d{1,2})月(?:份)?）"
)
_MONTHS = {"一": (1, 3), "二": (4, 6), "三": (7, 9), "四": (10, 12), "上": (1, 6), "下": (7, 12)}
_LATE_MORNING = re.compile(r"上午(?:1[3-9]|2[0-4])[时点:：]")


@only_with(_PART_OF_YEAR, _LATE_MORNING)
def parts_of_year(text: str) -> Iterator[Hit]:
    """第四季度（7月至9月）, 上午14时: the words and the numbers do not fit."""
    for match in _PART_OF_YEAR.finditer(text):
        first, last = _MONTHS[match["part"].removeprefix("第")[0]]
        if not first <= int(match["first"]) <= int(match["last"]) <= last:
            yield Hit(match.start(), match.end(), f"“{match[0]}”不符，{match['part']}是{first}月至{last}月")
    for match in _LATE_MORNING.finditer(text):
        yield Hit(match.start(), match.end(), f"“{match[0]}”不符，上午不晚于12时")


def spaced(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """2024年9 月: a blank inside a date, told once."""
    places = [(i, span) for i, spans in subject.places(_SPACES) for span in spans]
    if places:
        i, (start, end) = places[0]
        more = f"（共{len(places)}处）" if len(places) > 1 else ""
        yield i, Hit(start, end, f"日期中间有空格{more}")


@only_with(_SPACED)
def _spans_of_spaces(raw: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in _SPACED.finditer(raw))


# --- on which side of the inspection, the feedback, the notice


@dataclass(frozen=True, slots=True)
class _Deed:
    """Something that was done on a date: ``rule`` where a document was made."""

    date: DateTold
    last: dt.date
    rule: bool


def before_inspection(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """A measure dated before the inspection began cannot answer its feedback."""
    begin = subject.facts.inspection_start
    if begin is not None:
        yield from _dated_before(subject, dt.date.min, begin, "巡察开始")


def before_feedback(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """A measure dated after the inspection began, yet before the feedback: 边巡边改 is possible, so it is a warning."""
    feedback = subject.facts.feedback_date
    if feedback is not None:
        yield from _dated_before(subject, subject.facts.inspection_start or dt.date.min, feedback, "巡察反馈")


def _dated_before(subject: Subject, since: dt.date, limit: dt.date, what: str) -> Iterator[tuple[int, Hit]]:
    told = f"{limit.year}年{limit.month}月{limit.day}日"
    for i, deeds in subject.places(_DEEDS):
        for deed in deeds:
            if since <= deed.last < limit and not (deed.last < limit - _LONG_AGO and not deed.rule):
                date = deed.date
                yield i, Hit(date.start, date.end, f"整改措施的日期{date.words}早于{what}（{told}），请核对")


@only_with(DATE)
def _deeds(text: str) -> tuple[_Deed, ...]:
    """Dates on which something was done, each with the last day that it can mean."""
    found: list[_Deed] = []
    for date in dates_in(text):
        if date.last is None:
            continue
        begin = part_begin(text, date.start)
        end = re.compile("[。；]").search(text, date.end)
        sentence = text[begin : end.start() if end else len(text)]
        after = text[date.end : end.start() if end else len(text)][:30]
        before = re.split(r"[。；，]", text[: date.start])[-1]
        rule = re.match(rf"[^，。；的]{{0,14}}?{_RULE}", after) or re.search(rf"{_RULE}[^，。；]{{0,4}}$", before)
        done = rule or re.match(rf"(?:，)?[^，。；的]{{0,12}}?{_DOING}", after)
        if not done or _HISTORY.search(before) or _AFTER_DATE.match(after) or _HISTORY_SENTENCE.search(sentence):
            continue
        if re.search(r"至|到", before[-1:]) or re.match(
            r"[^，。；]{0,20}?(?:的(?:项目|工程|合同|问题|资金|房屋))", after
        ):
            continue
        found.append(_Deed(date, date.last, rule is not None))
    return tuple(found)


def order_of_facts(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """The inspection, its feedback and the notice follow one another."""
    facts = subject.facts
    misread = subject.plan is not None and facts.feedback_date == facts.inspection_start
    steps = (
        (facts.inspection_start, "巡察开始"),
        (facts.inspection_end, "巡察结束"),
        (None if misread else facts.feedback_date, "巡察反馈"),
        (facts.publication_date, "通报"),
    )
    known = [(day, name) for day, name in steps if day is not None]
    for (day, name), (later, other) in pairwise(known):
        if later < day:
            words = f"{later.year}年{later.month}月{later.day}日"
            at = next((i for i, text in enumerate(subject.texts) if words in text.text), -1)
            start = subject.texts[at].text.find(words) if at >= 0 else 0
            message = f"{other}日期{words}早于{name}日期{day.year}年{day.month}月{day.day}日"
            yield at, Hit(start, start + (len(words) if at >= 0 else 0), message)


_WITH_WEEKDAY, _SPACES = Reading(_with_weekday), Reading(_spans_of_spaces, raw=True)
_DEEDS = Reading(_deeds, Role.ANSWER)

RULES: tuple[TextRule | DocumentRule, ...] = (
    TextRule("impossible-date", Family.TIME, Severity.WARNING, impossible),
    DocumentRule("weekday", Family.TIME, Severity.WARNING, weekdays, (_WITH_WEEKDAY,)),
    DocumentRule("weekday", Family.TIME, Severity.WARNING, same_weekdays, (_SAME_WEEKDAYS,)),
    TextRule("incomplete-date", Family.TIME, Severity.WARNING, incomplete),
    TextRule("reversed-span", Family.TIME, Severity.WARNING, reversed_spans),
    TextRule("part-of-year", Family.TIME, Severity.WARNING, parts_of_year),
    DocumentRule("spaced-date", Family.TIME, Severity.WARNING, spaced, (_SPACES,)),
    DocumentRule("before-inspection", Family.TIME, Severity.ERROR, before_inspection, (_DEEDS,)),
    DocumentRule("before-feedback", Family.TIME, Severity.WARNING, before_feedback, (_DEEDS,)),
    DocumentRule("date-order", Family.TIME, Severity.WARNING, order_of_facts),
)
