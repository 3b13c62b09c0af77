"""What the proofreader says: a finding with its place, one sentence, and a mend where that is mechanical."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from zhenggai_desktop.domain.blocks import Anchor
from zhenggai_desktop.domain.proofread.readings import Reading
from zhenggai_desktop.domain.proofread.subject import Subject


class Severity(StrEnum):
    """An error must be dealt with or waived with a reason; a warning should be looked at; a note may be."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Family(StrEnum):
    """The ten families of domain.md §9."""

    FIGURES = "figures"
    COVERAGE = "coverage"
    STATUS = "status"
    PARTS = "parts"
    PRIVACY = "privacy"
    TIME = "time"
    NUMBERING = "numbering"
    TYPOGRAPHY = "typography"
    WORDS = "words"
    PLAINNESS = "plainness"


Place = tuple[int, int, int, int]
"""A further place of a fault that is told once: paragraph, line, first character, end."""


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule sees in a text: the characters, one sentence, and what to put in their place (None = no mend).

    ``also`` are the other places with the same words and the same mend.
    """

    start: int
    end: int
    message: str
    mend: str | None = None
    also: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A hit at its place in the document. ``paragraph`` is the index in the subject, -1 = the document as a whole."""

    code: str
    family: Family
    severity: Severity
    message: str
    words: str = ""
    paragraph: int = -1
    line: int = 0
    start: int = 0
    end: int = 0
    mend: str | None = None
    anchor: Anchor | None = None
    also: tuple[Place, ...] = ()

    def everywhere(self) -> tuple[Finding, ...]:
        """The finding at each of its places: a fault that is told once is mended wherever it stands."""
        return (self, *(replace(self, paragraph=p, line=n, start=s, end=e, also=()) for p, n, s, e in self.also))


TextCheck = Callable[[str], Iterable[Hit]]
DocumentCheck = Callable[[Subject], Iterable[tuple[int, Hit]]]


@dataclass(frozen=True, slots=True)
class TextRule:
    """A rule that needs nothing but a paragraph's own words; its result can be kept as long as the words stay.

    ``needs`` are words of which a paragraph must hold one for the rule to see anything, () where there are none.
    """

    code: str
    family: Family
    severity: Severity
    check: TextCheck
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentRule:
    """A rule that needs the document or the ledger; it gives hits with the index of their paragraph (-1 = none).

    ``reads`` are the readings that it asks the subject for: they are made with those of the other rules.
    """

    code: str
    family: Family
    severity: Severity
    check: DocumentCheck
    reads: tuple[Reading[Any], ...] = ()
