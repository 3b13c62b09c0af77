"""The program at work in a process of its own, until it is killed: says each thing it did once it is told saved."""

from __future__ import annotations

import itertools
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from zhenggai_desktop.cli import main
from zhenggai_desktop.domain.records import Evidence, Issue, Section
from zhenggai_desktop.durable import sync_folder
from zhenggai_desktop.errors import ZhenggaiError
from zhenggai_desktop.services import backups
from zhenggai_desktop.services.ledger import Ledger


def say(words: str) -> None:
    sys.__stdout__.write(words + "\n")  # pyright: ignore[reportOptionalMemberAccess]
    sys.__stdout__.flush()  # pyright: ignore[reportOptionalMemberAccess]


def edits(folder: Path) -> None:
    """A title that counts, and a second record in the same step: both or none."""
    with Ledger.open(folder / "台账.zgtz", backups=folder / "备份") as ledger:
        say("ready")
        for number in itertools.count(1):
            with ledger.step(f"改{number}") as writer:
                writer.update(Issue, 1, title=f"第{number}步", original_text="原文。" * (number % 700))
                writer.update(Section, 1, note=f"第{number}步")
            say(f"step {number}")


def evidence(folder: Path) -> None:
    with Ledger.open(folder / "台账.zgtz", backups=folder / "备份") as ledger:
        say("ready")
        for number in itertools.count(1):
            kept = ledger.evidence_folder.keep(folder / "来源.txt")
            with ledger.step("添加佐证材料") as writer:
                name, digest = kept.file_name, kept.sha256
                writer.add(Evidence(uid=kept.uid, title="材料", file_name=name, sha256=digest, size=kept.size))
            say(f"evidence {number}")


def take_backups(folder: Path) -> None:
    path = folder / "台账.zgtz"
    say("ready")
    for number in itertools.count(1):
        taken = backups.back_up(path, folder / "备份", "手动")
        assert taken is not None
        say(f"backup {taken.number}")
        with Ledger.open(path) as ledger, ledger.step("改") as writer:
            writer.update(Issue, 1, note=str(number))


def exports(folder: Path) -> None:
    say("ready")
    for number in itertools.count(1):
        for name, command in (("表.xlsx", "export"), ("通报.docx", "notice")):
            done(command, folder / "台账.zgtz", folder / name)
            say(f"export {number}")


def imports(folder: Path) -> None:
    say("ready")
    for number in itertools.count(1):
        done("import", folder / f"新{number}.zgtz", folder / "通报.txt")
        say(f"import {number}")


def merges(folder: Path) -> None:
    say("ready")
    for number in itertools.count(1):
        with Ledger.open(folder / "副本.zgtz") as other, other.step("改") as writer:
            writer.update(Issue, 1, title=f"第{number}次")
            writer.update(Section, 1, note=f"第{number}次")
        done("merge", folder / "台账.zgtz", folder / "副本.zgtz", "--prefer", "theirs")
        say(f"merge {number}")


def migrations(folder: Path) -> None:
    say("ready")
    for number in itertools.count(1):
        path = folder / f"旧{number}.zgtz"
        try:
            shutil.copyfile(folder / "旧格式.zgtz", folder / "准备.tmp")
            sync_file(folder / "准备.tmp")
            (folder / "准备.tmp").rename(path)
            sync_folder(folder)
        except OSError as error:  # the scene's own preparing, not the program's work
            raise ZhenggaiError("nothing to migrate") from error
        Ledger.open(path, backups=folder / "备份").close()
        say(f"migration {number}")


def sync_file(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def window(scene: str) -> Callable[[Path], None]:
    """The same through the window; Qt is loaded for it alone."""

    def run(folder: Path) -> None:
        import window_scenes

        getattr(window_scenes, scene)(folder, say)

    return run


def done(*arguments: str | Path) -> None:
    """A command of the command line; one that refused is told so by its exit code."""
    if main([str(argument) for argument in arguments]) != 0:
        raise ZhenggaiError("refused")


SCENES: dict[str, Callable[[Path], None]] = {
    "edits": edits,
    "evidence": evidence,
    "backups": take_backups,
    "exports": exports,
    "imports": imports,
    "merges": merges,
    "migrations": migrations,
    **{f"window {scene}": window(scene) for scene in ("edits", "evidence", "imports", "merges", "backups")},
}


def play(scene: str, folder: Path) -> int:
    """Do a scene's work until the end; gives the exit code."""
    try:
        SCENES[scene](folder)
    except ZhenggaiError as error:
        say(f"refused {error}")
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(play(sys.argv[1], Path(sys.argv[2])))
