"""A reader that is kept from edit to edit finds what a fresh one finds, whatever was edited."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from test_proofread_recall import CASES, chosen
from test_proofread_rules import CLEAN, WORDS

from zhenggai_desktop.domain.blocks import SourceDocument, SourceParagraph
from zhenggai_desktop.domain.feedback import understand
from zhenggai_desktop.domain.notice import compose
from zhenggai_desktop.domain.plan_snapshot import plan_snapshot
from zhenggai_desktop.domain.proofread.checker import Proofreader
from zhenggai_desktop.domain.proofread.lexicon import lexicon_of
from zhenggai_desktop.domain.proofread.readings import Memory, Reading, Role, Text
from zhenggai_desktop.domain.proofread.stopping import ProofreadingStopped, never
from zhenggai_desktop.domain.proofread.subject import Subject, subject_of_ledger
from zhenggai_desktop.domain.records import Measure, Snapshot, Status, WithheldGround
from zhenggai_desktop.domain.schemes import scheme_for

TODAY = dt.date(2025, 12, 31)
LEXICON = lexicon_of(WORDS)
FAULTS = [chosen(case.line, faulty=True).split("‖")[0].replace("\n", "") for case in CASES]


def a_ledger() -> Snapshot:
    lines = tuple(SourceParagraph(i, line) for i, line in enumerate(CLEAN.split("\n"), 1) if line.strip())
    return plan_snapshot(understand(SourceDocument("通报", lines)))


def subject_of(snapshot: Snapshot, reader: Proofreader, scheme: str = "") -> Subject:
    document = compose(snapshot, scheme_for(snapshot.facts, scheme), last=reader.composition)
    return subject_of_ledger(document, snapshot, TODAY, reader.texts)


def with_measure(snapshot: Snapshot, at: int, **values: object) -> Snapshot:
    measures = list(snapshot.measures)
    measures[at] = replace(measures[at], **values)  # type: ignore[arg-type]
    return replace(snapshot, measures=tuple(measures))


def with_issue(snapshot: Snapshot, chance: random.Random, **values: object) -> Snapshot:
    issues = list(snapshot.issues)
    at = chance.randrange(len(issues))
    issues[at] = replace(issues[at], **values)  # type: ignore[arg-type]
    return replace(snapshot, issues=tuple(issues))


def edits(chance: random.Random) -> Iterator[Callable[[Snapshot], Snapshot]]:
    """One edit after the other: words, statuses, measures that go and come, chapters, the date of the notice."""
    for _ in range(40):
        fault, other = chance.choice(FAULTS), chance.choice(FAULTS)
        yield chance.choice(
            (
                lambda s, fault=fault: with_measure(s, chance.randrange(len(s.measures)), progress=fault),
                lambda s, other=other: with_measure(
                    s, at := chance.randrange(len(s.measures)), progress=s.measures[at].progress + other
                ),
                lambda s: with_measure(s, chance.randrange(len(s.measures)), status=chance.choice(list(Status))),
                lambda s: with_measure(s, chance.randrange(len(s.measures)), progress=""),
                lambda s: with_issue(s, chance, title="村级账目公开不够及时"),
                lambda s: with_issue(s, chance, printed_heading="9.针对“账目公开”问题。"),
                lambda s: with_issue(s, chance, section_id=chance.choice(s.sections).id),
                lambda s: with_issue(s, chance, withheld=chance.choice(list(WithheldGround))),
                lambda s: replace(s, issues=tuple(chance.sample(s.issues, len(s.issues)))),
                lambda s: replace(s, measures=tuple(m for m in s.measures if chance.random() > 0.1)),
                lambda s: replace(s, measures=(*s.measures, _like(s, chance))),
                lambda s: replace(s, facts=replace(s.facts, publication_date=dt.date(2025, chance.randint(1, 12), 1))),
                lambda s, fault=fault: replace(
                    s,
                    chapters=tuple(
                        replace(c, blocks=(*c.blocks, replace(c.blocks[0], text=fault))) if c.blocks else c
                        for c in s.chapters
                    ),
                ),
            )
        )


def _like(snapshot: Snapshot, chance: random.Random) -> Measure:
    """One more measure, with the words of another: its answer is a near twin."""
    own = chance.choice(snapshot.measures)
    number = max(measure.id for measure in snapshot.measures) + 1
    return replace(own, id=number, uid=f"m{number}", issue_id=chance.choice(snapshot.issues).id)


@pytest.mark.parametrize("seed", range(4))
def test_a_kept_reader_finds_what_a_fresh_one_finds(seed: int) -> None:
    chance = random.Random(seed)
    kept, snapshot = Proofreader(LEXICON), a_ledger()
    for edit in edits(chance):
        if snapshot.measures:
            snapshot = edit(snapshot)
        scheme = chance.choice(("", "", "", "C", "E"))  # in some the issues are numbered through all sections
        fresh = Proofreader(LEXICON)
        subject = subject_of(snapshot, kept, scheme)
        assert subject.texts == subject_of(snapshot, fresh, scheme).texts
        assert kept.check(subject) == fresh.check(subject_of(snapshot, fresh, scheme))


def test_only_what_is_new_is_read() -> None:
    read: list[str] = []

    def reader(words: str) -> tuple[str, ...]:
        read.append(words)
        return (words[0],)

    reading = Reading(reader, Role.OTHER)
    memory = Memory((reading,))
    memory.show(tuple(map(Text, ("甲", "乙", "丙"))), never)
    memory.show(tuple(map(Text, ("甲", "丁", "乙", "丙"))), never)
    memory.show(tuple(map(Text, ("丙", "甲"))), never)
    assert read == ["甲", "乙", "丙", "丁"]
    assert memory.places(reading) == [(0, ("丙",)), (1, ("甲",))]


def test_a_reading_asked_for_later_is_kept_up_to_date_too() -> None:
    known, late = Reading(lambda words: words.count("甲"), nothing=0), Reading(len, nothing=0)
    memory = Memory((known,))
    memory.show(tuple(map(Text, ("甲甲", "", "乙"))), never)
    assert memory.places(late) == [(0, 2), (2, 1)]
    memory.show(tuple(map(Text, ("甲甲", "丙丙丙", "丁", "乙"))), never)
    assert memory.places(late) == [(0, 2), (1, 3), (2, 1), (3, 1)]
    assert memory.places(known) == [(0, 2)]


def test_what_was_read_before_a_stop_is_not_read_again() -> None:
    read: list[str] = []
    reading = Reading(lambda words: read.append(words) or (words,))
    memory = Memory((reading,))
    texts = tuple(Text(f"第{k}段") for k in range(9))
    with pytest.raises(ProofreadingStopped):
        memory.show(texts, lambda: len(read) >= 4)
    memory.show(texts, never)
    assert read == [text.text for text in texts]
    assert [i for i, _ in memory.places(reading)] == list(range(9))
