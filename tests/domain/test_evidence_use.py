"""Which evidence proves which issues: its own, of measures, of outcomes, of what is below."""

from __future__ import annotations

import datetime as dt

from builders import a_snapshot

from zhenggai_desktop.domain.closing import ClosingConditions
from zhenggai_desktop.domain.evidence_use import evidence_by_issue, evidence_rows
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import (
    Evidence,
    EvidenceLink,
    Issue,
    Measure,
    MeasureLink,
    Outcome,
    OutcomeLink,
    Section,
    Snapshot,
    Status,
)


def a_proven_snapshot() -> Snapshot:
    """1 by itself, 2 by its measure (which serves 3 too), 4 by an outcome, 5 by 6 below it, 7 by nothing."""
    return a_snapshot(
        Section(title="方面"),
        *(Issue(section_id=1, title=str(at)) for at in range(1, 6)),
        Issue(parent_id=5, title="6"),
        Issue(section_id=1, title="7", status=Status.DONE),
        Measure(issue_id=2, content="措施"),
        MeasureLink(measure_id=1, issue_id=3),
        Outcome(kind="制度新建"),
        OutcomeLink(outcome_id=1, issue_id=4),
        *(
            Evidence(title=title, dated_on=dt.date(2025, at, 1))
            for title, at in zip("甲乙丙丁", (2, 3, 4, 2), strict=True)
        ),
        EvidenceLink(evidence_id=1, issue_id=1),
        EvidenceLink(evidence_id=4, issue_id=1),
        EvidenceLink(evidence_id=2, measure_id=1),
        EvidenceLink(evidence_id=3, outcome_id=1),
        EvidenceLink(evidence_id=3, issue_id=6),
        feedback_date=dt.date(2025, 3, 1),
    )


def test_evidence_reaches_an_issue_on_every_way() -> None:
    found = evidence_by_issue(Outline(a_proven_snapshot()))
    assert found == {1: (1, 4), 2: (2,), 3: (2,), 4: (3,), 5: (3,), 6: (3,)}


def test_the_rows_say_what_is_bare_and_what_is_too_early() -> None:
    rows = evidence_rows(a_proven_snapshot(), dt.date(2025, 6, 1))
    assert [(row.issue.title, row.words()) for row in rows] == [
        ("1", "2份，其中2份早于反馈"),
        ("2", "1份"),
        ("3", "1份"),
        ("4", "1份"),
        ("6", "1份"),
        ("7", "已完成，没有佐证材料"),
    ]
    assert rows[0].words(gone=1) == "2份，其中2份早于反馈、1份文件不在了"


def test_it_agrees_with_what_closing_asks_for() -> None:
    snapshot = a_proven_snapshot()
    conditions, found = ClosingConditions(snapshot), evidence_by_issue(Outline(snapshot))
    for issue in snapshot.issues:
        lacking = "evidence" in [lack.code for lack in conditions.lacks(issue)]
        assert lacking == (issue.id not in found), issue.title
