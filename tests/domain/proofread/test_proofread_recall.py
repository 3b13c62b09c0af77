"""Own texts with planted faults, and the same texts clean: at least 95 of 100 faults are found, none in the clean."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from test_proofread_rules import CLEAN, ROOT, findings

ANSWER = "组建由12名骨干组成的宣讲小分队，深入社区、企业和商圈宣讲21场，覆盖党员群众1300余人次。"
OTHER = "完成固定资产清查盘点，补登资产57件，核销报废资产31件，资产卡片与实物已逐件核对一致。"
PROSE = "实行每周调度、每月通报。"
PARAGRAPH = "⏎"  # begins another paragraph
CHOICE = re.compile(r"\[((?:\[[^\]]*\])?[^|\[\]]*(?:\|(?=\|))?)\|([^\]]*)\]")


@dataclass(frozen=True)
class Case:
    code: str
    place: str
    line: str

    def text(self, *, faulty: bool) -> str:
        """The clean notice with this line in it, with its fault or without."""
        words, _, other = self.line.partition("‖答‖")
        target = ANSWER if self.place == "答" else PROSE
        kept = "" if self.place == "答" else PROSE
        notice = CLEAN.replace(target, kept + chosen(words, faulty=faulty))
        return notice.replace(OTHER, chosen(other, faulty=faulty)) if other else notice


def chosen(words: str, *, faulty: bool) -> str:
    return CHOICE.sub(lambda match: match[1 if faulty else 2], words).replace(PARAGRAPH, "\n")


def cases() -> list[Case]:
    found: list[Case] = []
    code = place = ""
    for line in (ROOT / "tests" / "texts" / "proofreading_faults.txt").read_text("utf-8").splitlines():
        if line.startswith("@"):
            code, place = line[1:].split()
        elif line and not line.startswith("#"):
            found.append(Case(code, place, line))
    return found


CASES = cases()
CODES = sorted({case.code for case in CASES})


def cases_of(code: str, *, every: int) -> list[Case]:
    """The cases of a rule, all or each second, third … one."""
    return [case for case in CASES if case.code == code][::every]


def missed(cases: list[Case]) -> list[str]:
    return [case.line for case in cases if case.code not in {f.code for f in findings(case.text(faulty=True))}]


def false_alarms(cases: list[Case]) -> list[tuple[str, str, str]]:
    return [
        (case.line, finding.code, finding.words)
        for case in cases
        for finding in findings(case.text(faulty=False))
        if finding.code not in ("stopped-heading", "personal-mail")
    ]


@pytest.mark.parametrize("code", CODES)
def test_planted_faults_are_found(code: str) -> None:
    assert missed(cases_of(code, every=3)) == []


@pytest.mark.parametrize("code", CODES)
def test_the_same_texts_without_the_fault_are_clean(code: str) -> None:
    assert false_alarms(cases_of(code, every=3)) == []


@pytest.mark.full
@pytest.mark.parametrize("code", CODES)
def test_all_planted_faults_are_found_and_the_clean_texts_left_alone(code: str) -> None:
    cases = cases_of(code, every=1)
    assert len(cases) >= 10
    assert len(missed(cases)) <= len(cases) * 0.05
    assert false_alarms(cases) == []
