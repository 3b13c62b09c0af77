"""Two copies that went different ways become one again."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from builders import a_ledger, held_open

from zhenggai_desktop.domain.records import (
    DeclaredFigure,
    Department,
    Evidence,
    EvidenceLink,
    Issue,
    LogEntry,
    Measure,
    MeasureLink,
    Person,
    Section,
)
from zhenggai_desktop.errors import CancelledError, UsageError
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.ledger_merging import LedgerMerge, apply_merge, plan_merge
from zhenggai_desktop.services.merge_writing import Decisions, Prefer
from zhenggai_desktop.services.proving import add_files, place_of
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


def test_where_a_figure_is_stated_is_no_place_of_a_record(tmp_path: Path) -> None:
    with a_ledger(tmp_path, DeclaredFigure(text="3个问题", place="第一段")) as made:
        shutil.copy(made.path, tmp_path / "副本.zgtz")
        with Ledger.open(tmp_path / "副本.zgtz") as theirs:
            change(theirs, DeclaredFigure, 1, place="第二段")
            merged(made, theirs)
        assert made.snapshot.declared_figures[0].place == "第二段"


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
    assert bool(found.about_base) is (rescued == "both")


# --- places: what both sides did to the tree


def titles_above(ledger: Ledger) -> dict[str, str]:
    """What stands directly above each issue, by titles."""
    snapshot = ledger.snapshot
    sections = {one.id: one.title for one in snapshot.sections}
    issues = {one.id: one.title for one in snapshot.issues}
    return {
        one.title: issues.get(one.parent_id or 0) or sections.get(one.section_id or 0, "") for one in snapshot.issues
    }


def test_a_place_that_both_changed_is_one_conflict(copies: tuple[Ledger, Ledger]) -> None:
    ours, theirs = copies
    change(ours, Issue, 1, section_id=2)
    change(theirs, Issue, 1, section_id=None, parent_id=2)
    with theirs.step("增加") as writer:
        writer.add(Measure(issue_id=2, content="副本新增"))
    (line,) = merged(ours, theirs).taken.conflicts
    assert (line.field, line.base, line.ours, line.theirs) == (
        "所在位置",
        "方面 甲方面",
        "方面 乙方面",
        "1-1 问题 账目乱",
    )
    assert titles_above(ours)["学习少"] == "乙方面"
    assert ours.snapshot.measures[-1].content == "副本新增"
    merged(ours, theirs, Prefer.THEIRS)
    assert titles_above(ours) == {"学习少": "账目乱", "账目乱": "甲方面"}
    assert not plan_merge(ours, theirs).merged


def test_two_moves_that_would_go_round_in_a_circle_are_said_and_the_rest_is_taken(
    copies: tuple[Ledger, Ledger],
) -> None:
    ours, theirs = copies
    change(ours, Issue, 1, section_id=None, parent_id=2)
    change(theirs, Issue, 2, section_id=None, parent_id=1, goal="规范")
    found = merged(ours, theirs)
    assert len(found.left_out) == 1
    assert found.left_out[0].startswith("1-1 问题 账目乱：副本移到“1-1-1 问题 学习少”")
    assert titles_above(ours) == {"学习少": "账目乱", "账目乱": "甲方面"}
    assert ours.snapshot.issues[1].goal == "规范"


def test_moves_that_turn_a_branch_round_are_followed(copies: tuple[Ledger, Ledger]) -> None:
    ours, theirs = copies
    for one in (ours, theirs):
        with one.step("建立") as writer:
            writer.update(Issue, 1, section_id=None, parent_id=2)
    shutil.copy(ours.path, theirs.path.with_name("再一份.zgtz"))
    with Ledger.open(theirs.path.with_name("再一份.zgtz")) as other:
        with other.step("倒过来") as writer:
            writer.update(Issue, 1, section_id=1, parent_id=None)
            writer.update(Issue, 2, section_id=None, parent_id=1)
        assert not merged(ours, other).left_out
    assert titles_above(ours) == {"学习少": "甲方面", "账目乱": "学习少"}


def test_what_would_be_too_deep_is_said_with_what_belongs_to_it(copies: tuple[Ledger, Ledger]) -> None:
    ours, theirs = copies
    with ours.step("移动") as writer:
        top = writer.add(Issue(section_id=2, title="上级"))
        writer.update(Issue, 2, section_id=None, parent_id=top.id)
        writer.update(Issue, 1, section_id=None, parent_id=2)
    with theirs.step("增加") as writer:
        new = writer.add(Issue(parent_id=1, title="新下级"))
        writer.add(Measure(issue_id=new.id, content="它的措施"))
        writer.add(Measure(issue_id=1, content="能收的措施"))
    found = merged(ours, theirs)
    assert [line.place for line in found.taken.additions] == ["2-1-1-1 整改措施 能收的措施"]
    assert [sentence.split("：")[0] for sentence in found.left_out] == ["1-1-1 问题 新下级", "1-1-1 整改措施 它的措施"]
    assert not ours.check()


def test_a_move_that_makes_ours_too_deep_stays_undone(copies: tuple[Ledger, Ledger]) -> None:
    ours, theirs = copies
    with ours.step("增加") as writer:
        below = writer.add(Issue(parent_id=1, title="下级"))
        writer.add(Issue(parent_id=below.id, title="再下级"))
    change(theirs, Issue, 1, section_id=None, parent_id=2)
    assert len(merged(ours, theirs).left_out) == 1
    assert titles_above(ours)["学习少"] == "甲方面"
    assert not ours.check()


def test_what_belongs_to_something_deleted_here_is_said(copies: tuple[Ledger, Ledger]) -> None:
    ours, theirs = copies
    for one in (ours, theirs):
        with one.step("材料") as writer:
            writer.add(Evidence(uid="e1", title="会议记录"))
    shutil.copy(ours.path, theirs.path.with_name("再一份.zgtz"))
    with Ledger.open(theirs.path.with_name("再一份.zgtz")) as other:
        with ours.step("删除") as writer:
            writer.remove(Issue, 1)
        with other.step("增加") as writer:
            writer.add(Measure(issue_id=1, content="新措施"))
            writer.add(EvidenceLink(evidence_id=1, issue_id=1))
            writer.add(Issue(parent_id=1, title="新下级"))
            writer.update(Issue, 2, section_id=None, parent_id=1)
        found = merged(ours, other)
        assert len(found.gone) == 3
        assert titles_above(ours) == {"账目乱": "甲方面", "新下级": "甲方面"}
        assert not plan_merge(ours, other).merged


# --- the order of siblings


def reorder(ledger: Ledger, record_type: type, *ids: int) -> None:
    with ledger.step("调整顺序") as writer:
        writer.reorder(record_type, ids)


def test_an_order_that_only_they_changed_is_taken_and_said(copies: tuple[Ledger, Ledger]) -> None:
    ours, theirs = copies
    with ours.step("增加") as writer:
        writer.add(Issue(section_id=1, title="我们的", position=2))
    reorder(theirs, Issue, 2, 1)
    (line,) = merged(ours, theirs).taken.changes
    assert (line.place, line.field) == ("方面 甲方面 下的问题", "顺序")
    assert (line.ours, line.theirs) == ("1 学习少\n2 账目乱", "1 账目乱\n2 学习少")
    assert [issue.title for issue in ours.snapshot.issues] == ["账目乱", "我们的", "学习少"]
    assert not plan_merge(ours, theirs).merged
    assert not ours.check()


def test_an_order_that_both_changed_is_a_conflict(copies: tuple[Ledger, Ledger]) -> None:
    ours, theirs = copies
    with ours.step("增加") as writer:
        for title in ("丙", "丁"):
            writer.add(Section(title=f"{title}方面"))
    shutil.copy(ours.path, theirs.path.with_name("再一份.zgtz"))
    with Ledger.open(theirs.path.with_name("再一份.zgtz")) as other:
        reorder(ours, Section, 2, 1, 3, 4)
        reorder(other, Section, 1, 2, 4, 3)
        (line,) = merged(ours, other).taken.conflicts
        assert line.place == "全部方面"
        assert [section.id for section in ours.snapshot.sections] == [2, 1, 3, 4]
        merged(ours, other, Prefer.THEIRS)
        assert [section.id for section in ours.snapshot.sections] == [1, 2, 4, 3]


def test_what_is_new_or_moved_comes_where_they_have_it(copies: tuple[Ledger, Ledger]) -> None:
    ours, theirs = copies
    with ours.step("增加") as writer:
        writer.add(Measure(issue_id=1, content="我们的"))
    with theirs.step("增加") as writer:
        writer.add(Measure(issue_id=1, content="先做的", position=1))
        writer.add(Measure(issue_id=1, content="后做的"))
        writer.add(Issue(section_id=2, title="乙一"))
        writer.update(Issue, 1, section_id=2, position=1)
    merged(ours, theirs)
    snapshot = ours.snapshot
    assert [measure.content for measure in snapshot.measures] == ["先做的", "开会", "我们的", "后做的"]
    assert [issue.title for issue in snapshot.issues if issue.section_id == 2] == ["学习少", "乙一"]
    assert not plan_merge(ours, theirs).merged
    assert not ours.check()


# --- what both sides entered on their own


def test_what_both_entered_under_one_name_is_one(copies: tuple[Ledger, Ledger]) -> None:
    ours, theirs = copies
    for one, short in ((ours, ""), (theirs, "财")):
        with one.step("名录") as writer:
            department = writer.add(Department(name="财政所", short_name=short))
            writer.add(Person(name=f"李某{short}", department_id=department.id))
            evidence = writer.add(Evidence(sha256="ab", title="账册", file_name=f"账册{short}.pdf"))
            writer.add(EvidenceLink(evidence_id=evidence.id, issue_id=1))
            writer.add(MeasureLink(measure_id=1, issue_id=2))
    merged(ours, theirs)
    snapshot = ours.snapshot
    assert [(one.name, one.short_name) for one in snapshot.departments] == [("财政所", "财")]
    assert [(one.name, one.department_id) for one in snapshot.persons] == [("李某", 1), ("李某财", 1)]
    assert [one.file_name for one in snapshot.evidence] == ["账册.pdf"]
    assert (len(snapshot.evidence_links), len(snapshot.measure_links)) == (1, 1)
    assert not plan_merge(ours, theirs).merged


def test_two_texts_that_were_both_wanted_are_no_conflict_again(copies: tuple[Ledger, Ledger]) -> None:
    ours, theirs = copies
    change(ours, Measure, 1, progress="甲方写的")
    change(theirs, Measure, 1, progress="乙方写的")
    merged(ours, theirs, Prefer.BOTH)
    assert ours.snapshot.measures[0].progress == "甲方写的\n乙方写的"
    assert not plan_merge(ours, theirs).merged


# --- evidence


@pytest.fixture
def proven(copies: tuple[Ledger, Ledger], tmp_path: Path) -> Iterator[tuple[Ledger, Ledger]]:
    """A ledger and its copy on a stick, where two papers were added."""
    (tmp_path / "U盘").mkdir()
    with Ledger.open(copies[0].backup(tmp_path / "U盘", with_evidence=True)) as stick:
        for name in ("会议纪要.txt", "照片.txt"):
            (tmp_path / name).write_text(name, encoding="utf-8")
            add_files(stick, (Issue, 1), [tmp_path / name])
        yield copies[0], stick


def test_evidence_of_a_copy_comes_with_its_file(proven: tuple[Ledger, Ledger]) -> None:
    ours, stick = proven
    result = apply_merge(ours, "台账.zgtz", plan_merge(ours, stick))
    shutil.rmtree(stick.evidence_folder.path)
    places = [place_of(ours, one) for one in ours.snapshot.evidence]
    assert [place and place.read_text(encoding="utf-8") for place in places] == ["会议纪要.txt", "照片.txt"]
    assert (result.files_missing, result.about_files, ours.check()) == (0, "", ())


def test_a_file_that_the_copy_lost_is_said_before_and_after(proven: tuple[Ledger, Ledger]) -> None:
    ours, stick = proven
    (stick.evidence_folder.path / stick.snapshot.evidence[0].file_name).unlink()
    found = plan_merge(ours, stick)
    (sentence,) = found.left_out
    assert sentence.startswith("佐证材料 会议纪要：“台账_佐证材料”里没有它的文件，只收入记录")
    result = apply_merge(ours, "台账.zgtz", found)
    assert (result.files_missing, len(ours.snapshot.evidence)) == (1, 2)
    assert "有1份佐证材料只有记录" in result.about_files


def test_a_file_of_the_copy_that_cannot_be_read_keeps_nobody_from_merging(
    proven: tuple[Ledger, Ledger], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, stick = proven
    held_open(monkeypatch, stick.evidence_folder.path / stick.snapshot.evidence[0].file_name)
    result = apply_merge(ours, "台账.zgtz", plan_merge(ours, stick))
    assert (result.files_missing, len(ours.snapshot.evidence)) == (1, 2)
    assert ours.evidence_folder.lying_here() == {stick.snapshot.evidence[1].file_name}


def test_only_the_files_of_wanted_evidence_come_and_ours_are_never_written_over(proven: tuple[Ledger, Ledger]) -> None:
    ours, stick = proven
    one, two = (record.file_name for record in stick.snapshot.evidence)
    ours.evidence_folder.path.mkdir()
    (ours.evidence_folder.path / one).write_text("别的", encoding="utf-8")
    found = plan_merge(ours, stick)
    wanted = [at for at, line in enumerate(found.taken.additions) if "会议纪要" in line.place]
    apply_merge(ours, "台账.zgtz", found, Decisions(additions=wanted))
    assert ours.evidence_folder.lying_here() == {one}
    assert (ours.evidence_folder.path / one).read_text(encoding="utf-8") == "别的"
    apply_merge(ours, "台账.zgtz", plan_merge(ours, stick))
    assert ours.evidence_folder.lying_here() == {one, two}


def test_a_merge_that_is_left_leaves_no_file_behind(proven: tuple[Ledger, Ledger]) -> None:
    ours, stick = proven

    def leave(done: int, _total: int) -> None:
        if done > len("会议纪要.txt".encode()):
            raise CancelledError

    before = ours.snapshot
    with pytest.raises(CancelledError):
        apply_merge(ours, "台账.zgtz", plan_merge(ours, stick), tick=leave)
    assert ours.snapshot == before
    assert ours.evidence_folder.lying_here() == frozenset()


def test_an_entry_that_both_copies_took_from_one_sheet_is_there_once(copies: tuple[Ledger, Ledger]) -> None:
    ours, theirs = copies
    day = dt.date(2025, 6, 1)
    for ledger in copies:
        with ledger.step("收回填报表") as writer:
            writer.add(LogEntry(measure_id=1, entered_on=day, text="已开2次。", reporter="党政办"))
    with theirs.step("登记") as writer:
        writer.add(LogEntry(measure_id=1, entered_on=day, text="已发文。", reporter="党政办"))
        writer.add(LogEntry(measure_id=1, entered_on=day + dt.timedelta(7), text="已开2次。", reporter="党政办"))
    assert not merged(ours, theirs).taken.conflicts
    assert [one.text for one in ours.snapshot.log_entries] == ["已开2次。", "已发文。", "已开2次。"]
