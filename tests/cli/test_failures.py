"""Whatever a clerk, a disk or a file does wrong ends in one Chinese sentence, exit code 2 and nothing written."""

from __future__ import annotations

import io
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from zhenggai_desktop.cli import commands, main, streams, workbook_commands
from zhenggai_desktop.services.ledger import Ledger

Run = Any  # the fixtures of conftest

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"


def assert_one_sentence(outcome: Any) -> None:
    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err.count("\n") == 1
    assert outcome.err.endswith("。\n")
    assert "Traceback" not in outcome.err
    assert any("一" <= sign <= "鿿" for sign in outcome.err)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*")}


@pytest.fixture
def not_ledgers(tmp_path: Path, ledger: Path) -> dict[str, Path]:
    """Files and folders that are no ledger of ours, each broken in its own way."""
    made = {
        name: tmp_path / f"{name}.zgtz" for name in ("missing", "folder", "empty", "text", "foreign", "newer", "cut")
    }
    made["folder"].mkdir()
    made["empty"].write_bytes(b"")
    made["text"].write_text("不是台账", encoding="utf-8")
    with sqlite3.connect(made["foreign"]) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    made["newer"].write_bytes(ledger.read_bytes())
    with sqlite3.connect(made["newer"]) as connection:
        connection.execute("PRAGMA user_version = 9999")
    connection.close()
    content = ledger.read_bytes()
    made["cut"].write_bytes(content[: len(content) // 2])
    return made


@pytest.mark.parametrize("name", ["missing", "folder", "empty", "text", "foreign", "newer"])
@pytest.mark.parametrize(
    "command",
    [
        ("show", "{}"),
        ("show", "{}", "--json"),
        ("export", "{}", "出.xlsx"),
        ("notice", "{}", "出.docx"),
        ("figures", "{}"),
        ("undo", "{}"),
        ("redo", "{}"),
        ("history", "{}"),
        ("check", "{}"),
        ("backup", "{}", "备份.zgtz"),
    ],
)
def test_what_is_no_ledger_is_refused(
    zhenggai: Run, not_ledgers: dict[str, Path], tmp_path: Path, name: str, command: tuple[str, ...]
) -> None:
    before = names(tmp_path)
    assert_one_sentence(zhenggai(*(part.format(not_ledgers[name]) for part in command)))
    assert names(tmp_path) == before


def test_half_a_ledger_is_refused_or_found_out(zhenggai: Run, not_ledgers: dict[str, Path]) -> None:
    assert_one_sentence(zhenggai("undo", not_ledgers["cut"]))
    assert zhenggai("check", not_ledgers["cut"]).code in (1, 2)


@pytest.mark.parametrize("name", ["folder", "empty", "text", "foreign", "newer"])
def test_an_import_into_no_ledger_leaves_it_alone(
    zhenggai: Run, not_ledgers: dict[str, Path], notice: Path, tmp_path: Path, name: str
) -> None:
    before = names(tmp_path)
    target = not_ledgers[name]
    content = target.read_bytes() if target.is_file() else None
    assert_one_sentence(zhenggai("import", target, notice))
    assert names(tmp_path) == before
    assert content == (target.read_bytes() if target.is_file() else None)


@pytest.fixture
def not_sources(tmp_path: Path) -> dict[str, Path]:
    """Sources that cannot be read."""
    folder = tmp_path / "来源"
    folder.mkdir()
    made = {
        "missing.txt": None,
        "folder.docx": None,
        "empty.txt": b"",
        "empty.docx": b"",
        "picture.docx": PNG,
        "cut.docx": b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00",
        "picture.txt": PNG,
        "unknown.pdf": b"%PDF-1.7",
        "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    }
    for name, content in made.items():
        if content is not None:
            (folder / name).write_bytes(content)
    (folder / "folder.docx").mkdir()
    return {name: folder / name for name in made}


SOURCES = [
    "missing.txt", "folder.docx", "empty.txt", "empty.docx", "picture.docx", "cut.docx", "picture.txt", "unknown.pdf",
    "old.doc",
]  # fmt: skip


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("options", [(), ("--dry-run",), ("--json",)])
def test_a_source_that_cannot_be_read_makes_no_ledger(
    zhenggai: Run, not_sources: dict[str, Path], tmp_path: Path, name: str, options: tuple[str, ...]
) -> None:
    before = names(tmp_path)
    assert_one_sentence(zhenggai("import", "新.zgtz", not_sources[name], *options))
    assert names(tmp_path) == before


def test_a_truncated_word_file_is_refused(zhenggai: Run, ledger: Path, tmp_path: Path) -> None:
    zhenggai("notice", ledger, "稿.docx")
    content = (tmp_path / "稿.docx").read_bytes()
    (tmp_path / "半.docx").write_bytes(content[: len(content) * 2 // 3])
    assert_one_sentence(zhenggai("import", "新.zgtz", "半.docx"))
    assert not (tmp_path / "新.zgtz").exists()


@pytest.mark.parametrize(
    "command",
    [
        ("export", "{}", "没有/出.xlsx"),
        ("notice", "{}", "没有/出.docx"),
        ("notice", "{}", "没有/出.txt"),
        ("backup", "{}", "没有/备份.zgtz"),
        ("export", "{}", "出.csv"),
        ("export", "{}", "出"),
        ("notice", "{}", "出.pdf"),
        ("notice", "{}", "出.docx", "--scheme", "q"),
        ("notice", "{}", "出.docx", "--scheme", "公告.txt"),
        ("new", "{}"),
        ("new", "没有/新.zgtz"),
        ("new", "新.zgtz", "--feedback-date", "2024-02-30"),
        ("new", "新.zgtz", "--feedback-date", "去年"),
        ("import", "没有/新.zgtz", "公告.txt"),
        ("redo", "{}"),
    ],
)
def test_what_cannot_be_done_is_said(zhenggai: Run, ledger: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    before, content = names(tmp_path), ledger.read_bytes()
    assert_one_sentence(zhenggai(*(part.format(ledger) for part in command)))
    assert names(tmp_path) == before
    assert ledger.read_bytes() == content


def test_undo_without_a_step(zhenggai: Run) -> None:
    zhenggai("new", "甲.zgtz")
    assert_one_sentence(zhenggai("undo", "甲.zgtz"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "没有写要做什么"),
        (("frobnicate",), "没有“frobnicate”这个命令"),
        (("new",), "缺少台账"),
        (("import", "甲.zgtz"), "缺少来源"),
        (("show", "甲.zgtz", "--all"), "不认识“--all”"),
        (("show", "甲.zgtz", "--json=3"), "--json 后面不能写"),
        (("import", "甲.zgtz", "乙.txt", "--kind", "other"), "--kind 不能是“other”，只能是 auto、feedback、notice"),
        (("new", "甲.zgtz", "--unit"), "--unit 后面没有写内容"),
        (("--frobnicate",), "缺少"),
    ],
)
def test_wrong_use_is_said_in_chinese(zhenggai: Run, arguments: tuple[str, ...], words: str) -> None:
    done = zhenggai(*arguments)
    assert_one_sentence(done)
    assert words in done.err
    assert "--help" in done.err


def test_reading_works_while_the_window_holds_the_ledger(zhenggai: Run, ledger: Path, tmp_path: Path) -> None:
    with Ledger.open(ledger, who="窗口"):
        for command in (("show",), ("show", "--json"), ("history",), ("check",)):
            assert zhenggai(command[0], ledger, *command[1:]).code == 0
        assert zhenggai("export", ledger, "出.xlsx").code == 0
        assert zhenggai("notice", ledger, "出.docx").code == 0
        assert zhenggai("backup", ledger, "备份.zgtz").code == 0


def test_writing_is_refused_while_another_process_holds_the_ledger(child: Run, ledger: Path, notice: Path) -> None:
    with Ledger.open(ledger, who="窗口"):
        for command in (("undo", ledger), ("redo", ledger), ("import", ledger, notice)):
            assert_one_sentence(child(*command))


def test_a_bug_ends_in_a_sentence_and_a_log_without_a_word_of_the_ledger(
    zhenggai: Run, ledger: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> object:
        raise KeyError("耕地保护责任落实不严")

    monkeypatch.setenv("ZHENGGAI_HOME", str(home))
    monkeypatch.setattr(commands.showing, "ledger_values", broken)
    done = zhenggai("show", ledger)
    assert_one_sentence(done)
    log = home / "logs" / "zhenggai.log"
    assert str(log) in done.err
    text = log.read_text(encoding="utf-8")
    assert "KeyError" in text
    assert "in broken" in text
    assert "耕地" not in text + done.err


def test_a_refusal_of_the_system_is_said_in_chinese(
    zhenggai: Run, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> object:
        raise PermissionError(13, "Permission denied", str(ledger))

    monkeypatch.setattr(workbook_commands.exporting, "export_ledger", refused)
    done = zhenggai("export", ledger, "出.xlsx")
    assert_one_sentence(done)
    assert "没有读写权限" in done.err
    assert "Permission" not in done.err


def test_an_interruption_is_no_traceback(zhenggai: Run, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands.showing, "ledger_values", interrupted)
    assert_one_sentence(zhenggai("show", ledger))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gbk"])
def test_a_console_that_holds_chinese_keeps_its_encoding(child: Run, ledger: Path, encoding: str) -> None:
    assert "耕地保护责任落实不严" in child("show", ledger, PYTHONIOENCODING=encoding).out
    assert_one_sentence(child("show", "没有.zgtz", PYTHONIOENCODING=encoding))


@pytest.mark.parametrize("command", ["show", "figures", "history", "check"])
def test_no_output_uses_a_sign_that_a_chinese_console_lacks(zhenggai: Run, ledger: Path, command: str) -> None:
    printed = zhenggai(command, ledger).out
    assert printed.encode("gbk", errors="replace").decode("gbk") == printed


@pytest.mark.parametrize("arguments", [("--help",), ("import", "--help"), ("frobnicate",)])
def test_no_help_uses_a_sign_that_a_chinese_console_lacks(zhenggai: Run, arguments: tuple[str, ...]) -> None:
    done = zhenggai(*arguments)
    printed = done.out + done.err
    assert printed.encode("gbk", errors="replace").decode("gbk") == printed


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "gbk"])
def test_json_is_utf_8_whatever_the_console_speaks(root: Path, ledger: Path, encoding: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "zhenggai_desktop.cli", "show", str(ledger), "--json"],
        cwd=root,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=True,
    )
    assert "耕地保护责任落实不严" in done.stdout.decode("utf-8")


def test_a_console_without_chinese_gets_utf_8(root: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "zhenggai_desktop.cli", "show", str(tmp_path / "没有.zgtz")],
        cwd=root,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.decode("utf-8").strip().endswith("。")


def test_without_any_streams_the_exit_code_still_speaks(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["show", str(ledger)]) == 0
    assert main(["show", "没有.zgtz"]) == 2


@pytest.mark.skipif(os.name != "posix", reason="pipes of a shell")
@pytest.mark.parametrize("arguments", ["show {} --json", "--help", "history {}"])
def test_a_reader_that_stops_reading_is_no_failure(root: Path, ledger: Path, arguments: str) -> None:
    command = f"'{sys.executable}' -m zhenggai_desktop.cli {arguments.format(ledger)} | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], cwd=root, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("0\n", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_behind_the_output_is_said(root: Path, ledger: Path) -> None:
    command = f"'{sys.executable}' -m zhenggai_desktop.cli show '{ledger}' > /dev/full"
    done = subprocess.run(["bash", "-c", command], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "磁盘已满" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_stream_that_is_no_file_is_muted_quietly() -> None:
    stream = io.StringIO("还在")
    streams._mute(stream)
    assert stream.getvalue() == "还在"


def test_the_help_loads_nothing_heavy_and_opens_no_ledger_code(root: Path) -> None:
    program = (
        "import sys\n"
        "from zhenggai_desktop.cli import main\n"
        "main(['--help'])\n"
        "print(*(name for name in ('PySide6', 'docx', 'openpyxl', 'lxml', 'sqlite_utils', 'sqlite3',"
        " 'zhenggai_desktop.domain.records') if name in sys.modules), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert done.stderr.strip() == ""


def test_a_library_that_misses_its_own_parts_is_a_fault_of_the_program(
    zhenggai: Run, ledger: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not of a disk: such an error has no number, and advice on disks does not help."""

    def failing(*_arguments: object) -> None:
        raise OSError("Cannot load native module '_SHA1'")

    monkeypatch.setenv("ZHENGGAI_HOME", str(home))
    monkeypatch.setattr(commands.showing, "ledger_values", failing)
    outcome = zhenggai("show", ledger)
    assert_one_sentence(outcome)
    assert "程序内部出错" in outcome.err
    assert "None" not in outcome.err
