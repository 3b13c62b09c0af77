"""The views that a user saved, by ledger. They are kept by the ledger's own id: a file that moves keeps its views."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai_desktop.gui.shared_file import SharedFile

if TYPE_CHECKING:
    from zhenggai_desktop.domain.saved_views import SavedView

_KEPT = 200  # ledgers; those whose views were changed longest ago are forgotten


class ViewMemory:
    """A JSON file that all windows share. Damaged or missing, it holds no views."""

    def __init__(self, path: Path | None = None) -> None:
        """Without a path nothing outlives the window."""
        self._file = SharedFile(path)

    def views(self, ledger_uid: str) -> list[SavedView]:
        """The views of a ledger in the order in which they were made."""
        from zhenggai_desktop.domain.saved_views import view_from  # noqa: PLC0415 - not at start

        kept = self._file.values().get(ledger_uid)
        listed = kept if isinstance(kept, list) else []
        return [view for values in listed if (view := view_from(values)) is not None]

    def save(self, ledger_uid: str, view: SavedView) -> None:
        """Keep a view; one with the same name gives way to it."""
        known = self.views(ledger_uid)
        names = [other.name for other in known]
        if view.name in names:
            known[names.index(view.name)] = view
        else:
            known.append(view)
        self._set(ledger_uid, known)

    def rename(self, ledger_uid: str, before: str, name: str) -> None:
        """Call a view something else; a view that had this name is gone."""
        from zhenggai_desktop.domain.saved_views import SavedView  # noqa: PLC0415

        known = [view for view in self.views(ledger_uid) if view.name != name or name == before]
        self._set(ledger_uid, [SavedView(name, v.base, v.wanted) if v.name == before else v for v in known])

    def remove(self, ledger_uid: str, name: str) -> None:
        self._set(ledger_uid, [view for view in self.views(ledger_uid) if view.name != name])

    def _set(self, ledger_uid: str, views: list[SavedView]) -> None:
        from zhenggai_desktop.domain.saved_views import view_values  # noqa: PLC0415

        kept = self._file.values()
        kept.pop(ledger_uid, None)
        if views:
            kept[ledger_uid] = [view_values(view) for view in views]
        for old in list(kept)[:-_KEPT]:
            del kept[old]
        self._file.write()
