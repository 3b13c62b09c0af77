"""The real command line in a process of its own, given what clerks, disks and senders come up with.

Each refusal is exit code 2 and one Chinese sentence that says what happened and what to do; not a byte is written or
changed, and neither time nor memory run away.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from bad_sources import BAD_SOURCES, NOTICE, STRANGE_SOURCES
from forked_command import run_forked

from zhenggai_desktop.cli import main
from zhenggai_desktop.services import importing
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.storage import ledger_file, schema

MOST_SECONDS = 10.0  # of processor time: another program on the machine does not count
MOST_BYTES = 512 * 1024 * 1024
QUICK_BYTES = 1_000_000  # a source up to this size is tried with several commands
HANGS = 120  # seconds after which a command counts as hanging
ROOT_PRIVILEGES = ("setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner", "--")

posix = pytest.mark.skipif(os.name != "posix", reason="needs a POSIX system")


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str
    seconds: float
    peak: int


def state(folder: Path) -> dict[str, str]:
    """Every name below ``folder`` with what it is and holds."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        mode = path.lstat().st_mode
        content = hashlib.sha256(path.read_bytes()).hexdigest() if stat.S_ISREG(mode) else ""
        found[str(path.relative_to(folder))] = f"{stat.filemode(mode)} {content}"
    return found


class Place:
    """A folder with a ledger in it, in which commands are run: in a process of their own, or quicker in this one."""

    def __init__(self, folder: Path, root: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._home = home
        self._capsys = capsys
        self._environment = {
            **os.environ,
            "PYTHONPATH": str(root),
            "PYTHONIOENCODING": "utf-8",
            "ZHENGGAI_HOME": str(home),
        }

    def __truediv__(self, name: str) -> Path:
        return self.folder / name

    def here(self, *arguments: str | Path) -> Ended:
        """The command in this process."""
        self._capsys.readouterr()
        with contextlib.chdir(self.folder):
            code = main([os.fspath(argument) for argument in arguments])
        return Ended(code, *self._capsys.readouterr(), 0, 0)

    def apart(self, *arguments: str | bytes, before: tuple[str, ...] = (), largest_file: int = 0) -> Ended:
        """The command in a process of its own, below the command ``before``."""
        if os.name == "posix":
            words = [os.fsdecode(argument) for argument in arguments]
            command = {"arguments": words, "folder": str(self.folder), "environment": self._environment}
            return Ended(**run_forked({**command, "largest": largest_file}, before, HANGS))
        done = subprocess.run(
            [sys.executable, "-m", "zhenggai_desktop.cli", *arguments], cwd=self.folder, env=self._environment,
            capture_output=True, stdin=subprocess.DEVNULL, timeout=HANGS, check=False,
        )  # fmt: skip
        return Ended(done.returncode, done.stdout.decode(), done.stderr.decode(), 0, 0)

    def refuses(self, *arguments: str | Path) -> str:
        """Run in this process what must be refused, and give the sentence."""
        return self._refused(lambda: self.here(*arguments))

    def refuses_apart(self, *arguments: str | bytes, **options: Any) -> str:
        """Run in a process of its own what must be refused, and give the sentence."""
        return self._refused(lambda: self.apart(*arguments, **options))

    def _refused(self, run: Callable[[], Ended]) -> str:
        before = state(self.folder)
        ended = run()
        assert_one_sentence(ended)
        assert state(self.folder) == before
        return ended.err.strip()


def assert_one_sentence(ended: Ended) -> None:
    assert (ended.code, ended.out) == (2, ""), ended.err
    assert ended.err.endswith("。\n")
    assert ended.err.count("。") == ended.err.count("\n") == 1
    assert "；" in ended.err, "what happened, and what to do"
    assert "程序内部出错" not in ended.err
    assert ended.err.strip().isprintable()
    assert_modest(ended)


def assert_calm(ended: Ended) -> None:
    """Done, with findings, or refused in one sentence."""
    assert ended.code in (0, 1) or assert_one_sentence(ended) is None


def assert_modest(ended: Ended) -> None:
    assert ended.seconds < MOST_SECONDS
    assert ended.peak < MOST_BYTES


@pytest.fixture(scope="session")
def ledger_bytes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A small ledger that an import made."""
    folder = tmp_path_factory.mktemp("ledger")
    source = folder / "公告.txt"
    source.write_text(NOTICE, encoding="utf-8")
    importing.import_into(folder / "台账.zgtz", importing.plan_source(source))
    return (folder / "台账.zgtz").read_bytes()


@pytest.fixture
def place(
    tmp_path: Path, root: Path, home: Path, ledger_bytes: bytes, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Place:  # fmt: skip
    monkeypatch.setenv("ZHENGGAI_HOME", str(home))
    folder = tmp_path / "现场"
    folder.mkdir()
    (folder / "台账.zgtz").write_bytes(ledger_bytes)
    (folder / "公告.txt").write_text("一、学习不够深入。\n（一）重业务轻党建。\n", encoding="utf-8")
    return Place(folder, root, home, capsys)


# --- sources


@pytest.mark.parametrize("name", BAD_SOURCES)
def test_a_source_that_cannot_be_read_is_refused(place: Place, name: str) -> None:
    content = BAD_SOURCES[name]()
    (place / name).write_bytes(content)
    sentence = place.refuses_apart("import", "新.zgtz", name)
    if len(content) < QUICK_BYTES:
        for command in (("import", "台账.zgtz", name), ("import", "新.zgtz", name, "--dry-run")):
            assert place.refuses(*command) == sentence
        place.refuses("proofread", name)


@pytest.mark.parametrize("name", STRANGE_SOURCES)
def test_a_strange_source_is_read_or_refused_and_what_is_read_can_be_written(place: Place, name: str) -> None:
    (place / name).write_bytes(STRANGE_SOURCES[name]())
    before = state(place.folder)
    ended = place.apart("import", "新.zgtz", name)
    assert_modest(ended)
    if ended.code == 2:
        assert_one_sentence(ended)
        assert state(place.folder) == before
        return
    assert (ended.code, ended.err) == (0, "")
    assert set(state(place.folder)) - set(before) == {"新.zgtz"}
    for command in (("export", "新.zgtz", "出.xlsx"), ("notice", "新.zgtz", "出.docx"), ("show", "新.zgtz", "--json")):
        ended = place.here(*command)
        assert (ended.code, ended.err) == (0, "")


def test_each_kind_of_bad_source_has_its_own_sentence(place: Place) -> None:
    kinds = (
        "空.docx", "图片.docx", "压缩包.docx", "演示.docx", "一半.docx", "加密.docx", "没有正文.docx", "没有文字.docx",
        "不是XML.docx", "外部实体.docx", "部件太多.docx", "炸弹.docx", "表格套表格.docx", "乱码.txt",
        "过大.txt", "一段太长.txt",
    )  # fmt: skip
    sentences: set[str] = set()
    for kind in kinds:
        (place / kind).write_bytes(BAD_SOURCES[kind]())
        sentences.add(place.refuses("import", "新.zgtz", kind).replace(kind, ""))
    assert len(sentences) == len(kinds)


def test_what_is_no_file_is_no_source(place: Place) -> None:
    (place / "文件夹.docx").mkdir()
    assert "找不到" in place.refuses_apart("import", "新.zgtz", "没有.docx")
    assert "文件夹" in place.refuses_apart("import", "新.zgtz", "文件夹.docx")
    for source in ("没有/这个/文件.docx", "公告.txt/里面.docx", "长" * 300 + ".docx", "", ".", "..", "没有.xlsx"):
        place.refuses("import", "新.zgtz", source)
        place.refuses("proofread", source)


@posix
def test_pipes_devices_and_rings_of_links_are_no_sources(place: Place) -> None:
    os.mkfifo(place / "管道.docx")
    os.mkfifo(place / "管道.xlsx")
    (place / "环一.docx").symlink_to("环二.docx")
    (place / "环二.docx").symlink_to("环一.docx")
    place.refuses_apart("import", "新.zgtz", "管道.docx")
    place.refuses_apart("import", "新.zgtz", "/dev/stdin")
    for source in ("管道.docx", "管道.xlsx", "/dev/zero", "/dev/null", "环一.docx"):
        place.refuses("import", "新.zgtz", source)
        place.refuses("proofread", source)
    for ledger in ("管道.docx", "/dev/zero", "/dev/null", "环一.docx"):
        place.refuses("show", ledger)
        place.refuses("import", ledger, "公告.txt")


@posix
def test_names_with_signs_that_a_terminal_obeys_are_told_without_them(place: Place) -> None:
    (place / "反\u202etxt.馈\x1b[2J.docx").write_bytes(b"")
    sentence = place.refuses_apart("import", "新.zgtz", "反\u202etxt.馈\x1b[2J.docx")
    assert "反�txt.馈�[2J.docx" in sentence
    (place / "好\u202e的\x1b[2J.txt").write_text("一、学习不够深入。\n", encoding="utf-8")
    ended = place.apart("import", "新.zgtz", "好\u202e的\x1b[2J.txt")
    assert (ended.code, ended.err) == (0, "")
    assert "好的[2J.txt" in ended.out


@posix
def test_names_that_are_no_text_are_read_and_not_written(place: Place) -> None:
    broken = b"\xff\xfe\xb2\xe2.txt"
    with contextlib.suppress(OSError):  # file systems that only hold UTF-8
        Path(os.fsdecode(os.fsencode(place.folder) + b"/" + broken)).write_text("一、学习。\n", encoding="utf-8")
    assert place.apart("import", "新.zgtz", broken, "--json").code == 0
    place.refuses_apart("new", b"\xff\xfe.zgtz")
    place.refuses_apart("export", "台账.zgtz", b"\xff\xfe.xlsx")


# --- ledgers


def sqlite_file(path: Path, **pragmas: int) -> None:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for name, value in pragmas.items():
            connection.execute(f"PRAGMA {name} = {value}")
        connection.execute("CREATE TABLE IF NOT EXISTS t (x)")


COMMANDS = (
    ("show", "{}"),
    ("export", "{}", "出.xlsx"),
    ("undo", "{}"),
    ("import", "{}", "公告.txt"),
    ("backup", "{}", "备份.zgtz"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_what_is_no_ledger_is_left_alone(place: Place, ledger_bytes: bytes, command: tuple[str, ...]) -> None:
    sqlite_file(place / "别人的.zgtz")
    sqlite_file(place / "冒充.zgtz", application_id=schema.APPLICATION_ID, user_version=schema.FORMAT_VERSION)
    (place / "更新.zgtz").write_bytes(ledger_bytes)
    sqlite_file(place / "更新.zgtz", user_version=9999)
    (place / "空.zgtz").write_bytes(b"")
    (place / "文字.zgtz").write_text("不是台账", encoding="utf-8")
    (place / "清零.zgtz").write_bytes(bytes(100) + ledger_bytes[100:])
    refuses = place.refuses_apart if command[0] == "undo" else place.refuses
    sentences = {
        name: refuses(*(part.format(f"{name}.zgtz") for part in command))
        for name in ("别人的", "冒充", "更新", "空", "文字", "清零")
    }
    assert "更新版本" in sentences["更新"]
    assert "不是整改台账" in sentences["别人的"]
    assert "损坏" in sentences["冒充"]


def cut(data: bytes, share: float) -> bytes:
    return data[: int(len(data) * share)]


def flipped(data: bytes, seed: int) -> bytes:
    """A few bits turned over, by a rule that is the same on every machine."""
    damaged = bytearray(data)
    for step in range(12):
        place = int.from_bytes(hashlib.sha256(f"{seed}/{step}".encode()).digest()[:4], "big") % len(data)
        damaged[place] ^= 1 << (step % 8)
    return bytes(damaged)


@pytest.mark.parametrize("share", [0.01, 0.1, 0.5, 0.9, 0.999])
def test_a_ledger_that_was_cut_off_is_never_written(place: Place, ledger_bytes: bytes, share: float) -> None:
    (place / "半.zgtz").write_bytes(cut(ledger_bytes, share))
    for command in COMMANDS[2:4]:
        place.refuses(*(part.format("半.zgtz") for part in command))


@pytest.mark.parametrize("seed", range(12))
def test_a_ledger_with_flipped_bits_is_read_refused_or_found_out(place: Place, ledger_bytes: bytes, seed: int) -> None:
    damaged = flipped(ledger_bytes, seed)
    (place / "坏.zgtz").write_bytes(damaged)
    for command in (("show",), ("show", "--json"), ("figures",), ("history",), ("check",)):
        assert_calm(place.here(command[0], "坏.zgtz", *command[1:]))
        assert (place / "坏.zgtz").read_bytes() == damaged
    assert_calm(place.here("undo", "坏.zgtz"))


@pytest.mark.parametrize("page", [1, 2, 5, 11, 30, 60, 90, 100])
def test_a_ledger_with_a_page_of_zeros_is_read_refused_or_found_out(
    place: Place, ledger_bytes: bytes, page: int
) -> None:
    damaged = ledger_bytes[: page * 4096] + bytes(4096) + ledger_bytes[(page + 1) * 4096 :]
    (place / "坏.zgtz").write_bytes(damaged)
    for command in ("show", "figures", "history", "check", "undo"):
        assert_calm(place.here(command, "坏.zgtz"))


WRITING = (("undo", "台账.zgtz"), ("import", "台账.zgtz", "公告.txt"))


def test_a_ledger_that_somebody_edits_is_not_written(place: Place) -> None:
    with Ledger.open(place / "台账.zgtz", who="王主任"):
        for command in WRITING:
            assert "王主任" in place.refuses_apart(*command)


@contextlib.contextmanager
def held_elsewhere(path: Path) -> Generator[None]:
    """Another process is in the middle of a transaction on the file, as a database browser may be."""
    program = f"""
import sqlite3
connection = sqlite3.connect({str(path)!r}, isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
input()
"""
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"held"
        yield
        holder.communicate(b"\n")


def test_a_ledger_that_another_program_holds_is_not_written(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_file, "_WAIT", 0.1)
    with held_elsewhere(place / "台账.zgtz"):
        for command in (*WRITING, ("show", "台账.zgtz"), ("export", "台账.zgtz", "出.xlsx")):
            assert "占用" in place.refuses(*command)


def test_a_ledger_with_the_rest_of_a_crash_beside_it_is_not_half_read(place: Place) -> None:
    (place / "台账.zgtz-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(600))
    for command in (("show", "台账.zgtz"), ("backup", "台账.zgtz", "备份.zgtz"), ("new", "台账.zgtz")):
        assert_calm(place.here(*command))


# --- places and targets

TARGETS = (
    ("export", "台账.zgtz", "{}.xlsx"),
    ("notice", "台账.zgtz", "{}.docx"),
    ("notice", "台账.zgtz", "{}.txt"),
    ("notice", "台账.zgtz", "{}.html"),
    ("proofread", "公告.txt", "--fix", "{}.docx"),
    ("backup", "台账.zgtz", "{}.zgtz"),
    ("new", "{}.zgtz"),
    ("import", "{}.zgtz", "公告.txt"),
)
NAMES = (
    "nul.备份", "COM1", "a<b", "a>b", "a:b", "a|b", "a?b", "a*b", 'a"b', "a\\b", "a\nb", "a\x1bb", "a\u202eb",
    "a\u200bb", "长" * 300, "没有/这里", "公告.txt/里面",
)  # fmt: skip


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: f"{target[0]} {target[-1]}")
def test_targets_with_names_that_cannot_be_are_refused(place: Place, target: tuple[str, ...]) -> None:
    place.refuses_apart(*(part.format("CON") for part in target))
    for name in NAMES if target is TARGETS[0] else NAMES[:: len(NAMES) // 4]:  # one piece looks at the names of all
        for path in (name, f"{place.folder}/{name}"):
            place.refuses(*(part.format(path) for part in target))


@pytest.mark.parametrize("name", ["出.xlsx.", "出.xlsx ", "出", ".", "..", "", "/", "出.docx/"])
def test_targets_that_are_no_names_are_refused(place: Place, name: str) -> None:
    place.refuses("export", "台账.zgtz", name)


@posix
@pytest.mark.parametrize("target", TARGETS, ids=lambda target: f"{target[0]} {target[-1]}")
def test_a_folder_a_pipe_or_a_ring_of_links_is_no_target(place: Place, target: tuple[str, ...]) -> None:
    suffix = target[-1].removeprefix("{}") if target[-1].startswith("{}") else ".zgtz"
    os.mkfifo(place / f"管道{suffix}")
    (place / f"环{suffix}").symlink_to(f"环{suffix}")
    (place / f"夹{suffix}").mkdir()
    for name in ("管道", "环", "夹"):
        if (target[0], name) != ("backup", "夹"):  # a backup may go into a folder, under its own name
            place.refuses(*(part.format(name) for part in target))


@contextlib.contextmanager
def file_system(folder: Path, options: str) -> Generator[None]:
    """A small file system in memory at ``folder``; the test is skipped where mounting is not allowed."""
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True, check=False
    )
    if not mounted or mounted.returncode:
        pytest.skip("mounting is not allowed here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=True)


@pytest.fixture
def full_disk(place: Place) -> Iterator[Path]:
    """A disk of one megabyte with a ledger on it and nothing free."""
    folder = place / "盘"
    folder.mkdir()
    with file_system(folder, "size=1m"):
        shutil.copy(place / "台账.zgtz", folder)
        fill(folder)
        yield folder


def fill(folder: Path, free: int = 0) -> None:
    """Leave ``free`` bytes."""
    filler = folder / "占满"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as stream:
        while stream.write(bytes(4096)):
            pass
    if free:
        os.truncate(filler, filler.stat().st_size - free)


@pytest.mark.parametrize("free", [0, 4096, 16384])
def test_a_full_disk_is_said_and_leaves_the_ledger_as_it_was(place: Place, full_disk: Path, free: int) -> None:
    if free:
        fill(full_disk, free)
    commands = [
        ("import", "盘/新.zgtz", "公告.txt"),
        ("new", "盘/新.zgtz"),
        ("backup", "台账.zgtz", "盘/备份.zgtz"),
    ]
    if not free:
        commands += [
            ("import", "盘/台账.zgtz", "公告.txt"),
            ("undo", "盘/台账.zgtz"),
            ("export", "台账.zgtz", "盘/出.xlsx"),
            ("notice", "台账.zgtz", "盘/出.docx"),
            ("notice", "台账.zgtz", "盘/出.txt"),
            ("notice", "台账.zgtz", "盘/出.html"),
            ("proofread", "公告.txt", "--fix", "盘/改.docx"),
        ]
    for command in commands:
        sentence = place.refuses_apart(*command) if command == commands[-1] else place.refuses(*command)
        assert "空间" in sentence or "磁盘" in sentence, sentence


def test_a_read_only_disk_is_read_and_not_written(place: Place) -> None:
    folder = place / "光盘"
    folder.mkdir()
    with file_system(folder, "size=1m"):
        shutil.copy(place / "台账.zgtz", folder)
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        assert place.here("show", "光盘/台账.zgtz").code == 0
        assert place.here("export", "光盘/台账.zgtz", "出.xlsx").code == 0
        for target in TARGETS:
            place.refuses(*(part.format("光盘/出") for part in target))
        for command in (("undo", "光盘/台账.zgtz"), ("import", "光盘/台账.zgtz", "公告.txt")):
            place.refuses_apart(*command)


@posix
def test_files_that_may_not_grow_are_left_as_they_were(place: Place) -> None:
    for command in (*WRITING, ("export", "台账.zgtz", "出.xlsx"), ("notice", "台账.zgtz", "出.docx")):
        place.refuses_apart(*command, largest_file=1024)


@posix
def test_a_folder_and_a_file_without_permission_are_read_and_not_written(place: Place) -> None:
    without_rights = ROOT_PRIVILEGES if os.geteuid() == 0 else ()
    if without_rights and not shutil.which("setpriv"):
        pytest.skip("root may write everywhere, and nothing takes that right away here")
    closed = place / "只读"
    closed.mkdir()
    shutil.copy(place / "台账.zgtz", closed)
    shutil.copy(place / "公告.txt", closed / "秘.txt")
    (closed / "秘.txt").chmod(0)
    closed.chmod(0o555)
    try:
        assert place.apart("show", "只读/台账.zgtz", before=without_rights).code == 0
        for target in TARGETS:
            refusal(place, tuple(part.format("只读/出") for part in target), without_rights)
        for command in (("undo", "只读/台账.zgtz"), ("import", "只读/台账.zgtz", "公告.txt")):
            refusal(place, command, without_rights)
        assert "权限" in refusal(place, ("import", "新.zgtz", "只读/秘.txt"), without_rights)
        (place / "台账.zgtz").chmod(0o444)
        for command in WRITING:
            refusal(place, command, without_rights)
        (place / "出.xlsx").write_bytes(b"")
        (place / "出.xlsx").chmod(0o444)
        assert "只读" in refusal(place, ("export", "台账.zgtz", "出.xlsx"), without_rights)
        (place / "台账.zgtz").chmod(0)
        refusal(place, ("show", "台账.zgtz"), without_rights)
    finally:
        closed.chmod(0o755)
        (place / "台账.zgtz").chmod(0o644)


def refusal(place: Place, command: tuple[str, ...], without_rights: tuple[str, ...]) -> str:
    return place.refuses_apart(*command, before=without_rights)


@pytest.mark.skipif(os.name != "nt", reason="only Windows lets a program keep others from a file")
def test_a_target_that_is_open_elsewhere_is_not_overwritten(place: Place) -> None:
    (place / "出.xlsx").write_bytes(b"old")
    with (place / "出.xlsx").open("rb"):
        before = (place / "出.xlsx").stat()
        ended = place.here("export", "台账.zgtz", "出.xlsx")
        assert_one_sentence(ended)
        assert (place / "出.xlsx").stat() == before


# --- schemes and words


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\x00", b"[" * 100_000, b"null", b'{"letter": 1e999}'])
def test_a_scheme_file_that_is_none_is_refused(place: Place, content: bytes) -> None:
    (place / "方案.json").write_bytes(content)
    place.refuses("notice", "台账.zgtz", "出.docx", "--scheme", "方案.json")
