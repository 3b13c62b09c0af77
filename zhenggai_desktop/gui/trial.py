"""How a package is tried: the window shows that it can, is photographed, and goes without anybody at the keyboard.

Nothing of Qt is imported here: the options are read before it is known whether there will be a window.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

QUIT_AFTER_START = "--quit-after-start"
QUIT_WHEN_ASKED = "--quit-when-asked"
PICTURE = "--picture"


class Trial(NamedTuple):
    """What a start is to do besides; nothing for a user's start.

    ``picture`` is the file for a picture of the window, taken once it shows what it was started with.
    """

    picture: Path | None = None
    quit_after_start: bool = False
    quit_when_asked: bool = False  # when a second start hands its file over

    @property
    def is_one(self) -> bool:
        """Whether nobody sits at the keyboard: nothing may wait for an answer."""
        return self != Trial()


def taken_out(arguments: Sequence[str]) -> tuple[Trial, list[str]]:
    """The options of a trial, and the arguments that are left."""
    rest = list(arguments)
    picture: Path | None = None
    if PICTURE in rest[:-1]:
        at = rest.index(PICTURE)
        picture = Path(rest[at + 1])
        del rest[at : at + 2]
    trial = Trial(picture, QUIT_AFTER_START in rest, QUIT_WHEN_ASKED in rest)
    return trial, [argument for argument in rest if argument not in (QUIT_AFTER_START, QUIT_WHEN_ASKED)]
