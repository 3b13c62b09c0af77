"""What the rows of one issue say of it, which rows hold records, and how tables stand in a document."""

from __future__ import annotations

import datetime as dt

import pytest
from growing import lines_run
from ledger_tables import document

from zhenggai_desktop.domain.feedback import understand
from zhenggai_desktop.domain.plan import ImportPlan, ProposedIssue
from zhenggai_desktop.domain.records import DocumentKind, Status, Track

Rows = list[list[str]]


def read(*parts: str | Rows) -> ImportPlan:
    return understand(document(*parts))


def the_issue(header: str, *rows: str) -> ProposedIssue:
    """The only issue of a table; cells are parted by strokes."""
    (issue,) = read([line.split("|") for line in (header, *rows)]).issues()
    return issue


def planned(issue: ProposedIssue) -> list[str]:
    return [measure.record.content for measure in issue.measures]


def done(issue: ProposedIssue) -> list[str]:
    return [measure.record.progress for measure in issue.measures]


# --- goal, recommendations, measures


def test_goals_and_recommendations_of_several_rows_are_put_together_once() -> None:
    issue = the_issue(
        "序号|问题|整改意见|整改目标|整改措施", "1|学习少|1.多学\n2.多议|学懂|开会", "^|^|抓落实|弄通|写体会",
    )  # fmt: skip
    assert issue.record.goal == "学懂\n弄通"
    assert len(issue.record.recommendations) == 3
    assert issue.record.recommendations[-1] == "抓落实"


def test_shares_alone_are_a_status_and_so_are_ticks_below_what_says_how_to_tick() -> None:
    plan = read([["问题", "整改措施", "整改进度"], ["学习少", "开会", "60%"], ["账目乱", "清账", "100%"]])
    assert [issue.record.status for issue in plan.issues()] == [Status.IN_PROGRESS, Status.DONE]
    head = ["问题", "整改措施", "完成（√）", "未完成（√）"]
    plan = read([head, ["学习少", "开会", "√", ""], ["账目乱", "清账", "", "√"]])
    found = [(issue.record.status, issue.record.note) for issue in plan.issues()]
    assert found == [(Status.DONE, ""), (Status.IN_PROGRESS, "")]


def test_the_name_of_the_first_group_stands_above_the_header() -> None:
    plan = read(
        [
            ["县教育局巡察整改台账", "<", "<"],
            ["第四巡察组反馈问题（共2个）", "<", "<"],
            ["序号", "问题", "整改措施"],
            ["1", "学习少", "开会"],
            ["2", "账目乱", "清账"],
            ["第六巡察组反馈问题（共1个）", "<", "<"],
            ["1", "会多", "减会"],
        ]
    )
    assert titles(plan) == [("第四巡察组反馈问题", ["学习少", "账目乱"]), ("第六巡察组反馈问题", ["会多"])]


@pytest.mark.parametrize("counts", [["1", "1"], ["1", "0"]])
def test_bare_figures_are_no_status(counts: list[str]) -> None:
    plan = read(
        [["问题", "整改措施", "整改措施完成情况"], ["学习少", "开会", counts[0]], ["账目乱", "清账", counts[1]]]
    )
    assert [(issue.record.status, *done(issue)) for issue in plan.issues()] == [(None, counts[0]), (None, counts[1])]


def test_feedback_that_names_aspects_beside_the_issues_is_the_section() -> None:
    rows = [["1", "党的建设方面", "学习少", "开会"], ["2", "党的建设方面", "账目乱", "清账"]]
    plan = read([["序号", "反馈内容", "问题", "整改措施"], *rows])
    assert titles(plan) == [("党的建设方面", ["学习少", "账目乱"])]


def test_common_and_single_issues_stand_in_two_columns() -> None:
    head = ["序号", "共性问题", "个性问题", "整改措施"]
    plan = read([head, ["1", "学习少", "", "开会"], ["2", "", "账目乱", "清账"]])
    assert [(issue.record.title, planned(issue)) for issue in plan.issues()] == [
        ("学习少", ["开会"]),
        ("账目乱", ["清账"]),
    ]


def test_a_record_of_words_like_captions_with_commas_is_no_header() -> None:
    head = ["反馈问题", "整改措施", "责任单位", "整改时限"]
    plan = read(
        [head, ["问题清单，不全", "工作计划，没有", "牵头单位，不明", ""], ["账目乱", "清账", "财政所", "年底"]]
    )
    assert [issue.record.title for issue in plan.issues()] == ["问题清单，不全", "账目乱"]


def test_a_second_column_of_one_meaning_is_not_lost() -> None:
    head = ["序号", "问题类别", "所属方面", "具体问题", "问题表现"]
    issue = next(read([head, ["1", "党建类", "党建方面", "学习少", "1.次数少。\n2.研讨少。"]]).issues())
    assert issue.record.title == "学习少"
    assert [child.record.title for child in issue.issues] == ["次数少", "研讨少"]
    assert issue.record.note == "所属方面：党建方面"


def test_the_words_before_an_enumeration_belong_to_its_first_measure() -> None:
    issue = the_issue("问题|整改措施", "学习少|加强学习。一是开会；二是写体会。")
    assert planned(issue) == ["加强学习。开会；", "写体会。"]


def test_a_number_glued_to_a_year_is_the_measures() -> None:
    for year in ("2016年", "2016.5"):
        issue = the_issue("问题|整改措施", "学习少|开会", f"^|2.{year}起每季度一次")
        assert planned(issue) == ["开会", f"{year}起每季度一次"]


# --- what was done


def test_as_many_parts_as_measures_are_told_one_by_one() -> None:
    issue = the_issue("问题|整改措施|整改进展", "学习少|一是开会。二是写体会。|已落实。一是开了会。二是写了三篇。")
    assert done(issue) == ["已落实。开了会。", "写了三篇。"]


def test_what_was_done_beside_one_measure_is_whole() -> None:
    issue = the_issue("问题|整改措施|整改进展", "学习少|开会|一是开了会。二是写了三篇。", "^|写体会|写完了。")
    assert done(issue) == ["一是开了会。二是写了三篇。", "写完了。"]


def test_parts_that_match_no_measures_are_the_public_text_and_a_doubt() -> None:
    rows = [["问题", "整改措施", "整改进展"], ["学习少", "一是开会。二是写体会。", "一是开了会。二是写了。三是交流。"]]
    plan = read(rows)
    (issue,) = plan.issues()
    assert issue.record.public_text == "一是开了会。二是写了。三是交流。"
    assert done(issue) == ["", ""]
    assert [(note.code, note.text) for note in plan.doubts] == [
        ("progress", "“学习少”有2条措施，整改情况是3段，没有逐条对应")
    ]


def test_what_was_done_beside_some_measures_is_the_firsts_and_a_doubt() -> None:
    rows = [
        ["问题", "整改措施", "整改进展"],
        ["学习少", "开会", "都办了，一并说明"],
        ["^", "写体会", "^"],
        ["^", "交流", "交流了"],
    ]
    plan = read(rows)
    (issue,) = plan.issues()
    assert done(issue) == ["都办了，一并说明", "", "交流了"]
    assert [note.text for note in plan.doubts] == ["“学习少”的整改情况记在第一条措施下"]


def test_without_measures_each_part_of_what_was_done_is_one() -> None:
    issue = the_issue("问题|整改进展", "学习少|已完成。一是开了会。二是写了三篇。")
    assert done(issue) == ["开了会。", "写了三篇。"]
    assert issue.record.answer_introduction == "已完成。"
    assert issue.record.status is Status.DONE


@pytest.mark.parametrize(
    ("progress", "status", "doubts"),
    [
        ("已开会三次。", Status.DONE, 0),
        ("正在组织学习。", Status.IN_PROGRESS, 1),
    ],
)
def test_what_a_notice_tells_is_done_unless_its_words_say_otherwise(progress: str, status: Status, doubts: int) -> None:
    text = "关于整改情况的通报\n根据统一部署，区委巡察组对我单位开展了巡察，现将整改情况予以公布。"
    plan = read(text, [["反馈问题", "整改情况"], ["学习少", progress], ["账目乱", "已清理完毕。"]])
    assert plan.document is DocumentKind.NOTICE
    assert [measure.record.status for issue in plan.issues() for measure in issue.measures] == [status, Status.DONE]
    assert sum(note.code == "status" for note in plan.doubts) == doubts


def test_what_a_notice_says_of_a_status_counts_and_of_what_nothing_was_told_nothing_is_said() -> None:
    text = "关于整改情况的通报\n根据统一部署，区委巡察组对我单位开展了巡察，现将整改情况予以公布。"
    rows = [
        ["反馈问题", "整改措施", "整改情况", "完成情况"],
        ["学习少", "开会", "开了会。", "基本完成"],
        ["^", "写体会", "", ""],
    ]
    (issue,) = read(text, rows).issues()
    assert [measure.record.status for measure in issue.measures] == [Status.MOSTLY_DONE, None]


def test_what_was_told_of_standing_once_stays() -> None:
    issue = the_issue("问题|整改进展", "学习少|已完成，长期坚持。一是开了会。二是写了。", "^|一是交流了。二是考试了。")
    assert (issue.record.status, issue.record.standing) == (Status.DONE, True)
    assert done(issue) == ["开了会。", "写了。", "交流了。", "考试了。"]


# --- who, until when, how far


def test_a_duty_that_all_rows_share_is_the_issues_and_one_that_differs_the_measures() -> None:
    issue = the_issue(
        "问题|整改措施|责任领导|责任部门|责任人|完成时限",
        "学习少|开会|张三|党政办|甲|2025年6月底前",
        "^|写体会|张三|宣传办|^|立行立改",
    )  # fmt: skip
    assert (issue.record.leaders, issue.record.lead_department, issue.record.owner) == (("张三",), "", "甲")
    assert [measure.record.lead_department for measure in issue.measures] == ["党政办", "宣传办"]
    assert [measure.record.due_on for measure in issue.measures] == [dt.date(2025, 6, 30), None]
    assert [measure.record.deadline for measure in issue.measures] == ["2025年6月底前", "立行立改"]


def test_a_duty_that_stands_beside_some_rows_only_is_theirs() -> None:
    issue = the_issue("问题|整改措施|责任人|完成情况", "学习少|开会|甲|已完成", "^|写体会||")
    assert issue.record.owner == "甲"  # a blank cell below an owner repeats him, a blank status says nothing
    assert [measure.record.status for measure in issue.measures] == [Status.DONE, None]
    assert issue.record.status is None


def test_a_second_value_beside_one_measure_is_a_note() -> None:
    issue = the_issue("问题|整改措施|责任人", "学习少|开会|甲", "^|^|乙", "^|写体会|丙")
    assert [measure.record.owner for measure in issue.measures] == ["甲", "丙"]
    assert issue.measures[0].record.note == "责任人：乙"


def test_two_values_of_an_issue_with_one_measure_keep_the_first_and_note_the_other() -> None:
    issue = the_issue("问题|整改措施|责任人", "学习少|开会|甲", "^|^|乙")
    assert (issue.record.owner, issue.record.note) == ("甲", "责任人：乙")


@pytest.mark.parametrize(
    ("cells", "track", "standing"),
    [
        (("立行立改", "立行立改"), Track.IMMEDIATE, False),
        (("立行立改，长期坚持", "立行立改"), Track.IMMEDIATE, True),
        (("立行立改", "分阶段整改"), None, False),
    ],
)
def test_a_track_on_which_all_deadlines_agree_is_the_issues(
    cells: tuple[str, str], track: Track | None, standing: bool
) -> None:
    issue = the_issue("问题|整改措施|完成时限", f"学习少|开会|{cells[0]}", f"^|写体会|{cells[1]}")
    assert (issue.record.track, issue.record.standing) == (track, standing)


@pytest.mark.parametrize(
    ("words", "status", "note"),
    [
        ("已完成", Status.DONE, ""),
        ("基本完成，长期坚持", Status.MOSTLY_DONE, ""),
        ("已完成，材料见附件", Status.DONE, "完成情况：已完成，材料见附件"),
        ("见附件", None, "完成情况：见附件"),
        ("0.8", Status.IN_PROGRESS, "完成情况：80%"),
    ],
)
def test_a_status_is_read_and_what_it_says_besides_is_noted(words: str, status: Status | None, note: str) -> None:
    plan = read([["问题", "整改措施", "完成情况"], ["学习少", "开会", words], ["账目乱", "清账", "已完成"]])
    issue = next(plan.issues())
    assert (issue.record.status, issue.record.note) == (status, note)
    assert sum(doubt.code == "status" for doubt in plan.doubts) == (status is None)


# --- notes


def test_what_has_no_field_is_noted_with_its_caption() -> None:
    issue = the_issue(
        "问题|整改措施|取得成效|备注|督办等级", "学习少|开会|会风好转|略|一级", "^|写体会|^|^|二级",
    )  # fmt: skip
    assert issue.record.note == "取得成效：会风好转\n略"
    assert [measure.record.note for measure in issue.measures] == ["督办等级：一级", "督办等级：二级"]


@pytest.mark.parametrize(
    ("words", "closed", "note"),
    [
        ("已销号", True, ""),
        ("是", True, ""),
        ("√", True, ""),
        ("未销号", False, "销号情况：未销号"),
        ("待研究", False, "销号情况：待研究"),
    ],
)
def test_what_is_closed(words: str, closed: bool, note: str) -> None:
    issue = the_issue("问题|整改措施|销号情况", f"学习少|开会|{words}")
    assert (issue.record.closed, issue.record.note) == (closed, note)


def test_a_note_is_not_repeated() -> None:
    issue = the_issue("问题|整改措施|备注|取得成效", "学习少|开会|略|好转", "^|^|略|好转")
    assert issue.record.note == "取得成效：好转\n略"


# --- which rows hold records


def titles(plan: ImportPlan) -> list[tuple[str, list[str]]]:
    return [(s.record.title if s.record else "", [i.record.title for i in s.issues]) for s in plan.sections]


HEAD = ["序号", "问题", "整改措施", "责任人"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["合计", "", "", "3"], "total"),
        (["小计：", "", "", ""], "total"),
        (["合  计", "", "2", "3"], "total"),
        (["合计", "", "共3条措施", "已全部落实到人"], "total"),
        (["合计27个问题", "", "48", "完成25项"], "total"),
        (["累计：12项", "", "", ""], "total"),
        (["总计", "<", "<", "3"], "total"),
        (["共计12人，已完成3人", "<", "<", "<"], "total"),
        (["", "合计12个", "", "3"], "total"),
        (["填表人：王某", "<", "<", "<"], "signature"),
        (["备注：本表一式两份", "<", "<", "<"], "signature"),
        (["审核人：", "", "", ""], "signature"),
        (HEAD, "header"),
    ],
)
def test_rows_without_records_are_left_over(row: list[str], code: str) -> None:
    plan = read([HEAD, ["1", "学习少", "开会", "甲"], row, ["2", "账目乱", "清账", "乙"]])
    assert titles(plan) == [("", ["学习少", "账目乱"])]
    assert [note.code for note in plan.leftovers] == [code]


@pytest.mark.parametrize(
    "words", ["累计12场次以上宣讲，覆盖全体党员", "合计3.2万元未入账，逐笔清退", "总计5个支部的台账逐一核对"]
)
@pytest.mark.parametrize("owner", ["乙", ""])
def test_a_measure_may_begin_with_a_sum(words: str, owner: str) -> None:
    """Only what else stands in the row, or below which cell it stands, tells it from a line of totals."""
    for number, issue in (("", ""), ("^", "^")):
        plan = read([HEAD, ["1", "学习少", "开会", "甲"], [number, issue, words, owner], ["2", "账目乱", "清账", "丙"]])
        assert [planned(one) for one in plan.issues()] == [["开会", words], ["清账"]]
        assert plan.leftovers == []


def test_a_problem_may_begin_with_a_sum() -> None:
    plan = read([HEAD, ["1", "学习少", "开会", "甲"], ["", "共计12人未参加培训，底数不清", "补课", "乙"]])
    assert titles(plan) == [("", ["学习少", "共计12人未参加培训，底数不清"])]


@pytest.mark.parametrize(
    ("row", "section"),
    [
        (["一、党的领导方面", "<", "<", "<"], "党的领导方面"),
        (["（一）党的领导方面", "", "", ""], "党的领导方面"),
        (["党的领导方面", "<", "<", ""], "党的领导方面"),
    ],
)
def test_a_row_that_stands_alone_names_a_section(row: list[str], section: str) -> None:
    plan = read([HEAD, row, ["1", "学习少", "开会", "甲"]])
    assert titles(plan) == [(section, ["学习少"])]


def test_as_above_is_the_cell_above() -> None:
    plan = read(
        [["问题", "整改措施", "责任人"], ["学习少", "开会", "甲"], ["账目乱", "清账", "同上"], ["会多", "减会", "〃"]]
    )
    assert [issue.record.owner for issue in plan.issues()] == ["甲", "甲", "甲"]
    first = read([["问题", "整改措施", "责任人"], ["学习少", "开会", "同上"]])
    assert [issue.record.owner for issue in first.issues()] == ["同上"]


def test_a_column_of_two_meanings_is_one_of_each() -> None:
    plan = read(
        [
            ["问题", "整改措施", "牵头部门/责任人"],
            ["学习少", "开会", "党政办/甲"],
            ["账目乱", "清账", "财政所（乙）"],
            ["会多", "减会", "党政办"],
        ]
    )
    assert [(issue.record.lead_department, issue.record.owner) for issue in plan.issues()] == [
        ("党政办", "甲"), ("财政所", "乙"), ("党政办", ""),
    ]  # fmt: skip


# --- tables in a document


def test_a_heading_above_each_table_names_its_section() -> None:
    one = [["问题", "整改措施"], ["学习少", "开会"]]
    two = [["问题", "整改措施"], ["账目乱", "清账"]]
    plan = read("整改方案", "一、党的领导方面", one, "二、党的建设方面", two)
    assert titles(plan) == [("党的领导方面", ["学习少"]), ("党的建设方面", ["账目乱"])]


@pytest.mark.parametrize("between", ["", "续表", "（续表1）"])
@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_goes_on_over_the_page(between: str, repeated: bool) -> None:
    head = ["序号", "问题", "整改措施", "责任人"]
    one = [head, ["1", "学习少", "开会", "甲"]]
    two = [["", "", "写体会", "乙"], ["2", "账目乱", "清账", "丙"]]
    plan = read("整改台账", one, between, [head, *two] if repeated else two)
    assert [(issue.record.title, planned(issue)) for issue in plan.issues()] == [
        ("学习少", ["开会", "写体会"]),
        ("账目乱", ["清账"]),
    ]
    assert [doubt.code for doubt in plan.doubts] == []


def test_a_table_behind_a_text_does_not_go_on_with_the_one_above() -> None:
    one = [["序号", "问题", "整改措施"], ["1", "学习少", "开会"]]
    plan = read("整改台账", one, "会议安排如下。", [["1", "3月", "动员会"], ["2", "4月", "推进会"]])
    assert [issue.record.title for issue in plan.issues()] == ["学习少"]


def test_a_table_of_something_else_does_not_go_on_with_the_one_above() -> None:
    one = [["序号", "问题", "整改措施", "责任人"], ["1", "学习少", "开会", "甲"]]
    plan = read("整改台账", one, "", [["序号", "姓名", "职务", "电话"], ["1", "甲", "局长", "123"]])
    assert [issue.record.title for issue in plan.issues()] == ["学习少"]


def form(*said: str) -> Rows:
    """A form of one issue with these words in its six fields."""
    return [
        ["整改情况登记表", "<", "<", "<"],
        ["反馈问题", said[0], "<", "<"],
        ["整改措施", said[1], "<", "<"],
        ["责任领导", said[2], "责任部门", said[3]],
        ["整改时限", said[4], "完成情况", said[5]],
        ["验收意见", "", "<", "<"],
    ]


def test_a_form_of_each_issue_is_read_as_its_row() -> None:
    one = form("学习少", "1.开会；\n2.写体会。", "张三", "党建办", "2025年6月", "已完成")
    two = form("账目乱", "清账", "李四", "财政所", "2025年9月", "推进中")
    plan = read("整改台账", one, "", two)
    first, second = plan.issues()
    assert (planned(first), planned(second)) == (["开会；", "写体会。"], ["清账"])
    assert (first.record.title, first.record.leaders, first.record.lead_department) == ("学习少", ("张三",), "党建办")
    assert (second.record.title, second.record.due_on) == ("账目乱", dt.date(2025, 9, 30))
    assert (first.record.status, second.record.status) == (Status.DONE, Status.IN_PROGRESS)


@pytest.mark.parametrize(("one", "two"), [("1", "2"), ("（一）", "（二）")])
def test_a_row_of_a_chinese_number_and_a_name_is_a_section(one: str, two: str) -> None:
    head = ["序号", "问题", "整改措施", "责任人"]
    rows = [["一", "主体责任方面", "", ""], [one, "学习少", "开会", "甲"], ["二", "监督责任方面", "", ""],
            [two, "检查少", "检查", "乙"]]  # fmt: skip
    assert titles(read([head, *rows])) == [("主体责任方面", ["学习少"]), ("监督责任方面", ["检查少"])]


def test_issues_that_are_counted_by_chinese_numbers_alone_stay_issues() -> None:
    plan = read([["序号", "问题", "整改措施"], ["一", "学习少", "开会"], ["二", "账目乱", ""]])
    assert [issue.record.title for issue in plan.issues()] == ["学习少", "账目乱"]


def test_a_second_list_of_the_same_issues_fills_what_the_first_left_empty() -> None:
    questions = [["序号", "问题", "责任领导"], ["1", "学习少", "张三"], ["2", "账目乱", "李四"]]
    tasks = [["序号", "问题", "整改措施", "责任领导", "完成时限"], ["1", "学习少", "开会", "王五", "2025年6月底前"],
             ["2", "新问题", "写体会", "赵六", "立行立改"]]  # fmt: skip
    plan = read("问题清单", questions, "任务清单", tasks)
    found = {issue.record.title: issue for issue in plan.issues()}
    assert list(found) == ["学习少", "账目乱", "新问题"]
    assert (found["学习少"].record.leaders, found["学习少"].record.deadline) == (("张三",), "2025年6月底前")
    assert planned(found["学习少"]) == ["开会"]
    assert planned(found["账目乱"]) == []


def test_an_issue_of_two_departments_keeps_what_each_says_of_its_own_measure() -> None:
    head = ["问题", "整改措施", "责任部门", "责任人", "整改时限", "完成情况", "备注"]
    one = [head, ["发展党员不规范", "办培训班", "党建办", "甲", "2025年6月", "已完成", "拟七月开班"]]
    two = [head, ["发展党员不规范", "配合培训", "农办", "乙", "2025年9月", "正在推进", "人手不足"]]
    (issue,) = read("一办", one, "二办", two).issues()
    own, other = (measure.record for measure in issue.measures)
    assert (issue.record.lead_department, issue.record.owner, issue.record.deadline) == ("党建办", "甲", "2025年6月")
    assert (other.lead_department, other.owner, other.deadline) == ("农办", "乙", "2025年9月")
    assert (own.status, other.status, issue.record.status) == (Status.DONE, Status.IN_PROGRESS, None)
    assert issue.record.note == "拟七月开班\n人手不足"


def test_a_deadline_is_filled_with_its_own_day_alone() -> None:
    one = [["问题", "整改措施", "整改时限"], ["学习少", "开会", "按季度"]]
    two = [["问题", "整改措施", "整改时限"], ["学习少", "开会", "2025年9月"]]
    plan = read("任务", one, "进展", two)
    (issue,) = plan.issues()
    assert (issue.record.deadline, issue.record.due_on) == ("按季度", None)
    assert [doubt.text for doubt in plan.doubts if doubt.code == "differs"] == [
        "问题“学习少”的整改时限两处不同：记为“按季度”，另一处为“2025年9月”"
    ]


def test_progress_that_two_tables_tell_in_two_ways_is_a_doubt() -> None:
    one = [["问题", "整改措施", "整改进展"], ["学习少", "开会", "开了三次"]]
    two = [["问题", "整改措施", "整改进展"], ["学习少", "开会", "开了四次"]]
    plan = read("任务", one, "进展", two)
    assert any("开了三次" in doubt.text and "开了四次" in doubt.text for doubt in plan.doubts)


def test_an_issue_is_closed_where_all_its_rows_say_so() -> None:
    rows = "学习少|开会|是", "^|写体会|{}"
    head = "问题|整改措施|是否销号"
    assert the_issue(head, *(row.format("是") for row in rows)).record.closed
    issue = the_issue(head, *(row.format("否") for row in rows))
    assert not issue.record.closed
    assert [measure.record.note for measure in issue.measures] == ["销号情况：是", "销号情况：否"]


def test_a_measure_that_is_there_already_is_filled_not_repeated() -> None:
    one = [["序号", "问题", "整改措施"], ["1", "学习少", "召开会议"], ["^", "^", "写体会"]]
    two = [["序号", "问题", "整改措施", "整改进展"], ["1", "学习少", "召开会议", "开了三次"]]
    (issue,) = read("任务清单", one, "进展清单", two).issues()
    assert planned(issue) == ["召开会议", "写体会"]
    assert done(issue) == ["开了三次", ""]


# --- size


def test_an_issue_of_twice_as_many_rows_is_twice_the_work() -> None:
    def work(count: int) -> int:
        rows = [f"^|第{at}项措施|部门{at}|完成{at}|备注{at}" for at in range(count)]
        table = ("问题|整改措施|责任部门|整改情况|备注", "学习少|开会|办公室|已开会|无", *rows)
        return lines_run(lambda: the_issue(*table))

    work(20)
    assert work(400) < 2.4 * work(200)


@pytest.mark.parametrize("number", ["9" * 5000, "１" * 4400, "0" * 5000])
def test_an_endless_number_in_the_first_column_is_none(number: str) -> None:
    plan = read([["序号", "问题", "整改措施"], ["1", "学习少", "开会"], [number, "检查少", "检查"]])
    assert [issue.record.title for issue in plan.issues()] == ["学习少", "检查少"]


# --- statuses that are ticked, owners and days of narrow columns


@pytest.mark.parametrize("over", ["完成情况", ""])
def test_the_ticked_column_of_several_says_the_status(over: str) -> None:
    heads = [["问题", "整改措施", over, "<", "<"], ["^", "^", "已完成", "推进中", "未启动"]]
    rows = [["学习少", "开会", "√", "", ""], ["账目乱", "清账", "×", "√", ""], ["会多", "减会", "", "", "√"]]
    plan = read([*(heads if over else [["问题", "整改措施", "已完成", "推进中", "未启动"]]), *rows])
    statuses = [issue.record.status for issue in plan.issues()]
    assert statuses == [Status.DONE, Status.IN_PROGRESS, Status.NOT_STARTED]
    assert [issue.record.note for issue in plan.issues()] == ["", "", ""]


def test_words_in_a_column_to_be_ticked_are_a_note() -> None:
    issue = the_issue("问题|整改措施|已完成|未完成", "学习少|开会|见附件|√")
    assert (issue.record.status, issue.record.note) == (Status.IN_PROGRESS, "已完成：见附件")


@pytest.mark.parametrize(
    ("cell", "office", "owner"),
    [
        ("党政办 李四", "党政办", "李四"),
        ("党政办：李四、王五", "党政办", "李四、王五"),
        ("党政办 李四\n财政所 王五", "党政办、财政所", "李四、王五"),
        ("党政办\n李四", "党政办", "李四"),
        ("党政办（李四）、财政所（王五、赵六）", "党政办、财政所", "李四、王五、赵六"),
        ("党政办 李四、财政所 王五", "党政办、财政所", "李四、王五"),
        ("党政办/李四\n财政所/王五", "党政办、财政所", "李四、王五"),
        ("党政办\n财政所", "党政办、财政所", ""),
        ("党政办 财政所", "党政办、财政所", ""),
        ("党政办（牵头）", "党政办（牵头）", ""),
    ],
)
def test_an_office_and_its_person_share_a_cell(cell: str, office: str, owner: str) -> None:
    record = the_issue("问题|整改措施|责任部门及责任人", f"学习少|开会|{cell}").record
    assert (record.lead_department, record.owner) == (office, owner)


def test_a_deadline_broken_in_a_narrow_column_has_its_own_year() -> None:
    record = the_issue("问题|整改措施|整改时限", "学习少|开会|2025年\n6月").record
    assert (record.deadline, record.due_on) == ("2025年6月", dt.date(2025, 6, 30))


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("张三、党政办、李四", (("张三",), "党政办", "李四")),
        ("张三\n党政办\n李四", (("张三",), "党政办", "李四")),
        ("张三、李四、王五", (("张三", "李四", "王五"), "", "")),
    ],
)
def test_three_who_answer_share_a_cell(cell: str, told: tuple[tuple[str, ...], str, str]) -> None:
    record = the_issue("问题|整改措施|责任领导、责任部门、责任人", f"学习少|开会|{cell}").record
    assert (record.leaders, record.lead_department, record.owner) == told


def test_a_column_of_feedback_that_names_aspects_alone_names_the_sections() -> None:
    head = ["反馈意见", "存在问题", "整改措施"]
    rows = [["一、学习贯彻党的理论方面", "学习少", "开会"], ["二、履行职能方面", "审批慢", "减环节"]]
    plan = read([head, *rows])
    assert titles(plan) == [("学习贯彻党的理论方面", ["学习少"]), ("履行职能方面", ["审批慢"])]
    rows[1][0] = "加强审批"
    assert [issue.record.recommendations for issue in read([head, *rows]).issues()][1] == ("加强审批",)


def test_a_cell_that_numbers_owners_days_and_statuses_deals_them_out_to_the_measures() -> None:
    issue = the_issue(
        "问题|整改措施|责任人|整改时限|完成情况",
        "学习少|1.开会；\n2.写体会。|1.张三\n2.李四、王五|1.2025年5月底\n2.2025年12月底|1.已完成；2.正在推进",
    )
    assert [measure.record.owner for measure in issue.measures] == ["张三", "李四、王五"]
    assert [measure.record.due_on for measure in issue.measures] == [dt.date(2025, 5, 31), dt.date(2025, 12, 31)]
    assert [measure.record.status for measure in issue.measures] == [Status.DONE, Status.IN_PROGRESS]
    assert (issue.record.owner, issue.record.deadline, issue.record.status) == ("", "", None)


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("2025年5月\n2025年6月\n长期坚持", ["2025年5月", "2025年6月", "长期坚持"]),
        ("2025.5.15\n2025.6.30\n2025.9.30", ["2025.5.15", "2025.6.30", "2025.9.30"]),
        ("立行立改\n长期坚持", ["", "", ""]),
        ("2025年\n6月\n底前", ["", "", ""]),
    ],
)
def test_as_many_days_as_measures_are_one_for_each(cell: str, days: list[str]) -> None:
    issue = the_issue("问题|整改措施|整改时限", f"学习少|1.开会；\n2.写体会；\n3.抓落实。|{cell}")
    assert [measure.record.deadline for measure in issue.measures] == days


def test_words_alone_in_the_number_column_are_a_section_or_left_over() -> None:
    head = ["序号", "问题", "整改措施"]
    rows = [["党的领导方面（1个）", "", ""], ["1", "学习少", "开会"], ["党的建设方面", "", ""], ["2", "会多", "减会"]]
    plan = read([head, *rows, ["本表每月报送党建办汇总", "", ""]])
    assert [title for title, _ in titles(plan)] == ["党的领导方面", "党的建设方面"]
    assert [note.text for note in plan.leftovers if note.code == "remark"] == ["本表每月报送党建办汇总"]


def test_progress_that_says_a_status_alone_is_one_where_no_column_tells_it() -> None:
    head = ["问题", "整改措施", "整改情况"]
    rows = [["学习少", "开会", "已完成"], ["会多", "减会", "正在整改"], ["账目乱", "清账", "已清理3本，正在补票"]]
    issues = list(read([head, *rows]).issues())
    assert [issue.record.status for issue in issues] == [Status.DONE, Status.IN_PROGRESS, None]
    assert [done(issue) for issue in issues] == [["已完成"], ["正在整改"], ["已清理3本，正在补票"]]


def test_the_issue_is_what_is_called_so_though_its_circumstances_stand_in_front() -> None:
    issue = the_issue("序号|具体情形|具体问题|整改措施", "1|次数少|学习少|开会")
    assert (issue.record.title, issue.record.original_text) == ("学习少", "次数少")


def test_lists_of_tasks_and_owners_may_name_issues_by_their_numbers() -> None:
    plan = read(
        "巡察整改三个清单",
        [["序号", "方面", "具体问题"], ["1", "甲方面", "学习少"], ["2", "^", "账目乱"]],
        "二、任务清单",
        [
            ["对应问题序号", "具体举措", "完成时限"],
            ["1", "开会", "2025年底"],
            ["^", "交流", "长期坚持"],
            ["2", "清账", "年内"],
        ],
        "三、责任清单",
        [["对应问题", "牵头领导", "责任部门"], ["问题1", "李某", "党政办"], ["第2项", "王某", "财政所"]],
    )
    first, second = plan.issues()
    assert (first.record.title, planned(first), first.record.leaders) == ("学习少", ["开会", "交流"], ("李某",))
    assert (second.record.title, planned(second), second.record.lead_department) == ("账目乱", ["清账"], "财政所")
