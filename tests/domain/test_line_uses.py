"""Each line of a source is shown beside what it became."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_corrections import FEEDBACK, NOTHING, NOTICE, document

from zhenggai_desktop.domain.blocks import LineRole
from zhenggai_desktop.domain.corrections import Corrections, Place, understand_corrected
from zhenggai_desktop.domain.line_uses import LineUse, UsedLine, used_lines

U = LineUse


def used(text: str, corrections: Corrections = NOTHING) -> tuple[UsedLine, ...]:
    source = document(text)
    return used_lines(source, understand_corrected(source, corrections), corrections)


def uses(text: str, corrections: Corrections = NOTHING) -> list[LineUse]:
    return [line.use for line in used(text, corrections)]


def test_the_lines_of_a_feedback_document() -> None:
    closing = "请于收到反馈意见之日起1个月内报送。\n区委巡察组\n2025年6月20日"
    text = f"{FEEDBACK}\n个别干部迟到。\n二、意见建议\n（一）压实责任。\n{closing}"
    assert uses(text) == [
        U.TITLE, U.LEAD, U.CHAPTER, U.SECTION, U.ISSUE, U.SUB_ISSUE, U.ISSUE, U.SECTION, U.ISSUE, U.WORDING,
        U.CHAPTER, U.RECOMMENDATION, U.CLOSING, U.SIGNATURE, U.SIGNATURE,
    ]  # fmt: skip


def test_the_lines_of_a_notice() -> None:
    assert uses(NOTICE)[:8] == [
        U.TITLE, U.LEAD, U.CHAPTER, U.SECTION, U.ISSUE, U.ANSWER, U.ISSUE, U.ANSWER,
    ]  # fmt: skip


def test_words_bear_the_record_they_went_to() -> None:
    lines = used(NOTICE)
    assert lines[4].uid
    assert (lines[4].uid, lines[4].number) == (lines[5].uid, "1.")


def test_what_was_said_of_a_line_is_seen() -> None:
    said = NOTHING.leave_out(Place(6)).join(Place(7)).as_role(Place(9), LineRole.SECTION).split(Place(2), 2)
    lines = used(FEEDBACK, said)
    assert [line.use for line in lines] == [
        U.TITLE, U.LEAD, U.LEAD, U.CHAPTER, U.SECTION, U.ISSUE, U.LEFT_OUT, U.JOINED, U.SECTION, U.SECTION,
    ]  # fmt: skip
    assert lines[-1].said is LineRole.SECTION


@pytest.mark.parametrize("name", ["示例反馈意见.txt", "示例整改通报.txt"])
def test_every_line_of_the_samples_became_something(resources: Path, name: str) -> None:
    text = (resources / "samples" / name).read_text("utf-8")
    lines = used(text)
    assert [line.text.strip() for line in lines] == [line.strip() for line in text.split("\n") if line.strip()]
    assert not {U.LEFT_OVER, U.LEFT_OUT, U.JOINED} & {line.use for line in lines}
    assert {line.use for line in lines} >= {U.TITLE, U.LEAD, U.CHAPTER, U.SECTION, U.ISSUE, U.SUB_ISSUE, U.SIGNATURE}


def test_a_heading_among_the_issues_that_holds_none_is_shown_as_a_chapter() -> None:
    text = "反馈意见\n（一）党建方面\n1.学习不深。\n（二）整改建议\n1.加强学习。"
    assert uses(text) == [U.TITLE, U.SECTION, U.ISSUE, U.CHAPTER, U.RECOMMENDATION]


def test_a_title_that_the_page_had_broken_heads_its_issue() -> None:
    wide = "产业项目谋划缺乏长远考虑，部分项目建成后闲置"
    text = "反馈意见\n" + "".join(f"{at}.{wide}未\n产生效益。\n" for at in (1, 2, 3))
    assert uses(text) == [U.TITLE, *[U.ISSUE, U.JOINED] * 3]
