"""What an import did, or would do, in lines that a person can go through."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from zhenggai_desktop.domain.records import Record
from zhenggai_desktop.texts import RECORD_NAMES, SUB_ISSUE_NAME


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One thing of an import: what kind of record, its words, the source's line (0 = none) and what is to say.

    ``is_below`` is an issue that stands under another one.
    """

    record_type: type[Record]
    text: str
    line: int = 0
    detail: str = ""
    is_below: bool = False

    @property
    def kind(self) -> str:
        """The kind of record in Chinese; a sub-issue is no 问题 but a 具体表现, as the ledger's figures count."""
        return SUB_ISSUE_NAME if self.is_below else RECORD_NAMES[self.record_type]


@dataclass(frozen=True, slots=True)
class Taking:
    """What an import may do beyond adding what is new and filling gaps; all of it is shown before it is done."""

    changes: bool = False  # take the source's words, fields and places where the ledger has others
    removals: bool = False  # remove what the source has no more; only together with ``changes``


@dataclass(slots=True)
class ImportReport:
    """What an import did, or would do. ``added`` includes gaps that were filled (their detail says which).

    ``different`` and ``moved`` are what the ledger keeps, or with ``taking.changes`` what it takes from the source;
    ``gone`` is what only the ledger has, which ``taking.removals`` removes.
    """

    added: list[ReportLine] = field(default_factory=list[ReportLine])
    already_there: list[ReportLine] = field(default_factory=list[ReportLine])
    different: list[ReportLine] = field(default_factory=list[ReportLine])
    moved: list[ReportLine] = field(default_factory=list[ReportLine])
    gone: list[ReportLine] = field(default_factory=list[ReportLine])
    taking: Taking = field(default_factory=Taking)
    new_source: bool = True  # False: this very file was imported before
    backup: Path | None = None  # the copy taken before a ledger with records was changed

    @property
    def writes(self) -> bool:
        """True where the import changes the ledger."""
        changed = self.taking.changes and (self.different or self.moved)
        return bool(self.added or changed or (self.taking.removals and self.gone)) or self.new_source

    def counts(self) -> dict[str, int]:
        """Kind of record → how many new ones, filled gaps not counted."""
        return dict(Counter(line.kind for line in self.added if not line.detail))
