"""The characters of one OFD text object with their places (GB/T 33190-2016 11: TextObject, TextCode, DeltaX, CTM)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenggai_desktop.formats.page_lines import Piece

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MOST_DELTAS = 100_000
"""Most distances that one list may stand for: “g 1000000000 1” is no text."""
_ASLANT = 0.2


@dataclass(frozen=True, slots=True)
class Matrix:
    """x′ = a·x + c·y + e, y′ = b·x + d·y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point comes to lie."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def then(self, outer: Matrix) -> Matrix:
        """This matrix first, ``outer`` after it."""
        e, f = outer.point(self.e, self.f)
        return Matrix(
            outer.a * self.a + outer.c * self.b,
            outer.b * self.a + outer.d * self.b,
            outer.a * self.c + outer.c * self.d,
            outer.b * self.c + outer.d * self.d,
            e,
            f,
        )


def pieces_of(text_object: Element, to_page: Matrix) -> Iterator[Piece | str]:
    """The characters of a TextObject on the page; text that does not run along the lines as bare strings."""
    size = _number(text_object.get("Size"), 0.0)
    stretch = _number(text_object.get("HScale"), 1.0) or 1.0
    matrix = _matrix(text_object, to_page)
    turned = abs(matrix.b) > _ASLANT * abs(matrix.a) or text_object.get("ReadDirection", "0") != "0"
    x = y = 0.0
    for code in text_object:
        if not code.tag.endswith("TextCode"):
            continue
        text = code.text or ""
        x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
        if turned or _deltas(code.get("DeltaY")):
            yield text.strip()
        else:
            yield from _characters(text, x, y, _deltas(code.get("DeltaX")), size=size, stretch=stretch, matrix=matrix)


def _characters(
    text: str, x: float, y: float, deltas: list[float], *, size: float, stretch: float, matrix: Matrix
) -> Iterator[Piece]:
    text = text.strip("\r\n")
    for i, char in enumerate(text):
        width = size * stretch * (0.5 if ord(char) < 0x2000 else 1.0)
        step = deltas[i] if i < len(deltas) else width
        left, base = matrix.point(x, y)
        right = matrix.point(x + (min(step, width) if i < len(text) - 1 and step > 0 else width), y)[0]
        yield Piece(char, min(left, right), max(left, right), base, abs(matrix.d) * size)
        x += step


def _matrix(text_object: Element, to_page: Matrix) -> Matrix:
    """From the object's own coordinates over its CTM and the corner of its boundary to the page."""
    corner = numbers(text_object.get("Boundary"))
    own = numbers(text_object.get("CTM"))
    matrix = Matrix(*own) if len(own) == 6 else Matrix()
    left, top = (corner[0], corner[1]) if len(corner) >= 2 else (0.0, 0.0)
    return matrix.then(Matrix(e=left, f=top)).then(to_page)


def _deltas(text: str | None) -> list[float]:
    """A list of distances, in which “g 3 5.2” stands for 5.2 5.2 5.2."""
    words = (text or "").split()
    found: list[float] = []
    position = 0
    while position < len(words) and len(found) < _MOST_DELTAS:
        if words[position] == "g" and position + 2 < len(words):
            times = int(_number(words[position + 1], 0.0))
            found += [_number(words[position + 2], 0.0)] * max(min(times, _MOST_DELTAS - len(found)), 0)
            position += 3
        else:
            found.append(_number(words[position], 0.0))
            position += 1
    return found


def numbers(text: str | None) -> list[float]:
    """The numbers of an attribute or element; 0 for what is none or what no page is large enough for."""
    return [_number(word, 0.0) for word in (text or "").split()]


def _number(text: str | None, default: float) -> float:
    """``text`` as a finite number of a size that a page can have."""
    try:
        value = float(text) if text else default
    except ValueError:
        return default
    return value if math.isfinite(value) and abs(value) < 1e6 else default
