"""Work beside the window: told here, in its turn, with what it raises; whoever needs the answer waits for it."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from PySide6.QtCore import QObject

from zhenggai_desktop.gui.gathering import Gathering


@pytest.fixture
def gathering(qapp: object) -> Gathering:
    owner = QObject()
    gathering = Gathering(owner)
    gathering.owner = owner  # type: ignore[attr-defined] - it lives as long as that
    return gathering


def test_what_is_small_is_told_before_the_call_returns(gathering: Gathering) -> None:
    told: list[int] = []
    gathering.ask(threading.get_ident, told.append, at_once=True)
    assert told == [threading.get_ident()]


def test_what_is_large_is_done_elsewhere_and_told_here(gathering: Gathering, qtbot: Any) -> None:
    told: list[tuple[int, int]] = []
    gathering.ask(threading.get_ident, lambda at: told.append((at, threading.get_ident())), at_once=False)
    assert told == []
    qtbot.waitUntil(lambda: bool(told))
    assert told[0][0] != threading.get_ident() == told[0][1]


def test_whoever_cannot_wait_for_the_next_moment_has_the_last_answer_now(gathering: Gathering) -> None:
    told: list[str] = []
    go_on = threading.Event()
    gathering.ask(lambda: go_on.wait(30) and "", lambda _: told.append("第一"), at_once=False)
    gathering.ask(lambda: "第二", told.append, at_once=False)
    go_on.set()
    gathering.settle()
    assert told == ["第二"]
    gathering.settle()
    assert told == ["第二"]


def test_an_answer_that_came_at_once_is_not_replaced_by_an_older_one(gathering: Gathering) -> None:
    told: list[str] = []
    go_on = threading.Event()
    gathering.ask(lambda: go_on.wait(30) and "旧的", told.append, at_once=False)
    gathering.ask(lambda: "新的", told.append, at_once=True)
    go_on.set()
    gathering.settle()
    assert told == ["新的"]


def test_what_fails_elsewhere_is_raised_here(gathering: Gathering) -> None:
    gathering.ask(lambda: 1 // 0, lambda _: None, at_once=False)
    with pytest.raises(ZeroDivisionError):
        gathering.settle()
    told: list[int] = []
    gathering.ask(lambda: 7, told.append, at_once=False)
    gathering.settle()
    assert told == [7]


def test_an_answer_that_nobody_waits_for_is_not_told(gathering: Gathering) -> None:
    told: list[int] = []
    gathering.ask(lambda: 1 // 0, told.append, at_once=False)
    gathering.forget()
    gathering.settle()
    assert told == []
