"""Shows a dialog and says how it ended. Apart from the dialogs: who may show one needs none at start."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog


def agreed(dialog: QDialog) -> bool:
    """Show the dialog; True where the user agreed to it."""
    try:
        return dialog.exec() == type(dialog).DialogCode.Accepted
    finally:
        dialog.deleteLater()
