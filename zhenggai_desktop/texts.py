"""The shared vocabulary in Chinese: captions of enums, records, fields and columns (domain.md §2).

Everything that shows a word for a value takes it from here, so that the window, the command line and the files agree.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, cast

from zhenggai_desktop.domain.change_kinds import ChangeKind
from zhenggai_desktop.domain.records import (
    AnswerForm,
    AnswerPlace,
    Chapter,
    ChapterBlock,
    ChapterRole,
    Chase,
    ClosingStep,
    DeclaredFigure,
    Department,
    DistributionRound,
    DocumentKind,
    Draft,
    Evidence,
    EvidenceLink,
    Extension,
    HandOver,
    InspectedUnit,
    InspectionKind,
    Issue,
    LedgerFacts,
    Level,
    LogEntry,
    Measure,
    MeasureLink,
    Milestone,
    NoteKind,
    Outcome,
    OutcomeLink,
    Period,
    Person,
    PublicComment,
    Record,
    ReviewOpinion,
    Section,
    SectionCategory,
    Source,
    SourceNote,
    Status,
    Track,
    Waiver,
    WithheldGround,
)
from zhenggai_desktop.names import date_text

LIST_SEPARATOR = "、"

INSPECTION_NAMES: Mapping[InspectionKind, str] = {InspectionKind.XUNCHA: "巡察", InspectionKind.XUNSHI: "巡视"}

_QUOTED = re.compile("(“[^”]*”)")


def in_terms(words: str, kind: InspectionKind) -> str:
    """The program's own words in the term that the ledger follows (domain.md §2): 巡视 for 巡察 where it is about one.

    What is quoted, which is somebody else's, and what names both stay as they are.
    """
    usual, term = INSPECTION_NAMES[InspectionKind.XUNCHA], INSPECTION_NAMES[kind]
    if usual == term or usual not in words:
        return words
    parts = _QUOTED.split(words)
    if any(term in own for own in parts[::2]):
        return words
    return "".join(part if at % 2 else part.replace(usual, term) for at, part in enumerate(parts))


LEVEL_NAMES: Mapping[Level, str] = {
    Level.PROVINCE: "省委",
    Level.CITY: "市委",
    Level.DISTRICT: "区委",
    Level.COUNTY: "县委",
}

CATEGORY_NAMES: Mapping[SectionCategory, str] = {
    SectionCategory.FEEDBACK: "反馈问题",
    SectionCategory.EXTENSION: "举一反三",
    SectionCategory.REFORM: "推动改革促进发展",
}

TRACK_NAMES: Mapping[Track, str] = {
    Track.IMMEDIATE: "立行立改",
    Track.DATED: "限期整改",
    Track.STAGED: "分阶段整改",
}

STANDING_NAME = "长期坚持"

STATUS_NAMES: Mapping[Status, str] = {
    Status.NOT_STARTED: "未启动",
    Status.IN_PROGRESS: "正在推进",
    Status.MOSTLY_DONE: "基本完成",
    Status.DONE: "已完成",
}

DOCUMENT_NAMES: Mapping[DocumentKind, str] = {
    DocumentKind.FEEDBACK: "反馈意见",
    DocumentKind.NOTICE: "整改通报",
    DocumentKind.WORKBOOK: "台账表格",
}

DRAFT_NOTICE = "整改通报"
"""The kind of the notice's drafts in the register."""

CHANGE_NAMES: Mapping[ChangeKind, str] = {
    ChangeKind.REWORDED: "改写",
    ChangeKind.INSERTED: "新增",
    ChangeKind.DELETED: "删去",
    ChangeKind.MOVED: "移动",
    ChangeKind.SPLIT: "拆分",
    ChangeKind.JOINED: "合并",
    ChangeKind.COMMENTED: "批注",
}

_EDITION_NAMES: Mapping[str, str] = {
    "public": "社会公开稿",
    "internal": "党内通报稿",
    "public_review": "社会公开稿送审稿",
    "internal_review": "党内通报稿送审稿",
}


def edition_name(value: str) -> str:
    """An edition in words; what is no edition as it is."""
    return _EDITION_NAMES.get(value, value)


ROLE_NAMES: Mapping[ChapterRole, str] = {
    ChapterRole.LEAD: "导语",
    ChapterRole.NARRATIVE: "叙述",
    ChapterRole.ISSUES: "问题整改情况",
    ChapterRole.CLOSING: "结尾",
}

ANSWER_FORM_NAMES: Mapping[AnswerForm, str] = {
    AnswerForm.AUTO: "按标题方案",
    AnswerForm.RUN_IN: "一是…二是…连写",
    AnswerForm.NUMBERED: "（一）（二）分段",
    AnswerForm.PLAIN: "不编号分段",
}

ANSWER_PLACE_NAMES: Mapping[AnswerPlace, str] = {
    AnswerPlace.AUTO: "按标题方案",
    AnswerPlace.OWN: "另起一段",
    AnswerPlace.RUN_IN: "接在标题后",
}

PERIOD_NAMES: Mapping[Period, str] = {Period.DURING: "巡察中", Period.SINCE: "巡察以来", Period.UNKNOWN: ""}

NOTE_NAMES: Mapping[NoteKind, str] = {
    NoteKind.LEFTOVER: "未归入",
    NoteKind.DOUBT: "存疑",
    NoteKind.NORMALISATION: "规范化",
}

WITHHELD_NAMES: Mapping[WithheldGround, str] = {
    WithheldGround.NONE: "",
    WithheldGround.SECRET: "涉密",
    WithheldGround.OPEN_CASE: "未公布案件",
    WithheldGround.HOSTILE_PUBLICITY: "负面炒作",
    WithheldGround.MASS_INCIDENT: "群体性事件",
    WithheldGround.SENSITIVE: "重大敏感",
}

SUB_ISSUE_NAME = "具体表现"
"""What an issue under another one is called, wherever the two are told apart."""

RECORD_NAMES: Mapping[type[Record], str] = {
    LedgerFacts: "台账信息",
    InspectedUnit: "被巡察单位",
    Section: "方面",
    Issue: "问题",
    Measure: "整改措施",
    MeasureLink: "措施关联",
    LogEntry: "进展记录",
    Outcome: "成果",
    OutcomeLink: "成果关联",
    DeclaredFigure: "文中数字",
    Chapter: "章节",
    Evidence: "佐证材料",
    EvidenceLink: "佐证关联",
    ClosingStep: "销号环节",
    Extension: "延期",
    Chase: "催办",
    HandOver: "责任交接",
    Department: "部门",
    Person: "人员",
    Milestone: "流程节点",
    Draft: "文稿",
    ReviewOpinion: "会审意见",
    DistributionRound: "分发",
    Waiver: "保留不改",
    PublicComment: "群众意见",
    Source: "导入来源",
    SourceNote: "导入说明",
}

_ENUM_NAMES: Mapping[type[StrEnum], Mapping[Any, str]] = {
    InspectionKind: INSPECTION_NAMES,
    Level: LEVEL_NAMES,
    SectionCategory: CATEGORY_NAMES,
    Track: TRACK_NAMES,
    Status: STATUS_NAMES,
    DocumentKind: DOCUMENT_NAMES,
    ChapterRole: ROLE_NAMES,
    AnswerForm: ANSWER_FORM_NAMES,
    AnswerPlace: ANSWER_PLACE_NAMES,
    Period: PERIOD_NAMES,
    NoteKind: NOTE_NAMES,
    WithheldGround: WITHHELD_NAMES,
}  # by type: members of different enums may share a value and are then equal

_OWNERSHIP = {
    "deadline": "整改时限",
    "due_on": "到期日",
    "leaders": "责任领导",
    "lead_department": "牵头部门",
    "supporting_departments": "配合部门",
    "owner": "责任人",
    "status": "完成情况",
    "completed_on": "实际完成日期",
    "note": "备注",
}

FIELD_NAMES: Mapping[type[Record], Mapping[str, str]] = {
    LedgerFacts: {
        "kind": "巡察或巡视",
        "level": "级别",
        "organisation": "责任单位",
        "organisation_short": "单位简称",
        "organisation_body": "党组织自称",
        "team": "巡察组",
        "inspection_start": "巡察开始",
        "inspection_end": "巡察结束",
        "feedback_date": "反馈日期",
        "plan_due": "方案报送期限",
        "concentrated_end": "集中整改截止",
        "report_due": "报告报送期限",
        "publication_date": "公开日期",
        "follow_up_cycle": "后续报告周期",
        "rule_source": "期限依据",
        "phone": "联系电话",
        "address": "邮寄地址",
        "postcode": "邮编",
        "email": "电子邮箱",
        "notice_title": "通报标题",
        "signature_organisation": "落款单位",
        "signature_date": "落款日期",
        "scheme": "标题方案",
        "scheme_changes": "标题方案调整",
        "layout_profile": "版式",
        "recommendations": "意见建议",
        "note": "备注",
        "rules": "本单位规定",
    },
    InspectedUnit: {"name": "名称", "short_name": "简称"},
    Section: {
        "title": "方面",
        "printed_heading": "通报中的标题",
        "category": "类别",
        "source": "来源",
        "introduction": "引言",
        "note": "备注",
    },
    Issue: {
        "title": "问题",
        "original_text": "反馈原文",
        "printed_heading": "通报中的标题",
        "printed_level": "通报中的层级",
        "recommendations": "整改意见",
        "goal": "整改目标",
        "track": "整改类型",
        "standing": "长期坚持",
        "concentrated": "集中整改期内完成",
        "units": "涉及单位",
        "answered_by": "答复单位",
        "answer_label": "答复引语",
        "answer_introduction": "答复开头",
        "answer_form": "答复形式",
        "answer_place": "答复位置",
        "public_text": "公开文字",
        "withheld": "不公开理由",
        "withheld_wording": "拟用表述",
        "withheld_approval": "不公开审批",
        "emphasis": "重点",
        "closed": "销号",
        **_OWNERSHIP,
    },
    Measure: {"content": "整改措施", "progress": "整改进展", **_OWNERSHIP},
    LogEntry: {"entered_on": "日期", "text": "进展", "reporter": "报告人"},
    Outcome: {
        "kind": "种类",
        "number": "数量",
        "unit": "单位",
        "produced_on": "日期",
        "period": "时期",
        "title": "名称",
        "document_number": "文号",
        "source_text": "原文",
        "note": "备注",
    },
    Evidence: {
        "file_name": "文件",
        "sha256": "校验值",
        "size": "大小",
        "title": "名称",
        "category": "类别",
        "dated_on": "日期",
        "public": "可以公开",
        "note": "备注",
    },
    ClosingStep: {
        "step": "环节",
        "taken_on": "日期",
        "result": "结果",
        "opinion": "意见",
        "taken_by": "办理人",
        "document_number": "文号或纪要",
    },
    Department: {"name": "名称", "short_name": "简称", "aliases": "别名"},
    Person: {
        "name": "姓名",
        "post": "职务",
        "department_id": "所在部门",
        "public_role": "公开称谓",
        "aliases": "别名",
    },
    DeclaredFigure: {"text": "原文", "number": "数量", "unit": "单位", "place": "出处"},
    ReviewOpinion: {"body": "会审单位", "text": "会审意见", "adopted": "是否采纳", "given_on": "日期"},
    PublicComment: {
        "received_on": "收到日期",
        "text": "意见内容",
        "answered_by": "办理单位（人）",
        "answered_on": "答复日期",
        "answer": "答复和办理情况",
    },
    Chapter: {
        "document": "所属文稿",
        "role": "内容",
        "edition": "版本",
        "title": "标题",
        "printed_heading": "通报中的标题",
        "blocks": "正文",
    },
    Milestone: {
        "kind": "种类", "title": "名称", "due_on": "应完成", "done_on": "完成于", "place": "地点",
        "attendees": "参加人员", "minutes_number": "纪要文号", "summary": "内容摘要", "files": "材料",
    },
    Extension: {
        "old_deadline": "原时限", "new_deadline": "新时限", "old_due_on": "原到期日", "new_due_on": "新到期日",
        "reason": "理由", "approval": "审批", "decided_on": "批准日期",
    },
    Chase: {"chased_on": "催办日期", "kind": "方式", "text": "内容"},
    HandOver: {"old_owner": "原责任人", "new_owner": "新责任人", "handed_on": "交接日期", "note": "备注"},
    Draft: {
        "kind": "文稿", "edition": "版本", "version": "稿次", "exported_at": "导出时间", "file_name": "文件",
        "blocks": "登记的内容",
    },
    DistributionRound: {
        "recipient": "发给", "sent_on": "发出日期", "returned_on": "收回日期", "base_values": "发出时的内容",
        "file_name": "文件",
    },
    Waiver: {
        "finding_code": "校对意见", "record_uid": "所在记录", "words": "原文", "reason": "保留理由",
        "waived_on": "保留日期", "waived_by": "经办",
    },
    Source: {"document": "种类", "file_name": "文件", "sha256": "校验值", "imported_at": "导入时间"},
    SourceNote: {"kind": "种类", "code": "代号", "line": "行", "text": "内容"},
}  # fmt: skip

LEDGER_COLUMNS: tuple[str, ...] = (
    "序号",
    "反馈方面",
    "反馈问题",
    "具体表现",
    "整改意见",
    "整改目标",
    "整改措施",
    "责任领导",
    "牵头部门",
    "配合部门",
    "责任人",
    "整改类型",
    "整改时限",
    "整改进展",
    "完成情况",
    "实际完成日期",
    "取得成效",
    "佐证材料",
    "销号情况",
    "备注",
)  # domain.md §5, in its order


_REFERENCES = {
    "chapter_id": "所在章", "section_id": "所在方面", "parent_id": "上级问题", "issue_id": "所属问题",
    "measure_id": "所属措施", "outcome_id": "所属成果", "evidence_id": "佐证材料", "milestone_id": "流程节点",
    "draft_id": "对应文稿", "source_id": "来源文件",
}  # fmt: skip


def field_name(kind: type[Record], name: str) -> str:
    """The caption of a record's field; the field's own name where it has none."""
    return FIELD_NAMES.get(kind, {}).get(name) or _REFERENCES.get(name, name)


def track_text(track: Track | None, *, standing: bool) -> str:
    """“立行立改，长期坚持”: the track and, where it stands, that it stands; "" for neither."""
    parts = [TRACK_NAMES[track]] if track is not None else []
    return "，".join([*parts, STANDING_NAME] if standing else parts)


def enum_text(value: StrEnum) -> str:
    """The caption of any of the records' enums."""
    return _ENUM_NAMES[type(value)][value]


def value_text(value: object) -> str:
    """A field's value in words; "" for an empty one."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return LIST_SEPARATOR.join(map(value_text, cast("tuple[object, ...]", value)))
    write = next((write for kind, write in _WRITERS if isinstance(value, kind)), str)
    return write(value)


def status_text(status: Status | None) -> str:
    """The name of a status; "" for none."""
    return "" if status is None else STATUS_NAMES[status]


def list_text(items: tuple[str, ...]) -> str:
    """Names joined by the enumeration comma."""
    return LIST_SEPARATOR.join(items)


_WRITERS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (bool, lambda value: "是" if value else "否"),
    (StrEnum, enum_text),
    (ChapterBlock, lambda block: block.text),
    (dt.date, date_text),
)
