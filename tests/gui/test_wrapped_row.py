"""Rows that go on on a further line, measured on real widgets."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from zhenggai_desktop.gui.wrapped_row import WrappedRow


def shown(width: int, *sizes: int | None, hidden: int | None = None) -> tuple[QWidget, list[QLabel]]:
    """A widget with a row of labels of these widths; None is room."""
    labels = [QLabel() for size in sizes if size is not None]
    rest = iter(labels)
    parts = [None if size is None else next(rest) for size in sizes]
    for label, size in zip(parts, sizes, strict=True):
        if label is not None and size is not None:
            label.setFixedSize(size, 20)
    widget = QWidget()
    layout = QVBoxLayout(widget)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addLayout(WrappedRow(*parts, spacing=10))
    layout.addStretch(1)
    if hidden is not None:
        labels[hidden].hide()
    widget.resize(width, 200)
    widget.show()
    QApplication.processEvents()
    return widget, labels


@pytest.mark.parametrize(
    ("width", "sizes", "places"),
    [
        (400, (100, 100, None, 80), [(0, 0), (110, 0), (320, 0)]),
        (300, (100, 100, None, 80), [(0, 0), (110, 0), (220, 0)]),
        (250, (100, 100, None, 80), [(0, 0), (110, 0), (0, 30)]),
        (120, (100, 100, None, 80), [(0, 0), (0, 30), (0, 60)]),
        (90, (100, 60), [(0, 0), (0, 30)]),
    ],
)
def test_what_has_no_room_goes_on_below(
    qapp: QApplication, width: int, sizes: tuple[int | None, ...], places: list[tuple[int, int]]
) -> None:
    widget, labels = shown(width, *sizes)
    assert [(label.x(), label.y()) for label in labels] == places
    widget.close()
    widget.deleteLater()


def test_what_is_hidden_takes_no_room(qapp: QApplication) -> None:
    widget, labels = shown(200, 100, 100, 80, hidden=1)
    assert [(label.x(), label.y()) for label in labels if label.isVisible()] == [(0, 0), (110, 0)]
    widget.close()
    widget.deleteLater()
