"""Options that say which issues an export holds. Standard library only, as the whole grammar."""

from __future__ import annotations

from typing import Any

_VIEWS = ("逾期", "本周到期", "未完成", "待销号", "未填措施", "无佐证", "不公开")
_STATUSES = ("未启动", "正在推进", "基本完成", "已完成")
_TRACKS = ("立行立改", "限期整改", "分阶段整改")


def _text(metavar: str, help_text: str) -> dict[str, Any]:
    return {"metavar": metavar, "help": help_text, "default": ""}


FILTER_ARGUMENTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("--view", {"metavar": "视图", "choices": _VIEWS, "default": "", "help": f"只导出{'、'.join(_VIEWS)}之一"}),
    ("--words", _text("文字", "只导出含有这些文字的问题和措施，几个词用空格隔开")),
    (
        "--status",
        {
            "metavar": "情况",
            "choices": _STATUSES,
            "action": "append",
            "default": [],
            "help": f"只导出这种完成情况的（{'、'.join(_STATUSES)}），可以写几次",
        },
    ),
    ("--department", _text("部门", "只导出这个部门牵头或配合的")),
    ("--leader", _text("领导", "只导出这位责任领导的")),
    ("--owner", _text("责任人", "只导出这位责任人的")),
    ("--unit", _text("单位", "只导出涉及这个单位的")),
    ("--section", _text("方面", "只导出这个方面的，写方面的标题或其中几个字")),
    ("--track", {"metavar": "类型", "choices": _TRACKS, "default": "", "help": f"只导出{'、'.join(_TRACKS)}之一"}),
    ("--due-from", _text("日期", "只导出这一天及以后到期的，如 2025-06-30")),
    ("--due-to", _text("日期", "只导出这一天及以前到期的")),
)
