"""Layouts chosen by name or file, adjusted, and kept; a template that an office restyled is used."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import docx
import pytest
from builders import a_snapshot, a_tree

from zhenggai_desktop.domain.layout import GUOBIAO
from zhenggai_desktop.domain.records import LedgerFacts
from zhenggai_desktop.errors import SourceMissingError, UsageError
from zhenggai_desktop.services.exporting import export_notice
from zhenggai_desktop.services.layouts import adjusted, chosen_profile, load_layout, save_layout


def test_a_layout_is_chosen_by_name_by_file_or_by_the_ledger(tmp_path: Path) -> None:
    own = adjusted(GUOBIAO, line="28", digits="roman", seal=True, name="本街道")
    save_layout(own, tmp_path / "本街道.json")
    assert chosen_profile(str(tmp_path / "本街道.json"), LedgerFacts()) == own
    assert chosen_profile("行距 28 磅", LedgerFacts()).line_pitch == 560
    assert chosen_profile("", LedgerFacts(layout_profile="行距 30 磅")).line_pitch == 600
    assert chosen_profile("", LedgerFacts(), template="样式.docx") == replace(GUOBIAO, template="样式.docx")


def test_the_choices_of_offices_are_put_together() -> None:
    own = adjusted(GUOBIAO, line="30", fonts="plain", digits="roman", bold=True, seal=True)
    assert (own.line_pitch, own.bold_heading_2, own.sealed) == (600, True, True)
    assert (own.fonts.body, own.fonts.digits) == ("仿宋", "Times New Roman")
    assert adjusted(own) == own
    assert adjusted(own, digits="body", bold=False).fonts.digits == ""


@pytest.mark.parametrize("line", ["宽", "5", "1000", "nan"])
def test_an_impossible_pitch_is_refused(line: str) -> None:
    with pytest.raises(UsageError, match="行距不能是"):
        adjusted(GUOBIAO, line=line)


def test_a_file_that_is_no_layout_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="找不到版式文件"):
        load_layout(tmp_path / "无.json")
    (tmp_path / "坏.json").write_bytes(b"\xff\xfe{")
    with pytest.raises(UsageError, match="读不出来"):
        load_layout(tmp_path / "坏.json")
    (tmp_path / "大.json").write_bytes(b" " * 200_000)
    with pytest.raises(UsageError, match="太大"):
        load_layout(tmp_path / "大.json")
    with pytest.raises(UsageError, match=r"以 \.json（版式）或 \.docx（模板）结尾"):
        save_layout(GUOBIAO, tmp_path / "版式.txt")


def test_a_template_restyled_in_word_lays_the_notice_out(tmp_path: Path) -> None:
    save_layout(GUOBIAO, tmp_path / "模板.docx")
    office = docx.Document(str(tmp_path / "模板.docx"))
    office.styles["Title"].font.size = docx.shared.Pt(26)
    office.save(str(tmp_path / "模板.docx"))
    snapshot = a_snapshot(*a_tree(1, 1, 1), organisation="某镇")
    profile = replace(GUOBIAO, template=str(tmp_path / "模板.docx"))
    export_notice(snapshot, tmp_path / "通报.docx", profile=profile)
    written = docx.Document(str(tmp_path / "通报.docx"))
    assert written.paragraphs[0].style.font.size.pt == 26
    assert not any("样式：" in paragraph.text for paragraph in written.paragraphs)


def test_a_template_that_is_gone_is_told(tmp_path: Path) -> None:
    profile = replace(GUOBIAO, template=str(tmp_path / "没有.docx"))
    with pytest.raises(SourceMissingError, match="找不到模板"):
        export_notice(a_snapshot(*a_tree(1, 1, 1)), tmp_path / "通报.docx", profile=profile)
