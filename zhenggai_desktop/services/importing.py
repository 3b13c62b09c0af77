"""A source is read into a plan, the plan is looked at, the plan is applied: one step, only what is new."""

from __future__ import annotations

import datetime as dt
import hashlib
from contextlib import AbstractContextManager, ExitStack, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.blocks import SourceDocument
from zhenggai_desktop.domain.plan import ImportPlan
from zhenggai_desktop.domain.records import DocumentKind, Snapshot
from zhenggai_desktop.domain.waiting_deadlines import settle_waiting
from zhenggai_desktop.errors import SourceFormatError, SourceMissingError
from zhenggai_desktop.services.counting_writer import CountingWriter, expected_records
from zhenggai_desktop.services.import_report import ImportReport, Taking
from zhenggai_desktop.services.plan_writing import write_plan
from zhenggai_desktop.services.record_writer import TrialWriter
from zhenggai_desktop.services.record_writer import Writer as PlanWriter
from zhenggai_desktop.services.ticking import Tick, no_tick
from zhenggai_desktop.texts import DOCUMENT_NAMES

if TYPE_CHECKING:
    from zhenggai_desktop.domain.table_columns import Header
    from zhenggai_desktop.domain.workbook_reader import Chosen
    from zhenggai_desktop.services.ledger import Ledger
    from zhenggai_desktop.storage.backup_store import Backup


WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv"})


def plan_source(path: Path, kind: DocumentKind | None = None, chosen: Chosen | None = None) -> ImportPlan:
    """What the file at ``path`` says; None finds out which document it is. Nothing is written.

    ``chosen`` is for workbooks, see ``plan_workbook``.

    Raises SourceError for a file that is missing, damaged or of another kind, or that has no text.
    """
    if kind is DocumentKind.WORKBOOK or (kind is None and path.suffix.lower() in WORKBOOK_SUFFIXES):
        return plan_workbook(path, chosen)
    from zhenggai_desktop.domain.feedback import understand  # noqa: PLC0415 - docx and lxml load with a source only

    plan = understand(source_document(path), kind)
    plan.sha256 = checksum(path)
    return plan


def plan_workbook(path: Path, chosen: Chosen | None = None) -> ImportPlan:
    """What the workbook at ``path`` says. ``chosen`` gives captions of known forms a meaning of the user's choice (see
    ``chosen_header``). Raises SourceError."""
    from zhenggai_desktop.domain.workbook_reader import understand_workbook  # noqa: PLC0415 - calamine loads late
    from zhenggai_desktop.formats.sheet_reader import read_workbook  # noqa: PLC0415

    refuse_devices(path)
    plan = understand_workbook(read_workbook(path), chosen)
    plan.sha256 = checksum(path)
    if plan.edited is not None:
        plan.edited.sha256 = plan.sha256
    return plan


def workbook_headers(path: Path, chosen: Chosen | None = None) -> list[Header]:
    """The headers of the ledgers in a workbook, [] for another document. Raises SourceError."""
    if path.suffix.lower() not in WORKBOOK_SUFFIXES:
        return []
    from zhenggai_desktop.domain.workbook_reader import ledger_sheets  # noqa: PLC0415
    from zhenggai_desktop.formats.sheet_reader import read_workbook  # noqa: PLC0415

    return [ledger.header for ledger in ledger_sheets(read_workbook(path), chosen)]


def refuse_devices(path: Path) -> None:
    """Raise SourceMissingError for what is no file: a pipe or a device would be read for ever."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise SourceMissingError(f"“{path.name}”不是文件", "请选择反馈意见、整改通报或台账的文件")


def source_document(path: Path) -> SourceDocument:
    """The paragraphs of the file at ``path``. Raises SourceError as ``plan_source`` does."""
    from zhenggai_desktop.formats.reading import read_source  # noqa: PLC0415

    refuse_devices(path)
    document = read_source(path)
    if not any(paragraph.text.strip() for paragraph in document.paragraphs):
        raise SourceFormatError(f"“{path.name}”里没有文字", "请确认选对了文件；扫描件请先转成文字")
    return document


def preview(snapshot: Snapshot, plan: ImportPlan, taking: Taking | None = None) -> ImportReport:
    """What ``apply`` would do to a ledger in this state. Raises UsageError as it does."""
    return _write(snapshot, plan, TrialWriter(), taking)


def apply(ledger: Ledger, plan: ImportPlan, taking: Taking | None = None, tick: Tick = no_tick) -> ImportReport:
    """Write what is new as one step, after a backup where the ledger has records.

    Filled fields stay as they are, and so does every place; the report lists what differs. ``taking`` takes these
    too. Without anything to write there is no step. Raises UsageError where removals were asked for by a source
    which has less than half of the ledger's issues: it cannot be the same document in a new form. ``tick`` counts
    what is written.
    """
    snapshot = ledger.snapshot
    backup: AbstractContextManager[Backup | None] = nullcontext()
    if has_records(snapshot):
        report = preview(snapshot, plan, taking)
        if not report.writes:
            return report
        backup = ledger.backed_up("导入前")
    label = f"导入{DOCUMENT_NAMES[plan.document]}《{Path(plan.source_name).stem}》"
    with backup as taken, ledger.step(label) as writer:
        report = _write(snapshot, plan, CountingWriter(writer, tick, expected_records(plan)), taking)
    report.backup = taken.path if taken else None
    return report


def _write(snapshot: Snapshot, plan: ImportPlan, writer: PlanWriter, taking: Taking | None) -> ImportReport:
    """Record by record where the source names ours by uid, else by numbers and words."""
    settle_waiting(plan, snapshot.facts.feedback_date)
    if plan.whole is not None:
        from zhenggai_desktop.services.whole_writing import speaks_of, write_whole  # noqa: PLC0415

        if plan.edited is not None and has_records(snapshot) and speaks_of(snapshot, plan.whole):
            return write_plan(snapshot, plan.edited, writer, _now(), taking)
        if speaks_of(snapshot, plan.whole):
            return write_whole(snapshot, plan.whole, writer, plan.base, today=_now().astimezone().date())
    return write_plan(snapshot, plan, writer, _now(), taking)


def import_into(
    path: Path, plan: ImportPlan, *, who: str = "", taking: Taking | None = None, backups: Path | None = None
) -> tuple[ImportReport, bool]:
    """Apply ``plan`` to the ledger at ``path``; True where there was none and it was made for this.

    A ledger that was made for an import that failed does not stay behind.
    """
    from zhenggai_desktop.services.ledger import Ledger  # noqa: PLC0415 - a plan alone needs no database

    if path.exists():
        with Ledger.open(path, who=who, backups=backups) as ledger:
            return apply(ledger, plan, taking), False
    with ExitStack() as cleaning:
        with Ledger.create(path, who=who, backups=backups) as ledger:
            cleaning.callback(ledger.path.unlink, missing_ok=True)
            report = apply(ledger, plan)
        cleaning.pop_all()
    return report, True


def has_records(snapshot: Snapshot) -> bool:
    """False for a ledger that holds its facts at most: an import into it loses nothing."""
    return bool(snapshot.sections or snapshot.issues or snapshot.chapters or snapshot.sources)


def checksum(path: Path) -> str:
    """SHA-256 of the file at ``path`` in hexadecimal digits. Raises SourceMissingError."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise SourceMissingError(f"读不到“{path.name}”", "请检查文件是否还在原处") from error


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
