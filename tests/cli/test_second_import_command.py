"""A second source from the command line: shown first, taken when asked for, undone in one step."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

Run = Any  # the fixture of conftest

FIRST = (
    "关于巡察某镇的反馈意见\n一、主要问题\n（一）党的领导方面\n1.理论学习不够深入\n2.重大决策把关不严\n3.财务管理不规范"
)
SECOND = FIRST.replace("理论学习不够深入", "理论学习仍不够深入").replace("2.重大决策把关不严\n3.", "2.")


@pytest.fixture
def sources(tmp_path: Path) -> tuple[Path, Path]:
    first, second = tmp_path / "反馈.txt", tmp_path / "更正.txt"
    first.write_text(FIRST, "utf-8")
    second.write_text(SECOND, "utf-8")
    return first, second


def titles(zhenggai: Run) -> list[str]:
    return [issue["title"] for issue in zhenggai("show", "甲.zgtz", "--json").json["sections"][0]["issues"]]


def test_a_corrected_source_is_shown_before_it_is_taken(zhenggai: Run, sources: tuple[Path, Path]) -> None:
    first, second = sources
    zhenggai("import", "甲.zgtz", first)
    before = titles(zhenggai)
    shown = zhenggai("import", "甲.zgtz", second, "--update", "--remove-gone", "--dry-run")
    assert "与台账不同，按来源修改（1）" in shown.out
    assert "台账有而来源没有，从台账删除（1）" in shown.out
    assert titles(zhenggai) == before
    values = zhenggai("import", "甲.zgtz", second, "--json").json
    assert [line["text"] for line in values["gone"]] == ["1-2 重大决策把关不严"]
    assert (values["changes_taken"], values["gone_removed"]) == (False, False)
    assert titles(zhenggai) == before
    zhenggai("import", "甲.zgtz", second, "--update", "--remove-gone")
    assert titles(zhenggai) == ["理论学习仍不够深入", "财务管理不规范"]
    zhenggai("undo", "甲.zgtz")
    assert titles(zhenggai) == before


def test_removing_alone_is_refused(zhenggai: Run, sources: tuple[Path, Path]) -> None:
    done = zhenggai("import", "甲.zgtz", sources[0], "--remove-gone")
    assert (done.code, done.out) == (2, "")
    assert "要与 --update 一起使用" in done.err
