"""Pages by GB/T 9704-2012: 22 lines of 28 characters, closings in place, every line led back to its record."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from zhenggai_desktop.domain.blocks import Anchor, Block, Document, Kind, Run, RunRole, plain
from zhenggai_desktop.domain.layout import GUOBIAO, PROFILES, LayoutProfile
from zhenggai_desktop.domain.notice import compose
from zhenggai_desktop.domain.schemes import scheme_for
from zhenggai_desktop.paper.faces import Role
from zhenggai_desktop.paper.pages import LaidOut, Page, PageMaker
from zhenggai_desktop.services.exporting import export_notice
from zhenggai_desktop.services.importing import apply, plan_source
from zhenggai_desktop.services.ledger import Ledger

SENTENCE = "街道党工委坚持把巡察整改作为重大政治任务建立台账逐项对账销号定期调度推动整改落实见到实效"


def document(*blocks: Block) -> Document:
    return Document("通报", blocks)


def prose(text: str, uid: str = "") -> Block:
    return plain(Kind.PARAGRAPH, text, anchor=Anchor("issue", uid) if uid else None)


def text_of(laid_out: LaidOut, page: int, line: int) -> str:
    placed = laid_out.pages[page].lines[line]
    return "".join(piece.text for piece in placed.line.pieces)


def tops(page: Page) -> list[float]:
    return [placed.top for placed in page.lines]


def test_a_full_page_has_22_lines_and_each_28_characters(maker: PageMaker) -> None:
    laid_out = maker.lay_out(document(prose(SENTENCE * 40), prose(SENTENCE * 40)))
    assert {len(page.lines) for page in laid_out.pages[:-1]} == {22}
    assert len(text_of(laid_out, 0, 0)) == 26  # two characters of indent
    assert {len(text_of(laid_out, 0, line)) for line in range(1, 22)} == {28}


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_every_profile_keeps_28_characters(qapp: QApplication, profile: LayoutProfile) -> None:
    laid_out = PageMaker(profile).lay_out(document(prose(SENTENCE * 20)))
    assert len(text_of(laid_out, 0, 3)) == 28


def test_lines_fill_the_text_area_and_do_not_leave_it(maker: PageMaker) -> None:
    laid_out = maker.lay_out(document(prose(SENTENCE * 40)))
    page = laid_out.pages[0]
    assert all(line.line.right <= laid_out.size.text_width + 0.01 for line in page.lines)
    assert page.lines[5].line.right == pytest.approx(laid_out.size.text_width, abs=0.01)
    assert tops(page)[-1] + laid_out.size.pitch <= laid_out.size.text_height


def test_a_title_stands_in_the_middle_with_a_blank_line_below(maker: PageMaker) -> None:
    title = "中共清河区柳林街道工作委员会关于区委第三巡察组反馈意见集中整改进展情况的通报"
    laid_out = maker.lay_out(document(plain(Kind.TITLE, title), prose(SENTENCE)))
    first, second, third, body = laid_out.pages[0].lines[:4]
    middle = laid_out.size.text_width / 2
    assert [(line.line.left + line.line.right) / 2 for line in (first, second, third)] == pytest.approx([middle] * 3)
    assert body.top - third.top == pytest.approx(2 * laid_out.size.pitch)


def test_headings_have_their_fonts_and_a_run_in_heading_ends_with_its_sentence(maker: PageMaker) -> None:
    laid_out = maker.lay_out(
        document(
            Block(Kind.HEADING, (Run("一、总体情况", RunRole.HEADING),), 1),
            Block(Kind.PARAGRAPH, (Run("（一）学习不够。", RunRole.HEADING), Run("已经整改。")), 2),
            Block(Kind.PARAGRAPH, (Run("1.学习不够。", RunRole.HEADING), Run("已经整改。")), 3),
        )
    )
    roles = [[(piece.text, piece.role) for piece in placed.line.pieces] for placed in laid_out.pages[0].lines]
    assert {role for _, role in roles[0]} == {Role.HEADING_1}
    assert [role for text, role in roles[1] if "学习" in text or "整改" in text] == [Role.HEADING_2, Role.BODY]
    assert {role for _, role in roles[2]} == {Role.BODY}


def test_a_heading_never_stands_alone_at_the_foot_of_a_page(maker: PageMaker) -> None:
    for count in range(20, 25):
        blocks = [prose("整改。") for _ in range(count)]
        heading = Block(Kind.HEADING, (Run("一、情况", RunRole.HEADING),), 1)
        laid_out = maker.lay_out(document(*blocks, heading, prose("正文。")))
        page = next(page for page in laid_out.pages if any(placed.block == count for placed in page.lines))
        assert page.lines[-1].block == count + 1


def closing(maker: PageMaker, signature: str, date: str) -> tuple[float, float, float]:
    """Left edges of signature and date in characters, and what the longer leaves at the right."""
    laid_out = maker.lay_out(document(prose("整改。"), plain(Kind.SIGNATURE, signature), plain(Kind.DATE, date)))
    body, first, second = laid_out.pages[0].lines
    assert first.top - body.top == pytest.approx(2 * laid_out.size.pitch)  # one blank line
    character = GUOBIAO.character / 20
    edge = laid_out.size.text_width - max(first.line.right, second.line.right)
    return first.line.left / character, second.line.left / character, edge / character


def test_the_date_begins_two_characters_right_of_a_longer_signature(maker: PageMaker) -> None:
    signature, date, edge = closing(maker, "中共清河区柳林街道工作委员会", "2025年1月8日")
    assert date - signature == pytest.approx(2)
    assert edge == pytest.approx(2)


def test_a_longer_date_stands_two_from_the_right_and_moves_the_signature(maker: PageMaker) -> None:
    signature, date, edge = closing(maker, "清河镇", "2025年12月28日")
    assert date - signature == pytest.approx(2)
    assert edge == pytest.approx(2)


def test_a_signature_takes_a_short_last_paragraph_over_to_its_page(maker: PageMaker) -> None:
    blocks = [prose("整改。") for _ in range(21)]
    laid_out = maker.lay_out(document(*blocks, plain(Kind.SIGNATURE, "清河镇党委"), plain(Kind.DATE, "2025年1月8日")))
    assert [placed.block for placed in laid_out.pages[1].lines] == [20, 21, 22]


def test_a_point_on_the_page_leads_to_the_record_and_back(maker: PageMaker) -> None:
    laid_out = maker.lay_out(document(prose(SENTENCE * 3, "甲"), prose("其次是整改。", "乙")))
    ((page, placed),) = laid_out.lines_of("乙")
    size, x = laid_out.size, laid_out.size.left + placed.line.left + 2.5 * GUOBIAO.character / 20
    spot = laid_out.spot(page, x, size.top + placed.top + 5)
    assert spot is not None
    assert (spot.block, spot.place, spot.anchor) == (1, 2, Anchor("issue", "乙"))


def test_beside_the_lines_there_is_nothing(maker: PageMaker) -> None:
    laid_out = maker.lay_out(document(prose("整改。", "甲")))
    assert laid_out.spot(0, 100, 10) is None
    assert laid_out.spot(0, 100, 700) is None


def test_a_document_without_words_is_one_empty_page(maker: PageMaker) -> None:
    assert [page.lines for page in maker.lay_out(document()).pages] == [()]


def test_what_was_set_before_is_not_set_again(maker: PageMaker) -> None:
    first = maker.lay_out(document(prose("甲。"), prose("乙。")))
    second = maker.lay_out(document(prose("甲。"), prose("丙。")))
    assert first.pages[0].lines[0].line is second.pages[0].lines[0].line


def test_the_advance_of_a_line_is_that_of_its_pieces(maker: PageMaker) -> None:
    laid_out = maker.lay_out(document(prose("“甲”，《乙》2024年（丙）" * 20)))
    for placed in laid_out.pages[0].lines:
        for before, after in zip(placed.line.pieces, placed.line.pieces[1:], strict=False):
            face = maker.faces.face(before.role, latin=before.latin)
            end = before.x + sum(face.natural(sign) + before.spacing for sign in before.text)
            assert after.x == pytest.approx(end, abs=0.2)


def test_one_edit_in_a_long_notice_sets_one_paragraph_anew(maker: PageMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = [prose(f"{number}.{SENTENCE * 6}", str(number)) for number in range(60)]
    assert sum(len(block.text) for block in blocks) > 15_000
    maker.lay_out(document(*blocks))
    anew: list[str] = []
    lines = maker._setter.lines

    def counted(block: Block, *rest: object) -> object:
        anew.append(block.text)
        return lines(block, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(maker._setter, "lines", counted)
    blocks[30] = prose(f"{SENTENCE * 6}改", "30")
    maker.lay_out(document(*blocks))
    assert anew == [blocks[30].text]


@pytest.mark.skipif(not all(map(shutil.which, ("soffice", "pdfinfo", "fc-list"))), reason="needs LibreOffice, poppler")
@pytest.mark.full
def test_there_are_as_many_pages_as_in_the_word_file(maker: PageMaker, resources: Path, tmp_path: Path) -> None:
    if not subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout:
        pytest.skip("no Chinese font here")
    with Ledger.create(tmp_path / "台账.zgtz") as ledger:
        apply(ledger, plan_source(resources / "samples" / "示例整改通报.txt"))
        snapshot = ledger.snapshot
    export_notice(snapshot, tmp_path / "notice.docx")
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--headless", "--convert-to",
               "pdf", "--outdir", str(tmp_path), str(tmp_path / "notice.docx")]  # fmt: skip
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    told = subprocess.run(["pdfinfo", str(tmp_path / "notice.pdf")], capture_output=True, check=True).stdout.decode()
    printed = int(next(line for line in told.splitlines() if line.startswith("Pages:")).split()[1])
    laid_out = maker.lay_out(compose(snapshot, scheme_for(snapshot.facts)))
    assert abs(len(laid_out.pages) - printed) <= 1


def test_widow_control_keeps_two_lines_together_where_the_profile_wants_it(qapp: QApplication) -> None:
    profile = replace(GUOBIAO, widow_control=True)
    blocks = [prose("整改。") for _ in range(21)]
    laid_out = PageMaker(profile).lay_out(document(*blocks, prose(SENTENCE)))
    assert len(laid_out.pages[0].lines) == 21
