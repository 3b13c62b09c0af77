"""The benchmark runs; what it measures is printed, not asserted: a busy machine is no fault of the code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bench.__main__ import main, rows_of
from tests.bench.measuring import Task, Timing, growth, in_turn
from tests.bench.subjects import SUBJECTS, Subject
from tests.bench.window_rows import GROUPS, Measured, measured


@pytest.mark.parametrize("subject", [one for one in SUBJECTS if one.name != "endless"], ids=lambda one: one.name)
def test_each_work_and_its_floor_can_be_done_twice(subject: Subject, tmp_path: Path) -> None:
    task = subject.make("T", tmp_path)
    if task is None:
        pytest.skip("nothing to measure it with here")
    for _ in range(2):
        task.work()
        if task.floor is not None:
            task.floor()


def test_runs_are_taken_in_turn_and_the_first_is_not_counted() -> None:
    done: list[str] = []
    ours, floor = in_turn(Task(lambda: done.append("ours"), lambda: done.append("floor")), runs=3)
    assert done == ["ours", "floor"] * 4
    assert floor is not None
    assert len(ours.runs) == len(floor.runs) == 3


def test_what_is_run_but_once_is_not_run_before() -> None:
    done: list[str] = []
    ours, _ = in_turn(Task(lambda: done.append("ours"), lambda: done.append("floor")), runs=1)
    assert (done, len(ours.runs)) == (["ours", "floor"], 1)


def test_the_exponent_of_quadratic_work_is_two() -> None:
    assert growth((10, 1.0), (100, 100.0)) == pytest.approx(2)
    assert growth((10, 1.0), (100, 10.0)) == pytest.approx(1)


def test_the_spread_is_a_share_of_the_median() -> None:
    assert Timing((1.0,)).spread == 0
    assert Timing((9.0, 10.0, 11.0)).spread == pytest.approx(0.1)


def test_what_a_window_says_of_itself_becomes_rows_with_promise_and_growth() -> None:
    found = [*measured({"match": [1.0, 2.0, 3.0]}, "T"), *measured({"match": [60.0, 66.0, 90.0]}, "D")]
    small, large = rows_of(found)
    assert (small.subject, small.size, small.seconds, small.promise, small.kept) == ("match", "T", 0.002, "", None)
    assert (large.seconds, large.promise, large.kept) == (0.066, "< 16 ms", False)
    assert large.exponent == pytest.approx(0.997, abs=0.001)


def test_a_start_is_told_in_times_the_bare_one_and_memory_beside_memory() -> None:
    start = Measured("start", "T", Timing((0.3, 0.3)), floor=Timing((0.1, 0.1)), most_ratio=4)
    page = Measured("memory", "X", None, most_ratio=3, memory=(100, 400))
    first, second = rows_of([start, page])
    assert (round(first.ratio or 0, 2), first.kept) == (3, True)
    assert (second.ratio, second.seconds, second.kept) == (4, None, False)


def test_the_window_and_its_start_are_among_what_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    assert set(GROUPS) == {"start", "window"}
    with pytest.raises(SystemExit):
        main(["nothing"])
    assert "nothing" in capsys.readouterr().err


def test_the_results_are_written_as_a_table_and_as_json(tmp_path: Path) -> None:
    main(["load", "--sizes", "T", "--json", str(tmp_path / "r.json"), "--markdown", str(tmp_path / "r.md")])
    (row,) = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert (row["subject"], row["size"], row["promise"]) == ("load", "T", "≤ 2.5 ×")
    assert (tmp_path / "r.md").read_text(encoding="utf-8").count("\n| load | T |") == 1
