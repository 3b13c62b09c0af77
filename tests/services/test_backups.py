"""Backups: numbered, thinned, evidence once by content, checked before they replace anything."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from builders import a_ledger, a_tree

from zhenggai_desktop.domain.records import Evidence, Issue, Section
from zhenggai_desktop.errors import LedgerDamagedError, LedgerLockedError, TargetError, UsageError
from zhenggai_desktop.services import backups
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.storage.backup_store import EVIDENCE, Backup, BackupStore, kept_of
from zhenggai_desktop.storage.evidence import EvidenceFolder

_START = dt.datetime(2024, 5, 6, 7, 15, tzinfo=dt.UTC)


class Clock:
    """A clock that a test puts where it wants."""

    def __init__(self) -> None:
        self.now = _START

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "备份处"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger with two pieces of evidence."""
    with a_ledger(tmp_path, *a_tree()) as ledger:
        for name in ("照片", "纪要"):
            source = tmp_path / f"{name}.txt"
            source.write_text(f"{name}的内容", "utf-8")
            add_evidence(ledger, source)
        return ledger.path


def add_evidence(ledger: Ledger, source: Path) -> str:
    kept = ledger.evidence_folder.keep(source)
    with ledger.step("添加佐证材料") as writer:
        writer.add(
            Evidence(uid=kept.uid, title=kept.title, file_name=kept.file_name, sha256=kept.sha256, size=kept.size)
        )
    return kept.file_name


def rename(path: Path, title: str) -> None:
    with Ledger.open(path) as ledger, ledger.step("改名") as writer:
        writer.update(Issue, 1, title=title)


def taken(path: Path, root: Path, reason: str = "手动", **options: object) -> Backup:
    found = backups.back_up(path, root, reason, **options)  # pyright: ignore[reportArgumentType]
    assert found is not None
    return found


def blobs(root: Path) -> list[Path]:
    return [path for path in root.glob(f"*/{EVIDENCE}/*/*") if path.is_file()]


def test_a_backup_is_a_ledger_in_another_folder_with_its_evidence_by_content(path: Path, root: Path) -> None:
    first = taken(path, root)
    with Ledger.open(first.path, read_only=True) as copy, Ledger.open(path, read_only=True) as ledger:
        assert copy.snapshot == ledger.snapshot
    assert (first.number, first.reason, len(first.evidence)) == (1, "手动", 2)
    assert not first.path.is_relative_to(path.parent / "台账-备份")
    assert {blob.read_text("utf-8") for blob in blobs(root)} == {"照片的内容", "纪要的内容"}


def test_evidence_is_never_copied_twice(path: Path, root: Path) -> None:
    taken(path, root)
    before = {blob: blob.stat().st_mtime_ns for blob in blobs(root)}
    (path.parent / "又一份.txt").write_text("照片的内容", "utf-8")
    with Ledger.open(path) as ledger:
        add_evidence(ledger, path.parent / "又一份.txt")
    second = taken(path, root)
    assert len(second.evidence) == 3
    assert {blob: blob.stat().st_mtime_ns for blob in blobs(root)} == before


def test_nothing_is_taken_where_nothing_changed_since(path: Path, root: Path) -> None:
    taken(path, root)
    assert backups.back_up(path, root, backups.AT_OPENING, only_if_changed=True) is None
    rename(path, "改过")
    assert taken(path, root, backups.AT_OPENING, only_if_changed=True).number == 2


def test_an_undone_step_is_a_change_too(path: Path, root: Path) -> None:
    rename(path, "改过")
    taken(path, root)
    with Ledger.open(path) as ledger:
        ledger.undo()
    assert backups.back_up(path, root, "手动", only_if_changed=True) is not None


def test_the_list_says_what_restoring_would_change(path: Path, root: Path) -> None:
    with Ledger.open(path, read_only=True) as ledger:
        old = next(issue.title for issue in ledger.snapshot.issues if issue.id == 1)
    taken(path, root)
    with Ledger.open(path) as ledger:
        with ledger.step("改") as writer:
            writer.update(Issue, 1, title="改过的")
            writer.add(Section(title="新的方面"))
        (backup,) = backups.listed(path, root)
        found = {one.name: one for one in backups.compare(backup, ledger.snapshot)}
    assert found["问题"].words == "问题：改回1条"
    assert found["问题"].titles == (f"改回“{old}”",)
    assert found["方面"].words == "方面：去掉1条"
    assert found["方面"].titles == ("去掉“新的方面”",)


def test_a_restored_backup_brings_ledger_and_evidence_and_keeps_what_was_there(path: Path, root: Path) -> None:
    first = taken(path, root)
    with Ledger.open(path, read_only=True) as ledger:
        before = ledger.snapshot
        files = [ledger.evidence_folder.path / record.file_name for record in before.evidence]
    rename(path, "改过")
    files[0].unlink()
    files[1].write_text("有人改了", "utf-8")
    done = backups.restore_into(path, first, root, who="")
    assert done.missing == ()
    with Ledger.open(path) as ledger:
        assert ledger.snapshot == before
        assert ledger.check() == ()
    assert done.before is not None
    with Ledger.open(done.before, read_only=True) as kept:
        assert next(issue.title for issue in kept.snapshot.issues if issue.id == 1) == "改过"


@pytest.mark.parametrize(("days", "more"), [(0, 9), (1, 13), (31, 13)])
def test_the_oldest_of_all_that_are_kept_can_be_restored(path: Path, root: Path, days: int, more: int) -> None:
    """What was there before is backed up first, and that must not push out what is to come back."""
    clock = Clock()
    with Ledger.open(path) as ledger:
        source = path.parent / "临时.txt"
        source.write_text("只有第一份备份有", "utf-8")
        name = add_evidence(ledger, source)
        first = ledger.snapshot
    taken(path, root, clock=clock)
    with Ledger.open(path) as ledger, ledger.step("删除") as writer:
        writer.remove(Evidence, next(record.id for record in ledger.snapshot.evidence if record.file_name == name))
    apart = dt.timedelta(days=days)
    for _ in range(more):
        clock.now += apart
        taken(path, root, clock=clock)
    clock.now += apart
    for trash in path.parent.rglob(name):
        trash.unlink()
    done = backups.restore_into(path, backups.listed(path, root)[-1], root, who="", clock=clock)
    assert done.missing == ()
    with Ledger.open(path) as ledger:
        assert ledger.snapshot == first
        assert ledger.check() == ()


def test_a_damaged_backup_replaces_nothing(path: Path, root: Path) -> None:
    first = taken(path, root)
    data = bytearray(first.path.read_bytes())
    data[4096 : 4096 * 4] = bytes(4096 * 3)
    first.path.write_bytes(data)
    before = path.read_bytes()
    with pytest.raises(LedgerDamagedError, match="已经损坏，台账没有改动"):
        backups.restore_into(path, first, root, who="")
    assert path.read_bytes() == before


def test_a_backup_whose_rows_do_not_hang_together_replaces_nothing(path: Path, root: Path) -> None:
    first = taken(path, root)
    connection = sqlite3.connect(first.path)
    with connection:
        connection.execute("UPDATE issues SET section_id = 99 WHERE id = 1")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(LedgerDamagedError, match="已经损坏，台账没有改动"):
        backups.restore_into(path, first, root, who="")
    assert path.read_bytes() == before


@pytest.mark.parametrize("state", ["damaged", "gone"])
def test_a_ledger_that_does_not_open_is_found_by_its_place_and_restored(state: str, path: Path, root: Path) -> None:
    taken(path, root)
    with Ledger.open(path, read_only=True) as ledger:
        before = ledger.snapshot
    if state == "gone":
        path.unlink()
    else:
        path.write_bytes(bytes(100) + path.read_bytes()[100:])
    (backup,) = backups.listed(path, root)
    done = backups.restore_into(path, backup, root, who="")
    with Ledger.open(path, read_only=True) as ledger:
        assert ledger.snapshot == before
    assert (done.before is None) == (state == "gone")
    assert done.before is None or done.before.read_bytes()[:100] == bytes(100)


def test_a_backup_of_an_older_format_is_compared_and_restored(tmp_path: Path, root: Path) -> None:
    old = Path(__file__).parents[1] / "storage" / "formats" / "format-1.zgtz"
    path = tmp_path / "旧.zgtz"
    path.write_bytes(old.read_bytes())
    with Ledger.open(path, backups=root) as ledger:
        before = ledger.snapshot
        (backup,) = backups.listed(path, root)
        assert backup.reason == "格式1升级前"
        assert backups.compare(backup, before) == ()
    rename(path, "改过")
    backups.restore_into(path, backup, root, who="")
    assert backup.path.read_bytes()[60:64] == bytes((0, 0, 0, 1))
    with Ledger.open(path, backups=root) as ledger:
        assert ledger.snapshot == before


def test_a_ledger_that_somebody_edits_is_not_replaced(path: Path, root: Path) -> None:
    first = taken(path, root)
    with Ledger.open(path), pytest.raises(LedgerLockedError):
        backups.restore_into(path, first, root, who="")


def test_a_backup_becomes_a_ledger_elsewhere(path: Path, root: Path, tmp_path: Path) -> None:
    first = taken(path, root)
    (tmp_path / "别处").mkdir()
    assert backups.about_evidence(backups.restore_to(tmp_path / "别处" / "旧.zgtz", first)) == ()
    with Ledger.open(tmp_path / "别处" / "旧.zgtz") as ledger:
        assert ledger.check() == ()
        assert len(ledger.snapshot.evidence) == 2


def test_evidence_that_was_away_at_the_backup_comes_from_another_or_is_named(
    path: Path, root: Path, tmp_path: Path
) -> None:
    taken(path, root)
    with Ledger.open(path) as ledger:
        (tmp_path / "视频.txt").write_text("视频的内容", "utf-8")
        late = add_evidence(ledger, tmp_path / "视频.txt")
        files = [ledger.evidence_folder.path / record.file_name for record in ledger.snapshot.evidence]
    for file in files:
        file.unlink()  # the ledger went to a stick without its folder
    away = taken(path, root)
    assert not away.evidence
    done = backups.restore_into(path, away, root, who="")
    assert (done.missing, done.held) == ((late,), ())
    assert [file.is_file() for file in files] == [True, True, False]
    (tmp_path / "别处").mkdir()
    assert backups.restore_to(tmp_path / "别处" / "旧.zgtz", away).missing == (late,)


def test_a_disk_that_has_no_room_for_evidence_does_not_hide_that_the_ledger_is_restored(
    path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = taken(path, root)
    with Ledger.open(path) as ledger:
        title = ledger.snapshot.issues[0].title
        for record in ledger.snapshot.evidence:
            (ledger.evidence_folder.path / record.file_name).unlink()
    rename(path, "改过")

    def full(_self: EvidenceFolder, _source: Path, _name: str, _going: object) -> None:
        raise TargetError("磁盘空间不足，文件没有放进“台账_佐证材料”", "请清理磁盘后再试一次")

    monkeypatch.setattr(EvidenceFolder, "_copy_here", full)
    done = backups.restore_into(path, first, root, who="")
    assert (done.missing, done.held) == ((), tuple(first.evidence))
    assert "没有放回去" in backups.about_evidence(done)[0][0]
    with Ledger.open(path, read_only=True) as ledger:
        assert ledger.snapshot.issues[0].title == title


def test_a_file_that_cannot_be_read_keeps_nobody_from_a_backup(
    path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Ledger.open(path) as ledger:
        held, free = (ledger.evidence_folder.path / record.file_name for record in ledger.snapshot.evidence)
    opened: Any = Path.open

    def refused(file: Path, *given: Any, **more: Any) -> Any:
        if file == held:
            raise PermissionError(13, "held")
        return opened(file, *given, **more)

    monkeypatch.setattr(Path, "open", refused)
    assert set(taken(path, root).evidence) == {free.name}
    monkeypatch.undo()
    before = taken(path, root).evidence
    assert set(before) == {held.name, free.name}
    held.write_text("改得更长的内容", "utf-8")
    monkeypatch.setattr(Path, "open", refused)
    assert taken(path, root).evidence == before  # as it was when it could be read last


def test_a_place_that_cannot_be_written_is_said(path: Path, tmp_path: Path) -> None:
    (tmp_path / "文件").write_bytes(b"")
    with pytest.raises(TargetError, match="不能把备份写到"):
        backups.back_up(path, tmp_path / "文件", "手动")


def test_what_a_killed_run_left_is_cleaned_with_the_next(path: Path, root: Path) -> None:
    folder = taken(path, root).path.parent
    for name in ("0002-20240506-071500-手动.json", ".0002-20240506-071500-手动.zgtz.1234abcd.tmp"):
        (folder / name).write_text("{}", "utf-8")
    (folder / EVIDENCE / ".copying.tmp").write_bytes(b"half")
    second = taken(path, root)
    assert second.number == 2
    names = {entry.name for entry in folder.rglob("*") if entry.is_file() and EVIDENCE not in entry.parts}
    assert len([name for name in names if name.endswith(".json")]) == 3
    assert not [name for name in names if name.endswith(".tmp")]
    assert not (folder / EVIDENCE / ".copying.tmp").exists()


def test_a_card_that_is_damaged_loses_no_backup(path: Path, root: Path) -> None:
    first = taken(path, root)
    first.path.with_suffix(".json").write_text("{", "utf-8")
    assert [backup.number for backup in backups.listed(path, root)] == [1]
    assert backups.find(path, root, "1").path == first.path
    with pytest.raises(UsageError, match="没有“7”这份备份"):
        backups.find(path, root, "7")


def test_thinning_keeps_ten_newest_fourteen_days_and_twelve_months() -> None:
    moments = [_START.replace(tzinfo=None) + dt.timedelta(hours=6 * at) for at in range(4 * 400)]
    all_of_them = tuple(Backup(Path(str(at)), at, moment, "打开时") for at, moment in enumerate(moments))[::-1]
    kept = kept_of(all_of_them)
    assert kept[:10] == all_of_them[:10]
    days = {backup.taken_at.date() for backup in kept}
    assert {(moments[-1] - dt.timedelta(days=back)).date() for back in range(14)} <= days
    assert len({(day.year, day.month) for day in days}) == 12
    assert len(kept) == 10 + (14 - 4) + (12 - 2)  # the newest ten are of four days, fourteen days of two months


def test_thinned_evidence_goes_and_used_evidence_stays(path: Path, root: Path) -> None:
    clock = Clock()
    with Ledger.open(path) as ledger:
        source = path.parent / "临时.txt"
        source.write_text("只有第一份备份有", "utf-8")
        name = add_evidence(ledger, source)
    taken(path, root, clock=clock)
    assert len(blobs(root)) == 3
    with Ledger.open(path) as ledger, ledger.step("删除") as writer:
        writer.remove(Evidence, next(record.id for record in ledger.snapshot.evidence if record.file_name == name))
    for _ in range(10):
        taken(path, root, clock=clock)
    assert len(backups.listed(path, root)) == 10
    assert len(blobs(root)) == 2


def test_a_clock_that_jumps_back_thins_out_nothing_new(path: Path, root: Path) -> None:
    clock = Clock()
    for _ in range(12):
        taken(path, root, clock=clock)
    clock.now -= dt.timedelta(days=900)
    last = taken(path, root, clock=clock)
    found = backups.listed(path, root)
    assert found[0].path == last.path
    assert found[0].path.exists()


def test_the_folder_follows_the_ledger_that_was_renamed(path: Path, root: Path) -> None:
    taken(path, root)
    moved = path.with_name("改名.zgtz")
    path.rename(moved)
    assert len(backups.listed(moved, root)) == 1


def test_a_backup_for_something_that_failed_does_not_stay_behind(path: Path, root: Path) -> None:
    with Ledger.open(path, backups=root) as ledger:
        with pytest.raises(ZeroDivisionError), ledger.backed_up("导入前"):
            raise ZeroDivisionError
        assert ledger.backups.backups() == ()


def test_the_place_is_remembered_beside_the_backups(path: Path, root: Path) -> None:
    folder = taken(path, root).path.parent
    assert json.loads((folder / "台账位置.json").read_text("utf-8")) == {"path": str(path), "paths": [str(path)]}
    assert BackupStore.of_unreadable(root, path.with_name("别的.zgtz")) is None


# --- a ledger and its copies keep their backups in one folder


def title_of(path: Path) -> str:
    with Ledger.open(path, read_only=True) as ledger:
        return next(issue.title for issue in ledger.snapshot.issues if issue.id == 1)


def damage(path: Path) -> None:
    path.write_bytes(bytes(100) + path.read_bytes()[100:])


@pytest.fixture
def copy(path: Path) -> Path:
    """The same ledger in another folder."""
    copy = path.parent / "优盘" / "副本.zgtz"
    copy.parent.mkdir()
    shutil.copyfile(path, copy)
    return copy


def test_the_newest_backup_of_a_ledger_is_not_one_of_its_copy(path: Path, root: Path, copy: Path) -> None:
    rename(path, "原件的")
    mine = taken(path, root)
    rename(copy, "副本里的")
    theirs = taken(copy, root)
    assert [backup.number for backup in backups.listed(path, root)] == [2, 1]
    assert backups.find(path, root, "").path == mine.path
    assert backups.find(copy, root, "").path == theirs.path
    assert backups.find(path, root, "2").path == theirs.path  # asked for by its number
    assert [backups.origin_words(backup, path) for backup in backups.listed(path, root)] == [f"来自 {copy}", ""]
    backups.restore_into(path, backups.find(path, root, ""), root, who="")
    assert title_of(path) == "原件的"


@pytest.mark.parametrize("which", ["path", "copy"])
def test_a_damaged_ledger_finds_its_own_backup_after_its_copy_was_backed_up(
    which: str, path: Path, root: Path, copy: Path
) -> None:
    rename(path, "原件的")
    rename(copy, "副本里的")
    first = taken(path, root)
    second = taken(copy, root)
    damaged, own = (path, first) if which == "path" else (copy, second)
    damage(damaged)
    assert backups.find(damaged, root, "").path == own.path


def test_a_renamed_ledger_finds_its_backups_when_it_is_damaged(path: Path, root: Path) -> None:
    first = taken(path, root)
    moved = path.with_name("台账2025.zgtz")
    path.rename(moved)
    assert backups.back_up(moved, root, backups.AT_OPENING, only_if_changed=True) is None  # nothing changed
    for state in ("damaged", "gone"):
        damage(moved) if state == "damaged" else moved.unlink()
        found = backups.find(moved, root, "")  # the only place that it can have come from is gone
        assert (found.path, backups.origin_words(found, moved)) == (first.path, f"来自 {path}")


def test_of_backups_from_elsewhere_alone_none_is_taken_without_a_choice(path: Path, root: Path, copy: Path) -> None:
    taken(path, root)
    with pytest.raises(UsageError, match="没有这个台账自己的备份") as refused:
        backups.find(copy, root, "")
    assert str(path) in str(refused.value)
    assert backups.find(copy, root, "1").number == 1
    third = path.with_name("第三处.zgtz")
    shutil.copyfile(copy, third)
    rename(copy, "副本里的")
    taken(copy, root)
    copy.unlink()
    path.unlink()
    with pytest.raises(UsageError, match="没有这个台账自己的备份"):  # from two places
        backups.find(third, root, "")


def test_backups_of_before_that_tell_no_place_count_as_the_ledgers_own(path: Path, root: Path, copy: Path) -> None:
    first = taken(path, root)
    card = first.path.with_suffix(".json")
    values = json.loads(card.read_text("utf-8"))
    del values["ledger"]
    card.write_text(json.dumps(values), "utf-8")
    (first.path.parent / "台账位置.json").write_text(json.dumps({"path": str(path)}), "utf-8")
    (old,) = backups.listed(path, root)
    assert (old.ledger, backups.origin_words(old, path)) == ("", "")
    rename(copy, "副本里的")
    taken(copy, root)
    assert backups.find(path, root, "").number == 1
    damage(path)
    assert backups.find(path, root, "").number == 1


def test_a_place_reached_by_another_name_is_the_same(path: Path, root: Path, tmp_path: Path) -> None:
    """A restored ledger is backed up under the name that its folder really has."""
    link = tmp_path / "链接"
    link.symlink_to(path.parent, target_is_directory=True)
    taken(path, root)
    assert backups.origin_words(backups.find(link / path.name, root, ""), link / path.name) == ""


def test_a_folder_that_cannot_note_the_place_keeps_nobody_from_opening(
    path: Path, root: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken(path, root)

    def refuse(_store: BackupStore, _ledger: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(BackupStore, "remember", refuse)
    assert backups.back_up(copy, root, backups.AT_OPENING, only_if_changed=True) is None
