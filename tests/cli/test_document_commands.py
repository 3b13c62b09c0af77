"""The commands that write documents, from the outside."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest

from zhenggai_desktop.services.documents import KINDS


def paragraphs(path: Path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


@pytest.mark.parametrize("kind", KINDS)
def test_every_document_is_written_as_word(zhenggai, ledger: Path, tmp_path: Path, kind: str) -> None:
    found = zhenggai("document", ledger, tmp_path / "文书.docx", "--kind", kind)
    assert (found.code, found.err) == (0, "")
    assert "已导出" in found.out
    assert paragraphs(tmp_path / "文书.docx")


def test_a_document_is_written_as_text_and_html_too(zhenggai, ledger: Path, tmp_path: Path) -> None:
    for name in ("表.txt", "表.html"):
        assert zhenggai("document", ledger, tmp_path / name, "--kind", "statistics").code == 0
    assert "\t已完成\t" in (tmp_path / "表.txt").read_text("utf-8")
    assert "<th>已完成</th>" in (tmp_path / "表.html").read_text("utf-8")


def test_a_template_is_saved_changed_and_used(zhenggai, ledger: Path, tmp_path: Path) -> None:
    own = tmp_path / "我的方案.json"
    assert zhenggai("document", ledger, own, "--kind", "plan").code == 0
    values = json.loads(own.read_text("utf-8"))
    values["blocks"] = [{"kind": "title", "text": "自拟方案"}, *values["blocks"][1:3]]
    own.write_text(json.dumps(values), "utf-8")
    assert zhenggai("document", ledger, tmp_path / "方案.docx", "--kind", own).code == 0
    assert paragraphs(tmp_path / "方案.docx")[0] == "自拟方案"


def test_an_unknown_kind_and_a_broken_template_are_told(zhenggai, ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "坏.json").write_text("{", "utf-8")
    for kind, said in (("poem", "没有“poem”这种文书"), ("坏.json", "不是有效的 JSON")):
        found = zhenggai("document", ledger, tmp_path / "文书.docx", "--kind", kind)
        assert found.code == 2
        assert said in found.err
        assert not (tmp_path / "文书.docx").exists()


def test_a_draft_for_approval_has_the_sheet_in_front(zhenggai, ledger: Path, tmp_path: Path) -> None:
    assert zhenggai("notice", ledger, tmp_path / "送审.docx", "--edition", "public_review").code == 0
    document = docx.Document(str(tmp_path / "送审.docx"))
    assert document.paragraphs[0].text.replace("\n", "").endswith("社会公开稿送审单")
    sheet = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "第1稿" in sheet
    assert sum(paragraph.style.style_id == "Title" for paragraph in document.paragraphs) == 2


def test_a_layout_is_saved_and_used(zhenggai, ledger: Path, tmp_path: Path) -> None:
    assert zhenggai("layout", tmp_path / "版式.json", "--line", "28", "--fonts", "plain", "--bold").code == 0
    assert zhenggai("notice", ledger, tmp_path / "通报.docx", "--layout", tmp_path / "版式.json").code == 0
    styles = docx.Document(str(tmp_path / "通报.docx")).styles
    assert styles["Normal"].paragraph_format.line_spacing.pt == 28
    assert styles["Heading 2"].font.bold
    assert zhenggai("layout", tmp_path / "模板.docx", "--layout", tmp_path / "版式.json").code == 0
    found = zhenggai("notice", ledger, tmp_path / "另.docx", "--template", tmp_path / "模板.docx")
    assert found.code == 0
    assert docx.Document(str(tmp_path / "另.docx")).styles["Normal"].paragraph_format.line_spacing.pt == 28


def test_fonts_that_are_missing_are_told_and_substituted_when_asked(
    zhenggai,
    ledger: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("zhenggai_desktop.services.fonts.installed_fonts", lambda: frozenset({"宋体", "仿宋"}))
    kept = zhenggai("notice", ledger, tmp_path / "照写.docx")
    assert "仿宋_GB2312（仿宋）" in kept.out
    assert "文件仍按规定写明字体" in kept.out
    changed = zhenggai("notice", ledger, tmp_path / "改写.docx", "--substitute")
    assert "已改用括号中的字体" in changed.out
    fonts = [
        docx.Document(str(tmp_path / name)).styles["Normal"].element.rPr.rFonts.get(docx.oxml.ns.qn("w:eastAsia"))
        for name in ("照写.docx", "改写.docx")
    ]
    assert fonts == ["仿宋_GB2312", "仿宋"]


def test_an_unknown_layout_is_told(zhenggai, ledger: Path, tmp_path: Path) -> None:
    found = zhenggai("notice", ledger, tmp_path / "通报.docx", "--layout", "宽松")
    assert found.code == 2
    assert "没有名为“宽松”的版式" in found.err
