"""Which fields a record's form has, in which groups and order: a table. Captions come from ``texts``."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum, auto
from typing import Any

from zhenggai_desktop.domain.lengths import LONG_PARAGRAPH
from zhenggai_desktop.domain.record_making import Value, frozen
from zhenggai_desktop.domain.records import (
    ClosingStep,
    Department,
    Evidence,
    InspectedUnit,
    Issue,
    LedgerFacts,
    LogEntry,
    Measure,
    Outcome,
    Person,
    PublicComment,
    Record,
    ReviewOpinion,
    Section,
)
from zhenggai_desktop.texts import (
    ANSWER_FORM_NAMES,
    ANSWER_PLACE_NAMES,
    CATEGORY_NAMES,
    INSPECTION_NAMES,
    LEVEL_NAMES,
    PERIOD_NAMES,
    STATUS_NAMES,
    TRACK_NAMES,
    WITHHELD_NAMES,
)


class Kind(StrEnum):
    """How a value is typed."""

    LINE = auto()
    TEXT = auto()
    LINES = auto()
    NAMES = auto()
    NUMBER = auto()
    DATE = auto()
    FIRST_DAY = auto()  # from which something counts
    DEADLINE = auto()
    CHOICE = auto()
    CHECK = auto()
    DEPARTMENT = auto()


@frozen
class FieldSpec(Value):
    """``half`` fields share a row by twos. ``caption`` "" = the shared vocabulary's.

    ``limit`` is how many characters a paragraph of the notice should have at most; 0 counts nothing.
    """

    name: str
    kind: Kind = Kind.LINE
    half: bool = False
    lines: int = 1
    caption: str = ""
    hint: str = ""
    choices: tuple[tuple[str, Any], ...] = ()
    limit: int = 0


@frozen
class GroupSpec(Value):
    """Fields that stand together; ``heading`` "" says nothing above them."""

    heading: str
    fields: tuple[FieldSpec, ...]


def _choices(names: Mapping[Any, str], empty: str | None = None) -> tuple[tuple[str, Any], ...]:
    first: tuple[tuple[str, Any], ...] = () if empty is None else ((empty, None),)
    return (*first, *((name, value) for value, name in names.items()))


_YES_NO: tuple[tuple[str, Any], ...] = (("未填", None), ("是", True), ("否", False))
_WITHHELD = {ground: name or "（照常公开）" for ground, name in WITHHELD_NAMES.items()}
_PERIODS = {period: name or "未填" for period, name in PERIOD_NAMES.items()}

_DUTIES = (
    FieldSpec("leaders", Kind.NAMES, half=True, hint="多人用顿号分开"),
    FieldSpec("owner", half=True),
    FieldSpec("lead_department", half=True),
    FieldSpec("supporting_departments", Kind.NAMES, half=True, hint="多个部门用顿号分开"),
)
_DEADLINE = (
    FieldSpec("deadline", Kind.DEADLINE, half=True, hint="可写“6月底前”“反馈后三个月”“立行立改，长期坚持”"),
    FieldSpec("due_on", Kind.DATE, half=True, hint="从整改时限读出，也可单独改"),
)

_ISSUE = (
    GroupSpec(
        "",
        (
            FieldSpec("title", Kind.TEXT),
            FieldSpec("original_text", Kind.TEXT),
            FieldSpec("recommendations", Kind.LINES, hint="一行一条"),
        ),
    ),
    GroupSpec(
        "整改",
        (
            FieldSpec("goal", Kind.TEXT),
            *_DEADLINE,
            FieldSpec("track", Kind.CHOICE, half=True, choices=_choices(TRACK_NAMES, "未填")),
            FieldSpec("standing", Kind.CHECK, half=True),
            FieldSpec("status", Kind.CHOICE, half=True, choices=_choices(STATUS_NAMES, "按措施判断")),
            FieldSpec("completed_on", Kind.DATE, half=True, caption="完成日期"),
        ),
    ),
    GroupSpec(
        "责任",
        (
            *_DUTIES,
            FieldSpec("units", Kind.NAMES, half=True, hint="多个单位用顿号分开"),
            FieldSpec("answered_by", half=True),
        ),
    ),
    GroupSpec("其他", (FieldSpec("emphasis", Kind.CHECK), FieldSpec("note", Kind.TEXT))),
)
_PUBLIC = (
    GroupSpec(
        "",
        (
            FieldSpec("printed_heading", Kind.TEXT, hint="与问题标题不同时填写"),
            FieldSpec("answer_introduction", Kind.TEXT),
            FieldSpec("answer_form", Kind.CHOICE, half=True, choices=_choices(ANSWER_FORM_NAMES)),
            FieldSpec("answer_place", Kind.CHOICE, half=True, choices=_choices(ANSWER_PLACE_NAMES)),
            FieldSpec("public_text", Kind.TEXT, lines=4, hint="填写后代替由措施组成的文字", limit=LONG_PARAGRAPH),
            FieldSpec("concentrated", Kind.CHOICE, half=True, choices=_YES_NO, caption="集中期完成"),
        ),
    ),
    GroupSpec(
        "不公开",
        (
            FieldSpec("withheld", Kind.CHOICE, half=True, choices=_choices(_WITHHELD), caption="理由"),
            FieldSpec("withheld_approval", half=True, caption="审批"),
            FieldSpec("withheld_wording", Kind.TEXT),
        ),
    ),
)
_MEASURE = (
    GroupSpec(
        "",
        (
            FieldSpec("content", Kind.TEXT, lines=3, limit=LONG_PARAGRAPH),
            FieldSpec("progress", Kind.TEXT, lines=3, limit=LONG_PARAGRAPH),
        ),
    ),
    GroupSpec(
        "完成",
        (
            FieldSpec("status", Kind.CHOICE, half=True, choices=_choices(STATUS_NAMES, "同问题")),
            FieldSpec("completed_on", Kind.DATE, half=True, caption="完成日期"),
            *_DEADLINE,
        ),
    ),
    GroupSpec("责任", _DUTIES),
    GroupSpec("其他", (FieldSpec("note", Kind.TEXT),)),
)
_SECTION = (
    GroupSpec(
        "",
        (
            FieldSpec("title", Kind.TEXT),
            FieldSpec("category", Kind.CHOICE, half=True, choices=_choices(CATEGORY_NAMES)),
            FieldSpec("source", half=True, hint="如 巡察、选人用人专项检查"),
            FieldSpec("introduction", Kind.TEXT, lines=2),
            FieldSpec("printed_heading", Kind.TEXT, hint="与方面标题不同时填写"),
            FieldSpec("note", Kind.TEXT),
        ),
    ),
)
_FACTS = (
    GroupSpec(
        "单位",
        (
            FieldSpec("organisation"),
            FieldSpec("organisation_short", half=True),
            FieldSpec("organisation_body", half=True, hint="党组、党委、党工委"),
        ),
    ),
    GroupSpec(
        "巡察",
        (
            FieldSpec("kind", Kind.CHOICE, half=True, choices=_choices(INSPECTION_NAMES)),
            FieldSpec("level", Kind.CHOICE, half=True, choices=_choices(LEVEL_NAMES, "未填")),
            FieldSpec("team"),
            FieldSpec("inspection_start", Kind.DATE, half=True),
            FieldSpec("inspection_end", Kind.DATE, half=True),
        ),
    ),
    GroupSpec(
        "时间节点",
        (
            FieldSpec("feedback_date", Kind.DATE, half=True),
            FieldSpec("plan_due", Kind.DATE, half=True, caption="方案报送"),
            FieldSpec("concentrated_end", Kind.DATE, half=True),
            FieldSpec("report_due", Kind.DATE, half=True, caption="报告报送"),
            FieldSpec("publication_date", Kind.DATE, half=True),
            FieldSpec("follow_up_cycle", half=True, caption="后续报告"),
            FieldSpec("rule_source", hint="以本级文件为准"),
        ),
    ),
    GroupSpec(
        "联系方式",
        (
            FieldSpec("phone", half=True),
            FieldSpec("postcode", half=True),
            FieldSpec("address"),
            FieldSpec("email"),
        ),
    ),
    GroupSpec(
        "通报",
        (
            FieldSpec("notice_title", Kind.TEXT),
            FieldSpec("signature_organisation", half=True),
            FieldSpec("signature_date", half=True),
        ),
    ),
    GroupSpec("其他", (FieldSpec("recommendations", Kind.LINES, hint="一行一条"), FieldSpec("note", Kind.TEXT))),
)
_ENTRY = (
    GroupSpec(
        "",
        (
            FieldSpec("entered_on", Kind.DATE, half=True),
            FieldSpec("reporter", half=True),
            FieldSpec("text", Kind.TEXT, lines=3),
        ),
    ),
)
_OUTCOME = (
    GroupSpec(
        "",
        (
            FieldSpec("kind", half=True, hint="如 制度新建、诫勉、清退资金"),
            FieldSpec("period", Kind.CHOICE, half=True, choices=_choices(_PERIODS)),
            FieldSpec("number", Kind.NUMBER, half=True),
            FieldSpec("unit", half=True, hint="项、人、件、万元"),
            FieldSpec("produced_on", Kind.DATE, half=True),
            FieldSpec("document_number", half=True),
            FieldSpec("title"),
            FieldSpec("note", Kind.TEXT),
        ),
    ),
)
_EVIDENCE = (
    GroupSpec(
        "",
        (
            FieldSpec("title"),
            FieldSpec("category", half=True),
            FieldSpec("dated_on", Kind.DATE, half=True),
            FieldSpec("public", Kind.CHECK),
            FieldSpec("note", Kind.TEXT),
        ),
    ),
)
_CLOSING = (
    GroupSpec(
        "",
        (
            FieldSpec("step", half=True),  # its hint is the chain of the ledger
            FieldSpec("taken_on", Kind.DATE, half=True),
            FieldSpec("result", half=True, hint="同意、退回"),
            FieldSpec("taken_by", half=True),
            FieldSpec("document_number"),
            FieldSpec("opinion", Kind.TEXT),
        ),
    ),
)
_UNIT = (GroupSpec("", (FieldSpec("name"), FieldSpec("short_name"))),)
_DEPARTMENT = (
    GroupSpec(
        "",
        (
            FieldSpec("name"),
            FieldSpec("short_name", half=True),
            FieldSpec("aliases", Kind.NAMES, half=True),
        ),
    ),
)
_PERSON = (
    GroupSpec(
        "",
        (
            FieldSpec("name", half=True),
            FieldSpec("post", half=True),
            FieldSpec("department_id", Kind.DEPARTMENT, half=True),
            FieldSpec("public_role", half=True, hint="公开文字中代替姓名，如 相关责任人"),
            FieldSpec("aliases", Kind.NAMES),
        ),
    ),
)

_OPINION = (
    GroupSpec(
        "",
        (
            FieldSpec("body", half=True, hint="如 区委组织部"),
            FieldSpec("given_on", Kind.DATE, half=True),
            FieldSpec("text", Kind.TEXT, lines=3),
            FieldSpec("adopted", Kind.CHOICE, half=True, choices=_YES_NO),
        ),
    ),
)
_COMMENT = (
    GroupSpec(
        "",
        (
            FieldSpec("received_on", Kind.DATE, half=True),
            FieldSpec("answered_on", Kind.DATE, half=True),
            FieldSpec("text", Kind.TEXT, lines=3),
            FieldSpec("answered_by"),
            FieldSpec("answer", Kind.TEXT, lines=3),
        ),
    ),
)

FORMS: Mapping[type[Record], tuple[GroupSpec, ...]] = {
    Issue: _ISSUE,
    Measure: _MEASURE,
    Section: _SECTION,
    LedgerFacts: _FACTS,
    LogEntry: _ENTRY,
    Outcome: _OUTCOME,
    Evidence: _EVIDENCE,
    ClosingStep: _CLOSING,
    InspectedUnit: _UNIT,
    Department: _DEPARTMENT,
    Person: _PERSON,
    ReviewOpinion: _OPINION,
    PublicComment: _COMMENT,
}
PUBLIC_FORM = _PUBLIC  # an issue's second sheet: how the notice prints it

#: Fields that a bulk edit offers.
BULK_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("leaders", Kind.NAMES, hint="多人用顿号分开"),
    FieldSpec("lead_department"),
    FieldSpec("supporting_departments", Kind.NAMES, hint="多个部门用顿号分开"),
    FieldSpec("owner"),
    FieldSpec("deadline", Kind.DEADLINE),
    FieldSpec("track", Kind.CHOICE, choices=_choices(TRACK_NAMES, "未填")),
    FieldSpec("status", Kind.CHOICE, choices=_choices(STATUS_NAMES, "按措施判断")),
    FieldSpec("note", Kind.TEXT, lines=2),
)
