"""The command line: ``zhenggai``. Every command reads or writes a ledger file and never asks back."""

from __future__ import annotations

from zhenggai_desktop.cli.running import main

__all__ = ["main"]
