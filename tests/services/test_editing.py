"""Editing records: one labelled step each, what follows follows, nothing is left half done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import a_ledger, a_tree

from zhenggai_desktop.domain.records import (
    Chase,
    ClosingStep,
    Extension,
    HandOver,
    Issue,
    LogEntry,
    Measure,
    Section,
    Status,
    Track,
)
from zhenggai_desktop.errors import EditRefusedError
from zhenggai_desktop.services import editing
from zhenggai_desktop.services.ledger import Ledger

TODAY = dt.date(2025, 3, 10)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """One section with two issues of two measures each; issue 3 stands below issue 1."""
    with a_ledger(
        tmp_path, *a_tree(1, 2, 2), Issue(parent_id=1, title="具体表现"), feedback_date=dt.date(2025, 1, 15)
    ) as ledger:
        yield ledger


def issue(ledger: Ledger, issue_id: int) -> Issue:
    return next(issue for issue in ledger.snapshot.issues if issue.id == issue_id)


def measure(ledger: Ledger, measure_id: int) -> Measure:
    return next(measure for measure in ledger.snapshot.measures if measure.id == measure_id)


class TestSetFields:
    def test_names_the_step_after_the_field(self, ledger: Ledger) -> None:
        editing.set_fields(ledger, (Issue, 1), {"owner": "王科长"}, today=TODAY)
        assert issue(ledger, 1).owner == "王科长"
        assert ledger.undo_label == "修改责任人"

    def test_names_the_step_after_the_record_where_several_fields_change(self, ledger: Ledger) -> None:
        editing.set_fields(ledger, (Measure, 1), {"owner": "王科长", "note": "急"}, today=TODAY)
        assert ledger.undo_label == "修改整改措施"

    def test_leaves_no_step_where_nothing_changes(self, ledger: Ledger) -> None:
        editing.set_fields(ledger, (Issue, 1), {"owner": issue(ledger, 1).owner}, today=TODAY)
        assert ledger.undo_label == "建立"

    def test_a_deadline_brings_its_date_and_track(self, ledger: Ledger) -> None:
        editing.set_fields(ledger, (Issue, 3), {"deadline": "6月底前"}, today=TODAY)
        found = issue(ledger, 3)
        assert (found.due_on, found.track, found.standing) == (dt.date(2025, 6, 30), Track.DATED, False)
        assert ledger.undo_label == "修改整改时限"

    def test_a_period_runs_from_the_feedback(self, ledger: Ledger) -> None:
        editing.set_fields(ledger, (Measure, 1), {"deadline": "反馈后三个月"}, today=TODAY)
        assert measure(ledger, 1).due_on == dt.date(2025, 4, 15)

    def test_a_track_that_was_set_apart_stays(self, ledger: Ledger) -> None:
        editing.set_fields(ledger, (Issue, 3), {"track": Track.STAGED}, today=TODAY)
        editing.set_fields(ledger, (Issue, 3), {"deadline": "立行立改，长期坚持"}, today=TODAY)
        found = issue(ledger, 3)
        assert (found.track, found.standing, found.due_on) == (Track.STAGED, True, None)

    def test_a_date_that_was_set_apart_stays_where_the_new_text_has_none(self, ledger: Ledger) -> None:
        editing.set_fields(ledger, (Issue, 3), {"due_on": dt.date(2025, 9, 1)}, today=TODAY)
        editing.set_fields(ledger, (Issue, 3), {"deadline": "长期坚持"}, today=TODAY)
        assert issue(ledger, 3).due_on == dt.date(2025, 9, 1)

    def test_done_is_dated_today_and_undone_is_not_dated(self, ledger: Ledger) -> None:
        editing.set_fields(ledger, (Measure, 1), {"status": Status.DONE}, today=TODAY)
        assert measure(ledger, 1).completed_on == TODAY
        assert ledger.undo_label == "修改完成情况"
        editing.set_fields(ledger, (Measure, 1), {"status": Status.IN_PROGRESS}, today=TODAY)
        assert measure(ledger, 1).completed_on is None

    def test_a_record_that_is_gone_is_told(self, ledger: Ledger) -> None:
        with pytest.raises(KeyError):
            editing.set_fields(ledger, (Issue, 99), {"owner": "甲"}, today=TODAY)

    def test_renaming_writes_one_line(self, ledger: Ledger) -> None:
        editing.rename(ledger, (Issue, 1), " 学习\n不够 ", today=TODAY)
        editing.rename(ledger, (Measure, 1), "每月学习", today=TODAY)
        assert (issue(ledger, 1).title, measure(ledger, 1).content) == ("学习 不够", "每月学习")
        assert ledger.undo_label == "修改措施内容"


class TestSetMany:
    def test_is_one_step_and_one_undo(self, ledger: Ledger) -> None:
        before = ledger.snapshot
        keys = [(Issue, 1), (Issue, 2), (Measure, 1), (Section, 1)]
        assert editing.set_many(ledger, keys, {"owner": "王科长", "deadline": "6月底前"}, today=TODAY) == 3
        assert ledger.undo_label == "批量修改责任人、整改时限（3项）"
        assert issue(ledger, 2).due_on == measure(ledger, 1).due_on == dt.date(2025, 6, 30)
        ledger.undo()
        assert ledger.snapshot == before

    def test_gives_each_kind_what_it_has(self, ledger: Ledger) -> None:
        editing.set_many(ledger, [(Issue, 1), (Measure, 1)], {"track": Track.STAGED}, today=TODAY)
        assert issue(ledger, 1).track is Track.STAGED
        assert ledger.undo_label == "批量修改整改类型（1项）"

    def test_leaves_no_step_where_nothing_changes(self, ledger: Ledger) -> None:
        assert editing.set_many(ledger, [(Issue, 1)], {"owner": "责任人"}, today=TODAY) == 0
        assert ledger.undo_label == "建立"


class TestAdd:
    def test_a_sibling_stands_directly_below(self, ledger: Ledger) -> None:
        key = editing.add_after(ledger, (Issue, 1))
        assert [found.id for found in ledger.snapshot.issues if found.section_id == 1] == [1, key[1], 2]
        assert ledger.undo_label == "新增问题"

    def test_a_child_stands_at_the_end(self, ledger: Ledger) -> None:
        key = editing.add_below(ledger, (Issue, 1), Measure)
        assert [found.id for found in ledger.snapshot.measures if found.issue_id == 1] == [1, 2, key[1]]

    def test_there_is_no_fourth_level(self, ledger: Ledger) -> None:
        deep = editing.add_below(ledger, (Issue, 3), Issue)
        with pytest.raises(EditRefusedError, match="最多分3级"):
            editing.add_below(ledger, deep, Issue)

    @pytest.mark.parametrize(("parent", "kind"), [((Measure, 1), Issue), (None, Measure), ((Issue, 1), Section)])
    def test_what_cannot_stand_there_is_refused(self, ledger: Ledger, parent: tuple, kind: type) -> None:
        with pytest.raises(EditRefusedError):
            editing.add_below(ledger, parent, kind)


class TestDelete:
    def test_takes_everything_below_along_in_one_step(self, ledger: Ledger) -> None:
        before = ledger.snapshot
        editing.delete(ledger, [(Issue, 1), (Measure, 1), (Issue, 3)])
        assert [found.id for found in ledger.snapshot.issues] == [2]
        assert ledger.undo_label == "删除问题“第1项工作抓得不够紧…”"
        ledger.undo()
        assert ledger.snapshot == before

    def test_says_what_goes_along(self, ledger: Ledger) -> None:
        with ledger.step("记") as writer:
            writer.add(LogEntry(measure_id=1, text="开会"))
        assert editing.what_goes_along(ledger.snapshot, [(Section, 1)]) == "3个问题、4条整改措施、1条进展记录"
        assert editing.what_goes_along(ledger.snapshot, [(Measure, 3)]) == ""

    def test_says_what_was_decided_about_an_issue_too(self, ledger: Ledger) -> None:
        with ledger.step("记") as writer:
            issue = writer.add(Issue(section_id=1, title="已销号的"))
            writer.add_many([ClosingStep(issue_id=issue.id, step=step) for step in ("申请", "审核")])
            writer.add(Extension(issue_id=issue.id, new_deadline="年底前"))
            writer.add(Chase(issue_id=issue.id, text="电话催办"))
            writer.add(HandOver(issue_id=issue.id, new_owner="王五"))
        along = editing.what_goes_along(ledger.snapshot, [(Issue, issue.id)])
        assert along == "2条销号记录、1条延期记录、1条催办记录、1条交接记录"

    def test_of_nothing_is_no_step(self, ledger: Ledger) -> None:
        editing.delete(ledger, [(Issue, 99)])
        assert ledger.undo_label == "建立"
