"""Which columns a printed table of the ledger has, in which order, under which captions and how wide: as data.

The three lists (问题清单、任务清单、责任清单) are views of the same tree. A user's own template is a JSON file of the
same shape; ``template_text`` writes one to begin with.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

from zhenggai_desktop import texts
from zhenggai_desktop.errors import UsageError


class Lines(StrEnum):
    """What a line of the table is about."""

    MEASURES = "measures"  # each measure, and each issue without one
    ISSUES = "issues"  # each issue to be answered by itself
    DEPARTMENTS = "departments"  # as measures, those of a lead department together


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """``key`` names what stands in the column (see ``COLUMN_KEYS``), ``width`` is in characters, 0 by content."""

    key: str
    caption: str
    width: int = 0


@dataclass(frozen=True, slots=True)
class Template:
    """``name`` is the sheet's, ``title`` ends the title above the table: “某街道巡察反馈问题整改台账”.

    ``gathered``: what stands below one answer to all of it, and has nothing but its words, is named under 具体表现 of
    that answer's issue. Without it has rows of its own, as a ledger that may come back.
    """

    name: str
    title: str
    lines: Lines
    columns: tuple[TemplateColumn, ...]
    gathered: bool = False


COLUMN_KEYS: tuple[str, ...] = (
    "number", "section", "issue", "manifestation", "recommendations", "goal", "content", "leaders", "lead_department",
    "supporting_departments", "owner", "track", "deadline", "progress", "status", "completed_on", "outcomes",
    "evidence", "closing", "note",
)  # fmt: skip
_CAPTIONS: Mapping[str, str] = dict(zip(COLUMN_KEYS, texts.LEDGER_COLUMNS, strict=True))


def _template(name: str, title: str, lines: Lines, keys: str, *, gathered: bool = True) -> Template:
    columns = tuple(TemplateColumn(key, _CAPTIONS[key]) for key in keys.split())
    return Template(name, title, lines, columns, gathered)


WHOLE = _template("台账", "整改台账", Lines.MEASURES, " ".join(COLUMN_KEYS), gathered=False)
ISSUE_LIST = _template(
    "问题清单", "问题清单", Lines.ISSUES,
    "number section issue manifestation recommendations leaders lead_department deadline status closing",
)  # fmt: skip
TASK_LIST = _template(
    "任务清单", "整改任务清单", Lines.MEASURES,
    "number issue manifestation goal content lead_department deadline status completed_on",
)  # fmt: skip
DUTY_LIST = _template(
    "责任清单", "整改责任清单", Lines.DEPARTMENTS,
    "lead_department leaders owner number issue content supporting_departments deadline status",
)  # fmt: skip
LISTS: tuple[Template, ...] = (ISSUE_LIST, TASK_LIST, DUTY_LIST)

_WIDEST = 100
_LONGEST_NAME = 31  # characters of a sheet's name (Excel)
_NOT_IN_A_NAME = set("[]:*?/\\")


def template_text(template: Template) -> str:
    """The template as JSON that a user can edit."""
    values = {
        "name": template.name,
        "title": template.title,
        "lines": template.lines.value,
        "columns": [{"key": c.key, "caption": c.caption, "width": c.width} for c in template.columns],
        **({"gathered": True} if template.gathered else {}),
    }
    return json.dumps(values, ensure_ascii=False, indent=2)


def load_template(text: str) -> Template:
    """The template in a JSON text. Raises UsageError with a sentence that says what is wrong in it."""
    try:
        values: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError("表格模板不是有效的JSON", "请从导出的模板改起") from error
    if not isinstance(values, dict):
        raise UsageError("表格模板的内容不完整", "请从导出的模板改起")
    found = cast("dict[str, Any]", values)
    name, title = str(found.get("name", "台账")), str(found.get("title", "整改台账"))
    if not name or len(name) > _LONGEST_NAME or _NOT_IN_A_NAME & set(name):
        raise UsageError(f"表格模板里的工作表名称“{name[:40]}”不能用", "请改成不超过31个字、不含[]:*?/\\的名称")
    try:
        lines = Lines(str(found.get("lines", Lines.MEASURES.value)))
    except ValueError as error:
        raise UsageError("表格模板里的 lines 只能是 measures、issues 或 departments") from error
    columns = found.get("columns")
    if not isinstance(columns, list) or not columns:
        raise UsageError("表格模板里没有列", "请至少保留一列")
    shown = tuple(_column(column) for column in cast("list[Any]", columns))
    return Template(name, title, lines, shown, found.get("gathered") is True)


def _column(value: object) -> TemplateColumn:
    found = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
    key = str(found.get("key", ""))
    if key not in COLUMN_KEYS:
        raise UsageError(f"表格模板里没有“{key}”这种列", f"可用的列有 {'、'.join(COLUMN_KEYS)}")
    width = found.get("width", 0)
    if not isinstance(width, int) or not 0 <= width <= _WIDEST:
        raise UsageError(f"表格模板里“{key}”的宽度不能用", f"请写0（自动）到{_WIDEST}之间的整数")
    return TemplateColumn(key, str(found.get("caption") or _CAPTIONS[key]), width)
