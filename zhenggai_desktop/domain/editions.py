"""The editions of a notice: what the public reads and what stays inside (domain.md §8).

A withheld issue is left out of the public edition, and the text says how many are missing; where other words were
approved for it, it is printed with those words and its public text alone: neither its measures nor what lies below it
goes out. The internal edition prints everything.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from zhenggai_desktop.domain.records import Issue, Snapshot, WithheldGround


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


def edited(snapshot: Snapshot, edition: Edition) -> Snapshot:
    """The ledger as one edition shows it: its chapters only, and for the public nothing that is withheld.

    The records that stay keep their ids and uids. Raises nothing; a ledger without withheld issues comes back as it is.
    """
    edition = edition.approved
    chapters = tuple(chapter for chapter in snapshot.chapters if chapter.edition in ("", edition.value))
    if edition is Edition.INTERNAL or not any(map(_is_withheld, snapshot.issues)):
        return snapshot if chapters == snapshot.chapters else replace(snapshot, chapters=chapters)
    left_out = {issue.id for issue in snapshot.issues if _is_withheld(issue) and not issue.withheld_wording}
    silent = {issue.id for issue in snapshot.issues if _is_withheld(issue)}
    gone = _with_everything_below(snapshot, silent) - (silent - left_out)
    issues = tuple(_reworded(issue) for issue in snapshot.issues if issue.id not in gone)
    measures = tuple(measure for measure in snapshot.measures if measure.issue_id not in gone | silent)
    links = tuple(
        link
        for link in snapshot.measure_links
        if link.issue_id not in gone and any(measure.id == link.measure_id for measure in measures)
    )
    return replace(
        snapshot,
        issues=issues,
        measures=measures,
        measure_links=links,
        chapters=chapters,
    )


def count_withheld(snapshot: Snapshot) -> int:
    """How many issues the public edition leaves out; what lies below a withheld one is not counted again."""
    left_out = {issue.id for issue in snapshot.issues if _is_withheld(issue) and not issue.withheld_wording}
    return sum(issue.id in left_out and issue.parent_id not in left_out for issue in snapshot.issues)


def withheld_sentence(count: int) -> str:
    """What the public edition says of the issues that it leaves out."""
    return f"另有{count}项整改事项按规定不予公开。"


def _is_withheld(issue: Issue) -> bool:
    return issue.withheld is not WithheldGround.NONE


def _reworded(issue: Issue) -> Issue:
    """With the approved words for its title; its own words, the feedback's and its measures' do not go out."""
    if not _is_withheld(issue):
        return issue
    return replace(issue, title=issue.withheld_wording, printed_heading="", original_text="", answer_introduction="")


def _with_everything_below(snapshot: Snapshot, ids: set[int]) -> set[int]:
    gone = set(ids)
    while True:
        below = {issue.id for issue in snapshot.issues if issue.parent_id in gone} - gone
        if not below:
            return gone
        gone |= below
