"""The ledger's facts as the opening paragraphs state them: team, days, inspected units (domain.md §3, §6)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from zhenggai_desktop.domain.numbering import parse_chinese_numeral
from zhenggai_desktop.domain.records import InspectionKind, LedgerFacts, Level

_DATE = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日"
_RANGE = re.compile(rf"{_DATE}(?:起)?(?:至|到|—+|-|－|~|～){_DATE}")
_SHOWN = re.compile(  # how long the notice hangs out, or what is asked for takes
    r"(?:公示|公告|公开|整改)(?:时间|期限|期间|期)?[为是从自：:]{0,2}$"
)
_FULL_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_TYPED_DATE = re.compile(r"\s*(20\d\d)(?P<between>[.．/-])(\d{1,2})(?P=between)(\d{1,2})\s*")
_DOTTED_DATE = re.compile(r"(?<![\d.])(20\d\d)([./-])(\d{1,2})\2(\d{1,2})(?!\d)")
_COMMITTEE = (
    r"(?:中央|(?:中共)?(?:(?!委|代表)[一-龥]){0,8}?[省市区县旗州乡镇]委|[省市区县]委|"
    r"[一-龥]{0,8}?(?:集团|公司|银行|大学|学院|局|厅)党[委组])"
)
_NUMERAL = r"[一二三四五六七八九十\d]"
_NUMBERS = rf"第?{_NUMERAL}{{1,3}}(?:、第?{_NUMERAL}{{1,3}}){{0,3}}"
_GROUP = (
    rf"(?:第{_NUMERAL}{{1,3}}轮)?(?:{_NUMBERS})?(?:(?:常规|专项|提级|交叉|联动|机动)[、和]?){{0,2}}"
    rf"(?P<kind>巡察|巡视)(?:“回头看”)?(?:{_NUMBERS})?组"
)
_AREA = "(?:[一-龥]{2,8}(?:系统|领域))?"  # 县委教育系统专项巡察组
_TO_ANSWER = "(?:(?:为了?|全面|认真|切实|深入|扎实)*(?:贯彻落实|落实|贯彻|根据|按照|依据|针对|对照|结合|抓好|做好))?"
_TEAM = re.compile(rf"(?:(?:^|[，。、；]){_TO_ANSWER}[由经]?|[由经日向])(?P<team>(?:{_COMMITTEE}{_AREA})?{_GROUP})")
_TEAM_ANYWHERE = re.compile(
    rf"(?:(?P<round>[省市区县旗州]委)(?:[^，。；]{{0,4}}第?{_NUMERAL}{{1,3}}轮)(?:常规)?巡[察视])?"
    rf"(?P<team>(?:(?:中央|[省市区县旗州]委){_AREA})?{_GROUP})"
)
"""Behind other words a committee's place cannot be told from them: its rank alone counts."""
_FEEDBACK = re.compile(  # no other day stands between the date and the words: the nearest one is meant
    r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日(?:(?!\d日)[^。；]){0,70}?"
    r"(?:(?:反馈了?|通报了?)[^。；]{0,30}?(?:意见|情况)|(?:进行|作出?)了?(?:集中|现场)?反馈|(?:将[^。；]{2,12})?反馈如下)"
)
_INSPECTED = re.compile(  # far from the team only where the clause names an inspection (not 对整改进行部署)
    r"组(?:[^。]{0,12}?对([^，。；]{2,120}?)(?:开展|进行)了?|"
    r"[^。]{0,30}?对([^，。；]{2,120}?)(?:开展|进行)了?(?=[^，。；]{0,30}巡[察视]))"
)
_NOBODY = re.compile("照|反馈|巡[察视]|整改|问题|标|各项|此|其")  # 对照, 对反馈的问题进行了研究
_MATTER = re.compile(
    r"^([^、和]{2,}?(?:党组|党委|党工委|党总支|党支部))(?:落实|贯彻|执行|履行|选人用人|意识形态)[^、]*$"
)
_BODY = re.compile(r"(党组|党委|党工委|党总支|党支部)$")
_FULL_BODIES = (
    ("工作委员会", "党工委"), ("总支部委员会", "党总支"), ("支部委员会", "党支部"), ("委员会", "党委"),
)  # fmt: skip
_LEVELS = (("省", Level.PROVINCE), ("市", Level.CITY), ("区", Level.DISTRICT), ("县", Level.COUNTY))


def parse_date(text: str) -> dt.date | None:
    """The first full date in ``text``, a signature's 二〇二五年三月三日 too, and 2025.3.3 where it is all there is.

    None where there is none.
    """
    typed = _TYPED_DATE.fullmatch(text)
    if typed:
        return _date(*(int(typed[at]) for at in (1, 3, 4)))
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
    team = _team(text)
    spans = (found for found in _RANGE.finditer(text) if not _SHOWN.search(text[: found.start()]))
    span = next(spans, None)
    start, end = _period(span)
    inside = range(*span.span()) if span else range(0)  # the inspection's last day is not that of the feedback
    feedback = next((found for found in _FEEDBACK.finditer(text) if found.start() not in inside), None)
    kind = InspectionKind.XUNSHI if "巡视" in team or ("巡察" not in text and "巡视" in text) else facts.kind
    return replace(
        facts,
        kind=kind,
        team=team or facts.team,
        level=_level(team) if team else facts.level,
        inspection_start=start or facts.inspection_start,
        inspection_end=end or facts.inspection_end,
        feedback_date=(_feedback_date(feedback, end) if feedback else None) or facts.feedback_date,
    )


def _team(text: str) -> str:
    """The team that inspected: the first one named with its number, else any."""
    plain = [match["team"] for match in _TEAM.finditer(text)]
    inside = [
        match["team"] if match["team"][1:2] == "委" else (match["round"] or "") + match["team"]
        for match in _TEAM_ANYWHERE.finditer(text)
    ]
    numbered = [team for team in (*plain, *inside) if re.search(rf"{_NUMERAL}|专项|提级|交叉|联动|机动", team)]
    return next(iter((*numbered, *plain, *inside)), "")


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
    """二〇二四年三月一日 and 2024.3.1 as 2024年3月1日."""

    def digits(match: re.Match[str]) -> str:
        number = parse_chinese_numeral(match[0].replace("○", "〇"))
        return match[0] if number is None else str(number)

    text = _DOTTED_DATE.sub(r"\1年\3月\4日", text)
    return re.sub(r"[〇零○一二三四五六七八九]{4}(?=年)|[一二三四五六七八九十]{1,3}(?=月|日)", digits, text)


def _level(team: str) -> Level | None:
    head = team.partition("委")[0]
    return next((level for word, level in _LEVELS if head.endswith(word)), None)


_OF_INSPECTION = re.compile("巡[察视]|检查|进驻")


def inspection_before(text: str, feedback: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """The inspection's days where a sentence on it says them without a year: the last such days before the feedback."""
    sentences = (words for words in _arabic_dates(text).split("。") if _OF_INSPECTION.search(words))
    found = ((words, match) for words in sentences for match in _RANGE.finditer(words))
    span = next((match for words, match in found if not _SHOWN.search(words[: match.start()])), None)
    if span is None or span[1] or span[4] or not span[2]:
        return None, None
    start_month, end_month = int(span[2]), int(span[5] or span[2])
    end = _date(feedback.year, end_month, int(span[6]))
    if end and end > feedback:
        end = _date(feedback.year - 1, end_month, int(span[6]))
    return (_date(end.year - (start_month > end_month), start_month, int(span[3])), end) if end else (None, None)


def _period(match: re.Match[str] | None) -> tuple[dt.date | None, dt.date | None]:
    """The first span of days; year and month of its end default to those of its beginning."""
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
    found = (match[1] or match[2] for match in _INSPECTED.finditer(text))
    phrase = _MATTER.sub(r"\1", next((words for words in found if not _NOBODY.match(words)), ""))
    return (
        ""
        if re.search(
            r"^(?:我|你|本)(?:单位|街道|镇|乡|局|区|中心|委|党委|党组|支部|总支|党支部|党总支|公司|集团|办|处|室|站|所|校|院|社区|村)",
            phrase,
        )
        else phrase
    )


_COUNTED_UNITS = re.compile(
    rf"^(?P<names>.+?(?:、|和).+?)(?:等)?(?P<count>两|{_NUMERAL}{{1,4}})[个所家]"
    r"[一-龥]*?(?P<type>社区|村|街道|单位|部门|镇|乡|学校|支部)(?P<other>（[一-龥]+）|、?(?:社区|村))?"
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
    names[0] = re.sub(r"^.*(?:街道|镇|乡|(?<!辖)区|县|市)(?:党工委|党委)?(?:及其?)?(?=.)", "", names[0])
    names[0] = re.sub(r"^(?:下辖|所辖|辖区内?|辖|及其?)的?", "", names[0])
    expected = int(match["count"]) if match["count"].isdigit() else parse_chinese_numeral(match["count"])
    if len(names) != expected:
        return [phrase]
    kind = match["type"] if match["type"] in ("社区", "村") else ""
    whole = any(re.search(r"(?:社区|村|党[总支组委].*)$", name) for name in names)
    mixed = match["other"] is not None  # 村（社区）: which of them is not said
    return [name if not kind or whole or mixed else name + kind for name in names]


def _named(words: str) -> list[str]:
    """“甲、乙和丙” in three; the last 和 parts, so that a name which begins with 和 stays whole."""
    *names, rest = words.split("、")
    head, joint, tail = rest.rpartition("和")
    return [*names, head, tail] if joint and head and tail else [*names, rest]


def _enumerated(phrase: str) -> list[str]:
    names = re.split(r"、|及其?(?=.{2})|和(?=.{3})|以及|与(?=.{3})", phrase)
    if len(names) > 1 and all(
        re.search(rf"{_BODY.pattern}|(?:党组织|办事处|人民政府|委员会)$", name) for name in names
    ):
        return names
    return [phrase]


def body_of(name: str) -> str:
    """党组, 党委, 党工委, 党总支 or 党支部: how an organisation calls itself, read off the end of its name."""
    for ending, body in _FULL_BODIES:
        if name.endswith(ending):
            return body
    match = _BODY.search(name)
    return match[1] if match else ""
