"""Evidence on real disks: copied, known by content, thrown away and brought back with its record."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import a_ledger, a_tree, held_open

from zhenggai_desktop.domain.records import Evidence, Issue, Measure, Section
from zhenggai_desktop.errors import LedgerReadOnlyError, SourceError, SourceMissingError, TargetError
from zhenggai_desktop.services import attachments, editing, proving
from zhenggai_desktop.services.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with a_ledger(tmp_path, *a_tree(1, 2, 1)) as ledger:
        yield ledger


def a_file(folder: Path, name: str = "会议纪要.pdf", content: bytes = b"%PDF-1.4 one") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def files(ledger: Ledger) -> list[str]:
    """What lies in the folder, the trash included."""
    folder = ledger.evidence_folder.path
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def only(ledger: Ledger) -> Evidence:
    (evidence,) = ledger.snapshot.evidence
    return evidence


def test_a_file_is_copied_beside_the_ledger_under_a_name_to_be_read(ledger: Ledger, tmp_path: Path) -> None:
    source = a_file(tmp_path)
    added = proving.add_files(ledger, (Issue, 1), [source])
    evidence = only(ledger)
    assert added == proving.Added(((Evidence, evidence.id),), 0)
    assert evidence.file_name == f"会议纪要_{evidence.uid[:8]}.pdf"
    assert (evidence.title, evidence.size) == ("会议纪要", source.stat().st_size)
    assert evidence.sha256 == hashlib.sha256(source.read_bytes()).hexdigest()
    place = tmp_path / "台账_佐证材料" / evidence.file_name
    assert proving.place_of(ledger, evidence) == place
    assert place.read_bytes() == source.read_bytes()
    assert attachments.records_on(ledger.snapshot, Evidence, (Issue, 1)) == [evidence]
    assert ledger.undo_label == "新增佐证材料“会议纪要”"


def test_signs_that_windows_cannot_hold_are_left_out_of_the_name(ledger: Ledger, tmp_path: Path) -> None:
    proving.add_files(ledger, (Measure, 1), [a_file(tmp_path, "会议 12:30?" + "长" * 70 + ".jpg")])
    evidence = only(ledger)
    assert evidence.file_name == f"会议 12_30_{'长' * 51}_{evidence.uid[:8]}.jpg"
    assert evidence.title.startswith("会议 12:30?长")
    assert attachments.count_on(ledger.snapshot, Evidence, (Measure, 1)) == 1


def test_undo_puts_the_file_into_the_trash_and_redo_brings_it_back(ledger: Ledger, tmp_path: Path) -> None:
    proving.add_files(ledger, (Issue, 1), [a_file(tmp_path)])
    name = only(ledger).file_name
    ledger.undo()
    assert files(ledger) == [f"已删除/{name}".replace("/", "\\" if "\\" in str(Path("a/b")) else "/")]
    ledger.redo()
    assert files(ledger) == [name]


def test_what_is_deleted_lies_in_the_trash_so_that_undo_works(ledger: Ledger, tmp_path: Path) -> None:
    proving.add_files(ledger, (Issue, 1), [a_file(tmp_path)])
    evidence = only(ledger)
    attachments.remove_from(ledger, (Evidence, evidence.id), (Issue, 1))
    assert ledger.snapshot.evidence == ()
    assert not (ledger.evidence_folder.path / evidence.file_name).exists()
    ledger.undo()
    assert only(ledger) == evidence
    assert (ledger.evidence_folder.path / evidence.file_name).is_file()


def test_the_same_content_is_kept_once_and_linked(ledger: Ledger, tmp_path: Path) -> None:
    proving.add_files(ledger, (Issue, 1), [a_file(tmp_path), a_file(tmp_path, "副本.pdf")])
    added = proving.add_files(ledger, (Issue, 2), [a_file(tmp_path, "又一份.pdf")])
    assert len(files(ledger)) == 1
    assert added.known == 1
    assert attachments.count_on(ledger.snapshot, Evidence, (Issue, 2)) == 1
    attachments.remove_from(ledger, (Evidence, only(ledger).id), (Issue, 1))
    assert attachments.count_on(ledger.snapshot, Evidence, (Issue, 2)) == 1
    assert len(files(ledger)) == 1
    assert "已删除" not in files(ledger)[0]


def test_added_twice_to_one_issue_it_changes_nothing(ledger: Ledger, tmp_path: Path) -> None:
    proving.add_files(ledger, (Issue, 1), [a_file(tmp_path)])
    before = ledger.snapshot
    assert proving.add_files(ledger, (Issue, 1), [a_file(tmp_path)]).known == 1
    assert ledger.snapshot == before


def test_a_file_that_was_lost_is_there_again_when_it_is_added_again(ledger: Ledger, tmp_path: Path) -> None:
    proving.add_files(ledger, (Issue, 1), [a_file(tmp_path)])
    place = proving.place_of(ledger, only(ledger))
    assert place is not None
    place.unlink()
    assert [finding.code for finding in ledger.check()] == ["evidence_missing"]
    proving.add_files(ledger, (Issue, 1), [a_file(tmp_path)])
    assert proving.place_of(ledger, only(ledger)) == place
    assert ledger.check() == ()


@pytest.mark.parametrize("changed", [b"%PDF-1.4 two", b"longer than the original was"])
def test_the_original_of_a_changed_file_takes_its_place_when_it_is_added_again(
    ledger: Ledger, tmp_path: Path, changed: bytes
) -> None:
    proving.add_files(ledger, (Issue, 1), [a_file(tmp_path)])
    place = proving.place_of(ledger, only(ledger))
    assert place is not None
    place.write_bytes(changed)
    assert [finding.code for finding in ledger.check()] == ["evidence_changed"]
    added = proving.add_files(ledger, (Issue, 2), [a_file(tmp_path)])
    assert (added.known, added.restored) == (1, 1)
    assert place.read_bytes() == b"%PDF-1.4 one"
    assert ledger.check() == ()
    kept = [path for path in place.parent.rglob("*") if path.is_file() and path != place]
    assert [path.read_bytes() for path in kept] == [changed]
    assert kept[0].parent.name == "已删除"
    assert kept[0].name.startswith(f"{place.stem}_改动过")
    assert proving.add_files(ledger, (Issue, 2), [a_file(tmp_path)]).restored == 0
    assert len(files(ledger)) == 2


def test_what_was_changed_outlives_the_deleting_of_its_record(ledger: Ledger, tmp_path: Path) -> None:
    proving.add_files(ledger, (Issue, 1), [a_file(tmp_path)])
    name = only(ledger).file_name
    (ledger.evidence_folder.path / name).write_bytes(b"changed")
    proving.add_files(ledger, (Issue, 1), [a_file(tmp_path)])
    attachments.remove_from(ledger, (Evidence, only(ledger).id), (Issue, 1))
    lying = sorted(path.read_bytes() for path in (ledger.evidence_folder.path / "已删除").iterdir())
    assert lying == [b"%PDF-1.4 one", b"changed"]


def test_a_changed_file_that_is_open_elsewhere_stays_and_is_told(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proving.add_files(ledger, (Issue, 1), [a_file(tmp_path)])
    place = proving.place_of(ledger, only(ledger))
    assert place is not None
    place.write_bytes(b"changed")
    before, real = ledger.snapshot, Path.replace

    def held(source: Path, target: Path) -> Path:
        if source == place:
            raise PermissionError(13, "open elsewhere")
        return real(source, target)

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(TargetError, match="原件没有放回去"):
        proving.add_files(ledger, (Issue, 2), [a_file(tmp_path), a_file(tmp_path, "新.pdf", b"new")])
    assert ledger.snapshot == before
    assert [path.read_bytes() for path in place.parent.rglob("*") if path.is_file()] == [b"changed"]


def test_deleting_an_issue_leaves_the_file_for_the_list_of_all(ledger: Ledger, tmp_path: Path) -> None:
    proving.add_files(ledger, (Issue, 1), [a_file(tmp_path)])
    editing.delete(ledger, [(Section, 1)])
    assert attachments.records_on(ledger.snapshot, Evidence, None) == list(ledger.snapshot.evidence)
    assert len(files(ledger)) == 1


def test_a_folder_gives_its_files_without_what_programs_leave_behind(ledger: Ledger, tmp_path: Path) -> None:
    folder = tmp_path / "照片"
    (folder / "第一次").mkdir(parents=True)
    a_file(folder / "第一次", "1.jpg", b"1")
    a_file(folder, "2.jpg", b"2")
    for name in ("Thumbs.db", "~$纪要.docx", ".DS_Store"):
        a_file(folder, name, name.encode())
    proving.add_files(ledger, (Issue, 1), [folder])
    assert [evidence.title for evidence in ledger.snapshot.evidence] == ["2", "1"]


def test_an_error_leaves_nothing_behind(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(SourceMissingError, match="不在了"):
        proving.add_files(ledger, (Issue, 1), [a_file(tmp_path), tmp_path / "没有.pdf"])
    assert files(ledger) == []
    assert ledger.snapshot.evidence == ()


def test_stopping_half_way_leaves_nothing_behind(ledger: Ledger, tmp_path: Path) -> None:
    class StoppedError(Exception):
        pass

    def stop(_bytes: int) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        proving.add_files(ledger, (Issue, 1), [a_file(tmp_path)], stop)
    assert files(ledger) == []


def test_a_folder_that_cannot_be_made_is_told(ledger: Ledger, tmp_path: Path) -> None:
    ledger.evidence_folder.path.write_text("a file stands in its place", encoding="utf-8")
    with pytest.raises(TargetError, match="佐证材料"):
        proving.add_files(ledger, (Issue, 1), [a_file(tmp_path)])


def test_an_unreadable_source_is_told(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="不在了"):
        proving.add_files(ledger, (Issue, 1), [tmp_path / "没有"])


def test_a_ledger_that_is_open_to_read_takes_none(ledger: Ledger, tmp_path: Path) -> None:
    ledger.close()
    with Ledger.open(tmp_path / "台账.zgtz", read_only=True) as reader:
        with pytest.raises(LedgerReadOnlyError):
            proving.add_files(reader, (Issue, 1), [a_file(tmp_path)])
        assert not reader.evidence_folder.path.exists()


def test_files_are_found_after_the_ledger_was_renamed(ledger: Ledger, tmp_path: Path) -> None:
    proving.add_files(ledger, (Issue, 1), [a_file(tmp_path)])
    ledger.close()
    (tmp_path / "台账.zgtz").rename(tmp_path / "新名.zgtz")
    with Ledger.open(tmp_path / "新名.zgtz") as renamed:
        place = proving.place_of(renamed, only(renamed))
        assert place is not None
        assert place.read_bytes() == b"%PDF-1.4 one"


def test_what_was_deleted_before_the_ledger_was_renamed_comes_back_with_undo(ledger: Ledger, tmp_path: Path) -> None:
    proving.add_files(ledger, (Issue, 1), [a_file(tmp_path, "用车台账.txt")])
    (known,) = ledger.snapshot.evidence
    attachments.remove_from(ledger, (Evidence, known.id), (Issue, 1))
    ledger.close()
    with Ledger.open(ledger.path.rename(ledger.path.with_name("新名.zgtz"))) as renamed:
        renamed.undo()
        assert renamed.check() == ()
        assert renamed.evidence_folder.missing([known.file_name]) == frozenset()
        assert renamed.evidence_folder.find(known.file_name) == ledger.evidence_folder.path / known.file_name


def test_a_changed_file_is_found_by_the_check(ledger: Ledger, tmp_path: Path) -> None:
    proving.add_files(ledger, (Issue, 1), [a_file(tmp_path)])
    place = proving.place_of(ledger, only(ledger))
    assert place is not None
    place.write_bytes(b"other words")
    assert [finding.code for finding in ledger.check()] == ["evidence_changed"]


def test_a_file_that_cannot_be_read_is_not_called_changed(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proving.add_files(ledger, (Issue, 1), [a_file(tmp_path)])
    place = proving.place_of(ledger, only(ledger))
    assert place is not None
    held_open(monkeypatch, place)
    (finding,) = ledger.check()
    assert finding.code == "evidence_unreadable"
    assert "可能正被其他程序打开" in finding.text


def test_existing_evidence_can_prove_another_measure_too(ledger: Ledger, tmp_path: Path) -> None:
    proving.add_files(ledger, (Issue, 1), [a_file(tmp_path)])
    proving.link_to(ledger, (Measure, 2), [only(ledger).id])
    proving.link_to(ledger, (Measure, 2), [only(ledger).id])
    assert attachments.count_on(ledger.snapshot, Evidence, (Measure, 2)) == 1
    assert ledger.undo_label == "引用佐证材料“会议纪要”"


def test_a_backup_takes_the_files_along_by_content(ledger: Ledger, tmp_path: Path) -> None:
    proving.add_files(ledger, (Issue, 1), [a_file(tmp_path)])
    (tmp_path / "备份").mkdir()
    for _ in range(2):
        ledger.backup(tmp_path / "备份", with_evidence=True)
    name = only(ledger).file_name
    assert [path.name for path in (tmp_path / "备份" / "台账_佐证材料").iterdir()] == [name]
    with Ledger.open(tmp_path / "备份" / "台账.zgtz") as copy:
        assert copy.check() == ()


def test_what_was_changed_beside_a_copy_is_put_aside_and_not_written_over(ledger: Ledger, tmp_path: Path) -> None:
    proving.add_files(ledger, (Issue, 1), [a_file(tmp_path)])
    name = only(ledger).file_name
    stick = tmp_path / "优盘"
    stick.mkdir()
    ledger.backup(stick, with_evidence=True)
    folder = stick / "台账_佐证材料"
    (folder / name).write_bytes("同事在优盘上盖了章的".encode())
    ledger.backup(stick, with_evidence=True)
    assert (folder / name).read_bytes() == (ledger.evidence_folder.path / name).read_bytes()
    assert [path.read_bytes().decode() for path in (folder / "已删除").iterdir()] == ["同事在优盘上盖了章的"]


def test_what_was_corrected_in_place_comes_along_with_the_next_copy(ledger: Ledger, tmp_path: Path) -> None:
    """A clerk opens the paper from the ledger, puts a word right in WPS, and copies the ledger onto the stick again."""
    proving.add_files(ledger, (Issue, 1), [a_file(tmp_path)])
    name = only(ledger).file_name
    stick = tmp_path / "优盘"
    stick.mkdir()
    ledger.backup(stick, with_evidence=True)
    before = (stick / "台账_佐证材料" / name).read_bytes()
    (ledger.evidence_folder.path / name).write_bytes("改正".encode().ljust(len(before)))
    ledger.backup(stick, with_evidence=True)
    assert (stick / "台账_佐证材料" / name).read_bytes().startswith("改正".encode())
    assert [path.read_bytes() for path in (stick / "台账_佐证材料" / "已删除").iterdir()] == [before]


def test_a_file_that_cannot_be_read_keeps_no_other_from_a_copy(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proving.add_files(ledger, (Issue, 1), [a_file(tmp_path), a_file(tmp_path, "照片.jpg", b"jpg")])
    first, second = (one.file_name for one in ledger.snapshot.evidence)
    held_open(monkeypatch, ledger.evidence_folder.path / first)
    (tmp_path / "优盘").mkdir()
    with pytest.raises(SourceError, match=r"^台账已复制为“台账\.zgtz”，佐证材料没有复制全：读不出“会议纪要”的文件"):
        ledger.backup(tmp_path / "优盘", with_evidence=True)
    assert [path.name for path in (tmp_path / "优盘" / "台账_佐证材料").iterdir()] == [second]


def test_a_stick_without_room_for_the_files_has_the_ledger_and_says_so(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proving.add_files(ledger, (Issue, 1), [a_file(tmp_path)])

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    (tmp_path / "优盘").mkdir()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(TargetError, match="，佐证材料没有复制全：磁盘空间不足"):
        ledger.backup(tmp_path / "优盘", with_evidence=True)
    assert (tmp_path / "优盘" / "台账.zgtz").is_file()


def test_what_is_missing_is_what_cannot_be_found(ledger: Ledger, tmp_path: Path) -> None:
    """In the folder, in the trash, in a folder carried beside it, nowhere, and on paper."""
    sources = [a_file(tmp_path, f"{at}.pdf", f"%PDF {at}".encode()) for at in range(4)]
    proving.add_files(ledger, (Issue, 1), sources)
    folder, names = ledger.evidence_folder, [one.file_name for one in ledger.snapshot.evidence]
    folder.throw_away([names[1]])
    (tmp_path / "别处").mkdir()
    (folder.path / names[2]).rename(tmp_path / "别处" / names[2])
    (folder.path / names[3]).unlink()
    assert folder.missing([*names, ""]) == {names[3]}
    assert [name for name in names if folder.find(name) is None] == [names[3]]
