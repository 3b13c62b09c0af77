"""The window. It arranges; it does not decide."""
