"""Automatic numbering of a Word document resolved to the text a reader sees (ECMA-376 Part 1 §17.9).

``NumberingDefinitions`` is ``numbering.xml`` as values; ``NumberingCounters`` walks the paragraphs of one story in
order and says each paragraph's number. The rules are Word's own where they are known to differ from the standard:

* Paragraphs count together when their ``w:num`` share an abstract definition, also one that only links to a list
  style (``numStyleLink``): such a link is a list of its own.
* A level starts again after a paragraph of any higher level; ``lvlRestart`` n limits that to the levels up to n, 0
  means never, a value above the level itself is ignored, and in an override it is ignored ([MS-OI29500] §2.1.282).
* ``startOverride`` starts its level anew at the first paragraph of that ``w:num`` on that level, once in a story.
* A higher level that has not occurred is shown at its start value and counts as used from then on.
* ``isLgl`` writes the levels above in Arabic digits, apart from decimalZero; levels that are bullets have no number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from zhenggai_desktop.formats.word_number_formats import custom_format_text, number_text
from zhenggai_desktop.formats.word_symbols import bullet
from zhenggai_desktop.formats.word_xml import MC, W, number_of, switched_on, value_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

LEVELS = 9
_PLACEHOLDER = re.compile("%([1-9])")
_SUFFIXES = {"tab": "\t", "space": " ", "nothing": ""}


@dataclass(frozen=True, slots=True)
class Level:
    """One ``w:lvl``: how a level counts and looks. ``restart`` is ``lvlRestart`` or None where it is not given."""

    index: int
    start: int = 0  # §17.9.25: without w:start a level begins at 0
    number_format: str = "decimal"
    custom: str = ""
    text: str = ""
    suffix: str = "\t"
    restart: int | None = None
    legal: bool = False
    hidden: bool = False
    style: str = ""
    font: str = ""

    def number(self, number: int, *, legal: bool) -> str:
        """The number alone, as a placeholder of this level shows it."""
        if self.custom:
            return custom_format_text(number, self.custom)
        plain = legal and self.number_format not in {"none", "bullet", "decimalZero"}
        return number_text(number, "decimal" if plain else self.number_format)


@dataclass(frozen=True, slots=True)
class NumberingInstance:
    """One ``w:num`` with its list (the id of the abstract definition), levels after overrides, and start overrides."""

    list_id: str
    levels: Mapping[int, Level]
    start_overrides: Mapping[int, int] = field(default_factory=dict[int, int])

    def start(self, index: int) -> int:
        """Where the level begins."""
        return self.start_overrides.get(index, self.levels[index].start if index in self.levels else 1)

    def level_of_style(self, style_id: str) -> int | None:
        """The level that is tied to a paragraph style (``w:pStyle``), None when there is none."""
        return next((level.index for level in self.levels.values() if level.style == style_id), None)


@dataclass(frozen=True, slots=True)
class AutoNumber:
    """A resolved number: its text and what stands between it and the paragraph ("\\t", " " or "")."""

    text: str
    suffix: str


NumberingDefinitions = dict[str, NumberingInstance]
"""``w:numId`` → instance. An id that is missing numbers nothing."""


def read_definitions(root: Element | None, style_numbers: Mapping[str, str]) -> NumberingDefinitions:
    """The instances of a numbering part, {} without one. ``style_numbers``: numbering style id → its ``numId``."""
    if root is None:
        return {}
    abstracts = {element.get(f"{W}abstractNumId", ""): element for element in root.iter(f"{W}abstractNum")}
    list_of = {num.get(f"{W}numId", ""): value_of(num, "abstractNumId") for num in root.iter(f"{W}num")}
    levels = {key: _levels(element) for key, element in abstracts.items()}
    definitions: NumberingDefinitions = {}
    for num in root.iter(f"{W}num"):
        number_id = num.get(f"{W}numId", "")
        source = _linked(list_of[number_id], abstracts, list_of, style_numbers)
        if number_id and source in abstracts:
            definitions[number_id] = _instance(num, list_of[number_id], levels[source])
    return definitions


def _linked(
    list_id: str, abstracts: Mapping[str, Element], list_of: Mapping[str, str], style_numbers: Mapping[str, str]
) -> str:
    """The abstract definition that holds the levels: follows ``numStyleLink``; a ring of links ends where it began."""
    seen: set[str] = set()
    while list_id in abstracts and list_id not in seen:
        seen.add(list_id)
        style = value_of(abstracts[list_id], "numStyleLink")
        target = list_of.get(style_numbers.get(style, ""), "") if style else ""
        if not target or target not in abstracts:
            break
        list_id = target
    return list_id


def _levels(parent: Element) -> dict[int, Level]:
    """Levels by index. Some exporters leave ``w:ilvl`` out: then the order counts."""
    levels: dict[int, Level] = {}
    for position, element in enumerate(parent.findall(f"{W}lvl")):
        level = _level(element, position)
        if 0 <= level.index < LEVELS:
            levels[level.index] = level
    return levels


def _level(element: Element, position: int) -> Level:
    number_format, custom = _number_format(element)
    text = element.find(f"{W}lvlText")
    run = element.find(f"{W}rPr")
    fonts = run.find(f"{W}rFonts") if run is not None else None
    font = fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "" if fonts is not None else ""
    shown = text.get(f"{W}val", "") if text is not None else ""
    return Level(
        index=number_of(element.get(f"{W}ilvl"), position),
        start=number_of(value_of(element, "start"), 0),
        number_format=number_format,
        custom=custom,
        text=bullet(shown, font) if number_format == "bullet" else shown,
        suffix=_SUFFIXES.get(value_of(element, "suff"), "\t"),
        restart=number_of(value_of(element, "lvlRestart"), None),
        legal=switched_on(element.find(f"{W}isLgl")),
        hidden=run is not None and switched_on(run.find(f"{W}vanish")),
        style=value_of(element, "pStyle"),
        font=font,
    )


def _number_format(element: Element) -> tuple[str, str]:
    """``numFmt`` and the pattern of a custom one, which Word wraps in an alternative with a plain fallback."""
    found = element.find(f"{W}numFmt")
    if found is None:
        found = element.find(f"{MC}AlternateContent/{MC}Choice/{W}numFmt")
    if found is None:
        return "decimal", ""
    name = found.get(f"{W}val", "decimal")
    return name, found.get(f"{W}format", "") if name == "custom" else ""


def _instance(num: Element, list_id: str, base: Mapping[int, Level]) -> NumberingInstance:
    levels = dict(base)
    starts: dict[int, int] = {}
    for override in num.findall(f"{W}lvlOverride"):
        index = number_of(override.get(f"{W}ilvl"), 0)
        for level in _levels(override).values():
            kept = base[index].restart if index in base else None
            levels[index] = replace(level, index=index, restart=kept)
        start = number_of(value_of(override, "startOverride"), None)
        if start is not None:
            starts[index] = start
    return NumberingInstance(list_id, levels, starts)


class NumberingCounters:
    """The counters of one story (the body, or one text box); ask for its paragraphs in reading order."""

    def __init__(self, definitions: NumberingDefinitions) -> None:
        self._definitions = definitions
        self._counts: dict[str, list[int | None]] = {}
        self._started: set[tuple[str, int]] = set()

    def next(self, number_id: str, index: int) -> AutoNumber | None:
        """Counts one paragraph and says its number; None where the paragraph shows none."""
        instance = self._definitions.get(number_id)
        level = instance.levels.get(index) if instance else None
        if instance is None or level is None:
            return None
        counts = self._counts.setdefault(instance.list_id, [None] * LEVELS)
        for higher in range(index):
            if counts[higher] is None:
                counts[higher] = instance.start(higher)
        counts[index] = self._count(instance, number_id, index, counts[index])
        for lower in range(index + 1, LEVELS):
            if _starts_again(instance.levels.get(lower), lower, index):
                counts[lower] = None
        return None if level.hidden else AutoNumber(_label(level, instance, counts), level.suffix)

    def _count(self, instance: NumberingInstance, number_id: str, index: int, count: int | None) -> int:
        first = index in instance.start_overrides and (number_id, index) not in self._started
        self._started.add((number_id, index))
        return instance.start(index) if first or count is None else count + 1


def _starts_again(level: Level | None, lower: int, used: int) -> bool:
    """Does a paragraph of level ``used`` make the level ``lower`` start again?"""
    restart = level.restart if level else None
    if restart is None or restart > lower:
        return True
    return used < restart


def _label(level: Level, instance: NumberingInstance, counts: list[int | None]) -> str:
    if level.number_format == "bullet":
        return level.text

    def placeholder(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        shown = instance.levels.get(index)
        if shown is None:
            return ""
        count = counts[index]
        return shown.number(
            instance.start(index) if count is None else count, legal=level.legal and index < level.index
        )

    return _PLACEHOLDER.sub(placeholder, level.text)
