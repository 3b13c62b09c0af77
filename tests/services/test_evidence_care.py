"""Evidence whose files were moved, renamed or changed by hand: told, found again, nothing lost."""

from __future__ import annotations

import datetime as dt
import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from builders import a_ledger, a_tree

from zhenggai_desktop.domain.evidence_use import too_early
from zhenggai_desktop.domain.records import Evidence, Issue
from zhenggai_desktop.errors import SourceError, TargetError
from zhenggai_desktop.services import archiving, proving
from zhenggai_desktop.services.evidence_care import (
    FileState,
    find_again,
    look_over,
    strangers,
    take_as_they_are,
)
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.storage import evidence


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Three files prove issue 1."""
    (tmp_path / "来源").mkdir()
    for name in ("甲.pdf", "乙.pdf", "丙.pdf"):
        (tmp_path / "来源" / name).write_bytes(f"{name}的内容".encode())
    with a_ledger(tmp_path, *a_tree(1, 2, 1), feedback_date=dt.date(2025, 3, 1)) as ledger:
        proving.add_files(ledger, (Issue, 1), [tmp_path / "来源"])
        yield ledger


def place(ledger: Ledger, title: str) -> Path:
    record = next(one for one in ledger.snapshot.evidence if one.title == title)
    return ledger.evidence_folder.path / record.file_name


def told(ledger: Ledger) -> list[tuple[str, FileState]]:
    found = look_over(ledger.evidence_folder, ledger.snapshot.evidence)
    return [(one.evidence.title, one.state) for one in found]


def test_nothing_is_told_of_files_as_they_were_added(ledger: Ledger) -> None:
    assert told(ledger) == []


def test_a_file_that_was_moved_and_renamed_is_found_by_its_content(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "桌面" / "杂").mkdir(parents=True)
    moved = place(ledger, "甲").rename(tmp_path / "桌面" / "杂" / "最终版.pdf")
    (tmp_path / "桌面" / "一样长.pdf").write_bytes(b"x" * moved.stat().st_size)
    assert told(ledger) == [("甲", FileState.MISSING)]
    lost = [one.evidence for one in look_over(ledger.evidence_folder, ledger.snapshot.evidence)]
    assert find_again(ledger.evidence_folder, lost, tmp_path / "来源" / "没有") == ()
    assert [record.title for record in find_again(ledger.evidence_folder, lost, tmp_path / "桌面")] == ["甲"]
    assert told(ledger) == []
    assert moved.is_file()
    assert len(list(ledger.evidence_folder.path.iterdir())) == 3


def test_a_changed_file_is_told_until_it_is_taken_as_it_is(ledger: Ledger) -> None:
    place(ledger, "乙").write_bytes("盖了章的".encode())
    found = look_over(ledger.evidence_folder, ledger.snapshot.evidence)
    assert [(one.evidence.title, one.state) for one in found] == [("乙", FileState.CHANGED)]
    assert take_as_they_are(ledger, found) == 1
    assert ledger.undo_label == "确认改动：佐证材料“乙”"
    assert told(ledger) == []
    assert ledger.check() == ()
    ledger.undo()
    assert told(ledger) == [("乙", FileState.CHANGED)]
    assert take_as_they_are(ledger, ()) == 0


def test_a_file_that_cannot_be_read_is_not_told_as_in_order(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    held = place(ledger, "甲")
    read: Any = Path.open

    def refused(file: Path, *given: Any, **more: Any) -> Any:
        if file == held:
            raise PermissionError(13, "held")
        return read(file, *given, **more)

    monkeypatch.setattr(Path, "open", refused)
    assert told(ledger) == [("甲", FileState.UNREADABLE)]
    assert take_as_they_are(ledger, look_over(ledger.evidence_folder, ledger.snapshot.evidence)) == 0


def test_a_folder_renamed_by_hand_is_found_and_new_files_join_the_old(ledger: Ledger, tmp_path: Path) -> None:
    ledger.evidence_folder.path.rename(tmp_path / "证明材料（勿删）")
    assert told(ledger) == []
    (tmp_path / "丁.pdf").write_bytes(b"4")
    proving.add_files(ledger, (Issue, 2), [tmp_path / "丁.pdf"])
    assert told(ledger) == []
    done = archiving.make_archive(ledger, tmp_path / "包.zip")
    assert (done.evidence, done.missing) == (4, ())


def test_a_stick_that_was_pulled_leaves_the_ledger_as_it_was(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file opens, and then nothing more can be read of it."""
    (tmp_path / "大.pdf").write_bytes(b"x" * (3 << 20))
    before, lying = ledger.snapshot, sorted(ledger.evidence_folder.path.iterdir())
    monkeypatch.setattr(evidence, "_PIECE", 1 << 20)
    gone = iter([False, True])

    class Pulled:
        def __init__(self, path: Path) -> None:
            self._file = path.open("rb")

        def read(self, size: int) -> bytes:
            if next(gone):
                raise OSError(5, "Input/output error")
            return self._file.read(size)

        def __enter__(self) -> Pulled:
            return self

        def __exit__(self, *_: object) -> None:
            self._file.close()

    real_open = Path.open

    def opened(path: Path, mode: str = "r", *rest: object, **more: object) -> object:
        if path.name == "大.pdf" and mode == "rb":
            monkeypatch.setattr(Path, "open", real_open)
            return Pulled(path)
        return real_open(path, mode, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "open", opened)
    with pytest.raises(SourceError) as error:
        proving.add_files(ledger, (Issue, 1), [tmp_path / "大.pdf"])
    assert str(error.value) == "读不出文件“大.pdf”；请检查它所在的磁盘，U盘是否还插着。"
    assert ledger.snapshot == before
    assert sorted(ledger.evidence_folder.path.iterdir()) == lying


def test_two_hundred_megabytes_are_told_as_they_go_and_can_be_left(ledger: Ledger, tmp_path: Path) -> None:
    with (tmp_path / "录像.mp4").open("wb") as file:
        file.truncate(200 << 20)
    steps: list[int] = []

    class LeftError(Exception):
        pass

    def going(count: int) -> None:
        steps.append(count)
        if sum(steps) >= 50 << 20:
            raise LeftError

    before = sorted(ledger.evidence_folder.path.iterdir())
    with pytest.raises(LeftError):
        proving.add_files(ledger, (Issue, 1), [tmp_path / "录像.mp4"], going)
    assert len(steps) >= 50
    assert sorted(ledger.evidence_folder.path.iterdir()) == before
    assert len(ledger.snapshot.evidence) == 3


def test_evidence_dated_before_the_feedback_is_pointed_out(ledger: Ledger) -> None:
    with ledger.step("日期") as writer:
        writer.update(Evidence, 1, dated_on=dt.date(2025, 2, 28))
        writer.update(Evidence, 2, dated_on=dt.date(2025, 3, 1))
    assert too_early(ledger.outline) == {1}


@pytest.mark.parametrize("name", ["CON.pdf", "a<b>.txt", "句点..pdf", "年报：第1稿?.docx", "长" * 80 + ".pdf"])
def test_names_that_windows_cannot_hold_become_names_that_it_can(ledger: Ledger, tmp_path: Path, name: str) -> None:
    from zhenggai_desktop.domain.file_names import check_file_name

    source = tmp_path / name
    source.write_bytes(name.encode())
    proving.add_files(ledger, (Issue, 2), [source])
    made = ledger.snapshot.evidence[-1]
    check_file_name(made.file_name)
    assert made.title == Path(name).stem
    assert proving.place_of(ledger, made) is not None


def test_a_source_deeper_than_260_signs_is_kept_under_a_short_name(ledger: Ledger, tmp_path: Path) -> None:
    deep = tmp_path
    for at in range(6):
        deep = deep / f"第{at}层{'深' * 45}"
    deep.mkdir(parents=True)
    (deep / "会议纪要.pdf").write_bytes(b"deep")
    assert len(str(deep)) > 260
    proving.add_files(ledger, (Issue, 2), [deep / "会议纪要.pdf"])
    made = ledger.snapshot.evidence[-1]
    assert made.file_name == f"会议纪要_{made.uid[:8]}.pdf"


def test_what_a_killed_copy_left_behind_is_gone_at_the_next_opening_and_nothing_else(
    ledger: Ledger, tmp_path: Path
) -> None:
    folder = ledger.evidence_folder.path
    lying = sorted(folder.iterdir())
    for name in (f".{lying[0].name}.tmp", ".会议 1.5_0123abcd.tmp", ".会议_0123abcd.mp4.tmp"):
        (folder / name).write_bytes(b"half")
    for name in (".笔记.tmp", "会议_0123abcd.tmp", ".~lock.甲.pdf#"):
        (folder / name).write_bytes(b"somebody's")
    ledger.close()
    with Ledger.open(tmp_path / "台账.zgtz", read_only=True):
        assert len(list(folder.iterdir())) == 9, "who holds no lock takes nothing away"
    with Ledger.open(tmp_path / "台账.zgtz") as again:
        assert sorted(path.name for path in folder.iterdir() if path not in lying) == [
            ".~lock.甲.pdf#",
            ".笔记.tmp",
            "会议_0123abcd.tmp",
        ]
        assert told(again) == []
        assert strangers(again.evidence_folder, again.snapshot.evidence) == ("会议_0123abcd.tmp",)


def refusing(monkeypatch: pytest.MonkeyPatch, name: str, mode: str, error: OSError) -> None:
    """The system refuses to open files of this ending for reading, or for writing."""
    real = Path.open

    def opened(path: Path, how: str = "r", *rest: Any, **more: Any) -> Any:
        if how == mode and path.name.endswith(name):
            raise error
        return real(path, how, *rest, **more)

    monkeypatch.setattr(Path, "open", opened)


class SharingError(PermissionError):
    """What Windows says of a file that another program holds for itself."""

    winerror = 32


@pytest.mark.parametrize(
    ("name", "mode", "error", "sentence"),
    [
        (
            "报表.xlsx", "rb", SharingError(13, "in use"),
            "文件“报表.xlsx”正被其他程序打开；请先在 Word、WPS 或 Excel 中关闭它，再试一次。",
        ),
        (
            ".tmp", "wb", OSError(errno.ENOSPC, "full"),
            "磁盘空间不足，文件没有放进“台账_佐证材料”；请清理磁盘后再试一次。",
        ),
        (
            ".tmp", "wb", OSError(errno.EIO, "pulled"),
            "“台账_佐证材料”所在的磁盘读写不了，文件没有放进去；请检查U盘或网络盘是否还连接着，再试一次。",
        ),
        (
            ".tmp", "wb", PermissionError(13, "no"),
            "不能把文件放进“台账_佐证材料”；请检查磁盘空间和写入权限。",
        ),
    ],
)  # fmt: skip
def test_each_thing_that_keeps_a_file_out_has_its_sentence(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, mode: str, error: OSError, sentence: str
) -> None:
    (tmp_path / "报表.xlsx").write_bytes(b"5")
    before, lying = ledger.snapshot, sorted(ledger.evidence_folder.path.iterdir())
    refusing(monkeypatch, name, mode, error)
    with pytest.raises((SourceError, TargetError)) as raised:
        proving.add_files(ledger, (Issue, 1), [tmp_path / "报表.xlsx"])
    assert str(raised.value) == sentence
    assert (ledger.snapshot, sorted(ledger.evidence_folder.path.iterdir())) == (before, lying)


def test_a_stick_pulled_while_the_file_is_written_to_it_loses_nothing(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "大.pdf").write_bytes(b"x" * (3 << 20))
    before, lying = ledger.snapshot, sorted(ledger.evidence_folder.path.iterdir())

    def gone(_handle: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", gone)
    with pytest.raises(TargetError, match="U盘或网络盘是否还连接着"):
        proving.add_files(ledger, (Issue, 1), [tmp_path / "大.pdf"])
    monkeypatch.undo()
    assert (ledger.snapshot, sorted(ledger.evidence_folder.path.iterdir())) == (before, lying)
    assert ledger.check() == ()


def test_a_name_is_cut_where_the_path_would_be_longer_than_windows_holds(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / f"{'长' * 55}.pdf"
    source.write_bytes(b"long")
    room = len(str(ledger.evidence_folder.path)) + 1
    monkeypatch.setattr(evidence, "_LONGEST_PATH", room + 50)
    proving.add_files(ledger, (Issue, 2), [source])
    made = ledger.snapshot.evidence[-1]
    assert made.title == "长" * 55
    assert made.file_name == f"{'长' * 32}_{made.uid[:8]}.pdf"
    assert len(f".{made.file_name}.tmp") == 50
    monkeypatch.setattr(evidence, "_LONGEST_PATH", room + 20)
    with pytest.raises(TargetError, match="所在路径太长；请缩短文件名，或换一个层次较浅的文件夹"):
        proving.add_files(ledger, (Issue, 2), [source])
