"""Family 6 in a feedback itself: what it asks for is to be done after it (domain.md §9.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhenggai_desktop.domain.proofread.clauses import part_begin
from zhenggai_desktop.domain.proofread.dates import DateTold
from zhenggai_desktop.domain.proofread.findings import DocumentRule, Family, Hit, Severity
from zhenggai_desktop.domain.proofread.readings import Reading
from zhenggai_desktop.domain.proofread.subject import Subject
from zhenggai_desktop.domain.quick_patterns import only_with, quick
from zhenggai_desktop.domain.records import DocumentKind

_DEMANDED = quick(
    r"(?P<date>(?P<year>20\d\d)年(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日|底|末|初|中旬|上旬|下旬)?)(?:以?前|之前)"
    r"[^，。；]{0,4}(?:完成|整改|追收|追缴|清退|收回|报送|上报|提交|到位|制定|建立|办结|解决|落实|建成|排查|盘点|清理|整治|补[齐办充]|书面|将)"
)
_PAST = re.compile(r"(?:应|原定|计划|原计划|规定|要求)[^，。；]{0,8}$|未|仍|截至|发现")
_DEMANDS = re.compile(
    "提出如下(?:整改)?意见|整改(?:意见|要求|建议)|(?:意见|工作|有关|巡[察视])(?:和)?建议|下一步|有关要求"
)


@only_with(_DEMANDED)
def _demanded(text: str) -> tuple[tuple[int, int, int, int, int | None, str], ...]:
    found: list[tuple[int, int, int, int, int | None, str]] = []
    for match in _DEMANDED.finditer(text):
        begin = part_begin(text, match.start())
        if not _PAST.search(text[begin : match.start()]):
            found.append(
                (
                    *match.span("date"),
                    int(match["year"]),
                    int(match["month"]),
                    int(match["day"]) if match["day"] else None,
                    match["date"],
                )
            )
    return tuple(found)


_DEMANDED_THERE, _HEADS = (
    Reading(_demanded),
    Reading(
        only_with(_DEMANDS, nothing=False)(
            lambda text: (len(text) < 30 or "提出如下" in text) and bool(_DEMANDS.search(text))
        ),
        nothing=False,
    ),
)


def demanded_too_early(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """A feedback of October that asks for something by the end of August."""
    facts = subject.facts
    known = (facts.feedback_date, facts.inspection_end, facts.publication_date)
    given = max((day for day in known if day is not None), default=None)
    if subject.plan is None or given is None or subject.plan.document is not DocumentKind.FEEDBACK:
        return
    heads = [i for i, _ in subject.places(_HEADS)]
    for i, found in subject.places(_DEMANDED_THERE) if heads else ():
        for start, end, year, month, number, words in found if i >= heads[0] else ():
            day = DateTold(start, end, year, month, number, words)
            if day.last is not None and day.last < given:
                what = "巡察结束" if given == facts.inspection_end else "反馈"
                told = f"{given.year}年{given.month}月{given.day}日"
                yield i, Hit(start, end, f"要求完成的时间{words}早于{what}（{told}），请核对")


_SIDE = quick(
    r"(?:巡[察视])?(?P<what>反馈|进驻)(?:意见)?(?P<side>之前|以前|前|之后|以后|后)(?:的|，[^，。；\d]{0,12}?(?:于|在))?(?P<date>(?:(?P<year>20\d\d)年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日)"
)


@only_with(_SIDE)
def _sides(text: str) -> tuple[tuple[int, int, str, str, int, int, int], ...]:
    return tuple(
        (m.start(), m.end(), m["what"], m["side"][-1], int(m["year"] or 0), int(m["month"]), int(m["day"]))
        for m in _SIDE.finditer(text)
    )


_SIDES = Reading(_sides)
_HALF_A_YEAR = 180  # days


def wrong_side(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """“在反馈之前的12月10日召开动员会”, and the feedback was of 29 November."""
    known = {"反馈": subject.feedback_day, "进驻": subject.facts.inspection_start}
    for i, found in subject.places(_SIDES):
        for start, end, what, side, year, month, number in found:
            given = known[what]
            words = subject.texts[i].text[start:end]
            day = DateTold(start, end, year or (given.year if given else None), month, number, words).last
            if given is None or day is None or (not year and abs((day - given).days) > _HALF_A_YEAR):
                continue
            before = side == "前"
            if (before and day > given) or (not before and day < given):
                told = f"{given.year}年{given.month}月{given.day}日"
                yield i, Hit(start, end, f"“{words}”与{what}日期（{told}）的先后不符")


_MADE_FOR_IT = quick(
    r"(?P<year>20\d\d)年(?P<month>\d{1,2})月(?P<day>\d{1,2})日[^，。；]{0,30}(?:依照|根据|按照|对照|针对|围绕)[^，。；]{0,8}反馈[^，。；]{0,8}(?:制定|修订|出台|印发)"
)
_THIS_YEAR = quick(r"(?P<which>今年|去年)(?P<month>\d{1,2})月(?P<day>\d{1,2})日")


@only_with(_MADE_FOR_IT)
def _made_for_it(text: str) -> tuple[tuple[int, int, int, int, int], ...]:
    return tuple(
        (m.start(), m.end(), int(m["year"]), int(m["month"]), int(m["day"])) for m in _MADE_FOR_IT.finditer(text)
    )


@only_with(_THIS_YEAR)
def _this_year(text: str) -> tuple[tuple[int, int, str, int, int], ...]:
    return tuple((*m.span("which"), m["which"], int(m["month"]), int(m["day"])) for m in _THIS_YEAR.finditer(text))


_MADE, _YEARS = Reading(_made_for_it), Reading(_this_year)


def made_before_feedback(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """“2023年9月15日印发的《办法》是依照巡察反馈意见制定的”, and the feedback came a week later."""
    given = subject.feedback_day
    for i, found in subject.places(_MADE) if given else ():
        for start, end, year, month, number in found:
            day = DateTold(start, end, year, month, number, "").last
            if given is not None and day is not None and day < given:
                told = f"{given.year}年{given.month}月{given.day}日"
                yield i, Hit(start, end, f"{year}年{month}月{number}日早于反馈日期（{told}），请核对")


def relative_years(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """“今年6月6日反馈” in a notice of the year after."""
    published = subject.dated
    known = (subject.facts.feedback_date, subject.facts.inspection_start, subject.facts.inspection_end)
    for i, found in subject.places(_YEARS) if published else ():
        for start, end, which, month, day in found:
            same = next((each for each in known if each and (each.month, each.day) == (month, day)), None)
            meant = published.year - (which == "去年") if published else 0
            if same is not None and same.year != meant:
                yield i, Hit(start, end, f"“{which}{month}月{day}日”应为{same.year}年，与通报日期对不上")


RULES: tuple[DocumentRule, ...] = (
    DocumentRule("demanded-early", Family.TIME, Severity.WARNING, demanded_too_early, (_DEMANDED_THERE, _HEADS)),
    DocumentRule("wrong-side", Family.TIME, Severity.WARNING, made_before_feedback, (_MADE,)),
    DocumentRule("wrong-side", Family.TIME, Severity.WARNING, relative_years, (_YEARS,)),
    DocumentRule("wrong-side", Family.TIME, Severity.WARNING, wrong_side, (_SIDES,)),
)
