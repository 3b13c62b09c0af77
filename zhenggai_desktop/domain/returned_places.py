"""The headings of a draft in the order in which they came back: below what and behind what each of them stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from zhenggai_desktop.domain.blocks import Anchor
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import Issue, Section
from zhenggai_desktop.domain.returned_changes import Returned


class Headings:
    """What one walk through the headings tells of each; ``record`` and depth are the ledger's."""

    def __init__(self, returned: Returned, outline: Outline) -> None:
        self._records: dict[Anchor, Section | Issue] = {
            **{Anchor("section", section.uid): section for section in outline.snapshot.sections},
            **{Anchor("issue", issue.uid): issue for issue in outline.snapshot.issues},
        }
        self._outline = outline
        blocks = returned.draft.blocks
        self._sent = [block.anchor for block in blocks if block.heading and block.anchor is not None]
        self._came = returned.headings
        self._place: dict[Anchor, int] = {}
        self._above: dict[Anchor, Section | Issue | None] = {}
        self._before: dict[Anchor, Anchor] = {}  # the nearest sibling in front
        self._walk()

    def _walk(self) -> None:
        section: Section | None = None
        last: dict[int, Anchor] = {}  # the last issue of each depth that is open
        for at, anchor in enumerate(self._came):
            record = self._records.get(anchor)
            if anchor in self._place:
                continue
            self._place[anchor] = at
            if isinstance(record, Issue):
                depth = self._outline.depth(record)
                if depth in last:
                    self._before[anchor] = last[depth]
                last = {level: one for level, one in last.items() if level < depth}
                self._above[anchor] = self._records[last[max(last)]] if last else section if depth == 1 else None
                last[depth] = anchor
            elif isinstance(record, Section) or anchor.kind == "chapter":
                section, last = record, {}

    def record(self, anchor: Anchor | None) -> Section | Issue | None:
        """The record whose heading it is; None for another one, and where it did not come back."""
        return self._records.get(anchor) if anchor is not None and anchor in self._place else None

    def sorted(self, anchors: Iterable[Anchor]) -> list[Anchor]:
        """Those that came back, in their order."""
        return sorted((anchor for anchor in anchors if anchor in self._place), key=self._place.__getitem__)

    def above(self, anchor: Anchor) -> Section | Issue | None:
        """The record under which the headings in front put an issue."""
        return self._above[anchor]

    def siblings(self, anchor: Anchor) -> Iterator[Issue]:
        """The issues in front of one below the same record, the nearest first."""
        while anchor in self._before:
            anchor = self._before[anchor]
            record = self._records[anchor]
            assert isinstance(record, Issue)
            yield record

    @cached_property
    def in_order(self) -> bool:
        """Did the headings of chapters and sections come back in their order?"""
        places = [self._place[anchor] for anchor in self._sent if anchor.kind != "issue" and anchor in self._place]
        return places == sorted(places)

    def under_other_sections(self) -> Iterator[tuple[Anchor, set[Anchor | None]]]:
        """The issues that went out under another section than they came back, with both."""
        sent, came = _sections(self._sent), _sections(self._came)
        for anchor in came.keys() & sent.keys():
            record = self._records.get(anchor)
            if isinstance(record, Issue) and record.parent_id is None and came[anchor] != sent[anchor]:
                yield anchor, {came[anchor], sent[anchor]}


def _sections(headings: Iterable[Anchor]) -> Mapping[Anchor, Anchor | None]:
    """For each heading of an issue that of the section above it."""
    found: dict[Anchor, Anchor | None] = {}
    section: Anchor | None = None
    for anchor in headings:
        if anchor.kind == "issue":
            found.setdefault(anchor, section)
        else:
            section = anchor if anchor.kind == "section" else None
    return found
