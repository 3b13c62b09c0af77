"""Saved views come back from a file as they were, whatever else stands in it."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from zhenggai_desktop.domain.filters import Filter
from zhenggai_desktop.domain.lateness import Lateness
from zhenggai_desktop.domain.records import Status, Track
from zhenggai_desktop.domain.saved_views import SavedView, view_from, view_values

ALL = Filter(
    words="措施 党建",
    statuses=frozenset({Status.DONE, Status.IN_PROGRESS}),
    due=Lateness.LATE,
    due_from=dt.date(2025, 1, 1),
    due_to=dt.date(2025, 12, 31),
    department="党建办",
    leader="张三",
    owner="李四",
    unit="第一社区",
    section_id=3,
    track=Track.STAGED,
    withheld=True,
    to_close=True,
    without_measures=True,
    without_evidence=True,
)


@pytest.mark.parametrize("view", [SavedView("空"), SavedView("全部条件", "本周到期", ALL)])
def test_a_view_comes_back_through_json(view: SavedView) -> None:
    assert view_from(json.loads(json.dumps(view_values(view)))) == view


def test_every_field_of_a_filter_but_the_ids_is_kept() -> None:
    assert len(view_values(SavedView("全部条件", wanted=ALL))["wanted"]) == len(Filter.__dataclass_fields__) - 1
    of_ids = SavedView("概览", wanted=Filter(issue_ids=frozenset({1})))
    assert view_values(of_ids)["wanted"] == {}


@pytest.mark.parametrize("values", [None, 3, [], {}, {"name": ""}, {"name": 3}])
def test_what_has_no_name_is_no_view(values: object) -> None:
    assert view_from(values) is None


def test_what_is_not_known_asks_nothing() -> None:
    wanted = {"statuses": ["done", "gone"], "track": "x", "due_from": "2025", "department": 3, "new": 1, "owner": "甲"}
    assert view_from({"name": "旧", "base": "别的", "wanted": wanted}) == SavedView("旧", wanted=Filter(owner="甲"))
