"""The main job on the bundled source."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from zhenggai_desktop.errors import TargetError
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.sample import make_sample

SOURCE = Path("samples") / "示例整改通报.txt"


def test_makes_a_ledger_a_workbook_and_a_notice_that_open(resources: Path, tmp_path: Path) -> None:
    files = make_sample(resources / SOURCE, tmp_path / "示例 文件夹")
    assert any(paragraph.text.startswith("一、") for paragraph in Document(str(files.notice)).paragraphs)
    assert load_workbook(files.workbook).worksheets[0].max_row > 10
    with Ledger.open(files.ledger) as ledger:
        assert len(ledger.snapshot.sections) == 3


def test_a_second_run_keeps_the_ledger(resources: Path, tmp_path: Path) -> None:
    first = make_sample(resources / SOURCE, tmp_path)
    with Ledger.open(first.ledger) as ledger:
        before = ledger.snapshot
    assert make_sample(resources / SOURCE, tmp_path) == first
    with Ledger.open(first.ledger) as ledger:
        assert ledger.snapshot == before


def test_a_folder_that_cannot_be_made_gives_a_sentence(resources: Path, tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("", "utf-8")
    with pytest.raises(TargetError, match="无法建立文件夹"):
        make_sample(resources / SOURCE, tmp_path / "文件" / "下面")
