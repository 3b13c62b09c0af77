"""What is typed into 本周进展 and waits to be entered, in a file of the user's: a run that dies loses none of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.domain.records import Issue, Measure, Snapshot
from zhenggai_desktop.gui.shared_file import SharedFile
from zhenggai_desktop.services.progress_entry import Entry

_NAME = "progress.json"
_KEPT = 20  # ledgers; of those not opened for longest it is forgotten


class KeptEntries:
    """By ledger and record, by their own ids: the file may move and be changed in between."""

    def __init__(self, folder: Path | None) -> None:
        """Without a folder nothing is kept."""
        self._file = SharedFile(folder / _NAME if folder is not None else None)

    def keep(self, snapshot: Snapshot, entries: Iterable[Entry]) -> None:
        """Keep these in the place of what was kept for the ledger; none forgets it."""
        uids = {key: uid for uid, key in _keys(snapshot).items()}
        kept = [[uids[entry.key], entry.text, entry.reporter] for entry in entries if entry.key in uids]
        values = self._file.values()
        if not kept and snapshot.facts.uid not in values:
            return
        values.pop(snapshot.facts.uid, None)
        if kept:
            values[snapshot.facts.uid] = kept
        for old in list(values)[:-_KEPT]:
            del values[old]
        self._file.write()

    def entries(self, snapshot: Snapshot) -> Iterator[Entry]:
        """What was kept for the ledger, of records that it still has. A damaged file holds nothing."""
        kept, keys = self._file.values().get(snapshot.facts.uid), _keys(snapshot)
        for one in kept if isinstance(kept, list) else []:
            if isinstance(one, list) and len(one) == 3 and all(isinstance(word, str) for word in one):
                uid, text, reporter = one
                if uid in keys and text:
                    yield Entry(keys[uid], text, reporter)


def _keys(snapshot: Snapshot) -> dict[str, RecordKey]:
    issues: dict[str, RecordKey] = {one.uid: (Issue, one.id) for one in snapshot.issues}
    return issues | {one.uid: (Measure, one.id) for one in snapshot.measures}
