"""Whatever is imported into whatever ledger: nothing written is changed, nothing new is lost, twice is once."""

from __future__ import annotations

import tempfile
from dataclasses import fields
from pathlib import Path

from builders import a_ledger
from hypothesis import given, settings
from hypothesis import strategies as st
from import_plans import a_section, an_issue

from zhenggai_desktop.domain.matching import text_core
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.plan import ImportPlan, ProposedIssue
from zhenggai_desktop.domain.records import SNAPSHOT_FIELDS, DocumentKind, Record, Snapshot
from zhenggai_desktop.services.importing import apply

TITLES = st.sampled_from(
    [
        "", "其他", "责任落实不到位", "针对“责任落实不到位”问题", "责任落实不到位，检查督促少", "制度执行有差距",
        "制度执行仍有差距", "关于制度执行有差距的问题", "往来款项长期不清理", "往来款项长期未清理",
    ]
)  # fmt: skip
WORDS = st.sampled_from(["", "开展检查3次。", "修订制度2项。"])


def siblings(depth: int, most: int) -> st.SearchStrategy[list[ProposedIssue]]:
    """Issues of different titles: of twins, text and all, nobody could say which is which."""
    return st.lists(issues(depth), max_size=most, unique_by=lambda proposed: text_core(proposed.record.title))


def issues(depth: int) -> st.SearchStrategy[ProposedIssue]:
    below = siblings(depth - 1, 2) if depth else st.just([])
    return st.builds(
        lambda title, measures, children, words: an_issue(
            title, *measures, issues=tuple(children), original_text=words, deadline=words
        ),
        TITLES,
        st.lists(WORDS.filter(bool), max_size=2),
        below,
        WORDS,
    )


SECTIONS = st.lists(
    st.builds(lambda title, found: a_section(title, *found), TITLES, siblings(1, 4)),
    max_size=3,
    unique_by=lambda section: text_core(section.record.title) if section.record else "",
)


def a_plan(sections: list[object], sha256: str) -> ImportPlan:
    return ImportPlan("来源.txt", DocumentKind.NOTICE, sections=list(sections), sha256=sha256)  # type: ignore[arg-type]


def records(snapshot: Snapshot) -> dict[tuple[type[Record], int], Record]:
    return {(kind, record.id): record for kind, name in SNAPSHOT_FIELDS.items() for record in getattr(snapshot, name)}


def assert_nothing_was_overwritten(before: Snapshot, after: Snapshot) -> None:
    now = records(after)
    for key, record in records(before).items():
        blank = type(record)()
        for field in fields(record):
            value = getattr(record, field.name)
            if value != getattr(blank, field.name):
                assert getattr(now[key], field.name) == value, (record, field.name)


def known_words(snapshot: Snapshot) -> set[str]:
    titled = {record.title for record in (*snapshot.sections, *snapshot.issues)}
    return titled | {measure.progress for measure in snapshot.measures}


@settings(max_examples=40, deadline=None, derandomize=True)
@given(SECTIONS, SECTIONS)
def test_an_import_adds_keeps_and_comes_to_rest(first: list[object], second: list[object]) -> None:
    with tempfile.TemporaryDirectory() as folder, a_ledger(Path(folder)) as ledger:
        apply(ledger, a_plan(first, "1" * 64))
        before = ledger.snapshot
        plan = a_plan(second, "2" * 64)
        report = apply(ledger, plan)
        assert_nothing_was_overwritten(before, ledger.snapshot)
        assert_nothing_was_lost(plan, ledger.snapshot, {line.text for line in report.different})
        rested = ledger.snapshot
        assert apply(ledger, plan).added == []
        assert ledger.snapshot == rested
        assert ledger.check() == ()


def assert_nothing_was_lost(plan: ImportPlan, snapshot: Snapshot, told: set[str]) -> None:
    """Every issue of the plan is in the ledger or recognised there; every measure is there or was told of."""
    assert len(list(Outline(snapshot).walk())) == len(snapshot.issues)
    words = known_words(snapshot)
    for proposed in plan.issues():
        for measure in proposed.measures:
            assert measure.record.progress in words | told
