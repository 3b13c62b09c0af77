"""Rules that hold the notice against its ledger: each finds its fault wherever in the ledger it is planted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest
from test_proofread_rules import CLEAN, READER

from zhenggai_desktop.domain.blocks import SourceDocument, SourceParagraph
from zhenggai_desktop.domain.feedback import understand
from zhenggai_desktop.domain.notice import compose
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.plan_snapshot import plan_snapshot
from zhenggai_desktop.domain.proofread.subject import subject_of_ledger, subject_of_source
from zhenggai_desktop.domain.records import Department, Issue, Person, Snapshot, Status
from zhenggai_desktop.domain.schemes import scheme_for

TODAY = dt.date(2025, 12, 31)
EXPECTED = {"stopped-heading", "personal-mail"}


def source(text: str) -> SourceDocument:
    lines = [SourceParagraph(i, line) for i, line in enumerate(text.split("\n"), 1) if line.strip()]
    return SourceDocument("通报", tuple(lines))


def a_ledger() -> Snapshot:
    snapshot = plan_snapshot(understand(source(CLEAN)))
    return replace(snapshot, measures=tuple(replace(m, status=Status.DONE) for m in snapshot.measures))


LEDGER = a_ledger()
LEAVES = [issue for issue in LEDGER.issues if Outline(LEDGER).is_leaf(issue)]


def codes(snapshot: Snapshot) -> set[str]:
    document = compose(snapshot, scheme_for(snapshot.facts))
    return {f.code for f in READER.check(subject_of_ledger(document, snapshot, TODAY))} - EXPECTED


def codes_of_file(text: str, reference: Snapshot | None = None) -> set[str]:
    document = source(text)
    subject = subject_of_source(document, understand(document), TODAY, reference)
    return {f.code for f in READER.check(subject)} - EXPECTED


def with_issue(issue: Issue, **values: object) -> Snapshot:
    issues = tuple(replace(i, **values) if i.id == issue.id else i for i in LEDGER.issues)  # type: ignore[arg-type]
    return replace(LEDGER, issues=issues)


def with_measures(issue: Issue, snapshot: Snapshot = LEDGER, **values: object) -> Snapshot:
    measures = tuple(
        replace(m, **values) if m.issue_id == issue.id else m  # type: ignore[arg-type]
        for m in snapshot.measures
    )
    return replace(snapshot, measures=measures)


def without(issue: Issue) -> Snapshot:
    issues = tuple(each for each in LEDGER.issues if each.id != issue.id)
    return replace(LEDGER, issues=issues, measures=tuple(m for m in LEDGER.measures if m.issue_id != issue.id))


@dataclass(frozen=True)
class Plan:
    """A way to plant a fault at an issue, so that ``code`` is found."""

    code: str
    plant: Callable[[Issue], Snapshot]


PLANS = (
    Plan("unfinished-done", lambda i: with_measures(i, progress=f"正在办理{i.id}件。")),
    Plan("done-open", lambda i: with_measures(i, progress="该问题已整改到位。", status=Status.IN_PROGRESS)),
    Plan("standing-result", lambda i: with_measures(i, with_issue(i, standing=True), progress="")),
    Plan(
        "overdue",
        lambda i: with_measures(i, with_issue(i, due_on=dt.date(2025, 9, 30)), status=Status.IN_PROGRESS),
    ),
    Plan("unanswered", lambda i: with_measures(i, progress="")),
    Plan("changed-words", lambda i: with_issue(i, printed_heading="（9）别的问题。")),
    Plan(
        "known-name",
        lambda i: replace(
            with_measures(i, progress=f"由韩立新办理{i.id + 1}件。"), persons=(Person(1, "p", name="韩立新"),)
        ),
    ),
    Plan(
        "unit-name",
        lambda i: replace(
            with_measures(i, progress=f"城乡建没服务中心办理{i.id + 1}件。"),
            departments=(Department(1, "d", name="城乡建设服务中心"),),
        ),
    ),
    Plan(
        "unit-alias",
        lambda i: replace(
            with_measures(i, progress=f"城建中心办理{i.id + 1}件。"),
            departments=(Department(1, "d", name="城乡建设服务中心", aliases=("城建中心",)),),
        ),
    ),
)


def test_the_ledger_as_it_is_has_no_fault() -> None:
    assert codes(LEDGER) == set()
    assert len(LEAVES) >= 10


@pytest.mark.parametrize("plan", PLANS, ids=[plan.code for plan in PLANS])
def test_a_fault_is_found_at_every_issue(plan: Plan) -> None:
    missed = [issue.title for issue in LEAVES if plan.code not in codes(plan.plant(issue))]
    assert len(missed) <= len(LEAVES) * 0.05, missed


def test_a_total_that_the_ledger_does_not_bear_out() -> None:
    tops = [issue for issue in LEDGER.issues if issue.parent_id is None and issue in LEAVES]
    assert [issue.title for issue in tops if "ledger-total" not in codes(without(issue))] == []


LINES = CLEAN.split("\n")


def files_with_faults() -> Iterator[tuple[str, str]]:
    """A code, and a file in which its fault is planted; ten of each."""
    headings = [line for line in LINES if line[:2] in ("1.", "2.", "3.") and line.endswith("问题。")]
    for number, heading in enumerate((headings * 2)[:10]):
        at = [i for i, line in enumerate(LINES) if line == heading][number // len(headings) and -1]
        skipped = [*LINES[:at], f"{7 + number % 3}{heading[1:]}", *LINES[at + 1 :]]
        yield "heading-number", "\n".join(skipped)
    answers = [line for line in LINES if line.startswith("整改进展情况：")]
    for answer in answers[:10]:
        yield "half-width", CLEAN.replace(answer, answer.replace("，", ",").replace("。", "。,", 1))
        yield "unanswered", CLEAN.replace(answer + "\n", "")


@pytest.mark.parametrize("code", ["heading-number", "half-width", "unanswered"])
def test_faults_in_files(code: str) -> None:
    texts = [text for name, text in files_with_faults() if name == code]
    missed = [number for number, text in enumerate(texts) if code not in codes_of_file(text)]
    assert len(texts) >= 10
    assert len(missed) <= len(texts) * 0.05, missed


def test_a_draft_that_came_back_is_held_against_the_ledger() -> None:
    drafts = {issue.title: CLEAN.replace(issue.title, "另外的一种表述方式") for issue in LEAVES}
    missed = [title for title, text in drafts.items() if "against-ledger" not in codes_of_file(text, LEDGER)]
    assert missed == []
    assert codes_of_file(CLEAN, LEDGER) == set()
