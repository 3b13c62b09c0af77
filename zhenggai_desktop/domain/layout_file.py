"""Layout profiles of the user's own: a JSON text that names a built-in profile and what departs from it.

The same text is what a ledger keeps as its layout, so that the profile travels with the ledger.
"""

from __future__ import annotations

import json
from dataclasses import asdict, fields, replace
from typing import Any, cast

from zhenggai_desktop.domain.cleaning import clean
from zhenggai_desktop.domain.layout import GUOBIAO, PROFILES, Fonts, LayoutProfile, profile_for
from zhenggai_desktop.domain.records import LedgerFacts
from zhenggai_desktop.errors import UsageError

_LIMITS: dict[str, tuple[float, float]] = {
    "page_width": (100, 600), "page_height": (100, 900), "margin_top": (0, 200), "margin_left": (0, 200),
    "text_width": (50, 500), "text_height": (50, 800), "line_pitch": (200, 2000), "tracking": (-60, 100),
    "body_size": (7, 40), "title_size": (7, 72), "page_number_size": (5, 40), "lines_below_title": (0, 10),
    "lines_above_signature": (0, 10), "lines_above_seal": (0, 10), "page_number_below": (0, 60),
    "table_size": (5, 30), "table_pitch": (100, 2000), "form_size": (5, 30), "form_pitch": (100, 2000),
}  # fmt: skip
_LONGEST_NAME = 60
_LONGEST_PATH = 1000
_REMEDY = "请用“另存版式”重新生成，或按说明改正"


def ledger_profile(facts: LedgerFacts) -> LayoutProfile:
    """The ledger's layout; the standard's where it names none, or one that this program version does not know."""
    try:
        return read_profile(facts.layout_profile)
    except UsageError:
        return GUOBIAO


def read_profile(text: str) -> LayoutProfile:
    """The profile that a ledger's word means: a built-in name, a profile's JSON, or "" for the standard's.

    Raises UsageError.
    """
    if not text:
        return GUOBIAO
    if text.lstrip().startswith("{"):
        return load_profile(text)
    found = profile_for(text)
    if found is None:
        raise UsageError(f"没有名为“{text}”的版式", f"可用的版式有 {'、'.join(profile.name for profile in PROFILES)}")
    return found


def profile_word(profile: LayoutProfile) -> str:
    """What a ledger keeps to find the profile again: "" for the standard's, a name, or the profile itself."""
    if profile == GUOBIAO:
        return ""
    return profile.name if profile in PROFILES else save_profile(profile)


def save_profile(profile: LayoutProfile) -> str:
    """The profile as JSON: its name and every number, font and switch, in millimetres, points and twips."""
    return json.dumps(asdict(profile), ensure_ascii=False, indent=2)


def load_profile(text: str) -> LayoutProfile:
    """The profile in a JSON text; what it leaves out is the standard's. Raises UsageError naming what is wrong."""
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError("版式文件不是有效的 JSON", _REMEDY) from error
    if not isinstance(found, dict):
        raise UsageError("版式文件的内容不是一个版式", _REMEDY)
    values = cast("dict[str, Any]", found)
    fonts = values.pop("fonts", {})
    profile = cast("LayoutProfile", _changed(GUOBIAO, values))
    if isinstance(fonts, dict):
        profile = replace(profile, fonts=cast("Fonts", _changed(Fonts(), cast("dict[str, Any]", fonts))))
    if profile.margin_right < 0 or profile.margin_bottom <= 0:
        raise UsageError("版式文件里的版心放不进纸张", "请改小版心或页边距")
    if not profile.name.strip():
        raise UsageError("版式文件里没有版式的名称", "请填写 name")
    return profile


def _changed(base: LayoutProfile | Fonts, values: dict[str, Any]) -> LayoutProfile | Fonts:
    known = {field.name for field in fields(base)}
    for name, value in values.items():
        if name not in known:
            raise UsageError(f"版式文件里有不认识的“{name}”", _REMEDY)
        _check(name, value, getattr(base, name))
    return replace(base, **values)


def _check(name: str, value: object, old: object) -> None:
    """Raises UsageError where a value has another type than the standard's, or cannot be."""
    if not _is_like(value, old):
        raise UsageError(f"版式文件里“{name}”的值不能用", _REMEDY)
    if isinstance(value, str):
        longest = _LONGEST_PATH if name in ("template", "substituted") else _LONGEST_NAME
        is_missing = not value and name not in ("digits", "template", "substituted")
        if len(value) > longest or is_missing or value != clean(value):
            raise UsageError(f"版式文件里“{name}”的值不能用", _REMEDY)
    elif name in _LIMITS and isinstance(value, (int, float)):
        low, high = _LIMITS[name]
        if not low <= value <= high:
            raise UsageError(f"版式文件里“{name}”应当在{low}和{high}之间", _REMEDY)


def _is_like(value: object, old: object) -> bool:
    if isinstance(old, (bool, str)) or isinstance(value, bool):
        return type(old) is type(value)
    return isinstance(value, int) or (isinstance(value, float) and not isinstance(old, int))
