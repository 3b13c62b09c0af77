"""Two copies that went different ways become one again."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from builders import a_ledger

from zhenggai_desktop.domain.records import Issue, LogEntry, Measure, Section
from zhenggai_desktop.errors import UsageError
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.ledger_merging import LedgerMerge, apply_merge, plan_merge
from zhenggai_desktop.services.merge_writing import Decisions, Prefer
from zhenggai_desktop.storage.salvage import salvage


@pytest.fixture
def copies(tmp_path: Path) -> Iterator[tuple[Ledger, Ledger]]:
    """One ledger, and a copy of it made by hand."""
    with a_ledger(
        tmp_path,
        Section(title="甲方面"),
        Section(title="乙方面"),
        Issue(section_id=1, title="学习少"),
        Issue(section_id=1, title="账目乱"),
        Measure(issue_id=1, content="开会"),
    ) as made:
        path = made.path
    shutil.copy(path, tmp_path / "副本.zgtz")
    with Ledger.open(path) as ours, Ledger.open(tmp_path / "副本.zgtz") as theirs:
        yield ours, theirs


def merged(ours: Ledger, theirs: Ledger, prefer: Prefer = Prefer.OURS) -> LedgerMerge:
    found = plan_merge(ours, theirs)
    apply_merge(ours, theirs.path.name, found, Decisions(otherwise=prefer))
    return found


def change(ledger: Ledger, record_type: type, record_id: int, **fields: object) -> None:
    with ledger.step("修改") as writer:
        writer.update(record_type, record_id, **fields)


def test_changes_on_both_sides_come_together_in_one_step(copies: tuple[Ledger, Ledger]) -> None:
    ours, theirs = copies
    change(ours, Issue, 1, owner="张某")
    change(theirs, Issue, 1, goal="规范")
    change(theirs, Measure, 1, progress="已开")
    found = merged(ours, theirs)
    issue, measure = ours.snapshot.issues[0], ours.snapshot.measures[0]
    assert (issue.owner, issue.goal, measure.progress) == ("张某", "规范", "已开")
    assert found.common == "建立"
    assert ours.undo_label == "合并台账《副本》"


def test_the_same_field_on_both_sides_is_a_conflict(copies: tuple[Ledger, Ledger]) -> None:
    ours, theirs = copies
    change(ours, Issue, 1, goal="甲")
    change(theirs, Issue, 1, goal="乙")
    (line,) = merged(ours, theirs).taken.conflicts
    assert (line.place, line.field, line.ours, line.theirs) == ("1-1 问题 学习少", "整改目标", "甲", "乙")
    assert ours.snapshot.issues[0].goal == "甲"
    merged(ours, theirs, Prefer.THEIRS)
    assert ours.snapshot.issues[0].goal == "乙"


def test_new_records_come_with_what_belongs_to_them_and_moves_are_followed(copies: tuple[Ledger, Ledger]) -> None:
    ours, theirs = copies
    with theirs.step("增加") as writer:
        issue = writer.add(Issue(section_id=2, title="新问题"))
        measure = writer.add(Measure(issue_id=issue.id, content="新措施"))
        writer.add(LogEntry(measure_id=measure.id, text="新进展"))
        writer.update(Issue, 2, section_id=2)
    with ours.step("增加") as writer:
        writer.add(Issue(section_id=1, title="我们的"))
    merged(ours, theirs)
    snapshot = ours.snapshot
    titles = {issue.title: issue for issue in snapshot.issues}
    assert titles["新问题"].section_id == titles["账目乱"].section_id == 2
    new = next(measure for measure in snapshot.measures if measure.content == "新措施")
    assert new.issue_id == titles["新问题"].id
    assert snapshot.log_entries[0].measure_id == new.id
    assert not merged(ours, theirs).taken.additions


def test_an_addition_takes_along_what_it_belongs_to_even_where_that_was_left_out(copies: tuple[Ledger, Ledger]) -> None:
    ours, theirs = copies
    with theirs.step("增加") as writer:
        section = writer.add(Section(title="新方面"))
        issue = writer.add(Issue(section_id=section.id, title="新问题"))
        writer.add(Measure(issue_id=issue.id, content="新措施"))
        writer.add(Issue(section_id=section.id, title="别的"))
    found = plan_merge(ours, theirs)
    places = {line.place: at for at, line in enumerate(found.taken.additions)}
    wanted = next(at for place, at in places.items() if "新措施" in place)
    apply_merge(ours, "副本.zgtz", found, Decisions(additions=[wanted]))
    snapshot = ours.snapshot
    (new,) = (one for one in snapshot.issues if one.title in ("新问题", "别的"))
    assert (new.title, new.section_id) == ("新问题", snapshot.sections[-1].id)
    assert snapshot.measures[-1].issue_id == new.id


def test_what_they_deleted_is_said_and_stays(copies: tuple[Ledger, Ledger]) -> None:
    ours, theirs = copies
    with theirs.step("删除") as writer:
        writer.remove(Issue, 2)
    assert merged(ours, theirs).removed == ["1-2 问题 账目乱"]
    assert len(ours.snapshot.issues) == 2


def test_equal_copies_bring_nothing(copies: tuple[Ledger, Ledger]) -> None:
    assert not plan_merge(*copies).merged


def test_another_ledger_is_refused(copies: tuple[Ledger, Ledger], tmp_path: Path) -> None:
    with a_ledger(tmp_path, name="别的.zgtz") as other, pytest.raises(UsageError, match="不是这个台账的副本"):
        plan_merge(copies[0], other)


@pytest.mark.parametrize("rescued", ["ours", "theirs", "both"])
def test_a_copy_that_was_rescued_merges_by_the_history_that_is_whole(
    copies: tuple[Ledger, Ledger], tmp_path: Path, rescued: str
) -> None:
    paths = [ledger.path for ledger in copies]
    change(copies[0], Issue, 1, owner="张某")
    change(copies[1], Issue, 1, goal="规范")
    for at, name in enumerate(("ours", "theirs")):
        copies[at].close()
        if rescued in (name, "both"):
            with closing(sqlite3.connect(paths[at])) as connection, connection:
                connection.execute("DELETE FROM issues WHERE id = 2")  # its history brings it back
            salvage(paths[at], tmp_path / f"抢救{at}.zgtz")
            paths[at] = tmp_path / f"抢救{at}.zgtz"
    with Ledger.open(paths[0]) as ours, Ledger.open(paths[1]) as theirs:
        found = merged(ours, theirs)
        issue = ours.snapshot.issues[0]
    assert found.common == ("" if rescued == "both" else "建立")
    assert (issue.owner, issue.goal) == ("张某", "规范")
    assert not found.taken.conflicts
