"""Blocks become laid-out pages, painted on a screen, a printer or a PDF. QtCore and QtGui only, no widgets."""
