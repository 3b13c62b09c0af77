"""The columns of the ledger's tree."""

from __future__ import annotations

from enum import IntEnum


class Column(IntEnum):
    """The columns in their order."""

    NUMBER = 0
    TITLE = 1
    STATUS = 2
    DEADLINE = 3
    OWNER = 4
    DONE = 5


CAPTIONS: dict[Column, str] = {
    Column.NUMBER: "序号",
    Column.TITLE: "标题",
    Column.STATUS: "状态",
    Column.DEADLINE: "时限",
    Column.OWNER: "责任",
    Column.DONE: "完成",
}
