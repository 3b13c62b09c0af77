"""Deadline and owners in the words that a row has room for."""

from __future__ import annotations

from zhenggai_desktop.domain.workflow import Duties
from zhenggai_desktop.texts import date_text, list_text, track_text


def deadline_text(duties: Duties) -> str:
    """The deadline as written; else the date; else the track."""
    return duties.deadline or date_text(duties.due_on) or track_text(duties.track, standing=duties.standing)


def owner_text(duties: Duties) -> str:
    """Who answers, in one word: the owner, else the department, else the leader."""
    return duties.owner or duties.lead_department or next(iter(duties.leaders), "")


def owners_text(duties: Duties) -> str:
    """All who answer."""
    words = (
        ("责任领导", list_text(duties.leaders)),
        ("牵头部门", duties.lead_department),
        ("配合部门", list_text(duties.supporting_departments)),
        ("责任人", duties.owner),
    )
    return "；".join(f"{caption}：{text}" for caption, text in words if text)
