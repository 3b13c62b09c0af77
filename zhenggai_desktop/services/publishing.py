"""The last look: is what was published word for word what was approved?

Where a paragraph ends, and blanks, are the web site's layout and no difference; every other character is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from zhenggai_desktop.domain.change_kinds import ChangeKind
from zhenggai_desktop.domain.draft_comparing import ParagraphChange, compare
from zhenggai_desktop.domain.draft_text import comparable
from zhenggai_desktop.domain.editions import Edition
from zhenggai_desktop.domain.rebreaking import broken_like
from zhenggai_desktop.domain.records import Draft, Snapshot
from zhenggai_desktop.domain.text_diff import Fate
from zhenggai_desktop.errors import ReturnedFileError, UsageError
from zhenggai_desktop.services.drafts import RELEASE, text_of

_LIKE = 0.2  # of the draft's words at least are in what was published; less is another text


@dataclass(frozen=True, slots=True)
class Publication:
    """What was published beside the draft that was approved; empty ``changes`` mean: word for word the same."""

    name: str
    draft: Draft
    changes: tuple[ParagraphChange, ...]


def approved_draft(snapshot: Snapshot) -> Draft:
    """The last 发布稿 for the public, else the last 发布稿, else the last draft for the public, else the last.

    Raises UsageError where there is none.
    """
    drafts = snapshot.drafts
    public = [draft for draft in drafts if draft.edition == Edition.PUBLIC.value]
    released = [draft for draft in drafts if draft.version == RELEASE]
    for candidates in ([draft for draft in released if draft in public], released, public, drafts):
        if candidates:
            return candidates[-1]
    raise UsageError("台账还没有登记过文稿，没有可以核对的", "请先导出通报")


def check_published(snapshot: Snapshot, path: Path, draft: Draft | None = None) -> Publication:
    """Compare the file at ``path`` (Word, web page, text, PDF …) with a draft, by default the approved one.

    Raises SourceError for a file that cannot be read, ReturnedFileError for one that is another text.
    """
    from zhenggai_desktop.services.importing import source_document  # noqa: PLC0415 - readers load late

    against = draft or approved_draft(snapshot)
    document = source_document(path)
    return check_text(against, [paragraph.text for paragraph in document.paragraphs], document.name)


def check_pasted(snapshot: Snapshot, text: str, draft: Draft | None = None) -> Publication:
    """Compare pasted words. Raises UsageError for none, ReturnedFileError for those of another text."""
    if not text.strip():
        raise UsageError("没有粘贴文字", "请从网页上复制全文，粘贴后再核对")
    return check_text(draft or approved_draft(snapshot), text.splitlines(), "粘贴的文字")


def check_text(draft: Draft, paragraphs: Sequence[str], name: str) -> Publication:
    """Compare paragraphs with a draft."""
    old = [_bare(text) for text in text_of(draft).texts]
    new = [text for text in map(_bare, paragraphs) if text]
    if "".join(old) == "".join(new):  # however it was run together or broken up
        return Publication(name, draft, ())
    changes = _differences(old, new)
    kept = sum(len(text) for text in old) - sum(len(c.before) for c in changes if c.kind is ChangeKind.DELETED)
    if kept < _LIKE * sum(len(text) for text in old):
        raise ReturnedFileError(f"“{name}”与登记的文稿不是同一篇", "请核对选对了文件和文稿")
    return Publication(name, draft, changes)


def _differences(old: Sequence[str], new: Sequence[str]) -> tuple[ParagraphChange, ...]:
    """The fewest: by the paragraphs as they came, or by those of the draft where the words were broken otherwise."""
    found = _compared(old, new)
    if all(change.kind in (ChangeKind.REWORDED, ChangeKind.MOVED) for change in found):
        return found
    return min(found, _compared(old, broken_like(old, new)), key=_size)


def _compared(old: Sequence[str], new: Sequence[str]) -> tuple[ParagraphChange, ...]:
    return tuple(change for change in compare(old, new) if not _is_layout(change))


def _size(changes: Sequence[ParagraphChange]) -> tuple[int, int]:
    """How many characters differ, and how many paragraphs were broken otherwise."""
    differing = (piece.text for change in changes for piece in change.pieces if piece.fate is not Fate.KEPT)
    broken = [change for change in changes if change.kind in (ChangeKind.SPLIT, ChangeKind.JOINED)]
    return len("".join(differing).replace("\n", "")), len(broken)


def _bare(text: str) -> str:
    return "".join(comparable(text).split())


def _is_layout(change: ParagraphChange) -> bool:
    """Only the ends of paragraphs differ."""
    moved = change.kind is ChangeKind.MOVED
    return not moved and change.before.replace("\n", "") == change.after.replace("\n", "")
