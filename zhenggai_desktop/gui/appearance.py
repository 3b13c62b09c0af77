"""Size of letters and theme: chosen by the user, and where the user chose so, by the system."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from zhenggai_desktop.gui import themes
from zhenggai_desktop.gui.style import LARGE, dress, rescaled
from zhenggai_desktop.gui.themes import ThemeChoice


class Appearance(QObject):
    """Dresses the application, and again whenever something is chosen or the system changes."""

    changed = Signal()  # colours or letters are others now

    def __init__(self, choice: str, scale: int, usual: int = 100, parent: QObject | None = None) -> None:
        """``choice`` is a theme's word (any other follows the system), ``usual`` the size outside of large type."""
        super().__init__(parent)
        self.choice = ThemeChoice(choice) if choice in set(ThemeChoice) else ThemeChoice.SYSTEM
        self.scale = scale
        self.usual = usual
        self._dressing = False
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self._application = application
        self._dress()
        application.styleHints().colorSchemeChanged.connect(self._on_system_changed)

    @property
    def is_large(self) -> bool:
        """Large type: half as large again as usual, or more."""
        return self.scale >= LARGE

    def choose(self, choice: ThemeChoice) -> None:
        """Wear a theme, or what the system wears."""
        self.choice = choice
        self._dress()

    def rescale(self, by: int) -> None:
        """A step larger (+1) or smaller (-1), or (0) the usual size."""
        self.scale = rescaled(self.scale, by)
        self._dress()

    def toggle_large(self) -> None:
        """Large type on, or back to the size before it."""
        if self.is_large:
            self.scale = min(self.usual, rescaled(LARGE, -1))
        else:
            self.usual, self.scale = self.scale, LARGE
        self._dress()

    def _dress(self) -> None:
        self._dressing = True
        hints = self._application.styleHints()
        follows = self.choice is ThemeChoice.SYSTEM
        wanted = Qt.ColorScheme.Unknown if follows else themes.THEMES[self.choice].scheme
        hints.setColorScheme(wanted)  # also the frame of the window and the system's own dialogs
        contrast = follows and themes.system_wants_contrast()
        theme = themes.chosen(self.choice, hints.colorScheme(), high_contrast=contrast)
        dress(self._application, self.scale, theme)
        self._dressing = False
        self.changed.emit()

    def _on_system_changed(self) -> None:
        if self.choice is ThemeChoice.SYSTEM and not self._dressing:
            self._dress()
