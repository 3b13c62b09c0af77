"""Widgets beside each other, on further lines where large letters or a small window leave no room for one."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSpacerItem, QWidget

Line = list[QLayoutItem]


class WrappedRow(QLayout):
    """Each widget has the width that it asks for; None is room: what stands behind it is at the right."""

    def __init__(self, *widgets: QWidget | None, spacing: int) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setSpacing(spacing)
        for widget in widgets:
            if widget is None:
                self.addItem(QSpacerItem(0, 0))
            else:
                self.addWidget(widget)

    # --- what Qt asks of a layout

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override] - None is how Qt is told the end
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        around = self.contentsMargins()
        heights = [_height(line) for line in self._lines(width - around.left() - around.right())]
        return around.top() + around.bottom() + sum(heights) + self.spacing() * max(len(heights) - 1, 0)

    def sizeHint(self) -> QSize:
        """All on one line."""
        around, shown = self.contentsMargins(), self._shown()
        width = sum(item.sizeHint().width() for item in shown) + self.spacing() * max(len(shown) - 1, 0)
        return QSize(width + around.left() + around.right(), _height(shown) + around.top() + around.bottom())

    def minimumSize(self) -> QSize:
        """The widest alone."""
        around, shown = self.contentsMargins(), self._shown()
        width = max((item.minimumSize().width() for item in shown), default=0)
        return QSize(width + around.left() + around.right(), _height(shown) + around.top() + around.bottom())

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        inside = rect.marginsRemoved(self.contentsMargins())
        top = inside.top()
        for line in self._lines(inside.width()):
            height, left = _height(line), inside.left()
            shown = [item for item in line if not _is_room(item)]
            used = sum(self._width(item, inside.width()) for item in shown) + self.spacing() * (len(shown) - 1)
            for item in line:
                if _is_room(item):
                    left += max(inside.width() - used, 0)
                    continue
                size = QSize(self._width(item, inside.width()), item.sizeHint().height())
                item.setGeometry(QRect(left, top + (height - size.height()) // 2, size.width(), size.height()))
                left += size.width() + self.spacing()
            top += height + self.spacing()

    # --- lines

    def _shown(self) -> Line:
        return [item for item in self._items if not _is_room(item) and not item.isEmpty()]

    @staticmethod
    def _width(item: QLayoutItem, room: int) -> int:
        return min(item.sizeHint().expandedTo(item.minimumSize()).boundedTo(item.maximumSize()).width(), room)

    def _lines(self, room: int) -> Iterator[Line]:
        """What stands on each line; one without widgets is none."""
        line: Line = []
        left = room
        for item in self._items:
            if _is_room(item):
                line.append(item)
                continue
            if item.isEmpty():  # hidden
                continue
            width = self._width(item, room)
            if width > left and not all(map(_is_room, line)):
                yield line
                line, left = [], room
            line.append(item)
            left -= width + self.spacing()
        if not all(map(_is_room, line)):
            yield line


def _is_room(item: QLayoutItem) -> bool:
    return isinstance(item, QSpacerItem)


def _height(line: Line) -> int:
    return max((item.sizeHint().height() for item in line), default=0)
