"""Rules that are regular expressions kept as data in the lexicon."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from zhenggai_desktop.domain.proofread.clauses import part_begin
from zhenggai_desktop.domain.proofread.findings import Family, Hit, Severity, TextRule
from zhenggai_desktop.domain.proofread.lexicon import Lexicon, PatternRule
from zhenggai_desktop.domain.quick_patterns import only_with, quick

_SENTENCE_END = re.compile(r"[。；]")


def pattern_check(pattern: PatternRule) -> Callable[[str], Iterable[Hit]]:
    """A check for one pattern; ``{0}`` in its message stands for the words found, ``\\g<a>`` for a group of it."""
    find, unless = quick(pattern.find), re.compile(pattern.unless) if pattern.unless else None

    @only_with(pattern.find)
    def check(text: str) -> Iterator[Hit]:
        for match in find.finditer(text):
            if match[0] and not (unless and unless.search(_sentence(text, match.start(), match.end()))):
                mend = None if pattern.mend is None else match.expand(pattern.mend)
                message = match.expand(pattern.message) if "\\" in pattern.message else pattern.message
                yield Hit(match.start(), match.end(), message.replace("{0}", match[0]), mend)

    return check


def _sentence(text: str, start: int, end: int) -> str:
    begin = part_begin(text, start)
    stop = _SENTENCE_END.search(text, end)
    return text[begin : stop.start() if stop else len(text)]


def rules(lexicon: Lexicon) -> tuple[TextRule, ...]:
    """One rule for each pattern, in the order of the data; several may share a code."""
    return tuple(
        TextRule(
            pattern.code,
            Family(pattern.family),
            Severity(pattern.severity),
            pattern_check(pattern),
            tuple(filter(None, pattern.needs.split("|"))),
        )
        for pattern in lexicon.patterns
    )
