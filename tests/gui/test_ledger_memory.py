"""What the window remembers of each ledger: written at once, read without trust."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhenggai_desktop.domain.records import Issue, Section
from zhenggai_desktop.gui.ledger_memory import LedgerMemory, LedgerView

LEDGER = Path("某处/台账.zgtz")


def test_a_view_and_a_card_come_back_after_the_program_was_closed(tmp_path: Path) -> None:
    view = LedgerView(((Section, 1), (Issue, 7)), (Issue, 8))
    memory = LedgerMemory(tmp_path / "记忆.json")
    memory.remember_view(LEDGER, view)
    memory.remember_card(LEDGER, {"unit": "某街道"})
    again = LedgerMemory(tmp_path / "记忆.json")
    assert again.view(LEDGER) == view
    assert again.card(LEDGER) == {"unit": "某街道"}
    again.forget(LEDGER)
    assert LedgerMemory(tmp_path / "记忆.json").view(LEDGER) is None


def test_only_the_ledgers_used_last_are_kept(tmp_path: Path) -> None:
    memory = LedgerMemory(tmp_path / "记忆.json")
    for number in range(40):
        memory.remember_view(Path(f"{number}.zgtz"), LedgerView())
    assert memory.view(Path("9.zgtz")) is None
    assert memory.view(Path("10.zgtz")) == LedgerView()


@pytest.mark.parametrize(
    "text", ["", "[]", '{"某处/台账.zgtz": 3}', '{"某处/台账.zgtz": {"view": {"opened": ["X:1", 4]}}}']
)
def test_a_damaged_memory_is_an_empty_one(tmp_path: Path, text: str) -> None:
    (tmp_path / "记忆.json").write_text(text, "utf-8")
    assert LedgerMemory(tmp_path / "记忆.json").view(LEDGER) in (None, LedgerView())
