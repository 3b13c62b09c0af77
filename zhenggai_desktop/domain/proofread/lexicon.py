"""The proofreader's words as data: what is bundled, and what an office adds to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from zhenggai_desktop.domain.cleaning import clean

_SEVERITIES = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class PatternRule:
    """A rule that is a regular expression. ``mend`` may name groups (``\\1``); None = no mend.

    ``unless`` is searched in the sentence of the hit: where it is found, the hit is none. ``needs`` names words, parted
    by “|”, of which a text must hold one for the pattern to be tried at all.
    """

    code: str
    family: str
    severity: str
    find: str
    message: str
    mend: str | None = None
    unless: str = ""
    needs: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words as data, which an office can extend: wrong → right, with pairs that must not be touched, and the rest."""

    replacements: Mapping[str, str] = field(default_factory=dict[str, str])
    exceptions: tuple[str, ...] = ()
    patterns: tuple[PatternRule, ...] = ()
    penalties: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    silenced: frozenset[str] = frozenset()  # codes of rules that the office does not want

    def extended(self, more: Lexicon) -> Lexicon:
        """This lexicon with an office's own words over it; a pattern of the same code replaces the bundled ones."""
        own = {pattern.code for pattern in more.patterns}
        return Lexicon(
            {**self.replacements, **more.replacements},
            (*self.exceptions, *more.exceptions),
            (*(pattern for pattern in self.patterns if pattern.code not in own), *more.patterns),
            (*self.penalties, *more.penalties),
            (*self.posts, *more.posts),
            (*self.surnames, *more.surnames),
            (*self.units, *more.units),
            self.silenced | more.silenced,
        )


def lexicon_of(data: object) -> Lexicon:
    """The lexicon that parsed JSON describes. Raises ValueError where a part is not what it should be."""
    if not isinstance(data, Mapping):
        raise ValueError("no object")
    parts = cast("Mapping[str, Any]", data)
    replacements = parts.get("replacements", {})
    if not isinstance(replacements, Mapping):
        raise ValueError("replacements")
    words = {clean(str(k)): clean(str(v)) for k, v in cast("Mapping[Any, Any]", replacements).items()}
    return Lexicon(
        {wrong: right for wrong, right in words.items() if wrong and wrong != right},
        _words(parts, "exceptions"),
        tuple(_pattern(each) for each in _list(parts, "patterns")),
        _words(parts, "penalties"),
        _words(parts, "posts"),
        _words(parts, "surnames"),
        _words(parts, "units"),
        frozenset(_words(parts, "silenced")),
    )


def lexicon_of_lines(text: str) -> Lexicon:
    """An office's own words, a line each: “错词=对词”, “不查=词” for words to be left alone, # before a remark.

    Raises ValueError with the number of a line that is none of these.
    """
    replacements: dict[str, str] = {}
    exceptions: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        words = clean(line).partition("#")[0].strip()
        wrong, sign, right = (part.strip() for part in words.replace("＝", "=").partition("="))
        if not words:
            continue
        if not (sign and wrong and right) or wrong == right:
            raise ValueError(f"第{number}行“{words[:20]}”")
        if wrong == "不查":
            exceptions.append(right)
        else:
            replacements[wrong] = right
    return Lexicon(replacements, tuple(exceptions))


def _list(parts: Mapping[str, Any], name: str) -> list[Any]:
    found = parts.get(name, [])
    if not isinstance(found, list):
        raise ValueError(name)
    return cast("list[Any]", found)


def _words(parts: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(word for each in _list(parts, name) if (word := clean(str(each))))


def _pattern(data: object) -> PatternRule:
    if not isinstance(data, Mapping):
        raise ValueError("patterns")
    values = {str(k): str(v) for k, v in cast("Mapping[Any, Any]", data).items()}
    if missing := {"code", "family", "severity", "find", "message"} - values.keys():
        raise ValueError("、".join(sorted(missing)))
    pattern = PatternRule(**values)
    if pattern.severity not in _SEVERITIES:
        raise ValueError(pattern.severity)
    try:
        found = re.compile(pattern.find)
        re.compile(pattern.unless)
        empty = re.compile(f"(?:{pattern.find})|").match("")
        if empty is not None and pattern.mend:
            empty.expand(pattern.mend)  # raises where it names a group that the pattern does not have
    except (re.error, IndexError) as error:
        raise ValueError(pattern.find) from error
    if found.match(""):
        raise ValueError(pattern.find)  # would be found everywhere
    return pattern
