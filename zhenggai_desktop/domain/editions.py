"""The editions of a notice: what the public reads and what stays inside (domain.md §8).

A withheld issue is left out of the public edition, and the text says how many are missing; where other words were
approved for it, it is printed with those words and its public text alone: neither its measures, the inspectors' own
words nor what lies below it goes out. The internal edition prints everything. Figures are those of the whole ledger in
either edition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any

from zhenggai_desktop.domain.items import items_of
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import Issue, Snapshot, WithheldGround
from zhenggai_desktop.domain.workflow import Workflow

UNSAID_SECTION = "其他方面"
"""Stands in figures for a section that holds nothing but what is withheld."""


class Edition(StrEnum):
    """For whom a notice is: 社会公开稿 or 党内通报稿, and either of them on its way through approval (送审稿)."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PUBLIC_REVIEW = "public_review"
    INTERNAL_REVIEW = "internal_review"

    @property
    def for_review(self) -> bool:
        """True for a draft that goes out with a sheet for opinions and signatures."""
        return self in (Edition.PUBLIC_REVIEW, Edition.INTERNAL_REVIEW)

    @property
    def approved(self) -> Edition:
        """The edition that a draft for approval becomes; itself where it is none."""
        return {Edition.PUBLIC_REVIEW: Edition.PUBLIC, Edition.INTERNAL_REVIEW: Edition.INTERNAL}.get(self, self)


def edition_called(name: str) -> Edition:
    """The edition of that name; for a paper that goes out in none, as a period's report, what stays inside."""
    return next((edition for edition in Edition if edition.value == name), Edition.INTERNAL)


def edited(snapshot: Snapshot, edition: Edition) -> Snapshot:
    """The ledger as one edition shows it: its chapters only, and for the public nothing that is withheld.

    The records that stay keep their ids and uids, and issues the status that counts for them; they are numbered anew,
    so that no gap betrays what is missing. A section of which no
    issue stays is left out, and so is an issue that quotes nothing but withheld ones; where others are quoted they give
    it its title. Raises nothing; a ledger without withheld issues comes back as it is.
    """
    edition = edition.approved
    chapters = tuple(chapter for chapter in snapshot.chapters if chapter.edition in ("", edition.value))
    if edition is Edition.INTERNAL or not any(map(is_withheld, snapshot.issues)):
        return snapshot if chapters == snapshot.chapters else replace(snapshot, chapters=chapters)
    return replace(_published(snapshot), chapters=chapters)


def _published(snapshot: Snapshot) -> Snapshot:
    outline = Outline(snapshot)
    staying = {issue.id for top in outline.walk() if top.parent_id is None for issue in _staying(top, outline)}
    gone = {issue.id for issue in snapshot.issues} - staying
    silent = gone | {issue.id for issue in snapshot.issues if is_withheld(issue)}
    workflow = Workflow(outline)
    issues = tuple(_as_published(issue, outline, workflow) for issue in snapshot.issues if issue.id not in gone)
    measures = tuple(measure for measure in snapshot.measures if measure.issue_id not in silent)
    kept = {measure.id for measure in measures}
    empty = {issue.section_id for issue in snapshot.issues if issue.parent_id is None and issue.id in gone}
    empty -= {issue.section_id for issue in issues if issue.parent_id is None}
    told: dict[str, Any] = {
        name: tuple(record for record in getattr(snapshot, name) if _may_be_told(record, silent, kept))
        for name in _HANGING
    }
    return replace(
        snapshot,
        sections=tuple(section for section in snapshot.sections if section.id not in empty),
        issues=issues,
        measures=measures,
        measure_links=tuple(link for link in snapshot.measure_links if _may_be_told(link, silent, kept)),
        numbers=None,
        serving=None,
        **told,
    )


def counted(whole: Snapshot, shown: Snapshot) -> Snapshot:
    """The whole ledger to be counted by section, without the words of sections that the edition does not show."""
    if whole.sections == shown.sections:
        return whole
    kept = {section.id for section in shown.sections}
    unsaid = (s if s.id in kept else replace(s, title=UNSAID_SECTION, introduction="") for s in whole.sections)
    return replace(whole, sections=tuple(unsaid))


_HANGING = ("log_entries", "outcome_links", "evidence_links", "closing_steps", "extensions", "chases", "hand_overs")
"""Records that say something of the issue or measure on which they hang."""


def _may_be_told(record: Any, silent: set[int], measures: set[int]) -> bool:
    measure_id = getattr(record, "measure_id", None)
    return getattr(record, "issue_id", None) not in silent and (measure_id is None or measure_id in measures)


def count_withheld(snapshot: Snapshot) -> int:
    """How many items (整改事项, as the figures count them) the public edition leaves out.

    What is left out below an answer that holds for more than it counts as one item; what approved words stand for is
    not left out.
    """
    if not any(map(is_withheld, snapshot.issues)):
        return 0
    outline = Outline(snapshot)
    return sum(_count_left_out(top, outline) for top in outline.walk() if top.parent_id is None)


def _count_left_out(issue: Issue, outline: Outline) -> int:
    if _goes_unsaid(issue, outline):
        return sum(1 for _ in items_of(outline, issue))
    if is_withheld(issue):
        return 0
    return sum(_count_left_out(part, outline) for part in outline.sub_issues(issue))


def withheld_sentence(count: int) -> str:
    """What the public edition says of the issues that it leaves out."""
    return f"另有{count}项整改事项按规定不予公开。"


def is_withheld(record: object) -> bool:
    """True for an issue that is not for the public as it is, other words for it or not."""
    return isinstance(record, Issue) and record.withheld is not WithheldGround.NONE


def _is_left_out(issue: Issue) -> bool:
    return is_withheld(issue) and not issue.withheld_wording


def _goes_unsaid(issue: Issue, outline: Outline) -> bool:
    """True for an issue that does not go out in any words."""
    return _is_left_out(issue) or _quotes_nothing_else(issue, outline)


def _staying(issue: Issue, outline: Outline) -> Iterator[Issue]:
    """The issue and what of it goes out; below approved words only what has such words too."""
    if _goes_unsaid(issue, outline):
        return
    yield issue
    for part in outline.sub_issues(issue):
        if is_withheld(part) or not is_withheld(issue):
            yield from _staying(part, outline)


def _quoted(issue: Issue, outline: Outline) -> list[Issue]:
    """The issues that an issue's heading quotes (domain.md §4)."""
    return [part for part in outline.sub_issues(issue) if part.printed_level == 0]


def _quotes_nothing_else(issue: Issue, outline: Outline) -> bool:
    """True for an issue whose words are those of withheld ones alone: without them it has no title."""
    quoted = _quoted(issue, outline)
    unsaid = bool(quoted) and all(_goes_unsaid(part, outline) for part in quoted)
    return unsaid and _holds(issue.title, quoted)


def _holds(text: str, parts: Sequence[Issue]) -> bool:
    """True where a text has the words of any of these issues, whichever quotation marks stand in them."""
    words = _unquoted(text)
    return any(title in words for part in parts if (title := _unquoted(part.title)))


def _unquoted(text: str) -> str:
    return re.sub("[“”‘’]", "", text).rstrip("。；;")


def _as_published(issue: Issue, outline: Outline, workflow: Workflow) -> Issue:
    """With the approved words for its title, or for those that it quotes; the words of what is withheld stay inside."""
    if is_withheld(issue):
        return replace(
            issue,
            title=issue.withheld_wording,
            printed_heading="",
            original_text="",
            recommendations=(),
            goal="",
            answer_introduction="",
            note="",
            status=workflow.status(issue),
        )
    held = _reworded_parts(issue, outline)
    if not held:
        return issue
    return replace(
        issue,
        title=_said(issue, outline),
        printed_heading="" if _holds(issue.printed_heading, held) else issue.printed_heading,
        original_text="" if _holds(issue.original_text, held) else issue.original_text,
        recommendations=tuple(words for words in issue.recommendations if not _holds(words, held)),
    )


def _said(issue: Issue, outline: Outline) -> str:
    """The title as the public reads it; "" for an issue that is left out."""
    if is_withheld(issue):
        return issue.withheld_wording
    if not _holds(issue.title, _reworded_parts(issue, outline)):
        return issue.title
    return "；".join(filter(None, (_said(part, outline) for part in _quoted(issue, outline))))


def _reworded_parts(issue: Issue, outline: Outline) -> list[Issue]:
    """The quoted issues of which the public reads other words than their title, or none."""
    return [part for part in _quoted(issue, outline) if _said(part, outline) != part.title]
