"""Papers about the issues of a ledger, as files: issue files for all, lists of evidence and closing, applications."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from zhenggai_desktop.domain.blocks import Document, page_break
from zhenggai_desktop.domain.file_names import safe_part
from zhenggai_desktop.domain.issue_file import IssueFiles, closing_application, closing_ledger
from zhenggai_desktop.domain.layout_file import ledger_profile
from zhenggai_desktop.domain.office_rules import office_rules
from zhenggai_desktop.domain.records import Issue, Snapshot
from zhenggai_desktop.errors import TargetError
from zhenggai_desktop.services.exporting import write_document
from zhenggai_desktop.services.ticking import Tick, no_tick

Write = Callable[[Document, Path], None]
_LONGEST_NAME = 50  # characters of a file's name without its ending


def write_issue_files(
    snapshot: Snapshot,
    folder: Path,
    *,
    today: dt.date,
    suffix: str = ".docx",
    write: Write | None = None,
    tick: Tick = no_tick,
) -> tuple[Path, ...]:
    """一题一档 for every issue, with the lists of evidence and of closing, into a new or empty folder; gives the files.

    ``write`` stands for the writer of ``suffix``. TargetError where the folder has something in it or cannot be
    written; after an error, and where ``tick`` ends it, nothing of it is left.
    """
    try:
        was_there = folder.is_dir()
        folder.mkdir(parents=True, exist_ok=True)
        occupied = any(folder.iterdir())
    except OSError as error:
        raise TargetError(f"文件夹“{folder}”不能使用", "请换一个位置") from error
    if occupied:
        raise TargetError(f"文件夹“{folder.name}”里已经有文件", "请选择一个空文件夹")
    files, written, profile = IssueFiles(snapshot), list[Path](), ledger_profile(snapshot.facts)
    issues = _top_issues(files)
    papers: list[tuple[str, Callable[[], Document]]] = [
        (f"{at:02} {safe_part(issue.title, _LONGEST_NAME)}", partial(files.document, issue))
        for at, issue in enumerate(issues, 1)
    ]
    papers += [("佐证材料目录", files.evidence_list), ("销号台账", partial(closing_ledger, files, today))]
    try:
        for at, (name, compose) in enumerate(papers):
            tick(at, len(papers))
            written.append(folder / f"{name}{suffix}")
            if write is None:
                write_document(compose(), written[-1], profile)
            else:
                write(compose(), written[-1])
    except BaseException:
        _take_back(written, None if was_there else folder)
        raise
    return tuple(written)


def _take_back(written: Sequence[Path], made: Path | None) -> None:
    with suppress(OSError):
        for path in written:
            path.unlink(missing_ok=True)
        if made is not None:
            made.rmdir()


def issue_file(snapshot: Snapshot, *issue_ids: int) -> Document:
    """一题一档 of these issues, each beginning on a page of its own; one that stands under another of them is in its
    file and gets none besides. KeyError where there is no such issue."""
    files, wanted = IssueFiles(snapshot), set(issue_ids)
    issues = [files.outline.issue(issue_id) for issue_id in issue_ids]
    tops = [issue for issue in issues if not any(above.id in wanted for above in files.outline.path(issue)[:-1])]
    papers = [files.document(issue) for issue in tops]
    if len(papers) == 1:
        return papers[0]
    return _each_on_its_page("一题一档", papers, snapshot)


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
    return _each_on_its_page("销号申请审批表", papers, snapshot)


def _each_on_its_page(title: str, papers: Sequence[Document], snapshot: Snapshot) -> Document:
    blocks = [block for paper in papers for block in (page_break(), *paper.blocks)][1:]
    return Document(title, tuple(blocks), author=snapshot.facts.organisation)


def _top_issues(files: IssueFiles) -> list[Issue]:
    return [issue for section in files.outline.sections() for issue in files.outline.issues_of(section)]
