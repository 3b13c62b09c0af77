"""The documents of a ledger besides the notice, and the sheet with which a notice goes out for approval.

``folder`` is where the built-in templates lie (``resources/documents``); a template of the user's own is any JSON file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai_desktop import texts
from zhenggai_desktop.domain.blocks import Document, page_break
from zhenggai_desktop.domain.document_composing import compose_document
from zhenggai_desktop.domain.document_tables import submitted_drafts
from zhenggai_desktop.domain.document_template import (
    DocumentTemplate,
    document_template_text,
    load_document_template,
)
from zhenggai_desktop.domain.editions import Edition, edited
from zhenggai_desktop.domain.layout import LayoutProfile
from zhenggai_desktop.domain.notice import Composition, going_out
from zhenggai_desktop.domain.records import Draft, Snapshot
from zhenggai_desktop.domain.schemes import Scheme, scheme_for
from zhenggai_desktop.errors import TargetError, UsageError

KIND_NAMES: Mapping[str, str] = {
    "plan": "整改方案（附三个清单）",
    "progress_report": "集中整改进展情况报告",
    "leader_report": "主要负责人组织落实情况报告",
    "statistics": "整改落实情况统计表",
    "submission": "送审单",
    "withheld": "拟不公开事项表",
    "comments": "公开后群众意见办理情况表",
}
"""The built-in documents in the order of a list of choices: the name of the template's file, and its caption."""
KINDS: tuple[str, ...] = tuple(KIND_NAMES)
LETTERS = ("chase_notice", "due_reminder", "overdue_warning")
"""The built-in letters to those who have to be chased."""
if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger
    from zhenggai_desktop.services.ticking import Tick

_SHEET = "submission"
_LARGEST = 1_000_000  # bytes


def chosen_template(name: str, folder: Path) -> DocumentTemplate:
    """The template that ``name`` means: one of ``KINDS``, or the path of a JSON file. Raises UsageError."""
    return load_document_template(template_text(name, folder), Path(name).stem)


def template_text(name: str, folder: Path) -> str:
    """The JSON of a template, to be read or to be changed. Raises UsageError."""
    path = folder / f"{name}.json" if name in (*KINDS, *LETTERS) else Path(name)
    if not path.is_file():
        raise UsageError(f"没有“{name}”这种文书，也没有这个文件", f"请写 {'、'.join(KINDS)} 之一，或文书模板文件")
    try:
        if path.stat().st_size <= _LARGEST:
            return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"文书模板“{path.name}”读不出来", "请换一个 UTF-8 编码的模板文件") from error
    raise UsageError(f"文书模板“{path.name}”太大", "请换一个由本程序导出的模板文件")


def template_name(kind: str, own: Path | None) -> str:
    """What ``chosen_template`` wants for a kind: the user's own template of it if there is one, else the built-in."""
    path = _own_file(kind, own)
    return str(path) if path is not None and path.is_file() else kind


def keep_own(template: DocumentTemplate, own: Path) -> None:
    """Keep the user's own template of a kind, in the place of the built-in one. Raises TargetError."""
    try:
        own.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TargetError("自己的模板没有保存成功", f"请检查“{own}”能否写入") from error
    save_template_file(template, own / f"{template.name}.json")


def drop_own(kind: str, own: Path | None) -> None:
    """Return to the built-in template. Raises TargetError."""
    path = _own_file(kind, own)
    try:
        if path is not None:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise TargetError("自己的模板没有删除成功", f"请检查“{path}”能否写入") from error


def save_template_file(template: DocumentTemplate, target: Path) -> None:
    """Write a changed template to a file for other computers. Raises TargetError."""
    from zhenggai_desktop.formats.replacing import replacing  # noqa: PLC0415 - few change a template

    with replacing(target) as temporary:
        temporary.write_text(document_template_text(template), encoding="utf-8")


def _own_file(kind: str, own: Path | None) -> Path | None:
    return own / f"{kind}.json" if own is not None and kind in (*KINDS, *LETTERS) else None


def template_called(caption: str, folder: Path | None, own: Path | None = None) -> DocumentTemplate | None:
    """The template with that caption among the user's own and the built-in ones; None where there is none."""
    if folder is None:
        return None
    for kind in KINDS:
        for name in dict.fromkeys((template_name(kind, own), kind)):
            try:
                template = chosen_template(name, folder)
            except UsageError:  # a file of the user's own that is damaged: it is told where it is used
                continue
            if template.caption == caption:
                return template
    return None


def save_template(name: str, folder: Path, target: Path) -> None:
    """Write a template to a file in which the user can change it. Raises UsageError, TargetError."""
    from zhenggai_desktop.formats.replacing import replacing  # noqa: PLC0415 - few change a template

    content = template_text(name, folder).encode()
    with replacing(target) as temporary:
        temporary.write_bytes(content)


def ledger_document(
    snapshot: Snapshot, template: DocumentTemplate, *, today: dt.date, scheme: Scheme | None = None
) -> Document:
    """A document of the ledger by a template, on the day ``today``."""
    more = _submission_values(snapshot, Edition.PUBLIC_REVIEW) if template.name == _SHEET else None
    return compose_document(template, snapshot, scheme or scheme_for(snapshot.facts), today=today, more=more)


def notice_document(
    snapshot: Snapshot,
    scheme: Scheme,
    edition: Edition,
    *,
    folder: Path,
    today: dt.date,
    draft_id: str = "",
    last: Composition | None = None,
) -> Document:
    """The notice in one edition; one that goes out for approval has the sheet for opinions in front of it.

    ``last`` as for ``compose``.
    """
    notice = going_out(snapshot, scheme, edition, draft_id, last=last)
    if not edition.for_review:
        return notice
    more = _submission_values(snapshot, edition)
    sheet = compose_document(chosen_template(_SHEET, folder), snapshot, scheme, today=today, more=more)
    return Document(
        title=notice.title,
        blocks=(*sheet.blocks, page_break(), *notice.blocks),
        author=notice.author,
        subject=f"{notice.subject}（送审稿）",
        draft_id=draft_id,
        warnings=(*sheet.warnings, *notice.warnings),
    )


def _submission_values(snapshot: Snapshot, edition: Edition) -> dict[str, str]:
    sent = sum(draft.edition == edition.value for draft in snapshot.drafts)
    return {
        "稿种": texts.edition_name(edition.approved),
        "稿次": f"第{sent + 1}稿",
        "送审次数": str(len(submitted_drafts(snapshot))),
    }


@dataclass(frozen=True, slots=True)
class Sent:
    """A document that went out: its draft in the register, None for a ledger open to read only, and what to tell."""

    draft: Draft | None
    warnings: tuple[str, ...]


def send_document(
    ledger: Ledger,
    path: Path,
    template: DocumentTemplate,
    *,
    today: dt.date,
    profile: LayoutProfile,
    write: Callable[[Document], None] | None = None,
    tick: Tick | None = None,
) -> Sent:
    """Write a document of the ledger and register it, as one step; ``write`` stands for the writer of the suffix.

    ``tick`` is asked before the file takes its place. Raises UsageError for an unknown suffix, TargetError where the
    file cannot stand.
    """
    from zhenggai_desktop.services.drafts import Outgoing, send_out  # noqa: PLC0415 - drafts compose by this module
    from zhenggai_desktop.services.exporting import check_notice_target, write_document  # noqa: PLC0415

    if write is None:
        check_notice_target(path)
    snapshot = ledger.snapshot
    scheme = scheme_for(snapshot.facts)
    made = ledger_document(snapshot, template, today=today, scheme=scheme)

    def make(draft_id: str) -> Outgoing:
        shown = edited(snapshot, Edition(template.edition))
        return Outgoing(replace(made, draft_id=draft_id), template.caption, template.edition, shown, scheme)

    def by_suffix(document: Document) -> None:
        write_document(document, path, profile, tick)

    draft = send_out(ledger, path, make, write or by_suffix)
    return Sent(draft, made.warnings)
