"""Tables on pages: columns, rows, merged cells, heads repeated, long rows parted, and pages that lie."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from full_ledger import TODAY, full_ledger

from zhenggai_desktop.domain.blocks import (
    Anchor,
    Block,
    Cell,
    Document,
    Kind,
    Table,
    list_block,
    page_break,
    plain,
    table_block,
)
from zhenggai_desktop.domain.editions import Edition
from zhenggai_desktop.domain.layout import GUOBIAO
from zhenggai_desktop.domain.schemes import BUILT_IN
from zhenggai_desktop.paper.pages import LaidOut, Page, PageMaker
from zhenggai_desktop.paper.painting import pdf_bytes
from zhenggai_desktop.paper.setting import POINTS_PER_MM
from zhenggai_desktop.services.documents import KINDS, LETTERS, chosen_template, ledger_document, notice_document
from zhenggai_desktop.services.exporting import write_document

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "documents"
PITCH = GUOBIAO.table_pitch / 20
LONG = "逐项建立台账，明确责任领导和完成时限，每周调度一次，完成一项销号一项。" * 12


def laid(maker: PageMaker, *blocks: Block) -> LaidOut:
    return maker.lay_out(Document("表", blocks))


def words(page: Page) -> str:
    return "".join(piece.text for placed in page.lines for piece in placed.line.pieces)


def rows_of(count: int, text: str = "事项") -> Block:
    return list_block(("序号", "内容"), [(str(at), f"{text}{at}。") for at in range(1, count + 1)], (1, 5))


def test_columns_have_their_shares_and_fill_the_text(maker: PageMaker) -> None:
    page = laid(maker, list_block(("序号", "内容"), [("1", "甲")], (1, 5))).pages[0]
    edges = sorted({rule.left for rule in page.rules if rule.left == rule.right})
    width = GUOBIAO.text_width * POINTS_PER_MM
    assert edges == pytest.approx([0, width / 6, width])


def test_a_row_is_as_high_as_its_longest_cell_and_words_stand_in_its_middle(maker: PageMaker) -> None:
    page = laid(maker, list_block(("甲", "乙"), [("一", "第一行\n第二行\n第三行")], (1, 1))).pages[0]
    tops = {placed.line.pieces[0].text: placed.top for placed in page.lines}
    assert tops["第二行"] - tops["第一行"] == pytest.approx(PITCH)
    assert tops["一"] == pytest.approx(tops["第二行"])
    assert max(rule.top for rule in page.rules) == pytest.approx(PITCH + 2 + 3 * PITCH + 2)


def test_words_are_wrapped_inside_their_cell(maker: PageMaker) -> None:
    page = laid(maker, list_block(("序号", "内容"), [("1", "字" * 90)], (1, 5))).pages[0]
    cell = [placed for placed in page.lines if placed.line.pieces[0].text.startswith("字")]
    assert len(cell) == 3
    left, right = GUOBIAO.text_width * POINTS_PER_MM / 6, GUOBIAO.text_width * POINTS_PER_MM
    assert all(left < placed.line.left and placed.line.right < right for placed in cell)


def test_a_form_keeps_the_heights_of_its_rows(maker: PageMaker) -> None:
    form = Table((1, 3), ((Cell("意见", head=True), Cell("")),) * 2, 0, (20.0, 30.0), roomy=True)
    page = laid(maker, table_block(form)).pages[0]
    tops = sorted({rule.top for rule in page.rules if rule.top == rule.bottom})
    assert tops == pytest.approx([0, 20 * POINTS_PER_MM, 50 * POINTS_PER_MM])


def test_the_head_is_repeated_and_every_row_stands_once(maker: PageMaker) -> None:
    laid_out = laid(maker, rows_of(120))
    assert len(laid_out.pages) > 2
    for page in laid_out.pages:
        assert words(page).startswith("序号内容")
        assert max(rule.bottom for rule in page.rules) <= laid_out.size.text_height + 0.1
    whole = "".join(words(page).removeprefix("序号内容") for page in laid_out.pages)
    assert whole == "".join(f"{at}事项{at}。" for at in range(1, 121))


def test_a_short_row_goes_over_whole_and_a_long_one_is_parted(maker: PageMaker) -> None:
    """Cells of more than 250 characters may be parted, as in the Word file."""
    before = [plain(Kind.PARAGRAPH, "整改。")] * 20
    short = laid(maker, *before, list_block(("甲", "乙"), [("◎", LONG[:80])], (1, 1)))
    assert not short.pages[0].rules  # the head does not stay behind
    assert LONG[:80] in words(short.pages[1])
    long = laid(maker, *before[:17], list_block(("甲", "乙"), [("◎", LONG)], (1, 1)))
    assert long.pages[0].rules
    assert words(long.pages[1]).startswith("甲乙")
    parts = [words(page).partition("甲乙")[2].removeprefix("◎") for page in long.pages]
    assert "".join(parts) == LONG


def test_a_row_longer_than_a_page_is_dealt_out(maker: PageMaker) -> None:
    laid_out = laid(maker, list_block(("甲", "乙"), [("◎", LONG * 12)], (1, 1)))
    assert len(laid_out.pages) > 2
    assert "".join(words(page).removeprefix("甲乙").removeprefix("◎") for page in laid_out.pages) == LONG * 12


def test_a_merged_cell_is_one_box_and_stretches_the_last_of_its_rows(maker: PageMaker) -> None:
    head = (Cell("方面", head=True), Cell("事项", head=True))
    rows = ((Cell("方\n面\n很\n长\n的", rows=2), Cell("甲")), (None, Cell("乙")))
    page = laid(maker, table_block(Table((1, 3), (head, *rows)))).pages[0]
    width = GUOBIAO.text_width * POINTS_PER_MM
    across = sorted({rule.top for rule in page.rules if rule.top == rule.bottom and rule.left == 0})
    between = {rule.top for rule in page.rules if rule.top == rule.bottom and rule.right == pytest.approx(width)}
    assert across == pytest.approx([0, PITCH + 2, PITCH + 2 + 5 * PITCH + 2])
    assert len(between) == 4  # the line between 甲 and 乙 does not cross the merged cell


def test_a_merged_cell_goes_on_with_its_words_on_the_next_page(maker: PageMaker) -> None:
    count = 60
    name = "".join(f"第{at}句。" for at in range(200))
    rows = [(Cell(name, rows=count), Cell("1")), *((None, Cell(str(at))) for at in range(2, count + 1))]
    laid_out = laid(maker, table_block(Table((1, 1), tuple(rows), 0)))
    left = ["".join(piece.text for placed in page.lines if placed.cell and placed.cell[0] == 0
                    for piece in placed.line.pieces) for page in laid_out.pages]  # fmt: skip
    assert len(left) > 1
    assert "".join(left) == name


def test_a_table_stays_with_the_note_above_it(maker: PageMaker) -> None:
    before = [plain(Kind.PARAGRAPH, "整改。")] * 21
    laid_out = laid(maker, *before, plain(Kind.NOTE, "填报单位：甲\t2025年1月8日"), rows_of(2))
    assert "填报单位" in words(laid_out.pages[1])
    note = laid_out.pages[1].lines[0].line
    assert note.pieces[-1].text.endswith("日")
    assert note.right == pytest.approx(GUOBIAO.text_width * POINTS_PER_MM)


def test_a_page_lies_and_the_next_stands(maker: PageMaker) -> None:
    laid_out = laid(
        maker,
        plain(Kind.PARAGRAPH, "正文。"),
        page_break(landscape=True),
        plain(Kind.LABEL, "附件1"),
        plain(Kind.TITLE, "清单"),
        rows_of(3),
        page_break(),
        plain(Kind.PARAGRAPH, "说明。"),
    )
    assert [page.landscape for page in laid_out.pages] == [False, True, False]
    size = laid_out.size_of(1)
    found = [length / POINTS_PER_MM for length in (size.width, size.height, size.left, size.top, size.text_width)]
    assert found == pytest.approx([297, 210, 35, 28, 225])
    assert max(rule.right for rule in laid_out.pages[1].rules) == pytest.approx(225 * POINTS_PER_MM)


def test_a_click_into_a_cell_finds_its_record(maker: PageMaker) -> None:
    one, other = Anchor("issue", "甲"), Anchor("measure", "乙")
    row = (Cell("问题", anchor=one), Cell("措施", anchor=other))
    laid_out = laid(maker, table_block(Table((1, 1), (row,), 0)))
    middle = laid_out.size.left + laid_out.size.text_width / 2
    top = laid_out.size.top + 8
    left, right = laid_out.spot(0, middle - 9, top), laid_out.spot(0, middle + 9, top)
    assert left is not None
    assert right is not None
    assert (left.anchor, right.anchor) == (one, other)
    assert len(laid_out.lines_of("乙")) == 1


def test_what_is_no_table_is_not_set_again(maker: PageMaker) -> None:
    first = laid(maker, rows_of(3), plain(Kind.PARAGRAPH, "甲。"))
    second = laid(maker, rows_of(3), plain(Kind.PARAGRAPH, "乙。"))
    assert first.pages[0].lines[0].line is second.pages[0].lines[0].line


# --- beside LibreOffice

TOOLS = ("soffice", "pdftotext", "fc-list")


@pytest.mark.skipif(not all(map(shutil.which, TOOLS)), reason="needs LibreOffice, poppler")
@pytest.mark.full
def test_every_document_has_the_pages_of_its_word_file(maker: PageMaker, tmp_path: Path) -> None:
    """As many pages; over several of them lines drift, for the digits of substituted fonts differ in width."""
    snapshot = full_ledger()
    documents = {
        kind: ledger_document(snapshot, chosen_template(kind, FOLDER), today=TODAY) for kind in (*KINDS, *LETTERS)
    }
    documents["review"] = notice_document(
        snapshot, BUILT_IN["a"], Edition.PUBLIC_REVIEW, folder=FOLDER, today=dt.date(2025, 1, 8)
    )
    for name, document in documents.items():
        write_document(document, tmp_path / f"{name}.docx")
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--headless", "--convert-to",
               "pdf", "--outdir", str(tmp_path), *map(str, sorted(tmp_path.glob("*.docx")))]  # fmt: skip
    subprocess.run(command, capture_output=True, check=True, timeout=180)
    for name, document in documents.items():
        own = tmp_path / f"own-{name}.pdf"
        own.write_bytes(pdf_bytes(maker.lay_out(document)))
        ours, theirs = pages_of(own), pages_of(tmp_path / f"{name}.pdf")
        assert len(ours) == len(theirs), name
        if len(ours) == 1:
            mine, other = ours[0], theirs[0]
            assert sum(((mine - other) | (other - mine)).values()) <= 0.15 * sum(other.values()), name


def pages_of(pdf: Path) -> list[Counter[str]]:
    """The characters of each page, counted: a table's cells are read in another order from another program."""
    text = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, check=True).stdout.decode()
    return [Counter(unicodedata.normalize("NFKC", "".join(page.split()))) for page in text.split("\f")[:-1]]
