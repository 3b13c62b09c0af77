"""Whatever a ledger prints is read back equal from every layout: nothing is lost, nothing is invented."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from layouts import WRITERS, write_table
from random_ledgers import ledgers, tree_of

from zhenggai_desktop.domain.feedback import understand
from zhenggai_desktop.domain.notice import compose
from zhenggai_desktop.domain.plan import ImportPlan
from zhenggai_desktop.domain.plan_snapshot import plan_snapshot
from zhenggai_desktop.domain.records import Snapshot
from zhenggai_desktop.domain.schemes import Scheme, scheme_for
from zhenggai_desktop.formats.reading import read_source


def doubts(plan: ImportPlan) -> list[str]:
    """What is doubted apart from statuses, which an imported notice always leaves to be confirmed."""
    return [note.text for note in plan.doubts if note.code != "status"]


@pytest.mark.parametrize("layout", WRITERS)
@settings(max_examples=25, deadline=None)
@given(ledger=ledgers())
def test_a_notice_reads_back_equal(layout: str, ledger: tuple[Snapshot, Scheme]) -> None:
    snapshot, scheme = ledger
    document = compose(snapshot, scheme)
    suffix, write = WRITERS[layout]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"通报{suffix}")
        write(document, path)
        plan = understand(read_source(path))
    read = plan_snapshot(plan)
    assert read.facts.scheme == scheme.name
    assert tree_of(read) == tree_of(snapshot)
    composed = compose(read, scheme_for(read.facts))
    assert [block.text for block in composed.blocks] == [block.text for block in document.blocks]
    assert doubts(plan) == []
    assert plan.leftovers == []


@settings(max_examples=25, deadline=None)
@given(ledger=ledgers(deepest=2, lists=False))
def test_a_notice_with_its_issues_in_a_table_reads_back_equal(ledger: tuple[Snapshot, Scheme]) -> None:
    snapshot, scheme = ledger
    snapshot = _without_twins(snapshot)
    document = compose(snapshot, scheme)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "通报.docx")
        write_table(document, snapshot, scheme, path)
        plan = understand(read_source(path))
    read = plan_snapshot(plan)
    assert tree_of(read) == tree_of(snapshot)
    issues = {issue.uid for issue in snapshot.issues} | {section.uid for section in snapshot.sections}
    around = [block.text for block in document.blocks if not block.anchor or block.anchor.uid not in issues]
    kept = [block.text for block in compose(read, scheme).blocks if _outside(read, block.anchor and block.anchor.uid)]
    assert kept == around
    assert doubts(plan) == []
    assert plan.leftovers == []


def _outside(snapshot: Snapshot, uid: str | None) -> bool:
    return uid not in {record.uid for record in (*snapshot.issues, *snapshot.sections)}


def _without_twins(snapshot: Snapshot) -> Snapshot:
    """Equal titles below each other in a table are one issue: here each title is another, and so is each section."""
    sections = [replace(section, title=f"{section.title}（甲{section.id}）") for section in snapshot.sections]
    titles = {issue.id: f"{issue.title}（乙{issue.id}）" for issue in snapshot.issues}
    issues: list[object] = []
    for issue in snapshot.issues:
        quoted = [titles[i.id] for i in snapshot.issues if i.parent_id == issue.id and i.printed_level == 0]
        issues.append(replace(issue, title="；".join(quoted) or titles[issue.id], printed_heading=""))
    return replace(snapshot, sections=tuple(sections), issues=tuple(issues))
