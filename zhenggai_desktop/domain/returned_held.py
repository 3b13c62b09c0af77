"""Whether the ledger says already what came back, where taking it would do nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from zhenggai_desktop.domain.blocks import Anchor
from zhenggai_desktop.domain.change_kinds import ChangeKind
from zhenggai_desktop.domain.draft_text import DraftText
from zhenggai_desktop.domain.numbering import without_mark
from zhenggai_desktop.domain.returned_changes import Returned, ReturnedChange
from zhenggai_desktop.domain.returned_target import owner_of

NOT_HELD = "这样的改动台账里没有地方记，请在台账里核对修改，或在定稿里改"


class AsSent:
    """The draft beside what the ledger would print ``now``: where a record prints the same, nothing of it was taken."""

    def __init__(self, returned: Returned, now: DraftText) -> None:
        self._returned = returned
        self._sent = _by_owner(returned.draft)
        self._now = _by_owner(now)
        self._printed = {without_mark(text) for text in now.texts}
        self._in_order = _headings(returned.draft) == _headings(now)

    def lacks(self, change: ReturnedChange) -> bool:
        """True for a change of words that the ledger still prints as they went out."""
        old = [self._returned.draft.blocks[at] for at in change.old]
        owner = owner_of(old[0]) if old else change.anchor
        if owner is None or owner not in self._sent or self._sent[owner] != self._now.get(owner):
            return False
        if change.kind is ChangeKind.MOVED:
            return self._in_order or not any(block.heading for block in old)
        came = [self._returned.paragraphs[at].text for at in change.new]
        return not came or any(without_mark(text) not in self._printed for text in came)


def _by_owner(draft: DraftText) -> Mapping[Anchor, list[str]]:
    found: dict[Anchor, list[str]] = defaultdict(list)
    for block in draft.blocks:
        if (owner := owner_of(block)) is not None:
            found[owner].append(without_mark(block.text))
    return found


def _headings(draft: DraftText) -> list[Anchor | None]:
    return [owner_of(block) for block in draft.blocks if block.heading]
