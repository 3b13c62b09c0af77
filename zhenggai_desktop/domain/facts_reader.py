"""The ledger's facts as a lead, a closing paragraph and a signature state them (domain.md §3, §6)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from zhenggai_desktop.domain.deadlines import add_months
from zhenggai_desktop.domain.numbering import parse_chinese_numeral
from zhenggai_desktop.domain.records import InspectionKind, LedgerFacts, Level

_DATE = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日"
_RANGE = re.compile(rf"{_DATE}(?:起)?(?:至|到|—+|-|－|~|～){_DATE}")
_FULL_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_COMMITTEE = r"(?:中央|(?:中共)?[一-龥]{0,8}?[省市区县旗州乡镇]委|[省市区县]委)"
_NUMERAL = r"[一二三四五六七八九十\d]"
_TEAM = re.compile(
    rf"(?:(?:^|[，。、；])[由经]?|[由经日向])"
    rf"({_COMMITTEE}?第?{_NUMERAL}{{0,3}}(?:专项|提级|交叉)?(巡察|巡视)(?:第?{_NUMERAL}+)?组)"
)
_FEEDBACK = re.compile(  # no other day stands between the date and the words: the nearest one is meant
    r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日(?:(?!\d日)[^。；]){0,70}?"
    r"(?:(?:反馈了?|通报了?)[^。；]{0,30}?(?:意见|情况)|(?:进行|作出?)了?(?:集中|现场)?反馈)"
)
_INSPECTED = re.compile(r"组[^。]{0,12}?对([^，。；]{2,120}?)(?:开展|进行)了?")
_BODY = re.compile(r"(党组|党委|党工委|党总支|党支部)$")
_FULL_BODIES = (
    ("工作委员会", "党工委"), ("总支部委员会", "党总支"), ("支部委员会", "党支部"), ("委员会", "党委"),
)  # fmt: skip
_LEVELS = (("省", Level.PROVINCE), ("市", Level.CITY), ("区", Level.DISTRICT), ("县", Level.COUNTY))
_CONTACT_KEYS = (
    ("phone", r"(?:联系|监督|举报|咨询)?电话|联系方式"),
    ("address", r"(?:邮寄|邮政|通讯|通信|联系|来信|办公)?地址|来信请寄|(?:邮政|通信|邮寄)信箱"),
    ("postcode", r"邮政编码|邮编"),
    ("email", r"(?:电子|联系)?(?:邮箱|邮件)(?:地址)?|E-?mail"),
)
_ANY_KEY = "|".join(f"(?P<{name}>{words})" for name, words in _CONTACT_KEYS)
_KEY = re.compile(rf"(?:^|[；;，,。（、\s]|：)(?:{_ANY_KEY})[：:为是]?", re.IGNORECASE)
_DUE = re.compile(
    r"(\d{1,2}|[一二两三四五六七八九十]{1,2})个月(?:之)?内[^，。；]{0,6}(?:报送|提交|上报|报告)([^，。；]{2,30})"
)


def parse_date(text: str) -> dt.date | None:
    """The first full date in ``text``, a signature's 二〇二五年三月三日 too; None where there is none."""
    match = _FULL_DATE.search(text)
    if match:
        return _date(*(int(part) for part in match.groups()))
    match = re.search(
        r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日", text
    )
    if match is None:
        return None
    numbers = [parse_chinese_numeral(part.replace("○", "〇")) for part in match.groups()]
    return _date(*(number or 0 for number in numbers))


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def read_lead(facts: LedgerFacts, text: str) -> LedgerFacts:
    """``facts`` with what the opening paragraphs say of team, dates and kind of inspection."""
    text = _arabic_dates(text)
    team = _TEAM.search(text)
    start, end = _period(text)
    feedback = _FEEDBACK.search(text)
    kind = (
        InspectionKind.XUNSHI if (team and team[2] == "巡视") or ("巡察" not in text and "巡视" in text) else facts.kind
    )
    return replace(
        facts,
        kind=kind,
        team=team[1] if team else facts.team,
        level=_level(team[1]) if team else facts.level,
        inspection_start=start or facts.inspection_start,
        inspection_end=end or facts.inspection_end,
        feedback_date=(_feedback_date(feedback, end) if feedback else None) or facts.feedback_date,
    )


def _feedback_date(match: re.Match[str], end: dt.date | None) -> dt.date | None:
    """A date without its year is the first such day after the inspection's end."""
    year, month, day = match.groups()
    if year:
        return _date(int(year), int(month), int(day))
    if end is None:
        return None
    found = _date(end.year, int(month), int(day))
    return _date(end.year + 1, int(month), int(day)) if found and found < end else found


def _arabic_dates(text: str) -> str:
    """二〇二四年三月一日 as 2024年3月1日."""

    def digits(match: re.Match[str]) -> str:
        number = parse_chinese_numeral(match[0].replace("○", "〇"))
        return match[0] if number is None else str(number)

    return re.sub(r"[〇零○一二三四五六七八九]{4}(?=年)|[一二三四五六七八九十]{1,3}(?=月|日)", digits, text)


def _level(team: str) -> Level | None:
    head = team.partition("委")[0]
    return next((level for word, level in _LEVELS if head.endswith(word)), None)


def _period(text: str) -> tuple[dt.date | None, dt.date | None]:
    """The first span of days; year and month of its end default to those of its beginning."""
    match = _RANGE.search(text)
    if match is None:
        return None, None
    year, month, day, end_year, end_month, end_day = match.groups()
    if not (year and month):
        return None, None
    start = _date(int(year), int(month), int(day))
    end = _date(int(end_year or year), int(end_month or month), int(end_day))
    return start, end


def inspected_phrase(text: str) -> str:
    """The words between 对 and 开展了巡察: who was inspected, "" where the text does not say or says 我单位."""
    match = _INSPECTED.search(text)
    phrase = match[1] if match else ""
    return (
        ""
        if re.search(r"^(?:我|你|本)(?:单位|街道|镇|乡|局|区|中心|委|党委|党组|办|校|院|社区|村)", phrase)
        else phrase
    )


_COUNTED_UNITS = re.compile(
    rf"^(?P<names>.+?(?:、|和).+?)(?:等)?(?P<count>\d+|两|{_NUMERAL}+)个"
    r"[一-龥]*?(?P<type>社区|村|街道|单位|部门|镇|乡|学校|支部)"
)


def units_of(phrase: str) -> list[str]:
    """The units named in the phrase: “甲、乙和丙3个社区党组织” are 甲社区, 乙社区 and 丙社区.

    Any other phrase is one unit. A place in front of the first name (“某街道甲、乙…”) is no part of the name.
    """
    if not phrase:
        return []
    match = _COUNTED_UNITS.match(phrase)
    if match is None:
        return _enumerated(phrase)
    names = _named(match["names"])
    names[0] = re.sub(r"^.*(?:街道|镇|乡|区|县|市)(?=.)", "", names[0])
    expected = int(match["count"]) if match["count"].isdigit() else parse_chinese_numeral(match["count"])
    if len(names) != expected:
        return [phrase]
    kind = match["type"] if match["type"] in ("社区", "村") else ""
    return [name if not kind or name.endswith(kind) else name + kind for name in names]


def _named(words: str) -> list[str]:
    """“甲、乙和丙” in three; the last 和 parts, so that a name which begins with 和 stays whole."""
    *names, rest = words.split("、")
    head, joint, tail = rest.rpartition("和")
    return [*names, head, tail] if joint and head and tail else [*names, rest]


def _enumerated(phrase: str) -> list[str]:
    names = phrase.split("、")
    if len(names) > 1 and all(re.search(rf"{_BODY.pattern}|(?:办事处|人民政府|委员会)$", name) for name in names):
        return names
    return [phrase]


def body_of(name: str) -> str:
    """党组, 党委, 党工委, 党总支 or 党支部: how an organisation calls itself, read off the end of its name."""
    for ending, body in _FULL_BODIES:
        if name.endswith(ending):
            return body
    match = _BODY.search(name)
    return match[1] if match else ""


def read_contacts(facts: LedgerFacts, paragraphs: Sequence[str]) -> LedgerFacts:
    """``facts`` with telephone, address, postcode and mail from the closing paragraphs; the first of each counts."""
    found: dict[str, str] = {}
    for text in paragraphs:
        keys = list(_KEY.finditer(text))
        for key, following in zip_longest(keys, keys[1:]):
            name = key.lastgroup or ""
            value = text[key.end() : following.start() if following else len(text)].strip("：；，。、（） ;,")
            value = _CLEANED.get(name, str)(value)
            if name not in found and value and _plausible(name, value):
                found[name] = value
    return replace(facts, **{name: value for name, value in found.items() if not getattr(facts, name)})


def _mail(value: str) -> str:
    match = re.search(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", value, re.ASCII)
    return match[0] if match else ""


def _number(value: str) -> str:
    """A telephone number without the office hours in brackets behind it."""
    return re.sub(r"(?<=\d)（[^）]*[一-龥：:][^）]*）?$", "", value)


_CLEANED = {"email": _mail, "phone": _number}


def _plausible(name: str, value: str) -> bool:
    if name == "phone":
        return re.search(r"\d{5}", value) is not None
    return name != "postcode" or re.fullmatch(r"\d{6}", value) is not None


def read_due_periods(facts: LedgerFacts, text: str) -> LedgerFacts:
    """``facts`` with the days by which plan and report are due, counted from the feedback (“1个月内报送整改方案”)."""
    start = facts.feedback_date
    if start is None:
        return facts
    for number, what in _DUE.findall(text):
        months = int(number) if number.isdigit() else parse_chinese_numeral(number)
        if not months:
            continue
        due = add_months(start, months)
        if "方案" in what and facts.plan_due is None:
            facts = replace(facts, plan_due=due)
        elif ("进展" in what or "报告" in what or "情况" in what) and facts.report_due is None:
            facts = replace(facts, report_due=due, concentrated_end=facts.concentrated_end or due)
    return facts
