"""Layout profiles chosen, adjusted and kept as files; and the Word template that an office restyles."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from zhenggai_desktop.domain.layout import FONT_SETS, LayoutProfile
from zhenggai_desktop.domain.layout_file import ledger_profile, load_profile, read_profile, save_profile
from zhenggai_desktop.domain.records import LedgerFacts
from zhenggai_desktop.errors import UsageError

_LARGEST = 100_000  # bytes of a profile
ROMAN = "Times New Roman"
_LEAST_LINE, _MOST_LINE = 10.0, 100.0  # points


def chosen_profile(name: str, facts: LedgerFacts, *, template: str = "") -> LayoutProfile:
    """The profile that ``name`` means: a built-in one, a profile's file, or "" for the ledger's own.

    ``template`` is the path of a restyled Word file that goes before it. Raises UsageError.
    """
    profile = _named(name, facts)
    return replace(profile, template=template) if template else profile


def _named(name: str, facts: LedgerFacts) -> LayoutProfile:
    if not name:
        return ledger_profile(facts)
    path = Path(name)
    return load_layout(path) if path.suffix.lower() == ".json" else read_profile(name)


def load_layout(path: Path) -> LayoutProfile:
    """A profile from its file. Raises UsageError."""
    try:
        if path.stat().st_size <= _LARGEST:
            return load_profile(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise UsageError(f"找不到版式文件“{path}”", "请核对文件名") from error
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"版式文件“{path.name}”读不出来", "请换一个 UTF-8 编码的版式文件") from error
    raise UsageError(f"版式文件“{path.name}”太大", "请换一个由本程序另存的版式文件")


def save_layout(profile: LayoutProfile, path: Path) -> None:
    """Keep a profile as .json, or as the .docx whose styles an office can change. Raises UsageError, TargetError."""
    from zhenggai_desktop.formats.replacing import replacing  # noqa: PLC0415 - few save a layout

    suffix = path.suffix.lower()
    if suffix == ".json":
        content = save_profile(profile).encode()
    elif suffix == ".docx":
        from zhenggai_desktop.formats.word_template import template_bytes  # noqa: PLC0415

        content = template_bytes(profile)
    else:
        raise UsageError(f"版式不能存成“{path.name}”", "请把文件名写成以 .json（版式）或 .docx（模板）结尾")
    with replacing(path) as temporary:
        temporary.write_bytes(content)


def adjusted(
    profile: LayoutProfile,
    *,
    line: str = "",
    fonts: str = "",
    digits: str = "",
    bold: bool | None = None,
    seal: bool | None = None,
    name: str = "",
) -> LayoutProfile:
    """The profile with the choices that offices differ in; "" and None leave them. Raises UsageError.

    ``line`` is the pitch in points; ``fonts`` one of ``FONT_SETS``; ``digits`` "roman" or "body".
    """
    if line:
        profile = replace(profile, line_pitch=round(_points(line) * 20))
    if fonts:
        chosen = replace(FONT_SETS[fonts], digits=profile.fonts.digits)
        profile = replace(profile, fonts=chosen, substituted="")
    if digits:
        profile = replace(profile, fonts=replace(profile.fonts, digits=ROMAN if digits == "roman" else ""))
    if bold is not None:
        profile = replace(profile, bold_heading_2=bold)
    if seal is not None:
        profile = replace(profile, sealed=seal)
    return replace(profile, name=name) if name else profile


def _points(text: str) -> float:
    try:
        points = float(text)
    except ValueError:
        points = 0.0
    if not _LEAST_LINE <= points <= _MOST_LINE:
        raise UsageError(f"行距不能是“{text}”", f"请写{_LEAST_LINE:g}到{_MOST_LINE:g}之间的磅数，如 28.95")
    return points
