"""Ledger format 1, written out for ever.

Nothing here follows the records of today's program: a file of format 1 has exactly these tables, whatever the
program has become since. Later formats are migrations that start from here (``schema.py``).

Empty texts are '' and never NULL; NULL is "not known". Deleting a record deletes what belongs to it (CASCADE) and
only unties what stands by itself (SET NULL).
"""

from __future__ import annotations

_CASCADE = "CASCADE"
_SET_NULL = "SET NULL"
_POSITION = "position INTEGER NOT NULL CHECK (position >= 0)"


def _texts(*names: str) -> str:
    return ", ".join(f"{name} TEXT NOT NULL" for name in names)


def _dates(*names: str) -> str:
    """ISO dates. ``date()`` gives back unchanged only a real day written in full; it has to calculate, or it would
    let the 30th of February pass."""
    return ", ".join(f"{name} TEXT CHECK ({name} IS date({name}, '+0 days'))" for name in names)


def _moment(name: str) -> str:
    return f"{name} TEXT CHECK ({name} IS NULL OR datetime({name}) IS NOT NULL)"


def _lists(*names: str) -> str:
    return ", ".join(
        f"{name} TEXT NOT NULL CHECK (json_valid({name}) AND json_type({name}) = 'array')" for name in names
    )


def _choice(name: str, *values: str) -> str:
    return f"{name} TEXT NOT NULL CHECK ({name} IN ({_quoted(values)}))"


def _choice_or_null(name: str, *values: str) -> str:
    return f"{name} TEXT CHECK ({name} IN ({_quoted(values)}))"


def _quoted(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def _flag(name: str) -> str:
    return f"{name} INTEGER NOT NULL CHECK ({name} IN (0, 1))"


def _flag_or_null(name: str) -> str:
    return f"{name} INTEGER CHECK ({name} IN (0, 1))"


def _number(name: str) -> str:
    """An exact decimal number as text, without exponent."""
    return f"{name} TEXT CHECK ({name} GLOB '*[0-9]*' AND NOT substr({name}, 2) GLOB '*[^0-9.]*')"


def _of(table: str, name: str, on_delete: str = _CASCADE) -> str:
    """The record to which a row belongs."""
    return f"{name} INTEGER NOT NULL REFERENCES {table} (id) ON DELETE {on_delete}"


def _ref(table: str, name: str, on_delete: str = _CASCADE) -> str:
    """A record to which a row may belong."""
    return f"{name} INTEGER REFERENCES {table} (id) ON DELETE {on_delete}"


def _owner(*names: str) -> str:
    """The owners of a row that has exactly one of them."""
    return ", ".join(_ref(_TABLE_OF[name], name) for name in names)


def _exactly_one(*names: str) -> str:
    return "CHECK (" + " + ".join(f"({name} IS NOT NULL)" for name in names) + " = 1)"


_TABLE_OF = {"issue_id": "issues", "measure_id": "measures", "outcome_id": "outcomes"}
_ISSUE_OR_MEASURE = ("issue_id", "measure_id")
_ANY_OWNER = ("issue_id", "measure_id", "outcome_id")
_STATUS = ("not_started", "in_progress", "mostly_done", "done")
_DOCUMENT = ("feedback", "notice", "workbook")

_TABLES: dict[str, tuple[str, ...]] = {
    "facts": (
        _choice("kind", "xuncha", "xunshi"),
        _choice_or_null("level", "province", "city", "district", "county"),
        _texts("organisation", "organisation_short", "organisation_body", "team"),
        _dates("inspection_start", "inspection_end", "feedback_date", "plan_due", "concentrated_end", "report_due"),
        _dates("publication_date"),
        _texts("follow_up_cycle", "rule_source", "phone", "address", "postcode", "email", "notice_title"),
        _texts("signature_organisation", "signature_date", "scheme", "scheme_changes", "layout_profile"),
        _lists("recommendations"),
        _texts("note"),
        "CHECK (id = 1)",
    ),
    "inspected_units": (_POSITION, _texts("name", "short_name")),
    "chapters": (
        _POSITION,
        _choice("document", *_DOCUMENT),
        _choice("role", "lead", "narrative", "issues", "closing"),
        _texts("edition", "title", "printed_heading"),
        _lists("blocks"),
    ),
    "sections": (
        _POSITION,
        _texts("title", "printed_heading"),
        _ref("chapters", "chapter_id", _SET_NULL),
        _choice("category", "feedback", "extension", "reform"),
        _texts("source", "introduction", "note"),
    ),
    "issues": (
        _ref("sections", "section_id"),
        _ref("issues", "parent_id"),
        _POSITION,
        _texts("title", "original_text", "printed_heading"),
        "printed_level INTEGER CHECK (printed_level >= 0)",
        _lists("recommendations"),
        _texts("goal"),
        _choice_or_null("track", "immediate", "dated", "staged"),
        _flag("standing"),
        _texts("deadline"),
        _dates("due_on"),
        _flag_or_null("concentrated"),
        _lists("leaders"),
        _texts("lead_department"),
        _lists("supporting_departments"),
        _texts("owner"),
        _lists("units"),
        _texts("answered_by"),
        _choice_or_null("status", *_STATUS),
        _dates("completed_on"),
        "answer_label TEXT",
        _texts("answer_introduction"),
        _choice("answer_form", "auto", "run_in", "numbered", "plain"),
        _choice("answer_place", "auto", "own", "run_in"),
        _texts("public_text"),
        _choice("withheld", "none", "secret", "open_case", "hostile_publicity", "mass_incident", "sensitive"),
        _texts("withheld_wording", "withheld_approval"),
        _flag("emphasis"),
        _flag("closed"),
        _texts("note"),
        "CHECK (section_id IS NULL OR parent_id IS NULL)",  # a sub-issue stands where its parent stands
        "CHECK (parent_id <> id)",
    ),
    "measures": (
        _of("issues", "issue_id"),
        _POSITION,
        _texts("content", "progress"),
        _choice_or_null("status", *_STATUS),
        _texts("deadline"),
        _dates("due_on"),
        _lists("leaders"),
        _texts("lead_department"),
        _lists("supporting_departments"),
        _texts("owner"),
        _dates("completed_on"),
        _texts("note"),
    ),
    "measure_links": (_of("measures", "measure_id"), _of("issues", "issue_id"), "UNIQUE (measure_id, issue_id)"),
    "log_entries": (
        _owner(*_ISSUE_OR_MEASURE),
        _dates("entered_on"),
        _texts("text", "reporter"),
        _exactly_one(*_ISSUE_OR_MEASURE),
    ),
    "outcomes": (
        _POSITION,
        _texts("kind"),
        _number("number"),
        _texts("unit"),
        _dates("produced_on"),
        _choice("period", "during", "since", "unknown"),
        _texts("title", "document_number", "source_text", "note"),
    ),
    "outcome_links": (
        _of("outcomes", "outcome_id"),
        _owner(*_ISSUE_OR_MEASURE),
        _exactly_one(*_ISSUE_OR_MEASURE),
        "UNIQUE (outcome_id, issue_id)",
        "UNIQUE (outcome_id, measure_id)",
    ),
    "declared_figures": (_POSITION, _texts("text"), _number("number"), _texts("unit", "place")),
    "evidence": (
        _texts("file_name", "sha256"),
        "size INTEGER NOT NULL CHECK (size >= 0)",
        _texts("title", "category"),
        _dates("dated_on"),
        _flag("public"),
        _texts("note"),
    ),
    "evidence_links": (
        _of("evidence", "evidence_id"),
        _owner(*_ANY_OWNER),
        _exactly_one(*_ANY_OWNER),
        "UNIQUE (evidence_id, issue_id)",
        "UNIQUE (evidence_id, measure_id)",
        "UNIQUE (evidence_id, outcome_id)",
    ),
    "closing_steps": (
        _of("issues", "issue_id"),
        _POSITION,
        _texts("step"),
        _dates("taken_on"),
        _texts("result", "opinion", "taken_by", "document_number"),
    ),
    "extensions": (
        _owner(*_ISSUE_OR_MEASURE),
        _texts("old_deadline", "new_deadline"),
        _dates("old_due_on", "new_due_on"),
        _texts("reason", "approval"),
        _dates("decided_on"),
        _exactly_one(*_ISSUE_OR_MEASURE),
    ),
    "chases": (
        _owner(*_ISSUE_OR_MEASURE),
        _dates("chased_on"),
        _texts("kind", "text"),
        _exactly_one(*_ISSUE_OR_MEASURE),
    ),
    "hand_overs": (
        _owner(*_ISSUE_OR_MEASURE),
        _texts("old_owner", "new_owner"),
        _dates("handed_on"),
        _texts("note"),
        _exactly_one(*_ISSUE_OR_MEASURE),
    ),
    "departments": (_POSITION, _texts("name", "short_name"), _lists("aliases")),
    "persons": (
        _POSITION,
        _texts("name", "post"),
        _ref("departments", "department_id", _SET_NULL),
        _texts("public_role"),
        _lists("aliases"),
    ),
    "milestones": (
        _POSITION,
        _texts("kind", "title"),
        _dates("due_on", "done_on"),
        _texts("place", "attendees", "minutes_number", "summary"),
        _lists("files"),
    ),
    "drafts": (
        _POSITION,
        _ref("milestones", "milestone_id", _SET_NULL),
        _texts("kind", "edition", "version"),
        _moment("exported_at"),
        _texts("file_name", "draft_id", "blocks"),
    ),
    "review_opinions": (
        _of("drafts", "draft_id"),
        _texts("body", "text"),
        _flag_or_null("adopted"),
        _dates("given_on"),
    ),
    "distribution_rounds": (
        _texts("recipient"),
        _dates("sent_on", "returned_on"),
        _texts("base_values", "file_name"),
    ),
    "waivers": (_texts("finding_code", "record_uid", "words", "reason"), _dates("waived_on"), _texts("waived_by")),
    "public_comments": (
        _dates("received_on"),
        _texts("text", "answered_by"),
        _dates("answered_on"),
        _texts("answer"),
    ),
    "sources": (_choice("document", *_DOCUMENT), _texts("file_name", "sha256"), _moment("imported_at")),
    "source_notes": (
        _of("sources", "source_id"),
        _POSITION,
        _choice("kind", "leftover", "doubt", "normalisation"),
        _texts("code"),
        "line INTEGER NOT NULL",
        _texts("text"),
    ),
}

_INDEXES: dict[str, tuple[str, ...]] = {
    "sections": ("chapter_id",),
    "issues": ("section_id", "parent_id"),
    "measures": ("issue_id",),
    "measure_links": ("measure_id", "issue_id"),
    "log_entries": _ISSUE_OR_MEASURE,
    "outcome_links": ("outcome_id", *_ISSUE_OR_MEASURE),
    "evidence_links": ("evidence_id", *_ANY_OWNER),
    "closing_steps": ("issue_id",),
    "extensions": _ISSUE_OR_MEASURE,
    "chases": _ISSUE_OR_MEASURE,
    "hand_overs": _ISSUE_OR_MEASURE,
    "persons": ("department_id",),
    "drafts": ("milestone_id",),
    "review_opinions": ("draft_id",),
    "source_notes": ("source_id",),
    "steps": ("target_id",),
    "step_images": ("step_id",),
}  # without an index, deleting one parent reads the whole child table

_JOURNAL = (
    """CREATE TABLE steps (
        id INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE, label TEXT NOT NULL, who TEXT NOT NULL,
        at TEXT NOT NULL CHECK (datetime(at) IS NOT NULL),
        kind TEXT NOT NULL CHECK (kind IN ('normal', 'undo', 'redo')),
        target_id INTEGER REFERENCES steps (id) ON DELETE SET NULL
    ) STRICT""",
    """CREATE TABLE step_images (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, step_id INTEGER NOT NULL REFERENCES steps (id) ON DELETE CASCADE,
        table_name TEXT NOT NULL, row_id INTEGER NOT NULL,
        before TEXT, after TEXT,
        CHECK (before IS NOT NULL OR after IS NOT NULL)
    ) STRICT""",
)


def statements() -> list[str]:
    """The SQL that makes an empty file a ledger of format 1 (apart from its two numbers in the header)."""
    key = "id INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE CHECK (uid <> '')"
    tables = [f"CREATE TABLE {name} ({', '.join((key, *parts))}) STRICT" for name, parts in _TABLES.items()]
    indexes = [
        f"CREATE INDEX {table}_by_{column} ON {table} ({column})"
        for table, columns in _INDEXES.items()
        for column in columns
    ]
    return [*tables, *_JOURNAL, *indexes]
