"""An issue that a reviewer wrote into a draft: its heading in the scheme's form, with the paragraphs below it.

It is offered only where its place is beyond doubt: between two records, not inside another issue's answer.
"""

from __future__ import annotations

from zhenggai_desktop.domain.change_kinds import ChangeKind
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.portable import Key
from zhenggai_desktop.domain.records import Section, Snapshot
from zhenggai_desktop.domain.returned_changes import Returned, ReturnedChange
from zhenggai_desktop.domain.takes import NewIssue


def new_issue(change: ReturnedChange, returned: Returned, snapshot: Snapshot, outline: Outline) -> NewIssue | None:
    """The issue that the inserted paragraphs are; None where they are none or their place is doubtful.

    What stands below the heading becomes the issue's public text as it was written; measures are the clerk's to add.
    """
    if change.kind is not ChangeKind.INSERTED or change.anchor is None:
        return None
    first, *rest = (returned.paragraphs[at].text for at in change.new)
    title, behind = _title(first, returned)
    if not title or _inside(change, returned) or _below_new_heading(change, returned):
        return None
    place = _place(change, snapshot, outline)
    if place is None:
        return None
    parent, after = place
    text = "\n".join(part for part in (behind, *rest) if part)
    return NewIssue(parent, after, title, text)


def is_there(take: NewIssue, snapshot: Snapshot) -> bool:
    """True where the ledger has an issue of that title already."""
    return any(issue.title == take.title for issue in snapshot.issues)


def _title(line: str, returned: Returned) -> tuple[str, str]:
    """The title in a heading, and what runs on behind it; "" where the line is no issue's heading."""
    scheme = returned.draft.scheme
    pattern = scheme.issues[0]
    if "{n}" not in pattern.pattern:
        return "", ""
    head, stop, behind = line.partition("。")
    for words, rest in ((line, ""), (head + stop, behind), (head, behind)):
        if "。" in words[:-1]:
            continue
        if title := pattern.title_of(words):
            return title, rest
    return "", ""


def _inside(change: ReturnedChange, returned: Returned) -> bool:
    """True where more of the record before it follows behind it."""
    following = change.new[-1] + 1
    if following >= len(returned.paragraphs) or returned.owners.get(following) != change.anchor:
        return False
    match = next(match for match in returned.matches if following in match.new)
    return not any(returned.draft.blocks[at].heading for at in match.old)


def _below_new_heading(change: ReturnedChange, returned: Returned) -> bool:
    """True where a section's or chapter's heading was typed in above it: the ledger has none to put it under."""
    matched = {at for match in returned.matches if match.old for at in match.new}
    for at in range(change.new[0] - 1, -1, -1):
        if at in matched:
            return False
        if returned.is_headed(at) and not _title(returned.paragraphs[at].text, returned)[0]:
            return True
    return False


def _place(change: ReturnedChange, snapshot: Snapshot, outline: Outline) -> tuple[Key | None, str | None] | None:
    """Parent, and the sibling behind which it stands (None: as the first)."""
    assert change.anchor is not None
    kind, uid = change.anchor.kind, change.anchor.uid
    if kind == "section":
        return ((Section, uid), None) if any(section.uid == uid for section in snapshot.sections) else None
    issue = next((issue for issue in snapshot.issues if issue.uid == uid), None) if kind == "issue" else None
    if issue is None:
        return None
    while (above := outline.parent(issue)) is not None:
        issue = above
    section = outline.section_of(issue)
    return (Section, section.uid) if section else None, issue.uid
