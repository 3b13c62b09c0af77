"""``proofread`` tells what it finds, and writes comments, lists and mended texts beside it."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest

from zhenggai_desktop.cli import main

TEXT = "区委第二巡察组反馈后，截止目前已清退资金3万元，其中补贴2万元、津贴1.5万元，建立台帐6本。"


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    document = docx.Document()
    document.add_paragraph(TEXT)
    document.save(str(tmp_path / "稿.docx"))
    return tmp_path / "稿.docx"


def test_errors_give_exit_code_1(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["proofread", str(draft), "--json"]) == 1
    values = json.loads(capsys.readouterr().out)
    assert [finding["code"] for finding in values["findings"]] == ["wrong-word", "exceeding-parts", "wrong-word"]
    assert (values["errors"], values["waived"]) == (1, [])


def test_all_that_is_asked_for_is_written(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fixed, commented, listed = (draft.with_name(name) for name in ("改.txt", "批.docx", "单.xlsx"))
    options = ["--fix", str(fixed), "--comments", str(commented), "--report", str(listed)]
    assert main(["proofread", str(draft), *options]) == 1
    out = capsys.readouterr().out
    assert "已改正 2 处" in out
    assert "已加 3 条批注" in out
    assert "截至目前" in fixed.read_text("utf-8")
    assert len(list(docx.Document(str(commented)).comments)) == 3
    assert listed.exists()


def test_comments_need_a_word_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "稿.txt").write_text(TEXT, "utf-8")
    assert main(["proofread", str(tmp_path / "稿.txt"), "--comments", str(tmp_path / "批.docx")]) == 2
    assert "不是Word文件" in capsys.readouterr().err


def test_a_notice_that_is_exported_names_its_open_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = tmp_path / "台账.zgtz"
    assert main(["new", str(ledger), "--unit", "云溪街道党工委"]) == 0
    assert main(["notice", str(ledger), str(tmp_path / "通报.txt")]) == 0
    out = capsys.readouterr().out
    assert "已导出整改通报" in out
    assert "处错误还没有处理" in out
