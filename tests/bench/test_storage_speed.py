"""What storage costs against the same done by hand: ratios of medians of runs in turn, which hold on any machine."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from statistics import median

import pytest
from builders import a_ledger, a_tree

from zhenggai_desktop.domain.records import Issue, Measure, Section
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.storage import schema
from zhenggai_desktop.storage.codec import codec
from zhenggai_desktop.storage.store import load_snapshot

pytestmark = pytest.mark.full


def ratio(work: Callable[[], object], floor: Callable[[], object], runs: int) -> float:
    """How many times as long ``work`` takes as ``floor``."""
    times: dict[Callable[[], object], list[float]] = {work: [], floor: []}
    for _ in range(runs):
        for run, taken in times.items():
            start = time.perf_counter()
            result = run()
            taken.append(time.perf_counter() - start)
            del result
    return median(times[work]) / median(times[floor])


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Ledger]:
    """A large office's ledger: 2,000 issues, 6,000 measures."""
    with a_ledger(tmp_path, *a_tree(20, 100, 3)) as ledger:
        yield ledger


def test_loading_costs_little_more_than_fetching_the_rows(tmp_path: Path) -> None:
    with a_ledger(tmp_path, *a_tree(20, 1000, 3)) as ledger:
        connection = ledger._file.connection

        def fetch() -> object:
            return [connection.execute(codec(kind).select).fetchall() for kind in (Section, Issue, Measure)]

        assert len(ledger.snapshot.measures) == 60_000
        assert ratio(lambda: load_snapshot(connection), fetch, runs=5) <= 2.5


def test_an_edit_costs_little_more_than_a_bare_commit(office: Ledger, tmp_path: Path) -> None:
    texts = count()
    bare = sqlite3.connect(office.backup(tmp_path / "bare.zgtz"), isolation_level=None)
    bare.execute("PRAGMA synchronous = FULL")

    def edit() -> None:
        with office.step("改") as writer:
            writer.update(Measure, 3000, content=f"第{next(texts)}次")

    def commit() -> None:
        bare.execute("BEGIN IMMEDIATE")
        bare.execute("UPDATE measures SET content = ? WHERE id = 3000", (f"第{next(texts)}次",))
        bare.execute("COMMIT")

    edit()  # the first step installs the triggers
    assert ratio(edit, commit, runs=31) <= 3
    bare.close()


def test_an_import_with_its_history_costs_a_few_times_the_bare_rows(tmp_path: Path) -> None:
    names = count()
    records = list(a_tree(20, 100, 3))
    with a_ledger(tmp_path, *records, name="rows.zgtz") as ledger:
        found = (ledger.snapshot.sections, ledger.snapshot.issues, ledger.snapshot.measures)
        rows = [(codec(type(kind[0])), [codec(type(record)).encode(record) for record in kind]) for kind in found]

    def imported() -> None:
        a_ledger(tmp_path, *records, name=f"{next(names)}.zgtz").close()

    def by_hand() -> None:
        connection = sqlite3.connect(tmp_path / f"{next(names)}.db", isolation_level=None)
        schema.migrate(connection)
        connection.execute("BEGIN")
        for storage, encoded in rows:
            connection.executemany(storage.insert, encoded)
        connection.execute("COMMIT")
        connection.close()

    assert ratio(imported, by_hand, runs=5) <= 6


def test_taking_back_a_deletion_costs_about_as_much_as_the_deletion(office: Ledger) -> None:
    def remove() -> None:
        with office.step("删除") as writer:
            writer.remove(Section, 1)

    remove()
    assert ratio(office.undo, remove, runs=5) <= 6
    office.undo()


def test_the_cost_of_an_import_grows_with_its_size(tmp_path: Path) -> None:
    names = count()

    def imported(sections: int) -> None:
        a_ledger(tmp_path, *a_tree(sections, 100, 3), name=f"{next(names)}.zgtz").close()

    assert ratio(lambda: imported(20), lambda: imported(10), runs=5) <= 2.3
