"""A ledger becomes the blocks of a notice: the frame of a new one, own chapters as they stand, numbers and anchors."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from builders import a_snapshot

from zhenggai_desktop.domain.blocks import Kind, RunRole
from zhenggai_desktop.domain.frame import notice_chapters
from zhenggai_desktop.domain.notice import (
    Composition,
    answer_text,
    chapter_headings,
    compose,
    printed_headings,
    settled_headings,
)
from zhenggai_desktop.domain.numbering import leading_mark
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import (
    AnswerPlace,
    BlockKind,
    Chapter,
    ChapterBlock,
    ChapterRole,
    DocumentKind,
    Issue,
    LedgerFacts,
    Level,
    Measure,
    MeasureLink,
    Section,
    SectionCategory,
    Snapshot,
    WithheldGround,
)
from zhenggai_desktop.domain.schemes import BUILT_IN


def a_tree() -> Snapshot:
    """Two sections; the second issue of the first has two sub-issues."""
    snapshot = a_snapshot(
        Section(1, "s1", 1, title="学习不深入"),
        Section(2, "s2", 2, title="作风不实"),
        Issue(1, "i1", 1, None, 1, "会议少"),
        Issue(2, "i2", 1, None, 2, "记录不全"),
        Issue(3, "i3", None, 2, 1, "缺签名"),
        Issue(4, "i4", None, 2, 2, "缺日期"),
        Issue(5, "i5", 2, None, 1, "调研少"),
        Measure(1, "m1", 1, 1, progress="开会3次。"),
        Measure(2, "m2", 3, 1, progress="补签12处。"),
        Measure(3, "m3", 3, 2, progress="印发通知"),
        Measure(4, "m4", 4, 1, progress="补齐日期。"),
    )
    return replace(snapshot, facts=LedgerFacts(id=1, uid="f", organisation="某街道党工委", team="区委第一巡察组"))


@pytest.mark.parametrize(
    ("letter", "headings"),
    [
        ("a", ("（一）关于学习不深入方面问题", "1.针对会议少问题。", "2.针对记录不全问题。", "（1）缺签名。",
               "（2）缺日期。", "（二）关于作风不实方面问题", "1.针对调研少问题。")),
        ("e", ("（一）学习不深入", "问题一：会议少。", "问题二：记录不全。", "（1）缺签名。", "（2）缺日期。",
               "（二）作风不实", "问题三：调研少。")),
        ("d", ("学习不深入", "一、关于“会议少”问题的整改情况", "二、关于“记录不全”问题的整改情况",
               "（1）缺签名。", "（2）缺日期。", "作风不实", "三、关于“调研少”问题的整改情况")),
    ],
)  # fmt: skip
def test_headings_are_numbered_by_the_scheme(letter: str, headings: tuple[str, ...]) -> None:
    found = printed_headings(a_tree(), BUILT_IN[letter])
    assert tuple(found[uid] for uid in ("s1", "i1", "i2", "i3", "i4", "s2", "i5")) == headings


def test_an_answer_is_composed_from_its_measures() -> None:
    snapshot = a_tree()
    outline = Outline(snapshot)
    answers = {issue.uid: answer_text(outline, issue, BUILT_IN["a"]) for issue in snapshot.issues}
    assert answers == {
        "i1": "整改进展情况：开会3次。",
        "i2": "",
        "i3": "整改进展情况：一是补签12处。二是印发通知。",
        "i4": "整改进展情况：补齐日期。",
        "i5": "",
    }


def test_a_new_notice_has_the_frame_of_its_scheme() -> None:
    document = compose(a_tree(), BUILT_IN["a"])
    texts = [block.text for block in document.blocks]
    assert document.blocks[0].kind is Kind.TITLE
    assert texts[0] == "某街道党工委关于巡察整改进展情况的通报"
    assert "根据区委统一部署，〔待填写〕至〔待填写〕，区委第一巡察组对某街道党工委开展了巡察。" in texts[1]
    assert [t for t in texts if t.startswith(("一、", "二、", "三、"))] == [
        "一、整改工作组织开展情况", "二、反馈问题整改进展情况", "三、下一步工作打算"]  # fmt: skip
    assert document.blocks[-1].kind is Kind.SIGNATURE


def test_chapters_of_the_ledger_are_printed_as_they_stand() -> None:
    chapters = (
        Chapter(1, "c1", 1, role=ChapterRole.LEAD, blocks=(ChapterBlock(BlockKind.PARAGRAPH, 0, "导语。"),)),
        Chapter(2, "c2", 2, role=ChapterRole.ISSUES, title="情况"),
        Chapter(3, "c3", 3, title="打算", blocks=(ChapterBlock(BlockKind.PARAGRAPH, 2, "（一）抓学习。继续学。"),)),
    )
    document = compose(replace(a_tree(), chapters=chapters), BUILT_IN["a"])
    texts = [block.text for block in document.blocks]
    assert (texts[0], texts[1], texts[-2]) == ("导语。", "一、情况", "二、打算")
    last = document.blocks[-1]
    assert [(run.text, run.role) for run in last.runs] == [
        ("（一）抓学习。", RunRole.HEADING), ("继续学。", RunRole.BODY)]  # fmt: skip
    assert last.level == 2


@pytest.mark.parametrize("own", [False, True])
def test_what_a_second_chapter_of_the_feedback_found_is_in_the_notice_too(own: bool) -> None:
    """二、选人用人专项检查发现的问题 is a chapter of the feedback, which the notice does not print."""
    tree = a_tree()
    feedback = Chapter(7, "c7", 7, document=DocumentKind.FEEDBACK, role=ChapterRole.ISSUES, title="专项检查发现的问题")
    chapters = (feedback, Chapter(8, "c8", 8, role=ChapterRole.ISSUES, title="情况")) if own else (feedback,)
    sections = (tree.sections[0], replace(tree.sections[1], chapter_id=7))
    document = compose(replace(tree, chapters=chapters, sections=sections), BUILT_IN["a"])
    texts = [block.text for block in document.blocks]
    assert [text for text in texts if text.startswith("（二）关于") or "调研少" in text] == [
        "（二）关于作风不实方面问题",
        "1.针对调研少问题。",
    ]


@pytest.mark.parametrize("letter", sorted(BUILT_IN))
def test_chapters_are_headed_alike_without_what_stands_below_them(letter: str) -> None:
    kept = Chapter(id=99, uid="kept", title="附则", printed_heading="五、附则", position=9)
    for snapshot in (a_tree(), replace(a_tree(), chapters=(*a_tree().chapters, kept))):
        whole = printed_headings(snapshot, BUILT_IN[letter])
        chapters = [chapter.uid for chapter in notice_chapters(snapshot, BUILT_IN[letter])]
        assert chapter_headings(snapshot, BUILT_IN[letter]) == {uid: whole[uid] for uid in chapters}


def test_an_answer_may_run_in_with_its_heading() -> None:
    document = compose(a_tree(), BUILT_IN["b"])
    block = next(block for block in document.blocks if block.text.startswith("1.针对“会议少”"))
    assert (block.kind, block.level) == (Kind.PARAGRAPH, 3)
    assert [run.text for run in block.runs] == ["1.针对“会议少”的问题。", "开会3次。"]
    own = replace(a_tree(), issues=tuple(replace(i, answer_place=AnswerPlace.OWN) for i in a_tree().issues))
    assert "开会3次。" in [block.text for block in compose(own, BUILT_IN["b"]).blocks]


def test_a_printed_heading_stands_and_the_next_number_follows_it() -> None:
    snapshot = a_tree()
    issues = (replace(snapshot.issues[0], printed_heading="3.关于开会"), *snapshot.issues[1:])
    found = printed_headings(replace(snapshot, issues=issues), BUILT_IN["a"])
    assert (found["i1"], found["i2"]) == ("3.关于开会", "4.针对记录不全问题。")


def test_a_list_beyond_the_feedback_numbers_from_one() -> None:
    snapshot = a_tree()
    sections = (snapshot.sections[0], replace(snapshot.sections[1], category=SectionCategory.EXTENSION))
    found = printed_headings(replace(snapshot, sections=sections), BUILT_IN["e"])
    assert (found["s2"], found["i5"]) == ("（二）作风不实", "1.调研少。")


def test_every_block_of_a_record_says_which() -> None:
    document = compose(a_tree(), BUILT_IN["a"])
    anchors = {(block.anchor.kind, block.anchor.uid) for block in document.blocks if block.anchor}
    assert {("section", "s1"), ("issue", "i1"), ("issue", "i4")} <= anchors


def test_the_date_is_printed_without_leading_zeros() -> None:
    snapshot = a_tree()
    facts = replace(snapshot.facts, publication_date=dt.date(2025, 3, 5))
    assert compose(replace(snapshot, facts=facts), BUILT_IN["a"]).blocks[-1].text == "2025年3月5日"


def test_headings_that_the_scheme_prints_anyway_need_not_be_kept() -> None:
    printed = printed_headings(a_tree(), BUILT_IN["a"])
    assert settled_headings(a_tree(), BUILT_IN["a"], printed) == {}
    own = {**printed, "i1": "1.关于开会"}
    assert settled_headings(a_tree(), BUILT_IN["a"], own) == {"i1": "1.关于开会"}


def test_a_heading_without_a_number_has_no_level_where_its_answer_runs_in() -> None:
    snapshot = a_tree()
    issues = (replace(snapshot.issues[0], printed_heading="关于开会的问题。"), *snapshot.issues[1:])
    document = compose(replace(snapshot, issues=issues), BUILT_IN["b"])
    block = next(block for block in document.blocks if block.text.startswith("关于开会的问题。"))
    assert (block.text, block.level) == ("关于开会的问题。开会3次。", 0)


def test_how_many_issues_are_left_out_is_said_behind_the_last_of_them() -> None:
    snapshot = a_tree()
    chapters = tuple(
        Chapter(number, f"c{number}", number, role=ChapterRole.ISSUES, title=f"第{number}部分") for number in (1, 2)
    )
    sections = tuple(replace(section, chapter_id=section.id) for section in snapshot.sections)
    issues = (replace(snapshot.issues[0], withheld=list(WithheldGround)[-1]), *snapshot.issues[1:])
    document = compose(replace(snapshot, chapters=chapters, sections=sections, issues=issues), BUILT_IN["a"])
    texts = [block.text for block in document.blocks]
    said = texts.index("另有1项整改事项按规定不予公开。")
    assert said > next(at for at, text in enumerate(texts) if "调研少" in text)


def test_the_day_of_publication_dates_a_notice_of_our_own_and_no_imported_one() -> None:
    snapshot = replace(a_tree(), facts=replace(a_tree().facts, publication_date=dt.date(2025, 3, 1)))
    assert compose(snapshot, BUILT_IN["a"]).blocks[-1].text == "2025年3月1日"
    imported = replace(snapshot, chapters=(Chapter(1, "c1", 1, role=ChapterRole.ISSUES, title="情况"),))
    assert Kind.DATE not in {block.kind for block in compose(imported, BUILT_IN["a"]).blocks}


def test_each_level_of_issues_numbers_anew_below_the_one_above() -> None:
    snapshot = a_snapshot(
        Issue(uid="a", title="甲"), Issue(uid="b", title="乙"),
        Issue(uid="a1", parent_id=1, title="甲一"), Issue(uid="a2", parent_id=1, title="甲二"),
        Issue(uid="b1", parent_id=2, title="乙一"),
        Issue(uid="a11", parent_id=3, title="甲一一"), Issue(uid="a12", parent_id=3, title="甲一二"),
        Issue(uid="a21", parent_id=4, title="甲二一"), Issue(uid="b11", parent_id=5, title="乙一一"),
    )  # fmt: skip
    found = printed_headings(snapshot, BUILT_IN["a"])
    marks = [leading_mark(found[uid]) for uid in ("a", "b", "a1", "a2", "b1", "a11", "a12", "a21", "b11")]
    assert [mark and mark.text for mark in marks] == ["1.", "2.", "（1）", "（2）", "（1）", "①", "②", "①", "①"]


def test_an_issue_on_a_level_that_no_scheme_knows_is_printed_on_the_deepest() -> None:
    for level in (4, 9, 10, 1 << 62):
        found = compose(
            a_snapshot(Section(title="一"), Issue(section_id=1, title="甲", printed_level=level)), BUILT_IN["a"]
        )
        assert any("甲" in block.text for block in found.blocks)


@pytest.mark.parametrize("letter", sorted(BUILT_IN))
def test_a_sub_issue_that_is_not_yet_told_keeps_its_heading_below_an_answer(letter: str) -> None:
    planned = (Measure(issue_id=2, content="轮训"), Measure(issue_id=3, content="督学"))
    tree = (Issue(uid="a", title="学习不深"), Issue(uid="a1", parent_id=1, title="缺席多"),
            Issue(uid="a2", parent_id=1, title="笔记少"))  # fmt: skip
    told = Measure(issue_id=1, progress="召开专题会议2次。")
    for measures in ((told, *planned), (told, planned[0], replace(planned[1], progress="督学3次。"))):
        found = printed_headings(a_snapshot(*tree, *measures), BUILT_IN[letter])
        assert "缺席多" in found["a1"]
        assert "笔记少" in found["a2"]


def test_sub_issues_that_nothing_answers_stay_below_the_answer_that_covers_them() -> None:
    tree = (Issue(uid="a", title="学习不深"), Issue(uid="a1", parent_id=1, title="缺席多"),
            Issue(uid="a11", parent_id=2, title="理由假"))  # fmt: skip
    snapshot = a_snapshot(*tree, Measure(issue_id=1, progress="召开专题会议2次。"))
    found = printed_headings(snapshot, BUILT_IN["a"])
    assert (found["a1"], found["a11"]) == ("", "")
    words = "".join(block.text for block in compose(snapshot, BUILT_IN["a"]).blocks)
    assert not [title for title in ("缺席多", "理由假") if title in words]


def test_an_issue_that_another_ones_measure_serves_is_answered_by_it() -> None:
    snapshot = a_snapshot(
        Issue(uid="a", title="甲"), Issue(uid="b", title="乙"), Issue(uid="c", title="丙"),
        Measure(issue_id=1, progress="开会3次。"), Measure(issue_id=3, progress="发文2份。"),
        MeasureLink(measure_id=1, issue_id=2), MeasureLink(measure_id=1, issue_id=3),
    )  # fmt: skip
    last = Composition()
    said = [
        block.text for block in compose(snapshot, BUILT_IN["a"], last=last).blocks if block.text.startswith("整改进展")
    ]
    assert said == [f"整改进展情况：{words}" for words in ("开会3次。", "开会3次。", "发文2份。")]
    assert answer_text(Outline(snapshot), snapshot.issues[1], BUILT_IN["a"]) == said[1]
    now = replace(snapshot, measures=(replace(snapshot.measures[0], progress="开会5次。"), snapshot.measures[1]))
    assert compose(now, BUILT_IN["a"], last=last).blocks == compose(now, BUILT_IN["a"]).blocks


@pytest.mark.parametrize(
    ("facts", "committee"),
    [
        ({"team": "自治区党委第二巡视组"}, "自治区党委"),
        ({"team": "市国资委党委第一巡察组"}, "市国资委党委"),
        ({"team": "第三巡察组", "level": Level.COUNTY}, "县委"),
        ({"team": "第三巡察组"}, "〔待填写〕"),
    ],
)
def test_the_lead_names_those_who_sent_the_team(facts: dict[str, object], committee: str) -> None:
    (lead,) = [b.text for b in compose(a_snapshot(**facts), BUILT_IN["a"]).blocks if b.text.startswith("根据")]
    assert lead.startswith(f"根据{committee}统一部署，")
