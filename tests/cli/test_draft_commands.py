"""Exports are registered; the register is listed and its drafts compared, for people and for programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from zhenggai_desktop.domain.records import Measure
from zhenggai_desktop.services.ledger import Ledger

Run = Any  # the fixtures of conftest


def test_an_export_says_as_which_draft_it_is_registered(zhenggai: Run, ledger: Path) -> None:
    assert "还没有导出过" in zhenggai("drafts", ledger).out
    assert "已登记为整改通报（社会公开稿）第1稿。" in zhenggai("notice", ledger, "一.docx").out
    assert "已登记为整改通报（社会公开稿）第2稿。" in zhenggai("notice", ledger, "二.docx").out
    assert "发布稿。" in zhenggai("notice", ledger, "三.docx", "--final", "--edition", "internal").out
    values = zhenggai("drafts", ledger, "--json").json
    assert [(one["number"], one["version"], one["edition"], one["file"]) for one in values] == [
        (1, "第1稿", "public", "一.docx"), (2, "第2稿", "public", "二.docx"), (3, "发布稿", "internal", "三.docx"),
    ]  # fmt: skip
    assert len({one["draft_id"] for one in values}) == 3
    assert zhenggai("drafts", ledger).out.splitlines()[1].startswith("2  整改通报（社会公开稿）第2稿  20")


def test_a_ledger_that_is_being_written_exports_without_register(zhenggai: Run, ledger: Path, tmp_path: Path) -> None:
    with Ledger.open(ledger):
        done = zhenggai("notice", ledger, "一.docx")
    assert (done.code, (tmp_path / "一.docx").exists()) == (0, True)
    assert "没有登记" in done.out
    assert zhenggai("drafts", ledger, "--json").json == []


def test_two_drafts_and_the_ledger_now(zhenggai: Run, ledger: Path) -> None:
    zhenggai("notice", ledger, "一.docx")
    with Ledger.open(ledger) as opened, opened.step("修改整改进展") as writer:
        writer.update(Measure, 1, progress="拆除违建九处。")
    zhenggai("notice", ledger, "二.docx")
    done = zhenggai("compare", ledger, "1", "2")
    assert done.out.splitlines()[0] == "整改通报（社会公开稿）第1稿 → 整改通报（社会公开稿）第2稿：1处不同"
    assert "改写  第" in done.out
    assert "拆除违建[-7-]{+九+}处" in done.out
    (change,) = zhenggai("compare", ledger, "1", "--json").json["changes"]
    assert (change["kind"], "违建7处" in change["before"], "违建九处" in change["after"]) == ("reworded", True, True)
    assert zhenggai("compare", ledger, "2").out == "整改通报（社会公开稿）第2稿 → 台账现状：没有不同\n"


def test_a_draft_that_is_not_there_is_told(zhenggai: Run, ledger: Path) -> None:
    done = zhenggai("compare", ledger, "3")
    assert (done.code, done.out) == (2, "")
    assert done.err == "文稿登记里没有第3份；导出一次通报即有登记。\n"
