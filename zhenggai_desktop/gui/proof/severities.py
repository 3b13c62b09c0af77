"""How grave a finding is, as a colour and as an order."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QColor

from zhenggai_desktop.domain.proofread.findings import Finding, Severity
from zhenggai_desktop.gui import themes

_GRAVEST = tuple(Severity)


def gravest(findings: Iterable[Finding]) -> Severity:
    """The gravest severity among findings, of which there is at least one."""
    return min((finding.severity for finding in findings), key=_GRAVEST.index)


def severity_colour(severity: Severity) -> QColor:
    """The colour of a severity in the theme that is worn."""
    theme = themes.current()
    colours = {Severity.ERROR: theme.problem, Severity.WARNING: theme.warning, Severity.NOTE: theme.muted}
    return QColor(colours[severity])
