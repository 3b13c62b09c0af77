"""Questions that need more than one sentence."""
