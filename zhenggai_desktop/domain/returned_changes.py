"""What was done to a draft while it was away: each change with who made it and the record that it belongs to.

A reworded paragraph gives one change for each author that worked on it, so that one can be taken and another refused.
What was changed without tracking has no author.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from zhenggai_desktop.domain.blocks import Anchor, Kind
from zhenggai_desktop.domain.change_kinds import ChangeKind
from zhenggai_desktop.domain.draft_comparing import kind_of
from zhenggai_desktop.domain.draft_text import DraftBlock, DraftText, comparable
from zhenggai_desktop.domain.numbering import Mark, NumberStyle, leading_mark
from zhenggai_desktop.domain.paragraph_matching import Match, match_paragraphs, share
from zhenggai_desktop.domain.returned_text import Comment, Deleted, Inserted, ReturnedParagraph, ReturnedText, unique
from zhenggai_desktop.domain.schemes import HeadingPattern
from zhenggai_desktop.domain.text_diff import Edit, Fate, Piece, edits, marked, pieces

_LIKE_DELETED = 0.8  # of a paragraph's words are among those that somebody deleted
_LONGEST_HEADING = 80  # characters
_AREA = re.compile(r"关于[^，。；：]+|[^，。；：]+方面(?:存在)?的?(?:主要|突出)?(?:问题|不足|情况)?")
_STOPS = ("。", "；", "，", "：", "！", "？", "、")
_HEADED = 0.8  # of a heading's words are in the paragraph


@dataclass(frozen=True, slots=True)
class ReturnedChange:
    """One change. ``old`` and ``new`` are places (from 0) in the draft and in the document that came back.

    ``edits`` are this author's part of a reworded paragraph, in the draft's words; ``anchor`` names the record, None
    where no record prints the words.
    """

    kind: ChangeKind
    old: tuple[int, ...]
    new: tuple[int, ...]
    pieces: tuple[Piece, ...]
    authors: tuple[str, ...] = ()
    when: str = ""
    anchor: Anchor | None = None
    edits: tuple[Edit, ...] = ()
    comment: Comment | None = None

    @property
    def before(self) -> str:
        """The words as exported; line feeds part paragraphs."""
        return "".join(piece.text for piece in self.pieces if piece.fate is not Fate.ADDED)

    @property
    def after(self) -> str:
        """The words as they came back."""
        return "".join(piece.text for piece in self.pieces if piece.fate is not Fate.REMOVED)


class Returned:
    """A draft and what came back of it, matched."""

    def __init__(self, draft: DraftText, names: Sequence[str], returned: ReturnedText) -> None:
        """``names`` are the bookmarks of the draft's blocks, "" for one without."""
        self.draft = draft
        self.name = returned.name
        self.by_owner: dict[Anchor, list[int]] | None = None  # filled by whoever asks for it first
        self.paragraphs = tuple(found for one in returned.paragraphs if (found := _normal(one)).text)
        self._deletions = [gone for one in returned.paragraphs for gone in one.deleted]
        places = {name: at for at, name in enumerate(names) if name}
        hints = {at: places[name] for at, one in enumerate(self.paragraphs) for name in one.bookmarks if name in places}
        matches = _grouped(match_paragraphs(draft.texts, self.texts, hints), draft.blocks)
        self.matches = tuple(self._with_bodies([part for match in matches for part in self._from_heading(match)]))

    @property
    def texts(self) -> list[str]:
        """The paragraphs that came back."""
        return [one.text for one in self.paragraphs]

    @cached_property
    def changes(self) -> tuple[ReturnedChange, ...]:
        """Every change in the order of the document that came back, comments behind the words they are about."""
        found: list[ReturnedChange] = []
        for match in self.matches:
            found += self._changes_of(match)
            for at in match.new:
                found += self._comments(at)
        return tuple(found)

    @cached_property
    def owners(self) -> Mapping[int, Anchor | None]:
        """For each place of the document that came back the record to which its paragraph belongs."""
        old_of = self._old_of
        moved = {at for match in self.matches if match.moved for at in match.new}
        following = self._following(old_of, moved)
        owners: dict[int, Anchor | None] = {}
        last: Anchor | None = None
        for at in range(len(self.paragraphs)):
            block = self.draft.blocks[old_of[at][0]] if old_of.get(at) else None
            if block is not None and (at not in moved or block.heading or block.kind is not Kind.PARAGRAPH):
                last = block.anchor
                owners[at] = last
            else:
                owners[at] = last or following.get(at) or self._of_gone(self._before[at] + 1)
        return owners

    def _of_gone(self, at: int) -> Anchor | None:
        """The record of a paragraph of the draft that is gone: what stands in its place is that record's."""
        return self.draft.blocks[at].anchor if at in self._gone else None

    @cached_property
    def standing(self) -> frozenset[int]:
        """The places of the draft whose paragraphs came back where they stood."""
        return frozenset(at for match in self.matches if match.new and not match.moved for at in match.old)

    @cached_property
    def headings_moved(self) -> bool:
        """False where all headings came back in their order: then what moved past one is the words between them."""
        heads = [at for match in self.matches if match.new for at in match.old if self.draft.blocks[at].heading]
        return heads != sorted(heads)

    @cached_property
    def headings(self) -> Sequence[Anchor]:
        """The records whose headings came back, in the order in which they did."""
        heads = (self.draft.blocks[at] for match in self.matches if match.new for at in match.old)
        return [block.anchor for block in heads if block.heading and block.anchor is not None]

    @cached_property
    def headings_gone(self) -> frozenset[Anchor | None]:
        """The records whose headings did not come back: what is gone below them went with them."""
        return frozenset(self.draft.blocks[at].anchor for at in self._gone if self.draft.blocks[at].heading)

    def moved_heading(self, record: Anchor) -> bool:
        """Did the record's heading come back in another place?"""
        gone = (block for at, block in enumerate(self.draft.blocks) if at not in self.standing)
        return record in self.headings and any(block.anchor == record and block.heading for block in gone)

    def after_old(self, at: int) -> int:
        """The last place of the draft that stands, unmoved, before a place of the document that came back; or -1."""
        return self._before[at]

    @cached_property
    def _before(self) -> list[int]:
        stands = {at: max(m.old) for m in self.matches if m.old and not m.moved for at in m.new}
        found: list[int] = []
        last = -1
        for at in range(len(self.paragraphs)):
            found.append(last)
            last = max(last, stands.get(at, -1))
        return found

    def goes_on(self, at: int) -> bool:
        """Do words of a section or an issue, not their heading, stand at the place? False for what was typed in."""
        blocks = [self.draft.blocks[was] for was in self._old_of.get(at, ())[:1]]
        return any(one.anchor and one.anchor.kind in ("section", "issue") and not one.heading for one in blocks)

    def is_headed(self, at: int) -> bool:
        """Is a paragraph that was typed in headed as an issue, a section or a chapter?"""
        return looks_like_heading(self.paragraphs[at].text, self.draft) or self._heads_next(at)

    def _heads_next(self, at: int) -> bool:
        """“（二）作风建设” right above a heading, where answers are numbered so, is none: nothing in front is（一）."""
        text, mark = self.paragraphs[at].text, leading_mark(self.paragraphs[at].text)
        if mark is None or mark.pattern != self.draft.scheme.answer.paragraph_item or text.endswith(_STOPS):
            return False
        before = leading_mark(self.paragraphs[at - 1].text) if at else None
        goes_on = mark.number == (before.number + 1 if before and before.family == mark.family else 1)
        below = self.paragraphs[at + 1].text if at + 1 < len(self.paragraphs) else ""
        return not goes_on and looks_like_heading(below, self.draft)

    def _from_heading(self, match: Match) -> Iterator[Match]:
        """Words that were put before a run-in heading, in paragraphs of their own, stand in the answer in front."""
        block = self.draft.blocks[match.old[0]] if len(match.old) == 1 and len(match.new) > 1 else None
        start = match.new[0] if match.new else 0
        if block is not None and 0 < block.heading < len(block.text):
            heading = block.text[: block.heading]
            headed = (at for at in match.new if share(heading, self.paragraphs[at].text) >= _HEADED)
            start = next(headed, start)
        yield from (Match((), (at,)) for at in match.new if at < start)
        yield Match(match.old, tuple(at for at in match.new if at >= start), match.moved)

    def _with_bodies(self, matches: Sequence[Match]) -> Iterator[Match]:
        """A heading that was typed in takes along the paragraphs that were typed below it, up to the next heading."""
        headed: Match | None = None
        for match in matches:
            inserted = not match.old and len(match.new) == 1
            heads = inserted and self.is_headed(match.new[0])
            if headed is not None and inserted and not heads and match.new[0] == headed.new[-1] + 1:
                headed = Match((), (*headed.new, *match.new))
                continue
            if headed is not None:
                yield headed
            headed = match if heads else None
            if not heads:
                yield match
        if headed is not None:
            yield headed

    def _following(self, old_of: Mapping[int, tuple[int, ...]], moved: set[int]) -> Mapping[int, Anchor | None]:
        found: dict[int, Anchor | None] = {}
        anchor: Anchor | None = None
        for at in reversed(range(len(self.paragraphs))):
            found[at] = anchor
            if old_of.get(at) and at not in moved:
                block = self.draft.blocks[old_of[at][0]]
                anchor = None if block.heading else block.anchor  # in front of a heading, a title, a sheet is no record
        return found

    # --- one match

    def _changes_of(self, match: Match) -> Iterator[ReturnedChange]:
        before = "\n".join(self.draft.blocks[at].text for at in match.old)
        after = "\n".join(self.paragraphs[at].text for at in match.new)
        if before == after and not match.moved:
            return
        if match.old and self.draft.blocks[match.old[0]].kind is Kind.TITLE and before == after.replace("\n", ""):
            return  # a title broken in other places is layout
        kind = kind_of(match)
        anchor = self._anchor(match)
        if kind is ChangeKind.REWORDED:
            yield from self._reworded(match, before, after, anchor)
            return
        authors, when = self._authors(match)
        yield ReturnedChange(kind, match.old, match.new, pieces(before, after), authors, when, anchor)

    def _anchor(self, match: Match) -> Anchor | None:
        if match.old:
            return self.draft.blocks[match.old[0]].anchor
        return self.owners[match.new[0]]

    def _reworded(self, match: Match, before: str, after: str, anchor: Anchor | None) -> Iterator[ReturnedChange]:
        paragraph = self.paragraphs[match.new[0]]
        groups: dict[tuple[str, ...], list[Edit]] = {}
        moments: dict[tuple[str, ...], str] = {}
        for change in edits(before, after):
            authors, when = _who(paragraph, before, change)
            groups.setdefault(authors, []).append(change)
            moments[authors] = max(moments.get(authors, ""), when)
        for authors, own in groups.items():
            shown = marked(before, own)
            yield ReturnedChange(
                ChangeKind.REWORDED, match.old, match.new, shown, authors, moments[authors], anchor, tuple(own)
            )

    def _authors(self, match: Match) -> tuple[tuple[str, ...], str]:
        """Who inserted, deleted, moved, split or joined whole paragraphs."""
        names: list[str] = []
        moments: list[str] = []
        for at in match.new:
            paragraph = self.paragraphs[at]
            deleted = [one for one in paragraph.deleted if not self._is_whole_paragraph(one)]
            names += [one.author for one in (*paragraph.inserted, *deleted)] + [paragraph.mark_author]
            moments += [one.when for one in (*paragraph.inserted, *deleted)]
        if not match.new:
            before = self.draft.blocks[match.old[0]].text
            for gone in self._deletions:
                if _covers(comparable(gone.text), before):
                    names.append(gone.author)
                    moments.append(gone.when)
        return unique(names), max(moments, default="")

    @cached_property
    def _old_of(self) -> Mapping[int, tuple[int, ...]]:
        return {at: match.old for match in self.matches for at in match.new}

    def _is_whole_paragraph(self, gone: Deleted) -> bool:
        """What was deleted was another paragraph, whose rest the paragraph behind it carries."""
        return any(_covers(comparable(gone.text), self.draft.blocks[at].text) for at in self._gone)

    @cached_property
    def _gone(self) -> tuple[int, ...]:
        return tuple(match.old[0] for match in self.matches if not match.new)

    def _comments(self, at: int) -> Iterator[ReturnedChange]:
        paragraph = self.paragraphs[at]
        old = self._old_of.get(at, ())
        for comment in paragraph.comments:
            words = paragraph.text[comment.start : comment.end] or paragraph.text
            yield ReturnedChange(
                ChangeKind.COMMENTED,
                old,
                (at,),
                (Piece(Fate.KEPT, words),),
                unique([comment.author]),
                comment.when,
                self.owners[at],
                comment=comment,
            )


def looks_like_heading(text: str, draft: DraftText) -> bool:
    """True for an inserted paragraph that is headed as an issue, a section or a chapter of the draft's scheme.

    Where the scheme numbers answers（一）and no sections, such a paragraph is headed only where it names an area.
    """
    mark = leading_mark(text)
    if mark is None:
        return False
    scheme = draft.scheme
    if mark.pattern == scheme.answer.paragraph_item and "（{n}）" not in scheme.section.pattern:
        return _AREA.fullmatch(text.removeprefix(mark.text)) is not None
    patterns = (scheme.chapter, scheme.section, *scheme.issues[:2], scheme.list_section, scheme.list_issue)
    numbered = [pattern for pattern in patterns if "{n}" in pattern.pattern and _can_be(mark, pattern)]
    words = text if len(text) <= _LONGEST_HEADING else text.partition("。")[0] + "。"
    return any(len(text) <= _LONGEST_HEADING or pattern.title_of(words) for pattern in numbered)


def _can_be(mark: Mark, pattern: HeadingPattern) -> bool:
    """Whether a heading of the pattern can begin with the mark; ① has no sign behind it that would tell."""
    circled = mark.style is NumberStyle.CIRCLED
    return pattern.pattern.startswith(mark.pattern) and circled == (pattern.style is NumberStyle.CIRCLED)


def _grouped(matches: Sequence[Match], blocks: Sequence[DraftBlock]) -> tuple[Match, ...]:
    """Paragraphs of one record that moved together are one move."""
    found: list[Match] = []
    for match in matches:
        last = found[-1] if found else None
        if (
            last is not None
            and last.moved
            and match.moved
            and match.old[0] == last.old[-1] + 1
            and match.new[0] == last.new[-1] + 1
            and blocks[match.old[0]].anchor == blocks[last.old[0]].anchor
        ):
            found[-1] = Match((*last.old, *match.old), (*last.new, *match.new), moved=True)
        else:
            found.append(match)
    return tuple(found)


def _who(paragraph: ReturnedParagraph, before: str, change: Edit) -> tuple[tuple[str, ...], str]:
    """Who made an edit, by the tracked changes at its place; empty where it was made without tracking."""
    start, end = change.at, change.at + len(change.text)
    gone = before[change.start : change.end]
    found: list[Inserted | Deleted] = [one for one in paragraph.inserted if one.start < end and start < one.end]
    if gone:
        near = [one for one in paragraph.deleted if start - 1 <= one.at <= end + 1 and _shares(one.text, gone)]
        found += near or [one for one in paragraph.deleted if comparable(one.text) == gone]
    return unique(one.author for one in found), max((one.when for one in found), default="")


def _shares(one: str, other: str) -> bool:
    return bool(set(one) & set(other))


def _covers(gone: str, before: str) -> bool:
    return bool(gone) and (gone == before or (gone in before and len(gone) >= _LIKE_DELETED * len(before)))


def _normal(paragraph: ReturnedParagraph) -> ReturnedParagraph:
    """The paragraph in the form in which it is compared; the traces keep their places in the words."""
    if not (paragraph.inserted or paragraph.deleted or paragraph.comments):
        return replace(paragraph, text=comparable(paragraph.text))
    kept = [at for at, sign in enumerate(paragraph.text) if sign != "\n"]  # the reader took out what shows nothing
    text = "".join(paragraph.text[at] for at in kept).replace("\xa0", " ")
    head = len(text) - len(text.lstrip())
    text = text.strip()
    place = _Places(kept, head, len(text))
    return replace(
        paragraph,
        text=text,
        inserted=tuple(replace(one, start=place.of(one.start), end=place.of(one.end)) for one in paragraph.inserted),
        deleted=tuple(replace(one, at=place.of(one.at)) for one in paragraph.deleted),
        comments=tuple(replace(one, start=place.of(one.start), end=place.of(one.end)) for one in paragraph.comments),
    )


@dataclass(frozen=True, slots=True)
class _Places:
    kept: Sequence[int]
    head: int
    length: int

    def of(self, at: int) -> int:
        """Where a place of the file's paragraph lies in the words that are compared."""
        return min(max(bisect_left(self.kept, at) - self.head, 0), self.length)
