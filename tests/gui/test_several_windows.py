"""Two windows, each a program on another ledger, keep one user's folder: neither undoes what the other kept."""

from __future__ import annotations

from pathlib import Path

from builders import a_ledger, a_tree
from PySide6.QtWidgets import QApplication

from zhenggai_desktop.domain.filters import Filter
from zhenggai_desktop.domain.records import Issue
from zhenggai_desktop.domain.saved_views import SavedView
from zhenggai_desktop.gui.ledger_memory import LedgerMemory, LedgerView
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.view_memory import ViewMemory
from zhenggai_desktop.settings import load_settings

FIRST, SECOND = Path("甲.zgtz"), Path("乙.zgtz")


def test_cards_and_places_of_both_ledgers_are_kept(tmp_path: Path) -> None:
    one, other = (LedgerMemory(tmp_path / "ledgers.json") for _ in range(2))
    one.remember_card(FIRST, {"done": 1})
    other.remember_view(SECOND, LedgerView((), (Issue, 2)))
    one.remember_card(FIRST, {"done": 3})
    again = LedgerMemory(tmp_path / "ledgers.json")
    assert again.card(FIRST) == {"done": 3}
    assert again.view(SECOND) == LedgerView((), (Issue, 2))
    assert other.card(FIRST) == {"done": 3}


def test_views_of_both_ledgers_are_kept(tmp_path: Path) -> None:
    one, other = (ViewMemory(tmp_path / "views.json") for _ in range(2))
    one.save("甲", SavedView("我的", "", Filter(words="党建")))
    other.save("乙", SavedView("别的", "", Filter(words="财务")))
    one.save("甲", SavedView("再来", "", Filter(words="三资")))
    again = ViewMemory(tmp_path / "views.json")
    assert [[view.name for view in again.views(uid)] for uid in ("甲", "乙")] == [["我的", "再来"], ["别的"]]


def test_both_ledgers_stand_on_the_start_page(
    window: MainWindow, home: Path, tmp_path: Path, resources: Path, qapp: QApplication
) -> None:
    for name in ("甲", "乙"):
        a_ledger(tmp_path, *a_tree(), name=f"{name}.zgtz").close()
    other = MainWindow(resources, home / "settings.json")
    try:
        window.take_file(tmp_path / "甲.zgtz")
        other.take_file(tmp_path / "乙.zgtz")
        window.appearance.rescale(+1)
        window.appearance.rescale(0)
    finally:
        other.close()
        other.deleteLater()
    assert [Path(name).stem for name in load_settings(home / "settings.json").recent] == ["乙", "甲"]
