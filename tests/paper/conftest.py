"""Pages are set in the fonts of a screen, so an application is there; Qt's own font test is enough."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from zhenggai_desktop.paper.pages import PageMaker


@pytest.fixture
def maker(qapp: QApplication) -> PageMaker:
    """A page maker of the standard profile."""
    return PageMaker()
