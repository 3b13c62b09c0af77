"""Papers about the issues of a ledger, as files: issue files for all, lists of evidence and closing, applications."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from zhenggai_desktop.domain.blocks import Document, page_break
from zhenggai_desktop.domain.file_names import safe_part
from zhenggai_desktop.domain.issue_file import IssueFiles, closing_application, closing_ledger
from zhenggai_desktop.domain.office_rules import office_rules
from zhenggai_desktop.domain.records import Issue, Snapshot
from zhenggai_desktop.errors import TargetError
from zhenggai_desktop.services.exporting import write_document

_LONGEST_NAME = 50  # characters of a file's name without its ending


def write_issue_files(snapshot: Snapshot, folder: Path, *, today: dt.date) -> tuple[Path, ...]:
    """一题一档 for every issue, with the lists of evidence and of closing, into a new or empty folder; gives the files.

    TargetError where the folder has something in it or cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        occupied = any(folder.iterdir())
    except OSError as error:
        raise TargetError(f"文件夹“{folder}”不能使用", "请换一个位置") from error
    if occupied:
        raise TargetError(f"文件夹“{folder.name}”里已经有文件", "请选择一个空文件夹")
    files = IssueFiles(snapshot)
    written: list[Path] = []
    for at, issue in enumerate(_top_issues(files), 1):
        path = folder / f"{at:02} {safe_part(issue.title, _LONGEST_NAME)}.docx"
        write_document(files.document(issue), path)
        written.append(path)
    for name, document in (("佐证材料目录", files.evidence_list()), ("销号台账", closing_ledger(files, today))):
        write_document(document, folder / f"{name}.docx")
        written.append(folder / f"{name}.docx")
    return tuple(written)


def issue_file(snapshot: Snapshot, issue_id: int) -> Document:
    """一题一档 of one issue. KeyError where there is none."""
    files = IssueFiles(snapshot)
    return files.document(files.outline.issue(issue_id))


def evidence_list(snapshot: Snapshot, issue_id: int | None = None) -> Document:
    """佐证材料目录 of one issue, or of all."""
    files = IssueFiles(snapshot)
    return files.evidence_list(None if issue_id is None else files.outline.issue(issue_id))


def closing_list(snapshot: Snapshot, today: dt.date) -> Document:
    """销号台账."""
    return closing_ledger(IssueFiles(snapshot), today)


def closing_applications(snapshot: Snapshot, issue_ids: Sequence[int]) -> Document:
    """销号申请审批表 of these issues, each on a page of its own."""
    files, chain = IssueFiles(snapshot), office_rules(snapshot.facts).closing_chain
    papers = [closing_application(files, files.outline.issue(issue_id), chain) for issue_id in issue_ids]
    blocks = [block for paper in papers for block in (page_break(), *paper.blocks)][1:]
    return Document("销号申请审批表", tuple(blocks), author=snapshot.facts.organisation)


def _top_issues(files: IssueFiles) -> list[Issue]:
    return [issue for section in files.outline.sections() for issue in files.outline.issues_of(section)]
