"""What the Excel ledger costs, against XlsxWriter writing the same cells, formats, heights and merges.

Run it by hand with the checkout and its ``tests`` on PYTHONPATH: ``python tests/bench/bench_excel.py [T D X]``.
XlsxWriter is no dependency of the product; without it only the product's own times are shown. Ratios hold on every
machine, seconds do not. The target is at most 3 × XlsxWriter, growing with the number of rows and not faster.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from builders import a_snapshot, a_tree

from zhenggai_desktop.domain.ledger_table import ledger_table
from zhenggai_desktop.domain.records import Snapshot
from zhenggai_desktop.formats.ledger_layout import lay_out
from zhenggai_desktop.formats.ledger_workbook import write_ledger_workbook

SIZES = {"T": (6, 10, 3, 9), "D": (20, 100, 3, 5), "X": (200, 100, 3, 1)}  # sections, issues, measures, repetitions


def snapshot_of(size: str) -> Snapshot:
    sections, issues, measures, _ = SIZES[size]
    return a_snapshot(*a_tree(sections, issues, measures))


def by_xlsxwriter(snapshot: Snapshot, path: Path) -> None:
    """The same sheet; the table and its heights are reckoned anew, as the product does."""
    import xlsxwriter

    layout = lay_out(ledger_table(snapshot), 100)
    table = layout.table
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet()
    looks = [
        book.add_format({"font_name": "仿宋", "font_size": 10, "text_wrap": True, "valign": "top", "border": 1, **more})
        for more in ({}, {"align": "center"}, {"num_format": "yyyy-mm-dd"})
    ]
    for at, row in enumerate(table.rows):
        page.set_row(at, min(layout.heights[at], 409))
        for column, value in enumerate(row.cells):
            look = looks[column % 2]
            if isinstance(value, str) or value is None:
                page.write_string(at, column, value or "", look) if value else page.write_blank(at, column, None, look)
            elif isinstance(value, int):
                page.write_number(at, column, value, look)
            else:
                page.write_datetime(at, column, value, looks[2])
    for merge in table.merges:
        value = table.rows[merge.first].cells[merge.column]
        page.merge_range(merge.first, merge.column, merge.last, merge.column, value, looks[0])
    book.close()


def median_seconds(work: Callable[[], None], repetitions: int) -> float:
    taken: list[float] = []
    for _ in range(repetitions):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main(sizes: list[str]) -> None:
    folder = Path(tempfile.mkdtemp())
    for size in sizes:
        snapshot, repetitions = snapshot_of(size), SIZES[size][3]
        ours, theirs = folder / "ours.xlsx", folder / "theirs.xlsx"
        own = median_seconds(lambda s=snapshot, p=ours: write_ledger_workbook(s, p), repetitions)
        plan = median_seconds(lambda s=snapshot: lay_out(ledger_table(s), 100) and None, repetitions)
        rows, size_on_disk = len(snapshot.measures), ours.stat().st_size
        line = f"{size}: {rows} rows, {own:.3f} s (table and layout {plan:.3f} s), {size_on_disk} bytes"
        try:
            other = median_seconds(lambda s=snapshot, p=theirs: by_xlsxwriter(s, p), repetitions)
        except ModuleNotFoundError:
            print(line)
            continue
        print(f"{line}; XlsxWriter {other:.3f} s, {theirs.stat().st_size} bytes; ratio {own / other:.2f}")


if __name__ == "__main__":
    main(sys.argv[1:] or list(SIZES))
