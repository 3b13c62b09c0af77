"""What the columns of foreign tables can mean, in Chinese: for the window, the command line and what is remembered."""

from __future__ import annotations

import re
from collections.abc import Mapping

from zhenggai_desktop.domain.table_columns import Column

COLUMN_NAMES: Mapping[Column, str] = {
    Column.NUMBER: "序号",
    Column.SECTION: "反馈方面",
    Column.ISSUE: "反馈问题",
    Column.DETAIL: "具体表现",
    Column.RECOMMENDATION: "整改意见",
    Column.GOAL: "整改目标",
    Column.MEASURE: "整改措施",
    Column.LEADERS: "责任领导",
    Column.LEAD_DEPARTMENT: "牵头部门",
    Column.SUPPORTING: "配合部门",
    Column.OWNER: "责任人",
    Column.TRACK: "整改类型",
    Column.DEADLINE: "整改时限",
    Column.PROGRESS: "整改进展",
    Column.MONTH: "逐月进展",
    Column.STATUS: "完成情况",
    Column.COMPLETED: "实际完成日期",
    Column.RESULT: "取得成效",
    Column.EVIDENCE: "佐证材料",
    Column.CLOSING: "销号情况",
    Column.NOTE: "备注",
    Column.OTHER: "其他（记入备注）",
    Column.COMPUTED: "不读入",
}
"""Captions in the order in which they are offered; domain.md §5."""

_BRACKETS = re.compile(r"（.*?）")


def column_named(words: str) -> Column | None:
    """The meaning with this caption, brackets aside; None where there is none."""
    wanted = words.strip()
    return next((column for column, name in COLUMN_NAMES.items() if wanted in (name, _BRACKETS.sub("", name))), None)


def use_name(columns: tuple[Column, ...]) -> str:
    """“责任领导、责任人” for a column that holds both."""
    return "、".join(COLUMN_NAMES[column] for column in columns)
