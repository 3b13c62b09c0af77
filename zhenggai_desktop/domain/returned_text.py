"""A document that came back, as its paragraphs with the traces of those who worked on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Inserted:
    """``text[start:end]`` of a paragraph was inserted with tracking on; ``when`` is as the file writes it."""

    start: int
    end: int
    author: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Deleted:
    """Words that were deleted at a place of a paragraph with tracking on."""

    at: int
    text: str
    author: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on ``text[start:end]`` of its paragraph, on the whole of it where both are equal."""

    text: str
    author: str
    when: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ReturnedParagraph:
    """One paragraph with all tracked changes accepted. ``mark_author`` typed its end while tracking was on."""

    text: str
    line: int = 0
    inserted: tuple[Inserted, ...] = ()
    deleted: tuple[Deleted, ...] = ()
    comments: tuple[Comment, ...] = ()
    bookmarks: tuple[str, ...] = ()
    mark_author: str = ""

    @property
    def authors(self) -> tuple[str, ...]:
        """Who inserted or deleted something here, each once."""
        return unique([*(one.author for one in self.inserted), *(one.author for one in self.deleted), self.mark_author])


@dataclass(frozen=True, slots=True)
class ReturnedText:
    """``draft_id`` is what the file says of itself, "" where it says nothing; ``remarks`` are sentences."""

    name: str
    paragraphs: tuple[ReturnedParagraph, ...]
    draft_id: str = ""
    remarks: tuple[str, ...] = ()


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """Each name once, in order, without empty ones."""
    return tuple(dict.fromkeys(name for name in names if name))
