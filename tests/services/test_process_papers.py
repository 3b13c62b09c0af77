"""Papers of milestones: kept as evidence is, so that every copy has them; those of before are named until kept."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import a_ledger, held_open

from zhenggai_desktop.domain.office_rules import OfficeRules
from zhenggai_desktop.domain.process import process_line
from zhenggai_desktop.domain.records import Evidence, Issue, Milestone, Section
from zhenggai_desktop.errors import LedgerReadOnlyError, SourceError
from zhenggai_desktop.services import archiving, attachments, backups, ledger_merging, process, proving
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.process_papers import papers_of, take_papers_in, to_take_in
from zhenggai_desktop.services.ticking import no_tick


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Where the clerk's papers lie: outside the ledger's folder."""
    folder = tmp_path / "桌面"
    folder.mkdir()
    (folder / "反馈会记录.docx").write_bytes("会议记录".encode() * 50)
    return folder


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    home = tmp_path / "台账"
    home.mkdir()
    records = (Section(title="作风"), Issue(section_id=1, title="会风不实"), Milestone(kind="反馈会", title="反馈会"))
    with a_ledger(home, *records) as ledger:
        yield ledger


def hang(ledger: Ledger, *names: str, milestone_id: int = 1) -> None:
    """What the window does when a milestone with these lines is saved."""
    found = to_take_in(ledger.snapshot, names, (ledger.path.parent,))
    kept = take_papers_in(ledger, found, no_tick)
    process.change(ledger, milestone_id, {"files": names}, drafts=(), kept=kept)


def refuse(*_args: object) -> None:
    raise SourceError("坏", "")


def codes(ledger: Ledger) -> list[str]:
    return [finding.code for finding in ledger.check()]


def test_a_paper_is_kept_as_evidence_is_and_every_copy_has_it(ledger: Ledger, desk: Path, tmp_path: Path) -> None:
    hang(ledger, str(desk / "反馈会记录.docx"), "签到表（纸质）")
    (milestone,), (evidence,) = ledger.snapshot.milestones, ledger.snapshot.evidence
    assert milestone.files == (evidence.file_name, "签到表（纸质）")
    (step,) = process_line(ledger.snapshot, OfficeRules(), ledger.history()[0].at.date())
    assert step.papers == ("反馈会记录.docx", "签到表（纸质）")
    content = (desk / "反馈会记录.docx").read_bytes()
    (desk / "反馈会记录.docx").unlink()
    assert codes(ledger) == []

    found = papers_of(ledger.snapshot, 1, (ledger.path.parent,), ledger.evidence_folder)
    assert [(one.caption, one.path and one.path.read_bytes()) for one in found] == [
        ("反馈会记录.docx", content), ("签到表（纸质）", None),
    ]  # fmt: skip

    stick = tmp_path / "U盘"
    stick.mkdir()
    copy = ledger.backup(stick, with_evidence=True)
    assert (stick / "台账_佐证材料" / evidence.file_name).read_bytes() == content
    done = archiving.make_archive(ledger, tmp_path / "归档.zip")
    assert (done.evidence, done.loose) == (1, ())
    with zipfile.ZipFile(tmp_path / "归档.zip") as archive:
        assert archive.read("佐证材料/流程节点/01 反馈会记录.docx") == content
    backup = backups.back_up(ledger.path, tmp_path / "备份", "手动")
    assert backup is not None
    restored = tmp_path / "恢复.zgtz"
    assert backups.restore_to(restored, backup).missing == ()
    elsewhere = tmp_path / "另一台"
    elsewhere.mkdir()
    for path in (copy, restored, archiving.open_archive(tmp_path / "归档.zip", elsewhere)):
        with Ledger.open(path) as opened:
            assert opened.check() == ()
            assert opened.evidence_folder.lying_here() == {evidence.file_name}


def test_hanging_a_paper_is_one_step_and_undone_with_its_file(ledger: Ledger, desk: Path) -> None:
    hang(ledger, str(desk / "反馈会记录.docx"))
    (name,) = ledger.snapshot.milestones[0].files
    ledger.undo()
    assert (ledger.snapshot.evidence, ledger.snapshot.milestones[0].files) == ((), ())
    assert not (ledger.evidence_folder.path / name).exists()
    ledger.redo()
    assert (ledger.evidence_folder.path / name).is_file()
    process.remove(ledger, 1)
    assert ledger.snapshot.evidence == ()
    ledger.undo()
    assert ledger.snapshot.milestones[0].files == (name,)
    assert codes(ledger) == []


def test_one_content_is_kept_once_and_goes_with_the_last_that_holds_it(ledger: Ledger, desk: Path) -> None:
    paper = desk / "反馈会记录.docx"
    proving.add_files(ledger, (Issue, 1), [paper])
    second = process.add(ledger, "整改专题会议", {})
    for at in (1, second):
        hang(ledger, str(paper), milestone_id=at)
    (evidence,) = ledger.snapshot.evidence
    assert [one.files for one in ledger.snapshot.milestones] == [(evidence.file_name,)] * 2
    assert [path.name for path in ledger.evidence_folder.path.iterdir()] == [evidence.file_name]
    attachments.remove_from(ledger, (Evidence, evidence.id), (Issue, 1))
    hang(ledger, milestone_id=1)
    assert [one.id for one in ledger.snapshot.evidence] == [evidence.id]
    hang(ledger, milestone_id=second)
    assert ledger.snapshot.evidence == ()


def test_a_paper_deleted_from_the_list_of_evidence_leaves_its_milestone(ledger: Ledger, desk: Path) -> None:
    hang(ledger, "签到表", str(desk / "反馈会记录.docx"))
    attachments.remove_from(ledger, (Evidence, 1), None)
    assert ledger.snapshot.milestones[0].files == ("签到表",)


def test_what_was_named_by_its_place_before_is_told_and_kept_once_it_is_saved(
    ledger: Ledger, desk: Path, tmp_path: Path
) -> None:
    outside = str(desk / "反馈会记录.docx")
    (ledger.path.parent / "照片.jpg").write_bytes(b"1")
    papers = ("签到表（纸质）", "〔2025〕3号", "2025.3.4会议", "会议记录.docx", "记录/签到表")
    lost = (r"D:\旧电脑\签收单.pdf", "材料/方案.docx", "纪要_0123abcd.docx")
    names = (outside, "照片.jpg", *papers, *lost)
    with ledger.step("旧台账") as writer:
        writer.update(Milestone, 1, files=names)
    assert [finding.text for finding in ledger.check()] == [
        "流程节点“反馈会”的材料“反馈会记录.docx”没有收进台账，副本、备份和归档都不带它。请打开这个节点，点“保存”收进来。",
        "流程节点“反馈会”的材料“照片.jpg”没有收进台账，副本、备份和归档都不带它。请打开这个节点，点“保存”收进来。",
        "流程节点“反馈会”的材料“签收单.pdf”找不到文件。请在这个节点里重新添加，或者去掉这一行。",
        "流程节点“反馈会”的材料“方案.docx”找不到文件。请在这个节点里重新添加，或者去掉这一行。",
        "流程节点“反馈会”的材料“纪要_0123abcd.docx”找不到文件。请在这个节点里重新添加，或者去掉这一行。",
    ]
    assert len(archiving.make_archive(ledger, tmp_path / "归档.zip").loose) == 5
    assert not ledger.evidence_folder.path.exists(), "nothing is copied by itself"
    hang(ledger, *names)
    assert codes(ledger) == ["paper_missing"] * 3
    assert (desk / "反馈会记录.docx").is_file()


def test_an_address_and_a_name_with_a_day_are_no_lost_files(ledger: Ledger) -> None:
    """A web page where the notice was published, and paper in a cabinet as offices name it, have no file."""
    names = (
        "https://www.gov.cn/zwgk/202406/t20240601_123456.html", "公开网址：http://gov.cn/a/1.htm",
        "mp.weixin.qq.com/s/Ab", "www.gov.cn/a/b.html", "专题会议纪要_20250318.docx", "扫描_00000123.pdf",
    )  # fmt: skip
    process.change(ledger, 1, {"files": names}, drafts=())
    assert ledger.check() == ()
    assert [paper.caption for paper in papers_of(ledger.snapshot, 1, ())][:4] == [*names[:4]]


def test_what_does_not_come_along_says_whether_there_is_a_file(ledger: Ledger, desk: Path, tmp_path: Path) -> None:
    """Saving the milestone takes in what is there; what is not must be added again."""
    process.change(ledger, 1, {"files": (str(desk / "反馈会记录.docx"), "材料/方案.docx")}, drafts=())
    assert archiving.make_archive(ledger, tmp_path / "归档.zip").loose == (
        "流程节点“反馈会”的材料“反馈会记录.docx”",
        "流程节点“反馈会”的材料“方案.docx”（找不到文件）",
    )


def test_a_kept_paper_whose_odd_letters_are_tidied_away_stays(ledger: Ledger, desk: Path) -> None:
    """“反馈会记录_1f2e3d4c.docx” becomes “反馈会记录.docx” under a clerk's hand: the file is meant still."""
    hang(ledger, str(desk / "反馈会记录.docx"), "签到表")
    (name, _sheet) = ledger.snapshot.milestones[0].files
    for typed in ("反馈会记录.docx", "反馈会记录"):
        hang(ledger, "签到表", typed)
        assert ledger.snapshot.milestones[0].files == ("签到表", name)
    assert ledger.evidence_folder.lying_here() == {name}
    (ledger.path.parent / "反馈会记录.docx").write_bytes("盖了章的".encode())
    hang(ledger, "反馈会记录.docx")
    (evidence,) = ledger.snapshot.evidence
    assert (evidence.size, ledger.snapshot.milestones[0].files) == (12, (evidence.file_name,)), "a file was chosen anew"


def test_of_two_papers_of_one_name_both_stay(ledger: Ledger, desk: Path) -> None:
    for at, folder in enumerate(("甲", "乙")):
        (desk / folder).mkdir()
        (desk / folder / "签到表.pdf").write_bytes(bytes([at]))
    hang(ledger, *(str(path) for path in desk.rglob("签到表.pdf")))
    files = ledger.snapshot.milestones[0].files
    hang(ledger, "签到表.pdf", "签到表.pdf")
    assert ledger.snapshot.milestones[0].files == files


def test_a_kept_paper_counts_by_what_it_is_called(ledger: Ledger, desk: Path) -> None:
    """Its file may be called otherwise: shortened in a deep folder, or of evidence that was there before."""
    proving.add_files(ledger, (Issue, 1), [desk / "反馈会记录.docx"])
    with ledger.step("改名") as writer:
        writer.update(Evidence, 1, title="会议记录")
        writer.update(Evidence, 1, file_name="扫描件_1f2e3d4c.docx")
        writer.update(Milestone, 1, files=("扫描件_1f2e3d4c.docx",))
    (step,) = process_line(ledger.snapshot, OfficeRules(), ledger.history()[0].at.date())
    assert step.missing == ()


def test_a_paper_that_cannot_be_copied_leaves_everything_as_it_was(
    ledger: Ledger, desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper, before = desk / "反馈会记录.docx", ledger.snapshot
    found = to_take_in(before, [str(paper)], ())
    paper.unlink()
    with pytest.raises(SourceError, match=r"“反馈会记录\.docx”不在了"):
        take_papers_in(ledger, found, no_tick)
    paper.write_bytes(b"1")
    kept = take_papers_in(ledger, found, no_tick)
    monkeypatch.setattr(process, "let_go", refuse)
    with pytest.raises(SourceError):
        process.change(ledger, 1, {"files": (str(paper),)}, drafts=(), kept=kept)
    assert ledger.snapshot == before
    assert not list(ledger.evidence_folder.path.iterdir())
    with Ledger.open(ledger.path, read_only=True) as reader, pytest.raises(LedgerReadOnlyError):
        take_papers_in(reader, found, no_tick)


def test_a_paper_of_before_that_is_held_open_keeps_nobody_from_typing_the_day(
    ledger: Ledger, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stays named by its place, and the check goes on telling of it; one that is chosen now is refused."""
    old, new = (str(desk / name) for name in ("反馈会记录.docx", "签到表.docx"))
    process.change(ledger, 1, {"files": (old,)}, drafts=())
    held_open(monkeypatch, Path(old))
    hang(ledger, old)
    assert (ledger.snapshot.milestones[0].files, codes(ledger)) == ((old,), ["paper_outside"])
    Path(new).write_bytes(b"1")
    held_open(monkeypatch, Path(new))
    with pytest.raises(SourceError, match=r"签到表\.docx"):
        hang(ledger, old, new)


def test_a_paper_that_both_copies_hung_is_one_paper_after_the_merge(ledger: Ledger, desk: Path, tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    with Ledger.open(ledger.backup(stick)) as other:
        hang(other, str(desk / "反馈会记录.docx"))
        proving.add_files(ledger, (Issue, 1), [desk / "反馈会记录.docx"])
        ledger_merging.apply_merge(ledger, "副本", ledger_merging.plan_merge(ledger, other))
    assert ledger.snapshot.milestones[0].files == (ledger.snapshot.evidence[0].file_name,)
    assert codes(ledger) == []


def test_a_paper_comes_along_with_a_merge(ledger: Ledger, desk: Path, tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    with Ledger.open(ledger.backup(stick)) as other:
        hang(other, str(desk / "反馈会记录.docx"))
        ledger_merging.apply_merge(ledger, "副本", ledger_merging.plan_merge(ledger, other))
    assert len(ledger.snapshot.milestones[0].files) == 1
    assert codes(ledger) == []
