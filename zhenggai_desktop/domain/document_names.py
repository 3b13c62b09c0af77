"""What the parts of a document's template are called on the screen: entries, placeholders, columns of tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from zhenggai_desktop import texts
from zhenggai_desktop.domain.document_template import TABLE_KEYS, BlockSpec
from zhenggai_desktop.domain.document_values import ledger_texts
from zhenggai_desktop.domain.ledger_template import COLUMN_KEYS
from zhenggai_desktop.domain.records import Snapshot

ENTRY_NAMES: Mapping[str, str] = {
    "title": "标题",
    "heading": "小标题",
    "paragraph": "段落",
    "addressee": "主送机关",
    "enclosure": "附件说明",
    "label": "附件序号",
    "note": "表旁小字",
    "signature": "署名",
    "date": "日期",
    "page": "换页",
    "each": "逐项重复",
    "table": "表格",
    "form": "表单",
    "chapters": "通报正文",
    "prose": "通报中的一节",
}
"""In the order in which they are offered."""
REPEAT_NAMES: Mapping[str, str] = {
    "section": "每个方面",
    "issue": "每个问题",
    "part": "每项具体表现",
    "emphasised": "每个重点问题",
    "unfinished": "每个未完成的问题",
}
TABLE_NAMES: Mapping[str, str] = {
    "issues": "问题清单",
    "measures": "任务清单",
    "departments": "责任清单",
    "sections_progress": "各方面进度",
    "departments_progress": "各部门进度",
    "outcomes": "取得成果",
    "withheld": "拟不公开事项",
    "versions": "历次送审",
    "opinions": "会审意见",
    "comments": "群众意见",
    "reminders": "催办事项",
    "milestones": "流程节点",
}
_LEDGER_COLUMNS = dict(zip(COLUMN_KEYS, texts.LEDGER_COLUMNS, strict=True))
_PROGRESS_COLUMNS = {
    "name": "名称", "total": "整改事项", "done": "已完成", "mostly_done": "基本完成", "in_progress": "正在推进",
    "not_started": "未启动", "late": "其中逾期", "rate": "完成率", "note": "备注",
}  # fmt: skip
_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "sections_progress": _PROGRESS_COLUMNS | {"name": "反馈方面"},
    "departments_progress": _PROGRESS_COLUMNS | {"name": "责任部门"},
    "outcomes": {"kind": "成果", "number": "数量"},
    "withheld": {
        "number": "序号", "section": "反馈方面", "issue": "原文", "wording": "拟公开表述", "ground": "不公开事由",
        "approval": "审批情况", "note": "说明",
    },
    "versions": {
        "number": "序号", "version": "稿次", "exported_on": "送审日期", "file_name": "文件", "note": "意见处理",
    },
    "opinions": {"body": "会审单位", "text": "会审意见", "adopted": "采纳情况", "given_on": "日期", "sign": "签字"},
    "comments": {
        "number": "序号", "received_on": "收到日期", "text": "意见内容", "answered_by": "办理单位",
        "answered_on": "答复日期", "answer": "办理情况",
    },
    "reminders": {
        "number": "序号", "title": "事项", "department": "责任部门", "leaders": "责任领导", "owner": "责任人",
        "deadline": "整改时限", "words": "情形", "colour": "预警",
    },
    "milestones": {
        "number": "序号", "kind": "节点", "title": "名称", "due_on": "应完成", "done_on": "实际完成", "place": "地点",
        "minutes_number": "纪要文号",
    },
}  # fmt: skip
SECTION_NAMES = ("方面", "方面序号", "方面问题数")
ISSUE_NAMES = (
    "序号", "问题", "原文", "整改意见", "整改目标", "整改措施", "整改进展", "责任领导", "牵头部门", "配合部门",
    "责任部门", "责任人", "整改类型", "整改时限", "完成情况", "取得成效",
)  # fmt: skip
PART_NAMES = ("表现序号", "表现标号", "具体表现", "单独整改")


def column_names(of: str) -> Mapping[str, str]:
    """Key → caption of the columns that a table may have, in the order in which they are offered."""
    known = _COLUMNS.get(of, _LEDGER_COLUMNS)
    return {key: known.get(key, key) for key in TABLE_KEYS.get(of, ())}


def entry_caption(spec: BlockSpec) -> str:
    """“小标题　一、总体要求”, on one line."""
    words = " ".join(spec.text.split())
    if spec.kind == "each":
        words = REPEAT_NAMES.get(spec.of, spec.of)
    elif spec.kind == "table":
        words = TABLE_NAMES.get(spec.of, spec.of)
    elif spec.kind == "page":
        words = "横页" if spec.landscape else "竖页"
    elif spec.kind == "prose":
        words = spec.about
    return f"{ENTRY_NAMES[spec.kind]}　{words}" if words else ENTRY_NAMES[spec.kind]


def placeholders_within(snapshot: Snapshot, today: dt.date, around: tuple[str, ...]) -> Mapping[str, Mapping[str, str]]:
    """Group → placeholder → its value now, "" for one that each record fills; ``around``: what repeats it."""
    found: dict[str, Mapping[str, str]] = {}
    if set(around) & {"issue", "part", "emphasised", "unfinished"}:
        found["这个问题"] = dict.fromkeys(ISSUE_NAMES, "")
    if "part" in around:
        found["这项具体表现"] = dict.fromkeys(PART_NAMES, "")
    if "section" in around:
        found["这个方面"] = dict.fromkeys(SECTION_NAMES, "")
    known = ledger_texts(snapshot, today)
    figures = {name: value for name, value in known.items() if value.rstrip("%").replace(".", "").isdigit()}
    found["单位、巡察和日期"] = {name: value for name, value in known.items() if name not in figures}
    found["数字"] = figures
    return found
