"""The wall chart on paper: every issue on a page, marks where they belong, files of the right size."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from pathlib import Path

import pytest
from builders import a_snapshot, a_tree
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from zhenggai_desktop.domain.progress import Overview
from zhenggai_desktop.domain.records import Issue, Status
from zhenggai_desktop.domain.schedule import Schedule, schedule
from zhenggai_desktop.paper.status_fill import LATE, LOOKS
from zhenggai_desktop.paper.wall_chart import A3, Paper, WallChart, chart_pdf, chart_png

TODAY = dt.date(2025, 6, 10)


def chart_of(*records: object, paper: Paper = Paper.A3) -> WallChart:
    return WallChart(plan(*records), paper)


def plan(*records: object) -> Schedule:
    snapshot = a_snapshot(*records, organisation="清河镇", feedback_date=dt.date(2025, 3, 1))  # type: ignore[arg-type]
    return schedule(Overview(snapshot, TODAY))


def painted(chart: WallChart, number: int = 0) -> QImage:
    image = QImage(chart.size.toSize(), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    chart.paint(painter, number)
    painter.end()
    return image


def colours(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for y in range(image.height()) for x in range(image.width())}


def test_every_issue_has_its_row_and_the_row_leads_to_it(qapp: QApplication) -> None:
    chart = chart_of(*a_tree(6, 12, 1))
    assert chart.page_count > 1
    for issue_id in range(1, 73):
        found = chart.row_point(issue_id)
        assert found is not None
        assert chart.issue_at(*found) == issue_id


def test_beside_the_rows_is_no_issue(qapp: QApplication) -> None:
    chart = chart_of(Issue(title="甲"))
    assert chart.issue_at(0, QPointF(5, 5)) is None
    assert chart.row_point(99) is None


def test_a_heading_of_a_section_never_ends_a_page(qapp: QApplication) -> None:
    for issues in range(20, 34):
        chart = chart_of(*a_tree(3, issues, 0))
        for number in range(chart.page_count):
            rows = [place.row for place in chart._places(number)]
            assert rows[-1].issue_id is not None


def test_a_small_chart_fills_its_page_with_higher_rows(qapp: QApplication) -> None:
    few, many = chart_of(*a_tree(1, 5, 0)), chart_of(*a_tree(1, 28, 0))
    assert next(few._places(0)).rect.height() > next(many._places(0)).rect.height()


def test_a4_is_a3_made_smaller(qapp: QApplication) -> None:
    small = chart_of(Issue(title="甲"), paper=Paper.A4)
    assert small.size.width() == pytest.approx(A3.width() * 2**-0.5)
    assert small.issue_at(*small.row_point(1)) == 1  # type: ignore[misc]


def test_a_late_issue_is_hatched_and_one_in_time_is_not(qapp: QApplication) -> None:
    legend = colours(painted(chart_of()))
    late = painted(chart_of(Issue(due_on=dt.date(2025, 5, 1))))
    in_time = painted(chart_of(Issue(due_on=dt.date(2025, 8, 1), status=Status.DONE)))
    counts = [sum(_is(image, x, y, LATE.ground) for y in range(130, 780) for x in range(600, 1150))
              for image in (late, in_time)]  # fmt: skip
    assert counts[0] > 100
    assert counts[1] == 0
    assert LOOKS[Status.DONE].ground in legend


def _is(image: QImage, x: int, y: int, name: str) -> bool:
    return image.pixelColor(x, y).name() == name


def test_an_empty_ledger_has_one_page(qapp: QApplication) -> None:
    assert chart_of().page_count == 1
    painted(chart_of())


def test_patterns_differ_without_any_colour() -> None:
    shapes = {(look.step, look.rising, look.falling, look.ground == "#ffffff") for look in (*LOOKS.values(), LATE)}
    assert len(shapes) == len(LOOKS) + 1


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="needs poppler")
@pytest.mark.parametrize(("paper", "size"), [(Paper.A3, "1190 x 842"), (Paper.A4, "842 x 595")])
def test_the_pdf_has_the_paper_and_all_pages(qapp: QApplication, tmp_path: Path, paper: Paper, size: str) -> None:
    chart = chart_of(*a_tree(6, 12, 1), paper=paper)
    target = tmp_path / "chart.pdf"
    target.write_bytes(chart_pdf(chart))
    told = subprocess.run(["pdfinfo", str(target)], capture_output=True, check=True).stdout.decode()
    facts = dict(line.split(":", 1) for line in told.splitlines())
    assert int(facts["Pages"]) == chart.page_count
    width, _, height, *_ = facts["Page size"].split()
    assert [round(float(width)), round(float(height))] == pytest.approx([int(n) for n in size.split(" x ")], abs=1)


def test_the_picture_prints_at_the_size_of_the_paper(qapp: QApplication) -> None:
    image = QImage.fromData(chart_png(chart_of(Issue(title="甲")), 0, dots_per_inch=100))
    assert image.width() / image.dotsPerMeterX() == pytest.approx(0.42, abs=0.002)
