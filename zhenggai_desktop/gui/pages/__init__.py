"""What the window shows in its middle, one page at a time."""
