"""One SQLite file and the folder beside it: the only SQL."""
