"""What taking the changes of a returned draft would do to the ledger: fields, measures, order, moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from builders import a_snapshot
from growing import lines_run

from zhenggai_desktop.domain.change_kinds import ChangeKind
from zhenggai_desktop.domain.draft_text import DraftText, draft_text
from zhenggai_desktop.domain.editions import Edition
from zhenggai_desktop.domain.notice import compose
from zhenggai_desktop.domain.records import (
    AnswerForm,
    AnswerPlace,
    BlockKind,
    Chapter,
    ChapterBlock,
    ChapterRole,
    Issue,
    LedgerFacts,
    Measure,
    MeasureLink,
    Section,
    Snapshot,
    WithheldGround,
)
from zhenggai_desktop.domain.returned_changes import Returned, ReturnedChange
from zhenggai_desktop.domain.returned_facts import STANDS_ALWAYS
from zhenggai_desktop.domain.returned_order import ALONE, HEADING_MOVED, MOVED_ALONG
from zhenggai_desktop.domain.returned_takes import (
    ACROSS,
    HEADING_DELETED,
    NEW_HEADING,
    NO_RECORD,
    NUMBER_ONLY,
    RECORD_GONE,
    WITHHELD_ANSWER,
    WITHHELD_HEADING,
    Plan,
    TakePlanner,
)
from zhenggai_desktop.domain.returned_text import (
    Comment,
    Deleted,
    Inserted,
    ReturnedParagraph,
    ReturnedText,
)
from zhenggai_desktop.domain.schemes import BUILT_IN
from zhenggai_desktop.domain.takes import Move, NewIssue, NewMeasure, Order, SetValue, Take

TREE = ("s1", "s2", "i1", "i2", "i3", "i4")
Lines = list[str]
Edit = Callable[[Lines], Any]


def a_ledger(**facts: Any) -> Snapshot:
    """Two sections with two issues each; the first has two measures, the second sub-issues."""
    return a_snapshot(
        Chapter(uid="lead", role=ChapterRole.LEAD, blocks=(paragraph("根据统一部署开展了巡察，现予公布。"),)),
        Chapter(uid="c1", title="组织开展情况", blocks=(paragraph("成立了领导小组。"), paragraph("召开会议三次。"))),
        Chapter(uid="c2", title="整改进展情况", role=ChapterRole.ISSUES),
        Section(uid="s1", title="学习教育", introduction="主要有两个方面。"),
        Section(uid="s2", title="作风建设"),
        Issue(uid="i1", section_id=1, title="学习教育不够深入"),
        Issue(uid="i2", section_id=1, title="调查研究走了过场"),
        Issue(uid="i3", section_id=2, title="会风文风改进不明显"),
        Issue(uid="i4", parent_id=3, title="会议开得过长"),
        Measure(uid="m1", issue_id=1, progress="组织集中学习十二次，覆盖全体党员干部。"),
        Measure(uid="m2", issue_id=1, progress="修订学习制度两项，建立个人学习台账。"),
        Measure(uid="m3", issue_id=2, progress="班子成员下沉社区调研三十余次。"),
        Measure(uid="m4", issue_id=4, progress="限定会议时长，全年减少会议五个。"),
        **{"organisation": "某街道党工委", "signature_organisation": "中共某街道工作委员会",
           "signature_date": "2025年3月5日", "notice_title": "关于整改进展情况的通报", **facts},
    )  # fmt: skip


def paragraph(text: str) -> ChapterBlock:
    return ChapterBlock(BlockKind.PARAGRAPH, 0, text)


def sent(snapshot: Snapshot, scheme: str = "a") -> DraftText:
    return draft_text(compose(snapshot, BUILT_IN[scheme]), snapshot, BUILT_IN[scheme])


def came_back(snapshot: Snapshot, edit: Edit, scheme: str = "a") -> Returned:
    """The notice after somebody changed its paragraphs without tracking."""
    draft = sent(snapshot, scheme)
    lines = list(draft.texts)
    edit(lines)
    return Returned(draft, [""] * len(draft.blocks), ReturnedText("稿", tuple(map(ReturnedParagraph, lines))))


def planned(snapshot: Snapshot, edit: Edit, *, now: Snapshot | None = None, scheme: str = "a") -> Plan:
    """What taking everything would do to the ledger as it is ``now``."""
    returned = came_back(snapshot, edit, scheme)
    return TakePlanner(now or snapshot, returned).plan(returned.changes)


def line_of(lines: Sequence[str], words: str) -> int:
    (at,) = (at for at, line in enumerate(lines) if words in line)
    return at


def reword(words: str, now: str) -> Edit:
    def edit(lines: Lines) -> None:
        at = line_of(lines, words)
        lines[at] = lines[at].replace(words, now)

    return edit


def put_before(words: str, text: str) -> Edit:
    def edit(lines: Lines) -> None:
        at = line_of(lines, words)
        lines[at] = text + lines[at]

    return edit


def delete(words: str) -> Edit:
    return lambda lines: lines.pop(line_of(lines, words))


def insert(behind: str, *texts: str) -> Edit:
    def edit(lines: Lines) -> None:
        at = line_of(lines, behind) + 1
        lines[at:at] = texts

    return edit


def values(takes: Sequence[Take]) -> list[tuple[str, str, object]]:
    """Uid, field and value of what is set; other takes fail."""
    found = [take for take in takes if isinstance(take, SetValue)]
    assert len(found) == len(takes), takes
    return [(take.key[1], take.name, take.value) for take in found]


@pytest.mark.parametrize("scheme", sorted(BUILT_IN))
def test_an_untouched_draft_does_nothing(scheme: str) -> None:
    returned = came_back(a_ledger(), lambda _lines: None, scheme)
    assert returned.changes == ()
    assert TakePlanner(a_ledger(), returned).plan(()) == Plan()


# --- measures and answers


def test_words_inside_a_measure_are_the_measures() -> None:
    plan = planned(a_ledger(), reword("十二次", "十五次"))
    assert plan.takes == [
        SetValue((Measure, "m1"), "progress", "组织集中学习十五次，覆盖全体党员干部。", a_ledger().measures[0].progress)
    ]
    assert (plan.reasons, plan.conflict) == ([], False)


def test_a_measure_that_the_ledger_changed_elsewhere_too_is_put_together() -> None:
    now = a_ledger()
    rows = (replace(now.measures[0], progress="组织集中学习十二次，覆盖全体干部职工。"), *now.measures[1:])
    plan = planned(a_ledger(), reword("十二次", "十五次"), now=replace(now, measures=rows))
    assert values(plan.takes) == [("m1", "progress", "组织集中学习十五次，覆盖全体干部职工。")]
    assert not plan.conflict


def test_a_measure_that_the_ledger_changed_in_the_same_place_is_a_conflict() -> None:
    now = a_ledger()
    rows = (replace(now.measures[0], progress="组织集中学习二十次，覆盖全体党员干部。"), *now.measures[1:])
    plan = planned(a_ledger(), reword("十二次", "十五次"), now=replace(now, measures=rows))
    assert values(plan.takes) == [("m1", "progress", "组织集中学习十五次，覆盖全体党员干部。")]
    assert plan.conflict


def test_a_measure_that_the_ledger_has_changed_alike_already_needs_nothing() -> None:
    now = a_ledger()
    rows = (replace(now.measures[0], progress="组织集中学习十五次，覆盖全体党员干部。"), *now.measures[1:])
    assert planned(a_ledger(), reword("十二次", "十五次"), now=replace(now, measures=rows)) == Plan()


def test_a_measure_that_is_gone_takes_nothing() -> None:
    now = replace(a_ledger(), measures=a_ledger().measures[1:])
    assert planned(a_ledger(), reword("十二次", "十五次"), now=now).takes == []


def test_a_measure_typed_into_an_answer_is_new_behind_the_one_before_it() -> None:
    plan = planned(a_ledger(), reword("个人学习台账。", "个人学习台账。三是开展专题辅导四场。"))
    assert plan.takes == [NewMeasure("i1", "m2", "开展专题辅导四场。")]
    between = "干部。二是开展专题辅导四场。三是修订"
    plan = planned(a_ledger(), reword("干部。二是修订", between))
    assert plan.takes == [NewMeasure("i1", "m1", "开展专题辅导四场。")]
    first = planned(
        a_ledger(),
        reword(
            "一是组织集中学习十二次，覆盖全体党员干部。二是",
            "一是开展专题辅导四场。二是组织集中学习十二次，覆盖全体党员干部。三是",
        ),
    )
    assert first.takes == [NewMeasure("i1", "", "开展专题辅导四场。")]


def test_a_measure_that_the_ledger_has_got_meanwhile_is_not_made_twice() -> None:
    now = a_ledger()
    more = replace(
        now, measures=(*now.measures, Measure(id=9, uid="m9", issue_id=1, position=3, progress="开展专题辅导四场。"))
    )
    plan = planned(a_ledger(), reword("个人学习台账。", "个人学习台账。三是开展专题辅导四场。"), now=more)
    assert [take for take in plan.takes if isinstance(take, NewMeasure)] == []


def test_a_measure_taken_out_of_an_answer_is_emptied() -> None:
    plan = planned(a_ledger(), reword("一是组织集中学习十二次，覆盖全体党员干部。二是修订", "修订"))
    assert values(plan.takes) == [("m1", "progress", "")]


def test_measures_in_another_order() -> None:
    swapped = "一是修订学习制度两项，建立个人学习台账。二是组织集中学习十二次，覆盖全体党员干部。"
    whole = "一是组织集中学习十二次，覆盖全体党员干部。二是修订学习制度两项，建立个人学习台账。"
    assert planned(a_ledger(), reword(whole, swapped)).takes == [Order("i1", ("m2", "m1"))]


def test_an_answer_that_is_deleted_empties_its_measures() -> None:
    plan = planned(a_ledger(), delete("组织集中学习十二次"))
    assert values(plan.takes)[:2] == [("m1", "progress", ""), ("m2", "progress", "")]


def test_an_answer_that_is_deleted_asks_where_the_ledger_has_other_words_since() -> None:
    now = a_ledger()
    since = replace(now, measures=(replace(now.measures[0], progress="组织集中学习十五次。"), *now.measures[1:]))
    plan = planned(now, delete("组织集中学习十二次"), now=since)
    assert [(take.value, take.conflict) for take in plan.takes if isinstance(take, SetValue)] == [
        ("", True), ("", False),
    ]  # fmt: skip
    plan = planned(now, reword("。二是修订", "，并修订"), now=replace(
        now, measures=(now.measures[0], replace(now.measures[1], progress="修订学习制度三项。"), *now.measures[2:])
    ))  # fmt: skip
    assert plan.conflict


def test_an_answer_that_becomes_public_text_has_what_the_ledger_changed_since() -> None:
    now = a_ledger()
    since = replace(
        now, measures=(now.measures[0], replace(now.measures[1], progress="修订学习制度三项，建立个人学习台账。"))
    )
    edit = insert("修订学习制度两项", "以上工作均已经党工委会议研究通过。")
    (found,) = (value for _, name, value in values(planned(now, edit, now=since).takes) if name == "public_text")
    assert "二是修订学习制度三项，" in str(found)
    assert str(found).endswith("\n以上工作均已经党工委会议研究通过。")


def test_an_introduction_written_before_the_measures_is_the_issues() -> None:
    plan = planned(a_ledger(), reword("整改进展情况：一是组织", "整改进展情况：高度重视，一是组织"))
    assert ("i1", "answer_introduction", "高度重视，") in values(plan.takes)


def test_another_label_is_the_issues() -> None:
    plan = planned(a_ledger(), reword("整改进展情况：一是组织", "整改情况：一是组织"))
    assert values(plan.takes) == [("i1", "answer_label", "整改情况：")]


def test_an_answer_written_as_one_is_one_measure() -> None:
    plan = planned(a_ledger(), reword("党员干部。二是修订", "党员干部。另外，修订"))
    whole = "一是组织集中学习十二次，覆盖全体党员干部。另外，修订学习制度两项，建立个人学习台账。"
    assert values(plan.takes) == [("m1", "progress", whole), ("m2", "progress", "")]


def test_an_answer_kept_as_public_text_is_changed_there() -> None:
    issues = (Issue(uid="i1", title="甲问题", public_text="第一段话在这里。\n第二段话在这里。"),)
    snapshot = a_snapshot(*issues)
    assert values(planned(snapshot, reword("第二段话", "第三段话")).takes) == [
        ("i1", "public_text", "第一段话在这里。\n第三段话在这里。")
    ]
    assert values(planned(snapshot, delete("第一段话")).takes) == [("i1", "public_text", "第二段话在这里。")]
    assert values(planned(snapshot, insert("第一段话", "又有一段新的话。")).takes) == [
        ("i1", "public_text", "第一段话在这里。\n又有一段新的话。\n第二段话在这里。")
    ]


def test_an_answer_that_was_joined_with_its_heading_stands_run_in() -> None:
    def join(lines: Lines) -> None:
        at = line_of(lines, "班子成员下沉社区")
        lines[at - 1 : at + 1] = [lines[at - 1] + lines[at]]

    assert values(planned(a_ledger(), join).takes) == [("i2", "answer_place", AnswerPlace.RUN_IN)]


# --- headings


def test_words_of_a_title_are_the_titles() -> None:
    plan = planned(a_ledger(), reword("学习教育不够深入", "理论学习不够深入"))
    assert values(plan.takes) == [("i1", "title", "理论学习不够深入")]
    assert values(planned(a_ledger(), reword("关于作风建设方面", "关于工作作风方面")).takes) == [
        ("s2", "title", "工作作风")
    ]
    assert values(planned(a_ledger(), reword("组织开展情况", "组织领导情况")).takes) == [
        ("c1", "title", "组织领导情况")
    ]


def test_words_round_a_title_make_a_heading_of_its_own() -> None:
    plan = planned(a_ledger(), reword("1.针对学习教育不够深入问题", "1.关于学习教育不够深入"))
    assert [(uid, name) for uid, name, _ in values(plan.takes)] == [("i1", "printed_heading")]
    assert str(values(plan.takes)[0][2]).startswith("1.关于学习教育不够深入")


@pytest.mark.parametrize(
    ("title", "before", "now", "scheme"),
    [
        ("学习不够深入的问题", "针对学习不够深入的问题。", "针对学习不够深入。", "a"),
        ("学习方面问题", "针对学习方面问题。", "针对学习方面存在问题较多。", "a"),
        ("学习不够深入的问题", "学习不够深入的问题。", "学习不够深入的情况。", "e"),
    ],
)
def test_a_title_that_the_scheme_would_head_otherwise_is_kept_as_it_was_written(
    title: str, before: str, now: str, scheme: str
) -> None:
    snapshot = a_snapshot(Issue(uid="i1", title=title, public_text="已经整改。"))
    takes = planned(snapshot, reword(before, now), scheme=scheme).takes
    (issue,) = snapshot.issues
    for _, name, value in values(takes):
        issue = replace(issue, **{name: value})
    printed = sent(replace(snapshot, issues=(issue,)), scheme).texts
    wanted = list(sent(snapshot, scheme).texts)
    reword(before, now)(wanted)
    assert printed == wanted


def test_a_number_alone_is_the_schemes() -> None:
    plan = planned(a_ledger(), reword("1.针对学习教育", "3.针对学习教育"))
    assert (plan.takes, plan.reasons) == ([], [NUMBER_ONLY])


def test_a_number_in_a_public_text_is_the_texts() -> None:
    snapshot = a_snapshot(Issue(uid="i1", title="甲问题", public_text="1.第一段话在这里。\n2.第二段话在这里。"))
    assert values(planned(snapshot, reword("2.第二段", "3.第二段")).takes) == [
        ("i1", "public_text", "1.第一段话在这里。\n3.第二段话在这里。")
    ]


def test_of_a_withheld_issue_the_proposed_words_are_changed() -> None:
    now = a_ledger()
    held = replace(now.issues[0], withheld=WithheldGround.SECRET, withheld_wording="学习教育不够深入")
    plan = planned(
        a_ledger(), reword("学习教育不够深入", "理论学习不够深入"), now=replace(now, issues=(held, *now.issues[1:]))
    )
    assert values(plan.takes) == [("i1", "withheld_wording", "理论学习不够深入")]


def with_a_withheld_issue() -> Snapshot:
    now = a_ledger()
    held = replace(now.issues[0], withheld=WithheldGround.OPEN_CASE, withheld_wording="个别工作不到位")
    return replace(now, issues=(held, *now.issues[1:]))


@pytest.mark.parametrize("wording", ["", "个别工作不到位"])
def test_what_came_back_inside_of_a_withheld_issue_does_not_become_what_the_public_reads(wording: str) -> None:
    now = with_a_withheld_issue()
    now = replace(now, issues=(replace(now.issues[0], withheld_wording=wording), *now.issues[1:]))

    def inside(edit: Edit) -> Plan:
        returned = came_back(a_ledger(), edit)  # the internal edition prints it like any other
        return TakePlanner(now, returned, Edition.INTERNAL_REVIEW).plan(returned.changes)

    plan = inside(reword("学习教育不够深入", "学习教育很不深入"))
    assert (values(plan.takes), plan.conflict) == ([("i1", "title", "学习教育很不深入")], False)
    assert values(inside(reword("学习十二次", "学习十五次")).takes)[0][:2] == ("m1", "progress")
    plan = inside(insert("修订学习制度两项", "以上工作均已经镇党委会议研究通过。"))
    assert (plan.takes, plan.reasons) == ([], [WITHHELD_ANSWER])


def test_round_the_words_for_a_withheld_issue_nothing_can_be_written_for_the_public() -> None:
    now = with_a_withheld_issue()
    shown = replace(now, issues=(replace(now.issues[0], title="个别工作不到位"), *now.issues[1:]))
    plan = planned(shown, reword("个别工作不到位问题。", "个别工作不到位问题。已经整改。"), now=now)
    assert (plan.takes, plan.reasons) == ([], [WITHHELD_HEADING])


def test_a_paragraph_below_the_words_for_a_withheld_issue_brings_nothing_of_its_measures() -> None:
    now = with_a_withheld_issue()
    shown = replace(
        now, issues=(replace(now.issues[0], title="个别工作不到位"), *now.issues[1:]), measures=now.measures[2:]
    )
    plan = planned(shown, insert("个别工作不到位问题", "已经按规定作出处理。"), now=now)
    assert values(plan.takes) == [("i1", "public_text", "已经按规定作出处理。")]


def test_quotation_marks_round_a_title_that_were_replaced_are_not_the_titles() -> None:
    found = values(planned(a_ledger(), reword("“学习教育不够深入”", '"学习教育不够深入"'), scheme="c").takes)
    assert [(uid, name) for uid, name, _ in found] == [("i1", "printed_heading")]


def test_a_heading_kept_as_printed_is_changed_as_printed() -> None:
    now = a_ledger()
    kept = replace(
        now, issues=(replace(now.issues[0], printed_heading="1.针对学习教育不够深入问题。"), *now.issues[1:])
    )
    found = values(planned(kept, reword("不够深入问题", "不够扎实问题")).takes)
    assert ("i1", "printed_heading", "1.针对学习教育不够扎实问题。") in found


@pytest.mark.parametrize("words", ["1.针对学习教育", "关于作风建设方面"])
def test_a_heading_of_the_tree_is_not_deleted_in_a_draft(words: str) -> None:
    plan = planned(a_ledger(), delete(words))
    assert (plan.takes, plan.reasons) == ([], [HEADING_DELETED])


@pytest.mark.parametrize("scheme", sorted(BUILT_IN))
def test_of_an_issue_that_was_struck_out_the_ledger_keeps_what_was_done(scheme: str) -> None:
    def strike(lines: Lines) -> None:
        at = line_of(lines, "学习教育不够深入")
        del lines[at : line_of(lines, "调查研究走了过场")]

    plan = planned(a_ledger(), strike, scheme=scheme)
    assert (plan.takes, set(plan.reasons)) == ([], {HEADING_DELETED})


def test_the_heading_of_a_chapter_may_go() -> None:
    assert values(planned(a_ledger(), delete("组织开展情况")).takes) == [("c1", "title", "")]


# --- chapters, sections, facts


def test_the_prose_of_a_chapter_is_its_blocks() -> None:
    def blocks(plan: Plan) -> list[str]:
        ((_, name, value),) = values(plan.takes)
        assert name == "blocks"
        return [block.text for block in value]  # type: ignore[attr-defined]

    assert blocks(planned(a_ledger(), reword("会议三次", "会议五次"))) == ["成立了领导小组。", "召开会议五次。"]
    assert blocks(planned(a_ledger(), delete("成立了领导小组"))) == ["召开会议三次。"]
    assert blocks(planned(a_ledger(), insert("成立了领导小组", "制定了工作方案。"))) == [
        "成立了领导小组。", "制定了工作方案。", "召开会议三次。",
    ]  # fmt: skip


def test_an_introduction_is_the_sections() -> None:
    assert values(planned(a_ledger(), reword("两个方面", "三个方面")).takes) == [
        ("s1", "introduction", "主要有三个方面。")
    ]
    assert values(planned(a_ledger(), delete("主要有两个方面")).takes) == [("s1", "introduction", "")]


@pytest.mark.parametrize(
    ("words", "now", "name", "value"),
    [
        ("关于整改进展情况的通报", "关于巡察整改情况的通报", "notice_title", "关于巡察整改情况的通报"),
        ("中共某街道工作委员会", "中共某某街道工作委员会", "signature_organisation", "中共某某街道工作委员会"),
        ("2025年3月5日", "2025年3月8日", "signature_date", "2025年3月8日"),
    ],
)
def test_title_signature_and_date_are_the_ledgers_facts(words: str, now: str, name: str, value: str) -> None:
    uid = a_ledger().facts.uid
    plan = planned(a_ledger(), reword(words, now))
    assert values(plan.takes) == [(uid, name, value)]
    assert isinstance(plan.takes[0], SetValue)
    assert plan.takes[0].key[0] is LedgerFacts


def test_a_date_that_only_the_publication_gave_is_kept_as_it_came_back() -> None:
    snapshot = replace(a_ledger(), chapters=())
    facts = replace(snapshot.facts, signature_date="", publication_date=dt.date(2025, 3, 5))
    plan = planned(replace(snapshot, facts=facts), reword("2025年3月5日", "2025年3月8日"))
    assert [(name, value) for _, name, value in values(plan.takes)] == [("signature_date", "2025年3月8日")]


# --- what cannot be taken


def test_a_record_that_is_gone_is_told() -> None:
    gone = replace(a_ledger(), issues=a_ledger().issues[1:], measures=a_ledger().measures[2:])
    plan = planned(a_ledger(), reword("十二次", "十五次"), now=gone)
    assert (plan.takes, plan.reasons) == ([], [RECORD_GONE])


def test_two_records_run_together_are_told() -> None:
    def join(lines: Lines) -> None:
        at = line_of(lines, "组织集中学习")
        lines[at : at + 2] = [lines[at] + lines[at + 1]]

    plan = planned(a_ledger(), join)
    assert (plan.takes, plan.reasons) == ([], [ACROSS])


def test_comments_do_nothing() -> None:
    draft = sent(a_ledger())
    lines = [ReturnedParagraph(text) for text in draft.texts]
    at = line_of(draft.texts, "组织集中学习")
    lines[at] = replace(lines[at], comments=(Comment("请核实", "甲", "2025-03-01", 7, 13),))
    returned = Returned(draft, [""] * len(lines), ReturnedText("稿", tuple(lines)))
    (change,) = returned.changes
    assert (change.kind, change.authors, change.before) == (ChangeKind.COMMENTED, ("甲",), draft.texts[at][7:13])
    assert change.anchor is not None
    assert change.anchor.uid == "i1"
    assert TakePlanner(a_ledger(), returned).plan([change]) == Plan()


# --- new issues, moves


def test_an_issue_written_in_between_two_is_offered() -> None:
    plan = planned(
        a_ledger(), insert("班子成员下沉社区", "3.针对理论武装抓得不实问题。", "整改进展情况：开展了专题研讨。")
    )
    assert plan.takes == [NewIssue((Section, "s1"), "i2", "理论武装抓得不实", "整改进展情况：开展了专题研讨。")]


def test_an_issue_written_below_a_sections_heading_is_its_first() -> None:
    plan = planned(a_ledger(), insert("关于作风建设方面", "1.针对理论武装抓得不实问题。"))
    assert plan.takes == [NewIssue((Section, "s2"), None, "理论武装抓得不实", "")]


def test_an_issue_that_is_there_already_is_not_offered_again() -> None:
    now = a_ledger()
    more = replace(now, issues=(*now.issues, Issue(id=9, uid="i9", section_id=1, position=3, title="理论武装抓得不实")))
    plan = planned(a_ledger(), insert("班子成员下沉社区", "3.针对理论武装抓得不实问题。"), now=more)
    assert plan == Plan()


def test_an_issue_written_below_a_section_that_was_written_in_is_told_with_it() -> None:
    new = (
        "（二）关于服务群众方面问题",
        "1.针对办事不够便利问题。",
        "整改进展情况：设置综合窗口。",
        "2.针对回应不够及时问题。",
    )
    plan = planned(a_ledger(), insert("班子成员下沉社区", *new))
    assert (plan.takes, plan.reasons) == ([], [NEW_HEADING] * 3)


@pytest.mark.parametrize(
    ("behind", "text", "section"),
    [
        ("班子成员下沉社区", "（二）关于服务群众的问题", True),
        ("班子成员下沉社区", "（二）服务群众", True),  # nothing numbered is in front, and an issue's heading follows
        ("修订学习制度", "（二）服务群众", True),
        ("修订学习制度", "（三）服务群众方面", True),
        ("修订学习制度", "（三）坚持服务群众", False),
        ("班子成员下沉社区", "（二）为群众办实事四十件。", False),
    ],
)
def test_a_section_typed_where_answers_are_numbered_alike(behind: str, text: str, section: bool) -> None:
    plan = planned(
        a_ledger(), insert(behind, text, "四、关于“办事不够便利”问题的整改情况", "设置综合窗口。"), scheme="d"
    )
    assert (plan.reasons, [take for take in plan.takes if isinstance(take, NewIssue)] == []) == (
        [NEW_HEADING] * 2 if section else [], section,
    )  # fmt: skip


def test_a_heading_inside_an_answer_is_told() -> None:
    def split(lines: Lines) -> None:
        lines.insert(line_of(lines, "学习教育不够深入") + 1, "2.针对理论武装抓得不实问题。")

    plan = planned(a_ledger(), split)
    assert (plan.takes, plan.reasons) == ([], [NEW_HEADING])


def moved(words: str, count: int, behind: str) -> Edit:
    def edit(lines: Lines) -> None:
        at = line_of(lines, words)
        taken = lines[at : at + count]
        del lines[at : at + count]
        to = line_of(lines, behind) + 1
        lines[to:to] = taken

    return edit


def moves(plan: Plan) -> list[Move]:
    return [take for take in plan.takes if isinstance(take, Move)]


def test_an_issue_moved_with_its_answer_goes_to_its_new_place() -> None:
    plan = planned(a_ledger(), moved("学习教育不够深入", 2, "班子成员下沉社区"))
    assert moves(plan) in ([Move((Issue, "i1"), (Section, "s1"), "i2")], [Move((Issue, "i2"), (Section, "s1"), None)])
    assert plan.reasons == []


def test_an_issue_moved_to_another_section() -> None:
    plan = planned(a_ledger(), moved("学习教育不够深入", 2, "限定会议时长"))
    assert moves(plan) == [Move((Issue, "i1"), (Section, "s2"), "i3")]


def test_each_of_two_issues_that_moved_together_is_to_be_taken() -> None:
    """Looked at alone the second stands behind the first already."""
    titles = ("学习教育不够深入", "调查研究走了过场", "谈心谈话少", "学习笔记抄袭", "党课质量不高")
    told = ("集中学习十二次。", "下沉社区三十余次。", "书记带头谈心五十人。", "通报两名党员。", "邀请专家授课四场。")
    before = a_snapshot(
        Section(uid="s1", title="学习教育"),
        *(Issue(uid=f"i{at}", section_id=1, title=title) for at, title in enumerate(titles, 1)),
        *(Measure(issue_id=at, progress=words) for at, words in enumerate(told, 1)),
    )
    returned = came_back(before, moved(titles[0], 4, told[-1]))
    planner = TakePlanner(before, returned)
    found = [moves(planner.plan([change])) for change in returned.changes]
    assert found == [[Move((Issue, "i1"), (Section, "s1"), "i5")], [Move((Issue, "i2"), (Section, "s1"), "i1")]]
    first, second, *others = before.issues
    order = [replace(issue, position=at) for at, issue in enumerate((*others, first, second), 1)]
    now = TakePlanner(replace(before, issues=tuple(order)), returned)
    assert [moves(now.plan([change])) for change in returned.changes] == [[], []]


def test_issues_that_moved_together_are_planned_in_work_that_grows_with_them() -> None:
    """Each of them stands behind the one in front already: what that one does is worked out once."""

    def work(count: int) -> int:
        before = a_snapshot(
            Section(uid="s1", title="学习教育"),
            *(Issue(section_id=1, title=f"第{at}项工作推进不够有力") for at in range(2 * count + 2)),
        )
        returned = came_back(before, moved("第1项", count, f"第{2 * count + 1}项"))
        planner = TakePlanner(before, returned)
        assert len(returned.changes) == count
        return lines_run(lambda: [planner.order.moves([change]) for change in returned.changes])

    assert work(80) < 3 * work(40)


def past_a_section(snapshot: Snapshot, scheme: str, *, up: bool) -> Returned:
    """The last issue of the first section and the heading of the second change places, or the heading and the first
    issue below it."""
    draft = sent(snapshot, scheme)
    whole = {"i2"} if up else {"i3", "i4"}
    issue, head = (
        [block for block in draft.blocks if block.anchor and block.anchor.uid in at] for at in (whole, {"s2"})
    )
    lines = [block.text for block in ((*head, *issue) if up else (*issue, *head))]

    def swap(now: Lines) -> None:
        at = min(draft.blocks.index(issue[0]), draft.blocks.index(head[0]))
        now[at : at + len(lines)] = lines

    return came_back(snapshot, swap, scheme)


@pytest.mark.parametrize("scheme", sorted(BUILT_IN))
@pytest.mark.parametrize("up", [True, False])
def test_an_issue_that_changed_places_with_a_section_goes_into_the_other(scheme: str, up: bool) -> None:
    """Whichever of the two counts as moved: often it is the heading, which is shorter."""
    snapshot = a_ledger()
    plan = TakePlanner(snapshot, returned := past_a_section(snapshot, scheme, up=up)).plan(returned.changes)
    there = Move((Issue, "i2"), (Section, "s2"), None) if up else Move((Issue, "i3"), (Section, "s1"), "i2")
    assert (plan.takes, set(plan.reasons) - {MOVED_ALONG}) == ([there], set())
    first, second, third, *others = snapshot.issues
    second, third = (replace(second, section_id=2), third) if up else (second, replace(third, section_id=1))
    planner = TakePlanner(replace(snapshot, issues=(first, second, third, *others)), returned)
    plans = [planner.plan([change]) for change in returned.changes]
    assert [(plan.takes, set(plan.reasons) - {MOVED_ALONG}) for plan in plans] == [([], set())] * len(plans)


def test_all_issues_above_which_a_section_was_moved_go_into_it() -> None:
    plan = planned(a_ledger(), moved("关于作风建设方面", 1, "主要有两个方面"))
    assert (moves(plan), plan.reasons) == (
        [Move((Issue, "i1"), (Section, "s2"), None), Move((Issue, "i2"), (Section, "s2"), "i1")],
        [],
    )


@pytest.mark.parametrize("scheme", sorted(BUILT_IN))
def test_issues_that_moved_with_their_section_stay_in_it(scheme: str) -> None:
    """Two sections change places: whichever of them counts as moved, its issues do not go into the other."""
    returned = came_back(a_ledger(), lambda _lines: None, scheme)
    count = {at: block.anchor.uid for at, block in enumerate(returned.draft.blocks) if block.anchor}
    first = [at for at, uid in count.items() if uid in ("s1", "i1", "i2")]

    def swap(lines: Lines) -> None:
        behind = max(at for at, uid in count.items() if uid in ("s2", "i3", "i4"))
        lines[first[0] : behind + 1] = lines[first[-1] + 1 : behind + 1] + lines[first[0] : first[-1] + 1]

    plan = planned(a_ledger(), swap, scheme=scheme)
    assert (plan.takes, set(plan.reasons) - {MOVED_ALONG}) == ([], {HEADING_MOVED})


def test_sub_issues_that_moved_with_their_issue_need_no_move_of_their_own() -> None:
    plan = planned(a_ledger(), moved("会风文风改进不明显", 3, "主要有两个方面"))
    assert (moves(plan), plan.reasons) == ([Move((Issue, "i3"), (Section, "s1"), None)], [MOVED_ALONG])


def test_an_issue_that_the_ledger_has_moved_alike_needs_nothing() -> None:
    now = a_ledger()
    first, second, *others = now.issues
    there = replace(now, issues=(replace(second, position=1), replace(first, position=2), *others))
    plan = planned(a_ledger(), moved("学习教育不够深入", 2, "班子成员下沉社区"), now=there)
    assert (plan.takes, plan.reasons) == ([], [])


def test_a_heading_moved_away_from_what_lies_below_it_is_told() -> None:
    snapshot = a_ledger()
    deep = replace(snapshot, measures=snapshot.measures[:3])
    plan = planned(deep, moved("会风文风改进不明显", 1, "班子成员下沉社区"))
    assert (moves(plan), plan.reasons) == ([], [ALONE])


def test_words_that_changed_places_with_a_heading_are_told() -> None:
    plan = planned(a_ledger(), moved("班子成员下沉社区", 1, "关于作风建设方面"))
    assert (moves(plan), len(plan.takes + plan.reasons)) == ([], 1)
    plan = planned(a_ledger(), moved("主要有两个方面", 1, "1.针对学习教育不够深入"), scheme="a")
    assert plan.takes == []


@pytest.mark.parametrize(
    ("words", "count", "behind"),
    [
        ("学习教育方面", 2, "会风文风改进不明显"),
        ("作风建设方面", 1, "召开会议三次"),
        ("学习教育方面", 1, "学习教育不够深入问题"),
        ("作风建设方面", 1, "1.针对学习教育不够深入"),
        ("作风建设方面", 1, "学习教育方面"),
        ("组织开展情况", 3, "限定会议时长"),
    ],
)
def test_a_section_or_a_chapter_that_was_moved_is_told(words: str, count: int, behind: str) -> None:
    """It went past another, away from its words, into an answer, or left issues above all sections: told alone."""
    plan = planned(a_ledger(), moved(words, count, behind))
    assert (plan.takes, plan.reasons) == ([], [HEADING_MOVED])


def test_a_heading_moved_without_its_words_is_told() -> None:
    plan = planned(a_ledger(), moved("调查研究走了过场", 1, "限定会议时长"))
    assert moves(plan) == []
    assert ALONE in plan.reasons


def test_a_paragraph_moved_below_the_date_is_not_taken_out() -> None:
    plan = planned(a_ledger(), moved("召开会议三次", 1, "2025年3月5日"))
    assert (plan.takes, plan.reasons) == ([], [NO_RECORD])


def test_a_title_run_together_with_the_text_is_told() -> None:
    def join(lines: Lines) -> None:
        lines[:2] = ["".join(lines[:2])]

    plan = planned(a_ledger(), join)
    assert (plan.takes, plan.reasons) == ([], [ACROSS])


def test_a_signature_that_is_printed_all_the_same_is_not_taken_out() -> None:
    plain = replace(a_ledger(), chapters=())
    assert planned(plain, delete("中共某街道工作委员会")).reasons == [STANDS_ALWAYS]
    assert values(planned(a_ledger(), delete("中共某街道工作委员会")).takes)[0][1:] == ("signature_organisation", "")
    without = a_ledger(signature_organisation="")
    assert planned(a_ledger(), delete("中共某街道工作委员会"), now=without).takes == []


def test_the_first_words_below_a_heading_stand_where_they_were_written() -> None:
    found = values(planned(a_ledger(), insert("会风文风改进不明显", "全年少开会五次。"), scheme="b").takes)
    assert found == [("i3", "public_text", "全年少开会五次。"), ("i3", "answer_place", AnswerPlace.OWN)]


def test_a_title_parted_from_its_number_is_not_printed_twice() -> None:
    def split(lines: Lines) -> None:
        at = line_of(lines, "（二）作风建设")
        lines[at : at + 1] = ["（二）", "作风建设"]

    found = values(planned(a_ledger(), split, scheme="b").takes)
    assert found == [("s2", "printed_heading", "（二）"), ("s2", "introduction", "作风建设")]


@pytest.mark.parametrize("scheme", sorted(BUILT_IN))
def test_a_short_heading_is_known_again_behind_a_long_measure_typed_before_it(scheme: str) -> None:
    """It was told as deleted, and printed twice where the measure was taken as a paragraph of the chapter."""
    measure = "先行组织各支部开展自查自纠两轮，梳理问题二十三个，形成清单并逐项明确责任人和完成时限。"
    returned = came_back(a_ledger(), put_before("作风建设", measure), scheme)
    assert [(change.kind, change.anchor and change.anchor.uid) for change in returned.changes] == [
        (ChangeKind.REWORDED, "s2")
    ]


@pytest.mark.parametrize("count", [1, 2])
def test_measures_put_before_a_run_in_heading_are_words_of_the_answer_in_front(count: int) -> None:
    """Taken as words of their own answer with the heading among them, they had it printed twice."""
    snapshot = a_ledger()
    snapshot = replace(snapshot, issues=(*snapshot.issues[1::-1], *snapshot.issues[2:]))
    told = ("一是组织集中学习十二次，覆盖全体党员干部。", "二是修订学习制度两项，建立个人学习台账。")

    def edit(lines: Lines) -> None:
        at = line_of(lines, "学习教育不够深入")
        heading = lines[at].removesuffix("".join(told))
        lines[at : at + 1] = ["".join(told[:count]), heading + "".join(told[count:])]

    returned = came_back(snapshot, edit, "b")
    assert [(change.kind, change.anchor and change.anchor.uid) for change in returned.changes] == [
        (ChangeKind.INSERTED, "i2"), (ChangeKind.REWORDED, "i1"),
    ]  # fmt: skip
    takes = TakePlanner(snapshot, returned).plan(returned.changes).takes
    assert ("m1", "progress", "") in [(t.key[1], t.name, t.value) for t in takes if isinstance(t, SetValue)]
    assert "的问题" not in str(takes)


def test_a_place_that_the_answer_has_already_is_not_set_again() -> None:
    snapshot = a_snapshot(Issue(uid="i1", title="甲问题", public_text="第一段话在这里。"))

    def split(lines: Lines) -> None:
        at = line_of(lines, "第一段话")
        lines[at : at + 1] = [lines[at].replace("第一段话在这里。", ""), "第一段话在这里。"]

    (take,) = planned(snapshot, split, scheme="b").takes
    now = replace(snapshot, issues=(replace(snapshot.issues[0], answer_place=AnswerPlace.OWN),))
    assert planned(snapshot, split, scheme="b", now=now).takes == []
    assert isinstance(take, SetValue)


def test_a_heading_that_quotes_nothing_is_the_issues_own_title() -> None:
    snapshot = a_snapshot(
        Issue(uid="i1", title="监督不到位；程序不规范", public_text="已经整改。"),
        Issue(uid="i2", parent_id=1, title="监督不到位", printed_level=0),
        Issue(uid="i3", parent_id=1, title="程序不规范", printed_level=0),
    )
    now_title = values(planned(snapshot, reword("程序不规范", "程序不够规范")).takes)
    assert now_title == [("i1", "title", "监督不到位；程序不够规范")]
    quoted = values(planned(snapshot, reword("程序不规范", "程序不够规范"), scheme="b").takes)
    assert quoted == [("i3", "title", "程序不够规范")]


# --- whose changes they are


def tracked(edit: Callable[[list[ReturnedParagraph]], Any]) -> tuple[ReturnedChange, ...]:
    draft = sent(a_ledger())
    lines = [ReturnedParagraph(text) for text in draft.texts]
    edit(lines)
    return Returned(draft, [""] * len(draft.blocks), ReturnedText("稿", tuple(lines))).changes


def test_a_paragraph_reworded_by_two_gives_a_change_for_each() -> None:
    text = "整改进展情况：一是组织集中学习十五次，覆盖全体党员干部。二是修订学习制度六项，建立个人学习台账。"

    def edit(lines: list[ReturnedParagraph]) -> None:
        at = line_of([line.text for line in lines], "组织集中学习")
        one, two = text.index("十五"), text.index("六项")
        lines[at] = replace(
            lines[at], text=text,
            inserted=(Inserted(one, one + 2, "甲", "2025-03-02"), Inserted(two, two + 1, "乙", "2025-03-01")),
            deleted=(Deleted(one, "十二", "甲", "2025-03-03"), Deleted(two, "两", "乙", "2025-02-01")),
        )  # fmt: skip

    first, second = tracked(edit)
    assert (first.authors, first.when, [(e.text) for e in first.edits]) == (("甲",), "2025-03-03", ["十五"])
    assert (second.authors, second.when, [(e.text) for e in second.edits]) == (("乙",), "2025-03-01", ["六"])
    assert "十五次" in first.after
    assert "两项" in first.after  # the other's change is not in it


def test_what_was_changed_without_tracking_has_no_author() -> None:
    (change,) = came_back(a_ledger(), reword("十二次", "十五次")).changes
    assert (change.kind, change.authors, change.when) == (ChangeKind.REWORDED, (), "")


def test_who_inserted_and_who_deleted_a_paragraph() -> None:
    def edit(lines: list[ReturnedParagraph]) -> None:
        at = line_of([line.text for line in lines], "成立了领导小组")
        new = ReturnedParagraph("制定了工作方案。", inserted=(Inserted(0, 8, "甲", "2025-03-02"),), mark_author="乙")
        gone = Deleted(0, "召开会议三次。", "丙", "2025-03-04")
        lines[at + 1 : at + 2] = [replace(new, deleted=(gone,))]

    changes = {change.kind: change for change in tracked(edit)}
    assert set(changes) == {ChangeKind.INSERTED, ChangeKind.DELETED}
    assert changes[ChangeKind.INSERTED].authors == ("甲", "乙")
    assert (changes[ChangeKind.DELETED].authors, changes[ChangeKind.DELETED].when) == (("丙",), "2025-03-04")


def test_bookmarks_tell_where_a_paragraph_was() -> None:
    """Hardly alike, but its bookmark is there: reworded, not deleted and inserted."""
    draft = sent(a_ledger())
    names = [f"b{at}" for at in range(len(draft.blocks))]
    at = line_of(draft.texts, "召开会议三次")
    lines = [ReturnedParagraph(text, bookmarks=(name,)) for text, name in zip(draft.texts, names, strict=True)]
    lines[at] = replace(lines[at], text="开会研究部署多次。")
    returned = Returned(draft, names, ReturnedText("稿", tuple(lines)))
    assert [change.kind for change in returned.changes] == [ChangeKind.REWORDED]


def test_answers_in_numbered_paragraphs_are_numbered_anew() -> None:
    """A paragraph taken out: the numbers behind it are the scheme's to set."""
    now = a_ledger()
    issue = replace(now.issues[0], answer_form=AnswerForm.NUMBERED, answer_label="")
    more = Measure(id=9, uid="m9", issue_id=1, position=3, progress="开展专题辅导四场次。")
    snapshot = replace(now, issues=(issue, *now.issues[1:]), measures=(*now.measures, more))
    plan = planned(snapshot, delete("修订学习制度两项"))
    assert values(plan.takes) == [("m2", "progress", "")]


# --- answers beside what the ledger has become since


def changed_measure(at: int, progress: str) -> Snapshot:
    now = a_ledger()
    rows = list(now.measures)
    rows[at] = replace(rows[at], progress=progress)
    return replace(now, measures=tuple(rows))


def test_the_first_and_the_last_character_of_a_measure_are_its_own() -> None:
    """The mark before it and the full stop that was set in print are not."""
    assert values(planned(a_ledger(), reword("一是组织集中", "一是持续组织集中")).takes) == [
        ("m1", "progress", "持续组织集中学习十二次，覆盖全体党员干部。")
    ]
    assert values(planned(a_ledger(), reword("一是组织集中", "一是集中")).takes) == [
        ("m1", "progress", "集中学习十二次，覆盖全体党员干部。")
    ]
    assert values(planned(a_ledger(), reword("全体党员干部。二是", "全体党员干部和职工。二是")).takes) == [
        ("m1", "progress", "组织集中学习十二次，覆盖全体党员干部和职工。")
    ]


def test_a_full_stop_that_was_set_in_print_is_no_change() -> None:
    snapshot = changed_measure(1, "修订学习制度两项，建立个人学习台账")
    plan = planned(snapshot, reword("个人学习台账。", "个人学习台账。三是开展专题辅导四场。"))
    assert plan.takes == [NewMeasure("i1", "m2", "开展专题辅导四场。")]
    assert values(planned(snapshot, reword("两项", "三项")).takes) == [
        ("m2", "progress", "修订学习制度三项，建立个人学习台账")
    ]


@pytest.mark.parametrize("progress", ["修订《学习制度》（某发〔2025〕3号）", "修订《学习制度》某项，"])
def test_a_stop_that_was_set_behind_a_bracket_or_for_a_comma_is_no_change(progress: str) -> None:
    snapshot = a_ledger()
    first = replace(snapshot.measures[0], progress=progress)
    last = replace(snapshot.measures[1], progress=progress)
    snapshot = replace(snapshot, measures=(first, last, *snapshot.measures[2:]))
    found = values(planned(snapshot, reword("一是修订《学习制度》", "一是印发《学习制度》")).takes)
    assert found == [("m1", "progress", progress.replace("修订", "印发"))]
    found = values(planned(snapshot, reword("二是修订《学习制度》", "二是印发《学习制度》")).takes)
    assert found == [("m2", "progress", progress.replace("修订", "印发"))]


def test_an_answer_that_another_issues_measure_gives_is_reworded_for_this_issue_alone() -> None:
    snapshot = a_ledger()
    measures = tuple(measure for measure in snapshot.measures if measure.uid != "m3")
    snapshot = replace(snapshot, measures=measures, measure_links=(MeasureLink(1, "l1", measure_id=1, issue_id=2),))

    def edit(lines: Lines) -> None:
        last = max(at for at, line in enumerate(lines) if "十二次" in line)
        lines[last] = lines[last].replace("十二次", "十五次")

    ((uid, name, value),) = values(planned(snapshot, edit).takes)
    assert (uid, name) == ("i2", "public_text")
    assert value == "整改进展情况：组织集中学习十五次，覆盖全体党员干部。"


@pytest.mark.parametrize("scheme", sorted(BUILT_IN))
def test_a_title_that_left_its_stop_behind_is_still_found_in_its_heading(scheme: str) -> None:
    snapshot = a_ledger()
    issues = (replace(snapshot.issues[0], title="学习教育不够“深入”。"), *snapshot.issues[1:])
    snapshot = replace(snapshot, issues=issues)
    found = values(planned(snapshot, reword("学习教育不够", "学习教育不太"), scheme=scheme).takes)
    stop = "。" if scheme == "e" else ""  # printed behind the title by the heading itself
    assert found == [("i1", "title", f"学习教育不太“深入”{stop}")]


def test_a_measure_that_is_empty_meanwhile_is_not_emptied_again() -> None:
    plan = planned(a_ledger(), delete("班子成员下沉社区"), now=changed_measure(2, ""))
    assert [take for take in plan.takes if isinstance(take, SetValue) and take.key[0] is Measure] == []


def test_a_label_that_the_ledger_has_changed_alike_needs_nothing_and_otherwise_is_a_conflict() -> None:
    def with_label(label: str) -> Snapshot:
        now = a_ledger()
        return replace(now, issues=(replace(now.issues[0], answer_label=label), *now.issues[1:]))

    relabel = reword("整改进展情况：一是组织", "整改情况：一是组织")
    assert planned(a_ledger(), relabel, now=with_label("整改情况：")) == Plan()
    plan = planned(a_ledger(), relabel, now=with_label("完成情况："))
    assert values(plan.takes) == [("i1", "answer_label", "整改情况：")]
    assert plan.conflict


def test_a_measure_added_in_the_ledger_since_stays_where_it_is() -> None:
    now = a_ledger()
    more = replace(
        now, measures=(*now.measures, Measure(id=9, uid="m9", issue_id=1, position=3, progress="另有安排。"))
    )
    swapped = "一是修订学习制度两项，建立个人学习台账。二是组织集中学习十二次，覆盖全体党员干部。"
    whole = "一是组织集中学习十二次，覆盖全体党员干部。二是修订学习制度两项，建立个人学习台账。"
    assert planned(a_ledger(), reword(whole, swapped), now=more).takes == [Order("i1", ("m2", "m1", "m9"))]


def test_a_sub_issue_moves_among_its_own() -> None:
    now = a_ledger()
    more = replace(
        now,
        issues=(*now.issues, Issue(id=5, uid="i5", parent_id=3, position=2, title="文件发得过多")),
        measures=(
            *now.measures,
            Measure(id=5, uid="m5", issue_id=5, position=1, progress="精简文件十二份，合并七份。"),
        ),
    )
    plan = planned(more, moved("会议开得过长", 2, "精简文件十二份"))
    assert moves(plan) in (
        [Move((Issue, "i4"), (Issue, "i3"), "i5")],
        [Move((Issue, "i5"), (Issue, "i3"), None)],
    )


def test_of_answers_that_run_in_the_measures_are_found_behind_the_heading() -> None:
    assert values(planned(a_ledger(), reword("十二次", "十五次"), scheme="b").takes) == [
        ("m1", "progress", "组织集中学习十五次，覆盖全体党员干部。")
    ]
    assert values(planned(a_ledger(), reword("学习教育不够深入", "理论学习不够深入"), scheme="b").takes) == [
        ("i1", "title", "理论学习不够深入")
    ]


def test_a_chapters_paragraph_that_became_a_heading_is_one() -> None:
    plan = planned(a_ledger(), insert("成立了领导小组", "（一）工作机制"))
    ((_, name, blocks),) = values(plan.takes)
    assert name == "blocks"
    assert [(block.kind, block.level) for block in blocks] == [  # type: ignore[attr-defined]
        (BlockKind.PARAGRAPH, 0), (BlockKind.HEADING, 2), (BlockKind.PARAGRAPH, 0),
    ]  # fmt: skip


def test_what_a_deletion_beside_an_edit_says_of_its_author() -> None:
    """Words deleted right at the edit are its own; those deleted elsewhere with other words are not."""

    def edit(lines: list[ReturnedParagraph]) -> None:
        at = line_of([line.text for line in lines], "召开会议三次")
        lines[at] = replace(
            lines[at], text="召开会议五次。", inserted=(Inserted(4, 5, "甲", "2025-03-01"),),
            deleted=(Deleted(5, "三", "乙", "2025-03-02"), Deleted(0, "另", "丙", "2025-03-03")),
        )  # fmt: skip

    (change,) = tracked(edit)
    assert (set(change.authors), change.when) == ({"甲", "乙"}, "2025-03-02")


def test_the_same_words_deleted_further_off_are_taken_for_the_edits() -> None:
    def edit(lines: list[ReturnedParagraph]) -> None:
        at = line_of([line.text for line in lines], "召开会议三次")
        lines[at] = replace(lines[at], text="召开会议次。", deleted=(Deleted(0, "三", "乙", "2025-03-02"),))

    (change,) = tracked(edit)
    assert change.authors == ("乙",)
