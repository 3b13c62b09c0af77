"""A thousand files of evidence, 2 GB in all: the ledger opens without looking into one of them."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from builders import a_ledger, a_tree

from zhenggai_desktop.domain.evidence_use import evidence_rows
from zhenggai_desktop.domain.records import Evidence, EvidenceLink
from zhenggai_desktop.services import paperwork, proving
from zhenggai_desktop.services.ledger import Ledger

COUNT, SIZE = 1000, 2 << 20


@pytest.fixture
def laden(tmp_path: Path) -> Path:
    """A ledger whose folder holds 1,000 sparse files of 2 MB."""
    with a_ledger(tmp_path, *a_tree(2, 5, 2)) as ledger:
        folder = ledger.evidence_folder.path
        folder.mkdir()
        with ledger.step("添加") as writer:
            for at in range(COUNT):
                name = f"照片{at}_{at:08x}.jpg"
                with (folder / name).open("wb") as file:
                    file.truncate(SIZE)
                one = writer.add(Evidence(title=f"照片{at}", file_name=name, sha256=f"{at:064x}", size=SIZE))
                writer.add(EvidenceLink(evidence_id=one.id, issue_id=at % 10 + 1))
    return tmp_path / "台账.zgtz"


@pytest.fixture
def touched(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every file of evidence that is opened, and every look that is taken at one by its name."""
    seen: list[str] = []
    for owner, name in ((os, "open"), (os, "stat"), (Path, "open"), (Path, "is_file"), (Path, "stat")):
        real = getattr(owner, name)

        def watch(path: Any, *rest: Any, real: Any = real, **more: Any) -> Any:
            if "佐证材料" in os.fspath(path) and str(path).endswith(".jpg"):
                seen.append(str(path))
            return real(path, *rest, **more)

        monkeypatch.setattr(owner, name, watch)
    yield seen
    monkeypatch.undo()


def test_two_gigabytes_of_evidence_are_not_looked_at_when_the_ledger_opens(laden: Path, touched: list[str]) -> None:
    assert sum(path.stat().st_size for path in (laden.parent / "台账_佐证材料").iterdir()) == COUNT * SIZE
    touched.clear()
    with Ledger.open(laden) as ledger:
        assert len(ledger.snapshot.evidence) == COUNT
        assert touched == []
        rows = evidence_rows(ledger.snapshot, dt.date(2025, 6, 1))
        assert [len(row.evidence) for row in rows] == [100] * 10
        paperwork.evidence_list(ledger.snapshot)
        assert touched == [], "the screen and the index are made from the ledger alone"
        assert proving.place_of(ledger, ledger.snapshot.evidence[7]) is not None
        assert len(set(touched)) == 1, "one file is looked for by its name, not among all"
    assert laden.stat().st_size < 3_000_000
