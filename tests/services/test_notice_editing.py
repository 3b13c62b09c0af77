"""Writing the notice: every use case is one step, and the frame reads the same inside the ledger as before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import a_ledger

from zhenggai_desktop.domain.notice import compose
from zhenggai_desktop.domain.placeholders import offers
from zhenggai_desktop.domain.records import BlockKind, Chapter, ChapterBlock, ChapterRole, Issue, Section
from zhenggai_desktop.domain.schemes import BUILT_IN, changed, scheme_for
from zhenggai_desktop.services import notice_editing as editing
from zhenggai_desktop.services.ledger import Ledger

PROSE = ChapterBlock(BlockKind.PARAGRAPH, 0, "反馈的2个问题已全部整改。")


def printed(ledger: Ledger) -> list[tuple[str, str]]:
    snapshot = ledger.snapshot
    return [(block.kind.value, block.text) for block in compose(snapshot, scheme_for(snapshot.facts)).blocks]


def chapters(ledger: Ledger) -> list[str]:
    return [chapter.title for chapter in editing.own_chapters(ledger.snapshot)]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    ledger = a_ledger(
        tmp_path,
        Chapter(title="组织情况", blocks=(PROSE,)),
        Chapter(title="整改情况", role=ChapterRole.ISSUES),
        Section(title="学习方面", chapter_id=2),
        Issue(section_id=1, title="甲"),
        Issue(section_id=1, title="乙"),
    )
    yield ledger
    ledger.close()


@pytest.mark.parametrize("scheme", sorted(BUILT_IN))
def test_the_frame_taken_in_reads_as_it_was_shown(tmp_path: Path, scheme: str) -> None:
    facts = {"organisation": "清河镇党委", "publication_date": dt.date(2025, 1, 8), "scheme": scheme}
    with a_ledger(tmp_path, Section(title="学习方面"), Issue(section_id=1, title="甲"), **facts) as ledger:
        before = printed(ledger)
        taken = editing.take_frame(ledger)
        assert printed(ledger) == before
        assert set(taken.values()) == {chapter.id for chapter in editing.own_chapters(ledger.snapshot)}
        assert ledger.undo_label == editing.TAKE_FRAME
        ledger.undo()
        assert (printed(ledger), chapters(ledger)) == (before, [])


def test_the_frame_is_not_taken_twice(ledger: Ledger) -> None:
    assert editing.take_frame(ledger) == {}
    assert chapters(ledger) == ["组织情况", "整改情况"]


def test_a_chapter_is_saved_in_one_step_and_an_unchanged_one_in_none(ledger: Ledger) -> None:
    assert not editing.save_chapter(ledger, 1, title="组织情况", blocks=[PROSE])
    assert ledger.undo_label == "建立"
    assert editing.save_chapter(ledger, 1, title="开展情况", blocks=[PROSE, PROSE])
    assert ledger.undo_label == editing.EDIT_CHAPTER
    assert len(editing.own_chapters(ledger.snapshot)[0].blocks) == 2


@pytest.mark.parametrize(
    ("printed_heading", "expected"), [("（一）组织情况", "（一）开展情况"), ("一、另一种写法", ""), ("", "")]
)
def test_a_printed_heading_follows_its_title(tmp_path: Path, printed_heading: str, expected: str) -> None:
    with a_ledger(tmp_path, Chapter(title="组织情况", printed_heading=printed_heading)) as ledger:
        editing.save_chapter(ledger, 1, title="开展情况", blocks=[])
        assert ledger.snapshot.chapters[0].printed_heading == expected
        editing.use_scheme_heading(ledger, 1)
        assert ledger.snapshot.chapters[0].printed_heading == ""


def test_chapters_are_added_moved_and_removed(ledger: Ledger) -> None:
    added = editing.add_chapter(ledger, "主要负责人履责情况", after=1)
    assert chapters(ledger) == ["组织情况", "主要负责人履责情况", "整改情况"]
    editing.move_chapter(ledger, added, 2)
    assert chapters(ledger) == ["组织情况", "整改情况", "主要负责人履责情况"]
    editing.remove_chapter(ledger, added)
    assert chapters(ledger) == ["组织情况", "整改情况"]
    assert ledger.undo_label == "删除通报章节"
    assert not ledger.check()


def test_a_removed_chapter_cannot_be_saved(ledger: Ledger) -> None:
    editing.remove_chapter(ledger, 1)
    with pytest.raises(editing.ChapterGoneError):
        editing.save_chapter(ledger, 1, title="组织情况", blocks=[])
    with pytest.raises(editing.ChapterGoneError):
        editing.move_chapter(ledger, 1, 0)


def test_a_scheme_with_changes_is_kept_with_them(ledger: Ledger) -> None:
    own = changed(BUILT_IN["b"], {"answer": {"label": "整改情况："}})
    editing.choose_scheme(ledger, own)
    assert scheme_for(ledger.snapshot.facts) == own
    editing.choose_scheme(ledger, BUILT_IN["b"])
    assert scheme_for(ledger.snapshot.facts) == BUILT_IN["b"]
    editing.choose_scheme(ledger, BUILT_IN["b"])
    ledger.undo()
    assert scheme_for(ledger.snapshot.facts) == own


def test_offered_numbers_are_bound_in_one_step(ledger: Ledger) -> None:
    editing.bind(ledger, list(offers(ledger.snapshot)))
    assert editing.own_chapters(ledger.snapshot)[0].blocks[0].text == "反馈的{问题总数}个问题已全部整改。"
    assert "反馈的2个问题已全部整改。" in [text for _, text in printed(ledger)]


def test_title_and_layout_are_steps_of_their_own(ledger: Ledger) -> None:
    editing.set_notice_title(ledger, "关于整改情况的通报")
    assert ledger.undo_label == editing.EDIT_TITLE
    editing.choose_layout(ledger, "行距 28 磅")
    assert ledger.snapshot.facts.layout_profile == "行距 28 磅"


def test_there_are_five_schemes_to_choose_from() -> None:
    assert [name for name, _ in editing.scheme_names()] == ["a", "b", "c", "d", "e"]
