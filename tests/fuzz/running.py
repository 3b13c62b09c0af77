"""One file through one reader: what became of it, how long it took and how much memory.

The limits are those of the product: a sentence within five seconds and half a gigabyte, and never a traceback.
"""

from __future__ import annotations

import gc
import hashlib
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.bench.measuring import memory_now, peak_since_forgotten
from tests.fuzz.mutating import mutated
from tests.fuzz.readers import Reader
from zhenggai_desktop.errors import ZhenggaiError

MOST_SECONDS = 5.0
MOST_BYTES = 512 * 1024 * 1024
_ENDED_AFTER = 4 * MOST_SECONDS  # a file that takes so long is not waited for


@dataclass(frozen=True, slots=True)
class Outcome:
    """``bug`` names an exception that is no sentence, with its place; ``seconds`` are the processor's."""

    refused: str = ""
    bug: str = ""
    seconds: float = 0.0
    peak: int = 0

    @property
    def problem(self) -> str:
        if self.bug:
            return self.bug
        if self.seconds > MOST_SECONDS:
            return f"took {self.seconds:.1f} s"
        return f"took {self.peak >> 20} MiB" if self.peak > MOST_BYTES else ""


class _EndlessError(BaseException):
    """Raised into a reader that does not come to an end."""


@contextmanager
def _limited_memory(more: int) -> Generator[None]:
    """Let this process have no more than ``more`` bytes besides what it has: who asks for more gets a MemoryError."""
    if sys.platform != "linux":
        yield
        return
    import resource

    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + more, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


@contextmanager
def _ended_in_time() -> Generator[None]:
    if sys.platform == "win32":
        yield
        return

    def end(_signal: int, _frame: object) -> None:
        raise _EndlessError

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, _ENDED_AFTER)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def tried(reader: Reader, name: str, data: bytes) -> Outcome:
    """Read ``data`` as a file called ``name`` in a folder of its own. The folder is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    try:
        (folder / "里").mkdir()
        path = folder / name
        path.write_bytes(data)
        outcome = _read(reader, path, folder / "里")
        written = sorted(one.name for one in folder.iterdir() if one.name not in (name, "里", f"{name}.lock"))
        if written and not outcome.bug and reader.name != "zgtz":
            return Outcome(bug=f"wrote {written} beside the source")
        return outcome
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _read(reader: Reader, path: Path, place: Path) -> Outcome:
    refused = bug = ""
    forgotten = memory_now()
    start = time.process_time()
    try:
        with _ended_in_time(), _limited_memory(2 * MOST_BYTES):
            reader.read(path, place)
    except _EndlessError as error:
        bug = _place(error)
    except ZhenggaiError as error:
        refused = str(error)
        if "\n" in refused or "Traceback" in refused or not refused.endswith("。"):
            bug = f"no sentence: {refused[:200]!r}"
    except Exception as error:  # noqa: BLE001 - this is what is looked for
        bug = _place(error)
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        bug = _place(error)
    seconds = time.process_time() - start
    return Outcome(refused, bug, seconds, peak_since_forgotten(forgotten))


def _place(error: BaseException) -> str:
    """The exception and the last place in the product that it passed: bugs with the same are the same."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "zhenggai_desktop" in frame.filename] or frames
    last = own[-1]
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno} in {last.name}: {str(error)[:120]!r}"


def a_file(reader: Reader, seed: int) -> tuple[str, bytes]:
    """The file of a seed: a good one with something wrong in it."""
    random = Random(f"{reader.name}/{seed}")
    good = reader.good()
    name = random.choice(sorted(good))
    return name, mutated(good[name], random)


def found_name(name: str, data: bytes) -> str:
    """Under which a finding is kept: what it is, and a name of its own."""
    return f"{hashlib.sha256(data).hexdigest()[:10]}{Path(name).suffix}"


def settle() -> None:
    """Let what earlier files left behind not count for the next."""
    gc.collect()
