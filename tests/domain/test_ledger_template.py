"""The columns of a table are data: the three lists, and what a user writes."""

from __future__ import annotations

import json

import pytest
from builders import a_snapshot, a_tree

from zhenggai_desktop.domain.ledger_table import Merge, ledger_table
from zhenggai_desktop.domain.ledger_template import (
    DUTY_LIST,
    ISSUE_LIST,
    LISTS,
    TASK_LIST,
    WHOLE,
    load_template,
    template_text,
)
from zhenggai_desktop.domain.records import Issue, Measure, Section
from zhenggai_desktop.errors import UsageError


def test_the_list_of_issues_has_a_line_for_each_issue() -> None:
    table = ledger_table(a_snapshot(*a_tree(2, 3, 2)), template=ISSUE_LIST)
    assert len(table.rows) == 6
    assert table.title == "巡察反馈问题清单"
    assert table.merges == (Merge(1, 0, 2), Merge(1, 3, 5))


def test_the_list_of_tasks_has_a_line_for_each_measure() -> None:
    assert len(ledger_table(a_snapshot(*a_tree(2, 3, 2)), template=TASK_LIST).rows) == 12


def test_the_list_of_duties_keeps_a_department_together() -> None:
    snapshot = a_snapshot(
        Section(),
        Issue(section_id=1, lead_department="甲科"),
        Issue(section_id=1, lead_department="乙科"),
        Issue(section_id=1, lead_department="甲科"),
        Issue(section_id=1),
        *(Measure(issue_id=at) for at in (1, 2, 3, 4)),
    )
    table = ledger_table(snapshot, template=DUTY_LIST)
    assert [row.cells[0] for row in table.rows] == ["甲科", "甲科", "乙科", ""]
    assert Merge(0, 0, 1) in table.merges


@pytest.mark.parametrize("template", [WHOLE, *LISTS], ids=lambda template: template.name)
def test_a_template_is_a_file_to_edit(template: object) -> None:
    assert load_template(template_text(template)) == template  # type: ignore[arg-type]


def test_columns_order_captions_and_widths_are_the_users() -> None:
    text = json.dumps({"columns": [{"key": "status", "caption": "是否完成", "width": 7}, {"key": "issue"}]})
    table = ledger_table(a_snapshot(*a_tree(1, 1, 1)), template=load_template(text))
    assert (table.keys, table.captions, table.widths) == (("status", "issue"), ("是否完成", "反馈问题"), (7, 0))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "不是有效的JSON"),
        ("[]", "内容不完整"),
        ('{"columns": []}', "没有列"),
        ('{"columns": [{"key": "colour"}]}', "没有“colour”这种列"),
        ('{"columns": [{"key": "issue", "width": -1}]}', "宽度不能用"),
        ('{"name": "a/b", "columns": [{"key": "issue"}]}', "名称“a/b”不能用"),
        ('{"lines": "weeks", "columns": [{"key": "issue"}]}', "lines 只能是"),
    ],
)
def test_what_is_wrong_in_a_template_is_said(text: str, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        load_template(text)


def test_a_sheet_may_have_a_name_as_long_as_excel_takes() -> None:
    def named(name: str) -> str:
        return json.dumps({"name": name, "columns": [{"key": "issue"}]})

    assert load_template(named("台" * 31)).name == "台" * 31
    with pytest.raises(UsageError, match="不超过31个字"):
        load_template(named("台" * 32))
