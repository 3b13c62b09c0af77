"""Twice as many paragraphs are twice the work: lines of Python that run are counted, so the machine does not matter.

Quadratic work would give four times as many.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from growing import lines_run

from zhenggai_desktop.domain.blocks import Anchor, Block, Document, Kind, Run, RunRole, list_block
from zhenggai_desktop.domain.draft_comparing import compare
from zhenggai_desktop.formats.text_fit import pieces
from zhenggai_desktop.formats.word_writer import write_word

MOST = 2.3
COUNT = 600


def paragraph(at: int) -> str:
    return f"第{at}项整改措施由{at * 7919 % 9973}号牵头部门负责，已召开会议{at % 13}次，完善制度{at * 31 % 17}项。"


def notice(count: int) -> Document:
    blocks = [
        Block(
            Kind.PARAGRAPH,
            (Run(f"{at}.针对第{at}个问题。", RunRole.HEADING), Run(paragraph(at), anchor=Anchor("measure", f"m{at}"))),
            3,
            Anchor("issue", f"i{at}"),
        )
        for at in range(count)
    ]
    return Document("通报", tuple(blocks))


def table(count: int) -> Document:
    return Document("表", (list_block(("序号", "内容"), [(str(at), paragraph(at)) for at in range(count)], (1, 5)),))


@pytest.mark.parametrize("made", [notice, table])
def test_a_word_file_grows_with_its_paragraphs(tmp_path: Path, made: Callable[[int], Document]) -> None:
    small, large, empty = made(COUNT), made(2 * COUNT), made(0)
    write_word(empty, tmp_path / "warm.docx")
    frame = lines_run(lambda: write_word(empty, tmp_path / "a.docx"))
    one = lines_run(lambda: write_word(small, tmp_path / "a.docx")) - frame
    other = lines_run(lambda: write_word(large, tmp_path / "b.docx")) - frame
    assert one > COUNT
    assert other <= MOST * one


def edited(texts: list[str]) -> list[str]:
    """Each twentieth reworded, each fiftieth gone, each seventieth new, a stretch moved."""
    found: list[str] = []
    for at, text in enumerate(texts):
        if at % 50 == 3:
            continue
        found.append(text.replace("会议", "专题会议") if at % 20 == 5 else text)
        if at % 70 == 9:
            found.append(f"新增的第{at}段，写明了{at * 13 % 101}项后续安排和责任分工。")
    return found[40:60] + found[:40] + found[60:]


def alike(count: int) -> tuple[list[str], list[str]]:
    same = "整改工作有序推进，取得阶段性成效。"
    return [same] * count, [same] * (count // 2) + ["另写的一段话。"] + [same] * (count // 3)


def different(count: int) -> tuple[list[str], list[str]]:
    old = [paragraph(at) for at in range(count)]
    return old, edited(old)


@pytest.mark.parametrize("made", [different, alike])
def test_comparing_grows_with_the_paragraphs(made: Callable[[int], tuple[list[str], list[str]]]) -> None:
    small, large = made(4 * COUNT), made(8 * COUNT)
    one, other = lines_run(lambda: compare(*small)), lines_run(lambda: compare(*large))
    assert one > COUNT
    assert other <= MOST * one


@pytest.mark.parametrize("text", ["一、", "学习不够深入，", "第一段。\n"])
def test_dividing_a_long_cell_grows_with_its_text(text: str) -> None:
    def divided(times: int) -> int:
        return lines_run(lambda: pieces(text * times, 20, 25, "（续）"))

    one, other = divided(2 * COUNT), divided(4 * COUNT)
    assert one > COUNT
    assert other <= MOST * one
