"""Whole notices and feedback documents as offices write them, each beside what a careful person reads in it.

A file under ``texts/whole`` holds a text, a line of equal signs, and its reading: ``#`` a section (``~`` without a
title), ``-`` an issue with ``:n`` measures, ``~``, ``≈``, ``!`` where it is not done, ``∞`` where it is standing,
``+`` what was recommended, ``@`` whom it concerns; ``=n`` paragraphs of words below an issue of a feedback document;
``$`` an outcome; ``@name`` a fact. Facts and outcomes that the reading leaves out are not looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from zhenggai_desktop.domain.blocks import SourceDocument, SourceParagraph
from zhenggai_desktop.domain.feedback import understand
from zhenggai_desktop.domain.notice import compose
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.plan import ImportPlan, ProposedIssue
from zhenggai_desktop.domain.plan_snapshot import plan_snapshot
from zhenggai_desktop.domain.records import DocumentKind, Issue, SectionCategory, Status
from zhenggai_desktop.domain.schemes import scheme_for
from zhenggai_desktop.domain.source_lines import lines_of
from zhenggai_desktop.domain.typography import core
from zhenggai_desktop.domain.workflow import Workflow

WHOLE = sorted((Path(__file__).parents[1] / "texts" / "whole").glob("*.txt"))
NOTICES = [path for path in WHOLE if path.name.startswith("notice_")]
FEEDBACK = [path for path in WHOLE if path.name.startswith("feedback_")]
_NUMBERS = set(
    "一二三四五六七八九十是0123456789①②③具体表现问题："
)  # and the label 具体表现：, all of which the tree has anew
_STATUSES = {Status.DONE: "", Status.IN_PROGRESS: " ~", Status.MOSTLY_DONE: " ≈", Status.NOT_STARTED: " !"}
_CATEGORIES = {
    SectionCategory.FEEDBACK: "",
    SectionCategory.EXTENSION: " !ext",
    SectionCategory.REFORM: " !ref",
}


def source(path: Path) -> SourceDocument:
    text = path.read_text("utf-8").partition("\n======\n")[0]
    lines = enumerate(text.split("\n"), 1)
    return SourceDocument(path.name, tuple(SourceParagraph(i, line) for i, line in lines if line.strip()))


def reading(path: Path, *heads: str) -> list[str]:
    """The lines of the reading that begin with one of ``heads``."""
    lines = path.read_text("utf-8").partition("\n======\n")[2].split("\n")
    return [line for line in lines if line.startswith(heads)]


class _Teller:
    """Tells a plan as the readings do."""

    def __init__(self, plan: ImportPlan) -> None:
        self._plan = plan
        snapshot = plan_snapshot(plan)
        self._workflow = Workflow(Outline(snapshot))
        self._records = {issue.uid: issue for issue in snapshot.issues}

    def tree(self) -> Iterator[str]:
        for section in self._plan.sections:
            record = section.record
            yield "#" if record is None else f"# {record.title or '~'}{_CATEGORIES[record.category]}"
            for issue in section.issues:
                yield from self._issue(issue, 1)

    def _issue(self, proposed: ProposedIssue, depth: int) -> Iterator[str]:
        record = self._records[proposed.record.uid]
        yield "-" * depth + f" {record.title}" + self._told(proposed, record)
        for below in proposed.issues:
            yield from self._issue(below, depth + 1)

    def _told(self, proposed: ProposedIssue, record: Issue) -> str:
        if self._plan.document is DocumentKind.NOTICE:
            told = f" :{len(proposed.measures)}{_STATUSES[self._workflow.status(record)]}"
        else:
            told = f" ={len(record.original_text.splitlines())}" if record.original_text else ""
        told += " ∞" if record.standing else ""
        told += "".join(f" +{words}" for words in record.recommendations)
        several = len(self._plan.inspected_units) > 1 and record.units
        return told + (f" @{'、'.join(record.units)}" if several else "")

    def facts(self) -> dict[str, str]:
        facts, plan = self._plan.facts, self._plan
        roles = {"lead": "^", "narrative": "n", "issues": "i", "closing": "c"}
        return {
            "kind": plan.document.value,
            "unit": facts.organisation,
            "short": facts.organisation_short,
            "body": facts.organisation_body,
            "team": facts.team,
            "level": facts.level.value if facts.level else "",
            "insp": facts.kind.value,
            "period": f"{facts.inspection_start} {facts.inspection_end}",
            "feedback": str(facts.feedback_date or ""),
            "published": str(facts.publication_date or ""),
            "plan_due": str(facts.plan_due or ""),
            "report_due": str(facts.report_due or ""),
            "phone": facts.phone,
            "address": facts.address,
            "postcode": facts.postcode,
            "email": facts.email,
            "inspected": "、".join(plan.inspected_units),
            "signature": facts.signature_organisation.replace("\n", "/"),
            "recs": "｜".join(facts.recommendations),
            "chapters": "｜".join(f"{roles[chapter.role.value]}:{chapter.title}" for chapter in plan.chapters),
            "doubts": " ".join(sorted({note.code for note in plan.doubts} - {"status"})),
        }


@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.stem)
def test_a_text_is_read_as_a_careful_person_reads_it(path: Path) -> None:
    plan = understand(source(path))
    teller = _Teller(plan)
    assert list(teller.tree()) == reading(path, "#", "-")
    told = teller.facts()
    wanted = dict(line[1:].partition(" ")[::2] for line in reading(path, "@"))
    assert {name: told[name] for name in wanted} == wanted
    outcomes = sorted(f"$ {o.record.kind} {o.record.number}{o.record.unit}" for o in plan.outcomes)
    assert outcomes == sorted(reading(path, "$")) or not reading(path, "$")


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.stem)
def test_a_whole_notice_is_composed_as_it_was_written(path: Path) -> None:
    document = source(path)
    plan = understand(document)
    left_over = {note.text for note in plan.leftovers}
    composed = [text for block in compose(plan_snapshot(plan), scheme_for(plan.facts)).blocks
                for text in block.text.split("\n")]  # fmt: skip
    assert composed == [line.text for line in lines_of(document)[0] if line.raw not in left_over]
    told = core("".join(composed) + "".join(note.text for note in plan.leftovers))
    assert Counter(told) == Counter(core("".join(paragraph.text for paragraph in document.paragraphs)))


@pytest.mark.parametrize("path", FEEDBACK, ids=lambda path: path.stem)
def test_no_word_of_a_whole_feedback_document_is_lost(path: Path) -> None:
    document = source(path)
    plan = understand(document)
    words = [*plan.facts.recommendations, *(note.text for note in plan.leftovers)]
    for chapter in plan.chapters:
        words += [chapter.printed_heading, *(block.text for block in chapter.blocks)]
    for section in plan.sections:
        words += [section.record.title, section.record.introduction] if section.record else []
    words += [text for issue in plan.issues() for text in (issue.record.title, issue.record.original_text)]
    whole = "".join(paragraph.text for paragraph in document.paragraphs)
    lost = Counter(core(whole)) - Counter(core("".join(words)))
    assert set(lost) <= _NUMBERS
