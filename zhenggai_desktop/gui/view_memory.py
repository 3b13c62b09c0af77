"""The views that a user saved, by ledger. They are kept by the ledger's own id: a file that moves keeps its views."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zhenggai_desktop.domain.saved_views import SavedView

_KEPT = 200  # ledgers; those whose views were changed longest ago are forgotten


class ViewMemory:
    """A JSON file, read once and written at each change. Damaged or missing, it holds no views."""

    def __init__(self, path: Path | None = None) -> None:
        """Without a path nothing outlives the window."""
        self._path = path
        self._views: dict[str, list[dict[str, Any]]] = {}
        if path is not None:
            with suppress(OSError, ValueError, RecursionError):
                raw: object = json.loads(path.read_text(encoding="utf-8"))
                if isinstance(raw, dict):
                    self._views = {str(uid): value for uid, value in raw.items() if isinstance(value, list)}

    def views(self, ledger_uid: str) -> list[SavedView]:
        """The views of a ledger in the order in which they were made."""
        from zhenggai_desktop.domain.saved_views import view_from  # noqa: PLC0415 - not at start

        return [view for values in self._views.get(ledger_uid, []) if (view := view_from(values)) is not None]

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

        self._views.pop(ledger_uid, None)
        if views:
            self._views[ledger_uid] = [view_values(view) for view in views]
        for old in list(self._views)[:-_KEPT]:
            del self._views[old]
        if self._path is None:
            return
        with suppress(OSError):  # a full disk is told of by the ledger itself
            self._path.parent.mkdir(parents=True, exist_ok=True)
            temporary = self._path.with_name(self._path.name + ".new")
            temporary.write_text(json.dumps(self._views, ensure_ascii=False), encoding="utf-8")
            temporary.replace(self._path)
