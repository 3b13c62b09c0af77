"""The working months in the window: process, chasing, extensions, entries of many rows at once, closing."""
