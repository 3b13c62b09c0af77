"""What rules read out of paragraphs by their words alone, kept up to date by difference: an edit costs one paragraph.

A rule that looks at a whole text asks for the places at which a ``Reading`` found something. All readings of a
paragraph are made in one go, while its numbers and dates are at hand, and none is made where its words cannot be.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import Flag, auto
from functools import cached_property
from operator import itemgetter
from typing import Any, Generic, TypeVar, cast

from zhenggai_desktop.domain.blocks import Anchor, Block, Kind
from zhenggai_desktop.domain.document_parts import is_contact_paragraph
from zhenggai_desktop.domain.proofread.stopping import ProofreadingStopped
from zhenggai_desktop.domain.quick_patterns import Gated, Gates, grams, ungated

T = TypeVar("T")


class Role(Flag):
    """What a paragraph is to the rules."""

    ANSWER = auto()  # what was done about an issue
    PROSE = auto()  # of a chapter
    OTHER = auto()


ALL = Role.ANSWER | Role.PROSE | Role.OTHER
UNANSWERING = Role.PROSE | Role.OTHER


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph in its normal form: its words, what it is, where it is from; ``raw`` is as the source has it."""

    text: str
    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    line: int = 0
    anchor: Anchor | None = None
    raw: str = ""

    @property
    def is_answer(self) -> bool:
        """True for what was done about an issue."""
        return self.kind is Kind.PARAGRAPH and self.anchor is not None and self.anchor.kind in ("issue", "measure")

    @property
    def is_contact(self) -> bool:
        """True for the closing paragraph in which telephone numbers and addresses belong."""
        return is_contact_paragraph(self.text)

    @property
    def role(self) -> Role:
        if self.is_answer:
            return Role.ANSWER
        return Role.PROSE if self.anchor is not None and self.anchor.kind == "chapter" else Role.OTHER


class BlockTexts:
    """The texts of a document's blocks; those of blocks that have not changed are the texts of the last time."""

    def __init__(self) -> None:
        self._blocks: tuple[Block, ...] = ()
        self._texts: tuple[Text, ...] = ()

    def of(self, blocks: tuple[Block, ...]) -> tuple[Text, ...]:
        """One text for each block; ``line`` counts them from 1."""
        head, tail = same_ends(self._blocks, blocks)
        if len(blocks) != len(self._blocks):
            tail = 0  # their lines are others
        end = len(blocks) - tail
        fresh = tuple(_text_of(block, i) for i, block in enumerate(blocks[head:end], head + 1))
        self._blocks, self._texts = blocks, (*self._texts[:head], *fresh, *self._texts[len(self._texts) - tail :])
        return self._texts


def _text_of(block: Block, line: int) -> Text:
    words = block.text
    return Text(words, block.kind, block.level, line, block.anchor, words)


class Reading(Generic[T]):
    """Something that a rule reads in paragraphs of some roles. ``nothing`` is what the reader gives for most of them.

    ``raw`` reads the words as the source has them.
    """

    def __init__(
        self, reader: Callable[[str], T], roles: Role = ALL, *, raw: bool = False, nothing: object = ()
    ) -> None:
        self.reader, self.gate = ungated(reader)
        self.nothing = cast("Gated[T]", reader).nothing if isinstance(reader, Gated) else nothing
        self.roles = roles
        self.raw = raw


Places = list[tuple[int, T]]
_Key = tuple[str, str, Role]
_place = itemgetter(0)


class _Gated:
    """Readings with their numbers, looked up by their gates."""

    def __init__(self, readings: Sequence[tuple[int, Reading[Any]]]) -> None:
        self._gates = Gates([reading.gate for _, reading in readings])
        self._readers = [(number, reading.reader, reading.nothing) for number, reading in readings]

    def found(self, words: str) -> list[tuple[int, Any]]:
        """What is found in ``words``, with the number of the reading that finds it."""
        found: list[tuple[int, Any]] = []
        for at in self._gates.open(words):
            number, reader, nothing = self._readers[at]
            value = reader(words)
            if value != nothing:
                found.append((number, value))
        return found


class Memory:
    """What was read, of the texts that were shown last. ``readings`` are made together, others when asked for."""

    def __init__(self, readings: Sequence[Reading[Any]] = ()) -> None:
        self._readings = tuple(readings)
        self._of_both = self._gates(raw=None)  # of paragraphs whose words are those of their source
        self._facts: dict[_Key, tuple[tuple[int, Any], ...]] = {}  # words → what which reading found
        self._texts: tuple[Text, ...] = ()
        self._places: dict[Reading[Any], Places[Any]] = {reading: [] for reading in self._readings}
        self._kept: dict[str, tuple[Hashable, Any]] = {}
        self._answers: dict[tuple[Callable[[str], Any], str], Any] = {}

    @cached_property
    def _of_words(self) -> Mapping[Role, _Gated]:
        return self._gates(raw=False)

    @cached_property
    def _of_raw(self) -> Mapping[Role, _Gated]:
        return self._gates(raw=True)

    def _gates(self, *, raw: bool | None) -> Mapping[Role, _Gated]:
        """By role the readings of the words, of the raw ones, or of both."""
        numbered = [each for each in enumerate(self._readings) if raw is None or each[1].raw is raw]
        return {role: _Gated([each for each in numbered if role in each[1].roles]) for role in Role}

    def show(self, texts: tuple[Text, ...], stopped: Callable[[], bool]) -> None:
        """Bring everything up to date with ``texts``. Raises ProofreadingStopped; what was read stays remembered."""
        old = self._texts
        if texts is old:
            return
        head, tail = same_ends(old, texts)
        fresh: list[Places[Any]] = [[] for _ in self._readings]
        others = [reading for reading in self._places if reading not in self._readings]
        fresh += [[] for _ in others]
        for i in range(head, len(texts) - tail):
            if stopped():
                raise ProofreadingStopped
            for at, found in self._facts_of(texts[i]):
                fresh[at].append((i, found))
            for at, reading in enumerate(others, len(self._readings)):
                if (found := _found(reading, texts[i])) != reading.nothing:
                    fresh[at].append((i, found))
        for reading, places in zip((*self._readings, *others), fresh, strict=True):
            _put(self._places[reading], head, len(old) - tail, places, len(texts) - len(old))
        self._texts = texts
        if len(self._answers) > 8 * len(texts) + 10_000:
            self._answers.clear()
        if len(self._facts) > 2 * len(texts) + 1000:
            held = {(text.text, text.raw, text.role) for text in texts}
            self._facts = {key: facts for key, facts in self._facts.items() if key in held}

    def _facts_of(self, text: Text) -> tuple[tuple[int, Any], ...]:
        key = text.text, text.raw, text.role
        facts = self._facts.get(key)
        if facts is None:
            facts = self._facts[key] = tuple(self._read(text))
        return facts

    def _read(self, text: Text) -> list[tuple[int, Any]]:
        words, raw, role = text.text, text.raw, text.role
        if raw == words:
            return self._of_both[role].found(words)
        return [*self._of_words[role].found(words), *self._of_raw[role].found(raw)]

    def places(self, reading: Reading[T]) -> Places[T]:
        """The paragraphs in which it found something, in order, with what it found; not to be changed."""
        places = self._places.get(reading)
        if places is None:
            found = ((i, _found(reading, text)) for i, text in enumerate(self._texts))
            places = self._places[reading] = [place for place in found if place[1] != reading.nothing]
        return places

    def read(self, reader: Callable[[str], T], words: str) -> T:
        """``reader(words)`` of any words, remembered."""
        key = reader, words
        if key not in self._answers:
            self._answers[key] = reader(words)
        return cast("T", self._answers[key])

    def kept(self, name: str, key: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` made when it was asked for by ``name``, as long as ``key`` stays the same."""
        known = self._kept.get(name)
        if known is None or known[0] != key:
            if known is not None and isinstance(known[1], Reading):
                self._places.pop(cast("Reading[Any]", known[1]), None)
            known = self._kept[name] = (key, make())
        return cast("T", known[1])


def _found(reading: Reading[T], text: Text) -> T:
    words = text.raw if reading.raw else text.text
    if text.role not in reading.roles or (reading.gate and grams(words).isdisjoint(reading.gate)):
        return cast("T", reading.nothing)
    return reading.reader(words)


def same_ends(old: Sequence[object], new: Sequence[object]) -> tuple[int, int]:
    """How many of two sequences are the same at the beginning and at the end."""
    shorter = min(len(old), len(new))
    head = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a is not b and a != b), shorter)
    ends = zip(reversed(old), reversed(new), strict=False)
    tail = next((i for i, (a, b) in enumerate(ends) if a is not b and a != b), shorter)
    return head, min(tail, shorter - head)


def _put(places: Places[Any], start: int, end: int, fresh: Places[Any], moved: int) -> None:
    """Replace what is at the paragraphs from ``start`` to ``end``; those behind it have moved."""
    first, last = bisect_left(places, start, key=_place), bisect_left(places, end, key=_place)
    behind = [(i + moved, found) for i, found in places[last:]] if moved else None
    places[first : len(places) if moved else last] = [*fresh, *(behind or ())] if moved else fresh
