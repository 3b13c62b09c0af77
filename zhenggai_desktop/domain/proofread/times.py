"""Family 6: dates that cannot be, that are incomplete, or that stand on the wrong side of another (domain.md §9.6)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from zhenggai_desktop.domain.deadlines import month_end
from zhenggai_desktop.domain.proofread.findings import DocumentRule, Family, Hit, Severity, TextRule
from zhenggai_desktop.domain.proofread.subject import Subject, Text
from zhenggai_desktop.domain.quantities import UNITS

_FULL = re.compile(r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?")
_ANY = re.compile(r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_WEEKDAY = re.compile(
    r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日[（(，]?(?:星期|周)(?P<weekday>[一二三四五六日天])"
)
_COUNTED = "".join(unit for unit in UNITS if len(unit) == 1)
_NO_DAY = re.compile(
    r"(?<![\d年])(?P<date>(?:\d{4}年)?(?:1[0-2]|[1-9])月(?:3[01]|[12]\d|[1-9]))(?=[一-龥])"
    rf"(?![日号至到月余多大小{_COUNTED}])"
)
_NO_YEAR_SIGN = re.compile(r"(?<=[自从于截至])(?P<year>20[0-3]\d)(?=以来|起|至今|开始)")
_SPACED = re.compile(r"\d[ \u3000]+(?=[年月日])|(?<=[年月])[ \u3000]+(?=\d)")
_DOING = r"(?:制定|印发|出台|修订|下发|建立|召开|组织|开展|委托|成立|完成|公布|发布|签订|举办|更新)"
_RULE = r"(?:制定|印发|出台|修订|下发|发布)"
_FUTURE = re.compile(
    r"(?:预计|计划|拟|力争|争取|将)(?:于|在)?(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<part>底|初|中旬|上旬|下旬|份|前|\d{1,2}日)?"
)
_PAST = re.compile(r"已|完成了|召开了|印发了|制定了|开展了")
_HISTORY = re.compile(r"(?:根据|按照|依据|依照|针对|原|以前|此前|历史|期间|问题|反馈|指出|规定|自查)[^，。；]*$")
_PLAUSIBLY_AHEAD = 6  # months: what is told for later than that is more likely a year old


def impossible(text: str) -> Iterator[Hit]:
    """2月30日, 13月."""
    for match in _ANY.finditer(text):
        if not _exists(int(match["year"] or 2024), int(match["month"]), int(match["day"])):
            yield Hit(match.start(), match.end(), f"“{match[0]}”这一天不存在")


def _exists(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def weekday(text: str) -> Iterator[Hit]:
    """A date beside the wrong day of the week."""
    for match in _WEEKDAY.finditer(text):
        year, month, day = (int(match[name]) for name in ("year", "month", "day"))
        if not _exists(year, month, day):
            continue
        real = "一二三四五六日"[dt.date(year, month, day).weekday()]
        if real != match["weekday"].replace("天", "日"):
            at = match.start("weekday")
            yield Hit(at, at + 1, f"{year}年{month}月{day}日是星期{real}", real)


def incomplete(text: str) -> Iterator[Hit]:
    """9月10召开, 自2016以来."""
    for match in _NO_DAY.finditer(text):
        yield Hit(match.start(), match.end(), f"“{match['date']}”后缺“日”", f"{match['date']}日")
    for match in _NO_YEAR_SIGN.finditer(text):
        yield Hit(match.start(), match.end(), f"“{match['year']}”后缺“年”", f"{match['year']}年")


def spaced(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """2024年9 月: a blank inside a date, told once."""
    places = [(i, match) for i, text in enumerate(subject.texts) for match in _SPACED.finditer(text.raw)]
    if places:
        i, match = places[0]
        more = f"（共{len(places)}处）" if len(places) > 1 else ""
        yield i, Hit(match.start(), match.end(), f"日期中间有空格{more}")


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
    for i, text in enumerate(subject.texts):
        for match, latest in _deeds(text) if text.is_answer else ():
            if since <= latest < limit:
                yield i, Hit(match.start(), match.end(), f"整改措施的日期{match[0]}早于{what}（{told}），请核对")


def _deeds(text: Text) -> Iterator[tuple[re.Match[str], dt.date]]:
    """Dates on which something was done, each with the last day that it can mean."""
    for match in _FULL.finditer(text.text):
        clause_end = re.compile(r"[。；]").search(text.text, match.end())
        after = text.text[match.end() : clause_end.start() if clause_end else None][:30]
        before = re.split(r"[。；，]", text.text[: match.start()])[-1]
        done = re.match(rf"(?:，)?[^，。；]{{0,12}}?{_DOING}", after) or re.search(rf"{_RULE}[^，。；]{{0,4}}$", before)
        if not done or _HISTORY.search(before) or re.match(r"(?:至|到|以来|起|之前|以前|前|年度)", after):
            continue
        year, month = int(match["year"]), int(match["month"])
        if 1 <= month <= 12:
            exact = match["day"] is not None and _exists(year, month, int(match["day"]))
            yield match, dt.date(year, month, int(match["day"])) if exact else month_end(year, month)


def after_notice(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """Something told as done on a day that the notice has not reached."""
    published = subject.published
    if published is None:
        return
    for i, text in enumerate(subject.texts):
        for match in _FULL.finditer(text.text) if text.is_answer else ():
            year, month, day = int(match["year"]), int(match["month"]), int(match["day"] or 1)
            clause = (
                re.split(r"[。；，]", text.text[: match.start()])[-1]
                + re.split(r"[。；，]", text.text[match.end() :])[0]
            )
            if _exists(year, month, day) and dt.date(year, month, day) > published and _PAST.search(clause):
                yield i, Hit(match.start(), match.end(), f"“{match[0]}”晚于通报日期，却写为已经完成")


def past_future(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """“预计12月底进场” in a notice of March: told as ahead, but most likely past."""
    published = subject.published
    if published is None:
        return
    for i, text in enumerate(subject.texts):
        for match in _FUTURE.finditer(text.text) if text.is_answer else ():
            month = int(match["month"])
            if not 1 <= month <= 12:
                continue
            ahead = (month - published.month) % 12
            past = _month_past(int(match["year"]), month, published) if match["year"] else ahead > _PLAUSIBLY_AHEAD
            if past:
                yield i, Hit(match.start(), match.end(), f"“{match[0]}”在通报发布时可能已经过去，请核对是否已经完成")


def _month_past(year: int, month: int, published: dt.date) -> bool:
    return (year, month) < (published.year, published.month)


RULES: tuple[TextRule | DocumentRule, ...] = (
    TextRule("impossible-date", Family.TIME, Severity.WARNING, impossible),
    TextRule("weekday", Family.TIME, Severity.WARNING, weekday),
    TextRule("incomplete-date", Family.TIME, Severity.WARNING, incomplete),
    DocumentRule("spaced-date", Family.TIME, Severity.WARNING, spaced),
    DocumentRule("before-inspection", Family.TIME, Severity.ERROR, before_inspection),
    DocumentRule("before-feedback", Family.TIME, Severity.WARNING, before_feedback),
    DocumentRule("after-notice", Family.TIME, Severity.WARNING, after_notice),
    DocumentRule("past-future", Family.TIME, Severity.WARNING, past_future),
)
