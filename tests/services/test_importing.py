"""An import writes what is new as one step and lists the rest; nothing that a ledger holds is overwritten."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from builders import a_ledger, a_snapshot
from import_plans import a_section, an_issue, feedback_plan, notice_plan

from zhenggai_desktop.domain.notice import compose
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.plan import ImportPlan, ProposedOutcome
from zhenggai_desktop.domain.plan_snapshot import plan_snapshot
from zhenggai_desktop.domain.records import (
    DeclaredFigure,
    DocumentKind,
    InspectionKind,
    Issue,
    LedgerFacts,
    Measure,
    NoteKind,
    Outcome,
    Section,
    Snapshot,
    Status,
)
from zhenggai_desktop.domain.schemes import scheme_for
from zhenggai_desktop.errors import LedgerExistsError, LedgerFileError, SourceError
from zhenggai_desktop.services import importing
from zhenggai_desktop.services.importing import apply, import_into, plan_source, preview
from zhenggai_desktop.services.ledger import Ledger

TEXTS = Path(__file__).parent.parent / "texts"


def issue_titled(snapshot: Snapshot, title: str) -> Issue:
    return next(issue for issue in snapshot.issues if issue.title == title)


def progress_of(snapshot: Snapshot, title: str) -> list[str]:
    return [measure.progress for measure in Outline(snapshot).measures_of(issue_titled(snapshot, title))]


def test_a_plan_fills_an_empty_ledger(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        report = apply(ledger, notice_plan())
        snapshot = ledger.snapshot
    assert report.counts() == {"被巡察单位": 1, "章节": 2, "方面": 2, "问题": 4, "整改措施": 5}
    assert (snapshot.facts.organisation, snapshot.facts.phone, snapshot.facts.scheme) == (
        "柳林镇党委",
        "0000-1234567",
        "e",
    )
    assert [section.title for section in snapshot.sections] == ["关于落实上级决策部署方面问题", "全面从严治党方面"]
    assert progress_of(snapshot, "针对“耕地保护责任落实不严”问题") == ["与14个村签订责任书。", "拆除违建7处。"]


def test_sections_stand_in_the_chapter_that_the_plan_names(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        apply(ledger, notice_plan())
        snapshot = ledger.snapshot
    chapter = next(chapter for chapter in snapshot.chapters if chapter.title == "整改落实情况")
    assert [section.chapter_id for section in snapshot.sections] == [chapter.id, chapter.id]


def test_notes_on_the_source_are_kept_with_it(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        apply(ledger, notice_plan())
        snapshot = ledger.snapshot
    (source,) = snapshot.sources
    assert (source.file_name, source.sha256, source.document) == ("柳林镇公告.txt", "a" * 64, DocumentKind.NOTICE)
    assert [(note.kind, note.code, note.line, note.text) for note in snapshot.source_notes] == [
        (NoteKind.LEFTOVER, "web_line", 2, "【打印】【关闭】"),
        (NoteKind.DOUBT, "count", 4, "称5个，列出4个"),
        (NoteKind.NORMALISATION, "width", 1, "标点改为规范宽度"),
    ]


def test_an_import_is_one_step_that_undo_takes_back_whole(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        before = ledger.snapshot
        apply(ledger, notice_plan())
        assert [entry.label for entry in ledger.history()] == ["导入整改通报《柳林镇公告》"]
        ledger.undo()
        assert ledger.snapshot == before


def test_the_same_source_again_adds_nothing_and_makes_no_step(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        apply(ledger, notice_plan())
        before = ledger.snapshot
        report = apply(ledger, notice_plan())
        assert (report.added, report.different, report.writes, report.backup) == ([], [], False, None)
        assert ledger.snapshot == before
        assert len(ledger.history()) == 1
    assert {line.kind for line in report.already_there} == {"被巡察单位", "章节", "方面", "问题", "整改措施"}


def test_a_notice_answers_the_issues_of_the_feedback(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        apply(ledger, feedback_plan())
        report = apply(ledger, notice_plan())
        snapshot = ledger.snapshot
    assert report.counts() == {"章节": 2, "问题": 1, "整改措施": 5}
    assert [issue.title for issue in Outline(snapshot).walk()] == [
        "耕地保护责任落实不严",
        "人居环境整治标准不高",
        "集体资金管理混乱",
        "往来款项长期不清理",
        "村账核算不及时",
        "作风不实",
    ]
    assert progress_of(snapshot, "耕地保护责任落实不严") == ["与14个村签订责任书。", "拆除违建7处。"]
    assert snapshot.facts.recommendations == ("压实责任",)
    assert snapshot.facts.phone == "0000-1234567"


def test_an_answer_to_the_whole_issue_gives_its_status_to_sub_issues_that_the_notice_does_not_have(
    tmp_path: Path,
) -> None:
    plan = notice_plan()
    plan.sections[1].issues[0] = an_issue("集体资金管理混乱", "推行村账镇管。", status=Status.DONE)
    with a_ledger(tmp_path) as ledger:
        apply(ledger, feedback_plan())
        apply(ledger, plan)
        covered = [issue_titled(ledger.snapshot, title) for title in ("往来款项长期不清理", "村账核算不及时")]
    assert [issue.status for issue in covered] == [Status.DONE, Status.DONE]


def test_sub_issues_that_the_notice_answers_one_by_one_keep_their_own_status(tmp_path: Path) -> None:
    plan = notice_plan()
    children = (an_issue("往来款项长期不清理", "清理完毕。"), an_issue("村账核算不及时", "按月核算。"))
    plan.sections[1].issues[0] = an_issue("集体资金管理混乱", issues=children)
    with a_ledger(tmp_path) as ledger:
        apply(ledger, feedback_plan())
        apply(ledger, plan)
        assert issue_titled(ledger.snapshot, "往来款项长期不清理").status is None


def test_a_longer_name_of_the_same_office_is_no_second_unit(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        apply(ledger, replace_units(feedback_plan(), "盘山街道办事处党工委"))
        apply(ledger, replace_units(notice_plan(), "清河区盘山街道办事处党工委"))
        assert [unit.name for unit in ledger.snapshot.inspected_units] == ["盘山街道办事处党工委"]


def test_offices_of_nearly_the_same_name_are_two_units(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        apply(ledger, replace_units(feedback_plan(), "安康社区党委"))
        apply(ledger, replace_units(notice_plan(), "新安康社区党委"))
        assert [unit.name for unit in ledger.snapshot.inspected_units] == ["安康社区党委", "新安康社区党委"]


def replace_units(plan: ImportPlan, *names: str) -> ImportPlan:
    plan.inspected_units = list(names)
    return plan


def test_a_backup_is_taken_before_a_ledger_with_records_changes(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        assert apply(ledger, feedback_plan()).backup is None
        before = ledger.snapshot
        backup = apply(ledger, notice_plan()).backup
    assert backup is not None
    assert backup.parent == tmp_path / "台账-备份"
    with Ledger.open(backup, read_only=True) as copy:
        assert copy.snapshot == before


def test_what_the_clerk_wrote_stays_and_the_difference_is_listed(tmp_path: Path) -> None:
    with a_ledger(
        tmp_path, Section(title="作风方面"), Issue(section_id=1, title="作风不实", deadline="6月底前")
    ) as ledger:
        proposed = an_issue("作风不实", deadline="年底前", owner="张三")
        report = apply(ledger, ImportPlan("甲.txt", DocumentKind.FEEDBACK, sections=[a_section("作风方面", proposed)]))
        issue = ledger.snapshot.issues[0]
    assert (issue.deadline, issue.owner) == ("6月底前", "张三")
    assert [line.detail for line in report.different] == ["整改时限：台账为“6月底前”，来源为“年底前”"]
    assert [line.detail for line in report.added if line.kind == "问题"] == ["补充：责任人"]


def test_measures_are_not_mixed_into_an_answer_that_is_there(tmp_path: Path) -> None:
    records = (
        Section(title="作风方面"),
        Issue(section_id=1, title="作风不实"),
        Measure(issue_id=1, content="开展检查"),
    )
    with a_ledger(tmp_path, *records) as ledger:
        proposed = an_issue("作风不实", "开展检查。", "完善制度2项。")
        report = apply(ledger, ImportPlan("甲.txt", DocumentKind.NOTICE, sections=[a_section("作风方面", proposed)]))
        assert [measure.content for measure in ledger.snapshot.measures] == ["开展检查"]
    assert [line.text for line in report.different] == ["完善制度2项。"]
    assert [line.text for line in report.already_there if line.kind == "整改措施"] == ["开展检查。"]


def test_a_status_comes_with_the_answer_only(tmp_path: Path) -> None:
    records = (Issue(title="作风不实"), Issue(title="会议过多过长"), Measure(issue_id=2, content="精简会议"))
    proposals = [
        an_issue("作风不实", "开展检查。", status=Status.DONE),
        an_issue("会议过多过长", "压减会议。", status=Status.DONE),
    ]
    with a_ledger(tmp_path, *records) as ledger:
        apply(ledger, ImportPlan("甲.txt", DocumentKind.NOTICE, sections=[a_section("", *proposals)]))
        assert [issue.status for issue in ledger.snapshot.issues] == [Status.DONE, None]


def test_an_issue_that_was_moved_to_another_section_is_recognised(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        apply(ledger, feedback_plan())
        target = ledger.snapshot.sections[1].id
        with ledger.step("移动") as writer:
            writer.update(Issue, issue_titled(ledger.snapshot, "人居环境整治标准不高").id, section_id=target)
        assert apply(ledger, feedback_plan()).added == []


def test_a_moved_issue_is_not_a_new_one_and_takes_its_answer(tmp_path: Path) -> None:
    records = (Section(title="其他方面"), Issue(section_id=1, title="人居环境整治标准不高"))
    with a_ledger(tmp_path, *records) as ledger:
        proposed = an_issue("人居环境整治标准不高", "新建分类点22处。")
        apply(ledger, ImportPlan("甲.txt", DocumentKind.NOTICE, sections=[a_section("落实部署方面", proposed)]))
        assert len(ledger.snapshot.issues) == 1
        assert progress_of(ledger.snapshot, "人居环境整治标准不高") == ["新建分类点22处。"]


def test_one_answer_to_several_known_issues_is_linked_not_copied(tmp_path: Path) -> None:
    records = (Issue(title="往来款项长期不清理"), Issue(title="村账核算长期不及时"))
    children = (an_issue("往来款项长期不清理"), an_issue("村账核算长期不及时"))
    together = an_issue("往来款项长期不清理”“村账核算长期不及时", "推行村账镇管。", issues=children)
    plan = ImportPlan("甲.txt", DocumentKind.NOTICE, sections=[a_section("资金方面", together)])
    with a_ledger(tmp_path, *records) as ledger:
        apply(ledger, plan)
        snapshot = ledger.snapshot
    assert [issue.title for issue in snapshot.issues] == ["往来款项长期不清理", "村账核算长期不及时"]
    assert progress_of(snapshot, "往来款项长期不清理") == ["推行村账镇管。"]
    linked = Outline(snapshot).linked_measures(issue_titled(snapshot, "村账核算长期不及时"))
    assert [measure.progress for measure in linked] == ["推行村账镇管。"]


def test_outcomes_follow_their_issues_and_equal_totals_stay_apart(tmp_path: Path) -> None:
    plan = feedback_plan()
    outcome = Outcome(kind="约谈", unit="人", source_text="约谈2人")
    plan.outcomes = [ProposedOutcome(outcome, 9, [plan.sections[0].issues[0]]), ProposedOutcome(outcome, 12)]
    plan.declared = [DeclaredFigure(text="3个问题"), DeclaredFigure(text="3个问题")]
    with a_ledger(tmp_path) as ledger:
        apply(ledger, plan)
        snapshot = ledger.snapshot
        again = apply(ledger, plan)
    assert len(snapshot.outcomes) == len(snapshot.declared_figures) == 2
    assert [link.issue_id for link in snapshot.outcome_links] == [issue_titled(snapshot, "耕地保护责任落实不严").id]
    assert again.added == []


def test_a_ledger_without_records_takes_the_kind_of_inspection(tmp_path: Path) -> None:
    plan = replace_facts(feedback_plan(), kind=InspectionKind.XUNSHI)
    with a_ledger(tmp_path) as ledger:
        apply(ledger, plan)
        assert ledger.snapshot.facts.kind is InspectionKind.XUNSHI


def test_a_ledger_with_records_keeps_its_kind_of_inspection(tmp_path: Path) -> None:
    with a_ledger(tmp_path, Section(title="作风方面")) as ledger:
        report = apply(ledger, replace_facts(feedback_plan(), kind=InspectionKind.XUNSHI))
        assert ledger.snapshot.facts.kind is InspectionKind.XUNCHA
    assert "巡察或巡视：台账为“巡察”，来源为“巡视”" in [line.detail for line in report.different]


def replace_facts(plan: ImportPlan, **fields: object) -> ImportPlan:
    plan.facts = replace(plan.facts, **fields)  # type: ignore[arg-type]
    return plan


def test_a_scheme_is_not_mixed_with_anothers_changes(tmp_path: Path) -> None:
    plan = replace_facts(notice_plan(), scheme="e", scheme_changes='{"caption": "x"}')
    with a_ledger(tmp_path, scheme="a") as ledger:
        apply(ledger, plan)
        assert (ledger.snapshot.facts.scheme, ledger.snapshot.facts.scheme_changes) == ("a", "")


def test_a_preview_says_what_apply_then_does(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        apply(ledger, feedback_plan())
        promised = preview(ledger.snapshot, notice_plan())
        done = apply(ledger, notice_plan())
    assert (promised.added, promised.already_there, promised.different) == (
        done.added,
        done.already_there,
        done.different,
    )


def test_a_preview_against_nothing_needs_no_ledger() -> None:
    assert preview(Snapshot(), notice_plan()).counts()["问题"] == 4


def test_a_preview_leaves_the_plan_as_it_was() -> None:
    preview(a_snapshot(Section(title="全面从严治党方面")), plan := notice_plan())
    assert plan == notice_plan()


def test_importing_into_no_ledger_makes_one(tmp_path: Path) -> None:
    report, created = import_into(tmp_path / "新.zgtz", notice_plan(), who="张三")
    assert created
    assert report.writes
    with Ledger.open(tmp_path / "新.zgtz", read_only=True) as ledger:
        assert [entry.who for entry in ledger.history()] == ["张三"]


def test_a_failed_import_leaves_no_new_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise LedgerExistsError("磁盘已满")

    monkeypatch.setattr(importing, "write_plan", fail)
    with pytest.raises(LedgerFileError):
        import_into(tmp_path / "新.zgtz", notice_plan())
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_planned_with_its_checksum(tmp_path: Path) -> None:
    source = tmp_path / "公告.txt"
    source.write_text("柳林镇党委关于巡察整改情况的公告\n\n一、主要做法\n\n加强领导。\n", encoding="utf-8")
    plan = plan_source(source)
    assert len(plan.sha256) == 64
    assert plan.source_name == "公告.txt"


@pytest.mark.parametrize("source", sorted(TEXTS.glob("*.txt")), ids=lambda path: path.stem)
def test_a_stored_notice_is_composed_like_its_plan_and_a_second_import_adds_nothing(
    tmp_path: Path, source: Path
) -> None:
    plan = plan_source(source)
    planned = plan_snapshot(plan)
    with a_ledger(tmp_path) as ledger:
        apply(ledger, plan)
        stored = ledger.snapshot
        again = apply(ledger, plan_source(source))
    assert words_of(stored) == words_of(planned)
    assert (again.added, again.different, again.writes) == ([], [], False)


def words_of(snapshot: Snapshot) -> list[str]:
    return [block.text for block in compose(snapshot, scheme_for(snapshot.facts)).blocks]


@pytest.mark.parametrize("content", [b"", b"   \n\n"])
def test_a_file_without_text_is_refused(tmp_path: Path, content: bytes) -> None:
    source = tmp_path / "空.txt"
    source.write_bytes(content)
    with pytest.raises(SourceError):
        plan_source(source)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes of Unix")
def test_a_pipe_is_no_file_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.txt")
    with pytest.raises(SourceError, match="不是文件"):
        plan_source(tmp_path / "管道.txt")


def test_facts_alone_are_no_records() -> None:
    assert not importing.has_records(Snapshot(facts=LedgerFacts(organisation="柳林镇党委")))
