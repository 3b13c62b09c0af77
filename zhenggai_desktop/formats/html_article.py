"""The article in a whole web page: the smallest part that holds nearly all sentences, with its title, place and date.

Sentences that are links, or stand in what names itself a menu, a foot or a share bar, do not count. What is not part
of the article is given back too, so that the reader can say what was left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhenggai_desktop.domain.cleaning import without_invisible
from zhenggai_desktop.domain.numbering import leading_mark
from zhenggai_desktop.domain.source_lines import TERMINAL, is_date, is_organisation
from zhenggai_desktop.domain.web_furniture import looks_like_web
from zhenggai_desktop.formats.html_blocks import Element, TextBlock

_NEARLY_ALL = 0.9
"""The share of all sentences that the article holds; a summary beside it or a note below it may hold the rest."""
_FALSE_NAME = 0.4
"""What holds more than this share of all sentences is no menu, whatever it is named."""
_SENTENCE = re.compile(r"[。；！？]")
_LONG = 30
_LONGEST_TITLE = 60
_TITLE_WITHIN = 40
"""How many blocks above the article its title is looked for."""
_SIGNED_WITHIN = 4


@dataclass(frozen=True, slots=True)
class Article:
    inside: tuple[TextBlock, ...]
    outside: tuple[TextBlock, ...]


def article_of(elements: Sequence[Element], blocks: Sequence[TextBlock], page_title: str) -> Article:
    """The blocks that are the article, in order, and the others; all are inside where no sentence tells them apart."""
    shown = [block for block in blocks if not block.hidden]
    plain = _total(elements, [(block.node, _weight(block)) for block in shown])
    if not plain[0]:
        return Article(tuple(shown), ())
    furniture = _furniture(elements, plain)
    weights = {block.number: 0 if furniture[block.node] else _weight(block) for block in shown}
    totals = _total(elements, [(block.node, weights[block.number]) for block in shown])
    container = _container(elements, shown, totals, furniture)
    inside = _within(elements, shown, container)
    prose = [block.number for block in inside if weights[block.number]]
    kept = [
        block
        for block in inside
        if not furniture[block.node] and (not block.linked or prose[0] <= block.number <= prose[-1])
    ]
    kept = _titled(kept, shown, prose[0], page_title)
    kept = _signed(kept, shown, furniture)
    chosen = {block.number for block in kept}
    return Article(tuple(kept), tuple(block for block in shown if block.number not in chosen))


def _weight(block: TextBlock) -> int:
    """How many characters of sentences; menus, buttons and links have none."""
    text = without_invisible(block.text).strip()
    if block.linked or looks_like_web(text):
        return 0
    is_prose = _SENTENCE.search(text) or (len(text) >= _LONG and "，" in text) or leading_mark(text) is not None
    return len(text) if is_prose else 0


def _total(elements: Sequence[Element], weights: Sequence[tuple[int, int]]) -> list[int]:
    """For each element the sum of what it and the elements in it hold; parents stand before their children."""
    totals = [0] * len(elements)
    for node, weight in weights:
        totals[node] += weight
    for node in range(len(elements) - 1, 0, -1):
        totals[elements[node].parent] += totals[node]
    return totals


def _furniture(elements: Sequence[Element], plain: Sequence[int]) -> list[bool]:
    """For each element whether it is furniture: by its name or one above it, unless it holds the sentences."""
    found = [False] * len(elements)
    for node in range(1, len(elements)):
        named = elements[node].named_furniture
        found[node] = found[elements[node].parent] or (named and plain[node] <= _FALSE_NAME * plain[0])
    return found


def _container(
    elements: Sequence[Element], blocks: Sequence[TextBlock], totals: Sequence[int], furniture: Sequence[bool]
) -> int:
    """Down to the smallest element with nearly all sentences, then up again while that adds no links or furniture."""
    node = 0
    for candidate in range(1, len(elements)):  # in the order of the page: children of ``node`` come after it
        if elements[candidate].parent == node and totals[candidate] >= _NEARLY_ALL * totals[0]:
            node = candidate
    strange = _total(
        elements, [(block.node, len(block.text) if block.linked or furniture[block.node] else 0) for block in blocks]
    )
    while elements[node].parent >= 0 and strange[elements[node].parent] == strange[node]:
        node = elements[node].parent
    return node


def _within(elements: Sequence[Element], blocks: Sequence[TextBlock], container: int) -> list[TextBlock]:
    held = [False] * len(elements)
    for node in range(len(elements)):
        held[node] = node == container or (elements[node].parent >= 0 and held[elements[node].parent])
    return [block for block in blocks if held[block.node]]


def _titled(
    kept: Sequence[TextBlock], shown: Sequence[TextBlock], first_prose: int, page_title: str
) -> list[TextBlock]:
    """With the title from above the article, where the article has none of its own."""
    if any(_could_be_title(block) for block in kept if block.number < first_prose):
        return list(kept)
    above = [block for block in shown if block.number < kept[0].number][-_TITLE_WITHIN:]
    candidates = [block for block in reversed(above) if _could_be_title(block)]
    named = [block for block in candidates if _is_named_title(block)]
    named += [block for block in candidates if _begins_page_title(block, page_title)]
    return [*named[:1], *kept]


def _could_be_title(block: TextBlock) -> bool:
    text = block.text.strip()
    return (
        4 < len(text) <= _LONGEST_TITLE
        and text[-1] not in TERMINAL.replace("）", "").replace("”", "").replace("》", "")
        and not looks_like_web(text)
        and leading_mark(text) is None
    )


def _is_named_title(block: TextBlock) -> bool:
    return block.heading in {1, 2} or block.titled


def _begins_page_title(block: TextBlock, page_title: str) -> bool:
    return bool(page_title) and page_title.replace(" ", "").startswith(block.text.replace(" ", ""))


def _signed(kept: Sequence[TextBlock], shown: Sequence[TextBlock], furniture: Sequence[bool]) -> list[TextBlock]:
    """With the place and date from just below the article, where it does not end with them."""
    if any(is_date("".join(block.text.split())) for block in kept[-3:]):
        return list(kept)
    below = [block for block in shown if block.number > kept[-1].number and not furniture[block.node]][:_SIGNED_WITHIN]
    for i, block in enumerate(below):
        text = "".join(block.text.split())
        if is_date(text):
            return [*kept, *below[: i + 1]]
        if not is_organisation(text) or block.linked:
            break
    return list(kept)
