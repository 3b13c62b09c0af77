"""The public edition leaves out what is withheld and says so; the internal one prints everything."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from builders import a_snapshot
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai_desktop.domain.editions import Edition, count_withheld, edited
from zhenggai_desktop.domain.figures import figures
from zhenggai_desktop.domain.notice import compose
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import (
    BlockKind,
    Chapter,
    ChapterBlock,
    ChapterRole,
    Issue,
    LogEntry,
    Measure,
    MeasureLink,
    Outcome,
    OutcomeLink,
    Section,
    Snapshot,
    Status,
    WithheldGround,
)
from zhenggai_desktop.domain.schemes import BUILT_IN, Scheme
from zhenggai_desktop.domain.workflow import Workflow


def a_ledger(*, wording: str = "") -> Snapshot:
    return a_snapshot(
        Chapter(1, "c1", 1, role=ChapterRole.ISSUES, title="整改情况"),
        Section(1, "s1", 1, title="作风不实"),
        Issue(1, "i1", 1, None, 1, "会风不正"),
        Issue(2, "i2", 1, None, 2, "某案件", withheld=WithheldGround.OPEN_CASE, withheld_wording=wording),
        Issue(3, "i3", None, 2, 1, "案情甲"),
        Issue(4, "i4", 1, None, 3, "调研不深"),
        Measure(1, "m1", 1, 1, progress="减少会议5个。"),
        Measure(2, "m2", 3, 1, progress="案件已移送。"),
        Measure(3, "m3", 4, 1, progress="调研6次。"),
    )


def texts(snapshot: Snapshot, edition: Edition) -> list[str]:
    return [block.text for block in compose(snapshot, BUILT_IN["a"], edition=edition).blocks]


def test_the_public_edition_leaves_out_what_is_withheld_and_says_so() -> None:
    found = texts(a_ledger(), Edition.PUBLIC)
    assert found[2:] == [
        "1.针对会风不正问题。", "整改进展情况：减少会议5个。", "2.针对调研不深问题。", "整改进展情况：调研6次。",
        "另有1项整改事项按规定不予公开。",
    ]  # fmt: skip
    assert not any("案" in text for text in found)


def test_the_internal_edition_prints_everything() -> None:
    found = texts(a_ledger(), Edition.INTERNAL)
    assert "2.针对某案件问题。" in found
    assert not any("不予公开" in text for text in found)


def test_approved_words_stand_for_a_withheld_issue() -> None:
    found = texts(a_ledger(wording="个别干部纪律意识不强"), Edition.PUBLIC)
    assert "2.针对个别干部纪律意识不强问题。" in found
    assert not any("案" in text or "不予公开" in text for text in found)


def test_what_lies_below_a_withheld_issue_is_not_counted_again() -> None:
    snapshot = a_ledger()
    both = tuple(replace(i, withheld=WithheldGround.SECRET) if i.id in (2, 3) else i for i in snapshot.issues)
    assert count_withheld(replace(snapshot, issues=both)) == 1


def test_a_chapter_belongs_to_its_edition() -> None:
    inside = Chapter(2, "c2", 2, edition="internal", blocks=(ChapterBlock(BlockKind.PARAGRAPH, 0, "内部要求。"),))
    snapshot = replace(a_ledger(), chapters=(*a_ledger().chapters, inside))
    assert "内部要求。" not in texts(snapshot, Edition.PUBLIC)
    assert "内部要求。" in texts(snapshot, Edition.INTERNAL)


CASE = Issue(
    title="违规挪用民政专项资金案件",
    goal="查清案件",
    note="民政所长",
    recommendations=("对原民政所长挪用专项资金案件依法严肃查处",),
    withheld=WithheldGround.OPEN_CASE,
    withheld_wording="资金管理不够规范",
    public_text="已完成整改。",
)


@pytest.mark.parametrize("scheme", BUILT_IN)
def test_nothing_but_the_approved_words_goes_out(scheme: str) -> None:
    text = "".join(block.text for block in compose(a_snapshot(CASE), BUILT_IN[scheme]).blocks)
    assert "资金管理不够规范" in text
    assert "挪用" not in text
    assert "民政" not in text


def test_what_hangs_on_a_withheld_issue_does_not_go_out() -> None:
    snapshot = a_snapshot(
        CASE,
        Issue(title="会风不正"),
        Measure(issue_id=1, progress="立案。"),
        Measure(issue_id=2, progress="减会。"),
        Outcome(kind="立案", title="挪用案"),
        OutcomeLink(outcome_id=1, issue_id=1),
        OutcomeLink(outcome_id=1, measure_id=1),
        OutcomeLink(outcome_id=1, measure_id=2),
        LogEntry(issue_id=1, text="立案"),
        LogEntry(issue_id=2, text="减会"),
        MeasureLink(measure_id=2, issue_id=1),
    )
    public = edited(snapshot, Edition.PUBLIC)
    assert [issue.note + issue.goal for issue in public.issues] == ["", ""]
    assert [link.measure_id for link in public.outcome_links] == [2]
    assert [entry.text for entry in public.log_entries] == ["减会"]
    assert public.measure_links == ()


def quoting(*parts: Issue, title: str = "学习不深；挪用民政资金案件", **of_parent: Any) -> Snapshot:
    below = (replace(part, parent_id=1, printed_level=0) for part in parts)
    return a_snapshot(Issue(title=title, **of_parent), *below, Measure(issue_id=1, progress="开会2次。"))


LEARNING = Issue(title="学习不深")
MISUSE = Issue(title="挪用民政资金案件", withheld=WithheldGround.OPEN_CASE)


@pytest.mark.parametrize("scheme", ["a", "b"])
def test_a_withheld_issue_is_quoted_in_no_heading(scheme: str) -> None:
    for parent in ({}, {"printed_heading": "1.针对“学习不深”“挪用民政资金案件”问题。"}):
        found = [block.text for block in compose(quoting(LEARNING, MISUSE, **parent), BUILT_IN[scheme]).blocks]
        assert any("学习不深" in text for text in found)
        assert not any("挪用" in text for text in found)
        assert "另有1项整改事项按规定不予公开。" in found


def test_approved_words_are_quoted_instead() -> None:
    worded = replace(MISUSE, withheld_wording="资金管理不规范")
    found = texts(quoting(LEARNING, worded), Edition.PUBLIC)
    assert "1.针对学习不深；资金管理不规范问题。" in found
    assert "1.针对学习不深；挪用民政资金案件问题。" in texts(quoting(LEARNING, worded), Edition.INTERNAL)


def test_an_issue_that_quotes_withheld_ones_alone_is_left_out_as_one() -> None:
    snapshot = quoting(MISUSE, replace(MISUSE, title="套取补贴案件"), title="挪用民政资金案件；套取补贴案件")
    found = texts(snapshot, Edition.PUBLIC)
    assert not any("案件" in text or "开会" in text for text in found)
    assert "另有1项整改事项按规定不予公开。" in found


def test_a_title_of_its_own_stays_above_what_it_quotes() -> None:
    assert "1.针对党建工作薄弱问题。" in texts(quoting(LEARNING, MISUSE, title="党建工作薄弱"), Edition.PUBLIC)


def test_a_section_that_lost_all_its_issues_is_not_headed() -> None:
    snapshot = a_snapshot(
        Section(title="作风建设方面"),
        Section(title="挪用民政资金方面", introduction="主要表现为挪用。"),
        Section(title="将要写的方面"),
        Issue(section_id=1, title="会风不正"),
        replace(MISUSE, section_id=2),
        Issue(parent_id=2, title="挪用", withheld=WithheldGround.SECRET),
    )
    found = texts(snapshot, Edition.PUBLIC)
    assert "（一）关于作风建设方面问题" in found
    assert "（二）关于将要写的方面问题" in found
    assert not any("挪用" in text for text in found)
    assert any("挪用" in text for text in texts(snapshot, Edition.INTERNAL))


COUNTED = (
    "反馈问题{问题总数}个，已完成{已完成问题数}项，未启动{未启动问题数}项，完成率{问题完成率}；其中{不公开问题数}项。"
)


def test_figures_are_the_same_in_either_edition() -> None:
    snapshot = a_snapshot(
        Chapter(blocks=(ChapterBlock(BlockKind.PARAGRAPH, 0, COUNTED),)),
        Chapter(role=ChapterRole.ISSUES, title="整改情况"),
        Issue(title="会风不正"),
        CASE,
        MISUSE,
        *(Measure(issue_id=at, progress="做了。", status=Status.DONE) for at in (1, 2, 3)),
    )
    for edition in (Edition.PUBLIC, Edition.INTERNAL):
        assert "反馈问题3个，已完成3项，未启动0项，完成率100%；其中2项。" in texts(snapshot, edition)
    public = edited(snapshot, Edition.PUBLIC)
    assert [Workflow(Outline(public)).status(issue) for issue in public.issues] == [Status.DONE, Status.DONE]


@pytest.mark.parametrize(
    ("held", "count"),
    [({1}, 3), ({2}, 1), ({1, 4}, 3), ({1, 5}, 3), ({3}, 2), ({3, 5}, 2), ({6}, 1), ({2, 6}, 2)],
)
def test_the_items_that_are_left_out_are_counted_as_the_figures_count_them(held: set[int], count: int) -> None:
    """1 holds 2 and 3, 3 holds 4 and 5; 6 stands alone."""
    issues = (Issue(title="一"), Issue(parent_id=1, title="二"), Issue(parent_id=1, title="三"),
              Issue(parent_id=3, title="四"), Issue(parent_id=3, title="五"), Issue(title="六"))  # fmt: skip
    grounds = (WithheldGround.SECRET if at in held else WithheldGround.NONE for at in range(1, 7))
    snapshot = a_snapshot(*(replace(issue, withheld=ground) for issue, ground in zip(issues, grounds, strict=True)))
    assert count_withheld(snapshot) == count
    assert {figure.key: figure.value for figure in figures(snapshot)}["withheld"] == count


def test_what_stands_behind_approved_words_is_not_left_out() -> None:
    below = Issue(parent_id=1, title="案情", withheld=WithheldGround.SECRET)
    assert count_withheld(a_snapshot(CASE, below)) == 0


@st.composite
def secretive(draw: st.DrawFn) -> Snapshot:
    """A ledger in which every word of what is withheld is 秘密, and titles are often joined from what they quote."""
    count = draw(st.integers(1, 7))
    issues: list[Issue] = []
    for at in range(1, count + 1):
        parent = draw(st.sampled_from([None, *range(1, at)]))
        held = draw(st.booleans())
        words = {"title": "秘密", "recommendations": ("秘密",), "original_text": "秘密"} if held else {}
        issues.append(
            Issue(
                at,
                section_id=draw(st.sampled_from([None, 1])) if parent is None else None,
                parent_id=parent,
                printed_level=0 if parent is not None and draw(st.booleans()) else None,
                withheld=WithheldGround.SECRET if held else WithheldGround.NONE,
                withheld_wording=draw(st.sampled_from(["", "委婉"])) if held else "",
            ).changed({"title": f"平常{at}", **words})
        )
    for issue in reversed(issues):
        quoted = [part.title for part in issues if part.parent_id == issue.id and part.printed_level == 0]
        if quoted and issue.withheld is WithheldGround.NONE and draw(st.booleans()):
            issues[issue.id - 1] = replace(issue, title="；".join(quoted))
    told = (issues[at - 1] for at in draw(st.lists(st.integers(1, count), max_size=5)))
    measures = (Measure(issue_id=i.id, progress="办" if i.withheld is WithheldGround.NONE else "秘密") for i in told)
    return a_snapshot(Section(title="方面", introduction="导语"), *issues, *measures)


@settings(max_examples=60, deadline=None)
@given(secretive(), st.sampled_from(list(BUILT_IN.values())))
def test_whatever_the_tree_nothing_of_what_is_withheld_is_public(snapshot: Snapshot, scheme: Scheme) -> None:
    found = [block.text for block in compose(snapshot, scheme, edition=Edition.PUBLIC).blocks]
    assert not any("秘密" in text for text in found)
    assert all(issue.title for issue in edited(snapshot, Edition.PUBLIC).issues)
    count = count_withheld(snapshot)
    assert any("不予公开" in text for text in found) is (count > 0)
    assert f"另有{count}项整改事项按规定不予公开。" in found or not count
