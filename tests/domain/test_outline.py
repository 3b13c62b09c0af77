"""The tree over a snapshot and the numbers of its issues."""

from __future__ import annotations

import pytest
from builders import a_snapshot

from zhenggai_desktop.domain.named_rows import RowFinder
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import Issue, Measure, MeasureLink, Section, SectionCategory, Snapshot

SNAPSHOT = Snapshot(
    sections=(
        Section(id=1, position=1, title="学习贯彻上级决策部署方面"),
        Section(id=2, position=2, title="履行全面从严治党责任方面"),
        Section(id=3, position=3, title="举一反三", category=SectionCategory.EXTENSION),
    ),
    issues=(
        Issue(id=10, section_id=1, position=1, title="理论学习不够深入"),
        Issue(id=11, section_id=1, position=2, title="惠民政策落实有差距"),
        Issue(id=12, parent_id=11, position=1, title="补贴发放不及时"),
        Issue(id=13, parent_id=11, position=2, title="台账登记不规范"),
        Issue(id=14, parent_id=13, position=1, title="2024年的台账缺页"),
        Issue(id=15, section_id=2, position=1, title="谈心谈话流于形式"),
        Issue(id=16, section_id=3, position=1, title="公务用车管理"),
        Issue(id=17, position=1, title="未归入方面的问题"),
    ),
    measures=(
        Measure(id=100, issue_id=10, position=1, content="修订学习制度"),
        Measure(id=101, issue_id=10, position=2, content="每月集中学习"),
        Measure(id=102, issue_id=12, position=1, content="补发补贴"),
    ),
    measure_links=(MeasureLink(id=1, measure_id=100, issue_id=15),),
)


@pytest.fixture
def outline() -> Outline:
    return Outline(SNAPSHOT)


def ids(records: object) -> list[int | None]:
    return [getattr(record, "id", None) for record in records]  # type: ignore[attr-defined]


def test_loose_issues_come_before_the_first_section(outline: Outline) -> None:
    assert ids(outline.sections()) == [None, 1, 2, 3]
    assert ids(outline.issues_of(None)) == [17]


def test_no_loose_issues_no_place_for_them() -> None:
    outline = Outline(Snapshot(sections=SNAPSHOT.sections))
    assert ids(outline.sections()) == [1, 2, 3]
    assert ids(outline.issues_of(None)) == []


def test_walk_reads_the_ledger_from_top_to_bottom(outline: Outline) -> None:
    assert ids(outline.walk()) == [17, 10, 11, 12, 13, 14, 15, 16]


def test_an_issue_knows_what_is_below_it(outline: Outline) -> None:
    assert ids(outline.sub_issues(outline.issue(11))) == [12, 13]
    assert ids(outline.walk_below(outline.issue(11))) == [11, 12, 13, 14]
    assert ids(outline.measures_of(outline.issue(10))) == [100, 101]
    assert ids(outline.measures_of(outline.issue(11))) == []
    assert ids(outline.linked_measures(outline.issue(15))) == [100]
    assert outline.is_leaf(outline.issue(12))
    assert not outline.is_leaf(outline.issue(13))


def test_an_issue_knows_what_is_above_it(outline: Outline) -> None:
    deepest = outline.issue(14)
    assert ids(outline.path(deepest)) == [11, 13, 14]
    assert outline.depth(deepest) == 3
    assert outline.section_of(deepest) == outline.section(1)
    assert outline.section_of(outline.issue(17)) is None
    assert outline.parent(outline.issue(10)) is None


@pytest.mark.parametrize(
    ("issue", "restarting", "running"),
    [
        (10, "1-1", "2"),
        (11, "1-2", "3"),
        (13, "1-2-2", "3-2"),
        (14, "1-2-2-1", "3-2-1"),
        (15, "2-1", "4"),
        (16, "3-1", "1"),
        (17, "1", "1"),
    ],
)
def test_numbers_restart_in_each_section_or_run_through_a_category(
    outline: Outline, issue: int, restarting: str, running: str
) -> None:
    assert outline.number(outline.issue(issue)) == restarting
    assert outline.number(outline.issue(issue), run_through=True) == running


def test_sections_are_counted_from_one(outline: Outline) -> None:
    assert [outline.section_number(section) for section in SNAPSHOT.sections] == [1, 2, 3]


def test_two_issues_may_have_one_number_and_a_row_with_it_alone_speaks_of_neither() -> None:
    snapshot = a_snapshot(
        Section(title="方面"), Issue(title="甲"), Issue(title="乙", parent_id=1), Issue(title="丙", section_id=1)
    )
    found = {number: [issue.title for issue in issues] for number, issues in Outline(snapshot).by_number().items()}
    assert found == {"1": ["甲"], "1-1": ["乙", "丙"]}
    rows = RowFinder(snapshot)
    assert rows.issue({"number": "1-1"}) is None
    assert rows.issue({"number": "1-1", "issue": "丙"}) == snapshot.issues[2]
    assert rows.issue({"number": "1"}) == snapshot.issues[0]
