"""What is exported is what is asked for, and what was said of columns is remembered, on the command line."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders import a_ledger

from zhenggai_desktop.cli import main
from zhenggai_desktop.cli.filter_arguments import FILTER_ARGUMENTS
from zhenggai_desktop.domain.filters import VIEWS
from zhenggai_desktop.domain.records import Issue, Measure, Section, Status, Track
from zhenggai_desktop.texts import STATUS_NAMES, TRACK_NAMES


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    with a_ledger(
        tmp_path,
        Section(title="党的领导方面"),
        Section(title="队伍建设方面"),
        Issue(section_id=1, title="学习少", lead_department="党政办", leaders=("甲书记",), units=("一社区",)),
        Issue(section_id=1, title="账目乱", owner="李某", track=Track.IMMEDIATE, due_on=dt.date(2020, 1, 2)),
        Issue(section_id=2, title="人手缺", supporting_departments=("党政办",), due_on=dt.date(2030, 1, 2)),
        Measure(issue_id=1, content="开会", status=Status.DONE),
        Measure(issue_id=2, content="清账", status=Status.IN_PROGRESS),
        organisation="某镇",
    ) as made:
        return made.path


def titles(path: Path) -> list[str]:
    page = openpyxl.load_workbook(path)["问题清单"]
    words = {"学习少", "账目乱", "人手缺"}
    return [value for row in page.iter_rows(values_only=True) for value in row if value in words]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], ["学习少", "账目乱", "人手缺"]),
        (["--view", "逾期"], ["账目乱"]),
        (["--view", "未完成"], ["账目乱", "人手缺"]),
        (["--words", "清账"], ["账目乱"]),
        (["--status", "已完成"], ["学习少"]),
        (["--status", "已完成", "--status", "正在推进"], ["学习少", "账目乱"]),
        (["--department", "党政办"], ["学习少", "人手缺"]),
        (["--leader", "甲书记"], ["学习少"]),
        (["--owner", "李某"], ["账目乱"]),
        (["--unit", "一社区"], ["学习少"]),
        (["--section", "队伍"], ["人手缺"]),
        (["--track", "立行立改"], ["账目乱"]),
        (["--due-from", "2029-01-01"], ["人手缺"]),
        (["--due-to", "2020年1月2日"], ["账目乱"]),
        (["--department", "党政办", "--section", "党的领导方面"], ["学习少"]),
    ],
)
def test_only_what_answers_is_exported(ledger: Path, tmp_path: Path, options: list[str], expected: list[str]) -> None:
    assert main(["export", str(ledger), str(tmp_path / "表.xlsx"), "--kind", "lists", *options]) == 0
    assert titles(tmp_path / "表.xlsx") == expected


def test_of_an_issue_only_the_measures_that_answer_are_exported_as_in_the_window(tmp_path: Path) -> None:
    records = (
        Issue(title="学习不够", lead_department="党建办"),
        Measure(issue_id=1, content="开会", lead_department="党政办"),
        Measure(issue_id=1, content="抽查", lead_department="财政所"),
    )
    a_ledger(tmp_path, *records).close()
    assert main(["export", str(tmp_path / "台账.zgtz"), str(tmp_path / "表.xlsx"), "--department", "财政所"]) == 0
    page: Any = openpyxl.load_workbook(tmp_path / "表.xlsx")["台账"]
    words = {str(cell.value) for row in page.iter_rows() for cell in row}
    assert "抽查" in words
    assert "开会" not in words


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--words", "没有的字"], "没有符合条件的问题"),
        (["--section", "作风"], "没有“作风”这个方面；请写明是 党的领导方面、队伍建设方面"),
        (["--section", "方面"], "“方面”可以是几个方面"),
        (["--due-to", "快了"], "“快了”不是一个日期"),
        (["--view", "全都"], "不能是“全都”"),
    ],
)
def test_what_cannot_be_asked_is_said_and_nothing_is_written(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], sentence: str
) -> None:
    assert main(["export", str(ledger), str(tmp_path / "表.xlsx"), *options]) == 2
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "表.xlsx").exists()


def test_the_words_of_the_options_are_those_of_the_window() -> None:
    choices = {name: options.get("choices") for name, options in FILTER_ARGUMENTS}
    assert set(choices["--view"]) == set(VIEWS) - {"全部"}
    assert set(choices["--status"]) == set(STATUS_NAMES.values())
    assert set(choices["--track"]) == set(TRACK_NAMES.values())


def test_a_template_is_written_changed_and_used(ledger: Path, tmp_path: Path) -> None:
    path = tmp_path / "列.json"
    assert main(["export", str(ledger), str(path), "--kind", "template"]) == 0
    values = json.loads(path.read_text("utf-8"))
    assert len(values["columns"]) == 20
    values["columns"] = [{**values["columns"][2], "caption": "问题是", "width": 30}, values["columns"][0]]
    path.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
    assert main(["export", str(ledger), str(tmp_path / "表.xlsx"), "--template", str(path)]) == 0
    page = openpyxl.load_workbook(tmp_path / "表.xlsx")["台账"]
    assert [page.cell(3, at).value for at in (1, 2, 3)] == ["问题是", "序号", None]


def a_workbook(path: Path, *rows: list[str]) -> Path:
    book = openpyxl.Workbook()
    page: Any = book.active
    for row in rows:
        page.append(row)
    book.save(path)
    return path


def test_columns_are_said_once_and_remembered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head = ["事项", "怎么办", "主抓"]
    first = a_workbook(tmp_path / "一.xlsx", head, ["学习少", "开会", "党政办"])
    later = a_workbook(tmp_path / "二.xlsx", head, ["账目乱", "清账", "财政所"])
    assert main(["import", str(tmp_path / "甲.zgtz"), str(first)]) == 2
    said = [option for pair in ("事项=反馈问题", "怎么办=整改措施", "主抓=牵头部门") for option in ("--column", pair)]
    assert main(["import", str(tmp_path / "甲.zgtz"), str(first), *said]) == 0
    assert main(["import", str(tmp_path / "甲.zgtz"), str(later)]) == 0
    capsys.readouterr()
    assert main(["show", str(tmp_path / "甲.zgtz"), "--json"]) == 0
    assert {"党政办", "财政所"} <= set(_departments(json.loads(capsys.readouterr().out)))


def _departments(values: Any) -> list[str]:
    if isinstance(values, dict):
        own = [values["lead_department"]] if values.get("lead_department") else []
        return own + [name for value in values.values() for name in _departments(value)]
    return [name for value in values for name in _departments(value)] if isinstance(values, list) else []


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        ("主抓", "看不懂"),
        ("主抓=领头的", "没有“领头的”这种含义"),
        ("别的=备注", "表头里没有“别的”；表头有 主抓、措施、问题"),
    ],
)
def test_an_option_for_columns_that_says_nothing_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, sentence: str
) -> None:
    source = a_workbook(tmp_path / "一.xlsx", ["问题", "措施", "主抓"], ["学习少", "开会", "党政办"])
    assert main(["import", str(tmp_path / "甲.zgtz"), str(source), "--column", option]) == 2
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "甲.zgtz").exists()


def test_a_form_is_known_by_its_name_after_the_first_time(ledger: Path, tmp_path: Path) -> None:
    form = a_workbook(tmp_path / "上报表.xlsx", ["问题", "怎么办"])
    fill = ["export", str(ledger), str(tmp_path / "填.xlsx"), "--kind", "form", "--form"]
    assert main([*fill, str(form), "--column", "怎么办=整改措施"]) == 0
    form.unlink()
    (tmp_path / "填.xlsx").unlink()
    assert main([*fill, "上报表", "--department", "党政办"]) == 0
    page: Any = openpyxl.load_workbook(tmp_path / "填.xlsx").active
    assert [[cell.value for cell in row] for row in page.iter_rows(min_row=2)] == [["学习少", "开会"], ["人手缺", None]]
