"""Family 6: dates that cannot be, that are incomplete, or that stand on the wrong side of another (domain.md §9.6)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from zhenggai_desktop.domain.blocks import Kind
from zhenggai_desktop.domain.proofread.dates import DATE, DateTold, dates_in, spans_in
from zhenggai_desktop.domain.proofread.findings import DocumentRule, Family, Hit, Severity, TextRule
from zhenggai_desktop.domain.proofread.readings import Reading, Role
from zhenggai_desktop.domain.proofread.subject import Subject
from zhenggai_desktop.domain.quantities import UNITS
from zhenggai_desktop.domain.quick_patterns import only_with, quick

_WEEKDAY = re.compile(r"[（(，]?(?:星期|周)(?P<weekday>[一二三四五六日天])")
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
_FUTURE = quick(
    r"(?:预计|计划|拟|力争|争取|将)(?:于|在)?(?:(?P<year>\d{4})年|(?P<this>今年|本年))?(?:(?P<month>\d{1,2})月(?P<part>底|初|中旬|上旬|下旬|份|前|\d{1,2}日)?|(?P<end>年底|年末))(?:前)?"
)
_PAST = quick(r"已|完成了|召开了|印发了|制定了|开展了|组织了|(?:召开|印发|出台|举办)")
_AHEAD = quick(
    r"预计|计划|拟|力争|争取|将|要求|前(?:完成|报|建成|整改)|底前|之前|以前|截止|有效期|到期|期限|为期|至|规划|目标|任务"
)
_HISTORY = quick(
    r"(?:根据|按照|依据|依照|遵照|参照|执行|落实|贯彻|针对|原|以前|此前|早在|历史|期间|问题|反馈|指出|规定|自查|经查|核实|核查|查明|当时|曾|发现|反映|对|将)[^，。；]*$"
)
_HISTORY_SENTENCE = quick(
    r"经查|经核实|经核查|经调查|查明|当时|早在|曾于|曾经|历史遗留|历史原因|经审计|建成于|始建|原[一-龥]{0,6}于"
)
_AFTER_DATE = re.compile(r"(?:至|到|以来|起|之前|以前|前|年度|的|签订的|期间|—|-|~|～)")
_PLAUSIBLY_AHEAD = 6  # months: what is told for later than that is more likely a year old
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
        (m.start("days"), m["weekday"], tuple((int(a), int(b)) for a, b in re.findall(r"(\d+)月(\d+)日", m["days"])))
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
    for date in dates_in(text):
        match = _WEEKDAY.match(text, date.end) if date.day else None
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


@only_with(DATE)
def reversed_spans(text: str) -> Iterator[Hit]:
    """“2024年7月10日至2024年4月2日”: the end stands before the beginning."""
    for one, other in spans_in(text):
        dated = re.match(r"\d{4}|[一二]\w{3}年", other.words)
        if dated and one.first and other.last and other.last < one.first:
            yield Hit(one.start, other.end, f"结束日期“{other.words}”早于开始日期“{one.words}”")
        elif _reversed_in_a_year(one, other) and not re.match(r"次年|翌年", text[one.end + 1 :]):
            yield Hit(one.start, other.end, f"“{text[one.start : other.end]}”结束早于开始，跨年的请写明年份")


def _reversed_in_a_year(one: DateTold, other: DateTold) -> bool:
    """From July back to June; from December to January goes over the new year."""
    yearless = not re.match(r"\d{4}", other.words) and one.day is not None and other.day is not None
    back = (other.month, other.day or 0) < (one.month, one.day or 0)
    return yearless and back and one.exists and other.exists and one.month - other.month < _PLAUSIBLY_AHEAD


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
        begin = max(text.rfind("。", 0, date.start), text.rfind("；", 0, date.start)) + 1
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


def after_notice(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """Something told as done on a day that the notice has not reached."""
    published = subject.published
    if published is None or subject.dated is None:
        return
    for i, found in subject.places(_TOLD_AS_PAST):
        for date in found if subject.texts[i].anchor is not None else ():
            if date.first is not None and date.first > published:
                yield i, Hit(date.start, date.end, f"“{date.words}”晚于通报日期，却写为已经完成")


@only_with(DATE)
def _told_as_past(text: str) -> tuple[DateTold, ...]:
    found: list[DateTold] = []
    for date in dates_in(text):
        before = re.split(r"[。；，]", text[: date.start])[-1]
        clause = before + re.split(r"[。；，]", text[date.end :])[0]
        done = (_PAST.search(clause) or _is_done_then(text, date)) and not _AHEAD.search(clause)
        limit = text.startswith(("底前", "前", "底以前"), date.end)
        if date.year and (done or (before.endswith(("截至", "截至目前")) and not limit)):
            found.append(date)
    return tuple(found)


_DONE_THEN = re.compile("(?:召开|完成|印发|开展|组织|举办|出台|修订|收回|清退|追回|建成|拆除|整改到位)")


def _is_done_then(text: str, date: DateTold) -> bool:
    """“局党组于2025年11月28日完成…”: without a word of what is to come it is told as done."""
    if not text.endswith("于", 0, date.start) or text.endswith(("定于", "拟于", "将于"), 0, date.start):
        return False
    return date.day is not None and _DONE_THEN.match(text, date.end) is not None


_PROMISED = re.compile(
    r"(?P<year>20\d\d)年(?:(?P<month>\d{1,2})月)?(?:\d{1,2}日)?(?:上半年|年?底|底|末|初|中旬)?(?:以?前|之前)"
    r"(?:确保|争取|力争|由[^，。；]{2,8})?(?:全部|基本|全面|整体)?(?:完成|整改|到位|建成|落实|销号|投用|投入使用|完工|竣工|解决|办结|收回|开展|组织|召开)"
)
_PROMISES = re.compile(
    r"并于|将|确保|力争|争取|计划|拟|预计|尚未|正在|下一步|继续|加大|持续|加快|仍需|督促|挂牌督办|未完成的|限期"
)
_OPEN_CLAUSE = re.compile(r"^(?:其余|剩余|余下|剩下|尚|仍|未|预计|计划|将|力争|拟|确保)")
_KEPT = re.compile(r"已|了|问题$|指出|要求(?!.*将)|原|规定")


@only_with(_PROMISED)
def _promises(text: str) -> tuple[tuple[int, int, int, int], ...]:
    """“将加大力度，2022年12月底前全部完成”: place, year and month of what is promised."""
    found: list[tuple[int, int, int, int]] = []
    for match in _PROMISED.finditer(text):
        sentence = text[text.rfind("。", 0, match.start()) + 1 : match.end()]
        tail = re.split("[。；，]", text[match.end() :])[0]
        clause = re.split("[，；]", sentence)[-1]
        if _OPEN_CLAUSE.search(clause):
            sentence = clause  # “已整改70个，其余3个将于…前完成”
        if _PROMISES.search(sentence) and not _KEPT.search(sentence + tail):
            found.append((*match.span(), int(match["year"]), int(match["month"] or 12)))
    return tuple(found)


def broken_promises(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """A day that is promised and was past before the notice: mostly last year's number of the year."""
    published = subject.dated
    for i, promises in subject.places(_PROMISES_TOLD) if published else ():
        text = subject.texts[i]
        for start, end, year, month in promises if text.anchor else ():
            if published and 1 <= month <= 12 and (year, month) < (published.year, published.month):
                yield i, Hit(start, end, f"“{text.text[start:end]}”在通报发布前已经过去，请核对日期或完成情况")


def past_future(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """“预计12月底进场” in a notice of March: told as ahead, but most likely past."""
    published = subject.published
    if published is None:
        return
    for i, matches in subject.places(_FUTURES):
        text = subject.texts[i]
        for match in matches if text.kind is not Kind.TITLE and not text.is_contact else ():
            if not text.is_answer and not (match["year"] or match["this"]):
                continue  # of a narrative nobody knows from which month it looks ahead
            if _is_past(match, published):
                yield i, Hit(match.start(), match.end(), f"“{match[0]}”在通报发布时可能已经过去，请核对是否已经完成")


@only_with(_FUTURE)
def _futures(text: str) -> tuple[re.Match[str], ...]:
    return tuple(
        match
        for match in _FUTURE.finditer(text)
        if not _OLD_PLAN.search(re.split(r"[。；，]", text[: match.end()])[-1])
        and not _OLD_FINDING.search(re.split(r"[。；]", text[: match.start()])[-1])
        and not _CAME_TRUE.search(re.split(r"[。；]", text[match.end() :])[0])
    )


_OLD_PLAN = re.compile(r"发现|指出|原$|原计划|规定")
_OLD_FINDING = re.compile(r"发现.{0,4}存在|指出|反馈的|原计划")
_CAME_TRUE = re.compile(r"实际|提前|如期|按期|已于|现已|但|仍未|至今|逾期|滞后")


def _is_past(match: re.Match[str], published: dt.date) -> bool:
    year, month = int(match["year"] or 0), int(match["month"] or 12)
    if not 1 <= month <= 12:
        return False
    if match["this"] and match["month"]:
        year = published.year
    if year:
        return (year, month) < (published.year, published.month)
    return bool(match["month"]) and (month - published.month) % 12 > _PLAUSIBLY_AHEAD


_LIMIT = re.compile(
    r"(?:整改|完成|办理|办结)?(?:时限|期限|时间)(?:为|是|[：:])?(?:于|在)?(?P<year>20\d\d)年(?P<month>\d{1,2})月(?:\d{1,2}日|底|初|中旬|上旬|下旬|份)?(?:以?前|之前)?"
)
_NOT_YET = re.compile(
    r"(?:目前|现|仍|尚|该项整改|此项整改)?(?:正在(?:有序|加快|抓紧|积极|持续)?(?:推进|整改|办理|实施|进行)|尚未(?:完成|整改|启动)|未完成|推进中|整改中|未启动)"
)


def _limits(text: str) -> tuple[tuple[int, int, int, int], ...]:
    """Deadlines with words behind them that say that it is not done: place, year and month."""
    found: list[tuple[int, int, int, int]] = []
    for match in _LIMIT.finditer(text):
        behind = re.split("(?:整改|反馈)?问题[：:]|整改目标", text[match.end() :])[0]
        if _NOT_YET.search(behind[:_REACH_OF_LIMIT]) and not re.search(
            "延期|顺延|调整至|延长", behind[:_REACH_OF_LIMIT]
        ):
            found.append((*match.span(), int(match["year"]), int(match["month"])))
    for match in _UNTIL.finditer(text):
        before = text[max(text.rfind(sign, 0, match.start()) for sign in "。；") + 1 : match.start()]
        if not re.search("要求|原计划|指出|原定|应于(?!.*现正)|规定|发现|逾期|超期", before + match[0]):
            found.append((*match.span("date"), int(match["year"]), int(match["month"])))
    found += [(*match.span(), 0, int(match["month"])) for match in _PUT_OFF.finditer(text)]
    return tuple(found)


_PUT_OFF = re.compile(
    r"(?:延期|推迟|顺延|延长|延)(?:至|到)(?P<month>\d{1,2})月(?:底|末|初|中旬|\d{1,2}日)?(?:以?前)?，(?:目前|现|但)?(?:正|尚未|仍)"
)
_UNTIL = re.compile(
    r"(?P<date>(?P<year>20\d\d)年(?P<month>\d{1,2})月(?:\d{1,2}日|底|末|中旬|初)?(?:以?前|之前))"
    r"(?:全部|全面|基本)?(?:完成|完工|竣工|建成|整改|到位|投用|办结|拆除|交付|拨付|支付|发放|兑付|清退|收回|开工|轮岗|交流|启用|上线|投运|搬迁|签订)[^，。；]{0,6}，(?:目前|现|但)?(?:正在|尚未|仍在|正有序|正组织|正按期|正实施|正推进)"
)
_REACH_OF_LIMIT = 120  # characters


def past_limits(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """“整改时限2024年10月底前，目前正在推进” in a notice of January: the deadline has passed."""
    published = subject.dated
    for i, found in subject.places(_LIMITS) if published else ():
        for start, end, told_year, month in found:
            year = told_year
            if not year and published:  # of the notice's own year, or of the one to come
                year = published.year if 0 < published.month - month <= _PLAUSIBLY_AHEAD else published.year + 1
            if published and 1 <= month <= 12 and (year, month) < (published.year, published.month):
                words = subject.texts[i].text[start:end]
                yield i, Hit(start, end, f"“{words}”在通报发布前已经过去，后文却写尚未完成，请核对")


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
_DEEDS, _FUTURES = Reading(_deeds, Role.ANSWER), Reading(_futures)
_LIMITS = Reading(only_with(_LIMIT, _UNTIL, _PUT_OFF)(_limits))
_TOLD_AS_PAST, _PROMISES_TOLD = Reading(_told_as_past), Reading(_promises)

RULES: tuple[TextRule | DocumentRule, ...] = (
    TextRule("impossible-date", Family.TIME, Severity.WARNING, impossible),
    DocumentRule("weekday", Family.TIME, Severity.WARNING, weekdays, (_WITH_WEEKDAY,)),
    DocumentRule("weekday", Family.TIME, Severity.WARNING, same_weekdays, (_SAME_WEEKDAYS,)),
    TextRule("incomplete-date", Family.TIME, Severity.WARNING, incomplete),
    TextRule("reversed-span", Family.TIME, Severity.WARNING, reversed_spans),
    DocumentRule("spaced-date", Family.TIME, Severity.WARNING, spaced, (_SPACES,)),
    DocumentRule("before-inspection", Family.TIME, Severity.ERROR, before_inspection, (_DEEDS,)),
    DocumentRule("before-feedback", Family.TIME, Severity.WARNING, before_feedback, (_DEEDS,)),
    DocumentRule("after-notice", Family.TIME, Severity.WARNING, after_notice, (_TOLD_AS_PAST,)),
    DocumentRule("past-future", Family.TIME, Severity.WARNING, past_future, (_FUTURES,)),
    DocumentRule("past-promise", Family.TIME, Severity.WARNING, broken_promises, (_PROMISES_TOLD,)),
    DocumentRule("past-limit", Family.TIME, Severity.WARNING, past_limits, (_LIMITS,)),
    DocumentRule("date-order", Family.TIME, Severity.WARNING, order_of_facts),
)
