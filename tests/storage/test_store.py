"""What a step may write, and what its writer keeps true: identity, order, clean texts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from builders import a_ledger, a_tree

from zhenggai_desktop.domain.records import (
    Chapter,
    Department,
    DocumentKind,
    EvidenceLink,
    Issue,
    LogEntry,
    Measure,
    MeasureLink,
    Outcome,
    OutcomeLink,
    Person,
    Record,
    Section,
)
from zhenggai_desktop.services.ledger import Ledger


def order(ledger: Ledger, parent: Section | Issue | None = None) -> list[tuple[int, str]]:
    """Position and title of the sections, or of the issues under a section or an issue."""
    if parent is None:
        return [(section.position, section.title) for section in ledger.snapshot.sections]
    found = [issue for issue in ledger.snapshot.issues if parent.id in (issue.section_id, issue.parent_id)]
    return [(issue.position, issue.title) for issue in found]


def test_a_new_record_gets_an_id_a_uid_and_the_last_place(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger, ledger.step("新增") as writer:
        first = writer.add(Section(title="甲"))
        second = writer.add(Section(title="乙"))
        assert (first.id, first.position) == (1, 1)
        assert (second.id, second.position) == (2, 2)
        assert first.uid != second.uid
        assert writer.get(Section, second.id) == second


def test_a_record_that_comes_from_another_copy_keeps_its_uid(tmp_path: Path) -> None:
    with a_ledger(tmp_path, Section(uid="from-a-returned-sheet")) as ledger:
        assert ledger.snapshot.sections[0].uid == "from-a-returned-sheet"


def test_texts_come_in_clean_and_the_writer_gives_back_what_is_stored(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        with ledger.step("新增") as writer:
            added = writer.add(Issue(title="党建\x0b工作\x00", leaders=("甲\x07",)))
            changed = writer.update(Issue, added.id, note="一\r\n二\ufffe")
            writer.set_facts(organisation="某局\x1f")
        assert added.title == "党建\n工作"
        assert added.leaders == ("甲",)
        assert changed.note == "一\n二"
        assert ledger.snapshot.issues == (changed,)
        assert ledger.snapshot.facts.organisation == "某局"


def test_positions_count_among_siblings(tmp_path: Path) -> None:
    records = [Section(), Section(), Issue(section_id=1), Issue(section_id=2), Issue(section_id=1), Issue(parent_id=1)]
    with a_ledger(tmp_path, *records) as ledger:
        by_id = {issue.id: issue.position for issue in ledger.snapshot.issues}
        assert by_id == {1: 1, 2: 1, 3: 2, 4: 1}


def test_chapters_count_within_their_document(tmp_path: Path) -> None:
    chapters = [Chapter(), Chapter(document=DocumentKind.FEEDBACK), Chapter()]
    with a_ledger(tmp_path, *chapters) as ledger:
        assert {chapter.id: chapter.position for chapter in ledger.snapshot.chapters} == {1: 1, 2: 1, 3: 2}


@pytest.mark.parametrize(
    ("position", "expected"), [(1, "丙甲乙"), (2, "甲丙乙"), (3, "甲乙丙"), (0, "甲乙丙"), (9, "甲乙丙")]
)
def test_a_record_can_be_put_between_others(tmp_path: Path, position: int, expected: str) -> None:
    with a_ledger(tmp_path, Section(title="甲"), Section(title="乙")) as ledger:
        with ledger.step("新增") as writer:
            writer.add(Section(title="丙", position=position))
        assert order(ledger) == list(enumerate(expected, 1))


@pytest.mark.parametrize(
    ("title", "position", "expected"),
    [
        ("甲", 3, "乙丙甲丁"),
        ("丁", 1, "丁甲乙丙"),
        ("乙", 2, "甲乙丙丁"),
        ("甲", 99, "乙丙丁甲"),
        ("丙", 0, "甲乙丁丙"),
    ],
)
def test_a_new_position_moves_a_record_among_its_siblings(
    tmp_path: Path, title: str, position: int, expected: str
) -> None:
    with a_ledger(tmp_path, *(Section(title=letter) for letter in "甲乙丙丁")) as ledger:
        with ledger.step("移动") as writer:
            moved = writer.update(Section, "甲乙丙丁".index(title) + 1, position=position)
        assert order(ledger) == list(enumerate(expected, 1))
        assert moved in ledger.snapshot.sections


def test_a_record_that_changes_its_parent_goes_to_the_end_there_and_leaves_no_gap(tmp_path: Path) -> None:
    with a_ledger(tmp_path, *a_tree(2, 3, 0)) as ledger:
        first, second = ledger.snapshot.sections
        with ledger.step("移动") as writer:
            writer.update(Issue, 1, section_id=second.id, title="移来的")
            writer.update(Issue, 2, section_id=second.id, position=1, title="插入的")
        assert [position for position, _ in order(ledger, first)] == [1]
        assert [place for place, _ in order(ledger, second)] == [1, 2, 3, 4, 5]
        assert order(ledger, second)[0] == (1, "插入的")
        assert order(ledger, second)[-1] == (5, "移来的")
        assert ledger.check() == ()


def test_siblings_can_be_put_in_order_at_once(tmp_path: Path) -> None:
    with a_ledger(tmp_path, *(Section(title=letter) for letter in "甲乙丙")) as ledger:
        with ledger.step("排序") as writer:
            writer.reorder(Section, [3, 1, 2])
        assert order(ledger) == [(1, "丙"), (2, "甲"), (3, "乙")]


def test_an_issue_never_comes_to_stand_below_itself(tmp_path: Path) -> None:
    with a_ledger(tmp_path, Issue(title="上"), Issue(title="下", parent_id=1)) as ledger:
        before = ledger.snapshot
        with pytest.raises(ValueError, match="below itself"), ledger.step("移动") as writer:
            writer.update(Issue, 1, parent_id=2)
        assert ledger.snapshot == before


def test_setting_what_is_there_already_writes_nothing(tmp_path: Path) -> None:
    with a_ledger(tmp_path, Section(title="甲")) as ledger:
        entries = len(ledger.history())
        with ledger.step("改") as writer:
            assert writer.update(Section, 1, title="甲") == ledger.snapshot.sections[0]
        assert len(ledger.history()) == entries


@pytest.mark.parametrize("fields", [{"titel": "x"}, {"id": 2}, {"title": "x", "id": 1}])
def test_a_field_that_cannot_be_set_is_a_mistake(tmp_path: Path, fields: dict[str, object]) -> None:
    with a_ledger(tmp_path, Section()) as ledger, ledger.step("改") as writer, pytest.raises(TypeError):
        writer.update(Section, 1, **fields)


def test_a_record_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger, ledger.step("改") as writer:
        for write in (
            lambda: writer.get(Section, 1),
            lambda: writer.update(Section, 1, title="x"),
            lambda: writer.remove(Section, 1),
        ):
            with pytest.raises(KeyError):
                write()


def test_what_belongs_to_a_record_goes_with_it_and_the_rest_stays(tmp_path: Path) -> None:
    records: list[Record] = [Section(), Issue(section_id=1), Issue(parent_id=1), Measure(issue_id=2), Issue()]
    records += [
        LogEntry(measure_id=1, text="进展", entered_on=dt.date(2025, 1, 1)),
        MeasureLink(measure_id=1, issue_id=3),
    ]
    records += [Outcome(), OutcomeLink(outcome_id=1, issue_id=2), Department(), Person(department_id=1)]
    with a_ledger(tmp_path, *records) as ledger:
        with ledger.step("删除") as writer:
            writer.remove(Section, 1)
            writer.remove(Department, 1)
        snapshot = ledger.snapshot
        assert [issue.id for issue in snapshot.issues] == [3]
        assert (snapshot.measures, snapshot.measure_links, snapshot.log_entries, snapshot.outcome_links) == ((),) * 4
        assert len(snapshot.outcomes) == 1
        assert snapshot.persons[0].department_id is None
        assert ledger.check() == ()


def test_removing_a_record_closes_the_gap(tmp_path: Path) -> None:
    with a_ledger(tmp_path, *(Section(title=letter) for letter in "甲乙丙")) as ledger:
        with ledger.step("删除") as writer:
            writer.remove(Section, 2)
            writer.add(Section(title="丁"))
        assert order(ledger) == [(1, "甲"), (2, "丙"), (3, "丁")]


def test_an_id_is_never_used_twice(tmp_path: Path) -> None:
    with a_ledger(tmp_path, Section(), Section()) as ledger:
        with ledger.step("删除") as writer:
            writer.remove(Section, 2)
        with ledger.step("新增") as writer:
            assert writer.add(Section()).id == 3


def test_many_records_of_several_types_come_in_at_once(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        with ledger.step("导入") as writer:
            added = writer.add_many(list(a_tree(2, 3, 2)))
        assert len(added) == 2 + 6 + 12
        assert added == (*ledger.snapshot.sections, *(r for r in added if isinstance(r, Issue)), *added[8:])
        assert {record.id for record in added if isinstance(record, Measure)} == set(range(1, 13))


def test_a_row_that_belongs_to_nothing_is_refused_and_the_step_undone(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        with pytest.raises(Exception, match="FOREIGN KEY"), ledger.step("新增") as writer:
            writer.add_many([Section(title="不会留下"), EvidenceLink(evidence_id=9, issue_id=9)])
        assert ledger.snapshot.sections == ()


def test_a_writer_is_dead_after_its_step(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        with ledger.step("新增") as writer:
            writer.add(Section())
        with pytest.raises(RuntimeError, match="step is over"):
            writer.add(Section())


def test_untouched_records_stay_the_same_objects(tmp_path: Path) -> None:
    with a_ledger(tmp_path, *a_tree(2, 3, 2)) as ledger:
        before = ledger.snapshot
        with ledger.step("改") as writer:
            writer.update(Measure, 5, content="新")
        assert ledger.snapshot.issues is before.issues
        changed = [now for old, now in zip(before.measures, ledger.snapshot.measures, strict=True) if old is not now]
        assert [measure.content for measure in changed] == ["新"]


def test_a_new_row_looks_at_its_siblings_alone_however_large_the_ledger_is(tmp_path: Path) -> None:
    """Counted in SQLite's own instructions: they are the same on every machine."""
    assert _instructions(tmp_path / "small", sections=2) * 1.5 > _instructions(tmp_path / "large", sections=40)


def _instructions(folder: Path, sections: int) -> int:
    folder.mkdir()
    counted: list[None] = []
    with a_ledger(folder, *a_tree(sections=sections, issues=20, measures=1)) as ledger:
        connection = ledger._file.connection
        connection.set_progress_handler(lambda: counted.append(None), 10)
        with ledger.step("新增") as writer:
            writer.add(Issue(section_id=1, position=5, title="新的"))
        connection.set_progress_handler(None, 0)
    return len(counted)
