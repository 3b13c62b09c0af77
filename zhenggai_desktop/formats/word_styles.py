"""What the styles of a Word document say about its paragraphs: numbering, outline level, centring, hidden text.

A property of a style holds for the styles based on it (ECMA-376 Part 1 §17.7.4.3); each is looked up once per style.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from zhenggai_desktop.formats.word_xml import W, number_of, switched_on, value_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from xml.etree.ElementTree import Element

    from zhenggai_desktop.formats.word_numbering import NumberingInstance

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_CENTRED = {"center"}


@dataclass(frozen=True, slots=True)
class StyleFacts:
    """One style with all it inherits. ``chain``: (style id, its own ``ilvl`` or None) from the style to its roots."""

    number_id: str | None = None
    chain: tuple[tuple[str, int | None], ...] = ()
    outline: int = 0
    centred: bool = False
    hidden: bool | None = None

    def level_in(self, instance: NumberingInstance) -> int:
        """The level at which the style numbers: the level tied to the style, else the level it states, else 0."""
        for style_id, stated in self.chain:
            tied = instance.level_of_style(style_id)
            if tied is not None:
                return tied
            if stated is not None:
                return stated
        return 0


class StyleSheet:
    """The styles part of a document; a document without one has no style facts."""

    def __init__(self, root: Element | None) -> None:
        elements = root.findall(f"{W}style") if root is not None else []
        self._styles = {element.get(f"{W}styleId", ""): element for element in elements}
        self._default = next((_id(element) for element in elements if _is_default(element)), "")
        self.facts: Callable[[str], StyleFacts] = cache(self._facts)

    def of_paragraph(self, style_id: str) -> StyleFacts:
        """Facts of a paragraph's style; a paragraph that names none, or one that is missing, has the default style."""
        return self.facts(style_id if style_id in self._styles else self._default)

    def numbering_styles(self) -> dict[str, str]:
        """Numbering style id → the ``numId`` it stands for (the targets of ``numStyleLink``)."""
        return {key: number_id for key, style in self._styles.items() if (number_id := _number_id(style))}

    def _facts(self, style_id: str) -> StyleFacts:
        chain = list(self._chain(style_id))
        number_ids = (_number_id(style) for style in chain)
        outlines = (_outline(style) for style in chain)
        justified = (_paragraph_value(style, "jc") for style in chain)
        vanishing = (_vanish(style) for style in chain)
        return StyleFacts(
            number_id=next((number for number in number_ids if number), None),
            chain=tuple((_id(style), _stated_level(style)) for style in chain),
            outline=next((outline for outline in outlines if outline is not None), 0),
            centred=next((value for value in justified if value), "") in _CENTRED,
            hidden=next((value for value in vanishing if value is not None), None),
        )

    def _chain(self, style_id: str) -> Iterator[Element]:
        """The style and those it is based on; a ring of styles is walked once."""
        seen: set[str] = set()
        while style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            yield self._styles[style_id]
            style_id = value_of(self._styles[style_id], "basedOn")


def outline_of(properties: Element) -> int | None:
    """``outlineLvl`` of paragraph properties as 1–9, 0 for body text (9), None when it is not stated."""
    level = number_of(value_of(properties, "outlineLvl"), None)
    if level is None:
        return None
    return level + 1 if 0 <= level < 9 else 0


def _outline(style: Element) -> int | None:
    """The outline level a style states, or the one that its built-in name implies (heading 1, 标题 1)."""
    properties = style.find(f"{W}pPr")
    stated = outline_of(properties) if properties is not None else None
    if stated is not None:
        return stated
    name = _HEADING.fullmatch(value_of(style, "name").strip())
    return int(name[1]) if name else None


def _id(style: Element) -> str:
    return style.get(f"{W}styleId", "")


def _is_default(style: Element) -> bool:
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default", "0") in {"1", "true", "on"}


def _number_properties(style: Element) -> Element | None:
    return style.find(f"{W}pPr/{W}numPr")


def _number_id(style: Element) -> str:
    found = _number_properties(style)
    return value_of(found, "numId") if found is not None else ""


def _stated_level(style: Element) -> int | None:
    found = _number_properties(style)
    return number_of(value_of(found, "ilvl"), None) if found is not None else None


def _paragraph_value(style: Element, name: str) -> str:
    properties = style.find(f"{W}pPr")
    return value_of(properties, name) if properties is not None else ""


def _vanish(style: Element) -> bool | None:
    found = style.find(f"{W}rPr/{W}vanish")
    return switched_on(found) if found is not None else None
