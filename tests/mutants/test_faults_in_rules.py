"""A module with all faults in it works as before while none is on, and each fault changes what it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.mutants import switch
from tests.mutants.faults import instrumented

SOURCE = '''"""A module."""

from __future__ import annotations

LIMIT = 3


def told(number: int, names: list[str], kind: str = "a", at: int = 1) -> str:
    """What is said."""
    assert at < 9, "only written for readers"
    if number > LIMIT:
        return f"{number - LIMIT} more"
    match number:
        case 0:
            return "none"
        case _ if number == 2:
            return "two"
    if 0 < at < 2 and kind in names:
        return names[at - 1] + kind
    return "".join(map(lambda name: name[at:], names))
'''


@pytest.fixture(autouse=True)
def nothing_on() -> Iterator[None]:
    yield
    switch.switch(0)
    switch.reached.clear()
    switch.recording = False


def answers(source: str, place: int = 0) -> list[str]:
    """What the module says when the fault is on from the start."""
    switch.switch(place)
    module: dict[str, Any] = {}
    exec(compile(source, "module.py", "exec"), module)
    told = module["told"]
    calls = [(number, names) for number in (0, 1, 2, 3, 4, 7) for names in (["甲", "a"], ["乙丙丁"])]
    found: list[str] = []
    for more in ({}, {"kind": "b"}, {"at": 0}, {"at": 2}):
        for number, names in calls:
            try:
                found.append(str(told(number, names, **more)))
            except (IndexError, TypeError) as error:
                found.append(type(error).__name__)
    return found


def test_each_fault_changes_what_is_said_and_none_changes_nothing() -> None:
    source, places = instrumented(SOURCE, "module.py")
    before = answers(SOURCE)
    assert answers(source) == before
    assert [place.number for place in places if answers(source, place.number) == before] == []


def test_what_is_for_readers_and_what_is_matched_is_left_alone() -> None:
    source, places = instrumented(SOURCE, "module.py", first=10)
    assert [place.number for place in places] == list(range(10, 10 + len(places)))
    assert not [
        place for place in places if SOURCE.splitlines()[place.line - 1].lstrip().startswith(("assert", "case 0"))
    ]
    assert [place.words for place in places if place.loading] == ["3 → 4", "1 → 2"]
    assert source.index("from __future__") < source.index("tests.mutants")


def test_places_that_are_reached_are_noted() -> None:
    source, places = instrumented(SOURCE, "module.py")
    module: dict[str, Any] = {}
    exec(compile(source, "module.py", "exec"), module)
    switch.recording = True
    assert module["told"](9, []) == "6 more"
    assert {places[at - 1].line for at in switch.reached} == {11, 12}
