"""What the proofreader says of real notices, read by hand: every finding here is true."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from test_proofread_rules import findings

from zhenggai_desktop.domain.proofread.findings import Severity

SAMPLES = Path(__file__).parents[4] / "shared" / "samples"


def found(letter: str) -> Counter[str]:
    path = SAMPLES / f"notice-scheme-{letter}.txt"
    if not path.exists():
        pytest.skip(f"{path.name} is not at hand")
    return Counter(finding.code for finding in findings(path.read_text("utf-8")))


def test_notice_a() -> None:
    assert found("a") == {
        "required-part": 1,  # the text begins with the lead: its title is missing
        "half-width": 1,
        "declared-total": 1,  # 27 claimed, 25 listed
        "stopped-heading": 1,
        "before-feedback": 1,  # a rule of June 2024 answers a feedback of September
        "spaced-date": 1,
        "before-inspection": 1,  # an assessment of March 2024, the inspection began in April
        "heading-number": 1,  # （三） goes straight on to （1）
        "personal-mail": 1,
    }


def test_notice_d() -> None:
    assert found("d") == {
        "required-part": 1,  # no title
        "half-width": 1,
        "spaced-date": 1,
        "nested-quotes": 2,
        "punished-by-post": 11,  # heads of named communities beside their penalties
        "wrong-word": 1,
        "doubled": 1,
        "personal-mail": 1,
        "stray-signs": 1,
    }


def test_notice_e() -> None:
    assert found("e") == {
        "half-width": 1,
        "punctuation-run": 1,
        "broken-sentence": 1,  # 通过…，使…: the sentence has no subject
        "stopped-heading": 1,
        "incomplete-date": 2,
        "wrong-word": 1,
        "needless-comma": 1,
        "missing-parts": 1,  # 25 punished, 24 itemised
        "past-future": 1,  # to begin by the end of December, in a notice of March
        "personal-mail": 1,
    }


def test_errors_are_few_and_sure() -> None:
    path = SAMPLES / "notice-scheme-a.txt"
    if not path.exists():
        pytest.skip("no samples at hand")
    errors = [f.code for f in findings(path.read_text("utf-8")) if f.severity is Severity.ERROR]
    assert errors == ["required-part", "declared-total", "before-inspection"]
