"""Pasting: numbers are understood and taken off, no words are lost, each paste is one step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import a_ledger

from zhenggai_desktop.domain.records import Issue, Measure, Section, Status
from zhenggai_desktop.services import pasting
from zhenggai_desktop.services.ledger import Ledger

TODAY = dt.date(2025, 3, 10)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    records = (Section(title="甲"), Issue(section_id=1, title="学习不够"), Measure(issue_id=1, content="原有"))
    with a_ledger(tmp_path, *records, feedback_date=dt.date(2025, 1, 15)) as ledger:
        yield ledger


def contents(ledger: Ledger) -> list[str]:
    return [measure.content for measure in ledger.snapshot.measures]


def test_lines_under_a_section_become_issues_on_their_levels(ledger: Ledger) -> None:
    text = "1.管理松散\n（1）制度不全。\n制度多年未修订。\n（2）执行不严\n一是补制度\n二是抓执行\n\n2.作风不实\n"
    keys = pasting.paste_lines(ledger, (Section, 1), text)
    assert [key[0] for key in keys] == [Issue, Issue]
    issues = {issue.title: issue for issue in ledger.snapshot.issues}
    assert set(issues) == {"学习不够", "管理松散", "作风不实", "制度不全", "执行不严"}
    assert issues["制度不全"].parent_id == issues["管理松散"].id
    assert issues["制度不全"].original_text == "制度多年未修订。"
    assert contents(ledger) == ["原有", "补制度", "抓执行"]
    assert ledger.undo_label == "粘贴2个问题"


SCHEMES = {  # domain.md §6: headings and answers as notices print them
    "a": (
        "（一）关于学习方面问题\n1.针对学习不实问题。\n（1）记录不全。\n整改进展情况：一是补齐记录。二是定期检查。\n"
        "2.针对制度不全问题。\n",
        {
            "关于学习方面问题": [], "针对学习不实问题": [], "记录不全": ["补齐记录。", "定期检查。"],
            "针对制度不全问题": [],
        },
    ),
    "b": ("（一）学习不实的问题。\n（二）作风不实的问题。\n", {"学习不实的问题": [], "作风不实的问题": []}),
    "c": (
        "1.针对“学习不实”问题和“加强学习”整改意见，进行了以下整改。\n修订了制度。\n开会两次。\n"
        "2.针对“制度不全”问题，进行了如下整改：\n补了制度。\n",
        {
            "针对“学习不实”问题和“加强学习”整改意见，进行了以下整改": ["修订了制度。", "开会两次。"],
            "针对“制度不全”问题，进行了如下整改": ["补了制度。"],
        },
    ),
    "d": (
        "一、关于“学习不实”问题的整改情况\n（一）加强学习。\n（二）建立制度。\n"
        "二、关于“作风不实”问题的整改情况\n（一）走访群众。\n",
        {"关于“学习不实”问题的整改情况": ["加强学习。", "建立制度。"], "关于“作风不实”问题的整改情况": ["走访群众。"]},
    ),
    "e": (
        "问题一：学习不实。\n有的学习走过场。\n整改措施及成效：一是加强学习。二是建立制度。\n长期坚持。\n"
        "问题二：作风不实。\n一是走访群众。\n",
        {"学习不实": ["加强学习。", "建立制度。", "长期坚持。"], "作风不实": ["走访群众。"]},
    ),
}  # fmt: skip


@pytest.mark.parametrize("scheme", SCHEMES)
def test_headings_of_every_scheme_are_issues_and_what_answers_them_measures(ledger: Ledger, scheme: str) -> None:
    text, expected = SCHEMES[scheme]
    pasting.paste_lines(ledger, (Section, 1), text)
    pasted = sorted((issue for issue in ledger.snapshot.issues if issue.id > 1), key=lambda issue: issue.id)
    found = {
        issue.title: [measure.content for measure in ledger.snapshot.measures if measure.issue_id == issue.id]
        for issue in pasted
    }
    assert found == expected
    assert [issue.original_text for issue in pasted if issue.original_text] == (
        ["有的学习走过场。"] if scheme == "e" else []
    )


def test_what_was_typed_into_a_chat_is_understood(ledger: Ledger) -> None:
    text = (
        "一,党建引领方面\n1,党建品牌不突出，没有形成特色 。\n2. 网格员 管理松散;考核流于形式\n"
        " (1) 2024年 有3名网格员 长期不在岗\n"
        "二、 作风建设方面\n3、 窗口服务态度差 , 群众投诉11件\n4、公务接待 超标准 ２次\n"
    )
    pasting.paste_lines(ledger, (Section, 1), text)
    titles = {issue.id: issue.title for issue in ledger.snapshot.issues}
    pasted = sorted((issue for issue in ledger.snapshot.issues if issue.id > 1), key=lambda issue: issue.id)
    assert [(issue.title, titles.get(issue.parent_id or 0)) for issue in pasted] == [
        ("党建引领方面", None),
        ("党建品牌不突出，没有形成特色", "党建引领方面"),
        ("网格员 管理松散;考核流于形式", "党建引领方面"),
        ("2024年 有3名网格员 长期不在岗", "网格员 管理松散;考核流于形式"),
        ("作风建设方面", None),
        ("窗口服务态度差 , 群众投诉11件", "作风建设方面"),
        ("公务接待 超标准 ２次", "作风建设方面"),
    ]


def test_a_title_of_one_sentence_leaves_its_stop_behind(ledger: Ledger) -> None:
    pasting.paste_lines(
        ledger, (Section, 1), "1.学习不深入。\n2.调研不多；\n3.会议多。文件也多。\n4.台账的“账外账”。\n"
    )
    titles = [issue.title for issue in ledger.snapshot.issues if issue.id > 1]
    assert titles == ["学习不深入", "调研不多", "会议多。文件也多。", "台账的“账外账”"]


def test_lines_without_numbers_are_a_record_each(ledger: Ledger) -> None:
    pasting.paste_lines(ledger, None, "甲问题\n\n　乙问题 \n")
    assert [issue.title for issue in ledger.snapshot.issues if issue.section_id is None] == ["甲问题", "乙问题"]


def test_lines_under_an_issue_become_measures(ledger: Ledger) -> None:
    pasting.paste_lines(ledger, (Issue, 1), "①开会；\n②发文。\n每月一次。")
    assert contents(ledger) == ["原有", "开会；", "发文。\n每月一次。"]
    assert ledger.undo_label == "粘贴2条整改措施"


def test_lines_on_a_measure_follow_it(ledger: Ledger) -> None:
    with ledger.step("加") as writer:
        writer.add(Measure(issue_id=1, content="最后"))
    pasting.paste_lines(ledger, (Measure, 1), "中间")
    assert contents(ledger) == ["原有", "中间", "最后"]


def test_words_before_the_first_number_are_not_lost(ledger: Ledger) -> None:
    pasting.paste_lines(ledger, (Issue, 1), "主要做法\n一是甲\n二是乙")
    assert contents(ledger) == ["原有", "主要做法", "甲", "乙"]


def test_a_cell_of_several_lines_is_one_measure(ledger: Ledger) -> None:
    """One column copied in Excel: no tabs, quotes around the cell with a line break, quotes within doubled."""
    before = len(ledger.snapshot.measures)
    text = '整改措施\r\n1.修订制度\r\n"2.每月检查""三公""经费\n并通报结果"\r\n3.开会\r\n'
    keys = pasting.paste_lines(ledger, (Issue, 1), text)
    found = {measure.id: measure.content for measure in ledger.snapshot.measures[before:]}
    assert [found[key[1]] for key in keys] == ["修订制度", '每月检查"三公"经费\n并通报结果', "开会"]


def test_a_column_with_a_broken_cell_and_no_numbers_is_a_measure_each(ledger: Ledger) -> None:
    keys = pasting.paste_lines(ledger, (Issue, 1), '修订制度\n"加强检查\n并通报"\n')
    found = {measure.id: measure.content for measure in ledger.snapshot.measures}
    assert [found[key[1]] for key in keys] == ["修订制度", "加强检查\n并通报"]


def test_a_broken_cell_under_a_section_is_an_issue_with_its_text(ledger: Ledger) -> None:
    keys = pasting.paste_lines(ledger, (Section, 1), '"学习不深入\n有的工作停留在会议上。"\n责任不落实\n')
    issues = {issue.id: issue for issue in ledger.snapshot.issues}
    assert [(issues[at].title, issues[at].original_text) for _, at in keys] == [
        ("学习不深入", "有的工作停留在会议上。"),
        ("责任不落实", ""),
    ]


@pytest.mark.parametrize("text", ['"只有一个引号\n又一行', '他说"好"\n又一行', '"整行引用"\n又一行'])
def test_quotes_of_a_text_are_no_cells(ledger: Ledger, text: str) -> None:
    keys = pasting.paste_lines(ledger, (Issue, 1), text)
    found = {measure.id: measure.content for measure in ledger.snapshot.measures}
    assert [found[key[1]] for key in keys] == text.splitlines()


def test_nothing_pasted_is_no_step(ledger: Ledger) -> None:
    assert pasting.paste_lines(ledger, (Issue, 1), " \n ") == []
    assert ledger.undo_label == "建立"


def test_cells_with_heads_go_where_the_heads_say(ledger: Ledger) -> None:
    text = (
        "序号\t整改措施\t责任领导\t责任部门\t责任人\t完成时限\t完成情况\t经费\n"
        '1\t"修订制度，\n报党委审定"\t甲、乙\t综合科\t王科长\t6月底前\t已完成\t5万元\n'
        "2\t每月调度\t\t\t\t长期坚持\t没写\t\n"
    )
    assert pasting.is_cells(text)
    keys = pasting.paste_cells(ledger, (Issue, 1), text, today=TODAY)
    first, second = ledger.snapshot.measures[1:]
    assert keys == [(Measure, first.id), (Measure, second.id)]
    assert first.content == "修订制度，\n报党委审定"
    assert (first.leaders, first.lead_department, first.owner) == (("甲", "乙"), "综合科", "王科长")
    assert (first.deadline, first.due_on, first.status) == ("6月底前", dt.date(2025, 6, 30), Status.DONE)
    assert first.note == "5万元"
    assert (second.content, second.deadline, second.note, second.status) == ("每月调度", "长期坚持", "没写", None)
    assert ledger.undo_label == "粘贴2条整改措施"


def test_cells_without_heads_are_known_by_what_stands_in_them(ledger: Ledger) -> None:
    pasting.paste_cells(
        ledger,
        (Issue, 1),
        "1\t修订财务制度并严格执行\t2025年6月底前\t李\n2\t公开账目接受监督\t立行立改\t王",
        today=TODAY,
    )
    first = ledger.snapshot.measures[1]
    assert (first.content, first.deadline, first.note) == ("修订财务制度并严格执行", "2025年6月底前", "李")


def test_a_cell_with_numbered_items_is_a_measure_for_each(ledger: Ledger) -> None:
    text = (
        "整改措施\t责任人\t完成时限\t整改进展\t备注\n"
        '"1.制定学习计划，明确每月主题；\n2.学习情况按季通报。"\t王小明\t2025.5.31\t"1.已制定\n2.已通报1期"\t重点\n'
        '"（1）修订制度\n（2）组织培训"\t张丽\t6月底前\t正在推进\t\n'
        '"补充说明：\n分两步走"\t\t\t\t\n'
    )
    pasting.paste_cells(ledger, (Issue, 1), text, today=TODAY)
    added = [one for one in ledger.snapshot.measures if one.content != "原有"]
    assert [(one.content, one.owner, one.deadline, one.progress, one.note) for one in added] == [
        ("制定学习计划，明确每月主题；", "王小明", "2025.5.31", "已制定", "重点"),
        ("学习情况按季通报。", "王小明", "2025.5.31", "已通报1期", ""),
        ("修订制度", "张丽", "6月底前", "正在推进", ""),
        ("组织培训", "张丽", "6月底前", "", ""),
        ("补充说明：\n分两步走", "", "", "", ""),
    ]
    assert [one.due_on for one in added[:2]] == [dt.date(2025, 5, 31)] * 2
    assert ledger.undo_label == "粘贴5条整改措施"


def test_a_cell_of_several_lines_before_the_first_number_is_kept_whole(ledger: Ledger) -> None:
    pasting.paste_lines(ledger, (Section, 1), '"总体要求\n请各部门于月底前落实"\n1.学习不够深\n2.调研不够多')
    first, *others = ledger.snapshot.issues[1:]
    assert (first.title, first.original_text) == ("总体要求", "请各部门于月底前落实")
    assert [issue.title for issue in others] == ["学习不够深", "调研不够多"]


def test_words_behind_the_last_head_go_to_the_note(ledger: Ledger) -> None:
    text = "整改措施\t责任人\n召开专题会议\t张三\t已开2次会，形成纪要"
    pasting.paste_cells(ledger, (Issue, 1), text, today=TODAY)
    measure = ledger.snapshot.measures[1]
    assert (measure.content, measure.owner, measure.note) == ("召开专题会议", "张三", "已开2次会，形成纪要")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('"三会一课"制度落实不到位\t党政办', [['"三会一课"制度落实不到位', "党政办"]]),
        ('"三会一课制度\t甲\n第二个\t乙\n"主题党日"走过场\t丙',
         [['"三会一课制度', "甲"], ["第二个", "乙"], ['"主题党日"走过场', "丙"]]),
        ('"主题党日"\t甲', [['"主题党日"', "甲"]]),
        ('甲\t"一行\n""二""行"\n乙\t丙', [["甲", '一行\n"二"行'], ["乙", "丙"]]),
        ('"有\t制表符"\r\n甲', [["有\t制表符"], ["甲"]]),
        ('"没有\n收尾\t甲', [['"没有'], ["收尾", "甲"]]),
        ("\n\t\n甲\t\t\n", [["甲"]]),
        ("", []),
    ],
)  # fmt: skip
def test_quotes_hold_cells_together_only_around_a_break(text: str, rows: list[list[str]]) -> None:
    assert pasting.read_cells(text) == rows


def test_many_cells_that_begin_with_a_quote_are_read_at_once() -> None:
    assert len(pasting.read_cells('"甲\t' * 50_000)) == 1
    assert len(pasting.read_cells('"甲\n' * 50_000)) == 50_000


def test_pasted_heads_names_and_statuses_are_read_as_those_of_a_file(ledger: Ledger) -> None:
    text = (
        "具体措施\t牵头领导\t责任科室\t责任人员\t整改期限\t整改状态\n"
        '修订制度\t党委书记 张三\t综合科 财务科\t李四 王五\t"2025年\n6月底"\t推进中\n'
        "每月调度\t\t\t\t长期坚持\t完成80%\n"
    )
    pasting.paste_cells(ledger, (Issue, 1), text, today=TODAY)
    first, second = ledger.snapshot.measures[1:]
    assert (first.content, first.leaders, first.lead_department) == ("修订制度", ("党委书记张三",), "综合科、财务科")
    assert (first.owner, first.deadline, first.due_on) == ("李四、王五", "2025年6月底", dt.date(2025, 6, 30))
    assert (first.status, first.note) == (Status.IN_PROGRESS, "")
    assert (second.status, second.note) == (Status.IN_PROGRESS, "完成80%")
