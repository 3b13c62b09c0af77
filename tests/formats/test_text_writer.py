"""The text of a document is its blocks, a line each."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhenggai_desktop.domain.blocks import Block, Cell, Document, Kind, Run, RunRole, Table, plain, table_block
from zhenggai_desktop.errors import TargetError
from zhenggai_desktop.formats.text_writer import as_text, write_text

NOTICE = Document(
    "关于巡察整改进展情况的通报",
    (
        plain(Kind.TITLE, "关于巡察整改\n进展情况的通报"),
        plain(Kind.HEADING, "一、总体情况", level=1),
        Block(Kind.PARAGRAPH, (Run("1. 针对学习不深的问题。", RunRole.HEADING), Run("一是补学。\x07")), level=3),
        plain(Kind.PARAGRAPH, ""),
        plain(Kind.PARAGRAPH, "  "),
        plain(Kind.DATE, "2025年3月5日"),
    ),
)


def test_each_block_is_a_line_and_no_line_is_blank() -> None:
    assert as_text(NOTICE) == (
        "关于巡察整改\n进展情况的通报\n一、总体情况\n1. 针对学习不深的问题。一是补学。\n2025年3月5日\n"
    )


def test_a_document_without_words_is_an_empty_text() -> None:
    assert as_text(Document("", ())) == ""


def test_the_file_is_utf_8_without_mark_and_with_line_feeds(tmp_path: Path) -> None:
    write_text(NOTICE, tmp_path / "通报.txt")
    assert (tmp_path / "通报.txt").read_bytes() == as_text(NOTICE).encode("utf-8")


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(TargetError):
        write_text(NOTICE, tmp_path / "无" / "通报.txt")


def test_words_of_a_table_stay_in_their_columns() -> None:
    rows = ((Cell("方面", head=True), Cell("问题", head=True), Cell("时限", head=True)),
            (Cell("作风", rows=2), Cell("甲\n乙"), Cell("")), (None, Cell("丙"), Cell("年底前")),
            (Cell("说明", columns=3), None, None))  # fmt: skip
    table = table_block(Table((1.0, 1.0, 1.0), rows))
    assert as_text(Document("", (table,))) == "方面\t问题\t时限\n作风\t甲 乙\t\n\t丙\t年底前\n说明\n"
