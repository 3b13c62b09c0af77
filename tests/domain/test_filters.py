"""What a filter asks, and the rows that answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from builders import a_snapshot, a_tree

from zhenggai_desktop.domain.filters import OPEN, VIEWS, Filter, Finder, exported_ids, matching
from zhenggai_desktop.domain.lateness import Lateness
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import (
    Chase,
    Evidence,
    EvidenceLink,
    Extension,
    HandOver,
    Issue,
    LogEntry,
    Measure,
    MeasureLink,
    Outcome,
    OutcomeLink,
    Section,
    Snapshot,
    Status,
    Track,
    WithheldGround,
)
from zhenggai_desktop.domain.row_texts import RowTexts
from zhenggai_desktop.domain.workflow import Workflow

TODAY = dt.date(2025, 7, 2)  # a Wednesday

#: Section 1: issue 1 (measures 1, 2), issue 2 with sub-issues 3 and 4 (measure 3); section 2: issue 5 (measure 4).
LEDGER = a_snapshot(
    Section(title="作风建设方面"),
    Section(title="选人用人方面"),
    Issue(section_id=1, title="会议过多", lead_department="办公室", due_on=dt.date(2025, 6, 30), owner="张三"),
    Issue(section_id=1, title="调研不深", leaders=("甲", "乙"), track=Track.DATED, units=("第一小学",)),
    Issue(section_id=1, parent_id=2, title="走马观花", due_on=dt.date(2025, 7, 6)),
    Issue(section_id=1, parent_id=2, title="报告照抄", withheld=WithheldGround.SENSITIVE),
    Issue(section_id=2, title="考察不严", supporting_departments=("办公室",), due_on=dt.date(2025, 7, 20)),
    Measure(issue_id=1, content="压减会议", status=Status.DONE),
    Measure(issue_id=1, content="合并文件 ABC", status=Status.IN_PROGRESS),
    Measure(issue_id=4, content="重写报告", owner="李四", status=Status.DONE),
    Measure(issue_id=5, content="补充考察", status=Status.DONE),
    LogEntry(measure_id=3, text="已请专家审读"),
    Outcome(kind="制度", title="考察工作办法"),
    OutcomeLink(outcome_id=1, issue_id=5),
    Evidence(file_name="照片.jpg"),
    EvidenceLink(evidence_id=1, measure_id=1),
)


def rows(wanted: Filter, snapshot: Snapshot = LEDGER) -> str:
    """The rows that answer: “1 2 m1”, with what only leads there behind a stroke."""
    found = matching(snapshot, wanted, TODAY)
    hits = [str(at) for at in sorted(found.issue_ids)] + [f"m{at}" for at in sorted(found.measure_ids)]
    above = [str(at) for at in sorted(found.shown_issues - found.issue_ids)]
    above += [f"s{at}" for at in sorted(found.shown_sections)]
    return f"{' '.join(hits)} | {' '.join(above)}".strip()


ALL = "1 2 3 4 5 m1 m2 m3 m4 | s1 s2"


@pytest.mark.parametrize(
    ("wanted", "answer"),
    [
        (Filter(), ALL),
        (Filter(words=" 　"), ALL),
        (Filter(words="会议"), "1 m1 | s1"),
        (Filter(words="报告 专家"), "m3 | 2 4 s1"),
        (Filter(words="abc"), "m2 | 1 s1"),
        (Filter(words="ABC"), "m2 | 1 s1"),
        (Filter(words="工作办法"), "5 | s2"),
        (Filter(words="第一小学"), "2 | s1"),
        (Filter(words="选人用人"), "| s2"),
        (Filter(words="1-2"), "2 3 4 | s1"),
        (Filter(words="没有这样的话"), "|"),
        (Filter(statuses=frozenset({Status.IN_PROGRESS})), "1 2 m2 | s1"),
        (Filter(due=Lateness.LATE), "1 m2 | s1"),
        (Filter(due=Lateness.SOON), "3 | 2 s1"),
        (Filter(due_from=dt.date(2025, 7, 6)), "3 5 m4 | 2 s1 s2"),
        (Filter(due_to=dt.date(2025, 7, 6)), "1 3 m1 m2 | 2 s1"),
        (Filter(department="办公室"), "1 5 m1 m2 m4 | s1 s2"),
        (Filter(leader="乙"), "2 3 4 m3 | s1"),
        (Filter(owner="张三"), "1 m1 m2 | s1"),
        (Filter(owner="李四"), "m3 | 2 4 s1"),
        (Filter(unit="第一小学"), "2 3 4 m3 | s1"),
        (Filter(section_id=2), "5 m4 | s2"),
        (Filter(track=Track.DATED), "2 4 m3 | s1"),
        (Filter(withheld=True), "4 m3 | 2 s1"),
        (Filter(to_close=True), "4 5 m3 m4 | 2 s1 s2"),
        (Filter(without_measures=True), "3 | 2 s1"),
        (Filter(without_evidence=True), "2 3 4 5 m2 m3 m4 | 1 s1 s2"),
        (Filter(issue_ids=frozenset({1, 3})), "1 3 m1 m2 | 2 s1"),
        (Filter(issue_ids=frozenset()), "|"),
        (Filter(words="考察", department="办公室"), "5 m4 | s2"),
        (Filter(words="会议", section_id=2), "|"),
    ],
    ids=repr,
)
def test_rows_answer_what_is_asked(wanted: Filter, answer: str) -> None:
    assert rows(wanted) == answer


@pytest.mark.parametrize(
    ("view", "answer"),
    [
        ("全部", ALL),
        ("逾期", "1 m2 | s1"),
        ("本周到期", "1 3 m2 | 2 s1"),
        ("待销号", "4 5 m3 m4 | 2 s1 s2"),
        ("未填措施", "3 | 2 s1"),
        ("不公开", "4 m3 | 2 s1"),
    ],
)
def test_a_view_is_a_filter_of_the_day(view: str, answer: str) -> None:
    assert rows(VIEWS[view](TODAY)) == answer


def test_evidence_of_an_outcome_proves_its_issue() -> None:
    link = EvidenceLink(id=2, uid="e", evidence_id=1, outcome_id=1)
    assert rows(Filter(without_evidence=True), replace(LEDGER, evidence_links=(*LEDGER.evidence_links, link))) == (
        "2 3 4 m2 m3 m4 | 1 5 s1 s2"
    )


def test_only_an_empty_filter_is_empty() -> None:
    assert Filter(words=" ").is_empty
    assert not any(
        wanted.is_empty for wanted in (Filter(words="会"), Filter(statuses=OPEN), Filter(issue_ids=frozenset()))
    )


def test_an_export_holds_the_issues_of_the_measures_that_were_found() -> None:
    assert exported_ids(matching(LEDGER, Filter(words="abc"), TODAY), Outline(LEDGER)) == {1}


def test_what_is_entered_stays_in_sight() -> None:
    found = matching(LEDGER, Filter(words="会议"), TODAY)
    more = found.with_rows(Outline(LEDGER), [LEDGER.measures[2]])
    assert more.measure_ids == {1, 3}
    assert more.shown_issues == {1, 2, 4}


def finder(snapshot: Snapshot, texts: RowTexts) -> Finder:
    outline = Outline(snapshot)
    return Finder(outline, Workflow(outline), texts)


def test_a_changed_record_is_read_again_and_no_other() -> None:
    read: list[str] = []
    texts = RowTexts(lambda text: read.append(text) or text)
    finder(LEDGER, texts).find(Filter(words="zz"), TODAY)
    assert len(read) == len(LEDGER.issues) + len(LEDGER.measures) + len(LEDGER.sections)
    read.clear()
    changed = replace(LEDGER, issues=(replace(LEDGER.issues[0], title="会风不实"), *LEDGER.issues[1:]))
    found = finder(changed, texts).find(Filter(words="会风"), TODAY)
    finder(changed, texts).find(Filter(words="zz"), TODAY)
    assert found.issue_ids == {1}
    assert len(read) == 1


def test_letters_are_looked_for_among_initials_too() -> None:
    initials = {"会": "h", "议": "y"}
    texts = RowTexts(lambda text: "".join(initials.get(letter, letter) for letter in text))
    assert finder(LEDGER, texts).find(Filter(words="HY"), TODAY).issue_ids == {1}
    assert finder(LEDGER, texts).find(Filter(words="h y"), TODAY).issue_ids == {1}
    assert finder(LEDGER, texts).find(Filter(words="yh"), TODAY).issue_ids == set()


def test_words_are_found_in_whatever_hangs_on_a_row() -> None:
    snapshot = replace(
        LEDGER,
        outcomes=(Outcome(id=9, uid="o", kind="制度新建", title="考勤办法"),),
        outcome_links=(OutcomeLink(id=9, uid="ol", outcome_id=9, measure_id=2),),
        evidence=(
            Evidence(id=7, uid="e7", title="专题纪要", file_name="扫描件007.pdf"),
            Evidence(id=8, uid="e8", title="红头文件"),
        ),
        evidence_links=(
            EvidenceLink(id=7, uid="l7", evidence_id=7, issue_id=3),
            EvidenceLink(id=8, uid="l8", evidence_id=8, outcome_id=9),
        ),
        extensions=(Extension(id=1, uid="x", measure_id=4, reason="等待专家论证意见", approval="党委会纪要12号"),),
        chases=(Chase(id=1, uid="c", issue_id=5, kind="电话", text="提醒尽快报送"),),
        hand_overs=(HandOver(id=1, uid="h", issue_id=1, old_owner="赵六", new_owner="钱七"),),
    )
    for word, answer in (
        ("专题纪要", "3"), ("007.pdf", "3"), ("红头", "m2"), ("考勤办法", "m2"), ("论证意见", "m4"), ("12号", "m4"),
        ("报送", "5"), ("赵六", "1"),
    ):  # fmt: skip
        assert rows(Filter(words=word), snapshot).partition(" |")[0] == answer, word


def test_a_section_is_found_by_all_its_words_and_by_letters() -> None:
    initials = {"导": "d", "语": "y"}
    texts = RowTexts(lambda text: "".join(initials.get(letter, letter) for letter in text))
    first, *others = LEDGER.sections
    snapshot = replace(LEDGER, sections=(replace(first, introduction="导语在此", note="已合并"), *others))
    for word in ("导语", "合并", "dy"):
        found = finder(snapshot, texts).find(Filter(words=word), TODAY)
        assert (found.shown_sections, found.issue_ids) == ({first.id}, frozenset()), word


def test_words_are_asked_again_of_the_rows_that_meet_the_conditions() -> None:
    """While somebody types, the conditions beside the words are not worked out for each key."""
    one = finder(a_snapshot(*a_tree()), RowTexts())
    wanted = Filter(department="业务科室1")
    assert one.find(wanted, TODAY).issue_ids == {2}
    assert one.find(replace(wanted, words="第2项"), TODAY).issue_ids == {2}
    assert one.find(replace(wanted, words="第1项"), TODAY).issue_ids == set()


def test_which_rows_stand_in_the_filtered_tree() -> None:
    found = matching(LEDGER, Filter(words="报告 专家"), TODAY)
    records = (*LEDGER.sections, *LEDGER.issues, *LEDGER.measures)
    assert [(type(one).__name__, one.id) for one in records if found.shows(one)] == [
        ("Section", 1), ("Issue", 2), ("Issue", 4), ("Measure", 3),
    ]  # fmt: skip


def test_what_is_gone_is_forgotten_and_what_is_new_is_kept() -> None:
    found = matching(LEDGER, Filter(words="会议"), TODAY)
    new = Issue(id=9, uid="neu", section_id=2, title="另一个问题")
    now = replace(LEDGER, issues=(*LEDGER.issues[1:], new), measures=LEDGER.measures[2:])
    more = found.with_rows(Outline(now), [new])
    assert (more.issue_ids, more.measure_ids, more.shown_sections) == ({9}, set(), {1, 2})
    kept = found.with_rows(Outline(LEDGER), [LEDGER.sections[1]])
    assert (kept.issue_ids, kept.measure_ids, kept.shown_sections) == ({1}, {1}, {1, 2})


@pytest.mark.parametrize(
    ("today", "week"),
    [
        (dt.date(2025, 6, 30), (dt.date(2025, 6, 30), dt.date(2025, 7, 6))),  # a Monday
        (dt.date(2025, 7, 6), (dt.date(2025, 6, 30), dt.date(2025, 7, 6))),  # a Sunday
        (dt.date(2025, 7, 7), (dt.date(2025, 7, 7), dt.date(2025, 7, 13))),
    ],
)
def test_a_week_runs_from_monday_to_sunday(today: dt.date, week: tuple[dt.date, dt.date]) -> None:
    wanted = VIEWS["本周到期"](today)
    assert (wanted.due_from, wanted.due_to, wanted.statuses) == (*week, OPEN)


@pytest.mark.parametrize("status", list(Status))
def test_what_is_not_done_is_open(status: Status) -> None:
    assert (status in OPEN) is (status is not Status.DONE)


def test_what_is_closed_is_neither_late_nor_due_nor_to_close() -> None:
    """Nor is what stands below it: one to be kept up is closed while it goes on (domain.md §4 Closing)."""
    past, soon = dt.date(2025, 6, 30), dt.date(2025, 7, 6)
    records = (
        Issue(title="长期", closed=True, due_on=past, status=Status.IN_PROGRESS), Issue(parent_id=1, title="下级"),
        Issue(title="将到", closed=True, due_on=soon), Issue(title="已完成", closed=True, status=Status.DONE),
        Measure(issue_id=2, content="做"), Measure(issue_id=3, content="做"),
    )  # fmt: skip
    wanted = {"late": Filter(due=Lateness.LATE), "soon": Filter(due=Lateness.SOON), "to close": Filter(to_close=True)}
    closed, still_open = a_snapshot(*records), a_snapshot(*(
        replace(record, closed=False) if isinstance(record, Issue) else record for record in records
    ))  # fmt: skip
    assert {key: rows(one, closed) for key, one in wanted.items()} == {"late": "|", "soon": "|", "to close": "|"}
    found = {key: rows(one, still_open) for key, one in wanted.items()}
    assert found == {"late": "1 2 m1 |", "soon": "3 m2 |", "to close": "4 |"}


def test_another_day_is_asked_anew() -> None:
    """The same finder on the next day: what was near is late."""
    one = finder(LEDGER, RowTexts())
    wanted = Filter(due=Lateness.LATE)
    assert one.find(wanted, TODAY).issue_ids == {1}
    assert one.find(wanted, dt.date(2025, 7, 7)).issue_ids == {1, 3}
    assert one.find(wanted, TODAY).issue_ids == {1}
    assert one.find(Filter(due=Lateness.SOON), TODAY).issue_ids == {3}


@pytest.mark.parametrize(
    ("words", "issues"),
    [("1-2", {2, 3, 4}), ("1-2-1", {3}), ("2-1", {5}), ("1-", set()), ("1 2", set())],
)
def test_a_number_finds_what_stands_below_it(words: str, issues: set[int]) -> None:
    assert finder(LEDGER, RowTexts()).find(Filter(words=words), TODAY).issue_ids == issues


def test_evidence_of_a_measure_that_serves_another_issue_too_proves_that_one() -> None:
    link = MeasureLink(id=1, uid="l", measure_id=1, issue_id=4)
    assert rows(Filter(without_evidence=True), replace(LEDGER, measure_links=(link,))) == ("3 5 m2 m3 m4 | 1 2 4 s1 s2")
