"""The working months in the window: closing, chasing, extensions, entries of many rows at once."""
