"""Family 6: what is told as done or as still to come, against the day of the notice (domain.md §9.6)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from zhenggai_desktop.domain.blocks import Kind
from zhenggai_desktop.domain.proofread.clauses import part_begin, sentence_begin
from zhenggai_desktop.domain.proofread.dates import DATE, PLAUSIBLY_AHEAD, DateTold, dates_in
from zhenggai_desktop.domain.proofread.findings import DocumentRule, Family, Hit, Severity
from zhenggai_desktop.domain.proofread.readings import Reading
from zhenggai_desktop.domain.proofread.subject import Subject
from zhenggai_desktop.domain.quick_patterns import only_with, quick

_FUTURE = quick(
    r"(?:预计|计划|拟|力争|争取|将)(?:于|在)?(?:(?P<year>\d{4})年|(?P<this>今年|本年))?(?:(?P<month>\d{1,2})月(?P<part>底|初|中旬|上旬|下旬|份|前|\d{1,2}日)?|(?P<end>年底|年末))(?:前)?"
)
_PAST = quick(r"已|完成了|召开了|印发了|制定了|开展了|组织了|(?:召开|印发|出台|举办)")
_AHEAD = quick(
    r"预计|计划|拟|力争|争取|将|要求|前(?:完成|报|建成|整改)|底前|之前|以前|截止|有效期|到期|期限|为期|至|规划|目标|任务"
)


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
    r"(?:确保|争取|力争|由[^，。；]{2,8})?(?:全部|基本|全面|整体)?(?:完成|整改|到位|建成|落实|销号|投用|投入使用|完工|竣工|解决|办结|收回|开展|组织|召开|取得|实现|见效|启用)"
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
        sentence = text[sentence_begin(text, match.start()) : match.end()]
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
    return bool(match["month"]) and (month - published.month) % 12 > PLAUSIBLY_AHEAD


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
        before = text[part_begin(text, match.start()) : match.start()]
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
                year = published.year if 0 < published.month - month <= PLAUSIBLY_AHEAD else published.year + 1
            if published and 1 <= month <= 12 and (year, month) < (published.year, published.month):
                words = subject.texts[i].text[start:end]
                yield i, Hit(start, end, f"“{words}”在通报发布前已经过去，后文却写尚未完成，请核对")


_FUTURES, _LIMITS = Reading(_futures), Reading(only_with(_LIMIT, _UNTIL, _PUT_OFF)(_limits))
_TOLD_AS_PAST, _PROMISES_TOLD = Reading(_told_as_past), Reading(_promises)

RULES: tuple[DocumentRule, ...] = (
    DocumentRule("after-notice", Family.TIME, Severity.WARNING, after_notice, (_TOLD_AS_PAST,)),
    DocumentRule("past-future", Family.TIME, Severity.WARNING, past_future, (_FUTURES,)),
    DocumentRule("past-promise", Family.TIME, Severity.WARNING, broken_promises, (_PROMISES_TOLD,)),
    DocumentRule("past-limit", Family.TIME, Severity.WARNING, past_limits, (_LIMITS,)),
)
