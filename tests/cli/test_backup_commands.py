"""Backups by the command line: taken, listed, restored."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from builders import a_ledger, a_tree

from zhenggai_desktop.domain.records import Evidence, Issue
from zhenggai_desktop.services.ledger import Ledger

Run = Any  # the fixture of conftest


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    with a_ledger(tmp_path, *a_tree()) as ledger:
        return ledger.path


def title_of(path: Path) -> str:
    with Ledger.open(path, read_only=True) as ledger:
        return next(issue.title for issue in ledger.snapshot.issues if issue.id == 1)


def rename(path: Path, title: str) -> None:
    with Ledger.open(path) as ledger, ledger.step("改名") as writer:
        writer.update(Issue, 1, title=title)


def test_a_backup_without_a_place_is_numbered_and_lies_in_the_users_folder(
    zhenggai: Run, ledger: Path, home: Path
) -> None:
    done = zhenggai("backup", ledger)
    assert (done.code, done.out[:4]) == (0, "已备份到")
    (values,) = zhenggai("backups", ledger, "--json").json
    assert (values["number"], values["reason"]) == (1, "手动")
    assert Path(values["path"]).is_relative_to(home)
    assert "备份 1 份" in zhenggai("backups", ledger).out


def test_restoring_says_before_what_it_changes_and_keeps_what_was(zhenggai: Run, ledger: Path) -> None:
    old = title_of(ledger)
    zhenggai("backup", ledger)
    rename(ledger, "改过")
    preview = zhenggai("restore", ledger, "--dry-run").out
    assert "问题：改回1条" in preview
    assert f"改回“{old}”" in preview
    assert title_of(ledger) == "改过"
    done = zhenggai("restore", ledger, "1")
    assert done.code == 0
    assert title_of(ledger) == old
    assert [one["reason"] for one in zhenggai("backups", ledger, "--json").json] == ["恢复前", "手动"]
    zhenggai("restore", ledger, "2")
    assert title_of(ledger) == "改过"


def test_a_backup_can_be_restored_as_another_ledger(zhenggai: Run, ledger: Path, tmp_path: Path) -> None:
    zhenggai("backup", ledger, "--backups", tmp_path / "处")
    assert zhenggai("restore", ledger, "--to", "旧.zgtz", "--backups", tmp_path / "处").code == 0
    assert title_of(tmp_path / "旧.zgtz") == title_of(ledger)


def test_a_backup_of_a_copy_is_said_and_not_taken_for_the_newest(zhenggai: Run, ledger: Path, tmp_path: Path) -> None:
    old = title_of(ledger)
    zhenggai("backup", ledger)
    copy = tmp_path / "副本.zgtz"
    shutil.copyfile(ledger, copy)
    rename(copy, "副本里的")
    zhenggai("backup", copy)
    assert [one["ledger"] for one in zhenggai("backups", ledger, "--json").json] == [str(copy), str(ledger)]
    listed = zhenggai("backups", ledger).out.splitlines()
    assert listed[1].endswith(f"来自 {copy}")
    assert "来自" not in listed[2]
    assert f"来自 {copy}" in zhenggai("restore", ledger, "2", "--dry-run").out
    rename(ledger, "改过")
    assert zhenggai("restore", ledger).out.startswith("已恢复第1份备份")
    assert title_of(ledger) == old


def test_no_backup_is_said(zhenggai: Run, ledger: Path) -> None:
    assert zhenggai("backups", ledger).out == "还没有备份。\n"
    failed = zhenggai("restore", ledger)
    assert failed.code == 2
    assert "没有找到" in failed.err


def test_a_damaged_ledger_is_said_and_rescued(zhenggai: Run, ledger: Path) -> None:
    old = title_of(ledger)
    damaged = bytes(100) + ledger.read_bytes()[100:]
    ledger.write_bytes(damaged)
    assert "已经损坏" in zhenggai("check", ledger).err
    done = zhenggai("repair", ledger)
    assert done.code == 0
    assert "原文件没有改动" in done.out
    assert "没有发现丢失的内容" in done.out
    assert title_of(ledger.with_name("台账-修复.zgtz")) == old
    assert zhenggai("check", "台账-修复.zgtz").code == 0
    assert ledger.read_bytes() == damaged


def test_wrong_order_numbers_are_found_and_mended(zhenggai: Run, ledger: Path) -> None:
    connection = sqlite3.connect(ledger)
    with connection:
        connection.execute("UPDATE issues SET position = 7 WHERE id = 1")
    connection.close()
    assert zhenggai("check", ledger).code == 1
    assert "重新编排了" in zhenggai("repair", ledger, "好.zgtz").out
    assert zhenggai("check", "好.zgtz").code == 0


def test_a_measure_that_lost_its_issue_is_named_by_the_check_and_rescued(
    zhenggai: Run, ledger: Path, tmp_path: Path
) -> None:
    connection = sqlite3.connect(ledger)
    with connection:
        connection.execute("UPDATE measures SET issue_id = 99 WHERE id = 1")
    connection.close()
    checked = zhenggai("check", ledger)
    assert checked.code == 1
    assert "整改措施（编号1）所属的问题已经不存在。" in checked.out
    refused = zhenggai("export", ledger, tmp_path / "出.xlsx")
    assert refused.code == 2
    assert "抢救到新台账" in refused.err
    assert not (tmp_path / "出.xlsx").exists()
    assert "补了一个代替的问题：1条" in zhenggai("repair", ledger, "好.zgtz").out
    assert zhenggai("export", "好.zgtz", tmp_path / "出.xlsx").code == 0


def test_a_merge_leaves_a_backup(zhenggai: Run, ledger: Path, tmp_path: Path) -> None:
    zhenggai("backup", ledger, tmp_path / "副本.zgtz")
    rename(tmp_path / "副本.zgtz", "别处改的")
    assert zhenggai("merge", ledger, tmp_path / "副本.zgtz").code == 0
    assert title_of(ledger) == "别处改的"
    assert [one["reason"] for one in zhenggai("backups", ledger, "--json").json] == ["合并前"]


@pytest.mark.parametrize(
    "command", [("new", "台账"), ("import", "台账.xlsx", "来源.txt"), ("backup", "台账.zgtz", "备份夹"),
                ("repair", "台账.zgtz", "好.docx"), ("restore", "台账.zgtz", "--to", "旧")],
)  # fmt: skip
def test_no_ledger_is_made_under_a_name_that_nobody_can_open(
    zhenggai: Run, ledger: Path, command: tuple[str, ...]
) -> None:
    ledger.with_name("来源.txt").write_text("一、党的建设方面\n1. 学习不深入。\n", "utf-8")
    zhenggai("backup", ledger)
    before = sorted(ledger.parent.iterdir())
    done = zhenggai(*command)
    assert done.code == 2
    assert "请把文件名写成以 .zgtz 结尾" in done.err
    assert sorted(ledger.parent.iterdir()) == before


def test_a_backup_elsewhere_names_the_evidence_that_it_lacks(zhenggai: Run, ledger: Path, tmp_path: Path) -> None:
    with Ledger.open(ledger) as opened, opened.step("添加佐证材料") as writer:
        writer.add(Evidence(title="照片", file_name="照片_12345678.jpg", sha256="1" * 64, size=3))
    (tmp_path / "优盘").mkdir()
    done = zhenggai("backup", ledger, tmp_path / "优盘")
    assert done.code == 0
    assert "没有找到文件的佐证材料（1）：\n  照片" in done.out
