"""Rows copied out of a ledger table: in a section or at the root they are issues with what stands beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import a_ledger

from zhenggai_desktop.domain.records import Issue, Measure, Section, Snapshot, Status
from zhenggai_desktop.errors import EditRefusedError
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.pasting import paste_cells

TODAY = dt.date(2025, 3, 10)
WHOLE = (
    "××镇整改台账\n"
    "序号\t反馈问题\t整改措施\t责任领导\t责任部门\t责任人\t完成时限\t完成情况\t进展情况\t经费\n"
    '1\t理论学习不够深入\t"1.制定学习计划；\n2.按季通报。"\t张三、李四\t党建办\t王小明\t2025.5.31\t已完成\t已通报1期\t5万元\n'
    "\t\t每月调度\t\t\t\t长期坚持\t\t\t\n"
    "2\t财务管理不够规范\t修订财务制度\t丙\t财政所\t张丽\t6月底前\t正在推进\t\t\n"
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    records = (Section(title="政治建设方面"), Section(title="作风建设方面"), Issue(section_id=1, title="原有"))
    with a_ledger(tmp_path, *records, feedback_date=dt.date(2025, 1, 15)) as ledger:
        yield ledger


def measures_of(snapshot: Snapshot, title: str) -> list[Measure]:
    issue = next(one for one in snapshot.issues if one.title == title)
    return [measure for measure in snapshot.measures if measure.issue_id == issue.id]


def titles_in(snapshot: Snapshot, section: str) -> list[str]:
    owner = next(one for one in snapshot.sections if one.title == section)
    return [issue.title for issue in snapshot.issues if issue.section_id == owner.id]


def test_rows_with_their_header_go_where_it_says(ledger: Ledger) -> None:
    keys = paste_cells(ledger, (Section, 1), WHOLE, today=TODAY)
    snapshot = ledger.snapshot
    assert keys == [(Issue, issue.id) for issue in snapshot.issues[1:]]
    assert titles_in(snapshot, "政治建设方面") == ["原有", "理论学习不够深入", "财务管理不够规范"]
    assert ledger.undo_label == "粘贴2个问题"
    first, second, third = measures_of(snapshot, "理论学习不够深入")
    assert [first.content, second.content, third.content] == ["制定学习计划；", "按季通报。", "每月调度"]
    one, other = snapshot.issues[1:]
    assert (one.leaders, one.lead_department, one.owner) == (("张三", "李四"), "党建办", "王小明")
    assert (first.deadline, first.due_on) == ("2025.5.31", dt.date(2025, 5, 31))
    assert third.deadline == "长期坚持"
    assert (other.lead_department, other.owner, other.status) == ("财政所", "张丽", Status.IN_PROGRESS)
    assert [measure.content for measure in measures_of(snapshot, other.title)] == ["修订财务制度"]
    whole = [issue.note for issue in snapshot.issues] + [measure.note for measure in snapshot.measures]
    assert any("经费：5万元" in note for note in whole), "a column without a place is not thrown away"
    ledger.undo()
    assert (len(ledger.snapshot.issues), len(ledger.snapshot.measures)) == (1, 0)


def test_a_header_that_names_issues_makes_issues_beside_the_chosen_row(ledger: Ledger) -> None:
    keys = paste_cells(ledger, (Issue, 1), WHOLE, today=TODAY)
    assert titles_in(ledger.snapshot, "政治建设方面") == ["原有", "理论学习不够深入", "财务管理不够规范"]
    assert [kind for kind, _ in keys] == [Issue, Issue]
    (measure, *_) = measures_of(ledger.snapshot, "财务管理不够规范")
    paste_cells(ledger, (Measure, measure.id), WHOLE, today=TODAY)
    assert len(titles_in(ledger.snapshot, "政治建设方面")) == 5


def test_at_the_root_sections_come_along_and_known_ones_are_used(ledger: Ledger) -> None:
    text = (
        "问题类别\t反馈问题\t整改措施\n"
        "作风建设方面\t联系群众不够紧密\t建立走访制度\n"
        "\t会风文风不够务实\t精简会议\n"
        "基层党建方面\t党员教育管理宽松\t按季组织培训\n"
    )
    keys = paste_cells(ledger, None, text, today=TODAY)
    snapshot = ledger.snapshot
    assert [section.title for section in snapshot.sections] == ["政治建设方面", "作风建设方面", "基层党建方面"]
    assert titles_in(snapshot, "作风建设方面") == ["联系群众不够紧密", "会风文风不够务实"]
    assert titles_in(snapshot, "基层党建方面") == ["党员教育管理宽松"]
    assert keys.count((Section, snapshot.sections[2].id)) == 1
    assert sum(kind is Issue for kind, _ in keys) == 3
    assert ledger.undo_label == "粘贴3个问题"


def test_rows_without_a_header_are_known_by_what_stands_in_them(ledger: Ledger) -> None:
    text = (
        "1\t学习不够\t制定年度学习计划，每月组织一次集体学习\t党建办\t李明\t2025年6月底前\t已完成\t5万元\n"
        "2\t账目不公开\t修订财务制度，公开账目并接受群众监督\t财政所、社区中心\t张丽\t立行立改\t正在推进\t无\n"
    )
    paste_cells(ledger, (Section, 2), text, today=TODAY)
    snapshot = ledger.snapshot
    assert titles_in(snapshot, "作风建设方面") == ["学习不够", "账目不公开"]
    assert [measure.content for measure in measures_of(snapshot, "学习不够")] == [
        "制定年度学习计划，每月组织一次集体学习"
    ]
    one, other = snapshot.issues[1:]
    assert (one.lead_department, one.owner, one.deadline, one.note) == ("党建办", "李明", "2025年6月底前", "5万元")
    assert (one.status, one.due_on) == (Status.DONE, dt.date(2025, 6, 30))
    assert (other.lead_department, other.owner) == ("财政所、社区中心", "张丽")


def test_a_column_of_sections_and_a_second_text_without_a_header(ledger: Ledger) -> None:
    text = (
        "作风建设方面\t会风文风不够务实\t精简会议，全年压减三分之一以上\t全年会议减少12次，文件减少20份\n"
        "\t联系群众不够紧密\t建立领导干部定期走访群众的制度\t走访群众120户，解决问题15个\n"
    )
    paste_cells(ledger, None, text, today=TODAY)
    assert titles_in(ledger.snapshot, "作风建设方面") == ["会风文风不够务实", "联系群众不够紧密"]
    (measure,) = measures_of(ledger.snapshot, "联系群众不够紧密")
    assert (measure.content, measure.progress) == (
        "建立领导干部定期走访群众的制度", "走访群众120户，解决问题15个",
    )  # fmt: skip


@pytest.mark.parametrize("text", ["\t\t\n", "序号\t反馈问题\t整改措施\n"])
def test_a_table_that_says_nothing_is_no_step(ledger: Ledger, text: str) -> None:
    assert paste_cells(ledger, None, text, today=TODAY) == []
    assert ledger.undo_label == "建立"


def test_whole_rows_are_taken_to_their_last_words_and_wider_ones_refused(ledger: Ledger) -> None:
    blank = "\t" * 16_000
    paste_cells(ledger, (Section, 2), f"1\t学习不够深入{blank}\n2\t账目不公开{blank}\n", today=TODAY)
    assert titles_in(ledger.snapshot, "作风建设方面") == ["学习不够深入", "账目不公开"]
    with pytest.raises(EditRefusedError, match="超过1000个单元格"):
        paste_cells(ledger, (Section, 2), "甲\t" * 1_001 + "\n", today=TODAY)
    assert ledger.undo_label == "粘贴2个问题"


def test_short_issues_are_no_statuses_and_what_goes_on_is_a_deadline(ledger: Ledger) -> None:
    text = "1\t责任未落实\t制定责任清单并每月调度通报\t长期坚持\n2\t整改不到位\t建立台账逐项推进落实到人\t长期坚持\n"
    paste_cells(ledger, (Section, 2), text, today=TODAY)
    assert titles_in(ledger.snapshot, "作风建设方面") == ["责任未落实", "整改不到位"]
    assert [(issue.deadline, issue.status) for issue in ledger.snapshot.issues[-2:]] == [("长期坚持", None)] * 2


def test_rows_of_sections_between_those_without_a_header_name_their_sections(ledger: Ledger) -> None:
    text = (
        "一、纪律建设方面\t\t\t\n1\t学习不够\t制定年度学习计划，每月组织一次集体学习\t完成80%\n"
        "二、组织建设方面\t\t\t\n2\t换届不及时\t逐个支部摸排，按期组织换届选举工作\t未启动\n"
    )
    paste_cells(ledger, None, text, today=TODAY)
    assert titles_in(ledger.snapshot, "纪律建设方面") == ["学习不够"]
    assert titles_in(ledger.snapshot, "组织建设方面") == ["换届不及时"]
    assert [issue.status for issue in ledger.snapshot.issues[-2:]] == [Status.IN_PROGRESS, Status.NOT_STARTED]
