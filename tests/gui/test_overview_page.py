"""The overview: its numbers are the figures', and every number and bar opens the rows behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from answers import Dialogs
from builders import a_ledger, a_tree
from PySide6.QtCore import QPoint, Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from zhenggai_desktop.domain.records import Issue, Measure, Section, Status
from zhenggai_desktop.gui import themes
from zhenggai_desktop.gui.overview.output import write_chart
from zhenggai_desktop.gui.pages.overview import OverviewPage
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import dress
from zhenggai_desktop.paper.wall_chart import WallChart
from zhenggai_desktop.services.sample import make_sample

TODAY = dt.date(2025, 6, 10)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def session(dialogs: Dialogs) -> Iterator[LedgerSession]:
    session = LedgerSession()
    session.today = lambda: TODAY
    yield session
    session.close()
    session.deleteLater()


def page_on(session: LedgerSession, qtbot: QtBot, path: Path) -> OverviewPage:
    session.open(path)
    page = OverviewPage(session)
    qtbot.addWidget(page)
    page.resize(1280, 700)
    page.show()
    return page


@pytest.fixture
def page(session: LedgerSession, qtbot: QtBot, tmp_path: Path) -> OverviewPage:
    """One item done, one late, one to come."""
    a_ledger(
        tmp_path,
        Section(title="学习方面"),
        Issue(section_id=1, title="甲", lead_department="党建办", status=Status.DONE),
        Issue(section_id=1, title="乙", lead_department="党建办", leaders=("张",), due_on=dt.date(2025, 6, 1)),
        Issue(section_id=1, title="丙", lead_department="财务科", due_on=dt.date(2025, 6, 20)),
        Measure(issue_id=2, content="学起来", status=Status.IN_PROGRESS, due_on=dt.date(2025, 6, 15)),
        organisation="清河镇",
        feedback_date=dt.date(2025, 3, 1),
    ).close()
    return page_on(session, qtbot, tmp_path / "台账.zgtz")


def rows(page: OverviewPage) -> list[tuple[str, str]]:
    items = [page.rows.topLevelItem(at) for at in range(page.rows.topLevelItemCount())]
    return [(item.text(1), item.text(3)) for item in items if item is not None]


def titles(page: OverviewPage) -> list[str]:
    return [title for title, _ in rows(page)]


def test_the_side_shows_what_is_late_and_what_comes_next(page: OverviewPage) -> None:
    assert page.rows_title == "逾期 1 项，近期时限"
    assert rows(page) == [("乙", "6月1日 逾期9天"), ("措施：学起来", "6月15日 还有5天"), ("丙", "6月20日 还有10天")]


def test_a_tile_shows_the_figure_with_its_formula(page: OverviewPage) -> None:
    tile = page.tiles.tiles["items_rate"]
    assert (tile.accessibleName(), tile.accessibleDescription()) == (
        "整改事项完成率 33.33%",
        "已完成 1 ÷ 3 = 33.33%",
    )


@pytest.mark.parametrize(
    ("key", "expected"), [("issues", ["甲", "乙", "丙"]), ("items_rate", ["甲"]), ("late", ["乙"]), ("closed", [])]
)
def test_a_tile_opens_the_rows_behind_it(page: OverviewPage, qtbot: QtBot, key: str, expected: list[str]) -> None:
    with qtbot.waitSignal(page.issues_chosen) as asked:
        qtbot.mouseClick(page.tiles.tiles[key], LEFT)
    assert titles(page) == expected
    assert len(asked.args[1]) == len(expected)
    assert page.rows_title.endswith(f"（{len(expected)}）")


def test_a_figure_of_the_table_opens_its_rows_by_keyboard(page: OverviewPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.table.buttons["items_in_progress"], Qt.Key.Key_Space)
    assert titles(page) == ["乙"]


def test_back_shows_the_deadlines_again(page: OverviewPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.tiles.tiles["issues"], LEFT)
    qtbot.mouseClick(page.back_button, LEFT)
    assert page.rows_title == "逾期 1 项，近期时限"
    assert not page.back_button.isVisible()


def test_a_part_of_a_bar_opens_its_rows(page: OverviewPage, qtbot: QtBot) -> None:
    middle = page.bars.part_rect(0, Status.DONE).center().toPoint()
    qtbot.mouseClick(page.bars, LEFT, pos=middle)
    assert (page.rows_title, titles(page)) == ("学习方面　已完成（1）", ["甲"])


def test_the_words_behind_a_bar_open_what_is_late(page: OverviewPage, qtbot: QtBot) -> None:
    part = page.bars.part_rect(0, Status.NOT_STARTED)
    place = QPoint(round(part.right()) + 60, round(part.center().y()))
    qtbot.mouseClick(page.bars, LEFT, pos=place)
    assert (page.rows_title, titles(page)) == ("学习方面　逾期（1）", ["乙"])


def test_bars_are_worked_by_keyboard(page: OverviewPage, qtbot: QtBot) -> None:
    page.groups.setCurrentIndex(1)
    page.bars.setFocus()
    qtbot.keyClick(page.bars, Qt.Key.Key_Down)
    qtbot.keyClick(page.bars, Qt.Key.Key_Return)
    assert (page.rows_title, titles(page)) == ("财务科（1）", ["丙"])
    assert page.bars.accessibleDescription() == "财务科：共1个，未启动1"


def test_leaders_have_their_bars(page: OverviewPage, qtbot: QtBot) -> None:
    page.groups.setCurrentIndex(2)
    page.bars.setFocus()
    qtbot.keyClick(page.bars, Qt.Key.Key_Return)
    assert titles(page) == ["乙"]


def test_a_row_leads_to_its_record(page: OverviewPage, qtbot: QtBot) -> None:
    for row, key in ((0, (Issue, 2)), (1, (Measure, 1))):
        place = page.rows.visualItemRect(page.rows.topLevelItem(row)).center()
        with qtbot.waitSignal(page.record_chosen) as asked:
            qtbot.mouseClick(page.rows.viewport(), LEFT, pos=place)
        assert asked.args == [key]


def test_a_step_elsewhere_is_counted_at_once(page: OverviewPage) -> None:
    page.tiles.chosen.emit("late", "逾期")
    page.session.write(_finish_late_issue)
    assert rows(page) == []
    assert page.tiles.tiles["late"].accessibleName() == "逾期 0个"


def _finish_late_issue(ledger: object) -> None:
    with ledger.step("完成") as writer:  # type: ignore[attr-defined]
        writer.update(Issue, 2, status=Status.DONE)
        writer.update(Measure, 1, status=Status.DONE)


def test_a_hidden_page_counts_when_it_is_shown_again(page: OverviewPage) -> None:
    page.hide()
    page.session.write(_finish_late_issue)
    assert titles(page)[0] == "乙"
    page.show()
    assert titles(page) == ["丙"]


def test_an_empty_ledger_has_an_overview_too(session: LedgerSession, qtbot: QtBot, tmp_path: Path) -> None:
    a_ledger(tmp_path).close()
    page = page_on(session, qtbot, tmp_path / "台账.zgtz")
    assert page.rows_title == "近期时限"
    assert page.bars.accessibleDescription() == "还没有整改事项"
    page.views.setCurrentIndex(1)
    page.grab()


def test_the_wall_chart_leads_to_the_issue(page: OverviewPage, qtbot: QtBot) -> None:
    page.views.setCurrentIndex(1)
    sheet = page.chart.sheet
    with qtbot.waitSignal(page.record_chosen) as asked:
        qtbot.mouseClick(sheet, LEFT, pos=sheet.point_of(3))
    assert asked.args == [(Issue, 3)]


@pytest.mark.parametrize(("name", "head"), [("挂图.pdf", b"%PDF"), ("挂图.png", b"\x89PNG"), ("挂图", b"%PDF")])
def test_the_wall_chart_is_saved(
    page: OverviewPage, qtbot: QtBot, tmp_path: Path, dialogs: Dialogs, name: str, head: bytes
) -> None:
    page.views.setCurrentIndex(1)
    dialogs.files, dialogs.choices = [tmp_path / name], ["关闭"]
    qtbot.mouseClick(page.save_button, LEFT)
    written = next(tmp_path.glob("挂图*"))
    assert written.read_bytes().startswith(head)
    assert dialogs.shown[0].startswith(f"已导出“{written.name}”")


def test_a_chart_of_several_pages_is_several_pictures(
    page: OverviewPage, session: LedgerSession, tmp_path: Path
) -> None:
    with a_ledger(tmp_path, *a_tree(4, 12, 0), name="大.zgtz") as ledger:
        from zhenggai_desktop.domain.progress import Overview
        from zhenggai_desktop.domain.schedule import schedule

        chart = WallChart(schedule(Overview(ledger.snapshot, TODAY)))
    written = write_chart(chart, tmp_path / "挂图.png")
    assert [path.name for path in written] == ["挂图.png", "挂图-2.png"]
    assert all(path.is_file() for path in written)


def test_a_folder_that_is_not_there_is_told(page: OverviewPage, qtbot: QtBot, tmp_path: Path, dialogs: Dialogs) -> None:
    page.views.setCurrentIndex(1)
    dialogs.files, dialogs.choices = [tmp_path / "没有" / "挂图.pdf"], ["关闭"]
    qtbot.mouseClick(page.save_button, LEFT)
    assert "文件夹" in dialogs.shown[0]


def test_the_wall_chart_is_not_printed_where_the_user_thinks_better_of_it(
    page: OverviewPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.views.setCurrentIndex(1)
    monkeypatch.setattr(QPrintDialog, "exec", lambda _dialog: QPrintDialog.DialogCode.Rejected)
    qtbot.mouseClick(page.print_button, LEFT)


def test_the_paper_of_the_chart_is_chosen(page: OverviewPage) -> None:
    page.views.setCurrentIndex(1)
    page.papers.setCurrentIndex(1)
    page.papers.activated.emit(1)
    assert page.chart.sheet._chart is not None
    assert page.chart.sheet._chart.paper == "A4"


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_the_numbers_need_no_scrolling_sideways(
    session: LedgerSession, qtbot: QtBot, tmp_path: Path, resources: Path, scale: int
) -> None:
    make_sample(resources / "samples" / "示例整改通报.txt", tmp_path)
    page = page_on(session, qtbot, tmp_path / "示例整改通报.zgtz")
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    dress(application, scale)
    page.resize(1366, 700)
    for _ in range(3):
        QApplication.processEvents()
    area = next(area for area in page.findChildren(QScrollArea) if area.accessibleName() == "数字和进度")
    assert area.horizontalScrollBar().maximum() == 0
    assert len(page.table.buttons) > 3


def test_the_next_morning_it_counts_to_that_day(page: OverviewPage, session: LedgerSession) -> None:
    assert page.rows_title == "逾期 1 项，近期时限"
    session.today = lambda: dt.date(2025, 6, 16)
    session.look_at_day()
    assert page.rows_title == "逾期 2 项，近期时限"


def test_rows_wear_the_theme_that_is_chosen(page: OverviewPage) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    dress(application, theme=themes.DARK)
    QApplication.processEvents()
    late = page.rows.topLevelItem(0)
    assert late is not None
    assert late.foreground(3).color().name() == themes.DARK.late
