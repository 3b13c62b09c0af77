"""Quantities as Chinese texts state them: 27个, 1.26万元, 二十三项, 约3亿元, 100余人, 1~2家, 98.71%, 百分之九十.

One reader for everything that counts: figures of a text, proofreading, outcomes. Dates, document numbers, titles in
《》 and slogans in “” are no quantities; the reader steps over them.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from zhenggai_desktop.domain.chinese_numbers import NUMERAL_SIGNS, read_chinese_number
from zhenggai_desktop.domain.quick_patterns import quick

UNITS = (
    "平方公里", "平方米", "立方米", "个百分点", "人次", "批次", "家次", "户次", "篇次", "课时", "公里",
    "万元", "亿元", "个月", "方面", "大类", "小时", "公顷",
    *"元亩米吨个项条件人名次张份户家处场期篇起宗支所栋套台辆批类间块座盏只本册轮遍天位笔门例岁款株棵道页幅段%‰",
)  # fmt: skip
_SCALES = {"": 1, "百": 100, "千": 1_000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}
_ARABIC = r"(?:\d{1,3}(?:[,，]\d{3}){1,4}(?!\d)|\d{1,15}(?!\d))(?:\.\d{1,15})?"
_SCALE = r"(?:百万|千万|[百千万亿])(?!元)"
_COMPOUND = r"(?:\d{1,8}(?:\.\d{1,8})?[亿万千](?=\d))*" + _ARABIC
_CHINESE = rf"[一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾廿卅](?:(?![万亿]元)[{NUMERAL_SIGNS}])*"
_ABOUT = (
    r"大约|约为|将近|接近|(?<![签合节预制协相履违续])约|(?<![最附邻])近|超过|超|逾|突破|"
    r"不少于|不低于|不超过|不到|不足|至少|最多|[上数几](?=[十百千万])"
)
_PERCENT = re.compile(rf"(?P<kind>百|千)分之(?P<value>{_ARABIC}|[{NUMERAL_SIGNS}]+)")
_SKIPPED = quick(
    r"〔\d{4}〕第?\d+号|《[^》]*》|“[^”\d]{1,12}”|‘[^’\d]{1,12}’|"
    r"(?:\d{4}|[一二〇零○]{1,2}[〇零○一二三四五六七八九]{2,3})年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月\d{1,2}日|"
    r"\d{1,2}月(?:份|底|初|中|以来)?|第[一二三四五六七八九十百\d]+(?:个|项|条|次|轮|批|期|方面|类|季度)?|\d{1,2}:\d{2}|"
    r"(?:百|千)分之"
)
_ARTICLES = tuple(f"一{unit}" for unit in "个项次批类家名位本处只起条件支轮天所套人户张场份道段页块款期篇")
_NOT_COUNTED = (*_ARTICLES, "一方面", "两方面", "两个维护", "四个意识", "四个自信", "三个清单", "千方", "千家", "百家")


class Quantity(NamedTuple):
    """A number with its unit at ``start``–``end`` of a text. ``upper`` is the end of a range.

    A tuple, since a large ledger's texts state a hundred thousand of them.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    approximate: bool = False
    upper: Decimal | None = None

    @property
    def exact(self) -> bool:
        """True where the text claims this very number."""
        return not self.approximate and self.upper is None

    def moved(self, by: int) -> Quantity:
        """The same at another place."""
        return Quantity(self.start + by, self.end + by, self.value, self.unit, self.approximate, self.upper)


@lru_cache(maxsize=8)
def _pattern(units: tuple[str, ...]) -> re.Pattern[str]:
    unit = "|".join(map(re.escape, sorted({*UNITS, *units}, key=len, reverse=True)))
    return quick(
        rf"(?P<about>{_ABOUT})?"
        rf"(?:(?<![\d.A-Za-z])(?P<number>{_COMPOUND})(?:[-~～—至到](?P<upper>{_ARABIC}))?(?P<scale>{_SCALE})?"
        rf"|(?P<chinese>{_CHINESE})(?:[-~～—至到](?P<cupper>{_CHINESE}))?)"
        rf"(?P<more>余|多|几)?(?P<scale2>万(?!元)|亿(?!元))?(?P<unit>{unit}|部(?![门委队级长分署件位落]))(?P<about2>左右|上下|以上|以下|以内)?"
    )


def quantities(text: str, *, spelled: bool = True, units: tuple[str, ...] = ()) -> list[Quantity]:
    """All quantities in reading order. With ``spelled`` False only those in Arabic digits; ``units`` adds units.

    “一个” and its like are articles, not counts, and are left out. 万 and 亿 before a unit are multiplied out, but 万元
    and 亿元 stay units, so that sums keep the text's own digits.
    """
    return list(_read(text, spelled, (*units, *office_units())))


def prepare(units: tuple[str, ...]) -> None:
    """Compile what reads quantities with these units, so that the first text does not wait for it."""
    with counting(units):
        quantities("1个")


_OFFICE_UNITS: ContextVar[tuple[str, ...]] = ContextVar("office units", default=())


def office_units() -> tuple[str, ...]:
    """The units that are read beside the usual ones at this moment."""
    return _OFFICE_UNITS.get()


@contextmanager
def counting(units: tuple[str, ...]) -> Generator[None]:
    """Read these units too, wherever quantities are read inside: an office's own words are known to every rule."""
    token = _OFFICE_UNITS.set(tuple(unit for unit in units if unit not in UNITS))
    try:
        yield
    finally:
        _OFFICE_UNITS.reset(token)


@lru_cache(maxsize=64)  # many rules ask for the same paragraph in a row
def _read(text: str, spelled: bool, units: tuple[str, ...]) -> tuple[Quantity, ...]:
    matches = list(_pattern(units).finditer(text))
    skipped = [match.span() for match in _SKIPPED.finditer(text)] if matches else []
    found: list[Quantity] = []
    for match in matches:
        written = match[2]  # in Arabic digits
        start = match.start(2 if written else 5)
        if (skipped and _inside(start, skipped)) or not (written or (spelled and not _article(text, start))):
            continue
        quantity = _quantity(match)
        if quantity is not None:
            found.append(quantity)
    percents = [*_percents(text, spelled=spelled)] if "分之" in text else []
    return tuple(sorted([*found, *percents], key=lambda quantity: quantity.start) if percents else found)


def _article(text: str, start: int) -> bool:
    """“一个” counts nothing; behind 共, 仅 and the like it does."""
    return text.startswith(_NOT_COUNTED, start) and text[start - 1 : start] not in tuple("共计仅")


def _inside(start: int, spans: list[tuple[int, int]]) -> bool:
    return any(begin <= start < end for begin, end in spans)


def _percents(text: str, *, spelled: bool) -> Iterator[Quantity]:
    for match in _PERCENT.finditer(text):
        value = _arabic(match["value"]) if match["value"][0].isdecimal() else read_chinese_number(match["value"])
        if value is not None and (spelled or match["value"][0].isdecimal()):
            yield Quantity(match.start(), match.end(), value, "%" if match["kind"] == "百" else "‰")


def _quantity(match: re.Match[str]) -> Quantity | None:
    about, number, end, scale, _, _, more, scale2, unit, about2 = match.groups()
    approximate = bool(about or more or about2)
    if number and not scale and not scale2 and not end and number.isdecimal():  # most of them
        return Quantity(*match.span(), Decimal(number), unit, approximate)
    read = _arabic_value(match) if number else _spelled_value(match)
    if read is None:
        return None
    value, upper = read
    if scale2:
        value, upper = value * _SCALES[scale2], upper * _SCALES[scale2] if upper is not None else None
    return Quantity(*match.span(), value, unit, approximate, upper)


_AFTER_SCALE = re.compile(r"(?<=[亿万千])")
_MONEY = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}


def _arabic_value(match: re.Match[str]) -> tuple[Decimal, Decimal | None]:
    number, scale, end = match.group("number", "scale", "upper")
    factor = _SCALES[scale or ""]
    *scaled, last = _AFTER_SCALE.split(number)
    if not scaled:
        return _arabic(last) * factor, _arabic(end) * factor if end else None
    own = _MONEY.get(match["unit"], Decimal(1))  # 1亿2000万元: 2000 are counted in 万元 already
    total = sum((_arabic(part[:-1]) * _SCALES[part[-1]] for part in scaled), Decimal(0))
    return total / own + _arabic(last) * factor, None


def _spelled_value(match: re.Match[str]) -> tuple[Decimal, Decimal | None] | None:
    words, upper = match["chinese"], match["cupper"]
    if upper:
        first, last = read_chinese_number(words), read_chinese_number(upper)
        return None if first is None or last is None else (first, last)
    around = _neighbours(words)
    if around is not None:
        return around
    value = read_chinese_number(words)
    if value is not None and match["unit"] == "万元" and "亿" in words:  # 一亿二千万元: 12000万元
        value = (read_chinese_number(f"{words}万") or value) / 10_000
    return None if value is None or (len(words) > 1 and _only_digits(words)) else (value, None)


_PLAIN = "一二三四五六七八九"


def _neighbours(words: str) -> tuple[Decimal, Decimal] | None:
    """三五 and 七八 and 十七八 mean “three to five”, “seven or eight”."""
    tens = "十" if words.startswith("十") and len(words) == 3 else ""
    pair = words.removeprefix(tens).replace("两", "二")
    if len(pair) != 2 or any(char not in _PLAIN for char in pair):
        return None
    low, high = (_PLAIN.index(char) + 1 for char in pair)
    if high - low not in (1, 2):
        return None
    base = 10 if tens else 0
    return Decimal(base + low), Decimal(base + high)


def _only_digits(words: str) -> bool:
    return not any(sign in words for sign in "十百千万亿拾佰仟点廿卅")


def _arabic(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("，", ""))


def comparable(quantity: Quantity) -> tuple[Decimal, str]:
    """Value and unit in which sums may be made: money in 元, 名 and 位 as 人, 起 and 宗 as 件."""
    factor = _MONEY.get(quantity.unit)
    return (quantity.value, unit_of(quantity)) if factor is None else (quantity.value * factor, "元")


_SAME_UNITS = {"名": "人", "位": "人", "起": "件", "宗": "件", "万元": "元", "亿元": "元"}


def unit_of(quantity: Quantity) -> str:
    """The unit in which sums may be made."""
    return _SAME_UNITS.get(quantity.unit, quantity.unit)


def shown(value: Decimal) -> str:
    """The number without superfluous zeros or exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def last_place(value: Decimal) -> Decimal:
    """One in the last place that a number shows: 0.01 for 98.71, 1 for 40."""
    return Decimal(1).scaleb(min(int(value.as_tuple().exponent), 0))


def arabic_numbers(text: str) -> Iterator[str]:
    """Every number in digits, for telling whether a text states any figure at all."""
    for match in re.finditer(_ARABIC, text):
        yield match[0]
