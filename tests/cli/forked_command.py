"""The command line in a process of its own, without loading it each time: a server that has loaded it forks.

The server is ``python forked_command.py``, begun below another command where that takes rights away. A line of JSON is
a command, the answer is what it ended with and what it used. The server runs nothing itself, so that a child begins
with little memory and with nothing that a command before it left.
"""

from __future__ import annotations

import atexit
import functools
import json
import os
import runpy
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

MODULE = "zhenggai_desktop.cli"


class HungError(Exception):
    """A command did not come to an end."""


def run_forked(command: dict[str, Any], before: tuple[str, ...], seconds: float) -> dict[str, Any]:
    """``arguments`` in ``folder`` with ``environment``; gives ``code``, ``out``, ``err``, ``seconds`` and ``peak``.

    ``largest``: bytes up to which a file may grow; 0: no limit. Raises HungError after ``seconds``, and ends it.
    """
    server = _server(before)
    assert server.stdin is not None
    assert server.stdout is not None
    with tempfile.TemporaryDirectory() as place:
        asked = {**command, "out": f"{place}/out", "err": f"{place}/err"}
        watch = threading.Timer(seconds, lambda: os.killpg(server.pid, signal.SIGKILL))
        watch.start()
        server.stdin.write(json.dumps(asked) + "\n")
        server.stdin.flush()
        answer = server.stdout.readline()
        watch.cancel()
        if not answer:
            _server.cache_clear()
            raise HungError(command["arguments"])
        said = {name: Path(asked[name]).read_text("utf-8") for name in ("out", "err")}
    return {**json.loads(answer), **said}


@functools.cache
def _server(before: tuple[str, ...]) -> subprocess.Popen[str]:
    root = str(Path(__file__).parents[2])
    server = subprocess.Popen(
        [*before, sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": root, "PYTHONIOENCODING": "utf-8"}, start_new_session=True,
    )  # fmt: skip
    atexit.register(server.kill)
    return server


def _serve() -> None:
    import zhenggai_desktop.cli.commands
    import zhenggai_desktop.services.exporting
    import zhenggai_desktop.services.importing  # noqa: F401 - loaded for all that are forked

    for line in sys.stdin:
        asked = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _become(asked)
        _, status, used = os.wait4(pid, 0)
        answer = {
            "code": os.waitstatus_to_exitcode(status),
            "seconds": used.ru_utime + used.ru_stime,
            "peak": used.ru_maxrss * 1024,
        }
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _become(asked: dict[str, Any]) -> None:
    """Be the command, as the interpreter would have begun it, and leave."""
    code = 1
    try:
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        for number, name in ((1, "out"), (2, "err")):
            os.dup2(os.open(asked[name], os.O_WRONLY | os.O_CREAT), number)
        os.closerange(3, 100)
        os.chdir(asked["folder"])
        os.environ.update(asked["environment"])
        if asked["largest"]:
            _limit_files(asked["largest"])
        sys.argv = [MODULE, *asked["arguments"]]
        runpy.run_module(MODULE, run_name="__main__", alter_sys=True)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - a process of its own: what escapes is to be seen
        import traceback

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _limit_files(largest: int) -> None:
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # the write itself shall fail, as it does on a full disk
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))


if __name__ == "__main__":
    _serve()
