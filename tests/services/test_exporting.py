"""The suffix chooses the writer, the name chooses the scheme; what cannot be meant is said."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from builders import a_snapshot, a_tree
from openpyxl import load_workbook

from zhenggai_desktop.domain.records import Issue, Measure, Section, Status
from zhenggai_desktop.domain.schemes import BUILT_IN
from zhenggai_desktop.errors import TargetError, UsageError
from zhenggai_desktop.services.exporting import chosen_scheme, export_ledger, export_notice

SNAPSHOT = a_snapshot(
    Section(title="作风方面"),
    Issue(section_id=1, title="作风不实"),
    Measure(issue_id=1, progress="开展检查3次。"),
    scheme="e",
)


def test_the_ledger_is_an_excel_file(tmp_path: Path) -> None:
    export_ledger(a_snapshot(*a_tree()), tmp_path / "台账.xlsx")
    assert (tmp_path / "台账.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize("name", ["台账.xls", "台账", "台账.csv", "台账.docx"])
def test_the_ledger_is_nothing_but_an_excel_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="xlsx"):
        export_ledger(SNAPSHOT, tmp_path / name)


@pytest.mark.parametrize(("name", "head"), [("稿.docx", b"PK"), ("稿.html", b"<!DOCTYPE html>"), ("稿.HTM", b"<!DOC")])
def test_the_notice_takes_the_form_of_its_suffix(tmp_path: Path, name: str, head: bytes) -> None:
    export_notice(SNAPSHOT, tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(head)


def test_the_notice_as_text_is_in_the_ledgers_scheme(tmp_path: Path) -> None:
    export_notice(SNAPSHOT, tmp_path / "稿.txt")
    assert "问题一：作风不实。" in (tmp_path / "稿.txt").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("name", ["稿.pdf", "稿", "稿.doc", ".docx"])
def test_an_unknown_suffix_names_the_known_ones(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"\.docx、\.txt、\.html"):
        export_notice(SNAPSHOT, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_no_place_for_a_notice(tmp_path: Path) -> None:
    with pytest.raises(TargetError):
        export_notice(SNAPSHOT, tmp_path / "没有" / "稿.docx")


@pytest.mark.parametrize("name", ["a", "B", "e"])
def test_a_letter_is_a_built_in_scheme(name: str) -> None:
    assert chosen_scheme(SNAPSHOT, name) == BUILT_IN[name.lower()]


def test_no_name_is_the_ledgers_own_scheme() -> None:
    assert chosen_scheme(SNAPSHOT) == BUILT_IN["e"]


@pytest.mark.parametrize(
    "content",
    ["不是 JSON".encode(), b"[]", b'{"based_on": "z"}', b'{"colour": "red"}', b"\xff\xfe\x00", b" " * 1_000_001],
)
def test_a_broken_scheme_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "方案.json"
    path.write_bytes(content)
    with pytest.raises(UsageError):
        chosen_scheme(SNAPSHOT, str(path))


def test_a_scheme_that_is_neither_letter_nor_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="a、b、c、d、e"):
        chosen_scheme(SNAPSHOT, str(tmp_path / "没有.json"))


def test_the_word_file_has_the_layout_that_the_ledger_names(tmp_path: Path) -> None:
    pitches: list[int] = []
    for name in ("", "行距 30 磅"):
        target = tmp_path / f"通报{name}.docx"
        export_notice(a_snapshot(Issue(title="甲"), layout_profile=name), target)
        styles = zipfile.ZipFile(target).read("word/styles.xml").decode()
        pitches.append(int(re.findall(r'w:line="(\d+)" w:lineRule="exact"', styles)[0]))
    assert pitches == [579, 600]


def test_a_filtered_workbook_says_how_far_an_issue_is_by_all_its_measures(tmp_path: Path) -> None:
    snapshot = a_snapshot(
        Issue(title="甲"), Measure(issue_id=1, content="一", status=Status.DONE), Measure(issue_id=1, content="二")
    )
    export_ledger(snapshot, tmp_path / "台账.xlsx", issue_ids={1}, measure_ids={1})
    book = load_workbook(tmp_path / "台账.xlsx")
    cells = [cell for row in book["问题清单"].iter_rows(values_only=True) for cell in row]
    assert "正在推进" in cells
    assert "已完成" not in cells
    assert [cell for row in book["统计"].iter_rows(max_row=6, values_only=True) for cell in row if cell == 1] == [1]
