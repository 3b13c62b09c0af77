"""The window's modules are loaded in one go, before anything else is done with them."""

from __future__ import annotations

from zhenggai_desktop.domain.collector import no_garbage_collection


def load_window() -> None:
    """Load what the window is made of; none of it is ever garbage. ImportError where a library of Qt is missing."""
    with no_garbage_collection(for_good=True):
        from zhenggai_desktop.gui import app  # noqa: PLC0415

        assert app
