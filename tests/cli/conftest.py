"""Runs the command line in this process (``zhenggai``) and in a process of its own (``child``)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from zhenggai_desktop.cli import main

NOTICE = """柳林镇党委关于巡察反馈意见整改落实情况的公告

根据区委统一部署，2023年9月4日至11月10日，区委第五巡察组对我镇进行了巡察。2024年1月15日，向我镇反馈了巡察意见。现将整改落实情况公布如下。

一、主要做法

成立由镇党委书记任组长的整改工作领导小组，制定整改方案。

二、反馈意见整改落实情况

反馈意见共指出2个方面3个问题，均已完成整改。

（一）落实上级决策部署方面

问题一：耕地保护责任落实不严。

整改措施及成效：一是拆除违建7处。二是与14个村签订责任书。

问题二：人居环境整治标准不高。

整改措施及成效：新建垃圾分类点22处，每月组织一次评比。

（二）全面从严治党方面

问题三：集体资金管理混乱。

整改措施及成效：一是清理往来款项。二是推行村账镇管。

三、下一步打算

巩固整改成果。

欢迎广大干部群众对整改落实情况进行监督。联系电话：0000-1234567；电子邮箱：liulin@example.com。

中共清河区柳林镇委员会

2024年11月8日
"""


@dataclass(frozen=True)
class Outcome:
    """What a run of the command line left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Outcome]


@pytest.fixture
def zhenggai(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in this process, inside the test's folder."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | Path) -> Outcome:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        return Outcome(code, *capsys.readouterr())

    return run


@pytest.fixture
def child(root: Path, tmp_path: Path) -> Run:
    """Runs a command in its own process; ``environment`` is added to what the test has."""

    def run(*arguments: str | Path, **environment: str) -> Outcome:
        done = subprocess.run(
            [sys.executable, "-m", "zhenggai_desktop.cli", *map(str, arguments)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(root), **environment},
            capture_output=True,
            check=False,
        )
        encoding = environment.get("PYTHONIOENCODING", "utf-8")
        return Outcome(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))

    return run


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    """A small notice of scheme e."""
    path = tmp_path / "公告.txt"
    path.write_text(NOTICE, encoding="utf-8")
    return path


@pytest.fixture
def ledger(zhenggai: Run, notice: Path, tmp_path: Path) -> Path:
    """A ledger that holds the notice."""
    path = tmp_path / "台账.zgtz"
    assert zhenggai("import", path, notice).code == 0
    return path
