"""The proofreader in the window: who runs it, what it found, and where that is shown."""
