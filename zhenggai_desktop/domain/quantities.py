"""Quantities as Chinese texts state them: 27个, 1.26万元, 二十三项, 约3亿元, 100余人, 1~2家, 98.71%.

One reader for everything that counts: figures of a text, proofreading, outcomes. Dates and document numbers are no
quantities; the reader steps over them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from zhenggai_desktop.domain.numbering import parse_chinese_numeral

UNITS = (
    "平方公里", "平方米", "立方米", "个百分点", "人次", "公里", "万元", "亿元", "个月", "方面", "大类", "小时",
    *"元亩米吨个项条件人名次张份户家处场期篇起宗支所栋套台辆批类间块座盏只本册轮遍天位笔门例岁%‰",
)  # fmt: skip
_SCALES = {"": 1, "百": 100, "千": 1_000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_CHINESE = r"[一二两三四五六七八九十][零一二三四五六七八九十百千]*"
_UNIT = "|".join(map(re.escape, sorted(UNITS, key=len, reverse=True)))
_QUANTITY = re.compile(
    rf"(?P<about>约|近|超过|超|逾|不少于|不低于|至少)?"
    rf"(?:(?P<number>{_ARABIC})(?:[-~～—至到](?P<upper>{_ARABIC}))?(?P<scale>百万|千万|[百千万亿])?"
    rf"|(?P<chinese>{_CHINESE})(?P<cscale>[万亿])?)"
    rf"(?P<more>余|多|几)?(?P<unit>{_UNIT})"
)
_SKIPPED = re.compile(
    r"〔\d{4}〕\d+号|\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月\d{1,2}日|\d{1,2}月(?:份|底|初|中|以来)?|第[一二三四五六七八九十\d]+[个项条次轮批期]|"
    r"\d{1,2}:\d{2}"
)
_NOT_COUNTED = (*(f"一{unit}" for unit in "个项次批类家名位本处只起条件支轮天所套"), "一方面", "两个维护", "四个意识")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit at ``start``–``end`` of a text. ``upper`` is the end of a range."""

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


def quantities(text: str, *, spelled: bool = True) -> list[Quantity]:
    """All quantities in reading order. With ``spelled`` False only those in Arabic digits.

    “一个” and its like are articles, not counts, and are left out. 万 and 亿 before a unit are multiplied out, but 万元
    and 亿元 stay units, so that sums keep the text's own digits.
    """
    skipped = [match.span() for match in _SKIPPED.finditer(text)]
    return [
        quantity
        for match in _QUANTITY.finditer(text)
        if not _inside(match, skipped)
        and (quantity := _quantity(match)) is not None
        and (spelled or match["number"])
        and not text.startswith(_NOT_COUNTED, match.start("chinese"))
    ]


def _inside(match: re.Match[str], spans: list[tuple[int, int]]) -> bool:
    start = match.start("number") if match["number"] else match.start("chinese")
    return any(begin <= start < end for begin, end in spans)


def _quantity(match: re.Match[str]) -> Quantity | None:
    if match["number"]:
        value = _arabic(match["number"])
        upper = _arabic(match["upper"]) if match["upper"] else None
        factor = _SCALES[match["scale"] or ""]
    else:
        spelled = parse_chinese_numeral(match["chinese"])
        if spelled is None:
            return None
        value, upper, factor = Decimal(spelled), None, _SCALES[match["cscale"] or ""]
    return Quantity(
        match.start(),
        match.end(),
        value * factor,
        match["unit"],
        bool(match["about"] or match["more"]),
        upper * factor if upper is not None else None,
    )


def _arabic(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


_MONEY = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}


def comparable(quantity: Quantity) -> tuple[Decimal, str]:
    """Value and unit in which sums may be made: money in 元, 名 and 位 as 人, 起 and 宗 as 件."""
    if quantity.unit in _MONEY:
        return quantity.value * _MONEY[quantity.unit], "元"
    return quantity.value, {"名": "人", "位": "人", "起": "件", "宗": "件"}.get(quantity.unit, quantity.unit)


def shown(value: Decimal) -> str:
    """The number without superfluous zeros or exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def arabic_numbers(text: str) -> Iterator[str]:
    """Every number in digits, for telling whether a text states any figure at all."""
    for match in re.finditer(_ARABIC, text):
        yield match[0]
