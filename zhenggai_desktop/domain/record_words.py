"""The words that a record's field can be, where it cannot be any text (domain.md §3 and §4)."""

from __future__ import annotations

from enum import StrEnum


class InspectionKind(StrEnum):
    XUNCHA = "xuncha"
    XUNSHI = "xunshi"


class Level(StrEnum):
    """Level of the committee that inspects."""

    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    COUNTY = "county"


class SectionCategory(StrEnum):
    FEEDBACK = "feedback"
    EXTENSION = "extension"
    REFORM = "reform"


class Track(StrEnum):
    IMMEDIATE = "immediate"
    DATED = "dated"
    STAGED = "staged"


class Status(StrEnum):
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    MOSTLY_DONE = "mostly_done"
    DONE = "done"


class DocumentKind(StrEnum):
    """Which document a chapter belongs to, or a source file is."""

    FEEDBACK = "feedback"
    NOTICE = "notice"
    WORKBOOK = "workbook"


class ChapterRole(StrEnum):
    """What stands in a chapter: the lead, the clerk's prose, the composed issues, the closing."""

    LEAD = "lead"
    NARRATIVE = "narrative"
    ISSUES = "issues"
    CLOSING = "closing"


class AnswerForm(StrEnum):
    """How an issue's measures are strung together in the notice; ``AUTO`` follows the scheme."""

    AUTO = "auto"
    RUN_IN = "run_in"  # 一是…二是… in one paragraph
    NUMBERED = "numbered"  # （一）… （二）… each a paragraph
    PLAIN = "plain"  # each measure a paragraph without a marker


class AnswerPlace(StrEnum):
    """Where an issue's answer begins; ``AUTO`` follows the scheme."""

    AUTO = "auto"
    OWN = "own"  # a paragraph of its own below the heading
    RUN_IN = "run_in"  # in the paragraph of the heading


class Period(StrEnum):
    """When an outcome was produced, seen from the inspection."""

    DURING = "during"
    SINCE = "since"
    UNKNOWN = "unknown"


class NoteKind(StrEnum):
    """What an import has to say about a line of its source."""

    LEFTOVER = "leftover"
    DOUBT = "doubt"
    NORMALISATION = "normalisation"


class WithheldGround(StrEnum):
    """The five grounds for not publishing an issue (domain.md §8)."""

    NONE = "none"
    SECRET = "secret"  # noqa: S105 -- a ground for withholding, no password
    OPEN_CASE = "open_case"
    HOSTILE_PUBLICITY = "hostile_publicity"
    MASS_INCIDENT = "mass_incident"
    SENSITIVE = "sensitive"


class BlockKind(StrEnum):
    """Kinds of a chapter's blocks."""

    TITLE = "title"
    HEADING = "heading"  # on its own line
    PARAGRAPH = "paragraph"  # level > 0: begins with a run-in heading of that level
