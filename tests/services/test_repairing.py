"""A damaged ledger is repaired with whatever can be had of its evidence."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import a_ledger, a_tree

from zhenggai_desktop.domain.records import Issue
from zhenggai_desktop.errors import SourceError
from zhenggai_desktop.services import backups, proving
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.repairing import repair
from zhenggai_desktop.storage import evidence


@pytest.mark.parametrize("backed_up", [True, False])
def test_a_file_that_the_disk_does_not_give_keeps_no_ledger_from_being_repaired(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, backed_up: bool
) -> None:
    with a_ledger(tmp_path, *a_tree()) as ledger:
        for name in ("照片", "纪要"):
            (tmp_path / f"{name}.txt").write_text(f"{name}的内容", "utf-8")
            proving.add_files(ledger, (Issue, 1), [tmp_path / f"{name}.txt"])
        path, bad = ledger.path, ledger.evidence_folder.path / ledger.snapshot.evidence[0].file_name
    if backed_up:
        backups.back_up(path, tmp_path / "备份处", backups.ON_DEMAND)
    opened = evidence._opened  # pyright: ignore[reportPrivateUsage]

    def worn(source: Path) -> object:
        if source == bad:
            raise SourceError(f"读不出文件“{source.name}”", "请检查它所在的磁盘，U盘是否还插着")
        return opened(source)

    monkeypatch.setattr(evidence, "_opened", worn)
    done = repair(path, tmp_path / "好.zgtz", backups=tmp_path / "备份处")
    assert done.complete is backed_up
    assert ("佐证材料“照片”的文件没有带过来（找不到、读不出，或者磁盘已满）。" in done.lines) is not backed_up
    with Ledger.open(done.path) as found:
        assert found.evidence_folder.lying_here() >= {found.snapshot.evidence[1].file_name}
        assert (bad.name in found.evidence_folder.lying_here()) is backed_up
