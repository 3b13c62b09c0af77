"""The fonts of a layout profile as this PC has them, and how wide their characters are.

A font that is missing is replaced by its nearest relative that is there; ``substitutions`` says so, because lines may
then break otherwise than in Word. No font is ever brought along: their licences do not allow it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetricsF

from zhenggai_desktop.domain.font_choice import relatives, same_font
from zhenggai_desktop.domain.layout import CHINESE_SIGNS, LayoutProfile

_MEASURED = 1000  # pixels: large enough that rounding does not count


class Role(StrEnum):
    """What a stretch of text is on the page; its font follows."""

    TITLE = "title"
    HEADING_1 = "heading_1"
    HEADING_2 = "heading_2"
    BODY = "body"  # also the headings 1. and （1）
    NUMBER = "number"  # of the page
    CELL = "cell"  # of a table, and notes beside it
    HEAD_CELL = "head_cell"
    FORM = "form"  # cells of a form to be filled in by hand


class Face:
    """One font at its size. Lengths in points; on a device it is painted in a system of points scaled up.

    Qt knows whole pixels only where a painter is scaled: a font of 10.5 points is made twice as large and has to be
    painted by half, which ``scale`` says (1.0 for others).
    """

    def __init__(self, family: str, size: float, *, bold: bool = False, tracking: float = 0.0) -> None:
        self.size = size
        self.tracking = tracking
        self.font = _font(family, bold=bold)
        self.scale = 1.0 if size == round(size) else 0.5
        self.font.setPixelSize(max(round(size / self.scale), 1))
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
        """The font with ``spacing`` points added behind each character, in the size that ``scale`` is for."""
        font = QFont(self.font)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing / self.scale)
        return font

    def _natural(self, sign: str) -> float:
        return self._metrics.horizontalAdvance(sign) * self.font.pixelSize() * self.scale / _MEASURED


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
            Role.CELL: (fonts.body, profile.table_size, False, 0.0),
            Role.HEAD_CELL: (fonts.heading_1, profile.table_size, False, 0.0),
            Role.FORM: (fonts.body, profile.form_size, False, 0.0),
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
        if not same_font(name, family):
            self._substitutions[name] = family
        return family


def family_for(name: str) -> str:
    """The font called ``name`` or its nearest relative on this PC; whatever the system gives where there is none."""
    if QFontDatabase.hasFamily(name):
        return name
    found = next((family for family in relatives(name) if QFontDatabase.hasFamily(family)), "")
    return found or QFontInfo(QFont()).family()


def _font(family: str, *, bold: bool) -> QFont:
    font = QFont(family)
    font.setBold(bold)
    font.setKerning(False)  # widths are added up character by character
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # the page looks the same at every size
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    return font
