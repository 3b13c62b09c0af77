"""Workers that need not load the program first: a server that has loaded it forks one for each run.

The server is ``python forking.py``: a line of JSON asks for a worker, the answer is its process id. A worker that ended
stays known to the system until the next line is read, so that killing it late hits nobody else.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import json
import os
import signal
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path
from typing import IO


class Worker:
    """A forked worker; to its user like a ``Popen`` with pipes."""

    def __init__(self, scene: str, folder: Path, environment: dict[str, str]) -> None:
        self._place = Path(tempfile.mkdtemp(prefix="worker-"))
        pipe, self._errors = self._place / "said", self._place / "errors"
        os.mkfifo(pipe)
        asked = {"scene": scene, "folder": str(folder), "said": str(pipe), "errors": str(self._errors)}
        server = _server(environment.get("LD_PRELOAD", ""))
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write(json.dumps({**asked, "environment": environment}) + "\n")
        server.stdin.flush()
        self._pid = int(server.stdout.readline())
        self.stdout: IO[str] = pipe.open(encoding="utf-8")

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)

    def communicate(self) -> tuple[str, str]:
        """What it says up to its end, and what it complained of."""
        said = self.stdout.read()
        self.stdout.close()
        errors = self._errors.read_text("utf-8")
        for path in (self._place / "said", self._errors):
            path.unlink()
        self._place.rmdir()
        return said, errors


@functools.cache
def _server(preload: str) -> subprocess.Popen[str]:
    here = Path(__file__).parent
    paths = os.pathsep.join(str(path) for path in (here.parents[1], here.parent))
    loaded = {"LD_PRELOAD": preload} if preload else {}
    server = subprocess.Popen(
        [sys.executable, __file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": paths, **loaded},
    )
    atexit.register(server.kill)
    return server


def _serve() -> None:
    import window_scenes  # noqa: F401 - loaded for all that are forked
    import worker

    import zhenggai_desktop.cli.commands
    import zhenggai_desktop.gui.pages.ledger
    import zhenggai_desktop.services.exporting
    import zhenggai_desktop.services.importing  # noqa: F401

    for line in sys.stdin:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(-1, 0)  # the one before, which its user saw ending
        asked = json.loads(line)
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                for target, name in ((1, "said"), (2, "errors")):
                    os.dup2(os.open(asked[name], os.O_WRONLY | os.O_CREAT), target)
                os.environ.update(asked["environment"])
                code = worker.play(asked["scene"], Path(asked["folder"]))
            except BaseException:  # noqa: BLE001 - a process of its own: it tells of all
                traceback.print_exc()
            finally:
                sys.stderr.flush()
                os._exit(code)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()
