"""Progress agrees with the figures, and every number leads to its rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from builders import a_snapshot, a_tree
from full_ledger import full_ledger

from zhenggai_desktop.domain.figures import figures
from zhenggai_desktop.domain.lateness import Lateness
from zhenggai_desktop.domain.progress import Overview, issues_behind
from zhenggai_desktop.domain.records import (
    Issue,
    Measure,
    MeasureLink,
    Outcome,
    OutcomeLink,
    Section,
    SectionCategory,
    Snapshot,
    Status,
    WithheldGround,
)

TODAY = dt.date(2025, 6, 10)
DONE, OPEN = Status.DONE, Status.IN_PROGRESS


def overview(*records: object) -> Overview:
    return Overview(a_snapshot(*records), TODAY)  # type: ignore[arg-type]


def ledger() -> Snapshot:
    return a_snapshot(
        Section(title="学习方面"),
        Section(title="自查事项", category=SectionCategory.EXTENSION),
        Issue(section_id=1, title="甲", lead_department="党建办", leaders=("张", "王"), status=DONE, closed=True),
        Issue(section_id=1, title="乙", lead_department="财务科", leaders=("张",), due_on=dt.date(2025, 6, 1)),
        Issue(section_id=1, title="丙", lead_department="党建办", due_on=dt.date(2025, 6, 15), standing=True),
        Issue(parent_id=3, title="丙一", withheld=WithheldGround.SECRET),
        Issue(section_id=2, title="丁", due_on=dt.date(2025, 7, 1)),
        Measure(issue_id=2, status=OPEN, due_on=dt.date(2025, 5, 1)),
        Measure(issue_id=2, status=DONE, due_on=dt.date(2025, 4, 1)),
        Outcome(kind="诫勉", unit="人", number=Decimal(1)),
        OutcomeLink(outcome_id=1, measure_id=1),
    )


def test_departments_come_by_size_and_those_without_last() -> None:
    found = Overview(ledger(), TODAY).by_department
    assert [(part.caption, part.ids) for part in found] == [("党建办", (1, 4)), ("财务科", (2,))]


def test_an_item_counts_for_each_of_its_leaders() -> None:
    found = Overview(ledger(), TODAY).by_leader
    assert [(part.caption, part.total) for part in found] == [("张", 2), ("王", 1), ("未明确", 1)]


def test_a_bar_knows_the_rows_of_each_status_and_the_late_ones() -> None:
    section = Overview(ledger(), TODAY).by_section[0]
    assert section.ids_of(Status.DONE) == (1,)
    assert section.ids_of(Status.IN_PROGRESS) == (2,)
    assert section.late_ids == (2,)


def test_sections_beyond_the_feedback_have_their_bars_too() -> None:
    assert [(part.caption, part.ids) for part in Overview(ledger(), TODAY).by_section] == [
        ("学习方面", (1, 2, 4)),
        ("自查事项", (5,)),
    ]


def test_open_deadlines_come_in_order_with_those_of_measures() -> None:
    seen = Overview(ledger(), TODAY)
    assert [(due.issue.title, due.measure is not None, due.left) for due in seen.late] == [
        ("乙", True, -40),
        ("乙", False, -9),
    ]
    assert [(due.issue.title, due.left, due.lateness) for due in seen.coming] == [
        ("丙一", 5, Lateness.SOON),
        ("丁", 21, Lateness.NONE),
    ]


def test_a_settled_item_is_never_late() -> None:
    seen = overview(Issue(status=DONE, due_on=dt.date(2024, 1, 1)))
    assert (seen.late, seen.items[0].late) == ((), False)


def test_what_is_closed_is_never_late_and_has_no_deadline_to_come() -> None:
    """One to be kept up is closed with a first result while it goes on (domain.md §4 Closing)."""
    past, soon = dt.date(2025, 3, 31), dt.date(2025, 6, 12)
    records = (
        Issue(title="长期", closed=True, standing=True, status=OPEN, due_on=past), Issue(parent_id=1, title="其中"),
        Issue(title="将到", closed=True, status=OPEN, due_on=soon),
        Measure(issue_id=1, status=OPEN, due_on=dt.date(2025, 4, 1)), Measure(issue_id=2, status=OPEN, due_on=past),
    )  # fmt: skip
    seen = overview(*records)
    assert [item.id for item in seen.items] == [1, 2, 3]
    assert (seen.dues, [part.late_ids for part in seen.by_section]) == ((), [()])
    reopened = overview(*(replace(record, closed=False) if isinstance(record, Issue) else record for record in records))
    assert (len(reopened.dues), [part.late_ids for part in reopened.by_section]) == (4, [(1, 2)])


def counted(snapshot: Snapshot) -> list[str]:
    skipped = ("measures", "outcome:", "declared:", "sections")
    return [f.key for f in figures(snapshot) if not f.key.startswith(skipped) and not f.key.endswith("rate")]


@pytest.mark.parametrize("key", counted(ledger()))
def test_as_many_rows_stand_behind_a_figure_as_it_says(key: str) -> None:
    snapshot = ledger()
    value = next(figure.value for figure in figures(snapshot) if figure.key == key)
    assert len(issues_behind(Overview(snapshot, TODAY), key)) == value


def test_no_figure_that_counts_something_opens_on_nothing() -> None:
    snapshot = full_ledger()
    known = Overview(snapshot, TODAY)
    loose = {f"outcome:{one.kind}/{one.unit}" for one in snapshot.outcomes}  # these belong to no issue
    counting = [figure.key for figure in figures(snapshot) if figure.value and figure.key not in loose]
    assert [key for key in counting if not issues_behind(known, key)] == []
    assert "planned_measures" in counting


def test_behind_measures_and_outcomes_stand_their_issues() -> None:
    seen = Overview(ledger(), TODAY)
    assert issues_behind(seen, "measures") == (2,)
    assert issues_behind(seen, "measures_done") == (2,)
    assert issues_behind(seen, "outcome:诫勉/人") == (2,)
    assert issues_behind(seen, "items_rate") == (1,)
    assert issues_behind(seen, "declared:x") == ()


def test_an_empty_ledger_has_nothing_to_show() -> None:
    seen = overview()
    assert (seen.items, seen.by_section, seen.by_leader, seen.dues) == ((), (), (), ())


def test_totals_agree_with_the_figures_of_a_large_tree() -> None:
    snapshot = a_snapshot(*a_tree(4, 10, 3))
    seen = Overview(snapshot, TODAY)
    found = {figure.key: figure.value for figure in figures(snapshot)}
    assert sum(part.total for part in seen.by_section) == found["items"]
    assert sum(part.total for part in seen.by_department) == found["items"]


@pytest.mark.parametrize(
    ("days", "late"), [(-1, Lateness.LATE), (0, Lateness.SOON), (7, Lateness.SOON), (8, Lateness.NONE)]
)
def test_a_deadline_is_late_the_day_after_and_near_within_a_week(days: int, late: Lateness) -> None:
    seen = overview(Issue(due_on=TODAY + dt.timedelta(days=days)))
    (due,) = seen.dues
    assert (due.left, due.lateness) == (days, late)
    assert ([*seen.late], [*seen.coming]) == (([due], []) if days < 0 else ([], [due]))
    assert seen.items[0].late is (days < 0)


@pytest.mark.parametrize(
    ("measure", "late"),
    [
        (Measure(issue_id=1, due_on=dt.date(2025, 6, 9)), True),
        (Measure(issue_id=1, due_on=dt.date(2025, 6, 10)), False),
        (Measure(issue_id=1, due_on=dt.date(2025, 6, 9), status=DONE), False),
        (Measure(issue_id=1), False),
    ],
)
def test_an_item_is_late_with_one_of_its_measures(measure: Measure, late: bool) -> None:
    seen = overview(Issue(title="甲"), measure)
    assert seen.items[0].late is late
    assert len(seen.dues) == (measure.due_on is not None and measure.status is not DONE)


def test_a_measure_with_the_day_of_its_issue_is_one_deadline() -> None:
    day = dt.date(2025, 7, 1)
    assert len(overview(Issue(due_on=day), Measure(issue_id=1, due_on=day)).dues) == 1


def test_issues_without_section_come_first_and_empty_sections_not_at_all() -> None:
    seen = overview(Section(title="空的"), Section(title="作风"), Issue(section_id=2, title="甲"), Issue(title="乙"))
    assert [(part.caption, part.total) for part in seen.by_section] == [("未分方面", 1), ("作风", 1)]


def test_departments_of_the_same_size_keep_their_order() -> None:
    departments = ("乙办", "甲办", "", "甲办", "丙办", "")
    seen = overview(*(Issue(title=str(at), lead_department=name) for at, name in enumerate(departments)))
    assert [(part.caption, part.total) for part in seen.by_department] == [
        ("甲办", 2), ("乙办", 1), ("丙办", 1), ("未明确", 2),
    ]  # fmt: skip


def test_an_item_without_a_department_counts_for_those_of_its_measures() -> None:
    seen = overview(
        Issue(title="甲"), Issue(title="乙", lead_department="党建办"),
        Measure(issue_id=1, lead_department="财政所", leaders=("张",)), Measure(issue_id=1, lead_department="党建办"),
        Measure(issue_id=2, lead_department="财政所"),
    )  # fmt: skip
    assert [(part.caption, part.total) for part in seen.by_department] == [("党建办", 2), ("财政所", 1)]
    assert [(part.caption, part.total) for part in seen.by_leader] == [("张", 1), ("未明确", 1)]


def test_a_leader_named_twice_counts_once() -> None:
    assert [part.total for part in overview(Issue(leaders=("张", "张"))).by_leader] == [1]


def test_what_stands_above_and_what_is_withheld_counts_for_what_is_below() -> None:
    seen = overview(
        Issue(title="大", closed=True, withheld=WithheldGround.SECRET), Issue(parent_id=1, title="小"),
        Issue(title="另"),
    )  # fmt: skip
    assert issues_behind(seen, "closed") == issues_behind(seen, "withheld") == (2,)
    assert issues_behind(seen, "not_closed") == issues_behind(seen, "published") == (3,)
    assert issues_behind(seen, "sub_issues") == (2,)
    assert issues_behind(seen, "items_in_progress") == ()
    assert issues_behind(seen, "unknown") == ()


def test_behind_an_outcome_stand_all_to_which_it_belongs() -> None:
    seen = overview(
        Issue(title="甲"), Issue(title="乙"), Issue(title="丙"), Measure(issue_id=2, content="做"),
        Outcome(kind="诫勉", unit="人"), Outcome(kind="约谈", unit="人"),
        OutcomeLink(outcome_id=1, issue_id=3), OutcomeLink(outcome_id=1, measure_id=1),
        OutcomeLink(outcome_id=2, issue_id=1), OutcomeLink(outcome_id=1),
    )  # fmt: skip
    assert issues_behind(seen, "outcome:诫勉/人") == (2, 3)
    assert issues_behind(seen, "outcome:约谈/人") == (1,)
    assert issues_behind(seen, "outcome:诫勉/次") == ()


def test_an_item_that_a_linked_measure_serves_counts_for_its_department() -> None:
    seen = overview(
        Issue(title="甲"), Issue(title="乙"), Measure(issue_id=1, lead_department="财政所", leaders=("张",)),
        MeasureLink(measure_id=1, issue_id=2),
    )  # fmt: skip
    assert [(part.caption, part.ids) for part in seen.by_department] == [("财政所", (1, 2))]
    assert [(part.caption, part.ids) for part in seen.by_leader] == [("张", (1, 2))]
