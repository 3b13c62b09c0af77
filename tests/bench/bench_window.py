"""``python -m tests.bench.bench_window [T] [D] [X]``: what the window costs, from its start to a key that is pressed.

Starts are whole processes, run in turn with a bare ``QMainWindow`` with a ``QTreeView`` in the same environment, and
counted in seconds of the processor: other programs on the machine do not count. They run from bytecode, as what is
installed does. Everything else happens in one real
window, from the call to the painted screen. A promise that is missed is marked; nothing fails.
"""

from __future__ import annotations

import gc
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "gui")]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ME = "tests.bench.bench_window"
STARTS = 15
#: Issue 4's promises: milliseconds (or a ratio, or MiB) by size.
OPENED = {"D": 300, "X": 2000}
MATCHED = {"D": 16, "X": 100}
FILTERED = {"D": 60, "X": 400}
EDITED = {"T": 16, "D": 16, "X": 16}
PROMISES = {
    "open and paint after load": OPENED,
    "match": MATCHED,
    "filter to repaint": FILTERED,
    "edit stored to repaint": EDITED,
    "key in a field to repaint": EDITED,
    "add a row to repaint": EDITED,
    "move a row to repaint": EDITED,
    "undo to repaint": EDITED,
    "rename to repaint": EDITED,
}
STARTED = {"start": 1.5, "start with a ledger": 2.5}
"""Times a bare window."""
ROUNDS = {"T": 15, "D": 9, "X": 5}


# --- whole processes


def _bare() -> None:
    from PySide6.QtGui import QStandardItemModel
    from PySide6.QtWidgets import QApplication, QMainWindow, QTreeView

    application = QApplication([])
    window = QMainWindow()
    tree = QTreeView()
    tree.setModel(QStandardItemModel(1, 1))
    window.setCentralWidget(tree)
    window.resize(1180, 740)
    window.show()
    application.processEvents()
    os._exit(0)  # painted: what it costs to take a window and a program down again is not asked


def _window(ledger: str = "") -> None:
    from zhenggai_desktop.gui.loading import load_window

    load_window()
    from zhenggai_desktop.gui import app

    application = app.make_application(["bench"])
    folder = tempfile.mkdtemp(dir=os.environ["PYTHONPYCACHEPREFIX"])  # gone with the bytecode
    window = app.make_window(ROOT / "resources", Path(folder) / "settings.json")
    window.show()
    application.processEvents()
    if ledger:
        window.take_file(Path(ledger))
        application.processEvents()
    os._exit(0)


def _records(ledger: str) -> None:
    """The records alone, for the memory that they take."""
    from zhenggai_desktop.services.ledger import Ledger

    _say_memory()
    kept = Ledger.open(Path(ledger), read_only=True).snapshot
    _say_memory()
    del kept


def _shown(ledger: str) -> None:
    """The ledger's page, painted, for the memory that it takes."""
    from PySide6.QtWidgets import QApplication

    from zhenggai_desktop.gui import app
    from zhenggai_desktop.gui.main_window import MainWindow

    application = app.make_application(["bench"])
    with tempfile.TemporaryDirectory() as folder:
        window = MainWindow(ROOT / "resources", Path(folder) / "settings.json")
        window.show()
        application.processEvents()
        before = _resident()
        window.take_file(Path(ledger))
        application.processEvents()
        page: Any = window.workspace.page("ledger")
        page.tree.expandToDepth(0)
        QApplication.processEvents()
        print(before, flush=True)
        _say_memory()


def _resident() -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


def _say_memory() -> None:
    gc.collect()
    print(_resident(), flush=True)


def _times(ledger: str, size: str) -> None:
    """What is done in one window, as JSON: name → milliseconds."""
    print(json.dumps(_work(Path(ledger), size, ROUNDS[size]).taken), flush=True)


CHILDREN: dict[str, Callable[..., None]] = {
    "bare": _bare,
    "window": _window,
    "records": _records,
    "shown": _shown,
    "times": _times,
}


def child_seconds(*arguments: str, bytecode: str) -> float:
    """Seconds of the processor that a process takes from its first instruction to its painted window."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": bytecode, "PYTHONDONTWRITEBYTECODE": ""}
    process = subprocess.Popen(
        [sys.executable, "-m", ME, "--child", *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.stdout is not None
    process.stdout.close()
    assert process.returncode == 0, arguments
    return usage.ru_utime + usage.ru_stime


def child_memory(*arguments: str) -> list[int]:
    done = subprocess.run(
        [sys.executable, "-m", ME, "--child", *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [int(line) for line in done.stdout.split()]


# --- one real window


@dataclass
class Times:
    """Milliseconds of the processor, by what was done."""

    taken: dict[str, list[float]] = field(default_factory=dict)
    painted_at: float = 0.0
    shown_at: float | None = None  # seconds of the process at the first painting that showed rows

    @contextmanager
    def of(self, name: str, clock: Callable[[], float] = time.thread_time) -> Iterator[None]:
        start = clock()
        yield
        self.taken.setdefault(name, []).append((clock() - start) * 1000)

    @contextmanager
    def to_repaint(self, name: str, settled: Callable[[], None]) -> Iterator[None]:
        """Until the tree is painted as it stays, and until the form beside it is filled and painted too."""
        start = self.painted_at = time.thread_time()
        yield
        settled()
        self.taken.setdefault(name, []).append((self.painted_at - start) * 1000)
        whole = name.replace("repaint", "the form filled")
        self.taken.setdefault(whole, []).append((time.thread_time() - start) * 1000)

    def watch(self, view: type[Any]) -> None:
        """Note when a view of this type was painted."""
        paint = view.paintEvent

        def watched(painted: Any, event: Any) -> None:
            paint(painted, event)
            self.painted_at = time.thread_time()
            if self.shown_at is None and painted.model().rowCount():
                self.shown_at = time.process_time()

        view.paintEvent = watched

    def median(self, name: str) -> float:
        return statistics.median(self.taken[name])


def _work(path: Path, size: str, rounds: int) -> Times:
    """Open, filter, edit, add, undo: each to the painted screen."""
    from keyboard import type_text
    from PySide6.QtWidgets import QApplication

    from zhenggai_desktop.domain.filters import Filter
    from zhenggai_desktop.domain.records import Issue
    from zhenggai_desktop.gui import app
    from zhenggai_desktop.gui.calls import Call
    from zhenggai_desktop.gui.ledger_tree import LedgerTree
    from zhenggai_desktop.gui.main_window import MainWindow
    from zhenggai_desktop.services import editing
    from zhenggai_desktop.services.ledger import Ledger

    application = QApplication.instance() or app.make_application(["bench"])
    times = Times()

    def painted() -> None:
        application.processEvents()

    def settled() -> None:
        for _ in range(4):  # what is painted asks for more to be painted, and a form waits for its turn
            application.processEvents()

    times.watch(LedgerTree)

    real_open = Ledger.open
    loads: list[float] = []

    def timed_open(*given: Any, **named: Any) -> Ledger:
        start = time.thread_time()
        try:
            return real_open(*given, **named)
        finally:
            loads.append((time.thread_time() - start) * 1000)

    Ledger.open = timed_open  # type: ignore[method-assign]
    with tempfile.TemporaryDirectory() as folder:
        for at in range(max(2, rounds // 3)):
            window = MainWindow(ROOT / "resources", Path(folder) / f"settings{at}.json")
            window.resize(1366, 728)
            window.show()
            painted()
            loads.clear()
            times.shown_at, start = None, time.process_time()  # a large ledger is read in a thread
            window.take_file(path)  # and backed up, once it is on the screen
            painted()
            assert times.shown_at is not None, "the tree was painted"
            total = (times.shown_at - start) * 1000
            times.taken.setdefault("open and paint, with loading", []).append(total)
            times.taken.setdefault("open and paint after load", []).append(total - sum(loads))
            if at + 1 < max(2, rounds // 3):
                window.close()
                window.deleteLater()
                painted()
                _join_threads()
        page: Any = window.workspace.page("ledger")
        middle = page.session.snapshot.issues[len(page.session.snapshot.issues) // 2].id
        with times.of("first search"):
            page.show_filtered(Filter(words="整改"))
            painted()
        with times.of("first search by pinyin"):
            page.show_filtered(Filter(words="zd"))
            painted()
        for at in range(rounds):
            for words in ("责任", f"第{at + 3}", "没有这样的词", "zgcx", "监督"):
                finder = page._asked_finder()
                with times.of("match"):
                    finder.find(Filter(words=words), page.session.today())
                with times.of("filter to repaint"):
                    page.show_filtered(Filter(words=words))
                    painted()
            with times.of("filter off"):
                page.show_filtered(Filter())
                painted()
        page.show_record((Issue, middle))
        painted()
        note = page.pane.form(Issue).editors["note"]
        for at in range(rounds):
            with times.of("key in a field to repaint"):
                type_text(f"第{at}", note)
                painted()
            with times.of("edit stored to repaint"):
                page.session.flush()
                painted()
            page._figures_due.stop()
            page.pane._offer_due.stop()
            page.tree.setFocus()
            settled()
            with times.to_repaint("add a row to repaint", settled):
                window.perform(Call.ADD_SIBLING)
            with times.to_repaint("move a row to repaint", settled):
                window.perform(Call.MOVE_UP)
            for _ in range(2):
                with times.to_repaint("undo to repaint", settled):
                    window.perform(Call.UNDO)
            with times.to_repaint("rename to repaint", settled):
                title, today = f"改名{at}", page.session.today()
                page.session.edit(partial(editing.rename, key=(Issue, middle), text=title, today=today))
            page._figures_due.stop()
            page.pane._offer_due.stop()
            page.show_record((Issue, middle))
            painted()
            with times.of("search after an edit"):
                page.show_filtered(Filter(words="责任"))
                painted()
            page.show_filtered(Filter())
            painted()
        window.close()
        window.deleteLater()
    Ledger.open = real_open  # type: ignore[method-assign]
    return times


def _join_threads() -> None:
    """What a window that is gone still counts is not the next one's work."""
    for thread in threading.enumerate():
        if thread is not threading.main_thread():
            thread.join()


# --- all of it


def main(arguments: Sequence[str]) -> None:
    if arguments[:1] == ["--child"]:
        CHILDREN[arguments[1]](*arguments[2:])
        sys.stdout.flush()
        os._exit(0)  # what comes after the painted window is not measured
    from builders import a_ledger, a_tree

    from tests.bench.subjects import SIZES

    chosen = [size for size in SIZES if size in arguments or not arguments]
    with tempfile.TemporaryDirectory() as folder:
        paths = {size: Path(folder) / f"{size}.zgtz" for size in {*chosen, "T"}}
        for size, path in paths.items():
            a_ledger(Path(folder), *a_tree(*SIZES[size]), name=path.name).close()
        print("| work | size | median | promise |\n| --- | --- | --- | --- |", flush=True)
        _print_starts(str(paths["T"]))
        for size in chosen:
            _print_work(_work(paths[size], size, ROUNDS[size]), size)
        if "X" in chosen and Path("/proc/self/status").exists():
            _print_memory(str(paths["X"]))


def _print_starts(ledger: str) -> None:
    taken: dict[str, list[float]] = {"bare": [], "start": [], "ledger": []}
    works = {"bare": ("bare",), "start": ("window",), "ledger": ("window", ledger)}
    with tempfile.TemporaryDirectory() as bytecode:
        for at in range(STARTS + 1):
            for name, work in works.items():
                seconds = child_seconds(*work, bytecode=bytecode)
                if at:  # the first run compiles
                    taken[name].append(seconds)
    bare = statistics.median(taken["bare"])
    print(f"| bare window | | {bare * 1000:.0f} ms | |", flush=True)
    for name, most in (("start", 1.5), ("ledger", 2.5)):
        ratio = statistics.median(a / b for a, b in zip(taken[name], taken["bare"], strict=True))
        print(f"| {name} shown | T | {ratio:.2f} × bare | {_mark(ratio, most)} |", flush=True)


def _print_work(times: Times, size: str) -> None:
    for name, taken in times.taken.items():
        most = PROMISES.get(name, {}).get(size)
        mark = "" if most is None else _mark(times.median(name), most)
        print(f"| {name} | {size} | {times.median(name):.1f} ms (most {max(taken):.1f}) | {mark} |", flush=True)


def _print_memory(ledger: str) -> None:
    (before_records, records) = child_memory("records", ledger)
    before, shown = child_memory("shown", ledger)
    alone = records - before_records
    ratio = (shown - before) / alone
    words = f"{(shown - before) >> 10} MiB, records alone {alone >> 10} MiB: {ratio:.2f} ×"
    print(f"| memory of the ledger's page | X | {words} | {_mark(ratio, 3)} |", flush=True)


def _mark(value: float, most: float) -> str:
    return f"≤ {most:g} {'✓' if value <= most else '✗ MISSED'}"


if __name__ == "__main__":
    main(sys.argv[1:])
