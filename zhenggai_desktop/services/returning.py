"""The way back: a draft that was edited elsewhere is opened, its changes are shown, and taken into the ledger or not.

Opening writes nothing. Taking is one step, however many changes are taken; a conflict (the ledger has changed the same
words since) is taken only where it is named.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhenggai_desktop.domain.blocks import TEMPLATE_ITEM, Anchor
from zhenggai_desktop.domain.change_kinds import ChangeKind
from zhenggai_desktop.domain.draft_text import DraftText, comparable
from zhenggai_desktop.domain.editions import edition_called
from zhenggai_desktop.domain.notice import printed_headings
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.portable import Key
from zhenggai_desktop.domain.records import (
    Chapter,
    Draft,
    Issue,
    LedgerFacts,
    Measure,
    ReviewOpinion,
    Section,
    Snapshot,
    Status,
)
from zhenggai_desktop.domain.returned_changes import Returned, ReturnedChange
from zhenggai_desktop.domain.returned_held import NOT_HELD, AsSent
from zhenggai_desktop.domain.returned_takes import Plan, TakePlanner
from zhenggai_desktop.domain.returned_text import ReturnedText
from zhenggai_desktop.domain.schemes import scheme_for
from zhenggai_desktop.domain.status_words import unfinished_word
from zhenggai_desktop.domain.takes import Move, NewIssue, NewMeasure, Order, SetValue
from zhenggai_desktop.errors import ReturnedFileError, SourceLimitError, UsageError
from zhenggai_desktop.services.drafts import RELEASE, draft_name, text_now, text_of
from zhenggai_desktop.services.notice_editing import own_chapters, write_frame
from zhenggai_desktop.texts import DRAFT_NOTICE, ROLE_NAMES

if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger
    from zhenggai_desktop.storage.store import Writer

_MOST_CHARACTERS = 300_000
"""Most characters of a document that came back; one that has more is allowed three times its draft."""
_KNOWN_BY_WORDS = 0.5  # of a draft's words, whole paragraphs of them, are in the file
_LIKE = 0.6  # of the pairs of characters, where no paragraph stayed whole
_LONGEST_NAME = 24  # characters of a record's title


@dataclass(frozen=True, slots=True)
class Offered:
    """A change as it is shown: its number (from 1), where it belongs, and what taking it would do.

    ``reason`` says why it cannot be taken, "" where it can; ``already``: the ledger says it so already.
    """

    number: int
    change: ReturnedChange
    place: str
    reason: str = ""
    conflict: bool = False
    already: bool = False

    @property
    def takable(self) -> bool:
        return not self.reason and not self.already


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """A file that came back, understood. ``older``: another draft went out after this one."""

    name: str
    draft: Draft
    returned: Returned
    offers: tuple[Offered, ...]
    remarks: tuple[str, ...]
    older: bool

    @property
    def clean(self) -> tuple[int, ...]:
        """The numbers of the changes that can be taken without a decision."""
        return tuple(offer.number for offer in self.offers if offer.takable and not offer.conflict)


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking did: how many changes, and the numbers that were left out because of a conflict."""

    count: int
    conflicts: tuple[int, ...]


def open_returned(snapshot: Snapshot, path: Path) -> ReturnedFile:
    """What was changed in the file at ``path`` since it went out. Nothing is written.

    Raises SourceError as an import does, SourceLimitError for far more words than a draft has, ReturnedFileError for a
    file of another ledger or of none.
    """
    from zhenggai_desktop.formats.returned_reader import read_returned  # noqa: PLC0415 - loads late

    if not snapshot.drafts:
        raise ReturnedFileError("台账还没有登记过文稿，没有可以比较的", "请先导出通报，再收回它的退回稿")
    text = read_returned(path)
    _refuse_excess(snapshot, text)
    draft, remarks = _draft_of(snapshot, text)
    returned = Returned(text_of(draft), _bookmarks(text_of(draft)), text)
    later = _later(snapshot, draft)
    if later:
        remarks.append(f"退回的是{draft.version}，之后又导出过{later.version}；请先确认以哪一稿为准")
    offers = tuple(_offers(snapshot, draft, returned))
    return ReturnedFile(path.name, draft, returned, offers, (*text.remarks, *remarks), later is not None)


def _refuse_excess(snapshot: Snapshot, text: ReturnedText) -> None:
    most = max(_MOST_CHARACTERS, 3 * max(len(draft.blocks) for draft in snapshot.drafts))
    count = sum(len(one.text) for one in text.paragraphs)
    if count > most:
        raise SourceLimitError(
            f"“{text.name}”有{count}字，远远超过导出的文稿，不像退回稿", "请核对文件；要当作新的来源请用“导入”"
        )


def _draft_of(snapshot: Snapshot, text: ReturnedText) -> tuple[Draft, list[str]]:
    """The draft that the file is, by its id, else by its words."""
    ledger_uid, _, _ = text.draft_id.partition("/")
    if text.draft_id and "/" in text.draft_id and ledger_uid != snapshot.facts.uid:
        raise ReturnedFileError(f"“{text.name}”是从另一个台账导出的", "请打开那个台账再收回")
    known = next((draft for draft in snapshot.drafts if text.draft_id and draft.draft_id == text.draft_id), None)
    if known is not None:
        return known, []
    found = known_by_words(snapshot, text)
    if found is None:
        raise ReturnedFileError(
            f"“{text.name}”不是从本台账导出的文稿，或已改得认不出来", "请核对文件；要当作新的来源请用“导入”"
        )
    state = "文件里的文稿编号没有登记" if text.draft_id else "文件里没有文稿编号"
    return found, [f"{state}，按文字认出是{draft_name(found)}"]


def known_by_words(snapshot: Snapshot, text: ReturnedText) -> Draft | None:
    """The draft with most of whose words the text agrees, the latest of equals; None where none is near."""
    mine = Counter(comparable(one.text) for one in text.paragraphs)
    pairs = _pairs(mine)
    scored: list[tuple[float, int, Draft]] = []
    for at, draft in enumerate(snapshot.drafts):
        theirs = Counter(text_of(draft).texts)
        length = sum(len(words) * count for words, count in theirs.items()) or 1
        same = sum(len(words) * count for words, count in (mine & theirs).items()) / length
        if same < _KNOWN_BY_WORDS:
            other = _pairs(theirs)
            alike = 2 * (pairs & other).total() / ((pairs.total() + other.total()) or 1)
            same = same if alike < _LIKE else max(same, alike / 2)
            if alike < _LIKE:
                continue
        scored.append((same, at, draft))
    return max(scored, key=lambda one: one[:2])[2] if scored else None


def _pairs(texts: Iterable[str]) -> Counter[str]:
    return Counter(text[at : at + 2] for text in texts for at in range(len(text) - 1))


def _later(snapshot: Snapshot, draft: Draft) -> Draft | None:
    same = [one for one in snapshot.drafts if (one.kind, one.edition) == (draft.kind, draft.edition)]
    later = [one for one in same if one.position > draft.position and one.version != RELEASE]
    return later[-1] if later else None


def _bookmarks(text: DraftText) -> list[str]:
    from zhenggai_desktop.formats.word_paragraphs import bookmark_name  # noqa: PLC0415

    used: Counter[str] = Counter()
    names: list[str] = []
    for block in text.blocks:
        name = bookmark_name(block.anchor) if block.anchor else ""
        used[name] += 1
        names.append(f"{name}_{used[name]}" if name and used[name] > 1 else name)
    return names


# --- what is offered


def _offers(snapshot: Snapshot, draft: Draft, returned: Returned) -> Iterator[Offered]:
    places = Places(snapshot)
    planner = TakePlanner(snapshot, returned, edition_called(draft.edition))
    settled = _settled(planner)
    as_sent = AsSent(returned, text_now(snapshot, draft)) if draft.kind == DRAFT_NOTICE else None
    for number, change in enumerate(returned.changes, 1):
        place = places.of(change.anchor or _field_anchor(returned, change))
        if change.kind is ChangeKind.COMMENTED:
            yield Offered(number, change, place, already=_is_known(snapshot, change))
            continue
        plan = planner.plan([change])
        reason = plan.reasons[0] if plan.reasons else ""
        already = not reason and (change.anchor in settled or not plan.takes)
        if already and as_sent is not None and as_sent.lacks(change):
            already, reason = False, NOT_HELD
        yield Offered(number, change, place, reason, plan.conflict and not already, already)


def _field_anchor(returned: Returned, change: ReturnedChange) -> Anchor | None:
    """The record whose field a table's cell is."""
    fields = [span for at in change.old for span in returned.draft.blocks[at].fields]
    return fields[0].anchor if fields else None


def _settled(planner: TakePlanner) -> set[Anchor]:
    """The records that say already what came back, all changes of each taken together."""
    anchors: dict[Anchor, list[ReturnedChange]] = {}
    for change in planner.returned.changes:
        if change.anchor is not None and change.kind is not ChangeKind.COMMENTED:
            anchors.setdefault(change.anchor, []).append(change)
    several = {anchor: changes for anchor, changes in anchors.items() if len(changes) > 1}
    plans = {anchor: planner.plan(changes) for anchor, changes in several.items()}
    return {anchor for anchor, plan in plans.items() if not plan.takes and not plan.reasons}


class Places:
    """Records in words, as the list of changes names them."""

    def __init__(self, snapshot: Snapshot) -> None:
        headings = printed_headings(snapshot, scheme_for(snapshot.facts))
        numbers = Outline(snapshot).numbers()
        self._captions = {
            ("chapter", c.uid): _short(headings.get(c.uid) or ROLE_NAMES[c.role]) for c in snapshot.chapters
        }
        self._captions |= {("section", s.uid): _short(headings.get(s.uid) or s.title) for s in snapshot.sections}
        issues = {i.uid: f"问题{numbers[i.id]} {_short(i.title)}" for i in snapshot.issues}
        self._captions |= {(kind, uid): name for kind in ("issue", TEMPLATE_ITEM) for uid, name in issues.items()}
        uids = {i.id: i.uid for i in snapshot.issues}
        self._captions |= {("measure", m.uid): issues[uids[m.issue_id]] for m in snapshot.measures}

    def of(self, anchor: Anchor | None) -> str:
        """The record's caption; “通报” for words that no record prints or whose record is gone."""
        if anchor is None:
            return "通报"
        return self._captions.get((anchor.kind, anchor.uid), "通报框架" if anchor.uid.startswith("frame-") else "通报")


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST_NAME else words[: _LONGEST_NAME - 1] + "…"


def _is_known(snapshot: Snapshot, change: ReturnedChange) -> bool:
    wanted = _opinion(change, 0)
    return any((one.body, one.text) == (wanted.body, wanted.text) for one in snapshot.review_opinions)


def _opinion(change: ReturnedChange, draft_id: int) -> ReviewOpinion:
    assert change.comment is not None
    words = f"“{_short(change.before)}”：{change.comment.text}" if change.before else change.comment.text
    return ReviewOpinion(draft_id=draft_id, body=change.comment.author, text=words, given_on=_day(change.comment.when))


def _day(when: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(when[:10])
    except ValueError:
        return None


# --- taking


def take_returned(
    ledger: Ledger, file: ReturnedFile, numbers: Collection[int] | None = None, *, older: bool = False
) -> Taken:
    """Take changes into the ledger after a backup, as one step; None takes all that need no decision.

    Raises TargetError where the backup cannot be written, UsageError for a number that is not there or cannot be
    taken, for an older draft unless ``older`` says that it is meant, and where nothing is to be taken.
    """
    if file.older and not older:
        raise UsageError(
            f"退回的是较早的{file.draft.version}，没有收入",
            "确认要收入较早一稿的修改时，请明确选择（命令行加 --older）",
        )
    offers = {offer.number: offer for offer in file.offers}
    for number in numbers or ():
        if number not in offers:
            raise UsageError(f"没有第{number}处修改", f"共有{len(offers)}处")
        if not offers[number].takable:
            why = offers[number].reason or "台账里已经是这样"
            raise UsageError(f"第{number}处不能收入：{why}", "请去掉它再收入其余各处")
    chosen = [offers[number] for number in sorted(set(file.clean if numbers is None else numbers))]
    if not chosen:
        raise UsageError("没有可以收入的修改", "有冲突或没有对应内容的，请逐处核对")
    changes = [offer.change for offer in chosen]
    plan = TakePlanner(ledger.snapshot, file.returned, edition_called(file.draft.edition)).plan(changes)
    left = tuple(o.number for o in file.offers if o.takable and o.conflict and o not in chosen)
    with ledger.backed_up("收入退回稿前"), ledger.step(f"收入退回稿的修改（{len(chosen)}处）") as writer:
        _Writing(writer, ledger.snapshot).write(plan)
        for change in changes:
            if change.comment is not None:
                writer.add(_opinion(change, file.draft.id))
    return Taken(len(chosen), left)


class _Writing:
    """Writes planned takes inside one step."""

    def __init__(self, writer: Writer, snapshot: Snapshot) -> None:
        self._writer = writer
        self._snapshot = snapshot
        self._ids: dict[tuple[type[Any], str], int] = {
            (type(record), record.uid): record.id
            for record in (
                *snapshot.chapters,
                *snapshot.sections,
                *snapshot.issues,
                *snapshot.measures,
                *snapshot.public_comments,
            )
        }
        self._ids[LedgerFacts, snapshot.facts.uid] = snapshot.facts.id
        self._new_behind: dict[tuple[Key | None, str | None], int] = {}  # place → id of the last new issue there
        self._behind: dict[tuple[str, str], int] = {}  # uids of issue and measure → id of the last new one behind it

    def write(self, plan: Plan) -> None:
        if any(
            take.key[0] is Chapter and take.key not in self._ids for take in plan.takes if isinstance(take, SetValue)
        ):
            self._take_frame()
        writers: dict[type[Any], Callable[[Any], None]] = {
            SetValue: self._set, NewMeasure: self._measure, NewIssue: self._issue, Order: self._order, Move: self._move,
        }  # fmt: skip
        orders = [take for take in plan.takes if isinstance(take, Order)]
        for take in (*(take for take in plan.takes if not isinstance(take, Order)), *orders):
            writers[type(take)](take)

    def _take_frame(self) -> None:
        if not own_chapters(self._snapshot):
            for uid, chapter_id in write_frame(self._writer, self._snapshot).items():
                self._ids[Chapter, uid] = chapter_id

    def _set(self, take: SetValue) -> None:
        self._writer.update(take.key[0], self._ids[take.key], **{take.name: take.value})

    def _measure(self, take: NewMeasure) -> None:
        issue_id = self._ids[Issue, take.issue]
        after = self._behind.get((take.issue, take.after)) or self._ids.get((Measure, take.after))
        position = self._writer.get(Measure, after).position + 1 if after else 1
        added = self._writer.add(
            Measure(issue_id=issue_id, position=position, progress=take.progress, status=_told(take.progress))
        )
        self._behind[take.issue, take.after] = added.id

    def _issue(self, take: NewIssue) -> None:
        """Behind its sibling, and behind what was written in there before it."""
        section_id = self._ids[take.parent] if take.parent and take.parent[0] is Section else None
        parent_id = self._ids[take.parent] if take.parent and take.parent[0] is Issue else None
        after = self._new_behind.get((take.parent, take.after)) or (self._ids[Issue, take.after] if take.after else 0)
        position = self._writer.get(Issue, after).position + 1 if after else 1
        added = self._writer.add(
            Issue(
                section_id=section_id,
                parent_id=parent_id,
                position=position,
                title=take.title,
                public_text=take.public_text,
                status=_told(take.public_text) if take.public_text else None,
            )
        )
        self._new_behind[take.parent, take.after] = added.id

    def _order(self, take: Order) -> None:
        """New measures stay behind those they follow."""
        new = {self._ids.get((Measure, uid), 0): at for (issue, uid), at in self._behind.items() if issue == take.issue}
        ids: list[int] = [new[0]] if 0 in new else []
        for uid in take.measures:
            ids.append(self._ids[Measure, uid])
            if ids[-1] in new:
                ids.append(new[ids[-1]])
        self._writer.reorder(Measure, ids)

    def _move(self, take: Move) -> None:
        section_id = self._ids[take.parent] if take.parent and take.parent[0] is Section else None
        parent_id = self._ids[take.parent] if take.parent and take.parent[0] is Issue else None
        issue_id = self._ids[take.key]
        self._writer.update(Issue, issue_id, section_id=section_id, parent_id=parent_id, position=1_000_000)
        after = self._writer.get(Issue, self._ids[Issue, take.after]).position if take.after else 0
        self._writer.update(Issue, issue_id, section_id=section_id, parent_id=parent_id, position=after + 1)


def _told(words: str) -> Status:
    """What a notice tells is done unless its words say otherwise, as an import reads it."""
    return Status.IN_PROGRESS if unfinished_word(words) else Status.DONE
