"""A source with a clerk's corrections: its lines, the plan they make, and what that plan would do to a ledger."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from zhenggai_desktop.domain.blocks import SourceDocument
from zhenggai_desktop.domain.corrections import Corrections, Place, understand_corrected
from zhenggai_desktop.domain.line_uses import UsedLine, used_lines
from zhenggai_desktop.domain.plan import ImportPlan
from zhenggai_desktop.domain.records import Snapshot
from zhenggai_desktop.services.import_report import ImportReport
from zhenggai_desktop.services.importing import WORKBOOK_SUFFIXES, checksum, preview, source_document

Correct = Callable[[Corrections], Corrections]


def has_lines(path: Path) -> bool:
    """True for sources of lines, which can be corrected; a workbook has cells."""
    return path.suffix.lower() not in WORKBOOK_SUFFIXES


class ImportAssistant:
    """``lines``, ``plan`` and ``report`` always belong together: each correction makes all of them anew.

    Nothing is written: what is agreed to in the end is ``plan``.
    """

    def __init__(self, document: SourceDocument, snapshot: Snapshot, sha256: str = "") -> None:
        self._document = document
        self._snapshot = snapshot
        self._sha256 = sha256
        self._before: list[Corrections] = []
        self.corrections = Corrections()
        self.plan: ImportPlan
        self.report: ImportReport
        self.lines: tuple[UsedLine, ...]
        self._understand()

    @property
    def can_step_back(self) -> bool:
        """True where something was corrected."""
        return bool(self._before)

    def correct(self, correct: Correct) -> None:
        """Say something more of the source; nothing happens where that changes nothing.

        A correction with which the source cannot be understood is not kept: what it raises passes through.
        """
        self._set(correct(self.corrections), remember=True)

    def step_back(self) -> None:
        """Take the last correction back."""
        if self._before:
            self._set(self._before.pop(), remember=False)

    def row_of(self, place: Place) -> int:
        """The row of the piece at ``place``, or of the one that begins before it; 0 where none does."""
        return max((row for row, line in enumerate(self.lines) if line.place <= place), default=0)

    def _set(self, corrections: Corrections, *, remember: bool) -> None:
        before = self.corrections
        if corrections == before:
            return
        self.corrections = corrections
        try:
            self._understand()
        except Exception:
            self.corrections = before
            raise
        if remember:
            self._before.append(before)

    def _understand(self) -> None:
        plan = understand_corrected(self._document, self.corrections)
        plan.sha256 = self._sha256
        report = preview(self._snapshot, plan)
        lines = used_lines(self._document, plan, self.corrections)
        self.plan, self.report, self.lines = plan, report, lines


def assist(path: Path, snapshot: Snapshot) -> ImportAssistant:
    """The assistant for the file at ``path`` and a ledger in this state. Raises SourceError as ``plan_source`` does."""
    return ImportAssistant(source_document(path), snapshot, checksum(path))
