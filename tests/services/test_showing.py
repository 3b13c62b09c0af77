"""The ledger as plain values: what programs read from ``show --json``."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
from builders import a_snapshot, a_tree
from import_plans import notice_plan

from zhenggai_desktop.domain.records import (
    BlockKind,
    Chapter,
    ChapterBlock,
    ChapterRole,
    DeclaredFigure,
    InspectedUnit,
    Issue,
    LogEntry,
    Measure,
    NoteKind,
    Outcome,
    OutcomeLink,
    Period,
    Section,
    SectionCategory,
    Source,
    SourceNote,
    Status,
    Track,
    WithheldGround,
)
from zhenggai_desktop.services.import_report import ImportReport
from zhenggai_desktop.services.plan_showing import plan_values, report_values
from zhenggai_desktop.services.showing import figures_values, ledger_values, number_value


def issue_values(*records: Any, **facts: Any) -> dict[str, Any]:
    return ledger_values(a_snapshot(*records, **facts))["sections"][0]["issues"][0]


def test_facts_contacts_and_signature() -> None:
    values = ledger_values(
        a_snapshot(
            InspectedUnit(name="柳林镇党委"),
            organisation="柳林镇党委",
            feedback_date=dt.date(2024, 1, 15),
            phone="0000-1234567",
            signature_organisation="柳林镇党委",
            signature_date="2024年11月8日",
            scheme="e",
            recommendations=("压实责任",),
        )
    )
    assert (values["unit"], values["inspected_units"], values["kind"]) == ("柳林镇党委", ["柳林镇党委"], "xuncha")
    assert (values["feedback_date"], values["publication_date"]) == ("2024-01-15", None)
    assert values["contacts"] == {"phone": "0000-1234567", "address": "", "postcode": "", "email": ""}
    assert values["signature"] == {
        "organisation": "柳林镇党委",
        "date": "2024-11-08",
        "printed_date": "2024年11月8日",
    }
    assert (values["scheme"], values["recommendations"]) == ("e", ["压实责任"])


def test_an_empty_ledger_has_all_keys_and_nothing_in_them() -> None:
    values = ledger_values(a_snapshot())
    for key in ("chapters", "sections", "outcomes", "declared", "leftovers", "doubts", "normalisations"):
        assert values[key] == []


def test_issues_without_a_section_stand_in_one_without_title() -> None:
    values = ledger_values(a_snapshot(Section(title="作风方面"), Issue(title="甲"), Issue(section_id=1, title="乙")))
    assert [(section["title"], len(section["issues"])) for section in values["sections"]] == [
        (None, 1),
        ("作风方面", 1),
    ]


def test_a_section_says_its_category() -> None:
    values = ledger_values(a_snapshot(Section(title="举一反三", category=SectionCategory.EXTENSION, source="自查")))
    assert (values["sections"][0]["category"], values["sections"][0]["source"]) == ("extension", "自查")


def test_an_issue_with_all_its_fields() -> None:
    values = issue_values(
        Section(title="作风方面"),
        Issue(
            section_id=1,
            title="作风不实",
            original_text="有的干部浮在面上。",
            track=Track.IMMEDIATE,
            standing=True,
            deadline="立行立改，长期坚持",
            due_on=dt.date(2024, 6, 30),
            leaders=("张三",),
            supporting_departments=("财务科",),
            withheld=WithheldGround.SECRET,
        ),
        Measure(issue_id=1, content="开展检查", progress="开展检查3次。", status=Status.DONE),
        LogEntry(measure_id=1, entered_on=dt.date(2024, 5, 6), text="已检查1次"),
        scheme="a",
    )
    assert (values["number"], values["title"], values["wording"]) == ("1-1", "作风不实", "有的干部浮在面上。")
    assert values["printed_heading"] == "1.针对作风不实问题。"
    assert (values["status"], values["track"], values["standing"]) == ("done", "immediate", True)
    assert (values["deadline"], values["due_on"]) == ("立行立改，长期坚持", "2024-06-30")
    assert (values["leaders"], values["supporting_departments"]) == (["张三"], ["财务科"])
    assert values["withheld"] == "secret"
    assert values["text"] == "整改进展情况：开展检查3次。"
    (measure,) = values["measures"]
    assert (measure["content"], measure["progress"], measure["status"]) == ("开展检查", "开展检查3次。", "done")
    assert measure["log"] == [{"date": "2024-05-06", "text": "已检查1次", "reporter": ""}]


def test_an_issue_without_an_answer_has_no_text_and_nothing_withheld() -> None:
    values = issue_values(Issue(title="作风不实"))
    assert (values["text"], values["withheld"], values["track"], values["due_on"]) == ("", None, None, None)


def test_sub_issues_hang_below_their_issue() -> None:
    values = issue_values(Issue(title="甲"), Issue(title="乙", parent_id=1), Issue(title="丙", parent_id=2))
    assert values["issues"][0]["issues"][0]["number"] == "1-1-1"


def test_outcomes_name_the_issues_they_belong_to() -> None:
    values = ledger_values(
        a_snapshot(
            Section(title="作风方面"),
            Issue(section_id=1, title="甲"),
            Issue(section_id=1, title="乙"),
            Measure(issue_id=2),
            Outcome(kind="约谈", number=Decimal(2), unit="人", period=Period.SINCE),
            Outcome(kind="挽回损失", number=Decimal("27.493"), unit="万元"),
            OutcomeLink(outcome_id=1, issue_id=1),
            OutcomeLink(outcome_id=1, measure_id=1),
        )
    )
    first, second = values["outcomes"]
    assert (first["kind"], first["number"], first["unit"], first["period"]) == ("约谈", 2, "人", "since")
    assert first["issues"] == ["1-1", "1-2"]
    assert (second["number"], second["issues"]) == (27.493, [])


@pytest.mark.parametrize(
    ("number", "text"), [(Decimal(25), "25"), (Decimal("25.0"), "25"), (Decimal("27.493"), "27.493"), (None, "null")]
)
def test_numbers_are_json_numbers(number: Decimal | None, text: str) -> None:
    assert json.dumps(number_value(number)) == text


def test_chapters_keep_their_blocks_as_written() -> None:
    block = ChapterBlock(BlockKind.PARAGRAPH, 2, "（一）加强领导。成立专班。")
    values = ledger_values(
        a_snapshot(Chapter(title="主要做法", role=ChapterRole.NARRATIVE, blocks=(block,)), scheme="e")
    )
    (chapter,) = values["chapters"]
    assert (chapter["title"], chapter["heading"], chapter["document"]) == ("主要做法", "一、主要做法", "notice")
    assert chapter["blocks"] == [{"kind": "paragraph", "level": 2, "text": "（一）加强领导。成立专班。"}]


def test_notes_and_declared_figures() -> None:
    values = ledger_values(
        a_snapshot(
            Source(),
            SourceNote(source_id=1, kind=NoteKind.LEFTOVER, line=2, text="【打印】"),
            SourceNote(source_id=1, kind=NoteKind.DOUBT, code="count", line=4, text="称5个，列出4个"),
            SourceNote(source_id=1, kind=NoteKind.NORMALISATION, code="width", line=1, text="标点"),
            DeclaredFigure(text="5个问题", number=Decimal(5), unit="个"),
        )
    )
    assert values["leftovers"] == ["【打印】"]
    assert values["doubts"] == [{"kind": "count", "line": 4, "text": "称5个，列出4个"}]
    assert values["normalisations"] == [{"kind": "width", "line": 1, "text": "标点"}]
    assert values["declared"] == [{"text": "5个问题", "number": 5, "unit": "个", "place": ""}]


def test_figures_carry_their_formula() -> None:
    found = {figure["key"]: figure for figure in figures_values(a_snapshot(*a_tree()))}
    assert (found["issues"]["caption"], found["issues"]["value"], found["issues"]["text"]) == ("问题总数", 6, "6个")
    assert found["unanswered"]["formula"] == "6 − 6 = 0"


def test_everything_can_be_written_as_json() -> None:
    snapshot = a_snapshot(*a_tree())
    plan = notice_plan()
    for values in (
        ledger_values(snapshot),
        figures_values(snapshot),
        plan_values(plan),
        report_values(plan, ImportReport()),
    ):
        assert json.loads(json.dumps(values, ensure_ascii=False)) == values


def test_a_plan_has_the_keys_of_a_ledger_and_the_lines_of_its_source() -> None:
    plan, ledger = plan_values(notice_plan()), ledger_values(a_snapshot(*a_tree()))
    assert plan.keys() <= ledger.keys()
    issue = plan["sections"][0]["issues"][0]
    assert issue["line"] == 7
    assert issue.keys() - {"line"} <= ledger["sections"][0]["issues"][0].keys()
    assert issue["measures"][0]["line"] == 8
