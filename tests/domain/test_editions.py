"""The public edition leaves out what is withheld and says so; the internal one prints everything."""

from __future__ import annotations

from dataclasses import replace

from builders import a_snapshot

from zhenggai_desktop.domain.editions import Edition, count_withheld
from zhenggai_desktop.domain.notice import compose
from zhenggai_desktop.domain.records import (
    BlockKind,
    Chapter,
    ChapterBlock,
    ChapterRole,
    Issue,
    Measure,
    Section,
    Snapshot,
    WithheldGround,
)
from zhenggai_desktop.domain.schemes import BUILT_IN


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
