"""How a check that is no longer wanted ends. On its own: whoever waits for checks need not load the rules."""


class ProofreadingStopped(Exception):  # noqa: N818 - nothing went wrong: another text waits
    """A check was broken off; what it has read is remembered for the next one."""


def never() -> bool:
    """For a check that nobody breaks off."""
    return False
