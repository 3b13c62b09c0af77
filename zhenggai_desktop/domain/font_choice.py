"""Which of a layout's fonts a computer has, and what stands in for those it lacks.

The decision only: what is installed is found out by the front ends. No font is ever brought along or embedded, their
licences do not allow it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace

from zhenggai_desktop.domain.layout import LayoutProfile

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


def relatives(name: str) -> tuple[str, ...]:
    """Fonts that may stand in for ``name``, the nearest first; itself may be among them."""
    return next((names for part, names in _RELATIVES if part in name), _LATIN)


def same_font(name: str, other: str) -> bool:
    """True where both names are of one font, or of two that measure the same."""
    return name == other or any(name in same and other in same for same in _SAME)


@dataclass(frozen=True, slots=True)
class FontReport:
    """``missing`` fonts of a layout, each with what this computer has in its place, "" for nothing."""

    missing: Mapping[str, str]

    def substituted(self, profile: LayoutProfile) -> LayoutProfile:
        """The profile with the fonts of this computer where one stands in, and with a note of it."""
        pairs = "、".join(f"{name}→{other}" for name, other in self.missing.items() if other)
        names = {spec.name: getattr(profile.fonts, spec.name) for spec in fields(profile.fonts)}
        return replace(
            profile,
            fonts=replace(profile.fonts, **{key: self.missing.get(name) or name for key, name in names.items()}),
            substituted="、".join(filter(None, (profile.substituted, pairs))),
        )

    def lines(self, substituted: bool = False) -> list[str]:
        """What to tell before the export, one sentence; nothing where every font is there."""
        if not self.missing:
            return []
        pairs = "、".join(f"{name}（{other or '没有可代替的字体'}）" for name, other in self.missing.items())
        if substituted:
            return [f"本机没有的字体已改用括号中的字体：{pairs}。"]
        return [
            f"本机没有这些字体，在本机显示时由括号中的字体代替：{pairs}。文件仍按规定写明字体，装有字体的电脑按规定显示。"
        ]


def check_fonts(profile: LayoutProfile, installed: Collection[str] | None) -> FontReport:
    """Which fonts of the profile are not among ``installed`` (families in any language); none where that is None."""
    if installed is None:
        return FontReport({})
    names = dict.fromkeys(name for spec in fields(profile.fonts) if (name := getattr(profile.fonts, spec.name)))
    missing = {name: _stand_in(name, installed) for name in names if not _is_there(name, installed)}
    return FontReport(missing)


def _is_there(name: str, installed: Collection[str]) -> bool:
    return name in installed or any(name in same and any(other in installed for other in same) for same in _SAME)


def _stand_in(name: str, installed: Collection[str]) -> str:
    return next((other for other in relatives(name) if other in installed), "")
