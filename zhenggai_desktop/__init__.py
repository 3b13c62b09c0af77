"""整改台账: from inspection feedback to the public notice, offline, in one file."""

__version__ = "0.1.0"
