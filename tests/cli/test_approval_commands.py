"""Opinions of reviewing bodies and comments of the public, from the outside."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest


@pytest.fixture
def submitted(zhenggai, ledger: Path, tmp_path: Path) -> Path:
    assert zhenggai("notice", ledger, tmp_path / "送审.docx", "--edition", "public_review").code == 0
    return ledger


def test_an_opinion_needs_a_draft_that_went_out_for_approval(zhenggai, ledger: Path) -> None:
    found = zhenggai("opinion", ledger, "--body", "区委组织部", "--text", "核对数字")
    assert found.code == 2
    assert "还没有导出过送审稿" in found.err
    assert "还没有登记会审意见" in zhenggai("opinion", ledger).out


def test_an_opinion_is_kept_and_stands_in_the_next_sheet(zhenggai, submitted: Path, tmp_path: Path) -> None:
    said = ("--body", "区委组织部", "--text", "第三条数字请核对", "--adopted", "yes", "--date", "2025-01-06")
    assert (
        "采纳  2025年1月6日  整改通报（社会公开稿送审稿）第1稿：第三条数字请核对"
        in zhenggai("opinion", submitted, *said).out
    )
    assert zhenggai("opinion", submitted, "--json").json == [
        {"body": "区委组织部", "text": "第三条数字请核对", "adopted": True, "given_on": "2025-01-06"}
    ]
    assert zhenggai("notice", submitted, tmp_path / "再审.docx", "--edition", "public_review").code == 0
    cells = [
        cell.text
        for table in docx.Document(str(tmp_path / "再审.docx")).tables
        for row in table.rows
        for cell in row.cells
    ]
    assert "第三条数字请核对（第1稿）" in cells
    assert "收到意见1条，采纳1条" in cells
    assert "第2稿" in cells


def test_comments_are_kept_with_who_answered_what_and_when(zhenggai, ledger: Path, tmp_path: Path) -> None:
    assert "尚未答复" in zhenggai("comment", ledger, "--text", "路灯不亮", "--date", "2025-02-01").out
    done = zhenggai(
        "comment", ledger, "--number", "1", "--answer", "已修好", "--by", "城建办", "--date", "2025-02-03", "--json"
    )
    assert done.json == [
        {
            "received_on": "2025-02-01",
            "text": "路灯不亮",
            "answered_by": "城建办",
            "answered_on": "2025-02-03",
            "answer": "已修好",
        }
    ]
    assert zhenggai("document", ledger, tmp_path / "办理.txt", "--kind", "comments").code == 0
    assert "2025年2月1日\t路灯不亮\t城建办\t2025年2月3日\t已修好" in (tmp_path / "办理.txt").read_text("utf-8")
    assert "登记群众意见的答复" in zhenggai("history", ledger).out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--answer", "已修好"), "--answer 要与 --number 一起使用"),
        (("--number", "3", "--answer", "已修好"), "没有第3条群众意见"),
        (("--number", "甲", "--answer", "已修好"), "没有第0条群众意见"),
        (("--text", "路灯", "--date", "昨天"), "不是一个日期"),
    ],
)
def test_what_cannot_be_kept_is_told(zhenggai, ledger: Path, arguments: tuple[str, ...], said: str) -> None:
    found = zhenggai("comment", ledger, *arguments)
    assert found.code == 2
    assert said in found.err
