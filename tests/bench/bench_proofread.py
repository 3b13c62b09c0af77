"""How long proofreading takes: a notice, an edit in it, and a ledger of any size.

``python tests/bench/bench_proofread.py 20000`` adds a ledger of 20,000 issues (some 6 million characters); ``--rules``
shows what each rule costs there.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from zhenggai_desktop.domain.notice import compose  # noqa: E402
from zhenggai_desktop.domain.proofread.checker import Proofreader  # noqa: E402
from zhenggai_desktop.domain.proofread.findings import DocumentRule, TextRule  # noqa: E402
from zhenggai_desktop.domain.proofread.lexicon import lexicon_of  # noqa: E402
from zhenggai_desktop.domain.proofread.subject import Subject, subject_of_ledger  # noqa: E402
from zhenggai_desktop.domain.records import Issue, LedgerFacts, Measure, Section, Snapshot, Status  # noqa: E402
from zhenggai_desktop.domain.schemes import scheme_for  # noqa: E402

T = TypeVar("T")
CLEAN = (ROOT / "resources" / "samples" / "示例整改通报.txt").read_text("utf-8")
SENTENCES = [s + "。" for line in CLEAN.splitlines() if "整改进展情况：" in line for s in line[7:].split("。") if s]
LEXICON = lexicon_of(json.loads((ROOT / "resources" / "words" / "proofreading.json").read_text("utf-8")))
TODAY = dt.date(2025, 12, 31)


def a_snapshot(issues: int, chance: random.Random) -> Snapshot:
    """Issues with three measures of some 90 characters each, with numbers of their own."""

    def words() -> str:
        text = "".join(chance.sample(SENTENCES, 2))
        numbers = [chance.randrange(2, most) for most in (999, 99, 9)]
        return "{}，涉及{}户、{}个小组，办结{}件。".format(text[:-1], *numbers)

    sections = tuple(
        Section(id=k, uid=f"s{k}", position=k, title=f"关于第{k}类工作方面") for k in range(1, issues // 200 + 2)
    )
    found = tuple(
        Issue(
            id=k, uid=f"i{k}", section_id=k // 200 + 1, position=k, title=f"某项工作{k}落实不够到位", status=Status.DONE
        )
        for k in range(1, issues + 1)
    )
    measures = tuple(
        Measure(id=3 * k + j, uid=f"m{3 * k + j}", issue_id=k, position=j + 1, progress=words(), status=Status.DONE)
        for k in range(1, issues + 1)
        for j in range(3)
    )
    facts = LedgerFacts(
        organisation="清河区云溪街道党工委",
        inspection_start=dt.date(2025, 3, 10),
        feedback_date=dt.date(2025, 6, 20),
        publication_date=TODAY,
    )
    return Snapshot(facts=facts, sections=sections, issues=found, measures=measures)


def timed(name: str, work: Callable[[], T]) -> T:
    begin = time.perf_counter()
    result = work()
    print(f"{name:<44}{(time.perf_counter() - begin) * 1000:>12.1f} ms")
    return result


def subject_of(snapshot: Snapshot, reader: Proofreader | None = None) -> Subject:
    document = compose(snapshot, scheme_for(snapshot.facts), last=reader.composition if reader else None)
    return subject_of_ledger(document, snapshot, TODAY, reader.texts if reader else None)


def edited(snapshot: Snapshot) -> Snapshot:
    """The same ledger with one measure changed."""
    at = len(snapshot.measures) // 2
    changed = replace(snapshot.measures[at], progress=snapshot.measures[at].progress + "另建立台帐1本。")
    return replace(snapshot, measures=(*snapshot.measures[:at], changed, *snapshot.measures[at + 1 :]))


def measure(issues: int, *, rules: bool) -> None:
    snapshot = a_snapshot(issues, random.Random(issues))
    reader = Proofreader(LEXICON)
    subject = timed(f"{issues} issues: compose", lambda: subject_of(snapshot, reader))
    print(f"{'characters':<44}{sum(len(text.text) for text in subject.texts):>12}")
    found = timed(f"{issues} issues: first check", lambda: reader.check(subject))
    changed = edited(snapshot)
    again = timed(f"{issues} issues: compose after an edit", lambda: subject_of(changed, reader))
    more = timed(f"{issues} issues: check after an edit", lambda: reader.check(again))
    print(f"{'findings, after the edit':<44}{len(found):>12} {len(more)}")
    if rules:
        per_rule(reader, subject)


def per_rule(reader: Proofreader, subject: Subject) -> None:
    costs: list[tuple[float, str]] = []
    for rule in reader.rules:
        begin = time.perf_counter()
        if isinstance(rule, TextRule):
            for text in subject.texts:
                list(rule.check(text.text))
        elif isinstance(rule, DocumentRule):
            list(rule.check(subject))
        costs.append(((time.perf_counter() - begin) * 1000, rule.code))
    for cost, code in sorted(costs, reverse=True)[:20]:
        print(f"  {code:<42}{cost:>12.1f} ms")


if __name__ == "__main__":
    sizes = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    for size in (52, *sizes):  # 52 issues: some 15,000 characters
        measure(size, rules="--rules" in sys.argv)
