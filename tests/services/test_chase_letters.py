"""Letters to those who have to be chased, written by templates and kept with the records."""

from __future__ import annotations

import datetime as dt
import errno
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import a_ledger
from docx import Document as WordDocument

from zhenggai_desktop.domain.records import Issue, Section, Status
from zhenggai_desktop.errors import EditRefusedError, TargetError
from zhenggai_desktop.services import chase_letters
from zhenggai_desktop.services.chase_letters import Letter
from zhenggai_desktop.services.ledger import Ledger

TODAY = dt.date(2025, 6, 10)


@pytest.fixture
def folder(resources: Path) -> Path:
    return resources / "documents"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    late, soon = dt.date(2025, 6, 1), dt.date(2025, 6, 12)
    records = (
        Section(title="财务管理方面"),
        Issue(section_id=1, title="台账不全", lead_department="财政所", leaders=("王主任",), owner="张三", due_on=late),
        Issue(section_id=1, title="制度不全", lead_department="党建办", due_on=soon, status=Status.IN_PROGRESS),
        Issue(section_id=1, title="公示不及时", lead_department="财政所", due_on=soon, deadline="6月12日前"),
        Issue(section_id=1, title="没有人负责", due_on=late),
    )
    facts = {"organisation": "中共云溪街道工作委员会", "signature_organisation": "云溪街道巡察整改办公室"}
    with a_ledger(tmp_path, *records, **facts) as ledger:
        yield ledger


def words(one: chase_letters.Addressed) -> str:
    return "\n".join(block.text for block in one.document.blocks)


def test_each_department_gets_a_letter_about_what_is_its_own(ledger: Ledger, folder: Path) -> None:
    found = chase_letters.letters(ledger.snapshot, Letter.CHASE, folder=folder, today=TODAY)
    assert [(one.recipient, len(one.reminders)) for one in found] == [("财政所", 2), ("党建办", 1)]
    text = words(found[0])
    assert text.startswith("巡察整改督办通知单\n财政所：\n")
    assert "你们负责的下列2项整改事项" in text
    assert "1-1\t台账不全\t张三\t2025年6月1日前\t已逾期9天" in text
    assert "1-3\t公示不及时\t\t6月12日前\t2天后到期" in text
    assert "制度不全" not in text
    assert text.endswith("云溪街道巡察整改办公室\n2025年6月10日")
    assert found[0].document.warnings == ()


@pytest.mark.parametrize(
    ("kind", "expected"), [(Letter.OVERDUE, [("财政所", 1)]), (Letter.DUE, [("党建办", 1), ("财政所", 1)])]
)
def test_a_letter_holds_only_what_it_is_about(
    ledger: Ledger, folder: Path, kind: Letter, expected: list[tuple[str, int]]
) -> None:
    found = chase_letters.letters(ledger.snapshot, kind, folder=folder, today=TODAY)
    assert [(one.recipient, len(one.reminders)) for one in found] == expected
    for one in found:
        assert words(one).count("天") >= 1
        assert ("已逾期" in words(one)) is (kind is Letter.OVERDUE)


def test_a_letter_about_one_record_leaves_out_another_of_its_number(tmp_path: Path, folder: Path) -> None:
    late = dt.date(2025, 6, 1)
    records = (
        Section(title="方面"),
        Issue(title="没有方面"),
        Issue(title="乙事", parent_id=1, lead_department="财政所", due_on=late),
        Issue(title="丙事", section_id=1, lead_department="财政所", due_on=late),
    )
    with a_ledger(tmp_path, *records) as ledger:
        chosen = {("财政所", ledger.snapshot.issues[1].uid)}
        (one,) = chase_letters.letters(ledger.snapshot, Letter.CHASE, folder=folder, today=TODAY, only=chosen)
    assert [reminder.title for reminder in one.reminders] == ["乙事"]
    cells = [c.text for b in one.document.blocks if b.table for row in b.table.rows for c in row if c is not None]
    assert "乙事" in cells
    assert "丙事" not in cells


def test_letters_go_to_leaders_too(ledger: Ledger, folder: Path) -> None:
    (found,) = chase_letters.letters(ledger.snapshot, Letter.OVERDUE, folder=folder, today=TODAY, leaders=True)
    assert found.recipient == "王主任"
    assert "台账不全" in words(found)
    assert "您负责的下列" in words(found)


def test_sent_in_one_file_each_stands_on_a_page_and_the_chase_is_kept(
    ledger: Ledger, folder: Path, tmp_path: Path
) -> None:
    found = chase_letters.letters(ledger.snapshot, Letter.CHASE, folder=folder, today=TODAY)
    sent = chase_letters.send_letters(ledger, found, Letter.CHASE, tmp_path / "督办.docx", on=TODAY)
    assert (sent.paths, sent.chased) == ((tmp_path / "督办.docx",), 3)
    assert len(WordDocument(str(tmp_path / "督办.docx")).tables) == 2
    assert {(chase.kind, chase.text) for chase in ledger.snapshot.chases} == {
        ("督办通知单", "已逾期9天"), ("督办通知单", "2天后到期"),
    }  # fmt: skip
    ledger.undo()
    assert ledger.snapshot.chases == ()


def test_sent_into_a_folder_each_has_a_file(ledger: Ledger, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "发文").mkdir()
    found = chase_letters.letters(ledger.snapshot, Letter.DUE, folder=folder, today=TODAY)
    chase_letters.send_letters(ledger, found, Letter.DUE, tmp_path / "发文", on=TODAY)
    assert sorted(path.name for path in (tmp_path / "发文").iterdir()) == [
        "临期提醒书_党建办.docx", "临期提醒书_财政所.docx",
    ]  # fmt: skip


def the_text(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in WordDocument(str(path)).paragraphs)


def test_letters_into_a_folder_replace_neither_one_another_nor_what_is_there(folder: Path, tmp_path: Path) -> None:
    late, out = dt.date(2025, 6, 1), tmp_path / "发文"
    names = ["综合/党建", "综合:党建", "财政所", "财政所A", "财政所a"]
    issues = [Issue(title=f"问题{at}", lead_department=name, due_on=late) for at, name in enumerate(names)]
    out.mkdir()
    (out / "督办通知单_财政所.docx").write_text("上月的，已经签字")
    with a_ledger(tmp_path, *issues) as ledger:
        found = chase_letters.letters(ledger.snapshot, Letter.CHASE, folder=folder, today=TODAY)
        sent = chase_letters.send_letters(ledger, found, Letter.CHASE, out, on=TODAY)
        assert sent.chased == len(names)
    assert (out / "督办通知单_财政所.docx").read_text() == "上月的，已经签字"
    assert len(list(out.iterdir())) == len({path.name.casefold() for path in out.iterdir()}) == len(names) + 1
    for one, path in zip(found, sent.paths, strict=True):
        assert the_text(path).split("\n")[1] == f"{one.recipient}："
    assert chase_letters.other_names(found, Letter.CHASE, sent.paths) == (
        "有3份因为重名，另存为“督办通知单_综合_党建 (2).docx”“督办通知单_财政所 (2).docx”"
        "“督办通知单_财政所a (2).docx”，原有文件没有改动。"
    )
    again = chase_letters.write_letters(found, Letter.CHASE, out)
    assert len({*again, *sent.paths}) == 2 * len(names)
    told = chase_letters.other_names(found, Letter.CHASE, again)
    assert (told[:3], told.count("docx"), "”等，原有文件" in told) == ("有5份", 3, True)


def test_where_the_disk_is_full_none_of_the_letters_of_a_folder_stays(
    ledger: Ledger, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "发文"
    out.mkdir()
    (out / "旧文.docx").write_text("旧文")
    found, replace, placed = (
        chase_letters.letters(ledger.snapshot, Letter.CHASE, folder=folder, today=TODAY), Path.replace, list[Path](),
    )  # fmt: skip

    def full_after_one(self: Path, target: Path) -> Path:
        placed.append(target)
        if len(placed) > 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full_after_one)
    with pytest.raises(TargetError):
        chase_letters.send_letters(ledger, found, Letter.CHASE, out, on=TODAY)
    assert [path.name for path in placed] == ["督办通知单_财政所.docx", "督办通知单_党建办.docx"]
    assert [path.name for path in out.iterdir()] == ["旧文.docx"]
    assert ledger.snapshot.chases == ()


def test_where_nothing_can_be_written_nothing_is_kept(ledger: Ledger, folder: Path, tmp_path: Path) -> None:
    found = chase_letters.letters(ledger.snapshot, Letter.CHASE, folder=folder, today=TODAY)
    with pytest.raises(TargetError):
        chase_letters.send_letters(ledger, found, Letter.CHASE, tmp_path / "没有" / "督办.docx", on=TODAY)
    with pytest.raises(EditRefusedError, match="没有需要发督办通知单"):
        chase_letters.send_letters(ledger, (), Letter.CHASE, tmp_path / "督办.docx", on=TODAY)
    assert ledger.snapshot.chases == ()
