"""A picture in small, read only as large as it is shown."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImageReader, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from zhenggai_desktop.gui.style import MARGIN

_KINDS = frozenset({".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp"})
_LINES = 4  # its height in lines of text
_ROOM = 20  # lines that what it stands in must have: with large letters on a small screen fields come first


class Thumbnail(QLabel):
    """Hidden where there is no picture, and where it cannot be read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setContentsMargins(MARGIN, 0, MARGIN, 0)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._shown: tuple[Path, int] | None = None
        self.hide()

    @staticmethod
    def can_show(file_name: str) -> bool:
        """True for the name of a picture."""
        return Path(file_name).suffix.lower() in _KINDS

    def show_file(self, place: Path | None) -> None:
        """Show the picture there, or nothing."""
        line, around = self.fontMetrics().height(), self.parentWidget()
        if around is not None and around.isVisible() and around.height() < line * _ROOM:
            place = None
        height = line * _LINES
        if place is not None and self._shown == (place, height):
            return
        self._shown = None
        pixmap = QPixmap() if place is None else _small(place, height)
        if place is None or pixmap.isNull():
            self.clear()
            self.hide()
            return
        self._shown = (place, height)
        self.setPixmap(pixmap)
        self.setAccessibleName(f"图片缩略图：{place.stem}")
        self.show()


def _small(place: Path, height: int) -> QPixmap:
    reader = QImageReader(str(place))
    reader.setAutoTransform(True)  # photos from phones lie on their side
    size = reader.size()
    if size.isValid():
        longest = QSize(height * 3, height)
        reader.setScaledSize(size.scaled(longest, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1)))
    image = reader.read()
    if not image.isNull() and image.height() > height:  # turned, or of a kind that cannot be read small
        image = image.scaledToHeight(height, Qt.TransformationMode.SmoothTransformation)
    return QPixmap.fromImage(image)
