"""Everything about one issue on paper: its file, its evidence, its application for closing, and the list of all."""

from __future__ import annotations

import datetime as dt

import pytest
from builders import a_snapshot

from zhenggai_desktop.domain.blocks import Document
from zhenggai_desktop.domain.figures import figures
from zhenggai_desktop.domain.issue_file import IssueFiles, closing_application, closing_ledger
from zhenggai_desktop.domain.records import (
    Chase,
    ClosingStep,
    Evidence,
    EvidenceLink,
    Extension,
    HandOver,
    InspectionKind,
    Issue,
    LogEntry,
    Measure,
    MeasureLink,
    Outcome,
    OutcomeLink,
    Section,
    SectionCategory,
    Status,
)
from zhenggai_desktop.domain.timeline import timeline

JUNE = dt.date(2025, 6, 1)


@pytest.fixture
def files() -> IssueFiles:
    return IssueFiles(
        a_snapshot(
            Section(title="财务管理方面"),
            Issue(section_id=1, title="台账不全", deadline="2025年9月底前", due_on=dt.date(2025, 9, 30), closed=True,
                  lead_department="财政所", leaders=("王主任",)),
            Issue(parent_id=1, title="缺少出入库记录"),
            Issue(section_id=1, title="制度不全", deadline="2025年6月5日前", due_on=dt.date(2025, 6, 5)),
            Measure(issue_id=1, content="补齐台账", progress="已补齐3份。", status=Status.DONE,
                    completed_on=dt.date(2025, 6, 20)),
            Measure(issue_id=2, content="逐笔登记", status=Status.DONE),
            Outcome(kind="制度新建", title="物资管理办法", document_number="云街办〔2025〕3号"),
            OutcomeLink(outcome_id=1, measure_id=1),
            Evidence(file_name="台账.pdf", title="新台账", dated_on=dt.date(2025, 6, 18)),
            Evidence(file_name="旧制度.pdf", title="旧制度", dated_on=dt.date(2024, 1, 1)),
            EvidenceLink(evidence_id=1, measure_id=1),
            EvidenceLink(evidence_id=1, issue_id=1),
            EvidenceLink(evidence_id=2, outcome_id=1),
            LogEntry(measure_id=2, entered_on=dt.date(2025, 6, 10), text="开始登记", reporter="李四"),
            Chase(issue_id=1, chased_on=dt.date(2025, 6, 15), kind="督办通知单", text="请抓紧"),
            Extension(issue_id=1, old_deadline="2025年6月底前", new_deadline="2025年9月底前", reason="待财审",
                      approval="党工委", decided_on=dt.date(2025, 6, 16)),
            HandOver(measure_id=1, old_owner="甲", new_owner="乙", handed_on=dt.date(2025, 6, 12)),
            ClosingStep(issue_id=1, step="申请", result="同意", taken_on=dt.date(2025, 6, 25), taken_by="张三"),
            organisation="中共云溪街道工作委员会", feedback_date=JUNE, team="区委第三巡察组",
        )
    )  # fmt: skip


def words(document: Document) -> str:
    return "\n".join(block.text for block in document.blocks)


def test_the_timeline_has_everything_in_the_order_of_its_days(files: IssueFiles) -> None:
    events = timeline(files.snapshot, files.outline, files.snapshot.issues[0])
    assert [event.what for event in events] == [
        "反馈", "进展", "交接", "督办通知单", "延期", "佐证", "完成", "销号",
    ]  # fmt: skip
    assert events[-1].text == "申请：同意"


def test_the_file_tells_what_was_promised_done_and_proved(files: IssueFiles) -> None:
    found = words(files.document(files.snapshot.issues[0]))
    for part in (
        "反馈问题\t台账不全", "具体表现\t缺少出入库记录", "整改时限\t2025年9月底前（原定2025年6月底前，延期1次）",
        "1\t补齐台账\t已补齐3份。\t2025年9月底前\t已完成\t2025年6月20日", "2\t逐笔登记",
        "1\t制度新建\t物资管理办法", "云街办〔2025〕3号", "2025年6月10日\t进展\t开始登记\t李四", "新台账",
    ):  # fmt: skip
        assert part in found, part


def test_each_paper_is_listed_once_and_one_before_the_feedback_is_pointed_out(files: IssueFiles) -> None:
    issue = files.snapshot.issues[0]
    assert [evidence.title for evidence in files.evidence_of(issue)] == ["新台账", "旧制度"]
    assert words(files.evidence_list(issue)).count("早于反馈日期") == 1


def test_the_list_of_all_names_what_has_no_evidence(files: IssueFiles) -> None:
    found = words(files.evidence_list())
    assert "1-1 台账不全" in found
    assert found.endswith("没有佐证材料的问题（1个）\n1-2 制度不全")


def test_the_application_has_a_place_for_every_step_of_the_chain(files: IssueFiles) -> None:
    found = words(closing_application(files, files.snapshot.issues[0], ("申请", "领导审核", "销号")))
    assert "申请\t同意 签字：张三 2025年6月25日" in found
    assert "领导审核\t签字： 年 月 日" in found
    assert "整改措施 及成效\t1.已补齐3份。 2.逐笔登记" in found


def test_the_list_of_closing_counts_down(files: IssueFiles) -> None:
    found = words(closing_ledger(files, dt.date(2025, 6, 10)))
    assert "一、已销号（2个）" in found
    assert "1-1\t台账不全\t财政所\t2025年6月25日申请同意" in found
    assert "1-2\t制度不全\t\t2025年6月5日前\t未启动\t逾期5天" in found


def test_an_issue_without_anything_says_so(files: IssueFiles) -> None:
    found = words(files.document(files.snapshot.issues[2]))
    assert "没有登记整改措施。" in found
    assert "没有佐证材料。" in found


def test_what_stands_below_a_closed_issue_is_closed(files: IssueFiles) -> None:
    assert "销号情况\t已销号" in words(files.document(files.snapshot.issues[1]))


def test_papers_of_a_xunshi_speak_of_xunshi_throughout() -> None:
    """The word follows the kind of the inspection, domain.md §2."""
    snapshot = a_snapshot(
        Section(title="方面"),
        Issue(section_id=1, title="台账不全", due_on=dt.date(2025, 4, 1), lead_department="财政所"),
        kind=InspectionKind.XUNSHI,
        feedback_date=dt.date(2025, 3, 1),
    )
    files = IssueFiles(snapshot)
    issue = snapshot.issues[0]
    today = dt.date(2025, 4, 2)
    papers = (files.document(issue), closing_application(files, issue, ("申请", "销号")), closing_ledger(files, today))
    for paper in papers:
        said = "".join(block.text for block in paper.blocks) + paper.title
        assert "巡察" not in said
        assert "巡视整改" in said


def test_an_application_names_the_measures_below_a_parent() -> None:
    snapshot = a_snapshot(
        Section(title="方面"),
        Issue(section_id=1, title="台账不全"),
        Issue(parent_id=1, title="车辆台账不全"),
        Issue(parent_id=1, title="资产台账不全"),
        Measure(issue_id=2, content="补登车辆", progress="已补登20辆。"),
        Measure(issue_id=3, content="清查资产"),
    )
    files = IssueFiles(snapshot)
    for at, words in ((0, "1.已补登20辆。\n2.清查资产"), (1, "已补登20辆。")):
        paper = closing_application(files, snapshot.issues[at], ("申请",))
        table = next(block.table for block in paper.blocks if block.table is not None)
        cells = {row[0].text: row[1].text for row in table.rows if row[0] is not None and row[1] is not None}
        assert cells["整改措施\n及成效"] == words


def test_an_application_has_nothing_of_an_earlier_round() -> None:
    """退回 from any step and 回头看 begin a new round (domain.md §4 Closing step) without the old opinions."""
    chain = ("申请", "领导审核", "整改办审核", "销号")

    def a_step(step: str, day: int, result: str = "同意", *, who: str, said: str = "") -> ClosingStep:
        day_of_it = dt.date(2025, 5, day)
        return ClosingStep(issue_id=1, step=step, result=result, opinion=said, taken_on=day_of_it, taken_by=who)

    def form(*steps: ClosingStep, closed: bool = False) -> list[str]:
        files = IssueFiles(a_snapshot(Issue(title="甲", closed=closed), Issue(title="乙"), *steps))
        paper = closing_application(files, files.snapshot.issues[0], chain)
        table = next(block.table for block in paper.blocks if block.table is not None)
        return [" ".join(row[1].text.split()) for row in table.rows[-len(chain) :] if row[1] is not None]

    blank = "签字： 年 月 日"
    first = a_step("申请", 1, who="甲"), a_step("领导审核", 2, who="王主任", said="同意报批")
    strange = ClosingStep(issue_id=2, step="销号", result="退回", taken_on=dt.date(2025, 5, 2))
    assert form(*first, strange) == ["同意 签字：甲 2025年5月1日", "同意报批 签字：王主任 2025年5月2日", blank, blank]
    back = a_step("整改办审核", 3, "退回", who="李", said="材料不全")
    assert form(*first, back) == [blank] * 4
    anew = a_step("申请", 11, who="甲", said="再申请")
    assert form(*first, back, anew) == ["再申请 签字：甲 2025年5月11日", blank, blank, blank]
    whole = [a_step(step, 20 + at, who="乙") for at, step in enumerate(chain)]
    assert form(*first, back, *whole, closed=True) == [f"同意 签字：乙 2025年5月{20 + at}日" for at in range(4)]
    reopened = a_step("回头看", 28, "重新整改", who="丙", said="反弹")
    assert form(*first, back, *whole, reopened) == [blank] * 4
    assert form(*whole, reopened, a_step("申请", 30, who="丁")) == ["同意 签字：丁 2025年5月30日", blank, blank, blank]


def test_the_form_of_an_application_is_whole(files: IssueFiles) -> None:
    """Four columns: words beside captions, wide answers over three; room to write in."""
    (table,) = (
        block.table for block in closing_application(files, files.snapshot.issues[0], ("申请",)).blocks if block.table
    )
    assert table.heights == (0, 0, 0, 40, 15, 15)
    assert (table.head_rows, table.roomy, len(table.widths)) == (0, True, 4)
    assert [[cell and cell.columns for cell in row] for row in table.rows] == [
        [1, 1, 1, 1], [1, 3, None, None], [1, 1, 1, 1], *[[1, 3, None, None]] * 3,
    ]  # fmt: skip
    assert [row[0].text for row in table.rows if row[0]] == [
        "序号", "反馈问题", "责任领导", "整改措施\n及成效", "佐证材料", "申请",
    ]  # fmt: skip
    assert all(row[0] and row[0].head and row[0].centred for row in table.rows)
    assert [cell.text for cell in table.rows[0] if cell] == ["序号", "1-1", "整改时限", "2025年9月底前"]
    assert [cell.text for cell in table.rows[2] if cell] == ["责任领导", "王主任", "牵头部门", "财政所"]


def test_an_application_prints_the_words_for_the_public_before_the_measures() -> None:
    snapshot = a_snapshot(Issue(title="甲", public_text="已全部整改。"), Measure(issue_id=1, content="做"))
    paper = closing_application(IssueFiles(snapshot), snapshot.issues[0], ())
    assert "整改措施 及成效\t已全部整改。" in words(paper)


@pytest.mark.parametrize(
    ("due", "words_of_it"),
    [(dt.date(2025, 6, 11), "剩1天"), (dt.date(2025, 6, 10), "今天到期"), (dt.date(2025, 6, 9), "逾期1天"), (None, "")],
)
def test_how_many_days_are_left(due: dt.date | None, words_of_it: str) -> None:
    snapshot = a_snapshot(Issue(title="甲", deadline="尽快", due_on=due))
    found = words(closing_ledger(IssueFiles(snapshot), dt.date(2025, 6, 10)))
    assert "二、未销号（1个）" in found
    assert "还没有销号的问题。" in found
    last = found.splitlines()[-1].split("\t")
    assert last[:5] == ["1", "甲", "", "尽快", "未启动"]
    assert "".join(last[5:]) == words_of_it


def test_the_list_of_closing_has_a_row_for_what_has_words_of_its_own() -> None:
    snapshot = a_snapshot(
        Issue(title="大"), Issue(parent_id=1, title="小", closed=True),
        Issue(title="带措施"), Issue(parent_id=3, title="三"),
        Measure(issue_id=3, content="做"),
    )  # fmt: skip
    found = words(closing_ledger(IssueFiles(snapshot), dt.date(2025, 6, 10)))
    assert "一、已销号（1个）" in found
    assert "二、未销号（1个）" in found  # the answer stands over what is below it
    assert "\t大\t" not in found
    assert "\t三\t" not in found


def test_the_list_of_closing_counts_what_the_figures_count() -> None:
    """One answer over several quoted issues is one item (domain.md §4 Issue)."""
    snapshot = a_snapshot(
        Section(title="方面"), Section(title="自查", category=SectionCategory.EXTENSION),
        Issue(section_id=1, title="总的答复", closed=True),
        Issue(parent_id=1, title="引一"), Issue(parent_id=1, title="引二"),
        Issue(section_id=2, title="自查的"), Issue(section_id=1, title="没有答复"),
        Measure(issue_id=1, content="做", progress="已做。", status=Status.DONE),
    )  # fmt: skip
    found = words(closing_ledger(IssueFiles(snapshot), dt.date(2025, 6, 10)))
    counted = {figure.key: figure.value for figure in figures(snapshot)}
    assert (counted["closed"], counted["not_closed"]) == (1, 1)
    assert "一、已销号（1个）" in found
    assert "二、未销号（2个，其中反馈问题1个）" in found
    assert "引一" not in found
    assert found.index("没有答复") < found.index("自查的")


def test_a_table_of_the_file_leaves_out_columns_that_say_nothing() -> None:
    snapshot = a_snapshot(Issue(title="甲"), Measure(issue_id=1, content="做"))
    found = words(IssueFiles(snapshot).document(snapshot.issues[0]))
    assert "序号\t整改措施\t完成情况\n1\t做\t未启动" in found
    assert "没有登记成果。" in found
    assert "没有登记办理过程。" in found


def test_an_extension_is_told_by_how_often_and_from_when() -> None:
    snapshot = a_snapshot(
        Issue(title="甲", deadline="十月底前"), Issue(title="乙", deadline="年底前"),
        Extension(issue_id=1, old_deadline="六月底前"), Extension(issue_id=1, old_deadline="八月底前"),
    )  # fmt: skip
    files = IssueFiles(snapshot)
    assert "整改时限\t十月底前（原定六月底前，延期2次）" in words(files.document(snapshot.issues[0]))
    assert "整改时限\t年底前\n" in words(files.document(snapshot.issues[1]))


def test_every_paper_prints_a_deadline_of_which_only_the_date_is_known() -> None:
    snapshot = a_snapshot(
        Issue(title="甲", due_on=dt.date(2025, 9, 30)), Measure(issue_id=1, content="做"),
        Extension(issue_id=1, old_due_on=dt.date(2025, 6, 15), new_due_on=dt.date(2025, 9, 30)),
    )  # fmt: skip
    files, issue = IssueFiles(snapshot), snapshot.issues[0]
    own = words(files.document(issue))
    assert "整改时限\t2025年9月底前（原定2025年6月15日前，延期1次）" in own
    assert "时限由“2025年6月15日前”延至“2025年9月底前”\n" in own
    assert "1\t做\t2025年9月底前\t未启动" in own
    assert "整改时限\t2025年9月底前" in words(closing_application(files, issue, ()))
    assert "1\t甲\t\t2025年9月底前\t未启动\t逾期1天" in words(closing_ledger(files, dt.date(2025, 10, 1)))


def test_an_opinion_names_the_paper_it_stands_in_and_is_signed_on_one_line() -> None:
    """Else a form on which everybody has signed goes over its page."""
    step = ClosingStep(issue_id=1, step="党组会研究", result="同意", taken_by="王主任", taken_on=dt.date(2025, 5, 2),
                       document_number="纪要〔2025〕5号")  # fmt: skip
    snapshot = a_snapshot(Issue(title="甲"), step, ClosingStep(issue_id=1, step="申请", result="同意"))
    paper = closing_application(IssueFiles(snapshot), snapshot.issues[0], ("申请", "党组会研究"))
    (table,) = (block.table for block in paper.blocks if block.table)
    filled = [cell.text for row in table.rows[-2:] if (cell := row[1])]
    assert [" ".join(line.split()) for line in filled[1].split("\n")] == [
        "同意（纪要〔2025〕5号）",
        "签字：王主任 2025年5月2日",
    ]
    assert filled[0].split("\n")[0] == "同意"


def test_what_was_closed_with_the_issue_above_it_says_by_which_steps() -> None:
    """The row of 大 is that of its parts, where it has no measures; then nobody else tells of its steps."""
    snapshot = a_snapshot(
        Issue(title="大", closed=True), Issue(parent_id=1, title="小"), Measure(issue_id=2, content="做"),
        Issue(title="带措施", closed=True), Measure(issue_id=3, content="做"),
        Issue(parent_id=3, title="三"), Measure(issue_id=4, content="做"),
        ClosingStep(issue_id=1, step="申请", result="同意", taken_on=dt.date(2025, 5, 1)),
        ClosingStep(issue_id=3, step="申请", result="同意", taken_on=dt.date(2025, 5, 2)),
    )  # fmt: skip
    rows = [line.split("\t") for line in words(closing_ledger(IssueFiles(snapshot), dt.date(2025, 6, 10))).splitlines()]
    told = {row[1]: row[-1] for row in rows if len(row) == 4}
    assert told["小"] == "随上级问题1 大销号 2025年5月1日申请同意"
    assert told["带措施"] == "2025年5月2日申请同意"
    assert told["三"] == "随上级问题2 带措施销号"


def test_why_duties_were_handed_over_and_who_let_a_deadline_be_put_off_is_told_as_nobodys_name() -> None:
    snapshot = a_snapshot(
        Issue(title="甲"),
        HandOver(issue_id=1, old_owner="张三", new_owner="孙丽", note="岗位调整", handed_on=dt.date(2025, 5, 1)),
        Extension(issue_id=1, new_deadline="九月底前", reason="需批复", approval="党组会同意",
                  decided_on=dt.date(2025, 6, 1)),
    )  # fmt: skip
    files = IssueFiles(snapshot)
    assert [(event.text, event.who) for event in timeline(snapshot, files.outline, snapshot.issues[0])] == [
        ("责任人由张三变更为孙丽（岗位调整）", ""),
        ("时限延至“九月底前”，理由：需批复，审批：党组会同意", ""),
    ]


@pytest.mark.parametrize(
    ("result", "opinion", "words"),
    [
        ("同意", "同意", "申请：同意，纪要〔2025〕5号"),
        ("同意", "同意销号", "申请：同意销号，纪要〔2025〕5号"),
        ("同意", "材料齐全", "申请：同意，材料齐全，纪要〔2025〕5号"),
        ("退回", "", "申请：退回，纪要〔2025〕5号"),
    ],
)
def test_the_timeline_says_once_what_was_decided(result: str, opinion: str, words: str) -> None:
    step = ClosingStep(issue_id=1, step="申请", result=result, opinion=opinion, document_number="纪要〔2025〕5号")
    snapshot = a_snapshot(Issue(title="甲"), step)
    files = IssueFiles(snapshot)
    assert [event.text for event in timeline(snapshot, files.outline, snapshot.issues[0])] == [words]


def test_what_is_done_and_waits_for_its_closing_is_not_late() -> None:
    snapshot = a_snapshot(Issue(title="甲", due_on=dt.date(2025, 6, 9), status=Status.DONE))
    found = words(closing_ledger(IssueFiles(snapshot), dt.date(2025, 6, 10)))
    assert "已完成" in found
    assert "逾期" not in found


def test_a_measure_that_serves_several_below_an_issue_is_told_once() -> None:
    snapshot = a_snapshot(
        Issue(title="大"), Issue(parent_id=1, title="小一"), Issue(parent_id=1, title="小二"),
        Measure(issue_id=2, content="做", progress="已做。"), MeasureLink(measure_id=1, issue_id=3),
    )  # fmt: skip
    files, issue = IssueFiles(snapshot), snapshot.issues[0]
    assert words(files.document(issue)).count("已做。") == 1
    assert "整改措施 及成效\t已做。\n" in words(closing_application(files, issue, ()))


def test_papers_of_an_issue_name_those_who_answer_for_its_measures() -> None:
    snapshot = a_snapshot(
        Issue(title="甲", closed=True), Issue(title="乙"),
        Measure(issue_id=1, content="做", lead_department="财政所", leaders=("王主任",), due_on=dt.date(2025, 6, 30)),
        MeasureLink(measure_id=1, issue_id=2),
    )  # fmt: skip
    files = IssueFiles(snapshot)
    lines = words(closing_ledger(files, dt.date(2025, 6, 10))).splitlines()
    assert "1\t甲\t财政所" in [line.rstrip("\t") for line in lines]
    assert "2\t乙\t财政所\t2025年6月底前\t未启动\t剩20天" in lines
    for issue in snapshot.issues:
        said = words(files.document(issue))
        assert "责任领导\t王主任" in said
        assert "牵头部门\t财政所" in said
        assert "王主任\t牵头部门\t财政所" in words(closing_application(files, issue, ()))
