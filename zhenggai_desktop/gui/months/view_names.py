"""Names of the views of the page of the working months: known before any of them is loaded."""

CHASE, PROGRESS, CLOSING, EVIDENCE = "chase", "progress", "closing", "evidence"
