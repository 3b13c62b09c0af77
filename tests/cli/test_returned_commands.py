"""The way back on the command line: listed first, taken where it is said, told in sentences where it cannot be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest

Run = Any  # the fixtures of conftest


@pytest.fixture
def returned(zhenggai: Run, ledger: Path, tmp_path: Path) -> Path:
    """The exported notice with one measure reworded."""
    path = tmp_path / "稿.docx"
    assert zhenggai("notice", ledger, path).code == 0
    document = docx.Document(str(path))
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace("拆除违建7处", "拆除违建8处")
    document.save(str(path))
    return path


def test_changes_are_listed_and_nothing_is_written(zhenggai: Run, ledger: Path, returned: Path) -> None:
    before = ledger.read_bytes()
    done = zhenggai("returned", ledger, returned)
    assert done.code == 0
    assert done.out.splitlines()[0] == "稿.docx：整改通报（社会公开稿）第1稿，改写1处"
    assert "1. 改写 问题1-1 " in done.out
    assert "拆除违建[-7-]{+8+}处" in done.out
    assert "没有写任何内容" in done.out
    assert zhenggai("returned", ledger, returned, "--take", "all", "--dry-run").code == 0
    assert ledger.read_bytes() == before


@pytest.mark.parametrize("take", ["all", "1"])
def test_changes_are_taken_in_one_step(zhenggai: Run, ledger: Path, returned: Path, take: str) -> None:
    done = zhenggai("returned", ledger, returned, "--take", take, "--json").json
    assert done["taken"] == {"count": 1, "conflicts": []}
    assert (done["changes"][0]["kind"], done["changes"][0]["record"]["kind"]) == ("reworded", "issue")
    assert "拆除违建8处" in zhenggai("show", ledger).out
    assert zhenggai("undo", ledger).out == "已撤销：收入退回稿的修改（1处）\n"
    assert "拆除违建7处" in zhenggai("show", ledger).out


@pytest.mark.parametrize("take", ["甲", "1-3", "0", "7"])
def test_a_number_that_means_nothing_is_told(zhenggai: Run, ledger: Path, returned: Path, take: str) -> None:
    done = zhenggai("returned", ledger, returned, "--take", take)
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1


def test_a_file_from_elsewhere_is_told(zhenggai: Run, ledger: Path, returned: Path, notice: Path) -> None:
    returned.with_name("别的.txt").write_text("今天的会议研究了防汛工作。\n", encoding="utf-8")
    done = zhenggai("returned", ledger, "别的.txt")
    assert (done.code, done.err) == (
        2, "“别的.txt”不是从本台账导出的文稿，或已改得认不出来；请核对文件；要当作新的来源请用“导入”。\n",
    )  # fmt: skip


def test_what_was_published_is_compared(zhenggai: Run, ledger: Path, returned: Path) -> None:
    zhenggai("notice", ledger, "发布.docx", "--final")
    assert zhenggai("published", ledger, "发布.docx").out == "发布.docx 与整改通报（社会公开稿）发布稿一字不差。\n"
    done = zhenggai("published", ledger, returned)
    assert done.code == 1
    assert "有1处不同" in done.out
    values = zhenggai("published", ledger, returned, "--draft", "1", "--json").json
    assert (values["draft"]["number"], len(values["changes"])) == (1, 1)
