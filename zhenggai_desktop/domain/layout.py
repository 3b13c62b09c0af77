"""The page of an official document, GB/T 9704-2012, as data: paper, grid, fonts, places of signature and number.

Everything that a writer or painter of pages measures comes from a ``LayoutProfile``. The standard's own numbers are
the defaults; the other built-in profiles are the local variants that offices ask for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

_TWIPS_PER_MM = 1440 / 25.4
_TWIPS_PER_POINT = 20


def twips(millimetres: float) -> int:
    """The length in twentieths of a point, which is what WordprocessingML counts in."""
    return round(millimetres * _TWIPS_PER_MM)


@dataclass(frozen=True, slots=True)
class Fonts:
    """Names as Word lists them. ``digits`` serves Latin letters and digits; "" = the font of the text around them."""

    title: str = "方正小标宋简体"
    heading_1: str = "黑体"
    heading_2: str = "楷体_GB2312"
    body: str = "仿宋_GB2312"  # also the headings 1. and （1）
    page_number: str = "宋体"
    digits: str = ""


@dataclass(frozen=True, slots=True)
class LayoutProfile:
    """Lengths in millimetres, sizes in points, ``line_pitch`` and ``tracking`` in twips (the standard's 7 and 5.2)."""

    name: str
    fonts: Fonts = field(default_factory=Fonts)
    page_width: float = 210.0
    page_height: float = 297.0
    margin_top: float = 37.0
    margin_left: float = 28.0
    text_width: float = 156.0
    text_height: float = 225.0
    line_pitch: int = 579  # 28.95 pt: 22 lines are 225 mm less 0.3; 22 × 29 pt does not fit
    tracking: int = -5  # 28 characters of 16 pt are wider than 156 mm; at 15.75 pt each they fit
    body_size: float = 16.0  # 3号
    title_size: float = 22.0  # 2号
    page_number_size: float = 14.0  # 4号
    table_size: float = 10.5  # 5号, in tables; the standard does not say
    table_pitch: int = 320
    form_size: float = 12.0  # 小4号, in forms that are filled in by hand
    form_pitch: int = 400
    lines_below_title: int = 1
    lines_above_signature: int = 1
    sealed: bool = False  # signature and date stand where a seal is put on them
    lines_above_seal: int = 3  # above a signature that gets a seal of 42 mm, whose top is one line below the text
    page_number_below: float = 7.0  # from the lower edge of the text area to the dashes beside the number
    bold_heading_2: bool = False
    template: str = ""  # path of a Word file that an office restyled; its styles and page go before everything here
    substituted: str = ""  # which fonts the office has put in the place of which, to be noted in each file
    widow_control: bool = False  # Word would leave pages of 21 lines; the standard asks for 22

    @property
    def character(self) -> int:
        """The width in twips that one Chinese character of the body takes."""
        return round(self.body_size * _TWIPS_PER_POINT) + self.tracking

    @property
    def lines_above_closing(self) -> int:
        """Blank lines between the text and the signature, with or without a seal."""
        return self.lines_above_seal if self.sealed else self.lines_above_signature

    @property
    def margin_right(self) -> float:
        return self.page_width - self.margin_left - self.text_width

    @property
    def margin_bottom(self) -> float:
        return self.page_height - self.margin_top - self.text_height

    @property
    def footer_distance(self) -> int:
        """From the paper's edge to the foot of the page number's line, in twips, so that its dashes stand in place.

        The line is exactly as high as its type is large. Word and LibreOffice set the base line of such a line at
        80 % of its height, and the dash of 宋体 lies 0.36 em above the base line.
        """
        below_dashes = self.page_number_size * (1 - 0.8 + 0.36) * _TWIPS_PER_POINT
        dashes = self.margin_top + self.text_height + self.page_number_below
        return round(twips(self.page_height - dashes) - below_dashes)


FONT_SETS: Mapping[str, Fonts] = {
    "gb2312": Fonts(),
    "gbk": Fonts("方正小标宋_GBK", "方正黑体_GBK", "方正楷体_GBK", "方正仿宋_GBK", "宋体"),
    "plain": Fonts("宋体", "黑体", "楷体", "仿宋", "宋体"),
}
"""The names under which offices have the standard's fonts; "plain" are those that Windows brings."""

GUOBIAO = LayoutProfile("国标")
_ROMAN_DIGITS = Fonts(digits="Times New Roman")

CELL_SIDE, CELL_ABOVE = 70, 20
"""Twips beside and above the words of a table's cell; as much below them."""
WHOLE_ROW = 250
"""Characters: a row of a table with a longer cell may be parted by the end of a page."""


def column_edges(shares: Sequence[float], width: float) -> tuple[float, ...]:
    """Where a table's columns begin and end, from 0 to ``width``; shares that are all 0 count as one wide column."""
    whole = sum(shares) or 1.0
    return (*(width * sum(shares[:at]) / whole for at in range(len(shares))), width)


PROFILES: tuple[LayoutProfile, ...] = (
    GUOBIAO,
    replace(GUOBIAO, name="国标，数字用 Times New Roman", fonts=_ROMAN_DIGITS),
    replace(GUOBIAO, name="国标，加粗楷体", bold_heading_2=True),
    replace(GUOBIAO, name="国标，Windows 自带字体", fonts=FONT_SETS["plain"]),
    replace(
        GUOBIAO,
        name="国标，方正 GBK 字体",
        fonts=FONT_SETS["gbk"],
    ),
    replace(GUOBIAO, name="行距 28 磅", line_pitch=560),
    replace(GUOBIAO, name="行距 30 磅", line_pitch=600),
)


def profile_for(name: str) -> LayoutProfile | None:
    """The built-in profile of that name; None for "" and for a name of another program version."""
    return next((profile for profile in PROFILES if profile.name == name), None)


def text_width(text: str) -> float:
    """How many Chinese characters wide the text is: a full-width sign counts 1, a half-width one 0.5.

    Signs of ambiguous width (“ ” — … ·) count 1, because they are printed in the Chinese font.
    """
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.5 for sign in text)


@dataclass(frozen=True, slots=True)
class ClosingPlace:
    """How many characters signature and date stay away from the right edge."""

    signature: float
    date: float


def closing_place(signature_width: float, date_width: float) -> ClosingPlace:
    """Where signature and date stand without a seal (GB/T 9704-2012, 7.3.5.2); widths in characters.

    The signature stands two characters from the right, the first character of the date two characters right of the
    signature's first. A date longer than the signature stands two characters from the right itself, and the signature
    moves to the left until it begins two characters before the date.
    """
    if date_width > signature_width:
        return ClosingPlace(signature=4 + date_width - signature_width, date=2)
    return ClosingPlace(signature=2, date=signature_width - date_width)


def seal_centre(signature_width: float, date_width: float) -> float:
    """How many characters left of the right edge the common middle of signature and date stands, for a seal.

    The date stands four characters from the right, the signature is centred above it (GB/T 9704-2012, 7.3.5.1); a
    signature too wide for that ends at the right edge and takes the date along.
    """
    return max(4 + date_width / 2, signature_width / 2)


CHINESE_SIGNS = re.compile(
    "[\u00a7\u00b0\u00b1\u00b7\u00d7\u00f7\u2010-\u2018\u201a-\u2027\u2030-\u205e\u2103\u2116\u2121\u2160-\u217f"
    "\u2190-\u2193\u2200-\u22ff\u2460-\u24ff\u2500-\u27bf]|\u2019(?![A-Za-z])"
)
"""Signs that Unicode shares between scripts and a Chinese text wants in its Chinese font: “ ” ‘ ’ — … · × ① ….

Word takes them from the Latin font unless told otherwise; an apostrophe inside a Latin word stays Latin.
"""
