"""What was said of a foreign form once holds for the next file of the same shape."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from builders import a_snapshot, a_tree
from openpyxl import Workbook as ExcelWorkbook
from openpyxl import load_workbook

from zhenggai_desktop.domain.table_columns import Column
from zhenggai_desktop.domain.workbook_reader import caption_keys
from zhenggai_desktop.errors import SourceFormatError
from zhenggai_desktop.services.form_filling import fill, fill_form, read_forms
from zhenggai_desktop.services.form_memory import FormMemory
from zhenggai_desktop.services.importing import plan_workbook, workbook_headers

ODD = ["事项", "怎么办", "谁办", "谁办"]


@pytest.fixture
def memory(tmp_path: Path) -> FormMemory:
    return FormMemory(tmp_path / "记忆")


def a_workbook(path: Path, *rows: list[str]) -> Path:
    book = ExcelWorkbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(row)
    book.save(path)
    return path


def test_a_form_whose_words_say_nothing_is_a_ledger_once_its_columns_are_known(
    memory: FormMemory, tmp_path: Path
) -> None:
    first = a_workbook(tmp_path / "一.xlsx", ["某单位整改表"], ODD, ["学习少", "开会", "党政办", "张某"])
    with pytest.raises(SourceFormatError, match="没有找到台账的表头"):
        plan_workbook(first, memory.chosen)
    memory.remember_columns(
        "事项｜怎么办｜谁办｜谁办",
        {"事项": Column.ISSUE, "怎么办": Column.MEASURE, "谁办": Column.LEAD_DEPARTMENT, "谁办#2": Column.OWNER},
    )
    later = a_workbook(tmp_path / "二.xlsx", ODD, ["账目乱", "清账", "财政所", "李某"])
    for path, department, owner in ((first, "党政办", "张某"), (later, "财政所", "李某")):
        (issue,) = plan_workbook(path, FormMemory(tmp_path / "记忆").chosen).issues()
        assert (issue.record.lead_department, issue.record.owner) == (department, owner)
        assert len(issue.measures) == 1


def test_another_shape_is_not_touched_by_what_was_said(memory: FormMemory, tmp_path: Path) -> None:
    memory.remember_columns("问题｜措施｜单位", {"单位": Column.NOTE})
    path = a_workbook(tmp_path / "一.xlsx", ["序号", "问题", "措施", "单位"], ["1", "学习少", "开会", "党政办"])
    assert next(plan_workbook(path, memory.chosen).issues()).record.lead_department == "党政办"


def test_equal_captions_are_told_apart(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "一.xlsx", ["问题", "措施", "时间", "时间", ""], ["甲", "乙", "丙", "丁", ""])
    (header,) = workbook_headers(path)
    assert caption_keys(header) == ("问题", "措施", "时间", "时间#2")


def test_nothing_said_forgets_and_damage_is_an_empty_memory(memory: FormMemory, tmp_path: Path) -> None:
    memory.remember_columns("甲｜乙", {"甲": Column.ISSUE})
    memory.remember_columns("甲｜乙", {})
    assert memory.chosen == {}
    for raw in ("{", "[]", '{"甲": 1, "乙": {"丙": "NONSENSE"}}'):
        (tmp_path / "记忆" / "columns.json").write_text(raw, encoding="utf-8")
        assert memory.chosen == {}


def test_a_place_that_cannot_be_written_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("", encoding="utf-8")
    memory = FormMemory(tmp_path / "文件")
    memory.remember_columns("甲", {"甲": Column.ISSUE})
    memory.remember_form(a_workbook(tmp_path / "表.xlsx", ODD))
    assert (memory.chosen, memory.forms(), FormMemory().forms()) == ({}, (), ())


def test_forms_are_kept_the_last_one_first_and_replaced_by_their_name(memory: FormMemory, tmp_path: Path) -> None:
    one, two = (a_workbook(tmp_path / name, ["问题", "措施"]) for name in ("甲.xlsx", "乙.xlsx"))
    for at, form in enumerate((one, two, one)):
        memory.remember_form(form)
        os.utime(memory.forms()[0].with_name(form.name), ns=(at, at))
    assert [path.name for path in memory.forms()] == ["甲.xlsx", "乙.xlsx"]
    memory.remember_form(a_workbook(tmp_path / "乙.xlsx", ["问题", "措施", "新列"]))
    assert [use.caption for use in read_forms(memory.forms()[0])[0].header.uses] == ["问题", "措施", "新列"]
    memory.forget_form(memory.forms()[0])
    memory.forget_form(one)  # not one of the copies
    assert [path.name for path in memory.forms()] == ["甲.xlsx"]
    assert one.exists()


def test_a_remembered_form_is_filled_by_what_was_said(memory: FormMemory, tmp_path: Path) -> None:
    form = a_workbook(tmp_path / "空表.xlsx", ODD)
    memory.remember_columns("事项｜怎么办｜谁办｜谁办", {"事项": Column.ISSUE, "怎么办": Column.MEASURE})
    memory.remember_form(form)
    form.unlink()
    snapshot = a_snapshot(*a_tree(1, 1, 1))
    report = fill(snapshot, read_forms(memory.forms()[0], memory.chosen), tmp_path / "填.xlsx")
    assert report.rows == 1
    assert load_workbook(tmp_path / "填.xlsx").active["B2"].value == snapshot.measures[0].content
    fill_form(snapshot, memory.forms()[0], tmp_path / "填.xlsx", memory.chosen)
    assert load_workbook(memory.forms()[0]).active["B2"].value is None
