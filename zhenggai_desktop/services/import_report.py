"""What an import did, or would do, in lines that a person can go through."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from zhenggai_desktop.domain.records import Record
from zhenggai_desktop.texts import RECORD_NAMES


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One thing of an import: what kind of record, its words, the source's line (0 = none) and what is to say."""

    record_type: type[Record]
    text: str
    line: int = 0
    detail: str = ""

    @property
    def kind(self) -> str:
        """The kind of record in Chinese."""
        return RECORD_NAMES[self.record_type]


@dataclass(slots=True)
class ImportReport:
    """What an import did, or would do. ``added`` includes gaps that were filled (their detail says which)."""

    added: list[ReportLine] = field(default_factory=list[ReportLine])
    already_there: list[ReportLine] = field(default_factory=list[ReportLine])
    different: list[ReportLine] = field(default_factory=list[ReportLine])
    new_source: bool = True  # False: this very file was imported before
    backup: Path | None = None  # the copy taken before a ledger with records was changed

    @property
    def writes(self) -> bool:
        """True where the import changes the ledger."""
        return bool(self.added) or self.new_source

    def counts(self) -> dict[str, int]:
        """Kind of record → how many new ones, filled gaps not counted."""
        return dict(Counter(line.kind for line in self.added if not line.detail))
