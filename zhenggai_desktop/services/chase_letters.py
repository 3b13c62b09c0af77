"""Letters to those who have to be chased, one for each department or leader, by a template; and as short texts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.blocks import Document, page_break
from zhenggai_desktop.domain.chasing import Reason, Reminder, by_department, by_leader
from zhenggai_desktop.domain.document_composing import compose_document
from zhenggai_desktop.domain.file_names import safe_part
from zhenggai_desktop.domain.layout import GUOBIAO, LayoutProfile
from zhenggai_desktop.domain.layout_file import ledger_profile
from zhenggai_desktop.domain.progress import UNASSIGNED
from zhenggai_desktop.domain.records import Snapshot
from zhenggai_desktop.domain.schemes import scheme_for
from zhenggai_desktop.errors import EditRefusedError, TargetError
from zhenggai_desktop.services.chasing import due_reminders, record_chase
from zhenggai_desktop.services.documents import chosen_template
from zhenggai_desktop.services.exporting import write_document

if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger


class Letter(StrEnum):
    """The kinds of letters; the value is the name of the template."""

    CHASE = "chase_notice"
    DUE = "due_reminder"
    OVERDUE = "overdue_warning"


LETTER_NAMES: Mapping[Letter, str] = {
    Letter.CHASE: "督办通知单",
    Letter.DUE: "临期提醒书",
    Letter.OVERDUE: "超期告诫书",
}
_REASONS: Mapping[Letter, frozenset[Reason]] = {
    Letter.CHASE: frozenset(Reason),
    Letter.DUE: frozenset({Reason.PRESSING, Reason.START, Reason.NEAR}),
    Letter.OVERDUE: frozenset({Reason.LATE}),
}
_NAMED = 3  # file names in one sentence


@dataclass(frozen=True, slots=True)
class Addressed:
    """What one recipient has to be chased for, and the letter about it."""

    recipient: str
    reminders: tuple[Reminder, ...]
    document: Document


@dataclass(frozen=True, slots=True)
class SentLetters:
    """The files that were written and how many records were chased by them."""

    paths: tuple[Path, ...]
    chased: int


def concerns(kind: Letter, reminder: Reminder) -> bool:
    """True where a letter of this kind speaks of such a reminder."""
    return reminder.reason in _REASONS[kind]


def letters(
    snapshot: Snapshot,
    kind: Letter,
    *,
    folder: Path,
    today: dt.date,
    leaders: bool = False,
    only: Collection[tuple[str, str]] | None = None,
) -> tuple[Addressed, ...]:
    """A letter for each lead department (or leader) that has something of this kind. What nobody answers for yet gets
    none. ``folder`` is where the templates lie; ``only`` leaves what has one of these (recipient, uid)."""
    template, scheme = chosen_template(kind.value, folder), scheme_for(snapshot.facts)
    wanted = [one for one in due_reminders(snapshot, today) if concerns(kind, one)]
    reasons = " ".join(sorted(_REASONS[kind]))
    found: list[Addressed] = []
    for recipient, group in by_leader(wanted) if leaders else by_department(wanted):
        own = tuple(one for one in group if only is None or (recipient, uid_of(one)) in only)
        if own and recipient != UNASSIGNED:
            more = {"对象": recipient, "称谓": "您" if leaders else "你们"}
            more |= {"催办类别": reasons, "催办项数": str(len(own))}
            more["催办编号"] = " ".join(uid_of(one) for one in own)
            document = compose_document(template, snapshot, scheme, today=today, more=more)
            found.append(Addressed(recipient, own, document))
    return tuple(found)


def uid_of(reminder: Reminder) -> str:
    """The uid of the record that is chased."""
    return reminder.uid


def send_letters(ledger: Ledger, found: Sequence[Addressed], kind: Letter, target: Path, *, on: dt.date) -> SentLetters:
    """Write the letters as ``write_letters`` does, and keep the chase on every record.

    TargetError where a file cannot stand, and nothing is kept.
    """
    paths = write_letters(found, kind, target, ledger_profile(ledger.snapshot.facts))
    return SentLetters(paths, record_letters(ledger, found, LETTER_NAMES[kind], on=on))


def write_letters(
    found: Sequence[Addressed], kind: Letter, target: Path, profile: LayoutProfile = GUOBIAO
) -> tuple[Path, ...]:
    """Write the letters, each on a page of its own in ``target`` or, where that is a folder, each in a file of its own,
    in the layout that the ledger's notice has. Touches no ledger. Gives the files, in the order of ``found``.

    In a folder nothing is replaced: where a file of the name is there, such as the letter of last month, or where two
    recipients would share one, the name is counted up (“名称 (2)”). EditRefusedError where there is nobody to write
    to; TargetError where a file cannot stand, and then none of the folder's new files stays.
    """
    if not found:
        raise EditRefusedError(f"没有需要发{LETTER_NAMES[kind]}的部门或领导", "可以换一种文书，或者核对时限和牵头部门")
    if not target.is_dir():
        write_document(_together(found, kind), target, profile)
        return (target,)
    written: list[Path] = []
    try:
        for one, path in zip(found, _free_paths(found, kind, target), strict=True):
            write_document(one.document, path, profile)
            written.append(path)
    except BaseException:
        for path in written:
            with suppress(OSError):
                path.unlink(missing_ok=True)
        raise
    return tuple(written)


def other_names(found: Sequence[Addressed], kind: Letter, paths: Sequence[Path]) -> str:
    """“有1份因为重名，另存为“督办通知单_财政所 (2).docx”，原有文件没有改动。” about what ``write_letters`` gave for
    ``found`` in a folder, three names at most; "" where every letter has its usual name."""
    others = [path.name for one, path in zip(found, paths, strict=True) if path.name != _usual_name(kind, one)]
    if not others:
        return ""
    named = f"“{'”“'.join(others[:_NAMED])}”{'等' if len(others) > _NAMED else ''}"
    return f"有{len(others)}份因为重名，另存为{named}，原有文件没有改动。"


def _usual_name(kind: Letter, one: Addressed) -> str:
    return f"{LETTER_NAMES[kind]}_{safe_part(one.recipient, 40)}.docx"


def _free_paths(found: Sequence[Addressed], kind: Letter, folder: Path) -> tuple[Path, ...]:
    """A path for each letter that neither a file of the folder nor another letter has, on no system."""
    try:
        taken = {path.name.casefold() for path in folder.iterdir()}
    except OSError as error:
        raise TargetError(f"文件夹“{folder.name}”不能使用", "请换一个位置") from error
    paths: list[Path] = []
    for one in found:
        usual = folder / _usual_name(kind, one)
        counted = (usual if at == 1 else usual.with_name(f"{usual.stem} ({at}){usual.suffix}") for at in count(1))
        paths.append(next(path for path in counted if path.name.casefold() not in taken))
        taken.add(paths[-1].name.casefold())
    return tuple(paths)


def record_letters(ledger: Ledger, found: Sequence[Addressed], name: str, *, on: dt.date) -> int:
    """Keep on every record that it was chased by ``name``; gives how many there are. A ledger that is open to read
    keeps nothing."""
    chased = {uid_of(reminder): reminder for one in found for reminder in one.reminders}
    return len(chased) if ledger.read_only else record_chase(ledger, chased.values(), name, "", on=on)


def _together(found: Sequence[Addressed], kind: Letter) -> Document:
    blocks = [block for one in found for block in (page_break(), *one.document.blocks)][1:]
    return Document(LETTER_NAMES[kind], tuple(blocks), author=found[0].document.author)
