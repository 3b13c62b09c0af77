"""Counting beside the window: the last answer counts, a small ledger is answered at once."""

from __future__ import annotations

import threading
from typing import Any

from builders import a_snapshot, a_tree
from PySide6.QtCore import QObject

from zhenggai_desktop.domain.records import Snapshot
from zhenggai_desktop.gui.counting import Counting

SMALL, LARGE, LARGER = (a_snapshot(*a_tree(1, issues, 1)) for issues in (3, 2500, 2600))


def test_a_small_ledger_is_answered_at_once(qapp: object) -> None:
    parent, answers = QObject(), list[Any]()
    counting = Counting(lambda snapshot: len(snapshot.issues), parent)
    counting.counted.connect(lambda snapshot, answer: answers.append((snapshot is SMALL, answer)))
    counting.ask(SMALL)
    assert answers == [(True, 3)]


def test_a_large_one_is_counted_elsewhere_and_only_the_last_answer_is_told(qtbot: Any) -> None:
    parent, answers, threads = QObject(), list[int](), set[int]()
    go_on = threading.Event()

    def count(snapshot: Snapshot) -> int:
        threads.add(threading.get_ident())
        assert go_on.wait(30)
        return len(snapshot.issues)

    counting = Counting(count, parent)
    counting.counted.connect(lambda _snapshot, answer: answers.append(answer))
    counting.ask(LARGE)
    counting.ask(LARGER)
    assert answers == []
    go_on.set()
    qtbot.waitUntil(lambda: answers == [2600])
    assert threading.get_ident() not in threads
