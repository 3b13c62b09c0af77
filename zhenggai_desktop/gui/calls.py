"""What a user can call, by name, and which of it needs what: an open ledger, the right to write, the tree's rows."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from zhenggai_desktop.gui.themes import ThemeChoice


class Call(StrEnum):
    """What can be called."""

    NEW = "new"
    OPEN = "open"
    SAMPLE = "sample"
    IMPORT = "import"
    PROOFREAD_FILE = "proofread-file"
    SAVE = "save"
    EXPORT_LEDGER = "export-ledger"
    EXPORT_SHOWN = "export-shown"
    EXPORT_NOTICE = "export-notice"
    PRINT = "print"
    BACKUPS = "backups"
    CHECK = "check"
    CLOSE = "close"
    QUIT = "quit"
    UNDO = "undo"
    REDO = "redo"
    COPY = "copy"
    PASTE = "paste"
    BULK_EDIT = "bulk-edit"
    RENAME = "rename"
    DELETE = "delete"
    ADD_SIBLING = "add-sibling"
    ADD_ISSUE = "add-issue"
    ADD_MEASURE = "add-measure"
    ADD_SECTION = "add-section"
    INDENT = "indent"
    OUTDENT = "outdent"
    MOVE_UP = "move-up"
    MOVE_DOWN = "move-down"
    OTHER_SIDE = "other-side"
    FIND = "find"
    DISTRIBUTE = "distribute"
    COLLECT = "collect"
    FILL_FORM = "fill-form"
    EDIT_COLUMNS = "edit-columns"
    MERGE = "merge"
    ROLL_UP = "roll-up"
    CHASE = "chase"
    PROGRESS_ENTRY = "progress-entry"
    UNCLOSED = "unclosed"
    UNPROVEN = "unproven"
    PERIOD_REPORT = "period-report"
    EXTEND = "extend"
    HAND_ON = "hand-on"
    CLOSING = "closing"
    CLOSING_FORMS = "closing-forms"
    CLOSING_LEDGER = "closing-ledger"
    CALENDAR = "calendar"
    OUTCOMES = "outcomes"
    ISSUE_FILE = "issue-file"
    ISSUE_FILES = "issue-files"
    EVIDENCE_LIST = "evidence-list"
    ARCHIVE = "archive"
    OPEN_ARCHIVE = "open-archive"
    COPY_LEDGER = "copy-ledger"
    NEXT_ROUND = "next-round"
    CAME_BACK = "came-back"
    USER_NAME = "user-name"
    LARGER = "larger"
    SMALLER = "smaller"
    USUAL_SIZE = "usual-size"
    LARGE_TYPE = "large-type"
    THEME_SYSTEM = "theme-system"
    THEME_LIGHT = "theme-light"
    THEME_DARK = "theme-dark"
    THEME_CONTRAST = "theme-contrast"
    MANUAL = "manual"
    SHORTCUTS = "shortcuts"
    ABOUT = "about"


#: One of these is chosen.
THEME_CALLS: Mapping[Call, ThemeChoice] = {
    Call.THEME_SYSTEM: ThemeChoice.SYSTEM,
    Call.THEME_LIGHT: ThemeChoice.LIGHT,
    Call.THEME_DARK: ThemeChoice.DARK,
    Call.THEME_CONTRAST: ThemeChoice.HIGH_CONTRAST,
}

#: Done by the page of the ledger, on the rows that are selected there.
TREE_CALLS = frozenset(
    {
        Call.COPY,
        Call.PASTE,
        Call.BULK_EDIT,
        Call.RENAME,
        Call.DELETE,
        Call.ADD_SIBLING,
        Call.ADD_ISSUE,
        Call.ADD_MEASURE,
        Call.ADD_SECTION,
        Call.INDENT,
        Call.OUTDENT,
        Call.MOVE_UP,
        Call.MOVE_DOWN,
        Call.OTHER_SIDE,
        Call.FIND,
    }
)
READS_ONLY = frozenset({Call.COPY, Call.OTHER_SIDE, Call.FIND})  # of those, what a ledger that is open to read allows
EXCHANGES = frozenset({Call.DISTRIBUTE, Call.COLLECT, Call.MERGE})  # with others, written into the ledger
PAPERS = frozenset(  # made or looked at, in a ledger that is open to read too
    {
        Call.CHASE,
        Call.PROGRESS_ENTRY,
        Call.UNCLOSED,
        Call.UNPROVEN,
        Call.PERIOD_REPORT,
        Call.CLOSING_FORMS,
        Call.CLOSING_LEDGER,
        Call.CALENDAR,
        Call.ISSUE_FILE,
        Call.ISSUE_FILES,
        Call.EVIDENCE_LIST,
        Call.ARCHIVE,
        Call.COPY_LEDGER,
        Call.NEXT_ROUND,
        Call.OUTCOMES,
    }
)
MONTHS = frozenset(
    {Call.EXTEND, Call.HAND_ON, Call.CLOSING, Call.CAME_BACK}
)  # of the working months, written into the ledger
NEEDS_LEDGER = (
    frozenset(
        {
            Call.BACKUPS,
            Call.CHECK,
            Call.SAVE,
            Call.EXPORT_LEDGER,
            Call.EXPORT_SHOWN,
            Call.EXPORT_NOTICE,
            Call.CLOSE,
            Call.FILL_FORM,
            Call.PRINT,
        }
    )
    | EXCHANGES
    | PAPERS
    | MONTHS
    | TREE_CALLS
)
NEEDS_WRITING = (TREE_CALLS - READS_ONLY) | EXCHANGES | MONTHS | {Call.SAVE}
