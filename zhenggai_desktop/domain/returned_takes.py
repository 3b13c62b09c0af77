"""What taking changes of a returned draft would do to the ledger: fields to set, measures to add, orders to change.

The draft says what the words were when they went out, the changes what they are now; the ledger may have moved on
since. A field that both changed in the same place is marked as a conflict, never decided here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from zhenggai_desktop.domain.answers import answer_place
from zhenggai_desktop.domain.blocks import TEMPLATE_ITEM, Kind
from zhenggai_desktop.domain.change_kinds import ChangeKind
from zhenggai_desktop.domain.document_parts import prose_block
from zhenggai_desktop.domain.draft_text import DraftBlock, Span, comparable
from zhenggai_desktop.domain.editions import Edition, edited, is_withheld
from zhenggai_desktop.domain.frame import notice_chapters
from zhenggai_desktop.domain.line_merging import Line, merged_lines, merged_text
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.portable import Key
from zhenggai_desktop.domain.records import (
    AnswerPlace,
    BlockKind,
    Chapter,
    ChapterBlock,
    Issue,
    Measure,
    Section,
    Snapshot,
)
from zhenggai_desktop.domain.returned_answers import AnswerLines, answer_takes, printed_answer
from zhenggai_desktop.domain.returned_changes import Returned, ReturnedChange
from zhenggai_desktop.domain.returned_facts import fact_take
from zhenggai_desktop.domain.returned_fields import IN_TABLE, field_takes, fielded, reason_of_field
from zhenggai_desktop.domain.returned_headings import number_only, still_prints
from zhenggai_desktop.domain.returned_issues import is_there, new_issue
from zhenggai_desktop.domain.returned_order import HEADING_MOVED, IssueOrder
from zhenggai_desktop.domain.returned_target import (
    FACTS,
    Owned,
    TargetLine,
    owned,
    owner_of,
)
from zhenggai_desktop.domain.schemes import scheme_for
from zhenggai_desktop.domain.source_lines import make_line
from zhenggai_desktop.domain.takes import NewIssue, SetValue, Take
from zhenggai_desktop.domain.text_diff import Edit, edits, moved_place
from zhenggai_desktop.domain.typography import without_stop

NO_RECORD = "没有对应的台账内容，只列出"
NUMBER_ONLY = "只改了编号，编号由标题方案排定"
HEADING_DELETED = "删去的是标题；要不公开，请在台账里设为拟不公开"
NEW_HEADING = "像是新增的标题，请先在台账里新增"
RECORD_GONE = "台账里已经没有这一条"
ACROSS = "把两处内容并成了一段，请在台账里修改"
WITHHELD_HEADING = "这一条拟不公开，公开稿的标题由“拟用表述”写成，请在台账里修改"
WITHHELD_ANSWER = "这一条拟不公开，改后的文字对不上各条措施，请在台账里修改措施"


@dataclass(slots=True)
class Plan:
    """What some changes would do; ``reasons`` say why a part of them can do nothing."""

    takes: list[Take] = field(default_factory=list[Take])
    reasons: list[str] = field(default_factory=list[str])

    @property
    def conflict(self) -> bool:
        return any(take.conflict for take in self.takes)


class TakePlanner:
    """Plans takes against one state of the ledger; what it has to look up is looked up once for all changes.

    ``edition`` is the draft's: what came back of a withheld issue inside must not become what the public reads.
    """

    def __init__(self, snapshot: Snapshot, returned: Returned, edition: Edition = Edition.PUBLIC) -> None:
        self.snapshot = snapshot
        self.returned = returned
        self.public = edition.approved is Edition.PUBLIC
        self.shown = Outline(edited(snapshot, edition))
        self.outline = Outline(snapshot)
        chapters = notice_chapters(snapshot, scheme_for(snapshot.facts))
        records: list[Chapter | Section | Issue | Measure] = [
            *chapters, *snapshot.sections, *snapshot.issues, *snapshot.measures,
        ]  # fmt: skip
        self.records = {(type(record).__name__.lower(), record.uid): record for record in records}
        self.fielded = fielded(snapshot)
        self.order = IssueOrder(returned, self.outline)

    def plan(self, chosen: Sequence[ReturnedChange]) -> Plan:
        """What the chosen changes would do to the ledger. Comments do nothing here."""
        planning = _Planning(self)
        possible = [change for change in chosen if planning.possible(change)]
        news = [(change, found) for change in possible if (found := planning.new_issue(change)) is not None]
        planning.plan.takes += [found for _, found in news if not is_there(found, self.snapshot)]
        typed = [change for change, _ in news]
        possible = [change for change in possible if change not in typed]
        for one in owned(self.returned, possible).values():
            if one.owner.kind != TEMPLATE_ITEM:
                planning.record(one)
        takes, reasons = field_takes(possible, self.returned.draft.blocks, self.fielded)
        planning.plan.takes += takes
        planning.plan.reasons += reasons
        planning.plan.takes += self.order.moves(possible)
        return planning.plan


class _Planning:
    def __init__(self, planner: TakePlanner) -> None:
        self.plan = Plan()
        self._snapshot = planner.snapshot
        self._returned = planner.returned
        self._blocks = planner.returned.draft.blocks
        self._outline = planner.outline
        self._records = planner.records
        self._fielded = planner.fielded
        self._public = planner.public
        self._shown = planner.shown
        self._order = planner.order

    def possible(self, change: ReturnedChange) -> bool:
        """Can the ledger hold the change? Why not is told."""
        reason = self._reason(change)
        if reason:
            self.plan.reasons.append(reason)
        return not reason

    def _reason(self, change: ReturnedChange) -> str:
        """Why the ledger cannot hold a change; "" where it can, and for comments."""
        if change.kind is ChangeKind.COMMENTED:
            return ""
        old, anchor = [self._blocks[at] for at in change.old], change.anchor
        if any(block.fields for block in old) or (anchor is not None and anchor.kind == TEMPLATE_ITEM):
            return reason_of_field(change, old, self._fielded)
        if change.kind is ChangeKind.JOINED and len({owner_of(block) for block in old}) > 1:
            return ACROSS
        if anchor is None:
            fact = bool(old) and old[0].kind in FACTS and change.kind is not ChangeKind.MOVED
            return "" if fact else IN_TABLE if any(block.kind is Kind.TABLE for block in old) else NO_RECORD
        if (anchor.kind, anchor.uid) not in self._records:
            return RECORD_GONE
        return self._reason_in_chapter(change, old) or (
            self._reason_in_tree(change, old) if anchor.kind != "chapter" else ""
        )

    def _reason_in_chapter(self, change: ReturnedChange, old: Sequence[DraftBlock]) -> str:
        """Chapters stay where they are, and no words go where no record prints them."""
        if change.kind is ChangeKind.MOVED and any(self._returned.owners[at] is None for at in change.new):
            return NO_RECORD
        in_chapter = change.anchor is not None and change.anchor.kind == "chapter"
        return HEADING_MOVED if in_chapter and _moves_heading(change, old) else ""

    def _reason_in_tree(self, change: ReturnedChange, old: Sequence[DraftBlock]) -> str:
        """Sections and issues are not made or removed by what a reviewer types."""
        heading = any(block.heading for block in old)
        if change.kind is ChangeKind.DELETED and (heading or change.anchor in self._returned.headings_gone):
            return HEADING_DELETED
        if _moves_heading(change, old):
            return self._order.reason(change)
        if change.kind is ChangeKind.INSERTED and self._is_headed(change):
            return NEW_HEADING if self.new_issue(change) is None else ""
        if change.kind is ChangeKind.REWORDED and number_only(change.before, change.after):
            issue = self._records.get((change.anchor.kind, change.anchor.uid)) if change.anchor else None
            literal = isinstance(issue, Issue) and bool(issue.public_text) and not heading
            return "" if literal else NUMBER_ONLY
        return ""

    def _is_headed(self, change: ReturnedChange) -> bool:
        return self._returned.is_headed(change.new[0])

    def new_issue(self, change: ReturnedChange) -> NewIssue | None:
        """The issue that a reviewer wrote in; None where the change is none."""
        in_tree = change.anchor is not None and change.anchor.kind in ("section", "issue")
        if change.kind is not ChangeKind.INSERTED or not in_tree or not self._is_headed(change):
            return None
        return new_issue(change, self._returned, self._snapshot, self._outline)

    def record(self, one: Owned) -> None:
        """The takes of one record's paragraphs."""
        kind, uid = one.owner.kind, one.owner.uid
        if kind == "facts":
            found = fact_take(self._snapshot, one, self._blocks)
            if isinstance(found, str):
                self.plan.reasons.append(found)
            elif found is not None:
                self._take(found)
            return
        record = self._records.get((kind, uid))
        if record is None:
            self.plan.reasons.append(RECORD_GONE)
        elif isinstance(record, Chapter):
            self._chapter(record, one)
        elif isinstance(record, Section):
            self._section(record, one)
        elif isinstance(record, Issue):
            self._issue(record, one)

    # --- records

    def _chapter(self, chapter: Chapter, one: Owned) -> None:
        base, target = self._headed(chapter, one)
        lines = merged_lines([text for text, _ in base], [block.text for block in chapter.blocks], target)
        blocks = tuple(_chapter_block(text, None if at is None else chapter.blocks[at]) for text, at in lines.lines)
        if blocks != chapter.blocks:
            self._take(SetValue((Chapter, chapter.uid), "blocks", blocks, chapter.blocks, lines.conflict))

    def _section(self, section: Section, one: Owned) -> None:
        base, target = self._headed(section, one)
        ours = section.introduction.split("\n") if section.introduction else []
        lines = merged_lines([text for text, _ in base], ours, target)
        text = "\n".join(lines.texts)
        if text != section.introduction:
            self._take(SetValue((Section, section.uid), "introduction", text, section.introduction, lines.conflict))

    def _issue(self, issue: Issue, one: Owned) -> None:
        base, target = self._headed(issue, one)
        scheme = self._returned.draft.scheme
        was_run_in = any(self._is_run_in(at) for at in one.base)
        if target and not base:  # the first words of an answer stand where the issue's would
            was_run_in = answer_place(issue, scheme.answer) is AnswerPlace.RUN_IN
        heading, first = self._first_line(one)
        runs_in = first is not None and first > len(heading)
        measures = {measure.uid: measure for measure in self._outline.measures_of(issue)}
        lines = AnswerLines(
            [text for text, _ in base],
            [spans for _, spans in base],
            target,
            printed_answer(issue, self._shown, scheme),
            was_run_in=was_run_in,
            is_run_in=runs_in if heading and target else was_run_in,
        )
        for take in answer_takes(issue, measures, lines, scheme):
            told = isinstance(take, SetValue) and take.name == "public_text"
            if told and not self._public and is_withheld(issue) and not issue.public_text:
                self.plan.reasons.append(WITHHELD_ANSWER)
            else:
                self._take(take)

    def _is_run_in(self, at: int) -> bool:
        block = self._blocks[at]
        return 0 < block.heading < len(block.text)

    def _first_line(self, one: Owned) -> tuple[str, int | None]:
        """The heading as it is now, and the length of the paragraph in which it stands."""
        line = self._heading_line(one)
        return ("", None) if line is None else (self._new_heading(line), len(line.text))

    # --- headings

    def _headed(
        self, record: Chapter | Section | Issue, one: Owned
    ) -> tuple[list[tuple[str, tuple[Span, ...]]], list[Line]]:
        """Take the heading's change; gives what stands behind it, as exported (with its spans) and as it is now.

        Places in the lines count from 0 among the exported paragraphs behind the heading.
        """
        base: list[tuple[str, tuple[Span, ...]]] = []
        number: dict[int, int] = {}
        for at in one.base:
            block = self._blocks[at]
            if block.heading < len(block.text):
                number[at] = len(base)
                base.append((block.text[block.heading :], _behind(block)))
        line = self._heading_line(one)
        if line is not None:
            self._heading(record, self._blocks[line.origin[0]], self._new_heading(line))
        elif any(self._blocks[at].heading for at in one.base):
            self._heading_gone(record)
        target: list[Line] = []
        for now in one.target:
            text = now.text[len(self._new_heading(now)) :] if now is line else now.text
            if text:
                target.append(Line(text, tuple(number[at] for at in now.origin if at in number)))
        return base, target

    def _heading_line(self, one: Owned) -> TargetLine | None:
        heads = {at for at in one.base if self._blocks[at].heading}
        return next((line for line in one.target if heads.intersection(line.origin)), None)

    def _new_heading(self, line: TargetLine) -> str:
        """The part of a paragraph that its heading has become."""
        before = "".join(self._blocks[at].text for at in line.origin)
        length = self._blocks[line.origin[0]].heading
        if length == len(before):
            return line.text
        return line.text[: moved_place(edits(before, line.text, readable=False), length)]

    def _heading(self, record: Chapter | Section | Issue, block: DraftBlock, now: str) -> None:
        before = block.text[: block.heading]
        if before == now or number_only(before, now):
            return
        changed = edits(before, now, readable=False)
        spans = [span for span in block.spans if span.end <= block.heading]
        inside = all(any(span.start <= one.start and one.end <= span.end for span in spans) for one in changed)
        if self._public and is_withheld(record) and not inside:
            self.plan.reasons.append(WITHHELD_HEADING)
            return
        for span in spans:
            start, end = moved_place(changed, span.start), _end(changed, span.end)
            self._title(span, before[span.start : span.end], now[start:end])
            inside = inside and start < end  # a title that went elsewhere is not printed by its record
        key = (type(record), record.uid)
        if record.printed_heading or not inside or not self._gives_heading(record, before, now):
            conflict = bool(record.printed_heading) and comparable(record.printed_heading) not in (before, now)
            if record.printed_heading != now:
                self._take(SetValue(key, "printed_heading", now, record.printed_heading, conflict))

    def _gives_heading(self, record: Chapter | Section | Issue, before: str, now: str) -> bool:
        """Does the title that is taken give the heading that came back?"""
        key, given = (type(record), record.uid), record.recommendations if isinstance(record, Issue) else ()
        takes = [take for take in self.plan.takes if isinstance(take, SetValue) and take.key == key]
        titles = [str(take.value) for take in takes if take.name == "title" and not take.conflict]
        scheme = self._returned.draft.scheme
        return all(still_prints(scheme, given, (record.title, before), (title, now)) for title in titles)

    def _title(self, span: Span, before: str, now: str) -> None:
        record = self._records.get((span.anchor.kind, span.anchor.uid))
        if record is None or before == now or not now:
            return
        name = "title"
        if self._public and is_withheld(record):
            name = "withheld_wording"
        ours: str = getattr(record, name)
        words = without_stop(comparable(ours))
        if words.replace("“", "‘").replace("”", "’") == before != words:
            before, now = (text.replace("‘", "“").replace("’", "”") for text in (before, now))  # quoted inside a quote
        if before == words:
            before = comparable(ours)  # with the stop that the heading left out
        self._set((type(record), record.uid), name, before, ours, now)

    def _heading_gone(self, record: Chapter | Section | Issue) -> None:
        if isinstance(record, Chapter):
            for name in ("title", "printed_heading"):
                if getattr(record, name):
                    self._take(SetValue((Chapter, record.uid), name, "", getattr(record, name)))

    # --- small things

    def _set(self, key: Key, name: str, base: str, ours: str, theirs: str) -> None:
        value, conflict = merged_text(base, ours, theirs)
        if comparable(value) != comparable(ours):
            self._take(SetValue(key, name, value, ours, conflict))

    def _take(self, take: Take) -> None:
        self.plan.takes.append(take)


def _end(changed: Sequence[Edit], place: int) -> int:
    """Where words end that ended at ``place``: with what was put in there, without what replaced the words behind."""
    replaced = any(one.start == place < one.end for one in changed)
    return moved_place([one for one in changed if one.start < place] if replaced else changed, place, after=True)


def _moves_heading(change: ReturnedChange, old: Sequence[DraftBlock]) -> bool:
    return change.kind is ChangeKind.MOVED and any(block.heading for block in old)


def _behind(block: DraftBlock) -> tuple[Span, ...]:
    """The spans behind a run-in heading, counted from its end."""
    head = block.heading
    return tuple(Span(s.start - head, s.end - head, s.anchor) for s in block.spans if s.start >= head)


def _chapter_block(text: str, was: ChapterBlock | None) -> ChapterBlock:
    if was is None:
        return prose_block(make_line(0, text))
    if was.text == text:
        return was
    if was.kind is BlockKind.PARAGRAPH and not was.level:
        return ChapterBlock(was.kind, was.level, text)
    made = prose_block(make_line(0, text))
    return made if made.level != was.level else ChapterBlock(was.kind, was.level, text)
