"""Notices as offices of many kinds write them: nothing is said of the clean ones, and each planted fault is found."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from test_proofread_rules import findings

TEXTS = Path(__file__).parents[2] / "texts"
FILES = sorted(TEXTS.glob("proofreading_passages_*.txt"))
MARK = re.compile(r"⟦([^|⟦⟧]*)\|([^|⟦⟧]*)\|([a-z-]+)⟧")
EXPECTED = {"stopped-heading"}  # told once of texts whose headings end with a full stop: true, and so in real ones


@dataclass(frozen=True)
class Passage:
    name: str
    text: str

    @property
    def marks(self) -> int:
        return len(MARK.findall(self.text))

    def written(self, choose: Callable[[int, re.Match[str]], str]) -> str:
        """The text with each mark replaced by what ``choose`` gives for its number."""
        numbers = iter(range(self.marks))
        return MARK.sub(lambda match: choose(next(numbers), match), self.text)

    @property
    def clean(self) -> str:
        return self.written(lambda _, match: match[2])

    def faulty(self, number: int) -> str:
        return self.written(lambda at, match: match[1 if at == number else 2])

    def fault(self, number: int) -> re.Match[str]:
        return list(MARK.finditer(self.text))[number]


def passages() -> list[Passage]:
    found: list[Passage] = []
    for path in FILES:
        for part in path.read_text("utf-8").split("\n## ")[1:]:
            name, _, text = part.partition("\n")
            found.append(Passage(name, text))
    return found


PASSAGES = passages()
NAMED = pytest.mark.parametrize("passage", PASSAGES, ids=[passage.name for passage in PASSAGES])


def told(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for finding in findings(text):
        if finding.code not in EXPECTED:
            found.setdefault(finding.code, []).append(f"{finding.words[:40]}：{finding.message}")
    return found


@NAMED
def test_nothing_is_said_of_clean_prose(passage: Passage) -> None:
    assert told(passage.clean) == {}


@NAMED
def test_each_planted_fault_is_found(passage: Passage) -> None:
    missed: list[str] = []
    for number in range(passage.marks):
        fault = passage.fault(number)
        found = told(passage.faulty(number))
        if fault[3] not in found:
            missed.append(f"{fault[0]} {found}")
    assert len(missed) <= passage.marks * 0.05, missed


def test_the_passages_are_many_and_varied() -> None:
    assert len(PASSAGES) >= 100
    assert sum(passage.marks for passage in PASSAGES) >= 420
