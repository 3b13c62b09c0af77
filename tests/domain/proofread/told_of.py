"""What the rules of one code tell of a paragraph: a rule's tests are tables of sentences and what is told of each."""

from __future__ import annotations

import re

from test_proofread_rules import CLEAN, READER, findings

from zhenggai_desktop.domain.proofread.findings import TextRule


def told_of(code: str, text: str) -> list[tuple[str, ...]]:
    """The words of each finding, what its message begins with (the sum, the two values, the sign) and its mending."""
    rules = [rule for rule in READER.rules if rule.code == code and isinstance(rule, TextRule)]
    assert rules, code
    return [(text[hit.start : hit.end], hit.message.partition("，")[0]) for rule in rules for hit in rule.check(text)]


def told_in(code: str, text: str) -> list[tuple[str, ...]]:
    """The same of a whole document, one line a paragraph, as every rule of the code tells it."""
    return [
        (found.words, found.message.partition("，")[0], *(() if found.mend is None else (found.mend,)))
        for found in findings(text)
        if found.code == code
    ]


def told_of_answer(code: str, answer: str) -> list[tuple[str, ...]]:
    """The same of an answer in a notice of 25 December 2025: feedback of 20 June, inspection from 10 March."""
    return told_in(code, re.sub("整改进展情况：.*组建由12名骨干.*", lambda _: f"整改进展情况：{answer}", CLEAN))
