"""Deadlines: what clerks write (“2025年底前”, “反馈后三个月内”, “立行立改，长期坚持”) ↔ a date to watch.

The text is the deadline and is kept as written; the date is read from it where one can be read, and only then.
Choices where offices differ: “2025年6月前” means by the end of June; a month without a year is the first such month
that is not before the feedback's month; a range or a chain of dates counts by its last one, and a day from which
something is done (“2025年4月1日起”) is none of them; working days and periods that run from something else than the
feedback or a stated day (“方案印发后一个月内”), and what happens in a year without a day of its own (“2025年汛期前”),
give no date.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from zhenggai_desktop.domain.numbering import parse_chinese_numeral
from zhenggai_desktop.domain.records import Track


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline as written, with what could be read from it. ``standing`` is 长期坚持."""

    text: str
    due_on: dt.date | None = None
    track: Track | None = None
    standing: bool = False


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month; a month over 12 or under 1 raises ValueError."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def add_months(start: dt.date, months: int) -> dt.date:
    """The same day ``months`` later, or the last day of that month where it is shorter (31 January + 1: 28 or 29
    February). Raises ValueError past the year 9999."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = month_end(year, month + 1)
    return last.replace(day=min(start.day, last.day))


def write_deadline(due_on: dt.date) -> str:
    """A date as clerks write it: 2025年底前, 2025年6月底前, 2025年6月15日前; reading gives the date again."""
    if due_on != month_end(due_on.year, due_on.month):
        return f"{due_on.year}年{due_on.month}月{due_on.day}日前"
    return f"{due_on.year}年底前" if due_on.month == 12 else f"{due_on.year}年{due_on.month}月底前"


def deadline_words(text: str, due_on: dt.date | None) -> str:
    """A deadline's text or, without one, its date as clerks write it; "" where neither is known."""
    return text or (write_deadline(due_on) if due_on else "")


_STANDING = re.compile("(?<!中)长期|持续(?![^,;]*至)|常态化|一以贯之|坚持不懈")
_IMMEDIATE = re.compile(
    "立行立改|立查立改|立整立改|立知立改|即知即改|即查即改|边查边改|边巡边改|立即|即时|即刻|当即|当场"
)
_STAGED = re.compile("分阶段|分步|分期|分批|分年度")
_DATED = re.compile("限期|按期|限时")


@lru_cache(maxsize=4096)  # a ledger has few different deadlines, each many times
def read_deadline(
    text: str,
    *,
    feedback_date: dt.date | None = None,
    today: dt.date | None = None,
    decided_on: dt.date | None = None,
) -> Deadline:
    """What a deadline's text says.

    ``feedback_date`` is where periods (“2个月内”) begin and, with ``today`` as the second choice, what a date without a
    year refers to; without both such texts give no date. An impossible date (2025年2月30日) gives none either. A
    deadline that was set later than the feedback, by an extension, means the first such month from ``decided_on`` on.
    """
    words = _normalised(text)
    begun = decided_on or feedback_date
    found, due_on, start = _last_date(words, begun or today, roll=begun is not None)
    if start is not None and due_on is None:
        due_on = _period_end(words, start, stated=True)[1]
    elif not found:
        found, due_on = _period_end(words, feedback_date)
    return Deadline(text.strip(), due_on, _track(words, dated=found), bool(_STANDING.search(words)))


def _track(words: str, *, dated: bool) -> Track | None:
    if _IMMEDIATE.search(words):
        return Track.IMMEDIATE
    if _STAGED.search(words):
        return Track.STAGED
    return Track.DATED if dated or _DATED.search(words) else None


# --- one spelling for all digits and spaces

_SPACE = re.compile(r"(?<!\d)\s+|\s+(?!\d)")
_NUMERAL = re.compile("[零〇○一二两三四五六七八九十百]+(?=年|个|月|日|号|天|周|季度|星期)")
_PERIOD_MONTH = re.compile(r"(?<=[后起])(\d{1,2})月(?=之?内|以内|$)|(?<!\d)(\d{1,2})月(?=时间)")
_MONTH_NUMBER = r"(?:0?[1-9]|1[0-2])"
_SHORT_DAY = re.compile(rf"(?<![\d.])([23]\d)(?=([-./]){_MONTH_NUMBER}\2\d{{1,2}}(?!\d|\2))")  # 25.6.30
_SHORT_MONTH = re.compile(  # 25.6 where it is all there is, or one end of a range
    rf"(?:^|(?<=[-—–~至到]))([23]\d)(?=[./]{_MONTH_NUMBER}(?:$|[月前底]|[-—–~至到](?:20)?[23]\d[./]))"
)
_TYPED = re.compile(r"(?<!\d)(20\d\d)。(\d{1,2})。(\d{1,2})(?!\d)")  # with the stop of Chinese typing
_LONGEST = 300  # characters; no deadline is longer


def _normalised(text: str) -> str:
    """Digits half-width and Arabic, no spaces but between two digits (“2025-06-30 00:00” must not glue)."""
    words = _SPACE.sub("", unicodedata.normalize("NFKC", text[:_LONGEST]).strip())
    words = _SHORT_DAY.sub(r"20\1", _SHORT_MONTH.sub(r"20\1", _TYPED.sub(r"\1.\2.\3", words)))
    words = words.replace("两月", "两个月")
    words = _NUMERAL.sub(_arabic, words)
    return _PERIOD_MONTH.sub(lambda match: f"{match[1] or match[2]}个月", words)


def _arabic(match: re.Match[str]) -> str:
    value = parse_chinese_numeral(match[0].replace("○", "〇"))
    return match[0] if value is None else str(value)


# --- dates that stand in the text

_TO = "[-—–~、/和及与至到]"  # between the numbers of a range or list: 3-5月, 3、4月份, 15至20日
_NUMBERS = (
    rf"(?: 第? [\d一二三四五六七八九十]{{1,2}} {_TO}+ )* 第? \d{{1,2}} (?: 月 | 季度 )"  # only the last is Arabic
)
_EVENT = r"""度? (?:
    春节|元旦|清明|端午|中秋|国庆|五一|七一|八一|十一|两会|汛期|主汛|[春夏秋冬]季|暑假|寒假
    | (?: (?! 完成|整改|到位|解决|落实|建成|办结|销号|底|末|内|长期|持续 ) [一-龥“”] ){2,8}
      (?: 之?前(?![期段提列述]) | 之?后 | 以[前后] | 期间 )
)"""
_DATE = re.compile(
    rf"""
    (?<![\d.]) (?P<y1>(?:19|20)\d{{2}}) (?P<sep>[-./]) (?P<m1>\d{{1,2}}) (?: (?P=sep) (?P<d1>\d{{1,2}}) )? (?!\d)
      (?: [-—–~、至到] (?P<to1>\d{{1,2}} (?: [./] \d{{1,2}} )?) (?=[日号前之以底末完,;、)。]|$) )?
    | (?<!\d) (?P<of_year>\d{{4}} | \d{{2}}(?=年前?{_NUMBERS}) | [今本当明次去]) 年度? 的? 前?
      (?= (?! \d{{1,2}} 月 ) {_NUMBERS} )
    | (?<!\d) (?P<eventful>\d{{4}}) 年 (?= {_EVENT} )
    | (?<!\d) (?P<packed>20\d{{6}}) (?!\d)
    | ^ (?P<m2>\d{{1,2}}) [./] (?P<d2>\d{{1,2}}) 日? (?: 之?前 | 以前 )? (?=$|完成)
    | (?<!每) (?<!每年)
      (?: (?: (?<!\d) (?P<year>\d{{4}} | \d{{2}}(?=年(?:\d|[底末上下第]))) | (?P<named>[今本当明次去]) ) 年度? 的? )?
      (?:
        (?<!\d) (?P<month>\d{{1,2}}) 月份?
        (?: (?P<day>\d{{1,2}}) [日号]? (?![\d个]) (?: 前? {_TO} (?P<to>\d{{1,2}}) [日号](?!之?内) )*
          | (?P<part>上旬|中旬|下旬|初|中|底|末) )?
        | (?:第|(?<!\d)) (?P<quarter>\d) 季度
        | (?P<half>[上下]) 半年
      )
    | (?<!\d) (?P<whole>\d{{4}} | \d{{2}}(?=年年?[底末])) 年 (?! 初 | 以?来 )
    | (?P<named_whole>[今本当明次]) 年 (?: 度?内 | 年?底 | 末 | 度 )
    | (?<![每半\d今本当明次]) (?P<bare>年 (?: 底 | 末 | 内 ))
    | (?P<near>[本当下次]|上(?=个?月份?(?:\d|[上中下]旬|[初中底末]|[以之]?[前后]|$))) 个?月份?
      (?: (?P<near_day>\d{{1,2}}) [日号] | (?P<near_part>上旬|中旬|下旬|初|中) )?
    """,
    re.VERBOSE,
)
_PART_DAYS = {"上旬": 10, "初": 10, "中": 15, "中旬": 20}
_YEARS_ON = {"今": 0, "本": 0, "当": 0, "明": 1, "次": 1, "去": -1}
_MONTHS_ON = {"上": -1, "本": 0, "当": 0, "下": 1, "次": 1}


_BEGINS = re.compile("(?:之日)?(?:起(?!草|步)|开始)")


def _last_date(words: str, reference: dt.date | None, *, roll: bool) -> tuple[bool, dt.date | None, dt.date | None]:
    """Whether there is a date at all, the latest possible one, and the last day from which something is done.

    Each date gives its year to those after it. ``roll``: a month before the reference's month, written without a year,
    is next year's.
    """
    found, latest, start = False, None, None
    for match in _DATE.finditer(words):
        found = True
        try:
            if year := _year_named(match, reference):
                reference, roll = dt.date(year, 1, 1), False
                continue
            date = _date_of(match, reference, roll=roll)
        except ValueError:
            continue
        if date is None:
            continue
        reference, roll = date, True
        if _BEGINS.match(words, match.end()):
            start = date if match["d1"] or match["day"] or match["near_day"] or match["packed"] else None
        else:
            latest = date if latest is None else max(latest, date)
    return found, latest, start


def _year_named(match: re.Match[str], reference: dt.date | None) -> int:
    """The year that stands before a list (“2025年3-5月”) or before what is no date (“2025年汛期前”), else 0."""
    if eventful := match["eventful"]:
        return int(eventful)
    words = match["of_year"]
    if not words:
        return 0
    if words in _YEARS_ON:
        return reference.year + _YEARS_ON[words] if reference else 0
    return _full_year(words)


def _date_of(match: re.Match[str], reference: dt.date | None, *, roll: bool) -> dt.date | None:
    """The date of one match; ValueError for an impossible one, None without a year to refer to."""
    part = match.groupdict()
    own = _with_own_year(part)
    if own is not None or reference is None:
        return own
    if name := part["named_whole"]:
        return dt.date(reference.year + _YEARS_ON[name], 12, 31)
    if name := part["named"]:
        return _within_year(reference.year + _YEARS_ON[name], part)
    return _in_the_year_of(reference, part, roll=roll)


def _with_own_year(part: dict[str, str | None]) -> dt.date | None:
    if part["y1"]:
        year, month, day = int(part["y1"]), int(part["m1"] or 0), part["d1"]
        date = _month_or_day(year, month, day)
        return max(date, _end_of_range(year, month, day, to)) if (to := part["to1"]) else date
    if packed := part["packed"]:
        return dt.date(int(packed[:4]), int(packed[4:6]), int(packed[6:]))
    if part["whole"]:
        return dt.date(_full_year(part["whole"]), 12, 31)
    return _within_year(_full_year(part["year"]), part) if part["year"] else None


def _in_the_year_of(reference: dt.date, part: dict[str, str | None], *, roll: bool) -> dt.date:
    if part["bare"]:
        return dt.date(reference.year, 12, 31)
    if part["near"]:
        end = _next_month_end(reference, _MONTHS_ON[part["near"]])
        day = part["near_day"] or _PART_DAYS.get(part["near_part"] or "")
        return end.replace(day=int(day)) if day else end
    date = _within_year(reference.year, part)
    before = (date.year, date.month) < (reference.year, reference.month)
    return _within_year(reference.year + 1, part) if roll and before else date


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _within_year(year: int, part: dict[str, str | None]) -> dt.date:
    if part["quarter"]:
        return month_end(year, int(part["quarter"]) * 3)
    if part["half"]:
        return month_end(year, 6 if part["half"] == "上" else 12)
    month = int(part["month"] or part["m2"] or 0)
    if part["part"] in _PART_DAYS:
        return dt.date(year, month, _PART_DAYS[part["part"]])
    date = _month_or_day(year, month, part["day"] or part["d2"])
    return max(date, date.replace(day=int(part["to"]))) if part["to"] else date


def _end_of_range(year: int, month: int, day: str | None, to: str) -> dt.date:
    """Where “2025.6.15-20”, “2025.6.15-7.20”, “2025.3-5” or “2025.11-3” end."""
    head, _, last = re.sub("[./]", ".", to).partition(".")
    if last:
        return _month_or_day(year + (int(head) < month), int(head), last)
    return _month_or_day(year, month, head) if day else _month_or_day(year + (int(head) < month), int(head), None)


def _month_or_day(year: int, month: int, day: str | None) -> dt.date:
    """A day, or the end of the month where no day is written; ValueError where there is no such date."""
    if not 1 <= month <= 12:
        raise ValueError(month)
    return dt.date(year, month, int(day)) if day else month_end(year, month)


def _next_month_end(reference: dt.date, months: int) -> dt.date:
    later = add_months(reference.replace(day=1), months)
    return month_end(later.year, later.month)


# --- periods that run from the feedback

_PERIOD = re.compile(
    r"(?<!\d)(?P<number>\d{1,3}|半)(?P<unit>个半月|个月|月|年|个星期|星期|周|个工作日|工作日|日|天)"
    r"(?=之?内|以内|之?后|左右|时间|整改|完成|到位|$|[,;、。()])"
)
_BEGINNING = re.compile("后|起|之日")
_CLAUSE_START = re.compile(r"[,;、。:()]")


def _period_end(words: str, start: dt.date | None, *, stated: bool = False) -> tuple[bool, dt.date | None]:
    """Whether a period is written, and where the last one ends. ``stated``: the words say themselves that they count
    from ``start``, else it is the day of the feedback."""
    found, latest = False, None
    for match in _PERIOD.finditer(words):
        lead = _CLAUSE_START.split(words[: match.start()])[-1]
        if "每" in lead:  # an interval, not an end
            continue
        found = True
        runs_from_elsewhere = not stated and _BEGINNING.search(lead) and "反馈" not in lead
        if start is None or runs_from_elsewhere:
            continue
        try:
            end = _after(start, match["number"], match["unit"])
        except (ValueError, OverflowError):
            continue
        if end is not None:
            latest = end if latest is None else max(latest, end)
    return found, latest


def _after(start: dt.date, number: str, unit: str) -> dt.date | None:
    """``start`` plus a period; None for working days, which need the calendar of public holidays."""
    if "工作日" in unit:
        return None
    if number == "半":
        return add_months(start, 6) if unit == "年" else start + dt.timedelta(days=15)
    count = int(number)
    if "月" in unit:
        end = add_months(start, count)
        return end + dt.timedelta(days=15) if unit == "个半月" else end
    if unit == "年":
        return add_months(start, 12 * count)
    return start + dt.timedelta(days=count * (7 if unit.endswith(("周", "星期")) else 1))
