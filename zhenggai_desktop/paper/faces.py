"""The fonts of a layout profile as this PC has them, and how wide their characters are.

A font that is missing is replaced by its nearest relative that is there; ``substitutions`` says so, because lines may
then break otherwise than in Word. No font is ever brought along: their licences do not allow it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetricsF

from zhenggai_desktop.domain.layout import CHINESE_SIGNS, LayoutProfile

_MEASURED = 1000  # pixels: large enough that rounding does not count
_SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "AR PL UMing CN")
_SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Micro Hei")
_FANGSONG = ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "方正仿宋_GBK", "华文仿宋", "STFangsong", *_SERIF)
_KAITI = ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "方正楷体_GBK", "华文楷体", "STKaiti", *_SERIF)
_HEITI = ("黑体", "SimHei", "方正黑体_GBK", "华文黑体", "STHeiti", *_SANS)
_SONGTI = ("宋体", "SimSun", "华文宋体", "STSong", *_SERIF)
_BIAOSONG = ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "华文中宋", "STZhongsong", *_SONGTI)

_RELATIVES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("小标宋", _BIAOSONG),
    ("仿宋", _FANGSONG),
    ("楷", _KAITI),
    ("黑", _HEITI),
    ("宋", _SONGTI),
)
_LATIN = ("Liberation Serif", "DejaVu Serif")
_SAME: tuple[frozenset[str], ...] = tuple(
    frozenset(names)
    for names in (
        ("仿宋", "FangSong"), ("楷体", "KaiTi"), ("黑体", "SimHei"), ("宋体", "SimSun"),
        ("仿宋_GB2312", "FangSong_GB2312"), ("楷体_GB2312", "KaiTi_GB2312"),
        ("方正小标宋简体", "FZXiaoBiaoSong-B05S"), ("Times New Roman", "Liberation Serif"),
    )
)  # names of one font, or of one that measures the same  # fmt: skip


class Role(StrEnum):
    """What a stretch of text is on the page; its font follows."""

    TITLE = "title"
    HEADING_1 = "heading_1"
    HEADING_2 = "heading_2"
    BODY = "body"  # also the headings 1. and （1）
    NUMBER = "number"  # of the page


class Face:
    """One font at its size. Lengths in points; on a device it is painted in a system of points scaled up."""

    def __init__(self, family: str, size: float, *, bold: bool = False, tracking: float = 0.0) -> None:
        self.size = size
        self.tracking = tracking
        self.font = _font(family, bold=bold)
        self.font.setPixelSize(max(round(size), 1))
        measured = QFont(self.font)
        measured.setPixelSize(_MEASURED)
        self._metrics = QFontMetricsF(measured)
        self._chinese = self._natural("国")
        self._known: dict[str, float] = {}

    def natural(self, sign: str) -> float:
        """How far the font itself moves on after a character."""
        if "\u4e00" <= sign <= "\u9fff":
            return self._chinese
        found = self._known.get(sign)
        if found is None:
            found = self._known[sign] = self._natural(sign)
        return found

    def advance(self, sign: str) -> float:
        """The room a character gets on the page: a Chinese one is exactly as wide as the type is large, tracked."""
        if sign >= "\u2e80" or CHINESE_SIGNS.match(sign):
            return self.size + self.tracking
        return self.natural(sign) + self.tracking

    def spaced(self, spacing: float) -> QFont:
        """The font with ``spacing`` points added behind each character."""
        font = QFont(self.font)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing)
        return font

    def _natural(self, sign: str) -> float:
        return self._metrics.horizontalAdvance(sign) * self.font.pixelSize() / _MEASURED


class Faces:
    """The faces of one profile, made once. Needs an application: fonts are the screen's."""

    def __init__(self, profile: LayoutProfile) -> None:
        self.profile = profile
        fonts, size = profile.fonts, profile.body_size
        tracking = profile.tracking / 20
        names = {
            Role.TITLE: (fonts.title, profile.title_size, False, 0.0),
            Role.HEADING_1: (fonts.heading_1, size, False, tracking),
            Role.HEADING_2: (fonts.heading_2, size, profile.bold_heading_2, tracking),
            Role.BODY: (fonts.body, size, False, tracking),
            Role.NUMBER: (fonts.page_number, profile.page_number_size, False, 0.0),
        }
        self._substitutions: dict[str, str] = {}
        self._chinese = {
            role: Face(self._family(name), points, bold=bold, tracking=spacing)
            for role, (name, points, bold, spacing) in names.items()
        }
        self._digits = dict(self._chinese)
        if fonts.digits:
            family = self._family(fonts.digits)
            self._digits |= {
                role: Face(family, points, bold=bold, tracking=spacing)
                for role, (_, points, bold, spacing) in names.items()
                if role is not Role.NUMBER
            }

    @property
    def substitutions(self) -> Mapping[str, str]:
        """Fonts of the profile that this PC lacks → what stands in for them."""
        return self._substitutions

    def face(self, role: Role, *, latin: bool = False) -> Face:
        """The face of a role; that of its Latin letters and digits may be another one."""
        return (self._digits if latin else self._chinese)[role]

    def _family(self, name: str) -> str:
        family = family_for(name)
        if family != name and not any(name in same and family in same for same in _SAME):
            self._substitutions[name] = family
        return family


def family_for(name: str) -> str:
    """The font called ``name`` or its nearest relative on this PC; whatever the system gives where there is none."""
    if QFontDatabase.hasFamily(name):
        return name
    relatives = next((names for part, names in _RELATIVES if part in name), _LATIN)
    found = next((family for family in relatives if QFontDatabase.hasFamily(family)), "")
    return found or QFontInfo(QFont()).family()


def _font(family: str, *, bold: bool) -> QFont:
    font = QFont(family)
    font.setBold(bold)
    font.setKerning(False)  # widths are added up character by character
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # the page looks the same at every size
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    return font
