"""By when a feedback document asks for the plan, the end of concentrated rectification and the report (domain.md §3).

A day is counted from the feedback (“1个月内报送整改方案”), from another day that the text states (“自4月1日起30日内”),
from the end of the concentrated period (“到期一周内”), or it is named (“7月10日前”). Working days need the calendar of
public holidays and give none, nor do periods that run from what has no day yet (“方案审定后10日内”).
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace

from zhenggai_desktop.domain.deadlines import add_months
from zhenggai_desktop.domain.numbering import parse_chinese_numeral
from zhenggai_desktop.domain.records import LedgerFacts

_NUMBER = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
_UNIT = "(?:个月|个?星期|周|个?(?:自然|日历)?日|天)"
_DUE = re.compile(rf"(?:(?P<number>{_NUMBER})(?P<unit>{_UNIT})|(?P<half>(?<![上下])半年))(?:的?时间)?(?:之|以)?内")
_CONCENTRATED = re.compile(
    rf"集中整改(?:期|时间|期限)?(?:限|一般|原则上)?(?:为|是)?(?P<number>{_NUMBER})(?P<unit>{_UNIT})|"
    rf"(?P<n2>{_NUMBER})(?P<u2>{_UNIT})的?集中整改"
)
_DAY = r"(?:(\d{4})年)?(\d{1,2})月(?:(\d{1,2})日)?"
_SPAN = re.compile(rf"(?<!年)集中整改[^。；\d]{{0,14}}{_DAY}(?:起|开始)?，?(?:至|到|—+|-|~|～){_DAY}")
_BY_DAY = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(?:(\d{1,2})日|底)(?:之|以)?前")
_BLAMES = re.compile("未|没有|逾期|超期|迟报|不及时")
_ASKED = re.compile("[将把].*方案|报送|提交|上报|报告|制[定订]|报|集中整改")
_ENDS = re.compile(
    r"完成集中整改(?:工作|任务)?(?![一-龥])|"
    r"集中整改(?:工作|任务)?(?:[^，。；]{0,16}前)?应?(?:基本|全面|全部)?(?:完成|结束)(?!之?后)"
)
_AFTER_THE_END = re.compile(r"(?:集中整改(?:期)?(?:结束|完成|到期|期满)|到期|期满)后?")
_FROM = re.compile("(?:起|后)[于在]?$")
_FROM_FEEDBACK = re.compile("反馈|收到|接到|(?<![委组办])会后|[今此]后")
_FROM_DAY = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日(?:之日)?起[于在]?$")
_PARTED = re.compile(  # 6月20日前完成集中整改并于7月5日前报送 asks for two things
    rf"，|(?<=方案)、|、(?=[于在]?(?:\d|{_NUMBER}{_UNIT}))|并(?=[于在]?[^，、]{{0,6}}(?:\d{{1,2}}月|{_NUMBER}{_UNIT}))"
)
_LEADS_ON = re.compile("[内前起后]$")


def read_due_periods(facts: LedgerFacts, text: str) -> LedgerFacts:
    """``facts`` with the days by which plan and report are due, and on which concentrated rectification ends."""
    start = facts.feedback_date
    end = _end_of_span(start, text) or _end_of_period(start, text)
    facts = replace(facts, concentrated_end=facts.concentrated_end or end)
    for clause in _clauses(text):
        due = _due_in(clause, start, facts.concentrated_end) if _ASKED.search(clause) else None
        if due is None:
            continue
        if _ENDS.search(clause):
            facts = replace(facts, concentrated_end=facts.concentrated_end or due)
        elif "方案" in clause and facts.plan_due is None:
            facts = replace(facts, plan_due=due)
        elif "方案" not in clause and re.search(r"进展|报告|情况", clause) and facts.report_due is None:
            facts = replace(facts, report_due=due, concentrated_end=facts.concentrated_end or due)
    return facts


def _clauses(text: str) -> Iterator[str]:
    """What is asked for, one thing each, with the period that a comma parts from it (“两个月内，报送整改方案”)."""
    for sentence in re.split(r"[。；\n]", text):
        before = ""
        for part in _PARTED.split(sentence):
            clause = before + part
            before = clause if _LEADS_ON.search(clause) and not _asks(clause) else ""
            if not before:
                yield clause


def _asks(clause: str) -> bool:
    """True for a clause that names what is due: what stands behind its period, or in it where it has none."""
    behind = max((found.end() for like in (_DUE, _BY_DAY) for found in like.finditer(clause)), default=0)
    return behind < len(clause) and _ASKED.search(clause[behind:]) is not None and not _FROM.search(clause)


def _end_of_period(start: dt.date | None, text: str) -> dt.date | None:
    period = _CONCENTRATED.search(text)
    return _later(start, period["number"] or period["n2"], period["unit"] or period["u2"]) if period and start else None


def _end_of_span(start: dt.date | None, text: str) -> dt.date | None:
    """The second day of 集中整改时间为3月20日至6月20日; None for a period that was over before the feedback."""
    sentences = (sentence for sentence in re.split(r"[。；\n]", text) if not _BLAMES.search(sentence))
    span = next((found for sentence in sentences if (found := _SPAN.search(sentence))), None)
    if span is None or start is None:
        return None
    year, month, _, own_year, own_month, day = span.groups()
    first = _day_from(start.replace(day=1), int(year or 0), int(month), 1)
    return _day_from(max(first, start), int(own_year or 0), int(own_month), int(day or 0)) if first else None


def _due_in(clause: str, start: dt.date | None, end: dt.date | None) -> dt.date | None:
    """The day of one clause that asks for something; one that blames (“未在15日内报送”) has none."""
    if _BLAMES.search(clause):
        return None
    named = _BY_DAY.search(clause)
    if named is not None:
        year, month, day = named.groups()
        return _day_from(start, int(year or 0), int(month), int(day or 0))
    counted = _DUE.search(clause)
    if counted is None:
        return None
    base = _begun(clause[: counted.start()], start, end)
    return _later(base, counted["number"] or "", counted["unit"] or counted["half"]) if base else None


def _begun(lead: str, start: dt.date | None, end: dt.date | None) -> dt.date | None:
    """The day from which a period is counted by the words before it; None where that day is not known."""
    if "每" in lead:
        return None
    if _AFTER_THE_END.search(lead):
        return end
    if stated := _FROM_DAY.search(lead):
        year, month, day = stated.groups()
        return _day_from(start, int(year or 0), int(month), int(day))
    return start if not _FROM.search(lead) or _FROM_FEEDBACK.search(lead) else None


def _day_from(start: dt.date | None, year: int, month: int, day: int) -> dt.date | None:
    """A day on or after ``start``, in the next such month where ``year`` is 0; day 0 is the month's last.

    Without a ``start`` only a day with its year is known.
    """
    if start is None and not year:
        return None
    start = start or dt.date(year, 1, 1)
    for known in (year,) if year else (start.year, start.year + 1):
        if known >= dt.MAXYEAR or not 1 <= month <= 12 or day > (last := monthrange(known, month)[1]):
            return None
        if (found := dt.date(known, month, day or last)) >= start:
            return found
    return None


def _later(start: dt.date, number: str, unit: str) -> dt.date | None:
    if unit == "半年":
        return add_months(start, 6)
    count = int(number) if number.isdigit() else parse_chinese_numeral(number)
    if not count:
        return None
    weeks = unit.endswith(("周", "星期"))
    return add_months(start, count) if unit == "个月" else start + dt.timedelta(days=count * (7 if weeks else 1))
