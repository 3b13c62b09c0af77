"""Documents by templates: what placeholders become, what is repeated, which rows the tables have."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from builders import a_snapshot
from hypothesis import given, settings
from random_ledgers import ledgers

from zhenggai_desktop.domain.blocks import Block, Document, Kind
from zhenggai_desktop.domain.document_composing import compose_document
from zhenggai_desktop.domain.document_template import load_document_template
from zhenggai_desktop.domain.records import (
    BlockKind,
    Chapter,
    ChapterBlock,
    ChapterRole,
    Draft,
    InspectionKind,
    Issue,
    Measure,
    Outcome,
    Person,
    PublicComment,
    ReviewOpinion,
    Section,
    SectionCategory,
    Snapshot,
    Status,
    WithheldGround,
)
from zhenggai_desktop.domain.schemes import BUILT_IN
from zhenggai_desktop.services.documents import KINDS, chosen_template, ledger_document

TODAY = dt.date(2025, 1, 8)
FOLDER = Path(__file__).resolve().parents[2] / "resources" / "documents"


def a_street() -> Snapshot:
    return a_snapshot(
        Chapter(role=ChapterRole.LEAD, blocks=(ChapterBlock(BlockKind.PARAGRAPH, 0, "根据统一部署，现予公布。"),)),
        Chapter(
            title="组织情况",
            blocks=(
                ChapterBlock(BlockKind.HEADING, 2, "（一）主要负责人履职情况"),
                ChapterBlock(BlockKind.PARAGRAPH, 0, "书记主持会议3次。"),
                ChapterBlock(BlockKind.HEADING, 2, "（二）其他情况"),
            ),
        ),
        Chapter(role=ChapterRole.ISSUES, title="整改情况"),
        Section(title="作风建设方面"),
        Section(title="基层治理方面"),
        Issue(section_id=1, title="会风不正", goal="会风好转", lead_department="党政办", leaders=("王一", "李二"),
              deadline="2025年6月底前", due_on=dt.date(2025, 6, 30), emphasis=True),
        Issue(section_id=1, title="调研不深"),
        Issue(section_id=2, title="矛盾调处不力", withheld=WithheldGround.MASS_INCIDENT,
              withheld_approval="党工委研究"),
        Issue(parent_id=2, title="走马观花", lead_department="综合办"),
        Issue(parent_id=2, title="蜻蜓点水"),
        Measure(issue_id=1, content="压减会议", progress="减少会议5个。", status=Status.DONE),
        Measure(issue_id=1, content="开短会。", progress="会议限时。", status=Status.DONE, lead_department="督查室"),
        Measure(issue_id=4, content="蹲点调研", status=Status.IN_PROGRESS),
        Outcome(kind="制度新建", number=Decimal(3), unit="项"),
        Draft(kind="notice", edition="public_review", version="第1稿", file_name="通报.docx"),
        ReviewOpinion(draft_id=1, body="区委组织部", text="核对数字", adopted=True, given_on=dt.date(2025, 1, 6)),
        PublicComment(received_on=dt.date(2025, 2, 1), text="路灯不亮", answered_by="城建办", answer="已修好"),
        organisation="中共某区柳林街道工作委员会",
        organisation_short="柳林街道党工委",
        organisation_body="党工委",
        team="某区委第三巡察组",
        feedback_date=dt.date(2024, 7, 1),
    )  # fmt: skip


def made(*blocks: dict[str, Any], snapshot: Snapshot | None = None) -> Document:
    template = load_document_template(json.dumps({"caption": "文书", "blocks": blocks}))
    return compose_document(template, snapshot or a_street(), BUILT_IN["a"], today=TODAY)


def words(*blocks: dict[str, Any]) -> list[str]:
    return [block.text for block in made(*blocks).blocks]


def rows(block: Block) -> list[list[str | None]]:
    assert block.table is not None
    return [[cell and cell.text for cell in row] for row in block.table.rows]


def text(words: str, **more: Any) -> dict[str, Any]:
    return {"kind": "paragraph", "text": words, **more}


def test_facts_and_figures_stand_where_their_names_stand() -> None:
    found = words(
        text("{单位简称}于{反馈日期}收到{巡察组}反馈的{问题总数}个问题，报{上级}，抄送{上级纪委监委}，{今天}。")
    )
    assert found == [
        "柳林街道党工委于2024年7月1日收到某区委第三巡察组反馈的3个问题，报某区委，抄送某区纪委监委，2025年1月8日。"
    ]


def test_what_the_ledger_does_not_know_is_a_gap_and_an_unknown_name_stays() -> None:
    document = made(text("电话{联系电话}{电子邮箱?}，{没有的}"))
    assert document.blocks[0].text == "电话〔待填写〕，{没有的}"
    assert document.warnings == (
        "模板中的“{没有的}”不是台账里的内容，已原样保留",
        "有1处内容台账里没有，已写成〔待填写〕，请补齐后再报送",
    )


def test_when_and_unless_choose_between_sentences() -> None:
    assert words(text("有", when="新建制度数"), text("无", unless="新建制度数")) == ["有"]
    assert words(text("有", when="修订制度数"), text("无", unless="修订制度数")) == ["无"]


def test_sections_issues_and_parts_are_repeated_with_numbers_of_their_own() -> None:
    found = words({
        "each": "section",
        "blocks": [
            {"kind": "heading", "level": 2, "text": "（{方面序号}）{方面}"},
            {"each": "issue", "blocks": [
                {"kind": "heading", "level": 3, "text": "{序号}.{问题}"},
                {"each": "part", "blocks": [text("（{表现序号}）{具体表现}", when="表现序号"), text("{整改措施}")]},
            ]},
        ],
    })  # fmt: skip
    assert found == [
        "（一）作风建设方面",
        "1.会风不正",
        "一是压减会议。二是开短会（牵头部门：督查室）。",
        "2.调研不深",
        "（1）走马观花",
        "蹲点调研。",
        "（2）蜻蜓点水",
        "〔待填写〕",
        "（二）基层治理方面",
        "1.矛盾调处不力",
        "〔待填写〕",
    ]


def test_a_section_is_counted_where_it_has_a_title() -> None:
    snapshot = a_snapshot(
        Section(title="党的建设"), Section(), Section(title="作风建设"), Issue(title="散问题"),
        Issue(section_id=1, title="甲"), Issue(section_id=2, title="乙"), Issue(section_id=3, title="丙"),
    )  # fmt: skip
    plan = ledger_document(snapshot, chosen_template("plan", FOLDER), today=TODAY)
    titles = ("散问题", "党的建设", "甲", "乙", "作风建设", "丙")
    found = [b.text for b in plan.blocks if b.kind is Kind.HEADING and b.text.endswith(titles)]
    assert found == ["1.散问题", "（一）党的建设", "1.甲", "1.乙", "（二）作风建设", "1.丙"]


def test_a_plan_asks_for_measures_where_an_issue_is_answered_by_itself() -> None:
    snapshot = a_snapshot(
        Issue(title="甲"), Issue(parent_id=1, title="甲一"), Issue(parent_id=2, title="甲一A"),
        Issue(title="乙"), Issue(parent_id=4, title="乙一"), Measure(issue_id=4, content="一并整改"),
    )  # fmt: skip
    plan = [b.text for b in ledger_document(snapshot, chosen_template("plan", FOLDER), today=TODAY).blocks]
    start, end = plan.index("四、整改任务"), plan.index("五、工作要求")
    assert [text for text in plan[start + 1 : end] if not text.startswith("责任领导")] == [
        "1.甲", "（1）甲一", "①甲一A", "整改措施：〔待填写〕", "2.乙", "整改措施：一并整改。", "（1）乙一",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_cell_is_anchored_by_its_words_and_an_empty_one_by_nothing(kind: str) -> None:
    document = ledger_document(a_street(), chosen_template(kind, FOLDER), today=TODAY)
    cells = [
        cell for block in document.blocks if block.table for row in block.table.rows for cell in row if cell is not None
    ]
    assert all(cell.text for cell in cells if cell.anchor)


def test_what_comes_from_an_issue_is_anchored_to_it() -> None:
    document = made({"each": "emphasised", "blocks": [text("{问题}")]})
    assert [block.anchor and block.anchor.uid for block in document.blocks] == ["Issue-1"]


def test_the_body_of_the_notice_comes_without_lead_title_and_signature() -> None:
    found = words({"kind": "chapters"})
    assert found[0] == "一、组织情况"
    assert "根据统一部署，现予公布。" not in found
    assert "整改进展情况：一是减少会议5个。二是会议限时。" in found


def test_prose_is_taken_from_below_its_heading_and_replaced_where_there_is_none() -> None:
    assert words({"kind": "prose", "about": "主要负责人", "blocks": [text("框架")]}) == ["书记主持会议3次。"]
    assert words({"kind": "prose", "about": "下一步", "blocks": [text("框架")]}) == ["框架"]


def test_a_report_of_chapters_that_nobody_wrote_says_so_under_each_heading() -> None:
    document = made({"kind": "chapters"}, snapshot=a_snapshot(Issue(title="学习不够", public_text="已学习。")))
    texts = [block.text for block in document.blocks]
    assert texts[:7] == [
        "一、整改工作组织开展情况",
        "（一）党组织落实整改情况",
        "〔待填写〕",
        "（二）主要负责人落实整改情况",
        "〔待填写〕",
        "（三）整改任务完成情况",
        "〔待填写〕",
    ]
    assert texts[-2:] == ["三、下一步工作打算", "〔待填写〕"]
    assert document.warnings == ("有4处内容台账里没有，已写成〔待填写〕，请补齐后再报送",)


def test_a_report_says_of_each_item_without_an_answer_that_it_is_to_be_written() -> None:
    snapshot = a_snapshot(
        Section(title="方面"),
        Issue(section_id=1, title="没有"), Issue(section_id=1, title="有"), Issue(section_id=1, title="大"),
        Issue(parent_id=3, title="小一"), Issue(parent_id=3, title="小二"),
        Issue(section_id=1, title="一并"), Issue(parent_id=6, title="随上"),
        Measure(issue_id=2, progress="已改。"), Measure(issue_id=5, progress="已办。"),
        Measure(issue_id=6, progress="已整改。"), Measure(issue_id=1, content="只有措施"),
    )  # fmt: skip
    texts = [block.text for block in made({"kind": "chapters"}, snapshot=snapshot).blocks]
    start = texts.index("1.针对没有问题。")
    assert texts[start : texts.index("三、下一步工作打算")] == [
        "1.针对没有问题。", "〔待填写〕",
        "2.针对有问题。", "整改进展情况：已改。",
        "3.针对大问题。", "（1）小一。", "〔待填写〕", "（2）小二。", "整改进展情况：已办。",
        "4.针对一并问题。", "整改进展情况：已整改。",
    ]  # fmt: skip


def test_prose_is_no_finding_that_has_the_same_words() -> None:
    snapshot = a_snapshot(
        Issue(title="主要负责人履行第一责任人职责不到位"), Issue(title="下一步打算不清"),
        Measure(issue_id=1, progress="书记牵头整改。"), Measure(issue_id=2, progress="明确打算。"),
    )  # fmt: skip
    for about in ("主要负责人", "下一步打算不清"):
        document = made({"kind": "prose", "about": about, "blocks": [text("框架")]}, snapshot=snapshot)
        assert [block.text for block in document.blocks] == ["框架"]


def test_an_emphasised_issue_tells_what_was_done_about_its_parts() -> None:
    snapshot = a_snapshot(
        Issue(title="甲", emphasis=True), Issue(parent_id=1, title="甲一"), Measure(issue_id=2, progress="开会3次。"),
        kind=InspectionKind.XUNSHI,
    )  # fmt: skip
    report = [b.text for b in ledger_document(snapshot, chosen_template("leader_report", FOLDER), today=TODAY).blocks]
    assert "整改进展：开会3次。" in report
    assert not [words for words in report if "巡察" in words]


def table(of: str, *keys: str, **more: Any) -> list[list[str | None]]:
    columns = [{"key": key, "caption": key} for key in keys]
    return rows(made({"kind": "table", "of": of, "columns": columns, **more}).blocks[0])[1:]


def test_rows_of_the_ledger_are_merged_as_in_the_workbook() -> None:
    assert table("measures", "issue", "content", "leaders")[:2] == [
        ["会风不正", "压减会议", "王一\n李二"],
        [None, "开短会。", "王一\n李二"],
    ]


def test_progress_by_section_ends_with_the_sums() -> None:
    assert table("sections_progress", "name", "total", "done", "in_progress", "rate", total=True) == [
        ["作风建设方面", "3", "1", "1", "33.33%"],
        ["基层治理方面", "1", "0", "0", "0%"],
        ["合　计", "4", "1", "1", "25%"],
    ]


def with_lists_beyond() -> Snapshot:
    """An issue of the feedback that is done, two issues beyond it of which one is; each has a measure."""
    return a_snapshot(
        Section(title="举一反三", category=SectionCategory.EXTENSION), Section(title="作风建设"),
        Issue(section_id=2, title="甲", status=Status.DONE), Issue(section_id=1, title="乙", status=Status.DONE),
        Issue(section_id=1, title="丙"), Measure(issue_id=1, content="开会", status=Status.DONE),
        Measure(issue_id=2, content="自查", status=Status.DONE), Measure(issue_id=3, content="整治"),
    )  # fmt: skip


def test_sections_beyond_the_feedback_stand_behind_its_sum() -> None:
    columns = [{"key": key, "caption": key} for key in ("name", "total", "done", "rate", "note")]
    spec = {"kind": "table", "of": "sections_progress", "columns": columns, "total": True}
    found = rows(made(spec, snapshot=with_lists_beyond()).blocks[0])[1:]
    assert found == [
        ["作风建设", "1", "1", "100%", ""],
        ["合　计", "1", "1", "100%", ""],
        ["举一反三", "2", "1", "50%", "不计入合计"],
    ]
    without = rows(made(spec | {"total": False}, snapshot=with_lists_beyond()).blocks[0])[1:]
    assert [row[0] for row in without] == ["举一反三", "作风建设"]


@pytest.mark.parametrize("kind", ["plan", "progress_report", "statistics", "leader_report"])
def test_text_and_table_of_a_report_count_the_same(kind: str) -> None:
    document = ledger_document(with_lists_beyond(), chosen_template(kind, FOLDER), today=TODAY)
    said = "".join(block.text for block in document.blocks)
    expected = {
        "plan": "分解为1项整改事项，制定整改措施1条",
        "progress_report": "1项整改事项中已完成1项，完成率100%；1条整改措施中已完成1条",
        "statistics": "整改措施共1条，已完成1条，完成率100%",
        "leader_report": "共制定整改措施1条，已完成1条，完成率100%",
    }
    assert expected[kind] in said


def test_outcomes_stand_side_by_side_and_rows_are_left_to_fill_in() -> None:
    assert table("outcomes", "kind", "number", across=2, least=2) == [["制度新建", "3项", "", ""], [""] * 4]


def test_withheld_issues_are_listed_with_ground_and_proposed_words() -> None:
    assert table("withheld", "number", "issue", "wording", "ground", "approval") == [
        ["1", "矛盾调处不力", "不公开，公开稿中只写明项数", "群体性事件", "党工委研究"]
    ]


def test_each_reviewing_body_has_a_row_with_what_it_said() -> None:
    bodies = ["{上级}宣传部", "区委组织部"]
    assert table("opinions", "body", "text", "adopted", "given_on", bodies=bodies) == [
        ["某区委宣传部", "", "", ""],
        ["区委组织部", "核对数字（第1稿）", "采纳", "2025年1月6日"],
    ]


def test_comments_of_the_public_say_who_answered_what() -> None:
    assert table("comments", "received_on", "text", "answered_by", "answer") == [
        ["2025年2月1日", "路灯不亮", "城建办", "已修好"]
    ]


def test_a_form_is_written_as_drawn_with_cells_over_rows_and_columns() -> None:
    form = {
        "kind": "form",
        "widths": [1, 2, 2],
        "heights": [10, 20],
        "rows": [[{"text": "单位", "rows": 2, "head": True}, {"text": "{单位简称}", "columns": 2}], ["甲", "乙"]],
    }
    block = made(form).blocks[0]
    assert rows(block) == [["单位", "柳林街道党工委", None], [None, "甲", "乙"]]
    assert block.table is not None
    assert (block.table.heights, block.table.head_rows) == ((10, 20), 0)


def test_a_cell_of_a_form_goes_no_further_than_the_last_column() -> None:
    block = made({"kind": "form", "widths": [1, 1, 1], "rows": [["甲", {"text": "宽", "columns": 5}]]}).blocks[0]
    assert block.table is not None
    assert [cell and cell.columns for cell in block.table.rows[0]] == [1, 2, None]


@pytest.mark.parametrize("kind", KINDS)
def test_every_built_in_document_of_a_full_ledger_knows_its_names(kind: str) -> None:
    document = ledger_document(a_street(), chosen_template(kind, FOLDER), today=TODAY)
    assert not [warning for warning in document.warnings if "不是台账里的内容" in warning]
    assert document.title.startswith("柳林街道党工委")
    assert any(block.kind is Kind.TITLE for block in document.blocks)


@pytest.mark.parametrize("kind", KINDS)
def test_every_built_in_document_of_an_empty_ledger_says_what_is_missing(kind: str) -> None:
    document = ledger_document(Snapshot(), chosen_template(kind, FOLDER), today=TODAY)
    assert "〔待填写〕" in "".join(block.text for block in document.blocks)
    assert "已写成〔待填写〕" in document.warnings[-1]


def test_the_plan_lists_every_issue_and_planned_measure() -> None:
    document = ledger_document(a_street(), chosen_template("plan", FOLDER), today=TODAY)
    everything = "\n".join(block.text for block in document.blocks)
    for record in a_street().issues:
        assert everything.count(record.title) >= 2  # in the text and in the lists
    assert "一是压减会议。" in everything
    assert [block.text for block in document.blocks if block.kind is Kind.LABEL] == ["附件1", "附件2", "附件3"]


def test_a_withheld_issue_is_in_no_document_for_the_public() -> None:
    template = replace(chosen_template("progress_report", FOLDER), edition="public")
    document = ledger_document(a_street(), template, today=TODAY)
    assert "矛盾调处不力" not in "".join(block.text for block in document.blocks)


def for_the_public(*blocks: dict[str, Any], snapshot: Snapshot) -> Document:
    template = load_document_template(json.dumps({"caption": "公开", "edition": "public", "blocks": blocks}))
    return compose_document(template, snapshot, BUILT_IN["a"], today=TODAY)


def with_a_case() -> Snapshot:
    street = a_street()
    case = Issue(10, "x", 2, None, 9, "挪用民政资金案件", withheld=WithheldGround.OPEN_CASE,
                 withheld_wording="资金管理不规范", lead_department="民政所", status=Status.DONE)  # fmt: skip
    inside = Chapter(8, "in", 8, edition="internal", blocks=(ChapterBlock(BlockKind.PARAGRAPH, 0, "内部要求。"),))
    outside = Chapter(9, "out", 9, edition="public", blocks=(ChapterBlock(BlockKind.PARAGRAPH, 0, "公开说明。"),))
    issues = (*street.issues, case)
    return replace(street, issues=issues, chapters=(*street.chapters, inside, outside), persons=(
        Person(1, "p1", name="王一", public_role="分管领导"),))  # fmt: skip


TABLES = [
    *(("issues", key) for key in ("issue", "leaders")),
    ("measures", "content"),
    ("departments", "issue"),
    ("withheld", "issue"),
    ("reminders", "title"),
    ("sections_progress", "name"),
]


@pytest.mark.parametrize(("of", "key"), TABLES)
def test_no_table_for_the_public_has_what_is_withheld(of: str, key: str) -> None:
    columns = [{"key": key, "caption": "栏"}]
    block = for_the_public({"kind": "table", "of": of, "columns": columns}, snapshot=with_a_case()).blocks[0]
    assert "案件" not in block.text
    assert "矛盾调处不力" not in block.text
    assert "王一" not in block.text


def test_persons_in_tables_for_the_public_are_roles_that_come_back_into_no_record() -> None:
    columns = [{"key": "leaders", "caption": "领导"}]
    document = for_the_public({"kind": "table", "of": "issues", "columns": columns}, snapshot=with_a_case())
    table_ = document.blocks[0].table
    assert table_ is not None
    assert [(cell.text, cell.anchor) for cell in table_.rows[1] if cell] == [("分管领导\n李二", None)]


def test_figures_for_the_public_count_what_is_withheld_without_naming_its_section() -> None:
    street = with_a_case()
    snapshot = replace(street, issues=tuple(replace(i, withheld_wording="") for i in street.issues))
    columns = [{"key": key, "caption": key} for key in ("name", "total", "done")]
    table_ = {"kind": "table", "of": "sections_progress", "columns": columns, "total": True}
    document = for_the_public(text("共{整改事项总数}项，完成{已完成问题数}项"), table_, snapshot=snapshot)
    assert document.blocks[0].text == "共5项，完成2项"
    assert [row[0] for row in rows(document.blocks[1])[1:]] == ["作风建设方面", "其他方面", "合　计"]
    assert rows(document.blocks[1])[-1] == ["合　计", "5", "2"]


def test_the_chapters_are_those_of_the_template_s_edition() -> None:
    found = [block.text for block in for_the_public({"kind": "chapters"}, snapshot=with_a_case()).blocks]
    assert "公开说明。" in found
    assert "内部要求。" not in found
    assert "另有1项整改事项按规定不予公开。" in found
    assert not any("案件" in text or "矛盾调处" in text for text in found)
    inside = [block.text for block in made({"kind": "chapters"}, snapshot=with_a_case()).blocks]
    assert "内部要求。" in inside
    assert any("案件" in text for text in inside)


@settings(max_examples=8, deadline=None)
@given(ledgers())
def test_any_ledger_makes_every_document(case: tuple[Snapshot, Any]) -> None:
    for kind in KINDS:
        document = ledger_document(case[0], chosen_template(kind, FOLDER), today=TODAY)
        assert all(block.table or block.runs or block.kind is Kind.PAGE for block in document.blocks)


def test_money_is_printed_in_the_unit_of_the_words_behind_it_as_in_the_notice() -> None:
    snapshot = a_snapshot(Outcome(kind="追回资金", number=Decimal("4.7"), unit="万元"))
    blocks = [{"kind": "paragraph", "text": "追回资金{追回资金金额}元，即{追回资金金额}万元。"}]
    found = compose_document(
        load_document_template(json.dumps({"blocks": blocks})), snapshot, BUILT_IN["a"], today=TODAY
    )
    assert found.blocks[0].text == "追回资金47000元，即4.7万元。"


def own_table(of: str, *keys: str, edition: str = "internal") -> str:
    columns = [{"key": key, "caption": key} for key in keys]
    return json.dumps({"edition": edition, "blocks": [{"kind": "table", "of": of, "columns": columns}]})


def test_a_list_for_the_public_says_nowhere_what_is_withheld_and_why() -> None:
    snapshot = a_snapshot(
        Issue(title="某事", withheld=WithheldGround.SENSITIVE, withheld_wording="个别事项不规范"),
        Measure(issue_id=1, content="做"),
    )  # fmt: skip
    template = load_document_template(own_table("issues", "issue", "note", edition="public"))
    found = compose_document(template, snapshot, BUILT_IN["a"], today=TODAY)
    assert rows(found.blocks[0])[1:] == [["个别事项不规范", ""]]


def test_a_table_of_what_is_to_be_chased_tells_all_in_a_paper_to_nobody() -> None:
    snapshot = a_snapshot(Issue(title="甲", lead_department="党政办", due_on=dt.date(2025, 1, 1)))
    found = compose_document(
        load_document_template(own_table("reminders", "title", "words")), snapshot, BUILT_IN["a"], today=TODAY
    )
    assert rows(found.blocks[0])[1:] == [["甲", "已逾期7天"]]
    assert found.warnings == ()
