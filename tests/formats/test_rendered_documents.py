"""The other documents as LibreOffice lays them out, and a signature that gets a seal.

Word and WPS place what is centred between two indents, and what a tab brings to the right edge, as LibreOffice does;
where a table's row is parted by the end of a page they differ, so no test asks for that. LibreOffice spaces Chinese
from digits whatever the file says, which widens a date; how far it stands from the right is tested in the XML.
"""

from __future__ import annotations

import datetime as dt
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from full_ledger import TODAY, full_ledger
from rendered_pages import MM, TEXT_RIGHT, Line, Page, convert, needs_office, pages_of

from zhenggai_desktop.domain.blocks import Document, Kind, plain
from zhenggai_desktop.domain.editions import Edition
from zhenggai_desktop.domain.layout import GUOBIAO, PROFILES
from zhenggai_desktop.domain.schemes import BUILT_IN
from zhenggai_desktop.formats.word_writer import write_word
from zhenggai_desktop.services.documents import KINDS, chosen_template, ledger_document, notice_document

pytestmark = needs_office
NOW = dt.datetime(2025, 1, 8, tzinfo=dt.UTC)
FOLDER = Path(__file__).resolve().parents[2] / "resources" / "documents"
LYING_LEFT, LYING_RIGHT = 35.0, 260.0  # mm, the text of a page that lies
CHARACTER = 15.75 * MM


def closing(signature: str) -> Document:
    return Document(
        "通报",
        (
            plain(Kind.TITLE, "关于整改情况的通报"),
            plain(Kind.PARAGRAPH, "欢迎干部群众监督。"),
            plain(Kind.SIGNATURE, signature),
            plain(Kind.DATE, "2025年12月28日"),
        ),
    )


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sealed")
    for name, signature in (("short", "清河镇党委"), ("long", "中共清河区柳林街道工作委员会")):
        write_word(closing(signature), folder / f"{name}.docx", profile=replace(GUOBIAO, sealed=True), now=NOW)
    return convert(folder, "pdf", *sorted(folder.glob("*.docx")))


def middle(line: Line) -> float:
    return (line.left + line.right) / 2


@pytest.mark.parametrize("name", ["short", "long"])
def test_under_a_seal_signature_and_date_share_their_middle(sealed: Path, name: str) -> None:
    *_, text, signature, date = pages_of(sealed / f"{name}.pdf")[0].lines
    assert middle(signature) == pytest.approx(middle(date), abs=0.5)
    assert signature.bottom - text.bottom == pytest.approx(4 * 28.95 * MM, abs=2)  # three blank lines
    assert max(signature.right, date.right) <= TEXT_RIGHT + 0.5


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every document, and the notice in every layout, as PDF."""
    folder = tmp_path_factory.mktemp("documents")
    snapshot = full_ledger()
    for kind in KINDS:
        write_word(
            ledger_document(snapshot, chosen_template(kind, FOLDER), today=TODAY), folder / f"{kind}.docx", now=NOW
        )
    for number, profile in enumerate(PROFILES):
        notice = notice_document(snapshot, BUILT_IN["a"], Edition.PUBLIC, folder=FOLDER, today=TODAY)
        write_word(notice, folder / f"notice{number}.docx", profile=profile, now=NOW)
    review = notice_document(snapshot, BUILT_IN["a"], Edition.PUBLIC_REVIEW, folder=FOLDER, today=TODAY)
    write_word(review, folder / "review.docx", now=NOW)
    return convert(folder, "pdf", *sorted(folder.glob("*.docx")))


def turned_number(pdf: Path, number: int) -> tuple[tuple[float, float], tuple[float, float]]:
    """Middle and upper end of the first dash, middle and lower end of the second, of a page number that is turned."""
    command = ["pdftotext", "-bbox", "-f", str(number), "-l", str(number), str(pdf), "-"]
    found = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    boxes = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">—<', found)
    (x1, top, x2, _), (x3, _, x4, bottom) = (tuple(float(value) * MM for value in box) for box in boxes)
    return ((x1 + x2) / 2, top), ((x3 + x4) / 2, bottom)


def text_of(page: Page) -> str:
    return "".join(line.text for line in page.lines)


@pytest.mark.full
@pytest.mark.parametrize("number", range(len(PROFILES)), ids=[profile.name for profile in PROFILES])
def test_the_notice_keeps_its_places_in_every_layout(folder: Path, number: int) -> None:
    pages = pages_of(folder / f"notice{number}.pdf")
    title = pages[0].lines[0]
    assert middle(title) == pytest.approx((28 + TEXT_RIGHT) / 2, abs=0.5)
    *_, signature, date = pages[-1].lines
    assert TEXT_RIGHT - signature.right == pytest.approx(2 * CHARACTER, abs=0.8)
    assert date.left - signature.left == pytest.approx(2 * CHARACTER, abs=0.8)
    lines = [line for page in pages for line in page.lines]
    assert min(line.left for line in lines) == pytest.approx(28, abs=0.5)
    assert max(line.right for line in lines) == pytest.approx(TEXT_RIGHT, abs=0.6)
    for page in pages:
        assert page.footer.text == f"—{page.number}—"
        edge = TEXT_RIGHT - 14 * MM if page.number % 2 else 28 + 14 * MM
        assert (page.footer.right if page.number % 2 else page.footer.left) == pytest.approx(edge, abs=0.5)


@pytest.mark.full
def test_the_plan_has_its_lists_on_lying_pages_behind_the_signature(folder: Path) -> None:
    pages = pages_of(folder / "plan.pdf")
    labels = {text_of(page)[:3]: page for page in pages if text_of(page).startswith("附件")}
    assert set(labels) == {"附件1", "附件2", "附件3"}
    for page in labels.values():
        label, title = page.lines[:2]
        assert label.left == pytest.approx(LYING_LEFT, abs=0.5)
        assert middle(title) == pytest.approx((LYING_LEFT + LYING_RIGHT) / 2, abs=0.5)
        assert max(line.right for line in page.lines) <= LYING_RIGHT + 0.5
    signed = next(page for page in pages if "2025年1月8日" in text_of(page))
    assert text_of(signed).index("附件：") < text_of(signed).index("2025年1月8日")  # no signature stands alone


@pytest.mark.full
@pytest.mark.parametrize("kind", ["statistics", "withheld", "comments"])
def test_a_table_that_lies_is_one_page_with_its_number_at_the_foot_of_the_upright_sheet(
    folder: Path, kind: str
) -> None:
    (page,) = pages_of(folder / f"{kind}.pdf")
    assert middle(page.lines[0]) == pytest.approx((LYING_LEFT + LYING_RIGHT) / 2, abs=0.5)
    (left, top), (_, bottom) = turned_number(folder / f"{kind}.pdf", 1)
    assert left == pytest.approx(LYING_LEFT - 7, abs=0.7)  # the dashes, 7 mm below the text of the upright sheet
    assert bottom == pytest.approx(28 + 156 - 14 * MM, abs=0.5)
    assert bottom - top == pytest.approx(16, abs=2)


@pytest.mark.full
def test_the_number_of_a_lying_even_page_stands_at_its_upper_end(folder: Path) -> None:
    pages = pages_of(folder / "plan.pdf")
    number = next(page.number for page in pages if text_of(page).startswith("附件") and page.number % 2 == 0)
    (left, top), _ = turned_number(folder / "plan.pdf", number)
    assert left == pytest.approx(LYING_LEFT - 7, abs=0.7)
    assert top == pytest.approx(28 + 14 * MM, abs=0.5)


@pytest.mark.full
def test_the_sheet_for_approval_is_one_page_and_the_notice_begins_the_next(folder: Path) -> None:
    assert len(pages_of(folder / "submission.pdf")) == 1
    sheet, notice, *_ = pages_of(folder / "review.pdf")
    assert "送审单" in text_of(sheet)
    assert text_of(notice).startswith("柳林街道党工委关于巡察整改进展情况的通报"[:5])
    assert "主要负责人意见" in text_of(sheet)


@pytest.mark.full
@pytest.mark.parametrize("kind", ["progress_report", "leader_report"])
def test_a_report_begins_with_title_and_addressee_and_ends_signed(folder: Path, kind: str) -> None:
    pages = pages_of(folder / f"{kind}.pdf")
    addressee = next(line for line in pages[0].lines if line.text.startswith("区委"))
    assert addressee.left == pytest.approx(28, abs=0.5)
    assert any(line.text == "2025年1月8日" for page in pages for line in page.lines)
