"""Rules that hold the notice against its ledger: statuses both ways, totals, deadlines, names, withheld issues."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from test_proofread_rules import CLEAN, READER

from zhenggai_desktop.domain.blocks import SourceDocument, SourceParagraph
from zhenggai_desktop.domain.editions import Edition
from zhenggai_desktop.domain.feedback import understand
from zhenggai_desktop.domain.notice import compose
from zhenggai_desktop.domain.plan_snapshot import plan_snapshot
from zhenggai_desktop.domain.proofread.findings import Finding, Severity
from zhenggai_desktop.domain.proofread.subject import subject_of_ledger
from zhenggai_desktop.domain.records import Department, Issue, Measure, Person, Snapshot, Status, WithheldGround
from zhenggai_desktop.domain.schemes import scheme_for

ISSUE = "党员教育管理宽松"
OTHER = "干部队伍结构不够合理"


@pytest.fixture
def ledger() -> Snapshot:
    lines = [SourceParagraph(i, line) for i, line in enumerate(CLEAN.split("\n"), 1) if line.strip()]
    snapshot = plan_snapshot(understand(SourceDocument("通报", tuple(lines))))
    done = tuple(replace(measure, status=Status.DONE) for measure in snapshot.measures)
    return replace(snapshot, measures=done)


def proofread(snapshot: Snapshot) -> tuple[Finding, ...]:
    document = compose(snapshot, scheme_for(snapshot.facts))
    return READER.check(subject_of_ledger(document, snapshot, dt.date(2025, 12, 31)))


def told(snapshot: Snapshot) -> list[tuple[str, str]]:
    found = proofread(snapshot)
    return [(finding.code, finding.words) for finding in found if finding.code != "stopped-heading"]


def changed(snapshot: Snapshot, title: str, **values: Any) -> Snapshot:
    issues = tuple(replace(i, **values) if i.title == title else i for i in snapshot.issues)
    assert issues != snapshot.issues
    return replace(snapshot, issues=issues)


def with_measures(snapshot: Snapshot, title: str, **values: Any) -> Snapshot:
    issue = next(issue for issue in snapshot.issues if issue.title == title)
    measures = tuple(replace(m, **values) if m.issue_id == issue.id else m for m in snapshot.measures)
    return replace(snapshot, measures=measures)


def test_a_clean_ledger_is_clean(ledger: Snapshot) -> None:
    assert told(ledger) == []


def test_words_of_going_on_in_a_measure_that_is_done(ledger: Snapshot) -> None:
    assert told(with_measures(ledger, OTHER, progress="正在选派5名年轻干部到一线。")) == [("unfinished-done", "正在")]


def test_words_of_being_done_in_a_measure_that_is_not(ledger: Snapshot) -> None:
    snapshot = with_measures(ledger, OTHER, progress="选派5名年轻干部，该问题已整改到位。", status=Status.IN_PROGRESS)
    assert ("done-open", "该问题已整改到位") in told(snapshot)


def test_a_standing_issue_needs_a_stage_result(ledger: Snapshot) -> None:
    snapshot = with_measures(changed(ledger, OTHER, standing=True), OTHER, progress="")
    assert "standing-result" in [code for code, _ in told(snapshot)]


def test_a_deadline_that_has_passed(ledger: Snapshot) -> None:
    late = changed(ledger, OTHER, due_on=dt.date(2025, 9, 30))
    assert told(late) == []
    codes = [code for code, _ in told(with_measures(late, OTHER, status=Status.IN_PROGRESS))]
    assert "overdue" in codes


def test_a_total_that_the_ledger_does_not_bear_out(ledger: Snapshot) -> None:
    fewer = tuple(issue for issue in ledger.issues if issue.title != OTHER)
    kept = {issue.id for issue in fewer}
    measures = tuple(measure for measure in ledger.measures if measure.issue_id in kept)
    assert ("ledger-total", "7个") in told(replace(ledger, issues=fewer, measures=measures))


def test_an_issue_whose_heading_says_something_else(ledger: Snapshot) -> None:
    snapshot = changed(ledger, OTHER, printed_heading="2.针对干部队伍年龄偏大问题")
    assert ("changed-words", "2.针对干部队伍年龄偏大问题") in told(snapshot)


def test_a_withheld_issue_is_left_out_and_told_of(ledger: Snapshot) -> None:
    assert told(changed(ledger, OTHER, withheld=WithheldGround.SENSITIVE)) == []


def test_words_of_what_is_withheld_stand_nowhere_else(ledger: Snapshot) -> None:
    held = changed(ledger, OTHER, withheld=WithheldGround.SENSITIVE)
    said = with_measures(held, ISSUE, progress=f"结合{OTHER}问题，召开专题会议2次。")
    assert ("withheld-printed", OTHER) in told(said)
    worded = changed(said, OTHER, withheld_wording="队伍建设有差距")
    assert ("withheld-printed", OTHER) in told(worded)
    assert ("withheld-printed", OTHER) not in told(changed(said, OTHER, withheld_wording=OTHER))


def test_what_is_withheld_may_stand_in_the_edition_that_stays_inside(ledger: Snapshot) -> None:
    held = changed(ledger, OTHER, withheld=WithheldGround.SENSITIVE)
    document = compose(held, scheme_for(held.facts), edition=Edition.INTERNAL)
    for public in (True, False):
        found = READER.check(subject_of_ledger(document, held, dt.date(2025, 12, 31), is_public=public))
        assert ("withheld-printed" in [finding.code for finding in found]) is public


def test_names_of_the_directory_and_of_owners(ledger: Snapshot) -> None:
    named = with_measures(ledger, OTHER, progress="由张志远选派5名年轻干部，孙立军负责。")
    persons = (Person(1, "p1", name="张志远", public_role="党建办负责人"),)
    snapshot = changed(replace(named, persons=persons), OTHER, owner="孙立军")
    assert [pair for pair in told(snapshot) if pair[0] == "known-name"] == [
        ("known-name", "张志远"),
        ("known-name", "孙立军"),
    ]


def test_a_short_name_inside_other_words_is_none(ledger: Snapshot) -> None:
    named = with_measures(ledger, OTHER, progress="选派5名年轻干部，成效比以往高明显著。")
    assert told(replace(named, persons=(Person(1, "p1", name="高明"),))) == []


def test_a_short_name_beside_a_penalty_is_one(ledger: Snapshot) -> None:
    persons = (Person(1, "p1", name="高明", public_role="相关责任人"),)
    for text in ("对高明进行批评教育，选派5名年轻干部。", "给予高明党内警告处分，选派5名年轻干部。"):
        found = proofread(replace(with_measures(ledger, OTHER, progress=text), persons=persons))
        assert [(f.severity, f.words, f.mend) for f in found if f.code == "known-name"] == [
            (Severity.ERROR, "高明", "相关责任人")
        ]


def test_what_may_be_a_short_name_is_a_warning(ledger: Snapshot) -> None:
    named = with_measures(ledger, OTHER, progress="选派5名年轻干部，对高明再作研究，王高明受到表扬，在高明区开会。")
    found = proofread(replace(named, persons=(Person(1, "p1", name="高明", public_role="相关责任人"),)))
    assert [(f.severity, f.start, f.mend) for f in found if f.code == "known-name"] == [
        (Severity.WARNING, 17, None),
        (Severity.WARNING, 25, None),
    ]


def test_a_name_that_is_no_word_is_told_wherever_it_stands(ledger: Snapshot) -> None:
    text = "选派5名年轻干部，督促李明归还公款，对李明博走访，在李明村开会。"
    snapshot = replace(with_measures(ledger, OTHER, progress=text), persons=(Person(1, "p1", name="李明"),))
    found = [(f.severity, f.start) for f in proofread(snapshot) if f.code == "known-name"]
    assert found == [(Severity.ERROR, 18), (Severity.WARNING, 26)]


def test_a_name_in_an_answer_that_speaks_of_telephones_is_told(ledger: Snapshot) -> None:
    text = "选派5名年轻干部，对张三丰进行诫勉谈话，同时公布监督电话、举报邮箱。"
    persons = (Person(1, "p1", name="张三丰", public_role="相关责任人"),)
    assert ("known-name", "张三丰") in told(replace(with_measures(ledger, OTHER, progress=text), persons=persons))


def test_a_unit_with_one_sign_wrong_and_an_alias(ledger: Snapshot) -> None:
    snapshot = with_measures(ledger, OTHER, progress="云溪接道党工委会同党办选派5名年轻干部。")
    departments = (
        Department(1, "d1", name="云溪街道党工委"),
        Department(2, "d2", name="党政综合办公室", short_name="党政办", aliases=("党办",)),
    )
    found = told(replace(snapshot, departments=departments))
    assert ("unit-name", "云溪接道党工委") in found
    assert ("unit-alias", "党办") in found


def test_names_of_units_are_known_from_four_signs_on(ledger: Snapshot) -> None:
    snapshot = with_measures(ledger, OTHER, progress="东岭杜区、南湾衬选派5名年轻干部。")
    departments = (Department(1, "d1", name="东岭社区"), Department(2, "d2", name="南湾村"))
    found = [words for code, words in told(replace(snapshot, departments=departments)) if code == "unit-name"]
    assert found == ["东岭杜区"]


def test_an_issue_without_an_answer_is_an_error(ledger: Snapshot) -> None:
    assert "unanswered" in [code for code, _ in told(with_measures(ledger, OTHER, progress=""))]


def test_records_of_other_kinds_do_not_disturb(ledger: Snapshot) -> None:
    assert told(replace(ledger, measures=(*ledger.measures, Measure(9999, "m", ledger.issues[-1].id)))) == []
    assert isinstance(ledger.issues[0], Issue)


def test_a_sub_issue_whose_measures_tell_nothing_is_unanswered_below_an_answer_too(ledger: Snapshot) -> None:
    issue = next(issue for issue in ledger.issues if issue.title == OTHER)
    below = [Issue(id=900 + at, uid=f"below-{at}", parent_id=issue.id, title=f"干部{at}") for at in (1, 2)]
    planned = Measure(id=900, uid="planned", issue_id=901, content="选派干部", status=Status.DONE)
    with_both = replace(ledger, issues=(*ledger.issues, *below), measures=(*ledger.measures, planned))
    assert [words for code, words in told(with_both) if code == "unanswered"] == ["（1）干部1。", "（2）干部2。"]
    without = replace(with_both, measures=ledger.measures)
    assert "unanswered" not in [code for code, _ in told(without)]
