"""Vertical writing is read where only the table for horizontal writing is there, as in a package."""

from __future__ import annotations

from typing import Any

import pytest
from pdfminer.cmapdb import CMapDB

from zhenggai_desktop.formats import pdf_maps


def test_a_missing_vertical_table_is_made_from_the_horizontal_one(monkeypatch: pytest.MonkeyPatch) -> None:
    whole: Any = CMapDB.get_cmap("UniGB-UCS2-V")
    load = CMapDB._load_data

    def without_vertical(name: str) -> Any:
        if name.endswith("-V"):
            raise CMapDB.CMapNotFound(name)
        return load(name)

    monkeypatch.setattr(CMapDB, "_load_data", without_vertical)
    monkeypatch.setattr(CMapDB, "_cmap_cache", {})
    made: Any = pdf_maps.cmap_of("UniGB-UCS2-V")
    assert made.is_vertical()
    text = "整改通报".encode("utf-16-be")
    assert list(made.decode(text)) == list(whole.decode(text))


def test_a_table_that_is_missing_altogether_stays_missing() -> None:
    pdf_maps.accept_vertical_writing()
    for name in ("Unknown-V", "Unknown-H"):
        with pytest.raises(CMapDB.CMapNotFound):
            CMapDB.get_cmap(name)
