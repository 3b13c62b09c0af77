"""Where a ledger's backups lie, what thinning keeps of them, and how its evidence comes back."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from builders import a_ledger

from zhenggai_desktop.domain.records import Evidence, Section
from zhenggai_desktop.storage.backup_store import (
    EVIDENCE,
    Backup,
    BackupStore,
    Brought,
    EvidenceCopy,
    evidence_rows,
    kept_of,
    state_of,
    uid_of,
)
from zhenggai_desktop.storage.evidence import FOLDER_ENDING, TRASH, EvidenceFolder

NOW = dt.datetime(2025, 6, 1, 9, 30, 15)  # noqa: DTZ001 - the clock on the clerk's wall


def backups(moments: Iterable[dt.datetime]) -> tuple[Backup, ...]:
    """Backups given oldest first, as the store lists them: the newest first."""
    return tuple(Backup(Path(str(at)), at, moment, "手动") for at, moment in enumerate(moments, 1))[::-1]


def numbers(found: Iterable[Backup]) -> list[int]:
    return [backup.number for backup in found]


def test_up_to_ten_backups_of_one_day_are_all_kept() -> None:
    all_of_them = backups(NOW + dt.timedelta(minutes=at) for at in range(10))
    assert kept_of(all_of_them) == all_of_them
    more = backups(NOW + dt.timedelta(minutes=at) for at in range(12))
    assert numbers(kept_of(more)) == list(range(12, 2, -1))


def test_of_each_of_fourteen_days_the_last_backup_is_kept() -> None:
    """Two a day over twenty days of one month; the newest ten are of five days."""
    start = NOW.replace(day=1, hour=8)
    all_of_them = backups(start + dt.timedelta(days=at // 2, hours=at % 2) for at in range(40))
    kept = kept_of(all_of_them)
    assert numbers(kept)[:10] == list(range(40, 30, -1))
    assert numbers(kept)[10:] == list(range(30, 12, -2))  # the second of each of nine days more


def test_of_each_of_twelve_months_the_last_backup_is_kept() -> None:
    start = dt.datetime(2023, 1, 5, 8)  # noqa: DTZ001
    all_of_them = backups(
        start.replace(year=2023 + month // 12, month=month % 12 + 1, day=day) for month in range(24) for day in (5, 6)
    )
    kept = kept_of(all_of_them)
    assert numbers(kept) == [*range(48, 34, -1), *range(34, 24, -2)]
    assert len({(backup.taken_at.year, backup.taken_at.month) for backup in kept}) == 12


# --- where they lie


def test_without_a_place_backups_lie_beside_the_ledger(tmp_path: Path) -> None:
    assert BackupStore.of(None, tmp_path / "台账.zgtz", "u").folder == tmp_path / "台账-备份"


def test_each_ledger_has_a_folder_of_its_own_that_it_keeps_when_it_is_renamed(tmp_path: Path) -> None:
    mine = tmp_path / "甲-12345678"
    mine.mkdir()
    (tmp_path / "别的-87654321").mkdir()
    (tmp_path / "0-12345678").write_text("no folder", "utf-8")
    assert BackupStore.of(tmp_path, Path("/x/改名.zgtz"), "123456789abc").folder == mine
    other = BackupStore.of(tmp_path, Path("/x/新台账.zgtz"), "aaaabbbbcccc").folder
    assert other == tmp_path / "新台账-aaaabbbb"
    assert BackupStore.of(tmp_path / "没有", Path("/x/新台账.zgtz"), "aaaabbbbcccc").folder.parent == tmp_path / "没有"


@pytest.mark.parametrize("uid", ["../../..", "..", "/etc/x", "C:\\x", "a/../../b", "."])
def test_no_uid_leads_out_of_the_place_for_backups(tmp_path: Path, uid: str) -> None:
    (tmp_path / "a.json").write_text("{}")
    root = tmp_path / "一" / "二"
    root.mkdir(parents=True)
    with a_ledger(tmp_path, Section(title="甲"), uid=uid) as ledger:
        store = BackupStore.of(root, ledger.path, uid)
        store.take(ledger._file.connection, ledger.path, "手动", NOW)
    assert [folder.parent for folder in (store.folder, store.folder.resolve())] == [root, root]
    assert BackupStore.of(root, tmp_path / "台账.zgtz", uid).folder == store.folder
    assert (tmp_path / "a.json").is_file()


def test_a_ledger_that_tells_nothing_is_found_by_where_it_was(tmp_path: Path) -> None:
    root, ledger = tmp_path / "备份处", tmp_path / "台账.zgtz"
    other = tmp_path / "别.zgtz"
    for name, origin, taken in (
        ("旧", ledger, "20250101-080000"), ("新", ledger, "20250301-080000"), ("别", other, "20250401-080000"),
    ):  # fmt: skip
        (root / name).mkdir(parents=True)
        (root / name / "台账位置.json").write_text(json.dumps({"path": str(origin)}), "utf-8")
        (root / name / f"0001-{taken}-手动.zgtz").write_bytes(b"")
    found = BackupStore.of_unreadable(root, ledger)
    assert found is not None
    assert found.folder == root / "新"
    assert BackupStore.of_unreadable(root, tmp_path / "没有.zgtz") is None
    assert BackupStore.of_unreadable(None, ledger) is None
    (tmp_path / "台账-备份").mkdir()
    (tmp_path / "台账-备份" / "0001-20250101-080000-手动.zgtz").write_bytes(b"")
    beside = BackupStore.of_unreadable(None, ledger)
    assert beside is not None
    assert beside.folder == tmp_path / "台账-备份"


def a_store(folder: Path, *cards: str, origin: object = None, day: str = "20250101") -> BackupStore:
    """A store with a backup for each card: where its ledger was, "" for a card of before that was written."""
    folder.mkdir(parents=True)
    for number, ledger in enumerate(cards, 1):
        (folder / f"{number:04d}-{day}-080000-手动.zgtz").write_bytes(b"")
        card = {"state": "s", "ledger": ledger} if ledger else {"state": "s"}
        (folder / f"{number:04d}-{day}-080000-手动.json").write_text(json.dumps(card), "utf-8")
    if origin is not None:
        (folder / "台账位置.json").write_text(json.dumps(origin), "utf-8")
    return BackupStore(folder)


def test_every_place_of_a_ledger_is_remembered_the_last_one_last(tmp_path: Path) -> None:
    one, two = tmp_path / "台账.zgtz", tmp_path / "副本.zgtz"
    store = a_store(tmp_path / "处" / "台账-12345678", "", origin={"path": str(one)})  # as it was written before
    assert store.places() == (str(one),)
    store.remember(two)
    store.remember(one)
    assert store.places() == (str(two), str(one))
    file = store.folder / "台账位置.json"
    assert json.loads(file.read_text("utf-8"))["path"] == str(one)  # for a program of before
    written = file.stat().st_mtime_ns
    store.remember(one)
    assert file.stat().st_mtime_ns == written
    file.write_text("{", "utf-8")
    assert store.places() == ()
    assert a_store(tmp_path / "处" / "b", str(two)).places() == (str(two),)  # the cards tell too


def test_a_damaged_ledger_is_found_after_its_copy_was_backed_up(tmp_path: Path) -> None:
    root, ledger, copy = tmp_path / "备份处", tmp_path / "台账.zgtz", tmp_path / "优盘" / "副本.zgtz"
    store = a_store(root / "台账-12345678", str(ledger), str(copy), origin={"path": str(copy)})
    for path in (ledger, copy):
        found = BackupStore.of_unreadable(root, path)
        assert found is not None
        assert found.folder == store.folder


def test_a_ledger_that_is_nowhere_known_is_found_by_its_name(tmp_path: Path) -> None:
    root = tmp_path / "备份处"
    by_place = a_store(root / "x-00000001", "", origin={"path": str(tmp_path / "旧处" / "台账.zgtz")})
    found = BackupStore.of_unreadable(root, tmp_path / "新处" / "台账.zgtz")
    assert found is not None
    assert found.folder == by_place.folder
    # The place was overwritten by that of a copy, as it was before: the folder still has the first name.
    by_folder = a_store(root / "整改-00000002", "", origin={"path": str(tmp_path / "副本.zgtz")})
    found = BackupStore.of_unreadable(root, tmp_path / "整改.zgtz")
    assert found is not None
    assert found.folder == by_folder.folder
    assert BackupStore.of_unreadable(root, tmp_path / "改.zgtz") is None


def test_a_damaged_ledger_is_known_by_the_uid_that_is_still_in_it_before_its_place_and_name(tmp_path: Path) -> None:
    root, ledger = tmp_path / "备份处", tmp_path / "台账.zgtz"
    a_store(root / "台账-aaaabbbb", str(ledger), origin={"path": str(ledger)}, day="20250301")
    mine = a_store(root / "别名-12345678", "/x/别名.zgtz", origin={"path": "/x/别名.zgtz"})
    ledger.write_bytes(bytes(100) + b"..12345678-9abc-4def-8123-456789abcdef..")
    found = BackupStore.of_unreadable(root, ledger)
    assert found is not None
    assert found.folder == mine.folder


def test_thinning_never_takes_the_last_backup_of_a_place() -> None:
    """A copy that is worked on every day leaves the original its own."""
    mine = replace(Backup(Path("1"), 1, NOW, "手动"), ledger="/甲/台账.zgtz")
    others = tuple(
        replace(Backup(Path(str(at)), at, NOW + dt.timedelta(minutes=at), "关闭时"), ledger="/乙/台账.zgtz")
        for at in range(13, 1, -1)
    )
    assert numbers(kept_of((*others, mine))) == [*range(13, 3, -1), 1]


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("0001-20250601-093015-手动.zgtz", True),
        ("12345-20250601-093015-打开时.zgtz", True),
        ("001-20250601-093015-手动.zgtz", False),
        ("0001-20250699-093015-手动.zgtz", False),
        ("0001-20250601-093015-.zgtz", False),
        ("0001-20250601-093015-手动.json", False),
        ("台账.zgtz", False),
    ],
)
def test_which_files_are_backups(tmp_path: Path, name: str, counts: bool) -> None:
    (tmp_path / name).write_bytes(b"12345")
    found = BackupStore(tmp_path).backups()
    assert len(found) == counts
    if counts:
        assert (found[0].taken_at, found[0].size, found[0].state, dict(found[0].evidence)) == (NOW, 5, "", {})


def test_a_backup_that_is_gone_has_no_size(tmp_path: Path) -> None:
    assert Backup(tmp_path / "没有", 1, NOW, "手动").size == 0
    assert BackupStore(tmp_path / "没有").backups() == ()


# --- taking one


@pytest.fixture
def ledger_with_paper(tmp_path: Path) -> Path:
    with a_ledger(tmp_path, Section(title="甲")) as ledger:
        folder = ledger.path.with_name(ledger.path.stem + FOLDER_ENDING)
        folder.mkdir()
        (folder / "照片.txt").write_text("内容", "utf-8")
        with ledger.step("佐证") as writer:
            writer.add(Evidence(file_name="照片.txt", sha256=digest("内容"), size=6))
            writer.add(Evidence(title="柜子里的纸"))
        return ledger.path


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def take(path: Path, store: BackupStore, reason: str = "手动", now: dt.datetime = NOW) -> Backup:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        return store.take(connection, path, reason, now)
    finally:
        connection.close()


def test_what_a_backup_says_of_itself(ledger_with_paper: Path, tmp_path: Path) -> None:
    store = BackupStore(tmp_path / "备份处" / "甲")
    taken = take(ledger_with_paper, store, "发 出前.1")
    assert (taken.number, taken.taken_at, taken.reason) == (1, NOW, "发 出前.1")
    assert taken.path.name == "0001-20250601-093015-发 出前_1.zgtz"
    (listed,) = store.backups()
    assert (listed.state, dict(listed.evidence)) == (taken.state, dict(taken.evidence))
    assert [(name, copy.sha256, copy.size) for name, copy in taken.evidence.items()] == [
        ("照片.txt", digest("内容"), 6)
    ]
    assert listed.ledger == taken.ledger == str(ledger_with_paper)
    assert store.places() == (str(ledger_with_paper),)
    connection = sqlite3.connect(ledger_with_paper, isolation_level=None)
    assert store.is_current(connection)
    (last,) = connection.execute("SELECT uid FROM steps ORDER BY id DESC LIMIT 1").fetchone()
    assert taken.state == state_of(connection) == last
    assert evidence_rows(connection) == [("照片.txt", digest("内容"), 6)]  # no paper in a cabinet
    connection.execute("DELETE FROM step_images")
    connection.execute("DELETE FROM steps")
    assert state_of(connection) == uid_of(connection) == connection.execute("SELECT uid FROM facts").fetchone()[0]
    assert not store.is_current(connection)
    connection.close()
    assert take(ledger_with_paper, store).number == 2
    assert not BackupStore(tmp_path / "无").backups()


def test_evidence_comes_back_where_it_is_gone_or_changed(ledger_with_paper: Path, tmp_path: Path) -> None:
    store = BackupStore(tmp_path / "备份处" / "甲")
    taken = take(ledger_with_paper, store)
    folder = EvidenceFolder(ledger_with_paper)
    paper = folder.path / "照片.txt"
    before = paper.stat().st_mtime_ns
    assert store.bring_evidence(taken, folder) == Brought()
    assert paper.stat().st_mtime_ns == before  # as it was: left alone
    for words in ("改了", "又改"):  # as long as before
        paper.write_text(words, "utf-8")
        assert store.bring_evidence(taken, folder) == Brought()
        assert paper.read_text("utf-8") == "内容"
    assert {path.read_text("utf-8") for path in (folder.path / TRASH).glob("照片_改动过*.txt")} == {"改了", "又改"}
    paper.unlink()
    assert store.bring_evidence(taken, folder) == Brought()
    assert paper.read_text("utf-8") == "内容"
    lost = replace(taken, evidence={**taken.evidence, "没有.txt": EvidenceCopy("1" * 64, 3, 1)})
    assert store.bring_evidence(lost, folder) == Brought(missing=("没有.txt",))


def test_a_copy_is_given_by_its_content_and_only_where_it_is_whole(ledger_with_paper: Path, tmp_path: Path) -> None:
    store = BackupStore(tmp_path / "备份处" / "甲")
    take(ledger_with_paper, store)
    blob = store.copy_of(digest("内容"))
    assert blob == store.folder / EVIDENCE / digest("内容")[:2] / digest("内容")
    assert (store.copy_of(""), store.copy_of("0" * 64)) == (None, None)
    assert blob is not None
    blob.write_text("坏了", "utf-8")
    assert store.copy_of(digest("内容")) is None


def test_a_copy_that_was_cut_is_made_anew_by_the_next_backup(ledger_with_paper: Path, tmp_path: Path) -> None:
    store = BackupStore(tmp_path / "备份处" / "甲")
    take(ledger_with_paper, store)
    blob = store.folder / EVIDENCE / digest("内容")[:2] / digest("内容")
    blob.write_bytes(b"")
    take(ledger_with_paper, store)
    assert blob.read_text("utf-8") == "内容"


def test_a_dropped_backup_takes_its_card_along_and_the_last_one_the_folder(
    ledger_with_paper: Path, tmp_path: Path
) -> None:
    store = BackupStore(tmp_path / "备份处" / "甲")
    one, two = take(ledger_with_paper, store), take(ledger_with_paper, store)
    store.drop(one)
    assert numbers(store.backups()) == [2]
    assert not one.path.with_suffix(".json").exists()
    assert store.folder.is_dir()
    for part in (store.folder / EVIDENCE).iterdir():
        shutil.rmtree(part)
    store.drop(two)
    assert not store.folder.exists()
