"""Every readable row of a damaged ledger comes over; what could not is said."""

from __future__ import annotations

import random
import shutil
import sqlite3
import sys
from collections import Counter
from pathlib import Path

import pytest
from builders import a_ledger, a_tree, one_of_each
from damage import KINDS, all_rows, readable_rows, write_by_hand

from zhenggai_desktop.domain.records import Issue, Measure, Section
from zhenggai_desktop.errors import LedgerDamagedError, LedgerFileError, NothingToUndoError
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.storage.salvage import SalvageReport, salvage


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of some hundred pages with a history and texts of all lengths."""
    folder = tmp_path_factory.mktemp("sound")
    with a_ledger(folder, *a_tree(4, 12, 3)) as ledger:
        for at in range(1, 31):
            with ledger.step(f"修改{at}") as writer:
                writer.update(Issue, at, original_text=f"第{at}条原文。" * (at * 11), note=f"备注{at}")
                writer.update(Measure, at, progress=f"进展{at}。" * at)
        with ledger.step("删除") as writer:
            writer.remove(Issue, 40)
        return ledger.path


def damaged_copy(sound: Path, folder: Path, seed: int) -> Path:
    chance = random.Random(seed)
    data = bytearray(sound.read_bytes())
    KINDS[seed % len(KINDS)](data, chance)
    copy = folder / f"损坏{seed}.zgtz"
    copy.write_bytes(data)
    return copy


def check_salvage(sound: Path, folder: Path, seed: int) -> tuple[int, int]:
    """Salvage one damaged copy; gives rows recovered and rows readable."""
    rows = all_rows(sound)
    copy = damaged_copy(sound, folder, seed)
    before = copy.read_bytes()
    readable = readable_rows(sound, copy, rows)
    target = folder / f"抢救{seed}.zgtz"
    try:
        report = salvage(copy, target)
    except LedgerDamagedError:
        assert not readable, f"seed {seed}"
        return 0, 0
    assert copy.read_bytes() == before
    now = all_rows(target)
    lost = [key for key, row in readable.items() if not _came_over(row, now.get(key), report.mended)]
    assert lost == [], f"seed {seed}: {report.lines()}"
    with Ledger.open(target) as ledger:
        assert ledger.check() == (), f"seed {seed}"
    if len(now.keys() & rows.keys()) < len(rows):
        assert not report.complete or len(report.lines()) > 1, f"seed {seed}: nothing said"
    return len(readable) - len(lost), len(readable)


def _came_over(row: tuple[object, ...], now: tuple[object, ...] | None, mended: list[str]) -> bool:
    """As it was, but for an order number or a place that was mended because a sibling is lost."""
    if now is None or row == now:
        return now is not None
    return bool(mended) and row[1] == now[1] and sum(a != b for a, b in zip(row, now, strict=True)) <= 2


@pytest.mark.parametrize("seed", range(12))
def test_a_few_damaged_ledgers(sound: Path, tmp_path: Path, seed: int) -> None:
    check_salvage(sound, tmp_path, seed)


@pytest.mark.full
def test_a_hundred_damaged_ledgers(sound: Path, tmp_path: Path) -> None:
    found = [check_salvage(sound, tmp_path, seed) for seed in range(1000, 1100)]
    recovered, readable = (sum(one) for one in zip(*found, strict=True))
    print(f"{recovered} of {readable} readable rows recovered")
    assert recovered == readable > 20_000


def test_a_sound_ledger_comes_over_whole(sound: Path, tmp_path: Path) -> None:
    report = salvage(sound, tmp_path / "新.zgtz")
    assert report.complete
    assert report.lines()[1] == "没有发现丢失的内容。"
    with Ledger.open(sound, read_only=True) as old, Ledger.open(tmp_path / "新.zgtz") as new:
        assert new.snapshot == old.snapshot
        assert new.history() == old.history()


def test_rows_whose_parent_is_lost_get_one_that_says_so(sound: Path, tmp_path: Path) -> None:
    copy = shutil.copy(sound, tmp_path / "孤儿.zgtz")
    connection = sqlite3.connect(copy)
    with connection:
        connection.execute("DELETE FROM issues WHERE id = 2")
        connection.execute("DELETE FROM step_images WHERE table_name = 'issues' AND row_id = 2")
    connection.close()
    report = salvage(Path(copy), tmp_path / "新.zgtz")
    assert "上级已损坏、补了一个代替的问题：1条。" in report.lines()
    with Ledger.open(tmp_path / "新.zgtz") as ledger:
        assert next(issue.title for issue in ledger.snapshot.issues if issue.id == 2) == "（原内容已损坏）"
        assert [measure for measure in ledger.snapshot.measures if measure.issue_id == 2]
        assert ledger.check() == ()


def test_rows_that_only_the_history_has_come_back(sound: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(sound, tmp_path / "缺行.zgtz"))
    connection = sqlite3.connect(copy)
    with connection:
        connection.execute("DELETE FROM measures WHERE id IN (1, 2)")
    connection.close()
    report = salvage(copy, tmp_path / "新.zgtz")
    assert report.from_history == {"measures": 2}
    with Ledger.open(sound, read_only=True) as old, Ledger.open(tmp_path / "新.zgtz") as new:
        assert new.snapshot.measures == old.snapshot.measures


@pytest.mark.parametrize("content", [b"", b"text", bytes(8192), b"SQLite format 3\x00"])
def test_what_holds_no_ledger_is_refused_and_leaves_nothing(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "空.zgtz").write_bytes(content)
    with pytest.raises(LedgerFileError, match="没有读得出的内容"):
        salvage(tmp_path / "空.zgtz", tmp_path / "新.zgtz")
    assert [path.name for path in tmp_path.iterdir()] == ["空.zgtz"]


@pytest.mark.skipif(sys.platform == "win32", reason="only POSIX can limit the size of a file")
def test_a_disk_without_room_is_said_and_leaves_nothing(sound: Path, tmp_path: Path) -> None:
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, limits[1]))
    try:
        with pytest.raises(LedgerFileError, match="请检查磁盘空间"):
            salvage(sound, tmp_path / "新.zgtz")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(tmp_path.iterdir()) == []


def without(sound: Path, folder: Path, *statements: str) -> Path:
    """The sound ledger after something happened to it."""
    copy = Path(shutil.copy(sound, folder / "损坏.zgtz"))
    write_by_hand(copy, *statements)
    return copy


def test_a_history_with_holes_is_read_and_no_longer_undone(sound: Path, tmp_path: Path) -> None:
    copy = without(sound, tmp_path, "DELETE FROM step_images WHERE step_id = 20", "DELETE FROM issues WHERE id = 2")
    report = salvage(copy, tmp_path / "新.zgtz")
    assert "不能再撤销到抢救之前" in report.lines()[-1]
    with Ledger.open(sound, read_only=True) as old, Ledger.open(tmp_path / "新.zgtz") as new:
        first, *before = new.history()
        assert first.label.startswith("抢救到新台账")
        assert tuple(before) == old.history()  # none of them counts as undone
        assert (new.undo_label, new.redo_label) == (None, None)
        for refused in (new.undo, lambda: new.undo_to(5), lambda: new.undo_to(0)):
            with pytest.raises(NothingToUndoError, match=r"抢救过.*从备份恢复"):
                refused()
        rescued = new.snapshot
        with new.step("以后的修改") as writer:
            writer.update(Issue, 1, title="改过")
        new.undo()
        assert new.snapshot == rescued
        new.redo()
        new.undo_to(first.id)
        assert new.snapshot == rescued
        with pytest.raises(NothingToUndoError, match="抢救过"):
            new.undo_to(first.id - 1)
    with Ledger.open(tmp_path / "新.zgtz") as again:  # the seal is in the file
        assert [entry.undone for entry in again.history()[-5:]] == [False] * 5
        again.undo()  # the way back to the rescued state
        again.undo()
        with pytest.raises(NothingToUndoError, match="抢救过"):
            again.undo()


@pytest.mark.parametrize(
    "change",
    [
        "SET after = '{' || after",
        "SET after = replace(after, 'progress', 'progresx'), before = replace(before, 'progress', 'progresx')",
        "SET table_name = 'issuez'",
        "SET before = '{}'",
        "SET after = '[1]'",
    ],
)
def test_an_image_that_nobody_can_read_is_left_out_and_said(sound: Path, tmp_path: Path, change: str) -> None:
    (seq,) = sqlite3.connect(sound).execute(
        "SELECT seq FROM step_images WHERE step_id = 10 AND table_name = 'measures'"
    )
    copy = without(sound, tmp_path, f"UPDATE step_images {change} WHERE seq = {seq[0]}")
    report = salvage(copy, tmp_path / "新.zgtz")
    assert report.refused == {"step_images": 1}
    with Ledger.open(sound, read_only=True) as old, Ledger.open(tmp_path / "新.zgtz") as new:
        assert new.snapshot == old.snapshot
        for entry in new.history():
            new.row_changes(entry.id)
        assert new.undo_label is None


def test_a_ledger_whose_journal_was_lost_is_rescued(sound: Path, tmp_path: Path) -> None:
    """A step was half written when the power went, and somebody deleted the “strange” file beside the ledger."""
    torn = tmp_path / "没有日志.zgtz"
    with Ledger.open(Path(shutil.copy(sound, tmp_path / "台账.zgtz"))) as ledger:
        ledger._file.connection.execute("PRAGMA cache_size = 1")  # so that pages reach the file before the commit
        with ledger.step("改") as writer:
            for at in range(1, 100):
                writer.update(Measure, at, progress=f"半步{at}" * 300)
            shutil.copyfile(ledger.path, torn)
    rows, readable = all_rows(sound), readable_rows(sound, torn, all_rows(sound))
    assert 0 < len(readable) <= len(rows)
    salvage(torn, tmp_path / "新.zgtz")
    now = all_rows(tmp_path / "新.zgtz")
    assert [key for key in readable if key not in now] == []
    with Ledger.open(tmp_path / "新.zgtz") as new:
        assert new.check() == ()


@pytest.mark.parametrize(
    ("report", "complete", "as_it_was", "said"),
    [
        (SalvageReport(), True, True, ["没有发现丢失的内容。"]),
        (SalvageReport(broken_pages=2), False, False, ["有2页、0行已经损坏，读不出来。"]),
        (SalvageReport(broken_rows=3), False, False, ["有0页、3行已经损坏，读不出来。"]),
        (SalvageReport(refused=Counter(issues=1)), False, False, ["读得出但内容已错乱、没有收入的问题：1条。"]),
        (SalvageReport(stand_ins=Counter(sections=1)), False, False, ["上级已损坏、补了一个代替的方面：1条。"]),
        (
            SalvageReport(strays=Counter(issues=2)), True, False,
            ["没有发现丢失的内容。", "从散落的页中找回的（可能含有以前删去的）问题：2条。"],
        ),
        (
            SalvageReport(from_history=Counter(issues=1)), True, False,
            ["没有发现丢失的内容。", "从修改历史中补回的问题：1条。"],
        ),
        (SalvageReport(mended=["改好了。"]), True, False, ["没有发现丢失的内容。", "改好了。"]),
        (
            SalvageReport(missing_evidence=["照片.jpg"]), True, True,
            ["没有发现丢失的内容。", "佐证材料“照片.jpg”的文件没有带过来（找不到、读不出，或者磁盘已满）。"],
        ),
    ],
)  # fmt: skip
def test_what_a_report_says(report: SalvageReport, complete: bool, as_it_was: bool, said: list[str]) -> None:
    assert (report.complete, report.as_it_was) == (complete, as_it_was)
    assert report.lines() == ["抢救出0条记录和0步修改历史。", *said]
    report.rows.update(issues=5, steps=2, step_images=9)
    lines = report.lines()
    assert lines[0] == "抢救出5条记录和2步修改历史。"
    sealed = "抢救之前的修改历史可以查看，但可能不全，因此不能再撤销到抢救之前。"
    assert (sealed in lines) is not as_it_was


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("facts", "uid", "char(127, 133)"),
        ("facts", "recommendations", """'["a", 1]'"""),
        ("issues", "uid", "char(97, 8203)"),
        ("issues", "status", "'??'"),
        ("issues", "due_on", "'2024-13-45'"),
        ("chapters", "blocks", """'[{"kind": "x"}]'"""),
        ("outcomes", "number", f"'{'9' * 5000}'"),
    ],
)
def test_a_value_that_makes_no_sense_gives_way_and_the_rest_of_its_row_is_kept(
    tmp_path: Path, table: str, column: str, value: str
) -> None:
    with a_ledger(tmp_path, *one_of_each()) as ledger:
        path, before = ledger.path, all_rows(ledger.path)
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(f"UPDATE {table} SET {column} = {value} WHERE id = 1")
    connection.close()
    report = salvage(path, tmp_path / "新.zgtz")
    assert any("换成了空白的" in line for line in report.lines())
    assert not report.complete
    now = all_rows(tmp_path / "新.zgtz")
    changed = {key for key, row in before.items() if now.get(key) != row}
    assert changed <= {(table, 1)}
    assert sum(a != b for a, b in zip(before[table, 1], now[table, 1], strict=True)) <= 1
    with Ledger.open(tmp_path / "新.zgtz") as ledger:
        assert [finding for finding in ledger.check() if finding.table != "evidence"] == []


def test_a_row_of_another_table_is_not_taken_for_one_of_this(sound: Path, tmp_path: Path) -> None:
    copy = without(
        sound, tmp_path, "PRAGMA ignore_check_constraints = ON",
        "UPDATE issues SET due_on = 'x', status = 'y', completed_on = 'z' WHERE id = 3",
    )  # fmt: skip
    report = salvage(copy, tmp_path / "新.zgtz")
    assert report.refused["issues"] == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE steps SET id = 9223372036854775807 WHERE id = 31",
        "UPDATE step_images SET seq = 9223372036854775807 WHERE seq = (SELECT max(seq) FROM step_images)",
        "UPDATE issues SET id = 9223372036854775807 WHERE id = 48",
        "UPDATE sections SET position = 9223372036854775807 WHERE id = 2",
        "UPDATE measures SET issue_id = 9223372036854775807 WHERE id = 3",
        "UPDATE sqlite_sequence SET seq = 9223372036854775807 WHERE name = 'issues'",
    ],
)
def test_a_number_behind_which_none_is_free_is_damage_and_rescued(sound: Path, tmp_path: Path, statement: str) -> None:
    copy = without(sound, tmp_path, statement)
    for read_only in (False, True):
        with pytest.raises(LedgerDamagedError):
            Ledger.open(copy, read_only=read_only)
    salvage(copy, tmp_path / "新.zgtz")
    with Ledger.open(tmp_path / "新.zgtz") as ledger:
        assert ledger.check() == ()
        with ledger.step("新增") as writer:
            assert writer.add(Section(title="新")).id < 100
        ledger.undo()
