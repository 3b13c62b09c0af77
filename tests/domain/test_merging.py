"""What somebody else changed is taken, offered or put to a choice, and nothing disappears by itself."""

from __future__ import annotations

from zhenggai_desktop.domain.merging import FieldChange, Merge, merge
from zhenggai_desktop.domain.portable import Key, Portable
from zhenggai_desktop.domain.records import Measure

ONE: Key = (Measure, "m1")
TWO: Key = (Measure, "m2")


def records(**progress: str) -> Portable:
    return {(Measure, uid): {"progress": text, "note": ""} for uid, text in progress.items()}


def test_what_only_they_changed_is_clean() -> None:
    found = merge(records(m1="甲"), records(m1="甲"), records(m1="乙"))
    assert found.changes == [FieldChange(ONE, "progress", "甲", "甲", "乙")]
    assert not found.conflicts


def test_what_both_changed_is_a_conflict() -> None:
    found = merge(records(m1="甲"), records(m1="丙"), records(m1="乙"))
    assert found.conflicts == [FieldChange(ONE, "progress", "甲", "丙", "乙")]
    assert not found.changes


def test_both_came_to_the_same_or_only_we_changed_is_nothing() -> None:
    assert not merge(records(m1="甲"), records(m1="乙"), records(m1="乙"))
    assert not merge(records(m1="甲"), records(m1="乙"), records(m1="甲"))


def test_blanks_at_the_ends_of_lines_are_no_change() -> None:
    assert not merge(records(m1="甲\n乙"), records(m1="甲\n乙"), records(m1=" 甲 \n乙\n"))


def test_new_records_are_offered_and_missing_ones_only_said() -> None:
    found = merge(records(m1="甲"), records(m1="甲"), records(m2="乙"))
    assert (found.additions, found.missing) == ([TWO], [ONE])
    assert not found.changes


def test_a_record_that_the_ledger_no_longer_has_is_said_where_they_changed_it() -> None:
    assert merge(records(m1="甲"), {}, records(m1="乙")).gone == [ONE]
    assert merge(records(m1="甲"), {}, records(m1="甲")) == Merge()


def test_fields_that_they_do_not_hold_are_not_touched() -> None:
    assert not merge(records(m1="甲"), records(m1="乙"), {ONE: {"note": ""}})


def test_without_a_base_gaps_are_filled_and_differences_put_to_a_choice() -> None:
    found = merge({}, {ONE: {"progress": "甲", "note": ""}}, {ONE: {"progress": "乙", "note": "注"}})
    assert [change.name for change in found.changes] == ["note"]
    assert [change.name for change in found.conflicts] == ["progress"]


def test_ignored_fields_are_not_compared() -> None:
    assert not merge(records(m1="甲"), records(m1="甲"), records(m1="乙"), ignored={"progress"})


def test_a_record_that_is_in_neither_ledger_any_more_is_not_missed() -> None:
    found = merge(records(m1="甲", m2="乙"), records(m2="乙"), {})
    assert found.missing == [TWO]


def test_a_merge_that_brings_something_is_true() -> None:
    assert merge({}, {}, records(m1="甲"))
    assert merge(records(m1="甲"), records(m1="丙"), records(m1="乙"))
    assert not merge(records(m1="甲"), records(m1="甲"), {})  # what they left out is said, and nothing to take


def test_nothing_and_empty_words_are_the_same_and_other_values_are_not() -> None:
    key: Key = (Measure, "m1")
    assert not merge({key: {"owner": None}}, {key: {"owner": None}}, {key: {"owner": ""}})
    found = merge({key: {"due_on": None}}, {key: {"due_on": None}}, {key: {"due_on": "明天"}})
    assert [change.theirs for change in found.changes] == ["明天"]
    assert merge({key: {"leaders": ("甲",)}}, {key: {"leaders": ("甲",)}}, {key: {"leaders": ("甲 ",)}}).changes


def test_what_they_ignore_of_a_record_that_is_gone_says_nothing() -> None:
    assert merge(records(m1="甲"), {}, records(m1="乙"), ignored={"progress"}).gone == []
