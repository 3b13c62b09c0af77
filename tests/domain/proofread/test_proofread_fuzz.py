"""Faults planted at random into clean notices are found; mends are made once and touch nothing else."""

from __future__ import annotations

import random

import pytest
from test_proofread_recall import CASES, Case, chosen
from test_proofread_rules import CLEAN, findings

from zhenggai_desktop.domain.proofread.checker import mended
from zhenggai_desktop.domain.proofread.findings import Finding
from zhenggai_desktop.domain.typography import normalise

ANSWERS = [line for line in CLEAN.splitlines() if line.startswith("整改进展情况：")]
PLANTABLE = [
    case
    for case in CASES
    if case.place == "答"
    and "‖" not in case.line
    and case.code not in ("boilerplate", "enumeration", "announced-items")
]
ROUNDS = 150


def planted(seed: int) -> tuple[str, Case]:
    """A fault of one rule at the end of a random answer."""
    chance = random.Random(seed)
    case, answer = chance.choice(PLANTABLE), chance.choice(ANSWERS)
    return CLEAN.replace(answer, answer + chosen(case.line, faulty=True)), case


def test_faults_at_random_places_are_found() -> None:
    missed: list[tuple[str, str]] = []
    for seed in range(ROUNDS):
        text, case = planted(seed)
        if case.code not in {finding.code for finding in findings(text)}:
            missed.append((case.code, case.line))
    assert len(missed) <= ROUNDS * 0.05, missed


def mends(text: str) -> str:
    """All mends of a notice put in, paragraph by paragraph."""
    lines = [normalise(line)[0] for line in text.split("\n")]
    by_line: dict[int, list[Finding]] = {}
    for finding in (place for found in findings(text) for place in found.everywhere()):
        if finding.mend is not None and finding.line:
            by_line.setdefault(finding.line, []).append(finding)
    for line, found in by_line.items():
        lines[line - 1] = mended(lines[line - 1], tuple(found))
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(20))
def test_mending_twice_is_the_same_as_once(seed: int) -> None:
    chance = random.Random(seed)
    text = CLEAN
    for case in chance.sample(PLANTABLE, 6):
        answer = chance.choice(ANSWERS)
        text = text.replace(answer, answer + chosen(case.line, faulty=True), 1)
    once = mends(text)
    assert mends(once) == once


@pytest.mark.parametrize("seed", range(20))
def test_a_mend_touches_nothing_but_its_words(seed: int) -> None:
    text, _ = planted(seed)
    lines = text.split("\n")
    for finding in findings(text):
        if finding.mend is not None and finding.line:
            line = lines[finding.line - 1]
            after = mended(line, (finding,))
            if normalise(line)[0] != line:
                continue  # a finding counts its characters in the normal form
            assert line[finding.start : finding.end] == finding.words
            assert after == line[: finding.start] + finding.mend + line[finding.end :]
