"""Paragraphs that went out, came back and were changed in the ledger meanwhile come together again."""

from __future__ import annotations

from zhenggai_desktop.domain.line_merging import Line, merged_lines, merged_text

BASE = ["召开专题会议研究部署。", "成立领导小组，压实责任。", "健全长效机制，巩固成果。"]


def same(*changes: tuple[int, str]) -> list[Line]:
    """What went out, with some paragraphs reworded."""
    return [Line(dict(changes).get(at, text), (at,)) for at, text in enumerate(BASE)]


def test_nothing_changed_on_either_side() -> None:
    found = merged_lines(BASE, BASE, same())
    assert (found.lines, found.conflict) == ([(text, at) for at, text in enumerate(BASE)], False)


def test_theirs_comes_in_and_ours_stays() -> None:
    ours = [BASE[0], BASE[1].replace("压实责任", "压实各级责任"), BASE[2]]
    found = merged_lines(BASE, ours, same((1, "成立工作领导小组，压实责任。"), (2, "健全长效机制。")))
    assert found.texts == [BASE[0], "成立工作领导小组，压实各级责任。", "健全长效机制。"]
    assert not found.conflict


def test_a_placeholder_survives_beside_their_words() -> None:
    found = merged_lines(["反馈的23个问题已整改。"], ["反馈的{问题总数}个问题已整改。"], [
        Line("反馈的23个问题全部已整改。", (0,))
    ])  # fmt: skip
    assert (found.texts, found.conflict) == (["反馈的{问题总数}个问题全部已整改。"], False)


def test_split_joined_and_inserted() -> None:
    theirs = [Line("召开专题会议", (0,)), Line("研究部署。", (0,)), Line("新增一段。"), Line(BASE[1] + BASE[2], (1, 2))]
    found = merged_lines(BASE, BASE, theirs)
    assert found.texts == ["召开专题会议", "研究部署。", "新增一段。", BASE[1] + BASE[2]]
    assert [at for _, at in found.lines] == [0, None, None, 1]


def test_what_the_ledger_added_stays_where_it_stood() -> None:
    ours = [BASE[0], "台账里后来补写的一段话。", *BASE[1:]]
    assert merged_lines(BASE, ours, same((2, "健全机制。"))).texts == [*ours[:3], "健全机制。"]


def test_an_inserted_paragraph_that_the_ledger_has_already_is_not_doubled() -> None:
    new = "两边都加上的一段话。"
    assert merged_lines(BASE, [*BASE, new], [*same(), Line(new)]).texts == [*BASE, new]


def test_both_changed_the_same_words() -> None:
    ours = [BASE[0], "成立工作专班，压实责任。", BASE[2]]
    found = merged_lines(BASE, ours, same((1, "成立领导机构，压实责任。")))
    assert (found.texts[1], found.conflict) == ("成立领导机构，压实责任。", True)
    assert merged_lines(BASE, ours, [same()[0], same()[2]]).conflict  # deleted there, changed here
    assert merged_lines(BASE, [BASE[0], BASE[2]], same((1, "成立领导机构。"))).conflict  # the other way round


def test_one_text() -> None:
    assert merged_text("甲乙丙丁。", "甲乙丙丁。", "甲乙。") == ("甲乙。", False)
    assert merged_text("甲乙丙丁。", "甲乙。", "甲乙。") == ("甲乙。", False)
    assert merged_text("甲乙丙丁。", "甲戊丙丁。", "甲己丙丁。") == ("甲己丙丁。", True)
