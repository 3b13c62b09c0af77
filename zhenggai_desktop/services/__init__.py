"""One method per thing a user does. Never asks the user anything."""
