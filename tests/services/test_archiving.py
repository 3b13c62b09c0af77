"""One zip that goes to another PC: whole, checked, with a password where one is wanted, without deleted words."""

from __future__ import annotations

import errno
import hashlib
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from builders import a_ledger, held_open
from docx import Document as WordDocument

from zhenggai_desktop.domain.records import Evidence, EvidenceLink, Issue, Milestone, Section
from zhenggai_desktop.errors import SourceError, SourceLimitError, TargetError, UsageError
from zhenggai_desktop.formats import archive_zip
from zhenggai_desktop.formats.archive_zip import verify_archive
from zhenggai_desktop.services import archiving, proving
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.storage.evidence import FOLDER_ENDING


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Two issues, a file on each, a file that serves both, and a record of paper in a cabinet."""
    home = tmp_path / "本机"
    home.mkdir()
    issues = (Issue(section_id=1, title="公务用车管理不规范"), Issue(section_id=1, title="台账：不全/缺页"))
    with a_ledger(home, Section(title="作风"), *issues, organisation="中共云溪街道工作委员会") as ledger:
        for number, name in ((1, "用车台账.pdf"), (2, "新台账.pdf")):
            file = tmp_path / name
            file.write_bytes(name.encode() * 100)
            proving.add_files(ledger, (Issue, number), [file])
        proving.link_to(ledger, (Issue, 2), [1])
        with ledger.step("登记") as writer:
            paper = writer.add(Evidence(title="纸质会议记录"))
            writer.add(EvidenceLink(evidence_id=paper.id, issue_id=1))
        yield ledger


def test_the_archive_holds_everything_under_the_numbers_of_the_issues(ledger: Ledger, tmp_path: Path) -> None:
    done = archiving.make_archive(ledger, tmp_path / "归档.zip")
    assert (done.evidence, done.missing) == (2, ())
    with zipfile.ZipFile(tmp_path / "归档.zip") as archive:
        names = set(archive.namelist())
    assert {
        "台账.zgtz", "台账.xlsx", "台账_通报.docx", "台账_佐证材料目录.docx", "校验值.txt", "内容.json",
        "佐证材料/01-01 公务用车管理不规范/01-01-01 用车台账.pdf", "佐证材料/01-02 台账：不全_缺页/01-02-01 新台账.pdf",
    } == names  # fmt: skip
    assert verify_archive(tmp_path / "归档.zip") == ()


@pytest.mark.parametrize("password", ["", "密码123"])
def test_it_opens_on_another_pc_with_its_evidence(ledger: Ledger, tmp_path: Path, password: str) -> None:
    archive, other = tmp_path / "归档.zip", tmp_path / "另一台"
    archiving.make_archive(ledger, archive, password=password)
    other.mkdir()
    opened = archiving.open_archive(archive, other, password=password)
    with Ledger.open(opened) as copy:
        assert copy.snapshot == ledger.snapshot
        assert copy.check() == ()
        place = proving.place_of(copy, copy.snapshot.evidence[0])
        assert place is not None
        assert place.read_bytes() == "用车台账.pdf".encode() * 100
        assert len(copy.history()) == len(ledger.history())
    with pytest.raises(TargetError, match=r"已经有“台账\.zgtz”"):
        archiving.open_archive(archive, other, password=password)


def test_evidence_that_was_changed_since_is_not_overwritten(ledger: Ledger, tmp_path: Path) -> None:
    archive, home = tmp_path / "归档.zip", ledger.path.parent
    archiving.make_archive(ledger, archive)
    first, second = (one.file_name for one in ledger.snapshot.evidence if one.file_name)
    folder = ledger.evidence_folder.path
    ledger.close()
    (home / "台账.zgtz").rename(home / "台账2025.zgtz")
    (folder / second).write_bytes("盖章后的新版".encode())
    (folder / first).unlink()
    before = sorted(path.name for path in home.rglob("*"))
    with pytest.raises(TargetError, match=rf"“台账_佐证材料”里已经有内容不同的“{second}”") as raised:
        archiving.open_archive(archive, home)
    assert raised.value.what_to_do == "请解开到另一个空文件夹"
    assert (folder / second).read_bytes() == "盖章后的新版".encode()
    assert sorted(path.name for path in home.rglob("*")) == before
    (folder / second).write_bytes("新台账.pdf".encode() * 100)
    with Ledger.open(archiving.open_archive(archive, home)) as opened:
        assert opened.check() == ()


def test_without_the_password_nothing_comes_out(ledger: Ledger, tmp_path: Path) -> None:
    archive = tmp_path / "归档.zip"
    archiving.make_archive(ledger, archive, password="密码123")
    with pytest.raises(SourceError, match="设有密码"):
        verify_archive(archive)
    with pytest.raises(SourceError, match="密码不对"):
        archiving.open_archive(archive, tmp_path, password="密码124")
    assert not (tmp_path / "台账.zgtz").exists()


def test_another_program_opens_an_archive_with_a_password(ledger: Ledger, tmp_path: Path) -> None:
    seven = shutil.which("7z") or shutil.which("7za")
    if seven is None:
        pytest.skip("no 7-Zip here")
    archiving.make_archive(ledger, tmp_path / "归档.zip", password="secret")
    done = subprocess.run([seven, "t", "-psecret", str(tmp_path / "归档.zip")], capture_output=True, check=False)
    assert done.returncode == 0


def test_history_is_purged_where_that_is_wanted(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.step("修改") as writer:
        writer.update(Issue, 1, note="不该移交的话")
    with ledger.step("修改") as writer:
        writer.update(Issue, 1, note="")
    other = tmp_path / "另一台"
    other.mkdir()
    archiving.make_archive(ledger, tmp_path / "归档.zip", purge_history=True)
    opened = archiving.open_archive(tmp_path / "归档.zip", other)
    assert "不该移交的话".encode() not in opened.read_bytes()
    with Ledger.open(opened) as copy:
        assert copy.history() == ()
        assert copy.snapshot == ledger.snapshot
        assert copy.check() == ()
    assert "不该移交的话".encode() in ledger.path.read_bytes()


def test_a_missing_file_is_named_and_the_rest_is_archived(ledger: Ledger, tmp_path: Path) -> None:
    place = proving.place_of(ledger, ledger.snapshot.evidence[0])
    assert place is not None
    place.unlink()
    done = archiving.make_archive(ledger, tmp_path / "归档.zip")
    assert (done.evidence, done.missing) == (1, ("用车台账",))
    index = WordDocument(str(_member(tmp_path / "归档.zip", "台账_佐证材料目录.docx", tmp_path)))
    assert "用车台账" in [cell.text for row in index.tables[0].rows for cell in row.cells]


def test_the_list_in_the_archive_names_each_file_as_it_lies_there(ledger: Ledger, tmp_path: Path) -> None:
    for name in ("会议记录.docx", "无主.pdf", "丢了.pdf"):
        (tmp_path / name).write_bytes(name.encode())
        proving.add_files(ledger, (Issue, 1), [tmp_path / name])
    with ledger.step("改") as writer:
        minutes, free, lost = ledger.snapshot.evidence[-3:]
        for link in ledger.snapshot.evidence_links:
            if link.evidence_id in (minutes.id, free.id):
                writer.remove(EvidenceLink, link.id)
        writer.add(Milestone(kind="反馈会", files=(minutes.file_name,)))
    (ledger.evidence_folder.path / lost.file_name).unlink()
    archiving.make_archive(ledger, tmp_path / "归档.zip")
    with zipfile.ZipFile(tmp_path / "归档.zip") as archive:
        archive.extractall(tmp_path / "解开")
    index = WordDocument(str(tmp_path / "解开" / "台账_佐证材料目录.docx"))
    rows = [[cell.text for cell in row.cells] for table in index.tables for row in table.rows[1:]]
    assert [(row[1], row[-1]) for row in rows] == [
        ("用车台账", "01-01 公务用车管理不规范/01-01-01 用车台账.pdf"),
        ("纸质会议记录", ""),
        ("丢了", "没有文件"),
        ("新台账", "01-02 台账：不全_缺页/01-02-01 新台账.pdf"),
        ("用车台账", "01-01 公务用车管理不规范/01-01-01 用车台账.pdf"),
        ("会议记录", "流程节点/01 会议记录.docx"),
        ("无主", "未关联问题/01 无主.pdf"),
    ]
    below = tmp_path / "解开" / "佐证材料"
    named = {row[-1] for row in rows if row[-1] not in ("", "没有文件")}
    assert named == {path.relative_to(below).as_posix() for path in below.rglob("*") if path.is_file()}


def test_a_file_that_is_held_open_is_named_and_the_rest_is_archived(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held_open(monkeypatch, ledger.evidence_folder.path / ledger.snapshot.evidence[0].file_name)
    done = archiving.make_archive(ledger, tmp_path / "归档.zip")
    assert (done.evidence, done.missing, done.unread) == (1, (), ("用车台账",))
    assert verify_archive(tmp_path / "归档.zip") == ()


def _member(archive: Path, name: str, folder: Path) -> Path:
    with zipfile.ZipFile(archive) as opened:
        return Path(opened.extract(name, folder))


def _rewritten(archive: Path, changed: dict[str, bytes | None], target: Path) -> Path:
    """A copy of an archive with files changed, added or (None) left out."""
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            if name not in changed:
                new.writestr(name, old.read(name))
        for name, content in changed.items():
            if content is not None:
                new.writestr(name, content)
    return target


EVIDENCE = "佐证材料/01-01 公务用车管理不规范/01-01-01 用车台账.pdf"


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({EVIDENCE: b"other"}, f"“{EVIDENCE}”的内容与校验值不符"),
        ({EVIDENCE: None}, f"缺少“{EVIDENCE}”"),
        ({"病毒.exe": b"MZ"}, "多出“病毒.exe”"),
    ],
)
def test_what_was_changed_is_found_and_not_opened(
    ledger: Ledger, tmp_path: Path, changed: dict[str, bytes | None], problem: str
) -> None:
    archiving.make_archive(ledger, tmp_path / "归档.zip")
    bad = _rewritten(tmp_path / "归档.zip", changed, tmp_path / "改过.zip")
    assert verify_archive(bad) == (problem,)
    with pytest.raises(SourceError, match="不完整"):
        archiving.open_archive(bad, tmp_path)
    assert not (tmp_path / "台账.zgtz").exists()


def _with_contents(ledger: Ledger, folder: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """An archive of the ledger that says other things of itself, with checksums that are right."""
    archiving.make_archive(ledger, folder / "归档.zip")
    with zipfile.ZipFile(folder / "归档.zip") as archive:
        contents, sums = json.loads(archive.read("内容.json")), archive.read("校验值.txt").decode()
    change(contents)
    new = json.dumps(contents).encode()
    lines = [line for line in sums.splitlines() if not line.endswith("内容.json")]
    lines.append(f"{hashlib.sha256(new).hexdigest()}  内容.json")
    changed: dict[str, bytes | None] = {"内容.json": new, "校验值.txt": "\n".join(lines).encode()}
    return _rewritten(folder / "归档.zip", changed, folder / "改过.zip")


@pytest.mark.parametrize("name", ["../外面.pdf", "..\\外面.pdf", "/etc/外面", "C:\\外面.pdf", "CON"])
def test_no_name_leads_out_of_the_folder(ledger: Ledger, tmp_path: Path, name: str) -> None:
    bad = _with_contents(ledger, tmp_path, lambda contents: contents["evidence"].update({EVIDENCE: name}))
    other = tmp_path / "另一台"
    other.mkdir()
    with pytest.raises(SourceError):
        archiving.open_archive(bad, other)
    assert [path.name for path in other.rglob("*")] == []
    assert not (tmp_path / "外面.pdf").exists()


@pytest.mark.parametrize(
    "name", ["别的.zgtz", "9" * 5000, "长" * 200 + ".zgtz", "台账.xlsx/", "", "校验值.txt", 7, None]
)
def test_an_archive_that_names_another_ledger_gives_nothing(ledger: Ledger, tmp_path: Path, name: object) -> None:
    bad = _with_contents(ledger, tmp_path, lambda contents: contents.update(ledger=name))
    other = tmp_path / "另一台"
    other.mkdir()
    with pytest.raises(SourceError) as raised:
        archiving.open_archive(bad, other)
    assert len(str(raised.value)) < 150
    assert [path.name for path in other.rglob("*")] == []


def test_a_file_in_the_way_of_the_evidence_is_said(ledger: Ledger, tmp_path: Path) -> None:
    archiving.make_archive(ledger, tmp_path / "归档.zip")
    other = tmp_path / "另一台"
    other.mkdir()
    (other / f"台账{FOLDER_ENDING}").write_bytes(b"")
    with pytest.raises(TargetError, match="另一个空文件夹"):
        archiving.open_archive(tmp_path / "归档.zip", other)
    assert [path.name for path in other.iterdir()] == [f"台账{FOLDER_ENDING}"]


def test_a_disk_that_keeps_something_else_is_found_at_once(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = archiving.write_archive

    def worn(path: Path, *given: Any, **more: Any) -> int:
        count = write(path, *given, **more)
        content = bytearray(path.read_bytes())
        content[200] ^= 1  # in the ledger, which comes first
        path.write_bytes(content)
        return count

    monkeypatch.setattr(archiving, "write_archive", worn)
    with pytest.raises((SourceError, TargetError)):
        archiving.make_archive(ledger, tmp_path / "归档.zip")


@pytest.mark.parametrize("is_there", [True, False])
def test_a_disk_that_fills_up_leaves_no_half_ledger(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_there: bool
) -> None:
    archive, other = tmp_path / "归档.zip", tmp_path / "U盘" / "另一台"
    other.parent.mkdir()
    archiving.make_archive(ledger, archive)
    if is_there:
        other.mkdir()
        (other / "别的.txt").write_bytes(b"1")
    copy_out = archive_zip._copy_out  # pyright: ignore[reportPrivateUsage]

    def full(opened: zipfile.ZipFile, name: str, out: Any) -> str:
        if out is not None and name.endswith("02-01 新台账.pdf"):
            raise OSError(errno.ENOSPC, "full")
        return copy_out(opened, name, out)

    monkeypatch.setattr(archive_zip, "_copy_out", full)
    with pytest.raises(TargetError, match="磁盘空间不足"):
        archiving.open_archive(archive, other)
    assert [path.name for path in other.parent.rglob("*")] == (["另一台", "别的.txt"] if is_there else [])
    monkeypatch.undo()
    assert archiving.open_archive(archive, other).is_file()


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04 truncated"])
def test_what_is_no_archive_is_told_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "文件.zip").write_bytes(content)
    with pytest.raises(SourceError, match="不是"):
        verify_archive(tmp_path / "文件.zip")
    with pytest.raises(SourceError, match="没有找到归档包"):
        verify_archive(tmp_path / "没有.zip")


def test_an_archive_that_swells_beyond_measure_fills_no_disk(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_zip, "SWOLLEN_FROM", 1 << 20)
    target, into = tmp_path / "归档.zip", tmp_path / "取出"
    archiving.make_archive(ledger, target)
    assert verify_archive(target) == ()
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("佐证材料/零.bin", bytes(64 << 20))
    into.mkdir()
    for ask in (lambda: verify_archive(target), lambda: archiving.open_archive(target, into)):
        with pytest.raises(SourceLimitError, match="过大"):
            ask()
    assert not list(into.iterdir())


def test_an_archive_is_a_zip(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"以 \.zip 结尾"):
        archiving.make_archive(ledger, tmp_path / "归档.rar")


def test_a_stopped_archive_leaves_nothing(ledger: Ledger, tmp_path: Path) -> None:
    class StoppedError(Exception):
        """What a window raises when the clerk stops it."""

    def stop(_bytes: int) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        archiving.make_archive(ledger, tmp_path / "归档.zip", going=stop)
    assert list(tmp_path.glob("*归档*")) == []
    assert list(tmp_path.glob(".~*")) == []


def test_a_name_that_is_no_text_in_the_archive_is_told_in_a_sentence(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "归档.zip"
    archiving.make_archive(ledger, path)
    name = "台账.zgtz".encode()
    path.write_bytes(path.read_bytes().replace(name, b"\xf5" + name[1:], 1))  # in its own header, not in the index
    with pytest.raises(SourceError, match="不是归档包，或者已经损坏"):
        verify_archive(path)
