"""The main job on a bundled source: what a fresh checkout without a screen shows, and what tests of a package run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from zhenggai_desktop.errors import TargetError
from zhenggai_desktop.names import LEDGER_SUFFIX
from zhenggai_desktop.services.exporting import export_ledger, export_notice
from zhenggai_desktop.services.importing import apply, plan_source
from zhenggai_desktop.services.ledger import Ledger


@dataclass(frozen=True, slots=True)
class SampleFiles:
    """What was made."""

    ledger: Path
    workbook: Path
    notice: Path


def make_sample(source: Path, folder: Path) -> SampleFiles:
    """Import ``source`` into a ledger in ``folder`` and export both documents beside it.

    A ledger from an earlier run stays, with whatever was changed in it; the documents are written anew.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TargetError(f"无法建立文件夹“{folder}”", "请换一个位置") from error
    files = SampleFiles(*(folder / f"{source.stem}{suffix}" for suffix in (LEDGER_SUFFIX, ".xlsx", ".docx")))
    plan = plan_source(source)
    open_ledger = Ledger.open if files.ledger.exists() else Ledger.create
    with open_ledger(files.ledger) as ledger:
        apply(ledger, plan)
        export_ledger(ledger.snapshot, files.workbook)
        export_notice(ledger.snapshot, files.notice)
    return files
