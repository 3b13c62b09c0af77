"""The tree model: rows in order, words in columns, few redraws, and nothing that Qt's own tester objects to."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from builders import a_ledger, a_snapshot, a_tree
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from PySide6.QtWidgets import QTreeView
from random_edits import random_step

from zhenggai_desktop.domain.changes import Changes
from zhenggai_desktop.domain.filters import Found
from zhenggai_desktop.domain.records import Issue, Measure, MeasureLink, Section, Snapshot, Status, Track
from zhenggai_desktop.gui.ledger_model import LedgerModel
from zhenggai_desktop.gui.tree_columns import Column
from zhenggai_desktop.services import arranging
from zhenggai_desktop.services.ledger import Ledger

STREET = a_snapshot(
    Section(title="甲方面"),
    Section(title="乙方面"),
    Issue(
        section_id=1,
        title="学习不够",
        deadline="2025年底前",
        due_on=dt.date(2025, 12, 31),
        lead_department="综合科",
    ),
    Issue(section_id=2, title="管理<b>松散</b>"),
    Issue(parent_id=2, title="账实不符", track=Track.IMMEDIATE, standing=True),
    Issue(title="没有方面的问题"),
    Measure(issue_id=1, content="每月学习", status=Status.DONE, owner="王科长"),
    Measure(issue_id=1, content="", progress="已学习三次", status=Status.IN_PROGRESS),
)


@pytest.fixture
def model(qapp: object) -> LedgerModel:
    model = LedgerModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    return model


def rows(model: LedgerModel, parent: QModelIndex | None = None, depth: int = 0) -> list[str]:
    """Everything the tree says, a line per row, indented by depth."""
    parent = parent or QModelIndex()
    lines: list[str] = []
    for row in range(model.rowCount(parent)):
        words = [model.index(row, column, parent).data() for column in Column]
        lines.append("  " * depth + "|".join(words))
        lines += rows(model, model.index(row, 0, parent), depth + 1)
    return lines


def test_shows_sections_issues_and_measures_in_reading_order(model: LedgerModel) -> None:
    model.show_snapshot(STREET)
    assert rows(model) == [
        "1|没有方面的问题|未启动|||",
        "1|甲方面||||0/1",
        "  1-1|学习不够|正在推进|2025年底前|综合科|1/2",
        "    措施1|每月学习|已完成|2025年底前|王科长|",
        "    措施2|已学习三次|正在推进|2025年底前|综合科|",
        "2|乙方面||||0/1",
        "  2-1|管理<b>松散</b>|未启动|||0/1",
        "    2-1-1|账实不符|未启动|立行立改，长期坚持||",
    ]


def test_a_status_has_a_mark_beside_its_word(model: LedgerModel) -> None:
    model.show_snapshot(STREET)
    index = model.index_of((Issue, 1), Column.STATUS)
    assert not index.data(Qt.ItemDataRole.DecorationRole).isNull()
    assert model.index_of((Section, 1), Column.STATUS).data(Qt.ItemDataRole.DecorationRole) is None


def test_what_is_open_past_its_date_has_a_mark_and_says_how_long(model: LedgerModel) -> None:
    model.today = lambda: dt.date(2026, 1, 10)
    model.show_snapshot(STREET)
    late, done = model.index_of((Issue, 1), Column.DEADLINE), model.index_of((Measure, 1), Column.DEADLINE)
    assert not late.data(Qt.ItemDataRole.DecorationRole).isNull()
    assert "已逾期10天" in late.data(Qt.ItemDataRole.ToolTipRole)
    assert done.data(Qt.ItemDataRole.DecorationRole) is None


def test_what_is_closed_has_no_mark_of_being_late_nor_what_is_below_it(model: LedgerModel, tmp_path: Path) -> None:
    past = dt.date(2025, 3, 31)
    records = (Issue(title="长期", standing=True, due_on=past, deadline="3月底前"), Issue(parent_id=1, title="下级"))
    model.today = lambda: dt.date(2025, 6, 1)
    with a_ledger(tmp_path, *records, Measure(issue_id=2, status=Status.IN_PROGRESS)) as ledger:
        model.show_snapshot(ledger.snapshot)
        marked = [model.index_of(key, Column.DEADLINE) for key in ((Issue, 1), (Issue, 2), (Measure, 1))]
        assert all(index.data(Qt.ItemDataRole.DecorationRole) is not None for index in marked)
        with ledger.step("销号") as writer:
            writer.update(Issue, 1, closed=True)
        model.show_snapshot(ledger.snapshot, ledger.last_changes)
        marked = [model.index_of(key, Column.DEADLINE) for key in ((Issue, 1), (Issue, 2), (Measure, 1))]
        assert [index.data(Qt.ItemDataRole.DecorationRole) for index in marked] == [None] * 3


def test_rows_can_be_dropped_where_they_may_stand_and_nowhere_else(model: LedgerModel) -> None:
    model.show_snapshot(STREET)
    model.editable = True
    asked: list[tuple[object, ...]] = []
    model.dropped.connect(lambda *drop: asked.append(drop))
    data = model.mimeData([model.index_of((Measure, 1)), model.index_of((Measure, 1), Column.TITLE)])
    move = Qt.DropAction.MoveAction
    for target in ((Section, 1), (Measure, 2)):
        assert not model.canDropMimeData(data, move, -1, 0, model.index_of(target))
    model.dropMimeData(data, move, -1, 0, model.index_of((Section, 1)))
    assert asked == []
    model.dropMimeData(data, move, -1, 0, model.index_of((Issue, 2), Column.TITLE))
    model.dropMimeData(data, move, 1, 0, model.index_of((Issue, 1)))
    assert asked == [([(Measure, 1)], (Issue, 2), None), ([(Measure, 1)], (Issue, 1), (Measure, 2))]


def test_a_hint_is_never_taken_for_markup(model: LedgerModel) -> None:
    model.show_snapshot(STREET)
    index = model.index_of((Issue, 2), Column.TITLE)
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "<qt>管理&lt;b&gt;松散&lt;/b&gt;</qt>"


def test_a_changed_field_redraws_its_row_and_what_depends_on_it_and_resets_nothing(model: LedgerModel) -> None:
    model.show_snapshot(STREET)
    rows(model)
    resets, redrawn = QSignalSpy(model.modelReset), QSignalSpy(model.dataChanged)
    measures = (STREET.measures[0], replace(STREET.measures[1], status=Status.DONE))
    changed = replace(STREET, measures=measures)
    model.show_snapshot(changed, Changes("改", updated=frozenset({(Measure, 2)})))
    keys = {model.key(redrawn.at(at)[0]) for at in range(redrawn.count())}
    assert keys == {(Measure, 2), (Issue, 1), (Section, 1)}
    assert resets.count() == 0
    assert model.index_of((Issue, 1), Column.STATUS).data() == "已完成"


def test_an_index_that_outlives_its_record_is_harmless(model: LedgerModel) -> None:
    model.show_snapshot(STREET)
    assert model.index_of((Measure, 2)).isValid()
    model.show_snapshot(replace(STREET, measures=STREET.measures[:1]), Changes(removed=frozenset({(Measure, 2)})))
    assert not model.index_of((Measure, 2)).isValid()
    assert "已学习三次" not in "".join(rows(model))


def test_moves_of_every_kind_leave_a_whole_tree(model: LedgerModel) -> None:
    chance = random.Random(20250601)
    snapshot = a_snapshot(*a_tree(sections=3, issues=4, measures=2))
    model.show_snapshot(snapshot)
    for _ in range(3):
        issues = [replace(issue, section_id=chance.randint(1, 3), parent_id=None) for issue in snapshot.issues]
        child, parent = chance.sample(range(len(issues)), 2)
        issues[child] = replace(issues[child], section_id=None, parent_id=issues[parent].id)
        chance.shuffle(issues)
        placed = tuple(replace(issue, position=at) for at, issue in enumerate(issues, 1))
        touched = frozenset((Issue, issue.id) for issue in placed)
        assert model.show_snapshot(replace(snapshot, issues=placed), Changes("移动", updated=touched))
        assert len(rows(model)) == 3 + 12 + 24


@pytest.mark.parametrize("seed", range(2))
def test_rows_that_come_go_and_move_leave_the_tree_that_is_built_anew(
    model: LedgerModel, tmp_path: Path, seed: int
) -> None:
    """A view looks on as Qt's do, with every branch open, and the tester at every signal."""
    chance = random.Random(seed)
    view = QTreeView()
    view.setModel(model)
    resets = QSignalSpy(model.modelReset)
    with a_ledger(tmp_path, *a_tree(2, 3, 2)) as ledger:
        model.show_snapshot(ledger.snapshot)
        ledger.subscribe(lambda changes: model.show_snapshot(ledger.snapshot, changes))
        for _ in range(20):
            view.expandAll()
            random_step(chance, ledger)
            anew = LedgerModel()
            anew.show_snapshot(ledger.snapshot)
            assert rows(model) == rows(anew)
    view.deleteLater()
    assert resets.count() == 1


@pytest.mark.parametrize(
    ("moved", "expected"),
    [
        (lambda ledger: arranging.move(ledger, [(Issue, 2)], -1), [2, 1, 3]),
        (lambda ledger: arranging.move(ledger, [(Issue, 1), (Issue, 2)], 1), [3, 1, 2]),
        (lambda ledger: arranging.put(ledger, [(Issue, 3)], (Section, 1), (Issue, 1)), [3, 1, 2]),
        (lambda ledger: arranging.indent(ledger, [(Issue, 2)]), [1, 3]),
        (lambda ledger: arranging.put(ledger, [(Issue, 1), (Issue, 2)], (Section, 2), (Issue, 5)), [3]),
    ],
)
def test_a_block_that_moves_takes_its_indexes_along(
    model: LedgerModel, tmp_path: Path, moved: Callable[[Ledger], None], expected: list[int]
) -> None:
    """Selected, open and edited rows stay so: Qt knows them by such indexes. Undone, they come back."""
    with a_ledger(tmp_path, *a_tree(2, 3, 2)) as ledger:
        model.show_snapshot(ledger.snapshot)
        before = rows(model)
        kept = {id_: QPersistentModelIndex(model.index_of((Issue, id_))) for id_ in range(1, 7)}
        resets = QSignalSpy(model.modelReset)
        ledger.subscribe(lambda changes: model.show_snapshot(ledger.snapshot, changes))
        moved(ledger)
        anew = LedgerModel()
        anew.show_snapshot(ledger.snapshot)
        assert rows(model) == rows(anew) != before
        section = model.index_of((Section, 1))
        assert [model.index(row, 0, section).internalId() // 3 for row in range(model.rowCount(section))] == expected
        ledger.undo()
        assert rows(model) == before
        assert resets.count() == 0
        assert {id_: model.key(index) for id_, index in kept.items()} == {id_: (Issue, id_) for id_ in kept}
        assert model.came_anew() == set()


def test_rows_that_only_make_room_are_told_once(model: LedgerModel, tmp_path: Path) -> None:
    """Their own numbers change and those of the issues below them, not what measures say."""
    with a_ledger(tmp_path, *a_tree(1, 30, 2), Issue(parent_id=20, title="具体表现")) as ledger:
        model.show_snapshot(ledger.snapshot)
        rows(model)
        redrawn = QSignalSpy(model.dataChanged)
        ledger.subscribe(lambda changes: model.show_snapshot(ledger.snapshot, changes))
        with ledger.step("加") as writer:
            writer.add(Issue(section_id=1, position=1, title="新的"))
        assert redrawn.count() < 5
        assert model.index_of((Issue, 30)).data() == "1-31"
        assert model.index_of((Issue, 31)).data() == "1-21-1"
        anew = LedgerModel()
        anew.show_snapshot(ledger.snapshot)
        assert rows(model) == rows(anew)


def test_a_row_that_comes_leaves_the_other_rows_alone(model: LedgerModel, tmp_path: Path) -> None:
    with a_ledger(tmp_path, *a_tree(2, 3, 2)) as ledger:
        model.show_snapshot(ledger.snapshot)
        rows(model)
        kept = QPersistentModelIndex(model.index_of((Measure, 4)))
        ledger.subscribe(lambda changes: model.show_snapshot(ledger.snapshot, changes))
        with ledger.step("加") as writer:
            writer.add(Issue(section_id=1, position=1, title="新的"))
        assert model.came_anew() == {(Issue, 7)}
        assert model.key(kept) == (Measure, 4)
        assert model.index_of((Issue, 2)).data() == "1-3"


def test_an_empty_ledger_has_no_rows(model: LedgerModel) -> None:
    model.show_snapshot(Snapshot())
    assert rows(model) == []
    assert model.record(QModelIndex()) is None


def test_an_issue_follows_a_measure_of_another_issue_that_serves_it(model: LedgerModel, tmp_path: Path) -> None:
    with a_ledger(tmp_path, *a_tree(1, 2, 1)) as ledger:
        model.show_snapshot(ledger.snapshot)
        ledger.subscribe(lambda changes: model.show_snapshot(ledger.snapshot, changes))
        said = [rows(model)]
        with ledger.step("连接") as writer:
            link = writer.add(MeasureLink(measure_id=1, issue_id=2))
        said.append(rows(model))
        with ledger.step("完成") as writer:
            writer.update(Measure, 1, status=Status.DONE)
        said.append(rows(model))
        with ledger.step("断开") as writer:
            writer.remove(MeasureLink, link.id)
        said.append(rows(model))
    assert [words[3].split("|")[-1] for words in said] == ["0/1", "0/2", "1/2", "0/1"]


def test_what_changed_behind_a_filter_is_told_when_the_filter_is_off(model: LedgerModel) -> None:
    model.show_snapshot(STREET)
    rows(model)
    model.show_found(Found(frozenset({2}), frozenset(), frozenset({2}), frozenset({2})))
    issue = replace(STREET.issues[0], lead_department="财务科")
    changed = replace(STREET, issues=(issue, *STREET.issues[1:]))
    model.show_snapshot(changed, Changes("改", updated=frozenset({(Issue, 1)})))
    model.show_found(None)
    assert model.index_of((Measure, 2), Column.OWNER).data() == "财务科"


def test_what_one_answer_covers_is_redrawn_with_it(model: LedgerModel) -> None:
    ledger = a_snapshot(
        Issue(title="大"), Issue(parent_id=1, title="小一"), Issue(parent_id=1, title="小二"),
        Measure(issue_id=1, content="做", status=Status.IN_PROGRESS),
    )  # fmt: skip
    model.show_snapshot(ledger)
    assert [line.split("|")[2] for line in rows(model)] == ["正在推进"] * 4
    done = replace(ledger, measures=(replace(ledger.measures[0], status=Status.DONE),))
    model.show_snapshot(done, Changes("改", updated=frozenset({(Measure, 1)})))
    assert [line.split("|")[2] for line in rows(model)] == ["已完成"] * 4
