"""What the names in a document's template stand for: facts, meetings, figures, and what an issue says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest
from builders import a_snapshot

from zhenggai_desktop.domain.document_values import RecordTexts, Values, ledger_texts
from zhenggai_desktop.domain.records import (
    InspectedUnit,
    InspectionKind,
    Issue,
    Level,
    Measure,
    MeasureLink,
    Milestone,
    Record,
    Section,
    Status,
    Track,
)
from zhenggai_desktop.domain.schemes import BUILT_IN

TODAY = dt.date(2025, 6, 10)


def known(*records: Record, **facts: object) -> Mapping[str, str]:
    return ledger_texts(a_snapshot(*records, **facts), TODAY)


@pytest.mark.parametrize(
    ("facts", "names"),
    [
        (
            {"organisation": "某街道党工委", "organisation_short": "街道"},
            {"单位全称": "某街道党工委", "单位简称": "街道", "被巡察单位": "街道", "署名": "某街道党工委"},
        ),
        (
            {"organisation": "某街道党工委", "signature_organisation": "中共某街道工作委员会"},
            {"单位简称": "某街道党工委", "被巡察单位": "某街道党工委", "署名": "中共某街道工作委员会"},
        ),
        ({}, {"单位全称": "", "单位简称": "", "被巡察单位": "", "署名": "", "今天": "2025年6月10日"}),
        (
            {"team": "区委第三巡察组"},
            {"上级": "区委", "上级纪委监委": "区纪委监委", "上级组织部": "区委组织部", "上级宣传部": "区委宣传部",
             "上级巡察办": "区委巡察办"},
        ),
        ({"team": "柳林县委第一巡察组"}, {"上级": "柳林县委", "上级纪委监委": "柳林县纪委监委"}),
        (
            {"team": "省委第二巡视组", "kind": InspectionKind.XUNSHI},
            {"上级": "省委", "巡察": "巡视", "上级巡察办": "省委巡视办"},
        ),
        (
            {"team": "自治区党委第二巡视组"},
            {"上级": "自治区党委", "上级纪委监委": "自治区纪委监委", "上级组织部": "自治区党委组织部"},
        ),
        (
            {"team": "某经济技术开发区党工委第一巡察组"},
            {"上级": "某经济技术开发区党工委", "上级纪委监委": "某经济技术开发区纪检监察工委"},
        ),
        ({"team": "市国资委党委巡察组"}, {"上级": "市国资委党委", "上级纪委监委": "市国资委纪委"}),
        ({"team": "中共某区委第三巡察组"}, {"上级": "某区委", "上级纪委监委": "某区纪委监委"}),
        ({"team": "市委委派第一巡察组"}, {"上级": "市委", "上级纪委监委": "市纪委监委"}),
        ({"team": "集团党组第三巡视组（委派）"}, {"上级": "集团党组", "上级纪委监委": "集团纪委"}),
        ({"team": "第三巡察组", "level": Level.CITY}, {"上级": "市委", "上级纪委监委": "市纪委监委"}),
        ({"team": "第三巡察组"}, {"上级": "", "上级纪委监委": "", "上级组织部": "", "上级巡察办": ""}),
        ({"team": "第三巡察组"}, {"上级宣传部": ""}),
        ({"notice_title": "关于整改情况的\n通报"}, {"通报标题": "关于整改情况的通报"}),
        (
            {"feedback_date": dt.date(2025, 1, 2), "plan_due": dt.date(2025, 2, 3), "phone": "0311-1"},
            {"反馈日期": "2025年1月2日", "方案报送日期": "2025年2月3日", "报告报送日期": "", "联系电话": "0311-1"},
        ),
    ],
)  # fmt: skip
def test_facts_by_their_names(facts: dict[str, object], names: dict[str, str]) -> None:
    found = known(**facts)
    assert {name: found[name] for name in names} == names


def test_the_units_that_were_inspected_stand_before_the_office_that_answers() -> None:
    units = (InspectedUnit(name="甲社区"), InspectedUnit(name="乙社区"))
    assert known(*units, organisation="某街道", organisation_short="街道")["被巡察单位"] == "甲社区、乙社区"


def test_meetings_count_where_they_were_held() -> None:
    held, other = dt.date(2025, 3, 1), dt.date(2025, 3, 9)
    found = known(
        Milestone(kind="整改专题会议", done_on=held),
        Milestone(kind="整改专题会议", done_on=other),
        Milestone(kind="整改专题会议", due_on=other),
        Milestone(kind="专题民主生活会", due_on=held),
        Milestone(kind="专题民主生活会", done_on=other),
        Milestone(kind="反馈会", done_on=held),
        Milestone(kind="整改方案", done_on=dt.date(2025, 2, 20)),
    )
    assert found["整改专题会议次数"] == "2"
    assert found["民主生活会日期"] == "2025年3月9日"
    assert found["方案审定日期"] == "2025年2月20日"
    empty = known(Milestone(kind="反馈会", done_on=held))
    assert (empty["整改专题会议次数"], empty["民主生活会日期"], empty["方案审定日期"]) == ("0", "", "")


def test_how_many_are_not_done_late_and_emphasised() -> None:
    found = known(
        Issue(title="甲", status=Status.DONE, due_on=dt.date(2025, 1, 1), emphasis=True),
        Issue(title="乙", status=Status.MOSTLY_DONE, due_on=TODAY),
        Issue(title="丙", status=Status.IN_PROGRESS, due_on=dt.date(2025, 6, 9)),
        Issue(title="丁", emphasis=True),
        Issue(title="戊", emphasis=True),
    )
    assert (found["未完成问题数"], found["逾期问题数"], found["重点问题数"]) == ("4", "1", "3")


@pytest.mark.parametrize(("value", "holds"), [("", False), ("0", False), ("0%", False), ("00", True), ("3", True)])
def test_empty_and_nought_are_no(value: str, holds: bool) -> None:
    assert Values({"甲": value}).holds("甲") is holds
    assert not Values({}).holds("甲")


def test_what_is_known_within_goes_first_and_unknown_names_are_told_once_for_all() -> None:
    outer = Values({"甲": "外", "乙": "乙"})
    inner = outer.within({"甲": "内", "空": ""})
    assert inner.fill("{甲}{乙}{空}{空?}{无}{无?}") == "内乙〔待填写〕{无}{无?}"
    assert outer.fill("{甲}") == "外"
    assert outer.filled.unknown == ["无", "无"]
    assert outer.fill("没有名字的{}和{ 甲 }") == "没有名字的{}和{ 甲 }"


# --- of a section and an issue


def of_issue(issue: Issue, *records: Record) -> dict[str, str]:
    snapshot = a_snapshot(Section(title="作风方面"), issue, *records)
    return RecordTexts(snapshot, BUILT_IN["a"], TODAY).issue(snapshot.issues[0], 7)


def test_an_issue_in_its_words() -> None:
    found = of_issue(
        Issue(section_id=1, title="会风不正。", original_text="原话。", recommendations=("精简会议", "改进文风"),
              goal="会风好转。", leaders=("甲", "乙"), lead_department="党政办",
              supporting_departments=("财政所", "工会"), owner="丙",
              track=Track.IMMEDIATE, standing=True, deadline="2025年底前", status=Status.MOSTLY_DONE),
        Measure(issue_id=1, content="压减会议", progress="减少5个。"),
        Measure(issue_id=1, progress="会议限时。"),
    )  # fmt: skip
    assert found == {
        "序号": "7", "问题": "会风不正", "原文": "原话。", "整改意见": "精简会议；改进文风", "整改目标": "会风好转。",
        "整改措施": "压减会议。", "整改进展": "一是减少5个。二是会议限时。", "责任领导": "甲、乙", "牵头部门": "党政办",
        "配合部门": "财政所、工会", "责任部门": "党政办、财政所、工会", "责任人": "丙",
        "整改类型": "立行立改，长期坚持",
        "整改时限": "2025年底前", "完成情况": "基本完成", "取得成效": "",
    }  # fmt: skip


def test_an_issue_of_which_nothing_is_known() -> None:
    found = of_issue(Issue(section_id=1, title="会风不正", supporting_departments=("工会",)))
    assert (found["整改目标"], found["整改措施"], found["整改进展"], found["整改时限"]) == ("", "", "", "")
    assert found["责任部门"] == "工会"


@pytest.mark.parametrize(
    ("issue", "words"),
    [
        (Issue(section_id=1, deadline="年底前", due_on=dt.date(2025, 12, 31)), "年底前"),
        (Issue(section_id=1, due_on=dt.date(2025, 12, 31)), "2025年底前"),
    ],
)
def test_a_deadline_is_its_words_or_else_its_day(issue: Issue, words: str) -> None:
    assert of_issue(issue)["整改时限"] == words


def test_an_issue_that_only_gathers_others_has_its_own_deadline() -> None:
    gathering = Issue(section_id=1, due_on=dt.date(2025, 12, 30))
    assert of_issue(gathering, Issue(parent_id=1))["整改时限"] == "2025年12月30日前"


@pytest.mark.parametrize(
    ("contents", "words"),
    [
        ((), ""),
        (("压减会议",), "压减会议。"),
        (("压减会议；", "开短会？"), "一是压减会议。二是开短会？"),
        (("", "压减会议"), "压减会议。"),
        (("压减会议！",), "压减会议！"),
        (("压减会议。（党政办）",), "压减会议（党政办）。"),
    ],
)
def test_measures_are_counted_from_two_on_and_stopped(contents: tuple[str, ...], words: str) -> None:
    measures = [Measure(issue_id=1, content=content) for content in contents]
    assert of_issue(Issue(section_id=1, title="甲"), *measures)["整改措施"] == words


@pytest.mark.parametrize(
    ("measure", "added"),
    [
        (Measure(issue_id=1, content="甲", lead_department="党政办"), ""),
        (Measure(issue_id=1, content="甲", lead_department="督查室"), "（牵头部门：督查室）"),
        (Measure(issue_id=1, content="甲", deadline="月底前"), "（时限：月底前）"),
        (Measure(issue_id=1, content="甲", due_on=dt.date(2025, 3, 1)), "（时限：2025年3月1日前）"),
        (
            Measure(issue_id=1, content="甲", lead_department="督查室", deadline="月底前"),
            "（牵头部门：督查室；时限：月底前）",
        ),
    ],
)
def test_a_measure_says_what_it_has_of_its_own(measure: Measure, added: str) -> None:
    issue = Issue(section_id=1, lead_department="党政办", deadline="年底前", due_on=dt.date(2025, 12, 31))
    assert of_issue(issue, measure)["整改措施"] == f"甲{added}。"


def test_a_section_its_number_and_how_many_stand_below_it() -> None:
    snapshot = a_snapshot(
        Section(title="作风方面"), Issue(section_id=1), Issue(section_id=1), Issue(parent_id=1), Issue(title="单列")
    )
    found = RecordTexts(snapshot, BUILT_IN["a"], TODAY)
    assert found.section(snapshot.sections[0], 12) == {"方面": "作风方面", "方面序号": "十二", "方面问题数": "2"}
    assert found.section(None, 1) == {"方面": "", "方面序号": "一", "方面问题数": "1"}


def test_the_parts_of_an_issue_are_those_with_words_of_their_own() -> None:
    snapshot = a_snapshot(
        Issue(title="大"), Issue(parent_id=1, title="一"), Issue(parent_id=1, title="二"), Issue(title="单"),
        Issue(title="带措施"), Issue(parent_id=5, title="三"), Measure(issue_id=5, content="甲"),
    )  # fmt: skip
    found = RecordTexts(snapshot, BUILT_IN["a"], TODAY)

    def parts(at: int) -> list[tuple[str, str, str]]:
        return [(part.title, known["表现序号"], known["具体表现"]) for part, known in found.parts(snapshot.issues[at])]

    by_title = {issue.title: at for at, issue in enumerate(snapshot.issues)}
    assert parts(by_title["大"]) == [("一", "1", "一"), ("二", "2", "二")]
    assert parts(by_title["单"]) == [("单", "", "单")]
    assert parts(by_title["带措施"]) == [("带措施", "", "带措施"), ("三", "1", "三")]


def test_parts_on_three_levels_have_a_mark_each_and_those_that_gather_others_their_title_alone() -> None:
    snapshot = a_snapshot(
        Issue(title="甲"), Issue(parent_id=1, title="甲一"), Issue(parent_id=1, title="甲二"),
        Issue(parent_id=2, title="甲一A"), Issue(parent_id=2, title="甲一B"),
        Issue(title="乙"), Issue(parent_id=6, title="乙一"), Measure(issue_id=6, content="一并整改"),
        Issue(title="丙；丁"), Issue(parent_id=8, title="丙", printed_level=0), Measure(issue_id=8, content="合并整改"),
        Issue(parent_id=8, title="丁", printed_level=0), Measure(issue_id=9, content="单独抓丙"),
    )  # fmt: skip
    found = RecordTexts(snapshot, BUILT_IN["a"], TODAY)

    def parts(title: str) -> list[tuple[str, str, str]]:
        issue = next(issue for issue in snapshot.issues if issue.title == title)
        return [(known["表现标号"], part.title, known["单独整改"]) for part, known in found.parts(issue)]

    assert parts("甲") == [
        ("（1）", "甲一", ""), ("①", "甲一A", "是"), ("②", "甲一B", "是"), ("（2）", "甲二", "是"),
    ]  # fmt: skip
    assert parts("乙") == [("", "乙", "是"), ("（1）", "乙一", "")]
    assert parts("丙；丁") == [("", "丙；丁", "是"), ("（1）", "丙", "是"), ("（2）", "丁", "是")]


def test_progress_of_a_whole_issue_is_told_without_a_label() -> None:
    snapshot = a_snapshot(
        Issue(title="甲。"), Issue(parent_id=1, title="甲一"), Issue(parent_id=1, title="甲二；"),
        Issue(parent_id=1, title="甲三"),
        Measure(issue_id=2, progress="开会。"), Measure(issue_id=2, progress="发文。"),
        Measure(issue_id=3, progress="培训。"), Issue(title="乙", answer_label="整改措施及成效："),
        Measure(issue_id=5, progress="走访。"), Issue(title="丙", public_text="整改情况：已整改。\n长期坚持。"),
    )  # fmt: skip
    found = RecordTexts(snapshot, BUILT_IN["a"], TODAY)

    def progress(title: str, *, whole: bool = True) -> str:
        issue = next(issue for issue in snapshot.issues if issue.title == title)
        return found.issue(issue, 1, whole=whole)["整改进展"]

    assert progress("甲。") == "（1）甲一：一是开会。二是发文。（2）甲二：培训。"
    assert progress("甲。", whole=False) == ""
    assert (progress("乙"), progress("丙")) == ("走访。", "已整改。长期坚持。")


def test_quoted_issues_that_one_answer_covers_are_no_parts() -> None:
    snapshot = a_snapshot(
        Issue(title="丙；丁"), Issue(parent_id=1, title="丙", printed_level=0),
        Issue(parent_id=1, title="丁", printed_level=0), Measure(issue_id=1, content="合并整改"),
    )  # fmt: skip
    found = RecordTexts(snapshot, BUILT_IN["a"], TODAY)
    assert [part.title for part, _ in found.parts(snapshot.issues[0])] == ["丙；丁"]


def test_an_issue_that_another_ones_measure_serves_has_its_words() -> None:
    snapshot = a_snapshot(
        Issue(title="甲", lead_department="党政办"), Issue(title="乙", lead_department="督查室"),
        Measure(issue_id=1, content="开会", progress="开会3次。"), MeasureLink(measure_id=1, issue_id=2),
    )  # fmt: skip
    found = RecordTexts(snapshot, BUILT_IN["a"], TODAY).issue(snapshot.issues[1], 2)
    assert (found["整改措施"], found["整改进展"]) == ("开会（牵头部门：党政办）。", "开会3次。")
    nobody = replace(snapshot, issues=(replace(snapshot.issues[0], lead_department=""), snapshot.issues[1]))
    assert RecordTexts(nobody, BUILT_IN["a"], TODAY).issue(nobody.issues[1], 2)["整改措施"] == "开会。"


def test_what_is_emphasised_and_what_is_not_done() -> None:
    snapshot = a_snapshot(
        Issue(title="甲", emphasis=True, status=Status.DONE), Issue(title="乙", status=Status.MOSTLY_DONE),
        Issue(title="丙", emphasis=True),
    )  # fmt: skip
    found = RecordTexts(snapshot, BUILT_IN["a"], TODAY)
    assert [issue.title for issue in found.emphasised()] == ["甲", "丙"]
    assert [issue.title for issue in found.unfinished()] == ["乙", "丙"]


def test_the_answer_of_a_measure_that_serves_several_parts_is_told_once() -> None:
    snapshot = a_snapshot(
        Issue(title="大"), Issue(parent_id=1, title="小一。"), Issue(parent_id=1, title="小二"),
        Issue(parent_id=1, title="小三"), Measure(issue_id=2, progress="开会。"), MeasureLink(measure_id=1, issue_id=3),
        Measure(issue_id=4, progress="发文。"),
    )  # fmt: skip
    found = RecordTexts(snapshot, BUILT_IN["a"], TODAY).issue(snapshot.issues[0], 1, whole=True)
    assert found["整改进展"] == "（1）小一、小二：开会。（2）小三：发文。"
