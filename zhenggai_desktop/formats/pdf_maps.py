"""Tables of signs for vertical writing in PDF files, from those for horizontal writing.

They differ in a few brackets only, and are as large: a package leaves them out (installer/package_contents.py).
"""

from __future__ import annotations

from typing import Any

from pdfminer.cmapdb import CMapBase, CMapDB, PyCMap

_VERTICAL, _HORIZONTAL = "-V", "-H"
_original = CMapDB.get_cmap


def accept_vertical_writing() -> None:
    """Let the reader take the horizontal table where a vertical one is missing. Done once; again it does nothing."""
    CMapDB.get_cmap = staticmethod(cmap_of)  # type: ignore[method-assign]


def cmap_of(name: str) -> CMapBase:
    """The table of this name. Raises the reader's own error where there is none for either direction."""
    try:
        return _original(name)
    except CMapDB.CMapNotFound:
        if not name.endswith(_VERTICAL):
            raise
    horizontal: Any = _original(name.removesuffix(_VERTICAL) + _HORIZONTAL)
    return PyCMap(name, type(name, (), {"CODE2CID": horizontal.code2cid, "IS_VERTICAL": True}))
