"""From one inspection to the next: what is left goes along, what comes back is marked once somebody agrees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import a_ledger, held_open

from zhenggai_desktop.domain.evidence_use import too_early
from zhenggai_desktop.domain.figures import figures
from zhenggai_desktop.domain.records import (
    Department,
    Evidence,
    EvidenceLink,
    InspectionKind,
    Issue,
    Measure,
    MeasureLink,
    Person,
    Section,
    SectionCategory,
    Status,
)
from zhenggai_desktop.domain.workflow import Workflow
from zhenggai_desktop.errors import CancelledError, LedgerExistsError
from zhenggai_desktop.services import proving
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.next_round import Begun, begin_next, came_back, mark_came_back, unfinished


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Ledger]:
    """Closed; standing and closed; open; open below a parent that has the owner."""
    records = (
        Section(title="为民服务方面"),
        Issue(section_id=1, title="公务用车管理不规范", status=Status.DONE, closed=True),
        Issue(section_id=1, title="学习制度坚持不好", standing=True, status=Status.DONE, closed=True),
        Issue(section_id=1, title="老旧小区改造进展慢", lead_department="城建办", deadline="2025年底前"),
        Issue(parent_id=3, title="加装电梯推进迟缓"),
        Measure(issue_id=4, content="逐栋征求意见", status=Status.IN_PROGRESS),
        Measure(issue_id=1, content="建立台账", status=Status.DONE),
        Department(name="柳林街道城市建设办公室", short_name="城建办"),
        Person(name="王敏", department_id=1),
    )
    facts = {"organisation": "柳林街道", "phone": "0312-1", "feedback_date": dt.date(2023, 5, 6), "team": "第三巡察组"}
    with a_ledger(tmp_path, *records, **facts) as ledger:
        yield ledger


def test_standing_and_unfinished_items_are_what_is_left(old: Ledger) -> None:
    assert [issue.title for issue in unfinished(old.snapshot)] == ["学习制度坚持不好", "加装电梯推进迟缓"]


def test_the_next_ledger_has_the_office_and_what_is_left_apart_from_the_feedback(old: Ledger, tmp_path: Path) -> None:
    before = old.snapshot
    assert begin_next(old, tmp_path / "2026.zgtz", who="王敏") == Begun(2, 0, 0)
    with Ledger.open(tmp_path / "2026.zgtz") as made:
        snapshot = made.snapshot
        assert (snapshot.facts.organisation, snapshot.facts.phone) == ("柳林街道", "0312-1")
        assert (snapshot.facts.feedback_date, snapshot.facts.team) == (None, "")
        (section,) = snapshot.sections
        assert (section.title, section.category) == ("上轮巡察整改延续事项", SectionCategory.EXTENSION)
        assert section.source == "2023年5月6日反馈"
        one, two = snapshot.issues
        assert (one.title, one.closed, one.standing) == ("学习制度坚持不好", False, True)
        assert (two.lead_department, two.deadline) == ("城建办", "2025年底前")
        assert two.note == "延续自上轮台账“台账.zgtz”的问题1-3-1。"
        assert [measure.content for measure in snapshot.measures] == ["逐栋征求意见"]
        assert snapshot.persons[0].department_id == snapshot.departments[0].id
        assert {issue.uid for issue in snapshot.issues} & {issue.uid for issue in before.issues} == set()
        assert next(figure.value for figure in figures(snapshot) if figure.key == "issues") == 0
        assert [entry.label for entry in made.history()] == ["从上轮台账建立"]
    assert old.snapshot == before


def test_a_ledger_that_is_there_is_left_alone(old: Ledger, tmp_path: Path) -> None:
    (tmp_path / "2026.zgtz").write_bytes(b"something")
    with pytest.raises(LedgerExistsError):
        begin_next(old, tmp_path / "2026.zgtz")
    assert (tmp_path / "2026.zgtz").read_bytes() == b"something"


@pytest.fixture
def proven(old: Ledger, tmp_path: Path) -> Ledger:
    """One paper on what is closed, three on what is left: by its measure, by itself, and one whose file is lost."""
    for at, owner in enumerate([(Issue, 1), (Measure, 1), (Issue, 4), (Issue, 2)], 1):
        (tmp_path / f"{at}.pdf").write_bytes(b"x" * at)
        proving.add_files(old, owner, [tmp_path / f"{at}.pdf"])
    with old.step("日期") as writer:
        for at in range(1, 5):
            writer.update(Evidence, at, dated_on=dt.date(2023, 6, at))
    (old.evidence_folder.path / old.snapshot.evidence[3].file_name).unlink()
    return old


def test_evidence_goes_along_with_what_it_proves(proven: Ledger, tmp_path: Path) -> None:
    shares: list[tuple[int, int]] = []
    begun = begin_next(proven, tmp_path / "2026.zgtz", tick=lambda *share: shares.append(share))
    assert begun == Begun(2, 3, 1)
    assert shares[-1] == (5, 9)
    (tmp_path / "台账_佐证材料").rename(tmp_path / "带走了")
    (tmp_path / "带走了").rename(tmp_path.parent / f"{tmp_path.name}带走了")
    with Ledger.open(tmp_path / "2026.zgtz") as made:
        snapshot = made.snapshot
        assert [(one.title, one.dated_on) for one in snapshot.evidence] == [
            ("2", dt.date(2023, 6, 2)), ("3", dt.date(2023, 6, 3)), ("4", dt.date(2023, 6, 4)),
        ]  # fmt: skip
        titles = {one.id: one.title for one in snapshot.evidence}
        found = [(titles[one.evidence_id], one.issue_id, one.measure_id) for one in snapshot.evidence_links]
        assert sorted(found) == [("2", None, 1), ("3", 2, None), ("4", 1, None)]
        assert [finding.code for finding in made.check()] == ["evidence_missing"]
        assert {one.uid for one in snapshot.evidence} & {one.uid for one in proven.snapshot.evidence} == set()
        with made.step("新反馈") as writer:
            writer.set_facts(feedback_date=dt.date(2026, 3, 1))
            section = writer.add(Section(title="新的方面"))
            issue = writer.add(Issue(section_id=section.id, title="新问题"))
        assert too_early(made.outline) == frozenset(), "it answers the feedback of the last round"
        with made.step("引用") as writer:
            writer.add(EvidenceLink(evidence_id=1, issue_id=issue.id))
        assert too_early(made.outline) == {1}


def test_a_file_that_cannot_be_read_keeps_nobody_from_the_next_round(
    proven: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held_open(monkeypatch, proven.evidence_folder.path / proven.snapshot.evidence[1].file_name)
    assert begin_next(proven, tmp_path / "2026.zgtz") == Begun(2, 3, 1, ("2",))
    with Ledger.open(tmp_path / "2026.zgtz") as made:
        assert [one.title for one in made.snapshot.evidence] == ["2", "3", "4"]
        assert made.evidence_folder.lying_here() == {proven.snapshot.evidence[2].file_name}


def test_left_half_way_there_is_no_next_ledger(proven: Ledger, tmp_path: Path) -> None:
    def leave(done: int, _total: int) -> None:
        if done > 2:
            raise CancelledError

    before, lying = proven.snapshot, sorted(tmp_path.iterdir())
    with pytest.raises(CancelledError):
        begin_next(proven, tmp_path / "2026.zgtz", tick=leave)
    assert proven.snapshot == before
    assert [path.name for path in tmp_path.iterdir() if path not in lying and path.suffix != ".lock"] == []


def test_left_half_way_the_evidence_of_a_renamed_ledger_stays(proven: Ledger, tmp_path: Path) -> None:
    """The old ledger was renamed and has its evidence under the name that the next one takes."""
    proven.close()
    old = Ledger.open(proven.path.rename(tmp_path / "2023台账.zgtz"))
    folder = tmp_path / "台账_佐证材料"
    lying = sorted(path.name for path in folder.iterdir())
    assert lying

    def leave(_done: int, _total: int) -> None:
        raise CancelledError

    (folder / old.snapshot.evidence[1].file_name).write_bytes(b"changed")  # is to be copied, and so can be left
    with pytest.raises(CancelledError):
        begin_next(old, tmp_path / "台账.zgtz", tick=leave)
    old.close()
    assert not (tmp_path / "台账.zgtz").exists()
    assert sorted(path.name for path in folder.iterdir()) == lying


def test_what_came_back_is_proposed_and_marked_when_somebody_agrees(old: Ledger, tmp_path: Path) -> None:
    begin_next(old, tmp_path / "2026.zgtz")
    with Ledger.open(tmp_path / "2026.zgtz") as made:
        with made.step("导入反馈") as writer:
            section = writer.add(Section(title="作风建设方面"))
            for title in ("关于公务用车管理不够规范的问题", "营商环境优化不力", "加装电梯推进迟缓"):
                writer.add(Issue(section_id=section.id, title=title, note="原有备注" if "用车" in title else ""))
        found = came_back(old.snapshot, made.snapshot)
        assert [(one.issue.title, one.before.title, one.was_closed) for one in found] == [
            ("关于公务用车管理不够规范的问题", "公务用车管理不规范", True),
            ("加装电梯推进迟缓", "加装电梯推进迟缓", False),
        ]
        assert 0.85 <= found[0].likeness < found[1].likeness == 1.0
        assert mark_came_back(made, found[:1], old.snapshot.facts) == 1
        marked = made.outline.issue(found[0].issue.id)
        assert marked.emphasis
        assert marked.note == "原有备注\n反弹：上轮（2023年5月6日反馈）已指出“公务用车管理不规范”，当时已销号。"
        assert [one.issue.title for one in came_back(old.snapshot, made.snapshot)] == ["加装电梯推进迟缓"]
        made.undo()
        assert not made.outline.issue(found[0].issue.id).emphasis
        assert mark_came_back(made, (), old.snapshot.facts) == 0


def test_what_is_left_of_a_provincial_inspection_is_told_in_its_term_and_by_its_own_days(tmp_path: Path) -> None:
    """“反馈后三个月内” of the last feedback must not be read as of the next."""
    due = dt.date(2023, 8, 6)
    records = (
        Section(title="财务管理方面"),
        Issue(section_id=1, title="账目不清", deadline="反馈后三个月内，长期坚持", due_on=due, standing=True),
        Measure(issue_id=1, content="清账", deadline="反馈后三个月", due_on=due),
        Measure(issue_id=1, content="建制度", deadline="2023年底前", due_on=dt.date(2023, 12, 31)),
        Evidence(title="旧账", file_name="", dated_on=dt.date(2024, 1, 1)),
        EvidenceLink(evidence_id=1, issue_id=1),
    )
    facts = {"kind": InspectionKind.XUNSHI, "feedback_date": dt.date(2023, 5, 6)}
    with a_ledger(tmp_path, *records, **facts) as old:
        begin_next(old, tmp_path / "2026.zgtz")
    with Ledger.open(tmp_path / "2026.zgtz") as made:
        assert made.snapshot.sections[0].title == "上轮巡视整改延续事项"
        with made.step("反馈") as writer:
            writer.set_facts(feedback_date=dt.date(2026, 2, 1))
        assert made.snapshot.issues[0].deadline == "2023年8月6日前（上轮反馈后三个月内，长期坚持）"
        assert [one.deadline for one in made.snapshot.measures] == ["2023年8月6日前（上轮反馈后三个月）", "2023年底前"]
        assert too_early(made.outline) == frozenset()
        assert came_back(made.snapshot, made.snapshot) == ()


def test_an_issue_that_answers_for_others_comes_with_its_measures_and_what_is_open_below(tmp_path: Path) -> None:
    records = (
        Section(title="党的建设方面"),
        Issue(section_id=1, title="两个问题合并答复", lead_department="党政办"),
        Issue(parent_id=1, title="学习不深入", printed_level=0),
        Issue(parent_id=1, title="调研走过场", printed_level=0),
        Issue(parent_id=1, title="记录不全", status=Status.DONE),
        Issue(section_id=1, title="另一个问题"),
        Measure(issue_id=1, content="开展大调研", status=Status.IN_PROGRESS),
        Measure(issue_id=5, content="每月通报", status=Status.IN_PROGRESS),
        MeasureLink(measure_id=2, issue_id=1),
        MeasureLink(measure_id=1, issue_id=5),
        Evidence(title="调研方案"),
        Evidence(title="照片"),
        Evidence(title="记录"),
        EvidenceLink(evidence_id=1, measure_id=1),
        EvidenceLink(evidence_id=2, issue_id=1),
        EvidenceLink(evidence_id=3, issue_id=4),
    )
    with a_ledger(tmp_path, *records) as old:
        assert begin_next(old, tmp_path / "2026.zgtz") == Begun(3, 2, 0)
    with Ledger.open(tmp_path / "2026.zgtz") as made:
        snapshot = made.snapshot
        assert [(one.title, one.parent_id, one.printed_level) for one in snapshot.issues] == [
            ("两个问题合并答复", None, None),
            ("学习不深入", 1, 0),
            ("调研走过场", 1, 0),
            ("另一个问题", None, None),
        ]
        assert [(one.content, one.issue_id) for one in snapshot.measures] == [("开展大调研", 1), ("每月通报", 4)]
        assert [(one.measure_id, one.issue_id) for one in snapshot.measure_links] == [(2, 1), (1, 4)]
        links = [(one.evidence_id, one.measure_id, one.issue_id) for one in snapshot.evidence_links]
        assert links == [(1, 1, None), (2, None, 1)]
        assert Workflow(made.outline).status(snapshot.issues[1]) is Status.IN_PROGRESS
        assert not made.check()
