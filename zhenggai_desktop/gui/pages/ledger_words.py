"""What the page of a ledger says of it: its figures, how much a filter leaves, where a record stands."""

from __future__ import annotations

from zhenggai_desktop.domain.filters import Found
from zhenggai_desktop.domain.records import Issue, Measure, Section, Snapshot
from zhenggai_desktop.gui.ledger_model import LedgerModel
from zhenggai_desktop.services.tree_places import key_of, line_up, record_of
from zhenggai_desktop.texts import SUB_ISSUE_NAME, date_text

_COUNTS = ("sections", "issues", "sub_issues", "measures")  # figures of the headline


def place_words(record: Section | Issue | Measure, model: LedgerModel) -> str:
    """Where a record stands: “问题 2-1 › 贯彻落实决策部署方面”."""
    outline = model.outline
    above = [record_of(outline, key) for key in line_up(outline, key_of(record))][1:]
    steps = [f"{model.number(row)} {row.title}" for row in above if not isinstance(row, Measure)]
    own = {Section: "方面 ", Issue: "问题 ", Measure: ""}[type(record)] + model.number(record)
    return " › ".join([own, *steps])


def opening_words(snapshot: Snapshot) -> str:
    """Team and date of the feedback, which need no counting."""
    facts = snapshot.facts
    return "　·　".join(
        filter(None, (facts.team, f"{date_text(facts.feedback_date)}反馈" if facts.feedback_date else ""))
    )


def headline(snapshot: Snapshot) -> str:
    """Team, date of the feedback, and how far the ledger is: the same figures as everywhere, a rate by its formula."""
    from zhenggai_desktop.domain.figures import figures  # noqa: PLC0415 - counted after the first paint

    found = {figure.key: figure for figure in figures(snapshot)}
    counts = [figure for key in _COUNTS if (figure := found.get(key)) is not None and figure.value]
    rate = found.get("items_rate")
    parts = [
        opening_words(snapshot),
        *(f"{figure.caption} {figure.text}" for figure in counts),
        rate.formula if rate is not None else "",
    ]
    return "　·　".join(part for part in parts if part)


def count_words(found: Found | None, snapshot: Snapshot) -> str:
    """“问题 5/13　措施 0/20”; "" where everything is shown. Sub-issues, which are rows too, are named with them."""
    if found is None:
        return ""
    issues, measures = len(found.issue_ids), len(found.measure_ids)
    what = f"问题和{SUB_ISSUE_NAME}" if any(issue.parent_id is not None for issue in snapshot.issues) else "问题"
    return f"{what} {issues}/{len(snapshot.issues)}　措施 {measures}/{len(snapshot.measures)}"
