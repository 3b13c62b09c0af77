"""A snapshot goes out as a workbook or as a notice; the file's suffix says as what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.blocks import Document
from zhenggai_desktop.domain.editions import Edition
from zhenggai_desktop.domain.layout import GUOBIAO, LayoutProfile
from zhenggai_desktop.domain.layout_file import ledger_profile
from zhenggai_desktop.domain.ledger_part import part_of, told_part
from zhenggai_desktop.domain.ledger_template import LISTS, WHOLE, Template, load_template, template_text
from zhenggai_desktop.domain.records import Snapshot
from zhenggai_desktop.domain.schemes import BUILT_IN, Scheme, load_scheme, scheme_for
from zhenggai_desktop.errors import UsageError

if TYPE_CHECKING:
    from zhenggai_desktop.services.ticking import Tick

_Writer = Callable[[Document, Path, LayoutProfile], None]
_LARGEST_SCHEME = 1_000_000  # bytes


class BookKind(StrEnum):
    """Which sheets of the ledger a workbook holds."""

    LEDGER = "ledger"  # all of them
    LISTS = "lists"
    FIGURES = "figures"
    DATA = "data"


def export_ledger(
    snapshot: Snapshot,
    path: Path,
    kind: BookKind = BookKind.LEDGER,
    *,
    issue_ids: Collection[int] | None = None,
    measure_ids: Collection[int] | None = None,
    template: Template | None = None,
    today: dt.date | None = None,
) -> None:
    """Write the ledger as an Excel workbook.

    ``issue_ids`` and ``measure_ids`` are what a filter left, None for all; ``template`` stands for the usual columns
    of the first sheet; ``today`` (the machine's by default) says what is late. Raises UsageError unless ``path`` ends
    in .xlsx, TargetError where it cannot stand.
    """
    if path.suffix.lower() != ".xlsx":
        raise UsageError(f"台账表格不能存成“{path.name}”", "请把文件名写成以 .xlsx 结尾")
    from zhenggai_desktop.formats.ledger_book import BookParts, write_ledger_book  # noqa: PLC0415 - openpyxl loads late

    whole = kind is BookKind.LEDGER
    tables = (*((template or WHOLE,) if whole else ()), *(LISTS if whole or kind is BookKind.LISTS else ()))
    parts = BookParts(tables, figures=whole or kind is BookKind.FIGURES, data=whole or kind is BookKind.DATA)
    shown = snapshot if issue_ids is None else part_of(snapshot, issue_ids, measure_ids)
    told = snapshot if issue_ids is None else told_part(snapshot, issue_ids, measure_ids)
    write_ledger_book(shown, path, parts, today=today or dt.datetime.now().astimezone().date(), told=told)


def read_template(path: Path) -> Template:
    """The user's own columns from a JSON file. Raises UsageError with what is wrong in it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"表格模板“{path.name}”读不出来", "请换一个 UTF-8 编码的模板文件") from error
    return load_template(text)


def write_template(path: Path, template: Template | None = None) -> None:
    """Write a template (the usual columns by itself) as a JSON file to edit, beside a list of all columns there are.

    Raises UsageError unless ``path`` ends in .json, TargetError.
    """
    if path.suffix.lower() != ".json":
        raise UsageError(f"模板不能存成“{path.name}”", "请把文件名写成以 .json 结尾")
    from zhenggai_desktop.formats.replacing import replacing  # noqa: PLC0415

    with replacing(path) as temporary:
        temporary.write_text(template_text(template or WHOLE) + "\n", encoding="utf-8")


def export_notice(
    snapshot: Snapshot,
    path: Path,
    scheme_name: str = "",
    edition: Edition = Edition.PUBLIC,
    *,
    profile: LayoutProfile | None = None,
    documents: Path | None = None,
) -> Document:
    """Write one edition of the notice as Word, as text or HTML by the suffix of ``path``; gives what was written.

    ``scheme_name`` is a letter, the path of a scheme file, or "" for the ledger's own scheme; ``profile`` stands for
    the ledger's own layout. ``documents`` is the folder of the built-in templates, which an edition for approval needs.
    Raises UsageError for an unknown suffix or scheme, TargetError where the file cannot stand.
    """
    write = _writer(path)
    from zhenggai_desktop.services.documents import notice_document  # noqa: PLC0415 - after the cheap refusals

    today = dt.datetime.now().astimezone().date()
    scheme = chosen_scheme(snapshot, scheme_name)
    document = notice_document(snapshot, scheme, edition, folder=documents or Path(), today=today)
    write(document, path, profile or ledger_profile(snapshot.facts))
    return document


def write_document(document: Document, path: Path, profile: LayoutProfile = GUOBIAO, tick: Tick | None = None) -> None:
    """Write finished blocks as Word, text or HTML by the suffix of ``path``; errors as ``export_notice``.

    ``tick`` is asked before the file takes its place.
    """
    write = _writer(path)
    if tick is None:
        write(document, path, profile)
        return
    from zhenggai_desktop.formats.replacing import replacing  # noqa: PLC0415

    with replacing(path) as temporary:
        write(document, temporary, profile)
        tick(0, 0)


def check_notice_target(path: Path) -> None:
    """Raise UsageError for a suffix in which no notice is written: the cheap refusal, before anything is composed."""
    _writer(path)


def _writer(path: Path) -> _Writer:
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise UsageError(f"文书不能存成“{path.name}”", f"请把文件名写成以 {'、'.join(_WRITERS)} 结尾")
    return write


def chosen_scheme(snapshot: Snapshot, name: str = "") -> Scheme:
    """The scheme that ``name`` means for this ledger: a letter, a scheme file, or "" for the ledger's own."""
    if not name or name.lower() in BUILT_IN:
        return scheme_for(snapshot.facts, name.lower())
    path = Path(name)
    if not path.is_file():
        raise UsageError(f"没有“{name}”这个标题方案，也没有这个文件", f"请写 {'、'.join(BUILT_IN)} 之一，或方案文件")
    return load_scheme(_scheme_text(path))


def _scheme_text(path: Path) -> str:
    unreadable = UsageError(f"标题方案文件“{path.name}”读不出来", "请换一个 UTF-8 编码的方案文件")
    try:
        if path.stat().st_size > _LARGEST_SCHEME:
            raise unreadable
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable from error


def _write_word(document: Document, path: Path, profile: LayoutProfile) -> None:
    from zhenggai_desktop.formats.word_writer import write_word  # noqa: PLC0415 - docx and lxml load late

    write_word(document, path, profile=profile, template=Path(profile.template) if profile.template else None)


def _write_text(document: Document, path: Path, _profile: LayoutProfile) -> None:
    from zhenggai_desktop.formats.text_writer import write_text  # noqa: PLC0415

    write_text(document, path)


def _write_html(document: Document, path: Path, _profile: LayoutProfile) -> None:
    from zhenggai_desktop.formats.html_writer import write_html  # noqa: PLC0415

    write_html(document, path)


_WRITERS: Mapping[str, _Writer] = {
    ".docx": _write_word,
    ".txt": _write_text,
    ".html": _write_html,
    ".htm": _write_html,
}
