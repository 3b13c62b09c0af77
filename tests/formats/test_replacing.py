"""A target is the old file or the new one, never something between."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from zhenggai_desktop.errors import TargetError
from zhenggai_desktop.formats import replacing as module
from zhenggai_desktop.formats.replacing import replacing


def write_half_and_fail(target: Path, failure: BaseException) -> None:
    with replacing(target) as temporary:
        temporary.write_bytes(b"half")
        raise failure


def names_in(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_a_new_file_is_there_after_the_block_and_nothing_else(tmp_path: Path) -> None:
    with replacing(tmp_path / "通报.docx") as temporary:
        assert names_in(tmp_path) == [temporary.name]
        temporary.write_bytes(b"new")
    assert names_in(tmp_path) == ["通报.docx"]
    assert (tmp_path / "通报.docx").read_bytes() == b"new"


def test_an_existing_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / "台账.xlsx"
    target.write_bytes(b"old")
    target.chmod(0o640)
    with replacing(target) as temporary:
        temporary.write_bytes(b"new")
        assert target.read_bytes() == b"old"
    assert target.read_bytes() == b"new"
    if os.name == "posix":
        assert target.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.name != "posix", reason="umask is POSIX")
def test_a_new_file_can_be_read_by_those_whom_the_umask_allows(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        with replacing(tmp_path / "通报.docx") as temporary:
            temporary.write_bytes(b"new")
    finally:
        os.umask(before)
    assert (tmp_path / "通报.docx").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("failure", [ValueError("bug"), KeyboardInterrupt()])
def test_a_failing_block_leaves_the_old_file_and_passes_the_failure_on(tmp_path: Path, failure: BaseException) -> None:
    target = tmp_path / "通报.docx"
    target.write_bytes(b"old")
    with pytest.raises(type(failure)):
        write_half_and_fail(target, failure)
    assert names_in(tmp_path) == ["通报.docx"]
    assert target.read_bytes() == b"old"


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "真.docx", tmp_path / "链.docx"
    real.write_bytes(b"old")
    try:
        link.symlink_to(real)
    except OSError:
        pytest.skip("no links here")
    with replacing(link) as temporary:
        temporary.write_bytes(b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match="磁盘空间不足"):
        write_half_and_fail(tmp_path / "通报.docx", OSError(errno.ENOSPC, "No space left on device"))
    assert names_in(tmp_path) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_really_full_device_is_said(tmp_path: Path) -> None:
    with (
        pytest.raises(TargetError, match="磁盘空间不足"),
        replacing(tmp_path / "通报.docx"),
        Path("/dev/full").open("wb", buffering=0) as full,
    ):
        full.write(b"x")
    assert names_in(tmp_path) == []


def test_a_missing_file_of_the_writer_itself_is_no_target_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), replacing(tmp_path / "通报.docx"):
        (tmp_path / "模板.docx").read_bytes()


def test_a_target_that_is_open_elsewhere_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "通报.docx"
    target.write_bytes(b"old")

    def refuse(self: Path, other: Path) -> None:
        raise PermissionError(errno.EACCES, "Access is denied", os.fspath(self), None, os.fspath(other))

    monkeypatch.setattr(Path, "replace", refuse)
    monkeypatch.setattr(module, "_WAIT", 0)
    with pytest.raises(TargetError, match=r"“通报\.docx”正被其他程序打开"), replacing(target) as temporary:
        temporary.write_bytes(b"new")
    assert names_in(tmp_path) == ["通报.docx"]
    assert target.read_bytes() == b"old"


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS])
def test_a_folder_without_permission_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    def refuse(path: Path, flags: int, mode: int = 0o777) -> int:
        raise OSError(code, "refused", os.fspath(path))

    monkeypatch.setattr(module.os, "open", refuse)
    with pytest.raises(TargetError, match="写文件的权限"), replacing(tmp_path / "通报.docx"):
        pass


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_and_a_read_only_file_are_said(tmp_path: Path) -> None:
    target = tmp_path / "通报.docx"
    target.write_bytes(b"old")
    target.chmod(0o444)
    with pytest.raises(TargetError, match="只读"), replacing(target):
        pass
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(TargetError, match="写文件的权限"), replacing(tmp_path / "新.docx"):
            pass
    finally:
        tmp_path.chmod(0o755)


def test_a_missing_folder_and_a_folder_as_target_are_said(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match="不存在"), replacing(tmp_path / "无" / "通报.docx"):
        pass
    (tmp_path / "通报").mkdir()
    with pytest.raises(TargetError, match="是文件夹"), replacing(tmp_path / "通报"):
        pass


def test_a_stick_pulled_out_meanwhile_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "U盘"
    folder.mkdir()
    with pytest.raises(TargetError, match="已不可用"), replacing(folder / "通报.docx") as temporary:
        shutil.rmtree(temporary.parent)


def test_a_name_that_windows_cannot_hold_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match="保留名称"), replacing(tmp_path / "CON.docx"):
        pass
    assert names_in(tmp_path) == []


def test_a_name_too_long_for_this_file_system_is_said(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match="太长"), replacing(tmp_path / ("长" * 250 + ".docx")) as temporary:
        temporary.write_bytes(b"new")
    assert names_in(tmp_path) == []


def test_a_path_longer_than_the_office_programs_open_is_refused_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "一层很深的文件夹"
    folder.mkdir()
    monkeypatch.setattr(module, "_LONGEST_PATH", len(str(folder)) + 9)
    with replacing(folder / "通报稿.docx") as temporary:
        temporary.write_bytes(b"new")
    advice = "请缩短文件名，或换一个层次较浅的文件夹"
    with (
        pytest.raises(TargetError, match=rf"“整改通报\.docx”或所在路径太长；{advice}"),
        replacing(folder / "整改通报.docx"),
    ):
        pass
    assert names_in(folder) == ["通报稿.docx"]


@pytest.mark.parametrize("code", [32, 33])
def test_what_windows_says_of_a_file_in_use_becomes_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    """ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION come without a second name where a program holds the file."""
    target = tmp_path / "台账.xlsx"
    target.write_bytes(b"old")

    class InUseError(PermissionError):
        winerror = code

    def refuse(self: Path, _other: Path) -> None:
        raise InUseError(errno.EACCES, "in use", os.fspath(self))

    monkeypatch.setattr(Path, "replace", refuse)
    monkeypatch.setattr(module, "_WAIT", 0)
    with pytest.raises(TargetError) as error, replacing(target) as temporary:
        temporary.write_bytes(b"new")
    assert str(error.value) == (
        "文件“台账.xlsx”正被其他程序打开，不能覆盖；请先在 Word、WPS 或 Excel 中关闭它，再重新导出，或换一个文件名。"
    )
    assert (names_in(tmp_path), target.read_bytes()) == (["台账.xlsx"], b"old")


@pytest.mark.parametrize("code", [errno.EIO, errno.ENXIO, errno.ENODEV])
def test_a_stick_pulled_while_its_file_is_written_out_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def gone(_handle: int) -> None:
        raise OSError(code, "Input/output error")

    target = tmp_path / "通报.docx"
    target.write_bytes(b"old")
    monkeypatch.setattr(module.os, "fsync", gone)
    with pytest.raises(TargetError, match=r"磁盘或U盘读写出错，“通报\.docx”没有写成"), replacing(target) as temporary:
        temporary.write_bytes(b"new")
    assert (names_in(tmp_path), target.read_bytes()) == (["通报.docx"], b"old")


def test_what_a_killed_run_left_goes_after_a_day(tmp_path: Path) -> None:
    fresh, old, others = (tmp_path / name for name in (".~zg0123456789ab.tmp", ".~zgba9876543210.tmp", "~zg.tmp"))
    for path in (fresh, old, others):
        path.write_bytes(b"half")
    for path in (old, others):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    with replacing(tmp_path / "通报.docx") as temporary:
        temporary.write_bytes(b"new")
    assert names_in(tmp_path) == sorted([fresh.name, others.name, "通报.docx"])
