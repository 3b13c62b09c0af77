"""Tables in which offices keep issues and measures, read as a person reads them."""

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_tables import document

from zhenggai_desktop.domain.blocks import SourceDocument
from zhenggai_desktop.domain.feedback import understand
from zhenggai_desktop.domain.plan import ImportPlan, ProposedIssue
from zhenggai_desktop.domain.records import ChapterRole, DocumentKind, Issue, Measure, Status
from zhenggai_desktop.domain.typography import core

LEDGER = [
    ["区委第二巡察组反馈意见整改台账", *"<" * 8],
    ["序号", "反馈方面", "存在问题", "整改措施", "责任分工", "<", "完成时限", "整改落实情况", "<"],
    ["^", "^", "^", "^", "牵头领导", "责任单位", "^", "进展情况", "是否完成"],
    ["1", "党的领导方面", "学习不深入", "1.召开会议", "党委书记", "党政办", "2025年10月底前", "已召开会议", "已完成"],
    ["2", "^", "台账不清。账实不符。", "1.清查", "副书记、镇长", "财政所", "立行立改，长期坚持", "清查了", "基本完成"],
    ["^", "^", "^", "2.补登", "张某、李某", "财政所\n党政办", "2025.9.30", "已补登", "否"],
    ["3", "党的建设方面", "支部活动少", "（一）制定计划。（二）开展活动", "", "", "", "一是制定了；二是开展了", ""],
    ["合计", "<", "<", "", "", "", "", "", ""],
    ["填表人：王某", "<", "<", "<", "<", "审核人：李某", "<", "<", "<"],
]


def issues(plan: ImportPlan) -> list[tuple[str, str, str]]:
    """Number, title and words of every issue in reading order."""
    return [(issue.number, issue.record.title, issue.record.original_text) for issue in plan.issues()]


def outline(plan: ImportPlan) -> list[tuple[str | None, list[str]]]:
    return [(s.record.title if s.record else None, [i.record.title for i in s.issues]) for s in plan.sections]


def done(issue: ProposedIssue) -> list[tuple[str, str]]:
    return [(measure.record.content, measure.record.progress) for measure in issue.measures]


def test_merged_cells_and_two_header_rows_are_understood() -> None:
    plan = understand(document(LEDGER))
    assert plan.document is DocumentKind.WORKBOOK
    assert outline(plan) == [("党的领导方面", ["学习不深入", "台账不清"]), ("党的建设方面", ["支部活动少"])]
    first, second, third = plan.issues()
    assert done(first) == [("召开会议", "已召开会议")]
    assert (first.record.leaders, first.record.lead_department) == (("党委书记",), "党政办")
    assert (first.record.due_on, first.record.status) == (dt.date(2025, 10, 31), Status.DONE)
    assert second.record.original_text == "账实不符。"
    assert [m.record.leaders for m in second.measures] == [("副书记、镇长",), ("张某", "李某")]
    assert [m.record.status for m in second.measures] == [Status.MOSTLY_DONE, Status.IN_PROGRESS]
    assert done(third) == [("制定计划。", "制定了；"), ("开展活动", "开展了")]
    assert [(note.code, note.text) for note in plan.leftovers] == [
        ("total", "合计"),
        ("signature", "填表人：王某｜审核人：李某"),
    ]
    assert not plan.doubts


def test_blank_cells_mean_the_row_above() -> None:
    rows = [["方面", "问题", "整改措施"], ["甲方面", "学习少", "开会"], ["", "", "写体会"], ["", "账目乱", "清账"]]
    plan = understand(document(rows))
    assert outline(plan) == [("甲方面", ["学习少", "账目乱"])]
    assert [len(issue.measures) for issue in plan.issues()] == [2, 1]


def test_equal_words_below_each_other_are_one_issue_unless_cells_are_merged() -> None:
    rows = [["序号", "问题", "整改措施"], ["1", "学习少", "开会"], ["2", "学习少", "写体会"]]
    assert [len(issue.measures) for issue in understand(document(rows)).issues()] == [2]
    rows = [["序号", "问题", "整改措施"], ["1", "学习少", "开会"], ["^", "^", "写体会"], ["2", "学习少", "交流"]]
    assert [len(issue.measures) for issue in understand(document(rows)).issues()] == [2, 1]


def test_rows_across_the_table_name_sections() -> None:
    rows = [["反馈问题", "整改情况"], ["一、党的领导方面", "<"], ["学习少", "已开会。"], ["二、党的建设方面", "<"],
            ["活动少", "已开展。"]]  # fmt: skip
    assert outline(understand(document(rows))) == [("党的领导方面", ["学习少"]), ("党的建设方面", ["活动少"])]


def test_a_row_that_names_a_section_may_count_its_issues() -> None:
    plan = understand(
        document([
            ["序号", "存在问题", "整改措施", "责任单位"],
            ["一、党的领导方面（共2个问题）", "<", "<", "<"],
            ["1", "学习不深入", "学习", "党政办"],
            ["2", "研讨少", "研讨", "党政办"],
            ["二、从严治党方面（3项）", "<", "<", "<"],
            ["3", "监督不力", "监督", "纪委"],
        ])
    )  # fmt: skip
    assert outline(plan) == [("党的领导方面", ["学习不深入", "研讨少"]), ("从严治党方面", ["监督不力"])]
    assert [note.text for note in plan.doubts] == ["“从严治党方面”：标题称3个问题，读出1个"]


def test_several_details_are_sub_issues_with_their_own_measures() -> None:
    rows = [
        ["序号", "问题", "具体表现", "整改措施", "责任领导"],
        ["1", "财务管理不规范", "（1）补贴发放依据不足", "清查补贴", "甲某"],
        ["^", "^", "（2）资产账实不符", "盘点资产", "^"],
        ["2", "学习少", "全年只学三次", "制定计划", "乙某"],
    ]
    first, dues, assets, second = understand(document(rows)).issues()
    assert [issue.record.title for issue in first.issues] == ["补贴发放依据不足", "资产账实不符"]
    assert (done(first), done(dues), done(assets)) == ([], [("清查补贴", "")], [("盘点资产", "")])
    assert first.record.leaders == ("甲某",)
    assert (second.record.title, second.record.original_text) == ("学习少", "全年只学三次")


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("（一）开会。\n（二）写体会。", ["开会。", "写体会。"]),
        ("1.开会；2.写体会。", ["开会；", "写体会。"]),
        ("一是开会；二是写体会。", ["开会；", "写体会。"]),
        ("①开会②写体会", ["开会", "写体会"]),
        ("开会\n写体会", ["开会", "写体会"]),
        ("主要措施：\n1、开会\n2、写体会", ["主要措施：开会", "写体会"]),
        ("投入3.5万元，\n改造管网2.5公里。", ["投入3.5万元，改造管网2.5公里。"]),
    ],
)
def test_one_cell_holds_several_measures(cell: str, parts: list[str]) -> None:
    plan = understand(document([["问题", "整改措施", "责任人"], ["学习少", cell, "甲某"]]))
    assert [measure.record.content for issue in plan.issues() for measure in issue.measures] == parts


def test_a_notice_in_two_columns_answers_its_issues() -> None:
    plan = understand(
        document(
            "某镇党委关于巡察整改情况的通报\n根据部署，2025年3月10日至5月16日，区委第二巡察组对某镇党委开展了巡察。"
            "2025年6月20日反馈了意见。现将整改情况公布如下。\n一、组织情况\n党委召开会议5次。\n二、反馈问题整改情况",
            [
                ["反馈问题", "整改情况"],
                ["学习不深入。", "已完成。一是开会。二是写体会。"],
                ["台账不清。", "正在清查。"],
            ],
            "三、下一步打算\n继续抓好。\n欢迎监督。联系电话：0000-5550123。\n中共某镇委员会\n2025年12月25日",
        )
    )
    assert (plan.document, plan.facts.phone) == (DocumentKind.NOTICE, "0000-5550123")
    roles = [(chapter.title, chapter.role) for chapter in plan.chapters if chapter.title]
    assert roles == [("组织情况", ChapterRole.NARRATIVE), ("反馈问题整改情况", ChapterRole.ISSUES),
                     ("下一步打算", ChapterRole.NARRATIVE)]  # fmt: skip
    first, second = plan.issues()
    assert [progress for _, progress in done(first)] == ["开会。", "写体会。"]
    assert (first.record.status, first.record.answer_introduction) == (Status.DONE, "已完成。")
    assert [measure.record.status for measure in second.measures] == [Status.IN_PROGRESS]
    assert [note.code for note in plan.doubts] == ["status"]


def test_headings_above_several_tables_name_their_sections() -> None:
    rows = [["序号", "问题", "整改措施"], ["1", "甲事不实", "开会"]]
    other = [["序号", "问题", "整改措施"], ["1", "乙事不实", "写体会"]]
    plan = understand(document("整改台账\n一、党的领导方面", rows, "二、党的建设方面", other))
    assert outline(plan) == [("党的领导方面", ["甲事不实"]), ("党的建设方面", ["乙事不实"])]


def test_a_numbered_name_alone_in_the_number_column_is_a_section_and_in_another_an_issue() -> None:
    rows = [
        ["序号", "问题", "整改措施", "责任部门"],
        ["一、党的领导方面", "", "", ""],
        ["1", "甲事不实", "开会", "党政办"],
        ["二、党的建设方面", "", "", ""],
        ["1", "乙事不实", "写体会", "组织办"],
        ["", "二、丙事不实", "", ""],
    ]
    assert outline(understand(document(rows))) == [
        ("党的领导方面", ["甲事不实"]),
        ("党的建设方面", ["乙事不实", "丙事不实"]),
    ]


def test_three_lists_are_three_views_of_the_same_issues() -> None:
    plan = understand(
        document(
            "巡察整改方案\n一、问题清单",
            [["序号", "反馈问题"], ["1", "学习少"], ["2", "账目乱"]],
            "二、任务清单",
            [
                ["序号", "问题", "整改措施", "完成时限"],
                ["1", "学习少", "开会", "2025年底前"],
                ["2", "账目乱", "清账", ""],
            ],
            "三、责任清单",
            [
                ["序号", "问题", "责任领导", "责任部门"],
                ["1", "学习少", "甲某", "党政办"],
                ["2", "账目乱", "乙某", "财政所"],
            ],
        )
    )
    first, second = plan.issues()
    assert (done(first), first.record.leaders, first.record.deadline) == ([("开会", "")], ("甲某",), "2025年底前")
    assert (done(second), second.record.lead_department) == ([("清账", "")], "财政所")


def test_a_table_of_anything_else_stays_text() -> None:
    rows = [["姓名", "职务"], ["甲某", "书记"]]
    plan = understand(document("关于巡察某镇的反馈意见\n1.学习少\n2.账目乱", rows))
    assert [title for _, title, _ in issues(plan)][:2] == ["学习少", "账目乱"]
    assert "甲某" in " ".join(words for _, _, words in issues(plan))


def test_a_page_laid_out_in_one_column_is_text() -> None:
    rows = [
        ["某镇关于巡察整改情况的通报"],
        ["一、整改情况\n1.针对“学习少”的问题。\n整改情况：已开会。"],
        ["某镇\n2025年1月2日"],
    ]
    plan = understand(document(rows))
    assert issues(plan) == [("1.", "学习少", "")]


def test_progress_that_does_not_fit_its_measures_is_kept_whole_and_doubted() -> None:
    rows = [["问题", "整改措施", "整改情况"], ["学习少", "1.开会。2.写体会。", "一是开会。二是写了。三是考了。"]]
    plan = understand(document(rows))
    assert next(plan.issues()).record.public_text == "一是开会。二是写了。三是考了。"
    assert [note.code for note in plan.doubts] == ["progress"]


def test_rows_without_an_issue_and_skipped_numbers_are_doubted() -> None:
    rows = [["序号", "问题", "整改措施"], ["1", "", "开会"], ["2", "学习少", "写体会"], ["4", "账目乱", "清账"]]
    assert [note.code for note in understand(document(rows)).doubts] == ["row_without_issue", "number"]


def test_what_fits_no_field_is_a_note_with_its_header() -> None:
    rows = [["问题", "整改措施", "复查结果", "完成情况", "剩余天数"], ["学习少", "开会", "合格", "见附件", "12"]]
    plan = understand(document(rows))
    assert next(plan.issues()).record.note == "完成情况：见附件\n复查结果：合格"
    assert [(note.code, note.text) for note in plan.leftovers] == [("computed", "剩余天数：12")]


def words_of(plan: ImportPlan) -> str:
    """Everything that the plan keeps, once each time it is kept."""
    parts: list[str] = [note.text for note in plan.leftovers]
    for chapter in plan.chapters:
        parts += [chapter.printed_heading or chapter.title, *(block.text for block in chapter.blocks)]
    for section in plan.sections:
        parts += [section.record.title if section.record else ""]
    for issue in plan.issues():
        parts += [issue.number, *_words(issue.record)]
        for measure in issue.measures:
            parts += _words(measure.record)
    return "".join(parts)


_STATUS_WORDS = {
    Status.DONE: "已完成",
    Status.IN_PROGRESS: "正在推进",
    Status.MOSTLY_DONE: "基本完成",
    Status.NOT_STARTED: "未启动",
}


def _words(record: Issue | Measure) -> list[str]:
    shared = [*record.leaders, record.lead_department, *record.supporting_departments, record.owner, record.deadline]
    shared += [record.note, _STATUS_WORDS[record.status] if record.status else ""]
    if isinstance(record, Measure):
        return [*shared, record.content, record.progress]
    own = [record.title, record.original_text, record.goal, *record.recommendations, record.public_text]
    return [*shared, *own, record.answer_introduction]


CELLS = {
    "序号": st.sampled_from(["", "1", "2", "3"]),
    "反馈方面": st.sampled_from(["", "^", "党的领导方面", "（一）党的建设方面"]),
    "问题": st.sampled_from(["", "^", "学习少", "账目乱。账实不符。", "1.活动少", "甲事：\n（1）乙事\n（2）丙事"]),
    "具体表现": st.sampled_from(["", "^", "（1）会议少", "票据缺失", "1.表一\n2.表二"]),
    "整改目标": st.sampled_from(["", "^", "规范管理"]),
    "整改措施": st.sampled_from(["", "^", "开会", "1.清账；2.补票。", "一是甲。二是乙。三是丙。"]),
    "责任领导": st.sampled_from(["", "^", "党委书记", "甲某、乙某"]),
    "配合部门": st.sampled_from(["", "^", "财政所、党政办"]),
    "整改时限": st.sampled_from(["", "^", "2025年底前", "立行立改，长期坚持"]),
    "整改情况": st.sampled_from(["", "^", "已清账。", "一是完成。二是完成。", "正在推进。下月完成。"]),
    "是否完成": st.sampled_from(["", "^", "已完成", "基本完成", "说不清楚"]),
    "佐证材料": st.sampled_from(["", "^", "会议记录2份"]),
    "剩余天数": st.sampled_from(["", "15"]),
}
MARKS = Counter(4 * "一二三四五六七八九十是123")  # numbers of lists, which the tree counts anew


@st.composite
def any_table(draw: st.DrawFn) -> SourceDocument:
    """Any ledger columns in any order, with merged, blank and repeated cells."""
    others = draw(st.lists(st.sampled_from([c for c in CELLS if c != "问题"]), unique=True, min_size=2))
    captions = draw(st.permutations(["问题", *others]))
    rows = [list(captions)]
    for _ in range(draw(st.integers(1, 6))):
        rows.append(["" if len(rows) == 1 and cell == "^" else cell
                     for cell in (draw(CELLS[caption]) for caption in captions)])  # fmt: skip
    return document("某镇巡察整改台账", rows, "备注说明在表外。")


@settings(max_examples=200, deadline=None)
@given(any_table())
def test_every_cell_ends_in_a_record_or_among_the_leftovers(source: SourceDocument) -> None:
    (table,) = source.tables
    kept = words_of(understand(source))
    for cell in table.cells:
        if cell.row:
            lost = Counter(core(cell.text)) - Counter(core(kept)) - MARKS
            assert not lost, f"lost {lost} of {cell.text}"


@pytest.mark.parametrize("name", ["ledger-merged-cells.xlsx", "ledger-monthly.xlsx"])
def test_the_sheets_of_real_ledgers_are_understood_by_the_same_core(name: str) -> None:
    path = Path(__file__).parents[3] / "shared" / "samples" / name
    if not path.exists():
        pytest.skip(f"{name} is not at hand")
    plan = understand(_sheet(path))
    counts = [len(issue.measures) for issue in plan.issues()]
    assert ([len(section.issues) for section in plan.sections], sum(counts)) == ([8, 10, 5], 44)


def _sheet(path: Path) -> SourceDocument:
    openpyxl = pytest.importorskip("openpyxl")
    sheet = max(openpyxl.load_workbook(path).worksheets, key=lambda sheet: sheet.max_row)
    rows = [["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    for merged in sheet.merged_cells.ranges:
        for row in range(merged.min_row, merged.max_row + 1):
            for column in range(merged.min_col, merged.max_col + 1):
                if (row, column) != (merged.min_row, merged.min_col):
                    rows[row - 1][column - 1] = "<" if column > merged.min_col else "^"
    return document(rows)
