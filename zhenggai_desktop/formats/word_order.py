"""The properties of a paragraph in the order that Word insists on (ECMA-376 Part 1, 17.3.1.26)."""

from __future__ import annotations

from collections.abc import Mapping

_ORDER = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "tabs", "spacing", "ind", "jc", "rPr", "sectPr")


def paragraph_properties(parts: Mapping[str, str]) -> str:
    """``w:pPr`` of the elements by name, whatever order they were found in; "" for none. KeyError for another name."""
    if not parts:
        return ""
    ordered = sorted(parts, key=_PLACES.__getitem__)
    return f"<w:pPr>{''.join(parts[name] for name in ordered)}</w:pPr>"


_PLACES = {name: place for place, name in enumerate(_ORDER)}
