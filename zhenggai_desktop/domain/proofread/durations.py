"""Family 6: two dates and what is said of the time between them (domain.md §9.6)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from zhenggai_desktop.domain.proofread.dates import DATE, DateTold, dates_in, spans_in
from zhenggai_desktop.domain.proofread.findings import Family, Hit, Severity, TextRule
from zhenggai_desktop.domain.quick_patterns import only_with

_SENTENCE_SIGN = "。；"
_APART = re.compile(
    r"(?:相比|前|后)?[，]?(?:整整|足足|共)?(?P<way>提前|早|晚|推迟|延迟|延后|迟|逾期|超期|超时|滞后)(?:了)?(?P<days>\d{1,3})(?:天|日)(?!内|前)"
)
_COMPARED = re.compile(r"(?:比|较)[^，。；]{0,14}$")
_EARLIER = ("提前", "早")
_MOVED = re.compile(r"(?P<way>推迟|延期|延迟|延后|顺延|推后|延长|延|提前)(?:至|到|了?至)$")
_OF_OLD = re.compile(r"(?:原定|原计划|由|从|原|本应|应于|计划)[^，。；、]{0,10}$")
_LASTING = re.compile(r"(?:[^，。；]{0,16}[，（、])?(?:为期|历时|共计?|前后)(?P<number>\d{1,3})(?P<unit>天|日|个月)")


def _days(one: DateTold, other: DateTold) -> int | None:
    """Days from ``one`` to ``other``; a date without a year is of the year of the other one."""
    year = one.year or other.year or 2023
    first, last = replace(one, year=one.year or year).first, replace(other, year=other.year or year).first
    return (last - first).days if first and last and one.day and other.day else None


@only_with(DATE)
def day_differences(text: str) -> Iterator[Hit]:
    """“10月12日公开，比规定的10月15日晚了3天”: the day is earlier, and the days between are as many as told."""
    dates = dates_in(text)
    for one, other in pairwise(dates):
        between = text[one.end : other.start]
        apart = _APART.match(text, other.end) if _COMPARED.search(between) else None
        days = _days(one, other) if apart and not re.search(f"[{_SENTENCE_SIGN}]", between) else None
        if apart is None or days is None:
            continue
        told = int(apart["days"]) * (1 if apart["way"] in _EARLIER else -1)
        if told != days:
            real = f"早{days}天" if days > 0 else f"晚{-days}天" if days else "同一天"
            message = f"{one.words}与{other.words}相比是{real}，与所写“{apart['way']}{apart['days']}天”不符"
            yield Hit(other.start, apart.end(), message)


@only_with(DATE)
def moved_dates(text: str) -> Iterator[Hit]:
    """“原定9月20日，推迟至9月10日”: what is put off comes later, what is brought forward comes earlier."""
    dates = dates_in(text)
    for one, other in pairwise(dates):
        between = text[one.end : other.start]
        moved = _MOVED.search(between)
        if moved is None or len(between) > 30 or re.search(f"[{_SENTENCE_SIGN}]", between):
            continue
        if not _OF_OLD.search(re.split("[，。；、]", text[: one.start])[-1]):
            continue
        days = _days(one, other)
        if days is None or (other.year is None and abs(days) > 180):
            continue
        if (days <= 0) if moved["way"] != "提前" else (days >= 0):
            words = f"{moved['way']}至{other.words}"
            yield Hit(one.end + moved.start(), other.end, f"由{one.words}“{words}”，先后颠倒，请核对")


_MONTH = 30


@only_with("为期|历时|共|前后")
def lengths(text: str) -> Iterator[Hit]:
    """“3月4日至3月15日，为期20天”: so many days lie between, with the last one or without."""
    for one, other in spans_in(text):
        lasting = _LASTING.match(text, other.end)
        days = _days(one, other) if lasting else None
        if lasting is None or days is None:
            continue
        days += 365 if days < 0 and other.year is None else 0
        number = int(lasting["number"])
        if lasting["unit"] == "个月":
            wrong = abs(days - number * _MONTH) > max(_MONTH * number // 4, 16)
        elif re.match("个?工作", text[lasting.end() :]):
            continue
        else:
            wrong = number not in range(_working_days(one, days), days + 2)
        if wrong and days > 0:
            message = f"{one.words}至{other.words}共{days + 1}天，与所写“{lasting['number']}{lasting['unit']}”不符"
            yield Hit(lasting.start("number"), lasting.end(), message)


_LASTING_FIRST = re.compile(
    r"(?:期限?|为期|历时|公示|公开|公告|挂职|任职|服务)(?:时间|期限)?(?:为|共)?(?P<number>\d{1,3})(?P<unit>天|日|个月|年)"
    r"[，（](?:自|从|即|(?:公示|公开|公告)?(?:时间|期限|期)(?:为|自|从))?$"
)
_LASTING_BEHIND = 18  # signs from the number to the first date
_UNIT_DAYS = {"天": 1, "日": 1, "个月": 30, "年": 365}


@only_with("期|历时|公示|公开|公告|挂职|任职|服务")
def lengths_told_first(text: str) -> Iterator[Hit]:
    """“承包期限5年，自2025年8月1日至2031年7月31日”: the same where the time stands before the dates."""
    for one, other in spans_in(text):
        lasting = _LASTING_FIRST.search(text, max(one.start - _LASTING_BEHIND, 0), one.start)
        if lasting is not None and one.year and other.year and one.day is None and other.day is None:
            yield from _months(one, other, lasting)
        days = _days(one, other) if lasting else None
        if lasting is None or days is None or days < 0:
            continue
        number, unit = int(lasting["number"]), lasting["unit"]
        if unit in ("天", "日"):
            wrong = number not in range(_working_days(one, days), days + 2)
        else:
            wrong = abs(days - number * _UNIT_DAYS[unit]) > max(number * _UNIT_DAYS[unit] // 12, 16)
        if wrong:
            message = f"{one.words}至{other.words}共{days + 1}天，与所写“{number}{unit}”不符"
            yield Hit(lasting.start("number"), lasting.end("unit"), message)


def _months(one: DateTold, other: DateTold, lasting: re.Match[str]) -> Iterator[Hit]:
    """“挂职时间为1年（2025年9月至2027年8月）”: with the last month or without."""
    if lasting["unit"] not in ("年", "个月"):
        return
    months = ((other.year or 0) - (one.year or 0)) * 12 + other.month - one.month
    number = int(lasting["number"]) * (12 if lasting["unit"] == "年" else 1)
    if months > 0 and number not in (months, months + 1):
        message = f"{one.words}至{other.words}共{months + 1}个月，与所写“{lasting['number']}{lasting['unit']}”不符"
        yield Hit(lasting.start("number"), lasting.end("unit"), message)


def _working_days(one: DateTold, days: int) -> int:
    """The fewest days that may be meant: those of work, the holidays that its months can have off."""
    first = replace(one, year=one.year or 2023).first
    if first is None:
        return 0
    working = sum((first + dt.timedelta(days=k)).weekday() < 5 for k in range(days + 1))
    months = {one.month, (first + dt.timedelta(days=days)).month}
    return working - max(map(_holidays, months))


def _holidays(month: int) -> int:
    return 8 if month in (1, 2, 10) else 3 if month in (4, 5, 6, 9) else 0


_STAGE = re.compile(
    r"(?:第(?P<number>[一二三四五六])|首)(?P<kind>期|批|阶段|步|轮|年)[^，。；]{0,10}?(?:(?P<year>20\d\d)年)?(?<!\d)(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?"
)


@only_with("第二[期批阶步轮年]")
def stages(text: str) -> Iterator[Hit]:
    """“第一期于2024年12月底前，第二期于2024年10月底前”: one stage comes after the other."""
    for one, other in pairwise(_STAGE.finditer(text)):
        numbers = ["一二三四五六".find(match["number"] or "一") for match in (one, other)]
        if bool(one["year"]) != bool(other["year"]):
            continue
        if one["kind"] != other["kind"] or numbers[1] != numbers[0] + 1 or "。" in text[one.end() : other.start()]:
            continue
        first, second = ((int(m["year"] or 0), int(m["month"]), int(m["day"] or 0)) for m in (one, other))
        if second[:2] < first[:2] or (second[:2] == first[:2] and 0 < second[2] < first[2]):
            yield Hit(other.start(), other.end(), f"“{other[0]}”早于“{one[0]}”，先后颠倒，请核对")


RULES: tuple[TextRule, ...] = (
    TextRule("day-count", Family.TIME, Severity.WARNING, day_differences),
    TextRule("day-count", Family.TIME, Severity.WARNING, moved_dates),
    TextRule("day-count", Family.TIME, Severity.WARNING, lengths),
    TextRule("day-count", Family.TIME, Severity.WARNING, lengths_told_first),
    TextRule("day-count", Family.TIME, Severity.WARNING, stages),
)
